import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPlainText, optionsOf, type Content, type Listed, type OrContent } from './content.ts';

export interface TabPanelOptions {
  /** Plain text is set as a paragraph; nodes bring their own. */
  readonly text: Content;
  readonly attributes?: Attributes | undefined;
}

export interface TabsItem {
  readonly label: string;
  /** Needed where there is no `idPrefix`; it stands in the address when the tab is open. */
  readonly id?: string | undefined;
  readonly panel: OrContent<TabPanelOptions>;
  readonly attributes?: Attributes | undefined;
}

export interface TabsProps {
  readonly id?: string | undefined;
  readonly idPrefix?: string | undefined;
  readonly title?: string | undefined;
  readonly items: Listed<TabsItem>;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

/** Without the script, a list of contents and every panel below it. */
export function Tabs(props: TabsProps): JSX.Element {
  const tabs = props.items.flatMap((item, index) =>
    item
      ? [
          {
            ...item,
            isFirst: index === 0,
            panelId: item.id ?? `${props.idPrefix ?? ''}-${index + 1}`,
            panel: optionsOf(item.panel),
          },
        ]
      : [],
  );
  return (
    <div id={props.id} class={classNames('govuk-tabs', props.classes)} {...props.attributes} data-module="govuk-tabs">
      <h2 class="govuk-tabs__title">{props.title ?? 'Contents'}</h2>
      {tabs.length > 0 && (
        <ul class="govuk-tabs__list">
          {tabs.map((tab) => (
            <li class={classNames('govuk-tabs__list-item', tab.isFirst && 'govuk-tabs__list-item--selected')}>
              <a class="govuk-tabs__tab" href={`#${tab.panelId}`} {...tab.attributes}>
                {tab.label}
              </a>
            </li>
          ))}
        </ul>
      )}
      {tabs.map((tab) => (
        <div
          class={classNames('govuk-tabs__panel', !tab.isFirst && 'govuk-tabs__panel--hidden')}
          id={tab.panelId}
          {...tab.panel.attributes}
        >
          {isPlainText(tab.panel.text) ? <p class="govuk-body">{tab.panel.text}</p> : tab.panel.text}
        </div>
      ))}
    </div>
  );
}
