import { formatDate, formatPartialDate, type IsoDate } from '../duty/index.ts';
import {
  Autocomplete,
  Button,
  Details,
  EmptyList,
  FilteredList,
  Filters,
  Input,
  InsetText,
  NotificationBanner,
  Pagination,
  PartialDateInput,
  Radios,
  Checkboxes,
  ScrollBox,
  Select,
  SortableTable,
  SummaryList,
  Table,
  Tag,
  Textarea,
  withQuery,
  type SummaryListRow,
} from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import {
  belongingLabels,
  belongings,
  bodyKindLabels,
  bodyKinds,
  bodyStateOf,
  frequencies,
  frequencyLabels,
  needsOf,
  partsOfText,
  rowsAtOnce,
  termsState,
  treeOf,
  type Branch,
  type Reporting,
} from './body.ts';
import type { BodyFilter, BodyListed, BodyOrder, BodySeen, NamedRecord } from './body.store.ts';
import type { Decision, Meeting } from './meeting.store.ts';
import { meetingTitle } from './meeting.ts';
import type { OtherName } from './organisation.ts';
import {
  formPage,
  History,
  Part,
  valueOf,
  whoWeAre,
  type Errors,
  type HistoryItem,
  type Typed,
} from './register.page.tsx';
import { chairText, seatRoleLabels, type SeatShown, type SeatsShown } from './seat.ts';
import { describeSpan } from './span.ts';

export const bodiesPerPage = 50;
/** More than these a tree does not show: nobody reads them in one. */
export const mostInTree = 300;

export const crumbs = (slug: string) => [whoWeAre(slug), { text: 'Boards and groups', href: `/${slug}/bodies` }];
export const bodyCrumbs = (slug: string, body: NamedRecord) => [
  ...crumbs(slug),
  { text: body.name, href: `/${slug}/bodies/${body.id}` },
];

const count = (n: number, one: string, many: string): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

// ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────────────

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
            <Button href={`/${slug}/bodies/add`}>Add a board or group</Button>
            <a class="govuk-link" href={`/${slug}/bodies/add-several`}>
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
                action={
                  model.mayWrite
                    ? { text: 'Add several at once', href: `/${slug}/bodies/add-several` }
                    : undefined
                }
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
    body.termsReview !== null && `terms reviewed by ${formatPartialDate(body.termsReview)}`,
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

// ── One body ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface BodyModel {
  readonly slug: string;
  readonly body: BodySeen;
  readonly today: IsoDate;
  /** The day as at which it is shown. */
  readonly day: IsoDate;
  /** What was typed as that day, and what is wrong with it. */
  readonly on: { readonly typed: string; readonly error?: string | undefined };
  readonly nameThen: string;
  readonly superiorThen: NamedRecord | null;
  readonly hostThen: NamedRecord | null;
  readonly subordinatesThen: readonly NamedRecord[];
  readonly seats: SeatsShown;
  readonly meetings: readonly (Meeting & { readonly decisions: readonly Decision[] })[];
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
}

