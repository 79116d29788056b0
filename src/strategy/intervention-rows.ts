import { formatMoney, parseMoney } from '../duty/index.ts';
import { textCell, type Cells, type Column } from '../partnership/index.ts';
import {
  parseQuarter,
  stageLabels,
  stages,
  type Counts,
  type QuarterSeen,
  type QuarterWanted,
  type Seen,
  type Stage,
} from './intervention.ts';

/** Columns of the quarters as a file: what goes out comes in again, but for what is hidden. */
export const interventionColumns: readonly Column[] = [
  { name: 'Intervention', also: ['Programme', 'Name', 'Project'], isNeeded: true, about: 'As the list has it' },
  {
    name: 'Quarter',
    also: ['Period'],
    isNeeded: true,
    about: 'Its first month, such as 2026-04, or April to June 2026',
  },
  { name: 'Referred', also: ['Referrals'], isNeeded: true, about: 'How many people, 0 where nobody was' },
  { name: 'Started', also: ['Starts'], isNeeded: true, about: 'How many people began' },
  { name: 'Completed', also: ['Completions', 'Finished'], isNeeded: true, about: 'How many people completed it' },
  {
    name: 'Outcome reached',
    also: ['Outcome', 'Outcomes'],
    isNeeded: true,
    about: 'How many of those who completed it',
  },
  { name: 'Spent', also: ['Spend', 'Cost'], about: 'In pounds, such as £12,500' },
  { name: 'Words', also: ['Notes', 'Comment'], about: 'What was notable. Members see it: no names, no small numbers' },
];

/** The sign for a number that is hidden: confidential. */
const hiddenSign = '[c]';
export const seenText = (count: Seen): string => (count === 'hidden' ? hiddenSign : String(count));

export const quarterCells = (title: string, { quarter, counts, spentPence, words }: QuarterSeen): readonly string[] => [
  title,
  quarter,
  ...stages.map((stage) => seenText(counts[stage])),
  spentPence === null ? '' : formatMoney(spentPence),
  words ?? '',
];

export type QuarterRow =
  | { readonly does: 'refused'; readonly reason: string }
  | { readonly does: 'read'; readonly title: string; readonly wanted: QuarterWanted };

class RowRefused extends Error {}
const refuse = (reason: string): never => {
  throw new RowRefused(reason);
};

/** One row of a file of quarters. Whether the quarter may be kept is for `whyNotQuarter`. */
export function readQuarterRow(cells: Cells): QuarterRow {
  try {
    const cell = (name: string) => cells[name]?.trim() ?? '';
    const title = cell('Intervention');
    if (title === '') return refuse('Intervention: enter which one');
    const quarter =
      parseQuarter(cell('Quarter')) ??
      refuse(`Quarter: “${cell('Quarter').slice(0, 30)}” is none. Enter its first month, such as 2026-04`);
    const words = textCell('Words', cell('Words'), 1_000);
    const money = cell('Spent') === '' ? undefined : parseMoney(cell('Spent'));
    if (money?.done === false) return refuse(`Spent: ${money.sentence}`);
    return {
      does: 'read',
      title,
      wanted: {
        quarter,
        ...countsIn(cell),
        spentPence: money?.value ?? null,
        words: words.done ? words.value : refuse(words.sentence),
      },
    };
  } catch (error) {
    if (error instanceof RowRefused) return { does: 'refused', reason: error.message };
    throw error;
  }
}

function countsIn(cell: (name: string) => string): Counts {
  const count = (stage: Stage): number => {
    const [name, typed] = [stageLabels[stage], cell(stageLabels[stage])];
    if (typed === hiddenSign) return refuse(`${name}: the number is hidden in this file, so the row cannot be read in`);
    return /^\d{1,7}$/.test(typed) && Number(typed) <= 1_000_000
      ? Number(typed)
      : refuse(`${name}: “${typed.slice(0, 20)}” is no whole number up to 1,000,000. Enter 0 where nobody was`);
  };
  return {
    referred: count('referred'),
    started: count('started'),
    completed: count('completed'),
    outcome: count('outcome'),
  };
}

/** The reasons of several fields in one sentence, for a row of a file. */
export const reasonOf = (errors: Readonly<Record<string, string>>): string => Object.values(errors).join('. ');
