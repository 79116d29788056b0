// expect: engagement-uses-only-earlier-slices
import { decide } from '../governance/index.ts';
export const routes = [decide];