export function bodyPage(model: BodyModel): Page {
  const { slug, body, day, today, seats } = model;
  const href = `/${slug}/bodies/${body.id}`;
  const isToday = day === today;
  const mayWrite = model.mayWrite && isToday;
  const state = bodyStateOf(body, day);
  const needs = isToday ? needsOf(body, seats.chair !== undefined, day) : [];
  const isEnded = state === 'ended';
  const [need] = needs;
  return {
    title: model.nameThen,
    breadcrumbs: crumbs(slug),
    hasErrors: model.on.error !== undefined,
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">
          {model.nameThen}{' '}
          {isEnded && <Tag classes="govuk-tag--grey">Ended</Tag>}
          {state === 'ahead' && <Tag classes="govuk-tag--blue">Not begun</Tag>}
        </h1>
        {!isToday && (
          <InsetText>
            As it was on {formatDate(day)}
            {model.nameThen !== body.name && ` (now called ${body.name})`}.{' '}
            <a class="govuk-link" href={href}>
              See it as it is today
            </a>
          </InsetText>
        )}
        {needs.length > 0 && <Needs body={body} needs={needs} day={day} />}
        {mayWrite && !isEnded && (
          <div class="govuk-button-group">
            {need === 'chair' && <Button href={`${href}/chair`}>Say who chairs it</Button>}
            {need === 'terms' && <Button href={`${href}/terms`}>Record the review of its terms</Button>}
            {need === undefined &&
              (seats.sitting.some(({ role }) => role === 'member') ? (
                <Button href={`${href}/meetings/add`}>Add a meeting</Button>
              ) : (
                <Button href={`${href}/seats/several`}>Say who sits on it</Button>
              ))}
            <a class="govuk-link" href={`${href}/change`}>
              Change it
            </a>
            <a class="govuk-link" href={`${href}/end`}>
              End it
            </a>
          </div>
        )}
        {mayWrite && isEnded && (
          <p class="govuk-body">
            <a class="govuk-link" href={`${href}/change`}>
              Correct what is kept of it
            </a>
          </p>
        )}
        <SummaryList rows={summaryOf(model, mayWrite)} />
        <Terms model={model} mayWrite={mayWrite && !isEnded} />
        <Members model={model} mayWrite={mayWrite} />
        <Part id="below" title="What reports to it" none="Nothing reports to it." isEmpty={model.subordinatesThen.length === 0}>
          <ul class="govuk-list">
            {model.subordinatesThen.map((each) => (
              <li>
                <a class="govuk-link" href={`/${slug}/bodies/${each.id}`}>
                  {each.name}
                </a>
              </li>
            ))}
          </ul>
        </Part>
        <Meetings model={model} mayWrite={mayWrite} />
        <Names model={model} mayWrite={mayWrite} />
        <form method="get" action={href} class="concord-as-at">
          <Input
            name="on"
            label={{ text: 'See it as it was on a day', classes: 'govuk-label--s' }}
            hint="Such as 14 July 2023"
            classes="govuk-input--width-20"
            value={model.on.typed}
            errorMessage={model.on.error}
            autocomplete="off"
          />
          <Button classes="govuk-button--secondary">Show that day</Button>
        </form>
        <History changes={model.changes} />
      </>
    ),
  };
}

function Needs({
  body,
  needs,
  day,
}: {
  readonly body: BodySeen;
  readonly needs: readonly ('chair' | 'terms')[];
  readonly day: IsoDate;
}) {
  const review = body.termsReview === null ? '' : formatPartialDate(body.termsReview);
  const isOver = termsState(body.termsReview, day) === 'overdue';
  return (
    <NotificationBanner titleText="To do" titleId="needs">
      {needs.map((need) => (
        <p class="govuk-notification-banner__heading">
          {need === 'chair'
            ? 'Nobody chairs it.'
            : isOver
              ? `Its terms of reference were to be reviewed by ${review}.`
              : `Its terms of reference are due for review: ${review}.`}
        </p>
      ))}
    </NotificationBanner>
  );
}

function summaryOf(model: BodyModel, mayWrite: boolean): readonly (SummaryListRow | false)[] {
  const { slug, body, seats } = model;
  const href = `/${slug}/bodies/${body.id}`;
  const isEnded = bodyStateOf(body, model.day) === 'ended';
  const change = (to: string, what: string, text = 'Change'): Pick<SummaryListRow, 'actions'> =>
    mayWrite && !isEnded ? { actions: { items: [{ text, visuallyHiddenText: what, href: `${href}/${to}` }] } } : {};
  const dates = describeSpan(body);
  return [
    { key: 'Kind', value: `${bodyKindLabels[body.kind]}. ${belongingLabels[body.isOwn ? 'own' : 'linked']}` },
    { key: 'Purpose', value: body.purpose ?? 'Not written down yet' },
    { key: 'Meets', value: frequencyLabels[body.frequency] },
    {
      key: 'Chair',
      value: seats.chair === undefined ? 'Nobody' : <Chair slug={slug} chair={seats.chair} />,
      ...change('chair', 'the chair'),
    },
    {
      key: 'Reports to',
      value:
        model.superiorThen === null ? 'Nothing above it' : <Named slug={slug} of="bodies" record={model.superiorThen} />,
    },
    model.hostThen !== null && {
      key: 'Run by',
      value: <Named slug={slug} of="organisations" record={model.hostThen} />,
    },
    dates !== '' && { key: 'Runs', value: dates },
    { key: 'Shown to the public', value: body.isPublic ? 'Yes, with its purpose and the post of its chair' : 'No' },
  ];
}

