import { afterAll, beforeAll, expect, it } from 'vitest';
import { askDaily } from '../../src/web/daily.ts';
import { testTown, type TestTown } from './installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

const asked = () =>
  town.asAdmin<{ kind: string; asked_by: string }>(
    `select kind, asked_by from platform.job where kind in ('directory-reminders', 'referral-care') order by kind`,
  );

it('asks providers by itself once a day, and asks for nothing where nothing is due', async () => {
  const today = new Date().toISOString().slice(0, 10);
  await town.asAdmin(`update directory.service set verify_by = null, verified_on = null, reminded_on = null`);
  expect(await askDaily(town.records, town.equipment.jobs, today)).toBe(1);
  expect(await asked()).toEqual([{ kind: 'directory-reminders', asked_by: 'system' }]);
  expect(await askDaily(town.records, town.equipment.jobs, today)).toBe(0);
  // The next day it asks again, as long as somebody is due; once all were asked, nobody is.
  await town.asAdmin(
    `update platform.job set asked_at = asked_at - interval '1 day' where kind = 'directory-reminders'`,
  );
  await town.asAdmin(`update directory.service set reminded_on = $1`, [today]);
  expect(await askDaily(town.records, town.equipment.jobs, today)).toBe(0);
  await town.asAdmin(`update directory.service set reminded_on = null`);
  expect(await askDaily(town.records, town.equipment.jobs, today)).toBe(1);
});
