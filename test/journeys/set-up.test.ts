import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, openContext, startProduct, type Product } from './browser.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  product = await startProduct({}, 'none');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** The nine members of paper 001 §6.2 by their kinds, in names that are made up. */
const members = [
  ['Seaview Council', 'district-council'],
  ['Northshire Constabulary', 'chief-officer-of-police'],
  ['Seaview Clinical Commissioning Group', 'integrated-care-board'],
  ['Seaview Teaching Hospitals NHS Trust', 'nhs-provider-trust'],
  ['Seaview Coastal Housing', 'housing-provider'],
  ['Northshire Fire and Rescue Service', 'fire-and-rescue-authority'],
  ['National Probation Service', 'probation-provider'],
  ['Office of the Police and Crime Commissioner', 'police-and-crime-commissioner'],
  ['North Ambulance Service', 'ambulance-trust'],
] as const;

/** Name, kind, whose it is, how often it meets, and the line that it reports to (§6.4 to §7.7). */
const bodies = [
  ['Safer Seaview Executive', 'Board', 'Our own', 'Quarterly', ''],
  ['Tactical Tasking and Coordination Group', 'Group', 'Our own', 'Monthly', 'Line 1'],
  ['Serious Violence Working Group', 'Group', 'Our own', 'Quarterly', 'Line 1'],
  ['Sexual Offences Working Group', 'Group', 'Our own', 'Quarterly', 'Line 1'],
  ['Antisocial Behaviour Working Group', 'Group', 'Our own', 'Quarterly', 'Line 1'],
  ['Youth Antisocial Behaviour Working Group', 'Group', 'Our own', 'Monthly', 'Line 1'],
  ['Burglary Working Group', 'Group', 'Our own', 'Quarterly', 'Line 1'],
  ['Domestic Abuse Partnership Board', 'Board', 'Linked', 'Quarterly', ''],
  ['Communities Scrutiny Committee', 'Committee', 'Linked', '', ''],
] as const;

/**
 * What the same would take a person, by the keystroke-level model (Card, Moran and Newell 1980): a key 0.28 s, to think, point
 * and press 2.65 s, twice that for a choice from a list; and 15 s to take in each new page, which the model leaves out.
 */
const key = 0.28;
const press = 2.65;
const newPage = 15;
class Hands {
  seconds = 0;
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
    page.on('load', () => (this.seconds += newPage));
  }
  async press(role: 'button' | 'link', name: string): Promise<void> {
    this.seconds += press;
    await this.#page.getByRole(role, { name, exact: true }).first().click();
  }
  async type(label: string, text: string, within: Pick<Page, 'getByLabel'> = this.#page): Promise<void> {
    this.seconds += press + text.length * key;
    await within.getByLabel(label, { exact: true }).fill(text);
  }
  async choose(label: string, option: string, within: Pick<Page, 'getByLabel'> = this.#page): Promise<void> {
    const list = within.getByLabel(label, { exact: true });
    if ((await list.locator('option:checked').textContent()) === option) return;
    this.seconds += 2 * press;
    await list.selectOption({ label: option });
  }
  async tick(label: string): Promise<void> {
    this.seconds += press;
    await this.#page.getByLabel(label, { exact: true }).check();
  }
}

it('a coordinator sets up a partnership like that of paper 001 from nothing, in under fifteen minutes', async () => {
  const context = await openContext(browser, product);
  const page = await context.newPage();
  const hands = new Hands(page);
  const link = /Set up your partnership within seven days: (\S+)/.exec(product.told())?.[1];
  await page.goto(link ?? 'no link was told');

  await hands.type('Name of the partnership', 'Safer Seaview Partnership');
  await hands.type('Your name', 'Robin Example');
  await hands.type('Your email address', 'robin@seaview.example');
  await hands.type('Choose a password', 'three random words');
  await hands.press('button', 'Set up the partnership');
  await page.waitForURL(/\/safer-seaview-partnership\/home$/);

  await hands.press('link', 'Who we are');
  await hands.press('link', 'No areas yet');
  await hands.press('button', 'Add an area');
  await hands.type('Name of the area', 'Seaview');
  await hands.type('Code of the area', 'E06000999');
  await hands.press('button', 'Add the area');
  await page.getByRole('rowheader', { name: 'Seaview' }).waitFor();

  await hands.press('link', 'Who we are');
  await hands.press('link', 'No members yet');
  await page
    .getByRole('button', { name: 'Add several at once' })
    .or(page.getByRole('link', { name: 'Add several at once' }))
    .first()
    .click();
  await hands.type('Names of the organisations', members.map(([name]) => name).join('\n'));
  await hands.press('button', 'Continue');
  for (const [at, [, kind]] of members.entries())
    expect(await page.locator(`#capacity-${at}`).inputValue(), members[at]?.[0]).toBe(kind);
  expect(await accessibilityFaults(page)).toEqual([]);
  await hands.press('button', 'Add the 9 organisations');
  await page.getByText('9 organisations').waitFor();

  await hands.press('link', 'Who we are');
  await hands.press('link', 'No boards and groups yet');
  await page
    .getByRole('button', { name: 'Add several at once' })
    .or(page.getByRole('link', { name: 'Add several at once' }))
    .first()
    .click();
  for (const [at, [name, kind, whose, meets, above]] of bodies.entries()) {
    const line = page.getByRole('group', { name: `Line ${at + 1}`, exact: true });
    await hands.type('Name', name, line);
    await hands.choose('Kind', kind, line);
    if (whose === 'Linked') await hands.choose('Whose', 'Linked', line);
    if (meets !== '') await hands.choose('Meets', meets, line);
    if (above !== '') await hands.choose('Reports to', above, line);
  }
  await hands.press('button', 'Add them');
  await page.waitForURL(/\/bodies$/);
  for (const [name] of bodies) await page.getByRole('link', { name }).first().waitFor();

  await hands.press('link', 'Safer Seaview Executive');
  await hands.press('button', 'Say who chairs it');
  await page.getByRole('combobox', { name: 'Organisation' }).fill('Seaview Council');
  await page.getByRole('option', { name: 'Seaview Council' }).click();
  await hands.type('First day as chair', '2022');
  await hands.press('button', 'Save the chair');
  await page.waitForURL(/\/bodies\/[0-9a-f-]{36}$/);
  await page
    .getByRole('link', { name: 'Several members at once' })
    .or(page.getByRole('button', { name: 'Say who sits on it' }))
    .first()
    .click();
  for (const [name] of members.slice(1)) await hands.tick(name);
  await hands.press('button', 'Add them as members');
  await page.getByText('9 seats').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(hands.seconds).toBeLessThan(15 * 60);
  console.log(`set up in about ${Math.round(hands.seconds / 60)} minutes of a person's time`);

  // What a visitor sees of it at once.
  const visitor = await openContext(browser, product, { width: 320 });
  const home = await visitor.newPage();
  await home.goto('/safer-seaview-partnership');
  for (const [name] of members) await home.getByText(name, { exact: false }).first().waitFor();
  await home.getByText('Safer Seaview Executive').first().waitFor();
  expect(await accessibilityFaults(home)).toEqual([]);
  await visitor.close();
  await context.close();
});