const Named = ({
  slug,
  of,
  record,
}: {
  readonly slug: string;
  readonly of: 'bodies' | 'organisations';
  readonly record: NamedRecord;
}) => (
  <a class="govuk-link" href={`/${slug}/${of}/${record.id}`}>
    {record.name}
  </a>
);

/** The post or the organisation first; the person's name stands beside it, for those who sign in. */
function Chair({ slug, chair }: { readonly slug: string; readonly chair: SeatShown }) {
  const since = describeSpan(chair);
  return (
    <>
      {chairText(chair)}
      {since !== '' && `, ${since}`}
      {chair.personId !== null && !chair.hasLivedExperience && (
        <>
          {' '}
          <a class="govuk-link" href={`/${slug}/people/${chair.personId}`}>
            See {chair.person}
          </a>
        </>
      )}
    </>
  );
}

function Terms({ model, mayWrite }: { readonly model: BodyModel; readonly mayWrite: boolean }) {
  const { slug, body, day } = model;
  const state = termsState(body.termsReview, day);
  const text = body.terms === null ? null : <TermsText text={body.terms} />;
  return (
    <section aria-labelledby="terms">
      <h2 class="govuk-heading-m" id="terms">
        Terms of reference
      </h2>
      {body.terms === null && <p class="govuk-body">None are kept here yet.</p>}
      {body.termsReview !== null && (
        <p class="govuk-body">
          To be reviewed by {formatPartialDate(body.termsReview)}{' '}
          {state === 'overdue' && <Tag classes="govuk-tag--orange">Overdue</Tag>}
          {state === 'due' && <Tag classes="govuk-tag--orange">Due</Tag>}
        </p>
      )}
      {body.terms !== null && body.terms.length > longTerms ? (
        <Details summaryText="Read the terms of reference">{text}</Details>
      ) : (
        text
      )}
      {mayWrite && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/bodies/${body.id}/terms`}>
            {body.terms === null ? 'Add terms of reference' : 'Change or review the terms'}
          </a>
        </p>
      )}
    </section>
  );
}
/** Longer terms are folded away, so that the members are not a screen further down. */
const longTerms = 1_500;

const TermsText = ({ text }: { readonly text: string }) => (
  <>
    {partsOfText(text).map((part) =>
      part.kind === 'list' ? (
        <ul class="govuk-list govuk-list--bullet">
          {part.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      ) : part.kind === 'heading' ? (
        <h3 class="govuk-heading-s">{part.text}</h3>
      ) : (
        <p class="govuk-body">{part.text}</p>
      ),
    )}
  </>
);

function Members({ model, mayWrite }: { readonly model: BodyModel; readonly mayWrite: boolean }) {
  const { slug, body, seats } = model;
  const href = `/${slug}/bodies/${body.id}`;
  const chairsBefore = seats.former.filter(({ role }) => role === 'chair');
  const othersBefore = seats.former.filter(({ role }) => role !== 'chair');
  return (
    <section aria-labelledby="members">
      <h2 class="govuk-heading-m" id="members">
        {model.day === model.today ? 'Who sits on it' : 'Who sat on it'}
      </h2>
      {seats.sitting.length === 0 ? (
        <p class="govuk-body">Nobody is kept as sitting on it.</p>
      ) : (
        <SeatTable slug={slug} caption={count(seats.sitting.length, 'seat', 'seats')} seats={seats.sitting} mayWrite={mayWrite} />
      )}
      {mayWrite && bodyStateOf(body, model.day) !== 'ended' && (
        <p class="govuk-body concord-actions">
          <a class="govuk-link" href={`${href}/seats/several`}>
            Add several members at once
          </a>
          <a class="govuk-link" href={`${href}/seats/add`}>
            Add one seat
          </a>
        </p>
      )}
      {seats.ahead.length > 0 && (
        <SeatTable slug={slug} caption="Seats that begin later" seats={seats.ahead} mayWrite={mayWrite} />
      )}
      {chairsBefore.length > 0 && (
        <SeatTable slug={slug} caption="Chairs before" seats={chairsBefore} mayWrite={mayWrite} />
      )}
      {othersBefore.length > 0 && (
        <Details summaryText={`${count(othersBefore.length, 'former seat', 'former seats')}`}>
          <SeatTable slug={slug} caption="Former seats" seats={othersBefore} mayWrite={mayWrite} />
        </Details>
      )}
    </section>
  );
}

function SeatTable({
  slug,
  caption,
  seats,
  mayWrite,
}: {
  readonly slug: string;
  readonly caption: string;
  readonly seats: readonly SeatShown[];
  readonly mayWrite: boolean;
}) {
  return (
    <ScrollBox label={caption}>
      <Table
        caption={caption}
        captionClasses="govuk-table__caption--s"
        firstCellIsHeader
        head={['Organisation', 'Person', 'Seat', 'Dates', ...(mayWrite ? ['Change'] : [])]}
        rows={seats.map((seat) => [
          seat.organisationId === null || seat.organisation === null || seat.hasLivedExperience ? (
            '–'
          ) : (
            <a class="govuk-link" href={`/${slug}/organisations/${seat.organisationId}`}>
              {seat.organisation}
            </a>
          ),
          <SeatPerson slug={slug} seat={seat} />,
          seatRoleLabels[seat.role],
          describeSpan(seat) || '–',
          ...(mayWrite
            ? [
                <a class="govuk-link" href={`/${slug}/seats/${seat.id}/change`}>
                  Change or end
                  <span class="govuk-visually-hidden"> the seat of {seat.person ?? seat.organisation}</span>
                </a>,
              ]
            : []),
        ])}
      />
    </ScrollBox>
  );
}

/** Somebody with lived experience stands here by the label alone, without a way to more. */
function SeatPerson({ slug, seat }: { readonly slug: string; readonly seat: SeatShown }) {
  if (seat.personId === null) return <>–</>;
  if (seat.hasLivedExperience) return <>{seat.person}</>;
  return (
    <>
      <a class="govuk-link" href={`/${slug}/people/${seat.personId}`}>
        {seat.person}
      </a>
      {seat.title !== null && `, ${seat.title}`}
    </>
  );
}

function Meetings({ model, mayWrite }: { readonly model: BodyModel; readonly mayWrite: boolean }) {
  const { slug, body, meetings } = model;
  const href = `/${slug}/bodies/${body.id}`;
  const decisions = meetings.reduce((sum, meeting) => sum + meeting.decisions.length, 0);
  return (
    <Part
      id="meetings"
      title="Meetings and decisions"
      isEmpty={meetings.length === 0 && !mayWrite}
      none="No meeting is referred to."
    >
      {meetings.length === 0 && <p class="govuk-body">No meeting is referred to.</p>}
      <ul class="govuk-list">
        {meetings.slice(0, shownMeetings).map((meeting) => (
          <li>
            <a class="govuk-link" href={`/${slug}/meetings/${meeting.id}`}>
              {formatPartialDate(meeting.on)}: {meetingTitle(meeting.title, model.nameThen)}
            </a>
            {meeting.decisions.length > 0 && (
              <ul class="govuk-list govuk-list--bullet">
                {meeting.decisions.map((decision) => (
                  <li>
                    <a class="govuk-link" href={`/${slug}/decisions/${decision.id}`}>
                      {decision.reference === null ? '' : `${decision.reference} `}
                      {shortened(decision.wording)}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {meetings.length > shownMeetings && (
        <p class="govuk-body">The newest {shownMeetings} of {meetings.length} meetings.</p>
      )}
      <p class="govuk-body concord-actions">
        {mayWrite && (
          <a class="govuk-link" href={`${href}/meetings/add`}>
            Add a meeting
          </a>
        )}
        {decisions > 0 && (
          <a class="govuk-link" href={`${href}/decisions`}>
            All its decisions ({decisions.toLocaleString('en-GB')})
          </a>
        )}
      </p>
    </Part>
  );
}
const shownMeetings = 12;
export const shortened = (text: string): string => (text.length > 160 ? `${text.slice(0, 159).trimEnd()}…` : text);

function Names({ model, mayWrite }: { readonly model: BodyModel; readonly mayWrite: boolean }) {
  const { slug, body } = model;
  return (
    <Part id="names" title="Other names" isEmpty={body.otherNames.length === 0 && !mayWrite} none="It has no other names.">
      {body.otherNames.length === 0 && <p class="govuk-body">It has no other names.</p>}
      <ul class="govuk-list">
        {body.otherNames.map((name) => (
          <li>{otherNameText(name)}</li>
        ))}
      </ul>
      {mayWrite && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/bodies/${body.id}/names`}>
            Add or remove a name
          </a>
        </p>
      )}
    </Part>
  );
}

