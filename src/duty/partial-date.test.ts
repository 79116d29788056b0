import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { addDays, addMonths, formatDate, monthNames } from './calendar.ts';
import type { PartialDate } from './partial-date.ts';
import {
  comparePartialDates,
  describeRange,
  exactDate,
  formatPartialDate,
  isOverdue,
  parsePartialDate,
  partialDateSchema,
  typedPartialDate,
} from './partial-date.ts';

function read(typed: string): PartialDate {
  const outcome = parsePartialDate(typed);
  if (!outcome.done) throw new Error(`${typed}: ${outcome.sentence}`);
  return outcome.value;
}

function refusal(typed: string): string {
  const outcome = parsePartialDate(typed);
  if (outcome.done) throw new Error(`${typed} was read as ${describeRange(outcome.value)}`);
  return outcome.sentence;
}

const days = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('wording of the council papers', () => {
  it.each([
    // Blackpool, paper 000: 6.9, 7.2, 6.10; header; 6.8
    ['early 2024', '2024-01-01', '2024-04-30'],
    ['February 2024', '2024-02-01', '2024-02-29'],
    ['later in 2024', '2024-01-01', '2024-12-31'],
    ['7 February 2023', '2023-02-07', '2023-02-07'],
    ['17 November 2023', '2023-11-17', '2023-11-17'],
    // Bath and North East Somerset, paper 002
    ['By 31 January 2024', null, '2024-01-31'],
    ['by 31st January 2024', null, '2024-01-31'],
    ['late 2019', '2019-09-01', '2019-12-31'],
    ['Ongoing', null, null],
    // Sefton, papers 003 and 004
    ['by January 2024', null, '2024-01-31'],
    ['2021/22', '2021-04-01', '2022-03-31'],
    ['2022/23', '2022-04-01', '2023-03-31'],
    ['early 2023', '2023-01-01', '2023-04-30'],
  ])('%s is between %s and %s', (typed, earliest, latest) => {
    expect(read(typed)).toEqual({ text: typed, earliest, latest });
  });
});

