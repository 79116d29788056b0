import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles } from '../../src/duty/index.ts';
import { exampleOrganisationIds } from '../../src/partnership/example-organisations.ts';
import { examplePeople, examplePeopleUnderLock } from '../../src/partnership/example-people.ts';
import { rowsUnder } from '../../src/partnership/intake.ts';
import { keepIntake, takeIntake } from '../../src/partnership/intake.store.ts';
import { personColumns } from '../../src/partnership/person-rows.ts';
import { removedName } from '../../src/partnership/person.ts';
import { reading } from '../../src/platform/database/work.ts';
import { readCsv } from '../../src/platform/files/csv.ts';
import { routes } from '../../src/web/routes.ts';
import { testTown, type TestTown } from '../records/installation.ts';
import { found, wholeDatabase as tablesOf } from './planted-name.ts';

let town: TestTown;
let cookie: string;
beforeAll(async () => {
  town = await testTown();
  cookie = await town.sessionOf('coordinator@haverness.example');
});
afterAll(() => town.close());

const council = exampleOrganisationIds['organisation'] ?? '';
const idOf = (name: string): string => examplePeople.find((person) => person.name === name)?.id ?? '';
const morwenna = idOf('Morwenna Sayle');

/** The answer as people read it: tags gone, blanks made one. */
const read = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', '’')
    .replaceAll(/\s+/g, ' ');
const get = async (path: string, as = cookie) => {
  const response = await town.ask(`/haverness/people${path}`, { cookie: as });
  return { status: response.status, text: read(await response.text()) };
};
async function send(path: string, form: Readonly<Record<string, string>>) {
  const response = await town.ask(`/haverness/people${path}`, { method: 'POST', cookie, form });
  const html = await response.text();
  return { status: response.status, to: response.headers.get('location') ?? '', html, text: read(html) };
}
/** Adds somebody and gives the id. */
async function added(form: Readonly<Record<string, string>>): Promise<string> {
  const { status, to, text } = await send('/new', { organisation: council, title: 'Officer', since: '2020', ...form });
  expect(status, text).toBe(303);
  return to.split('/').at(-1) ?? '';
}
const newestEntry = async () =>
  (
    await town.asAdmin<{ action: string; subject: string; outcome: string; fields: string[] | null }>(
      'select action, subject, outcome, fields from platform.audit_entry where partnership_id = $1 order by seq desc limit 1',
      [town.partnerships.get('haverness')],
    )
  )[0]!;

/** Sets a scene behind the application: what is kept of a change is kept for the bound partnership. */
async function behind<R extends Record<string, unknown>>(slug: string, text: string, values: readonly unknown[]) {
  await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [town.partnerships.get(slug)]);
  return town.asAdmin<R>(text, values);
}

