import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleDirectoryIds } from '../../src/directory/example-services.ts';
import { underServedCodes } from '../../src/evidence/example/county.ts';
import { loadExampleEvidence } from '../../src/web/example-evidence.ts';
import { testTown, type TestTown } from './installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
  const partnership = town.partnerships.get('haverness')!;
  const by = town.people.get('analyst@haverness.example')!;
  const entry = { door: 'concord_member', actor: by, partnership } as const;
  await loadExampleEvidence({
    read: (act) => town.records.read(entry, act),
    write: (act) => town.records.write(entry, act),
    releases: town.equipment.releases,
    partnership,
    by,
    today: '2026-06-01',
  });
}, 120_000);
afterAll(() => town.close());

const ask = async (role: string, ending = '', query = '') =>
  town.ask(`/haverness/directory/need${ending}${query}`, {
    cookie: await town.sessionOf(`${role}@haverness.example`),
  });
const text = async (role: string, ending = '', query = '') => {
  const answer = await ask(role, ending, query);
  expect(answer.status).toBe(200);
  return answer.text();
};
const rowsOf = async (role: string, query: string, tier = 'secondary') =>
  (await text(role, '.csv', query))
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','))
    .filter(([of]) => of === tier);

it('puts the estate without help first', async () => {
  const small = await rowsOf('analyst', '?level=lsoa');
  expect(small).toHaveLength(56);
  expect(
    small
      .slice(0, 2)
      .map(([, code]) => code)
      .sort(),
  ).toEqual([...underServedCodes()].sort());
  for (const [, , , state] of small.slice(0, 2)) expect(state).toBe('Under-served');
  expect(new Set(small.map(([, , , state]) => state))).toContain('Served');
  const wards = await rowsOf('analyst', '?level=ward');
  expect(wards).toHaveLength(12);
  expect(wards[0]?.[2]).toBe('Sallow');
  const page = await text('analyst', '', '?level=lsoa');
  expect(page).toContain('Harm of');
  expect(page).toContain('need.svg?');
  for (const level of ['lsoa', 'ward']) {
    const drawn = await text('analyst', '.svg', `?level=${level}&width=640`);
    expect(drawn).toContain('Under-served');
  }
}, 60_000);

it('shows no figure to who may not see it: deprivation stands in, and it says so', async () => {
  const page = await text('councillor');
  expect(page).toContain('deprivation stands in for need');
  expect(page).not.toContain('Harm of');
}, 60_000);

it('lets a confidential refuge change nothing in any catchment or map', async () => {
  const refuge = exampleDirectoryIds['service-confidential']!;
  const shown = async () => ({
    file: await text('coordinator', '.csv', '?level=lsoa'),
    map: await text('coordinator', '.svg', '?level=lsoa&tier=tertiary'),
    councillor: await text('councillor', '', '?tier=tertiary'),
    councillorMap: await text('councillor', '.svg', '?level=lsoa&tier=tertiary'),
  });
  const before = await shown();
  const page = await text('coordinator', '', '?tier=tertiary');
  expect(page).toMatch(/Services without a place here: \d+\b/);
  await town.asAdmin(`update directory.service set state = 'withdrawn' where id = $1`, [refuge]);
  expect(await shown()).toEqual(before);
  // Planted the other way: a public one does change it, so the check can fail.
  await town.asAdmin(`update directory.service set state = 'live', visibility = 'public' where id = $1`, [refuge]);
  expect((await shown()).file).not.toBe(before.file);
  expect(town.faults).toEqual([]);
}, 60_000);
