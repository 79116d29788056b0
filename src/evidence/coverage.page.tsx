import { formatDate, formatMonth, monthNames, type Month, type Period } from '../duty/index.ts';
import {
  Button,
  EmptyList,
  FilteredList,
  Filters,
  Input,
  InsetText,
  Radios,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
  withQuery,
  type TableCell,
} from '../govuk/index.ts';
import { sourceTitle } from '../exchange/index.ts';
import { formPage, valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { everyProvider } from './coverage-form.ts';
import {
  coverageStates,
  gapSentences,
  senderWords,
  smallAreaUse,
  stateMeanings,
  type CoverageCalendar,
  type CoverageMonth,
  type CoverageNote,
  type CoverageState,
  type ExpectedSource,
  type ProviderMonth,
} from './coverage.ts';
import { evidenceCrumb } from './definition.page.tsx';
import { formatOf } from './formats/index.ts';
import { formatNames, type FormatName } from './source.ts';

export const mayWriteCoverage = ['administrator', 'coordinator', 'analyst'] as const;

const evidenceCrumbs = (slug: string) => [evidenceCrumb(slug)];
const coverageCrumbs = (slug: string) => [...evidenceCrumbs(slug), { text: 'Coverage', href: `/${slug}/coverage` }];
const monthHref = (slug: string, source: FormatName, month: Month) => `/${slug}/coverage/${source}/${month}`;

export const stateLabels: Readonly<Record<CoverageState, string>> = {
  complete: 'Complete',
  partial: 'Partial',
  late: 'Late',
  missing: 'Missing',
  'not-expected': 'Not expected',
};
/** What stands in a square of the calendar: each state has a letter and a pattern of its own, so that colour only repeats it. */
const letters: Readonly<Record<CoverageState, string>> = {
  complete: 'C',
  partial: 'P',
  late: 'L',
  missing: 'M',
  'not-expected': '–',
};
const tagClasses: Readonly<Record<CoverageState, string>> = {
  complete: 'govuk-tag--green',
  partial: 'govuk-tag--yellow',
  late: 'govuk-tag--orange',
  missing: 'govuk-tag--red',
  'not-expected': 'govuk-tag--grey',
};

const StateTag = ({ state }: { readonly state: CoverageState }) => (
  <Tag classes={tagClasses[state]}>{stateLabels[state]}</Tag>
);

/** @param words what the letter means, in full, for those who hear it */
function Square({
  state,
  words,
  isConfirmed,
}: {
  readonly state: CoverageState;
  readonly words: string;
  readonly isConfirmed: boolean;
}) {
  return (
    <span class={`concord-month concord-month--${state}`}>
      <span aria-hidden="true">{letters[state]}</span>
      {isConfirmed && (
        <span class="concord-month__confirmed" aria-hidden="true">
          ✓
        </span>
      )}
      <span class="govuk-visually-hidden">{words}</span>
    </span>
  );
}

function Key() {
  return (
    <ul class="govuk-list concord-month-key" aria-label="What the letters mean">
      {coverageStates.map((state) => (
        <li>
          <span class={`concord-month concord-month--${state}`} aria-hidden="true">
            {letters[state]}
          </span>{' '}
          {stateLabels[state]}
        </li>
      ))}
      <li>✓ confirmed by a person</li>
    </ul>
  );
}

export interface CoverageFilter {
  readonly source: FormatName | undefined;
  readonly provider: string | undefined;
  readonly year: number | undefined;
}

export interface CoverageModel {
  readonly slug: string;
  readonly calendars: readonly CoverageCalendar[];
  /** Of which there is a calendar, whether it is shown or not. */
  readonly sources: readonly FormatName[];
  readonly providers: readonly string[];
  /** Newest first. */
  readonly years: readonly number[];
  readonly year: number;
  readonly filter: CoverageFilter;
  readonly mayWrite: boolean;
}

export function coveragePage(model: CoverageModel): Page {
  const { slug, calendars, sources, filter, mayWrite } = model;
  const href = `/${slug}/coverage`;
  const query = { source: filter.source, provider: filter.provider, year: filter.year?.toString() };
  return {
    title: 'Coverage',
    breadcrumbs: evidenceCrumbs(slug),
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Coverage</h1>
        <p class="govuk-body-l">
          Which months of which source are here. A month that is missing is never a nought: a total over it is not
          given.
        </p>
        {mayWrite && sources.length > 0 && (
          <div class="govuk-button-group">
            <Button href={`${href}/expected/new`}>Say what you expect</Button>
            <a class="govuk-link" href={`${href}/expected`}>
              What is expected
            </a>
          </div>
        )}
        {sources.length === 0 ? (
          <EmptyList
            title="No source yet"
            action={mayWrite ? { text: 'Say what you expect', href: `${href}/expected/new` } : undefined}
          >
            Nothing is loaded, and nobody has said what is to come. Load a file of a partner, or say which source you
            expect from whom: then you see when it is late.
          </EmptyList>
        ) : (
          <FilteredList
            filters={
              <Filters action={href} clearHref={href} chosen={chosenOf(href, query)}>
                <Select
                  name="source"
                  label="Source"
                  value={filter.source}
                  items={[
                    { text: 'All sources', value: '' },
                    ...sources.map((source) => ({ text: sourceTitle(source), value: source })),
                  ]}
                />
                <Select
                  name="provider"
                  label="Provider"
                  value={filter.provider}
                  items={[
                    { text: 'All providers', value: '' },
                    ...model.providers.map((provider) => ({ text: provider, value: provider })),
                  ]}
                />
                <Select
                  name="year"
                  label="Year"
                  value={model.year}
                  items={model.years.map((year) => ({ text: year, value: year }))}
                />
              </Filters>
            }
          >
            {calendars.length === 0 && <p class="govuk-body">No source has this provider. Clear the filters.</p>}
            {calendars.map((calendar) => (
              <SourceCoverage model={model} calendar={calendar} />
            ))}
            {calendars.length > 0 && (
              <>
                <Key />
                <p class="govuk-body">
                  <a class="govuk-link" href={withQuery(`${href}/export.csv`, query)} download="">
                    Download this calendar (CSV)
                  </a>
                </p>
              </>
            )}
          </FilteredList>
        )}
      </>
    ),
  };
}

