import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRunner } from '../../src/platform/jobs/runner.ts';
import { openLog } from '../../src/platform/log.ts';
import { jobDefinitions } from '../../src/web/jobs.ts';
import { forceExtract } from '../evidence/small-town.ts';
import { zipFile } from '../files/zip-file.ts';
import { testTown, type AskedFile, type TestTown } from '../records/installation.ts';

let town: TestTown;
let runner: Awaited<ReturnType<typeof startRunner>> | undefined;
let cookie: string;
beforeAll(async () => {
  town = await testTown();
  cookie = await town.sessionOf('analyst@haverness.example');
});
afterAll(async () => {
  await runner?.stop();
  await town.close();
});
afterEach(() => {
  expect((town.faults as string[]).splice(0)).toEqual([]);
});

const running = async (): Promise<void> => {
  runner ??= await startRunner({
    login: town.login,
    records: town.records,
    definitions: jobDefinitions,
    equipment: town.equipment,
    log: openLog('quiet', (line) => void (town.faults as string[]).push(line)),
    name: 'runner-of-the-test',
  });
};
const folder = () => town.equipment.releases.folder;
const header =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context';
const force = 'Merrowshire Constabulary';
const row = (number: number, month = '2025-05', type = 'Robbery'): string =>
  `${number.toString(16).padStart(64, '0')},${month},${force},${force},0.1,53.2,Harbour Street,E01900001,Haverness 001A,${type},,`;
const rows = (from: number, count: number, month?: string) =>
  Array.from({ length: count }, (_, at) => row(from + at, month));
const table = (lines: readonly string[], first = header): string => `${[first, ...lines].join('\n')}\n`;
const fileOf = (name: string, content: string | Uint8Array): AskedFile => ({
  field: 'files',
  name,
  type: 'text/csv',
  bytes: new Uint8Array(Buffer.from(content)),
});

async function send(files: readonly AskedFile[], form: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await town.ask('/haverness/intake/new', {
    method: 'POST',
    cookie,
    form: { source: 'police-uk-street', ...form },
    files: [...files],
  });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}
