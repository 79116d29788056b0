import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface BreadcrumbsItem {
  readonly text: Content;
  /** Without an address it is the page itself. */
  readonly href?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface BreadcrumbsProps {
  readonly items: readonly BreadcrumbsItem[];
  readonly collapseOnMobile?: boolean | undefined;
  readonly labelText?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function Breadcrumbs(props: BreadcrumbsProps): JSX.Element {
  return (
    <nav
      class={classNames(
        'govuk-breadcrumbs',
        props.classes,
        props.collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile',
      )}
      {...props.attributes}
      aria-label={props.labelText ?? 'Breadcrumb'}
    >
      <ol class="govuk-breadcrumbs__list">
        {props.items.map((item) =>
          item.href === undefined ? (
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              {item.text}
            </li>
          ) : (
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={item.href} {...item.attributes}>
                {item.text}
              </a>
            </li>
          ),
        )}
      </ol>
    </nav>
  );
}
