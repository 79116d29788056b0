import type { ComponentChildren } from 'preact';
import {
  Autocomplete,
  Button,
  Checkboxes,
  Input,
  PartialDateInput,
  Radios,
  Select,
  Textarea,
  WarningText,
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
import type { Page } from '../platform/http/route.ts';
import {
  ageScopeLabels,
  ageScopes,
  factorLabels,
  factorNames,
  inclusionLabels,
  inclusions,
  settingLabels,
  settings,
  warningsOf,
  type KindDecision,
} from './definition.ts';
import { definitionVariants } from './definition-variants.ts';
import { definitionCrumbs, definitionsCrumbs } from './definition.page.tsx';
import type { DefinitionKept, DefinitionQuestion } from './definition.store.ts';
import { flagLabels, flags, violenceKinds } from './violence-kinds.ts';

interface VersionedState extends FormState {
  readonly version: string;
  readonly differing?: readonly Differing[] | undefined;
}

/** @param from what is chosen at first, such as `variant:neutral` */
export function addDefinitionPage(
  slug: string,
  existing: readonly DefinitionKept[],
  { typed = {}, errors = {}, from = 'variant:neutral' }: FormState & { readonly from?: string | undefined } = {},
): Page {
  return formPage({
    title: 'Add a definition',
    breadcrumbs: definitionsCrumbs(slug),
    action: `/${slug}/definitions/new`,
    button: 'Make a draft',
    errors,
    ids: { from: 'from' },
    cancelHref: `/${slug}/definitions`,
    intro: (
      <p class="govuk-body">
        You make a draft. Change it kind by kind; it decides nothing until one of your bodies adopts it.
      </p>
    ),
    children: (
      <>
        <Radios
          name="from"
          fieldset={{ legend: 'What to begin with' }}
          value={valueOf(typed, 'from', from)}
          errorMessage={errors['from']}
          items={[
            ...definitionVariants.map(({ id, name, about }) => ({ value: `variant:${id}`, text: name, hint: about })),
            existing.length > 0 && { divider: 'or one that you have' },
            ...existing.flatMap(({ recordId, name, version }) => [
              { value: `version:${recordId}`, text: `A new version of “${name}” (after version ${version})` },
              { value: `copy:${recordId}`, text: `A copy of “${name}”, version ${version}, with a name of its own` },
            ]),
          ]}
        />
        <Input
          name="name"
          label="Name (optional)"
          hint="Left empty, it keeps the name of what you begin with. A copy needs a name of its own."
          value={valueOf(typed, 'name')}
          errorMessage={errors['name']}
        />
      </>
    ),
  });
}

export function changeDefinitionPage(
  slug: string,
  definition: DefinitionKept,
  {
    typed = { name: definition.name, about: definition.about ?? '' },
    errors = {},
    version,
    differing = [],
  }: VersionedState,
): Page {
  return formPage({
    title: `Change the name of ${definition.name}`,
    breadcrumbs: definitionCrumbs(slug, definition),
    action: `/${slug}/definitions/${definition.recordId}/change`,
    button: 'Save',
    errors,
    cancelHref: `/${slug}/definitions/${definition.recordId}`,
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Input name="name" label="Name" value={valueOf(typed, 'name')} errorMessage={errors['name']} />
        <Textarea
          name="about"
          label="What it is (optional)"
          hint="A sentence or two. The public sees them once it is adopted."
          rows={4}
          value={valueOf(typed, 'about')}
          errorMessage={errors['about']}
        />
      </>
    ),
  });
}

const inclusionHints = {
  core: 'Figures count it.',
  wider: 'You work on it, and it is counted apart.',
  excluded: 'Say why.',
  signposted: 'Say why, and which board has it.',
} as const;

const InclusionRadios = ({ typed, errors }: { readonly typed: Typed; readonly errors: Errors }) => (
  <Radios
    name="inclusion"
    fieldset={{ legend: 'In or out' }}
    value={valueOf(typed, 'inclusion')}
    errorMessage={errors['inclusion']}
    items={inclusions.map((value) => ({ value, text: inclusionLabels[value], hint: inclusionHints[value] }))}
  />
);