const otherNameText = ({ name, use, until }: OtherName): string =>
  use === 'also' ? `${name} (also called so)` : `${name} (${until === null ? 'earlier' : `until ${formatPartialDate(until)}`})`;

// ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Choices {
  readonly bodies: readonly NamedRecord[];
  readonly organisations: readonly NamedRecord[];
}

interface FormState {
  readonly typed?: Typed | undefined;
  readonly errors?: Errors | undefined;
}

const none = { value: '', text: 'None' };
const choices = (records: readonly NamedRecord[]) => [none, ...records.map(({ id, name }) => ({ value: id, text: name }))];

const bodyIds = { kind: 'kind', belongs: 'belongs', why: 'why' };

function BodyFields({
  typed,
  errors,
  choices: { bodies, organisations },
}: {
  readonly typed: Typed;
  readonly errors: Errors;
  readonly choices: Choices;
}) {
  return (
    <>
      <Radios
        name="kind"
        fieldset={{ legend: 'Kind' }}
        value={valueOf(typed, 'kind')}
        items={bodyKinds.map((value) => ({ value, text: bodyKindLabels[value] }))}
        errorMessage={errors['kind']}
        classes="govuk-radios--inline govuk-radios--small"
      />
      <Radios
        name="belongs"
        fieldset={{ legend: 'Whose it is' }}
        value={valueOf(typed, 'belongs', 'own')}
        items={belongings.map((value) => ({
          value,
          text: belongingLabels[value],
          ...(value === 'linked' && { hint: 'Such as the council’s scrutiny committee' }),
        }))}
        errorMessage={errors['belongs']}
        classes="govuk-radios--small"
      />
      <Select
        name="frequency"
        label="How often it meets"
        value={valueOf(typed, 'frequency', 'monthly')}
        items={frequencies.map((value) => ({ value, text: frequencyLabels[value] }))}
        errorMessage={errors['frequency']}
      />
      <Select
        name="reportsTo"
        label="Reports to"
        value={valueOf(typed, 'reportsTo')}
        items={choices(bodies)}
        errorMessage={errors['reportsTo']}
      />
      <Autocomplete
        name="host"
        label="Run by (if one organisation runs it)"
        value={valueOf(typed, 'host')}
        items={choices(organisations)}
        errorMessage={errors['host']}
      />
      <Textarea
        name="purpose"
        label="Purpose (optional)"
        hint="One or two sentences. The public sees them where the body is shown to the public."
        rows={3}
        value={valueOf(typed, 'purpose')}
        errorMessage={errors['purpose']}
      />
      <PartialDateInput
        name="since"
        label="Since (optional)"
        value={valueOf(typed, 'since')}
        errorMessage={errors['since']}
      />
    </>
  );
}

