// A linear programme over how the cells of tables could differ from the truth: Σ parts − total = 0 for every relation, each
// difference within its own limits. No difference at all is always feasible, so the simplex starts there, from whatever basis
// the last programme ended with. It is our own, and not a solver from npm, because that start makes hundreds of related
// programmes cheap, tables give whole numbers in the dictionary, and measures must stay synchronous and without files.

/** How much a difference costs: `up` for each unit above 0, `down` for each below; up + down must not be negative. */
export interface Objective {
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/** The limits of every difference: lower ≤ 0 ≤ upper. */
export interface Limits {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface Optimum {
  readonly cost: number;
  readonly differences: Float64Array;
  /** Differences held at their limits whose loosening would lower the cost: what the optimum rests on. */
  readonly supports: readonly number[];
  /** False when the steps ran out: `differences` is then feasible, but perhaps not the best. */
  readonly finished: boolean;
}

const tiny = 1e-9;
// Pivots smaller than this are rounding, or would make it grow.
const leastPivot = 1e-7;

// Tables give small whole numbers and now and then simple fractions: rounding is cleared as it comes.
function cleared(value: number): number {
  // To the nearest whole number, faster than Math.round: at this size a double has no room for a fraction.
  const whole = value + 6755399441055744 - 6755399441055744;
  return Math.abs(value - whole) < tiny ? whole : value;
}

/** The dictionary of the simplex: each basic difference as a sum over the others. */
export class TableProgramme {
  readonly #size: number;
  readonly #rows: Float64Array[] = [];
  readonly #basic: number[] = [];
  readonly #rowOf: Int32Array;
  // The dictionary that every programme starts from. Pivots fill it and gather rounding, so it is gone back to each time.
  readonly #first: { readonly rows: readonly Float64Array[]; readonly basic: number[] };
  readonly #touched: Uint8Array;
  // Scratch: the rate of each basic difference in the entering one; the columns that a pivot changes.
  readonly #rates: Float64Array;
  readonly #members: Int32Array;
  readonly #all: readonly number[];

  /** `equations` hold, for each relation, the positions of its total (−1 where it is not among the cells) and its parts. */
  constructor(size: number, equations: readonly { readonly total: number; readonly parts: readonly number[] }[]) {
    this.#size = size;
    this.#rowOf = new Int32Array(size).fill(-1);
    for (const { total, parts } of equations) this.#bind(total, parts);
    this.#first = { rows: this.#rows.map((row) => row.slice()), basic: this.#basic.slice() };
    this.#touched = new Uint8Array(this.#rows.length);
    this.#rates = new Float64Array(this.#rows.length);
    this.#members = new Int32Array(size);
    this.#all = Array.from({ length: size }, (_none, j) => j);
  }