describe('the list', () => {
  it('shows who holds which post today', async () => {
    const { text } = await get('');
    expect(text).toContain('Morwenna Sayle Head of Public Protection, Haverness Council since December 2023');
    expect(text).not.toContain('Acting Head');
    expect(text).not.toContain('Idris Calloway');
  });
  it('shows who held which post on a day, and what their organisation was called then', async () => {
    const then = await get('?on=2022-05-01');
    expect(then.text).toContain('People, as at 1 May 2022');
    expect(then.text).toContain('Tobias Quillfeather Safeguarding Lead, NHS Haverness Clinical Commissioning Group');
    expect((await get('?on=2023-07-15')).text).toContain('Acting Head of Public Protection, Haverness Council');
    const earlier = await get(`?on=2020-01-01&words=${encodeURIComponent('Marisol')}&state=all`);
    expect(earlier.text).toContain('Joins later');
  });
  it('calls an organisation what it was called on that day', async () => {
    await behind(
      'haverness',
      `update partnership.post set since = '{"text": "2019", "earliest": "2019-01-01", "latest": "2019-12-31"}' where person_id = $1`,
      [idOf('Marisol Tremlett')],
    );
    expect((await get('?on=2020-01-01&words=Marisol')).text).toContain(
      'National Probation Service, Merrowshire since 2019',
    );
    expect((await get('?words=Marisol')).text).toContain('Head of Probation Delivery, Probation Service, Merrowshire');
  });
  it.each([
    ['?words=superintendent', ['Fenella Oakhurst'], ['Morwenna Sayle']],
    ['?words=FIRE.merrowshire', ['Pavel Ashdown', 'Jo Smith'], ['Fenella Oakhurst']],
    ['?words=%25', [], ['Morwenna Sayle']],
    [`?organisation=${council}&state=in-post`, ['Anwen Marsh'], ['Fenella Oakhurst']],
    ['?state=left', ['Idris Calloway', 'Peregrine Locke'], ['Morwenna Sayle']],
    ['?state=ahead', ['Emrys Vandeleur'], ['Morwenna Sayle']],
    ['?state=no-post', ['Ravenna Coldbrook', 'Member with lived experience 1'], ['Morwenna Sayle']],
    ['?state=all', ['Idris Calloway', 'Morwenna Sayle'], []],
  ])('%s', async (query, there, notThere) => {
    const page = await get(query);
    expect(page.status).toBe(200);
    for (const name of there) expect(page.text).toContain(name);
    for (const name of notThere) expect(page.text).not.toContain(name);
  });
  it('is sorted as asked', async () => {
    const order = async (query: string) => {
      const { text } = await get(query);
      return [text.indexOf('Pavel Ashdown'), text.indexOf('Anwen Marsh'), text.indexOf('Marisol Tremlett')];
    };
    const [pavel, anwen, marisol] = await order('?sort=name&order=descending');
    expect(pavel! < marisol! && marisol! < anwen!).toBe(true);
    const byOrganisation = await order('?sort=organisation');
    expect(byOrganisation[1]! < byOrganisation[0]! && byOrganisation[0]! < byOrganisation[2]!).toBe(true);
    expect((await get('?sort=nothing')).status).toBe(400);
  });
  it('says what is wrong with a day, and shows today', async () => {
    const { status, text } = await get('?on=July%202023');
    expect(status).toBe(200);
    expect(text).toContain('Enter one day, such as 15 July 2023');
  });
  it('goes out as a file under the same filters, without formulas and without those under lock', async () => {
    await added({ name: '=HYPERLINK("https://evil.example")' });
    const response = await town.ask('/haverness/people/export.csv?state=all', { cookie });
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(text).toContain('Name,Email,Telephone,Organisation,Post,From,Until');
    expect(text).toContain(
      'Morwenna Sayle,morwenna.sayle@council.haverness.example,01632 960 101,Haverness Council,Head of Public Protection,December 2023,',
    );
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(text).not.toContain('lived experience');
    const filtered = await town.ask('/haverness/people/export.csv?words=superintendent', { cookie });
    expect((await filtered.text()).trim().split('\r\n')).toHaveLength(2);
  });
  it('comes in again as it went out, and changes nothing', async () => {
    const out = await town.ask('/haverness/people/export.csv?state=in-post', { cookie });
    const table = readCsv(new Uint8Array(await out.arrayBuffer()), { rows: 1_000, columns: 20 });
    if (!table.done) throw new Error(table.sentence);
    const rows = rowsUnder(personColumns, table.value);
    if (!rows.done) throw new Error(rows.sentence);
    const newOne = { Name: 'Filed Person', Email: '', Telephone: '', Organisation: 'Haverness CCG', Post: 'Clerk' };
    const taken = await town.records.write(
      { door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness') },
      async ({ work }) => {
        const sent = [...rows.value, { row: 900, cells: newOne }];
        const kept = {
          kind: 'people',
          fileName: 'people.csv',
          rows: sent,
          by: town.people.values().next().value ?? '',
        };
        const id = await keepIntake(work<'partnership'>(), kept as typeof kept & { kind: 'people' });
        return takeIntake(work<'partnership'>(), reading(work<'partnership'>()), id);
      },
    );
    expect(taken).toMatchObject({ added: 1, changed: 0, refused: [] });
    expect((await get('?words=Filed')).text).toContain('Clerk, NHS Haverness Clinical Commissioning Group');
  });
  it('has no page after the last', async () => {
    expect((await get('?page=9')).status).toBe(404);
  });
});

describe('a person', () => {
  it('keeps every post with its title of that time', async () => {
    const { text } = await get(`/${morwenna}`);
    expect(text).toContain('Acting Head of Public Protection Haverness Council July 2023 to December 2023');
    expect(text).toContain('Head of Public Protection Haverness Council since December 2023');
    expect(text).toContain('History');
  });
  it('was something else on another day', async () => {
    const { text } = await get(`/${morwenna}?on=15%20July%202023`);
    expect(text).toContain('As at 15 July 2023: Acting Head of Public Protection');
  });
  it('shows as what they sign in, and that somebody who left still can', async () => {
    expect((await get(`/${idOf('Colm Draycott')}`)).text).toContain('Signs in as Colm Draycott: Duty coordinator');
    expect((await get(`/${idOf('Idris Calloway')}`)).text).toContain('Idris Calloway has left and can still sign in');
  });
  it('has no buttons for whoever may only read', async () => {
    const { status, text } = await get(`/${morwenna}`, await town.sessionOf('councillor@haverness.example'));
    expect(status).toBe(200);
    expect(text).not.toContain('They move to another post');
  });
});

describe('adding', () => {
  it('refuses the address of another, and says whose it is', async () => {
    const answer = await send('/new', {
      name: 'Somebody Else',
      email: 'Fenella.Oakhurst@police.merrowshire.example',
      organisation: council,
      title: 'Officer',
    });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Fenella Oakhurst has this email address already');
    expect(answer.html).toContain('value="Somebody Else"');
  });
  it('asks about somebody of the same name, and takes the word that it is another', async () => {
    const form = { name: 'fenella oakhurst', organisation: council, title: 'Officer' };
    const answer = await send('/new', form);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain(
      'There is a Fenella Oakhurst at Merrowshire Constabulary already: is it the same person?',
    );
    await added({ ...form, another: 'yes' });
  });
  it.each([
    ['right to left', '‮nezoJ'],
    ['mark-up', '<script>alert(1)</script>'],
    ['the longest', 'x'.repeat(200)],
    ['emoji', '👩‍🚒 Rosa'],
  ])('shows a name of %s as text', async (_, name) => {
    const id = await added({ name });
    const response = await town.ask(`/haverness/people/${id}`, { cookie });
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain(name.replaceAll('<', '&lt;').slice(0, 20));
  });
  it('refuses an organisation of another partnership', async () => {
    const [other] = await behind<{ id: string }>(
      'castlemere',
      `insert into partnership.organisation (partnership_id, name) values ($1, 'Next door') returning id`,
      [town.partnerships.get('castlemere')],
    );
    const answer = await send('/new', { name: 'Nobody', organisation: other!.id, title: 'Officer' });
    expect(answer.status).toBe(404);
  });
});

describe('changing', () => {
  it('loses nothing where two people change the same record', async () => {
    const id = await added({ name: 'Twice Changed' });
    const form = await town.ask(`/haverness/people/${id}/change`, { cookie });
    const version = /name="version" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
    expect((await send(`/${id}/change`, { name: 'First Change', version })).status).toBe(303);
    const second = await send(`/${id}/change`, { name: 'Second Change', phone: '01632 960 999', version });
    expect(second.status).toBe(409);
    expect(second.text).toContain('Somebody changed this record while you had it open');
    expect(second.text).toContain('First Change');
    expect(second.html).toContain('value="Second Change"');
    const newer = /name="version" value="([^"]+)"/.exec(second.html)?.[1] ?? '';
    expect((await send(`/${id}/change`, { name: 'Second Change', version: newer })).status).toBe(303);
    expect(await newestEntry()).toMatchObject({ action: 'PERSON_CHANGED', subject: `person/${id}`, fields: ['name'] });
  });
  it('lets nobody sign in as two people', async () => {
    const id = await added({ name: 'Account Taker' });
    const account = town.people.get('analyst@haverness.example') ?? '';
    const answer = await send(`/${id}/change`, { name: 'Account Taker', account });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Somebody else signs in with this account');
  });
  it('refuses the same post twice at once', async () => {
    const answer = await send(`/${morwenna}/posts/new`, {
      organisation: council,
      title: 'head of public protection',
      since: '2025',
    });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain(
      'Morwenna Sayle is “Head of Public Protection” at Haverness Council already, since December 2023',
    );
  });
  it('takes a mistake out, and keeps in the history that it was there', async () => {
    const id = await added({ name: 'Wrongly Entered', title: 'Wrong title' });
    const [post] = await town.asAdmin<{ id: string }>('select id from partnership.post where person_id = $1', [id]);
    expect((await send(`/${id}/posts/${post!.id}/remove`, {})).status).toBe(303);
    const { text } = await get(`/${id}`);
    expect(text).toContain('No post has been entered');
    expect(text).toContain('Post removed');
  });
});

