import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { DriverBasis, DriverDirection, DriverLevel, DriverWanted } from './driver.ts';
import type { Strength } from './finding.ts';

export interface DriverKept extends DriverWanted {
  readonly id: string;
  readonly findingSentence: string | null;
  readonly endedOn: IsoDate | null;
}

const drivers = (work: ReadWork<'evidence'>) =>
  work
    .selectFrom('evidence.driver as d')
    .leftJoin('evidence.finding as f', (join) =>
      join.onRef('f.partnership_id', '=', 'd.partnership_id').onRef('f.id', '=', 'd.finding_id'),
    )
    .selectAll('d')
    .select('f.sentence as finding_sentence');
type Row = Awaited<ReturnType<ReturnType<typeof drivers>['execute']>>[number];

const keptOf = (row: Row): DriverKept => ({
  id: row.id,
  level: row.level as DriverLevel,
  direction: row.direction as DriverDirection,
  factor: row.factor,
  localValue: row.local_value,
  comparator: row.comparator,
  basis: row.basis as DriverBasis,
  source: row.source,
  saidOn: row.said_on,
  strength: row.strength as Strength,
  strengthBecause: row.strength_because,
  people: row.people,
  finding: row.finding_id,
  findingSentence: row.finding_sentence,
  endedOn: row.ended_on,
});

/** Those that hold first, by name. A partnership has some dozens. */
export async function listDrivers(work: ReadWork<'evidence'>): Promise<readonly DriverKept[]> {
  const rows = await drivers(work)
    .orderBy(sql`d.ended_on is not null, lower(d.factor), d.id`)
    .execute();
  return rows.map(keptOf);
}

/** @throws where the bound partnership has none of that id */
export async function getDriver(work: ReadWork<'evidence'>, id: string): Promise<DriverKept> {
  return keptOf(await drivers(work).where('d.id', '=', id).executeTakeFirstOrThrow());
}

const columnsOf = (wanted: DriverWanted) => ({
  level: wanted.level,
  direction: wanted.direction,
  factor: wanted.factor,
  local_value: wanted.localValue,
  comparator: wanted.comparator,
  basis: wanted.basis,
  source: wanted.source,
  said_on: wanted.saidOn,
  strength: wanted.strength,
  strength_because: wanted.strengthBecause,
  people: wanted.people,
  finding_id: wanted.finding,
});

/** @param by id of an account, or `system`. The example names its own ids */
export async function addDriver(
  work: Work<'evidence'>,
  wanted: DriverWanted & { readonly id?: string },
  by: string,
): Promise<string> {
  const { id } = await work
    .insertInto('evidence.driver')
    .values({ ...(wanted.id !== undefined && { id: wanted.id }), ...columnsOf(wanted), added_by: by })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function changeDriver(
  work: Work<'evidence'>,
  id: string,
  wanted: DriverWanted & { readonly endedOn: IsoDate | null },
): Promise<void> {
  await work
    .updateTable('evidence.driver')
    .set({ ...columnsOf(wanted), ended_on: wanted.endedOn })
    .where('id', '=', id)
    .execute();
}

/** Holds a factor until the unit of work ends. @throws where there is none of that id */
export async function holdDriver(work: Work<'evidence'>, id: string): Promise<void> {
  await work.selectFrom('evidence.driver').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}
