import { type SafeCell, type SuppressionRule, protectTables } from '../../src/measures/disclosure-control.ts';
import type { LinkedTables } from '../../src/measures/linked-tables.ts';
import { isRefusal } from '../../src/measures/refusal.ts';
import { Attacker } from './attacker.ts';
import { type Publication, randomPublication } from './random-tables.ts';

/** What came of publishing one random publication and attacking it. */
export interface Outcome {
  readonly kind: Publication['kind'];
  readonly refused: boolean;
  readonly primaries: number;
  /** What should not have happened, in words. */
  readonly faults: readonly string[];
}

const leastOf = (rule: SuppressionRule): 0 | 1 => ((rule.zerosShown ?? true) ? 1 : 0);

function smallCells(tables: LinkedTables, rule: SuppressionRule): LinkedTables['cells'] {
  const isSmall = (count: number): boolean => count >= leastOf(rule) && count <= rule.hideTo;
  return tables.cells.filter(({ count, standing }) => standing !== 'published' && isSmall(count));
}

/** All that could be hidden: no pattern leaves a reader less to go by. */
function hideable(tables: LinkedTables, rule: SuppressionRule): Set<string> {
  return new Set(
    tables.cells.flatMap(({ id, count, standing }) => (standing === 'published' || count < leastOf(rule) ? [] : [id])),
  );
}

/** Attacks every small count of a published table, and says what it found. */
export function attackOf(tables: LinkedTables, cells: readonly SafeCell[], rule: SuppressionRule): string[] {
  const least = leastOf(rule);
  const attacker = new Attacker(tables, least);
  const hidden = new Set(cells.flatMap((cell) => (cell.state === 'hidden' ? [cell.id] : [])));
  const shown = new Map(cells.flatMap((cell) => (cell.state === 'shown' ? [[cell.id, cell.count]] : [])));
  const faults: string[] = [];
  for (const { id, count, standing } of tables.cells) {
    if (standing === 'unpublished') {
      if (hidden.has(id) || shown.has(id)) faults.push(`${id} is nobody's to publish`);
    } else if (!hidden.has(id) && shown.get(id) !== count) faults.push(`${id} is shown with another count`);
    if (standing === 'published' && hidden.has(id)) faults.push(`${id} was published and cannot be hidden`);
  }
  for (const { id, count, standing } of smallCells(tables, rule)) {
    if (standing !== 'unpublished' && !hidden.has(id)) {
      faults.push(`${id}, ${count}, is shown`);
      continue;
    }
    const { lower, upper } = attacker.belief(id, hidden);
    if (lower === upper) faults.push(`${id}, ${count}, can be worked out`);
    if (lower <= least && upper >= rule.hideTo) continue;
    // The reader must be left every count of the rule that hiding can leave open at all.
    const open = attacker.belief(id, hideable(tables, rule));
    if (lower > Math.max(least, open.lower) || upper < Math.min(rule.hideTo, open.upper))
      faults.push(`${id}, ${count}, is known to lie from ${lower} to ${upper}`);
  }
  return faults;
}

function attack(seed: number): Outcome {
  // The rules that sources ask for, in turn: 1 to 4, 1 to 7, and zeros hidden too.
  const rule: SuppressionRule =
    seed % 5 === 4 ? { hideTo: 7 } : seed % 7 === 6 ? { hideTo: 4, zerosShown: false } : { hideTo: 4 };
  const { kind, tables } = randomPublication(seed, rule.hideTo);
  const primaries = smallCells(tables, rule);
  const result = protectTables(tables, rule, { steps: 300 });
  if (!isRefusal(result)) {
    const faults = attackOf(tables, result.cells, rule).map((fault) => `publication ${seed}: ${fault}`);
    return { kind, refused: false, primaries: primaries.length, faults };
  }
  // A refusal has to be true: even with everything hidden a small count must be exposed.
  const attacker = new Attacker(tables, leastOf(rule));
  const exposed = primaries.some(({ id }) => {
    const { lower, upper } = attacker.belief(id, hideable(tables, rule));
    return lower > leastOf(rule) || upper < rule.hideTo;
  });
  const faults = exposed ? [] : [`publication ${seed}: refused (${result.reason}), yet hiding everything protects all`];
  return { kind, refused: true, primaries: primaries.length, faults };
}

/** Protects and attacks the publications of these seeds, `to` not included. */
export function outcomes(from: number, to: number): Outcome[] {
  return Array.from({ length: to - from }, (_, i) => attack(from + i));
}
