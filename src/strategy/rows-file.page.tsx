import { Button, FileUpload, SummaryList } from '../govuk/index.ts';
import type { Column } from '../partnership/index.ts';
import { formPage, type Errors } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import type { RowsFile } from './rows-file.store.ts';
import { WideTable } from './wide-table.page.tsx';

/** Where a kind of rows lives, and how it is called. */
export interface RowsPlace {
  /** Of the list that the rows are in. */
  readonly href: string;
  readonly crumbs: readonly { readonly text: string; readonly href: string }[];
  /** After "Read in": "approaches from a file". */
  readonly title: string;
  readonly columns: readonly Column[];
}

export const sendRowsPage = ({ href, crumbs, title, columns }: RowsPlace, errors: Errors = {}): Page =>
  formPage({
    title: `Read in ${title}`,
    breadcrumbs: [...crumbs],
    action: `${href}/files/new`,
    button: 'Read it in',
    takesFile: true,
    errors,
    cancelHref: href,
    intro: (
      <p class="govuk-body">
        A table as CSV. Rows that can be read are kept; the others come back to you as a file, each with the reason.
        What we export can be read in again.
      </p>
    ),
    children: (
      <>
        <FileUpload name="file" label="The file" errorMessage={errors['file']} />
        <h2 class="govuk-heading-m">Columns</h2>
        <SummaryList
          rows={columns.map(({ name, about, isNeeded }) => ({
            key: isNeeded === true ? `${name} (needed)` : name,
            value: about,
          }))}
        />
      </>
    ),
  });

export function rowsFilePage({ href, crumbs, columns }: RowsPlace, file: RowsFile): Page {
  const first = columns[0]?.name ?? '';
  return {
    title: file.fileName,
    breadcrumbs: [...crumbs],
    main: (
      <>
        <h1 class="govuk-heading-l">{file.fileName} was read in</h1>
        <SummaryList
          rows={[
            { key: 'Added', value: String(file.added) },
            { key: 'Changed', value: String(file.changed) },
            { key: 'As they were', value: String(file.unchanged) },
            { key: 'Not read', value: String(file.refused.length) },
          ]}
        />
        {file.refused.length > 0 && (
          <>
            <h2 class="govuk-heading-m">Rows that were not read</h2>
            <p class="govuk-body">
              <a class="govuk-link" href={`${href}/files/${file.id}/refused.csv`}>
                Download them, each with its reason
              </a>
              . Put them right and send that file.
            </p>
            <WideTable
              label="Rows that were not read"
              head={['Row', first, 'Why not']}
              rows={file.refused
                .slice(0, 100)
                .map(({ row, cells, reason }) => [String(row), cells[first] ?? '', reason])}
            />
          </>
        )}
        <Button href={href}>Go on to the list</Button>
      </>
    ),
  };
}
