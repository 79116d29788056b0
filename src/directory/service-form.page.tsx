import { Checkboxes, Input, Radios, Select, Textarea } from '../govuk/index.ts';
import { Conflict, formPage, valueOf, type Differing, type Errors, type Typed } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { directoryHref } from './directory.page.tsx';
import { taxonomyName, termsOf, ownTaxonomies } from './prevention-terms.ts';
import { visibilities, visibilityLabels } from './prevention.ts';
import { statuses, weekdayCodes } from './service-form.ts';
import { weekdayNames } from '../duty/index.ts';

const several = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name];
  return value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value;
};

const visibilityHints = {
  public: 'On the public page and in the open feed',
  'address-withheld': 'Public, but nobody learns where it is',
  professionals: 'People of the partnership only',
  confidential: 'Only those who keep the directory. Its place never leaves this page',
} as const;

interface FieldProps {
  readonly typed: Typed;
  readonly errors: Errors;
}

/** Fields that providers may propose with their link, too. */
function ProviderFields({ typed, errors }: FieldProps) {
  const field = (name: string, label: string, hint?: string, classes?: string) => (
    <Input
      name={name}
      label={label}
      hint={hint}
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
      classes={classes}
      autocomplete="off"
    />
  );
  return (
    <>
      {field('name', 'Name of the service')}
      <Textarea
        name="description"
        label="What it does"
        hint="In plain words: what happens when somebody comes, and for whom it is"
        value={valueOf(typed, 'description')}
        errorMessage={errors['description']}
        rows={6}
      />
      <Radios
        name="status"
        fieldset={{ legend: 'Is it open?' }}
        classes="govuk-radios--small"
        value={valueOf(typed, 'status', 'active')}
        errorMessage={errors['status']}
        items={[
          { value: statuses[0], text: 'Open' },
          { value: statuses[1], text: 'Closed for now' },
          { value: statuses[2], text: 'Not running' },
          { value: statuses[3], text: 'Closed for good' },
        ]}
      />
      {field('alert', 'Notice (optional)', 'Such as: we are at the library until the end of May')}
      {field('phone', 'Phone (optional)', undefined, 'govuk-input--width-20')}
      {field('email', 'Email (optional)', 'Of the team, not of one person')}
      {field('url', 'Website (optional)')}
      {field('minimumAge', 'From which age? (optional)', undefined, 'govuk-input--width-3')}
      {field('maximumAge', 'Up to which age? (optional)', undefined, 'govuk-input--width-3')}
      {field('fees', 'Cost (optional)')}
      {field('languages', 'Languages (optional)', 'With commas between them')}
      <Checkboxes
        name="days"
        fieldset={{ legend: 'Open on' }}
        classes="govuk-checkboxes--small"
        values={several(typed, 'days')}
        errorMessage={errors['days']}
        items={weekdayCodes.map((value, place) => ({ value, text: weekdayNames[place] ?? value }))}
      />
      {field('opens', 'Opens at (optional)', 'Such as 09:30', 'govuk-input--width-5')}
      {field('closes', 'Closes at (optional)', 'Such as 17:00. Day and night: 00:00 to 23:59', 'govuk-input--width-5')}
    </>
  );
}

export interface ServiceFormModel {
  readonly slug: string;
  /** Undefined for a new one. */
  readonly id: string | undefined;
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly typed: Typed;
  readonly errors?: Errors;
  readonly version?: string;
  readonly differing?: readonly Differing[];
}

