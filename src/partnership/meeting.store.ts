import { sql } from 'kysely';
import type { PartialDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { dateOf } from './register.store.ts';

type Reads = ReadWork<'partnership'>;
type Writes = Work<'partnership'>;

export interface Decision {
  readonly id: string;
  /** The number in the minutes. */
  readonly reference: string | null;
  readonly wording: string;
}

export interface Meeting {
  readonly id: string;
  readonly on: PartialDate;
  readonly title: string | null;
  /** Where its papers are. */
  readonly papers: string | null;
}

const asOn = (day: Parameters<typeof dateOf>[0]): PartialDate => dateOf(day) as PartialDate;

/** Meetings that a body's records refer to, the newest first, with their decisions in the order of the minutes. */
export async function meetingsOf(
  work: Reads,
  body: string,
): Promise<readonly (Meeting & { readonly decisions: readonly Decision[] })[]> {
  const meetings = await work
    .selectFrom('partnership.meeting')
    .select(['id', 'on_day', 'title', 'papers'])
    .where('body_id', '=', body)
    .orderBy(sql`on_day->>'latest'`, (by) => by.desc().nullsLast())
    .orderBy('id')
    .execute();
  const decisions = await decisionsOfMeetings(
    work,
    meetings.map(({ id }) => id),
  );
  return meetings.map(({ on_day, ...meeting }) => ({
    ...meeting,
    on: asOn(on_day),
    decisions: decisions.get(meeting.id) ?? [],
  }));
}

async function decisionsOfMeetings(
  work: Reads,
  meetings: readonly string[],
): Promise<ReadonlyMap<string, readonly Decision[]>> {
  if (meetings.length === 0) return new Map();
  const rows = await work
    .selectFrom('partnership.decision')
    .select(['id', 'reference', 'wording', 'meeting_id'])
    .where('meeting_id', 'in', meetings)
    .orderBy(inOrderOfMinutes)
    .orderBy('reference')
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, ({ meeting_id }) => meeting_id);
}

/** "7.2" before "7.10": the numbers in a reference count as numbers. */
const inOrderOfMinutes = sql`(select array_agg(n[1]::numeric) from regexp_matches(reference, '\\d{1,9}', 'g') as n)`;

/** @throws where there is no such meeting in the bound partnership */
export async function getMeeting(
  work: Reads,
  id: string,
): Promise<Meeting & { readonly bodyId: string; readonly decisions: readonly Decision[] }> {
  const { on_day, body_id, ...meeting } = await work
    .selectFrom('partnership.meeting')
    .select(['id', 'body_id', 'on_day', 'title', 'papers'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const decisions = await decisionsOfMeetings(work, [id]);
  return { ...meeting, on: asOn(on_day), bodyId: body_id, decisions: decisions.get(id) ?? [] };
}

export async function addMeeting(
  work: Writes,
  body: string,
  added: Omit<Meeting, 'id'> & { readonly id?: string },
): Promise<string> {
  const { id } = await work
    .insertInto('partnership.meeting')
    .values({ ...(added.id !== undefined && { id: added.id }), body_id: body, ...columnsOf(added) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const columnsOf = ({ on, title, papers }: Omit<Meeting, 'id'>) => ({ on_day: JSON.stringify(on), title, papers });

export async function changeMeeting(work: Writes, id: string, wanted: Omit<Meeting, 'id'>): Promise<void> {
  await work.updateTable('partnership.meeting').set(columnsOf(wanted)).where('id', '=', id).execute();
}

/** Holds a meeting until the unit of work ends. @throws where there is no such meeting in the bound partnership */
export async function holdMeeting(work: Writes, id: string): Promise<void> {
  await work.selectFrom('partnership.meeting').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

export async function addDecision(
  work: Writes,
  meeting: string,
  { id, reference, wording }: Omit<Decision, 'id'> & { readonly id?: string },
): Promise<string> {
  const row = await work
    .insertInto('partnership.decision')
    .values({ ...(id !== undefined && { id }), meeting_id: meeting, reference, wording })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function changeDecision(
  work: Writes,
  id: string,
  { reference, wording }: Omit<Decision, 'id'>,
): Promise<void> {
  await work.updateTable('partnership.decision').set({ reference, wording }).where('id', '=', id).execute();
}

export interface DecisionListed extends Decision {
  readonly meetingId: string;
  readonly meeting: string | null;
  readonly on: PartialDate;
  readonly bodyId: string;
}

const asDecisions = (work: Reads) =>
  work
    .selectFrom('partnership.decision as d')
    .innerJoin('partnership.meeting as m', 'm.id', 'd.meeting_id')
    .select(['d.id', 'd.reference', 'd.wording', 'd.meeting_id as meetingId'])
    .select(['m.title as meeting', 'm.on_day', 'm.body_id as bodyId']);

/** @throws where there is no such decision in the bound partnership */
export async function getDecision(work: Reads, id: string): Promise<DecisionListed> {
  const { on_day, ...decision } = await asDecisions(work).where('d.id', '=', id).executeTakeFirstOrThrow();
  return { ...decision, on: asOn(on_day) };
}

export const decisionOrders = ['on', 'reference'] as const;

/** One page of a body's decisions, and how many there are on all of them. */
export async function listDecisions(
  work: Reads,
  body: string,
  words: string | undefined,
  order: { readonly by: (typeof decisionOrders)[number]; readonly descending: boolean },
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly decisions: readonly DecisionListed[]; readonly count: number }> {
  let query = asDecisions(work)
    .select(sql<number>`count(*) over ()`.as('count'))
    .where('m.body_id', '=', body);
  if (words !== undefined) {
    const like = `%${words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where((is) =>
      is.or([is(sql`lower(d.wording)`, 'like', like), is(sql`lower(d.reference)`, 'like', like)]),
    );
  }
  const direction = order.descending ? 'desc' : 'asc';
  if (order.by === 'on') query = query.orderBy(sql`m.on_day->>'latest'`, (by) => by[direction]().nullsLast());
  const rows = await query
    .orderBy(inOrderOfMinutes, order.by === 'reference' ? direction : 'asc')
    .orderBy('d.reference', order.by === 'reference' ? direction : 'asc')
    .orderBy('d.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return {
    count: rows[0]?.count ?? 0,
    decisions: rows.map(({ on_day, count: _, ...decision }) => ({ ...decision, on: asOn(on_day) })),
  };
}
