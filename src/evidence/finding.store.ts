import { sql } from 'kysely';
import { holdsMonth } from '../duty/index.ts';
import { personOf } from '../platform/database/person-of.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { findFigure } from './figure.store.ts';
import type { FigureQuestion } from './figure.ts';
import { findingsAPage, hasNewer, type FindingState, type FindingWanted, type Strength } from './finding.ts';
import { livePartsOf } from './release.store.ts';

type Reads = ReadWork<'evidence' | 'platform'>;

/** A finding as it is kept. */
export interface FindingKept extends FindingWanted {
  readonly id: string;
  readonly state: FindingState;
  readonly stateBecause: string | null;
  /** Id of an account, or `system`. */
  readonly author: string;
  readonly authorName: string;
  readonly checkedBy: string | null;
  readonly madeAt: string;
}

const findings = (work: Reads) =>
  work
    .selectFrom('evidence.finding as f')
    .leftJoin('platform.shared_person as a', (join) => join.on('a.id', '=', personOf(sql.ref('f.author'))))
    .leftJoin('platform.shared_person as c', (join) => join.on('c.id', '=', personOf(sql.ref('f.checked_by'))))
    .selectAll('f')
    .select(['a.name as author_name', 'c.name as checker_name']);
type Row = Awaited<ReturnType<ReturnType<typeof findings>['execute']>>[number];

const keptOf = (row: Row): FindingKept => ({
  id: row.id,
  sentence: row.sentence,
  question: row.question,
  figure: row.figure_id,
  view: row.view_id,
  area: row.area,
  from: row.from_month,
  to: row.to_month,
  strength: row.strength as Strength,
  strengthBecause: row.strength_because,
  state: row.state as FindingState,
  stateBecause: row.state_because,
  author: row.author,
  authorName: row.author_name ?? (row.author === 'system' ? 'Concord itself' : 'Somebody who has left'),
  checkedBy: row.checker_name,
  madeAt: new Date(row.made_at).toISOString(),
});

/** Those that hold first, the newest first. @param asked `words` of the sentence or the question; `state` or all */
export async function listFindings(
  work: Reads,
  asked: { readonly words: string; readonly state: FindingState | undefined; readonly page: number },
): Promise<{ readonly findings: readonly FindingKept[]; readonly total: number }> {
  const rows = await findings(work)
    .select(sql<number>`(count(*) over ())::int`.as('total'))
    .where(sql<boolean>`strpos(lower(f.sentence || ' ' || coalesce(f.question, '')), lower(${asked.words})) > 0`)
    .$if(asked.state !== undefined, (query) => query.where('f.state', '=', asked.state ?? ''))
    .orderBy(sql`f.state = 'withdrawn', f.made_at desc, f.id`)
    .limit(findingsAPage)
    .offset((asked.page - 1) * findingsAPage)
    .execute();
  return { findings: rows.map(keptOf), total: rows[0]?.total ?? 0 };
}

/** All that hold, for lists to choose from; the newest first, at most 500. */
export async function findingChoices(work: Reads): Promise<readonly FindingKept[]> {
  const rows = await findings(work)
    .where('f.state', '<>', 'withdrawn')
    .orderBy('f.made_at', 'desc')
    .orderBy('f.id')
    .limit(500)
    .execute();
  return rows.map(keptOf);
}

/** @throws where the bound partnership has none of that id */
export async function getFinding(work: Reads, id: string): Promise<FindingKept> {
  return keptOf(await findings(work).where('f.id', '=', id).executeTakeFirstOrThrow());
}

const columnsOf = (wanted: FindingWanted) => ({
  sentence: wanted.sentence,
  question: wanted.question,
  figure_id: wanted.figure,
  view_id: wanted.view,
  area: wanted.area,
  from_month: wanted.from,
  to_month: wanted.to,
  strength: wanted.strength,
  strength_because: wanted.strengthBecause,
});

