import { formatDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  EmptyList,
  FilteredList,
  FileUpload,
  Filters,
  Input,
  Pagination,
  ScrollBox,
  Select,
  SortableTable,
  SummaryList,
  Table,
  WarningText,
  withQuery,
} from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import type { Column, RefusedRow } from '../partnership/index.ts';
import { formPage, type Errors } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import {
  actionName,
  emptyCells,
  freshDays,
  statusLabels,
  statuses,
  themeLabels,
  themes,
  type Action,
  type MatrixCell,
} from './action.ts';
import { StatusTags } from './action.page.tsx';
import { actionHref, planCrumbs, planHref } from './plan-address.ts';
import type { ActionFilter, ActionOrder, BoardCounts } from './action.store.ts';
import type { Aim } from './aim.store.ts';

export const actionsPerPage = 50;

export const planStates = ['open', 'late', 'stale', 'orphans', 'closed', 'all', ...statuses] as const;
const stateWords: Readonly<Record<(typeof planStates)[number], string>> = {
  open: 'Open',
  late: 'Late',
  stale: `No update for ${freshDays} days`,
  orphans: 'Without an aim',
  closed: 'Closed',
  all: 'All',
  ...statusLabels,
};

export interface PlanModel {
  readonly slug: string;
  readonly actions: readonly Action[];
  readonly count: number;
  readonly filter: ActionFilter;
  readonly order: ActionOrder;
  readonly page: number;
  readonly href: string;
  readonly aims: readonly Aim[];
  readonly today: IsoDate;
  readonly mayWrite: boolean;
}

export function planPage(model: PlanModel): Page {
  const { slug, filter, order, aims } = model;
  const href = planHref(slug);
  return {
    title: 'Plan',
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Plan</h1>
        <p class="govuk-body">
          What will be done, who answers for it, by when, and with what money. Each action serves an aim of the strategy
          and, where it does, a priority of the partnership.
        </p>
        <ul class="govuk-list">
          <li>
            <a class="govuk-link" href={`${href}/board`}>
              The plan on one page, for the board
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`${href}/matrix`}>
              Aims and priorities: what is done for which
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/strategies`}>
              The strategy
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/theory`}>
              Why we think that it will work
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/measures`}>
              Is it working?
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/interventions`}>
              What we run and buy
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/what-works`}>
              What works
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/evaluations`}>
              Did it work? Evaluations
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/lessons`}>
              What was learned
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/risks`}>
              Risks
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/grants`}>
              Money
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/aims`}>
              Aims and priorities
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/reviews`}>
              Reviews of the strategy
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/readiness`}>
              How ready are we?
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/${slug}/orphans`}>
              What hangs on nothing
            </a>
          </li>
        </ul>
        {model.mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${href}/new`}>Add an action</Button>
            <a class="govuk-link" href={`${href}/files/new`}>
              Read in a spreadsheet
            </a>
            <a class="govuk-link" href={`${href}/publish`}>
              Publish the plan
            </a>
          </div>
        )}
        <FilteredList
          filters={
            <Filters
              action={href}
              clearHref={href}
              kept={{ sort: order.by, order: order.descending ? 'descending' : 'ascending' }}
            >
              <Input name="words" label="Words in the action, the owner or the lead" value={filter.words ?? ''} />
              <Select
                name="state"
                label="State"
                value={filter.state}
                items={planStates.map((value) => ({ value, text: stateWords[value] }))}
              />
              <Select
                name="aim"
                label="Aim or priority"
                value={filter.aim ?? ''}
                items={[{ value: '', text: 'All' }, ...aims.map(({ id, title }) => ({ value: id, text: title }))]}
              />
              <Select
                name="theme"
                label="Theme"
                value={filter.theme ?? ''}
                items={[{ value: '', text: 'All' }, ...themes.map((value) => ({ value, text: themeLabels[value] }))]}
              />
            </Filters>
          }
        >
          {model.actions.length > 0 ? (
            <PlanTable {...model} />
          ) : (
            <EmptyList
              title={isFiltered(filter) ? 'No action matches' : 'No actions yet'}
              action={model.mayWrite ? { text: 'Add an action', href: `${href}/new` } : undefined}
            >
              {isFiltered(filter)
                ? 'Choose fewer filters to see more.'
                : 'Add them one by one, or read in the spreadsheet that you have.'}
            </EmptyList>
          )}
        </FilteredList>
      </>
    ),
  };
}
const isFiltered = (filter: ActionFilter): boolean =>
  filter.words !== undefined || filter.aim !== undefined || filter.theme !== undefined || filter.state !== 'open';

