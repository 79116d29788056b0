import { alsoUsed } from './words.ts';
alsoUsed({ a: 1 });
