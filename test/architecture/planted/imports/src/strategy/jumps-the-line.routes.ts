// expect: strategy-uses-only-earlier-slices
import { decide } from '../engagement/index.ts';
export const routes = [decide];
