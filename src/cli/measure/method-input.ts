import type { z } from 'zod';
import { WrongUse } from '../command.ts';
import type { Cells } from './columns.ts';
import { readTable } from './csv-input.ts';
import { notesOf, type FieldNotes } from './field.ts';
import { named, piecesOf, wholeText } from './input-text.ts';
import { lineOfPath, readJson } from './json-input.ts';
import { kebab, type Method } from './method.ts';
import { plainFault } from './plain-fault.ts';

// A list of 260,000 events is 5 million bytes of JSON; parsed, a document may take twenty times its length.
const mostJsonBytes = 32_000_000;
const mostCsvBytes = 256_000_000;
const mostWordsBytes = 8_000_000;
/** Rows that are answered one by one: there are 188,880 census output areas in England and Wales. */
const mostAnswers = 200_000;

/** One run of a method: its input, checked, and what tells its answer apart from those of other runs. */
export interface Asked {
  readonly label: Readonly<Record<string, unknown>>;
  readonly input: unknown;
}

/** All runs that an input asks for. */
export interface Question {
  readonly asked: readonly Asked[];
  /** True when the answer is one, not a list of answers. */
  readonly single: boolean;
  /** The names of what the answer numbers. */
  readonly names?: readonly unknown[];
}

/** The fields of a method, with their notes. */
export const fieldsOf = ({ fields }: Method): readonly (readonly [string, z.ZodType, FieldNotes])[] =>
  Object.entries(fields.shape as Record<string, z.ZodType>).map(([name, schema]) => [name, schema, notesOf(schema)]);

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const numeral = (text: string): unknown => (decimal.test(text.trim()) ? Number(text) : text);
const yesNo: Readonly<Record<string, boolean>> = { yes: true, true: true, no: false, false: false };

/** What an option's text says; a text that says nothing of the kind stays a text, for the schema to refuse. */
function optionValue(kind: FieldNotes['kind'], text: string): unknown {
  if (kind === 'number') return numeral(text);
  if (kind === 'numbers') return text.split(',').map(numeral);
  if (kind === 'texts') return text.split(',').map((part) => part.trim());
  if (kind === 'yes-no') return yesNo[text] ?? text;
  // A choice between words and a number, such as a window of `periodic` or 13.
  return kind === 'choice' && decimal.test(text) ? Number(text) : text;
}

/** The fields that options of the command line give, by their own names. */
function fromOptions(method: Method, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, , { kind }] of fieldsOf(method)) {
    const text = options[kebab(name)];
    if (typeof text === 'string' && kind !== 'document') values[name] = optionValue(kind, text);
  }
  return values;
}

/**
 * Reads what a method is asked: a file, with the options over it.
 * @throws WrongUse in a sentence that names the field and the line
 */
export async function readQuestion(
  method: Method,
  file: string | undefined,
  options: Readonly<Record<string, unknown>>,
): Promise<Question> {
  const over = fromOptions(method, options);
  if (file === undefined) return { asked: [{ label: {}, input: check(method, over, over, () => '') }], single: true };
  if (/\.csv$/i.test(file)) return fromTable(method, file, over);
  if (/\.(txt|md)$/i.test(file)) return fromWords(method, file, over);
  if (/\.json$/i.test(file) || file === '-') return fromJson(method, file, over);
  throw new WrongUse(`${named(file)}: the name of an input must end in .json or .csv.`);
}

async function fromWords(method: Method, file: string, over: Record<string, unknown>): Promise<Question> {
  if (method.words === undefined)
    throw new WrongUse(
      `concord measure ${method.name} reads .json${tabular(method) ? ' or .csv' : ''}, no other text.`,
    );
  const input = { [method.words]: await wholeText(file, mostWordsBytes), ...over };
  return { asked: [{ label: {}, input: check(method, input, over, () => '') }], single: true };
}

export const tabular = ({ columns }: Method): boolean => Object.keys(columns).length > 0;

