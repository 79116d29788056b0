import { z } from 'zod';
import { roles, slugOf } from '../duty/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { sourceTitle } from '../exchange/index.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, changedMeanwhile, differingOf, typedAgain, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import type { Route, Visitor } from '../platform/http/route.ts';
import { dayOf } from './definition-form.ts';
import { mayDefine } from './definition.page.tsx';
import { definitionInForce } from './definition.store.ts';
import { formatOf } from './formats/index.ts';
import { openAreaBook } from './area-book.store.ts';
import { askIndicatorValues } from './indicator.job.ts';
import { keepIndicatorValues, valuesSeen, workOutIndicator } from './indicator-value.store.ts';
import { indicatorParts } from './indicator-value.ts';
import {
  changeIndicatorForm,
  endIndicatorForm,
  indicatorForm,
  indicatorWanted,
  typedIndicator,
  type IndicatorTyped,
} from './indicator-form.ts';
import { findTemplate, indicatorTemplates, nationalIndicators } from './indicator-templates.ts';
import { countedWords, denominatorWords, indicatorWords } from './indicator-words.ts';
import {
  addIndicatorPage,
  changeIndicatorPage,
  endIndicatorPage,
  indicatorPage,
  indicatorsPage,
  loadedWords,
} from './indicator.page.tsx';
import { comparatorLabels, expressionOfCounted, periodTypeLabels, polarityLabels, unitLabels } from './indicator.ts';
import {
  addIndicator,
  changeIndicator,
  endIndicator,
  getIndicator,
  holdIndicator,
  listIndicators,
  loadedSources,
} from './indicator.store.ts';

const { get, post } = rowsOf<'evidence' | 'partnership' | 'platform' | 'published'>();
type Reads = ReadWork<'evidence' | 'partnership' | 'platform' | 'published'>;

const seen = { anyOf: roles } as const;
const written = { anyOf: mayDefine } as const;
const open = { none: 'what is watched and how it is counted; no figure and no person' } as const;
const mayWrite = (visitor: Visitor) => mayDefine.some((role) => visitor.roles.includes(role));
const hrefOf = (slug: string, id: string) => `/${slug}/indicators/${id}`;

/** Templates that are not there yet. */
async function templatesLeft(work: Reads) {
  const there = new Set((await listIndicators(work)).map(({ id }) => id));
  return indicatorTemplates.filter(({ id }) => !there.has(id));
}

const typedAsIndicator = (form: IndicatorTyped): Typed => ({
  ...typedAgain(form),
  codes: form.codes.join(', '),
  flags: form.flags,
  agesFrom: form.agesFrom === null ? '' : String(form.agesFrom),
  agesTo: form.agesTo === null ? '' : String(form.agesTo),
  target: form.target === null ? '' : String(form.target),
});

const labels = {
  name: 'Name',
  why: 'Why it matters',
  source: 'Source',
  counted: 'What is counted',
  kind: 'Which kind',
  codes: 'Offence codes',
  categories: 'What the source calls them',
  denominator: 'Set against',
  agesFrom: 'Of people aged from',
  agesTo: 'To',
  unit: 'Unit',
  polarity: 'Which direction is better',
  period: 'Period',
  target: 'Target',
  targetBy: 'To be met by',
  comparator: 'Compared with',
  breaks: 'Changes in how it is counted',
  owner: 'Owner',
  disclosure: 'Small numbers',
};

/** What commands call an indicator that somebody added: from its name, and counted up where that is taken. */
function lineOf(name: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(name);
  const line = slug.done ? slug.value.slice(0, 56).replace(/-+$/, '') : 'indicator';
  if (!taken.has(line)) return line;
  for (let place = 2; ; place += 1) if (!taken.has(`${line}-${place}`)) return `${line}-${place}`;
}

