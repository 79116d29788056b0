import { z } from 'zod';
import type { Role } from '../duty/index.ts';
import { chosenField, nameField } from '../partnership/index.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, changedMeanwhile, typedAgain, type Errors, type FormState } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Refused, type Route, type Visitor } from '../platform/http/route.ts';
import { actionChoices, addAction, organisationChoices } from './action.store.ts';
import { mayPlan, openToMembers, planWriters, seenByAll, writtenByPlanners } from './action.routes.ts';
import { isStale, versionField, wordsField } from './fields.ts';
import { agreePage, dimensionPage, readinessHref, readinessPage, scorePage } from './readiness.page.tsx';
import {
  addDimension,
  changeDimension,
  closeRound,
  getDimension,
  keepAgreed,
  keepScores,
  listDimensions,
  listRounds,
  openRound,
  spokenFor,
  standingIn,
  type Round,
} from './readiness.store.ts';
import { mostDimensions, type DimensionStanding } from './readiness.ts';
import { versionOfContent } from './version.store.ts';

const { get, post } = rowsOf<'strategy' | 'evidence' | 'partnership' | 'platform'>();
type Reads = ReadWork<'strategy' | 'evidence' | 'partnership' | 'platform'>;

/** Partners score for the organisations for which they speak; whoever keeps the plan for any. */
const scorers = [...planWriters, 'officer', 'partner'] as const satisfies readonly Role[];
const scoredByPartners = { anyOf: scorers } as const;
const mayScore = ({ roles }: Visitor): boolean => scorers.some((role) => roles.includes(role));

const dimensionForm = z.object({ title: nameField('what is asked'), levels: z.string().max(5_000).default('') });
const changeDimensionForm = dimensionForm.extend({ version: versionField() });
const scoreForm = z.looseObject({ organisation: z.string().max(60).default('') });
const agreeForm = z.object({
  level: z.coerce.number('Choose a level').int().min(1, 'Choose a level').max(6, 'Choose a level'),
  target: z.coerce.number('Choose a level').int().min(1, 'Choose a level').max(6, 'Choose a level'),
  note: wordsField('why it stands there', 2_000),
  actionId: chosenField(),
  makeAction: z.literal('yes').optional(),
  version: versionField(),
});

const noneOpen: Refused = { refused: 'conflict', sentence: 'No round is open. Begin one first.' };
const openOf = (rounds: readonly Round[]) => rounds.find(({ closedOn }) => closedOn === null);

/** The levels of a dimension, a line each; a sentence where they are not between two and six. */
function levelsIn(typed: string): readonly string[] | string {
  const levels = typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (levels.length < 2 || levels.length > 6) return 'Enter between two and six levels, a line each';
  return levels.some((level) => level.length > 200) ? 'Enter each level in 200 characters or fewer' : levels;
}

async function shown(work: Reads, slug: string, visitor: Visitor, errors: Errors = {}) {
  const rounds = await listRounds(work);
  const [round] = rounds;
  return readinessPage({
    slug,
    round,
    rounds,
    standing: round === undefined ? [] : await standingIn(work, round),
    dimensions: await listDimensions(work),
    mayWrite: mayPlan(visitor),
    mayScore: mayScore(visitor),
    errors,
  });
}

const organisationsFor = (work: Reads, visitor: Visitor, today: string) =>
  mayPlan(visitor) ? organisationChoices(work) : spokenFor(work, visitor.person?.id ?? '', today);

async function dimensionAsItIs(work: Reads, slug: string, id: string, form: FormState = {}) {
  const dimension = await getDimension(work, id);
  return dimensionPage(slug, dimension, { ...form, version: versionOfContent(dimension) });
}

/** A dimension as it stands in the open round; undefined where no round is open. */
async function openStanding(
  work: Reads,
  id: string,
): Promise<{ readonly round: Round; readonly standing: DimensionStanding } | undefined> {
  await getDimension(work, id);
  const round = openOf(await listRounds(work));
  const standing = round && (await standingIn(work, round)).find((each) => each.id === id);
  return round === undefined || standing === undefined ? undefined : { round, standing };
}

