// expect: pages-know-no-database
import type { Work } from '../platform/database/work.ts';
export const page = (work: Work) => work;
