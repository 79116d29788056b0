import { formatMoney, parseMoney, type PartialDate } from '../duty/index.ts';
import type { ActionWanted, Action, OpenStatus, Tier } from './action.ts';
import {
  actionName,
  fundingLabels,
  fundings,
  openStatuses,
  originLabels,
  origins,
  statusLabels,
  themeLabels,
  themes,
  tiers,
} from './action.ts';
import { dateCell, textCell, type Cells, type Column } from '../partnership/index.ts';

/** Columns of the plan as a file: what goes out comes in again. */
export const planColumns: readonly Column[] = [
  { name: 'Number', also: ['No', 'Ref', 'Reference', 'ID', 'Action no'], about: 'Such as A12. Empty for a new action' },
  { name: 'Action', also: ['Title', 'What', 'Activity', 'Task'], isNeeded: true, about: 'What will be done' },
  { name: 'About', also: ['Description', 'Details', 'Notes'], about: 'More about it' },
  { name: 'Aims', also: ['Aim', 'Strategic aim', 'Objective'], about: 'Titles of aims, with a semicolon between them' },
  {
    name: 'Priorities',
    also: ['Priority', 'CSP priority'],
    about: 'Titles of priorities, with a semicolon between them',
  },
  { name: 'Lead organisation', also: ['Lead', 'Lead agency', 'Lead body'], about: 'As the register has it' },
  { name: 'Owner', also: ['Lead officer', 'Responsible', 'Named owner'], about: 'A post or a name' },
  { name: 'Partners', also: ['Partner'], about: 'Organisations, with a semicolon between them' },
  { name: 'From', also: ['Start', 'Start date'], about: 'A date, also a partial one such as early 2026' },
  { name: 'Done by', also: ['Due', 'Due date', 'Deadline', 'Target date', 'Timescale', 'By when'], about: 'A date' },
  { name: 'Status', also: ['RAG', 'State', 'Progress'], about: 'Planned, Under way, At risk or Blocked' },
  { name: 'Why', also: ['Reason', 'RAG reason', 'Update', 'Comments'], about: 'Why it stands so' },
  { name: 'Theme', also: ['Strand'], about: 'One of the four themes' },
  { name: 'Tiers', also: ['Tier', 'Prevention tier'], about: 'Primary, secondary, tertiary' },
  { name: 'Origin', also: ['New or existing'], about: 'Already under way, Changed for this plan, or New' },
  { name: 'Money', also: ['Funding', 'Funded'], about: 'Funded, Within existing budgets, or Not funded' },
  { name: 'Cost', also: ['Budget'], about: 'In pounds, such as £12,500' },
  { name: 'Named under s.8(5)', also: ['s.8(5)'], about: 'Yes or no' },
  { name: 'Evidence', about: 'Why it should work' },
  { name: 'Expected effect', also: ['Outcome', 'Measure'], about: 'What should change' },
];

/** What stands in the columns of an action. @param names of organisations, aims and priorities by id */
export function actionCells(
  action: Action,
  names: ReadonlyMap<string, string>,
  axisOf: ReadonlyMap<string, 'aim' | 'priority'>,
): readonly string[] {
  const named = (ids: readonly string[]) => ids.flatMap((id) => names.get(id) ?? []).join('; ');
  return [
    actionName(action),
    action.title,
    action.about ?? '',
    named(action.aimIds.filter((id) => axisOf.get(id) === 'aim')),
    named(action.aimIds.filter((id) => axisOf.get(id) === 'priority')),
    action.leadName ?? '',
    action.owner ?? '',
    named(action.partnerIds),
    action.starts?.text ?? '',
    action.due?.text ?? '',
    statusLabels[action.status],
    action.reason ?? '',
    themeLabels[action.theme],
    action.tiers.join('; '),
    originLabels[action.origin],
    fundingLabels[action.funding],
    action.costPence === null ? '' : formatMoney(action.costPence),
    action.isNamed ? 'Yes' : 'No',
    action.evidence ?? '',
    action.effect ?? '',
  ];
}

/** What a plan knows while a file is read: names in small letters. */
export interface PlanKnown {
  readonly byNumber: ReadonlyMap<number, Action>;
  readonly byTitle: ReadonlyMap<string, Action>;
  readonly organisations: ReadonlyMap<string, string>;
  readonly aims: ReadonlyMap<string, string>;
  readonly priorities: ReadonlyMap<string, string>;
}

