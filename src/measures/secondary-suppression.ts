import type { DisclosureAudit, WayOut } from './disclosure-audit.ts';

/** How hard to look for fewer cells before the best pattern found so far is taken. */
export interface SearchEffort {
  /** Steps of the exact search; 0 leaves it out. */
  readonly steps: number;
}

/** Steps of the exact search by the size of a table: small ones are searched to the end, large ones as long as a person waits. */
export function usualSteps(cells: number): number {
  return cells <= 150 ? 20_000 : cells <= 600 ? 500 : 0;
}

// Fewest cells first, and among as few the least hidden value: values are scaled so that all together weigh less than a cell.
function prices(audit: DisclosureAudit): (cell: number) => number {
  const total = audit.counts.reduce((sum, count) => sum + count, 0) + 1;
  return (cell) => 1 + (audit.counts[cell] ?? 0) / total;
}

function valueOf(audit: DisclosureAudit, cells: readonly number[]): number {
  return cells.reduce((sum, cell) => sum + (audit.counts[cell] ?? 0), 0);
}

// Hides, cell by cell, the cheapest way round for each exposed cell, then shows again whatever turned out needless.
function greedy(audit: DisclosureAudit, small: readonly number[]): number[] | undefined {
  const price = prices(audit);
  const chosen: number[] = [];
  for (const cell of small) {
    for (let exposure = audit.exposure(cell); exposure !== undefined; exposure = audit.exposure(cell)) {
      let way: WayOut | undefined;
      for (const partners of [3, 12]) way ??= audit.wayOut(cell, price, partners);
      const added = [...(way?.cells ?? [])];
      // The way may lead through hidden cells alone, past those that the audit looked at.
      if (added.length === 0) {
        for (const world of way?.worlds ?? []) audit.keep(world);
        if (audit.exposure(cell) === undefined) break;
      }
      if (added.length === 0) {
        // There is a way, but only in fractions of an event, or none near: one more cell of its sums, the cheapest.
        const usable = exposure.opens.filter((each) => audit.mayHide(each));
        const [cheapest] = (usable.length > 0 ? usable : audit.partners(cell)).sort((a, b) => price(a) - price(b));
        if (cheapest === undefined) return undefined;
        added.push(cheapest);
      }
      for (const each of added) {
        audit.hide(each);
        chosen.push(each);
      }
      for (const world of way?.worlds ?? []) audit.keep(world);
    }
  }
  return prune(audit, small, chosen);
}

function prune(audit: DisclosureAudit, small: readonly number[], chosen: readonly number[]): number[] {
  let kept = [...chosen].sort((a, b) => (audit.counts[b] ?? 0) - (audit.counts[a] ?? 0));
  for (const cell of [...kept]) {
    audit.show(cell);
    if (audit.firstExposure(small) === undefined) kept = kept.filter((each) => each !== cell);
    else audit.hide(cell);
  }
  return kept;
}

interface Lone {
  readonly relation: number;
  readonly cells: readonly number[];
}

// Relations with one unseen cell give it away: another cell of theirs must be hidden too.
function loneRelations(audit: DisclosureAudit, guarded: Uint8Array, barred: Uint8Array): Lone[] {
  const lone: Lone[] = [];
  for (const [relation, { total, parts }] of audit.equations.entries()) {
    let unseen = 0;
    let last = -1;
    for (const cell of [total, ...parts]) {
      if (audit.hidden[cell] === 1) {
        unseen += 1;
        last = cell;
      }
    }
    if (unseen !== 1 || guarded[last] !== 1) continue;
    lone.push({ relation, cells: [total, ...parts].filter((cell) => audit.mayHide(cell) && barred[cell] === 0) });
  }
  return lone;
}

// Branch and bound. Any pattern must open every lone relation and break every proof that exposes a cell, so the search
// branches over the cells of the smallest such set, and bars those already tried.
function exact(
  audit: DisclosureAudit,
  small: readonly number[],
  best: readonly number[],
  { steps }: SearchEffort,
): number[] {
  const size = audit.counts.length;
  const barred = new Uint8Array(size);
  // Cells that must not stand alone: the small ones, and each one chosen, which else would do nothing.
  const guarded = new Uint8Array(size);
  for (const cell of small) guarded[cell] = 1;
  const belongs = new Int32Array(size);
  for (const { total, parts } of audit.equations) {
    for (const cell of [total, ...parts]) belongs[cell] = (belongs[cell] ?? 0) + 1;
  }
  const widest = Math.max(1, ...belongs);
  let found = [...best];
  let foundValue = valueOf(audit, best);
  let left = steps;

  function search(chosen: readonly number[], value: number, most: number): void {
    if (left <= 0) return;
    left -= 1;
    const lone = loneRelations(audit, guarded, barred);
    if (chosen.length + Math.ceil(lone.length / widest) > most) return;
    let branches: readonly number[] | undefined;
    for (const { cells } of lone) if (branches === undefined || cells.length < branches.length) branches = cells;
    if (branches === undefined) {
      const exposure = audit.firstExposure(small);
      if (exposure === undefined) {
        if (chosen.length < found.length || (chosen.length === found.length && value < foundValue)) {
          found = [...chosen];
          foundValue = value;
        }
        return;
      }
      branches = exposure.opens.filter((cell) => audit.mayHide(cell) && barred[cell] === 0);
    }
    if (chosen.length >= most) return;
    const ordered = [...branches].sort((a, b) => (audit.counts[a] ?? 0) - (audit.counts[b] ?? 0));
    for (const cell of ordered) {
      const more = value + (audit.counts[cell] ?? 0);
      const hopeless = chosen.length + 1 === found.length && more >= foundValue;
      if (!hopeless && chosen.length < found.length) {
        audit.hide(cell);
        guarded[cell] = 1;
        search([...chosen, cell], more, Math.min(most, found.length));
        guarded[cell] = 0;
        audit.show(cell);
      }
      barred[cell] = 1;
    }
    for (const cell of ordered) barred[cell] = 0;
  }

  for (const cell of best) audit.show(cell);
  for (let most = 0; most <= best.length && left > 0; most += 1) {
    search([], 0, most);
    if (found.length <= most) break;
  }
  for (const cell of found) audit.hide(cell);
  return found;
}

/**
 * Chooses the cells to hide beside the small ones so that none of those can be worked out: fewest first, then least value.
 *
 * A quick pattern by cheapest ways round, pruned, then an exact branch and bound as far as `effort` goes. Leaves the audit with
 * the pattern hidden. Undefined when no pattern protects every small cell. Source: Fischetti & Salazar 2001 for the problem;
 * Kelly, Golden & Assad 1992 for the ways round.
 */
export function chooseSecondary(
  audit: DisclosureAudit,
  small: readonly number[],
  effort: SearchEffort,
): number[] | undefined {
  const first = greedy(audit, small);
  if (first === undefined || first.length === 0 || effort.steps === 0) return first;
  return exact(audit, small, first, effort);
}
