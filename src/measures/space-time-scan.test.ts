import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal, type Refusal } from './refusal.ts';
import { scanLogLikelihoodRatio } from './scan-likelihood.ts';
import {
  combineSpaceTimeScan,
  prepareSpaceTimeScan,
  spaceTimeScan,
  spaceTimeScanReplicates,
} from './space-time-scan.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

// Sixteen places on a square, ten periods of four cases; places 0 and 1 hold fifteen in periods 6 and 7.
const places = {
  eastings: Array.from({ length: 16 }, (_, i) => 100 * (i % 4) + (i % 4) ** 2),
  northings: Array.from({ length: 16 }, (_, i) => 110 * Math.floor(i / 4) + i),
};
const hot = Array.from({ length: 10 }, (_, period) =>
  Array.from({ length: 16 }, (__, place) => (place < 2 && (period === 6 || period === 7) ? 15 : 4)),
);

describe('the space-time permutation scan', () => {
  it('finds the places and periods that were made hot', () => {
    const { cluster } = answer(spaceTimeScan({ places, countsByPeriod: hot }, { simulations: 199, seed: 2 }));
    expect(cluster).toMatchObject({ places: [0, 1], fromPeriod: 6, toPeriod: 7, cases: 60, p: 1 / 200 });
    // Cases of the zone × cases of the window / all: 124 × 172 / 684.
    expect(cluster!.expectedCases).toBeCloseTo((124 * 172) / 684, 10);
  });

  it('looks only at windows that last until now when asked', () => {
    const { cluster } = answer(
      spaceTimeScan({ places, countsByPeriod: hot }, { simulations: 9, seed: 2, windows: 'prospective' }),
    );
    expect(cluster?.toPeriod ?? 9).toBe(9);
  });

  it('sees nothing in a rise everywhere at once, or in a place that is always busy', () => {
    const countsByPeriod = Array.from({ length: 10 }, (_, period) =>
      Array.from({ length: 16 }, (__, place) => (period === 5 ? 6 : 2) * (place === 3 ? 5 : 1)),
    );
    expect(answer(spaceTimeScan({ places, countsByPeriod }, { simulations: 9, seed: 1 })).cluster).toBeNull();
  });

  it('finds what looking at every cylinder finds', () => {
    const cube = fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 16, maxLength: 16 }), {
      minLength: 3,
      maxLength: 7,
    });
    fc.assert(
      fc.property(cube, fc.integer({ min: 1, max: 5 }), (countsByPeriod, mostPlaces) => {
        const periods = countsByPeriod.length;
        const total = countsByPeriod.flat().reduce((a, b) => a + b, 0);
        fc.pre(total > 1);
        let greatest = 0;
        for (let centre = 0; centre < 16; centre++) {
          const far = (i: number) =>
            (places.eastings[i]! - places.eastings[centre]!) ** 2 +
            (places.northings[i]! - places.northings[centre]!) ** 2;
          const nearest = Array.from({ length: 16 }, (_, i) => i).sort((a, b) => far(a) - far(b) || a - b);
          for (let size = 1; size <= mostPlaces; size++) {
            const zone = nearest.slice(0, size);
            for (let from = 0; from < periods; from++) {
              for (let to = from + 1; to <= Math.min(periods, from + Math.floor(periods / 2)); to++) {
                const window = countsByPeriod.slice(from, to);
                const inBoth = window.reduce((sum, counts) => sum + zone.reduce((a, i) => a + counts[i]!, 0), 0);
                const inZone = countsByPeriod.reduce((sum, counts) => sum + zone.reduce((a, i) => a + counts[i]!, 0), 0);
                const inWindow = window.flat().reduce((a, b) => a + b, 0);
                greatest = Math.max(greatest, scanLogLikelihoodRatio(inBoth, (inZone * inWindow) / total, total));
              }
            }
          }
        }
        const scan = answer(spaceTimeScan({ places, countsByPeriod }, { mostPlaces, simulations: 1, seed: 1 }));
        expect(scan.cluster?.logLikelihoodRatio ?? 0).toBeCloseTo(greatest, 8);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same bytes for any split of the simulations', () => {
    const zones = answer(prepareSpaceTimeScan({ places, countsByPeriod: hot }));
    const whole = answer(spaceTimeScanReplicates(zones, 11, 0, 30));
    const parts = [[0, 7], [7, 29], [29, 30]].map(([a, b]) => answer(spaceTimeScanReplicates(zones, 11, a!, b!))); // prettier-ignore
    expect(JSON.stringify(combineSpaceTimeScan(zones, parts, 11))).toBe(
      JSON.stringify(combineSpaceTimeScan(zones, [whole], 11)),
    );
  });

  it('refuses what has no answer', () => {
    const options = { simulations: 9, seed: 1 };
    const one = [[1, ...Array.from({ length: 15 }, () => 0)], Array.from({ length: 16 }, () => 0)];
    expect(spaceTimeScan({ places, countsByPeriod: one }, options)).toMatchObject({ reason: 'too-few-events' });
    expect(spaceTimeScan({ places, countsByPeriod: [[1]] }, options)).toMatchObject({ reason: 'too-few-periods' });
    expect(spaceTimeScan({ places, countsByPeriod: [[1], [2]] }, options)).toMatchObject({ reason: 'mismatched-lengths' });
    const broken = hot.map((counts) => counts.map((count) => -count));
    expect(spaceTimeScan({ places, countsByPeriod: broken }, options)).toMatchObject({ reason: 'not-counts' });
    expect(spaceTimeScan({ places, countsByPeriod: hot }, { ...options, mostPlaces: 0 })).toMatchObject({ refused: true });
    expect(spaceTimeScan({ places, countsByPeriod: hot }, { ...options, onProgress: () => false })).toMatchObject({
      reason: 'stopped',
    });
  });
});
