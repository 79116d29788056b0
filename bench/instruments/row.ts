/** One promise, measured: what `--json` prints. A ratio is always value ÷ baseline, both from the same run. */
export interface Row {
  readonly bench: string;
  readonly metric: string;
  /** How much of what: rows, connections, writers. */
  readonly size: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
  /** Null for a figure that is only shown. */
  readonly goal: string | null;
  readonly met: boolean | null;
}

/** A bound on the value itself, or on its ratio to the baseline. */
export type Goal = { readonly of: 'value' | 'ratio' } & ({ readonly atLeast: number } | { readonly under: number });

/** What `bench/<name>.ts` exports as `bench`. */
export interface Bench {
  /** What is promised, in a sentence. */
  readonly promise: string;
  /** What it can be measured beside when asked, with `--beside`. */
  readonly besides?: readonly string[];
  /** @param progress tells whoever waits; it goes to standard error */
  readonly run: (progress: (line: string) => void, beside?: string) => Promise<readonly Row[]>;
}

export function rowOf(measured: {
  readonly bench: string;
  readonly metric: string;
  readonly size: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: number;
  readonly goal?: Goal;
}): Row {
  const { bench, metric, size, unit, goal } = measured;
  const value = rounded(measured.value);
  const baseline = measured.baseline === undefined ? null : rounded(measured.baseline);
  const ratio = measured.baseline === undefined ? null : rounded(measured.value / measured.baseline);
  const judged = { bench, metric, size, value, unit, baseline, ratio };
  if (goal === undefined) return { ...judged, goal: null, met: null };
  const measure = goal.of === 'value' ? value : (ratio ?? Number.NaN);
  return 'atLeast' in goal
    ? { ...judged, goal: `${goal.of} >= ${rounded(goal.atLeast)}`, met: measure >= rounded(goal.atLeast) }
    : { ...judged, goal: `${goal.of} < ${goal.under}`, met: measure < goal.under };
}

/** Four digits that mean something: more would be noise. */
const rounded = (value: number): number => Number(value.toPrecision(4));

export function tableOf(rows: readonly Row[]): string {
  const head = ['', 'metric', 'size', 'value', 'unit', 'baseline', 'ratio', 'goal'];
  const lines = rows.map((row) => [
    row.met === null ? '' : row.met ? 'met' : 'MISSED',
    row.metric,
    row.size,
    numberText(row.value),
    row.unit,
    row.baseline === null ? '–' : numberText(row.baseline),
    row.ratio === null ? '–' : row.ratio.toFixed(2),
    row.goal ?? '–',
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const missed = rows.filter(({ met }) => met === false).length;
  const judged = rows.filter(({ met }) => met !== null).length;
  return [
    ...[head, ...lines].map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    '',
    missed === 0 ? `All ${judged} goals were met.` : `${missed} of ${judged} goals were MISSED.`,
  ].join('\n');
}

const numberText = (value: number): string => value.toLocaleString('en-GB', { maximumSignificantDigits: 4 });
