import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPresent, type Content, type Listed } from './content.ts';

export interface PaginationLink {
  readonly href: string;
  readonly text?: Content;
  /** The title of that page, where the pages have titles and no numbers. */
  readonly labelText?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface PaginationPage {
  readonly number: number | string;
  readonly href: string;
  readonly current?: boolean | undefined;
  readonly visuallyHiddenText?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

/** A page, or the pages that are left out. */
export type PaginationItem = PaginationPage | { readonly ellipsis: true };

export interface PaginationProps {
  readonly items?: Listed<PaginationItem> | undefined;
  readonly previous?: PaginationLink | undefined;
  readonly next?: PaginationLink | undefined;
  readonly landmarkLabel?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

const arrows = {
  prev: 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z',
  next: 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z',
} as const;

function Arrow({ side }: { readonly side: 'prev' | 'next' }): JSX.Element {
  return (
    <svg
      class={`govuk-pagination__icon govuk-pagination__icon--${side}`}
      xmlns="http://www.w3.org/2000/svg"
      height="13"
      width="15"
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 15 13"
    >
      <path d={arrows[side]} />
    </svg>
  );
}

interface ArrowLinkProps {
  readonly side: 'prev' | 'next';
  readonly link: PaginationLink;
  readonly isBlock: boolean;
}

function ArrowLink({ side, link, isBlock }: ArrowLinkProps): JSX.Element {
  const isDecorated = isBlock && link.labelText === undefined;
  const word = side === 'prev' ? 'Previous' : 'Next';
  return (
    <div class={`govuk-pagination__${side}`}>
      <a class="govuk-link govuk-pagination__link" href={link.href} rel={side} {...link.attributes}>
        {(isBlock || side === 'prev') && <Arrow side={side} />}
        <span
          class={classNames('govuk-pagination__link-title', isDecorated && 'govuk-pagination__link-title--decorated')}
        >
          {isPresent(link.text) ? (
            link.text
          ) : (
            <>
              {word}
              <span class="govuk-visually-hidden"> page</span>
            </>
          )}
        </span>
        {link.labelText !== undefined && isBlock && (
          <>
            {' '}
            <span class="govuk-visually-hidden">:</span>{' '}
            <span class="govuk-pagination__link-label">{link.labelText}</span>
          </>
        )}
        {!isBlock && side === 'next' && <Arrow side={side} />}
      </a>
    </div>
  );
}

function PageItem({ item }: { readonly item: PaginationItem }): JSX.Element {
  if ('ellipsis' in item) return <li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>;
  return (
    <li class={classNames('govuk-pagination__item', item.current && 'govuk-pagination__item--current')}>
      <a
        class="govuk-link govuk-pagination__link"
        href={item.href}
        aria-label={item.visuallyHiddenText ?? `Page ${item.number}`}
        aria-current={item.current ? 'page' : undefined}
        {...item.attributes}
      >
        {item.number}
      </a>
    </li>
  );
}

export function Pagination(props: PaginationProps): JSX.Element {
  const isBlock = props.items === undefined && (props.next !== undefined || props.previous !== undefined);
  return (
    <nav
      class={classNames('govuk-pagination', isBlock && 'govuk-pagination--block', props.classes)}
      aria-label={props.landmarkLabel ?? 'Pagination'}
      {...props.attributes}
    >
      {props.previous && <ArrowLink side="prev" link={props.previous} isBlock={isBlock} />}
      {props.items && (
        <ul class="govuk-pagination__list">{props.items.map((item) => item && <PageItem item={item} />)}</ul>
      )}
      {props.next && <ArrowLink side="next" link={props.next} isBlock={isBlock} />}
    </nav>
  );
}
