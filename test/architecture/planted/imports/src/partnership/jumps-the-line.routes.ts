// expect: partnership-uses-only-earlier-slices
import { decide } from '../exchange/index.ts';
export const routes = [decide];
