import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarYear, monthsIn, periodOf, shiftMonth, yearTo, type Month } from '../duty/index.ts';
import {
  comparableMonths,
  completeMonths,
  coverageForArea,
  coverageOf,
  coverageRulesOn,
  gapSentences,
  gapsIn,
  labelsFor,
  smallAreaUse,
  usable,
  type Confirmation,
  type CoverageAsked,
  type Expectation,
  type MonthCount,
} from './coverage.ts';

const source = 'police-uk-street';
const today = '2026-06-01';

/** So many rows in each month of a period. */
function each(provider: string, from: Month, to: Month, rows: number, unlocated = 0): readonly MonthCount[] {
  return monthsIn(periodOf(from, to)).map((month) => ({ month, provider, rows, unlocated }));
}

function calendarOf(counts: readonly MonthCount[], more: Partial<CoverageAsked> = {}) {
  return coverageOf({ source, counts, expectations: [], confirmations: [], today, ...more });
}

const stateOf = (calendar: ReturnType<typeof coverageOf>, month: Month) =>
  calendar.months.find((found) => found.month === month)?.state;

const confirmed = (more: Partial<Confirmation>): Confirmation => ({
  provider: null,
  from: '2020-01',
  to: '2020-01',
  state: 'complete',
  reason: 'The sender says so.',
  by: 'An analyst',
  on: '2026-05-01',
  ...more,
});

/** Greater Manchester: whole months from January to June 2019, then strays of 653 to 2,014 a year; Lancashire throughout. */
const manchester = [
  ...each('Greater Manchester Police', '2019-01', '2019-06', 26_860),
  ...each('Greater Manchester Police', '2019-07', '2020-12', 55),
  ...each('Greater Manchester Police', '2021-01', '2025-12', 168),
  ...each('Lancashire Constabulary', '2019-01', '2025-12', 16_000),
];

describe('Greater Manchester: stray rows do not make a month complete', () => {
  const calendar = calendarOf(manchester);

  it('finds all 78 months of strays partial, though there are far more of them than of whole months', () => {
    const strays = calendar.months.flatMap(({ providers }) =>
      providers.filter(({ provider, state }) => provider.startsWith('Greater') && state === 'partial'),
    );
    expect(strays).toHaveLength(78);
    expect(strays[0]?.reason).toBe(
      '55 rows: less than 1 % of what Greater Manchester Police usually sends, 26,860 a month.',
    );
  });

  it('does not publish the half year 2019 as a year', () => {
    const outcome = usable(calendar, calendarYear(2019));
    expect(outcome).toMatchObject({
      done: false,
      reason: 'not-valid',
      sentence: 'July to December 2019 are partial. A total of the 6 months that are there is not a total for 2019.',
    });
    expect(usable(calendar, periodOf('2019-01', '2019-06')).done).toBe(true);
  });

  it('refuses the year too where the force stops and leaves no strays at all', () => {
    const stopped = calendarOf(manchester.filter(({ provider, rows }) => provider.startsWith('Lan') || rows > 1_000));
    expect(usable(stopped, calendarYear(2019)).done).toBe(false);
    expect(stateOf(stopped, '2019-07')).toBe('partial');
    const alone = coverageForArea(stopped, new Map([['Greater Manchester Police', 161_159]]));
    expect(alone.missing).toHaveLength(78);
  });

  it('does not let the gap of a neighbour touch Lancashire, where it has but strays', () => {
    const lancashire = coverageForArea(
      calendar,
      new Map([
        ['Lancashire Constabulary', 1_300_000],
        ['Greater Manchester Police', 900],
      ]),
    );
    expect(usable(lancashire, calendarYear(2021)).done).toBe(true);
  });

  it('takes a person at their word that the months are complete', () => {
    const sure = calendarOf(manchester, {
      confirmations: [
        confirmed({ provider: 'Greater Manchester Police', from: '2021-01', to: '2021-12', reason: 'A new system.' }),
      ],
    });
    const month = sure.months.find((found) => found.month === '2021-03');
    expect(month?.providers[0]).toMatchObject({
      state: 'complete',
      confirmedBy: 'An analyst',
      reason: 'A new system.',
    });
    expect(usable(sure, calendarYear(2021)).done).toBe(true);
    // A confirmed year is the new usual of the months around it; a single month among strays is not.
    expect(stateOf(sure, '2022-03')).toBe('complete');
    const once = confirmed({ provider: null, from: '2021-03', to: '2021-03' });
    expect(stateOf(calendarOf(manchester, { confirmations: [once] }), '2021-04')).toBe('partial');
  });
});

