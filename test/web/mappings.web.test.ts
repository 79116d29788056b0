import { afterAll, beforeAll, expect, it } from 'vitest';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let analyst: string;
let councillor: string;
beforeAll(async () => {
  town = await testTown();
  analyst = await town.sessionOf('analyst@haverness.example');
  councillor = await town.sessionOf('councillor@haverness.example');
});
afterAll(() => town.close());

const text = async (path: string, cookie = analyst): Promise<string> => {
  const response = await town.ask(`/haverness${path}`, { cookie });
  expect(response.status).toBe(200);
  return response.text();
};

const send = (name: string, csv: string): Promise<Response> =>
  town.ask('/haverness/mappings/new', {
    method: 'POST',
    cookie: analyst,
    form: { name, organisation: '', format: 'generic' },
    files: [{ field: 'file', name: 'theirs.csv', type: 'text/csv', bytes: new TextEncoder().encode(csv) }],
  });

it('shows every source with its columns and an empty file', async () => {
  expect(await text('/sources', councillor)).toContain('Record-level crime extract of the police force');
  expect(await text('/sources/istv', councillor)).toContain('Assault Location Description');
  const empty = await text('/sources/fire/empty.csv', councillor);
  expect(empty.split('\r\n')[0]).toContain('Incident Date and Time,Category,LSOA Code');
});

it('reads a table of a partner, says what it lacks, and keeps each change as a version', async () => {
  const added = await send('Shelter', 'Mth,Kind,Number\n2026-01,Assault,3\n2026-02,Theft,*\n');
  expect(added.status).toBe(303);
  const path = (added.headers.get('location') ?? '').replace('/haverness', '');
  expect(await text(path)).toContain('It is not read yet. Say where these come from: Period, Category.');
  const form = {
    version: '1',
    headerRow: '1',
    dates: 'english',
    shape: 'rows',
    'from-0': 'Mth',
    'to-0': 'period',
    'from-1': 'Kind',
    'to-1': 'category',
    'from-2': 'Number',
    'to-2': 'count',
    constants: 'Area Code = E06000992',
    words: 'Category: theft = Robbery',
  };
  const change = (more: Readonly<Record<string, string>> = {}) =>
    town.ask(`/haverness${path}`, { method: 'POST', cookie: analyst, form: { ...form, ...more } });
  expect((await change()).status).toBe(303);
  const read = await text(path);
  expect(read).toContain('Everything was understood');
  expect(read).toContain('E06000992');
  expect(read).toContain('Robbery');
  expect(read).toContain('2, of ');

  const stale = await change({ words: '' });
  expect(stale.status).toBe(409);
  expect(await stale.text()).toContain('saved version 2 meanwhile');
  const strange = await change({ version: '2', constants: 'Nothing = x' });
  expect(strange.status).toBe(422);
  expect(await strange.text()).toContain('is not read. Write a column of the source');
  const kept = await town.asAdmin<{ version: number; sha256: string }>(
    'select version, sha256 from evidence.mapping_version order by version',
  );
  expect(kept.map(({ version }) => version)).toEqual([1, 2]);
  expect(new Set(kept.map(({ sha256 }) => sha256)).size).toBe(2);

  const gone = await town.ask(`/haverness${path}/sample`, { method: 'POST', cookie: analyst, form: {} });
  expect(gone.status).toBe(303);
  expect(await text(path)).not.toContain('How theirs.csv is read');
});

it('refuses a second mapping of a name, a web page, and who may not', async () => {
  expect((await send('Shelter', 'a,b\n1,2\n')).status).toBe(422);
  expect((await send('Page', '<!doctype html><html><body>Sorry</body></html>')).status).toBe(422);
  expect((await town.ask('/haverness/mappings/new', { cookie: councillor })).status).toBe(403);
  expect(await text('/mappings', councillor)).toContain('Shelter');
});
