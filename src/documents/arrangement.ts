import type { Block, DocumentModel, Inline, Note, Picture, Section, Table } from './model.ts';

/**
 * A document with all its numbers: of sections, paragraphs, tables, pictures and notes. Each form is made from this, so a number
 * means the same place in every one. All of it is data that JSON can hold.
 */
export interface Arrangement {
  readonly title: string;
  readonly subtitle: string | undefined;
  readonly publisher: string;
  readonly asOf: string;
  /** `21 November 2026`. */
  readonly day: string;
  readonly marking: string;
  readonly cover: readonly ArrangedBlock[];
  readonly sections: readonly ArrangedSection[];
  /** By their numbers: in the order in which the text first refers to them, and behind those what no text refers to. */
  readonly notes: readonly ArrangedNote[];
  /** In the order of the alphabet. */
  readonly glossary: readonly { readonly id: string; readonly words: string; readonly meaning: string }[];
  readonly tables: readonly ArrangedTable[];
  readonly pictures: readonly ArrangedPicture[];
  /** Where an id of the model is found in the document: `section-need`, `table-wards`, `picture-trend`. */
  readonly anchors: Readonly<Record<string, string>>;
}

export interface ArrangedSection {
  readonly id: string;
  /** Of the first level only. */
  readonly number: string | undefined;
  readonly level: number;
  readonly heading: string;
  readonly blocks: readonly ArrangedBlock[];
  readonly sections: readonly ArrangedSection[];
}

export type ArrangedBlock =
  | {
      readonly kind: 'paragraph';
      readonly words: Words;
      readonly isLead: boolean;
      readonly number: string | undefined;
    }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Words[] }
  | ArrangedTable
  | ArrangedPicture
  | {
      readonly kind: 'inset';
      readonly tone: 'help' | 'missing' | 'warning' | 'plain';
      readonly heading: string | undefined;
      readonly blocks: readonly ArrangedBlock[];
    }
  | { readonly kind: 'panels'; readonly panels: readonly ArrangedPanel[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly name: string; readonly value: Words }[] };

export interface ArrangedPanel {
  readonly heading: string;
  readonly picture: ArrangedPicture | undefined;
  readonly words: Words;
}

export interface ArrangedTable {
  readonly kind: 'table';
  readonly id: string;
  /** `Table 3`; for the numbers of a picture `Figure 2 as a table`. */
  readonly label: string;
  readonly caption: string;
  readonly columns: readonly { readonly heading: string; readonly isNumber: boolean }[];
  /** As many cells in each as there are columns. */
  readonly rows: readonly (readonly Words[])[];
  readonly remarks: readonly string[];
  readonly notes: readonly NoteMark[];
}

export interface ArrangedPicture {
  readonly kind: 'picture';
  readonly id: string;
  /** `Figure 2`. */
  readonly label: string;
  readonly title: string;
  readonly sentence: string;
  readonly svg: string;
  readonly source: string;
  readonly notes: readonly NoteMark[];
  readonly table: ArrangedTable;
}

/** The small number that leads to a note. */
export interface NoteMark {
  readonly number: number;
  /** Which of the marks of this note it is, counted from 1: the way back leads to each. */
  readonly mark: number;
}

export type Words = readonly ArrangedInline[];

export type ArrangedInline =
  | { readonly kind: 'text'; readonly words: string }
  | { readonly kind: 'strong'; readonly words: string }
  | { readonly kind: 'link'; readonly words: string; readonly address: string }
  /** In a table it has no mark of its own: the marks stand under the table. */
  | {
      readonly kind: 'figure';
      readonly words: string;
      readonly note: string;
      readonly number: number;
      readonly mark: number | undefined;
    }
  | { readonly kind: 'term'; readonly words: string; readonly entry: string };

export interface ArrangedNote {
  readonly number: number;
  readonly id: string;
  readonly words: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** How many marks of the text lead here. */
  readonly marks: number;
}

/** What XML has no place for, and marks that turn the direction of everything behind them. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** Text of others as every form can hold it, on one line. */
export const written = (text: string): string => text.toWellFormed().replace(unwritable, '').replace(/\s+/g, ' ');

