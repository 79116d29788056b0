import { evidencePublicPages } from '../evidence/public-page.store.ts';
import type { PublicPageRow } from '../platform/public-pages.ts';
import { strategyPublicPages } from '../strategy/public-page.store.ts';

/** What every slice publishes, in the order of the public home. */
export const publicPages: readonly PublicPageRow[] = [...evidencePublicPages, ...strategyPublicPages];
