import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likelihoodBandwidth, meanSquareErrorBandwidth, normalReferenceWidth, scottBandwidth } from './bandwidth.ts';
import { cellCounts } from './cell-counts.ts';
import {
  densityRatio,
  gaussianDensityAt,
  gaussianShares,
  quarticDensityAt,
  quarticDensityGrid,
} from './kernel-density.ts';
import { isRefusal, type Refusal } from './refusal.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

const place = fc.record({
  eastings: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 12, maxLength: 12 }),
  northings: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 12, maxLength: 12 }),
});
const grid = { columns: 50, rows: 50, cellMetres: 100, westMetres: -1000, southMetres: -1000 };
const window = { westMetres: 0, eastMetres: 3000, southMetres: 0, northMetres: 3000 };

describe('the quartic density', () => {
  it('holds every event once: its volume is their number', () => {
    fc.assert(
      fc.property(place, (points) => {
        const { perSquareMetre } = answer(quarticDensityGrid(points, grid, 800));
        const volume = perSquareMetre.reduce((a, b) => a + b, 0) * 100 * 100;
        expect(volume).toBeCloseTo(12, 1);
      }),
      { numRuns: 30 },
    );
  });

  it('is the same on a grid and at its centres, and as the definition says', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 50, max: 1500 }), (points, h) => {
        const onGrid = answer(quarticDensityGrid(points, grid, h)).perSquareMetre;
        const centres = { eastings: [150, 1450, 2950], northings: [250, 1350, 50] };
        const at = answer(quarticDensityAt(points, centres, h)).perSquareMetre;
        for (const [i, x] of centres.eastings.entries()) {
          const y = centres.northings[i]!;
          let byDefinition = 0;
          for (const [j, px] of points.eastings.entries()) {
            const u = Math.hypot(px - x, points.northings[j]! - y) / h;
            if (u < 1) byDefinition += (3 / (Math.PI * h * h)) * (1 - u * u) ** 2;
          }
          expect(at[i]).toBeCloseTo(byDefinition, 12);
          expect(onGrid[Math.floor((x + 1000) / 100) + 50 * Math.floor((y + 1000) / 100)]).toBeCloseTo(
            byDefinition,
            12,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is the sum of the kernels, in events per square metre, where three overlap', () => {
    // h = 10: 3/(100 π) × (1 + (1 − 0.36)² + (1 − 0.25)²) at the first event, by hand.
    const events = { eastings: [0, 6, 3], northings: [0, 0, 4] };
    const unit = 3 / (100 * Math.PI);
    const at = answer(quarticDensityAt(events, { eastings: [0, 6], northings: [0, 8] }, 10));
    expect(at.method).toEqual({ name: 'quartic-kernel-density', version: '1' });
    expect(at.perSquareMetre[0]).toBeCloseTo(unit * (1 + 0.64 ** 2 + 0.75 ** 2), 12);
    // From (6, 8) the first lies at 10, the second at 8, the third at 5.
    expect(at.perSquareMetre[1]).toBeCloseTo(unit * (0.36 ** 2 + 0.75 ** 2), 12);
    const cells = { columns: 3, rows: 4, cellMetres: 2, westMetres: -1, southMetres: -1 };
    const onGrid = answer(quarticDensityGrid(events, cells, 10));
    expect(onGrid.method).toEqual({ name: 'quartic-kernel-density', version: '1' });
    expect(onGrid.perSquareMetre).toHaveLength(12);
    // The centres are (0, 0), (2, 0), (4, 0) and so on north to (4, 6).
    for (const [cell, density] of onGrid.perSquareMetre.entries()) {
      const [x, y] = [2 * (cell % 3), 2 * Math.floor(cell / 3)];
      const wanted = events.eastings.reduce((sum, east, i) => {
        const inner = 1 - ((east - x) ** 2 + (events.northings[i]! - y) ** 2) / 100;
        return inner > 0 ? sum + inner ** 2 : sum;
      }, 0);
      expect(density).toBeCloseTo(unit * wanted, 12);
    }
  });

  it('is nought at the bandwidth and 3/(π h²) on an event', () => {
    const one = { eastings: [0], northings: [0] };
    const { perSquareMetre } = answer(quarticDensityAt(one, { eastings: [0, 400, 399], northings: [0, 0, 0] }, 400));
    expect(perSquareMetre[0]).toBeCloseTo(3 / (Math.PI * 160_000), 15);
    expect(perSquareMetre[1]).toBe(0);
    expect(perSquareMetre[2]).toBeGreaterThan(0);
  });

  it('refuses what has no answer', () => {
    const one = { eastings: [0], northings: [0] };
    expect(quarticDensityGrid(one, grid, 0)).toMatchObject({ reason: 'bad-bandwidth' });
    expect(quarticDensityGrid({ eastings: [0], northings: [] }, grid, 100)).toMatchObject({
      reason: 'mismatched-lengths',
    });
    expect(quarticDensityGrid(one, { ...grid, columns: 0 }, 100)).toMatchObject({ reason: 'bad-grid' });
    expect(quarticDensityAt(one, { eastings: [Number.NaN], northings: [0] }, 100)).toMatchObject({
      reason: 'not-finite',
    });
    expect(quarticDensityAt({ eastings: [Number.NaN], northings: [0] }, one, 100)).toMatchObject({
      reason: 'not-finite',
    });
  });
});

