import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examplePassword } from '../../src/platform/identity/example-accounts.ts';
import { disablePerson } from '../../src/platform/identity/session.store.ts';
import { createHttpServer } from '../../src/platform/http/server.ts';
import { origin, testTown, type TestTown } from '../records/installation.ts';
import { sendRaw, type Part, type RawAnswer } from './raw-connection.ts';

let town: TestTown;
let server: Server;
let hasty: Server;
let port: number;
const listening = async (made: Server): Promise<number> => {
  await new Promise<void>((ready) => made.listen(0, '127.0.0.1', ready));
  return (made.address() as AddressInfo).port;
};
const closed = (made: Server) =>
  new Promise<void>((done) => {
    made.close(() => done());
    made.closeAllConnections();
  });

beforeAll(async () => {
  town = await testTown();
  server = createHttpServer(town.web);
  hasty = createHttpServer({
    ...town.web,
    patience: { headersMilliseconds: 150, requestMilliseconds: 300, leastBytes: 1_000 },
  });
  port = await listening(server);
});
afterAll(async () => {
  await closed(server);
  await closed(hasty);
  await town.close();
});

/** After each attack: the server still answers, and nothing was a fault. */
afterEach(async () => {
  const live = await sendRaw(port, [request('GET', '/health/live')]);
  expect(live.status).toBe(200);
  expect((town.faults as string[]).splice(0)).toEqual([]);
});

