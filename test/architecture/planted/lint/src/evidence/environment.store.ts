export const home = process.env['HOME']; // expect: no-restricted-syntax
