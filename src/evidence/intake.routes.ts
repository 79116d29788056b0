import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { parsePeriod, roles, type Month } from '../duty/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import type { Equipment } from '../platform/http/equipment.ts';
import { sizeInWords } from '../platform/http/input.ts';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route, type Visitor } from '../platform/http/route.ts';
import { askToCancel, getJob, type JobSeen } from '../platform/jobs/job.store.ts';
import { changesAsCsv, changesAsJson, changesOfLoad } from './change-list.store.ts';
import { formatOf, formats } from './formats/index.ts';
import { skippedInWords } from './intake.ts';
import { askIndicatorValues } from './indicator.job.ts';
import { listIndicators } from './indicator.store.ts';
import { evidenceCheck } from './intake.job.ts';
import {
  intakeListPage,
  intakePage,
  intakesPerPage,
  mayLoad,
  newIntakePage,
  type IntakeShown,
} from './intake.page.tsx';
import {
  addIntake,
  agreementsOn,
  organisationsToChoose,
  endIntake,
  getIntake,
  listIntakes,
  lockIntake,
  noteCheckBegun,
  noteLoaded,
  titleOfAgreement,
  type Intake,
} from './intake.store.ts';
import { agreementFor, clearStage, keepLoad, quarantinePath } from './load.store.ts';
import { listMappings } from './mapping.store.ts';
import { formatNames } from './source.ts';

const { get, post } = rowsOf<'evidence' | 'exchange' | 'partnership' | 'platform'>();
type Reads = ReadWork<'evidence' | 'exchange' | 'partnership' | 'platform'>;
type Writes = Work<'evidence' | 'exchange' | 'partnership' | 'platform'>;

const loaders = { anyOf: mayLoad } as const;
/** Who may look at what a load is about: its reasons tell of single rows. */
const readers = { anyOf: [...mayLoad, 'information-governance'] } as const;
const holds = ({ roles: held }: Visitor, wanted: readonly string[]): boolean =>
  held.some((role) => wanted.includes(role));

/** `April 2026`, or any other spelling of one month. */
const oneMonth = z
  .string()
  .max(200)
  .default('')
  .transform((typed, context): Month | null => {
    if (typed.trim() === '') return null;
    const period = parsePeriod(typed);
    if (period.done && period.value.from === period.value.to) return period.value.from;
    context.addIssue({ code: 'custom', message: 'Enter one month, such as April 2026' });
    return z.NEVER;
  });

const wanted = z.object({
  source: z.enum(formatNames, 'Choose what kind of files they are'),
  agreement: z.union([z.literal(''), z.uuid()], 'Choose an agreement of the list').default(''),
  sender: z.union([z.literal(''), z.uuid()], 'Choose a partner of the list').default(''),
  mapping: z.union([z.literal(''), z.uuid()], 'Choose a mapping of the list').default(''),
  month: oneMonth,
  replace: z.literal('yes', 'Tick the box, or leave it empty').optional(),
});

const exampleFile = new TextEncoder().encode(
  'Month,Reported by,Falls within,Crime type\n2026-03,Merrowshire Constabulary,Merrowshire Constabulary,Robbery\n',
);