function request(method: string, target: string, headers: Readonly<Record<string, string>> = {}, body = ''): string {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

const formType = 'application/x-www-form-urlencoded';
/** A form as a browser on our own page sends it. */
function form(target: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Buffer {
  const bytes = Buffer.from(body);
  const head = request('POST', target, {
    origin,
    'content-type': formType,
    'content-length': String(bytes.length),
    ...headers,
  });
  return Buffer.concat([Buffer.from(head), bytes]);
}

const ask = (...parts: Part[]): Promise<RawAnswer> => sendRaw(port, parts);

const securityHeaders = {
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^same-origin$/,
};

/** A page that a tired person can read: what happened, and where to go. Nothing of the machine, nothing that was sent. */
function expectPage(answer: RawAnswer, ...statuses: number[]): void {
  expect(statuses, answer.text.slice(0, 400)).toContain(answer.status);
  for (const [name, pattern] of Object.entries(securityHeaders))
    expect(answer.headers.get(name), `${answer.status} has no ${name}`).toMatch(pattern);
  if (answer.status === 303) return;
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  expect(answer.body).toMatch(/<h1[^>]*>[^<]+<\/h1>/);
  if (answer.status === 422) expect(answer.body).toMatch(/There is a problem[^]+(Enter your|is not right)/);
  else if (answer.status >= 400) expect(answer.body).toMatch(/<p class="govuk-body">[A-Z][^<]+[.?]</);
  expectNothingOfTheMachine(answer);
}

function expectNothingOfTheMachine({ text }: RawAnswer): void {
  expect(text).not.toMatch(
    /\bat (?:async )?[\w.<>]+ \(|node_modules|\.tsx?:\d|[a-z]Error:|ZodError|SELECT |select .* from|x-powered-by/,
  );
  // Zod's own words are for programmers.
  expect(text).not.toMatch(/Invalid input|expected string|received|Too big|Too small/);
}

describe('what is not HTTP gets a page or a closed door', () => {
  const host = 'host: x\r\n';
  const page: Record<string, Part> = {
    'garbage bytes': Buffer.from('\x00\xff\xfe\x80garbage\r\n\r\n', 'latin1'),
    'a TLS hello': Buffer.from('16030100c6010000c203035d7d7b', 'hex'),
    'an unknown method': `FROBNICATE / HTTP/1.1\r\n${host}\r\n`,
    'no version': `GET /\r\n\r\n`,
    'a bad version': `GET / HTTP/9.9\r\n${host}\r\n`,
    'a version that is a word': `GET / HTTP/one\r\n${host}\r\n`,
    'no host': 'GET / HTTP/1.1\r\n\r\n',
    'an empty host': 'GET / HTTP/1.1\r\nhost: \r\n\r\n',
    'a host that is no host': 'GET / HTTP/1.1\r\nhost: a b<script>\r\n\r\n',
    'a host with a path': 'GET / HTTP/1.1\r\nhost: x/y\r\n\r\n',
    'a header without a colon': `GET / HTTP/1.1\r\n${host}nonsense\r\n\r\n`,
    'a header name with a space': `GET / HTTP/1.1\r\n${host}bad name: x\r\n\r\n`,
    'a header with NUL': `GET / HTTP/1.1\r\n${host}x: a\0b\r\n\r\n`,
    'a header with a bare CR': `GET / HTTP/1.1\r\n${host}x: a\rb\r\n\r\n`,
    'two lengths that differ': `POST /sign-in HTTP/1.1\r\n${host}content-length: 3\r\ncontent-length: 5\r\n\r\nabcde`,
    'a length and chunks': `POST /sign-in HTTP/1.1\r\n${host}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    'chunked, spelt to smuggle': `POST /sign-in HTTP/1.1\r\n${host}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    'chunked, spelt with a tab': `POST /sign-in HTTP/1.1\r\n${host}transfer-encoding:\tx\tchunked\r\n\r\n0\r\n\r\n`,
    'a negative length': `POST /sign-in HTTP/1.1\r\n${host}content-length: -1\r\n\r\n`,
    'a length in words': `POST /sign-in HTTP/1.1\r\n${host}content-length: many\r\n\r\n`,
    'a length beyond all bounds': `POST /sign-in HTTP/1.1\r\n${host}content-length: 99999999999999999999999\r\n\r\n`,
    'a target that is a word': `GET home HTTP/1.1\r\n${host}\r\n`,
    'a target with a space': `GET /a b HTTP/1.1\r\n${host}\r\n`,
    'a target elsewhere that is no address': `GET http://:99999/ HTTP/1.1\r\n${host}\r\n`,
    CONNECT: `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`,
  };
  it.each(Object.entries(page))('%s', async (_, bytes) => {
    expectPage(await ask(bytes), 400, 404, 405);
  });

  it('refuses a header folded over two lines, or reads it as one, and never as two', async () => {
    const folded = await ask(`GET /sign-in HTTP/1.1\r\n${host}x: a\r\n set-cookie: evil=1\r\n\r\n`);
    expectPage(folded, 200, 400);
    expect(folded.headers.has('set-cookie')).toBe(false);
  });

  it('answers one request once: what is hidden in its body is not a second one', async () => {
    const hidden = request('GET', '/sign-in?hidden');
    const body = `0\r\n\r\n${hidden}`;
    for (const headers of [
      { 'content-length': String(body.length), 'transfer-encoding': 'chunked' },
      { 'content-length': `${body.length}, 0` },
      { 'content-length': '0', 'transfer-encoding ': 'chunked' },
    ]) {
      const answer = await sendRaw(
        port,
        [request('POST', '/sign-in', { origin, 'content-type': formType, ...headers }, body)],
        { wholeConnection: true },
      );
      expect(answer.text.match(/HTTP\/1\.1 \d{3}/g)).toHaveLength(1);
      expectPage(answer, 400);
    }
  });

  it('puts no second answer behind the head of one that is under way', async () => {
    const cookie = await town.sessionOf('analyst@haverness.example');
    const events = request('GET', `/haverness/jobs/${town.world.idOf('job')}/events`, { cookie });
    const answer = await sendRaw(port, [events, 'nonsense\r\n\r\n'], { pauseMilliseconds: 700, wholeConnection: true });
    expect(answer.status).toBe(200);
    expect(answer.text.match(/HTTP\/1\.1 \d{3}/g)).toHaveLength(1);
  });

  it('answers a known request with an expectation that nobody knows', async () => {
    expectPage(await ask(request('GET', '/sign-in', { expect: 'miracles' })), 200);
  });

  it('goes on after chunks that break off', async () => {
    const head = request('POST', '/sign-in', { origin, 'content-type': formType, 'transfer-encoding': 'chunked' });
    expectPage(await ask(head, 'zz\r\nnot a length\r\n'), 400);
    expectPage(await ask(head, `5;${'x'.repeat(20_000)}\r\nemail\r\n0\r\n\r\n`), 400, 413);
  });

  it('is not troubled by a sender that goes away in the middle of a form', async () => {
    await new Promise<void>((gone) => {
      void import('node:net').then(({ connect }) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(
            request('POST', '/sign-in', { origin, 'content-type': formType, 'content-length': '1000' }, 'email=a'),
            () =>
              setTimeout(() => {
                socket.destroy();
                gone();
              }, 100),
          );
        });
      });
    });
  });
});

