import { expect, test } from 'vitest';
import { trackedFiles } from './tracked-files.ts';

test('migrations are numbered from 0001 without a gap, each number once', () => {
  const files = trackedFiles('migrations');
  expect(files.length).toBeGreaterThan(0);
  files.forEach((file, at) => {
    expect(file).toMatch(new RegExp(`^migrations/${String(at + 1).padStart(4, '0')}_[a-z0-9_]+\\.sql$`));
  });
});
