import { z } from 'zod';
import {
  canonicalJson,
  done,
  formatDate,
  refused,
  type ContentHash,
  type IsoDate,
  type Outcome,
} from '../duty/index.ts';
import { coverFits, toPdf, toWord, type DocumentModel } from '../documents/index.ts';
import type { ChangeWords } from '../partnership/index.ts';
import { historyOf } from '../partnership/index.store.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { again, typedAgain, type Errors, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route, type Visitor } from '../platform/http/route.ts';
import type { Releases } from '../platform/releases/ask.ts';
import { openAreaBook } from './area-book.store.ts';
import type { AreaBook } from './area-book.ts';
import { peopleSaid } from './assessment-records.store.ts';
import { optionsOf, type FigureWanted, type Found, type QuestionScope } from './question.ts';
import { scopeOf } from './assessment.store.ts';
import { definitionSaid, figuresOf, firstPage, firstPageFigures, type AssessmentRecords } from './assessment.ts';
import { dayOf } from './definition-form.ts';
import { decidingBodies, findDefinition, listDefinitions, type DefinitionKept } from './definition.store.ts';
import { driverBasisLabels } from './driver.ts';
import { listDrivers } from './driver.store.ts';
import { definitionUsed, findFigure, keepFigure, workOut } from './figure.store.ts';
import type { Figure, FigureQuestion, FigureRow } from './figure.ts';
import { figuresWithNewer, findingChoices, getFinding } from './finding.store.ts';
import { mayWorkHere } from './finding.routes.ts';
import { readingOf } from './jargon.ts';
import { hiddenSaid, numbersIn, quotable, says } from './number-in-words.ts';
import { decidedWords } from './priority.page.tsx';
import { listPriorities } from './priority.store.ts';
import type { ViewShown } from './view-document.ts';
import { showView } from './view-shown.store.ts';
import { keepView, lieIn, publicAreas, publishView, viewOf } from './view.store.ts';
import { audiences, mayPublish, mayWorkOnFigures, type Audience, type View } from './view.ts';
import { composeWritten, heldInset, type WrittenFigure, type WrittenSection } from './workbench-document.ts';
import {
  answerForm,
  approveForm,
  askForm,
  changeAssessmentForm,
  clearanceAskForm,
  clearanceForm,
  commentForm,
  exclusionForm,
  newAssessmentForm,
  partForm,
  partnerCommentForm,
  placeForm,
  refreshForm,
  wordsForm,
} from './workbench-form.ts';
import {
  approvePage,
  asksPage,
  assessmentPage,
  assessmentsPage,
  changeAssessmentPage,
  clearancePage,
  comparePage,
  headingOfSection,
  newAssessmentPage,
  partnerPage,
  previewPage,
  publishedDocumentPage,
  publishedPage,
  publishPage,
  sectionPage,
  type ClearanceLine,
  type Waiting,
} from './workbench.page.tsx';
import {
  assessmentStateLabels,
  clearanceState,
  compareSections,
  exclusionLabels,
  isCleared,
  isOpen,
  standingAfter,
  takingPart,
  withoutPassages,
  type AssessmentStep,
  type ClearanceState,
} from './workbench.ts';
import {
  addAsk,
  addAssessment,
  addComment,
  addExclusion,
  addNextVersion,
  answerAsk,
  answerClearance,
  askClearance,
  asksOf,
  assessmentHash,
  bodiesInPublic,
  changeAssessment,
  clearancesOf,
  commentsOf,
  contentOf,
  findPublished,
  getAsk,
  getAssessment,
  getSection,
  holdAssessment,
  keepWords,
  listAssessments,
  moveAssessment,
  namedInPublic,
  organisationsHere,
  ownersHash,
  ownersIn,
  ownersOfFigure,
  peopleHere,
  placeFigure,
  publishAssessment,
  publishedAssessments,
  removeExclusion,
  removeFigure,
  replaceFigure,
  resolveComment,
  setSection,
  speaksFor,
  type AssessmentContent,
  type AssessmentKept,
  type ClearanceKept,
  type CommentKept,
  type Organisation,
} from './workbench.store.ts';

const { get, post } = rowsOf<'evidence' | 'partnership' | 'platform' | 'published'>();
const { get: getPublic } = rowsOf<'published'>();
type Reads = ReadWork<'evidence' | 'partnership' | 'platform' | 'published'>;
type Writes = Work<'evidence' | 'partnership' | 'platform' | 'published'>;

const works = { anyOf: mayWorkOnFigures } as const;
const decides = { anyOf: mayPublish } as const;
/** Who may speak for a partner: whoever has a role, as the register says for whom. */
const partners = {
  anyOf: [...mayWorkOnFigures, 'officer', 'prevention-lead', 'partner', 'hub', 'information-governance'],
} as const;
const mayDecide = (visitor: Visitor) => mayPublish.some((role) => visitor.roles.includes(role));
const byOf = (visitor: Visitor) => visitor.person?.id ?? 'system';
const hereOf = (visitor: Visitor) => visitor.partnership?.id ?? '';

const partParams = recordParams.extend({
  key: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*$/)
    .max(60),
});
const placedParams = partParams.extend({ placed: z.uuid() });
const hrefOf = (slug: string, id: string) => `/${slug}/workbench/${id}`;
const partHref = ({ partnership, id, key }: z.infer<typeof partParams>) => `${hrefOf(partnership, id)}/parts/${key}`;
const subjectOf = (id: string) => `assessment/${id}`;

const assessmentWords: ChangeWords = {
  kinds: {
    assessment: 'Assessment',
    assessment_section: 'Part',
    assessment_figure: 'Figure in the part',
    assessment_exclusion: 'Passage to leave out',
    assessment_ask: 'What a partner was asked',
    clearance: 'Clearance',
  },
  columns: {
    title: 'Title',
    state: 'State',
    as_of: 'As of',
    approved_by_id: 'Approved by',
    approved_on: 'Approved on',
    published_on: 'Published',
    next_review: 'Next review',
    words: 'Words',
    sentence: 'Sentence',
    ground: 'Ground',
    organisation_id: 'Partner',
    due: 'Due',
    answer: 'Answer',
    because: 'Because',
  },
  said(column, value) {
    if (column === 'state')
      return (
        (assessmentStateLabels as Readonly<Record<string, string>>)[String(value)] ?? String(value).replaceAll('-', ' ')
      );
    if (column === 'ground') return exclusionLabels[value as keyof typeof exclusionLabels];
    return undefined;
  },
};

// ── What an audience may read ────────────────────────────────────────────────────────────────────────────────────────

interface Standpoint {
  readonly content: AssessmentContent;
  readonly clearances: readonly ClearanceKept[];
  readonly organisations: ReadonlyMap<string, string>;
  readonly stateOf: (owner: string) => ClearanceState;
}

async function standpointOf(work: Reads, id: string, today: IsoDate): Promise<Standpoint> {
  const content = await contentOf(work, id);
  const clearances = await clearancesOf(work, id);
  const organisations = new Map((await organisationsHere(work)).map((each) => [each.id, each.name]));
  const stateOf = (owner: string) =>
    clearanceState(
      clearances.find(({ organisation }) => organisation.id === owner),
      ownersHash(content, owner),
      today,
    );
  return { content, clearances, organisations, stateOf };
}

/** Why the public does not get a part; null where it does. */
function heldBack(
  { content, organisations, stateOf }: Standpoint,
  section: string,
  named: ReadonlySet<string>,
): string | null {
  const owners = [
    ...new Set(content.figures.filter((each) => each.section === section).flatMap((each) => each.owners)),
  ];
  if (isCleared(owners, stateOf)) return null;
  const not = owners.filter((owner) => stateOf(owner) !== 'cleared');
  const names = not.map((owner) => (named.has(owner) ? (organisations.get(owner) ?? 'A partner') : 'A partner'));
  return `This part is left out. ${[...new Set(names)].join(' and ')} ${names.length === 1 ? 'has' : 'have'} not agreed that its figures are published.`;
}

interface Composed {
  readonly model: DocumentModel;
  readonly shown: readonly ViewShown[];
}

/**
 * The assessment as one audience reads it today.
 * @param show gives what the audience may see of a figure, or the sentence that says why it may see nothing
 */
