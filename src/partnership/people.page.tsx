import type { ComponentChildren } from 'preact';
import { formatDate, type IsoDate } from '../duty/index.ts';
import {
  Autocomplete,
  Button,
  EmptyList,
  FilteredList,
  Filters,
  Input,
  Pagination,
  PartialDateInput,
  ScrollBox,
  Select,
  SortableTable,
  Table,
  Tag,
  withQuery,
  type SortableColumn,
} from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import type { PersonState } from './person.ts';
import type { PersonListed } from './person.store.ts';
import { whoWeAre } from './register.page.tsx';
import { describeSpan } from './span.ts';
import type { HeldInTurn, Turn, TurnTaken } from './turnover.ts';

export const peoplePerPage = 50;

const stateWords: Readonly<Record<PersonState, { readonly text: string; readonly classes: string }>> = {
  'in-post': { text: 'In post', classes: 'govuk-tag--green' },
  'no-post': { text: 'No post', classes: 'govuk-tag--yellow' },
  ahead: { text: 'Joins later', classes: 'govuk-tag--blue' },
  left: { text: 'Left', classes: 'govuk-tag--grey' },
};

export function PersonTag({ state }: { readonly state: PersonState }) {
  const { text, classes } = stateWords[state];
  return <Tag classes={classes}>{text}</Tag>;
}

export interface PeopleAsked {
  readonly words?: string | undefined;
  readonly organisation?: string | undefined;
  readonly state: PersonState | 'here' | 'all';
  readonly sort: 'name' | 'organisation' | 'since';
  readonly order: 'ascending' | 'descending';
  /** As it was typed. */
  readonly on?: string | undefined;
  readonly page: number;
}

/** The query of the list as text, without what is as usual. */
const queryOf = ({ words, organisation, state, sort, order, on }: PeopleAsked): Record<string, string | undefined> => ({
  words,
  organisation,
  state: state === 'here' ? undefined : state,
  on,
  sort: sort === 'name' ? undefined : sort,
  order: order === 'ascending' ? undefined : order,
});

interface PeopleShown {
  readonly slug: string;
  readonly people: readonly PersonListed[];
  readonly count: number;
  readonly asked: PeopleAsked;
  /** The day of the list: today, or the one that was asked for. */
  readonly day: IsoDate;
  readonly today: IsoDate;
  /** Why the day that was asked for is none. */
  readonly mistake?: string | undefined;
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly mayWrite: boolean;
}

export function peoplePage(shown: PeopleShown): Page {
  const { slug, asked, day, today, mayWrite } = shown;
  const base = `/${slug}/people`;
  const query = queryOf(asked);
  const isThen = day !== today;
  return {
    title: isThen ? `People, as at ${formatDate(day)}` : 'People',
    breadcrumbs: [whoWeAre(slug)],
    hasErrors: shown.mistake !== undefined,
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">{isThen ? `People, as at ${formatDate(day)}` : 'People'}</h1>
        <p class="govuk-body">
          Who acts for which organisation, under which title, and since when. Not everybody here signs in to Concord.
        </p>
        <div class="govuk-button-group">
          {mayWrite && <Button href={`${base}/new`}>Add a person</Button>}
          {mayWrite && (
            <a class="govuk-link" href={`${base}/lived-experience`}>
              Add a member with lived experience
            </a>
          )}
          <a class="govuk-link" href={`${base}/changes`}>
            See who joined, moved and left
          </a>
        </div>
        <FilteredList
          filters={
            <Filters action={base} clearHref={base} kept={{ sort: query['sort'], order: query['order'] }}>
              <Input name="words" label="Name, post or email" value={asked.words ?? ''} spellcheck={false} />
              <Autocomplete
                name="organisation"
                label="Organisation"
                value={asked.organisation ?? ''}
                items={[
                  { value: '', text: 'All' },
                  ...shown.organisations.map(({ id, name }) => ({ value: id, text: name })),
                ]}
              />
              <Select
                name="state"
                label="Show"
                value={asked.state}
                items={[
                  { value: 'here', text: 'All who have not left' },
                  { value: 'in-post', text: 'In post' },
                  { value: 'no-post', text: 'No post' },
                  { value: 'ahead', text: 'Joins later' },
                  { value: 'left', text: 'Left' },
                  { value: 'all', text: 'All people' },
                ]}
              />
              <PartialDateInput
                name="on"
                label="As at which day?"
                hint={`Leave it empty for today, ${formatDate(today)}. For example, 15 July 2023`}
                value={asked.on ?? ''}
                errorMessage={shown.mistake}
              />
            </Filters>
          }
        >
          <PeopleTable {...shown} />
        </FilteredList>
      </>
    ),
  };
}

