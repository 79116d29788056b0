import { z } from 'zod';
import { done, refused, type Outcome, type Period } from '../duty/index.ts';
import { unpivot, type Grid, type TidyRow } from '../platform/files/pivot.ts';
import { formatOf } from './formats/index.ts';
import { formatNames, type SourceFormat } from './source.ts';

/** How dates of the partner are written. The engine reads `english` by itself. */
export const dateStyles = ['english', 'american', 'serial'] as const;

/** What each part of a table with headings across becomes; null where it says nothing. Names of columns of the format. */
const pivotSchema = z.strictObject({
  period: z.string().nullable(),
  headings: z.string().nullable(),
  section: z.string().nullable(),
  value: z.string(),
});

/**
 * How the table of a partner becomes a file of a format: kept for the partner, and used again next quarter. Columns of the
 * format go by their names in a release (`area_code`), columns of the partner by their headers.
 */
export const mappingSchema = z.strictObject({
  format: z.enum(formatNames),
  /** Of a workbook; null takes the first sheet. */
  sheet: z.string().trim().min(1).max(100).nullable(),
  /** From 1. Rows above it are titles. Not used with headings across: there it is found. */
  headerRow: z.int().min(1).max(200),
  columns: z.array(z.strictObject({ from: z.string().min(1).max(200), to: z.string().max(60).nullable() })).max(200),
  /** What every row has, such as the code of the area of which the whole table is. */
  constants: z.record(z.string().max(60), z.string().min(1).max(200)),
  /** By column of the format: their words to ours, compared without capitals. */
  words: z.record(z.string().max(60), z.record(z.string().max(200), z.string().max(200))),
  dates: z.enum(dateStyles),
  /** Rows are single events of people: they are counted, and what remains says how many. */
  countsRows: z.boolean(),
  pivot: pivotSchema.nullable(),
});

export type Mapping = z.infer<typeof mappingSchema>;

export interface MappedRow {
  /** Where it stood: `row 7` or `C7`. Of rows that were counted, the first. */
  readonly at: string;
  /** In the order of the columns of the format. */
  readonly cells: readonly string[];
}

export interface Mapped {
  /** Headers of the format. */
  readonly header: readonly string[];
  readonly rows: readonly MappedRow[];
  /** What was not understood; nothing of it is in the rows. */
  readonly problems: readonly { readonly at: string; readonly sentence: string }[];
  /** Columns of the table that the mapping does not name: they are not read. */
  readonly ignored: readonly string[];
  /** Columns that the mapping names and the table does not have. */
  readonly missing: readonly string[];
}

const folded = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().toLowerCase();

/** Why it cannot make a file of its format: by field of the form. Nothing where it can. */
export function mistakesIn(mapping: Mapping): Readonly<Record<string, string>> {
  const { rules, level } = formatOf(mapping.format);
  const mistakes: Record<string, string> = {};
  const known = new Set(rules.columns.map(({ name }) => name));
  const { pivot } = mapping;
  const targets = [
    ...mapping.columns.flatMap(({ to }) => (to === null ? [] : [to])),
    ...(pivot === null ? [] : [pivot.period, pivot.headings, pivot.section, pivot.value].filter((to) => to !== null)),
    ...(mapping.countsRows && rules.standard.count !== undefined ? [rules.standard.count] : []),
    ...Object.keys(mapping.constants),
  ];
  const strange = [...targets, ...Object.keys(mapping.words)].find((name) => !known.has(name));
  if (strange !== undefined) mistakes['columns'] = `This format has no column “${strange}”`;
  const twice = targets.find((name, at) => targets.indexOf(name) !== at);
  if (twice !== undefined) mistakes['columns'] = `Two things become “${headerOf(mapping, twice)}”. Choose one of them`;
  const lacking = rules.columns.filter(
    ({ name, required, mayLack }) => (required === true || mayLack !== true) && !targets.includes(name),
  );
  if (lacking.length > 0)
    mistakes['columns'] ??= `Say where these come from: ${lacking.map(({ header }) => header).join(', ')}`;
  if (level === 'records' && (mapping.countsRows || pivot !== null))
    mistakes['format'] = 'Only a source of counts can be made by counting rows or from a table with headings across';
  if (mapping.countsRows && pivot !== null)
    mistakes['countsRows'] = 'A table with headings across has counts already. Choose one of the two';
  return mistakes;
}

const headerOf = ({ format }: Mapping, name: string): string =>
  formatOf(format).rules.columns.find((column) => column.name === name)?.header ?? name;

/**
 * Reads a table as a mapping says. Values that are not understood are problems, each with its place; rows without anything
 * in them are left out. Whether a value is right for its column is for the check of the load.
 */
