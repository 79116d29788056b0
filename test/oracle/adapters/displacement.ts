import {
  type BeforeAfter,
  type DisplacementDesign,
  weightedDisplacementDifference,
  weightedDisplacementQuotient,
  weightedHarmDifference,
} from '../../../src/measures/displacement.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

const pair = (counts: readonly number[]): BeforeAfter => ({ before: counts[0]!, after: counts[1]! });

function difference(design: DisplacementDesign): unknown {
  const result = weightedDisplacementDifference(design);
  if (isRefusal(result)) return result;
  return {
    Est_Local: result.local.estimate,
    SE_Local: result.local.standardError,
    Est_Displace: result.displaced.estimate,
    SE_Displace: result.displaced.standardError,
    Est_Total: result.estimate,
    SE_Total: result.standardError,
    Z: result.z,
    LowCI: result.lower,
    HighCI: result.upper,
  };
}

interface Totals {
  readonly treated: readonly number[];
  readonly control: readonly number[];
  readonly buffer: readonly number[];
  readonly buffer_control: readonly number[];
  readonly alpha: number;
}

interface Harm {
  readonly weights: readonly number[];
  readonly estimates: readonly number[];
  readonly ses: readonly number[];
  readonly alpha: number;
}

export const run: Adapter = (given) => {
  const input: Totals | Harm = given;
  const level = 1 - input.alpha;
  if ('weights' in input) {
    const changes = input.weights.map((weight, i) => ({
      estimate: input.estimates[i]!,
      standardError: input.ses[i]!,
      weight,
    }));
    const harm = weightedHarmDifference(changes, level);
    if (isRefusal(harm)) return { answer: harm };
    const { estimate, standardError, z, lower, upper } = harm;
    return { answer: { HarmEst: estimate, SE_HarmEst: standardError, Z: z, LowCI: lower, HighCI: upper } };
  }
  const treated = pair(input.treated);
  const control = pair(input.control);
  const buffer = pair(input.buffer);
  // Without events in the control there is no quotient; the difference stands all the same.
  const found = weightedDisplacementQuotient({ treated, buffer, control });
  const quotient = isRefusal(found) ? undefined : found;
  return {
    answer: {
      wdd: difference({ treated, control, buffer, bufferControl: pair(input.buffer_control), level }),
      wdd_no_buffer_post_half_length: difference({
        treated,
        control,
        periodLengths: { before: 1, after: 0.5 },
        level,
      }),
      wdq: quotient?.quotient,
      success_measure: quotient?.successMeasure,
      buffer_displacement_measure: quotient?.bufferMeasure,
      net_effect_tned: quotient?.totalNetEffect,
      gross_effect: treated.before - treated.after,
    },
  };
};
