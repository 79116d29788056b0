import { formatPeriod } from '../duty/index.ts';
import {
  Button,
  EmptyList,
  Input,
  InsetText,
  Pagination,
  Radios,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
} from '../govuk/index.ts';
import {
  Conflict,
  formPage,
  valueOf,
  type Differing,
  type Errors,
  type Typed,
  type FormState,
} from '../platform/http/form.page.tsx';
import { History, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { withQuery } from '../govuk/index.ts';
import { momentText } from '../platform/moment.ts';
import { evidenceCrumb } from './definition.page.tsx';
import {
  findingsAPage,
  findingStateLabels,
  findingStates,
  strengthLabels,
  strengths,
  type FindingState,
  type Strength,
} from './finding.ts';
import type { FindingKept } from './finding.store.ts';

const crumbs = (slug: string) => [evidenceCrumb(slug), { text: 'Findings', href: `/${slug}/findings` }];
const hrefOf = (slug: string, { id }: Pick<FindingKept, 'id'>) => `/${slug}/findings/${id}`;

const stateColour: Readonly<Record<FindingState, string>> = {
  draft: 'govuk-tag--grey',
  checked: 'govuk-tag--green',
  withdrawn: 'govuk-tag--red',
};
const strengthColour: Readonly<Record<Strength, string>> = {
  strong: 'govuk-tag--green',
  fair: 'govuk-tag--teal',
  weak: 'govuk-tag--yellow',
  unknown: 'govuk-tag--grey',
};

export const StrengthTag = ({ strength }: { readonly strength: Strength }) => (
  <Tag classes={strengthColour[strength]}>{strengthLabels[strength].label}</Tag>
);
const StateTag = ({ state }: { readonly state: FindingState }) => (
  <Tag classes={stateColour[state]}>{findingStateLabels[state]}</Tag>
);

export function findingsPage({
  slug,
  findings,
  total,
  newer,
  asked,
  mayWrite,
}: {
  readonly slug: string;
  readonly findings: readonly FindingKept[];
  readonly total: number;
  /** Ids of figures that would be made from other releases today. */
  readonly newer: ReadonlySet<string>;
  readonly asked: { readonly words: string; readonly state: FindingState | undefined; readonly page: number };
  readonly mayWrite: boolean;
}): Page {
  const pages = Math.max(1, Math.ceil(total / findingsAPage));
  const isAsked = asked.words !== '' || asked.state !== undefined;
  const href = (page: number) =>
    withQuery(`/${slug}/findings`, {
      words: asked.words === '' ? undefined : asked.words,
      state: asked.state,
      page: page === 1 ? undefined : String(page),
    });
  return {
    title: 'Findings',
    breadcrumbs: [evidenceCrumb(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Findings</h1>
        <p class="govuk-body-l">What the figures say, one sentence at a time, and how far each can be trusted.</p>
        {mayWrite && <Button href={`/${slug}/findings/new`}>Add a finding</Button>}
        {total === 0 && !isAsked ? (
          <EmptyList title="No findings yet">
            Open a figure, read what it says, and keep it here as a sentence. Priorities and the assessment are built
            from findings.
          </EmptyList>
        ) : (
          <>
            <form method="get" action={`/${slug}/findings`} role="search" class="concord-find">
              <Input name="words" type="search" label="Search by a word" value={asked.words} />
              <Select
                name="state"
                label="State"
                value={asked.state ?? ''}
                items={[
                  { value: '', text: 'All' },
                  ...findingStates.map((state) => ({ value: state, text: findingStateLabels[state] })),
                ]}
              />
              <Button classes="govuk-button--secondary">Show</Button>
            </form>
            {findings.length === 0 ? (
              <p class="govuk-body">
                No finding is like that.{' '}
                <a class="govuk-link" href={`/${slug}/findings`}>
                  Show all
                </a>
              </p>
            ) : (
              <ScrollBox label="Findings">
                <Table
                  caption={`${total.toLocaleString('en-GB')} ${total === 1 ? 'finding' : 'findings'}`}
                  captionClasses="govuk-table__caption--m"
                  head={['Finding', 'Evidence', 'State', 'By']}
                  rows={findings.map((each) => [
                    <>
                      <a class="govuk-link" href={hrefOf(slug, each)}>
                        {each.sentence}
                      </a>
                      {each.figure !== null && newer.has(each.figure) && (
                        <>
                          <br />
                          Newer data has come since.
                        </>
                      )}
                    </>,
                    <StrengthTag strength={each.strength} />,
                    <StateTag state={each.state} />,
                    each.authorName,
                  ])}
                />
              </ScrollBox>
            )}
            {pages > 1 && (
              <Pagination
                previous={asked.page > 1 ? { href: href(asked.page - 1) } : undefined}
                next={asked.page < pages ? { href: href(asked.page + 1) } : undefined}
              />
            )}
            <p class="govuk-body">
              <a class="govuk-link" href={`/${slug}/findings/export.csv`}>
                Download all as CSV
              </a>
            </p>
          </>
        )}
      </>
    ),
  };
}

export function findingPage({
  slug,
  finding,
  hasNewer,
  changes,
  mayWrite,
  mayCheck,
  uses,
  typed = {},
  errors = {},
}: {
  readonly slug: string;
  readonly finding: FindingKept;
  readonly hasNewer: boolean;
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
  /** Whoever asks did not write it. */
  readonly mayCheck: boolean;
  readonly uses: readonly { readonly text: string; readonly href: string }[];
  readonly typed?: Typed;
  readonly errors?: Errors;
}): Page {
  const href = hrefOf(slug, finding);
  const { from, to, state } = finding;
  return {
    title: finding.sentence.length > 80 ? `${finding.sentence.slice(0, 80)}…` : finding.sentence,
    breadcrumbs: crumbs(slug),
    hasErrors: Object.keys(errors).length > 0,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{finding.sentence}</h1>
          <p class="govuk-body">
            <StateTag state={state} />
          </p>
          {hasNewer && (
            <InsetText>
              Newer data has come since this was written. The sentence still says what the figure said then.{' '}
              {finding.figure !== null &&
                'Ask for the figure again, and write a new finding if it says something else.'}
            </InsetText>
          )}
          {state === 'draft' && mayCheck && finding.strength !== 'unknown' && (
            <form method="post" action={`${href}/check`}>
              <Button preventDoubleClick>I have checked it against its figure</Button>
            </form>
          )}
          {state === 'draft' && finding.strength === 'unknown' && mayWrite && (
            <Button href={`${href}/change`}>Say how strong the evidence is</Button>
          )}
          {state === 'draft' && !mayCheck && mayWrite && finding.strength !== 'unknown' && (
            <p class="govuk-body">You wrote it, so somebody else has to check it.</p>
          )}
          {state === 'withdrawn' && mayWrite && (
            <form method="post" action={`${href}/take-up`}>
              <Button classes="govuk-button--secondary">Take it up again</Button>
            </form>
          )}
          <SummaryList
            rows={[
              { key: 'Answers', value: finding.question ?? 'No question is named' },
              {
                key: 'Evidence',
                value: (
                  <>
                    <StrengthTag strength={finding.strength} />
                    <p class="govuk-body">{finding.strengthBecause ?? strengthLabels[finding.strength].when}</p>
                  </>
                ),
              },
              {
                key: 'Figure',
                value:
                  finding.view === null ? (
                    (finding.figure ?? 'None: it rests on what people know')
                  ) : (
                    <a class="govuk-link" href={`/${slug}/figures/${finding.view}`}>
                      The figure it was made from
                    </a>
                  ),
              },
              from !== null && to !== null && { key: 'Period', value: formatPeriod({ from, to }) },
              { key: 'Written by', value: `${finding.authorName}, ${momentText(finding.madeAt)}` },
              finding.checkedBy !== null && { key: 'Checked by', value: finding.checkedBy },
              finding.stateBecause !== null && { key: 'Withdrawn because', value: finding.stateBecause },
              uses.length > 0 && {
                key: 'Stands behind',
                value: (
                  <ul class="govuk-list">
                    {uses.map(({ text, href: to }) => (
                      <li>
                        <a class="govuk-link" href={to}>
                          {text}
                        </a>
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
          {mayWrite && state !== 'withdrawn' && (
            <p class="govuk-body">
              <a class="govuk-link" href={`${href}/change`}>
                Change it
              </a>
            </p>
          )}
          {mayWrite && state !== 'withdrawn' && (
            <form method="post" action={`${href}/withdraw`} id="form" novalidate>
              <Textarea
                name="because"
                label="Withdraw it, because"
                hint="It stays on record, with your reason"
                rows={2}
                value={valueOf(typed, 'because')}
                errorMessage={errors['because'] ?? errors['']}
              />
              <Button classes="govuk-button--secondary" preventDoubleClick>
                Withdraw
              </Button>
            </form>
          )}
          <History changes={changes} />
        </div>
      </div>
    ),
  };
}

interface ChangeState extends FormState {
  readonly version?: string;
  readonly differing?: readonly Differing[];
}

const Fields = ({ typed, errors }: { readonly typed: Typed; readonly errors: Errors }) => (
  <>
    <Textarea
      name="sentence"
      label="The finding, in one sentence"
      hint="Say the thing, then the number, then how sure: “Recorded robbery rose by about a third (21 % to 47 %).”"
      rows={3}
      value={valueOf(typed, 'sentence')}
      errorMessage={errors['sentence']}
    />
    <Input
      name="question"
      label="Which question does it answer? (optional)"
      hint="For example: is it changing?"
      value={valueOf(typed, 'question')}
      errorMessage={errors['question']}
    />
    <Radios
      name="strength"
      fieldset={{ legend: 'How strong is the evidence?' }}
      value={valueOf(typed, 'strength', 'unknown')}
      errorMessage={errors['strength']}
      items={strengths.map((value) => ({ value, text: strengthLabels[value].label, hint: strengthLabels[value].when }))}
    />
    <Textarea
      name="strengthBecause"
      label="Why? (optional)"
      rows={2}
      value={valueOf(typed, 'strengthBecause')}
      errorMessage={errors['strengthBecause']}
    />
  </>
);

export function addFindingPage(slug: string, { typed = {}, errors = {} }: FormState): Page {
  const made = ['figure', 'view', 'area', 'from', 'to'] as const;
  return formPage({
    title: 'Add a finding',
    breadcrumbs: crumbs(slug),
    action: `/${slug}/findings`,
    button: 'Keep the finding',
    cancelHref: `/${slug}/findings`,
    errors,
    intro:
      valueOf(typed, 'view') === '' ? (
        <p class="govuk-body">
          A finding that has a figure can be traced. Open{' '}
          <a class="govuk-link" href={`/${slug}/figures`}>
            a figure
          </a>{' '}
          first, or write down here what people know without one.
        </p>
      ) : (
        <p class="govuk-body">
          It keeps{' '}
          <a class="govuk-link" href={`/${slug}/figures/${valueOf(typed, 'view')}`}>
            the figure
          </a>{' '}
          that it is made from.
        </p>
      ),
    children: (
      <>
        {made.map((name) => (
          <input type="hidden" name={name} id={name} value={valueOf(typed, name)} />
        ))}
        <Fields typed={typed} errors={errors} />
      </>
    ),
  });
}

export function changeFindingPage(slug: string, finding: FindingKept, state: ChangeState): Page {
  const { typed = {}, errors = {} } = state;
  return formPage({
    title: 'Change a finding',
    breadcrumbs: [...crumbs(slug), { text: 'Finding', href: hrefOf(slug, finding) }],
    action: `${hrefOf(slug, finding)}/change`,
    button: 'Save',
    cancelHref: hrefOf(slug, finding),
    errors,
    intro: (
      <>
        <Conflict differing={state.differing ?? []} />
        <p class="govuk-body">It has to be checked again after a change. Its figure stays the same.</p>
      </>
    ),
    children: (
      <>
        <input type="hidden" name="version" value={state.version ?? ''} />
        <Fields typed={typed} errors={errors} />
      </>
    ),
  });
}
