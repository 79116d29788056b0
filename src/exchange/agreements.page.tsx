import { formatDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  EmptyList,
  FilteredList,
  Filters,
  Input,
  Pagination,
  Select,
  SortableTable,
  withQuery,
} from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { agreementStates, lastDayOf, levelLabels, stateLabels, stateOn, type Agreement } from './agreement.ts';
import { agreementsHref, StateTag } from './agreement.page.tsx';
import type { AgreementFilter, AgreementOrder } from './agreement.store.ts';
import { sourceNames, sourceTitle } from './source.ts';

export const agreementsPerPage = 50;

export interface AgreementsModel {
  readonly slug: string;
  readonly agreements: readonly Agreement[];
  readonly count: number;
  readonly filter: AgreementFilter;
  readonly order: AgreementOrder;
  readonly page: number;
  /** The address of this page with its query. */
  readonly href: string;
  readonly day: IsoDate;
  readonly mayWrite: boolean;
}

export function agreementsPage(model: AgreementsModel): Page {
  const { slug, filter, order } = model;
  const href = agreementsHref(slug);
  const isFiltered = filter.words !== undefined || filter.source !== undefined || !isUsual(filter.state);
  return {
    title: 'Agreements',
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Agreements</h1>
        <p class="govuk-body">
          Under which agreements partners share data, for what and until when. Records of single events are loaded only
          while one of them covers them.
        </p>
        {model.mayWrite && <Button href={`${href}/new`}>Add an agreement</Button>}
        <FilteredList
          filters={
            <Filters
              action={href}
              clearHref={href}
              kept={{ sort: order.by, order: order.descending ? 'descending' : 'ascending' }}
            >
              <Input name="words" label="Words in the title, purpose or a party" value={filter.words ?? ''} />
              <Select
                name="state"
                label="State"
                value={filter.state}
                items={[
                  { value: 'current', text: 'Not ended' },
                  ...agreementStates.map((value) => ({ value, text: stateLabels[value] })),
                  { value: 'all', text: 'All' },
                ]}
              />
              <Select
                name="source"
                label="Data"
                value={filter.source ?? ''}
                items={[
                  { value: '', text: 'All' },
                  ...sourceNames.map((value) => ({ value, text: sourceTitle(value) })),
                ]}
              />
            </Filters>
          }
        >
          {model.agreements.length > 0 ? (
            <AgreementTable {...model} />
          ) : isFiltered ? (
            <EmptyList title="No agreement matches">Choose fewer filters to see more.</EmptyList>
          ) : (
            <EmptyList
              title="No agreements yet"
              action={model.mayWrite ? { text: 'Add an agreement', href: `${href}/new` } : undefined}
            >
              Begin with the agreement under which the police send crime records: who is party to it, for what, by which
              power, and until when.
            </EmptyList>
          )}
        </FilteredList>
      </>
    ),
  };
}
const isUsual = (state: AgreementFilter['state']): boolean => state === 'current' || state === 'all';

function AgreementTable({ slug, agreements, count, order, page, href, day }: AgreementsModel) {
  const last = Math.max(1, Math.ceil(count / agreementsPerPage));
  const exportHref = withQuery(href.replace(/^[^?]*/, `${agreementsHref(slug)}/export.csv`), { page: undefined });
  return (
    <>
      <p class="govuk-body">
        {count.toLocaleString('en-GB')} {count === 1 ? 'agreement' : 'agreements'}.
      </p>
      <SortableTable
        caption="Agreements"
        captionClasses="govuk-visually-hidden"
        href={href}
        sort={{ by: order.by, order: order.descending ? 'descending' : 'ascending' }}
        exportLink={{ href: exportHref }}
        rows={agreements}
        columns={[
          {
            name: 'title',
            heading: 'Title',
            cell: (agreement) => (
              <>
                <a class="govuk-link" href={`${agreementsHref(slug)}/${agreement.id}`}>
                  {agreement.title}
                </a>{' '}
                <StateTag state={stateOn(agreement, day)} />
              </>
            ),
          },
          {
            name: 'senders',
            heading: 'Sent by',
            isSortable: false,
            cell: ({ parties }) =>
              parties
                .filter(({ role }) => role !== 'receives')
                .map(({ name }) => name)
                .join(', '),
          },
          {
            name: 'data',
            heading: 'Data',
            isSortable: false,
            cell: ({ sources }) => sources.map(sourceTitle).join(', '),
          },
          { name: 'level', heading: 'Detail', isSortable: false, cell: ({ level }) => levelLabels[level] },
          { name: 'starts', heading: 'Begins', cell: ({ starts }) => (starts === null ? '–' : formatDate(starts)) },
          {
            name: 'ends',
            heading: 'Ends',
            cell: (agreement) => {
              const end = lastDayOf(agreement);
              return end === null ? 'No end is named' : formatDate(end);
            },
          },
          {
            name: 'review',
            heading: 'Review',
            cell: ({ reviewDue }) => (reviewDue === null ? '–' : formatDate(reviewDue)),
          },
        ]}
      />
      {last > 1 && (
        <Pagination
          landmarkLabel="Pages of agreements"
          previous={page > 1 ? { href: withQuery(href, { page: String(page - 1) }) } : undefined}
          next={page < last ? { href: withQuery(href, { page: String(page + 1) }) } : undefined}
        />
      )}
    </>
  );
}
