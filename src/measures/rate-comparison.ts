import { eTestP } from './e-test.ts';
import type { Method, OpenEstimate } from './estimate.ts';
import { refuseLevel } from './input.ts';
import { type Exposed, conditionalRatio, refuseExposed } from './rate-ratio.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Whether a rate changed between two periods. */
export interface RateComparison {
  readonly method: Method;
  /** After over before, with conditional exact limits. */
  readonly ratio: OpenEstimate;
  /** The E-test's: how often chance alone would make as large a difference. */
  readonly pValue: number;
  /** 100 (ratio − 1), unless the earlier count is too small to carry a percentage: then show both counts and the p value. */
  readonly changePercent: OpenEstimate | Refusal;
  readonly before: Exposed;
  readonly after: Exposed;
}

/** With fewer events before, "up 100 %" may be one event more (analysis.md, section 0). */
const fewestForPercent = 10;

/**
 * Compares the rate of events before and after, which may be periods of different lengths.
 * The p value is the score E-test's (Krishnamoorthy & Thomson 2004; Gu et al. 2008), the interval conditional exact
 * (Clopper & Pearson 1934). The two can disagree at the edge: the test has the greater power, the interval never covers too little.
 * Not for more than two periods, nor for counts that come in bursts: use a model of the series.
 *
 * Ratio = (after events/after exposure)/(before events/before exposure). Unit: ratio. Source: Krishnamoorthy & Thomson
 * 2004; Gu, Ng, Tang & Schucany 2008.
 *
 * @example compareRates({ before: { events: 5, exposure: 1 }, after: { events: 14, exposure: 1 } }).pValue.toFixed(5) // => '0.03952'
 */
export function compareRates(input: {
  readonly before: Exposed;
  readonly after: Exposed;
  readonly level?: number;
}): RateComparison | Refusal {
  const { before, after, level = 0.95 } = input;
  const bad = refuseLevel(level) ?? refuseExposed(before, after);
  if (bad) return bad;
  if (before.events + after.events === 0)
    return refuse('no-events', 'There were no events in either period, so there is no change to measure.');
  const ratio = conditionalRatio(after, before, level);
  const percent = (value: number | null): number | null => (value === null ? null : 100 * (value - 1));
  return {
    method: { name: 'score-e-test', version: '1' },
    ratio,
    pValue: eTestP(before, after),
    changePercent:
      before.events < fewestForPercent
        ? refuse(
            'too-few-for-percent',
            `A percentage change is not shown because there were fewer than ${fewestForPercent} events before.`,
          )
        : { estimate: percent(ratio.estimate), lower: 100 * (ratio.lower - 1), upper: percent(ratio.upper), level },
    before,
    after,
  };
}
