import type { JSX } from 'preact';
import { authorityStandings, formatDate, formatPartialDate, standingLabels, type IsoDate } from '../duty/index.ts';
import {
  Autocomplete,
  Button,
  Checkboxes,
  EmptyList,
  FilteredList,
  Filters,
  Input,
  InsetText,
  Pagination,
  PartialDateInput,
  Radios,
  ScrollBox,
  Select,
  SortableTable,
  SummaryList,
  Table,
  Tag,
  Textarea,
  withQuery,
  type SortableColumn,
} from '../govuk/index.ts';
import { type Errors, type Typed, formPage, valueOf } from '../platform/http/form.page.tsx';
import { History, type HistoryItem, Part } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import {
  capacityChoices,
  labelOf,
  nameOn,
  standingLabelOf,
  stateOf,
  suggestedCapacity,
  type Membership,
} from './organisation.ts';
import type { OrganisationListed, OrganisationSeen, Succeeding } from './organisation.store.ts';
import { whoWeAre } from './register.page.tsx';
import { describeSpan, isOver, runsOn } from './span.ts';

export const organisationsPerPage = 50;

const stateWords = {
  member: { text: 'Member', classes: 'govuk-tag--green' },
  ahead: { text: 'Joins later', classes: 'govuk-tag--blue' },
  former: { text: 'No longer a member', classes: 'govuk-tag--grey' },
  other: { text: 'Not a member', classes: 'govuk-tag--grey' },
  ended: { text: 'Ended', classes: 'govuk-tag--grey' },
} as const;

export interface ListAsked {
  readonly words?: string | undefined;
  readonly standing?: string | undefined;
  readonly state: string;
  readonly sort: 'name' | 'capacity' | 'since';
  readonly order: 'ascending' | 'descending';
  readonly page: number;
}

/** The query of a list as text, without what is as usual. */
export function queryOf({ words, standing, state, sort, order }: ListAsked): Record<string, string | undefined> {
  return {
    words,
    standing,
    state: state === 'members' ? undefined : state,
    sort: sort === 'name' ? undefined : sort,
    order: order === 'ascending' ? undefined : order,
  };
}

