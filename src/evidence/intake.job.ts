import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dayInEngland, systemClock } from '../platform/clock.ts';
import { getPartnership } from '../platform/installation.store.ts';
import { defineJob, type JobResult, type JobRun } from '../platform/jobs/job.ts';
import { getJob } from '../platform/jobs/job.store.ts';
import { formatOf } from './formats/index.ts';
import { endIntake, getIntake, noteChecked } from './intake.store.ts';
import { checkLoad, clearStage } from './load.store.ts';
import { mappingUsed } from './mapping.store.ts';
import { placesFor } from './places.store.ts';

const payload = z.object({ intake: z.uuid() });
type Run = JobRun<z.infer<typeof payload>>;

/**
 * Checks the files of a load, so that somebody can decide on it. A run that was killed left nothing that anybody sees: the
 * next begins again with the files as they were sent.
 */
export const evidenceCheck = defineJob({
  kind: 'evidence-check',
  payload,
  retries: 3,
  async run(run) {
    try {
      return await check(run);
    } catch (error) {
      // Where the process has to stop, another takes the job; only somebody's word ends the load.
      if (run.signal.aborted && (await isCancelled(run))) await end(run, 'left', null);
      throw error;
    }
  },
});

async function check(run: Run): Promise<JobResult> {
  const { read, write, equipment, signal, progress, partnership } = run;
  const { releases } = equipment;
  const id = run.payload.intake;
  const { intake, slug } = await read(async ({ work }) => ({
    intake: await getIntake(work<'evidence' | 'platform'>(), id),
    slug: (await getPartnership(work<'platform'>(), partnership)).slug,
  }));
  const href = `/${slug}/intake/${id}`;
  if (intake.state !== 'checking') return { note: 'This load had ended before it was checked.', href };
  const refuse = async (sentence: string): Promise<JobResult> => {
    await end(run, 'refused', sentence);
    return { note: sentence, href };
  };
  const format = formatOf(intake.source);
  const { onlyMonth, replaceMonths, mapping, agreementId, senderId = null } = intake.options;
  const folder = join(releases.folder.incoming, intake.folder);
  const places = await read(({ work }) => placesFor(work<'evidence'>(), releases, format));
  const used =
    mapping === null
      ? undefined
      : await read(({ work }) => mappingUsed(work<'evidence' | 'partnership'>(), mapping, intake.source));
  if (mapping !== null && used === undefined)
    return refuse('The mapping that was chosen is not there for this source.');
  const outcome = await checkLoad(
    {
      releases,
      ...(places === undefined ? {} : { places }),
      today: equipment.standsOn ?? dayInEngland(systemClock()),
      read: (act) => read(({ work }) => act(work())),
      signal,
      progress,
    },
    {
      format,
      sent: intake.files.map(({ name }, place) => ({ path: join(folder, String(place)), name })),
      replaceMonths,
      ...(onlyMonth === null ? {} : { onlyMonths: [onlyMonth] }),
      ...(used === undefined ? {} : { mapping: used }),
      agreementId,
      senderId,
    },
  );
  if (!outcome.done) return refuse(outcome.sentence);
  const load = outcome.value;
  // What was found is of no use where somebody left the load meanwhile, or where the records cannot keep it.
  const isKept = await write(({ work }) => noteChecked(work<'evidence'>(), id, load)).catch(async (error: unknown) => {
    await clearStage(releases.folder, load);
    throw error;
  });
  if (!isKept) {
    await clearStage(releases.folder, load);
    return { note: 'Somebody decided against this load while it was checked.', href };
  }
  const { read: rows } = load.rows;
  return { note: `${rows.toLocaleString('en-GB')} ${rows === 1 ? 'row was' : 'rows were'} checked.`, href };
}

/** The load comes to nothing: its files are not needed any more. */
async function end(
  { read, write, payload: { intake }, equipment }: Run,
  state: 'refused' | 'left',
  sentence: string | null,
) {
  const { folder } = await read(({ work }) => getIntake(work<'evidence' | 'platform'>(), intake));
  await write(({ work }) => endIntake(work<'evidence'>(), intake, state, sentence));
  await rm(join(equipment.releases.folder.incoming, folder), { recursive: true, force: true });
}

async function isCancelled({ read, id }: Run): Promise<boolean> {
  return (await read(({ work }) => getJob(work<'platform'>(), id))).cancelAskedAt !== null;
}
