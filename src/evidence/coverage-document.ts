import { z } from 'zod';
import { monthSchema } from '../duty/index.ts';
import { coverageStates, type CoverageCalendar } from './coverage.ts';
import { formatNames } from './source.ts';

const state = z.enum(coverageStates).describe('late: past its day, and not given up. missing: never a nought.');
const rows = z.int().min(0);
const reason = z
  .string()
  .nullable()
  .describe('A sentence; null for a month that is complete and that nobody confirmed.');

/** What `concord coverage --json` prints and the page gives as a file. Its JSON schema is shipped under docs/reference/schemas. */
export const coverageDocument = z
  .strictObject({
    source: z.enum(formatNames),
    from: monthSchema.nullable().describe('Null where nothing is loaded and nothing expected.'),
    to: monthSchema.nullable(),
    months: z.array(
      z.strictObject({
        month: monthSchema,
        state,
        rows,
        unlocated: rows,
        reason,
        providers: z.array(
          z.strictObject({
            provider: z.string().describe('As the rows name it; empty where the format names none.'),
            state,
            rows,
            unlocated: rows.describe('Of the rows, those without a place.'),
            reason,
            confirmedBy: z.string().nullable().describe('Who said so; null where the rows and the clock did.'),
          }),
        ),
      }),
    ),
    missing: z.array(monthSchema).describe('Months of which no provider has sent anything that was expected.'),
  })
  .describe('Which months of a source are there, provider by provider.');

export type CoverageDocument = z.infer<typeof coverageDocument>;

export function documentOf({ source, months, missing }: CoverageCalendar): CoverageDocument {
  return coverageDocument.parse({
    source,
    from: months[0]?.month ?? null,
    to: months.at(-1)?.month ?? null,
    months: months.map((each) => ({
      month: each.month,
      state: each.state,
      rows: each.rows,
      unlocated: each.unlocated,
      reason: each.reason,
      providers: each.providers.map((of) => ({
        provider: of.provider,
        state: of.state,
        rows: of.rows,
        unlocated: of.unlocated,
        reason: of.reason,
        confirmedBy: of.confirmedBy,
      })),
    })),
    missing,
  });
}
