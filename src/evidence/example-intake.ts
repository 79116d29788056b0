import { isRefusal, toWgs84Degrees } from '../measures/index.ts';
import { haverness, pointIn } from './example/county.ts';
import { crimeTypes } from './formats/police-uk.ts';

// Haverness is made up: so are its places, and every row here. Ids are fixed, so that tests and tutorials can name a load.

const id = (number: number): string => `0f000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Ids for whoever asks for an example of a kind: see `World` in the routes. */
export const exampleIntakeIds = {
  load: id(1),
  'load-refused': id(2),
  'load-done': id(3),
  'load-to-leave': id(4),
} as const;

const header =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context';
const force = 'Merrowshire Constabulary';
const outcomes = ['Under investigation', 'Investigation complete; no suspect identified', 'Awaiting court outcome'];

/** A map point in each of the first small areas of Haverness, as the file writes them. */
function mapPoints(): readonly { readonly point: string; readonly area: string }[] {
  const areas = haverness().slice(0, 12);
  const grid = areas.map((area) => pointIn(area, 0.5, 0.5));
  const degrees = toWgs84Degrees(
    grid.map(([easting]) => easting),
    grid.map(([, northing]) => northing),
  );
  if (isRefusal(degrees)) throw new RangeError(degrees.sentence);
  return areas.map(({ code, name }, at) => ({
    point: `${(degrees.longitudes[at] ?? 0).toFixed(6)},${(degrees.latitudes[at] ?? 0).toFixed(6)}`,
    area: `${code},${name}`,
  }));
}

/** The rows of a month, always the same. */
function rowsOf(month: string, count: number): readonly string[] {
  const start = Number(month.slice(5));
  const places = mapPoints();
  return Array.from({ length: count }, (_, row) => {
    const place = (row * 7 + start) % 12;
    const type = crimeTypes[(row * row + start * 3) % crimeTypes.length] ?? '';
    const crimeId =
      type === 'Anti-social behaviour' ? '' : (row * 7919 + start * 104_729).toString(16).padStart(64, '0');
    const point =
      row % 40 === 0
        ? ',,No Location,,'
        : `${places[place]?.point ?? ','},On or near Harbour Street ${place + 1},${places[place]?.area ?? ','}`;
    const outcome = crimeId === '' ? '' : (outcomes[row % outcomes.length] ?? '');
    return `${crimeId},${month},${force},${force},${point},${type},${outcome},`;
  });
}

const fileOf = (rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
const nameOf = (month: string): string => `${month}-merrowshire-street.csv`;

const april = fileOf([
  ...rowsOf('2026-03', 204).slice(0, 20),
  ...rowsOf('2026-04', 190),
  `,2026-13,${force},${force},,,No Location,,,Burglary,,`,
  `,2026-04,${force},${force},,,No Location,,,Assault,,`,
  `,2026-04,${force},,,,No Location,,,Robbery,,`,
  `,2026-04,${force},${force},8.500000,54.100000,Harbour Street,E01900001,Haverness 001A,Robbery,,`,
  `,2026-04,${force},${force},,,No Location,,,Assault,,`,
]);

/** What somebody in the example sent: a quarter that was loaded, a month that waits for a word, and a file that is no table of crimes. */
export const exampleLoads = [
  {
    id: exampleIntakeIds['load-done'],
    files: ['2026-01', '2026-02', '2026-03'].map((month, at) => ({
      name: nameOf(month),
      text: fileOf(rowsOf(month, 180 + at * 12)),
    })),
    isLoaded: true,
  },
  {
    id: exampleIntakeIds.load,
    files: [{ name: nameOf('2026-04'), text: april }],
    isLoaded: false,
  },
  {
    // The same again, sent by mistake.
    id: exampleIntakeIds['load-to-leave'],
    files: [{ name: `copy of ${nameOf('2026-04')}`, text: april }],
    isLoaded: false,
  },
  {
    id: exampleIntakeIds['load-refused'],
    files: [{ name: 'members.csv', text: 'Organisation,Kind\nHaver Bay Rowing Club,Voluntary\n' }],
    isLoaded: false,
  },
] as const;
