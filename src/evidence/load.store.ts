import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { link, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { canonicalJson, done, refused, type IsoDate, type Month, type Outcome } from '../duty/index.ts';
import { coverFor, sendersOf, sendsUnder } from '../exchange/index.ts';
import { findAgreement, findAgreements } from '../exchange/index.store.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { isDiskFull } from '../platform/files/disk-full.ts';
import { fileOfFormat, type MappingUsed } from './mapped-file.store.ts';
import { kindOfFile, whyNoText } from '../platform/files/file-kind.ts';
import { unpack } from '../platform/files/archive.ts';
import { prepareText, type PreparedText } from '../platform/files/text-file.ts';
import type { LivePart, Releases } from '../platform/releases/ask.ts';
import { checkFiles } from '../platform/releases/check.ts';
import { WrongFile, type Checked, type CheckOptions, type ReadyFile } from '../platform/releases/checked.ts';
import { whyNotOf } from '../platform/releases/matched.ts';
import { sha256Of, type Part, type ReleaseFolder } from '../platform/releases/releases.ts';
import {
  addRelease,
  findRelease,
  livePartsOf,
  lockReleases,
  releasesOfFiles,
  type NewRelease,
  type ReleaseFile,
} from './release.store.ts';
import type { SourceFormat } from './source.ts';

/** Counted up when the same rules would write other rows: it is part of the id of every release. */
const layoutVersion = 1;

export interface LoadAsked {
  readonly format: SourceFormat;
  readonly sent: readonly { readonly path: string; readonly name: string }[];
  /** Rows of other months are no part of this load. */
  readonly onlyMonths?: readonly Month[];
  /** The load takes the place of what is there for its months, instead of adding to it. */
  readonly replaceMonths?: boolean;
  /** How tables of the sender's own become this format. */
  readonly mapping?: MappingUsed;
  readonly agreementId?: string | null;
  /** The organisation that sent them; without it, whoever sends under the agreement. */
  readonly senderId?: string | null;
}

export interface LoadContext {
  readonly releases: Releases;
  readonly today: IsoDate;
  /** What is known of areas: codes that exist, and where each provider's own area is. */
  readonly places?: Pick<CheckOptions, 'areas' | 'within' | 'locate' | 'isOnLand'> & {
    readonly references: readonly string[];
  };
  readonly read: <T>(act: (work: ReadWork<'evidence' | 'exchange' | 'partnership'>) => Promise<T>) => Promise<T>;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, total: number | undefined, note?: string) => void;
}

/** A load that was checked and waits for the word: plain data, so that it can wait in the records. */
export interface CheckedLoad {
  /** Of the release that it would become; null where nothing of it can be taken. */
  readonly releaseId: string | null;
  readonly source: SourceFormat['name'];
  readonly formatVersion: number;
  readonly mapping: string | null;
  readonly agreementId: string | null;
  readonly replaceMonths: boolean;
  /** Hash of what there was of the source when it was checked: rows were compared with that. */
  readonly basis: string;
  /** Name of its folder in the staging of the releases. */
  readonly stage: string;
  readonly sent: readonly { readonly name: string; readonly sha256: string }[];
  readonly files: readonly ReleaseFile[];
  readonly rows: Checked['rows'];
  readonly months: Checked['months'];
  readonly parts: readonly { readonly file: string; readonly rows: number; readonly months: readonly Month[] }[];
  readonly hasQuarantine: boolean;
  readonly reasons: Checked['reasons'];
  readonly screened: Checked['screened'];
  readonly unknownColumns: readonly string[];
  /** Files of an archive that are of another kind: a sentence each. */
  readonly leftOut: readonly string[];
  /** The release that has all of it already. */
  readonly alreadyIn: string | null;
}

interface Table {
  readonly name: string;
  readonly sentSha256: string;
  readonly text: PreparedText;
}

/**
 * Checks files without changing what anybody sees: what it finds is a release in waiting. Nothing of it stays when it is
 * refused.
 */
export async function checkLoad(
  context: LoadContext,
  asked: LoadAsked,
): Promise<Outcome<CheckedLoad, 'not-valid' | 'not-allowed'>> {
  const covered = await context.read((work) => agreementFor(work, asked, context.today));
  if (!covered.done) return covered;
  const { folder } = context.releases;
  const stage = folder.stage();
  try {
    const outcome = await checkInto(stage, context, { ...asked, agreementId: covered.value });
    if (outcome.done) await clearTexts(stage);
    else await rm(stage, { recursive: true, force: true });
    return outcome;
  } catch (error) {
    await rm(stage, { recursive: true, force: true });
    if (error instanceof WrongFile)
      return refused('not-valid', `${error.file}: ${error.message} Nothing of this load was kept.`);
    if (isDiskFull(error)) return refused('not-valid', diskFull);
    throw error;
  }
}

