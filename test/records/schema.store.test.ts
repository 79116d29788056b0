import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabase } from '../../src/platform/database/describe.ts';
import { testRecords, type TestRecords } from './installation.ts';

let test: TestRecords;
beforeAll(async () => {
  test = await testRecords();
});
afterAll(() => test.close());

const committed = readFileSync(new URL('../../src/platform/database/schema.ts', import.meta.url), 'utf8');

it('the types of the tables are those of the migrated database (else: npm run db:types)', async () => {
  expect(committed).toBe(await describeDatabase(test.admin));
});

it('a column that no migration made would be seen', async () => {
  await test.asAdmin('alter table platform.job add column planted text');
  expect(committed).not.toBe(await describeDatabase(test.admin));
});
