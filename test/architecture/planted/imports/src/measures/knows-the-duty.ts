// expect: measures-stand-alone
import { word } from '../duty/index.ts';
export const known = word;
