import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { done, refused, type Outcome } from '../duty/index.ts';
import { csvOf, readCsv } from '../platform/files/csv.ts';
import type { FileKind } from '../platform/files/file-kind.ts';
import { sheetsOf, sheetToCsv, type SheetRead } from '../platform/files/spreadsheet.ts';
import { applyMapping, type Mapping } from './mapping.ts';

/** A mapping as a load uses it. */
export interface MappingUsed {
  /** `<id>@<version>`: what the release names. */
  readonly name: string;
  readonly content: Mapping;
}

/** Tables that people make by hand; larger ones come out of systems, in the layout of a format. */
const most = { rows: 200_000, columns: 2_000, bytes: 64 * 1024 * 1024 };

/**
 * Makes a CSV file of a format out of a sheet of a workbook, a table of a partner's own, or both. What is a table of the
 * format already is left as it is. Nothing is left out silently: a cell that the mapping does not understand refuses the file.
 */
export async function fileOfFormat(
  file: { readonly path: string; readonly kind: FileKind },
  mapping: MappingUsed | undefined,
  stage: { readonly folder: string; readonly key: string },
): Promise<Outcome<string, 'not-valid'>> {
  let { path } = file;
  let sheet: SheetRead | undefined;
  if (file.kind === 'xlsx') {
    const read = await readSheet(path, mapping?.content.sheet ?? null, join(stage.folder, `sheet-${stage.key}.csv`));
    if (!read.done) return read;
    sheet = read.value;
    path = sheet.path;
  }
  if (mapping === undefined) return done(path);
  if ((await stat(path)).size > most.bytes)
    return refused(
      'not-valid',
      'The table is larger than 64 MB, and a mapping reads smaller ones. Send it in the layout of its format',
    );
  const table = readCsv(await readFile(path), most);
  if (!table.done) return table;
  const rows: (readonly string[] | undefined)[] = [table.value.header];
  // Empty rows keep their place, so that merged cells and titles are where they were.
  for (const { row, cells } of table.value.rows) rows[row - 1] = cells;
  const mapped = applyMapping(
    { rows: Array.from(rows, (cells) => cells ?? []), ...(sheet === undefined ? {} : { merged: sheet.merged }) },
    mapping.content,
  );
  if (!mapped.done) return mapped;
  const { problems, missing, header } = mapped.value;
  if (missing.length > 0)
    return refused(
      'not-valid',
      `The table lacks columns that the mapping names: ${missing.join(', ')}. Change the mapping, or the table`,
    );
  const [first] = problems;
  if (first !== undefined)
    return refused(
      'not-valid',
      `${problems.length === 1 ? 'One place is' : `${problems.length} places are`} not understood. The first is ${first.at}: ${first.sentence}`,
    );
  const written = join(stage.folder, `mapped-${stage.key}.csv`);
  await writeFile(
    written,
    csvOf(
      header,
      mapped.value.rows.map(({ cells }) => cells),
    ),
    { mode: 0o600 },
  );
  return done(written);
}

async function readSheet(
  path: string,
  wanted: string | null,
  copyTo: string,
): Promise<Outcome<SheetRead, 'not-valid'>> {
  const sheets = await sheetsOf(path);
  if (!sheets.done) return sheets;
  const chosen = wanted ?? sheets.value.find(({ hidden }) => !hidden)?.name;
  if (chosen === undefined)
    return refused('not-valid', 'All sheets of the workbook are hidden. Show the one with the table');
  const read = await sheetToCsv(path, chosen, copyTo);
  if (!read.done) return read;
  const { formulasWithoutValue } = read.value;
  if (formulasWithoutValue.count > 0)
    return refused(
      'not-valid',
      `${formulasWithoutValue.count} cells hold a formula and no value, such as ${formulasWithoutValue.first[0] ?? ''}. Open the workbook in a spreadsheet program, save it and send it again`,
    );
  return read;
}
