import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, signIn, startProduct, type Product } from './browser.ts';

/** The pictures of the README: taken by name (`npm run pictures`), so that a run of the tests changes no file. */
const folder = join(import.meta.dirname, '../../docs/pictures');
const mostBytes = 150_000;

let product: Product;
let browser: Browser;
beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  mkdirSync(folder, { recursive: true });
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

it.each([
  ['public-home', '/haverness', undefined, 1_200, 800],
  ['what-needs-you', '/haverness/home', 'coordinator', 1_200, 800],
  ['boards', '/haverness/bodies', 'coordinator', 1_200, 800],
  ['phone', '/haverness/organisations', 'councillor', 360, 740],
] as const)('%s', async (name, path, role, width, height) => {
  const context = await openContext(browser, product, { width });
  const page = await context.newPage();
  if (role !== undefined) await signIn(page, `${role}@haverness.example`);
  await page.goto(path);
  await page.setViewportSize({ width, height });
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  expect(statSync(file).size).toBeLessThan(mostBytes);
  await context.close();
});
