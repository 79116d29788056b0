import type { Knot, Orphan, Ref, ThreadLinks } from '../duty/index.ts';
import { EmptyList, ScrollBox, Table } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { kindWord } from './thread.ts';

const threadHref = (slug: string, { kind, id }: Ref): string => `/${slug}/thread/${kind}/${id}`;

interface ThreadModel {
  readonly slug: string;
  readonly thread: ThreadLinks & { readonly knot: Knot };
}

/** What is before and after a record, as a picture and as lists that say the same. */
export function threadPage({ slug, thread }: ThreadModel): Page {
  const { knot, before, after } = thread;
  return {
    title: `Before and after: ${knot.title}`,
    wide: true,
    breadcrumbs: [{ text: 'What hangs on nothing', href: `/${slug}/orphans` }],
    main: (
      <>
        <span class="govuk-caption-l">{kindWord(knot.ref.kind)}</span>
        <h1 class="govuk-heading-l">{knot.title}</h1>
        <p class="govuk-body">
          {sentence(before.length, after.length)}{' '}
          <a class="govuk-link" href={`/${slug}${knot.href}`}>
            Open the {kindWord(knot.ref.kind).toLowerCase()}
          </a>
          .
        </p>
        <ScrollBox label="The thread as a picture">
          <Picture {...thread} />
        </ScrollBox>
        <div class="govuk-grid-row">
          <Side slug={slug} id="before" title="What it comes from" knots={before} none="Nothing is before it." />
          <Side slug={slug} id="after" title="What follows from it" knots={after} none="Nothing follows from it yet." />
        </div>
        <p class="govuk-body">
          <a class="govuk-link" href={`${threadHref(slug, knot.ref)}.json`}>
            The same as data (JSON)
          </a>
        </p>
      </>
    ),
  };
}

const sentence = (before: number, after: number): string =>
  before === 0 && after === 0
    ? 'It hangs on nothing: nothing is before it and nothing follows.'
    : `${count(before, 'record is', 'records are')} before it, ${count(after, 'record follows', 'records follow')}.`;
const count = (number: number, one: string, many: string): string =>
  number === 0 ? `No ${one}` : `${number} ${number === 1 ? one : many}`;

function Side({
  slug,
  id,
  title,
  knots,
  none,
}: {
  readonly slug: string;
  readonly id: string;
  readonly title: string;
  readonly knots: readonly Knot[];
  readonly none: string;
}) {
  return (
    <section class="govuk-grid-column-one-half" aria-labelledby={id}>
      <h2 class="govuk-heading-m" id={id}>
        {title}
      </h2>
      {knots.length === 0 ? (
        <p class="govuk-body">{none}</p>
      ) : (
        <ul class="govuk-list govuk-list--spaced">
          {knots.map(({ ref, title: name, state }) => (
            <li>
              <span class="govuk-caption-m">
                {kindWord(ref.kind)}
                {state !== null && `: ${state}`}
              </span>
              <a class="govuk-link" href={threadHref(slug, ref)}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const box = { width: 280, height: 58, gap: 14, aside: 90, most: 12 } as const;

/** Three columns: before, this, after. What is too much for a picture is said as a number; the lists hold all. */
function Picture({ knot, before, after }: ThreadLinks & { readonly knot: Knot }) {
  const columns = [cut(before), [{ kind: kindWord(knot.ref.kind), words: knot.title }], cut(after)];
  const rows = Math.max(1, ...columns.map((column) => column.length));
  const height = rows * (box.height + box.gap) + box.gap;
  const left = (column: number) => column * (box.width + box.aside) + 2;
  const top = (column: number, row: number) => {
    const length = columns[column]?.length ?? 0;
    return (height - length * (box.height + box.gap) + box.gap) / 2 + row * (box.height + box.gap);
  };
  const middle = top(1, 0) + box.height / 2;
  const width = 3 * box.width + 2 * box.aside + 4;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${before.length} before, ${after.length} after ${knot.title}`}
      font-family="'Source Sans 3', arial, sans-serif"
    >
      {[0, 2].map((column) =>
        columns[column]?.map((_, row) => {
          const y = top(column, row) + box.height / 2;
          const [from, to] = column === 0 ? [left(0) + box.width, left(1)] : [left(1) + box.width, left(2)];
          const [start, end] = column === 0 ? [y, middle] : [middle, y];
          const half = (from + to) / 2;
          return (
            <path
              d={`M${from} ${start} C${half} ${start} ${half} ${end} ${to} ${end}`}
              fill="none"
              stroke="#505a5f"
              stroke-width="2"
            />
          );
        }),
      )}
      {columns.map((column, at) =>
        column.map(({ kind, words }, row) => (
          <g transform={`translate(${left(at)} ${top(at, row)})`}>
            <rect
              width={box.width}
              height={box.height}
              fill={at === 1 ? '#0b4f55' : '#ffffff'}
              stroke="#0b4f55"
              stroke-width="2"
            />
            <text x="10" y="22" font-size="14" fill={at === 1 ? '#ffffff' : '#505a5f'}>
              {kind}
            </text>
            <text x="10" y="44" font-size="16" fill={at === 1 ? '#ffffff' : '#0b0c0c'}>
              {words.length > 34 ? `${words.slice(0, 33)}…` : words}
            </text>
          </g>
        )),
      )}
    </svg>
  );
}

const cut = (knots: readonly Knot[]): readonly { readonly kind: string; readonly words: string }[] => {
  const boxes = knots.map(({ ref, title }) => ({ kind: kindWord(ref.kind), words: title }));
  if (boxes.length <= box.most) return boxes;
  const hidden = boxes.length - box.most + 1;
  return [...boxes.slice(0, box.most - 1), { kind: 'And', words: `${hidden} more, in the list below` }];
};

/** Everything that hangs on nothing, for whoever has to tie it. */
export function orphansPage({ slug, orphans }: { readonly slug: string; readonly orphans: readonly Orphan[] }): Page {
  return {
    title: 'What hangs on nothing',
    main: (
      <>
        <h1 class="govuk-heading-l">What hangs on nothing</h1>
        <p class="govuk-body">
          Each need should lead to an aim, each aim to actions and a measure, and each action should serve an aim. What
          is listed here has a loose end.
        </p>
        {orphans.length === 0 ? (
          <EmptyList title="Everything is tied">No record hangs on nothing.</EmptyList>
        ) : (
          <>
            <ScrollBox label="Loose ends">
              <Table
                caption={`${orphans.length} loose ${orphans.length === 1 ? 'end' : 'ends'}`}
                captionClasses="govuk-table__caption--m"
                head={['What', 'Record', 'Lacks']}
                rows={orphans.map(({ knot, lacks }) => [
                  kindWord(knot.ref.kind),
                  <a class="govuk-link" href={`/${slug}${knot.href}`}>
                    {knot.title}
                  </a>,
                  lacks,
                ])}
              />
            </ScrollBox>
            <p class="govuk-body">
              <a class="govuk-link" href={`/${slug}/orphans.json`}>
                The same as data (JSON)
              </a>
            </p>
          </>
        )}
      </>
    ),
  };
}
