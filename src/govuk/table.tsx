import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isContent, isPresent, optionsOf, type Content, type Listed, type OrContent } from './content.ts';

export interface TableCellOptions {
  readonly text: Content;
  /** Numbers align right, in figures of one width. */
  readonly format?: 'numeric' | undefined;
  readonly colspan?: number | undefined;
  readonly rowspan?: number | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export type TableCell = OrContent<TableCellOptions>;

export interface TableProps {
  readonly caption?: Content;
  readonly captionClasses?: string | undefined;
  readonly head?: readonly TableCell[] | undefined;
  readonly rows: Listed<readonly TableCell[]>;
  readonly firstCellIsHeader?: boolean | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function cellAttributes({ colspan, rowspan, attributes }: TableCellOptions) {
  return { colspan, rowspan, ...attributes };
}

function ColumnHeader({ cell }: { readonly cell: TableCellOptions }): JSX.Element {
  const format = cell.format && `govuk-table__header--${cell.format}`;
  return (
    <th scope="col" class={classNames('govuk-table__header', format, cell.classes)} {...cellAttributes(cell)}>
      {cell.text}
    </th>
  );
}

function RowHeader({ cell }: { readonly cell: TableCellOptions }): JSX.Element {
  return (
    <th scope="row" class={classNames('govuk-table__header', cell.classes)} {...cellAttributes(cell)}>
      {cell.text}
    </th>
  );
}

/** Most cells have no options: they are the greater part of a long page, so they take the short way. */
function cellOf(cell: TableCell): JSX.Element {
  if (isContent(cell)) return <td class="govuk-table__cell">{cell}</td>;
  const format = cell.format && `govuk-table__cell--${cell.format}`;
  return (
    <td class={classNames('govuk-table__cell', format, cell.classes)} {...cellAttributes(cell)}>
      {cell.text}
    </td>
  );
}

export function Table(props: TableProps): JSX.Element {
  const head = props.head ?? [];
  return (
    <table class={classNames('govuk-table', props.classes)} {...props.attributes}>
      {isPresent(props.caption) && (
        <caption class={classNames('govuk-table__caption', props.captionClasses)}>{props.caption}</caption>
      )}
      {head.length > 0 && (
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {head.map((cell) => (
              <ColumnHeader cell={optionsOf(cell)} />
            ))}
          </tr>
        </thead>
      )}
      <tbody class="govuk-table__body">
        {props.rows.map(
          (row) =>
            row && (
              <tr class="govuk-table__row">
                {row.map((cell, column) =>
                  props.firstCellIsHeader && column === 0 ? <RowHeader cell={optionsOf(cell)} /> : cellOf(cell),
                )}
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}
