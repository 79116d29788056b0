import { h, type ComponentType } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as govuk from '../../src/govuk/index.ts';
import { canonicalHtml } from './canonical-html.ts';
import { componentsFolder, fixturesOf, nodesOf, propsOf, type Fixture } from './govuk-fixtures.ts';

type Props = Record<string, unknown>;
interface Row {
  readonly component: ComponentType<never>;
  /** From the macro's options, `text` and `html` made one already, to our props. */
  readonly props?: (props: Props, options: Fixture['options']) => Props;
  /** What we leave out of the official HTML on purpose. The reason is in `skipped`. */
  readonly without?: (html: string) => string;
}

/** The macro's own content stands between our tags. */
const asChildren = ({ text, ...props }: Props): Props => ({ ...props, children: text });

const rows: Readonly<Record<string, Row>> = {
  accordion: { component: govuk.Accordion },
  'character-count': { component: govuk.CharacterCount },
  checkboxes: { component: govuk.Checkboxes },
  'cookie-banner': { component: govuk.CookieBanner },
  'date-input': { component: govuk.DateInput },
  feedback: { component: govuk.Feedback, props: asChildren },
  'file-upload': { component: govuk.FileUpload },
  'language-navigation': { component: govuk.LanguageNavigation },
  panel: { component: govuk.Panel, props: asChildren },
  radios: { component: govuk.Radios },
  tabs: { component: govuk.Tabs, props: (props) => ({ items: [], ...props }) },
  'task-list': { component: govuk.TaskList },
  textarea: { component: govuk.Textarea },

  'back-link': { component: govuk.BackLink, props: (props) => ({ href: '#', ...asChildren(props) }) },
  breadcrumbs: { component: govuk.Breadcrumbs },
  button: { component: govuk.Button, props: asChildren },
  details: { component: govuk.Details, props: asChildren },
  'error-message': { component: govuk.ErrorMessage, props: asChildren },
  'error-summary': { component: govuk.ErrorSummary },
  'exit-this-page': { component: govuk.ExitThisPage, props: asChildren },
  fieldset: { component: govuk.Fieldset, props: asChildren },
  'generic-header': { component: govuk.GenericHeader },
  hint: { component: govuk.Hint, props: asChildren },
  input: { component: govuk.Input },
  'inset-text': { component: govuk.InsetText, props: asChildren },
  label: { component: govuk.Label, props: asChildren },
  'notification-banner': { component: govuk.NotificationBanner, props: asChildren },
  pagination: { component: govuk.Pagination },
  'password-input': { component: govuk.PasswordInput },
  'phase-banner': { component: govuk.PhaseBanner, props: (props) => ({ tag: '', ...asChildren(props) }) },
  select: { component: govuk.Select, props: (props) => ({ items: [], ...props }) },
  'service-navigation': { component: govuk.ServiceNavigation, props: withSlots },
  'skip-link': { component: govuk.SkipLink, props: asChildren },
  'summary-list': { component: govuk.SummaryList },
  table: { component: govuk.Table },
  tag: { component: govuk.Tag, props: asChildren },
  'warning-text': { component: govuk.WarningText, props: asChildren },
  footer: { component: govuk.Footer, props: withLicence, without: withoutCrown },
};

/** The macro's slots are strings of HTML, or `{ html, align }`. */
function withSlots(props: Props, options: Fixture['options']): Props {
  const slots: Props = {};
  for (const [name, slot] of Object.entries((options['slots'] ?? {}) as Props)) {
    const { html, align } = typeof slot === 'string' ? { html: slot } : (slot as { html: string; align?: string });
    slots[name] = nodesOf(html);
    if (align !== undefined) slots[`${name}Align`] = align;
  }
  return { ...props, slots };
}

const openGovernmentLicence =
  'All content is available under the <a class="govuk-footer__link" rel="license"' +
  ' href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence v3.0</a>,' +
  ' except where otherwise stated';

/** The macro names the licence unless told not to; ours unless given says nothing. */
function withLicence(props: Props, options: Fixture['options']): Props {
  return 'contentLicence' in options ? props : { ...props, contentLicence: nodesOf(openGovernmentLicence) };
}

function withoutCrown(html: string): string {
  return html
    .replace(/<svg[^>]*class="govuk-footer__crown"[\s\S]*?<\/svg>/, '')
    .replace(
      /<div class="govuk-footer__meta-item">\s*<a\s+class="govuk-footer__link govuk-footer__copyright-logo"[\s\S]*?<\/a>\s*<\/div>/,
      '',
    );
}

function render({ component, props }: Row, { options }: Fixture): string {
  const given = propsOf(options);
  return renderToString(h(component as ComponentType<Props>, props ? props(given, options) : given));
}

/** What of the macros we left out, and why. `docs/reference/govuk-components.md` is made of this list. */
export const skipped = [
  {
    component: 'header',
    option: 'all',
    reason:
      'It draws the crown and the GOV.UK logotype, which only GOV.UK may show. `GenericHeader` stands in its place.',
  },
  {
    component: 'footer',
    option: 'crown',
    reason: 'The crown is for GOV.UK only. The fixtures are compared without it.',
  },
  {
    component: 'footer',
    option: 'copyright',
    reason: 'Crown copyright and its crest: what a partnership writes is not the Crown’s. Compared without it.',
  },
  {
    component: 'footer',
    option: 'contentLicence, when it is not given',
    reason: 'The macro then names the Open Government Licence; ours says nothing, for a page may be restricted.',
  },
] as const;

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
    expect(canonicalHtml(render(row, fixture))).toBe(canonicalHtml(html));
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
