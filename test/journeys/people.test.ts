import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, openContext, signIn, startProduct, type Product } from './browser.ts';

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

describe('a coordinator makes the acting head the head', () => {
  it.each([
    ['with scripts', true, 'Thea Marchbanks'],
    ['without scripts', false, 'Theo Marchbanks'],
  ])('%s, and both are there on their days', async (_, scripts, name) => {
    const context = await openContext(browser, product, { scripts, width: scripts ? 1_440 : 320 });
    const page = await context.newPage();
    await signIn(page, 'coordinator@haverness.example');
    await page.goto('/haverness/people');
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Title of the post').fill('Acting Head of Licensing');
    await page.getByLabel('In this post since').fill('July 2023');
    await page.getByRole('button', { name: 'Add the person' }).click();
    // The organisation was forgotten: the page says so, and what was typed is still there.
    await page.getByRole('link', { name: 'Choose the organisation' }).waitFor();
    expect(await page.getByLabel('Title of the post').inputValue()).toBe('Acting Head of Licensing');
    if (scripts) {
      await page.getByRole('combobox', { name: 'Organisation' }).fill('Haverness Cou');
      await page.getByRole('option', { name: 'Haverness Council' }).click();
    } else {
      await page.getByLabel('Organisation').selectOption('Haverness Council');
    }
    await page.getByRole('button', { name: 'Add the person' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();

    await page.getByRole('button', { name: 'They move to another post' }).click();
    expect(await page.getByLabel('Title of the post').inputValue()).toBe('Head of Licensing');
    // The check itself is a script.
    if (scripts) expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('When does the new post begin?').fill('11 December 2023');
    await page.getByRole('button', { name: 'Save the move' }).click();
    const posts = page.getByRole('region', { name: 'Posts', exact: true });
    await posts.waitFor();
    const words = (await posts.textContent()) ?? '';
    expect(words).toContain('July 2023 to 10 December 2023');
    expect(words).toContain('since 11 December 2023');

    const record = page.url().split('?')[0] ?? '';
    for (const [day, title] of [
      ['15 July 2023', 'Acting Head of Licensing'],
      ['1 March 2024', 'Head of Licensing'],
    ] as const) {
      await page.goto(record);
      await page.getByText('See what they were on another day').click();
      await page.getByLabel('Which day?').fill(day);
      await page.getByRole('button', { name: 'Show that day' }).click();
      await page.getByText(`As at ${day}: ${title}.`).waitFor();
      await page.goto(`/haverness/people?on=${encodeURIComponent(day)}&words=Marchbanks`);
      await page.getByRole('row', { name: new RegExp(`${name} ${title}, Haverness Council`) }).waitFor();
    }
    await context.close();
  });
});
