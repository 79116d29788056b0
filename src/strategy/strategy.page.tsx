import { formatDate } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  EmptyList,
  InsetText,
  Input,
  PartialDateInput,
  Radios,
  Select,
  SummaryList,
  Tag,
  TaskList,
  Textarea,
} from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import {
  Conflict,
  formPage,
  valueOf,
  type Differing,
  type Errors,
  type Typed,
  type FormState,
} from '../platform/http/form.page.tsx';
import { History, Part, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { planCrumbs } from './plan-address.ts';
import type { Authority, Comment, Consulted, SignOffKept, Strategy } from './strategy.store.ts';
import {
  exclusionGroundNames,
  exclusionGrounds,
  leadsOn,
  levelLabels,
  levels,
  sectionNames,
  sections,
  stateLabels,
  unsigned,
  type Check,
  type Exclusion,
  type State,
  type StepName,
} from './strategy.ts';

export const strategiesHref = (slug: string): string => `/${slug}/strategies`;
export const strategyHref = (slug: string, id: string): string => `${strategiesHref(slug)}/${id}`;
const crumbs = (slug: string) => [...planCrumbs(slug), { text: 'Strategy', href: strategiesHref(slug) }];
const recordCrumbs = (slug: string, { id, title }: Pick<Strategy, 'id' | 'title'>) => [
  ...crumbs(slug),
  { text: title, href: strategyHref(slug, id) },
];

const colours: Readonly<Record<State, string>> = {
  draft: 'govuk-tag--grey',
  comment: 'govuk-tag--blue',
  'sign-off': 'govuk-tag--yellow',
  published: 'govuk-tag--green',
  review: 'govuk-tag--orange',
  revised: 'govuk-tag--purple',
  superseded: 'govuk-tag--grey',
};
const StateTag = ({ state }: { readonly state: State }) => <Tag classes={colours[state]}>{stateLabels[state]}</Tag>;

export function strategiesPage({
  slug,
  strategies,
  mayWrite,
}: {
  readonly slug: string;
  readonly strategies: readonly Strategy[];
  readonly mayWrite: boolean;
}): Page {
  return {
    title: 'Strategy',
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">Strategy</h1>
        <p class="govuk-body">
          What the partnership will do to prevent and reduce serious violence (Police, Crime, Sentencing and Courts Act
          2022, s.8), version by version. What was published stays as it was.
        </p>
        {mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${strategiesHref(slug)}/new`}>Begin a strategy</Button>
            <a class="govuk-link" href={`${strategiesHref(slug)}/earlier`}>
              Add an earlier strategy or protocol
            </a>
          </div>
        )}
        {strategies.length === 0 ? (
          <EmptyList title="No strategy yet">Begin one, or add the one that you have.</EmptyList>
        ) : (
          <WideTable
            label="Strategies"
            head={['Strategy', 'Version', 'State', 'Published', 'Review']}
            rows={strategies.map((strategy) => [
              <a class="govuk-link" href={strategyHref(slug, strategy.id)}>
                {strategy.title}
              </a>,
              String(strategy.version),
              <StateTag state={strategy.state} />,
              strategy.publishedOn === null ? '–' : formatDate(strategy.publishedOn),
              strategy.reviewDue === null ? '–' : formatDate(strategy.reviewDue),
            ])}
          />
        )}
      </>
    ),
  };
}

export interface StrategyModel {
  readonly slug: string;
  readonly strategy: Strategy;
  readonly required: readonly Check[];
  readonly advised: readonly Check[];
  readonly comments: readonly Comment[];
  readonly signOffs: readonly SignOffKept[];
  readonly authorities: readonly Authority[];
  readonly incomplete: readonly { readonly title: string; readonly lacks: readonly string[] }[];
  /** Age at which most people can read it, in years; null where there is too little text. */
  readonly readingAge: number | null;
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
  readonly errors?: Errors | undefined;
}

const stepWords: Readonly<Partial<Record<StepName, string>>> = {
  'open-comment': 'Send it out for comment',
  'close-text': 'Close the text for sign-off',
  publish: 'Publish it',
  'begin-review': 'Begin the review',
  revise: 'Begin a new version',
};
const sideSteps: Readonly<Partial<Record<StepName, string>>> = {
  'take-back': 'Take it back to draft',
  keep: 'End the review: it stays as it is',
};

/** The workbench of one version: the parts, what the Act asks, who waits for whom, and the one thing to do next. */
export function strategyPage(model: StrategyModel): Page {
  const { slug, strategy, signOffs, authorities } = model;
  const href = strategyHref(slug, strategy.id);
  const mistakes = Object.values(model.errors ?? {});
  const waiting = unsigned(
    { approvals: signOffs.filter(({ kind }) => kind === 'approved'), hash: strategy.sha256 },
    authorities,
  );
  const mayChange = model.mayWrite && leadsOn(strategy.state, 'change');
  return {
    title: strategy.title,
    wide: true,
    hasErrors: mistakes.length > 0,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        {mistakes.length > 0 && (
          <div class="govuk-error-summary" role="alert">
            <h2 class="govuk-error-summary__title">It cannot go on yet</h2>
            <div class="govuk-error-summary__body">
              {mistakes.map((sentence) => (
                <p class="govuk-body">{sentence}</p>
              ))}
            </div>
          </div>
        )}
        <span class="govuk-caption-l">
          {levelLabels[strategy.level]}, version {strategy.version}
        </span>
        <h1 class="govuk-heading-l">
          {strategy.title} <StateTag state={strategy.state} />
        </h1>
        <Steps {...model} />
        <SummaryList
          rows={[
            {
              key: 'Runs',
              value:
                strategy.starts === null || strategy.ends === null
                  ? 'Not said yet'
                  : `${formatDate(strategy.starts)} to ${formatDate(strategy.ends)}`,
            },
            strategy.publishedOn !== null && { key: 'Published', value: formatDate(strategy.publishedOn) },
            strategy.reviewDue !== null && { key: 'Review due', value: formatDate(strategy.reviewDue) },
            strategy.importedFrom !== null && { key: 'Kept at', value: strategy.importedFrom },
            strategy.scopeBreak !== null && { key: 'What changed in its scope', value: strategy.scopeBreak },
            model.readingAge !== null && {
              key: 'Reading age',
              value: `About ${Math.round(model.readingAge)} years${model.readingAge > 13 ? '. Plain English aims at 12 or lower' : ''}`,
            },
            {
              key: 'Words that are signed off',
              value: <code class="concord-long">{strategy.sha256}</code>,
            },
          ]}
        />
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/thread/strategy/${strategy.id}`}>
            What is before and after it
          </a>
        </p>
        {strategy.importedFrom === null && (
          <section aria-labelledby="required">
            <h2 class="govuk-heading-m" id="required">
              What the Act asks
            </h2>
            <WideTable
              label="What the Act asks"
              head={['Place in the Act', 'What', 'Met?']}
              rows={model.required.map(({ asked, words, missing }) => [asked, words, missing ?? 'Yes'])}
            />
            {model.mayWrite && leadsOn(strategy.state, 'change') && (
              <ul class="govuk-list">
                <li>
                  <a class="govuk-link" href={`${href}/consultees`}>
                    Say whom you consulted
                  </a>
                </li>
                <li>
                  <a class="govuk-link" href={`${href}/exclusion`}>
                    Check the text for what must not be in it (s.8(8))
                  </a>
                </li>
              </ul>
            )}
          </section>
        )}
        <section aria-labelledby="text">
          <h2 class="govuk-heading-m" id="text">
            The text
          </h2>
          {mayChange && <Button href={`${href}/change`}>Change the text</Button>}
          <TaskList
            idPrefix="section"
            items={sectionNames.map((name) => ({
              title: { text: sections[name].heading },
              href: (strategy.sections[name] ?? '') === '' ? undefined : `#${name}`,
              status:
                (strategy.sections[name] ?? '') !== ''
                  ? { text: 'Written' }
                  : sections[name].asked === null
                    ? { text: 'Empty' }
                    : { tag: { text: `Needed: ${sections[name].asked}`, classes: 'govuk-tag--red' } },
            }))}
          />
          {sectionNames
            .filter((name) => (strategy.sections[name] ?? '') !== '')
            .map((name) => (
              <>
                <h3 class="govuk-heading-s" id={name}>
                  {sections[name].heading}
                </h3>
                {(strategy.sections[name] ?? '').split(/\n{2,}/).map((paragraph) => (
                  <p class="govuk-body">{paragraph}</p>
                ))}
              </>
            ))}
          <h3 class="govuk-heading-s">Aims</h3>
          {strategy.aims.length === 0 ? (
            <p class="govuk-body">None yet.</p>
          ) : (
            <ul class="govuk-list govuk-list--bullet">
              {strategy.aims.map(({ title, words, hub }) => (
                <li>
                  {title}
                  {words !== null && `: ${words}`}
                  {hub !== null &&
                    (hub.title === title && (hub.words ?? '') === (words ?? '') ? ' (the hub’s)' : ' (varied here)')}
                </li>
              ))}
            </ul>
          )}
        </section>
        <Comments {...model} />
        <Part
          id="sign-off"
          title="Sign-off"
          none="Nobody has signed it off yet."
          isEmpty={signOffs.length === 0 && strategy.state !== 'sign-off'}
        >
          {strategy.state === 'sign-off' && (
            <p class="govuk-body">
              {waiting.length === 0
                ? 'Each specified authority has signed off these words.'
                : `It waits for ${waiting.map(({ name }) => name).join(', ')}.`}
            </p>
          )}
          {signOffs.length > 0 && (
            <WideTable
              label="Who signed it off"
              head={['Who', 'Body', 'Day', 'What']}
              rows={signOffs.map(({ authorityName, body, on, kind, hash, reference }) => [
                authorityName ?? body,
                reference === null ? body : `${body}, ${reference}`,
                formatDate(on),
                `${kind === 'approved' ? 'Signed off' : 'Noted'}${hash === strategy.sha256 ? '' : ' other words: the text has changed since'}`,
              ])}
            />
          )}
        </Part>
        {model.incomplete.length > 0 && leadsOn(strategy.state, 'publish') && (
          <InsetText>
            {model.incomplete.length} {model.incomplete.length === 1 ? 'action is' : 'actions are'} not ready:{' '}
            {model.incomplete
              .slice(0, 20)
              .map(({ title, lacks }) => `“${title}” lacks ${lacks.join(', ')}`)
              .join('; ')}
            .
          </InsetText>
        )}
        <History changes={model.changes} />
      </>
    ),
  };
}