describe('moving, leaving and coming back', () => {
  it('makes the acting head the head in one step, and both stay', async () => {
    const id = await added({ name: 'Acting Person', title: 'Acting Head of Housing', since: '3 July 2023' });
    const form = await town.ask(`/haverness/people/${id}/move`, { cookie });
    expect(await form.text()).toContain('value="Head of Housing"');
    const move = { organisation: council, title: 'Head of Housing', since: '11 December 2023' };
    expect((await send(`/${id}/move`, move)).status).toBe(303);
    const { text } = await get(`/${id}`);
    expect(text).toContain('Acting Head of Housing Haverness Council 3 July 2023 to 10 December 2023');
    expect(text).toContain('Head of Housing Haverness Council since 11 December 2023');
    expect((await get(`/${id}?on=2023-12-10`)).text).toContain('As at 10 December 2023: Acting Head of Housing.');
    expect((await get(`/${id}?on=2023-12-11`)).text).toContain('As at 11 December 2023: Head of Housing.');
    expect(await newestEntry()).toMatchObject({ action: 'PERSON_MOVED', subject: `person/${id}` });
  });
  it('ends posts and seats on the last day, and says before what will end', async () => {
    const id = await added({ name: 'Leaving Person', title: 'Clerk' });
    const partnership = town.partnerships.get('haverness');
    const [body] = await behind<{ id: string }>(
      'haverness',
      `insert into partnership.body (partnership_id, name, kind, frequency) values ($1, 'Leaving board', 'board', 'monthly') returning id`,
      [partnership],
    );
    await behind(
      'haverness',
      `insert into partnership.seat (partnership_id, body_id, person_id, role) values ($1, $2, $3, 'chair')`,
      [partnership, body!.id, id],
    );
    const asked = await get(`/${id}/leave`);
    expect(asked.text).toContain('Clerk, Haverness Council');
    expect(asked.text).toContain('Chair, Leaving board (seat)');
    expect((await send(`/${id}/leave`, { on: '' })).text).toContain('Enter the last day of Leaving Person');
    expect((await send(`/${id}/leave`, { on: '31 May 2026' })).status).toBe(303);
    const { text } = await get(`/${id}`);
    expect(text).toContain('Clerk Haverness Council 2020 to 31 May 2026');
    expect(text).toContain('Leaving board Chair until 31 May 2026');
    expect(text).toContain('Leaving Person Left');
    expect((await send(`/${id}/leave`, { on: '31 May 2026' })).status).toBe(409);
    const back = { organisation: council, title: 'Adviser', since: '1 June 2026' };
    expect((await send(`/${id}/return`, back)).status).toBe(303);
    expect((await get(`/${id}`)).text).toContain('Leaving Person In post');
  });
  it('tells who joined, moved and left', async () => {
    const { text } = await get('/changes?from=July%202025&to=June%202026');
    expect(text).toContain('Tobias Quillfeather Moved since 1 September 2025');
    expect(text).toContain('Ravenna Coldbrook Left until late 2025');
    const file = await town.ask('/haverness/people/changes/export.csv?from=2025-07-01&to=2026-06-01', { cookie });
    expect(await file.text()).toContain('Tobias Quillfeather,Moved,since 1 September 2025,');
    expect((await get('/changes?from=nonsense')).text).toContain('Joiners, movers and leavers');
  });
});

