// expect: measures-stand-alone
import { readFileSync } from 'node:fs';
export const read = readFileSync;
