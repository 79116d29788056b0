import { env } from 'node:process'; // expect: no-restricted-syntax

export const one = process.env['HOME']; // expect: no-restricted-syntax
export const { env: two } = process; // expect: no-restricted-syntax
export const three = globalThis.process; // expect: no-restricted-syntax
export const four = process['env']; // expect: no-restricted-syntax
export const five = env;
export const pid = process.pid;
