import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arranged, type ArrangedBlock, type ArrangedPicture, type ArrangedTable, type Words } from './arrangement.ts';
import { columnShares, lengthOf, mostWhole } from './column-shares.ts';
import type { DocumentModel } from './model.ts';
import { nativePackage } from './native-package.ts';
import { drawingOf, svgSize } from './svg.ts';
import { typeface } from './typeface.ts';

/** What we use of the typesetter. */
interface Typesetter {
  readonly pdf: (
    document: {
      readonly mainFileContent: string;
      readonly inputs: Readonly<Record<string, string>>;
      readonly resetRead: boolean;
    },
    options: { readonly pdfStandard: string; readonly creationTimestamp: number },
  ) => Buffer;
  readonly evictCache: (mostAge: number) => void;
}

interface TypesetterPackage {
  readonly NodeCompiler: {
    readonly create: (options: { readonly workspace: string; readonly fontArgs: readonly unknown[] }) => Typesetter;
  };
}

const template = readFileSync(new URL('document.typ', import.meta.url), 'utf8');
let kept: Typesetter | undefined;

function typesetter(): Typesetter {
  if (kept !== undefined) return kept;
  const load = createRequire(import.meta.url);
  const { NodeCompiler } = load(nativePackage('@myriaddreamin/typst-ts-node-compiler')) as TypesetterPackage;
  const { regular, bold } = typeface();
  // The workspace is the only folder that a template could read, and ours reads none.
  kept = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontBlobs: [regular, bold] }] });
  return kept;
}

/** Drawn for print, letters of 15 pixels come to 9 points. */
const millimetresPerPixel = 135 / 640;
/** How many millimetres a picture may be high: two have place on a side. */
const mostHeight = 105;
function forTypesetter({ svg, ...picture }: ArrangedPicture) {
  const { width, height } = svgSize(drawingOf({ id: picture.id, svg }));
  const natural = width * millimetresPerPixel;
  return { ...picture, svg, width: natural, height: (natural * height) / width, mostHeight };
}

/** A cell as text where it is no more than that: a table has thousands. */
function plainOrParts(words: Words): string | Words {
  const isPlain = words.every(({ kind }) => kind === 'text' || kind === 'figure');
  if (!isPlain) return words;
  const text = words.map((part) => part.words).join('');
  return text.trim() === '' ? '' : text;
}

const tableForTypesetter = (table: ArrangedTable) => ({
  ...table,
  columns: columnShares(table).map(({ share, isFixed }, at) => ({
    ...table.columns[at],
    share: isFixed ? null : share,
  })),
  rows: table.rows.map((cells) => ({
    cells: cells.map(plainOrParts),
    isTall: cells.some((words) => lengthOf(words) > mostWhole),
  })),
});

function blockForTypesetter(block: ArrangedBlock): unknown {
  switch (block.kind) {
    case 'table':
      return tableForTypesetter(block);
    case 'picture':
      return { ...forTypesetter(block), table: { id: block.table.id } };
    case 'inset':
      return { ...block, heading: block.heading ?? null, blocks: block.blocks.map(blockForTypesetter) };
    case 'panels':
      return {
        ...block,
        panels: block.panels.map(({ picture, ...panel }) => ({
          ...panel,
          picture: picture === undefined ? null : { ...forTypesetter(picture), table: { id: picture.table.id } },
        })),
      };
    case 'paragraph':
      return { ...block, number: block.number ?? null };
    case 'list':
    case 'facts':
      return block;
  }
}

interface SectionLike {
  readonly blocks: readonly ArrangedBlock[];
  readonly sections: readonly SectionLike[];
  readonly number: string | undefined;
}

const sectionForTypesetter = (section: SectionLike): unknown => ({
  ...section,
  number: section.number ?? null,
  blocks: section.blocks.map(blockForTypesetter),
  sections: section.sections.map(sectionForTypesetter),
});

/** Long runs without a space get places where they may break, or they would run off the paper. */
const breakable = (text: string): string =>
  text.replace(/\S{25,}/gu, (run) =>
    Array.from(run)
      .map((sign, at) => (at > 0 && at % 8 === 0 ? `\u200b${sign}` : sign))
      .join(''),
  );

/** Values that are read by machines or lead to places, not by people. */
const asTheyAre = new Set(['id', 'kind', 'address', 'note', 'entry', 'asOf', 'tone']);

/**
 * A document as a tagged PDF made to PDF/UA-1: language, title, bookmarks, contents with page numbers, alternatives of pictures. Its
 * date is the model's, so the same model gives the same bytes. Signs that the typeface lacks are shown as □.
 *
 * @throws RangeError as `DocumentParts`; Error where this machine's typesetter is not installed, or says why it cannot set it
 */
export function toPdf(model: DocumentModel): Buffer {
  const document = arranged(model);
  const { shown } = typeface();
  const data = {
    ...document,
    subtitle: document.subtitle ?? null,
    cover: document.cover.map(blockForTypesetter),
    sections: document.sections.map(sectionForTypesetter),
    tables: [],
    pictures: document.pictures.map(({ label, table }) => ({ label, table: tableForTypesetter(table) })),
    date: document.asOf.split('-').map(Number),
  };
  const json = JSON.stringify(data, (key, value: unknown) =>
    typeof value !== 'string' || asTheyAre.has(key) ? value : key === 'svg' ? shown(value) : shown(breakable(value)),
  );
  const setter = typesetter();
  try {
    return setter.pdf(
      { mainFileContent: template, inputs: { model: json }, resetRead: true },
      { pdfStandard: 'ua-1', creationTimestamp: Date.parse(`${document.asOf}T00:00:00Z`) / 1000 },
    );
  } catch (fault) {
    // What it says is a list of faults in its own form; the words of each are what helps.
    const told = [...String(fault instanceof Error ? fault.message : fault).matchAll(/message: "((?:[^"\\]|\\.)*)"/g)];
    throw new Error(
      `The document could not be set as PDF: ${told.map(([, words]) => words).join('; ') || 'no reason given'}`,
      {
        cause: fault,
      },
    );
  } finally {
    setter.evictCache(0);
  }
}
