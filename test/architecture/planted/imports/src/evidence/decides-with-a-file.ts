// expect: decisions-are-pure
import { readFileSync } from 'node:fs';
export const decided = readFileSync;
