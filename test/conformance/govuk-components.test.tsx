import { h, type ComponentType } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import * as govuk from '../../src/govuk/index.ts';
import { canonicalHtml } from './canonical-html.ts';
import { fixturesOf, nodesOf, propsOf, type Fixture } from './govuk-fixtures.ts';

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

describe.each(Object.entries(rows))('%s', (name, row) => {
  it.each(fixturesOf(name).map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    const html = row.without ? row.without(fixture.html) : fixture.html;
    expect(canonicalHtml(render(row, fixture))).toBe(canonicalHtml(html));
  });
});
