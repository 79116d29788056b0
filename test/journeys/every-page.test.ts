import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadRoute, World } from '../../src/platform/http/route.ts';
import { routes } from '../../src/web/routes.ts';
import { exampleIds } from '../example-ids.ts';
import {
  accessibilityFaults,
  openBrowser,
  openContext,
  sidewaysPixels,
  signIn,
  startProduct,
  widths,
  type Product,
} from './browser.ts';

/** Pictures of every page at both widths: what a person looks at after a change, and what CI keeps. */
const pictures = join(import.meta.dirname, '../../reports/screenshots');
const inPartnership = '/haverness';

let product: Product;
let browser: Browser;
let world: World;

beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  mkdirSync(pictures, { recursive: true });
  // A job of the example, made as a person makes it.
  const context = await openContext(browser, product);
  const page = await context.newPage();
  await signIn(page, 'administrator@haverness.example');
  await page.goto(`${inPartnership}/audit`);
  await page.getByRole('button', { name: 'Check the audit' }).click();
  await page.waitForURL(/\/jobs\//);
  const job = page.url().split('/').at(-1) ?? '';
  // On a page of its own: that of a job loads itself anew when the job ends.
  const releases = await context.newPage();
  await releases.goto(`${inPartnership}/releases`);
  const release = await releases.locator('main table a').first().getAttribute('href');
  const ids: Readonly<Record<string, string>> = {
    job,
    release: release?.split('/').at(-1) ?? '',
    ...exampleIds,
  };
  world = { partnership: 'haverness', idOf: (kind) => ids[kind] ?? '' };
  await context.close();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const isPage = (route: (typeof routes)[number]): route is ReadRoute =>
  route.method === 'GET' &&
  route.answers === undefined &&
  !/\/(events|export|:token)$|\.(csv|css|docx|json|pdf|png|svg)$/.test(route.path) &&
  !('none' in route.example({ partnership: '', idOf: () => '' }));
/** No page leads to what was read of one file but its upload: test/web/strategy.web.test.ts looks at it. */
const afterUpload = '/:partnership/plan/files/:id';
const pages = routes
  .filter(isPage)
  .filter(({ path }) => path !== afterUpload)
  .map((route) => [route.path, route] as const);

function addressOf(route: ReadRoute): string {
  const example = route.example(world);
  if ('none' in example) throw new Error(`${route.path} has no example`);
  const query = new URLSearchParams(example.query ?? {}).toString();
  return (
    route.path.replaceAll(/:(\w+)/g, (_, name: string) => example.params[name] ?? '') +
    (query === '' ? '' : `?${query}`)
  );
}

const pictureOf = (path: string, width: number): string =>
  join(pictures, `${path.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '') || 'installation'}-${width}.png`);

/** Whose account looks at a page: nobody's, the administrator's, or that of the first role that may. */
function lookerAt({ access }: ReadRoute): string {
  if (access === 'public') return 'nobody';
  return access === 'person' || access.anyOf.includes('administrator') ? 'administrator' : access.anyOf[0];
}
const lookers = [...new Set(pages.map(([, route]) => lookerAt(route)))];

/** A browser for each who looks, by role. */
async function openContexts(options: Parameters<typeof openContext>[2]): Promise<ReadonlyMap<string, BrowserContext>> {
  const contexts = new Map<string, BrowserContext>();
  for (const looker of lookers) {
    const context = await openContext(browser, product, options);
    contexts.set(looker, context);
    if (looker === 'nobody') continue;
    const page = await context.newPage();
    await signIn(page, `${looker}@haverness.example`);
    await page.close();
  }
  return contexts;
}

function pageFor(route: ReadRoute, contexts: ReadonlyMap<string, BrowserContext>): Promise<Page> {
  const context = contexts.get(lookerAt(route));
  if (context === undefined) throw new Error(`nobody looks at ${route.path}`);
  return context.newPage();
}

describe.each(widths)('at %i pixels', (width) => {
  let contexts: ReadonlyMap<string, BrowserContext>;
  beforeAll(async () => {
    contexts = await openContexts({ width });
  });
  afterAll(async () => {
    for (const context of contexts.values()) await context.close();
  });

  it.concurrent.each(pages)('%s', async (path, route) => {
    const page = await pageFor(route, contexts);
    const said: string[] = [];
    page.on('console', (message) =>
      message.type() === 'error' || message.type() === 'warning' ? said.push(message.text()) : undefined,
    );
    page.on('pageerror', (error) => said.push(String(error)));
    const elsewhere: string[] = [];
    page.on('request', (request) =>
      request.url().startsWith(product.address) || request.url().startsWith('data:')
        ? undefined
        : elsewhere.push(request.url()),
    );
    const response = await page.goto(addressOf(route));
    expect(response?.status()).toBe(200);
    await page.screenshot({ path: pictureOf(path, width), fullPage: true });
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysPixels(page)).toBe(0);
    expect(said).toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await page.close();
  });
});

// 1,280 pixels at 400 % are 320 CSS pixels (WCAG 2.2, 1.4.10), and a screen is a quarter as high.
describe('at 400 % zoom, without scripts', () => {
  let contexts: ReadonlyMap<string, BrowserContext>;
  beforeAll(async () => {
    contexts = await openContexts({ width: 320, height: 256, scale: 4, scripts: 'blocked' });
  });
  afterAll(async () => {
    for (const context of contexts.values()) await context.close();
  });

  it.concurrent.each(pages)('%s', async (_, route) => {
    const page = await pageFor(route, contexts);
    const response = await page.goto(addressOf(route));
    expect(response?.status()).toBe(200);
    expect(await sidewaysPixels(page)).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.close();
  });
});

describe('pages that refuse', () => {
  it.each([
    ['/nothing-here', 404],
    [`${inPartnership}/audit/nothing`, 404],
  ])('%s', async (path, status) => {
    for (const width of widths) {
      const context = await openContext(browser, product, { width });
      const page = await context.newPage();
      const response = await page.goto(path);
      expect(response?.status()).toBe(status);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await sidewaysPixels(page)).toBe(0);
      await context.close();
    }
  });

  it('tells a councillor why the audit is not for them, and keeps them signed in', async () => {
    const context = await openContext(browser, product);
    const page = await context.newPage();
    await signIn(page, 'councillor@haverness.example');
    const response = await page.goto(`${inPartnership}/audit`);
    expect(response?.status()).toBe(403);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('This page is not for your role');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto('/home');
    expect(await page.getByText('You are signed in as Cora Whitlock').count()).toBe(1);
    await context.close();
  });
});
