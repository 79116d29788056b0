import { createHmac, randomBytes } from 'node:crypto';
import { readConfig } from '../src/platform/config.ts';
import { openInstallation, type Installation } from '../src/platform/installation.ts';
import { addJob, endJob, startJob } from '../src/platform/jobs/job.store.ts';
import { exampleAccounts, examplePassword } from '../src/platform/identity/example-accounts.ts';
import { openLog } from '../src/platform/log.ts';
import { load } from './instruments/load.ts';
import { inFreshFolder, startBeside, startProduct, type Serving } from './instruments/programs.ts';
import { rowOf, type Bench, type Row } from './instruments/row.ts';
import { inTurn, type Rate } from './instruments/summary.ts';
import type { UsualStackSettings } from './web/usual-stack.ts';

/** A page as it goes over the wire. */
export interface SentPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const listPath = '/haverness/jobs';
const publicPath = '/haverness';
const usualCookieName = 'usual.session';
const rowsOfTheList = 50;
const connectionCounts = [1, 20, 200];
const rounds = 3;
const seconds = 2;
/** What each server answers before it is measured: by then its code is compiled. */
const warmingRequests = 2_000;

/** Ratios of requests a second. */
const listAgainstUsual = 3;
const listAgainstBare = 1 / 12;
const publicAgainstBare = 1 / 2;

export const bench: Bench = {
  promise:
    'A list of 50 records, with session and bound transaction, at 3 times the usual government stack and a twelfth of a bare server; a public page at half of a bare server.',
  run: (progress) =>
    inFreshFolder(async (data) => {
      const running: (Serving | Installation)[] = [];
      try {
        const product = await startProduct(data);
        running.push(product);
        const installation = await openInstallation(readConfig({ data }), openLog('quiet'), { connections: 2 });
        running.push(installation);
        const cookie = await signIn(product.address);
        await seed(installation, cookie);

        const list = await fetched(product.address + listPath, cookie);
        const home = await fetched(product.address + publicPath);
        const bare = await startBeside(new URL('web/bare-server.ts', import.meta.url), {
          [listPath]: list,
          [publicPath]: home,
        });
        running.push(bare);
        const secret = randomBytes(32).toString('hex');
        const usual = await startBeside(new URL('web/usual-stack.ts', import.meta.url), {
          login: installation.admin,
          cookieName: usualCookieName,
          secret,
          navigation: navigationOf(list.body),
        } satisfies UsualStackSettings);
        running.push(usual);
        const usualCookie = signedCookie(cookie, secret);
        assertSame(list.body, (await fetched(usual.address + listPath, usualCookie)).body);

        const rows: Row[] = [];
        progress('Warming up …');
        for (const { address } of [product, usual, bare])
          await load({
            url: address + listPath,
            connections: 20,
            until: { requests: warmingRequests },
            headers: { cookie: address === usual.address ? usualCookie : cookie },
          });
        for (const connections of connectionCounts) {
          progress(`${connections} connections, ${rounds} rounds …`);
          const ask =
            (url: string, headers: Record<string, string> = {}) =>
            () =>
              load({ url, connections, until: { seconds }, headers });
          const rates = await inTurn(
            {
              list: ask(product.address + listPath, { cookie }),
              usual: ask(usual.address + listPath, { cookie: usualCookie }),
              bareList: ask(bare.address + listPath, { cookie }),
              public: ask(product.address + publicPath),
              barePublic: ask(bare.address + publicPath),
            },
            rounds,
          );
          rows.push(...rowsOf(connections, rates));
        }
        return rows;
      } finally {
        for (const one of running.reverse()) await ('stop' in one ? one.stop() : one.close());
      }
    }),
};

function rowsOf(
  connections: number,
  rates: Readonly<Record<'list' | 'usual' | 'bareList' | 'public' | 'barePublic', Rate>>,
): Row[] {
  const at = `${connections} ${connections === 1 ? 'connection' : 'connections'}`;
  const compared = (metric: string, size: string, ours: Rate, theirs: Rate, atLeast: number): Row[] => [
    rowOf({
      bench: 'web',
      metric,
      size,
      value: ours.perSecond,
      unit: 'requests/s',
      baseline: theirs.perSecond,
      goal: { of: 'ratio', atLeast },
    }),
    ...(['p50Milliseconds', 'p99Milliseconds'] as const).map((figure) =>
      rowOf({
        bench: 'web',
        metric: `${metric}, ${figure.slice(0, 3)}`,
        size,
        value: ours[figure],
        unit: 'ms',
        baseline: theirs[figure],
      }),
    ),
  ];
  const list = `${rowsOfTheList} rows, ${at}`;
  return [
    ...compared('list page beside the usual stack', list, rates.list, rates.usual, listAgainstUsual),
    ...compared('list page beside a bare server', list, rates.list, rates.bareList, listAgainstBare),
    ...compared('public page beside a bare server', at, rates.public, rates.barePublic, publicAgainstBare),
  ];
}

