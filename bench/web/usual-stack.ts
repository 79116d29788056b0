// The usual government stack: Express 5, Nunjucks with the macros of govuk-frontend, node-postgres, and before each page the
// middleware of hmpps-template-typescript, in its order and with its settings (server/app.ts and server/middleware, read in
// November 2026): helmet with a nonce, express-session, a request id, body parsers, compression, csrf-sync. It shows the same
// page from the same PostgreSQL: a session looked up, a transaction, the list.
//
// What it is spared: it asks as the superuser, so no row security; it writes no audit and no log; it does not prolong the
// session in its store at each request, verify a token, or ask for the frame of the page over HTTP, as the template does.
// Views are cached, as in production.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import { csrfSync } from 'csrf-sync';
import express from 'express';
import session, { Cookie, Store, type SessionData } from 'express-session';
import helmet from 'helmet';
import nunjucks from 'nunjucks';
import pg from 'pg';

export interface UsualStackSettings {
  readonly login: pg.PoolConfig;
  readonly cookieName: string;
  /** Signs the cookie, as express-session does. */
  readonly secret: string;
  /** The menu of the page that is compared, so that both show the same one as the product grows. */
  readonly navigation: readonly { readonly text: string; readonly href: string; readonly active: boolean }[];
}

const rowsOfAPage = 50;
const tags: Readonly<Record<string, { text: string; classes: string }>> = {
  waiting: { text: 'Waiting', classes: 'govuk-tag--grey' },
  running: { text: 'Running', classes: 'govuk-tag--blue' },
  done: { text: 'Done', classes: 'govuk-tag--green' },
  failed: { text: 'Failed', classes: 'govuk-tag--red' },
  cancelled: { text: 'Stopped', classes: 'govuk-tag--yellow' },
};
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/London' });

const sessionSql = `
  select person.id, person.name, json_agg(json_build_object('slug', partnership.slug, 'id', partnership.id, 'name', partnership.name, 'role', role_held.role)) as memberships
  from identity.session join identity.person on person.id = session.person_id
    join platform.role_held on role_held.person_id = person.id join platform.partnership on partnership.id = role_held.partnership_id
  where session.token_hash = $1 and session.expires_at > now() and person.disabled_at is null
  group by person.id`;
const listSql = `
  select job.id, job.title, job.asked_at as "askedAt", job.state, coalesce(person.name, job.asked_by) as "askedBy",
    (select count(*)::int from platform.job counted where counted.partnership_id = $1) as count
  from platform.job left join identity.person
    on person.id = case when length(job.asked_by) = 36 then job.asked_by::uuid end
  where job.partnership_id = $1 order by job.asked_at desc, job.id limit $2 offset $3`;

interface User {
  readonly id: string;
  readonly name: string;
  readonly memberships: readonly {
    readonly slug: string;
    readonly id: string;
    readonly name: string;
    readonly role: string;
  }[];
}
interface Job {
  readonly id: string;
  readonly title: string;
  readonly askedAt: Date;
  readonly state: string;
  readonly askedBy: string;
  /** Of all, in each row. */
  readonly count: number;
}

declare module 'express-session' {
  interface SessionData {
    user: User;
    nowInMinutes: number;
  }
}

/** Sessions in the same PostgreSQL as the pages. The form's token was put into a session when somebody signed in. */
class PostgresStore extends Store {
  readonly #pool: pg.Pool;
  readonly #csrfToken = randomBytes(128).toString('hex');
  constructor(pool: pg.Pool) {
    super();
    this.#pool = pool;
  }
  get = (token: string, done: (error: unknown, found?: SessionData | null) => void): void => {
    const hash = createHash('sha256').update(token).digest();
    this.#pool.query<User>(sessionSql, [hash]).then(
      ({ rows: [user] }) =>
        done(
          null,
          user === undefined
            ? null
            : {
                cookie: new Cookie(),
                user,
                csrfToken: this.#csrfToken,
                nowInMinutes: Math.floor(Date.now() / 60_000),
              },
        ),
      (error: unknown) => done(error),
    );
  };
  set = (_token: string, _session: SessionData, done?: () => void): void => done?.();
  destroy = (_token: string, done?: () => void): void => done?.();
}

const sessionMilliseconds = 120 * 60_000;

process.once('disconnect', () => process.exit());
process.once('message', ({ login, cookieName, secret, navigation }: UsualStackSettings) => {
  const pool = new pg.Pool({ ...login, max: 16 });
  const app = express();
  app.set('trust proxy', true);
  app.use((_request, response, next) => {
    response.locals['cspNonce'] = randomBytes(16).toString('hex');
    next();
  });
  const ownOrNonce = ["'self'", (_: unknown, response: unknown) => `'nonce-${nonceOf(response)}'`];
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ownOrNonce,
          styleSrc: ownOrNonce,
          fontSrc: ["'self'"],
          formAction: ["'self'"],
        },
      },
      crossOriginEmbedderPolicy: true,
    }),
  );
  app.use(
    session({
      store: new PostgresStore(pool),
      name: cookieName,
      cookie: { secure: false, sameSite: 'lax', maxAge: sessionMilliseconds },
      secret,
      resave: false,
      saveUninitialized: false,
      rolling: true,
    }),
  );
  app.use((request, response, next) => {
    request.session.nowInMinutes = Math.floor(Date.now() / 60_000);
    response.set('X-Request-Id', request.get('X-Request-Id') ?? randomUUID());
    next();
  });
  app.use(express.json());
  app.use(express.urlencoded({ extended: true }));
  app.use(compression());
  app.use((_request, response, next) => {
    response.set({
      'Surrogate-Control': 'no-store',
      'Cache-Control': 'no-store, no-cache, must-revalidate, proxy-revalidate',
      Expires: '0',
    });
    next();
  });
  nunjucks.configure(
    [
      fileURLToPath(new URL('.', import.meta.url)),
      fileURLToPath(new URL('../../node_modules/govuk-frontend/dist/', import.meta.url)),
    ],
    { autoescape: true, noCache: false, watch: false, express: app },
  );
  app.use(
    csrfSync({ getTokenFromRequest: (request) => (request.body as { _csrf?: string } | undefined)?._csrf })
      .csrfSynchronisedProtection,
  );
  app.use((request, response, next) => {
    response.locals['csrfToken'] = request.csrfToken?.();
    response.locals['user'] = request.session.user;
    next();
  });
  app.get('/:slug/jobs', async (request, response) => {
    const { slug } = request.params;
    const { user } = request.session;
    const partnership = user?.memberships.find((held) => held.slug === slug && held.role === 'analyst');
    if (user === undefined || partnership === undefined) {
      response.status(403).end();
      return;
    }
    const jobs = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<Job>(listSql, [partnership.id, rowsOfAPage, 0]);
      return rows;
    });
    response.render('usual-stack.njk', {
      slug,
      navigation,
      visitor: { name: user.name, partnershipName: partnership.name },
      count: jobs[0]?.count ?? 0,
      jobs: jobs.map((job) => ({ ...job, askedOn: moments.format(job.askedAt), tag: tags[job.state] })),
    });
  });
  const server = app.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
});

const nonceOf = (response: unknown): string =>
  String((response as { locals: Readonly<Record<string, unknown>> }).locals['cspNonce']);

async function inTransaction<T>(pool: pg.Pool, act: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const result = await act(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
