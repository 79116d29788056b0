import { z } from 'zod';
import { done, refused, type Outcome } from '../duty/index.ts';
import { formatOf } from './formats/index.ts';
import { dateStyles, guessedMapping, mappingSchema, type Mapping } from './mapping.ts';
import { formatNames, type SourceFormat } from './source.ts';

export const newMappingForm = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(200, 'Enter a name of 200 characters or fewer'),
  organisation: z.union([z.uuid(), z.literal('')], 'Choose one from the list').default(''),
  format: z.enum(formatNames, 'Choose what the table becomes'),
});

const lines = z.string().max(20_000, 'Enter 20,000 characters or fewer').default('');

/** Beside the fields that it names: `from-0` and `to-0`, `from-1` and `to-1` … for the columns of the table. */
export const mappingForm = z.looseObject({
  version: z.coerce.number().int().min(1),
  headerRow: z.coerce.number('Enter the number of a row').int().min(1, 'Enter 1 or more').max(200, 'Enter 200 or less'),
  dates: z.enum(dateStyles, 'Choose how dates are written'),
  shape: z.enum(['rows', 'events', 'across'], 'Choose what a row is'),
  headings: z.string().max(60).default(''),
  section: z.string().max(60).default(''),
  constants: lines,
  words: lines,
});

export type MappingTyped = z.infer<typeof mappingForm>;

const mostColumns = 200;

/** What was typed, as a mapping. By field: what is wrong with it. */
export function typedMapping(
  before: Mapping,
  typed: MappingTyped,
): Outcome<Mapping, 'not-valid'> & { readonly field?: string } {
  const format = formatOf(before.format);
  const columns = [];
  for (let place = 0; place < mostColumns; place += 1) {
    const [from, to] = [typed[`from-${place}`], typed[`to-${place}`]];
    if (typeof from !== 'string' || from === '') break;
    columns.push({ from, to: typeof to === 'string' && to !== '' ? to : null });
  }
  const constants = pairsIn(format, typed.constants);
  if (!constants.done) return { ...constants, field: 'constants' };
  const words: Record<string, Record<string, string>> = {};
  for (const line of linesOf(typed.words)) {
    const at = line.indexOf(':');
    const column = at === -1 ? undefined : columnCalled(format, line.slice(0, at));
    const [theirs, ours] = line
      .slice(at + 1)
      .split('=')
      .map((text) => text.trim());
    if (column === undefined || theirs === undefined || theirs === '' || ours === undefined || ours === '')
      return {
        ...refused('not-valid', `“${line}” is not read. Write a column of the source, a colon, their word, = and ours`),
        field: 'words',
      };
    words[column] = { ...words[column], [theirs]: ours };
  }
  const { standard } = format.rules;
  const isAcross = typed.shape === 'across';
  const named = (name: string) => (name === '' ? null : name);
  const pivot =
    isAcross && standard.count !== undefined
      ? {
          period: typeof standard.month === 'string' ? standard.month : null,
          headings: named(typed.headings),
          section: named(typed.section),
          value: standard.count,
        }
      : null;
  if (isAcross && pivot === null)
    return {
      ...refused('not-valid', 'Only a source of counts can be made from a table with headings across'),
      field: 'shape',
    };
  const read = mappingSchema.safeParse({
    ...before,
    headerRow: typed.headerRow,
    dates: typed.dates,
    columns,
    constants: constants.value,
    words,
    countsRows: typed.shape === 'events',
    pivot,
  });
  return read.success ? done(read.data) : { ...refused('not-valid', 'A word or a name is too long'), field: 'words' };
}

function pairsIn(format: SourceFormat, text: string): Outcome<Record<string, string>, 'not-valid'> {
  const pairs: Record<string, string> = {};
  for (const line of linesOf(text)) {
    const at = line.indexOf('=');
    const column = at === -1 ? undefined : columnCalled(format, line.slice(0, at));
    const value = line.slice(at + 1).trim();
    if (column === undefined || value === '')
      return refused('not-valid', `“${line}” is not read. Write a column of the source, = and the value`);
    pairs[column] = value;
  }
  return done(pairs);
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const columnCalled = ({ rules }: SourceFormat, header: string): string | undefined =>
  rules.columns.find((column) => column.header.toLowerCase() === header.trim().toLowerCase())?.name;

/** A mapping as its form shows it. */
export function typedOf({ format, ...mapping }: Mapping): Readonly<Record<string, string>> {
  const header = (name: string) =>
    formatOf(format).rules.columns.find((column) => column.name === name)?.header ?? name;
  return {
    headerRow: String(mapping.headerRow),
    dates: mapping.dates,
    shape: mapping.pivot !== null ? 'across' : mapping.countsRows ? 'events' : 'rows',
    headings: mapping.pivot?.headings ?? '',
    section: mapping.pivot?.section ?? '',
    constants: Object.entries(mapping.constants)
      .map(([name, value]) => `${header(name)} = ${value}`)
      .join('\n'),
    words: Object.entries(mapping.words)
      .flatMap(([name, pairs]) => Object.entries(pairs).map(([theirs, ours]) => `${header(name)}: ${theirs} = ${ours}`))
      .join('\n'),
    ...Object.fromEntries(mapping.columns.map(({ to }, place) => [`to-${place}`, to ?? ''])),
  };
}

/** Columns to be asked about: those of the mapping, then those that only the table has. */
export function columnsToAsk(mapping: Mapping, rows: readonly (readonly string[])[]): readonly string[] {
  const here = guessedMapping(formatOf(mapping.format), rows[mapping.headerRow - 1] ?? []);
  return [...new Set([...mapping.columns, ...here.columns].map(({ from }) => from))].slice(0, mostColumns);
}
