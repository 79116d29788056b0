import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testTown, type TestTown } from '../records/installation.ts';

const base = '/haverness/access';
const administratorEmail = 'administrator@haverness.example';
const analystEmail = 'analyst@haverness.example';

let town: TestTown;
let administrator: string;
beforeAll(async () => {
  town = await testTown();
  await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [town.partnerships.get('haverness')]);
});
beforeEach(async () => {
  administrator = await town.sessionOf(administratorEmail);
});
afterAll(() => town.close());

const idOf = (email: string): string => town.people.get(email)!;
const rolesOf = async (email: string, slug = 'haverness') =>
  (
    await town.asAdmin<{ role: string }>(
      'select role from platform.role_held where person_id = $1 and partnership_id = $2 order by role',
      [idOf(email), town.partnerships.get(slug)],
    )
  ).map(({ role }) => role);
const give = (email: string, role: string) =>
  town.asAdmin('insert into platform.role_held (partnership_id, person_id, role) values ($1, $2, $3)', [
    town.partnerships.get('haverness'),
    idOf(email),
    role,
  ]);
const take = (email: string, role: string) =>
  town.asAdmin('delete from platform.role_held where partnership_id = $1 and person_id = $2 and role = $3', [
    town.partnerships.get('haverness'),
    idOf(email),
    role,
  ]);
const setRoles = (cookie: string, email: string, roles: readonly string[], madeFrom: readonly string[], at = base) =>
  town.web.fetch(
    new Request(`http://concord.test${at}/people/${idOf(email)}/roles`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: 'http://concord.test', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams([
        ...roles.map((role) => ['roles', role]),
        ['madeFrom', madeFrom.join(' ')],
      ] as string[][]).toString(),
    }),
  );
const end = (cookie: string, email: string, at = base) =>
  town.ask(`${at}/people/${idOf(email)}/end`, { method: 'POST', cookie });

describe('roles', () => {
  it('are given and taken with their history, and the audit names them', async () => {
    const answer = await setRoles(administrator, analystEmail, ['coordinator', 'officer'], ['analyst']);
    expect(answer.status).toBe(303);
    expect(await rolesOf(analystEmail)).toEqual(['coordinator', 'officer']);
    const ended = await town.asAdmin(
      'select role, given_by, ended_by from platform.role_ended where person_id = $1 and partnership_id = $2',
      [idOf(analystEmail), town.partnerships.get('haverness')],
    );
    expect(ended).toEqual([{ role: 'analyst', given_by: 'system', ended_by: idOf(administratorEmail) }]);
    const [entry] = await town.asAdmin(
      'select action, subject, fields from platform.audit_entry where partnership_id = $1 order by seq desc limit 1',
      [town.partnerships.get('haverness')],
    );
    expect(entry).toEqual({
      action: 'ROLES_CHANGED',
      subject: `person/${idOf(analystEmail)}`,
      fields: ['given coordinator', 'given officer', 'taken analyst'],
    });
    const page = await (await town.ask(`${base}/people/${idOf(analystEmail)}`, { cookie: administrator })).text();
    expect(page).toContain('Roles changed');
    expect(page).toContain('Taken: Partnership analyst.');
    expect(page).toContain('Ada Thornbury');
    const changes = await (await town.ask(`${base}/changes/export.csv`, { cookie: administrator })).text();
    expect(changes).toMatch(/Anwen Marsh,Roles changed,.*Partnership analyst,Ada Thornbury/);
    expect((await setRoles(administrator, analystEmail, ['analyst'], ['coordinator', 'officer'])).status).toBe(303);
  });

  it('are not overwritten when somebody else changed them meanwhile', async () => {
    const answer = await setRoles(administrator, analystEmail, ['hub'], ['partner']);
    expect(answer.status).toBe(409);
    const text = await answer.text();
    expect(text).toContain('They are now: Partnership analyst');
    expect(text).toContain('value="analyst"');
    expect(await rolesOf(analystEmail)).toEqual(['analyst']);
  });

  it('cannot be given in another partnership, nor to its people, nor by those who may only read', async () => {
    const castlemere = 'analyst@castlemere.example';
    expect((await setRoles(administrator, analystEmail, ['administrator'], [], '/castlemere/access')).status).toBe(403);
    expect((await setRoles(administrator, castlemere, ['administrator'], ['analyst'])).status).toBe(404);
    expect((await end(administrator, castlemere)).status).toBe(404);
    expect((await town.ask(`${base}/people/${idOf(castlemere)}`, { cookie: administrator })).status).toBe(404);
    expect((await end(administrator, castlemere, '/castlemere/access')).status).toBe(403);
    const governance = await town.sessionOf('information-governance@haverness.example');
    expect((await town.ask(base, { cookie: governance })).status).toBe(200);
    const self = 'information-governance@haverness.example';
    expect((await setRoles(governance, self, ['administrator'], ['information-governance'])).status).toBe(403);
    expect((await end(governance, administratorEmail)).status).toBe(403);
    expect(await rolesOf(castlemere, 'castlemere')).toEqual(['analyst']);
    expect(await rolesOf(castlemere)).toEqual([]);
  });
});

