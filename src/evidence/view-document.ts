import { z } from 'zod';
import { monthSchema } from '../duty/index.ts';
import type { PictureModel } from '../pictures/index.ts';
import { cellStates } from './figure.ts';
import { formatNames } from './source.ts';
import { audiences, type View } from './view.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const number = z.number().nullable();
const named = z.strictObject({ name: z.string(), version: z.string() });

/** What `concord figure --json` prints and the page gives as a file. Its JSON schema is shipped under docs/reference/schemas. */
export const viewDocument = z
  .strictObject({
    id: hash.describe('The figure: the hash of what was asked, of which releases, by which method.'),
    view: hash.describe('What this audience may see of it.'),
    title: z.string(),
    measure: named,
    source: z.enum(formatNames),
    area: z.string(),
    period: z.strictObject({ from: monthSchema, to: monthSchema }),
    by: z.array(z.string()),
    distinct: z.boolean().describe('Different ids are counted instead of rows.'),
    passport: z.strictObject({
      releases: z.array(z.strictObject({ id: hash, parquet: z.string() })),
      references: z.array(z.string()),
      coverage: hash.describe(
        'What was known of gaps: the hash of the months, the reasons and who sends rows of the area.',
      ),
      definition: z.strictObject({ id: z.string(), version: z.int(), sha256: z.string() }).nullable(),
      rule: named,
      audience: z.enum(audiences),
      seed: number,
      code: z.string(),
      ledger: hash.nullable().describe('Head of the published-view ledger against which it was checked.'),
    }),
    rows: z.array(
      z
        .object({
          state: z
            .enum(cellStates)
            .describe('hidden: there is a number, and no field has it. absent: nothing is known. refused: see reason.'),
          reason: z.string().optional(),
          count: number,
          estimate: number,
          lower: number,
          upper: number,
          level: number,
          denominator: number,
        })
        .catchall(z.union([z.string(), z.number(), z.null()]))
        .describe('One cell. The values of a breakdown stand under its name.'),
    ),
    notes: z.array(z.string()).describe('What a reader must know. The first says what was hidden and why.'),
  })
  .describe('What an audience may see of a figure, with its passport.');

export type ViewDocument = z.infer<typeof viewDocument>;

/** A view as JSON has it. */
export function documentOf(
  { id, figure, audience, rule, ledger, rows, notes, hiddenSentence }: View,
  code: string,
): ViewDocument {
  const { question } = figure;
  return {
    id: figure.id,
    view: id,
    title: figure.title,
    measure: { ...question.measure },
    source: question.source,
    area: question.area,
    period: { ...question.period },
    by: [...question.by],
    distinct: question.distinct,
    passport: {
      releases: question.releases.map((release) => ({ ...release })),
      references: [...question.references],
      coverage: question.coverage.sha256,
      definition: question.definition === null ? null : { ...question.definition },
      rule: { name: rule.name, version: rule.version },
      audience,
      seed: question.seed,
      code,
      ledger,
    },
    rows: rows as ViewDocument['rows'],
    notes: hiddenSentence === null ? [...notes] : [hiddenSentence, ...notes],
  };
}

/** All that a page, a file or a picture shows of a view. For the public it is kept as it was when it was let out. */
export interface ViewShown {
  readonly document: ViewDocument;
  /** Of the source, its title and what it counts. */
  readonly source: { readonly title: string; readonly counts: string };
  /** Names of areas by code, and of offences by the code of the Home Office. */
  readonly names: Readonly<Record<string, string>>;
  /** Null where nothing can be drawn. */
  readonly picture: PictureModel | null;
}
