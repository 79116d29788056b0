import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyInstallation, origin, testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let here: string;
beforeAll(async () => {
  town = await testTown();
  here = town.partnerships.get('haverness')!;
  await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [here]);
});
afterAll(() => town.close());

const page = async (path: string, role?: string) =>
  (
    await town.ask(path, role === undefined ? {} : { cookie: await town.sessionOf(`${role}@haverness.example`) })
  ).text();
const day = (iso: string) => `{"text": "${iso}", "earliest": "${iso}", "latest": "${iso}"}`;
const add = async (table: string, columns: string, ...values: readonly unknown[]) =>
  (
    await town.asAdmin<{ id: string }>(
      `insert into partnership.${table} (partnership_id, ${columns}) values ('${here}', ${values.map((_, k) => `$${k + 1}`).join(', ')}) returning id`,
      values,
    )
  )[0]!.id;
/** The sentences of a home, in their order. */
const needs = (html: string) => {
  const list = /<ol class="concord-needs">(.*?)<\/ol>/s.exec(html)?.[1] ?? '';
  return [...list.matchAll(/<a[^>]*href="([^"]*)">([^<]*)/g)].map(([, href, words]) => `${words} ${href}`);
};

describe('the home of each role says what needs them, in the order in which it does', () => {
  let body: string;
  let organisation: string;
  let person: string;
  beforeAll(async () => {
    body = await add(
      'body',
      'name, kind, frequency, terms_review',
      'Need Board',
      'board',
      'quarterly',
      day('2026-05-20'),
    );
    organisation = await add('organisation', 'name', 'Leaving Trust');
    await add('membership', 'organisation_id, capacity, until', organisation, 'business', day('2026-06-20'));
    person = await add('person', 'name', 'Una Postless');
    const account = town.people.get('councillor@haverness.example');
    const [known] = await town.asAdmin<{ id: string }>('select id from partnership.person where account_id = $1', [
      account,
    ]);
    const member = known?.id ?? (await add('person', 'name, account_id', 'Cora Whitlock', account));
    await add('seat', 'body_id, person_id, role', body, member, 'member');
    await add('meeting', 'body_id, on_day', body, day('2026-06-10'));
    await town.asAdmin(
      `insert into platform.job (partnership_id, kind, title, payload, asked_by, state, started_at, ended_at) values ($1, 'audit-check', 'A check', '{}', $2, 'failed', now(), now())`,
      [here, town.people.get('analyst@haverness.example')],
    );
  });

  it('the coordinator: what is overdue, what comes, what is missing', async () => {
    const html = await page('/haverness/home', 'coordinator');
    const said = needs(html).filter((line) => /Need Board|Leaving Trust|Una Postless/.test(line));
    expect(said).toEqual([
      `Review the terms of Need Board /haverness/bodies/${body}`,
      `Prepare for the meeting of Need Board /haverness/bodies/${body}`,
      `Decide whether Leaving Trust stays a member /haverness/organisations/${organisation}`,
      `Choose a chair for Need Board /haverness/bodies/${body}`,
      `Say which post Una Postless holds, or that they left /haverness/people/${person}`,
    ]);
    expect(html).toMatch(/Review the terms of Need Board<\/a>\s*<strong class="govuk-tag govuk-tag--red">Overdue/);
    expect(html).toContain('They were due 20 May 2026.');
  });

  it('a councillor: the meeting of a body in which they sit, and nothing of the register’s keeping', async () => {
    const said = needs(await page('/haverness/home', 'councillor'));
    expect(said.filter((line) => !line.startsWith('Prepare'))).toEqual([]);
    expect(said.filter((line) => line.includes('Need Board'))).toEqual([
      `Prepare for the meeting of Need Board /haverness/bodies/${body}`,
    ]);
  });

  it('whoever asked for work that failed, and the administrator, first of all', async () => {
    expect(needs(await page('/haverness/home', 'analyst'))[0]).toMatch(/^See why this failed: A check/);
    expect(needs(await page('/haverness/home', 'administrator'))[0]).toMatch(/^See why this failed: A check/);
    expect(await page('/haverness/home', 'officer')).not.toContain('A check');
  });

  it('the information governance lead: an audit that nobody checked', async () => {
    expect(needs(await page('/haverness/home', 'information-governance'))).toContain(
      'Check the audit /haverness/audit',
    );
    await town.asAdmin(
      `insert into platform.job (partnership_id, kind, title, payload, asked_by, state, started_at, ended_at) values ($1, 'audit-check', 'A check', '{}', 'system', 'done', now(), now())`,
      [here],
    );
    expect(await page('/haverness/home', 'information-governance')).not.toContain('Check the audit</a>');
  });

  it('many of a kind are one line', async () => {
    for (let k = 0; k < 5; k += 1) await add('body', 'name, kind, frequency', `Chairless ${k}`, 'group', 'monthly');
    const chairs = needs(await page('/haverness/home', 'democratic-services')).filter((line) => line.includes('chair'));
    expect(chairs).toHaveLength(1);
    expect(chairs[0]).toMatch(/^Choose chairs for \d+ bodies \/haverness\/bodies$/);
  });
});

