import { sql, type RawBuilder } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { PersonHere } from '../platform/identity/access.store.ts';
import type { PersonToReview } from './access-review.ts';
import { dateOf, runs } from './register.store.ts';

/** What the register knows of those who sign in, by the id of the account. */
export interface Registered {
  readonly leftOn: NonNullable<PersonToReview['registered']>['leftOn'];
  readonly posts: readonly { readonly words: string; readonly since: ReturnType<typeof dateOf> }[];
}

export async function registeredByAccount(
  work: ReadWork<'partnership'>,
  today: IsoDate,
): Promise<ReadonlyMap<string, Registered>> {
  const people = await work
    .selectFrom('partnership.person')
    .select(['id', 'account_id', 'left_on'])
    .where('account_id', 'is not', null)
    .execute();
  const posts = await work
    .selectFrom('partnership.post as post')
    .innerJoin('partnership.person as person', 'person.id', 'post.person_id')
    .innerJoin('partnership.organisation as organisation', 'organisation.id', 'post.organisation_id')
    .select(['post.person_id', 'post.title', 'post.since', 'organisation.name'])
    .where('person.account_id', 'is not', null)
    .where(runs('post', today))
    .orderBy('post.id')
    .execute();
  const postsOf = Map.groupBy(posts, (post) => post.person_id);
  return new Map(
    people.map((person) => [
      person.account_id ?? '',
      {
        leftOn: dateOf(person.left_on),
        posts: (postsOf.get(person.id) ?? []).map(({ title, name, since }) => ({
          words: `${title}, ${name}`,
          since: dateOf(since),
        })),
      },
    ]),
  );
}

export interface Review {
  readonly id: string;
  readonly startedAt: string;
  readonly startedOn: IsoDate;
  readonly startedBy: string;
  readonly endedOn: IsoDate | null;
  readonly endedBy: string | null;
  readonly people: number;
  readonly takenAway: number;
  /** People about whom nothing is decided and who have access still. */
  readonly undecided: number;
}