function PlanTable({ slug, actions, count, order, page, href, today }: PlanModel) {
  const last = Math.max(1, Math.ceil(count / actionsPerPage));
  const exportHref = withQuery(href.replace(/^[^?]*/, `${planHref(slug)}/export.csv`), { page: undefined });
  return (
    <>
      <p class="govuk-body">
        {count.toLocaleString('en-GB')} {count === 1 ? 'action' : 'actions'}.
      </p>
      <SortableTable
        caption="Actions"
        captionClasses="govuk-visually-hidden"
        href={href}
        sort={{ by: order.by, order: order.descending ? 'descending' : 'ascending' }}
        exportLink={{ href: exportHref }}
        rows={actions}
        columns={[
          { name: 'number', heading: 'No', cell: (action) => actionName(action) },
          {
            name: 'title',
            heading: 'Action',
            cell: ({ id, title }) => (
              <a class="govuk-link" href={actionHref(slug, id)}>
                {title}
              </a>
            ),
          },
          { name: 'lead', heading: 'Lead', isSortable: false, cell: ({ leadName }) => leadName ?? 'Nobody yet' },
          { name: 'due', heading: 'Done by', cell: ({ due }) => due?.text ?? 'No date yet' },
          { name: 'status', heading: 'Status', cell: (action) => <StatusTags action={action} today={today} /> },
          {
            name: 'updated',
            heading: 'Last update',
            cell: ({ updatedOn }) => (updatedOn === null ? 'None' : formatDate(updatedOn)),
          },
        ]}
      />
      {last > 1 && (
        <Pagination
          landmarkLabel="Pages of actions"
          previous={page > 1 ? { href: withQuery(href, { page: String(page - 1) }) } : undefined}
          next={page < last ? { href: withQuery(href, { page: String(page + 1) }) } : undefined}
        />
      )}
    </>
  );
}

/** How many of each list the board sees; the rest is one link away. */
export const boardLines = 12;

export interface BoardModel {
  readonly slug: string;
  readonly counts: BoardCounts;
  readonly lists: Readonly<Record<'late' | 'atRisk' | 'done' | 'decisions', readonly Action[]>>;
  /** The day since which something is new. */
  readonly since: IsoDate;
  readonly today: IsoDate;
}

