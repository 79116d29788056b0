import { formatDate, formatMoney } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  EmptyList,
  Input,
  InsetText,
  PartialDateInput,
  Radios,
  Select,
  SummaryList,
  Tag,
  Textarea,
} from '../govuk/index.ts';
import { formPage, valueOf, type Typed, type FormState } from '../platform/http/form.page.tsx';
import { History, Part, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { actionHref, planCrumbs } from './plan-address.ts';
import { BuildsOn } from './approach.page.tsx';
import type { ApproachUse } from './approach.store.ts';
import { Evaluated } from './evaluation.page.tsx';
import type { Evaluation } from './evaluation.store.ts';
import {
  costOfCompletion,
  doubtsOf,
  formatQuarter,
  howLabels,
  hows,
  interventionStateLabels,
  interventionStates,
  seen,
  stageLabels,
  stages,
  type InterventionState,
  type Quarter,
  type Seen,
} from './intervention.ts';
import type { Intervention } from './intervention.store.ts';
import { WideTable } from './wide-table.page.tsx';

export const interventionsHref = (slug: string): string => `/${slug}/interventions`;
export const interventionHref = (slug: string, id: string): string => `${interventionsHref(slug)}/${id}`;
export const interventionCrumbs = (slug: string) => [
  ...planCrumbs(slug),
  { text: 'What we run and buy', href: interventionsHref(slug) },
];

const colours: Readonly<Record<InterventionState, string>> = {
  planned: 'govuk-tag--grey',
  running: 'govuk-tag--blue',
  ended: 'govuk-tag--purple',
};
const StateTag = ({ state }: { readonly state: InterventionState }) => (
  <Tag classes={colours[state]}>{interventionStateLabels[state]}</Tag>
);
const number = (count: Seen | undefined) => ({
  text: count === undefined ? '–' : count === 'hidden' ? 'hidden' : count.toLocaleString('en-GB'),
  format: 'numeric' as const,
});
const providerOf = ({ providerName, serviceName }: Intervention): string =>
  [providerName, serviceName].filter((name) => name !== null).join(', ') || '–';

const hiddenWords =
  'Small numbers are hidden, and with them as few others as it takes so that nobody can work them out.';

export function interventionsPage({
  slug,
  interventions,
  seesAll,
  mayWrite,
  mayCount,
}: {
  readonly slug: string;
  readonly interventions: readonly Intervention[];
  readonly seesAll: boolean;
  readonly mayWrite: boolean;
  readonly mayCount: boolean;
}): Page {
  const href = interventionsHref(slug);
  return {
    title: 'What we run and buy',
    wide: true,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">What we run and buy</h1>
        <p class="govuk-body">
          Programmes for people: who delivers them, what they cost, and how many people were referred, started,
          completed and reached the outcome. Counts, never persons. {!seesAll && hiddenWords}
        </p>
        {mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${href}/new`}>Add an intervention</Button>
            {mayCount && (
              <a class="govuk-link" href={`${href}/files/new`}>
                Read in quarters from a file
              </a>
            )}
          </div>
        )}
        {interventions.length === 0 ? (
          <EmptyList title="Nothing yet">Add what the partnership runs or buys.</EmptyList>
        ) : (
          <>
            <WideTable
              label="What we run and buy"
              head={[
                'Intervention',
                'State',
                'Provider',
                'Until',
                ...stages.map((stage) => ({ text: stageLabels[stage], format: 'numeric' as const })),
              ]}
              rows={interventions.map((each) => {
                const { total } = seen(each.quarters, seesAll);
                return [
                  <a class="govuk-link" href={interventionHref(slug, each.id)}>
                    {each.title}
                  </a>,
                  <StateTag state={each.state} />,
                  providerOf(each),
                  each.ends === null ? '–' : formatDate(each.ends),
                  ...stages.map((stage) => number(total?.[stage])),
                ];
              })}
            />
            <p class="govuk-body">
              <a class="govuk-link" href={`${href}/export.csv`}>
                Download the quarters as CSV
              </a>
            </p>
          </>
        )}
      </>
    ),
  };
}

export function interventionPage({
  slug,
  intervention,
  actions,
  use,
  evaluations,
  changes,
  seesAll,
  mayWrite,
  mayCount,
}: {
  readonly slug: string;
  readonly intervention: Intervention;
  readonly actions: readonly { readonly id: string; readonly title: string }[];
  readonly use: ApproachUse | undefined;
  readonly evaluations: readonly Evaluation[];
  readonly changes: readonly HistoryItem[];
  readonly seesAll: boolean;
  readonly mayWrite: boolean;
  readonly mayCount: boolean;
}): Page {
  const href = interventionHref(slug, intervention.id);
  const shown = seen(intervention.quarters, seesAll);
  const cost = costOfCompletion(shown);
  const doubts = seesAll ? doubtsOf(intervention.quarters) : [];
  return {
    title: intervention.title,
    breadcrumbs: interventionCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">
          {intervention.title} <StateTag state={intervention.state} />
        </h1>
        {(mayWrite || mayCount) && (
          <div class="govuk-button-group">
            {mayCount && <Button href={`${href}/quarter`}>Enter a quarter</Button>}
            {mayWrite && (
              <a class="govuk-link" href={`${href}/change`}>
                Change it
              </a>
            )}
          </div>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/thread/intervention/${intervention.id}`}>
            What is before and after it
          </a>
        </p>
        <SummaryList
          rows={[
            intervention.about !== null && { key: 'What it is', value: intervention.about },
            { key: 'Who it is for', value: intervention.forWhom },
            { key: 'How', value: howLabels[intervention.how] },
            {
              key: 'Provider',
              value:
                intervention.providerId === null ? (
                  '–'
                ) : (
                  <a class="govuk-link" href={`/${slug}/organisations/${intervention.providerId}`}>
                    {intervention.providerName}
                  </a>
                ),
            },
            intervention.serviceName !== null && {
              key: 'Service in the directory',
              value: (
                <a class="govuk-link" href={`/${slug}/directory/${intervention.serviceId ?? ''}`}>
                  {intervention.serviceName}
                </a>
              ),
            },
            intervention.starts !== null && { key: 'From', value: formatDate(intervention.starts) },
            intervention.ends !== null && { key: 'Until', value: formatDate(intervention.ends) },
            intervention.costPence !== null && {
              key: 'Cost of the whole contract',
              value: formatMoney(intervention.costPence),
            },
            intervention.grantName !== null && {
              key: 'Paid from',
              value: (
                <a class="govuk-link" href={`/${slug}/grants/${intervention.grantId ?? ''}`}>
                  {intervention.grantName}
                </a>
              ),
            },
            { key: 'The outcome is', value: intervention.outcome },
            {
              key: 'Part of',
              value:
                actions.length === 0 ? (
                  'No action of the plan'
                ) : (
                  <ul class="govuk-list">
                    {actions.map(({ id, title }) => (
                      <li>
                        <a class="govuk-link" href={actionHref(slug, id)}>
                          {title}
                        </a>
                      </li>
                    ))}
                  </ul>
                ),
            },
          ]}
        />
        <Part
          id="quarters"
          title="What became of people, by quarter"
          none="No quarter is recorded yet."
          isEmpty={shown.quarters.length === 0}
        >
          {!seesAll && <p class="govuk-body">{hiddenWords}</p>}
          {doubts.map((doubt) => (
            <InsetText>{doubt} That may be true, where people were on their way before. Look whether it is.</InsetText>
          ))}
          <WideTable
            label="Quarters"
            caption="People by quarter"
            captionClasses="govuk-visually-hidden"
            head={[
              'Quarter',
              ...stages.map((stage) => ({ text: stageLabels[stage], format: 'numeric' as const })),
              { text: 'Spent', format: 'numeric' as const },
              'Notes',
              ...(mayCount ? ['Put right'] : []),
            ]}
            rows={[
              ...shown.quarters.map(({ quarter, counts, spentPence, words }) => [
                formatQuarter(quarter),
                ...stages.map((stage) => number(counts[stage])),
                { text: spentPence === null ? '–' : formatMoney(spentPence), format: 'numeric' as const },
                words ?? '',
                ...(mayCount
                  ? [
                      <a class="govuk-link" href={`${href}/quarter?quarter=${quarter}`}>
                        Change<span class="govuk-visually-hidden"> {formatQuarter(quarter)}</span>
                      </a>,
                    ]
                  : []),
              ]),
              ...(shown.total === undefined
                ? []
                : [
                    [
                      'All quarters',
                      ...stages.map((stage) => number(shown.total?.[stage])),
                      '',
                      '',
                      ...(mayCount ? [''] : []),
                    ],
                  ]),
            ]}
          />
          <h3 class="govuk-heading-s">Cost of a completion</h3>
          <p class="govuk-body">{'pence' in cost ? `${formatMoney(cost.pence)}. ${cost.sentence}` : cost.sentence}</p>
        </Part>
        <BuildsOn
          slug={slug}
          use={use}
          href={href}
          mayWrite={mayWrite}
          isEvaluated={evaluations.some(({ state }) => state !== 'stopped')}
        />
        <Evaluated
          slug={slug}
          evaluations={evaluations}
          mayWrite={mayWrite}
          newHref={`/${slug}/evaluations/new?intervention=${intervention.id}`}
        />
        <History changes={changes} />
      </>
    ),
  };
}

