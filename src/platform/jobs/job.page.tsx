import { Button, Pagination, SummaryList, Table, Tag, type SummaryListRow } from '../../govuk/index.ts';
import type { Page } from '../http/route.ts';
import type { JobSeen, JobState } from './job.store.ts';

export const jobsPerPage = 50;

const stateWords: Readonly<Record<JobState, { readonly text: string; readonly classes: string }>> = {
  waiting: { text: 'Waiting', classes: 'govuk-tag--grey' },
  running: { text: 'Running', classes: 'govuk-tag--blue' },
  done: { text: 'Done', classes: 'govuk-tag--green' },
  failed: { text: 'Failed', classes: 'govuk-tag--red' },
  cancelled: { text: 'Stopped', classes: 'govuk-tag--yellow' },
};

export function jobListPage(slug: string, jobs: readonly JobSeen[], count: number, page: number): Page {
  const last = Math.max(1, Math.ceil(count / jobsPerPage));
  return {
    title: 'Work in hand',
    main: (
      <>
        <h1 class="govuk-heading-l">Work in hand</h1>
        <p class="govuk-body">Work that takes time goes on here while you do something else. The newest is first.</p>
        {jobs.length === 0 ? (
          <p class="govuk-body">
            Nothing has been asked for yet. Work appears here when you ask for it on another page, such as a check of
            the audit.
          </p>
        ) : (
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
  const open = job.state === 'waiting' || job.state === 'running';
  const rows: readonly (SummaryListRow | false)[] = [
    { key: 'State', value: <StateTag state={job.state} /> },
    { key: 'How far', value: <Progress job={job} /> },
    job.note !== null && { key: open ? 'Now' : 'Result', value: job.note },
    { key: 'Asked by', value: nameOf(job.askedBy) },
    { key: 'Asked on', value: momentText(job.askedAt) },
    job.startedAt !== null && { key: 'Started', value: momentText(job.startedAt) },
    job.endedAt !== null && { key: 'Ended', value: momentText(job.endedAt) },
    job.attempt > 1 && { key: 'Tries', value: String(job.attempt) },
  ];
  return {
    title: job.title,
    breadcrumbs: [{ text: 'Work in hand', href: `/${slug}/jobs` }],
    ...(open && { refreshSeconds: 5 }),
    main: (
      <>
        <h1 class="govuk-heading-l">{job.title}</h1>
        <SummaryList rows={rows} />
        {job.resultHref !== null && (
          <p class="govuk-body">
            <a class="govuk-link" href={job.resultHref}>
              See the result
            </a>
          </p>
        )}
        {open && (
          <p class="govuk-body">
            You can leave this page: the work goes on. This page looks again by itself every few seconds.
          </p>
        )}
        {open && job.cancelAskedAt === null && (
          <form method="post" action={`/${slug}/jobs/${job.id}/cancel`}>
            <Button classes="govuk-button--secondary" preventDoubleClick>
              Stop this work
            </Button>
          </form>
        )}
        {open && job.cancelAskedAt !== null && (
          <p class="govuk-body">It was asked to stop and ends in a few seconds.</p>
        )}
      </>
    ),
  };
}

function StateTag({ state }: { readonly state: JobState }) {
  const { text, classes } = stateWords[state];
  return <Tag classes={classes}>{text}</Tag>;
}

function Progress({ job }: { readonly job: JobSeen }) {
  if (job.total === null) return <>{job.state === 'running' ? 'Under way' : '–'}</>;
  const words = `${job.done.toLocaleString('en-GB')} of ${job.total.toLocaleString('en-GB')}`;
  return (
    <>
      <progress value={job.done} max={Math.max(job.total, 1)} aria-label="How far the work is" /> {words}
    </>
  );
}

/** A few actors are no people. */
const nameOf = (actor: string): string => (actor === 'system' ? 'Concord itself' : actor);

const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/London' });
const momentText = (iso: string): string => moments.format(new Date(iso));