/** Every GET route of the whole application, as every role and as nobody, but for the page of the name. */
async function everyAnswer(person: string): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  const cookies = [undefined, ...(await Promise.all(roles.map((role) => town.sessionOf(`${role}@haverness.example`))))];
  for (const route of routes) {
    if (route.method !== 'GET' || route.path.endsWith('/events')) continue;
    const example = route.example(town.world);
    if ('none' in example) continue;
    const isOfPerson = route.path.startsWith('/:partnership/people/:id');
    if (route.path === '/:partnership/people/:id/name') continue;
    const params = isOfPerson ? { ...example.params, id: person } : example.params;
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    const queries = [
      new URLSearchParams(example.query ?? {}).toString(),
      ...(route.path.includes('/people') ? ['state=all&on=2026-06-01', 'words=Thistle', 'from=2000&to=2030'] : []),
    ];
    for (const query of queries)
      for (const [place, as] of cookies.entries()) {
        const response = await town.ask(`${path}?${query}`, as === undefined ? {} : { cookie: as });
        answers.set(
          `${path}?${query} (${place})`,
          `${JSON.stringify([...response.headers])}\n${await response.text()}`,
        );
      }
  }
  return answers;
}

const wholeDatabase = () => tablesOf(town, ['partnership.protected_name']);