function Steps({ slug, strategy, mayWrite }: StrategyModel) {
  if (!mayWrite) return null;
  const href = strategyHref(slug, strategy.id);
  const button = (step: StepName, words: string, classes?: string) => (
    <form method="post" action={`${href}/step`}>
      <input type="hidden" name="step" value={step} />
      <input type="hidden" name="hash" value={strategy.sha256} />
      <Button classes={classes} preventDoubleClick>
        {words}
      </Button>
    </form>
  );
  const of = (words: Readonly<Partial<Record<StepName, string>>>, classes?: string) =>
    Object.entries(words)
      .filter(([step]) => leadsOn(strategy.state, step as StepName))
      .map(([step, text]) => button(step as StepName, text, classes));
  return (
    <div class="govuk-button-group">
      {leadsOn(strategy.state, 'approve') && <Button href={`${href}/sign`}>Enter a sign-off</Button>}
      {of(stepWords, leadsOn(strategy.state, 'approve') ? 'govuk-button--secondary' : undefined)}
      {of(sideSteps, 'govuk-button--secondary')}
      {leadsOn(strategy.state, 'note') && !leadsOn(strategy.state, 'approve') && (
        <a class="govuk-link" href={`${href}/sign`}>
          Enter that a committee noted it
        </a>
      )}
    </div>
  );
}

