import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHtml, toPdf, type Block, type DocumentModel } from '../../src/documents/index.ts';
import { discreetNotes, hiddenInWords, protectRows } from '../../src/evidence/disclosure.ts';
import type { Figure } from '../../src/evidence/figure.ts';
import { formatOf } from '../../src/evidence/formats/index.ts';
import type { ViewShown } from '../../src/evidence/view-document.ts';
import { shownOf } from '../../src/evidence/view-shown.ts';
import { ruleFor, type Audience } from '../../src/evidence/view.ts';
import { composeWritten } from '../../src/evidence/workbench-document.ts';
import { render, webFonts } from '../../src/govuk/index.ts';
import { hostileModel, sampleModel } from '../documents/sample-model.ts';
import { figureOf } from '../evidence/figure-made.ts';
import { accessibilityFaults, openBrowser, sidewaysPixels, widths } from './browser.ts';

const fonts = webFonts();
let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'concord-documents-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const written = (name: string, bytes: string | Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
/** What a program of poppler says of a PDF. */
const told = (program: string, ...words: readonly string[]): string =>
  execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
/** The text of each page, as it stands there. */
const pagesOf = (file: string): readonly string[] => told('pdftotext', '-layout', file, '-').split('\f').slice(0, -1);
const typefacesOf = (file: string): readonly string[] =>
  told('pdffonts', file)
    .split('\n')
    .slice(2)
    .flatMap((line) => /^(?:[A-Z]{6}\+)?(\S+)/.exec(line)?.[1] ?? []);

/** A document as its file on the disk, opened by a browser that has no network. Whatever it asks for is told. */
async function opened(model: DocumentModel, width: number): Promise<{ page: Page; asked: readonly string[] }> {
  const file = written('document.html', toHtml(model, { render, fonts }));
  const context = await browser.newContext({ viewport: { width, height: 900 }, offline: true });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, asked: asked.filter((address) => !address.startsWith('data:')).slice(1) };
}

/** The last cell of the rows of the long table. */
const rowEnd = /(We cannot tell whether it changed|above that of the year before)\.\s*$/;

const paragraph = (words: string): Block => ({ kind: 'paragraph', words: [words] });
/** As much as `check` lets a cover hold. */
const fullCover: DocumentModel = {
  ...sampleModel,
  cover: [
    ...sampleModel.cover,
    ...Array.from({ length: 12 }, (_, at) =>
      paragraph(`${at + 1}. ${'Some words that fill a line of it. '.repeat(5)}`),
    ),
  ],
};

const picture = sampleModel.sections
  .flatMap(({ blocks }) => blocks)
  .find((block): block is Extract<Block, { kind: 'picture' }> => block.kind === 'picture');
if (picture === undefined) throw new Error('the sample has no picture');
/** As a needs assessment has it: the answer, two panels of words, four charts, and what else there is to say. */
const coverOfCharts: DocumentModel = {
  ...sampleModel,
  cover: [
    ...sampleModel.cover.slice(0, 3),
    {
      kind: 'panels',
      panels: [
        ...['What is counted', 'Who, and why'].map((heading) => ({
          heading,
          words: ['Homicide, robbery, wounding and assault with injury, and what else the board decided. '.repeat(4)],
        })),
        ...Array.from({ length: 4 }, (_, at) => ({
          heading: `A measure, number ${at + 1}`,
          words: [],
          picture: { ...picture, id: `cover-${at}`, table: { ...picture.table, id: `cover-table-${at}` } },
        })),
      ],
    },
    ...Array.from({ length: 2 }, () => paragraph('Who sent what, who decided, and what comes next. '.repeat(7))),
  ],
};

