import { formatMonth } from '../duty/index.ts';
import type { FigureRow } from './figure.ts';
import type { ViewDocument, ViewShown } from './view-document.ts';

/** A column of numbers or words that a measure fills, beside those of its breakdown. */
export interface ValueColumn {
  readonly field: string;
  readonly heading: string;
  readonly decimals: number;
}

const column = (field: string, heading: string, decimals = 0): ValueColumn => ({ field, heading, decimals });
const interval = (decimals: number) => [column('lower', 'Low', decimals), column('upper', 'High', decimals)];

const columnsByMeasure: Readonly<Record<string, readonly ValueColumn[]>> = {
  count: [column('count', 'Number'), ...interval(1)],
  rate: [
    column('estimate', 'Rate per 100,000', 1),
    ...interval(1),
    column('count', 'Counted'),
    column('denominator', 'People'),
  ],
  change: [
    column('before', 'Before'),
    column('after', 'Now'),
    column('estimate', 'Change, per cent', 1),
    ...interval(1),
    column('verdict', 'What can be said'),
  ],
  trend: [
    column('count', 'Counted'),
    column('estimate', 'Change a year, per cent', 1),
    ...interval(1),
    column('verdict', 'What can be said'),
  ],
  'control-chart': [
    column('count', 'Number'),
    column('estimate', 'Usual', 1),
    column('lower', 'Lower limit', 1),
    column('upper', 'Upper limit', 1),
    column('signal', 'Not usual'),
  ],
  comparison: [
    column('estimate', 'Ratio', 2),
    ...interval(2),
    column('count', 'Counted here'),
    column('elsewhere', 'Counted elsewhere'),
  ],
  'standardised-rate': [
    column('estimate', 'Rate per 100,000, age-standardised', 1),
    ...interval(1),
    column('count', 'Counted'),
    column('denominator', 'People'),
  ],
  'relative-rate': [
    column('estimate', 'Times as often', 2),
    ...interval(2),
    column('count', 'Counted'),
    column('denominator', 'People'),
    column('ratePer100000', 'Rate per 100,000', 1),
    column('ratioLeast', 'At the least', 2),
    column('ratioMost', 'At the most', 2),
  ],
  harm: [
    column('count', 'Counted'),
    column('estimate', 'Harm', 0),
    ...interval(0),
    column('rankByCount', 'Rank by count'),
    column('rankByHarm', 'Rank by harm'),
    column('rankLow', 'Rank, from', 0),
    column('rankHigh', 'Rank, to', 0),
    column('verdict', 'What can be said'),
  ],
  'hot-spots': [
    column('count', 'Number'),
    column('estimate', 'Standard deviations from chance', 1),
    column('qValue', 'Chance of a false find (q)', 3),
    column('verdict', 'What can be said'),
  ],
  'hot-spot-cells': [
    column('count', 'Number'),
    column('estimate', 'Standard deviations from chance', 1),
    column('qValue', 'Chance of a false find (q)', 3),
    column('verdict', 'What can be said'),
  ],
  'near-repeat': [
    column('count', 'Pairs'),
    column('denominator', 'Pairs by chance', 1),
    column('estimate', 'Times as many', 2),
    column('pValue', 'By chance (p)', 3),
    column('verdict', 'What can be said'),
  ],
  coverage: [column('count', 'Rows')],
  concentration: [
    column('count', 'Counted'),
    column('denominator', 'Small areas'),
    column('areasWithHalf', 'Areas with half of all'),
    column('estimate', 'Unevenness, 0 to 1', 2),
  ],
};

const otherwise: readonly ValueColumn[] = [column('count', 'Number'), column('estimate', 'Result', 2), ...interval(2)];

/** Columns of values of a view. */
export const valueColumns = ({ measure }: ViewDocument): readonly ValueColumn[] =>
  columnsByMeasure[measure.name] ?? otherwise;

/** Names of the breakdown whose values stand in the rows. */
export const keyColumns = ({ by, rows }: ViewDocument): readonly string[] =>
  [...new Set([...by, ...(rows.some((row) => row['month'] !== undefined) ? ['month'] : [])])].filter((name) =>
    rows.some((row) => row[name] !== undefined),
  );

const headings: Readonly<Record<string, string>> = {
  month: 'Month',
  category: 'Category',
  area: 'Area',
  provider: 'Sent by',
  cell: 'Square (south-west corner, metres)',
};

/** "Month", "Last outcome category". */
export const headingOf = (name: string): string =>
  headings[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;

/** A value of a breakdown as people read it. */
export function keyWords(name: string, value: unknown, names: ViewShown['names']): string {
  if (typeof value !== 'string' || value === '') return name === 'area' ? 'Without a place' : 'Not said';
  if (name === 'month') return formatMonth(value);
  return (name === 'area' || name === 'category') && names[value] !== undefined ? names[value] : value;
}

/** Why a cell has no number, in words that stand in its place; undefined where it has one. */
export function whyNoNumber({ state, reason }: Pick<FigureRow, 'state' | 'reason'>): string | undefined {
  if (state === 'shown') return undefined;
  if (state === 'hidden') return 'Hidden: too small a number could be worked out';
  if (state === 'absent') return `No data. ${reason ?? ''}`.trim();
  return `Cannot be said. ${reason ?? ''}`.trim();
}

/** A value of a cell as people read it. */
export function valueWords(value: unknown, decimals: number): string {
  if (typeof value === 'number')
    return value.toLocaleString('en-GB', {
      maximumFractionDigits: decimals,
      minimumFractionDigits: Number.isInteger(value) ? 0 : decimals,
    });
  if (value === true) return 'Yes';
  return typeof value === 'string' ? value : '–';
}
