import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from '../../../src/measures/multiple-testing.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = ({ p }: { p: number[] }) => ({
  answer: { fdr_bh: benjaminiHochberg(p), fdr_by: benjaminiYekutieli(p), holm: holm(p), bonferroni: bonferroni(p) },
});
