import { z } from 'zod';
import { chosenField, nameField, textField, tickField } from '../partnership/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { again, changedMeanwhile, typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { listActions } from './action.store.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { strategyWords } from './action-words.ts';
import { addAimPage, aimPage, aimsHref, aimsPage, changeAimPage, typedOfAim } from './aim.page.tsx';
import { addAim, changeAim, getAim, leadChoices, listAims, type Aim } from './aim.store.ts';
import { axes } from './aim.ts';
import { isStale, versionField } from './fields.ts';
import { compareAims } from './strategy.ts';
import { strategyOfHub } from './strategy.store.ts';

const { get, post } = rowsOf<'strategy' | 'partnership' | 'platform' | 'published'>();

const aimForm = z.object({
  axis: z.enum(axes, 'Choose whether it is an aim or a priority'),
  title: nameField('the title'),
  words: textField(4_000),
  leadId: chosenField(),
  elsewhere: textField(500),
});
const changeForm = aimForm.extend({ version: versionField(), ended: tickField() });

const held = (aim: Aim) => ({ ...aim, hubAim: aim.hub?.aim ?? null });

async function hubsAims(work: ReadWork<'published'>, partnership: string) {
  const strategy = await strategyOfHub(work, partnership);
  return { strategy, aims: strategy?.aims ?? [] };
}

export const aimRoutes: readonly Route[] = [
  get({
    path: '/:partnership/aims',
    about: 'Aims of the strategy and priorities of the partnership',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, visitor }) {
      const aims = await listAims(work);
      const { strategy, aims: ofHub } = await hubsAims(work, visitor.partnership?.id ?? '');
      return {
        page: aimsPage({
          slug: params.partnership,
          aims,
          compared: compareAims(aims.filter(({ axis }) => axis === 'aim').map(held), ofHub),
          hubTitle: strategy?.title,
          mayWrite: mayPlan(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/aims/new',
    about: 'Add an aim or a priority',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    query: z.object({ axis: z.enum(axes).default('aim') }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, query }) => ({
      page: addAimPage(params.partnership, query.axis, await leadChoices(work)),
    }),
  }),
  post({
    path: '/:partnership/aims/new',
    about: 'Add an aim or a priority',
    access: writtenByPlanners,
    audit: 'AIM_ADDED',
    params: partnershipParams,
    body: aimForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { axis: 'aim', title: 'Fewer young people hurt' },
    }),
    async handle({ work, params: { partnership: slug }, body }) {
      const bodies = await leadChoices(reading(work));
      if (body.leadId !== null && !bodies.some(({ id }) => id === body.leadId))
        return again(
          addAimPage(slug, body.axis, bodies, {
            typed: typedAgain(body),
            errors: { leadId: 'Choose a group from the list' },
          }),
        );
      const { axis, ...wanted } = body;
      const id = await addAim(work, axis, wanted);
      return { seeOther: `${aimsHref(slug)}/${id}`, subject: `${axis}/${id}`, fields: Object.keys(body) };
    },
    async invalid({ work, params, errors, typed }) {
      const axis = typed['axis'] === 'priority' ? 'priority' : 'aim';
      return { page: addAimPage(params.partnership, axis, await leadChoices(work), { typed, errors }) };
    },
  }),
  post({
    path: '/:partnership/aims/take',
    about: 'Take an aim of the hub over',
    access: writtenByPlanners,
    audit: 'AIM_ADDED',
    params: partnershipParams,
    body: z.object({ aim: z.uuid() }),
    example: ({ partnership, idOf }) => ({ params: { partnership }, body: { aim: idOf('hub-aim-not-taken') } }),
    async handle({ work, params: { partnership: slug }, body, visitor }) {
      const { strategy, aims } = await hubsAims(reading(work), visitor.partnership?.id ?? '');
      const hub = aims.find(({ id }) => id === body.aim);
      if (strategy === undefined || hub === undefined) return notFound;
      if ((await listAims(reading(work))).some((aim) => aim.hub?.aim === hub.id))
        return { refused: 'conflict', sentence: 'This aim was taken over already.' };
      const { title, words } = hub;
      const of = { aim: hub.id, strategy: strategy.id, version: strategy.version, title, words };
      const id = await addAim(work, 'aim', { title, words, leadId: null, elsewhere: null, hub: of });
      return { seeOther: `${aimsHref(slug)}/${id}`, subject: `aim/${id}`, fields: ['title', 'words', 'hub'] };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/aims/:id',
    about: 'An aim or a priority: what is done for it',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('aim') } }),
    async handle({ work, params: { partnership: slug, id }, today, visitor }) {
      const { actions } = await listActions(
        work,
        today,
        { state: 'all', aim: id },
        { by: 'number', descending: false },
        { limit: 500, offset: 0 },
      );
      return {
        page: aimPage({
          slug,
          aim: await getAim(work, id),
          actions,
          changes: await historyOf(work, id, strategyWords),
          mayWrite: mayPlan(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/aims/:id/change',
    about: 'Change an aim or a priority, or end it',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('aim') } }),
    handle: async ({ work, params: { partnership: slug, id } }) => ({
      page: changeAimPage(slug, await getAim(work, id), await leadChoices(work), {
        version: await versionOf(work, id),
      }),
    }),
  }),
  post({
    path: '/:partnership/aims/:id/change',
    about: 'Change an aim or a priority, or end it',
    access: writtenByPlanners,
    audit: 'AIM_CHANGED',
    params: recordParams,
    body: changeForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('plan-priority') },
      body: { axis: 'priority', title: 'Serious violence' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      const aim = await getAim(reading(work), id);
      const bodies = await leadChoices(reading(work));
      const version = await versionOf(reading(work), id);
      const page = (errors: Readonly<Record<string, string>>) =>
        changeAimPage(slug, aim, bodies, { typed: typedAgain({ ...body, ended: body.ended }), errors, version });
      if (isStale(body.version, version)) return again(page({ '': changedMeanwhile }), 409);
      if (body.leadId !== null && !bodies.some((each) => each.id === body.leadId))
        return again(page({ leadId: 'Choose a group from the list' }));
      const { title, words, leadId, elsewhere, ended } = body;
      await changeAim(work, id, { title, words, leadId, elsewhere, endedOn: ended ? (aim.endedOn ?? today) : null });
      return {
        seeOther: `${aimsHref(slug)}/${id}`,
        subject: `${aim.axis}/${id}`,
        fields: Object.keys(typedOfAim(aim)),
      };
    },
    invalid: async ({ work, params: { partnership: slug, id }, errors, typed }) => ({
      page: changeAimPage(slug, await getAim(work, id), await leadChoices(work), { typed, errors }),
    }),
  }),
];
