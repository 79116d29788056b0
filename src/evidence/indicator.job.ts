import { z } from 'zod';
import { dayInEngland, systemClock } from '../platform/clock.ts';
import type { Work } from '../platform/database/work.ts';
import { getPartnership } from '../platform/installation.store.ts';
import { defineJob } from '../platform/jobs/job.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { openAreaBook } from './area-book.store.ts';
import { keepIndicatorValues, workOutIndicator } from './indicator-value.store.ts';
import { listIndicators } from './indicator.store.ts';

type Tables = 'evidence' | 'partnership' | 'platform' | 'published';

/** Works out where indicators stand: each is kept as soon as it is there, so that a run that is killed loses one at most. */
export const indicatorValues = defineJob({
  kind: 'indicator-values',
  payload: z.object({ source: z.string().nullable(), by: z.string(), code: z.string() }),
  retries: 2,
  async run({ read, write, payload: { source, by, code }, partnership, equipment, signal, progress }) {
    const { releases } = equipment;
    const today = equipment.standsOn ?? dayInEngland(systemClock());
    const { book, indicators, slug } = await read(async ({ work }) => ({
      book: await openAreaBook(work<'evidence'>(), releases),
      indicators: (await listIndicators(work<'evidence'>())).filter(
        (each) => (source === null || each.source === source) && (each.endedOn === null || each.endedOn >= today),
      ),
      slug: (await getPartnership(work<'platform'>(), partnership)).slug,
    }));
    let [done, worked] = [0, 0];
    for (const indicator of indicators) {
      signal.throwIfAborted();
      progress(done, indicators.length, indicator.name);
      const made = await read(({ work }) =>
        workOutIndicator(work<Tables>(), { releases, book, today, partnership }, indicator),
      );
      await write(async ({ work, audit }) => {
        await keepIndicatorValues(work<Tables>(), indicator, made, { book, by, code });
        audit({ action: 'INDICATOR_WORKED_OUT', subject: `indicator/${indicator.recordId}`, outcome: 'done' });
      });
      done += 1;
      if (made.length > 0) worked += 1;
    }
    return {
      note: `${worked} of ${indicators.length} ${indicators.length === 1 ? 'indicator' : 'indicators'} could be worked out.`,
      href: `/${slug}/indicators`,
    };
  },
});

/** Asks for the values of all indicators, or of those of one source. Gives the id of the job. */
export const askIndicatorValues = (
  work: Work<'platform'>,
  jobs: Jobs,
  asked: { readonly source: string | null; readonly partnership: string; readonly by: string; readonly code: string },
): Promise<string> =>
  jobs.ask(work, {
    definition: indicatorValues,
    payload: { source: asked.source, by: asked.by, code: asked.code },
    title: 'Work out where indicators stand',
    partnership: asked.partnership,
    askedBy: asked.by,
  });
