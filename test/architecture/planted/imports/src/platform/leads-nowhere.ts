// expect: no-missing-modules
import { nothing } from './not-here.ts';
export const lost = nothing;
