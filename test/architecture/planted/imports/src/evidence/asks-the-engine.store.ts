// expect: column-engine-only-in-releases
import { DuckDBInstance } from '@duckdb/node-api';
export const engine = DuckDBInstance;
