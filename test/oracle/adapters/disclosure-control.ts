import { auditDisclosure, protectTables, type SuppressionRule } from '../../../src/measures/disclosure-control.ts';
import { cellId, crossTable } from '../../../src/measures/linked-tables.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

interface Table {
  readonly file: string;
  readonly rule?: string;
  readonly areas_hierarchy: string | Readonly<Record<string, readonly string[]>>;
}

interface Optimum {
  readonly secondary: number;
  readonly example: readonly (readonly string[])[];
  readonly intervals?: readonly {
    readonly cell: readonly string[];
    readonly low: number;
    readonly high: number | null;
  }[];
  readonly secondary_value: number;
}

/** The primary cells, and the best pattern under each rule by its name, where one was found. */
type Patterns = Readonly<Record<string, Optimum | null | undefined>>;

/** Whether two upper bounds are the same; `null` is none. */
const sameBound = (got: number | null, want: number | null): boolean =>
  got === null || want === null ? got === want : Math.abs(got - want) < 1e-6;

// The folder asks for a property, not for cells: every primary hidden, no zero used, nothing derivable by a reader who grants
// every hidden cell any count from 0 up, and few cells more than the optimum.
function rulesUpTo(hideTo: number): readonly [string, SuppressionRule][] {
  return [
    ['optimum_not_exactly_derivable', { hideTo, protection: 'not-derivable', hiddenAtLeast: 0 }],
    [`optimum_interval_covers_1_to_${hideTo}`, { hideTo, protection: 'covers-rule', hiddenAtLeast: 0 }],
  ];
}

export const run: Adapter = (input, question) => {
  const { file, areas_hierarchy: hierarchy, rule: written }: Table = input;
  const wanted: readonly (readonly string[])[] = question.expected.primary;
  const optima: Patterns = question.expected;
  const rules = rulesUpTo(Number(/count 1 to (\d+)/.exec(written ?? '')?.[1] ?? 4));
  const rows = question
    .csv(file)
    .map(({ area = '', type = '', freq }) => ({ codes: [area, type], count: Number(freq) }));
  const areas = [...new Set(rows.map(({ codes }) => codes[0]!))];
  const types = [...new Set(rows.map(({ codes }) => codes[1]!))];
  const parents = typeof hierarchy === 'string' ? { Total: areas } : { Total: Object.keys(hierarchy), ...hierarchy };
  const tables = crossTable(
    [
      { name: 'area', parents },
      { name: 'type', parents: { Total: types } },
    ],
    rows,
  );
  if (isRefusal(tables)) return { answer: tables };
  const faults: string[] = [];
  let primary: unknown;
  let judged = 5 * rules.length;
  for (const [name, rule] of rules) {
    const optimum = optima[name];
    const result = protectTables(tables, rule);
    if (isRefusal(result)) return { answer: result };
    const secondary = new Set(result.restricted.secondary);
    const hidden = result.cells.filter((cell) => cell.state === 'hidden').map((cell) => cell.id);
    const zeros = tables.cells.filter((cell) => cell.count === 0 && hidden.includes(cell.id));
    if (zeros.length > 0) faults.push(`${name}: ${zeros.length} zeros hidden`);
    const audit = auditDisclosure(tables, hidden, rule);
    if (isRefusal(audit)) return { answer: audit };
    if (audit.exposed.length > 0) faults.push(`${name}: exposed ${audit.exposed.join(' ')}`);
    if (optimum && secondary.size > 1.25 * optimum.secondary + 1) {
      faults.push(`${name}: ${secondary.size} secondary cells, ${optimum.secondary} would do`);
    }
    if (optimum?.intervals !== undefined) {
      // What the reference's own linear programmes found that a reader learns from its example, cell by cell.
      const example = auditDisclosure(tables, [...wanted, ...optimum.example].map(cellId), rule);
      for (const { cell, low, high } of optimum.intervals) {
        const range = isRefusal(example) ? undefined : example.ranges.find(({ id }) => id === cellId(cell));
        const near = range && Math.abs(range.lower - low) < 1e-6 && sameBound(range.upper, high);
        if (!near) faults.push(`${name}: ${cellId(cell)} got ${JSON.stringify(range)}, want ${low} to ${String(high)}`);
        judged += 1;
      }
    }
    primary = wanted.map((codes) => (result.restricted.primary.includes(cellId(codes)) ? codes : 'shown'));
    if (result.restricted.primary.length !== wanted.length) faults.push(`${name}: other primary cells`);
  }
  const others = 'a package’s own pattern: judged by the audit, never by agreement, as the notes say';
  const exact = 'an optimum to be held against ours by number of cells, which the adapter does';
  return {
    answer: { primary },
    faults,
    judged,
    notCompared: {
      OPT: others,
      HITAS: others,
      SIMPLEHEURISTIC: others,
      GAUSS: others,
      ...Object.fromEntries(rules.map(([name]) => [name, exact])),
    },
  };
};
