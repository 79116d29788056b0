import { z } from 'zod';
import { addMonths, parsePartialDate, type IsoDate } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { organisationChoices } from './organisation.store.ts';
import { peoplePage, peoplePerPage, turnoverPage, turnText, turnWords, whenOf } from './people.page.tsx';
import { forEverybody, mayWrite, workContacts } from './person-answers.routes.ts';
import { personColumns } from './person-rows.ts';
import { personStates } from './person.ts';
import { listPeople, type PersonFilter } from './person.store.ts';
import { readDay } from './post.ts';
import { postsAround } from './post.store.ts';
import { turnoverOf } from './turnover.ts';

const { get } = rowsOf<'partnership' | 'platform'>();

const ordered = {
  sort: z.enum(['name', 'organisation', 'since']).default('name'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
};
const empty = (text: string | undefined) => (text === undefined || text.trim() === '' ? undefined : text.trim());

const listQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  words: z.string().max(200).optional().transform(empty),
  organisation: z
    .union([z.uuid(), z.literal('')])
    .optional()
    .transform(empty),
  state: z.enum(['here', 'all', ...personStates]).default('here'),
  on: z.string().max(320).optional().transform(empty),
  ...ordered,
});
type ListQuery = z.infer<typeof listQuery>;

const filterOf = ({ words, organisation, state }: ListQuery): PersonFilter => ({
  words,
  organisation,
  state: state === 'here' ? undefined : state,
});
const orderOf = ({ sort, order }: ListQuery) => ({ by: sort, descending: order === 'descending' });

/** More than any partnership has: a file holds everybody. */
const everybody = { limit: 1_000_000, offset: 0 };

const periodQuery = z.object({ from: z.string().max(320).default(''), to: z.string().max(320).default('') });

/** Who may open the list of accounts: see the routes of access. */
const whoSeesAccess = ['administrator', 'coordinator', 'information-governance'] as const;

export const peopleRoutes: readonly Route[] = [
  get({
    path: '/:partnership/people',
    about: 'The people of the partnership, today or as at a day',
    access: forEverybody,
    audit: workContacts,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, visitor, today }) {
      const { day, mistake } = readDay(query.on ?? '', today);
      const page = { limit: peoplePerPage, offset: (query.page - 1) * peoplePerPage };
      const { people, count } = await listPeople(work, day, filterOf(query), orderOf(query), page);
      if (count === 0 && query.page > 1) return notFound;
      return {
        page: peoplePage({
          slug: params.partnership,
          people,
          count,
          asked: query,
          day,
          today,
          mistake,
          organisations: await organisationChoices(work),
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/people/export.csv',
    about: 'The people of the list as a file, without those whose names are under lock',
    access: forEverybody,
    audit: workContacts,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today }) {
      const { day } = readDay(query.on ?? '', today);
      const { people } = await listPeople(work, day, filterOf(query), orderOf(query), everybody);
      const rows = people
        .filter(({ hasLivedExperience }) => !hasLivedExperience)
        .flatMap(({ name, email, phone, posts }) =>
          (posts.length === 0 ? [undefined] : posts).map((post) => [
            name,
            email,
            phone,
            post?.organisation ?? null,
            post?.title ?? null,
            post?.since?.text ?? null,
            post?.until?.text ?? null,
          ]),
        );
      return csvFile(
        `people-${params.partnership}-${day}.csv`,
        personColumns.map(({ name }) => name),
        rows,
      );
    },
  }),
  get({
    path: '/:partnership/people/changes',
    about: 'Who joined, moved and left in a period, by their posts',
    access: forEverybody,
    audit: workContacts,
    params: partnershipParams,
    query: periodQuery.extend({ page: listQuery.shape.page }),
    example: ({ partnership }) => ({ params: { partnership }, query: { from: '2023-07-01', to: '2026-06-01' } }),
    async handle({ work, params, query, today, visitor }) {
      const period = readPeriod(query, today);
      return {
        page: turnoverPage({
          maySeeAccess: whoSeesAccess.some((role) => visitor.roles.includes(role)),
          slug: params.partnership,
          taken: await takenIn(work, period),
          ...period,
          typed: query,
          page: query.page,
        }),
      };
    },
  }),
  get({
    path: '/:partnership/people/changes/export.csv',
    about: 'Who joined, moved and left in a period, as a file, without those whose names are under lock',
    access: forEverybody,
    audit: workContacts,
    params: partnershipParams,
    query: periodQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today }) {
      const period = readPeriod(query, today);
      const rows = (await takenIn(work, period))
        .filter(({ hasLivedExperience }) => !hasLivedExperience)
        .map((one) => [one.name, turnWords[one.turn], whenOf(one), turnText(one)]);
      return csvFile(`joiners-movers-leavers-${params.partnership}-${period.from}-${period.to}.csv`, turnColumns, rows);
    },
  }),
];

const turnColumns = ['Name', 'What happened', 'When', 'Post'];

const csvFile = (name: string, header: readonly string[], rows: readonly (readonly (string | null)[])[]) => ({
  file: { name, type: 'text/csv; charset=utf-8', body: csvOf(header, rows) },
});

const takenIn = async (work: ReadWork<'partnership'>, { from, to }: { readonly from: IsoDate; readonly to: IsoDate }) =>
  turnoverOf(await postsAround(work, from, to), from, to);

/** The last three months, or what was typed: the first day that its words allow, to the last. */
function readPeriod(typed: { readonly from: string; readonly to: string }, today: IsoDate) {
  const from = readEnd(typed.from, 'earliest');
  const to = readEnd(typed.to, 'latest');
  const last = to.day ?? today;
  const first = from.day ?? addMonths(last, -3);
  const isBackwards = first > last;
  return {
    from: isBackwards ? addMonths(last, -3) : first,
    to: last,
    mistakes: {
      from: from.mistake ?? (isBackwards ? 'The beginning is after the end. Enter an earlier day' : undefined),
      to: to.mistake,
    },
  };
}

function readEnd(typed: string, end: 'earliest' | 'latest'): { readonly day?: IsoDate; readonly mistake?: string } {
  if (typed.trim() === '') return {};
  const read = parsePartialDate(typed);
  if (!read.done) return { mistake: read.sentence };
  const day = read.value[end];
  return day === null ? { mistake: 'Enter a day, a month or a year, such as March 2024' } : { day };
}
