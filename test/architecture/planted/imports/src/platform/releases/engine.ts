import { DuckDBInstance } from '@duckdb/node-api';
import { sql } from 'kysely';
export const engine = [DuckDBInstance, sql];
