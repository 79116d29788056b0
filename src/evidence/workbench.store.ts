import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson, type ContentHash, type IsoDate, type Month } from '../duty/index.ts';
import { personOf } from '../platform/database/person-of.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { sectionsOf, type AssessmentTemplate } from './assessment-template.ts';
import type {
  AssessmentApproval,
  AssessmentState,
  AssessmentWanted,
  SectionState,
  Clearance,
  Exclusion,
  ExclusionGround,
  Standing,
} from './workbench.ts';
import type { FigureQuestion } from './figure.ts';

/** Of the partnership's tables only the views `partnership.shared_*` are named here. */
type Reads = ReadWork<'evidence' | 'partnership' | 'platform'>;
type Writes = Work<'evidence' | 'partnership' | 'platform'>;

const nameOr = (name: string | null, account: string | null): string =>
  name ?? (account === 'system' ? 'Concord itself' : 'Somebody who has left');

export interface AssessmentKept extends AssessmentWanted {
  readonly id: string;
  readonly version: number;
  readonly standing: Standing;
  readonly state: AssessmentState;
  /** Name of the body that approved it. */
  readonly approvedBy: string | null;
  readonly definitionName: string | null;
}

const assessments = (work: Reads) =>
  work
    .selectFrom('evidence.assessment as a')
    .leftJoin('partnership.shared_body as b', 'b.id', 'a.approved_by_id')
    .leftJoin('evidence.definition as d', (join) =>
      join.onRef('d.partnership_id', '=', 'a.partnership_id').onRef('d.id', '=', 'a.definition_id'),
    )
    .selectAll('a')
    .select(['b.name as body_name', 'd.name as definition_name', 'd.version as definition_version']);
type Row = Awaited<ReturnType<ReturnType<typeof assessments>['execute']>>[number];

function standingOf(row: Row): Standing {
  const state = row.state as AssessmentState;
  if (state === 'draft' || state === 'in-review') return { state };
  // The table's own checks say that these are there.
  const approval: AssessmentApproval = {
    body: row.approved_by_id ?? '',
    on: row.approved_on ?? '',
    hash: row.approved_sha256 as ContentHash,
  };
  if (state === 'approved') return { state, approval };
  const publishedOn = row.published_on ?? '';
  return state === 'published'
    ? { state, approval, publishedOn }
    : { state, approval, publishedOn, by: row.superseded_by_id ?? '' };
}

const keptOf = (row: Row): AssessmentKept => ({
  id: row.id,
  template: row.template as AssessmentTemplate,
  title: row.title,
  version: row.version,
  area: row.area,
  areaName: row.area_name,
  period: { from: row.from_month, to: row.to_month },
  asOf: row.as_of,
  definition: row.definition_id,
  definitionName: row.definition_name === null ? null : `${row.definition_name}, version ${row.definition_version}`,
  previous: row.previous_id,
  nextReview: row.next_review,
  standing: standingOf(row),
  state: row.state as AssessmentState,
  approvedBy: row.body_name,
});

/** All of them: those that are worked on first, then the newest. */
export async function listAssessments(work: Reads): Promise<readonly AssessmentKept[]> {
  const rows = await assessments(work)
    .orderBy(sql`a.published_on is not null, a.to_month desc, a.version desc, a.id`)
    .execute();
  return rows.map(keptOf);
}

/** @throws where the bound partnership has none of that id */
export async function getAssessment(work: Reads, id: string): Promise<AssessmentKept> {
  return keptOf(await assessments(work).where('a.id', '=', id).executeTakeFirstOrThrow());
}

/** Holds an assessment until the unit of work ends. @throws where there is none of that id */
export async function holdAssessment(work: Writes, id: string): Promise<void> {
  await work.selectFrom('evidence.assessment').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

/** Begins an assessment with the parts of its template. The example names its own ids. */
export async function addAssessment(
  work: Writes,
  wanted: AssessmentWanted & {
    readonly id?: string;
    readonly version?: number;
    readonly sectionId?: (key: string) => string;
  },
): Promise<string> {
  const { id } = await work
    .insertInto('evidence.assessment')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      template: wanted.template,
      title: wanted.title,
      version: wanted.version ?? 1,
      area: wanted.area,
      area_name: wanted.areaName,
      from_month: wanted.period.from,
      to_month: wanted.period.to,
      as_of: wanted.asOf,
      definition_id: wanted.definition,
      previous_id: wanted.previous,
      next_review: wanted.nextReview,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const [at, { key }] of sectionsOf[wanted.template].entries())
    await work
      .insertInto('evidence.assessment_section')
      .values({
        ...(wanted.sectionId !== undefined && { id: wanted.sectionId(key) }),
        assessment_id: id,
        key,
        place: at + 1,
      })
      .execute();
  return id;
}

