import { formatPartialDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  EmptyList,
  FilteredList,
  Filters,
  Input,
  Pagination,
  Select,
  SortableTable,
  Tag,
  withQuery,
} from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { bodyKindLabels, bodyKinds, bodyStateOf, frequencyLabels, needsOf, treeOf, type Branch } from './body.ts';
import type { BodyFilter, BodyListed, BodyOrder } from './body.store.ts';
import { count } from './body.page.tsx';
import { whoWeAre } from './register.page.tsx';
import { chairText } from './seat.ts';

export const bodiesPerPage = 50;
/** More than these a tree does not show: nobody reads them in one. */
export const mostInTree = 300;

export interface BodiesModel {
  readonly slug: string;
  readonly bodies: readonly BodyListed[];
  readonly count: number;
  readonly filter: BodyFilter;
  readonly view: 'tree' | 'table';
  readonly order: BodyOrder;
  readonly page: number;
  /** The address of this page with its query. */
  readonly href: string;
  readonly day: IsoDate;
  readonly mayWrite: boolean;
}

export function bodiesPage(model: BodiesModel): Page {
  const { slug, filter, view, href } = model;
  const isFiltered = filter.words !== undefined || filter.kind !== undefined || filter.belongs !== undefined;
  const other = view === 'tree' ? 'table' : 'tree';
  return {
    title: 'Boards and groups',
    breadcrumbs: [whoWeAre(slug)],
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Boards and groups</h1>
        <p class="govuk-body">
          Who meets, who chairs, and what reports to what: the partnership’s own boards and groups, and the boards of
          others that it works with.
        </p>
        {model.mayWrite && (
          <div class="govuk-button-group">
            <Button href={`/${slug}/bodies/new`}>Add a board or group</Button>
            <a class="govuk-link" href={`/${slug}/bodies/several`}>
              Add several at once
            </a>
          </div>
        )}
        <FilteredList
          filters={
            <Filters
              action={`/${slug}/bodies`}
              clearHref={`/${slug}/bodies`}
              kept={{ view, sort: model.order.by, order: model.order.descending ? 'descending' : 'ascending' }}
            >
              <Input name="words" label="Words in the name or purpose" value={filter.words ?? ''} />
              <Select
                name="kind"
                label="Kind"
                value={filter.kind ?? ''}
                items={[
                  { value: '', text: 'All' },
                  ...bodyKinds.map((value) => ({ value, text: bodyKindLabels[value] })),
                ]}
              />
              <Select
                name="belongs"
                label="Whose it is"
                value={filter.belongs ?? ''}
                items={[
                  { value: '', text: 'All' },
                  { value: 'own', text: 'The partnership’s own' },
                  { value: 'linked', text: 'Linked' },
                ]}
              />
              <Select
                name="state"
                label="State"
                value={filter.state ?? 'running'}
                items={[
                  { value: 'running', text: 'Running' },
                  { value: 'ended', text: 'Ended' },
                  { value: 'all', text: 'All' },
                ]}
              />
            </Filters>
          }
        >
          {model.bodies.length === 0 ? (
            isFiltered || filter.state === 'ended' ? (
              <EmptyList title="No board or group matches">Choose fewer filters to see more.</EmptyList>
            ) : (
              <EmptyList
                title="No boards or groups yet"
                action={model.mayWrite ? { text: 'Add several at once', href: `/${slug}/bodies/several` } : undefined}
              >
                Begin with the board that leads the partnership, then the groups that report to it.
              </EmptyList>
            )
          ) : (
            <>
              <p class="govuk-body">
                {count(model.count, 'board or group', 'boards and groups')}.{' '}
                <a class="govuk-link" href={withQuery(href, { view: other, page: undefined })}>
                  Show as a {other}
                </a>
              </p>
              {view === 'tree' ? <BodyTree {...model} /> : <BodyTable {...model} />}
            </>
          )}
        </FilteredList>
      </>
    ),
  };
}

function BodyTree({ slug, bodies, count: all, day, href }: BodiesModel) {
  const own = treeOf(bodies.filter(({ isOwn }) => isOwn));
  const linked = treeOf(bodies.filter(({ isOwn }) => !isOwn));
  return (
    <>
      {own.length > 0 && (
        <section aria-labelledby="own">
          <h2 class="govuk-heading-m" id="own">
            The partnership’s own
          </h2>
          <Branches slug={slug} branches={own} day={day} />
        </section>
      )}
      {linked.length > 0 && (
        <section aria-labelledby="linked">
          <h2 class="govuk-heading-m" id="linked">
            Linked boards of others
          </h2>
          <Branches slug={slug} branches={linked} day={day} />
        </section>
      )}
      {all > bodies.length && (
        <p class="govuk-body">
          These are the first {bodies.length}. Choose filters, or{' '}
          <a class="govuk-link" href={withQuery(href, { view: 'table' })}>
            read all of them in the table
          </a>
          .
        </p>
      )}
      <ExportLink slug={slug} href={href} />
    </>
  );
}

