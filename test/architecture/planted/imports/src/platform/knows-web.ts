// expect: nobody-imports-web
import { createWeb } from '../web/app.ts';
export const known = createWeb;
