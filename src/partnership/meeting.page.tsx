import { formatPartialDate, formatRef } from '../duty/index.ts';
import {
  Button,
  EmptyList,
  FilteredList,
  Filters,
  Input,
  Pagination,
  PartialDateInput,
  SortableTable,
  SummaryList,
  Textarea,
  withQuery,
} from '../govuk/index.ts';
import { type Typed, formPage, valueOf, type FormState } from '../platform/http/form.page.tsx';
import { History, type HistoryItem, Part } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { bodyCrumbs, shortened } from './body.page.tsx';
import type { NamedRecord } from './body.store.ts';
import type { Decision, DecisionListed, Meeting } from './meeting.store.ts';
import { meetingTitle } from './meeting.ts';
import { chairText, type SeatShown } from './seat.ts';

export const decisionsPerPage = 50;

/** The body of a meeting, with its name and chair of that day. */
export interface BodyThen extends NamedRecord {
  readonly nameThen: string;
  readonly chairThen: SeatShown | undefined;
}

const meetingCrumbs = (slug: string, body: BodyThen, meeting: Meeting) => [
  ...bodyCrumbs(slug, body),
  { text: meetingTitle(meeting.title, body.nameThen), href: `/${slug}/meetings/${meeting.id}` },
];

const asAtHref = (slug: string, body: NamedRecord, { on }: Pick<Meeting, 'on'>): string =>
  `/${slug}/bodies/${body.id}?on=${on.latest ?? on.earliest ?? ''}`;

const bodyRows = (slug: string, body: BodyThen, meeting: Pick<Meeting, 'on'>) => [
  {
    key: 'Body',
    value: (
      <>
        <a class="govuk-link" href={asAtHref(slug, body, meeting)}>
          {body.nameThen}
        </a>
        {body.nameThen !== body.name && `, now called ${body.name}`}
      </>
    ),
  },
  { key: 'Date', value: formatPartialDate(meeting.on) },
  { key: 'Chair on that day', value: body.chairThen === undefined ? 'Not known' : chairText(body.chairThen) },
];

