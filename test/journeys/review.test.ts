import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleReadiness, exampleReviews } from '../../src/strategy/example-strategy.ts';
import {
  accessibilityFaults,
  openBrowser,
  openContext,
  sidewaysPixels,
  signIn,
  startProduct,
  type Product,
} from './browser.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const isClean = async (page: Page) => {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysPixels(page)).toBe(0);
};

/** Moves by the keyboard to what is so named, as its words, its label or its legend. */
async function reach(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 300; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const at = document.activeElement as HTMLInputElement | null;
      return [
        at?.labels?.[0]?.textContent ?? '',
        at?.closest('fieldset')?.querySelector('legend')?.textContent ?? '',
        at?.textContent ?? '',
      ];
    });
    if (focused.some((words) => words.trim().startsWith(name))) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}
async function follow(page: Page, name: string): Promise<void> {
  await reach(page, name);
  const before = page.url();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== before);
}

describe('a coordinator, with the keyboard only', () => {
  it('writes the parts of the yearly review and ends it, and the files of its report come', async () => {
    const context = await openContext(browser, product, {});
    const page = await context.newPage();
    await signIn(page, 'coordinator@haverness.example');
    await page.goto('/haverness/plan');
    await follow(page, 'Reviews of the strategy');
    await isClean(page);
    await follow(page, 'A safer Haverness 2025 to 2028');
    await page.goto(`/haverness/reviews/${exampleReviews.open.id}/parts/needs`);
    for (const part of ['needs', 'aims', 'actions', 'measures', 'money', 'text']) {
      await page.waitForURL((url) => url.pathname.endsWith(`/parts/${part}`));
      await isClean(page);
      await reach(
        page,
        {
          needs: 'What do we know now',
          aims: 'Are these still',
          actions: 'What was done',
          measures: 'What do the numbers',
          money: 'Was it spent',
          text: 'Whom did we',
        }[part]!,
      );
      await page.keyboard.type('We looked at it together.');
      await follow(page, 'Save');
    }
    await follow(page, 'Record what was decided');
    await isClean(page);
    await reach(page, 'What follows?');
    await page.keyboard.press('Space');
    await reach(page, 'Which body decided?');
    await page.keyboard.type('Safer Haverness Executive');
    await reach(page, 'On which day?');
    await page.keyboard.type('1 June 2026');
    await follow(page, 'End the review');
    await isClean(page);
    const report = `${page.url()}/report.pdf`;
    await expect
      .poll(async () => (await page.request.get(report)).status(), { timeout: 90_000, interval: 500 })
      .toBe(200);
    await page.reload();
    await follow(page, 'Read the report');
    expect(await page.locator('main').textContent()).toContain('We looked at it together.');
    await isClean(page);
    await context.close();
  });

  it('agrees on a level of readiness, and the gap becomes an action', async () => {
    const context = await openContext(browser, product, { width: 320 });
    const page = await context.newPage();
    await signIn(page, 'coordinator@haverness.example');
    await page.goto('/haverness/readiness');
    await isClean(page);
    await page.goto(`/haverness/readiness/dimensions/${exampleReadiness.dimension}/agree`);
    await isClean(page);
    await reach(page, 'Where do all agree');
    await page.keyboard.press('Space');
    await reach(page, 'Where do you want');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await reach(page, 'Why this level?');
    await page.keyboard.type('All partners agree.');
    await reach(page, 'Add an action');
    await page.keyboard.press('Space');
    await follow(page, 'Save');
    await isClean(page);
    expect(await page.locator('main').textContent()).toContain('Readiness, Leadership and governance');
    await context.close();
  });

  it('finds the strategy and the plan to take away, without signing in', async () => {
    const context = await openContext(browser, product, { width: 320 });
    const page = await context.newPage();
    for (const path of ['/haverness/strategy', '/haverness/our-plan']) {
      await page.goto(path);
      await isClean(page);
      const href = await page.getByRole('link', { name: 'To print (PDF)' }).getAttribute('href');
      expect((await page.request.get(href!)).headers()['content-type']).toBe('application/pdf');
    }
    await context.close();
  });
});
