import { describe, expect, it } from 'vitest';
import { answered } from '../../test/answered.ts';
import { drawGamma, drawPoisson, randomStream } from './random.ts';
import { returnToMean } from './return-to-mean.ts';

describe('returnToMean', () => {
  it('is worked by hand: b 0.1, s² 0.0050667, A 0.0040667, weight A/(A + b/100)', () => {
    const found = answered(returnToMean({ events: [4, 6, 20], population: [100, 100, 100], picked: 2 }));
    const a = (0.06 ** 2 + 0.04 ** 2 + 0.1 ** 2) / 3 - 0.1 / 100;
    const next = 100 * (0.1 + (a * 0.1) / (a + 0.001));
    expect(found.expectedNext).toBeCloseTo(next, 10);
    expect(found.expectedFall).toBeCloseTo(20 - next, 10);
    expect(found.expectedFallShare).toBeCloseTo((20 - next) / 20, 10);
    expect(found).toMatchObject({
      method: { name: 'return-to-mean', version: '1' },
      seen: 20,
      warn: false,
    });
  });

  it('foretells how far the highest of many areas falls, on average', () => {
    const random = randomStream(1);
    let seen = 0;
    let next = 0;
    let foretold = 0;
    for (let round = 0; round < 300; round += 1) {
      const means = Array.from({ length: 40 }, () => 2 * drawGamma(4, random));
      const events = means.map((mean) => drawPoisson(mean, random));
      const picked = events.indexOf(Math.max(...events));
      const answer = answered(returnToMean({ events, population: events.map(() => 1000), picked }));
      seen += answer.seen;
      next += drawPoisson(means[picked]!, random);
      foretold += answer.expectedNext;
      expect(answer.warn).toBe(answer.expectedFallShare >= 0.1);
    }
    expect(foretold / next).toBeGreaterThan(0.95);
    expect(foretold / next).toBeLessThan(1.05);
    expect(next).toBeLessThan(0.9 * seen);
  });

  it('expects a rise of an area picked for a low count, and refuses one that is not there', () => {
    const areas = { events: [4, 6, 20], population: [100, 100, 100] };
    expect(answered(returnToMean({ ...areas, picked: 0 })).expectedFall).toBeLessThan(0);
    expect(returnToMean({ ...areas, picked: 3 })).toMatchObject({
      reason: 'no-such-area',
      sentence: 'The area that was picked is not among the areas given.',
    });
    for (const picked of [-1, 0.5])
      expect(returnToMean({ ...areas, picked })).toMatchObject({ reason: 'no-such-area' });
    expect(returnToMean({ ...areas, population: [100], picked: 0 })).toMatchObject({ reason: 'lengths-differ' });
    expect(returnToMean({ ...areas, events: [0, 6, 20], picked: 0 })).toMatchObject({
      reason: 'no-events',
      sentence: 'The area that was picked had no events, so it cannot fall.',
    });
  });
});
