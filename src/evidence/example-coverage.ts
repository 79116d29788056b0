import type { CoverageNote, ExpectedSource } from './coverage.ts';
import { hospitalSite } from './example/partners.ts';

/** Ids of the example's records, for tests that visit every address. */
export const exampleCoverageIds = {
  'expected-source': '0b000000-0000-4000-8000-000000001101',
  'coverage-note': '0b000000-0000-4000-8000-000000001102',
} as const;

/** The emergency department of Haverness was to begin in March; nothing of March was kept, and April is late. */
export const exampleExpected: ExpectedSource = {
  id: exampleCoverageIds['expected-source'],
  source: 'istv',
  provider: hospitalSite,
  from: '2026-03',
  to: null,
  everyMonths: 1,
  lagDays: 20,
  askedOf: 'Information team, Haverness Bay Hospitals',
};

export const exampleNote: Omit<CoverageNote, 'by' | 'undoneOn' | 'undoneBy'> = {
  id: exampleCoverageIds['coverage-note'],
  source: 'istv',
  provider: hospitalSite,
  from: '2026-03',
  to: '2026-03',
  state: 'missing',
  reason: 'The department was still trying out its form. The trust wrote on 9 April that nothing of March was kept.',
  on: '2026-04-13',
};
