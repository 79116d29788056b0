import { h, type ComponentChildren, type JSX, type VNode } from 'preact';
import {
  arranged,
  type ArrangedBlock,
  type ArrangedInline,
  type ArrangedNote,
  type ArrangedPanel,
  type ArrangedPicture,
  type ArrangedSection,
  type ArrangedTable,
  type Arrangement,
  type NoteMark,
  type Words,
} from './arrangement.ts';
import { coverRoom } from './cover-room.ts';
import type { DocumentModel } from './model.ts';
import { drawingOf, type SvgElement } from './svg.ts';

/** More ways back than this from one note help nobody. */
const mostWaysBack = 6;

type Anchors = Arrangement['anchors'];

const markId = ({ number, mark }: NoteMark): string => `mark-${number}-${mark}`;

function InlineWords({ inline, anchors }: { readonly inline: ArrangedInline; readonly anchors: Anchors }): JSX.Element {
  switch (inline.kind) {
    case 'text':
      return <>{inline.words}</>;
    case 'strong':
      return <strong>{inline.words}</strong>;
    case 'term':
      return (
        <a class="concord-doc__term" href={`#${inline.entry}`}>
          {inline.words}
        </a>
      );
    case 'link': {
      const href = inline.address.startsWith('#') ? anchorHref(inline.address, anchors) : inline.address;
      return href === undefined ? <>{inline.words}</> : <a href={href}>{inline.words}</a>;
    }
    case 'figure': {
      const { words, note, number, mark } = inline;
      return (
        <>
          <a
            class="concord-doc__number"
            href={`#note-${number}`}
            data-figure={note}
            aria-label={`${words}, note ${number}`}
          >
            {words}
          </a>
          {mark !== undefined && <Mark number={number} mark={mark} isQuiet />}
        </>
      );
    }
  }
}

function anchorHref(address: string, anchors: Anchors): string | undefined {
  const anchor = anchors[address.slice(1)];
  return anchor === undefined ? undefined : `#${anchor}`;
}

/** The small number. Beside a figure, which is a link itself, it is there for paper and for the way back only. */
function Mark({ number, mark, isQuiet }: NoteMark & { readonly isQuiet?: boolean }): JSX.Element {
  const id = markId({ number, mark });
  return isQuiet ? (
    <sup class="concord-doc__mark" id={id} aria-hidden="true">
      {number}
    </sup>
  ) : (
    <a id={id} href={`#note-${number}`} aria-label={`Note ${number}`}>
      {number}
    </a>
  );
}

const Inlines = ({ words, anchors }: { readonly words: Words; readonly anchors: Anchors }): JSX.Element => (
  <>
    {words.map((inline) => (
      <InlineWords inline={inline} anchors={anchors} />
    ))}
  </>
);

function Marks({ notes }: { readonly notes: readonly NoteMark[] }): JSX.Element | null {
  if (notes.length === 0) return null;
  return (
    <>
      {notes.length === 1 ? 'Note ' : 'Notes '}
      {notes.map((note, at) => (
        <>
          {at > 0 && ', '}
          <Mark {...note} />
        </>
      ))}
    </>
  );
}

const isEmpty = (words: Words): boolean => words.every((inline) => inline.words.trim() === '');

