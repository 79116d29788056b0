// expect: nobody-imports-cli
import { main } from '../cli/main.ts';
export const known = main;
