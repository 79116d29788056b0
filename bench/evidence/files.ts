import { createWriteStream, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { crimeTypes } from '../../src/evidence/formats/police-uk.ts';
import { randomStream } from '../../src/measures/index.ts';

/** Shape of a year of England and Wales: 45 forces, 12 months, about 12,100 rows a file. */
export const forces = 45;
export const areasOfForce = 772;
export const rowsOfYear = 6_523_474;

/** The code of a small area of the bench: it looks like one of 2021 and is none. */
export const areaCode = (force: number, area: number): string =>
  `E01${String(force * areasOfForce + area + 1).padStart(6, '0')}`;

const header =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n';
const outcomes = [
  'Investigation complete; no suspect identified',
  'Unable to prosecute suspect',
  'Under investigation',
  'Status update unavailable',
  'Court result unavailable',
];
const streets = ['High Street', 'Station Road', 'Church Lane', 'Parking Area', 'Supermarket, "Market" Place'];
const digits = '0123456789abcdef';

/**
 * Files as data.police.uk has them, from a seed: the same bytes each time. One row in twenty has a quoted comma, one in ten no
 * place, one in four is anti-social behaviour without a Crime ID.
 * @returns their folder
 */
export async function writeFiles(folder: string, rows: number, firstYear = 2023): Promise<string> {
  const place = join(folder, `rows-${rows}`);
  const mark = join(place, 'whole');
  if (existsSync(mark)) return place;
  mkdirSync(place, { recursive: true });
  const stream = randomStream(20_261_124);
  const random = () => stream.next();
  const months = Math.max(1, Math.round((rows / rowsOfYear) * 12));
  const rowsOfFile = Math.ceil(rows / (months * forces));
  let left = rows;
  for (let month = 0; month < months; month += 1) {
    const name = `${firstYear + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    for (let force = 0; force < forces && left > 0; force += 1) {
      const out = createWriteStream(join(place, `${name}-force-${String(force).padStart(2, '0')}-street.csv`));
      out.write(header);
      const take = Math.min(left, rowsOfFile);
      left -= take;
      let text = '';
      for (let row = 0; row < take; row += 1) {
        text += line(random, name, force);
        if (text.length > 1 << 18) {
          if (!out.write(text)) await once(out, 'drain');
          text = '';
        }
      }
      out.end(text);
      await once(out, 'finish');
    }
  }
  writeFileSync(mark, '');
  return place;
}

function line(random: () => number, month: string, force: number): string {
  const isDisorder = random() < 0.25;
  const type = isDisorder ? crimeTypes[0] : (crimeTypes[1 + Math.floor(random() * (crimeTypes.length - 1))] ?? '');
  const isPlaced = random() >= 0.1;
  // A few areas have most of it, as real ones do.
  const area = Math.floor(random() ** 2 * areasOfForce);
  const street = streets[random() < 0.05 ? 4 : Math.floor(random() * 4)] ?? '';
  const location = !isPlaced ? 'No Location' : `On or near ${street}`;
  const shown = location.includes(',') ? `"${location.replaceAll('"', '""')}"` : location;
  const spread = () => random().toFixed(6).slice(2);
  return `${isDisorder ? '' : hex(random)},${month},Force ${force} Police,Force ${force} Police,${isPlaced ? `-1.${spread()},52.${spread()}` : ','},${shown},${isPlaced ? `${areaCode(force, area)},Place ${area}` : ','},${type},${isDisorder ? '' : (outcomes[Math.floor(random() * outcomes.length)] ?? '')},\n`;
}

function hex(random: () => number): string {
  let text = '';
  for (let part = 0; part < 8; part += 1) {
    const value = Math.floor(random() * 4_294_967_296);
    for (let shift = 28; shift >= 0; shift -= 4) text += digits[(value >>> shift) & 15] ?? '';
  }
  return text;
}

export const csvIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => join(folder, name));

export const bytesOf = (paths: readonly string[]): number => paths.reduce((sum, path) => sum + statSync(path).size, 0);
