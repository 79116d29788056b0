import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleDirectoryIds, exampleServices } from '../../src/directory/example-services.ts';
import { directoryReminders } from '../../src/directory/remind.job.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let coordinator: string;
let councillor: string;
beforeAll(async () => {
  town = await testTown();
  coordinator = await town.sessionOf('coordinator@haverness.example');
  councillor = await town.sessionOf('councillor@haverness.example');
});
afterAll(() => town.close());

const read = async (path: string, cookie?: string, status = 200): Promise<string> => {
  const response = await town.ask(`/haverness${path}`, { ...(cookie !== undefined && { cookie }) });
  expect(response.status, path).toBe(status);
  return response.text();
};
const send = (path: string, form: Readonly<Record<string, string>>, cookie?: string) =>
  town.ask(`/haverness${path}`, { method: 'POST', form, ...(cookie !== undefined && { cookie }) });
const idOf = (kind: string) => exampleDirectoryIds[kind]!;
const feedOf = async (id: string) => {
  const response = await town.ask(`/haverness/oruk/services/${id}`);
  return response.status === 200 ? ((await response.json()) as Record<string, unknown>) : undefined;
};
const newestEntries = (count: number) =>
  town.asAdmin<{ action: string; actor: string; subject: string; fields: string[] | null }>(
    `select action, actor, subject, fields from platform.audit_entry where partnership_id = $1 order by seq desc limit ${count}`,
    [town.partnerships.get('haverness')],
  );
