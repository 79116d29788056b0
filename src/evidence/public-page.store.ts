import { formatMonth } from '../duty/index.ts';
import type { PublicPageRow } from '../platform/public-pages.ts';
import { publishedDefinitions } from './definition.store.ts';
import { publishedAssessments } from './workbench.store.ts';

/** What the slice `evidence` publishes. */
export const evidencePublicPages: readonly PublicPageRow[] = [
  {
    async find(work, partnership) {
      const [newest] = await publishedAssessments(work, partnership);
      return newest === undefined
        ? undefined
        : {
            words: 'What we know about violence here',
            about: `The newest assessment is about ${formatMonth(newest.from)} to ${formatMonth(newest.to)}.`,
            href: '/assessments',
          };
    },
  },
  {
    async find(work, partnership) {
      const definitions = await publishedDefinitions(work, partnership);
      return definitions.length === 0
        ? undefined
        : {
            words: 'What we count as serious violence',
            about: 'What is in and what is not, why, and who decided.',
            href: '/definition',
          };
    },
  },
];
