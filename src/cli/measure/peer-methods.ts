import {
  auditDisclosure,
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  crossTable,
  funnelPlot,
  funnelPoint,
  holm,
  isRefusal,
  mostSimilarGroups,
  overdispersion,
  proportionFunnelLimits,
  proportionStandings,
  protectTables,
  refuse,
  roundTables,
  standingAmongPeers,
  type LinkedTables,
  type Refusal,
} from '../../measures/index.ts';
import { z } from 'zod';
import { distinct, maybe, numberColumn, numbersIn, textColumn, textsIn, type Cells } from './columns.ts';
import { choice, list, lists, number, numbers, object, optional, text, texts, whole, yesNo } from './field.ts';
import { method, type Method } from './method.ts';
import { under } from './shape.ts';

const areaColumn = maybe(textColumn('name of the area, named in the answer'));
const areaNames = ({ area = [] }: Cells) => area;

/** Per area the value of each variable, both in the order in which the file names them first. */
function variablesOf(cells: Cells): { variables: number[][]; weights: number[] | undefined } {
  const areas = textsIn(cells, 'area');
  const names = textsIn(cells, 'variable');
  const columns = distinct(names);
  const value = new Map(areas.map((area, i) => [`${area}\n${names[i] ?? ''}`, numbersIn(cells, 'value')[i]]));
  const weight = cells['weight'] as readonly number[] | undefined;
  return {
    // A value that is missing makes a shorter row, which the measure refuses.
    variables: distinct(areas).map((area) => columns.flatMap((name) => value.get(`${area}\n${name}`) ?? [])),
    weights: weight && columns.map((name) => weight[names.lastIndexOf(name)] ?? 1),
  };
}

const observed = { observed: numbers('events of each area'), expected: numbers('events expected of each area') };
const pValues = numbers('p value of each test');
const pColumns = { test: maybe(textColumn('name of the test, named in the answer')), p: numberColumn('its p value') };
const pOf = ({ p }: Cells) => ({ pValues: p });
const pRow = {
  fields: { pValues },
  columns: pColumns,
  names: ({ test = [] }: Cells) => test,
  fromCells: pOf,
  example: { pValues: [0.01, 0.02, 0.03] },
  exampleCsv: { lines: ['p', '0.01', '0.02', '0.03'] },
};