/** The plan on one page: what needs the board first. */
export function boardPage({ slug, counts, lists, since, today }: BoardModel): Page {
  const href = planHref(slug);
  const table = (label: string, actions: readonly Action[], last: string, cell: (action: Action) => string) => (
    <WideTable
      label={label}
      head={['No', 'Action', 'Lead', last]}
      rows={actions.map((action) => [
        actionName(action),
        <a class="govuk-link" href={actionHref(slug, action.id)}>
          {action.title}
        </a>,
        action.leadName ?? 'Nobody yet',
        cell(action),
      ])}
    />
  );
  const more = (shown: readonly Action[], of: number, state: string) =>
    of > shown.length && (
      <p class="govuk-body">
        <a class="govuk-link" href={`${href}?state=${state}`}>
          All {of.toLocaleString('en-GB')}
        </a>
      </p>
    );
  return {
    title: 'The plan on one page',
    wide: true,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">The plan on one page</h1>
        <p class="govuk-body-l">
          {counts.open.toLocaleString('en-GB')} actions are open. {sentence(counts.late, 'is late', 'are late')},{' '}
          {sentence(counts.atRisk, 'is at risk or blocked', 'are at risk or blocked')}, and{' '}
          {sentence(counts.done, 'closed', 'closed')} since {formatDate(since)}.
        </p>
        <form method="get" action={`${href}/board`} class="govuk-!-display-none-print">
          <Input
            name="since"
            label="Since (the day of the last meeting)"
            hint="Such as 2026-03-02"
            classes="govuk-input--width-10"
            value={since}
          />
          <Button classes="govuk-button--secondary">Show</Button>
        </form>
        <h2 class="govuk-heading-m">Needs a decision</h2>
        {lists.decisions.length === 0 ? (
          <p class="govuk-body">Nothing.</p>
        ) : (
          table('Needs a decision', lists.decisions, 'What', ({ needsDecision }) => needsDecision ?? '')
        )}
        <h2 class="govuk-heading-m">Late</h2>
        {lists.late.length === 0 ? (
          <p class="govuk-body">Nothing.</p>
        ) : (
          table('Late', lists.late, 'Was due', ({ due }) => due?.text ?? '')
        )}
        {more(lists.late, counts.late, 'late')}
        <h2 class="govuk-heading-m">At risk or blocked</h2>
        {lists.atRisk.length === 0 ? (
          <p class="govuk-body">Nothing.</p>
        ) : (
          table(
            'At risk or blocked',
            lists.atRisk,
            'Why',
            (action) => `${statusLabels[action.status]}. ${action.reason ?? ''}`,
          )
        )}
        {more(lists.atRisk, counts.atRisk, 'at-risk')}
        <h2 class="govuk-heading-m">Done since last time</h2>
        {lists.done.length === 0 ? (
          <p class="govuk-body">Nothing.</p>
        ) : (
          table('Done since last time', lists.done, 'What came of it', ({ result }) => result ?? '')
        )}
        {more(lists.done, counts.done, 'closed')}
        <h2 class="govuk-heading-m">Also</h2>
        <SummaryList
          rows={[
            {
              key: `No update for ${freshDays} days`,
              value: (
                <a class="govuk-link" href={`${href}?state=stale`}>
                  {counts.stale}
                </a>
              ),
            },
            {
              key: 'Serve no aim',
              value: (
                <a class="govuk-link" href={`${href}?state=orphans`}>
                  {counts.orphans}
                </a>
              ),
            },
            { key: 'Not funded', value: String(counts.unfunded) },
          ]}
        />
        <p class="govuk-body">As on {formatDate(today)}.</p>
      </>
    ),
  };
}
const sentence = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

export function matrixPage({
  slug,
  aims,
  cells,
}: {
  readonly slug: string;
  readonly aims: readonly Aim[];
  readonly cells: readonly MatrixCell[];
}): Page {
  const rows = aims.filter(({ axis }) => axis === 'aim');
  const columns = aims.filter(({ axis }) => axis === 'priority');
  const counts = new Map(cells.map(({ aimId, priorityId, count }) => [`${aimId} ${priorityId}`, count]));
  const empty = emptyCells(rows, columns, cells);
  const idle = [...rows, ...columns].filter(({ actions }) => actions === 0);
  return {
    title: 'Aims and priorities',
    wide: true,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">What is done for which aim and which priority?</h1>
        <p class="govuk-body">
          Each number is how many open actions serve both. {empty.length} of {rows.length * columns.length} cells are
          empty. An empty cell may be right: not every aim needs work on every priority. Look at each once.
        </p>
        {rows.length === 0 || columns.length === 0 ? (
          <EmptyList title="No matrix yet" action={{ text: 'Aims and priorities', href: `/${slug}/aims` }}>
            It needs at least one aim and one priority.
          </EmptyList>
        ) : (
          <ScrollBox label="Aims and priorities">
            <Table
              caption="Open actions by aim and priority"
              firstCellIsHeader
              head={[
                'Aim',
                ...columns.map(({ id, title }) => (
                  <a class="govuk-link" href={`/${slug}/aims/${id}`}>
                    {title}
                  </a>
                )),
              ]}
              rows={rows.map((aim) => [
                <a class="govuk-link" href={`/${slug}/aims/${aim.id}`}>
                  {aim.title}
                </a>,
                ...columns.map((priority) => {
                  const count = counts.get(`${aim.id} ${priority.id}`) ?? 0;
                  return {
                    format: 'numeric' as const,
                    text:
                      count === 0 ? (
                        'Nothing'
                      ) : (
                        <a class="govuk-link" href={`${planHref(slug)}?aim=${aim.id}&second=${priority.id}`}>
                          {count}
                          <span class="govuk-visually-hidden">
                            {' '}
                            for {aim.title} and {priority.title}
                          </span>
                        </a>
                      ),
                  };
                }),
              ])}
            />
          </ScrollBox>
        )}
        {idle.length > 0 && <WarningText>Nobody works on: {idle.map(({ title }) => title).join('; ')}.</WarningText>}
        {empty.length > 0 && (
          <section aria-labelledby="empty">
            <h2 class="govuk-heading-m" id="empty">
              Empty cells
            </h2>
            <ul class="govuk-list govuk-list--bullet">
              {empty.map(({ aim, priority }) => (
                <li>
                  Nothing is done for “{aim.title}” under the priority “{priority.title}”.
                </li>
              ))}
            </ul>
          </section>
        )}
      </>
    ),
  };
}

