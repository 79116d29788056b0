import { formatMonth, formatPeriod } from '../duty/index.ts';
import {
  Button,
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
import { WideTable } from './wide-table.page.tsx';
import { toSentence, type LineModel } from '../pictures/index.ts';
import { formPage, valueOf, type FormState } from '../platform/http/form.page.tsx';
import { History, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { planCrumbs } from './plan-address.ts';
import {
  accountabilities,
  accountabilityWords,
  againstBaseline,
  forecast,
  targetLabels,
  verdictLabels,
  type Judgement,
  type Verdict,
} from './measure.ts';
import type { Measure, ScopeBreak } from './measure.store.ts';

export const measuresHref = (slug: string): string => `/${slug}/measures`;
const crumbs = (slug: string) => [...planCrumbs(slug), { text: 'Measures', href: measuresHref(slug) }];

const colours: Readonly<Record<Verdict, string>> = {
  better: 'govuk-tag--green',
  worse: 'govuk-tag--red',
  'cannot-tell': 'govuk-tag--grey',
};
const VerdictTag = ({ verdict }: { readonly verdict: Verdict }) => (
  <Tag classes={colours[verdict]}>{verdictLabels[verdict]}</Tag>
);

export function measuresPage({
  slug,
  judged,
  mayWrite,
}: {
  readonly slug: string;
  readonly judged: readonly { readonly measure: Measure; readonly judgement: Judgement }[];
  readonly mayWrite: boolean;
}): Page {
  return {
    title: 'Measures',
    wide: true,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">Is it working?</h1>
        <p class="govuk-body">
          Two questions, and one is never taken for the other. A change counts only where it is more than chance;
          “cannot tell” is an answer.
        </p>
        {mayWrite && <Button href={`${measuresHref(slug)}/new`}>Add a measure</Button>}
        <p class="govuk-body">
          <a class="govuk-link" href={`${measuresHref(slug)}.csv`}>
            Download the measures (CSV)
          </a>
        </p>
        {accountabilities.map((accountability) => {
          const own = judged.filter(({ measure }) => measure.accountability === accountability);
          return (
            <section aria-labelledby={accountability}>
              <h2 class="govuk-heading-m" id={accountability}>
                {accountabilityWords[accountability].label}
              </h2>
              <p class="govuk-body">{accountabilityWords[accountability].question}</p>
              {own.length === 0 ? (
                <EmptyList title="No measures yet">Add the first one.</EmptyList>
              ) : (
                <WideTable
                  label={accountabilityWords[accountability].label}
                  head={['Question', 'About', 'What the numbers say', 'Target']}
                  rows={own.map(({ measure, judgement }) => [
                    <a class="govuk-link" href={`${measuresHref(slug)}/${measure.id}`}>
                      {measure.question}
                    </a>,
                    measure.aboutTitle,
                    <VerdictTag verdict={judgement.verdict} />,
                    judgement.target === 'none' ? 'A direction only' : targetLabels[judgement.target],
                  ])}
                />
              )}
            </section>
          );
        })}
      </>
    ),
  };
}

/** The months of a measure, with the limits within which they usually stay. */
export function pictureOf(
  { question, unit, values, indicatorName, figure, target }: Measure,
  { limits }: Judgement,
  breaks: readonly ScopeBreak[],
): LineModel {
  const months = values.map(({ month }) => month);
  const [from, to] = [months[0] ?? '', months.at(-1) ?? ''];
  return {
    kind: 'line',
    title: question,
    unit: `${unit} a month`,
    period: `${from} to ${to}`,
    source: figure?.title ?? indicatorName ?? 'Counts that the service keeps',
    notShown:
      figure === null || figure.withheld === 0
        ? []
        : [`${figure.withheld} months are hidden, because so few people could be known by them.`],
    step: 'month',
    series: [{ name: unit, isOwn: true, points: values.map(({ month, value }) => ({ at: month, value })) }],
    annotations: breaksOf(breaks, from, to).map(({ month, words }) => ({ at: month, words })),
    ...(limits !== null && { limits: [{ from, to, ...limits }] }),
    ...(target !== null && { target: { value: target / 12, words: 'Target, a month' } }),
  };
}

/** Changes of scope within the months of a measure. */
const breaksOf = (breaks: readonly ScopeBreak[], from: string, to: string): readonly ScopeBreak[] =>
  breaks.filter(({ month }) => month > from && month <= to);

export function measurePage({
  slug,
  measure,
  judgement,
  breaks,
  changes,
  mayWrite,
}: {
  readonly breaks: readonly ScopeBreak[];
  readonly slug: string;
  readonly measure: Measure;
  readonly judgement: Judgement;
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
}): Page {
  const picture = measure.values.length < 2 ? undefined : pictureOf(measure, judgement, breaks);
  const months = measure.values.map(({ month }) => month);
  const within = breaksOf(breaks, months[0] ?? '', months.at(-1) ?? '');
  const ahead = forecast(measure.values, measure);
  const baseline = againstBaseline(measure.values, measure.baseline, measure);
  return {
    title: measure.question,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <span class="govuk-caption-l">{accountabilityWords[measure.accountability].label}</span>
        <h1 class="govuk-heading-l">
          {measure.question} <VerdictTag verdict={judgement.verdict} />
        </h1>
        <InsetText>{judgement.sentence}</InsetText>
        {judgement.target !== 'none' && (
          <p class="govuk-body">
            {targetLabels[judgement.target]}. {judgement.toTarget}
          </p>
        )}
        {baseline !== null && <p class="govuk-body">{baseline}</p>}
        <p class="govuk-body">{accountabilityWords[measure.accountability].question}</p>
        {mayWrite && (
          <div class="govuk-button-group">
            {measure.figure === null && (
              <Button href={`${measuresHref(slug)}/${measure.id}/values`}>Enter values</Button>
            )}
            <a class="govuk-link" href={`${measuresHref(slug)}/${measure.id}/source`}>
              Take them from a figure, or set a baseline
            </a>
          </div>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/thread/measure/${measure.id}`}>
            What is before and after it
          </a>
        </p>
        {picture !== undefined && (
          <p>
            <img class="concord-picture" src={`${measuresHref(slug)}/${measure.id}.svg`} alt={toSentence(picture)} />
          </p>
        )}
        {within.map(({ month, words }) => (
          <InsetText>
            In {formatMonth(month)} the scope of the strategy changed: {words} Read what is before and after as two
            series.
          </InsetText>
        ))}
        <h2 class="govuk-heading-m">What may come</h2>
        <p class="govuk-body">{ahead.sentence}</p>
        {ahead.takes !== null && <p class="govuk-body">{ahead.takes}</p>}
        <SummaryList
          rows={[
            { key: 'About', value: measure.aboutTitle },
            { key: 'Counts', value: measure.unit },
            {
              key: 'From',
              value:
                measure.figure === null ? (
                  (measure.indicatorName ?? 'Typed in')
                ) : (
                  <a class="govuk-link" href={`/${slug}/figures/${measure.figure.view}`}>
                    {measure.figure.title}
                  </a>
                ),
            },
            measure.indicatorId !== null && {
              key: 'Indicator',
              value: (
                <a class="govuk-link" href={`/${slug}/indicators/${measure.indicatorId}`}>
                  {measure.indicatorName ?? 'Of the evidence'}
                </a>
              ),
            },
            { key: 'Baseline', value: measure.baseline === null ? 'Not set' : formatPeriod(measure.baseline) },
            { key: 'Better is', value: measure.better === 'lower' ? 'fewer' : 'more' },
            {
              key: 'Target',
              value:
                measure.target === null
                  ? 'A direction only'
                  : `${measure.target} in a year${measure.tolerance > 0 ? `, within ${Math.round(measure.tolerance * 100)} %` : ''}`,
            },
          ]}
        />
        {measure.values.length > 0 && (
          <WideTable
            label="Values by month"
            caption="Values by month"
            head={['Month', { text: 'Value', format: 'numeric' }]}
            rows={[...measure.values]
              .reverse()
              .slice(0, 60)
              .map(({ month, value }) => [formatMonth(month), { text: String(value), format: 'numeric' as const }])}
          />
        )}
        <History changes={changes} />
      </>
    ),
  };
}

export interface MeasureChoices {
  readonly aims: readonly { readonly id: string; readonly title: string }[];
  readonly actions: readonly { readonly id: string; readonly number: number; readonly title: string }[];
  readonly indicators: readonly { readonly id: string; readonly name: string }[];
}

export const addMeasurePage = (
  slug: string,
  choices: MeasureChoices,
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: 'Add a measure',
    breadcrumbs: crumbs(slug),
    action: `${measuresHref(slug)}/new`,
    button: 'Add it',
    errors,
    cancelHref: measuresHref(slug),
    children: (
      <>
        <Input
          name="question"
          label="Which question does it answer?"
          hint="Such as: are fewer young people robbed?"
          value={valueOf(typed, 'question')}
          errorMessage={errors['question']}
        />
        <Radios
          name="accountability"
          fieldset={{ legend: 'Whose question is it?' }}
          value={valueOf(typed, 'accountability', 'population')}
          items={accountabilities.map((value) => ({
            value,
            text: accountabilityWords[value].label,
            hint: accountabilityWords[value].question,
          }))}
          errorMessage={errors['accountability']}
        />
        <Select
          name="aimId"
          label="Aim that it is about"
          value={valueOf(typed, 'aimId')}
          items={[{ value: '', text: 'None' }, ...choices.aims.map(({ id, title }) => ({ value: id, text: title }))]}
          errorMessage={errors['aimId']}
        />
        <Select
          name="actionId"
          label="Or the action that it is about"
          value={valueOf(typed, 'actionId')}
          items={[
            { value: '', text: 'None' },
            ...choices.actions.map(({ id, number, title }) => ({ value: id, text: `A${number} ${title}` })),
          ]}
          errorMessage={errors['actionId']}
        />
        <Select
          name="indicatorId"
          label="Indicator of the evidence (optional)"
          value={valueOf(typed, 'indicatorId')}
          items={[
            { value: '', text: 'None: the values are typed in' },
            ...choices.indicators.map(({ id, name }) => ({ value: id, text: name })),
          ]}
          errorMessage={errors['indicatorId']}
        />
        <Input
          name="unit"
          label="What is counted?"
          hint="Such as robberies, or people who completed the programme"
          value={valueOf(typed, 'unit')}
          errorMessage={errors['unit']}
        />
        <Radios
          name="better"
          fieldset={{ legend: 'What is better?' }}
          value={valueOf(typed, 'better', 'lower')}
          items={[
            { value: 'lower', text: 'Fewer' },
            { value: 'higher', text: 'More' },
          ]}
          errorMessage={errors['better']}
        />
        <Input
          name="target"
          label="Target in a year (optional)"
          hint="Leave it empty where only a direction is wanted"
          classes="govuk-input--width-5"
          inputmode="numeric"
          value={valueOf(typed, 'target')}
          errorMessage={errors['target']}
        />
        <PartialDateInput
          name="targetBy"
          label="By (optional)"
          hint="Such as 31 March 2028"
          value={valueOf(typed, 'targetBy')}
          errorMessage={errors['targetBy']}
        />
        <Input
          name="tolerance"
          label="How far off still counts as met, in per cent (optional)"
          classes="govuk-input--width-3"
          inputmode="numeric"
          value={valueOf(typed, 'tolerance')}
          errorMessage={errors['tolerance']}
        />
      </>
    ),
  });

export const valuesPage = (slug: string, measure: Measure, { typed = {}, errors = {} }: FormState = {}): Page =>
  formPage({
    title: `Values: ${measure.question}`,
    breadcrumbs: [...crumbs(slug), { text: measure.question, href: `${measuresHref(slug)}/${measure.id}` }],
    action: `${measuresHref(slug)}/${measure.id}/values`,
    button: 'Save',
    errors,
    cancelHref: `${measuresHref(slug)}/${measure.id}`,
    children: (
      <>
        <Textarea
          name="values"
          label={`${measure.unit}, month by month`}
          hint="A line each: the month and the number, such as 2026-04 17. A month that is not known has no line. It is not zero"
          rows={12}
          value={valueOf(typed, 'values')}
          errorMessage={errors['values']}
        />
        <Input name="source" label="Where do they come from? (optional)" value={valueOf(typed, 'source')} />
      </>
    ),
  });

/** Where the values come from, and which months are the baseline. */
export const measureSourcePage = (
  slug: string,
  measure: Measure,
  views: readonly { readonly id: string; readonly title: string }[],
  {
    typed = {
      view: measure.figure?.view ?? '',
      baselineFrom: measure.baseline?.from ?? '',
      baselineTo: measure.baseline?.to ?? '',
    },
    errors = {},
    version = valueOf(typed, 'version'),
  }: FormState & { readonly version?: string } = {},
): Page =>
  formPage({
    title: `Where the numbers come from: ${measure.question}`,
    breadcrumbs: [...crumbs(slug), { text: measure.question, href: `${measuresHref(slug)}/${measure.id}` }],
    action: `${measuresHref(slug)}/${measure.id}/source`,
    button: 'Save',
    errors,
    cancelHref: `${measuresHref(slug)}/${measure.id}`,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Select
          name="view"
          label="Figure of the evidence"
          hint="Counts month by month that were let out to partners or to everybody. Their small numbers are hidden"
          value={valueOf(typed, 'view')}
          items={[
            { value: '', text: 'None: the values are typed in' },
            ...views.map(({ id, title }) => ({ value: id, text: title })),
          ]}
          errorMessage={errors['view']}
        />
        <Input
          name="baselineFrom"
          label="First month of the baseline (optional)"
          hint="Such as 2024-04. The latest year is held against these months too"
          classes="govuk-input--width-10"
          value={valueOf(typed, 'baselineFrom')}
          errorMessage={errors['baselineFrom']}
        />
        <Input
          name="baselineTo"
          label="Last month of the baseline (optional)"
          classes="govuk-input--width-10"
          value={valueOf(typed, 'baselineTo')}
          errorMessage={errors['baselineTo']}
        />
      </>
    ),
  });
