// expect: pages-name-only-their-own-rows
import type { Row } from '../partnership/index.store.ts';
export const page = (row: Row) => row;
