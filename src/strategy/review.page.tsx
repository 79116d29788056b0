import { formatDate, type IsoDate } from '../duty/index.ts';
import { DocumentParts, type DocumentModel } from '../documents/index.ts';
import {
  Button,
  EmptyList,
  ErrorSummary,
  Input,
  InsetText,
  Radios,
  SummaryList,
  Tag,
  TaskList,
  Textarea,
} from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import { formPage, valueOf, type Errors, type FormState } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { planCrumbs } from './plan-address.ts';
import { outcomeLabels, outcomes, partWords, reviewParts, unwritten, type ReviewPart } from './review.ts';
import type { Review } from './review.store.ts';

export const reviewsHref = (slug: string): string => `/${slug}/reviews`;
const crumbs = (slug: string) => [...planCrumbs(slug), { text: 'Reviews', href: reviewsHref(slug) }];
const nameOf = ({ strategyTitle, since, until }: Review): string =>
  `Review of “${strategyTitle}”, ${formatDate(since)} to ${formatDate(until)}`;
const ownCrumbs = (slug: string, review: Review) => [
  ...crumbs(slug),
  { text: nameOf(review), href: `${reviewsHref(slug)}/${review.id}` },
];

export function reviewsPage({
  slug,
  reviews,
  strategy,
  mayWrite,
  errors = {},
}: {
  readonly slug: string;
  readonly reviews: readonly Review[];
  /** In force, and so to be reviewed. */
  readonly strategy: { readonly id: string; readonly title: string; readonly reviewDue: IsoDate | null } | undefined;
  readonly mayWrite: boolean;
  readonly errors?: Errors;
}): Page {
  const mistakes = Object.values(errors);
  return {
    title: 'Reviews',
    hasErrors: mistakes.length > 0,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        {mistakes.length > 0 && <ErrorSummary errorList={mistakes.map((text) => ({ text, href: '#begin' }))} />}
        <h1 class="govuk-heading-l">Reviews of the strategy</h1>
        <p class="govuk-body">
          Once a year the partnership looks back: what changed, what was done, what the numbers allow us to say, and
          whether the strategy stays as it is.
        </p>
        {strategy === undefined ? (
          <p class="govuk-body">No strategy is published, so there is nothing to review yet.</p>
        ) : (
          <p class="govuk-body">
            In force:{' '}
            <a href={`/${slug}/strategies/${strategy.id}`} class="govuk-link">
              {strategy.title}
            </a>
            {strategy.reviewDue !== null && `, to be reviewed by ${formatDate(strategy.reviewDue)}`}.
          </p>
        )}
        {mayWrite && strategy !== undefined && (
          <form method="post" action={`${reviewsHref(slug)}/new`} id="begin">
            <Button preventDoubleClick>Begin a review</Button>
          </form>
        )}
        {reviews.length === 0 ? (
          <EmptyList title="No reviews yet">The first one is due a year after the strategy is published.</EmptyList>
        ) : (
          <WideTable
            label="Reviews"
            head={['Review', 'Time', 'Outcome']}
            rows={reviews.map((review) => [
              <a class="govuk-link" href={`${reviewsHref(slug)}/${review.id}`}>
                {review.strategyTitle}
              </a>,
              `${formatDate(review.since)} to ${formatDate(review.until)}`,
              review.outcome === null ? <Tag classes="govuk-tag--blue">Under way</Tag> : outcomeLabels[review.outcome],
            ])}
          />
        )}
      </>
    ),
  };
}

