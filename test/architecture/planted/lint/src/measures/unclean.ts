import { readFileSync } from 'node:fs'; // expect: no-restricted-imports

export const read = readFileSync;
export const now = Date.now(); // expect: no-restricted-properties
export const moment = new Date(); // expect: no-restricted-syntax
export const text = Date(); // expect: no-restricted-syntax
export const hour = new Date(0).getHours(); // expect: no-restricted-syntax
export const chance = Math.random(); // expect: no-restricted-properties
export const mark = performance.now(); // expect: no-restricted-globals
export const id = crypto.randomUUID(); // expect: no-restricted-globals
export const platform = process.platform; // expect: no-restricted-globals
export const zone = globalThis.process; // expect: no-restricted-globals
export const later = setTimeout(() => undefined, 1); // expect: no-restricted-globals
export const page = fetch('http://localhost'); // expect: no-restricted-globals
export const lazy = import('./innocent.ts'); // expect: no-restricted-syntax

export function speak(): void {
  console.log('said'); // expect: no-restricted-globals no-console
}
