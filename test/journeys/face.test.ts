import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assets } from '../../src/govuk/index.ts';
import { framing } from '../../src/platform/http/frame.tsx';
import { refusalPage } from '../../src/platform/http/refusal.page.tsx';
import { routes } from '../../src/web/routes.ts';
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

let product: Product;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'concord-face-'));
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

const administrator = 'administrator@haverness.example';

type Encoding = 'application/x-www-form-urlencoded' | 'text/plain';

/** Sends a form from a page of ours, as a browser does. */
async function send(
  page: Page,
  path: string,
  fields: Readonly<Record<string, string>>,
  enctype: Encoding = 'application/x-www-form-urlencoded',
) {
  await page.goto('/cookies');
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  const loaded = page.waitForEvent('load');
  await page.evaluate(
    `(({ path, fields, enctype }) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: path, enctype });
      for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('textarea'), { name, value }));
      document.body.append(form);
      form.submit();
    })(${JSON.stringify({ path, fields, enctype })})`,
  );
  const response = await answered;
  await loaded;
  return response;
}

/** Asks for an address in a way that no link does. */
async function put(page: Page, path: string) {
  await page.route(`**${path}`, (route) => route.continue({ method: 'PUT' }));
  return page.goto(path);
}

interface Refusal {
  readonly status: number;
  readonly words: RegExp;
  readonly as?: string;
  readonly go: (page: Page) => Promise<{ status: () => number } | null>;
}

const settings = {
  name: 'X',
  contactName: 'Y',
  contactEmail: 'y@haverness.example',
  version: '99',
  logoAlt: 'Gulls',
};
const refusals: readonly Refusal[] = [
  { status: 400, words: /could not be read/, go: (page) => page.goto('/sign-in?next=%00') },
  { status: 401, words: /Sign in first/, go: (page) => send(page, '/haverness/settings', { name: 'x' }) },
  {
    status: 403,
    words: /not for your role/,
    as: 'councillor@haverness.example',
    go: (page) => page.goto('/haverness/audit'),
  },
  { status: 404, words: /Page not found/, go: (page) => page.goto('/nothing/here') },
  { status: 405, words: /does not take that/, go: (page) => put(page, '/cookies') },
  {
    status: 409,
    words: /Somebody else changed/,
    as: administrator,
    go: (page) => send(page, '/haverness/settings', settings),
  },
  { status: 413, words: /too large/, go: (page) => send(page, '/sign-in', { email: 'a'.repeat(300_000) }) },
  { status: 415, words: /not a form/, go: (page) => send(page, '/sign-in', { email: 'x' }, 'text/plain') },
  { status: 422, words: /There is a problem/, go: (page) => send(page, '/sign-in', { email: '', password: '' }) },
  {
    status: 429,
    words: /too many tries/i,
    async go(page) {
      const tried = { email: 'nobody@haverness.example', password: 'wrong' };
      for (let k = 0; k < 5; k += 1) await send(page, '/sign-in', tried);
      return send(page, '/sign-in', tried);
    },
  },
];

