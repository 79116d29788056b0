import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { done, refused, type Outcome } from '../duty/index.ts';
import { rowsUnder, type RefusedRow } from '../partnership/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { readCsv, type CsvTable } from '../platform/files/csv.ts';
import { kindOfBytes } from '../platform/files/file-kind.ts';
import { sheetsOf, sheetToCsv, spreadsheetLimits } from '../platform/files/spreadsheet.ts';
import type { Action } from './action.ts';
import { planColumns, readActionRow, type PlanKnown } from './action-rows.ts';
import { addAction, changeAction, getAction, holdPlan, listActions, organisationChoices } from './action.store.ts';
import { listAims } from './aim.store.ts';
import type { PlanFile } from './plan.page.tsx';

type Reads = ReadWork<'strategy' | 'partnership'>;
type Writes = Work<'strategy' | 'partnership'>;

const most = { rows: 5_000, columns: 60 };

/** A plan as it was sent: CSV in any usual dialect, or the first sheet of a workbook that holds the column “Action”. */
export async function tableOfPlan(bytes: Uint8Array): Promise<Outcome<CsvTable, 'not-valid'>> {
  if (kindOfBytes(bytes.subarray(0, 4_096)) !== 'xlsx') return readCsv(bytes, most);
  const folder = await mkdtemp(join(tmpdir(), 'concord-plan-'));
  try {
    const path = join(folder, 'sent');
    await writeFile(path, bytes, { mode: 0o600 });
    const limits = { ...spreadsheetLimits, unpackedBytes: 100 * 1_048_576, rows: 20_000, columns: 200, cells: 500_000 };
    const sheets = await sheetsOf(path, limits);
    if (!sheets.done) return sheets;
    let last: Outcome<CsvTable, 'not-valid'> = refused('not-valid', 'The workbook has no sheet that can be read');
    for (const { name } of sheets.value.filter(({ hidden }) => !hidden).slice(0, 20)) {
      const sheet = await sheetToCsv(path, name, join(folder, 'sheet'), limits);
      last = sheet.done ? readCsv(await readFile(join(folder, 'sheet')), most) : sheet;
      if (last.done && rowsUnder(planColumns, last.value).done) return done(last.value);
    }
    return last;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a plan knows while a file is read. */
export async function planKnown(work: Reads): Promise<{
  readonly byNumber: Map<number, Action>;
  readonly byTitle: Map<string, Action>;
  readonly organisations: ReadonlyMap<string, string>;
  readonly aims: ReadonlyMap<string, string>;
  readonly priorities: ReadonlyMap<string, string>;
}> {
  const { actions } = await listActions(
    work,
    '1900-01-01',
    { state: 'all' },
    { by: 'number', descending: false },
    { limit: 20_000, offset: 0 },
  );
  const axes = await listAims(work);
  const named = (rows: readonly { readonly id: string; readonly name: string }[]) =>
    new Map(rows.map(({ id, name }) => [name.toLowerCase(), id]));
  const on = (axis: 'aim' | 'priority') =>
    named(axes.filter((aim) => aim.axis === axis).map(({ id, title }) => ({ id, name: title })));
  return {
    byNumber: new Map(actions.map((action) => [action.number, action])),
    byTitle: new Map(actions.map((action) => [action.title.toLowerCase(), action])),
    organisations: named(await organisationChoices(work)),
    aims: on('aim'),
    priorities: on('priority'),
  };
}

/**
 * Reads a plan in: each row that can be read is kept, and the others are kept beside it with the reason. Reading the same
 * file twice changes nothing the second time.
 * @returns the id under which the rows that were refused are found, or the sentence of a file that is no plan
 */
export async function readPlanIn(
  work: Writes,
  file: { readonly name: string; readonly bytes: Uint8Array },
  by: string,
): Promise<Outcome<string, 'not-valid'>> {
  const table = await tableOfPlan(file.bytes);
  if (!table.done) return table;
  const rows = rowsUnder(planColumns, table.value);
  if (!rows.done) return rows;
  await holdPlan(work);
  const known = await planKnown(reading(work));
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const notRead: RefusedRow[] = [];
  for (const { row, cells } of rows.value) {
    const read = readActionRow(cells, known satisfies PlanKnown);
    if (read.does === 'refused') {
      notRead.push({ row, cells, reason: read.reason });
      continue;
    }
    counts[read.does] += 1;
    if (read.does === 'unchanged') continue;
    const id = read.does === 'added' ? await addAction(work, read.wanted) : read.id;
    if (read.does === 'changed') await changeAction(work, id, read.wanted);
    // The rows below see the plan as this one leaves it.
    const now = await getAction(reading(work), id);
    known.byNumber.set(now.number, now);
    known.byTitle.set(now.title.toLowerCase(), now);
  }
  const { id } = await work
    .insertInto('strategy.plan_file')
    .values({ file_name: file.name, ...counts, refused: JSON.stringify(notRead), sent_by: by })
    .returning('id')
    .executeTakeFirstOrThrow();
  return done(id);
}

/** @throws where the bound partnership has none of that id */
export async function getPlanFile(work: ReadWork<'strategy'>, id: string): Promise<PlanFile> {
  const row = await work
    .selectFrom('strategy.plan_file')
    .select(['id', 'file_name', 'added', 'changed', 'unchanged', 'refused'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    fileName: row.file_name,
    added: row.added,
    changed: row.changed,
    unchanged: row.unchanged,
    refused: row.refused as unknown as readonly RefusedRow[],
  };
}
