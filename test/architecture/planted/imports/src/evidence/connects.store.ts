// expect: driver-only-in-database
import pg from 'pg';
export const pool = pg;
