import { sql } from 'kysely';
import type { IsoDate, MarkingLevel } from '../duty/index.ts';
import { personOf } from '../platform/database/person-of.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { PriorityState, PriorityWanted } from './priority.ts';
import type { ProfileWords } from './problem-profile.ts';
import { agreedOf, usualMatrix, type Factor, type Matrix, type Points, type Score } from './scoring.ts';

type Reads = ReadWork<'evidence' | 'partnership' | 'platform'>;
type Writes = Work<'evidence' | 'partnership' | 'platform'>;

export interface PriorityKept extends PriorityWanted {
  readonly id: string;
  readonly state: PriorityState;
  readonly stateBecause: string | null;
  readonly decidedBy: { readonly id: string; readonly name: string } | null;
  readonly decidedOn: IsoDate | null;
}

const priorities = (work: Reads) =>
  work
    .selectFrom('evidence.priority as p')
    .leftJoin('partnership.shared_body as b', 'b.id', 'p.decided_by_id')
    .selectAll('p')
    .select('b.name as body_name');
type Row = Awaited<ReturnType<ReturnType<typeof priorities>['execute']>>[number];

const keptOf = (row: Row): PriorityKept => ({
  id: row.id,
  name: row.name,
  statement: row.statement,
  volume: row.volume === null ? null : Number(row.volume),
  volumeFrom: row.volume_from,
  harm: row.harm === null ? null : Number(row.harm),
  harmFrom: row.harm_from,
  state: row.state as PriorityState,
  stateBecause: row.state_because,
  decidedBy: row.decided_by_id === null ? null : { id: row.decided_by_id, name: row.body_name ?? '' },
  decidedOn: row.decided_on,
});

/** By name. A partnership weighs some dozens. */
export async function listPriorities(work: Reads): Promise<readonly PriorityKept[]> {
  const rows = await priorities(work)
    .orderBy(sql`lower(p.name), p.id`)
    .execute();
  return rows.map(keptOf);
}

/** @throws where the bound partnership has none of that id */
export async function getPriority(work: Reads, id: string): Promise<PriorityKept> {
  return keptOf(await priorities(work).where('p.id', '=', id).executeTakeFirstOrThrow());
}

const columnsOf = (wanted: PriorityWanted) => ({
  name: wanted.name,
  statement: wanted.statement,
  volume: wanted.volume === null ? null : String(wanted.volume),
  volume_from: wanted.volumeFrom,
  harm: wanted.harm === null ? null : String(wanted.harm),
  harm_from: wanted.harmFrom,
});

