// expect: toolkits-stand-alone
import type { Route } from '../platform/http/route.ts';
export type Known = Route;
