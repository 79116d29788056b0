import { z } from 'zod';
import { monthSchema, roles, type IsoDate, type Month } from '../duty/index.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, typedAgain, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route, type Visitor } from '../platform/http/route.ts';
import { sourceTitle } from '../exchange/index.ts';
import { confirmForm, everyProvider, expectForm } from './coverage-form.ts';
import {
  confirmPage,
  coveragePage,
  expectedPage,
  expectPage,
  mayWriteCoverage,
  monthPage,
  stateLabels,
  typedOfExpected,
} from './coverage.page.tsx';
import {
  addCoverageNote,
  addExpectedSource,
  calendarOf,
  changeExpectedSource,
  coverageNotes,
  coveredSources,
  expectedSources,
  findCoverageNote,
  findExpectedSource,
  removeExpectedSource,
  undoCoverageNote,
  type ExpectedWanted,
} from './coverage.store.ts';
import { providersOnly, type CoverageCalendar } from './coverage.ts';
import { formatNames, type FormatName } from './source.ts';

const { get, post } = rowsOf<'evidence' | 'platform'>();
type Reads = ReadWork<'evidence' | 'platform'>;

const seen = { anyOf: roles } as const;
const written = { anyOf: mayWriteCoverage } as const;
const open = { none: 'which months were loaded, and who said what of them; no rows of them' } as const;
const mayWrite = (visitor: Visitor) => mayWriteCoverage.some((role) => visitor.roles.includes(role));

const filterQuery = z.object({
  source: z
    .enum(['', ...formatNames])
    .catch('')
    .optional()
    .transform((source) => (source === '' ? undefined : source)),
  provider: z
    .string()
    .max(200)
    .optional()
    .transform((provider) => (provider === '' ? undefined : provider)),
  year: z.coerce.number().int().min(1900).max(2100).optional().catch(undefined),
});
type FilterQuery = z.infer<typeof filterQuery>;

const monthParams = partnershipParams.extend({ source: z.enum(formatNames), month: monthSchema });
const monthHref = (slug: string, source: FormatName, month: Month) => `/${slug}/coverage/${source}/${month}`;
const monthExample = { source: 'istv', month: '2026-04' } as const;

/** The calendars that a filter leaves, each of the providers that it leaves. */
async function calendarsFor(work: Reads, today: IsoDate, { source, provider }: FilterQuery) {
  const sources = await coveredSources(work);
  const all: CoverageCalendar[] = [];
  for (const each of sources) all.push(await calendarOf(work, each, { today }));
  const providers = [...new Set(all.flatMap(({ usual }) => [...usual.keys()]))].filter((name) => name !== '').sort();
  const calendars = all
    .filter((calendar) => source === undefined || calendar.source === source)
    .map((calendar) => (provider === undefined ? calendar : providersOnly(calendar, [provider])))
    .filter(({ usual }) => usual.size > 0);
  const years = [...new Set(all.flatMap(({ months }) => months.map(({ month }) => Number(month.slice(0, 4)))))];
  return { sources, providers, calendars, years: years.sort((a, b) => b - a) };
}

/** One month of a source, with all that people said of it. */
async function monthOf(work: Reads, source: FormatName, month: Month, today: IsoDate) {
  const calendar = await calendarOf(work, source, { today });
  const found = calendar.months.find((each) => each.month === month);
  if (found === undefined) return undefined;
  const notes = (await coverageNotes(work, source)).filter(({ from, to }) => from <= month && month <= to);
  return { month: found, notes: notes.toReversed() };
}

function wantedOf(body: z.output<typeof expectForm>): ExpectedWanted {
  return {
    source: body.source,
    provider: body.provider,
    from: body.from,
    to: body.until,
    everyMonths: body.every === '1' ? 1 : body.every === '3' ? 3 : 12,
    lagDays: body.lag,
    askedOf: body.askedOf,
  };
}

const endsFirst = { until: 'Enter a last month that is not before the first' };
const isThere = { from: 'This source is expected of them from that month already. Change that one, or another month' };

/** Fields that were read, as they were typed. */
const typedOf = (body: z.output<typeof expectForm>): Typed => ({
  ...typedAgain(body),
  until: body.until ?? '',
  lag: String(body.lag),
  askedOf: body.askedOf ?? '',
});

