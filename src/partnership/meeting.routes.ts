import { z } from 'zod';
import { formatPartialDate, roles, type IsoDate, type PartialDate } from '../duty/index.ts';
import { withQuery } from '../govuk/index.ts';
import { csvOf } from '../platform/files/csv.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { type Errors, type Typed, again, typedAgain } from '../platform/http/form.page.tsx';
import { recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Route, type Visitor } from '../platform/http/route.ts';
import { mayWriteBodies } from './body.page.tsx';
import { getBody, holdBody, otherNamesOf } from './body.store.ts';
import { decisionForm, meetingForm, meetingTitle, whyNoMeeting } from './meeting.ts';
import {
  decisionFormPage,
  decisionPage,
  decisionsPage,
  decisionsPerPage,
  meetingFormPage,
  meetingPage,
  type BodyThen,
} from './meeting.page.tsx';
import {
  addDecision,
  addMeeting,
  changeDecision,
  changeMeeting,
  decisionOrders,
  getDecision,
  getMeeting,
  holdMeeting,
  listDecisions,
  meetingsOf,
} from './meeting.store.ts';
import { nameOn } from './organisation.ts';
import { historyOf, publish } from './register.store.ts';
import { showSeats } from './seat.ts';
import { postsOf, seatsOf } from './seat.store.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();
type Reads = ReadWork<'partnership' | 'platform'>;

const seen = { anyOf: roles } as const;
const written = { anyOf: mayWriteBodies } as const;
const contacts = { none: 'what minutes that are kept elsewhere say' } as const;
const mayWrite = (visitor: Visitor) => mayWriteBodies.some((role) => visitor.roles.includes(role));
const mostRows = 20_000;

interface Given {
  readonly typed?: Typed | undefined;
  readonly errors?: Errors | undefined;
}

