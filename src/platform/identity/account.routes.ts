import { z } from 'zod';
import { reading } from '../database/work.ts';
import { noParams, rowsOf } from '../http/rows.ts';
import type { Refused, Route } from '../http/route.ts';
import { emailOf, setPassword } from './account.store.ts';
import { emailField, newPasswordField } from './account-form.ts';
import { accountPage, changePasswordPage, forgottenPage, forgottenSentPage, newPasswordPage } from './account.page.tsx';
import { exampleAccounts, examplePassword } from './example-accounts.ts';
import { hashPassword } from './password.ts';
import { askForReset, canReset, takeReset } from './password-reset.store.ts';
import { endSessionsOf, openSession, partnershipsOf, provePassword, sessionsOf } from './session.store.ts';

const { get, post } = rowsOf<'identity' | 'platform'>();

const tokenParams = z.object({ token: z.string().max(100) });
const none = { none: 'opens with a link that a letter brings, once' };

const worthless: Refused = {
  refused: 'not-found',
  sentence:
    'This link sets no password any more. It works once, and for one hour. Ask for a new one on the sign-in page, under “Forgotten your password?”.',
};

const letter = (origin: string) => (path: string) => ({
  subject: 'Choose a new password',
  body: [
    'Somebody, most likely you, asked for a new password here. Open this link to choose it:',
    `${origin}${path}`,
    'The link works once, for one hour. If you did not ask for it, do nothing: your password stays as it is.',
    '',
  ].join('\n\n'),
});

/** An account of one's own: it belongs to a person, and to no partnership. */
export const accountRoutes: readonly Route[] = [
  get({
    path: '/sign-in/forgotten',
    about: 'Ask for a link with which to choose a new password',
    access: 'public',
    door: 'identity',
    audit: { none: 'holds nothing of anybody' },
    params: noParams,
    example: () => ({ params: {} }),
    handle: ({ equipment }) => ({ page: forgottenPage(equipment.sendsMail) }),
  }),
  post({
    path: '/sign-in/forgotten',
    about: 'Ask for a link with which to choose a new password',
    access: 'public',
    door: 'identity',
    audit: 'NEW_PASSWORD_ASKED',
    params: noParams,
    body: z.object({ email: emailField() }),
    example: () => ({ params: {}, body: { email: exampleAccounts[0].email } }),
    async handle({ work, body, address, moment, equipment }) {
      if (equipment.sendsMail)
        await askForReset(work, {
          email: body.email,
          address,
          key: equipment.failureKey,
          moment,
          letter: letter(equipment.origin),
        });
      return { seeOther: '/sign-in/forgotten/sent' };
    },
    invalid: ({ errors, typed, equipment }) => ({
      page: forgottenPage(equipment.sendsMail, String(typed['email'] ?? ''), errors),
    }),
  }),
  get({
    path: '/sign-in/forgotten/sent',
    about: 'What happens after asking for a new password: the same for every address',
    access: 'public',
    door: 'identity',
    audit: { none: 'holds nothing of anybody' },
    params: noParams,
    example: () => ({ params: {} }),
    handle: () => ({ page: forgottenSentPage() }),
  }),
  get({
    path: '/sign-in/new-password/:token',
    about: 'Choose a new password (by a link that works once)',
    access: 'public',
    door: 'identity',
    audit: { none: 'shows an empty form' },
    params: tokenParams,
    example: () => none,
    handle: async ({ work, params: { token }, moment }) =>
      (await canReset(work, token, moment)) ? { page: newPasswordPage(token) } : worthless,
  }),
  post({
    path: '/sign-in/new-password/:token',
    about: 'Choose a new password (by a link that works once)',
    access: 'public',
    door: 'identity',
    audit: 'NEW_PASSWORD_SET',
    params: tokenParams,
    body: z.object({ password: newPasswordField() }),
    example: () => none,
    async handle({ work, params: { token }, body, moment }) {
      const person = await takeReset(work, token, moment);
      if (person === undefined) return worthless;
      await setPassword(work, person, await hashPassword(body.password));
      await endSessionsOf(work, person);
      return { seeOther: '/home', session: await openSession(work, person, moment), subject: `person/${person}` };
    },
    invalid: async ({ work, params: { token }, moment, errors }) =>
      (await canReset(work, token, moment)) ? { page: newPasswordPage(token, errors) } : worthless,
  }),
  get({
    path: '/account',
    about: 'Your account: where you work, and where you are signed in',
    access: 'person',
    door: 'identity',
    audit: { none: 'shows a person what is their own' },
    params: noParams,
    example: () => ({ params: {} }),
    async handle({ work, visitor, moment }) {
      const { id, name } = visitor.person ?? { id: '', name: '' };
      return {
        page: accountPage({
          name,
          email: await emailOf(work, id),
          places: await partnershipsOf(work, id),
          sessions: await sessionsOf(work, id, { token: visitor.session, moment }),
        }),
      };
    },
  }),
  get({
    path: '/account/password',
    about: 'Change your password',
    access: 'person',
    door: 'identity',
    audit: { none: 'shows an empty form' },
    params: noParams,
    example: () => ({ params: {} }),
    handle: () => ({ page: changePasswordPage() }),
  }),
  post({
    path: '/account/password',
    about: 'Change your password',
    access: 'person',
    door: 'identity',
    audit: 'PASSWORD_CHANGED',
    params: noParams,
    body: z.object({
      current: z
        .string('Enter your password')
        .min(1, 'Enter the password that you have now')
        .max(1_000, 'Enter a shorter password'),
      password: newPasswordField(),
    }),
    example: () => ({ params: {}, body: { current: examplePassword, password: examplePassword } }),
    async handle({ work, body, visitor, address, equipment }) {
      const person = visitor.person?.id ?? '';
      const proved = await provePassword(work, {
        email: await emailOf(reading(work), person),
        password: body.current,
        address,
        key: equipment.failureKey,
      });
      if (typeof proved === 'string') {
        const sentence =
          proved === 'wait'
            ? 'There were too many tries. Wait 15 minutes, then try again'
            : 'That is not your password now. Enter it again';
        const page = changePasswordPage({ current: sentence });
        return {
          page: { ...page, status: proved === 'wait' ? 429 : 422 },
          keepRefusal: true,
          subject: `person/${person}`,
        };
      }
      await setPassword(work, person, await hashPassword(body.password));
      await endSessionsOf(work, person, visitor.session);
      return { seeOther: '/account', subject: `person/${person}` };
    },
    invalid: ({ errors }) => ({ page: changePasswordPage(errors) }),
  }),
  post({
    path: '/account/sign-out-everywhere',
    about: 'Sign out everywhere',
    access: 'person',
    door: 'identity',
    audit: 'SIGNED_OUT_EVERYWHERE',
    params: noParams,
    body: z.object({}),
    example: () => ({ params: {}, body: {} }),
    async handle({ work, visitor }) {
      const person = visitor.person?.id ?? '';
      await endSessionsOf(work, person);
      return { seeOther: '/', session: 'end', subject: `person/${person}` };
    },
    invalid: () => ({ seeOther: '/account' }),
  }),
];