function Comments({ slug, strategy, comments, mayWrite }: StrategyModel) {
  const href = strategyHref(slug, strategy.id);
  return (
    <Part
      id="comments"
      title="Comments"
      none="Nobody has commented on it."
      isEmpty={comments.length === 0 && strategy.state !== 'comment'}
    >
      {mayWrite && strategy.state === 'comment' && (
        <Button href={`${href}/comments/new`} classes="govuk-button--secondary">
          Add a comment
        </Button>
      )}
      {comments.length > 0 && (
        <WideTable
          label="Comments on it"
          head={['By', 'On', 'Comment', 'Reply and change']}
          rows={comments.map((comment) => [
            `${comment.madeBy}, ${formatDate(comment.madeOn)}`,
            comment.section === 'whole' ? 'The whole' : sections[comment.section].heading,
            comment.words,
            comment.reply === null ? (
              mayWrite && strategy.state === 'comment' ? (
                <a class="govuk-link" href={`${href}/comments/${comment.id}`}>
                  Reply<span class="govuk-visually-hidden"> to {comment.madeBy}</span>
                </a>
              ) : (
                'No reply yet'
              )
            ) : (
              <>
                <p class="govuk-body">{comment.reply}</p>
                {comment.change === null ? (
                  <p class="govuk-body">The text stays as it is.</p>
                ) : (
                  <>
                    <p class="govuk-body">
                      Before: <del>{comment.change.before}</del>
                    </p>
                    <p class="govuk-body">
                      Now: <ins>{comment.change.after}</ins>
                    </p>
                  </>
                )}
              </>
            ),
          ])}
        />
      )}
    </Part>
  );
}

