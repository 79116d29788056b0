import { expect, test } from 'vitest';
import { textOf, trackedFiles } from './tracked-files.ts';

const folder = 'docs/decisions/';
const decisions = trackedFiles('docs').filter((file) => file.startsWith(folder) && file !== `${folder}README.md`);
const sections = ['Context', 'Decision', 'Consequences', 'What would change our mind'];

test('decisions are numbered from 0001 without a gap, each number once', () => {
  expect(decisions.length).toBeGreaterThan(0);
  decisions.forEach((file, at) => {
    const number = String(at + 1).padStart(4, '0');
    expect(file).toMatch(new RegExp(`^${folder}${number}-[a-z0-9]+(-[a-z0-9]+)*\\.md$`));
    expect(textOf(file)).toMatch(new RegExp(`^# ${number} .+`));
  });
});

test('each decision says why, what follows, and what would change our mind', () => {
  for (const file of decisions) {
    const headings = [...textOf(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings, file).toEqual(sections);
    expect(textOf(file), file).toMatch(/^(Accepted|Superseded by \[\d{4}\])/m);
  }
});

test('the index names every decision', () => {
  const index = textOf(`${folder}README.md`);
  for (const file of decisions) expect(index).toContain(`](${file.slice(folder.length)})`);
});