export function addKindPage(
  slug: string,
  definition: DefinitionKept,
  { typed = {}, errors = {}, version }: VersionedState,
): Page {
  const there = new Set(definition.kinds.map(({ kind }) => kind));
  return formPage({
    title: 'Add a kind of violence',
    breadcrumbs: definitionCrumbs(slug, definition),
    action: `/${slug}/definitions/${definition.recordId}/kinds/new`,
    button: 'Add it',
    errors,
    ids: { inclusion: 'inclusion' },
    cancelHref: `/${slug}/definitions/${definition.recordId}`,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Select
          name="kind"
          label="Kind of violence"
          value={valueOf(typed, 'kind')}
          errorMessage={errors['kind']}
          items={[
            { value: '', text: 'None of these' },
            ...violenceKinds
              .filter(({ kind }) => !there.has(kind))
              .map(({ kind, name }) => ({ value: kind, text: name })),
          ]}
        />
        <Input
          name="name"
          label="Or a name of your own"
          hint="You then say by which offence codes it is known."
          value={valueOf(typed, 'name')}
          errorMessage={errors['name']}
        />
        <InclusionRadios typed={{ inclusion: 'core', ...typed }} errors={errors} />
      </>
    ),
  });
}

/** The form of one kind: whoever judges a definition does it kind by kind, often with the board in the room. */
export function changeKindPage(
  slug: string,
  definition: DefinitionKept,
  decision: KindDecision,
  { typed = {}, errors = {}, version, differing = [] }: VersionedState,
): Page {
  const href = `/${slug}/definitions/${definition.recordId}`;
  const page = formPage({
    title: decision.name,
    breadcrumbs: definitionCrumbs(slug, definition),
    action: `${href}/kinds/${decision.kind}/change`,
    button: 'Save',
    errors,
    ids: { inclusion: 'inclusion', ageScope: 'ageScope', setting: 'setting', flags: 'flags' },
    cancelHref: href,
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <InclusionRadios typed={typed} errors={errors} />
        <Textarea
          name="rationale"
          label="Why"
          hint="The public and your scrutiny committee read this."
          rows={5}
          value={valueOf(typed, 'rationale')}
          errorMessage={errors['rationale']}
        />
        <OutFields typed={typed} errors={errors} />
        <h2 class="govuk-heading-m">The four factors of section 13(6)</h2>
        <p class="govuk-body">
          The Act asks you to take account of each. It sets no score. Write what you found, what it rests on, and when.
        </p>
        {factorNames.map((name) => (
          <FactorFields name={name} typed={typed} errors={errors} />
        ))}
        <h2 class="govuk-heading-m">What is counted</h2>
        <Radios
          name="ageScope"
          fieldset={{ legend: 'Ages' }}
          value={valueOf(typed, 'ageScope', 'all')}
          errorMessage={errors['ageScope']}
          classes="govuk-radios--inline govuk-radios--small"
          items={ageScopes.map((value) => ({ value, text: ageScopeLabels[value] }))}
          hint="Under 25: somebody who was harmed or is suspected is under 25."
        />
        <Radios
          name="setting"
          fieldset={{ legend: 'Where' }}
          value={valueOf(typed, 'setting', 'any')}
          errorMessage={errors['setting']}
          classes="govuk-radios--inline govuk-radios--small"
          items={settings.map((value) => ({ value, text: settingLabels[value] }))}
        />
        <Textarea
          name="codes"
          label="Offence codes in police records"
          hint="With a comma between them, such as 8N, 34A. Check them against the Home Office Counting Rules of today."
          rows={2}
          spellcheck={false}
          value={valueOf(typed, 'codes')}
          errorMessage={errors['codes']}
        />
        <Checkboxes
          name="flags"
          fieldset={{ legend: 'And marked in police records as' }}
          values={ticked(typed, 'flags')}
          errorMessage={errors['flags']}
          classes="govuk-checkboxes--small"
          items={flags.map((value) => ({ value, text: sentence(flagLabels[value]) }))}
        />
        <Textarea
          name="dissent"
          label="Who saw it otherwise (optional)"
          hint="An organisation or a post, and why. Not shown to the public."
          rows={3}
          value={valueOf(typed, 'dissent')}
          errorMessage={errors['dissent']}
        />
      </>
    ),
  });
  return {
    ...page,
    main: (
      <>
        {page.main}
        <form method="post" action={`${href}/kinds/${decision.kind}/remove`}>
          <input type="hidden" name="version" value={version} />
          <p class="govuk-body">
            Added by mistake? A kind that is out should stay, with the reason: people will ask. Remove it only where it
            was never meant to be here.
          </p>
          <Button classes="govuk-button--secondary" preventDoubleClick>
            Remove it from the draft
          </Button>
        </form>
      </>
    ),
  };
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function ticked(typed: Typed, name: string): readonly string[] {
  const given = typed[name] ?? [];
  return typeof given === 'string' ? [given] : given;
}

