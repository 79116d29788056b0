import { formatDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  Details,
  EmptyList,
  InsetText,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  WarningText,
  type SummaryListRow,
} from '../govuk/index.ts';
import { History, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import {
  ageScopeLabels,
  expressibility,
  factorLabels,
  factorNames,
  inclusionLabels,
  isOut,
  settingLabels,
  warningsOf,
  type Expressibility,
  type KindCompared,
  type KindDecision,
} from './definition.ts';
import type { DefinitionKept, DefinitionQuestion } from './definition.store.ts';
import type { Expression, SourceFormat } from './source.ts';
import { findViolenceKind, selectionWords } from './violence-kinds.ts';

export const mayDefine = ['administrator', 'coordinator', 'analyst'] as const;

export const evidenceCrumb = (slug: string) => ({ text: 'Evidence', href: `/${slug}/evidence` });
export const definitionsCrumbs = (slug: string) => [
  evidenceCrumb(slug),
  { text: 'What counts as serious violence', href: `/${slug}/definitions` },
];
export const definitionCrumbs = (slug: string, { recordId, name, version }: DefinitionKept) => [
  ...definitionsCrumbs(slug),
  { text: `${name}, version ${version}`, href: `/${slug}/definitions/${recordId}` },
];

/** Whether it holds on a day, in a word. */
export function stateOf({ status, effectiveFrom }: DefinitionKept, today: IsoDate): string {
  if (status === 'draft') return 'Draft';
  if (status === 'superseded') return 'Replaced';
  return effectiveFrom !== null && effectiveFrom > today ? 'Adopted, not in force yet' : 'In force';
}

const stateColours: Readonly<Record<string, string>> = {
  Draft: 'govuk-tag--yellow',
  Replaced: 'govuk-tag--grey',
  'In force': 'govuk-tag--teal',
};
export const StateTag = ({ definition, today }: { readonly definition: DefinitionKept; readonly today: IsoDate }) => {
  const state = stateOf(definition, today);
  return <Tag classes={stateColours[state] ?? 'govuk-tag--blue'}>{state}</Tag>;
};

/** Who decided, as people say it. */
export const decidedByName = ({ body, decidedBy }: Pick<DefinitionKept, 'body' | 'decidedBy'>): string =>
  body?.name ?? decidedBy ?? '';

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;

const inOf = ({ kinds }: DefinitionKept) => kinds.filter(({ inclusion }) => inclusion === 'core').length;
const outOf = ({ kinds }: DefinitionKept) => kinds.filter(({ inclusion }) => isOut(inclusion));

export function definitionsPage({
  slug,
  definitions,
  today,
  mayWrite,
}: {
  readonly slug: string;
  readonly definitions: readonly DefinitionKept[];
  readonly today: IsoDate;
  readonly mayWrite: boolean;
}): Page {
  const title = 'What counts as serious violence';
  const inForce = definitions.find((each) => stateOf(each, today) === 'In force');
  const isDraft = ({ status }: DefinitionKept) => status === 'draft';
  const others = definitions.filter((each) => each !== inForce && !isDraft(each));
  const drafts = definitions.filter(isDraft);
  return {
    title,
    breadcrumbs: [evidenceCrumb(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body-l">
          The Act leaves it to each partnership to say which kinds of violence are serious here, and why.
        </p>
        {definitions.length === 0 ? (
          <EmptyList
            title="No definition yet"
            {...(mayWrite && { action: { text: 'Add a definition', href: `/${slug}/definitions/new` } })}
          >
            Begin with a neutral one, or with what other areas have published, and change it kind by kind until your
            board can decide.
          </EmptyList>
        ) : (
          <>
            {mayWrite && <Button href={`/${slug}/definitions/new`}>Add a definition</Button>}
            <section aria-labelledby="in-force">
              <h2 class="govuk-heading-m" id="in-force">
                In force
              </h2>
              {inForce === undefined ? (
                <p class="govuk-body">No definition is in force. Figures count without one until a body adopts it.</p>
              ) : (
                <>
                  <p class="govuk-body">
                    <a class="govuk-link govuk-!-font-weight-bold" href={`/${slug}/definitions/${inForce.recordId}`}>
                      {inForce.name}
                    </a>
                    , since {formatDate(inForce.effectiveFrom ?? today)}. {count(inOf(inForce), 'kind', 'kinds')} of
                    violence {inOf(inForce) === 1 ? 'is' : 'are'} in
                    {outOf(inForce).length > 0 &&
                      `; out: ${outOf(inForce)
                        .map(({ name }) => name.toLowerCase())
                        .join(', ')}`}
                    .
                  </p>
                  <p class="govuk-body">
                    <a class="govuk-link" href={`/${slug}/definition`}>
                      The page that the public sees
                    </a>
                  </p>
                </>
              )}
            </section>
            <ListOf slug={slug} title="Drafts" definitions={drafts} today={today} />
            <ListOf slug={slug} title="Other versions" definitions={others} today={today} />
            <p class="govuk-body concord-actions">
              {definitions.length > 1 && (
                <a class="govuk-link" href={`/${slug}/definitions/compare`}>
                  Compare two
                </a>
              )}
              <a class="govuk-link" href={`/${slug}/definitions/export.csv`}>
                Download all as CSV
              </a>
            </p>
          </>
        )}
      </>
    ),
  };
}

function ListOf({
  slug,
  title,
  definitions,
  today,
}: {
  readonly slug: string;
  readonly title: string;
  readonly definitions: readonly DefinitionKept[];
  readonly today: IsoDate;
}) {
  if (definitions.length === 0) return null;
  return (
    <ScrollBox label={title}>
      <Table
        caption={title}
        captionClasses="govuk-table__caption--m"
        firstCellIsHeader
        head={['Name', 'Version', 'State', 'Decided by', 'In force']}
        rows={definitions.map((each) => [
          <a class="govuk-link" href={`/${slug}/definitions/${each.recordId}`}>
            {each.name}
          </a>,
          each.version,
          <StateTag definition={each} today={today} />,
          decidedByName(each) || '–',
          inForceWords(each),
        ])}
      />
    </ScrollBox>
  );
}

function inForceWords({ status, effectiveFrom, supersededFrom }: DefinitionKept): string {
  if (status === 'draft' || effectiveFrom === null) return '–';
  if (supersededFrom === null) return `From ${formatDate(effectiveFrom)}`;
  return `From ${formatDate(effectiveFrom)} until ${formatDate(supersededFrom)}`;
}

// ── One definition ───────────────────────────────────────────────────────────────────────────────────────────────────

export interface DefinitionModel {
  readonly slug: string;
  readonly definition: DefinitionKept;
  readonly today: IsoDate;
  readonly questions: readonly DefinitionQuestion[];
  readonly formats: readonly SourceFormat[];
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
}

export function definitionPage(model: DefinitionModel): Page {
  const { slug, definition, today, mayWrite } = model;
  const href = `/${slug}/definitions/${definition.recordId}`;
  const isDraft = definition.status === 'draft';
  const warnings = isDraft ? warningsOf(definition) : [];
  return {
    title: definition.name,
    breadcrumbs: definitionsCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">{definition.name}</h1>
        <p class="govuk-body">
          <StateTag definition={definition} today={today} />
        </p>
        {mayWrite && (
          <div class="govuk-button-group">
            {isDraft ? (
              <Button href={`${href}/adopt`}>Adopt it</Button>
            ) : (
              <Button href={`/${slug}/definitions/new?from=${definition.recordId}`} classes="govuk-button--secondary">
                Make a new version
              </Button>
            )}
            {isDraft && (
              <>
                <a class="govuk-link" href={`${href}/change`}>
                  Change its name
                </a>
                <a class="govuk-link" href={`${href}/remove`}>
                  Delete this draft
                </a>
              </>
            )}
          </div>
        )}
        {warnings.map((warning) => (
          <WarningText>{warning}</WarningText>
        ))}
        <SummaryList rows={summaryOf(model)} />
        <section aria-labelledby="kinds">
          <h2 class="govuk-heading-m" id="kinds">
            Kinds of violence
          </h2>
          <ScrollBox label="Kinds of violence: what is in and what is out">
            <Table
              caption="What is in and what is out"
              captionClasses="govuk-visually-hidden"
              firstCellIsHeader
              head={['Kind', 'In or out', 'Who and where', 'Why', ...(isDraft && mayWrite ? ['Change'] : [])]}
              rows={definition.kinds.map((kind) => [
                <a class="govuk-link" href={`${href}/kinds/${kind.kind}`}>
                  {kind.name}
                </a>,
                <Inclusion decision={kind} />,
                scopeWords(kind),
                <Reason decision={kind} />,
                ...(isDraft && mayWrite
                  ? [
                      <a class="govuk-link" href={`${href}/kinds/${kind.kind}/change`}>
                        Change<span class="govuk-visually-hidden"> {kind.name}</span>
                      </a>,
                    ]
                  : []),
              ])}
            />
          </ScrollBox>
          {isDraft && mayWrite && (
            <p class="govuk-body">
              <a class="govuk-link" href={`${href}/kinds/new`}>
                Add a kind of violence
              </a>
            </p>
          )}
        </section>
        <Sources definition={definition} formats={model.formats} />
        <Questions model={model} />
        <History changes={model.changes} />
      </>
    ),
  };
}

function summaryOf({ definition, slug, today }: DefinitionModel): readonly (SummaryListRow | false)[] {
  const isDraft = definition.status === 'draft';
  return [
    definition.about !== null && { key: 'What it is', value: definition.about },
    {
      key: 'Decided by',
      value:
        definition.body === null ? (
          (definition.decidedBy ?? 'Nobody yet')
        ) : (
          <a class="govuk-link" href={`/${slug}/bodies/${definition.body.id}`}>
            {definition.body.name}
          </a>
        ),
    },
    (!isDraft || definition.decidedOn !== null) && { key: 'Decided on', value: definition.decidedOn ?? '–' },
    !isDraft && { key: 'In force', value: inForceWords(definition) },
    definition.reviewBy !== null && {
      key: 'To be reviewed by',
      value: (
        <>
          {formatDate(definition.reviewBy)}{' '}
          {definition.status === 'adopted' && definition.reviewBy < today && (
            <Tag classes="govuk-tag--orange">Overdue</Tag>
          )}
        </>
      ),
    },
    {
      key: 'Named in figures as',
      value: (
        <>
          {definition.id}, version {definition.version}
          <br />
          <span class="concord-long">{definition.sha256}</span>
        </>
      ),
    },
  ];
}

const inclusionColours = {
  core: 'govuk-tag--teal',
  wider: 'govuk-tag--blue',
  excluded: 'govuk-tag--grey',
  signposted: 'govuk-tag--grey',
} as const;
export const Inclusion = ({ decision }: { readonly decision: Pick<KindDecision, 'inclusion'> }) => (
  <Tag classes={inclusionColours[decision.inclusion]}>{inclusionLabels[decision.inclusion]}</Tag>
);

export const scopeWords = ({ ageScope, setting }: Pick<KindDecision, 'ageScope' | 'setting'>): string =>
  `${ageScopeLabels[ageScope]}, ${settingLabels[setting].toLowerCase()}`;

const judgedOf = ({ factors }: KindDecision) => factorNames.filter((name) => factors[name] !== null);

/** The recorded reason, one press away. */
function Reason({ decision }: { readonly decision: KindDecision }) {
  const judged = judgedOf(decision);
  if (decision.rationale === null && judged.length === 0) return <>No reason yet</>;
  return (
    <Details
      summaryText={isOut(decision.inclusion) ? 'Why it is out' : 'Why it is in'}
      classes="govuk-!-margin-bottom-0"
    >
      <ReasonText decision={decision} />
      {judged.length > 0 && (
        <p class="govuk-body">
          {judged.length === factorNames.length ? 'All four factors' : `${judged.length} of the four factors`} of
          section 13(6) {judged.length === 1 ? 'has' : 'have'} a finding.
        </p>
      )}
    </Details>
  );
}

const ReasonText = ({ decision }: { readonly decision: KindDecision }) => (
  <>
    {decision.rationale !== null && <p class="govuk-body concord-lines">{decision.rationale}</p>}
    {isOut(decision.inclusion) && decision.alternativeGovernance !== null && (
      <p class="govuk-body">Looked after by: {decision.alternativeGovernance}</p>
    )}
    {isOut(decision.inclusion) && (
      <p class="govuk-body">
        {decision.takesOut
          ? 'What is of this kind is taken out of every other kind too.'
          : 'What is of this kind still counts where it is of another kind that is in.'}
      </p>
    )}
  </>
);

function Sources({
  definition,
  formats,
}: {
  readonly definition: DefinitionKept;
  readonly formats: readonly SourceFormat[];
}) {
  const all = formats
    .map((format) => ({ format, said: expressibility(definition, format) }))
    .filter(({ said }) => said.kinds.some(({ expression }) => expression.can !== 'not'));
  const none = formats.filter((format) => !all.some((each) => each.format === format));
  return (
    <section aria-labelledby="sources">
      <h2 class="govuk-heading-m" id="sources">
        What each source can say
      </h2>
      <p class="govuk-body">
        A figure follows this definition only where its source can tell all its kinds apart. Otherwise it is refused,
        and says why.
      </p>
      {all.map(({ format, said }) => (
        <Details summaryText={`${format.title}: ${wholeWords(said)}`}>
          <ExpressedTable said={said} />
        </Details>
      ))}
      {none.length > 0 && (
        <p class="govuk-body">Nothing of it can be counted from: {none.map(({ title }) => title).join('; ')}.</p>
      )}
    </section>
  );
}

const wholeWords = ({ whole }: Expressibility): string =>
  whole.can === 'fully'
    ? 'all of it'
    : whole.can === 'by-proxy'
      ? 'all of it, some by what stands for it'
      : 'not all of it';

const expressionWords = (expression: Expression): string =>
  expression.can === 'fully'
    ? 'Yes'
    : expression.can === 'by-proxy'
      ? `By what stands for it: ${expression.proxy}`
      : `No: ${expression.because}`;

const ExpressedTable = ({ said }: { readonly said: Expressibility }) => (
  <Table
    firstCellIsHeader
    head={['Kind', 'Can it be counted?']}
    rows={said.kinds.map(({ name, expression }) => [name, expressionWords(expression)])}
  />
);

function Questions({ model }: { readonly model: DefinitionModel }) {
  const { slug, definition, questions, mayWrite } = model;
  const href = `/${slug}/definitions/${definition.recordId}`;
  const nameOf = new Map(definition.kinds.map(({ kind, name }) => [kind, name]));
  return (
    <section aria-labelledby="questions">
      <h2 class="govuk-heading-m" id="questions">
        Questions about it
      </h2>
      {questions.length === 0 ? (
        <p class="govuk-body">Nobody has asked about it yet.</p>
      ) : (
        <ul class="govuk-list govuk-list--spaced">
          {questions.map((each) => (
            <li id={`question-${each.id}`}>
              <p class="govuk-body govuk-!-margin-bottom-1">
                <strong>{each.question}</strong> {each.askedBy}, {each.askedOn}.
              </p>
              <p class="govuk-body govuk-!-margin-bottom-1 concord-lines">
                {each.answer === null ? 'Not answered yet.' : `Answered ${each.answeredOn ?? ''}: ${each.answer}`}
              </p>
              <p class="govuk-body concord-actions">
                {each.kind !== null && nameOf.has(each.kind) && (
                  <a class="govuk-link" href={`${href}/kinds/${each.kind}`}>
                    The recorded reason: {nameOf.get(each.kind)}
                  </a>
                )}
                {mayWrite && (
                  <a class="govuk-link" href={`${href}/questions/${each.id}`}>
                    {each.answer === null ? 'Answer' : 'Change the answer'}
                    <span class="govuk-visually-hidden">: {each.question}</span>
                  </a>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${href}/questions/new`}>
            Add a question
          </a>
        </p>
      )}
    </section>
  );
}

// ── One kind of violence ─────────────────────────────────────────────────────────────────────────────────────────────

export function kindPage({
  slug,
  definition,
  decision,
  questions,
  formats,
  mayWrite,
}: Omit<DefinitionModel, 'changes' | 'today'> & { readonly decision: KindDecision }): Page {
  const href = `/${slug}/definitions/${definition.recordId}/kinds/${decision.kind}`;
  const known = findViolenceKind(decision.kind);
  const asked = questions.filter(({ kind }) => kind === decision.kind);
  return {
    title: `${decision.name}: ${inclusionLabels[decision.inclusion].toLowerCase()}`,
    breadcrumbs: definitionCrumbs(slug, definition),
    main: (
      <>
        <span class="govuk-caption-l">{definition.name}</span>
        <h1 class="govuk-heading-l">{decision.name}</h1>
        <p class="govuk-body">
          <Inclusion decision={decision} />
        </p>
        {known !== undefined && <p class="govuk-body">{known.meaning}</p>}
        {mayWrite && definition.status === 'draft' && <Button href={`${href}/change`}>Change it</Button>}
        <section aria-labelledby="why">
          <h2 class="govuk-heading-m" id="why">
            Why it is {isOut(decision.inclusion) ? 'out' : 'in'}
          </h2>
          {decision.rationale === null && <p class="govuk-body">No reason was recorded.</p>}
          <ReasonText decision={decision} />
          {definition.status !== 'draft' && (
            <p class="govuk-body">
              Decided by {decidedByName(definition)}, {definition.decidedOn}.
            </p>
          )}
          {decision.dissent !== null && (
            <InsetText>
              <h3 class="govuk-heading-s">Who saw it otherwise</h3>
              <p class="govuk-body concord-lines">{decision.dissent}</p>
            </InsetText>
          )}
        </section>
        <section aria-labelledby="factors">
          <h2 class="govuk-heading-m" id="factors">
            The four factors of section 13(6)
          </h2>
          <SummaryList
            rows={factorNames.map((name) => ({
              key: factorLabels[name],
              value: <Factor judgement={decision.factors[name]} />,
            }))}
          />
        </section>
        <section aria-labelledby="rows">
          <h2 class="govuk-heading-m" id="rows">
            What is counted
          </h2>
          <p class="govuk-body">{scopeWords(decision)}.</p>
          <SelectionTable definition={definition} decision={decision} formats={formats} />
        </section>
        {asked.length > 0 && (
          <section aria-labelledby="asked">
            <h2 class="govuk-heading-m" id="asked">
              Questions about it
            </h2>
            <SummaryList
              rows={asked.map(({ question, askedBy, askedOn, answer, answeredOn }) => ({
                key: question,
                value: (
                  <>
                    <p class="govuk-body">
                      {askedBy}, {askedOn}
                    </p>
                    <p class="govuk-body concord-lines">
                      {answer === null ? 'Not answered yet.' : `Answered ${answeredOn ?? ''}: ${answer}`}
                    </p>
                  </>
                ),
              }))}
            />
          </section>
        )}
      </>
    ),
  };
}

const Factor = ({ judgement }: { readonly judgement: KindDecision['factors']['penalty'] }) =>
  judgement === null ? (
    <>No finding yet</>
  ) : (
    <>
      <p class="govuk-body concord-lines">{judgement.finding}</p>
      {judgement.evidence !== '' && <p class="govuk-body">Evidence: {judgement.evidence}</p>}
      {judgement.date !== null && <p class="govuk-body">{judgement.date}</p>}
    </>
  );

function SelectionTable({
  definition,
  decision,
  formats,
}: {
  readonly definition: DefinitionKept;
  readonly decision: KindDecision;
  readonly formats: readonly SourceFormat[];
}) {
  const titles = new Map(formats.map(({ name, title }) => [name, title]));
  const selections = definition.sources.flatMap(({ format, kinds }) =>
    kinds
      .filter(({ kind }) => kind === decision.kind)
      .map((selection) => ({ title: titles.get(format) ?? format, selection })),
  );
  if (selections.length === 0) return <p class="govuk-body">No source says which of its rows are of this kind.</p>;
  return (
    <ScrollBox label="Rows of each source">
      <Table
        caption="Rows of each source"
        captionClasses="govuk-visually-hidden"
        firstCellIsHeader
        head={['Source', 'Rows']}
        rows={selections.map(({ title, selection }) => [title, selectionWords(selection)])}
      />
    </ScrollBox>
  );
}

// ── Two side by side ─────────────────────────────────────────────────────────────────────────────────────────────────

const titleOf = ({ name, version }: DefinitionKept): string => `${name}, version ${version}`;
const differenceTexts = { same: 'Same', changed: 'Changed' } as const;

export function comparePage({
  slug,
  all,
  first,
  second,
  compared,
  formats,
  today,
}: {
  readonly slug: string;
  readonly all: readonly DefinitionKept[];
  readonly first: DefinitionKept | undefined;
  readonly second: DefinitionKept | undefined;
  readonly compared: readonly KindCompared[];
  readonly formats: readonly SourceFormat[];
  readonly today: IsoDate;
}): Page {
  const title = 'Compare two definitions';
  const items = all.map((each) => ({
    value: each.recordId,
    text: `${each.name}, version ${each.version} (${stateOf(each, today).toLowerCase()})`,
  }));
  const differing = compared.filter(({ difference }) => difference !== 'same');
  return {
    title,
    wide: true,
    breadcrumbs: definitionsCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <form method="get" action={`/${slug}/definitions/compare`}>
          <Select name="first" label="The one" items={items} value={first?.recordId ?? all.at(1)?.recordId} />
          <Select name="second" label="The other" items={items} value={second?.recordId ?? all.at(0)?.recordId} />
          <Button classes="govuk-button--secondary">Compare</Button>
        </form>
        {first !== undefined && second !== undefined && (
          <>
            <p class="govuk-body-l">
              {differing.length === 0
                ? 'They count the same.'
                : `They differ in ${count(differing.length, 'kind', 'kinds')} of violence: ${differing.map(({ name }) => name.toLowerCase()).join(', ')}.`}
            </p>
            <ScrollBox label="Kind by kind">
              <Table
                caption="Kind by kind"
                captionClasses="govuk-table__caption--m"
                firstCellIsHeader
                head={['Kind', titleOf(first), titleOf(second), 'What differs']}
                rows={[...differing, ...compared.filter(({ difference }) => difference === 'same')].map((each) => [
                  each.name,
                  <Side decision={each.first} />,
                  <Side decision={each.second} />,
                  each.difference === 'only-first' ? (
                    `Only in “${first.name}”`
                  ) : each.difference === 'only-second' ? (
                    `Only in “${second.name}”`
                  ) : each.changes.length > 0 ? (
                    <>
                      {each.changes.map((change) => (
                        <div>{change}</div>
                      ))}
                    </>
                  ) : (
                    differenceTexts[each.difference]
                  ),
                ])}
              />
            </ScrollBox>
            <h2 class="govuk-heading-m">What each source can say of the difference</h2>
            <ScrollBox label="What each source can say of the difference">
              <Table
                firstCellIsHeader
                head={['Source', titleOf(first), titleOf(second)]}
                rows={formats.map((format) => [format.title, sourceSays(first, format), sourceSays(second, format)])}
              />
            </ScrollBox>
          </>
        )}
      </>
    ),
  };
}

function sourceSays(definition: DefinitionKept, format: SourceFormat): string {
  const { kinds, whole } = expressibility(definition, format);
  if (whole.can !== 'not') return expressionWords(whole);
  const reasons = kinds.flatMap(({ expression }) => (expression.can === 'not' ? [expression.because] : []));
  return `Cannot be expressed: ${[...new Set(reasons)].join('; ')}`;
}

const Side = ({ decision }: { readonly decision: KindDecision | null }) =>
  decision === null ? (
    <>Not in it</>
  ) : (
    <>
      <Inclusion decision={decision} />
      <div>{scopeWords(decision)}</div>
      <Reason decision={decision} />
    </>
  );