/** @param code what stands in a passport as the code: whoever has this version gets the same bytes */
export const indicatorRoutes = (code: string): readonly Route[] => [
  get({
    path: '/:partnership/indicators',
    about: 'Indicators: what is watched over time, and where it stands',
    access: seen,
    audit: 'INDICATORS_SEEN',
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, today, visitor }) {
      const indicators = await listIndicators(work);
      const there = new Set(indicators.map(({ id }) => id));
      return {
        page: indicatorsPage({
          slug: params.partnership,
          indicators,
          loaded: await loadedSources(work),
          values: await valuesSeen(work, {
            indicators,
            roles: visitor.roles,
            parts: ['value', 'whole', 'change'],
            today,
          }),
          missing: nationalIndicators.filter(({ id }) => !there.has(id)),
          today,
          mayWrite: mayWrite(visitor),
        }),
        subject: 'indicator',
      };
    },
  }),
  get({
    path: '/:partnership/indicators/export.csv',
    about: 'Indicators as a file',
    access: seen,
    audit: open,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params }) {
      const loaded = await loadedSources(work);
      const rows = (await listIndicators(work)).map((each) => [
        each.name,
        each.isNational ? 'National' : 'Local',
        each.why ?? '',
        sourceTitle(each.source),
        loadedWords(loaded.get(each.source)),
        countedWords(each.counted),
        denominatorWords(each.denominator),
        unitLabels[each.unit],
        polarityLabels[each.polarity],
        periodTypeLabels[each.period],
        each.target?.value ?? '',
        each.target?.by ?? '',
        comparatorLabels[each.comparator],
        each.owner ?? '',
        each.endedOn ?? '',
      ]);
      return {
        file: {
          name: `indicators-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            [
              'Indicator',
              'National or local',
              'Why it matters',
              'Source',
              'Loaded',
              'What is counted',
              'Set against',
              'Unit',
              'Direction',
              'Period',
              'Target',
              'Target by',
              'Compared with',
              'Owner',
              'Watched until',
            ],
            rows,
          ),
        },
      };
    },
  }),
  post({
    path: '/:partnership/indicators/national',
    about: 'Add the national measures',
    access: written,
    audit: 'INDICATORS_ADDED',
    params: partnershipParams,
    body: z.object({}),
    example: ({ partnership }) => ({ params: { partnership }, body: {} }),
    async handle({ work, params }) {
      for (const template of nationalIndicators) await addIndicator(work, { ...template, target: null, owner: null });
      return { seeOther: `/${params.partnership}/indicators`, subject: 'indicator', fields: ['name'] };
    },
    invalid: async ({ work, params, today, visitor }) => ({
      page: indicatorsPage({
        slug: params.partnership,
        indicators: await listIndicators(work),
        loaded: await loadedSources(work),
        values: [],
        missing: [],
        today,
        mayWrite: mayWrite(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/indicators/new',
    about: 'Add an indicator',
    access: written,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    query: z.object({ from: z.string().max(60).catch('').default('') }),
    example: ({ partnership }) => ({ params: { partnership }, query: { from: 'robbery' } }),
    async handle({ work, params, query }) {
      const template = findTemplate(query.from);
      return {
        page: addIndicatorPage(params.partnership, await templatesLeft(work), {
          typed: template === undefined ? undefined : typedIndicator({ ...template, target: null, owner: null }),
        }),
      };
    },
  }),
  post({
    path: '/:partnership/indicators/new',
    about: 'Add an indicator',
    access: written,
    audit: 'INDICATOR_ADDED',
    params: partnershipParams,
    body: indicatorForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: {
        name: 'Possession of weapons',
        source: 'police-uk-street',
        counted: 'rows',
        categories: 'Possession of weapons',
        denominator: 'none',
        unit: 'count',
        polarity: 'neither',
        period: 'rolling-year',
        comparator: 'force',
        disclosure: 'open',
      },
    }),
    async handle({ work, params, body }) {
      const refuse = async (errors: Readonly<Record<string, string>>) =>
        again(
          addIndicatorPage(params.partnership, await templatesLeft(reading(work)), {
            typed: typedAsIndicator(body),
            errors,
          }),
        );
      const read = indicatorWanted(body);
      if ('errors' in read) return refuse(read.errors);
      const there = await listIndicators(reading(work));
      if (there.some(({ name }) => name.toLowerCase() === body.name.toLowerCase()))
        return refuse({ name: `${body.name} is there already. Enter another name` });
      const id = lineOf(body.name, new Set(there.map((each) => each.id)));
      const recordId = await addIndicator(work, { ...read.wanted, id, isNational: false });
      if (recordId === undefined)
        return refuse({ name: `Somebody has just added ${body.name}. Look at theirs, or enter another name` });
      return { seeOther: hrefOf(params.partnership, recordId), subject: `indicator/${recordId}`, fields: ['name'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: addIndicatorPage(params.partnership, await templatesLeft(work), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/indicators/:id',
    about: 'One indicator: where it stands, what it counts, why, and how it is read',
    access: seen,
    audit: 'INDICATOR_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('indicator') } }),
    async handle({ work, params: { partnership, id }, today, visitor }) {
      const indicator = await getIndicator(work, id);
      const definition = await definitionInForce(work, today);
      return {
        page: indicatorPage({
          slug: partnership,
          indicator,
          loaded: (await loadedSources(work)).get(indicator.source),
          expression: expressionOfCounted(indicator, definition ?? null, formatOf(indicator.source)),
          definition,
          changes: await historyOf(work, id, indicatorWords),
          today,
          mayWrite: mayWrite(visitor),
          values: await valuesSeen(work, {
            indicators: [indicator],
            roles: visitor.roles,
            parts: indicatorParts,
            today,
          }),
        }),
        subject: `indicator/${id}`,
      };
    },
  }),
  post({
    path: '/:partnership/indicators/:id/value',
    about: 'Work out where an indicator stands',
    access: written,
    audit: 'INDICATOR_WORKED_OUT',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('indicator') }, body: {} }),
    async handle({ work, params: { partnership, id }, today, visitor, equipment: { releases } }) {
      await holdIndicator(work, id);
      const indicator = await getIndicator(reading(work), id);
      const book = await openAreaBook(reading(work), releases);
      const made = await workOutIndicator(
        reading(work),
        { releases, book, today, partnership: visitor.partnership?.id ?? '' },
        indicator,
      );
      await keepIndicatorValues(work, indicator, made, { book, by: visitor.person?.id ?? 'system', code });
      return { seeOther: hrefOf(partnership, id), subject: `indicator/${id}`, fields: ['value'] };
    },
    invalid: ({ params: { partnership, id } }) => ({ seeOther: hrefOf(partnership, id) }),
  }),
  post({
    path: '/:partnership/indicators/values',
    about: 'Work out where all indicators stand',
    access: written,
    audit: 'INDICATORS_WORKED_OUT',
    params: partnershipParams,
    body: z.object({}),
    example: ({ partnership }) => ({ params: { partnership }, body: {} }),
    async handle({ work, params: { partnership }, visitor, equipment: { jobs } }) {
      const job = await askIndicatorValues(work, jobs, {
        partnership: visitor.partnership?.id ?? '',
        by: visitor.person?.id ?? 'system',
        source: null,
        code,
      });
      return { seeOther: `/${partnership}/jobs/${job}`, subject: 'indicator', fields: ['value'] };
    },
    invalid: ({ params: { partnership } }) => ({ seeOther: `/${partnership}/indicators` }),
  }),
  get({
    path: '/:partnership/indicators/:id/change',
    about: 'Change an indicator',
    access: written,
    audit: open,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('indicator') } }),
    async handle({ work, params: { partnership, id } }) {
      const indicator = await getIndicator(work, id);
      return {
        page: changeIndicatorPage(partnership, indicator, {
          typed: typedIndicator(indicator),
          version: await versionOf(work, id),
        }),
      };
    },
  }),
  post({
    path: '/:partnership/indicators/:id/change',
    about: 'Change an indicator',
    access: written,
    audit: 'INDICATOR_CHANGED',
    params: recordParams,
    body: changeIndicatorForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('indicator') },
      body: {
        name: 'Robbery',
        source: 'police-uk-street',
        counted: 'rows',
        categories: 'Robbery',
        denominator: 'population',
        unit: 'per-100000',
        polarity: 'lower',
        period: 'rolling-year',
        comparator: 'force',
        disclosure: 'open',
      },
    }),
    async handle({ work, params: { partnership, id }, body }) {
      await holdIndicator(work, id);
      const indicator = await getIndicator(reading(work), id);
      const version = await versionOf(reading(work), id);
      const typed = typedAsIndicator(body);
      if (body.version !== '' && body.version !== version)
        return again(
          changeIndicatorPage(partnership, indicator, {
            typed,
            errors: { '': changedMeanwhile },
            version,
            differing: differingOf(typedIndicator(indicator), typed, labels),
          }),
          409,
        );
      const read = indicatorWanted(body);
      const isTaken = (await listIndicators(reading(work))).some(
        (each) => each.recordId !== id && each.name.toLowerCase() === body.name.toLowerCase(),
      );
      const errors = {
        ...('errors' in read && read.errors),
        ...(isTaken && { name: `${body.name} is there already. Enter another name` }),
      };
      if ('errors' in read || isTaken)
        return again(changeIndicatorPage(partnership, indicator, { typed, errors, version }));
      await changeIndicator(work, id, read.wanted);
      const before = typedIndicator(indicator);
      const after = typedIndicator(read.wanted);
      return {
        seeOther: hrefOf(partnership, id),
        subject: `indicator/${id}`,
        fields: Object.keys(after).filter((field) => String(before[field]) !== String(after[field])),
      };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: changeIndicatorPage(partnership, await getIndicator(work, id), {
        typed,
        errors,
        version: String(typed['version'] ?? ''),
      }),
    }),
  }),
  get({
    path: '/:partnership/indicators/:id/end',
    about: 'Stop watching an indicator',
    access: written,
    audit: open,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('indicator') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: endIndicatorPage(partnership, await getIndicator(work, id)),
    }),
  }),
  post({
    path: '/:partnership/indicators/:id/end',
    about: 'Stop watching an indicator',
    access: written,
    audit: 'INDICATOR_ENDED',
    params: recordParams,
    body: endIndicatorForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('indicator') },
      body: { endedOn: '31 March 2027' },
    }),
    async handle({ work, params: { partnership, id }, body }) {
      await holdIndicator(work, id);
      await endIndicator(work, id, dayOf(body.endedOn));
      return { seeOther: hrefOf(partnership, id), subject: `indicator/${id}`, fields: ['endedOn'] };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: endIndicatorPage(partnership, await getIndicator(work, id), { typed, errors }),
    }),
  }),
];
