import { addDays, formatDate, markingLabels, markingLevels } from '../duty/index.ts';
import { Autocomplete, Checkboxes, Input, PartialDateInput, Radios, Textarea } from '../govuk/index.ts';
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
import { mostParties } from './agreement-form.ts';
import { agreementCrumbs, agreementsHref, crumbs } from './agreement.page.tsx';
import { lastDayOf, levelLabels, levels, stateOn, type Agreement, type AgreementWanted } from './agreement.ts';
import { gatewayNames, gateways } from './gateway.ts';
import { sourceNames, sourceTitle } from './source.ts';

type Choices = readonly { readonly id: string; readonly name: string }[];

/** Lines that stand there at first, and how many stay free below those that are filled. */
const fewestLines = 2;
const freeLines = 1;

const several = (typed: Typed, name: string): readonly string[] => {
  const given = typed[name];
  return given === undefined ? [] : typeof given === 'string' ? [given] : given;
};

interface Fields {
  readonly typed: Typed;
  readonly errors: Errors;
  readonly organisations: Choices;
}

function Parties({
  name,
  legend,
  typed,
  errors,
  organisations,
}: Fields & { readonly name: 'sender' | 'receiver'; readonly legend: string }) {
  const chosen = several(typed, name);
  const filled = chosen.findLastIndex((id) => id !== '') + 1;
  const lines = Math.min(mostParties, Math.max(fewestLines, filled + freeLines, chosen.length));
  return (
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
      {Array.from({ length: lines }, (_, at) => (
        <Autocomplete
          name={name}
          id={`${name}-${at + 1}`}
          label={`Organisation ${at + 1}`}
          value={chosen[at] ?? ''}
          items={[{ value: '', text: 'None' }, ...organisations.map(({ id, name: text }) => ({ value: id, text }))]}
          errorMessage={errors[`${name}-${at + 1}`]}
        />
      ))}
    </fieldset>
  );
}

function AgreementFields({ typed, errors, organisations }: Fields) {
  const day = (name: string, label: string, hint: string) => (
    <PartialDateInput name={name} label={label} hint={hint} value={valueOf(typed, name)} errorMessage={errors[name]} />
  );
  return (
    <>
      <Input name="title" label="Title" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
      <Textarea
        name="purpose"
        label="What the data are shared for"
        rows={3}
        value={valueOf(typed, 'purpose')}
        errorMessage={errors['purpose']}
      />
      <Checkboxes
        name="sources"
        fieldset={{ legend: 'Data that it covers' }}
        classes="govuk-checkboxes--small"
        items={sourceNames.map((value) => ({ value, text: sourceTitle(value) }))}
        values={several(typed, 'sources')}
        errorMessage={errors['sources']}
      />
      <Radios
        name="level"
        fieldset={{ legend: 'Level of detail' }}
        classes="govuk-radios--small"
        value={valueOf(typed, 'level')}
        items={[
          {
            value: levels[0],
            text: levelLabels.records,
            hint: 'One row for each crime, call or attendance. Counts may be shared too.',
          },
          { value: levels[1], text: levelLabels.counts, hint: 'Numbers by month and place, as the partner made them' },
        ]}
        errorMessage={errors['level']}
      />
      <Radios
        name="gateway"
        fieldset={{ legend: 'Power to share' }}
        classes="govuk-radios--small"
        value={valueOf(typed, 'gateway')}
        items={gatewayNames.map((value) => ({
          value,
          text: gateways[value].label,
          hint: `${gateways[value].who} ${gateways[value].limit}`,
        }))}
        errorMessage={errors['gateway']}
      />
      <Parties name="sender" legend="Who sends" typed={typed} errors={errors} organisations={organisations} />
      <Parties name="receiver" legend="Who receives" typed={typed} errors={errors} organisations={organisations} />
      <p class="govuk-body">
        Leave lines empty that you do not need. Where all are filled, save: there is another the next time.
      </p>
      <Radios
        name="marking"
        fieldset={{ legend: 'Marking of the data' }}
        classes="govuk-radios--small"
        value={valueOf(typed, 'marking', 'official-sensitive')}
        items={markingLevels.map((value) => ({ value, text: markingLabels[value] }))}
        errorMessage={errors['marking']}
      />
      <Textarea
        name="handling"
        label="Handling (optional)"
        hint="One instruction in a line, such as for the partnership’s analysts only"
        rows={2}
        value={valueOf(typed, 'handling')}
        errorMessage={errors['handling']}
      />
      {day('signedOn', 'Signed on', 'The day on which the last party signed. Leave it empty for a draft')}
      {day('starts', 'From', 'The first day on which it holds, such as 1 April 2026')}
      {day('ends', 'Until', 'The last day on which it holds. Leave it empty where the agreement names none')}
      {day('reviewDue', 'Review (optional)', 'The day by which the parties look at it again')}
      <Textarea
        name="notes"
        label="Notes (optional)"
        hint="Such as where the signed document is kept"
        rows={3}
        value={valueOf(typed, 'notes')}
        errorMessage={errors['notes']}
      />
    </>
  );
}

