import { h, type ComponentType } from 'preact';
import { render } from '../../src/govuk/render.ts';
import * as govuk from '../../src/govuk/index.ts';
import { nodesOf, propsOf, type JsonObject } from './govuk-fixtures.ts';

type Props = Record<string, unknown>;
export interface Row {
  readonly component: ComponentType<never>;
  /** From the macro's options, `text` and `html` made one already, to our props. */
  readonly props?: (props: Props, options: JsonObject) => Props;
  /** What we leave out of the official HTML on purpose. The reason is in `skipped`. */
  readonly without?: (html: string) => string;
}

/** The macro's own content stands between our tags. */
const asChildren = ({ text, ...props }: Props): Props => ({ ...props, children: text });

export const rows: Readonly<Record<string, Row>> = {
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
function withSlots(props: Props, options: JsonObject): Props {
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
function withLicence(props: Props, options: JsonObject): Props {
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

/** Our HTML for the options of a macro. */
export function ourHtml({ component, props }: Row, options: JsonObject): string {
  const given = propsOf(options);
  return render(h(component as ComponentType<Props>, props ? props(given, options) : given));
}

/** What of the macros we left out, and why. `docs/reference/components.md` is made of this list. */
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
