import { z } from 'zod';
import { viewDocument, type ViewDocument } from './view-document.ts';

/** Fields of a cell that are no part of its key. */
const values: ReadonlySet<string> = new Set([
  'state',
  'reason',
  'count',
  'estimate',
  'lower',
  'upper',
  'level',
  'denominator',
]);

const difference = z
  .object({
    first: z.number().nullable(),
    second: z.number().nullable(),
    difference: z.number().nullable().describe('second less first; null where one of them is not shown'),
  })
  .catchall(z.union([z.string(), z.number(), z.null()]))
  .describe('One cell. The values of a breakdown stand under its name.');

/** What `concord figure --definition a --against b --json` prints. */
export const againstDocument = z
  .strictObject({
    first: viewDocument,
    second: viewDocument,
    cells: z.array(difference),
  })
  .describe(
    'The same figure under two definitions. What both together would tell of a small number is hidden in the second.',
  );
export type AgainstDocument = z.infer<typeof againstDocument>;

/** Two views of the same question, which differ in the definition, cell by cell. */
export function againstOf(first: ViewDocument, second: ViewDocument): AgainstDocument {
  const keys = [...new Set([...first.by, 'month'])].filter((name) =>
    [...first.rows, ...second.rows].some((row) => row[name] !== undefined && !values.has(name)),
  );
  const keyOf = (row: ViewDocument['rows'][number]) => JSON.stringify(keys.map((name) => row[name] ?? null));
  const isCounted = first.measure.name === 'count';
  const told = ({ state, count, estimate }: ViewDocument['rows'][number]) =>
    state !== 'shown' ? null : isCounted ? count : estimate;
  const [ours, theirs] = [first, second].map(({ rows }) => new Map(rows.map((row) => [keyOf(row), row])));
  const all = new Map([...(ours ?? []), ...(theirs ?? [])].map(([key, row]) => [key, row]));
  return {
    first,
    second,
    cells: [...all].map(([key, row]) => {
      const [one, other] = [ours?.get(key), theirs?.get(key)].map((each) => (each === undefined ? null : told(each)));
      return {
        ...Object.fromEntries(keys.map((name) => [name, row[name] ?? null])),
        first: one ?? null,
        second: other ?? null,
        difference: typeof one === 'number' && typeof other === 'number' ? other - one : null,
      };
    }),
  };
}