/** Lists of names as a page shows them. */
const namesOn = (page: string) =>
  [...page.matchAll(/\/help\/[0-9a-f-]{36}">\s*([^<]+?)\s*</g)].map(([, name]) => name!);

describe('help for everybody', () => {
  it('is found by need, age, place and kind, the nearest first and what nobody checked last', async () => {
    const page = await read('/help?age=14&near=Saltmarsh');
    expect(namesOn(page)[0]).toBe('Healthy relationships lessons');
    expect(page).toMatch(/2\.9 miles/);
    expect(page).not.toContain('Put this gap on record');
    // As a browser says where it is: to about a kilometre, and another answer only where that is another place.
    const point = await read('/help?near=53.61%2C%20-0.12');
    expect(point).toContain('the nearest to where you are first');
    expect(point).toContain('data-concord-near="near"');
    const all = namesOn(await read('/help?page=2'));
    const stale = exampleServices
      .filter(({ verifyBy }) => verifyBy < '2026-06-01')
      .map(({ document }) => document['name']);
    expect(stale).toHaveLength(6);
    expect(all.slice(-6).sort()).toEqual([...stale].map(String).sort());
    const narrow = namesOn(await read('/help?need=gangs&tier=secondary&age=14'));
    expect(narrow.sort()).toEqual(['Harbour mentors', 'Step back: weapons and fear']);
    expect(namesOn(await read('/help?words=mentor'))).toContain('Harbour mentors');
  });

  it('offers to put a gap on record where nothing fits, or all of it is far', async () => {
    const nothing = await read('/help?need=hate&tier=primary&age=4');
    expect(nothing).toContain('No service that we know fits');
    expect(nothing).toContain('/haverness/help/missing?need=hate&amp;tier=primary&amp;age=0-10');
    expect(await read('/help?need=parenting&tier=primary&age=14&near=Saltmarsh')).toContain(
      'more than five miles away',
    );
  });

  it('says what is wrong with an age or a place, and loses nothing that was typed', async () => {
    const page = await read('/help?age=old&near=Nowhereham&need=gangs');
    expect(page).toContain('Enter an age as a number, such as 14');
    expect(page).toContain('We do not know this place');
    expect(page).toContain('value="Nowhereham"');
  });

  it('is kept by no browser and no cache, and leaves no trace of what was looked for', async () => {
    const before = await newestEntries(1);
    const response = await town.ask('/haverness/help?near=HV2+2DF&words=unlikelyword');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(town.web.cache.find('/haverness/help?near=HV2+2DF&words=unlikelyword', false)).toBeUndefined();
    expect(await newestEntries(1)).toEqual(before);
    expect(town.faults.join('')).not.toContain('unlikelyword');
    expect(await response.text()).toContain('govuk-js-exit-this-page-button');
  });

  it('shows hours of today, how to refer and how to get in; and says when nobody checked', async () => {
    const page = await read(`/help/${idOf('service')}`);
    for (const said of [
      'Open today',
      '10am to 6pm',
      'Monday to Friday',
      'A school can refer',
      'Step-free',
      'About 14 days',
    ])
      expect(page).toContain(said);
    expect(page).not.toContain('Nobody has checked');
    expect(await read(`/help/${idOf('service-stale')}`)).toContain('Nobody has checked this entry lately');
  });

  it('is a card with a code that a phone reads and a text to copy', async () => {
    const page = await read(`/help/${idOf('service')}/card`);
    expect(page).toContain('QR code of the page about Harbour mentors');
    expect(page).toMatch(/<textarea[^>]*>Harbour mentors\nPhone: 01632 960102/);
  });

  it('hides what may not be known from every public page', async () => {
    for (const kind of ['service-confidential', 'service-professionals']) {
      await read(`/help/${idOf(kind)}`, undefined, 404);
      await read(`/help/${idOf(kind)}/card`, undefined, 404);
    }
    for (const path of ['/help', '/help?page=2', '/help?words=refuge', '/help?near=Lodeside'])
      expect(await read(path)).not.toContain('Haven refuge');
    const page = await read(`/help/${idOf('service-withheld')}`);
    expect(page).not.toMatch(/Lodeside|HV5|Where<\/dt>/);
  });
});

describe('a gap', () => {
  const gap = { need: 'gangs', tier: 'secondary', age: '11-17', area: 'Lodeside', seen: '' };

  it('is put on record by anybody, grouped, and public only once five said so', async () => {
    for (let person = 1; person <= 5; person += 1) {
      expect((await send('/help/missing', { ...gap, area: person % 2 === 0 ? 'lodeside' : 'Lodeside' })).status).toBe(
        303,
      );
      const page = await read('/help');
      expect(page.includes('for people at risk, in Lodeside'), `after ${person}`).toBe(person >= 5);
    }
    const list = await read('/directory/gaps', coordinator);
    expect(list.match(/in Lodeside/g)).toHaveLength(1);
    expect((await newestEntries(1))[0]).toMatchObject({ action: 'GAP_REPORTED', actor: 'public' });
  });

  it('flags what may be about a person, and lets it be taken out', async () => {
    await send('/help/missing', { ...gap, area: 'Old Town', seen: 'My son Jack needs help, call 07700 900123' });
    const rows = await town.asAdmin<{ id: string; gap_id: string; flags: string[] }>(
      `select r.id, r.gap_id, r.flags from directory.gap_report r where r.seen like '%Jack%'`,
    );
    expect(rows[0]!.flags).toEqual(expect.arrayContaining(['a mobile number', 'a person, perhaps by name']));
    expect(await read(`/directory/gaps/${rows[0]!.gap_id}`, coordinator)).toContain('Perhaps a mobile number');
    await send(`/directory/gaps/${rows[0]!.gap_id}/clear`, { report: rows[0]!.id }, coordinator);
    expect(await read(`/directory/gaps/${rows[0]!.gap_id}`, coordinator)).not.toContain('Jack');
  });

  it('asks again for what is missing, and takes no postcode for a place', async () => {
    const page = await (await send('/help/missing', { area: 'HV2 2DF', seen: 'kept as typed' })).text();
    expect(page).toContain('Choose what kind of help is missing');
    expect(page).toContain('not a postcode');
    expect(page).toContain('kept as typed');
  });
});

describe('an entry', () => {
  const typed = {
    name: 'Evening football',
    description: 'Football, and a talk after it.',
    status: 'active',
    provider: 'Harbour Youth Trust',
    visibility: 'public',
    state: 'live',
    tier: 'primary',
    need: 'things-to-do',
    address: '3 Harbour Row',
    town: 'Haverness',
    county: 'Merrowshire',
    postcode: 'HV2 2DF',
    days: 'TU',
    opens: '18:00',
    closes: '20:00',
    phone: '01632 960777',
    minimumAge: '11',
    maximumAge: '17',
    verifier: 'team@harbour.example',
  };
  const added = async (more: Readonly<Record<string, string>> = {}) => {
    const response = await send('/directory/new', { ...typed, ...more }, coordinator);
    expect(response.status).toBe(303);
    return response.headers.get('location')!.split('/').at(-1)!;
  };

  it('is entered, public at once, changed, and brought back', async () => {
    const id = await added();
    expect(await feedOf(id)).toMatchObject({
      name: 'Evening football',
      minimum_age: 11,
      schedules: [{ byday: 'TU', opens_at: '18:00' }],
      contacts: [{ phones: [{ number: '01632 960777' }] }],
      assured_date: '2026-06-01',
      assurer_email: 'team@harbour.example',
      service_at_locations: [
        { location: { latitude: expect.closeTo(53.6, 1), addresses: [{ postal_code: 'HV2 2DF' }] } },
      ],
    });
    const version = '1';
    const changed = await send(`/directory/${id}/change`, { ...typed, name: 'Girls’ football', version }, coordinator);
    expect(changed.status).toBe(303);
    expect((await newestEntries(1))[0]).toMatchObject({ action: 'SERVICE_CHANGED', fields: ['name'] });
    expect(await feedOf(id)).toMatchObject({
      name: 'Girls’ football',
      contacts: [{ phones: [{ number: '01632 960777' }] }],
    });
    const late = await send(`/directory/${id}/change`, { ...typed, name: 'Too late', version }, coordinator);
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('Too late');
    await send(`/directory/${id}/undo`, { version: '1' }, coordinator);
    expect(await feedOf(id)).toMatchObject({ name: 'Evening football' });
    expect(await read(`/directory/${id}`, coordinator)).toContain('Brought back');
  });

  it('that becomes confidential is gone from the public, and undoing brings it not back', async () => {
    const id = await added();
    await send(
      `/directory/${id}/change`,
      { ...typed, name: 'Other', visibility: 'confidential', version: '1' },
      coordinator,
    );
    expect(await feedOf(id)).toBeUndefined();
    await send(`/directory/${id}/undo`, { version: '1' }, coordinator);
    expect(await feedOf(id)).toBeUndefined();
    await read(`/directory/${id}`, councillor, 404);
    expect(await read('/directory?words=football', councillor)).not.toContain(id);
    expect(await read('/directory?words=football', coordinator)).toContain(id);
  });

  it('is asked for again with a sentence where a field would break the feed', async () => {
    const response = await send(
      '/directory/new',
      { ...typed, email: 'call us', url: 'our page', closes: '09:00' },
      coordinator,
    );
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('Enter an email address, such as team@example.org');
    expect(page).toContain('Enter a web address that begins with https://');
    expect(page).toContain('value="our page"');
  });

  it('is read in from a file by page, and a broken file reads in nothing', async () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const upload = (text: string) =>
      town.ask('/haverness/directory/import', {
        method: 'POST',
        cookie: coordinator,
        form: {},
        files: [{ field: 'file', name: 'feed.json', type: 'application/json', bytes: bytes(text) }],
      });
    const broken = await upload('{"contents": [{"id": "3b1f6f0e-0000-4000-8000-00000000aaaa", "name": "A"');
    expect(broken.status).toBe(422);
    expect(await broken.text()).toContain('stops half way');
    const done = await upload(
      '{"contents": [{"id": "3b1f6f0e-0000-4000-8000-00000000aaaa", "name": "From a file", "status": "active"}]}',
    );
    expect(done.status).toBe(303);
    expect(await feedOf('3b1f6f0e-0000-4000-8000-00000000aaaa')).toMatchObject({ name: 'From a file' });
  });
});

describe('a provider', () => {
  const service = idOf('service-stale');
  const linkOf = async (id: string) => {
    await send(`/directory/${id}/ask`, {}, coordinator);
    const [letter] = await town
      .asAdmin<{ body: string; subject: string }>(
        'select body, subject from platform.mail order by queued_at desc, id desc limit 1',
      )
      .catch(() =>
        town.asAdmin<{ body: string; subject: string }>(
          `select body, subject from platform.mail where body like '%/verify/%' limit 1`,
        ),
      );
    return { path: /\/haverness(\/verify\/\S+)/.exec(letter!.body)![1]!, letter: letter! };
  };

  it('says by a link, without an account, that an entry is right', async () => {
    const { path } = await linkOf(service);
    expect(await read(path)).toContain('All of it is right');
    expect(await read(`/help/${service}`)).toContain('Nobody has checked');
    expect((await send(`${path}/right`, {})).status).toBe(303);
    expect(await read(`/help/${service}`)).not.toContain('Nobody has checked');
    expect(await feedOf(service)).toMatchObject({ assured_date: '2026-06-01' });
    expect((await newestEntries(1))[0]).toMatchObject({ action: 'SERVICE_CONFIRMED', actor: 'public' });
    expect(await read(`/directory/${service}`, coordinator)).toContain('The provider');
  });

  it('proposes a change that is public only once somebody accepted it', async () => {
    const { path } = await linkOf(idOf('service'));
    const form = {
      name: 'Harbour mentors',
      description: 'New words. Call Mr Smith.',
      status: 'active',
      phone: '01632 960102',
      note: 'Hello',
    };
    expect((await send(path, { ...form, email: 'none' })).status).toBe(422);
    expect((await send(path, form)).status).toBe(303);
    expect(await feedOf(idOf('service'))).not.toMatchObject({ description: form.description });
    const [proposal] = await town.asAdmin<{ id: string }>(
      `select id from directory.proposal where service_id = '${idOf('service')}' and state = 'waiting'`,
    );
    const page = await read(`/directory/proposals/${proposal!.id}`, coordinator);
    expect(page).toContain('a person by name in the description');
    expect(page).toContain('New words. Call Mr Smith.');
    expect((await send(`/directory/proposals/${proposal!.id}`, { decision: 'accepted' }, coordinator)).status).toBe(
      303,
    );
    expect(await feedOf(idOf('service'))).toMatchObject({ description: form.description });
    expect((await send(`/directory/proposals/${proposal!.id}`, { decision: 'refused' }, coordinator)).status).toBe(409);
  });

  it('gets nowhere with a link that is forged, or of another partnership', async () => {
    const { path } = await linkOf(idOf('service'));
    const turned = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`;
    await read(turned, undefined, 404);
    expect((await town.ask(`/castlemere${path}`)).status).toBe(404);
    expect((await town.ask(`/castlemere${path}/right`, { method: 'POST', form: {} })).status).toBe(409);
  });

  it('is written to once by the job, and a letter names no confidential service', async () => {
    const partnership = town.partnerships.get('haverness')!;
    const entry = { door: 'concord_member', actor: 'system', partnership } as const;
    const run = () =>
      directoryReminders.run({
        id: 'a',
        payload: {},
        attempt: 1,
        partnership,
        signal: new AbortController().signal,
        progress: () => undefined,
        read: (act) => town.records.read(entry, act),
        write: (act) => town.records.write(entry, act),
        equipment: {
          links: town.equipment.links,
          origin: town.equipment.origin,
          releases: town.equipment.releases,
          standsOn: '2026-06-01',
        },
      });
    expect((await run()).note).toMatch(/letters to providers are in the outbox/);
    expect((await run()).note).toBe('No entry is due to be checked.');
    const { letter } = await linkOf(idOf('service-confidential'));
    const letters = await town.asAdmin<{ text: string }>(
      `select subject || body as text from platform.mail where body like '%/verify/%'`,
    );
    expect(letters.map(({ text }) => text).join('')).not.toContain('Haven refuge');
    expect(letter.body).not.toContain('refuge');
  });
});
