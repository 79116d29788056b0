import { chanceOf } from './chance.ts';
import { nightTime, underServed } from './truths.ts';

// Merrowshire lies in the North Sea, so that no place of it can be taken for a real one. Its codes begin like real ones, for
// the book of areas takes no others, and their numbers are beyond all that were ever given out.

/** Metres of the British National Grid. */
export type Point = readonly [easting: number, northing: number];

export interface SmallArea {
  readonly code: string;
  readonly name: string;
  readonly column: number;
  readonly row: number;
  readonly ward: Ward;
  readonly district: District;
  readonly people: number;
  /** 0 for the least deprived of the county, 1 for the most. */
  readonly deprivation: number;
  /** Its four corners: north-west, south-west, south-east, north-east. */
  readonly corners: readonly [Point, Point, Point, Point];
}

export interface Ward {
  readonly code: string;
  readonly msoa: string;
  readonly name: string;
}

export interface District {
  readonly code: string;
  readonly name: string;
  /** The county council above it, where there are two tiers. */
  readonly upper: { readonly code: string; readonly name: string };
  readonly csp: { readonly code: string; readonly name: string };
}

export const force = { code: 'E23000990', name: 'Merrowshire Constabulary' };
export const fireAuthority = { code: 'E31000990', name: 'Merrowshire Fire and Rescue Service' };
export const region = { code: 'E12000990', name: 'The Merrow Shore' };

const ashlode = { code: 'E10000990', name: 'Ashlode' };
const unitary = (code: string, name: string, csp: string): District => ({
  code,
  name,
  upper: { code, name },
  csp: { code: csp, name },
});

interface DistrictDrawn extends District {
  /** Of columns from west to east, and of rows from north to south, where each ward begins. */
  readonly within: readonly { readonly columns: readonly number[]; readonly rows: readonly number[] }[];
  readonly wards: readonly string[];
}

const drawn: readonly DistrictDrawn[] = [
  {
    ...unitary('E06000990', 'Haverness', 'E22000990'),
    within: [{ columns: [8, 11, 13, 15], rows: [5, 7, 9, 11, 13] }],
    wards: [
      'Northgate',
      'Lantern Hill',
      'Gull Point',
      'Station',
      'Market',
      nightTime.ward,
      'Sallow',
      'Ropewalk',
      'Harbour',
      'Haver Green',
      'Saltmarsh',
      'South Sands',
    ],
  },
  {
    ...unitary('E08000990', 'Castlemere', 'E22000991'),
    within: [{ columns: [0, 2, 4, 6, 8], rows: [6, 8, 11, 13] }],
    wards: [
      'Westmere',
      'Kilnfield',
      'Abbey',
      'Eastmere',
      'Low Mill',
      'Castle',
      'Foundry',
      'Broadlock',
      'Withy Bank',
      'Collier Row',
      'Southmere',
      'Tanyard',
    ],
  },
  {
    code: 'E07000990',
    name: 'North Ashlode',
    upper: ashlode,
    csp: { code: 'E22000992', name: 'North Ashlode' },
    within: [{ columns: [0, 3, 6, 9, 12, 15], rows: [0, 3] }],
    wards: ['High Fell', 'Ashlode Town', 'Beck and Moss', 'Long Furrow', 'Nessgate'],
  },
  {
    code: 'E07000991',
    name: 'Vale of Lode',
    upper: ashlode,
    csp: { code: 'E22000993', name: 'Vale of Lode' },
    within: [
      { columns: [0, 4, 8, 11, 15], rows: [3, 5] },
      { columns: [0, 8], rows: [5, 6] },
    ],
    wards: ['Upper Lode', 'Lode Bridge', 'Fennel', 'Shingle Street', 'Mere Side'],
  },
  {
    ...unitary('E06000991', 'Wolvering', 'E22000994'),
    within: [{ columns: [0, 3, 6, 9, 12, 15], rows: [13, 16] }],
    wards: ['Wolver Heath', 'Staple Cross', 'Wolvering Town', 'Drove', 'Warren Cliff'],
  },
];

const widths = [2600, 2400, 2000, 1500, 1400, 1500, 2000, 2200, 1500, 1200, 1000, 900, 800, 700, 650];
const heights = [2600, 2400, 2200, 2200, 2000, 1300, 1000, 900, 800, 800, 900, 1200, 1500, 2000, 2300, 2500];
const [west, north] = [590_000, 430_000];
const columns = widths.length;