const chosenOf = (href: string, query: Readonly<Record<'source' | 'provider' | 'year', string | undefined>>) =>
  (['source', 'provider', 'year'] as const).flatMap((name) => {
    const value = query[name];
    if (value === undefined) return [];
    const words = { source: 'Source', provider: 'Provider', year: 'Year' }[name];
    const shown = name === 'source' ? sourceTitle(value as FormatName) : value;
    return [{ text: `${words}: ${shown}`, removeHref: withQuery(href, { ...query, [name]: undefined }) }];
  });

const monthsOfYear = (year: number): readonly Month[] =>
  monthNames.map((_, place) => `${year}-${String(place + 1).padStart(2, '0')}`);

/** What is wrong in sentences first, so that a narrow screen needs no calendar; then the squares of one year. */
function SourceCoverage({ model, calendar }: { readonly model: CoverageModel; readonly calendar: CoverageCalendar }) {
  const { slug, year } = model;
  const source = calendar.source as FormatName;
  const title = sourceTitle(source);
  const known = new Map(calendar.months.map((each) => [each.month, each]));
  const names = [...calendar.usual.keys()];
  const months = monthsOfYear(year);
  const sentences = gapSentences(calendar.months.filter(({ state }) => state !== 'not-expected'));
  const period = periodOfCalendar(calendar);
  const places = period === undefined ? undefined : smallAreaUse(calendar, period);
  const row = (
    heading: string,
    of: (month: CoverageMonth) => Pick<ProviderMonth, 'state' | 'confirmedBy'> | undefined,
  ): readonly TableCell[] => [
    heading,
    ...months.map((month): TableCell => {
      const found = known.get(month);
      const seen = found === undefined ? undefined : of(found);
      if (seen === undefined) return { text: <span class="govuk-visually-hidden">Nothing known</span> };
      return {
        text: (
          <a class="concord-month-link" href={monthHref(slug, source, month)}>
            <Square
              state={seen.state}
              words={`${heading}, ${formatMonth(month)}: ${stateLabels[seen.state]}${seen.confirmedBy === null ? '' : ', confirmed'}`}
              isConfirmed={seen.confirmedBy !== null}
            />
          </a>
        ),
      };
    }),
  ];
  return (
    <section aria-labelledby={`source-${source}`}>
      <h2 class="govuk-heading-m" id={`source-${source}`}>
        {title}
      </h2>
      {sentences.length === 0 ? (
        <p class="govuk-body">
          {calendar.months.length === 0 ? 'Nothing is due yet.' : 'Every month that is due is complete.'}
        </p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {sentences.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      )}
      {places?.reason != null && <p class="govuk-body">{places.reason}</p>}
      <ScrollBox label={`${title}, ${year}`}>
        <Table
          classes="concord-months"
          caption={`${title}, ${year}`}
          captionClasses="govuk-table__caption--s"
          firstCellIsHeader
          head={[
            'Provider',
            ...monthNames.map((name): TableCell => ({ text: <abbr title={name}>{name.slice(0, 3)}</abbr> })),
          ]}
          rows={[
            ...(names.length > 1 ? [row('All providers', (month) => ({ state: month.state, confirmedBy: null }))] : []),
            ...names.map((name) =>
              row(name === '' ? 'The sender' : name, (month) =>
                month.providers.find(({ provider }) => provider === name),
              ),
            ),
          ]}
        />
      </ScrollBox>
    </section>
  );
}

function periodOfCalendar({ months }: CoverageCalendar): Period | undefined {
  const [first, last] = [months[0], months.at(-1)];
  return first === undefined || last === undefined ? undefined : { from: first.month, to: last.month };
}

export function monthPage({
  slug,
  source,
  month,
  notes,
  expected,
  mayWrite,
}: {
  readonly slug: string;
  readonly source: FormatName;
  readonly month: CoverageMonth;
  /** That concern the month, newest first. */
  readonly notes: readonly CoverageNote[];
  readonly expected: readonly ExpectedSource[];
  readonly mayWrite: boolean;
}): Page {
  const title = `${sourceTitle(source)}: ${formatMonth(month.month)}`;
  const askOf = new Map(expected.map(({ provider, askedOf }) => [provider, askedOf]));
  const isWhole = month.state === 'complete' || month.state === 'not-expected';
  return {
    title,
    breadcrumbs: coverageCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">
          {title} <StateTag state={month.state} />
        </h1>
        <p class="govuk-body-l">{month.reason ?? stateMeanings[month.state]}</p>
        {mayWrite && (
          <Button href={`${monthHref(slug, source, month.month)}/confirm`}>Say what you know of this month</Button>
        )}
        {!isWhole && (
          <InsetText>
            To fill it, load its file: <code>concord import &lt;file&gt; --source {source}</code>. If there is no file,
            say what you know and how you know it.
          </InsetText>
        )}
        {month.providers.map((of) => (
          <section>
            <h2 class="govuk-heading-m">{of.provider === '' ? 'The sender' : of.provider}</h2>
            <SummaryList
              rows={[
                { key: 'State', value: <StateTag state={of.state} /> },
                { key: 'Why', value: of.reason ?? stateMeanings[of.state] },
                { key: 'Rows loaded', value: of.rows === 0 ? 'None' : of.rows.toLocaleString('en-GB') },
                { key: 'Rows without a place', value: of.unlocated === 0 ? 'None' : unlocatedWords(of) },
                {
                  key: 'Confirmed by',
                  value:
                    of.confirmedBy === null || of.confirmedOn === null
                      ? 'Nobody'
                      : `${of.confirmedBy}, ${formatDate(of.confirmedOn)}`,
                },
                ...(of.due === null ? [] : [{ key: 'Due by', value: formatDate(of.due) }]),
                ...(askOf.get(of.provider) == null ? [] : [{ key: 'Ask', value: askOf.get(of.provider) ?? '' }]),
              ]}
            />
          </section>
        ))}
        {notes.length > 0 && (
          <section aria-labelledby="said">
            <h2 class="govuk-heading-m" id="said">
              What people said of it
            </h2>
            {notes.map((note) => (
              <SummaryList
                rows={[
                  {
                    key: 'State',
                    value: (
                      <>
                        <StateTag state={note.state} />{' '}
                        {note.undoneOn !== null && <Tag classes="govuk-tag--grey">Undone</Tag>}
                      </>
                    ),
                  },
                  { key: 'How they know', value: <span class="concord-lines">{note.reason}</span> },
                  {
                    key: 'Of',
                    value: `${note.provider === null ? 'every provider' : senderWords(note.provider)}, ${note.from === note.to ? formatMonth(note.from) : `${formatMonth(note.from)} to ${formatMonth(note.to)}`}`,
                  },
                  { key: 'Who', value: `${note.by}, ${formatDate(note.on)}` },
                  ...(note.undoneOn === null
                    ? mayWrite
                      ? [
                          {
                            key: 'Undo',
                            value: (
                              <form method="post" action={`/${slug}/coverage/confirmations/${note.id}/undo`}>
                                <Button classes="govuk-button--secondary govuk-!-margin-bottom-0" preventDoubleClick>
                                  Undo this
                                </Button>
                              </form>
                            ),
                          },
                        ]
                      : []
                    : [{ key: 'Undone by', value: `${note.undoneBy ?? ''}, ${formatDate(note.undoneOn)}` }]),
                ]}
              />
            ))}
          </section>
        )}
      </>
    ),
  };
}