async function compose(
  work: Reads,
  at: Standpoint,
  {
    audience,
    visitor,
    today,
    show,
    shelf,
    planned,
  }: {
    readonly audience: Audience;
    readonly visitor: Visitor;
    readonly today: IsoDate;
    readonly show: (figure: string) => Promise<Outcome<ViewShown, 'conflict'>>;
    readonly shelf: Shelf;
    readonly planned: Planned;
  },
): Promise<Outcome<Composed, 'conflict' | 'not-valid'>> {
  const { assessment, sections, figures, exclusions } = at.content;
  const named = await namedInPublic(work, hereOf(visitor));
  const written: WrittenSection[] = [];
  const all: ViewShown[] = [];
  for (const section of sections) {
    const heading = headingOfSection(assessment, section.key);
    const back = audience === 'public' ? heldBack(at, section.id, named) : null;
    const placed: WrittenFigure[] = [];
    const of = exclusions.filter((each) => each.section === section.id);
    if (back === null)
      for (const figure of figures.filter((each) => each.section === section.id)) {
        const shown = await show(figure.figure);
        if (!shown.done) return shown;
        placed.push({ id: figure.id, sentence: figure.sentence, shown: shown.value });
        all.push(shown.value);
      }
    if (back === null && audience !== 'restricted') {
      const told = await hiddenInPart(work, { words: section.words, passages: of, placed });
      if (told.length > 0)
        return refused(
          'not-valid',
          `“${heading}” says ${told.join(', ')}, a small number that ${audience === 'public' ? 'the public' : 'partners'} may not see. Take it out of the words or the sentence`,
        );
    }
    if (back === null && audience === 'public') {
      const loose = looseIn(section.words, of, placed);
      if (loose.length > 0)
        return refused(
          'not-valid',
          `“${heading}” says ${[...new Set(loose)].join(', ')}, and no figure beside it does. Place the figure that says so, or take the number out of the words`,
        );
    }
    written.push({
      key: section.key,
      heading,
      words: section.words,
      passages: of.map(({ passage, ground }) => ({ passage, ground: exclusionLabels[ground] })),
      figures: placed,
      heldBack: back,
    });
  }
  const took = takingPart(
    (await asksOf(work, assessment.id)).map(({ organisation, state, due }) => ({
      organisation: organisation.id,
      state,
      due,
    })),
    today,
  );
  const nameAll = (ids: readonly string[]) => {
    const open = audience === 'public' ? ids.filter((each) => named.has(each)) : ids;
    const rest = ids.length - open.length;
    return [
      ...open.map((each) => at.organisations.get(each) ?? '').sort((a, b) => a.localeCompare(b, 'en-GB')),
      ...(rest === 0 ? [] : [rest === 1 ? 'one partner that is not named' : `${rest} partners that are not named`]),
    ];
  };
  const { standing } = assessment;
  const bodies = await bodiesInPublic(work, hereOf(visitor));
  const first = await firstPageOf(work, at, {
    audience,
    today,
    shelf,
    written,
    said: {
      contributors: nameAll(took.tookPart),
      absentees: nameAll(took.absent),
      ...(await planned(work, hereOf(visitor), assessment.asOf)),
      ...(await peopleSaid(work, { partnership: hereOf(visitor), audience, asOf: assessment.asOf })),
    },
    publisher: visitor.partnership?.name ?? '',
    bodies,
  });
  const model = composeWritten({
    ...(first === undefined ? {} : { first }),
    template: assessment.template,
    title: assessment.title,
    version: assessment.version,
    areaName: assessment.areaName,
    period: assessment.period,
    asOf: assessment.asOf,
    publisher: visitor.partnership?.name ?? '',
    audience,
    definition: assessment.definitionName,
    approved:
      'approval' in standing
        ? {
            by:
              audience === 'public'
                ? (bodies.get(standing.approval.body) ?? 'A body of the partnership')
                : (assessment.approvedBy ?? ''),
            on: standing.approval.on,
          }
        : null,
    nextReview: assessment.nextReview,
    tookPart: nameAll(took.tookPart),
    absent: nameAll(took.absent),
    sections: written,
    priorities: (await listPriorities(work))
      .filter(
        ({ state, decidedBy }) =>
          state === 'chosen' && (audience !== 'public' || (decidedBy !== null && bodies.has(decidedBy.id))),
      )
      .map((each) => ({ name: each.name, statement: each.statement, decided: sentenceOf(decidedWords(each)) })),
    drivers: (await listDrivers(work))
      .filter(({ endedOn }) => endedOn === null || endedOn >= today)
      .map(({ factor, basis, localValue, comparator, source }) => ({
        factor,
        basis: driverBasisLabels[basis].label,
        localValue,
        comparator,
        source,
      })),
  });
  return done({ model, shown: all });
}

/** What stands in the published plan and the directory, which come after the evidence. */
export type Planned = (
  work: ReadWork<'published'>,
  partnership: string,
  asOf: IsoDate,
) => Promise<Pick<AssessmentRecords, 'actions' | 'progress' | 'gaps'>>;

/** Where, when and of what an assessment asks. Undefined where nothing is loaded that could answer. */
async function scopeOfAssessment(
  work: Reads,
  { template, area, period, definition, asOf }: AssessmentKept,
  { book, releases }: Shelf,
): Promise<{ readonly scope: QuestionScope; readonly definition: DefinitionKept | undefined } | undefined> {
  const kept = definition === null || template === 'annual' ? undefined : await findDefinition(work, definition, asOf);
  const scope = await scopeOf(
    work,
    { releases, book, today: asOf },
    { area, period, template, definition: kept === undefined ? undefined : definitionUsed(kept) },
  );
  return scope.done ? { scope: scope.value, definition: kept } : undefined;
}

/** Whether a figure that is placed answers what the first page asks. */
function answers(
  question: FigureQuestion,
  wanted: FigureWanted,
  { scope, definition }: { readonly scope: QuestionScope; readonly definition: DefinitionKept | undefined },
): boolean {
  const of = wanted.isNarrowed ? definition : undefined;
  return (
    question.measure.name === wanted.measure &&
    question.source === (wanted.source ?? scope.source?.name) &&
    question.area === (wanted.area ?? scope.area.code) &&
    question.period.from === wanted.period.from &&
    question.period.to === wanted.period.to &&
    question.distinct === (wanted.distinct ?? false) &&
    canonicalJson([...question.by].sort()) === canonicalJson([...(wanted.by ?? [])].sort()) &&
    canonicalJson(question.options) === canonicalJson(optionsOf(wanted, scope)) &&
    question.definition?.id === of?.id &&
    question.definition?.version === of?.version
  );
}

/**
 * The first page as the command makes it, from the figures that are placed: the same composition, and nothing that nobody
 * placed. Undefined until the figure is placed that says how much there is, or whether it changed.
 */
async function firstPageOf(
  work: Reads,
  { content: { assessment, figures } }: Standpoint,
  asked: {
    readonly audience: Audience;
    readonly today: IsoDate;
    readonly shelf: Shelf;
    readonly written: readonly WrittenSection[];
    readonly said: Omit<AssessmentRecords, 'findings' | 'voices' | 'nextReview' | 'version'>;
    readonly publisher: string;
    readonly bodies: ReadonlyMap<string, string>;
  },
): Promise<Pick<DocumentModel, 'cover' | 'notes'> | undefined> {
  const at = await scopeOfAssessment(work, assessment, asked.shelf);
  if (at === undefined) return undefined;
  const shown = new Map(asked.written.flatMap((part) => part.figures.map((each) => [each.id, each.shown] as const)));
  const finds = new Map<string, Found>();
  for (const wanted of figuresOf(assessment.template, at.scope)) {
    const placed = figures.find(({ question }) => answers(question, wanted, at));
    const seen = placed === undefined ? undefined : shown.get(placed.id);
    finds.set(
      wanted.key,
      seen === undefined
        ? {
            state: 'not',
            sentence:
              placed === undefined
                ? 'Its figure has not been placed in this assessment.'
                : 'Its owner has not agreed that it is published.',
          }
        : { state: 'there', shown: seen, hiddenSentence: null },
    );
  }
  const leads = assessment.template === 'annual' ? ['all-change'] : ['count', 'change'];
  if (!leads.some((key) => finds.get(key)?.state === 'there')) return undefined;
  const findings = figures.flatMap((each) => {
    const seen = shown.get(each.id);
    if (each.finding === null || seen === undefined) return [];
    finds.set(`placed-${each.id}`, { state: 'there', shown: seen, hiddenSentence: null });
    return [{ words: each.sentence, by: seen.source.title.replaceAll(/[()]/g, ''), key: `placed-${each.id}` }];
  });
  const { standing } = assessment;
  const body = (id: string, name: string | null) =>
    asked.audience === 'public' ? (asked.bodies.get(id) ?? 'A body of the partnership') : (name ?? '');
  const { definition } = at;
  return firstPage({
    template: assessment.template,
    audience: asked.audience,
    asOf: assessment.asOf,
    publisher: asked.publisher,
    scope: at.scope,
    definition:
      definition === undefined
        ? undefined
        : definitionSaid(
            definition,
            definition.body == null ? undefined : body(definition.body.id, definition.body.name),
          ),
    records: {
      ...asked.said,
      findings,
      voices: [],
      nextReview: assessment.nextReview,
      version: String(assessment.version),
    },
    finds,
    fits: coverFits,
    coverEnd: [
      ...heldInset(asked.written.filter(({ heldBack }) => heldBack !== null)),
      {
        kind: 'paragraph',
        words: [
          { kind: 'strong', words: 'Approved: ' },
          'approval' in standing
            ? `${body(standing.approval.body, assessment.approvedBy)}, ${formatDate(standing.approval.on)}.`
            : 'Not yet.',
        ],
      },
    ],
  });
}

