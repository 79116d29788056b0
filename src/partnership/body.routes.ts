import { z } from 'zod';
import { parsePartialDate, roles, type IsoDate, type PartialDate } from '../duty/index.ts';
import { withQuery } from '../govuk/index.ts';
import { csvOf } from '../platform/files/csv.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import {
  type Differing,
  type Errors,
  type Typed,
  again,
  changedMeanwhile,
  differingOf,
  typedAgain,
  valueOf,
} from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Route, type Visitor } from '../platform/http/route.ts';
import { bodiesPage, bodiesPerPage, mostInTree } from './bodies.page.tsx';
import {
  addBodyPage,
  bodyNamesPage,
  changeBodyPage,
  endBodyPage,
  severalBodiesPage,
  termsPage,
  typedOfBody,
} from './body-form.page.tsx';
import { bodyCells, bodyColumns } from './body-rows.ts';
import {
  belongingLabels,
  belongings,
  bodiesOf,
  bodyForm,
  bodyKindLabels,
  bodyKinds,
  bodyNameForm,
  bodyStateOf,
  changeBodyForm,
  endForm,
  frequencyLabels,
  severalForm,
  termsForm,
  wantedOf,
  whyNoBody,
  whyNoEnd,
} from './body.ts';
import { bodyPage, mayWriteBodies } from './body.page.tsx';
import {
  addBody,
  bodiesToExport,
  bodyOrders,
  changeBody,
  changeTerms,
  endBody,
  getBody,
  holdBody,
  holdReporting,
  listBodies,
  otherNamesOf,
  reportingOf,
  versionOfRow,
  type BodySeen,
} from './body.store.ts';
import { meetingsOf } from './meeting.store.ts';
import { nameOn } from './organisation.ts';
import { addOtherName, organisationChoices, removeOtherName } from './organisation.store.ts';
import { historyOf, publish } from './register.store.ts';
import { chairText, showSeats } from './seat.ts';
import { postsOf, seatsOf } from './seat.store.ts';
import { isOver } from './span.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();
type Reads = ReadWork<'partnership' | 'platform'>;

const seen = { anyOf: roles } as const;
const written = { anyOf: mayWriteBodies } as const;
const contacts = { none: 'work contacts, as in a staff list' } as const;
const mayWrite = (visitor: Visitor) => mayWriteBodies.some((role) => visitor.roles.includes(role));
const nameParams = recordParams.extend({ name: z.uuid() });
const mostRows = 20_000;

interface Given {
  readonly typed?: Typed | undefined;
  readonly errors?: Errors | undefined;
}

