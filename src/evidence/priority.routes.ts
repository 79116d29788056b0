import type { z } from 'zod';
import type { ChangeWords } from '../partnership/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, changedMeanwhile, differingOf, typedAgain, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route, type Visitor } from '../platform/http/route.ts';
import { dayOf } from './definition-form.ts';
import { decidingBodies } from './definition.store.ts';
import { findingChoices } from './finding.store.ts';
import { mayWorkHere } from './finding.routes.ts';
import {
  decideForm,
  matrixForm,
  matrixOf,
  priorityForm,
  profileForm,
  profileWords,
  scoreForm,
} from './priority-form.ts';
import {
  decidePage,
  matrixPage,
  prioritiesPage,
  priorityFormPage,
  priorityPage,
  profileFormPage,
  profilePage,
  scorePage,
  type PriorityLine,
} from './priority.page.tsx';
import {
  addPriority,
  addScore,
  changePriority,
  decidePriority,
  findingsOfPriority,
  findProfile,
  getMatrix,
  getPriority,
  holdPriority,
  keepFindingsOfPriority,
  keepMatrix,
  keepProfile,
  listPriorities,
  pointsOf,
  scoresOf,
  type PriorityKept,
} from './priority.store.ts';
import { priorityStateLabels, type PriorityState } from './priority.ts';
import { profileParts, type ProfileWords } from './problem-profile.ts';
import { missingOf, rankByOnePoint, ranked, rankFirmness, scoredBy, usualMatrix, type Factor } from './scoring.ts';
import { mayPublish, mayWorkOnFigures } from './view.ts';

const { get, post } = rowsOf<'evidence' | 'partnership' | 'platform'>();
type Reads = ReadWork<'evidence' | 'partnership' | 'platform'>;

const works = { anyOf: mayWorkOnFigures } as const;
const decides = { anyOf: mayPublish } as const;
const mayDecide = (visitor: Visitor) => mayPublish.some((role) => visitor.roles.includes(role));
const byOf = (visitor: Visitor) => visitor.person?.id ?? 'system';
const hrefOf = (slug: string, id: string) => `/${slug}/priorities/${id}`;

/** How many draws tell how firm a rank is; the seed stands here so that everybody sees the same. */
const firmness = { draws: 1_000, seed: 1 };

async function linesOf(work: Reads): Promise<readonly PriorityLine[]> {
  const matrix = await getMatrix(work);
  const scores = await scoresOf(work);
  // What was weighed and is over takes no rank from what is weighed now.
  const priorities = (await listPriorities(work)).filter(({ state }) => state !== 'ended');
  const contenders = priorities.map(({ id }) => ({ id, points: pointsOf(matrix, scores, id) }));
  const firm = new Map(rankFirmness(matrix, contenders, firmness).map((each) => [each.id, each]));
  const of = new Map(priorities.map((each) => [each.id, each]));
  return ranked(matrix, contenders).flatMap((rank) => {
    const [priority, sure] = [of.get(rank.id), firm.get(rank.id)];
    const points = contenders.find(({ id }) => id === rank.id)?.points ?? {};
    return priority === undefined || sure === undefined
      ? []
      : [
          {
            priority,
            rank,
            firmness: sure,
            byOnePoint: rankByOnePoint(matrix, contenders, rank.id),
            missing: missingOf(matrix, points),
          },
        ];
  });
}

const priorityWords: ChangeWords = {
  kinds: { priority: 'Priority', priority_finding: 'Finding behind it', problem_profile: 'Problem profile' },
  columns: {
    name: 'Name',
    statement: 'What the problem is',
    volume: 'How many',
    volume_from: 'From',
    harm: 'How much harm',
    harm_from: 'By',
    state: 'State',
    state_because: 'Because',
    decided_by_id: 'Decided by',
    decided_on: 'Decided on',
    marking: 'Marking',
    review_on: 'To be looked at again by',
    words: 'Parts written',
  },
  said(column, value) {
    if (column === 'state') return priorityStateLabels[value as PriorityState];
    if (column === 'words')
      return profileParts
        .flatMap(([part, heading]) => ((value as ProfileWords)[part] === undefined ? [] : [heading]))
        .join(', ');
    return undefined;
  },
};
const matrixWords: ChangeWords = {
  kinds: { scoring_matrix: 'Weights' },
  columns: { top: 'Highest score', factors: 'Weights' },
  said: (column, value) =>
    column === 'factors'
      ? (value as readonly Factor[]).map(({ name, weight }) => `${name} ${weight}`).join(', ')
      : undefined,
};

