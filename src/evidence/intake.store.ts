import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import { personOf } from '../platform/database/person-of.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { StoredFile } from '../platform/http/large-upload.ts';
import { stateShown, type IntakeOptions, type IntakeState, type IntakeWanted } from './intake.ts';
import type { CheckedLoad } from './load.store.ts';
import type { FormatName } from './source.ts';

/** A file as it was sent. */
export type IntakeFile = Pick<StoredFile, 'name' | 'sha256'> & { readonly bytes: number };

export interface Intake {
  readonly id: string;
  readonly source: FormatName;
  readonly state: IntakeState;
  /** Name of the folder with its files, among the incoming ones: `0`, `1` and so on. */
  readonly folder: string;
  readonly files: readonly IntakeFile[];
  readonly options: IntakeOptions;
  /** What the check found; null before it has ended. */
  readonly checked: CheckedLoad | null;
  /** Why nothing of it can be read, or why the check broke off. */
  readonly refusal: string | null;
  readonly jobId: string | null;
  readonly releaseId: string | null;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly endedAt: string | null;
}

/** What a list shows of a load. */
export type IntakeListed = Omit<Intake, 'checked' | 'options' | 'folder'>;

type Reads = ReadWork<'evidence' | 'platform'>;

const named = sql<string>`coalesce(person.name, i.asked_by)`.as('askedBy');

/** With who asked for it, and what became of the job that checks it. */
const intakes = (work: Reads) =>
  work
    .selectFrom('evidence.intake as i')
    .leftJoin('platform.shared_person as person', (join) => join.on('person.id', '=', personOf(sql.ref('i.asked_by'))))
    .leftJoin('platform.job as j', 'j.id', 'i.job_id')
    .select([
      'i.id',
      'i.source',
      'i.state',
      'j.state as jobState',
      'i.files',
      'i.refusal',
      'i.job_id as jobId',
      'i.release_id as releaseId',
      'i.asked_at as askedAt',
      'i.ended_at as endedAt',
      named,
    ])
    .$narrowType<{ source: FormatName; state: IntakeState }>();

/** One page of the loads, the newest first, and how many there are. */
export async function listIntakes(
  work: Reads,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly intakes: readonly IntakeListed[]; readonly count: number }> {
  const rows = await intakes(work)
    .select((select) =>
      select
        .selectFrom('evidence.intake')
        .select((all) => all.fn.countAll<number>().as('all'))
        .as('count'),
    )
    .orderBy('i.asked_at', 'desc')
    .orderBy('i.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return {
    intakes: rows.map(({ jobState, count: _count, files, ...row }) => ({
      ...row,
      state: stateShown(row.state, jobState ?? undefined),
      files: files as unknown as readonly IntakeFile[],
    })),
    count: rows[0]?.count ?? 0,
  };
}

/** @throws where there is no such load in the bound partnership */
export async function getIntake(work: Reads, id: string): Promise<Intake> {
  const { jobState, files, options, checked, ...row } = await intakes(work)
    .select(['i.options', 'i.checked', 'i.folder'])
    .where('i.id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    ...row,
    state: stateShown(row.state, jobState ?? undefined),
    files: files as unknown as readonly IntakeFile[],
    options: options as unknown as IntakeOptions,
    checked: checked as unknown as CheckedLoad | null,
  };
}