describe('what is too long or too slow gets a page that arrives', () => {
  it('10 MB of query string', async () => {
    expectPage(await ask(`GET /sign-in?q=${'a'.repeat(10 * 1024 * 1024)} HTTP/1.1\r\nhost: x\r\n\r\n`), 431);
  });

  it('one header of 1 MB, and 100,000 headers', async () => {
    expectPage(await ask(request('GET', '/sign-in', { 'x-long': 'a'.repeat(1024 * 1024) })), 431);
    const many = Array.from({ length: 100_000 }, (_, k) => `x-${k}: y\r\n`).join('');
    expectPage(await ask(`GET /sign-in HTTP/1.1\r\nhost: x\r\n${many}\r\n`), 431);
  });

  it('a path of 12 kB, of one piece or of thousands', async () => {
    expectPage(await ask(request('GET', `/${'a'.repeat(12_000)}`)), 404);
    expectPage(await ask(request('GET', '/a'.repeat(6_000))), 404);
    expectPage(await ask(request('GET', `/${'%25'.repeat(4_000)}`)), 404);
    expectPage(await ask(request('GET', `/${'a-'.repeat(6_000)}a`)), 404);
  });

  it('a form of 10 MB that says so, and one in chunks that does not', async () => {
    const body = `email=${'a'.repeat(10 * 1024 * 1024)}`;
    expectPage(await ask(form('/sign-in', body)), 413);
    const head = request('POST', '/sign-in', { origin, 'content-type': formType, 'transfer-encoding': 'chunked' });
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    expectPage(await ask(head, ...Array.from({ length: 160 }, () => chunk), '0\r\n\r\n'), 413);
  });

  it('headers, and a form, that never end', async () => {
    const at = await listening(hasty);
    const headers = Array.from({ length: 60 }, (_, k) => `x-${k}: y\r\n`);
    expectPage(await sendRaw(at, ['GET / HTTP/1.1\r\nhost: x\r\n', ...headers], { pauseMilliseconds: 50 }), 408);
    const head = request('POST', '/sign-in', { origin, 'content-type': formType, 'content-length': '1000' });
    const drops = Array.from({ length: 60 }, () => 'a');
    expectPage(await sendRaw(at, [head, ...drops], { pauseMilliseconds: 50 }), 400, 408);
  });
});

describe('a body that is no form', () => {
  it.each([
    'application/json',
    'text/xml',
    'application/octet-stream',
    `${formType}, text/plain`,
    'multipart/form-data; boundary=x',
    'text/plain',
    ';',
    `x${formType}`,
  ])('of the type %s', async (type) => {
    expectPage(await ask(form('/sign-in', 'email=a&password=b', { 'content-type': type })), 415);
  });

  it('multipart, whole and broken', async () => {
    const part =
      '--x\r\ncontent-disposition: form-data; name="email"; filename="../../etc/passwd"\r\n\r\na\r\n--x--\r\n';
    for (const body of [part, part.slice(0, 30), ''])
      expectPage(await ask(form('/sign-in', body, { 'content-type': 'multipart/form-data; boundary=x' })), 415);
  });
});

