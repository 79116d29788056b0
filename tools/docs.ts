// Writes docs/reference from what it describes: routes, settings, commands, formats.        node tools/docs.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { referencePages } from './reference.ts';

const folder = new URL('../docs/reference/', import.meta.url);
mkdirSync(new URL('schemas/', folder), { recursive: true });
for (const [name, text] of referencePages()) writeFileSync(new URL(name, folder), text);
