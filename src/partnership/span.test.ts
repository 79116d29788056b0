import { describe, expect, it } from 'vitest';
import { parsePartialDate, type PartialDate } from '../duty/index.ts';
import { describeSpan, endsBeforeItBegins, isAhead, isOver, overlap, runsOn, type Span } from './span.ts';

function date(words: string | null): PartialDate | null {
  if (words === null) return null;
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}
const span = (since: string | null, until: string | null): Span => ({ since: date(since), until: date(until) });

describe('what runs on a day', () => {
  it.each([
    ['early 2024', null, '2024-01-01', true],
    ['early 2024', null, '2023-12-31', false],
    ['2020', '6 December 2023', '2023-12-06', true],
    ['2020', '6 December 2023', '2023-12-07', false],
    ['2020', 'December 2023', '2023-12-31', true],
    [null, '2022', '1999-01-01', true],
    [null, null, '2050-01-01', true],
  ])('%s to %s on %s: %s', (since, until, day, expected) => {
    expect(runsOn(span(since, until), day)).toBe(expected);
    expect(isOver(span(since, until), day) || isAhead(span(since, until), day)).toBe(!expected);
  });
});

describe('two that are so at the same time for certain', () => {
  it.each([
    ['2020 to an open end, and from 2023', ['2020', null], ['2023', null], true],
    ['one ends in the month in which the other begins', ['2020', 'December 2023'], ['December 2023', null], false],
    ['one ends on the day on which the other begins', ['2020', '6 December 2023'], ['6 December 2023', null], true],
    ['one ends the day before', ['2020', '5 December 2023'], ['6 December 2023', null], false],
    ['of neither is anything known', [null, null], [null, null], true],
    ['one lies within the other', ['2015', '2025'], ['March 2020', 'May 2020'], true],
  ] as const)('%s', (_, a, b, expected) => {
    expect(overlap(span(a[0], a[1]), span(b[0], b[1]))).toBe(expected);
    expect(overlap(span(b[0], b[1]), span(a[0], a[1]))).toBe(expected);
  });
});

it('knows an end before its beginning, whatever the words leave open', () => {
  expect(endsBeforeItBegins(span('March 2024', 'early 2024'))).toBe(false);
  expect(endsBeforeItBegins(span('May 2024', 'March 2024'))).toBe(true);
  expect(endsBeforeItBegins(span(null, 'March 2024'))).toBe(false);
});

it.each([
  ['early 2024', null, 'since early 2024'],
  ['since early 2024', null, 'since early 2024'],
  ['2024-03-01', '31/03/2024', '1 March 2024 to 31 March 2024'],
  [null, 'until 1 July 2022', 'until 1 July 2022'],
  [null, null, ''],
])('says from %s to %s as “%s”', (since, until, said) => {
  expect(describeSpan(span(since, until))).toBe(said);
});
