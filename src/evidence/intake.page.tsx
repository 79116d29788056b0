import type { ComponentChildren, JSX } from 'preact';
import { formatMonth, formatPeriod, periodOf } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  Details,
  EmptyList,
  ErrorSummary,
  FileUpload,
  Input,
  InsetText,
  NotificationBanner,
  Pagination,
  Progress,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  UploadForm,
  WarningText,
  type SummaryListRow,
} from '../govuk/index.ts';
import { valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { momentText } from '../platform/moment.ts';
import { evidenceCrumb } from './definition.page.tsx';
import { intakeStateWords, largestFirst, type Change, type IntakeState, type RowSum } from './intake.ts';
import type { AgreementChoice, Intake, IntakeListed } from './intake.store.ts';
import type { SourceFormat } from './source.ts';

export const mayLoad = ['administrator', 'coordinator', 'analyst'] as const;
export const intakesPerPage = 50;

export const intakeCrumbs = (slug: string) => [evidenceCrumb(slug), { text: 'Loads', href: `/${slug}/intake` }];

const stateColours: Readonly<Record<IntakeState, string>> = {
  checking: 'govuk-tag--blue',
  ready: 'govuk-tag--yellow',
  loaded: 'govuk-tag--green',
  refused: 'govuk-tag--red',
  failed: 'govuk-tag--red',
  left: 'govuk-tag--grey',
};

const StateTag = ({ state }: { readonly state: IntakeState }) => (
  <Tag classes={stateColours[state]}>{intakeStateWords[state]}</Tag>
);

export const n = (value: number): string => value.toLocaleString('en-GB');
export const counted = (value: number, one: string, many: string): string => `${n(value)} ${value === 1 ? one : many}`;
/** A few actors are no people. */
export const nameOf = (actor: string): string => (actor === 'system' ? 'Concord itself' : actor);
export const addressOfRelease = (slug: string, id: string): string => `/${slug}/releases/${id.replace('sha256:', '')}`;
export const monthsText = (months: readonly string[]): string => {
  const [first] = months;
  const last = months.at(-1);
  return first === undefined || last === undefined ? 'None' : formatPeriod(periodOf(first, last));
};

const filesText = (files: readonly { readonly name: string }[]): string => {
  const [first] = files;
  if (first === undefined) return 'No file';
  return files.length === 1 ? first.name : `${first.name} and ${counted(files.length - 1, 'more', 'more')}`;
};

export function intakeListPage({
  slug,
  intakes,
  count,
  page,
  titleOf,
  mayWrite,
  maySee,
}: {
  readonly slug: string;
  readonly intakes: readonly IntakeListed[];
  readonly count: number;
  readonly page: number;
  readonly titleOf: (source: IntakeListed['source']) => string;
  readonly mayWrite: boolean;
  readonly maySee: boolean;
}): Page {
  const last = Math.max(1, Math.ceil(count / intakesPerPage));
  return {
    title: 'Loads',
    breadcrumbs: [evidenceCrumb(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Loads</h1>
        <p class="govuk-body">
          Files that partners sent, and what became of them. Each row is checked first, and somebody decides before it
          counts. The newest is first.
        </p>
        {mayWrite && intakes.length > 0 && <Button href={`/${slug}/intake/new`}>Load files</Button>}
        {intakes.length === 0 ? (
          <EmptyList
            title="No files have been loaded yet"
            {...(mayWrite && { action: { text: 'Load files', href: `/${slug}/intake/new` } })}
          >
            {mayWrite
              ? 'Begin with a file of a partner, such as a month from data.police.uk. You see what is in it before anything counts.'
              : 'An analyst, coordinator or administrator loads the first ones.'}
          </EmptyList>
        ) : (
          <ScrollBox label="Loads">
            <Table
              caption={counted(count, 'load', 'loads')}
              captionClasses="govuk-table__caption--s"
              head={['Files', 'Source', 'State', 'Sent by', 'Sent on']}
              rows={intakes.map((intake) => [
                maySee ? (
                  <a class="govuk-link" href={`/${slug}/intake/${intake.id}`}>
                    {filesText(intake.files)}
                  </a>
                ) : (
                  filesText(intake.files)
                ),
                titleOf(intake.source),
                <StateTag state={intake.state} />,
                nameOf(intake.askedBy),
                momentText(intake.askedAt),
              ])}
            />
          </ScrollBox>
        )}
        {last > 1 && (
          <Pagination
            landmarkLabel="Pages of loads"
            previous={page > 1 ? { href: `?page=${page - 1}` } : undefined}
            next={page < last ? { href: `?page=${page + 1}` } : undefined}
          />
        )}
      </>
    ),
  };
}

export function newIntakePage({
  slug,
  formats,
  agreements,
  organisations,
  mappings,
  typed = {},
  errors = {},
}: {
  readonly slug: string;
  readonly formats: readonly SourceFormat[];
  readonly agreements: readonly AgreementChoice[];
  /** Of the register: one of them sent the files. */
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly mappings: readonly { readonly id: string; readonly name: string; readonly source: string }[];
  readonly typed?: Typed;
  readonly errors?: Errors;
}): Page {
  const mistakes = Object.entries(errors);
  const titleOf = (source: string): string => formats.find(({ name }) => name === source)?.title ?? source;
  return {
    title: 'Load files',
    breadcrumbs: intakeCrumbs(slug),
    hasErrors: mistakes.length > 0,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {mistakes.length > 0 && (
            <ErrorSummary
              errorList={mistakes.map(([field, text]) => ({ text, href: field === '' ? '#source' : `#${field}` }))}
            />
          )}
          <h1 class="govuk-heading-l">Load files</h1>
          <p class="govuk-body">
            Each row is checked. You see what was found and what would change, and decide then. Nothing counts before.
          </p>
          <UploadForm
            action={`/${slug}/intake/new`}
            brokenText="The files did not arrive. Check your connection, then send them again."
          >
            <Select
              name="source"
              label="What kind of files are they?"
              value={valueOf(typed, 'source')}
              errorMessage={errors['source']}
              items={[
                { text: 'Choose a kind', value: '' },
                ...formats.map(({ name, title }) => ({ text: title, value: name })),
              ]}
            />
            <Select
              name="agreement"
              label="Under which agreement did they come?"
              hint="Records of people need an agreement that holds today. Open data needs none."
              value={valueOf(typed, 'agreement')}
              errorMessage={errors['agreement']}
              items={[
                { text: 'The one that covers this kind of file, if it needs one', value: '' },
                ...agreements.map(({ id, title, sources }) => ({
                  text: `${title} (${sources.map(titleOf).join(', ')})`,
                  value: id,
                })),
              ]}
            />
            <Select
              name="sender"
              label="Which partner sent them?"
              hint="Records of people are taken from a partner that sends data under the agreement, and from nobody else."
              value={valueOf(typed, 'sender')}
              errorMessage={errors['sender']}
              items={[
                { text: 'The partner that sends data under the agreement', value: '' },
                ...organisations.map(({ id, name }) => ({ text: name, value: id })),
              ]}
            />
            {mappings.length > 0 && (
              <Select
                name="mapping"
                label="Is it a partner’s own table?"
                hint="Then say which mapping tells what its columns mean. It has to be one for the kind of file above."
                value={valueOf(typed, 'mapping')}
                errorMessage={errors['mapping']}
                items={[
                  { text: 'No, it has the columns of its kind', value: '' },
                  ...mappings.map(({ id, name, source }) => ({ text: `${name} (${titleOf(source)})`, value: id })),
                ]}
              />
            )}
            <Input
              name="month"
              label="Only one month (optional)"
              hint="For example, April 2026. Rows of other months are not taken. Leave it empty to take every month in the files."
              classes="govuk-input--width-10"
              value={valueOf(typed, 'month')}
              errorMessage={errors['month']}
            />
            <Checkboxes
              name="replace"
              fieldset={{ legend: { text: 'If some of these months are there already' } }}
              values={valueOf(typed, 'replace') === '' ? [] : ['yes']}
              errorMessage={errors['replace']}
              items={[
                {
                  text: 'Take the place of what is there for the same months',
                  value: 'yes',
                  hint: { text: 'For a corrected file. Without it, only rows that are new are added.' },
                },
              ]}
            />
            <FileUpload
              name="files"
              label="Files"
              hint="CSV or a workbook (XLSX), plain or in gzip or zip files. Save a table in another format, such as ODS, as one of these first. Up to 100 files and 2 GB together."
              errorMessage={errors['files']}
              multiple
            />
            <div class="govuk-button-group">
              <Button preventDoubleClick>Check the files</Button>
              <a class="govuk-link" href={`/${slug}/intake`}>
                Cancel
              </a>
            </div>
          </UploadForm>
        </div>
      </div>
    ),
  };
}

/** What a page says of a load, beside the load itself. */
export interface IntakeShown {
  readonly slug: string;
  readonly intake: Intake;
  readonly title: string;
  readonly agreement: string | null;
  readonly sender: string | null;
  /** How far the check is; null where none is under way. */
  readonly progress: { readonly done: number; readonly total: number | null; readonly text: string } | null;
  /** Months between those that are there, as sentences. */
  readonly skipped: readonly string[];
  /** By month and category; null where the files of the load are gone. */
  readonly changes: readonly Change[] | null;
  readonly mayWrite: boolean;
  /** Somebody said yes to it, but the source had changed. */
  readonly isCheckedAgain?: boolean;
}

export function intakePage(shown: IntakeShown): Page {
  const { slug, intake, title } = shown;
  const heading = headings[intake.state];
  return {
    title: heading,
    breadcrumbs: intakeCrumbs(slug),
    main: (
      <>
        {shown.isCheckedAgain === true && (
          <NotificationBanner titleText="Not loaded yet" titleId="again" role="alert">
            <p class="govuk-body">
              Somebody loaded files of the same kind while this load waited. It is checked once more, so that no row is
              counted twice. Look at it again when that has ended.
            </p>
          </NotificationBanner>
        )}
        <span class="govuk-caption-l">{title}</span>
        <h1 class="govuk-heading-l">{heading}</h1>
        {bodies[intake.state](shown)}
        <h2 class="govuk-heading-m">What was sent</h2>
        <SentSummary {...shown} />
      </>
    ),
  };
}

const headings: Readonly<Record<IntakeState, string>> = {
  checking: 'The files are being checked',
  ready: 'Look at this before it is loaded',
  loaded: 'These files were loaded',
  refused: 'These files cannot be read',
  failed: 'The check broke off',
  left: 'These files were not loaded',
};

const bodies: Readonly<Record<IntakeState, (shown: IntakeShown) => ComponentChildren>> = {
  checking: Checking,
  ready: Ready,
  loaded: Loaded,
  refused: ({ slug, intake, mayWrite }) => (
    <>
      <InsetText>{intake.refusal ?? 'Nothing of it could be read.'}</InsetText>
      <p class="govuk-body">
        Put the files right, or choose another kind of file, then send them again. What was loaded before is as it was.
      </p>
      {mayWrite && <Again slug={slug} />}
    </>
  ),
  failed: ({ slug, intake, mayWrite }) => (
    <>
      <InsetText>{intake.refusal ?? 'Something went wrong on our side. Nothing of these files was kept.'}</InsetText>
      <p class="govuk-body">
        Send the files again. If it happens again, tell the administrator
        {intake.jobId === null ? '.' : ` the reference ${intake.jobId.slice(0, 8)}.`}
      </p>
      {mayWrite && <Again slug={slug} />}
    </>
  ),
  left: ({ slug, mayWrite }) => (
    <>
      <p class="govuk-body">Somebody decided against them, or stopped the check. Nothing of them was kept.</p>
      {mayWrite && <Again slug={slug} />}
    </>
  ),
};

const Again = ({ slug }: { readonly slug: string }) => (
  <p class="govuk-body">
    <a class="govuk-link" href={`/${slug}/intake/new`}>
      Load files
    </a>
  </p>
);

function Checking({ slug, intake, progress, mayWrite }: IntakeShown) {
  const here = `/${slug}/intake/${intake.id}`;
  return (
    <>
      <Progress
        id="check"
        label="How far it is"
        value={progress?.total === null ? undefined : progress?.done}
        max={progress?.total ?? 1}
        text={progress?.text ?? 'It waits for its turn.'}
        eventsHref={`${here}/events`}
        refreshHref={here}
      />
      <p class="govuk-body">You can leave this page: the check goes on, and the load waits for you under Loads.</p>
      {mayWrite && (
        <form method="post" action={`${here}/leave`}>
          <Button classes="govuk-button--secondary" preventDoubleClick>
            Stop the check
          </Button>
        </form>
      )}
    </>
  );
}

function Ready(shown: IntakeShown) {
  const { slug, intake, changes, mayWrite } = shown;
  const { checked } = intake;
  if (checked === null) return null;
  const here = `/${slug}/intake/${intake.id}`;
  const isGone = changes === null;
  const isNothing = checked.releaseId === null;
  return (
    <>
      {isNothing && checked.alreadyIn !== null && (
        <InsetText>
          There is nothing new in these files: all of it is in{' '}
          <a class="govuk-link" href={addressOfRelease(slug, checked.alreadyIn)}>
            a release that is there already
          </a>
          .
        </InsetText>
      )}
      {isNothing && checked.alreadyIn === null && (
        <InsetText>
          No row of these files can be loaded. Below is why. Choose not to load it, put the files right, then send them
          again.
        </InsetText>
      )}
      {isGone && (
        <InsetText>
          The files of this load are no longer here. Choose not to load it, then send the files again.
        </InsetText>
      )}
      <Found {...shown} />
      {mayWrite && (
        <div class="govuk-button-group">
          {!isNothing && !isGone && (
            <form method="post" action={`${here}/load`}>
              <Button preventDoubleClick>{`Load ${counted(checked.rows.accepted, 'row', 'rows')}`}</Button>
            </form>
          )}
          <form method="post" action={`${here}/leave`}>
            <Button classes="govuk-button--secondary" preventDoubleClick>
              Do not load it
            </Button>
          </form>
        </div>
      )}
      {!mayWrite && <p class="govuk-body">An analyst, coordinator or administrator decides on it.</p>}
    </>
  );
}

function Loaded(shown: IntakeShown) {
  const { slug, intake } = shown;
  return (
    <>
      {intake.releaseId !== null && (
        <p class="govuk-body">
          <a class="govuk-link" href={addressOfRelease(slug, intake.releaseId)}>
            See the release that they became
          </a>
        </p>
      )}
      <Found {...shown} />
    </>
  );
}

/** The rows as a sum: what was read is what became of it. */
export function RowsSum({ rows }: { readonly rows: RowSum & { readonly unlocated: number } }) {
  const parts = [
    ['Accepted', rows.accepted],
    ['Quarantined: something in them is wrong', rows.quarantined],
    ['Already loaded', rows.alreadyLoaded],
    ['Outside the area', rows.outside],
  ] as const;
  return (
    <>
      <Table
        caption="What became of the rows"
        captionClasses="govuk-table__caption--m"
        firstCellIsHeader
        head={['Rows', { text: 'How many', format: 'numeric' }]}
        rows={[
          ...parts.map(([text, value]) => [text, { text: n(value), format: 'numeric' as const }]),
          [
            <strong>Read, which is the sum of these</strong>,
            { text: <strong>{n(rows.read)}</strong>, format: 'numeric' as const },
          ],
        ]}
      />
      {rows.unlocated > 0 && (
        <p class="govuk-body">
          {`Of the accepted rows, ${counted(rows.unlocated, 'has', 'have')} no place. They count in totals, and on no map.`}
        </p>
      )}
    </>
  );
}

const mostMonths = 60;

export function MonthsTable({
  months,
}: {
  readonly months: readonly {
    readonly month: string;
    readonly provider: string | null;
    readonly rows: number;
    readonly unlocated: number;
    readonly note?: string | JSX.Element | undefined;
  }[];
}) {
  if (months.length === 0) return null;
  const hasNotes = months.some(({ note }) => note !== undefined);
  return (
    <ScrollBox label="Months and providers">
      <Table
        caption={
          months.length > mostMonths
            ? `The first ${mostMonths} of ${n(months.length)} months and providers`
            : 'Months and providers'
        }
        captionClasses="govuk-table__caption--m"
        head={[
          'Month',
          'Provider',
          { text: 'Rows', format: 'numeric' },
          { text: 'Without a place', format: 'numeric' },
          ...(hasNotes ? ['Now'] : []),
        ]}
        rows={months
          .slice(0, mostMonths)
          .map(({ month, provider, rows, unlocated, note }) => [
            formatMonth(month),
            provider ?? 'Not said',
            { text: n(rows), format: 'numeric' as const },
            { text: n(unlocated), format: 'numeric' as const },
            ...(hasNotes ? [note ?? 'Counts'] : []),
          ])}
      />
    </ScrollBox>
  );
}

const mostChanges = 20;

/** The largest changes, and the whole list as files. */
export function ChangesTable({
  changes,
  here,
  before,
}: {
  readonly changes: readonly Change[];
  readonly here: string;
  /** "against what is there now" */
  readonly before: string;
}) {
  if (changes.length === 0) return <p class="govuk-body">No count changes {before}.</p>;
  return (
    <>
      <ScrollBox label="What changes">
        <Table
          caption={`What changes ${before}${changes.length > mostChanges ? `: the ${mostChanges} largest of ${n(changes.length)} changes` : ''}`}
          captionClasses="govuk-table__caption--m"
          head={[
            'Month',
            'Category',
            { text: 'Before', format: 'numeric' },
            { text: 'After', format: 'numeric' },
            { text: 'Change', format: 'numeric' },
          ]}
          rows={largestFirst(changes)
            .slice(0, mostChanges)
            .map((change) => [
              formatMonth(change.month),
              change.category,
              { text: n(change.before), format: 'numeric' as const },
              { text: n(change.after), format: 'numeric' as const },
              {
                text: `${change.after > change.before ? '+' : '−'}${n(Math.abs(change.after - change.before))}`,
                format: 'numeric' as const,
              },
            ])}
        />
      </ScrollBox>
      <p class="govuk-body">
        All changes:{' '}
        <a class="govuk-link" href={`${here}/changes.csv`} download="">
          as CSV
        </a>
        {' or '}
        <a class="govuk-link" href={`${here}/changes.json`}>
          as JSON
        </a>
      </p>
    </>
  );
}

function Found({ slug, intake, changes, skipped, mayWrite }: IntakeShown) {
  const { checked } = intake;
  if (checked === null) return null;
  const here = `/${slug}/intake/${intake.id}`;
  return (
    <>
      <RowsSum rows={checked.rows} />
      {checked.reasons.length > 0 && (
        <section aria-labelledby="quarantine">
          <h2 class="govuk-heading-m" id="quarantine">
            Why rows are quarantined
          </h2>
          <ScrollBox label="Reasons">
            <Table
              caption="Reasons"
              captionClasses="govuk-visually-hidden"
              head={['Column', 'What is wrong', { text: 'Rows', format: 'numeric' }]}
              rows={checked.reasons.map(({ column, sentence, rows }) => [
                column === '' ? 'The whole row' : column,
                sentence,
                { text: n(rows), format: 'numeric' as const },
              ])}
            />
          </ScrollBox>
          {mayWrite && checked.hasQuarantine && (
            <p class="govuk-body">
              <a class="govuk-link" href={`${here}/quarantine.csv`} download="">
                Download these rows to put them right (CSV)
              </a>
              . That you did is noted in the audit.
            </p>
          )}
        </section>
      )}
      <MonthsTable months={checked.months} />
      {skipped.map((sentence) => (
        <InsetText>{sentence}</InsetText>
      ))}
      {intake.state === 'ready' && changes !== null && checked.releaseId !== null && (
        <ChangesTable changes={changes} here={here} before="against what is loaded now" />
      )}
      {intake.options.replaceMonths && intake.state === 'ready' && (
        <WarningText iconFallbackText="Warning">
          {`This load takes the place of what is there for ${monthsText([...new Set(checked.months.map(({ month }) => month))].sort())}, for the same providers. Figures that were made before keep what they were made of.`}
        </WarningText>
      )}
      {checked.screened.length > 0 && (
        <Details
          summaryText={`Words were left out in ${checked.screened.length === 100 ? '100 or more' : n(checked.screened.length)} places`}
        >
          <p class="govuk-body">They may say who somebody is: a name, a telephone number, an address or a postcode.</p>
          <ul class="govuk-list govuk-list--bullet">
            {checked.screened.map(({ file, row, column }) => (
              <li>{`${file}, row ${n(row)}, ${column}`}</li>
            ))}
          </ul>
        </Details>
      )}
      {checked.leftOut.length > 0 && (
        <Details summaryText={`${counted(checked.leftOut.length, 'file', 'files')} of an archive left out`}>
          <ul class="govuk-list govuk-list--bullet">
            {checked.leftOut.map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
        </Details>
      )}
      {checked.unknownColumns.length > 0 && (
        <p class="govuk-body">
          Columns that this kind of file does not have, and that were not read: {checked.unknownColumns.join(', ')}.
        </p>
      )}
    </>
  );
}

function SentSummary({ intake, title, agreement, sender }: IntakeShown) {
  const { options } = intake;
  const rows: readonly (SummaryListRow | false)[] = [
    { key: 'State', value: <StateTag state={intake.state} /> },
    { key: 'Source', value: title },
    { key: 'Files', value: <FileNames files={intake.files} /> },
    {
      key: 'Months',
      value: options.onlyMonth === null ? 'All in the files' : `Only ${formatMonth(options.onlyMonth)}`,
    },
    options.replaceMonths && { key: 'Replaces', value: 'What is there for the same months' },
    agreement !== null && { key: 'Agreement', value: agreement },
    sender !== null && { key: 'Partner', value: sender },
    { key: 'Sent by', value: nameOf(intake.askedBy) },
    { key: 'Sent on', value: momentText(intake.askedAt) },
    intake.endedAt !== null && { key: 'Ended', value: momentText(intake.endedAt) },
  ];
  return <SummaryList rows={rows} />;
}

function FileNames({ files }: { readonly files: Intake['files'] }) {
  const [first] = files;
  if (first !== undefined && files.length === 1) return <>{first.name}</>;
  return (
    <ul class="govuk-list">
      {files.map(({ name }) => (
        <li>{name}</li>
      ))}
    </ul>
  );
}
