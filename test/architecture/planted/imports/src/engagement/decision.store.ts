import { sql } from 'kysely';
import type { Work } from '../platform/database/work.ts';
import { findRow as before } from '../strategy/index.store.ts';
import { decide } from './decision.ts';
export interface Row {
  readonly id: string;
}
export const findRow = (work: Work) => [sql, work, decide, before];
