import { z } from 'zod';
import type { IsoDate } from '../duty/index.ts';
import { dayInEngland } from '../platform/clock.ts';
import { csvOf } from '../platform/files/csv.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Access, type Refused, type Route } from '../platform/http/route.ts';
import { listPeopleHere } from '../platform/identity/access.store.ts';
import { setRoles } from '../platform/identity/role.store.ts';
import { lastAdministrator, rolesText } from '../platform/identity/role-words.ts';
import {
  daysSinceSignedIn,
  decisionText,
  flagsText,
  itemsPerPage,
  postsText,
  reviewItemPage,
  reviewPage,
  reviewsPage,
} from './access-review.page.tsx';
import {
  decide,
  endReview,
  getItem,
  getReview,
  holdOpen,
  listItems,
  listReviews,
  nextUndecided,
  registeredByAccount,
  startReview,
  type ItemToReview,
} from './access-review.store.ts';
import { flagsOf, nextReview } from './access-review.ts';
import { textField } from './form.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();

/** Access reviews are what an information governance lead answers for; see `roleNames`. */
const reviewers = ['administrator', 'information-governance'] as const;
const whoReviews: Access = { anyOf: reviewers };
const staffList = { none: 'names, roles and work addresses of colleagues, as in a staff list' };
const itemParams = recordParams.extend({ item: z.uuid() });
const mostLines = 100_000;

const ended: Refused = {
  refused: 'conflict',
  sentence: 'This review has ended, so its record stays as it is. Start a new one to change who has access.',
};