const HiddenTick = ({ typed }: { readonly typed: Typed }) => (
  <Checkboxes
    name="hidden"
    items={[{ value: 'yes', text: 'Do not show it to the public' }]}
    values={[valueOf(typed, 'hidden')]}
    classes="govuk-checkboxes--small"
  />
);

export function addBodyPage(slug: string, offered: Choices, { typed = {}, errors = {} }: FormState = {}): Page {
  return formPage({
    title: 'Add a board or group',
    breadcrumbs: crumbs(slug),
    action: `/${slug}/bodies/add`,
    button: 'Add it',
    errors,
    ids: bodyIds,
    cancelHref: `/${slug}/bodies`,
    children: (
      <>
        <Input name="name" label="Name" value={valueOf(typed, 'name')} errorMessage={errors['name']} />
        <BodyFields typed={typed} errors={errors} choices={offered} />
        <HiddenTick typed={typed} />
      </>
    ),
  });
}

/** Two columns of what differs: what is kept now, and what was typed. */
export interface Differing {
  readonly label: string;
  readonly kept: string;
  readonly typed: string;
}

export function Conflict({ differing }: { readonly differing: readonly Differing[] }) {
  if (differing.length === 0) return null;
  return (
    <NotificationBanner titleText="Somebody else changed this while you were writing" titleId="conflict" role="alert">
      <p class="govuk-body">
        Nothing of yours is lost: the form below holds what you typed. Compare, then save to put yours in its place.
      </p>
      <ScrollBox label="What differs">
        <Table
          head={['Field', 'Kept now', 'What you typed']}
          rows={differing.map(({ label, kept, typed }) => [label, kept === '' ? '–' : kept, typed === '' ? '–' : typed])}
        />
      </ScrollBox>
    </NotificationBanner>
  );
}

