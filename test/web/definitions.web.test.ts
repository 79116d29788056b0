import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleDefinitionIds } from '../../src/evidence/example-definitions.ts';
import { exampleBodyIds } from '../../src/partnership/example-bodies.ts';
import {
  definitionHash,
  definitionInForce,
  findDefinition,
  getDefinition,
} from '../../src/evidence/definition.store.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let analyst: string;
let coordinator: string;
let councillor: string;
beforeAll(async () => {
  town = await testTown();
  analyst = await town.sessionOf('analyst@haverness.example');
  coordinator = await town.sessionOf('coordinator@haverness.example');
  councillor = await town.sessionOf('councillor@haverness.example');
});
afterAll(() => town.close());

const at = (path: string) => `/haverness/${path}`;
const read = async (path: string, cookie: string | undefined = analyst): Promise<string> => {
  const response = await town.ask(at(path), cookie === '' ? {} : { cookie });
  expect(response.status).toBe(200);
  return response.text();
};
const send = (path: string, form: Readonly<Record<string, string>>, cookie = analyst) =>
  town.ask(at(path), { method: 'POST', cookie, form });

/** Sends a form that is taken; gives the record id of where it leads. */
async function taken(path: string, form: Readonly<Record<string, string>>, cookie = analyst): Promise<string> {
  const response = await send(path, form, cookie);
  expect([response.status, response.status === 303 ? '' : await response.text()]).toEqual([303, '']);
  return /definitions\/([0-9a-f-]{36})/.exec(response.headers.get('location') ?? '')?.[1] ?? '';
}
const newDraft = (from: string, name: string) => taken('definitions/new', { from, name });
const versionIn = (page: string): string => /name="version" value="([^"]*)"/.exec(page)?.[1] ?? '';
const inHaverness = <T>(act: (work: Parameters<typeof getDefinition>[0]) => Promise<T>): Promise<T> =>
  town.records.read(
    { door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness')! },
    ({ work }) => act(work<'evidence' | 'partnership'>()),
  );
const inForce = exampleDefinitionIds['definition']!;
const before = exampleDefinitionIds['definition-before']!;
const executive = exampleBodyIds['body-leading']!;

describe('the committee asks why domestic abuse is out', () => {
  it('and the recorded reason is one press away from the question', async () => {
    const page = await read(`definitions/${inForce}`, councillor);
    expect(page).toContain('Why is domestic abuse out?');
    const link = new RegExp(
      `href="(/haverness/definitions/${inForce}/kinds/domestic-abuse)"[^>]*>\\s*The recorded reason`,
    );
    const address = link.exec(page)?.[1] ?? '';
    const reason = await (await town.ask(address, { cookie: councillor })).text();
    expect(reason).toContain('A board of its own has the money');
    expect(reason).toContain('Merrowshire Domestic Abuse Partnership Board');
    expect(reason).toContain('Decided by Safer Haverness Executive');
    expect(reason).toContain('About one in three violent crimes');
    expect(reason).toContain('housing service wanted it in');
  });

  it('sees what was in before, beside it, and that data.police.uk cannot say the difference', async () => {
    const page = await read(`definitions/compare?first=${before}&second=${inForce}`, councillor);
    expect(page).toContain('They differ in 2 kinds of violence: domestic abuse');
    expect(page).toContain('In → Out: other board');
    expect(page).toContain('without a domestic abuse flag');
  });

  it('may not change anything', async () => {
    const page = await read(`definitions/${exampleDefinitionIds['definition-draft']!}`, councillor);
    expect(page).not.toContain('Adopt it');
    expect(page).not.toContain('/change');
  });
});

describe('what the public sees', () => {
  it('is what counts, what does not and why, and neither evidence nor dissent', async () => {
    const page = await read('definition', '');
    expect(page).toContain('What we count as serious violence');
    expect(page).toContain('Decided by Safer Haverness Executive, 4 February 2026');
    expect(page).toContain('A board of its own has the money');
    expect(page).not.toContain('housing service wanted it in');
    expect(page).not.toContain('About one in three violent crimes');
    expect(page).not.toContain('Violence in public that involves people under 25');
    expect(page).toContain('What we counted before');
  });

  it('says so where nothing was adopted', async () => {
    const response = await town.ask('/castlemere/definition');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('has not published a definition yet');
  });
});

describe('a draft', () => {
  it('begins with a variant, is changed kind by kind, and refuses what is wrong', async () => {
    const id = await newDraft('variant:sefton-2022', 'Sefton as in September 2022');
    const page = await read(`definitions/${id}`);
    expect(page).toContain('All violence against the person');
    expect(page).toContain('Section 13(6) asks for four factors');
    const refused = await send(`definitions/${id}/kinds/domestic-abuse/change`, {
      inclusion: 'core',
      prevalenceEvidence: 'A survey',
    });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('Enter what was found');
    await taken(`definitions/${id}/kinds/domestic-abuse/change`, {
      inclusion: 'excluded',
      rationale: 'Its own board has it.',
      prevalence: 'One in three',
      prevalenceDate: 'September 2022',
      flags: 'domestic-abuse',
    });
    const kind = await read(`definitions/${id}/kinds/domestic-abuse`);
    expect(kind).toContain('Its own board has it.');
    expect(kind).toContain('September 2022');
    expect(await read(`definitions/${id}`)).toContain('Kinds of violence: 5 of 9 in → 4 of 9 in (out: domestic abuse');
  });

  it('takes kinds of its own, and lets them go again', async () => {
    const id = await newDraft('variant:neutral', 'With one of our own');
    const response = await send(`definitions/${id}/kinds/new`, { name: 'Acid attacks', inclusion: 'core' });
    expect(response.headers.get('location')).toBe(`/haverness/definitions/${id}/kinds/acid-attacks/change`);
    expect((await send(`definitions/${id}/kinds/new`, { kind: 'homicide', inclusion: 'core' })).status).toBe(422);
    await taken(`definitions/${id}/kinds/acid-attacks/remove`, {});
    expect((await send(`definitions/${id}/kinds/acid-attacks/remove`, {})).status).toBe(409);
    expect(await read(`definitions/${id}`)).not.toContain('kinds/acid-attacks');
  });

  it('is warned of what the floor has and it has not, and can be adopted all the same', async () => {
    const page = await read(`definitions/${exampleDefinitionIds['definition-to-remove']!}`);
    expect(page).toContain('It leaves out crime in which serious violence is inherent');
  });

  it('cannot have the name of another line by accident', async () => {
    await newDraft('variant:london', 'London as it is');
    const again = await send('definitions/new', { from: 'variant:london', name: 'London, as it is' });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('is there already');
    const unnamed = await send('definitions/new', { from: `copy:${inForce}`, name: '' });
    expect(unnamed.status).toBe(422);
  });

  it('shows hostile names as text, and writes no formula', async () => {
    const name = '=cmd|x <script>alert(1)</script> \u202E👮';
    const id = await newDraft('variant:merseyside', name);
    await taken(`definitions/${id}/kinds/domestic-abuse/change`, {
      inclusion: 'excluded',
      rationale: '+SUM(1) <img src=x onerror=alert(1)>',
    });
    for (const path of [`definitions/${id}`, `definitions/${id}/kinds/domestic-abuse`, 'definitions']) {
      const page = await read(path);
      expect(page).not.toContain('<script>alert(1)');
      expect(page).not.toContain('<img src=x');
    }
    const file = await read('definitions/export.csv');
    expect(file).toContain("'=cmd");
    expect(file).toContain("'+SUM(1)");
  });
});

describe('two people at once', () => {
  it('who fill in two kinds both keep theirs; in one kind the second is shown both', async () => {
    const id = await newDraft('variant:pan-lancashire', 'Two at once');
    const [robbery, gun] = [
      versionIn(await read(`definitions/${id}/kinds/robbery/change`)),
      versionIn(await read(`definitions/${id}/kinds/gun-crime/change`)),
    ];
    const form = (version: string, rationale: string) => ({ version, inclusion: 'core', rationale, codes: '34A' });
    await taken(`definitions/${id}/kinds/robbery/change`, form(robbery, 'First'));
    await taken(`definitions/${id}/kinds/gun-crime/change`, form(gun, 'Other kind'), coordinator);
    const late = await send(`definitions/${id}/kinds/robbery/change`, form(robbery, 'Second'), coordinator);
    expect(late.status).toBe(409);
    const page = await late.text();
    expect(page).toContain('Nothing of yours is lost');
    expect(page).toMatch(/First[\s\S]*Second/);
    await taken(`definitions/${id}/kinds/robbery/change`, form(versionIn(page), 'Second'), coordinator);
    expect(await read(`definitions/${id}/kinds/robbery`)).toContain('Second');
  });

  it('who adopt two drafts at the same moment: one holds, the other is told', async () => {
    const bodyForm = { body: executive, decidedOn: '20 May 2026', effectiveFrom: '1 July 2026', reviewBy: '' };
    const drafts = [await newDraft('variant:neutral', 'Race one'), await newDraft('variant:neutral', 'Race two')];
    const answers = await Promise.all(drafts.map((id) => send(`definitions/${id}/adopt`, bodyForm)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const loser = drafts[answers.findIndex(({ status }) => status === 422)]!;
    expect(await read(`definitions/${loser}`)).toContain('Draft');
  });

  it('who adopt what somebody changed meanwhile are told', async () => {
    const id = await newDraft('variant:neutral', 'Changed before it was adopted');
    const version = versionIn(await read(`definitions/${id}/adopt`));
    await taken(`definitions/${id}/kinds/robbery/change`, { inclusion: 'wider' }, coordinator);
    const response = await send(`definitions/${id}/adopt`, {
      version,
      body: executive,
      decidedOn: '20 May 2026',
      effectiveFrom: '1 August 2026',
    });
    expect(response.status).toBe(409);
  });

  it('who answer one question do not overwrite each other', async () => {
    await taken(`definitions/${inForce}/questions/new`, { question: 'Who asked?', askedBy: 'A', askedOn: 'May 2026' });
    const [{ id } = { id: '' }] = await town.asAdmin<{ id: string }>(
      `select id from evidence.definition_question where question = 'Who asked?'`,
    );
    const form = (answer: string) => ({ answer, answeredOn: 'May 2026', before: '' });
    await taken(`definitions/${inForce}/questions/${id}`, form('One line\r\nand another'));
    const late = await send(`definitions/${inForce}/questions/${id}`, form('Mine'), coordinator);
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('and another');
  });
});

describe('what was adopted', () => {
  it('asks for the body, the dates, and the reason of what is out', async () => {
    const id = await newDraft('variant:merseyside', 'Not ready');
    const day = { decidedOn: '20 May 2026', effectiveFrom: '1 September 2026' };
    const why = async (form: Readonly<Record<string, string>>) => (await send(`definitions/${id}/adopt`, form)).text();
    expect(await why({})).toContain('Enter the day of the decision');
    expect(await why({ ...day, effectiveFrom: 'early 2026' })).toContain('Enter one day');
    expect(await why(day)).toContain('Choose the body that decided');
    expect(await why({ ...day, body: executive })).toContain('Say why domestic abuse');
    await taken(`definitions/${id}/kinds/domestic-abuse/change`, {
      inclusion: 'excluded',
      rationale: 'A board has it.',
    });
    expect(await why({ ...day, body: executive, effectiveFrom: '1 January 2020' })).toContain('Enter a later day');
  });

  it('holds from its day on, takes the place of the one before, and stays as it is', async () => {
    const id = await newDraft('variant:neutral', 'From 2027');
    await taken(`definitions/${id}/adopt`, {
      otherBody: 'The Combined Board',
      decidedOn: 'May 2026',
      effectiveFrom: '1 January 2027',
      reviewBy: '31 December 2027',
    });
    expect(await read(`definitions/${id}`)).toContain('Adopted, not in force yet');
    expect(await read('definition', '')).toContain('will take its place');
    const held = (day: string) => inHaverness((work) => definitionInForce(work, day));
    expect((await held('2026-06-01'))?.recordId).toBe(inForce);
    expect((await held('2027-01-01'))?.recordId).toBe(id);
    expect((await held('2024-01-01'))?.recordId).toBe(before);
    expect(await held('2022-01-01')).toBeUndefined();
    for (const path of ['change', 'kinds/robbery/change', 'kinds/new', 'adopt', 'remove'])
      expect([path, (await town.ask(at(`definitions/${id}/${path}`), { cookie: analyst })).status]).toEqual([
        path,
        409,
      ]);
    for (const [path, form] of [
      ['change', { name: 'Other' }],
      ['kinds/robbery/change', { inclusion: 'wider' }],
      ['remove', {}],
    ] as const)
      expect((await send(`definitions/${id}/${path}`, form)).status).toBe(409);
    for (const change of [
      `update evidence.definition set name = 'Other' where id = '${id}'`,
      `update evidence.definition set adopted_at = null where id = '${id}'`,
      `delete from evidence.definition where id = '${id}'`,
      `update evidence.definition set superseded_from = null where id = '${before}'`,
    ])
      await expect(town.asAdmin(change)).rejects.toThrow('was adopted and stays as it is');
  });

  it('is found by its name, its version, its hash and its id; a new version keeps the name of the line', async () => {
    const id = await taken('definitions/new', { from: `version:${inForce}`, name: '' });
    const find = (asked: string) => inHaverness((work) => findDefinition(work, asked, '2026-06-01'));
    const current = await inHaverness((work) => getDefinition(work, inForce, '2026-06-01'));
    expect(current.sha256).toBe(definitionHash(current));
    expect((await find('serious-violence'))?.recordId).toBe(id);
    expect((await find('serious-violence@2'))?.recordId).toBe(inForce);
    expect((await find(current.sha256))?.recordId).toBe(inForce);
    expect((await find(inForce))?.recordId).toBe(inForce);
    expect(await find('nothing')).toBeUndefined();
    expect(await find('serious-violence@x')).toBeUndefined();
  });
});

describe('indicators', () => {
  it('are national and local, and say whether their source is loaded', async () => {
    const page = await read('indicators', councillor);
    for (const text of [
      'National measures',
      'Homicide',
      'Knife crime recorded by the police',
      'Not loaded',
      'Lower is better',
    ])
      expect(page).toContain(text);
    expect(page).not.toContain('Add an indicator');
    const knife = /href="(\/haverness\/indicators\/[0-9a-f-]+)"[^>]*>\s*Knife crime/.exec(page)?.[1] ?? '';
    const record = await (await town.ask(knife, { cookie: councillor })).text();
    expect(record).toContain('It has no value: its source is not loaded.');
    expect(record).toContain('Since April 2018');
    expect(record).toContain('too few to judge');
    expect(await read('indicators/export.csv')).toContain('Robbery,Local');
  });

  it('are worked out by whoever defines them; a gap is said, and what is missing to compare with', async () => {
    const path = 'indicators/0d000000-0000-4000-8000-000000000101';
    expect(await read(path)).toContain('has not been worked out yet');
    expect((await send(`${path}/value`, {}, councillor)).status).toBe(403);
    expect((await send(`${path}/value`, {})).status).toBe(303);
    const page = await read(path);
    // Three months of a year are loaded, and areas are not: neither is a nought.
    expect(page).toMatch(/No areas are loaded|are missing/);
    expect(page).toContain('Target');
    expect(page).toContain('60 by 31 March 2028');
    expect((await send('indicators/values', {})).headers.get('location')).toMatch(/^\/haverness\/jobs\//);
  });

  it('come three at once where there are none, and only once', async () => {
    const neighbour = await town.sessionOf('analyst@castlemere.example');
    const ask = (method: 'GET' | 'POST', path: string) =>
      town.ask(`/castlemere/${path}`, { method, cookie: neighbour, ...(method === 'POST' && { form: {} }) });
    expect(await (await ask('GET', 'indicators')).text()).toContain('No indicators yet');
    for (let time = 1; time <= 2; time += 1) expect((await ask('POST', 'indicators/national')).status).toBe(303);
    const rows = await town.asAdmin(`select 1 from evidence.indicator where partnership_id = $1`, [
      town.partnerships.get('castlemere'),
    ]);
    expect(rows).toHaveLength(3);
  });

  const form = {
    name: 'Weapons carried',
    source: 'police-uk-street',
    counted: 'rows',
    categories: 'Possession of weapons',
    denominator: 'none',
    unit: 'count',
    polarity: 'neither',
    period: 'rolling-year',
    comparator: 'force',
    disclosure: 'open',
  };
  it('are added, changed and ended; of two who change one, the second is shown both', async () => {
    const added = await send('indicators/new', form);
    expect(added.status).toBe(303);
    const path = added.headers.get('location')!.replace('/haverness/', '');
    expect((await send('indicators/new', form)).status).toBe(422);
    expect((await send('indicators/new', { ...form, name: 'X', unit: 'percent' })).status).toBe(422);
    const version = versionIn(await read(`${path}/change`));
    expect((await send(`${path}/change`, { ...form, version, owner: 'The police' })).status).toBe(303);
    const late = await send(`${path}/change`, { ...form, version, owner: 'The council' }, coordinator);
    expect(late.status).toBe(409);
    expect(await late.text()).toMatch(/The police[\s\S]*The council/);
    expect((await send(`${path}/end`, { endedOn: '1 May 2026' })).status).toBe(303);
    const page = await read(path);
    expect(page).toContain('No longer watched');
    expect(page).toContain('Owner: nothing → The police');
    expect((await send(`${path}/end`, { endedOn: '' })).status).toBe(303);
    expect(await read(path)).not.toContain('No longer watched');
  });
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
