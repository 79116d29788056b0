import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let cookie: string;
beforeAll(async () => {
  town = await testTown();
});
beforeEach(async () => {
  cookie = await town.sessionOf('coordinator@haverness.example');
});
afterAll(() => town.close());

const base = '/haverness/organisations';
const post = (path: string, form: Record<string, string>, as = cookie) =>
  town.ask(path, { method: 'POST', cookie: as, form });
const wordsOf = async (response: Response) =>
  (await response.text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const see = async (path: string) => wordsOf(await town.ask(path, { cookie }));
const ccg = '0a000000-0000-4000-8000-000000000104';
const icb = '0a000000-0000-4000-8000-000000000105';

async function add(name: string, more: Record<string, string> = {}): Promise<string> {
  const response = await post(`${base}/new`, { name, capacity: 'voluntary-organisation', ...more });
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
}

describe('an organisation that was replaced', () => {
  it('keeps its old records, and leads to what took its place', async () => {
    const old = await see(`${base}/${ccg}`);
    expect(old).toContain('NHS Haverness Clinical Commissioning Group Ended');
    expect(old).toContain('Became NHS Merrowshire Integrated Care Board , 1 July 2022');
    expect(old).toContain('April 2013 to 30 June 2022');
    const next = await see(`${base}/${icb}`);
    expect(next).toContain('Came from NHS Haverness Clinical Commissioning Group , 1 July 2022');
    expect(next).toContain('since 1 July 2022');
  });

  it('cannot become what it came from', async () => {
    const response = await post(`${base}/${icb}/became`, { how: 'known', successor: ccg, on: '2025' });
    expect(response.status).toBe(422);
    expect(await wordsOf(response)).toContain('so it cannot become it. Choose another organisation');
  });

  it('is handed on when two merge, and when one is split, with its memberships', async () => {
    const one = await add('Haver Refuge', { since: '2019' });
    const two = await add('Merrow Refuge', { since: '2020' });
    const merged = await post(`${one}/became`, {
      how: 'new',
      names: 'Haver and Merrow Refuge',
      on: '1 April 2026',
      carry: 'yes',
    });
    const together = merged.headers.get('location') ?? '';
    expect(await see(together)).toContain('since 1 April 2026');
    const second = await post(`${two}/became`, {
      how: 'known',
      successor: together.split('/').at(-1) ?? '',
      on: '1 April 2026',
      carry: 'yes',
    });
    expect(second.status).toBe(303);
    expect(await see(together)).toContain('Came from Haver Refuge , 1 April 2026 Merrow Refuge , 1 April 2026');
    expect(await see(one)).toContain('2019 to 31 March 2026');
    const split = await post(`${together}/became`, {
      how: 'new',
      names: 'North Refuge\nSouth Refuge',
      on: 'May 2026',
      carry: 'yes',
    });
    expect(split.status).toBe(303);
    expect(await see(together)).toContain('Became North Refuge , May 2026 South Refuge , May 2026');
    const published = await town.asAdmin<{ name: string }>(
      `select name from published.member where name like '%Refuge' order by name`,
    );
    expect(published.map(({ name }) => name)).toEqual(['North Refuge', 'South Refuge']);
  });

  it('cannot be sent round in a circle by two at the same moment', async () => {
    const a = await add('Circle One');
    const b = await add('Circle Two');
    const id = (address: string) => address.split('/').at(-1) ?? '';
    const statuses = await Promise.all([
      post(`${a}/became`, { how: 'known', successor: id(b), on: '2026' }),
      post(`${b}/became`, { how: 'known', successor: id(a), on: '2026' }),
    ]);
    expect(statuses.map(({ status }) => status).sort()).toEqual([303, 422]);
  });
});

describe('a name', () => {
  it('that changed leaves the old one to old records', async () => {
    const at = await add('Sallow Boxing Club');
    const renamed = await post(`${at}/change`, {
      name: 'Sallow Sports Club',
      why: 'renamed',
      until: '31 December 2024',
    });
    expect(renamed.status).toBe(303);
    expect(await see(`${at}?on=2024-12-31`)).toContain('On 31 December 2024 it was called Sallow Boxing Club');
    expect(await see(`${at}?on=2025-01-01`)).toContain('On 1 January 2025 it was called Sallow Sports Club');
    expect(await see(`${base}?words=boxing`)).toContain('Sallow Sports Club');
  });

  it('is one organisation’s only, in any case and as another name too', async () => {
    const response = await post(`${base}/new`, { name: 'mfrs', capacity: 'fire-and-rescue-authority' });
    expect(response.status).toBe(422);
    expect(await wordsOf(response)).toContain('Merrowshire Fire and Rescue Service has this name too');
    const at = await add('Haver Choir');
    expect((await post(`${at}/names/new`, { name: 'MFRS', use: 'also' })).status).toBe(422);
    expect((await post(`${at}/change`, { name: 'HAVERNESS COUNCIL' })).status).toBe(422);
  });

  it('may hold anything that people type', async () => {
    for (const name of [
      '<script>alert(1)</script>',
      "Robert'); drop table partnership.organisation;--",
      '\u202Eelbisrever',
      '👮‍♀️ Watch',
      'ß'.repeat(200),
    ]) {
      const at = await add(name);
      const page = await (await town.ask(at, { cookie })).text();
      expect(page).not.toContain('<script>alert');
      expect(page).toContain(name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').slice(0, 30));
    }
    const long = await post(`${base}/new`, { name: 'x'.repeat(201), capacity: 'business' });
    expect(long.status).toBe(422);
    expect(await wordsOf(long)).toContain('in 200 characters or fewer');
    const none = await post(`${base}/new`, { name: '  ', capacity: '' });
    expect(await wordsOf(none)).toContain('Enter the name of the organisation');
  });
});

describe('two who change the same organisation', () => {
  it('do not overwrite each other: the second hears of the first, and loses nothing typed', async () => {
    const at = await add('Haver Bowls Club');
    const form = await (await town.ask(`${at}/change`, { cookie })).text();
    const version = /name="version" value="([^"]+)"/.exec(form)?.[1] ?? '';
    expect((await post(`${at}/change`, { name: 'Haver Bowling Club', version })).status).toBe(303);
    const second = await post(`${at}/change`, { name: 'Haver Lawn Bowls', website: 'https://bowls.example', version });
    expect(second.status).toBe(409);
    const page = await second.text();
    expect(page).toContain('Somebody else has changed this since you opened the page');
    expect(page).toContain('Haver Lawn Bowls');
    expect(await see(at)).toContain('Haver Bowling Club');
  });
});

