import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { examplePassword } from '../../src/platform/identity/example-accounts.ts';
import type { StartsWith } from '../../src/web/serve.ts';

/** The product as people get it: `concord serve` in a process of its own, on an empty data folder. */
export interface Product {
  readonly address: string;
  readonly data: string;
  /** What it has told its operator so far. */
  readonly told: () => string;
  readonly stop: () => Promise<void>;
}

const program = join(import.meta.dirname, '../../bin/concord.mjs');

export async function startProduct(
  environment: Readonly<Record<string, string>> = {},
  // What partners sent over five years is loaded in the background: only a journey that looks at it waits for it.
  example: StartsWith = 'bare-town',
): Promise<Product> {
  const data = mkdtempSync(join(tmpdir(), 'concord-journey-'));
  const port = await freePort();
  const child = spawn(process.execPath, [program, 'serve', '--data', data, '--example', example], {
    env: { ...process.env, PORT: String(port), CONCORD_LOG: 'normal', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (bytes: Buffer) => {
    told += bytes.toString();
    process.stderr.write(bytes);
  });
  const address = await readyLine(child);
  return {
    address,
    data,
    told: () => told,
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((ready, failed) => {
    let said = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const address = /^ready (\S+)$/m.exec(said)?.[1];
      if (address !== undefined) ready(address);
    });
    child.once('exit', (code) => failed(new Error(`the product ended with ${String(code)}: ${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

/** Debian's Chromium, without the traffic of its own that a closed network would refuse. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** The two widths at which every page has to be right. */
export const widths = [320, 1_440] as const;

export async function openContext(
  browser: Browser,
  product: Product,
  options: { width?: number; height?: number; scale?: number; scripts?: boolean | 'blocked' } = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: product.address,
    viewport: { width: options.width ?? 1_440, height: options.height ?? 900 },
    deviceScaleFactor: options.scale ?? 1,
    javaScriptEnabled: options.scripts !== false,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  // The page as it is without scripts, where axe, which is one, still runs.
  if (options.scripts === 'blocked') await context.route('**/*.js', (route) => route.abort());
  return context;
}

/** Signs in as a person does: on the page, with the keyboard of the form. */
export async function signIn(page: Page, email: string, password = examplePassword): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Every rule of axe that belongs to WCAG 2.2 AA or good practice, none switched off. One line a violation. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** Whether something stands out on the right, so that the page has to be moved sideways to be read. */
export const sidewaysPixels = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = (
      globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
    ).document.documentElement;
    return scrollWidth - clientWidth;
  });
