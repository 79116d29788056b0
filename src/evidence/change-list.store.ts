import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { csvOf } from '../platform/files/csv.ts';
import type { LivePart, Releases } from '../platform/releases/ask.ts';
import type { ReadWork } from '../platform/database/work.ts';
import type { Change } from './intake.ts';
import type { CheckedLoad } from './load.store.ts';
import { livePartsOf, partsAround, type Release } from './release.store.ts';

/** What two sets of parts say differently, by month and category, in this order. */
async function changesBetween(
  releases: Releases,
  { before, after }: { readonly before: readonly LivePart[]; readonly after: readonly LivePart[] },
): Promise<readonly Change[]> {
  const rows = await releases.changes({ before, after, by: ['month', 'category'] });
  return rows.map(({ key: [month, category], before: was, after: is }) => ({
    month: String(month),
    category: String(category ?? ''),
    before: was,
    after: is,
  }));
}

/**
 * What a load would change if it were loaded now.
 * @returns null where its files are gone
 */
export async function changesOfLoad(
  work: ReadWork<'evidence'>,
  releases: Releases,
  load: CheckedLoad,
): Promise<readonly Change[] | null> {
  const waiting = load.parts.map(({ file, months }): LivePart => ({
    sha256: '',
    months,
    without: [],
    waiting: join(load.stage, file),
  }));
  if (waiting.some(({ waiting: place }) => !existsSync(join(releases.folder.staging, place ?? '')))) return null;
  const months = new Set(load.months.map(({ month }) => month));
  const there = await livePartsOf(work, { source: load.source });
  const before = there.filter((part) => part.months.some((month) => months.has(month)));
  const replaced = load.replaceMonths
    ? load.months.map(({ month, provider }) => ({ month, provider: provider ?? '' }))
    : [];
  const left = before.map((part) => ({ ...part, without: [...part.without, ...replaced] }));
  return changesBetween(releases, { before, after: [...left, ...waiting] });
}

/** What a release changed when it came, against what there was of its source. */
export async function changesOfRelease(
  work: ReadWork<'evidence'>,
  releases: Releases,
  release: Pick<Release, 'id' | 'source' | 'months'>,
): Promise<readonly Change[]> {
  const months = new Set(release.months);
  const { before, after } = await partsAround(work, release);
  const ofMonths = (parts: readonly LivePart[]) =>
    parts.filter((part) => part.months.some((month) => months.has(month)));
  return changesBetween(releases, { before: ofMonths(before), after: ofMonths(after) });
}

/** The change list as a file: a line for each month and category. */
export const changesAsCsv = (changes: readonly Change[]): string =>
  csvOf(
    ['month', 'category', 'before', 'after', 'change'],
    changes.map(({ month, category, before, after }) => [month, category, before, after, after - before]),
  );

/** The same for a program. */
export const changesAsJson = (changes: readonly Change[]) => ({
  by: ['month', 'category'] as const,
  changes: changes.map((change) => ({ ...change, change: change.after - change.before })),
});