/** A draft with all that an assessment says, as its next version. What people said of the old one stays with the old one. */
export async function addNextVersion(work: Writes, id: string, today: IsoDate): Promise<string> {
  const { id: _, ...before } = await getAssessment(reading(work), id);
  const next = await addAssessment(work, { ...before, version: before.version + 1, previous: id, asOf: today });
  const sections = await sectionsOfAssessment(reading(work), next);
  const of = await contentOf(reading(work), id);
  for (const section of sections) {
    const from = of.sections.find(({ key }) => key === section.key);
    if (from === undefined) continue;
    await work
      .updateTable('evidence.assessment_section')
      .set({
        words: from.words,
        words_by: from.wordsBy,
        words_at: from.wordsAt,
        owner: from.owner,
        state: 'writing',
        edition: 1,
      })
      .where('id', '=', section.id)
      .execute();
    for (const { id: _placed, ...figure } of of.figures.filter((each) => each.section === from.id))
      await placeFigure(work, { ...figure, section: section.id }, figure.placedBy);
    for (const { id: _excluded, ...exclusion } of of.exclusions.filter((each) => each.section === from.id))
      await addExclusion(work, { ...exclusion, section: section.id }, exclusion.by);
  }
  return next;
}

/** Puts it where `standingAfter` says. */
export async function moveAssessment(work: Writes, id: string, to: Standing): Promise<void> {
  const approval = 'approval' in to ? to.approval : undefined;
  await work
    .updateTable('evidence.assessment')
    .set({
      state: to.state,
      approved_by_id: approval?.body ?? null,
      approved_on: approval?.on ?? null,
      approved_sha256: approval?.hash ?? null,
      published_on: 'publishedOn' in to ? to.publishedOn : null,
      superseded_by_id: 'by' in to ? to.by : null,
    })
    .where('id', '=', id)
    .execute();
}

export async function changeAssessment(
  work: Writes,
  id: string,
  wanted: Pick<AssessmentWanted, 'title' | 'asOf' | 'definition' | 'previous' | 'nextReview'>,
): Promise<void> {
  await work
    .updateTable('evidence.assessment')
    .set({
      title: wanted.title,
      as_of: wanted.asOf,
      definition_id: wanted.definition,
      previous_id: wanted.previous,
      next_review: wanted.nextReview,
    })
    .where('id', '=', id)
    .execute();
}

// ── Sections ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface SectionKept {
  readonly id: string;
  readonly assessment: string;
  readonly key: string;
  readonly place: number;
  readonly owner: string | null;
  readonly ownerName: string | null;
  readonly state: SectionState;
  readonly words: string;
  readonly wordsBy: string | null;
  readonly wordsByName: string | null;
  readonly wordsAt: string | null;
  readonly edition: number;
  /** Comments that nobody has resolved. */
  readonly openComments: number;
}

const sections = (work: Reads) =>
  work
    .selectFrom('evidence.assessment_section as s')
    .leftJoin('platform.shared_person as o', (join) => join.on('o.id', '=', personOf(sql.ref('s.owner'))))
    .leftJoin('platform.shared_person as w', (join) => join.on('w.id', '=', personOf(sql.ref('s.words_by'))))
    .selectAll('s')
    .select(['o.name as owner_name', 'w.name as writer_name'])
    .select(
      sql<number>`(select count(*)::int from evidence.assessment_comment c
        where c.partnership_id = s.partnership_id and c.section_id = s.id and c.reply_to_id is null and c.resolved_at is null)`.as(
        'open_comments',
      ),
    );
type SectionRow = Awaited<ReturnType<ReturnType<typeof sections>['execute']>>[number];

