import { z } from 'zod';
import { addDays, isoDateSchema, roles, type IsoDate, type Role } from '../duty/index.ts';
import { withQuery } from '../govuk/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { goOnAs, reading, readInPartnership, type ReadWork, type Work } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import {
  again,
  changedMeanwhile,
  differingOf,
  typedAgain,
  valueOf,
  type Differing,
  type Errors,
  type Typed,
} from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Refused, type Route, type Visitor } from '../platform/http/route.ts';
import type { LinkClaim } from '../platform/links/links.ts';
import { issueLink, lookAtLink, openLinkOn, takeLink } from '../platform/links/links.store.ts';
import { queueMail } from '../platform/mail/outbox.store.ts';
import { getPartnership } from '../platform/installation.store.ts';
import {
  actionForm,
  actionLabels,
  actionWanted,
  changeActionForm,
  closeActionForm,
  mayChange,
  milestoneForm,
  typedOfAction,
  updateForm,
  type Known,
} from './action-form.ts';
import {
  addActionPage,
  changeActionPage,
  closeActionPage,
  closedLinkPage,
  linkUpdatePage,
  milestonePage,
  thanksPage,
  updateActionPage,
  type ActionChoices,
  type WhyLinkClosed,
} from './action-form.page.tsx';
import { actionCells, planColumns } from './action-rows.ts';
import { strategyWords } from './action-words.ts';
import { actionPage } from './action.page.tsx';
import { isStale } from './fields.ts';
import { actionHref, planHref } from './plan-address.ts';
import {
  actionChoices,
  actionOrders,
  addAction,
  addMilestone,
  addUpdate,
  boardCounts,
  boardLists,
  changeAction,
  changeDecision,
  closeAction,
  getAction,
  holdAction,
  indicatorChoices,
  listActions,
  milestonesOf,
  needsByAction,
  organisationChoices,
  reachMilestone,
  updatesOf,
} from './action.store.ts';
import { isOpen, themes, whyNotClosed, type Action } from './action.ts';
import { listAims, matrixCells } from './aim.store.ts';
import { approachOfWork } from './approach.store.ts';
import { evaluationsOf } from './evaluation.store.ts';
import { interventionsOfAction } from './intervention.store.ts';
import { actionsPerPage, boardLines, boardPage, matrixPage, planPage, planStates } from './plan.page.tsx';

const { get, post } = rowsOf<'strategy' | 'evidence' | 'partnership' | 'platform'>();
const atTheDoor = rowsOf<'identity' | 'platform' | 'partnership' | 'strategy'>();
type Reads = ReadWork<'strategy' | 'evidence' | 'partnership' | 'platform'>;

/** Who keeps the strategy and its plan. */
export const planWriters = [
  'administrator',
  'coordinator',
  'prevention-lead',
  'analyst',
] as const satisfies readonly Role[];
/** Who may say how an action stands: whoever delivers. */
const updaters = [...planWriters, 'officer', 'partner'] as const satisfies readonly Role[];
export const seenByAll = { anyOf: roles } as const;
export const writtenByPlanners = { anyOf: planWriters } as const;
const writtenByUpdaters = { anyOf: updaters } as const;
export const openToMembers = { none: 'what the partnership will do is open to everybody in it' } as const;
export const mayPlan = (visitor: Visitor): boolean => planWriters.some((role) => visitor.roles.includes(role));

const updatePurpose = 'update-action';
const linkDays = 30;
const mostRows = 20_000;

const isClosed: Refused = {
  refused: 'conflict',
  sentence: 'This action is closed. Its page says what came of it, and it stays as it is.',
};

const empty = (text: string | undefined) => (text === '' ? undefined : text);
const chosenId = z
  .union([z.uuid(), z.literal('')])
  .optional()
  .transform(empty);