export const coverageRoutes: readonly Route[] = [
  get({
    path: '/:partnership/coverage',
    about: 'Coverage: which months of which source are here',
    access: seen,
    audit: open,
    params: partnershipParams,
    query: filterQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today, visitor }) {
      const found = await calendarsFor(work, today, query);
      const newest = found.calendars.flatMap(({ months }) => months.at(-1)?.month ?? []).sort();
      return {
        page: coveragePage({
          ...found,
          slug: params.partnership,
          year: query.year ?? Number((newest.at(-1) ?? today).slice(0, 4)),
          filter: { source: query.source, provider: query.provider, year: query.year },
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/coverage/export.csv',
    about: 'The coverage of every source as a file',
    access: seen,
    audit: open,
    params: partnershipParams,
    query: filterQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today }) {
      const { calendars } = await calendarsFor(work, today, query);
      const rows = calendars.flatMap(({ source, months }) =>
        months
          .filter(({ month }) => query.year === undefined || month.startsWith(String(query.year)))
          .flatMap(({ providers }) =>
            providers.map((each) => [
              sourceTitle(source as FormatName),
              each.provider,
              each.month,
              stateLabels[each.state],
              each.rows === 0 ? '' : each.rows,
              each.rows === 0 ? '' : each.unlocated,
              each.reason ?? '',
              each.confirmedBy ?? '',
              each.confirmedOn ?? '',
              each.due ?? '',
            ]),
          ),
      );
      return {
        file: {
          name: `coverage-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            [
              'Source',
              'Provider',
              'Month',
              'State',
              'Rows loaded',
              'Rows without a place',
              'Reason',
              'Confirmed by',
              'Confirmed on',
              'Due by',
            ],
            rows,
          ),
        },
      };
    },
  }),
  get({
    path: '/:partnership/coverage/expected',
    about: 'Which source is expected from whom, and when',
    access: seen,
    audit: open,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: expectedPage(params.partnership, await expectedSources(work), mayWrite(visitor)),
    }),
  }),
  get({
    path: '/:partnership/coverage/expected/new',
    about: 'Say which source is expected from whom',
    access: written,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({ page: expectPage(params.partnership, undefined) }),
  }),
  post({
    path: '/:partnership/coverage/expected/new',
    about: 'Say which source is expected from whom',
    access: written,
    audit: 'EXPECTED_SOURCE_ADDED',
    params: partnershipParams,
    body: expectForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { source: 'ambulance', provider: '', from: 'April 2026', every: '1', lag: '30' },
    }),
    async handle({ work, params, body }) {
      const refuse = (errors: Readonly<Record<string, string>>) =>
        again(expectPage(params.partnership, undefined, { typed: typedOf(body), errors }));
      if (body.until !== null && body.until < body.from) return refuse(endsFirst);
      const id = await addExpectedSource(work, wantedOf(body));
      if (id === undefined) return refuse(isThere);
      return {
        seeOther: `/${params.partnership}/coverage/expected`,
        subject: `expected-source/${id}`,
        fields: ['source', 'provider', 'from', 'until', 'every', 'lag', 'askedOf'],
      };
    },
    invalid: ({ params, errors, typed }) => ({ page: expectPage(params.partnership, undefined, { typed, errors }) }),
  }),
  get({
    path: '/:partnership/coverage/expected/:id/change',
    about: 'Change what is expected of a source',
    access: written,
    audit: open,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('expected-source') } }),
    async handle({ work, params: { partnership, id } }) {
      const found = await findExpectedSource(work, id);
      if (found === undefined) return notFound;
      return { page: expectPage(partnership, id, { typed: typedOfExpected(found) }) };
    },
  }),
  post({
    path: '/:partnership/coverage/expected/:id/change',
    about: 'Change what is expected of a source',
    access: written,
    audit: 'EXPECTED_SOURCE_CHANGED',
    params: recordParams,
    body: expectForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('expected-source') },
      body: {
        source: 'istv',
        provider: 'Haverness Bay Hospitals NHS Trust',
        from: 'April 2026',
        every: '1',
        lag: '20',
      },
    }),
    async handle({ work, params: { partnership, id }, body }) {
      const found = await findExpectedSource(reading(work), id);
      if (found === undefined) return notFound;
      const refuse = (errors: Readonly<Record<string, string>>) =>
        again(expectPage(partnership, id, { typed: typedOf(body), errors }));
      if (body.until !== null && body.until < body.from) return refuse(endsFirst);
      const others = await expectedSources(reading(work), body.source);
      if (others.some((each) => each.id !== id && each.provider === body.provider && each.from === body.from))
        return refuse(isThere);
      await changeExpectedSource(work, id, wantedOf(body));
      const [was, now] = [typedOfExpected(found), typedOfExpected({ id, ...wantedOf(body) })];
      return {
        seeOther: `/${partnership}/coverage/expected`,
        subject: `expected-source/${id}`,
        fields: Object.keys(now).filter((field) => was[field] !== now[field]),
      };
    },
    invalid: ({ params, errors, typed }) => ({ page: expectPage(params.partnership, params.id, { typed, errors }) }),
  }),
  post({
    path: '/:partnership/coverage/confirmations/:id/undo',
    about: 'Undo what was confirmed of months of a source',
    access: written,
    audit: 'COVERAGE_CONFIRMATION_UNDONE',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('coverage-note') }, body: {} }),
    async handle({ work, params: { partnership, id }, visitor, today }) {
      const note = await findCoverageNote(reading(work), id);
      if (note === undefined) return notFound;
      await undoCoverageNote(work, id, { by: visitor.person?.id ?? 'system', on: today });
      return {
        seeOther: monthHref(partnership, note.source, note.from),
        subject: `coverage-note/${id}`,
      };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/coverage/:source/:month',
    about: 'One month of a source: what is there of it, why, and who confirmed it',
    access: seen,
    audit: open,
    params: monthParams,
    example: ({ partnership }) => ({ params: { partnership, ...monthExample } }),
    async handle({ work, params: { partnership, source, month }, today, visitor }) {
      const found = await monthOf(work, source, month, today);
      if (found === undefined) return notFound;
      return {
        page: monthPage({
          slug: partnership,
          source,
          ...found,
          expected: await expectedSources(work, source),
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/coverage/:source/:month/confirm',
    about: 'Confirm what is known of a month of a source',
    access: written,
    audit: open,
    params: monthParams,
    example: ({ partnership }) => ({ params: { partnership, ...monthExample } }),
    async handle({ work, params: { partnership, source, month }, today }) {
      const found = await monthOf(work, source, month, today);
      if (found === undefined) return notFound;
      return { page: confirmPage(partnership, source, found.month) };
    },
  }),
  post({
    path: '/:partnership/coverage/:source/:month/confirm',
    about: 'Confirm what is known of a month of a source',
    access: written,
    audit: 'COVERAGE_CONFIRMED',
    params: monthParams,
    body: confirmForm,
    example: ({ partnership }) => ({
      params: { partnership, ...monthExample },
      body: { provider: everyProvider, state: 'late', reason: 'The trust is changing its system. It comes in July.' },
    }),
    async handle({ work, params: { partnership, source, month }, body, today, visitor }) {
      const found = await monthOf(reading(work), source, month, today);
      if (found === undefined) return notFound;
      const refuse = (errors: Readonly<Record<string, string>>) =>
        again(
          confirmPage(partnership, source, found.month, {
            typed: { ...typedAgain(body), until: body.until ?? '' },
            errors,
          }),
        );
      if (body.until !== null && body.until < month)
        return refuse({ until: 'Enter a last month that is not before this one' });
      const isKnown = found.month.providers.some(({ provider }) => provider === body.provider);
      if (body.provider !== everyProvider && !isKnown) return refuse({ provider: 'Choose a provider from the list' });
      const id = await addCoverageNote(
        work,
        {
          source,
          provider: body.provider === everyProvider ? null : body.provider,
          from: month,
          to: body.until ?? month,
          state: body.state,
          reason: body.reason,
        },
        { by: visitor.person?.id ?? 'system', on: today },
      );
      return {
        seeOther: monthHref(partnership, source, month),
        subject: `coverage-note/${id}`,
        fields: ['provider', 'until', 'state', 'reason'],
      };
    },
    async invalid({ work, params: { partnership, source, month }, today, errors, typed }) {
      const found = await monthOf(work, source, month, today);
      if (found === undefined) return notFound;
      return { page: confirmPage(partnership, source, found.month, { typed, errors }) };
    },
  }),
  post({
    path: '/:partnership/coverage/expected/:id/remove',
    about: 'Remove what was expected by mistake',
    access: written,
    audit: 'EXPECTED_SOURCE_REMOVED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('expected-source') }, body: {} }),
    async handle({ work, params: { partnership, id } }) {
      if ((await findExpectedSource(reading(work), id)) === undefined) return notFound;
      await removeExpectedSource(work, id);
      return { seeOther: `/${partnership}/coverage/expected`, subject: `expected-source/${id}` };
    },
    invalid: () => notFound,
  }),
];
