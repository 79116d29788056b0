import { sql } from 'kysely';
import type { IsoDate, PartialDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Ending, PostWanted } from './post.ts';
import { inParts } from './organisation.store.ts';
import { spanOf, toKeep } from './register.store.ts';
import type { HeldInTurn } from './turnover.ts';

type Reads = ReadWork<'partnership'>;
type Writes = Work<'partnership'>;

const columnsOf = (wanted: PostWanted) => ({
  organisation_id: wanted.organisationId,
  title: wanted.title,
  since: toKeep(wanted.since),
  until: toKeep(wanted.until),
});

export async function addPost(
  work: Writes,
  person: string,
  wanted: PostWanted & { readonly id?: string },
): Promise<string> {
  const { id } = await work
    .insertInto('partnership.post')
    .values({ ...(wanted.id !== undefined && { id: wanted.id }), person_id: person, ...columnsOf(wanted) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function addAllPosts(
  work: Writes,
  added: readonly { readonly id: string; readonly person: string; readonly wanted: PostWanted }[],
): Promise<void> {
  for (const part of inParts(added))
    await work
      .insertInto('partnership.post')
      .values(part.map(({ id, person, wanted }) => ({ id, person_id: person, ...columnsOf(wanted) })))
      .execute();
}

export async function changePost(work: Writes, id: string, wanted: PostWanted): Promise<void> {
  await work.updateTable('partnership.post').set(columnsOf(wanted)).where('id', '=', id).execute();
}

/** For what was entered by mistake: its history stays. */
export async function removePost(work: Writes, id: string): Promise<void> {
  await work.deleteFrom('partnership.post').where('id', '=', id).execute();
}

export async function endPosts(work: Writes, endings: readonly Ending[]): Promise<void> {
  for (const { id, until } of endings)
    await work
      .updateTable('partnership.post')
      .set({ until: toKeep(until) })
      .where('id', '=', id)
      .execute();
}

export async function endSeats(work: Writes, seats: readonly string[], until: PartialDate): Promise<void> {
  if (seats.length === 0) return;
  await work
    .updateTable('partnership.seat')
    .set({ until: toKeep(until) })
    .where('id', 'in', seats)
    .execute();
}

/** For seats that nobody will hold: their history stays. */
export async function removeSeats(work: Writes, seats: readonly string[]): Promise<void> {
  if (seats.length === 0) return;
  await work.deleteFrom('partnership.seat').where('id', 'in', seats).execute();
}

/** Whether there is such an organisation here: what a form sends may name any. */
export async function hasOrganisation(work: Reads, id: string): Promise<boolean> {
  const row = await work.selectFrom('partnership.organisation').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** Every post of those who began or ended one between two days, the earliest first. */
export async function postsAround(work: Reads, from: IsoDate, to: IsoDate): Promise<readonly HeldInTurn[]> {
  const between = (column: 'since' | 'until', bound: 'earliest' | 'latest') =>
    sql<boolean>`${sql.ref(`touched.${column}`)}->>${bound} between ${from} and ${to}`;
  const rows = await work
    .selectFrom('partnership.post as post')
    .innerJoin('partnership.person as person', 'person.id', 'post.person_id')
    .innerJoin('partnership.organisation as o', 'o.id', 'post.organisation_id')
    .select(['person.id as personId', 'person.name', 'person.has_lived_experience as hasLivedExperience'])
    .select(['post.id', 'post.title', 'o.name as organisation', 'post.since', 'post.until'])
    .where('post.person_id', 'in', (touched) =>
      touched
        .selectFrom('partnership.post as touched')
        .select('touched.person_id')
        .where((is) => is.or([between('since', 'earliest'), between('until', 'latest')])),
    )
    .orderBy(sql`lower(person.name)`)
    .orderBy('person.id')
    .orderBy(sql`post.since->>'earliest'`, (by) => by.asc().nullsFirst())
    .orderBy('post.id')
    .execute();
  return rows.map((row) => ({ ...row, ...spanOf(row) }));
}
