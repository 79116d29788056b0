import { formatDate, formatPartialDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  Details,
  Input,
  InsetText,
  NotificationBanner,
  ScrollBox,
  SummaryList,
  Table,
  Tag,
  type SummaryListRow,
} from '../govuk/index.ts';
import { History, type HistoryItem, Part } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import {
  belongingLabels,
  bodyKindLabels,
  bodyStateOf,
  frequencyLabels,
  needsOf,
  partsOfText,
  termsState,
} from './body.ts';
import type { BodySeen, NamedRecord } from './body.store.ts';
import { meetingTitle } from './meeting.ts';
import type { Decision, Meeting } from './meeting.store.ts';
import type { OtherName } from './organisation.ts';
import { mayWriteRegister, whoWeAre } from './register.page.tsx';
import { chairText, seatRoleLabels, type SeatShown, type SeatsShown } from './seat.ts';
import { describeSpan } from './span.ts';

/** Committees are the work of democratic services as much as of the coordinator. */
export const mayWriteBodies = [...mayWriteRegister, 'democratic-services'] as const;

export const crumbs = (slug: string) => [whoWeAre(slug), { text: 'Boards and groups', href: `/${slug}/bodies` }];
export const bodyCrumbs = (slug: string, body: NamedRecord) => [
  ...crumbs(slug),
  { text: body.name, href: `/${slug}/bodies/${body.id}` },
];

export const count = (n: number, one: string, many: string): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

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
          {model.nameThen} {isEnded && <Tag classes="govuk-tag--grey">Ended</Tag>}
          {state === 'ahead' && <Tag classes="govuk-tag--blue">Not begun</Tag>}
        </h1>
        {!isToday && (
          <InsetText>
            As it was on {formatDate(day)}
            {model.nameThen !== body.name && ` (now called ${body.name})`}. Its names, chair and members are those of
            that day; the rest is as it is kept now.{' '}
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
                <Button href={`${href}/meetings/new`}>Add a meeting</Button>
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
        <Part
          id="below"
          title="What reports to it"
          none="Nothing reports to it."
          isEmpty={model.subordinatesThen.length === 0}
        >
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
        model.superiorThen === null ? (
          'Nothing above it'
        ) : (
          <Named slug={slug} of="bodies" record={model.superiorThen} />
        ),
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
        <SeatTable
          slug={slug}
          caption={count(seats.sitting.length, 'seat', 'seats')}
          seats={seats.sitting}
          mayWrite={mayWrite}
        />
      )}
      {mayWrite && bodyStateOf(body, model.day) !== 'ended' && (
        <p class="govuk-body concord-actions">
          <a class="govuk-link" href={`${href}/seats/several`}>
            Add several members at once
          </a>
          <a class="govuk-link" href={`${href}/seats/new`}>
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
        <Details summaryText={count(othersBefore.length, 'former seat', 'former seats')}>
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
        <p class="govuk-body">
          The newest {shownMeetings} of {meetings.length} meetings.
        </p>
      )}
      <p class="govuk-body concord-actions">
        {mayWrite && (
          <a class="govuk-link" href={`${href}/meetings/new`}>
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
    <Part
      id="names"
      title="Other names"
      isEmpty={body.otherNames.length === 0 && !mayWrite}
      none="It has no other names."
    >
      {body.otherNames.length === 0 && <p class="govuk-body">It has no other names.</p>}
      <ul class="govuk-list">
        {body.otherNames.map((name) => (
          <li>{otherNameText(name)}</li>
        ))}
      </ul>
      {mayWrite && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/bodies/${body.id}/names/new`}>
            Add or remove a name
          </a>
        </p>
      )}
    </Part>
  );
}

export const otherNameText = ({ name, use, until }: OtherName): string =>
  use === 'also'
    ? `${name} (also called so)`
    : `${name} (${until === null ? 'earlier' : `until ${formatPartialDate(until)}`})`;
