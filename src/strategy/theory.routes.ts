import { z } from 'zod';
import { chosenField, textField } from '../partnership/index.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { again, typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { actionChoices } from './action.store.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { wordsField } from './fields.ts';
import { listMeasures } from './measure.store.ts';
import { addArrowPage, addStepPage, theoryHref, theoryPage, type TheoryChoices } from './theory.page.tsx';
import {
  addTheoryStep,
  keepArrow,
  keepTheoryBlocks,
  mostSteps,
  removeTheoryStep,
  theoryBlocks,
  theoryOf,
} from './theory.store.ts';
import { grades, stages, whyNoArrow } from './theory.ts';

const { get, post } = rowsOf<'strategy' | 'evidence' | 'partnership'>();

const choicesFor = async (work: ReadWork<'strategy' | 'evidence' | 'partnership'>): Promise<TheoryChoices> => ({
  actions: await actionChoices(work),
  measures: await listMeasures(work),
});

const stepForm = z.object({
  stage: z.enum(stages, 'Choose what kind of step it is'),
  words: wordsField('the step', 300),
  actionId: chosenField(),
  measureId: chosenField(),
});
const arrowForm = z.object({
  fromId: z.uuid('Choose a step from the list'),
  toId: z.uuid('Choose a step from the list'),
  assumption: wordsField('what has to be true', 500),
  grade: z.enum(grades, 'Choose how well it is known').default('untested'),
  risk: textField(500),
});

export const theoryRoutes: readonly Route[] = [
  get({
    path: '/:partnership/theory',
    about: 'Theory of change: why we think that it will work, and what nobody has tested',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: theoryPage({
        slug: params.partnership,
        theory: await theoryOf(work),
        blocks: await theoryBlocks(work),
        mayWrite: mayPlan(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/theory/steps/new',
    about: 'Add a step to the theory of change',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({ page: addStepPage(params.partnership, await choicesFor(work)) }),
  }),
  post({
    path: '/:partnership/theory/steps/new',
    about: 'Add a step to the theory of change',
    access: writtenByPlanners,
    audit: 'THEORY_CHANGED',
    params: partnershipParams,
    body: stepForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { stage: 'outcome', words: 'Young people feel safe' },
    }),
    async handle({ work, params: { partnership: slug }, body }) {
      const choices = await choicesFor(reading(work));
      const errors: Record<string, string> = {};
      if (body.actionId !== null && !choices.actions.some(({ id }) => id === body.actionId))
        errors['actionId'] = 'Choose an action from the list';
      if (body.measureId !== null && !choices.measures.some(({ id }) => id === body.measureId))
        errors['measureId'] = 'Choose a measure from the list';
      if (Object.keys(errors).length === 0 && !(await addTheoryStep(work, body)))
        errors['words'] = `There are ${mostSteps} steps already. Remove one first`;
      if (Object.keys(errors).length > 0) return again(addStepPage(slug, choices, { typed: typedAgain(body), errors }));
      return { seeOther: theoryHref(slug), subject: 'theory/steps', fields: ['steps'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: addStepPage(params.partnership, await choicesFor(work), { typed, errors }),
    }),
  }),
  post({
    path: '/:partnership/theory/steps/:id/remove',
    about: 'Take a step out of the theory of change, with its arrows',
    access: writtenByPlanners,
    audit: 'THEORY_CHANGED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('theory-step') }, body: {} }),
    async handle({ work, params: { partnership: slug, id } }) {
      await removeTheoryStep(work, id);
      return { seeOther: theoryHref(slug), subject: `theory-step/${id}`, fields: ['steps'] };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/theory/arrows/new',
    about: 'Draw an arrow of the theory of change',
    access: writtenByPlanners,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({ page: addArrowPage(params.partnership, (await theoryOf(work)).steps) }),
  }),
  post({
    path: '/:partnership/theory/arrows/new',
    about: 'Draw an arrow of the theory of change',
    access: writtenByPlanners,
    audit: 'THEORY_CHANGED',
    params: partnershipParams,
    body: arrowForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership },
      body: { fromId: idOf('theory-need'), toId: idOf('theory-outcome'), assumption: 'help comes in time' },
    }),
    async handle({ work, params: { partnership: slug }, body }) {
      const { steps } = await theoryOf(reading(work));
      const of = (id: string) => steps.find((step) => step.id === id);
      const why = whyNoArrow(of(body.fromId), of(body.toId));
      if (why !== undefined)
        return again(addArrowPage(slug, steps, { typed: typedAgain(body), errors: { toId: why } }));
      await keepArrow(work, body);
      return { seeOther: theoryHref(slug), subject: 'theory/arrows', fields: ['arrows'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: addArrowPage(params.partnership, (await theoryOf(work)).steps, { typed, errors }),
    }),
  }),
  post({
    path: '/:partnership/theory/setting',
    about: 'Say whether gaps of the theory of change keep a strategy from being published',
    access: writtenByPlanners,
    audit: 'THEORY_SETTING_KEPT',
    params: partnershipParams,
    body: z.object({ blocks: z.enum(['yes', 'no'], 'Choose yes or no') }),
    example: ({ partnership }) => ({ params: { partnership }, body: { blocks: 'no' } }),
    async handle({ work, params: { partnership: slug }, body }) {
      await keepTheoryBlocks(work, body.blocks === 'yes');
      return { seeOther: theoryHref(slug), subject: 'theory/setting', fields: ['theory_blocks'] };
    },
    invalid: () => notFound,
  }),
];