export function publishPlanPage({
  slug,
  incomplete,
  lastOn,
}: {
  readonly slug: string;
  readonly incomplete: readonly { readonly id: string; readonly title: string; readonly lacks: readonly string[] }[];
  readonly lastOn: IsoDate | null;
}): Page {
  return formPage({
    title: 'Publish the plan',
    breadcrumbs: planCrumbs(slug),
    action: `${planHref(slug)}/publish`,
    button: 'Publish it as it stands',
    cancelHref: planHref(slug),
    intro: (
      <>
        <p class="govuk-body">
          Everybody then sees what will be done, which organisation leads, by when, and how it stands. Owners, their
          addresses, reasons and updates are not shown.
        </p>
        {lastOn !== null && <p class="govuk-body">It was last published on {formatDate(lastOn)}.</p>}
        {incomplete.length > 0 && (
          <>
            <WarningText>
              {incomplete.length === 1 ? 'One action is' : `${incomplete.length} actions are`} not ready, so the plan is
              not published.
            </WarningText>
            <ul class="govuk-list govuk-list--bullet">
              {incomplete.map(({ id, title, lacks }) => (
                <li>
                  <a class="govuk-link" href={`${actionHref(slug, id)}/change`}>
                    {title}
                  </a>{' '}
                  lacks {lacks.join(', ')}
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
  });
}

export const sendPlanPage = ({
  slug,
  columns,
  errors = {},
}: {
  readonly slug: string;
  readonly columns: readonly Column[];
  readonly errors?: Errors;
}): Page =>
  formPage({
    title: 'Read in a plan',
    breadcrumbs: planCrumbs(slug),
    action: `${planHref(slug)}/files/new`,
    button: 'Read it in',
    takesFile: true,
    errors,
    cancelHref: planHref(slug),
    intro: (
      <p class="govuk-body">
        The spreadsheet that you have, as CSV or as an Excel workbook (.xlsx). Rows that can be read are kept; the
        others come back to you as a file, each with the reason. What we export can be read in again.
      </p>
    ),
    children: (
      <>
        <FileUpload name="file" label="The file" errorMessage={errors['file']} />
        <h2 class="govuk-heading-m">Columns</h2>
        <SummaryList
          rows={columns.map(({ name, about, isNeeded }) => ({
            key: isNeeded === true ? `${name} (needed)` : name,
            value: about,
          }))}
        />
      </>
    ),
  });

export interface PlanFile {
  readonly id: string;
  readonly fileName: string;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
}

export function planFilePage(slug: string, file: PlanFile): Page {
  return {
    title: file.fileName,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">{file.fileName} was read in</h1>
        <SummaryList
          rows={[
            { key: 'Added', value: String(file.added) },
            { key: 'Changed', value: String(file.changed) },
            { key: 'As they were', value: String(file.unchanged) },
            { key: 'Not read', value: String(file.refused.length) },
          ]}
        />
        {file.refused.length > 0 && (
          <>
            <h2 class="govuk-heading-m">Rows that were not read</h2>
            <p class="govuk-body">
              <a class="govuk-link" href={`${planHref(slug)}/files/${file.id}/refused.csv`}>
                Download them, each with its reason
              </a>
              . Put them right and send that file.
            </p>
            <ScrollBox label="Rows that were not read">
              <Table
                head={['Row', 'Action', 'Why not']}
                rows={file.refused
                  .slice(0, 100)
                  .map(({ row, cells, reason }) => [String(row), cells['Action'] ?? '', reason])}
              />
            </ScrollBox>
          </>
        )}
        <Button href={planHref(slug)}>Go on to the plan</Button>
      </>
    ),
  };
}
