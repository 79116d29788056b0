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

/** Lessons that were entered, and those of actions that were closed: both are what was learned. */
export async function findLessons(work: Reads, words: string | undefined): Promise<readonly Lesson[]> {
  const like = words === undefined ? undefined : `%${words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<{
    id: string;
    title: string;
    words: string;
    learned_on: string;
    kind: string | null;
    of_id: string | null;
    of_title: string | null;
  }>`
    select l.id, l.title, l.words, to_char(l.learned_on, 'YYYY-MM-DD') as learned_on,
      case when l.evaluation_id is not null then 'evaluations' when l.intervention_id is not null then 'interventions'
        when l.approach_id is not null then 'what-works' when l.action_id is not null then 'actions' end as kind,
      coalesce(l.evaluation_id, l.intervention_id, l.approach_id, l.action_id) as of_id,
      coalesce(e.title, i.title, p.title, a.title) as of_title
    from strategy.lesson l
      left join strategy.evaluation e on e.id = l.evaluation_id
      left join strategy.intervention i on i.id = l.intervention_id
      left join strategy.approach p on p.id = l.approach_id
      left join strategy.action a on a.id = l.action_id
    where ${matches(like, sql`lower(l.title || ' ' || l.words || ' ' || coalesce(e.title, i.title, p.title, a.title, ''))`)}
    union all
    select a.id, a.title, a.learned, to_char(a.closed_on, 'YYYY-MM-DD'), 'actions', a.id, 'A' || a.number
    from strategy.action a
    where a.learned is not null and a.closed_on is not null
      and ${matches(like, sql`lower(a.title || ' ' || a.learned || ' ' || coalesce(a.result, ''))`)}
    order by 4 desc, 2, 1
    limit 300`.execute(work);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    words: row.words,
    learnedOn: row.learned_on,
    href: row.kind === null || row.of_id === null ? null : `/${row.kind}/${row.of_id}`,
    ofTitle: row.of_title,
  }));
}

const matches = (like: string | undefined, text: ReturnType<typeof sql>) =>
  like === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${text} like ${like}`;

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
