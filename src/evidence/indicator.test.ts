import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthCount, shiftMonth, type Month } from '../duty/index.ts';
import { usualSources, undecided, type DefinitionContent } from './definition.ts';
import { policeUkStreet } from './formats/police-uk-street.ts';
import { indicatorForm, indicatorWanted, typedIndicator } from './indicator-form.ts';
import { indicatorTemplates, nationalIndicators } from './indicator-templates.ts';
import {
  besideRate,
  breaksWithin,
  countedRows,
  expressionOfCounted,
  fewestToJudge,
  mayColour,
  orderedBreaks,
  periodsOf,
  periodTypes,
  polarities,
  populationYearOf,
  sameMonths,
  verdictOf,
  whyNotCompared,
  whyOtherYear,
  whyUnitDoesNotFit,
} from './indicator.ts';
import { countedWords, denominatorWords, indicatorWords } from './indicator-words.ts';

const months: fc.Arbitrary<Month> = fc
  .tuple(fc.integer({ min: 2005, max: 2040 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`);
const found = (id: string) => {
  const template = indicatorTemplates.find((each) => each.id === id);
  if (template === undefined) throw new Error(`no template ${id}`);
  return { ...template, target: null, owner: null };
};

describe('the national measures', () => {
  it('are the three that every area has', () => {
    expect(nationalIndicators.map(({ id }) => id)).toEqual(['homicide', 'knife-admissions', 'knife-crime']);
  });

  it('count admissions by X99 alone, without accidents, self-harm and unclear cases', () => {
    const { counted } = found('knife-admissions');
    expect(counted).toEqual({ by: 'rows', categories: ['X99'] });
    for (const code of ['W25', 'W26', 'X78', 'Y28']) expect(JSON.stringify(counted)).not.toContain(code);
  });

  it('draw the change of method of knife crime as a break', () => {
    const { breaks } = found('knife-crime');
    expect(breaks).toHaveLength(1);
    expect(whyNotCompared(breaks, periodsOf('rolling-year', '2018-12'))).toContain('April 2018');
    expect(whyNotCompared(breaks, periodsOf('rolling-year', '2025-12'))).toBeUndefined();
  });

  it('have units that go with what they are set against', () => {
    for (const { unit, denominator } of indicatorTemplates)
      expect(whyUnitDoesNotFit(unit, denominator)).toBeUndefined();
    expect(whyUnitDoesNotFit('count', { of: 'population', ages: null })).toContain('A count is set against nothing');
    expect(whyUnitDoesNotFit('percent', { of: 'none' })).toContain('A percentage is of all rows');
    expect(whyUnitDoesNotFit('per-million', { of: 'all-rows' })).toContain('the people who live in the area');
  });
});

describe('what is counted', () => {
  const robbery = (inclusion: 'core' | 'excluded'): DefinitionContent => ({
    id: 'ours',
    version: 1,
    name: 'Ours',
    about: null,
    kinds: [undecided('robbery', inclusion), undecided('homicide', 'excluded')],
    sources: usualSources(['robbery', 'homicide']),
  });

  it('is all rows, rows that are named, or what the definition in force says', () => {
    const rows = (counted: Parameters<typeof countedRows>[0]['counted'], definition = robbery('core')) =>
      countedRows({ name: 'X', counted }, definition, policeUkStreet);
    expect(rows({ by: 'all' })).toEqual({ done: true, value: [] });
    const robberies = { done: true, value: [{ any: [{ all: [{ column: 'category', in: ['Robbery'] }] }] }] };
    expect(rows({ by: 'rows', categories: ['Robbery'] })).toEqual(robberies);
    expect(rows({ by: 'definition', kind: null })).toEqual(robberies);
    expect(rows({ by: 'definition', kind: 'robbery' })).toEqual(robberies);
    expect(rows({ by: 'definition', kind: 'robbery' }, robbery('excluded'))).toMatchObject({ done: false });
    expect(countedRows({ name: 'X', counted: { by: 'definition', kind: null } }, null, policeUkStreet)).toMatchObject({
      done: false,
      sentence: expect.stringContaining('none is') as string,
    });
  });

  it('refuses marks that the source has not', () => {
    const counted = { by: 'rows', flags: ['domestic-abuse'] } as const;
    expect(countedRows({ name: 'X', counted }, null, policeUkStreet)).toMatchObject({ done: false });
    expect(expressionOfCounted({ name: 'X', counted }, null, policeUkStreet).can).toBe('not');
    const named = { by: 'rows', categories: ['Robbery'] } as const;
    expect(expressionOfCounted({ name: 'X', counted: named }, null, policeUkStreet)).toEqual({ can: 'fully' });
    const all = { by: 'all' } as const;
    expect(expressionOfCounted({ name: 'X', counted: all }, null, policeUkStreet)).toEqual({ can: 'fully' });
  });
});

describe('a change', () => {
  it('is too few to judge below ten events, and ten are enough', () => {
    const ratio = { lower: 1.2, upper: 2 };
    expect(verdictOf(ratio, [fewestToJudge - 1, 500], 'lower')).toBe('too-few');
    expect(verdictOf(ratio, [500, fewestToJudge - 1], 'lower')).toBe('too-few');
    expect(verdictOf(ratio, [fewestToJudge, fewestToJudge], 'lower')).toBe('worsening');
  });

  it('is coloured only where its interval leaves out no change', () => {
    const bounds = fc.tuple(fc.double({ min: 0, max: 4, noNaN: true }), fc.double({ min: 0, max: 4, noNaN: true }));
    fc.assert(
      fc.property(bounds, fc.constantFrom(...polarities), ([a, b], polarity) => {
        const [lower, upper] = [Math.min(a, b), Math.max(a, b)];
        const verdict = verdictOf({ lower, upper }, [50, 50], polarity);
        if (lower <= 1 && upper >= 1) expect(verdict).toBe('no-clear-change');
        expect(mayColour(verdict)).toBe(polarity !== 'neither' && !(lower <= 1 && upper >= 1));
      }),
    );
  });

  it('is good or bad by the direction that is better, and neither where none is', () => {
    const fell = { lower: 0.6, upper: 0.9 };
    const rose = { lower: 1.1, upper: null };
    expect(polarities.map((polarity) => verdictOf(fell, [90, 60], polarity))).toEqual([
      'improving',
      'worsening',
      'falling',
    ]);
    expect(polarities.map((polarity) => verdictOf(rose, [60, 90], polarity))).toEqual([
      'worsening',
      'improving',
      'rising',
    ]);
    expect(verdictOf({ lower: 0.9, upper: null }, [60, 90], 'lower')).toBe('no-clear-change');
  });
});

describe('a rate', () => {
  it('needs the population of the same year', () => {
    expect(populationYearOf({ from: '2021-04', to: '2022-03' })).toBe(2021);
    expect(populationYearOf({ from: '2021-07', to: '2022-06' })).toBe(2022);
    expect(populationYearOf({ from: '2022-01', to: '2022-12' })).toBe(2022);
    expect(whyOtherYear({ from: '2022-01', to: '2022-12' }, { year: 2022 })).toBeUndefined();
    expect(whyOtherYear({ from: '2022-01', to: '2022-12' }, { year: 2020 })).toContain('Load the population of 2022');
  });

  it('never stands without its number', () => {
    expect(besideRate(1234, 87.65, 'per-100000')).toBe('1,234 (87.7 for every 100,000 people)');
    expect(besideRate(12, 4, 'percent')).toBe('12 (4.0 %)');
    expect(besideRate(12, null, 'per-million')).toBe('12');
    expect(besideRate(12, 3, 'count')).toBe('12');
  });
});

describe('periods', () => {
  it('are compared with the same length before, and end with or before the month', () => {
    fc.assert(
      fc.property(fc.constantFrom(...periodTypes), months, (type, last) => {
        const { latest, before } = periodsOf(type, last);
        expect(latest.to <= last).toBe(true);
        expect(monthCount(latest)).toBe(monthCount(before));
        expect(before.to < latest.from).toBe(true);
        expect(before.to.slice(5)).toBe(latest.to.slice(5));
      }),
    );
  });

  it('end with a quarter, or with March for a financial year', () => {
    expect(periodsOf('rolling-year', '2022-08').latest).toEqual({ from: '2021-07', to: '2022-06' });
    expect(periodsOf('quarter', '2022-08').latest).toEqual({ from: '2022-04', to: '2022-06' });
    expect(periodsOf('financial-year', '2022-02').latest).toEqual({ from: '2020-04', to: '2021-03' });
    expect(periodsOf('three-years', '2022-12')).toEqual({
      latest: { from: '2020-01', to: '2022-12' },
      before: { from: '2017-01', to: '2019-12' },
    });
    expect(periodsOf('month', '2022-08').before).toEqual({ from: '2021-08', to: '2021-08' });
  });

  it('of which months are missing compare by the months that both have', () => {
    // The Lancashire files: the year to June 2021 has ten months, June and August to September 2020 are missing.
    const year = (to: Month) => Array.from({ length: 12 }, (_, place) => shiftMonth(to, place - 11));
    const before = year('2021-06').filter((month) => !['2020-08', '2020-09'].includes(month));
    const shared = sameMonths(before, year('2022-06'));
    expect(shared.isWhole).toBe(false);
    expect(shared.first).toHaveLength(10);
    expect(shared.second).toHaveLength(10);
    expect(shared.second).not.toContain('2021-08');
    expect(sameMonths(year('2021-06'), year('2022-06')).isWhole).toBe(true);
  });

  it('know the breaks that lie within them', () => {
    const breaks = [{ month: '2018-04', words: 'another method' }];
    expect(breaksWithin(breaks, { from: '2018-04', to: '2019-03' })).toEqual([]);
    expect(breaksWithin(breaks, { from: '2018-03', to: '2019-03' })).toEqual(breaks);
    expect(orderedBreaks([...breaks, { month: '2015-04', words: 'x' }])?.map(({ month }) => month)).toEqual([
      '2015-04',
      '2018-04',
    ]);
    expect(orderedBreaks([...breaks, ...breaks])).toBeUndefined();
    expect(orderedBreaks([{ month: '2018-13', words: 'x' }])).toBeUndefined();
  });
});

describe('the form', () => {
  it('gives back what it shows, for every template', () => {
    for (const { id, isNational: _, ...wanted } of indicatorTemplates.map((each) => found(each.id))) {
      const typed = typedIndicator({ ...wanted, target: { value: 12.5, by: '2028-03-31' }, owner: 'The council' });
      const read = indicatorWanted(indicatorForm.parse(typed));
      expect([id, read]).toEqual([
        id,
        { wanted: { ...wanted, target: { value: 12.5, by: '2028-03-31' }, owner: 'The council' } },
      ]);
    }
  });

  const plain = { ...typedIndicator(found('robbery')) };
  const errorsOf = (more: Readonly<Record<string, string>>) => {
    const read = indicatorWanted(indicatorForm.parse({ ...plain, ...more }));
    return 'errors' in read ? Object.keys(read.errors) : [];
  };

  it('says what is wrong where', () => {
    expect(errorsOf({})).toEqual([]);
    expect(errorsOf({ counted: 'kind', kind: '' })).toEqual(['kind']);
    expect(errorsOf({ categories: '' })).toEqual(['codes']);
    expect(errorsOf({ unit: 'percent' })).toEqual(['unit']);
    expect(errorsOf({ agesFrom: '18', agesTo: '10' })).toEqual(['agesTo']);
    expect(errorsOf({ target: '5' })).toEqual(['targetBy']);
    expect(errorsOf({ targetBy: '31 March 2028' })).toEqual(['target']);
    expect(errorsOf({ breaks: 'one method for all' })).toEqual(['breaks']);
    expect(errorsOf({ breaks: 'April 2018: a\n2018-04 b' })).toEqual(['breaks']);
    expect(errorsOf({ breaks: 'Smarch 2018: a' })).toEqual(['breaks']);
  });
});

describe('words', () => {
  it('say what is counted and against what', () => {
    expect(countedWords({ by: 'rows', offenceCodes: ['34A'], flags: ['alcohol'] })).toBe(
      'Rows: offence codes 34A, marked as alcohol',
    );
    expect(countedWords({ by: 'definition', kind: 'robbery' })).toBe('Robbery, by the definition in force');
    expect(denominatorWords({ of: 'population', ages: { from: 10, to: 17 } })).toBe(
      'The people who live in the area, aged 10 to 17',
    );
    expect(denominatorWords({ of: 'population', ages: { from: 65, to: null } })).toContain('aged 65 and over');
  });

  it('tell the history', () => {
    expect(indicatorWords.said('polarity', 'lower')).toBe('Lower is better');
    expect(indicatorWords.said('target', { value: 5, by: '2028-03-31' })).toBe('5 by 31 March 2028');
    expect(indicatorWords.said('breaks', [])).toBe('none');
    expect(indicatorWords.said('breaks', [{ month: '2018-04', words: 'x' }])).toBe('April 2018');
  });
});