/** @param code version of Concord that works out what follows from a load */
export const intakeRoutes = (code: string): readonly Route[] => [
  get({
    path: '/:partnership/intake',
    about: 'Loads: files that partners sent, and what became of them',
    access: { anyOf: roles },
    audit: { none: 'names of files and states only' },
    params: partnershipParams,
    query: z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) }),
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query: { page }, visitor }) {
      const { intakes, count } = await listIntakes(work, {
        limit: intakesPerPage,
        offset: (page - 1) * intakesPerPage,
      });
      if (intakes.length === 0 && page > 1) return notFound;
      return {
        page: intakeListPage({
          slug: params.partnership,
          intakes,
          count,
          page,
          titleOf: (source) => formatOf(source).title,
          mayWrite: holds(visitor, mayLoad),
          maySee: holds(visitor, readers.anyOf),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/intake/new',
    about: 'Load files of a partner',
    access: loaders,
    audit: { none: 'holds nothing' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, today }) => ({
      page: newIntakePage({
        slug: params.partnership,
        formats,
        agreements: await agreementsOn(work, today),
        organisations: await organisationsToChoose(work),
        mappings: await mappingsToChoose(work),
      }),
    }),
  }),
  post({
    path: '/:partnership/intake/new',
    about: 'Load files of a partner',
    access: loaders,
    audit: 'INTAKE_ASKED',
    params: partnershipParams,
    largeUpload: { field: 'files', mostFiles: 100, mostBytes: 2_000_000_000, missing: 'Choose the files to load' },
    body: wanted,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { source: 'police-uk-street' },
      file: { name: '2026-03-merrowshire-street.csv', type: 'text/csv', bytes: exampleFile },
    }),
    async handle({ work, params, body, stored, visitor, equipment }) {
      const [first] = stored;
      if (first === undefined || visitor.partnership === undefined) return notFound;
      const id = await addIntake(work, {
        source: body.source,
        onlyMonth: body.month,
        replaceMonths: body.replace === 'yes',
        mapping: body.mapping === '' ? null : body.mapping,
        agreementId: body.agreement === '' ? null : body.agreement,
        senderId: body.sender === '' ? null : body.sender,
        folder: basename(dirname(first.path)),
        files: stored.map(({ name, sha256, size }) => ({ name, sha256, bytes: size })),
        by: visitor.person?.id ?? '',
      });
      await askForCheck(work, equipment, visitor, await getIntake(reading(work), id));
      return { seeOther: `/${params.partnership}/intake/${id}`, subject: `intake/${id}`, fields: ['files'] };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: newIntakePage({
        slug: params.partnership,
        formats,
        agreements: await agreementsOn(work, today),
        organisations: await organisationsToChoose(work),
        mappings: await mappingsToChoose(work),
        errors,
        typed,
      }),
    }),
  }),
  get({
    path: '/:partnership/intake/:id',
    about: 'One load: how far its check is, what was found, and what would change',
    access: readers,
    audit: { none: 'counts and reasons only' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('load') } }),
    handle: async ({ work, params, visitor, equipment }) => ({
      page: intakePage(await shownOf(work, params, visitor, equipment)),
    }),
  }),
  get({
    path: '/:partnership/intake/:id/events',
    about: 'The check of a load as it goes on (server-sent events)',
    access: readers,
    audit: { none: 'state only' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('load') } }),
    async handle({ work, params }) {
      await getIntake(work, params.id);
      return {
        follow: {
          everyMilliseconds: 500,
          async read(now) {
            const { jobId, state } = await getIntake(now, params.id);
            const job = jobId === null ? undefined : await getJob(now, jobId);
            const ended = state !== 'checking';
            const at = job ?? { done: 0, total: null };
            return {
              event: { done: at.done, total: at.total, text: job === undefined ? '' : checkText(job), ended },
              last: ended,
            };
          },
        },
      };
    },
  }),
  get({
    path: '/:partnership/intake/:id/changes.csv',
    about: 'What a load would change, by month and category, as CSV',
    access: readers,
    audit: { none: 'counts only' },
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('load') } }),
    async handle({ work, params, equipment }) {
      const changes = await changesOf(work, await getIntake(work, params.id), equipment);
      if (changes === null) return notFound;
      return {
        file: { name: 'changes.csv', type: 'text/csv; charset=utf-8', body: changesAsCsv(changes) },
      };
    },
  }),
  get({
    path: '/:partnership/intake/:id/changes.json',
    about: 'What a load would change, by month and category, as JSON',
    access: readers,
    audit: { none: 'counts only' },
    params: recordParams,
    answers: z.looseObject({ changes: z.array(z.unknown()) }),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('load') } }),
    async handle({ work, params, equipment }) {
      const changes = await changesOf(work, await getIntake(work, params.id), equipment);
      return changes === null ? notFound : { json: changesAsJson(changes) };
    },
  }),
  get({
    path: '/:partnership/intake/:id/quarantine.csv',
    about: 'The rows of a load that were not taken, with the reason beside each, to put them right',
    access: loaders,
    audit: 'QUARANTINE_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('load') } }),
    async handle({ work, params, visitor, equipment }) {
      const { checked, state } = await getIntake(work, params.id);
      if (checked === null || !checked.hasQuarantine || !['ready', 'loaded'].includes(state)) return notFound;
      const { folder } = equipment.releases;
      const path =
        state === 'ready'
          ? join(folder.staging, checked.stage, 'quarantine.csv')
          : quarantinePath(folder, visitor.partnership?.id ?? '', checked.releaseId ?? checked.stage);
      if ((await partOf(path, 0)) === undefined) return notFound;
      return {
        download: {
          name: 'rows-to-put-right.csv',
          type: 'text/csv; charset=utf-8',
          part: async (_, after) => (await partOf(path, Number(after ?? 0))) ?? { text: '' },
        },
        subject: `intake/${params.id}`,
      };
    },
  }),
  post({
    path: '/:partnership/intake/:id/load',
    about: 'Say yes to a load: make a release of it',
    access: loaders,
    audit: 'INTAKE_CONFIRMED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('load') }, body: {} }),
    async handle({ work, params, visitor, today, equipment }) {
      await lockIntake(work, params.id);
      const intake = await getIntake(reading(work), params.id);
      const { checked, state } = intake;
      const subject = `intake/${params.id}`;
      if (state !== 'ready' || checked === null || visitor.partnership === undefined)
        return { refused: 'conflict', sentence: 'This load has ended, or is being checked. Open it to see how it is.' };
      if (checked.releaseId === null || (await changesOf(reading(work), intake, equipment)) === null)
        return {
          refused: 'conflict',
          sentence: 'There is nothing in this load that can be loaded. Put the files right and send them again.',
        };
      // It may have been ended since the files were checked.
      const covered = await agreementFor(
        reading(work),
        {
          format: formatOf(intake.source),
          agreementId: checked.agreementId,
          senderId: intake.options.senderId ?? null,
        },
        today,
      );
      if (!covered.done) return { refused: 'conflict', sentence: `${covered.sentence}. Nothing was loaded.` };
      const { folder } = equipment.releases;
      const kept = await keepLoad(work, folder, checked, {
        partnership: visitor.partnership.id,
        by: visitor.person?.id ?? '',
      });
      if (kept === 'changed meanwhile') {
        await askForCheck(work, equipment, visitor, intake);
        const shown = await shownOf(reading(work), params, visitor, equipment);
        return { page: { ...intakePage({ ...shown, isCheckedAgain: true }), status: 409 }, keepRefusal: true, subject };
      }
      await noteLoaded(work, params.id, checked.releaseId);
      // What is watched of this source stands elsewhere now.
      if ((await listIndicators(reading(work))).some(({ source }) => source === intake.source))
        await askIndicatorValues(work, equipment.jobs, {
          source: intake.source,
          partnership: visitor.partnership.id,
          by: visitor.person?.id ?? 'system',
          code,
        });
      return {
        seeOther: `/${params.partnership}/intake/${params.id}`,
        subject,
        fields: ['release'],
        afterwards: () => clearFiles(equipment, intake),
      };
    },
    invalid: () => notFound,
  }),
  post({
    path: '/:partnership/intake/:id/leave',
    about: 'Decide against a load, or stop its check',
    access: loaders,
    audit: 'INTAKE_LEFT',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('load-to-leave') }, body: {} }),
    async handle({ work, params, equipment }) {
      await lockIntake(work, params.id);
      const intake = await getIntake(reading(work), params.id);
      if (!(await endIntake(work, params.id, 'left')))
        return { refused: 'conflict', sentence: 'This load has already ended, so there is nothing to decide.' };
      if (intake.jobId !== null) await askToCancel(work, intake.jobId);
      return {
        seeOther: `/${params.partnership}/intake/${params.id}`,
        subject: `intake/${params.id}`,
        fields: ['state'],
        afterwards: () => clearFiles(equipment, intake),
      };
    },
    invalid: () => notFound,
  }),
];

