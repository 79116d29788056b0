import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleDirectoryIds } from '../../src/directory/example-services.ts';
import { referralCare } from '../../src/directory/referral.job.ts';
import { roles } from '../../src/duty/index.ts';
import { exampleOrganisations } from '../../src/partnership/example-organisations.ts';
import { routes } from '../../src/web/routes.ts';
import { testTown, type TestTown } from '../records/installation.ts';
import { found, wholeDatabase } from './planted-name.ts';

let town: TestTown;
const organisation = (name: string) => exampleOrganisations.find((each) => each.name === name)?.id ?? '';
const [council, fire] = [organisation('Haverness Council'), organisation('Merrowshire Fire and Rescue Service')];
const service = exampleDirectoryIds['service'] ?? '';
const at = `/haverness/directory/${service}/refer`;
const list = '/haverness/referrals';
const agreement = '0e000000-0000-4000-8000-000000000777';
const planted = 'Zephyrine Thistleböm O’Dowd-"Quayle"';
const contact = 'Quorrelwick Vantablane-Moor';

const bound = async (text: string, values: readonly unknown[] = []) => {
  await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [town.partnerships.get('haverness')]);
  return town.asAdmin(text, values);
};
const ask = async (role: string, path: string, form?: Readonly<Record<string, string>>) => {
  const answer = await town.ask(path, {
    cookie: await town.sessionOf(`${role}@haverness.example`),
    ...(form !== undefined && { method: 'POST' as const, form }),
  });
  return { status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() };
};
const partner = () => town.people.get('partner@haverness.example') ?? '';
const typed = (): Record<string, string> => ({
  from: council,
  sentTo: partner(),
  name: planted,
  age: '15',
  contact,
  why: 'Wants to learn to box on Tuesdays',
  health: 'no',
  canConsent: 'yes',
  consented: 'yes',
});
const wanted = { isOn: 'yes', agreement, dpia: 'DPIA 17', dpiaOn: '2026-05-01', keepDays: '30', answerDays: '5' };
const throughGateway = (gateway: string) =>
  bound('update exchange.agreement set gateway = $2 where id = $1', [agreement, gateway]);
const newest = async () =>
  (
    await town.asAdmin<{ action: string; subject: string; outcome: string; actor: string }>(
      'select action, subject, outcome, actor from platform.audit_entry where partnership_id = $1 order by seq desc limit 1',
      [town.partnerships.get('haverness')],
    )
  )[0];
const care = (day: string) => {
  const partnership = town.partnerships.get('haverness') ?? '';
  const entry = { door: 'concord_member', actor: 'system', partnership } as const;
  return referralCare.run({
    id: '',
    payload: {},
    attempt: 1,
    partnership,
    signal: new AbortController().signal,
    progress: () => undefined,
    read: (act) => town.records.read(entry, act),
    write: (act) => town.records.write(entry, act),
    equipment: { ...town.equipment, standsOn: day },
  });
};

beforeAll(async () => {
  town = await testTown();
  await bound('update directory.service set organisation_id = $2 where id = $1', [service, fire]);
  await bound(
    `insert into exchange.agreement (id, title, purpose, level, gateway, marking, signed_on, starts)
     values ($1, 'Referral of named people', 'To help', 'records', 'pcsc-16', 'official-sensitive', '2026-01-01', '2026-01-01')`,
    [agreement],
  );
  await bound(
    `insert into exchange.agreement_party (agreement_id, organisation_id, role) values ($1, $2, 'both'), ($1, $3, 'receives')`,
    [agreement, council, fire],
  );
});
afterAll(() => town.close());

