import type { KnownRange } from './disclosure-audit.ts';
import type { Method } from './estimate.ts';
import { isCount, refuseDraws } from './input.ts';
import { type LinkedTables, refuseTables } from './linked-tables.ts';
import { randomStream } from './random.ts';
import { type Refusal, refuse } from './refusal.ts';
import { TableProgramme } from './table-programme.ts';

const method: Method = { name: 'rounded-tables', version: '1' };

export interface RoundingRule {
  /** Counts are shown as multiples of this: 5 by custom. */
  readonly base?: number;
  /**
   * `nearest`: to the nearest multiple. `random`: up or down by a seeded draw, so that the mean over many cells is kept: the
   * chance to go up is the remainder over the base. A count that is a multiple already stays.
   */
  readonly rounding?: 'nearest' | 'random';
  readonly seed?: number;
  /** Counts from 1 to this must not be known: 4 by custom. */
  readonly hideTo?: number;
}

export interface RoundedTables {
  readonly method: Method;
  readonly base: number;
  readonly rounding: 'nearest' | 'random';
  /** `null` without chance. */
  readonly seed: number | null;
  readonly cells: readonly { readonly id: string; readonly rounded: number }[];
  /** For those who made the tables only: between which counts each small cell is known to lie. */
  readonly restricted: { readonly ranges: readonly KnownRange[] };
}

interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** More above the truth than any sum of what is shown allows: a count that may lie so far off has no bound. */
  readonly endless: number;
}

function roundedCount(count: number, base: number, chance: (() => number) | undefined): number {
  const rest = count % base;
  if (rest === 0) return count;
  const up = chance === undefined ? 2 * rest >= base : chance() * base < rest;
  return count - rest + (up ? base : 0);
}

/** How far from the truth each count may lie for a reader of the rounded one, as differences. */
function boundsOf(tables: LinkedTables, rounded: readonly number[], base: number, random: boolean): Bounds {
  const reach = random ? base - 1 : Math.floor(base / 2);
  const endless = tables.cells.reduce((sum, { count }) => sum + count + 2 * base, 0);
  const lower = new Float64Array(tables.cells.length);
  const upper = new Float64Array(tables.cells.length);
  for (const [i, { count, standing }] of tables.cells.entries()) {
    // What was published in full is known; what is shown nowhere is anything from 0 up.
    if (standing === 'published') continue;
    const shown = rounded[i] ?? 0;
    lower[i] = (standing === 'unpublished' ? 0 : Math.max(0, shown - reach)) - count;
    // Halves are rounded up, so that an even base reaches one less far above.
    const above = random || base % 2 === 1 ? reach : reach - 1;
    upper[i] = standing === 'unpublished' ? endless : shown + above - count;
  }
  return { lower, upper, endless };
}

/** The range of counts that whole tables agree with; where only tables with fractions reach further, the nearer end. */
function rangesOf(tables: LinkedTables, small: readonly number[], bounds: Bounds): KnownRange[] {
  const at = new Map(tables.cells.map(({ id }, i) => [id, i]));
  const equations = tables.relations.map(({ total, parts }) => ({
    total: at.get(total) ?? 0,
    parts: parts.map((part) => at.get(part) ?? 0),
  }));
  const size = tables.cells.length;
  const programme = new TableProgramme(size, equations);
  programme.settle(Uint8Array.from(tables.cells, ({ standing }) => (standing === 'published' ? 0 : 1)));
  return small.map((cell) => {
    const farthest = (direction: 1 | -1): number => {
      const objective = { up: new Float64Array(size), down: new Float64Array(size) };
      objective.up[cell] = -direction;
      objective.down[cell] = direction;
      const limits = { lower: bounds.lower.slice(), upper: bounds.upper.slice() };
      const { differences } = programme.minimise(objective, limits, false);
      const isWhole = differences.every((value) => Math.abs(value - Math.round(value)) < 1e-6);
      return isWhole ? Math.round(differences[cell] ?? 0) : 0;
    };
    const { id, count } = tables.cells[cell] ?? { id: '', count: 0 };
    const above = Math.max(0, farthest(1));
    return {
      id,
      lower: count + Math.min(0, farthest(-1)),
      upper: above >= bounds.endless ? null : count + above,
    };
  });
}

/**
 * Linked tables with every count rounded, totals on their own, and the audit of what can be worked out by adding and taking
 * away: the other way to hide small counts, for readers who need every cell.
 *
 * Shown = base × round(count/base), or up with the chance (count mod base)/base. Unit: events. Rounded parts do not add up to rounded
 * totals: say so beside the table. Refused when sums, or figures published before, still tell a small count exactly. Not for
 * tables of mostly small counts, which turn into noughts and fives. Source: Willenborg & de Waal 2001, chapter 9.
 *
 * @example roundTables({ cells: [{ id: 'a', count: 2 }, { id: 'b', count: 8 }, { id: 't', count: 10 }], relations: [{ total: 't', parts: ['a', 'b'] }] }).cells.map((cell) => cell.rounded) // => [0, 10, 10]
 */
export function roundTables(tables: LinkedTables, rule: RoundingRule = {}): RoundedTables | Refusal {
  const { base = 5, rounding = 'nearest', hideTo = 4 } = rule;
  const refusal = refuseTables(tables);
  if (refusal !== undefined) return refusal;
  if (!(Number.isInteger(base) && base >= 2 && base <= 1000))
    return refuse('bad-base', 'Counts must be rounded to a whole number from 2 to 1,000.');
  if (!isCount(hideTo)) return refuse('rule', 'The rule must name the greatest count that is hidden.');
  if (!['nearest', 'random'].includes(rounding))
    return refuse('bad-rounding', 'Counts can be rounded to the nearest multiple or at random.');
  const random = rounding === 'random';
  const bad = random ? refuseDraws(rule.seed ?? Number.NaN, 1) : undefined;
  if (bad) return bad;
  const stream = random ? randomStream(rule.seed ?? 0) : undefined;
  const rounded = tables.cells.map(({ count }) => roundedCount(count, base, stream?.next));
  const small = tables.cells.flatMap(({ count, standing }, i) =>
    count >= 1 && count <= hideTo && standing !== 'published' ? [i] : [],
  );
  const ranges = rangesOf(tables, small, boundsOf(tables, rounded, base, random));
  if (ranges.some(({ lower, upper }) => lower === upper)) {
    return refuse(
      'rounding-exposes',
      'Rounding does not hide all small counts: some can be worked out from the sums. Hide cells instead.',
    );
  }
  return {
    method,
    base,
    rounding,
    seed: random ? (rule.seed ?? null) : null,
    cells: tables.cells.flatMap(({ id, standing }, i) =>
      standing === 'unpublished' ? [] : [{ id, rounded: rounded[i] ?? 0 }],
    ),
    restricted: { ranges },
  };
}