describe('a partial date', () => {
  it.each([
    ['mid 2024', '2024-05-01', '2024-08-31'],
    ['mid-2024', '2024-05-01', '2024-08-31'],
    ['middle of 2024', '2024-05-01', '2024-08-31'],
    ['late in 2024', '2024-09-01', '2024-12-31'],
    ['in early 2024', '2024-01-01', '2024-04-30'],
    ['early March 2024', '2024-03-01', '2024-03-10'],
    ['mid-March 2024', '2024-03-11', '2024-03-20'],
    ['late February 2024', '2024-02-21', '2024-02-29'],
    ['early 2024/25', '2024-04-01', '2024-07-31'],
    ['March 2025', '2025-03-01', '2025-03-31'],
    ['in March 2025', '2025-03-01', '2025-03-31'],
    ['Sept 2024', '2024-09-01', '2024-09-30'],
    ['2025-03', '2025-03-01', '2025-03-31'],
    ['03/2025', '2025-03-01', '2025-03-31'],
    ['2024', '2024-01-01', '2024-12-31'],
    ['during 2024', '2024-01-01', '2024-12-31'],
    ['Q3 2024', '2024-07-01', '2024-09-30'],
    ['q1 of 2024', '2024-01-01', '2024-03-31'],
    ['quarter 3 2024', '2024-07-01', '2024-09-30'],
    ['third quarter of 2024', '2024-07-01', '2024-09-30'],
    ['Q3 2024/25', '2024-10-01', '2024-12-31'],
    ['Quarter 4 2022/23', '2023-01-01', '2023-03-31'],
    ['spring 2024', '2024-03-01', '2024-05-31'],
    ['Summer 2024', '2024-06-01', '2024-08-31'],
    ['autumn 2024', '2024-09-01', '2024-11-30'],
    ['winter 2024/25', '2024-12-01', '2025-02-28'],
    ['winter 2023/24', '2023-12-01', '2024-02-29'],
    ['2022-23', '2022-04-01', '2023-03-31'],
    ['2022–23', '2022-04-01', '2023-03-31'],
    ['2022/2023', '2022-04-01', '2023-03-31'],
    ['1999/00', '1999-04-01', '2000-03-31'],
    ['2011/12', '2011-04-01', '2012-03-31'],
    ['financial year 2022 to 2023', '2022-04-01', '2023-03-31'],
    ['FY2011-12', '2011-04-01', '2012-03-31'],
    ['15 March 2024', '2024-03-15', '2024-03-15'],
    ['15th of March, 2024', '2024-03-15', '2024-03-15'],
    ['15 Mar 2024', '2024-03-15', '2024-03-15'],
    ['March 15, 2024', '2024-03-15', '2024-03-15'],
    ['Friday 15 March 2024', '2024-03-15', '2024-03-15'],
    ['on Fri 15 March 2024', '2024-03-15', '2024-03-15'],
    ['2024-03-15', '2024-03-15', '2024-03-15'],
    ['15/03/2024', '2024-03-15', '2024-03-15'],
    ['3/4/2024', '2024-04-03', '2024-04-03'],
    ['15.3.2024', '2024-03-15', '2024-03-15'],
    ['15-03-2024', '2024-03-15', '2024-03-15'],
    ['29 February 2024', '2024-02-29', '2024-02-29'],
    ['end of March 2025', '2025-03-21', '2025-03-31'],
    ['the end of March 2025', '2025-03-21', '2025-03-31'],
    ['end of 2024', '2024-12-01', '2024-12-31'],
    ['end of 2024/25', '2025-03-01', '2025-03-31'],
    ['end of the financial year 2024/25', '2025-03-01', '2025-03-31'],
    ['end of Q3 2024', '2024-09-01', '2024-09-30'],
    ['beginning of 2024', '2024-01-01', '2024-01-31'],
    ['start of April 2024', '2024-04-01', '2024-04-10'],
    ['by 15/03/2024', null, '2024-03-15'],
    ['by the end of March 2025', null, '2025-03-31'],
    ['by early 2024', null, '2024-04-30'],
    ['until March 2025', null, '2025-03-31'],
    ['no later than 4 April 2023', null, '2023-04-04'],
    ['from April 2024', '2024-04-01', null],
    ['since 31 January 2023', '2023-01-31', null],
    ['April 2024 onwards', '2024-04-01', null],
    ['from April 2024 onwards', '2024-04-01', null],
    ['ongoing from April 2024', '2024-04-01', null],
    ['Ongoing since 2022/23', '2022-04-01', null],
    ['to be confirmed', null, null],
    ['TBC', null, null],
    ['tbc.', null, null],
    ['March to May 2024', '2024-03-01', '2024-05-31'],
    ['April–June 2023', '2023-04-01', '2023-06-30'],
    ['April 2021 to March 2022', '2021-04-01', '2022-03-31'],
    ['from April 2021 to March 2022', '2021-04-01', '2022-03-31'],
    ['17 to 23 March 2023', '2023-03-17', '2023-03-23'],
    ['17–23 March 2023', '2023-03-17', '2023-03-23'],
    ['31 March to 4 April 2023', '2023-03-31', '2023-04-04'],
    ['between March and May 2024', '2024-03-01', '2024-05-31'],
    ['2022 to March 2024', '2022-01-01', '2024-03-31'],
    ['15 March 2024 to 15 March 2024', '2024-03-15', '2024-03-15'],
    ['1900', '1900-01-01', '1900-12-31'],
    ['2100', '2100-01-01', '2100-12-31'],
    ['mid to late 2024', '2024-05-01', '2024-12-31'],
    ['2022/23 to 2024/25', '2022-04-01', '2025-03-31'],
    ['1 March 2024 - 31 May 2024', '2024-03-01', '2024-05-31'],
  ])('%s is between %s and %s', (typed, earliest, latest) => {
    expect(read(typed)).toEqual({ text: typed, earliest, latest });
  });

  it('keeps the wording, with its spaces made single', () => {
    expect(read('  Early \t 2024\n').text).toBe('Early 2024');
  });

  it.each([
    ['', 'Enter a date, such as 15 March 2024, March 2024 or early 2024'],
    ['soon', 'Enter a date, such as 15 March 2024, March 2024 or early 2024'],
    ['in twelve months', 'Enter a date, such as 15 March 2024, March 2024 or early 2024'],
    ['March', 'Enter a date, such as 15 March 2024, March 2024 or early 2024'],
    ['ongoing until March 2025', 'Enter a date, such as 15 March 2024, March 2024 or early 2024'],
    ['by ongoing', 'Enter a date, such as 15 March 2024, March 2024 or early 2024'],
    ['29 February 2023', 'Enter a day between 1 and 28: February 2023 has 28 days'],
    ['31/04/2024', 'Enter a day between 1 and 30: April 2024 has 30 days'],
    ['0 March 2024', 'Enter a day between 1 and 31: March 2024 has 31 days'],
    ['03/15/2024', 'Enter a month between 1 and 12, after the day'],
    ['15/03/24', 'Enter the year with four figures, such as 15/03/2024'],
    ['Monday 15 March 2024', 'Check the day of the week: 15 March 2024 is a Friday'],
    ['2011-12', 'Enter 2011/12 for the financial year, or December 2011 for the month'],
    ['2003-04', 'Enter 2003/04 for the financial year, or April 2003 for the month'],
    ['2023-26', 'Enter a financial year as two years that follow each other, such as 2022/23'],
    ['2022/24', 'Enter a financial year as two years that follow each other, such as 2022/23'],
    ['2022 to 2023', 'Enter a financial year as 2022/23, or two calendar years as January 2022 to December 2023'],
    ['winter 2024', 'Enter winter 2023/24 or winter 2024/25'],
    ['early spring 2024', 'Enter early, mid or late with a month or a year, such as early March 2024 or early 2024'],
    ['May to March 2024', 'Enter the end of the period after its start, such as March to May 2024'],
    ['1 March to 31 April 2024', 'Enter a day between 1 and 30: April 2024 has 30 days'],
    ['30 February to 4 March 2024', 'Enter a day between 1 and 29: February 2024 has 29 days'],
    ['1 March 2024 to 2 March 2024 to 3 March 2024', 'Enter a date, such as 15 March 2024, March 2024 or early 2024'],
    ['1899', 'Enter a year between 1900 and 2100'],
    ['March 2101', 'Enter a year between 1900 and 2100'],
    ['1066', 'Enter a year between 1900 and 2100'],
    ['15 March 9999', 'Enter a year between 1900 and 2100'],
    ['x'.repeat(81), 'Enter a date of 80 characters or fewer'],
    [' '.repeat(1_000_000), 'Enter a date of 80 characters or fewer'],
  ])('%j is refused: %s', (typed, sentence) => {
    expect(refusal(typed)).toBe(sentence);
  });

  it('shows the sentence in a form', () => {
    expect(typedPartialDate.parse('March 2024').latest).toBe('2024-03-31');
    expect(typedPartialDate.safeParse('winter 2024').error?.issues[0]?.message).toBe(
      'Enter winter 2023/24 or winter 2024/25',
    );
  });
});

