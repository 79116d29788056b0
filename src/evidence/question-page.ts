import { z } from 'zod';
import { isMonth } from '../duty/index.ts';
import { formatNames } from './source.ts';

const optional = (most: number) => z.string().trim().max(most).catch('').default('');

/** What a page of a question is asked: by its address, so that it can be sent to somebody and read without scripts. */
export const questionQuery = z.object({
  area: optional(200),
  from: optional(10),
  to: optional(10),
  definition: optional(100),
  source: z.enum(formatNames).or(z.literal('')).catch('').default(''),
  claim: optional(500),
  /** `yes` where the figures were just kept. */
  kept: optional(5),
});
export type QuestionTyped = z.infer<typeof questionQuery>;

/** Why the months cannot be read; undefined where they can, or where both are left out. */
export function whyNotMonths({ from, to }: Pick<QuestionTyped, 'from' | 'to'>): {
  readonly from?: string;
  readonly to?: string;
} {
  if (from === '' && to === '') return {};
  if (!isMonth(from)) return { from: 'Enter the first month as year and month, such as 2021-07' };
  if (!isMonth(to)) return { to: 'Enter the last month as year and month, such as 2022-06' };
  return to < from ? { to: 'The last month cannot be before the first. Change one of them' } : {};
}