export type RowRead =
  | { readonly does: 'refused'; readonly reason: string }
  | { readonly does: 'added'; readonly wanted: ActionWanted }
  | { readonly does: 'changed' | 'unchanged'; readonly id: string; readonly wanted: ActionWanted };

/** The words that other people's plans use for a status. "Complete" is none: nothing closes from a file. */
const statusWords: Readonly<Record<string, OpenStatus>> = {
  planned: 'planned',
  'not started': 'planned',
  new: 'planned',
  'under way': 'under-way',
  underway: 'under-way',
  'in progress': 'under-way',
  ongoing: 'under-way',
  'on track': 'under-way',
  green: 'under-way',
  'at risk': 'at-risk',
  amber: 'at-risk',
  delayed: 'at-risk',
  blocked: 'blocked',
  red: 'blocked',
  'on hold': 'blocked',
};
const closedWords = new Set(['done', 'complete', 'completed', 'closed', 'stopped', 'cancelled', 'blue']);

class RowRefused extends Error {}
const refuse = (reason: string): never => {
  throw new RowRefused(reason);
};

/** One row of a plan, against what is there. Cells that are empty leave what is kept as it is. */
export function readActionRow(cells: Cells, known: PlanKnown): RowRead {
  try {
    return read(cells, known);
  } catch (error) {
    if (error instanceof RowRefused) return { does: 'refused', reason: error.message };
    throw error;
  }
}

function read(cells: Cells, known: PlanKnown): RowRead {
  const cell = (name: string): string => cells[name] ?? '';
  const text = (name: string, most: number): string | null => {
    const outcome = textCell(name, cell(name), most);
    return outcome.done ? outcome.value : refuse(outcome.sentence);
  };
  const title = text('Action', 300) ?? refuse('Action: enter what will be done');
  const there = findAction(cell('Number'), title, known);
  const base: ActionWanted = there ?? newAction(title);
  if (there !== undefined && (there.status === 'done' || there.status === 'stopped'))
    return refuse(`${actionName(there)} is closed, so a file does not change it`);
  const status = cell('Status') === '' ? (base.status as OpenStatus) : statusOf(cell('Status'));
  const reason = text('Why', 2_000) ?? base.reason;
  if ((status === 'at-risk' || status === 'blocked') && reason === null)
    return refuse(`Why: enter why it is ${statusLabels[status].toLowerCase()}`);
  const date = (name: string, otherwise: PartialDate | null): PartialDate | null => {
    const outcome = dateCell(name, cell(name));
    return outcome.done ? (outcome.value ?? otherwise) : refuse(outcome.sentence);
  };
  const aims = [
    ...(cell('Aims') === '' ? base.aimIds.filter((id) => has(known.aims, id)) : ids('Aims', cell('Aims'), known.aims)),
    ...(cell('Priorities') === ''
      ? base.aimIds.filter((id) => has(known.priorities, id))
      : ids('Priorities', cell('Priorities'), known.priorities)),
  ];
  const lead = ids('Lead organisation', cell('Lead organisation'), known.organisations);
  if (lead.length > 1) return refuse('Lead organisation: enter one, and the others under Partners');
  const wanted: ActionWanted = {
    ...base,
    title,
    about: text('About', 4_000) ?? base.about,
    aimIds: aims.sort(),
    leadId: lead[0] ?? base.leadId,
    owner: text('Owner', 200) ?? base.owner,
    partnerIds:
      cell('Partners') === '' ? base.partnerIds : ids('Partners', cell('Partners'), known.organisations).sort(),
    starts: date('From', base.starts),
    due: date('Done by', base.due),
    status,
    reason,
    theme: oneOf('Theme', cell('Theme'), themes, themeLabels) ?? base.theme,
    tiers: cell('Tiers') === '' ? base.tiers : tiersOf(cell('Tiers')),
    origin: oneOf('Origin', cell('Origin'), origins, originLabels) ?? base.origin,
    funding: oneOf('Money', cell('Money'), fundings, fundingLabels) ?? base.funding,
    costPence: cell('Cost') === '' ? base.costPence : costOf(cell('Cost')),
    isNamed: cell('Named under s.8(5)') === '' ? base.isNamed : yesNo(cell('Named under s.8(5)')),
    evidence: text('Evidence', 2_000) ?? base.evidence,
    effect: text('Expected effect', 500) ?? base.effect,
  };
  if (there === undefined) return { does: 'added', wanted };
  return { does: isSame(there, wanted) ? 'unchanged' : 'changed', id: there.id, wanted };
}