export function changeBodyPage(
  slug: string,
  body: BodySeen,
  offered: Choices,
  { typed, errors = {}, version, differing = [] }: FormState & {
    readonly version: string;
    readonly differing?: readonly Differing[] | undefined;
  },
): Page {
  const shown = typed ?? typedOfBody(body);
  return formPage({
    title: `Change ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/change`,
    button: 'Save',
    errors,
    ids: bodyIds,
    cancelHref: `/${slug}/bodies/${body.id}`,
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Input name="name" label="Name" value={valueOf(shown, 'name')} errorMessage={errors['name']} />
        <Radios
          name="why"
          fieldset={{ legend: 'If you changed the name' }}
          value={valueOf(shown, 'why', 'corrected')}
          classes="govuk-radios--small"
          items={[
            { value: 'corrected', text: 'The old one was a mistake' },
            {
              value: 'renamed',
              text: 'It was the name until a day',
              conditional: (
                <PartialDateInput
                  name="renamedOn"
                  label="Last day of the old name"
                  value={valueOf(shown, 'renamedOn')}
                  errorMessage={errors['renamedOn']}
                />
              ),
            },
          ]}
        />
        <BodyFields typed={shown} errors={errors} choices={offered} />
        <PartialDateInput
          name="until"
          label="Until"
          hint="Leave empty while it runs"
          value={valueOf(shown, 'until')}
          errorMessage={errors['until']}
        />
        <HiddenTick typed={shown} />
      </>
    ),
  });
}

export const typedOfBody = (body: BodySeen): Typed => ({
  name: body.name,
  kind: body.kind,
  belongs: body.isOwn ? 'own' : 'linked',
  frequency: body.frequency,
  reportsTo: body.reportsTo ?? '',
  host: body.host ?? '',
  purpose: body.purpose ?? '',
  since: body.since?.text ?? '',
  until: body.until?.text ?? '',
  hidden: body.isPublic ? '' : 'yes',
});

export function termsPage(
  slug: string,
  body: BodySeen,
  { typed, errors = {}, version, differing = [] }: FormState & {
    readonly version: string;
    readonly differing?: readonly Differing[] | undefined;
  },
): Page {
  const shown = typed ?? { terms: body.terms ?? '', termsReview: body.termsReview?.text ?? '' };
  return formPage({
    title: `Terms of reference of ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/terms`,
    button: 'Save the terms',
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    intro: (
      <>
        <Conflict differing={differing} />
        {body.termsReview !== null && (
          <p class="govuk-body">
            They were to be reviewed by {formatPartialDate(body.termsReview)}. When they have been, enter the next date.
          </p>
        )}
      </>
    ),
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Textarea
          name="terms"
          label="Terms of reference"
          hint="As they were agreed. Begin a line with a dash for a list; leave an empty line between paragraphs."
          rows={16}
          value={valueOf(shown, 'terms')}
          errorMessage={errors['terms']}
        />
        <PartialDateInput
          name="termsReview"
          label="To be reviewed by"
          value={valueOf(shown, 'termsReview')}
          errorMessage={errors['termsReview']}
        />
      </>
    ),
  });
}

export function endBodyPage(
  slug: string,
  body: BodySeen,
  offered: readonly NamedRecord[],
  { typed = {}, errors = {} }: FormState = {},
): Page {
  const below = body.subordinates.filter(({ until }) => until === null);
  return formPage({
    title: `End ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/end`,
    button: 'End it',
    isWarning: true,
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    intro: (
      <p class="govuk-body">
        Its page stays, with who sat on it and what it decided. The seats that go on end on the same day.
      </p>
    ),
    children: (
      <>
        <PartialDateInput
          name="until"
          label="Last day"
          value={valueOf(typed, 'until')}
          errorMessage={errors['until']}
        />
        {below.length > 0 && (
          <>
            <p class="govuk-body">What reports to it now:</p>
            <ul class="govuk-list govuk-list--bullet">
              {below.map(({ name }) => (
                <li>{name}</li>
              ))}
            </ul>
            <Select
              name="instead"
              label="From then on they report to"
              value={valueOf(typed, 'instead', body.reportsTo ?? '')}
              items={[{ value: '', text: 'Nothing above them' }, ...choices(offered).slice(1)]}
              errorMessage={errors['instead']}
            />
          </>
        )}
      </>
    ),
  });
}

