import { z } from 'zod';
import { isMonth } from '../duty/index.ts';
import { many } from './definition-form.ts';
import { figureMeasures } from './figure-measure.ts';
import { formatNames } from './source.ts';
import { audiences } from './view.ts';

const monthField = (which: string) =>
  z
    .string(`Enter the ${which} month, such as 2022-06`)
    .trim()
    .refine(isMonth, `Enter the ${which} month as year and month, such as 2022-06`);

const optional = (most: number) => z.string().trim().max(most).default('');

/** What somebody asks on the page. */
export const figureForm = z
  .object({
    measure: z.enum(figureMeasures.map(({ name }) => name) as [string, ...string[]], 'Choose what you want to know'),
    source: z.enum(formatNames, 'Choose a source'),
    /** A code, or `other`. */
    area: z.string('Choose an area').min(1, 'Choose an area').max(20),
    /** A name or a code, where the area is another. */
    otherArea: optional(200),
    from: monthField('first'),
    to: monthField('last'),
    by: many(z.string().regex(/^[\w-]{1,60}$/)),
    definition: optional(100),
    comparator: optional(200),
    audience: z.enum(audiences, 'Choose who is to see it'),
  })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    message: 'The last month cannot be before the first. Change one of them',
  });
export type FigureTyped = z.infer<typeof figureForm>;
