import { describe, expect, it } from 'vitest';
import { hostileModel, sampleModel } from '../../test/documents/sample-model.ts';
import { check } from './check.ts';
import type { Block, DocumentModel, Table } from './model.ts';

const table: Table = {
  kind: 'table',
  id: 'a-table',
  caption: 'A table',
  columns: [{ heading: 'Ward' }, { heading: 'Count', isNumber: true }],
  rows: [[['Ash'], ['5']]],
  remarks: [],
};
const withBlocks = (blocks: readonly Block[], further: Partial<DocumentModel> = {}): DocumentModel => ({
  title: 'Title',
  publisher: 'Publisher',
  asOf: '2026-11-21',
  marking: 'Public',
  cover: [],
  sections: [{ id: 'one', heading: 'One', blocks }],
  notes: [],
  ...further,
});
const paragraph = (...words: Extract<Block, { kind: 'paragraph' }>['words']): Block => ({ kind: 'paragraph', words });

describe('a document is checked before it is set', () => {
  it('says nothing of one that is whole', () => {
    expect(check(sampleModel)).toEqual([]);
    expect(check(withBlocks([paragraph('Words.'), table]))).toEqual([]);
  });

  it.each<readonly [string, DocumentModel, string]>([
    [
      'an id twice',
      withBlocks([table, table]),
      'The id “a-table” stands for the table “A table” and for the table “A table”.',
    ],
    [
      'an id of other signs',
      withBlocks([{ ...table, id: 'A table' }]),
      'The id “A table” of the table “A table” has to be lower-case letters, digits and hyphens.',
    ],
    [
      'a figure without its note',
      withBlocks([paragraph({ kind: 'figure', words: '5', note: 'none' })]),
      'The section “One” has the figure “5”, but nothing says what it rests on (none).',
    ],
    [
      'a note that nothing uses',
      withBlocks([paragraph('Words.')], { notes: [{ id: 'n', words: 'A note', facts: [] }] }),
      'Nothing in the document refers to the note “n”.',
    ],
    [
      'a row of another width',
      withBlocks([{ ...table, rows: [[['Ash']]] }]),
      'Row 1 of the table “a-table” has 1 cells, and 2 columns.',
    ],
    [
      'a section without a heading',
      withBlocks([], { sections: [{ id: 'one', heading: ' ', blocks: [paragraph('x')] }] }),
      'The section “one” has no heading.',
    ],
    ['an empty section', withBlocks([]), 'The section “One” is empty.'],
    [
      'a link to nowhere',
      withBlocks([paragraph({ kind: 'link', words: 'x', address: '#nowhere' })]),
      'The section “One” has a link to “#nowhere”, which is no place in the document.',
    ],
    [
      'a link that runs',
      withBlocks([paragraph({ kind: 'link', words: 'x', address: 'javascript:alert(1)' })]),
      'The section “One” has a link to “javascript:alert(1)”, which is no address of the web, of mail or of a telephone.',
    ],
    [
      'a day that is none',
      withBlocks([paragraph('x')], { asOf: 'today' }),
      '“today” is not a day. Write it as 2026-11-21.',
    ],
    ['no marking', withBlocks([paragraph('x')], { marking: '' }), 'The document has no marking.'],
    [
      'a picture that runs',
      withBlocks([
        { kind: 'picture', id: 'p', title: 'Q?', sentence: 'A.', svg: '<svg><script/></svg>', source: '', table },
      ]),
      'The picture “p” cannot stand in a document: it holds an element that is no drawing: script.',
    ],
    [
      'a word with two meanings',
      withBlocks([
        paragraph({ kind: 'term', words: 'Ward', meaning: 'A' }, { kind: 'term', words: 'ward', meaning: 'B' }),
      ]),
      'The word “ward” has two meanings.',
    ],
    [
      'a cover of more than a side',
      withBlocks([paragraph('x')], { cover: Array.from({ length: 40 }, () => paragraph('Many words. '.repeat(20))) }),
      'The cover holds more than one side of paper can.',
    ],
  ])('says that it has %s', (_name, model, sentence) => {
    expect(check(model)).toEqual([sentence]);
  });

  it('bears a hostile one, and ends', () => {
    expect(check(hostileModel).length).toBeGreaterThan(0);
    expect(check(withBlocks(Array.from({ length: 5_000 }, () => ({ ...table, id: '!' }))))).toHaveLength(100);
  });
});
