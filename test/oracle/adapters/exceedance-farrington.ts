import { earsC1, farrington, farringtonFlexible } from '../../../src/measures/exceedance.ts';
import { type Refusal, isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

interface Input {
  y: number[];
  period: number;
  range: number[];
  b: number;
  w: number;
}

interface Settings {
  readonly farrington_original?: { readonly alpha: number };
  readonly farrington_flexible?: {
    readonly alpha: number;
    readonly noPeriods: number;
    readonly pastNotIncluded: number;
  };
  readonly ears_c1?: { readonly baseline: number; readonly alpha: number };
}

export const run: Adapter = (input: Input, question) => {
  // The settings of each method stand beside its results in the file.
  const settings: Settings = question.expected;
  const columns = <T extends object>(
    judge: (at: number) => T | Refusal,
    pick: (one: T) => Record<string, number | null>,
  ) => {
    const rows = input.range.map((place) => {
      const one = judge(place - 1);
      return isRefusal(one) ? {} : pick(one);
    });
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    return Object.fromEntries(names.map((name) => [name, rows.map((row: Record<string, number | null>) => row[name])]));
  };
  const { farrington_original: original, farrington_flexible: flexible, ears_c1: ears } = settings;
  const base = { counts: input.y, pointsPerYear: input.period, yearsBack: input.b, halfWindow: input.w };
  // Under five events in four points the package gives no threshold: 0 from the first algorithm, nothing from the flexible one.
  return {
    answer: {
      farrington_original: original && {
        alpha: original.alpha,
        ...columns(
          (at) => farrington({ ...base, at, alpha: original.alpha }),
          (one) => ({ upperbound: one.enoughEvents ? one.threshold : 0, alarm: Number(one.exceeds) }),
        ),
      },
      farrington_flexible: flexible && {
        alpha: flexible.alpha,
        noPeriods: flexible.noPeriods,
        pastNotIncluded: flexible.pastNotIncluded,
        ...columns(
          (at) =>
            farringtonFlexible({
              ...base,
              at,
              alpha: flexible.alpha,
              seasons: flexible.noPeriods,
              leftOut: flexible.pastNotIncluded,
            }),
          (one) => ({
            upperbound: one.enoughEvents ? one.threshold : null,
            expected: one.enoughEvents ? one.expected : null,
            phi: one.dispersion,
            alarm: Number(one.exceeds),
          }),
        ),
      },
      ears_c1: ears && {
        baseline: ears.baseline,
        alpha: ears.alpha,
        ...columns(
          (at) => earsC1({ counts: input.y, at, baseline: ears.baseline, alpha: ears.alpha }),
          (one) => ({ upperbound: one.threshold, alarm: Number(one.exceeds) }),
        ),
      },
    },
  };
};
