import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openContext, signIn, startProduct, type Product } from './browser.ts';

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

describe('an information governance lead checks the audit', () => {
  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('%s', async (_, scripts) => {
    const context = await openContext(browser, product, { scripts });
    const page = await context.newPage();
    await signIn(page, 'information-governance@haverness.example');
    await page.goto('/home');
    await page.getByRole('link', { name: 'Safer Haverness Partnership' }).first().click();
    await page.goto('/haverness/audit');
    await page.getByRole('button', { name: 'Check the audit' }).click();
    await page.waitForURL(/\/haverness\/jobs\/[0-9a-f-]{36}$/);
    // With scripts the page hears when the work is done; without them, people ask again.
    for (
      let again = 0;
      !scripts && again < 60 && !(await page.getByText('The audit is whole').isVisible());
      again += 1
    ) {
      await page.getByRole('link', { name: 'See how far it is now' }).click();
      await page.waitForTimeout(500);
    }
    await page.getByText('The audit is whole').waitFor({ timeout: 30_000 });
    await page.goto('/haverness/audit?action=AUDIT_CHECK_ASKED');
    expect(await page.getByRole('cell', { name: 'AUDIT_CHECK_ASKED' }).count()).toBeGreaterThan(0);
    expect(await page.getByRole('cell', { name: 'Ines Galloway' }).count()).toBeGreaterThan(0);
    await context.close();
  });
});

describe('signing in', () => {
  it('with the keyboard alone, after a mistake that the page explains', async () => {
    const context = await openContext(browser, product, { width: 320 });
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.getByLabel('Email address').focus();
    await page.keyboard.type('analyst@haverness.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    const summary = page.getByRole('alert');
    await summary.waitFor();
    expect(await summary.textContent()).toContain('The email address or the password is not right');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.getByLabel('Email address').inputValue()).toBe('analyst@haverness.example');
    await page.getByLabel('Password', { exact: true }).fill('haverness-example');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/home$/);
    await context.close();
  });

  it('leads to the page that was asked for, and signing out ends the session everywhere', async () => {
    const context = await openContext(browser, product);
    const page = await context.newPage();
    await page.goto('/haverness/jobs');
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByLabel('Email address').fill('analyst@haverness.example');
    await page.getByLabel('Password', { exact: true }).fill('haverness-example');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/haverness\/jobs$/);
    const cookies = await context.cookies();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/\/$/);
    await context.addCookies(cookies);
    await page.goto('/haverness/jobs');
    expect(page.url()).toContain('/sign-in?next=');
    await context.close();
  });
});
