import { DisclosureAudit, type KnownRange, type ProtectionNeed, smallTable, type World } from './disclosure-audit.ts';
import type { Method } from './estimate.ts';
import { isCount } from './input.ts';
import { type LinkedTables, refuseTables } from './linked-tables.ts';
import { type Refusal, refuse } from './refusal.ts';
import { chooseSecondary, usualSteps } from './secondary-suppression.ts';

const method: Method = { name: 'disclosure-control', version: '1' };

/** Which counts are small, and how well they must be hidden. */
export interface SuppressionRule {
  /** Counts from 1 to this are hidden: 4 by custom, 7 for NHS England's hospital data. */
  readonly hideTo: number;
  /** False where the source forbids showing zeros: they are then small counts too. */
  readonly zerosShown?: boolean;
  readonly protection?: ProtectionNeed['protection'];
  /** What a reader is taken to know of a hidden cell. By default all that there is to know: 1 or more when zeros are shown. */
  readonly hiddenAtLeast?: 0 | 1;
}

/** A cell as it may be published. Small cells and those hidden to protect them carry the same mark. */
export type SafeCell =
  | { readonly id: string; readonly state: 'shown'; readonly count: number }
  | { readonly id: string; readonly state: 'hidden' };

export interface SafeTables {
  readonly method: Method;
  readonly cells: readonly SafeCell[];
  /** For those who made the tables only: it tells which hidden cells are small. */
  readonly restricted: {
    readonly primary: readonly string[];
    readonly secondary: readonly string[];
    readonly secondaryValue: number;
    readonly ranges: readonly KnownRange[];
  };
}

export interface DisclosureOptions {
  /** Steps of the exact search for the fewest cells; more take longer. */
  readonly steps?: number;
}

function needOf(rule: SuppressionRule): ProtectionNeed {
  const { hideTo, zerosShown = true, protection = 'covers-rule' } = rule;
  return {
    hideFrom: zerosShown ? 1 : 0,
    hideTo,
    protection,
    hiddenAtLeast: zerosShown ? (rule.hiddenAtLeast ?? 1) : 0,
  };
}

function isSmall(count: number, need: ProtectionNeed): boolean {
  return count >= need.hideFrom && count <= need.hideTo;
}

/**
 * Audits what a reader could work out of tables published with these cells hidden: the range left for every small cell, and
 * the small cells that are exposed.
 *
 * Range = [min x, max x] for each small cell x over all whole counts that agree with every figure shown and every total. Unit: events. A
 * cell in `standing` `unpublished` counts as hidden. Exposed: greatest − least is less than the rule wants. Not proof
 * against a reader who knows a cell from elsewhere. Source: Willenborg & de Waal 2001.
 *
 * @example auditDisclosure({ cells: [{ id: 'a', count: 2 }, { id: 'b', count: 7 }, { id: 't', count: 9 }], relations: [{ total: 't', parts: ['a', 'b'] }] }, ['a'], { hideTo: 4 }).exposed // => ['a']
 */
export function auditDisclosure(
  tables: LinkedTables,
  hidden: readonly string[],
  rule: SuppressionRule,
): { readonly exposed: readonly string[]; readonly ranges: readonly KnownRange[] } | Refusal {
  return refuseTables(tables) ?? auditOf(tables, hidden, rule, []);
}

function auditOf(
  tables: LinkedTables,
  hidden: readonly string[],
  rule: SuppressionRule,
  worlds: readonly World[],
): { readonly exposed: readonly string[]; readonly ranges: readonly KnownRange[] } {
  const need = needOf(rule);
  const audit = new DisclosureAudit(tables, need);
  const hide = new Set(hidden);
  tables.cells.forEach((cell, i) => {
    if (hide.has(cell.id)) audit.hide(i);
  });
  for (const world of worlds) audit.keep(world);
  const exposed: string[] = [];
  const ranges: KnownRange[] = [];
  tables.cells.forEach((cell, i) => {
    if (!isSmall(cell.count, need)) return;
    if (audit.hidden[i] === 0 || audit.exposure(i) !== undefined) exposed.push(cell.id);
  });
  // Ranges come last: by then the worlds found for each cell speak for the others too.
  tables.cells.forEach((cell, i) => {
    if (isSmall(cell.count, need)) ranges.push({ id: cell.id, ...audit.range(i) });
  });
  return { exposed, ranges };
}

