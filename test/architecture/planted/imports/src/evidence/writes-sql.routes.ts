// expect: sql-only-in-stores
import { sql } from 'kysely';
export const routes = [sql];