function TableParts({
  table,
  anchors,
  id,
}: {
  readonly table: ArrangedTable;
  readonly anchors: Anchors;
  readonly id: string;
}): JSX.Element {
  const { columns, rows, remarks, notes } = table;
  const caption = `${id}-caption`;
  const numeric = (at: number): string | undefined => (columns[at]?.isNumber ? 'concord-doc__numeric' : undefined);
  const Cell = ({ words }: { readonly words: Words }): JSX.Element =>
    isEmpty(words) ? (
      <>
        <span aria-hidden="true">–</span>
        <span class="concord-doc__hidden">empty</span>
      </>
    ) : (
      <Inlines words={words} anchors={anchors} />
    );
  return (
    <>
      <div class="concord-doc__scroll" role="region" tabindex={0} aria-labelledby={caption}>
        <table>
          <caption id={caption}>
            <span class="concord-doc__label">{table.label}</span> {table.caption}
          </caption>
          <thead>
            <tr>
              {columns.map(({ heading }, at) => (
                <th scope="col" class={numeric(at)}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {row.map((words, at) =>
                  at === 0 ? (
                    <th scope="row" class={numeric(at)}>
                      <Cell words={words} />
                    </th>
                  ) : (
                    <td class={numeric(at)}>
                      <Cell words={words} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p class="concord-doc__small">The table has no rows.</p>}
      {remarks.map((remark) => (
        <p class="concord-doc__small">{remark}</p>
      ))}
      {notes.length > 0 && (
        <p class="concord-doc__small">
          <Marks notes={notes} />
        </p>
      )}
    </>
  );
}

/** Every id and every reference to one gets the picture's own beginning, as the same drawing may stand in a document twice. */
function drawn(element: SvgElement, prefix: string): VNode {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(element.attributes))
    if (name !== 'xmlns' && !name.startsWith('xmlns:'))
      attributes[name] = name === 'id' ? prefix + value : value.replaceAll(/url\(\s*#/g, `url(#${prefix}`);
  return h(
    element.name,
    attributes,
    ...element.children.map((child) => (typeof child === 'string' ? child : drawn(child, prefix))),
  );
}

function Drawing({ picture }: { readonly picture: ArrangedPicture }): VNode {
  const { id, sentence } = picture;
  const root = drawingOf(picture);
  const { 'aria-labelledby': _labels, 'aria-describedby': _description, role: _role, ...attributes } = root.attributes;
  // Its own title and description are said by the page.
  const children = root.children.filter((child) => typeof child === 'string' || !/^(title|desc)$/.test(child.name));
  const svg = drawn({ name: 'svg', attributes, children }, `${id}-`);
  return h('svg', { xmlns: 'http://www.w3.org/2000/svg', ...svg.props, role: 'img', 'aria-label': sentence });
}

function PictureParts({
  picture,
  anchors,
  isSmall,
}: {
  readonly picture: ArrangedPicture;
  readonly anchors: Anchors;
  readonly isSmall?: boolean;
}): JSX.Element {
  const { label, title, sentence, source, notes, table } = picture;
  const id = `picture-${picture.id}`;
  return (
    <figure class={isSmall ? 'concord-doc__picture concord-doc__picture--small' : 'concord-doc__picture'} id={id}>
      <figcaption>
        <p class="concord-doc__title">
          <span class="concord-doc__label">{label}</span> {title}
        </p>
        {!isSmall && <p>{sentence}</p>}
      </figcaption>
      <div class="concord-doc__drawing" role="region" tabindex={0} aria-label={label}>
        <Drawing picture={picture} />
      </div>
      <p class="concord-doc__small">
        {source}
        {notes.length > 0 && (
          <>
            {/[.!?]$/.test(source) ? ' ' : '. '}
            <Marks notes={notes} />
          </>
        )}
      </p>
      <details>
        <summary>{label} as a table</summary>
        <TableParts table={table} anchors={anchors} id={`table-${table.id}`} />
      </details>
    </figure>
  );
}

const PanelParts = ({ panel, anchors }: { readonly panel: ArrangedPanel; readonly anchors: Anchors }): JSX.Element => (
  <div class="concord-doc__panel">
    <p>
      <strong>{panel.heading}</strong>
    </p>
    {!isEmpty(panel.words) && (
      <p>
        <Inlines words={panel.words} anchors={anchors} />
      </p>
    )}
    {panel.picture !== undefined && <PictureParts picture={panel.picture} anchors={anchors} isSmall />}
  </div>
);

function BlockParts({ block, anchors }: { readonly block: ArrangedBlock; readonly anchors: Anchors }): JSX.Element {
  switch (block.kind) {
    case 'paragraph': {
      const { number, isLead, words } = block;
      return (
        <p
          class={isLead ? 'concord-doc__lead' : undefined}
          id={number === undefined ? undefined : `paragraph-${number.replace('.', '-')}`}
        >
          {number !== undefined && (
            <>
              <span class="concord-doc__count">{number}</span>{' '}
            </>
          )}
          <Inlines words={words} anchors={anchors} />
        </p>
      );
    }
    case 'list': {
      const items = block.items.map((item) => (
        <li>
          <Inlines words={item} anchors={anchors} />
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return (
        <div class="concord-doc__table" id={`table-${block.id}`}>
          <TableParts table={block} anchors={anchors} id={`table-${block.id}`} />
        </div>
      );
    case 'picture':
      return <PictureParts picture={block} anchors={anchors} />;
    case 'inset':
      return (
        <div class={`concord-doc__inset concord-doc__inset--${block.tone}`}>
          {block.heading !== undefined && (
            <p>
              <strong>{block.heading}</strong>
            </p>
          )}
          <Blocks blocks={block.blocks} anchors={anchors} />
        </div>
      );
    case 'panels':
      return (
        <div class="concord-doc__panels">
          {block.panels.map((panel) => (
            <PanelParts panel={panel} anchors={anchors} />
          ))}
        </div>
      );
    case 'facts':
      return (
        <dl>
          {block.facts.map(({ name, value }) => (
            <div>
              <dt>{name}</dt>
              <dd>
                <Inlines words={value} anchors={anchors} />
              </dd>
            </div>
          ))}
        </dl>
      );
  }
}

const Blocks = ({
  blocks,
  anchors,
}: {
  readonly blocks: readonly ArrangedBlock[];
  readonly anchors: Anchors;
}): JSX.Element => (
  <>
    {blocks.map((block) => (
      <BlockParts block={block} anchors={anchors} />
    ))}
  </>
);

/** `<h2>` to `<h6>`. */
const heading = (level: number, children: ComponentChildren): VNode => h(`h${Math.min(6, level + 1)}`, {}, children);

const SectionParts = ({
  section,
  anchors,
}: {
  readonly section: ArrangedSection;
  readonly anchors: Anchors;
}): JSX.Element => (
  <section class={`concord-doc__section concord-doc__section--${section.level}`} id={`section-${section.id}`}>
    {heading(
      section.level,
      <>
        {section.number !== undefined && (
          <>
            <span class="concord-doc__count">{section.number}</span>{' '}
          </>
        )}
        {section.heading}
      </>,
    )}
    <Blocks blocks={section.blocks} anchors={anchors} />
    {section.sections.map((inner) => (
      <SectionParts section={inner} anchors={anchors} />
    ))}
  </section>
);

interface ContentsEntry {
  readonly href: string;
  readonly number?: string | undefined;
  readonly words: string;
  readonly within: readonly ContentsEntry[];
}

const ContentsList = ({ entries }: { readonly entries: readonly ContentsEntry[] }): JSX.Element => (
  <ol>
    {entries.map(({ href, number, words, within }) => (
      <li>
        <a href={href}>
          {number !== undefined && <span class="concord-doc__count">{number}</span>} {words}
        </a>
        {within.length > 0 && <ContentsList entries={within} />}
      </li>
    ))}
  </ol>
);

function contentsOf({ sections, glossary, notes }: Arrangement): readonly ContentsEntry[] {
  const entryOf = ({ id, number, heading: words, sections: inner, level }: ArrangedSection): ContentsEntry => ({
    href: `#section-${id}`,
    number,
    words,
    within: level < 2 ? inner.map(entryOf) : [],
  });
  return [
    ...sections.map(entryOf),
    ...(glossary.length > 0 ? [{ href: '#glossary', words: 'What the words mean', within: [] }] : []),
    ...(notes.length > 0 ? [{ href: '#notes', words: 'What the numbers rest on', within: [] }] : []),
  ];
}

const NoteParts = ({ note }: { readonly note: ArrangedNote }): JSX.Element => (
  <li id={`note-${note.number}`} value={note.number}>
    <p>
      {note.words}
      {note.marks > 0 && (
        <span class="concord-doc__back">
          {' '}
          {Array.from({ length: Math.min(note.marks, mostWaysBack) }, (_, at) => (
            <>
              {at > 0 && ' '}
              <a
                href={`#${markId({ number: note.number, mark: at + 1 })}`}
                aria-label={`Back to the text from note ${note.number}, place ${at + 1}`}
              >
                {at === 0 ? 'Back' : at + 1}
              </a>
            </>
          ))}
        </span>
      )}
    </p>
    {note.facts.length > 0 && (
      <dl>
        {note.facts.map(({ name, value }) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    )}
  </li>
);

/**
 * A document as nodes: for the inside of a page's `<main>`, which then needs no heading of its own. It holds class names and no style,
 * so it can stand under a content policy; `documentStyles` has the rules for them.
 *
 * @throws RangeError where a picture is no plain drawing, or the day is none (`check` says both first)
 */
export function DocumentParts({ model }: { readonly model: DocumentModel }): JSX.Element {
  const document = arranged(model);
  const { anchors, cover, sections, glossary, notes } = document;
  return (
    <div class="concord-doc">
      <div class={`concord-doc__cover concord-doc__cover--${coverRoom(document)}`}>
        <p class="concord-doc__publisher">{document.publisher}</p>
        <h1>{document.title}</h1>
        {document.subtitle !== undefined && <p class="concord-doc__subtitle">{document.subtitle}</p>}
        <p class="concord-doc__day">
          As of <time dateTime={document.asOf}>{document.day}</time>
        </p>
        <Blocks blocks={cover} anchors={anchors} />
      </div>
      <nav class="concord-doc__contents" aria-labelledby="contents">
        <h2 id="contents">Contents</h2>
        <ContentsList entries={contentsOf(document)} />
      </nav>
      {sections.map((section) => (
        <SectionParts section={section} anchors={anchors} />
      ))}
      {glossary.length > 0 && (
        <section class="concord-doc__section" id="glossary">
          <h2>What the words mean</h2>
          <dl>
            {glossary.map(({ id, words, meaning }) => (
              <div id={id}>
                <dt>{words}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {notes.length > 0 && (
        <section class="concord-doc__section" id="notes">
          <h2>What the numbers rest on</h2>
          <ol class="concord-doc__notes">
            {notes.map((note) => (
              <NoteParts note={note} />
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}
