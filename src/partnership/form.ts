import { z } from 'zod';
import { parsePartialDate, type PartialDate } from '../duty/index.ts';

/** A name that must be there. @param what after "Enter": "the name of the organisation" */
export const nameField = (what: string) =>
  z
    .string(`Enter ${what}`)
    .trim()
    .min(1, `Enter ${what}`)
    .max(200, `Enter ${what} in 200 characters or fewer`)
    .refine((name) => !/\p{Cc}/u.test(name), `Enter ${what} without line breaks`);

/** A text that may be left empty: then it is null. */
export const textField = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Enter ${most.toLocaleString('en-GB')} characters or fewer`)
    .default('')
    .transform((text) => (text === '' ? null : text));

/** A date as people write it, or nothing. */
export const dateField = () =>
  z
    .string()
    .default('')
    .transform((typed, context): PartialDate | null => {
      if (typed.trim() === '') return null;
      const read = parsePartialDate(typed);
      if (read.done) return read.value;
      context.addIssue({ code: 'custom', message: read.sentence });
      return z.NEVER;
    });

/** The end of what may go on: "ongoing" is no end. */
export const untilField = () =>
  dateField().transform((date) => (date !== null && date.earliest === null && date.latest === null ? null : date));

/** The id of a record chosen from a list, or none. */
export const chosenField = () =>
  z
    .union([z.uuid(), z.literal('')], 'Choose one from the list')
    .default('')
    .transform((id) => (id === '' ? null : id));

/** A box that is ticked or not. */
export const tickField = () =>
  z
    .literal('yes')
    .optional()
    .transform((ticked) => ticked === 'yes');

/** An address on the web that a page may link to, or nothing. */
export const addressField = () =>
  textField(500).refine(
    (address) => address === null || isWebAddress(address),
    'Enter a web address that begins with https:// or http://',
  );

function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s"<>]+$/i.test(text)) return false;
  return URL.canParse(text);
}