/** Of an item: whether the person has a role here now. */
const hasAccess = sql<boolean>`exists (select from platform.role_held held where held.person_id = item.account_id)`;
/** How many people of a review there are of whom this is true. */
const itemsWhere = (condition: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`(select count(*)::int from partnership.access_review_item item
    where item.review_id = review.id and ${condition})`;

const reviews = (work: ReadWork<'partnership' | 'platform'>) =>
  work
    .selectFrom('partnership.access_review as review')
    .leftJoin('platform.shared_person as starter', 'starter.id', 'review.started_by')
    .leftJoin('platform.shared_person as ender', 'ender.id', 'review.ended_by')
    .select([
      'review.id',
      'review.started_at as startedAt',
      'review.started_on as startedOn',
      'review.ended_on as endedOn',
      'ender.name as endedBy',
      sql<string>`coalesce(starter.name, 'Somebody who has left')`.as('startedBy'),
    ])
    .select([
      itemsWhere(sql`true`).as('people'),
      itemsWhere(sql`item.decision = 'take-away'`).as('takenAway'),
      itemsWhere(sql`item.decision is null and ${hasAccess}`).as('undecided'),
    ]);

/** The open one first, then the one that ended last. */
export const listReviews = (work: ReadWork<'partnership' | 'platform'>): Promise<readonly Review[]> =>
  reviews(work)
    .orderBy('review.ended_on', (by) => by.desc().nullsFirst())
    .orderBy('review.started_at', 'desc')
    .limit(100)
    .execute();

/** @throws NoResultError where the partnership has no such review */
export const getReview = (work: ReadWork<'partnership' | 'platform'>, id: string): Promise<Review> =>
  reviews(work).where('review.id', '=', id).executeTakeFirstOrThrow();

export interface ItemToReview {
  /** Of an example, which others point at. */
  readonly id?: string;
  readonly person: PersonHere;
  readonly posts: readonly string[];
  readonly flags: readonly string[];
}

/** Begins a review of these people. Undefined where one is open: of two who begin at the same moment, one does. */
export async function startReview(
  work: Work<'partnership'>,
  partnership: string,
  review: {
    readonly by: string;
    readonly today: IsoDate;
    readonly items: readonly ItemToReview[];
    readonly id?: string;
  },
): Promise<string | undefined> {
  const started = await work
    .insertInto('partnership.access_review')
    .values({
      ...(review.id !== undefined && { id: review.id }),
      partnership_id: partnership,
      started_on: review.today,
      started_by: review.by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (started === undefined) return undefined;
  // A statement takes 65,535 values at most.
  for (let from = 0; from < review.items.length; from += 1_000)
    await work
      .insertInto('partnership.access_review_item')
      .values(
        review.items.slice(from, from + 1_000).map(({ id, person, posts, flags }) => ({
          ...(id !== undefined && { id }),
          partnership_id: partnership,
          review_id: started.id,
          account_id: person.id,
          name: person.name,
          email: person.email,
          roles: [...person.roles],
          last_signed_in_at: person.lastSignedInAt,
          posts: [...posts],
          flags: [...flags],
        })),
      )
      .execute();
  return started.id;
}

export interface ReviewItem {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly email: string;
  /** As they were when the review began. */
  readonly roles: readonly string[];
  readonly lastSignedInAt: string | null;
  readonly posts: readonly string[];
  readonly flags: readonly string[];
  readonly decision: 'keep' | 'take-away' | null;
  readonly reason: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  /** Whether they have a role here now. */
  readonly hasAccess: boolean;
}

const items = (work: ReadWork<'partnership' | 'platform'>, review: string) =>
  work
    .selectFrom('partnership.access_review_item as item')
    .leftJoin('platform.shared_person as decider', 'decider.id', 'item.decided_by')
    .select([
      'item.id',
      'item.account_id as account',
      'item.name',
      'item.email',
      'item.roles',
      'item.last_signed_in_at as lastSignedInAt',
      'item.posts',
      'item.flags',
      'item.decision',
      'item.reason',
      'item.decided_at as decidedAt',
      'decider.name as decidedBy',
    ])
    .select(hasAccess.as('hasAccess'))
    .$narrowType<{ decision: ReviewItem['decision'] }>()
    .where('item.review_id', '=', review);

/** Those with something to look at first, then by name. */
export const listItems = (
  work: ReadWork<'partnership' | 'platform'>,
  review: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly ReviewItem[]> =>
  items(work, review)
    .orderBy(sql`cardinality(item.flags)`, 'desc')
    .orderBy(sql`lower(item.name)`)
    .orderBy('item.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();

/** @throws NoResultError where the review has no such person */
export const getItem = (work: ReadWork<'partnership' | 'platform'>, review: string, id: string): Promise<ReviewItem> =>
  items(work, review).where('item.id', '=', id).executeTakeFirstOrThrow();

/** The next person about whom nothing is decided. */
export async function nextUndecided(
  work: ReadWork<'partnership' | 'platform'>,
  review: string,
): Promise<string | undefined> {
  const next = await items(work, review)
    .where('item.decision', 'is', null)
    .where(hasAccess)
    .orderBy(sql`cardinality(item.flags)`, 'desc')
    .orderBy(sql`lower(item.name)`)
    .orderBy('item.id')
    .limit(1)
    .executeTakeFirst();
  return next?.id;
}

/** Whether the review is open still; it stays so until this unit of work ends. */
export async function holdOpen(work: Work<'partnership'>, review: string): Promise<boolean> {
  const found = await work
    .selectFrom('partnership.access_review')
    .select('ended_on')
    .where('id', '=', review)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return found.ended_on === null;
}

/** Writes a decision down. False where somebody decided since the form was made: what it was made from is not so any more. */
export async function decide(
  work: Work<'partnership'>,
  item: string,
  decision: {
    readonly madeFrom: string | null;
    readonly decision: 'keep' | 'take-away';
    readonly reason: string | null;
    readonly by: string;
  },
): Promise<boolean> {
  const { numUpdatedRows } = await work
    .updateTable('partnership.access_review_item')
    .set({
      decision: decision.decision,
      reason: decision.reason,
      decided_at: sql<string>`now()`,
      decided_by: decision.by,
    })
    .where('id', '=', item)
    .where('decision', 'is not distinct from', decision.madeFrom)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function endReview(
  work: Work<'partnership'>,
  review: string,
  ended: { readonly by: string; readonly today: IsoDate },
): Promise<void> {
  await work
    .updateTable('partnership.access_review')
    .set({ ended_on: ended.today, ended_by: ended.by })
    .where('id', '=', review)
    .execute();
}
