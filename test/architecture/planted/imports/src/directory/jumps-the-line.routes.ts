// expect: directory-uses-only-earlier-slices
import { decide } from '../enforcement/index.ts';
export const routes = [decide];