describe('characters that cannot be read or kept', () => {
  const bad = ['%ff%fe', '%c0%ae', '%ed%a0%80', '%', '%z9', '%u0041', '%00', 'a%00b', '%f8%88%80%80%80'];
  it.each(bad)('%s in a path, a query, a form and a cookie', async (text) => {
    expectPage(await ask(request('GET', `/${text}`)), 404);
    expectPage(await ask(request('GET', `/haverness/jobs/${text}`)), 303, 404);
    expectPage(await ask(request('GET', `/sign-in?next=${text}`)), 400);
    expectPage(await ask(request('GET', `/sign-in?${text}=x`)), 400);
    expectPage(await ask(form('/sign-in', `email=${text}&password=b`)), 400);
    expectPage(await ask(form('/sign-in', `${text}=b`)), 400);
    expectPage(await ask(request('GET', '/sign-in', { cookie: `concord-session=${text}` })), 200);
  });

  it('bytes that are not UTF-8', async () => {
    expectPage(await ask(form('/sign-in', Buffer.from('email=\xff\xfe&password=\x80', 'latin1'))), 400);
    expectPage(await ask(Buffer.from('GET /\xff\xfe HTTP/1.1\r\nhost: x\r\n\r\n', 'latin1')), 400, 404);
    expectPage(await ask(Buffer.from('GET /sign-in?q=\xff HTTP/1.1\r\nhost: x\r\n\r\n', 'latin1')), 200, 400);
  });
});

