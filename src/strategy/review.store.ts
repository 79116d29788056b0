import { sql } from 'kysely';
import type { DocumentModel } from '../documents/index.ts';
import { addMonths, addMoney, type IsoDate } from '../duty/index.ts';
import { definitionInForce, publishedAssessments } from '../evidence/index.store.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { listActions } from './action.store.ts';
import { listGrants } from './grant.store.ts';
import { judge } from './measure.ts';
import { listMeasures } from './measure.store.ts';
import type { ReviewComment, ReviewFacts, ReviewOutcome, ReviewPart, ReviewWords } from './review.ts';
import type { Strategy } from './strategy.store.ts';
import { getStrategy, listStrategies } from './strategy.store.ts';
import { versionOfContent } from './version.store.ts';

type Reads = ReadWork<'strategy' | 'evidence' | 'partnership' | 'published'>;

export interface Review extends ReviewWords {
  readonly id: string;
  readonly strategyId: string;
  readonly strategyTitle: string;
  readonly since: IsoDate;
  readonly until: IsoDate;
  /** As it was on the day on which the review ended; null before. */
  readonly report: DocumentModel | null;
  /** Whether its files are made. */
  readonly hasFiles: boolean;
}

const reviews = (work: ReadWork<'strategy'>) =>
  work
    .selectFrom('strategy.review as r')
    .innerJoin('strategy.strategy as s', 's.id', 'r.strategy_id')
    .select([
      'r.id',
      'r.strategy_id',
      's.title',
      'r.since',
      'r.until',
      'r.words',
      'r.outcome',
      'r.body',
      'r.finished_on',
      'r.report',
    ])
    .select(sql<boolean>`r.pdf is not null`.as('has_files'));
type Row = Awaited<ReturnType<ReturnType<typeof reviews>['execute']>>[number];

const reviewOf = (row: Row): Review => ({
  id: row.id,
  strategyId: row.strategy_id,
  strategyTitle: row.title,
  since: row.since,
  until: row.until,
  words: row.words as unknown as Review['words'],
  outcome: row.outcome as ReviewOutcome | null,
  body: row.body,
  finishedOn: row.finished_on,
  report: row.report as unknown as DocumentModel | null,
  hasFiles: row.has_files,
});

/** The newest first. */
export async function listReviews(work: ReadWork<'strategy'>): Promise<readonly Review[]> {
  return (await reviews(work).orderBy('r.until', 'desc').orderBy('r.id').limit(100).execute()).map(reviewOf);
}

/** @throws where the bound partnership has none of that id */
export async function getReview(work: ReadWork<'strategy'>, id: string): Promise<Review> {
  return reviewOf(await reviews(work).where('r.id', '=', id).executeTakeFirstOrThrow());
}

