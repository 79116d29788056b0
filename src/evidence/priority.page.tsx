import { formatDate, markingLabels, markingLevels, type IsoDate } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  EmptyList,
  Input,
  InsetText,
  Radios,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
} from '../govuk/index.ts';
import { Conflict, formPage, valueOf, type Differing, type Errors, type Typed } from '../platform/http/form.page.tsx';
import { History, Part, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { momentText } from '../platform/moment.ts';
import { DecidingBody } from './deciding-body.page.tsx';
import { evidenceCrumb } from './definition.page.tsx';
import { type PriorityKept, type ProfileKept, type ScoreKept } from './priority.store.ts';
import { priorityStateLabels, type PriorityState } from './priority.ts';
import { profileMissing, profileParts } from './problem-profile.ts';
import {
  agreedOf,
  scoreBlockLabels,
  scoreBlocks,
  type Factor,
  type Matrix,
  type Rank,
  type RankFirmness,
} from './scoring.ts';

const crumbs = (slug: string) => [evidenceCrumb(slug), { text: 'Priorities', href: `/${slug}/priorities` }];
const hrefOf = (slug: string, { id }: Pick<PriorityKept, 'id'>) => `/${slug}/priorities/${id}`;
const within = (slug: string, priority: PriorityKept) => [
  ...crumbs(slug),
  { text: priority.name, href: hrefOf(slug, priority) },
];

const stateColour: Readonly<Record<PriorityState, string>> = {
  candidate: 'govuk-tag--grey',
  chosen: 'govuk-tag--green',
  'not-chosen': 'govuk-tag--orange',
  ended: 'govuk-tag--grey',
};
const StateTag = ({ state }: { readonly state: PriorityState }) => (
  <Tag classes={stateColour[state]}>{priorityStateLabels[state]}</Tag>
);
const points = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en-GB', { maximumFractionDigits: 1 });

export interface PriorityLine {
  readonly priority: PriorityKept;
  readonly rank: Rank;
  readonly firmness: RankFirmness;
  readonly byOnePoint: { readonly best: number; readonly worst: number };
  readonly missing: readonly Factor[];
}

/** "2", "1 to 3". */
const ranksWords = ({ best, worst }: { readonly best: number; readonly worst: number }): string =>
  best === worst ? String(best) : `${best} to ${worst}`;

/** In how many of ten draws. */
const tenths = (share: number): string => {
  const of = Math.round(share * 10);
  return of === 0
    ? share > 0
      ? 'Fewer than 1 in 10'
      : 'Never'
    : of === 10
      ? share < 1
        ? 'Nearly always'
        : 'Always'
      : `${of} in 10`;
};

export function prioritiesPage({
  slug,
  lines,
  draws,
  mayWrite,
}: {
  readonly slug: string;
  /** The highest first. */
  readonly lines: readonly PriorityLine[];
  readonly draws: number;
  readonly mayWrite: boolean;
}): Page {
  const [first, second] = lines;
  const chosen = lines.filter(({ priority }) => priority.state === 'chosen');
  return {
    title: 'Priorities',
    breadcrumbs: [evidenceCrumb(slug)],
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Priorities</h1>
        <p class="govuk-body-l">
          What should come first, by harm and likelihood, with how many beside it. A score helps people decide; it does
          not decide.
        </p>
        {mayWrite && <Button href={`/${slug}/priorities/new`}>Add what could be a priority</Button>}
        {first === undefined ? (
          <EmptyList title="Nothing is weighed yet">
            Add what the findings point to, score each for harm and likelihood, and let the board choose.
          </EmptyList>
        ) : (
          <>
            {second !== undefined && (
              <p class="govuk-body">
                <strong>{first.priority.name}</strong> ranks first.{' '}
                {first.firmness.firstShare >= 0.9
                  ? 'It stays first almost whatever the weights are.'
                  : `With other weights it ranks first in ${tenths(first.firmness.firstShare).toLowerCase()} draws, so look at those next to it too.`}
              </p>
            )}
            <ScrollBox label="Priorities by score">
              <Table
                caption="By score"
                captionClasses="govuk-table__caption--m"
                head={[
                  { text: 'Rank', format: 'numeric' },
                  'Priority',
                  { text: 'Score', format: 'numeric' },
                  { text: 'Harm', format: 'numeric' },
                  { text: 'Likelihood', format: 'numeric' },
                  'Ranks first',
                  'Rank if weights differ',
                  'Rank if one score is a point off',
                  { text: 'How many', format: 'numeric' },
                  { text: 'How much harm', format: 'numeric' },
                  'State',
                ]}
                rows={lines.map(({ priority, rank, firmness, byOnePoint, missing }) => [
                  { text: String(rank.rank), format: 'numeric' as const },
                  <>
                    <a class="govuk-link" href={hrefOf(slug, priority)}>
                      {priority.name}
                    </a>
                    {missing.length > 0 && (
                      <>
                        <br />
                        {missing.length === 1 ? '1 factor is' : `${missing.length} factors are`} not scored yet
                      </>
                    )}
                  </>,
                  { text: points(rank.scored.total), format: 'numeric' as const },
                  { text: points(rank.scored.harm), format: 'numeric' as const },
                  { text: points(rank.scored.likelihood), format: 'numeric' as const },
                  tenths(firmness.firstShare),
                  ranksWords(firmness),
                  ranksWords(byOnePoint),
                  { text: priority.volume?.toLocaleString('en-GB') ?? 'Not known', format: 'numeric' as const },
                  { text: priority.harm?.toLocaleString('en-GB') ?? 'Not known', format: 'numeric' as const },
                  <StateTag state={priority.state} />,
                ])}
              />
            </ScrollBox>
            <p class="govuk-body">
              Score = harm × likelihood + what the organisations face. The weights were drawn{' '}
              {draws.toLocaleString('en-GB')} times between half and one and a half times what they are; the ranks are
              those of nine draws in ten.
            </p>
            {chosen.length > 0 && (
              <section aria-labelledby="chosen">
                <h2 class="govuk-heading-m" id="chosen">
                  Chosen
                </h2>
                <ul class="govuk-list govuk-list--bullet">
                  {chosen.map(({ priority }) => (
                    <li>
                      {priority.name}: {decidedWords(priority)}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <p class="govuk-body">
              <a class="govuk-link" href={`/${slug}/priorities/export.csv`}>
                Download all as CSV
              </a>
            </p>
          </>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/priorities/matrix`}>
            How it is scored{mayWrite && ', and change the weights'}
          </a>
        </p>
      </>
    ),
  };
}

export const decidedWords = ({ decidedBy, decidedOn, state }: PriorityKept): string =>
  decidedBy === null || decidedOn === null
    ? 'nobody has decided yet'
    : `${priorityStateLabels[state].toLowerCase()} by ${decidedBy.name}, ${formatDate(decidedOn)}`;

export function matrixPage(
  slug: string,
  matrix: Matrix,
  {
    changes,
    mayWrite,
    typed = {},
    errors = {},
  }: {
    readonly changes: readonly HistoryItem[];
    readonly mayWrite: boolean;
    readonly typed?: Typed;
    readonly errors?: Errors;
  },
): Page {
  const page = formPage({
    title: 'How priorities are scored',
    breadcrumbs: crumbs(slug),
    action: `/${slug}/priorities/matrix`,
    button: 'Save the weights',
    cancelHref: `/${slug}/priorities`,
    errors,
    intro: (
      <p class="govuk-body">
        Each factor gets a score from 0 to the highest. Harm and what the organisations face are added up, likelihood is
        a mean: score = harm × likelihood + what the organisations face. A weight of 1 leaves a factor as it is, 0
        leaves it out.
      </p>
    ),
    children: (
      <>
        <Input
          name="top"
          label="Highest score"
          inputmode="numeric"
          classes="govuk-input--width-2"
          value={valueOf(typed, 'top', String(matrix.top))}
          errorMessage={errors['top']}
        />
        {scoreBlocks.map((block) => (
          <fieldset class="govuk-fieldset govuk-form-group">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{scoreBlockLabels[block]}</legend>
            {matrix.factors
              .filter((factor) => factor.block === block)
              .map(({ key, name, weight }) => (
                <Input
                  name={`weight-${key}`}
                  label={`Weight of: ${name.toLowerCase()}`}
                  inputmode="decimal"
                  classes="govuk-input--width-4"
                  value={valueOf(typed, `weight-${key}`, String(weight))}
                  errorMessage={errors[`weight-${key}`]}
                />
              ))}
          </fieldset>
        ))}
      </>
    ),
  });
  if (mayWrite) return { ...page, main: [page.main, <History changes={changes} />] };
  return {
    title: page.title,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">{page.title}</h1>
        <p class="govuk-body">
          Each factor gets a score from 0 to {matrix.top}. Score = harm × likelihood + what the organisations face.
        </p>
        <Table
          caption="Weights"
          captionClasses="govuk-table__caption--m"
          head={['Factor', 'Part', { text: 'Weight', format: 'numeric' }]}
          rows={matrix.factors.map(({ name, block, weight }) => [
            name,
            scoreBlockLabels[block],
            { text: String(weight), format: 'numeric' as const },
          ])}
        />
        <History changes={changes} />
      </>
    ),
  };
}

export function priorityPage({
  slug,
  priority,
  matrix,
  scores,
  line,
  of,
  findings,
  profile,
  changes,
  mayWrite,
  mayDecide,
}: {
  readonly slug: string;
  readonly priority: PriorityKept;
  readonly matrix: Matrix;
  readonly scores: readonly ScoreKept[];
  readonly line: PriorityLine | undefined;
  /** How many are weighed. */
  readonly of: number;
  readonly findings: readonly { readonly id: string; readonly sentence: string }[];
  readonly profile: ProfileKept | undefined;
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
  readonly mayDecide: boolean;
}): Page {
  const href = hrefOf(slug, priority);
  const missing = profile === undefined ? profileParts.map(([, heading]) => heading) : profileMissing(profile.words);
  return {
    title: priority.name,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">{priority.name}</h1>
        <p class="govuk-body">
          <StateTag state={priority.state} /> {priority.state !== 'candidate' && decidedWords(priority)}
        </p>
        {priority.statement !== null && <p class="govuk-body-l concord-lines">{priority.statement}</p>}
        <div class="govuk-button-group">
          {mayWrite && <Button href={`${href}/score`}>Score it</Button>}
          {mayDecide && (
            <Button classes="govuk-button--secondary" href={`${href}/decide`}>
              Record what was decided
            </Button>
          )}
        </div>
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/thread/need/${priority.id}`}>
            What is before and after it
          </a>
        </p>
        <SummaryList
          rows={[
            line !== undefined && {
              key: 'Rank',
              value: `${line.rank.rank} of ${of}. With other weights ${ranksWords(line.firmness)}; ranks first in: ${tenths(line.firmness.firstShare).toLowerCase()}`,
            },
            {
              key: 'How many',
              value:
                priority.volume === null
                  ? 'Not known'
                  : `${priority.volume.toLocaleString('en-GB')} (${priority.volumeFrom})`,
            },
            {
              key: 'How much harm',
              value:
                priority.harm === null
                  ? 'Not known'
                  : `${priority.harm.toLocaleString('en-GB')} (${priority.harmFrom})`,
            },
            priority.stateBecause !== null && { key: 'Decided so because', value: priority.stateBecause },
          ]}
        />
        {mayWrite && (
          <p class="govuk-body">
            <a class="govuk-link" href={`${href}/change`}>
              Change it, or choose its findings
            </a>
          </p>
        )}
        <Part
          id="findings"
          title="What it rests on"
          none="No finding stands behind it yet."
          isEmpty={findings.length === 0}
        >
          <ul class="govuk-list govuk-list--bullet">
            {findings.map(({ id, sentence }) => (
              <li>
                <a class="govuk-link" href={`/${slug}/findings/${id}`}>
                  {sentence}
                </a>
              </li>
            ))}
          </ul>
        </Part>
        <section aria-labelledby="scores">
          <h2 class="govuk-heading-m" id="scores">
            Scores
          </h2>
          {scores.length === 0 ? (
            <p class="govuk-body">Nobody has scored it yet.</p>
          ) : (
            <ScrollBox label="Scores by factor">
              <Table
                firstCellIsHeader
                head={[
                  'Factor',
                  { text: 'Score', format: 'numeric' },
                  'Between scorers',
                  'Every score, with its reason',
                ]}
                rows={matrix.factors.map((factor) => {
                  const agreed = agreedOf(scores, factor.key);
                  return [
                    factor.name,
                    { text: agreed.points === null ? 'Not yet' : points(agreed.points), format: 'numeric' as const },
                    agreed.isModerated
                      ? 'Agreed'
                      : agreed.scorers < 2
                        ? agreed.scorers === 0
                          ? '–'
                          : '1 scorer'
                        : agreed.spread === 0
                          ? 'All the same'
                          : `${agreed.spread} apart: talk about it`,
                    <ul class="govuk-list">
                      {scores
                        .filter((score) => score.factor === factor.key)
                        .map((score) => (
                          <li>
                            {score.points}
                            {score.isModerated && ', agreed'}: {score.reason} ({score.byName}, {momentText(score.at)})
                          </li>
                        ))}
                    </ul>,
                  ];
                })}
              />
            </ScrollBox>
          )}
        </section>
        <section aria-labelledby="profile">
          <h2 class="govuk-heading-m" id="profile">
            Problem profile
          </h2>
          <p class="govuk-body">
            {profile === undefined
              ? 'Nobody has begun it. It says what the problem is, who is harmed, where and when, and what is not known.'
              : missing.length === 0
                ? 'All its parts are written.'
                : `Still to write: ${missing.join(', ').toLowerCase()}.`}
          </p>
          <p class="govuk-body">
            {profile !== undefined && (
              <>
                <a class="govuk-link" href={`${href}/profile`}>
                  Read it
                </a>
                {mayWrite && ' or '}
              </>
            )}
            {mayWrite && (
              <a class="govuk-link" href={`${href}/profile/change`}>
                {profile === undefined ? 'Begin the problem profile' : 'change it'}
              </a>
            )}
          </p>
        </section>
        <History changes={changes} />
      </>
    ),
  };
}

export function priorityFormPage(
  slug: string,
  {
    priority,
    findings,
    typed = {},
    errors = {},
    version = '',
    differing = [],
  }: {
    readonly priority?: PriorityKept | undefined;
    readonly findings: readonly { readonly id: string; readonly sentence: string }[];
    readonly typed?: Typed;
    readonly errors?: Errors;
    readonly version?: string;
    readonly differing?: readonly Differing[];
  },
): Page {
  const value = (name: string) => valueOf(typed, name);
  const at = priority === undefined ? `/${slug}/priorities` : hrefOf(slug, priority);
  const given = typed['findings'] ?? [];
  return formPage({
    title: priority === undefined ? 'Add what could be a priority' : 'Change a priority',
    breadcrumbs: priority === undefined ? crumbs(slug) : within(slug, priority),
    action: priority === undefined ? `${at}/new` : `${at}/change`,
    button: 'Save',
    cancelHref: at,
    errors,
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Input
          name="name"
          label="Name"
          hint="What is to be less of: Violence at night on the seafront"
          value={value('name')}
          errorMessage={errors['name']}
        />
        <Textarea
          name="statement"
          label="What the problem is (optional)"
          rows={4}
          value={value('statement')}
          errorMessage={errors['statement']}
        />
        <Input
          name="volume"
          label="How many (optional)"
          inputmode="decimal"
          classes="govuk-input--width-10"
          value={value('volume')}
          errorMessage={errors['volume']}
        />
        <Input
          name="volumeFrom"
          label="Where that number comes from"
          hint="Source, area and period"
          value={value('volumeFrom')}
          errorMessage={errors['volumeFrom']}
        />
        <Input
          name="harm"
          label="How much harm (optional)"
          inputmode="decimal"
          classes="govuk-input--width-10"
          value={value('harm')}
          errorMessage={errors['harm']}
        />
        <Input
          name="harmFrom"
          label="Which index says so"
          hint="For example: Crime Severity Score of the ONS, 2016 weights"
          value={value('harmFrom')}
          errorMessage={errors['harmFrom']}
        />
        {findings.length > 0 && (
          <Checkboxes
            name="findings"
            fieldset={{ legend: 'Which findings stand behind it?' }}
            classes="govuk-checkboxes--small"
            values={typeof given === 'string' ? [given] : given}
            errorMessage={errors['findings']}
            items={findings.map(({ id, sentence }) => ({ value: id, text: sentence }))}
          />
        )}
      </>
    ),
  });
}

export function scorePage(
  slug: string,
  priority: PriorityKept,
  {
    matrix,
    scores,
    typed = {},
    errors = {},
  }: {
    readonly matrix: Matrix;
    readonly scores: readonly ScoreKept[];
    readonly typed?: Typed;
    readonly errors?: Errors;
  },
): Page {
  const open = matrix.factors.find(({ key }) => agreedOf(scores, key).points === null) ?? matrix.factors[0];
  return formPage({
    title: `Score: ${priority.name}`,
    breadcrumbs: within(slug, priority),
    action: `${hrefOf(slug, priority)}/score`,
    button: 'Keep the score',
    cancelHref: hrefOf(slug, priority),
    errors,
    intro: (
      <p class="govuk-body">
        Score what the evidence says, without looking at what others gave. Your newest score of a factor counts, and all
        stay on record with your name.
      </p>
    ),
    children: (
      <>
        <Select
          name="factor"
          label="Factor"
          value={valueOf(typed, 'factor', open?.key)}
          errorMessage={errors['factor']}
          items={matrix.factors.map(({ key, name, block }) => ({
            value: key,
            text: `${scoreBlockLabels[block]}: ${name.toLowerCase()}${agreedOf(scores, key).points === null ? '' : ' (scored)'}`,
          }))}
        />
        <Radios
          name="points"
          fieldset={{ legend: `Score, from 0 (none) to ${matrix.top} (as bad as it gets)` }}
          classes="govuk-radios--inline govuk-radios--small"
          value={valueOf(typed, 'points')}
          errorMessage={errors['points']}
          items={Array.from({ length: matrix.top + 1 }, (_, at) => ({ value: String(at), text: String(at) }))}
        />
        <Textarea
          name="reason"
          label="What does it rest on?"
          rows={3}
          value={valueOf(typed, 'reason')}
          errorMessage={errors['reason']}
        />
        <Checkboxes
          name="agreed"
          values={valueOf(typed, 'agreed') === 'yes' ? ['yes'] : []}
          items={[{ value: 'yes', text: 'This is what the scorers agreed on when they met' }]}
        />
      </>
    ),
  });
}

export function decidePage(
  slug: string,
  priority: PriorityKept,
  {
    bodies,
    typed = {},
    errors = {},
  }: {
    readonly bodies: readonly { readonly id: string; readonly name: string }[];
    readonly typed?: Typed;
    readonly errors?: Errors;
  },
): Page {
  return formPage({
    title: `What was decided about: ${priority.name}`,
    breadcrumbs: within(slug, priority),
    action: `${hrefOf(slug, priority)}/decide`,
    button: 'Record the decision',
    cancelHref: hrefOf(slug, priority),
    errors,
    children: (
      <>
        <Radios
          name="state"
          fieldset={{ legend: 'Decision' }}
          value={valueOf(typed, 'state')}
          errorMessage={errors['state']}
          items={[
            { value: 'chosen', text: 'It is a priority' },
            { value: 'not-chosen', text: 'It is not one' },
            { value: 'ended', text: 'It is one no longer' },
          ]}
        />
        <DecidingBody question="Who decided?" bodies={bodies} typed={typed} errors={errors} />
        <Textarea
          name="because"
          label="Why?"
          rows={3}
          value={valueOf(typed, 'because')}
          errorMessage={errors['because']}
        />
      </>
    ),
  });
}

const markingOf = ({ marking }: Pick<ProfileKept, 'marking'>) =>
  marking === 'unmarked' ? {} : { marking: { text: markingLabels[marking] } };

export function profilePage(
  slug: string,
  priority: PriorityKept,
  {
    profile,
    today,
    changes,
    mayWrite,
  }: {
    readonly profile: ProfileKept;
    readonly today: IsoDate;
    readonly changes: readonly HistoryItem[];
    readonly mayWrite: boolean;
  },
): Page {
  const missing = profileMissing(profile.words);
  return {
    title: `Problem profile: ${priority.name}`,
    breadcrumbs: within(slug, priority),
    ...markingOf(profile),
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <span class="govuk-caption-l">Problem profile</span>
          <h1 class="govuk-heading-l">{priority.name}</h1>
          <p class="govuk-body">
            By {profile.authorName}.{' '}
            {profile.reviewOn !== null &&
              (profile.reviewOn < today
                ? `It was to be looked at again by ${formatDate(profile.reviewOn)}.`
                : `To be looked at again by ${formatDate(profile.reviewOn)}.`)}
          </p>
          {missing.length > 0 && <InsetText>Still to write: {missing.join(', ').toLowerCase()}.</InsetText>}
          {mayWrite && (
            <Button classes="govuk-button--secondary" href={`${hrefOf(slug, priority)}/profile/change`}>
              Change
            </Button>
          )}
          {profileParts.map(
            ([part, heading]) =>
              profile.words[part] !== undefined && (
                <section aria-labelledby={part}>
                  <h2 class="govuk-heading-m" id={part}>
                    {heading}
                  </h2>
                  <p class="govuk-body concord-lines">{profile.words[part]}</p>
                </section>
              ),
          )}
          <History changes={changes} />
        </div>
      </div>
    ),
  };
}

export function profileFormPage(
  slug: string,
  priority: PriorityKept,
  {
    profile,
    edition,
    typed = {},
    errors = {},
    differing = [],
  }: {
    readonly profile: ProfileKept | undefined;
    readonly edition: number;
    readonly typed?: Typed;
    readonly errors?: Errors;
    readonly differing?: readonly Differing[];
  },
): Page {
  return {
    ...formPage({
      title: `Problem profile: ${priority.name}`,
      breadcrumbs: within(slug, priority),
      action: `${hrefOf(slug, priority)}/profile/change`,
      button: 'Save',
      cancelHref: profile === undefined ? hrefOf(slug, priority) : `${hrefOf(slug, priority)}/profile`,
      errors,
      intro: (
        <>
          <Conflict differing={differing} />
          <p class="govuk-body">
            Write what is known. Leave a part empty rather than guess: it is then listed as missing.
          </p>
        </>
      ),
      children: (
        <>
          <input type="hidden" name="edition" value={String(edition)} />
          {profileParts.map(([part, heading, hint]) => (
            <Textarea
              name={part}
              label={heading}
              hint={hint}
              rows={3}
              value={valueOf(typed, part, profile?.words[part] ?? '')}
              errorMessage={errors[part]}
            />
          ))}
          <Radios
            name="marking"
            fieldset={{ legend: 'Marking' }}
            classes="govuk-radios--small"
            value={valueOf(typed, 'marking', profile?.marking ?? 'official')}
            errorMessage={errors['marking']}
            items={markingLevels.map((level) => ({ value: level, text: markingLabels[level] }))}
          />
          <Input
            name="reviewOn"
            label="To be looked at again by (optional)"
            hint="For example 31 March 2027"
            classes="govuk-input--width-20"
            value={valueOf(typed, 'reviewOn', profile?.reviewOn ?? '')}
            errorMessage={errors['reviewOn']}
          />
        </>
      ),
    }),
    ...(profile !== undefined && markingOf(profile)),
  };
}
