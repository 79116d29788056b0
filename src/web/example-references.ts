import { createHash } from 'node:crypto';
import { exampleMark } from '../evidence/reference-population.ts';
import { geoJsonOf, readGeoJson } from '../evidence/reference-boundaries.ts';
import { referenceId } from '../evidence/reference-file.store.ts';
import { readReference } from '../evidence/reference-layouts.ts';
import type { Reference } from '../evidence/reference.store.ts';
import { madeUp, type ReferenceSent } from '../evidence/example/reference.ts';
import { readCsv } from '../platform/files/csv.ts';
import { contentOf, keepTable, keepText } from '../platform/releases/reference-table.ts';
import type { ReleaseFolder } from '../platform/releases/releases.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const most = { rows: 10_000, columns: 400, bytes: 16 * 1024 * 1024 };

/**
 * Reads a table of the example as one of a publisher is read, and says of it that nobody published it.
 * @throws where it cannot be read as what it is
 */
export async function keepExampleReference(
  folder: ReleaseFolder,
  { name, title, text, vintage }: ReferenceSent,
): Promise<Omit<Reference, 'addedAt' | 'addedBy'>> {
  const files = [{ name, sha256: sha256(text), bytes: Buffer.byteLength(text) }];
  const wrong = (sentence: string) => new Error(`the example’s ${name} cannot be read: ${sentence}`);
  if (name.endsWith('.geojson')) {
    const read = readGeoJson(text);
    if (!read.done || !('boundaries' in read.value)) throw wrong(read.done ? 'no boundaries' : read.sentence);
    const { level, boundaries, ...about } = { ...read.value, ...madeUp, title };
    const kept = geoJsonOf(boundaries);
    return {
      ...about,
      id: referenceId(about, sha256(kept)),
      rows: boundaries.length,
      columns: [{ name: level, type: 'text' }],
      stored: await keepText(folder, kept, 'geojson.gz'),
      files,
    };
  }
  const table = readCsv(Buffer.from(text), most);
  if (!table.done) throw wrong(table.sentence);
  const read = readReference(table.value, vintage);
  if (!read.done) throw wrong(read.sentence);
  const isOfPlaces = read.value.kind === 'lookup';
  const { rows, ...about } = {
    ...read.value,
    ...madeUp,
    title,
    // Years of boundaries are matched with those of codes; all others are only told.
    vintage: isOfPlaces ? read.value.vintage : `${read.value.vintage}${exampleMark}`,
  };
  const stored = { columns: about.columns, rows };
  return {
    ...about,
    id: referenceId(about, contentOf(stored)),
    rows: rows.length,
    stored: await keepTable(folder, stored),
    files,
  };
}
