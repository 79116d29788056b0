import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { standardBands } from './age-band.ts';
import type { Counted, MeasureContext } from './figure-answer.ts';
import { figureMeasure } from './figure-measure.ts';
import { noCoverage, type FigureQuestion, type FigureRow } from './figure.ts';
import { groupOf } from './people-group.ts';
import { touchingAreas } from './touching-areas.ts';

/** Results of reference packages, where they lie beside the project: the figures are held to them, not only the measures. */
const oracles = '../shared/oracles';

const question = (name: string, more: Partial<FigureQuestion> = {}): FigureQuestion => ({
  measure: { name, version: '1' },
  source: 'force-extract',
  area: 'E06000009',
  period: { from: '2025-01', to: '2025-12' },
  by: [],
  distinct: false,
  definition: null,
  releases: [],
  references: [],
  coverage: noCoverage,
  options: {},
  seed: null,
  ...more,
});
const context = (more: Partial<MeasureContext> = {}): MeasureContext => ({
  gaps: () => [],
  population: () => undefined,
  populationAged: () => undefined,
  peopleBy: () => undefined,
  domain: () => undefined,
  nameOf: (area) => area,
  unlocated: 0,
  unlocatedOf: () => 0,
  things: { one: 'offence', many: 'offences' },
  hasDays: true,
  ageColumn: 'victim_age',
  material: {},
  ...more,
});
const cell = (key: readonly (string | null)[], count: number): Counted => ({ key, count, hidden: 0, absent: 0 });
function answer(
  name: string,
  counted: Readonly<Record<string, readonly Counted[]>>,
  more: Partial<MeasureContext> = {},
  asked: Partial<FigureQuestion> = {},
) {
  const measure = figureMeasure(name);
  if (measure === undefined) throw new Error(name);
  const of = question(name, { by: measure.by?.(asked.by ?? [], []) ?? asked.by ?? [], ...asked });
  return measure.answer(of, counted, context(more));
}
const rowsOf = (...given: Parameters<typeof answer>): readonly FigureRow[] => answer(...given).rows;
const near = (found: unknown, wanted: number, relative = 1e-6) =>
  expect(Math.abs(Number(found) - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted) + 1e-9);

interface Case<In, Out> {
  readonly id: string;
  readonly input: In;
  readonly expected: Out;
}
const casesOf = <In, Out>(folder: string) =>
  (JSON.parse(readFileSync(join(oracles, folder, 'cases.json'), 'utf8')) as { cases: readonly Case<In, Out>[] }).cases;
const linesOf = (folder: string, name: string) =>
  readFileSync(join(oracles, folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));

