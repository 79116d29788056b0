import { markingLabels, markingLine, type IsoDate } from '../duty/index.ts';
import { lastDayOf, levelLabels, stateLabels, stateOn, type Agreement, type Level } from './agreement.ts';
import { gateways, type Gateway } from './gateway.ts';
import { sourceTitle, type SourceName } from './source.ts';

/** The columns of the file of agreements, as `agreementCells` fills them. */
export const agreementColumns = [
  'Title',
  'State',
  'Purpose',
  'Senders',
  'Receivers',
  'Data',
  'Level of detail',
  'Power to share',
  'Marking of the data',
  'Signed',
  'From',
  'Until',
  'Last day',
  'Review',
  'Ended because',
  'Notes',
] as const;

export function agreementCells(agreement: Agreement, day: IsoDate): readonly string[] {
  const names = (role: 'sends' | 'receives') =>
    agreement.parties.flatMap((party) => (party.role === role || party.role === 'both' ? [party.name] : [])).join('; ');
  return [
    agreement.title,
    stateLabels[stateOn(agreement, day)],
    agreement.purpose,
    names('sends'),
    names('receives'),
    agreement.sources.map(sourceTitle).join('; '),
    levelLabels[agreement.level],
    gateways[agreement.gateway].label,
    markingLine(agreement.marking),
    agreement.signedOn ?? '',
    agreement.starts ?? '',
    agreement.ends ?? '',
    lastDayOf(agreement) ?? '',
    agreement.reviewDue ?? '',
    agreement.endedBecause ?? '',
    agreement.notes ?? '',
  ];
}

/** A form as it is filled in. */
type Filled = Readonly<Record<string, string | readonly string[]>>;

const labels: Readonly<Record<string, string>> = {
  title: 'Title',
  purpose: 'What the data are shared for',
  sources: 'Data that it covers',
  level: 'Level of detail',
  gateway: 'Power to share',
  sender: 'Who sends',
  receiver: 'Who receives',
  marking: 'Marking of the data',
  handling: 'Handling',
  signedOn: 'Signed on',
  starts: 'From',
  ends: 'Until',
  reviewDue: 'Review',
  notes: 'Notes',
};

/** What stands in a field, whatever the order and the empty lines of a list. */
const cellsOf = (form: Filled, field: string): readonly string[] => {
  const given = form[field] ?? '';
  return typeof given === 'string'
    ? [given.replaceAll('\r\n', '\n').trim()]
    : given.filter((cell) => cell !== '').toSorted();
};

/** The fields in which two forms differ. */
export const fieldsThatDiffer = (a: Filled, b: Filled): readonly string[] =>
  Object.keys(labels).filter((field) => JSON.stringify(cellsOf(a, field)) !== JSON.stringify(cellsOf(b, field)));

/** The same in words, for whoever has to choose between what is kept and what they typed. */
export function differingOfAgreement(
  kept: Filled,
  typed: Filled,
  organisations: readonly { readonly id: string; readonly name: string }[],
): readonly { readonly label: string; readonly kept: string; readonly typed: string }[] {
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  const word = (field: string, value: string): string => {
    if (value === '') return '';
    if (field === 'sender' || field === 'receiver') return names.get(value) ?? value;
    if (field === 'sources') return sourceTitle(value as SourceName);
    if (field === 'level') return levelLabels[value as Level];
    if (field === 'gateway') return gateways[value as Gateway].label;
    if (field === 'marking') return markingLabels[value as keyof typeof markingLabels];
    return value;
  };
  const said = (form: Filled, field: string) =>
    cellsOf(form, field)
      .map((value) => word(field, value))
      .join('; ');
  return fieldsThatDiffer(kept, typed).map((field) => ({
    label: labels[field] ?? field,
    kept: said(kept, field),
    typed: said(typed, field),
  }));
}