describe('the Gaussian density', () => {
  // Five events in a rectangle of 40 by 50 metres, σ 8 m: spatstat 3, density.ppp(at = "points"), and numpy agree.
  const five = { eastings: [10, 13, 13, 35, 4], northings: [20, 24, 30, 46, 6] };
  const small = { westMetres: 0, eastMetres: 40, southMetres: 0, northMetres: 50 };
  const close = (got: Float64Array, wanted: readonly number[]) => {
    expect(got).toHaveLength(wanted.length);
    for (const [i, want] of wanted.entries()) expect(got[i]! / want).toBeCloseTo(1, 8);
  };

  it('agrees with spatstat, the event itself left out or not, with each correction of the edge', () => {
    const alone = answer(gaussianDensityAt(five, five, 8, { leaveOneOut: true }));
    expect(alone.method).toEqual({ name: 'gaussian-kernel-density', version: '1' });
    close(
      alone.perSquareMetre,
      [
        0.003512870944940683, 0.004029083169973421, 0.002960709720238256, 0.000009059308433816327,
        0.0005257066674256955,
      ],
    );
    const diggle = answer(gaussianDensityAt(five, five, 8, { leaveOneOut: true, edge: 'diggle', window: small }));
    close(
      diggle.perSquareMetre,
      [
        0.004049393136055968, 0.004494585854370316, 0.003221651404346665, 0.000009621428773209632,
        0.0005835254247382952,
      ],
    );
    const uniform = answer(gaussianDensityAt(five, five, 8, { edge: 'uniform', window: small }));
    close(
      uniform.perSquareMetre,
      [0.006751594172776547, 0.006889833211671009, 0.005785482630875896, 0.00491756113195138, 0.005633420463311515],
    );
    close(
      answer(gaussianShares(five, small, 8)),
      [0.8886296742987182, 0.9457237868613039, 0.9415818962063658, 0.5075392511194424, 0.5347555136095254],
    );
  });

  it('refuses broken points, places, widths and areas', () => {
    const broken = { eastings: [Number.NaN], northings: [1] };
    expect(gaussianDensityAt(broken, five, 8)).toMatchObject({ reason: 'not-finite' });
    expect(gaussianDensityAt(five, broken, 8)).toMatchObject({ reason: 'not-finite' });
    for (const width of [0, -1, Number.NaN, Infinity]) {
      expect(gaussianDensityAt(five, five, width)).toMatchObject({ reason: 'bad-bandwidth' });
      expect(gaussianShares(five, small, width)).toMatchObject({ reason: 'bad-bandwidth' });
      expect(quarticDensityAt(five, five, width)).toMatchObject({ reason: 'bad-bandwidth' });
    }
    expect(gaussianShares(broken, small, 8)).toMatchObject({ reason: 'not-finite' });
    const outside = { eastings: [41], northings: [1] };
    expect(gaussianShares(outside, small, 8)).toMatchObject({ reason: 'outside-window' });
    expect(gaussianDensityAt(five, outside, 8, { edge: 'uniform', window: small })).toMatchObject({
      reason: 'outside-window',
    });
    // Without a correction the area plays no part.
    expect(isRefusal(gaussianDensityAt(five, outside, 8, { window: small }))).toBe(false);
  });

  it('keeps the number of events inside the window under Diggle’s correction', () => {
    const points = { eastings: [20, 1500, 2990], northings: [30, 1500, 10] };
    const side = 100;
    const lattice = {
      eastings: Array.from({ length: side * side }, (_, i) => ((i % side) + 0.5) * 30),
      northings: Array.from({ length: side * side }, (_, i) => (Math.floor(i / side) + 0.5) * 30),
    };
    const { perSquareMetre } = answer(gaussianDensityAt(points, lattice, 300, { edge: 'diggle', window }));
    expect(perSquareMetre.reduce((a, b) => a + b, 0) * 900).toBeCloseTo(3, 2);
  });

  it('doubles on a straight edge and quadruples in a corner under the uniform correction', () => {
    const points = { eastings: [0, 1500], northings: [0, 0] };
    const plain = answer(gaussianDensityAt(points, points, 50)).perSquareMetre;
    const edged = answer(gaussianDensityAt(points, points, 50, { edge: 'uniform', window })).perSquareMetre;
    expect(edged[0]! / plain[0]!).toBeCloseTo(4, 8);
    expect(edged[1]! / plain[1]!).toBeCloseTo(2, 8);
  });

  it('refuses an edge correction without a study area, or points outside it', () => {
    const points = { eastings: [-5], northings: [0] };
    expect(gaussianDensityAt(points, points, 50, { edge: 'uniform' })).toMatchObject({ reason: 'no-window' });
    expect(gaussianDensityAt(points, points, 50, { edge: 'diggle', window })).toMatchObject({
      reason: 'outside-window',
    });
  });
});

