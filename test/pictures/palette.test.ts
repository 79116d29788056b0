import { describe, expect, it } from 'vitest';
import { contrastRatio } from '../../src/govuk/index.ts';
import {
  flagged,
  ink,
  isDark,
  lineColours,
  lineDashes,
  others,
  own,
  paper,
  quiet,
  shadesOf,
} from '../../src/pictures/palette.ts';

describe('the colours of pictures', () => {
  it('stand out from paper: shapes by 3 to 1, text by 4.5', () => {
    for (const colour of [own, others, flagged, ...lineColours])
      expect(contrastRatio(colour, paper), colour).toBeGreaterThanOrEqual(3);
    for (const colour of [ink, quiet, own]) expect(contrastRatio(colour, paper), colour).toBeGreaterThanOrEqual(4.5);
  });

  it('are not needed to tell lines apart: each has a dash of its own', () => {
    expect(new Set(lineDashes).size).toBe(lineColours.length);
  });

  it.each([2, 3])('of %d classes differ from the next by 3 to 1', (count) => {
    const shades = shadesOf(count);
    for (const [index, shade] of shades.slice(1).entries())
      expect(contrastRatio(shade, shades[index] ?? paper)).toBeGreaterThanOrEqual(3);
  });

  it.each([4, 5])('of %d classes differ from the next by 1.8 to 1, and from the one after by 3 to 1', (count) => {
    const shades = shadesOf(count);
    for (const [index, shade] of shades.slice(1).entries())
      expect(contrastRatio(shade, shades[index] ?? paper)).toBeGreaterThan(1.8);
    for (const [index, shade] of shades.slice(2).entries())
      expect(contrastRatio(shade, shades[index] ?? paper)).toBeGreaterThanOrEqual(3);
  });

  it('carry numbers that can be read', () => {
    for (const shade of shadesOf(5))
      expect(contrastRatio(isDark(shade) ? paper : ink, shade)).toBeGreaterThanOrEqual(4.5);
  });
});