interface Named {
  readonly id: string;
  readonly name: string;
}
export interface InterventionChoices {
  readonly organisations: readonly Named[];
  readonly services: readonly Named[];
  readonly grants: readonly Named[];
  readonly actions: readonly { readonly id: string; readonly number: number; readonly title: string }[];
}

const typedOfIntervention = (each: Intervention): Typed => ({
  title: each.title,
  about: each.about ?? '',
  forWhom: each.forWhom,
  how: each.how,
  state: each.state,
  providerId: each.providerId ?? '',
  serviceId: each.serviceId ?? '',
  grantId: each.grantId ?? '',
  starts: each.starts === null ? '' : formatDate(each.starts),
  ends: each.ends === null ? '' : formatDate(each.ends),
  cost: each.costPence === null ? '' : formatMoney(each.costPence),
  outcome: each.outcome,
  actions: each.actionIds,
});

/** @param intervention undefined: a new one */
export const interventionFormPage = (
  slug: string,
  intervention: Intervention | undefined,
  choices: InterventionChoices,
  {
    typed = intervention === undefined ? {} : typedOfIntervention(intervention),
    errors = {},
    version = valueOf(typed, 'version'),
  }: FormState & { readonly version?: string } = {},
): Page => {
  const href = intervention === undefined ? interventionsHref(slug) : interventionHref(slug, intervention.id);
  const ticked = typed['actions'];
  const chosen = (name: string, label: string, rows: readonly Named[], hint?: string) => (
    <Select
      name={name}
      label={label}
      hint={hint}
      value={valueOf(typed, name)}
      items={[{ value: '', text: 'None' }, ...rows.map(({ id, name: text }) => ({ value: id, text }))]}
      errorMessage={errors[name]}
    />
  );
  const day = (name: string, label: string) => (
    <PartialDateInput
      name={name}
      label={label}
      hint="Such as 31 March 2027"
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
    />
  );
  return formPage({
    title: intervention === undefined ? 'Add an intervention' : `Change ${intervention.title}`,
    breadcrumbs: interventionCrumbs(slug),
    action: intervention === undefined ? `${href}/new` : `${href}/change`,
    button: 'Save',
    errors,
    cancelHref: href,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Input name="title" label="Name" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
        <Textarea
          name="about"
          label="What it is (optional)"
          rows={3}
          value={valueOf(typed, 'about')}
          errorMessage={errors['about']}
        />
        <Input
          name="forWhom"
          label="Who is it for?"
          hint="Such as: people aged 11 to 17 who carry a knife"
          value={valueOf(typed, 'forWhom')}
          errorMessage={errors['forWhom']}
        />
        <Radios
          name="how"
          fieldset={{ legend: 'How is it provided?' }}
          value={valueOf(typed, 'how', 'procured')}
          items={hows.map((value) => ({ value, text: howLabels[value] }))}
          errorMessage={errors['how']}
        />
        <Radios
          name="state"
          fieldset={{ legend: 'How does it stand?' }}
          value={valueOf(typed, 'state', 'running')}
          items={interventionStates.map((value) => ({ value, text: interventionStateLabels[value] }))}
          errorMessage={errors['state']}
        />
        {chosen('providerId', 'Provider (optional)', choices.organisations, 'An organisation of the register')}
        {chosen('serviceId', 'Service in the directory (optional)', choices.services)}
        {day('starts', 'From (optional)')}
        {day('ends', 'Until (optional)')}
        <Input
          name="cost"
          label="Cost of the whole contract (optional)"
          hint="In pounds, such as £48,500"
          classes="govuk-input--width-10"
          value={valueOf(typed, 'cost')}
          errorMessage={errors['cost']}
        />
        {chosen('grantId', 'Grant that pays for it (optional)', choices.grants)}
        <Input
          name="outcome"
          label="What counts as the outcome of somebody who completed it?"
          hint="Such as: back at school for a term"
          value={valueOf(typed, 'outcome')}
          errorMessage={errors['outcome']}
        />
        {choices.actions.length > 0 && (
          <Checkboxes
            name="actions"
            fieldset={{ legend: 'Actions of the plan that it is part of (optional)' }}
            values={typeof ticked === 'string' ? [ticked] : (ticked ?? [])}
            items={choices.actions.map(({ id, number: nth, title }) => ({ value: id, text: `A${nth} ${title}` }))}
            errorMessage={errors['actions']}
          />
        )}
      </>
    ),
  });
};

