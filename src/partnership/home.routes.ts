import { noParams, partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { roles } from '../duty/index.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { installationHome, memberHome, partnershipHome } from './home.page.tsx';
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
  get({
    path: '/:partnership/home',
    about: 'Home of whoever works in a partnership',
    access: { anyOf: roles },
    audit: { none: 'shows a person their own roles' },
    params: partnershipParams,
    navigation: { text: 'Home', order: 0 },
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ visitor, params }) => ({ page: memberHome(params.partnership, visitor) }),
  }),
];
