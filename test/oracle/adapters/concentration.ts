import { concentration, leastShareOfPlaces, shareOfCrimeInTop } from '../../../src/measures/concentration.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';

export const run: Adapter = (input) => {
  const counts: number[] = input.counts;
  const result = concentration(counts);
  if (isRefusal(result)) return { answer: result };
  return {
    answer: {
      gini: result.gini,
      gini_unbiased: result.giniUnbiased,
      generalised_gini: result.generalisedGini,
      generalised_gini_unbiased: result.generalisedGiniUnbiased,
      share_of_places_with_25pc: leastShareOfPlaces(counts, 0.25),
      share_of_places_with_50pc: leastShareOfPlaces(counts, 0.5),
      share_of_places_with_80pc: leastShareOfPlaces(counts, 0.8),
      share_of_crime_in_top_1pc: shareOfCrimeInTop(counts, 0.01),
      share_of_crime_in_top_5pc: shareOfCrimeInTop(counts, 0.05),
      share_of_places_with_none: result.shareOfPlacesWithNone,
    },
  };
};
