import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importServices } from '../../src/directory/import.store.ts';
import { readFeed } from '../../src/directory/import.ts';
import { exportedAfter, getService, versionsOf } from '../../src/directory/service.store.ts';
import type { StandardObject } from '../../src/directory/standard.ts';
import { complaintsOf, hasOfficialSchemas, officialExample, officialSchemas } from '../conformance/open-referral.ts';
import { testTown, type TestTown } from './installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

const entryOf = (slug: string) =>
  ({ door: 'concord_member', actor: 'system', partnership: town.partnerships.get(slug)! }) as const;
const imported = (slug: string, text: string, origin = 'a test') => {
  const feed = readFeed([{ name: 'feed.json', text }]);
  if ('fault' in feed) throw new Error(feed.fault);
  return town.records.write(entryOf(slug), ({ work }) =>
    importServices(work<'directory' | 'partnership' | 'published'>(), feed.services, {
      origin,
      by: 'system',
      moment: new Date('2026-06-01T12:00:00Z'),
      today: '2026-06-01',
    }),
  );
};
async function exported(slug: string): Promise<readonly StandardObject[]> {
  const all: StandardObject[] = [];
  for (let after: string | undefined; ;) {
    const rows = await town.records.read(entryOf(slug), ({ work }) =>
      exportedAfter(work<'directory' | 'partnership'>(), after, 500),
    );
    all.push(...rows.map(({ document }) => document));
    if (rows.length < 500) return all;
    after = rows.at(-1)!.id;
  }
}
const byContent = (list: readonly unknown[]) => list.map((each) => canonical(each)).sort();
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
const feedOf = async (slug: string, path: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const text = await (await town.ask(`/${slug}/oruk${path}${path.includes('?') ? '&' : '?'}format=ndjson`)).text();
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
};

const real = ['../shared/data/open-referral-services/bristol-services-2024-12.json.gz'].find(existsSync);

describe.skipIf(real === undefined)('819 services of a real directory of version 1.0', () => {
  const text = real === undefined ? '' : gunzipSync(readFileSync(real)).toString();

  it('go in and come out without loss, and in a second time double nothing', async () => {
    const first = await imported('castlemere', text);
    // One has no name and cannot be public; one has the id of another.
    expect(first).toMatchObject({ read: 819, added: 819, changed: 0, same: 0, repeated: 1, published: 817 });
    const given = JSON.parse(text) as unknown[];
    expect(byContent(await exported('castlemere'))).toEqual(byContent(given));
    expect(await imported('castlemere', text)).toMatchObject({ added: 0, changed: 0, same: 819 });
    const again = await imported('wolvering', JSON.stringify(await exported('castlemere')));
    expect(again).toMatchObject({ read: 819, added: 819, repeated: 1 });
    expect(byContent(await exported('wolvering'))).toEqual(byContent(given));
  });

  it.skipIf(!hasOfficialSchemas)('are a feed that the official schemas take, though they were none', async () => {
    const schemas = officialSchemas();
    const services = await feedOf('castlemere', '/services?full=true');
    expect(services).toHaveLength(817);
    for (const service of services) expect(complaintsOf(schemas('service'), service)).toEqual([]);
    for (const provider of await feedOf('castlemere', '/organizations?full=true'))
      expect(complaintsOf(schemas('organization'), provider)).toEqual([]);
    expect(JSON.stringify(services)).not.toMatch(/<\/?[a-z][^>]*>|&nbsp;|pc_metadata/);
  });

  it('show each id once for the whole installation, and hand it on when its first copy goes', async () => {
    const ids = async (base: string) =>
      (await (await town.ask(`${base}/oruk/services?minimal=true`)).json()) as {
        contents: { id: string }[];
        total_items: number;
      };
    const { contents } = await ids('');
    expect(new Set(contents.map(({ id }) => id)).size).toBe(contents.length);
    const one = (await ids('/castlemere')).contents[0]!.id;
    await town.asAdmin(
      `begin; select set_config('concord.partnership', '${town.partnerships.get('castlemere')!}', true);
       update directory.service set state = 'withdrawn' where id = '${one}' and partnership_id = partnership.bound(); commit`,
    );
    expect((await town.ask(`/castlemere/oruk/services/${one}`)).status).toBe(404);
    expect((await town.ask(`/oruk/services/${one}`)).status).toBe(200);
    const after = await ids('');
    expect(after.total_items).toBe(contents.length);
    const listed = (await (await town.ask('/oruk/services')).json()) as { total_items: number };
    expect(listed.total_items).toBe(contents.length);
  });
});

