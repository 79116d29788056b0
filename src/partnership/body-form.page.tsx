import { formatPartialDate } from '../duty/index.ts';
import { Autocomplete, Button, Checkboxes, Input, PartialDateInput, Radios, Select, Textarea } from '../govuk/index.ts';
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
import {
  belongingLabels,
  belongings,
  bodyKindLabels,
  bodyKinds,
  frequencies,
  frequencyLabels,
  rowsAtOnce,
  type Reporting,
} from './body.ts';
import type { BodySeen, NamedRecord } from './body.store.ts';
import { bodyCrumbs, crumbs, otherNameText } from './body.page.tsx';

export interface Choices {
  readonly bodies: readonly NamedRecord[];
  readonly organisations: readonly NamedRecord[];
}

const none = { value: '', text: 'None' };
const choices = (records: readonly NamedRecord[]) => [
  none,
  ...records.map(({ id, name }) => ({ value: id, text: name })),
];

const bodyIds = { kind: 'kind', belongs: 'belongs', why: 'why' };

function BodyFields({
  typed,
  errors,
  choices: { bodies, organisations },
}: {
  readonly typed: Typed;
  readonly errors: Errors;
  readonly choices: Choices;
}) {
  return (
    <>
      <Radios
        name="kind"
        fieldset={{ legend: 'Kind' }}
        value={valueOf(typed, 'kind')}
        items={bodyKinds.map((value) => ({ value, text: bodyKindLabels[value] }))}
        errorMessage={errors['kind']}
        classes="govuk-radios--inline govuk-radios--small"
      />
      <Radios
        name="belongs"
        fieldset={{ legend: 'Whose it is' }}
        value={valueOf(typed, 'belongs', 'own')}
        items={belongings.map((value) => ({
          value,
          text: belongingLabels[value],
          ...(value === 'linked' && { hint: 'Such as the council’s scrutiny committee' }),
        }))}
        errorMessage={errors['belongs']}
        classes="govuk-radios--small"
      />
      <Select
        name="frequency"
        label="How often it meets"
        value={valueOf(typed, 'frequency', 'monthly')}
        items={frequencies.map((value) => ({ value, text: frequencyLabels[value] }))}
        errorMessage={errors['frequency']}
      />
      <Select
        name="reportsTo"
        label="Reports to"
        value={valueOf(typed, 'reportsTo')}
        items={choices(bodies)}
        errorMessage={errors['reportsTo']}
      />
      <Autocomplete
        name="host"
        label="Run by (if one organisation runs it)"
        value={valueOf(typed, 'host')}
        items={choices(organisations)}
        errorMessage={errors['host']}
      />
      <Textarea
        name="purpose"
        label="Purpose (optional)"
        hint="One or two sentences. The public sees them where the body is shown to the public."
        rows={3}
        value={valueOf(typed, 'purpose')}
        errorMessage={errors['purpose']}
      />
      <PartialDateInput
        name="since"
        label="Since (optional)"
        value={valueOf(typed, 'since')}
        errorMessage={errors['since']}
      />
    </>
  );
}

const HiddenTick = ({ typed }: { readonly typed: Typed }) => (
  <Checkboxes
    name="hidden"
    items={[{ value: 'yes', text: 'Do not show it to the public' }]}
    values={[valueOf(typed, 'hidden')]}
    classes="govuk-checkboxes--small"
  />
);

export function addBodyPage(slug: string, offered: Choices, { typed = {}, errors = {} }: FormState = {}): Page {
  return formPage({
    title: 'Add a board or group',
    breadcrumbs: crumbs(slug),
    action: `/${slug}/bodies/new`,
    button: 'Add it',
    errors,
    ids: bodyIds,
    cancelHref: `/${slug}/bodies`,
    children: (
      <>
        <Input name="name" label="Name" value={valueOf(typed, 'name')} errorMessage={errors['name']} />
        <BodyFields typed={typed} errors={errors} choices={offered} />
        <HiddenTick typed={typed} />
      </>
    ),
  });
}