const ExportLink = ({ slug, href }: { readonly slug: string; readonly href: string }) => (
  <p class="govuk-body">
    <a class="govuk-link" href={exportHref(slug, href)} download="">
      Download this list (CSV)
    </a>
  </p>
);
const exportHref = (slug: string, href: string): string =>
  withQuery(href.replace(/^[^?]*/, `/${slug}/bodies/export.csv`), { view: undefined, page: undefined });

interface BranchesProps {
  readonly slug: string;
  readonly branches: readonly Branch<BodyListed>[];
  readonly day: IsoDate;
}

function Branches({ slug, branches, day }: BranchesProps) {
  return (
    <ul class="concord-tree">
      {branches.map(({ body, under }) => (
        <li class="concord-tree__item">
          <p class="concord-tree__name">
            <a class="govuk-link" href={`/${slug}/bodies/${body.id}`}>
              {body.name}
            </a>{' '}
            <StateTags body={body} day={day} />
          </p>
          <p class="concord-tree__line">{lineOf(body)}</p>
          {under.length > 0 && <Branches slug={slug} branches={under} day={day} />}
        </li>
      ))}
    </ul>
  );
}

function lineOf(body: BodyListed): string {
  const parts = [
    `${bodyKindLabels[body.kind]}, meets ${frequencyLabels[body.frequency].toLowerCase()}`,
    body.chair !== null && `chair: ${chairText(body.chair)}`,
    count(body.members, 'member', 'members'),
    body.termsReview !== null && `next review of its terms: ${formatPartialDate(body.termsReview)}`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

function StateTags({ body, day }: { readonly body: BodyListed; readonly day: IsoDate }) {
  const state = bodyStateOf(body, day);
  const needs = needsOf(body, body.chair !== null, day);
  return (
    <>
      {state === 'ended' && <Tag classes="govuk-tag--grey">Ended</Tag>}
      {state === 'ahead' && <Tag classes="govuk-tag--blue">Not begun</Tag>}
      {needs.includes('chair') && <Tag classes="govuk-tag--yellow">No chair</Tag>}{' '}
      {needs.includes('terms') && <Tag classes="govuk-tag--orange">Terms due</Tag>}
    </>
  );
}

function BodyTable({ slug, bodies, order, page, count: all, href, day }: BodiesModel) {
  const last = Math.max(1, Math.ceil(all / bodiesPerPage));
  return (
    <>
      <SortableTable
        caption="Boards and groups"
        captionClasses="govuk-visually-hidden"
        href={href}
        sort={{ by: order.by, order: order.descending ? 'descending' : 'ascending' }}
        exportLink={{ href: exportHref(slug, href) }}
        rows={bodies}
        columns={[
          {
            name: 'name',
            heading: 'Name',
            cell: (body) => (
              <>
                <a class="govuk-link" href={`/${slug}/bodies/${body.id}`}>
                  {body.name}
                </a>{' '}
                <StateTags body={body} day={day} />
              </>
            ),
          },
          {
            name: 'kind',
            heading: 'Kind',
            cell: ({ kind, isOwn }) => `${bodyKindLabels[kind]}${isOwn ? '' : ' (linked)'}`,
          },
          { name: 'frequency', heading: 'Meets', cell: ({ frequency }) => frequencyLabels[frequency] },
          {
            name: 'chair',
            heading: 'Chair',
            isSortable: false,
            cell: ({ chair }) => (chair === null ? '–' : chairText(chair)),
          },
          { name: 'members', heading: 'Members', format: 'numeric', cell: ({ members }) => String(members) },
          {
            name: 'superior',
            heading: 'Reports to',
            isSortable: false,
            cell: ({ superior }) => superior ?? '–',
          },
          {
            name: 'review',
            heading: 'Terms reviewed by',
            cell: ({ termsReview }) => (termsReview === null ? '–' : formatPartialDate(termsReview)),
          },
        ]}
      />
      {last > 1 && (
        <Pagination
          landmarkLabel="Pages of boards and groups"
          previous={page > 1 ? { href: withQuery(href, { page: String(page - 1) }) } : undefined}
          next={page < last ? { href: withQuery(href, { page: String(page + 1) }) } : undefined}
        />
      )}
    </>
  );
}
