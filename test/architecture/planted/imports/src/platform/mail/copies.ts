// expect: driver-only-in-database
import { from } from 'pg-copy-streams';
export const copy = from;
