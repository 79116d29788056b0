import { type Refusal, isRefusal } from '../src/measures/refusal.ts';

/** The answer of a measure that a test or an adapter expects to answer; a refusal is then a fault, and says what it said. */
export function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
