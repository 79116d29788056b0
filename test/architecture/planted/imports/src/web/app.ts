import { routes } from '../evidence/decision.routes.ts';
export const createWeb = routes;
