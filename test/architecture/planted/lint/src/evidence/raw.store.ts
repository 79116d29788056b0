import { CompiledQuery, sql } from 'kysely';

export const one = sql.raw('delete from evidence.row'); // expect: no-restricted-syntax
export const two = CompiledQuery.raw('delete from evidence.row'); // expect: no-restricted-syntax
export const three = sql`select set_config('concord.partnership', 'another', true)`; // expect: no-restricted-syntax
export const four = sql`set local role concord_owner`; // expect: no-restricted-syntax
export const five = sql`select name collate "C" from evidence.row`;
