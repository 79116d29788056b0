import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalHtml } from './canonical-html.ts';
import { componentsFolder, fixturesOf } from './govuk-fixtures.ts';
import { ourHtml, rows, skipped } from './govuk-rows.tsx';

const published = readdirSync(componentsFolder).filter((name) =>
  existsSync(`${componentsFolder}/${name}/fixtures.json`),
);

describe('the table', () => {
  it('has every component that govuk-frontend publishes, or says why not', () => {
    const left = skipped.filter(({ option }) => option === 'all').map(({ component }) => component);
    expect([...Object.keys(rows), ...left].sort()).toEqual([...published].sort());
  });

  it('takes every published example, hidden ones too', () => {
    const examples = published.map((name) => [name, fixturesOf(name).length]);
    // Of govuk-frontend 6.6.0: a number that changes with an upgrade is read, not lost.
    expect(examples.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(725);
    expect(fixturesOf('table').some(({ hidden }) => hidden)).toBe(true);
  });
});

describe.each(Object.entries(rows))('%s', (name, row) => {
  it.each(fixturesOf(name).map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    const html = row.without ? row.without(fixture.html) : fixture.html;
    expect(canonicalHtml(ourHtml(row, fixture.options))).toBe(canonicalHtml(html));
  });
});

/** Faults planted into official HTML. If one is not seen, the comparison above proves nothing. */
const faults: readonly (readonly [string, string, (html: string) => string])[] = [
  ['a class is missing', 'table', (html) => html.replace('govuk-table__cell', '')],
  ['a class is misspelt', 'button', (html) => html.replace('govuk-button', 'govuk-buton')],
  ['a word differs', 'table', (html) => html.replace('January', 'Jan')],
  ['a cell is made a header', 'table', (html) => html.replace('<td', '<th').replace('</td', '</th')],
  ['an attribute is missing', 'input', (html) => html.replace(/ name="[^"]*"/, '')],
  ['an attribute has another value', 'input', (html) => html.replace(/ for="[^"]*"/, ' for="elsewhere"')],
  ['an attribute too many', 'input', (html) => html.replace('<input', '<input autofocus')],
  [
    'a label stands after its field',
    'input',
    (html) => html.replace(/(<label[\s\S]*<\/label>)([\s\S]*?)(<input[^>]*>)/, '$2$3$1'),
  ],
  ['an element too many', 'tag', (html) => html.replace('</strong>', '<span></span></strong>')],
  [
    'an element is missing',
    'warning-text',
    (html) => html.replace(/<span class="govuk-visually-hidden">.*?<\/span>/, ''),
  ],
  ['a space between two words is lost', 'error-message', (html) => html.replace('</span> ', '</span>')],
  ['a space is where none was', 'error-message', (html) => html.replace('Error:', 'Error :')],
  ['text is not escaped', 'label', (html) => html.replace('National', '<b>National</b>')],
  ['an icon is drawn otherwise', 'pagination', (html) => html.replace('-6.7266', '6.7266')],
];

describe('the comparison', () => {
  it.each(faults)('sees that %s', (_fault, component, plant) => {
    const [fixture] = fixturesOf(component);
    const html = fixture!.html;
    expect(plant(html)).not.toBe(html);
    expect(canonicalHtml(plant(html))).not.toBe(canonicalHtml(html));
  });

  it.each([
    ['the order of attributes', '<a href="/" class="a">x</a>', '<a class="a" href="/">x</a>'],
    ['how class names are spaced', '<p class="a  b ">x</p>', '<p class="a b">x</p>'],
    ['how the source is indented', '<ul>\n  <li>\n    x\n  </li>\n</ul>', '<ul><li>x</li></ul>'],
    ['on which side of a tag a space stands', '<p>a <b>b</b></p>', '<p>a<b> b</b></p>'],
  ])('does not mind %s', (_what, one, other) => {
    expect(canonicalHtml(one)).toBe(canonicalHtml(other));
  });

  it('minds white space where it shows', () => {
    expect(canonicalHtml('<textarea>a  b</textarea>')).not.toBe(canonicalHtml('<textarea>a b</textarea>'));
    expect(canonicalHtml('<p><b>a</b> <b>b</b></p>')).not.toBe(canonicalHtml('<p><b>a</b><b>b</b></p>'));
  });
});
