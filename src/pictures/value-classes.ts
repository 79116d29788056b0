import type { ValueClass } from './model.ts';
import { numberWords } from './words.ts';

const mostClasses = 5;

/** The value with two digits that say something, so that a legend reads well. */
function rounded(value: number, spread: number, decimals: number): number {
  const power = Math.max(10 ** -decimals, 10 ** (Math.floor(Math.log10(spread)) - 1));
  const steps = Math.round(value / power);
  // A power under one is no exact number; dividing by its inverse is.
  return power < 1 ? steps / Math.round(1 / power) : steps * power;
}

/**
 * Cuts values into at most five classes of about as many values each, at round numbers, with plain words.
 *
 * Whole numbers are told as `5 to 9`, others as `5 to under 10`.
 */
export function classesOf(values: readonly number[], decimals: number): readonly ValueClass[] {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined) return [];
  const cuts = new Set<number>();
  for (let part = 1; part < mostClasses && high > low; part++) {
    const value = sorted[Math.floor((sorted.length * part) / mostClasses)] ?? high;
    const cut = rounded(value, high - low, decimals);
    if (cut > low && cut <= high) cuts.add(cut);
  }
  const ends = [...cuts].sort((a, b) => a - b);
  const areWhole = decimals === 0 && values.every(Number.isInteger);
  // Round ends need no digits after the point.
  const digits = (ends.length === 0 ? [low, high] : ends).every(Number.isInteger) ? 0 : decimals;
  const said = (value: number): string => numberWords(value, digits);
  const upTo = (from: number, below: number): string => {
    if (!areWhole) return `${said(from)} to under ${said(below)}`;
    return from === below - 1 ? said(from) : `${said(from)} to ${said(below - 1)}`;
  };
  if (ends.length === 0) return [{ words: low === high ? said(low) : `${said(low)} to ${said(high)}` }];
  return [
    { below: ends[0], words: areWhole ? upTo(low, ends[0] ?? high) : `under ${said(ends[0] ?? high)}` },
    ...ends.slice(1).map((below, index) => ({ below, words: upTo(ends[index] ?? low, below) })),
    { words: `${said(ends.at(-1) ?? high)} or more` },
  ];
}

/** The place of the class that holds a value. Classes that leave a value out are a fault of whoever made them. */
export function classAt(classes: readonly ValueClass[], value: number): number {
  const found = classes.findIndex(({ below }) => below === undefined || value < below);
  if (found < 0) throw new RangeError(`no class holds ${value}`);
  return found;
}