/** Numbers that the words of a part say, and none of the figures in it. */
const looseIn = (
  words: string,
  passages: readonly { readonly passage: string }[],
  placed: readonly { readonly shown: ViewShown }[],
): readonly string[] => {
  const told = placed.flatMap(({ shown }) => quotable(shown.document.rows as readonly FigureRow[]));
  return numbersIn(withoutPassages(words, passages).words)
    .filter((said) => !told.some((value) => says(said, value)))
    .map((said) => said.words);
};

const sentenceOf = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** Small numbers that the words or sentences of a part say although this audience may not see them. */
async function hiddenInPart(
  work: Reads,
  part: {
    readonly words: string;
    readonly passages: readonly { readonly passage: string }[];
    readonly placed: readonly WrittenFigure[];
  },
): Promise<readonly string[]> {
  const hidden: number[] = [];
  for (const { shown } of part.placed) {
    const figure = await findFigure(work, shown.document.id);
    const rows = figure?.rows ?? [];
    for (const [at, row] of rows.entries())
      if (shown.document.rows[at]?.state === 'hidden' && row.count !== null) hidden.push(row.count);
  }
  if (hidden.length === 0) return [];
  const told = part.placed.flatMap(({ shown }) => quotable(shown.document.rows as readonly FigureRow[]));
  const text = [withoutPassages(part.words, part.passages).words, ...part.placed.map(({ sentence }) => sentence)].join(
    '\n',
  );
  return [...new Set(hiddenSaid(text, hidden, told).map(({ words }) => words))];
}

/** Where figures are looked up. */
interface Shelf {
  readonly book: AreaBook;
  readonly releases: Releases;
}

/** What an audience may see of a figure today; nothing is let out by looking. */
const looking =
  (work: Reads, { book, releases }: Shelf, audience: Audience) =>
  async (id: string): Promise<Outcome<ViewShown, 'conflict'>> => {
    const figure = await findFigure(work, id);
    if (figure === undefined) throw new Error(`There is no figure ${id}.`);
    const view = await viewOf(work, figure, audience, lieIn(book));
    return 'sentence' in view
      ? refused('conflict', `${figure.title}: ${view.sentence}`)
      : done(await showView(work, view, { code: figure.code, book, releases }));
  };

/** The same for a figure that is let out with the assessment. */
const lettingOut =
  (work: Writes, { book, releases }: Shelf, { by, moment }: { readonly by: string; readonly moment: Date }) =>
  async (id: string): Promise<Outcome<ViewShown, 'conflict'>> => {
    const figure = await findFigure(reading(work), id);
    if (figure === undefined) throw new Error(`There is no figure ${id}.`);
    const view = await viewOf(reading(work), figure, 'public', lieIn(book));
    if ('sentence' in view) return refused('conflict', `${figure.title}: ${view.sentence}`);
    await keepView(work, view, by);
    const out = await publishView(work, view.id, {
      lieOf: lieIn(book),
      by,
      moment,
      show: (each, code) => showView(reading(work), each, { code, book, releases }),
    });
    if (out.state === 'refused') return refused('conflict', `${figure.title}: ${out.sentence}`);
    if (out.state === 'changed')
      return refused(
        'conflict',
        'Somebody published another figure at the same moment. Look at it again, then publish',
      );
    return done(await showView(reading(work), out.view, { code: figure.code, book, releases }));
  };

// ── Pages that several rows show ─────────────────────────────────────────────────────────────────────────────────────

async function overview(
  work: Reads,
  {
    slug,
    id,
    visitor,
    today,
  }: { readonly slug: string; readonly id: string; readonly visitor: Visitor; readonly today: IsoDate },
  refusal?: string,
) {
  const at = await standpointOf(work, id, today);
  const { assessment, sections, figures } = at.content;
  const older = await figuresWithNewer(
    work,
    figures.map(({ figure }) => figure),
  );
  const asks = await asksOf(work, id);
  const took = takingPart(
    asks.map(({ organisation, state, due }) => ({ organisation: organisation.name, state, due })),
    today,
  );
  const waiting: readonly Waiting[] = [
    ...asks
      .filter(({ state, due }) => state === 'asked' && due >= today)
      .map(({ organisation, due }) => ({ who: organisation.name, what: 'their part', due })),
    ...at.clearances
      .filter(
        ({ organisation }) =>
          at.stateOf(organisation.id) === 'waiting' && ownersIn(at.content).includes(organisation.id),
      )
      .map(({ organisation, due }) => ({ who: organisation.name, what: 'clearance of their figures', due })),
  ];
  return assessmentPage({
    slug,
    assessment,
    sections,
    newer: new Set(figures.filter(({ figure }) => older.has(figure)).map(({ section }) => section)),
    waiting,
    absent: took.absent,
    changes: await historyOf(work, id, assessmentWords),
    rights: { writes: mayWorkHere(visitor), decides: mayDecide(visitor) },
    nextVersion: (await listAssessments(work)).find(({ previous }) => previous === id),
    refusal,
  });
}

interface SectionState {
  readonly typed?: Typed;
  readonly errors?: Errors;
  readonly conflict?: { readonly theirs: string; readonly by: string; readonly mine: string };
}

async function sectionView(
  work: Reads,
  params: z.infer<typeof partParams>,
  { today, releases }: { readonly today: IsoDate; readonly releases: Releases },
  state: SectionState = {},
) {
  const section = await getSection(work, params.id, params.key);
  const at = await standpointOf(work, params.id, today);
  const { assessment, sections, figures, exclusions } = at.content;
  const older = await figuresWithNewer(
    work,
    figures.map(({ figure }) => figure),
  );
  const book = await openAreaBook(work, releases);
  const show = looking(work, { book, releases }, 'restricted');
  const placed = [];
  for (const each of figures.filter((figure) => figure.section === section.id)) {
    const shown = await show(each.figure);
    if (!shown.done) throw new Error(shown.sentence);
    placed.push({
      placed: each,
      shown: shown.value,
      hasNewer: older.has(each.figure),
      owners: each.owners.map((owner) => at.organisations.get(owner) ?? ''),
    });
  }
  const of = exclusions.filter((each) => each.section === section.id);
  const told = placed.flatMap(({ shown }) => quotable(shown.document.rows as readonly FigureRow[]));
  return sectionPage({
    slug: params.partnership,
    assessment,
    section,
    sections,
    newer: new Set(figures.filter(({ figure }) => older.has(figure)).map((each) => each.section)),
    figures: placed,
    exclusions: of,
    lost: withoutPassages(section.words, of).lost,
    asks: (await asksOf(work, params.id)).filter((ask) => ask.section === section.id),
    comments: await commentsOf(work, section.id),
    reading: readingOf(section.words),
    loose: numbersIn(section.words).filter((said) => !told.some((value) => says(said, value))),
    people: await peopleHere(work),
    findings: await findingChoices(work),
    organisations: [...at.organisations].map(([id, name]) => ({ id, name })),
    changes: await historyOf(work, section.id, assessmentWords),
    ...state,
  });
}

/** Holds an assessment that may still be changed; or what to answer instead. */
async function heldOpen(
  work: Writes,
  id: string,
): Promise<AssessmentKept | { readonly refused: 'conflict'; readonly sentence: string }> {
  await holdAssessment(work, id);
  const assessment = await getAssessment(reading(work), id);
  return isOpen(assessment.state)
    ? assessment
    : {
        refused: 'conflict',
        sentence: `It is ${assessmentStateLabels[assessment.state].toLowerCase()}, so it stays as it is. Take it back, or begin the next version.`,
      };
}

/** A row that changes one part of an open assessment. */
function partRow<P extends typeof partParams, B extends z.ZodObject>(row: {
  readonly path: `/:partnership/workbench/:id/parts/:key/${string}`;
  readonly about: string;
  readonly audit: Uppercase<string>;
  readonly params: P;
  readonly body: B;
  readonly example: Parameters<typeof post>[0]['example'];
  readonly change: (visit: {
    readonly work: Writes;
    readonly params: z.infer<P>;
    readonly body: z.infer<B>;
    readonly visitor: Visitor;
    readonly moment: Date;
    readonly today: IsoDate;
    readonly releases: Releases;
    readonly section: Awaited<ReturnType<typeof getSection>>;
  }) => Promise<{ readonly fields: readonly string[] } | (SectionState & { readonly status: 409 | 422 })>;
}): Route {
  return post({
    path: row.path,
    about: row.about,
    access: works,
    audit: row.audit,
    params: row.params,
    body: row.body,
    example: row.example,
    async handle({ work, params, body, visitor, moment, today, equipment: { releases } }) {
      const asPart = params as z.infer<typeof partParams>;
      const held = await heldOpen(work, asPart.id);
      if ('refused' in held) return held;
      const section = await getSection(reading(work), asPart.id, asPart.key);
      const made = await row.change({ work, params, body, visitor, moment, today, releases, section });
      if ('fields' in made)
        return { seeOther: partHref(asPart), subject: `assessment-section/${section.id}`, fields: made.fields };
      const { status, ...state } = made;
      return again(
        await sectionView(reading(work), asPart, { today, releases }, { typed: typedAgain(body), ...state }),
        status,
      );
    },
    async invalid({ work, params, today, typed, errors, equipment: { releases } }) {
      return {
        page: await sectionView(work, params, { today, releases }, { typed, errors }),
      };
    },
  });
}

