import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { examplePassword } from '../../src/platform/identity/example-accounts.ts';
import { linksSignedWith } from '../../src/platform/links/links.ts';
import { origin, testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let administrator: string;
beforeAll(async () => {
  town = await testTown();
  administrator = await town.sessionOf('administrator@haverness.example');
});
afterAll(() => town.close());
beforeEach(() => town.asAdmin('delete from platform.mail'));

const base = '/haverness/access';
const password = 'three random words';

interface Sent {
  readonly id: string;
  /** The path behind the origin, as the letter has it. */
  readonly path: string;
  readonly letter: { readonly recipient: string; readonly subject: string; readonly body: string };
}

async function newestLetter(): Promise<Sent['letter']> {
  const [letter] = await town.asAdmin<Sent['letter']>(
    'select recipient, subject, body from platform.mail order by queued_at desc, id limit 1',
  );
  if (letter === undefined) throw new Error('no letter was sent');
  return letter;
}
const pathIn = ({ body }: Sent['letter']): string =>
  body
    .split('\n')
    .find((line) => line.startsWith(origin))!
    .slice(origin.length);

async function invite(form: Readonly<Record<string, string>> = {}): Promise<Sent> {
  const answer = await town.ask(`${base}/invite`, {
    method: 'POST',
    cookie: administrator,
    form: { email: `guest${Math.random()}@council.example`, name: 'Guest', roles: 'partner', ...form },
  });
  expect(answer.status).toBe(303);
  const letter = await newestLetter();
  return { id: answer.headers.get('location')!.split('/').at(-1)!, path: pathIn(letter), letter };
}
const accept = (path: string, form: Readonly<Record<string, string>> = { name: 'Guest', password }) =>
  town.ask(path, { method: 'POST', form });
const cookieOf = (answer: Response): string => answer.headers.get('set-cookie')!.split(';')[0]!;
const rolesOf = async (email: string, slug = 'haverness') =>
  (
    await town.asAdmin<{ role: string }>(
      `select r.role from platform.role_held r join identity.person p on p.id = r.person_id
       where p.email = $1 and r.partnership_id = $2 order by 1`,
      [email, town.partnerships.get(slug)],
    )
  ).map(({ role }) => role);

describe('whoever is invited', () => {
  it('gets a letter, sees what it offers, chooses a password and is signed in', async () => {
    const { path, letter, id } = await invite({ email: 'Mira.Vale@council.example', name: 'Mira Vale' });
    expect(letter.recipient).toBe('Mira.Vale@council.example');
    expect(letter.subject).toBe('You are invited to Safer Haverness Partnership');
    expect(letter.body).toContain('Ada Thornbury invites you');
    const page = await town.ask(path);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const text = await page.text();
    expect(text).toContain('Ada Thornbury');
    expect(text).toContain('Partner representative');
    const weak = await accept(path, { name: 'Mira Vale', password: 'short' });
    expect(weak.status).toBe(422);
    expect(await weak.text()).toContain('at least 12 characters');
    const joined = await accept(path, { name: 'Mira Vale', password });
    expect([joined.status, joined.headers.get('location')]).toEqual([303, '/haverness/home']);
    const home = await town.ask('/haverness/home', { cookie: cookieOf(joined) });
    expect(home.status).toBe(200);
    expect(await rolesOf('Mira.Vale@council.example')).toEqual(['partner']);
    const [person] = await town.asAdmin<{ id: string }>(`select id from identity.person where name = 'Mira Vale'`);
    const [entry] = await town.asAdmin(
      'select actor, action, subject, outcome, fields from platform.audit_entry where partnership_id = $1 order by seq desc limit 1',
      [town.partnerships.get('haverness')],
    );
    expect(entry).toEqual({
      actor: person!.id,
      action: 'INVITATION_ACCEPTED',
      subject: `invitation/${id}`,
      outcome: 'done',
      fields: ['given partner'],
    });
    expect(
      await town.asAdmin('select name, email from partnership.person where account_id = $1', [person!.id]),
    ).toEqual([{ name: 'Mira Vale', email: 'Mira.Vale@council.example' }]);
  });

  it('becomes the person whom the register knows by this address', async () => {
    const known = '11111111-1111-4111-8111-111111111111';
    await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [town.partnerships.get('haverness')]);
    await town.asAdmin(
      `insert into partnership.person (id, partnership_id, name, email) values ($1, $2, 'As registered', 'Known@Council.example')`,
      [known, town.partnerships.get('haverness')],
    );
    const { path } = await invite({ email: 'known@council.example' });
    expect((await accept(path)).status).toBe(303);
    expect(
      await town.asAdmin(
        `select r.id from partnership.person r join identity.person p on p.id = r.account_id where p.email = 'known@council.example'`,
      ),
    ).toEqual([{ id: known }]);
  });

  it('with an account already signs in and accepts, and no second account is made', async () => {
    const email = 'analyst@castlemere.example';
    const { path } = await invite({ email: email.toUpperCase(), roles: 'councillor' });
    const stranger = await (await town.ask(path)).text();
    const other = await invite();
    const fresh = await (await town.ask(other.path)).text();
    const plain = (text: string, { path: own, letter }: Sent, name: string) =>
      text
        .replaceAll(own.slice(3), 'TOKEN')
        .replaceAll(encodeURIComponent(own), 'NEXT')
        .replaceAll(letter.recipient, 'EMAIL')
        .replaceAll(name, 'ROLE');
    const roleWords = /<div class="govuk-summary-list__row">.*?<\/div>/gs;
    expect(
      plain(stranger, { path, letter: { recipient: email.toUpperCase() } } as Sent, 'x').replace(roleWords, ''),
    ).toBe(plain(fresh, other, 'x').replace(roleWords, ''));
    const refused = await accept(path);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('sign in to accept');
    const signedIn = await town.ask('/sign-in', {
      method: 'POST',
      form: { email, password: examplePassword, next: path },
    });
    expect(signedIn.headers.get('location')).toBe(path);
    const cookie = cookieOf(signedIn);
    expect(await (await town.ask(path, { cookie })).text()).toContain('Accept the invitation');
    const joined = await town.ask(`${path}/accept`, { method: 'POST', cookie });
    expect([joined.status, joined.headers.get('location')]).toEqual([303, '/haverness/home']);
    expect(await rolesOf(email)).toEqual(['councillor']);
    expect(await rolesOf(email, 'castlemere')).toEqual(['analyst']);
    expect(await town.asAdmin('select 1 from identity.person where lower(email) = $1', [email])).toHaveLength(1);
  });

  it('cannot be stood in for by somebody else who is signed in', async () => {
    const { path, letter } = await invite();
    const cookie = await town.sessionOf('officer@haverness.example');
    expect(await (await town.ask(path, { cookie })).text()).toContain('with another email address');
    expect((await town.ask(`${path}/accept`, { method: 'POST', cookie })).status).toBe(409);
    expect((await town.ask(`${path}/accept`, { method: 'POST' })).status).toBe(401);
    expect((await accept(path)).status).toBe(303);
    expect(await rolesOf(letter.recipient)).toEqual(['partner']);
  });

  it('is told clearly when the link was used, by one of two clicks at once or before', async () => {
    const { path, letter } = await invite();
    const both = await Promise.all([accept(path), accept(path)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await both.find(({ status }) => status === 409)!.text()).toContain('was accepted already');
    const again = await town.ask(path);
    expect(again.status).toBe(404);
    expect(await again.text()).toContain('was accepted already');
    expect(await town.asAdmin('select 1 from identity.person where email = $1', [letter.recipient])).toHaveLength(1);
  });

  it('is told clearly when it was called back, replaced by a newer one, or has expired', async () => {
    const { id, path } = await invite();
    const post = (what: string) =>
      town.ask(`${base}/invitations/${id}/${what}`, { method: 'POST', cookie: administrator });
    await town.asAdmin('delete from platform.mail');
    expect((await post('resend')).status).toBe(303);
    const newer = pathIn(await newestLetter());
    expect(await (await accept(path)).text()).toContain('a newer letter has taken its place');
    expect((await town.ask(newer)).status).toBe(200);
    expect((await post('call-back')).status).toBe(303);
    expect(await (await accept(newer)).text()).toContain('was called back');
    expect((await post('resend')).status).toBe(409);
    expect((await post('call-back')).status).toBe(409);
    const claim = {
      id,
      purpose: 'invitation',
      partnership: town.partnerships.get('haverness')!,
      expires: 1_000_000_000,
    };
    expect(await (await town.ask(`/l/${town.equipment.links.sign(claim)}`)).text()).toContain('has expired');
  });

  it('gets nothing from somebody who may no longer give it', async () => {
    await town.asAdmin(
      `insert into platform.role_held (partnership_id, person_id, role) values ($1, $2, 'administrator')`,
      [town.partnerships.get('haverness'), town.people.get('coordinator@haverness.example')],
    );
    const coordinator = await town.sessionOf('coordinator@haverness.example');
    const answer = await town.ask(`${base}/invite`, {
      method: 'POST',
      cookie: coordinator,
      form: { email: 'back.door@council.example', name: 'Back Door', roles: 'administrator' },
    });
    expect(answer.status).toBe(303);
    const path = pathIn(await newestLetter());
    await town
      .asAdmin(`delete from platform.role_held where person_id = $1 and role = 'administrator'`, [
        town.people.get('coordinator@haverness.example'),
      ])
      .catch(async () => {
        await town.asAdmin(`select set_config('concord.partnership', $1, false)`, [town.partnerships.get('haverness')]);
        await town.asAdmin(`delete from platform.role_held where person_id = $1 and role = 'administrator'`, [
          town.people.get('coordinator@haverness.example'),
        ]);
      });
    expect((await accept(path)).status).toBe(409);
    expect(await rolesOf('back.door@council.example')).toEqual([]);
  });
});

describe('a link that is not ours', () => {
  it('opens nothing, whether forged, for another purpose, of another partnership or of another invitation', async () => {
    const { path } = await invite();
    const token = path.slice(3);
    const haverness = town.partnerships.get('haverness')!;
    const claim = town.equipment.links.read(token, 'invitation', new Date());
    if (typeof claim === 'string') throw new Error(claim);
    const forged = [
      'nothing',
      `${token}x`,
      token.slice(0, -1),
      token.toUpperCase(),
      `${token.split('.')[0]}.${'A'.repeat(43)}`,
      linksSignedWith('another key').sign(claim),
      town.equipment.links.sign({ ...claim, purpose: 'answer-referral' }),
    ];
    for (const wrong of forged)
      for (const answer of [await town.ask(`/l/${wrong}`), await accept(`/l/${wrong}`)]) {
        expect([404, 409]).toContain(answer.status);
        expect(await answer.text()).toContain('opens nothing');
      }
    const elsewhere = town.equipment.links.sign({ ...claim, partnership: town.partnerships.get('castlemere')! });
    expect((await accept(`/l/${elsewhere}`)).status).toBe(409);
    const unknown = town.equipment.links.sign({ ...claim, id: haverness });
    expect((await accept(`/l/${unknown}`)).status).toBe(409);
    expect((await accept(path)).status).toBe(303);
  });
});

describe('an invitation', () => {
  it('is made once for one address, even by two at the same moment', async () => {
    const form = { email: 'once@council.example', name: 'Once', roles: 'partner' };
    const both = await Promise.all(
      [0, 1].map(() => town.ask(`${base}/invite`, { method: 'POST', cookie: administrator, form })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
    expect(await town.asAdmin('select 1 from platform.mail')).toHaveLength(1);
    const again = await town.ask(`${base}/invite`, {
      method: 'POST',
      cookie: administrator,
      form: { ...form, email: 'ONCE@council.example' },
    });
    expect([again.status, await again.text()]).toEqual([422, expect.stringContaining('invited already')]);
    const here = { ...form, email: 'officer@haverness.example' };
    const known = await town.ask(`${base}/invite`, { method: 'POST', cookie: administrator, form: here });
    expect([known.status, await known.text()]).toEqual([422, expect.stringContaining('has access already')]);
    const next = { ...form, email: 'analyst@wolvering.example' };
    expect((await town.ask(`${base}/invite`, { method: 'POST', cookie: administrator, form: next })).status).toBe(303);
  });

  it('says what is missing or wrong, keeps what was typed, and lets nobody add headers or lines to a letter', async () => {
    const post = async (form: Readonly<Record<string, string>>) => {
      const answer = await town.ask(`${base}/invite`, { method: 'POST', cookie: administrator, form });
      return { status: answer.status, text: await answer.text() };
    };
    const missing = await post({ name: 'Somebody' });
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('Enter an email address');
    expect(missing.text).toContain('Choose at least one role');
    expect(missing.text).toContain('value="Somebody"');
    for (const name of ['a\r\nBcc: x@evil.example', 'a\nb', 'a\u2028b', 'x'.repeat(201)])
      expect((await post({ email: 'a@council.example', name, roles: 'partner' })).status).toBe(422);
    for (const email of [
      'a@b',
      'a@council.example\r\nBcc: x@evil.example',
      '"a b"@council.example',
      'a,b@council.example',
      '<a@council.example>',
    ])
      expect((await post({ email, name: 'A', roles: 'partner' })).status).toBe(422);
    expect((await post({ email: 'a@council.example', name: 'A', roles: 'emperor' })).status).toBe(422);
    const hostile = '<script>alert(1)</script> \u202Eevil\u{1F600}';
    const { path, letter } = await invite({ name: hostile });
    expect(letter.subject).not.toContain('\n');
    expect(await (await town.ask(path)).text()).not.toContain('<script>alert');
    expect(await (await town.ask(base, { cookie: administrator })).text()).not.toContain('<script>alert');
    const file = await town.ask(`${base}/export.csv?words=evil`, { cookie: administrator });
    expect(await file.text()).toContain(hostile);
  });
});

describe('where no mail is sent', () => {
  it('shows administrators the link to hand over, and nobody else', async () => {
    Object.assign(town.equipment, { sendsMail: false });
    const answer = await town.ask(`${base}/invite`, {
      method: 'POST',
      cookie: administrator,
      form: { email: 'by.hand@council.example', name: 'By Hand', roles: 'partner' },
    });
    const address = answer.headers.get('location')!;
    expect(await town.asAdmin('select 1 from platform.mail')).toEqual([]);
    const page = await (await town.ask(address, { cookie: administrator })).text();
    const path = new RegExp(`${origin}(/l/[\\w.-]+)`).exec(page)![1]!;
    const governance = await town.sessionOf('information-governance@haverness.example');
    expect(await (await town.ask(address, { cookie: governance })).text()).not.toContain('/l/');
    expect((await accept(path)).status).toBe(303);
    expect(await (await town.ask(address, { cookie: administrator })).text()).not.toContain('/l/');
    expect(await (await town.ask('/sign-in/forgotten')).text()).toContain('cannot send mail');
    Object.assign(town.equipment, { sendsMail: true });
  });
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
