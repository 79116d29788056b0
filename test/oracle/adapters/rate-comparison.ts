import { eTest, scoreStatistic, scoreTest } from '../../../src/measures/e-test.ts';
import { compareRates } from '../../../src/measures/rate-comparison.ts';
import { exactRateRatio, exactRateRatioP, waldRateRatio } from '../../../src/measures/rate-ratio.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';
import { answered } from '../../answered.ts';

interface Input {
  before_events: number;
  before_exposure: number;
  after_events: number;
  after_exposure: number;
}

export const run: Adapter = (input: Input) => {
  const before = { events: input.before_events, exposure: input.before_exposure };
  const after = { events: input.after_events, exposure: input.after_exposure };
  const compared = compareRates({ before, after });
  if (isRefusal(compared)) return { answer: null, faults: [compared.sentence] };
  const exact = answered(exactRateRatio(before, after, 0.95));
  const wald = waldRateRatio(after, before, 0.95);
  const pExact = answered(exactRateRatioP(before, after));
  const same = before.events / before.exposure === after.events / after.exposure;
  return {
    answer: {
      sm_etest_score: { p: compared.pValue, stat: answered(scoreStatistic(before, after)) },
      sm_etest_wald: { p: answered(eTest(before, after, 'wald')) },
      e_test_scipy: answered(eTest(before, after, 'wald')),
      e_test_ptools: compared.pValue,
      sm_score: { p: answered(scoreTest(before, after)), stat: answered(scoreStatistic(before, after)) },
      sm_exact_cond: { p: pExact, stat: null },
      conditional_exact: {
        p_two_sided: pExact,
        ratio_before_over_after: exact.estimate,
        lower: exact.lower,
        upper: exact.upper,
      },
      wald_log: isRefusal(wald)
        ? null
        : { ratio_after_over_before: wald.estimate, lower: wald.lower, upper: wald.upper },
    },
    notCompared: {
      sm_wald: 'a test we do not offer',
      'sm_etest_wald.stat': 'the statistic of a form we do not show',
      e_test_less: 'one-sided, which we do not offer',
      sm_sqrt: 'a test we do not offer',
      sm_score_log: 'a test we do not offer',
      sm_wald_log: 'a test we do not offer',
      sm_cond_midp: 'a test we do not offer',
      ...(same && {
        e_test_scipy: 'leaves out the outcome of no events at all, so equal rates get a p short of 1',
        e_test_ptools: 'the same',
      }),
    },
  };
};
