import { z } from 'zod';
import { roles, shiftMonth, type Period } from '../duty/index.ts';
import type { Inline } from '../documents/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route, type Visitor } from '../platform/http/route.ts';
import type { Releases } from '../platform/releases/ask.ts';
import { openAreaBook } from './area-book.store.ts';
import { areaMeant } from './area-meant.ts';
import { findFigures, scopeOf } from './assessment.store.ts';
import { judgeClaim, readClaim } from './claim.ts';
import { findDefinition, listDefinitions } from './definition.store.ts';
import { definitionUsed, findFigure, keepFigure } from './figure.store.ts';
import type { Figure } from './figure.ts';
import { formatOf } from './formats/index.ts';
import { loadedSources } from './indicator.store.ts';
import { questionQuery, whyNotMonths, type QuestionTyped } from './question-page.ts';
import { claimWords, findQuestion } from './question-list.ts';
import { explorePage, questionPage, type Offered, type QuestionModel } from './question.page.tsx';
import { Telling, type Finds, type Question, type QuestionScope } from './question.ts';
import type { FormatName } from './source.ts';
import { tableOf } from './view-file.ts';
import { hasView, keepView, publicAreas } from './view.store.ts';
import { mayWorkOnFigures, type View } from './view.ts';

const { get, post } = rowsOf<'evidence' | 'partnership' | 'platform' | 'published'>();
type Reads = ReadWork<'evidence' | 'partnership' | 'platform' | 'published'>;
type Writes = Work<'evidence' | 'partnership' | 'platform' | 'published'>;

const anyRole = { anyOf: roles } as const;
const works = { anyOf: mayWorkOnFigures } as const;
const questionParams = partnershipParams.extend({ question: z.string().regex(/^[a-z-]{1,40}$/) });

/** Figures that a page worked out, by partnership and id: the next reader has them at once. They are the same for ever. */
const recent = new Map<string, Figure>();
const mostRecent = 400;
const mostRows = 2_000;

function remember(key: string, figure: Figure): void {
  if (figure.rows.length > mostRows) return;
  recent.set(key, figure);
  for (const old of [...recent.keys()].slice(0, Math.max(0, recent.size - mostRecent))) recent.delete(old);
}

const worksOn = (visitor: Visitor) => visitor.roles.some((role) => mayWorkOnFigures.some((each) => each === role));

/** Whoever does not work on figures asks only what its owner publishes already: nothing small can leak from that. */
const mayAsk = (visitor: Visitor, source: FormatName) => worksOn(visitor) || formatOf(source).disclosure === 'open';

interface Asking {
  readonly visitor: Visitor;
  readonly releases: Releases;
  readonly today: string;
  readonly code: string;
  readonly slug: string;
}

async function offered(work: Reads, { visitor, today, slug }: Asking): Promise<Offered> {
  const loaded = await loadedSources(work);
  return {
    slug,
    sources: [...loaded]
      .filter(([name]) => mayAsk(visitor, name as FormatName))
      .map(([name, { from, to }]) => {
        const format = formatOf(name as FormatName);
        return { name, title: format.title, from, to, breakdowns: format.breakdowns };
      }),
    areas: await publicAreas(work, visitor.partnership?.id ?? ''),
    definitions: (await listDefinitions(work, today)).map(({ recordId, name, version }) => ({
      id: recordId,
      name: `${name}, version ${version}`,
    })),
  };
}

interface Answered {
  readonly scope: QuestionScope;
  readonly finds: Finds;
  readonly views: readonly View[];
}
type Unanswered = Pick<QuestionModel, 'errors' | 'refusal'>;

