import type { one } from './one-half.ts';
export const other = null as unknown as typeof one;
