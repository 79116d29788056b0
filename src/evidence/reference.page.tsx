import { formatDate } from '../duty/index.ts';
import { Details, EmptyList, InsetText, ScrollBox, Table } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { referenceKindLabels, referenceKinds, type ReferenceKind } from './reference.ts';
import type { Reference } from './reference.store.ts';

/** What cannot be done as long as nothing of a kind is there. */
const without: Readonly<Record<ReferenceKind, string>> = {
  areas: 'Retired codes of wards and authorities, and plain names of middle layer areas, are not known.',
  boundaries: 'There are no maps, and rows with a point but no code stay without a place.',
  lookup:
    'No figure can be drawn for a ward, an authority or a force from the codes of small areas, and no row is found to be outside a force.',
  population: 'There are no rates: only counts.',
  ethnicity: 'Disparities between ethnic groups cannot be measured.',
  deprivation: 'Figures cannot be set beside deprivation.',
  weights: 'Harm and cost cannot be weighed: only counts.',
  places: 'Schools, hospitals and premises are on no map.',
};

export interface ReferenceShown extends Reference {
  /** The name of whoever added it. */
  readonly by: string;
}

/** Open tables of this installation: what is there, what is missing and what cannot be done without it, and how to add. */
export function referencePage(slug: string, references: readonly ReferenceShown[]): Page {
  const missing = referenceKinds.filter((kind) => !references.some((each) => each.kind === kind));
  return {
    title: 'Reference tables',
    breadcrumbs: [{ text: 'Evidence', href: `/${slug}/evidence` }],
    main: (
      <>
        <h1 class="govuk-heading-l">Reference tables</h1>
        <p class="govuk-body">
          Open tables that figures and maps are made with: areas and their boundaries, population, deprivation, weights
          and places. Every partnership of this installation uses the same ones, and each figure names those that it
          used.
        </p>
        {references.length === 0 ? (
          <EmptyList title="No reference tables yet">
            <p class="govuk-body">
              Whoever runs this installation adds them from the publishers’ files, with the command below.
            </p>
          </EmptyList>
        ) : (
          referenceKinds
            .filter((kind) => !missing.includes(kind))
            .map((kind) => <KindTable kind={kind} references={references.filter((each) => each.kind === kind)} />)
        )}
        {references.length > 0 && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/${slug}/reference/export.csv`} download="">
              Download this list (CSV)
            </a>
          </p>
        )}
        {missing.length > 0 && (
          <>
            <h2 class="govuk-heading-m">What is missing</h2>
            <dl class="govuk-summary-list">
              {missing.map((kind) => (
                <div class="govuk-summary-list__row">
                  <dt class="govuk-summary-list__key">{referenceKindLabels[kind]}</dt>
                  <dd class="govuk-summary-list__value">{without[kind]}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
        <h2 class="govuk-heading-m">How to add a table</h2>
        <p class="govuk-body">On the machine where Concord runs:</p>
        <InsetText>
          <code>concord reference add all &lt;folder&gt;</code>
        </InsetText>
        <p class="govuk-body">
          It looks at each file in the folder, says what it is by the names of its columns, and leaves out what it does
          not know. The same file twice is one table.
        </p>
      </>
    ),
  };
}

function KindTable({
  kind,
  references,
}: {
  readonly kind: ReferenceKind;
  readonly references: readonly ReferenceShown[];
}) {
  const label = referenceKindLabels[kind];
  return (
    <>
      <ScrollBox label={label}>
        <Table
          caption={label}
          captionClasses="govuk-table__caption--m"
          firstCellIsHeader
          head={['Table', 'Of', { text: 'Rows', format: 'numeric' }, 'Publisher', 'Added']}
          rows={references.map((each) => [
            each.title,
            each.vintage,
            { text: each.rows.toLocaleString('en-GB'), format: 'numeric' },
            each.publisher,
            `${formatDate(each.addedAt.slice(0, 10))}, ${each.by}`,
          ])}
        />
      </ScrollBox>
      <Details summaryText={`Licence and contents: ${label.toLowerCase()}`}>
        {references.map((each) => (
          <>
            <h3 class="govuk-heading-s">{`${each.title} (${each.vintage})`}</h3>
            <p class="govuk-body">{each.licence}</p>
            {each.notes.map((note) => (
              <p class="govuk-body">{note}</p>
            ))}
            <p class="govuk-body">
              {`From ${each.files.map(({ name }) => name).join(', ')}. `}
              <code>{each.id}</code>
            </p>
          </>
        ))}
      </Details>
    </>
  );
}
