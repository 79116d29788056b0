import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IsoDate } from '../duty/index.ts';
import { exampleLoads } from '../evidence/example-intake.ts';
import { policeUkStreet } from '../evidence/formats/police-uk-street.ts';
import { addIntake, endIntake, noteChecked, noteLoaded } from '../evidence/intake.store.ts';
import { checkLoad, clearStage, keepLoad } from '../evidence/load.store.ts';
import type { Records } from '../platform/database/database.ts';
import type { Releases } from '../platform/releases/ask.ts';

/** The loads of the example, checked and loaded as those of everybody are. */
export async function loadExampleIntakes(
  records: Records,
  releases: Releases,
  { partnership, by, today }: { readonly partnership: string; readonly by: string; readonly today: IsoDate },
): Promise<void> {
  const entry = { door: 'concord_member', actor: by, partnership } as const;
  for (const { id, files, isLoaded } of exampleLoads) {
    const folder = randomUUID();
    const place = join(releases.folder.incoming, folder);
    mkdirSync(place, { mode: 0o700 });
    const sent = files.map(({ name }, at) => ({ name, path: join(place, String(at)) }));
    for (const [at, { text }] of files.entries()) await writeFile(join(place, String(at)), text);
    const source = policeUkStreet.name;
    await records.write(entry, ({ work, audit }) => {
      audit({ action: 'INTAKE_ASKED', subject: `intake/${id}`, outcome: 'done', fields: ['files'] });
      return addIntake(work<'evidence'>(), {
        id,
        source,
        onlyMonth: null,
        replaceMonths: false,
        mapping: null,
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
    const checked = await checkLoad(
      { releases, today, read: (act) => records.read(entry, ({ work }) => act(work())) },
      { format: policeUkStreet, sent },
    );
    if (!checked.done)
      await records.write(entry, ({ work }) => endIntake(work<'evidence'>(), id, 'refused', checked.sentence));
    else await records.write(entry, ({ work }) => noteChecked(work<'evidence'>(), id, checked.value));
    if (checked.done && isLoaded) {
      await records.write(entry, async ({ work, audit }) => {
        const kept = await keepLoad(work<'evidence'>(), releases.folder, checked.value, { partnership, by });
        if (kept === 'changed meanwhile' || kept.release === null) throw new Error('the example cannot be loaded');
        await noteLoaded(work<'evidence'>(), id, kept.release.id);
        audit({ action: 'INTAKE_CONFIRMED', subject: `intake/${id}`, outcome: 'done', fields: ['release'] });
      });
      await clearStage(releases.folder, checked.value);
    }
    if (!checked.done || isLoaded) await rm(place, { recursive: true });
  }
}
