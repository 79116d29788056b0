import { defineConfig } from 'vitest/config';

const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } } as const;
const needsRecords = ['**/*.store.test.ts', '**/*.web.test.{ts,tsx}'];

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      {
        ...jsx,
        test: {
          name: 'pure',
          include: ['src/**/*.test.{ts,tsx}', 'test/{architecture,conformance}/**/*.test.{ts,tsx}'],
          exclude: [...needsRecords, 'test/architecture/planted/**'],
        },
      },
    ],
  },
});
