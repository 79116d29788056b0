import { meanBreaks } from '../../../src/measures/mean-breaks.ts';
import { type ChangepointOptions, poissonChangepoints } from '../../../src/measures/poisson-changepoints.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

// The folder names the last point of a segment, counted from 1: the same number as our first point after, from 0.
export const run: Adapter = (input) => {
  const y: number[] = input.y;
  const pelt = (options: ChangepointOptions): { changes: unknown; penalty: unknown } => {
    const result = poissonChangepoints(y, options);
    return isRefusal(result) ? { changes: result, penalty: result } : result;
  };
  const mbic = pelt({ penalty: 'mbic' });
  const bic = pelt({ penalty: 'bic' });
  const breaks = meanBreaks(y);
  if (isRefusal(breaks)) return { answer: breaks };
  return {
    answer: {
      pelt_poisson_mbic_minseg6: mbic.changes,
      pelt_poisson_bic_minseg6: bic.changes,
      bic_penalty: bic.penalty,
      mbic_penalty: mbic.penalty,
      amoc_poisson_bic: pelt({ penalty: 'bic', single: true }).changes,
      bai_perron_bic: breaks.breaks,
      bai_perron_rss: breaks.candidates.map((candidate) => candidate.residualSquares),
      bai_perron_bics: breaks.candidates.map((candidate) => candidate.bic),
      bai_perron_minseg: breaks.leastSegment,
    },
  };
};