/** Mappings of partners' own tables, each with the kind of file that it makes of them. */
const mappingsToChoose = async (work: Reads) =>
  (await listMappings(work)).map(({ id, name, content }) => ({ id, name, source: content.format }));

async function askForCheck(work: Writes, { jobs }: Equipment, visitor: Visitor, intake: Intake): Promise<void> {
  const { id, source, files } = intake;
  const job = await jobs.ask(work, {
    definition: evidenceCheck,
    payload: { intake: id },
    title: `Check ${files.length === 1 ? 'a file' : `${files.length} files`}: ${formatOf(source).title}`,
    partnership: visitor.partnership?.id ?? '',
    askedBy: visitor.person?.id ?? 'system',
  });
  await noteCheckBegun(work, id, job);
}

async function shownOf(
  work: Reads,
  { partnership: slug, id }: z.infer<typeof recordParams>,
  visitor: Visitor,
  equipment: Equipment,
): Promise<IntakeShown> {
  const intake = await getIntake(work, id);
  const job = intake.state !== 'checking' || intake.jobId === null ? null : await getJob(work, intake.jobId);
  const agreementId = intake.checked?.agreementId ?? intake.options.agreementId;
  return {
    slug,
    intake,
    title: formatOf(intake.source).title,
    agreement: agreementId === null ? null : await titleOfAgreement(work, agreementId),
    sender:
      (intake.options.senderId ?? null) === null
        ? null
        : ((await organisationsToChoose(work)).find(({ id: each }) => each === intake.options.senderId)?.name ?? null),
    progress: job === null ? null : { done: job.done, total: job.total, text: checkText(job) },
    skipped: skippedInWords(intake.checked?.months ?? [], formatOf(intake.source).everyMonths),
    changes: await changesOf(work, intake, equipment),
    mayWrite: holds(visitor, mayLoad),
  };
}

