import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { empiricalBayesRates } from './empirical-bayes.ts';
import { funnelPlot, funnelPoint, overdispersion, proportionFunnelLimits, proportionStandings } from './funnel-plot.ts';
import { mostSimilarGroups, standingAmongPeers } from './most-similar-group.ts';
import { exactPoissonLimits } from './poisson-interval.ts';
import { quantile } from './quantile.ts';
import { type Refusal, isRefusal } from './refusal.ts';
import { wilsonProportion } from './wilson.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

const areas = fc.array(fc.record({ events: fc.nat(300), population: fc.integer({ min: 100, max: 90_000 }) }), {
  minLength: 3,
  maxLength: 30,
});
const columns = (rows: readonly { events: number; population: number }[]) => ({
  events: rows.map((row) => row.events),
  population: rows.map((row) => row.population),
});

describe('empiricalBayesRates', () => {
  it('puts each estimate between the raw rate and the overall rate', () => {
    fc.assert(
      fc.property(areas, (rows) => {
        const rates = answered(
          empiricalBayesRates({ ...columns(rows), neighbours: rows.map((_, i) => [(i + 1) % rows.length]) }),
        );
        rates.raw.forEach((raw, i) => {
          const slack = 1e-12;
          expect(rates.global[i]).toBeGreaterThanOrEqual(Math.min(raw, rates.overall) - slack);
          expect(rates.global[i]).toBeLessThanOrEqual(Math.max(raw, rates.overall) + slack);
          expect(Number.isFinite(rates.local![i])).toBe(true);
        });
      }),
    );
  });

  it('draws small places in more than large ones, and all the way when chance explains everything', () => {
    const rates = answered(empiricalBayesRates({ events: [2, 200, 40, 10], population: [100, 10_000, 8000, 2000] }));
    const kept = (i: number): number => (rates.global[i]! - rates.overall) / (rates.raw[i]! - rates.overall);
    expect(kept(0)).toBeLessThan(kept(1));
    const even = answered(empiricalBayesRates({ events: [5, 6, 5], population: [500, 500, 500] }));
    expect(even.between).toBe(0);
    even.global.forEach((rate) => expect(rate).toBeCloseTo(16 / 1500, 12));
  });

  it('by hand: two areas of 100 people with 2 and 18 events', () => {
    // b = 0.1, s² = 0.0064, A = 0.0064 − 0.001 = 0.0054, kept share 0.0054/0.0064.
    const rates = answered(empiricalBayesRates({ events: [2, 18], population: [100, 100] }));
    expect(rates.between).toBeCloseTo(0.0054, 12);
    expect(rates.global[0]).toBeCloseTo(0.1 - 0.08 * (0.0054 / 0.0064), 12);
  });

  it('says nought where no neighbour has events, though others far away do', () => {
    const rates = answered(
      empiricalBayesRates({
        events: [0, 0, 9, 5],
        population: [100, 300, 200, 400],
        neighbours: [[1], [0], [3], [2]],
      }),
    );
    expect(rates.local!.slice(0, 2)).toEqual([0, 0]);
    expect(rates.global[0]).toBeGreaterThan(0);
    expect(rates.local![2]).toBeGreaterThan(0);
  });

  it('says nought where nobody has events, and refuses what is broken', () => {
    expect(answered(empiricalBayesRates({ events: [0, 0], population: [9, 9] })).global).toEqual([0, 0]);
    expect(reasonOf(empiricalBayesRates({ events: [1], population: [9] }))).toBe('too-few-areas');
    expect(reasonOf(empiricalBayesRates({ events: [1, 2], population: [9] }))).toBe('lengths-differ');
    expect(reasonOf(empiricalBayesRates({ events: [1, 2], population: [9, 0] }))).toBe('no-population');
    expect(reasonOf(empiricalBayesRates({ events: [1, 2], population: [9, 9], neighbours: [[1], [2]] }))).toBe(
      'unknown-neighbour',
    );
  });
});

