import { z } from 'zod';
import { type IsoDate } from '../duty/index.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { lacksOf } from './action.ts';
import { listActions, openActions, publishPlan } from './action.store.ts';
import { planColumns } from './action-rows.ts';
import { openToMembers, writtenByPlanners } from './action.routes.ts';
import { planHref } from './plan-address.ts';
import { listAims } from './aim.store.ts';
import { askForDocuments } from './document.routes.ts';
import { dropDocuments, formsKept, planSubject } from './document.store.ts';
import { planDocument, planShown } from './plan-document.ts';
import { getPlanFile, readPlanIn } from './plan-file.store.ts';
import { planFilePage, publishPlanPage, sendPlanPage } from './plan.page.tsx';
import { publicPlanPage } from './public.page.tsx';
import { publishedPlan } from './public.store.ts';
import { publicNames } from './public.store.ts';
import { whyIncomplete } from './strategy.ts';

const { get, post } = rowsOf<'strategy' | 'evidence' | 'partnership' | 'platform' | 'published'>();
const ofAll = rowsOf<'published'>();

/** The open actions that keep the plan from being published, and what each lacks. */
export async function incompleteActions(
  work: ReadWork<'strategy' | 'partnership'>,
): Promise<readonly { readonly id: string; readonly title: string; readonly lacks: readonly string[] }[]> {
  const aims = new Set((await listAims(work)).filter(({ axis }) => axis === 'aim').map(({ id }) => id));
  return (await openActions(work)).flatMap((action) => {
    const lacks = lacksOf({ ...action, hasAim: action.aimIds.some((id) => aims.has(id)) });
    return lacks.length === 0 ? [] : [{ id: action.id, title: action.title, lacks }];
  });
}

const mostShown = 20_000;

async function shownOn(
  work: ReadWork<'strategy' | 'partnership' | 'published'>,
  partnership: { readonly id: string; readonly slug: string; readonly name: string },
  day: IsoDate,
) {
  const { actions } = await listActions(
    work,
    day,
    { state: 'all' },
    { by: 'number', descending: false },
    { limit: mostShown, offset: 0 },
  );
  return planShown({
    partnership,
    day,
    axes: await listAims(work),
    actions,
    names: await publicNames(work, partnership.id),
  });
}

const planFile = new TextEncoder().encode('Action,Done by\nYouth workers at the bus station,late 2026\n');

export const planRoutes: readonly Route[] = [
  get({
    path: '/:partnership/plan/publish',
    about: 'Publish the plan: what keeps it back',
    access: writtenByPlanners,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, visitor }) {
      const last = await publishedPlan(work, visitor.partnership?.id ?? '');
      return {
        page: publishPlanPage({
          slug: params.partnership,
          incomplete: await incompleteActions(work),
          lastOn: last?.publishedOn ?? null,
        }),
      };
    },
  }),
  post({
    path: '/:partnership/plan/publish',
    about: 'Publish the plan as it stands',
    access: writtenByPlanners,
    audit: 'PLAN_PUBLISHED',
    params: partnershipParams,
    body: z.object({}),
    example: ({ partnership }) => ({ params: { partnership }, body: {} }),
    async handle({ work, params, visitor, today, equipment }) {
      const { partnership } = visitor;
      if (partnership === undefined) return notFound;
      const incomplete = await incompleteActions(reading(work));
      if (incomplete.length > 0) {
        const page = publishPlanPage({ slug: params.partnership, incomplete, lastOn: null });
        return again({ ...page, title: whyIncomplete(incomplete).slice(0, 200) });
      }
      await publishPlan(work, today, await shownOn(reading(work), partnership, today));
      await dropDocuments(work, 'plan');
      await askForDocuments(work, equipment.jobs, visitor);
      return { seeOther: `/${params.partnership}/our-plan`, subject: 'plan/published', fields: ['plan'] };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/plan/files/new',
    about: 'Read in the plan that you have as a spreadsheet',
    access: writtenByPlanners,
    audit: { none: 'holds nothing' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({ page: sendPlanPage({ slug: params.partnership, columns: planColumns }) }),
  }),
  post({
    path: '/:partnership/plan/files/new',
    about: 'Read in a plan: what can be read is kept, the rest comes back with reasons',
    access: writtenByPlanners,
    audit: 'PLAN_FILE_TAKEN',
    params: partnershipParams,
    upload: { field: 'file', mostBytes: 10 * 1024 * 1024, missing: 'Choose the file' },
    body: z.object({}),
    example: ({ partnership }) => ({
      params: { partnership },
      body: {},
      file: { name: 'plan.csv', type: 'text/csv', bytes: planFile },
    }),
    async handle({ work, params, files, visitor }) {
      const [file] = files;
      const refuse = (sentence: string) =>
        again(sendPlanPage({ slug: params.partnership, columns: planColumns, errors: { file: sentence } }));
      if (file === undefined) return refuse('Choose the file');
      const read = await readPlanIn(work, file, visitor.person?.id ?? '');
      if (!read.done) return refuse(read.sentence);
      return {
        seeOther: `${planHref(params.partnership)}/files/${read.value}`,
        subject: `plan-file/${read.value}`,
        fields: ['file'],
      };
    },
    invalid: ({ params, errors }) => ({
      page: sendPlanPage({ slug: params.partnership, columns: planColumns, errors }),
    }),
  }),
  get({
    path: '/:partnership/plan/files/:id',
    about: 'What was read of a plan, and what was not',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('plan-file') } }),
    handle: async ({ work, params }) => ({
      page: planFilePage(params.partnership, await getPlanFile(work, params.id)),
    }),
  }),
  get({
    path: '/:partnership/plan/files/:id/refused.csv',
    about: 'The rows of a plan that were not read, each with the reason',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('plan-file') } }),
    async handle({ work, params }) {
      const { refused } = await getPlanFile(work, params.id);
      const columns = planColumns.map(({ name }) => name);
      return {
        file: {
          name: 'plan-to-put-right.csv',
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            [...columns, 'Row', 'Why not'],
            refused.map(({ row, cells, reason }) => [...columns.map((name) => cells[name] ?? ''), row, reason]),
          ),
        },
      };
    },
  }),
  ofAll.get({
    path: '/:partnership/our-plan',
    about: 'What the partnership does, for everybody',
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, visitor: { partnership } }) {
      if (partnership === undefined) return notFound;
      const plan = await publishedPlan(work, partnership.id);
      const forms = plan === undefined ? [] : await formsKept(work, partnership.id, planSubject(plan.shown));
      return { page: publicPlanPage(partnership, plan?.shown, forms) };
    },
  }),
  ofAll.get({
    path: '/:partnership/our-plan.json',
    about: 'What the partnership does, for machines',
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    answers: planDocument,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, visitor: { partnership } }) {
      const plan = partnership === undefined ? undefined : await publishedPlan(work, partnership.id);
      return plan === undefined ? notFound : { json: plan.shown };
    },
  }),
];
