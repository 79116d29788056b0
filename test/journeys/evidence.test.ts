import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findVariant } from '../../src/evidence/definition-variants.ts';
import { forceExtract, smallTown, smallTownReference, streetLevel } from '../evidence/small-town.ts';
import {
  accessibilityFaults,
  openBrowser,
  openContext,
  sidewaysPixels,
  signIn,
  startProduct,
  type Product,
} from './browser.ts';

const shared = '../shared/data';
const program = join(import.meta.dirname, '../../bin/concord.mjs');

let product: Product;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'concord-journey-files-'));
  mkdirSync(join(folder, 'reference'));
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
/** The same program from the terminal, while the pages are served. */
const concord = (...args: string[]) =>
  new Promise<string>((done, failed) => {
    execFile(
      process.execPath,
      [program, ...args, '--data', product.data],
      { encoding: 'utf8', maxBuffer: 2 ** 26 },
      (error, out, err) => {
        if (error === null) done(out);
        else failed(new Error(err));
      },
    );
  });
const monthsFrom = (from: string, count: number): readonly string[] => {
  const [year = 0, month = 0] = from.split('-').map(Number);
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(year, month - 1 + at, 1)).toISOString().slice(0, 7),
  );
};

interface Asked {
  readonly measure: RegExp;
  readonly source: RegExp;
  readonly area?: string;
  readonly from: string;
  readonly to: string;
  readonly by?: readonly string[];
  readonly definition?: string;
}

/** Asks on the page, as an analyst does, and waits for the answer or for why there is none. */
async function ask(page: Page, { measure, source, area, from, to, by = [], definition }: Asked): Promise<string> {
  await page.goto('/haverness/figures/new');
  await page.getByRole('radio', { name: measure }).check();
  await page.getByRole('radio', { name: source }).check();
  if (area !== undefined) {
    await page.getByRole('radio', { name: 'Another area' }).check();
    await page.getByLabel('If another area: its name or code').fill(area);
  }
  await page.getByLabel('First month').fill(from);
  await page.getByLabel('Last month').fill(to);
  for (const name of by) await page.getByRole('checkbox', { name, exact: true }).check();
  if (definition !== undefined) await page.getByLabel('What counts').selectOption({ label: definition });
  await page.getByRole('button', { name: 'Work it out' }).click();
  await page.waitForLoadState();
  return page.locator('main').innerText();
}
const rowOf = async (page: Page, name: string): Promise<string> =>
  page
    .getByRole('row', { name: new RegExp(`^${name}`) })
    .first()
    .innerText();

const howMany = /^How many were recorded/;
const change = /^Whether there were more or fewer/;
const beside = /^The rate beside that of the rest/;
const street = /Street-level crime/;

