import { noParams, partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { sessionCookie } from '../platform/http/session-cookie.ts';
import { notFound, type Page, type Route } from '../platform/http/route.ts';
import { sessionHours, windowMinutes } from '../platform/identity/session.store.ts';
import { accessibilityPage, cookiesPage, privacyPage, type Whose } from './statement.page.tsx';
import { answerable } from './statement.store.ts';

const { get } = rowsOf<'published'>();
const audit = { none: 'public' } as const;
const privacyFacts = { sessionHours, failureMinutes: windowMinutes };

/** A statement of the installation, and the same of each partnership with its own contact. */
const statement = (name: string, about: string, page: (whose: Whose) => Page): readonly Route[] => [
  get({
    path: `/${name}`,
    about: `${about} of the installation`,
    access: 'public',
    audit,
    params: noParams,
    example: () => ({ params: {} }),
    handle: async ({ work }) => ({ page: page({ partnership: undefined, all: await answerable(work) }) }),
  }),
  get({
    path: `/:partnership/${name}`,
    about: `${about} of a partnership`,
    access: 'public',
    audit,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params }) {
      const all = await answerable(work, params.partnership);
      const [partnership] = all;
      return partnership === undefined ? notFound : { page: page({ partnership, all }) };
    },
  }),
];

export const statementRoutes: readonly Route[] = [
  get({
    path: '/cookies',
    about: 'Which cookies are set, what for and for how long',
    access: 'public',
    audit,
    params: noParams,
    example: () => ({ params: {} }),
    handle: ({ equipment }) => ({
      page: cookiesPage({ name: sessionCookie(equipment.origin).name, hours: sessionHours }),
    }),
  }),
  ...statement('privacy', 'Privacy notice', (whose) => privacyPage(whose, privacyFacts)),
  ...statement('accessibility', 'Accessibility statement', accessibilityPage),
];
