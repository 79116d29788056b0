import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentColour } from './accent-colour.ts';
import { contrastRatio } from './contrast.ts';

const colour = fc.integer({ min: 0, max: 0xff_ff_ff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the contrast of two colours', () => {
  // WebAIM, "Contrast and Color Accessibility": #767676 is the lightest grey that passes on white, #777777 does not.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#777777', '#ffffff', 4.48],
    ['#ff0000', '#ffffff', 4.0],
    ['#0000ff', '#ffffff', 8.59],
  ])('of %s and %s is %s', (one, other, ratio) => {
    expect(contrastRatio(one, other)).toBeGreaterThanOrEqual(ratio - 0.005);
    expect(contrastRatio(one, other)).toBeLessThan(ratio + 0.01);
  });

  it('is the same both ways, between 1 and 21', () => {
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        const ratio = contrastRatio(one, other);
        expect(contrastRatio(other, one)).toBe(ratio);
        expect(ratio).toBeGreaterThanOrEqual(1);
        expect(ratio).toBeLessThanOrEqual(21);
      }),
    );
  });

  it('refuses what is no colour', () => {
    expect(() => contrastRatio('teal', '#ffffff')).toThrow(RangeError);
  });
});

describe("a partnership's own colour", () => {
  it('is taken where white text can be read on it', () => {
    expect(accentColour('#0B4F55')).toEqual({ isAccepted: true, stylesheet: ':root{--concord-accent:#0b4f55}\n' });
    expect(accentColour('#767676').isAccepted).toBe(true);
  });

  it('is refused with the reason where it cannot', () => {
    expect(accentColour('#777777')).toEqual({
      isAccepted: false,
      reason: 'Choose a darker colour: white text on this one has a contrast of 4.4 to 1, and needs 4.5 to 1',
    });
  });

  it.each(['teal', '#0b4f5', '#0b4f55;}body{display:none', 'url(//elsewhere)', ''])(
    'never lets anything but a colour into a stylesheet: %s',
    (text) => {
      expect(accentColour(text)).toEqual({ isAccepted: false, reason: expect.stringMatching(/^Enter the colour/) });
    },
  );

  it('leaves nothing between: what is taken passes, what is refused does not', () => {
    fc.assert(
      fc.property(colour, (any) => {
        expect(accentColour(any).isAccepted).toBe(contrastRatio(any, '#ffffff') >= 4.5);
      }),
    );
  });
});
