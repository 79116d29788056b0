import { formatDate, formatMonth } from '../duty/index.ts';
import { sourceTitle } from '../exchange/index.ts';
import type { ChangeWords } from '../partnership/index.ts';
import { denominatorLabels, disclosureLabels } from './indicator-form.ts';
import {
  comparatorLabels,
  periodTypeLabels,
  polarityLabels,
  unitLabels,
  type Counted,
  type Denominator,
  type MethodBreak,
  type Target,
} from './indicator.ts';
import { formatNames } from './source.ts';
import { findViolenceKind, selectionWords } from './violence-kinds.ts';

export function denominatorWords(denominator: Denominator): string {
  if (denominator.of !== 'population' || denominator.ages === null) return denominatorLabels[denominator.of];
  const { from, to } = denominator.ages;
  return `${denominatorLabels.population}, ${to === null ? `aged ${from} and over` : `aged ${from} to ${to}`}`;
}

/** What is counted, in words. */
export function countedWords(counted: Counted): string {
  if (counted.by === 'all') return 'Every row of the source';
  if (counted.by === 'rows') return `Rows: ${selectionWords(counted)}`;
  if (counted.kind === null) return 'What counts as serious violence, by the definition in force';
  return `${findViolenceKind(counted.kind)?.name ?? counted.kind}, by the definition in force`;
}

const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  unit: unitLabels,
  polarity: polarityLabels,
  period: periodTypeLabels,
  comparator: comparatorLabels,
  disclosure: disclosureLabels,
  source: Object.fromEntries(formatNames.map((name) => [name, sourceTitle(name)])),
};

/** How the history calls what changed in an indicator. */
export const indicatorWords: ChangeWords = {
  kinds: { indicator: 'Indicator' },
  columns: {
    name: 'Name',
    why: 'Why it matters',
    source: 'Source',
    counted: 'What is counted',
    denominator: 'Set against',
    unit: 'Unit',
    polarity: 'Direction',
    period: 'Period',
    target: 'Target',
    comparator: 'Compared with',
    breaks: 'Changes in how it is counted',
    owner: 'Owner',
    disclosure: 'Small numbers',
    ended_on: 'Watched until',
  },
  said(column, value) {
    if (typeof value === 'string') return labels[column]?.[value];
    if (column === 'counted') return countedWords(value as Counted);
    if (column === 'denominator') return denominatorWords(value as Denominator);
    if (column === 'target') return `${(value as Target).value} by ${formatDate((value as Target).by)}`;
    if (column === 'breaks')
      return (value as readonly MethodBreak[]).map(({ month }) => formatMonth(month)).join(', ') || 'none';
    return undefined;
  },
};
