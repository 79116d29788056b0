import { daysBetween, formatDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  EmptyList,
  ErrorSummary,
  InsetText,
  Pagination,
  Radios,
  ScrollBox,
  SortableTable,
  SummaryList,
  Table,
  Tag,
  Textarea,
} from '../govuk/index.ts';
import { dayInEngland } from '../platform/clock.ts';
import type { Mistakes, Page } from '../platform/http/route.ts';
import { rolesText } from '../platform/identity/role-words.ts';
import { momentText } from '../platform/moment.ts';
import { flagWords, type AccessFlag } from './access-review.ts';
import type { Review, ReviewItem } from './access-review.store.ts';

export const itemsPerPage = 50;

const accessCrumb = (slug: string) => ({ text: 'People with access', href: `/${slug}/access` });
const reviewCrumb = (slug: string) => ({ text: 'Review of access', href: `/${slug}/access/review` });

interface Overview {
  readonly slug: string;
  readonly reviews: readonly Review[];
  readonly next: { readonly due: IsoDate; readonly isOverdue: boolean };
}

export function reviewsPage({ slug, reviews, next }: Overview): Page {
  const base = `/${slug}/access/review`;
  const open = reviews.find(({ endedOn }) => endedOn === null);
  const last = reviews.find(({ endedOn }) => endedOn !== null);
  return {
    title: 'Review of access',
    breadcrumbs: [accessCrumb(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Review of access</h1>
        <p class="govuk-body">
          Four times a year, go through everybody who has access: keep it, or take it away. The record of each review
          stays.
        </p>
        <SummaryList
          rows={[
            { key: 'Last reviewed', value: last?.endedOn == null ? 'Never' : formatDate(last.endedOn) },
            {
              key: 'Next due',
              value: (
                <>
                  {last === undefined ? 'Now' : formatDate(next.due)}{' '}
                  {next.isOverdue && last !== undefined && <Tag classes="govuk-tag--red">Overdue</Tag>}
                </>
              ),
            },
          ]}
        />
        {open === undefined ? (
          <form method="post" action={`${base}/start`}>
            <Button preventDoubleClick>Start a review</Button>
          </form>
        ) : (
          <>
            <InsetText>
              A review is in progress since {formatDate(open.startedOn)}: {progressText(open)}
            </InsetText>
            <Button href={`${base}/${open.id}`}>Go on with the review</Button>
          </>
        )}
        <h2 class="govuk-heading-m">Reviews</h2>
        {reviews.length === 0 ? (
          <EmptyList title="No review yet" headingLevel={3}>
            Start one: it lists everybody who has access now, with what to look at.
          </EmptyList>
        ) : (
          <ScrollBox label="Reviews">
            <Table
              caption="The newest first"
              captionClasses="govuk-visually-hidden"
              head={[
                'Begun',
                'By',
                'Ended',
                { text: 'People', format: 'numeric' },
                { text: 'Taken away', format: 'numeric' },
              ]}
              rows={reviews.map((review) => [
                <a class="govuk-link" href={`${base}/${review.id}`}>
                  {formatDate(review.startedOn)}
                </a>,
                review.startedBy,
                review.endedOn === null ? 'In progress' : formatDate(review.endedOn),
                { text: review.people.toLocaleString('en-GB'), format: 'numeric' },
                { text: review.takenAway.toLocaleString('en-GB'), format: 'numeric' },
              ])}
            />
          </ScrollBox>
        )}
      </>
    ),
  };
}

function progressText({ people, undecided }: Review): string {
  const decided = people - undecided;
  return `${decided.toLocaleString('en-GB')} of ${people.toLocaleString('en-GB')} people done.`;
}

interface ReviewShown {
  readonly slug: string;
  readonly review: Review;
  readonly items: readonly ReviewItem[];
  readonly page: number;
  /** The next person about whom nothing is decided. */
  readonly next: string | undefined;
  readonly error?: string;
}

export function reviewPage({ slug, review, items, page, next, error }: ReviewShown): Page {
  const base = `/${slug}/access/review/${review.id}`;
  const isOpen = review.endedOn === null;
  const last = Math.max(1, Math.ceil(review.people / itemsPerPage));
  return {
    title: `Review of access, ${formatDate(review.startedOn)}`,
    breadcrumbs: [accessCrumb(slug), reviewCrumb(slug)],
    hasErrors: error !== undefined,
    wide: true,
    main: (
      <>
        {error !== undefined && <ErrorSummary errorList={[{ text: error, href: '#finish' }]} />}
        <h1 class="govuk-heading-l">Review of access, {formatDate(review.startedOn)}</h1>
        <p class="govuk-body">
          {review.endedOn === null
            ? `${progressText(review)} You can leave this page and go on later; whoever else reviews can go on too.`
            : `Begun by ${review.startedBy}, ended on ${formatDate(review.endedOn)} by ${review.endedBy ?? 'somebody who has left'}.`}
        </p>
        {isOpen && (
          <div class="govuk-button-group">
            {next !== undefined && <Button href={`${base}/people/${next}`}>Go on with the next person</Button>}
            <form method="post" action={`${base}/finish`}>
              <Button
                id="finish"
                classes={next === undefined ? undefined : 'govuk-button--secondary'}
                preventDoubleClick
              >
                Finish the review
              </Button>
            </form>
          </div>
        )}
        <SortableTable
          caption="Who had access when the review began"
          captionClasses="govuk-table__caption--s"
          href={base}
          rows={items}
          columns={[
            {
              name: 'name',
              heading: 'Name',
              isSortable: false,
              cell: (item) =>
                isOpen && item.decision !== 'take-away' && item.hasAccess ? (
                  <a class="govuk-link govuk-!-text-break-word" href={`${base}/people/${item.id}`}>
                    {item.name}
                  </a>
                ) : (
                  { text: item.name, classes: 'govuk-!-text-break-word' }
                ),
            },
            { name: 'roles', heading: 'Roles', isSortable: false, cell: (item) => rolesText(item.roles) },
            { name: 'posts', heading: 'Post', isSortable: false, cell: (item) => postsText(item) },
            {
              name: 'signedIn',
              heading: 'Last signed in',
              isSortable: false,
              cell: (item) => signedInText(item, review),
            },
            { name: 'flags', heading: 'To look at', isSortable: false, cell: (item) => flagsText(item) || '–' },
            { name: 'decision', heading: 'Decision', isSortable: false, cell: decisionCell },
          ]}
          exportLink={{ href: `${base}/export.csv`, text: 'Download this review (CSV)' }}
        />
        {last > 1 && (
          <Pagination
            landmarkLabel="Pages of people"
            previous={page > 1 ? { href: `?page=${page - 1}` } : undefined}
            next={page < last ? { href: `?page=${page + 1}` } : undefined}
          />
        )}
      </>
    ),
  };
}

function decisionCell(item: ReviewItem) {
  const { decision, reason, decidedBy } = item;
  if (decision === null)
    return item.hasAccess ? (
      <Tag classes="govuk-tag--grey">To decide</Tag>
    ) : (
      <Tag classes="govuk-tag--yellow">Ended outside the review</Tag>
    );
  return (
    <>
      <Tag classes={decision === 'keep' ? 'govuk-tag--green' : 'govuk-tag--red'}>{decisionText(item)}</Tag>
      <br />
      {reason !== null && <span class="govuk-!-text-break-word">{reason} </span>}
      {decidedBy !== null && <span class="govuk-!-text-break-word">({decidedBy})</span>}
    </>
  );
}

export const decisionText = ({ decision, hasAccess }: Pick<ReviewItem, 'decision' | 'hasAccess'>): string =>
  decision === 'keep'
    ? 'Kept'
    : decision === 'take-away'
      ? 'Taken away'
      : hasAccess
        ? 'To decide'
        : 'Ended outside the review';

export const flagsText = ({ flags }: Pick<ReviewItem, 'flags'>): string =>
  flags.map((flag) => flagWords[flag as AccessFlag]).join('; ');

export const postsText = ({ posts, flags }: Pick<ReviewItem, 'posts' | 'flags'>): string =>
  posts.length > 0 ? posts.join('; ') : flags.includes('not-in-register') ? 'Not known' : 'None now';

export function daysSinceSignedIn(
  { lastSignedInAt }: Pick<ReviewItem, 'lastSignedInAt'>,
  { startedAt }: Pick<Review, 'startedAt'>,
): number | null {
  if (lastSignedInAt === null) return null;
  return daysBetween(dayInEngland(new Date(lastSignedInAt)), dayInEngland(new Date(startedAt)));
}

function signedInText(item: ReviewItem, review: Review): string {
  const days = daysSinceSignedIn(item, review);
  if (days === null || item.lastSignedInAt === null) return 'Never';
  const before =
    days === 0 ? 'the same day' : days === 1 ? '1 day before' : `${days.toLocaleString('en-GB')} days before`;
  return `${formatDate(dayInEngland(new Date(item.lastSignedInAt)))} (${before})`;
}

interface ItemForm {
  readonly slug: string;
  readonly review: Review;
  readonly item: ReviewItem;
  readonly typed?: Mistakes['typed'];
  readonly errors?: Mistakes['errors'];
}

export function reviewItemPage({ slug, review, item, typed = {}, errors = {} }: ItemForm): Page {
  const base = `/${slug}/access/review/${review.id}`;
  const mistakes = Object.entries(errors);
  const text = (field: string, otherwise: string): string =>
    typeof typed[field] === 'string' ? typed[field] : otherwise;
  return {
    title: `Review of access: ${item.name}`,
    backHref: base,
    hasErrors: mistakes.length > 0,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {mistakes.length > 0 && (
            <ErrorSummary
              errorList={mistakes.map(([field, sentence]) => ({
                text: sentence,
                href: `#${field === '' ? 'decision' : field}`,
              }))}
            />
          )}
          <h1 class="govuk-heading-l govuk-!-text-break-word">{item.name}</h1>
          <SummaryList
            rows={[
              { key: 'Email address', value: { text: item.email, classes: 'govuk-!-text-break-word' } },
              { key: 'Roles', value: rolesText(item.roles) },
              { key: 'Post', value: postsText(item) },
              { key: 'Last signed in', value: signedInText(item, review) },
              { key: 'To look at', value: flagsText(item) || 'Nothing' },
              item.decidedAt !== null && {
                key: 'Decided before',
                value: `${decisionText(item)}, ${momentText(item.decidedAt)}`,
              },
            ]}
          />
          <form method="post" action={`${base}/people/${item.id}`} novalidate>
            <input type="hidden" name="madeFrom" value={item.decision ?? ''} />
            <Radios
              name="decision"
              fieldset={{ legend: { text: 'Should they keep their access?', classes: 'govuk-fieldset__legend--m' } }}
              value={text('decision', item.decision ?? '')}
              errorMessage={errors['decision']}
              items={[
                { value: 'keep', text: 'Keep it' },
                {
                  value: 'take-away',
                  text: 'Take it away',
                  hint: 'All their roles here end at once. Their account, and other partnerships, stay as they are.',
                },
              ]}
            />
            <Textarea
              name="reason"
              label="Reason"
              hint="Needed where access is taken away"
              rows={3}
              value={text('reason', item.reason ?? '')}
              errorMessage={errors['reason']}
            />
            <Button preventDoubleClick>Save and go on</Button>
          </form>
        </div>
      </div>
    ),
  };
}