export function organisationListPage(
  slug: string,
  { organisations, count }: { readonly organisations: readonly OrganisationListed[]; readonly count: number },
  asked: ListAsked,
  today: IsoDate,
  mayWrite: boolean,
): Page {
  const base = `/${slug}/organisations`;
  const href = withQuery(base, queryOf(asked));
  const last = Math.max(1, Math.ceil(count / organisationsPerPage));
  const columns: readonly SortableColumn<OrganisationListed>[] = [
    {
      name: 'name',
      heading: 'Organisation',
      cell: ({ id, name }) => (
        <a class="govuk-link" href={`${base}/${id}`}>
          {name}
        </a>
      ),
    },
    {
      name: 'capacity',
      heading: 'Member as',
      cell: ({ memberships }) => linesOf(shownOf(memberships, today).map(capacityText)),
    },
    {
      name: 'since',
      heading: 'Membership',
      cell: ({ memberships }) =>
        linesOf(shownOf(memberships, today).map((span) => describeSpan(span) || 'date not known')),
    },
    {
      name: 'state',
      heading: 'State',
      isSortable: false,
      cell: (organisation) => <StateTag organisation={organisation} today={today} />,
    },
  ];
  const isFiltered = asked.words !== undefined || asked.standing !== undefined || asked.state !== 'members';
  return {
    title: 'Organisations',
    breadcrumbs: [whoWeAre(slug)],
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Organisations</h1>
        <p class="govuk-body">
          The members of the partnership, what the Act makes of each, and those that were members before.
        </p>
        {mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${base}/new`}>Add an organisation</Button>
            <a class="govuk-link" href={`${base}/several`}>
              Add several at once
            </a>
            <a class="govuk-link" href={`/${slug}/partnership/files?kind=organisations`}>
              Read in a file
            </a>
          </div>
        )}
        <FilteredList
          filters={
            <Filters
              action={base}
              clearHref={base}
              kept={{ sort: queryOf(asked)['sort'], order: queryOf(asked)['order'] }}
            >
              <Input name="words" label="Name, or an earlier one" value={asked.words ?? ''} spellcheck={false} />
              <Select
                name="state"
                label="Show"
                value={asked.state}
                items={[
                  { value: 'members', text: 'Members today' },
                  { value: 'former', text: 'Former and coming members' },
                  { value: 'others', text: 'Never a member' },
                  { value: 'all', text: 'All organisations' },
                ]}
              />
              <Select
                name="standing"
                label="Under the Act"
                value={asked.standing ?? ''}
                items={[
                  { value: '', text: 'All' },
                  ...authorityStandings.map((value) => ({ value, text: standingLabels[value].label })),
                ]}
              />
            </Filters>
          }
        >
          {organisations.length === 0 ? (
            isFiltered ? (
              <EmptyList title="No organisation matches">Choose fewer filters to see more.</EmptyList>
            ) : (
              <EmptyList
                title="No members yet"
                action={mayWrite ? { text: 'Add several at once', href: `${base}/several` } : undefined}
              >
                Begin with those that the Act names: the council, the police, the fire service, health, probation and
                the youth offending team. A coordinator enters them.
              </EmptyList>
            )
          ) : (
            <SortableTable
              caption={`${count.toLocaleString('en-GB')} ${count === 1 ? 'organisation' : 'organisations'}`}
              captionClasses="govuk-table__caption--s"
              columns={columns}
              rows={organisations}
              sort={{ by: asked.sort, order: asked.order }}
              href={href}
              exportLink={{ href: withQuery(`${base}/export.csv`, queryOf(asked)) }}
            />
          )}
          {last > 1 && (
            <Pagination
              landmarkLabel="Pages of organisations"
              previous={asked.page > 1 ? { href: withQuery(href, { page: String(asked.page - 1) }) } : undefined}
              next={asked.page < last ? { href: withQuery(href, { page: String(asked.page + 1) }) } : undefined}
            />
          )}
        </FilteredList>
      </>
    ),
  };
}

type MembershipListed = OrganisationListed['memberships'][number];

/** What is of interest in a list: what runs today, or else everything. */
function shownOf(memberships: readonly MembershipListed[], today: IsoDate): readonly MembershipListed[] {
  const running = memberships.filter((membership) => runsOn(membership, today));
  return running.length > 0 ? running : memberships;
}
const capacityText = ({ capacity, areaName }: MembershipListed): string =>
  areaName === null ? labelOf(capacity) : `${labelOf(capacity)}, ${areaName}`;

function linesOf(lines: readonly string[]): string | JSX.Element {
  const distinct = [...new Set(lines)];
  if (distinct.length < 2) return distinct[0] ?? '–';
  return (
    <ul class="govuk-list">
      {distinct.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

function StateTag({
  organisation,
  today,
}: {
  readonly organisation: Pick<OrganisationListed, 'memberships' | 'ended'>;
  readonly today: IsoDate;
}) {
  const { text, classes } = stateWords[stateOf(organisation, today)];
  return <Tag classes={classes}>{text}</Tag>;
}

const crumbs = (slug: string) => [whoWeAre(slug), { text: 'Organisations', href: `/${slug}/organisations` }];
const crumbsOf = (slug: string, { id, name }: Pick<OrganisationSeen, 'id' | 'name'>) => [
  ...crumbs(slug),
  { text: name, href: `/${slug}/organisations/${id}` },
];

export function organisationPage(
  slug: string,
  organisation: OrganisationSeen,
  changes: readonly HistoryItem[],
  today: IsoDate,
  mayWrite: boolean,
  on: IsoDate | undefined,
): Page {
  const { id, name, memberships, otherNames, people, seats, predecessors, successors } = organisation;
  const here = `/${slug}/organisations/${id}`;
  const action = (text: string, href: string, of: string) => ({ text, href, visuallyHiddenText: of });
  const peopleToday = people.filter((post) => !isOver(post, today));
  const seatsToday = seats.filter((seat) => !isOver(seat, today));
  return {
    title: name,
    breadcrumbs: crumbs(slug),
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">
          {name} <StateTag organisation={organisation} today={today} />
        </h1>
        <SummaryList
          rows={[
            {
              key: 'Name',
              value: name,
              ...(mayWrite && { actions: { items: [action('Change', `${here}/change`, 'name')] } }),
            },
            otherNames.length > 0 && { key: 'Other names', value: namesText(organisation) },
            predecessors.length > 0 && { key: 'Came from', value: <Links slug={slug} to={predecessors} /> },
            successors.length > 0 && { key: 'Became', value: <Links slug={slug} to={successors} /> },
            organisation.ended !== null && { key: 'Ended', value: formatPartialDate(organisation.ended) },
            {
              key: 'Website',
              value:
                organisation.website === null ? (
                  'Not entered'
                ) : (
                  <a class="govuk-link" href={organisation.website} rel="noreferrer">
                    {organisation.website}
                  </a>
                ),
            },
            {
              key: 'Shown to the public',
              value: organisation.isPublic
                ? 'Yes, while it is a member'
                : 'No: it stands in no public list, and its people see it here only',
            },
          ]}
        />
        {mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${here}/memberships/new`}>Add a membership</Button>
            <a class="govuk-link" href={`${here}/names/new`}>
              Add another name
            </a>
            {organisation.ended === null && (
              <a class="govuk-link" href={`${here}/became`}>
                It was replaced, merged, split or ended
              </a>
            )}
          </div>
        )}
        {on !== undefined && <AsItWas organisation={organisation} on={on} />}
        <Part
          id="memberships"
          title="Memberships"
          isEmpty={memberships.length === 0}
          none="It has not been a member of the partnership."
        >
          <ScrollBox label="Table of memberships">
            <Table
              caption="As what, where and when it belongs"
              captionClasses="govuk-visually-hidden"
              head={['Member as', 'Under the Act', 'Area', 'When', ...(mayWrite ? ['Change'] : [])]}
              rows={memberships.map((membership) => [
                labelOf(membership.capacity),
                membership.optedInBecause === null
                  ? standingLabelOf(membership.capacity)
                  : `Opted in: ${membership.optedInBecause}`,
                membership.areaName ?? 'All of the partnership',
                describeSpan(membership) || 'Date not known',
                ...(mayWrite
                  ? [
                      <a class="govuk-link" href={`${here}/memberships/${membership.id}`}>
                        Change<span class="govuk-visually-hidden"> {labelOf(membership.capacity)}</span>
                      </a>,
                    ]
                  : []),
              ])}
            />
          </ScrollBox>
        </Part>
        <Part
          id="people"
          title="People"
          isEmpty={peopleToday.length === 0}
          none="Nobody of this organisation stands in the register."
        >
          <ul class="govuk-list">
            {peopleToday.map((post) => (
              <li>
                <a class="govuk-link" href={`/${slug}/people/${post.id}`}>
                  {post.name}
                </a>
                , {post.title}
              </li>
            ))}
          </ul>
        </Part>
        <Part
          id="bodies"
          title="Boards and groups"
          isEmpty={seatsToday.length === 0}
          none="It has no seat on a board or group."
        >
          <ul class="govuk-list">
            {seatsToday.map((seat) => (
              <li>
                <a class="govuk-link" href={`/${slug}/bodies/${seat.bodyId}`}>
                  {seat.body}
                </a>
                , {seat.role.replaceAll('-', ' ')}
              </li>
            ))}
          </ul>
        </Part>
        <form method="get" action={here}>
          <Input
            name="on"
            label="See it as it was on a day"
            hint="For example, 2021-06-01"
            classes="govuk-input--width-10"
            value={on ?? ''}
            autocomplete="off"
          />
          <Button classes="govuk-button--secondary">Show that day</Button>
        </form>
        <History changes={changes} />
      </>
    ),
  };
}

