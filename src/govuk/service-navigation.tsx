import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPresent, type Content, type Listed } from './content.ts';

export interface ServiceNavigationItem {
  readonly text?: Content;
  readonly href?: string | undefined;
  /** This very page. */
  readonly current?: boolean | undefined;
  /** A page under this one. */
  readonly active?: boolean | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface ServiceNavigationSlots {
  readonly start?: Content;
  readonly end?: Content;
  /** `inline` puts the end slot on the same line where there is room. */
  readonly endAlign?: 'inline' | undefined;
  /** List items before and after those of `navigation`. */
  readonly navigationStart?: Content;
  readonly navigationEnd?: Content;
}

export interface ServiceNavigationProps {
  readonly serviceName?: string | undefined;
  readonly serviceUrl?: string | undefined;
  readonly navigation?: Listed<ServiceNavigationItem> | undefined;
  readonly navigationLabel?: string | undefined;
  readonly navigationId?: string | undefined;
  readonly navigationClasses?: string | undefined;
  readonly menuButtonText?: string | undefined;
  readonly menuButtonLabel?: string | undefined;
  readonly collapseNavigationOnMobile?: boolean | undefined;
  readonly ariaLabel?: string | undefined;
  readonly slots?: ServiceNavigationSlots | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function ServiceName({ name, url }: { readonly name: string; readonly url: string | undefined }): JSX.Element {
  return (
    <span class="govuk-service-navigation__service-name">
      {url === undefined ? (
        <span class="govuk-service-navigation__text">{name}</span>
      ) : (
        <a href={url} class="govuk-service-navigation__link">
          {name}
        </a>
      )}
    </span>
  );
}

function NavigationItem({ item }: { readonly item: ServiceNavigationItem }): JSX.Element {
  const isActive = Boolean(item.active) || Boolean(item.current);
  const current = isActive ? (item.current ? 'page' : 'true') : undefined;
  // Bold as well as coloured: whoever overrides colours still sees where they are.
  const text = isActive ? <strong class="govuk-service-navigation__active-fallback">{item.text}</strong> : item.text;
  return (
    <li class={classNames('govuk-service-navigation__item', isActive && 'govuk-service-navigation__item--active')}>
      {item.href !== undefined ? (
        <a class="govuk-service-navigation__link" href={item.href} aria-current={current} {...item.attributes}>
          {text}
        </a>
      ) : (
        isPresent(item.text) && (
          <span class="govuk-service-navigation__text" aria-current={current}>
            {text}
          </span>
        )
      )}
    </li>
  );
}

function Navigation(props: ServiceNavigationProps): JSX.Element | null {
  const items = (props.navigation ?? []).filter((item) => item !== false && item != null);
  const { navigationStart, navigationEnd } = props.slots ?? {};
  if (items.length === 0 && !isPresent(navigationStart) && !isPresent(navigationEnd)) return null;
  const menu = props.menuButtonText ?? 'Menu';
  const id = props.navigationId ?? 'navigation';
  return (
    <nav
      aria-label={props.navigationLabel ?? menu}
      class={classNames('govuk-service-navigation__wrapper', props.navigationClasses)}
    >
      {(props.collapseNavigationOnMobile ?? items.length > 1) && (
        <button
          type="button"
          class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
          aria-controls={id}
          aria-label={props.menuButtonLabel === menu ? undefined : props.menuButtonLabel}
          hidden
          aria-hidden="true"
        >
          {menu}
        </button>
      )}
      <ul class="govuk-service-navigation__list" id={id}>
        {navigationStart}
        {items.map((item) => (
          <NavigationItem item={item} />
        ))}
        {navigationEnd}
      </ul>
    </nav>
  );
}

export function ServiceNavigation(props: ServiceNavigationProps): JSX.Element {
  const slots = props.slots ?? {};
  const attributes = {
    class: classNames('govuk-service-navigation', props.classes),
    'data-module': 'govuk-service-navigation',
    ...props.attributes,
  };
  const content = (
    <div
      class={classNames(
        'govuk-width-container',
        slots.endAlign === 'inline' && 'govuk-service-navigation__inlining-container',
      )}
    >
      {slots.start}
      <div class="govuk-service-navigation__container">
        {props.serviceName !== undefined && <ServiceName name={props.serviceName} url={props.serviceUrl} />}
        <Navigation {...props} />
      </div>
      {slots.end}
    </div>
  );
  // With more in it than the list of pages it is a landmark of its own.
  return props.serviceName !== undefined || isPresent(slots.start) || isPresent(slots.end) ? (
    <section aria-label={props.ariaLabel ?? 'Service information'} {...attributes}>
      {content}
    </section>
  ) : (
    <div {...attributes}>{content}</div>
  );
}
