// Shares the replicates of a Monte Carlo out over worker threads. Each replicate has a random stream of its own, so the
// parts are the same however they are cut.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { knoxReplicates, type KnoxPairs, type KnoxTally } from '../../src/measures/near-repeat.ts';
import { spaceTimeScanReplicates, type SpaceTimeScanZones } from '../../src/measures/space-time-scan.ts';
import { spatialScanReplicates, type SpatialScanZones } from '../../src/measures/spatial-scan.ts';

interface Prepared {
  readonly knox: KnoxPairs;
  readonly 'spatial-scan': SpatialScanZones;
  readonly 'space-time-scan': SpaceTimeScanZones;
}
interface Parts {
  readonly knox: KnoxTally;
  readonly 'spatial-scan': Float64Array;
  readonly 'space-time-scan': Float64Array;
}
type Simulated = keyof Prepared;

const runs = {
  knox: knoxReplicates,
  'spatial-scan': spatialScanReplicates,
  'space-time-scan': spaceTimeScanReplicates,
};

interface Task {
  readonly name: Simulated;
  readonly prepared: never;
  readonly from: number;
  readonly to: number;
}

/** All replicates, with seed 1, in as many parts as there are workers. */
export function replicatesOn<Name extends Simulated>(
  workers: number,
  name: Name,
  prepared: Prepared[Name],
  replicates: number,
): Promise<Parts[Name][]> {
  const cut = (part: number): number => Math.floor((part * replicates) / workers);
  return Promise.all(
    Array.from(
      { length: workers },
      (_none, part) =>
        new Promise<Parts[Name]>((done, failed) => {
          const task = { name, prepared, from: cut(part), to: cut(part + 1) };
          const worker = new Worker(new URL(import.meta.url), { workerData: task });
          worker.once('message', done);
          worker.once('error', failed);
        }),
    ),
  );
}

if (!isMainThread && parentPort !== null) {
  const { name, prepared, from, to } = workerData as Task;
  parentPort.postMessage(runs[name](prepared, 1, from, to));
}
