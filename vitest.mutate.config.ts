import { defineConfig } from 'vitest/config';

/**
 * Some tests alone, by the names of their files: `MUTATE_TESTS=random,distributions npm run mutate -- src/measures/random.ts`. What
 * every measure rests on is run by every test, and most say nothing about it; a score of some tests is a lower bound.
 */
const alone = process.env['MUTATE_TESTS'];

/** What Stryker runs against every mutant (`npm run mutate -- <file>`): the pure tests of the measures, and no random ones. */
export default defineConfig({
  test: {
    include:
      alone === undefined
        ? ['src/measures/**/*.test.ts']
        : alone.split(',').map((name) => `src/measures/${name}.test.ts`),
    exclude: ['**/*-invariants.test.ts'],
    // A busy machine must not fail a slow test: a mutant that never ends is Stryker's to stop.
    testTimeout: 60_000,
  },
});