let id = '';
describe('referral of a named person', () => {
  it('is off: the page and the form say so, and PostgreSQL refuses the row', async () => {
    expect((await ask('officer', `/haverness/directory/${service}`)).text).not.toContain('Refer somebody');
    expect((await ask('officer', at)).text).toContain('is off here');
    const sent = await ask('officer', at, typed());
    expect(sent.status).toBe(409);
    expect(await town.asAdmin('select from directory.referral')).toEqual([]);
  });

  it('is switched on with a live agreement and an approved assessment only', async () => {
    expect((await ask('officer', `${list}/switch`, wanted)).status).toBe(403);
    for (const wrong of [{ dpia: '' }, { dpiaOn: '2027-01-01' }, { agreement: '0e000000-0000-4000-8000-000000000001' }])
      expect((await ask('coordinator', `${list}/switch`, { ...wanted, ...wrong })).status).toBe(422);
    expect((await ask('coordinator', `${list}/switch`, wanted)).status).toBe(303);
    expect(await newest()).toMatchObject({ action: 'REFERRALS_SWITCHED', outcome: 'done' });
    expect((await ask('officer', `/haverness/directory/${service}`)).text).toContain('Refer somebody');
  });

  it('asks for consent or the reason to go without, and refuses patient information where the gateway does', async () => {
    const without = await ask('officer', at, { ...typed(), consented: 'no' });
    expect(without.status).toBe(422);
    expect(without.text).toContain('safeguarding reason');
    for (const form of [{ health: 'yes' }, { why: 'Was diagnosed with something' }]) {
      const refused = await ask('officer', at, { ...typed(), ...form });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('no patient information');
      expect(await newest()).toMatchObject({ action: 'REFERRAL_SENT', outcome: 'refused' });
    }
    await throughGateway('istv');
    expect((await ask('officer', at, typed())).text).toContain('lets through no named person');
    await throughGateway('pcsc-16');
    expect(
      (await ask('officer', at, { ...typed(), sentTo: town.people.get('officer@haverness.example') ?? '' })).status,
    ).toBe(422);
    expect(await town.asAdmin('select from directory.referral')).toEqual([]);
    expect(town.faults).toEqual([]);
  });

  it('goes between two accounts, is seen by their organisations alone, and every view is in the audit', async () => {
    const sent = await ask('officer', at, typed());
    expect(sent.status, sent.text).toBe(303);
    id = sent.to.split('/').at(-1) ?? '';
    for (const role of ['officer', 'partner']) {
      const page = await ask(role, `${list}/${id}`);
      expect({ role, status: page.status, seen: found(page.text, planted) !== undefined }).toEqual({
        role,
        status: 200,
        seen: true,
      });
      expect(await newest()).toEqual({
        action: 'REFERRAL_SEEN',
        subject: `referral/${id}`,
        outcome: 'seen',
        actor: town.people.get(`${role}@haverness.example`),
      });
      const listed = await ask(role, list);
      expect(listed.text).toContain(`${list}/${id}`);
      expect(found(listed.text, planted)).toBeUndefined();
    }
    // Somebody with a role that reads referrals, whose organisation is neither: their post is moved elsewhere.
    const account = town.people.get('prevention-lead@haverness.example');
    const elsewhere = organisation('HMP Sallow Moor');
    await bound(
      `update partnership.post set organisation_id = $2 where person_id in (select id from partnership.person where account_id = $1)`,
      [account, elsewhere],
    );
    expect((await ask('prevention-lead', `${list}/${id}`)).status).toBe(404);
    expect((await ask('prevention-lead', list)).text).not.toContain(id);
    for (const role of ['analyst', 'councillor', 'hub', 'information-governance', 'administrator'])
      expect((await ask(role, `${list}/${id}`)).status).toBe(403);
  });

  it('is not opened by a post that an account wrote for itself, until somebody else confirms it', async () => {
    const coordinator = town.people.get('coordinator@haverness.example') ?? '';
    const own = 'person_id in (select id from partnership.person where account_id = $1)';
    const posts = await bound(`select id, organisation_id from partnership.post where ${own}`, [coordinator]);
    const writtenBy = (actor: string) => town.asAdmin(`select set_config('concord.person', $1, false)`, [actor]);
    await writtenBy(coordinator);
    await bound(`update partnership.post set organisation_id = $2 where ${own}`, [coordinator, fire]);
    expect((await ask('coordinator', `${list}/${id}`)).status).toBe(404);
    expect((await ask('coordinator', list)).text).not.toContain(id);
    await writtenBy(town.people.get('administrator@haverness.example') ?? '');
    await bound(`update partnership.post set title = title || ' (seconded)' where ${own}`, [coordinator]);
    expect((await ask('coordinator', `${list}/${id}`)).status).toBe(200);
    for (const post of posts as { id: string; organisation_id: string }[])
      await bound('update partnership.post set organisation_id = $2 where id = $1', [post.id, post.organisation_id]);
    await writtenBy('');
  });

  it('is answered by the provider step by step, and by nobody out of turn', async () => {
    expect((await ask('officer', `${list}/${id}`, { answer: 'accepted' })).status).toBe(409);
    expect((await ask('partner', `${list}/${id}`, { answer: 'completed' })).status).toBe(409);
    expect((await ask('partner', `${list}/${id}`, { answer: 'nonsense' })).status).toBe(422);
    for (const answer of ['waiting', 'accepted'])
      expect((await ask('partner', `${list}/${id}`, { answer, note: `${planted} comes on Tuesday` })).status).toBe(303);
    expect((await ask('officer', `${list}/${id}`)).text).toContain('On a waiting list');
  });

  it('lets a note through no wider gate than the referral, and none where the agreement holds no more', async () => {
    const answered = async (answer: string, note = '') => ask('partner', `${list}/${id}`, { answer, note });
    const states = () => town.asAdmin('select state from directory.referral');
    const before = await states();
    const ill = await answered('reached', 'Was diagnosed last week');
    expect(ill.status).toBe(422);
    expect(ill.text).toContain('These words may be of health: diagnosed.');
    expect(ill.text).toContain('Was diagnosed last week');
    expect(await newest()).toMatchObject({ action: 'REFERRAL_ANSWERED', outcome: 'refused' });
    await throughGateway('istv');
    expect((await answered('reached', 'On Tuesday')).text).toContain('lets through no named person');
    await throughGateway('pcsc-16');
    await bound('update directory.referral_switch set is_on = false');
    expect((await answered('reached')).text).toContain('You can only decline the referral or take it back');
    expect((await answered('declined', 'He moved away')).text).toContain('without a note');
    await bound('update directory.referral_switch set is_on = true');
    expect(await states()).toEqual(before);
  });

  it('is not addressed to an account that may not open it', async () => {
    const before = await ask('officer', at);
    expect(before.text).toContain(partner());
    const held = await bound(`delete from platform.role_held where person_id = $1 returning role`, [partner()]);
    await bound(`insert into platform.role_held (partnership_id, person_id, role) values ($1, $2, 'analyst')`, [
      town.partnerships.get('haverness'),
      partner(),
    ]);
    expect((await ask('officer', at)).text).not.toContain(partner());
    await bound(`delete from platform.role_held where person_id = $1`, [partner()]);
    for (const { role } of held as { role: string }[])
      await bound(`insert into platform.role_held (partnership_id, person_id, role) values ($1, $2, $3)`, [
        town.partnerships.get('haverness'),
        partner(),
        role,
      ]);
  });

  it('takes a reason that is not needed, and a shorter time of keeping for what is there', async () => {
    const sent = await ask('officer', at, { ...typed(), overrideReason: 'n/a' });
    expect(sent.status, sent.text).toBe(303);
    const second = sent.to.split('/').at(-1) ?? '';
    const [kept] = await town.asAdmin<{ reason: string | null }>(
      'select override_reason as reason from directory.referral where id = $1',
      [second],
    );
    expect(kept).toEqual({ reason: null });
    await town.asAdmin(`update directory.referral set delete_on = '2027-06-01' where id = $1`, [second]);
    expect((await ask('coordinator', `${list}/switch`, wanted)).status).toBe(303);
    const [shortened] = await town.asAdmin<{ day: string }>(
      'select delete_on::text as day from directory.referral where id = $1',
      [second],
    );
    expect(shortened?.day).toBe('2026-07-01');
    await town.asAdmin('delete from directory.referral where id = $1', [second]);
  });

  it('tells the sender of silence, on the home and by a letter that names nobody, once', async () => {
    await town.asAdmin(`update directory.referral set answer_by = '2026-05-20'`);
    expect((await ask('officer', '/haverness/home')).text).toContain(`${list}/${id}`);
    expect((await ask('analyst', '/haverness/home')).text).not.toContain(id);
    await care('2026-06-01');
    await care('2026-06-01');
    const letters = await town.asAdmin<{ recipient: string; subject: string; body: string }>(
      `select recipient, subject, body from platform.mail where subject like 'A referral%'`,
    );
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ recipient: 'officer@haverness.example' });
    expect(found(`${letters[0]?.subject} ${letters[0]?.body}`, planted)).toBeUndefined();
  });

  const inTables = async () =>
    [...(await wholeDatabase(town, []))].flatMap(([table, text]) =>
      found(text, planted) === undefined ? [] : [table],
    );

  it('stands in two tables while it lives, and on no page but its own', async () => {
    expect((await inTables()).sort()).toEqual(['directory.referral', 'directory.referral_answer']);
    for (const route of routes) {
      if (route.method !== 'GET' || route.path.endsWith('/events')) continue;
      const example = route.example(town.world);
      if ('none' in example) continue;
      const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => example.params[name] ?? '');
      for (const role of [
        undefined,
        ...roles.filter((each) => ['officer', 'partner', 'coordinator', 'administrator'].includes(each)),
      ]) {
        const answer = await town.ask(
          `${path}?${new URLSearchParams(example.query ?? {}).toString()}`,
          role === undefined ? {} : { cookie: await town.sessionOf(`${role}@haverness.example`) },
        );
        const text = `${JSON.stringify([...answer.headers])}\n${await answer.text()}`;
        for (const words of [planted, contact])
          expect({ path, role, shape: found(text, words) }).toEqual({ path, role, shape: undefined });
      }
    }
  }, 120_000);

  it('is really deleted on its day: nothing of the person is in any table', async () => {
    const [row] = await town.asAdmin<{ delete_on: string }>('select delete_on::text from directory.referral');
    expect(row?.delete_on).toBe('2026-07-01');
    await care('2026-06-30');
    expect(await inTables()).not.toEqual([]);
    expect((await care('2026-07-01')).note).toContain('1 referral was deleted');
    expect(await inTables()).toEqual([]);
    for (const [table, text] of await wholeDatabase(town, []))
      expect({ table, shape: found(text, contact) }).toEqual({ table, shape: undefined });
    expect((await ask('officer', `${list}/${id}`)).status).toBe(404);
    expect(found(town.faults.join('\n'), planted)).toBeUndefined();
    expect(town.faults).toEqual([]);
  });
});
