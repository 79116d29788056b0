import { protectTables } from '../../src/measures/disclosure-control.ts';
import {
  type LinkedCell,
  type LinkedTables,
  type Relation,
  cellId,
  crossTable,
} from '../../src/measures/linked-tables.ts';
import { type Random, drawPoisson, randomStream } from '../../src/measures/random.ts';
import { answered } from '../answered.ts';

/** Tables as a partnership might publish them, and why they are hard. */
export interface Publication {
  readonly kind: 'hierarchy' | 'three-way' | 'two-definitions' | 'earlier-release';
  readonly tables: LinkedTables;
}

const codes = (letter: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);

/** A small count here and there among larger ones, as offences by area are. */
function drawCount(random: Random): number {
  const mean = [0.6, 2, 6, 20][random.below(4)]!;
  return drawPoisson(mean, random);
}

/** Areas in districts, by offence, by nothing or by sex: every total and sub-total. */
function hierarchy(random: Random, ways: 2 | 3): LinkedTables {
  const areas = codes('A', 3 + random.below(ways === 2 ? 5 : 2));
  const cut = 1 + random.below(areas.length - 1);
  const types = codes('T', 2 + random.below(ways === 2 ? 4 : 2));
  const sexes = ['F', 'M'];
  const inner = areas.flatMap((area) =>
    types.flatMap((type) => (ways === 2 ? [[area, type]] : sexes.map((sex) => [area, type, sex]))),
  );
  return answered(
    crossTable(
      [
        { name: 'area', parents: { Total: ['North', 'South'], North: areas.slice(0, cut), South: areas.slice(cut) } },
        { name: 'type', parents: { All: types } },
        ...(ways === 3 ? [{ name: 'sex', parents: { Both: sexes } }] : []),
      ],
      inner.map((own) => ({ codes: own, count: drawCount(random) })),
    ),
  );
}

/** Under 18 in one view and under 25 in another: the difference is a table that nobody printed. */
function twoDefinitions(random: Random): LinkedTables {
  const areas = codes('A', 3 + random.below(4));
  const narrow = areas.map(() => drawCount(random));
  const between = areas.map(() => (random.next() < 0.3 ? random.below(3) : drawCount(random)));
  const cells: LinkedCell[] = [];
  const relations: Relation[] = [];
  const add = (view: string, counts: readonly number[], standing: LinkedCell['standing']): void => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const marked = standing === undefined ? {} : { standing };
    areas.forEach((area, i) => cells.push({ id: cellId([view, area]), count: counts[i]!, ...marked }));
    cells.push({ id: cellId([view, 'Total']), count: total, ...marked });
    relations.push({ total: cellId([view, 'Total']), parts: areas.map((area) => cellId([view, area])) });
  };
  add('under 18', narrow, undefined);
  add('18 to 24', between, 'unpublished');
  add(
    'under 25',
    narrow.map((count, i) => count + between[i]!),
    undefined,
  );
  for (const area of [...areas, 'Total'])
    relations.push({
      total: cellId(['under 25', area]),
      parts: [cellId(['under 18', area]), cellId(['18 to 24', area])],
    });
  return { cells, relations };
}

/** A first quarter already out, then the half year: what was shown then is known, and the second quarter can be taken away. */
function earlierRelease(random: Random, hideTo: number): LinkedTables {
  const areas = codes('A', 4 + random.below(3));
  const first = areas.map(() => drawCount(random));
  const second = areas.map(() => drawCount(random));
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const table = (view: string, counts: readonly number[]): { cells: LinkedCell[]; relation: Relation } => ({
    cells: [
      ...areas.map((area, i) => ({ id: cellId([view, area]), count: counts[i]! })),
      { id: cellId([view, 'Total']), count: sum(counts) },
    ],
    relation: { total: cellId([view, 'Total']), parts: areas.map((area) => cellId([view, area])) },
  });
  const early = table('first', first);
  const released = protectTables({ cells: early.cells, relations: [early.relation] }, { hideTo });
  const shown = new Set(
    'refused' in released ? [] : released.cells.flatMap((cell) => (cell.state === 'shown' ? [cell.id] : [])),
  );
  const later = table('second', second);
  const whole = table(
    'half',
    first.map((count, i) => count + second[i]!),
  );
  return {
    cells: [
      // What the first release hid stays hidden: it is shown nowhere.
      ...early.cells.map((cell) => ({
        ...cell,
        standing: shown.has(cell.id) ? ('published' as const) : ('unpublished' as const),
      })),
      ...later.cells.map((cell) => ({ ...cell, standing: 'unpublished' as const })),
      ...whole.cells,
    ],
    relations: [
      early.relation,
      later.relation,
      whole.relation,
      ...[...areas, 'Total'].map((area) => ({
        total: cellId(['half', area]),
        parts: [cellId(['first', area]), cellId(['second', area])],
      })),
    ],
  };
}

/** The tables of a seed: the same seed, the same tables. */
export function randomPublication(seed: number, hideTo: number): Publication {
  const random = randomStream(20260101, seed);
  switch (seed % 4) {
    case 0:
      return { kind: 'two-definitions', tables: twoDefinitions(random) };
    case 1:
      return { kind: 'earlier-release', tables: earlierRelease(random, hideTo) };
    case 2:
      return { kind: 'three-way', tables: hierarchy(random, 3) };
    default:
      return { kind: 'hierarchy', tables: hierarchy(random, 2) };
  }
}