const page = async (address: string): Promise<string> => (await town.ask(address, { cookie })).text();
const wordsOf = (html: string): string =>
  html
    .slice(html.indexOf('<main'), html.indexOf('</main>'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
const stateOf = async (address: string): Promise<string> => {
  const [found] = await town.asAdmin<{ state: string }>('select state from evidence.intake where id = $1', [
    address.split('/').at(-1),
  ]);
  return found?.state ?? '';
};
async function checked(address: string): Promise<string> {
  await running();
  for (let tries = 0; tries < 200 && (await stateOf(address)) === 'checking'; tries += 1) await pause(100);
  return wordsOf(await page(address));
}
const say = (address: string, what: 'load' | 'leave') =>
  town.ask(`${address}/${what}`, { method: 'POST', cookie, form: {} });
/** The newest entry of what a person did here: jobs write to the audit at any time, such as the indicators' after a load. */
const newestAction = async (): Promise<string> =>
  (
    await town.asAdmin<{ action: string }>(
      `select action from platform.audit_entry
       where partnership_id = $1 and split_part(action, '_', 1) in ('INTAKE', 'QUARANTINE', 'RELEASE')
       order by seq desc limit 1`,
      [town.partnerships.get('haverness')],
    )
  )[0]?.action ?? '';

const releases = async (): Promise<number> => (await town.asAdmin('select from evidence.release')).length;

describe('a load, from the files to the release', () => {
  it('that is left before it is checked keeps nothing', async () => {
    const before = readdirSync(folder().incoming);
    const address = await send([fileOf('early.csv', table(rows(1, 3)))]);
    expect(wordsOf(await page(address))).toContain('You can leave this page');
    expect(readdirSync(folder().incoming).length).toBe(before.length + 1);
    expect((await say(address, 'leave')).status).toBe(303);
    expect(await newestAction()).toBe('INTAKE_LEFT');
    expect(readdirSync(folder().incoming)).toEqual(before);
    expect(wordsOf(await page(address))).toContain('These files were not loaded');
    expect((await say(address, 'load')).status).toBe(409);
  });

  it('shows what was found and what would change, and counts only after somebody said yes', async () => {
    const bad = [row(900, '2025-13'), row(901, '2025-05', 'Assault'), row(902, '2025-05', 'Assault')];
    const again = rows(1_000, 1);
    const address = await send([
      fileOf('2025-05-street.csv', table([...rows(1_000, 40), ...bad])),
      fileOf('again.csv', table(again)),
    ]);
    const text = await checked(address);
    expect(text).toContain('Look at this before it is loaded');
    expect(text).toMatch(
      /Accepted 40 Quarantined: something in them is wrong 3 Already loaded 1 Outside the area 0 Read, which is the sum of these 44/,
    );
    expect(text).toContain('May 2025 Robbery 0 40 +40');
    expect(text).toContain('Load 40 rows');

    const quarantine = await town.ask(`${address}/quarantine.csv`, { cookie });
    expect(await newestAction()).toBe('QUARANTINE_SEEN');
    const lines = (await quarantine.text()).trim().split('\n');
    expect(lines.length).toBe(4);
    expect(lines[1]).toContain('2025-13');
    const changes = (await (await town.ask(`${address}/changes.json`, { cookie })).json()) as unknown;
    expect(changes).toEqual({
      by: ['month', 'category'],
      changes: [{ month: '2025-05', category: 'Robbery', before: 0, after: 40, change: 40 }],
    });
    const before = await releases();

    expect((await say(address, 'load')).status).toBe(303);
    expect(await newestAction()).toBe('INTAKE_CONFIRMED');
    expect(await releases()).toBe(before + 1);
    const html = await page(address);
    expect(wordsOf(html)).toContain('These files were loaded');
    const release = /\/haverness\/releases\/([0-9a-f]{64})/.exec(html)?.[0] ?? '';
    const passport = wordsOf(await page(release));
    expect(await newestAction()).toBe('RELEASE_SEEN');
    expect(passport).toContain('2025-05-street.csv 43 40');
    const manifest = (await (await town.ask(`${release}/manifest.json`, { cookie })).json()) as { id: string };
    const partnership = town.partnerships.get('haverness') ?? '';
    const kept = join(folder().root, 'manifests', partnership, `${manifest.id.replace('sha256:', '')}.json`);
    expect(manifest).toEqual(JSON.parse(readFileSync(kept, 'utf8')));
    expect((await town.ask(`${address}/quarantine.csv`, { cookie })).status).toBe(200);
    expect((await say(address, 'load')).status).toBe(409);
  });

  it('is checked once more when the source changed while it waited, so that no row counts twice', async () => {
    const [first, second] = [
      await send([fileOf('a.csv', table(rows(2_000, 10, '2025-06')))]),
      await send([fileOf('b.csv', table(rows(2_005, 10, '2025-06')))]),
    ];
    await checked(first);
    expect(await checked(second)).toContain('Load 10 rows');
    expect((await say(first, 'load')).status).toBe(303);
    const answer = await say(second, 'load');
    expect(answer.status).toBe(409);
    expect(wordsOf(await answer.text())).toContain('so that no row is counted twice');
    expect(await checked(second)).toMatch(/Accepted 5 .* Already loaded 5/);
    expect((await say(second, 'load')).status).toBe(303);
  });

  it('takes the place of months when it is a correction', async () => {
    const address = await send([fileOf('c.csv', table(rows(3_000, 4, '2025-06')))], { replace: 'yes' });
    const text = await checked(address);
    expect(text).toContain('June 2025 Robbery 15 4 −11');
    expect((await say(address, 'load')).status).toBe(303);
    const html = await page(address);
    const release = /\/haverness\/releases\/([0-9a-f]{64})/.exec(html)?.[0] ?? '';
    expect(wordsOf(await page(release))).toContain('June 2025 Robbery 15 4 −11');
  });

  it('takes one month where one was asked for, in the words of people', async () => {
    const files = [fileOf('d.csv', table([...rows(4_000, 3, '2025-07'), ...rows(5_000, 2, '2025-08')]))];
    const text = await checked(await send(files, { month: 'July 2025' }));
    expect(text).toMatch(/Accepted 3 Quarantined: something in them is wrong 2/);
    const wrong = await town.ask('/haverness/intake/new', {
      method: 'POST',
      cookie,
      form: { source: 'police-uk-street', month: '2025' },
      files,
    });
    expect(wrong.status).toBe(422);
    expect(wordsOf(await wrong.text())).toContain('Enter one month, such as April 2026');
  });

  it('tells those who watch how far it is, until it has ended', async () => {
    const address = await send([fileOf('e.csv', table(rows(6_000, 5)))]);
    await checked(address);
    const events = await (await town.ask(`${address}/events`, { cookie })).text();
    expect(events).toMatch(/^data: \{.*"ended":true\}\n\n$/);
  });
});

const cut = gzipSync(table(rows(1, 2_000))).subarray(0, -40);
const html = '<!DOCTYPE html><html><body><h1>503 Service Unavailable</h1></body></html>';
describe('what is no table of this kind is refused with its reason, and nothing of it is kept', () => {
  it.each<[string, AskedFile, RegExp]>([
    ['an error page saved as .csv', fileOf('x.csv', html), /This is a web page, perhaps an error page/],
    [
      'a gzip file that is cut off',
      fileOf('x.csv.gz', cut),
      /The gzip file ends before its end: it was cut off on the way/,
    ],
    ['another table', fileOf('x.csv', 'Organisation,Kind\na,b\n'), /None of the columns of this format/],
    ['a column twice', fileOf('x.csv', table([], `${header},Month`)), /Two columns are called Month/],
    ['a column missing', fileOf('x.csv', table([], header.replace('Month,', ''))), /The column “Month” is missing/],
    [
      'a zip bomb',
      fileOf('x.zip', zipFile([{ name: 'a.csv', content: Buffer.alloc(80_000_000) }])),
      /More than 200 times as many bytes come out/,
    ],
    [
      'a path that leads out',
      fileOf('x.zip', zipFile([{ name: '../../a.csv', content: Buffer.from(table(rows(1, 1))) }])),
      /“..\/..\/a.csv”, which leads out of its folder/,
    ],
    [
      'a picture',
      fileOf('x.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
      /This is a picture, not a table/,
    ],
  ])('%s', async (_, file, sentence) => {
    const [incoming, staging] = [readdirSync(folder().incoming), readdirSync(folder().staging)];
    const address = await send([file]);
    const text = await checked(address);
    expect(await stateOf(address)).toBe('refused');
    expect(text).toContain('These files cannot be read');
    expect(text).toMatch(sentence);
    // The state is written first, and then the files go.
    await expect.poll(() => readdirSync(folder().incoming), { timeout: 10_000 }).toEqual(incoming);
    expect(readdirSync(folder().staging)).toEqual(staging);
    expect(existsSync(folder().parts)).toBe(true);
  });
});

it('an agreement that ended after the check stops the load when somebody says yes', async () => {
  const address = await send([fileOf('extract.csv', forceExtract(['2025-01']))], { source: 'force-extract' });
  expect(await checked(address)).toContain('Load ');
  const before = await releases();
  const [ended] = await town.asAdmin<{ id: string; ends: string | null }>(
    `select a.id, a.ends::text from exchange.agreement a join evidence.intake i on i.checked ->> 'agreementId' = a.id::text
     where i.id = $1`,
    [address.split('/').at(-1)],
  );
  const entry = {
    door: 'concord_member',
    actor: 'system',
    partnership: town.partnerships.get('haverness') ?? '',
  } as const;
  const endsOn = (ends: string | null) =>
    town.records.write(entry, ({ work }) =>
      work<'exchange'>()
        .updateTable('exchange.agreement')
        .set({ ends })
        .where('id', '=', ended?.id ?? '')
        .execute(),
    );
  await endsOn('2026-05-31');
  const refusal = await say(address, 'load');
  expect(refusal.status).toBe(409);
  expect(wordsOf(await refusal.text())).toMatch(/ended on 31 May 2026\. .*Nothing was loaded/);
  expect([await releases(), await stateOf(address)]).toEqual([before, 'ready']);
  await endsOn(ended?.ends ?? null);
  expect((await say(address, 'load')).status).toBe(303);
  expect(await releases()).toBe(before + 1);
});

it('records are taken from a partner who sends them under the agreement, and from nobody else', async () => {
  const organisations = await town.asAdmin<{ id: string; name: string }>(
    `select id, name from partnership.organisation where partnership_id = $1`,
    [town.partnerships.get('haverness')],
  );
  const idOf = (name: string) => organisations.find((each) => each.name === name)?.id ?? '';
  const before = await releases();
  const extract = fileOf('extract.csv', forceExtract(['2025-02']));
  // The council is a party that receives, the hospital is a party of another agreement.
  for (const name of ['Haverness Council', 'Haverness Bay Hospitals NHS Trust']) {
    const address = await send([extract], { source: 'force-extract', sender: idOf(name) });
    const page = await checked(address);
    expect(page).toMatch(new RegExp(`${name} does not send data under the agreement .*: ${force} does`));
    expect(await stateOf(address)).toBe('refused');
  }
  expect(
    (
      await town.ask('/haverness/intake/new', {
        method: 'POST',
        cookie,
        form: { source: 'force-extract', sender: 'x' },
        files: [extract],
      })
    ).status,
  ).toBe(422);
  expect(await releases()).toBe(before);
  const address = await send([extract], { source: 'force-extract', sender: idOf(force) });
  expect(await checked(address)).toMatch(new RegExp(`Partner ${force}`));
  expect((await say(address, 'load')).status).toBe(303);
  expect(await releases()).toBe(before + 1);
});
