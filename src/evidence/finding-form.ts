import { z } from 'zod';
import { isMonth } from '../duty/index.ts';
import { textField } from '../partnership/index.ts';
import { strengths } from './finding.ts';

const hashField = () =>
  z
    .union(
      [z.string().regex(/^sha256:[0-9a-f]{64}$/), z.literal('')],
      'Use the address of a figure of this partnership',
    )
    .default('')
    .transform((hash) => (hash === '' ? null : hash));
const monthField = () =>
  z
    .union([z.string().refine(isMonth), z.literal('')], 'Enter a month as year and month, such as 2026-03')
    .default('')
    .transform((month) => (month === '' ? null : month));

const sentence = z
  .string('Write the finding as one sentence')
  .trim()
  .min(1, 'Write the finding as one sentence')
  .max(1000, 'Write it in 1,000 characters or fewer');
const strength = z.enum(strengths, 'Say how strong the evidence is').default('unknown');

/** What a page of a figure sends, and what somebody types. */
export const findingForm = z.object({
  sentence,
  question: textField(300),
  figure: hashField(),
  view: hashField(),
  area: textField(20),
  from: monthField(),
  to: monthField(),
  strength,
  strengthBecause: textField(2_000),
});

export const changeFindingForm = z.object({
  sentence,
  question: textField(300),
  strength,
  strengthBecause: textField(2_000),
  version: z.string().max(60).default(''),
});

export const withdrawFindingForm = z.object({ because: textField(1_000) });
