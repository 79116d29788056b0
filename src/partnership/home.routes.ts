import { noParams, partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { installationHome, partnershipHome } from './home.page.tsx';
import { publicPartnerships } from './home.store.ts';

const { get } = rowsOf<'published'>();

export const homeRoutes: readonly Route[] = [
  get({
    path: '/',
    about: 'Public home of the installation',
    access: 'public',
    audit: { none: 'public' },
    params: noParams,
    example: () => ({ params: {} }),
    handle: async ({ work, equipment }) => ({ page: installationHome(await publicPartnerships(work), equipment.mode) }),
  }),
  get({
    path: '/:partnership',
    about: 'Public home of a partnership',
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ visitor }) =>
      visitor.partnership === undefined ? notFound : { page: partnershipHome(visitor.partnership.name) },
  }),
];
