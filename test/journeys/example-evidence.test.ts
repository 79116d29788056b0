import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
let page: Page;

beforeAll(async () => {
  // The example as everybody starts it, and not the quick one that other journeys need.
  product = await startProduct({}, 'town');
  browser = await openBrowser();
  page = await (await openContext(browser, product)).newPage();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

it('loads while the analyst looks round, says how far it is, and is there in the end', async () => {
  await signIn(page, 'analyst@haverness.example');
  await page.goto('/haverness/home');
  await page.getByRole('link', { name: 'Load five years of evidence for the example' }).click();
  await page.getByText('The evidence of the example is there: June 2021 to May 2026.').waitFor({ timeout: 100_000 });
  await page.goto('/haverness/home');
  expect(await page.getByRole('link', { name: 'Load five years of evidence' }).count()).toBe(0);
});

it.each(widths)('shows it at %i pixels, without a fault', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  for (const [path, words] of [
    ['/haverness/intake', 'fire incidents March to May 2026.csv'],
    ['/haverness/intake/0f000000-0000-4000-8000-000000000104', 'April 2026 is not in these files'],
    ['/haverness/coverage?year=2026', 'July 2025 to March 2026 are missing.'],
    ['/haverness/figures', 'Trend in the number of offences in Haverness'],
    ['/haverness/reference', 'Made up for the example'],
  ] as const) {
    await page.goto(path);
    await page.getByText(words).first().waitFor();
    expect(await page.getByText('Everything here is made up').count()).toBe(1);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysPixels(page)).toBe(0);
  }
});