const unlocatedWords = ({ rows, unlocated }: ProviderMonth): string =>
  `${unlocated.toLocaleString('en-GB')} (${Math.round((100 * unlocated) / rows)} %)`;

interface Given {
  readonly typed?: Typed | undefined;
  readonly errors?: Errors | undefined;
}

export function confirmPage(
  slug: string,
  source: FormatName,
  month: CoverageMonth,
  { typed = {}, errors = {} }: Given = {},
): Page {
  const href = monthHref(slug, source, month.month);
  const providers = month.providers.map(({ provider }) => provider);
  return formPage({
    title: `What do you know of ${formatMonth(month.month)}?`,
    breadcrumbs: [...coverageCrumbs(slug), { text: `${sourceTitle(source)}: ${formatMonth(month.month)}`, href }],
    action: `${href}/confirm`,
    button: 'Confirm',
    errors,
    cancelHref: href,
    intro: (
      <p class="govuk-body">
        What you say takes the place of what the rows suggest, with your name and reason beside it. It can be undone.
      </p>
    ),
    children: (
      <>
        <Select
          name="provider"
          label="Provider"
          value={valueOf(typed, 'provider', providers.length === 1 ? providers[0] : everyProvider)}
          errorMessage={errors['provider']}
          items={[
            { text: 'Every provider', value: everyProvider },
            ...providers.map((provider) => ({ text: provider === '' ? 'The sender' : provider, value: provider })),
          ]}
        />
        <Input
          name="until"
          label="Until (optional)"
          hint="The last month, where the same is true of several, such as August 2024"
          classes="govuk-input--width-20"
          value={valueOf(typed, 'until')}
          errorMessage={errors['until']}
        />
        <Radios
          name="state"
          fieldset={{ legend: 'What is true of it?' }}
          value={valueOf(typed, 'state')}
          errorMessage={errors['state']}
          items={coverageStates.map((state) => ({
            text: stateLabels[state],
            value: state,
            hint: stateMeanings[state],
          }))}
        />
        <Textarea
          name="reason"
          label="How do you know?"
          hint="Who told you, and when. Names of people who are not at work in the partnership have no place here"
          rows={3}
          value={valueOf(typed, 'reason')}
          errorMessage={errors['reason']}
        />
      </>
    ),
  });
}

