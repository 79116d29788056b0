import { z } from 'zod';
import { rowsOf } from '../platform/http/rows.ts';
import type { Refused, Route } from '../platform/http/route.ts';
import { openSession } from '../platform/identity/session.store.ts';
import { noPartnership } from '../platform/audit/audit.store.ts';
import type { Links } from '../platform/links/links.ts';
import { slugOf } from '../duty/index.ts';
import { emailField, newPasswordField, personNameField } from '../platform/identity/account-form.ts';
import { addressFor } from './set-up.ts';
import { setUpPage } from './set-up.page.tsx';
import { isEmpty, setUp } from './set-up.store.ts';

const { get, post } = rowsOf<'identity' | 'platform' | 'published'>();

const purpose = 'set-up';
const days = 7;

const worthless: Refused = {
  refused: 'not-found',
  sentence: 'This link sets up nothing any more: its time is over, or the partnership was set up already.',
};

/** The path of the link that the operator gets at the first start of an empty installation. */
export function setUpPath(links: Links, moment: Date): string {
  const expires = Math.floor(moment.getTime() / 1_000) + days * 86_400;
  return `/set-up/${links.sign({ id: 'first', purpose, partnership: noPartnership, expires })}`;
}

/** What the first administrator of an empty installation is asked for. */
const setUpForm = z.object({
  partnership: z
    .string('Enter the name of your partnership')
    .trim()
    .max(200, 'Enter a name of at most 200 characters')
    .refine((name) => slugOf(name).done, 'Enter the name of your partnership'),
  kind: z.enum(['area', 'hub'], 'Choose what you set up').default('area'),
  name: personNameField('your name'),
  email: emailField(),
  password: newPasswordField(),
});

const params = z.object({ token: z.string().max(600) });
const none = { none: 'opens with a signed link to an empty installation only' };

export const setUpRoutes: readonly Route[] = [
  get({
    path: '/set-up/:token',
    about: 'Set up the first partnership of an empty installation (by signed link)',
    access: 'public',
    door: 'identity',
    audit: { none: 'shows an empty form' },
    params,
    example: () => none,
    async handle({ work, params: { token }, moment, equipment }) {
      if (typeof equipment.links.read(token, purpose, moment) === 'string' || !(await isEmpty(work))) return worthless;
      return { page: setUpPage({ token }) };
    },
  }),
  post({
    path: '/set-up/:token',
    about: 'Set up the first partnership of an empty installation (by signed link)',
    access: 'public',
    door: 'identity',
    audit: 'PARTNERSHIP_SET_UP',
    params,
    body: setUpForm,
    example: () => none,
    async handle({ work, params: { token }, body, moment, equipment }) {
      if (typeof equipment.links.read(token, purpose, moment) === 'string') return worthless;
      const slug = addressFor(body.partnership);
      const person = await setUp(work, { ...body, slug });
      if (person === undefined) return worthless;
      return {
        seeOther: `/${slug}/home`,
        session: await openSession(work, person, moment),
        subject: `person/${person}`,
      };
    },
    invalid: ({ params: { token }, errors, typed }) => ({ page: setUpPage({ token, typed, errors }) }),
  }),
];
