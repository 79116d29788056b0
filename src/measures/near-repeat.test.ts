import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areMonthOnly } from './month-only-days.ts';
import { combineKnox, knoxReplicates, knoxTest, prepareKnox, type KnoxBands } from './near-repeat.ts';
import { isRefusal, type Refusal } from './refusal.ts';

function answer<T>(got: T | Refusal): T {
  if (isRefusal(got)) throw new Error(got.sentence);
  return got;
}

type Event = readonly [x: number, y: number, day: number];

const bands: KnoxBands = {
  distanceBreaksMetres: [0, 0.1, 10, 25, Infinity],
  dayBreaks: [0, 1, 3, 5, 8, 13, Infinity],
  metric: 'euclidean',
};
const events = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 30 })),
  { minLength: 2, maxLength: 40 },
);
const points = (list: readonly Event[]) => ({ eastings: list.map(([x]) => x), northings: list.map(([, y]) => y) });
const days = (list: readonly Event[]) => list.map(([, , day]) => day);

/** The definition: every pair looked at, each put into its bands. */
function countByDefinition(list: readonly Event[], { distanceBreaksMetres, dayBreaks, metric }: KnoxBands): number[][] {
  const band = (value: number, edges: readonly number[]) =>
    edges.findIndex((edge, k) => k + 1 < edges.length && value >= edge && value < edges[k + 1]!);
  const table = distanceBreaksMetres.slice(1).map(() => dayBreaks.slice(1).map(() => 0));
  for (const [i, a] of list.entries()) {
    for (const b of list.slice(i + 1)) {
      const [dx, dy] = [Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])];
      const near = band(metric === 'manhattan' ? dx + dy : Math.sqrt(dx * dx + dy * dy), distanceBreaksMetres);
      const soon = band(Math.abs(a[2] - b[2]), dayBreaks);
      if (near >= 0 && soon >= 0) table[near]![soon]!++;
    }
  }
  return table;
}

