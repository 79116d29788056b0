import { z } from 'zod';
import { partnershipParams, noParams, rowsOf } from '../platform/http/rows.ts';
import { roles } from '../duty/index.ts';
import type { ReadWork, Schema } from '../platform/database/work.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { needsOf, type NeedRow } from '../platform/needs.ts';
import type { PublicPage, PublicPageRow } from '../platform/public-pages.ts';
import { installationHome, memberHome, partnershipHome } from './home.page.tsx';
import { publicPartnerships, publicRegister, setUpState } from './home.store.ts';

const { get } = rowsOf<'published'>();
/** The home of a person asks every slice what needs them, so its unit of work may name every slice's tables. */
const { get: getOfAll } = rowsOf<Schema>();

/** What the slices have published of a partnership, in their order. */
async function pagesOf(
  rows: readonly PublicPageRow[],
  work: ReadWork<'published'>,
  partnership: string,
): Promise<readonly PublicPage[]> {
  const pages: PublicPage[] = [];
  // One after the other: they share one connection.
  for (const row of rows) {
    const page = await row.find(work, partnership);
    if (page !== undefined) pages.push(page);
  }
  return pages;
}

/**
 * @param needs what may need somebody, of every slice
 * @param publicPages what every slice publishes
 */
export const homeRoutes = (
  needs: readonly NeedRow<Schema>[],
  publicPages: readonly PublicPageRow[],
): readonly Route[] => [
  get({
    path: '/',
    about: 'Public home of the installation',
    access: 'public',
    audit: { none: 'public' },
    params: noParams,
    query: z.object({ place: z.string().trim().max(200).catch('').default('') }),
    example: () => ({ params: {} }),
    handle: async ({ work, equipment, query: { place } }) => ({
      page: installationHome({ partnerships: await publicPartnerships(work, place), place, mode: equipment.mode }),
    }),
  }),
  get({
    path: '/:partnership',
    about: 'Public home of a partnership',
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, visitor: { partnership } }) {
      if (partnership === undefined) return notFound;
      const { id, slug, name, look } = partnership;
      const pages = await pagesOf(publicPages, work, id);
      return {
        page: partnershipHome({ slug, name, logo: look.logo, register: await publicRegister(work, id), pages }),
      };
    },
  }),
  getOfAll({
    path: '/:partnership/home',
    about: 'Home of whoever works in a partnership: what needs them',
    access: { anyOf: roles },
    audit: { none: 'shows what the register shows to every role' },
    params: partnershipParams,
    navigation: { text: 'Home', order: 0 },
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, visitor, params, today }) {
      const held = visitor.roles;
      const keepsRegister = held.includes('administrator') || held.includes('coordinator');
      return {
        page: memberHome({
          slug: params.partnership,
          visitor,
          today,
          needs: await needsOf(needs, held, { work, person: visitor.person?.id ?? '', today }),
          pages: await pagesOf(publicPages, work, visitor.partnership?.id ?? ''),
          setUp: keepsRegister ? await setUpState(work, today) : undefined,
        }),
      };
    },
  }),
];
