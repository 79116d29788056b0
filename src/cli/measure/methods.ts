import { comparisonMethods, seriesMethods } from './change-methods.ts';
import {
  concentrationMethods,
  contagionMethods,
  disproportionalityMethods,
  predictionMethods,
} from './contagion-methods.ts';
import { evaluationMethods } from './evaluation-methods.ts';
import { harmMethods } from './harm-methods.ts';
import { inquiryMethods, timeMethods } from './inquiry-methods.ts';
import type { Method } from './method.ts';
import { disclosureMethods, peerMethods } from './peer-methods.ts';
import { placeMethods } from './place-methods.ts';
import { rateMethods } from './rate-methods.ts';

/** The methods by the question that they answer, in the order of the analysts’ paper. Feeds the command, its help and the documents. */
export const groups: readonly { readonly title: string; readonly methods: readonly Method[] }[] = [
  { title: 'How much, and how sure?', methods: rateMethods },
  { title: 'Did it change between two periods?', methods: comparisonMethods },
  { title: 'Trend, season, change', methods: seriesMethods },
  { title: 'Harm', methods: harmMethods },
  { title: 'Where?', methods: placeMethods },
  { title: 'Concentration', methods: concentrationMethods },
  { title: 'Near repeats and contagion (dated events only)', methods: contagionMethods },
  { title: 'Does a map predict?', methods: predictionMethods },
  { title: 'Disproportionality', methods: disproportionalityMethods },
  { title: 'Did it work?', methods: evaluationMethods },
  { title: 'Peers, and many tests at once', methods: peerMethods },
  { title: 'Small numbers', methods: disclosureMethods },
  { title: 'Time of day', methods: timeMethods },
  { title: 'Agreement, surveys and plain words', methods: inquiryMethods },
];

export const methods: readonly Method[] = groups.flatMap((group) => group.methods);
