import { sectionsOf } from '../evidence/assessment-template.ts';
import { addDriver } from '../evidence/driver.store.ts';
import {
  exampleApproval,
  exampleAsks,
  exampleAssessments,
  exampleClearances,
  exampleComments,
  exampleDrivers,
  exampleExclusion,
  exampleFigures,
  exampleFindings,
  examplePlaced,
  examplePriorities,
  exampleProfile,
  exampleQuestion,
  type ExampleFigure,
} from '../evidence/example-assessment.ts';
import { figureMeasure } from '../evidence/figure-measure.ts';
import { contextWithout, figureId, keepFigure } from '../evidence/figure.store.ts';
import { formatOf } from '../evidence/formats/index.ts';
import { noCoverage, type Figure, type FigureQuestion } from '../evidence/figure.ts';
import { addFinding, moveFinding } from '../evidence/finding.store.ts';
import {
  addPriority,
  addScore,
  decidePriority,
  keepFindingsOfPriority,
  keepProfile,
} from '../evidence/priority.store.ts';
import { listReleases, livePartsOf } from '../evidence/release.store.ts';
import { keepView, viewOf } from '../evidence/view.store.ts';
import { composeWritten } from '../evidence/workbench-document.ts';
import {
  addAsk,
  addAssessment,
  addComment,
  addExclusion,
  answerAsk,
  answerClearance,
  askClearance,
  assessmentHash,
  contentOf,
  keepWords,
  moveAssessment,
  organisationsHere,
  ownersHash,
  ownersOfFigure,
  placeFigure,
  publishAssessment,
  resolveComment,
  sectionsOfAssessment,
  setSection,
} from '../evidence/workbench.store.ts';
import type { IsoDate } from '../duty/index.ts';
import type { Records } from '../platform/database/database.ts';
import { reading, type Work } from '../platform/database/work.ts';
import type { Releases } from '../platform/releases/ask.ts';
import { version } from './version.ts';

type Writes = Work<'evidence' | 'partnership' | 'platform'>;

/** Small areas of the example's files. */
const places = Array.from({ length: 12 }, (_, at) => `E0190${String(at + 1).padStart(4, '0')}`);

/** What the example has found out, what it put first, and its assessments. Asks for what `loadExampleIntakes` loads. */
export async function loadExampleAssessments(
  records: Records,
  releases: Releases,
  here: {
    readonly partnership: string;
    readonly name: string;
    readonly people: ReadonlyMap<string, string>;
    readonly today: IsoDate;
  },
): Promise<void> {
  const person = (role: string): string => here.people.get(`${role}@haverness.example`) ?? 'system';
  const analyst = person('analyst');
  await records.write(
    { door: 'concord_member', actor: analyst, partnership: here.partnership },
    async ({ work: bound, audit }) => {
      const work = bound<'evidence' | 'partnership' | 'platform'>();
      const figures = await keepFigures(work, releases, analyst);
      await keepFindings(work, figures, { analyst, checker: person('coordinator') });
      for (const driver of exampleDrivers) await addDriver(work, driver, analyst);
      await keepPriorities(work, { analyst, second: person('coordinator') });
      const organisations = new Map((await organisationsHere(reading(work))).map(({ id, name }) => [name, id]));
      await keepAssessments(work, figures, { ...here, analyst, coordinator: person('coordinator'), organisations });
      audit({ action: 'ASSESSMENT_BEGUN', subject: `assessment/${exampleApproval.assessment}`, outcome: 'done' });
    },
  );
}

type Figures = ReadonlyMap<ExampleFigure, Figure & { readonly view: string }>;