describe('the Knox test', () => {
  it('counts pairs as the definition says, whatever the bands', () => {
    const closed: KnoxBands = { distanceBreaksMetres: [5, 15, 20], dayBreaks: [2, 6, 9], metric: 'manhattan' };
    fc.assert(
      fc.property(events, fc.constantFrom(bands, closed, { ...bands, metric: 'manhattan' as const }), (list, asked) => {
        const got = knoxTest(points(list), days(list), { ...asked, permutations: 1, seed: 1 });
        const observed = answer(got).cells.map((row) => row.map((cell) => cell.observedPairs));
        expect(observed).toEqual(countByDefinition(list, asked));
      }),
    );
  });

  it('expects the mean over every order of the dates', () => {
    const list: Event[] = [[0, 0, 0], [3, 0, 1], [3, 9, 1], [40, 40, 6], [41, 40, 9]]; // prettier-ignore
    const orders = (rest: readonly number[]): number[][] =>
      rest.length === 0 ? [[]] : rest.flatMap((one, i) => orders(rest.filter((_, j) => j !== i)).map((tail) => [one, ...tail])); // prettier-ignore
    const all = orders(days(list));
    expect(all).toHaveLength(120);
    const test = answer(knoxTest(points(list), days(list), { ...bands, permutations: 9, seed: 1 }));
    for (const [i, row] of test.cells.entries()) {
      for (const [j, cell] of row.entries()) {
        const counts = all.map(
          (order) =>
            countByDefinition(
              list.map(([x, y], k) => [x, y, order[k]!]),
              bands,
            )[i]![j]!,
        );
        expect(cell.expectedPairs).toBeCloseTo(counts.reduce((a, b) => a + b) / 120, 12);
      }
    }
  });

  it('keeps every pair in some cell of a table without gaps', () => {
    fc.assert(
      fc.property(events, (list) => {
        const { cells } = answer(knoxTest(points(list), days(list), { ...bands, permutations: 1, seed: 1 }));
        const pairs = (list.length * (list.length - 1)) / 2;
        expect(cells.flat().reduce((sum, cell) => sum + cell.observedPairs, 0)).toBe(pairs);
        expect(cells.flat().reduce((sum, cell) => sum + cell.expectedPairs, 0)).toBeCloseTo(pairs, 6);
      }),
    );
  });

  it('counts more pairs in a cell than eight bits hold, in every one of seven bands of days', () => {
    // Sixty events in one place, ten on each of the days 0 to 5. By hand: 6 × C(10, 2) pairs on one day, then (6 − d) × 100.
    const crowd = Array.from({ length: 60 }, (_, i): Event => [7, 7, i % 6]);
    const dayBreaks = [0, 1, 2, 3, 4, 5, 6, Infinity];
    const { cells } = answer(knoxTest(points(crowd), days(crowd), { ...bands, dayBreaks, permutations: 1, seed: 1 }));
    expect(cells[0]!.map((cell) => cell.observedPairs)).toEqual([270, 500, 400, 300, 200, 100, 0]);
    expect(
      cells
        .slice(1)
        .flat()
        .every((cell) => cell.observedPairs === 0),
    ).toBe(true);
    // With all in one place no order of the dates changes anything.
    for (const cell of cells[0]!) {
      expect([cell.expectedPairs, cell.simulatedMean]).toEqual([cell.observedPairs, cell.observedPairs]);
      expect([cell.simulatedStandardDeviation, cell.p]).toEqual([0, 1]);
    }
    // Nothing happened in the others, and nothing could.
    expect(cells[0]![6]!.ratio).toBeNull();
    expect(cells[0]![0]!.ratio).toBe(1);
  });

  it('draws orders of the dates whose mean, spread and p are those of every order', () => {
    const list: Event[] = [[0, 0, 0], [3, 0, 1], [3, 9, 1], [40, 40, 6], [41, 40, 9]]; // prettier-ignore
    const asked: KnoxBands = { distanceBreaksMetres: [0, 10], dayBreaks: [0, 3], metric: 'euclidean' };
    const orders = (rest: readonly number[]): number[][] =>
      rest.length === 0 ? [[]] : rest.flatMap((one, i) => orders(rest.filter((_, j) => j !== i)).map((tail) => [one, ...tail])); // prettier-ignore
    const counts = orders(days(list)).map(
      (order) => countByDefinition(list.map(([x, y], k): Event => [x, y, order[k]!]), asked)[0]![0]!, // prettier-ignore
    );
    const mean = counts.reduce((a, b) => a + b) / 120;
    const deviation = Math.sqrt(counts.reduce((a, b) => a + (b - mean) ** 2, 0) / 120);
    const observed = countByDefinition(list, asked)[0]![0]!;
    const draws = 20_000;
    const test = answer(knoxTest(points(list), days(list), { ...asked, permutations: draws, seed: 4 }));
    expect(test).toMatchObject({ method: { name: 'knox', version: '1' }, events: 5, permutations: draws, seed: 4 });
    const [[cell]] = test.cells as [[(typeof test.cells)[0][0]]];
    expect(cell).toMatchObject({ fromMetres: 0, toMetres: 10, fromDays: 0, toDays: 3, observedPairs: observed });
    expect(cell.ratio).toBeCloseTo(observed / mean, 12);
    // Within four standard errors.
    expect(Math.abs(cell.simulatedMean - mean)).toBeLessThan((4 * deviation) / Math.sqrt(draws));
    expect(cell.simulatedStandardDeviation / deviation).toBeCloseTo(1, 1);
    const p = counts.filter((count) => count >= observed).length / 120;
    expect(Math.abs(cell.p - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws) + 1 / draws);
  });

  it('says which bands its cells are of, and runs 999 permutations when none are asked for', () => {
    const closed: KnoxBands = { distanceBreaksMetres: [5, 15], dayBreaks: [2, 6, 9], metric: 'manhattan' };
    const list: Event[] = [[0, 0, 0], [3, 4, 4], [30, 40, 5]]; // prettier-ignore
    const test = answer(knoxTest(points(list), days(list), { ...closed, seed: 1 }));
    expect(test.permutations).toBe(999);
    expect(test.cells).toMatchObject([
      [
        { fromMetres: 5, toMetres: 15, fromDays: 2, toDays: 6, observedPairs: 1 },
        { fromMetres: 5, toMetres: 15, fromDays: 6, toDays: 9, observedPairs: 0, expectedPairs: 0, ratio: null },
      ],
    ]);
    // One near pair of three, and two pairs of three 2 to 6 days apart (4 and 5): 1 × 2/3.
    expect(test.cells[0]![0]!.expectedPairs).toBeCloseTo(2 / 3, 12);
  });

  it('counts days from the first, wherever the calendar begins', () => {
    const list: Event[] = [[0, 0, -400], [3, 4, -398], [30, 40, 5]]; // prettier-ignore
    const asked = { ...bands, permutations: 9, seed: 1 };
    const later = list.map(([x, y, day]): Event => [x, y, day + 20_000]);
    expect(knoxTest(points(list), days(list), asked)).toEqual(knoxTest(points(later), days(later), asked));
  });

  const street: Event[] = Array.from({ length: 60 }, (_, i) => [(i * 17) % 53, (i * 29) % 47, (i * 11) % 31]);

  it('gives the same bytes for any split of the replicates', () => {
    const prepared = answer(prepareKnox(points(street), days(street), bands));
    const whole = answer(knoxReplicates(prepared, 7, 0, 60));
    const parts = [[0, 1], [1, 17], [17, 60]].map(([from, to]) => answer(knoxReplicates(prepared, 7, from!, to!))); // prettier-ignore
    expect(JSON.stringify(combineKnox(prepared, parts, 7))).toBe(JSON.stringify(combineKnox(prepared, [whole], 7)));
  });

  it('gives the same bytes for any order of the rows', () => {
    const options = { ...bands, permutations: 30, seed: 3 };
    const turned = street.toReversed();
    expect(JSON.stringify(knoxTest(points(turned), days(turned), options))).toBe(
      JSON.stringify(knoxTest(points(street), days(street), options)),
    );
  });

  it('finds repeats that were put there, and no others', () => {
    // Thirty pairs next door to each other on the day after, far from the rest.
    const pairs = Array.from({ length: 30 }, (_, i): Event[] => [
      [i * 1000, 0, (i * 7) % 211],
      [i * 1000 + 5, 0, ((i * 7) % 211) + 1],
    ]).flat();
    const { cells } = answer(knoxTest(points(pairs), days(pairs), { ...bands, permutations: 199, seed: 5 }));
    expect(cells[1]![1]).toMatchObject({ observedPairs: 30, p: 1 / 200 });
    expect(cells[1]![1]!.ratio).toBeGreaterThan(20);
    expect(cells[1]![4]!.p).toBe(1);
  });

  it('adds tallies of several workers up to a mean, a spread and a p, by hand', () => {
    const prepared = answer(prepareKnox(points(street), days(street), bands));
    const tally = (off: number, atLeast: number) => ({
      replicates: 1,
      atLeast: Float64Array.from(prepared.observed, () => atLeast),
      sum: Float64Array.from(prepared.observed, () => off),
      sumOfSquares: Float64Array.from(prepared.observed, () => off * off),
    });
    // Two tables, one as expected and one with two pairs more in each cell: a mean of 1 more, a variance of 2.
    const { cells } = answer(combineKnox(prepared, [tally(0, 0), tally(2, 1)], 1));
    for (const cell of cells.flat()) {
      expect(cell.simulatedMean).toBe(Math.round(cell.expectedPairs) + 1);
      expect(cell.simulatedStandardDeviation).toBeCloseTo(Math.SQRT2, 12);
      expect(cell.p).toBeCloseTo(2 / 3, 12);
    }
    // Of one table there is no spread.
    expect(answer(combineKnox(prepared, [tally(2, 1)], 1)).cells.flat()[0]).toMatchObject({
      simulatedStandardDeviation: 0,
      p: 1,
    });
  });

  it('tells how far its part has come', () => {
    const told: [number, number][] = [];
    answer(
      knoxReplicates(answer(prepareKnox(points(street), days(street), bands)), 1, 5, 8, (done, all) => {
        told.push([done, all]);
        return true;
      }),
    );
    expect(told).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('says in words why it has no answer', () => {
    const sentence = (over: object, when: number[] = days(street)): string => {
      const got = knoxTest(points(street), when, { ...bands, permutations: 9, seed: 1, ...over });
      return isRefusal(got) ? got.sentence : '';
    };
    expect(sentence({}, [1])).toBe('There is not one day for each event.');
    expect(sentence({}, days(street).with(0, 0.5))).toContain('Each event needs a whole day');
    expect(sentence({}, days(street).with(0, 5_000_031))).toContain('thousands of years apart');
    expect(sentence({}, days(street).map((_, i) => [0, 31, 59][i % 3]!))).toContain('months, not days'); // prettier-ignore
    expect(sentence({ onProgress: () => false })).toBe('The simulation was stopped before its end.');
    const prepared = answer(prepareKnox(points(street), days(street), bands));
    expect(combineKnox(prepared, [], 1)).toMatchObject({
      sentence: 'The Knox test needs at least one permutation.',
    });
  });

  it('stops when it is told to', () => {
    const seen: number[] = [];
    const got = knoxTest(points(street), days(street), {
      ...bands,
      seed: 1,
      onProgress: (done) => {
        seen.push(done);
        return done < 3;
      },
    });
    expect(seen).toEqual([1, 2, 3]);
    expect(got).toMatchObject({ refused: true, reason: 'stopped' });
  });

  it('refuses months, broken days and bands that make no sense', () => {
    const months = street.map(([x, y], i): Event => [x, y, [0, 31, 59][i % 3]!]);
    const asked = { ...bands, permutations: 9, seed: 1 };
    expect(knoxTest(points(months), days(months), asked)).toMatchObject({ reason: 'months-not-days' });
    expect(knoxTest(points(street), days(street), { ...asked, placing: 'snapped' })).toMatchObject({
      reason: 'snapped-points',
    });
    expect(knoxTest(points(street), [0.5, ...days(street).slice(1)], asked)).toMatchObject({
      reason: 'days-not-whole',
    });
    expect(knoxTest(points(street), [1], asked)).toMatchObject({ reason: 'mismatched-lengths' });
    expect(knoxTest(points(street), days(street), { ...asked, dayBreaks: [3, 1] })).toMatchObject({
      reason: 'bad-bands',
    });
    expect(knoxTest(points(street), days(street), { ...asked, permutations: 0 })).toMatchObject({ refused: true });
    for (const edges of [[-1, 3], [3], [3, 3], [0, 3, 2], [Infinity, Infinity], [Number.NaN, 2]]) {
      expect(knoxTest(points(street), days(street), { ...asked, dayBreaks: edges })).toMatchObject({
        reason: 'bad-bands',
        sentence: expect.stringContaining('day bands') as string,
      });
      expect(knoxTest(points(street), days(street), { ...asked, distanceBreaksMetres: edges })).toMatchObject({
        reason: 'bad-bands',
        sentence: expect.stringContaining('distance bands') as string,
      });
    }
    expect(knoxTest(points(street), [5_000_031, ...days(street).slice(1)], asked)).toMatchObject({
      reason: 'days-too-far-apart',
    });
    expect(knoxTest(points(street), days(street), { ...asked, seed: 0.5 })).toMatchObject({ reason: 'bad-seed' });
    const prepared = answer(prepareKnox(points(street), days(street), bands));
    expect(combineKnox(prepared, [], 1)).toMatchObject({ reason: 'no-permutations' });
    expect(combineKnox(prepared, [], 0.5)).toMatchObject({ reason: 'bad-seed' });
    expect(knoxReplicates(prepared, 1, 3, 2)).toMatchObject({ refused: true });
    expect(knoxTest({ eastings: [1], northings: [1] }, [1], asked)).toMatchObject({ reason: 'too-few-points' });
  });
});

describe('month-only dates', () => {
  it('are many events on few days, a month or more apart', () => {
    expect(areMonthOnly([0, 0, 0, 31, 31, 31])).toBe(true);
    expect(areMonthOnly([0, 0, 0, 27, 27, 27])).toBe(false);
    expect(areMonthOnly([0, 40, 90, 200])).toBe(false);
    expect(areMonthOnly([5, 5, 5, 5])).toBe(false);
  });
});
