import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sectionsOf } from '../../src/evidence/assessment-template.ts';
import { exampleAssessmentIds } from '../../src/evidence/example-assessment.ts';
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

const ready = `/haverness/workbench/${exampleAssessmentIds['assessment-ready'] ?? ''}`;
const isFine = async (page: Page) => {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysPixels(page)).toBe(0);
};
const signedIn = async (role: string, width = 1_440) => {
  const context = await openContext(browser, product, { width });
  const page = await context.newPage();
  await signIn(page, `${role}@haverness.example`);
  return page;
};
/** Goes on with the Tab key until what has the focus is called so, and presses Enter. */
async function pressWith(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < 200; tabs += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement } = (
        globalThis as unknown as { document: { activeElement: { textContent: string } | null } }
      ).document;
      return activeElement?.textContent.trim() ?? '';
    });
    if (focused === name) return page.keyboard.press('Enter');
  }
  throw new Error(`nothing that Tab reaches is called ${name}`);
}

describe('from findings to what a citizen reads', () => {
  it('an analyst keeps a finding, places it, and sends the assessment for review', async () => {
    const page = await signedIn('analyst');
    await page.goto('/haverness/findings');
    await page.getByRole('link', { name: /violent and sexual offences/ }).click();
    await page.getByRole('link', { name: 'The figure it was made from' }).waitFor();
    await page.goto(ready);
    await isFine(page);
    await page.getByRole('link', { name: 'Levels and patterns' }).click();
    await page.getByText('Place a figure here').click();
    await page.getByLabel('Finding', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Place it' }).click();
    await page.getByText('It rests on what Merrowshire Constabulary sent.').waitFor();
    await page.getByLabel('Add a comment').fill('Is this for the whole town?');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await isFine(page);
    // A comment that nobody has answered holds it up.
    await page.goto(ready);
    await page.getByRole('button', { name: 'Send it for review' }).click();
    await page.getByRole('link', { name: /Answer the comments on these parts first: Levels and patterns/ }).waitFor();
    await page.goto(`${ready}/parts/analysis`);
    await page.getByRole('button', { name: /Mark as resolved/ }).click();
    await page.goto(ready);
    await page.getByRole('button', { name: 'Send it for review' }).click();
    await page.getByText('A coordinator records which body approved it.').waitFor();
    await page.goto(`${ready}/clearance`);
    await page.getByLabel('Last day for an answer').fill('5 June 2026');
    await page.getByRole('button', { name: 'Ask all who have not cleared' }).click();
    await page.getByText('Waiting for an answer').waitFor();
    await page.context().close();
  });

  it('a coordinator records who approved it, with the keyboard alone', async () => {
    const page = await signedIn('coordinator');
    await page.goto(ready);
    await pressWith(page, 'Record that it was approved');
    await page.getByRole('heading', { level: 1, name: 'Record that it was approved' }).waitFor();
    await isFine(page);
    await page.getByLabel('Which body approved it?').focus();
    await page.keyboard.type('Safer Haverness Exec');
    await page.keyboard.press('Tab');
    await page.keyboard.type('27 May 2026');
    await pressWith(page, 'Record the approval');
    await page.getByText('See what will be published').waitFor();
    await pressWith(page, 'See what will be published');
    await page.getByText('It cannot be published yet').waitFor();
    await isFine(page);
    await page.context().close();
  });

  it('a partner contributes and answers for its figures, on a phone', async () => {
    const page = await signedIn('partner', 320);
    await page.goto('/haverness/home');
    await page
      .getByRole('link', { name: 'Say whether the figures of Merrowshire Fire and Rescue Service may be published' })
      .click();
    await isFine(page);
    await page.getByLabel('Yes, this is our contribution').check();
    await page
      .getByLabel('Your contribution, or why you have none')
      .fill('Crews were called to twelve fires that were set on purpose.');
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('Answered by Pavel Ashdown').waitFor();
    await page.getByLabel('Yes, as they stand here').check();
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Cleared', { exact: true }).waitFor();
    await isFine(page);
    await page.context().close();
  });

  it('a member of the public reads it on a phone, with the keyboard alone', async () => {
    const context = await openContext(browser, product, { width: 320, scripts: 'blocked' });
    const page = await context.newPage();
    await page.goto('/haverness/assessments');
    await isFine(page);
    await pressWith(page, 'Serious violence in Haverness, 2025');
    await page.getByRole('heading', { level: 1, name: 'Serious violence in Haverness, 2025' }).waitFor();
    await isFine(page);
    const words = (await page.locator('main').textContent()) ?? '';
    expect(words.indexOf('Get help now')).toBeLessThan(words.indexOf('What this covers'));
    for (const { heading } of sectionsOf.needs) expect(words).toContain(heading);
    await context.close();
  });
});
