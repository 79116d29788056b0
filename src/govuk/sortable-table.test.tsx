import { describe, expect, it } from 'vitest';
import { only, rendered } from '../../test/conformance/rendered.ts';
import { SortableTable, type SortableTableProps } from './sortable-table.tsx';

interface Action {
  readonly title: string;
  readonly pounds: number;
}

const rows: readonly Action[] = [
  { title: 'Outreach', pounds: 42_500 },
  { title: 'Training', pounds: 18_000 },
];

function table(props: Partial<SortableTableProps<Action>> = {}) {
  return rendered(
    <SortableTable
      caption="Actions"
      href="/town/actions?state=late&page=3"
      rows={rows}
      columns={[
        { name: 'title', heading: 'Action', cell: ({ title }) => title },
        { name: 'pounds', heading: 'Pounds', format: 'numeric', cell: ({ pounds }) => pounds },
        { name: 'note', heading: 'Note', isSortable: false, cell: () => '' },
      ]}
      {...props}
    />,
  );
}

const heads = (root: ReturnType<typeof table>) => only(root.all('thead')).all('th');
const queryOf = (href: string | undefined) =>
  Object.fromEntries(new URL(href ?? '', 'http://concord.test').searchParams);

describe('a sortable table', () => {
  it('says of each column whether it is in order, and of one that has no order, nothing', () => {
    const root = table({ sort: { by: 'title', order: 'ascending' } });
    expect(heads(root).map((head) => head.attribute('aria-sort'))).toEqual(['ascending', 'none', undefined]);
  });

  it('keeps the filters in its links and starts again at the first page', () => {
    const [title] = heads(table());
    expect(queryOf(only(title!.all('a')).attribute('href'))).toEqual({
      state: 'late',
      sort: 'title',
      order: 'ascending',
    });
  });

  it('turns the order round at the second press', () => {
    const orders = (['ascending', 'descending'] as const).map((order) => {
      const [title] = heads(table({ sort: { by: 'title', order } }));
      return queryOf(only(title!.all('a')).attribute('href'))['order'];
    });
    expect(orders).toEqual(['descending', 'ascending']);
  });

  it('begins with the highest number', () => {
    const [, pounds] = heads(table());
    expect(queryOf(only(pounds!.all('a')).attribute('href'))['order']).toBe('descending');
    expect(only(pounds!.all('a')).text).toBe('Pounds, sort descending');
  });

  it('gives no link where there is no order', () => {
    expect(heads(table())[2]!.all('a')).toEqual([]);
  });

  it('uses the names that the address has for order and page', () => {
    const parameters = { sort: 'nach', order: 'wie', page: 'seite' };
    const [title] = heads(table({ href: '/a?seite=2&page=kept', parameters }));
    expect(queryOf(only(title!.all('a')).attribute('href'))).toEqual({ page: 'kept', nach: 'title', wie: 'ascending' });
  });

  it('shows the rows in the order that it was given, numbers to the right', () => {
    const body = only(table().all('tbody'));
    expect(body.all('tr').map((row) => row.text)).toEqual(['Outreach42500', 'Training18000']);
    expect(body.all('td').filter((cell) => cell.hasClass('govuk-table__cell--numeric'))).toHaveLength(2);
  });

  it('can be moved sideways by keyboard, under its own name', () => {
    const box = only(table().all('div'));
    expect([box.attribute('role'), box.attribute('tabindex'), box.attribute('aria-label')]).toEqual([
      'region',
      '0',
      'Actions',
    ]);
  });

  it('offers the list to take away only where there is one', () => {
    expect(table().all('p')).toEqual([]);
    const root = table({ exportLink: { href: '/town/actions.csv?state=late' } });
    expect(only(only(root.all('p')).all('a')).attribute('href')).toBe('/town/actions.csv?state=late');
  });

  it('never takes a text for HTML', () => {
    const root = table({ rows: [{ title: '<img src=x onerror=alert(1)>', pounds: 0 }] });
    expect(root.all('img')).toEqual([]);
    expect(only(root.all('tbody')).text).toContain('<img src=x onerror=alert(1)>');
  });
});
