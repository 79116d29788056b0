import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Hono, type Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import type { IsoDate, Role } from '../../duty/index.ts';
import { dayInEngland, type Clock } from '../clock.ts';
import {
  isMissingRow,
  RecordsUnavailable,
  type AuditEvent,
  type Entered,
  type Entry,
  type Records,
  type WriteUnit,
} from '../database/database.ts';
import type { Log } from '../log.ts';
import { everyAnswer, forAnySite, keptBriefly, notKept } from './answer-headers.ts';
import type { ByteCache } from './byte-cache.ts';
import { readForm, readFormWithFile, readQuery, UnreadableInput, type SentForm } from './input.ts';
import type { Equipment } from './equipment.ts';
import { insideAddress } from './inside-address.ts';
import { storeForm } from './large-upload.ts';
import { problemOf, refusalPage, type RefusalStatus } from './refusal.page.tsx';
import type {
  Download,
  Follow,
  Page,
  ReadRoute,
  Refused,
  Route,
  Sent,
  Shown,
  Visitor,
  WriteRoute,
  Written,
} from './route.ts';
import type { Fetch, From } from './server.ts';
import { sessionCookie } from './session-cookie.ts';

export interface AppOptions {
  readonly routes: readonly Route[];
  readonly records: Records;
  readonly equipment: Equipment;
  readonly log: Log;
  readonly clock: Clock;
  readonly cache: ByteCache;
  /** Puts the frame round a page: name, navigation, marking. */
  readonly frame: (page: Page, visitor: Visitor, path: string) => string;
  /** Files that browsers may keep for ever: their names carry the hash of their bytes. */
  readonly assets: ReadonlyMap<string, AssetFile>;
}

/** A file of ours, and the same packed, where packing makes it smaller. */
export interface AssetFile {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly gzip?: Uint8Array | undefined;
}

const nobody: Visitor = { person: undefined, partnership: undefined, roles: [], session: undefined };

const eventStream = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const;
const words = new TextEncoder();