const listQuery = z.object({
  words: z.string().trim().max(200).optional().transform(empty),
  state: z.enum(planStates).default('open'),
  aim: chosenId,
  second: chosenId,
  theme: z
    .enum(['', ...themes])
    .optional()
    .transform((theme) => (theme === '' ? undefined : theme)),
  lead: chosenId,
  sort: z.enum(actionOrders).default('number'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});
type ListQuery = z.infer<typeof listQuery>;

const queryOf = ({ words, state, aim, second, theme, lead, sort, order }: ListQuery) => ({
  words,
  state: state === 'open' ? undefined : state,
  aim,
  second,
  theme,
  lead,
  sort: sort === 'number' ? undefined : sort,
  order: order === 'ascending' ? undefined : order,
});

const listed = (work: Reads, today: IsoDate, query: ListQuery, limit: number) =>
  listActions(
    work,
    today,
    query,
    { by: query.sort, descending: query.order === 'descending' },
    { limit, offset: (query.page - 1) * limit },
  );

const choicesFor = async (work: Reads): Promise<ActionChoices> => ({
  organisations: await organisationChoices(work),
  aims: await listAims(work),
  indicators: await indicatorChoices(work),
});

async function knownFor(work: Reads): Promise<Known> {
  const { organisations, aims, indicators } = await choicesFor(work);
  const ids = (rows: readonly { readonly id: string }[]) => new Set(rows.map(({ id }) => id));
  return {
    organisations: ids(organisations),
    aims: ids(aims),
    indicators: ids(indicators),
    actions: new Map((await actionChoices(work)).map(({ id, number }) => [number, id])),
    needs: await needsByAction(work),
  };
}

const numbersOf = async (work: Reads): Promise<ReadonlyMap<string, number>> =>
  new Map((await actionChoices(work)).map(({ id, number }) => [id, number]));

async function changePage(
  work: Reads,
  slug: string,
  id: string,
  given: { readonly typed?: Typed; readonly errors?: Errors; readonly differing?: readonly Differing[] } = {},
): Promise<Page> {
  const action = await getAction(work, id);
  const { typed = typedOfAction(action, await numbersOf(work)), ...rest } = given;
  // What was typed on an old form is looked at beside what is kept now, and may then take its place. A form with a mistake in it
  // stays as old as it was: nobody has looked at anything yet.
  const isLooked = given.typed === undefined || given.differing !== undefined;
  const version = isLooked ? await versionOf(work, id) : valueOf(typed, 'version');
  return changeActionPage(slug, action, await choicesFor(work), { typed, version, ...rest });
}

/** Both texts, in words, where two people changed the same action. */
async function differences(work: Reads, kept: Typed, typed: Typed): Promise<readonly Differing[]> {
  const { organisations, aims, indicators } = await choicesFor(work);
  const names = new Map([
    ...organisations.map(({ id, name }) => [id, name] as const),
    ...aims.map(({ id, title }) => [id, title] as const),
    ...indicators.map(({ id, name }) => [id, name] as const),
  ]);
  const joined = (form: Typed): Typed =>
    Object.fromEntries(
      Object.keys(actionLabels).map((field) => {
        const given = form[field] ?? '';
        const cells = typeof given === 'string' ? [given.replaceAll('\r\n', '\n').trim()] : given.toSorted();
        return [field, cells.map((cell) => names.get(cell) ?? cell).join('; ')];
      }),
    );
  return differingOf(joined(kept), joined(typed), actionLabels);
}

const example = { title: 'Safer routes home from college', status: 'planned' };
const sentences = { status: 'under-way', words: 'Two more sessions were held.' };

export const actionRoutes: readonly Route[] = [
  get({
    path: '/:partnership/plan',
    about: 'The plan: what will be done, by whom, by when',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    query: listQuery,
    navigation: { text: 'Plan', order: 18 },
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today, visitor }) {
      const { actions, count } = await listed(work, today, query, actionsPerPage);
      if (count === 0 && query.page > 1) return notFound;
      return {
        page: planPage({
          slug: params.partnership,
          actions,
          count,
          filter: query,
          order: { by: query.sort, descending: query.order === 'descending' },
          page: query.page,
          href: withQuery(planHref(params.partnership), queryOf(query)),
          aims: await listAims(work),
          today,
          mayWrite: mayPlan(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/plan/export.csv',
    about: 'The plan as a file, which can be read in again',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today }) {
      const { actions } = await listed(work, today, { ...query, page: 1 }, mostRows);
      const aims = await listAims(work, { ended: true });
      const names = new Map([
        ...(await organisationChoices(work)).map(({ id, name }) => [id, name] as const),
        ...aims.map(({ id, title }) => [id, title] as const),
      ]);
      const axisOf = new Map(aims.map(({ id, axis }) => [id, axis]));
      return {
        file: {
          name: `plan-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            planColumns.map(({ name }) => name),
            actions.map((action) => actionCells(action, names, axisOf)),
          ),
        },
      };
    },
  }),
  get({
    path: '/:partnership/plan/board',
    about: 'The plan on one page: late, at risk, done since last time, needs a decision',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    query: z.object({
      since: z
        .union([isoDateSchema, z.literal('')])
        .optional()
        .transform(empty),
    }),
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today }) {
      // A quarter, where nobody says when the board last met.
      const since = query.since ?? addDays(today, -91);
      return {
        page: boardPage({
          slug: params.partnership,
          counts: await boardCounts(work, today, since),
          lists: await boardLists(work, today, since, boardLines),
          since,
          today,
        }),
      };
    },
  }),
  get({
    path: '/:partnership/plan/matrix',
    about: 'Aims by priorities: how many actions serve both, and where there are none',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: matrixPage({ slug: params.partnership, aims: await listAims(work), cells: await matrixCells(work) }),
    }),
  }),
  get({
    path: '/:partnership/plan/new',
    about: 'Add an action',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({ page: addActionPage(params.partnership, await choicesFor(work)) }),
  }),
  post({
    path: '/:partnership/plan/new',
    about: 'Add an action',
    access: writtenByPlanners,
    audit: 'ACTION_ADDED',
    params: partnershipParams,
    body: actionForm,
    example: ({ partnership }) => ({ params: { partnership }, body: example }),
    async handle({ work, params: { partnership: slug }, body }) {
      const read = actionWanted(body, await knownFor(reading(work)));
      if ('errors' in read)
        return again(
          addActionPage(slug, await choicesFor(reading(work)), { typed: typedOf(body), errors: read.errors }),
        );
      const id = await addAction(work, read.wanted);
      return { seeOther: actionHref(slug, id), subject: `action/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: addActionPage(params.partnership, await choicesFor(work), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/actions/:id',
    about: 'One action: whom it serves, who answers for it, how it stands',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('action') } }),
    async handle({ work, params: { partnership: slug, id }, today, moment, visitor, equipment }) {
      const action = await getAction(work, id);
      const aims = (await listAims(work, { ended: true })).filter((aim) => action.aimIds.includes(aim.id));
      const others = action.needsIds.length === 0 ? [] : await actionChoices(work);
      return {
        page: actionPage({
          slug,
          action,
          aims,
          names: new Map(
            [...(await organisationChoices(work)), ...(await indicatorChoices(work))].map(({ id: of, name }) => [
              of,
              name,
            ]),
          ),
          needs: others.filter((other) => action.needsIds.includes(other.id)),
          milestones: await milestonesOf(work, id),
          updates: await updatesOf(work, id),
          use: await approachOfWork(work, { actionId: id }),
          evaluations: await evaluationsOf(work, { actionId: id }),
          interventions: await interventionsOfAction(work, id),
          changes: await historyOf(work, id, strategyWords),
          today,
          mayWrite: mayPlan(visitor),
          openLink: mayPlan(visitor) ? await openUpdateLink(work, equipment.links, id, moment) : undefined,
        }),
      };
    },
  }),
  get({
    path: '/:partnership/actions/:id/change',
    about: 'Change an action',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('action') } }),
    async handle({ work, params }) {
      if (!mayChange(await getAction(work, params.id))) return isClosed;
      return { page: await changePage(work, params.partnership, params.id) };
    },
  }),
  post({
    path: '/:partnership/actions/:id/change',
    about: 'Change an action',
    access: writtenByPlanners,
    audit: 'ACTION_CHANGED',
    params: recordParams,
    body: changeActionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('action-to-change') },
      body: { ...example, title: 'Safer routes home from school' },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      await holdAction(work, id);
      const before = await getAction(reading(work), id);
      if (!mayChange(before)) return isClosed;
      const kept = typedOfAction(before, await numbersOf(reading(work)));
      const typed = typedOf(body);
      if (isStale(body.version, await versionOf(reading(work), id)))
        return again(
          await changePage(reading(work), slug, id, {
            typed,
            errors: { '': changedMeanwhile },
            differing: await differences(reading(work), kept, typed),
          }),
          409,
        );
      const read = actionWanted(body, await knownFor(reading(work)), id);
      if ('errors' in read) return again(await changePage(reading(work), slug, id, { typed, errors: read.errors }));
      await changeAction(work, id, read.wanted);
      return {
        seeOther: actionHref(slug, id),
        subject: `action/${id}`,
        fields: Object.keys(actionLabels).filter(
          (field) => JSON.stringify(kept[field]) !== JSON.stringify(typed[field]),
        ),
      };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await changePage(work, params.partnership, params.id, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/actions/:id/close',
    about: 'Close an action with what came of it and what was learned',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('action') } }),
    async handle({ work, params }) {
      const action = await getAction(work, params.id);
      return isOpen(action) ? { page: closeActionPage(params.partnership, action) } : isClosed;
    },
  }),
  post({
    path: '/:partnership/actions/:id/close',
    about: 'Close an action with what came of it and what was learned',
    access: writtenByPlanners,
    audit: 'ACTION_CLOSED',
    params: recordParams,
    body: closeActionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('action-to-close') },
      body: { status: 'done', result: 'The offer runs every term.', learned: 'Schools want dates a year ahead.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdAction(work, id);
      const action = await getAction(reading(work), id);
      if (!isOpen(action)) return isClosed;
      const { status, result, learned } = body;
      const errors = whyNotClosed({ result, learned });
      if (result === null || learned === null)
        return again(closeActionPage(slug, action, { typed: typedAgain(body), errors }));
      await closeAction(work, id, { status, on: today, result, learned });
      return {
        seeOther: actionHref(slug, id),
        subject: `action/${id}`,
        fields: ['status', 'closed_on', 'result', 'learned'],
      };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: closeActionPage(params.partnership, await getAction(work, params.id), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/actions/:id/update',
    about: 'Say how an action stands',
    access: writtenByUpdaters,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('action') } }),
    async handle({ work, params }) {
      const action = await getAction(work, params.id);
      return isOpen(action) ? { page: updateActionPage(params.partnership, action) } : isClosed;
    },
  }),
  post({
    path: '/:partnership/actions/:id/update',
    about: 'Say how an action stands',
    access: writtenByUpdaters,
    audit: 'ACTION_UPDATED',
    params: recordParams,
    body: updateForm,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('action') }, body: sentences }),
    async handle({ work, params: { partnership: slug, id }, body, today, visitor }) {
      await holdAction(work, id);
      if (!isOpen(await getAction(reading(work), id))) return isClosed;
      await keepUpdate(work, id, body, { on: today, by: visitor.person?.id ?? 'system' });
      return { seeOther: actionHref(slug, id), subject: `action/${id}`, fields: ['status', 'reason', 'updated_on'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: updateActionPage(params.partnership, await getAction(work, params.id), { typed, errors }),
    }),
  }),
  post({
    path: '/:partnership/actions/:id/ask',
    about: 'Ask the owner of an action for an update, by a link that needs no account',
    access: writtenByPlanners,
    audit: 'ACTION_UPDATE_ASKED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('action') }, body: {} }),
    async handle({ work, params: { partnership: slug, id }, moment, visitor, equipment }) {
      const action = await getAction(reading(work), id);
      if (!isOpen(action) || visitor.partnership === undefined) return isClosed;
      const path = await issueLink(work, equipment.links, {
        partnership: visitor.partnership.id,
        purpose: updatePurpose,
        subject: `action/${id}`,
        expires: new Date(moment.getTime() + linkDays * 86_400_000),
        once: true,
      });
      if (action.ownerEmail !== null)
        await queueMail(work, visitor.partnership.id, {
          recipient: action.ownerEmail,
          subject: `How does it stand? ${action.title}`,
          body: [
            `${visitor.partnership.name} asks how this action stands: ${action.title}`,
            action.due === null ? '' : `It is to be done by ${action.due.text}.`,
            'Two sentences are enough. You need no account; the link opens once, for 30 days:',
            `${equipment.origin}${updatePath(path)}`,
          ]
            .filter((line) => line !== '')
            .join('\n\n'),
        });
      return { seeOther: actionHref(slug, id), subject: `action/${id}`, fields: ['link'] };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/actions/:id/milestones/new',
    about: 'Add a milestone to an action',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('action') } }),
    async handle({ work, params }) {
      const action = await getAction(work, params.id);
      return isOpen(action) ? { page: milestonePage(params.partnership, action) } : isClosed;
    },
  }),
  post({
    path: '/:partnership/actions/:id/milestones/new',
    about: 'Add a milestone to an action',
    access: writtenByPlanners,
    audit: 'MILESTONE_ADDED',
    params: recordParams,
    body: milestoneForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('action') },
      body: { title: 'First session held', due: 'September 2026' },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      if (!isOpen(await getAction(reading(work), id))) return isClosed;
      await addMilestone(work, id, body);
      return { seeOther: actionHref(slug, id), subject: `action/${id}`, fields: ['milestone'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: milestonePage(params.partnership, await getAction(work, params.id), { typed, errors }),
    }),
  }),
  post({
    path: '/:partnership/actions/:id/milestones/:milestone/reach',
    about: 'Say that a milestone was reached today',
    access: writtenByPlanners,
    audit: 'MILESTONE_REACHED',
    params: recordParams.extend({ milestone: z.uuid() }),
    body: z.object({}),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('action'), milestone: idOf('milestone') },
      body: {},
    }),
    async handle({ work, params: { partnership: slug, id, milestone }, today }) {
      await holdAction(work, id);
      if (!(await reachMilestone(work, id, milestone, today)))
        return { refused: 'conflict', sentence: 'This milestone was reached already, or is not there any more.' };
      return { seeOther: actionHref(slug, id), subject: `action/${id}`, fields: ['milestone'] };
    },
    invalid: () => notFound,
  }),
  atTheDoor.get({
    path: '/u/:token',
    about: 'Say how an action stands (by signed link)',
    access: 'public',
    door: 'identity',
    audit: { none: 'shows one action to whoever holds its link' },
    params: z.object({ token: z.string().max(600) }),
    example: () => ({ none: 'opens with a signed link that a letter brings, once' }),
    async handle({ work, params: { token }, moment, equipment }) {
      if (token === 'thanks') return { page: thanksPage() };
      const claim = equipment.links.read(token, updatePurpose, moment);
      if (typeof claim === 'string') return { page: closedLinkPage(claim) };
      const open = await readInPartnership(work, claim.partnership, (bound) => openAction(bound, claim));
      return { page: typeof open === 'string' ? closedLinkPage(open) : linkUpdatePage(token, open.name, open.action) };
    },
  }),
  atTheDoor.post({
    path: '/u/:token',
    about: 'Say how an action stands (by signed link)',
    access: 'public',
    door: 'identity',
    audit: 'ACTION_UPDATED',
    params: z.object({ token: z.string().max(600) }),
    body: updateForm,
    example: () => ({ none: 'opens with a signed link that a letter brings, once' }),
    async handle({ work, params: { token }, body, moment, today, equipment }) {
      const claim = equipment.links.read(token, updatePurpose, moment);
      if (typeof claim === 'string') return again(closedLinkPage(claim), 409);
      const bound = await goOnAs(work, { person: 'public', partnership: claim.partnership });
      const open = await openAction(reading(bound), claim);
      if (typeof open === 'string') return again(closedLinkPage(open), 409);
      const { id } = open.action;
      await holdAction(bound, id);
      // Of two clicks at the same time, the first.
      const taken = await takeLink(bound, claim);
      if (typeof taken === 'string') return again(closedLinkPage(taken), 409);
      await keepUpdate(bound, id, body, { on: today, by: 'link' });
      return { seeOther: '/u/thanks', subject: `action/${id}`, fields: ['status', 'reason', 'updated_on'] };
    },
    async invalid({ work, params: { token }, moment, errors, typed, equipment }) {
      const claim = equipment.links.read(token, updatePurpose, moment);
      if (typeof claim === 'string') return { page: closedLinkPage(claim) };
      const open = await readInPartnership(work, claim.partnership, (bound) => openAction(bound, claim));
      return {
        page:
          typeof open === 'string'
            ? closedLinkPage(open)
            : linkUpdatePage(token, open.name, open.action, { typed, errors }),
      };
    },
  }),
];

