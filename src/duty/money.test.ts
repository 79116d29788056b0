import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMoney, formatMoney, formatMoneyRounded, parseMoney, subtractMoney, typedMoney } from './money.ts';

function pence(typed: string): number {
  const outcome = parseMoney(typed);
  if (!outcome.done) throw new Error(outcome.sentence);
  return outcome.value;
}

const largest = 9_999_999_999_999;
const amounts = fc.integer({ min: 0, max: largest });

describe('an amount that a person typed', () => {
  it.each([
    ['£1,234.50', 123450],
    ['1234.50', 123450],
    ['1,234', 123400],
    ['£ 1234', 123400],
    [' £0.01 ', 1],
    ['0', 0],
    ['137,941.30', 13_794_130],
    ['£99,999,999,999.99', largest],
  ])('%s is %i pence', (typed, amount) => {
    expect(pence(typed)).toBe(amount);
  });

  const inPoundsAndPence = 'Enter an amount in pounds and pence, such as £1,234.50';
  const inFull = 'Enter the amount in full, such as £1,200,000';

  it.each([
    ['', inPoundsAndPence],
    ['£', inPoundsAndPence],
    ['about 500', inPoundsAndPence],
    ['50p', inPoundsAndPence],
    ['12,34', inPoundsAndPence],
    ['1234,567', inPoundsAndPence],
    ['1.234,50', inPoundsAndPence],
    ['1,234.567', inPoundsAndPence],
    ['1 234', inPoundsAndPence],
    ['.50', inPoundsAndPence],
    ['5.', inPoundsAndPence],
    ['€500', inPoundsAndPence],
    ['1e3', inPoundsAndPence],
    ['٣٤', inPoundsAndPence],
    ['9'.repeat(100_000), inPoundsAndPence],
    ['£12k', inFull],
    ['1.2m', inFull],
    ['£1.2 million', inFull],
    ['£55m', inFull],
    ['1.5', 'Enter pence with two figures, such as £12.50'],
    ['-5', 'Enter an amount that is not below zero'],
    ['−5.00', 'Enter an amount that is not below zero'],
    ['£-5', 'Enter an amount that is not below zero'],
    ['(5.00)', 'Enter an amount that is not below zero'],
    ['100,000,000,000', 'Enter an amount up to £99,999,999,999.99'],
  ])('%j is refused: %s', (typed, sentence) => {
    expect(parseMoney(typed)).toEqual({ done: false, reason: 'not-valid', sentence });
    expect(typedMoney.safeParse(typed).error?.issues[0]?.message).toBe(sentence);
  });
});

describe('an amount in words', () => {
  it.each([
    [0, '£0.00', '£0'],
    [1, '£0.01', '£0'],
    [49, '£0.49', '£0'],
    [50, '£0.50', '£1'],
    [123450, '£1,234.50', '£1,235'],
    [-123449, '-£1,234.49', '-£1,234'],
    [-1, '-£0.01', '£0'],
    [93_496_600, '£934,966.00', '£934,966'],
    [99_999_949, '£999,999.49', '£999,999'],
    [99_999_950, '£999,999.50', '£1 million'],
    [100_000_000, '£1,000,000.00', '£1 million'],
    [104_999_999, '£1,049,999.99', '£1 million'],
    [105_000_000, '£1,050,000.00', '£1.1 million'],
    [151_257_200, '£1,512,572.00', '£1.5 million'],
    [-151_257_200, '-£1,512,572.00', '-£1.5 million'],
    [5_500_000_000, '£55,000,000.00', '£55 million'],
    [76_500_000_000, '£765,000,000.00', '£765 million'],
    [largest, '£99,999,999,999.99', '£100,000 million'],
  ])('%i pence is %s, or about %s', (amount, exact, rounded) => {
    expect(formatMoney(amount)).toBe(exact);
    expect(formatMoneyRounded(amount)).toBe(rounded);
  });

  it('is read back to the penny', () => {
    fc.assert(fc.property(amounts, (amount) => pence(formatMoney(amount)) === amount));
  });

  it('is refused with a fraction of a penny', () => {
    expect(() => formatMoney(0.5)).toThrow(RangeError);
    expect(() => formatMoneyRounded(NaN)).toThrow(RangeError);
  });
});

describe('money adds to the penny', () => {
  // London's Serious Violence Duty grant by year, labour and non-labour; Surrey's with its published total.
  it.each([
    ['London 2024-25', '£616,333.64', '£316,430.36', '£932,764.00'],
    ['London 2022-23', '£137,941.30', '£206,621.25', '£344,562.55'],
    ['Surrey 2024-25', '£211,864.69', '£334,965.78', '£546,830.47'],
  ])('%s', (_grant, labour, nonLabour, total) => {
    expect(formatMoney(addMoney(pence(labour), pence(nonLabour)))).toBe(total);
    expect(formatMoney(subtractMoney(pence(total), pence(labour)))).toBe(nonLabour);
  });

  it('in any order, and takes away what it added', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (a, b, c) => {
        expect(addMoney(a, b, c)).toBe(addMoney(c, addMoney(b, a)));
        expect(subtractMoney(addMoney(a, b), b)).toBe(a);
      }),
    );
    expect(addMoney()).toBe(0);
    expect(subtractMoney(100, 250)).toBe(-150);
  });

  it('and never past what a number holds exactly', () => {
    expect(() => addMoney(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
    expect(() => addMoney(0.1, 0.2)).toThrow(RangeError);
    expect(() => subtractMoney(1, Infinity)).toThrow(RangeError);
  });
});
