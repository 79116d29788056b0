import { drawNormal, drawPoisson, randomStream, type Random } from '../../measures/index.ts';
import { seed } from './truths.ts';

/** Draws of one part of the town. */
export interface Chance {
  readonly next: () => number;
  readonly below: (count: number) => number;
  readonly isTrue: (share: number) => boolean;
  /** One of these, each as likely. */
  readonly oneOf: <T>(of: readonly [T, ...T[]]) => T;
  /** One of these, by its weight. */
  readonly weighted: <T>(of: readonly (readonly [T, number])[]) => T;
  readonly count: (mean: number) => number;
  /** From a normal distribution. */
  readonly around: (mean: number, deviation: number) => number;
}

/** @param part a number of its own for each part that draws, so that none disturbs another */
export function chanceOf(part: number): Chance {
  const random: Random = randomStream(seed, part);
  return {
    ...random,
    isTrue: (share) => random.next() < share,
    oneOf: (of) => of[random.below(of.length)] ?? of[0],
    weighted: (of) => {
      let left = random.next() * of.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [each, weight] of of) if ((left -= weight) < 0) return each;
      const last = of.at(-1);
      if (last === undefined) throw new RangeError('There is nothing to choose from.');
      return last[0];
    },
    count: (mean) => drawPoisson(mean, random),
    around: (mean, deviation) => mean + deviation * drawNormal(random),
  };
}