async function keepFigures(work: Writes, releases: Releases, by: string): Promise<Figures> {
  const source = 'police-uk-street';
  const measure = figureMeasure('count');
  if (measure === undefined) throw new Error('there is no measure of counts');
  const parts = await livePartsOf(reading(work), { source, period: exampleQuestion.period });
  const used = new Set(parts.map(({ release }) => release));
  const passports = (await listReleases(reading(work)))
    .filter(({ id }) => used.has(id))
    .map(({ id, parquet }) => ({ id, parquet }))
    .sort((a, b) => a.id.localeCompare(b.id));
  const kept = new Map<ExampleFigure, Figure & { readonly view: string }>();
  for (const { key, by: breakdown, title } of exampleFigures) {
    const question: FigureQuestion = {
      measure: { name: measure.name, version: measure.version },
      source,
      ...exampleQuestion,
      by: breakdown,
      distinct: false,
      definition: null,
      releases: passports,
      references: [],
      coverage: noCoverage,
      options: {},
      seed: null,
    };
    const { from, to } = exampleQuestion.period;
    const rows = await releases.count({
      parts,
      by: [...breakdown],
      where: [
        { column: 'month', from, to },
        { column: 'area', in: places },
      ],
    });
    const counted = rows.map(({ key: cells, ...counts }) => ({
      key: cells.map((cell) => (cell === null ? null : String(cell))),
      ...counts,
    }));
    const answer = measure.answer(question, { counts: counted }, contextWithout(formatOf(source)));
    const figure: Figure = { id: figureId(question), title, question, rows: answer.rows, notes: answer.notes };
    await keepFigure(work, figure, `concord ${version}`);
    const view = await viewOf(reading(work), figure, 'restricted', () => 'apart');
    if ('sentence' in view) throw new Error(view.sentence);
    await keepView(work, view, by);
    kept.set(key, { ...figure, view: view.id });
  }
  return kept;
}

/** The number of a figure that stands under a category or a month. */
function numberOf(figure: Figure | undefined, key: string): string {
  const row = figure?.rows.find((each) => each.category === key || each.month === key);
  return (row?.count ?? 0).toLocaleString('en-GB');
}

const sentenceOf = (sentence: string, figure: Figure | undefined): string =>
  sentence.replaceAll(/\{([^}]+)\}/g, (_, key: string) => numberOf(figure, key));

async function keepFindings(
  work: Writes,
  figures: Figures,
  { analyst, checker }: { readonly analyst: string; readonly checker: string },
): Promise<void> {
  for (const { figure: key, isChecked, sentence, ...finding } of exampleFindings) {
    const figure = key === null ? undefined : figures.get(key);
    await addFinding(
      work,
      {
        ...finding,
        sentence: sentenceOf(sentence, figure),
        figure: figure?.id ?? null,
        view: figure?.view ?? null,
        area: figure === undefined ? null : exampleQuestion.area,
        from: figure === undefined ? null : exampleQuestion.period.from,
        to: figure === undefined ? null : exampleQuestion.period.to,
      },
      analyst,
    );
    if (isChecked === true)
      await moveFinding(work, finding.id, { state: 'checked', because: null, checkedBy: checker });
  }
}

async function keepPriorities(
  work: Writes,
  { analyst, second }: { readonly analyst: string; readonly second: string },
): Promise<void> {
  const reason = 'Judged from the findings and from what partners reported in spring 2026.';
  for (const { findings, points, second: others = {}, chosen, ...priority } of examplePriorities) {
    await addPriority(work, priority);
    await keepFindingsOfPriority(work, priority.id, findings);
    for (const [by, given] of [
      [analyst, points],
      [second, others],
    ] as const)
      for (const [factor, each] of Object.entries(given))
        await addScore(work, { priority: priority.id, factor, points: each, reason, isModerated: false, by });
    if (chosen !== undefined)
      await decidePriority(work, priority.id, {
        state: 'chosen',
        because: chosen.because,
        body: chosen.body,
        on: chosen.on,
      });
  }
  const { priority, ...profile } = exampleProfile;
  await keepProfile(work, priority, { ...profile, author: analyst }, 0);
}

