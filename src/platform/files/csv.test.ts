import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, readCsv } from './csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const most = { rows: 1_000, columns: 20 };
function read(given: Uint8Array) {
  const table = readCsv(given, most);
  return table.done ? { header: table.value.header, rows: table.value.rows } : table.sentence;
}

describe('a file that people send', () => {
  const table = { header: ['Name', 'Kind'], rows: [{ row: 2, cells: ['Wyre Fire', 'fire'] }] };
  it.each([
    ['plain', bytes('Name,Kind\nWyre Fire,fire\n')],
    ['from Excel: mark, CRLF', bytes('\uFEFFName,Kind\r\nWyre Fire,fire\r\n')],
    ['bare CR', bytes('Name,Kind\rWyre Fire,fire\r')],
    ['semicolons', bytes('Name;Kind\nWyre Fire;fire\n')],
    ['tabs', bytes('Name\tKind\nWyre Fire\tfire\n')],
    ['quoted', bytes('"Name","Kind"\n"Wyre Fire","fire"\n')],
    ['UTF-16', new Uint8Array([0xff, 0xfe, ...Buffer.from('Name,Kind\r\nWyre Fire,fire\r\n', 'utf16le')])],
  ])('%s', (_, given) => {
    expect(read(given)).toEqual(table);
  });

  it('in the encoding of an English Windows', () => {
    expect(read(new Uint8Array([...bytes('Name\nCaf'), 0xe9, 0x0a]))).toEqual({
      header: ['Name'],
      rows: [{ row: 2, cells: ['Café'] }],
    });
  });

  it('keeps line breaks and separators within quotes, and counts rows as a spreadsheet does', () => {
    expect(read(bytes('Name,Why\n"A, B","one\ntwo"\n\n"He said ""no""",x\n'))).toEqual({
      header: ['Name', 'Why'],
      rows: [
        { row: 2, cells: ['A, B', 'one\ntwo'] },
        { row: 4, cells: ['He said "no"', 'x'] },
      ],
    });
  });

  it.each([
    ['', 'The file is empty'],
    ['PK\u0003\u0004', 'This is a spreadsheet or a zip file'],
    ['<!DOCTYPE html><html><body>502', 'This is a web page saved under another name'],
    ['Name\n', 'nothing below it'],
    ['\n\n', 'The first row of the file is empty'],
    ['a\u0000b', 'This is not a text file'],
    [`Name\n${'x\n'.repeat(1_001)}`, 'more than 1,000 rows'],
    [`${'a,'.repeat(25)}\n1`, 'more than 20 columns'],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(read(bytes(text))).toContain(sentence);
  });
});

describe('a file that we write', () => {
  it('cannot be run by a spreadsheet, and comes back as it was', () => {
    const text = csvOf(['Name'], [['=cmd|calc'], ['+44 1253'], ['@sum'], ['-1'], ['plain']]);
    expect(text).toContain("'=cmd|calc");
    expect(/^[=+\-@]/m.test(text.replace('\uFEFF', ''))).toBe(false);
    expect(read(bytes(text))).toMatchObject({
      rows: [['=cmd|calc'], ['+44 1253'], ['@sum'], ['-1'], ['plain']].map((cells, at) => ({ row: at + 2, cells })),
    });
  });

  it('gives back any text, but for space at its ends', () => {
    const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((text) => {
      const trimmed = text.trim();
      return trimmed !== '' && trimmed === text && !text.includes('\0') && !/^'[=+\-@]/.test(text) && text !== '\uFEFF';
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 8 }), (rows) => {
        const read = readCsv(bytes(csvOf(['One', 'Two'], rows)), most);
        expect(read.done && read.value.rows.map(({ cells }) => cells)).toEqual(rows);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
