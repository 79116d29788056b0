import { toWgs84Degrees, isRefusal } from '../../src/measures/index.ts';
import { drawPoisson, randomStream } from '../../src/measures/random.ts';

/** A generated town of 36 small areas, each a square of a kilometre. No real place and no real person. */
export const smallTown = { code: 'E06000990', name: 'Haverness', side: 6 } as const;

const areas = Array.from({ length: smallTown.side ** 2 }, (_, place) => ({
  code: `E0199${String(place + 1).padStart(4, '0')}`,
  name: `Haverness ${String(Math.floor(place / smallTown.side) + 1).padStart(3, '0')}${'ABCDEF'[place % smallTown.side] ?? ''}`,
  ward: Math.floor(place / 12),
  west: 330_000 + (place % smallTown.side) * 1_000,
  south: 430_000 + Math.floor(place / smallTown.side) * 1_000,
}));

/** The four in the middle have most of what happens. */
const isCentre = ({ west, south }: (typeof areas)[number]): boolean =>
  [332_000, 333_000].includes(west) && [432_000, 433_000].includes(south);

const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  `${rows.map((row) => row.map((cell) => (/[",]/.test(String(cell)) ? `"${cell}"` : cell)).join(',')).join('\n')}\n`;

/** To degrees, as boundaries and data.police.uk have them. */
function degrees(easting: number, northing: number): readonly [number, number] {
  const point = toWgs84Degrees([easting], [northing]);
  if (isRefusal(point)) throw new Error(point.sentence);
  const round = (value: number | undefined) => Math.round((value ?? 0) * 1e6) / 1e6;
  return [round(point.longitudes[0]), round(point.latitudes[0])];
}

export const smallTownReference: Readonly<Record<string, string>> = {
  'lookup.csv': csv([
    ['LSOA21CD', 'LSOA21NM', 'WD24CD', 'WD24NM', 'LAD24CD', 'LAD24NM'],
    ...areas.map(({ code, name, ward }) => [
      code,
      name,
      `E0599000${ward}`,
      `Ward ${ward + 1}`,
      smallTown.code,
      smallTown.name,
    ]),
  ]),
  'population.csv': csv([
    ['lsoa21_name', 'lsoa21_code', 'total_population', ...Array.from({ length: 90 }, (_, age) => age), '90+'],
    ...areas.map(({ code, name }) => [name, code, 1_820, ...Array.from({ length: 91 }, () => 20)]),
  ]),
  'ethnicity.csv': csv([
    ['lsoa21_code', 'total_residents', 'ethnic_group', 'n', 'prop'],
    ...areas.flatMap(({ code }) =>
      (
        [
          ['Asian, Asian British or Asian Welsh', 182],
          ['Black, Black British, Black Welsh, Caribbean or African', 91],
          ['Mixed or Multiple ethnic groups', 91],
          ['White', 1_365],
          ['Other ethnic group', 91],
        ] as const
      ).map(([group, n]) => [code, 1_820, group, n, n / 1_820]),
    ),
  ]),
  'weights.csv': csv([
    ['Offence code', 'Weight'],
    ['1', 7_979],
    ['5D', 1_460],
    ['8N', 184],
    ['34B', 746],
  ]),
  'boundaries.geojson': JSON.stringify({
    type: 'FeatureCollection',
    features: areas.map(({ code, name, west, south }) => ({
      type: 'Feature',
      properties: { LSOA21CD: code, LSOA21NM: name },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1_000, 0],
            [1_000, 1_000],
            [0, 1_000],
            [0, 0],
          ].map(([x = 0, y = 0]) => degrees(west + x, south + y)),
        ],
      },
    })),
  }),
};

/** Land, as the boundaries of the 361 local authorities of the United Kingdom would have it: all but the sea to the west. */
export const smallTownLand = JSON.stringify({
  type: 'FeatureCollection',
  features: Array.from({ length: 361 }, (_, place) => {
    const [west, south, side] = place === 0 ? [330_000, 430_000, 6_000] : [400_000 + place * 100, 430_000, 100];
    return {
      type: 'Feature',
      properties: {
        LAD24CD: place === 0 ? smallTown.code : `E07${String(100 + place).padStart(6, '0')}`,
        LAD24NM: `Area ${place}`,
      },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
            [0, 0],
          ].map(([x = 0, y = 0]) => degrees(west + x * side, south + y * side)),
        ],
      },
    };
  }),
});

