import { createWeb } from '../src/web/app.ts';
export const journey = createWeb;
