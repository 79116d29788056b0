import { defineConfig } from 'vitest/config';

const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } } as const;
/** Tests that need PostgreSQL: stores, and everything above them. */
const needsRecords = ['{src,test}/**/*.store.test.ts', '{src,test}/**/*.web.test.{ts,tsx}'];
/** Slow ones, which `.ci/run` calls by name. */
const byName = [
  'test/crash/**',
  'test/journeys/**',
  'test/disclosure/thousand.test.ts',
  'test/architecture/planted/**',
];

/** When a test counts as stuck: far beyond what any takes, because machines are slow and busy at times and no test is about time. */
const stuck = 120_000;

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      {
        ...jsx,
        test: {
          name: 'pure',
          include: ['{src,test}/**/*.test.{ts,tsx}'],
          exclude: [...needsRecords, ...byName],
          testTimeout: stuck,
          hookTimeout: stuck,
        },
      },
      {
        ...jsx,
        test: {
          name: 'records',
          include: needsRecords,
          exclude: byName,
          globalSetup: ['./test/records/cluster.ts'],
          pool: 'forks',
          testTimeout: stuck,
          hookTimeout: stuck,
        },
      },
      {
        ...jsx,
        test: {
          name: 'journeys',
          // Two pages at a time, where a test says that it may share: one a core.
          maxConcurrency: 2,
          include: ['test/journeys/**/*.test.ts'],
          exclude: ['test/journeys/pictures.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: { name: 'proof', include: ['test/disclosure/thousand.test.ts'], testTimeout: 120_000 },
      },
      {
        test: {
          name: 'pictures',
          include: ['test/journeys/pictures.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { name: 'crash', include: ['test/crash/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 60_000 },
      },
    ],
  },
});
