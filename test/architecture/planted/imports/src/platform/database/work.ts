import { sql } from 'kysely';
import pg from 'pg';
export interface Work {
  readonly bound: true;
}
export const reading = [sql, pg];