/** Signs in as people do, by the form. @returns the cookie of the session */
async function signIn(address: string): Promise<string> {
  const email = exampleAccounts.find(({ role }) => role === 'analyst')?.email ?? '';
  const answer = await fetch(`${address}/sign-in`, {
    method: 'POST',
    headers: { origin: address },
    body: new URLSearchParams({ email, password: examplePassword }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 303 || cookie === undefined) throw new Error(`Sign-in answered ${answer.status}.`);
  return cookie;
}

/** Fifty jobs in every state, asked for by the person who will look at them. */
async function seed({ records }: Installation, cookie: string): Promise<void> {
  const session = cookie.slice(cookie.indexOf('=') + 1);
  const { entered } = await records.read({ door: 'concord_member', session, slug: 'haverness' }, (unit) =>
    Promise.resolve(unit),
  );
  const { person, partnership } = entered;
  if (person === undefined || partnership === undefined) throw new Error('The session is nobody’s.');
  const states = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
  for (let number = 1; number <= rowsOfTheList; number += 1)
    await records.write(
      { door: 'concord_member', actor: person.id, partnership: partnership.id },
      async ({ work: unit }) => {
        const work = unit<'platform'>();
        const title = `Check of the audit & its seals, number ${number}`;
        const id = await addJob(work, {
          partnership: partnership.id,
          kind: 'audit-check',
          title,
          payload: {},
          askedBy: person.id,
        });
        const state = states[number % states.length] ?? 'waiting';
        if (state === 'waiting') return;
        await startJob(work, id, 'bench');
        if (state !== 'running') await endJob(work, id, 'bench', { state, note: 'As the bench wanted it.' });
      },
    );
}

async function fetched(url: string, cookie?: string): Promise<SentPage> {
  const answer = await fetch(url, {
    headers: { 'accept-encoding': 'identity', ...(cookie !== undefined && { cookie }) },
  });
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
  const ofTheConnection = new Set(['connection', 'date', 'keep-alive']);
  return { headers: Object.fromEntries([...answer.headers].filter(([name]) => !ofTheConnection.has(name))), body };
}

/** The same session for the usual stack, signed as express-session signs: base64 of an HMAC, without its padding. */
function signedCookie(cookie: string, secret: string): string {
  const token = cookie.slice(cookie.indexOf('=') + 1);
  const signature = createHmac('sha256', secret).update(token).digest('base64').replace(/=+$/, '');
  return `${usualCookieName}=${encodeURIComponent(`s:${token}.${signature}`)}`;
}

/** The menu that a page shows. */
const navigationOf = (page: string): UsualStackSettings['navigation'] =>
  [
    ...page.matchAll(/<li class="([^"]*)"><a class="govuk-service-navigation__link" href="([^"]+)"[^>]*>(.*?)<\/a>/g),
  ].map(([, classes = '', href = '', text = '']) => ({
    text: text.replace(/<[^>]+>/g, ''),
    href,
    active: classes.includes('--active'),
  }));

/** Two servers are compared only when they do the same: the same words, the same elements, every row. */
function assertSame(ours: string, theirs: string): void {
  const words = (page: string) =>
    page
      .slice(page.indexOf('<body'))
      .replace(/<script\b[^>]*>.*?<\/script>/gs, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
  const elements = (page: string) =>
    [...page.matchAll(/<([a-z][a-z0-9]*)/g)]
      .map(([, name]) => name)
      .sort()
      .join(' ');
  if (words(ours) !== words(theirs)) throw new Error(`The pages differ:\n${words(ours)}\n${words(theirs)}`);
  if (elements(ours) !== elements(theirs)) throw new Error(`Elements differ:\n${elements(ours)}\n${elements(theirs)}`);
  if (ours.split('<tr').length !== rowsOfTheList + 2) throw new Error('The list does not have its rows.');
}
