import { afterAll, beforeAll, expect, it } from 'vitest';
import { addReference } from '../../src/evidence/reference.store.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let cookie: string;
beforeAll(async () => {
  town = await testTown();
  cookie = await town.sessionOf('administrator@haverness.example');
});
afterAll(() => town.close());

const page = async (path: string) => {
  const response = await town.ask(path, { cookie });
  expect(response.status).toBe(200);
  return response.text();
};

it('says what is missing, what cannot be done without it, and how to add it', async () => {
  const html = await page('/haverness/reference');
  expect(html).toContain('No reference tables yet');
  expect(html).toContain('There are no rates: only counts.');
  expect(html).toContain('concord reference add all');
});

it('shows what is there with its licence, and no longer as missing', async () => {
  await town.records.write({ door: 'concord_member', actor: 'system', partnership: undefined }, ({ work }) =>
    addReference(work<'evidence'>(), {
      id: `sha256:${'a'.repeat(64)}`,
      kind: 'population',
      layout: 'population',
      vintage: 'mid-2020',
      title: 'People <b>here</b>',
      publisher: 'Office for National Statistics',
      licence: 'Open Government Licence v3.0',
      rows: 34_753,
      columns: [{ name: 'lsoa11', type: 'text' }],
      notes: ['Two rows were left out.'],
      files: [{ name: 'people.csv', sha256: 'b'.repeat(64), bytes: 10 }],
      stored: 'c'.repeat(64),
      addedBy: 'system',
    }),
  );
  const html = await page('/haverness/reference');
  for (const part of [
    'People &lt;b>here&lt;/b>',
    '34,753',
    'Open Government Licence v3.0',
    'Two rows were left out.',
    'people.csv',
  ])
    expect(html).toContain(part);
  expect(html).not.toContain('There are no rates');
  expect(html).not.toContain('No reference tables yet');
  expect(await page('/haverness/reference/export.csv')).toContain('mid-2020');
  expect(town.faults).toEqual([]);
});