/** The web application: every route of the table, and nothing else. Hono is named in this folder only. */
export function createApp(options: AppOptions): { fetch: Fetch } {
  const { records, equipment, log, clock, cache, frame } = options;
  const { name: cookieName, isSecure: secure } = sessionCookie(equipment.origin);
  const app = new Hono();
  const feeds = feedsOf(options.routes);
  /** Whether an address lies in an open feed, known or not: `/oruk/…`, `/sefton/oruk/…`. */
  const isInFeed = (c: Context): boolean =>
    c.req.path
      .split('/')
      .slice(1, 3)
      .some((part) => feeds.has(part));

  app.use((c, next) => {
    if (c.req.method === 'OPTIONS' && isInFeed(c))
      return Promise.resolve(
        c.body(null, 204, {
          ...forAnySite,
          'access-control-allow-methods': 'GET, HEAD, OPTIONS',
          'access-control-allow-headers': c.req.header('access-control-request-headers') === undefined ? '' : '*',
          'access-control-max-age': '86400',
        }),
      );
    if (['GET', 'HEAD', 'POST'].includes(c.req.method)) return next();
    return Promise.resolve(refuse(405, nobody, c));
  });
  app.use(csrf({ origin: (origin, c) => origin === equipment.origin || origin === new URL(c.req.url).origin }));
  app.get('/assets/:name', (c) => {
    const asset = options.assets.get(c.req.param('name'));
    if (asset === undefined) return refuse(404, nobody, c);
    const packed = asset.gzip !== undefined && c.req.header('accept-encoding')?.includes('gzip') === true;
    return c.body((packed ? asset.gzip : asset.bytes) as Uint8Array<ArrayBuffer>, 200, {
      ...everyAnswer,
      ...(packed && { 'content-encoding': 'gzip' }),
      'content-type': asset.type.startsWith('text/') ? `${asset.type}; charset=utf-8` : asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
  });
  for (const route of options.routes) {
    if (route.method === 'GET') app.get(patternOf(route.path), (c) => answerRead(route, c));
    else app.post(patternOf(route.path), (c) => answerWrite(route, c));
  }
  app.notFound((c) => refuse(isKnownByAnotherMethod(options.routes, c) ? 405 : 404, nobody, c));
  app.onError((error, c) => answerFault(error, c));

  /** The moment, and the day on which the partnership's clocks run. */
  function now(): { readonly moment: Date; readonly today: IsoDate } {
    const moment = clock();
    return { moment, today: equipment.standsOn ?? dayInEngland(moment) };
  }

  async function answerRead(route: ReadRoute, c: Context): Promise<Response> {
    const input = inputOf(route, c);
    if (input === 'no such address') return refuse(404, nobody, c);
    const query = route.query.safeParse(readQuery(c.req.raw.url));
    if (!query.success)
      return refuse(400, nobody, c, 'One of the choices in this address is not one that this page knows.');
    if (route.needsRecords === false) {
      const visit = {
        work: undefined,
        params: input.params,
        query: query.data,
        visitor: nobody,
        ...now(),
        address: addressOf(c),
        equipment,
      };
      return answer(await route.handle(visit), nobody, route, c, input.entry);
    }
    const found = await records.read(input.entry, async (unit) => {
      const visitor = visitorOf(unit.entered, input);
      const barred = barrier(route, visitor, input.slug);
      if (barred !== undefined) return { visitor, barred };
      const visit = {
        work: unit.work(),
        params: input.params,
        query: query.data,
        visitor,
        ...now(),
        address: addressOf(c),
        equipment,
      };
      return { visitor, shown: await route.handle(visit) };
    });
    if (found.barred !== undefined) return bar(found.barred, route, found.visitor, c);
    return answer(found.shown, found.visitor, route, c, input.entry);
  }

  /**
   * A unit of a form: it may write where what was sent is good. Named loosely, because to hold the types of all tables for
   * reading against those for writing takes the compiler a minute.
   */
  type FormUnit = Pick<WriteUnit, 'entered'> & Partial<Pick<WriteUnit, 'audit' | 'discard'>> & { work: () => unknown };
  const { read, write } = records as unknown as Record<
    'read' | 'write',
    <T>(entry: Entry, act: (unit: FormUnit) => Promise<T>) => Promise<T>
  >;

  async function answerWrite(route: WriteRoute, c: Context): Promise<Response> {
    const input = inputOf(route, c);
    if (input === 'no such address') return refuse(404, nobody, c);
    const form = await formOf(route, input, c);
    if ('barred' in form) return bar(form.barred, route, form.visitor, c);
    const outcome = await outcomeOf(route, input, form, c).catch(async (error: unknown) => {
      // Where nobody knows whether it was saved, its files stay: whoever sweeps knows by then.
      if (!(error instanceof RecordsUnavailable)) await form.discard();
      throw error;
    });
    if (!('written' in outcome) || !('seeOther' in outcome.written)) await form.discard();
    if ('barred' in outcome) return bar(outcome.barred, route, outcome.visitor, c);
    if ('shown' in outcome) return answer(withStatus(outcome.shown, 422), outcome.visitor, route, c, input.entry);
    if ('seeOther' in outcome.written) {
      cache.clear();
      await ('afterwards' in outcome.written ? outcome.written.afterwards() : undefined);
    }
    return answer(outcome.written, outcome.visitor, route, c, input.entry);
  }

  /** What became of a form, in one unit of work. */
  function outcomeOf(
    route: WriteRoute,
    input: Input,
    { typed, files, stored, mistake }: ReceivedForm,
    c: Context,
  ): Promise<WriteOutcome> {
    const body = route.body.safeParse(typed);
    const isGood = body.success && mistake === undefined;
    return (isGood ? write : read)(input.entry, async (unit): Promise<WriteOutcome> => {
      const visitor = visitorOf(unit.entered, input);
      const barred = barrier(route, visitor, input.slug);
      if (barred !== undefined) return { visitor, barred };
      const visit = {
        work: unit.work(),
        params: input.params,
        query: {},
        visitor,
        ...now(),
        address: addressOf(c),
        equipment,
      } as never;
      if (!isGood) {
        const field = (route.upload ?? route.largeUpload)?.field;
        const errors = {
          ...(body.success ? {} : mistakesOf(body.error.issues)),
          ...(field !== undefined && mistake !== undefined && { [field]: mistake }),
        };
        return { visitor, shown: await route.invalid(Object.assign(visit, { errors, typed })) };
      }
      const written = await route.handle(Object.assign(visit, { body: body.data, files, stored }));
      // The type says which of the two it is; only a unit that may write has an audit.
      if (unit.audit !== undefined) {
        if ('seeOther' in written) {
          unit.audit({ action: route.audit, subject: written.subject, outcome: 'done', fields: written.fields });
        } else if ('keepRefusal' in written && written.keepRefusal) {
          unit.audit({ action: route.audit, subject: written.subject, outcome: 'refused' });
        } else {
          unit.discard?.();
        }
      }
      return { visitor, written };
    });
  }

  /** Forms are small; files are not taken in from somebody whom the door will turn away. */
  async function formOf(
    route: WriteRoute,
    input: Input,
    c: Context,
  ): Promise<ReceivedForm | { readonly barred: Barrier; readonly visitor: Visitor }> {
    const { upload, largeUpload } = route;
    if (upload === undefined && largeUpload === undefined)
      return { ...noFiles, typed: await readForm(c.req.raw), mistake: undefined };
    const visitor = await records.read(input.entry, (unit) => Promise.resolve(visitorOf(unit.entered, input)));
    const barred = barrier(route, visitor, input.slug);
    if (barred !== undefined) return { barred, visitor };
    if (upload !== undefined) return { ...noFiles, ...(await readFormWithFile(c.req.raw, upload)) };
    if (largeUpload === undefined) throw new TypeError('A form with files says how it takes them.');
    const folder = join(equipment.releases.folder.incoming, randomUUID());
    (c.env as From | undefined)?.takeTime?.();
    return {
      ...noFiles,
      ...(await storeForm(c.req.raw, largeUpload, folder)),
      discard: () => rm(folder, { recursive: true, force: true }),
    };
  }

  async function answer(
    shown: Shown | Written,
    visitor: Visitor,
    route: Route,
    c: Context,
    entry: Entry,
  ): Promise<Response> {
    if ('refused' in shown) return refused(shown, visitor, c);
    if ('seeOther' in shown) return seeOther(shown.seeOther, c, 'session' in shown ? shown.session : undefined);
    if ('follow' in shown)
      return c.body(streamOf(events(shown.follow, entry, route)), 200, { ...everyAnswer, ...eventStream });
    if ('page' in shown) {
      const { status = 200 } = shown.page;
      const text = frame(shown.page, visitor, c.req.path);
      await seen(route, visitor, shown.subject);
      const isPublic =
        route.access === 'public' &&
        route.method === 'GET' &&
        status === 200 &&
        route.door === undefined &&
        shown.page.notKept !== true;
      const headers = isPublic ? keptBriefly : notKept;
      if (isPublic) cache.keep(pathAndQuery(c.req.raw.url), headers, text);
      return c.body(text, status, headers);
    }
    if ('json' in shown || 'jsonText' in shown) {
      const text = 'json' in shown ? JSON.stringify(shown.json) : shown.jsonText;
      await seen(route, visitor, shown.subject);
      if (route.method === 'GET' && route.openFeed) {
        const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
        if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, { ...forAnySite, etag });
        return c.body(text, 200, { ...forAnySite, 'content-type': 'application/json; charset=utf-8', etag });
      }
      return c.body(text, shown.status ?? 200, {
        ...everyAnswer,
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
      });
    }
    if ('part' in shown) {
      const { type, body } = shown.part;
      if (type === 'image/svg+xml') {
        await seen(route, visitor, 'subject' in shown ? shown.subject : undefined);
        return c.body(body, 200, {
          ...everyAnswer,
          'content-type': `${type}; charset=utf-8`,
          'cache-control': 'no-store',
          ...(shown.part.forAnySite && { 'cross-origin-resource-policy': 'cross-origin' }),
        });
      }
      return c.body(body, 200, {
        ...everyAnswer,
        'content-type': type === 'text/css' ? `${type}; charset=utf-8` : type,
        'cache-control': 'public, max-age=3600',
      });
    }
    await seen(route, visitor, shown.subject);
    const file = 'file' in shown ? shown.file : shown.download;
    if (route.method === 'GET' && route.openFeed && !('body' in file))
      return c.body(streamOf(inParts(file, entry)), 200, { ...forAnySite, 'content-type': file.type });
    const headers = {
      ...everyAnswer,
      'content-type': file.type,
      'content-disposition': `attachment; filename="${file.name.replace(/[^\w.-]/g, '-')}"`,
      'cache-control': 'no-store',
    };
    return c.body('body' in file ? file.body : streamOf(inParts(file, entry)), 200, headers);
  }

  async function* inParts({ part }: Download, entry: Entry): AsyncGenerator<Uint8Array, void> {
    for (let after: string | undefined; ;) {
      const { text, next } = await records.read(entry, ({ work }) => part(work(), after));
      if (text !== '') yield words.encode(text);
      if (next === undefined) return;
      after = next;
    }
  }

  /** The view of a restricted record goes into the audit before the page goes out; if it cannot, the page does not. */
  async function seen(route: Route, visitor: Visitor, subject: string | undefined): Promise<void> {
    if (route.method !== 'GET' || typeof route.audit !== 'string' || visitor.person === undefined) return;
    await note(visitor, { action: route.audit, subject, outcome: 'seen' });
  }

  /** Appends an entry of its own, or throws: whatever waits for it is not shown before the records can keep it. */
  async function note(visitor: Visitor, event: AuditEvent): Promise<void> {
    const actor = visitor.person?.id ?? 'public';
    const entry = { door: 'concord_member', actor, partnership: visitor.partnership?.id } as const;
    try {
      await records.write(entry, (unit) => {
        unit.audit(event);
        return Promise.resolve();
      });
    } catch (cause) {
      if (cause instanceof RecordsUnavailable) throw cause;
      throw new RecordsUnavailable('The audit cannot be written.', { cause });
    }
  }

  function refused({ refused: reason, sentence }: Refused, visitor: Visitor, c: Context): Response {
    return refuse(reason === 'not-found' ? 404 : reason === 'conflict' ? 409 : 403, visitor, c, sentence);
  }

  function refuse(
    status: RefusalStatus,
    visitor: Visitor,
    c: Context,
    sentence?: string,
    reference?: string,
  ): Response {
    const extra: Record<string, string> =
      status === 503 ? { 'retry-after': '5' } : status === 405 ? { allow: 'GET, POST' } : {};
    if (isInFeed(c))
      return c.body(JSON.stringify(problemOf(status, sentence, reference)), status, {
        ...forAnySite,
        ...extra,
        'content-type': 'application/problem+json; charset=utf-8',
        'cache-control': 'no-store',
      });
    const text = frame(refusalPage(status, sentence, reference), visitor, c.req.path);
    return c.body(text, status, { ...notKept, ...extra });
  }

  /** What stands between a visitor and a page: nothing, no such partnership, not signed in, or not their role. */
  function barrier(route: Route, visitor: Visitor, slug: string | undefined): Barrier | undefined {
    if (slug !== undefined && visitor.partnership === undefined) return 'no such partnership';
    if (route.access === 'public') return undefined;
    if (visitor.person === undefined) return 'not signed in';
    if (route.access === 'person') return undefined;
    return route.access.anyOf.some((role) => visitor.roles.includes(role)) ? undefined : 'not their role';
  }

  async function bar(barred: Barrier, route: Route, visitor: Visitor, c: Context): Promise<Response> {
    if (barred === 'no such partnership') return refuse(404, nobody, c);
    if (barred === 'not signed in') {
      if (route.method === 'POST') return refuse(401, visitor, c);
      return seeOther(`/sign-in?next=${encodeURIComponent(pathAndQuery(c.req.raw.url).slice(0, 1_000))}`, c);
    }
    await note(visitor, {
      action: 'ACCESS_REFUSED',
      subject: `route/${route.method} ${route.path}`,
      outcome: 'refused',
    });
    return refuse(403, visitor, c);
  }

  function seeOther(address: string, c: Context, session?: { token: string; expires: Date } | 'end'): Response {
    const location = insideAddress(address);
    if (location === undefined) throw new Error(`A redirect must stay inside Concord: ${JSON.stringify(address)}`);
    const headers: Record<string, string> = { ...everyAnswer, location, 'cache-control': 'no-store' };
    if (session !== undefined) {
      const [value, expires] = session === 'end' ? ['', new Date(0)] : [session.token, session.expires];
      headers['set-cookie'] =
        `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires.toUTCString()}${secure ? '; Secure' : ''}`;
    }
    return c.body(null, 303, headers);
  }

  /** Each event asks the records anew, so a person who was disabled, or lost the role, gets no more of them. */
  async function* events(
    { everyMilliseconds, read }: Follow,
    entry: Entry,
    route: Route,
  ): AsyncGenerator<Uint8Array, void> {
    const slug = 'slug' in entry ? entry.slug : undefined;
    for (;;) {
      const next = await records.read(entry, async (unit) => {
        const visitor = visitorOf(unit.entered, { slug, session: undefined });
        return barrier(route, visitor, slug) === undefined ? read(unit.work()) : undefined;
      });
      if (next === undefined) return;
      yield words.encode(`data: ${JSON.stringify(next.event)}\n\n`);
      if (next.last) return;
      await pause(everyMilliseconds);
    }
  }

  function answerFault(error: unknown, c: Context): Response {
    if (error instanceof HTTPException && error.status === 403)
      return refuse(403, nobody, c, 'This form was sent from another site. Open the page here and send it again.');
    if (error instanceof UnreadableInput) return refuse(error.status, nobody, c, error.message);
    if (isMissingRow(error)) return refuse(404, nobody, c);
    if (error instanceof RecordsUnavailable) {
      log.note('records-unavailable', { path: c.req.path, reason: error.message, cause: causeOf(error) });
      return refuse(503, nobody, c, c.req.method === 'POST' ? unknownFate : undefined);
    }
    const reference = randomUUID().slice(0, 8);
    log.fault(reference, error, { method: c.req.method, path: c.req.path });
    return refuse(500, nobody, c, undefined, reference);
  }

  function inputOf(route: Route, c: Context): Input | 'no such address' {
    const params = route.params.safeParse(paramsOf(route.path, c.req.param()));
    if (!params.success) return 'no such address';
    const slug = typeof params.data['partnership'] === 'string' ? params.data['partnership'] : undefined;
    const isPublic = route.access === 'public' && route.method === 'GET';
    const session = isPublic && route.door === undefined ? undefined : sessionOf(getCookie(c, cookieName));
    const door = route.door === 'identity' ? 'concord_identity' : isPublic ? 'concord_public' : 'concord_member';
    return { params: params.data, slug, session, entry: { door, session, slug } };
  }

  return { fetch: (request, from) => app.fetch(request, from) };
}

/** The connection may have broken before the commit or after it. */
const unknownFate =
  'Concord is running, but its records stopped answering. Look whether your change was saved before you send it again.';

/** A name that ends in a format, as in `/:view.json`: the ending is a part of the address, and not of the name. */
const ending = /:(\w+)(\.[\w.-]+)$/;
const patternOf = (path: string): string =>
  path.replace(ending, (_, name: string, format: string) => `:${name}{[^/]+${format.replaceAll('.', '\\.')}}`);

function paramsOf(path: string, params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, name = '', format = ''] = ending.exec(path) ?? [];
  const value = params[name];
  return value === undefined ? params : { ...params, [name]: value.slice(0, -format.length) };
}

