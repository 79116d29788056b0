import { sql } from 'kysely';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { AreaHeld, AreaTyped } from './area.ts';
import { spanOf, toKeep } from './register.store.ts';

type Reads = ReadWork<'partnership'>;
type Writes = Work<'partnership'>;

/** Every area of the partnership by name, for a list to choose from. */
export const areaChoices = (work: Reads): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.area')
    .select(['id', 'name'])
    .orderBy(sql`lower(name)`)
    .execute();

/** Every area of the partnership: a county before its districts. */
export async function listAreas(work: Reads): Promise<readonly AreaHeld[]> {
  const rows = await work
    .selectFrom('partnership.area as area')
    .leftJoin('partnership.area as outer', 'outer.id', 'area.within_id')
    .select([
      'area.id',
      'area.code',
      'area.name',
      'area.vintage',
      'area.within_id as withinId',
      'outer.name as withinName',
      'area.since',
      'area.until',
    ])
    .orderBy(sql`lower(coalesce(${sql.ref('outer.name')}, area.name))`)
    .orderBy(sql`area.within_id is not null`)
    .orderBy(sql`lower(area.name)`)
    .orderBy('area.vintage')
    .execute();
  return rows.map((row) => ({ ...row, ...spanOf(row) }));
}

/** Those who change the areas take turns. */
export async function holdAreas(work: Writes): Promise<void> {
  await sql`select pg_advisory_xact_lock(7276, hashtext(partnership.bound()::text))`.execute(work);
}

const columnsOf = ({ code, name, vintage, within, since, until }: AreaTyped) => ({
  code,
  name,
  vintage,
  within_id: within,
  since: toKeep(since),
  until: toKeep(until),
});

export async function addArea(work: Writes, area: AreaTyped, id?: string): Promise<string> {
  const row = await work
    .insertInto('partnership.area')
    .values({ ...(id !== undefined && { id }), ...columnsOf(area) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function changeArea(work: Writes, id: string, area: AreaTyped): Promise<void> {
  await work.updateTable('partnership.area').set(columnsOf(area)).where('id', '=', id).execute();
}
