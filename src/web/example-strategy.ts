import { addDays, parsePartialDate, shiftMonth, type IsoDate, type PartialDate } from '../duty/index.ts';
import { exampleIndicatorId } from '../evidence/example-definitions.ts';
import { exampleOrganisations } from '../partnership/example-organisations.ts';
import { reading, type Work } from '../platform/database/work.ts';
import { addAction, addMilestone, addUpdate, closeAction, listActions, publishPlan } from '../strategy/action.store.ts';
import { addAim, listAims, type HubAim } from '../strategy/aim.store.ts';
import {
  exampleActionId,
  exampleActions,
  exampleAims,
  exampleDraft,
  exampleFirstStrategy,
  exampleGrants,
  exampleHubStrategy,
  exampleMeasures,
  exampleOrphan,
  examplePlanFile,
  examplePredecessor,
  examplePriorities,
  exampleReadiness,
  exampleReviews,
  exampleStrategy,
  exampleRisks,
  exampleTheory,
  exampleUpdates,
  type ExampleAction,
} from '../strategy/example-strategy.ts';
import { addApproach, addDefaults, chooseApproach } from '../strategy/approach.store.ts';
import { addEvaluation, getEvaluation, keepCounts, keepState } from '../strategy/evaluation.store.ts';
import { powerOf } from '../strategy/evaluation.ts';
import {
  exampleApproachId,
  exampleApproaches,
  exampleEvaluations,
  exampleInterventions,
  exampleLesson,
  exampleRowsFiles,
  exampleApproachOffered,
} from '../strategy/example-worked.ts';
import { addGrant, addGrantLine } from '../strategy/grant.store.ts';
import { hideTo } from '../strategy/intervention.routes.ts';
import { addIntervention, keepQuarter } from '../strategy/intervention.store.ts';
import { addLesson } from '../strategy/lesson.store.ts';
import { keepRowsFile } from '../strategy/rows-file.store.ts';
import { fileOf } from '../strategy/document.job.ts';
import { documentForms, keepDocument, planSubject } from '../strategy/document.store.ts';
import { planOut, strategyOut } from '../strategy/public-document.ts';
import {
  addDimension,
  closeRound,
  keepAgreed,
  keepScores,
  listDimensions,
  openRound,
} from '../strategy/readiness.store.ts';
import { suggestedDimensions } from '../strategy/readiness.ts';
import { addReview, factsOfReview, finishReview, keepPart, keepReviewFiles } from '../strategy/review.store.ts';
import { reviewParts, reviewReport } from '../strategy/review.ts';
import { inForce } from '../strategy/strategy.ts';
import { addRisk } from '../strategy/risk.store.ts';
import { addTheoryStep, keepArrow } from '../strategy/theory.store.ts';
import { addMeasure, keepValues } from '../strategy/measure.store.ts';
import { planShown } from '../strategy/plan-document.ts';
import { readPlanIn } from '../strategy/plan-file.store.ts';
import { publicNames, publishedPlan } from '../strategy/public.store.ts';
import {
  addComment,
  addPredecessor,
  addSignOff,
  addStrategy,
  authoritiesOn,
  getStrategy,
  keepConsulted,
  keepExclusion,
  keepStep,
  publishedStrategies,
  versionAt,
} from '../strategy/strategy.store.ts';

type Loading = Work<'strategy' | 'partnership' | 'evidence' | 'published' | 'directory'>;

const organisations = new Map(exampleOrganisations.map(({ id, name }) => [name, id]));
function organisation(name: string): string {
  const id = organisations.get(name);
  if (id === undefined) throw new Error(`the example has no organisation ${name}`);
  return id;
}

function dated(words: string | undefined): PartialDate | null {
  if (words === undefined) return null;
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(`the example says ${words}: ${read.sentence}`);
  return read.value;
}

/** Takes a strategy of the example from draft to published. */
async function publishStrategy(
  work: Loading,
  id: string,
  { on, sign }: { readonly on: IsoDate; readonly sign: () => Promise<void> },
): Promise<void> {
  const closed = await getStrategy(reading(work), id);
  const version = await versionAt(reading(work), closed);
  await keepStep(work, closed, { ...version, state: 'sign-off' }, { today: on });
  await sign();
  const signed = await getStrategy(reading(work), id);
  await keepStep(work, signed, { ...version, state: 'published', publishedOn: on }, { today: on });
}