async function expectRefusal(page: Page, words: RegExp): Promise<void> {
  const main = (await page.locator('main').textContent()) ?? '';
  expect(main).toMatch(words);
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect(await page.locator('main a, main button').count()).toBeGreaterThan(0);
  expect(await sidewaysPixels(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
}

describe.each([
  ['with scripts', true],
  ['without scripts', 'blocked'],
] as const)('a page that refuses says what happened and what to do, %s', (_, scripts) => {
  it.each(refusals)('$status', async ({ status, words, as, go }) => {
    for (const width of widths) {
      const context = await openContext(browser, product, { width, scripts });
      const page = await context.newPage();
      if (as !== undefined) await signIn(page, as);
      expect((await go(page))?.status()).toBe(status);
      await expectRefusal(page, words);
      await context.close();
    }
  });

  // Nothing that a browser can send makes these, so the page is put in the place of an answer.
  it.each([500, 503] as const)('%i', async (status) => {
    const files = assets();
    const frame = framing({
      routes,
      installation: 'Merrowshire',
      mode: 'live',
      standsOn: null,
      assetHref: (name) => files.find((file) => file.name === name)?.href ?? '',
    });
    const nobody = { person: undefined, partnership: undefined, roles: [], session: undefined };
    const body = frame(refusalPage(status, undefined, status === 500 ? 'a1b2c3d4' : undefined), nobody, '/');
    for (const width of widths) {
      const context = await openContext(browser, product, { width, scripts });
      const page = await context.newPage();
      await page.route('**/broken', (route) =>
        route.fulfill({ status, body, contentType: 'text/html; charset=utf-8' }),
      );
      await page.goto('/broken');
      await expectRefusal(page, /[Tt]ry again/);
      await context.close();
    }
  });
});

describe('with the keyboard alone', () => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await openContext(browser, product);
    page = await context.newPage();
  });
  afterAll(() => context.close());
  const focused = () => page.evaluate<string>('document.activeElement.textContent.trim() || document.activeElement.id');

  it('the first key skips to the page itself', async () => {
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<boolean>('document.querySelector("main").contains(document.activeElement)')).toBe(true);
  });

  it('every link and field of a page is reached, in the order in which it is read, with a focus that is seen', async () => {
    await signIn(page, administrator);
    await page.goto('/haverness/settings');
    const all = await page.locator('a[href]:visible, button:visible, input:not([type=hidden]):visible').count();
    let last = -1;
    for (let k = 0; k < all; k += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate<number>(
        `[...document.querySelectorAll('a[href], button, input')].indexOf(document.activeElement)`,
      );
      expect(at).toBeGreaterThan(last);
      last = at;
      const seen = await page.evaluate<boolean>(
        `(() => { const style = getComputedStyle(document.activeElement); return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none'; })()`,
      );
      expect(seen, `focus of ${await focused()}`).toBe(true);
    }
  });

  it('what is wrong with a form gets the focus, and leads to its field', async () => {
    await page.goto('/haverness/settings');
    await page.getByLabel('Name of the partnership').fill('');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.evaluate<string>('document.activeElement.className')).toContain('govuk-error-summary');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('name');
  });

  it('the menu of a narrow screen opens and closes', async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto('/haverness/home');
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.focus();
    expect(await page.getByRole('link', { name: 'Settings' }).isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Home');
    await menu.press('Enter');
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
  });
});

describe('with the colours of the system', () => {
  it.each(['light', 'dark'] as const)('%s: buttons, tags and the focus keep an edge', async (colorScheme) => {
    const context = await openContext(browser, product);
    const page = await context.newPage();
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    await signIn(page, administrator);
    await page.goto('/haverness/settings');
    const button = page.getByRole('button', { name: 'Save settings' });
    await button.focus();
    expect(
      await button.evaluate((element) => {
        const { outlineStyle, borderTopStyle } = (
          globalThis as unknown as { getComputedStyle: (of: unknown) => Record<string, string> }
        ).getComputedStyle(element);
        return { outline: outlineStyle, border: borderTopStyle };
      }),
    ).toEqual({ outline: 'solid', border: 'solid' });
    await context.close();
  });
});

