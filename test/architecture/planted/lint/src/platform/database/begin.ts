import { sql } from 'kysely';

export const become = sql`set local role concord_member`;
