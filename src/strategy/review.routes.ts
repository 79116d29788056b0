import { z } from 'zod';
import { formatDate } from '../duty/index.ts';
import { nameField } from '../partnership/index.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { again, typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Refused, type Route, type Visitor } from '../platform/http/route.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { askForDocuments, fileShown } from './document.routes.ts';
import { documentForms } from './document.store.ts';
import { isStale, neededDay, versionField, wordsField } from './fields.ts';
import {
  finishReviewPage,
  reviewPage,
  reviewPartPage,
  reviewReportPage,
  reviewsHref,
  reviewsPage,
} from './review.page.tsx';
import {
  addReview,
  factsOfReview,
  finishReview,
  getReview,
  holdReview,
  keepPart,
  listReviews,
  partVersion,
  reviewFile,
  type Review,
} from './review.store.ts';
import { outcomes, partReport, reviewParts, reviewReport, unwritten } from './review.ts';
import { listStrategies } from './strategy.store.ts';

const { get, post } = rowsOf<'strategy' | 'evidence' | 'partnership' | 'platform' | 'published'>();
type Reads = ReadWork<'strategy' | 'evidence' | 'partnership' | 'platform' | 'published'>;

const partParams = recordParams.extend({ part: z.enum(reviewParts) });
const partForm = z.object({ words: wordsField('what you make of it', 10_000), version: versionField() });
const finishForm = z.object({
  outcome: z.enum(outcomes, 'Choose what follows'),
  body: nameField('which body decided'),
  on: neededDay('the day of the decision'),
});
const isFinished: Refused = { refused: 'conflict', sentence: 'This review has ended, so it stays as it is.' };

/** What is to be reviewed: published here, not taken over from before. */
const toReview = async (work: Reads) =>
  (await listStrategies(work)).find(
    ({ state, importedFrom }) => importedFrom === null && ['published', 'review', 'revised'].includes(state),
  );

const factsFor = (work: Reads, review: Review, visitor: Visitor) =>
  factsOfReview(work, review, visitor.partnership?.id ?? '');
const publisherOf = ({ partnership }: Visitor): string => partnership?.name ?? '';

async function listShown(work: Reads, slug: string, visitor: Visitor, errors = {}) {
  return reviewsPage({
    slug,
    reviews: await listReviews(work),
    strategy: await toReview(work),
    mayWrite: mayPlan(visitor),
    errors,
  });
}

