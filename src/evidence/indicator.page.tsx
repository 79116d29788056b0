import { formatDate, formatMonth, formatPeriod, type IsoDate } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  EmptyList,
  Input,
  Radios,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
  type SummaryListRow,
} from '../govuk/index.ts';
import { sourceTitle } from '../exchange/index.ts';
import {
  Conflict,
  formPage,
  valueOf,
  type Differing,
  type Errors,
  type Typed,
  type FormState,
} from '../platform/http/form.page.tsx';
import { History, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { evidenceCrumb } from './definition.page.tsx';
import type { DefinitionKept } from './definition.store.ts';
import {
  countedBy,
  countedLabels,
  denominatorLabels,
  denominatorsOf,
  disclosureClasses,
  disclosureLabels,
} from './indicator-form.ts';
import type { IndicatorTemplate } from './indicator-templates.ts';
import { IndicatorValues, readValue, valueText, VerdictTag } from './indicator-value.page.tsx';
import type { IndicatorValue } from './indicator-value.store.ts';
import { countedWords, denominatorWords } from './indicator-words.ts';
import {
  comparatorLabels,
  comparators,
  fewestToJudge,
  periodTypeLabels,
  periodTypes,
  polarities,
  polarityLabels,
  unitLabels,
  units,
} from './indicator.ts';
import type { IndicatorKept, LoadedSource } from './indicator.store.ts';
import { formatNames, type Expression } from './source.ts';
import { flagLabels, flags, violenceKinds } from './violence-kinds.ts';

const indicatorsCrumbs = (slug: string) => [evidenceCrumb(slug), { text: 'Indicators', href: `/${slug}/indicators` }];
const indicatorCrumbs = (slug: string, { recordId, name }: IndicatorKept) => [
  ...indicatorsCrumbs(slug),
  { text: name, href: `/${slug}/indicators/${recordId}` },
];

export function indicatorsPage({
  slug,
  indicators,
  loaded,
  values,
  missing,
  today,
  mayWrite,
}: {
  readonly slug: string;
  readonly indicators: readonly IndicatorKept[];
  readonly loaded: ReadonlyMap<string, LoadedSource>;
  /** What each says today, by area, as far as the reader may see it. */
  readonly values: readonly IndicatorValue[];
  /** National measures that are not there. */
  readonly missing: readonly IndicatorTemplate[];
  readonly today: IsoDate;
  readonly mayWrite: boolean;
}): Page {
  const isOver = ({ endedOn }: IndicatorKept) => endedOn !== null && endedOn < today;
  const groups = [
    ['National measures', indicators.filter((each) => each.isNational && !isOver(each))],
    ['Local measures', indicators.filter((each) => !each.isNational && !isOver(each))],
    ['No longer watched', indicators.filter(isOver)],
  ] as const;
  const national = (
    <form method="post" action={`/${slug}/indicators/national`}>
      <Button classes={indicators.length === 0 ? undefined : 'govuk-button--secondary'} preventDoubleClick>
        Add the national measures
      </Button>
    </form>
  );
  return {
    title: 'Indicators',
    breadcrumbs: [evidenceCrumb(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Indicators</h1>
        <p class="govuk-body-l">
          What you watch to see whether serious violence changes: three measures that every area has, and your own.
        </p>
        {mayWrite && indicators.length > 0 && <Button href={`/${slug}/indicators/new`}>Add an indicator</Button>}
        {indicators.length === 0 && (
          <EmptyList title="No indicators yet">
            <p class="govuk-body">
              Begin with the three national measures: homicide, hospital admissions for assault with a knife, and knife
              crime that the police recorded. Then add what your partners want to watch.
            </p>
            {mayWrite && national}
          </EmptyList>
        )}
        {groups.map(
          ([title, of]) =>
            of.length > 0 && (
              <ScrollBox label={title}>
                <Table
                  caption={title}
                  captionClasses="govuk-table__caption--m"
                  firstCellIsHeader
                  head={['Indicator', 'Now', 'Change', 'Source', 'Loaded', 'Direction']}
                  rows={of.map((each) => {
                    const own = values.filter(({ indicatorId }) => indicatorId === each.recordId);
                    return [
                      <a class="govuk-link" href={`/${slug}/indicators/${each.recordId}`}>
                        {each.name}
                      </a>,
                      <ValuesNow indicator={each} values={own} />,
                      <>
                        {own.length === 0 && 'Not known'}
                        {own.map((value) => (
                          <div>
                            <VerdictTag indicator={each} value={value} />
                          </div>
                        ))}
                      </>,
                      sourceTitle(each.source),
                      loadedWords(loaded.get(each.source)),
                      polarityLabels[each.polarity],
                    ];
                  })}
                />
              </ScrollBox>
            ),
        )}
        {mayWrite && indicators.length > 0 && missing.length > 0 && national}
        {mayWrite && indicators.some(({ source }) => loaded.has(source)) && (
          <form method="post" action={`/${slug}/indicators/values`}>
            <Button classes="govuk-button--secondary" preventDoubleClick>
              Work out all values again
            </Button>
          </form>
        )}
        {indicators.length > 0 && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/${slug}/indicators/export.csv`}>
              Download all as CSV
            </a>
          </p>
        )}
      </>
    ),
  };
}

/** The value of each area in which it was worked out, with its period. */
function ValuesNow({
  indicator,
  values,
}: {
  readonly indicator: IndicatorKept;
  readonly values: readonly IndicatorValue[];
}) {
  if (values.length === 0) return <>Not worked out</>;
  return (
    <>
      {values.map((value) => {
        const read = readValue(indicator, value);
        return (
          <div>
            {values.length > 1 && `${value.areaName}: `}
            {read.why === null ? valueText(read) : 'No number'}, {formatPeriod(value.period)}
          </div>
        );
      })}
    </>
  );
}

export const loadedWords = (loaded: LoadedSource | undefined): string =>
  loaded === undefined ? 'Not loaded' : `${formatMonth(loaded.from)} to ${formatMonth(loaded.to)}`;

export function indicatorPage({
  slug,
  indicator,
  loaded,
  expression,
  definition,
  changes,
  today,
  mayWrite,
  values,
}: {
  readonly slug: string;
  readonly indicator: IndicatorKept;
  readonly loaded: LoadedSource | undefined;
  /** Whether its source can say what it counts. */
  readonly expression: Expression;
  /** The one in force, where it counts by that. */
  readonly definition: DefinitionKept | undefined;
  readonly changes: readonly HistoryItem[];
  readonly today: IsoDate;
  readonly mayWrite: boolean;
  /** What it says today, by area, as far as the reader may see it. */
  readonly values: readonly IndicatorValue[];
}): Page {
  const href = `/${slug}/indicators/${indicator.recordId}`;
  const { denominator, target, endedOn, breaks } = indicator;
  const rows: readonly (SummaryListRow | false)[] = [
    { key: 'What is counted', value: countedWords(indicator.counted) },
    indicator.counted.by === 'definition' && {
      key: 'Definition in force',
      value:
        definition === undefined ? (
          'None yet'
        ) : (
          <a class="govuk-link" href={`/${slug}/definitions/${definition.recordId}`}>
            {definition.name}, version {definition.version}
          </a>
        ),
    },
    { key: 'Set against', value: denominatorWords(denominator) },
    { key: 'Unit', value: unitLabels[indicator.unit] },
    { key: 'Period', value: periodTypeLabels[indicator.period] },
    { key: 'Direction', value: polarityLabels[indicator.polarity] },
    {
      key: 'Target',
      value: target === null ? 'None' : `${target.value.toLocaleString('en-GB')} by ${formatDate(target.by)}`,
    },
    { key: 'Compared with', value: comparatorLabels[indicator.comparator] },
    { key: 'Owner', value: indicator.owner ?? 'Nobody yet' },
    { key: 'Small numbers', value: disclosureLabels[indicator.disclosure] },
    { key: 'Named in commands', value: indicator.id },
  ];
  return {
    title: indicator.name,
    breadcrumbs: indicatorsCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">{indicator.name}</h1>
        <p class="govuk-body">
          <Tag classes={indicator.isNational ? 'govuk-tag--teal' : 'govuk-tag--blue'}>
            {indicator.isNational ? 'National measure' : 'Local measure'}
          </Tag>
          {endedOn !== null && (
            <>
              {' '}
              <Tag classes="govuk-tag--grey">
                {endedOn < today ? 'No longer watched' : `Watched until ${formatDate(endedOn)}`}
              </Tag>
            </>
          )}
        </p>
        {indicator.why !== null && <p class="govuk-body-l concord-lines">{indicator.why}</p>}
        {mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${href}/change`} classes="govuk-button--secondary">
              Change it
            </Button>
            <a class="govuk-link" href={`${href}/end`}>
              {endedOn === null ? 'Stop watching it' : 'Watch it again, or change when it ended'}
            </a>
          </div>
        )}
        <IndicatorValues
          slug={slug}
          indicator={indicator}
          values={values}
          isLoaded={loaded !== undefined}
          mayWrite={mayWrite}
        />
        <section aria-labelledby="source">
          <h2 class="govuk-heading-m" id="source">
            Its source
          </h2>
          <SummaryList
            rows={[
              { key: 'Source', value: sourceTitle(indicator.source) },
              {
                key: 'Loaded',
                value:
                  loaded === undefined
                    ? 'Nothing yet. It has a value once this source is loaded.'
                    : `${loadedWords(loaded)}, ${loaded.rows.toLocaleString('en-GB')} rows`,
              },
              {
                key: 'Can the source say it?',
                value: expressionText(expression),
              },
              denominator.of === 'population' && {
                key: 'It also needs',
                value: 'The number of people who live in the area, of the same year',
              },
            ]}
          />
        </section>
        <section aria-labelledby="read">
          <h2 class="govuk-heading-m" id="read">
            How it is counted and read
          </h2>
          <SummaryList rows={rows} />
          <ul class="govuk-list govuk-list--bullet">
            {denominator.of === 'population' && (
              <li>A rate uses the population of the same year, and the number stands beside it.</li>
            )}
            <li>With fewer than {fewestToJudge} events it is too few to judge.</li>
            <li>A change is called better or worse only where its range leaves out “no change”.</li>
            <li>A period is compared with the same months a year before.</li>
          </ul>
        </section>
        <section aria-labelledby="breaks">
          <h2 class="govuk-heading-m" id="breaks">
            Changes in how it is counted
          </h2>
          {breaks.length === 0 ? (
            <p class="govuk-body">None that we know of.</p>
          ) : (
            <>
              <SummaryList
                rows={breaks.map(({ month, words }) => ({ key: `Since ${formatMonth(month)}`, value: words }))}
              />
              <p class="govuk-body">A line is never drawn over such a month, and before is not compared with after.</p>
            </>
          )}
        </section>
        <History changes={changes} />
      </>
    ),
  };
}

