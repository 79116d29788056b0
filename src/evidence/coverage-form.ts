import { z } from 'zod';
import { isMonth, parsePartialDate, type Month } from '../duty/index.ts';
import { coverageStates } from './coverage.ts';
import { formatNames } from './source.ts';

const monthSentence = 'Enter a month, such as June 2024 or 2024-06';

/** A month as people write it: "June 2024", "6/2024", "2024-06". */
function readMonth(typed: string): Month | undefined {
  const words = typed.trim();
  if (isMonth(words)) return words;
  const read = parsePartialDate(words);
  if (!read.done) return undefined;
  const { earliest, latest } = read.value;
  const month = earliest?.slice(0, 7);
  return month !== undefined && month === latest?.slice(0, 7) && isMonth(month) ? month : undefined;
}

const monthField = () =>
  z.string(monthSentence).transform((typed, context): Month => {
    const month = readMonth(typed);
    if (month !== undefined) return month;
    context.addIssue({ code: 'custom', message: monthSentence });
    return z.NEVER;
  });

/** A month, or nothing: then it is null. */
const openMonthField = () =>
  z
    .string()
    .default('')
    .transform((typed, context): Month | null => {
      if (typed.trim() === '') return null;
      const month = readMonth(typed);
      if (month !== undefined) return month;
      context.addIssue({ code: 'custom', message: monthSentence });
      return z.NEVER;
    });

const providerField = () => z.string().trim().max(200, 'Enter the name in 200 characters or fewer').default('');

/** What stands for every provider in the list of a form: no provider has this name, for names are trimmed. */
export const everyProvider = '*';

export const confirmForm = z.object({
  provider: providerField(),
  until: openMonthField(),
  state: z.enum(coverageStates, 'Choose what you know of it'),
  reason: z
    .string('Enter how you know')
    .trim()
    .min(1, 'Enter how you know, such as who told you and when')
    .max(1000, 'Enter 1,000 characters or fewer'),
});

export const expectForm = z.object({
  source: z.enum(formatNames, 'Choose a source'),
  provider: providerField(),
  from: monthField(),
  until: openMonthField(),
  every: z.enum(['1', '3', '12'], 'Choose how often it comes'),
  lag: z.coerce
    .number('Enter a number of days, such as 30')
    .int('Enter a whole number of days')
    .min(0, 'Enter 0 days or more')
    .max(1000, 'Enter 1,000 days or fewer'),
  askedOf: z
    .string()
    .trim()
    .max(200, 'Enter 200 characters or fewer')
    .default('')
    .transform((text) => (text === '' ? null : text)),
});