/** The strategy of the hub, which its areas take over. Loaded before theirs. */
export async function loadExampleHubStrategy(work: Loading): Promise<void> {
  const { id, line, title, sections, aims, signedOn } = exampleHubStrategy;
  for (const { id: aimId, title: aimTitle, words } of aims)
    await addAim(work, 'aim', { id: aimId, title: aimTitle, words, leadId: null, elsewhere: null });
  await addStrategy(work, {
    id,
    line,
    title,
    level: 'hub',
    sections,
    starts: '2025-04-01',
    ends: '2028-03-31',
  });
  await publishStrategy(work, id, { on: signedOn, sign: () => Promise.resolve() });
  await addApproach(work, exampleApproachOffered);
}

/** Strategy, plan, measures and money of Haverness. */
export async function loadExampleStrategy(
  work: Loading,
  partnership: { readonly id: string; readonly slug: string; readonly name: string },
  { today, by }: { readonly today: IsoDate; readonly by: string },
): Promise<void> {
  const hubAims = new Map<string, HubAim>(
    exampleHubStrategy.aims.map((aim) => [
      aim.id,
      { aim: aim.id, strategy: exampleHubStrategy.id, version: 1, title: aim.title, words: aim.words },
    ]),
  );
  for (const { id, title, words, hub } of exampleAims) {
    // The last aim came with the second strategy.
    if (id === exampleAims.at(-1)?.id) await loadStrategy(work, exampleFirstStrategy);
    await addAim(work, 'aim', {
      id,
      title,
      words,
      leadId: null,
      elsewhere: null,
      hub: hub === undefined ? null : (hubAims.get(hub) ?? null),
    });
  }
  for (const { id, title, words, lead, elsewhere } of examplePriorities)
    await addAim(work, 'priority', { id, title, words, leadId: lead ?? null, elsewhere: elsewhere ?? null });
  await addPredecessor(work, { ...examplePredecessor, level: 'local' });
  await loadStrategy(work, exampleStrategy);
  await loadDraft(work);
  for (const action of exampleActions) await loadAction(work, action);
  for (const [number, on, status, words] of exampleUpdates)
    await addUpdate(work, exampleActionId(number), { on, status, words, by: 'system' });
  const { actions } = await listActions(
    reading(work),
    today,
    { state: 'all' },
    { by: 'number', descending: false },
    { limit: 1_000, offset: 0 },
  );
  const publishedOn = addDays(today, -17);
  await publishPlan(
    work,
    publishedOn,
    planShown({
      partnership,
      day: publishedOn,
      axes: await listAims(reading(work)),
      actions,
      names: await publicNames(reading(work), partnership.id),
    }),
  );
  await loadAction(work, exampleOrphan);
  for (const { onRobbery, values, from, ...measure } of exampleMeasures) {
    await addMeasure(work, {
      ...measure,
      aimId: 'aim' in measure ? measure.aim : null,
      actionId: 'action' in measure ? measure.action : null,
      indicatorId: onRobbery ? exampleIndicatorId : null,
      tolerance: 0,
    });
    const months = values.map((value, at) => ({ month: shiftMonth(from, at), value }));
    await keepValues(work, measure.id, months, 'Made for the example');
  }
  for (const { lines, ...grant } of exampleGrants) {
    await addGrant(work, { ...grant, mayCarryOver: false });
    for (const [kind, category, pence, on, action, words] of lines)
      await addGrantLine(work, grant.id, {
        kind,
        category,
        pence,
        on,
        words,
        actionId: action === null ? null : exampleActionId(action),
      });
  }
  for (const { aim, action, ...risk } of exampleRisks) await addRisk(work, { ...risk, aimId: aim, actionId: action });
  for (const { action, measure, ...step } of exampleTheory.steps)
    await addTheoryStep(work, { ...step, actionId: action, measureId: measure });
  for (const [from, to, assumption, grade] of exampleTheory.arrows)
    await keepArrow(work, {
      fromId: exampleActionId(from),
      toId: exampleActionId(to),
      assumption,
      grade,
      risk: null,
    });
  const sent = await readPlanIn(
    work,
    { name: examplePlanFile.name, bytes: new TextEncoder().encode(examplePlanFile.text) },
    by,
  );
  if (!sent.done) throw new Error(sent.sentence);
  await loadWorked(work, by);
  await loadReviews(work, partnership);
  await loadReadiness(work);
  await makeDocuments(work, partnership);
}

