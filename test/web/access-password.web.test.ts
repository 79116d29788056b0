import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { examplePassword } from '../../src/platform/identity/example-accounts.ts';
import { origin, testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  await town.asAdmin('delete from platform.mail');
  await town.asAdmin('delete from identity.password_reset_asked');
  await town.asAdmin('delete from identity.password_reset');
});

const analyst = 'analyst@haverness.example';
const password = 'quite another password';
const askFor = (email: string) => town.ask('/sign-in/forgotten', { method: 'POST', form: { email } });
const letters = () => town.asAdmin<{ recipient: string; body: string }>('select recipient, body from platform.mail');
async function linkFor(email: string): Promise<string> {
  await town.asAdmin('delete from platform.mail');
  await askFor(email);
  const [letter] = await letters();
  return letter!.body
    .split('\n')
    .find((line) => line.startsWith(origin))!
    .slice(origin.length);
}
const choose = (path: string, chosen = password) => town.ask(path, { method: 'POST', form: { password: chosen } });
const signIn = (email: string, tried: string) =>
  town.ask('/sign-in', { method: 'POST', form: { email, password: tried } });

describe('a forgotten password', () => {
  it('is replaced by whoever has the letter, once, and ends all other sessions', async () => {
    const before = await town.sessionOf(analyst);
    const path = await linkFor(analyst.toUpperCase());
    expect((await letters())[0]!.recipient).toBe(analyst);
    const spare = await linkFor(analyst);
    expect((await town.ask(path)).status).toBe(200);
    expect((await choose(path, 'short')).status).toBe(422);
    const both = await Promise.all([choose(path), choose(path), choose(spare)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 404, 404]);
    const cookie = both
      .find(({ status }) => status === 303)!
      .headers.get('set-cookie')!
      .split(';')[0]!;
    expect((await town.ask('/home', { cookie })).status).toBe(200);
    expect((await town.ask('/home', { cookie: before })).status).toBe(303);
    expect((await town.ask(path)).status).toBe(404);
    expect((await town.ask(spare)).status).toBe(404);
    expect((await signIn(analyst, examplePassword)).status).toBe(422);
    expect((await signIn(analyst, password)).status).toBe(303);
  });

  it('is not replaced with a link that is made up, too old, or of somebody who was disabled', async () => {
    expect((await choose(`/sign-in/new-password/${'a'.repeat(43)}`)).status).toBe(404);
    const old = await linkFor('officer@haverness.example');
    await town.asAdmin(`update identity.password_reset set expires_at = now() - interval '1 second'`);
    expect((await choose(old)).status).toBe(404);
    expect(await (await town.ask(old)).text()).toContain('Ask for a new one');
    const disabled = await linkFor('officer@haverness.example');
    await town.asAdmin(`update identity.person set disabled_at = now() where email = 'officer@haverness.example'`);
    expect((await choose(disabled)).status).toBe(404);
    await askFor('officer@haverness.example');
    expect(await letters()).toHaveLength(1);
    await town.asAdmin('update identity.person set disabled_at = null');
  });

  it('is answered the same whether there is an account or not, and only its address is written to', async () => {
    const [known, unknown] = [await askFor(analyst), await askFor('nobody@haverness.example')];
    const seen = ({ status, headers }: Response) => [status, [...headers].filter(([name]) => name !== 'date')];
    expect(seen(unknown)).toEqual(seen(known));
    expect((await letters()).map(({ recipient }) => recipient)).toEqual([analyst]);
    const kept = await town.asAdmin('select a::text as row from identity.password_reset_asked a');
    expect(JSON.stringify(kept)).not.toMatch(/nobody|analyst/);
    for (const email of ['', 'x', `${analyst}\r\nBcc: x@evil.example`, `${analyst},x@evil.example`])
      expect((await askFor(email)).status).toBe(422);
    expect(await letters()).toHaveLength(1);
  });

  it('takes as long either way', async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 60; round += 1)
      for (const which of ['known', 'unknown'] as const) {
        await town.asAdmin('delete from identity.password_reset_asked');
        const began = performance.now();
        await askFor(which === 'known' ? analyst : 'nobody@haverness.example');
        times[which].push(performance.now() - began);
      }
    const median = (values: number[]) => values.sort((a, b) => a - b)[values.length / 2]!;
    const [known, unknown] = [median(times.known), median(times.unknown)];
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(3, 0.35 * unknown));
  });

  it('brings three letters an hour to one who asks, and others may still ask', async () => {
    for (let tries = 0; tries < 6; tries += 1) expect((await askFor(analyst)).status).toBe(303);
    expect(await letters()).toHaveLength(3);
    await askFor('hub@haverness.example');
    expect(await letters()).toHaveLength(4);
    await town.asAdmin(`update identity.password_reset_asked set address_hash = '\\x00'`);
    await askFor(analyst);
    expect(await letters()).toHaveLength(5);
  });
});

describe('one’s own account', () => {
  it('shows roles and sessions, changes the password with the old one only, and signs out everywhere', async () => {
    const email = 'hub@haverness.example';
    const [here, there] = [await town.sessionOf(email), await town.sessionOf(email)];
    const page = await (await town.ask('/account', { cookie: here })).text();
    expect(page).toContain('Wolvering Together');
    expect(page.match(/this browser/g)).toHaveLength(1);
    const change = (form: Readonly<Record<string, string>>) =>
      town.ask('/account/password', { method: 'POST', cookie: here, form });
    const wrong = await change({ current: 'wrong', password });
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('not your password now')]);
    expect((await change({ current: examplePassword, password: 'short' })).status).toBe(422);
    expect((await change({ current: examplePassword, password })).status).toBe(303);
    expect((await town.ask('/home', { cookie: there })).status).toBe(303);
    expect((await town.ask('/home', { cookie: here })).status).toBe(200);
    for (let tries = 0; tries < 5; tries += 1) await change({ current: `guess ${tries}`, password });
    expect((await change({ current: password, password })).status).toBe(429);
    const more = await town.sessionOf(email);
    expect((await town.ask('/account/sign-out-everywhere', { method: 'POST', cookie: here })).status).toBe(303);
    for (const cookie of [here, more]) expect((await town.ask('/home', { cookie })).status).toBe(303);
  });
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