/** A form of an agreement as it is kept. */
export const typedOfAgreement = (agreement: AgreementWanted): Typed => ({
  title: agreement.title,
  purpose: agreement.purpose,
  level: agreement.level,
  gateway: agreement.gateway,
  sender: agreement.parties.filter(({ role }) => role !== 'receives').map(({ organisationId }) => organisationId),
  receiver: agreement.parties.filter(({ role }) => role !== 'sends').map(({ organisationId }) => organisationId),
  sources: agreement.sources,
  marking: agreement.marking.level,
  handling: agreement.marking.handling.join('\n'),
  signedOn: dayTyped(agreement.signedOn),
  starts: dayTyped(agreement.starts),
  ends: dayTyped(agreement.ends),
  reviewDue: dayTyped(agreement.reviewDue),
  notes: agreement.notes ?? '',
});
const dayTyped = (day: string | null): string => (day === null ? '' : formatDate(day));

/** A form of the agreement that follows on: the same, from the day after the last, with nothing signed yet. */
export function typedOfRenewal(agreement: Agreement): Typed {
  const last = lastDayOf(agreement);
  return {
    ...typedOfAgreement(agreement),
    signedOn: '',
    starts: last === null ? '' : formatDate(addDays(last, 1)),
    ends: '',
    reviewDue: '',
  };
}

export const addAgreementPage = (
  slug: string,
  organisations: Choices,
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: 'Add an agreement',
    breadcrumbs: crumbs(slug),
    action: `${agreementsHref(slug)}/new`,
    button: 'Add it',
    errors,
    cancelHref: agreementsHref(slug),
    children: <AgreementFields typed={typed} errors={errors} organisations={organisations} />,
  });

export const renewAgreementPage = (
  slug: string,
  agreement: Agreement,
  organisations: Choices,
  { typed = typedOfRenewal(agreement), errors = {} }: FormState = {},
): Page =>
  formPage({
    title: `Renew ${agreement.title}`,
    breadcrumbs: agreementCrumbs(slug, agreement),
    action: `${agreementsHref(slug)}/${agreement.id}/renew`,
    button: 'Add the renewal',
    errors,
    cancelHref: `${agreementsHref(slug)}/${agreement.id}`,
    intro: (
      <p class="govuk-body">
        This makes a new agreement that follows on. The old one stays as it was, and the two point at each other.
      </p>
    ),
    children: <AgreementFields typed={typed} errors={errors} organisations={organisations} />,
  });

export const changeAgreementPage = (
  slug: string,
  agreement: Agreement,
  organisations: Choices,
  {
    typed = typedOfAgreement(agreement),
    errors = {},
    version,
    differing = [],
  }: FormState & { readonly version: string; readonly differing?: readonly Differing[] | undefined },
): Page =>
  formPage({
    title: `Change ${agreement.title}`,
    breadcrumbs: agreementCrumbs(slug, agreement),
    action: `${agreementsHref(slug)}/${agreement.id}/change`,
    button: 'Save',
    errors,
    cancelHref: `${agreementsHref(slug)}/${agreement.id}`,
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <AgreementFields typed={typed} errors={errors} organisations={organisations} />
      </>
    ),
  });

export function endAgreementPage(
  slug: string,
  agreement: Agreement,
  day: string,
  { typed = {}, errors = {} }: FormState = {},
): Page {
  const isDraft = stateOn(agreement, day) === 'draft';
  return formPage({
    title: `${isDraft ? 'Give up' : 'End'} ${agreement.title}`,
    breadcrumbs: agreementCrumbs(slug, agreement),
    action: `${agreementsHref(slug)}/${agreement.id}/end`,
    button: isDraft ? 'Give it up' : 'End it',
    isWarning: true,
    errors,
    cancelHref: `${agreementsHref(slug)}/${agreement.id}`,
    intro: (
      <p class="govuk-body">
        Its page stays, and so does what was loaded under it. From the day after the last, nothing new can be loaded
        under it.
      </p>
    ),
    children: (
      <>
        <PartialDateInput
          name="endedOn"
          label="Last day"
          hint="Such as 31 May 2026"
          value={valueOf(typed, 'endedOn')}
          errorMessage={errors['endedOn']}
        />
        <Textarea
          name="because"
          label="Why it ends"
          rows={3}
          value={valueOf(typed, 'because')}
          errorMessage={errors['because']}
        />
      </>
    ),
  });
}
