import type { TableCell } from './table-cell.ts';

/** A row or a column of a table, by what names it from the outside in. */
export interface Line {
  readonly path: readonly string[];
  readonly section: string | undefined;
}

export interface TotalCheck {
  /** Where the total stood: `C9`. */
  readonly at: string;
  readonly says: number;
  /** The sum of those of its parts that are known. */
  readonly sum: number;
  /**
   * `agrees`: it is the sum. `differs`: it cannot be the sum, whatever stands behind the symbols. `cannot-be-checked`: parts
   * are hidden or not there, and it may be the sum.
   */
  readonly verdict: 'agrees' | 'differs' | 'cannot-be-checked';
}

type Check = Omit<TotalCheck, 'at'> & { readonly line: number; readonly across: number };

const surely = /^(grand|sub)?[\s-]*totals?$|^all$|^overall$|\s(sub[\s-]*)?totals?$|^totals?\s*[:(]/i;
/** "All ages" is a total, "All other violence" is none, and "Total offences" may be the only thing that is counted. */
const perhaps = /^(all(?! other)|totals?|sum of|overall)\s/i;

/**
 * Finds totals among the rows or the columns of a table, and holds each to the sum of its parts: those with the same names
 * outside it, those that it names, the block before it, the block behind it, or all. What may only be called a total is one
 * if it is the sum everywhere. A table of nothing but totals has none.
 */
export function checkTotals(
  lines: readonly Line[],
  width: number,
  cellAt: (line: number, across: number) => TableCell | undefined,
): { readonly totals: ReadonlySet<number>; readonly checks: readonly Check[] } {
  const matching = (words: RegExp) =>
    new Set(lines.flatMap(({ path }, line) => (path.some((name) => words.test(name)) ? [line] : [])));
  const sure = matching(surely);
  const maybe = matching(perhaps).difference(sure);
  const check = (totals: ReadonlySet<number>, wanted: ReadonlySet<number>) =>
    checksOf(lines, width, cellAt, totals, wanted);

  const doubtful = check(sure.union(maybe), maybe);
  const confirmed = new Set(
    [...maybe].filter((line) => {
      const own = doubtful.filter((one) => one.line === line);
      return own.some(({ verdict }) => verdict === 'agrees') && own.every(({ verdict }) => verdict !== 'differs');
    }),
  );
  const totals = sure.union(confirmed);
  if (totals.size === lines.length) return { totals: new Set(), checks: [] };
  return { totals, checks: check(totals, totals) };
}

function checksOf(
  lines: readonly Line[],
  width: number,
  cellAt: (line: number, across: number) => TableCell | undefined,
  totals: ReadonlySet<number>,
  wanted: ReadonlySet<number>,
): readonly Check[] {
  const groups = groupsOf(lines, totals);
  const sums = new Map<readonly number[], readonly Sum[]>();
  /** Each group is added up once, however many totals name it. */
  const sumsOf = (group: readonly number[]): readonly Sum[] => {
    const known = sums.get(group);
    if (known !== undefined) return known;
    const made = Array.from({ length: width }, (_, across) => sumOf(group.map((line) => cellAt(line, across))));
    sums.set(group, made);
    return made;
  };
  return [...wanted].flatMap((line) => {
    const candidates = groups(line).filter((group) => group.length > 0);
    return Array.from({ length: width }, (_, across): Check | undefined => {
      const cell = cellAt(line, across);
      const added = candidates.map((group) => sumsOf(group)[across]).filter((sum) => sum !== undefined);
      const [likeliest] = added;
      if (cell?.state !== 'value' || likeliest === undefined) return undefined;
      const says = cell.value;
      const best = added.find((sum) => verdictOf(says, sum) === 'agrees') ?? likeliest;
      return { line, across, says, sum: best.known, verdict: verdictOf(says, best) };
    }).filter((one) => one !== undefined);
  });
}

interface Sum {
  readonly known: number;
  /** The most that it can be; the least is what is known, since counts are never below zero. */
  readonly most: number;
  readonly exact: boolean;
}

function sumOf(cells: readonly (TableCell | undefined)[]): Sum {
  let [known, most, exact] = [0, 0, true];
  for (const cell of cells) {
    if (cell?.state === 'value') {
      known += cell.value;
      most += cell.value;
    } else if (cell?.state !== 'absent') {
      exact = false;
      most += cell?.state === 'low' ? cell.below - 1 : Infinity;
    }
  }
  return { known, most, exact };
}

function verdictOf(says: number, { known, most, exact }: Sum): TotalCheck['verdict'] {
  // Sums of decimals are off by what a double cannot hold.
  const slack = 1e-9 * Math.max(1, Math.abs(says), Math.abs(known));
  if (exact) return Math.abs(says - known) <= slack ? 'agrees' : 'differs';
  return says >= known - slack && says <= most + slack ? 'cannot-be-checked' : 'differs';
}

/** For a total the groups of lines that it may be the sum of, the likeliest first. */
function groupsOf(
  lines: readonly Line[],
  totals: ReadonlySet<number>,
): (line: number) => readonly (readonly number[])[] {
  const parts = lines.map((_, line) => line).filter((line) => !totals.has(line));
  const byKey = new Map<string, number[]>();
  const add = (key: string, line: number): void => {
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [line]);
    else group.push(line);
  };
  for (const line of parts) {
    const { path, section } = lines[line] ?? { path: [], section: undefined };
    path.forEach((_, level) => level > 0 && add(prefixKey(path, level), line));
    for (const name of new Set([...path, ...(section === undefined ? [] : [section])])) add(nameKey(name), line);
  }
  const blocks = blocksOf(lines.length, totals);
  return (line) => {
    const { path } = lines[line] ?? { path: [] };
    const level = path.findIndex((name) => surely.test(name) || perhaps.test(name));
    const name = (path[level] ?? '').slice(0, 200);
    const own = name.replace(/[\s-]*\b(sub[\s-]*)?totals?$/i, '');
    const { before, behind } = blocks(line);
    if (level > 0) return [byKey.get(prefixKey(path, level)) ?? [], before];
    if (/^(grand|all|overall)\b/i.test(name)) return [parts, before, behind];
    return [own === '' ? [] : (byKey.get(nameKey(own)) ?? []), before, parts, behind];
  };
}

const prefixKey = (path: readonly string[], level: number): string => JSON.stringify(path.slice(0, level));
const nameKey = (name: string): string => `name ${name.toLowerCase()}`;

/** The lines between a total and the one before or behind it. */
function blocksOf(count: number, totals: ReadonlySet<number>) {
  const blocks: number[][] = [[]];
  const blockOf = new Map<number, number>();
  for (let line = 0; line < count; line += 1) {
    if (totals.has(line)) {
      blockOf.set(line, blocks.length - 1);
      blocks.push([]);
    } else blocks.at(-1)?.push(line);
  }
  return (line: number) => {
    const at = blockOf.get(line) ?? 0;
    return { before: blocks[at] ?? [], behind: blocks[at + 1] ?? [] };
  };
}
