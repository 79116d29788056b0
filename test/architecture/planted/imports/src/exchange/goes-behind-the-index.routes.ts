// expect: slices-meet-at-their-index
import { decide } from '../partnership/decision.ts';
export const routes = [decide];
