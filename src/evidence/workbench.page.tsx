import type { ComponentChildren } from 'preact';
import { formatDate, formatPeriod, type ContentHash, type IsoDate } from '../duty/index.ts';
import { DocumentParts, type DocumentModel } from '../documents/index.ts';
import {
  Button,
  Checkboxes,
  Details,
  EmptyList,
  ErrorSummary,
  Input,
  InsetText,
  NotificationBanner,
  Radios,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  TaskList,
  Textarea,
  WarningText,
} from '../govuk/index.ts';
import { formPage, valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';
import { History, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { momentText } from '../platform/moment.ts';
import { DecidingBody } from './deciding-body.page.tsx';
import { assessmentTemplates, findSection, templateLabels } from './assessment-template.ts';
import { evidenceCrumb } from './definition.page.tsx';
import { CellTable } from './figure.page.tsx';
import type { FindingKept } from './finding.store.ts';
import type { Reading } from './jargon.ts';
import type { NumberSaid } from './number-in-words.ts';
import type { ViewShown } from './view-document.ts';
import { audienceLabels, type Audience } from './view.ts';
import {
  assessmentStateLabels,
  clearanceLabels,
  exclusionGrounds,
  exclusionLabels,
  isOpen,
  sectionStateLabels,
  sectionStates,
  type AssessmentState,
  type ClearanceState,
  type compareSections,
  type SectionChange,
  type SectionState,
} from './workbench.ts';
import type {
  AskKept,
  AssessmentKept,
  ClearanceKept,
  CommentKept,
  ExclusionKept,
  Organisation,
  PlacedKept,
  PublishedLine,
  SectionKept,
} from './workbench.store.ts';

export const workbenchCrumbs = (slug: string) => [
  evidenceCrumb(slug),
  { text: 'Assessments', href: `/${slug}/workbench` },
];
const hrefOf = (slug: string, { id }: Pick<AssessmentKept, 'id'>) => `/${slug}/workbench/${id}`;
const within = (slug: string, assessment: AssessmentKept) => [
  ...workbenchCrumbs(slug),
  { text: assessment.title, href: hrefOf(slug, assessment) },
];
const sectionHref = (slug: string, assessment: Pick<AssessmentKept, 'id'>, key: string) =>
  `${hrefOf(slug, assessment)}/parts/${key}`;
export const headingOfSection = ({ template }: Pick<AssessmentKept, 'template'>, key: string): string =>
  findSection(template, key)?.heading ?? key;

/** Drafts hold numbers that nobody has checked for small ones. */
const marked = { marking: { text: 'OFFICIAL-SENSITIVE', handling: 'For those who work on this assessment' } } as const;

const stateColour: Readonly<Record<AssessmentState, string>> = {
  draft: 'govuk-tag--grey',
  'in-review': 'govuk-tag--blue',
  approved: 'govuk-tag--teal',
  published: 'govuk-tag--green',
  superseded: 'govuk-tag--grey',
};
const StateTag = ({ state }: { readonly state: AssessmentState }) => (
  <Tag classes={stateColour[state]}>{assessmentStateLabels[state]}</Tag>
);
const sectionColour: Readonly<Record<SectionState, string>> = {
  'to-do': 'govuk-tag--grey',
  writing: 'govuk-tag--blue',
  ready: 'govuk-tag--green',
};
const clearanceColour: Readonly<Record<ClearanceState, string>> = {
  'not-asked': 'govuk-tag--grey',
  waiting: 'govuk-tag--blue',
  cleared: 'govuk-tag--green',
  objected: 'govuk-tag--red',
  lapsed: 'govuk-tag--orange',
};
const ClearanceTag = ({ state }: { readonly state: ClearanceState }) => (
  <Tag classes={clearanceColour[state]}>{clearanceLabels[state]}</Tag>
);

export function assessmentsPage({
  slug,
  assessments,
  mayWrite,
}: {
  readonly slug: string;
  readonly assessments: readonly AssessmentKept[];
  readonly mayWrite: boolean;
}): Page {
  return {
    title: 'Assessments',
    breadcrumbs: [evidenceCrumb(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Assessments</h1>
        <p class="govuk-body-l">
          What is known of violence here, written with every partner, approved by a board, and then published.
        </p>
        {mayWrite && <Button href={`/${slug}/workbench/new`}>Begin an assessment</Button>}
        {assessments.length === 0 ? (
          <EmptyList title="No assessments yet">
            The needs assessment of serious violence has sixteen parts. You write each beside its figures, and partners
            add theirs.
          </EmptyList>
        ) : (
          <ScrollBox label="Assessments">
            <Table
              firstCellIsHeader
              head={['Assessment', 'Kind', 'Period', { text: 'Version', format: 'numeric' }, 'State']}
              rows={assessments.map((each) => [
                <a class="govuk-link" href={hrefOf(slug, each)}>
                  {each.title}
                </a>,
                templateLabels[each.template].label,
                formatPeriod(each.period),
                { text: String(each.version), format: 'numeric' as const },
                <StateTag state={each.state} />,
              ])}
            />
          </ScrollBox>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/assessments`}>
            What the public can read
          </a>
        </p>
      </>
    ),
  };
}

export function newAssessmentPage(
  slug: string,
  {
    areas,
    definitions,
    previous,
    typed = {},
    errors = {},
  }: {
    readonly areas: readonly { readonly code: string; readonly name: string }[];
    readonly definitions: readonly { readonly id: string; readonly name: string }[];
    readonly previous: readonly AssessmentKept[];
    readonly typed?: Typed;
    readonly errors?: Errors;
  },
): Page {
  const value = (name: string, otherwise = '') => valueOf(typed, name, otherwise);
  return formPage({
    title: 'Begin an assessment',
    breadcrumbs: workbenchCrumbs(slug),
    action: `/${slug}/workbench/new`,
    button: 'Begin',
    cancelHref: `/${slug}/workbench`,
    errors,
    children: (
      <>
        <Radios
          name="template"
          fieldset={{ legend: 'Which assessment?' }}
          value={value('template')}
          errorMessage={errors['template']}
          items={assessmentTemplates.map((name) => ({
            value: name,
            text: templateLabels[name].label,
            hint: templateLabels[name].what,
          }))}
        />
        <Input name="title" label="Title" value={value('title')} errorMessage={errors['title']} />
        <Select
          name="area"
          label="Area"
          value={value('area', areas.length === 1 ? areas[0]?.code : '')}
          errorMessage={errors['area']}
          items={[
            { value: '', text: 'Choose an area' },
            ...areas.map(({ code, name }) => ({ value: code, text: name })),
          ]}
        />
        <Input
          name="period"
          label="Period"
          hint="For example: April 2025 to March 2026, or 2025/26"
          value={value('period')}
          errorMessage={errors['period']}
        />
        <AboutFields definitions={definitions} previous={previous} typed={typed} errors={errors} />
      </>
    ),
  });
}

function AboutFields({
  definitions,
  previous,
  typed,
  errors,
}: {
  readonly definitions: readonly { readonly id: string; readonly name: string }[];
  readonly previous: readonly AssessmentKept[];
  readonly typed: Typed;
  readonly errors: Errors;
}) {
  const value = (name: string) => valueOf(typed, name);
  return (
    <>
      <Input
        name="asOf"
        label="As of which day is it written?"
        hint="For example 1 June 2026"
        classes="govuk-input--width-20"
        value={value('asOf')}
        errorMessage={errors['asOf']}
      />
      <Select
        name="definition"
        label="What counts as serious violence"
        value={value('definition')}
        errorMessage={errors['definition']}
        items={[
          { value: '', text: 'No definition: all that the sources hold' },
          ...definitions.map(({ id, name }) => ({ value: id, text: name })),
        ]}
      />
      <Select
        name="previous"
        label="Which one does it follow? (optional)"
        hint="Last year’s: the two are compared part by part, and this one takes its place when it is published"
        value={value('previous')}
        errorMessage={errors['previous']}
        items={[
          { value: '', text: 'None' },
          ...previous.map((each) => ({ value: each.id, text: `${each.title}, ${formatPeriod(each.period)}` })),
        ]}
      />
      <Input
        name="nextReview"
        label="When is it to be reviewed? (optional)"
        hint="For example 31 March 2027"
        classes="govuk-input--width-20"
        value={value('nextReview')}
        errorMessage={errors['nextReview']}
      />
    </>
  );
}

export function changeAssessmentPage(
  slug: string,
  assessment: AssessmentKept,
  state: {
    readonly definitions: readonly { readonly id: string; readonly name: string }[];
    readonly previous: readonly AssessmentKept[];
    readonly typed: Typed;
    readonly errors?: Errors;
  },
): Page {
  const { typed, errors = {} } = state;
  return formPage({
    title: 'Change what it is about',
    breadcrumbs: within(slug, assessment),
    action: `${hrefOf(slug, assessment)}/change`,
    button: 'Save',
    cancelHref: hrefOf(slug, assessment),
    errors,
    children: (
      <>
        <Input name="title" label="Title" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
        <AboutFields {...state} typed={typed} errors={errors} />
      </>
    ),
  });
}

/** Parts of an assessment, for the left of a workbench and for its first page. */
function Parts({
  slug,
  assessment,
  sections,
  newer,
  current,
}: {
  readonly slug: string;
  readonly assessment: AssessmentKept;
  readonly sections: readonly SectionKept[];
  readonly newer: ReadonlySet<string>;
  readonly current?: string;
}) {
  return (
    <TaskList
      classes="concord-parts"
      items={sections.map((section) => {
        const waits = [
          section.ownerName ?? 'Nobody has it yet',
          section.openComments > 0 &&
            `${section.openComments} ${section.openComments === 1 ? 'open comment' : 'open comments'}`,
          newer.has(section.id) && 'a newer figure exists',
        ].filter((words): words is string => typeof words === 'string');
        const heading = headingOfSection(assessment, section.key);
        return {
          title: current === section.key ? { text: <strong>{heading}</strong> } : heading,
          ...(current === section.key ? {} : { href: sectionHref(slug, assessment, section.key) }),
          hint: waits.join('; '),
          status: { tag: { text: sectionStateLabels[section.state], classes: sectionColour[section.state] } },
        };
      })}
    />
  );
}

export interface Waiting {
  readonly who: string;
  readonly what: string;
  readonly due: IsoDate;
}

export function assessmentPage({
  slug,
  assessment,
  sections,
  newer,
  waiting,
  absent,
  changes,
  rights,
  nextVersion,
  refusal,
}: {
  readonly slug: string;
  readonly assessment: AssessmentKept;
  readonly sections: readonly SectionKept[];
  /** Sections of which a figure would be made from other releases today. */
  readonly newer: ReadonlySet<string>;
  readonly waiting: readonly Waiting[];
  readonly absent: readonly string[];
  readonly changes: readonly HistoryItem[];
  readonly rights: { readonly writes: boolean; readonly decides: boolean };
  /** The one that follows it, where there is one. */
  readonly nextVersion: AssessmentKept | undefined;
  readonly refusal?: string | undefined;
}): Page {
  const href = hrefOf(slug, assessment);
  const { state, standing } = assessment;
  const ready = sections.filter((section) => section.state === 'ready').length;
  return {
    title: assessment.title,
    breadcrumbs: workbenchCrumbs(slug),
    hasErrors: refusal !== undefined,
    ...marked,
    main: (
      <>
        {refusal !== undefined && <ErrorSummary errorList={[{ text: refusal, href: '#next' }]} />}
        <span class="govuk-caption-l">{templateLabels[assessment.template].label}</span>
        <h1 class="govuk-heading-l">{assessment.title}</h1>
        <p class="govuk-body">
          <StateTag state={state} /> {assessment.areaName}, {formatPeriod(assessment.period)}. Version{' '}
          {assessment.version}.
        </p>
        <section id="next" aria-label="What to do next">
          <NextStep {...{ slug, assessment, ready, of: sections.length, rights, nextVersion }} />
        </section>
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h2 class="govuk-heading-m">
              Parts: {ready} of {sections.length} ready
            </h2>
            <Parts slug={slug} assessment={assessment} sections={sections} newer={newer} />
            {rights.writes && isOpen(state) && (
              <form method="post" action={`${href}/figures`}>
                <p class="govuk-body">
                  The first page says how much there is, whether it changed, where, and who is harmed. It stands on
                  figures that are placed in the parts. What is loaded later changes none of them.
                </p>
                <Button classes="govuk-button--secondary" preventDoubleClick>
                  Place the figures of the first page
                </Button>
              </form>
            )}
          </div>
          <div class="govuk-grid-column-one-third">
            <h2 class="govuk-heading-m">Who we wait for</h2>
            {waiting.length === 0 ? (
              <p class="govuk-body">Nobody.</p>
            ) : (
              <ul class="govuk-list">
                {waiting.map(({ who, what, due }) => (
                  <li>
                    <strong>{who}</strong>: {what}, by {formatDate(due)}
                  </li>
                ))}
              </ul>
            )}
            {absent.length > 0 && (
              <>
                <h2 class="govuk-heading-m">Asked, and not here</h2>
                <ul class="govuk-list">
                  {absent.map((name) => (
                    <li>{name}</li>
                  ))}
                </ul>
              </>
            )}
            <h2 class="govuk-heading-m">Look at it</h2>
            <ul class="govuk-list">
              {(['restricted', 'partner', 'public'] as const).map((audience) => (
                <li>
                  <a class="govuk-link" href={`${href}/preview/${audience}`}>
                    As{' '}
                    {audience === 'restricted'
                      ? 'those who work on it'
                      : audience === 'partner'
                        ? 'partners'
                        : 'the public'}{' '}
                    would read it
                  </a>
                </li>
              ))}
              {assessment.previous !== null && (
                <li>
                  <a class="govuk-link" href={`${href}/compare`}>
                    Beside the one before
                  </a>
                </li>
              )}
              <li>
                <a class="govuk-link" href={`${href}/asks`}>
                  What partners were asked
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`${href}/clearance`}>
                  Who has cleared its figures
                </a>
              </li>
            </ul>
          </div>
        </div>
        <SummaryList
          rows={[
            { key: 'What counts', value: assessment.definitionName ?? 'All that the sources hold' },
            { key: 'As of', value: formatDate(assessment.asOf) },
            'approval' in standing && {
              key: 'Approved',
              value: `${assessment.approvedBy ?? ''}, ${formatDate(standing.approval.on)}`,
            },
            'approval' in standing && {
              key: 'What was approved',
              value: <code class="concord-long">{standing.approval.hash}</code>,
            },
            'publishedOn' in standing && { key: 'Published', value: formatDate(standing.publishedOn) },
            {
              key: 'Next review',
              value: assessment.nextReview === null ? 'No day is set' : formatDate(assessment.nextReview),
            },
          ]}
        />
        {rights.writes && isOpen(state) && (
          <p class="govuk-body">
            <a class="govuk-link" href={`${href}/change`}>
              Change what it is about
            </a>
          </p>
        )}
        <History changes={changes} />
      </>
    ),
  };
}

/** The one thing to do next is the one button; what else may be done stands beside it. */
function NextStep({
  slug,
  assessment,
  ready,
  of,
  rights,
  nextVersion,
}: {
  readonly slug: string;
  readonly assessment: AssessmentKept;
  readonly ready: number;
  readonly of: number;
  readonly rights: { readonly writes: boolean; readonly decides: boolean };
  readonly nextVersion: AssessmentKept | undefined;
}) {
  const href = hrefOf(slug, assessment);
  const takeBack = (
    <form method="post" action={`${href}/take-back`}>
      <Button classes="govuk-button--secondary">Take it back to change it</Button>
    </form>
  );
  switch (assessment.state) {
    case 'draft':
      return ready < of ? (
        <p class="govuk-body">
          When all parts are ready and every comment is answered, send it for review. {of - ready}{' '}
          {of - ready === 1 ? 'part is' : 'parts are'} not ready yet.
        </p>
      ) : (
        <form method="post" action={`${href}/review`}>
          <Button preventDoubleClick>Send it for review</Button>
        </form>
      );
    case 'in-review':
      return (
        <div class="govuk-button-group">
          {rights.decides ? (
            <Button href={`${href}/approve`}>Record that it was approved</Button>
          ) : (
            <p class="govuk-body">A coordinator records which body approved it.</p>
          )}
          {takeBack}
        </div>
      );
    case 'approved':
      return (
        <div class="govuk-button-group">
          {rights.decides ? (
            <Button href={`${href}/publish`}>See what will be published</Button>
          ) : (
            <p class="govuk-body">A coordinator publishes it.</p>
          )}
          {takeBack}
        </div>
      );
    case 'published':
    case 'superseded':
      return (
        <div class="govuk-button-group">
          <Button classes="govuk-button--secondary" href={`/${slug}/assessments/${assessment.id}`}>
            Read what the public reads
          </Button>
          {nextVersion === undefined ? (
            <form method="post" action={`${href}/next`}>
              <Button classes="govuk-button--secondary" preventDoubleClick>
                Begin the next version
              </Button>
            </form>
          ) : (
            <a class="govuk-link" href={hrefOf(slug, nextVersion)}>
              The one that follows it
            </a>
          )}
        </div>
      );
  }
}

export interface PlacedShown {
  readonly placed: PlacedKept;
  readonly shown: ViewShown;
  readonly hasNewer: boolean;
  readonly owners: readonly string[];
}

export interface SectionModel {
  readonly slug: string;
  readonly assessment: AssessmentKept;
  readonly section: SectionKept;
  readonly sections: readonly SectionKept[];
  readonly newer: ReadonlySet<string>;
  readonly figures: readonly PlacedShown[];
  readonly exclusions: readonly ExclusionKept[];
  readonly lost: readonly string[];
  readonly asks: readonly AskKept[];
  readonly comments: readonly CommentKept[];
  readonly reading: Reading | undefined;
  /** Numbers in the words that no figure beside them holds. */
  readonly loose: readonly NumberSaid[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly findings: readonly FindingKept[];
  readonly organisations: readonly Organisation[];
  readonly changes: readonly HistoryItem[];
  readonly typed?: Typed;
  readonly errors?: Errors;
  /** Words that somebody else has kept meanwhile: the writer chooses. */
  readonly conflict?: { readonly theirs: string; readonly by: string; readonly mine: string } | undefined;
}

export function sectionPage(model: SectionModel): Page {
  const { slug, assessment, section, errors = {}, conflict } = model;
  const heading = headingOfSection(assessment, section.key);
  const mistakes = Object.entries(errors);
  return {
    title: `${heading}: ${assessment.title}`,
    breadcrumbs: within(slug, assessment),
    hasErrors: mistakes.length > 0 || conflict !== undefined,
    wide: true,
    ...marked,
    main: (
      <>
        {mistakes.length > 0 && (
          <ErrorSummary
            errorList={mistakes.map(([field, text]) => ({ text, href: field === '' ? '#words-form' : `#${field}` }))}
          />
        )}
        <div class="concord-bench">
          <nav class="concord-bench__parts" aria-label="Parts">
            <Parts {...model} current={section.key} />
          </nav>
          <div class="concord-bench__part">
            <span class="govuk-caption-l">
              Part {section.place} of {model.sections.length}
            </span>
            <h1 class="govuk-heading-l">{heading}</h1>
            <p class="govuk-body">
              {findSection(assessment.template, section.key)?.holds}.{' '}
              <Tag classes={sectionColour[section.state]}>{sectionStateLabels[section.state]}</Tag>
            </p>
            {conflict !== undefined && <Choose {...model} conflict={conflict} />}
            <Words {...model} />
            <ReadingFacts {...model} />
            <Figures {...model} />
            <LeftOut {...model} />
            <Asked asks={model.asks} />
            <PartState {...model} />
            <History changes={model.changes} />
          </div>
          <aside class="concord-bench__comments" aria-labelledby="comments">
            <Comments {...model} />
          </aside>
        </div>
      </>
    ),
  };
}

/** Two people wrote at the same time: both texts stand side by side, and the second chooses. */
function Choose({
  slug,
  assessment,
  section,
  conflict,
}: SectionModel & { readonly conflict: NonNullable<SectionModel['conflict']> }) {
  const action = `${sectionHref(slug, assessment, section.key)}/words`;
  const choose = (words: string, text: string) => (
    <form method="post" action={action}>
      <input type="hidden" name="words" value={words} />
      <input type="hidden" name="edition" value={String(section.edition)} />
      <Button classes="govuk-button--secondary">{text}</Button>
    </form>
  );
  return (
    <NotificationBanner titleText="Two people wrote here at the same time" titleId="two" role="alert">
      <p class="govuk-body">
        {conflict.by} saved while you were writing. Nothing is lost: choose one of the two texts, or bring them together
        in the field below, where yours stands.
      </p>
      <div class="concord-beside">
        <section aria-labelledby="theirs">
          <h2 class="govuk-heading-s" id="theirs">
            What {conflict.by} wrote
          </h2>
          <p class="govuk-body concord-lines">{conflict.theirs === '' ? 'Nothing' : conflict.theirs}</p>
          <a class="govuk-link" href={sectionHref(slug, assessment, section.key)}>
            Keep theirs and leave mine
          </a>
        </section>
        <section aria-labelledby="mine">
          <h2 class="govuk-heading-s" id="mine">
            What you wrote
          </h2>
          <p class="govuk-body concord-lines">{conflict.mine}</p>
          {choose(conflict.mine, 'Put mine in its place')}
        </section>
      </div>
    </NotificationBanner>
  );
}

function Words({ slug, assessment, section, typed = {}, errors = {}, conflict }: SectionModel) {
  if (!isOpen(assessment.state))
    return section.words === '' ? (
      <p class="govuk-body">Nothing was written here.</p>
    ) : (
      <p class="govuk-body concord-lines">{section.words}</p>
    );
  return (
    <form method="post" action={`${sectionHref(slug, assessment, section.key)}/words`} id="words-form" novalidate>
      <input type="hidden" name="edition" value={String(section.edition)} />
      <Textarea
        name="words"
        label="What this part says"
        hint="An empty line begins a paragraph, a dash begins an item of a list. Numbers that a figure beside it holds are tied to it"
        rows={14}
        value={conflict?.mine ?? valueOf(typed, 'words', section.words)}
        errorMessage={errors['words']}
      />
      {section.wordsAt !== null && (
        <p class="govuk-body-s">
          Last saved by {section.wordsByName}, {momentText(section.wordsAt)}
        </p>
      )}
      <Button preventDoubleClick>Save the words</Button>
    </form>
  );
}

function ReadingFacts({ reading, loose, lost }: SectionModel) {
  return (
    <>
      {lost.length > 0 && (
        <WarningText iconFallbackText="Warning">
          A passage that is to be left out is not in the words any more, so partners and the public get none of this
          part. Mark the passage again, or take its mark away.
        </WarningText>
      )}
      {reading !== undefined && (
        <Details
          summaryText={`Reading age ${Math.round(reading.ageYears)}${reading.ageYears > 14 ? ': too hard for many' : ''}`}
        >
          <p class="govuk-body">
            About {Math.round(reading.ageYears)} years; aim for 12. Reading ease {Math.round(reading.ease)} of 100; 60
            and more is plain English. The count is a hint, not a proof.
          </p>
          {reading.hardest.length > 0 && (
            <>
              <p class="govuk-body">The longest sentences:</p>
              <ul class="govuk-list govuk-list--bullet">
                {reading.hardest.map((sentence) => (
                  <li>{sentence}</li>
                ))}
              </ul>
            </>
          )}
          {reading.jargon.length > 0 && (
            <>
              <p class="govuk-body">Words that not everybody knows:</p>
              <ul class="govuk-list govuk-list--bullet">
                {reading.jargon.map(({ term, plainer, times }) => (
                  <li>
                    “{term}”{times > 1 && `, ${times} times`}: {plainer}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Details>
      )}
      {loose.length > 0 && (
        <InsetText>
          No figure beside it holds: {[...new Set(loose.map(({ words }) => words))].join(', ')}. Put the figure here, or
          say in the words where the number comes from.
        </InsetText>
      )}
    </>
  );
}

function Figures({
  slug,
  assessment,
  section,
  figures,
  findings,
  organisations,
  typed = {},
  errors = {},
}: SectionModel) {
  const open = isOpen(assessment.state);
  const href = sectionHref(slug, assessment, section.key);
  const choices = findings.filter(({ figure }) => figure !== null);
  const owners = typed['owners'] ?? [];
  return (
    <section aria-labelledby="figures">
      <h2 class="govuk-heading-m" id="figures">
        Figures
      </h2>
      {figures.length === 0 && <p class="govuk-body">No figure stands here yet.</p>}
      {figures.map(({ placed, shown, hasNewer, owners: names }) => (
        <article class="concord-placed" aria-labelledby={`placed-${placed.id}`}>
          <h3 class="govuk-heading-s" id={`placed-${placed.id}`}>
            {placed.sentence}
          </h3>
          {placed.view !== null && shown.picture !== null && (
            <img
              class="concord-picture"
              src={`/${slug}/figures/${placed.view}.svg?width=640`}
              alt={placed.sentence}
              loading="lazy"
            />
          )}
          <p class="govuk-body">
            {placed.title}.{' '}
            {names.length === 0 ? 'Nobody has to clear it.' : `It rests on what ${names.join(' and ')} sent.`}
          </p>
          <Details summaryText="The numbers">
            <CellTable shown={shown} />
          </Details>
          {open && hasNewer && (
            <form method="post" action={`${href}/figures/${placed.id}/refresh`} novalidate>
              <InsetText>
                Newer data has come since this figure was placed. It stays as it is until you change it.
              </InsetText>
              <Textarea
                name="sentence"
                id={`sentence-${placed.id}`}
                label="What the newer figure says"
                rows={2}
                value={placed.sentence}
                errorMessage={valueOf(typed, 'placed') === placed.id ? errors['refresh'] : undefined}
              />
              <Button classes="govuk-button--secondary" preventDoubleClick>
                Put the newer figure in its place
              </Button>
            </form>
          )}
          {open && (
            <form method="post" action={`${href}/figures/${placed.id}/remove`} class="govuk-body">
              <button class="concord-link-button">
                Take it out of this part<span class="govuk-visually-hidden">: {placed.sentence}</span>
              </button>
            </form>
          )}
        </article>
      ))}
      {open &&
        (choices.length === 0 ? (
          <p class="govuk-body">
            Keep what a figure says as{' '}
            <a class="govuk-link" href={`/${slug}/findings`}>
              a finding
            </a>
            , then place it here.
          </p>
        ) : (
          <Details summaryText="Place a figure here" open={errors['finding'] !== undefined}>
            <form method="post" action={`${href}/figures`} novalidate>
              <Select
                name="finding"
                label="Finding"
                value={valueOf(typed, 'finding')}
                errorMessage={errors['finding']}
                items={[
                  { value: '', text: 'Choose a finding' },
                  ...choices.map(({ id, sentence }) => ({ value: id, text: sentence.slice(0, 120) })),
                ]}
              />
              <Textarea
                name="sentence"
                label="What it says here (optional)"
                hint="Left empty, it is the sentence of the finding"
                rows={2}
                value={valueOf(typed, 'sentence')}
                errorMessage={errors['sentence']}
              />
              <Checkboxes
                name="owners"
                fieldset={{ legend: 'Whose data is it, beside those who sent it under their own name?' }}
                classes="govuk-checkboxes--small"
                values={typeof owners === 'string' ? [owners] : owners}
                errorMessage={errors['owners']}
                items={organisations.map(({ id, name }) => ({ value: id, text: name }))}
              />
              <Button classes="govuk-button--secondary" preventDoubleClick>
                Place it
              </Button>
            </form>
          </Details>
        ))}
    </section>
  );
}

function LeftOut({ slug, assessment, section, exclusions, lost, typed = {}, errors = {} }: SectionModel) {
  const open = isOpen(assessment.state);
  const href = `${sectionHref(slug, assessment, section.key)}/exclusions`;
  if (!open && exclusions.length === 0) return null;
  return (
    <section aria-labelledby="left-out">
      <h2 class="govuk-heading-m" id="left-out">
        Left out of what partners and the public read
      </h2>
      {exclusions.length > 0 && (
        <ul class="govuk-list">
          {exclusions.map(({ id, passage, ground, because }) => (
            <li>
              <p class="govuk-body">
                “{passage}”{' '}
                {lost.includes(passage.trim()) && <Tag classes="govuk-tag--red">Not in the words any more</Tag>}
                <br />
                {exclusionLabels[ground]}. {because}
              </p>
              {open && (
                <form method="post" action={`${href}/${id}/remove`} class="govuk-body">
                  <button class="concord-link-button">
                    Take this mark away<span class="govuk-visually-hidden">: {passage}</span>
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {open && (
        <Details
          summaryText="Mark a passage to leave out"
          open={errors['passage'] !== undefined || errors['ground'] !== undefined || errors['because'] !== undefined}
        >
          <form method="post" action={href} novalidate>
            <Textarea
              name="passage"
              label="Passage, word for word"
              rows={3}
              value={valueOf(typed, 'passage')}
              errorMessage={errors['passage']}
            />
            <Radios
              name="ground"
              fieldset={{ legend: 'Ground' }}
              classes="govuk-radios--small"
              value={valueOf(typed, 'ground')}
              errorMessage={errors['ground']}
              items={exclusionGrounds.map((ground) => ({ value: ground, text: exclusionLabels[ground] }))}
            />
            <Textarea
              name="because"
              label="Why"
              rows={2}
              value={valueOf(typed, 'because')}
              errorMessage={errors['because']}
            />
            <Button classes="govuk-button--secondary" preventDoubleClick>
              Mark it
            </Button>
          </form>
        </Details>
      )}
    </section>
  );
}

function Asked({ asks }: { readonly asks: readonly AskKept[] }) {
  if (asks.length === 0) return null;
  return (
    <section aria-labelledby="asked">
      <h2 class="govuk-heading-m" id="asked">
        What partners contributed
      </h2>
      {asks.map((ask) => (
        <div class="concord-placed">
          <p class="govuk-body">
            <strong>{ask.organisation.name}</strong> was asked: {ask.question}
          </p>
          {ask.answer === null ? (
            <p class="govuk-body">No answer yet. Due {formatDate(ask.due)}.</p>
          ) : (
            <blockquote class="govuk-inset-text concord-lines">{ask.answer}</blockquote>
          )}
        </div>
      ))}
    </section>
  );
}

function PartState({ slug, assessment, section, people, errors = {} }: SectionModel) {
  if (!isOpen(assessment.state)) return null;
  return (
    <section aria-labelledby="part-state">
      <h2 class="govuk-heading-m" id="part-state">
        Who writes it, and how far it is
      </h2>
      <form method="post" action={`${sectionHref(slug, assessment, section.key)}/state`} novalidate>
        <Select
          name="owner"
          label="Who writes it?"
          value={section.owner ?? ''}
          errorMessage={errors['owner']}
          items={[{ value: '', text: 'Nobody yet' }, ...people.map(({ id, name }) => ({ value: id, text: name }))]}
        />
        <Radios
          name="state"
          fieldset={{ legend: 'State' }}
          classes="govuk-radios--inline govuk-radios--small"
          value={section.state}
          errorMessage={errors['state']}
          items={sectionStates.map((state) => ({ value: state, text: sectionStateLabels[state] }))}
        />
        <Button classes="govuk-button--secondary">Save</Button>
      </form>
    </section>
  );
}

function Comments({ slug, assessment, section, comments, typed = {}, errors = {} }: SectionModel) {
  const href = `${sectionHref(slug, assessment, section.key)}/comments`;
  const first = comments.filter(({ replyTo }) => replyTo === null);
  const canComment = isOpen(assessment.state);
  return (
    <>
      <h2 class="govuk-heading-m" id="comments">
        Comments
      </h2>
      {first.length === 0 && <p class="govuk-body">No comments.</p>}
      {first.map((comment) => (
        <article class="concord-comment">
          <p class="govuk-body-s">
            <strong>{comment.byName}</strong>, {momentText(comment.at)}
            {comment.resolvedByName !== null && `. Resolved by ${comment.resolvedByName}`}
          </p>
          <p class="govuk-body concord-lines">{comment.words}</p>
          {comments
            .filter(({ replyTo }) => replyTo === comment.id)
            .map((reply) => (
              <div class="concord-comment concord-comment--reply">
                <p class="govuk-body-s">
                  <strong>{reply.byName}</strong>, {momentText(reply.at)}
                </p>
                <p class="govuk-body concord-lines">{reply.words}</p>
              </div>
            ))}
          {canComment && (
            <Details summaryText="Reply" open={valueOf(typed, 'replyTo') === comment.id}>
              <form method="post" action={href} novalidate>
                <input type="hidden" name="replyTo" value={comment.id} />
                <Textarea
                  name="comment"
                  id={`reply-${comment.id}`}
                  label="Your reply"
                  rows={2}
                  value={valueOf(typed, 'replyTo') === comment.id ? valueOf(typed, 'comment') : ''}
                  errorMessage={valueOf(typed, 'replyTo') === comment.id ? errors['comment'] : undefined}
                />
                <Button classes="govuk-button--secondary">Reply</Button>
              </form>
            </Details>
          )}
          {canComment && comment.resolvedByName === null && (
            <form method="post" action={`${href}/${comment.id}/resolve`} class="govuk-body">
              <button class="concord-link-button">
                Mark as resolved<span class="govuk-visually-hidden">: {comment.words.slice(0, 60)}</span>
              </button>
            </form>
          )}
        </article>
      ))}
      {canComment && (
        <form method="post" action={href} novalidate>
          <Textarea
            name="comment"
            label="Add a comment"
            rows={3}
            value={valueOf(typed, 'replyTo') === '' ? valueOf(typed, 'comment') : ''}
            errorMessage={valueOf(typed, 'replyTo') === '' ? errors['comment'] : undefined}
          />
          <Button classes="govuk-button--secondary">Comment</Button>
        </form>
      )}
    </>
  );
}

export function approvePage(
  slug: string,
  assessment: AssessmentKept,
  {
    hash,
    bodies,
    typed = {},
    errors = {},
  }: {
    readonly hash: ContentHash;
    readonly bodies: readonly { readonly id: string; readonly name: string }[];
    readonly typed?: Typed;
    readonly errors?: Errors;
  },
): Page {
  return formPage({
    title: 'Record that it was approved',
    breadcrumbs: within(slug, assessment),
    action: `${hrefOf(slug, assessment)}/approve`,
    button: 'Record the approval',
    cancelHref: hrefOf(slug, assessment),
    errors,
    intro: (
      <>
        <p class="govuk-body">
          What was approved is exactly what it says now. Its mark is <code class="concord-long">{hash}</code>. After
          this, nothing in it can change unless it is taken back.
        </p>
        <p class="govuk-body">
          <a class="govuk-link" href={`${hrefOf(slug, assessment)}/preview/restricted`}>
            Read it as it stands
          </a>
        </p>
      </>
    ),
    children: (
      <>
        <input type="hidden" name="hash" id="hash" value={hash} />
        <DecidingBody question="Which body approved it?" bodies={bodies} typed={typed} errors={errors} />
      </>
    ),
  });
}

export function publishPage(
  slug: string,
  assessment: AssessmentKept,
  {
    heldBack,
    waiting,
    refusal,
  }: {
    /** Headings of parts that the public does not get, with why. */
    readonly heldBack: readonly { readonly heading: string; readonly because: string }[];
    readonly waiting: readonly string[];
    readonly refusal?: string | undefined;
  },
): Page {
  const href = hrefOf(slug, assessment);
  return {
    title: 'Publish the assessment',
    breadcrumbs: within(slug, assessment),
    hasErrors: refusal !== undefined,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {refusal !== undefined && <ErrorSummary errorList={[{ text: refusal, href: '#form' }]} />}
          <h1 class="govuk-heading-l">Publish the assessment</h1>
          {waiting.length > 0 && (
            <InsetText>
              It cannot be published yet: {waiting.join(', ')} may still answer.{' '}
              <a class="govuk-link" href={`${href}/clearance`}>
                See who has cleared its figures
              </a>
            </InsetText>
          )}
          {heldBack.length > 0 && (
            <>
              <p class="govuk-body">These parts stay out of what the public reads, and it says so:</p>
              <ul class="govuk-list govuk-list--bullet">
                {heldBack.map(({ heading, because }) => (
                  <li>
                    <strong>{heading}</strong>: {because}
                  </li>
                ))}
              </ul>
            </>
          )}
          <p class="govuk-body">
            <a class="govuk-link" href={`${href}/preview/public`}>
              Read it as the public will
            </a>
          </p>
          <WarningText iconFallbackText="Warning">
            Everybody can read it without signing in. What is published never changes: a correction is a new version.
          </WarningText>
          <form method="post" action={`${href}/publish`} id="form">
            <div class="govuk-button-group">
              <Button classes="govuk-button--warning" preventDoubleClick>
                Publish
              </Button>
              <a class="govuk-link" href={href}>
                Cancel
              </a>
            </div>
          </form>
        </div>
      </div>
    ),
  };
}

export function asksPage(
  slug: string,
  assessment: AssessmentKept,
  {
    asks,
    sections,
    organisations,
    today,
    mayAsk,
    typed = {},
    errors = {},
  }: {
    readonly asks: readonly AskKept[];
    readonly sections: readonly SectionKept[];
    readonly organisations: readonly Organisation[];
    readonly today: IsoDate;
    readonly mayAsk: boolean;
    readonly typed?: Typed;
    readonly errors?: Errors;
  },
): Page {
  const of = new Map(sections.map((section) => [section.id, headingOfSection(assessment, section.key)]));
  const list = (
    <>
      {asks.length === 0 ? (
        <p class="govuk-body">Nobody has been asked yet.</p>
      ) : (
        <ScrollBox label="What partners were asked">
          <Table
            firstCellIsHeader
            head={['Partner', 'Asked', 'For the part', 'Due', 'State']}
            rows={asks.map((ask) => [
              ask.organisation.name,
              ask.question,
              ask.section === null ? 'The whole' : (of.get(ask.section) ?? ''),
              formatDate(ask.due),
              ask.state === 'asked'
                ? ask.due < today
                  ? 'No answer: named as absent'
                  : 'Waiting'
                : `${ask.state === 'answered' ? 'Answered' : 'Has nothing to add'} by ${ask.answeredByName}, ${formatDate(ask.answeredOn ?? '')}`,
            ])}
          />
        </ScrollBox>
      )}
    </>
  );
  const title = 'What partners were asked';
  if (!mayAsk)
    return {
      title,
      breadcrumbs: within(slug, assessment),
      main: (
        <>
          <h1 class="govuk-heading-l">{title}</h1>
          {list}
        </>
      ),
    };
  return formPage({
    title,
    breadcrumbs: within(slug, assessment),
    action: `${hrefOf(slug, assessment)}/asks`,
    button: 'Ask them',
    cancelHref: hrefOf(slug, assessment),
    errors,
    intro: (
      <>
        <p class="govuk-body">
          Their people find it on their home page. Who does not answer by the day is named in the assessment as absent.
        </p>
        {list}
        <h2 class="govuk-heading-m">Ask a partner</h2>
      </>
    ),
    children: (
      <>
        <Select
          name="organisation"
          label="Partner"
          value={valueOf(typed, 'organisation')}
          errorMessage={errors['organisation']}
          items={[
            { value: '', text: 'Choose a partner' },
            ...organisations.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
        <Select
          name="section"
          label="For which part? (optional)"
          value={valueOf(typed, 'section')}
          errorMessage={errors['section']}
          items={[{ value: '', text: 'The whole assessment' }, ...[...of].map(([value, text]) => ({ value, text }))]}
        />
        <Textarea
          name="question"
          label="What do you need from them?"
          rows={3}
          value={valueOf(typed, 'question')}
          errorMessage={errors['question']}
        />
        <Input
          name="due"
          label="By which day?"
          hint="For example 30 June 2026"
          classes="govuk-input--width-20"
          value={valueOf(typed, 'due')}
          errorMessage={errors['due']}
        />
      </>
    ),
  });
}

export interface ClearanceLine {
  readonly organisation: Organisation;
  readonly state: ClearanceState;
  readonly clearance: ClearanceKept | undefined;
  readonly figures: number;
}

export function clearancePage(
  slug: string,
  assessment: AssessmentKept,
  {
    lines,
    mayAsk,
    typed = {},
    errors = {},
  }: {
    readonly lines: readonly ClearanceLine[];
    readonly mayAsk: boolean;
    readonly typed?: Typed;
    readonly errors?: Errors;
  },
): Page {
  const title = 'Who has cleared its figures';
  const intro: ComponentChildren = (
    <>
      <p class="govuk-body">
        Each organisation whose data stands behind a figure sees it in its place and clears it, or says what is wrong.
        What is not cleared is not published: its part stays out, and the assessment says so.
      </p>
      {lines.length === 0 ? (
        <p class="govuk-body">No figure in it has an owner.</p>
      ) : (
        <ScrollBox label={title}>
          <Table
            firstCellIsHeader
            head={['Organisation', { text: 'Figures', format: 'numeric' }, 'State', 'Last day', 'What they said']}
            rows={lines.map(({ organisation, state, clearance, figures }) => [
              organisation.name,
              { text: String(figures), format: 'numeric' as const },
              <>
                <ClearanceTag state={state} />
                {clearance?.answer != null && state !== clearance.answer && ' A figure or its words changed since'}
              </>,
              clearance === undefined ? '–' : formatDate(clearance.due),
              clearance?.answer == null
                ? '–'
                : `${clearance.because ?? 'Cleared'} (${clearance.answeredByName}, ${formatDate(clearance.answeredOn ?? '')})`,
            ])}
          />
        </ScrollBox>
      )}
    </>
  );
  if (!mayAsk || lines.length === 0)
    return {
      title,
      breadcrumbs: within(slug, assessment),
      main: (
        <>
          <h1 class="govuk-heading-l">{title}</h1>
          {intro}
        </>
      ),
    };
  return formPage({
    title,
    breadcrumbs: within(slug, assessment),
    action: `${hrefOf(slug, assessment)}/clearance`,
    button: 'Ask all who have not cleared',
    cancelHref: hrefOf(slug, assessment),
    errors,
    intro,
    children: (
      <Input
        name="due"
        label="Last day for an answer"
        hint="For example 30 June 2026. After it, what is not cleared stays out"
        classes="govuk-input--width-20"
        value={valueOf(typed, 'due')}
        errorMessage={errors['due']}
      />
    ),
  });
}

const changeLabels: Readonly<Record<SectionChange, string>> = {
  same: 'The same',
  changed: 'Changed',
  new: 'New',
  gone: 'Nothing now',
  empty: 'Empty in both',
};

export function comparePage(
  slug: string,
  assessment: AssessmentKept,
  before: AssessmentKept,
  compared: ReturnType<typeof compareSections>,
): Page {
  const said = (text: (typeof compared)[number]['now']) =>
    text === undefined || (text.words === '' && text.sentences.length === 0) ? (
      <p class="govuk-body">Nothing.</p>
    ) : (
      <>
        {text.words !== '' && <p class="govuk-body concord-lines">{text.words}</p>}
        {text.sentences.length > 0 && (
          <ul class="govuk-list govuk-list--bullet">
            {text.sentences.map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
        )}
      </>
    );
  return {
    title: `${assessment.title} beside the one before`,
    breadcrumbs: within(slug, assessment),
    wide: true,
    ...marked,
    main: (
      <>
        <h1 class="govuk-heading-l">Beside the one before</h1>
        <p class="govuk-body">
          {assessment.title} ({formatPeriod(assessment.period)}) beside {before.title} ({formatPeriod(before.period)}).
        </p>
        {compared.map(({ key, change, now, before: was }) => {
          const heading =
            findSection(assessment.template, key)?.heading ?? findSection(before.template, key)?.heading ?? key;
          return (
            <section aria-labelledby={`part-${key}`}>
              <h2 class="govuk-heading-m" id={`part-${key}`}>
                {heading}{' '}
                <Tag classes={change === 'changed' || change === 'new' ? 'govuk-tag--blue' : 'govuk-tag--grey'}>
                  {changeLabels[change]}
                </Tag>
              </h2>
              {change === 'same' || change === 'empty' ? null : (
                <div class="concord-beside">
                  <div>
                    <h3 class="govuk-heading-s">Now</h3>
                    {said(now)}
                  </div>
                  <div>
                    <h3 class="govuk-heading-s">Before</h3>
                    {said(was)}
                  </div>
                </div>
              )}
            </section>
          );
        })}
      </>
    ),
  };
}

export function previewPage(slug: string, assessment: AssessmentKept, audience: Audience, model: DocumentModel): Page {
  return {
    title: `${assessment.title}, for ${audienceLabels[audience].label.toLowerCase()} readers`,
    breadcrumbs: within(slug, assessment),
    ...(audience === 'public'
      ? {}
      : { marking: { text: audience === 'restricted' ? 'OFFICIAL-SENSITIVE' : 'OFFICIAL', handling: model.marking } }),
    main: (
      <>
        <InsetText>
          This is how{' '}
          {audience === 'restricted' ? 'those who work on it' : audience === 'partner' ? 'partners' : 'the public'}{' '}
          would read it today.{' '}
          {(['restricted', 'partner', 'public'] as const)
            .filter((other) => other !== audience)
            .map((other, at) => (
              <>
                {at > 0 && ' '}
                <a class="govuk-link" href={`${hrefOf(slug, assessment)}/preview/${other}`}>
                  {audienceLabels[other].label}
                </a>
              </>
            ))}
        </InsetText>
        <DocumentParts model={model} />
      </>
    ),
  };
}

export interface PartnerFigures {
  readonly section: SectionKept;
  /** What whoever looks said of the part, each with its replies after it. */
  readonly comments: readonly CommentKept[];
  readonly figures: readonly { readonly sentence: string; readonly title: string; readonly shown: ViewShown }[];
}
export interface PartnerModel {
  readonly slug: string;
  readonly assessment: AssessmentKept;
  /** Organisations for which whoever asks speaks. */
  readonly speaksFor: readonly Organisation[];
  readonly asks: readonly AskKept[];
  readonly clearances: readonly {
    readonly clearance: ClearanceKept;
    readonly state: ClearanceState;
    readonly seen: ContentHash;
    readonly parts: readonly PartnerFigures[];
  }[];
  readonly sections: readonly SectionKept[];
  readonly typed?: Typed;
  readonly errors?: Errors;
}

const isPublic = (state: AssessmentKept['state']): boolean => state === 'published' || state === 'superseded';

/** What one partner has to do with an assessment: ten minutes, no training. */
export function partnerPage({
  slug,
  assessment,
  speaksFor,
  asks,
  clearances,
  sections,
  typed = {},
  errors = {},
}: PartnerModel): Page {
  const href = `${hrefOf(slug, assessment)}/part`;
  const mistakes = Object.entries(errors);
  const heading = (id: string | null) => {
    const section = sections.find((each) => each.id === id);
    return section === undefined ? undefined : headingOfSection(assessment, section.key);
  };
  const at = valueOf(typed, 'of');
  return {
    title: `Your part in: ${assessment.title}`,
    breadcrumbs: [evidenceCrumb(slug)],
    hasErrors: mistakes.length > 0,
    marking: { text: 'OFFICIAL', handling: 'For partners only' },
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {mistakes.length > 0 && (
            <ErrorSummary
              errorList={mistakes.map(([field, text]) => ({
                text,
                href: `#${field === '' ? 'main-content' : `${field}-${at}`}`,
              }))}
            />
          )}
          <span class="govuk-caption-l">{templateLabels[assessment.template].label}</span>
          <h1 class="govuk-heading-l">Your part in: {assessment.title}</h1>
          {speaksFor.length === 0 ? (
            <InsetText>
              The register does not say for which organisation you speak. Ask the coordinator to add your post, then
              come back.
            </InsetText>
          ) : (
            <p class="govuk-body">You speak for {speaksFor.map(({ name }) => name).join(' and ')}.</p>
          )}
          {speaksFor.length > 0 && asks.length + clearances.length === 0 && (
            <p class="govuk-body">Nothing is asked of you here.</p>
          )}
          {asks.map((ask) => (
            <section aria-labelledby={`ask-${ask.id}`}>
              <h2 class="govuk-heading-m" id={`ask-${ask.id}`}>
                {ask.question}
              </h2>
              <p class="govuk-body">
                {heading(ask.section) !== undefined && `For the part “${heading(ask.section)}”. `}
                {ask.state === 'asked'
                  ? `Please answer by ${formatDate(ask.due)}.`
                  : `Answered by ${ask.answeredByName}, ${formatDate(ask.answeredOn ?? '')}.`}
              </p>
              {ask.answer !== null && <blockquote class="govuk-inset-text concord-lines">{ask.answer}</blockquote>}
              {isOpen(assessment.state) && (
                <Details
                  summaryText={ask.state === 'asked' ? 'Answer' : 'Change the answer'}
                  open={ask.state === 'asked' || at === ask.id}
                >
                  <form method="post" action={`${href}/asks/${ask.id}`} novalidate>
                    <Radios
                      name="state"
                      idPrefix={`state-${ask.id}`}
                      fieldset={{ legend: 'Can you contribute?' }}
                      classes="govuk-radios--small"
                      value={at === ask.id ? valueOf(typed, 'state') : ask.state === 'asked' ? '' : ask.state}
                      errorMessage={at === ask.id ? errors['state'] : undefined}
                      items={[
                        { value: 'answered', text: 'Yes, this is our contribution' },
                        { value: 'declined', text: 'We have nothing to add' },
                      ]}
                    />
                    <Textarea
                      name="answer"
                      id={`answer-${ask.id}`}
                      label="Your contribution, or why you have none"
                      hint="Do not name anybody"
                      rows={5}
                      value={at === ask.id ? valueOf(typed, 'answer') : (ask.answer ?? '')}
                      errorMessage={at === ask.id ? errors['answer'] : undefined}
                    />
                    <Button preventDoubleClick>Send it</Button>
                  </form>
                </Details>
              )}
            </section>
          ))}
          {clearances.map(({ clearance, state, seen, parts }) => (
            <section aria-labelledby={`clearance-${clearance.id}`}>
              <h2 class="govuk-heading-m" id={`clearance-${clearance.id}`}>
                May the figures of {clearance.organisation.name} be published?
              </h2>
              <p class="govuk-body">
                <ClearanceTag state={state} />{' '}
                {state === 'waiting' &&
                  `Please answer by ${formatDate(clearance.due)}. If you do not, these parts stay out.`}
                {state === 'lapsed' &&
                  `The last day was ${formatDate(clearance.due)}. These parts stay out unless you are asked again.`}
                {state === 'objected' && clearance.because}
              </p>
              {parts.map(({ section, figures, comments }) => (
                <div class="concord-placed">
                  <h3 class="govuk-heading-s">{headingOfSection(assessment, section.key)}</h3>
                  {section.words !== '' && <p class="govuk-body concord-lines">{section.words}</p>}
                  {figures.map(({ sentence, title, shown }) => (
                    <>
                      <p class="govuk-body">
                        <strong>{sentence}</strong>
                      </p>
                      <Details summaryText={`The numbers: ${title}`}>
                        <CellTable shown={shown} />
                      </Details>
                    </>
                  ))}
                  {comments.map((comment) => (
                    <article class="concord-comment" aria-label={`Comment by ${comment.byName}`}>
                      <p class="govuk-body-s">
                        <strong>{comment.byName}</strong>, {momentText(comment.at)}
                      </p>
                      <p class="govuk-body concord-lines">{comment.words}</p>
                    </article>
                  ))}
                  {!isPublic(assessment.state) && (
                    <Details summaryText="Comment on this part" open={at === `${clearance.id}-${section.key}`}>
                      <form method="post" action={`${href}/comments/${section.key}`} novalidate>
                        <input type="hidden" name="clearance" value={clearance.id} />
                        <Textarea
                          name="comment"
                          id={`comment-${clearance.id}-${section.key}`}
                          label={`Your comment on “${headingOfSection(assessment, section.key)}”`}
                          hint="Whoever writes this part sees it and can reply. Do not name anybody"
                          rows={3}
                          value={at === `${clearance.id}-${section.key}` ? valueOf(typed, 'comment') : ''}
                          errorMessage={at === `${clearance.id}-${section.key}` ? errors['comment'] : undefined}
                        />
                        <Button classes="govuk-button--secondary" preventDoubleClick>
                          Comment
                        </Button>
                      </form>
                    </Details>
                  )}
                </div>
              ))}
              {(state === 'waiting' || state === 'cleared' || state === 'objected') && !isPublic(assessment.state) && (
                <form method="post" action={`${href}/clearance/${clearance.id}`} novalidate>
                  <input type="hidden" name="seen" value={seen} />
                  <Radios
                    name="answer"
                    idPrefix={`answer-${clearance.id}`}
                    fieldset={{ legend: 'Your answer' }}
                    value={at === clearance.id ? valueOf(typed, 'answer') : ''}
                    errorMessage={at === clearance.id ? errors['answer'] : undefined}
                    items={[
                      { value: 'cleared', text: 'Yes, as they stand here' },
                      { value: 'objected', text: 'No, something is wrong' },
                    ]}
                  />
                  <Textarea
                    name="because"
                    id={`because-${clearance.id}`}
                    label="If something is wrong: what?"
                    rows={3}
                    value={at === clearance.id ? valueOf(typed, 'because') : ''}
                    errorMessage={at === clearance.id ? errors['because'] : undefined}
                  />
                  <Button preventDoubleClick>Send the answer</Button>
                </form>
              )}
            </section>
          ))}
        </div>
      </div>
    ),
  };
}

// ── What the public reads ────────────────────────────────────────────────────────────────────────────────────────────

export function publishedPage({
  slug,
  name,
  assessments,
}: {
  readonly slug: string;
  /** Of the partnership. */
  readonly name: string;
  readonly assessments: readonly PublishedLine[];
}): Page {
  return {
    title: 'What we know about violence here',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">What we know about violence here</h1>
          <p class="govuk-body-l">
            {name} looks at how much serious violence there is, who is hurt, and what causes it. This is what it has
            published.
          </p>
          {assessments.length === 0 ? (
            <p class="govuk-body">Nothing has been published yet.</p>
          ) : (
            <ul class="govuk-list">
              {assessments.map((each) => (
                <li>
                  <a class="govuk-link govuk-!-font-weight-bold" href={`/${slug}/assessments/${each.id}`}>
                    {each.title}
                  </a>
                  <br />
                  {each.areaName}, {formatPeriod({ from: each.from, to: each.to })}. Approved by {each.approvedBy},
                  published {formatDate(each.publishedOn)}.
                  {each.supersededBy !== null && ' A newer one has taken its place.'}
                </li>
              ))}
            </ul>
          )}
          <h2 class="govuk-heading-m">If you are in danger</h2>
          <p class="govuk-body">Call 999. If it is not an emergency, call 101.</p>
        </div>
      </div>
    ),
  };
}

export function publishedDocumentPage(
  slug: string,
  line: PublishedLine,
  model: DocumentModel,
  files: readonly { readonly text: string; readonly ending: string }[],
): Page {
  const href = `/${slug}/assessments/${line.id}`;
  return {
    title: line.title,
    breadcrumbs: [{ text: 'What we know about violence here', href: `/${slug}/assessments` }],
    quickExit: true,
    main: (
      <>
        {line.supersededBy !== null && (
          <InsetText>
            A newer assessment has taken its place.{' '}
            <a class="govuk-link" href={`/${slug}/assessments/${line.supersededBy}`}>
              Read the newer one
            </a>
          </InsetText>
        )}
        <DocumentParts model={model} />
        <h2 class="govuk-heading-m">Take it with you</h2>
        <ul class="govuk-list">
          {files.map(({ text, ending }) => (
            <li>
              <a class="govuk-link" href={`${href}${ending}`}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </>
    ),
  };
}