/** The first fixed parts of the addresses of open feeds. */
const feedsOf = (routes: readonly Route[]): ReadonlySet<string> =>
  new Set(
    routes.flatMap((route) =>
      route.method === 'GET' && route.openFeed
        ? route.path
            .split('/')
            .filter((part) => part !== '' && !part.startsWith(':'))
            .slice(0, 1)
        : [],
    ),
  );

interface ReceivedForm extends Sent {
  readonly typed: SentForm['typed'];
  readonly mistake: string | undefined;
  /** Removes what lies on the disk. */
  readonly discard: () => Promise<void>;
}

const noFiles = { files: [], stored: [], discard: () => Promise.resolve() } as const;

type WriteOutcome = { readonly visitor: Visitor } & (
  { readonly barred: Barrier } | { readonly shown: Shown } | { readonly written: Written }
);

type Barrier = 'no such partnership' | 'not signed in' | 'not their role';

interface Input {
  readonly params: unknown;
  readonly slug: string | undefined;
  readonly session: string | undefined;
  readonly entry: Entry;
}

/**
 * A body that is made as it is read. When the reader goes away, or the records do, it just ends: a reader of events asks
 * again by itself, and a file that ends early lacks the end that was announced for it.
 */
function streamOf(parts: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await parts.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

/** A token that was never ours is not looked up. */
const sessionOf = (cookie: string | undefined): string | undefined =>
  cookie !== undefined && /^[\w-]{43}$/.test(cookie) ? cookie : undefined;

function visitorOf(entered: Entered, input: Pick<Input, 'slug' | 'session'>): Visitor {
  return {
    person: entered.person,
    partnership: entered.partnership && { ...entered.partnership, slug: input.slug ?? '' },
    roles: entered.roles as readonly Role[],
    session: input.session,
  };
}

function mistakesOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) errors[String(path[0] ?? '')] ??= message;
  return errors;
}

const causeOf = ({ cause }: Error): string => (cause instanceof Error ? cause.message : '');

const withStatus = (shown: Shown, status: 422): Shown =>
  'page' in shown ? { ...shown, page: { status, ...shown.page } } : shown;

function isKnownByAnotherMethod(routes: readonly Route[], c: Context): boolean {
  const segments = c.req.path.split('/');
  return routes.some((route) => {
    const pattern = route.path.split('/');
    return (
      pattern.length === segments.length && pattern.every((part, i) => part.startsWith(':') || part === segments[i])
    );
  });
}

/** As the connection says. Behind a proxy that is the proxy: then all of its visitors share one allowance of failed sign-ins. */
const addressOf = (c: Context): string => (c.env as From | undefined)?.incoming?.socket.remoteAddress ?? 'unknown';

/** The part of an address behind the host. */
const pathAndQuery = (url: string): string => url.slice(url.indexOf('/', url.indexOf('//') + 2));
