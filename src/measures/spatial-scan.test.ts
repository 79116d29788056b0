import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasDraw } from './alias-table.ts';
import { randomStream } from './random.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { risingOrder } from './rising-order.ts';
import { monteCarloP, scanLogLikelihoodRatio } from './scan-likelihood.ts';
import { combineSpatialScan, prepareSpatialScan, spatialScan, spatialScanReplicates } from './spatial-scan.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

// A square of 8 × 8 areas of 1,000 people with 10 cases each, but three times as many in the south-west corner.
const side = 8;
const square = {
  centres: {
    eastings: Array.from({ length: side * side }, (_, i) => 100 * (i % side)),
    northings: Array.from({ length: side * side }, (_, i) => 100 * Math.floor(i / side)),
  },
  cases: Array.from({ length: side * side }, (_, i) => (i % side < 2 && i < 2 * side ? 30 : 10)),
  population: Array.from({ length: side * side }, () => 1000),
};

describe('the log likelihood ratio', () => {
  it('is 14.78 for the cluster of leukaemia in New York State', () => {
    // 106 of 552 cases where 62.13 belong: Kulldorff and Nagarwalla (1995), Statistics in Medicine 14, 799-810.
    expect(scanLogLikelihoodRatio(106, 62.13, 552)).toBeCloseTo(14.78, 2);
  });

  it('is 0 without an excess, and finite when all cases lie inside', () => {
    expect(scanLogLikelihoodRatio(5, 5, 100)).toBe(0);
    expect(scanLogLikelihoodRatio(4, 5, 100)).toBe(0);
    expect(scanLogLikelihoodRatio(100, 50, 100)).toBeCloseTo(100 * Math.LN2, 10);
  });

  it('never passes the bound by which circles are skipped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (c, share) => {
        const expected = 500 * share;
        const bound = ((c - expected) ** 2 * 500) / (expected * (500 - expected));
        // Near the expected count the ratio is a difference of nearly equal numbers, so its last digits are rounding.
        expect(scanLogLikelihoodRatio(c, expected, 500)).toBeLessThanOrEqual(bound * (1 + 1e-9) + 1e-11);
      }),
    );
  });
});

