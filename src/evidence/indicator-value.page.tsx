import type { ComponentChildren } from 'preact';
import { formatPeriod } from '../duty/index.ts';
import { Button, InsetText, SummaryList, Tag, type SummaryListRow } from '../govuk/index.ts';
import type { FigureRow } from './figure.ts';
import type { IndicatorValue, PartSeen } from './indicator-value.store.ts';
import { changeRead, targetRead, valueRead, type ValueRead } from './indicator-value.ts';
import { comparatorLabels, unitLabels, type ChangeVerdict, type Indicator } from './indicator.ts';
import { shownOf } from './view-shown.ts';
import { leadOf } from './figure.page.tsx';

const verdictWords: Readonly<Record<ChangeVerdict, { readonly words: string; readonly classes: string }>> = {
  improving: { words: 'Getting better', classes: 'govuk-tag--green' },
  worsening: { words: 'Getting worse', classes: 'govuk-tag--red' },
  rising: { words: 'Rising', classes: 'govuk-tag--grey' },
  falling: { words: 'Falling', classes: 'govuk-tag--grey' },
  'no-clear-change': { words: 'No clear change', classes: 'govuk-tag--grey' },
  'too-few': { words: 'Too few to judge', classes: 'govuk-tag--grey' },
};

const rowsOf = (part: PartSeen | undefined): readonly FigureRow[] | undefined =>
  part !== undefined && 'kept' in part ? part.kept.view.rows : undefined;
const sentenceOf = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What the value of an area is today, or why there is none. */
export function readValue(indicator: Indicator, { parts, period }: IndicatorValue): ValueRead {
  const { value, whole } = parts;
  const { unit } = indicator;
  if (value === undefined || 'why' in value)
    return {
      value: null,
      lower: null,
      upper: null,
      unit,
      count: null,
      denominator: null,
      why: value === undefined ? 'It was not worked out.' : value.why,
    };
  return valueRead({ unit, period }, value.kept.view.figure.question.measure.name, value.kept.view.rows, rowsOf(whole));
}

const shortUnits: Readonly<Record<Indicator['unit'], string>> = {
  count: '',
  'per-100000': ' for every 100,000 people',
  'per-million': ' for every million people',
  percent: ' %',
};

