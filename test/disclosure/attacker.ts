import highs from 'highs';
import type { LinkedTables } from '../../src/measures/linked-tables.ts';

/** What a patient reader of published tables holds to be possible for a cell: whole counts from `lower` to `upper`. */
export interface Belief {
  readonly lower: number;
  /** Infinity: without bound. */
  readonly upper: number;
}

// Its types are written for CommonJS, where the default export is a property; as a module it is the export itself.
const solver = await (highs as unknown as typeof highs.default)();

/**
 * A reader with an integer programme, who knows every shown figure, every sum, that no count is below nought and, where zeros
 * are shown, that a hidden cell is not one. Written against the published statement of the problem (Fischetti & Salazar 2001)
 * and solved by HiGHS, so that it shares neither code nor method with what it attacks.
 */
export class Attacker {
  readonly #tables: LinkedTables;
  readonly #nameOf: ReadonlyMap<string, string>;
  readonly #hiddenAtLeast: number;

  constructor(tables: LinkedTables, hiddenAtLeast: 0 | 1) {
    this.#tables = tables;
    this.#hiddenAtLeast = hiddenAtLeast;
    this.#nameOf = new Map(tables.cells.map(({ id }, i) => [id, `x${i}`]));
  }

  /** The text of everything the reader knows, in the CPLEX form that HiGHS reads. */
  #knowledge(hidden: ReadonlySet<string>): string {
    const name = (id: string): string => this.#nameOf.get(id)!;
    const sums = this.#tables.relations.map(
      ({ total, parts }, e) => ` s${e}: ${parts.map((part) => `+ ${name(part)}`).join(' ')} - ${name(total)} = 0`,
    );
    const known = this.#tables.cells.map(({ id, count, standing }) => {
      if (standing === 'unpublished') return ` ${name(id)} >= 0`;
      // Nobody hides a zero where zeros are shown; where they are not, a hidden cell may be one.
      return hidden.has(id) ? ` ${name(id)} >= ${this.#hiddenAtLeast}` : ` ${name(id)} = ${count}`;
    });
    const all = this.#tables.cells.map(({ id }) => ` ${name(id)}`);
    return `subject to\n${sums.join('\n')}\nbounds\n${known.join('\n')}\ngeneral\n${all.join('\n')}\nend\n`;
  }

  /** What the reader can tell of a cell when these are hidden. */
  belief(cell: string, hidden: ReadonlySet<string>): Belief {
    const knowledge = this.#knowledge(hidden);
    const bound = (sense: 'minimize' | 'maximize'): number => {
      const solution = solver.solve(`${sense}\n obj: ${this.#nameOf.get(cell)!}\n${knowledge}`, { output_flag: false });
      if (solution.Status === 'Optimal') return Math.round(solution.ObjectiveValue);
      // The truth is always possible, so a programme that cannot be solved has no bound.
      if (/unbounded/i.test(solution.Status) && sense === 'maximize') return Infinity;
      throw new Error(`The attack on ${cell} ended as ${solution.Status}`);
    };
    return { lower: bound('minimize'), upper: bound('maximize') };
  }
}