/** The example names its own ids; all others get one. */
export async function addIntake(
  work: Work<'evidence'>,
  added: IntakeWanted & {
    readonly id?: string;
    readonly folder: string;
    readonly files: readonly IntakeFile[];
    readonly by: string;
  },
): Promise<string> {
  const { id, source, folder, files, by, onlyMonth, replaceMonths, mapping, agreementId, senderId = null } = added;
  const options: IntakeOptions = { onlyMonth, replaceMonths, mapping, agreementId, senderId };
  const row = await work
    .insertInto('evidence.intake')
    .values({
      ...(id !== undefined && { id }),
      source,
      folder,
      files: JSON.stringify(files),
      options: JSON.stringify(options),
      asked_by: by,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The job that checks it: the first, or another because the source changed while it waited. */
export async function noteCheckBegun(work: Work<'evidence'>, id: string, jobId: string): Promise<void> {
  await work
    .updateTable('evidence.intake')
    .set({ state: 'checking', job_id: jobId, checked: null, refusal: null, ended_at: null })
    .where('id', '=', id)
    .execute();
}

/** False where it is no longer being checked: somebody left it meanwhile, and nothing of the check is wanted. */
export async function noteChecked(work: Work<'evidence'>, id: string, checked: CheckedLoad): Promise<boolean> {
  const { numUpdatedRows } = await work
    .updateTable('evidence.intake')
    .set({ state: 'ready', checked: JSON.stringify(checked) })
    .where('id', '=', id)
    .where('state', '=', 'checking')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends a load that did not become a release. False where it had ended before. */
export async function endIntake(
  work: Work<'evidence'>,
  id: string,
  state: 'refused' | 'failed' | 'left',
  refusal: string | null = null,
): Promise<boolean> {
  const { numUpdatedRows } = await work
    .updateTable('evidence.intake')
    .set({ state, refusal: refusal?.slice(0, 2_000) ?? null, ended_at: sql`now()` })
    .where('id', '=', id)
    .where('state', 'in', ['checking', 'ready'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whoever holds this row may end it; another waits until the end of the unit of work. */
export async function lockIntake(work: Work<'evidence'>, id: string): Promise<IntakeState> {
  const { state } = await work
    .selectFrom('evidence.intake')
    .select('state')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return state as IntakeState;
}

export async function noteLoaded(work: Work<'evidence'>, id: string, releaseId: string): Promise<void> {
  await work
    .updateTable('evidence.intake')
    .set({ state: 'loaded', release_id: releaseId, ended_at: sql`now()` })
    .where('id', '=', id)
    .execute();
}

/** An agreement that holds today, and the kinds of files that it covers. */
export interface AgreementChoice {
  readonly id: string;
  readonly title: string;
  readonly sources: readonly string[];
}

export const agreementsOn = (work: ReadWork<'exchange'>, today: IsoDate): Promise<readonly AgreementChoice[]> =>
  work
    .selectFrom('exchange.shared_agreement')
    .select(['id', 'title', 'sources'])
    .where('live_from', '<=', today)
    .where('live_to', '>=', today)
    .orderBy(sql`lower(title)`)
    .$narrowType<{ id: string; title: string; sources: string[] }>()
    .execute();

/** The organisations of the register, by name: one of them sent the files. */
export const organisationsToChoose = (
  work: ReadWork<'partnership'>,
): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  work
    .selectFrom('partnership.shared_organisation')
    .select(['id', 'name'])
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .$narrowType<{ id: string; name: string }>()
    .execute();

/** The title of an agreement, or null where there is none any more. */
export async function titleOfAgreement(work: ReadWork<'exchange'>, id: string): Promise<string | null> {
  const row = await work
    .selectFrom('exchange.shared_agreement')
    .select('title')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.title ?? null;
}

/** What of the folder of the releases this partnership still needs: see `ReleaseFolder.sweep`. */
export async function wantedOf(
  work: Reads,
): Promise<{ readonly parts: readonly string[]; readonly waiting: readonly string[] }> {
  const parts = await work.selectFrom('evidence.release_part').select('sha256').distinct().execute();
  const open = await work
    .selectFrom('evidence.intake as i')
    .leftJoin('platform.job as j', 'j.id', 'i.job_id')
    .select(['i.folder', sql<string | null>`i.checked ->> 'stage'`.as('stage')])
    .where((is) =>
      is.or([
        is('i.state', '=', 'ready'),
        is.and([is('i.state', '=', 'checking'), sql<boolean>`coalesce(j.state, '') not in ('failed', 'cancelled')`]),
      ]),
    )
    .execute();
  return {
    parts: parts.map(({ sha256 }) => sha256),
    waiting: open.flatMap(({ folder, stage }) => (stage === null ? [folder] : [folder, stage])),
  };
}