describe('memberships', () => {
  it('that overlap are refused with a sentence, also when two are sent at once', async () => {
    const at = await add('Haver Taxis', { since: '2020' });
    const response = await post(`${at}/memberships/new`, { capacity: 'voluntary-organisation', since: '2022' });
    expect(response.status).toBe(422);
    expect(await wordsOf(response)).toContain(
      'is a member as “Voluntary or community organisation” already, since 2020',
    );
    const twice = await Promise.all(
      [1, 2].map(() => post(`${at}/memberships/new`, { capacity: 'business', since: '2024' })),
    );
    expect(twice.map(({ status }) => status).sort()).toEqual([303, 422]);
  });

  it('are dated in words, and wrong dates are explained', async () => {
    const at = await add('Haver Bakers', { since: 'early 2024' });
    expect(await see(at)).toContain('since early 2024');
    const wrong = await post(`${at}/memberships/new`, {
      capacity: 'business',
      since: 'March 2025',
      until: 'March 2024',
    });
    expect(await wordsOf(wrong)).toContain('The end is before the beginning');
    const nonsense = await post(`${at}/memberships/new`, { capacity: 'business', since: 'when the cows come home' });
    expect(await wordsOf(nonsense)).toContain('Enter a date, such as 15 March 2024');
  });

  it('that were a mistake go, and the history says that they were there', async () => {
    const at = await add('Haver Kites');
    const [{ id }] = (await town.asAdmin<{ id: string }>(
      `select m.id from partnership.membership m join partnership.organisation o on o.id = m.organisation_id where o.name = 'Haver Kites'`,
    )) as [{ id: string }];
    expect((await post(`${at}/memberships/${id}/remove`, {})).status).toBe(303);
    expect(await see(at)).toContain('Membership removed');
  });
});

describe('what the public sees', () => {
  it('lacks a member that must not be found, on every public page and in every export of the public', async () => {
    const rows = await town.asAdmin(`select name from published.member where name = 'Harbour Lights Refuge'`);
    expect(rows).toEqual([]);
    for (const path of ['/', '/haverness']) expect(await see(path)).not.toContain('Harbour Lights');
  });

  it('is what the register says, after each of these changes', async () => {
    const differences = await town.asAdmin(`
      select set_config('concord.partnership', p.id::text, false) from platform.partnership p where slug = 'haverness'`);
    expect(differences).toHaveLength(1);
    const before = await town.asAdmin(`select * from published.member order by 1, 2, 4, 5`);
    await town.asAdmin(`select partnership.publish('2026-06-01'::date)`);
    expect(await town.asAdmin(`select * from published.member order by 1, 2, 4, 5`)).toEqual(before);
    expect(before.length).toBeGreaterThan(14);
  });
});

describe('a hub', () => {
  it('adds a local partnership, whose records are its own', async () => {
    const hub = await town.sessionOf('hub@haverness.example');
    const form = { name: 'Safer Merrow Vale' };
    const path = '/merrowshire/partnership/local/new';
    expect((await town.ask(path, { cookie: hub })).status).toBe(200);
    expect((await post(path, form, hub)).headers.get('location')).toBe('/safer-merrow-vale/partnership');
    expect((await post(path, form, hub)).status).toBe(422);
    expect(await wordsOf(await town.ask('/merrowshire/partnership', { cookie: hub }))).toContain('Safer Merrow Vale');
    expect((await town.ask('/safer-merrow-vale/partnership', { cookie: hub })).status).toBe(200);
    expect((await town.ask('/safer-merrow-vale/partnership', { cookie })).status).toBe(403);
    const mine = await town.sessionOf('administrator@haverness.example');
    expect((await post('/haverness/partnership/local/new', form, mine)).status).toBe(409);
    expect((await town.ask('/haverness/partnership/local/new', { cookie: mine })).status).toBe(409);
  });
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
