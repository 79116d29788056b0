/** Whole years of age, both ends in it; `to` is null where it is open. */
export interface AgeBand {
  readonly from: number;
  readonly to: number | null;
}

/** `0-15`, `16`, `65+`: what a band is called in a reference release. */
export const bandName = ({ from, to }: AgeBand): string =>
  to === null ? `${from}+` : to === from ? String(from) : `${from}-${to}`;

const dialects: readonly (readonly [RegExp, (low: number, high: number) => AgeBand])[] = [
  [/^(\d+)$/, (age) => ({ from: age, to: age })],
  [/^(\d+) ?(?:\+|and over|or over|plus)$/, (age) => ({ from: age, to: null })],
  [/^under (\d+)$/, (age) => ({ from: 0, to: age - 1 })],
  [/^(\d+) (?:and|or) under$/, (age) => ({ from: 0, to: age })],
  [/^(\d+) ?(?:-|–|to) ?(\d+)$/, (from, to) => ({ from, to })],
];

/** Reads a band as its publisher writes it: "Aged 16 to 24 years", "90+", "0 - 4", "Aged 15 years and under". */
export function parseAgeBand(text: string): AgeBand | undefined {
  const plain = text
    .toLowerCase()
    .replaceAll(/\b(aged?|years?|old)\b/g, ' ')
    .replaceAll(/[:;]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  for (const [dialect, band] of dialects) {
    const found = dialect.exec(plain);
    if (found !== null) return sound(band(Number(found[1]), Number(found[2])));
  }
  return undefined;
}

const sound = (band: AgeBand): AgeBand | undefined =>
  band.from <= 120 && (band.to === null || (band.to >= band.from && band.to <= 130)) ? band : undefined;

/** European Standard Population 2013 (Eurostat): how many of 100,000 people are in each band of five years. */
export const standardBands: readonly (AgeBand & { readonly standard: number })[] = [
  5_000, 5_500, 5_500, 5_500, 6_000, 6_000, 6_500, 7_000, 7_000, 7_000, 7_000, 6_500, 6_000, 5_500, 5_000, 4_000, 2_500,
  1_500, 1_000,
].map((standard, place, all) => ({ from: place * 5, to: place === all.length - 1 ? null : place * 5 + 4, standard }));