describe.skipIf(!existsSync(oracles))('figures equal reference packages', () => {
  it('standardised-rate: PHEindicatormethods, over ages of single years', () => {
    const [{ expected } = { expected: {} as never }] = casesOf<
      unknown,
      Record<string, { value: number; lower: number; upper: number }>
    >('standardised-rates').filter(({ id }) => id === 'dsr-0.95');
    const lines = linesOf('standardised-rates', 'age-bands.csv').slice(1);
    for (const area of ['S1', 'S2', 'S3', 'S4']) {
      const bands = lines.filter(([name]) => name === area);
      expect(bands.map((each) => Number(each[4]))).toEqual(standardBands.map(({ standard }) => standard));
      // The oldest of each band, so that a slip by a year shows.
      const ages = bands.map((each, place) => cell([String(standardBands[place]?.to ?? 97)], Number(each[2])));
      const [row] = rowsOf(
        'standardised-rate',
        { ages },
        {
          populationAged: (_, { from }) => ({
            persons: Number(bands[from / 5]?.[3]),
            year: 2020,
            source: 'made',
            reference: 'made',
          }),
        },
      );
      near(row?.estimate, expected[area]?.value ?? 0);
      near(row?.lower, expected[area]?.lower ?? 0);
      near(row?.upper, expected[area]?.upper ?? 0);
    }
  });

  it('harm: sums, standard errors, ranks and their intervals', () => {
    interface Harm {
      readonly harm: readonly number[];
      readonly standard_error: readonly number[];
      readonly rank_by_harm: readonly number[];
      readonly rank_by_count: readonly number[];
      readonly rank_interval_90: { readonly low: readonly number[]; readonly high: readonly number[] };
    }
    const harm = casesOf<{ weights: Record<string, number> }, Harm>('harm-and-cost').find(({ id }) => id === 'harm');
    if (harm === undefined) throw new Error('no case');
    const [header = [], ...lines] = linesOf('harm-and-cost', 'areas.csv');
    const offences = lines.flatMap(([area = '', ...counts]) =>
      counts.map((count, place) => cell([area, header[place + 1] ?? ''], Number(count))),
    );
    const rows = rowsOf(
      'harm',
      { offences },
      {
        material: {
          weights: {
            source: 'made',
            unit: 'days',
            isCoarse: false,
            of(category) {
              const weight = harm.input.weights[category];
              return weight === undefined ? undefined : { weight, least: weight, most: weight };
            },
          },
        },
      },
      { by: ['area'] },
    );
    expect(rows.map(({ estimate }) => estimate)).toEqual(harm.expected.harm);
    expect(rows.map((row) => row['rankByHarm'])).toEqual(harm.expected.rank_by_harm);
    expect(rows.map((row) => row['rankByCount'])).toEqual(harm.expected.rank_by_count);
    for (const [place, row] of rows.entries()) {
      near(
        row.upper,
        (harm.expected.harm[place] ?? 0) + 1.959963984540054 * (harm.expected.standard_error[place] ?? 0),
        1e-9,
      );
      expect(Math.abs(Number(row['rankLow']) - (harm.expected.rank_interval_90.low[place] ?? 0))).toBeLessThanOrEqual(
        1,
      );
      expect(Math.abs(Number(row['rankHigh']) - (harm.expected.rank_interval_90.high[place] ?? 0))).toBeLessThanOrEqual(
        1,
      );
    }
    expect(rows[1]).toMatchObject({ graveEvents: 1, verdict: 'driven by 1 event' });
  });

  it('hot-spots: spdep, on a grid of small areas', () => {
    const [{ expected, input } = { expected: {} as never, input: {} as never }] = casesOf<
      { nx: number; ny: number },
      { counts: readonly number[]; gi_star: readonly number[]; hot_at_bh05: readonly number[] }
    >('gi-star').filter(({ id }) => id === 'grid-1');
    const { nx, ny } = input;
    const areas = expected.counts.map((_, place) => `E01${String(place).padStart(6, '0')}`);
    // The neighbours come from outlines, as they do from boundaries.
    const outlines = areas.map((_, place) => {
      const [x, y] = [(place % nx) / 100, Math.floor(place / nx) / 100];
      const ring = [
        [x, y],
        [x + 0.01, y],
        [x + 0.01, y + 0.01],
        [x, y + 0.01],
        [x, y],
      ];
      return { polygons: [[ring]] };
    });
    expect(areas.length).toBe(nx * ny);
    const rows = rowsOf(
      'hot-spots',
      { counts: areas.map((area, place) => cell([area], expected.counts[place] ?? 0)) },
      {
        domain: () => areas,
        material: { neighbours: { lists: touchingAreas(outlines), without: 0 } },
      },
    );
    const z = expected.gi_star;
    for (const [place, row] of rows.entries()) near(row.estimate, z[place] ?? Number.NaN, 1e-7);
    const hot = rows.flatMap(({ verdict }, place) => (verdict === 'hot spot' ? [place] : []));
    expect(hot).toEqual(expected.hot_at_bh05);
  });

  it('near-repeat: the NearRepeat package, pairs and exact expectation', () => {
    for (const id of ['sim-1-euclidean', 'sim-2-euclidean']) {
      const found = casesOf<
        { file: string },
        { observed: readonly (readonly number[])[]; exact_expected: readonly (readonly number[])[] }
      >('near-repeat').find((each) => each.id === id);
      const points = linesOf('near-repeat', found?.input.file ?? '').slice(1);
      const rows = rowsOf(
        'near-repeat',
        {},
        {
          material: {
            events: {
              eastings: points.map(([x]) => Number(x)),
              northings: points.map(([, y]) => Number(y)),
              days: points.map(([, , day]) => Number(day)),
              left: 0,
              refusal: null,
            },
          },
        },
      );
      const [observed, exact] = [found?.expected.observed ?? [], found?.expected.exact_expected ?? []].map((table) =>
        table.slice(0, 4).flatMap((line) => line.slice(0, 4)),
      );
      expect(rows.map(({ count }) => count)).toEqual(observed);
      for (const [place, row] of rows.entries()) near(row.denominator, exact?.[place] ?? Number.NaN, 1e-9);
    }
  });

  it('relative-rate: epitools, with the words that forces write', () => {
    interface Expected {
      readonly rri: number;
      readonly wald?: { readonly lower: number; readonly upper: number };
    }
    const [{ expected, input } = { expected: {} as never, input: {} as never }] = casesOf<
      { group: readonly string[]; events: readonly number[]; population: readonly number[] },
      Record<string, Expected>
    >('relative-rate-index').filter(({ id }) => id === 'groups-1');
    const written: Readonly<Record<string, string>> = {
      White: 'White - English/Welsh/Scottish/Northern Irish/British',
      Black: 'Black/African/Caribbean/Black British - Any other Black/African/Caribbean background',
      Asian: 'Asian/Asian British - Any other Asian background',
      Mixed: 'Mixed/Multiple ethnic groups - White and Asian',
      Other: 'Other ethnic group - Any other ethnic group',
    };
    const rows = rowsOf(
      'relative-rate',
      {
        groups: [
          ...input.group.map((name, place) => cell([written[name] ?? ''], input.events[place] ?? 0)),
          cell(['Other ethnic group - Not stated'], 11),
          cell([null], 9),
        ],
      },
      {
        peopleBy: () => ({
          groups: input.group.map((name, place) => ({ name, persons: input.population[place] ?? 0 })),
          reference: 'White',
          source: 'made',
        }),
      },
      { by: ['self_defined_ethnicity'] },
    );
    for (const row of rows.slice(1, -1)) {
      const wanted = expected[String(row['self_defined_ethnicity'])];
      near(row.estimate, wanted?.rri ?? Number.NaN);
      near(row.lower, wanted?.wald?.lower ?? Number.NaN);
      near(row.upper, wanted?.wald?.upper ?? Number.NaN);
      expect(Number(row['ratioLeast'])).toBeLessThan(wanted?.rri ?? 0);
      expect(Number(row['ratioMost'])).toBeGreaterThan(wanted?.rri ?? 0);
    }
    expect(rows.at(-1)).toMatchObject({ self_defined_ethnicity: 'Not known', count: 20, estimate: null });
  });
});

