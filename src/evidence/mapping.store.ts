import { createHash } from 'node:crypto';
import { canonicalJson } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { MappingUsed } from './mapped-file.store.ts';
import { mappingSchema, type Mapping } from './mapping.ts';
import type { FormatName } from './source.ts';

export interface MappingKept {
  readonly id: string;
  readonly name: string;
  readonly organisationId: string | null;
  readonly organisation: string | null;
  readonly version: number;
  /** Of the content: what a release that was made by it names, with id and version. */
  readonly sha256: string;
  readonly madeBy: string;
  readonly madeAt: string;
  readonly content: Mapping;
}

export interface Sample {
  readonly fileName: string;
  readonly rows: readonly (readonly string[])[];
}

type Reads = ReadWork<'evidence' | 'partnership'>;
type Writes = Work<'evidence' | 'partnership'>;

function newest(work: Reads) {
  return work
    .selectFrom('evidence.mapping as m')
    .innerJoin('evidence.mapping_version as v', (join) =>
      join.onRef('v.partnership_id', '=', 'm.partnership_id').onRef('v.mapping_id', '=', 'm.id'),
    )
    .leftJoin('partnership.organisation as o', (join) =>
      join.onRef('o.partnership_id', '=', 'm.partnership_id').onRef('o.id', '=', 'm.organisation_id'),
    )
    .distinctOn('m.id')
    .select([
      'm.id',
      'm.name',
      'm.organisation_id',
      'o.name as organisation',
      'v.version',
      'v.content',
      'v.sha256',
      'v.made_by',
      'v.made_at',
    ])
    .orderBy('m.id')
    .orderBy('v.version', 'desc');
}

type Row = Awaited<ReturnType<ReturnType<typeof newest>['execute']>>[number];

const kept = (row: Row): MappingKept => ({
  id: row.id,
  name: row.name,
  organisationId: row.organisation_id,
  organisation: row.organisation,
  version: row.version,
  sha256: row.sha256,
  madeBy: row.made_by,
  madeAt: new Date(row.made_at).toISOString(),
  content: mappingSchema.parse(row.content),
});

/** Each in its newest version, by name. */
export async function listMappings(work: Reads): Promise<readonly MappingKept[]> {
  const rows = await newest(work).execute();
  return rows.map(kept).sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
}

export async function findMapping(work: Reads, id: string): Promise<MappingKept | undefined> {
  const row = await newest(work).where('m.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : kept(row);
}

/**
 * A mapping for a load of a format, by its name or id.
 * @returns undefined where there is none of that name for the format
 */
export async function mappingUsed(work: Reads, asked: string, format: FormatName): Promise<MappingUsed | undefined> {
  const found = (await listMappings(work)).find(({ id, name }) => id === asked || name === asked);
  if (found?.content.format !== format) return undefined;
  return { name: `${found.id}@${found.version}`, content: found.content };
}

export async function sampleOf(work: Reads, id: string): Promise<Sample | undefined> {
  const row = await work
    .selectFrom('evidence.mapping_sample')
    .select(['file_name', 'rows'])
    .where('mapping_id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : { fileName: row.file_name, rows: row.rows as unknown as Sample['rows'] };
}

export async function organisationsToChoose(
  work: Reads,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return work.selectFrom('partnership.organisation').select(['id', 'name']).orderBy('name').execute();
}

/** The example names its own id; all others get one. */
export async function addMapping(
  work: Writes,
  made: {
    readonly id?: string;
    readonly name: string;
    readonly organisationId: string | null;
    readonly content: Mapping;
    readonly sample: Sample;
    readonly by: string;
  },
): Promise<string> {
  const { id } = await work
    .insertInto('evidence.mapping')
    .values({ ...(made.id !== undefined && { id: made.id }), name: made.name, organisation_id: made.organisationId })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addVersion(work, id, 1, made.content, made.by);
  await work
    .insertInto('evidence.mapping_sample')
    .values({ mapping_id: id, file_name: made.sample.fileName, rows: JSON.stringify(made.sample.rows) })
    .execute();
  return id;
}

/** A new version, unless nothing is different. @returns whether there is one */
export async function changeMapping(work: Writes, before: MappingKept, content: Mapping, by: string): Promise<boolean> {
  if (hashOf(content) === before.sha256) return false;
  await addVersion(work, before.id, before.version + 1, content, by);
  return true;
}

export async function forgetSample(work: Writes, id: string): Promise<void> {
  await work.deleteFrom('evidence.mapping_sample').where('mapping_id', '=', id).execute();
}

const hashOf = (content: Mapping): string => createHash('sha256').update(canonicalJson(content)).digest('hex');

async function addVersion(work: Writes, id: string, version: number, content: Mapping, by: string): Promise<void> {
  await work
    .insertInto('evidence.mapping_version')
    .values({
      mapping_id: id,
      version,
      content: canonicalJson(content),
      sha256: hashOf(content),
      made_by: by,
    })
    .execute();
}