/** @param by id of an account, or `system`. The example names its own ids */
export async function addFinding(
  work: Work<'evidence'>,
  wanted: FindingWanted & { readonly id?: string },
  by: string,
): Promise<string> {
  const { id } = await work
    .insertInto('evidence.finding')
    .values({ ...(wanted.id !== undefined && { id: wanted.id }), ...columnsOf(wanted), author: by })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Changes the sentence or what is said of it: then it has to be checked again. The figure stays that which it was made from. */
export async function changeFinding(
  work: Work<'evidence'>,
  id: string,
  wanted: Pick<FindingWanted, 'sentence' | 'question' | 'strength' | 'strengthBecause'>,
): Promise<void> {
  await work
    .updateTable('evidence.finding')
    .set({
      sentence: wanted.sentence,
      question: wanted.question,
      strength: wanted.strength,
      strength_because: wanted.strengthBecause,
      state: 'draft',
      checked_by: null,
    })
    .where('id', '=', id)
    .execute();
}

export async function moveFinding(
  work: Work<'evidence'>,
  id: string,
  to: { readonly state: FindingState; readonly because: string | null; readonly checkedBy: string | null },
): Promise<void> {
  await work
    .updateTable('evidence.finding')
    .set({ state: to.state, state_because: to.because, checked_by: to.checkedBy })
    .where('id', '=', id)
    .execute();
}

/** Holds a finding until the unit of work ends. @throws where there is none of that id */
export async function holdFinding(work: Work<'evidence'>, id: string): Promise<void> {
  await work.selectFrom('evidence.finding').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

/** Figures that would be made from other releases today, of those given: each source and period is looked up once. */
export async function figuresWithNewer(
  work: ReadWork<'evidence'>,
  figures: readonly string[],
): Promise<ReadonlySet<string>> {
  if (figures.length === 0) return new Set();
  const rows = await work
    .selectFrom('evidence.figure')
    .select(['id', 'question'])
    .where('id', 'in', [...new Set(figures)])
    .execute();
  const live = new Map<string, readonly string[]>();
  const older = new Set<string>();
  for (const { id, question } of rows) {
    const { source, period, releases } = question as unknown as FigureQuestion;
    const key = `${source} ${period.from} ${period.to}`;
    const known = live.get(key) ?? [
      ...new Set(
        (await livePartsOf(work, { source, period }))
          .filter(({ months, without }) =>
            // A part of which later releases have replaced every month says nothing any more.
            months.some((month) => holdsMonth(period, month) && !without.some((gone) => gone.month === month)),
          )
          .map(({ release }) => release),
      ),
    ];
    live.set(key, known);
    // A measure may have looked at other months too: only what it did not look at counts as new, and what is gone.
    const made = releases.map((release) => release.id);
    if (
      hasNewer(
        made.filter((each) => known.includes(each)),
        known,
      )
    )
      older.add(id);
  }
  return older;
}

/** The figure and the view that a form names, where the bound partnership has both and one is of the other. */
export async function figureAndView(
  work: ReadWork<'evidence'>,
  named: { readonly figure: string | null; readonly view: string | null },
): Promise<{ readonly figure: string | null; readonly view: string | null } | undefined> {
  if (named.view !== null) {
    const row = await work
      .selectFrom('evidence.view')
      .select('figure_id')
      .where('id', '=', named.view)
      .executeTakeFirst();
    if (row === undefined || (named.figure !== null && named.figure !== row.figure_id)) return undefined;
    return { figure: row.figure_id, view: named.view };
  }
  if (named.figure === null) return { figure: null, view: null };
  return (await findFigure(work, named.figure)) === undefined ? undefined : named;
}

/** What stands on a finding: priorities, and assessments in which it is placed. */
export async function usesOfFinding(
  work: ReadWork<'evidence'>,
  id: string,
): Promise<readonly { readonly kind: 'priority' | 'assessment'; readonly id: string; readonly name: string }[]> {
  const behind = await work
    .selectFrom('evidence.priority_finding as l')
    .innerJoin('evidence.priority as p', (join) =>
      join.onRef('p.partnership_id', '=', 'l.partnership_id').onRef('p.id', '=', 'l.priority_id'),
    )
    .select(['p.id', 'p.name'])
    .where('l.finding_id', '=', id)
    .orderBy('p.name')
    .execute();
  const placed = await work
    .selectFrom('evidence.assessment_figure as f')
    .innerJoin('evidence.assessment_section as s', (join) =>
      join.onRef('s.partnership_id', '=', 'f.partnership_id').onRef('s.id', '=', 'f.section_id'),
    )
    .innerJoin('evidence.assessment as a', (join) =>
      join.onRef('a.partnership_id', '=', 's.partnership_id').onRef('a.id', '=', 's.assessment_id'),
    )
    .select(['a.id', 'a.title as name'])
    .distinct()
    .where('f.finding_id', '=', id)
    .execute();
  return [
    ...behind.map((each) => ({ kind: 'priority' as const, ...each })),
    ...placed.map((each) => ({ kind: 'assessment' as const, ...each })),
  ];
}