const OutFields = ({ typed, errors }: { readonly typed: Typed; readonly errors: Errors }) => (
  <>
    <Input
      name="alternativeGovernance"
      label="If it is out: who looks after it (optional)"
      hint="Such as the Domestic Abuse Partnership Board"
      value={valueOf(typed, 'alternativeGovernance')}
      errorMessage={errors['alternativeGovernance']}
    />
    <Checkboxes
      name="takesOut"
      values={[valueOf(typed, 'takesOut')]}
      classes="govuk-checkboxes--small"
      items={[
        {
          value: 'yes',
          text: 'If it is out: take it out of the other kinds too',
          hint: 'Such as a domestic knife crime, which then does not count as knife crime',
        },
      ]}
    />
  </>
);

function FactorFields({
  name,
  typed,
  errors,
}: {
  readonly name: (typeof factorNames)[number];
  readonly typed: Typed;
  readonly errors: Errors;
}) {
  return (
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{factorLabels[name]}</legend>
      <Textarea name={name} label="What you found" rows={2} value={valueOf(typed, name)} errorMessage={errors[name]} />
      <Input
        name={`${name}Evidence`}
        label="What it rests on (optional)"
        value={valueOf(typed, `${name}Evidence`)}
        errorMessage={errors[`${name}Evidence`]}
      />
      <PartialDateInput
        name={`${name}Date`}
        label="When (optional)"
        value={valueOf(typed, `${name}Date`)}
        errorMessage={errors[`${name}Date`]}
      />
    </fieldset>
  );
}

