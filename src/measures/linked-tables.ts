import { isCount } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A count somewhere in the tables: an inner cell, a sub-total or a total. */
export interface LinkedCell {
  readonly id: string;
  readonly count: number;
  /**
   * `new`: part of what is to be published. `published`: stands in an earlier view with this count and cannot be taken back.
   * `unpublished`: shown nowhere, but bound to the others by a relation (such as the people between two age bands).
   */
  readonly standing?: 'new' | 'published' | 'unpublished';
}

/** A total is the sum of its parts. */
export interface Relation {
  readonly total: string;
  readonly parts: readonly string[];
}

/** Every cell that a reader may see, now or in an earlier view, and every sum that binds them. */
export interface LinkedTables {
  readonly cells: readonly LinkedCell[];
  readonly relations: readonly Relation[];
}

/** One way to break a table down. Every code that is not a key of `parents` is a leaf. */
export interface Dimension {
  readonly name: string;
  /** Each total and sub-total with the codes that it adds up. */
  readonly parents: Readonly<Record<string, readonly string[]>>;
}

/**
 * The identity of a cell of a cross table: its codes, in the order of the dimensions.
 *
 * Identity = JSON text of the codes, so that no two cells share one. Unit: none. Not for people to read. Source: our own.
 *
 * @example cellId(['A01', 'Robbery']) // => '["A01","Robbery"]'
 */
export function cellId(codes: readonly string[]): string {
  return JSON.stringify(codes);
}

/** The faults that make linked tables meaningless, or nothing. */
export function refuseTables({ cells, relations }: LinkedTables): Refusal | undefined {
  if (cells.length === 0) return refuse('no-cells', 'There are no cells to publish.');
  const counts = new Map<string, number>();
  for (const { id, count } of cells) {
    if (!isCount(count)) return refuse('not-counts', 'Every cell needs a count, a whole number from 0 up.');
    if (counts.has(id)) return refuse('cell-twice', 'A cell is given twice.');
    counts.set(id, count);
  }
  for (const { total, parts } of relations) {
    const known = [total, ...parts].every((id) => counts.has(id));
    if (!known || parts.length === 0 || new Set([total, ...parts]).size !== parts.length + 1) {
      return refuse('relation-unknown-cell', 'A total names a cell that is not there, or names one twice.');
    }
    const sum = parts.reduce((running, id) => running + (counts.get(id) ?? 0), 0);
    if (sum !== counts.get(total)) {
      return refuse('totals-do-not-add-up', 'A total is not the sum of its parts, so the tables cannot be checked.');
    }
  }
  return undefined;
}

interface Tree {
  readonly parents: readonly (readonly [string, readonly string[]])[];
  readonly codes: readonly string[];
}

// The codes of a dimension, each after all that it adds up; undefined when a code adds up to itself.
function treeOf(dimension: Dimension, leaves: Iterable<string>): Tree | undefined {
  const parents = new Map(Object.entries(dimension.parents));
  const done = new Set<string>();
  const open = new Set<string>();
  const codes: string[] = [];
  function visit(code: string): boolean {
    if (done.has(code)) return true;
    if (open.has(code)) return false;
    open.add(code);
    for (const part of parents.get(code) ?? []) if (!visit(part)) return false;
    open.delete(code);
    done.add(code);
    codes.push(code);
    return true;
  }
  for (const code of [...leaves, ...parents.keys()]) if (!visit(code)) return undefined;
  return {
    codes,
    parents: codes.flatMap((code) => (parents.has(code) ? [[code, parents.get(code) ?? []] as const] : [])),
  };
}

/**
 * All cells of a cross table, totals and sub-totals of every dimension included, with the sums that bind them.
 * Leaves that `counts` lacks are 0.
 *
 * Total = Σ parts, for each total of each dimension. Unit: events. Not for means or rates, which do not add up. Source:
 * Hundepool et al. 2012, Statistical Disclosure Control.
 *
 * @example crossTable([{ name: 'area', parents: { Total: ['A', 'B'] } }], [{ codes: ['A'], count: 3 }, { codes: ['B'], count: 4 }]).cells.length // => 3
 */
export function crossTable(
  dimensions: readonly Dimension[],
  counts: readonly { readonly codes: readonly string[]; readonly count: number }[],
): LinkedTables | Refusal {
  if (dimensions.length === 0) return refuse('no-dimensions', 'A table needs at least one breakdown.');
  if (counts.some(({ codes }) => codes.length !== dimensions.length)) {
    return refuse('lengths-differ', 'Every count needs one code for each breakdown.');
  }
  if (counts.length === 0) return refuse('no-cells', 'There are no cells to publish.');
  if (counts.some(({ count }) => !isCount(count)))
    return refuse('not-counts', 'Every cell needs a count, a whole number from 0 up.');
  const trees: Tree[] = [];
  for (const [d, dimension] of dimensions.entries()) {
    const leaves = new Set(counts.map(({ codes }) => codes[d] ?? ''));
    if ([...leaves].some((code) => Object.hasOwn(dimension.parents, code))) {
      return refuse('count-of-a-total', 'Counts are given for leaves only; totals are added up.');
    }
    const tree = treeOf(dimension, leaves);
    if (tree === undefined) return refuse('circular-hierarchy', 'A breakdown adds up to itself.');
    trees.push(tree);
  }
  let combinations: string[][] = [[]];
  for (const tree of trees) combinations = combinations.flatMap((head) => tree.codes.map((code) => [...head, code]));

  const values = new Map<string, number>();
  for (const { codes, count } of counts) values.set(cellId(codes), (values.get(cellId(codes)) ?? 0) + count);
  const relations: Relation[] = [];
  trees.forEach((tree, d) => {
    const parents = new Map(tree.parents);
    // Parts come before their totals, so that each total can be added up as it is met, one breakdown after another.
    for (const codes of combinations) {
      const children = parents.get(codes[d] ?? '');
      if (children === undefined) continue;
      const parts = children.map((child) => cellId(codes.with(d, child)));
      relations.push({ total: cellId(codes), parts });
      if (
        codes.slice(d + 1).every((code, later) => trees[d + 1 + later]?.parents.every(([parent]) => parent !== code))
      ) {
        values.set(
          cellId(codes),
          parts.reduce((sum, part) => sum + (values.get(part) ?? 0), 0),
        );
      }
    }
  });
  return {
    cells: combinations.map((codes) => ({ id: cellId(codes), count: values.get(cellId(codes)) ?? 0 })),
    relations,
  };
}
