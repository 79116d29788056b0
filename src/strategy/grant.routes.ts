import { z } from 'zod';
import { formatDate, formatMoney, type Pence } from '../duty/index.ts';
import { chosenField, nameField, textField, tickField } from '../partnership/index.ts';
import { reading } from '../platform/database/work.ts';
import { again, typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import type { Route } from '../platform/http/route.ts';
import { actionChoices } from './action.store.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { dayField, moneyField, neededDay } from './fields.ts';
import { categories, grantStates, lineKinds } from './grant.ts';
import { addGrantPage, addLinePage, grantPage, grantsHref, grantsPage } from './grant.page.tsx';
import { addGrant, addGrantLine, getGrant, listGrants } from './grant.store.ts';

const { get, post } = rowsOf<'strategy' | 'partnership'>();

const grantForm = z.object({
  name: nameField('the name of the grant'),
  funder: nameField('who gives it'),
  state: z.enum(grantStates, 'Choose how it stands'),
  labour: moneyField(),
  nonLabour: moneyField(),
  match: moneyField(),
  starts: dayField(),
  ends: neededDay('the day on which it ends'),
  mayCarryOver: tickField(),
  conditions: textField(2_000),
});
const lineForm = z.object({
  kind: z.enum(lineKinds, 'Choose what it is'),
  category: z.enum(categories, 'Choose of which part it is'),
  amount: moneyField().transform((pence, context): Pence => {
    if (pence !== null) return pence;
    context.addIssue({ code: 'custom', message: 'Enter the amount, such as £1,234.50' });
    return z.NEVER;
  }),
  on: neededDay('the day'),
  actionId: chosenField(),
  words: textField(300),
});
const said = (pence: Pence | null): string => (pence === null ? '' : formatMoney(pence));

export const grantRoutes: readonly Route[] = [
  get({
    path: '/:partnership/grants',
    about: 'Grants and bids, and what is left of them',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, today, visitor }) => ({
      page: grantsPage({
        slug: params.partnership,
        grants: await listGrants(work),
        today,
        mayWrite: mayPlan(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/grants/new',
    about: 'Add a grant or a bid',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({ page: addGrantPage(params.partnership) }),
  }),
  post({
    path: '/:partnership/grants/new',
    about: 'Add a grant or a bid',
    access: writtenByPlanners,
    audit: 'GRANT_ADDED',
    params: partnershipParams,
    body: grantForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { name: 'Small grants 2027', funder: 'The hub', state: 'bid', labour: '£1,000.00', ends: '31 March 2028' },
    }),
    async handle({ work, params: { partnership: slug }, body }) {
      const { labour, nonLabour, match, ...rest } = body;
      if (rest.starts !== null && rest.ends < rest.starts)
        return again(
          addGrantPage(slug, {
            typed: {
              ...typedAgain(body),
              labour: said(labour),
              nonLabour: said(nonLabour),
              match: said(match),
              starts: formatDate(rest.starts),
              ends: formatDate(rest.ends),
            },
            errors: { ends: 'The end is before the beginning. Enter a later day' },
          }),
        );
      const id = await addGrant(work, {
        ...rest,
        labourPence: labour ?? 0,
        nonLabourPence: nonLabour ?? 0,
        matchPence: match ?? 0,
      });
      return { seeOther: `${grantsHref(slug)}/${id}`, subject: `grant/${id}`, fields: Object.keys(body) };
    },
    invalid: ({ params, errors, typed }) => ({ page: addGrantPage(params.partnership, { typed, errors }) }),
  }),
  get({
    path: '/:partnership/grants/:id',
    about: 'One grant: what it pays for and how it adds up',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('grant') } }),
    handle: async ({ work, params: { partnership, id }, today, visitor }) => ({
      page: grantPage({ slug: partnership, grant: await getGrant(work, id), today, mayWrite: mayPlan(visitor) }),
    }),
  }),
  get({
    path: '/:partnership/grants/:id/lines/new',
    about: 'Add a line to a grant: allocated, committed, spent, forecast',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('grant') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: addLinePage(partnership, await getGrant(work, id), await actionChoices(work)),
    }),
  }),
  post({
    path: '/:partnership/grants/:id/lines/new',
    about: 'Add a line to a grant: allocated, committed, spent, forecast',
    access: writtenByPlanners,
    audit: 'GRANT_LINE_ADDED',
    params: recordParams,
    body: lineForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('grant') },
      body: { kind: 'spent', category: 'labour', amount: '£120.50', on: '30 May 2026' },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      const grant = await getGrant(reading(work), id);
      const actions = await actionChoices(reading(work));
      const { amount, ...line } = body;
      if (line.actionId !== null && !actions.some((action) => action.id === line.actionId))
        return again(
          addLinePage(slug, grant, actions, {
            typed: { ...typedAgain(body), amount: said(amount), on: formatDate(line.on) },
            errors: { actionId: 'Choose an action from the list' },
          }),
        );
      await addGrantLine(work, id, { ...line, pence: amount });
      return { seeOther: `${grantsHref(slug)}/${id}`, subject: `grant/${id}`, fields: Object.keys(body) };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: addLinePage(partnership, await getGrant(work, id), await actionChoices(work), { typed, errors }),
    }),
  }),
];
