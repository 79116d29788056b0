import { formatDate, type IsoDate } from '../duty/index.ts';
import { Button, EmptyList, Input, PartialDateInput, Select, SummaryList, Tag, Textarea } from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import { formPage, valueOf, type Typed, type FormState } from '../platform/http/form.page.tsx';
import { History, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { actionHref, planCrumbs } from './plan-address.ts';
import { bandLabels, bandOf, impacts, likelihoods, scoreOf, trendLabels, trendOf, type RiskBand } from './risk.ts';
import type { Risk } from './risk.store.ts';

export const risksHref = (slug: string): string => `/${slug}/risks`;
const crumbs = (slug: string) => [...planCrumbs(slug), { text: 'Risks', href: risksHref(slug) }];
const colours: Readonly<Record<RiskBand, string>> = {
  low: 'govuk-tag--grey',
  medium: 'govuk-tag--yellow',
  high: 'govuk-tag--red',
};
const Score = ({ risk }: { readonly risk: Risk }) => (
  <Tag classes={colours[bandOf(risk)]}>
    {bandLabels[bandOf(risk)]}, {scoreOf(risk)}
  </Tag>
);

export function risksPage({
  slug,
  risks,
  today,
  mayWrite,
}: {
  readonly slug: string;
  readonly risks: readonly Risk[];
  readonly today: IsoDate;
  readonly mayWrite: boolean;
}): Page {
  return {
    title: 'Risks',
    wide: true,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">Risks</h1>
        <p class="govuk-body">
          What could keep the plan from working, the greatest first. The score is how likely it is (1 to 5) times how
          much it would hurt (1 to 5).
        </p>
        {mayWrite && <Button href={`${risksHref(slug)}/new`}>Add a risk</Button>}
        {risks.length === 0 ? (
          <EmptyList title="No open risks">Add what the board worries about.</EmptyList>
        ) : (
          <WideTable
            label="Risks"
            head={['Risk', 'Score', 'Trend', 'Owner', 'Made less by', 'Review']}
            rows={risks.map((risk) => [
              <a class="govuk-link" href={`${risksHref(slug)}/${risk.id}`}>
                {risk.title}
              </a>,
              <Score risk={risk} />,
              trendLabels[trendOf(risk)],
              risk.owner,
              risk.actionTitle ?? 'Nothing yet',
              risk.reviewDue === null
                ? '–'
                : `${formatDate(risk.reviewDue)}${risk.reviewDue < today ? ', overdue' : ''}`,
            ])}
          />
        )}
      </>
    ),
  };
}

export function riskPage({
  slug,
  risk,
  changes,
  mayWrite,
}: {
  readonly slug: string;
  readonly risk: Risk;
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
}): Page {
  return {
    title: risk.title,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">
          {risk.title} {risk.closedOn === null ? <Score risk={risk} /> : <Tag classes="govuk-tag--grey">Closed</Tag>}
        </h1>
        {mayWrite && risk.closedOn === null && (
          <div class="govuk-button-group">
            <Button href={`${risksHref(slug)}/${risk.id}/change`}>Score it again or change it</Button>
            <a class="govuk-link" href={`${risksHref(slug)}/${risk.id}/close`}>
              Close it
            </a>
          </div>
        )}
        <SummaryList
          rows={[
            risk.cause !== null && { key: 'Why it may happen', value: risk.cause },
            { key: 'Likelihood', value: likelihoods[risk.likelihood] ?? '' },
            { key: 'Impact', value: impacts[risk.impact] ?? '' },
            { key: 'Trend', value: trendLabels[trendOf(risk)] },
            { key: 'Owner', value: risk.owner },
            risk.aimTitle !== null && { key: 'About', value: risk.aimTitle },
            {
              key: 'Made less by',
              value:
                risk.actionId === null ? (
                  'Nothing yet'
                ) : (
                  <a class="govuk-link" href={actionHref(slug, risk.actionId)}>
                    {risk.actionTitle}
                  </a>
                ),
            },
            risk.reviewDue !== null && { key: 'Review', value: formatDate(risk.reviewDue) },
            risk.closedOn !== null && {
              key: 'Closed',
              value: `${formatDate(risk.closedOn)}. ${risk.closedBecause ?? ''}`,
            },
          ]}
        />
        <History changes={changes} />
      </>
    ),
  };
}