/** What a paper of that day could say of it. */
function AsItWas({ organisation, on }: { readonly organisation: OrganisationSeen; readonly on: IsoDate }) {
  const then = organisation.memberships.filter((membership) => runsOn(membership, on));
  return (
    <InsetText>
      On {formatDate(on)} it was called {nameOn(organisation, on)} and was{' '}
      {then.length === 0
        ? 'no member of the partnership.'
        : `a member as: ${then.map((membership) => labelOf(membership.capacity)).join('; ')}.`}
    </InsetText>
  );
}

function namesText({ otherNames }: OrganisationSeen): string | JSX.Element {
  return linesOf(
    otherNames.map(({ name, use, until }) =>
      use === 'also'
        ? `Also called ${name}`
        : `${name}${until === null ? ', earlier' : `, until ${formatPartialDate(until)}`}`,
    ),
  );
}

function Links({ slug, to }: { readonly slug: string; readonly to: readonly Succeeding[] }) {
  return (
    <ul class="govuk-list">
      {to.map(({ id, name, on }) => (
        <li>
          <a class="govuk-link" href={`/${slug}/organisations/${id}`}>
            {name}
          </a>
          , {formatPartialDate(on)}
        </li>
      ))}
    </ul>
  );
}

interface Form {
  readonly slug: string;
  readonly typed?: Typed | undefined;
  readonly errors?: Errors | undefined;
}
type Areas = readonly { readonly id: string; readonly name: string }[];