  /**
   * Says which differences will be free from now on, so that programmes need not first push the others out of the basis.
   */
  settle(free: ArrayLike<number>): void {
    this.#goBack();
    for (let r = 0; r < this.#rows.length; r += 1) {
      if (free[this.#basic[r] ?? 0] === 1) continue;
      const row = this.#rows[r];
      let chosen = -1;
      let firmest = 0.01;
      row?.forEach((value, j) => {
        const firm = value === 0 || free[j] !== 1 ? 0 : Math.min(1, Math.abs(value));
        if (firm > firmest) {
          firmest = firm;
          chosen = j;
        }
      });
      if (chosen >= 0) this.#pivot(r, chosen, this.#all);
    }
    for (const [r, row] of this.#rows.entries()) {
      if (this.#touched[r] === 1) this.#first.rows[r]?.set(row);
      this.#first.basic[r] = this.#basic[r] ?? 0;
    }
    this.#touched.fill(0);
  }

  #goBack(): void {
    this.#rowOf.fill(-1);
    for (const [r, row] of this.#first.rows.entries()) {
      if (this.#touched[r] === 1) this.#rows[r]?.set(row);
      const basic = this.#first.basic[r] ?? 0;
      this.#basic[r] = basic;
      this.#rowOf[basic] = r;
    }
    this.#touched.fill(0);
  }

  #bind(total: number, parts: readonly number[]): void {
    const equation = new Float64Array(this.#size);
    if (total >= 0) equation[total] = -1;
    for (const part of parts) equation[part] = (equation[part] ?? 0) + 1;
    const members = total >= 0 ? [total, ...parts] : parts;
    for (const member of members) {
      const row = this.#rowOf[member] ?? -1;
      const factor = equation[member] ?? 0;
      if (row < 0 || factor === 0) continue;
      equation[member] = 0;
      this.#rows[row]?.forEach((value, j) => {
        if (value !== 0) equation[j] = cleared((equation[j] ?? 0) + factor * value);
      });
    }
    let chosen = -1;
    for (const candidate of [...members.slice(0, 1), ...equation.keys()]) {
      const size = Math.abs(equation[candidate] ?? 0);
      if (size === 1) {
        chosen = candidate;
        break;
      }
      if (size > tiny && (chosen < 0 || size > Math.abs(equation[chosen] ?? 0))) chosen = candidate;
    }
    // Nothing left: the relation follows from those before it.
    if (chosen < 0) return;
    const pivot = equation[chosen] ?? 1;
    const solved = equation.map((value) => cleared(-value / pivot));
    solved[chosen] = 0;
    for (const row of this.#rows) {
      const factor = row[chosen] ?? 0;
      if (factor === 0) continue;
      row[chosen] = 0;
      solved.forEach((value, j) => {
        if (value !== 0) row[j] = cleared((row[j] ?? 0) + factor * value);
      });
    }
    this.#rowOf[chosen] = this.#rows.length;
    this.#basic.push(chosen);
    this.#rows.push(solved);
  }

  /** Finds the differences of least cost; `explained` also finds what the optimum rests on, which takes longer. */
  minimise({ up, down }: Objective, { lower, upper }: Limits, explained: boolean): Optimum {
    this.#goBack();
    const most = 5000;
    const rates = this.#rates;
    // Differences that cannot move need no column, but to explain.
    const columns = explained ? this.#all : this.#all.filter((j) => (lower[j] ?? 0) < 0 || (upper[j] ?? 0) > 0);
    const size = this.#size;
    const differences = new Float64Array(size);
    const kinked = (j: number): boolean => (up[j] ?? 0) + (down[j] ?? 0) > tiny;
    // Which side of its kink a basic difference is on; one at 0 may only leave to the other side by leaving the basis.
    const above = new Uint8Array(size).fill(1);
    const slope = (j: number): number => (above[j] === 1 ? (up[j] ?? 0) : -(down[j] ?? 0));
    // The cost of a unit of each free difference through the basic ones.
    const through = new Float64Array(size);
    this.#rows.forEach((row, r) => {
      const cost = slope(this.#basic[r] ?? 0);
      if (cost === 0) return;
      for (const j of columns) through[j] = (through[j] ?? 0) + cost * (row[j] ?? 0);
    });

    let cost = 0;
    let still = 0;
    let finished = false;
    for (let step = 0; step < most; step += 1) {
      // The steepest way down, or after many steps without progress the first (Bland), which cannot go in circles.
      let entering = -1;
      let direction = 1;
      let steepest = tiny;
      for (const j of columns) {
        if ((this.#rowOf[j] ?? -1) >= 0) continue;
        const value = differences[j] ?? 0;
        const ahead = through[j] ?? 0;
        if (value < (upper[j] ?? 0) - tiny) {
          const gain = -(ahead + (value >= 0 ? (up[j] ?? 0) : -(down[j] ?? 0)));
          if (gain > steepest) {
            steepest = gain;
            entering = j;
            direction = 1;
          }
        }
        if (value > (lower[j] ?? 0) + tiny) {
          const gain = ahead + (value > 0 ? (up[j] ?? 0) : -(down[j] ?? 0));
          if (gain > steepest) {
            steepest = gain;
            entering = j;
            direction = -1;
          }
        }
        if (still > 40 && entering >= 0) break;
      }
      if (entering < 0) {
        finished = true;
        break;
      }
      const from = differences[entering] ?? 0;
      const stopsAtKink = kinked(entering) && from * direction < 0;
      const own = stopsAtKink ? 0 : direction > 0 ? (upper[entering] ?? 0) : (lower[entering] ?? 0);
      // Two passes (Harris 1973): how far any difference lets it go, give or take a hair, then the firmest pivot within that.
      const room = Math.abs(own - from);
      for (let r = 0; r < rates.length; r += 1) rates[r] = this.#rows[r]?.[entering] ?? 0;
      let length = room;
      let leaving = -1;
      let firmest = 0;
      let reachable = room;
      for (const pass of [1, 2]) {
        for (let r = 0; r < rates.length; r += 1) {
          if (rates[r] === 0) continue;
          const rate = (rates[r] ?? 0) * direction;
          const firm = Math.abs(rate);
          if (firm < leastPivot) continue;
          const i = this.#basic[r] ?? 0;
          const value = differences[i] ?? 0;
          const blockedAtKink = kinked(i) && (above[i] === 1) === rate < 0;
          const limit = blockedAtKink ? 0 : rate > 0 ? (upper[i] ?? 0) : (lower[i] ?? 0);
          const reach = Math.max(0, (limit - value) / rate);
          if (pass === 1) reachable = Math.min(reachable, reach + tiny / firm);
          else if (reach <= reachable && firm > firmest && reach < room) {
            leaving = r;
            firmest = firm;
            length = reach;
          }
        }
      }
      still = length > tiny ? 0 : still + 1;
      cost -= steepest * length;
      differences[entering] = cleared(from + direction * length);
      for (let r = 0; r < rates.length; r += 1) {
        const rate = (rates[r] ?? 0) * direction;
        if (rate === 0) continue;
        const i = this.#basic[r] ?? 0;
        differences[i] = cleared((differences[i] ?? 0) + rate * length);
      }
      if (leaving < 0) continue;
      const value = differences[entering] ?? 0;
      above[entering] = value > 0 || (value === 0 && direction > 0) ? 1 : 0;
      const leavingSlope = slope(this.#basic[leaving] ?? 0);
      const row = this.#rows[leaving] ?? differences;
      const out = this.#basic[leaving] ?? 0;
      const pivot = row[entering] ?? 1;
      // The leaving difference no longer costs through the basis; the entering one does.
      const passed = (through[entering] ?? 0) - leavingSlope * pivot + slope(entering);
      for (const j of columns) {
        const entry = row[j] ?? 0;
        if (entry !== 0) through[j] = cleared((through[j] ?? 0) - leavingSlope * entry - (passed * entry) / pivot);
      }
      through[out] = cleared(passed / pivot);
      through[entering] = 0;
      this.#pivot(leaving, entering, columns);
    }
    const supports: number[] = [];
    for (let j = 0; explained && j < size; j += 1) {
      if ((this.#rowOf[j] ?? -1) >= 0) continue;
      if ((lower[j] ?? 0) === 0 && (upper[j] ?? 0) === 0 && Math.abs(through[j] ?? 0) > tiny) supports.push(j);
    }
    return { cost, differences, supports, finished };
  }

  #pivot(r: number, entering: number, columns: readonly number[]): void {
    const row = this.#rows[r];
    const leaving = this.#basic[r];
    if (row === undefined || leaving === undefined) return;
    this.#touched[r] = 1;
    const pivot = row[entering] ?? 1;
    const members = this.#members;
    let count = 0;
    for (const j of columns) {
      const entry = row[j] ?? 0;
      if (entry === 0 || j === entering) continue;
      row[j] = cleared(-entry / pivot);
      members[count++] = j;
    }
    for (let q = 0; q < this.#rows.length; q += 1) {
      const other = this.#rows[q];
      if (q === r || other === undefined) continue;
      const factor = other[entering] ?? 0;
      if (factor === 0) continue;
      other[entering] = 0;
      this.#touched[q] = 1;
      for (let k = 0; k < count; k += 1) {
        const j = members[k] ?? 0;
        other[j] = cleared((other[j] ?? 0) + factor * (row[j] ?? 0));
      }
      other[leaving] = cleared(factor / pivot);
    }
    row[leaving] = cleared(1 / pivot);
    row[entering] = 0;
    this.#rowOf[leaving] = -1;
    this.#rowOf[entering] = r;
    this.#basic[r] = entering;
  }
}
