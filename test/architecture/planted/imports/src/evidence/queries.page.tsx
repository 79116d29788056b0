// expect: pages-never-query
import { findRow } from './decision.store.ts';
export const page = findRow;
