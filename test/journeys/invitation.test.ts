import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSink, type Sink } from '../mail/sink.ts';
import {
  accessibilityFaults,
  openBrowser,
  openContext,
  sidewaysPixels,
  signIn,
  startProduct,
  type Product,
} from './browser.ts';

let sink: Sink;
let product: Product;
let browser: Browser;
beforeAll(async () => {
  sink = await openSink();
  product = await startProduct({ SMTP_URL: sink.url, MAIL_FROM: 'Haverness <no-reply@haverness.example>' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  await sink.close();
});

const password = 'lantern orchard fiddle';

/** The link of the newest letter to an address, once the postman has brought it. */
async function linkTo(address: string): Promise<string> {
  for (let tries = 0; tries < 120; tries += 1) {
    const letter = sink.taken.findLast(({ recipients }) => recipients.includes(address))?.letter;
    const link = /https?:\/\/\S+/.exec(letter?.text ?? '')?.[0];
    if (link !== undefined) return link;
    await new Promise((soon) => setTimeout(soon, 250));
  }
  throw new Error(`no letter came to ${address}`);
}

/** Right for everybody. Axe is a script itself: where scripts are off it would wait for ever. */
async function expectRight(page: Page, scripts: boolean): Promise<void> {
  if (scripts) expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysPixels(page)).toBe(0);
}

it.each([
  ['on a wide screen, with scripts', 1_440, true, 'mira.vale@council.example'],
  ['on a narrow screen, without scripts', 320, false, 'theo.lark@council.example'],
])('an invited person comes in, and is out as soon as the access ends: %s', async (_, width, scripts, address) => {
  const office = await openContext(browser, product, { width, scripts });
  const administrator = await office.newPage();
  await signIn(administrator, 'administrator@haverness.example');
  await administrator.goto('/haverness/access');
  await administrator.getByRole('button', { name: 'Invite somebody' }).click();
  await administrator.getByLabel('Email address').fill(address);
  await administrator.getByRole('button', { name: 'Send the invitation' }).click();
  await administrator.getByRole('link', { name: 'Enter their name' }).waitFor();
  await administrator.getByLabel('Name', { exact: true }).fill('Mira Vale');
  await administrator.getByLabel('Partnership analyst').check();
  await administrator.getByRole('button', { name: 'Send the invitation' }).click();
  await administrator.getByRole('heading', { name: 'Invitation of Mira Vale' }).waitFor();

  const link = await linkTo(address);
  const home = await openContext(browser, product, { width, scripts });
  const invited = await home.newPage();
  await invited.goto(link);
  await invited.getByText('Ada Thornbury invites').waitFor();
  await expectRight(invited, scripts);
  await invited.getByLabel('Choose a password').fill('short');
  await invited.getByRole('button', { name: 'Accept and sign in' }).click();
  await invited.getByRole('link', { name: /at least 12 characters/ }).waitFor();
  await expectRight(invited, scripts);
  await invited.getByLabel('Choose a password').fill(password);
  await invited.getByRole('button', { name: 'Accept and sign in' }).click();
  await invited.waitForURL(/\/haverness\/home$/);

  // An open page, and an event stream that does not end by itself: a job that waits for ever would do; here, one that asks.
  await invited.goto('/haverness/jobs');
  // It is started on a page of its own: that of a job loads itself anew when the job ends, and would undo the next step.
  const checking = await office.newPage();
  await checking.goto('/haverness/audit');
  await checking.getByRole('button', { name: 'Check the audit' }).click();
  await checking.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
  const job = new URL(checking.url()).pathname;

  await administrator.goto('/haverness/access');
  await administrator.getByLabel('Name or email address').fill(address);
  await administrator.getByRole('button', { name: 'Show these people' }).click();
  await administrator.getByRole('link', { name: 'Mira Vale' }).click();
  await administrator.getByRole('link', { name: 'End access here' }).click();
  await expectRight(administrator, scripts);
  const asked = Date.now();
  await administrator.getByRole('button', { name: 'End access' }).click();
  await administrator.getByText('Access ended', { exact: true }).first().waitFor();

  await invited.reload();
  expect(invited.url()).toContain('/sign-in');
  const events = await home.request.get(`${job}/events`, { maxRedirects: 0 });
  expect(events.status()).toBe(303);
  expect(Date.now() - asked).toBeLessThan(60_000);

  await invited.goto(link);
  await invited.getByRole('heading', { name: 'This invitation was accepted already' }).waitFor();
  await expectRight(invited, scripts);
  await office.close();
  await home.close();
});

it('whoever forgot the password gets a letter and chooses another', async () => {
  const address = 'officer@haverness.example';
  const context = await openContext(browser, product, { width: 320, scripts: false });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgotten your password?' }).click();
  await page.getByLabel('Email address').fill(address);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await page.getByRole('heading', { name: 'Check your email' }).waitFor();
  await page.goto(await linkTo(address));
  await expectRight(page, false);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await page.waitForURL(/\/home$/);
  await page.getByRole('link', { name: 'Your account, password and sessions' }).click();
  await page.getByText('this browser').waitFor();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await signIn(page, address, password);
  await context.close();
});
