import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleAgreementIds } from '../../src/exchange/example-agreements.ts';
import { exampleOrganisationIds } from '../../src/partnership/example-organisations.ts';
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

const at = (path: string) => `/haverness/agreements${path}`;
const read = async (path: string, cookie = coordinator): Promise<string> => {
  const response = await town.ask(at(path), { cookie });
  expect(response.status).toBe(200);
  return response.text();
};
const send = (path: string, form: Readonly<Record<string, string>>, cookie = coordinator) =>
  town.ask(at(path), { method: 'POST', cookie, form });
const plain = {
  title: 'Fires of the shore',
  purpose: 'To see where fires are set.',
  level: 'records',
  gateway: 'cda-115',
  sources: 'fire',
  sender: exampleOrganisationIds['police']!,
  receiver: exampleOrganisationIds['organisation']!,
  marking: 'official',
};
const added = async (more: Readonly<Record<string, string>> = {}): Promise<string> => {
  const response = await send('/new', { ...plain, ...more });
  expect(response.status).toBe(303);
  return response.headers.get('location')!.split('/').at(-1)!;
};
const needsOf = async (role: string) =>
  (await town.ask('/haverness/home', { cookie: await town.sessionOf(`${role}@haverness.example`) })).text();
const newestEntry = async () =>
  (
    await town.asAdmin<{ action: string; subject: string; fields: readonly string[] }>(
      'select action, subject, fields from platform.audit_entry where partnership_id = $1 order by seq desc limit 1',
      [town.partnerships.get('haverness')],
    )
  )[0]!;
const [ending, unsigned, over] = ['agreement-ending', 'agreement-draft', 'agreement-ended'].map(
  (kind) => exampleAgreementIds[kind]!,
);

describe('the list', () => {
  it('shows everybody the agreements that have not ended, with their state', async () => {
    const page = await read('', councillor);
    expect(page).toContain('Ambulance calls to assaults');
    expect(page).toContain('Ends soon');
    expect(page).toContain('Not signed');
    expect(page).toContain('No end is named');
    expect(page).not.toContain('People in treatment');
    expect(page).not.toContain('Add an agreement');
    expect(await read('')).toContain('Add an agreement');
  });

  it('filters, sorts and writes out what is shown', async () => {
    expect(await read('?state=ended')).toContain('People in treatment');
    const fire = await read('?source=fire');
    expect(fire).toContain('Deliberate fires');
    expect(fire).not.toContain('Ambulance calls');
    expect(await read('?words=MERROW+AMBULANCE')).toContain('Ambulance calls');
    expect(await read('?words=%25')).toContain('No agreement matches');
    const sorted = await read('?sort=ends&order=descending');
    expect(sorted.indexOf('People on probation')).toBeLessThan(sorted.indexOf('Ambulance calls'));
    expect(sorted.indexOf('Ambulance calls')).toBeLessThan(sorted.indexOf('Assaults seen'));
    const file = await read('/export.csv?state=all&source=treatment');
    expect(file.trim().split('\r\n')).toHaveLength(2);
    expect(file).toContain('NHS Merrowshire Integrated Care Board,Haverness Council,');
    expect(file).toContain('2023-09-01,2026-08-31,2025-03-03,');
  });

  it('of a partnership without any says how to begin', async () => {
    const cookie = await town.sessionOf('hub@haverness.example');
    const page = await (await town.ask('/merrowshire/agreements', { cookie })).text();
    expect(page).toContain('No agreements yet');
    expect(page).toContain('Begin with the agreement under which the police send crime records');
  });

  it('shows hostile titles as text, and writes no formula', async () => {
    await added({ title: '=cmd|x <script>alert(1)</script> \u202E👮' });
    expect(await read('?words=%3Dcmd')).not.toContain('<script>alert(1)');
    expect(await read('/export.csv?words=%3Dcmd')).toContain("'=cmd");
  });
});

