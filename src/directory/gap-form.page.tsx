import { InsetText, Input, Radios, Select, Textarea } from '../govuk/index.ts';
import { formPage, valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { gapAgeLabels, gapAges } from './gap.ts';
import { helpHref, helpPage } from './help.page.tsx';
import { needTerms, tierTerms } from './prevention-terms.ts';

/** Anybody says what help is missing, and where. */
export function reportGapPage({
  slug,
  typed = {},
  errors = {},
}: {
  readonly slug: string;
  readonly typed?: Typed;
  readonly errors?: Errors;
}): Page {
  return {
    ...formPage({
      title: 'Tell us what help is missing',
      breadcrumbs: [{ text: 'Find help', href: helpHref(slug) }],
      action: `${helpHref(slug)}/missing`,
      button: 'Put it on record',
      cancelHref: helpHref(slug),
      errors,
      ids: { tier: 'tier' },
      intro: (
        <>
          <p class="govuk-body">
            The partnership looks at what is missing when it decides what to pay for. It does not learn who you are.
            This is not the way to report a crime, or to ask for help for yourself: if you are in danger, call 999.
          </p>
          <InsetText>
            Write about the help, not about a person: no names, no addresses, nothing by which somebody could be known.
          </InsetText>
        </>
      ),
      children: (
        <>
          <Select
            name="need"
            label="What is the help for?"
            value={valueOf(typed, 'need')}
            errorMessage={errors['need']}
            items={[
              { value: '', text: 'Choose' },
              ...needTerms.map(({ slug: value, name }) => ({ value, text: name })),
            ]}
          />
          <Radios
            name="tier"
            idPrefix="tier"
            fieldset={{ legend: 'What kind of help is missing?' }}
            value={valueOf(typed, 'tier')}
            errorMessage={errors['tier']}
            items={tierTerms.map(({ slug: value, name }) => ({ value, text: name }))}
          />
          <Select
            name="age"
            label="For which age?"
            value={valueOf(typed, 'age', 'any')}
            errorMessage={errors['age']}
            items={gapAges.map((value) => ({ value, text: gapAgeLabels[value] }))}
          />
          <Input
            name="area"
            label="Where? (optional)"
            hint="A town, a village or an estate, such as Saltmarsh"
            value={valueOf(typed, 'area')}
            errorMessage={errors['area']}
            autocomplete="off"
          />
          <Textarea
            name="seen"
            label="What did you see? (optional)"
            hint="For example: there is nothing for young people after five, and no bus"
            value={valueOf(typed, 'seen')}
            errorMessage={errors['seen']}
            rows={4}
          />
        </>
      ),
    }),
    ...helpPage,
  };
}

export function gapReportedPage(slug: string): Page {
  return {
    title: 'Thank you',
    ...helpPage,
    breadcrumbs: [{ text: 'Find help', href: helpHref(slug) }],
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Thank you. It is on record</h1>
          <p class="govuk-body">
            The partnership will look at it together with what others said. Once several people have said the same, it
            stands on the page of help for everybody to see.
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href={helpHref(slug)}>
              Look for other help
            </a>
          </p>
        </div>
      </div>
    ),
  };
}