export const diskFull =
  'The disk is full. Nothing of this load was kept, and nothing was lost. Make room, then load it again.';

/** What was unpacked and decoded on the way: parts and quarantine hold what of it is wanted. */
async function clearTexts(stage: string): Promise<void> {
  for (const name of await readdir(stage))
    if (/^(unpacked|text)-/.test(name)) await rm(join(stage, name), { recursive: true, force: true });
}

/**
 * Records of people come in under a live agreement only, from a partner who is a party to it and sends. Open data needs none,
 * and counts need none to come in.
 */
export async function agreementFor(
  work: ReadWork<'exchange' | 'partnership'>,
  { format, agreementId, senderId }: Pick<LoadAsked, 'format' | 'agreementId' | 'senderId'>,
  today: IsoDate,
): Promise<Outcome<string | null, 'not-allowed'>> {
  if (format.disclosure === 'open') return done(null);
  const given = agreementId ?? undefined;
  const sender = (senderId ?? null) === null ? null : await organisationOf(work, senderId ?? '');
  if (sender === undefined)
    return refused('not-allowed', 'The partner who sent the files is not in the register. Choose another');
  const named = given === undefined ? undefined : await findAgreement(work, given);
  if (given !== undefined && named === undefined)
    return refused('not-allowed', 'There is no agreement of that id in this partnership. Choose another');
  const agreements = named === undefined ? await findAgreements(work, { source: format.name }) : [named];
  const asked = { source: format.name, day: today, level: format.level };
  const isOf = (agreement: (typeof agreements)[number]) =>
    sendersOf(agreement).some(({ organisationId }) => organisationId === sender?.id);
  // Where several hold, the one of the partner who sent it.
  const own = sender === null ? agreements : agreements.filter(isOf);
  const ofSender = coverFor(own, asked);
  const cover = ofSender.done || own.length > 0 ? ofSender : coverFor(agreements, asked);
  if (cover.done) {
    const sends = format.level === 'counts' ? done(null) : sendsUnder(cover.value, sender);
    return sends.done ? done(cover.value.id) : sends;
  }
  return format.level === 'counts' && given === undefined ? done(null) : cover;
}

const organisationOf = (
  work: ReadWork<'partnership'>,
  id: string,
): Promise<{ readonly id: string; readonly name: string } | undefined> =>
  work
    .selectFrom('partnership.shared_organisation')
    .select(['id', 'name'])
    .where('id', '=', id)
    .$narrowType<{ id: string; name: string }>()
    .executeTakeFirst();

async function checkInto(
  stage: string,
  context: LoadContext,
  asked: LoadAsked,
): Promise<Outcome<CheckedLoad, 'not-valid'>> {
  const { format, agreementId = null, replaceMonths = false } = asked;
  const mapping = asked.mapping?.name ?? null;
  context.progress?.(0, undefined, 'Reading the files');
  const there = await context.read((work) => livePartsOf(work, { source: format.name }));
  const live = replaceMonths ? [] : there;
  const opening = openingOf();
  const tables: Table[] = [];
  const known = new Map<string, string>();
  const first = new Map<string, Table>();
  let [bytes, isAllOpen] = [0, false];
  /** Leaves out the same table again, from an earlier load or twice in this one. */
  async function* freshFiles(): AsyncGenerator<ReadyFile> {
    for await (const table of tablesOf(stage, asked, opening, context.signal)) {
      const { sha256 } = table.text;
      tables.push(table);
      if (first.has(sha256)) continue;
      first.set(sha256, table);
      const found = replaceMonths
        ? undefined
        : (await context.read((work) => releasesOfFiles(work, format.name, [sha256]))).get(sha256);
      if (found !== undefined) {
        known.set(sha256, found);
        continue;
      }
      const ready = await readyFile(table);
      bytes += ready.bytes;
      yield ready;
    }
    isAllOpen = true;
  }
  const checked = await checkFiles({
    files: freshFiles(),
    folders: foldersOf(stage, asked),
    rules: format.rules,
    folder: stage,
    temporary: context.releases.folder.temporary,
    latestMonth: context.today.slice(0, 7),
    loaded: live.map((part) => ({ ...part, path: context.releases.folder.pathOf(part) })),
    ...(asked.onlyMonths === undefined ? {} : { onlyMonths: asked.onlyMonths }),
    ...context.places,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    progress: (checkedBytes) => context.progress?.(checkedBytes, isAllOpen ? bytes : undefined, 'Checking each row'),
  });
  const fresh = [...first.values()].filter(({ text }) => !known.has(text.sha256));
  const { sent, leftOut } = opening;

  const files = tables.map((table): ReleaseFile => {
    const counts = fresh.includes(table) ? checked.files[fresh.indexOf(table)] : undefined;
    const { sha256, records } = table.text;
    return {
      name: table.name,
      sha256,
      sentSha256: table.sentSha256,
      ...(counts ?? { read: records, accepted: 0, quarantined: 0, alreadyLoaded: records, outside: 0, unlocated: 0 }),
    };
  });
  const again = files.reduce(
    (rows, file, at) => rows + (fresh.includes(tables[at] ?? never()) ? 0 : file.alreadyLoaded),
    0,
  );
  const rows = {
    ...checked.rows,
    read: checked.rows.read + again,
    alreadyLoaded: checked.rows.alreadyLoaded + again,
  };
  const madeOf = {
    source: format.name,
    format: format.version,
    layout: layoutVersion,
    mapping,
    months: asked.onlyMonths ?? null,
    replaces: replaceMonths,
    files: fresh.map(({ text }) => text.sha256).sort(),
    // What is outside or unknown depends on the areas that were known; what is new, on what was there.
    areas: context.places?.references ?? null,
    beside: checked.rows.alreadyLoaded === 0 ? [] : live.map(({ sha256 }) => sha256).sort(),
  };
  return done({
    releaseId: checked.rows.accepted === 0 ? null : hashOf(canonicalJson(madeOf)),
    source: format.name,
    formatVersion: format.version,
    mapping,
    agreementId,
    replaceMonths,
    basis: basisOf(there),
    stage: basename(stage),
    sent,
    files,
    rows,
    months: checked.months,
    parts: checked.parts.map((part) => ({ ...part, file: basename(part.path) })),
    hasQuarantine: checked.quarantine !== null,
    reasons: checked.reasons,
    screened: checked.screened,
    unknownColumns: checked.unknownColumns,
    leftOut,
    alreadyIn: fresh.length === 0 ? (known.values().next().value ?? null) : null,
  });
}

