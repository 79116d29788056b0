import { Hono } from 'hono';
import type { Work } from '../database/work.ts';
export interface Route {
  readonly work: Work;
  readonly app: Hono;
}
