import { main } from '../src/cli/main.ts';
main;
