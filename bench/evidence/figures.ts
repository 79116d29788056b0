// One area's figure of everything that was loaded, worked out and then from what is kept: node figures.ts <data folder>
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookOf } from '../../src/evidence/area-index.ts';
import { findFigure, keepFigure, workOut } from '../../src/evidence/figure.store.ts';
import { parquetHash } from '../../src/evidence/load.store.ts';
import { addRelease, lockReleases } from '../../src/evidence/release.store.ts';
import { readConfig } from '../../src/platform/config.ts';
import { addPartnership } from '../../src/platform/identity/account.store.ts';
import { openInstallation } from '../../src/platform/installation.ts';
import { openLog } from '../../src/platform/log.ts';
import { openReleases } from '../../src/platform/releases/ask.ts';
import { percentile } from '../instruments/summary.ts';
import type { Loaded } from './alone.ts';
import { areaCode, areasOfForce, forces } from './files.ts';

/** Areas of about 97 small ones each. */
const areasAForce = 8;
const asked = 40;
/** What nothing of was read yet is asked for first, and not counted. */
const warmUp = 3;

export interface FiguresMeasured {
  readonly rows: number;
  readonly smallAreas: number;
  readonly workedOutP95: number;
  readonly keptP95: number;
}

const authority = (force: number, part: number): string => `E06${String(force * areasAForce + part).padStart(6, '0')}`;

function makeBook() {
  const columns: Record<string, string[]> = { lsoa21: [], lsoa21_name: [], lad23: [], lad23_name: [] };
  for (let force = 0; force < forces; force += 1)
    for (let area = 0; area < areasOfForce; area += 1) {
      const lies = authority(force, area % areasAForce);
      columns['lsoa21']?.push(areaCode(force, area));
      columns['lsoa21_name']?.push(`Place ${area}`);
      columns['lad23']?.push(lies);
      columns['lad23_name']?.push(`Authority ${lies}`);
    }
  return bookOf({
    references: [],
    lookups: [new Map(Object.entries(columns))],
    names: [],
    population: [],
    households: [],
    ethnicGroups: [],
  });
}

async function measure(data: string): Promise<FiguresMeasured> {
  const { load, parts } = JSON.parse(readFileSync(join(data, 'releases', 'load.json'), 'utf8')) as Loaded;
  const installation = await openInstallation(readConfig({ data }), openLog('quiet'));
  const releases = openReleases(join(data, 'releases'));
  try {
    const { records } = installation;
    const partnership = await records.write(
      { door: 'concord_identity', actor: 'system', partnership: undefined },
      ({ work }) => addPartnership(work<'platform' | 'published'>(), { slug: 'haverness', name: 'Haverness' }),
    );
    const whose = { door: 'concord_member', actor: 'system', partnership } as const;
    const months = [...new Set(load.months.map(({ month }) => month))].sort();
    await records.write(whose, async ({ work }) => {
      await lockReleases(work<'evidence'>());
      await addRelease(work<'evidence'>(), {
        id: load.releaseId ?? '',
        source: load.source,
        formatVersion: load.formatVersion,
        parquet: parquetHash(parts),
        mapping: null,
        agreementId: null,
        months,
        replacesMonths: false,
        rows: load.rows,
        notes: {},
        importedBy: 'system',
        files: load.files,
        parts,
        counts: load.months,
      });
    });
    const book = makeBook();
    const period = { from: months[0] ?? '', to: months.at(-1) ?? '' };
    const workedOut: number[] = [];
    const kept: number[] = [];
    for (let each = 0; each < warmUp + asked; each += 1) {
      const area = authority((each * 7) % forces, each % areasAForce);
      const began = performance.now();
      const figure = await records.read(whose, ({ work }) =>
        workOut(
          work<'evidence' | 'platform'>(),
          { releases, book, today: '2030-01-01' },
          { measure: 'count', source: load.source, area, period, by: ['month'] },
        ),
      );
      if (each >= warmUp) workedOut.push(performance.now() - began);
      if (!figure.done) throw new Error(figure.sentence);
      await records.write(whose, ({ work }) => keepFigure(work<'evidence'>(), figure.value, 'bench'));
      const again = performance.now();
      const found = await records.read(whose, ({ work }) => findFigure(work<'evidence'>(), figure.value.id));
      if (each >= warmUp) kept.push(performance.now() - again);
      if (found?.rows.length !== figure.value.rows.length) throw new Error('What is kept is not what was worked out.');
    }
    return {
      rows: load.rows.accepted,
      smallAreas: book.smallAreasIn(authority(0, 0)).size,
      workedOutP95: percentile(workedOut, 0.95),
      keptP95: percentile(kept, 0.95),
    };
  } finally {
    releases.close();
    await installation.close();
  }
}

process.stdout.write(`${JSON.stringify(await measure(process.argv[2] ?? ''))}\n`);
