import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { examplePassword } from '../../src/platform/identity/example-accounts.ts';
import { createHttpServer } from '../../src/platform/http/server.ts';
import { origin, testTown, type TestTown } from '../records/installation.ts';
import { sendRaw } from './raw-connection.ts';

let town: TestTown;
let server: Server;
beforeAll(async () => {
  town = await testTown();
  server = createHttpServer(town.web);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise<void>((done) => void server.close(() => done()));
  await town.close();
});
beforeEach(() => town.asAdmin('delete from identity.sign_in_failure'));

const analyst = 'analyst@haverness.example';
const hub = 'hub@haverness.example';
const guesser = '127.0.0.66';
const colleague = '127.0.0.7';

function tryFrom(from: string, email: string, password: string) {
  const body = new URLSearchParams({ email, password }).toString();
  const { port } = server.address() as AddressInfo;
  return sendRaw(
    port,
    [
      `POST /sign-in HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: ${origin}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ],
    { from },
  );
}
const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status);
const failures = async () =>
  (await town.asAdmin<{ count: number }>('select count(*)::int from identity.sign_in_failure'))[0]!.count;

it('makes whoever guessed five times wait, even with the right password, and nobody else', async () => {
  const guesses = [];
  for (let k = 0; k < 5; k += 1) guesses.push(await tryFrom(guesser, analyst, `guess ${k}`));
  expect(statuses(guesses)).toEqual([422, 422, 422, 422, 422]);
  const waits = await tryFrom(guesser, analyst, examplePassword);
  expect(waits.status).toBe(429);
  expect(waits.body).toContain('Wait 15 minutes');
  expect(waits.headers.has('set-cookie')).toBe(false);
  expect((await tryFrom(colleague, analyst, examplePassword)).status).toBe(303);
  expect((await tryFrom(guesser, hub, examplePassword)).status).toBe(303);
});

it('counts an account once, however its name is spelt', async () => {
  for (const email of [analyst, analyst.toUpperCase(), ` ${analyst} `, 'Analyst@Haverness.example', analyst])
    expect((await tryFrom(guesser, email, 'guess')).status).toBe(422);
  expect((await tryFrom(guesser, analyst, examplePassword)).status).toBe(429);
});

it('counts tries that come at the same time one by one', async () => {
  const guesses = await Promise.all(Array.from({ length: 20 }, (_, k) => tryFrom(guesser, analyst, `guess ${k}`)));
  expect(statuses(guesses).filter((status) => status === 422)).toHaveLength(5);
  expect(statuses(guesses).filter((status) => status === 429)).toHaveLength(15);
  expect(await failures()).toBe(5);
});

it('makes an address that tries many accounts wait', async () => {
  const guesses = [];
  for (let k = 0; k < 50; k += 1) guesses.push(await tryFrom(guesser, `somebody${k}@haverness.example`, 'guess'));
  expect(new Set(statuses(guesses))).toEqual(new Set([422]));
  expect((await tryFrom(guesser, 'one-more@haverness.example', 'guess')).status).toBe(429);
  expect((await tryFrom(colleague, analyst, examplePassword)).status).toBe(303);
});

it('forgets failures after the right password, and after a while', async () => {
  for (let k = 0; k < 4; k += 1) await tryFrom(guesser, analyst, 'guess');
  expect((await tryFrom(guesser, analyst, examplePassword)).status).toBe(303);
  expect(await failures()).toBe(0);
  for (let k = 0; k < 5; k += 1) await tryFrom(guesser, analyst, 'guess');
  await town.asAdmin(`update identity.sign_in_failure set at = at - interval '15 minutes'`);
  expect((await tryFrom(guesser, analyst, examplePassword)).status).toBe(303);
});

it('says the same of an account that is not there, one that is disabled, and a wrong password', async () => {
  await town.asAdmin('update identity.person set disabled_at = now() where email = $1', [hub]);
  const wrong = await tryFrom(guesser, analyst, 'guess');
  const unknown = await tryFrom(guesser, 'nobody@haverness.example', 'guess');
  const disabled = await tryFrom(guesser, hub, examplePassword);
  const page = ({ status, body }: { status: number; body: string }) => [
    status,
    body.replaceAll(/[\w-]+@haverness\.example/g, '(typed)'),
  ];
  expect(page(unknown)).toEqual(page(wrong));
  expect(page(disabled)).toEqual(page(wrong));
});

it('keeps neither accounts nor addresses of those who failed, and tells the audit of each', async () => {
  await tryFrom(guesser, 'A.Private.Name@haverness.example', 'guess');
  const kept = await town.asAdmin('select f::text as row from identity.sign_in_failure f');
  expect(JSON.stringify(kept)).not.toMatch(/private|127\.0\.0/i);
  const [entry] = await town.asAdmin<Record<string, unknown>>(
    'select actor, action, subject, outcome, fields from platform.audit_entry where partnership_id = $1 order by seq desc limit 1',
    ['00000000-0000-0000-0000-000000000000'],
  );
  expect(entry).toEqual({ actor: 'public', action: 'SIGNED_IN', subject: null, outcome: 'refused', fields: null });
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
