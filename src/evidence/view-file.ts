import { headingOf, keyColumns, keyWords, valueColumns } from './view-words.ts';
import type { ViewDocument, ViewShown } from './view-document.ts';

const always = ['count', 'estimate', 'lower', 'upper', 'level', 'denominator'] as const;

/** Columns of the file of a view: the same for every measure, then what this one adds. */
function columnsOf(document: ViewDocument): readonly string[] {
  const more = valueColumns(document)
    .map(({ field }) => field)
    .filter((field) => !(always as readonly string[]).includes(field));
  const keys = keyColumns(document);
  return [...keys, ...(keys.includes('area') ? ['areaName'] : []), 'state', 'reason', ...always, ...more];
}

/** A view as a table: a hidden cell is empty, and its state says so. */
export function tableOf({ document, names }: Pick<ViewShown, 'document' | 'names'>): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
} {
  const header = columnsOf(document);
  const rows = document.rows.map((row) =>
    header.map((name) => {
      const value = name === 'areaName' ? keyWords('area', row['area'], names) : row[name];
      return typeof value === 'string' || typeof value === 'number' ? value : null;
    }),
  );
  return { header, rows };
}

const about: Readonly<Record<string, readonly [string, 'string' | 'decimal' | 'gYearMonth']>> = {
  month: ['Month', 'gYearMonth'],
  areaName: ['Name of the area', 'string'],
  state: ['shown, hidden (there is a number, and it is not told), absent (nothing is known) or refused', 'string'],
  reason: ['Why there is no number', 'string'],
  count: ['How many were counted', 'decimal'],
  estimate: ['What the measure says', 'decimal'],
  lower: ['Lower end of the interval, or lower limit', 'decimal'],
  upper: ['Upper end of the interval, or upper limit', 'decimal'],
  level: ['Confidence of the interval', 'decimal'],
  denominator: ['What it is set against', 'decimal'],
  verdict: ['What can be said', 'string'],
  signal: ['Why a month is not usual', 'string'],
};
const numbers = new Set([
  'before',
  'after',
  'elsewhere',
  'areasWithHalf',
  'ratePer100000',
  'excess',
  'ratioLeast',
  'ratioMost',
  'shareOfAll',
  'rankByCount',
  'rankByHarm',
  'rankLow',
  'rankHigh',
  'qValue',
  'pValue',
  'least',
  'most',
  'graveEvents',
  'withoutAge',
]);

/** What the columns of the file are, and the passport: CSV on the Web (W3C, 2015). */
export function csvMetadata({ document, source }: ViewShown, file: string): Record<string, unknown> {
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en-GB' }],
    url: file,
    'dc:title': document.title,
    'dc:source': source.title,
    'dc:identifier': document.view,
    'dc:description': [
      ...document.notes,
      'Text that a spreadsheet would take for a formula begins with an apostrophe.',
    ].join(' '),
    dialect: { encoding: 'utf-8', header: true, lineTerminators: ['\r\n'] },
    tableSchema: {
      columns: columnsOf(document).map((name) => {
        const [description, datatype] = about[name] ?? [headingOf(name), numbers.has(name) ? 'decimal' : 'string'];
        return { name, titles: name, 'dc:description': description, datatype, null: '' };
      }),
    },
    'urn:concord:passport': JSON.stringify({ figure: document.id, ...document.passport }),
  };
}
