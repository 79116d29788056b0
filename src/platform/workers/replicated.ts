// From their own files, not from the face of the library: each worker reads what is named here, and a worker should start at once.
import {
  combineEvenLorenz,
  combineGiniBootstrap,
  evenLorenzReplicates,
  giniBootstrapReplicates,
  prepareEvenLorenz,
  prepareGiniBootstrap,
} from '../../measures/concentration.ts';
import { combineHarmRanks, harmRankReplicates, prepareHarmRanks } from '../../measures/harm.ts';
import { combineKnox, knoxReplicates, prepareKnox, type KnoxBands } from '../../measures/near-repeat.ts';
import type { OnProgress } from '../../measures/progress.ts';
import type { Refusal } from '../../measures/refusal.ts';
import {
  combineSpaceTimeScan,
  prepareSpaceTimeScan,
  spaceTimeScanReplicates,
  type SpaceTimeScanInput,
  type SpaceTimeScanShape,
} from '../../measures/space-time-scan.ts';
import {
  combineSpatialScan,
  prepareSpatialScan,
  spatialScanReplicates,
  type SpatialScanInput,
} from '../../measures/spatial-scan.ts';
import { combinePlacebo, placeboReplicates, preparePlacebo } from '../../measures/synthetic-control.ts';

/** A measure whose replicates can be run in parts, anywhere: what is prepared and each part are plain or typed arrays. */
export interface Replicated<Input, Prepared, Part, Answer> {
  readonly prepare: (input: Input) => Prepared | Refusal;
  readonly replicates: (input: Input) => number;
  readonly part: (
    prepared: Prepared,
    input: Pick<Input, Extract<'seed', keyof Input>>,
    from: number,
    to: number,
    onProgress?: OnProgress,
  ) => Part | Refusal;
  /** Parts come in the order of their replicates. */
  readonly combine: (prepared: Prepared, parts: readonly Part[], input: Input) => Answer | Refusal;
}

const row = <Input, Prepared, Part, Answer>(
  of: Replicated<Input, Prepared, Part, Answer>,
): Replicated<Input, Prepared, Part, Answer> => of;

interface Seeded {
  readonly seed: number;
}
type Points = SpatialScanInput['centres'];
type Placebo = Parameters<typeof preparePlacebo>[0];

/**
 * The measures that a pool of workers can run. Those that draw a thousand sums in a few milliseconds (interrupted time series,
 * difference in differences) are not here: starting a worker takes longer.
 */
export const replicated = {
  'near-repeat': row({
    prepare: ({
      points,
      days,
      ...bands
    }: Seeded &
      KnoxBands & {
        readonly points: Points;
        readonly days: ArrayLike<number>;
        readonly permutations?: number;
      }) => prepareKnox(points, days, bands),
    replicates: ({ permutations = 999 }) => permutations,
    part: (prepared, { seed }, from, to, onProgress) => knoxReplicates(prepared, seed, from, to, onProgress),
    combine: (prepared, parts, { seed }) => combineKnox(prepared, parts, seed),
  }),
  'spatial-scan': row({
    prepare: (
      input: Seeded & SpatialScanInput & { readonly maxPopulationShare?: number; readonly simulations?: number },
    ) => prepareSpatialScan(input, input.maxPopulationShare),
    replicates: ({ simulations = 999 }) => simulations,
    part: (prepared, { seed }, from, to, onProgress) => spatialScanReplicates(prepared, seed, from, to, onProgress),
    combine: (prepared, parts, { seed }) => combineSpatialScan(prepared, parts, seed),
  }),
  'space-time-scan': row({
    prepare: (input: Seeded & SpaceTimeScanInput & SpaceTimeScanShape & { readonly simulations?: number }) =>
      prepareSpaceTimeScan(input, input),
    replicates: ({ simulations = 999 }) => simulations,
    part: (prepared, { seed }, from, to, onProgress) => spaceTimeScanReplicates(prepared, seed, from, to, onProgress),
    combine: (prepared, parts, { seed }) => combineSpaceTimeScan(prepared, parts, seed),
  }),
  'generalised-gini-interval': row({
    prepare: (
      input: Seeded & { readonly counts: ArrayLike<number>; readonly draws?: number; readonly level?: number },
    ) => prepareGiniBootstrap(input.counts, input.level),
    replicates: ({ draws = 999 }) => draws,
    part: (prepared, { seed }, from, to, onProgress) => giniBootstrapReplicates(prepared, seed, from, to, onProgress),
    combine: (prepared, parts, { seed }) => combineGiniBootstrap(prepared, parts, seed),
  }),
  'even-lorenz-curve': row({
    prepare: (input: Seeded & { readonly places: number; readonly events: number; readonly draws?: number }) =>
      prepareEvenLorenz(input),
    replicates: ({ draws = 99 }) => draws,
    part: (prepared, { seed }, from, to, onProgress) => evenLorenzReplicates(prepared, seed, from, to, onProgress),
    combine: (_prepared, parts) => combineEvenLorenz(parts),
  }),
  'harm-rank-intervals': row({
    prepare: (input: Seeded & Parameters<typeof prepareHarmRanks>[0] & { readonly draws?: number }) =>
      prepareHarmRanks(input),
    replicates: ({ draws = 1000 }) => draws,
    part: (prepared, { seed }, from, to, onProgress) => harmRankReplicates(prepared, seed, from, to, onProgress),
    combine: (prepared, parts, { seed }) => combineHarmRanks(prepared, parts, seed),
  }),
  'placebo-test': row({
    prepare: (input: Placebo & { readonly level?: number }) => preparePlacebo(input, input.level),
    replicates: ({ donors }) => donors.length,
    part: (prepared, _input, from, to, onProgress) => placeboReplicates(prepared, from, to, onProgress),
    combine: (prepared, parts) => combinePlacebo(prepared, parts),
  }),
} as const;

export type ReplicatedName = keyof typeof replicated;
export type InputOf<Name extends ReplicatedName> = Parameters<(typeof replicated)[Name]['prepare']>[0];
export type AnswerOf<Name extends ReplicatedName> = ReturnType<(typeof replicated)[Name]['combine']>;

/** A row of the table without its types, for whoever only passes things on. */
export type AnyReplicated = Replicated<unknown, unknown, unknown, unknown>;
export const findReplicated = (name: ReplicatedName): AnyReplicated => replicated[name] as unknown as AnyReplicated;
