import { describe, expect, it } from 'vitest';
import { periodNumber, periodWords, runWords } from './period.ts';
import { scaleOf } from './scale.ts';
import { widthOf, wrapped } from './text-width.ts';
import { classAt, classesOf } from './value-classes.ts';
import { asSentence, intervalWords, listWords, numberWords, readingWords, tickWords } from './words.ts';

describe('numbers', () => {
  it.each([
    [0, 0, '0'],
    [-0.4, 0, '0'],
    [-0.5, 1, '−0.5'],
    [1234, 0, '1,234'],
    [1234567.891, 2, '1,234,567.89'],
    [-1234.5, 1, '−1,234.5'],
  ])('%d with %d digits is %s', (value, decimals, words) => {
    expect(numberWords(value, decimals)).toBe(words);
  });

  it.each([
    [2000, 500, '2,000'],
    [0.25, 0.05, '0.25'],
    [1_500_000, 500_000, '1.5m'],
    [2e9, 1e9, '2bn'],
    [0, 20, '0'],
  ])('%d on an axis in steps of %d is %s', (value, step, words) => {
    expect(tickWords(value, step)).toBe(words);
  });

  it('of an interval without an end say so', () => {
    expect(intervalWords({ value: 3, low: 1, high: Infinity })).toBe('1 or more');
    expect(intervalWords({ value: 3, low: -Infinity, high: 9 })).toBe('9 or less');
    expect(intervalWords({ value: 3 })).toBeUndefined();
    expect(readingWords({ value: 3, low: 1, high: 9 })).toBe('3 (1 to 9)');
    expect(readingWords({ absent: 'hidden' })).toBe('hidden');
  });
});

describe('sentences', () => {
  it('join and end', () => {
    expect(listWords(['a'])).toBe('a');
    expect(listWords(['a', 'b', 'c'])).toBe('a, b and c');
    expect(asSentence('target: 3')).toBe('Target: 3.');
    expect(asSentence('Did it change?')).toBe('Did it change?');
  });
});

describe('periods', () => {
  it.each([
    ['month', '2025-06', 'June 2025'],
    ['quarter', '2025-Q2', 'April to June 2025'],
    ['year', '2025', '2025'],
    ['financial-year', '2024/25', '2024/25'],
    ['financial-year', '1999/00', '1999/00'],
  ] as const)('a %s %s is %s', (step, at, words) => {
    expect(periodWords(step, periodNumber(step, at))).toBe(words);
  });

  it.each([
    ['month', '2025-06', '2025-06', 'June 2025'],
    ['month', '2025-06', '2025-08', 'June to August 2025'],
    ['month', '2024-12', '2025-01', 'December 2024 to January 2025'],
    ['quarter', '2024-Q4', '2025-Q1', 'October 2024 to March 2025'],
    ['quarter', '2024-Q1', '2024-Q2', 'January to June 2024'],
    ['year', '2024', '2025', '2024 to 2025'],
  ] as const)('a run of %s from %s to %s is %s', (step, from, to, words) => {
    expect(runWords(step, periodNumber(step, from), periodNumber(step, to))).toBe(words);
  });

  it('follow one another over the new year', () => {
    expect(periodNumber('month', '2025-01') - periodNumber('month', '2024-12')).toBe(1);
    expect(() => periodNumber('quarter', '2025-06')).toThrow('not a quarter: 2025-06');
  });
});

describe('scaleOf', () => {
  it.each([
    [[0, 97], 5, [0, 20, 40, 60, 80, 100]],
    [[-20, 31], 5, [-20, 0, 20, 40]],
    [[7], 4, [2, 4, 6, 8, 10, 12]],
    [[0], 4, [0, 0.5, 1]],
    [[], 4, [0, 0.5, 1]],
  ])('%j in %d parts', (values, parts, ticks) => {
    const scale = scaleOf(values, parts);
    expect(scale.from).toBeLessThanOrEqual(Math.min(...values, Infinity));
    expect(scale.to).toBeGreaterThanOrEqual(Math.max(...values, -Infinity));
    expect(scale.ticks.every((tick, index) => index === 0 || tick > (scale.ticks[index - 1] ?? 0))).toBe(true);
    expect(scale.ticks.at(0)).toBeLessThanOrEqual(ticks.at(0) ?? 0);
  });
});

describe('text in a width', () => {
  it('breaks between words, and inside one only where it must', () => {
    expect(wrapped('one two three', 10, widthOf('one two', 10))).toEqual(['one two', 'three']);
    expect(wrapped('x'.repeat(50), 10, 100).join('')).toBe('x'.repeat(50));
    for (const line of wrapped('x'.repeat(50), 10, 100)) expect(widthOf(line, 10)).toBeLessThanOrEqual(100.01);
  });

  it('never breaks what reads as one letter', () => {
    expect(wrapped('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 10, 12)).toEqual(['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']);
  });
});

describe('classes', () => {
  it('cut values at round numbers, with plain words', () => {
    const classes = classesOf(
      Array.from({ length: 100 }, (_, index) => index),
      0,
    );
    expect(classes.map(({ words }) => words)).toEqual(['0 to 19', '20 to 39', '40 to 59', '60 to 79', '80 or more']);
    expect(classesOf([1.5, 2.5, 3.5, 4.5, 5.5], 1).map(({ words }) => words)[0]).toBe('under 2.5');
  });

  it('are fewer where values are few', () => {
    expect(classesOf([], 0)).toEqual([]);
    expect(classesOf([4, 4], 0)).toEqual([{ words: '4' }]);
  });

  it('hold what they say they hold', () => {
    const classes = [{ below: 10, words: 'under 10' }, { words: '10 or more' }];
    expect([9.9, 10].map((value) => classAt(classes, value))).toEqual([0, 1]);
    expect(() => classAt([{ below: 10, words: 'under 10' }], 10)).toThrow('no class holds 10');
  });
});
