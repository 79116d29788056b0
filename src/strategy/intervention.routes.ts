import { z } from 'zod';
import { formatDate, formatMoney, shiftMonth, type IsoDate } from '../duty/index.ts';
import { mayWorkOnFigures, ruleFor } from '../evidence/index.ts';
import { chosenField, nameField, textField, type Cells } from '../partnership/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, changedMeanwhile, typedAgain, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import type { Route, Visitor } from '../platform/http/route.ts';
import { actionChoices, organisationChoices } from './action.store.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { strategyWords, strategyWordsWithCounts } from './action-words.ts';
import { approachOfWork } from './approach.store.ts';
import { evaluationsOf } from './evaluation.store.ts';
import { dayField, isStale, moneyField, tickedField, versionField, wordsField } from './fields.ts';
import { listGrants } from './grant.store.ts';
import {
  hows,
  interventionStates,
  lastQuarterBefore,
  quarterAfter,
  seen,
  whyNotQuarter,
  type Quarter,
  type QuarterWanted,
} from './intervention.ts';
import { interventionColumns, quarterCells, readQuarterRow, reasonOf } from './intervention-rows.ts';
import {
  interventionCrumbs,
  interventionFormPage,
  interventionHref,
  interventionPage,
  interventionsHref,
  interventionsPage,
  quarterPage,
  type InterventionChoices,
} from './intervention.page.tsx';
import {
  addIntervention,
  changeIntervention,
  getIntervention,
  holdIntervention,
  isTitleTaken,
  keepQuarter,
  keepQuarters,
  listInterventions,
  directoryChoices,
  type Intervention,
} from './intervention.store.ts';
import { rowsFileRoutes, type RowDone } from './rows-file.routes.ts';

const { get, post } = rowsOf<'strategy' | 'partnership' | 'platform' | 'directory'>();
type Reads = ReadWork<'strategy' | 'partnership' | 'directory'>;

/** Small counts are for those who work on figures, as everywhere. */
const countedBy = { anyOf: mayWorkOnFigures } as const;
const seesAll = (visitor: Visitor): boolean => mayWorkOnFigures.some((role) => visitor.roles.includes(role));
/** What is small below the restricted audience. */
export const hideTo = ruleFor('standard', 'partner').hiddenUpTo;

const interventionForm = z.object({
  title: nameField('what it is called'),
  about: textField(4_000),
  forWhom: wordsField('who it is for', 300),
  how: z.enum(hows, 'Choose how it is provided'),
  state: z.enum(interventionStates, 'Choose how it stands'),
  providerId: chosenField(),
  serviceId: chosenField(),
  grantId: chosenField(),
  starts: dayField(),
  ends: dayField(),
  cost: moneyField(),
  outcome: wordsField('what counts as the outcome', 300),
  actions: tickedField(200),
  version: versionField(),
});
type InterventionForm = z.infer<typeof interventionForm>;

const peopleField = (what: string) =>
  z
    .string(`Enter how many people ${what}`)
    .trim()
    .refine(
      (text) => /^\d{1,7}$/.test(text) && Number(text) <= 1_000_000,
      `Enter how many people ${what}, as a whole number up to 1,000,000. 0 is a number`,
    )
    .transform(Number);
const quarterForm = z.object({
  quarter: z.string('Choose the quarter').regex(/^\d{4}-\d\d$/, 'Choose the quarter'),
  referred: peopleField('were referred'),
  started: peopleField('started'),
  completed: peopleField('completed it'),
  outcome: peopleField('reached the outcome'),
  spent: moneyField(),
  words: textField(1_000),
  version: versionField(),
});

const choicesFor = async (work: Reads): Promise<InterventionChoices> => ({
  organisations: await organisationChoices(work),
  services: await directoryChoices(work),
  grants: await listGrants(work),
  actions: await actionChoices(work),
});

const typedOf = (body: InterventionForm): Typed => ({
  ...typedAgain(body),
  cost: body.cost === null ? '' : formatMoney(body.cost),
  starts: body.starts === null ? '' : formatDate(body.starts),
  ends: body.ends === null ? '' : formatDate(body.ends),
});

