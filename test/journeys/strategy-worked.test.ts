import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleWorkedIds } from '../../src/strategy/example-worked.ts';
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

async function asCoordinator(width: number): Promise<{ context: BrowserContext; page: Page }> {
  const context = await openContext(browser, product, { width });
  const page = await context.newPage();
  await signIn(page, 'coordinator@haverness.example');
  return { context, page };
}
const isClean = async (page: Page) => {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysPixels(page)).toBe(0);
};
const said = async (page: Page) => (await page.locator('main').textContent()) ?? '';

/** Moves by the keyboard to whatever has the name, or to the field of the label. */
async function reach(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return '';
      const label = 'labels' in element ? (element.labels as NodeListOf<HTMLLabelElement> | null)?.[0] : undefined;
      return (label ?? element).textContent.trim();
    });
    if (name.test(focused)) return;
  }
  throw new Error(`the keyboard does not reach ${String(name)}`);
}
async function open(page: Page, name: RegExp): Promise<void> {
  await reach(page, name);
  const before = page.url();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== before);
}
/** The same address again: a form that was refused. */
async function submit(page: Page, name: RegExp): Promise<void> {
  await reach(page, name);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}
async function fill(page: Page, label: RegExp, text: string): Promise<void> {
  await reach(page, label);
  await page.keyboard.type(text);
}
/** Chooses in a list by its first letters, as a keyboard does. */
async function choose(page: Page, label: RegExp, letters: string): Promise<void> {
  await reach(page, label);
  await page.keyboard.type(letters);
}

describe.each([320, 1_440])('a coordinator with the keyboard alone, at %i pixels', (width) => {
  it('records a quarter, must say why for what is rated harmful, plans an evaluation, and sees that one cannot tell', async () => {
    const { context, page } = await asCoordinator(width);
    const id = exampleWorkedIds['intervention-to-change']!;
    await page.goto('/haverness/interventions');
    await isClean(page);
    await open(page, /^Talks about knives in schools/);
    await isClean(page);
    if (width === 320) {
      await open(page, /^Enter a quarter$/);
      await isClean(page);
      await fill(page, /^Referred$/, '30');
      await fill(page, /^Started$/, '25');
      await fill(page, /^Completed$/, '3');
      await fill(page, /^Outcome reached$/, '4');
      await submit(page, /^Save the quarter$/);
      expect(await said(page)).toContain('More people reached the outcome than completed it');
    } else {
      // The one that was entered on the phone is put right.
      await open(page, /^Change January to March 2026$/);
    }
    await isClean(page);
    await reach(page, /^Outcome reached$/);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('2');
    await open(page, /^Save the quarter$/);
    expect(await said(page)).toContain('January to March 2026');
    await page.goto(`/haverness/interventions/${id}`);
    await open(page, /^Choose another approach$|^Choose what it builds on$/);
    await choose(page, /^Approach or case study$/, 'Prison');
    await submit(page, /^Choose it$/);
    expect(await said(page)).toContain('This approach is rated harmful');
    await isClean(page);
    await fill(page, /^Only where it is rated harmful/, 'The youth court ordered it, and a worker goes along.');
    await open(page, /^Choose it$/);
    expect(await said(page)).toContain('The youth court ordered it, and a worker goes along.');
    await isClean(page);
    await open(page, /^Plan an evaluation$/);
    await isClean(page);
    await fill(page, /^Question$/, `Do the talks help, asked at ${width}?`);
    await fill(page, /^What is counted\?$/, 'knives found');
    await open(page, /^Save the plan$/);
    expect(await said(page)).toContain('The plan cannot be agreed yet. It lacks: who answers for it');
    await isClean(page);
    await page.goto('/haverness/evaluations');
    await isClean(page);
    await open(page, /^Are fewer young people robbed/);
    expect(await said(page)).toMatch(/Cannot tell[\s\S]*We cannot tell\./);
    await isClean(page);
    await page.goto('/haverness/what-works');
    await isClean(page);
    await page.goto('/haverness/lessons');
    await isClean(page);
    await context.close();
  });
});
