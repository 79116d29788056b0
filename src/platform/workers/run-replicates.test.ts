import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  evenLorenzCurve,
  generalisedGiniInterval,
  harmRankIntervals,
  isRefusal,
  knoxTest,
  placeboTest,
  randomStream,
  spaceTimeScan,
  spatialScan,
} from '../../measures/index.ts';
import { replicated, type InputOf, type ReplicatedName } from './replicated.ts';
import { runReplicates } from './run-replicates.ts';

const random = randomStream(20260101);
const many = (count: number, of: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => of(i));
const points = {
  eastings: many(300, () => random.below(2000)),
  northings: many(300, () => random.below(2000)),
};
const areas = { eastings: points.eastings.slice(0, 40), northings: points.northings.slice(0, 40) };
const knox = {
  points,
  days: many(300, () => random.below(90)),
  distanceBreaksMetres: [0, 1, 200, 400],
  dayBreaks: [0, 4, 8, 15],
  metric: 'euclidean',
  permutations: 199,
  seed: 7,
} as const;
const scan = {
  centres: areas,
  cases: many(40, () => random.below(9)),
  population: many(40, () => 100 + random.below(900)),
  simulations: 199,
  seed: 7,
};
const spaceTime = {
  places: areas,
  countsByPeriod: many(12, () => 0).map((_, t) => many(40, (i) => random.below(4) + (t === 9 && i < 2 ? 5 : 0))),
  simulations: 99,
  seed: 7,
};
const gini = { counts: many(60, () => random.below(5)), draws: 299, seed: 7 };
const even = { places: 60, events: 100, draws: 130, seed: 7 };
const harm = { counts: many(20, () => 0).map(() => many(3, () => random.below(20))), weights: [1, 30, 900], seed: 7 };
const placebo = {
  treated: many(20, (i) => 10 + i + random.below(5)),
  donors: many(25, () => 0).map(() => many(20, (i) => 8 + i + random.below(7))),
  periodsBefore: 12,
};

/** Each Monte Carlo that the pool runs, and what the measure itself says to the same in one piece. */
const runs: { readonly [Name in ReplicatedName]: { readonly input: InputOf<Name>; readonly alone: () => unknown } } = {
  'near-repeat': { input: knox, alone: () => knoxTest(knox.points, knox.days, knox) },
  'spatial-scan': { input: scan, alone: () => spatialScan(scan, scan) },
  'space-time-scan': { input: spaceTime, alone: () => spaceTimeScan(spaceTime, spaceTime) },
  'generalised-gini-interval': { input: gini, alone: () => generalisedGiniInterval(gini.counts, gini) },
  'even-lorenz-curve': { input: even, alone: () => evenLorenzCurve(even, even) },
  'harm-rank-intervals': { input: harm, alone: () => harmRankIntervals(harm) },
  'placebo-test': { input: placebo, alone: () => placeboTest(placebo) },
};
const names = Object.keys(replicated) as ReplicatedName[];

/** Long enough to be stopped on the way. */
const long = { ...spaceTime, simulations: 1_000_000 };
/** The threads of this process, as the kernel counts them. */
const threads = () => readdirSync('/proc/self/task').length;

describe('a Monte Carlo shared out over workers', { timeout: 60_000 }, () => {
  it.each(names)('%s: the same bytes in one piece and with 1, 2 and 3 workers', async (name) => {
    const { input, alone } = runs[name];
    const expected = alone();
    expect(isRefusal(expected)).toBe(false);
    for (const workers of [1, 2, 3])
      expect(JSON.stringify(await runReplicates(name, input as never, { workers }))).toBe(JSON.stringify(expected));
  });

  it.each(names)('%s: another seed gives other bytes, where chance has a part', async (name) => {
    const { input, alone } = runs[name];
    const asOfSeed7 = JSON.stringify(alone());
    // A p value may agree by chance: of three other seeds one will differ.
    const others = await Promise.all(
      [8, 9, 10].map(async (seed) => {
        const answer = JSON.stringify(await runReplicates(name, { ...input, seed }, { workers: 1 }));
        return answer.replace(`"seed":${seed}`, '"seed":7') === asOfSeed7;
      }),
    );
    expect(others.every(Boolean)).toBe(name === 'placebo-test');
  });

  it('tells how far it is, rising to the end', async () => {
    const told: [number, number][] = [];
    await runReplicates('near-repeat', knox, { workers: 3, onProgress: (...both) => told.push(both) });
    const done = told.map(([some]) => some);
    expect(done.length).toBeGreaterThan(20);
    expect(done).toEqual([...new Set(done)].sort((a, b) => a - b));
    expect(told.at(-1)).toEqual([199, 199]);
    expect(told.every(([, total]) => total === 199)).toBe(true);
  });

  it('stops when asked, and leaves no thread behind', async () => {
    const before = threads();
    const stop = new AbortController();
    const run = runReplicates('space-time-scan', long, { workers: 3, signal: stop.signal });
    while (threads() < before + 3) await new Promise((next) => setTimeout(next, 20));
    stop.abort();
    expect(await run).toMatchObject({ refused: true, reason: 'stopped' });
    expect(threads()).toBeLessThanOrEqual(before);
  });

  it('does not start when it was stopped before', async () => {
    expect(await runReplicates('near-repeat', knox, { signal: AbortSignal.abort() })).toMatchObject({
      reason: 'stopped',
    });
  });

  it('gives the refusal of the measure, wherever it arises', async () => {
    const none = await runReplicates('near-repeat', { ...knox, permutations: 0 }, { workers: 2 });
    const endless = await runReplicates('near-repeat', { ...knox, permutations: Infinity });
    const months = await runReplicates('near-repeat', { ...knox, days: many(300, (i) => 30 * (i % 4)) });
    expect([none, endless, months].map((each) => isRefusal(each) && each.reason)).toEqual([
      'no-permutations',
      'bad-draws',
      'months-not-days',
    ]);
  });

  it('throws what a worker throws, and ends the others', async () => {
    const before = threads();
    const broken = { ...spaceTime, places: undefined as never };
    await expect(runReplicates('space-time-scan', broken, { workers: 3 })).rejects.toThrow(TypeError);
    expect(threads()).toBeLessThanOrEqual(before);
  });
});