export function reviewPage({
  slug,
  review,
  mayWrite,
}: {
  readonly slug: string;
  readonly review: Review;
  readonly mayWrite: boolean;
}): Page {
  const href = `${reviewsHref(slug)}/${review.id}`;
  const open = unwritten(review.words);
  const isFinished = review.finishedOn !== null;
  return {
    title: nameOf(review),
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">{nameOf(review)}</h1>
        {isFinished ? (
          <SummaryList
            rows={[
              { key: 'Outcome', value: review.outcome === null ? '' : outcomeLabels[review.outcome] },
              { key: 'Decided by', value: review.body ?? '' },
              { key: 'On', value: formatDate(review.finishedOn) },
            ]}
          />
        ) : (
          <>
            <p class="govuk-body">
              Go through the parts. Each shows what the records say, set against the time before. Write what you make of
              it.
            </p>
            <TaskList
              items={reviewParts.map((part) => ({
                title: partWords[part].heading,
                ...(mayWrite && { href: `${href}/parts/${part}` }),
                status: open.includes(part)
                  ? { tag: { text: 'To do', classes: 'govuk-tag--blue' } }
                  : { text: 'Written' },
              }))}
            />
          </>
        )}
        <ul class="govuk-list">
          <li>
            <a class="govuk-link" href={`${href}/report`}>
              {isFinished ? 'Read the report' : 'See the report as it stands'}
            </a>
          </li>
          {review.hasFiles && (
            <>
              <li>
                <a class="govuk-link" href={`${href}/report.pdf`}>
                  The report to print (PDF)
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`${href}/report.docx`}>
                  The report for Word (docx)
                </a>
              </li>
            </>
          )}
          <li>
            <a class="govuk-link" href={`/${slug}/strategies/${review.strategyId}`}>
              The strategy that is reviewed
            </a>
          </li>
        </ul>
        {isFinished && !review.hasFiles && (
          <p class="govuk-body">The PDF and the Word file are being made. Open this page again in a minute.</p>
        )}
        {mayWrite && !isFinished && <Button href={`${href}/finish`}>Record what was decided</Button>}
      </>
    ),
  };
}

export const reviewReportPage = (slug: string, review: Review, report: DocumentModel): Page => ({
  title: `Report: ${nameOf(review)}`,
  breadcrumbs: ownCrumbs(slug, review),
  main: <DocumentParts model={report} />,
});

export const reviewPartPage = (
  slug: string,
  review: Review,
  part: ReviewPart,
  report: DocumentModel,
  {
    typed = { words: review.words[part] ?? '' },
    errors = {},
    version = valueOf(typed, 'version'),
    theirs,
  }: FormState & { readonly version?: string; readonly theirs?: string } = {},
): Page => {
  const href = `${reviewsHref(slug)}/${review.id}`;
  const next = reviewParts[reviewParts.indexOf(part) + 1];
  const mistakes = Object.entries(errors);
  return {
    title: partWords[part].heading,
    hasErrors: mistakes.length > 0,
    breadcrumbs: ownCrumbs(slug, review),
    main: (
      <>
        {mistakes.length > 0 && (
          <ErrorSummary
            errorList={mistakes.map(([field, text]) => ({ text, href: `#${field === '' ? 'form' : field}` }))}
          />
        )}
        <DocumentParts model={report} />
        <form method="post" action={`${href}/parts/${part}`} id="form" novalidate class="govuk-!-margin-top-6">
          <input type="hidden" name="version" value={version} />
          {theirs !== undefined && (
            <>
              <h2 class="govuk-heading-m">What is kept now</h2>
              <InsetText>
                <span class="concord-lines">{theirs}</span>
              </InsetText>
            </>
          )}
          <Textarea
            name="words"
            label={partWords[part].asks}
            hint="It stands in the report before what the records say"
            rows={8}
            value={valueOf(typed, 'words')}
            errorMessage={errors['words']}
          />
          <div class="govuk-button-group">
            <Button preventDoubleClick>{next === undefined ? 'Save' : 'Save and go on'}</Button>
            <a class="govuk-link" href={href}>
              Cancel
            </a>
          </div>
        </form>
      </>
    ),
  };
};

export const finishReviewPage = (slug: string, review: Review, { typed = {}, errors = {} }: FormState = {}): Page => {
  const href = `${reviewsHref(slug)}/${review.id}`;
  const open = unwritten(review.words);
  return formPage({
    title: 'What was decided?',
    breadcrumbs: ownCrumbs(slug, review),
    action: `${href}/finish`,
    button: 'End the review',
    errors,
    cancelHref: href,
    intro: (
      <>
        <p class="govuk-body">
          The report is kept as it stands now, and is never changed. To revise the strategy, go to its page afterwards.
        </p>
        {open.length > 0 && (
          <p class="govuk-body">Nobody has written of: {open.map((part) => partWords[part].heading).join('; ')}.</p>
        )}
      </>
    ),
    children: (
      <>
        <Radios
          name="outcome"
          fieldset={{ legend: 'What follows?' }}
          value={valueOf(typed, 'outcome')}
          items={outcomes.map((value) => ({ value, text: outcomeLabels[value] }))}
          errorMessage={errors['outcome']}
        />
        <Input
          name="body"
          label="Which body decided?"
          hint="Such as the executive"
          value={valueOf(typed, 'body')}
          errorMessage={errors['body']}
        />
        <Input
          name="on"
          label="On which day?"
          hint="Such as 31 March 2027"
          value={valueOf(typed, 'on')}
          errorMessage={errors['on']}
        />
      </>
    ),
  });
};
