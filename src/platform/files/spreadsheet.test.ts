import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import papa from 'papaparse';
import { afterAll, describe, expect, it } from 'vitest';
import { workbook, type WorkbookParts } from '../../../test/files/workbook.ts';
import { zipFile } from '../../../test/files/zip-file.ts';
import { columnOf, isDateFormat, isoOfSerial, lettersOf, parseRange } from './sheet-cells.ts';
import { sheetsOf, sheetToCsv, spreadsheetLimits } from './spreadsheet.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-sheet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'sent.xlsx');
const csv = join(folder, 'sheet.csv');

async function read(parts: WorkbookParts | Buffer, limits = spreadsheetLimits) {
  rmSync(csv, { force: true });
  writeFileSync(path, 'sheets' in parts ? workbook(parts) : parts);
  const outcome = await sheetToCsv(path, 'Crimes', csv, limits);
  expect(existsSync(csv)).toBe(outcome.done);
  return outcome.done ? { ...outcome.value, text: readFileSync(csv, 'utf8') } : outcome.sentence;
}
const none = { count: 0, first: [] };
const rows = (xml: string) => ({ sheets: { Crimes: `<sheetData>${xml}</sheetData>` } });

describe('a sheet', () => {
  it('gives its cells by type, and says what else is in it', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="mmm\\-yy"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs>';
    const shared = [
      '<t>Month</t>',
      '<r><t xml:space="preserve">Pl</t></r><r><t>ace</t></r><rPh><t>x</t></rPh>',
      '<t>A &amp; B, C_x000D_</t>',
    ];
    const sheet =
      '<cols><col min="2" max="3" hidden="1"/></cols><sheetData>' +
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>Note</t></is></c></row>' +
      '<row r="3" hidden="1"><c r="A3" s="1"><v>45322</v></c><c r="B3" t="s"><v>2</v></c><c r="C3" t="b"><v>1</v></c><c r="D3"><v>0.30000000000000004</v></c></row>' +
      '<row r="4"><c r="A4" s="2"><v>45292</v></c><c r="B4" t="str"><f>A1&amp;"x"</f><v>Monthx</v></c><c r="C4"><f>1+1</f></c><c r="D4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>' +
      '<row><c s="3"><v>45292.395833333</v></c><c t="d"><v>2024-02-03</v></c></row>' +
      '<row r="6"><c r="B6" s="1"/></row>' +
      '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>';
    expect(await read({ sheets: { Notes: '<sheetData/>', Crimes: sheet }, shared, styles })).toEqual({
      path: csv,
      text: [
        'Month,Place,,Note',
        '',
        '2024-01-31,"A & B, C\r",TRUE,0.30000000000000004',
        '2024-01-01,Monthx,,#DIV/0!',
        '2024-01-01T09:30:00,2024-02-03,,',
        '',
      ].join('\n'),
      rows: 4,
      columns: 4,
      merged: [{ top: 0, left: 0, bottom: 0, right: 1 }],
      hiddenRows: { count: 1, first: [3] },
      hiddenColumns: ['B', 'C'],
      formulas: { count: 2, first: ['B4', 'D4'] },
      formulasWithoutValue: { count: 1, first: ['C4'] },
      errors: { count: 1, first: ['D4'] },
    });
  });

  it('tells a formula whose value was never reckoned from one that gave an empty text', async () => {
    const body = rows(
      '<row r="1"><c r="A1"><f>1+1</f><v/></c><c r="B1" t="str"><f>""</f><v></v></c><c><v>3</v></c></row>',
    );
    expect(await read(body)).toMatchObject({
      text: ',,3\n',
      formulas: { count: 1, first: ['B1'] },
      formulasWithoutValue: { count: 1, first: ['A1'] },
    });
  });

  it('counts dates from 1904 where the workbook does', async () => {
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
    const sheets = rows('<row r="1"><c r="A1"><v>1</v></c></row>');
    expect(await read({ ...sheets, styles, properties: '<workbookPr date1904="1"/>' })).toMatchObject({
      text: '1904-01-02\n',
    });
  });

  it('is read when every name has a prefix', async () => {
    const xml =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await read({ sheets: { Crimes: '' }, parts: { 'xl/worksheets/sheet1.xml': xml } })).toMatchObject({
      text: '7\n',
      formulas: none,
    });
  });

  it('comes back as it was, whatever its texts', async () => {
    const cell = fc
      .string({ unit: fc.constantFrom(...'ab ,"\n;<&>é€😀_x'.split(/(?:)/u)), minLength: 1, maxLength: 8 })
      .filter((text) => !/_x[\da-f]{4}_/i.test(text));
    const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (table) => {
        const shared = table.flat().map((text) => `<t xml:space="preserve">${xml(text)}</t>`);
        const body = table.map(
          (_, at) => `<row r="${at + 1}"><c t="s"><v>${2 * at}</v></c><c t="s"><v>${2 * at + 1}</v></c></row>`,
        );
        const back = await read({ ...rows(body.join('')), shared });
        if (typeof back === 'string') throw new Error(back);
        expect(papa.parse(back.text, { delimiter: ',', newline: '\n', skipEmptyLines: true }).data).toEqual(table);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

it('is read by Node alone, which finds fewer exports in old packages than the test runner does', () => {
  writeFileSync(path, workbook(rows('<row r="1"><c r="A1"><v>7</v></c></row>')));
  const program = `import { sheetToCsv } from './src/platform/files/spreadsheet.ts';
    console.log((await sheetToCsv(process.argv[1], 'Crimes', process.argv[2])).done);`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program, path, csv], { encoding: 'utf8' });
  expect(`${ran.stdout}${ran.stderr}`).toBe('true\n');
});

it('the sheets of a workbook, hidden ones too', async () => {
  const attributes = { Old: 'state="hidden"', Older: 'state="veryHidden"' };
  writeFileSync(path, workbook({ sheets: { Crimes: '', Old: '', Older: '' }, attributes }));
  expect(await sheetsOf(path)).toEqual({
    done: true,
    value: [
      { name: 'Crimes', hidden: false },
      { name: 'Old', hidden: true },
      { name: 'Older', hidden: true },
    ],
  });
});

describe('a workbook that is refused', () => {
  const lol = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
  const laughs = `<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY l0 "lol">${lol}]><sst><si><t>&l9;</t></si></sst>`;
  const cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>';
  const part = (name: string, content: string) => ({ ...rows(cell), shared: ['<t>x</t>'], parts: { [name]: content } });
  const damaged = 'The workbook is damaged';
  it.each<[string, WorkbookParts | Buffer, string]>([
    ['a billion laughs', part('xl/sharedStrings.xml', laughs), 'defines entities of its own'],
    [
      'a document type alone',
      part('xl/worksheets/sheet1.xml', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
      'entities',
    ],
    ['an entity of its own', part('xl/sharedStrings.xml', '<sst><si><t>&l9;</t></si></sst>'), damaged],
    ['XML that ends early', part('xl/worksheets/sheet1.xml', '<worksheet><sheetData>'), damaged],
    [
      'bytes that are no UTF-8',
      { ...rows(cell), parts: { 'xl/sharedStrings.xml': Buffer.from([0x3c, 0xff]) } },
      damaged,
    ],
    ['endless depth', part('xl/worksheets/sheet1.xml', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`), damaged],
    [
      'endless attributes',
      part('xl/worksheets/sheet1.xml', `<a ${Array.from({ length: 999 }, (_, at) => `a${at}=""`).join(' ')}/>`),
      damaged,
    ],
    ['a text that is not there', rows('<row r="1"><c r="A1" t="s"><v>5</v></c></row>'), damaged],
    ['rows that go backwards', rows('<row r="2"/><row r="1"/>'), damaged],
    ['a row that is no number', rows('<row r="x"/>'), damaged],
    ['a number that is none', rows('<row r="1"><c r="A1"><v>abc</v></c></row>'), damaged],
    ['another sheet', { sheets: { Other: '' } }, 'no sheet called “Crimes”'],
    ['no sheet', { sheets: {} }, 'There is no sheet with a table'],
    ['a long text', { ...rows(cell), shared: [`<t>${'x'.repeat(33_000)}</t>`] }, 'more than 32,767 characters'],
    ['a far column', rows('<row r="1"><c r="XFD1"><v>1</v></c></row>'), 'more than 1,000 columns'],
    ['a far row', rows('<row r="9999999"><c><v>1</v></c></row>'), 'more than 1,048,576 rows'],
    [
      'a bomb',
      { ...rows(cell), shared: Array.from({ length: 2_000 }, () => `<t>${' '.repeat(30_000)}</t>`) },
      'More than 200 times as many bytes',
    ],
    ['a zip file', zipFile([{ name: 'a.csv', content: 'x' }]), 'The file is no Excel workbook'],
    ['a text', Buffer.from('a,b\n'), 'The file is no Excel workbook'],
    ['an old one', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'This is an old Excel file'],
    ['its end cut off', workbook(rows(cell)).subarray(0, -40), 'it was cut off on the way'],
  ])('for %s', async (_, parts, sentence) => {
    expect(await read(parts)).toContain(sentence);
  });

  it('for a text that is kept once and stands in many cells', async () => {
    const cells = '<row><c t="s"><v>0</v></c></row>'.repeat(2_000);
    const limits = { ...spreadsheetLimits, unpackedBytes: 10_000_000 };
    expect(await read({ ...rows(cells), shared: [`<t>${'x'.repeat(30_000)}</t>`] }, limits)).toContain(
      'more text than',
    );
  });
  it.each([
    [{ cells: 3 }, 'more text than can be read at once'],
    [{ rows: 3 }, 'more than 3 rows'],
    [{ sharedTexts: 0 }, 'more text than can be read at once'],
    [{ sharedCharacters: 0 }, 'more text than can be read at once'],
  ])('for more than %j', async (limits, sentence) => {
    const table = { ...rows('<row><c><v>1</v></c></row>'.repeat(4)), shared: ['<t>x</t>'] };
    expect(await read(table, { ...spreadsheetLimits, ...limits })).toContain(sentence);
  });
});

it('answers whatever became of a sheet on the way', async () => {
  const xml =
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>A1</f><v>45</v></c></row></sheetData></worksheet>';
  const changes = fc.array(fc.tuple(fc.nat(xml.length - 1), fc.constantFrom(...'<>/="&;0Zr!-?['.split(''))), {
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(changes, async (changed) => {
      const sent = xml.split('');
      for (const [at, character] of changed) sent[at] = character;
      const parts = { 'xl/worksheets/sheet1.xml': sent.join('') };
      expect(typeof (await read({ sheets: { Crimes: '' }, shared: ['<t>x</t>'], parts }))).toMatch(/string|object/);
    }),
    { seed: 19, numRuns: 500 },
  );
}, 30_000);

it('200,000 rows are read in bounded memory', async () => {
  const shared = Array.from({ length: 50_000 }, (_, at) => `<t>Street ${at}</t>`);
  const body = Array.from(
    { length: 200_000 },
    (_, at) =>
      `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>${at % 50_000}</v></c><c r="B${at + 1}"><v>${at}</v></c>` +
      `<c r="C${at + 1}"><v>${at / 7}</v></c><c r="D${at + 1}" t="b"><v>1</v></c></row>`,
  );
  writeFileSync(path, workbook({ ...rows(body.join('')), shared }));
  body.length = 0;
  const before = process.memoryUsage.rss();
  const outcome = await sheetToCsv(path, 'Crimes', csv);
  expect(outcome).toMatchObject({ done: true, value: { rows: 200_000, columns: 4 } });
  expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000);
}, 60_000);

describe('how a spreadsheet writes', () => {
  it('columns and ranges', () => {
    for (const [letters, column] of [
      ['A', 0],
      ['Z', 25],
      ['AA', 26],
      ['XFD', 16_383],
    ] as const) {
      expect(columnOf(letters)).toBe(column);
      expect(lettersOf(column)).toBe(letters);
    }
    expect(parseRange('$B$2:C4')).toEqual({ top: 1, left: 1, bottom: 3, right: 2 });
    expect(parseRange('B2')).toEqual({ top: 1, left: 1, bottom: 1, right: 1 });
    for (const none of ['', 'B0', 'C4:B2', 'Sheet1!A1']) expect(parseRange(none)).toBeUndefined();
  });

  it.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [60, undefined],
    [61, '1900-03-01'],
    [45_322, '2024-01-31'],
    [45_322.999999, '2024-02-01'],
    [0.5, '12:00:00'],
    [2_958_465, '9999-12-31'],
    [2_958_466, undefined],
    [-1, undefined],
  ])('day %d as %s', (serial, iso) => {
    expect(isoOfSerial(serial, false)).toBe(iso);
  });

  it.each([
    [0, undefined, false],
    [14, undefined, true],
    [9, undefined, false],
    [164, 'dd/mm/yyyy', true],
    [164, '[$-809]d mmmm yyyy;@', true],
    [164, '#,##0 "days"', false],
    [164, '[h]:mm', false],
    [164, '[Red]0.0', false],
    [164, 'General', false],
    [164, '0.0\\d', false],
  ])('format %d %s is a date: %s', (id, code, is) => {
    expect(isDateFormat(id, code)).toBe(is);
  });
});