/** Works an answer out, or says which field is wrong or why there is none. */
async function answerTo(
  work: Reads,
  question: Question,
  { typed, offers, asking }: { readonly typed: QuestionTyped; readonly offers: Offered; readonly asking: Asking },
): Promise<Answered | Unanswered> {
  const { visitor, releases, today, code } = asking;
  const [first] = offers.sources;
  if (first === undefined) return { errors: {}, refusal: undefined };
  const months = whyNotMonths(typed);
  if (Object.keys(months).length > 0) return { errors: months };
  const book = await openAreaBook(work, releases);
  const words = typed.area === '' ? (offers.areas[0]?.code ?? '') : typed.area;
  if (words === '') return { errors: {}, refusal: 'Say of which area, below.' };
  const area = areaMeant(book, words);
  if (!area.done) return { errors: { area: area.sentence } };
  const definition = typed.definition === '' ? undefined : await findDefinition(work, typed.definition, today);
  if (typed.definition !== '' && definition === undefined)
    return { errors: { definition: 'This definition is not there any more. Choose another' } };
  const used = definition === undefined ? undefined : definitionUsed(definition);
  const period: Period = typed.from === '' ? latestLoaded(first) : { from: typed.from, to: typed.to };
  const partnership = visitor.partnership?.id ?? '';
  const context = {
    releases,
    book,
    today,
    known: async (id: string) => {
      const key = `${partnership} ${id}`;
      const known = recent.get(key) ?? (await findFigure(work, id));
      if (known !== undefined) remember(key, known);
      return known;
    },
  };
  const scope = await scopeOf(work, context, {
    area: area.value,
    period,
    definition: used,
    ...(typed.source === '' ? {} : { source: typed.source }),
    mayAsk: (source) => mayAsk(visitor, source),
  });
  if (!scope.done) return { errors: {}, refusal: scope.sentence };
  const found = await findFigures(work, context, {
    scope: scope.value,
    wanted: question.asks(scope.value),
    definition: used,
    audience: worksOn(visitor) ? 'restricted' : 'partner',
    code,
  });
  for (const { figure } of found.views) remember(`${partnership} ${figure.id}`, figure);
  return { scope: scope.value, ...found };
}

/** Two years, as far as they are there: a year, and the one before to set it against. */
const latestLoaded = ({ from, to }: { readonly from: string; readonly to: string }): Period => {
  const first = shiftMonth(to, -23);
  return { from: first < from ? from : first, to };
};

const isAnswered = (answered: Answered | Unanswered): answered is Answered => 'scope' in answered;