async function errorsOf(
  work: Reads,
  body: InterventionForm,
  choices: InterventionChoices,
  kept?: Intervention,
): Promise<Readonly<Record<string, string>>> {
  // What is chosen already may be closed by now, and stays.
  const isKnown = (id: string | null, rows: readonly { readonly id: string }[], before: string | null | undefined) =>
    id === null || id === before || rows.some((row) => row.id === id);
  const unknown = 'Choose from the list';
  return {
    ...((await isTitleTaken(work, body.title, kept?.id)) && {
      title: 'There is one of this name already. Open it, or enter another name',
    }),
    ...(!isKnown(body.providerId, choices.organisations, kept?.providerId) && { providerId: unknown }),
    ...(!isKnown(body.serviceId, choices.services, kept?.serviceId) && { serviceId: unknown }),
    ...(!isKnown(body.grantId, choices.grants, kept?.grantId) && { grantId: unknown }),
    ...(body.actions.some(
      (id) =>
        !isKnown(
          id,
          choices.actions,
          kept?.actionIds.find((each) => each === id),
        ),
    ) && {
      actions: unknown,
    }),
    ...(body.starts !== null &&
      body.ends !== null &&
      body.ends < body.starts && { ends: 'The end is before the beginning. Enter a later day' }),
  };
}

const wantedOf = ({ cost, actions, version: _, ...rest }: InterventionForm) => ({
  ...rest,
  costPence: cost,
  actionIds: actions,
});

/** The quarter that comes next, where it is over; before the first, the last four that are. */
function quartersToEnter({ quarters }: Intervention, today: IsoDate): readonly Quarter[] {
  const over = lastQuarterBefore(today);
  const last = quarters.at(-1)?.quarter;
  if (last === undefined) return Array.from({ length: 12 }, (_, at) => shiftMonth(over, -3 * at));
  return quarterAfter(last) <= over ? [quarterAfter(last)] : [];
}

const typedOfQuarter = ({ quarters }: Intervention, quarter: Quarter): Typed => {
  const kept = quarters.find((each) => each.quarter === quarter);
  if (kept === undefined) return { quarter };
  return {
    quarter,
    referred: String(kept.referred),
    started: String(kept.started),
    completed: String(kept.completed),
    outcome: String(kept.outcome),
    spent: kept.spentPence === null ? '' : formatMoney(kept.spentPence),
    words: kept.words ?? '',
  };
};

/** The quarters of an intervention while a file is read: in their order, as they will be. */
async function holdQuarters(work: Work<'strategy' | 'partnership' | 'directory'>, id: string) {
  await holdIntervention(work, id);
  const { quarters } = await getIntervention(reading(work), id);
  return {
    quarters: new Map<Quarter, QuarterWanted>(quarters.map((each) => [each.quarter, each])),
    changed: new Map<Quarter, QuarterWanted>(),
  };
}

const example = {
  title: 'Boxing on Fridays',
  forWhom: 'People aged 11 to 17',
  how: 'run',
  state: 'planned',
  outcome: 'Comes for a term',
};

