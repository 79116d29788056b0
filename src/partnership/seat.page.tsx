import { Autocomplete, Checkboxes, PartialDateInput, Radios } from '../govuk/index.ts';
import {
  Conflict,
  type Differing,
  type Errors,
  type Typed,
  formPage,
  valueOf,
  type FormState,
} from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { bodyCrumbs } from './body.page.tsx';
import type { NamedRecord } from './body.store.ts';
import { chairText, seatRoleLabels, seatRoles, sitterText, type Seat, type SeatShown } from './seat.ts';
import type { OrganisationToSeat } from './seat.store.ts';
import { describeSpan } from './span.ts';

export interface Sitters {
  readonly organisations: readonly NamedRecord[];
  readonly people: readonly NamedRecord[];
}

const choices = (records: readonly NamedRecord[]) => [
  { value: '', text: 'Nobody chosen' },
  ...records.map(({ id, name }) => ({ value: id, text: name })),
];

function SitterFields({
  typed,
  errors,
  sitters,
}: {
  readonly typed: Typed;
  readonly errors: Errors;
  readonly sitters: Sitters;
}) {
  return (
    <>
      <Autocomplete
        name="organisation"
        label="Organisation"
        hint="Leave it empty for somebody who sits for themselves"
        value={valueOf(typed, 'organisation')}
        items={choices(sitters.organisations)}
        errorMessage={errors['organisation']}
      />
      <Autocomplete
        name="person"
        label="Person"
        hint="Leave it empty where the organisation sends whoever can come"
        value={valueOf(typed, 'person')}
        items={choices(sitters.people)}
        errorMessage={errors['person']}
      />
    </>
  );
}

const RoleField = ({ typed, errors }: { readonly typed: Typed; readonly errors: Errors }) => (
  <Radios
    name="role"
    fieldset={{ legend: 'Seat' }}
    classes="govuk-radios--small"
    value={valueOf(typed, 'role', 'member')}
    items={seatRoles.map((value) => ({ value, text: seatRoleLabels[value] }))}
    errorMessage={errors['role']}
  />
);

const Since = ({
  typed,
  errors,
  label = 'Since (optional)',
}: {
  readonly typed: Typed;
  readonly errors: Errors;
  readonly label?: string;
}) => <PartialDateInput name="since" label={label} value={valueOf(typed, 'since')} errorMessage={errors['since']} />;
const Until = ({ typed, errors }: { readonly typed: Typed; readonly errors: Errors }) => (
  <PartialDateInput
    name="until"
    label="Until"
    hint="Leave empty while it goes on"
    value={valueOf(typed, 'until')}
    errorMessage={errors['until']}
  />
);

export function addSeatPage(
  slug: string,
  body: NamedRecord,
  sitters: Sitters,
  { typed = {}, errors = {} }: FormState = {},
): Page {
  return formPage({
    title: `Add a seat on ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/seats/new`,
    button: 'Add this seat',
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    children: (
      <>
        <SitterFields typed={typed} errors={errors} sitters={sitters} />
        <RoleField typed={typed} errors={errors} />
        <Since typed={typed} errors={errors} />
        <Until typed={typed} errors={errors} />
      </>
    ),
  });
}

export function chairPage(
  slug: string,
  body: NamedRecord,
  sitters: Sitters,
  chair: SeatShown | undefined,
  { typed = {}, errors = {} }: FormState = {},
): Page {
  return formPage({
    title: `Who chairs ${body.name}?`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/chair`,
    button: 'Save the chair',
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    intro: (
      <p class="govuk-body">
        {chair === undefined
          ? 'Nobody chairs it now.'
          : `Now: ${chairText(chair)}${describeSpan(chair) === '' ? '' : `, ${describeSpan(chair)}`}. That seat ends the day before the new chair begins.`}
      </p>
    ),
    children: (
      <>
        <SitterFields typed={typed} errors={errors} sitters={sitters} />
        <Since typed={typed} errors={errors} label="First day as chair" />
      </>
    ),
  });
}

export function changeSeatPage(
  slug: string,
  body: NamedRecord,
  seat: Seat,
  {
    typed,
    errors = {},
    version,
    differing = [],
  }: FormState & {
    readonly version: string;
    readonly differing?: readonly Differing[] | undefined;
  },
): Page {
  const shown = typed ?? typedOfSeat(seat);
  const page = formPage({
    title: `Change the seat of ${sitterText(seat)}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/seats/${seat.id}/change`,
    button: 'Save',
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    intro: (
      <>
        <Conflict differing={differing} />
        <p class="govuk-body">On {body.name}. To end the seat, enter its last day under “Until”.</p>
      </>
    ),
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <RoleField typed={shown} errors={errors} />
        <Since typed={shown} errors={errors} />
        <Until typed={shown} errors={errors} />
      </>
    ),
  });
  return {
    ...page,
    main: (
      <>
        {page.main}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/seats/${seat.id}/remove`}>
            It was entered by mistake: remove it
          </a>
        </p>
      </>
    ),
  };
}

export const typedOfSeat = (seat: Seat): Typed => ({
  role: seat.role,
  since: seat.since?.text ?? '',
  until: seat.until?.text ?? '',
});

export function removeSeatPage(slug: string, body: NamedRecord, seat: Seat): Page {
  return formPage({
    title: `Remove the seat of ${sitterText(seat)}?`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/seats/${seat.id}/remove`,
    button: 'Remove it',
    isWarning: true,
    cancelHref: `/${slug}/seats/${seat.id}/change`,
    intro: (
      <p class="govuk-body">
        Remove it only where it was never so. The seat as {seatRoleLabels[seat.role].toLowerCase()} of {body.name} goes;
        that it was there stays in the history. Where somebody has left, end the seat instead.
      </p>
    ),
  });
}

export interface WhoSits {
  readonly offered: readonly OrganisationToSeat[];
  /** Names of those who sit on it already. */
  readonly already: readonly string[];
}

export function whoSitsPage(
  slug: string,
  body: NamedRecord,
  { offered, already }: WhoSits,
  { typed = {}, errors = {} }: FormState = {},
): Page {
  const ticked = typed['organisations'] ?? [];
  const box = ({ id, name }: NamedRecord) => ({ value: id, text: name });
  const members = offered.filter(({ isMember }) => isMember);
  const others = offered.filter(({ isMember }) => !isMember);
  return formPage({
    title: `Who sits on ${body.name}?`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/seats/several`,
    button: 'Add them as members',
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    intro: (
      <>
        {already.length > 0 && <p class="govuk-body">They have a seat already: {already.join(', ')}.</p>}
        {offered.length === 0 && (
          <p class="govuk-body">
            There is no other organisation to choose.{' '}
            <a class="govuk-link" href={`/${slug}/organisations`}>
              Add organisations first
            </a>
            .
          </p>
        )}
      </>
    ),
    children: (
      <>
        <Checkboxes
          name="organisations"
          fieldset={{ legend: 'Organisations' }}
          hint="Tick all that apply"
          classes="govuk-checkboxes--small"
          values={typeof ticked === 'string' ? [ticked] : ticked}
          errorMessage={errors['organisations']}
          items={[
            ...members.map(box),
            members.length > 0 && others.length > 0 && { divider: 'not members of the partnership' },
            ...others.map(box),
          ]}
        />
        <Since typed={typed} errors={errors} />
      </>
    ),
  });
}