const changesOf = async (work: Reads, { state, checked }: Intake, { releases }: Equipment) =>
  state === 'ready' && checked !== null ? changesOfLoad(work, releases, checked) : null;

/** How far a check is, in words: it counts bytes. */
function checkText({ state, done, total, note }: Pick<JobSeen, 'state' | 'done' | 'total' | 'note'>): string {
  if (state === 'waiting') return note ?? 'It waits for its turn.';
  const what = note ?? 'It has begun';
  return total === null ? `${what}.` : `${what}: ${sizeInWords(done)} of ${sizeInWords(total)}.`;
}

/** What a load that has ended needs no more: the files as they were sent, and what was made of them on the way. */
async function clearFiles({ releases: { folder } }: Equipment, { folder: sent, checked }: Intake): Promise<void> {
  await rm(join(folder.incoming, sent), { recursive: true, force: true });
  if (checked !== null) await clearStage(folder, checked);
}

const partBytes = 512 * 1024;

/** Whole lines of a file of UTF-8, from a place in bytes; undefined where there is no such file. */
async function partOf(path: string, from: number): Promise<{ text: string; next?: string } | undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(partBytes), 0, partBytes, from);
    // A character is never cut in two: a part ends with a line, and a line is shorter than a part.
    const end = bytesRead < partBytes ? bytesRead : buffer.lastIndexOf(10, bytesRead - 1) + 1 || bytesRead;
    const text = buffer.toString('utf8', 0, end);
    return bytesRead < partBytes ? { text } : { text, next: String(from + end) };
  } finally {
    await file.close();
  }
}