const statusOf = (reason: string): 409 | 422 => (reason === 'conflict' ? 409 : 422);

/** A step of an assessment, decided by `standingAfter`. */
async function step(
  work: Writes,
  id: string,
  make: (at: Standpoint) => AssessmentStep | Promise<AssessmentStep>,
  today: IsoDate,
) {
  await holdAssessment(work, id);
  const at = await standpointOf(reading(work), id, today);
  const after = standingAfter(at.content.assessment.standing, await make(at));
  if (after.done) await moveAssessment(work, id, after.value);
  return { at, after };
}

/** Parts whose passages to leave out are not in the words any more. */
const lostIn = ({ assessment, sections, exclusions }: AssessmentContent): readonly string[] =>
  sections
    .filter(
      ({ id, words }) =>
        withoutPassages(
          words,
          exclusions.filter(({ section }) => section === id),
        ).lost.length > 0,
    )
    .map(({ key }) => headingOfSection(assessment, key));

const waitingFor = (at: Standpoint): readonly string[] =>
  ownersIn(at.content)
    .filter((owner) => ['waiting', 'not-asked'].includes(at.stateOf(owner)))
    .map((owner) => at.organisations.get(owner) ?? '');

async function choices(work: Reads, visitor: Visitor, today: IsoDate) {
  return {
    areas: await publicAreas(work, hereOf(visitor)),
    definitions: (await listDefinitions(work, today))
      .filter(({ status }) => status !== 'draft')
      .map(({ recordId, name, version }) => ({ id: recordId, name: `${name}, version ${version}` })),
    previous: await listAssessments(work),
  };
}

const aboutErrors = (
  body: { readonly definition: string | null; readonly previous: string | null },
  { definitions, previous }: Awaited<ReturnType<typeof choices>>,
): Errors => ({
  ...(body.definition !== null &&
    !definitions.some(({ id }) => id === body.definition) && { definition: 'Choose one from the list' }),
  ...(body.previous !== null &&
    !previous.some(({ id }) => id === body.previous) && { previous: 'Choose one from the list' }),
});

const typedAbout = (assessment: AssessmentKept): Typed => ({
  title: assessment.title,
  asOf: assessment.asOf,
  definition: assessment.definition ?? '',
  previous: assessment.previous ?? '',
  nextReview: assessment.nextReview ?? '',
});

const withPart = (
  idOf: (kind: string) => string,
  partnership: string,
  more: Readonly<Record<string, string>> = {},
) => ({
  params: { partnership, id: idOf('assessment'), key: 'kinds', ...more },
});

/** All that partners have to do with an assessment. */
async function partnerView(
  work: Reads,
  {
    slug,
    id,
    visitor,
    today,
    releases,
  }: {
    readonly slug: string;
    readonly id: string;
    readonly visitor: Visitor;
    readonly today: IsoDate;
    readonly releases: Releases;
  },
  state: { readonly typed?: Typed; readonly errors?: Errors } = {},
) {
  const at = await standpointOf(work, id, today);
  const mine = await speaksFor(work, byOf(visitor), today);
  const isMine = ({ organisation }: { readonly organisation: Organisation }) =>
    mine.some((each) => each.id === organisation.id);
  const { assessment, sections, figures } = at.content;
  const book = await openAreaBook(work, releases);
  const show = looking(work, { book, releases }, 'restricted');
  const clearances = [];
  for (const clearance of at.clearances.filter(isMine)) {
    const owner = clearance.organisation.id;
    const parts = [];
    for (const section of sections) {
      const of = figures.filter((each) => each.section === section.id && each.owners.includes(owner));
      const shown = [];
      for (const each of of) {
        const made = await show(each.figure);
        // Its own data, whole: it is what it sent.
        if (made.done) shown.push({ sentence: each.sentence, title: each.title, shown: made.value });
      }
      if (shown.length > 0)
        parts.push({
          section,
          figures: shown,
          comments: ownThreads(await commentsOf(work, section.id), byOf(visitor)),
        });
    }
    clearances.push({ clearance, state: at.stateOf(owner), seen: ownersHash(at.content, owner), parts });
  }
  return partnerPage({
    slug,
    assessment,
    speaksFor: mine,
    asks: (await asksOf(work, id)).filter(isMine),
    clearances,
    sections,
    ...state,
  });
}

/** What somebody said, each with what others replied to it. */
const ownThreads = (comments: readonly CommentKept[], by: string): readonly CommentKept[] =>
  comments
    .filter((comment) => comment.replyTo === null && comment.by === by)
    .flatMap((comment) => [comment, ...comments.filter(({ replyTo }) => replyTo === comment.id)]);

/**
 * @param code what stands in a passport as the code: whoever has this version gets the same bytes
 * @param planned what the slices after this one say of an assessment
 */
