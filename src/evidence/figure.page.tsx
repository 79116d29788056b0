import { formatMonth, formatPeriod } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  Details,
  EmptyList,
  Input,
  InsetText,
  NotificationBanner,
  Pagination,
  Radios,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  WarningText,
  withQuery,
} from '../govuk/index.ts';
import { toSentence } from '../pictures/index.ts';
import { formPage, valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { momentText } from '../platform/moment.ts';
import { evidenceCrumb } from './definition.page.tsx';
import type { FigureMeasure } from './figure-answer.ts';
import type { FigureRow } from './figure.ts';
import type { ViewDocument, ViewShown } from './view-document.ts';
import type { ViewLine } from './view.store.ts';
import { headingOf, keyColumns, keyWords, valueColumns, valueWords, whyNoNumber } from './view-words.ts';
import { audienceLabels, audiences, type Audience } from './view.ts';

export const figuresCrumbs = (slug: string) => [evidenceCrumb(slug), { text: 'Figures', href: `/${slug}/figures` }];
const hrefOf = (slug: string, view: string) => `/${slug}/figures/${view}`;

/** A page shows this many rows; the file has all. */
const mostRows = 500;

/** What a view says first: of a picture its sentence, of a single number the number. */
export function leadOf({ document, picture, source }: ViewShown): string {
  const found = foundOf(document);
  if (found !== undefined) return found;
  if (picture !== null) return toSentence(picture);
  const [row, ...others] = document.rows as readonly FigureRow[];
  if (row === undefined) return 'There is nothing to show.';
  if (others.length > 0 && document.rows.some(({ state }) => state === 'shown'))
    return `${document.rows.length.toLocaleString('en-GB')} numbers: see the table.`;
  const why = whyNoNumber(row);
  if (others.length > 0) return 'No number can be shown: see the table for the reasons.';
  if (why !== undefined) return `${why}${why.endsWith('.') ? '' : '.'}`;
  const [first] = valueColumns(document);
  const verdict = typeof row['verdict'] === 'string' ? ` ${sentence(row['verdict'])}` : '';
  const value = document.measure.name === 'count' ? row.count : row.estimate;
  const decimals = document.measure.name === 'comparison' ? 2 : document.measure.name === 'count' ? 0 : 1;
  const interval =
    row.lower === null || row.upper === null
      ? ''
      : ` (from ${valueWords(row.lower, decimals)} to ${valueWords(row.upper, decimals)})`;
  const unit =
    document.measure.name === 'count'
      ? source.counts
      : document.measure.name === 'rate'
        ? `${source.counts} per 100,000 people`
        : document.measure.name === 'change' || document.measure.name === 'trend'
          ? 'per cent'
          : (first?.heading ?? '');
  return `${valueWords(value, decimals)} ${unit}${interval}.${verdict}`;
}

/** Of a test of many cells, what it found: the highest number says nothing by itself. */
function foundOf({ measure, rows, by }: ViewDocument): string | undefined {
  const shown = rows.filter(({ state }) => state === 'shown');
  if (shown.length === 0) return undefined;
  const of = (verdict: string) => shown.filter((row) => row['verdict'] === verdict);
  const count = (number: number) => (number === 0 ? 'None' : number.toLocaleString('en-GB'));
  if (measure.name === 'hot-spots' || measure.name === 'hot-spot-cells') {
    const [hot, cold] = [of('hot spot').length, of('cold spot').length];
    const others = cold === 0 ? '' : `, and ${cold.toLocaleString('en-GB')} a cold spot`;
    if (measure.name === 'hot-spot-cells')
      return `${count(hot)} of ${shown.length.toLocaleString('en-GB')} squares with anything in them ${hot === 1 ? 'is a hot spot' : 'are hot spots'}${others}.`;
    return `${count(hot)} of ${shown.length.toLocaleString('en-GB')} small areas ${hot === 1 ? 'is a hot spot' : 'are hot spots'}${others}.`;
  }
  if (measure.name !== 'near-repeat') return undefined;
  const more = of('more than by chance').map((row) => by.map((name) => String(row[name] ?? '')).join(', '));
  return more.length === 0
    ? 'No more pairs than chance would make, at any distance and time.'
    : `More pairs than chance would make: ${more.join('; ')}.`;
}

const sentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;

export interface FigureViewModel {
  readonly slug: string;
  readonly shown: ViewShown;
  /** Whoever has no role here sees what is public, and no way inside. */
  readonly isMember: boolean;
  readonly works: boolean;
  readonly mayPublish: boolean;
  readonly outSince: string | null;
  /** Beginning of every address, for the picture that other sites may show. */
  readonly origin: string;
}

export function figureViewPage(model: FigureViewModel): Page {
  const { slug, shown, isMember, works, outSince, origin } = model;
  const { document, picture } = shown;
  const href = hrefOf(slug, document.view);
  const lead = leadOf(shown);
  const { audience } = document.passport;
  const isPublic = audience === 'public' && outSince !== null;
  return {
    title: document.title,
    wide: true,
    ...(isMember && { breadcrumbs: figuresCrumbs(slug) }),
    main: (
      <>
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-l">{document.title}</h1>
            {isMember && (
              <p class="govuk-body">
                <AudienceTag audience={audience} isOut={outSince !== null} />
              </p>
            )}
            <p class="govuk-body-l">{lead}</p>
          </div>
        </div>
        {picture !== null && (
          <div class="govuk-body">
            <picture>
              <source media="(max-width: 40em)" srcset={`${href}.svg?width=320`} />
              <img class="concord-picture" src={`${href}.svg?width=960`} alt={lead} />
            </picture>
          </div>
        )}
        <CellTable shown={shown} />
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            {document.notes.length > 0 && (
              <section aria-labelledby="know">
                <h2 class="govuk-heading-m" id="know">
                  What you need to know
                </h2>
                <ul class="govuk-list govuk-list--bullet">
                  {document.notes.map((note) => (
                    <li>{note}</li>
                  ))}
                </ul>
              </section>
            )}
            {works && (
              <Button
                classes="govuk-button--secondary"
                href={withQuery(`/${slug}/findings/new`, {
                  figure: document.id,
                  view: document.view,
                  sentence: lead,
                  area: document.area,
                  from: document.period.from,
                  to: document.period.to,
                })}
              >
                Keep it as a finding
              </Button>
            )}
            <Download href={href} hasPicture={picture !== null} />
            <Passport slug={isMember ? slug : undefined} shown={shown} outSince={outSince} />
            {isPublic && picture !== null && (
              <Details summaryText="Show this picture on another website">
                <p class="govuk-body">Copy this into the page:</p>
                <p class="govuk-body">
                  <code class="concord-long">{`<a href="${origin}${href}"><img src="${origin}${href}.svg?width=640" alt="${attribute(lead)}"></a>`}</code>
                </p>
              </Details>
            )}
            {works && <OtherViews model={model} />}
          </div>
        </div>
      </>
    ),
  };
}

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function AudienceTag({ audience, isOut }: { readonly audience: Audience; readonly isOut: boolean }) {
  if (audience === 'restricted') return <Tag classes="govuk-tag--grey">Restricted</Tag>;
  const words = audience === 'public' ? 'the public' : 'partners';
  return isOut ? (
    <Tag classes="govuk-tag--green">{audience === 'public' ? 'Public' : 'Partners'}</Tag>
  ) : (
    <>
      <Tag classes="govuk-tag--yellow">Not published</Tag> made for {words}
    </>
  );
}

export function CellTable({ shown }: { readonly shown: ViewShown }) {
  const { document, names } = shown;
  const keys = keyColumns(document);
  const columns = valueColumns(document);
  const rows = (document.rows as readonly FigureRow[]).slice(0, mostRows);
  const left = document.rows.length - rows.length;
  return (
    <>
      <ScrollBox label="The numbers">
        <Table
          caption="The numbers"
          captionClasses="govuk-table__caption--m"
          firstCellIsHeader={keys.length > 0}
          head={[
            ...keys.map(headingOf),
            ...columns.map(({ heading, field }) =>
              field === 'verdict' || field === 'signal' ? heading : { text: heading, format: 'numeric' as const },
            ),
          ]}
          rows={rows.map((row) => {
            const why = whyNoNumber(row);
            return [
              ...keys.map((name) => keyWords(name, row[name], names)),
              ...(why === undefined
                ? columns.map(({ field, decimals }) =>
                    field === 'verdict' || field === 'signal'
                      ? signalWords(field, row[field])
                      : { text: valueWords(row[field], decimals), format: 'numeric' as const },
                  )
                : [{ text: why, colspan: columns.length }]),
            ];
          })}
        />
      </ScrollBox>
      {left > 0 && <p class="govuk-body">{left.toLocaleString('en-GB')} more rows are in the file (CSV) below.</p>}
    </>
  );
}

const signalWords = (field: string, value: unknown): string => {
  if (field === 'verdict' && typeof value !== 'string') return '–';
  if (value === 'none' || value === undefined || value === null) return 'No';
  const words = valueWords(value, 0).replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

function Download({ href, hasPicture }: { readonly href: string; readonly hasPicture: boolean }) {
  return (
    <section aria-labelledby="files">
      <h2 class="govuk-heading-m" id="files">
        Download
      </h2>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={`${href}.csv`}>
            The numbers (CSV)
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`${href}.csv-metadata.json`}>
            What the columns mean (CSV on the Web)
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`${href}.json`}>
            Numbers and passport (JSON)
          </a>
        </li>
        {hasPicture && (
          <li>
            <a class="govuk-link" href={`${href}.svg`}>
              The picture (SVG)
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}

function Passport({
  slug,
  shown,
  outSince,
}: {
  /** Where the reader can look at the releases; undefined for whoever may not. */
  readonly slug: string | undefined;
  readonly shown: ViewShown;
  readonly outSince: string | null;
}) {
  const { document, source, names } = shown;
  const { passport } = document;
  const area = names[document.area];
  const code = (text: string) => <code class="concord-long">{text}</code>;
  const list = (texts: readonly string[]) =>
    texts.length === 0 ? (
      'None'
    ) : (
      <>
        {texts.map((text) => (
          <div>{code(text)}</div>
        ))}
      </>
    );
  return (
    <Details summaryText="Where this figure comes from">
      <p class="govuk-body">
        Whoever has the same releases and the same version of Concord gets the same numbers, to the last digit.
      </p>
      <SummaryList
        rows={[
          { key: 'Source', value: source.title },
          { key: 'Area', value: area === undefined ? document.area : `${area} (${document.area})` },
          { key: 'Months', value: formatPeriod(document.period) },
          { key: 'Measure', value: `${document.measure.name}, version ${document.measure.version}` },
          {
            key: 'Definition',
            value:
              passport.definition === null ? (
                'None: every row is counted'
              ) : (
                <>
                  {passport.definition.id}, version {passport.definition.version}
                  <div>{code(passport.definition.sha256)}</div>
                </>
              ),
          },
          {
            key: 'Releases',
            value: (
              <>
                {passport.releases.map(({ id }) => (
                  <div>
                    {slug === undefined ? (
                      code(id)
                    ) : (
                      <a class="govuk-link concord-long" href={`/${slug}/releases/${id.slice(7)}`}>
                        {id}
                      </a>
                    )}
                  </div>
                ))}
              </>
            ),
          },
          { key: 'Areas, population and weights', value: list(passport.references) },
          { key: 'What was known of gaps', value: code(passport.coverage) },
          ...(passport.seed === null ? [] : [{ key: 'Seed of what was drawn', value: String(passport.seed) }]),
          { key: 'Who may see it', value: audienceLabels[passport.audience].label },
          ...(outSince === null ? [] : [{ key: 'Published', value: momentText(outSince) }]),
          { key: 'Rule for small numbers', value: `${passport.rule.name}, version ${passport.rule.version}` },
          { key: 'Figure', value: code(document.id) },
          { key: 'View', value: code(document.view) },
          { key: 'Made by', value: passport.code },
          {
            key: 'Checked against',
            value: passport.ledger === null ? 'Nothing that was published before' : code(passport.ledger),
          },
        ]}
      />
    </Details>
  );
}

function OtherViews({ model }: { readonly model: FigureViewModel }) {
  const { slug, shown, mayPublish, outSince } = model;
  const { audience } = shown.document.passport;
  const href = hrefOf(slug, shown.document.view);
  return (
    <section aria-labelledby="others">
      <h2 class="govuk-heading-m" id="others">
        Look at it in another way
      </h2>
      {mayPublish && audience !== 'restricted' && outSince === null && (
        <Button href={`${href}/publish`}>
          {audience === 'public' ? 'Publish this for everybody' : 'Open this to partners'}
        </Button>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`${href}/beside`}>
          Count it by another definition as well
        </a>
      </p>
      <form method="post" action={`${href}/for`}>
        <Select
          name="audience"
          label="See it as it would look for"
          items={audiences
            .filter((each) => each !== audience)
            .map((each) => ({ value: each, text: audienceLabels[each].label }))}
        />
        <Button classes="govuk-button--secondary">Show</Button>
      </form>
    </section>
  );
}

export function publishViewPage({
  slug,
  shown,
  total,
  hasChanged = false,
}: {
  readonly slug: string;
  readonly shown: ViewShown;
  /** Numbers that the figure has, hidden or not. */
  readonly total: number;
  /** Something else was published while they looked. */
  readonly hasChanged?: boolean;
}): Page {
  const { document } = shown;
  const isPublic = document.passport.audience === 'public';
  const href = hrefOf(slug, document.view);
  const hidden = document.rows.filter(({ state }) => state === 'hidden').length;
  const title = isPublic ? 'Publish this figure for everybody' : 'Open this figure to partners';
  return {
    title,
    wide: true,
    breadcrumbs: [...figuresCrumbs(slug), { text: document.title, href }],
    main: (
      <>
        {hasChanged && (
          <NotificationBanner titleText="Something else was published meanwhile" role="alert">
            <p class="govuk-body">
              Nothing was published now. The numbers were checked again, and more may be hidden. Look at them, then
              decide.
            </p>
          </NotificationBanner>
        )}
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body-l">{document.title}</p>
        <InsetText>
          {hidden === 0
            ? `All ${total.toLocaleString('en-GB')} numbers will be shown.`
            : `${(total - hidden).toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} numbers will be shown and ${hidden.toLocaleString('en-GB')} hidden.`}{' '}
          {document.notes[0] ?? ''}
        </InsetText>
        <WarningText iconFallbackText="Warning">
          {isPublic
            ? 'Everybody can read it without signing in.'
            : 'Everybody with a role in the partnership can read it.'}{' '}
          What is published cannot be taken back, and later figures are checked against it.
        </WarningText>
        <p class="govuk-body">This is exactly what they will see:</p>
        <CellTable shown={shown} />
        <form method="post" action={`${href}/publish`} id="form">
          <div class="govuk-button-group">
            <Button preventDoubleClick classes="govuk-button--warning">
              {isPublic ? 'Publish' : 'Open to partners'}
            </Button>
            <a class="govuk-link" href={href}>
              Cancel
            </a>
          </div>
        </form>
      </>
    ),
  };
}

export function figuresPage({
  slug,
  views,
  total,
  page,
  pageSize,
  words,
  works,
}: {
  readonly slug: string;
  readonly views: readonly ViewLine[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly words: string;
  readonly works: boolean;
}): Page {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const href = (to: number) =>
    withQuery(`/${slug}/figures`, { words: words === '' ? undefined : words, page: to === 1 ? undefined : String(to) });
  return {
    title: 'Figures',
    breadcrumbs: [evidenceCrumb(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Figures</h1>
        <p class="govuk-body-l">Numbers with a passport: where they come from, and what was hidden for whom.</p>
        {works && <Button href={`/${slug}/figures/new`}>Ask for a figure</Button>}
        {total === 0 && words === '' ? (
          <EmptyList title="No figures yet">
            {works
              ? 'Ask for one: what, where and when. It needs a source that is loaded.'
              : 'Figures appear here when the partnership has published some.'}
          </EmptyList>
        ) : (
          <>
            <form method="get" action={`/${slug}/figures`} role="search">
              <Input
                name="words"
                type="search"
                label="Search by a word of the title"
                classes="govuk-input--width-20"
                value={words}
              />
              <Button classes="govuk-button--secondary">Search</Button>
            </form>
            {views.length === 0 ? (
              <p class="govuk-body">
                No figure has “{words}” in its title.{' '}
                <a class="govuk-link" href={`/${slug}/figures`}>
                  Show all
                </a>
              </p>
            ) : (
              <ScrollBox label="Figures">
                <Table
                  caption={`${total.toLocaleString('en-GB')} ${total === 1 ? 'figure' : 'figures'}`}
                  captionClasses="govuk-table__caption--m"
                  head={['Figure', 'Who sees it', 'Made']}
                  rows={views.map((view) => [
                    <a class="govuk-link" href={hrefOf(slug, view.id)}>
                      {view.title}
                    </a>,
                    <AudienceTag audience={view.audience} isOut={view.outSince !== null} />,
                    `${momentText(view.madeAt)}${view.isMine ? ', by you' : ''}`,
                  ])}
                />
              </ScrollBox>
            )}
            {pages > 1 && (
              <Pagination
                previous={page > 1 ? { href: href(page - 1) } : undefined}
                next={page < pages ? { href: href(page + 1) } : undefined}
              />
            )}
          </>
        )}
      </>
    ),
  };
}

/** A source that is loaded, and of which months. */
export interface SourceLoaded {
  readonly name: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly breakdowns: readonly string[];
}

export interface NewFigureModel {
  readonly slug: string;
  readonly measures: readonly Pick<FigureMeasure, 'name' | 'about'>[];
  readonly sources: readonly SourceLoaded[];
  readonly areas: readonly { readonly code: string; readonly name: string }[];
  /** Areas that a name could mean. */
  readonly found?: readonly { readonly code: string; readonly name: string }[];
  /** Areas that are offered while somebody types. */
  readonly known?: readonly { readonly code: string; readonly name: string }[];
  readonly definitions: readonly { readonly id: string; readonly name: string }[];
  readonly typed?: Typed;
  readonly errors?: Errors;
}

/** The browser's own list: without it, and without scripts, a name or a code is typed. */
function AreaInput({
  name,
  label,
  typed,
  errors,
}: {
  readonly name: 'otherArea' | 'comparator';
  readonly label: string;
  readonly typed: Typed;
  readonly errors: Errors;
}) {
  return (
    <Input
      name={name}
      label={label}
      hint="For example Blackpool, or E06000009"
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
      autocomplete="off"
      attributes={{ list: 'areas' }}
    />
  );
}

export function newFigurePage(model: NewFigureModel): Page {
  const { slug, sources, typed = {}, errors = {} } = model;
  const title = 'Ask for a figure';
  if (sources.length === 0)
    return {
      title,
      breadcrumbs: figuresCrumbs(slug),
      main: (
        <>
          <h1 class="govuk-heading-l">{title}</h1>
          <EmptyList title="Nothing is loaded yet">
            A figure is counted from what partners sent. Load a file first, for example one of police.uk: concord import
            2022-06-street.csv --source police-uk-street
          </EmptyList>
        </>
      ),
    };
  const given = typed['by'] ?? [];
  const breakdowns = [
    ...new Set(['month', 'category', 'area', 'provider', ...sources.flatMap((source) => source.breakdowns)]),
  ];
  return formPage({
    title,
    breadcrumbs: figuresCrumbs(slug),
    action: `/${slug}/figures/new`,
    button: 'Work it out',
    cancelHref: `/${slug}/figures`,
    errors,
    intro: (
      <p class="govuk-body">
        The answer is kept with what it was made from, so that anybody can check it. If it cannot be given, you are told
        why.
      </p>
    ),
    children: (
      <>
        {errors[''] !== undefined && (
          <p class="govuk-error-message" id="refusal">
            {errors['']}
          </p>
        )}
        <Radios
          name="measure"
          fieldset={{ legend: 'What do you want to know?' }}
          classes="govuk-radios--small"
          value={valueOf(typed, 'measure', 'count')}
          errorMessage={errors['measure']}
          items={model.measures.map(({ name, about }) => ({ value: name, text: about }))}
        />
        <Radios
          name="source"
          fieldset={{ legend: 'From which source?' }}
          value={valueOf(typed, 'source', sources.length === 1 ? sources[0]?.name : '')}
          errorMessage={errors['source']}
          items={sources.map(({ name, title: text, from, to }) => ({
            value: name,
            text,
            hint: `Loaded: ${formatMonth(from)} to ${formatMonth(to)}`,
          }))}
        />
        <Radios
          name="area"
          fieldset={{ legend: 'Where?' }}
          value={valueOf(typed, 'area', model.areas[0]?.code ?? 'other')}
          errorMessage={errors['area']}
          items={[
            ...[...model.areas, ...(model.found ?? [])]
              .filter(({ code }, place, all) => all.findIndex((each) => each.code === code) === place)
              .map(({ code, name }) => ({ value: code, text: name, hint: code })),
            {
              value: 'other',
              text: 'Another area',
            },
          ]}
        />
        <AreaInput name="otherArea" label="If another area: its name or code" typed={typed} errors={errors} />
        <datalist id="areas">
          {(model.known ?? []).map(({ code, name }) => (
            <option value={`${name} (${code})`} />
          ))}
        </datalist>
        <Input
          name="from"
          label="First month"
          hint="For example 2021-07"
          classes="govuk-input--width-5"
          value={valueOf(typed, 'from', sources[0]?.from)}
          errorMessage={errors['from']}
        />
        <Input
          name="to"
          label="Last month"
          hint="For example 2022-06"
          classes="govuk-input--width-5"
          value={valueOf(typed, 'to', sources[0]?.to)}
          errorMessage={errors['to']}
        />
        <Checkboxes
          name="by"
          fieldset={{ legend: 'Broken down by (optional)' }}
          classes="govuk-checkboxes--small"
          values={typeof given === 'string' ? [given] : given}
          errorMessage={errors['by']}
          items={breakdowns.map((name) => ({ value: name, text: headingOf(name) }))}
        />
        <Select
          name="definition"
          label="What counts"
          value={valueOf(typed, 'definition')}
          errorMessage={errors['definition']}
          items={[
            { value: '', text: 'Every row of the source' },
            ...model.definitions.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
        <AreaInput
          name="comparator"
          label="Compare with which wider area? (only for a comparison)"
          typed={typed}
          errors={errors}
        />
        <Radios
          name="audience"
          fieldset={{ legend: 'Who is to see it?' }}
          value={valueOf(typed, 'audience', 'restricted')}
          errorMessage={errors['audience']}
          items={audiences.map((audience) => ({
            value: audience,
            text: audienceLabels[audience].label,
            hint: audienceLabels[audience].who,
          }))}
        />
      </>
    ),
  });
}

/** Numbers of a document, hidden or not. */
export const cellCount = ({ rows }: ViewDocument): number =>
  rows.filter(({ state }) => state === 'shown' || state === 'hidden').length;
