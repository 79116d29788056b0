import type { LinkedTables } from './linked-tables.ts';
import { type Limits, type Objective, TableProgramme } from './table-programme.ts';

/** What must stay unknown, and what a reader is taken to know. */
export interface ProtectionNeed {
  /** Counts from `hideFrom` to `hideTo` are small. */
  readonly hideFrom: number;
  readonly hideTo: number;
  /**
   * `covers-rule`: a reader must not be able to rule out any count from `hideFrom` to `hideTo`, but those that no pattern could
   * leave open: a total of three parts that are not zero is 3 at least.
   * `not-derivable`: it is enough that the reader cannot tell the exact count.
   */
  readonly protection: 'covers-rule' | 'not-derivable';
  /** The least that a reader knows a hidden cell to hold: 1 where zeros are shown, so that a hidden cell cannot be one. */
  readonly hiddenAtLeast: 0 | 1;
}

/** What a reader can work out about one cell: it lies from `lower` to `upper`, and both are possible. */
export interface KnownRange {
  readonly id: string;
  readonly lower: number;
  /** `null`: without bound. */
  readonly upper: number | null;
}

interface Equation {
  readonly total: number;
  readonly parts: readonly number[];
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

function blank(size: number): Objective {
  return { up: new Float64Array(size), down: new Float64Array(size) };
}

// Reaching a cell is worth more than any way there costs.
const reward = 1e6;

/** A world that agrees with everything published: the cells that differ from the truth, and by how much. */
export interface World {
  readonly cells: ArrayLike<number>;
  readonly steps: ArrayLike<number>;
}

// A world that was found once is remembered while cells are shown and hidden again: it counts when all its cells are hidden.
interface KeptWorld {
  readonly cells: Int32Array;
  readonly steps: Int32Array;
  shown: number;
}

/** Some of the cells with all that binds them to each other; the others stay as they are. */
interface View {
  readonly cells: readonly number[];
  readonly at: ReadonlyMap<number, number>;
  readonly programme: TableProgramme;
}

/** A way round: cells to hide, and the worlds that are possible once they are. */
export interface WayOut {
  readonly cells: readonly number[];
  readonly worlds: readonly World[];
}

/** How long to look. */
export interface Patience {
  /** How often a world with fractions is drawn towards the truth before it is given up. */
  readonly dives: number;
  /** In a large table: worlds may be looked for without the cells hidden last, up to this share of all that are hidden. */
  readonly lag: number;
}

/** Past so many cells no proofs are taken apart, ways round are looked for near the cell, and worlds among hidden cells only. */
export const smallTable = 700;

/** Why a cell is not protected: hiding at least one of `opens` is necessary. */
export interface Exposure {
  readonly cell: number;
  readonly opens: readonly number[];
}

/**
 * Asks of a set of hidden cells what a reader with all published figures, all totals and any amount of patience could still
 * tell. Cells are positions. Every answer of "protected" rests on whole worlds, checked in exact arithmetic against every
 * relation: the linear programme only finds them.
 */
export class DisclosureAudit {
  readonly counts: readonly number[];
  readonly equations: readonly Equation[];
  /** Cells that no choice can hide: shown in an earlier view. */
  readonly published: readonly boolean[];
  /** Cells shown nowhere. */
  readonly unpublished: readonly boolean[];
  readonly need: ProtectionNeed;
  readonly hidden: Uint8Array;
  readonly #explains: boolean;
  // The equations that each cell stands in.
  readonly #sums: readonly (readonly number[])[];
  readonly #cap: number;
  readonly #leasts: Float64Array;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  #worlds: KeptWorld[] = [];
  // The worlds in which each cell differs.
  readonly #worldsOf: KeptWorld[][];
  // How far below and above the truth the possible worlds reach, cell by cell.
  readonly #below: Int32Array;
  readonly #above: Int32Array;
  #settled = false;
  // Scratch: how far each equation is out.
  readonly #balance: Int32Array;
  // All hidden cells of a large table, and how many were hidden since.
  #view: View | undefined;
  #since = 0;
  readonly #patience: Patience;