export const workbenchRoutes = (code: string, planned: Planned): readonly Route[] => [
  get({
    path: '/:partnership/workbench',
    about: 'Assessments: drafts, in review, approved and published',
    access: works,
    audit: { none: 'titles and states; no figure and no person' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: assessmentsPage({
        slug: params.partnership,
        assessments: await listAssessments(work),
        mayWrite: mayWorkHere(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/workbench/new',
    about: 'Begin an assessment',
    access: works,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor, today }) => ({
      page: newAssessmentPage(params.partnership, await choices(work, visitor, today)),
    }),
  }),
  post({
    path: '/:partnership/workbench/new',
    about: 'Begin an assessment',
    access: works,
    audit: 'ASSESSMENT_BEGUN',
    params: partnershipParams,
    body: newAssessmentForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: {
        template: 'annual',
        title: 'Crime and disorder in Haverness',
        area: 'E06000990',
        period: '2025/26',
        asOf: '1 June 2026',
      },
    }),
    async handle({ work, params, body, visitor, today }) {
      const offered = await choices(reading(work), visitor, today);
      const area = offered.areas.find(({ code }) => code === body.area);
      const errors = {
        ...aboutErrors(body, offered),
        ...(area === undefined && { area: 'Choose an area from the list' }),
      };
      if (area === undefined || Object.keys(errors).length > 0)
        return again(
          newAssessmentPage(params.partnership, {
            ...offered,
            typed: { ...typedAgain(body), period: `${body.period.from} to ${body.period.to}` },
            errors,
          }),
        );
      const id = await addAssessment(work, {
        ...body,
        areaName: area.name,
        asOf: dayOf(body.asOf) ?? today,
        nextReview: dayOf(body.nextReview),
      });
      return {
        seeOther: hrefOf(params.partnership, id),
        subject: subjectOf(id),
        fields: ['title', 'template', 'area', 'period'],
      };
    },
    invalid: async ({ work, params, visitor, today, typed, errors }) => ({
      page: newAssessmentPage(params.partnership, { ...(await choices(work, visitor, today)), typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/workbench/:id',
    about: 'An assessment in the making: its parts, who writes them, who waits for whom',
    access: works,
    audit: 'ASSESSMENT_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment') } }),
    handle: async ({ work, params: { partnership, id }, visitor, today }) => ({
      page: await overview(work, { slug: partnership, id, visitor, today }),
      subject: subjectOf(id),
    }),
  }),
  get({
    path: '/:partnership/workbench/:id/change',
    about: 'Change what an assessment is about',
    access: works,
    audit: { none: 'title, days and definition; no figure and no person' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment') } }),
    async handle({ work, params: { partnership, id }, visitor, today }) {
      const assessment = await getAssessment(work, id);
      const offered = await choices(work, visitor, today);
      return {
        page: changeAssessmentPage(partnership, assessment, {
          ...offered,
          previous: offered.previous.filter((each) => each.id !== id),
          typed: typedAbout(assessment),
        }),
      };
    },
  }),
  post({
    path: '/:partnership/workbench/:id/change',
    about: 'Change what an assessment is about',
    access: works,
    audit: 'ASSESSMENT_CHANGED',
    params: recordParams,
    body: changeAssessmentForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('assessment') },
      body: { title: 'Serious violence in Haverness', asOf: '1 June 2026', previous: idOf('assessment-published') },
    }),
    async handle({ work, params: { partnership, id }, body, visitor, today }) {
      const held = await heldOpen(work, id);
      if ('refused' in held) return held;
      const all = await choices(reading(work), visitor, today);
      const offered = { ...all, previous: all.previous.filter((each) => each.id !== id) };
      const errors = aboutErrors(body, offered);
      if (Object.keys(errors).length > 0)
        return again(changeAssessmentPage(partnership, held, { ...offered, typed: typedAgain(body), errors }));
      const wanted = { ...body, asOf: dayOf(body.asOf) ?? today, nextReview: dayOf(body.nextReview) };
      await changeAssessment(work, id, wanted);
      const [before, after] = [typedAbout(held), typedAbout({ ...held, ...wanted })];
      return {
        seeOther: hrefOf(partnership, id),
        subject: subjectOf(id),
        fields: Object.keys(after).filter((field) => before[field] !== after[field]),
      };
    },
    async invalid({ work, params: { partnership, id }, visitor, today, typed, errors }) {
      return {
        page: changeAssessmentPage(partnership, await getAssessment(work, id), {
          ...(await choices(work, visitor, today)),
          typed,
          errors,
        }),
      };
    },
  }),
  get({
    path: '/:partnership/workbench/:id/parts/:key',
    about: 'One part of an assessment: its words beside its figures, and comments',
    access: works,
    audit: 'ASSESSMENT_SEEN',
    params: partParams,
    example: ({ partnership, idOf }) => withPart(idOf, partnership),
    handle: async ({ work, params, today, equipment: { releases } }) => ({
      page: await sectionView(work, params, { today, releases }),
      subject: subjectOf(params.id),
    }),
  }),
  partRow({
    path: '/:partnership/workbench/:id/parts/:key/words',
    about: 'Save the words of a part',
    audit: 'ASSESSMENT_WRITTEN',
    params: partParams,
    body: wordsForm,
    example: ({ partnership, idOf }) => ({
      ...withPart(idOf, partnership),
      body: { words: 'Violence is mostly at night.', edition: '1' },
    }),
    async change({ work, params, body, visitor, moment, section }) {
      if (body.words === section.words) return { fields: [] };
      if (await keepWords(work, section.id, body.words, { edition: body.edition, by: byOf(visitor), moment }))
        return { fields: ['words'] };
      const theirs = await getSection(reading(work), params.id, params.key);
      return {
        status: 409,
        conflict: { theirs: theirs.words, by: theirs.wordsByName ?? 'Somebody else', mine: body.words },
      };
    },
  }),
  partRow({
    path: '/:partnership/workbench/:id/parts/:key/state',
    about: 'Say who writes a part, and how far it is',
    audit: 'ASSESSMENT_PART_SET',
    params: partParams,
    body: partForm,
    example: ({ partnership, idOf }) => ({ ...withPart(idOf, partnership), body: { owner: '', state: 'writing' } }),
    async change({ work, body, section }) {
      if (body.owner !== null && !(await peopleHere(reading(work))).some(({ id }) => id === body.owner))
        return { status: 422, errors: { owner: 'Choose somebody from the list' } };
      await setSection(work, section.id, body);
      return { fields: ['owner', 'state'] };
    },
  }),
  partRow({
    path: '/:partnership/workbench/:id/parts/:key/figures',
    about: 'Place a figure in a part',
    audit: 'ASSESSMENT_FIGURE_PLACED',
    params: partParams,
    body: placeForm,
    example: ({ partnership, idOf }) => ({ ...withPart(idOf, partnership), body: { finding: idOf('finding') } }),
    async change({ work, body, visitor, section }) {
      const known = (await findingChoices(reading(work))).some(({ id }) => id === body.finding);
      const finding = known ? await getFinding(reading(work), body.finding) : undefined;
      const figure = finding?.figure == null ? undefined : await findFigure(reading(work), finding.figure);
      if (finding === undefined || figure === undefined)
        return { status: 422, errors: { finding: 'Choose a finding that has a figure' } };
      const organisations = new Set((await organisationsHere(reading(work))).map(({ id }) => id));
      if (!body.owners.every((owner) => organisations.has(owner)))
        return { status: 422, errors: { owners: 'Choose organisations from the list' } };
      // The numbers of a part are shown to those who work on it: that view gets its address now.
      const view = await viewOf(reading(work), figure, 'restricted', () => 'apart');
      if ('sentence' in view) return { status: 422, errors: { finding: view.sentence } };
      await keepView(work, view, byOf(visitor));
      const owners = new Set([...(await ownersOfFigure(reading(work), figure.question)), ...body.owners]);
      await placeFigure(
        work,
        {
          section: section.id,
          figure: figure.id,
          sentence: body.sentence ?? finding.sentence,
          finding: finding.id,
          owners: [...owners].sort(),
        },
        byOf(visitor),
      );
      return { fields: ['figures'] };
    },
  }),
  partRow({
    path: '/:partnership/workbench/:id/parts/:key/figures/:placed/refresh',
    about: 'Put a newer figure in the place of one',
    audit: 'ASSESSMENT_FIGURE_REFRESHED',
    params: placedParams,
    body: refreshForm,
    example: () => ({ none: 'the example has no areas to count by' }),
    async change({ work, params, body, visitor, today, releases, section }) {
      const { figures } = await contentOf(reading(work), params.id);
      const placed = figures.find(({ id, section: of }) => id === params.placed && of === section.id);
      const refuse = (sentence: string) =>
        ({
          status: 422,
          typed: { placed: params.placed },
          errors: { [`sentence-${params.placed}`]: sentence, refresh: sentence },
        }) as const;
      if (placed === undefined) return refuse('This figure is not here any more');
      const { question } = placed;
      const definition =
        question.definition === null
          ? undefined
          : await findDefinition(reading(work), `${question.definition.id}@${question.definition.version}`, today);
      const made = await workOut(
        reading(work),
        { releases, book: await openAreaBook(reading(work), releases), today },
        {
          measure: question.measure.name,
          source: question.source,
          area: question.area,
          period: question.period,
          by: question.by,
          distinct: question.distinct,
          ...(definition !== undefined && { definition: definitionUsed(definition) }),
          options: question.options,
          ...(question.seed !== null && { seed: question.seed }),
        },
      );
      if (!made.done) return refuse(made.sentence);
      await keepFigure(work, made.value, code);
      const view = await viewOf(reading(work), made.value, 'restricted', () => 'apart');
      if (!('sentence' in view)) await keepView(work, view, byOf(visitor));
      await replaceFigure(work, placed.id, made.value.id, body.sentence);
      return { fields: ['figures'] };
    },
  }),
  partRow({
    path: '/:partnership/workbench/:id/parts/:key/figures/:placed/remove',
    about: 'Take a figure out of a part',
    audit: 'ASSESSMENT_FIGURE_REMOVED',
    params: placedParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({
      ...withPart(idOf, partnership, { placed: idOf('placed-to-remove') }),
      body: {},
    }),
    async change({ work, params, section }) {
      const { figures } = await contentOf(reading(work), params.id);
      if (figures.some(({ id, section: of }) => id === params.placed && of === section.id))
        await removeFigure(work, params.placed);
      return { fields: ['figures'] };
    },
  }),
  partRow({
    path: '/:partnership/workbench/:id/parts/:key/exclusions',
    about: 'Mark a passage that stays out of what partners and the public read',
    audit: 'ASSESSMENT_PASSAGE_EXCLUDED',
    params: partParams,
    body: exclusionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('assessment'), key: 'where' },
      body: { passage: 'the car park behind the arcade', ground: 'crime', because: 'An operation is under way' },
    }),
    async change({ work, body, visitor, section }) {
      if (withoutPassages(section.words, [body]).lost.length > 0)
        return {
          status: 422,
          errors: { passage: 'This passage is not in the words that are saved. Copy it from there, word for word' },
        };
      await addExclusion(work, { ...body, section: section.id }, byOf(visitor));
      return { fields: ['exclusions'] };
    },
  }),
  partRow({
    path: '/:partnership/workbench/:id/parts/:key/exclusions/:placed/remove',
    about: 'Let a passage be read again',
    audit: 'ASSESSMENT_PASSAGE_LET_IN',
    params: placedParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('assessment'), key: 'where', placed: idOf('exclusion') },
      body: {},
    }),
    async change({ work, params, section }) {
      const { exclusions } = await contentOf(reading(work), params.id);
      if (exclusions.some(({ id, section: of }) => id === params.placed && of === section.id))
        await removeExclusion(work, params.placed);
      return { fields: ['exclusions'] };
    },
  }),
  partRow({
    path: '/:partnership/workbench/:id/parts/:key/comments',
    about: 'Comment on a part, or reply',
    audit: 'ASSESSMENT_COMMENTED',
    params: partParams,
    body: commentForm,
    example: ({ partnership, idOf }) => ({
      ...withPart(idOf, partnership),
      body: { comment: 'Is this for all ages?' },
    }),
    async change({ work, body, visitor, section }) {
      const first = (await commentsOf(reading(work), section.id)).some(
        ({ id, replyTo }) => id === body.replyTo && replyTo === null,
      );
      if (body.replyTo !== null && !first)
        return { status: 422, errors: { comment: 'The comment that you reply to is not here any more' } };
      await addComment(work, { section: section.id, replyTo: body.replyTo, words: body.comment }, byOf(visitor));
      return { fields: ['comments'] };
    },
  }),
  partRow({
    path: '/:partnership/workbench/:id/parts/:key/comments/:placed/resolve',
    about: 'Mark a comment as resolved',
    audit: 'ASSESSMENT_COMMENT_RESOLVED',
    params: placedParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({
      ...withPart(idOf, partnership, { placed: idOf('assessment-comment') }),
      body: {},
    }),
    async change({ work, params, visitor, moment, section }) {
      const first = (await commentsOf(reading(work), section.id)).some(
        ({ id, replyTo }) => id === params.placed && replyTo === null,
      );
      if (first) await resolveComment(work, params.placed, { by: byOf(visitor), moment });
      return { fields: ['comments'] };
    },
  }),
  post({
    path: '/:partnership/workbench/:id/figures',
    about: 'Place the figures of the first page in their parts',
    access: works,
    audit: 'ASSESSMENT_FIGURE_PLACED',
    params: recordParams,
    body: z.object({}),
    example: () => ({ none: 'the example has nothing loaded' }),
    async handle({ work, params: { partnership, id }, visitor, today, equipment: { releases } }) {
      const assessment = await heldOpen(work, id);
      if ('refused' in assessment) return assessment;
      const shelf = { book: await openAreaBook(reading(work), releases), releases };
      const at = await scopeOfAssessment(reading(work), assessment, shelf);
      if (at === undefined)
        return again(
          await overview(
            reading(work),
            { slug: partnership, id, visitor, today },
            'Nothing is loaded for these months and this area, so there is no figure to place',
          ),
          422,
        );
      const { sections, figures } = await contentOf(reading(work), id);
      // What the public could not see beside the others would keep the whole assessment from being published.
      const open: View[] = [];
      const isOpenBeside = async (figure: Figure) => {
        const view = await viewOf(reading(work), figure, 'public', lieIn(shelf.book), open);
        if ('sentence' in view) return false;
        open.push(view);
        return true;
      };
      for (const placed of figures) {
        const figure = await findFigure(reading(work), placed.figure);
        if (figure !== undefined) await isOpenBeside(figure);
      }
      for (const { wanted, section: key } of firstPageFigures(assessment.template, at.scope)) {
        const section = sections.find((each) => each.key === key);
        if (section === undefined || figures.some(({ question }) => answers(question, wanted, at))) continue;
        const source = wanted.source ?? at.scope.source?.name;
        const made = await workOut(
          reading(work),
          { ...shelf, today },
          {
            measure: wanted.measure,
            area: wanted.area ?? at.scope.area.code,
            period: wanted.period,
            by: wanted.by ?? [],
            distinct: wanted.distinct ?? false,
            options: optionsOf(wanted, at.scope),
            ...(source === undefined ? {} : { source }),
            ...(wanted.isNarrowed && at.definition !== undefined ? { definition: definitionUsed(at.definition) } : {}),
          },
        );
        if (!made.done || made.value.rows.every(({ state }) => state === 'refused')) continue;
        if (!(await isOpenBeside(made.value))) continue;
        await keepFigure(work, made.value, code);
        const view = await viewOf(reading(work), made.value, 'restricted', () => 'apart');
        if (!('sentence' in view)) await keepView(work, view, byOf(visitor));
        const owners = await ownersOfFigure(reading(work), made.value.question);
        await placeFigure(
          work,
          { section: section.id, figure: made.value.id, sentence: `${made.value.title}.`, finding: null, owners },
          byOf(visitor),
        );
      }
      return { seeOther: hrefOf(partnership, id), subject: subjectOf(id), fields: ['figures'] };
    },
    invalid: ({ params }) => ({ seeOther: hrefOf(params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/workbench/:id/review',
    about: 'Send an assessment for review',
    access: works,
    audit: 'ASSESSMENT_SENT_FOR_REVIEW',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment-ready') }, body: {} }),
    async handle({ work, params: { partnership, id }, visitor, today }) {
      const { after } = await step(
        work,
        id,
        ({ content: { assessment, sections } }) => ({
          step: 'send-for-review',
          notReady: sections
            .filter(({ state }) => state !== 'ready')
            .map(({ key }) => headingOfSection(assessment, key)),
          open: sections
            .filter(({ openComments }) => openComments > 0)
            .map(({ key }) => headingOfSection(assessment, key)),
        }),
        today,
      );
      if (!after.done)
        return again(
          await overview(reading(work), { slug: partnership, id, visitor, today }, after.sentence),
          statusOf(after.reason),
        );
      return { seeOther: hrefOf(partnership, id), subject: subjectOf(id), fields: ['state'] };
    },
    invalid: ({ params }) => ({ seeOther: hrefOf(params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/workbench/:id/take-back',
    about: 'Take an assessment back to change it',
    access: works,
    audit: 'ASSESSMENT_TAKEN_BACK',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment-ready') }, body: {} }),
    async handle({ work, params: { partnership, id }, visitor, today }) {
      const { after } = await step(work, id, () => ({ step: 'take-back' }), today);
      if (!after.done)
        return again(await overview(reading(work), { slug: partnership, id, visitor, today }, after.sentence), 409);
      return { seeOther: hrefOf(partnership, id), subject: subjectOf(id), fields: ['state'] };
    },
    invalid: ({ params }) => ({ seeOther: hrefOf(params.partnership, params.id) }),
  }),
  get({
    path: '/:partnership/workbench/:id/approve',
    about: 'Record that a body approved an assessment',
    access: decides,
    audit: { none: 'shows an empty form' },
    params: recordParams,
    example: () => ({ none: 'nothing in the example is in review' }),
    async handle({ work, params: { partnership, id } }) {
      const content = await contentOf(work, id);
      if (content.assessment.state !== 'in-review') return { seeOther: hrefOf(partnership, id) };
      return {
        page: approvePage(partnership, content.assessment, {
          hash: assessmentHash(content),
          bodies: await decidingBodies(work),
        }),
      };
    },
  }),
  post({
    path: '/:partnership/workbench/:id/approve',
    about: 'Record that a body approved an assessment',
    access: decides,
    audit: 'ASSESSMENT_APPROVED',
    params: recordParams,
    body: approveForm,
    example: () => ({ none: 'needs the hash of what the assessment says' }),
    async handle({ work, params: { partnership, id }, body, today }) {
      const bodies = await decidingBodies(reading(work));
      const on = dayOf(body.on) ?? today;
      const { at, after } = bodies.some((each) => each.id === body.body)
        ? await step(
            work,
            id,
            ({ content }) => ({
              step: 'approve',
              approval: { body: body.body, on, hash: body.hash as ContentHash },
              hash: assessmentHash(content),
              today,
              lostPassages: lostIn(content),
            }),
            today,
          )
        : {
            at: await standpointOf(reading(work), id, today),
            after: refused('not-valid', 'Choose which body approved it'),
          };
      if (!after.done)
        return again(
          approvePage(partnership, at.content.assessment, {
            hash: assessmentHash(at.content),
            bodies,
            typed: typedAgain(body),
            errors: {
              [after.sentence.startsWith('The day') ? 'on' : after.sentence.startsWith('Choose') ? 'body' : '']:
                after.sentence,
            },
          }),
          statusOf(after.reason),
        );
      return {
        seeOther: hrefOf(partnership, id),
        subject: subjectOf(id),
        fields: ['state', 'approvedBy', 'approvedOn', 'hash'],
      };
    },
    async invalid({ work, params: { partnership, id }, typed, errors }) {
      const content = await contentOf(work, id);
      return {
        page: approvePage(partnership, content.assessment, {
          hash: assessmentHash(content),
          bodies: await decidingBodies(work),
          typed,
          errors,
        }),
      };
    },
  }),
  get({
    path: '/:partnership/workbench/:id/publish',
    about: 'What will be published of an assessment',
    access: decides,
    audit: 'ASSESSMENT_SEEN',
    params: recordParams,
    example: () => ({ none: 'nothing in the example is approved and not published' }),
    async handle({ work, params: { partnership, id }, visitor, today }) {
      const at = await standpointOf(work, id, today);
      if (at.content.assessment.state !== 'approved') return { seeOther: hrefOf(partnership, id) };
      return { page: await publishingPage(work, at, { slug: partnership, visitor }), subject: subjectOf(id) };
    },
  }),
  post({
    path: '/:partnership/workbench/:id/publish',
    about: 'Publish an assessment',
    access: decides,
    audit: 'ASSESSMENT_PUBLISHED',
    params: recordParams,
    body: z.object({}),
    example: () => ({ none: 'nothing in the example is approved and not published' }),
    async handle({ work, params: { partnership, id }, visitor, moment, today, equipment: { releases } }) {
      const { at, after } = await step(
        work,
        id,
        (now) => ({ step: 'publish', hash: assessmentHash(now.content), today, waiting: waitingFor(now) }),
        today,
      );
      const refuse = async (sentence: string, status: 409 | 422) =>
        again(await publishingPage(reading(work), at, { slug: partnership, visitor }, sentence), status);
      if (!after.done) return refuse(after.sentence, statusOf(after.reason));
      const book = await openAreaBook(reading(work), releases);
      const composed = await compose(reading(work), at, {
        audience: 'public',
        visitor,
        today,
        show: lettingOut(work, { book, releases }, { by: byOf(visitor), moment }),
        shelf: { book, releases },
        planned,
      });
      if (!composed.done) return refuse(composed.sentence, statusOf(composed.reason));
      const { previous } = at.content.assessment;
      if (previous !== null) {
        await holdAssessment(work, previous);
        const superseded = standingAfter((await getAssessment(reading(work), previous)).standing, {
          step: 'supersede',
          by: id,
        });
        if (superseded.done) await moveAssessment(work, previous, superseded.value);
      }
      await publishAssessment(work, id, {
        document: composed.value.model,
        figures: composed.value.shown.map(({ document }) => document),
      });
      return {
        seeOther: `/${partnership}/assessments/${id}`,
        subject: subjectOf(id),
        fields: ['state', 'publishedOn'],
      };
    },
    invalid: ({ params }) => ({ seeOther: hrefOf(params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/workbench/:id/next',
    about: 'Begin the next version of an assessment',
    access: works,
    audit: 'ASSESSMENT_BEGUN',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment-published') }, body: {} }),
    async handle({ work, params: { partnership, id }, visitor, today }) {
      await holdAssessment(work, id);
      const { state } = await getAssessment(reading(work), id);
      const follows = (await listAssessments(reading(work))).find(({ previous }) => previous === id);
      if (state !== 'published' && state !== 'superseded')
        return again(
          await overview(
            reading(work),
            { slug: partnership, id, visitor, today },
            'It is not published yet: change this one',
          ),
          409,
        );
      // Whoever asks twice is led to the one that is there.
      const next = follows?.id ?? (await addNextVersion(work, id, today));
      return { seeOther: hrefOf(partnership, next), subject: subjectOf(next), fields: ['version'] };
    },
    invalid: ({ params }) => ({ seeOther: hrefOf(params.partnership, params.id) }),
  }),
  get({
    path: '/:partnership/workbench/:id/asks',
    about: 'What partners were asked to contribute to an assessment',
    access: works,
    audit: { none: 'questions to organisations, and whether they answered' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment') } }),
    handle: async ({ work, params: { partnership, id }, today }) => ({
      page: await askedPage(work, partnership, id, today),
    }),
  }),
  post({
    path: '/:partnership/workbench/:id/asks',
    about: 'Ask a partner to contribute to an assessment',
    access: works,
    audit: 'ASSESSMENT_PART_ASKED',
    params: recordParams,
    body: askForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('assessment') },
      body: { organisation: idOf('organisation'), question: 'What changed this year?', due: '30 June 2026' },
    }),
    async handle({ work, params: { partnership, id }, body, visitor, today }) {
      const held = await heldOpen(work, id);
      if ('refused' in held) return held;
      const { sections } = await contentOf(reading(work), id);
      const due = dayOf(body.due) ?? today;
      const errors = {
        ...(!(await organisationsHere(reading(work))).some((each) => each.id === body.organisation) && {
          organisation: 'Choose a partner from the list',
        }),
        ...(body.section !== null &&
          !sections.some((each) => each.id === body.section) && { section: 'Choose a part from the list' }),
        ...(due < today && { due: 'The day is over. Enter a later one' }),
      };
      if (Object.keys(errors).length > 0)
        return again(await askedPage(reading(work), partnership, id, today, { typed: typedAgain(body), errors }));
      await addAsk(work, { ...body, assessment: id, due }, byOf(visitor));
      return { seeOther: `${hrefOf(partnership, id)}/asks`, subject: subjectOf(id), fields: ['asks'] };
    },
    invalid: async ({ work, params: { partnership, id }, today, typed, errors }) => ({
      page: await askedPage(work, partnership, id, today, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/workbench/:id/clearance',
    about: 'Which organisations have cleared their figures in an assessment',
    access: works,
    audit: { none: 'names of organisations and what they answered' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment') } }),
    handle: async ({ work, params: { partnership, id }, visitor, today }) => ({
      page: await clearingPage(work, { slug: partnership, id, visitor, today }),
    }),
  }),
  post({
    path: '/:partnership/workbench/:id/clearance',
    about: 'Ask all owners of figures in an assessment to clear them',
    access: works,
    audit: 'CLEARANCE_ASKED',
    params: recordParams,
    body: clearanceAskForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('assessment') },
      body: { due: '30 June 2026' },
    }),
    async handle({ work, params: { partnership, id }, body, visitor, today }) {
      await holdAssessment(work, id);
      const at = await standpointOf(reading(work), id, today);
      const due = dayOf(body.due) ?? today;
      const { state } = at.content.assessment;
      const sentence =
        state === 'published' || state === 'superseded'
          ? 'It is published: nothing is to be cleared any more'
          : due < today
            ? 'The day is over. Enter a later one'
            : undefined;
      if (sentence !== undefined)
        return again(
          await clearingPage(
            reading(work),
            { slug: partnership, id, visitor, today },
            { typed: typedAgain(body), errors: { due: sentence } },
          ),
        );
      for (const owner of ownersIn(at.content))
        if (at.stateOf(owner) !== 'cleared')
          await askClearance(work, { assessment: id, organisation: owner, due, on: today }, byOf(visitor));
      return { seeOther: `${hrefOf(partnership, id)}/clearance`, subject: subjectOf(id), fields: ['clearance'] };
    },
    invalid: async ({ work, params: { partnership, id }, visitor, today, typed, errors }) => ({
      page: await clearingPage(work, { slug: partnership, id, visitor, today }, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/workbench/:id/compare',
    about: 'An assessment beside the one before, part by part',
    access: works,
    audit: 'ASSESSMENT_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment') } }),
    async handle({ work, params: { partnership, id } }) {
      const now = await contentOf(work, id);
      if (now.assessment.previous === null)
        return {
          refused: 'not-found',
          sentence: 'This assessment follows none, so there is nothing to compare it with.',
        };
      const before = await contentOf(work, now.assessment.previous);
      return {
        page: comparePage(
          partnership,
          now.assessment,
          before.assessment,
          compareSections(textsOf(now), textsOf(before)),
        ),
        subject: subjectOf(id),
      };
    },
  }),
  get({
    path: '/:partnership/workbench/:id/preview/:audience',
    about: 'An assessment as an audience would read it today',
    access: works,
    audit: 'ASSESSMENT_SEEN',
    params: recordParams.extend({ audience: z.enum(audiences) }),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment'), audience: 'public' } }),
    async handle({ work, params: { partnership, id, audience }, visitor, today, equipment: { releases } }) {
      const at = await standpointOf(work, id, today);
      const book = await openAreaBook(work, releases);
      const composed = await compose(work, at, {
        audience,
        visitor,
        today,
        show: looking(work, { book, releases }, audience),
        shelf: { book, releases },
        planned,
      });
      if (!composed.done) return { refused: 'conflict', sentence: composed.sentence };
      return {
        page: previewPage(partnership, at.content.assessment, audience, composed.value.model),
        subject: subjectOf(id),
      };
    },
  }),
  get({
    path: '/:partnership/workbench/:id/part',
    about: 'What a partner has to do with an assessment: contribute, and clear its figures',
    access: partners,
    audit: 'ASSESSMENT_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment') } }),
    handle: async ({ work, params: { partnership, id }, visitor, today, equipment: { releases } }) => ({
      page: await partnerView(work, { slug: partnership, id, visitor, today, releases }),
      subject: subjectOf(id),
    }),
  }),
  post({
    path: '/:partnership/workbench/:id/part/asks/:ask',
    about: 'Contribute to an assessment for an organisation',
    access: partners,
    audit: 'ASSESSMENT_PART_ANSWERED',
    params: recordParams.extend({ ask: z.uuid() }),
    body: answerForm,
    example: () => ({ none: 'only whoever speaks for the organisation may answer' }),
    async handle({ work, params: { partnership, id, ask }, body, visitor, today }) {
      const held = await heldOpen(work, id);
      if ('refused' in held) return held;
      const asked = await getAsk(reading(work), id, ask);
      if (!(await speaks(reading(work), visitor, asked.organisation.id, today))) return notYours;
      await answerAsk(work, ask, { state: body.state, words: body.answer, by: byOf(visitor), on: today });
      return { seeOther: `${hrefOf(partnership, id)}/part`, subject: subjectOf(id), fields: ['answer'] };
    },
    invalid: async ({
      work,
      params: { partnership, id, ask },
      visitor,
      today,
      typed,
      errors,
      equipment: { releases },
    }) => ({
      page: await partnerView(
        work,
        { slug: partnership, id, visitor, today, releases },
        { typed: { ...typed, of: ask }, errors },
      ),
    }),
  }),
  post({
    path: '/:partnership/workbench/:id/part/clearance/:clearance',
    about: 'Clear the figures of an organisation in an assessment, or object',
    access: partners,
    audit: 'CLEARANCE_ANSWERED',
    params: recordParams.extend({ clearance: z.uuid() }),
    body: clearanceForm,
    example: () => ({ none: 'only whoever speaks for the organisation may answer' }),
    async handle({ work, params: { partnership, id, clearance }, body, visitor, today, equipment: { releases } }) {
      await holdAssessment(work, id);
      const at = await standpointOf(reading(work), id, today);
      const asked = at.clearances.find((each) => each.id === clearance);
      if (asked === undefined) return notFound;
      const owner = asked.organisation.id;
      if (!(await speaks(reading(work), visitor, owner, today))) return notYours;
      const { state } = at.content.assessment;
      const sentence =
        state === 'published' || state === 'superseded'
          ? 'It is published already'
          : at.stateOf(owner) === 'lapsed'
            ? 'The last day is over. Ask the analyst to ask you again'
            : body.seen !== ownersHash(at.content, owner)
              ? 'Something was changed since you opened the page. Look at it again, then answer'
              : undefined;
      if (sentence !== undefined)
        return again(
          await partnerView(
            reading(work),
            { slug: partnership, id, visitor, today, releases },
            { typed: { ...typedAgain(body), of: clearance }, errors: { answer: sentence } },
          ),
          409,
        );
      await answerClearance(work, clearance, {
        answer: body.answer,
        because: body.answer === 'objected' ? body.because : null,
        seen: body.seen as ContentHash,
        by: byOf(visitor),
        on: today,
      });
      return { seeOther: `${hrefOf(partnership, id)}/part`, subject: subjectOf(id), fields: ['answer'] };
    },
    invalid: async ({
      work,
      params: { partnership, id, clearance },
      visitor,
      today,
      typed,
      errors,
      equipment: { releases },
    }) => ({
      page: await partnerView(
        work,
        { slug: partnership, id, visitor, today, releases },
        { typed: { ...typed, of: clearance }, errors },
      ),
    }),
  }),
  post({
    path: '/:partnership/workbench/:id/part/comments/:key',
    about: 'Comment on a part of an assessment in which figures of an organisation stand',
    access: partners,
    audit: 'ASSESSMENT_COMMENTED',
    params: partParams,
    body: partnerCommentForm,
    example: () => ({ none: 'only whoever speaks for the organisation may comment' }),
    async handle({ work, params: { partnership, id, key }, body, visitor, today }) {
      await holdAssessment(work, id);
      const at = await standpointOf(reading(work), id, today);
      const asked = at.clearances.find((each) => each.id === body.clearance);
      const section = at.content.sections.find((each) => each.key === key);
      const owner = asked?.organisation.id;
      const isIn = at.content.figures.some(
        (figure) => figure.section === section?.id && owner !== undefined && figure.owners.includes(owner),
      );
      if (section === undefined || owner === undefined || !isIn) return notFound;
      if (!(await speaks(reading(work), visitor, owner, today))) return notYours;
      const { state } = at.content.assessment;
      if (state === 'published' || state === 'superseded')
        return { refused: 'conflict', sentence: 'It is published already. Comment on the next version.' };
      await addComment(work, { section: section.id, replyTo: null, words: body.comment }, byOf(visitor));
      return {
        seeOther: `${hrefOf(partnership, id)}/part`,
        subject: `assessment-section/${section.id}`,
        fields: ['comments'],
      };
    },
    invalid: async ({
      work,
      params: { partnership, id, key },
      visitor,
      today,
      typed,
      errors,
      equipment: { releases },
    }) => ({
      page: await partnerView(
        work,
        { slug: partnership, id, visitor, today, releases },
        { typed: { ...typed, of: `${String(typed['clearance'] ?? '')}-${key}` }, errors },
      ),
    }),
  }),
  getPublic({
    path: '/:partnership/assessments',
    about: 'Assessments that a partnership has published',
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, visitor: { partnership } }) {
      if (partnership === undefined) return notFound;
      const assessments = await publishedAssessments(work, partnership.id);
      return { page: publishedPage({ slug: params.partnership, name: partnership.name, assessments }) };
    },
  }),
  publishedFile('.pdf', 'application/pdf', toPdf),
  publishedFile('.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', toWord),
  getPublic({
    path: '/:partnership/assessments/:id',
    about: 'An assessment as everybody may read it',
    access: 'public',
    audit: { none: 'public' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment-published') } }),
    async handle({ work, params, visitor: { partnership } }) {
      const found = partnership && (await findPublished(work, partnership.id, params.id));
      if (found === undefined) return notFound;
      const { document, figures: _, ...line } = found;
      return {
        page: publishedDocumentPage(params.partnership, line, document as DocumentModel, [
          { text: 'To print (PDF)', ending: '.pdf' },
          { text: 'For Word (docx)', ending: '.docx' },
          { text: 'All its figures, with where they come from (JSON)', ending: '/figures.json' },
        ]),
      };
    },
  }),
  getPublic({
    path: '/:partnership/assessments/:id/figures.json',
    about: 'The figures of a published assessment, with their passports',
    access: 'public',
    audit: { none: 'public' },
    params: recordParams,
    answers: z.object({ figures: z.array(z.looseObject({ id: z.string(), view: z.string() })) }),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment-published') } }),
    async handle({ work, params, visitor: { partnership } }) {
      const found = partnership && (await findPublished(work, partnership.id, params.id));
      return found === undefined ? notFound : { json: { figures: found.figures } };
    },
  }),
];

/** A published assessment as a file for paper. */
function publishedFile(ending: '.pdf' | '.docx', type: string, made: (model: DocumentModel) => Uint8Array): Route {
  return getPublic({
    path: `/:partnership/assessments/:id${ending}`,
    about: `A published assessment as a file (${ending.slice(1)})`,
    access: 'public',
    audit: { none: 'public' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('assessment-published') } }),
    async handle({ work, params, visitor: { partnership } }) {
      const found = partnership && (await findPublished(work, partnership.id, params.id));
      if (found === undefined) return notFound;
      const body = new Uint8Array(made(found.document as DocumentModel));
      return { file: { name: `assessment-${params.partnership}-${found.to}${ending}`, type, body } };
    },
  });
}

