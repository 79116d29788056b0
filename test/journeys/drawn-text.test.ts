import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toSvg } from '../../src/pictures/index.ts';
import { sampleModels } from '../pictures/sample-models.ts';
import { openBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** Text of a picture as the browser draws it: what is cut off, what lies on other text, what is too small to read. */
async function faultsOf(svg: string): Promise<readonly string[]> {
  const page = await browser.newPage({ viewport: { width: 1_000, height: 800 } });
  // As a page that takes away inline styles would show it.
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'">`;
  await page.setContent(`<!doctype html>${policy}<title>t</title><body>${svg}`);
  const faults = await page.evaluate(() => {
    const root = document.querySelector('svg');
    if (root === null) return ['no picture'];
    const frame = root.getBoundingClientRect();
    const drawn = [...root.querySelectorAll('text')].map((element) => ({
      words: element.textContent,
      box: element.getBoundingClientRect(),
      size: Number.parseFloat(getComputedStyle(element).fontSize),
    }));
    const found: string[] = drawn.length === 0 ? ['no text'] : [];
    for (const { words, box, size } of drawn) {
      const isCut =
        box.left < frame.left - 0.5 ||
        box.right > frame.right + 0.5 ||
        box.top < frame.top - 0.5 ||
        box.bottom > frame.bottom + 0.5;
      if (isCut) found.push(`cut off: ${words}`);
      if (size < 12) found.push(`too small: ${words}`);
    }
    // The box of a line is higher than its letters, so lines that stand close share a few pixels of nothing.
    const slack = 4;
    for (const [index, one] of drawn.entries())
      for (const other of drawn.slice(index + 1))
        if (
          one.box.left + 1 < other.box.right &&
          other.box.left + 1 < one.box.right &&
          one.box.top + slack < other.box.bottom &&
          other.box.top + slack < one.box.bottom
        )
          found.push(`overlapping: ${one.words} / ${other.words}`);
    return found;
  });
  await page.close();
  return faults;
}

it.each(sampleModels.flatMap((model) => [320, 640, 960].map((width) => [model.kind, width, model] as const)))(
  '%s at %d pixels is whole, clear of other text and large enough',
  async (_, width, model) => {
    expect(await faultsOf(toSvg(model, { width }))).toEqual([]);
  },
);

it('sees text that is cut off, overlaps or is too small', async () => {
  const planted = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40"><text x="60" y="20" font-size="16">cut off here</text><text x="62" y="22" font-size="8">small</text></svg>`;
  expect(await faultsOf(planted)).toEqual([
    'cut off: cut off here',
    'too small: small',
    'overlapping: cut off here / small',
  ]);
});
