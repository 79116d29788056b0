import { z } from 'zod';
import { isIsoDate } from '../duty/index.ts';
import { referralAnswers } from './referral.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Use at most ${most.toLocaleString('en-GB')} characters`)
    .default('');
const yesOrNo = (sentence: string) => z.enum(['yes', 'no'], sentence).transform((value) => value === 'yes');
const days = (least: number, most: number, sentence: string) =>
  z.coerce.number(sentence).int(sentence).min(least, sentence).max(most, sentence);

/** A referral as somebody types it. */
export const referralForm = z
  .object({
    from: z.uuid('Choose the organisation that you refer for'),
    sentTo: z.uuid('Choose who is to answer'),
    name: z.string().trim().min(1, 'Enter the name of the person').max(200, 'Use at most 200 characters'),
    age: text(40),
    contact: text(300),
    why: z.string().trim().min(1, 'Enter what the service has to know').max(2_000, 'Use at most 2,000 characters'),
    health: yesOrNo('Choose whether anything here is about health'),
    canConsent: yesOrNo('Choose whether the person is able to consent'),
    consented: yesOrNo('Choose whether the person consented'),
    overrideReason: text(1_000),
  })
  .superRefine(({ canConsent, consented, overrideReason }, context) => {
    const wrong = (field: string, message: string) => {
      context.addIssue({ code: 'custom', path: [field], message });
    };
    if (consented && !canConsent)
      wrong(
        'consented',
        'Somebody who is not able to consent cannot have consented. Choose “No”, and give the reason to refer',
      );
    // Counted as PostgreSQL does: a picture of a face is one character.
    if (!consented && Array.from(overrideReason).length < 10)
      wrong('overrideReason', 'Enter the safeguarding reason to refer without consent, in a sentence');
  });

export const answerForm = z.object({
  answer: z.enum(referralAnswers, 'Choose an answer'),
  note: text(1_000),
});

/** How the partnership sets referrals. */
export const switchForm = z.object({
  isOn: yesOrNo('Choose on or off'),
  agreement: z.uuid('Choose the agreement under which names are shared'),
  dpia: z
    .string()
    .trim()
    .min(1, 'Enter the reference of the data protection impact assessment')
    .max(300, 'Use at most 300 characters'),
  dpiaOn: z.string().trim().refine(isIsoDate, 'Enter the day of approval as year-month-day, such as 2026-05-01'),
  keepDays: days(7, 730, 'Enter a number of days from 7 to 730'),
  answerDays: days(1, 30, 'Enter a number of days from 1 to 30'),
});
