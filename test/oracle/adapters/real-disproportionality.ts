import { waldRateRatio, waldRiskRatio } from '../../../src/measures/rate-ratio.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import { relativeRateIndex } from '../../../src/measures/relative-rate-index.ts';
import type { Adapter } from '../adapter.ts';

interface Row {
  la: string;
  year: number;
}

export const run: Adapter = (input: { file: string; reference: string }, question) => {
  const rows = question.csv(input.file);
  const group = (row: Readonly<Record<string, string>>, name: string) => ({
    name,
    events: Number(row[`${name}_stopped`]),
    population: Number(row[`${name}_population`]),
  });
  // The case asks about some of the places and years of the file.
  const answer = (question.expected as Row[]).map(({ la, year }) => {
    const row = rows.find((one) => one['la'] === la && Number(one['date']) === year);
    if (row === undefined) return null;
    const other = input.reference === 'White' ? 'Black' : 'White';
    const groups = [group(row, input.reference), group(row, other)];
    const index = relativeRateIndex({ groups, reference: input.reference, per: 1000 });
    const [base, own] = groups.map(({ events, population }) => ({ events, exposure: population }));
    const binomial = waldRiskRatio(own!, base!, 0.95);
    const poisson = waldRateRatio(own!, base!, 0.95);
    if (isRefusal(index) || isRefusal(binomial) || isRefusal(poisson)) return null;
    return {
      la,
      year,
      events: groups.map((one) => one.events),
      population: groups.map((one) => one.population),
      rri: index.groups[1]!.ratio!.estimate,
      lower_binomial: binomial.lower,
      upper_binomial: binomial.upper,
      lower_poisson: poisson.lower,
      upper_poisson: poisson.upper,
    };
  });
  return { answer };
};
