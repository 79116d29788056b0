// The usual government stack: Express 5, Nunjucks with the macros of govuk-frontend, node-postgres. It shows the same page
// from the same PostgreSQL: a session looked up, a transaction, the same two questions. It asks as the superuser, so it is
// spared row security; and it writes no audit. Views are cached, as in production.
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express from 'express';
import nunjucks from 'nunjucks';
import pg from 'pg';

export interface UsualStackSettings {
  readonly login: pg.PoolConfig;
  /** What the product sends with its page: so both send the same. */
  readonly headers: Readonly<Record<string, string>>;
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
  select person.id, person.name, partnership.id as partnership, partnership.name as "partnershipName",
    array(select role from platform.role_held where person_id = person.id and partnership_id = partnership.id) as roles
  from identity.session join identity.person on person.id = session.person_id, platform.partnership
  where session.token_hash = $1 and session.expires_at > now() and person.disabled_at is null and partnership.slug = $2`;
const listSql = `
  select job.id, job.title, job.asked_at as "askedAt", job.state, coalesce(person.name, job.asked_by) as "askedBy",
    (select count(*)::int from platform.job counted where counted.partnership_id = $1) as count
  from platform.job left join identity.person
    on person.id = case when length(job.asked_by) = 36 then job.asked_by::uuid end
  where job.partnership_id = $1 order by job.asked_at desc, job.id limit $2 offset $3`;

interface Visitor {
  readonly name: string;
  readonly partnership: string;
  readonly partnershipName: string;
  readonly roles: readonly string[];
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

process.once('disconnect', () => process.exit());
process.once('message', ({ login, headers }: UsualStackSettings) => {
  const pool = new pg.Pool({ ...login, max: 16 });
  const app = express();
  app.disable('x-powered-by');
  nunjucks.configure(
    [
      fileURLToPath(new URL('.', import.meta.url)),
      fileURLToPath(new URL('../../node_modules/govuk-frontend/dist/', import.meta.url)),
    ],
    { autoescape: true, noCache: false, watch: false, express: app },
  );
  app.use((_request, response, next) => {
    response.set(headers);
    next();
  });
  app.get('/:slug/jobs', async (request, response) => {
    const { slug } = request.params;
    const token = /(?:^|; )concord-session=([\w-]{43})/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const found = await inTransaction(pool, async (client) => {
      const hash = createHash('sha256').update(token).digest();
      const [visitor] = (await client.query<Visitor>(sessionSql, [hash, slug])).rows;
      if (visitor?.roles.includes('analyst') !== true) return undefined;
      const { rows } = await client.query<Job>(listSql, [visitor.partnership, rowsOfAPage, 0]);
      return { visitor, jobs: rows, count: rows[0]?.count ?? 0 };
    });
    if (found === undefined) {
      response.status(403).end();
      return;
    }
    response.render('usual-stack.njk', {
      slug,
      visitor: found.visitor,
      count: found.count,
      jobs: found.jobs.map((job) => ({ ...job, askedOn: moments.format(job.askedAt), tag: tags[job.state] })),
    });
  });
  const server = app.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
});

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