const months = 'January February March April May June July August September October November December'.split(' ');

/** `21 November 2026`. Throws RangeError for what is not a day. */
export function dayWords(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  const name = months[Number(month) - 1];
  if (name === undefined || !(Number(date) >= 1 && Number(date) <= 31)) throw new RangeError(`not a day: ${day}`);
  return `${Number(date)} ${name} ${year}`;
}

/** The numbers given out so far. */
class Numbers {
  private readonly byId = new Map<string, Note>();
  private readonly given = new Map<string, { readonly number: number; marks: number }>();
  private readonly terms = new Map<string, Arrangement['glossary'][number]>();
  readonly tables: ArrangedTable[] = [];
  readonly pictures: ArrangedPicture[] = [];
  paragraphs = 0;

  constructor(notes: readonly Note[]) {
    for (const note of notes) if (!this.byId.has(note.id)) this.byId.set(note.id, note);
  }

  private numberOf(id: string): { readonly number: number; marks: number } | undefined {
    if (!this.byId.has(id)) return undefined;
    const known = this.given.get(id) ?? { number: this.given.size + 1, marks: 0 };
    this.given.set(id, known);
    return known;
  }

  mark(id: string): NoteMark | undefined {
    const known = this.numberOf(id);
    if (known === undefined) return undefined;
    known.marks += 1;
    return { number: known.number, mark: known.marks };
  }

  words(inlines: readonly Inline[], isMarked = true): Words {
    return inlines.map((inline): ArrangedInline => {
      if (typeof inline === 'string') return { kind: 'text', words: written(inline) };
      const words = written(inline.words);
      switch (inline.kind) {
        case 'strong':
          return { kind: 'strong', words };
        case 'link':
          return isAddress(inline.address)
            ? { kind: 'link', words, address: written(inline.address).trim() }
            : { kind: 'text', words };
        case 'term':
          return { kind: 'term', words, entry: this.entryOf(words, written(inline.meaning)) };
        case 'figure': {
          const note = written(inline.note);
          if (isMarked) {
            const given = this.mark(note);
            return given === undefined ? { kind: 'text', words } : { kind: 'figure', words, note, ...given };
          }
          const number = this.numberOf(note)?.number;
          return number === undefined
            ? { kind: 'text', words }
            : { kind: 'figure', words, note, number, mark: undefined };
        }
      }
    });
  }

  private entryOf(words: string, meaning: string): string {
    const key = words.toLowerCase();
    const entry = this.terms.get(key) ?? { id: `term-${this.terms.size + 1}`, words, meaning };
    this.terms.set(key, entry);
    return entry.id;
  }

  table(table: Table, label: string): ArrangedTable {
    const rows = table.rows.map((row) => table.columns.map((_, at) => this.words(row[at] ?? [], false)));
    return {
      kind: 'table',
      id: table.id,
      label,
      caption: written(table.caption),
      columns: table.columns.map(({ heading, isNumber }) => ({
        heading: written(heading),
        isNumber: isNumber ?? false,
      })),
      rows,
      remarks: table.remarks.map(written),
      notes: this.marksOf(table),
    };
  }

  private marksOf({ rows }: Table): readonly NoteMark[] {
    const ids = new Set<string>();
    for (const row of rows)
      for (const cell of row)
        for (const inline of cell)
          if (typeof inline !== 'string' && inline.kind === 'figure') ids.add(written(inline.note));
    return [...ids].map((id) => this.mark(id)).filter((mark) => mark !== undefined);
  }

  picture(picture: Picture): ArrangedPicture {
    const label = `Figure ${this.pictures.length + 1}`;
    const table = this.table(picture.table, `${label} as a table`);
    const arranged: ArrangedPicture = {
      kind: 'picture',
      id: picture.id,
      label,
      title: written(picture.title),
      sentence: written(picture.sentence),
      svg: picture.svg,
      source: written(picture.source),
      notes: table.notes,
      table: { ...table, notes: [] },
    };
    this.pictures.push(arranged);
    return arranged;
  }

