import { sql, type RawBuilder } from 'kysely';
import { isUuid, type IsoDate, type PartialDate } from '../duty/index.ts';
import type { Json } from '../platform/database/schema.ts';
import { personOf } from '../platform/database/person-of.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { idsIn, tellChange, type ChangeTold, type ChangeWords } from './change.ts';
import type { Span } from './span.ts';

/** A partial date as a column takes it. */
export const toKeep = (date: PartialDate | null): string | null => (date === null ? null : JSON.stringify(date));

/** A partial date as a column gives it: the table's own check allows nothing else. */
export const dateOf = (kept: Json): PartialDate | null => kept as unknown as PartialDate | null;

export const spanOf = (row: { readonly since: Json; readonly until: Json }): Span => ({
  since: dateOf(row.since),
  until: dateOf(row.until),
});

/** A condition: the row may be so on this day. @param table its name or alias in the question */
export const runs = (table: string, day: IsoDate): RawBuilder<boolean> =>
  sql<boolean>`partnership.runs_on(${sql.ref(`${table}.since`)}, ${sql.ref(`${table}.until`)}, ${day}::date)`;

/**
 * Copies what is public of the bound partnership to the schema `published`, in the unit of work that changed it. Every
 * route and command that changes the register calls it once, at the end.
 */
export async function publish(work: Work<'partnership'>, day: IsoDate): Promise<void> {
  await sql`select partnership.publish(${day}::date)`.execute(work);
}

/** One change of one row: what it was, what it became. */
export interface Change {
  readonly id: string;
  /** The id of the row. */
  readonly row: string;
  readonly at: string;
  /** The name of whoever did it, as far as the partnership still knows them. */
  readonly actor: string;
  /** Name of the table. */
  readonly kind: string;
  readonly before: Readonly<Record<string, Json>> | null;
  readonly after: Readonly<Record<string, Json>> | null;
}

/** The changes of a record and of what belongs to it, the newest first. */
export async function changesOf(
  work: ReadWork<'partnership' | 'platform'>,
  subject: string,
  limit = 200,
): Promise<readonly Change[]> {
  const rows = await work
    .selectFrom('partnership.change as change')
    .leftJoin('platform.shared_person as person', (join) =>
      join.on('person.id', '=', personOf(sql.ref('change.actor'))),
    )
    .select(['change.id', 'change.row_id as row', 'change.at', 'change.kind', 'change.before', 'change.after'])
    .select(
      sql<string>`coalesce(person.name, case change.actor when 'system' then 'Concord itself' when 'public' then 'Somebody with a link' else 'Somebody who has left' end)`.as(
        'actor',
      ),
    )
    .where('change.subject_id', '=', subject)
    .orderBy('change.at', 'desc')
    .orderBy('change.id')
    .limit(limit)
    .execute();
  return rows.map(({ before, after, ...change }) => ({
    ...change,
    before: before as Change['before'],
    after: after as Change['after'],
  }));
}

/**
 * The changes of a record in words, the newest first.
 * @param words of the slice whose record it is; left out, those of the register
 */
export async function historyOf(
  work: ReadWork<'partnership' | 'platform'>,
  subject: string,
  words?: ChangeWords,
): Promise<readonly (ChangeTold & Pick<Change, 'id' | 'row' | 'at' | 'actor'>)[]> {
  const changes = await changesOf(work, subject);
  const names = await namesOf(work, idsIn(changes));
  return changes.map((change) => ({
    id: change.id,
    row: change.row,
    at: change.at,
    actor: change.actor,
    ...tellChange(change, (id) => names.get(id), subject, words),
  }));
}

/** Names of records of the register by id. */
export async function namesOf(
  work: ReadWork<'partnership'>,
  among: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  // Figures and releases go by their hash.
  const ids = among.filter(isUuid);
  if (ids.length === 0) return new Map();
  const rows = await work
    .selectFrom('partnership.organisation')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .unionAll(work.selectFrom('partnership.person').select(['id', 'name']).where('id', 'in', ids))
    .unionAll(work.selectFrom('partnership.body').select(['id', 'name']).where('id', 'in', ids))
    .unionAll(work.selectFrom('partnership.area').select(['id', 'name']).where('id', 'in', ids))
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The newest change of a record: a form that was made from an older one must not overwrite it. */
export async function versionOf(work: ReadWork<'partnership'>, subject: string): Promise<string> {
  const row = await work
    .selectFrom('partnership.change')
    .select('id')
    .where('subject_id', '=', subject)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? '';
}
