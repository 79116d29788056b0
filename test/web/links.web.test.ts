import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { roles } from '../../src/duty/index.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

/** Most pages that one visitor is led to: a calendar without end would else be walked for ever. */
const mostPages = 400;

interface Found {
  readonly links: readonly string[];
  readonly ids: ReadonlySet<string>;
}

/** Where the links, pictures and stylesheets of a page lead, inside Concord; and the ids that a link may name. */
function read(html: string): Found {
  const links: string[] = [];
  const ids = new Set<string>();
  const visit = (node: Tree.Node): void => {
    if ('attrs' in node) {
      for (const { name, value } of node.attrs) {
        if (name === 'id') ids.add(value);
        if (name === 'href' || name === 'src') links.push(value);
      }
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return { links, ids };
}

/** Follows every link from the home page on. @returns what leads nowhere, and how many pages were seen */
async function walk(cookie: string | undefined): Promise<{ broken: readonly string[]; pages: number }> {
  const base = 'http://concord.test';
  const waiting: { address: string; from: string }[] = [
    { address: '/', from: 'the beginning' },
    { address: '/haverness/home', from: 'the beginning' },
  ];
  const seen = new Map<string, ReadonlySet<string> | undefined>();
  const fragments: { page: string; id: string; from: string }[] = [];
  const broken: string[] = [];
  for (let next = waiting.shift(); next !== undefined && seen.size < mostPages; next = waiting.shift()) {
    const { pathname, search } = new URL(next.address, base);
    const page = pathname + search;
    if (seen.has(page)) continue;
    seen.set(page, undefined);
    const response = await town.ask(page, cookie === undefined ? {} : { cookie });
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
    if (response.status >= 400) broken.push(`${page} (${response.status}), from ${next.from}`);
    if (response.status !== 200 || !isPage) {
      await response.body?.cancel();
      continue;
    }
    const { links, ids } = read(await response.text());
    seen.set(page, ids);
    for (const link of links) {
      const to = new URL(link, base + page);
      if (to.origin !== base) continue;
      if (to.hash !== '') fragments.push({ page: to.pathname + to.search, id: to.hash.slice(1), from: page });
      waiting.push({ address: to.pathname + to.search, from: page });
    }
  }
  for (const { page, id, from } of fragments)
    if (seen.get(page)?.has(decodeURIComponent(id)) === false) broken.push(`${page}#${id}, from ${from}`);
  return { broken: [...new Set(broken)], pages: seen.size };
}

it('no link that a visitor is shown leads nowhere', async () => {
  const { broken, pages } = await walk(undefined);
  expect(broken).toEqual([]);
  expect(pages).toBeGreaterThan(10);
});

it.each(roles)(
  'no link that the %s is shown leads nowhere, or to what is not for them',
  async (role) => {
    const { broken, pages } = await walk(await town.sessionOf(`${role}@haverness.example`));
    expect(broken).toEqual([]);
    expect(pages).toBeGreaterThan(10);
  },
  60_000,
);