/**
 * Hides the small counts of linked tables and as few other cells as it takes, so that no small count can be worked out from
 * anything that is or was published. Nothing is returned that the audit has not passed.
 *
 * Primary: counts from 1 to `hideTo` (from 0 where zeros may not be shown), also among unpublished cells that totals would
 * give away. Secondary: fewest cells, then least value, no zeros. Not for means, ratios or extremes: hide those that are
 * built on a hidden cell. Hidden = least set for which max x − min x of every small cell covers the rule. Unit: events.
 * Source: Hundepool et al. 2012, Statistical Disclosure Control; Fischetti & Salazar 2001.
 *
 * @example protectTables({ cells: [{ id: 'a', count: 2 }, { id: 'b', count: 7 }, { id: 'c', count: 8 }, { id: 't', count: 17 }], relations: [{ total: 't', parts: ['a', 'b', 'c'] }] }, { hideTo: 4 }).restricted.secondary // => ['b']
 */
export function protectTables(
  tables: LinkedTables,
  rule: SuppressionRule,
  options: DisclosureOptions = {},
): SafeTables | Refusal {
  const refusal = refuseTables(tables);
  if (refusal !== undefined) return refusal;
  if (!isCount(rule.hideTo)) return refuse('rule', 'The rule must name the greatest count that is hidden.');
  const need = needOf(rule);
  // While looking for a pattern of a large table it costs less to hide a cell more than to look long for a whole world.
  const large = tables.cells.length > smallTable;
  const audit = new DisclosureAudit(tables, need, { dives: large ? 5 : 40, lag: large ? 0.05 : 0 });
  const small: number[] = [];
  for (const [i, cell] of tables.cells.entries()) {
    if (!isSmall(cell.count, need)) continue;
    if (cell.standing === 'published') {
      // What an earlier rule let out cannot be taken back; it is known, and known cells are only facts for the audit.
      continue;
    }
    audit.hide(i);
    small.push(i);
  }
  const { steps = usualSteps(tables.cells.length) } = options;
  const secondary = chooseSecondary(audit, small, { steps });
  if (secondary === undefined) {
    return refuse(
      'cannot-be-protected',
      'Some small counts could be worked out from figures already published, so this table cannot be shown.',
    );
  }
  return safeTables(tables, rule, small, secondary, audit.worlds());
}

// The last word is a fresh audit. The worlds that the search found are handed to it as evidence, which it checks exactly.
function safeTables(
  tables: LinkedTables,
  rule: SuppressionRule,
  small: readonly number[],
  secondary: readonly number[],
  worlds: readonly World[],
): SafeTables | Refusal {
  const idOf = (i: number): string => tables.cells[i]?.id ?? '';
  const hidden = new Set([...small, ...secondary].map(idOf));
  const check = auditOf(tables, [...hidden], rule, worlds);
  const primary = small.map(idOf);
  const wanted = new Set(primary);
  if (check.exposed.some((id) => wanted.has(id))) {
    return refuse('audit-failed', 'The check found a small count that could be worked out, so nothing is shown.');
  }
  const cells = tables.cells
    .filter((cell) => cell.standing !== 'unpublished')
    .map(({ id, count }): SafeCell => (hidden.has(id) ? { id, state: 'hidden' } : { id, state: 'shown', count }));
  return {
    method,
    cells,
    restricted: {
      primary,
      secondary: secondary.map(idOf),
      secondaryValue: secondary.reduce((sum, i) => sum + (tables.cells[i]?.count ?? 0), 0),
      ranges: check.ranges.filter(({ id }) => wanted.has(id)),
    },
  };
}
