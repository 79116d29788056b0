import type { JSX } from 'preact';
import { Button } from './button.tsx';
import type { Content } from './content.ts';

export interface ChosenFilter {
  /** The filter and what was chosen: "Owner: Police". */
  readonly text: string;
  /** The address of the list without it. */
  readonly removeHref: string;
}

export interface FiltersProps {
  /** The address of the list, without a query. */
  readonly action: string;
  /** Fields, each with its label. */
  readonly children?: Content;
  readonly chosen?: readonly ChosenFilter[] | undefined;
  /** What the form must send along though it does not ask for it: the order of the table. */
  readonly kept?: Readonly<Record<string, string | undefined>> | undefined;
  readonly title?: string | undefined;
  readonly buttonText?: string | undefined;
  readonly clearHref?: string | undefined;
}

/** A form that asks with GET: what was chosen stands in the address, can be kept and sent. */
export function Filters(props: FiltersProps): JSX.Element {
  const title = props.title ?? 'Filter';
  const chosen = props.chosen ?? [];
  const count = chosen.length === 0 ? '' : ` (${chosen.length} chosen)`;
  return (
    // Open as it is served; on a narrow screen the script closes it, so that the list is not pushed down.
    <details class="concord-filters" open data-concord-filters="">
      <summary class="concord-filters__summary">{`${title}${count}`}</summary>
      <form class="concord-filters__form" method="get" action={props.action} aria-label={title}>
        {chosen.length > 0 && (
          <ul class="concord-filters__chosen" aria-label="Chosen filters">
            {chosen.map((filter) => (
              <li>
                <a class="concord-filters__remove" href={filter.removeHref}>
                  <span class="govuk-visually-hidden">Remove this filter: </span>
                  {filter.text}
                  <span aria-hidden="true"> ×</span>
                </a>
              </li>
            ))}
          </ul>
        )}
        {Object.entries(props.kept ?? {}).map(
          ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
        )}
        {props.children}
        <div class="govuk-button-group concord-filters__buttons">
          <Button classes="govuk-button--secondary">{props.buttonText ?? 'Apply filters'}</Button>
          {props.clearHref !== undefined && (
            <a class="govuk-link" href={props.clearHref}>
              Clear filters
            </a>
          )}
        </div>
      </form>
    </details>
  );
}

/** A list with its filters on the left, or above it on a narrow screen. */
export function FilteredList({ filters, children }: { readonly filters: Content; readonly children: Content }) {
  return (
    <div class="concord-filtered">
      <div class="concord-filtered__filters">{filters}</div>
      <div class="concord-filtered__list">{children}</div>
    </div>
  );
}