  constructor(tables: LinkedTables, need: ProtectionNeed, patience: Patience = { dives: 40, lag: 0 }) {
    const positions = new Map(tables.cells.map((cell, i) => [cell.id, i]));
    const at = (id: string): number => positions.get(id) ?? 0;
    this.counts = tables.cells.map((cell) => cell.count);
    this.published = tables.cells.map((cell) => cell.standing === 'published');
    this.unpublished = tables.cells.map((cell) => cell.standing === 'unpublished');
    this.equations = tables.relations.map(({ total, parts }) => ({ total: at(total), parts: parts.map(at) }));
    this.need = need;
    const size = this.counts.length;
    this.hidden = new Uint8Array(size);
    this.#patience = patience;
    const sums: number[][] = this.counts.map(() => []);
    this.equations.forEach(({ total, parts }, e) => {
      for (const i of [total, ...parts]) sums[i]?.push(e);
    });
    this.#sums = sums;
    this.#explains = size <= smallTable;
    // No bound on a hidden cell: as far as twice all there is, past which nothing more is learnt.
    this.#cap = 2 * this.counts.reduce((most, count) => Math.max(most, count), need.hideTo) + 100;
    this.#leasts = this.#leastCounts();
    this.#worldsOf = this.counts.map(() => []);
    this.#below = new Int32Array(size);
    this.#above = new Int32Array(size);
    this.#lower = new Float64Array(size);
    this.#upper = new Float64Array(size);
    this.#balance = new Int32Array(this.equations.length);
    for (let i = 0; i < size; i += 1) if (this.unpublished[i] === true) this.hide(i);
  }

  /** The least count that a reader grants a cell that they cannot see. */
  floor(cell: number): number {
    return this.unpublished[cell] === true ? 0 : Math.min(this.need.hiddenAtLeast, this.counts[cell] ?? 0);
  }