/** Links are signed for an address of their own: `/l/` is that of invitations. */
const updatePath = (path: string): string => path.replace(/^\/l\//, '/u/');

async function openUpdateLink(
  work: ReadWork<'platform'>,
  links: Parameters<typeof openLinkOn>[1],
  id: string,
  moment: Date,
): Promise<string | undefined> {
  const path = await openLinkOn(work, links, `action/${id}`, moment);
  return path === undefined ? undefined : updatePath(path);
}

async function openAction(
  bound: ReadWork<'platform' | 'partnership' | 'strategy'>,
  claim: LinkClaim,
): Promise<{ readonly action: Action; readonly name: string } | WhyLinkClosed> {
  const opens = await lookAtLink(bound, claim);
  if (typeof opens === 'string') return opens;
  const action = await getAction(bound, opens.subject.split('/')[1] ?? '');
  if (!isOpen(action)) return 'closed';
  return { action, name: (await getPartnership(bound, claim.partnership)).name };
}

async function keepUpdate(
  work: Work<'strategy' | 'partnership'>,
  id: string,
  { status, words, needsDecision }: z.infer<typeof updateForm>,
  by: { readonly on: IsoDate; readonly by: string },
): Promise<void> {
  await addUpdate(work, id, { status, words, ...by });
  await changeDecision(work, id, needsDecision);
}

/** A form as it was typed, for a page that shows it again: money and ticks as people write them. */
const typedOf = (body: z.infer<typeof actionForm>): Typed => ({
  ...typedAgain(body),
  cost: body.cost === null ? '' : `£${(body.cost / 100).toFixed(2)}`,
  aims: [...body.aims].sort(),
  partners: [...body.partners].sort(),
  tiers: [...body.tiers],
});
