import { z } from 'zod';
import { monthSchema } from '../duty/index.ts';
import { formatNames } from './source.ts';

const rows = z.int().min(0);
const release = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const reasons = z.array(
  z.strictObject({
    column: z.string().describe('The header of the column that is wrong; empty where the row as a whole is.'),
    sentence: z.string(),
    rows,
  }),
);
const counts = z
  .strictObject({
    read: rows,
    accepted: rows,
    quarantined: rows.describe('Not taken, each with its reason. They come back as a file to correct.'),
    alreadyLoaded: rows.describe('The same row or file again.'),
    outside: rows.describe('Outside of the area of who sent them.'),
    unlocated: rows.describe('Of the accepted ones, those without a place.'),
  })
  .describe('read = accepted + quarantined + alreadyLoaded + outside');

/** What `concord import --json` prints. Its JSON schema is shipped under docs/reference/schemas. */
export const importDocument = z
  .strictObject({
    release: release.nullable().describe('Null where no row could be taken.'),
    source: z.enum(formatNames),
    files: z.array(z.strictObject({ name: z.string(), sha256: digest })),
    months: z.array(monthSchema).describe('Of the accepted rows; where all were loaded already, of their release.'),
    rows: counts,
    quarantine: z.string().nullable().describe('Path of the file with the rows that were not taken.'),
    seconds: z.number().min(0),
  })
  .describe('What became of the files and their rows.');
export type ImportDocument = z.infer<typeof importDocument>;

/** What `concord releases --json` prints. */
export const releasesDocument = z
  .strictObject({
    releases: z.array(
      z.strictObject({
        id: release,
        source: z.enum(formatNames),
        formatVersion: z.int(),
        parquet: z.string().describe('Hash of the Parquet file; of the list of hashes where there are several.'),
        mapping: z.string().nullable(),
        agreementId: z.string().nullable(),
        months: z.array(monthSchema),
        replacesMonths: z.boolean(),
        rows: counts,
        notes: z.strictObject({
          reasons: reasons.optional(),
          screened: rows
            .optional()
            .describe('Rows in which words were left out, because they may say who somebody is.'),
          unknownColumns: z.array(z.string()).optional(),
        }),
        importedBy: z.string(),
        importedAt: z.iso.datetime(),
      }),
    ),
  })
  .describe('What was loaded, the newest first.');

/** What `concord prepare --json` prints, and the manifest beside the counts. */
export const prepareDocument = z
  .strictObject({
    source: z.enum(formatNames),
    formatVersion: z.int(),
    rows: counts,
    months: z.array(monthSchema),
    counts: rows.describe('Lines of the file of counts.'),
    files: z.array(z.strictObject({ name: z.string(), sha256: digest })),
    sha256: z.string().describe('Of counts.csv.'),
    reasons,
  })
  .describe('Counts of records that stay where they are.');
