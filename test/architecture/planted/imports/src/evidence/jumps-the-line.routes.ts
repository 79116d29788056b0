// expect: evidence-uses-only-earlier-slices
import { decide } from '../directory/index.ts';
export const routes = [decide];
