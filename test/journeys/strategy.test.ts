import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

async function asRole(role: string, scripts = true): Promise<{ context: BrowserContext; page: Page }> {
  const context = await openContext(browser, product, { scripts });
  const page = await context.newPage();
  await signIn(page, `${role}@haverness.example`);
  return { context, page };
}
const isClean = async (page: Page) => {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysPixels(page)).toBe(0);
};

/** Moves by the keyboard to whatever has the name, and opens it. */
async function reach(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
    if (name.test(focused)) {
      const before = page.url();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.href !== before);
      return;
    }
  }
  throw new Error(`the keyboard does not reach ${String(name)}`);
}

describe('J4: a coordinator after the workshop', () => {
  it('enters areas of work as drafts, is refused, names what is missing, and publishes', async () => {
    const { context, page } = await asRole('coordinator');
    for (const title of ['A communications strategy', 'Reaching people who hear from nobody']) {
      await page.goto('/haverness/plan/new');
      await page.getByLabel('What will be done').fill(title);
      await page.getByRole('button', { name: 'Add it' }).click();
      await page.getByText('It is a draft: it lacks an aim, a lead organisation, an owner, a date').waitFor();
    }
    await isClean(page);
    await page.goto('/haverness/plan/publish');
    await page.getByRole('button', { name: 'Publish it as it stands' }).click();
    const main = page.locator('main');
    for (const title of ['A communications strategy', 'Reaching people who hear from nobody', 'New radios'])
      expect(await main.textContent()).toContain(title);
    await isClean(page);
    for (;;) {
      const link = page.locator('main li a').first();
      if ((await link.count()) === 0) break;
      await link.click();
      await page.getByLabel('Aim: A safer seafront').check();
      await page.getByLabel('Priority: Serious violence').check();
      await page.getByLabel('Lead organisation').selectOption({ label: 'Haverness Council' });
      await page.getByLabel('Owner', { exact: true }).fill('Head of Public Protection');
      await page.getByLabel('Done by').fill('early 2027');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.goto('/haverness/plan/publish');
    }
    await page.getByRole('button', { name: 'Publish it as it stands' }).click();
    await page.waitForURL(/\/our-plan$/);
    expect(await page.locator('main').textContent()).toContain('A communications strategy');
    await isClean(page);
    await context.close();
  });
});

describe('an owner', () => {
  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('sends an update from a phone, by a link, %s', async (_, scripts) => {
    const { context, page } = await asRole('coordinator');
    await page.goto(`/haverness/actions/57000000-0000-4000-8000-0000000001${scripts ? '13' : '14'}`);
    await page.getByRole('button', { name: 'Ask the owner for an update' }).click();
    const href = await page.getByRole('link', { name: 'the link that was given out' }).getAttribute('href');
    await context.close();
    const phone = await browser.newContext({
      baseURL: product.address,
      viewport: { width: 360, height: 740 },
      javaScriptEnabled: scripts,
    });
    const small = await phone.newPage();
    await small.goto(href ?? '');
    if (scripts) await isClean(small);
    await small.getByLabel('At risk').check();
    await small.getByLabel('What has happened since last time?').fill('One of the eight has moved away.');
    await small.getByRole('button', { name: 'Send the update' }).click();
    await small.getByText('Thank you. Your update is kept').waitFor();
    await phone.close();
  });
});

describe('a councillor', () => {
  it('follows a pound and a promise along the thread by the keyboard alone', async () => {
    const { context, page } = await asRole('councillor');
    await page.goto('/haverness/grants');
    await reach(page, /^Serious Violence Duty grant/);
    expect(await page.locator('main').textContent()).toContain('It ends in 60 days');
    await isClean(page);
    await reach(page, /^What is before and after it$/);
    await reach(page, /^A101 Youth workers/);
    await isClean(page);
    await reach(page, /^Are fewer people under 18 robbed|^Did the youth workers meet/);
    await page.goto('/haverness/measures');
    await reach(page, /^Are fewer people under 18 robbed/);
    expect(await page.locator('main').textContent()).toMatch(/[Cc]annot tell/);
    await isClean(page);
    await context.close();
  });
});