describe('an agreement', () => {
  it('says what its state means, by which power, and what it follows', async () => {
    const page = await read(`/${exampleAgreementIds['agreement']!}`, councillor);
    expect(page).toContain('Police, Crime, Sentencing and Courts Act 2022 section 16');
    expect(page).toContain('No patient information');
    expect(page).toContain('OFFICIAL-SENSITIVE. Handling: for the partnership’s analysts only');
    expect(page).toContain('Renews');
    expect(page).not.toContain('/renew"');
    expect(await read(`/${unsigned}`)).toContain('Nothing can be loaded under it until the last party has signed');
    expect(await read(`/${over}`)).toContain('It ended on 3 March 2025');
  });

  it('is kept with what was typed, and tells its history', async () => {
    const id = await added({ signedOn: '2 May 2026', starts: '4 May 2026', handling: 'for analysts only' });
    expect(await newestEntry()).toMatchObject({ action: 'AGREEMENT_ADDED', subject: `agreement/${id}` });
    const page = await read(`/${id}`);
    expect(page).toContain('It names no end');
    expect(page).toContain('OFFICIAL. Handling: for analysts only');
    expect(page).toContain('Agreement added');
    const response = await send(`/${id}/change`, {
      ...plain,
      sources: 'ambulance',
      signedOn: '2 May 2026',
      starts: '4 May 2026',
      ends: '3 May 2027',
    });
    expect(response.status).toBe(303);
    expect(await newestEntry()).toMatchObject({
      action: 'AGREEMENT_CHANGED',
      fields: ['sources', 'handling', 'ends'],
    });
    const changed = await read(`/${id}`);
    expect(changed).toContain('Until: nothing → 3 May 2027');
    expect(changed).toContain('Handling: for analysts only → nothing');
    expect(changed).toContain('Data: Fire and rescue records');
    expect(changed).not.toContain('Party changed');
  });

  it('is refused with what is wrong, and nothing typed is lost', async () => {
    const { purpose, ...without } = plain;
    const response = await send('/new', { ...without, purpose: '', handling: 'keep me', ends: 'March 2027' });
    const page = await response.text();
    expect(purpose).not.toBe('');
    expect(response.status).toBe(422);
    expect(page).toContain('Enter what the data are shared for');
    expect(page).toContain('Enter one day, such as 31 March 2027');
    expect(page).toContain('keep me');
    const alone = await send('/new', { ...plain, receiver: plain.sender });
    expect(alone.status).toBe(422);
    expect(await alone.text()).toContain('href="#receiver-1"');
  });

  it('does not overwrite another’s change: both are shown', async () => {
    const id = await added({ title: 'Two pens' });
    const version = /name="version" value="([^"]+)"/.exec(await read(`/${id}/change`))![1]!;
    expect((await send(`/${id}/change`, { ...plain, purpose: 'Theirs.', version })).status).toBe(303);
    const late = await send(`/${id}/change`, { ...plain, purpose: 'Mine.', sources: 'ambulance', version });
    const page = await late.text();
    expect(late.status).toBe(409);
    expect(page).toContain('Theirs.');
    expect(page).toContain('Mine.');
    expect(page).toContain('Fire and rescue records');
    expect(await read(`/${id}`)).toContain('Theirs.');
  });

  it('changes for those who may, in their own partnership', async () => {
    expect((await send('/new', plain, councillor)).status).toBe(403);
    const elsewhere = await town.sessionOf('hub@haverness.example');
    const other = await town.ask(`/merrowshire/agreements/${ending}`, { cookie: elsewhere });
    expect(other.status).toBe(404);
  });
});

describe('the end of an agreement', () => {
  it('comes early with a day and a reason, once', async () => {
    const id = await added({ signedOn: '1 May 2026', starts: '1 May 2026', ends: '30 April 2027' });
    const late = await send(`/${id}/end`, { endedOn: '30 April 2027', because: 'No need.' });
    expect(late.status).toBe(422);
    expect(await late.text()).toContain('It ends on 30 April 2027 as it is');
    expect((await send(`/${id}/end`, { endedOn: '31 May 2026', because: '' })).status).toBe(422);
    expect((await send(`/${id}/end`, { endedOn: '31 May 2026', because: 'No need.' })).status).toBe(303);
    expect(await newestEntry()).toMatchObject({ action: 'AGREEMENT_ENDED', subject: `agreement/${id}` });
    const page = await read(`/${id}`);
    expect(page).toContain('31 May 2026. No need.');
    expect((await send(`/${id}/end`, { endedOn: '30 May 2026', because: 'Again.' })).status).toBe(409);
    expect((await town.ask(at(`/${id}/end`), { cookie: coordinator })).status).toBe(409);
  });

  it('is told at home, until another follows on, however many renew it at once', async () => {
    const said = await needsOf('analyst');
    expect(said).toContain('Renew the agreement “Ambulance calls to assaults”');
    expect(said).toContain('It ends in 54 days, on 25 July 2026.');
    expect(said).toContain('Have the agreement “People on probation who harmed others” signed');
    expect(said).toContain('Review the agreement “Deliberate fires and attacks on crews”');
    expect(await needsOf('councillor')).not.toContain('Renew the agreement');
    expect(await read(`/${ending}/renew`)).toContain('value="26 July 2026"');
    const renewal = { ...plain, title: 'Ambulance calls again', sources: 'ambulance' };
    const both = await Promise.all([send(`/${ending}/renew`, renewal), send(`/${ending}/renew`, renewal)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    expect(await needsOf('analyst')).not.toContain('Renew the agreement “Ambulance');
    expect(await read(`/${ending}`)).toContain('Renewed by');
    // A draft that is given up renews nothing.
    const id = both
      .find(({ status }) => status === 303)!
      .headers.get('location')!
      .split('/')
      .at(-1)!;
    expect((await send(`/${id}/end`, { endedOn: '31 May 2026', because: 'Withdrawn.' })).status).toBe(303);
    expect(await needsOf('analyst')).toContain('Renew the agreement “Ambulance');
    expect(town.faults).toEqual([]);
  });
});
