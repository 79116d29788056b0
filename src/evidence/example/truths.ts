import type { Month } from '../../duty/index.ts';

// What is true of Haverness because it was made so. An assessment that is done well finds each of these, and a test holds
// the product to it. Every part draws from a stream of chance of its own, so that one can be left out and the rest stays.

/** The five truths, each of which a town can be made without. */
export const truths = ['night-time', 'emerging', 'series', 'recording', 'under-served'] as const;
export type Truth = (typeof truths)[number];

/** First month and last of everything. The example's clocks stand on the day after. */
export const firstMonth: Month = '2021-06';
export const lastMonth: Month = '2026-05';

/** For every draw. Another seed is another town. */
export const seed = 1998;

/**
 * A seasonal night-time economy: in the ward Pier, assaults and disorder in the small hours of Saturday and Sunday, four
 * times as many in August as in January. Visitors bring it, so a rate by residents looks worse than their life is.
 */
export const nightTime = {
  ward: 'Pier',
  eventsAYear: 460,
  /** By month of the year, January first; the mean is 1. */
  season: [0.5, 0.55, 0.65, 0.85, 1, 1.3, 1.85, 2.1, 1.2, 0.7, 0.55, 0.75],
  /** Nights by the evening on which they begin, Sunday first. */
  nights: [0.05, 0.03, 0.03, 0.05, 0.09, 0.33, 0.42],
} as const;

/**
 * An emerging place: a small area of the ward Saltmarsh, quiet for four years, rises from September 2025 on in even steps, and
 * with it a little what touches it. Young people, in the afternoon and evening, many with a blade. No robberies, so that
 * these stay with the series.
 */
export const emerging = {
  smallArea: { column: 11, row: 12 },
  from: '2025-09' as Month,
  /** Events more in the first month, and in each month after it. */
  first: 8,
  step: 5,
  /** So many of them happen in the small areas that touch it, along the way there. */
  around: 0.55,
} as const;

/**
 * A contagious series: robberies with a knife in the wards Ropewalk and Harbour from March 2025 to February 2026. A robbery is
 * followed by others nearby within days, as boats follow a light: of 40 that begin a series, each has 0.7 that follow.
 */
export const series = {
  wards: ['Ropewalk', 'Harbour'],
  from: '2025-03' as Month,
  to: '2026-02' as Month,
  begins: 40,
  follows: 0.7,
  mostGenerations: 4,
  withinMetres: 150,
  withinDays: 6,
} as const;

/**
 * A recording change that looks like a rise: from 1 April 2024 the force records each report of harassment and each assault
 * without injury as an offence of its own. Their numbers jump by two thirds everywhere on one day; injuries, calls of the
 * ambulance and attendances stay as they were.
 */
export const recording = {
  from: '2024-04' as Month,
  offences: ['105A', '8L'],
  times: 1.7,
  note: 'From 1 April 2024 Merrowshire Constabulary records each report of harassment and each assault without injury as an offence of its own. About two thirds more are recorded since. Injuries, ambulance calls and attendances did not change: this step is one of recording.',
} as const;

/**
 * An under-served estate: two small areas of the ward Sallow with far graver offences than anywhere: by harm a head they stand
 * first, by count the town centre does. No service has its door there: the directory of the example
 * keeps clear of these codes.
 */
export const underServed = {
  name: 'Sallow estate',
  smallAreas: [
    { column: 8, row: 10 },
    { column: 9, row: 10 },
  ],
  graveOffencesAYear: 32,
} as const;