/** Holds a review until the unit of work ends. @throws where there is none of that id */
export async function holdReview(work: Work<'strategy'>, id: string): Promise<void> {
  await work.selectFrom('strategy.review').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

/** Begins a review, from the end of the last one, or a year back. Undefined where one of that version is open already. */
export async function addReview(
  work: Work<'strategy'>,
  {
    strategyId,
    until,
    ...rest
  }: { readonly id?: string; readonly strategyId: string; readonly since?: IsoDate; readonly until: IsoDate },
): Promise<string | undefined> {
  const last = await work
    .selectFrom('strategy.review')
    .select('until')
    .where('finished_on', 'is not', null)
    .where('until', '<', until)
    .orderBy('until', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = await work
    .insertInto('strategy.review')
    .values({
      ...(rest.id !== undefined && { id: rest.id }),
      strategy_id: strategyId,
      since: rest.since ?? last?.until ?? addMonths(until, -12),
      until,
      words: '{}',
    })
    .onConflict((there) => there.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** What a page with a part was made from; it says nothing of the words. */
export const partVersion = ({ words }: Pick<Review, 'words'>, part: ReviewPart): string =>
  versionOfContent(words[part] ?? '');

export async function keepPart(work: Work<'strategy'>, id: string, part: ReviewPart, words: string): Promise<void> {
  await work
    .updateTable('strategy.review')
    .set({ words: sql`words || jsonb_build_object(${part}::text, ${words}::text)` })
    .where('id', '=', id)
    .execute();
}

/** Ends a review: what the records said on that day is kept with it. */
export async function finishReview(
  work: Work<'strategy'>,
  id: string,
  {
    outcome,
    body,
    on,
    report,
  }: { readonly outcome: ReviewOutcome; readonly body: string; readonly on: IsoDate; readonly report: DocumentModel },
): Promise<void> {
  await work
    .updateTable('strategy.review')
    .set({ outcome, body, finished_on: on, report: JSON.stringify(report) })
    .where('id', '=', id)
    .execute();
}

/** Reviews that have ended and have no files yet. */
export async function reviewsWithoutFiles(
  work: ReadWork<'strategy'>,
): Promise<readonly { readonly id: string; readonly report: DocumentModel }[]> {
  const rows = await reviews(work)
    .where('r.finished_on', 'is not', null)
    .where('r.pdf', 'is', null)
    .orderBy('r.id')
    .limit(100)
    .execute();
  return rows.map(({ id, report }) => ({ id, report: report as unknown as DocumentModel }));
}

export async function keepReviewFiles(
  work: Work<'strategy'>,
  id: string,
  { pdf, docx }: { readonly pdf: Uint8Array; readonly docx: Uint8Array },
): Promise<void> {
  await work
    .updateTable('strategy.review')
    .set({ pdf: Buffer.from(pdf), docx: Buffer.from(docx) })
    .where('id', '=', id)
    // Another job may have been faster.
    .where('pdf', 'is', null)
    .execute();
}

/** The file of a review that has ended; undefined where it is not made. */
export async function reviewFile(
  work: ReadWork<'strategy'>,
  id: string,
  form: 'pdf' | 'docx',
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const row = await work.selectFrom('strategy.review').select(form).where('id', '=', id).executeTakeFirstOrThrow();
  const body = row[form];
  return body === null ? undefined : new Uint8Array(body);
}

/** What the records say of the year that a review looks back on. */
export async function factsOfReview(
  work: Reads,
  review: Pick<Review, 'strategyId' | 'since' | 'until'>,
  partnership: string,
): Promise<ReviewFacts> {
  const { since, until } = review;
  const now = await getStrategy(work, review.strategyId);
  const all = await listStrategies(work);
  const inYear = (day: IsoDate | null): boolean => day !== null && day > since && day <= until;
  const { actions } = await listActions(
    work,
    until,
    { state: 'all' },
    { by: 'number', descending: false },
    { limit: 5_000, offset: 0 },
  );
  const closed = actions.filter(({ closedOn }) => inYear(closedOn));
  // As it stood at the end, whatever has happened since.
  const open = actions.filter(({ closedOn }) => closedOn === null || closedOn > until);
  const [then, today] = [await definitionInForce(work, since), await definitionInForce(work, until)];
  const assessments = (await publishedAssessments(work, partnership)).filter(({ publishedOn }) => inYear(publishedOn));
  const grants = (await listGrants(work)).filter(({ state }) => state === 'awarded' || state === 'ended');
  const ownLine = all.filter(({ line, importedFrom }) => line === now.line && importedFrom === null);
  return {
    since,
    until,
    now: textOf(now),
    before: textOfOrNull(
      ownLine
        .filter(({ publishedOn }) => publishedOn !== null && publishedOn <= since)
        .sort((a, b) => b.version - a.version)[0],
    ),
    definition: { before: definitionOf(then), now: definitionOf(today) },
    assessments: assessments.map(({ title, publishedOn }) => ({ title, publishedOn })),
    closed: closed.map(({ number, title, status, result, learned }) => ({ number, title, status, result, learned })),
    open: open.length,
    late: open
      .filter(({ due }) => due?.latest != null && due.latest < until)
      .map(({ number, title, due }) => ({ number, title, due: due?.text ?? '' })),
    measures: (await listMeasures(work)).map((measure) => ({
      question: measure.question,
      accountability: measure.accountability,
      judgement: judge(measure.values, measure, until.slice(0, 7)),
    })),
    grants: grants.map(({ name, labourPence, nonLabourPence, ends, lines }) => {
      const spent = lines.filter(({ kind }) => kind === 'spent');
      const sum = (of: typeof spent) => addMoney(...of.map(({ pence }) => pence));
      return {
        name,
        budget: addMoney(labourPence, nonLabourPence),
        spent: sum(spent.filter(({ on }) => inYear(on))),
        spentBefore: sum(spent.filter(({ on }) => on <= since)),
        ends,
      };
    }),
    comments: await commentsBetween(work, since, until),
  };
}

const textOf = ({ title, version, sections, aims }: Strategy) => ({ title, version, sections, aims });
const textOfOrNull = (strategy: Strategy | undefined) => (strategy === undefined ? null : textOf(strategy));
const definitionOf = (definition: { readonly name: string; readonly version: number } | undefined) =>
  definition === undefined ? null : { name: definition.name, version: definition.version };

async function commentsBetween(
  work: ReadWork<'strategy'>,
  since: IsoDate,
  until: IsoDate,
): Promise<readonly ReviewComment[]> {
  const rows = await work
    .selectFrom('strategy.comment')
    .select(['section', 'words', 'made_by', 'made_on', 'reply', 'change'])
    .where('made_on', '>', since)
    .where('made_on', '<=', until)
    .orderBy('made_on')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    section: row.section as ReviewComment['section'],
    words: row.words,
    madeBy: row.made_by,
    madeOn: row.made_on,
    reply: row.reply,
    isChanged: row.change !== null,
  }));
}
