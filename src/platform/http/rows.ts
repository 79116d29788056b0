import { z } from 'zod';
import type { Schema } from '../database/work.ts';
import type { ReadRoute, Rows, WriteRoute } from './route.ts';

/**
 * The builders of a slice's rows. Each handler is typed by its own row; the table holds them as one kind, and the server
 * hands each what its row's schemas have parsed: that is what the two casts say.
 */
export function rowsOf<S extends Schema>(): Rows<S> {
  return {
    get: (row) => ({ ...row, method: 'GET', query: row.query ?? z.object({}) }) as unknown as ReadRoute,
    post: (row) => ({ ...row, method: 'POST' }) as unknown as WriteRoute,
  };
}

/** The partnership of an address. */
export const partnershipParams = z.object({
  partnership: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
});
export const recordParams = partnershipParams.extend({ id: z.uuid() });
export const noParams = z.object({});
