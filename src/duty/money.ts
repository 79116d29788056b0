import { typedAs } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { done, refused } from './outcome.ts';

/** Sterling in whole pence. Pounds with a fraction never exist as a number: 0.1 + 0.2 is not 0.3 there. */
export type Pence = number;

// £99,999,999,999.99 holds any grant of a partnership, and a thousand of them add up exactly.
const mostPounds = 99_999_999_999;

/**
 * Reads an amount that a person typed: `£1,234.50`, `1234.50`, `1,234` or `£ 1234`.
 *
 * Ledgers must agree to the penny, so whatever could be read in two ways, or was rounded, is refused with a sentence:
 * `£12k` and `1.2m` (rounded), `1.5` (pence have two figures), `12,34` and `1.234,50` (grouping), `-5` and `(5)` (what
 * an amount below zero means is the business of the record), `50p`, and other currencies.
 */
export function parseMoney(typed: string): Outcome<Pence, 'not-valid'> {
  const text = typed.length > 60 ? '' : typed.trim();
  if (/^£? ?[\d,.]+ ?(?:k|m|mn|bn|b|thousand|million|billion)$/i.test(text)) {
    return refused('not-valid', 'Enter the amount in full, such as £1,200,000');
  }
  if (/^(?:[-−]|\()/.test(text) || /^£ ?[-−]/.test(text)) {
    return refused('not-valid', 'Enter an amount that is not below zero');
  }
  const amount = /^£? ?(\d{1,3}(?:,\d{3}){1,4}|\d{1,11})(?:\.(\d{2}))?$/.exec(text);
  if (amount === null) {
    if (/^£? ?[\d,]+\.\d$/.test(text)) return refused('not-valid', 'Enter pence with two figures, such as £12.50');
    return refused('not-valid', 'Enter an amount in pounds and pence, such as £1,234.50');
  }
  const pounds = Number((amount[1] ?? '').replaceAll(',', ''));
  if (pounds > mostPounds) return refused('not-valid', `Enter an amount up to ${formatMoney(mostPounds * 100 + 99)}`);
  return done(pounds * 100 + Number(amount[2] ?? 0));
}

/** A form field that holds an amount of money. */
export const typedMoney = typedAs(parseMoney);

function whole(pence: Pence): Pence {
  if (!Number.isSafeInteger(pence)) throw new RangeError(`${pence} is not a whole number of pence that adds exactly`);
  return pence;
}

/** @throws RangeError when an amount is no whole number of pence, or the sum is too large to be exact */
export function addMoney(...amounts: readonly Pence[]): Pence {
  return amounts.reduce((sum, amount) => whole(sum + whole(amount)), 0);
}

/** What is left: `budget` less `spent`, below zero when more was spent. */
export function subtractMoney(budget: Pence, spent: Pence): Pence {
  return whole(whole(budget) - whole(spent));
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `£1,234.50`, always with its pence, so that columns agree to the eye; `-£0.01` below zero. */
export function formatMoney(pence: Pence): string {
  const digits = String(Math.abs(whole(pence))).padStart(3, '0');
  return `${pence < 0 ? '-' : ''}£${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

/** `count` of `unit`, halves away from zero, in integers only. */
function roundedTo(unit: number, amount: number): number {
  const rest = amount % unit;
  return (amount - rest) / unit + (rest * 2 >= unit ? 1 : 0);
}

/** For sentences and charts, not for ledgers: `£934,966`, `£1.2 million`, `£55 million`. Halves go away from zero. */
export function formatMoneyRounded(pence: Pence): string {
  const size = Math.abs(whole(pence));
  const sign = pence < 0 ? '-' : '';
  const pounds = roundedTo(100, size);
  if (pounds < 1_000_000) return pounds === 0 ? '£0' : `${sign}£${grouped(String(pounds))}`;
  const digits = String(roundedTo(10_000_000, size));
  const tenths = digits.slice(-1);
  return `${sign}£${grouped(digits.slice(0, -1))}${tenths === '0' ? '' : `.${tenths}`} million`;
}
