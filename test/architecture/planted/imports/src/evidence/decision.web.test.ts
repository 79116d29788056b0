import { Hono } from 'hono';
import { sql } from 'kysely';
import { createWeb } from '../web/app.ts';
export const tested = [Hono, sql, createWeb];