function expressionText(expression: Expression): string {
  if (expression.can === 'fully') return 'Yes';
  return expression.can === 'by-proxy' ? `By what stands for it: ${expression.proxy}` : `No: ${expression.because}`;
}

// ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const ids = {
  counted: 'counted',
  denominator: 'denominator',
  unit: 'unit',
  polarity: 'polarity',
  period: 'period',
  comparator: 'comparator',
  disclosure: 'disclosure',
};

export function addIndicatorPage(
  slug: string,
  templates: readonly IndicatorTemplate[],
  {
    typed = { period: 'rolling-year', unit: 'count', denominator: 'none', comparator: 'none' },
    errors = {},
  }: FormState = {},
): Page {
  return formPage({
    title: 'Add an indicator',
    breadcrumbs: indicatorsCrumbs(slug),
    action: `/${slug}/indicators/new`,
    button: 'Add it',
    errors,
    ids,
    cancelHref: `/${slug}/indicators`,
    intro: templates.length > 0 && (
      <>
        <p class="govuk-body">Begin with what partners often ask for, or with an empty form:</p>
        <ul class="govuk-list govuk-list--bullet">
          {templates.map(({ id, name }) => (
            <li>
              <a class="govuk-link" href={`/${slug}/indicators/new?from=${id}`}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </>
    ),
    children: <IndicatorFields typed={typed} errors={errors} />,
  });
}

export function changeIndicatorPage(
  slug: string,
  indicator: IndicatorKept,
  {
    typed = {},
    errors = {},
    version,
    differing = [],
  }: FormState & { readonly version: string; readonly differing?: readonly Differing[] | undefined },
): Page {
  return formPage({
    title: `Change ${indicator.name}`,
    breadcrumbs: indicatorCrumbs(slug, indicator),
    action: `/${slug}/indicators/${indicator.recordId}/change`,
    button: 'Save',
    errors,
    ids,
    cancelHref: `/${slug}/indicators/${indicator.recordId}`,
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <IndicatorFields typed={typed} errors={errors} />
      </>
    ),
  });
}

export function endIndicatorPage(
  slug: string,
  indicator: IndicatorKept,
  { typed = { endedOn: indicator.endedOn ?? '' }, errors = {} }: FormState = {},
): Page {
  return formPage({
    title: `Stop watching ${indicator.name}`,
    breadcrumbs: indicatorCrumbs(slug, indicator),
    action: `/${slug}/indicators/${indicator.recordId}/end`,
    button: 'Save',
    errors,
    cancelHref: `/${slug}/indicators/${indicator.recordId}`,
    intro: <p class="govuk-body">Its page and its history stay. Leave the day empty to watch it again.</p>,
    children: (
      <Input
        name="endedOn"
        label="The last day on which you watch it"
        hint="One day, such as 31 March 2027"
        classes="govuk-input--width-20"
        autocomplete="off"
        value={valueOf(typed, 'endedOn')}
        errorMessage={errors['endedOn']}
      />
    ),
  });
}

/** A long form, since those who make indicators make several and know what they want. */
function IndicatorFields({ typed, errors }: { readonly typed: Typed; readonly errors: Errors }) {
  const choice = <Name extends string>(
    name: string,
    legend: string,
    values: readonly Name[],
    labels: Readonly<Record<Name, string>>,
  ) => (
    <Radios
      name={name}
      fieldset={{ legend }}
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
      classes="govuk-radios--small"
      items={values.map((value) => ({ value, text: labels[value] }))}
    />
  );
  const given = typed['flags'] ?? [];
  return (
    <>
      <Input name="name" label="Name" value={valueOf(typed, 'name')} errorMessage={errors['name']} />
      <Textarea
        name="why"
        label="Why it matters (optional)"
        rows={3}
        value={valueOf(typed, 'why')}
        errorMessage={errors['why']}
      />
      <Select
        name="source"
        label="Source"
        value={valueOf(typed, 'source')}
        errorMessage={errors['source']}
        items={[
          { value: '', text: 'Choose a source' },
          ...formatNames.map((name) => ({ value: name, text: sourceTitle(name) })),
        ]}
      />
      {choice('counted', 'What is counted', countedBy, countedLabels)}
      <Select
        name="kind"
        label="Which kind (for one kind of serious violence)"
        value={valueOf(typed, 'kind')}
        errorMessage={errors['kind']}
        items={[{ value: '', text: 'None' }, ...violenceKinds.map(({ kind, name }) => ({ value: kind, text: name }))]}
      />
      <Input
        name="codes"
        label="Offence codes (for rows that you name)"
        hint="With a comma between them, such as 34A, 34B"
        spellcheck={false}
        value={valueOf(typed, 'codes')}
        errorMessage={errors['codes']}
      />
      <Textarea
        name="categories"
        label="What the source calls them (for rows that you name)"
        hint="One a line, such as Robbery"
        rows={2}
        value={valueOf(typed, 'categories')}
        errorMessage={errors['categories']}
      />
      <Checkboxes
        name="flags"
        fieldset={{ legend: 'Marked as (for rows that you name)' }}
        values={typeof given === 'string' ? [given] : given}
        errorMessage={errors['flags']}
        classes="govuk-checkboxes--small"
        items={flags.map((value) => ({ value, text: capital(flagLabels[value]) }))}
      />
      {choice('denominator', 'Set against', denominatorsOf, denominatorLabels)}
      <Input
        name="agesFrom"
        label="Of people aged from (optional)"
        classes="govuk-input--width-3"
        inputmode="numeric"
        value={valueOf(typed, 'agesFrom')}
        errorMessage={errors['agesFrom']}
      />
      <Input
        name="agesTo"
        label="To (optional)"
        classes="govuk-input--width-3"
        inputmode="numeric"
        value={valueOf(typed, 'agesTo')}
        errorMessage={errors['agesTo']}
      />
      {choice('unit', 'Unit', units, unitLabels)}
      {choice('polarity', 'Which direction is better', polarities, polarityLabels)}
      {choice('period', 'Period', periodTypes, periodTypeLabels)}
      {choice('comparator', 'Compared with', comparators, comparatorLabels)}
      <Input
        name="target"
        label="Target (optional)"
        hint="In the unit above"
        classes="govuk-input--width-10"
        inputmode="decimal"
        value={valueOf(typed, 'target')}
        errorMessage={errors['target']}
      />
      <Input
        name="targetBy"
        label="To be met by (where there is a target)"
        hint="One day, such as 31 March 2028"
        classes="govuk-input--width-20"
        autocomplete="off"
        value={valueOf(typed, 'targetBy')}
        errorMessage={errors['targetBy']}
      />
      <Textarea
        name="breaks"
        label="Changes in how it is counted (optional)"
        hint="One a line: the month, then what changed. Such as April 2018: one method for all forces"
        rows={3}
        value={valueOf(typed, 'breaks')}
        errorMessage={errors['breaks']}
      />
      <Input
        name="owner"
        label="Owner (optional)"
        hint="A post or an organisation, not a person’s name"
        value={valueOf(typed, 'owner')}
        errorMessage={errors['owner']}
      />
      {choice('disclosure', 'Small numbers', disclosureClasses, disclosureLabels)}
    </>
  );
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
