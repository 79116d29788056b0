// expect: queue-only-in-jobs
import { PgBoss } from 'pg-boss';
export const jobs = [PgBoss];
