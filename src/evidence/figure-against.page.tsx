import { Radios, ScrollBox, Table } from '../govuk/index.ts';
import { formPage, valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { againstOf } from './figure-against.ts';
import { figuresCrumbs, leadOf } from './figure.page.tsx';
import type { FigureRow } from './figure.ts';
import type { ViewShown } from './view-document.ts';
import { headingOf, keyColumns, keyWords, valueWords, whyNoNumber } from './view-words.ts';

/** In the form: no definition, every row counts. */
export const everyRow = 'every-row';

const hrefOf = (slug: string, view: string) => `/${slug}/figures/${view}`;

export function besidePage({
  slug,
  view,
  title: figure,
  definitions,
  typed = {},
  errors = {},
}: {
  readonly slug: string;
  readonly view: string;
  readonly title: string;
  readonly definitions: readonly { readonly id: string; readonly name: string }[];
  readonly typed?: Typed | undefined;
  readonly errors?: Errors | undefined;
}): Page {
  const href = hrefOf(slug, view);
  return formPage({
    title: 'Count it by another definition as well',
    breadcrumbs: [...figuresCrumbs(slug), { text: figure, href }],
    action: `${href}/beside`,
    button: 'Show both',
    cancelHref: href,
    errors,
    intro: (
      <p class="govuk-body">
        The same question, from the same files, counted twice. If the source cannot say what a definition asks for, you
        are told so.
      </p>
    ),
    children:
      definitions.length === 0 ? (
        <p class="govuk-body">
          There is no other definition yet.{' '}
          <a class="govuk-link" href={`/${slug}/definitions`}>
            Add one
          </a>
        </p>
      ) : (
        <Radios
          name="definition"
          fieldset={{ legend: 'By which definition?' }}
          value={valueOf(typed, 'definition')}
          errorMessage={errors['definition']}
          items={definitions.map(({ id, name }) => ({ value: id, text: name }))}
        />
      ),
  });
}

interface Side {
  readonly shown: ViewShown;
  readonly definition: { readonly name: string; readonly href?: string };
}

const most = 500;

export function againstPage({
  slug,
  first,
  second,
}: {
  readonly slug: string;
  readonly first: Side;
  readonly second: Side;
}): Page {
  const { document, names } = first.shown;
  const { cells } = againstOf(document, second.shown.document);
  const keys = keyColumns(document);
  const decimals = document.measure.name === 'count' ? 0 : 1;
  const rowsOf = ({ shown }: Side) =>
    new Map(
      (shown.document.rows as readonly FigureRow[]).map((row) => [
        JSON.stringify(keys.map((name) => row[name] ?? null)),
        row,
      ]),
    );
  const [ours, theirs] = [rowsOf(first), rowsOf(second)];
  const told = (row: FigureRow | undefined) => {
    if (row === undefined) return 'None';
    return whyNoNumber(row) ?? valueWords(document.measure.name === 'count' ? row.count : row.estimate, decimals);
  };
  const link = ({ definition: { name, href } }: Side) =>
    href === undefined ? (
      name
    ) : (
      <a class="govuk-link" href={href}>
        {name}
      </a>
    );
  const hidden = cells.filter((cell) => cell['difference'] === null).length;
  return {
    title: `Two definitions: ${document.title}`,
    wide: true,
    breadcrumbs: [...figuresCrumbs(slug), { text: document.title, href: hrefOf(slug, document.view) }],
    main: (
      <>
        <h1 class="govuk-heading-l">The same figure under two definitions</h1>
        <div class="govuk-grid-row">
          {[first, second].map((side) => (
            <div class="govuk-grid-column-one-half">
              <h2 class="govuk-heading-m">{link(side)}</h2>
              <p class="govuk-body">{leadOf(side.shown)}</p>
              <p class="govuk-body">
                <a class="govuk-link" href={hrefOf(slug, side.shown.document.view)}>
                  {side.shown.document.title}
                </a>
              </p>
            </div>
          ))}
        </div>
        <ScrollBox label="How they differ">
          <Table
            caption="How they differ"
            captionClasses="govuk-table__caption--m"
            firstCellIsHeader={keys.length > 0}
            head={[
              ...keys.map(headingOf),
              { text: first.definition.name, format: 'numeric' },
              { text: second.definition.name, format: 'numeric' },
              { text: 'Difference', format: 'numeric' },
            ]}
            rows={cells.slice(0, most).map((cell) => {
              const key = JSON.stringify(keys.map((name) => cell[name] ?? null));
              return [
                ...keys.map((name) => keyWords(name, cell[name], names)),
                { text: told(ours.get(key)), format: 'numeric' as const },
                { text: told(theirs.get(key)), format: 'numeric' as const },
                {
                  text: cell.difference === null ? 'Cannot be said' : valueWords(cell.difference, decimals),
                  format: 'numeric' as const,
                },
              ];
            })}
          />
        </ScrollBox>
        {cells.length > most && (
          <p class="govuk-body">{(cells.length - most).toLocaleString('en-GB')} more rows are in the files.</p>
        )}
        <p class="govuk-body">
          {hidden === 0
            ? 'Both are counted from the same files. Open a definition to read why something is in or out.'
            : 'A difference cannot be said where one of the two is hidden, missing or refused. What both together would tell of a small number is hidden as well.'}
        </p>
      </>
    ),
  };
}
