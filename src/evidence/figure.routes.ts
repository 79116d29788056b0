import { z } from 'zod';
import { canonicalJson, refused, roles, type AreaKind } from '../duty/index.ts';
import { toSvg } from '../pictures/index.ts';
import { readInPartnership, reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, typedAgain, type Errors } from '../platform/http/form.page.tsx';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Refused, type Route, type Shown, type Visitor } from '../platform/http/route.ts';
import type { Releases } from '../platform/releases/ask.ts';
import { openAreaBook } from './area-book.store.ts';
import type { AreaBook } from './area-book.ts';
import { areaMeant } from './area-meant.ts';
import { findDefinition, listDefinitions } from './definition.store.ts';
import { figureForm, type FigureTyped } from './figure-form.ts';
import { figureMeasures } from './figure-measure.ts';
import {
  cellCount,
  figuresPage,
  figureViewPage,
  newFigurePage,
  publishViewPage,
  type NewFigureModel,
} from './figure.page.tsx';
import { againstPage, besidePage, everyRow } from './figure-against.page.tsx';
import { askedAgain, definitionUsed, keepFigure, workOut } from './figure.store.ts';
import { formatOf } from './formats/index.ts';
import { loadedSources } from './indicator.store.ts';
import type { FormatName } from './source.ts';
import { viewDocument, type ViewShown } from './view-document.ts';
import { csvMetadata, tableOf } from './view-file.ts';
import { showView } from './view-shown.store.ts';
import { shownOf } from './view-shown.ts';
import {
  getView,
  hasView,
  keepView,
  lieIn,
  listViews,
  publicAreas,
  publicView,
  publishView,
  viewOf,
  viewsAPage,
} from './view.store.ts';
import { audiences, mayPublish, maySee, mayWorkOnFigures, type View } from './view.ts';

/** A view is read by whoever may, signed in or not: the door looks up who it is, and then what is public is looked for first. */
const { get: getView_ } = rowsOf<'identity' | 'published'>();
const { get, post } = rowsOf<'evidence' | 'partnership' | 'platform' | 'published'>();
type Reads = ReadWork<'evidence' | 'partnership' | 'platform' | 'published'>;
type Writes = Work<'evidence' | 'partnership' | 'platform' | 'published'>;

const works = { anyOf: mayWorkOnFigures } as const;
const publishes = { anyOf: mayPublish } as const;
const list = { none: 'titles of figures, without numbers' } as const;
const none = { none: 'the example has no figure: it needs files of partners' } as const;

const viewParams = partnershipParams.extend({ view: z.string().regex(/^sha256:[0-9a-f]{64}$/) });
const widthQuery = z.object({ width: z.coerce.number().int().min(280).max(2_400).catch(640).default(640) });

const hrefOf = (slug: string, view: string) => `/${slug}/figures/${view}`;
const does = (visitor: Visitor, of: readonly string[]) => visitor.roles.some((role) => of.includes(role));

interface Found {
  readonly shown: ViewShown;
  readonly outSince: string | null;
  readonly isPublic: boolean;
}

/**
 * A view under the rights of whoever asks. A view that is out for everybody is read from what was copied for the public; any
 * other from the records of the partnership, by those of its people who may see it.
 */
async function find(
  work: ReadWork<'identity' | 'published'>,
  {
    params,
    visitor,
    releases,
  }: { readonly params: z.infer<typeof viewParams>; readonly visitor: Visitor; readonly releases: Releases },
): Promise<Found | Refused | { readonly seeOther: string }> {
  const { partnership } = visitor;
  if (partnership === undefined) return notFound;
  const open = await publicView(work, partnership.id, params.view);
  if (open !== undefined) return { shown: open.shown, outSince: open.publishedAt, isPublic: true };
  if (visitor.person === undefined)
    return { seeOther: `/sign-in?next=${encodeURIComponent(hrefOf(params.partnership, params.view))}` };
  if (visitor.roles.length === 0) return notFound;
  return readInPartnership(work as ReadWork<'identity'>, partnership.id, async (bound) => {
    if (!(await hasView(bound, params.view))) return notFound;
    const { view, code, outSince } = await getView(bound, params.view);
    if (!maySee(visitor.roles, { audience: view.audience, isOut: outSince !== null }))
      return {
        refused: 'not-allowed',
        sentence:
          'This figure is not for your role. Ask the analyst or the coordinator of the partnership for a version that you may see.',
      };
    const book = await openAreaBook(bound, releases);
    return { shown: await showView(bound, view, { code, book, releases }), outSince, isPublic: false };
  });
}