export function applyMapping(grid: Grid, mapping: Mapping): Outcome<Mapped, 'not-valid'> {
  const [mistake] = Object.values(mistakesIn(mapping));
  if (mistake !== undefined) return refused('not-valid', mistake);
  return mapping.pivot === null ? fromRows(grid, mapping) : fromPivot(grid, mapping, mapping.pivot);
}

function fromRows(grid: Grid, mapping: Mapping): Outcome<Mapped, 'not-valid'> {
  const headers = (grid.rows[mapping.headerRow - 1] ?? []).map((text) => text.trim());
  if (headers.every((text) => text === ''))
    return refused('not-valid', `Row ${mapping.headerRow} has no names of columns. Say which row has them`);
  const places = new Map(headers.map((text, at) => [folded(text), at] as const).reverse());
  const missing = mapping.columns.filter(({ from, to }) => to !== null && !places.has(folded(from)));
  if (missing.length > 0)
    return refused(
      'not-valid',
      `The table has no column ${missing.map(({ from }) => `“${from}”`).join(', ')}. Its layout may have changed: change the mapping`,
    );
  const making = makerOf(mapping);
  for (const [row, cells] of grid.rows.entries()) {
    if (row < mapping.headerRow || cells.every((text) => text.trim() === '')) continue;
    const given = new Map(
      mapping.columns.flatMap(({ from, to }) =>
        to === null ? [] : [[to, (cells[places.get(folded(from)) ?? -1] ?? '').trim()] as const],
      ),
    );
    making.take(`row ${row + 1}`, given);
  }
  const named = new Set(mapping.columns.map(({ from }) => folded(from)));
  return done(
    making.made(
      headers.filter((text) => text !== '' && !named.has(folded(text))),
      [],
    ),
  );
}

function fromPivot(grid: Grid, mapping: Mapping, pivot: NonNullable<Mapping['pivot']>): Outcome<Mapped, 'not-valid'> {
  const table = unpivot(grid);
  if (!table.done) return table;
  const { labelNames, rows, unread, totals } = table.value;
  const making = makerOf(mapping);
  for (const { at, text } of unread) making.doubt(at, `“${text}” is neither a number nor a symbol`);
  for (const { at, says, sum, verdict } of totals)
    if (verdict === 'differs') making.doubt(at, `The total says ${says}, its parts make ${sum}. Ask the partner`);
  const places = new Map(labelNames.map((name, at) => [folded(name), at] as const).reverse());
  for (const row of rows) {
    if (row.cell.state === 'absent') continue;
    const period = row.period === undefined ? undefined : periodText(row.period);
    if (pivot.period !== null && period === undefined) {
      making.doubt(row.at, 'The heading names no month, quarter of a financial year, or financial year');
      continue;
    }
    const given = new Map<string, string>();
    for (const { from, to } of mapping.columns)
      if (to !== null) given.set(to, row.labels[places.get(folded(from)) ?? -1] ?? '');
    if (pivot.period !== null) given.set(pivot.period, period ?? '');
    if (pivot.headings !== null) given.set(pivot.headings, row.headings.join(', '));
    if (pivot.section !== null) given.set(pivot.section, row.section ?? '');
    given.set(pivot.value, cellText(row.cell));
    making.take(row.at, given);
  }
  const named = new Set(mapping.columns.map(({ from }) => folded(from)));
  return done(
    making.made(
      labelNames.filter((name) => name !== '' && !named.has(folded(name))),
      mapping.columns.flatMap(({ from, to }) => (to === null || places.has(folded(from)) ? [] : [from])),
    ),
  );
}

