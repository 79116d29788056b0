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

describe('a coordinator sets up boards and groups', () => {
  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('%s', async (_, scripts) => {
    const { context, page } = await asRole('coordinator', scripts);
    const mark = scripts ? 'A' : 'B';
    await page.goto('/haverness/bodies');
    await page.getByRole('link', { name: 'Add several at once' }).click();
    const line = (at: number) => page.getByRole('group', { name: `Line ${at}`, exact: true });
    await line(1).getByLabel('Name').fill(`Water Safety Board ${mark}`);
    await line(2).getByLabel('Name').fill(`Beach Group ${mark}`);
    await line(2).getByLabel('Reports to').selectOption({ label: 'Line 1' });
    await line(1).getByLabel('Reports to').selectOption({ label: 'Line 2' });
    await page.getByRole('button', { name: 'Add them' }).click();
    // (axe itself is a script.) A circle: the page names it, and keeps what was typed.
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain(`because Beach Group ${mark} reports to`);
    if (scripts) expect(await accessibilityFaults(page)).toEqual([]);
    await line(1).getByLabel('Reports to').selectOption({ label: 'None' });
    await page.getByRole('button', { name: 'Add them' }).click();
    await page.waitForURL(/\/haverness\/bodies$/);
    await page.getByRole('link', { name: `Water Safety Board ${mark}` }).click();

    await page.getByText('Nobody chairs it.').waitFor();
    await page.getByRole('button', { name: 'Say who chairs it' }).click();
    if (scripts) {
      await page.getByRole('combobox', { name: 'Organisation' }).fill('Haverness Council');
      await page.getByRole('option', { name: 'Haverness Council' }).click();
    } else await page.getByLabel('Organisation').selectOption({ label: 'Haverness Council' });
    await page.getByLabel('First day as chair').fill('1 May 2026');
    await page.getByRole('button', { name: 'Save the chair' }).click();
    await page.waitForURL(/\/bodies\/[0-9a-f-]{36}$/);
    expect(await page.getByText('Nobody chairs it.').count()).toBe(0);

    await page.getByRole('button', { name: 'Say who sits on it' }).click();
    for (const name of ['Merrowshire Constabulary', 'Haver Shore Homes', 'Shoreline Youth Trust'])
      await page.getByLabel(name, { exact: true }).check();
    await page.getByRole('button', { name: 'Add them as members' }).click();
    await page.getByText('4 seats').waitFor();
    if (scripts) expect(await accessibilityFaults(page)).toEqual([]);
    await context.close();
  });
});

it('democratic services add a decision, and everybody can follow it to the chair of that day', async () => {
  const { context, page } = await asRole('democratic-services');
  await page.goto('/haverness/bodies');
  await page.getByRole('link', { name: 'Communities Scrutiny Committee' }).click();
  await page.getByRole('link', { name: /November 2025/ }).click();
  await page.getByRole('button', { name: 'Add a decision' }).click();
  await page.getByLabel('Number in the minutes').fill('5.3');
  await page.getByLabel('What was decided').fill('That the minutes be shorter.');
  await page.getByRole('button', { name: 'Add this decision' }).click();
  await page.getByRole('link', { name: '5.3 That the minutes be shorter.' }).click();
  const address = page.url();
  await context.close();

  const councillor = await asRole('councillor');
  await councillor.page.goto(address);
  expect(await councillor.page.getByText('That the minutes be shorter.').count()).toBeGreaterThan(0);
  expect(await councillor.page.getByRole('link', { name: 'Change the number' }).count()).toBe(0);
  await councillor.page.getByRole('link', { name: 'Communities Scrutiny Committee', exact: true }).last().click();
  await councillor.page.getByText('As it was on 12 November 2025').waitFor();
  await councillor.page.setViewportSize({ width: 320, height: 900 });
  expect(await sidewaysPixels(councillor.page)).toBe(0);
  await councillor.context.close();
});
