import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectableChange } from './detectable-change.ts';
import { eTest } from './e-test.ts';
import { poissonProbability } from './poisson-distribution.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

/** How often the E-test finds a change from one mean to another, summed over all outcomes. */
function exactPower(before: number, after: number): number {
  let power = 0;
  const reach = (mean: number): [number, number] => [
    Math.max(0, Math.floor(mean - 6 * Math.sqrt(mean))),
    Math.ceil(mean + 6 * Math.sqrt(mean)),
  ];
  const [iFrom, iTo] = reach(before);
  const [jFrom, jTo] = reach(after);
  for (let i = iFrom; i <= iTo; i += 1)
    for (let j = jFrom; j <= jTo; j += 1)
      if (answered(eTest({ events: i, exposure: 1 }, { events: j, exposure: 1 })) <= 0.05)
        power += poissonProbability(i, before) * poissonProbability(j, after);
  return power;
}

describe('detectableChange', () => {
  it.each([15, 30, 60, 120])('names changes from %d events that the E-test finds four times in five', (count) => {
    const { fallTo, riseTo } = answered(detectableChange({ before: count, after: count }));
    expect(Math.abs(exactPower(count, count * fallTo!) - 0.8)).toBeLessThan(0.05);
    expect(Math.abs(exactPower(count, count * riseTo) - 0.8)).toBeLessThan(0.05);
  });

  it('asks for more with a comparison area, more scatter, fewer events or more power', () => {
    const counts = fc.integer({ min: 30, max: 5000 });
    fc.assert(
      fc.property(counts, counts, (before, after) => {
        const plain = answered(detectableChange({ before, after }));
        expect(plain.fallTo).toBeLessThan(1);
        expect(plain.riseTo).toBeGreaterThan(1);
        for (const harder of [
          { comparison: { before: 100, after: 100 } },
          { dispersion: 2 },
          { after: after / 2 },
          { power: 0.95 },
          { level: 0.99 },
        ]) {
          const other = answered(detectableChange({ before, after, ...harder }));
          expect(other.riseTo).toBeGreaterThan(plain.riseTo);
          expect(other.fallTo ?? 0).toBeLessThan(plain.fallTo!);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('says when not even a fall to nought would be seen', () => {
    expect(answered(detectableChange({ before: 3, after: 3 })).fallTo).toBeNull();
  });

  it('refuses what has no events or no sense', () => {
    expect(reasonOf(detectableChange({ before: 0, after: 3 }))).toBe('none-expected');
    expect(reasonOf(detectableChange({ before: 9, after: Infinity }))).toBe('none-expected');
    expect(reasonOf(detectableChange({ before: 9, after: 9, dispersion: 0 }))).toBe('dispersion-out-of-range');
    expect(reasonOf(detectableChange({ before: 9, after: 9, power: 0.4 }))).toBe('power-out-of-range');
    expect(reasonOf(detectableChange({ before: 9, after: 9, level: 0 }))).toBe('level-out-of-range');
  });
});