const NameField = ({ typed, errors, value }: { typed: Typed; errors: Errors; value?: string | undefined }) => (
  <Input
    name="name"
    label="Name of the organisation"
    value={valueOf(typed, 'name', value)}
    errorMessage={errors['name']}
    autocomplete="off"
    spellcheck={false}
  />
);

const PublicFields = ({
  typed,
  errors,
  website,
  hidden,
}: {
  typed: Typed;
  errors: Errors;
  website?: string | null | undefined;
  hidden?: boolean | undefined;
}) => (
  <>
    <Input
      name="website"
      label="Website (optional)"
      type="url"
      value={valueOf(typed, 'website', website ?? '')}
      errorMessage={errors['website']}
      autocomplete="off"
      spellcheck={false}
    />
    <Checkboxes
      name="hidden"
      idPrefix="hidden"
      hint="For an organisation that must not be found, such as a refuge."
      fieldset={{ legend: 'Public pages' }}
      values={valueOf(typed, 'hidden', hidden === true ? 'yes' : '') === 'yes' ? ['yes'] : []}
      items={[{ value: 'yes', text: 'Leave it out of every public page' }]}
    />
  </>
);

function MembershipFields({
  typed,
  errors,
  areas,
  membership,
  withUntil,
}: {
  readonly typed: Typed;
  readonly errors: Errors;
  readonly areas: Areas;
  readonly membership?: Membership | undefined;
  readonly withUntil: boolean;
}) {
  return (
    <>
      <Autocomplete
        name="capacity"
        label="What is it, under the Act?"
        hint="The Act binds an organisation for what it is: choose the function in which it belongs here."
        value={valueOf(typed, 'capacity', membership?.capacity)}
        errorMessage={errors['capacity']}
        items={[{ value: '', text: 'Choose one' }, ...capacityChoices]}
      />
      {areas.length > 1 && (
        <Select
          name="area"
          label="For which area?"
          hint="A county council belongs in each of its districts."
          value={valueOf(typed, 'area', membership?.areaId ?? '')}
          errorMessage={errors['area']}
          items={[
            { value: '', text: 'All of the partnership' },
            ...areas.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
      )}
      <PartialDateInput
        name="since"
        label="Member since (optional)"
        value={valueOf(typed, 'since', membership?.since?.text)}
        errorMessage={errors['since']}
      />
      {withUntil && (
        <PartialDateInput
          name="until"
          label="Member until (optional)"
          hint="Leave it empty while the membership goes on."
          value={valueOf(typed, 'until', membership?.until?.text)}
          errorMessage={errors['until']}
        />
      )}
      <Textarea
        name="because"
        label="Why it was opted in (optional)"
        hint="For an organisation that need not be a member by law: what it is needed for, and who decided."
        rows={3}
        value={valueOf(typed, 'because', membership?.optedInBecause ?? '')}
        errorMessage={errors['because']}
      />
    </>
  );
}

export const newOrganisationPage = ({ slug, typed = {}, errors = {}, areas }: Form & { readonly areas: Areas }): Page =>
  formPage({
    title: 'Add an organisation',
    breadcrumbs: crumbs(slug),
    action: `/${slug}/organisations/new`,
    button: 'Add the organisation',
    cancelHref: `/${slug}/organisations`,
    errors,
    children: (
      <>
        <NameField typed={typed} errors={errors} />
        <MembershipFields typed={typed} errors={errors} areas={areas} withUntil={false} />
        <PublicFields typed={typed} errors={errors} />
      </>
    ),
  });

/** The first step: names, one a line. It asks with GET, so nothing is saved by looking. */
export function severalPage({ slug, names = '', error }: { slug: string; names?: string; error?: string }): Page {
  return {
    title: 'Add several organisations',
    hasErrors: error !== undefined,
    breadcrumbs: crumbs(slug),
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Add several organisations</h1>
          <form method="get" action={`/${slug}/organisations/several`}>
            <Textarea
              name="names"
              label="Names of the organisations"
              hint="One a line. On the next page you say what each is; nothing is saved before."
              rows={10}
              value={names}
              errorMessage={error}
              spellcheck={false}
            />
            <div class="govuk-button-group">
              <Button>Continue</Button>
              <a class="govuk-link" href={`/${slug}/organisations`}>
                Cancel
              </a>
            </div>
          </form>
        </div>
      </div>
    ),
  };
}

/** The second step: what each is, as its name suggests, to be put right and saved. */
export const severalCheckedPage = ({
  slug,
  names,
  capacities,
  known,
  errors = {},
  since = '',
}: Form & {
  readonly names: readonly string[];
  readonly capacities?: readonly string[] | undefined;
  /** Names in lower case that stand in the register already. */
  readonly known: ReadonlySet<string>;
  readonly since?: string | undefined;
}): Page =>
  formPage({
    title: 'What is each of them?',
    breadcrumbs: crumbs(slug),
    action: `/${slug}/organisations/several`,
    button: `Add ${names.length === 1 ? 'the organisation' : `the ${names.length} organisations`}`,
    cancelHref: `/${slug}/organisations`,
    errors,
    intro: (
      <p class="govuk-body">
        We have chosen what each name suggests. Look at every line and put it right where it is wrong.
        {names.some((name) => known.has(name.toLowerCase())) &&
          ' Those that are in the register already are left as they are.'}
      </p>
    ),
    children: (
      <>
        {names.map((name, at) => (
          <>
            <input type="hidden" name="name" value={name} />
            <Select
              name="capacity"
              id={`capacity-${at}`}
              label={known.has(name.toLowerCase()) ? `${name} (in the register already)` : name}
              value={capacities?.[at] ?? suggestedCapacity(name)}
              items={capacityChoices}
            />
          </>
        ))}
        <PartialDateInput
          name="since"
          label="All of them members since (optional)"
          value={since}
          errorMessage={errors['since']}
        />
      </>
    ),
  });

export const changeOrganisationPage = ({
  slug,
  organisation,
  version,
  typed = {},
  errors = {},
}: Form & { readonly organisation: OrganisationSeen; readonly version: string }): Page =>
  formPage({
    title: `Change ${organisation.name}`,
    breadcrumbs: crumbsOf(slug, organisation),
    action: `/${slug}/organisations/${organisation.id}/change`,
    button: 'Save',
    cancelHref: `/${slug}/organisations/${organisation.id}`,
    errors,
    ids: { why: 'why' },
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <NameField typed={typed} errors={errors} value={organisation.name} />
        <Radios
          name="why"
          idPrefix="why"
          fieldset={{ legend: 'If you change the name' }}
          errorMessage={errors['why']}
          value={valueOf(typed, 'why', 'corrected')}
          items={[
            { value: 'corrected', text: 'The name was wrong', hint: 'It is corrected everywhere.' },
            {
              value: 'renamed',
              text: 'The organisation has a new name',
              hint: 'Records from before keep the old one.',
            },
          ]}
        />
        <PartialDateInput
          name="until"
          label="Last day of the old name, if it has a new one"
          value={valueOf(typed, 'until')}
          errorMessage={errors['until']}
        />
        <PublicFields
          typed={typed}
          errors={errors}
          website={organisation.website}
          hidden={Object.keys(typed).length === 0 && !organisation.isPublic}
        />
      </>
    ),
  });

