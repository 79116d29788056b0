import { expect, it } from 'vitest';
import { check, toHtml, toPdf, toTables, toWord, type DocumentModel } from '../../src/documents/index.ts';
import { render } from '../../src/govuk/index.ts';
import { csvOf } from '../../src/platform/files/csv.ts';
import { unzipped } from './package-parts.ts';

const least: DocumentModel = {
  title: 'Title',
  publisher: 'Publisher',
  asOf: '2026-02-28',
  marking: 'Public',
  cover: [],
  sections: [],
  notes: [],
};
const emptied: DocumentModel = {
  ...least,
  sections: [
    {
      id: 'one',
      heading: '',
      blocks: [
        { kind: 'paragraph', words: [] },
        { kind: 'list', ordered: true, items: [] },
        { kind: 'facts', facts: [] },
        { kind: 'panels', panels: [] },
        { kind: 'inset', tone: 'plain', blocks: [] },
        { kind: 'table', id: 'none', caption: '', columns: [], rows: [], remarks: [] },
        { kind: 'table', id: 'no-rows', caption: '', columns: [{ heading: '' }], rows: [], remarks: [] },
        {
          kind: 'table',
          id: 'ragged',
          caption: '',
          columns: [{ heading: 'a' }, { heading: 'b' }],
          rows: [[], [['1'], ['2'], ['3']]],
          remarks: [],
        },
      ],
    },
  ],
  notes: [{ id: 'unused', words: 'Nobody refers to it', facts: [] }],
};

it.each([
  ['a document of nothing but a title', least],
  ['a document of empty parts', emptied],
])('%s has each form', async (_name, model) => {
  expect(toHtml(model, { render })).toContain('28 February 2026');
  expect(toPdf(model).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await unzipped(toWord(model))).has('word/document.xml')).toBe(true);
  expect(toTables(model, csvOf).at(-1)?.path).toBe('datapackage.json');
  expect(check(model).length > 0).toBe(model === emptied);
});
