import { dbscan } from '../../../src/measures/dbscan.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';
import { pointTable } from '../point-table.ts';

export const run: Adapter = (input, question) => {
  const points = pointTable(question, input.points);
  const got = dbscan(points, { withinMetres: input.eps, minPoints: input.min_points });
  if (isRefusal(got)) return { answer: got };
  const want: readonly number[] = question.expected.cluster;
  const faults: string[] = [];
  // Core points must be parted alike up to the numbers; a border point may join any cluster with a core point near it.
  const theirs = new Map<number, number>();
  const ours = new Map<number, number>();
  for (const [i, cluster] of got.cluster.entries()) {
    if ((cluster === 0) !== (want[i] === 0)) faults.push(`point ${i}: noise for one only`);
    if (got.core[i] === 1) {
      if (theirs.get(cluster) === undefined) theirs.set(cluster, want[i]!);
      if (ours.get(want[i]!) === undefined) ours.set(want[i]!, cluster);
      if (theirs.get(cluster) !== want[i] || ours.get(want[i]!) !== cluster) faults.push(`point ${i}: other cluster`);
    } else if (cluster !== 0) {
      const reached = points.eastings.some(
        (x, j) =>
          got.core[j] === 1 &&
          got.cluster[j] === cluster &&
          Math.hypot(x - points.eastings[i]!, points.northings[j]! - points.northings[i]!) <= input.eps,
      );
      if (!reached) faults.push(`point ${i}: no core point of its cluster near it`);
    }
  }
  return {
    answer: { core: got.core, clusters: got.clusters, noise: got.noise },
    notCompared: { cluster: 'judged as a partition: the numbers of clusters are free' },
    faults,
    judged: got.cluster.length,
  };
};