const numberOf = (value: number, unit: Indicator['unit']): string =>
  unit === 'count'
    ? value.toLocaleString('en-GB')
    : value.toLocaleString('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** "71.2 for every 100,000 people" */
export function valueText({ value, unit }: Pick<ValueRead, 'value' | 'unit'>): string {
  return value === null ? 'No number' : `${numberOf(value, unit)}${shortUnits[unit]}`;
}

function rangeText({ lower, upper, unit }: ValueRead): string {
  if (lower === null || upper === null) return '';
  const decimals = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const [low, high] = [lower, upper].map((each) => each.toLocaleString('en-GB', decimals));
  return `, range ${low ?? ''} to ${high ?? ''}${unit === 'percent' ? ' %' : ''}`;
}

/** A word on the change for the list: the word always stands beside the colour. */
export function VerdictTag({ indicator, value }: { readonly indicator: Indicator; readonly value: IndicatorValue }) {
  const rows = rowsOf(value.parts.change);
  const { verdict } = rows === undefined ? { verdict: null } : changeRead(rows, indicator.polarity);
  if (verdict === null) return <>Cannot be told</>;
  const { words, classes } = verdictWords[verdict];
  return <Tag classes={classes}>{words}</Tag>;
}

export interface IndicatorValuesModel {
  readonly slug: string;
  readonly indicator: Indicator & { readonly recordId: string };
  readonly values: readonly IndicatorValue[];
  /** Whether the source is loaded, so that it can be worked out. */
  readonly isLoaded: boolean;
  readonly mayWrite: boolean;
}

/** The newest value of an indicator in each area, with its change, its target, its comparison and its chart. */
export function IndicatorValues(model: IndicatorValuesModel) {
  const { slug, indicator, values, isLoaded, mayWrite } = model;
  const [stale] = values.flatMap((each) => (each.stale === null ? [] : [each.stale]));
  const again = (
    <form method="post" action={`/${slug}/indicators/${indicator.recordId}/value`}>
      <Button classes={values.length === 0 ? undefined : 'govuk-button--secondary'} preventDoubleClick>
        {values.length === 0 ? 'Work out its value' : 'Work it out again'}
      </Button>
    </form>
  );
  return (
    <section aria-labelledby="value">
      <h2 class="govuk-heading-m" id="value">
        Where it stands
      </h2>
      {values.length === 0 && (
        <p class="govuk-body">
          {isLoaded
            ? mayWrite
              ? 'Its source is loaded, and its value has not been worked out yet.'
              : 'Its value has not been worked out yet. The analyst of the partnership can do that.'
            : 'It has no value: its source is not loaded.'}
        </p>
      )}
      {values.map((value) => (
        <AreaValue model={model} value={value} />
      ))}
      {stale !== undefined && (
        <InsetText>
          {stale} {mayWrite ? 'Work it out again.' : 'Ask the analyst to work it out again.'}
        </InsetText>
      )}
      {mayWrite && isLoaded && again}
    </section>
  );
}

function AreaValue({ model, value }: { readonly model: IndicatorValuesModel; readonly value: IndicatorValue }) {
  const { slug, indicator } = model;
  const read = readValue(indicator, value);
  const { target } = indicator;
  const link = (part: PartSeen | undefined, words: string) =>
    part !== undefined &&
    'kept' in part && (
      <>
        {' '}
        <a class="govuk-link" href={`/${slug}/figures/${part.kept.view.id}`}>
          {words}
        </a>
      </>
    );
  const { chart, comparison } = value.parts;
  const rows: readonly (SummaryListRow | false)[] = [
    {
      key: 'Counted',
      value: (
        <>
          {read.count === null ? 'No number' : read.count.toLocaleString('en-GB')}
          {read.denominator !== null &&
            `, of ${read.denominator.toLocaleString('en-GB')} ${read.unit === 'percent' ? 'rows' : 'people'}`}
          .{link(value.parts.value, 'Where this number comes from')}
        </>
      ),
    },
    { key: 'Change', value: <ChangeText indicator={indicator} value={value} link={link} /> },
    target !== null && { key: 'Target', value: sentenceOf(targetRead({ target, polarity: indicator.polarity }, read)) },
    comparison !== undefined && {
      key: `Beside ${comparatorLabels[indicator.comparator].replace(/^The/, 'the')}`,
      value: (
        <>
          {comparisonText(comparison)}
          {link(comparison, 'Where this comparison comes from')}
        </>
      ),
    },
  ];
  return (
    <div>
      <h3 class="govuk-heading-s">
        {value.areaName}, {formatPeriod(value.period)}
      </h3>
      <p class="govuk-body-l">
        {read.why === null ? (
          <>
            <strong>{valueText(read)}</strong>
            {rangeText(read)}
          </>
        ) : (
          sentenceOf(read.why)
        )}
      </p>
      {read.value !== null && read.unit !== indicator.unit && (
        <p class="govuk-body">{sentenceOf(whyNoRate(value, indicator))}</p>
      )}
      <SummaryList rows={rows} />
      {chart !== undefined && 'kept' in chart ? (
        <Chart slug={slug} part={chart} link={link(chart, 'Where this chart comes from, and its numbers')} />
      ) : (
        <p class="govuk-body">{sentenceOf(`There is no chart. ${chart === undefined ? '' : chart.why}`.trim())}</p>
      )}
    </div>
  );
}

/** A rate that could not be made: the reason stands where the comparison says it, or is that people are not known. */
function whyNoRate({ parts }: IndicatorValue, { unit }: Indicator): string {
  const reason =
    parts.rate !== undefined && 'why' in parts.rate ? parts.rate.why : 'The people of the area are not known';
  return `It is not set against people (${unitLabels[unit].toLowerCase()}). ${reason}`;
}

function ChangeText({
  indicator,
  value,
  link,
}: {
  readonly indicator: Indicator;
  readonly value: IndicatorValue;
  readonly link: (part: PartSeen | undefined, words: string) => ComponentChildren;
}) {
  const { change } = value.parts;
  if (change === undefined) return <>It was not worked out.</>;
  if ('why' in change) return <>{sentenceOf(change.why)}</>;
  const { verdict, before, after, percent, why } = changeRead(change.kept.view.rows, indicator.polarity);
  const tag = verdict === null ? undefined : verdictWords[verdict];
  const signed = (each: number | null) =>
    each === null
      ? 'no end'
      : `${each > 0 ? '+' : each < 0 ? '−' : ''}${Math.abs(each).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`;
  return (
    <>
      {tag !== undefined && (
        <>
          <Tag classes={tag.classes}>{tag.words}</Tag>{' '}
        </>
      )}
      {before !== null && after !== null && (
        <>
          It was {before.toLocaleString('en-GB')} and is {after.toLocaleString('en-GB')}
          {percent === null ? '' : ` (${signed(percent[0])}, range ${signed(percent[1])} to ${signed(percent[2])})`}
          .{' '}
        </>
      )}
      {why !== null && sentenceOf(why)}
      {link(change, 'Where this change comes from')}
    </>
  );
}

function comparisonText(comparison: PartSeen): string {
  if ('why' in comparison) return sentenceOf(comparison.why);
  const [row] = comparison.kept.view.rows;
  if (row === undefined || row.state !== 'shown' || row.estimate === null)
    return sentenceOf(row?.reason ?? 'The comparison cannot be shown');
  const two = (value: number | null) =>
    value === null ? 'no end' : value.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const holdsOne = (row.lower ?? 0) <= 1 && (row.upper === null || row.upper >= 1);
  return `${two(row.estimate)} times the rate of the rest of it, range ${two(row.lower)} to ${two(row.upper)}: ${
    holdsOne ? 'no difference that can be claimed' : row.estimate > 1 ? 'higher here' : 'lower here'
  }.`;
}

function Chart({
  slug,
  part,
  link,
}: {
  readonly slug: string;
  readonly part: Extract<PartSeen, { readonly kept: unknown }>;
  readonly link: ComponentChildren;
}) {
  const { view, code } = part.kept;
  const shown = shownOf(view, code, { find: () => undefined });
  const lead = leadOf(shown);
  const breaks = view.notes.filter((note) => note.startsWith('It is counted otherwise since'));
  if (shown.picture === null)
    return (
      <p class="govuk-body">
        {lead}
        {link}
      </p>
    );
  const href = `/${slug}/figures/${view.id}.svg`;
  return (
    <>
      <div class="govuk-body">
        <picture>
          <source media="(max-width: 40em)" srcset={`${href}?width=320`} />
          <img class="concord-picture" src={`${href}?width=640`} alt={lead} />
        </picture>
      </div>
      {breaks.map((note) => (
        <p class="govuk-body">{note}</p>
      ))}
      <p class="govuk-body">{link}</p>
    </>
  );
}