const notYours = {
  refused: 'not-allowed',
  sentence: 'The register does not say that you speak for this organisation. Ask the coordinator to add your post.',
} as const;

const speaks = async (work: Reads, visitor: Visitor, organisation: string, today: IsoDate): Promise<boolean> =>
  (await speaksFor(work, byOf(visitor), today)).some(({ id }) => id === organisation);

const textsOf = ({ sections, figures }: AssessmentContent) =>
  sections.map(({ id, key, words }) => ({
    key,
    words,
    sentences: figures.filter(({ section }) => section === id).map(({ sentence }) => sentence),
  }));

async function publishingPage(
  work: Reads,
  at: Standpoint,
  { slug, visitor }: { readonly slug: string; readonly visitor: Visitor },
  refusal?: string,
) {
  const { assessment, sections } = at.content;
  const named = await namedInPublic(work, hereOf(visitor));
  return publishPage(slug, assessment, {
    heldBack: sections.flatMap(({ id, key }) => {
      const because = heldBack(at, id, named);
      return because === null ? [] : [{ heading: headingOfSection(assessment, key), because }];
    }),
    waiting: waitingFor(at),
    refusal,
  });
}

async function askedPage(
  work: Reads,
  slug: string,
  id: string,
  today: IsoDate,
  state: { readonly typed?: Typed; readonly errors?: Errors } = {},
) {
  const { assessment, sections } = await contentOf(work, id);
  return asksPage(slug, assessment, {
    asks: await asksOf(work, id),
    sections,
    organisations: await organisationsHere(work),
    today,
    mayAsk: isOpen(assessment.state),
    ...state,
  });
}

async function clearingPage(
  work: Reads,
  {
    slug,
    id,
    visitor,
    today,
  }: { readonly slug: string; readonly id: string; readonly visitor: Visitor; readonly today: IsoDate },
  state: { readonly typed?: Typed; readonly errors?: Errors } = {},
) {
  const at = await standpointOf(work, id, today);
  const { assessment, figures } = at.content;
  const lines = ownersIn(at.content).map((owner): ClearanceLine => ({
    organisation: { id: owner, name: at.organisations.get(owner) ?? '' },
    state: at.stateOf(owner),
    clearance: at.clearances.find(({ organisation }) => organisation.id === owner),
    figures: figures.filter(({ owners }) => owners.includes(owner)).length,
  }));
  return clearancePage(slug, assessment, {
    lines,
    mayAsk: mayWorkHere(visitor) && assessment.state !== 'published' && assessment.state !== 'superseded',
    ...state,
  });
}