  hide(cell: number): void {
    if (this.hidden[cell] === 1) return;
    this.hidden[cell] = 1;
    this.#settled = false;
    if (this.#view?.at.has(cell) === false) this.#since += 1;
    this.#lower[cell] = this.floor(cell) - (this.counts[cell] ?? 0);
    this.#upper[cell] = this.#cap;
    for (const world of this.#worldsOf[cell] ?? []) {
      world.shown -= 1;
      if (world.shown === 0) this.#noteReach(world);
    }
  }

  /** Shows a cell again; worlds in which it differs are no longer possible. */
  show(cell: number): void {
    if (this.hidden[cell] === 0) return;
    this.hidden[cell] = 0;
    this.#settled = false;
    this.#lower[cell] = 0;
    this.#upper[cell] = 0;
    const touched = new Set<number>();
    for (const world of this.#worldsOf[cell] ?? []) {
      world.shown += 1;
      if (world.shown === 1) for (const i of world.cells) touched.add(i);
    }
    for (const i of touched) {
      this.#below[i] = 0;
      this.#above[i] = 0;
    }
    for (const i of touched) {
      for (const world of this.#worldsOf[i] ?? []) if (world.shown === 0) this.#noteReach(world);
    }
  }

  /** True when the cell may be hidden: it is new, and nobody would be told that a zero is not one. */
  mayHide(cell: number): boolean {
    return this.published[cell] !== true && this.hidden[cell] === 0 && (this.counts[cell] ?? 0) > 0;
  }

  // How far below and above the truth other worlds must reach.
  #wanted(cell: number): { below: number; above: number } {
    const { hideFrom, hideTo } = this.need;
    const count = this.counts[cell] ?? 0;
    const least = Math.max(hideFrom, this.#leasts[cell] ?? 0);
    return { below: Math.max(0, count - least), above: Math.max(0, hideTo - count) };
  }

  // The least that each cell could be if every cell that is not zero were hidden: parts that are known not to be zero add up.
  #leastCounts(): Float64Array {
    const leasts = Float64Array.from(this.counts, (_count, i) => this.floor(i));
    for (let changed = true; changed;) {
      changed = false;
      for (const { total, parts } of this.equations) {
        const sum = parts.reduce((running, part) => running + (leasts[part] ?? 0), 0);
        if (sum > (leasts[total] ?? 0)) {
          leasts[total] = sum;
          changed = true;
        }
      }
    }
    return leasts;
  }

  #reached(cell: number): { below: number; above: number } {
    return { below: this.#below[cell] ?? 0, above: this.#above[cell] ?? 0 };
  }

  #noteReach({ cells, steps }: KeptWorld): void {
    for (let k = 0; k < cells.length; k += 1) {
      const i = cells[k] ?? 0;
      const step = steps[k] ?? 0;
      if (-step > (this.#below[i] ?? 0)) this.#below[i] = -step;
      if (step > (this.#above[i] ?? 0)) this.#above[i] = step;
    }
  }

  #reachesFarther({ cells, steps }: KeptWorld): boolean {
    return cells.some((i, k) => {
      const step = steps[k] ?? 0;
      return -step > (this.#below[i] ?? 0) || step > (this.#above[i] ?? 0);
    });
  }

  /** Keeps a world if it is whole and possible, checked exactly; one that teaches nothing new is not stored. */
  keep({ cells, steps }: World): boolean {
    const at: number[] = [];
    const by: number[] = [];
    for (let k = 0; k < cells.length; k += 1) {
      const i = cells[k] ?? 0;
      const step = Math.round(steps[k] ?? 0);
      if (Math.abs(step - (steps[k] ?? 0)) > 1e-6) return false;
      if (step === 0) continue;
      if (this.hidden[i] === 0 || (this.counts[i] ?? 0) + step < this.floor(i)) return false;
      at.push(i);
      by.push(step);
    }
    if (!this.#addsUp(at, by)) return false;
    this.#keepMultiples(at, by);
    return true;
  }

  #addsUp(cells: readonly number[], steps: readonly number[]): boolean {
    for (const [k, i] of cells.entries()) {
      for (const e of this.#sums[i] ?? []) {
        const sign = this.equations[e]?.total === i ? -1 : 1;
        this.#balance[e] = (this.#balance[e] ?? 0) + sign * (steps[k] ?? 0);
      }
    }
    let even = true;
    for (const i of cells) {
      for (const e of this.#sums[i] ?? []) {
        if (this.#balance[e] !== 0) even = false;
        this.#balance[e] = 0;
      }
    }
    return even;
  }

  // A world shows a way of changing cells that no total notices; the same way can be walked as far as counts allow, and back.
  #keepMultiples(cells: readonly number[], steps: readonly number[]): void {
    const step = steps.reduce((divisor, each) => greatestDivisor(divisor, Math.abs(each)), 0);
    if (step === 0) return;
    for (const direction of [1, -1]) {
      let times = this.#cap;
      for (const [k, i] of cells.entries()) {
        const move = (direction * (steps[k] ?? 0)) / step;
        if (move < 0) times = Math.min(times, Math.floor(((this.counts[i] ?? 0) - this.floor(i)) / -move));
      }
      if (times === 0) continue;
      const world: KeptWorld = {
        cells: Int32Array.from(cells),
        steps: Int32Array.from(steps, (each) => ((direction * each) / step) * times),
        shown: 0,
      };
      if (!this.#reachesFarther(world)) continue;
      this.#worlds.push(world);
      for (const i of cells) this.#worldsOf[i]?.push(world);
      this.#noteReach(world);
    }
  }

  /** The possible worlds found so far: another audit of the same tables may be given them, and checks each for itself. */
  worlds(): readonly World[] {
    return this.#worlds.filter(({ shown }) => shown === 0);
  }

  // The whole of a small table; the hidden cells of a large one, those hidden last perhaps left out: what holds without them
  // holds.
  #viewNow(): View {
    const size = this.counts.length;
    if (this.#explains) this.#view ??= this.#viewOf(Array.from({ length: size }, (_none, i) => i));
    else if (this.#view === undefined || this.#since > this.#patience.lag * this.#view.cells.length) {
      const hidden = Array.from({ length: size }, (_none, i) => i).filter((i) => this.hidden[i] === 1);
      this.#view = this.#viewOf(this.#unheld(hidden));
      this.#settled = false;
      this.#since = 0;
    }
    const { cells, programme } = this.#view;
    if (!this.#settled) programme.settle(cells.map((i) => this.hidden[i] ?? 0));
    this.#settled = true;
    return this.#view;
  }

  // Those of these cells that the sums do not hold fast where all others stay as they are.
  #unheld(cells: readonly number[]): readonly number[] {
    const free = new Set(cells);
    const members = new Map<number, number>();
    for (const e of cells.flatMap((i) => this.#sums[i] ?? [])) members.set(e, (members.get(e) ?? 0) + 1);
    const lone = [...members].flatMap(([e, count]) => (count === 1 ? [e] : []));
    for (let e = lone.pop(); e !== undefined; e = lone.pop()) {
      const held = this.#membersOf(e).find((i) => free.has(i));
      if (held === undefined) continue;
      free.delete(held);
      for (const other of this.#sums[held] ?? []) {
        const left = (members.get(other) ?? 0) - 1;
        members.set(other, left);
        if (left === 1) lone.push(other);
      }
    }
    return [...free];
  }

  #viewOf(cells: readonly number[]): View {
    const at = new Map(cells.map((i, j) => [i, j]));
    const bound = new Set(cells.flatMap((i) => this.#sums[i] ?? []));
    const equations = [...bound]
      .sort((a, b) => a - b)
      .flatMap((e): Equation[] => {
        const equation = this.equations[e];
        if (equation === undefined) return [];
        const parts = equation.parts.flatMap((i) => at.get(i) ?? []);
        return [{ total: at.get(equation.total) ?? -1, parts }];
      });
    return { cells, at, programme: new TableProgramme(cells.length, equations) };
  }

  #membersOf(e: number): number[] {
    const equation = this.equations[e];
    return equation === undefined ? [] : [equation.total, ...equation.parts];
  }

  // Looks for the world in which the cell lies farthest up or down, or `far` enough; gives what holds it back.
  #stretch(cell: number, direction: 1 | -1, far = this.#cap): readonly number[] {
    const view = this.#viewNow();
    const at = view.at.get(cell);
    return at === undefined ? [] : this.#stretchWithin(view, at, direction, far);
  }

  // A world with fractions is none: draws its fractions towards the truth, one after another, until all are whole.
  #drawnIn(
    programme: TableProgramme,
    objective: Objective,
    limits: Limits,
    found: Float64Array,
    at: number,
  ): Float64Array {
    const { lower, upper } = limits;
    let differences = found;
    for (let dive = 0; dive < this.#patience.dives; dive += 1) {
      const broken = differences.findIndex((value) => Math.abs(value - Math.round(value)) > 1e-6);
      if (broken < 0 || differences[at] === 0) break;
      const value = differences[broken] ?? 0;
      if (value > 0) upper[broken] = Math.floor(value);
      else lower[broken] = Math.ceil(value);
      differences = programme.minimise(objective, limits, false).differences;
    }
    return differences;
  }

  #stretchWithin({ cells, programme }: View, at: number, direction: 1 | -1, far: number): readonly number[] {
    const objective = blank(cells.length);
    objective.up[at] = -direction;
    objective.down[at] = direction;
    const lower = Float64Array.from(cells, (i) => this.#lower[i] ?? 0);
    const upper = Float64Array.from(cells, (i) => this.#upper[i] ?? 0);
    upper[at] = Math.min(upper[at] ?? 0, far);
    lower[at] = Math.max(lower[at] ?? 0, -far);
    const limits = { lower, upper };
    const first = programme.minimise(objective, limits, this.#explains);
    this.keep({ cells, steps: this.#drawnIn(programme, objective, limits, first.differences, at) });
    return first.supports;
  }

  // Where everything that sums bind to a cell is hidden, all of it could be several times as much.
  #keepProportion(cell: number): void {
    const world: number[] = [];
    const open = [cell];
    const seen = new Set(open);
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      const count = this.counts[i] ?? 0;
      if (count > 0 && this.hidden[i] === 0) return;
      world.push(i);
      for (const e of count > 0 ? (this.#sums[i] ?? []) : []) {
        for (const member of this.#membersOf(e)) {
          if (!seen.has(member)) open.push(member);
          seen.add(member);
        }
      }
    }
    this.keep({ cells: world, steps: world.map((i) => this.counts[i] ?? 0) });
  }

  /** What exposes a hidden cell, or nothing when it is protected. */
  exposure(cell: number): Exposure | undefined {
    const exposure = this.#exposure(cell);
    if (exposure === undefined) return undefined;
    const before = this.#worlds.length;
    this.#keepProportion(cell);
    return this.#worlds.length === before ? exposure : this.#exposure(cell);
  }

  #exposure(cell: number): Exposure | undefined {
    const wanted = this.#wanted(cell);
    if (this.need.protection === 'not-derivable' || (wanted.above === 0 && wanted.below === 0)) {
      const known = (): boolean => {
        const { below, above } = this.#reached(cell);
        return below === 0 && above === 0;
      };
      if (!known()) return undefined;
      const over = this.#stretch(cell, 1, 1);
      if (!known()) return undefined;
      const under = this.#stretch(cell, -1, 1);
      return known() ? { cell, opens: [...new Set([...over, ...under])] } : undefined;
    }
    if (this.#reached(cell).above < wanted.above) {
      const opens = this.#stretch(cell, 1, wanted.above);
      if (this.#reached(cell).above < wanted.above) return { cell, opens };
    }
    if (this.#reached(cell).below < wanted.below) {
      const opens = this.#stretch(cell, -1, wanted.below);
      if (this.#reached(cell).below < wanted.below) return { cell, opens };
    }
    return undefined;
  }

  /** The nearest cells that may still be hidden: in the sums of this cell, else in those of the hidden cells there, and on. */
  partners(cell: number): number[] {
    const seen = new Set([cell]);
    let ring = [cell];
    while (ring.length > 0) {
      const next: number[] = [];
      for (const e of ring.flatMap((i) => this.#sums[i] ?? [])) {
        for (const i of this.#membersOf(e)) {
          if (seen.has(i)) continue;
          seen.add(i);
          next.push(i);
        }
      }
      const usable = next.filter((i) => this.mayHide(i));
      if (usable.length > 0) return usable;
      ring = next.filter((i) => this.hidden[i] === 1);
    }
    return [];
  }

  /** The first of these cells that is exposed. */
  firstExposure(cells: readonly number[]): Exposure | undefined {
    for (const cell of cells) {
      const exposure = this.exposure(cell);
      if (exposure !== undefined) return exposure;
    }
    return undefined;
  }

  /** Everything that a reader could tell of a cell; in a large table the range found so far, which the truth may exceed. */
  range(cell: number): { readonly lower: number; readonly upper: number | null } {
    const count = this.counts[cell] ?? 0;
    if (this.hidden[cell] === 0) return { lower: count, upper: count };
    if (this.#explains) {
      this.#stretch(cell, 1);
      this.#stretch(cell, -1);
    }
    const { below, above } = this.#reached(cell);
    return { lower: count - below, upper: above >= this.#cap ? null : count + above };
  }

  // In a large table: hidden and cheap partners of the cell in each of its sums, and the cells in which sums of these meet.
  #neighbourhood(cell: number, partners: number, usable: (cell: number) => boolean): Set<number> {
    const near = new Set([cell]);
    const sumsOf = (i: number): readonly number[] => this.#sums[i] ?? [];
    const priced = (i: number): number => (this.hidden[i] === 1 ? 0 : (this.counts[i] ?? 0));
    let front: number[] = [];
    const met = new Set(sumsOf(cell));
    for (const e of met) {
      const others = this.#membersOf(e).filter((i) => i !== cell && usable(i));
      const open = others.filter((i) => this.hidden[i] === 0).sort((a, b) => priced(a) - priced(b));
      front.push(...others.filter((i) => this.hidden[i] === 1).slice(0, partners + 1), ...open.slice(0, partners));
    }
    for (const meetings of [2, 3, 3]) {
      for (const i of front) near.add(i);
      const meets = new Map<number, number>();
      const sums = new Set(front.flatMap(sumsOf).filter((e) => !met.has(e)));
      for (const e of sums) {
        met.add(e);
        for (const i of this.#membersOf(e)) if (!near.has(i)) meets.set(i, (meets.get(i) ?? 0) + 1);
      }
      front = [...meets].flatMap(([i, times]) => (times >= meetings && usable(i) ? [i] : []));
    }
    return near;
  }

  /**
   * The cells to hide so that this cell is protected, at the least price: each step of a way round through hidden cells is free,
   * each cell still shown costs its price. Undefined when there is no way.
   */
  wayOut(cell: number, price: (cell: number) => number, partners: number): WayOut | undefined {
    const usable = (i: number): boolean => this.hidden[i] === 1 || this.mayHide(i);
    const {
      cells,
      at: places,
      programme,
    } = this.#explains ? this.#viewNow() : this.#viewOf(this.#unheld([...this.#neighbourhood(cell, partners, usable)]));
    const at = places.get(cell);
    if (at === undefined) return undefined;
    const objective = blank(cells.length);
    const lower = Float64Array.from(cells, (i) => this.#lower[i] ?? 0);
    const upper = Float64Array.from(cells, (i) => this.#upper[i] ?? 0);
    for (const [j, i] of cells.entries()) {
      if (!this.mayHide(i)) continue;
      lower[j] = Math.min(0, this.need.hiddenAtLeast - (this.counts[i] ?? 0));
      upper[j] = this.#cap;
      objective.up[j] = objective.down[j] = price(i);
    }
    const solve = (steps: number): (WayOut & { readonly cost: number }) | undefined => {
      if (steps === 0) return { cells: [], cost: 0, worlds: [] };
      const direction = Math.sign(steps);
      if (steps < (lower[at] ?? 0)) return undefined;
      objective.up[at] = -reward * direction;
      objective.down[at] = reward * direction;
      const limits = { lower: lower.slice(), upper: upper.slice() };
      limits.upper[at] = Math.max(0, steps);
      limits.lower[at] = Math.min(0, steps);
      const first = programme.minimise(objective, limits, false).differences;
      if (Math.abs((first[at] ?? 0) - steps) > 1e-6) return undefined;
      const whole = this.#drawnIn(programme, objective, limits, first, at);
      const differences = Math.abs((whole[at] ?? 0) - steps) > 1e-6 ? first : whole;
      const moved = cells.flatMap((_cell, j) => (Math.abs(differences[j] ?? 0) > 1e-6 ? [j] : []));
      const hide = moved.flatMap((j) => (this.mayHide(cells[j] ?? 0) ? [cells[j] ?? 0] : []));
      const world = {
        cells: Int32Array.from(moved, (j) => cells[j] ?? 0),
        steps: Float64Array.from(moved, (j) => differences[j] ?? 0),
      };
      return { cells: hide, cost: hide.reduce((sum, i) => sum + price(i), 0), worlds: [world] };
    };
    const wanted = this.#wanted(cell);
    if (this.need.protection === 'not-derivable' || (wanted.above === 0 && wanted.below === 0)) {
      const ways = [solve(1), solve(-1)].filter((way) => way !== undefined);
      return ways.sort((a, b) => a.cost - b.cost)[0];
    }
    const over = solve(wanted.above);
    const under = solve(-wanted.below);
    if (over === undefined || under === undefined) return undefined;
    return { cells: [...new Set([...over.cells, ...under.cells])], worlds: [...over.worlds, ...under.worlds] };
  }
}