/** Peers, and many tests at once */
export const peerMethods: readonly Method[] = [
  method({
    name: 'funnel-plot',
    of: 'funnelPlot',
    file: 'funnel-plot.ts',
    summary: 'Which areas have a rate further from the pooled rate than chance explains',
    fields: {
      events: numbers('count of events of each area'),
      population: numbers('people of each area'),
      per: number('people for whom rates are given: 1000'),
      winsorise: optional(number('share of areas at each end that are drawn in, 0.1 unless given')),
    },
    columns: {
      area: areaColumn,
      events: numberColumn('count of events'),
      population: numberColumn('people'),
    },
    names: areaNames,
    fromCells: ({ events, population }) => ({ events, population }),
    example: { events: [10, 20, 40], population: [1000, 2000, 4000], per: 1000 },
    exampleCsv: { lines: ['events,population', '10,1000', '20,2000', '40,4000'], options: ['--per 1000'] },
    run: funnelPlot,
  }),
  method({
    of: 'funnelPoint',
    file: 'funnel-plot.ts',
    summary: 'One point of each curve of a plain funnel',
    fields: {
      events: whole(1, 1_000_000_000, 'number of events at which the curve is drawn'),
      overall: number('pooled rate, per so many people'),
      per: number('people for whom rates are given'),
      level: number('share within the curves: 0.95, 0.998'),
    },
    example: { events: 1, overall: 3.74858221541745, per: 1000, level: 0.95 },
    run: (input) => funnelPoint(input),
  }),
  method({
    of: 'overdispersion',
    file: 'funnel-plot.ts',
    summary: 'How much more areas differ than chance explains, and the correction for it',
    fields: { ...observed, winsorise: optional(number('share of areas at each end that are drawn in')) },
    columns: {
      area: areaColumn,
      observed: numberColumn('events of the area'),
      expected: numberColumn('events expected of it'),
    },
    names: areaNames,
    fromCells: ({ observed: seen, expected }) => ({ observed: seen, expected }),
    example: { observed: [10, 20, 30], expected: [12, 18, 30] },
    exampleCsv: { lines: ['observed,expected', '10,12', '20,18', '30,30'] },
    run: overdispersion,
  }),
  method({
    of: 'proportionStandings',
    file: 'funnel-plot.ts',
    summary: 'Where each proportion stands against all of them pooled',
    fields: { counts: numbers('how many have it, an area each'), wholes: numbers('how many there are') },
    columns: {
      area: areaColumn,
      count: numberColumn('how many have it'),
      whole: numberColumn('how many there are'),
    },
    names: areaNames,
    fromCells: ({ count, whole: wholes }) => ({ counts: count, wholes }),
    example: { counts: [90, 10, 10, 10], wholes: [100, 100, 100, 100] },
    exampleCsv: { lines: ['count,whole', '90,100', '10,100', '10,100', '10,100'] },
    run: ({ counts, wholes }) => under('standing', proportionStandings(counts, wholes)),
  }),
  method({
    of: 'proportionFunnelLimits',
    file: 'funnel-plot.ts',
    summary: 'The limits of a funnel of proportions at a denominator',
    fields: {
      overall: number('pooled proportion'),
      whole: number('the denominator'),
      level: number('share within the limits: 0.95, 0.998'),
    },
    rows: 'each',
    columns: { whole: numberColumn('the denominator') },
    fromCells: ({ whole: wholes }) => ({ whole: wholes?.[0] }),
    example: { overall: 0.5, whole: 100, level: 0.95 },
    exampleCsv: { lines: ['whole', '100'], options: ['--overall 0.5', '--level 0.95'] },
    run: (input) =>
      input.overall >= 0 && input.overall <= 1 && input.whole > 0 && input.level > 0 && input.level < 1
        ? proportionFunnelLimits(input.overall, input.whole, input.level)
        : refuse('out-of-range', 'The proportion and the level must lie between 0 and 1, the denominator above 0.'),
  }),
  method({
    name: 'most-similar-groups',
    of: 'mostSimilarGroups',
    file: 'most-similar-group.ts',
    summary: 'For each area those most like it: the peers to compare it with',
    fields: {
      variables: lists('a list for each area: the value of each variable'),
      weights: optional(numbers('weight of each variable, 1 unless given')),
      size: optional(whole(1, 100_000, 'peers of each area, 14 unless given')),
    },
    columns: {
      area: textColumn('name of the area'),
      variable: textColumn('name of the variable'),
      value: numberColumn('its value in that area'),
      weight: maybe(numberColumn('weight of the variable')),
    },
    names: (cells) => distinct(textsIn(cells, 'area')),
    fromCells: variablesOf,
    example: { variables: [[0], [1], [9]], size: 1 },
    exampleCsv: { lines: ['area,variable,value', 'A,density,0', 'B,density,1', 'C,density,9'], options: ['--size 1'] },
    run: mostSimilarGroups,
  }),
  method({
    of: 'standingAmongPeers',
    file: 'most-similar-group.ts',
    summary: 'Where an area’s rate stands among its peers’ rates',
    fields: { own: number('rate of the area'), peers: numbers('rates of its peers') },
    columns: { rate: numberColumn('rate of a peer') },
    fromCells: ({ rate }) => ({ peers: rate }),
    example: { own: 5, peers: [1, 9, 3] },
    exampleCsv: { lines: ['rate', '1', '9', '3'], options: ['--own 5'] },
    run: ({ own, peers }) => standingAmongPeers(own, peers),
  }),
  method({
    name: 'multiple-testing',
    of: 'benjaminiHochberg',
    file: 'multiple-testing.ts',
    summary: 'Benjamini and Hochberg’s q values of many tests at once',
    ...pRow,
    run: (input) => under('q', benjaminiHochberg(input.pValues)),
  }),
  method({
    of: 'benjaminiYekutieli',
    file: 'multiple-testing.ts',
    summary: 'The same for tests that depend on each other in any way',
    ...pRow,
    run: (input) => under('q', benjaminiYekutieli(input.pValues)),
  }),
  method({
    of: 'holm',
    file: 'multiple-testing.ts',
    summary: 'Holm’s p values, which keep the chance of even one false finding small',
    ...pRow,
    run: (input) => under('p', holm(input.pValues)),
  }),
  method({
    of: 'bonferroni',
    file: 'multiple-testing.ts',
    summary: 'Bonferroni’s p values: each times the number of tests',
    ...pRow,
    run: (input) => under('p', bonferroni(input.pValues)),
  }),
];

const tables = {
  cells: optional(
    list(
      object({
        id: text('its name'),
        count: number('its count'),
        standing: optional(choice(['new', 'published', 'unpublished'], 'where it stands')),
      }),
      'for each cell {"id", "count", "standing"}: standing is new, published or unpublished',
    ),
  ),
  relations: optional(
    list(
      object({ total: text('a cell'), parts: texts('the cells that it adds up') }),
      'for each total {"total", "parts"}',
    ),
  ),
  dimensions: optional(
    list(
      object({ name: text('its name'), parents: z.record(z.string(), texts('its parts')) }),
      'instead of cells: for each dimension of a cross table {"name", "parents": {"Total": ["A", "B"]}}',
    ),
  ),
  counts: optional(
    list(
      object({ codes: texts('one a dimension'), count: number('its count') }),
      'with dimensions: {"codes", "count"} of each leaf',
    ),
  ),
  hideTo: whole(0, 1_000_000, 'counts from 1 to this are hidden: 4 by custom, 7 for hospital records'),
  zerosShown: optional(yesNo('no where the source forbids showing zeros')),
  protection: optional(choice(['covers-rule', 'not-derivable'], 'how well small counts must be hidden')),
  hiddenAtLeast: optional(
    z
      .union([z.literal(0), z.literal(1)])
      .meta({ kind: 'number', means: 'what a reader knows of a hidden cell: 0 or 1' }),
  ),
};
const tableColumns = {
  area: textColumn('the area'),
  group: maybe(textColumn('the sub-total that the area belongs to')),
  category: textColumn('the category'),
  count: numberColumn('its count; those that no row names are 0'),
};

