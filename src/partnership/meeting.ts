import { z } from 'zod';
import type { PartialDate } from '../duty/index.ts';
import { addressField, dateField, textField } from './form.ts';
import type { Span } from './span.ts';
import type { Mistake } from './body.ts';

export const meetingForm = z.object({
  on: dateField().refine((date) => date !== null && date.latest !== null, 'Enter the date of the meeting'),
  title: textField(200),
  papers: addressField(),
});

export const decisionForm = z.object({
  reference: textField(40),
  wording: z
    .string('Enter what was decided')
    .trim()
    .min(1, 'Enter what was decided')
    .max(4_000, 'Enter what was decided in 4,000 characters or fewer'),
});

/** What stands against a meeting of a body on a day, or undefined: a body meets while there is one. */
export function whyNoMeeting(on: PartialDate, body: Span & { readonly name: string }): Mistake | undefined {
  if (isWithin(on, body)) return undefined;
  return {
    field: 'on',
    sentence: `${body.name} did not exist then. Enter a date while it ran, or correct its dates first`,
  };
}

const isWithin = (on: PartialDate, { since, until }: Span): boolean =>
  (on.latest ?? '9999') >= (since?.earliest ?? '0000') && (on.earliest ?? '0000') <= (until?.latest ?? '9999');

/** What a meeting is called where it has no title of its own. */
export const meetingTitle = (title: string | null, body: string): string => title ?? `Meeting of ${body}`;