export const membershipPage = ({
  slug,
  organisation,
  membership,
  areas,
  typed = {},
  errors = {},
}: Form & {
  readonly organisation: OrganisationSeen;
  readonly membership?: Membership | undefined;
  readonly areas: Areas;
}): Page => {
  const here = `/${slug}/organisations/${organisation.id}`;
  const page = formPage({
    title: membership === undefined ? `Add a membership of ${organisation.name}` : 'Change a membership',
    breadcrumbs: crumbsOf(slug, organisation),
    action: `${here}/memberships/${membership?.id ?? 'new'}`,
    button: 'Save',
    cancelHref: here,
    errors,
    children: <MembershipFields typed={typed} errors={errors} areas={areas} membership={membership} withUntil />,
  });
  if (membership === undefined) return page;
  return {
    ...page,
    main: (
      <>
        {page.main}
        <h2 class="govuk-heading-m">Was it entered by mistake?</h2>
        <p class="govuk-body">
          A membership that is over gets an end date above. One that never was can be removed; the history keeps that it
          was entered.
        </p>
        <form method="post" action={`${here}/memberships/${membership.id}/remove`}>
          <Button classes="govuk-button--warning" preventDoubleClick>
            Remove this membership
          </Button>
        </form>
      </>
    ),
  };
};

