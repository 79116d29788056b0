// expect: web-framework-only-in-http
import { Hono } from 'hono';
export const routes = [Hono];
