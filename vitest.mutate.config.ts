import { defineConfig } from 'vitest/config';

/** What Stryker runs against every mutant (`npm run mutate -- <file>`): the pure tests of the measures, and no random ones. */
export default defineConfig({
  test: { include: ['src/measures/**/*.test.ts'], exclude: ['**/*.random.test.ts'] },
});
