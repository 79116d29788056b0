import { arranged, dayWords, type Arrangement } from './arrangement.ts';
import { coverRoom } from './cover-room.ts';
import type { Block, DocumentModel, Inline, Picture, Table } from './model.ts';
import { readSvg } from './svg.ts';

/** What is wrong with a document before it has a form: a sentence each, in the order of reading. Nothing where it can be set. */
export function check(model: DocumentModel): readonly string[] {
  const walk = new Walk(model);
  walk.document();
  return walk.faults;
}

/** Whether the cover of a document stays on one side of paper. */
export const coverFits = (model: DocumentModel): boolean => coverRoom(arranged(model)) !== 'none';

/** More wrong than this is one fault in whoever made the document. */
const mostFaults = 100;
const isBlank = (text: string): boolean => text.trim() === '';

class Walk {
  readonly faults: string[] = [];
  private readonly ids = new Map<string, string>();
  private readonly used = new Set<string>();
  private readonly linked = new Map<string, string>();
  private readonly meanings = new Map<string, string>();
  private readonly notes: ReadonlySet<string>;
  private readonly model: DocumentModel;

  constructor(model: DocumentModel) {
    this.model = model;
    this.notes = new Set(model.notes.map(({ id }) => id));
  }

  private say(sentence: string): void {
    if (this.faults.length < mostFaults) this.faults.push(sentence);
  }

  private identify(id: string, what: string): void {
    if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(id))
      this.say(`The id “${id}” of ${what} has to be lower-case letters, digits and hyphens.`);
    const other = this.ids.get(id);
    if (other === undefined) this.ids.set(id, what);
    else this.say(`The id “${id}” stands for ${other} and for ${what}.`);
  }

  private words(inlines: readonly Inline[], where: string): void {
    for (const inline of inlines) {
      if (typeof inline === 'string' || inline.kind === 'strong') continue;
      if (isBlank(inline.words)) this.say(`${where} has a ${inline.kind} without words.`);
      if (inline.kind === 'figure') {
        this.used.add(inline.note);
        if (!this.notes.has(inline.note))
          this.say(`${where} has the figure “${inline.words}”, but nothing says what it rests on (${inline.note}).`);
      }
      if (inline.kind === 'link') this.link(inline.address, where);
      if (inline.kind === 'term') {
        const key = inline.words.toLowerCase();
        const other = this.meanings.get(key);
        if (isBlank(inline.meaning)) this.say(`${where} has the word “${inline.words}” without its meaning.`);
        else if (other !== undefined && other !== inline.meaning)
          this.say(`The word “${inline.words}” has two meanings.`);
        this.meanings.set(key, inline.meaning);
      }
    }
  }

  private link(address: string, where: string): void {
    if (address.startsWith('#')) this.linked.set(address.slice(1), where);
    else if (!/^(https?:\/\/[^\s/]|mailto:\S|tel:\S)/i.test(address))
      this.say(`${where} has a link to “${address}”, which is no address of the web, of mail or of a telephone.`);
  }

  private table(table: Table, what: string): void {
    this.identify(table.id, what);
    if (isBlank(table.caption)) this.say(`The table “${table.id}” has no caption.`);
    if (table.columns.length === 0) this.say(`The table “${table.id}” has no columns.`);
    table.columns.forEach(({ heading }, at) => {
      if (isBlank(heading)) this.say(`Column ${at + 1} of the table “${table.id}” has no heading.`);
    });
    table.rows.forEach((row, at) => {
      if (row.length !== table.columns.length)
        this.say(
          `Row ${at + 1} of the table “${table.id}” has ${row.length} cells, and ${table.columns.length} columns.`,
        );
      for (const cell of row) this.words(cell, `Row ${at + 1} of the table “${table.id}”`);
    });
  }

  private picture(picture: Picture): void {
    const name = `The picture “${picture.id}”`;
    this.identify(picture.id, `the picture “${picture.title}”`);
    if (isBlank(picture.title)) this.say(`${name} has no title.`);
    if (isBlank(picture.sentence)) this.say(`${name} has no sentence for those who cannot see it.`);
    const read = readSvg(picture.svg);
    if ('fault' in read) this.say(`${name} cannot stand in a document: ${read.fault}.`);
    this.table(picture.table, `the numbers of the picture “${picture.title}”`);
  }

  private block(block: Block, where: string): void {
    switch (block.kind) {
      case 'paragraph':
        if (block.words.length === 0) this.say(`${where} has a paragraph without words.`);
        {
          this.words(block.words, where);
          return;
        }
      case 'list':
        if (block.items.length === 0) this.say(`${where} has a list without items.`);
        for (const item of block.items) this.words(item, where);
        return;
      case 'table': {
        this.table(block, `the table “${block.caption}”`);
        return;
      }
      case 'picture': {
        this.picture(block);
        return;
      }
      case 'inset':
        if (block.blocks.length === 0) this.say(`${where} has a box without words.`);
        for (const inner of block.blocks) this.block(inner, where);
        return;
      case 'panels':
        for (const { heading, picture, words } of block.panels) {
          if (isBlank(heading)) this.say(`${where} has a panel without a heading.`);
          if (picture === undefined && words.length === 0)
            this.say(`The panel “${heading}” has neither a picture nor the reason why there is none.`);
          this.words(words, where);
          if (picture !== undefined) this.picture(picture);
        }
        return;
      case 'facts':
        for (const { name, value } of block.facts) {
          if (isBlank(name)) this.say(`${where} has a fact without a name.`);
          this.words(value, where);
        }
    }
  }

  private sections(sections: DocumentModel['sections']): void {
    for (const { id, heading, blocks, sections: inner } of sections) {
      this.identify(id, `the section “${heading}”`);
      if (isBlank(heading)) this.say(`The section “${id}” has no heading.`);
      if (blocks.length === 0 && (inner ?? []).length === 0) this.say(`The section “${heading}” is empty.`);
      for (const block of blocks) this.block(block, `The section “${heading}”`);
      this.sections(inner ?? []);
    }
  }

  document(): void {
    const { title, publisher, marking, asOf, cover, sections, notes } = this.model;
    for (const [name, words] of [
      ['title', title],
      ['publisher', publisher],
      ['marking', marking],
    ] as const)
      if (isBlank(words)) this.say(`The document has no ${name}.`);
    for (const block of cover) this.block(block, 'The cover');
    this.sections(sections);
    const seen = new Set<string>();
    for (const { id } of notes) {
      if (seen.has(id)) this.say(`Two notes have the id “${id}”.`);
      else if (!this.used.has(id)) this.say(`Nothing in the document refers to the note “${id}”.`);
      seen.add(id);
    }
    for (const [id, where] of this.linked)
      if (!this.ids.has(id)) this.say(`${where} has a link to “#${id}”, which is no place in the document.`);
    try {
      dayWords(asOf);
    } catch {
      this.say(`“${asOf}” is not a day. Write it as 2026-11-21.`);
    }
    if (this.faults.length === 0) this.coverHolds(arranged(this.model));
  }

  private coverHolds(document: Arrangement): void {
    if (coverRoom(document) === 'none') this.say('The cover holds more than one side of paper can.');
  }
}