async function fromJson(method: Method, file: string, over: Record<string, unknown>): Promise<Question> {
  const text = await wholeText(file, mostJsonBytes);
  const found = readJson(file, text);
  const line = (path: readonly PropertyKey[]) => `Line ${lineOfPath(text, path)} of ${named(file)}, `;
  const one = (value: unknown, path: readonly PropertyKey[]): Asked => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new WrongUse(
        `${line(path)}an object with the method’s fields is needed. See: concord measure ${method.name} --help`,
      );
    const { [labelOf(method)]: label, ...rest } = value as Record<string, unknown>;
    const input = { ...(typeof label === 'string' ? rest : value), ...over };
    return {
      label: typeof label === 'string' ? { [labelOf(method)]: label } : {},
      input: check(method, input, over, (at) => line([...path, ...at])),
    };
  };
  if (method.rows === 'each' && Array.isArray(found))
    return { asked: found.map((value, i) => one(value, [i])), single: false };
  return { asked: [one(found, [])], single: true };
}

const labelOf = ({ label = '' }: Method): string => label;

async function fromTable(method: Method, file: string, over: Record<string, unknown>): Promise<Question> {
  if (!tabular(method))
    throw new WrongUse(`concord measure ${method.name} is no table: give its input as .json. See its --help.`);
  const { cells, lines } = await readTable(
    file,
    piecesOf(file, mostCsvBytes),
    method.columns,
    method.rows === 'each' ? mostAnswers : undefined,
  );
  if (lines.length === 0) throw new WrongUse(`${named(file)} has no rows below its first line.`);
  const { [labelOf(method)]: labels, ...rest } = cells;
  const build = (rows: readonly number[], from: Cells): unknown => {
    const input = { ...defined(method.fromCells(from)), ...over };
    return check(method, input, over, ([, row]) => {
      const at = typeof row === 'number' ? rows[row] : rows[0];
      return `Line ${at === undefined ? 1 : (lines[at] ?? 1)} of ${named(file)}, `;
    });
  };
  const names = method.names?.(cells);
  if (method.rows === 'each') {
    const row = (i: number): Cells =>
      Object.fromEntries(Object.entries(rest).map(([name, values]) => [name, [values[i]]]));
    return {
      asked: lines.map((_line, i) => ({ label: labelled(method, labels?.[i]), input: build([i], row(i)) })),
      single: false,
    };
  }
  if (labels === undefined)
    return {
      asked: [{ label: {}, input: build([...lines.keys()], rest) }],
      single: true,
      ...(names !== undefined && { names }),
    };
  const groups = [...Map.groupBy([...lines.keys()], (i) => labels[i])];
  return {
    asked: groups.map(([label, rows]) => ({
      label: labelled(method, label),
      input: build(
        rows,
        Object.fromEntries(Object.entries(rest).map(([name, values]) => [name, rows.map((i) => values[i])])),
      ),
    })),
    single: false,
  };
}

const labelled = (method: Method, label: unknown): Readonly<Record<string, unknown>> =>
  label === undefined ? {} : { [labelOf(method)]: label };

const defined = (input: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** @throws WrongUse with the first fault, where it stands in front of it */
function check(
  method: Method,
  input: unknown,
  over: Readonly<Record<string, unknown>>,
  where: (path: readonly PropertyKey[]) => string,
): unknown {
  const parsed = method.fields.safeParse(input);
  if (parsed.success) return parsed.data;
  // A field that nobody knows is most often the one that is missed.
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) throw new Error('Zod refused without an issue.');
  const [name] = issue.path;
  const fields = fieldsOf(method);
  const fault = plainFault(
    issue,
    input,
    fields.map(([each]) => each),
  );
  const help = `See: concord measure ${method.name} --help`;
  if (typeof name === 'string' && Object.hasOwn(over, name))
    throw new WrongUse(`--${kebab(name)}${fault.slice(name.length)}. ${help}`);
  if (typeof name === 'string' && issue.path.length === 1 && !Object.hasOwn(input as object, name)) {
    const kind = fields.find(([each]) => each === name)?.[2].kind;
    throw new WrongUse(
      `${fault}. Give it in a file with --input${kind === 'document' ? '' : `, or as --${kebab(name)}`}. ${help}`,
    );
  }
  const sentence = `${where(issue.path)}${fault}. ${help}`;
  throw new WrongUse(sentence.charAt(0).toUpperCase() + sentence.slice(1));
}
