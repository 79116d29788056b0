import { costOfCrime, harmIndex } from '../../measures/index.ts';
import { runReplicates } from '../../platform/workers/run-replicates.ts';
import { distinct, numberColumn, numbersIn, textColumn, textsIn, type Cells } from './columns.ts';
import { list, lists, number, numbers, object, optional } from './field.ts';
import { method, type Method } from './method.ts';
import { draws, seed } from './shape.ts';

const columns = {
  area: textColumn('the area'),
  offence: textColumn('the offence'),
  count: numberColumn('how many of it in that area; those that no row names are 0'),
};
const weighted = { ...columns, weight: numberColumn('weight of the offence, in days: the same in each of its rows') };
const counts = lists('a list for each area: the count of each offence');
const weights = numbers('weight of each offence, in days');
const lines = ['area,offence,count,weight', 'A,homicide,1,5475', 'A,assault,20,1', 'B,assault,300,1'];
const example = {
  counts: [
    [1, 20],
    [0, 300],
  ],
  weights: [5475, 1],
};

const areasOf = (cells: Cells): readonly string[] => distinct(textsIn(cells, 'area'));

/** A list an area, a place an offence, both in the order in which the file names them first. */
function countsByArea(cells: Cells): number[][] {
  const areas = textsIn(cells, 'area');
  const offences = textsIn(cells, 'offence');
  const rowOf = new Map(areasOf(cells).map((name, i) => [name, i]));
  const columnOf = new Map(distinct(offences).map((name, i) => [name, i]));
  const table = Array.from(rowOf, () => new Array<number>(columnOf.size).fill(0));
  for (const [i, count] of numbersIn(cells, 'count').entries()) {
    const row = table[rowOf.get(areas[i] ?? '') ?? -1];
    const at = columnOf.get(offences[i] ?? '') ?? -1;
    if (row !== undefined) row[at] = (row[at] ?? 0) + count;
  }
  return table;
}

/** What the file says of each offence: the last of its rows counts. */
function byOffence(cells: Cells, name: string): number[] {
  const values = numbersIn(cells, name);
  return [...new Map(textsIn(cells, 'offence').map((offence, i) => [offence, values[i] ?? 0])).values()];
}

const fromCells = (cells: Cells) => ({ counts: countsByArea(cells), weights: byOffence(cells, 'weight') });

/** Harm */
export const harmMethods: readonly Method[] = [
  method({
    name: 'harm-and-cost',
    of: 'harmIndex',
    file: 'harm.ts',
    summary: 'The harm of each area: counts weighted by how grave each offence is',
    fields: {
      counts,
      weights,
      graveWeight: optional(number('an offence of more days than this is grave, 365 unless given')),
    },
    columns: weighted,
    names: areasOf,
    fromCells,
    example,
    exampleCsv: { lines },
    run: harmIndex,
  }),
  method({
    of: 'harmRankIntervals',
    file: 'harm.ts',
    summary: 'How far each area’s rank by harm could move by chance',
    fields: {
      counts,
      weights,
      seed,
      draws: optional(draws('how often all counts are drawn again, 1000 unless given')),
      level: optional(number('share of the draws within the interval, 0.9 unless given')),
    },
    columns: weighted,
    names: areasOf,
    fromCells,
    workers: true,
    example,
    exampleCsv: { lines },
    run: (input, how) => runReplicates('harm-rank-intervals', input, how),
  }),
  method({
    of: 'costOfCrime',
    file: 'cost-of-crime.ts',
    summary: 'The economic and social cost of offences, recorded and actual',
    fields: {
      counts,
      unitCosts: list(
        object({ pounds: number('cost of one'), actualPerRecorded: number('how many happen for each recorded') }),
        'for each offence {"pounds", "actualPerRecorded"}',
      ),
      deflator: number('prices of the year shown over those of the source'),
    },
    columns: {
      ...columns,
      pounds: numberColumn('cost of one such offence, pounds: the same in each of its rows'),
      actualPerRecorded: numberColumn('how many happen for each one recorded'),
    },
    names: areasOf,
    fromCells: (cells) => {
      const pounds = byOffence(cells, 'pounds');
      const actual = byOffence(cells, 'actualPerRecorded');
      return {
        counts: countsByArea(cells),
        unitCosts: pounds.map((each, i) => ({ pounds: each, actualPerRecorded: actual[i] })),
      };
    },
    example: { counts: [[2]], unitCosts: [{ pounds: 100, actualPerRecorded: 4 }], deflator: 1.5 },
    exampleCsv: {
      lines: ['area,offence,count,pounds,actualPerRecorded', 'A,assault,2,100,4'],
      options: ['--deflator 1.5'],
    },
    run: costOfCrime,
  }),
];
