import type { Strength } from './finding.ts';

/** The ecological model of the World Health Organization: from the person outwards. */
export const driverLevels = ['individual', 'relationship', 'community', 'society'] as const;
export type DriverLevel = (typeof driverLevels)[number];
export const driverLevelLabels: Readonly<Record<DriverLevel, string>> = {
  individual: 'The person',
  relationship: 'Family and friends',
  community: 'The place',
  society: 'Society',
};

export const driverDirections = ['risk', 'protective'] as const;
export type DriverDirection = (typeof driverDirections)[number];
export const driverDirectionLabels: Readonly<Record<DriverDirection, string>> = {
  risk: 'Makes violence more likely',
  protective: 'Protects against it',
};

/** How it is known. What people say is never shown as if it had been counted. */
export const driverBases = ['measured', 'reported', 'claimed'] as const;
export type DriverBasis = (typeof driverBases)[number];
export const driverBasisLabels: Readonly<Record<DriverBasis, { readonly label: string; readonly when: string }>> = {
  measured: { label: 'Measured', when: 'Counted from data that somebody can check' },
  reported: { label: 'Reported', when: 'Told by an organisation from its own records' },
  claimed: { label: 'Claimed', when: 'Said by somebody: a member, a resident, a paper' },
};

/** What the field knows of, so that nobody begins with an empty page (domain 2.4). */
export const knownFactors: Readonly<Record<DriverLevel, Readonly<Record<DriverDirection, readonly string[]>>>> = {
  individual: {
    risk: [
      'Being harmed before',
      'Having used violence before',
      'Harm in childhood',
      'Use of drugs or alcohol',
      'Special educational needs that are not met',
      'Poor mental health',
      'Carrying a weapon',
    ],
    protective: ['Doing well at school', 'Being able to calm down', 'Being able to solve problems'],
  },
  relationship: {
    risk: [
      'Domestic abuse at home',
      'Harsh or changing parenting',
      'A parent in prison',
      'Friends who break the law',
      'Exploitation by others',
    ],
    protective: ['An adult whom they trust', 'Parents who know where they are', 'Friends who do well'],
  },
  community: {
    risk: [
      'Deprivation in one place',
      'A drug market',
      'Many places that sell alcohol',
      'Schools that exclude many',
      'Disorder',
      'Few youth services',
    ],
    protective: [
      'Neighbours who step in',
      'Places for young people',
      'Safe ways to school and home',
      'Services that understand past harm',
    ],
  },
  society: {
    risk: ['Inequality', 'Beliefs that accept violence', 'Harm online', 'Discrimination'],
    protective: ['Laws that work', 'Jobs and training', 'Other stories about manhood and respect'],
  },
};

/** A factor as somebody records it. */
export interface DriverWanted {
  readonly level: DriverLevel;
  readonly direction: DriverDirection;
  readonly factor: string;
  readonly localValue: string | null;
  readonly comparator: string | null;
  readonly basis: DriverBasis;
  readonly source: string | null;
  readonly saidOn: string | null;
  readonly strength: Strength;
  readonly strengthBecause: string | null;
  readonly people: number | null;
  readonly finding: string | null;
}
