// expect: pages-know-no-database
// expect: sql-only-in-stores
import type { sql } from 'kysely';
export const page = (query: typeof sql) => query;