async function expectNowhere(names: readonly string[], person: string): Promise<void> {
  for (const texts of [await wholeDatabase(), await everyAnswer(person)])
    for (const [where, text] of texts)
      for (const name of names) expect({ where, shape: found(text, name) }).toEqual({ where, shape: undefined });
  for (const name of names) expect(found(town.faults.join('\n'), name)).toBeUndefined();
}

const planted = 'Zephyrine Thistleböm O’Dowd-"Quayle"';
const plantedEmail = 'zephyrine.thistlebom@post.example';

describe('a name under lock', () => {
  it('is found by this search where it is', async () => {
    for (const shape of [
      planted,
      JSON.stringify(planted),
      encodeURIComponent(planted),
      Buffer.from(planted).toString('base64'),
      '<p>QUAYLE</p>'.replace('QUAYLE', 'zephyrine'),
    ])
      expect(found(`… ${shape} …`, planted)).toBeDefined();
    const id = await added({ name: planted, email: plantedEmail });
    const seen = [...(await everyAnswer(id)), ...(await wholeDatabase())].filter(([, text]) => found(text, planted));
    const places = seen.map(([where]) => where);
    expect(places.some((where) => where.startsWith('/haverness/people?'))).toBe(true);
    expect(places.some((where) => where.startsWith('/haverness/people/export.csv'))).toBe(true);
    expect(places).toContain('partnership.person');
    expect(places).toContain('partnership.change');
    await send(`/${id}/remove`, { sure: 'yes' });
    await expectNowhere([planted, plantedEmail], id);
  }, 300_000);

  it('of somebody who was added so stands on its own page, and the audit has it before', async () => {
    const label = 'Member with lived experience 7';
    const form = { label, name: planted, email: plantedEmail, phone: '01632 960 977' };
    const answer = await send('/lived-experience', form);
    expect(answer.status, answer.text).toBe(303);
    const id = answer.to.split('/').at(-1) ?? '';
    await expectNowhere([planted, plantedEmail, '01632 960 977'], id);
    for (const role of roles) {
      const response = await town.ask(`/haverness/people/${id}/name`, {
        cookie: await town.sessionOf(`${role}@haverness.example`),
      });
      const may = role === 'administrator' || role === 'coordinator';
      expect({ role, status: response.status, seen: found(await response.text(), planted) !== undefined }).toEqual({
        role,
        status: may ? 200 : 403,
        seen: may,
      });
      expect(await newestEntry()).toMatchObject(
        may
          ? { action: 'PROTECTED_NAME_SEEN', subject: `person/${id}`, outcome: 'seen', fields: null }
          : { action: 'ACCESS_REFUSED' },
      );
    }
    const correction = await send(`/${id}/name`, { name: `${planted}-Corrected`, email: plantedEmail });
    expect(correction.status).toBe(303);
    await expectNowhere([planted, plantedEmail], id);
  }, 300_000);

  it('of somebody who was in the register before is taken out of the history and of files', async () => {
    const id = await added({ name: 'Ferelith Brambleworth', email: 'ferelith.brambleworth@post.example' });
    await send(`/${id}/change`, { name: 'Ferelith Brambleworth-Stone', email: 'f.stonecrop@post.example' });
    const rows = [
      ['Ferelith Brambleworth', 'x'],
      ['Somebody Else', 'y'],
    ];
    await town.asAdmin(
      `insert into partnership.intake (partnership_id, kind, file_name, rows, sent_by, refused)
       values ($1, 'people', 'harbour.csv', $2, gen_random_uuid(), $3)`,
      [
        town.partnerships.get('haverness'),
        JSON.stringify(rows),
        JSON.stringify(rows.map((cells, line) => ({ line, reason: `About ${cells[0]}`, cells }))),
      ],
    );
    expect((await send(`/${id}/protect`, { label: 'Ferelith B' })).text).toContain('“ferelith” is part of the name');
    expect((await send(`/${id}/protect`, { label: 'Voice of the harbour' })).status).toBe(303);
    const names = [
      'Ferelith Brambleworth',
      'Brambleworth-Stone',
      'ferelith.brambleworth@post.example',
      'f.stonecrop@post.example',
    ];
    await expectNowhere(names, id);
    const { text } = await get(`/${id}`);
    expect(text).toContain('Takes part with lived experience: no → yes');
    expect(text).toContain('Voice of the harbour');
    const [kept] = await town.asAdmin<{ rows: string[][]; refused: { line: number }[] }>(
      `select rows, refused from partnership.intake where file_name = 'harbour.csv'`,
    );
    expect(kept).toMatchObject({ rows: [['Somebody Else', 'y']], refused: [{ line: 1 }] });
    const named = await get(`/${id}/name`);
    expect(named.text).toContain('Ferelith Brambleworth-Stone');
    expect(named.text).toContain('f.stonecrop@post.example');
  }, 300_000);

  it('cannot be had for somebody who signs in, nor twice', async () => {
    const officer = await send(`/${idOf('Olu Fairweather')}/protect`, { label: 'A voice' });
    expect(officer.status).toBe(409);
    expect(officer.text).toContain('End their access first');
    const [locked] = examplePeopleUnderLock;
    expect((await send(`/${locked.id}/protect`, { label: 'A voice' })).status).toBe(409);
    expect((await send(`/${locked.id}/change`, { name: 'A name' })).status).toBe(409);
    const label = await send(`/${locked.id}/label`, { label: 'Wren of the harbour' });
    expect(label.text).toContain('“wren” is part of the name');
    expect((await send(`/${locked.id}/label`, { label: 'Member with lived experience 2' })).status).toBe(409);
  });

  it('is another partnership’s business there', async () => {
    const [elsewhere] = await behind<{ id: string }>(
      'castlemere',
      `insert into partnership.person (partnership_id, name) values ($1, 'Neighbour') returning id`,
      [town.partnerships.get('castlemere')],
    );
    for (const step of ['protect', 'remove'])
      expect((await send(`/${elsewhere!.id}/${step}`, { label: 'A voice', sure: 'yes' })).status).toBe(404);
    const work = town.records.write(
      { door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness') },
      async ({ work }) => {
        const { forgetPerson } = await import('../../src/partnership/person.store.ts');
        await forgetPerson(work<'partnership'>(), elsewhere!.id);
      },
    );
    await expect(work).rejects.toThrow();
  });
});

describe('a person who is removed', () => {
  it('is gone for good, while posts and the audit stay', async () => {
    const id = await added({ name: 'Gone Forever-Moss', email: 'gone.moss@post.example', title: 'Warden' });
    const asked = await get(`/${id}/remove`);
    expect(asked.text).toContain('What goes, for good');
    expect(asked.text).toContain('Warden, Haverness Council: ends today');
    const untouched = await send(`/${id}/remove`, {});
    expect(untouched.status).toBe(422);
    expect(untouched.text).toContain('Tick the box if the details are to be removed for good');
    expect((await send(`/${id}/remove`, { sure: 'yes' })).status).toBe(303);
    expect(await newestEntry()).toEqual({
      action: 'PERSON_REMOVED',
      subject: `person/${id}`,
      outcome: 'done',
      fields: ['name', 'email', 'phone'],
    });
    const { status, text } = await get(`/${id}`);
    expect(status).toBe(200);
    expect(text).toContain(removedName);
    expect(text).toContain('Warden Haverness Council 2020 to 1 June 2026');
    await expectNowhere(['Gone Forever-Moss', 'gone.moss@post.example'], id);
    expect((await get('?state=all')).text).not.toContain(removedName);
    expect((await send(`/${id}/remove`, { sure: 'yes' })).status).toBe(409);
    expect((await send(`/${id}/change`, { name: 'Back again' })).status).toBe(409);
  }, 300_000);
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