describe('a gap is not a nought', () => {
  it('is known from what was loaded: a month with rows of nought is a gap like one that is not there', () => {
    const calendar = calendarOf([
      ...each('A', '2022-01', '2022-02', 100),
      { month: '2022-03', provider: 'A', rows: 0, unlocated: 0 },
      ...each('A', '2022-04', '2022-06', 100),
    ]);
    expect(calendar.missing).toEqual(['2022-03']);
    expect(gapsIn(calendar, periodOf('2022-01', '2022-06'))).toEqual([
      { month: '2022-03', state: 'missing', reason: 'No file of this month is loaded.' },
    ]);
  });

  it('lets a person say that a month without rows was truly empty', () => {
    const calendar = calendarOf([...each('A', '2022-01', '2022-02', 100), ...each('A', '2022-04', '2022-06', 100)], {
      confirmations: [confirmed({ from: '2022-03', to: '2022-03', reason: 'The unit was closed.' })],
    });
    expect(stateOf(calendar, '2022-03')).toBe('complete');
    expect(usable(calendar, periodOf('2022-01', '2022-06')).done).toBe(true);
  });

  it('is what lies outside all that is known', () => {
    const calendar = calendarOf(each('A', '2022-01', '2022-12', 100));
    expect(usable(calendar, yearTo('2022-06'))).toMatchObject({ done: false });
    expect(completeMonths(calendar, yearTo('2022-06'))).toHaveLength(6);
  });
});

describe('a network force flags every area that it touches', () => {
  /** British Transport Police in 2016: January whole, February to December absent; 1 % of an area's rows. */
  const calendar = calendarOf([
    ...each('Avon and Somerset Constabulary', '2016-01', '2016-12', 14_000),
    ...each('British Transport Police', '2016-01', '2016-01', 120),
  ]);

  it.each(['2016-02', '2016-12'])('%s is partial', (month) => {
    expect(stateOf(calendar, month)).toBe('partial');
    expect(
      stateOf(
        coverageForArea(
          calendar,
          new Map([
            ['Avon and Somerset Constabulary', 5_000],
            ['British Transport Police', 50],
          ]),
        ),
        month,
      ),
    ).toBe('partial');
  });

  it('names the gap beside the total and does not refuse it', () => {
    expect(usable(calendar, calendarYear(2016))).toMatchObject({
      done: true,
      value: {
        labels: [
          'February to December 2016 are not complete, so the true figure may be higher. British Transport Police: No file of this month is loaded.',
        ],
      },
    });
  });

  it('refuses the total of the network itself', () => {
    const itself = coverageForArea(calendar, new Map([['British Transport Police', 120]]));
    expect(usable(itself, calendarYear(2016)).done).toBe(false);
  });

  it('does not touch an area in which it has no rows', () => {
    const elsewhere = coverageForArea(calendar, new Map([['Avon and Somerset Constabulary', 5_000]]));
    expect(labelsFor(elsewhere, calendarYear(2016))).toEqual([]);
  });
});

describe('short gaps', () => {
  it.each([
    ['City of London Police', periodOf('2022-06', '2022-06'), 'June 2022 is missing.'],
    ['Devon and Cornwall Police', periodOf('2022-11', '2022-12'), 'November and December 2022 are missing.'],
    ['Gwent Police', periodOf('2025-09', '2025-12'), 'September to December 2025 are missing.'],
  ])('%s', (provider, gap, sentence) => {
    const counts = each(provider, '2022-01', '2025-12', 700).filter(({ month }) => month < gap.from || month > gap.to);
    const calendar = calendarOf(counts, {
      expectations: [{ provider, from: '2022-01', to: '2025-12', everyMonths: 1, lagDays: 60 }],
    });
    expect(calendar.missing).toEqual(monthsIn(gap));
    expect(gapSentences(calendar.months)).toEqual([sentence]);
  });
});

describe('rows without a place', () => {
  it.each([
    ['Avon and Somerset 2016', 0.1522, false],
    ['Suffolk 2019', 0.1271, false],
    ['British Transport Police 2021', 0.1168, false],
    ['Gloucestershire 2022', 0.1166, false],
    ['one in ten', 0.1, true],
    ['Lancashire, year to June 2022', 0.026, true],
  ])('%s', (_name, share, shown) => {
    const calendar = calendarOf(each('A', '2022-01', '2022-12', 10_000, share * 10_000));
    expect(usable(calendar, calendarYear(2022))).toMatchObject({ done: true, value: { smallAreas: { trend: shown } } });
  });

  it('withholds the trend by small area where one month has too many, and says which', () => {
    const calendar = calendarOf([
      ...each('A', '2022-01', '2022-11', 1_000, 30),
      ...each('A', '2022-12', '2022-12', 1_000, 150),
    ]);
    expect(smallAreaUse(calendar, calendarYear(2022))).toEqual({
      rows: 12_000,
      unlocated: 480,
      total: true,
      trend: false,
      reason: 'In December 2022 more than 10 % of rows have no place, so a trend by small area is not shown.',
    });
  });
});