export const otherNamePage = ({
  slug,
  organisation,
  typed = {},
  errors = {},
}: Form & { readonly organisation: OrganisationSeen }): Page => {
  const here = `/${slug}/organisations/${organisation.id}`;
  const page = formPage({
    title: `Another name of ${organisation.name}`,
    breadcrumbs: crumbsOf(slug, organisation),
    action: `${here}/names/new`,
    button: 'Add the name',
    cancelHref: here,
    errors,
    ids: { use: 'use' },
    children: (
      <>
        <Input
          name="name"
          label="The other name"
          value={valueOf(typed, 'name')}
          errorMessage={errors['name']}
          autocomplete="off"
          spellcheck={false}
        />
        <Radios
          name="use"
          idPrefix="use"
          fieldset={{ legend: 'What kind of name is it?' }}
          errorMessage={errors['use']}
          value={valueOf(typed, 'use')}
          items={[
            { value: 'also', text: 'People also call it so', hint: 'An abbreviation, or a name that papers mix up.' },
            {
              value: 'former',
              text: 'It was called so before',
            },
          ]}
        />
        <PartialDateInput
          name="until"
          label="Last day of that name, if it was called so before (optional)"
          value={valueOf(typed, 'until')}
          errorMessage={errors['until']}
        />
      </>
    ),
  });
  if (organisation.otherNames.length === 0) return page;
  return {
    ...page,
    main: (
      <>
        {page.main}
        <h2 class="govuk-heading-m">Names that are there</h2>
        <ul class="govuk-list">
          {organisation.otherNames.map((other) => (
            <li>
              <form method="post" action={`${here}/names/${other.id}/remove`}>
                {other.name}{' '}
                <Button classes="govuk-button--secondary" preventDoubleClick>
                  Remove<span class="govuk-visually-hidden"> {other.name}</span>
                </Button>
              </form>
            </li>
          ))}
        </ul>
      </>
    ),
  };
};

export const becamePage = ({
  slug,
  organisation,
  others,
  typed = {},
  errors = {},
}: Form & { readonly organisation: OrganisationSeen; readonly others: Areas }): Page =>
  formPage({
    title: `What became of ${organisation.name}?`,
    breadcrumbs: crumbsOf(slug, organisation),
    action: `/${slug}/organisations/${organisation.id}/became`,
    button: 'Save',
    cancelHref: `/${slug}/organisations/${organisation.id}`,
    errors,
    ids: { how: 'how' },
    intro: (
      <p class="govuk-body">
        Records from before keep {organisation.name}. From the day that you enter, its successor stands in its place.
      </p>
    ),
    children: (
      <>
        <Radios
          name="how"
          idPrefix="how"
          fieldset={{ legend: 'What happened?' }}
          errorMessage={errors['how']}
          value={valueOf(typed, 'how')}
          items={[
            {
              value: 'known',
              text: 'An organisation in the register took its place',
              hint: 'Also when several merged into one: enter it for each of them.',
            },
            {
              value: 'new',
              text: 'A new organisation took its place, or it was split into several',
            },
            { value: 'ended', text: 'It ended, and nothing took its place' },
          ]}
        />
        <Autocomplete
          name="successor"
          label="Which organisation took its place, if it is in the register"
          value={valueOf(typed, 'successor')}
          errorMessage={errors['successor']}
          items={[{ value: '', text: 'Choose one' }, ...others.map(({ id, name }) => ({ value: id, text: name }))]}
        />
        <Textarea
          name="names"
          label="Name of the new organisation, if it is not"
          hint="If it was split, enter each name on a line of its own."
          rows={3}
          value={valueOf(typed, 'names')}
          errorMessage={errors['names']}
          spellcheck={false}
        />
        <PartialDateInput
          name="on"
          label="From which day?"
          hint="The first day on which it was so. For example, 1 July 2022 or July 2022"
          value={valueOf(typed, 'on')}
          errorMessage={errors['on']}
        />
        <Checkboxes
          name="carry"
          idPrefix="carry"
          fieldset={{ legend: 'Its memberships' }}
          values={valueOf(typed, 'carry', Object.keys(typed).length === 0 ? 'yes' : '') === 'yes' ? ['yes'] : []}
          items={[
            {
              value: 'yes',
              text: 'The successor takes over the memberships',
              hint: 'They end for the one and begin for the other on that day.',
            },
          ]}
        />
      </>
    ),
  });
