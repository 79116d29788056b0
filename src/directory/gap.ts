import { z } from 'zod';
import { personalIn } from './plain-text.ts';
import { needTerms, termName, tierTerms } from './prevention-terms.ts';
import { tiers, type Tier } from './prevention.ts';

export const gapAges = ['any', '0-10', '11-17', '18-24', '25-64', '65-plus'] as const;
export type GapAge = (typeof gapAges)[number];
export const gapAgeLabels: Readonly<Record<GapAge, string>> = {
  any: 'Any age',
  '0-10': 'Children up to 10',
  '11-17': '11 to 17',
  '18-24': '18 to 24',
  '25-64': '25 to 64',
  '65-plus': '65 and over',
};

export const gapStates = ['new', 'being-looked-at', 'planned', 'closed'] as const;
export type GapState = (typeof gapStates)[number];
export const gapStateLabels: Readonly<Record<GapState, string>> = {
  new: 'New',
  'being-looked-at': 'Being looked at',
  planned: 'Help is planned',
  closed: 'Closed',
};

/** A gap is shown to the public once this many people reported it: fewer could tell who did, or of whom. */
export const enoughReports = 5;
/** What one partnership takes in on one day from everybody: who sends more is no person. */
export const mostReportsADay = 200;

const needs = needTerms.map(({ slug }) => slug) as readonly string[];

/** One age as the band of a gap. */
export const ageBandOf = (age: number | undefined): GapAge =>
  age === undefined
    ? 'any'
    : age <= 10
      ? '0-10'
      : age <= 17
        ? '11-17'
        : age <= 24
          ? '18-24'
          : age <= 64
            ? '25-64'
            : '65-plus';

export const gapForm = z.object({
  area: z
    .string()
    .trim()
    .max(100, 'Enter a shorter name of the place')
    // A postcode can stand for a few homes; a town or an estate is as near as a gap needs.
    .refine((text) => !personalIn(text).includes('a postcode'), 'Enter a town, a village or an estate, not a postcode')
    .refine((text) => !/\d{3,}|@/.test(text), 'Enter the name of a town, a village or an estate')
    .default(''),
  tier: z.enum(tiers, 'Choose what kind of help is missing'),
  need: z.string('Choose what the help is for').refine((need) => needs.includes(need), 'Choose what the help is for'),
  age: z.enum(gapAges, 'Choose for which age').default('any'),
  seen: z.string().trim().max(1_000, 'Use at most 1,000 characters').default(''),
});
export type GapWanted = z.infer<typeof gapForm>;

export interface Gap {
  readonly id: string;
  readonly area: string;
  readonly tier: Tier;
  readonly need: string;
  readonly age: GapAge;
  readonly state: GapState;
  readonly owner: string | null;
  readonly note: string | null;
  readonly reports: number;
  readonly lastOn: string | null;
}

export const tierLabel = (tier: string): string => tierTerms.find(({ slug }) => slug === tier)?.name ?? tier;

/** A gap in one line: "Gangs and being used by them, 11 to 17: for people at risk, in Saltmarsh". */
export const gapWords = ({ area, tier, need, age }: Pick<Gap, 'area' | 'tier' | 'need' | 'age'>): string =>
  `${termName('need', need)}, ${gapAgeLabels[age].toLowerCase()}: ${tierLabel(tier).toLowerCase()}${area === '' ? '' : `, in ${area}`}`;

export const changeGapForm = z.object({
  state: z.enum(gapStates, 'Choose a state'),
  owner: z.string().trim().max(200, 'Use at most 200 characters').default(''),
  note: z.string().trim().max(2_000, 'Use at most 2,000 characters').default(''),
});