describe('the spatial scan', () => {
  it('finds the corner that was made hot', () => {
    const { clusters } = answer(spatialScan(square, { simulations: 199, seed: 4 }));
    expect(clusters[0]).toMatchObject({ areas: [0, 1, 8, 9], cases: 120, p: 1 / 200 });
    expect(clusters[0]!.expectedCases).toBeCloseTo((720 * 4) / 64, 10);
    expect(clusters.slice(1).every((cluster) => cluster.p > 0.5)).toBe(true);
  });

  it('names clusters that share no area', () => {
    const { clusters } = answer(spatialScan(square, { simulations: 9, seed: 4 }));
    const named = clusters.flatMap((cluster) => cluster.areas);
    expect(new Set(named).size).toBe(named.length);
  });

  it('finds what looking at every circle finds', () => {
    const area = fc.record({
      x: fc.integer({ min: 0, max: 9 }),
      y: fc.integer({ min: 0, max: 9 }),
      cases: fc.integer({ min: 0, max: 20 }),
      people: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(area, { minLength: 3, maxLength: 15 }), (areas) => {
        const total = areas.reduce((sum, one) => sum + one.cases, 0);
        const people = areas.reduce((sum, one) => sum + one.people, 0);
        fc.pre(total > 0);
        let greatest = 0;
        for (const centre of areas) {
          const far = (one: (typeof areas)[number]) => (one.x - centre.x) ** 2 + (one.y - centre.y) ** 2;
          for (const edge of areas) {
            const inside = areas.filter((one) => far(one) <= far(edge));
            const within = inside.reduce((sum, one) => sum + one.people, 0);
            if (within > 0.5 * people) continue;
            const cases = inside.reduce((sum, one) => sum + one.cases, 0);
            greatest = Math.max(greatest, scanLogLikelihoodRatio(cases, (total * within) / people, total));
          }
        }
        const scan = answer(
          spatialScan(
            {
              centres: { eastings: areas.map((one) => one.x), northings: areas.map((one) => one.y) },
              cases: areas.map((one) => one.cases),
              population: areas.map((one) => one.people),
            },
            { maxPopulationShare: 0.5, simulations: 1, seed: 1 },
          ),
        );
        expect(scan.clusters[0]?.logLikelihoodRatio ?? 0).toBeCloseTo(greatest, 8);
      }),
    );
  });

  it('gives the same bytes for any split of the simulations', () => {
    const zones = answer(prepareSpatialScan(square));
    const whole = answer(spatialScanReplicates(zones, 11, 0, 40));
    const parts = [[0, 13], [13, 14], [14, 40]].map(([a, b]) => answer(spatialScanReplicates(zones, 11, a!, b!))); // prettier-ignore
    expect(JSON.stringify(combineSpatialScan(zones, parts, 11))).toBe(
      JSON.stringify(combineSpatialScan(zones, [whole], 11)),
    );
  });

  it('cries wolf as often as its p says', () => {
    // Cases spread by chance: p at or under 0.1 in about a tenth of sets.
    const calm = { ...square, cases: square.cases.map(() => 0) };
    const draw = aliasDraw(square.population);
    let alarms = 0;
    const sets = 100;
    for (let set = 0; set < sets; set++) {
      const random = randomStream(99, set);
      const cases = [...calm.cases];
      for (let i = 0; i < 300; i++) cases[draw(random)]!++;
      const scan = answer(spatialScan({ ...calm, cases }, { simulations: 39, seed: set }));
      if ((scan.clusters[0]?.p ?? 1) <= 0.1) alarms++;
    }
    // Four standard errors round a tenth.
    expect(alarms).toBeLessThanOrEqual(22);
    expect(alarms).toBeGreaterThan(0);
  });

  it('refuses what has no answer', () => {
    const options = { simulations: 9, seed: 1 };
    const none = square.cases.map(() => 0);
    expect(spatialScan({ ...square, cases: none }, options)).toMatchObject({ reason: 'no-events' });
    expect(spatialScan({ ...square, cases: [1] }, options)).toMatchObject({ reason: 'mismatched-lengths' });
    expect(spatialScan({ ...square, cases: square.cases.map((c) => c + 0.5) }, options)).toMatchObject({
      reason: 'not-counts',
    });
    expect(spatialScan({ ...square, population: square.cases.map((_, i) => i) }, options)).toMatchObject({
      reason: 'cases-without-people',
    });
    expect(spatialScan(square, { ...options, maxPopulationShare: 0 })).toMatchObject({ reason: 'bad-share' });
    expect(spatialScan(square, { ...options, simulations: 0 })).toMatchObject({ reason: 'no-simulations' });
    expect(spatialScan(square, { ...options, onProgress: () => false })).toMatchObject({ reason: 'stopped' });
  });
});

describe('what the scans stand on', () => {
  it('draws by weight, and never where there is none', () => {
    const draw = aliasDraw([1, 0, 3]);
    const random = randomStream(1);
    const seen = [0, 0, 0];
    for (let i = 0; i < 40_000; i++) seen[draw(random)]!++;
    expect(seen[1]).toBe(0);
    // Five standard errors: √(40000 × 0.25 × 0.75) = 87.
    expect(Math.abs(seen[0]! - 10_000)).toBeLessThan(435);
  });

  it('orders values as a stable sort does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 })), (values) => {
        const stable = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
        expect([...risingOrder(Float64Array.from(values))]).toEqual(stable);
      }),
    );
  });

  it('counts the observed among the draws', () => {
    expect(monteCarloP(5, [1, 5, 9])).toBe(0.75);
    expect(monteCarloP(10, [1, 5, 9])).toBe(0.25);
  });
});
