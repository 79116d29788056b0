export * from './config.ts'; // expect: no-restricted-syntax

export default 1; // expect: no-restricted-syntax
