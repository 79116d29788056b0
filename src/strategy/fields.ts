import { z } from 'zod';
import { parseMoney, type IsoDate, type Pence } from '../duty/index.ts';
import { dateField } from '../partnership/index.ts';

/** Words that must be there. @param what after "Enter": "what came of it" */
export const wordsField = (what: string, most: number) =>
  z
    .string(`Enter ${what}`)
    .trim()
    .min(1, `Enter ${what}`)
    .max(most, `Enter ${what} in ${most.toLocaleString('en-GB')} characters or fewer`);

/** A day of the calendar as people write it, or nothing. */
export const dayField = () =>
  dateField()
    .refine(
      (date) => date === null || (date.earliest !== null && date.earliest === date.latest),
      'Enter one day, such as 31 March 2027',
    )
    .transform((date): IsoDate | null => date?.latest ?? null);

/** A day that must be there. @param what after "Enter": "the day of the decision" */
export const neededDay = (what: string) =>
  dayField().transform((day, context): IsoDate => {
    if (day !== null) return day;
    context.addIssue({ code: 'custom', message: `Enter ${what}, such as 31 March 2027` });
    return z.NEVER;
  });

/** An amount in pounds, or nothing. */
export const moneyField = () =>
  z
    .string()
    .trim()
    .max(60, 'Enter an amount in pounds and pence, such as £1,234.50')
    .default('')
    .transform((typed, context): Pence | null => {
      if (typed === '') return null;
      const read = parseMoney(typed);
      if (read.done) return read.value;
      context.addIssue({ code: 'custom', message: read.sentence });
      return z.NEVER;
    });

/** Ids of records that were ticked, each once. */
export const tickedField = (most: number) =>
  z
    .union([z.uuid(), z.array(z.uuid()).max(most)], 'Choose from the list')
    .optional()
    .transform((ids) => (ids === undefined ? [] : typeof ids === 'string' ? [ids] : [...new Set(ids)]));

/** An address for mail, or nothing. */
export const emailField = () =>
  z
    .string()
    .trim()
    .max(254, 'Enter an email address of 254 characters or fewer')
    .default('')
    .refine(
      (text) => text === '' || /^[^\s<>()[\],;:"\\@\p{Cc}]+@[^\s<>(),;:"\\@\p{Cc}]+$/u.test(text),
      'Enter one email address, such as name@example.org',
    )
    .transform((text) => (text === '' ? null : text));

/** What a form to change was made from. Every page hands one over; what sends none has read no page that could be stale. */
export const versionField = () => z.string().max(80).optional();
/** Whether the record has changed since the page was made. An empty version is one too: of a record without a change. */
export const isStale = (version: string | undefined, now: string): boolean => version !== undefined && version !== now;