const isFound = (found: Awaited<ReturnType<typeof find>>): found is Found => 'shown' in found;

/** A row of an address of a view: page, file or picture. */
function viewRow<Q extends z.ZodObject>(row: {
  readonly ending: '' | '.json' | '.csv' | '.csv-metadata.json' | '.svg';
  readonly about: string;
  readonly answers?: z.ZodType;
  readonly query?: Q;
  readonly show: (
    found: Found,
    visit: {
      readonly params: z.infer<typeof viewParams>;
      readonly query: z.infer<Q>;
      readonly visitor: Visitor;
      readonly origin: string;
    },
  ) => Shown;
}): Route {
  return getView_({
    path: `/:partnership/figures/:view${row.ending}`,
    about: row.about,
    access: 'public',
    door: 'identity',
    audit: 'FIGURE_SEEN',
    params: viewParams,
    ...(row.query !== undefined && { query: row.query }),
    ...(row.answers !== undefined && { answers: row.answers }),
    example: () => none,
    async handle({ work, params, query, visitor, equipment }) {
      const found = await find(work, { params, visitor, releases: equipment.releases });
      if (!isFound(found)) return found;
      const shown = row.show(found, { params, query: query, visitor, origin: equipment.origin });
      return { ...shown, subject: `view/${params.view}` };
    },
  });
}

const fileName = (view: string, ending: string) => `figure-${view.slice(7, 19)}${ending}`;

/** What the form offers: measures, sources that are loaded, areas, definitions. */
async function offered(
  work: Reads,
  {
    slug,
    partnership,
    today,
    releases,
  }: {
    readonly slug: string;
    readonly partnership: string;
    readonly today: string;
    readonly releases: Releases;
  },
): Promise<NewFigureModel> {
  const loaded = await loadedSources(work);
  const areas = await publicAreas(work, partnership);
  return {
    slug,
    measures: figureMeasures,
    sources: [...loaded].map(([name, { from, to }]) => {
      const format = formatOf(name as FormatName);
      return { name, title: format.title, from, to, breakdowns: format.breakdowns };
    }),
    areas,
    known: knownAreas(await openAreaBook(work, releases), areas),
    definitions: (await listDefinitions(work, today)).map(({ recordId, name, version }) => ({
      id: recordId,
      name: `${name}, version ${version}`,
    })),
  };
}

const largeKinds: ReadonlySet<AreaKind> = new Set([
  'unitary-authority',
  'non-metropolitan-district',
  'metropolitan-district',
  'london-borough',
  'county',
  'police-force-area',
  'region',
]);
const mostOffered = 1_500;

