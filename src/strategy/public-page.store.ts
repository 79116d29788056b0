import type { PublicPageRow } from '../platform/public-pages.ts';
import { publishedPlan } from './public.store.ts';
import { publishedStrategies } from './strategy.store.ts';

/** What the slice `strategy` publishes. */
export const strategyPublicPages: readonly PublicPageRow[] = [
  {
    async find(work, partnership) {
      const strategies = await publishedStrategies(work, partnership);
      return strategies.length === 0
        ? undefined
        : { words: 'Our strategy', about: 'What we want to change, and who agreed to it.', href: '/strategy' };
    },
  },
  {
    async find(work, partnership) {
      const plan = await publishedPlan(work, partnership);
      return plan === undefined
        ? undefined
        : { words: 'Our plan', about: 'What is done, by whom, and how far it is.', href: '/our-plan' };
    },
  },
];
