import { classicalDecomposition } from '../../../src/measures/classical-decomposition.ts';
import { loessDecomposition } from '../../../src/measures/loess-decomposition.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

interface Series {
  readonly y: readonly number[];
  readonly period: number;
  readonly s_window?: 'periodic' | number;
  readonly robust?: boolean;
}

export const run: Adapter = (given) => {
  const input: Series = given;
  const { y, period } = input;
  if (input.s_window !== undefined) {
    const options = { period, seasonalWindow: input.s_window, robust: input.robust === true };
    return { answer: loessDecomposition(y, options) };
  }
  const additive = classicalDecomposition(y, { period });
  const multiplicative = classicalDecomposition(y, { period, model: 'multiplicative' });
  return {
    answer: {
      additive: isRefusal(additive) ? additive : { figure: additive.figure, trend: additive.trend },
      multiplicative: isRefusal(multiplicative) ? multiplicative : { figure: multiplicative.figure },
    },
  };
};
