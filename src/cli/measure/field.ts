import { z } from 'zod';

/** How a field of a method is written, in its help and as an option of the command. */
export type FieldKind = 'number' | 'numbers' | 'text' | 'texts' | 'yes-no' | 'choice' | 'document';

export interface FieldNotes {
  readonly kind: FieldKind;
  /** What it is, with its unit. */
  readonly means: string;
  readonly choices?: readonly string[];
}

// Schemas carry their notes: one row of the table feeds the check, the options, the help and the documents.
const noted = <S extends z.ZodType>(schema: S, notes: FieldNotes): S => schema.meta({ ...notes });
export const notesOf = (schema: z.ZodType): FieldNotes => schema.meta() as unknown as FieldNotes;

export const number = (means: string) => noted(z.number(), { kind: 'number', means });
export const text = (means: string) => noted(z.string(), { kind: 'text', means });
export const yesNo = (means: string) => noted(z.boolean(), { kind: 'yes-no', means });
export const choice = <const C extends readonly [string, ...string[]]>(choices: C, means: string) =>
  noted(z.enum(choices), { kind: 'choice', means, choices });
export const numbers = (means: string) => noted(listOf(z.number()), { kind: 'numbers', means });
export const texts = (means: string) => noted(listOf(z.string()), { kind: 'texts', means });
export const list = <T>(item: z.ZodType<T>, means: string) => noted(listOf(item), { kind: 'document', means });
export const lists = (means: string) => noted(listOf(listOf(z.number())), { kind: 'document', means });
export const object = <F extends z.ZodRawShape>(fields: F, means = '') =>
  noted(z.strictObject(fields), { kind: 'document', means });

/** A word, or a number in its place. */
export const wordOr = <const W extends string>(word: W, means: string) =>
  noted(z.union([z.literal(word), z.number()]), { kind: 'choice', means, choices: [word, 'NUMBER'] });

/** A whole number that the machine must bear: how often something is drawn, the columns of a grid. */
export const whole = (least: number, most: number, means: string) =>
  noted(z.number().int().min(least).max(most), { kind: 'number', means });

export function optional<S extends z.ZodType>(schema: S): z.ZodExactOptional<S> {
  return noted(z.exactOptional(schema), notesOf(schema));
}

/** Optional, with the value that stands in its place. */
export function given<S extends z.ZodType>(schema: S, value: z.core.util.NoUndefined<z.output<S>>): z.ZodDefault<S> {
  const { means, ...notes } = notesOf(schema);
  return noted(schema.default(value), { ...notes, means: `${means}; ${String(value)} unless given` });
}

/** Edges of bands: JSON has no infinity, so an edge without limit is `null` or the text Infinity. */
export const edges = (means: string) =>
  noted(
    listOf(
      z.union([
        z.number(),
        z.null().transform(() => Infinity),
        z
          .string()
          .regex(/^infinity$/i)
          .transform(() => Infinity),
      ]),
    ),
    { kind: 'numbers', means: `${means}; Infinity (in JSON null) for no limit` },
  );

/** As z.array, but it stops at the first bad item: a hostile list of ten million would else bring ten million complaints. */
function listOf<T>(item: z.ZodType<T>): z.ZodType<readonly T[]> {
  const isNumber = item instanceof z.ZodNumber;
  return z.unknown().transform((value, context): readonly T[] => {
    if (!Array.isArray(value)) {
      context.issues.push({ code: 'invalid_type', expected: 'array', input: value });
      return z.NEVER;
    }
    if (isNumber && value.every((each) => Number.isFinite(each))) return value as T[];
    const items: T[] = [];
    for (const [at, each] of (value as unknown[]).entries()) {
      const parsed = item.safeParse(each);
      if (!parsed.success) {
        for (const issue of parsed.error.issues)
          context.issues.push({ ...issue, input: each, path: [at, ...issue.path] } as z.core.$ZodRawIssue);
        return z.NEVER;
      }
      items.push(parsed.data);
    }
    return items;
  });
}