function PeopleTable({ slug, people, count, asked, day, today, mayWrite }: PeopleShown) {
  const base = `/${slug}/people`;
  const query = queryOf(asked);
  const href = withQuery(base, query);
  const last = Math.max(1, Math.ceil(count / peoplePerPage));
  const columns: readonly SortableColumn<PersonListed>[] = [
    {
      name: 'name',
      heading: 'Name',
      cell: ({ id, name }) => (
        <a class="govuk-link" href={withQuery(`${base}/${id}`, { on: day === today ? undefined : day })}>
          {name}
        </a>
      ),
    },
    {
      name: 'organisation',
      heading: 'Post',
      cell: ({ posts }) => <Lines of={posts.map(({ title, organisation }) => `${title}, ${organisation}`)} />,
    },
    {
      name: 'since',
      heading: 'In post',
      cell: ({ posts }) => <Lines of={posts.map((post) => describeSpan(post) || 'date not known')} />,
    },
    { name: 'email', heading: 'Email', isSortable: false, cell: ({ email }) => <Mail to={email} /> },
    { name: 'state', heading: 'State', isSortable: false, cell: ({ state }) => <PersonTag state={state} /> },
  ];
  const isFiltered = Object.entries(query).some(([name, value]) => !['sort', 'order'].includes(name) && value);
  if (people.length === 0 && isFiltered)
    return <EmptyList title="Nobody matches">Choose fewer filters to see more people.</EmptyList>;
  if (people.length === 0)
    return (
      <EmptyList title="Nobody yet" action={mayWrite ? { text: 'Add a person', href: `${base}/new` } : undefined}>
        Begin with those who speak for the members of the partnership. A coordinator enters them.
      </EmptyList>
    );
  return (
    <>
      <SortableTable
        caption={`${count.toLocaleString('en-GB')} ${count === 1 ? 'person' : 'people'}`}
        captionClasses="govuk-table__caption--s"
        columns={columns}
        rows={people}
        sort={{ by: asked.sort, order: asked.order }}
        href={href}
        exportLink={{ href: withQuery(`${base}/export.csv`, query) }}
      />
      {last > 1 && (
        <Pagination
          landmarkLabel="Pages of people"
          previous={asked.page > 1 ? { href: withQuery(href, { page: String(asked.page - 1) }) } : undefined}
          next={asked.page < last ? { href: withQuery(href, { page: String(asked.page + 1) }) } : undefined}
        />
      )}
    </>
  );
}

export function Mail({ to }: { readonly to: string | null }) {
  if (to === null) return <>–</>;
  return (
    <a class="govuk-link" href={`mailto:${encodeURIComponent(to).replace('%40', '@')}`}>
      {to}
    </a>
  );
}

function Lines({ of: lines }: { readonly of: readonly string[] }): ComponentChildren {
  if (lines.length < 2) return lines[0] ?? '–';
  return (
    <ul class="govuk-list">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

export const turnWords: Readonly<Record<Turn, string>> = { joined: 'Joined', moved: 'Moved', left: 'Left' };

const postOf = (post: HeldInTurn): string => `${post.title}, ${post.organisation}`;

/** "From Acting Head, Council to Head, Council". */
export function turnText({ from, to }: Pick<TurnTaken, 'from' | 'to'>): string {
  if (from === undefined) return to === undefined ? '' : postOf(to);
  return to === undefined ? postOf(from) : `${postOf(from)} → ${postOf(to)}`;
}

interface TurnoverShown {
  readonly slug: string;
  readonly taken: readonly TurnTaken[];
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly typed: { readonly from: string; readonly to: string };
  readonly mistakes: { readonly from?: string | undefined; readonly to?: string | undefined };
  readonly page: number;
  readonly maySeeAccess: boolean;
}

/** Who joined, moved and left: by the posts that they held, whether they sign in or not. */
export function turnoverPage({ slug, taken, from, to, typed, mistakes, page, maySeeAccess }: TurnoverShown): Page {
  const here = `/${slug}/people/changes`;
  const href = (to: number) => withQuery(here, { ...typed, page: String(to) });
  const last = Math.max(1, Math.ceil(taken.length / peoplePerPage));
  return {
    title: 'Joiners, movers and leavers',
    breadcrumbs: [whoWeAre(slug), { text: 'People', href: `/${slug}/people` }],
    hasErrors: Object.values(mistakes).some((mistake) => mistake !== undefined),
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Joiners, movers and leavers</h1>
        <p class="govuk-body">
          Who took up, changed and gave up posts from {formatDate(from)} to {formatDate(to)}. Accounts are another
          matter
          {maySeeAccess ? (
            <>
              :{' '}
              <a class="govuk-link" href={`/${slug}/access`}>
                see who can sign in
              </a>
            </>
          ) : null}
          .
        </p>
        <FilteredList
          filters={
            <Filters title="Period" action={here} clearHref={here} buttonText="Show this period">
              <PartialDateInput name="from" label="From" value={typed.from} errorMessage={mistakes.from} />
              <PartialDateInput name="to" label="To" value={typed.to} errorMessage={mistakes.to} />
            </Filters>
          }
        >
          {taken.length === 0 ? (
            <EmptyList title="Nobody joined, moved or left">Choose a longer period to see more.</EmptyList>
          ) : (
            <>
              <ScrollBox label="Joiners, movers and leavers">
                <Table
                  caption={`${taken.length.toLocaleString('en-GB')} ${taken.length === 1 ? 'change' : 'changes'}, the earliest first`}
                  captionClasses="govuk-table__caption--s"
                  head={['Name', 'What happened', 'When', 'Post']}
                  firstCellIsHeader
                  rows={taken.slice((page - 1) * peoplePerPage, page * peoplePerPage).map((one) => [
                    <a class="govuk-link" href={`/${slug}/people/${one.personId}`}>
                      {one.name}
                    </a>,
                    turnWords[one.turn],
                    whenOf(one),
                    turnText(one),
                  ])}
                />
              </ScrollBox>
              {last > 1 && (
                <Pagination
                  landmarkLabel="Pages of changes"
                  previous={page > 1 ? { href: href(page - 1) } : undefined}
                  next={page < last ? { href: href(page + 1) } : undefined}
                />
              )}
              <p class="govuk-body">
                <a class="govuk-link" href={withQuery(`${here}/export.csv`, { from, to })} download="">
                  Download this list (CSV)
                </a>
              </p>
            </>
          )}
        </FilteredList>
      </>
    ),
  };
}

/** The date as it was entered: "December 2023" is not the first of it. */
export function whenOf({ from, to }: Pick<TurnTaken, 'from' | 'to'>): string {
  return describeSpan(
    to === undefined ? { since: null, until: from?.until ?? null } : { since: to.since, until: null },
  );
}
