import type { CoverageNote, ExpectedSource } from '../coverage.ts';
import { force, fireAuthority } from './county.ts';
import { ambulanceTrust, hospitalSite, lastAttendances } from './partners.ts';
import { firstMonth, recording } from './truths.ts';

const id = (number: number): string => `0b000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const board = 'NHS Merrowshire Integrated Care Board';
const probationService = 'Probation Service, Merrowshire';

const expected = (
  number: number,
  source: ExpectedSource['source'],
  provider: string,
  [everyMonths, lagDays]: readonly [1 | 3, number],
  more: Partial<ExpectedSource> = {},
): ExpectedSource => ({
  id: id(1_200 + number),
  source,
  provider,
  from: firstMonth,
  to: null,
  everyMonths,
  lagDays,
  askedOf: null,
  ...more,
});

/** What is to come from whom, beside the new form of the emergency department (see `example-coverage.ts`). */
export const exampleExpectations: readonly ExpectedSource[] = [
  expected(1, 'force-extract', force.name, [1, 15], { askedOf: 'Analysis team of the constabulary' }),
  expected(2, 'ambulance', ambulanceTrust, [1, 31]),
  expected(3, 'fire', fireAuthority.name, [3, 30]),
  expected(4, 'ecds', hospitalSite, [1, 45], { to: lastAttendances }),
  expected(5, 'hospital-admissions', board, [3, 92], { from: '2021-07' }),
  expected(6, 'youth-justice', 'Haverness Youth Justice Service', [3, 60], { from: '2021-07' }),
  expected(7, 'probation', probationService, [3, 90], {
    from: '2025-07',
    askedOf: 'Data protection officer of the Probation Service',
  }),
];

/** Dated notes: the step of the force that is one of recording, the holidays, and why nothing comes from probation. */
export const exampleNotes: readonly Omit<CoverageNote, 'by' | 'undoneOn' | 'undoneBy'>[] = [
  {
    id: id(1_301),
    source: 'force-extract',
    provider: force.name,
    from: recording.from,
    to: recording.from,
    state: 'complete',
    reason: recording.note,
    on: '2024-05-14',
  },
  {
    id: id(1_302),
    source: 'probation',
    provider: probationService,
    from: '2025-07',
    to: '2026-03',
    state: 'missing',
    reason: 'The agreement waits for clearance since February 2026. Nothing may come before it is signed.',
    on: '2026-03-02',
  },
  ...[2021, 2022, 2023, 2024, 2025].map((year, at) => ({
    id: id(1_310 + at),
    source: 'exclusions' as const,
    provider: 'Haverness Council',
    from: `${year}-08`,
    to: `${year}-08`,
    state: 'not-expected' as const,
    reason: 'Schools are closed in August.',
    on: '2026-02-09',
  })),
];