/** @param quarters those that can be entered now: the next one, or the one that is put right */
export const quarterPage = (
  slug: string,
  intervention: Intervention,
  quarters: readonly Quarter[],
  {
    typed = {},
    errors = {},
    isThere = false,
    version = valueOf(typed, 'version'),
  }: FormState & { readonly isThere?: boolean; readonly version?: string } = {},
): Page => {
  const href = interventionHref(slug, intervention.id);
  const count = (name: string, label: string, hint: string) => (
    <Input
      name={name}
      label={label}
      hint={hint}
      inputmode="numeric"
      classes="govuk-input--width-5"
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
    />
  );
  return formPage({
    title: isThere ? 'Put a quarter right' : 'Enter a quarter',
    breadcrumbs: [...interventionCrumbs(slug), { text: intervention.title, href }],
    action: `${href}/quarter`,
    button: 'Save the quarter',
    errors,
    cancelHref: href,
    intro: (
      <>
        <p class="govuk-body">
          Numbers of people, and nothing about any one of them. Small numbers are hidden from everybody but
          administrators, coordinators and analysts.
        </p>
        {quarters.length === 0 && <InsetText>The next quarter is not over yet. Come back when it is.</InsetText>}
      </>
    ),
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Select
          name="quarter"
          label="Quarter"
          hint="One after another, with 0 where nobody came"
          value={valueOf(typed, 'quarter', quarters[0] ?? '')}
          items={quarters.map((value) => ({ value, text: formatQuarter(value) }))}
          errorMessage={errors['quarter']}
        />
        {count('referred', 'Referred', 'How many people were referred in the quarter')}
        {count('started', 'Started', 'How many began')}
        {count('completed', 'Completed', 'How many completed it')}
        {count('outcome', 'Outcome reached', `How many of those who completed it: ${intervention.outcome}`)}
        <Input
          name="spent"
          label="Spent in the quarter (optional)"
          hint="In pounds and pence, such as £4,250.00"
          classes="govuk-input--width-10"
          value={valueOf(typed, 'spent')}
          errorMessage={errors['spent']}
        />
        <Textarea
          name="words"
          label="What was notable (optional)"
          hint="All members can read it: no names, and no small numbers"
          rows={3}
          value={valueOf(typed, 'words')}
          errorMessage={errors['words']}
        />
      </>
    ),
  });
};