describe('what is expected', () => {
  const istv: Expectation = { provider: 'Royal Hospital', from: '2026-01', to: null, everyMonths: 1, lagDays: 28 };
  const counts = each('Royal Hospital', '2026-01', '2026-03', 40);

  it.each([
    ['2026-05-28', 'not-expected', 'It is not due until 28 May 2026.'],
    ['2026-05-29', 'late', 'It was due by 28 May 2026 and is 1 day late.'],
    ['2026-06-09', 'late', 'It was due by 28 May 2026 and is 12 days late.'],
    ['2026-06-28', 'late', 'It was due by 28 May 2026 and is 31 days late.'],
    ['2026-06-29', 'missing', 'It was due by 28 May 2026, and no file of this month is loaded.'],
  ])('on %s April is %s', (day, state, reason) => {
    const calendar = calendarOf(counts, { expectations: [istv], today: day });
    expect(calendar.months.find(({ month }) => month === '2026-04')).toMatchObject({ state, reason });
  });

  it('is missing at once when a later month is there', () => {
    const calendar = calendarOf([...counts, ...each('Royal Hospital', '2026-05', '2026-05', 40)], {
      expectations: [istv],
      today: '2026-06-01',
    });
    expect(stateOf(calendar, '2026-04')).toBe('missing');
  });

  it('has quarters that stand under one of their months, and months that come a quarter at a time', () => {
    const quarterly: Expectation = { provider: '', from: '2024-04', to: '2025-03', everyMonths: 3, lagDays: 30 };
    const byQuarter = ['2024-06', '2024-12', '2025-03'].flatMap((month) => each('', month, month, 50));
    expect(calendarOf(byQuarter, { expectations: [quarterly] }).missing).toEqual(['2024-07', '2024-08', '2024-09']);
    const byMonth = [...each('', '2024-04', '2024-07', 50), ...each('', '2024-09', '2025-03', 50)];
    expect(calendarOf(byMonth, { expectations: [quarterly] }).missing).toEqual(['2024-08']);
  });

  it('says when it is expected where a month lies outside', () => {
    const calendar = calendarOf([], {
      expectations: [{ ...istv, to: '2026-02' }],
      period: periodOf('2025-12', '2026-03'),
    });
    expect(calendar.months.map(({ state, reason }) => [state, reason])).toEqual([
      ['not-expected', 'Expected from January 2026 on.'],
      ['missing', 'It was due by 28 February 2026, and no file of this month is loaded.'],
      ['missing', 'It was due by 28 March 2026, and no file of this month is loaded.'],
      ['not-expected', 'Expected until February 2026 only.'],
    ]);
  });
});

describe('what a person confirmed', () => {
  it('wins over the rows, the newest over older, and a partial month is named', () => {
    const calendar = calendarOf(each('A', '2022-01', '2022-12', 100), {
      confirmations: [
        confirmed({ from: '2022-02', to: '2022-05', state: 'missing', reason: 'Sent by mistake.' }),
        confirmed({ provider: 'A', from: '2022-03', to: '2022-03', state: 'partial', reason: 'One week was lost.' }),
      ],
    });
    expect(calendar.missing).toEqual(['2022-02', '2022-04', '2022-05']);
    expect(usable(calendar, periodOf('2022-03', '2022-03'))).toMatchObject({
      value: { labels: ['March 2022 is not complete, so the true figure may be higher. One week was lost.'] },
    });
  });
});

describe('months that can be compared', () => {
  const calendar = calendarOf(
    each('Lancashire Constabulary', '2019-12', '2022-06', 16_000).filter(
      ({ month }) => !['2020-06', '2020-08', '2020-09'].includes(month),
    ),
  );

  it('are the same ten of July 2020 to June 2021 and of the year after (J1)', () => {
    const now = yearTo('2022-06');
    expect(usable(calendar, now).done).toBe(true);
    expect(usable(calendar, yearTo('2021-06'))).toMatchObject({ done: false });
    const outcome = comparableMonths(calendar, yearTo('2021-06'), now);
    expect(outcome).toMatchObject({
      done: true,
      value: {
        labels: ['Compared by the 10 of 12 months that are there in both: August and September 2020 are not.'],
      },
    });
    expect(outcome.done && outcome.value.now).not.toContain('2021-08');
    expect(outcome.done && outcome.value.before).toHaveLength(10);
  });

  it('are refused where there is none, and of periods of different lengths never asked', () => {
    expect(comparableMonths(calendar, periodOf('2020-08', '2020-09'), periodOf('2021-08', '2021-09'))).toMatchObject({
      done: false,
      sentence: 'August and September 2020 are not there, so no month is there in both periods.',
    });
    expect(() => comparableMonths(calendar, yearTo('2021-06'), periodOf('2022-01', '2022-06'))).toThrow(RangeError);
  });
});

