import type { IsoDate } from '../duty/index.ts';

/** What time it is, as an argument: production has one clock, the example town another, a test its own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** The day in England at this moment: what is due today, is due by this one. */
export function dayInEngland(moment: Date): IsoDate {
  formatter ??= new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });
  return formatter.format(moment);
}
let formatter: Intl.DateTimeFormat | undefined;