const sectionOf = (row: SectionRow): SectionKept => ({
  id: row.id,
  assessment: row.assessment_id,
  key: row.key,
  place: row.place,
  owner: row.owner,
  ownerName: row.owner === null ? null : nameOr(row.owner_name, row.owner),
  state: row.state as SectionState,
  words: row.words,
  wordsBy: row.words_by,
  wordsByName: row.words_by === null ? null : nameOr(row.writer_name, row.words_by),
  wordsAt: row.words_at === null ? null : new Date(row.words_at).toISOString(),
  edition: row.edition,
  openComments: row.open_comments,
});

export async function sectionsOfAssessment(work: Reads, id: string): Promise<readonly SectionKept[]> {
  return (await sections(work).where('s.assessment_id', '=', id).orderBy('s.place').execute()).map(sectionOf);
}

/** @throws where that assessment has no such section */
export async function getSection(work: Reads, assessment: string, key: string): Promise<SectionKept> {
  return sectionOf(
    await sections(work).where('s.assessment_id', '=', assessment).where('s.key', '=', key).executeTakeFirstOrThrow(),
  );
}

/** @param edition that from which the writer began. False where somebody else has written meanwhile. */
export async function keepWords(
  work: Writes,
  section: string,
  words: string,
  { edition, by, moment }: { readonly edition: number; readonly by: string; readonly moment: Date },
): Promise<boolean> {
  const row = await work
    .updateTable('evidence.assessment_section')
    .set({ words, words_by: by, words_at: moment.toISOString(), edition: edition + 1 })
    .set({ state: sql<string>`case when state = 'to-do' then 'writing' else state end` })
    .where('id', '=', section)
    .where('edition', '=', edition)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function setSection(
  work: Writes,
  section: string,
  to: { readonly owner: string | null; readonly state: SectionState },
): Promise<void> {
  await work.updateTable('evidence.assessment_section').set(to).where('id', '=', section).execute();
}

/** Who may own a section: everybody with a role here, by name. */
export const peopleHere = (work: Reads): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('platform.shared_person')
    .select(['id', 'name'])
    .orderBy(sql`lower(name), id`)
    .execute();

// ── Figures in their places ──────────────────────────────────────────────────────────────────────────────────────────

export interface PlacedWanted {
  readonly section: string;
  readonly figure: string;
  readonly sentence: string;
  readonly finding: string | null;
  /** Ids of organisations. */
  readonly owners: readonly string[];
}

export interface PlacedKept extends PlacedWanted {
  readonly id: string;
  readonly place: number;
  readonly placedBy: string;
  readonly title: string;
  readonly question: FigureQuestion;
  /** The view for those who work on it, where somebody has looked at one. */
  readonly view: string | null;
}

/** Of one assessment, in the order of reading. */
export async function placedFigures(work: Reads, assessment: string): Promise<readonly PlacedKept[]> {
  const rows = await work
    .selectFrom('evidence.assessment_figure as p')
    .innerJoin('evidence.assessment_section as s', (join) =>
      join.onRef('s.partnership_id', '=', 'p.partnership_id').onRef('s.id', '=', 'p.section_id'),
    )
    .innerJoin('evidence.figure as f', (join) =>
      join.onRef('f.partnership_id', '=', 'p.partnership_id').onRef('f.id', '=', 'p.figure_id'),
    )
    .selectAll('p')
    .select(['f.title', 'f.question'])
    .select(
      sql<string | null>`(select v.id from evidence.view v where v.partnership_id = p.partnership_id
        and v.figure_id = p.figure_id and v.audience = 'restricted' order by v.id limit 1)`.as('view'),
    )
    .where('s.assessment_id', '=', assessment)
    .orderBy('s.place')
    .orderBy('p.place')
    .orderBy('p.placed_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    section: row.section_id,
    figure: row.figure_id,
    place: row.place,
    sentence: row.sentence,
    finding: row.finding_id,
    owners: row.owners,
    placedBy: row.placed_by,
    title: row.title,
    question: row.question as unknown as FigureQuestion,
    view: row.view,
  }));
}

/** Puts a figure at the end of a section. @param by id of an account, or `system` */
export async function placeFigure(
  work: Writes,
  wanted: PlacedWanted & { readonly id?: string },
  by: string,
): Promise<void> {
  await work
    .insertInto('evidence.assessment_figure')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      section_id: wanted.section,
      figure_id: wanted.figure,
      place: sql<number>`(select coalesce(max(place), 0) + 1 from evidence.assessment_figure where section_id = ${wanted.section})`,
      sentence: wanted.sentence,
      finding_id: wanted.finding,
      owners: [...wanted.owners],
      placed_by: by,
    })
    .execute();
}

