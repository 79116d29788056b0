import { Checkboxes, Input, PartialDateInput, Radios, Select, Textarea } from '../govuk/index.ts';
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
  fundingLabels,
  fundings,
  openStatuses,
  originLabels,
  origins,
  statusLabels,
  themeLabels,
  themes,
  tierLabels,
  tiers,
  type Action,
} from './action.ts';
import { actionCrumbs } from './action.page.tsx';
import { actionHref, planCrumbs, planHref } from './plan-address.ts';
import type { Aim } from './aim.store.ts';

/** What the lists of the form offer. */
export interface ActionChoices {
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly aims: readonly Pick<Aim, 'id' | 'axis' | 'title'>[];
  readonly indicators: readonly { readonly id: string; readonly name: string }[];
}

const several = (typed: Typed, name: string): readonly string[] => {
  const given = typed[name];
  return given === undefined ? [] : typeof given === 'string' ? [given] : given;
};

function ActionFields({
  typed,
  errors,
  choices,
}: {
  readonly typed: Typed;
  readonly errors: Errors;
  readonly choices: ActionChoices;
}) {
  const words = (name: string, label: string, rows: number, hint?: string) => (
    <Textarea
      name={name}
      label={label}
      hint={hint}
      rows={rows}
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
    />
  );
  const date = (name: string, label: string, hint: string) => (
    <PartialDateInput name={name} label={label} hint={hint} value={valueOf(typed, name)} errorMessage={errors[name]} />
  );
  const listOf = (items: readonly { readonly id: string; readonly name: string }[]) => [
    { value: '', text: 'Nobody yet' },
    ...items.map(({ id, name }) => ({ value: id, text: name })),
  ];
  return (
    <>
      <Input name="title" label="What will be done" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
      {words('about', 'About it (optional)', 3)}
      <Checkboxes
        name="aims"
        fieldset={{ legend: 'Aims and priorities that it serves' }}
        hint="An action without an aim is not published, and is listed as an orphan"
        classes="govuk-checkboxes--small"
        items={choices.aims.map(({ id, axis, title }) => ({
          value: id,
          text: axis === 'aim' ? `Aim: ${title}` : `Priority: ${title}`,
        }))}
        values={several(typed, 'aims')}
        errorMessage={errors['aims']}
      />
      <Select
        name="leadId"
        label="Lead organisation"
        value={valueOf(typed, 'leadId')}
        items={listOf(choices.organisations)}
        errorMessage={errors['leadId']}
      />
      <Input
        name="owner"
        label="Owner"
        hint="A post or a name. It is shown to members, never to the public"
        value={valueOf(typed, 'owner')}
        errorMessage={errors['owner']}
      />
      <Input
        name="ownerEmail"
        label="Owner’s email (optional)"
        hint="Where a link for an update is sent"
        type="email"
        value={valueOf(typed, 'ownerEmail')}
        errorMessage={errors['ownerEmail']}
      />
      <Checkboxes
        name="partners"
        fieldset={{ legend: 'Partners (optional)' }}
        classes="govuk-checkboxes--small"
        items={choices.organisations.map(({ id, name }) => ({ value: id, text: name }))}
        values={several(typed, 'partners')}
        errorMessage={errors['partners']}
      />
      {date('starts', 'From (optional)', 'Such as April 2026 or early 2026')}
      {date('due', 'Done by', 'Such as March 2027 or late 2026')}
      <Radios
        name="status"
        fieldset={{ legend: 'How it stands' }}
        classes="govuk-radios--small"
        value={valueOf(typed, 'status', 'planned')}
        items={openStatuses.map((value) => ({ value, text: statusLabels[value] }))}
        errorMessage={errors['status']}
      />
      {words('reason', 'Why it stands so', 2, 'Needed where it is at risk or blocked')}
      {words('needsDecision', 'What it needs decided, and of whom (optional)', 2, 'It then stands on the board’s page')}
      <Radios
        name="theme"
        fieldset={{ legend: 'Theme' }}
        classes="govuk-radios--small"
        value={valueOf(typed, 'theme', 'prevention')}
        items={themes.map((value) => ({ value, text: themeLabels[value] }))}
        errorMessage={errors['theme']}
      />
      <Checkboxes
        name="tiers"
        fieldset={{ legend: 'Prevention tier (optional)' }}
        classes="govuk-checkboxes--small"
        items={tiers.map((value) => ({ value, text: tierLabels[value] }))}
        values={several(typed, 'tiers')}
        errorMessage={errors['tiers']}
      />
      <Radios
        name="origin"
        fieldset={{ legend: 'Where it comes from' }}
        classes="govuk-radios--small"
        value={valueOf(typed, 'origin', 'new')}
        items={origins.map((value) => ({ value, text: originLabels[value] }))}
        errorMessage={errors['origin']}
      />
      <Radios
        name="funding"
        fieldset={{ legend: 'Money' }}
        classes="govuk-radios--small"
        value={valueOf(typed, 'funding', 'within-budgets')}
        items={fundings.map((value) => ({ value, text: fundingLabels[value] }))}
        errorMessage={errors['funding']}
      />
      <Input
        name="cost"
        label="Cost (optional)"
        hint="In pounds, such as £12,500"
        classes="govuk-input--width-10"
        value={valueOf(typed, 'cost')}
        errorMessage={errors['cost']}
      />
      <Checkboxes
        name="isNamed"
        classes="govuk-checkboxes--small"
        items={[
          {
            value: 'yes',
            text: 'The strategy names it as an action for a school, prison or place of youth custody (s.8(5))',
          },
        ]}
        values={several(typed, 'isNamed')}
        errorMessage={errors['isNamed']}
      />
      {words('evidence', 'Why it should work (optional)', 3, 'The evidence, with its source')}
      <Select
        name="indicatorId"
        label="Indicator on which it should show (optional)"
        value={valueOf(typed, 'indicatorId')}
        items={[{ value: '', text: 'None' }, ...choices.indicators.map(({ id, name }) => ({ value: id, text: name }))]}
        errorMessage={errors['indicatorId']}
      />
      <Input
        name="effect"
        label="Expected effect (optional)"
        hint="Such as fewer robberies of people under 18"
        value={valueOf(typed, 'effect')}
        errorMessage={errors['effect']}
      />
      {date('effectBy', 'Effect by (optional)', 'When it should show')}
      <Input
        name="needs"
        label="Actions that have to be done first (optional)"
        hint="Their numbers, such as A3, A7"
        value={valueOf(typed, 'needs')}
        errorMessage={errors['needs']}
      />
    </>
  );
}

