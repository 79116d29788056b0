/** The share of red, green and blue light of `#rrggbb`, each from 0 to 1, as a screen gives it off (sRGB made linear). */
function lightOf(colour: string): readonly [number, number, number] {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!digits) throw new RangeError(`not a colour like #0b4f55: ${colour}`);
  const channel = (at: 1 | 2 | 3) => {
    const value = Number.parseInt(digits[at] ?? '', 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(2), channel(3)];
}

function luminance(colour: string): number {
  const [red, green, blue] = lightOf(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * How far two colours stand apart, from 1 to 21. Text needs 4.5, a shape that says something 3.
 * Source: W3C, Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance", criteria 1.4.3, 1.4.11.
 */
export function contrastRatio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