describe('fields that are meant to trip', () => {
  it.each([
    '__proto__=x',
    '__proto__[admin]=1&email=a&password=b',
    'constructor=x&constructor=y',
    'constructor[prototype][x]=1',
    'toString=1&valueOf=2&hasOwnProperty=3',
    'email=a&email=b&password=c&password=d',
    'email[]=a&password[]=b',
    '=x&=y',
    '&&&&',
    'email',
    'next=a&next=b',
    '',
  ])('%s', async (body) => {
    expectPage(await ask(form('/sign-in', body)), 422);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('10,000 fields, and one field 2,000 times', async () => {
    expectPage(await ask(form('/sign-in', Array.from({ length: 10_000 }, (_, k) => `f${k}=x`).join('&'))), 413);
    expectPage(await ask(form('/sign-in', Array.from({ length: 2_000 }, () => 'email=x').join('&'))), 422);
    expectPage(await ask(request('GET', `/sign-in?${'a&'.repeat(3_000)}`)), 413);
  });

  it('shows what was typed as text', async () => {
    const typed = `"><script>alert(1)</script><img src=x onerror='x'>`;
    const answer = await ask(
      form('/sign-in', new URLSearchParams({ email: typed, password: 'x', next: `/${typed}` }).toString()),
    );
    expectPage(answer, 422);
    expect(answer.body).not.toContain('<script>alert');
    expect(answer.body).not.toContain('<img');
    expect(answer.body).toContain('&lt;script>alert(1)');
    const query = await ask(request('GET', `/sign-in?next=${encodeURIComponent(`/${typed}`)}`));
    expect(query.body).not.toContain('<script>alert');
    const path = await ask(request('GET', `/${encodeURIComponent(typed)}`));
    expectPage(path, 404);
    expect(path.body).not.toContain('alert(1)');
  });
});

describe('choices that a page does not know', () => {
  it.each([
    'page=0',
    'page=-1',
    'page=1e9',
    'page=9999999999999999999',
    'page=1.5',
    'page=x',
    'page=1&page=2',
    'outcome=all',
    `action=${'A'.repeat(500)}`,
  ])('%s', async (query) => {
    const cookie = await town.sessionOf('administrator@haverness.example');
    expectPage(await ask(request('GET', `/haverness/audit?${query}`, { cookie })), 400);
  });
  it('searches for what is typed, however it is spelt', async () => {
    const cookie = await town.sessionOf('administrator@haverness.example');
    for (const text of [`' or 1=1 --`, `\\'; drop table platform.job; --`, '%', '_', '$1', 'É\u2028👩‍🚒'])
      expectPage(
        await ask(request('GET', `/haverness/audit?${new URLSearchParams({ subject: text }).toString()}`, { cookie })),
        200,
      );
  });
});

describe('who asks', () => {
  const restricted = () => request('GET', '/haverness/audit');
  it('a forged cookie is nobody', async () => {
    for (const value of [
      'x',
      'a'.repeat(43),
      'A'.repeat(10_000),
      '"quoted"',
      `${'a'.repeat(42)}'`,
      '../../x',
      'undefined',
    ])
      expectPage(await ask(request('GET', '/haverness/audit', { cookie: `concord-session=${value}` })), 303);
    expectPage(await ask(request('GET', '/haverness/audit', { cookie: ';;;=;a=b=c;concord-session' })), 303);
    expectPage(await ask(restricted()), 303);
  });

  it('a session is worth nothing after signing out, nor after the person was disabled', async () => {
    const email = 'councillor@haverness.example';
    const cookie = await town.sessionOf(email);
    expectPage(await ask(request('GET', '/home', { cookie })), 200);
    expectPage(await ask(form('/sign-out', '', { cookie })), 303);
    expectPage(await ask(request('GET', '/home', { cookie })), 303);
    expectPage(await ask(form('/sign-out', '', { cookie })), 401);

    const other = await town.sessionOf(email);
    const person = town.people.get(email)!;
    const door = { door: 'concord_identity', actor: 'system', partnership: undefined } as const;
    await town.records.write(door, ({ work }) => disablePerson(work<'identity'>(), person));
    expectPage(await ask(request('GET', '/home', { cookie: other })), 303);
    const again = await town.sessionOf(email);
    expectPage(await ask(request('GET', '/home', { cookie: again })), 303);
    const right = new URLSearchParams({ email, password: examplePassword }).toString();
    expectPage(await ask(form('/sign-in', right)), 422);
    await town.asAdmin('update identity.person set disabled_at = null where id = $1', [person]);
  });

  it('the cookie of a sign-in cannot be read by scripts, nor sent along from elsewhere', async () => {
    const right = new URLSearchParams({ email: 'hub@haverness.example', password: examplePassword }).toString();
    const answer = await ask(form('/sign-in', right));
    expectPage(answer, 303);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^concord-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Expires=/,
    );
  });

  it('a form from another site is refused, whatever its headers are', async () => {
    const cookie = await town.sessionOf('administrator@haverness.example');
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${origin}.evil.example` },
      { origin: `${origin}:81` },
      { origin: origin.replace('http', 'https') },
      { origin: '' },
      { origin: `${origin} https://evil.example` },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example', 'content-type': 'text/plain' },
      { origin: 'https://evil.example', 'content-type': 'multipart/form-data; boundary=x' },
    ] as Record<string, string>[])
      expectPage(await ask(form('/haverness/audit/check', '', { cookie, ...headers })), 403);
    const without = request('POST', '/haverness/audit/check', {
      cookie,
      'content-type': formType,
      'content-length': '0',
    });
    expectPage(await ask(without), 403);
    for (const type of ['application/json', 'text/ping', 'application/csp-report'])
      expectPage(
        await ask(form('/haverness/audit/check', '', { cookie, origin: 'https://evil.example', 'content-type': type })),
        403,
        415,
      );
    const asked = await town.asAdmin(`select 1 from platform.audit_entry where action = 'AUDIT_CHECK_ASKED'`);
    expect(asked).toEqual([]);
  });
});

