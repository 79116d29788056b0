import { describe, expect, it } from 'vitest';
import { hiddenSaid, numbersIn, quotable, says, saysNumber } from './number-in-words.ts';
import type { FigureRow } from './figure.ts';

const row = (state: FigureRow['state'], count: number | null): FigureRow => ({
  state,
  count,
  estimate: count,
  lower: null,
  upper: null,
  level: 0.95,
  denominator: null,
});
const only = (text: string) => numbersIn(text).map(({ words, value }) => [words, value]);

describe('numbers in a text', () => {
  it('are those that count something', () => {
    expect(only('We counted 1,204 crimes, 12.5 % more, and 3 were grave.')).toEqual([
      ['1,204', 1204],
      ['12.5', 12.5],
      ['3', 3],
    ]);
  });

  it('are no years, days, ages or parts of laws', () => {
    expect(
      only('From 1 April 2025 to March 2026, or 2025/26, people aged 10 to 24 (s.8(3), reg 7). In danger call 999.'),
    ).toEqual([]);
  });

  it('are told by a figure as they are rounded', () => {
    const [said] = numbersIn('12.5');
    expect(said && says(said, 12.46)).toBe(true);
    expect(said && says(said, 12.4)).toBe(false);
    const [whole] = numbersIn('3');
    expect(whole && says(whole, 3)).toBe(true);
    expect(whole && says(whole, 2.6)).toBe(false);
  });
});

describe('a hidden number', () => {
  it('is seen in a text, unless what is shown says the same', () => {
    const rows = [row('shown', 40), row('hidden', null)];
    expect(quotable(rows)).toEqual([40, 40]);
    expect(hiddenSaid('There were 40 robberies and 3 murders.', [3], quotable(rows)).map(({ value }) => value)).toEqual(
      [3],
    );
    expect(hiddenSaid('There were 40 robberies.', [3, 40], quotable(rows))).toEqual([]);
  });

  it('is in no sum of what is shown', () => {
    expect(quotable([row('shown', 40), row('hidden', null)])).not.toContain(43);
    expect(quotable([row('shown', 40), row('shown', 3)])).toContain(43);
  });
});

describe('a text that goes out without its figures', () => {
  it.each(['Three boys on the estate were hurt', 'One boy told us', 'About a dozen came', 'In 2 homes', '٣ boys'])(
    'says a number: %s',
    (text) => {
      expect(saysNumber(text)).toBe(true);
    },
  );

  it.each(['No one felt safe', 'They help one another', 'Often, and someone said so', 'Money and weight'])(
    'says none: %s',
    (text) => {
      expect(saysNumber(text)).toBe(false);
    },
  );
});