const empty = (text: string | undefined) => (text === '' ? undefined : text);
const listQuery = z.object({
  words: z.string().trim().max(200).optional().transform(empty),
  sort: z.enum(decisionOrders).default('on'),
  order: z.enum(['ascending', 'descending']).default('descending'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});
type ListQuery = z.infer<typeof listQuery>;
const listed = (work: Reads, body: string, query: ListQuery, limit: number) =>
  listDecisions(
    work,
    body,
    query.words,
    { by: query.sort, descending: query.order === 'descending' },
    { limit, offset: (query.page - 1) * limit },
  );

/** The body of a meeting, with its name and chair on that day: a paper of July 2023 stays correct. */
async function bodyOn(work: Reads, id: string, on: PartialDate, today: IsoDate): Promise<BodyThen> {
  const body = await getBody(work, id);
  const day = on.latest ?? on.earliest ?? today;
  const seats = (await seatsOf(work, id)).filter(({ role }) => role === 'chair');
  const posts = await postsOf(
    work,
    seats.flatMap(({ personId }) => personId ?? []),
  );
  const names = await otherNamesOf(work, [
    ...seats.flatMap(({ organisationId }) => organisationId ?? []),
    ...[...posts.values()].flat().map(({ organisationId }) => organisationId),
  ]);
  return { id, name: body.name, nameThen: nameOn(body, day), chairThen: showSeats(seats, posts, names, day).chair };
}

/** A meeting's own changes are the body's, its decisions' are its own. */
async function historyOfMeeting(work: Reads, id: string, body: string) {
  const own = (await historyOf(work, body)).filter(({ row }) => row === id);
  return [...own, ...(await historyOf(work, id))].sort((a, b) => (a.at < b.at ? 1 : -1));
}

async function meetingForms(work: Reads, slug: string, id: string, given: Given = {}): Promise<Page> {
  const meeting = await getMeeting(work, id);
  return meetingFormPage({ slug, body: await getBody(work, meeting.bodyId), meeting, ...given });
}

async function newDecisionPage(
  work: Reads,
  slug: string,
  id: string,
  today: IsoDate,
  given: Given = {},
): Promise<Page> {
  const meeting = await getMeeting(work, id);
  return decisionFormPage({ slug, meeting, body: await bodyOn(work, meeting.bodyId, meeting.on, today), ...given });
}

async function changeDecisionPage(
  work: Reads,
  slug: string,
  id: string,
  today: IsoDate,
  given: Given = {},
): Promise<Page> {
  const decision = await getDecision(work, id);
  const meeting = await getMeeting(work, decision.meetingId);
  const body = await bodyOn(work, decision.bodyId, decision.on, today);
  return decisionFormPage({ slug, meeting, body, decision, ...given });
}

export const meetingRoutes: readonly Route[] = [
  get({
    path: '/:partnership/bodies/:id/meetings/new',
    about: 'Add a meeting of a board or group',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('body') } }),
    handle: async ({ work, params }) => ({
      page: meetingFormPage({ slug: params.partnership, body: await getBody(work, params.id) }),
    }),
  }),
  post({
    path: '/:partnership/bodies/:id/meetings/new',
    about: 'Add a meeting of a board or group',
    access: written,
    audit: 'MEETING_ADDED',
    params: recordParams,
    body: meetingForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('body') },
      body: { on: '14 May 2026', title: 'Spring meeting' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdBody(work, id);
      const owner = await getBody(reading(work), id);
      const on = body.on as PartialDate; // the form's own refinement
      const refuse = (errors: Errors) => again(meetingFormPage({ slug, body: owner, typed: typedAgain(body), errors }));
      const why = whyNoMeeting(on, owner);
      if (why !== undefined) return refuse({ [why.field]: why.sentence });
      const isThere = (await meetingsOf(reading(work), id)).some(
        (other) => other.title === body.title && other.on.earliest === on.earliest && other.on.latest === on.latest,
      );
      if (isThere)
        return refuse({ on: `This meeting of ${formatPartialDate(on)} is there already. Give the other a title` });
      const meeting = await addMeeting(work, id, { on, title: body.title, papers: body.papers });
      await publish(work, today);
      return { seeOther: `/${slug}/meetings/${meeting}`, subject: `meeting/${meeting}`, fields: ['on_day', 'title'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: meetingFormPage({ slug: params.partnership, body: await getBody(work, params.id), typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/bodies/:id/decisions',
    about: 'What a board or group decided',
    access: seen,
    audit: contacts,
    params: recordParams,
    query: listQuery,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('scrutiny') } }),
    async handle({ work, params: { partnership: slug, id }, query }) {
      const body = await getBody(work, id);
      const { decisions, count } = await listed(work, id, query, decisionsPerPage);
      if (count === 0 && query.page > 1) return notFound;
      const { words, sort, order, page } = query;
      return {
        page: decisionsPage({
          slug,
          body,
          decisions,
          count,
          words,
          order: { by: sort, descending: order === 'descending' },
          page,
          href: withQuery(`/${slug}/bodies/${id}/decisions`, { words, sort, order }),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/bodies/:id/decisions/export.csv',
    about: 'What a board or group decided, as a file',
    access: seen,
    audit: contacts,
    params: recordParams,
    query: listQuery,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('scrutiny') } }),
    async handle({ work, params: { partnership: slug, id }, query }) {
      const body = await getBody(work, id);
      const { decisions } = await listed(work, id, { ...query, page: 1 }, mostRows);
      return {
        file: {
          name: `decisions-${slug}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            ['Reference', 'Body', 'Date', 'Meeting', 'Number', 'Decision'],
            decisions.map((decision) => [
              `decision/${decision.id}`,
              body.name,
              decision.on.text,
              meetingTitle(decision.meeting, body.name),
              decision.reference,
              decision.wording,
            ]),
          ),
        },
      };
    },
  }),
  get({
    path: '/:partnership/meetings/:id',
    about: 'One meeting that records refer to, with its decisions',
    access: seen,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('meeting') } }),
    async handle({ work, params: { partnership: slug, id }, today, visitor }) {
      const meeting = await getMeeting(work, id);
      return {
        page: meetingPage({
          slug,
          meeting,
          body: await bodyOn(work, meeting.bodyId, meeting.on, today),
          changes: await historyOfMeeting(work, id, meeting.bodyId),
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/meetings/:id/change',
    about: 'Change a meeting',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('meeting') } }),
    handle: async ({ work, params }) => ({ page: await meetingForms(work, params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/meetings/:id/change',
    about: 'Change a meeting',
    access: written,
    audit: 'MEETING_CHANGED',
    params: recordParams,
    body: meetingForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('meeting') },
      body: { on: '9 July 2025', title: 'Committee, July 2025' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdMeeting(work, id);
      const { bodyId } = await getMeeting(reading(work), id);
      const on = body.on as PartialDate; // the form's own refinement
      const why = whyNoMeeting(on, await getBody(reading(work), bodyId));
      if (why !== undefined) {
        const errors = { [why.field]: why.sentence };
        return again(await meetingForms(reading(work), slug, id, { typed: typedAgain(body), errors }));
      }
      await changeMeeting(work, id, { on, title: body.title, papers: body.papers });
      await publish(work, today);
      return { seeOther: `/${slug}/meetings/${id}`, subject: `meeting/${id}`, fields: ['on_day', 'title', 'papers'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await meetingForms(work, params.partnership, params.id, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/meetings/:id/decisions/new',
    about: 'Add a decision of a meeting',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('meeting') } }),
    handle: async ({ work, params, today }) => ({
      page: await newDecisionPage(work, params.partnership, params.id, today),
    }),
  }),
  post({
    path: '/:partnership/meetings/:id/decisions/new',
    about: 'Add a decision of a meeting',
    access: written,
    audit: 'DECISION_ADDED',
    params: recordParams,
    body: decisionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('meeting') },
      body: { reference: '9.1', wording: 'To look at the evening buses again in a year.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdMeeting(work, id);
      const { decisions } = await getMeeting(reading(work), id);
      const taken = body.reference !== null && decisions.some(({ reference }) => reference === body.reference);
      if (taken) {
        const errors = {
          reference: `Decision ${body.reference} of this meeting is there already. Enter another number`,
        };
        return again(await newDecisionPage(reading(work), slug, id, today, { typed: typedAgain(body), errors }));
      }
      const decision = await addDecision(work, id, body);
      await publish(work, today);
      return { seeOther: `/${slug}/meetings/${id}`, subject: `decision/${decision}`, fields: ['reference', 'wording'] };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await newDecisionPage(work, params.partnership, params.id, today, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/decisions/:id',
    about: 'One decision: who decided it and when',
    access: seen,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('decision') } }),
    async handle({ work, params: { partnership: slug, id }, today, visitor }) {
      const decision = await getDecision(work, id);
      return {
        page: decisionPage({
          slug,
          decision,
          meeting: await getMeeting(work, decision.meetingId),
          body: await bodyOn(work, decision.bodyId, decision.on, today),
          changes: (await historyOf(work, decision.meetingId)).filter(({ row }) => row === id),
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/decisions/:id/change',
    about: 'Change the number or the wording of a decision',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('decision') } }),
    handle: async ({ work, params, today }) => ({
      page: await changeDecisionPage(work, params.partnership, params.id, today),
    }),
  }),
  post({
    path: '/:partnership/decisions/:id/change',
    about: 'Change the number or the wording of a decision',
    access: written,
    audit: 'DECISION_CHANGED',
    params: recordParams,
    body: decisionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('decision') },
      body: { reference: '7.2', wording: 'That the partnership report back in twelve months.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      const { meetingId } = await getDecision(reading(work), id);
      await holdMeeting(work, meetingId);
      const before = await getDecision(reading(work), id);
      const { decisions } = await getMeeting(reading(work), meetingId);
      const taken =
        body.reference !== null && decisions.some((other) => other.id !== id && other.reference === body.reference);
      if (taken) {
        const errors = {
          reference: `Decision ${body.reference} of this meeting is there already. Enter another number`,
        };
        return again(await changeDecisionPage(reading(work), slug, id, today, { typed: typedAgain(body), errors }));
      }
      await changeDecision(work, id, body);
      await publish(work, today);
      return {
        seeOther: `/${slug}/decisions/${id}`,
        subject: `decision/${id}`,
        fields: (['reference', 'wording'] as const).filter((field) => before[field] !== body[field]),
      };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await changeDecisionPage(work, params.partnership, params.id, today, { typed, errors }),
    }),
  }),
];
