import { auditDisclosure, protectTables, type SuppressionRule } from '../../../src/measures/disclosure-control.ts';
import { type LinkedTables, cellId, crossTable } from '../../../src/measures/linked-tables.ts';
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

/** A package's pattern, with what the reference's own linear programmes found a reader to learn from it. */
interface PackagePattern {
  readonly suppressed: readonly { readonly area: string; readonly type: string }[];
  readonly independent_audit?: { readonly exactly_derivable: readonly unknown[] };
}

/** The primary cells, the best pattern under each rule by its name, where one was found, and the patterns of packages. */
type Patterns = Readonly<Record<string, Optimum | PackagePattern | null | undefined>>;

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
  const patterns: Patterns = question.expected;
  const hideTo = Number(/count 1 to (\d+)/.exec(written ?? '')?.[1] ?? 4);
  const rules = rulesUpTo(hideTo);
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
  const notCompared: Record<string, string> = {};
  const answer: Record<string, unknown> = {};
  let judged = 5 * rules.length;
  for (const [name, rule] of rules) {
    const optimum = patterns[name] as Optimum | null | undefined;
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
      for (const { cell, low, high, ...more } of optimum.intervals) {
        const range = isRefusal(example) ? undefined : example.ranges.find(({ id }) => id === cellId(cell));
        const near = range && Math.abs(range.lower - low) < 1e-6 && sameBound(range.upper, high);
        if (!near) faults.push(`${name}: ${cellId(cell)} got ${JSON.stringify(range)}, want ${low} to ${String(high)}`);
        if (Object.keys(more).length > 0) faults.push(`${name}: unknown ${Object.keys(more).join(' ')}`);
        judged += 1;
      }
    }
    answer['primary'] = wanted.map((codes) => (result.restricted.primary.includes(cellId(codes)) ? codes : 'shown'));
    if (result.restricted.primary.length !== wanted.length) faults.push(`${name}: other primary cells`);
    if (!optimum) notCompared[name] = 'no optimum was found';
    else {
      // The value of the reference's example; how many cells ours may take more is judged above.
      const chosen = optimum.example.map(cellId);
      answer[name] = { secondary: chosen.length, secondary_value: valueOf(tables, chosen) };
      notCompared[`${name}.example`] = 'one of several patterns as good: audited above';
      notCompared[`${name}.intervals`] = 'judged above';
      notCompared[`${name}.cuts`] = 'how hard the reference looked';
    }
  }
  const own = new Set(['primary', ...rules.map(([name]) => name)]);
  for (const name of Object.keys(patterns).filter((one) => !own.has(one))) {
    const theirs = patterns[name] as PackagePattern;
    const hidden = theirs.suppressed.map(({ area, type }) => cellId([area, type]));
    const small = new Set(wanted.map(cellId));
    const secondary = hidden.filter((id) => !small.has(id));
    const audit = auditDisclosure(tables, hidden, { hideTo, protection: 'not-derivable', hiddenAtLeast: 0 });
    if (isRefusal(audit)) return { answer: audit };
    const derivable = audit.ranges.filter(({ lower, upper }) => lower === upper).length;
    const theirDerivable = theirs.independent_audit?.exactly_derivable.length ?? 0;
    if (derivable !== theirDerivable) faults.push(`${name}: ${derivable} derivable, want ${theirDerivable}`);
    answer[name] = {
      primary: hidden.length - secondary.length,
      secondary: secondary.length,
      secondary_value: valueOf(tables, secondary),
      independent_audit: {
        [`not_covering_1_to_${hideTo}`]: audit.ranges.filter(
          ({ lower, upper }) => lower > 1 || (upper !== null && upper < hideTo),
        ).length,
      },
    };
    notCompared[`${name}.suppressed`] = 'a package’s own pattern: what our audit says of it is compared';
    notCompared[`${name}.independent_audit.exactly_derivable`] = 'judged by their number';
  }
  return { answer, faults, judged, notCompared };
};

function valueOf(tables: LinkedTables, ids: readonly string[]): number {
  const counts = new Map(tables.cells.map(({ id, count }) => [id, count]));
  return ids.reduce((sum, id) => sum + (counts.get(id) ?? Number.NaN), 0);
}