async function keepAssessments(
  work: Writes,
  figures: Figures,
  here: {
    readonly name: string;
    readonly analyst: string;
    readonly coordinator: string;
    readonly today: IsoDate;
    readonly organisations: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const moment = new Date(`${here.today}T09:00:00Z`);
  const [lastYears, thisYears] = exampleAssessments;
  for (const { words, ready, coordinators = [], ...assessment } of exampleAssessments) {
    await addAssessment(work, assessment);
    for (const section of await sectionsOfAssessment(reading(work), assessment.id)) {
      const text = words[section.key];
      const owner = coordinators.includes(section.key) ? here.coordinator : here.analyst;
      if (text !== undefined) await keepWords(work, section.id, text, { edition: 0, by: owner, moment });
      await setSection(work, section.id, {
        owner,
        state:
          ready.includes(section.key) || assessment.id === lastYears.id
            ? 'ready'
            : text === undefined
              ? 'to-do'
              : 'writing',
      });
    }
  }

  const sections = new Map(
    (await sectionsOfAssessment(reading(work), thisYears.id)).map((section) => [section.key, section.id]),
  );
  const inSection = (key: string): string => sections.get(key) ?? '';
  const named = (name: string): string => here.organisations.get(name) ?? '';
  for (const { id, key, finding, owners } of examplePlaced) {
    const from = exampleFindings.find((each) => each.id === finding);
    const figure = from?.figure == null ? undefined : figures.get(from.figure);
    if (from === undefined || figure === undefined) throw new Error('the example places a figure that it has not');
    await placeFigure(
      work,
      {
        id,
        section: inSection(key),
        figure: figure.id,
        sentence: sentenceOf(from.sentence, figure),
        finding,
        owners: [...new Set([...(await ownersOfFigure(reading(work), figure.question)), ...owners.map(named)])].sort(),
      },
      here.analyst,
    );
  }
  const { key: excludedIn, ...exclusion } = exampleExclusion;
  await addExclusion(work, { ...exclusion, section: inSection(excludedIn) }, here.analyst);
  for (const ask of exampleAsks) {
    const wanted = {
      id: ask.id,
      assessment: thisYears.id,
      section: inSection(ask.key),
      organisation: named(ask.organisation),
      question: ask.question,
      due: ask.due,
    };
    await addAsk(work, wanted, here.analyst);
    if ('answer' in ask)
      await answerAsk(work, ask.id, { state: 'answered', words: ask.answer, by: 'system', on: ask.on });
  }
  for (const { id, organisation, due, isCleared } of exampleClearances) {
    const owner = named(organisation);
    await askClearance(
      work,
      { id, assessment: thisYears.id, organisation: owner, due, on: '2026-05-26' },
      here.analyst,
    );
    if (isCleared) {
      const seen = ownersHash(await contentOf(reading(work), thisYears.id), owner);
      await answerClearance(work, id, { answer: 'cleared', because: null, seen, by: 'system', on: '2026-05-28' });
    }
  }
  for (const comment of exampleComments) {
    await addComment(
      work,
      { id: comment.id, section: inSection(comment.key), replyTo: null, words: comment.words },
      here.coordinator,
    );
    if ('reply' in comment) {
      await addComment(
        work,
        { section: inSection(comment.key), replyTo: comment.id, words: comment.reply },
        here.analyst,
      );
      await resolveComment(work, comment.id, { by: here.coordinator, moment });
    }
  }
  await publishLastYears(work, here.name);
}

/** As it was approved and published a year ago. */
async function publishLastYears(work: Writes, publisher: string): Promise<void> {
  const content = await contentOf(reading(work), exampleApproval.assessment);
  const { assessment, sections } = content;
  const { body, on, published } = exampleApproval;
  const approval = { body, on, hash: assessmentHash(content) };
  await moveAssessment(work, assessment.id, { state: 'published', approval, publishedOn: published });
  const approved = (await contentOf(reading(work), assessment.id)).assessment;
  const model = composeWritten({
    ...assessment,
    publisher,
    audience: 'public',
    definition: assessment.definitionName,
    approved: { by: approved.approvedBy ?? '', on },
    tookPart: ['Haverness Council', 'Merrowshire Constabulary', 'Haverness Youth Justice Service'],
    absent: ['Haverness Bay Hospitals NHS Trust'],
    sections: sections.map(({ key, words }) => ({
      key,
      heading: sectionsOf[assessment.template].find((each) => each.key === key)?.heading ?? key,
      words,
      passages: [],
      figures: [],
      heldBack: null,
    })),
    priorities: [],
    drivers: [],
  });
  await publishAssessment(work, assessment.id, { document: model, figures: [] });
}