export function serviceFormPage(model: ServiceFormModel): Page {
  const { slug, id, typed, errors = {} } = model;
  const at = directoryHref(slug);
  const field = (name: string, label: string, hint?: string, classes?: string) => (
    <Input
      name={name}
      label={label}
      hint={hint}
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
      classes={classes}
      autocomplete="off"
    />
  );
  return formPage({
    title: id === undefined ? 'Add a service' : 'Change a service',
    breadcrumbs: [
      { text: 'Directory of services', href: at },
      ...(id === undefined ? [] : [{ text: valueOf(typed, 'name'), href: `${at}/${id}` }]),
    ],
    action: id === undefined ? `${at}/new` : `${at}/${id}/change`,
    button: 'Save',
    cancelHref: id === undefined ? at : `${at}/${id}`,
    errors,
    children: (
      <>
        {model.differing !== undefined && <Conflict differing={model.differing} />}
        {model.version !== undefined && <input type="hidden" name="version" value={model.version} />}
        <ProviderFields typed={typed} errors={errors} />
        {field('provider', 'Who runs it')}
        <Select
          name="organisation"
          label="Organisation of the partnership (optional)"
          value={valueOf(typed, 'organisation')}
          errorMessage={errors['organisation']}
          items={[
            { value: '', text: 'None of them' },
            ...model.organisations.map(({ id: value, name }) => ({ value, text: name })),
          ]}
        />
        <h2 class="govuk-heading-m">Where</h2>
        {field('address', 'Address (optional)')}
        {field('town', 'Town', undefined, 'govuk-input--width-20')}
        {field('county', 'County (optional)', undefined, 'govuk-input--width-20')}
        {field('postcode', 'Postcode', undefined, 'govuk-input--width-10')}
        {field('accessibility', 'How people get in (optional)', 'Such as: step-free, with an accessible toilet')}
        <h2 class="govuk-heading-m">Prevention</h2>
        <Textarea
          name="howToRefer"
          label="How to get this help (optional)"
          value={valueOf(typed, 'howToRefer')}
          errorMessage={errors['howToRefer']}
          rows={3}
        />
        {ownTaxonomies.map((taxonomy) => (
          <Checkboxes
            name={taxonomy}
            fieldset={{ legend: taxonomyName(taxonomy) }}
            classes="govuk-checkboxes--small"
            values={several(typed, taxonomy)}
            errorMessage={errors[taxonomy]}
            items={termsOf(taxonomy).map(({ slug: value, name }) => ({ value, text: name }))}
          />
        ))}
        {field('waitingDays', 'Waiting time in days (optional)', undefined, 'govuk-input--width-5')}
        {field('freePlaces', 'Free places (optional)', undefined, 'govuk-input--width-5')}
        {field('evidenceScheme', 'Who rates the approach (optional)', 'Such as Youth Endowment Fund Toolkit')}
        <Select
          name="evidenceRating"
          label="Its rating of the approach (optional)"
          value={valueOf(typed, 'evidenceRating')}
          errorMessage={errors['evidenceRating']}
          items={[
            { value: '', text: 'None' },
            ...['harmful', 'no effect', 'low', 'moderate', 'high', 'insufficient'].map((value) => ({
              value,
              text: value,
            })),
          ]}
        />
        <Select
          name="evidenceCost"
          label="Its cost of the approach (optional)"
          value={valueOf(typed, 'evidenceCost')}
          errorMessage={errors['evidenceCost']}
          items={[
            { value: '', text: 'None' },
            { value: '1', text: '1: low' },
            { value: '2', text: '2: medium' },
            { value: '3', text: '3: high' },
          ]}
        />
        {field('evidenceDate', 'Looked up on (optional)', 'Such as 2026-03-15', 'govuk-input--width-10')}
        {field('fundingEnds', 'Funding ends on (optional)', 'Such as 2027-03-31', 'govuk-input--width-10')}
        <h2 class="govuk-heading-m">Who answers for it, and who may see it</h2>
        {field(
          'verifier',
          'Who answers for the entry (optional)',
          'The address of a team box. It is written to when a check is due',
        )}
        <Radios
          name="visibility"
          fieldset={{ legend: 'Who may see it?' }}
          classes="govuk-radios--small"
          value={valueOf(typed, 'visibility', 'public')}
          errorMessage={errors['visibility']}
          items={visibilities.map((value) => ({ value, text: visibilityLabels[value], hint: visibilityHints[value] }))}
        />
        <Radios
          name="state"
          fieldset={{ legend: 'State of the entry' }}
          classes="govuk-radios--small"
          value={valueOf(typed, 'state', 'live')}
          errorMessage={errors['state']}
          items={[
            { value: 'live', text: 'Live' },
            { value: 'draft', text: 'Draft' },
            { value: 'withdrawn', text: 'Withdrawn' },
          ]}
        />
      </>
    ),
  });
}

/** What the holder of a signed link sees: the entry, one button that says it is right, and a form for what is not. */
export function providerPage({
  name,
  partnership,
  action,
  typed,
  errors = {},
}: {
  readonly name: string;
  readonly partnership: string;
  readonly action: string;
  readonly typed: Typed;
  readonly errors?: Errors;
}): Page {
  const form = formPage({
    title: `Is this still right? ${name}`,
    breadcrumbs: [],
    action,
    button: 'Send the changes',
    cancelHref: action,
    errors,
    intro: (
      <>
        <p class="govuk-body">
          {partnership} lists this service for people who need help. Look through it. If all of it is right, one press
          is enough. If not, change it: somebody of the partnership looks at it before the public sees it.
        </p>
        <form method="post" action={`${action}/right`}>
          <button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">
            All of it is right
          </button>
        </form>
        <h2 class="govuk-heading-m">Something has changed</h2>
      </>
    ),
    children: (
      <>
        <ProviderFields typed={typed} errors={errors} />
        <Textarea
          name="note"
          label="Anything else we should know? (optional)"
          value={valueOf(typed, 'note')}
          errorMessage={errors['note']}
          rows={3}
        />
      </>
    ),
  });
  return { title: form.title, main: form.main, ...(form.hasErrors !== undefined && { hasErrors: form.hasErrors }) };
}

export function providerDonePage(what: 'confirmed' | 'proposed'): Page {
  return {
    title: 'Thank you',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Thank you</h1>
          <p class="govuk-body">
            {what === 'confirmed'
              ? 'The entry says now that you checked it today. We will ask again before six months have passed.'
              : 'The partnership will look at your changes. Until then the entry stays as it was.'}
          </p>
        </div>
      </div>
    ),
  };
}

export function closedLinkPage(): Page {
  return {
    title: 'This link does not work any more',
    status: 404,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">This link does not work any more</h1>
          <p class="govuk-body">
            It is older than 30 days, or not whole. Nothing was saved. Ask the partnership for a new one, or wait for
            its next letter.
          </p>
        </div>
      </div>
    ),
  };
}
