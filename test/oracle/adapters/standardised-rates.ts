import { isRefusal } from '../../../src/measures/refusal.ts';
import { directlyStandardisedRate, indirectlyStandardisedRatio } from '../../../src/measures/standardised-rate.ts';
import type { Adapter } from '../adapter.ts';

interface Input {
  file: string;
  confidence: number;
  multiplier?: number;
  reference?: string;
}

export const run: Adapter = (input: Input, question) => {
  const rows = question.csv(input.file).map((row) => ({
    area: row['area']!,
    band: row['band']!,
    events: Number(row['x']),
    population: Number(row['n']),
    standard: Number(row['stdpop']),
  }));
  const level = input.confidence;
  // The reference is one of the areas where it names one, else all of them together.
  const named = rows.some((row) => row.area === input.reference);
  const total = new Map<string, { events: number; population: number }>();
  for (const { area, band, events, population } of rows) {
    if (named && area !== input.reference) continue;
    const sum = total.get(band) ?? { events: 0, population: 0 };
    total.set(band, { events: sum.events + events, population: sum.population + population });
  }
  const answer = Object.fromEntries(
    [...Map.groupBy(rows, (row) => row.area)].map(([area, own]) => {
      if (input.reference !== undefined) {
        const bands = own.map((row) => ({ ...row, reference: total.get(row.band)! }));
        const ratio = indirectlyStandardisedRatio({ bands, level });
        return [area, isRefusal(ratio) ? null : { ...ratio, value: ratio.estimate }];
      }
      const rate = directlyStandardisedRate({ bands: own, per: input.multiplier!, level });
      const sums = {
        total_count: own.reduce((sum, row) => sum + row.events, 0),
        total_pop: own.reduce((sum, row) => sum + row.population, 0),
      };
      return [area, isRefusal(rate) ? sums : { ...rate, ...sums, value: rate.estimate }];
    }),
  );
  return { answer };
};