const has = (known: ReadonlyMap<string, string>, id: string): boolean => [...known.values()].includes(id);

function findAction(number: string, title: string, known: PlanKnown): Action | undefined {
  if (number === '') return known.byTitle.get(title.toLowerCase());
  const found = /^a?0*(\d{1,5})$/i.exec(number);
  if (found === null)
    return refuse(`Number: “${number.slice(0, 20)}” is none. Enter one such as A12, or leave it empty`);
  const there = known.byNumber.get(Number(found[1]));
  return there ?? known.byTitle.get(title.toLowerCase());
}

function statusOf(typed: string): OpenStatus {
  const word = typed.trim().toLowerCase().replaceAll('-', ' ');
  const status = statusWords[word];
  if (status !== undefined) return status;
  if (closedWords.has(word))
    return refuse('Status: an action is closed on its page, with what came of it and what was learned');
  return refuse(
    `Status: “${typed.slice(0, 30)}” is none. Enter ${openStatuses.map((each) => statusLabels[each]).join(', ')}`,
  );
}

function ids(column: string, cell: string, known: ReadonlyMap<string, string>): string[] {
  const names = cell
    .split(/[;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return [
    ...new Set(
      names.map(
        (name) =>
          known.get(name.toLowerCase()) ?? refuse(`${column}: “${name.slice(0, 60)}” is not known. Add it first`),
      ),
    ),
  ];
}

function oneOf<T extends string>(
  column: string,
  cell: string,
  all: readonly T[],
  labels: Readonly<Record<T, string>>,
): T | null {
  if (cell === '') return null;
  const word = cell.trim().toLowerCase();
  return (
    all.find((each) => labels[each].toLowerCase() === word || each === word.replaceAll(' ', '-')) ??
    refuse(`${column}: “${cell.slice(0, 40)}” is none. Enter ${all.map((each) => labels[each]).join(', ')}`)
  );
}

function tiersOf(cell: string): readonly Tier[] {
  const words = cell
    .toLowerCase()
    .split(/[;,\n/]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const unknown = words.find((word) => !(tiers as readonly string[]).includes(word));
  if (unknown !== undefined) return refuse(`Tiers: “${unknown.slice(0, 30)}” is none. Enter ${tiers.join(', ')}`);
  return tiers.filter((tier) => words.includes(tier));
}

function costOf(cell: string): number {
  const outcome = parseMoney(cell);
  return outcome.done ? outcome.value : refuse(`Cost: ${outcome.sentence}`);
}

function yesNo(cell: string): boolean {
  const word = cell.toLowerCase();
  if (['yes', 'y', 'true', '1'].includes(word)) return true;
  if (['no', 'n', 'false', '0'].includes(word)) return false;
  return refuse(`Named under s.8(5): enter yes or no instead of “${cell.slice(0, 20)}”`);
}

const newAction = (title: string): ActionWanted => ({
  title,
  about: null,
  leadId: null,
  owner: null,
  ownerEmail: null,
  starts: null,
  due: null,
  origin: 'new',
  funding: 'within-budgets',
  costPence: null,
  status: 'planned',
  reason: null,
  theme: 'prevention',
  tiers: [],
  isNamed: false,
  needsDecision: null,
  evidence: null,
  indicatorId: null,
  effect: null,
  effectBy: null,
  aimIds: [],
  partnerIds: [],
  needsIds: [],
});

const isSame = (there: Action, wanted: ActionWanted): boolean =>
  (Object.keys(wanted) as (keyof ActionWanted)[]).every(
    (key) => JSON.stringify(sorted(there[key])) === JSON.stringify(sorted(wanted[key])),
  );
/** Lists whatever their order, and dates by their words. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(String).sort();
  return typeof value === 'object' && value !== null && 'text' in value ? value.text : value;
};
