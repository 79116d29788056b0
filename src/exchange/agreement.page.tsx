import { formatDate, markingLabels, markingLine, type IsoDate } from '../duty/index.ts';
import { Button, InsetText, SummaryList, Table, Tag, WarningText } from '../govuk/index.ts';
import { History, Part, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import {
  canRenew,
  endingDays,
  lastDayOf,
  levelLabels,
  partyRoleLabels,
  stateLabels,
  stateOn,
  type Agreement,
  type AgreementState,
  type Term,
} from './agreement.ts';
import { gateways } from './gateway.ts';
import { sourceTitle } from './source.ts';

export const agreementsHref = (slug: string): string => `/${slug}/agreements`;
export const crumbs = (slug: string) => [{ text: 'Agreements', href: agreementsHref(slug) }];
export const agreementCrumbs = (slug: string, { id, title }: { readonly id: string; readonly title: string }) => [
  ...crumbs(slug),
  { text: title, href: `${agreementsHref(slug)}/${id}` },
];

const stateColours: Readonly<Record<AgreementState, string>> = {
  draft: 'govuk-tag--yellow',
  ahead: 'govuk-tag--blue',
  live: 'govuk-tag--green',
  ending: 'govuk-tag--orange',
  ended: 'govuk-tag--grey',
};

export const StateTag = ({ state }: { readonly state: AgreementState }) => (
  <Tag classes={stateColours[state]}>{stateLabels[state]}</Tag>
);

interface Linked extends Term {
  readonly id: string;
  readonly title: string;
}

export interface AgreementModel {
  readonly slug: string;
  readonly agreement: Agreement;
  /** What it renews, and what renews it. */
  readonly before: Linked | undefined;
  readonly followers: readonly Linked[];
  readonly day: IsoDate;
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
}

export function agreementPage(model: AgreementModel): Page {
  const { slug, agreement, day } = model;
  const state = stateOn(agreement, day);
  return {
    title: agreement.title,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">
          {agreement.title} <StateTag state={state} />
        </h1>
        <Says agreement={agreement} state={state} />
        {model.mayWrite && <Actions {...model} state={state} />}
        <SummaryList rows={summaryOf(model)} />
        <section aria-labelledby="parties">
          <h2 class="govuk-heading-m" id="parties">
            Parties
          </h2>
          <Table
            caption="Who sends and who receives"
            captionClasses="govuk-visually-hidden"
            head={['Organisation', 'Part']}
            rows={agreement.parties.map(({ organisationId, name, role }) => [
              <a class="govuk-link" href={`/${slug}/organisations/${organisationId}`}>
                {name}
              </a>,
              partyRoleLabels[role],
            ])}
          />
        </section>
        <Part
          id="sources"
          title="Data that it covers"
          none="It names no data yet, so nothing can be loaded under it."
          isEmpty={agreement.sources.length === 0}
        >
          <ul class="govuk-list govuk-list--bullet">
            {agreement.sources.map((source) => (
              <li>{sourceTitle(source)}</li>
            ))}
          </ul>
        </Part>
        <History changes={model.changes} />
      </>
    ),
  };
}

/** What its state means for whoever wants to load data. */
function Says({ agreement, state }: { readonly agreement: Agreement; readonly state: AgreementState }) {
  const last = lastDayOf(agreement);
  if (state === 'draft')
    return <InsetText>A draft. Nothing can be loaded under it until the last party has signed.</InsetText>;
  if (state === 'ended')
    return (
      <InsetText>
        It ended on {last === null ? '' : formatDate(last)}. What was loaded before stays; nothing new can be loaded
        under it.
      </InsetText>
    );
  if (last === null)
    return (
      <WarningText>
        It names no end. Agree on a last day with the parties: data that nobody looks at again are shared for ever.
      </WarningText>
    );
  if (state === 'ending')
    return (
      <WarningText>
        It ends on {formatDate(last)}, in {endingDays} days or fewer. From the day after, nothing can be loaded under
        it.
      </WarningText>
    );
  return null;
}

function Actions({ slug, agreement, followers, state }: AgreementModel & { readonly state: AgreementState }) {
  const href = `${agreementsHref(slug)}/${agreement.id}`;
  const mayRenew = canRenew(agreement, followers);
  const isMainRenewal = mayRenew && (state === 'ending' || state === 'ended');
  return (
    <div class="govuk-button-group">
      {isMainRenewal ? (
        <Button href={`${href}/renew`}>Renew it</Button>
      ) : (
        <Button href={`${href}/change`}>{state === 'draft' ? 'Change or sign it' : 'Change it'}</Button>
      )}
      {isMainRenewal && (
        <a class="govuk-link" href={`${href}/change`}>
          {state === 'ended' ? 'Correct what is kept of it' : 'Change it'}
        </a>
      )}
      {mayRenew && !isMainRenewal && (
        <a class="govuk-link" href={`${href}/renew`}>
          Renew it
        </a>
      )}
      {state !== 'ended' && (
        <a class="govuk-link" href={`${href}/end`}>
          {state === 'draft' ? 'Give it up' : 'End it early'}
        </a>
      )}
    </div>
  );
}

const dayText = (day: IsoDate | null, otherwise: string): string => (day === null ? otherwise : formatDate(day));

function summaryOf({ slug, agreement, before, followers }: AgreementModel) {
  const gateway = gateways[agreement.gateway];
  const link = ({ id, title }: Linked) => (
    <a class="govuk-link" href={`${agreementsHref(slug)}/${id}`}>
      {title}
    </a>
  );
  return [
    { key: 'Purpose', value: agreement.purpose },
    { key: 'Level of detail', value: levelLabels[agreement.level] },
    {
      key: 'Power to share',
      value: (
        <>
          <p class="govuk-body">{gateway.label}</p>
          <p class="govuk-body">{gateway.who}</p>
          <p class="govuk-body">{gateway.limit}</p>
        </>
      ),
    },
    {
      key: 'Marking of the data',
      value: markingLine(agreement.marking) || markingLabels.unmarked,
    },
    { key: 'Signed', value: dayText(agreement.signedOn, 'Not yet') },
    { key: 'From', value: dayText(agreement.starts, 'Not said yet') },
    { key: 'Until', value: dayText(agreement.ends, 'No end is named') },
    agreement.endedOn !== null && {
      key: agreement.signedOn === null ? 'Given up' : 'Ended early',
      value: `${formatDate(agreement.endedOn)}. ${agreement.endedBecause ?? ''}`,
    },
    { key: 'Review', value: dayText(agreement.reviewDue, 'No day is set') },
    before !== undefined && { key: 'Renews', value: link(before) },
    ...followers.map((follower) => ({ key: 'Renewed by', value: link(follower) })),
    agreement.notes !== null && { key: 'Notes', value: agreement.notes },
  ];
}
