// expect: problems-uses-only-earlier-slices
import { decide } from '../strategy/index.ts';
export const routes = [decide];
