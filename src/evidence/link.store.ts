import { sql } from 'kysely';
import { isUuid, noLinks, type Knot, type Ref, type ThreadLinks } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { sourceTitle, type SourceName } from '../exchange/index.ts';

type Reads = ReadWork<'evidence'>;

/** Most records of one kind on either side: a release may stand behind thousands of figures. */
const most = 50;
const hexOf = (hash: string): string => hash.replace(/^sha256:/, '');

/**
 * What evidence knows of the golden thread round a record: release → figure → finding → need, definitions, and indicators. Ids of releases
 * and figures are the 64 digits of their hashes.
 */
export async function links(work: Reads, { kind, id }: Ref): Promise<ThreadLinks> {
  if (kind === 'figure') return ofFigure(work, id);
  if (kind === 'release') return ofRelease(work, id);
  if (kind === 'definition') return ofDefinition(work, id);
  if (kind === 'finding') return ofFinding(work, id);
  if (kind === 'need') return ofNeed(work, id);
  if (kind === 'indicator') return { ...noLinks, knot: await indicatorKnot(work, id) };
  return noLinks;
}

const figureKnot = ({ id, title }: { readonly id: string; readonly title: string }): Knot => ({
  ref: { kind: 'figure', id: hexOf(id) },
  title,
  href: `/figures`,
  state: null,
});
const releaseKnot = ({ id, source }: { readonly id: string; readonly source: string }): Knot => ({
  ref: { kind: 'release', id: hexOf(id) },
  title: sourceTitle(source as SourceName),
  href: `/releases/${hexOf(id)}`,
  state: null,
});
interface DefinitionRow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly adopted_at: string | null;
}
const definitionKnot = ({ id, name, version, adopted_at }: DefinitionRow): Knot => ({
  ref: { kind: 'definition', id },
  title: `${name}, version ${version}`,
  href: `/definitions/${id}`,
  state: adopted_at === null ? 'Draft' : null,
});

async function indicatorKnot(work: Reads, id: string): Promise<Knot | undefined> {
  const row = await work
    .selectFrom('evidence.indicator')
    .select(['id', 'name', 'ended_on'])
    .where(sql<string>`id::text`, '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    ref: { kind: 'indicator', id: row.id },
    title: row.name,
    href: `/indicators/${row.id}`,
    state: row.ended_on === null ? null : 'Ended',
  };
}

async function ofFigure(work: Reads, id: string): Promise<ThreadLinks> {
  const row = await work
    .selectFrom('evidence.figure')
    .select(['id', 'title', 'question'])
    .where('id', '=', `sha256:${id}`)
    .executeTakeFirst();
  if (row === undefined) return noLinks;
  const question = row.question as unknown as {
    readonly releases?: readonly { readonly id: string }[];
    readonly definition?: { readonly sha256: string } | null;
  };
  const ids = (question.releases ?? []).map((release) => release.id).slice(0, most);
  const releases =
    ids.length === 0
      ? []
      : await work.selectFrom('evidence.release').select(['id', 'source']).where('id', 'in', ids).execute();
  const definitions =
    question.definition == null
      ? []
      : await work
          .selectFrom('evidence.definition')
          .select(['id', 'name', 'version', 'adopted_at'])
          .where('sha256', '=', question.definition.sha256)
          .limit(1)
          .execute();
  return {
    knot: figureKnot(row),
    before: [...releases.map(releaseKnot), ...definitions.map(definitionKnot)],
    after: (await findingsOn(work, row.id)).map(findingKnot),
  };
}

async function ofRelease(work: Reads, id: string): Promise<ThreadLinks> {
  const hash = `sha256:${id}`;
  const row = await work
    .selectFrom('evidence.release')
    .select(['id', 'source'])
    .where('id', '=', hash)
    .executeTakeFirst();
  if (row === undefined) return noLinks;
  const figures = await work
    .selectFrom('evidence.figure')
    .select(['id', 'title'])
    .where(sql<boolean>`question->'releases' @> ${JSON.stringify([{ id: hash }])}::jsonb`)
    .orderBy('asked_at', 'desc')
    .limit(most)
    .execute();
  return { knot: releaseKnot(row), before: [], after: figures.map(figureKnot) };
}

async function ofDefinition(work: Reads, id: string): Promise<ThreadLinks> {
  const row = await work
    .selectFrom('evidence.definition')
    .select(['id', 'name', 'version', 'adopted_at', 'sha256'])
    .where(sql<string>`id::text`, '=', id)
    .executeTakeFirst();
  if (row === undefined) return noLinks;
  const figures = await work
    .selectFrom('evidence.figure')
    .select(['id', 'title'])
    .where(sql<boolean>`question->'definition'->>'sha256' = ${row.sha256}`)
    .orderBy('asked_at', 'desc')
    .limit(most)
    .execute();
  return { knot: definitionKnot(row), before: [], after: figures.map(figureKnot) };
}

const findingKnot = (row: { readonly id: string; readonly sentence: string; readonly state: string }): Knot => ({
  ref: { kind: 'finding', id: row.id },
  title: row.sentence,
  href: `/findings/${row.id}`,
  state: row.state === 'withdrawn' ? 'Withdrawn' : null,
});
/** A need is what the evidence weighed: a priority of the assessment, before any plan. */
const needKnot = (row: { readonly id: string; readonly name: string }): Knot => ({
  ref: { kind: 'need', id: row.id },
  title: row.name,
  href: `/priorities/${row.id}`,
  state: null,
});

async function ofFinding(work: Reads, id: string): Promise<ThreadLinks> {
  if (!isUuid(id)) return noLinks;
  const row = await work
    .selectFrom('evidence.finding as f')
    .leftJoin('evidence.figure as g', (join) =>
      join.onRef('g.partnership_id', '=', 'f.partnership_id').onRef('g.id', '=', 'f.figure_id'),
    )
    .select(['f.id', 'f.sentence', 'f.state', 'g.id as figure', 'g.title'])
    .where('f.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return noLinks;
  const needs = await work
    .selectFrom('evidence.priority_finding as l')
    .innerJoin('evidence.priority as p', 'p.id', 'l.priority_id')
    .select(['p.id', 'p.name'])
    .where('l.finding_id', '=', id)
    .orderBy('p.name')
    .limit(most)
    .execute();
  return {
    knot: findingKnot(row),
    before: row.figure === null || row.title === null ? [] : [figureKnot({ id: row.figure, title: row.title })],
    after: needs.map(needKnot),
  };
}

async function ofNeed(work: Reads, id: string): Promise<ThreadLinks> {
  if (!isUuid(id)) return noLinks;
  const row = await work.selectFrom('evidence.priority').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
  if (row === undefined) return noLinks;
  const found = await work
    .selectFrom('evidence.priority_finding as l')
    .innerJoin('evidence.finding as f', 'f.id', 'l.finding_id')
    .select(['f.id', 'f.sentence', 'f.state'])
    .where('l.priority_id', '=', id)
    .orderBy('f.made_at')
    .limit(most)
    .execute();
  return { knot: needKnot(row), before: found.map(findingKnot), after: [] };
}

const findingsOn = (work: Reads, figure: string) =>
  work
    .selectFrom('evidence.finding')
    .select(['id', 'sentence', 'state'])
    .where('figure_id', '=', figure)
    .orderBy('made_at')
    .limit(most)
    .execute();
