// expect: web-framework-only-in-http
import { serve } from '@hono/node-server';
export const cookie = serve;
