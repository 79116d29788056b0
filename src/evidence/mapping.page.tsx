import { sourceTitle } from '../exchange/index.ts';
import {
  Button,
  EmptyList,
  FileUpload,
  Input,
  Radios,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Textarea,
  WarningText,
} from '../govuk/index.ts';
import type { Outcome } from '../duty/index.ts';
import { formPage, valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { momentText } from '../platform/moment.ts';
import { formatOf, formats } from './formats/index.ts';
import { columnsToAsk, typedOf } from './mapping-form.ts';
import type { MappingKept, Sample } from './mapping.store.ts';
import type { Mapped } from './mapping.ts';

const evidence = (slug: string) => ({ text: 'Evidence', href: `/${slug}/evidence` });
const crumbs = (slug: string) => [evidence(slug), { text: 'Mappings', href: `/${slug}/mappings` }];
export const mayMap = ['analyst', 'coordinator', 'administrator'] as const;
const shownRows = 20;

export function mappingsPage(slug: string, mappings: readonly MappingKept[], mayWrite: boolean): Page {
  return {
    title: 'Mappings',
    breadcrumbs: [evidence(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Mappings</h1>
        <p class="govuk-body">
          How the tables of partners are read: what each of their columns means. Made once for a partner, and used again
          with the next file.
        </p>
        {mayWrite && <Button href={`/${slug}/mappings/new`}>Add a mapping</Button>}
        {mappings.length === 0 ? (
          <EmptyList title="No mappings yet">
            A partner whose file does not have the columns of a source needs one. Begin with a file of theirs.
          </EmptyList>
        ) : (
          <ScrollBox label="Mappings">
            <Table
              caption={`${mappings.length} ${mappings.length === 1 ? 'mapping' : 'mappings'}`}
              captionClasses="govuk-table__caption--s"
              firstCellIsHeader
              head={['Mapping', 'Partner', 'Becomes', 'Version', 'Changed']}
              rows={mappings.map(({ id, name, organisation, content, version, madeAt }) => [
                mayWrite ? (
                  <a class="govuk-link" href={`/${slug}/mappings/${id}`}>
                    {name}
                  </a>
                ) : (
                  name
                ),
                organisation ?? '–',
                sourceTitle(content.format),
                String(version),
                momentText(madeAt),
              ])}
            />
          </ScrollBox>
        )}
      </>
    ),
  };
}

export function newMappingPage({
  slug,
  organisations,
  typed = {},
  errors = {},
}: {
  readonly slug: string;
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly typed?: Typed;
  readonly errors?: Errors;
}): Page {
  return formPage({
    title: 'Add a mapping',
    breadcrumbs: crumbs(slug),
    action: `/${slug}/mappings/new`,
    takesFile: true,
    button: 'Continue',
    cancelHref: `/${slug}/mappings`,
    errors,
    intro: (
      <p class="govuk-body">
        Begin with a file of the partner. Its first rows are kept to show you how they are read, until you take them
        away.
      </p>
    ),
    children: (
      <>
        <Input
          name="name"
          label="Name of the mapping"
          hint="Such as: Night shelter, incidents each quarter."
          value={valueOf(typed, 'name')}
          errorMessage={errors['name']}
          autocomplete="off"
        />
        <Select
          name="organisation"
          label="Whose table is it? (optional)"
          value={valueOf(typed, 'organisation')}
          errorMessage={errors['organisation']}
          items={[
            { value: '', text: 'Not in the register' },
            ...organisations.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
        <Select
          name="format"
          label="What does it become?"
          hint="If no source fits, choose counts from any other source."
          value={valueOf(typed, 'format', 'generic')}
          errorMessage={errors['format']}
          items={formats.map(({ name, title }) => ({ value: name, text: title }))}
        />
        <FileUpload
          name="file"
          label="A file of the partner, saved as CSV"
          hint="Up to 10 MB. Of a workbook, save the sheet as CSV."
          errorMessage={errors['file']}
          attributes={{ accept: '.csv,.txt,text/csv' }}
        />
      </>
    ),
  });
}

export function mappingPage({
  slug,
  mapping,
  sample,
  mapped,
  typed,
  errors = {},
}: {
  readonly slug: string;
  readonly mapping: MappingKept;
  readonly sample: Sample | undefined;
  /** What the newest version makes of the sample. */
  readonly mapped: Outcome<Mapped, 'not-valid'> | undefined;
  readonly typed?: Typed;
  readonly errors?: Errors;
}): Page {
  const { content } = mapping;
  const format = formatOf(content.format);
  const values = typed ?? typedOf(content);
  const asked = columnsToAsk(content, sample?.rows ?? []);
  const targets = [
    { value: '', text: 'Not read' },
    ...format.rules.columns.map(({ name, header }) => ({ value: name, text: header })),
  ];
  const isOfCounts = format.rules.standard.count !== undefined;
  const form = formPage({
    title: mapping.name,
    breadcrumbs: crumbs(slug),
    action: `/${slug}/mappings/${mapping.id}`,
    button: 'Save and look at what it makes',
    cancelHref: `/${slug}/mappings`,
    errors,
    ids: { columns: 'to-0' },
    intro: (
      <SummaryList
        rows={[
          { key: 'Partner', value: mapping.organisation ?? 'Not in the register' },
          {
            key: 'Becomes',
            value: (
              <a class="govuk-link" href={`/${slug}/sources/${format.name}`}>
                {format.title}
              </a>
            ),
          },
          { key: 'Version', value: `${mapping.version}, of ${momentText(mapping.madeAt)}` },
          { key: 'Hash', value: mapping.sha256.slice(0, 12) },
        ]}
      />
    ),
    children: (
      <>
        <input type="hidden" name="version" value={valueOf(values, 'version', String(mapping.version))} />
        <Radios
          name="shape"
          fieldset={{ legend: 'What is a row of the table?' }}
          value={valueOf(values, 'shape', 'rows')}
          errorMessage={errors['shape']}
          items={[
            { value: 'rows', text: isOfCounts ? 'A row says how many' : 'A row is one event' },
            ...(isOfCounts
              ? [
                  { value: 'events', text: 'A row is one event: count them, and keep no row' },
                  { value: 'across', text: 'Months or other headings stand across, numbers below them' },
                ]
              : []),
          ]}
        />
        <Input
          name="headerRow"
          label="Which row has the names of the columns?"
          classes="govuk-input--width-3"
          inputmode="numeric"
          value={valueOf(values, 'headerRow', '1')}
          errorMessage={errors['headerRow']}
        />
        <Select
          name="dates"
          label="How are dates written?"
          value={valueOf(values, 'dates', 'english')}
          errorMessage={errors['dates']}
          items={[
            { value: 'english', text: 'Day, month, year, or year first' },
            { value: 'american', text: 'Month, day, year' },
            { value: 'serial', text: 'As the numbers of a spreadsheet, such as 45291' },
          ]}
        />
        <h2 class="govuk-heading-m">Columns</h2>
        {asked.map((from, place) => (
          <>
            <input type="hidden" name={`from-${place}`} value={from} />
            <Select
              name={`to-${place}`}
              label={from}
              value={valueOf(values, `to-${place}`)}
              errorMessage={place === 0 ? errors['columns'] : undefined}
              items={targets}
            />
          </>
        ))}
        {asked.length === 0 && (
          <p class="govuk-body">The row that you named has no names of columns. Enter another row and save.</p>
        )}
        {isOfCounts && (
          <>
            <Select
              name="headings"
              label="Where headings stand across: what do those say that are no period?"
              value={valueOf(values, 'headings')}
              errorMessage={errors['headings']}
              items={targets}
            />
            <Select
              name="section"
              label="Where headings stand across: what does a row without numbers say of those below it?"
              value={valueOf(values, 'section')}
              errorMessage={errors['section']}
              items={targets}
            />
          </>
        )}
        <Textarea
          name="constants"
          label="What every row has"
          hint="One a line: a column of the source, = and the value. Such as: Area Code = E06000009"
          rows={3}
          value={valueOf(values, 'constants')}
          errorMessage={errors['constants']}
        />
        <Textarea
          name="words"
          label="Their words, and ours"
          hint="One a line: a column of the source, a colon, their word, = and ours. Such as: Sex: Man = Male"
          value={valueOf(values, 'words')}
          errorMessage={errors['words']}
        />
      </>
    ),
  });
  return {
    ...form,
    wide: true,
    main: (
      <>
        {form.main}
        {sample !== undefined && mapped !== undefined && (
          <Preview slug={slug} id={mapping.id} sample={sample} mapped={mapped} />
        )}
      </>
    ),
  };
}

function Preview({
  slug,
  id,
  sample,
  mapped,
}: {
  readonly slug: string;
  readonly id: string;
  readonly sample: Sample;
  readonly mapped: Outcome<Mapped, 'not-valid'>;
}) {
  return (
    <section aria-labelledby="preview">
      <h2 class="govuk-heading-m" id="preview">
        How {sample.fileName} is read
      </h2>
      {mapped.done ? <Read mapped={mapped.value} /> : <WarningText>It is not read yet. {mapped.sentence}.</WarningText>}
      <form method="post" action={`/${slug}/mappings/${id}/sample`}>
        <Button classes="govuk-button--secondary" preventDoubleClick>
          Take away the kept rows of this file
        </Button>
      </form>
    </section>
  );
}

function Read({ mapped: { header, rows, problems, ignored, missing } }: { readonly mapped: Mapped }) {
  const shown = rows.slice(0, shownRows);
  const filled = header.map((_, place) => shown.some(({ cells }) => cells[place] !== ''));
  return (
    <>
      {ignored.length > 0 && <p class="govuk-body">Not read: {ignored.join(', ')}.</p>}
      {missing.length > 0 && <p class="govuk-body">Not found in the file: {missing.join(', ')}.</p>}
      <h3 class="govuk-heading-s">{problems.length === 0 ? 'Everything was understood' : 'What was not understood'}</h3>
      {problems.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {problems.slice(0, shownRows).map(({ at, sentence }) => (
            <li>
              {at}: {sentence}
            </li>
          ))}
          {problems.length > shownRows && <li>and {problems.length - shownRows} more</li>}
        </ul>
      )}
      <ScrollBox label="Rows as they are read">
        <Table
          caption={`The first ${shown.length} of ${rows.length} rows that come of the kept part`}
          captionClasses="govuk-table__caption--s"
          head={['Where', ...header.filter((_, place) => filled[place])]}
          rows={shown.map(({ at, cells }) => [at, ...cells.filter((_, place) => filled[place])])}
        />
      </ScrollBox>
    </>
  );
}