describe('an analyst goes from files to figures (J1)', () => {
  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ] as const)('of a generated town, %s', async (_, scripts) => {
    if (scripts) {
      for (const [name, content] of Object.entries(smallTownReference)) put(`reference/${name}`, content);
      await concord('reference', 'add', 'all', join(folder, 'reference'));
      const months = monthsFrom('2023-07', 24).filter((month) => month !== '2023-09');
      const files = months.map((month) => put(`${month}-street.csv`, streetLevel(month)));
      await concord('import', ...files, '--source', 'police-uk-street', '--partnership', 'haverness');
    }
    const context = await openContext(browser, product, { scripts });
    const page = await context.newPage();
    await signIn(page, 'analyst@haverness.example');
    await page.goto('/haverness/coverage?source=police-uk-street&year=2023');
    expect(await page.locator('main').innerText()).toContain('September 2023');
    const asked = { source: street, from: '2024-07', to: '2025-06', by: ['Category'] };
    await ask(page, { ...asked, measure: howMany });
    const lines = monthsFrom('2024-07', 12).flatMap((month) => streetLevel(month).split('\n'));
    const counted = lines.filter((line) => line.includes(',E0199') && line.includes(',Robbery,')).length;
    expect(await rowOf(page, 'Robbery')).toContain(counted.toLocaleString('en-GB'));
    // A year of which a month is missing is no year, and what is compared is the same eleven months.
    await ask(page, { ...asked, measure: howMany, from: '2023-07', to: '2024-06' });
    expect(await rowOf(page, 'Robbery')).toContain('September 2023 is missing');
    const compared = await ask(page, { ...asked, measure: change });
    expect(compared).toContain('11 of 12 months are compared');
    expect(await ask(page, { ...asked, by: [], measure: beside })).toContain('Enter the name or the code of the area');
    const map = await ask(page, { ...asked, by: [], measure: /^Which small areas, together/ });
    expect(map).toContain('36 tests were made');
    const picture = page.locator('img.concord-picture');
    await picture.waitFor();
    const answer = await page.request.get((await picture.getAttribute('src')) ?? '');
    expect(await answer.text()).toContain('Hot spot (');
    if (scripts) {
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 800 });
      expect(await sidewaysPixels(page)).toBe(0);
    }
    await context.close();
  });

  it.skipIf(!existsSync(shared))('of Blackpool, on the open data of 28 months', async () => {
    const open = resolve(shared);
    for (const kind of ['lookups', 'population']) await concord('reference', 'add', 'all', join(open, kind));
    const from = join(open, 'police-uk-lancashire');
    const files = readdirSync(from)
      .filter((name) => name.endsWith('street.csv.gz'))
      .map((name) => join(from, name));
    await concord('import', ...files, '--source', 'police-uk-street', '--partnership', 'haverness');
    const context = await openContext(browser, product);
    const page = await context.newPage();
    await signIn(page, 'analyst@haverness.example');
    const asked = { source: street, area: 'Blackpool (E06000009)', from: '2021-07', to: '2022-06', by: ['Category'] };
    const year = await ask(page, { ...asked, measure: howMany });
    expect(await rowOf(page, 'Violence and sexual offences')).toContain('11,257');
    expect(year).toContain('have no place');
    await ask(page, { ...asked, measure: howMany, from: '2020-07', to: '2021-06' });
    const before = await rowOf(page, 'Violence and sexual offences');
    expect(before).toContain('8,523');
    expect(before).toContain('August and September 2020 are missing');
    const compared = await ask(page, { ...asked, measure: change });
    const row = await rowOf(page, 'Violence and sexual offences');
    for (const number of ['8,523', '9,468', '11.1']) expect(row).toContain(number);
    expect(compared).toContain('lockdown');
    await context.close();
  });
});

describe('an analyst counts by two definitions (J2)', () => {
  it('which differ by domestic abuse, and asks why it is out', async () => {
    const why = 'Another board answers for domestic abuse, and counts it.';
    const names: string[] = [];
    for (const id of ['sefton-2022', 'merseyside']) {
      const { sources: _, ...variant } = findVariant(id) ?? { sources: [], kinds: [], name: '' };
      const kinds = variant.kinds.map(({ name: __, ...kind }) => ({
        ...Object.fromEntries(Object.entries(kind).filter(([, value]) => value !== null && typeof value !== 'object')),
        rationale: kind.kind === 'domestic-abuse' && id === 'merseyside' ? why : 'As the board decided.',
      }));
      const name = `Violence as in ${id}`;
      names.push(`${name}, version 1`);
      await concord(
        'definition',
        'add',
        put(`${id}.json`, JSON.stringify({ name, kinds })),
        '--partnership',
        'haverness',
      );
    }
    await concord(
      ...['import', put('extract.csv', forceExtract(monthsFrom('2025-01', 3))), '--source', 'force-extract'],
      ...['--partnership', 'haverness'],
    );
    const context = await openContext(browser, product);
    const page = await context.newPage();
    await signIn(page, 'analyst@haverness.example');
    const asked = { measure: howMany, from: '2025-01', to: '2025-03', by: ['Month'] };
    await ask(page, { ...asked, source: /Record-level crime extract/, definition: names[0] ?? '' });
    await page.getByRole('link', { name: 'Count it by another definition as well' }).click();
    await page.getByRole('radio', { name: names[1] ?? '' }).check();
    await page.getByRole('button', { name: 'Show both' }).click();
    await page.getByRole('heading', { name: 'The same figure under two definitions' }).waitFor();
    const january = await rowOf(page, 'January 2025');
    expect(january).toMatch(/-\d/);
    expect(await accessibilityFaults(page)).toEqual([]);
    // The committee asks why domestic abuse is out: the definition is a link, and the reason one click.
    await page.getByRole('link', { name: names[1] ?? '', exact: true }).click();
    await page.getByText('Why it is out').click();
    await page.getByText(why).waitFor();
    // Open data cannot tell the two apart, and says so.
    const refusal = await ask(page, { ...asked, source: street, definition: names[1] ?? '' });
    expect(refusal).toContain('cannot be expressed');
    expect(smallTown.name).toBe('Haverness');
    await context.close();
  });
});