  block(block: Block, section: number | undefined): ArrangedBlock {
    switch (block.kind) {
      case 'paragraph': {
        const isLead = block.isLead ?? false;
        const isCounted = section !== undefined && (block.isNumbered ?? !isLead);
        if (isCounted) this.paragraphs += 1;
        const number = isCounted ? `${section}.${this.paragraphs}` : undefined;
        return { kind: 'paragraph', words: this.words(block.words), isLead, number };
      }
      case 'list':
        return { kind: 'list', ordered: block.ordered, items: block.items.map((item) => this.words(item)) };
      case 'table': {
        const table = this.table(block, `Table ${this.tables.length + 1}`);
        this.tables.push(table);
        return table;
      }
      case 'picture':
        return this.picture(block);
      case 'inset': {
        const { tone, heading, blocks } = block;
        return {
          kind: 'inset',
          tone,
          heading: heading === undefined ? toneHeadings[tone] : written(heading),
          blocks: blocks.map((inner) => this.block(inner, undefined)),
        };
      }
      case 'panels':
        return {
          kind: 'panels',
          panels: block.panels.map(({ heading, picture, words }) => ({
            heading: written(heading),
            picture: picture === undefined ? undefined : this.picture(picture),
            words: this.words(words),
          })),
        };
      case 'facts':
        return {
          kind: 'facts',
          facts: block.facts.map(({ name, value }) => ({ name: written(name), value: this.words(value) })),
        };
    }
  }

  section(section: Section, number: number, level: number): ArrangedSection {
    if (level === 1) this.paragraphs = 0;
    return {
      id: section.id,
      number: level === 1 ? String(number) : undefined,
      level,
      heading: written(section.heading),
      blocks: section.blocks.map((block) => this.block(block, number)),
      sections: (section.sections ?? []).map((inner) => this.section(inner, number, level + 1)),
    };
  }

  notes(): readonly ArrangedNote[] {
    const used = [...this.given].map(([id, { number, marks }]) => ({ id, number, marks }));
    const unused = [...this.byId.keys()]
      .filter((id) => !this.given.has(id))
      .map((id, at) => ({ id, number: used.length + at + 1, marks: 0 }));
    return [...used, ...unused].flatMap(({ id, number, marks }) => {
      const note = this.byId.get(id);
      if (note === undefined) return [];
      const facts = note.facts.map(({ name, value }) => ({ name: written(name), value: written(value) }));
      return [{ number, id: written(id), words: written(note.words), facts, marks }];
    });
  }

  glossary(): Arrangement['glossary'] {
    return [...this.terms.values()].sort((a, b) => a.words.localeCompare(b.words, 'en-GB'));
  }
}

/** State is never colour alone: a box says in words what it is. */
const toneHeadings = { help: 'Where to get help', missing: 'What is missing', warning: 'Important', plain: undefined };

const isAddress = (address: string): boolean => /^(https?:\/\/|mailto:|tel:|#[a-z0-9-]+$)/i.test(address.trim());

/** Gives a document its numbers. The same model gives the same; throws RangeError where `asOf` is not a day. */
export function arranged(model: DocumentModel): Arrangement {
  const numbers = new Numbers(model.notes);
  const cover = model.cover.map((block) => numbers.block(block, undefined));
  const sections = model.sections.map((section, at) => numbers.section(section, at + 1, 1));
  return {
    title: written(model.title),
    subtitle: model.subtitle === undefined ? undefined : written(model.subtitle),
    publisher: written(model.publisher),
    asOf: model.asOf,
    day: dayWords(model.asOf),
    marking: written(model.marking),
    cover,
    sections,
    notes: numbers.notes(),
    glossary: numbers.glossary(),
    tables: numbers.tables,
    pictures: numbers.pictures,
    anchors: Object.fromEntries([
      ...numbers.pictures.map(({ id }) => [id, `picture-${id}`] as const),
      ...numbers.tables.map(({ id }) => [id, `table-${id}`] as const),
      ...withInner(sections).map(({ id }) => [id, `section-${id}`] as const),
    ]),
  };
}

/** Sections with those within them, in the order of reading. */
export const withInner = (sections: readonly ArrangedSection[]): readonly ArrangedSection[] =>
  sections.flatMap((section) => [section, ...withInner(section.sections)]);