describe('the last administrator', () => {
  const coordinator = 'coordinator@haverness.example';
  afterEach(async () => {
    if (!(await rolesOf(administratorEmail)).includes('administrator')) await give(administratorEmail, 'administrator');
    if ((await rolesOf(coordinator)).includes('administrator')) await take(coordinator, 'administrator');
    if (!(await rolesOf(coordinator)).includes('coordinator')) await give(coordinator, 'coordinator');
    await town.asAdmin('update identity.person set disabled_at = null');
  });

  it('stays, and the page says what to do first', async () => {
    for (const answer of [
      await end(administrator, administratorEmail),
      await setRoles(administrator, administratorEmail, ['analyst'], ['administrator']),
    ]) {
      expect(answer.status).toBe(409);
      expect(await answer.text()).toContain('Make somebody else an administrator first');
    }
    await give(coordinator, 'administrator');
    await town.asAdmin('update identity.person set disabled_at = now() where id = $1', [idOf(coordinator)]);
    expect((await end(administrator, administratorEmail)).status).toBe(409);
    expect(await rolesOf(administratorEmail)).toEqual(['administrator']);
  });

  it('may go once there is another', async () => {
    await give(coordinator, 'administrator');
    const answer = await end(administrator, administratorEmail);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/home']);
    expect((await town.ask('/home', { cookie: administrator })).status).toBe(303);
  });

  it('is one of two who remove each other at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      await give(coordinator, 'administrator');
      const [ada, colm] = [await town.sessionOf(administratorEmail), await town.sessionOf(coordinator)];
      const answers = await Promise.all(
        round % 2 === 0
          ? [end(ada, coordinator), end(colm, administratorEmail)]
          : [end(ada, administratorEmail), end(colm, coordinator)],
      );
      const left = await town.asAdmin(
        `select person_id from platform.role_held where partnership_id = $1 and role = 'administrator'`,
        [town.partnerships.get('haverness')],
      );
      expect(left).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
      if (!(await rolesOf(administratorEmail)).includes('administrator'))
        await give(administratorEmail, 'administrator');
      if ((await rolesOf(coordinator)).includes('administrator')) await take(coordinator, 'administrator');
      if (!(await rolesOf(coordinator)).includes('coordinator')) await give(coordinator, 'coordinator');
    }
  });
});

describe('ending access', () => {
  it('ends sessions and an open event stream at once, for this partnership only', async () => {
    const job = town.world.idOf('job');
    const events = `/haverness/jobs/${job}/events`;
    const both = 'analyst@haverness.example';
    await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [town.partnerships.get('wolvering')]);
    await town.asAdmin(`insert into platform.role_held (partnership_id, person_id, role) values ($1, $2, 'analyst')`, [
      town.partnerships.get('wolvering'),
      idOf(both),
    ]);
    await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [town.partnerships.get('haverness')]);
    const cookie = await town.sessionOf(both);
    const reader = (await town.ask(events, { cookie })).body!.getReader();
    expect((await reader.read()).done).toBe(false);
    const asked = Date.now();
    expect((await end(administrator, both)).status).toBe(303);
    let last = await reader.read();
    // An event that was read before the end may be on its way still.
    for (let more = 0; !last.done && more < 3; more += 1) last = await reader.read();
    expect(last.done).toBe(true);
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect((await town.ask('/haverness/home', { cookie })).status).toBe(403);
    expect((await town.ask('/wolvering/home', { cookie })).status).toBe(200);

    await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [town.partnerships.get('wolvering')]);
    await town.asAdmin('delete from platform.role_held where person_id = $1', [idOf(both)]);
    await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [town.partnerships.get('haverness')]);
    expect((await setRoles(administrator, both, ['analyst'], [])).status).toBe(303);
    expect((await town.ask('/haverness/home', { cookie })).status).toBe(200);
    expect((await end(administrator, both)).status).toBe(303);
    expect((await town.ask('/haverness/home', { cookie })).status).toBe(303);
    expect(await town.asAdmin('select 1 from identity.session where person_id = $1', [idOf(both)])).toEqual([]);
    expect((await setRoles(administrator, both, ['analyst'], [])).status).toBe(303);
  });

  it('keeps the name on what the person did, and lets them be found among those who left', async () => {
    const partner = 'partner@haverness.example';
    expect((await end(administrator, partner)).status).toBe(303);
    const list = await (await town.ask(base, { cookie: administrator })).text();
    expect(list).not.toContain('Pavel Ashdown');
    const ended = await (await town.ask(`${base}?state=ended`, { cookie: administrator })).text();
    expect(ended).toContain('Pavel Ashdown');
    expect(
      await town.asAdmin(`select 1 from identity.person where email = $1 and disabled_at is null`, [partner]),
    ).toHaveLength(1);
    expect((await setRoles(administrator, partner, ['partner'], [])).status).toBe(303);
    const changes = await (await town.ask(`${base}/changes`, { cookie: administrator })).text();
    expect(changes).toContain('Left');
    expect(changes).toContain('Joined');
  });
});

describe('the list', () => {
  it('filters, sorts and is exported', async () => {
    const text = async (query: string) => (await town.ask(`${base}?${query}`, { cookie: administrator })).text();
    expect(await text('state=invited')).toContain('Ned Castellan');
    expect(await text('state=invited')).not.toContain('Anwen Marsh');
    expect(await text('role=councillor')).toContain('Cora Whitlock');
    expect(await text('words=RHODA')).toContain('rhoda.penhallow@haverness.example');
    expect(await text('words=%25')).toContain('Nobody matches');
    const first = await text('sort=signedIn&order=ascending');
    expect(first.indexOf('Rhoda Penhallow')).toBeLessThan(first.indexOf('Cora Whitlock'));
    expect(first.indexOf('Cora Whitlock')).toBeLessThan(first.indexOf('Olu Fairweather'));
    expect((await town.ask(`${base}?sort=password`, { cookie: administrator })).status).toBe(400);
    const wrong = await town.ask(`${base}/changes?from=nonsense`, { cookie: administrator });
    expect(wrong.status).toBe(400);
    const file = await (await town.ask(`${base}/export.csv?state=invited`, { cookie: administrator })).text();
    expect(file).toContain('Name,Email address,Roles,Since,Last signed in,State\r\n');
    expect(file).toContain('Ned Castellan,ned.castellan@haverness.example,Partner representative,');
  });
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
