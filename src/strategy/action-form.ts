import { z } from 'zod';
import { chosenField, dateField, nameField, textField, tickField } from '../partnership/index.ts';
import {
  fundings,
  isOpen,
  openStatuses,
  origins,
  statusLabels,
  themes,
  tiers,
  waitsForItself,
  type Action,
  type ActionWanted,
  type Tier,
} from './action.ts';
import { emailField, moneyField, tickedField, versionField, wordsField } from './fields.ts';

/** Most aims, partners or needs of one action. */
export const mostLinks = 60;

export const actionForm = z.object({
  title: nameField('what will be done'),
  about: textField(4_000),
  leadId: chosenField(),
  owner: textField(200),
  ownerEmail: emailField(),
  starts: dateField(),
  due: dateField(),
  origin: z.enum(origins, 'Choose where the action comes from').default('new'),
  funding: z.enum(fundings, 'Choose whether there is money for it').default('within-budgets'),
  cost: moneyField(),
  status: z.enum(openStatuses, 'Choose how it stands').default('planned'),
  reason: textField(2_000),
  theme: z.enum(themes, 'Choose a theme').default('prevention'),
  tiers: z
    .union([z.enum(tiers), z.array(z.enum(tiers)).max(3)], 'Choose from the list')
    .optional()
    .transform((chosen): readonly Tier[] =>
      chosen === undefined
        ? []
        : tiers.filter((tier) => (typeof chosen === 'string' ? chosen === tier : chosen.includes(tier))),
    ),
  isNamed: tickField(),
  needsDecision: textField(1_000),
  evidence: textField(2_000),
  indicatorId: chosenField(),
  effect: textField(500),
  effectBy: dateField(),
  aims: tickedField(mostLinks),
  partners: tickedField(mostLinks),
  needs: textField(600),
});

export const changeActionForm = actionForm.extend({ version: versionField() });

