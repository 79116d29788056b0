// expect: slices-meet-at-their-index
import { findRow } from '../partnership/decision.store.ts';
export const found = findRow;