export const accessReviewRoutes: readonly Route[] = [
  get({
    path: '/:partnership/access/review',
    about: 'Reviews of access: the last, the next, the one in progress',
    access: whoReviews,
    audit: staffList,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, today }) {
      const reviews = await listReviews(work);
      const last = reviews.find(({ endedOn }) => endedOn !== null)?.endedOn ?? null;
      return { page: reviewsPage({ slug: params.partnership, reviews, next: nextReview(last, today) }) };
    },
  }),
  get({
    path: '/:partnership/access/review/:id',
    about: 'One review of access: who is decided, and how',
    access: whoReviews,
    audit: staffList,
    params: recordParams,
    query: z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) }),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('access-review') } }),
    async handle({ work, params, query: { page } }) {
      const shown = await toShow(work, params.id, page);
      if (shown.items.length === 0 && page > 1) return notFound;
      return { page: reviewPage({ slug: params.partnership, ...shown }) };
    },
  }),
  get({
    path: '/:partnership/access/review/:id/export.csv',
    about: 'The record of a review of access, as a file (CSV)',
    access: whoReviews,
    audit: 'ACCESS_REVIEW_EXPORTED',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('access-review') } }),
    async handle({ work, params }) {
      const review = await getReview(work, params.id);
      const items = await listItems(work, review.id, { limit: mostLines, offset: 0 });
      return {
        file: {
          name: `access-review-${review.startedOn}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            [
              'Name',
              'Email address',
              'Roles',
              'Post',
              'Last signed in',
              'Days since',
              'To look at',
              'Decision',
              'Reason',
              'Decided by',
              'Decided on',
            ],
            items.map((item) => [
              item.name,
              item.email,
              rolesText(item.roles),
              postsText(item),
              item.lastSignedInAt,
              daysSinceSignedIn(item, review),
              flagsText(item),
              decisionText(item),
              item.reason,
              item.decidedBy,
              item.decidedAt,
            ]),
          ),
        },
        subject: `access-review/${review.id}`,
      };
    },
  }),
  get({
    path: '/:partnership/access/review/:id/people/:item',
    about: 'One person of a review of access: keep or take away',
    access: whoReviews,
    audit: staffList,
    params: itemParams,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('access-review'), item: idOf('access-review-item') },
    }),
    async handle({ work, params }) {
      const review = await getReview(work, params.id);
      const item = await getItem(work, params.id, params.item);
      if (review.endedOn !== null) return { seeOther: `/${params.partnership}/access/review/${review.id}` };
      return { page: reviewItemPage({ slug: params.partnership, review, item }) };
    },
  }),
  post({
    path: '/:partnership/access/review/:id/people/:item',
    about: 'Decide about one person of a review of access',
    access: whoReviews,
    audit: 'ACCESS_REVIEWED',
    params: itemParams,
    body: z
      .object({
        decision: z.enum(['keep', 'take-away'], 'Choose whether they keep their access'),
        reason: textField(1_000),
        madeFrom: z
          .enum(['', 'keep', 'take-away'])
          .default('')
          .transform((decision) => (decision === '' ? null : decision)),
      })
      .refine(({ decision, reason }) => decision === 'keep' || reason !== null, {
        path: ['reason'],
        message: 'Enter the reason why the access is taken away',
      }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('access-review'), item: idOf('access-review-item') },
      body: { decision: 'keep', madeFrom: '' },
    }),
    async handle({ work, params, body, visitor }) {
      const by = visitor.person?.id ?? '';
      const isOpen = await holdOpen(work, params.id);
      const item = await getItem(reading(work), params.id, params.item);
      if (!isOpen) return ended;
      const again = async (sentence: string) => {
        const page = reviewItemPage({
          slug: params.partnership,
          review: await getReview(reading(work), params.id),
          item,
          typed: { decision: body.decision, reason: body.reason ?? '' },
          errors: { '': sentence },
        });
        return { page: { ...page, status: 409 as const } };
      };
      if (!item.hasAccess) return again('Their access has ended since, so there is nothing to decide');
      if (!(await decide(work, item.id, { ...body, by })))
        return again('Somebody else decided about this person while you did. Look at their decision above, then save');
      if (body.decision === 'take-away') {
        const set = await setRoles(work, {
          partnership: visitor.partnership?.id ?? '',
          actor: by,
          allowedTo: reviewers,
          person: item.account,
          roles: [],
        });
        if (set === 'last-administrator') return again(lastAdministrator);
        if (typeof set === 'string')
          return again('Your own role or theirs changed a moment ago. Open the review again');
      }
      const base = `/${params.partnership}/access/review/${params.id}`;
      const next = await nextUndecided(reading(work), params.id);
      const isOwn = item.account === by && body.decision === 'take-away';
      return {
        seeOther: isOwn ? '/home' : next === undefined ? base : `${base}/people/${next}`,
        subject: `person/${item.account}`,
        fields: [body.decision],
      };
    },
    invalid: async ({ work, params, typed, errors }) => ({
      page: reviewItemPage({
        slug: params.partnership,
        review: await getReview(work, params.id),
        item: await getItem(work, params.id, params.item),
        typed,
        errors,
      }),
    }),
  }),
  post({
    path: '/:partnership/access/review/:id/finish',
    about: 'Finish a review of access',
    access: whoReviews,
    audit: 'ACCESS_REVIEW_FINISHED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('access-review') }, body: {} }),
    async handle({ work, params, visitor, today }) {
      if (!(await holdOpen(work, params.id))) return ended;
      const shown = await toShow(reading(work), params.id, 1);
      const { undecided } = shown.review;
      if (undecided > 0) {
        const who = undecided === 1 ? '1 person is' : `${undecided.toLocaleString('en-GB')} people are`;
        const error = `${who} not decided yet. Decide about everybody first, then finish the review`;
        return { page: { ...reviewPage({ slug: params.partnership, ...shown, error }), status: 409 } };
      }
      await endReview(work, params.id, { by: visitor.person?.id ?? '', today });
      return { seeOther: `/${params.partnership}/access/review/${params.id}`, subject: `access-review/${params.id}` };
    },
    invalid: () => notFound,
  }),
  post({
    path: '/:partnership/access/review/start',
    about: 'Start a review of everybody who has access now',
    access: whoReviews,
    audit: 'ACCESS_REVIEW_STARTED',
    params: partnershipParams,
    body: z.object({}),
    example: ({ partnership }) => ({ params: { partnership }, body: {} }),
    async handle({ work, params, visitor, today, moment }) {
      const id = await startReview(work, visitor.partnership?.id ?? '', {
        by: visitor.person?.id ?? '',
        today,
        items: await itemsToReview(reading(work), today, moment),
      });
      if (id === undefined)
        return { refused: 'conflict', sentence: 'A review is in progress already. Open it and go on with it.' };
      return { seeOther: `/${params.partnership}/access/review/${id}`, subject: `access-review/${id}` };
    },
    invalid: () => notFound,
  }),
];

async function toShow(work: ReadWork<'partnership' | 'platform'>, id: string, page: number) {
  const review = await getReview(work, id);
  return {
    review,
    items: await listItems(work, id, { limit: itemsPerPage, offset: (page - 1) * itemsPerPage }),
    page,
    next: review.endedOn === null ? await nextUndecided(work, id) : undefined,
  };
}

/** Everybody who has a role now, with what the register knows of them and what to look at. */
export async function itemsToReview(
  work: ReadWork<'partnership' | 'platform'>,
  today: IsoDate,
  moment: Date,
): Promise<readonly ItemToReview[]> {
  const registered = await registeredByAccount(work, today);
  const people = await listPeopleHere(work);
  const dayOf = (at: string | null): IsoDate | null => (at === null ? null : dayInEngland(new Date(at)));
  return people.map((person) => {
    const known = registered.get(person.id);
    const flags = flagsOf(
      {
        lastSignedInOn: dayOf(person.lastSignedInAt),
        rolesSince: dayOf(person.since),
        registered:
          known === undefined ? null : { leftOn: known.leftOn, postsSince: known.posts.map(({ since }) => since) },
      },
      { today, signedIn: dayInEngland(moment) },
    );
    return { person, posts: (known?.posts ?? []).map(({ words }) => words), flags };
  });
}
