import type { Browser, Page } from 'playwright-core';
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

async function visitor(scripts = true): Promise<Page> {
  const context = await openContext(browser, product, { scripts });
  return context.newPage();
}
/** Moves the focus with Tab until it stands on what has this name; never touches a mouse. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const focused = document.activeElement;
      const label =
        focused instanceof HTMLInputElement ||
        focused instanceof HTMLSelectElement ||
        focused instanceof HTMLTextAreaElement
          ? focused.labels?.[0]?.textContent
          : focused?.textContent;
      return (label ?? '').trim();
    });
    if (here === name) return;
  }
  throw new Error(`Tab does not come to “${name}”`);
}

describe('a parent finds help', () => {
  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('%s, from the public home', async (_, scripts) => {
    const page = await visitor(scripts);
    await page.goto('/haverness');
    await page.getByRole('link', { name: 'Find services near you that can help' }).click();
    await page.getByLabel('What do you need help with?').selectOption({ label: 'Gangs and being used by them' });
    await page.getByLabel('Age of who needs help').fill('14');
    await page.getByLabel('Town or postcode').fill('saltmarsh');
    await page.getByRole('button', { name: 'Apply filters' }).click();
    await page.getByText('the nearest to Saltmarsh first').waitFor();
    if (scripts) expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysPixels(page)).toBe(0);
    await page.getByRole('link', { name: 'Harbour mentors' }).click();
    await page.getByText('10am to 6pm').first().waitFor();
    expect(await page.getByRole('link', { name: '01632 960102' }).getAttribute('href')).toBe('tel:01632960102');
    if (scripts) expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('by keyboard alone', async () => {
    const page = await visitor();
    await page.goto('/haverness/help');
    await tabTo(page, 'Age of who needs help');
    await page.keyboard.type('14');
    await tabTo(page, 'Town or postcode');
    await page.keyboard.type('saltmarsh');
    await page.keyboard.press('Enter');
    await page.getByText('the nearest to Saltmarsh first').waitFor();
    await tabTo(page, 'Healthy relationships lessons');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Healthy relationships lessons' }).waitFor();
  });

  it('near where they are, to a kilometre, and only when they ask', async () => {
    const page = await visitor();
    await page.context().grantPermissions(['geolocation']);
    await page.context().setGeolocation({ latitude: 53.612_345, longitude: -0.123_456 });
    await page.goto('/haverness/help');
    await page.getByRole('button', { name: 'Use where I am' }).click();
    await page.getByText('the nearest to where you are first').waitFor();
    expect(new URL(page.url()).searchParams.get('near')).toBe('53.61, -0.12');
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    const plain = await visitor(false);
    await plain.goto('/haverness/help');
    expect(await plain.getByRole('button', { name: 'Use where I am' }).count()).toBe(0);
  });

  it('and leaves at once with three presses of Shift', async () => {
    const page = await visitor();
    await page.route('https://www.bbc.co.uk/**', (route) => route.fulfill({ body: 'weather' }));
    await page.goto('/haverness/help');
    await page.waitForFunction(() => document.body.classList.contains('govuk-frontend-supported'));
    await page.waitForFunction(() => document.querySelector('.govuk-exit-this-page__indicator') !== null);
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
    await page.waitForURL('https://www.bbc.co.uk/**');
  });
});

describe('a nurse hands over a card', () => {
  it('in three steps, by keyboard', async () => {
    const page = await visitor();
    await page.goto('/haverness/help?need=after-an-attack');
    await tabTo(page, 'Help for victims of crime');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/help\/[0-9a-f-]{36}$/);
    await tabTo(page, 'Make a card to hand over');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/card$/);
    expect(await page.getByRole('img', { name: /QR code/ }).count()).toBe(1);
    expect(await page.getByLabel('Text to copy into a message').inputValue()).toContain('Phone: 01632');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
  });
});

describe('a councillor puts a gap on record (J9)', () => {
  it('after a search that finds nothing, by keyboard, without signing in', async () => {
    const page = await visitor();
    await page.goto('/haverness/help?need=hate&tier=secondary&age=14&near=Northgate');
    await page.getByText('No service that we know fits').waitFor();
    await tabTo(page, 'Put this gap on record');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/help\/missing/);
    expect(await page.getByLabel('For which age?').inputValue()).toBe('11-17');
    expect(await page.getByLabel('Where? (optional)').inputValue()).toBe('Northgate');
    expect(await accessibilityFaults(page)).toEqual([]);
    await tabTo(page, 'What did you see? (optional)');
    await page.keyboard.type('Pupils told me that nobody helps them after hate.');
    await tabTo(page, 'Put it on record');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Thank you. It is on record' }).waitFor();

    const inside = await visitor();
    await signIn(inside, 'councillor@haverness.example');
    await inside.goto('/haverness/directory/gaps');
    await inside
      .getByRole('link', { name: /Hate and discrimination, 11 to 17: for people at risk, in Northgate/ })
      .click();
    await inside.getByText('The public does not see it').waitFor();
    expect(await accessibilityFaults(inside)).toEqual([]);
  });
});

describe('a provider answers for an entry', () => {
  it('with a link, without an account, and a coordinator accepts what changed', async () => {
    const page = await visitor();
    await signIn(page, 'coordinator@haverness.example');
    await page.goto('/haverness/directory?words=Back+to+school');
    await page.getByRole('link', { name: 'Back to school' }).click();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ask the provider to check it' }).click();
    const link = new URL(await page.getByLabel('Link for the provider').inputValue()).pathname;

    const provider = await visitor();
    await provider.goto(link);
    expect(await accessibilityFaults(provider)).toEqual([]);
    await provider.getByRole('button', { name: 'All of it is right' }).click();
    await provider.getByText('you checked it today').waitFor();
    await provider.goto(link);
    await provider.getByLabel('Phone (optional)').fill('01632 960999');
    await provider.getByRole('button', { name: 'Send the changes' }).click();
    await provider.getByText('The partnership will look at your changes').waitFor();

    await page.reload();
    await page.getByRole('link', { name: 'Look at it' }).click();
    await page.getByText('01632 960999').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Accept and publish' }).click();
    await page.getByText('Change of the provider accepted: phone').waitFor();
    await provider.goto('/haverness/help?words=school');
    await provider.getByRole('link', { name: 'Back to school' }).click();
    await provider.getByRole('link', { name: '01632 960999' }).waitFor();
  });
});