const Day = ({
  name,
  label,
  hint,
  typed,
  errors,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly typed: Typed;
  readonly errors: Errors;
}) => (
  <PartialDateInput
    name={name}
    label={label}
    hint={hint ?? 'Such as 31 January 2027'}
    value={valueOf(typed, name)}
    errorMessage={errors[name]}
  />
);

export const addStrategyPage = (slug: string, { typed = {}, errors = {} }: FormState = {}): Page =>
  formPage({
    title: 'Begin a strategy',
    breadcrumbs: crumbs(slug),
    action: `${strategiesHref(slug)}/new`,
    button: 'Begin it',
    errors,
    cancelHref: strategiesHref(slug),
    children: (
      <>
        <Input name="title" label="Title" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
        <Radios
          name="level"
          fieldset={{ legend: 'Whose is it?' }}
          value={valueOf(typed, 'level', 'local')}
          items={levels.map((value) => ({ value, text: levelLabels[value] }))}
          errorMessage={errors['level']}
        />
      </>
    ),
  });

export const earlierStrategyPage = (slug: string, { typed = {}, errors = {} }: FormState = {}): Page =>
  formPage({
    title: 'Add an earlier strategy or protocol',
    breadcrumbs: crumbs(slug),
    action: `${strategiesHref(slug)}/earlier`,
    button: 'Add it',
    errors,
    cancelHref: strategiesHref(slug),
    intro: (
      <p class="govuk-body">
        It is kept as superseded, so that old papers and measures can be read beside the new one.
      </p>
    ),
    children: (
      <>
        <Input name="title" label="Title" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
        <Day name="publishedOn" label="Published on" typed={typed} errors={errors} />
        <Input
          name="importedFrom"
          label="Where it is kept"
          hint="A web address, or a file number"
          value={valueOf(typed, 'importedFrom')}
          errorMessage={errors['importedFrom']}
        />
        <Input
          name="scopeBreak"
          label="What changed in its scope when the next began (optional)"
          hint="Such as: from young people to all ages. Measures show a break there"
          value={valueOf(typed, 'scopeBreak')}
          errorMessage={errors['scopeBreak']}
        />
      </>
    ),
  });

export const typedOfStrategy = (strategy: Strategy): Typed => ({
  title: strategy.title,
  starts: strategy.starts === null ? '' : formatDate(strategy.starts),
  ends: strategy.ends === null ? '' : formatDate(strategy.ends),
  ...Object.fromEntries(sectionNames.map((name) => [name, strategy.sections[name] ?? ''])),
});
export const strategyLabels: Readonly<Record<string, string>> = {
  title: 'Title',
  starts: 'From',
  ends: 'Until',
  ...Object.fromEntries(sectionNames.map((name) => [name, sections[name].heading])),
};