/** An empty field of a filter is no filter. */
const empty = (text: string | undefined) => (text === '' ? undefined : text);
const listQuery = z.object({
  words: z.string().trim().max(200).optional().transform(empty),
  kind: z
    .enum(['', ...bodyKinds])
    .optional()
    .transform((kind) => (kind === '' ? undefined : kind)),
  belongs: z
    .enum(['', ...belongings])
    .optional()
    .transform((belongs) => (belongs === '' ? undefined : belongs)),
  state: z.enum(['running', 'ended', 'all']).default('running'),
  view: z.enum(['tree', 'table']).default('tree'),
  sort: z.enum(bodyOrders).default('name'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});
type ListQuery = z.infer<typeof listQuery>;

/** The query of the list as text, without what is as usual. */
const queryOf = ({ words, kind, belongs, state, view, sort, order }: ListQuery) => ({
  words,
  kind,
  belongs,
  state: state === 'running' ? undefined : state,
  view: view === 'tree' ? undefined : view,
  sort: sort === 'name' ? undefined : sort,
  order: order === 'ascending' ? undefined : order,
});

const listed = (work: Reads, today: IsoDate, query: ListQuery, limit: number) =>
  listBodies(
    work,
    today,
    query,
    { by: query.sort, descending: query.order === 'descending' },
    { limit, offset: (query.page - 1) * limit },
  );

async function choicesFor(work: Reads, today: IsoDate, body?: Pick<BodySeen, 'id' | 'reportsTo'>) {
  const bodies = await reportingOf(work);
  return {
    bodies: bodies.filter((each) => each.id !== body?.id && (!isOver(each, today) || each.id === body?.reportsTo)),
    organisations: await organisationChoices(work),
  };
}

async function changePage(
  work: Reads,
  slug: string,
  id: string,
  today: IsoDate,
  given: Given & { readonly differing?: readonly Differing[] } = {},
): Promise<Page> {
  const body = await getBody(work, id);
  // What was typed on an old form is looked at beside what is kept now, and may then take its place.
  return changeBodyPage(slug, body, await choicesFor(work, today, body), {
    ...given,
    version: await versionOfRow(work, id, id),
  });
}

const bodyLabels = {
  name: 'Name',
  kind: 'Kind',
  belongs: 'Whose it is',
  frequency: 'How often it meets',
  reportsTo: 'Reports to',
  host: 'Run by',
  purpose: 'Purpose',
  since: 'Since',
  until: 'Until',
  hidden: 'Not shown to the public',
};

async function bodyWords(work: Reads): Promise<(field: string, value: string) => string> {
  const records = [...(await reportingOf(work)), ...(await organisationChoices(work))];
  const names = new Map(records.map(({ id, name }) => [id, name]));
  const labels: Readonly<Record<string, string>> = { ...bodyKindLabels, ...belongingLabels, ...frequencyLabels };
  return (field, value) =>
    ['kind', 'belongs', 'frequency'].includes(field) ? (labels[value] ?? value) : (names.get(value) ?? value);
}

/** The day as at which a record is shown: what was asked for, or today; and why it could not be read. */
function dayAsked(on: string, today: IsoDate): { readonly day: IsoDate; readonly error?: string } {
  if (on.trim() === '') return { day: today };
  const read = parsePartialDate(on);
  if (!read.done) return { day: today, error: read.sentence };
  const day = read.value.latest ?? read.value.earliest;
  return day === null ? { day: today, error: 'Enter a day, such as 14 July 2023' } : { day };
}

export const bodyRoutes: readonly Route[] = [
  get({
    path: '/:partnership/bodies',
    about: 'Boards and groups: who meets, who chairs, what reports to what',
    access: seen,
    audit: contacts,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today, visitor }) {
      const isTree = query.view === 'tree';
      const asked = isTree ? { ...query, page: 1 } : query;
      const { bodies, count } = await listed(work, today, asked, isTree ? mostInTree : bodiesPerPage);
      if (count === 0 && asked.page > 1) return notFound;
      return {
        page: bodiesPage({
          slug: params.partnership,
          bodies,
          count,
          filter: query,
          view: query.view,
          order: { by: query.sort, descending: query.order === 'descending' },
          page: asked.page,
          href: withQuery(`/${params.partnership}/bodies`, queryOf(query)),
          day: today,
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/bodies/export.csv',
    about: 'Boards and groups as a file',
    access: seen,
    audit: contacts,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today }) {
      const { bodies } = await listed(work, today, { ...query, page: 1 }, mostRows);
      const more = await bodiesToExport(work);
      const rows = bodies.map((body) => [
        ...bodyCells({
          ...body,
          purpose: null,
          host: null,
          isPublic: true,
          ...more.get(body.id),
          reportsTo: body.superior,
        }),
        body.chair === null ? '' : chairText(body.chair),
        body.members,
        body.termsReview?.text ?? '',
      ]);
      return {
        file: {
          name: `boards-and-groups-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf([...bodyColumns.map(({ name }) => name), 'Chair', 'Members', 'Terms reviewed by'], rows),
        },
      };
    },
  }),
  get({
    path: '/:partnership/bodies/new',
    about: 'Add a board or group',
    access: written,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, today }) => ({
      page: addBodyPage(params.partnership, await choicesFor(work, today)),
    }),
  }),
  post({
    path: '/:partnership/bodies/new',
    about: 'Add a board or group',
    access: written,
    audit: 'BODY_ADDED',
    params: partnershipParams,
    body: bodyForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { name: 'Night-time Economy Group', kind: 'group', belongs: 'own', frequency: 'monthly' },
    }),
    async handle({ work, params, body, today }) {
      const slug = params.partnership;
      await holdReporting(work);
      const refuse = async (errors: Errors) =>
        again(addBodyPage(slug, await choicesFor(reading(work), today), { typed: typedAgain(body), errors }));
      const id = await addBody(work, wantedOf(body));
      if (id === undefined) return refuse({ name: `${body.name} is there already. Enter another name` });
      await publish(work, today);
      return { seeOther: `/${slug}/bodies/${id}`, subject: `body/${id}`, fields: ['name', 'kind', 'frequency'] };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: addBodyPage(params.partnership, await choicesFor(work, today), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/bodies/several',
    about: 'Add several boards and groups at once',
    access: written,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({ page: severalBodiesPage(params.partnership, await reportingOf(work)) }),
  }),
  post({
    path: '/:partnership/bodies/several',
    about: 'Add several boards and groups at once',
    access: written,
    audit: 'BODIES_ADDED',
    params: partnershipParams,
    body: severalForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { name: 'Seafront Group', kind: 'group', belongs: 'own', frequency: 'weekly', reportsTo: '' },
    }),
    async handle({ work, params, body, today }) {
      await holdReporting(work);
      const there = await reportingOf(reading(work));
      const read = bodiesOf(body, there);
      if ('errors' in read)
        return again(severalBodiesPage(params.partnership, there, { typed: body, errors: read.errors }));
      const ids = new Map<string, string>();
      for (const { id: row, ...wanted } of read.rows) {
        const reportsTo = wanted.reportsTo === null ? null : (ids.get(wanted.reportsTo) ?? wanted.reportsTo);
        const id = await addBody(work, { ...plain, ...wanted, reportsTo });
        // The names were compared under the lock that everybody who adds takes.
        if (id === undefined) throw new Error('a body that was not there is there');
        ids.set(row, id);
      }
      await publish(work, today);
      return { seeOther: `/${params.partnership}/bodies`, subject: 'body', fields: ['name', 'kind', 'frequency'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: severalBodiesPage(params.partnership, await reportingOf(work), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/bodies/:id',
    about: 'One board or group: its terms, chair, members, meetings and history, today or on a day',
    access: seen,
    audit: contacts,
    params: recordParams,
    query: z.object({ on: z.string().max(80).default('') }),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('body') } }),
    async handle({ work, params: { partnership, id }, query, today, visitor }) {
      const body = await getBody(work, id);
      const { day, error } = dayAsked(query.on, today);
      const seats = await seatsOf(work, id);
      const posts = await postsOf(
        work,
        seats.flatMap(({ personId }) => personId ?? []),
      );
      const names = await otherNamesOf(work, [
        ...seats.flatMap(({ organisationId }) => organisationId ?? []),
        ...[...posts.values()].flat().map(({ organisationId }) => organisationId),
        ...[body.reportsTo, body.host].flatMap((each) => each ?? []),
        ...body.subordinates.map((each) => each.id),
      ]);
      const then = <R extends { readonly id: string; readonly name: string }>(record: R): R => ({
        ...record,
        name: nameOn({ name: record.name, otherNames: names.get(record.id) ?? [] }, day),
      });
      return {
        page: bodyPage({
          slug: partnership,
          body,
          today,
          day,
          on: { typed: query.on, error },
          nameThen: nameOn(body, day),
          superiorThen: body.superior === null ? null : then(body.superior),
          hostThen: body.hostOrganisation === null ? null : then(body.hostOrganisation),
          subordinatesThen: body.subordinates.filter((each) => bodyStateOf(each, day) === 'running').map(then),
          seats: showSeats(seats, posts, names, day),
          meetings: (await meetingsOf(work, id)).filter(({ on }) => (on.earliest ?? on.latest ?? day) <= day),
          changes: await historyOf(work, id),
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/bodies/:id/change',
    about: 'Change a board or group',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('body') } }),
    handle: async ({ work, params, today }) => ({
      page: await changePage(work, params.partnership, params.id, today),
    }),
  }),
  post({
    path: '/:partnership/bodies/:id/change',
    about: 'Change a board or group',
    access: written,
    audit: 'BODY_CHANGED',
    params: recordParams,
    body: changeBodyForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('body') },
      body: { name: 'Burglary Group', kind: 'group', belongs: 'own', frequency: 'quarterly' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdReporting(work);
      await holdBody(work, id);
      const before = await getBody(reading(work), id);
      const typed = typedAgain(body);
      const refuse = async (errors: Errors) =>
        again(await changePage(reading(work), slug, id, today, { typed, errors }));
      if (body.version !== '' && body.version !== (await versionOfRow(reading(work), id, id))) {
        const differing = differingOf(typedOfBody(before), typed, bodyLabels, await bodyWords(reading(work)));
        const errors = { '': changedMeanwhile };
        return again(await changePage(reading(work), slug, id, today, { typed, errors, differing }), 409);
      }
      const wanted = wantedOf(body);
      const isRenamed = body.why === 'renamed' && body.name !== before.name;
      if (isRenamed && body.renamedOn === null) return refuse({ renamedOn: 'Enter the last day of the old name' });
      const why = whyNoBody({ ...wanted, id }, await reportingOf(reading(work)));
      if (why !== undefined) return refuse({ [why.field]: why.sentence });
      if (!(await changeBody(work, id, wanted)))
        return refuse({ name: `${body.name} is the name of another board or group. Enter another name` });
      if (isRenamed)
        await addOtherName(work, { body: id }, { name: before.name, use: 'former', until: body.renamedOn });
      await publish(work, today);
      const kept = typedOfBody(before);
      return {
        seeOther: `/${slug}/bodies/${id}`,
        subject: `body/${id}`,
        fields: Object.keys(bodyLabels).filter((field) => valueOf(kept, field) !== valueOf(typed, field)),
      };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await changePage(work, params.partnership, params.id, today, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/bodies/:id/terms',
    about: 'Write or review the terms of reference of a board or group',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('body') } }),
    handle: async ({ work, params }) => ({ page: await termsForms(work, params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/bodies/:id/terms',
    about: 'Write or review the terms of reference of a board or group',
    access: written,
    audit: 'BODY_TERMS_CHANGED',
    params: recordParams,
    body: termsForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('body') },
      body: { terms: 'To prevent burglary and help people who were burgled.', termsReview: 'June 2027' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdBody(work, id);
      const before = await getBody(reading(work), id);
      const typed = typedAgain(body);
      if (body.version !== '' && body.version !== (await versionOfRow(reading(work), id, id))) {
        const differing = differingOf(
          { terms: before.terms ?? '', termsReview: before.termsReview?.text ?? '' },
          typed,
          { terms: 'Terms of reference', termsReview: 'To be reviewed by' },
        );
        const errors = { '': changedMeanwhile };
        return again(await termsForms(reading(work), slug, id, { typed, errors, differing }), 409);
      }
      await changeTerms(work, id, body);
      await publish(work, today);
      return { seeOther: `/${slug}/bodies/${id}`, subject: `body/${id}`, fields: ['terms', 'terms_review'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await termsForms(work, params.partnership, params.id, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/bodies/:id/end',
    about: 'End a board or group',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('body') } }),
    handle: async ({ work, params, today }) => ({ page: await endPage(work, params.partnership, params.id, today) }),
  }),
  post({
    path: '/:partnership/bodies/:id/end',
    about: 'End a board or group',
    access: written,
    audit: 'BODY_ENDED',
    params: recordParams,
    body: endForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('body-to-end') },
      body: { until: '31 May 2026' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdReporting(work);
      await holdBody(work, id);
      const before = await getBody(reading(work), id);
      if (before.until !== null)
        return {
          refused: 'conflict',
          sentence: `${before.name} has an end already. Change it on the page “Change it”.`,
        };
      const until = body.until as PartialDate; // the form's own refinement
      const why = whyNoEnd(before, until, body.instead, await reportingOf(reading(work)));
      if (why !== undefined) {
        const errors = { [why.field]: why.sentence };
        return again(await endPage(reading(work), slug, id, today, { typed: typedAgain(body), errors }));
      }
      await endBody(work, id, until, body.instead);
      await publish(work, today);
      return { seeOther: `/${slug}/bodies/${id}`, subject: `body/${id}`, fields: ['until', 'seat', 'reports_to'] };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await endPage(work, params.partnership, params.id, today, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/bodies/:id/names/new',
    about: 'Other names of a board or group',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('body') } }),
    handle: async ({ work, params }) => ({
      page: bodyNamesPage(params.partnership, await getBody(work, params.id)),
    }),
  }),
  post({
    path: '/:partnership/bodies/:id/names/new',
    about: 'Add another name of a board or group',
    access: written,
    audit: 'OTHER_NAME_ADDED',
    params: recordParams,
    body: bodyNameForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('body') },
      body: { name: 'Homes Safe Group', use: 'also' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdBody(work, id);
      const before = await getBody(reading(work), id);
      const isTaken = [before.name, ...before.otherNames.map(({ name }) => name)].some(
        (name) => name.toLowerCase() === body.name.toLowerCase(),
      );
      const error = isTaken
        ? { name: `It is called ${body.name} already` }
        : body.use === 'former' && body.until === null
          ? { until: 'Enter the last day of that name' }
          : undefined;
      if (error !== undefined) return again(bodyNamesPage(slug, before, { typed: typedAgain(body), errors: error }));
      const until = body.use === 'former' ? body.until : null;
      await addOtherName(work, { body: id }, { name: body.name, use: body.use, until });
      await publish(work, today);
      return { seeOther: `/${slug}/bodies/${id}`, subject: `body/${id}`, fields: ['other_name'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: bodyNamesPage(params.partnership, await getBody(work, params.id), { typed, errors }),
    }),
  }),
  post({
    path: '/:partnership/bodies/:id/names/:name/remove',
    about: 'Remove another name of a board or group',
    access: written,
    audit: 'OTHER_NAME_REMOVED',
    params: nameParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('body'), name: idOf('body-name') },
      body: {},
    }),
    async handle({ work, params: { partnership: slug, id, name }, today }) {
      await holdBody(work, id);
      const { otherNames } = await getBody(reading(work), id);
      if (!otherNames.some((each) => each.id === name))
        return { refused: 'conflict', sentence: 'This name is not there any more.' };
      await removeOtherName(work, name);
      await publish(work, today);
      return { seeOther: `/${slug}/bodies/${id}`, subject: `body/${id}`, fields: ['other_name'] };
    },
    invalid: () => notFound,
  }),
];

/** What the form for several does not ask. */
const plain = { purpose: null, host: null, isPublic: true, since: null, until: null } as const;

async function termsForms(
  work: Reads,
  slug: string,
  id: string,
  given: Given & { readonly differing?: readonly Differing[] } = {},
): Promise<Page> {
  return termsPage(slug, await getBody(work, id), { ...given, version: await versionOfRow(work, id, id) });
}

async function endPage(work: Reads, slug: string, id: string, today: IsoDate, given: Given = {}): Promise<Page> {
  const body = await getBody(work, id);
  const { bodies } = await choicesFor(work, today, body);
  return endBodyPage(slug, body, bodies, given);
}