/** Undefined where the name is taken. The example names its own ids. */
export async function addPriority(
  work: Writes,
  wanted: PriorityWanted & { readonly id?: string },
): Promise<string | undefined> {
  const row = await work
    .insertInto('evidence.priority')
    .values({ ...(wanted.id !== undefined && { id: wanted.id }), ...columnsOf(wanted) })
    .onConflict((taken) => taken.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function changePriority(work: Writes, id: string, wanted: PriorityWanted): Promise<void> {
  await work.updateTable('evidence.priority').set(columnsOf(wanted)).where('id', '=', id).execute();
}

/** What a body decided about it. */
export async function decidePriority(
  work: Writes,
  id: string,
  decided: {
    readonly state: Exclude<PriorityState, 'candidate'>;
    readonly because: string;
    readonly body: string;
    readonly on: IsoDate;
  },
): Promise<void> {
  await work
    .updateTable('evidence.priority')
    .set({
      state: decided.state,
      state_because: decided.because,
      decided_by_id: decided.body,
      decided_on: decided.on,
    })
    .where('id', '=', id)
    .execute();
}

/** Holds a priority until the unit of work ends. @throws where there is none of that id */
export async function holdPriority(work: Writes, id: string): Promise<void> {
  await work.selectFrom('evidence.priority').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

/** Ids of the findings that stand behind it. */
export async function findingsOfPriority(
  work: Reads,
  id: string,
): Promise<readonly { readonly id: string; readonly sentence: string }[]> {
  return work
    .selectFrom('evidence.priority_finding as l')
    .innerJoin('evidence.finding as f', (join) =>
      join.onRef('f.partnership_id', '=', 'l.partnership_id').onRef('f.id', '=', 'l.finding_id'),
    )
    .select(['f.id', 'f.sentence'])
    .where('l.priority_id', '=', id)
    .orderBy('f.made_at')
    .orderBy('f.id')
    .execute();
}

/** Puts exactly these findings behind it. */
export async function keepFindingsOfPriority(work: Writes, id: string, findings: readonly string[]): Promise<void> {
  await work
    .deleteFrom('evidence.priority_finding')
    .where('priority_id', '=', id)
    .$if(findings.length > 0, (query) => query.where('finding_id', 'not in', [...findings]))
    .execute();
  for (const finding of findings)
    await work
      .insertInto('evidence.priority_finding')
      .values({ priority_id: id, finding_id: finding })
      .onConflict((there) => there.doNothing())
      .execute();
}

// ── Scores ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The matrix of the bound partnership; the usual one where none was set. @returns its record id for the history */
export async function getMatrix(work: Reads): Promise<Matrix & { readonly id: string | null }> {
  const row = await work.selectFrom('evidence.scoring_matrix').selectAll().executeTakeFirst();
  return row === undefined
    ? { ...usualMatrix, id: null }
    : { id: row.id, top: row.top, factors: row.factors as unknown as readonly Factor[] };
}

export async function keepMatrix(work: Writes, matrix: Matrix): Promise<void> {
  const columns = { top: matrix.top, factors: JSON.stringify(matrix.factors) };
  await work
    .insertInto('evidence.scoring_matrix')
    .values(columns)
    .onConflict((there) => there.column('partnership_id').doUpdateSet(columns))
    .execute();
}

export interface ScoreKept extends Score {
  readonly id: string;
  readonly priority: string;
  readonly reason: string;
  readonly byName: string;
}

/** Every score of these priorities that was given, the first first. */
export async function scoresOf(work: Reads, priority?: string): Promise<readonly ScoreKept[]> {
  const rows = await work
    .selectFrom('evidence.score as s')
    .leftJoin('platform.shared_person as p', (join) => join.on('p.id', '=', personOf(sql.ref('s.by'))))
    .selectAll('s')
    .select('p.name')
    .$if(priority !== undefined, (query) => query.where('s.priority_id', '=', priority ?? ''))
    .orderBy('s.at')
    .orderBy('s.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    priority: row.priority_id,
    factor: row.factor,
    points: row.points,
    reason: row.reason,
    isModerated: row.is_moderated,
    by: row.by,
    byName: row.name ?? (row.by === 'system' ? 'Concord itself' : 'Somebody who has left'),
    at: new Date(row.at).toISOString(),
  }));
}

export async function addScore(
  work: Work<'evidence'>,
  score: Pick<ScoreKept, 'priority' | 'factor' | 'points' | 'reason' | 'isModerated' | 'by'>,
): Promise<void> {
  await work
    .insertInto('evidence.score')
    .values({
      priority_id: score.priority,
      factor: score.factor,
      points: score.points,
      reason: score.reason,
      is_moderated: score.isModerated,
      by: score.by,
    })
    .execute();
}

/** What each priority has by factor, as agreed. */
export function pointsOf(matrix: Matrix, scores: readonly ScoreKept[], priority: string): Points {
  const of = scores.filter((score) => score.priority === priority);
  return Object.fromEntries(
    matrix.factors.flatMap(({ key }) => {
      const { points } = agreedOf(of, key);
      return points === null ? [] : [[key, points] as const];
    }),
  );
}

// ── Problem profile ──────────────────────────────────────────────────────────────────────────────────────────────────

export interface ProfileKept {
  readonly words: ProfileWords;
  readonly marking: MarkingLevel;
  readonly reviewOn: IsoDate | null;
  readonly author: string;
  readonly authorName: string;
  readonly edition: number;
}

export async function findProfile(work: Reads, priority: string): Promise<ProfileKept | undefined> {
  const row = await work
    .selectFrom('evidence.problem_profile as f')
    .leftJoin('platform.shared_person as p', (join) => join.on('p.id', '=', personOf(sql.ref('f.author'))))
    .selectAll('f')
    .select('p.name')
    .where('f.priority_id', '=', priority)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    words: row.words as unknown as ProfileWords,
    marking: row.marking as MarkingLevel,
    reviewOn: row.review_on,
    author: row.author,
    authorName: row.name ?? (row.author === 'system' ? 'Concord itself' : 'Somebody who has left'),
    edition: row.edition,
  };
}

/** @param edition that of which the writer began; false where another was kept meanwhile */
export async function keepProfile(
  work: Writes,
  priority: string,
  profile: Pick<ProfileKept, 'words' | 'marking' | 'reviewOn' | 'author'>,
  edition: number,
): Promise<boolean> {
  const columns = {
    words: JSON.stringify(profile.words),
    marking: profile.marking,
    review_on: profile.reviewOn,
    author: profile.author,
    edition: edition + 1,
  };
  const row =
    edition === 0
      ? await work
          .insertInto('evidence.problem_profile')
          .values({ priority_id: priority, ...columns })
          .onConflict((there) => there.doNothing())
          .returning('priority_id')
          .executeTakeFirst()
      : await work
          .updateTable('evidence.problem_profile')
          .set(columns)
          .where('priority_id', '=', priority)
          .where('edition', '=', edition)
          .returning('priority_id')
          .executeTakeFirst();
  return row !== undefined;
}
