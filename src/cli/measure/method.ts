import { z } from 'zod';
import type { RunOptions } from '../../platform/workers/run-replicates.ts';
import type { Cells, Column } from './columns.ts';

/** A measure at the terminal: what it takes, as JSON and as CSV, and how it is run. */
export interface Method {
  /** Its name in commands: of its folder of reference cases where it is what the folder is about, else of its function. */
  readonly name: string;
  /** The function of the library, and its file in src/measures. */
  readonly of: string;
  readonly file: string;
  /** One plain sentence. */
  readonly summary: string;
  /** The fields of the JSON document: the function's arguments by name, options among them. */
  readonly fields: z.ZodObject;
  /** `each`: a row (or an object of a list) is an answer of its own. `whole`: all rows together make one. */
  readonly rows: 'each' | 'whole';
  /** The columns of a CSV file; none when its input is no table. */
  readonly columns: Readonly<Record<string, Column>>;
  /** The fields that the columns fill. */
  readonly fromCells: (cells: Cells) => Readonly<Record<string, unknown>>;
  /** The column that tells the rows (or groups of rows) of the answer apart, when the file has it. */
  readonly label?: string;
  /** For `whole`: the names of what the answer numbers from 0. */
  readonly names?: (cells: Cells) => readonly unknown[];
  /** A text file of words is this field. */
  readonly words?: string;
  readonly example: Readonly<Record<string, unknown>>;
  /** Lines of a CSV file that say the same as the example, with its options. */
  readonly exampleCsv?: { readonly lines: readonly string[]; readonly options?: readonly string[] };
  /** Whether it is shared out over workers. */
  readonly workers: boolean;
  readonly run: (input: never, how: RunOptions) => unknown;
}

/** Defines a method; its `run` gets what its own fields describe. */
export function method<const F extends z.ZodRawShape>(row: {
  readonly name?: string;
  readonly of: string;
  readonly file: string;
  readonly summary: string;
  readonly fields: F;
  readonly rows?: 'each' | 'whole';
  readonly columns?: Readonly<Record<string, Column>>;
  readonly fromCells?: (cells: Cells) => Readonly<Record<string, unknown>>;
  readonly label?: string;
  readonly names?: (cells: Cells) => readonly unknown[];
  readonly words?: string;
  readonly example: z.input<z.ZodObject<F>>;
  readonly exampleCsv?: { readonly lines: readonly string[]; readonly options?: readonly string[] };
  readonly workers?: boolean;
  readonly run: (input: z.output<z.ZodObject<F>>, how: RunOptions) => unknown;
}): Method {
  return {
    name: kebab(row.of),
    rows: 'whole',
    columns: {},
    fromCells: (cells) => cells,
    workers: false,
    ...row,
    fields: z.strictObject(row.fields),
  };
}

/** `crudeRate` → `crude-rate`, as options and methods are written at the terminal. */
export const kebab = (name: string): string =>
  name.replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** A method by its name, or by that of its function. */
export const findMethod = (methods: readonly Method[], name: string): Method | undefined =>
  methods.find((each) => each.name === name) ?? methods.find((each) => kebab(each.of) === name);