describe('whatever is typed', () => {
  const fragments = fc
    .array(
      fc.constantFrom(
        ...[
          'early',
          'mid',
          'late',
          'end of',
          'start of',
          'by',
          'from',
          'to',
          'between',
          'and',
          'ongoing',
          'until',
          '-',
        ],
        ...[
          '2024',
          '2022/23',
          '2022-23',
          '2011-12',
          'March',
          'may',
          'Q3',
          'quarter 2',
          'spring',
          'winter',
          '15',
          '31st',
        ],
        ...[
          '15/03/2024',
          '2024-03-15',
          '2024-03',
          'tbc',
          'the',
          'in',
          'onwards',
          'Friday',
          'financial year',
          '29 February',
        ],
      ),
      { maxLength: 9 },
    )
    .map((words) => words.join(' '));

  it('is read with its earliest day not after its latest, or refused with one plain sentence', () => {
    fc.assert(
      fc.property(fc.oneof(fragments, fc.string({ unit: 'binary', maxLength: 200 })), (typed) => {
        const outcome = parsePartialDate(typed);
        if (outcome.done) {
          expect(partialDateSchema.parse(outcome.value)).toEqual(outcome.value);
          expect(parsePartialDate(outcome.value.text)).toEqual(outcome);
        } else {
          expect(outcome.sentence).toMatch(/^(?:Enter|Check) [^<>]{1,120}$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is never read as a day other than the one that was written', () => {
    fc.assert(
      fc.property(days, (day) => {
        const [year = '', month = '', date = ''] = day.split('-');
        const name = monthNames[Number(month) - 1] ?? '';
        for (const typed of [day, formatDate(day), `${date}/${month}/${year}`, `${name} ${Number(date)} ${year}`]) {
          expect(read(typed)).toEqual({ text: typed, earliest: day, latest: day });
          expect(formatPartialDate(read(typed))).toBe(formatDate(day));
        }
      }),
    );
  });

  it('covers a year in three thirds, four quarters and twelve months, without gap or overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1901, max: 2099 }), (year) => {
        const parts = [
          ['early', 'mid', 'late'].map((third) => `${third} ${year}`),
          [1, 2, 3, 4].map((quarter) => `Q${quarter} ${year}`),
          monthNames.map((month) => `${month} ${year}`),
          ...monthNames.map((month) => ['early', 'mid', 'late'].map((third) => `${third} ${month} ${year}`)),
        ];
        for (const ranges of parts.map((texts) => texts.map(read))) {
          ranges.slice(1).forEach((range, index) => {
            expect(range.earliest).toBe(addDays(ranges[index]?.latest ?? '', 1));
          });
        }
        expect(read(`Q4 ${year}/${String(year + 1).slice(-2)}`).latest).toBe(`${year + 1}-03-31`);
      }),
      { numRuns: 4 },
    );
  });
});

describe('a partial date in words', () => {
  it.each([
    ['2024-03-15', '15 March 2024', '15 March 2024'],
    ['2024-03', 'March 2024', '1 March 2024 to 31 March 2024'],
    ['Early 2024', 'Early 2024', '1 January 2024 to 30 April 2024'],
    ['by 31 January 2024', 'by 31 January 2024', 'by 31 January 2024'],
    ['ongoing since April 2024', 'ongoing since April 2024', 'from 1 April 2024, no end'],
    ['To be confirmed', 'To be confirmed', 'no date'],
    ['Q3 2024/25', 'Q3 2024/25', '1 October 2024 to 31 December 2024'],
  ])('%s reads %s and was understood as %s', (typed, words, range) => {
    expect(formatPartialDate(read(typed))).toBe(words);
    expect(describeRange(read(typed))).toBe(range);
  });

  it('can be made of a day that is known', () => {
    expect(exactDate('2023-12-06')).toEqual(read('6 December 2023'));
  });
});

describe('the clock of a partial date', () => {
  it.each([
    ['by 31 January 2024', '2024-01-31', false],
    ['by 31 January 2024', '2024-02-01', true],
    ['early 2024', '2024-04-30', false],
    ['early 2024', '2024-05-01', true],
    ['September 2023', '2023-10-01', true],
    ['ongoing from April 2020', '2024-01-01', false],
    ['to be confirmed', '2024-01-01', false],
  ])('%s on %s is overdue: %s', (typed, today, overdue) => {
    expect(isOverdue(read(typed), today)).toBe(overdue);
  });

  it('puts the timeline of the B&NES papers in order, with 4 April next on 1 April 2023', () => {
    const timeline = ['early 2024', '4 April 2023', 'by 31 January 2024', 'ongoing', '31 March 2023', 'September 2023']
      .map(read)
      .sort(comparePartialDates);
    expect(timeline.map((date) => date.text)).toEqual([
      '31 March 2023',
      '4 April 2023',
      'September 2023',
      'by 31 January 2024',
      'early 2024',
      'ongoing',
    ]);
    expect(timeline.find((date) => !isOverdue(date, '2023-04-01'))?.text).toBe('4 April 2023');
  });

  it('puts what has begun before what has no date at all', () => {
    const sorted = ['tbc', 'from May 2024', 'by June 2024', 'June 2024', 'from April 2024']
      .map(read)
      .sort(comparePartialDates);
    expect(sorted.map((date) => date.text)).toEqual([
      'by June 2024',
      'June 2024',
      'from April 2024',
      'from May 2024',
      'tbc',
    ]);
  });

  it('orders totally', () => {
    const someDay = fc.option(
      days.filter((day) => day < '1900-03'),
      { nil: null },
    );
    const some = fc
      .tuple(fc.constantFrom('a', 'b'), someDay, someDay)
      .filter(([, earliest, latest]) => earliest === null || latest === null || earliest <= latest)
      .map(([text, earliest, latest]): PartialDate => ({ text, earliest, latest }));
    const date = fc.oneof(some, fc.constantFrom(...['2024', 'tbc', 'by 2024', 'from 2024', 'early 2024'].map(read)));
    fc.assert(
      fc.property(date, date, date, (a, b, c) => {
        expect(Math.sign(comparePartialDates(a, b))).toBe(0 - Math.sign(comparePartialDates(b, a)));
        if (comparePartialDates(a, b) <= 0 && comparePartialDates(b, c) <= 0) {
          expect(comparePartialDates(a, c)).toBeLessThanOrEqual(0);
        }
        expect(comparePartialDates(a, b) === 0).toBe(canonicalJson(a) === canonicalJson(b));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a partial date in the database', () => {
  it('has one canonical form', () => {
    expect(canonicalJson(read('Early 2024'))).toBe(
      '{"earliest":"2024-01-01","latest":"2024-04-30","text":"Early 2024"}',
    );
  });

  it.each([
    { text: 'x', earliest: '2024-02-01', latest: '2024-01-01' },
    { text: 'x', earliest: '2024-02-30', latest: null },
    { text: '', earliest: null, latest: null },
    { text: 'x', earliest: null },
    { text: 'x', earliest: null, latest: null, note: '' },
  ])('%j is refused', (value) => {
    expect(partialDateSchema.safeParse(value).success).toBe(false);
  });

  it('may hold a range of older wording', () => {
    const old = { text: 'in the new year', earliest: '2024-01-01', latest: addDays(addMonths('2024-01-01', 1), -1) };
    expect(partialDateSchema.parse(old)).toEqual(old);
  });
});