/** Puts a newer figure in the place of one. The sentence is for whoever refreshes to look at. */
export async function replaceFigure(work: Writes, placed: string, figure: string, sentence: string): Promise<void> {
  await work
    .updateTable('evidence.assessment_figure')
    .set({ figure_id: figure, sentence })
    .where('id', '=', placed)
    .execute();
}

export async function removeFigure(work: Writes, placed: string): Promise<void> {
  await work.deleteFrom('evidence.assessment_figure').where('id', '=', placed).execute();
}

/**
 * Organisations whose data stands behind a figure: senders who are members under that name, or known by it. Open data of a force is the
 * force's too. Others are named by whoever places it.
 */
export async function ownersOfFigure(
  work: ReadWork<'evidence' | 'partnership'>,
  question: FigureQuestion,
): Promise<readonly string[]> {
  const releases = question.releases.map(({ id }) => id);
  if (releases.length === 0) return [];
  const rows = await work
    .selectFrom('evidence.release_month as m')
    .innerJoin('partnership.shared_organisation_name as o', (join) =>
      join.on(sql<boolean>`o.known_as = lower(m.provider)`),
    )
    .select('o.organisation_id')
    .distinct()
    .where('m.release_id', 'in', releases)
    .execute();
  return rows.map(({ organisation_id }) => organisation_id).sort();
}

// ── What stays out ───────────────────────────────────────────────────────────────────────────────────────────────────

export interface ExclusionKept extends Exclusion {
  readonly id: string;
  readonly section: string;
  readonly because: string;
  readonly by: string;
}

export async function exclusionsOf(work: Reads, assessment: string): Promise<readonly ExclusionKept[]> {
  const rows = await work
    .selectFrom('evidence.assessment_exclusion as e')
    .innerJoin('evidence.assessment_section as s', (join) =>
      join.onRef('s.partnership_id', '=', 'e.partnership_id').onRef('s.id', '=', 'e.section_id'),
    )
    .selectAll('e')
    .where('s.assessment_id', '=', assessment)
    .orderBy('s.place')
    .orderBy('e.at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    section: row.section_id,
    passage: row.passage,
    ground: row.ground as ExclusionGround,
    because: row.because,
    by: row.by,
  }));
}

export async function addExclusion(
  work: Writes,
  wanted: Pick<ExclusionKept, 'section' | 'passage' | 'ground' | 'because'> & { readonly id?: string },
  by: string,
): Promise<void> {
  await work
    .insertInto('evidence.assessment_exclusion')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      section_id: wanted.section,
      passage: wanted.passage,
      ground: wanted.ground,
      because: wanted.because,
      by,
    })
    .execute();
}

export async function removeExclusion(work: Writes, id: string): Promise<void> {
  await work.deleteFrom('evidence.assessment_exclusion').where('id', '=', id).execute();
}

// ── All that it says ─────────────────────────────────────────────────────────────────────────────────────────────────

export interface AssessmentContent {
  readonly assessment: AssessmentKept;
  readonly sections: readonly SectionKept[];
  readonly figures: readonly PlacedKept[];
  readonly exclusions: readonly ExclusionKept[];
}

export async function contentOf(work: Reads, id: string): Promise<AssessmentContent> {
  return {
    assessment: await getAssessment(work, id),
    sections: await sectionsOfAssessment(work, id),
    figures: await placedFigures(work, id),
    exclusions: await exclusionsOf(work, id),
  };
}

const hash = (text: string): ContentHash => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** Of all that a body approves: what it is about, its words, its figures, what stays out. Not of who wrote it or when. */
export function assessmentHash({ assessment, sections: parts, figures, exclusions }: AssessmentContent): ContentHash {
  return hash(
    canonicalJson({
      template: assessment.template,
      title: assessment.title,
      version: assessment.version,
      area: assessment.area,
      period: { from: assessment.period.from, to: assessment.period.to },
      asOf: assessment.asOf,
      definition: assessment.definition,
      sections: parts.map(({ id, key, words }) => ({
        key,
        words,
        figures: figures
          .filter(({ section }) => section === id)
          .map(({ figure, sentence, owners }) => ({ figure, sentence, owners: [...owners] })),
        leftOut: exclusions.filter(({ section }) => section === id).map(({ passage, ground }) => ({ passage, ground })),
      })),
    }),
  );
}

