import { sql, type SqlBool } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';

type Reads = ReadWork<'strategy'>;
type Writes = Work<'strategy'>;

export interface LessonWanted {
  readonly title: string;
  readonly words: string;
  readonly learnedOn: IsoDate;
  readonly of: { readonly kind: 'action' | 'intervention' | 'approach' | 'evaluation'; readonly id: string } | null;
}

export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly learnedOn: IsoDate;
  /** Behind the address of the partnership: where it was learned. */
  readonly href: `/${string}` | null;
  readonly ofTitle: string | null;
}

export async function addLesson(work: Writes, wanted: LessonWanted & { readonly id?: string }): Promise<string> {
  const of = (kind: string) => (wanted.of?.kind === kind ? wanted.of.id : null);
  const { id } = await work
    .insertInto('strategy.lesson')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      title: wanted.title,
      words: wanted.words,
      learned_on: wanted.learnedOn,
      action_id: of('action'),
      intervention_id: of('intervention'),
      approach_id: of('approach'),
      evaluation_id: of('evaluation'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const mostFound = 300;

/** Lessons that were entered, and those of actions that were closed: both are what was learned. The newest first. */
export async function findLessons(work: Reads, words: string | undefined): Promise<readonly Lesson[]> {
  const like = words === undefined ? undefined : `%${words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const entered = await work
    .selectFrom('strategy.lesson as l')
    .leftJoin('strategy.evaluation as e', 'e.id', 'l.evaluation_id')
    .leftJoin('strategy.intervention as i', 'i.id', 'l.intervention_id')
    .leftJoin('strategy.approach as p', 'p.id', 'l.approach_id')
    .leftJoin('strategy.action as a', 'a.id', 'l.action_id')
    .select(['l.id', 'l.title', 'l.words', 'l.learned_on'])
    .select(['l.evaluation_id', 'l.intervention_id', 'l.approach_id', 'l.action_id'])
    .select(sql<string | null>`coalesce(e.title, i.title, p.title, a.title)`.as('of_title'))
    .where(
      like === undefined
        ? sql<SqlBool>`true`
        : sql<SqlBool>`lower(l.title || ' ' || l.words || ' ' || coalesce(e.title, i.title, p.title, a.title, '')) like ${like}`,
    )
    .orderBy('l.learned_on', 'desc')
    .orderBy('l.id')
    .limit(mostFound)
    .execute();
  const closed = await work
    .selectFrom('strategy.action as a')
    .select(['a.id', 'a.number', 'a.title', 'a.learned', 'a.closed_on'])
    .where('a.learned', 'is not', null)
    .where('a.closed_on', 'is not', null)
    .where(
      like === undefined
        ? sql<SqlBool>`true`
        : sql<SqlBool>`lower(a.title || ' ' || a.learned || ' ' || coalesce(a.result, '')) like ${like}`,
    )
    .orderBy('a.closed_on', 'desc')
    .orderBy('a.id')
    .limit(mostFound)
    .execute();
  return [
    ...entered.map((row): Lesson => ({
      id: row.id,
      title: row.title,
      words: row.words,
      learnedOn: row.learned_on,
      href: hrefOf(row),
      ofTitle: row.of_title,
    })),
    ...closed.map((row): Lesson => ({
      id: row.id,
      title: row.title,
      words: row.learned ?? '',
      learnedOn: row.closed_on ?? '',
      href: `/actions/${row.id}`,
      ofTitle: `A${row.number}`,
    })),
  ]
    .sort((a, b) => b.learnedOn.localeCompare(a.learnedOn) || a.title.localeCompare(b.title, 'en-GB'))
    .slice(0, mostFound);
}

function hrefOf(row: {
  readonly evaluation_id: string | null;
  readonly intervention_id: string | null;
  readonly approach_id: string | null;
  readonly action_id: string | null;
}): Lesson['href'] {
  if (row.evaluation_id !== null) return `/evaluations/${row.evaluation_id}`;
  if (row.intervention_id !== null) return `/interventions/${row.intervention_id}`;
  if (row.approach_id !== null) return `/what-works/${row.approach_id}`;
  return row.action_id === null ? null : `/actions/${row.action_id}`;
}

export async function lessonsOf(
  work: Reads,
  evaluation: string,
): Promise<readonly { readonly title: string; readonly words: string }[]> {
  return work
    .selectFrom('strategy.lesson')
    .select(['title', 'words'])
    .where('evaluation_id', '=', evaluation)
    .orderBy('learned_on')
    .orderBy('id')
    .execute();
}