const pseudonym = (kind: string, number: number): string => `${kind}${String(number).padStart(31, '0')}`;
const two = (number: number): string => String(number).padStart(2, '0');

/**
 * Record-level extracts of the force for months of a year, always the same: a centre with four times as much, a fifth of it
 * repeated close by within three days, domestic abuse in a quarter, and an age of the victim in nine of ten.
 */
export function forceExtract(months: readonly string[], seed = 7): string {
  const stream = randomStream(seed, 0);
  const random = () => stream.next();
  const rows: (string | number)[][] = [];
  let number = 0;
  const add = (month: string, day: number, area: (typeof areas)[number], x: number, y: number) => {
    number += 1;
    const at = `${month}-${two(day)} ${two(Math.floor(random() * 24))}:00`;
    const ethnicity = ['W1', 'W1', 'W1', 'W1', 'W1', 'A1', 'B1', 'B2', 'M1', 'NS'][Math.floor(random() * 10)] ?? '';
    const code = ['8N', '8N', '8N', '34B', '34B', '5D'][Math.floor(random() * 6)] ?? '';
    rows.push([
      pseudonym('c', number),
      number === 1 ? '1' : code,
      `${month}-${two(day)}`,
      at,
      at,
      // The force did not place every tenth: it has a point.
      number % 10 === 0 ? '' : area.code,
      Math.round(x),
      Math.round(y),
      random() < 0.25 ? 'Y' : 'N',
      random() < 0.1 ? '' : 10 + Math.floor(random() * 60),
      random() < 0.5 ? 'Female' : 'Male',
      ethnicity,
      'Example Constabulary',
    ]);
  };
  for (const month of months)
    for (const area of areas)
      for (let left = drawPoisson(isCentre(area) ? 8 : 2, stream); left > 0; left -= 1) {
        const day = 1 + Math.floor(random() * 24);
        const [x, y] = [area.west + 100 + random() * 800, area.south + 100 + random() * 800];
        add(month, day, area, x, y);
        if (random() < 0.2) add(month, day + 1 + Math.floor(random() * 2), area, x + 40, y + 30);
      }
  return csv([
    [
      'Crime Reference',
      'Offence Code',
      'Recorded Date',
      'From',
      'To',
      'LSOA Code',
      'Easting',
      'Northing',
      'Domestic Abuse',
      'Victim Age',
      'Victim Sex',
      'Victim Ethnicity',
      'Force',
    ],
    ...rows,
  ]);
}

/** A month as data.police.uk publishes it, with some rows without a place. */
export function streetLevel(month: string, seed = 11): string {
  const stream = randomStream(seed, Number(month.replace('-', '')));
  const random = () => stream.next();
  const rows: (string | number)[][] = [];
  const types = ['Violence and sexual offences', 'Robbery', 'Possession of weapons', 'Anti-social behaviour'];
  for (const area of areas)
    for (let left = drawPoisson(isCentre(area) ? 12 : 3, stream); left > 0; left -= 1) {
      const [longitude, latitude] = degrees(area.west + 500, area.south + 500);
      const isPlaced = random() > 0.05;
      const type = types[Math.floor(random() ** 2 * types.length)] ?? '';
      rows.push([
        type === 'Anti-social behaviour' ? '' : `${month.replace('-', '')}${String(rows.length).padStart(58, '0')}`,
        month,
        'Lancashire Constabulary',
        'Lancashire Constabulary',
        isPlaced ? longitude : '',
        isPlaced ? latitude : '',
        isPlaced ? 'On or near Example Street' : 'No Location',
        isPlaced ? area.code : '',
        isPlaced ? area.name : '',
        type,
        '',
        '',
      ]);
    }
  return csv([
    [
      'Crime ID',
      'Month',
      'Reported by',
      'Falls within',
      'Longitude',
      'Latitude',
      'Location',
      'LSOA code',
      'LSOA name',
      'Crime type',
      'Last outcome category',
      'Context',
    ],
    ...rows,
  ]);
}