/** Of what one organisation clears: its figures, what is said of them, and the words beside them. */
export function ownersHash(
  { sections: parts, figures }: Pick<AssessmentContent, 'sections' | 'figures'>,
  owner: string,
): ContentHash {
  return hash(
    canonicalJson(
      parts.flatMap(({ id, key, words }) => {
        const of = figures.filter(({ section, owners }) => section === id && owners.includes(owner));
        return of.length === 0
          ? []
          : [{ key, words, figures: of.map(({ figure, sentence }) => ({ figure, sentence })) }];
      }),
    ),
  );
}

/** Every organisation behind a figure of it. */
export const ownersIn = ({ figures }: Pick<AssessmentContent, 'figures'>): readonly string[] =>
  [...new Set(figures.flatMap(({ owners }) => owners))].sort();

// ── Partners ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Organisation {
  readonly id: string;
  readonly name: string;
}

/** Ids of the organisations that the public may find. */
export async function namedInPublic(work: ReadWork<'published'>, partnership: string): Promise<ReadonlySet<string>> {
  const rows = await work
    .selectFrom('published.member')
    .select('organisation_id')
    .distinct()
    .where('partnership_id', '=', partnership)
    .execute();
  return new Set(rows.map((row) => row.organisation_id));
}

/** Names of the bodies that the public may find, by id. */
export async function bodiesInPublic(
  work: ReadWork<'published'>,
  partnership: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await work
    .selectFrom('published.body')
    .select(['body_id', 'name'])
    .where('partnership_id', '=', partnership)
    .execute();
  return new Map(rows.map((row) => [row.body_id, row.name]));
}

export const organisationsHere = (work: Reads): Promise<readonly Organisation[]> =>
  work
    .selectFrom('partnership.shared_organisation')
    .select(['id', 'name'])
    .orderBy(sql`lower(name), id`)
    .execute();

/** Organisations for which the holder of an account speaks on a day: where they have a post. */
export async function speaksFor(work: Reads, account: string, day: IsoDate): Promise<readonly Organisation[]> {
  return work
    .selectFrom('partnership.shared_speaker as s')
    .innerJoin('partnership.shared_organisation as o', 'o.id', 's.organisation_id')
    .select(['o.id', 'o.name'])
    .distinct()
    .where('s.account_id', '=', account)
    .where(sql<boolean>`partnership.runs_on(s.since, s.until, ${day}::date)`)
    .orderBy('o.name')
    .execute();
}

export interface AskKept {
  readonly id: string;
  readonly assessment: string;
  readonly section: string | null;
  readonly organisation: Organisation;
  readonly question: string;
  readonly due: IsoDate;
  readonly state: 'asked' | 'answered' | 'declined';
  readonly answer: string | null;
  readonly answeredByName: string | null;
  readonly answeredOn: IsoDate | null;
}

const asks = (work: Reads) =>
  work
    .selectFrom('evidence.assessment_ask as q')
    .innerJoin('partnership.shared_organisation as o', 'o.id', 'q.organisation_id')
    .leftJoin('platform.shared_person as p', (join) => join.on('p.id', '=', personOf(sql.ref('q.answered_by'))))
    .selectAll('q')
    .select(['o.name', 'p.name as answerer']);
type AskRow = Awaited<ReturnType<ReturnType<typeof asks>['execute']>>[number];
const askOf = (row: AskRow): AskKept => ({
  id: row.id,
  assessment: row.assessment_id,
  section: row.section_id,
  organisation: { id: row.organisation_id, name: row.name },
  question: row.question,
  due: row.due,
  state: row.state as AskKept['state'],
  answer: row.answer,
  answeredByName: row.answered_by === null ? null : nameOr(row.answerer, row.answered_by),
  answeredOn: row.answered_on,
});

/** What was asked for an assessment, the soonest due first. */
export async function asksOf(work: Reads, assessment: string): Promise<readonly AskKept[]> {
  return (await asks(work).where('q.assessment_id', '=', assessment).orderBy('q.due').orderBy('q.id').execute()).map(
    askOf,
  );
}

