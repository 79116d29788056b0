import { Button, EmptyList, Input, PartialDateInput, ScrollBox, Select, Table } from '../govuk/index.ts';
import { type Errors, type Typed, formPage, valueOf } from '../platform/http/form.page.tsx';
import { History, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { kindLabelOf, type AreaHeld } from './area.ts';
import { whoWeAre } from './register.page.tsx';
import { describeSpan } from './span.ts';

export function areaListPage(slug: string, areas: readonly AreaHeld[], mayWrite: boolean): Page {
  const base = `/${slug}/areas`;
  return {
    title: 'Areas',
    breadcrumbs: [whoWeAre(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Areas</h1>
        <p class="govuk-body">
          The local government areas for which the partnership acts, with their codes of the Office for National
          Statistics. Figures use these codes.
        </p>
        {mayWrite && <Button href={`${base}/new`}>Add an area</Button>}
        {areas.length === 0 ? (
          <EmptyList title="No areas yet">
            Add the area of your council; in a county, add the county and then each of its districts.
          </EmptyList>
        ) : (
          <ScrollBox label="Areas">
            <Table
              caption={`${areas.length} ${areas.length === 1 ? 'area' : 'areas'}`}
              captionClasses="govuk-table__caption--s"
              firstCellIsHeader
              head={['Area', 'Code', 'What it is', 'Within', 'Boundaries of', 'When', ...(mayWrite ? ['Change'] : [])]}
              rows={areas.map((area) => [
                area.name,
                area.code,
                kindLabelOf(area.code),
                area.withinName ?? '–',
                String(area.vintage),
                describeSpan(area) || 'Always',
                ...(mayWrite
                  ? [
                      <a class="govuk-link" href={`${base}/${area.id}`}>
                        Change<span class="govuk-visually-hidden"> {area.name}</span>
                      </a>,
                    ]
                  : []),
              ])}
            />
          </ScrollBox>
        )}
        {areas.length > 0 && (
          <p class="govuk-body">
            <a class="govuk-link" href={`${base}/export.csv`} download="">
              Download this list (CSV)
            </a>
          </p>
        )}
      </>
    ),
  };
}

export function areaFormPage({
  slug,
  area,
  others,
  changes = [],
  typed = {},
  errors = {},
}: {
  readonly slug: string;
  readonly area?: AreaHeld | undefined;
  readonly others: readonly AreaHeld[];
  readonly changes?: readonly HistoryItem[];
  readonly typed?: Typed;
  readonly errors?: Errors;
}): Page {
  const base = `/${slug}/areas`;
  const outer = others.filter(({ id, withinId }) => id !== area?.id && withinId === null);
  const page = formPage({
    title: area === undefined ? 'Add an area' : `Change ${area.name}`,
    breadcrumbs: [whoWeAre(slug), { text: 'Areas', href: base }],
    action: `${base}/${area?.id ?? 'new'}`,
    button: area === undefined ? 'Add the area' : 'Save',
    cancelHref: base,
    errors,
    children: (
      <>
        <Input
          name="name"
          label="Name of the area"
          value={valueOf(typed, 'name', area?.name)}
          errorMessage={errors['name']}
          autocomplete="off"
        />
        <Input
          name="code"
          label="Code of the area"
          hint="Nine characters, such as E06000009. The Office for National Statistics gives one to each area."
          classes="govuk-input--width-10"
          value={valueOf(typed, 'code', area?.code)}
          errorMessage={errors['code']}
          autocomplete="off"
          spellcheck={false}
        />
        <Input
          name="vintage"
          label="Year of its boundaries"
          hint="Boundaries change while a code stays. If you are not sure, enter 2023."
          classes="govuk-input--width-4"
          inputmode="numeric"
          value={valueOf(typed, 'vintage', area === undefined ? '2023' : String(area.vintage))}
          errorMessage={errors['vintage']}
        />
        {outer.length > 0 && (
          <Select
            name="within"
            label="Does it lie within another area of the list?"
            value={valueOf(typed, 'within', area?.withinId ?? '')}
            errorMessage={errors['within']}
            items={[{ value: '', text: 'No' }, ...outer.map(({ id, name }) => ({ value: id, text: name }))]}
          />
        )}
        <PartialDateInput
          name="since"
          label="The partnership acts there since (optional)"
          value={valueOf(typed, 'since', area?.since?.text)}
          errorMessage={errors['since']}
        />
        <PartialDateInput
          name="until"
          label="Until (optional)"
          hint="For an area that was merged or left."
          value={valueOf(typed, 'until', area?.until?.text)}
          errorMessage={errors['until']}
        />
      </>
    ),
  });
  if (changes.length === 0) return page;
  return {
    ...page,
    main: (
      <>
        {page.main}
        <History changes={changes} />
      </>
    ),
  };
}