/** Files of what is published, as the job makes them. */
async function makeDocuments(
  work: Loading,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const strategy = inForce(await publishedStrategies(reading(work), id));
  const plan = await publishedPlan(reading(work), id);
  if (strategy === undefined || plan === undefined) throw new Error('the example has nothing published');
  for (const form of documentForms) {
    await keepDocument(work, `strategy/${strategy.id}`, form, fileOf(strategyOut(strategy, name), form));
    await keepDocument(work, planSubject(plan.shown), form, fileOf(planOut(plan.shown), form));
  }
}

async function loadReviews(
  work: Loading,
  { id: partnership, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const { finished, open } = exampleReviews;
  const { id, since, until, outcome, body, on, words } = finished;
  await addReview(work, { id, strategyId: exampleFirstStrategy.id, since, until });
  for (const part of reviewParts) await keepPart(work, id, part, words[part]);
  const facts = await factsOfReview(reading(work), { strategyId: exampleFirstStrategy.id, since, until }, partnership);
  const report = reviewReport(facts, { words, outcome, body, finishedOn: on }, name);
  await finishReview(work, id, { outcome, body, on, report });
  await keepReviewFiles(work, id, { pdf: fileOf(report, 'pdf'), docx: fileOf(report, 'docx') });
  await addReview(work, { id: open.id, strategyId: exampleStrategy.id, until: open.until });
  await keepPart(work, open.id, 'definition', open.words.definition);
  await keepPart(work, open.id, 'actions', open.words.actions);
}

async function loadReadiness(work: Loading): Promise<void> {
  const { first, second, dimension, agreed, scores } = exampleReadiness;
  for (const [at, suggested] of suggestedDimensions.entries())
    await addDimension(work, { ...suggested, ...(at === 0 && { id: dimension }) });
  const dimensions = await listDimensions(reading(work));
  await openRound(work, first.openedOn, first);
  for (const [at, [level, target, note]] of agreed.entries())
    await keepAgreed(
      work,
      { round: first.id, dimension: dimensions[at]?.id ?? '', on: first.closedOn },
      { level, target, note, actionId: null },
    );
  await closeRound(work, first.closedOn);
  await openRound(work, second.openedOn, second);
  for (const [name, levels] of scores)
    await keepScores(
      work,
      { round: second.id, organisation: organisation(name), on: second.openedOn },
      levels.map((level, at) => ({ dimension: dimensions[at]?.id ?? '', level, evidence: null })),
    );
}

async function loadStrategy(
  work: Loading,
  example: typeof exampleStrategy | typeof exampleFirstStrategy,
): Promise<void> {
  const { signed, noted, publishedOn, consultedOn, ...strategy } = example;
  await addStrategy(work, { ...strategy, level: 'local' });
  const { relevant } = await authoritiesOn(reading(work), publishedOn);
  await keepConsulted(
    work,
    strategy.id,
    relevant.map(({ id }) => ({ id, on: consultedOn, how: 'Letter, and a meeting for those who wanted one' })),
  );
  await keepExclusion(work, strategy.id, {
    safety: true,
    prejudice: true,
    security: true,
    by: 'system',
    on: signed[0].on,
    note: null,
  });
  await publishStrategy(work, strategy.id, {
    on: publishedOn,
    async sign() {
      const { sha256 } = await getStrategy(reading(work), strategy.id);
      for (const { authority, body, on, ...rest } of signed)
        await addSignOff(work, strategy.id, {
          kind: 'approved',
          authority: organisation(authority),
          body,
          on,
          hash: sha256,
          reference: 'reference' in rest ? rest.reference : null,
        });
      for (const { body, on } of noted)
        await addSignOff(work, strategy.id, {
          kind: 'noted',
          authority: null,
          body,
          on,
          hash: sha256,
          reference: null,
        });
    },
  });
}

async function loadDraft(work: Loading): Promise<void> {
  const { comments, ...draft } = exampleDraft;
  await addStrategy(work, { ...draft, level: 'local' });
  const kept = await getStrategy(reading(work), draft.id);
  const version = await versionAt(reading(work), kept);
  await keepStep(work, kept, { ...version, state: 'comment' }, { today: '2026-05-04' });
  for (const comment of comments) await addComment(work, draft.id, comment);
}

async function loadAction(work: Loading, action: ExampleAction): Promise<void> {
  await addAction(work, {
    id: action.id,
    number: Number(action.id.slice(-3)),
    title: action.title,
    about: action.about ?? null,
    leadId: action.lead === undefined ? null : organisation(action.lead),
    owner: action.owner ?? (action.closed === undefined ? null : 'Licensing manager'),
    ownerEmail: action.ownerEmail ?? null,
    starts: dated(action.starts),
    due: dated(action.due),
    origin: action.origin ?? 'new',
    funding: action.funding ?? 'within-budgets',
    costPence: action.costPence ?? null,
    status: action.status ?? 'under-way',
    reason: action.reason ?? null,
    theme: action.theme,
    tiers: action.tiers ?? [],
    isNamed: action.isNamed ?? false,
    needsDecision: action.needsDecision ?? null,
    evidence: action.evidence ?? null,
    indicatorId: action.showsOnRobbery === true ? exampleIndicatorId : null,
    effect: action.effect ?? null,
    effectBy: dated(action.effectBy),
    aimIds: action.aims.map(exampleActionId),
    partnerIds: (action.partners ?? []).map(organisation),
    needsIds: (action.needs ?? []).map(exampleActionId),
    updatedOn: action.updatedOn ?? null,
  });
  for (const { id, title, due } of action.milestones ?? [])
    await addMilestone(work, action.id, { id, title, due: dated(due) });
  if (action.closed !== undefined) await closeAction(work, action.id, action.closed);
}

/** What is run and bought, what works, and what is found out. */
async function loadWorked(work: Loading, by: string): Promise<void> {
  await addDefaults(work, exampleApproachId);
  for (const approach of exampleApproaches) await addApproach(work, approach);
  for (const { quarters, action, approach, provider, grant, ...rest } of exampleInterventions) {
    await addIntervention(work, {
      ...rest,
      providerId: organisation(provider),
      serviceId: null,
      grantId: grant,
      actionIds: [exampleActionId(action)],
    });
    await chooseApproach(
      work,
      { interventionId: rest.id },
      { approachId: approach, override: null, on: '2026-04-20', by: 'system' },
    );
    for (const quarter of quarters) await keepQuarter(work, rest.id, quarter, { hideTo, today: '2026-04-20' });
  }
  const robberies = exampleMeasures[0];
  for (const { id, of, state, plan } of exampleEvaluations) {
    const on = 'action' in of ? { actionId: exampleActionId(of.action) } : { interventionId: of.intervention };
    await addEvaluation(work, on, { id, ...plan });
    if (state === 'draft') continue;
    const power = powerOf(await getEvaluation(reading(work), id));
    if (!power.done) throw new Error(power.sentence);
    await keepState(work, id, 'planned', { today: '2025-08-20', power: power.value });
    if (state === 'planned') continue;
    await keepState(work, id, 'under-way', { today: '2025-09-01' });
    await keepCounts(
      work,
      id,
      robberies.values.map((count, at) => ({
        place: 'Haverness',
        role: 'treated' as const,
        month: shiftMonth(robberies.from, at),
        count,
      })),
    );
  }
  await addLesson(work, exampleLesson);
  for (const { kind, ...file } of exampleRowsFiles) await keepRowsFile(work, kind, { ...file, by });
}