function tableOf(cells: Cells) {
  const areas = textsIn(cells, 'area');
  const categories = textsIn(cells, 'category');
  const group = cells['group'] as readonly string[] | undefined;
  const subTotals = group && Map.groupBy(distinct(areas), (area) => group[areas.indexOf(area)] ?? '');
  return {
    dimensions: [
      {
        name: 'area',
        parents: subTotals
          ? { Total: [...subTotals.keys()], ...Object.fromEntries(subTotals) }
          : { Total: distinct(areas) },
      },
      { name: 'category', parents: { Total: distinct(categories) } },
    ],
    counts: areas.map((area, i) => ({ codes: [area, categories[i]], count: cells['count']?.[i] })),
  };
}

interface Tables {
  readonly cells?: LinkedTables['cells'];
  readonly relations?: LinkedTables['relations'];
  readonly dimensions?: Parameters<typeof crossTable>[0];
  readonly counts?: Parameters<typeof crossTable>[1];
}

function linkedTables({ cells, relations = [], dimensions, counts = [] }: Tables): LinkedTables | Refusal {
  if (cells !== undefined) return { cells, relations };
  return dimensions === undefined
    ? refuse('no-tables', 'It needs cells with the relations that bind them, or dimensions with their counts.')
    : crossTable(dimensions, counts);
}

const small = {
  cells: [
    { id: 'a', count: 2 },
    { id: 'b', count: 7 },
    { id: 'c', count: 8 },
    { id: 't', count: 17 },
  ],
  relations: [{ total: 't', parts: ['a', 'b', 'c'] }],
  hideTo: 4,
};

/** Small numbers */
export const disclosureMethods: readonly Method[] = [
  method({
    name: 'disclosure-control',
    of: 'protectTables',
    file: 'disclosure-control.ts',
    summary: 'Tables with their small counts hidden, and what else it takes so that nobody can work them out',
    fields: { ...tables, steps: optional(whole(1, 10_000_000, 'steps of the exact search; more take longer')) },
    columns: tableColumns,
    fromCells: tableOf,
    example: small,
    run: ({ hideTo, zerosShown, protection, hiddenAtLeast, steps, ...given }) => {
      const linked = linkedTables(given);
      if (isRefusal(linked)) return linked;
      const rule = ruleOf({ hideTo, zerosShown, protection, hiddenAtLeast });
      return protectTables(linked, rule, steps === undefined ? {} : { steps });
    },
  }),
  method({
    of: 'auditDisclosure',
    file: 'disclosure-control.ts',
    summary: 'What a reader could work out of tables with these cells hidden',
    fields: { ...tables, hidden: texts('names of the hidden cells') },
    example: { ...small, hidden: ['a', 'b'] },
    run: ({ hideTo, zerosShown, protection, hiddenAtLeast, hidden, ...given }) => {
      const linked = linkedTables(given);
      if (isRefusal(linked)) return linked;
      return auditDisclosure(linked, hidden, ruleOf({ hideTo, zerosShown, protection, hiddenAtLeast }));
    },
  }),
  method({
    of: 'roundTables',
    file: 'rounded-tables.ts',
    summary: 'Tables with every count rounded, and whether sums still tell a small one',
    fields: {
      ...tables,
      base: optional(whole(2, 1000, 'multiple to round to, 5 unless given')),
      rounding: optional(choice(['nearest', 'random'], 'to the nearest multiple (nearest), or up or down by chance')),
      seed: optional(whole(0, Number.MAX_SAFE_INTEGER, 'seed of the chance, for random rounding')),
    },
    example: small,
    run: ({ base, rounding, seed, hideTo, zerosShown: _zeros, protection: _how, hiddenAtLeast: _least, ...given }) => {
      const linked = linkedTables(given);
      if (isRefusal(linked)) return linked;
      return roundTables(linked, {
        hideTo,
        ...(base !== undefined && { base }),
        ...(rounding !== undefined && { rounding }),
        ...(seed !== undefined && { seed }),
      });
    },
  }),
];

function ruleOf({
  hideTo,
  zerosShown,
  protection,
  hiddenAtLeast,
}: {
  readonly hideTo: number;
  readonly zerosShown: boolean | undefined;
  readonly protection: 'covers-rule' | 'not-derivable' | undefined;
  readonly hiddenAtLeast: 0 | 1 | undefined;
}) {
  return {
    hideTo,
    ...(zerosShown !== undefined && { zerosShown }),
    ...(protection !== undefined && { protection }),
    ...(hiddenAtLeast !== undefined && { hiddenAtLeast }),
  };
}
