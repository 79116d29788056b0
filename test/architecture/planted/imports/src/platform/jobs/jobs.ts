import { PgBoss } from 'pg-boss';
export const boss = PgBoss;
