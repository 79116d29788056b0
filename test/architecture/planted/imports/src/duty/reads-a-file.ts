// expect: duty-stands-on-measures
import { readFileSync } from 'node:fs';
export const read = readFileSync;