/** Areas to choose from while somebody types: authorities, forces and regions, and the wards of the partnership's own areas. */
function knownAreas(book: AreaBook, own: readonly { readonly code: string }[]): NonNullable<NewFigureModel['known']> {
  const large = [...book.codes()].flatMap((code) => {
    const area = book.find(code);
    return area !== undefined && largeKinds.has(area.kind) ? [area] : [];
  });
  const wards = own.flatMap(({ code }) => book.areasIn(code, 'ward'));
  return [...wards, ...large]
    .slice(0, mostOffered)
    .map(({ code, name }) => ({ code, name }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** @param code what stands in a passport as the code: whoever has this version gets the same bytes */
export const figureRoutes = (code: string): readonly Route[] => [
  get({
    path: '/:partnership/figures',
    about: 'Figures: published first, then your own',
    access: { anyOf: roles },
    audit: list,
    params: partnershipParams,
    query: z.object({
      words: z.string().trim().max(200).catch('').default(''),
      page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
    }),
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, visitor }) {
      const found = await listViews(work, { ...query, roles: visitor.roles, person: visitor.person?.id ?? '' });
      return {
        page: figuresPage({
          slug: params.partnership,
          ...found,
          ...query,
          pageSize: viewsAPage,
          works: does(visitor, mayWorkOnFigures),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/figures/new',
    about: 'Ask for a figure',
    access: works,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor, today, equipment: { releases } }) => ({
      page: newFigurePage(
        await offered(work, { slug: params.partnership, partnership: visitor.partnership?.id ?? '', today, releases }),
      ),
    }),
  }),
  post({
    path: '/:partnership/figures/new',
    about: 'Ask for a figure',
    access: works,
    audit: 'FIGURE_WORKED_OUT',
    params: partnershipParams,
    body: figureForm,
    example: () => none,
    async handle({ work, params, body, visitor, today, equipment: { releases } }) {
      const book = await openAreaBook(reading(work), releases);
      const refuse = async (errors: Errors, found?: NewFigureModel['found']) =>
        again(
          newFigurePage({
            ...(await offered(reading(work), {
              slug: params.partnership,
              partnership: visitor.partnership?.id ?? '',
              today,
              releases,
            })),
            typed: typedAgain(body),
            errors,
            ...(found !== undefined && { found }),
          }),
        );
      const area = areaMeant(book, body.area === 'other' ? body.otherArea : body.area);
      if (!area.done) return refuse({ [body.area === 'other' ? 'otherArea' : 'area']: area.sentence }, area.found);
      const wider = body.measure === 'comparison' ? areaMeant(book, body.comparator) : undefined;
      if (wider !== undefined && !wider.done) return refuse({ comparator: wider.sentence });
      const kept = await workOutKept(work, { releases, book, body, area: area.value, wider: wider?.value, today });
      if (!kept.done) return refuse({ '': kept.sentence });
      const figure = kept.value;
      await keepFigure(work, figure, code);
      const view = await viewOf(reading(work), figure, body.audience, lieIn(book));
      if ('sentence' in view) return refuse({ audience: view.sentence });
      await keepView(work, view, visitor.person?.id ?? 'system');
      return { seeOther: hrefOf(params.partnership, view.id), subject: `figure/${figure.id}` };
    },
    invalid: async ({ work, params, visitor, today, errors, typed, equipment: { releases } }) => ({
      page: newFigurePage({
        ...(await offered(work, {
          slug: params.partnership,
          partnership: visitor.partnership?.id ?? '',
          today,
          releases,
        })),
        typed: typed,
        errors,
      }),
    }),
  }),
  viewRow({
    ending: '.csv-metadata.json',
    about: 'What the columns of the file of a figure mean (CSV on the Web)',
    show: ({ shown }, { params }) => ({
      file: {
        name: fileName(params.view, '.csv-metadata.json'),
        type: 'application/csvm+json; charset=utf-8',
        body: JSON.stringify(csvMetadata(shown, `${params.view}.csv`), undefined, 2),
      },
    }),
  }),
  viewRow({
    ending: '.json',
    about: 'A figure with its passport as JSON, under the reader’s rights',
    answers: viewDocument,
    show: ({ shown }) => ({ json: shown.document }),
  }),
  viewRow({
    ending: '.csv',
    about: 'The numbers of a figure as a file',
    show({ shown }, { params }) {
      const { header, rows } = tableOf(shown);
      return {
        file: { name: fileName(params.view, '.csv'), type: 'text/csv; charset=utf-8', body: csvOf(header, rows) },
      };
    },
  }),
  viewRow({
    ending: '.svg',
    about: 'The picture of a figure',
    query: widthQuery,
    show: ({ shown, isPublic }, { query }) =>
      shown.picture === null
        ? { refused: 'not-found', sentence: 'This figure has no picture: its numbers are on its page.' }
        : {
            part: {
              type: 'image/svg+xml',
              body: toSvg(shown.picture, { width: query.width }),
              forAnySite: isPublic,
            },
          },
  }),
  viewRow({
    ending: '',
    about: 'A figure, under the reader’s rights',
    show: ({ shown, outSince }, { params, visitor, origin }) => ({
      page: figureViewPage({
        slug: params.partnership,
        shown,
        isMember: visitor.roles.length > 0,
        works: does(visitor, mayWorkOnFigures),
        mayPublish: does(visitor, mayPublish),
        outSince,
        origin,
      }),
    }),
  }),
  post({
    path: '/:partnership/figures/:view/for',
    about: 'See a figure as another audience would',
    access: works,
    audit: 'FIGURE_VIEW_MADE',
    params: viewParams,
    body: z.object({ audience: z.enum(audiences) }),
    example: () => none,
    async handle({ work, params, body, visitor, equipment: { releases } }) {
      if (!(await hasView(reading(work), params.view))) return notFound;
      const { view } = await getView(reading(work), params.view);
      const book = await openAreaBook(reading(work), releases);
      const other = await viewOf(reading(work), view.figure, body.audience, lieIn(book));
      if ('sentence' in other) return { refused: 'conflict', sentence: other.sentence };
      await keepView(work, other, visitor.person?.id ?? 'system');
      return { seeOther: hrefOf(params.partnership, other.id), subject: `view/${other.id}` };
    },
    invalid: ({ params }) => ({ seeOther: hrefOf(params.partnership, params.view) }),
  }),
  get({
    path: '/:partnership/figures/:view/beside',
    about: 'Count a figure by another definition as well',
    access: works,
    audit: 'FIGURE_SEEN',
    params: viewParams,
    example: () => none,
    async handle({ work, params, today }) {
      if (!(await hasView(work, params.view))) return notFound;
      const { view } = await getView(work, params.view);
      return { page: besidePage(await besides(work, params, view, today)), subject: `view/${params.view}` };
    },
  }),
  post({
    path: '/:partnership/figures/:view/beside',
    about: 'Count a figure by another definition as well',
    access: works,
    audit: 'FIGURE_WORKED_OUT',
    params: viewParams,
    body: z.object({ definition: z.string('Choose a definition').min(1, 'Choose a definition').max(100) }),
    example: () => none,
    async handle({ work, params, body, visitor, today, equipment: { releases } }) {
      if (!(await hasView(reading(work), params.view))) return notFound;
      const { view } = await getView(reading(work), params.view);
      const refuse = async (sentence: string) =>
        again(
          besidePage({
            ...(await besides(reading(work), params, view, today)),
            typed: typedAgain(body),
            errors: { definition: sentence },
          }),
        );
      const definition =
        body.definition === everyRow ? undefined : await findDefinition(reading(work), body.definition, today);
      if (body.definition !== everyRow && definition === undefined)
        return refuse('This definition is not there any more. Choose another');
      const { question } = view.figure;
      const book = await openAreaBook(reading(work), releases, question.references);
      const figure = await workOut(
        reading(work),
        { releases, book, today },
        { ...askedAgain(question), ...(definition === undefined ? {} : { definition: definitionUsed(definition) }) },
      );
      if (!figure.done) return refuse(figure.sentence);
      if (figure.value.id === view.figure.id) return refuse('The figure is counted by this definition already');
      await keepFigure(work, figure.value, code);
      const other = await viewOf(reading(work), figure.value, view.audience, lieIn(book), [view]);
      if ('sentence' in other) return refuse(other.sentence);
      await keepView(work, other, visitor.person?.id ?? 'system');
      return {
        seeOther: `${hrefOf(params.partnership, params.view)}/beside/${other.id}`,
        subject: `figure/${figure.value.id}`,
      };
    },
    invalid: async ({ work, params, today, errors, typed }) => {
      if (!(await hasView(work, params.view))) return notFound;
      const { view } = await getView(work, params.view);
      return { page: besidePage({ ...(await besides(work, params, view, today)), typed, errors }) };
    },
  }),
  get({
    path: '/:partnership/figures/:view/beside/:other',
    about: 'A figure under two definitions',
    access: works,
    audit: 'FIGURE_SEEN',
    params: viewParams.extend({ other: viewParams.shape.view }),
    example: () => none,
    async handle({ work, params, today, equipment: { releases } }) {
      if (!(await hasView(work, params.view)) || !(await hasView(work, params.other))) return notFound;
      const book = await openAreaBook(work, releases);
      const kept = [await getView(work, params.view), await getView(work, params.other)] as const;
      const [first, second] = kept.map(({ view, code: madeBy }) => shownOf(view, madeBy, book));
      if (first === undefined || second === undefined || !areAlike(kept[0].view, kept[1].view)) return notFound;
      const all = await listDefinitions(work, today);
      const nameOf = (view: View) => {
        const { definition } = view.figure.question;
        const found = definition === null ? undefined : all.find(({ sha256 }) => sha256 === definition.sha256);
        return definition === null
          ? { name: 'Every row of the source' }
          : {
              name: `${found?.name ?? definition.id}, version ${definition.version}`,
              ...(found === undefined ? {} : { href: `/${params.partnership}/definitions/${found.recordId}` }),
            };
      };
      return {
        page: againstPage({
          slug: params.partnership,
          first: { shown: first, definition: nameOf(kept[0].view) },
          second: { shown: second, definition: nameOf(kept[1].view) },
        }),
        subject: `view/${params.other}`,
      };
    },
  }),
  get({
    path: '/:partnership/figures/:view/publish',
    about: 'What will be published of a figure',
    access: publishes,
    audit: 'FIGURE_SEEN',
    params: viewParams,
    example: () => none,
    async handle({ work, params, equipment: { releases } }) {
      if (!(await hasView(work, params.view))) return notFound;
      const { view, code: madeBy, outSince } = await getView(work, params.view);
      if (view.audience === 'restricted' || outSince !== null)
        return { seeOther: hrefOf(params.partnership, params.view) };
      const book = await openAreaBook(work, releases);
      const shown = await showView(work, view, { code: madeBy, book, releases });
      return {
        page: publishViewPage({ slug: params.partnership, shown, total: cellCount(shown.document) }),
        subject: `view/${params.view}`,
      };
    },
  }),
  post({
    path: '/:partnership/figures/:view/publish',
    about: 'Publish a figure, or open it to partners',
    access: publishes,
    audit: 'FIGURE_PUBLISHED',
    params: viewParams,
    body: z.object({}),
    example: () => none,
    async handle({ work, params, visitor, moment, equipment: { releases } }) {
      if (!(await hasView(reading(work), params.view))) return notFound;
      const book = await openAreaBook(reading(work), releases);
      const published = await publishView(work, params.view, {
        lieOf: lieIn(book),
        by: visitor.person?.id ?? 'system',
        moment,
        show: (view, madeBy) => showView(reading(work), view, { code: madeBy, book, releases }),
      });
      if (published.state === 'refused') return { refused: 'conflict', sentence: published.sentence };
      if (published.state === 'changed') {
        const shown = await showView(reading(work), published.view, { code, book, releases });
        const page = publishViewPage({
          slug: params.partnership,
          shown,
          total: cellCount(shown.document),
          hasChanged: true,
        });
        // The new view has to have its address, so this refusal is kept.
        return { page: { ...page, status: 409 }, keepRefusal: true, subject: `view/${published.view.id}` };
      }
      return { seeOther: hrefOf(params.partnership, params.view), subject: `view/${params.view}` };
    },
    invalid: ({ params }) => ({ seeOther: hrefOf(params.partnership, params.view) }),
  }),
];

/** The same question but for the definition, for the same audience. */
const areAlike = (one: View, other: View): boolean => {
  const rest = ({ figure, audience }: View) => {
    const { definition: _, ...question } = figure.question;
    return canonicalJson({ audience, question: question as never });
  };
  return rest(one) === rest(other);
};

/** By which definitions a figure can be counted, beside the one by which it is. */
async function besides(
  work: Reads,
  { partnership, view: id }: { readonly partnership: string; readonly view: string },
  { figure }: View,
  today: string,
): Promise<Parameters<typeof besidePage>[0]> {
  const all = await listDefinitions(work, today);
  return {
    slug: partnership,
    view: id,
    title: figure.title,
    definitions: [
      ...(figure.question.definition === null ? [] : [{ id: everyRow, name: 'Every row of the source' }]),
      ...all
        .filter(({ sha256 }) => sha256 !== figure.question.definition?.sha256)
        .map(({ recordId, name, version }) => ({ id: recordId, name: `${name}, version ${version}` })),
    ],
  };
}

async function workOutKept(
  work: Writes,
  asked: {
    readonly releases: Releases;
    readonly book: Awaited<ReturnType<typeof openAreaBook>>;
    readonly body: FigureTyped;
    readonly area: string;
    readonly wider: string | undefined;
    readonly today: string;
  },
) {
  const { releases, book, body, area, wider, today } = asked;
  const definition = body.definition === '' ? undefined : await findDefinition(reading(work), body.definition, today);
  if (body.definition !== '' && definition === undefined)
    return refused('not-found', 'This definition is not there any more. Choose another');
  return workOut(
    reading(work),
    { releases, book, today },
    {
      measure: body.measure,
      source: body.source,
      area,
      period: { from: body.from, to: body.to },
      by: body.by,
      ...(definition !== undefined && { definition: definitionUsed(definition) }),
      options: wider === undefined ? {} : { comparator: wider },
    },
  );
}