export interface RiskChoices {
  readonly aims: readonly { readonly id: string; readonly title: string }[];
  readonly actions: readonly { readonly id: string; readonly number: number; readonly title: string }[];
}

export const typedOfRisk = (risk: Risk): Typed => ({
  title: risk.title,
  cause: risk.cause ?? '',
  owner: risk.owner,
  likelihood: String(risk.likelihood),
  impact: String(risk.impact),
  aimId: risk.aimId ?? '',
  actionId: risk.actionId ?? '',
  reviewDue: risk.reviewDue === null ? '' : formatDate(risk.reviewDue),
});

/** @param risk undefined: a new one */
export const riskFormPage = (
  slug: string,
  risk: Risk | undefined,
  choices: RiskChoices,
  {
    typed = risk === undefined ? {} : typedOfRisk(risk),
    errors = {},
    version = valueOf(typed, 'version'),
  }: FormState & { readonly version?: string } = {},
): Page => {
  const scale = (name: string, label: string, words: Readonly<Record<number, string>>) => (
    <Select
      name={name}
      label={label}
      value={valueOf(typed, name, '3')}
      items={Object.entries(words).map(([value, text]) => ({ value, text }))}
      errorMessage={errors[name]}
    />
  );
  const href = risk === undefined ? risksHref(slug) : `${risksHref(slug)}/${risk.id}`;
  return formPage({
    title: risk === undefined ? 'Add a risk' : `Change ${risk.title}`,
    breadcrumbs: crumbs(slug),
    action: risk === undefined ? `${href}/new` : `${href}/change`,
    button: 'Save',
    errors,
    cancelHref: href,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Input name="title" label="What could happen?" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
        <Textarea
          name="cause"
          label="Why may it happen? (optional)"
          rows={3}
          value={valueOf(typed, 'cause')}
          errorMessage={errors['cause']}
        />
        <Input
          name="owner"
          label="Who answers for it?"
          hint="A post or an organisation"
          value={valueOf(typed, 'owner')}
          errorMessage={errors['owner']}
        />
        {scale('likelihood', 'How likely is it?', likelihoods)}
        {scale('impact', 'How much would it hurt?', impacts)}
        <Select
          name="aimId"
          label="Aim or priority that it is about (optional)"
          value={valueOf(typed, 'aimId')}
          items={[{ value: '', text: 'None' }, ...choices.aims.map(({ id, title }) => ({ value: id, text: title }))]}
          errorMessage={errors['aimId']}
        />
        <Select
          name="actionId"
          label="Action that makes it less (optional)"
          value={valueOf(typed, 'actionId')}
          items={[
            { value: '', text: 'None' },
            ...choices.actions.map(({ id, number, title }) => ({ value: id, text: `A${number} ${title}` })),
          ]}
          errorMessage={errors['actionId']}
        />
        <PartialDateInput
          name="reviewDue"
          label="Looked at again by (optional)"
          hint="Such as 30 September 2026"
          value={valueOf(typed, 'reviewDue')}
          errorMessage={errors['reviewDue']}
        />
      </>
    ),
  });
};

export const closeRiskPage = (slug: string, risk: Risk, { typed = {}, errors = {} }: FormState = {}): Page =>
  formPage({
    title: `Close ${risk.title}`,
    breadcrumbs: crumbs(slug),
    action: `${risksHref(slug)}/${risk.id}/close`,
    button: 'Close it',
    errors,
    cancelHref: `${risksHref(slug)}/${risk.id}`,
    children: (
      <Textarea
        name="because"
        label="Why is it no risk any more?"
        rows={3}
        value={valueOf(typed, 'because')}
        errorMessage={errors['because']}
      />
    ),
  });