export function bodyNamesPage(slug: string, body: BodySeen, { typed = {}, errors = {} }: FormState = {}): Page {
  const page = formPage({
    title: `Other names of ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/names`,
    button: 'Add this name',
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    children: (
      <>
        <Input name="name" label="Other name" value={valueOf(typed, 'name')} errorMessage={errors['name']} />
        <Radios
          name="use"
          fieldset={{ legend: 'What it is' }}
          value={valueOf(typed, 'use')}
          errorMessage={errors['use']}
          items={[
            { value: 'also', text: 'People also call it so' },
            {
              value: 'former',
              text: 'It was the name until a day',
              conditional: (
                <PartialDateInput
                  name="until"
                  label="Last day of that name"
                  value={valueOf(typed, 'until')}
                  errorMessage={errors['until']}
                />
              ),
            },
          ]}
        />
      </>
    ),
  });
  if (body.otherNames.length === 0) return page;
  return {
    ...page,
    main: (
      <>
        {page.main}
        <h2 class="govuk-heading-m">Names that are kept</h2>
        {body.otherNames.map((name) => (
          <form method="post" action={`/${slug}/bodies/${body.id}/names/remove`} class="concord-row-form">
            <input type="hidden" name="name" value={name.id} />
            <p class="govuk-body">{otherNameText(name)}</p>
            <Button classes="govuk-button--secondary" preventDoubleClick>
              Remove
              <span class="govuk-visually-hidden"> {name.name}</span>
            </Button>
          </form>
        ))}
      </>
    ),
  };
}

// ── Several at once ──────────────────────────────────────────────────────────────────────────────────────────────────

const cell = (typed: Typed, name: string, at: number, otherwise: string): string => {
  const given = typed[name];
  return (Array.isArray(given) ? (given as readonly string[])[at] : at === 0 ? (given as string | undefined) : undefined) ?? otherwise;
};

export function severalBodiesPage(
  slug: string,
  bodies: readonly Reporting[],
  { typed = {}, errors = {} }: FormState = {},
): Page {
  const lines = Array.from({ length: rowsAtOnce }, (_, at) => at);
  return {
    ...formPage({
      title: 'Add several boards and groups',
      breadcrumbs: crumbs(slug),
      action: `/${slug}/bodies/add-several`,
      button: 'Add them',
      errors,
      cancelHref: `/${slug}/bodies`,
      intro: (
        <p class="govuk-body">
          One in each line, such as the executive, the tasking group and its subgroups. Lines without a name are left
          out. You can say who sits on them, and what they are for, afterwards.
        </p>
      ),
      children: lines.map((at) => {
        const line = at + 1;
        const field = (name: string) => ({
          name,
          id: `${name}-${line}`,
          errorMessage: errors[`${name}-${line}`],
        });
        return (
          <fieldset class="govuk-fieldset concord-line">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Line {line}</legend>
            <Input {...field('name')} label="Name" value={cell(typed, 'name', at, '')} />
            <Select
              {...field('kind')}
              label="Kind"
              value={cell(typed, 'kind', at, at === 0 ? 'board' : 'group')}
              items={bodyKinds.map((value) => ({ value, text: bodyKindLabels[value] }))}
            />
            <Select
              {...field('belongs')}
              label="Whose"
              value={cell(typed, 'belongs', at, 'own')}
              items={[
                { value: 'own', text: 'Our own' },
                { value: 'linked', text: 'Linked' },
              ]}
            />
            <Select
              {...field('frequency')}
              label="Meets"
              value={cell(typed, 'frequency', at, at === 0 ? 'quarterly' : 'monthly')}
              items={frequencies.map((value) => ({ value, text: frequencyLabels[value] }))}
            />
            <Select
              {...field('reportsTo')}
              label="Reports to"
              value={cell(typed, 'reportsTo', at, '')}
              items={[
                none,
                ...lines.flatMap((other) =>
                  other === at ? [] : [{ value: `row-${other + 1}`, text: `Line ${other + 1}` }],
                ),
                ...bodies.map(({ id, name }) => ({ value: id, text: name })),
              ]}
            />
          </fieldset>
        );
      }),
    }),
    wide: true,
  };
}
