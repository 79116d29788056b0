import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addRelease, type NewRelease } from '../../src/evidence/release.store.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let cookie: string;
beforeAll(async () => {
  town = await testTown();
  cookie = await town.sessionOf('analyst@haverness.example');
  await loaded('fire', 'Merrowshire Constabulary', ['2025-01', '2025-02', '2025-04', '2025-05'], 900, 30);
});
afterAll(() => town.close());
afterEach(() => {
  expect(town.faults).toEqual([]);
});

/** A release as a load of these months leaves it. */
async function loaded(
  source: NewRelease['source'],
  provider: string,
  months: readonly string[],
  rows: number,
  unlocated: number,
) {
  const all = rows * months.length;
  const hash = (digit: string) => `sha256:${digit.repeat(64)}`;
  await town.records.write(
    { door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness')! },
    async ({ work, audit }) => {
      audit({ action: 'RELEASE_ADDED', outcome: 'done' });
      await addRelease(work<'evidence'>(), {
        id: hash('a'),
        source,
        formatVersion: 1,
        parquet: hash('b'),
        mapping: null,
        agreementId: null,
        months,
        replacesMonths: false,
        rows: {
          read: all,
          accepted: all,
          quarantined: 0,
          alreadyLoaded: 0,
          outside: 0,
          unlocated: unlocated * months.length,
        },
        notes: {},
        importedBy: 'system',
        files: [],
        parts: [],
        counts: months.map((month) => ({ month, provider, rows, unlocated })),
      });
    },
  );
}

const base = '/haverness/coverage';
const wordsOf = async (response: Response) =>
  (await response.text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const see = async (path: string, as = cookie) => wordsOf(await town.ask(path, { cookie: as }));
const post = (path: string, form: Record<string, string>, as = cookie) =>
  town.ask(path, { method: 'POST', cookie: as, form });

describe('the coverage calendar', () => {
  it('says in sentences what is missing and late, whatever year its squares show', async () => {
    const page = await see(`${base}?year=2019`);
    expect(page).toContain('March 2025 is missing.');
    expect(page).toContain('March 2026 is missing. April 2026 is late.');
  });

  it('has a square with words for each month of the year, and narrows to a source or a provider', async () => {
    const html = await (await town.ask(`${base}?year=2025`, { cookie })).text();
    expect(html).toContain('>Merrowshire Constabulary, March 2025: Missing<');
    expect(html).toContain('>Merrowshire Constabulary, April 2025: Complete<');
    expect(await see(`${base}?source=istv`)).not.toContain('March 2025 is missing.');
    expect(await see(`${base}?provider=Merrowshire+Constabulary`)).not.toContain('April 2026 is late.');
    expect(await see(`${base}?provider=Nobody`)).toContain('No source has this provider.');
  });

  it('goes out as CSV, in which a gap has no number', async () => {
    const csv = await (await town.ask(`${base}/export.csv?source=fire`, { cookie })).text();
    expect(csv).toContain('Merrowshire Constabulary,2025-02,Complete,900,30,,,,');
    expect(csv).toContain('Merrowshire Constabulary,2025-03,Missing,,,No file of this month is loaded.,,,');
  });

  it('says of a month why, and whom to ask', async () => {
    const page = await see(`${base}/istv/2026-04`);
    expect(page).toContain('It was due by 20 May 2026 and is 12 days late.');
    expect(page).toContain('Information team, Haverness Bay Hospitals');
    expect((await town.ask(`${base}/istv/2019-01`, { cookie })).status).toBe(404);
  });

  it('may be changed by those who work here, and seen by all', async () => {
    const councillor = await town.sessionOf('councillor@haverness.example');
    expect(await see(base, councillor)).not.toContain('Say what you expect');
    const refused = await post(
      `${base}/istv/2026-04/confirm`,
      { provider: '*', state: 'complete', reason: 'I say so.' },
      councillor,
    );
    expect(refused.status).toBe(403);
  });
});

describe('a month that somebody confirms', () => {
  const path = `${base}/fire/2025-03`;

  it('needs a reason', async () => {
    const response = await post(`${path}/confirm`, { provider: '*', state: 'not-expected', reason: ' ' });
    expect(response.status).toBe(422);
    expect(await wordsOf(response)).toContain('Enter how you know, such as who told you and when');
    const backwards = await post(`${path}/confirm`, {
      provider: '*',
      state: 'missing',
      until: 'January 2025',
      reason: 'x',
    });
    expect(await wordsOf(backwards)).toContain('Enter a last month that is not before this one');
  });

  it('is as they said, with their name, until it is undone; and what was said stays', async () => {
    const reason = 'The force moved to a new system: no file was made. Told by its analyst on 2 May 2025.';
    expect((await post(`${path}/confirm`, { provider: '*', state: 'not-expected', reason })).status).toBe(303);
    const page = await see(path);
    expect(page).toContain(reason);
    expect(page).toMatch(/Confirmed by [^.]+, 1 June 2026/);
    expect(await see(base)).not.toContain('March 2025 is missing.');
    const [note] = await town.asAdmin<{ id: string }>(
      `select id from evidence.coverage_note where from_month = '2025-03' and undone_on is null`,
    );
    expect((await post(`${base}/confirmations/${note!.id}/undo`, {})).status).toBe(303);
    expect(await see(base)).toContain('March 2025 is missing.');
    expect(await see(path)).toContain('Undone');
    const changes = await town.asAdmin(`select from partnership.change where row_id = '${note!.id}'`);
    expect(changes).toHaveLength(2);
  });
});

describe('what is expected', () => {
  const ambulance = {
    source: 'ambulance',
    provider: 'Merrow Ambulance Service NHS Trust',
    from: 'January 2026',
    until: '',
    every: '1',
    lag: '20',
  };

  it('makes a month late, and then the home says so', async () => {
    expect(await see('/haverness/home')).toContain(
      'Emergency department assaults (ISTV) for April 2026 is 12 days late',
    );
    expect((await post(`${base}/expected/new`, ambulance)).status).toBe(303);
    expect(await see(`${base}?source=ambulance`)).toContain('January to March 2026 are missing. April 2026 is late.');
  });

  it('is refused twice from the same month, and with an end before its beginning', async () => {
    expect(await wordsOf(await post(`${base}/expected/new`, ambulance))).toContain('from that month already');
    const backwards = await post(`${base}/expected/new`, { ...ambulance, until: 'December 2025' });
    expect(await wordsOf(backwards)).toContain('Enter a last month that is not before the first');
    const unread = await post(`${base}/expected/new`, { ...ambulance, from: 'spring', lag: 'soon' });
    expect(await wordsOf(unread)).toContain('Enter a month, such as June 2024 or 2024-06');
  });

  it('is changed, ended and removed', async () => {
    const [row] = await town.asAdmin<{ id: string }>(
      `select id from evidence.expected_source where source = 'ambulance'`,
    );
    const path = `${base}/expected/${row!.id}`;
    expect((await post(`${path}/change`, { ...ambulance, until: 'February 2026' })).status).toBe(303);
    expect(await see(`${base}/expected`)).toContain('January 2026 to February 2026');
    expect(await see(`${base}?source=ambulance`)).toContain('January and February 2026 are missing.');
    expect((await post(`${path}/remove`, {})).status).toBe(303);
    expect((await town.ask(`${path}/change`, { cookie })).status).toBe(404);
  });
});

it('shows who begins how to begin', async () => {
  const neighbour = await town.sessionOf('analyst@castlemere.example');
  expect(await see('/castlemere/coverage', neighbour)).toContain('No source yet');
  expect(await see('/castlemere/coverage/expected', neighbour)).toContain('Nothing is expected yet');
});