function never(): never {
  throw new RangeError('Every file of a load has its table.');
}

const basisOf = (parts: readonly LivePart[]): string =>
  hashOf(
    canonicalJson(
      parts.map(({ sha256, without }) => [sha256, without.map(({ month, provider }) => [month, provider])]),
    ),
  );

const hashOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** What is known of a load when all of its files were opened. */
export interface Opening {
  /** Files as they were sent, by name. */
  readonly sent: { readonly name: string; readonly sha256: string }[];
  /** Files of an archive that are of another kind: a sentence each. */
  readonly leftOut: string[];
}

export const openingOf = (): Opening => ({ sent: [], leftOut: [] });

/** Folders in which the tables of a load stand: as they were sent, or unpacked and decoded. */
export const foldersOf = (stage: string, { sent }: Pick<LoadAsked, 'sent'>): readonly string[] => [
  stage,
  ...new Set(sent.map(({ path }) => dirname(path))),
];

export async function readyFile({ name, text }: Table): Promise<ReadyFile> {
  const { path, header, records, padded } = text;
  return { path, name, bytes: (await stat(path)).size, delimiter: ',', header, records, padded };
}

/**
 * Unpacks, decodes and looks at the first line of everything that was sent, in the order of their names: one file when it
 * is asked for, so that the one before can be checked meanwhile.
 * @throws WrongFile when one is no table of this format, and archives hold no other; what is known so far is in `opening`
 */
export async function* tablesOf(
  stage: string,
  { sent, format, mapping }: Pick<LoadAsked, 'sent' | 'format' | 'mapping'>,
  opening: Opening,
  signal: AbortSignal | undefined,
): AsyncGenerator<Table> {
  let tables = 0;
  let other: WrongFile | undefined;
  for (const [place, file] of [...sent].sort((a, b) => (a.name < b.name ? -1 : 1)).entries()) {
    signal?.throwIfAborted();
    const kind = await kindOfFile(file.path);
    const isPacked = kind === 'gzip' || kind === 'zip';
    const unpacked = isPacked ? await unpack(file, join(stage, `unpacked-${place}`)) : done([{ ...file, kind }]);
    if (!unpacked.done) throw wrongFile(file.name, unpacked.sentence);
    const ofArchive = kind === 'zip';
    // A plain file is hashed while it is read.
    let sentSha256 = isPacked ? await sha256Of(file.path) : undefined;
    for (const [at, { path, name, kind: within }] of unpacked.value.entries()) {
      const shown = ofArchive ? `${file.name}, ${name}` : file.name;
      const strange = within === 'xlsx' ? undefined : whyNoText(within);
      const key = `${place}-${at}`;
      const table =
        strange === undefined
          ? await fileOfFormat({ path, kind: within }, mapping, { folder: stage, key })
          : refused('not-valid', strange);
      const text = table.done ? await prepareText(table.value, join(stage, `text-${key}.csv`)) : table;
      if (text.done) sentSha256 ??= text.value.sha256;
      const why = text.done ? whyNotOf(text.value.header, format.rules) : text.sentence;
      if (text.done && why === undefined) {
        tables += 1;
        yield { name: shown, sentSha256: sentSha256 ?? '', text: text.value };
      } else if (ofArchive) {
        opening.leftOut.push(`${shown}: ${why ?? ''}`);
        other ??= wrongFile(shown, why ?? '');
      } else throw wrongFile(file.name, why ?? '');
    }
    opening.sent.push({ name: file.name, sha256: sentSha256 ?? '' });
  }
  if (tables === 0) throw other ?? wrongFile(sent[0]?.name ?? 'Nothing', 'There is no table in what was sent');
}