export const addActionPage = (
  slug: string,
  choices: ActionChoices,
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: 'Add an action',
    breadcrumbs: planCrumbs(slug),
    action: `${planHref(slug)}/new`,
    button: 'Add it',
    errors,
    cancelHref: planHref(slug),
    intro: (
      <p class="govuk-body">
        Only what will be done is needed now. An action without an aim, a lead, an owner and a date stays a draft: the
        plan is not published until it has them.
      </p>
    ),
    children: <ActionFields typed={typed} errors={errors} choices={choices} />,
  });

export const changeActionPage = (
  slug: string,
  action: Action,
  choices: ActionChoices,
  {
    typed,
    errors = {},
    version,
    differing = [],
  }: FormState & { readonly typed: Typed; readonly version: string; readonly differing?: readonly Differing[] },
): Page =>
  formPage({
    title: `Change ${action.title}`,
    breadcrumbs: actionCrumbs(slug, action),
    action: `${actionHref(slug, action.id)}/change`,
    button: 'Save',
    errors,
    ids: { '': 'form' },
    cancelHref: actionHref(slug, action.id),
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <ActionFields typed={typed} errors={errors} choices={choices} />
      </>
    ),
  });

export const closeActionPage = (slug: string, action: Action, { typed = {}, errors = {} }: FormState = {}): Page =>
  formPage({
    title: `Close ${action.title}`,
    breadcrumbs: actionCrumbs(slug, action),
    action: `${actionHref(slug, action.id)}/close`,
    button: 'Close it',
    errors,
    cancelHref: actionHref(slug, action.id),
    intro: (
      <p class="govuk-body">
        A closed action stays as it is. Whoever reads it next year wants to know what came of it, also where nothing
        did.
      </p>
    ),
    children: (
      <>
        <Radios
          name="status"
          fieldset={{ legend: 'How it ends' }}
          classes="govuk-radios--small"
          value={valueOf(typed, 'status', 'done')}
          items={[
            { value: 'done', text: 'Done' },
            { value: 'stopped', text: 'Stopped' },
          ]}
          errorMessage={errors['status']}
        />
        <Textarea
          name="result"
          label="What came of it"
          rows={4}
          value={valueOf(typed, 'result')}
          errorMessage={errors['result']}
        />
        <Textarea
          name="learned"
          label="What was learned"
          rows={4}
          value={valueOf(typed, 'learned')}
          errorMessage={errors['learned']}
        />
      </>
    ),
  });