const everyWords = { 1: 'Every month', 3: 'Every quarter', 12: 'Every year' } as const;

export function expectedPage(slug: string, expected: readonly ExpectedSource[], mayWrite: boolean): Page {
  const href = `/${slug}/coverage/expected`;
  return {
    title: 'What is expected',
    breadcrumbs: coverageCrumbs(slug),
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">What is expected</h1>
        <p class="govuk-body-l">Which source is to come from whom, how often and how soon.</p>
        {expected.length === 0 ? (
          <EmptyList
            title="Nothing is expected yet"
            action={mayWrite ? { text: 'Say what you expect', href: `${href}/new` } : undefined}
          >
            Say which source you expect from whom, and by when. What does not come then stands on your home page.
          </EmptyList>
        ) : (
          <>
            {mayWrite && <Button href={`${href}/new`}>Say what you expect</Button>}
            <ScrollBox label="What is expected">
              <Table
                caption="What is expected"
                captionClasses="govuk-visually-hidden"
                firstCellIsHeader
                head={['Source', 'From whom', 'Months', 'How often', 'Due', 'Ask', ...(mayWrite ? ['Change'] : [])]}
                rows={expected.map((each) => [
                  sourceTitle(each.source),
                  each.provider === '' ? 'The sender' : each.provider,
                  each.to === null
                    ? `since ${formatMonth(each.from)}`
                    : `${formatMonth(each.from)} to ${formatMonth(each.to)}`,
                  everyWords[each.everyMonths],
                  `${each.lagDays} days after the end`,
                  each.askedOf ?? '–',
                  ...(mayWrite
                    ? [
                        <a class="govuk-link" href={`${href}/${each.id}/change`}>
                          Change
                          <span class="govuk-visually-hidden">
                            {' '}
                            {sourceTitle(each.source)} of {senderWords(each.provider)}
                          </span>
                        </a>,
                      ]
                    : []),
                ])}
              />
            </ScrollBox>
          </>
        )}
      </>
    ),
  };
}

