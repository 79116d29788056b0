import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles, type Role } from '../../src/duty/index.ts';
import type { Route } from '../../src/platform/http/route.ts';
import { routes } from '../../src/web/routes.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

/** Of pages that differ in their records or in what was chosen alone, so many are visited. */
const mostOfAShape = 3;

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`);
const table = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
const routeAt = (method: Route['method'], path: string): Route | undefined =>
  table.find(({ route, pattern }) => route.method === method && pattern.test(path))?.route;

interface Reference {
  readonly address: string;
  readonly fragment: string;
}

const text = (html: string): string => html.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');

/** Where a page leads: its links, pictures and files. What lies outside of Concord is left out. */
const referencesOf = (html: string, at: string): Reference[] =>
  [...html.matchAll(/<(?:a|link|img|script)\b[^>]*?\s(?:href|src)="([^"]+)"/g)]
    .map(([, href = '']) => text(href))
    .filter((href) => !/^(?:https?|mailto|tel|data):/.test(href))
    .map((href) => {
      const { pathname, search, hash } = new URL(href, `http://concord.test${at}`);
      return { address: pathname + search, fragment: decodeURIComponent(hash.slice(1)) };
    });

/** Where the buttons of a page lead. */
const formsOf = (html: string, at: string): string[] =>
  [...html.matchAll(/<form\b[^>]*>/g)].flatMap(([tag]) => {
    if (!tag.includes('method="post"')) return [];
    const action = /\saction="([^"]*)"/.exec(tag)?.[1];
    return [new URL(action === undefined ? at : text(action), `http://concord.test${at}`).pathname];
  });

const shapeOf = (address: string): string => {
  const { pathname, searchParams } = new URL(address, 'http://concord.test');
  return [routeAt('GET', pathname)?.path ?? pathname, ...[...searchParams.keys()].sort()].join(' ');
};

interface Walked {
  readonly pages: number;
  /** `where it stands → where it leads: why that is no good` */
  readonly faults: readonly string[];
}

/** Follows every link as a person would, from their home on. */
async function walk(role: Role | 'nobody'): Promise<Walked> {
  const email = `${role}@haverness.example`;
  const cookie = role === 'nobody' ? undefined : await town.sessionOf(email);
  const held = await town.asAdmin<{ slug: string; role: Role }>(
    `select p.slug, r.role from platform.role_held r join platform.partnership p on p.id = r.partnership_id
     join identity.person a on a.id = r.person_id where a.email = $1`,
    [email],
  );
  /** Whoever works in two partnerships may do different things in them. */
  const may = ({ access }: Route, path: string): boolean =>
    access === 'public' ||
    (access === 'person'
      ? role !== 'nobody'
      : held.some(({ slug, role: theirs }) => path.startsWith(`/${slug}/`) && access.anyOf.includes(theirs)));
  const faults = new Set<string>();
  const visits = new Map<string, number>();
  /** The ids on a page that was visited: where a link with `#` may lead. */
  const visited = new Map<string, ReadonlySet<string>>();
  const waiting: (Reference & { readonly from: string })[] = [
    { address: '/', fragment: '', from: 'the start' },
    { address: '/haverness', fragment: '', from: 'the start' },
    ...(cookie === undefined ? [] : [{ address: '/home', fragment: '', from: 'the start' }]),
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { address, fragment, from } = next;
    const known = visited.get(address);
    if (known !== undefined) {
      if (fragment !== '' && !known.has(fragment)) faults.add(`${from} → ${address}#${fragment}: no such place`);
      continue;
    }
    const shape = shapeOf(address);
    const before = visits.get(shape) ?? 0;
    if (before >= mostOfAShape) continue;
    visits.set(shape, before + 1);
    const response = await town.ask(address, cookie === undefined ? {} : { cookie });
    if (response.status === 303) {
      waiting.push({ address: response.headers.get('location') ?? '', fragment, from: `${from} → ${address}` });
      continue;
    }
    if (response.status !== 200) faults.add(`${from} → ${address}: ${response.status}`);
    if (response.headers.get('content-type')?.startsWith('text/html') !== true) {
      await response.body?.cancel();
      continue;
    }
    const html = await response.text();
    const ids = new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => text(id)));
    visited.set(address, ids);
    if (fragment !== '' && !ids.has(fragment)) faults.add(`${from} → ${address}#${fragment}: no such place`);
    for (const action of formsOf(html, address)) {
      const route = routeAt('POST', action);
      if (route === undefined) faults.add(`${address} → POST ${action}: nothing there`);
      else if (!may(route, action)) faults.add(`${address} → POST ${action}: not for this role`);
    }
    waiting.push(...referencesOf(html, address).map((reference) => ({ ...reference, from: address })));
  }
  return { pages: visited.size, faults: [...faults].sort() };
}

describe('every link and every button leads somewhere that its reader may go', () => {
  it.each(['nobody', ...roles] as const)('%s', async (role) => {
    const { pages, faults } = await walk(role);
    expect(faults).toEqual([]);
    // Who would be stopped at the first page has not looked.
    expect(pages).toBeGreaterThan(20);
    expect(town.faults).toEqual([]);
  });
});
