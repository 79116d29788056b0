import { z } from 'zod';
import { insideAddress } from '../http/inside-address.ts';
import { noParams, rowsOf } from '../http/rows.ts';
import type { Route } from '../http/route.ts';
import { exampleAccounts, examplePassword } from './example-accounts.ts';
import { homePage, signInPage } from './identity.page.tsx';
import { endSession, partnershipsOf, signIn } from './session.store.ts';

const { get, post } = rowsOf<'identity'>();

/** Where to go after signing in: an address inside Concord, never another site. */
const next = z
  .string()
  .max(2_000)
  .refine((address) => insideAddress(address) !== undefined)
  .catch('/home')
  .default('/home');

export const identityRoutes: readonly Route[] = [
  get({
    path: '/sign-in',
    about: 'Sign in',
    access: 'public',
    door: 'identity',
    audit: { none: 'holds nothing of anybody' },
    params: noParams,
    query: z.object({ next }),
    example: () => ({ params: {} }),
    handle: ({ query, visitor, equipment }) =>
      visitor.person === undefined
        ? {
            page: signInPage({
              next: query.next,
              examples:
                equipment.mode === 'example' ? { accounts: exampleAccounts, password: examplePassword } : undefined,
            }),
          }
        : { seeOther: query.next },
  }),
  post({
    path: '/sign-in',
    about: 'Sign in',
    access: 'public',
    door: 'identity',
    audit: 'SIGNED_IN',
    params: noParams,
    body: z.object({
      email: z
        .string('Enter your email address')
        .trim()
        .min(1, 'Enter your email address')
        .max(254, 'Enter a shorter email address'),
      password: z.string('Enter your password').min(1, 'Enter your password').max(1_000, 'Enter a shorter password'),
      next,
    }),
    example: () => ({ params: {}, body: { email: exampleAccounts[0].email, password: examplePassword } }),
    async handle({ work, body, address, moment, equipment }) {
      const opened = await signIn(work, {
        email: body.email,
        password: body.password,
        address,
        key: equipment.failureKey,
        moment,
      });
      if (typeof opened === 'object')
        return { seeOther: body.next, session: opened, subject: `person/${opened.person}` };
      const sentence =
        opened === 'wait'
          ? 'There were too many tries from your network. Wait 15 minutes, then try again'
          : 'The email address or the password is not right. Check both and try again';
      const page = signInPage({ next: body.next, typed: { email: body.email }, errors: { '': sentence } });
      return { page: { ...page, status: opened === 'wait' ? 429 : 422 }, keepRefusal: true };
    },
    invalid: ({ errors, typed }) => ({
      page: signInPage({ next: next.parse(typed['next']), typed: { email: String(typed['email'] ?? '') }, errors }),
    }),
  }),
  post({
    path: '/sign-out',
    about: 'Sign out',
    access: 'person',
    door: 'identity',
    audit: 'SIGNED_OUT',
    params: noParams,
    body: z.object({}),
    example: () => ({ params: {}, body: {} }),
    async handle({ work, visitor }) {
      if (visitor.session !== undefined) await endSession(work, visitor.session);
      return { seeOther: '/', session: 'end', subject: `person/${visitor.person?.id ?? ''}` };
    },
    invalid: () => ({ seeOther: '/' }),
  }),
  get({
    path: '/home',
    about: 'The partnerships that you work in',
    access: 'person',
    door: 'identity',
    audit: { none: 'shows a person their own roles' },
    params: noParams,
    example: () => ({ params: {} }),
    async handle({ work, visitor }) {
      const places = await partnershipsOf(work, visitor.person?.id ?? '');
      return { page: homePage(visitor.person?.name ?? '', places) };
    },
  }),
];
