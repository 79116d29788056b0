import { Button, FileUpload, InsetText, ScrollBox, SummaryList, Table, WarningText } from '../govuk/index.ts';
import { type Errors, formPage } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import type { Column, IntakeKind, Plan, RefusedRow } from './intake.ts';
import type { SentIntake } from './intake.store.ts';
import { whoWeAre } from './register.page.tsx';

const kindWords: Readonly<Record<IntakeKind, string>> = {
  organisations: 'Organisations and their memberships',
  people: 'People and their posts',
  bodies: 'Boards and groups',
  seats: 'Who sits on boards and groups',
  areas: 'Areas',
};

const crumbs = (slug: string) => [whoWeAre(slug), { text: 'Read in a file', href: `/${slug}/partnership/files` }];

export function intakeListPage(slug: string, kinds: readonly IntakeKind[]): Page {
  return {
    title: 'Read in a file',
    breadcrumbs: [whoWeAre(slug)],
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Read in a file</h1>
          <p class="govuk-body">
            A spreadsheet that you have, saved as CSV. You see what it would change before anything is saved. What is in
            it?
          </p>
          <ul class="govuk-list">
            {kinds.map((kind) => (
              <li>
                <a class="govuk-link" href={`/${slug}/partnership/files/new?kind=${kind}`}>
                  {kindWords[kind]}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    ),
  };
}

export function sendFilePage({
  slug,
  kind,
  columns,
  errors = {},
}: {
  readonly slug: string;
  readonly kind: IntakeKind;
  readonly columns: readonly Column[];
  readonly errors?: Errors;
}): Page {
  const page = formPage({
    title: `Read in: ${kindWords[kind].toLowerCase()}`,
    breadcrumbs: crumbs(slug),
    action: `/${slug}/partnership/files/new`,
    takesFile: true,
    button: 'Look at what it would change',
    cancelHref: `/${slug}/partnership`,
    errors,
    intro: (
      <p class="govuk-body">
        Nothing is saved yet: the next page shows what would be added and changed, and which rows cannot be read.
      </p>
    ),
    children: (
      <>
        <input type="hidden" name="kind" value={kind} />
        <FileUpload
          name="file"
          label="The file, saved as CSV"
          hint="Up to 10 MB and 20,000 rows."
          errorMessage={errors['file']}
          attributes={{ accept: '.csv,.txt,text/csv' }}
        />
      </>
    ),
  });
  return {
    ...page,
    main: (
      <>
        {page.main}
        <h2 class="govuk-heading-m">What the file has to hold</h2>
        <ScrollBox label="Columns of the file">
          <Table
            caption="The first row names the columns, in any order"
            captionClasses="govuk-table__caption--s"
            firstCellIsHeader
            head={['Column', 'What stands there']}
            rows={columns.map(({ name, about, isNeeded }) => [name, isNeeded === true ? `${about} (needed)` : about])}
          />
        </ScrollBox>
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/partnership/files/empty.csv?kind=${kind}`} download="">
            Download an empty file with these columns
          </a>
        </p>
      </>
    ),
  };
}

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** What the file would do, and the button that does it; afterwards, what it did. */
export function intakePage(slug: string, sent: SentIntake, plan: Plan): Page {
  const here = `/${slug}/partnership/files/${sent.id}`;
  const isTaken = sent.takenAt !== null;
  const total = plan.added + plan.changed + plan.unchanged + plan.refused.length;
  const isNothing = plan.added + plan.changed === 0;
  return {
    title: isTaken ? 'The file was read in' : 'What the file would change',
    breadcrumbs: crumbs(slug),
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">{isTaken ? 'The file was read in' : 'What the file would change'}</h1>
        <p class="govuk-body">
          {sent.fileName}, {counted(total, 'row', 'rows')} of {kindWords[sent.kind].toLowerCase()}.
          {!isTaken && ' Nothing is saved yet.'}
        </p>
        <SummaryList
          rows={[
            { key: 'New', value: plan.added.toLocaleString('en-GB') },
            { key: 'Changed', value: plan.changed.toLocaleString('en-GB') },
            { key: 'As it is already', value: plan.unchanged.toLocaleString('en-GB') },
            { key: 'Cannot be read', value: plan.refused.length.toLocaleString('en-GB') },
          ]}
        />
        {!isTaken &&
          (isNothing ? (
            <InsetText>There is nothing in this file that would change the register.</InsetText>
          ) : (
            <form method="post" action={`${here}/take`}>
              {plan.refused.length > 0 && (
                <WarningText iconFallbackText="Warning">
                  {counted(plan.refused.length, 'row is', 'rows are')} left out. You get them back as a file, each with
                  its reason, to put right and send again.
                </WarningText>
              )}
              <Button preventDoubleClick>
                {plan.refused.length > 0 ? 'Read in the rows that are right' : 'Read it in'}
              </Button>
            </form>
          ))}
        {plan.refused.length > 0 && <RefusedRows here={here} refused={plan.refused} />}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/partnership/files/new?kind=${sent.kind}`}>
            Send another file
          </a>
        </p>
      </>
    ),
  };
}

const mostShown = 50;

function RefusedRows({ here, refused }: { readonly here: string; readonly refused: readonly RefusedRow[] }) {
  const more = refused.length - mostShown;
  return (
    <section aria-labelledby="refused">
      <h2 class="govuk-heading-m" id="refused">
        Rows that cannot be read
      </h2>
      <ScrollBox label="Table of rows that cannot be read">
        <Table
          caption={more > 0 ? `The first ${mostShown} of ${refused.length.toLocaleString('en-GB')}` : 'All of them'}
          captionClasses="govuk-table__caption--s"
          head={[{ text: 'Row', format: 'numeric' }, 'What stands there', 'Why not']}
          rows={refused.slice(0, mostShown).map(({ row, cells, reason }) => [
            { text: row.toLocaleString('en-GB'), format: 'numeric' },
            shortened(
              Object.values(cells)
                .filter((cell) => cell !== '')
                .join(', '),
            ),
            reason,
          ])}
        />
      </ScrollBox>
      <p class="govuk-body">
        <a class="govuk-link" href={`${here}/refused.csv`} download="">
          Download these rows to put them right (CSV)
        </a>
      </p>
    </section>
  );
}

const shortened = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text);