/** @throws where that assessment has no such question */
export async function getAsk(work: Reads, assessment: string, id: string): Promise<AskKept> {
  return askOf(
    await asks(work).where('q.assessment_id', '=', assessment).where('q.id', '=', id).executeTakeFirstOrThrow(),
  );
}

export async function addAsk(
  work: Writes,
  wanted: {
    readonly id?: string;
    readonly assessment: string;
    readonly section: string | null;
    readonly organisation: string;
    readonly question: string;
    readonly due: IsoDate;
  },
  by: string,
): Promise<void> {
  await work
    .insertInto('evidence.assessment_ask')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      assessment_id: wanted.assessment,
      section_id: wanted.section,
      organisation_id: wanted.organisation,
      question: wanted.question,
      due: wanted.due,
      asked_by: by,
    })
    .execute();
}

export async function answerAsk(
  work: Writes,
  id: string,
  answer: {
    readonly state: 'answered' | 'declined';
    readonly words: string;
    readonly by: string;
    readonly on: IsoDate;
  },
): Promise<void> {
  await work
    .updateTable('evidence.assessment_ask')
    .set({ state: answer.state, answer: answer.words, answered_by: answer.by, answered_on: answer.on })
    .where('id', '=', id)
    .execute();
}

// ── Clearance ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface ClearanceKept extends Clearance {
  readonly id: string;
  readonly assessment: string;
  readonly organisation: Organisation;
  readonly askedOn: IsoDate;
  readonly because: string | null;
  readonly answeredByName: string | null;
  readonly answeredOn: IsoDate | null;
}

export async function clearancesOf(work: Reads, assessment: string): Promise<readonly ClearanceKept[]> {
  const rows = await work
    .selectFrom('evidence.clearance as c')
    .innerJoin('partnership.shared_organisation as o', 'o.id', 'c.organisation_id')
    .leftJoin('platform.shared_person as p', (join) => join.on('p.id', '=', personOf(sql.ref('c.answered_by'))))
    .selectAll('c')
    .select(['o.name', 'p.name as answerer'])
    .where('c.assessment_id', '=', assessment)
    .orderBy(sql`lower(o.name)`)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    assessment: row.assessment_id,
    organisation: { id: row.organisation_id, name: row.name },
    due: row.due,
    askedOn: row.asked_on,
    answer: row.answer as Clearance['answer'],
    because: row.because,
    seen: row.seen_sha256 as ContentHash | null,
    answeredByName: row.answered_by === null ? null : nameOr(row.answerer, row.answered_by),
    answeredOn: row.answered_on,
  }));
}

/** Asks an organisation, or asks it again with another last day. */
export async function askClearance(
  work: Writes,
  wanted: {
    readonly id?: string;
    readonly assessment: string;
    readonly organisation: string;
    readonly due: IsoDate;
    readonly on: IsoDate;
  },
  by: string,
): Promise<void> {
  const columns = { due: wanted.due, asked_on: wanted.on, asked_by: by };
  await work
    .insertInto('evidence.clearance')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      assessment_id: wanted.assessment,
      organisation_id: wanted.organisation,
      ...columns,
    })
    .onConflict((there) => there.columns(['partnership_id', 'assessment_id', 'organisation_id']).doUpdateSet(columns))
    .execute();
}

export async function answerClearance(
  work: Writes,
  id: string,
  answer: {
    readonly answer: 'cleared' | 'objected';
    readonly because: string | null;
    readonly seen: ContentHash;
    readonly by: string;
    readonly on: IsoDate;
  },
): Promise<void> {
  await work
    .updateTable('evidence.clearance')
    .set({
      answer: answer.answer,
      because: answer.because,
      seen_sha256: answer.seen,
      answered_by: answer.by,
      answered_on: answer.on,
    })
    .where('id', '=', id)
    .execute();
}

// ── Comments ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface CommentKept {
  readonly id: string;
  readonly section: string;
  readonly replyTo: string | null;
  readonly words: string;
  /** Id of an account. */
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly resolvedByName: string | null;
}

