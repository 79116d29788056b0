import { z } from 'zod';
import { markingLevels } from '../duty/index.ts';
import { nameField, textField } from '../partnership/index.ts';
import { dayField, many } from './definition-form.ts';
import { profileParts, type ProfilePart, type ProfileWords } from './problem-profile.ts';
import { usualMatrix, type Matrix } from './scoring.ts';

const amount = () =>
  z
    .string()
    .trim()
    .regex(/^((\d{1,3}(,\d{3})*|\d{1,12})(\.\d{1,4})?)?$/, 'Enter a number, such as 1,204 or 34.5')
    .default('')
    .transform((text) => (text === '' ? null : Number(text.replaceAll(',', ''))));

export const priorityForm = z
  .object({
    name: nameField('the name of the priority'),
    statement: textField(2_000),
    volume: amount(),
    volumeFrom: textField(300),
    harm: amount(),
    harmFrom: textField(300),
    findings: many(z.uuid()),
    version: z.string().max(60).default(''),
  })
  .refine(({ volume, volumeFrom }) => (volume === null) === (volumeFrom === null), {
    path: ['volumeFrom'],
    message: 'Enter both, how many and where the number comes from, or neither',
  })
  .refine(({ harm, harmFrom }) => (harm === null) === (harmFrom === null), {
    path: ['harmFrom'],
    message: 'Enter both, how much harm and which index says so, or neither',
  });

export const decideForm = z.object({
  state: z.enum(['chosen', 'not-chosen', 'ended'], 'Choose what was decided'),
  because: z.string('Say why').trim().min(1, 'Say why it was decided so').max(2000, 'Enter 2,000 characters or fewer'),
  body: z.uuid('Choose who decided'),
  on: dayField().refine((date) => date !== null, 'Enter the day of the decision'),
});

const pointsField = z.coerce.number('Choose a score').int('Choose a score').min(0, 'Choose a score').max(10);
export const scoreForm = z.object({
  factor: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*$/, 'Choose a factor')
    .max(60),
  points: pointsField,
  reason: z
    .string('Say what the score rests on')
    .trim()
    .min(1, 'Say what the score rests on')
    .max(1000, 'Enter 1,000 characters or fewer'),
  agreed: z
    .literal('yes')
    .optional()
    .transform((agreed) => agreed === 'yes'),
});

const weightField = () =>
  z
    .string()
    .trim()
    .regex(/^\d(\.\d{1,2})?$/, 'Enter a weight from 0 to 9, such as 1 or 1.5')
    .default('1');
const wholeTop = 'Enter a whole number from 1 to 10';

/** Weights by factor under their own names, as `weight-physical`. All are alike, so the type names one of them. */
export const matrixForm = z
  .object({ top: z.coerce.number(wholeTop).int(wholeTop).min(1, wholeTop).max(10, wholeTop) })
  .extend(
    Object.fromEntries(usualMatrix.factors.map(({ key }) => [`weight-${key}`, weightField()])) as unknown as {
      readonly 'weight-physical': ReturnType<typeof weightField>;
    },
  );

export const matrixOf = (form: z.infer<typeof matrixForm>): Matrix => ({
  top: form.top,
  factors: usualMatrix.factors.map((factor) => ({
    ...factor,
    weight: Number((form as Readonly<Record<string, unknown>>)[`weight-${factor.key}`]),
  })),
});

export const profileForm = z
  .object({
    marking: z.enum(markingLevels, 'Choose a marking'),
    reviewOn: dayField(),
    edition: z.coerce.number().int().min(0).max(1_000_000).catch(0).default(0),
  })
  .extend(
    Object.fromEntries(profileParts.map(([part]) => [part, textField(8_000)])) as Readonly<
      Record<ProfilePart, ReturnType<typeof textField>>
    >,
  );

export const profileWords = (form: z.infer<typeof profileForm>): ProfileWords =>
  Object.fromEntries(
    profileParts.flatMap(([part]) => {
      const words = form[part];
      return words === null ? [] : [[part, words]];
    }),
  );
