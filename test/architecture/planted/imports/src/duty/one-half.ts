// expect: no-cycles
import { other } from './other-half.ts';
export const one = [other];
