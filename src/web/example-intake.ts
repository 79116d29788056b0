import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IsoDate } from '../duty/index.ts';
import { exampleLoads } from '../evidence/example-intake.ts';
import { formatOf } from '../evidence/formats/index.ts';
import { addIntake, endIntake, getIntake, listIntakes, noteChecked, noteLoaded } from '../evidence/intake.store.ts';
import { checkLoad, clearStage, keepLoad, type LoadContext } from '../evidence/load.store.ts';
import { mappingUsed } from '../evidence/mapping.store.ts';
import type { FormatName } from '../evidence/source.ts';
import type { ReadUnit, Records, WriteUnit } from '../platform/database/database.ts';
import type { Releases } from '../platform/releases/ask.ts';

/** Where a part of the example is written: the records of one partnership, on behalf of one of its people. */
export interface ExampleDoor {
  readonly read: <T>(act: (unit: ReadUnit) => Promise<T>) => Promise<T>;
  readonly write: <T>(act: (unit: WriteUnit) => Promise<T>) => Promise<T>;
  readonly releases: Releases;
  readonly partnership: string;
  readonly by: string;
  readonly today: IsoDate;
}

export interface ExampleLoad {
  readonly id: string;
  readonly source: FormatName;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly mapping?: string | null;
  /** Otherwise it waits for somebody's word. */
  readonly isLoaded: boolean;
}

/** The loads that every start of the example has at once, checked and loaded as those of everybody are. */
export async function loadExampleIntakes(
  records: Records,
  releases: Releases,
  at: { readonly partnership: string; readonly by: string; readonly today: IsoDate },
): Promise<void> {
  const entry = { door: 'concord_member', actor: at.by, partnership: at.partnership } as const;
  const door: ExampleDoor = {
    read: (act) => records.read(entry, act),
    write: (act) => records.write(entry, act),
    releases,
    ...at,
  };
  for (const load of exampleLoads) await loadExample(door, { ...load, source: 'police-uk-street' });
}

/**
 * Takes in files of the example. A second run after a crash goes on where the first was: what had ended stays.
 * @param places what is known of areas; without it no code is doubted
 * @throws where the example refuses what it should load
 */
export async function loadExample(
  door: ExampleDoor,
  { id, source, files, mapping = null, isLoaded }: ExampleLoad,
  places?: LoadContext['places'],
): Promise<void> {
  const { read, write, releases, partnership, by, today } = door;
  const { intakes } = await read(({ work }) => listIntakes(work<'evidence' | 'platform'>(), { limit: 100, offset: 0 }));
  const before = intakes.find((each) => each.id === id);
  if (before !== undefined && before.state !== 'checking') return;
  const folder =
    before === undefined
      ? randomUUID()
      : (await read(({ work }) => getIntake(work<'evidence' | 'platform'>(), id))).folder;
  const place = join(releases.folder.incoming, folder);
  mkdirSync(place, { mode: 0o700, recursive: true });
  const sent = files.map(({ name }, at) => ({ name, path: join(place, String(at)) }));
  for (const [at, { text }] of files.entries()) await writeFile(join(place, String(at)), text);
  if (before === undefined)
    await write(({ work, audit }) => {
      audit({ action: 'INTAKE_ASKED', subject: `intake/${id}`, outcome: 'done', fields: ['files'] });
      return addIntake(work<'evidence'>(), {
        id,
        source,
        onlyMonth: null,
        replaceMonths: false,
        mapping,
        agreementId: null,
        folder,
        files: files.map(({ name, text }) => ({
          name,
          sha256: createHash('sha256').update(text).digest('hex'),
          bytes: Buffer.byteLength(text),
        })),
        by,
      });
    });
  const used =
    mapping === null
      ? undefined
      : await read(({ work }) => mappingUsed(work<'evidence' | 'partnership'>(), mapping, source));
  const checked = await checkLoad(
    {
      releases,
      today,
      read: (act) => read(({ work }) => act(work())),
      ...(places === undefined ? {} : { places }),
    },
    { format: formatOf(source), sent, ...(used === undefined ? {} : { mapping: used }) },
  );
  if (!checked.done && isLoaded) throw new Error(`the example cannot be loaded: ${checked.sentence}`);
  if (!checked.done) await write(({ work }) => endIntake(work<'evidence'>(), id, 'refused', checked.sentence));
  else await write(({ work }) => noteChecked(work<'evidence'>(), id, checked.value));
  if (checked.done && isLoaded) {
    await write(async ({ work, audit }) => {
      const kept = await keepLoad(work<'evidence'>(), releases.folder, checked.value, { partnership, by });
      if (kept === 'changed meanwhile' || kept.release === null) throw new Error('the example cannot be loaded');
      await noteLoaded(work<'evidence'>(), id, kept.release.id);
      audit({ action: 'INTAKE_CONFIRMED', subject: `intake/${id}`, outcome: 'done', fields: ['release'] });
    });
    await clearStage(releases.folder, checked.value);
  }
  if (!checked.done || isLoaded) await rm(place, { recursive: true });
}