describe('overdispersion', () => {
  it('finds none where each area has what was expected', () => {
    const spread = answered(overdispersion({ observed: [10, 20, 30], expected: [10, 20, 30] }));
    expect(spread).toMatchObject({ phi: 0, tauSquared: 0 });
  });

  it('by hand: three areas of 100 expected with 50, 100 and 200 observed', () => {
    const spread = answered(overdispersion({ observed: [50, 100, 200], expected: [100, 100, 100], winsorise: 0 }));
    const z = 10 * Math.LN2;
    expect(spread.phi).toBeCloseTo((2 * z * z) / 3, 10);
    expect(spread.tauSquared).toBeCloseTo((2 * z * z - 2) / 200, 10);
    expect(spread.z[0]).toBeCloseTo(-z, 10);
    expect(spread.adjustedZ[2]).toBeCloseTo(Math.LN2 / Math.sqrt(0.01 + spread.tauSquared), 10);
  });

  it('draws in the extremes before it judges', () => {
    const observed = [...new Array<number>(19).fill(100), 1000];
    const expected = observed.map(() => 100);
    expect(answered(overdispersion({ observed, expected })).phi).toBe(0);
    expect(answered(overdispersion({ observed, expected, winsorise: 0 })).phi).toBeGreaterThan(20);
  });

  it('bears an area without events', () => {
    const spread = answered(overdispersion({ observed: [0, 4], expected: [2, 2] }));
    // As half an event.
    expect(spread.z[0]).toBeCloseTo(Math.log(0.25) * Math.SQRT2, 12);
    expect(spread.z[1]).toBeCloseTo(Math.LN2 * Math.SQRT2, 12);
  });
});