describe('no address leads out of Concord', () => {
  const elsewhere = [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/%2e%2e//evil.example',
    '/\t/evil.example',
    '/\r\n//evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/\r\nset-cookie: evil=1',
    '/home\r\n\r\n<script>alert(1)</script>',
    '/\u2028/evil.example',
    '/@evil.example',
    '/home#//evil.example',
  ];
  it.each(elsewhere)('after signing in with next=%j', async (next) => {
    const signedIn = await town.sessionOf('analyst@haverness.example');
    const right = new URLSearchParams({ email: 'hub@haverness.example', password: examplePassword, next });
    for (const answer of [
      await ask(form('/sign-in', right.toString())),
      await ask(request('GET', `/sign-in?next=${encodeURIComponent(next)}`, { cookie: signedIn })),
    ]) {
      expectPage(answer, 303);
      const location = answer.headers.get('location')!;
      expect(new URL(location, origin).origin).toBe(origin);
      expect(location).toMatch(/^\/(?!\/)[!-~]*$/);
      expect(answer.headers.get('set-cookie') ?? '').not.toContain('evil');
      expect(answer.body).not.toContain('script');
    }
  });

  it.each([
    '//evil.example',
    '//evil.example/..',
    '/..',
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/..\\..\\etc',
    '/%5c%5cevil.example',
    '/haverness%2faudit',
    '/haverness/..%2fcastlemere/audit',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e%2fpackage.json',
    '/assets/',
    '/haverness/',
    '/haverness//audit',
    '/Haverness/audit',
    '/haverness/audit/',
    '/haverness;x=1/audit',
    '/.git/config',
    '/.env',
    '/\u0000',
    'http://evil.example/',
    'http://evil.example//x/..//y',
  ])('for the path %j', async (target) => {
    const cookie = await town.sessionOf('analyst@castlemere.example');
    const answer = await ask(request('GET', target, { cookie }));
    expectPage(answer, 200, 303, 400, 403, 404);
    expect(answer.body).not.toContain('evil.example');
    expect(answer.body).not.toContain('"dependencies"');
    if (answer.status === 303) expect(new URL(answer.headers.get('location')!, origin).origin).toBe(origin);
    // Nothing of the partnership next door, however its name is spelt.
    expect(answer.body).not.toContain('Entries hold the numbers of records');
  });
});

describe('methods', () => {
  it.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'SEARCH', 'LINK'])(
    '%s is not taken',
    async (method) => {
      for (const target of ['/', '/sign-in', '/haverness/audit', '/no/such/place', '/assets/x']) {
        const answer = await ask(request(method, target, { origin, 'x-secret': 'not-echoed' }));
        expectPage(answer, 405);
        expect(answer.headers.get('allow')).toBe('GET, POST');
        expect(answer.text).not.toContain('not-echoed');
      }
    },
  );

  it('OPTIONS * gets a page', async () => {
    expectPage(await ask(request('OPTIONS', '*')), 400, 404, 405);
  });

  it('POST where nothing is taken, GET where a form is', async () => {
    expectPage(await ask(form('/health/live', '')), 405);
    expectPage(await ask(form('/', '')), 405);
    const cookie = await town.sessionOf('administrator@haverness.example');
    expectPage(await ask(request('GET', '/haverness/audit/check', { cookie })), 405);
  });

  it('HEAD says what GET would, without the page', async () => {
    for (const target of ['/', '/', '/sign-in', '/nothing-here']) {
      const head = await sendRaw(port, [request('HEAD', target, { connection: 'close' })], { wholeConnection: true });
      const get = await ask(request('GET', target));
      expect(head.body).toBe('');
      expect(head.status).toBe(get.status);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
      expect(head.headers.get('content-security-policy')).toBe(get.headers.get('content-security-policy'));
    }
  });
});