export function adoptPage(
  slug: string,
  definition: DefinitionKept,
  {
    bodies,
    inForce,
    typed = {
      body: definition.body?.id ?? '',
      otherBody: definition.body === null ? (definition.decidedBy ?? '') : '',
      decidedOn: definition.decidedOn ?? '',
      effectiveFrom: definition.effectiveFrom ?? '',
      reviewBy: definition.reviewBy ?? '',
    },
    errors = {},
    version,
  }: VersionedState & {
    readonly bodies: readonly { readonly id: string; readonly name: string }[];
    /** The one that it takes the place of. */
    readonly inForce: DefinitionKept | undefined;
  },
): Page {
  return formPage({
    title: `Adopt ${definition.name}`,
    breadcrumbs: definitionCrumbs(slug, definition),
    action: `/${slug}/definitions/${definition.recordId}/adopt`,
    button: 'Adopt it',
    errors,
    cancelHref: `/${slug}/definitions/${definition.recordId}`,
    intro: (
      <>
        {warningsOf(definition).map((warning) => (
          <WarningText>{warning}</WarningText>
        ))}
        <p class="govuk-body">
          Record what one of your bodies decided. After that nobody can change it: a later decision is a new version.
          What is in, what is out and why is then public.
        </p>
        {inForce !== undefined && <p class="govuk-body">“{inForce.name}” holds until the day that you enter here.</p>}
      </>
    ),
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Autocomplete
          name="body"
          label="Decided by"
          value={valueOf(typed, 'body')}
          errorMessage={errors['body']}
          items={[
            { value: '', text: 'Another body, named below' },
            ...bodies.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
        <Input
          name="otherBody"
          label="Or another body, in words"
          hint="Such as the board of the police and crime commissioner"
          value={valueOf(typed, 'otherBody')}
          errorMessage={errors['otherBody']}
        />
        <PartialDateInput
          name="decidedOn"
          label="Decided on"
          value={valueOf(typed, 'decidedOn')}
          errorMessage={errors['decidedOn']}
        />
        <DayInput
          name="effectiveFrom"
          label="In force from"
          hint="One day, such as 1 April 2027"
          typed={typed}
          errors={errors}
        />
        <DayInput
          name="reviewBy"
          label="To be reviewed by (optional)"
          hint="One day, such as 31 March 2028"
          typed={typed}
          errors={errors}
        />
      </>
    ),
  });
}

const DayInput = ({
  name,
  label,
  hint,
  typed,
  errors,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly typed: Typed;
  readonly errors: Errors;
}) => (
  <Input
    name={name}
    label={label}
    hint={hint}
    classes="govuk-input--width-20"
    autocomplete="off"
    value={valueOf(typed, name)}
    errorMessage={errors[name]}
  />
);

export function removeDraftPage(slug: string, definition: DefinitionKept, version: string, errors: Errors = {}): Page {
  return formPage({
    title: `Delete ${definition.name}`,
    breadcrumbs: definitionCrumbs(slug, definition),
    action: `/${slug}/definitions/${definition.recordId}/remove`,
    button: 'Delete this draft',
    isWarning: true,
    errors,
    cancelHref: `/${slug}/definitions/${definition.recordId}`,
    intro: (
      <p class="govuk-body">
        Its {definition.kinds.length} kinds of violence with their reasons, and the questions about it, go with it. This
        cannot be undone.
      </p>
    ),
    children: <input type="hidden" name="version" value={version} />,
  });
}

export function addQuestionPage(
  slug: string,
  definition: DefinitionKept,
  { typed = {}, errors = {} }: FormState = {},
): Page {
  return formPage({
    title: 'Add a question',
    breadcrumbs: definitionCrumbs(slug, definition),
    action: `/${slug}/definitions/${definition.recordId}/questions/new`,
    button: 'Add it',
    errors,
    cancelHref: `/${slug}/definitions/${definition.recordId}`,
    children: (
      <>
        <Textarea
          name="question"
          label="What was asked"
          hint="Such as: Why is domestic abuse out?"
          rows={3}
          value={valueOf(typed, 'question')}
          errorMessage={errors['question']}
        />
        <Select
          name="kind"
          label="The kind of violence that it is about"
          value={valueOf(typed, 'kind')}
          errorMessage={errors['kind']}
          items={[
            { value: '', text: 'The definition as a whole' },
            ...definition.kinds.map(({ kind, name }) => ({ value: kind, text: name })),
          ]}
        />
        <Input
          name="askedBy"
          label="Who asked"
          hint="A committee, a body or an organisation, such as the Communities Scrutiny Committee"
          value={valueOf(typed, 'askedBy')}
          errorMessage={errors['askedBy']}
        />
        <PartialDateInput
          name="askedOn"
          label="When"
          value={valueOf(typed, 'askedOn')}
          errorMessage={errors['askedOn']}
        />
      </>
    ),
  });
}

export function answerPage(
  slug: string,
  definition: DefinitionKept,
  question: DefinitionQuestion,
  {
    typed = { answer: question.answer ?? '', answeredOn: question.answeredOn ?? '' },
    errors = {},
    intro,
  }: FormState & { readonly intro?: ComponentChildren } = {},
): Page {
  return formPage({
    title: 'Answer a question',
    breadcrumbs: definitionCrumbs(slug, definition),
    action: `/${slug}/definitions/${definition.recordId}/questions/${question.id}`,
    button: 'Save the answer',
    errors,
    cancelHref: `/${slug}/definitions/${definition.recordId}#questions`,
    intro: (
      <>
        {intro}
        <p class="govuk-body-l">{question.question}</p>
        <p class="govuk-body">
          {question.askedBy}, {question.askedOn}
        </p>
      </>
    ),
    children: (
      <>
        <input type="hidden" name="before" value={question.answer ?? ''} />
        <Textarea
          name="answer"
          label="The answer"
          rows={5}
          value={valueOf(typed, 'answer')}
          errorMessage={errors['answer']}
        />
        <PartialDateInput
          name="answeredOn"
          label="When it was given"
          value={valueOf(typed, 'answeredOn')}
          errorMessage={errors['answeredOn']}
        />
      </>
    ),
  });
}