export const typedOfExpected = (each: ExpectedSource): Typed => ({
  source: each.source,
  provider: each.provider,
  from: formatMonth(each.from),
  until: each.to === null ? '' : formatMonth(each.to),
  every: String(each.everyMonths),
  lag: String(each.lagDays),
  askedOf: each.askedOf ?? '',
});

/** @param id of what is changed; none when it is added */
export function expectPage(slug: string, id: string | undefined, { typed = {}, errors = {} }: Given = {}): Page {
  const list = `/${slug}/coverage/expected`;
  const chosen = formatNames.find((name) => name === valueOf(typed, 'source'));
  const format = chosen === undefined ? undefined : formatOf(chosen);
  const page = formPage({
    title: id === undefined ? 'What do you expect?' : 'Change what is expected',
    breadcrumbs: [...coverageCrumbs(slug), { text: 'What is expected', href: list }],
    action: id === undefined ? `${list}/new` : `${list}/${id}/change`,
    button: 'Save',
    errors,
    cancelHref: list,
    ids: { every: 'every' },
    children: (
      <>
        <Select
          name="source"
          label="Source"
          value={valueOf(typed, 'source')}
          errorMessage={errors['source']}
          items={[
            { text: 'Choose a source', value: '' },
            ...formatNames.map((name) => ({ text: sourceTitle(name), value: name })),
          ]}
        />
        <Input
          name="provider"
          label="From whom"
          hint="As its rows name it, such as Lancashire Constabulary. Leave it empty where the rows name nobody"
          value={valueOf(typed, 'provider')}
          errorMessage={errors['provider']}
        />
        <Input
          name="from"
          label="First month"
          hint="Such as April 2024"
          classes="govuk-input--width-20"
          value={valueOf(typed, 'from')}
          errorMessage={errors['from']}
        />
        <Input
          name="until"
          label="Last month (optional)"
          hint="Leave it empty while it goes on"
          classes="govuk-input--width-20"
          value={valueOf(typed, 'until')}
          errorMessage={errors['until']}
        />
        <Radios
          name="every"
          fieldset={{ legend: 'How often does it come?' }}
          value={valueOf(typed, 'every', String(format?.everyMonths ?? 1))}
          errorMessage={errors['every']}
          items={([1, 3, 12] as const).map((every) => ({ text: everyWords[every], value: every }))}
        />
        <Input
          name="lag"
          label="How many days after the end of the period is it due?"
          classes="govuk-input--width-4"
          inputmode="numeric"
          value={valueOf(typed, 'lag', String(format?.usualLagDays ?? 30))}
          errorMessage={errors['lag']}
        />
        <Input
          name="askedOf"
          label="Whom to ask when it does not come (optional)"
          hint="A post or a team"
          value={valueOf(typed, 'askedOf')}
          errorMessage={errors['askedOf']}
        />
      </>
    ),
  });
  if (id === undefined) return page;
  return {
    ...page,
    main: (
      <>
        {page.main}
        <form method="post" action={`${list}/${id}/remove`}>
          <h2 class="govuk-heading-m">Entered by mistake?</h2>
          <p class="govuk-body">
            If it came to an end, enter the last month above and keep it. Remove it only if it was never expected.
          </p>
          <Button classes="govuk-button--warning" preventDoubleClick>
            Remove it
          </Button>
        </form>
      </>
    ),
  };
}
