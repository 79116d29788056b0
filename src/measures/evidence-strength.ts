import { type Refusal, refuse } from './refusal.ts';

/** The designs of this library that ask whether something worked. */
export type EvaluationDesign =
  | 'before-and-after'
  | 'interrupted-time-series'
  | 'displacement-difference'
  | 'synthetic-control'
  | 'difference-in-differences'
  | 'randomised-trial';

/** How much a design can bear: the level of the Maryland scale, 1 to 5. */
export interface EvidenceStrength {
  readonly marylandLevel: 1 | 2 | 3 | 4 | 5;
  /** A sentence to show beside the estimate. */
  readonly sentence: string;
}

const strengths: Readonly<Record<EvaluationDesign, EvidenceStrength>> = {
  'before-and-after': {
    marylandLevel: 2,
    sentence: 'Maryland scale level 2 of 5: before and after, with nothing to compare with.',
  },
  'interrupted-time-series': {
    marylandLevel: 2,
    sentence: 'Maryland scale level 2 of 5: a long series before and after, with nothing to compare with.',
  },
  'displacement-difference': {
    marylandLevel: 3,
    sentence: 'Maryland scale level 3 of 5: before and after, beside one comparison area.',
  },
  'synthetic-control': {
    marylandLevel: 3,
    sentence: 'Maryland scale level 3 of 5: one area beside a mix of others that ran like it.',
  },
  'difference-in-differences': {
    marylandLevel: 4,
    sentence: 'Maryland scale level 4 of 5: several areas before and after, beside several comparison areas.',
  },
  'randomised-trial': {
    marylandLevel: 5,
    sentence: 'Maryland scale level 5 of 5: chance decided which areas were treated.',
  },
};

/**
 * How strong the evidence of a design can be at best, by the Maryland Scientific Methods Scale.
 *
 * Level ≥ 3 needs a comparison area, ≥ 4 several areas on each side, 5 chance. Unit: levels, 1 to 5. Not a mark for how well a
 * study was made: a poor one of a high level proves less than a good one of a lower. Source: Farrington, Gottfredson, Sherman & Welsh 2002.
 *
 * @example evidenceStrength('displacement-difference').marylandLevel // => 3
 */
export function evidenceStrength(design: EvaluationDesign): EvidenceStrength | Refusal {
  return Object.hasOwn(strengths, design)
    ? strengths[design]
    : refuse('unknown-design', 'This design is not one that the Maryland scale is known for here.');
}