export function changeBodyPage(
  slug: string,
  body: BodySeen,
  offered: Choices,
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
  const shown = typed ?? typedOfBody(body);
  return formPage({
    title: `Change ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/change`,
    button: 'Save',
    errors,
    ids: bodyIds,
    cancelHref: `/${slug}/bodies/${body.id}`,
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Input name="name" label="Name" value={valueOf(shown, 'name')} errorMessage={errors['name']} />
        <Radios
          name="why"
          fieldset={{ legend: 'If you changed the name' }}
          value={valueOf(shown, 'why', 'corrected')}
          classes="govuk-radios--small"
          items={[
            { value: 'corrected', text: 'The old one was a mistake' },
            { value: 'renamed', text: 'It was the name until a day' },
          ]}
        />
        <PartialDateInput
          name="renamedOn"
          label="Last day of the old name (where it was the name until a day)"
          value={valueOf(shown, 'renamedOn')}
          errorMessage={errors['renamedOn']}
        />
        <BodyFields typed={shown} errors={errors} choices={offered} />
        <PartialDateInput
          name="until"
          label="Until"
          hint="Leave empty while it runs"
          value={valueOf(shown, 'until')}
          errorMessage={errors['until']}
        />
        <HiddenTick typed={shown} />
      </>
    ),
  });
}

export const typedOfBody = (body: BodySeen): Typed => ({
  name: body.name,
  kind: body.kind,
  belongs: body.isOwn ? 'own' : 'linked',
  frequency: body.frequency,
  reportsTo: body.reportsTo ?? '',
  host: body.host ?? '',
  purpose: body.purpose ?? '',
  since: body.since?.text ?? '',
  until: body.until?.text ?? '',
  hidden: body.isPublic ? '' : 'yes',
});

export function termsPage(
  slug: string,
  body: BodySeen,
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
  const shown = typed ?? { terms: body.terms ?? '', termsReview: body.termsReview?.text ?? '' };
  return formPage({
    title: `Terms of reference of ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/terms`,
    button: 'Save the terms',
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    intro: (
      <>
        <Conflict differing={differing} />
        {body.termsReview !== null && (
          <p class="govuk-body">
            They were to be reviewed by {formatPartialDate(body.termsReview)}. When they have been, enter the next date.
          </p>
        )}
      </>
    ),
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Textarea
          name="terms"
          label="Terms of reference"
          hint="As they were agreed. Begin a line with a dash for a list; leave an empty line between paragraphs."
          rows={16}
          value={valueOf(shown, 'terms')}
          errorMessage={errors['terms']}
        />
        <PartialDateInput
          name="termsReview"
          label="To be reviewed by"
          value={valueOf(shown, 'termsReview')}
          errorMessage={errors['termsReview']}
        />
      </>
    ),
  });
}

export function endBodyPage(
  slug: string,
  body: BodySeen,
  offered: readonly NamedRecord[],
  { typed = {}, errors = {} }: FormState = {},
): Page {
  const below = body.subordinates.filter(({ until }) => until === null);
  return formPage({
    title: `End ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/end`,
    button: 'End it',
    isWarning: true,
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    intro: (
      <p class="govuk-body">
        Its page stays, with who sat on it and what it decided. The seats that go on end on the same day.
      </p>
    ),
    children: (
      <>
        <PartialDateInput
          name="until"
          label="Last day"
          value={valueOf(typed, 'until')}
          errorMessage={errors['until']}
        />
        {below.length > 0 && (
          <>
            <p class="govuk-body">What reports to it now:</p>
            <ul class="govuk-list govuk-list--bullet">
              {below.map(({ name }) => (
                <li>{name}</li>
              ))}
            </ul>
            <Select
              name="instead"
              label="From then on they report to"
              value={valueOf(typed, 'instead', body.reportsTo ?? '')}
              items={[{ value: '', text: 'Nothing above them' }, ...choices(offered).slice(1)]}
              errorMessage={errors['instead']}
            />
          </>
        )}
      </>
    ),
  });
}

