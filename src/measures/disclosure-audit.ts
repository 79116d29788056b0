import type { LinkedTables } from './linked-tables.ts';
import { type Objective, TableProgramme } from './table-programme.ts';

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

// Reaching a cell is worth more than any way there costs.
const reward = 1e6;

/** A world that agrees with everything published: differences from the truth, in whole numbers. */
type World = Int32Array;

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
  readonly #programme: TableProgramme;
  // The equations that each cell stands in.
  readonly #sums: readonly (readonly number[])[];
  readonly #cap: number;
  readonly #leasts: Float64Array;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  #worlds: World[] = [];
  // How far below and above the truth the kept worlds reach, cell by cell; `noted` of them are counted in.
  readonly #below: Int32Array;
  readonly #above: Int32Array;
  #noted = 0;
  #settled = false;
  // Past this size proofs of exposure are not taken apart: the exact search, which needs them, would not end anyway.
  readonly #explains: boolean;
  // How often a world with fractions is drawn towards the truth before it is given up.
  readonly #dives: number;

  constructor(tables: LinkedTables, need: ProtectionNeed, dives = 40) {
    const positions = new Map(tables.cells.map((cell, i) => [cell.id, i]));
    const at = (id: string): number => positions.get(id) ?? 0;
    this.counts = tables.cells.map((cell) => cell.count);
    this.published = tables.cells.map((cell) => cell.standing === 'published');
    this.unpublished = tables.cells.map((cell) => cell.standing === 'unpublished');
    this.equations = tables.relations.map(({ total, parts }) => ({ total: at(total), parts: parts.map(at) }));
    this.need = need;
    const size = this.counts.length;
    this.hidden = new Uint8Array(size);
    this.#explains = size <= 700;
    this.#dives = dives;
    const sums: number[][] = this.counts.map(() => []);
    this.equations.forEach(({ total, parts }, e) => {
      for (const i of [total, ...parts]) sums[i]?.push(e);
    });
    this.#sums = sums;
    this.#programme = new TableProgramme(size, this.equations);
    // No bound on a hidden cell: as far as twice all there is, past which nothing more is learnt.
    this.#cap = 2 * this.counts.reduce((most, count) => Math.max(most, count), need.hideTo) + 100;
    this.#leasts = this.#leastCounts();
    this.#below = new Int32Array(size);
    this.#above = new Int32Array(size);
    this.#lower = new Float64Array(size);
    this.#upper = new Float64Array(size);
    for (let i = 0; i < size; i += 1) if (this.unpublished[i] === true) this.hide(i);
  }

  /** The least count that a reader grants a cell that they cannot see. */
  floor(cell: number): number {
    return this.unpublished[cell] === true ? 0 : Math.min(this.need.hiddenAtLeast, this.counts[cell] ?? 0);
  }

  hide(cell: number): void {
    this.hidden[cell] = 1;
    this.#settled = false;
    this.#lower[cell] = this.floor(cell) - (this.counts[cell] ?? 0);
    this.#upper[cell] = this.#cap;
  }

  /** Shows a cell again; worlds in which it differs are no longer possible. */
  show(cell: number): void {
    this.hidden[cell] = 0;
    this.#settled = false;
    this.#lower[cell] = 0;
    this.#upper[cell] = 0;
    const possible = this.#worlds.filter((world) => world[cell] === 0);
    if (possible.length === this.#worlds.length) return;
    this.#worlds = possible;
    this.#below.fill(0);
    this.#above.fill(0);
    this.#noted = 0;
    this.#noteReach();
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

  #noteReach(): void {
    for (; this.#noted < this.#worlds.length; this.#noted += 1) {
      this.#worlds[this.#noted]?.forEach((difference, i) => {
        if (-difference > (this.#below[i] ?? 0)) this.#below[i] = -difference;
        if (difference > (this.#above[i] ?? 0)) this.#above[i] = difference;
      });
    }
  }

  /** Keeps a world if it is whole and possible, checked exactly. */
  keep(differences: ArrayLike<number>): boolean {
    const world = Int32Array.from(differences, (difference) => Math.round(difference));
    for (let i = 0; i < world.length; i += 1) {
      const difference = world[i] ?? 0;
      if (Math.abs(difference - (differences[i] ?? 0)) > 1e-6) return false;
      if (difference !== 0 && this.hidden[i] === 0) return false;
      if ((this.counts[i] ?? 0) + difference < this.floor(i)) return false;
    }
    for (const { total, parts } of this.equations) {
      let sum = 0;
      for (const part of parts) sum += world[part] ?? 0;
      if (sum !== world[total]) return false;
    }
    this.#keepMultiples(world);
    return true;
  }

  // A world shows a way of changing cells that no total notices; the same way can be walked as far as counts allow, and back.
  #keepMultiples(world: World): void {
    let step = 0;
    for (const difference of world) step = greatestDivisor(step, Math.abs(difference));
    if (step === 0) return;
    for (const direction of [1, -1]) {
      let times = this.#cap;
      world.forEach((difference, i) => {
        const move = (direction * difference) / step;
        if (move < 0) times = Math.min(times, Math.floor(((this.counts[i] ?? 0) - this.floor(i)) / -move));
      });
      if (times > 0) this.#worlds.push(world.map((difference) => ((direction * difference) / step) * times));
    }
    this.#noteReach();
  }

  /** The worlds found so far: another audit of the same tables may be given them, and checks each for itself. */
  worlds(): readonly Int32Array[] {
    return this.#worlds;
  }

  #settle(): void {
    if (this.#settled) return;
    this.#programme.settle(this.hidden);
    this.#settled = true;
  }

  // Looks for the world in which the cell lies farthest up or down; gives what holds it back.
  #stretch(cell: number, direction: 1 | -1, objective: Objective, far = this.#cap): readonly number[] {
    this.#settle();
    objective.up[cell] = -direction;
    objective.down[cell] = direction;
    const lower = this.#lower.slice();
    const upper = this.#upper.slice();
    upper[cell] = Math.min(upper[cell] ?? 0, far);
    lower[cell] = Math.max(lower[cell] ?? 0, -far);
    const first = this.#programme.minimise(objective, { lower, upper }, this.#explains);
    let differences = first.differences;
    // A world with fractions is none: draw its fractions towards the truth, one after another, until all are whole.
    for (let dive = 0; dive < this.#dives && !this.keep(differences); dive += 1) {
      const broken = differences.findIndex((value) => Math.abs(value - Math.round(value)) > 1e-6);
      if (broken < 0) break;
      const value = differences[broken] ?? 0;
      if (value > 0) upper[broken] = Math.floor(value);
      else lower[broken] = Math.ceil(value);
      differences = this.#programme.minimise(objective, { lower, upper }, false).differences;
    }
    objective.up[cell] = 0;
    objective.down[cell] = 0;
    return first.supports;
  }

  #blank(): Objective {
    return { up: new Float64Array(this.counts.length), down: new Float64Array(this.counts.length) };
  }

  // Where everything that sums bind to a cell is hidden, all of it could be several times as much.
  #keepProportion(cell: number): void {
    const world = new Float64Array(this.counts.length);
    const open = [cell];
    const seen = new Set(open);
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      const count = this.counts[i] ?? 0;
      if (count > 0 && this.hidden[i] === 0) return;
      world[i] = count;
      for (const e of count > 0 ? (this.#sums[i] ?? []) : []) {
        const equation = this.equations[e];
        for (const member of [equation?.total ?? i, ...(equation?.parts ?? [])]) {
          if (!seen.has(member)) open.push(member);
          seen.add(member);
        }
      }
    }
    this.keep(world);
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
    const objective = this.#blank();
    const wanted = this.#wanted(cell);
    if (this.need.protection === 'not-derivable' || (wanted.above === 0 && wanted.below === 0)) {
      const known = (): boolean => {
        const { below, above } = this.#reached(cell);
        return below === 0 && above === 0;
      };
      if (!known()) return undefined;
      const over = this.#stretch(cell, 1, objective, 1);
      if (!known()) return undefined;
      const under = this.#stretch(cell, -1, objective, 1);
      return known() ? { cell, opens: [...new Set([...over, ...under])] } : undefined;
    }
    if (this.#reached(cell).above < wanted.above) {
      const opens = this.#stretch(cell, 1, objective, wanted.above);
      if (this.#reached(cell).above < wanted.above) return { cell, opens };
    }
    if (this.#reached(cell).below < wanted.below) {
      const opens = this.#stretch(cell, -1, objective, wanted.below);
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
        const equation = this.equations[e];
        for (const i of [equation?.total ?? cell, ...(equation?.parts ?? [])]) {
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
      const objective = this.#blank();
      this.#stretch(cell, 1, objective);
      this.#stretch(cell, -1, objective);
    }
    const { below, above } = this.#reached(cell);
    return { lower: count - below, upper: above >= this.#cap ? null : count + above };
  }

  // In a large table: the cheapest partners of the cell in each of its sums, and the cells in which sums of these meet.
  #neighbourhood(cell: number, partners: number): Set<number> {
    const near = new Set<number>();
    const sumsOf = (i: number): readonly number[] => this.#sums[i] ?? [];
    const membersOf = (e: number): number[] => {
      const equation = this.equations[e];
      return equation === undefined ? [] : [equation.total, ...equation.parts];
    };
    let front: number[] = [];
    const met = new Set(sumsOf(cell));
    for (const e of met) {
      const usable = membersOf(e).filter((i) => i !== cell && (this.hidden[i] === 1 || this.mayHide(i)));
      const priced = (i: number): number => (this.hidden[i] === 1 ? 0 : (this.counts[i] ?? 0));
      front.push(...usable.sort((a, b) => priced(a) - priced(b)).slice(0, partners));
    }
    for (const meetings of [2, 3, 3]) {
      for (const i of front) near.add(i);
      const meets = new Map<number, number>();
      const sums = new Set(front.flatMap(sumsOf).filter((e) => !met.has(e)));
      for (const e of sums) {
        met.add(e);
        for (const i of membersOf(e)) if (!near.has(i)) meets.set(i, (meets.get(i) ?? 0) + 1);
      }
      front = [...meets].flatMap(([i, times]) =>
        times >= meetings && (this.hidden[i] === 1 || this.mayHide(i)) ? [i] : [],
      );
    }
    return near;
  }

  /**
   * The cells to hide so that this cell is protected, at the least price: each step of a way round through hidden cells is free,
   * each cell still shown costs its price. Undefined when there is no way.
   */
  wayOut(cell: number, price: (cell: number) => number, partners = 6): number[] | undefined {
    const size = this.counts.length;
    const objective = this.#blank();
    this.#settle();
    const lower = this.#lower.slice();
    const upper = this.#upper.slice();
    const near = this.#explains ? undefined : this.#neighbourhood(cell, partners);
    for (let i = 0; i < size; i += 1) {
      if (!this.mayHide(i) || near?.has(i) === false) continue;
      lower[i] = Math.min(0, this.need.hiddenAtLeast - (this.counts[i] ?? 0));
      upper[i] = this.#cap;
      objective.up[i] = objective.down[i] = price(i);
    }
    const solve = (steps: number): { cells: number[]; cost: number; differences: Float64Array } | undefined => {
      if (steps === 0) return { cells: [], cost: 0, differences: new Float64Array(size) };
      const direction = Math.sign(steps);
      if (steps < (lower[cell] ?? 0)) return undefined;
      objective.up[cell] = -reward * direction;
      objective.down[cell] = reward * direction;
      const limits = { lower: lower.slice(), upper: upper.slice() };
      limits.upper[cell] = Math.max(0, steps);
      limits.lower[cell] = Math.min(0, steps);
      const { differences } = this.#programme.minimise(objective, limits, false);
      if (Math.abs((differences[cell] ?? 0) - steps) > 1e-6) return undefined;
      const cells: number[] = [];
      let cost = 0;
      for (let i = 0; i < size; i += 1) {
        if (this.mayHide(i) && Math.abs(differences[i] ?? 0) > 1e-6) {
          cells.push(i);
          cost += price(i);
        }
      }
      return { cells, cost, differences };
    };
    const wanted = this.#wanted(cell);
    if (this.need.protection === 'not-derivable' || (wanted.above === 0 && wanted.below === 0)) {
      const ways = [solve(1), solve(-1)].filter((way) => way !== undefined);
      return ways.sort((a, b) => a.cost - b.cost)[0]?.cells;
    }
    const over = solve(wanted.above);
    const under = solve(-wanted.below);
    return over === undefined || under === undefined ? undefined : [...new Set([...over.cells, ...under.cells])];
  }
}
