import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { canonicalJson, done, refused, type IsoDate, type Outcome } from '../duty/index.ts';
import { csvOf } from '../platform/files/csv.ts';
import { openReleases } from '../platform/releases/ask.ts';
import { checkFiles } from '../platform/releases/check.ts';
import { WrongFile, type Checked, type ReadyFile } from '../platform/releases/checked.ts';
import { sha256Of, type Part } from '../platform/releases/releases.ts';
import { foldersOf, openingOf, readyFile, tablesOf } from './load.store.ts';
import type { SourceFormat } from './source.ts';

/** What a partner that may not send records sends instead: counts, and what they were made of. */
export interface Prepared {
  readonly source: SourceFormat['name'];
  readonly formatVersion: number;
  readonly rows: Checked['rows'];
  readonly months: readonly string[];
  /** Lines of the file of counts. */
  readonly counts: number;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  /** Of `counts.csv`. */
  readonly sha256: string;
  readonly reasons: Checked['reasons'];
}

/**
 * Counts files by month, area and category, in a folder of their own and without any database. The counts have the layout of
 * the format `generic`.
 */
export async function prepareCounts({
  format,
  sent,
  out,
  today,
}: {
  readonly format: SourceFormat;
  readonly sent: readonly { readonly path: string; readonly name: string }[];
  readonly out: string;
  readonly today: IsoDate;
}): Promise<Outcome<Prepared, 'not-valid'>> {
  const work = await mkdtemp(join(tmpdir(), 'concord-prepare-'));
  const releases = openReleases(work);
  try {
    const stage = releases.folder.stage();
    const opening = openingOf();
    async function* files(): AsyncGenerator<ReadyFile> {
      for await (const table of tablesOf(stage, { sent, format }, opening, undefined)) yield await readyFile(table);
    }
    const checked = await checkFiles({
      files: files(),
      folders: foldersOf(stage, { sent }),
      rules: format.rules,
      folder: stage,
      temporary: releases.folder.temporary,
      latestMonth: today.slice(0, 7),
    });
    const parts: Part[] = [];
    for (const { path, rows, months } of checked.parts)
      parts.push({ sha256: await releases.folder.keep(path, 'parts'), bytes: 0, rows, months });
    const counts = await releases.count({
      parts: parts.map((part) => ({ ...part, without: [] })),
      where: [],
      by: ['month', 'area', 'category', 'provider'],
    });
    await mkdir(out, { recursive: true });
    const path = join(out, 'counts.csv');
    await writeFile(
      path,
      csvOf(
        ['Month', 'Area', 'Category', 'Provider', 'Count'],
        counts.map(({ key, count }) => [...key.map((cell) => (cell === null ? '' : String(cell))), count]),
      ),
    );
    const prepared: Prepared = {
      source: format.name,
      formatVersion: format.version,
      rows: checked.rows,
      months: [...new Set(checked.months.map(({ month }) => month))].sort(),
      counts: counts.length,
      files: opening.sent,
      sha256: await sha256Of(path),
      reasons: checked.reasons,
    };
    await writeFile(join(out, 'manifest.json'), `${canonicalJson(prepared)}\n`);
    return done(prepared);
  } catch (error) {
    if (error instanceof WrongFile) return refused('not-valid', `${basename(error.file)}: ${error.message}`);
    throw error;
  } finally {
    releases.close();
    await rm(work, { recursive: true, force: true });
  }
}