describe('what the reader says it takes', () => {
  it('is never sent packed to whoever does not take it', async () => {
    for (const encoding of [
      'gzip;q=0',
      'identity',
      'gzip;q=0, *;q=0',
      '',
      'x'.repeat(8_000),
      ',,,;;;===',
      'gzip;q=\u00e9',
    ])
      for (let k = 0; k < 2; k += 1) {
        const answer = await ask(Buffer.from(request('GET', '/', { 'accept-encoding': encoding }), 'latin1'));
        expectPage(answer, 200);
        expect(answer.headers.has('content-encoding')).toBe(false);
      }
  });

  it('conditional and partial requests get the whole page', async () => {
    for (const headers of [
      { 'if-none-match': '*' },
      { 'if-none-match': '"x"' },
      { 'if-match': '"x"' },
      { 'if-modified-since': 'never' },
      { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      { range: 'bytes=0-1,5-,x' },
      { accept: 'application/x-nothing;q=0' },
      { 'accept-language': '*;q=0' },
      { upgrade: 'websocket', connection: 'upgrade' },
      { upgrade: 'h2c', connection: 'upgrade, http2-settings', 'http2-settings': 'AAMAAABkAAQAAP__' },
    ] as Record<string, string>[])
      expectPage(await ask(request('GET', '/', headers)), 200);
  });

  it('headers that name another host or address change nothing', async () => {
    const plain = await ask(request('GET', '/sign-in'));
    for (const headers of [
      { 'x-forwarded-host': 'evil.example' },
      { forwarded: 'host=evil.example;proto=https' },
      { 'x-original-url': '/haverness/audit' },
      { 'x-rewrite-url': '/haverness/audit' },
      { 'x-http-method-override': 'DELETE' },
      { host: 'evil.example' },
    ] as Record<string, string>[]) {
      const answer = await ask(request('GET', '/sign-in', headers));
      expect(answer.body).toBe(plain.body);
    }
  });
});

describe('anything at all', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '__proto__',
      '../',
      '%00',
      '%2f',
      '\u2028',
      "'",
      '"',
      '<b>',
      '${x}',
      '{{x}}',
      'haverness',
      'audit',
      'jobs',
      '-1',
      '9'.repeat(30),
    ),
  );
  const encoded = hostile.map((text) => encodeURIComponent(text.toWellFormed()));
  const rough = fc
    .array(fc.constantFrom('/', '.', '%', '2', 'e', 'f', '?', '&', '=', '#', ';', ':', '@', '\\', 'a', '[', ']', '|'), {
      maxLength: 20,
    })
    .map((parts) => parts.join(''));
  const path = fc.oneof(
    fc.array(encoded, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
    rough.map((text) => `/${text}`),
    encoded.map((text) => `/haverness/${text}`),
    encoded.map((text) => `/haverness/jobs/${text}/cancel`),
    encoded.map((text) => `/assets/${text}`),
  );
  const pairs = fc
    .array(
      fc.tuple(
        fc.oneof(encoded, fc.constantFrom('email', 'password', 'next', 'page', 'action')),
        fc.oneof(encoded, rough),
      ),
      { maxLength: 6 },
    )
    .map((fields) => fields.map(([name, value]) => `${name}=${value}`).join('&'));
  const cookies = fc.oneof(encoded, fc.stringMatching(/^[\w-]{43}$/)).map((text) => `concord-session=${text}`);

  it('asked for gets an answer that is no fault', async () => {
    const signedIn = await town.sessionOf('administrator@haverness.example');
    await fc.assert(
      fc.asyncProperty(path, pairs, fc.oneof(cookies, fc.constant(signedIn)), async (target, query, cookie) => {
        const answer = await ask(request('GET', `${target}?${query}`, { cookie }));
        expect(answer.status, answer.text.slice(0, 300)).toBeGreaterThanOrEqual(200);
        expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(500);
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        if ((answer.headers.get('content-type') ?? '').startsWith('text/html')) expectNothingOfTheMachine(answer);
        expect(new URL(answer.headers.get('location') ?? '/', origin).origin).toBe(origin);
      }),
      { numRuns: 250, seed: 20260722 },
    );
  }, 60_000);

  it('sent as a form gets an answer that is no fault', async () => {
    const signedIn = await town.sessionOf('administrator@haverness.example');
    const targets = fc.oneof(
      fc.constantFrom('/sign-in', '/haverness/audit/check', `/haverness/jobs/${town.world.idOf('job')}/cancel`),
      path,
    );
    await fc.assert(
      fc.asyncProperty(targets, pairs, fc.oneof(cookies, fc.constant(signedIn)), async (target, body, cookie) => {
        const answer = await ask(form(target, body, { cookie }));
        expect(answer.status, answer.text.slice(0, 300)).toBeGreaterThanOrEqual(200);
        expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(500);
        expectNothingOfTheMachine(answer);
        expect(new URL(answer.headers.get('location') ?? '/', origin).origin).toBe(origin);
      }),
      { numRuns: 120, seed: 20260723 },
    );
  }, 60_000);
});