describe('the first home of a coordinator', () => {
  it('says what to set up next, and how far it is', async () => {
    const hub = await page('/merrowshire/home', 'hub');
    expect(hub).toContain('Set up your partnership');
    expect(hub).toMatch(/Not started/);
    expect(hub).toMatch(/Named/);
  });
});

describe('public homes', () => {
  it('the installation: hub, areas, help, and a way to leave at once', async () => {
    const html = await page('/');
    for (const words of ['Merrowshire', 'Safer Haverness Partnership', 'call 999', '101', 'Exit this page'])
      expect(html).toContain(words);
  });

  it('finds a partnership by any of its names, however it is spelt', async () => {
    expect(await page('/?place=HAVERNESS')).toContain('1 partnership');
    expect(await page('/?place=%25')).toContain('No partnership here has');
    expect(await page(`/?${new URLSearchParams({ place: `<script>alert(1)</script>` }).toString()}`)).not.toContain(
      '<script>alert',
    );
  });

  it('the partnership: members by standing, other names, bodies, contact', async () => {
    const html = await page('/haverness');
    for (const words of ['Specified authorities', 'Who decides', 'Information governance, Haverness Council'])
      expect(html).toContain(words);
    expect(html).not.toContain('Una Postless');
    expect(html).not.toContain('Cora Whitlock');
  });

  it('of an empty installation: says so', async () => {
    const empty = await emptyInstallation();
    try {
      const html = await (await empty.ask('/')).text();
      expect(html).toContain('No partnership has been set up here yet.');
      expect(html).not.toContain('In the example it is');
      expect(await (await empty.ask('/privacy')).text()).toContain('No partnership has been set up here yet.');
    } finally {
      await empty.close();
    }
  });
});

describe('the cookies page', () => {
  it('names the cookie that signing in really sets, and how long it really lasts', async () => {
    const before = Date.now();
    const signedIn = await town.ask('/sign-in', {
      method: 'POST',
      form: { email: 'analyst@haverness.example', password: 'haverness-example' },
    });
    const set = signedIn.headers.getSetCookie();
    expect(set).toHaveLength(1);
    const [, name, expires] = /^([^=]+)=.*Expires=([^;]+)/.exec(set[0]!) ?? [];
    const hours = Math.round((Date.parse(expires!) - before) / 3_600_000);
    const html = await page('/cookies');
    expect(html).toContain(`<code>${name}</code>`);
    expect(html).toContain(`After ${hours} hours`);
    expect(html).toContain('The one cookie');
    expect(origin).toMatch(/^http:/);
  });

  it('is true of every public page: none is set', async () => {
    for (const address of [
      '/',
      '/haverness',
      '/cookies',
      '/privacy',
      '/haverness/accessibility',
      '/sign-in',
      '/nowhere/x',
    ])
      expect((await town.ask(address)).headers.getSetCookie()).toEqual([]);
  });
});

describe('the public home', () => {
  it('leads to what the partnership has published, and to nothing that it has not', async () => {
    const links = async (slug: string) =>
      [
        ...(await page(`/${slug}`)).matchAll(
          new RegExp(`href="(/${slug}/(?:assessments|definition|strategy|our-plan))"`, 'g'),
        ),
      ].map(([, href]) => href ?? '');
    const published = await links('haverness');
    expect(published).toContain('/haverness/assessments');
    expect(published).toContain('/haverness/definition');
    expect(published).toContain('/haverness/strategy');
    for (const href of published) expect((await town.ask(href)).status).toBe(200);
    expect(await links('castlemere')).toEqual([]);
  });
});
