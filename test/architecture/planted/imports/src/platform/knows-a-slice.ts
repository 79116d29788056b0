// expect: platform-knows-no-slice
import { decide } from '../evidence/index.ts';
export const known = decide;
