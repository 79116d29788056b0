// expect: enforcement-uses-only-earlier-slices
import { decide } from '../problems/index.ts';
export const routes = [decide];