const typedPriority = (priority: PriorityKept, findings: readonly { readonly id: string }[]): Typed => ({
  name: priority.name,
  statement: priority.statement ?? '',
  volume: priority.volume === null ? '' : String(priority.volume),
  volumeFrom: priority.volumeFrom ?? '',
  harm: priority.harm === null ? '' : String(priority.harm),
  harmFrom: priority.harmFrom ?? '',
  findings: findings.map(({ id }) => id),
});
const fieldLabels = {
  name: 'Name',
  statement: 'What the problem is',
  volume: 'How many',
  volumeFrom: 'From',
  harm: 'How much harm',
  harmFrom: 'By',
};
const typedForm = (body: z.infer<typeof priorityForm>): Typed => ({
  ...typedAgain(body),
  volume: body.volume === null ? '' : String(body.volume),
  harm: body.harm === null ? '' : String(body.harm),
});

const historyOfMatrix = async (work: Reads) => {
  const { id } = await getMatrix(work);
  return id === null ? [] : historyOf(work, id, matrixWords);
};

const exampleWeights = Object.fromEntries(usualMatrix.factors.map(({ key }) => [`weight-${key}`, '1']));

export const priorityRoutes: readonly Route[] = [
  get({
    path: '/:partnership/priorities',
    about: 'Priorities by score, with how firm each rank is, and harm beside volume',
    access: works,
    audit: 'PRIORITIES_SEEN',
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: prioritiesPage({
        slug: params.partnership,
        lines: await linesOf(work),
        draws: firmness.draws,
        mayWrite: mayWorkHere(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/priorities/export.csv',
    about: 'Priorities and their scores as a file',
    access: works,
    audit: 'PRIORITIES_SEEN',
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params }) {
      const matrix = await getMatrix(work);
      const scores = await scoresOf(work);
      const rows = (await linesOf(work)).map(({ priority, rank, firmness: sure }) => {
        const points = pointsOf(matrix, scores, priority.id);
        const scored = scoredBy(matrix, points);
        return [
          rank.rank,
          priority.name,
          priorityStateLabels[priority.state],
          priority.decidedBy?.name ?? '',
          priority.decidedOn ?? '',
          scored.total,
          scored.harm,
          scored.likelihood,
          scored.organisation,
          sure.firstShare,
          sure.best,
          sure.worst,
          priority.volume,
          priority.volumeFrom ?? '',
          priority.harm,
          priority.harmFrom ?? '',
          ...matrix.factors.map(({ key }) => points[key] ?? null),
        ];
      });
      const header = [
        'Rank',
        'Priority',
        'State',
        'Decided by',
        'Decided on',
        'Score',
        'Harm',
        'Likelihood',
        'Organisations',
        'Share of draws ranked first',
        'Best rank',
        'Worst rank',
        'How many',
        'From',
        'How much harm',
        'By',
      ];
      return {
        file: {
          name: `priorities-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf([...header, ...matrix.factors.map(({ name }) => name)], rows),
        },
      };
    },
  }),
  get({
    path: '/:partnership/priorities/matrix',
    about: 'How priorities are scored: factors, weights and scale',
    access: works,
    audit: { none: 'a method; no person and no figure' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: matrixPage(params.partnership, await getMatrix(work), {
        changes: await historyOfMatrix(work),
        mayWrite: mayDecide(visitor) || mayWorkHere(visitor),
      }),
    }),
  }),
  post({
    path: '/:partnership/priorities/matrix',
    about: 'Change the weights or the scale by which priorities are scored',
    access: works,
    audit: 'SCORING_CHANGED',
    params: partnershipParams,
    body: matrixForm,
    example: ({ partnership }) => ({ params: { partnership }, body: { top: '4', ...exampleWeights } }),
    async handle({ work, params, body, visitor }) {
      const matrix = matrixOf(body);
      const highest = Math.max(0, ...(await scoresOf(reading(work))).map(({ points }) => points));
      if (matrix.top < highest)
        return again(
          matrixPage(params.partnership, matrix, {
            changes: await historyOfMatrix(reading(work)),
            mayWrite: mayWorkHere(visitor),
            typed: Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)])),
            errors: { top: `Somebody has given ${highest} already. Enter ${highest} or more` },
          }),
        );
      await keepMatrix(work, matrix);
      return { seeOther: `/${params.partnership}/priorities`, subject: 'scoring-matrix', fields: ['factors', 'top'] };
    },
    invalid: async ({ work, params, typed, errors }) => ({
      page: matrixPage(params.partnership, await getMatrix(work), {
        changes: await historyOfMatrix(work),
        mayWrite: true,
        typed,
        errors,
      }),
    }),
  }),
  get({
    path: '/:partnership/priorities/new',
    about: 'Add what could be a priority',
    access: works,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: priorityFormPage(params.partnership, { findings: await findingChoices(work) }),
    }),
  }),
  post({
    path: '/:partnership/priorities/new',
    about: 'Add what could be a priority',
    access: works,
    audit: 'PRIORITY_ADDED',
    params: partnershipParams,
    body: priorityForm,
    example: ({ partnership }) => ({ params: { partnership }, body: { name: 'Violence on buses' } }),
    async handle({ work, params, body }) {
      const findings = await findingChoices(reading(work));
      const refuse = (errors: Readonly<Record<string, string>>) =>
        again(priorityFormPage(params.partnership, { findings, typed: typedForm(body), errors }));
      if (!body.findings.every((id) => findings.some((each) => each.id === id)))
        return refuse({ findings: 'Choose findings of the list' });
      const id = await addPriority(work, body);
      if (id === undefined) return refuse({ name: `${body.name} is there already. Enter another name` });
      await keepFindingsOfPriority(work, id, body.findings);
      return { seeOther: hrefOf(params.partnership, id), subject: `priority/${id}`, fields: ['name'] };
    },
    invalid: async ({ work, params, typed, errors }) => ({
      page: priorityFormPage(params.partnership, { findings: await findingChoices(work), typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/priorities/:id',
    about: 'One priority: its scores with reasons, its findings, who decided',
    access: works,
    audit: 'PRIORITY_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('priority') } }),
    async handle({ work, params: { partnership, id }, visitor }) {
      const priority = await getPriority(work, id);
      const lines = await linesOf(work);
      return {
        page: priorityPage({
          slug: partnership,
          priority,
          matrix: await getMatrix(work),
          scores: await scoresOf(work, id),
          line: lines.find((line) => line.priority.id === id),
          of: lines.length,
          findings: await findingsOfPriority(work, id),
          profile: await findProfile(work, id),
          changes: await historyOf(work, id, priorityWords),
          mayWrite: mayWorkHere(visitor),
          mayDecide: mayDecide(visitor),
        }),
        subject: `priority/${id}`,
      };
    },
  }),
  get({
    path: '/:partnership/priorities/:id/change',
    about: 'Change a priority, or choose its findings',
    access: works,
    audit: 'PRIORITY_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('priority') } }),
    async handle({ work, params: { partnership, id } }) {
      const priority = await getPriority(work, id);
      return {
        page: priorityFormPage(partnership, {
          priority,
          findings: await findingChoices(work),
          typed: typedPriority(priority, await findingsOfPriority(work, id)),
          version: await versionOf(work, id),
        }),
        subject: `priority/${id}`,
      };
    },
  }),
  post({
    path: '/:partnership/priorities/:id/change',
    about: 'Change a priority, or choose its findings',
    access: works,
    audit: 'PRIORITY_CHANGED',
    params: recordParams,
    body: priorityForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('priority') },
      body: { name: 'Violence at night on the seafront' },
    }),
    async handle({ work, params: { partnership, id }, body }) {
      await holdPriority(work, id);
      const priority = await getPriority(reading(work), id);
      const behind = await findingsOfPriority(reading(work), id);
      const version = await versionOf(reading(work), id);
      const findings = await findingChoices(reading(work));
      const before = typedPriority(priority, behind);
      const typed = typedForm(body);
      const refuse = (errors: Readonly<Record<string, string>>, status: 409 | 422 = 422) =>
        again(
          priorityFormPage(partnership, {
            priority,
            findings,
            typed,
            errors,
            version,
            ...(status === 409 && { differing: differingOf(before, typed, fieldLabels) }),
          }),
          status,
        );
      if (body.version !== '' && body.version !== version) return refuse({ '': changedMeanwhile }, 409);
      if (!body.findings.every((each) => [...findings, ...behind].some((known) => known.id === each)))
        return refuse({ findings: 'Choose findings of the list' });
      const others = await listPriorities(reading(work));
      if (others.some((each) => each.id !== id && each.name.toLowerCase() === body.name.toLowerCase()))
        return refuse({ name: `${body.name} is there already. Enter another name` });
      await changePriority(work, id, body);
      await keepFindingsOfPriority(work, id, body.findings);
      return {
        seeOther: hrefOf(partnership, id),
        subject: `priority/${id}`,
        fields: Object.keys(before).filter((field) => String(before[field]) !== String(typed[field])),
      };
    },
    invalid: async ({ work, params: { partnership, id }, typed, errors }) => ({
      page: priorityFormPage(partnership, {
        priority: await getPriority(work, id),
        findings: await findingChoices(work),
        typed,
        errors,
        version: String(typed['version'] ?? ''),
      }),
    }),
  }),
  get({
    path: '/:partnership/priorities/:id/score',
    about: 'Score a priority',
    access: works,
    audit: 'PRIORITY_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('priority') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: scorePage(partnership, await getPriority(work, id), {
        matrix: await getMatrix(work),
        scores: await scoresOf(work, id),
      }),
      subject: `priority/${id}`,
    }),
  }),
  post({
    path: '/:partnership/priorities/:id/score',
    about: 'Score a priority, with the reason',
    access: works,
    audit: 'PRIORITY_SCORED',
    params: recordParams,
    body: scoreForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('priority') },
      body: { factor: 'volume', points: '3', reason: 'The most of all kinds in the police extract' },
    }),
    async handle({ work, params: { partnership, id }, body, visitor }) {
      const priority = await getPriority(reading(work), id);
      const matrix = await getMatrix(reading(work));
      const errors = {
        ...(!matrix.factors.some(({ key }) => key === body.factor) && { factor: 'Choose a factor' }),
        ...(body.points > matrix.top && { points: `Choose a score from 0 to ${matrix.top}` }),
      };
      if (Object.keys(errors).length > 0)
        return again(
          scorePage(partnership, priority, {
            matrix,
            scores: await scoresOf(reading(work), id),
            typed: { ...typedAgain(body), points: String(body.points) },
            errors,
          }),
        );
      await addScore(work, { ...body, priority: id, isModerated: body.agreed, by: byOf(visitor) });
      return { seeOther: `${hrefOf(partnership, id)}/score`, subject: `priority/${id}`, fields: [body.factor] };
    },
    invalid: async ({ work, params: { partnership, id }, typed, errors }) => ({
      page: scorePage(partnership, await getPriority(work, id), {
        matrix: await getMatrix(work),
        scores: await scoresOf(work, id),
        typed,
        errors,
      }),
    }),
  }),
  get({
    path: '/:partnership/priorities/:id/decide',
    about: 'Record what a body decided about a priority',
    access: decides,
    audit: 'PRIORITY_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('priority') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: decidePage(partnership, await getPriority(work, id), { bodies: await decidingBodies(work) }),
      subject: `priority/${id}`,
    }),
  }),
  post({
    path: '/:partnership/priorities/:id/decide',
    about: 'Record what a body decided about a priority',
    access: decides,
    audit: 'PRIORITY_DECIDED',
    params: recordParams,
    body: decideForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('priority') },
      body: { state: 'chosen', because: 'It does the most harm', body: idOf('body-leading'), on: '12 May 2026' },
    }),
    async handle({ work, params: { partnership, id }, body, today }) {
      await holdPriority(work, id);
      const priority = await getPriority(reading(work), id);
      const bodies = await decidingBodies(reading(work));
      const on = dayOf(body.on);
      const errors = {
        ...(!bodies.some((each) => each.id === body.body) && { body: 'Choose who decided' }),
        ...(on !== null && on > today && { on: 'The day of the decision cannot be in the future' }),
        ...(body.state === 'ended' && priority.state !== 'chosen' && { state: 'Only what is a priority can end' }),
      };
      if (on === null || Object.keys(errors).length > 0)
        return again(decidePage(partnership, priority, { bodies, typed: typedAgain(body), errors }));
      await decidePriority(work, id, { state: body.state, because: body.because, body: body.body, on });
      return {
        seeOther: hrefOf(partnership, id),
        subject: `priority/${id}`,
        fields: ['state', 'decidedBy', 'decidedOn'],
      };
    },
    invalid: async ({ work, params: { partnership, id }, typed, errors }) => ({
      page: decidePage(partnership, await getPriority(work, id), { bodies: await decidingBodies(work), typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/priorities/:id/profile',
    about: 'The problem profile of a priority',
    access: works,
    audit: 'PROBLEM_PROFILE_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('priority') } }),
    async handle({ work, params: { partnership, id }, today, visitor }) {
      const priority = await getPriority(work, id);
      const profile = await findProfile(work, id);
      if (profile === undefined) return notFound;
      const changes = await historyOf(work, id, priorityWords);
      return {
        page: profilePage(partnership, priority, {
          profile,
          today,
          changes: changes.filter(({ title }) => title.startsWith('Problem profile')),
          mayWrite: mayWorkHere(visitor),
        }),
        subject: `priority/${id}`,
      };
    },
  }),
  get({
    path: '/:partnership/priorities/:id/profile/change',
    about: 'Write the problem profile of a priority',
    access: works,
    audit: 'PROBLEM_PROFILE_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('priority') } }),
    async handle({ work, params: { partnership, id } }) {
      const profile = await findProfile(work, id);
      return {
        page: profileFormPage(partnership, await getPriority(work, id), { profile, edition: profile?.edition ?? 0 }),
        subject: `priority/${id}`,
      };
    },
  }),
  post({
    path: '/:partnership/priorities/:id/profile/change',
    about: 'Write the problem profile of a priority',
    access: works,
    audit: 'PROBLEM_PROFILE_CHANGED',
    params: recordParams,
    body: profileForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('priority-without-profile') },
      body: { marking: 'official', problem: 'Groups fight on the last bus.' },
    }),
    async handle({ work, params: { partnership, id }, body, visitor }) {
      const priority = await getPriority(reading(work), id);
      const words = profileWords(body);
      const kept = await keepProfile(
        work,
        id,
        { words, marking: body.marking, reviewOn: dayOf(body.reviewOn), author: byOf(visitor) },
        body.edition,
      );
      if (!kept) {
        const profile = await findProfile(reading(work), id);
        return again(
          profileFormPage(partnership, priority, {
            profile,
            edition: profile?.edition ?? 0,
            typed: typedAgain(body),
            errors: { '': changedMeanwhile },
            differing: differingOf(
              profile?.words ?? {},
              typedAgain(words),
              Object.fromEntries(profileParts.map(([part, heading]) => [part, heading])),
            ),
          }),
          409,
        );
      }
      return { seeOther: `${hrefOf(partnership, id)}/profile`, subject: `priority/${id}`, fields: Object.keys(words) };
    },
    invalid: async ({ work, params: { partnership, id }, typed, errors }) => ({
      page: profileFormPage(partnership, await getPriority(work, id), {
        profile: await findProfile(work, id),
        edition: Number(typed['edition'] ?? 0) || 0,
        typed,
        errors,
      }),
    }),
  }),
];