describe('what cannot be said is refused with a sentence', () => {
  const gap = [{ month: '2025-03', reason: 'Nothing came.' }];
  it.each([
    ['standardised-rate', { ageColumn: undefined }, 'say no ages'],
    ['standardised-rate', {}, 'No population by five years of age'],
    ['standardised-rate', { gaps: () => gap }, 'March 2025 is missing'],
    ['harm', {}, 'No weights of harm'],
    ['hot-spots', { gaps: () => gap }, 'March 2025 is missing'],
    ['hot-spots', { domain: () => ['a', 'b'] }, 'at least 30'],
    ['hot-spots', { domain: () => Array.from({ length: 40 }, (_, n) => `a${n}`) }, 'No boundaries'],
    [
      'hot-spots',
      {
        domain: () => Array.from({ length: 40 }, (_, n) => `a${n}`),
        material: { neighbours: { lists: [], without: 3 } },
      },
      '3 of 40 small areas have no boundary',
    ],
    ['near-repeat', { hasDays: false }, 'months and its places are map points'],
    ['near-repeat', {}, 'no day and no point'],
    [
      'near-repeat',
      { material: { events: { eastings: [1], northings: [1], days: [1], left: 0, refusal: null } } },
      'Fewer than 30 events',
    ],
    ['relative-rate', {}, 'neither ethnic group nor sex'],
  ] satisfies readonly (readonly [string, Partial<MeasureContext>, string])[])('%s %#', (name, more, words) => {
    const { rows } = answer(name, { ages: [cell(['30'], 20)], counts: [cell(['a1'], 3)] }, more);
    expect(rows).toMatchObject([{ state: 'refused', count: null }]);
    expect(rows[0]?.reason).toContain(words);
  });

  it('relative-rate without people, and against a group that is not there', () => {
    const asked = { by: ['suspect_ethnicity'] };
    const counted = { groups: [cell(['W1'], 20), cell(['B1'], 5)] };
    expect(rowsOf('relative-rate', counted, {}, asked)[0]?.reason).toContain('No population by ethnic group');
    const people = { groups: [{ name: 'White', persons: 10 }], reference: 'White', source: 'made' };
    const [row] = rowsOf(
      'relative-rate',
      counted,
      { peopleBy: () => people },
      { ...asked, options: { reference: 'Green' } },
    );
    expect(row?.reason).toBe('There is no group Green. There are: White.');
  });

  it('standardised-rate counts those without an age, and says that they are not in the rate', () => {
    const people = () => ({ persons: 1_000, year: 2020, source: 'made', reference: 'made' });
    const { rows, notes } = answer(
      'standardised-rate',
      { ages: [cell(['30'], 20), cell([null], 7), cell(['unknown'], 1)] },
      { populationAged: people },
    );
    expect(rows).toMatchObject([{ count: 28, withoutAge: 8 }]);
    expect(notes).toContainEqual(expect.stringMatching(/^8 offences with no age/));
  });
});

describe('groups of people', () => {
  it.each([
    ['ethnicity', 'A', 'White'],
    ['ethnicity', 'W9', 'White'],
    ['ethnicity', 'White and Black Caribbean', 'Mixed'],
    ['ethnicity', 'Chinese', 'Asian'],
    ['ethnicity', 'O1', 'Asian'],
    ['ethnicity', 'Black, Black British, Black Welsh, Caribbean or African', 'Black'],
    ['ethnicity', 'White: Gypsy or Irish Traveller', 'White'],
    ['ethnicity', 'Arab', 'Other'],
    ['ethnicity', 'NS', undefined],
    ['ethnicity', 'Z', undefined],
    ['ethnicity', '', undefined],
    ['ethnicity', null, undefined],
    ['sex', 'F', 'Female'],
    ['sex', 'Male', 'Male'],
    ['sex', '9', undefined],
  ] as const)('%s: %s is %s', (kind, value, group) => {
    expect(groupOf(kind, value)).toBe(group);
  });
});