/** Collects rows of the format: constants, words and dates are put in, and rows are counted where the mapping says so. */
function makerOf(mapping: Mapping) {
  const { columns, standard } = formatOf(mapping.format).rules;
  const words = new Map(
    Object.entries(mapping.words).map(([name, pairs]) => [
      name,
      new Map(Object.entries(pairs).map(([theirs, ours]) => [folded(theirs), ours])),
    ]),
  );
  const rows: { at: string; cells: string[] }[] = [];
  const counted = new Map<string, { at: string; cells: string[]; count: number }>();
  const problems: { at: string; sentence: string }[] = [];
  const doubt = (at: string, sentence: string) => void problems.push({ at, sentence });
  const take = (at: string, given: ReadonlyMap<string, string>) => {
    const cells = columns.map((column) => {
      const { name, header, type, oneOf } = column;
      const text = given.get(name) ?? mapping.constants[name] ?? '';
      const ours = words.get(name)?.get(folded(text));
      if (ours !== undefined) return ours;
      if (text !== '' && oneOf !== undefined && !oneOf.includes(text)) {
        const same = oneOf.find((each) => folded(each) === folded(text));
        if (same === undefined)
          doubt(at, `${header}: “${text}” is none of the words of this format. Say what it means`);
        return same ?? text;
      }
      if (text !== '' && (type === 'date' || type === 'moment' || type === 'period') && mapping.dates !== 'english') {
        const date = dateOf(text, mapping.dates);
        if (date === undefined) doubt(at, `${header}: “${text}” is not a date of the kind that the mapping names`);
        return (type === 'period' ? date?.slice(0, 7) : date) ?? text;
      }
      if (text !== '' && type === 'period' && mapping.countsRows) return monthOf(text) ?? text;
      return text;
    });
    if (!mapping.countsRows) {
      rows.push({ at, cells });
      return;
    }
    const key = JSON.stringify(cells);
    const known = counted.get(key);
    if (known === undefined) counted.set(key, { at, cells, count: 1 });
    else known.count += 1;
  };
  const made = (ignored: readonly string[], missing: readonly string[]): Mapped => {
    const place = columns.findIndex(({ name }) => name === standard.count);
    return {
      header: columns.map(({ header }) => header),
      rows: [
        ...rows,
        ...[...counted.values()].map(({ at, cells, count }) => ({ at, cells: cells.with(place, String(count)) })),
      ],
      problems,
      ignored,
      missing,
    };
  };
  return { take, doubt, made };
}

/** A period as the type `period` reads it; undefined for one that a row cannot stand for. */
function periodText({ from, to }: Period): string | undefined {
  if (from === to) return from;
  const year = Number(from.slice(0, 4));
  const month = Number(from.slice(5));
  const months = (Number(to.slice(0, 4)) - year) * 12 + Number(to.slice(5)) - month + 1;
  const begins = month >= 4 ? year : year - 1;
  const named = `${begins}/${String((begins + 1) % 100).padStart(2, '0')}`;
  if (months === 12 && month === 4) return named;
  if (months === 3 && month % 3 === 1) return `${named} Q${month === 1 ? 4 : (month - 1) / 3}`;
  return undefined;
}

function cellText(cell: TidyRow['cell']): string {
  switch (cell.state) {
    case 'value':
      return String(cell.value);
    case 'low':
      return `<${cell.below}`;
    case 'hidden':
      return '*';
    case 'confidential':
      return 'c';
    case 'not-available':
      return '-';
    case 'absent':
      return '';
  }
}

/** ISO text of a date that is written month first, or as the days since 1899 that a spreadsheet keeps. */
function dateOf(text: string, style: 'american' | 'serial'): string | undefined {
  if (style === 'serial') {
    const days = /^\d{5}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(days)) return undefined;
    // Day 25,569 is 1970-01-01; the system of 1904 is not guessed.
    const moment = new Date(Math.round((days - 25_569) * 1_440) * 60_000).toISOString();
    return Number.isInteger(days) ? moment.slice(0, 10) : `${moment.slice(0, 10)} ${moment.slice(11, 16)}`;
  }
  const [, month, day, year, time] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})( \d{1,2}:\d{2}(?::\d{2})?)?$/.exec(text) ?? [];
  if (month === undefined || Number(month) > 12) return undefined;
  return `${year ?? ''}-${month.padStart(2, '0')}-${(day ?? '').padStart(2, '0')}${time ?? ''}`;
}

/** The month of a day, so that days of a month are counted together. */
function monthOf(text: string): string | undefined {
  const [, year, month] = /^(\d{4})-(\d{2})-\d{2}/.exec(text) ?? [];
  if (year !== undefined) return `${year}-${month ?? ''}`;
  const [, , second, third] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(text) ?? [];
  return third === undefined ? undefined : `${third}-${(second ?? '').padStart(2, '0')}`;
}

/** A mapping to begin with: columns whose names the format knows are taken, the rest waits for a decision. */
export function guessedMapping(format: SourceFormat, headers: readonly string[]): Mapping {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const byName = new Map(
    format.rules.columns.flatMap(({ header, aliases = [], name }) =>
      [header, ...aliases].map((each) => [bare(each), name] as const),
    ),
  );
  const taken = new Set<string>();
  return {
    format: format.name,
    sheet: null,
    headerRow: 1,
    columns: [...new Set(headers.map((header) => header.trim()).filter((header) => header !== ''))].map((from) => {
      const to = byName.get(bare(from)) ?? null;
      if (to === null || taken.has(to)) return { from, to: null };
      taken.add(to);
      return { from, to };
    }),
    constants: {},
    words: {},
    dates: 'english',
    countsRows: false,
    pivot: null,
  };
}
