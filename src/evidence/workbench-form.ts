import { z } from 'zod';
import { typedPeriod } from '../duty/index.ts';
import { nameField, textField } from '../partnership/index.ts';
import { assessmentTemplates } from './assessment-template.ts';
import { dayField, many } from './definition-form.ts';
import { exclusionGrounds } from './workbench.ts';

/** A list of choices of which none may be chosen: then it is null. */
const chosen = () =>
  z
    .union([z.uuid(), z.literal('')], 'Choose one from the list')
    .default('')
    .transform((id) => (id === '' ? null : id));
const needed = (what: string, most: number) =>
  z
    .string(what)
    .trim()
    .min(1, what)
    .max(most, `Enter ${most.toLocaleString('en-GB')} characters or fewer`);
const day = (what: string) => dayField().refine((date) => date !== null, what);

export const newAssessmentForm = z.object({
  template: z.enum(assessmentTemplates, 'Choose which assessment'),
  title: nameField('the title'),
  area: z.string('Choose an area').min(1, 'Choose an area').max(20),
  period: typedPeriod,
  asOf: day('Enter the day as of which it is written'),
  definition: chosen(),
  previous: chosen(),
  nextReview: dayField(),
});

export const changeAssessmentForm = newAssessmentForm.omit({ template: true, area: true, period: true });

export const wordsForm = z.object({
  words: z
    .string()
    .max(40_000, 'Enter 40,000 characters or fewer')
    .default('')
    .transform((words) => words.replaceAll('\r\n', '\n').trim()),
  edition: z.coerce.number().int().min(0).max(1_000_000_000).catch(0).default(0),
});

export const partForm = z.object({
  owner: chosen(),
  state: z.enum(['to-do', 'writing', 'ready'], 'Choose a state'),
});

export const placeForm = z.object({
  finding: z.uuid('Choose a finding that has a figure'),
  sentence: textField(1_000),
  owners: many(z.uuid()),
});

export const refreshForm = z.object({ sentence: needed('Say what the newer figure says', 1_000) });

export const exclusionForm = z.object({
  passage: needed('Copy the passage from the words, exactly as it stands there', 5_000),
  ground: z.enum(exclusionGrounds, 'Choose the ground'),
  because: needed('Say why, for those who check it', 1_000),
});

export const commentForm = z.object({
  comment: needed('Write your comment', 4_000),
  replyTo: chosen(),
});

/** A comment of a partner who is asked to clear its figures in a part. */
export const partnerCommentForm = z.object({
  comment: needed('Write your comment', 4_000),
  clearance: z.uuid('Open this page again'),
});

export const approveForm = z.object({
  body: z.uuid('Choose which body approved it'),
  on: day('Enter the day on which it was approved'),
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'Open this page again'),
});

export const askForm = z.object({
  organisation: z.uuid('Choose whom to ask'),
  section: chosen(),
  question: needed('Write what you need from them', 1_000),
  due: day('Enter the day by which you need it'),
});

export const answerForm = z.object({
  state: z.enum(['answered', 'declined'], 'Choose whether you can contribute'),
  answer: needed('Write your contribution, or why you have none', 10_000),
});

export const clearanceAskForm = z.object({ due: day('Enter the last day for an answer') });

export const clearanceForm = z
  .object({
    answer: z.enum(['cleared', 'objected'], 'Choose whether your figures may be published'),
    because: textField(2_000),
    seen: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'Open this page again'),
  })
  .refine(({ answer, because }) => answer === 'cleared' || because !== null, {
    path: ['because'],
    message: 'Say what you object to, so that it can be put right',
  });
