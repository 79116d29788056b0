import type { JSX } from 'preact';
import { withQuery } from './address.ts';
import { optionsOf } from './content.ts';
import { ScrollBox } from './scroll-box.tsx';
import { Table, type TableCell } from './table.tsx';

export type SortOrder = 'ascending' | 'descending';

export interface SortableColumn<Row> {
  /** What stands for the column in the address. */
  readonly name: string;
  readonly heading: string;
  readonly format?: 'numeric' | undefined;
  /** False for a column that has no order. */
  readonly isSortable?: boolean | undefined;
  /** The order at the first press; numbers begin with the highest, all else with the lowest. */
  readonly firstOrder?: SortOrder | undefined;
  readonly cell: (row: Row) => TableCell;
}

export interface SortableTableProps<Row> {
  readonly caption: string;
  readonly captionClasses?: string | undefined;
  readonly columns: readonly SortableColumn<Row>[];
  /** In the order that `sort` says: the server has sorted them, the table only shows it. */
  readonly rows: readonly Row[];
  readonly sort?: { readonly by: string; readonly order: SortOrder } | undefined;
  /** The address of this page with its whole query: filters are kept, the page number starts again. */
  readonly href: string;
  /** The names that the order and the page have in the query. */
  readonly parameters?: { readonly sort: string; readonly order: string; readonly page: string } | undefined;
  readonly firstCellIsHeader?: boolean | undefined;
  readonly exportLink?: { readonly href: string; readonly text?: string | undefined } | undefined;
}

const opposite = { ascending: 'descending', descending: 'ascending' } as const;

/** Both ways, up or down: the shape says it where the colour is not seen. */
const arrows = {
  none: 'M8 1 4 6h8zM8 15l4-5H4z',
  ascending: 'M8 3 3 11h10z',
  descending: 'M8 13l5-8H3z',
} as const;

function Arrow({ order }: { readonly order: SortOrder | 'none' }): JSX.Element {
  return (
    <svg class="concord-sort__arrow" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path fill="currentColor" d={arrows[order]} />
    </svg>
  );
}

/** A table that is sorted by following a link in its head: no script, and the order can be sent to a colleague. */
export function SortableTable<Row>(props: SortableTableProps<Row>): JSX.Element {
  const names = props.parameters ?? { sort: 'sort', order: 'order', page: 'page' };
  const head = props.columns.map((column): TableCell => {
    if (column.isSortable === false) return { text: column.heading, format: column.format };
    const order = props.sort?.by === column.name ? props.sort.order : 'none';
    const first = column.firstOrder ?? (column.format === 'numeric' ? 'descending' : 'ascending');
    const next = order === 'none' ? first : opposite[order];
    const href = withQuery(props.href, { [names.sort]: column.name, [names.order]: next, [names.page]: undefined });
    return {
      format: column.format,
      classes: 'concord-sort',
      attributes: { 'aria-sort': order },
      text: (
        <a class="concord-sort__link" href={href}>
          {column.heading}
          <span class="govuk-visually-hidden">, sort {next}</span>
          <Arrow order={order} />
        </a>
      ),
    };
  });
  const rows = props.rows.map((row) =>
    props.columns.map((column): TableCell => ({ format: column.format, ...optionsOf(column.cell(row)) })),
  );
  return (
    <>
      <ScrollBox label={props.caption}>
        <Table
          caption={props.caption}
          captionClasses={props.captionClasses ?? 'govuk-table__caption--m'}
          head={head}
          rows={rows}
          firstCellIsHeader={props.firstCellIsHeader ?? true}
        />
      </ScrollBox>
      {props.exportLink && (
        <p class="govuk-body">
          <a class="govuk-link" href={props.exportLink.href} download="">
            {props.exportLink.text ?? 'Download this list (CSV)'}
          </a>
        </p>
      )}
    </>
  );
}