export const changeStrategyPage = (
  slug: string,
  strategy: Strategy,
  {
    typed = typedOfStrategy(strategy),
    errors = {},
    differing = [],
  }: FormState & { readonly differing?: readonly Differing[] } = {},
): Page =>
  formPage({
    title: `Change ${strategy.title}`,
    breadcrumbs: recordCrumbs(slug, strategy),
    action: `${strategyHref(slug, strategy.id)}/change`,
    button: 'Save',
    errors,
    cancelHref: strategyHref(slug, strategy.id),
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="hash" value={strategy.sha256} />
        <Input name="title" label="Title" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
        <Day name="starts" label="From" typed={typed} errors={errors} />
        <Day name="ends" label="Until" typed={typed} errors={errors} />
        {sectionNames.map((name) => {
          const { heading, asked, hint } = sections[name];
          return (
            <Textarea
              name={name}
              label={asked === null ? `${heading} (optional)` : `${heading} (${asked})`}
              hint={hint}
              rows={6}
              value={valueOf(typed, name)}
              errorMessage={errors[name]}
            />
          );
        })}
      </>
    ),
  });

export const addCommentPage = (slug: string, strategy: Strategy, { typed = {}, errors = {} }: FormState = {}): Page =>
  formPage({
    title: 'Add a comment',
    breadcrumbs: recordCrumbs(slug, strategy),
    action: `${strategyHref(slug, strategy.id)}/comments/new`,
    button: 'Add it',
    errors,
    cancelHref: strategyHref(slug, strategy.id),
    children: (
      <>
        <Select
          name="section"
          label="What is it about?"
          value={valueOf(typed, 'section', 'whole')}
          items={[
            { value: 'whole', text: 'The whole' },
            ...sectionNames.map((value) => ({ value, text: sections[value].heading })),
          ]}
          errorMessage={errors['section']}
        />
        <Input
          name="madeBy"
          label="Who said it?"
          hint="A committee, an organisation or a group. Not a person’s name"
          value={valueOf(typed, 'madeBy')}
          errorMessage={errors['madeBy']}
        />
        <Day name="madeOn" label="When?" typed={typed} errors={errors} />
        <Textarea
          name="words"
          label="What was said?"
          rows={5}
          value={valueOf(typed, 'words')}
          errorMessage={errors['words']}
        />
      </>
    ),
  });

export const replyPage = (
  slug: string,
  strategy: Strategy,
  comment: Comment,
  { typed, errors = {} }: FormState = {},
): Page => {
  const { section } = comment;
  const now = section === 'whole' ? '' : (strategy.sections[section] ?? '');
  const filled = typed ?? { text: now };
  return formPage({
    title: `Reply to ${comment.madeBy}`,
    breadcrumbs: recordCrumbs(slug, strategy),
    action: `${strategyHref(slug, strategy.id)}/comments/${comment.id}`,
    button: 'Save the reply',
    errors,
    cancelHref: strategyHref(slug, strategy.id),
    intro: <InsetText>{comment.words}</InsetText>,
    children: (
      <>
        <Textarea name="reply" label="Reply" rows={4} value={valueOf(filled, 'reply')} errorMessage={errors['reply']} />
        {section !== 'whole' && (
          <>
            <input type="hidden" name="hash" value={valueOf(filled, 'hash', strategy.sha256)} />
            <Textarea
              name="text"
              label={`Text of “${sections[section].heading}”`}
              hint="Change it here where the comment changes it. Before and after are kept with the comment"
              rows={10}
              value={valueOf(filled, 'text', now)}
              errorMessage={errors['text']}
            />
          </>
        )}
      </>
    ),
  });
};