/** @param code what stands in a passport as the code: whoever has this version gets the same bytes */
export const questionRoutes = (code: string): readonly Route[] => {
  const found = async (
    work: Reads,
    visit: {
      readonly params: { readonly partnership: string; readonly question: string };
      readonly typed: QuestionTyped;
      readonly visitor: Visitor;
      readonly today: string;
      readonly releases: Releases;
    },
  ) => {
    const question = findQuestion(visit.params.question);
    if (question === undefined) return undefined;
    const asking = {
      visitor: visit.visitor,
      releases: visit.releases,
      today: visit.today,
      code,
      slug: visit.params.partnership,
    };
    const offers = await offered(work, asking);
    return { question, offers, answered: await answerTo(work, question, { typed: visit.typed, offers, asking }) };
  };
  return [
    get({
      path: '/:partnership/explore',
      about: 'Questions that the loaded data can answer',
      access: anyRole,
      audit: { none: 'a list of questions, without numbers' },
      params: partnershipParams,
      example: ({ partnership }) => ({ params: { partnership } }),
      handle: async ({ work, params, visitor, today, equipment: { releases } }) => ({
        page: explorePage(await offered(work, { visitor, releases, today, code, slug: params.partnership })),
      }),
    }),
    get({
      path: '/:partnership/explore/:question.svg',
      about: 'The picture of an answer',
      access: anyRole,
      audit: 'QUESTION_ANSWERED',
      params: questionParams,
      query: questionQuery.extend({
        picture: z.string().max(80).catch('').default(''),
        width: z.coerce.number().int().min(280).max(2_400).catch(640).default(640),
      }),
      example: () => ({ none: 'the example has nothing loaded' }),
      async handle({ work, params, query, visitor, today, equipment: { releases } }) {
        const there = await found(work, { params, typed: query, visitor, today, releases });
        if (there === undefined || !isAnswered(there.answered)) return notFound;
        const { scope, finds } = there.answered;
        const { blocks } = there.question.answer(scope, new Telling(finds, { width: query.width }));
        const picture = blocks.find((block) => block.kind === 'picture' && block.id === query.picture);
        if (picture?.kind !== 'picture') return notFound;
        return {
          part: { type: 'image/svg+xml', body: picture.svg, forAnySite: false },
          subject: `question/${params.question}`,
        };
      },
    }),
    get({
      path: '/:partnership/explore/:question.csv',
      about: 'The numbers of an answer as a file',
      access: anyRole,
      audit: 'QUESTION_ANSWERED',
      params: questionParams,
      query: questionQuery.extend({ view: z.string().max(80).catch('').default('') }),
      example: () => ({ none: 'the example has nothing loaded' }),
      async handle({ work, params, query, visitor, today, equipment: { releases } }) {
        const there = await found(work, { params, typed: query, visitor, today, releases });
        if (there === undefined || !isAnswered(there.answered)) return notFound;
        const shown = [...there.answered.finds.values()].find(
          (each) => each.state === 'there' && each.shown.document.view === query.view,
        );
        if (shown?.state !== 'there') return notFound;
        const { header, rows } = tableOf(shown.shown);
        return {
          file: {
            name: `${params.question}-${query.view.slice(7, 19)}.csv`,
            type: 'text/csv; charset=utf-8',
            body: csvOf(header, rows),
          },
          subject: `view/${query.view}`,
        };
      },
    }),
    get({
      path: '/:partnership/explore/:question',
      about: 'One question, answered from what is loaded',
      access: anyRole,
      audit: 'QUESTION_ANSWERED',
      params: questionParams,
      query: questionQuery,
      example: ({ partnership }) => ({ params: { partnership, question: 'how-much' } }),
      async handle({ work, params, query, visitor, today, equipment: { releases } }) {
        const there = await found(work, { params, typed: query, visitor, today, releases });
        if (there === undefined) return notFound;
        const { question, offers, answered } = there;
        const base = { ...offers, question, typed: query };
        if (!isAnswered(answered)) return { page: questionPage({ ...base, ...answered }) };
        const { scope, finds, views } = answered;
        const tell = new Telling(finds);
        const kept = await Promise.all(views.map(({ id }) => hasView(work, id)));
        return {
          page: questionPage({
            ...base,
            errors: {},
            answered: {
              scope,
              answer: question.answer(scope, tell),
              documents: tell.documents(),
              isKept: kept.length > 0 && kept.every(Boolean),
              mayKeep: worksOn(visitor),
              claim:
                query.claim === ''
                  ? undefined
                  : { sentence: query.claim, words: checkedClaim(query.claim, scope, tell) },
            },
          }),
          subject: `question/${params.question}`,
        };
      },
    }),
    post({
      path: '/:partnership/explore/:question',
      about: 'Keep the figures of an answer',
      access: works,
      audit: 'FIGURE_WORKED_OUT',
      params: questionParams,
      body: questionQuery,
      example: ({ partnership }) => ({ params: { partnership, question: 'how-much' }, body: {} }),
      async handle({ work, params, body, visitor, today, equipment: { releases } }) {
        const there = await found(reading(work), { params, typed: body, visitor, today, releases });
        if (there === undefined) return notFound;
        if (isAnswered(there.answered)) await keepAll(work, there.answered.views, code, visitor);
        return {
          seeOther: addressOf(params, body, isAnswered(there.answered)),
          subject: `question/${params.question}`,
        };
      },
      invalid: ({ params }) => ({ seeOther: `/${params.partnership}/explore` }),
    }),
  ];
};

async function keepAll(work: Writes, views: readonly View[], code: string, visitor: Visitor): Promise<void> {
  for (const view of views) {
    await keepFigure(work, view.figure, code);
    await keepView(work, view, visitor.person?.id ?? 'system');
  }
}

function addressOf(
  params: { readonly partnership: string; readonly question: string },
  { area, from, to, definition, source }: QuestionTyped,
  isKept: boolean,
): string {
  const query = new URLSearchParams(
    Object.entries({ area, from, to, definition, source, kept: isKept ? 'yes' : '' }).filter(
      ([, value]) => value !== '',
    ),
  ).toString();
  return `/${params.partnership}/explore/${params.question}${query === '' ? '' : `?${query}`}`;
}

function checkedClaim(sentence: string, scope: QuestionScope, tell: Telling): readonly Inline[] {
  const claim = readClaim(sentence);
  const row = tell.number('comparison');
  const verdict =
    claim === undefined || claim.against === 'national' || row === undefined
      ? undefined
      : judgeClaim(claim, { estimate: row.estimate ?? 0, lower: row.lower ?? 0, upper: row.upper ?? Infinity });
  return claimWords(scope, tell, { claim, verdict });
}