const edges = (lengths: readonly number[]): readonly number[] => [
  0,
  ...lengths.map((_, at) => lengths.slice(0, at + 1).reduce((sum, each) => sum + each, 0)),
];

/** Corners of the small areas, row by row. Neighbours share them, so there is neither gap nor overlap. */
function cornersDrawn(): readonly (readonly Point[])[] {
  const chance = chanceOf(1);
  const [across, down] = [edges(widths), edges(heights)];
  return down.map((y, row) =>
    across.map((x, column): Point => {
      const room = (lengths: readonly number[], at: number) =>
        0.22 * Math.min(lengths[at - 1] ?? Infinity, lengths[at] ?? Infinity);
      const [moveX, moveY] = [chance.next() * 2 - 1, chance.next() * 2 - 1];
      // A bay in front of Haverness, and headlands north and south of it: felt the more, the nearer the sea.
      const bay = (900 * Math.cos((y / 26_600) * 4 * Math.PI) - 300) * (column / columns) ** 3;
      return [
        Math.round(west + x + room(widths, column) * moveX + bay),
        Math.round(north - y + room(heights, row) * moveY),
      ];
    }),
  );
}

/** The points between two corners, the same for both areas that meet there; more and wilder where the sea is. */
function lineDrawer(corners: readonly (readonly Point[])[]) {
  const lines = new Map<string, readonly Point[]>();
  return (from: Place, to: Place): readonly Point[] => {
    const isForward = from.row < to.row || (from.row === to.row && from.column < to.column);
    const [one, other] = isForward ? [from, to] : [to, from];
    const key = `${one.row} ${one.column} ${other.row} ${other.column}`;
    const isCoast = one.column === columns && other.column === columns;
    const line =
      lines.get(key) ??
      roughened(
        [cornerAt(corners, one), cornerAt(corners, other)],
        isCoast ? 4 : 1,
        isCoast ? 0.13 : 0.07,
        chanceOf(10_000 + one.row * 400 + one.column * 10 + (one.row === other.row ? 1 : 2)).next,
      );
    lines.set(key, line);
    return isForward ? line : [...line].reverse();
  };
}

interface Place {
  readonly row: number;
  readonly column: number;
}

const cornerAt = (corners: readonly (readonly Point[])[], { row, column }: Place): Point =>
  corners[row]?.[column] ?? [west, north];

/** Each stretch gets a point beside its middle, again and again. */
function roughened(line: readonly Point[], times: number, share: number, next: () => number): readonly Point[] {
  if (times === 0) return line;
  const finer = line.flatMap((point, at): readonly Point[] => {
    const after = line[at + 1];
    if (after === undefined) return [point];
    const side = (next() * 2 - 1) * share;
    return [
      point,
      [
        Math.round((point[0] + after[0]) / 2 + side * (after[1] - point[1])),
        Math.round((point[1] + after[1]) / 2 - side * (after[0] - point[0])),
      ],
    ];
  });
  return roughened(finer, times - 1, share, next);
}

export interface County {
  readonly smallAreas: readonly SmallArea[];
  readonly districts: readonly District[];
  /** The outline of small areas together, from corner to corner, closed. */
  readonly outlineOf: (areas: readonly SmallArea[]) => readonly Point[];
}

let made: County | undefined;

/** The county, always the same; drawn once a process. */
export const county = (): County => (made ??= draw());

/** The small areas of Haverness. */
export const haverness = (): readonly SmallArea[] =>
  county().smallAreas.filter(({ district }) => district.code === 'E06000990');

export const smallAreaAt = (column: number, row: number): SmallArea => {
  const found = county().smallAreas.find((each) => each.column === column && each.row === row);
  if (found === undefined) throw new RangeError(`Nothing is drawn at ${column}, ${row}.`);
  return found;
};

/** Codes of the estate with much harm and no service: what the directory of the example leaves without one. */
export const underServedCodes = (): readonly string[] =>
  underServed.smallAreas.map(({ column, row }) => smallAreaAt(column, row).code);

