import { createWeb } from '../web/app.ts';
export const main = createWeb;