describe('a logo', () => {
  const logo = join(import.meta.dirname, '../../src/web/example-logo.png');
  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('is sent and shown, and a file that is none comes back with a sentence, %s', async (_, scripts) => {
    const context = await openContext(browser, product, { scripts });
    const page = await context.newPage();
    await signIn(page, administrator);
    await page.goto('/haverness/settings');
    const text = join(folder, 'logo.png');
    writeFileSync(text, 'no picture');
    await page.locator('input[type=file]').setInputFiles(text);
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('This file is not one');
    expect(await page.title()).toMatch(/^Error: /);
    await page.locator('input[type=file]').setInputFiles(logo);
    await page.getByLabel('What the logo shows').fill(`A logo sent ${_}`);
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.waitForURL(/saved=yes/);
    expect(await page.getByRole('img', { name: `A logo sent ${_}` }).count()).toBeGreaterThan(0);
    await context.close();
  });

  it('says how much of it has arrived, and can be stopped', async () => {
    const context = await openContext(browser, product);
    const page = await context.newPage();
    await signIn(page, administrator);
    await page.goto('/haverness/settings');
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 20_000,
    });
    const large = join(folder, 'large.png');
    writeFileSync(large, Buffer.concat([readFileSync(logo), Buffer.alloc(150_000)]));
    await page.locator('input[type=file]').setInputFiles(large);
    await page.getByLabel('What the logo shows').fill('Never saved');
    await page.getByRole('button', { name: 'Save settings' }).click();
    const stop = page.getByRole('button', { name: 'Stop sending' });
    await stop.waitFor();
    await page.getByText(/^Sending: [1-9]\d* %$/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await stop.click();
    await page.getByText('Stopped. Nothing was saved.').waitFor();
    expect(await stop.count()).toBe(0);
    await page.goto('/haverness');
    expect(await page.getByRole('img', { name: 'Never saved' }).count()).toBe(0);
    await context.close();
  });
});

describe('what a browser keeps', () => {
  it('is the one cookie that the page on cookies names, and nothing else', async () => {
    const context = await openContext(browser, product);
    const page = await context.newPage();
    for (const path of ['/', '/haverness', '/cookies']) await page.goto(path);
    expect(await context.cookies()).toEqual([]);
    await signIn(page, administrator);
    for (const path of ['/home', '/haverness/home', '/haverness/settings', '/haverness/audit']) await page.goto(path);
    await page.goto('/cookies');
    const [cookie, ...others] = await context.cookies();
    expect(others).toEqual([]);
    expect(await page.locator('code').allTextContents()).toEqual([cookie?.name]);
    expect(await page.evaluate<number>('localStorage.length + sessionStorage.length')).toBe(0);
    await context.close();
  });
});

describe('on paper', () => {
  /** What a sheet says, as a person reads it. */
  const sheets = (pdf: string): readonly string[] =>
    execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
  async function print(path: string, as?: string): Promise<readonly string[]> {
    const context = await openContext(browser, product);
    const page = await context.newPage();
    if (as !== undefined) await signIn(page, as);
    await page.goto(path);
    const pdf = join(folder, `${path.replaceAll(/\W+/g, '-')}.pdf`);
    await page.pdf({ path: pdf, format: 'A4', preferCSSPageSize: true });
    await context.close();
    return sheets(pdf);
  }

  it('a marked list says its marking on every sheet, repeats its head, and has no navigation', async () => {
    const context = await openContext(browser, product);
    const page = await context.newPage();
    await signIn(page, administrator);
    // Enough entries for several sheets.
    for (let k = 0; k < 60; k += 1) await page.request.get('/haverness/audit');
    await context.close();
    const printed = await print('/haverness/audit', administrator);
    expect(printed.length).toBeGreaterThan(1);
    for (const sheet of printed) expect(sheet.match(/OFFICIAL/g)?.length ?? 0).toBeGreaterThanOrEqual(2);
    const all = printed.join('\n');
    for (const word of ['Sign out', 'Skip to main content', 'Work in hand', 'Accessibility'])
      expect(all).not.toContain(word);
  });

  it('a page prints the addresses of its links to elsewhere, and no button', async () => {
    const all = (await print('/haverness')).join('\n');
    expect(all).toContain('https://www.police.uk');
    expect(all).not.toContain('Exit this page');
    expect(all).toContain('Safer Haverness Partnership');
  });

  it('no heading stands alone at the foot of a sheet', async () => {
    const headings = [
      'If you read public pages',
      'If you sign in',
      'Why the law allows it',
      'Who answers',
      'Your rights',
    ];
    for (const sheet of await print('/haverness/privacy')) {
      const last = sheet.trim().split('\n').at(-1)?.trim() ?? '';
      expect(headings).not.toContain(last);
    }
  });
});
