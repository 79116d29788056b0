import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { isUuid, type ContentHash, type IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import {
  definitionText,
  type Adoption,
  type Definition,
  type DefinitionContent,
  type KindDecision,
  type SourceSelections,
} from './definition.ts';
import type { QuestionAnswered, QuestionAsked } from './definition-form.ts';

/** Of the partnership's tables only `partnership.shared_body` is named here. */
type Reads = ReadWork<'evidence' | 'partnership'>;
type Writes = Work<'evidence' | 'partnership'>;

/** A definition as it is kept. */
export interface DefinitionKept extends Definition {
  /** Of this one version; `id` is that of all its versions. */
  readonly recordId: string;
  readonly sha256: ContentHash;
  /** The body of the partnership that decided it, where it is one. */
  readonly body: { readonly id: string; readonly name: string } | null;
  /** The first day on which another holds in its place. */
  readonly supersededFrom: IsoDate | null;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the passport of a figure names. */
export const definitionHash = (content: DefinitionContent): ContentHash => `sha256:${hashOf(definitionText(content))}`;

/** What the form of one kind was made from: two people may fill in two kinds of a draft at the same time. */
export const versionOfKind = (content: DefinitionContent, kind: string): string =>
  hashOf(
    definitionText({
      ...content,
      name: '',
      about: null,
      kinds: content.kinds.filter((each) => each.kind === kind),
      sources: content.sources.map(({ format, kinds }) => ({
        format,
        kinds: kinds.filter((each) => each.kind === kind),
      })),
    }),
  ).slice(0, 32);

const definitions = (work: Reads) =>
  work
    .selectFrom('evidence.definition as d')
    .leftJoin('partnership.shared_body as b', 'b.id', 'd.decided_by_id')
    .selectAll('d')
    .select('b.name as body_name');
type Row = Awaited<ReturnType<ReturnType<typeof definitions>['execute']>>[number];

function keptOf(row: Row, day: IsoDate): DefinitionKept {
  const isOver = row.superseded_from !== null && row.superseded_from <= day;
  return {
    recordId: row.id,
    id: row.line,
    version: row.version,
    name: row.name,
    about: row.about,
    kinds: row.kinds as unknown as readonly KindDecision[],
    sources: row.sources as unknown as readonly SourceSelections[],
    status: row.adopted_at === null ? 'draft' : isOver ? 'superseded' : 'adopted',
    decidedBy: row.decided_by_id ?? row.decided_by,
    decidedOn: row.decided_on,
    effectiveFrom: row.effective_from,
    reviewBy: row.review_by,
    sha256: row.sha256 as ContentHash,
    body: row.decided_by_id === null ? null : { id: row.decided_by_id, name: row.body_name ?? '' },
    supersededFrom: row.superseded_from,
  };
}

/** All versions: drafts first, then the adopted ones from the newest. A partnership has few. @param day for their status */
export async function listDefinitions(work: Reads, day: IsoDate): Promise<readonly DefinitionKept[]> {
  const rows = await definitions(work)
    .orderBy(sql`d.effective_from is not null and d.adopted_at is not null`)
    .orderBy('d.effective_from', 'desc')
    .orderBy(sql`lower(d.name)`)
    .orderBy('d.version', 'desc')
    .execute();
  return rows.map((row) => keptOf(row, day));
}

/** @throws where the bound partnership has none of that record id */
export async function getDefinition(work: Reads, recordId: string, day: IsoDate): Promise<DefinitionKept> {
  return keptOf(await definitions(work).where('d.id', '=', recordId).executeTakeFirstOrThrow(), day);
}

/** Whether the bound partnership has one of that record id. */
export async function isThere(work: Reads, recordId: string): Promise<boolean> {
  const row = await work.selectFrom('evidence.definition').select('id').where('id', '=', recordId).executeTakeFirst();
  return row !== undefined;
}

/**
 * A definition as commands name it: `merseyside` (its newest version), `merseyside@2`, the id of a version, or its hash.
 * A hash is that of the words, so a draft that was changed is found by its new one only.
 */
export async function findDefinition(work: Reads, asked: string, day: IsoDate): Promise<DefinitionKept | undefined> {
  const [line = '', version] = asked.split('@');
  const row = await definitions(work)
    .where((is) =>
      isUuid(asked)
        ? is('d.id', '=', asked)
        : asked.startsWith('sha256:')
          ? is('d.sha256', '=', asked)
          : is.and([
              is('d.line', '=', line),
              ...(version === undefined ? [] : [is(sql<string>`d.version::text`, '=', version)]),
            ]),
    )
    .orderBy('d.version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : keptOf(row, day);
}

/** The one that holds on a day: adopted, in effect, and no other in its place yet. */
export async function definitionInForce(work: Reads, day: IsoDate): Promise<DefinitionKept | undefined> {
  const row = await definitions(work)
    .where('d.adopted_at', 'is not', null)
    .where('d.effective_from', '<=', day)
    .where((is) => is.or([is('d.superseded_from', 'is', null), is('d.superseded_from', '>', day)]))
    .executeTakeFirst();
  return row === undefined ? undefined : keptOf(row, day);
}

/** Whoever adds or adopts one waits for whoever does, so that versions are counted and followed in order. */
export async function holdDefinitions(work: Writes): Promise<void> {
  await sql`select pg_advisory_xact_lock(7281, hashtext(partnership.bound()::text))`.execute(work);
}

const contentColumns = (content: DefinitionContent) => ({
  name: content.name,
  about: content.about,
  kinds: JSON.stringify(content.kinds),
  sources: JSON.stringify(content.sources),
  sha256: definitionHash(content),
});

/**
 * Adds a draft: the next version of its line. What the newest version of the line says already is not added again.
 * @param wanted `recordId` only where the example names its own
 */
export async function addDraft(
  work: Writes,
  wanted: Omit<DefinitionContent, 'version'> &
    Partial<Pick<Definition, 'decidedBy' | 'decidedOn' | 'effectiveFrom' | 'reviewBy'>> & {
      readonly recordId?: string;
    },
): Promise<{ readonly recordId: string; readonly version: number; readonly isNew: boolean }> {
  await holdDefinitions(work);
  const newest = await work
    .selectFrom('evidence.definition')
    .select(['id', 'version', 'sha256'])
    .where('line', '=', wanted.id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest?.sha256 === definitionHash({ ...wanted, version: newest?.version ?? 0 }))
    return { recordId: newest.id, version: newest.version, isNew: false };
  const version = (newest?.version ?? 0) + 1;
  const { id } = await work
    .insertInto('evidence.definition')
    .values({
      ...(wanted.recordId !== undefined && { id: wanted.recordId }),
      line: wanted.id,
      version,
      ...contentColumns({ ...wanted, version }),
      ...decidedColumns(wanted.decidedBy ?? null),
      decided_on: wanted.decidedOn ?? null,
      effective_from: wanted.effectiveFrom ?? null,
      review_by: wanted.reviewBy ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { recordId: id, version, isNew: true };
}

const decidedColumns = (decidedBy: string | null) =>
  decidedBy !== null && isUuid(decidedBy)
    ? { decided_by_id: decidedBy, decided_by: null }
    : { decided_by_id: null, decided_by: decidedBy };

/** Holds a definition until the unit of work ends. @throws where there is none of that record id */
export async function holdDefinition(work: Writes, recordId: string): Promise<void> {
  await work
    .selectFrom('evidence.definition')
    .select('id')
    .where('id', '=', recordId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Puts other words in the place of a draft's. @throws where it was adopted: see `evidence.keep_adopted` */
export async function changeDraft(work: Writes, recordId: string, content: DefinitionContent): Promise<void> {
  await work.updateTable('evidence.definition').set(contentColumns(content)).where('id', '=', recordId).execute();
}

/** Takes away a draft that was made by mistake, with the questions about it. @throws where it was adopted */
export async function removeDraft(work: Writes, recordId: string): Promise<void> {
  await work.deleteFrom('evidence.definition').where('id', '=', recordId).execute();
}

/** Adopts a draft; the one before holds until the day on which this one begins. What the public sees follows. */
export async function adoptDraft(work: Writes, recordId: string, adoption: Adoption): Promise<void> {
  await work
    .updateTable('evidence.definition')
    .set({ superseded_from: adoption.effectiveFrom })
    .where('adopted_at', 'is not', null)
    .where('superseded_from', 'is', null)
    .execute();
  await work
    .updateTable('evidence.definition')
    .set({
      ...decidedColumns(adoption.decidedBy),
      decided_on: adoption.decidedOn,
      effective_from: adoption.effectiveFrom,
      review_by: adoption.reviewBy,
      adopted_at: sql<string>`now()`,
    })
    .where('id', '=', recordId)
    .execute();
  await sql`select evidence.publish_definitions()`.execute(work);
}

/** The one that was adopted last, whether or not it holds yet: the next one has to follow it. */
export async function lastAdopted(work: Reads, day: IsoDate): Promise<DefinitionKept | undefined> {
  const row = await definitions(work)
    .where('d.adopted_at', 'is not', null)
    .where('d.superseded_from', 'is', null)
    .executeTakeFirst();
  return row === undefined ? undefined : keptOf(row, day);
}

/** Bodies of the partnership that may decide, by name. */
export const decidingBodies = (work: Reads): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.shared_body')
    .select(['id', 'name'])
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();

export interface DefinitionQuestion extends QuestionAsked {
  readonly id: string;
  readonly answer: string | null;
  readonly answeredOn: string | null;
}

/** Questions about a definition, the newest first. */
export async function questionsOf(work: Reads, recordId: string): Promise<readonly DefinitionQuestion[]> {
  return work
    .selectFrom('evidence.definition_question')
    .select([
      'id',
      'kind',
      'question',
      'asked_by as askedBy',
      'asked_on as askedOn',
      'answer',
      'answered_on as answeredOn',
    ])
    .where('definition_id', '=', recordId)
    .orderBy('added_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function addQuestion(
  work: Writes,
  recordId: string,
  asked: QuestionAsked & { readonly id?: string },
): Promise<string> {
  const { id } = await work
    .insertInto('evidence.definition_question')
    .values({
      ...(asked.id !== undefined && { id: asked.id }),
      definition_id: recordId,
      kind: asked.kind,
      question: asked.question,
      asked_by: asked.askedBy,
      asked_on: asked.askedOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** False where somebody answered it otherwise since `before` was read. */
export async function answerQuestion(
  work: Writes,
  recordId: string,
  id: string,
  answered: QuestionAnswered & { readonly before: string | null },
): Promise<boolean> {
  const row = await work
    .updateTable('evidence.definition_question')
    .set({ answer: answered.answer, answered_on: answered.answeredOn })
    .where('id', '=', id)
    .where('definition_id', '=', recordId)
    .where(sql<boolean>`answer is not distinct from ${answered.before}`)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** A definition as the public sees it. */
export interface PublishedDefinition {
  readonly name: string;
  readonly about: string | null;
  readonly kinds: readonly Pick<
    KindDecision,
    'name' | 'inclusion' | 'ageScope' | 'setting' | 'rationale' | 'alternativeGovernance'
  >[];
  readonly decidedBy: string | null;
  readonly decidedOn: string;
  readonly effectiveFrom: IsoDate;
  readonly until: IsoDate | null;
  readonly reviewBy: IsoDate | null;
}

/** Those that a partnership adopted, the newest first. */
export async function publishedDefinitions(
  work: ReadWork<'published'>,
  partnership: string,
): Promise<readonly PublishedDefinition[]> {
  const rows = await work
    .selectFrom('published.definition')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .orderBy('effective_from', 'desc')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    about: row.about,
    kinds: row.kinds as unknown as PublishedDefinition['kinds'],
    decidedBy: row.decided_by,
    decidedOn: row.decided_on,
    effectiveFrom: row.effective_from,
    until: row.until,
    reviewBy: row.review_by,
  }));
}