export const readinessRoutes: readonly Route[] = [
  get({
    path: '/:partnership/readiness',
    about: 'How ready is the partnership? What partners say, and what is agreed',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({ page: await shown(work, params.partnership, visitor) }),
  }),
  get({
    path: '/:partnership/readiness.csv',
    about: 'Readiness in every round, as a table',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work }) {
      const rows: (string | number | null)[][] = [];
      for (const round of await listRounds(work))
        for (const { title, scores, agreed } of await standingIn(work, round)) {
          for (const { organisation, level, evidence } of scores)
            rows.push([round.number, title, organisation, level, null, evidence]);
          if (agreed !== null) rows.push([round.number, title, 'All', agreed.level, agreed.target, agreed.note]);
        }
      return {
        file: {
          name: 'readiness.csv',
          type: 'text/csv; charset=utf-8',
          body: csvOf(['Round', 'Dimension', 'Who says so', 'Level', 'Wanted', 'What shows it'], rows),
        },
      };
    },
  }),
  post({
    path: '/:partnership/readiness/begin',
    about: 'Begin a round of the self-assessment',
    access: writtenByPlanners,
    audit: 'READINESS_ROUND_BEGUN',
    params: partnershipParams,
    body: z.object({}),
    // One is open in the example: test/web/review.web.test.ts closes it and begins the next.
    example: () => ({ none: 'a round is open in the example' }),
    async handle({ work, params, visitor, today }) {
      const id = await openRound(work, today);
      if (id === undefined)
        return again(
          await shown(reading(work), params.partnership, visitor, {
            '': 'A round is open already. Close it before you begin the next',
          }),
          409,
        );
      return { seeOther: readinessHref(params.partnership), subject: `readiness-round/${id}`, fields: ['opened_on'] };
    },
    invalid: () => notFound,
  }),
  post({
    path: '/:partnership/readiness/end',
    about: 'Close a round of the self-assessment',
    access: writtenByPlanners,
    audit: 'READINESS_ROUND_CLOSED',
    params: partnershipParams,
    body: z.object({}),
    // Closed once the first role has closed it: test/web/review.web.test.ts asks for it.
    example: () => ({ none: 'it can be closed once' }),
    async handle({ work, params, today }) {
      if (!(await closeRound(work, today))) return noneOpen;
      return { seeOther: readinessHref(params.partnership), subject: 'readiness-round/open', fields: ['closed_on'] };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/readiness/score',
    about: 'Score readiness for an organisation',
    access: scoredByPartners,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor, today }) => ({
      page: scorePage(params.partnership, await listDimensions(work), await organisationsFor(work, visitor, today)),
    }),
  }),
  post({
    path: '/:partnership/readiness/score',
    about: 'Score readiness for an organisation',
    access: scoredByPartners,
    audit: 'READINESS_SCORED',
    params: partnershipParams,
    body: scoreForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership },
      body: { organisation: idOf('organisation'), [`level-${idOf('readiness-dimension')}`]: '2' },
    }),
    async handle({ work, params: { partnership: slug }, body, visitor, today }) {
      const round = openOf(await listRounds(reading(work)));
      if (round === undefined) return noneOpen;
      const dimensions = await listDimensions(reading(work));
      const organisations = await organisationsFor(reading(work), visitor, today);
      const typed = typedAgain(body);
      const refuse = (errors: Errors) => again(scorePage(slug, dimensions, organisations, { typed, errors }));
      if (!organisations.some(({ id }) => id === body.organisation))
        return refuse({ organisation: 'Choose an organisation from the list' });
      const errors: Record<string, string> = {};
      const scores = dimensions.flatMap(({ id, levels }) => {
        const [level, evidence] = [typed[`level-${id}`], typed[`evidence-${id}`]];
        if (typeof level !== 'string' || level === '') return [];
        const number = Number(level);
        if (!Number.isInteger(number) || number < 1 || number > levels.length) {
          errors[`level-${id}`] = 'Choose a level from the list';
          return [];
        }
        const words = typeof evidence === 'string' ? evidence.trim().slice(0, 2_000) : '';
        return [{ dimension: id, level: number, evidence: words === '' ? null : words }];
      });
      if (Object.keys(errors).length > 0) return refuse(errors);
      if (scores.length === 0) return refuse({ '': 'Choose a level for at least one dimension' });
      await keepScores(work, { round: round.id, organisation: body.organisation, on: today }, scores);
      return { seeOther: readinessHref(slug), subject: `readiness-round/${round.id}`, fields: ['level', 'evidence'] };
    },
    invalid: async ({ work, params, visitor, today, errors, typed }) => ({
      page: scorePage(params.partnership, await listDimensions(work), await organisationsFor(work, visitor, today), {
        typed,
        errors,
      }),
    }),
  }),
  get({
    path: '/:partnership/readiness/dimensions/new',
    about: 'Add a dimension of readiness',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({ page: dimensionPage(params.partnership, undefined) }),
  }),
  post({
    path: '/:partnership/readiness/dimensions/new',
    about: 'Add a dimension of readiness',
    access: writtenByPlanners,
    audit: 'READINESS_DIMENSION_ADDED',
    params: partnershipParams,
    body: dimensionForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { title: 'Work with neighbours', levels: 'None\nNow and then\nAgreed' },
    }),
    async handle({ work, params: { partnership: slug }, body }) {
      const levels = levelsIn(body.levels);
      const refuse = (errors: Errors) => again(dimensionPage(slug, undefined, { typed: typedAgain(body), errors }));
      if (typeof levels === 'string') return refuse({ levels });
      if (!(await addDimension(work, { title: body.title, levels })))
        return refuse({ '': `There are ${mostDimensions} already` });
      return { seeOther: readinessHref(slug), subject: 'readiness/dimensions', fields: ['title', 'levels'] };
    },
    invalid: ({ params, errors, typed }) => ({ page: dimensionPage(params.partnership, undefined, { typed, errors }) }),
  }),
  get({
    path: '/:partnership/readiness/dimensions/:id/change',
    about: 'Change the words of a dimension of readiness',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('readiness-dimension') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: await dimensionAsItIs(work, partnership, id),
    }),
  }),
  post({
    path: '/:partnership/readiness/dimensions/:id/change',
    about: 'Change the words of a dimension of readiness',
    access: writtenByPlanners,
    audit: 'READINESS_DIMENSION_CHANGED',
    params: recordParams,
    body: changeDimensionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('readiness-dimension') },
      body: { title: 'Leadership', levels: 'Nobody leads\nA group\nA board\nFollowed up' },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      const dimension = await getDimension(reading(work), id);
      const typed = typedAgain(body);
      if (isStale(body.version, versionOfContent(dimension)))
        return again(await dimensionAsItIs(reading(work), slug, id, { typed, errors: { '': changedMeanwhile } }), 409);
      const read = levelsIn(body.levels);
      // As many as before: a score is the number of a level.
      const levels =
        typeof read !== 'string' && read.length !== dimension.levels.length
          ? `It has ${dimension.levels.length} levels, and scores are given by them. Add another dimension instead`
          : read;
      if (typeof levels === 'string') return again(dimensionPage(slug, dimension, { typed, errors: { levels } }));
      await changeDimension(work, id, { title: body.title, levels });
      return { seeOther: readinessHref(slug), subject: `readiness-dimension/${id}`, fields: ['title', 'levels'] };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: dimensionPage(partnership, await getDimension(work, id), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/readiness/dimensions/:id/agree',
    about: 'Agree on the level of one dimension, and on what leads further',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('readiness-dimension') } }),
    async handle({ work, params: { partnership, id } }) {
      const open = await openStanding(work, id);
      if (open === undefined) return noneOpen;
      const version = versionOfContent(open.standing.agreed);
      return { page: agreePage(partnership, open.standing, await actionChoices(work), { version }) };
    },
  }),
  post({
    path: '/:partnership/readiness/dimensions/:id/agree',
    about: 'Agree on the level of one dimension, and on what leads further',
    access: writtenByPlanners,
    audit: 'READINESS_AGREED',
    params: recordParams,
    body: agreeForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('readiness-dimension') },
      body: { level: '2', target: '3', note: 'All agree.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      const open = await openStanding(reading(work), id);
      if (open === undefined) return noneOpen;
      const { round, standing } = open;
      const actions = await actionChoices(reading(work));
      const typed = { ...typedAgain(body), level: String(body.level), target: String(body.target) };
      const version = versionOfContent(standing.agreed);
      if (isStale(body.version, version))
        return again(agreePage(slug, standing, actions, { typed, errors: { '': changedMeanwhile }, version }), 409);
      const errors: Record<string, string> = {};
      if (body.level > standing.levels.length) errors['level'] = 'Choose a level from the list';
      if (body.target > standing.levels.length) errors['target'] = 'Choose a level from the list';
      else if (body.target < body.level) errors['target'] = 'Choose the same level, or a higher one';
      if (body.actionId !== null && !actions.some((action) => action.id === body.actionId))
        errors['actionId'] = 'Choose an action from the list';
      if (body.actionId !== null && body.makeAction === 'yes')
        errors['actionId'] = 'Choose an action, or have one added: not both';
      if (Object.keys(errors).length > 0) return again(agreePage(slug, standing, actions, { typed, errors, version }));
      const actionId = body.makeAction === 'yes' ? await addGapAction(work, standing, body.target) : body.actionId;
      const { level, target, note } = body;
      await keepAgreed(work, { round: round.id, dimension: id, on: today }, { level, target, note, actionId });
      return {
        seeOther: readinessHref(slug),
        subject: `readiness-dimension/${id}`,
        fields: ['level', 'target', 'note', 'action_id'],
      };
    },
    async invalid({ work, params: { partnership, id }, errors, typed }) {
      const open = await openStanding(work, id);
      return open === undefined
        ? noneOpen
        : { page: agreePage(partnership, open.standing, await actionChoices(work), { typed, errors }) };
    },
  }),
];

/** A gap as a draft of the plan: whoever keeps it gives it an owner and a date. */
const addGapAction = (
  work: Parameters<typeof addAction>[0],
  { title, levels }: DimensionStanding,
  target: number,
): Promise<string> =>
  addAction(work, {
    title: `Readiness, ${title}: ${levels[target - 1] ?? ''}`.slice(0, 200),
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
    theme: 'strategic-objectives',
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