export const signPage = (
  slug: string,
  strategy: Strategy,
  waiting: readonly Authority[],
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: 'Enter a sign-off or a note',
    breadcrumbs: recordCrumbs(slug, strategy),
    action: `${strategyHref(slug, strategy.id)}/sign`,
    button: 'Save',
    errors,
    cancelHref: strategyHref(slug, strategy.id),
    intro: (
      <p class="govuk-body">
        It counts for the words as they stand now, and for no others: each specified authority signs off the same text.
      </p>
    ),
    children: (
      <>
        <input type="hidden" name="hash" value={strategy.sha256} />
        <Radios
          name="kind"
          fieldset={{ legend: 'What was decided?' }}
          value={valueOf(typed, 'kind', leadsOn(strategy.state, 'approve') ? 'approved' : 'noted')}
          items={[
            ...(leadsOn(strategy.state, 'approve')
              ? [{ value: 'approved', text: 'A specified authority signed it off' }]
              : []),
            { value: 'noted', text: 'A committee noted it' },
          ]}
          errorMessage={errors['kind']}
        />
        <Select
          name="authority"
          label="Specified authority"
          hint="Not needed for a note"
          value={valueOf(typed, 'authority')}
          items={[{ value: '', text: 'None' }, ...waiting.map(({ id, name }) => ({ value: id, text: name }))]}
          errorMessage={errors['authority']}
        />
        <Input
          name="body"
          label="Which body decided?"
          hint="Such as Cabinet, Full Council, Integrated Care Board meeting"
          value={valueOf(typed, 'body')}
          errorMessage={errors['body']}
        />
        <Day name="on" label="On which day?" typed={typed} errors={errors} />
        <Input
          name="reference"
          label="Minute or reference (optional)"
          value={valueOf(typed, 'reference')}
          errorMessage={errors['reference']}
        />
      </>
    ),
  });

export const consulteesPage = (
  slug: string,
  strategy: Strategy,
  consulted: readonly Consulted[],
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: 'Whom did you consult?',
    breadcrumbs: recordCrumbs(slug, strategy),
    action: `${strategyHref(slug, strategy.id)}/consultees`,
    button: 'Save',
    errors,
    cancelHref: strategyHref(slug, strategy.id),
    intro: (
      <p class="govuk-body">
        In preparing the strategy, each educational, prison and youth custody authority for the area must be consulted
        (s.8(4)). They come from the register: {consulted.length} {consulted.length === 1 ? 'authority' : 'authorities'}
        .
      </p>
    ),
    children: consulted.map(({ id, name, consultedOn, how }) => (
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{name}</legend>
        <PartialDateInput
          name={`on-${id}`}
          label="Consulted on"
          hint="The day. Leave it empty where it was not"
          value={valueOf(typed, `on-${id}`, consultedOn === null ? '' : formatDate(consultedOn))}
          errorMessage={errors[`on-${id}`]}
        />
        <Input name={`how-${id}`} label="How (optional)" value={valueOf(typed, `how-${id}`, how ?? '')} />
      </fieldset>
    )),
  });

export const exclusionPage = (
  slug: string,
  strategy: Strategy,
  { typed = typedOfExclusion(strategy.exclusion), errors = {} }: FormState = {},
): Page =>
  formPage({
    title: 'Check the text for what must not be in it',
    breadcrumbs: recordCrumbs(slug, strategy),
    action: `${strategyHref(slug, strategy.id)}/exclusion`,
    button: 'Sign the check',
    errors,
    cancelHref: strategyHref(slug, strategy.id),
    intro: (
      <p class="govuk-body">
        The strategy must not include material that the authorities think might do one of these (s.8(8)). Read it with
        each in mind. A change of the text asks for the check again.
      </p>
    ),
    children: (
      <>
        <input type="hidden" name="hash" value={strategy.sha256} />
        <Checkboxes
          name="grounds"
          fieldset={{ legend: 'I have read it, and' }}
          items={exclusionGroundNames.map((value) => ({ value, text: exclusionGrounds[value] }))}
          values={several(typed, 'grounds')}
          errorMessage={errors['grounds']}
        />
        <Textarea
          name="note"
          label="What was taken out, and why (optional)"
          rows={3}
          value={valueOf(typed, 'note')}
          errorMessage={errors['note']}
        />
      </>
    ),
  });
const typedOfExclusion = (exclusion: Exclusion | null): Typed => ({
  grounds: exclusion === null ? [] : exclusionGroundNames.filter((ground) => exclusion[ground]),
  note: exclusion?.note ?? '',
});
const several = (typed: Typed, name: string): readonly string[] => {
  const given = typed[name];
  return given === undefined ? [] : typeof given === 'string' ? [given] : given;
};