export const reviewRoutes: readonly Route[] = [
  get({
    path: '/:partnership/reviews',
    about: 'Reviews of the strategy, year by year',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({ page: await listShown(work, params.partnership, visitor) }),
  }),
  post({
    path: '/:partnership/reviews/new',
    about: 'Begin a review of the strategy in force',
    access: writtenByPlanners,
    audit: 'REVIEW_BEGUN',
    params: partnershipParams,
    body: z.object({}),
    // One is open in the example: test/web/review.web.test.ts begins the next.
    example: () => ({ none: 'a review is open in the example' }),
    async handle({ work, params, visitor, today }) {
      const strategy = await toReview(reading(work));
      const id = strategy && (await addReview(work, { strategyId: strategy.id, until: today }));
      if (id === undefined)
        return again(
          await listShown(reading(work), params.partnership, visitor, {
            '':
              strategy === undefined
                ? 'Publish a strategy first'
                : 'A review of it is open already. Go on with that one',
          }),
          409,
        );
      return { seeOther: `${reviewsHref(params.partnership)}/${id}`, subject: `review/${id}`, fields: ['until'] };
    },
    invalid: () => notFound,
  }),
  ...documentForms.map((form) =>
    get({
      path: `/:partnership/reviews/:id/report.${form}`,
      about: `The report of a review that has ended, as ${form === 'pdf' ? 'PDF' : 'Word'}`,
      access: seenByAll,
      audit: openToMembers,
      params: recordParams,
      example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('review-finished') } }),
      async handle({ work, params: { id } }) {
        const { until } = await getReview(work, id);
        return fileShown(`review-${until}`, form, await reviewFile(work, id, form));
      },
    }),
  ),
  get({
    path: '/:partnership/reviews/:id',
    about: 'One review: its parts, and what was decided',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('review') } }),
    handle: async ({ work, params: { partnership, id }, visitor }) => ({
      page: reviewPage({ slug: partnership, review: await getReview(work, id), mayWrite: mayPlan(visitor) }),
    }),
  }),
  get({
    path: '/:partnership/reviews/:id/report',
    about: 'The report of a review: what the records say, and what people make of it',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('review') } }),
    async handle({ work, params: { partnership, id }, visitor }) {
      const review = await getReview(work, id);
      const report = review.report ?? reviewReport(await factsFor(work, review, visitor), review, publisherOf(visitor));
      return { page: reviewReportPage(partnership, review, report) };
    },
  }),
  get({
    path: '/:partnership/reviews/:id/parts/:part',
    about: 'One part of a review: what the records say, and what you make of it',
    access: writtenByPlanners,
    audit: openToMembers,
    params: partParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('review'), part: 'text' } }),
    async handle({ work, params: { partnership, id, part }, visitor }) {
      const review = await getReview(work, id);
      if (review.finishedOn !== null) return isFinished;
      const facts = await factsFor(work, review, visitor);
      return {
        page: reviewPartPage(partnership, review, part, partReport(part, facts, publisherOf(visitor)), {
          version: partVersion(review, part),
        }),
      };
    },
  }),
  post({
    path: '/:partnership/reviews/:id/parts/:part',
    about: 'Write what you make of one part of a review',
    access: writtenByPlanners,
    audit: 'REVIEW_PART_WRITTEN',
    params: partParams,
    body: partForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('review'), part: 'money' },
      body: { words: 'The grant was spent as planned.' },
    }),
    async handle({ work, params: { partnership: slug, id, part }, body, visitor }) {
      await holdReview(work, id);
      const review = await getReview(reading(work), id);
      if (review.finishedOn !== null) return isFinished;
      const version = partVersion(review, part);
      if (isStale(body.version, version)) {
        const report = partReport(part, await factsFor(reading(work), review, visitor), publisherOf(visitor));
        const errors = {
          words:
            'Somebody else has written this part since you opened the page. Bring both texts together, then save again',
        };
        return again(
          reviewPartPage(slug, review, part, report, {
            typed: typedAgain(body),
            errors,
            version,
            theirs: review.words[part] ?? '',
          }),
          409,
        );
      }
      await keepPart(work, id, part, body.words.replaceAll('\r\n', '\n'));
      const next = reviewParts[reviewParts.indexOf(part) + 1];
      const href = `${reviewsHref(slug)}/${id}`;
      return { seeOther: next === undefined ? href : `${href}/parts/${next}`, subject: `review/${id}`, fields: [part] };
    },
    async invalid({ work, params: { partnership, id, part }, visitor, errors, typed }) {
      const review = await getReview(work, id);
      const report = partReport(part, await factsFor(work, review, visitor), publisherOf(visitor));
      return { page: reviewPartPage(partnership, review, part, report, { typed, errors }) };
    },
  }),
  get({
    path: '/:partnership/reviews/:id/finish',
    about: 'Record what was decided at the end of a review',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('review') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: finishReviewPage(partnership, await getReview(work, id)),
    }),
  }),
  post({
    path: '/:partnership/reviews/:id/finish',
    about: 'End a review: its report is kept as it stands',
    access: writtenByPlanners,
    audit: 'REVIEW_ENDED',
    params: recordParams,
    body: finishForm,
    // Half of the example’s review is not written yet: test/web/review.web.test.ts ends one.
    example: () => ({ none: 'the review of the example is not written yet' }),
    async handle({ work, params: { partnership: slug, id }, body, today, visitor, equipment }) {
      await holdReview(work, id);
      const review = await getReview(reading(work), id);
      if (review.finishedOn !== null) return isFinished;
      const typed = { ...typedAgain(body), on: formatDate(body.on) };
      const refuse = (errors: Readonly<Record<string, string>>) =>
        again(finishReviewPage(slug, review, { typed, errors }));
      const open = unwritten(review.words);
      if (open.length > 0) return refuse({ '': `${open.length} parts are not written yet. Write them first` });
      if (body.on > today) return refuse({ on: 'Enter a day that has been' });
      const facts = await factsFor(reading(work), review, visitor);
      const ended = { words: review.words, outcome: body.outcome, body: body.body, finishedOn: body.on };
      const report = reviewReport(facts, ended, publisherOf(visitor));
      await finishReview(work, id, { ...body, report });
      await askForDocuments(work, equipment.jobs, visitor);
      return { seeOther: `${reviewsHref(slug)}/${id}`, subject: `review/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: finishReviewPage(partnership, await getReview(work, id), { typed, errors }),
    }),
  }),
];
