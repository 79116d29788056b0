import {
  Button,
  EmptyList,
  Pagination,
  Progress,
  ScrollBox,
  SummaryList,
  Table,
  Tag,
  type SummaryListRow,
} from '../../govuk/index.ts';
import { momentText } from '../moment.ts';
import type { Page } from '../http/route.ts';
import type { JobListed, JobSeen, JobState } from './job.store.ts';

export const jobsPerPage = 50;

const stateWords: Readonly<Record<JobState, { readonly text: string; readonly classes: string }>> = {
  waiting: { text: 'Waiting', classes: 'govuk-tag--grey' },
  running: { text: 'Running', classes: 'govuk-tag--blue' },
  done: { text: 'Done', classes: 'govuk-tag--green' },
  failed: { text: 'Failed', classes: 'govuk-tag--red' },
  cancelled: { text: 'Stopped', classes: 'govuk-tag--yellow' },
};

export function jobListPage(slug: string, jobs: readonly JobListed[], count: number, page: number): Page {
  const last = Math.max(1, Math.ceil(count / jobsPerPage));
  return {
    title: 'Work in hand',
    main: (
      <>
        <h1 class="govuk-heading-l">Work in hand</h1>
        <p class="govuk-body">Work that takes time goes on here while you do something else. The newest is first.</p>
        {jobs.length === 0 ? (
          <EmptyList title="Nothing has been asked for yet">
            Work appears here when you ask for it on another page, such as a check of the audit.
          </EmptyList>
        ) : (
          <ScrollBox label="Work in hand">
            <Table
              caption={`${count.toLocaleString('en-GB')} ${count === 1 ? 'piece' : 'pieces'} of work`}
              captionClasses="govuk-table__caption--s"
              head={['Work', 'Asked by', 'Asked on', 'State']}
              rows={jobs.map((job) => [
                <a class="govuk-link" href={`/${slug}/jobs/${job.id}`}>
                  {job.title}
                </a>,
                nameOf(job.askedBy),
                momentText(job.askedAt),
                <StateTag state={job.state} />,
              ])}
            />
          </ScrollBox>
        )}
        {last > 1 && (
          <Pagination
            landmarkLabel="Pages of work"
            previous={page > 1 ? { href: `?page=${page - 1}` } : undefined}
            next={page < last ? { href: `?page=${page + 1}` } : undefined}
          />
        )}
      </>
    ),
  };
}

export function jobPage(slug: string, job: JobSeen): Page {
  const isOpen = job.endedAt === null;
  const href = `/${slug}/jobs/${job.id}`;
  const rows: readonly (SummaryListRow | false)[] = [
    { key: 'State', value: <StateTag state={job.state} /> },
    job.note !== null && !isOpen && { key: 'Result', value: job.note },
    { key: 'Asked by', value: nameOf(job.askedBy) },
    { key: 'Asked on', value: momentText(job.askedAt) },
    job.startedAt !== null && { key: 'Started', value: momentText(job.startedAt) },
    job.endedAt !== null && { key: 'Ended', value: momentText(job.endedAt) },
    job.attempt > 1 && { key: 'Tries', value: String(job.attempt) },
  ];
  return {
    title: job.title,
    breadcrumbs: [{ text: 'Work in hand', href: `/${slug}/jobs` }],
    main: (
      <>
        <h1 class="govuk-heading-l">{job.title}</h1>
        {isOpen && (
          <>
            <Progress
              id="work"
              label="How far it is"
              value={job.total === null ? undefined : job.done}
              max={job.total ?? 1}
              text={progressText(job)}
              eventsHref={`${href}/events`}
              refreshHref={href}
            />
            <p class="govuk-body">You can leave this page: the work goes on.</p>
          </>
        )}
        <SummaryList rows={rows} />
        {job.resultHref !== null && (
          <p class="govuk-body">
            <a class="govuk-link" href={job.resultHref}>
              See the result
            </a>
          </p>
        )}
        {isOpen && job.cancelAskedAt === null && (
          <form method="post" action={`${href}/cancel`}>
            <Button classes="govuk-button--secondary" preventDoubleClick>
              Stop this work
            </Button>
          </form>
        )}
        {isOpen && job.cancelAskedAt !== null && (
          <p class="govuk-body">It was asked to stop and ends in a few seconds.</p>
        )}
      </>
    ),
  };
}

/** How far a job is, in words: on the page, and as it goes on. */
export function progressText({ state, done, total, note }: Pick<JobSeen, 'state' | 'done' | 'total' | 'note'>): string {
  if (state === 'waiting') return note ?? 'It waits for its turn.';
  if (total === null) return note ?? 'It has begun.';
  return `${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}${note === null ? '' : ` ${note}`}`;
}

function StateTag({ state }: { readonly state: JobState }) {
  const { text, classes } = stateWords[state];
  return <Tag classes={classes}>{text}</Tag>;
}

/** A few actors are no people. */
const nameOf = (actor: string): string => (actor === 'system' ? 'Concord itself' : actor);
