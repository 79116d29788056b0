import {
  Button,
  EmptyList,
  FilteredList,
  Filters,
  Input,
  Pagination,
  ScrollBox,
  Select,
  Table,
  Tag,
} from '../../govuk/index.ts';
import { momentText } from '../moment.ts';
import type { Page } from '../http/route.ts';
import type { AuditFilter, AuditLine } from './audit.store.ts';

export const entriesPerPage = 50;

const outcomes: Readonly<Record<string, { readonly text: string; readonly classes: string }>> = {
  done: { text: 'Done', classes: 'govuk-tag--green' },
  seen: { text: 'Seen', classes: 'govuk-tag--blue' },
  refused: { text: 'Refused', classes: 'govuk-tag--yellow' },
  failed: { text: 'Failed', classes: 'govuk-tag--red' },
};

export function auditPage(
  slug: string,
  entries: readonly AuditLine[],
  count: number,
  page: number,
  filter: AuditFilter,
): Page {
  const last = Math.max(1, Math.ceil(count / entriesPerPage));
  const href = (to: number) => `?${new URLSearchParams({ ...withoutEmpty(filter), page: String(to) }).toString()}`;
  return {
    title: 'Audit',
    marking: { text: 'OFFICIAL' },
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Audit</h1>
        <p class="govuk-body">
          Who did and saw what. Each entry carries a seal over the one before, so that a change or a gap can be proved.
          Entries hold the numbers of records, never their words.
        </p>
        <div class="govuk-button-group">
          <form method="post" action={`/${slug}/audit/check`}>
            <Button preventDoubleClick>Check the audit</Button>
          </form>
          <a class="govuk-link" href={`/${slug}/audit/export`}>
            Download all entries (JSON lines)
          </a>
        </div>
        <FilteredList
          filters={
            <Filters action={`/${slug}/audit`} clearHref={`/${slug}/audit`} buttonText="Show these entries">
              <Select
                name="outcome"
                label="Outcome"
                value={filter.outcome ?? ''}
                items={[
                  { value: '', text: 'All' },
                  ...Object.entries(outcomes).map(([value, { text }]) => ({ value, text })),
                ]}
              />
              <Input
                name="action"
                label="Action"
                hint="Such as SIGNED_IN"
                value={filter.action ?? ''}
                spellcheck={false}
              />
              <Input
                name="subject"
                label="Record"
                hint="As it stands in the list"
                value={filter.subject ?? ''}
                spellcheck={false}
              />
            </Filters>
          }
        >
          {entries.length === 0 ? (
            <EmptyList title="No entry matches">Choose fewer filters to see more.</EmptyList>
          ) : (
            <ScrollBox label="Entries of the audit">
              <Table
                caption={`${count.toLocaleString('en-GB')} ${count === 1 ? 'entry' : 'entries'}, the newest first`}
                captionClasses="govuk-table__caption--s"
                head={[{ text: 'Number', format: 'numeric' }, 'When', 'Who', 'Action', 'Outcome', 'Record', 'Fields']}
                rows={entries.map((entry) => [
                  { text: entry.seq.toLocaleString('en-GB'), format: 'numeric' },
                  momentText(entry.at, 'seconds'),
                  whoText(entry.actor),
                  entry.action,
                  <OutcomeTag outcome={entry.outcome} />,
                  entry.subject ?? '–',
                  entry.fields?.join(', ') ?? '–',
                ])}
              />
            </ScrollBox>
          )}
          {last > 1 && (
            <Pagination
              landmarkLabel="Pages of the audit"
              previous={page > 1 ? { href: href(page - 1) } : undefined}
              next={page < last ? { href: href(page + 1) } : undefined}
            />
          )}
        </FilteredList>
      </>
    ),
  };
}

function OutcomeTag({ outcome }: { readonly outcome: string }) {
  const { text, classes } = outcomes[outcome] ?? { text: outcome, classes: 'govuk-tag--grey' };
  return <Tag classes={classes}>{text}</Tag>;
}

const withoutEmpty = (filter: AuditFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** Two actors are no people. */
const whoText = (actor: string): string =>
  actor === 'system' ? 'Concord itself' : actor === 'public' ? 'Somebody not signed in' : actor;
