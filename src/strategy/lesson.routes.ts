import { z } from 'zod';
import { chosenField, nameField } from '../partnership/index.ts';
import { reading } from '../platform/database/work.ts';
import { again, typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import type { Route } from '../platform/http/route.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { wordsField } from './fields.ts';
import { listInterventions } from './intervention.store.ts';
import { lessonFormPage, lessonsHref, lessonsPage } from './lesson.page.tsx';
import { addLesson, findLessons } from './lesson.store.ts';

const { get, post } = rowsOf<'strategy' | 'partnership' | 'directory'>();

export const lessonRoutes: readonly Route[] = [
  get({
    path: '/:partnership/lessons',
    about: 'What was learned, to be searched',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    query: z.object({
      words: z
        .string()
        .trim()
        .max(200)
        .optional()
        .transform((words) => (words === '' ? undefined : words)),
    }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, query, visitor }) => ({
      page: lessonsPage({
        slug: params.partnership,
        lessons: await findLessons(work, query.words),
        words: query.words,
        mayWrite: mayPlan(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/lessons/new',
    about: 'Write down what was learned',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({ page: lessonFormPage(params.partnership, await listInterventions(work)) }),
  }),
  post({
    path: '/:partnership/lessons/new',
    about: 'Write down what was learned',
    access: writtenByPlanners,
    audit: 'LESSON_ADDED',
    params: partnershipParams,
    body: z.object({
      title: nameField('what was learned'),
      words: wordsField('what you would do differently, or again', 4_000),
      interventionId: chosenField(),
    }),
    example: ({ partnership }) => ({
      params: { partnership },
      body: { title: 'Ask the young people first', words: 'They knew where the workers should stand.' },
    }),
    async handle({ work, params: { partnership: slug }, body, today }) {
      const interventions = await listInterventions(reading(work));
      const { interventionId, ...lesson } = body;
      if (interventionId !== null && !interventions.some(({ id }) => id === interventionId))
        return again(
          lessonFormPage(slug, interventions, {
            typed: typedAgain(body),
            errors: { interventionId: 'Choose from the list' },
          }),
        );
      const id = await addLesson(work, {
        ...lesson,
        learnedOn: today,
        of: interventionId === null ? null : { kind: 'intervention', id: interventionId },
      });
      return { seeOther: lessonsHref(slug), subject: `lesson/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: lessonFormPage(params.partnership, await listInterventions(work), { typed, errors }),
    }),
  }),
];
