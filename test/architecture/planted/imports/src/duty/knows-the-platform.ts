// expect: duty-stands-on-measures
import type { Route } from '../platform/http/route.ts';
export type Known = Route;