describe('the ratio of densities', () => {
  it('is no number where hardly anybody is', () => {
    expect(densityRatio([2, 2, 0], [4, 0.01, 1], 0.1)).toEqual([0.5, null, 0]);
    expect(densityRatio([1], [0.1], 0.1)).toEqual([10]);
    for (const floor of [0, -1, Number.NaN])
      expect(densityRatio([1], [1], floor)).toMatchObject({ reason: 'bad-floor' });
    expect(densityRatio([1, 2], [1], 1)).toMatchObject({ reason: 'mismatched-lengths' });
    expect(densityRatio([Number.NaN], [1], 1)).toMatchObject({ reason: 'not-finite' });
    expect(densityRatio([1], [Infinity], 1)).toMatchObject({ reason: 'not-finite' });
  });
});

describe('bandwidths', () => {
  const cluster = (scale: number) => {
    const eastings: number[] = [];
    const northings: number[] = [];
    for (let i = 0; i < 60; i++) {
      eastings.push(scale * (500 + (i % 3) * 900 + ((i * 37) % 61)));
      northings.push(scale * (600 + (i % 2) * 1100 + ((i * 53) % 67)));
    }
    return { eastings, northings };
  };
  const scaled = (scale: number) => ({
    westMetres: 0,
    eastMetres: 3000 * scale,
    southMetres: 0,
    northMetres: 3000 * scale,
  });

  it('grow with the map', () => {
    for (const choose of [likelihoodBandwidth, meanSquareErrorBandwidth]) {
      const small = answer(choose(cluster(1), scaled(1)));
      expect(answer(choose(cluster(7), scaled(7))) / small).toBeCloseTo(7, 6);
    }
  });

  it('see the clusters and not only the spread of the whole', () => {
    const [x] = answer(scottBandwidth(cluster(1)));
    expect(answer(likelihoodBandwidth(cluster(1), window))).toBeLessThan(x / 2);
    expect(answer(meanSquareErrorBandwidth(cluster(1), window))).toBeLessThan(x / 2);
  });

  it('follow the rules of thumb', () => {
    // sd of 1..4 is √(5/3), quartiles 1.75 and 3.25; n = 4.
    const points = { eastings: [1, 2, 3, 4], northings: [4, 3, 2, 1] };
    expect(answer(scottBandwidth(points))[0]).toBeCloseTo(Math.sqrt(5 / 3) * 4 ** (-1 / 6), 12);
    expect(answer(normalReferenceWidth(points))[1]).toBeCloseTo((4 * 1.06 * 1.5) / 1.34 / 4 ** 0.2, 12);
  });

  it('refuse events that all share a place', () => {
    const same = { eastings: [5, 5, 5], northings: [5, 5, 5] };
    expect(likelihoodBandwidth(same, window)).toMatchObject({ reason: 'one-place' });
  });
});

describe('counts of cells', () => {
  it('count every point once, or say that it is outside', () => {
    fc.assert(
      fc.property(place, (points) => {
        const { counts, outside } = answer(
          cellCounts(points.eastings, points.northings, {
            columns: 7,
            rows: 4,
            cellMetres: 300,
            westMetres: 300,
            southMetres: 0,
          }),
        );
        expect(counts.reduce((a, b) => a + b, 0) + outside).toBe(12);
      }),
    );
  });

  it('put a point on a line into the cell east or north of it', () => {
    const grid = { columns: 2, rows: 2, cellMetres: 100, westMetres: 0, southMetres: 0 };
    expect([...answer(cellCounts([100, 0], [0, 100], grid)).counts]).toEqual([0, 1, 1, 0]);
    expect(cellCounts([1], [1], { ...grid, columns: 0 })).toMatchObject({ reason: 'bad-grid' });
  });
});