function UpdateFields({ typed, errors }: { readonly typed: Typed; readonly errors: Errors }) {
  return (
    <>
      <Radios
        name="status"
        fieldset={{ legend: 'How does it stand?' }}
        value={valueOf(typed, 'status')}
        items={openStatuses.map((value) => ({ value, text: statusLabels[value] }))}
        errorMessage={errors['status']}
      />
      <Textarea
        name="words"
        label="What has happened since last time?"
        hint="Two sentences are enough. Do not name anybody who was harmed or is suspected"
        rows={4}
        value={valueOf(typed, 'words')}
        errorMessage={errors['words']}
      />
      <Textarea
        name="needsDecision"
        label="Does it need a decision? (optional)"
        hint="What, and of whom"
        rows={2}
        value={valueOf(typed, 'needsDecision')}
        errorMessage={errors['needsDecision']}
      />
    </>
  );
}

const typedOfUpdate = (action: Action): Typed => ({ status: action.status, needsDecision: action.needsDecision ?? '' });

export const updateActionPage = (
  slug: string,
  action: Action,
  { typed = typedOfUpdate(action), errors = {} }: FormState = {},
): Page =>
  formPage({
    title: `Update ${action.title}`,
    breadcrumbs: actionCrumbs(slug, action),
    action: `${actionHref(slug, action.id)}/update`,
    button: 'Send the update',
    errors,
    cancelHref: actionHref(slug, action.id),
    children: <UpdateFields typed={typed} errors={errors} />,
  });

/** The page behind a signed link: no account, one form, under a minute. */
export const linkUpdatePage = (
  token: string,
  partnership: string,
  action: Action,
  { typed = typedOfUpdate(action), errors = {} }: FormState = {},
): Page => ({
  ...formPage({
    title: action.title,
    breadcrumbs: [],
    action: `/u/${token}`,
    button: 'Send the update',
    errors,
    cancelHref: '/',
    intro: (
      <>
        <p class="govuk-body">
          {partnership} asks how this action stands{action.leadName === null ? '' : `. ${action.leadName} leads on it`}.
          {action.due !== null && ` It is to be done by ${action.due.text}.`}
        </p>
        {action.reason !== null && <p class="govuk-body">Last time: {action.reason}</p>}
      </>
    ),
    children: <UpdateFields typed={typed} errors={errors} />,
  }),
});

const whyClosed = {
  'not-ours': 'The link is not complete. Open it again from the letter, or copy all of it.',
  expired: 'The link was open for a time, and that is over. Ask the partnership for another.',
  used: 'The link was used already. Your update is kept.',
  'called-back': 'The partnership has taken the link back. Ask it for another.',
  closed: 'The action has been closed, so it takes no updates any more.',
} as const;
export type WhyLinkClosed = keyof typeof whyClosed;

export const closedLinkPage = (why: WhyLinkClosed): Page => ({
  title: 'This link opens nothing now',
  main: (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">This link opens nothing now</h1>
        <p class="govuk-body">{whyClosed[why]}</p>
      </div>
    </div>
  ),
});

export const thanksPage = (): Page => ({
  title: 'Thank you',
  main: (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">Thank you. Your update is kept</h1>
        <p class="govuk-body">The partnership sees it at once. You can close this page.</p>
      </div>
    </div>
  ),
});

export const milestonePage = (slug: string, action: Action, { typed = {}, errors = {} }: FormState = {}): Page =>
  formPage({
    title: `Add a milestone to ${action.title}`,
    breadcrumbs: actionCrumbs(slug, action),
    action: `${actionHref(slug, action.id)}/milestones/new`,
    button: 'Add it',
    errors,
    cancelHref: actionHref(slug, action.id),
    children: (
      <>
        <Input
          name="title"
          label="What is to be reached"
          value={valueOf(typed, 'title')}
          errorMessage={errors['title']}
        />
        <PartialDateInput
          name="due"
          label="By"
          hint="Such as September 2026"
          value={valueOf(typed, 'due')}
          errorMessage={errors['due']}
        />
      </>
    ),
  });