function draw(): County {
  const corners = cornersDrawn();
  const lineOf = lineDrawer(corners);
  const chance = chanceOf(2);
  const smallAreas: SmallArea[] = [];
  let wards = 0;
  for (const district of drawn) {
    const plots = district.within.flatMap(({ columns: across, rows: down }) =>
      down.slice(0, -1).flatMap((top, band) =>
        across.slice(0, -1).map((left, block) => ({
          left,
          right: across[block + 1] ?? left,
          top,
          bottom: down[band + 1] ?? top,
        })),
      ),
    );
    for (const [at, { left, right, top, bottom }] of plots.entries()) {
      wards += 1;
      const number = String(wards).padStart(3, '0');
      const ward: Ward = { code: `E05990${number}`, msoa: `E02990${number}`, name: district.wards[at] ?? '' };
      let letter = 0;
      for (let row = top; row < bottom; row += 1)
        for (let column = left; column < right; column += 1) {
          const corner = (down: number, across: number) =>
            cornerAt(corners, { row: row + down, column: column + across });
          smallAreas.push({
            code: `E0190${String(smallAreas.length + 1).padStart(4, '0')}`,
            name: `${district.name} ${String(at + 1).padStart(3, '0')}${String.fromCharCode(65 + letter)}`,
            column,
            row,
            ward,
            district,
            people: 1_250 + chance.below(700),
            deprivation: deprivationAt(column, row, district, ward, chance.next()),
            corners: [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)],
          });
          letter += 1;
        }
    }
  }
  return {
    smallAreas: ranked(smallAreas),
    districts: drawn.map(({ code, name, upper, csp }) => ({ code, name, upper, csp })),
    outlineOf: (areas) => outline(areas, lineOf),
  };
}

const poor = new Map([
  ['Sallow', 0.35],
  [nightTime.ward, 0.22],
  ['Harbour', 0.22],
  ['Ropewalk', 0.12],
  ['Saltmarsh', 0.12],
  ['Gull Point', -0.2],
  ['South Sands', -0.15],
  ['Foundry', 0.3],
  ['Castle', 0.2],
  ['Low Mill', 0.2],
]);

function deprivationAt(column: number, row: number, district: District, ward: Ward, draw_: number): number {
  const isEstate = underServed.smallAreas.some((each) => each.column === column && each.row === row);
  if (isEstate) return 2;
  const town = { Haverness: 0.45, Castlemere: 0.5, Wolvering: 0.35 }[district.name] ?? 0.2;
  return town + (poor.get(ward.name) ?? 0) + draw_ * 0.45;
}

/** In the order of deprivation, from 0 to 1: what counts is who stands before whom. */
function ranked(areas: readonly SmallArea[]): readonly SmallArea[] {
  const order = [...areas].sort((a, b) => a.deprivation - b.deprivation || (a.code < b.code ? -1 : 1));
  const rank = new Map(order.map(({ code }, at) => [code, at / (areas.length - 1)]));
  return areas.map((area) => ({ ...area, deprivation: rank.get(area.code) ?? 0 }));
}

/** Sides that only one of the areas has are the outline: they are followed round, the land on the left. */
function outline(areas: readonly SmallArea[], lineOf: (from: Place, to: Place) => readonly Point[]): readonly Point[] {
  const key = ({ row, column }: Place) => `${row} ${column}`;
  const sides = new Map<string, { readonly from: Place; readonly to: Place }>();
  for (const { row, column } of areas) {
    const corner = (down: number, across: number): Place => ({ row: row + down, column: column + across });
    const round = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
    for (const [at, from] of round.entries()) {
      const to = round[(at + 1) % 4] ?? from;
      if (!sides.delete(`${key(to)} ${key(from)}`)) sides.set(`${key(from)} ${key(to)}`, { from, to });
    }
  }
  const next = new Map([...sides.values()].map((side) => [key(side.from), side]));
  const [first] = sides.values();
  const line: Point[] = [];
  for (let side = first; side !== undefined; side = next.get(key(side.to))) {
    line.push(...lineOf(side.from, side.to).slice(0, -1));
    if (key(side.to) === key(first?.from ?? side.to)) break;
  }
  const [start] = line;
  return start === undefined ? [] : [...line, start];
}

/** A point well inside a small area, on the grid, to the metre. @param u @param v from 0 to 1 */
export function pointIn({ corners: [a, b, c, d] }: SmallArea, u: number, v: number): Point {
  const [s, t] = [0.14 + 0.72 * u, 0.14 + 0.72 * v];
  const mix = (axis: 0 | 1) =>
    Math.round((1 - s) * ((1 - t) * a[axis] + t * b[axis]) + s * ((1 - t) * d[axis] + t * c[axis]));
  return [mix(0), mix(1)];
}
