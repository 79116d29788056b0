import { z } from 'zod';
import { formatDate } from '../duty/index.ts';
import { chosenField, nameField, textField } from '../partnership/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { again, changedMeanwhile, typedAgain, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import type { Refused, Route } from '../platform/http/route.ts';
import { actionChoices } from './action.store.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { strategyWords } from './action-words.ts';
import { listAims } from './aim.store.ts';
import { dayField, isStale, versionField, wordsField } from './fields.ts';
import { closeRiskPage, riskFormPage, riskPage, risksHref, risksPage, type RiskChoices } from './risk.page.tsx';
import { addRisk, changeRisk, closeRisk, getRisk, listRisks } from './risk.store.ts';

const { get, post } = rowsOf<'strategy' | 'partnership' | 'platform'>();

const scale = (what: string) =>
  z.coerce.number(`Choose ${what}`).int(`Choose ${what}`).min(1, `Choose ${what}`).max(5, `Choose ${what}`);
const riskForm = z.object({
  title: wordsField('what could happen', 300),
  cause: textField(2_000),
  owner: nameField('who answers for it'),
  likelihood: scale('how likely it is'),
  impact: scale('how much it would hurt'),
  aimId: chosenField(),
  actionId: chosenField(),
  reviewDue: dayField(),
  version: versionField(),
});
type RiskForm = z.infer<typeof riskForm>;

const choicesFor = async (work: ReadWork<'strategy' | 'partnership'>): Promise<RiskChoices> => ({
  aims: await listAims(work),
  actions: await actionChoices(work),
});
const typedOf = (body: RiskForm): Typed => ({
  ...typedAgain(body),
  likelihood: String(body.likelihood),
  impact: String(body.impact),
  reviewDue: body.reviewDue === null ? '' : formatDate(body.reviewDue),
});
const unknownChoice = (body: RiskForm, { aims, actions }: RiskChoices): Readonly<Record<string, string>> => ({
  ...(body.aimId !== null && !aims.some(({ id }) => id === body.aimId) && { aimId: 'Choose from the list' }),
  ...(body.actionId !== null &&
    !actions.some(({ id }) => id === body.actionId) && { actionId: 'Choose from the list' }),
});
const isClosed: Refused = { refused: 'conflict', sentence: 'This risk is closed. Its page says why.' };
const example = { title: 'The trainer leaves', owner: 'Licensing manager', likelihood: '3', impact: '2' };

export const riskRoutes: readonly Route[] = [
  get({
    path: '/:partnership/risks',
    about: 'Risks to the plan, the greatest first',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, today, visitor }) => ({
      page: risksPage({ slug: params.partnership, risks: await listRisks(work), today, mayWrite: mayPlan(visitor) }),
    }),
  }),
  get({
    path: '/:partnership/risks/new',
    about: 'Add a risk',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({ page: riskFormPage(params.partnership, undefined, await choicesFor(work)) }),
  }),
  post({
    path: '/:partnership/risks/new',
    about: 'Add a risk',
    access: writtenByPlanners,
    audit: 'RISK_ADDED',
    params: partnershipParams,
    body: riskForm,
    example: ({ partnership }) => ({ params: { partnership }, body: example }),
    async handle({ work, params: { partnership: slug }, body }) {
      const choices = await choicesFor(reading(work));
      const errors = unknownChoice(body, choices);
      if (Object.keys(errors).length > 0)
        return again(riskFormPage(slug, undefined, choices, { typed: typedOf(body), errors }));
      const id = await addRisk(work, body);
      return { seeOther: `${risksHref(slug)}/${id}`, subject: `risk/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: riskFormPage(params.partnership, undefined, await choicesFor(work), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/risks/:id',
    about: 'One risk: its score, its trend, and what makes it less',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('risk') } }),
    handle: async ({ work, params: { partnership, id }, visitor }) => ({
      page: riskPage({
        slug: partnership,
        risk: await getRisk(work, id),
        changes: await historyOf(work, id, strategyWords),
        mayWrite: mayPlan(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/risks/:id/change',
    about: 'Change a risk, or score it again',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('risk') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: riskFormPage(partnership, await getRisk(work, id), await choicesFor(work), {
        version: await versionOf(work, id),
      }),
    }),
  }),
  post({
    path: '/:partnership/risks/:id/change',
    about: 'Change a risk, or score it again',
    access: writtenByPlanners,
    audit: 'RISK_CHANGED',
    params: recordParams,
    body: riskForm,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('risk') }, body: example }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      const risk = await getRisk(reading(work), id);
      if (risk.closedOn !== null) return isClosed;
      const choices = await choicesFor(reading(work));
      const version = await versionOf(reading(work), id);
      const typed = typedOf(body);
      if (isStale(body.version, version))
        return again(riskFormPage(slug, risk, choices, { typed, errors: { '': changedMeanwhile }, version }), 409);
      const errors = unknownChoice(body, choices);
      if (Object.keys(errors).length > 0) return again(riskFormPage(slug, risk, choices, { typed, errors, version }));
      await changeRisk(work, risk, body);
      return { seeOther: `${risksHref(slug)}/${id}`, subject: `risk/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: riskFormPage(partnership, await getRisk(work, id), await choicesFor(work), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/risks/:id/close',
    about: 'Close a risk, with why',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('risk') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: closeRiskPage(partnership, await getRisk(work, id)),
    }),
  }),
  post({
    path: '/:partnership/risks/:id/close',
    about: 'Close a risk, with why',
    access: writtenByPlanners,
    audit: 'RISK_CLOSED',
    params: recordParams,
    body: z.object({ because: wordsField('why it is no risk any more', 1_000) }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('risk-to-close') },
      body: { because: 'The money was found.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      if ((await getRisk(reading(work), id)).closedOn !== null) return isClosed;
      await closeRisk(work, id, today, body.because);
      return { seeOther: `${risksHref(slug)}/${id}`, subject: `risk/${id}`, fields: ['closed_on', 'closed_because'] };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: closeRiskPage(partnership, await getRisk(work, id), { typed, errors }),
    }),
  }),
];
