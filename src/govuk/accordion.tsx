import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPlainText, isPresent, type Content, type Listed } from './content.ts';
import { headingTag, type HeadingLevel } from './heading-level.ts';

export interface AccordionItem {
  readonly heading: Content;
  readonly summary?: Content;
  /** Plain text is set as a paragraph; nodes bring their own. */
  readonly content: Content;
  readonly expanded?: boolean | undefined;
}

export interface AccordionProps {
  /** Used once on the page, and on the whole service if what is open is to be remembered. */
  readonly id: string;
  readonly items: Listed<AccordionItem>;
  readonly headingLevel?: HeadingLevel | undefined;
  readonly rememberExpanded?: boolean | undefined;
  readonly hideAllSectionsText?: string | undefined;
  readonly hideSectionText?: string | undefined;
  readonly hideSectionAriaLabelText?: string | undefined;
  readonly showAllSectionsText?: string | undefined;
  readonly showSectionText?: string | undefined;
  readonly showSectionAriaLabelText?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

interface SectionProps {
  readonly item: AccordionItem;
  readonly id: string;
  readonly number: number;
  readonly headingLevel: HeadingLevel;
}

function Section({ item, id, number, headingLevel }: SectionProps): JSX.Element {
  const Heading = headingTag(headingLevel);
  return (
    <div class={classNames('govuk-accordion__section', item.expanded && 'govuk-accordion__section--expanded')}>
      <div class="govuk-accordion__section-header">
        <Heading class="govuk-accordion__section-heading">
          <span class="govuk-accordion__section-button" id={`${id}-heading-${number}`}>
            {item.heading}
          </span>
        </Heading>
        {isPresent(item.summary) && (
          <div class="govuk-accordion__section-summary govuk-body" id={`${id}-summary-${number}`}>
            {item.summary}
          </div>
        )}
      </div>
      <div id={`${id}-content-${number}`} class="govuk-accordion__section-content">
        {isPlainText(item.content) ? <p class="govuk-body">{item.content}</p> : item.content}
      </div>
    </div>
  );
}

export function Accordion(props: AccordionProps): JSX.Element {
  const wording = {
    'data-i18n.hide-all-sections': props.hideAllSectionsText,
    'data-i18n.hide-section': props.hideSectionText,
    'data-i18n.hide-section-aria-label': props.hideSectionAriaLabelText,
    'data-i18n.show-all-sections': props.showAllSectionsText,
    'data-i18n.show-section': props.showSectionText,
    'data-i18n.show-section-aria-label': props.showSectionAriaLabelText,
  };
  return (
    <div
      class={classNames('govuk-accordion', props.classes)}
      data-module="govuk-accordion"
      id={props.id}
      {...wording}
      data-remember-expanded={props.rememberExpanded?.toString()}
      {...props.attributes}
    >
      {props.items.map(
        (item, index) =>
          item && <Section item={item} id={props.id} number={index + 1} headingLevel={props.headingLevel ?? 2} />,
      )}
    </div>
  );
}