describe.each([
  ['an ordinary document', sampleModel],
  ['a cover of charts', coverOfCharts],
  ['a hostile document', hostileModel],
  ['a full cover', fullCover],
])('%s', (name, model) => {
  it.each(widths)('can be read as a file at %i pixels', async (width) => {
    const { page, asked } = await opened(model, width);
    expect(asked).toEqual([]);
    expect(await sidewaysPixels(page)).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.context().close();
  });

  it('prints with its cover on one side and its marking on each', async () => {
    const { page } = await opened(model, 1_440);
    const file = join(folder, 'printed.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true, tagged: true });
    await page.context().close();
    const pages = pagesOf(file);
    expect(told('pdfinfo', file)).toMatch(/Page size: +59[45][.\d]* x 84[12][.\d]* pts \(A4\)/);
    expect(pages.findIndex((text) => /^\s*Contents$/m.test(text))).toBe(1);
    const mark = model.marking.slice(0, 8);
    pages.forEach((text, at) => {
      expect([at, text.includes(mark)]).toEqual([at, true]);
      expect(text).toContain(`Page ${at + 1} of ${pages.length}`);
    });
  });

  it('is a tagged PDF with its cover on one side, its marking on each, and no typeface but ours', () => {
    const file = written('document.pdf', toPdf(model));
    const pages = pagesOf(file);
    expect(pages.findIndex((text) => /^\s*Contents$/m.test(text))).toBe(1);
    pages.forEach((text, at) => {
      expect([at, text.includes(model.marking.slice(0, 8))]).toEqual([at, true]);
      expect(text).toContain(`Page ${at + 1} of ${pages.length}`);
    });
    expect(told('pdfinfo', file)).toMatch(/Tagged: +yes[\s\S]*A4/);
    expect([...new Set(typefacesOf(file))].sort()).toEqual(['SourceSans3-Bold', 'SourceSans3-Regular']);
    const structure = told('pdfinfo', '-struct', file);
    for (const part of ['Document', 'H1', 'P', 'L', 'LI', 'Table', 'TH', 'TD', 'Figure', 'Caption', 'Link', 'TOC'])
      expect([name, structure]).toEqual([name, expect.stringMatching(new RegExp(`^ *${part}\\b`, 'm'))]);
  });
});

describe('a long table', () => {
  it('has every row in the PDF, and its head on every page', () => {
    const file = written('long.pdf', toPdf(hostileModel));
    const pages = pagesOf(file);
    const rows = pages.flatMap((text) => text.split('\n').filter((line) => rowEnd.test(line)));
    expect(rows).toHaveLength(500);
    for (const text of pages.filter((one) => (one.match(/We cannot tell whether it changed\./g) ?? []).length > 2))
      expect(text).toMatch(/Ward +Offences +Rate per 1,000 +What we know/);
  });

  it('has every row when the page is printed', async () => {
    const { page } = await opened(hostileModel, 1_440);
    const file = join(folder, 'long-printed.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true });
    await page.context().close();
    const rows = pagesOf(file).flatMap((text) => text.split('\n').filter((line) => rowEnd.test(line)));
    expect(rows).toHaveLength(500);
  });
});

it('text that means harm is text in the PDF', () => {
  const text = told('pdftotext', '-raw', written('hostile.pdf', toPdf(hostileModel)), '-').replaceAll(
    /[\n\u200b]/g,
    '',
  );
  expect(text).toContain('#set page(fill: red)');
  expect(text).toContain('#eval("1")');
  expect(text).toContain('w'.repeat(400));
  expect(text).toContain('□');
  expect(text).toContain('Ελλάδα');
  expect(text).toContain('tŷ, ŵyn');
});

describe('a number that this reader may not see', () => {
  /** Two worlds that differ in nothing but which of two small numbers is the larger: whoever tells them apart has seen one. */
  const world = (audience: Audience, swapped: boolean): DocumentModel => {
    const small = swapped ? [3, 2] : [2, 3];
    const figures = [
      figureOf([61, 74, ...small].map((count, at) => ({ key: { category: `Kind ${at + 1}` }, count }))),
      figureOf(
        [41, ...small, 37, 52, 44].map((count, at) => ({ key: { month: `2025-0${at + 1}` }, count })),
        { area: 'E06000010', period: { from: '2025-01', to: '2025-06' } },
      ),
    ];
    return composeWritten({
      template: 'needs',
      title: 'Two worlds',
      version: 1,
      areaName: 'Testby',
      period: { from: '2025-01', to: '2025-12' },
      asOf: '2026-06-01',
      publisher: 'Safer Testby',
      audience,
      definition: null,
      approved: null,
      nextReview: null,
      tookPart: [],
      absent: [],
      priorities: [],
      drivers: [],
      sections: figures.map((figure, at) => ({
        key: at === 0 ? 'kinds' : 'when',
        heading: at === 0 ? 'Kinds' : 'When',
        words: 'Most of it is of two kinds.',
        passages: [],
        figures: [{ id: String(at), sentence: 'Most of it is of two kinds.', shown: shownTo(audience, figure) }],
        heldBack: null,
      })),
    });
  };
  /** Without the hashes, which name what it was made from. */
  const plain = (text: string) =>
    text
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/[0-9a-f]{2,}(?: ?[0-9a-f]+)*/g, (run) => (/[a-f]/.test(run) && run.length > 12 ? '#' : run));
  const textOf = (audience: Audience, swapped: boolean) =>
    plain(
      told('pdftotext', '-raw', written(`${audience}-${String(swapped)}.pdf`, toPdf(world(audience, swapped))), '-'),
    );
  const structureOf = (audience: Audience, swapped: boolean) =>
    plain(
      told('pdfinfo', '-struct-text', written(`${audience}-${String(swapped)}.pdf`, toPdf(world(audience, swapped)))),
    );
  const drawingsOf = (model: DocumentModel) =>
    model.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'picture' ? [plain(`${block.svg}\n${block.sentence}`)] : []));

  it.each(['public', 'partner'] as const)('stands in no text, no alternative text and no drawing (%s)', (audience) => {
    expect(textOf(audience, true)).toBe(textOf(audience, false));
    expect(structureOf(audience, true)).toBe(structureOf(audience, false));
    const drawings = drawingsOf(world(audience, false));
    expect(drawings).toHaveLength(2);
    expect(drawings.join()).toContain('hidden');
    expect(drawingsOf(world(audience, true))).toEqual(drawings);
  });

  it('is told apart where all is shown, so that the test above would see a leak', () => {
    expect(textOf('restricted', true)).not.toBe(textOf('restricted', false));
    expect(structureOf('restricted', true)).not.toBe(structureOf('restricted', false));
    expect(drawingsOf(world('restricted', true))).not.toEqual(drawingsOf(world('restricted', false)));
  });
});

/** What an audience sees of a figure that stands alone. */
function shownTo(audience: Audience, figure: Figure): ViewShown {
  const rule = ruleFor(formatOf(figure.question.source).disclosure, audience);
  const made = protectRows(figure.question, figure.rows, [], rule, () => 'apart');
  if ('sentence' in made) throw new Error(made.sentence);
  const view = { id: figure.id, figure, audience, rule, ledger: null, rows: made.rows };
  return shownOf(
    { ...view, notes: discreetNotes(figure.notes, rule), hiddenSentence: hiddenInWords(made, rule) },
    'concord test',
    { find: () => undefined },
  );
}