export function bodyNamesPage(slug: string, body: BodySeen, { typed = {}, errors = {} }: FormState = {}): Page {
  const page = formPage({
    title: `Other names of ${body.name}`,
    breadcrumbs: bodyCrumbs(slug, body),
    action: `/${slug}/bodies/${body.id}/names/new`,
    button: 'Add this name',
    errors,
    cancelHref: `/${slug}/bodies/${body.id}`,
    children: (
      <>
        <Input name="name" label="Other name" value={valueOf(typed, 'name')} errorMessage={errors['name']} />
        <Radios
          name="use"
          fieldset={{ legend: 'What it is' }}
          value={valueOf(typed, 'use')}
          errorMessage={errors['use']}
          items={[
            { value: 'also', text: 'People also call it so' },
            { value: 'former', text: 'It was the name until a day' },
          ]}
        />
        <PartialDateInput
          name="until"
          label="Last day of that name (where it was the name until a day)"
          value={valueOf(typed, 'until')}
          errorMessage={errors['until']}
        />
      </>
    ),
  });
  if (body.otherNames.length === 0) return page;
  return {
    ...page,
    main: (
      <>
        {page.main}
        <h2 class="govuk-heading-m">Names that are kept</h2>
        {body.otherNames.map((name) => (
          <form method="post" action={`/${slug}/bodies/${body.id}/names/${name.id}/remove`} class="concord-row-form">
            <p class="govuk-body">{otherNameText(name)}</p>
            <Button classes="govuk-button--secondary" preventDoubleClick>
              Remove
              <span class="govuk-visually-hidden"> {name.name}</span>
            </Button>
          </form>
        ))}
      </>
    ),
  };
}

const cell = (typed: Typed, name: string, at: number, otherwise: string): string => {
  const given = typed[name];
  return (
    (Array.isArray(given) ? (given as readonly string[])[at] : at === 0 ? (given as string | undefined) : undefined) ??
    otherwise
  );
};

export function severalBodiesPage(
  slug: string,
  bodies: readonly Reporting[],
  { typed = {}, errors = {} }: FormState = {},
): Page {
  const lines = Array.from({ length: rowsAtOnce }, (_, at) => at);
  return {
    ...formPage({
      title: 'Add several boards and groups',
      breadcrumbs: crumbs(slug),
      action: `/${slug}/bodies/several`,
      button: 'Add them',
      errors,
      cancelHref: `/${slug}/bodies`,
      intro: (
        <p class="govuk-body">
          One in each line, such as the executive, the tasking group and its subgroups. Lines without a name are left
          out. You can say who sits on them, and what they are for, afterwards.
        </p>
      ),
      children: lines.map((at) => {
        const line = at + 1;
        const field = (name: string) => ({
          name,
          id: `${name}-${line}`,
          errorMessage: errors[`${name}-${line}`],
        });
        return (
          <fieldset class="govuk-fieldset concord-line">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Line {line}</legend>
            <Input {...field('name')} label="Name" value={cell(typed, 'name', at, '')} />
            <Select
              {...field('kind')}
              label="Kind"
              value={cell(typed, 'kind', at, at === 0 ? 'board' : 'group')}
              items={bodyKinds.map((value) => ({ value, text: bodyKindLabels[value] }))}
            />
            <Select
              {...field('belongs')}
              label="Whose"
              value={cell(typed, 'belongs', at, 'own')}
              items={[
                { value: 'own', text: 'Our own' },
                { value: 'linked', text: 'Linked' },
              ]}
            />
            <Select
              {...field('frequency')}
              label="Meets"
              value={cell(typed, 'frequency', at, at === 0 ? 'quarterly' : 'monthly')}
              items={frequencies.map((value) => ({ value, text: frequencyLabels[value] }))}
            />
            <Select
              {...field('reportsTo')}
              label="Reports to"
              value={cell(typed, 'reportsTo', at, '')}
              items={[
                none,
                ...lines.flatMap((other) =>
                  other === at ? [] : [{ value: `row-${other + 1}`, text: `Line ${other + 1}` }],
                ),
                ...bodies.map(({ id, name }) => ({ value: id, text: name })),
              ]}
            />
          </fieldset>
        );
      }),
    }),
    wide: true,
  };
}
