import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './planted-tree.ts';
import { textOf, trackedFiles } from './tracked-files.ts';

/** How GitHub makes an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

/** Targets of the links and images of a page, without those in code. */
function targetsIn(markdown: string): readonly string[] {
  const text = markdown.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map(([, target]) => target ?? '');
}

/** Relative links that lead nowhere. */
function brokenLinks(file: string, markdown: string): readonly string[] {
  return targetsIn(markdown)
    .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const to = path === '' ? file : normalize(join(dirname(file), decodeURIComponent(path)));
      if (path !== '' && !existsSync(join(root, to))) return true;
      if (anchor === undefined || !to.endsWith('.md')) return false;
      const headings = [...(path === '' ? markdown : textOf(to)).matchAll(/^#+ (.+)$/gm)];
      return !headings.some(([, heading]) => anchorOf(heading ?? '') === anchor);
    });
}

test('a link that leads nowhere is seen', () => {
  const page = '# Here\n[a](missing.md) [b](../../package.json) [c](#here) [d](#there) [e](https://example.org)';
  expect(brokenLinks('docs/decisions/page.md', page)).toEqual(['missing.md', '#there']);
});

test('every relative link of every page leads somewhere', () => {
  const pages = trackedFiles().filter((file) => file.endsWith('.md'));
  expect(pages.length).toBeGreaterThan(0);
  expect(pages.flatMap((file) => brokenLinks(file, textOf(file)).map((target) => `${file}: ${target}`))).toEqual([]);
});