describe('too few rows', () => {
  it('are not called few where a month usually has under twenty, for chance empties those', () => {
    const small = [3, 9, 12, 1, 8, 15, 7].map((rows, place) => ({
      month: shiftMonth('2022-01', place),
      provider: 'A',
      rows,
      unlocated: 0,
    }));
    expect(calendarOf(small).months.every(({ state }) => state === 'complete')).toBe(true);
  });

  it('never depend on the order in which the counts come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 30 }).chain((rows) =>
          fc.tuple(
            fc.constant(
              rows.map((row, place) => ({
                month: shiftMonth('2020-01', place),
                provider: 'A',
                rows: row,
                unlocated: 0,
              })),
            ),
            fc.shuffledSubarray(
              rows.map((_, place) => place),
              { minLength: rows.length },
            ),
          ),
        ),
        ([counts, order]) => {
          const other = order.flatMap((place) => counts[place] ?? []);
          expect(calendarOf(other).months).toEqual(calendarOf(counts).months);
          // And no month of a gap is ever complete.
          for (const { month, rows } of counts)
            if (rows === 0) expect(stateOf(calendarOf(counts), month)).not.toBe('complete');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('have no rules before they were made', () => {
    expect(() => coverageRulesOn('2019-12-31')).toThrow(RangeError);
  });
});

const realCounts = '../shared/data/reference-counts/rows_by_source_month_lad_crime_type.csv.gz';
describe.skipIf(!existsSync(realCounts))('the real files', () => {
  const rows = existsSync(realCounts)
    ? gunzipSync(readFileSync(realCounts)).toString().trim().split(/\r?\n/).slice(1)
    : [];
  const countsOf = (name: string): readonly MonthCount[] => {
    const lines = rows.map((row) => row.split(',')).filter(([of]) => of === name);
    return [...Map.groupBy(lines, ([, month]) => month ?? '')].map(([month, found]) => ({
      month,
      provider: name,
      rows: found.reduce((sum, line) => sum + Number(line.at(-1)), 0),
      unlocated: found.filter(([, , lad]) => lad === '').reduce((sum, line) => sum + Number(line.at(-1)), 0),
    }));
  };

  it('of Lancashire lack June, August and September 2020 among December 2019 to June 2022', () => {
    const calendar = calendarOf(countsOf('lancashire'));
    expect(calendar.months.map(({ month }) => month)).toEqual(monthsIn(periodOf('2019-12', '2022-06')));
    expect(calendar.missing).toEqual(['2020-06', '2020-08', '2020-09']);
    expect(gapSentences(calendar.months)).toEqual(['June, August and September 2020 are missing.']);
    expect(calendar.months.reduce((sum, month) => sum + month.rows, 0)).toBe(498_151);
  });

  it('of Lancashire compare 8,523 with 9,468 rows of violence in Blackpool by the same ten months (J1)', () => {
    const calendar = calendarOf(countsOf('lancashire'));
    const outcome = comparableMonths(calendar, yearTo('2021-06'), yearTo('2022-06'));
    if (!outcome.done) throw new Error(outcome.sentence);
    const violence = (months: readonly Month[]) =>
      rows
        .filter((row) => /^lancashire,[^,]*,E06000009,Violence and sexual offences,/.test(row))
        .filter((row) => months.includes(row.split(',')[1] ?? ''))
        .reduce((sum, row) => sum + Number(row.split(',').at(-1)), 0);
    expect([violence(outcome.value.before), violence(outcome.value.now)]).toEqual([8_523, 9_468]);
    expect(violence(completeMonths(calendar, yearTo('2022-06')))).toBe(11_257);
  });

  it('of Avon and Somerset lack May 2025 and have too many rows without a place for a trend', () => {
    const calendar = calendarOf(countsOf('avon-and-somerset'));
    expect(calendar.missing).toEqual(['2025-05']);
    expect(smallAreaUse(calendar, periodOf('2025-01', '2025-04')).trend).toBe(false);
  });

  it('of London have a partial March 2016, for which 61 of about 480 wards were fetched', () => {
    const calendar = calendarOf(countsOf('london-2016-2017'));
    expect(gapSentences(calendar.months)).toEqual(['March 2016 is partial.']);
  });
});
