// expect: decisions-never-reach-a-shell
import { findRow } from './decision.store.ts';
export const decided = findRow;