/** What the lists of a form hold: ids that were sent and are not here were made up, or have gone. */
export interface Known {
  readonly organisations: ReadonlySet<string>;
  readonly aims: ReadonlySet<string>;
  readonly indicators: ReadonlySet<string>;
  /** Ids of actions by number. */
  readonly actions: ReadonlyMap<number, string>;
  /** What each action needs, by id. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

export type Mistakes = Readonly<Record<string, string>>;

/**
 * The action that a form asks for, or what is wrong with it by field. A draft may lack an owner, a date and an aim.
 * @param id of the action that is changed; undefined for a new one
 */
export function actionWanted(
  form: z.infer<typeof actionForm>,
  known: Known,
  id?: string,
): { readonly wanted: ActionWanted } | { readonly errors: Mistakes } {
  const errors: Record<string, string> = {};
  const isGone = 'Choose one from the list. What was chosen is not there any more';
  if (form.leadId !== null && !known.organisations.has(form.leadId)) errors['leadId'] = isGone;
  if (form.indicatorId !== null && !known.indicators.has(form.indicatorId)) errors['indicatorId'] = isGone;
  if (form.aims.some((aim) => !known.aims.has(aim))) errors['aims'] = isGone;
  if (form.partners.some((partner) => !known.organisations.has(partner))) errors['partners'] = isGone;
  const { starts, due } = form;
  if (starts?.earliest != null && due?.latest != null && due.latest < starts.earliest)
    errors['due'] = 'The end is before the beginning. Enter a later date';
  const needsIds = needsOf(form.needs, known, id, errors);
  if ((form.status === 'at-risk' || form.status === 'blocked') && form.reason === null)
    errors['reason'] = `Enter why it is ${statusLabels[form.status].toLowerCase()}`;
  if (Object.keys(errors).length > 0) return { errors };
  const { cost, aims, partners, needs: _, ...rest } = form;
  return {
    wanted: {
      title: rest.title,
      about: rest.about,
      leadId: rest.leadId,
      owner: rest.owner,
      ownerEmail: rest.ownerEmail,
      starts,
      due,
      origin: rest.origin,
      funding: rest.funding,
      costPence: cost,
      status: rest.status,
      reason: rest.reason,
      theme: rest.theme,
      tiers: rest.tiers,
      isNamed: rest.isNamed,
      needsDecision: rest.needsDecision,
      evidence: rest.evidence,
      indicatorId: rest.indicatorId,
      effect: rest.effect,
      effectBy: rest.effectBy,
      aimIds: aims,
      partnerIds: partners,
      needsIds,
    },
  };
}

/** "A3, A7" as ids. */
function needsOf(typed: string | null, known: Known, id: string | undefined, errors: Record<string, string>) {
  const numbers = (typed ?? '').split(/[\s,;]+/).filter((part) => part !== '');
  if (numbers.length > mostLinks) {
    errors['needs'] = `Enter ${mostLinks} numbers or fewer`;
    return [];
  }
  const ids: string[] = [];
  for (const part of numbers) {
    const found = /^a?(\d{1,5})$/i.exec(part);
    const needed = found === null ? undefined : known.actions.get(Number(found[1]));
    if (needed === undefined) {
      errors['needs'] = `There is no open action “${part.slice(0, 20)}”. Enter numbers such as A3, A7`;
      return [];
    }
    if (!ids.includes(needed)) ids.push(needed);
  }
  if (id !== undefined && waitsForItself(id, new Map([...known.needs, [id, ids]])))
    errors['needs'] = 'These actions would wait for one another, so none of them could begin. Take one out';
  return ids;
}

export const closeActionForm = z.object({
  status: z.enum(['done', 'stopped'], 'Choose whether it was done or stopped'),
  result: textField(4_000),
  learned: textField(4_000),
});

export const updateForm = z.object({
  status: z.enum(openStatuses, 'Choose how it stands'),
  words: wordsField('what has happened since last time', 2_000),
  needsDecision: textField(1_000),
});

export const milestoneForm = z.object({ title: wordsField('what is to be reached', 300), due: dateField() });

/** A form of an action as it is kept. @param numbers of actions by id */
export function typedOfAction(
  action: ActionWanted,
  numbers: ReadonlyMap<string, number>,
): Readonly<Record<string, string | readonly string[]>> {
  return {
    title: action.title,
    about: action.about ?? '',
    leadId: action.leadId ?? '',
    owner: action.owner ?? '',
    ownerEmail: action.ownerEmail ?? '',
    starts: action.starts?.text ?? '',
    due: action.due?.text ?? '',
    origin: action.origin,
    funding: action.funding,
    cost: action.costPence === null ? '' : `£${(action.costPence / 100).toFixed(2)}`,
    status: action.status,
    reason: action.reason ?? '',
    theme: action.theme,
    tiers: [...action.tiers],
    isNamed: action.isNamed ? 'yes' : '',
    needsDecision: action.needsDecision ?? '',
    evidence: action.evidence ?? '',
    indicatorId: action.indicatorId ?? '',
    effect: action.effect ?? '',
    effectBy: action.effectBy?.text ?? '',
    aims: [...action.aimIds].sort(),
    partners: [...action.partnerIds].sort(),
    needs: action.needsIds
      .map((id) => numbers.get(id))
      .filter((number) => number !== undefined)
      .sort((a, b) => a - b)
      .map((number) => `A${number}`)
      .join(', '),
  };
}

export const actionLabels: Readonly<Record<string, string>> = {
  title: 'Action',
  about: 'About it',
  leadId: 'Lead organisation',
  owner: 'Owner',
  ownerEmail: 'Owner’s email',
  starts: 'From',
  due: 'Done by',
  origin: 'Origin',
  funding: 'Money',
  cost: 'Cost',
  status: 'Status',
  reason: 'Why it stands so',
  theme: 'Theme',
  tiers: 'Prevention tier',
  isNamed: 'Named under s.8(5)',
  needsDecision: 'Needs a decision',
  evidence: 'Evidence',
  indicatorId: 'Indicator',
  effect: 'Expected effect',
  effectBy: 'Effect by',
  aims: 'Aims and priorities',
  partners: 'Partners',
  needs: 'Needs first',
};

/** Whether an action may still be changed: a closed one stays as it was closed. */
export const mayChange = (action: Pick<Action, 'status'>): boolean => isOpen(action);
