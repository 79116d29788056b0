import { defineConfig } from 'vitest/config';

/** What Stryker runs against every mutant (`npm run mutate -- <file>`): the pure tests of the measures, and no random ones. */
export default defineConfig({
  // A busy machine must not fail a slow test: a mutant that never ends is Stryker's to stop.
  test: { include: ['src/measures/**/*.test.ts'], exclude: ['**/*-invariants.test.ts'], testTimeout: 60_000 },
});