const wrongFile = (name: string, why: string): WrongFile => new WrongFile(name, `${why.replace(/\.$/, '')}.`);

/** What the parts of a release are together: the hash of the one, or of the list. */
export function parquetHash(parts: readonly Pick<Part, 'sha256'>[]): string {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return `sha256:${only.sha256}`;
  return hashOf(canonicalJson(parts.map(({ sha256 }) => sha256)));
}

/** Where the rows of a load that were not taken are, as a file to correct. */
export const quarantinePath = (folder: ReleaseFolder, partnership: string, key: string): string =>
  join(folder.root, 'quarantine', partnership, `${key.replace('sha256:', '')}.csv`);

export interface KeptLoad {
  readonly release: NewRelease | null;
  readonly isNew: boolean;
  readonly quarantine: string | null;
}

/**
 * Makes a release of a load that was checked: its parts go to their place first, then everything is written down in one
 * unit of work. Whoever is killed in between leaves parts that no release names.
 * @returns the release, and whether it is new; or that the source changed since it was checked, so that it has to be checked
 * again: somebody else's load may have the same rows
 */
export async function keepLoad(
  work: Work<'evidence'>,
  folder: ReleaseFolder,
  load: CheckedLoad,
  { partnership, by }: { readonly partnership: string; readonly by: string },
): Promise<KeptLoad | 'changed meanwhile'> {
  const stage = join(folder.staging, load.stage);
  await lockReleases(work);
  if (await isOutdated(reading(work), load)) return 'changed meanwhile';
  const quarantine = load.hasQuarantine ? quarantinePath(folder, partnership, load.releaseId ?? load.stage) : null;
  if (quarantine !== null && existsSync(join(stage, 'quarantine.csv'))) {
    mkdirSync(join(quarantine, '..'), { recursive: true, mode: 0o700 });
    // The same bytes under a second name: whoever is broken off from here on can do it again.
    await rm(quarantine, { force: true });
    await link(join(stage, 'quarantine.csv'), quarantine);
  }
  if (load.releaseId === null) return { release: null, isNew: false, quarantine };
  const parts: Part[] = [];
  for (const { file, rows, months } of load.parts) {
    const bytes = (await stat(join(stage, file))).size;
    parts.push({ sha256: await folder.keep(join(stage, file), 'parts'), bytes, rows, months });
  }
  const release: NewRelease = {
    id: load.releaseId,
    source: load.source,
    formatVersion: load.formatVersion,
    parquet: parquetHash(parts),
    mapping: load.mapping,
    agreementId: load.agreementId,
    months: [...new Set(load.months.map(({ month }) => month))].sort(),
    replacesMonths: load.replaceMonths,
    rows: load.rows,
    notes: { reasons: load.reasons, screened: load.screened.length, unknownColumns: load.unknownColumns },
    importedBy: by,
    files: load.files,
    parts,
    counts: load.months,
  };
  const isNew = await addRelease(work, release);
  await writeManifest(folder, partnership, release);
  return { release, isNew, quarantine };
}

/** The same release from somebody else's load of the same files is no change: then there is nothing to add. */
async function isOutdated(work: ReadWork<'evidence'>, { releaseId, source, basis }: CheckedLoad): Promise<boolean> {
  if (releaseId === null || (await findRelease(work, releaseId)) !== undefined) return false;
  return basisOf(await livePartsOf(work, { source })) !== basis;
}

/** Beside the parts, so that a folder of releases can be read without the records. Says nothing of who or when. */
async function writeManifest(folder: ReleaseFolder, partnership: string, release: NewRelease): Promise<void> {
  const { importedBy: _by, ...manifest } = release;
  const manifests = join(folder.root, 'manifests', partnership);
  mkdirSync(manifests, { recursive: true, mode: 0o700 });
  await writeFile(join(manifests, `${release.id.replace('sha256:', '')}.json`), `${canonicalJson(manifest)}\n`, {
    mode: 0o600,
  });
}

/** After its parts were kept, or when somebody decided against it. */
export const clearStage = (folder: ReleaseFolder, load: Pick<CheckedLoad, 'stage'>): Promise<void> =>
  rm(join(folder.staging, load.stage), { recursive: true, force: true });