/** Of one section, the first first. */
export async function commentsOf(work: Reads, section: string): Promise<readonly CommentKept[]> {
  const rows = await work
    .selectFrom('evidence.assessment_comment as c')
    .leftJoin('platform.shared_person as p', (join) => join.on('p.id', '=', personOf(sql.ref('c.by'))))
    .leftJoin('platform.shared_person as r', (join) => join.on('r.id', '=', personOf(sql.ref('c.resolved_by'))))
    .selectAll('c')
    .select(['p.name', 'r.name as resolver'])
    .where('c.section_id', '=', section)
    .orderBy('c.at')
    .orderBy('c.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    section: row.section_id,
    replyTo: row.reply_to_id,
    words: row.words,
    by: row.by,
    byName: nameOr(row.name, row.by),
    at: new Date(row.at).toISOString(),
    resolvedByName: row.resolved_by === null ? null : nameOr(row.resolver, row.resolved_by),
  }));
}

/** A reply takes up again what was resolved. */
export async function addComment(
  work: Writes,
  wanted: { readonly id?: string; readonly section: string; readonly replyTo: string | null; readonly words: string },
  by: string,
): Promise<void> {
  await work
    .insertInto('evidence.assessment_comment')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      section_id: wanted.section,
      reply_to_id: wanted.replyTo,
      words: wanted.words,
      by,
    })
    .execute();
  if (wanted.replyTo !== null)
    await work
      .updateTable('evidence.assessment_comment')
      .set({ resolved_by: null, resolved_at: null })
      .where('id', '=', wanted.replyTo)
      .execute();
}

export async function resolveComment(
  work: Writes,
  id: string,
  { by, moment }: { readonly by: string; readonly moment: Date },
): Promise<void> {
  await work
    .updateTable('evidence.assessment_comment')
    .set({ resolved_by: by, resolved_at: moment.toISOString() })
    .where('id', '=', id)
    .execute();
}

// ── What the public reads ────────────────────────────────────────────────────────────────────────────────────────────

export interface PublishedLine {
  readonly id: string;
  readonly template: AssessmentTemplate;
  readonly title: string;
  readonly version: number;
  readonly areaName: string;
  readonly from: Month;
  readonly to: Month;
  readonly publishedOn: IsoDate;
  readonly approvedBy: string;
  readonly approvedOn: IsoDate;
  readonly supersededBy: string | null;
}

const lineColumns = [
  'id',
  'template',
  'title',
  'version',
  'area_name',
  'from_month',
  'to_month',
  'published_on',
  'approved_by',
  'approved_on',
  'superseded_by',
] as const;

/** Copies what everybody may read. @param document see `DocumentModel`; @param figures see `ViewDocument` */
export async function publishAssessment(
  work: Writes,
  id: string,
  copy: { readonly document: unknown; readonly figures: unknown },
): Promise<void> {
  await sql`select evidence.publish_assessment(${id}::uuid, ${JSON.stringify(copy.document)}::jsonb, ${JSON.stringify(copy.figures)}::jsonb)`.execute(
    work,
  );
}

const lineOf = (row: {
  readonly id: string;
  readonly template: string;
  readonly title: string;
  readonly version: number;
  readonly area_name: string;
  readonly from_month: string;
  readonly to_month: string;
  readonly published_on: IsoDate;
  readonly approved_by: string;
  readonly approved_on: IsoDate;
  readonly superseded_by: string | null;
}): PublishedLine => ({
  id: row.id,
  template: row.template as AssessmentTemplate,
  title: row.title,
  version: row.version,
  areaName: row.area_name,
  from: row.from_month,
  to: row.to_month,
  publishedOn: row.published_on,
  approvedBy: row.approved_by,
  approvedOn: row.approved_on,
  supersededBy: row.superseded_by,
});

/** What a partnership has published, the newest first. */
export async function publishedAssessments(
  work: ReadWork<'published'>,
  partnership: string,
): Promise<readonly PublishedLine[]> {
  const rows = await work
    .selectFrom('published.assessment')
    .select(lineColumns)
    .where('partnership_id', '=', partnership)
    .orderBy('published_on', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(lineOf);
}

export async function findPublished(
  work: ReadWork<'published'>,
  partnership: string,
  id: string,
): Promise<(PublishedLine & { readonly document: unknown; readonly figures: unknown }) | undefined> {
  const row = await work
    .selectFrom('published.assessment')
    .select([...lineColumns, 'document', 'figures'])
    .where('partnership_id', '=', partnership)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...lineOf(row), document: row.document, figures: row.figures };
}