describe('an import', () => {
  it('updates what is there, keeps what the partnership added, and the version before', async () => {
    const id = '3b1f6f0e-0000-4000-8000-000000000001';
    const service = {
      id,
      name: 'Walk and talk',
      status: 'active',
      assured_date: '2026-05-01',
      x_own: { kept: [1, null, ''] },
    };
    expect(await imported('ashlode', JSON.stringify({ contents: [service] }), 'feed')).toMatchObject({
      added: 1,
      published: 1,
    });
    const changed = { ...service, name: 'Walk and talk on Mondays' };
    expect(await imported('ashlode', JSON.stringify([changed]), 'feed')).toMatchObject({ added: 0, changed: 1 });
    expect(await exported('ashlode')).toEqual([changed]);
    const versions = await town.records.read(entryOf('ashlode'), ({ work }) =>
      versionsOf(work<'directory' | 'partnership'>(), id),
    );
    expect(versions.map(({ version, document }) => [version, document['name']])).toEqual([
      [2, 'Walk and talk on Mondays'],
      [1, 'Walk and talk'],
    ]);
    expect((await feedOf('ashlode', '/services'))[0]).toMatchObject({ assured_date: '2026-05-01' });
    const other = { ...service, id: '3b1f6f0e-0000-4000-8000-000000000002' };
    expect(await imported('ashlode', JSON.stringify([other]), 'feed')).toMatchObject({ noLongerThere: 1 });
  });

  it('holds back a field that would break the feed, and publishes the rest', async () => {
    const service = {
      id: '3b1f6f0e-0000-4000-8000-000000000003',
      name: 'Café <script>alert(1)</script>',
      status: 'active',
      description: '<p>Come &amp; see<br>us</p><img src=x onerror=alert(1)>',
      url: 'javascript:alert(1)',
      email: 'call us',
      minimum_age: '11',
      last_modified: 'yesterday',
      schedules: [{ id: 'not-a-uuid', byday: 'MO', freq: 'YEARLY' }],
      contacts: [{ phones: [{ number: '' }, { number: '01632 960001' }] }],
    };
    await imported('ashlode', JSON.stringify([service]));
    const [published] = (await feedOf('ashlode', '/services?full=true&search=caf%C3%A9')) as [StandardObject];
    expect(published).toMatchObject({
      name: 'Café',
      description: 'Come & see\nus',
      minimum_age: 11,
      schedules: [{ byday: 'MO' }],
      contacts: [{ phones: [{ number: '01632 960001' }] }],
    });
    expect(published).not.toHaveProperty('url');
    expect(published).not.toHaveProperty('email');
    const kept = await town.records.read(entryOf('ashlode'), ({ work }) =>
      getService(work<'directory' | 'partnership'>(), service.id),
    );
    expect(kept.document).toEqual(service);
    expect(kept.heldBack.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['url', 'email', 'last_modified', 'schedules.0.freq', 'contacts.0.phones.0.number']),
    );
  });

  it.skipIf(!hasOfficialSchemas)('takes the examples of the standard itself', async () => {
    const full = officialExample('service_full') as { readonly id: string };
    expect(await imported('wolvering', JSON.stringify(full))).toMatchObject({ added: 1, published: 1, heldBack: 0 });
    const answer = await (await town.ask(`/wolvering/oruk/services/${full.id}`)).json();
    expect(complaintsOf(officialSchemas()('service'), answer)).toEqual([]);
  });

  it.each([
    ['{"contents": [{"id": "a", "name": "b"}', 'stops half way'],
    ['<!doctype html><p>502', 'is a web page'],
    ['', 'is empty'],
    ['{}', 'holds no services'],
    ['[]', 'has no services'],
    ['[1]', 'entry 1 is no service'],
    ['[{"id": "3b1f6f0e-0000-4000-8000-000000000001"}, {"name": "b"}]', 'entry 2 has no id'],
    ['{"id":"a","name":"b"}\n{"id":"c","name":"d"}\n{"id":', 'line 3'],
  ])('of what is no feed takes nothing and says why: %s', (text, why) => {
    const read = readFeed([{ name: 'feed.json', text }]);
    expect(read).toHaveProperty('fault', expect.stringContaining(why));
  });
});
