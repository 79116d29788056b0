// expect: exchange-uses-only-earlier-slices
import { decide } from '../evidence/index.ts';
export const routes = [decide];