export function meetingPage({
  slug,
  meeting,
  body,
  changes,
  mayWrite,
}: {
  readonly slug: string;
  readonly meeting: Meeting & { readonly decisions: readonly Decision[] };
  readonly body: BodyThen;
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
}): Page {
  const href = `/${slug}/meetings/${meeting.id}`;
  return {
    title: meetingTitle(meeting.title, body.nameThen),
    breadcrumbs: bodyCrumbs(slug, body),
    main: (
      <>
        <h1 class="govuk-heading-l">{meetingTitle(meeting.title, body.nameThen)}</h1>
        {mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${href}/decisions/new`}>Add a decision</Button>
            <a class="govuk-link" href={`${href}/change`}>
              Change the meeting
            </a>
          </div>
        )}
        <SummaryList
          rows={[
            ...bodyRows(slug, body, meeting),
            {
              key: 'Papers',
              value:
                meeting.papers === null ? (
                  'No link is kept'
                ) : (
                  <a class="govuk-link concord-long" href={meeting.papers} rel="noreferrer">
                    {meeting.papers}
                  </a>
                ),
            },
          ]}
        />
        <Part
          id="decisions"
          title="What was decided"
          none="No decision is kept yet."
          isEmpty={meeting.decisions.length === 0}
        >
          <ul class="govuk-list govuk-list--spaced">
            {meeting.decisions.map((decision) => (
              <li>
                <a class="govuk-link" href={`/${slug}/decisions/${decision.id}`}>
                  {decision.reference === null ? '' : `${decision.reference} `}
                  {shortened(decision.wording)}
                </a>
              </li>
            ))}
          </ul>
        </Part>
        <History changes={changes} />
      </>
    ),
  };
}

export function meetingFormPage({
  slug,
  body,
  meeting,
  typed,
  errors = {},
}: FormState & {
  readonly slug: string;
  readonly body: NamedRecord;
  readonly meeting?: Meeting | undefined;
}): Page {
  const shown: Typed = typed ?? {
    on: meeting?.on.text ?? '',
    title: meeting?.title ?? '',
    papers: meeting?.papers ?? '',
  };
  const back = meeting === undefined ? `/${slug}/bodies/${body.id}` : `/${slug}/meetings/${meeting.id}`;
  return formPage({
    title: meeting === undefined ? `Add a meeting of ${body.name}` : 'Change the meeting',
    breadcrumbs: bodyCrumbs(slug, body),
    action: meeting === undefined ? `${back}/meetings/new` : `${back}/change`,
    button: meeting === undefined ? 'Add this meeting' : 'Save',
    errors,
    cancelHref: back,
    intro:
      meeting === undefined ? (
        <p class="govuk-body">
          A meeting that is minuted elsewhere: enter enough to find it again, then the decisions that others refer to.
        </p>
      ) : undefined,
    children: (
      <>
        <PartialDateInput name="on" label="Date" value={valueOf(shown, 'on')} errorMessage={errors['on']} />
        <Input
          name="title"
          label="Title (optional)"
          hint="Such as Annual meeting"
          value={valueOf(shown, 'title')}
          errorMessage={errors['title']}
        />
        <Input
          name="papers"
          label="Where its papers are (optional)"
          hint="A web address"
          type="url"
          value={valueOf(shown, 'papers')}
          errorMessage={errors['papers']}
        />
      </>
    ),
  });
}

export function decisionFormPage({
  slug,
  body,
  meeting,
  decision,
  typed,
  errors = {},
}: FormState & {
  readonly slug: string;
  readonly body: BodyThen;
  readonly meeting: Meeting;
  readonly decision?: Decision | undefined;
}): Page {
  const shown: Typed = typed ?? { reference: decision?.reference ?? '', wording: decision?.wording ?? '' };
  const meetingHref = `/${slug}/meetings/${meeting.id}`;
  const back = decision === undefined ? meetingHref : `/${slug}/decisions/${decision.id}`;
  return formPage({
    title: decision === undefined ? 'Add a decision' : 'Change the decision',
    breadcrumbs: meetingCrumbs(slug, body, meeting),
    action: decision === undefined ? `${meetingHref}/decisions/new` : `${back}/change`,
    button: decision === undefined ? 'Add this decision' : 'Save',
    errors,
    cancelHref: back,
    children: (
      <>
        <Input
          name="reference"
          label="Number in the minutes (optional)"
          hint="Such as 7.2"
          classes="govuk-input--width-10"
          value={valueOf(shown, 'reference')}
          errorMessage={errors['reference']}
        />
        <Textarea
          name="wording"
          label="What was decided, in the words of the minutes"
          hint="Without names of people who take part with lived experience"
          value={valueOf(shown, 'wording')}
          errorMessage={errors['wording']}
        />
      </>
    ),
  });
}

export function decisionPage({
  slug,
  decision,
  meeting,
  body,
  changes,
  mayWrite,
}: {
  readonly slug: string;
  readonly decision: DecisionListed;
  readonly meeting: Meeting;
  readonly body: BodyThen;
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
}): Page {
  const href = `/${slug}/decisions/${decision.id}`;
  const title = `Decision ${decision.reference ?? ''} of ${formatPartialDate(decision.on)}`.replace('  ', ' ');
  return {
    title,
    breadcrumbs: meetingCrumbs(slug, body, meeting),
    main: (
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        {decision.wording.split(/\r?\n/).map((line) => (
          <p class="govuk-body-l">{line}</p>
        ))}
        <SummaryList
          rows={[
            ...bodyRows(slug, body, decision),
            {
              key: 'Meeting',
              value: (
                <a class="govuk-link" href={`/${slug}/meetings/${meeting.id}`}>
                  {meetingTitle(meeting.title, body.nameThen)}
                </a>
              ),
            },
            meeting.papers !== null && {
              key: 'Papers',
              value: (
                <a class="govuk-link concord-long" href={meeting.papers} rel="noreferrer">
                  {meeting.papers}
                </a>
              ),
            },
            {
              key: 'Refer to it as',
              value: <code class="concord-long">{formatRef({ kind: 'decision', id: decision.id })}</code>,
            },
          ]}
        />
        {mayWrite && (
          <p class="govuk-body">
            <a class="govuk-link" href={`${href}/change`}>
              Change the number or the wording
            </a>
          </p>
        )}
        <History changes={changes} />
      </>
    ),
  };
}

export function decisionsPage({
  slug,
  body,
  decisions,
  count,
  words,
  order,
  page,
  href,
}: {
  readonly slug: string;
  readonly body: NamedRecord;
  readonly decisions: readonly DecisionListed[];
  readonly count: number;
  readonly words: string | undefined;
  readonly order: { readonly by: string; readonly descending: boolean };
  readonly page: number;
  readonly href: string;
}): Page {
  const address = `/${slug}/bodies/${body.id}/decisions`;
  const last = Math.max(1, Math.ceil(count / decisionsPerPage));
  return {
    title: `Decisions of ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Decisions of {body.name}</h1>
        <p class="govuk-body">What it decided, as its minutes say, so that records can point at it.</p>
        <FilteredList
          filters={
            <Filters
              action={address}
              clearHref={address}
              kept={{ sort: order.by, order: order.descending ? 'descending' : 'ascending' }}
            >
              <Input name="words" label="Number, or words of the decision" value={words ?? ''} />
            </Filters>
          }
        >
          {decisions.length === 0 ? (
            words === undefined ? (
              <EmptyList
                title="No decisions yet"
                action={{ text: `Go to ${body.name}`, href: `/${slug}/bodies/${body.id}` }}
              >
                Decisions stand under a meeting: add the meeting first.
              </EmptyList>
            ) : (
              <EmptyList title="No decision matches">Try fewer words.</EmptyList>
            )
          ) : (
            <SortableTable
              caption={`${count.toLocaleString('en-GB')} ${count === 1 ? 'decision' : 'decisions'}`}
              captionClasses="govuk-table__caption--s"
              href={href}
              sort={{ by: order.by, order: order.descending ? 'descending' : 'ascending' }}
              exportLink={{ href: withQuery(href.replace(/^[^?]*/, `${address}/export.csv`), { page: undefined }) }}
              rows={decisions}
              columns={[
                {
                  name: 'decision',
                  heading: 'Decision',
                  isSortable: false,
                  cell: ({ id, wording }) => (
                    <a class="govuk-link" href={`/${slug}/decisions/${id}`}>
                      {shortened(wording)}
                    </a>
                  ),
                },
                { name: 'reference', heading: 'Number', cell: ({ reference }) => reference ?? '–' },
                {
                  name: 'on',
                  heading: 'Date',
                  firstOrder: 'descending',
                  classes: 'concord-nowrap',
                  cell: ({ on }) => formatPartialDate(on),
                },
                {
                  name: 'meeting',
                  heading: 'Meeting',
                  isSortable: false,
                  cell: ({ meetingId, meeting }) => (
                    <a class="govuk-link" href={`/${slug}/meetings/${meetingId}`}>
                      {meetingTitle(meeting, body.name)}
                    </a>
                  ),
                },
              ]}
            />
          )}
          {last > 1 && (
            <Pagination
              landmarkLabel="Pages of decisions"
              previous={page > 1 ? { href: withQuery(href, { page: String(page - 1) }) } : undefined}
              next={page < last ? { href: withQuery(href, { page: String(page + 1) }) } : undefined}
            />
          )}
        </FilteredList>
      </>
    ),
  };
}