export const interventionRoutes: readonly Route[] = [
  get({
    path: '/:partnership/interventions',
    about: 'What the partnership runs and buys, and what became of people',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: interventionsPage({
        slug: params.partnership,
        interventions: await listInterventions(work),
        seesAll: seesAll(visitor),
        mayWrite: mayPlan(visitor),
        mayCount: seesAll(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/interventions/export.csv',
    about: 'The quarters of all interventions as a file; what is hidden on the pages is hidden here',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      file: {
        name: `interventions-${params.partnership}.csv`,
        type: 'text/csv; charset=utf-8',
        body: csvOf(
          interventionColumns.map(({ name }) => name),
          (await listInterventions(work)).flatMap(({ title, quarters }) =>
            seen(quarters, seesAll(visitor)).quarters.map((quarter) => quarterCells(title, quarter)),
          ),
        ),
      },
    }),
  }),
  get({
    path: '/:partnership/interventions/new',
    about: 'Add an intervention',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: interventionFormPage(params.partnership, undefined, await choicesFor(work)),
    }),
  }),
  post({
    path: '/:partnership/interventions/new',
    about: 'Add an intervention',
    access: writtenByPlanners,
    audit: 'INTERVENTION_ADDED',
    params: partnershipParams,
    body: interventionForm,
    example: ({ partnership }) => ({ params: { partnership }, body: example }),
    async handle({ work, params: { partnership: slug }, body }) {
      const choices = await choicesFor(reading(work));
      const errors = await errorsOf(reading(work), body, choices);
      if (Object.keys(errors).length > 0)
        return again(interventionFormPage(slug, undefined, choices, { typed: typedOf(body), errors }));
      const id = await addIntervention(work, wantedOf(body));
      return { seeOther: interventionHref(slug, id), subject: `intervention/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: interventionFormPage(params.partnership, undefined, await choicesFor(work), { typed, errors }),
    }),
  }),
  ...rowsFileRoutes({
    kind: 'interventions',
    path: 'interventions',
    place: (slug) => ({
      href: interventionsHref(slug),
      crumbs: interventionCrumbs(slug),
      title: 'quarters of interventions',
      columns: interventionColumns,
    }),
    columns: interventionColumns,
    audit: 'INTERVENTIONS_FILE_TAKEN',
    access: countedBy,
    async reader(work, today) {
      const known = new Map(
        (await listInterventions(reading(work))).map((each) => [each.title.toLowerCase(), each.id]),
      );
      const held = new Map<string, Awaited<ReturnType<typeof holdQuarters>>>();
      const read = async (cells: Cells): Promise<RowDone> => {
        const read = readQuarterRow(cells);
        if (read.does === 'refused') return { refused: read.reason };
        const id = known.get(read.title.toLowerCase());
        if (id === undefined)
          return { refused: `Intervention: “${read.title.slice(0, 60)}” is not known. Add it first` };
        const own = held.get(id) ?? (await holdQuarters(work, id));
        held.set(id, own);
        const quarters = [...own.quarters.values()];
        const errors = whyNotQuarter(read.wanted, quarters, today);
        if (Object.keys(errors).length > 0) return { refused: reasonOf(errors) };
        const there = quarters.find(({ quarter }) => quarter === read.wanted.quarter);
        const wanted = {
          ...read.wanted,
          spentPence: read.wanted.spentPence ?? there?.spentPence ?? null,
          words: read.wanted.words ?? there?.words ?? null,
        };
        if (
          there !== undefined &&
          Object.entries(wanted).every(([name, value]) => there[name as keyof typeof wanted] === value)
        )
          return 'unchanged';
        own.quarters.set(wanted.quarter, wanted);
        own.changed.set(wanted.quarter, wanted);
        return there === undefined ? 'added' : 'changed';
      };
      return {
        read,
        // What is hidden of an intervention is decided once, and not for each row.
        async end() {
          for (const [id, { changed }] of held)
            if (changed.size > 0) await keepQuarters(work, id, [...changed.values()], { hideTo, today });
        },
      };
    },
    example: 'Intervention,Quarter,Referred,Started,Completed,Outcome reached\nNobody knows it,2026-01,9,8,7,6\n',
    exampleId: 'interventions-file',
  }),
  get({
    path: '/:partnership/interventions/:id',
    about: 'One intervention: who delivers it, what it costs, what became of people by quarter',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('intervention') } }),
    async handle({ work, params: { partnership: slug, id }, visitor }) {
      const intervention = await getIntervention(work, id);
      const all = seesAll(visitor);
      const actions = await actionChoices(work);
      return {
        page: interventionPage({
          slug,
          intervention,
          actions: actions.filter((action) => intervention.actionIds.includes(action.id)),
          use: await approachOfWork(work, { interventionId: id }),
          evaluations: await evaluationsOf(work, { interventionId: id }),
          changes: await historyOf(work, id, all ? strategyWordsWithCounts : strategyWords),
          seesAll: all,
          mayWrite: mayPlan(visitor),
          mayCount: all,
        }),
      };
    },
  }),
  get({
    path: '/:partnership/interventions/:id/change',
    about: 'Change an intervention',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('intervention') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: interventionFormPage(partnership, await getIntervention(work, id), await choicesFor(work), {
        version: await versionOf(work, id),
      }),
    }),
  }),
  post({
    path: '/:partnership/interventions/:id/change',
    about: 'Change an intervention',
    access: writtenByPlanners,
    audit: 'INTERVENTION_CHANGED',
    params: recordParams,
    body: interventionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('intervention-to-change') },
      body: { ...example, title: 'Talks about knives, in schools' },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      await holdIntervention(work, id);
      const before = await getIntervention(reading(work), id);
      const choices = await choicesFor(reading(work));
      const version = await versionOf(reading(work), id);
      const typed = typedOf(body);
      if (isStale(body.version, version))
        return again(
          interventionFormPage(slug, before, choices, { typed, errors: { '': changedMeanwhile }, version }),
          409,
        );
      const errors = await errorsOf(reading(work), body, choices, before);
      if (Object.keys(errors).length > 0)
        return again(interventionFormPage(slug, before, choices, { typed, errors, version }));
      await changeIntervention(work, before, wantedOf(body));
      return { seeOther: interventionHref(slug, id), subject: `intervention/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: interventionFormPage(partnership, await getIntervention(work, id), await choicesFor(work), {
        typed,
        errors,
      }),
    }),
  }),
  get({
    path: '/:partnership/interventions/:id/quarter',
    about: 'Enter what became of people in a quarter, or put it right',
    access: countedBy,
    audit: openToMembers,
    params: recordParams,
    query: z.object({
      quarter: z
        .string()
        .regex(/^\d{4}-\d\d$/)
        .optional(),
    }),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('intervention') } }),
    async handle({ work, params: { partnership, id }, query, today }) {
      const intervention = await getIntervention(work, id);
      const there = intervention.quarters.find(({ quarter }) => quarter === query.quarter)?.quarter;
      return {
        page:
          there === undefined
            ? quarterPage(partnership, intervention, quartersToEnter(intervention, today), {
                version: await versionOf(work, id),
              })
            : quarterPage(partnership, intervention, [there], {
                typed: typedOfQuarter(intervention, there),
                isThere: true,
                version: await versionOf(work, id),
              }),
      };
    },
  }),
  post({
    path: '/:partnership/interventions/:id/quarter',
    about: 'Enter what became of people in a quarter, or put it right',
    access: countedBy,
    audit: 'INTERVENTION_QUARTER_KEPT',
    params: recordParams,
    body: quarterForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('intervention-to-change') },
      body: { quarter: '2026-01', referred: '9', started: '8', completed: '7', outcome: '6' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdIntervention(work, id);
      const intervention = await getIntervention(reading(work), id);
      const errors = whyNotQuarter(body, intervention.quarters, today);
      const isThere = intervention.quarters.some(({ quarter }) => quarter === body.quarter);
      const version = await versionOf(reading(work), id);
      const stale = isStale(body.version, version);
      if (stale || Object.keys(errors).length > 0)
        return again(
          quarterPage(slug, intervention, isThere ? [body.quarter] : quartersToEnter(intervention, today), {
            typed: {
              quarter: body.quarter,
              referred: String(body.referred),
              started: String(body.started),
              completed: String(body.completed),
              outcome: String(body.outcome),
              spent: body.spent === null ? '' : formatMoney(body.spent),
              words: body.words ?? '',
            },
            errors: { ...(stale && { '': changedMeanwhile }), ...errors },
            isThere,
            version,
          }),
          stale ? 409 : 422,
        );
      const { spent, version: _, ...rest } = body;
      await keepQuarter(work, id, { ...rest, spentPence: spent }, { hideTo, today });
      return {
        seeOther: interventionHref(slug, id),
        subject: `intervention/${id}`,
        // Names only: the audit holds no number.
        fields: Object.keys(body),
      };
    },
    async invalid({ work, params: { partnership, id }, errors, typed, today }) {
      const intervention = await getIntervention(work, id);
      const there = intervention.quarters.find(({ quarter }) => quarter === typed['quarter'])?.quarter;
      return {
        page: quarterPage(
          partnership,
          intervention,
          there === undefined ? quartersToEnter(intervention, today) : [there],
          { typed, errors, isThere: there !== undefined },
        ),
      };
    },
  }),
];