describe('funnelPlot', () => {
  it('accuses nobody where all rates agree, and the one that differs', () => {
    const even = answered(funnelPlot({ events: [10, 20, 40], population: [1000, 2000, 4000], per: 1000 }));
    expect(even.areas.map((area) => area.standing)).toEqual(['within', 'within', 'within']);
    expect(even.overall).toBeCloseTo(10, 12);
    const events = [...new Array<number>(20).fill(100), 200];
    const odd = answered(funnelPlot({ events, population: events.map(() => 10_000), per: 1000 }));
    expect(odd.areas.at(-1)!.standing).toBe('high-0.001');
    expect(odd.limits).toBe('plain');
  });

  it('forgives areas when they all differ more than chance explains', () => {
    const events = [400, 900, 1500, 600, 1100, 500, 1300, 800, 700, 1000];
    const plot = answered(funnelPlot({ events, population: events.map(() => 100_000), per: 1000 }));
    expect(plot.limits).toBe('adjusted');
    const outside = (pick: 'standing' | 'adjustedStanding'): number =>
      plot.areas.filter((area) => area[pick] !== 'within').length;
    expect(outside('standing')).toBeGreaterThan(6);
    expect(outside('adjustedStanding')).toBeLessThanOrEqual(1);
  });

  // PHEindicatormethods 2.1.0, calculate_funnel_points and assign_funnel_significance; φ, τ² and adjusted z of the same areas
  // by the formulas of the SHMI methodology in R.
  const events = [1003, 3075, 1599, 1824, 401, 572, 1059, 2233, 1214, 1392, 1240, 1318, 1388, 797, 891, 567, 89, 195, 449, 645, 324, 541, 610, 104, 236]; // prettier-ignore
  const population = [230103, 880552, 403908, 467420, 103241, 137813, 215721, 842432, 331678, 381642, 337154, 294940, 328622, 145991, 282806, 89211, 40159, 51257, 101533, 198105, 79010, 122627, 184523, 20454, 69095]; // prettier-ignore
  const standings = { H: 'high-0.001', h: 'high-0.025', '.': 'within', l: 'low-0.025', L: 'low-0.001' };
  const spelt = (letters: string): string[] => Array.from(letters, (one) => standings[one as keyof typeof standings]);

  it('meets PHEindicatormethods on twenty-five areas', () => {
    const plot = answered(funnelPlot({ events, population, per: 1000 }));
    expect(plot.overall).toBeCloseTo(3.74858221541745, 12);
    expect(plot.areas.map((area) => area.standing)).toEqual(spelt('HLh..hHL...HHHLHL.HL.HLh.'));
    expect(plot.phi).toBeCloseTo(15.3416228339531, 9);
    expect(plot.tauSquared).toBeCloseTo(0.0162540140910226, 12);
    expect(plot.areas.slice(0, 3).map((area) => area.adjustedZ.toFixed(9))).toEqual([
      '1.143122471',
      '-0.550744973',
      '0.419580987',
    ]);
    // The adjusted z of R beyond 1.96, and of those the ones beyond 3.09.
    expect(
      plot.areas
        .filter((area) => area.adjustedStanding !== 'within')
        .map((area) => [area.events, area.adjustedStanding]),
    ).toEqual([
      [1059, 'high-0.025'],
      [2233, 'low-0.025'],
      [797, 'high-0.025'],
      [567, 'high-0.001'],
      [89, 'low-0.001'],
    ]);
    expect(plot.areas[0]).toMatchObject({ events: 1003, population: 230103, rate: 1003000 / 230103 });
  });

  it('meets PHEindicatormethods on proportions', () => {
    const counts = [80, 323, 137, 177, 40, 48, 83, 290, 116, 131, 110, 86, 106, 52, 72, 30, 9, 25, 30, 81, 33, 34, 59, 6, 20]; // prettier-ignore
    const wholes = [256, 978, 449, 519, 115, 153, 240, 936, 369, 424, 375, 328, 365, 162, 314, 99, 45, 57, 113, 220, 88, 136, 205, 23, 77]; // prettier-ignore
    expect(answered(proportionStandings(counts, wholes))).toEqual(spelt('..............l..h.......'));
    // By hand: 110 of 400 pooled is 0.275, and 0.998 limits of 100 are 0.275 ∓ 0.138, of 95 % 0.275 ∓ 0.0875.
    expect(answered(proportionStandings([90, 10, 5, 5], [100, 100, 100, 100]))).toEqual(spelt('HLLL'));
    expect(answered(proportionStandings([37, 18, 28, 27], [100, 100, 100, 100]))).toEqual(spelt('hl..'));
  });

  it('has the limits of a proportion, by hand, cut at 0 and 1', () => {
    const limits = answered(proportionFunnelLimits(0.5, 100, 0.95));
    expect(limits.lower).toBeCloseTo(0.5 - 0.05 * 1.959963984540054, 12);
    expect(limits.upper).toBeCloseTo(0.5 + 0.05 * 1.959963984540054, 12);
    expect(answered(proportionFunnelLimits(0.01, 10, 0.95)).lower).toBe(0);
    expect(answered(proportionFunnelLimits(0.99, 10, 0.95)).upper).toBe(1);
    expect(answered(proportionFunnelLimits(1, 10, 0.95))).toEqual({ lower: 1, upper: 1 });
    expect(answered(proportionFunnelLimits(0, 10, 0.95))).toEqual({ lower: 0, upper: 0 });
  });

  it('says why it will not compare', () => {
    const plot = { events: [3, 4], population: [9, 9], per: 1 };
    expect(reasonOf(funnelPlot(plot))).toBe('answered');
    expect(reasonOf(funnelPlot({ ...plot, population: [9] }))).toBe('lengths-differ');
    expect(reasonOf(funnelPlot({ ...plot, per: 0 }))).toBe('per-out-of-range');
    expect(reasonOf(funnelPlot({ ...plot, events: [3, 0.5] }))).toBe('not-a-count');
    expect(reasonOf(funnelPlot({ ...plot, population: [9, 0] }))).toBe('no-population');
    expect(reasonOf(funnelPlot({ ...plot, events: [0, 0] }))).toBe('no-events');
    expect(reasonOf(funnelPlot({ ...plot, winsorise: 0.5 }))).toBe('winsorise-out-of-range');
    expect(reasonOf(funnelPlot({ events: [3], population: [9], per: 1 }))).toBe('too-few-areas');
    const spread = { observed: [3, 4], expected: [3, 3] };
    expect(reasonOf(overdispersion(spread))).toBe('answered');
    expect(reasonOf(overdispersion({ ...spread, expected: [3] }))).toBe('lengths-differ');
    expect(reasonOf(overdispersion({ ...spread, observed: [3, -1] }))).toBe('not-a-count');
    expect(reasonOf(overdispersion({ ...spread, observed: [3, Number.NaN] }))).toBe('not-a-count');
    expect(reasonOf(overdispersion({ ...spread, expected: [3, 0] }))).toBe('none-expected');
    expect(reasonOf(overdispersion({ ...spread, winsorise: -0.1 }))).toBe('winsorise-out-of-range');
    const point = { events: 1, overall: 4, per: 1000, level: 0.95 };
    expect(reasonOf(funnelPoint({ ...point, events: 0 }))).toBe('no-events');
    expect(reasonOf(funnelPoint({ ...point, events: 0.5 }))).toBe('not-a-count');
    expect(reasonOf(funnelPoint({ ...point, level: 1 }))).toBe('level-out-of-range');
    expect(reasonOf(funnelPoint({ ...point, overall: 0 }))).toBe('no-rate');
    expect(reasonOf(funnelPoint({ ...point, per: 0 }))).toBe('no-rate');
    expect(reasonOf(proportionFunnelLimits(1.1, 9, 0.95))).toBe('share-out-of-range');
    expect(reasonOf(proportionFunnelLimits(-0.1, 9, 0.95))).toBe('share-out-of-range');
    expect(reasonOf(proportionFunnelLimits(0.5, 0, 0.95))).toBe('no-denominator');
    expect(reasonOf(proportionFunnelLimits(0.5, 9, 0))).toBe('level-out-of-range');
    expect(reasonOf(proportionStandings([1], [9, 9]))).toBe('lengths-differ');
    expect(reasonOf(proportionStandings([1, 10], [9, 9]))).toBe('not-a-count');
    expect(reasonOf(proportionStandings([1, 0.5], [9, 9]))).toBe('not-a-count');
    expect(reasonOf(proportionStandings([1, 0], [9, 0]))).toBe('no-denominator');
    expect(reasonOf(proportionStandings([9, 0], [9, 9]))).toBe('answered');
  });

  it('draws curves on which the observed events just touch the expected', () => {
    for (const events of [1, 9, 10, 500]) {
      const point = answered(funnelPoint({ events, overall: 4, per: 1000, level: 0.95 }));
      const limits = answered(exactPoissonLimits(events, 0.95));
      expect((point.lower.population * 4) / 1000).toBeCloseTo(limits.upper, 8);
      expect((point.upper.population * 4) / 1000).toBeCloseTo(limits.lower, 8);
      expect(point.upper.rate).toBeGreaterThan(4);
      expect(point.lower.rate).toBeLessThan(4);
    }
  });

  it('gives a standing to every area, whatever the figures', () => {
    fc.assert(
      fc.property(areas, (rows) => {
        const plot = funnelPlot({ ...columns(rows), per: 1000 });
        if (rows.every((row) => row.events === 0)) expect(reasonOf(plot)).toBe('no-events');
        else for (const area of answered(plot).areas) expect(Number.isFinite(area.adjustedZ)).toBe(true);
      }),
    );
  });

  it('of proportions: an area stands outside when its Wilson interval leaves the pooled share out', () => {
    const share = fc.record({
      whole: fc.integer({ min: 5, max: 900 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(share, { minLength: 2, maxLength: 12 }), (rows) => {
        const wholes = rows.map((row) => row.whole);
        const counts = rows.map((row) => Math.floor(row.whole * row.part));
        const pooled = counts.reduce((a, b) => a + b) / wholes.reduce((a, b) => a + b);
        answered(proportionStandings(counts, wholes)).forEach((standing, i) => {
          const { lower, upper } = answered(wilsonProportion({ count: counts[i]!, whole: wholes[i]! }));
          fc.pre(Math.min(Math.abs(lower - pooled), Math.abs(upper - pooled)) > 1e-9);
          expect(standing !== 'within').toBe(pooled < lower || pooled > upper);
        });
      }),
    );
    expect(answered(proportionFunnelLimits(0.309111552653988, 2, 0.95)).upper).toBeCloseTo(0.949575483978255, 9);
  });
});

describe('mostSimilarGroups', () => {
  const table = [
    [0, 5],
    [1, 5],
    [3, 5],
    [10, 5],
  ];

  it('finds the nearest, by hand, and pays no heed to what is the same everywhere', () => {
    const { groups } = answered(mostSimilarGroups({ variables: table, size: 2 }));
    expect(groups.map((group) => group.areas)).toEqual([
      [1, 2],
      [0, 2],
      [1, 0],
      [2, 1],
    ]);
    // Population standard deviation of 0, 1, 3, 10 is √15.25.
    expect(groups[0]!.distances[0]).toBeCloseTo(1 / Math.sqrt(15.25), 12);
  });

  it('does not change when a variable changes its unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 3, maxLength: 3 }), {
          minLength: 5,
          maxLength: 12,
        }),
        (variables) => {
          const one = answered(mostSimilarGroups({ variables, size: 3 }));
          const other = answered(
            mostSimilarGroups({ variables: variables.map((row) => [row[0]! * 8, row[1]! + 4, row[2]!]), size: 3 }),
          );
          one.groups.forEach((group, i) => {
            group.distances.forEach((distance, j) => expect(other.groups[i]!.distances[j]).toBeCloseTo(distance, 6));
          });
        },
      ),
    );
  });

  it('refuses too few areas and holes in the table', () => {
    expect(reasonOf(mostSimilarGroups({ variables: table }))).toBe('too-few-areas');
    expect(reasonOf(mostSimilarGroups({ variables: [[], []], size: 1 }))).toBe('no-variables');
    expect(reasonOf(mostSimilarGroups({ variables: [[1], [Number.NaN]], size: 1 }))).toBe('not-a-number');
    expect(reasonOf(mostSimilarGroups({ variables: [[1], [2, 3]], size: 1 }))).toBe('lengths-differ');
  });

  it('by hand: a square of four areas, the first variable four times as heavy', () => {
    // Standard deviations 1 and 2, so a side is 2 × 2 one way and 4/2 the other.
    const corners = [
      [0, 10],
      [2, 10],
      [0, 14],
      [2, 14],
    ];
    const found = answered(mostSimilarGroups({ variables: corners, weights: [4, 1], size: 3 }));
    expect(found.method).toEqual({ name: 'most-similar-groups', version: '1' });
    expect(found.groups[0]!.areas).toEqual([2, 1, 3]);
    [2, 4, Math.sqrt(20)].forEach((distance, i) => expect(found.groups[0]!.distances[i]).toBeCloseTo(distance, 12));
    // A variable without weight counts for nothing, and areas as near stand in the order of the table.
    const flat = answered(mostSimilarGroups({ variables: corners, weights: [1, 0], size: 3 }));
    expect(flat.groups.map((group) => group.areas)).toEqual([
      [2, 1, 3],
      [3, 0, 2],
      [0, 1, 3],
      [1, 0, 2],
    ]);
  });

  it('says why there is no group, and no standing', () => {
    const reason = (over: object): string =>
      reasonOf(mostSimilarGroups({ variables: [[0], [1], [9]], weights: [1], size: 2, ...over }));
    expect(reason({})).toBe('answered');
    for (const size of [0, 1.5, Number.NaN]) expect(reason({ size })).toBe('size-out-of-range');
    expect(reason({ size: 3 })).toBe('too-few-areas');
    expect(reason({ weights: [1, 1] })).toBe('lengths-differ');
    for (const weight of [-1, Number.NaN, Infinity]) expect(reason({ weights: [weight] })).toBe('weight-out-of-range');
    expect(
      reason({
        variables: [
          [0, 1],
          [1, 1],
          [2, 0],
        ],
        weights: [1, -1],
      }),
    ).toBe('weight-out-of-range');
    expect(reason({ weights: [0] })).toBe('answered');
    expect(reasonOf(standingAmongPeers(Number.NaN, [1]))).toBe('not-a-number');
    expect(reasonOf(standingAmongPeers(1, [1, Infinity]))).toBe('not-a-number');
  });

  it('standingAmongPeers counts from the highest', () => {
    expect(standingAmongPeers(5, [1, 9, 3])).toMatchObject({ peerMean: 13 / 3, rankHighFirst: 2 });
    // Of 5, 1, 9 and 3: mean 4.5, squares about it 35.
    expect(answered(standingAmongPeers(5, [1, 9, 3])).zInGroup).toBeCloseTo(0.5 / Math.sqrt(35 / 3), 12);
    expect(standingAmongPeers(2, [2, 2])).toMatchObject({ rankHighFirst: 1, zInGroup: 0 });
    expect(reasonOf(standingAmongPeers(2, []))).toBe('no-peers');
  });
});

it('quantile meets the values of R’s default (type 7)', () => {
  // quantile(c(3, 6, 7, 8, 8, 10, 13, 15, 16, 20)) in R.
  const values = [20, 16, 15, 13, 10, 8, 8, 7, 6, 3];
  expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(values, share))).toEqual([3, 7.25, 9, 14.5, 20]);
  expect(quantile([], 0.5)).toBeUndefined();
});
