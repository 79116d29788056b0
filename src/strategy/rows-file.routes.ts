import { z } from 'zod';
import { done, type IsoDate, type Outcome } from '../duty/index.ts';
import { rowsUnder, type Cells, type Column, type RefusedRow } from '../partnership/index.ts';
import type { Work } from '../platform/database/work.ts';
import { csvOf, readCsv } from '../platform/files/csv.ts';
import { again } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import type { Access, Route } from '../platform/http/route.ts';
import { openToMembers } from './action.routes.ts';
import { rowsFilePage, sendRowsPage, type RowsPlace } from './rows-file.page.tsx';
import { getRowsFile, keepRowsFile, type RowsFileKind } from './rows-file.store.ts';

const { get, post } = rowsOf<'strategy' | 'partnership' | 'directory'>();

export type RowDone = 'added' | 'changed' | 'unchanged' | { readonly refused: string };

export interface RowsKind {
  readonly kind: RowsFileKind;
  /** Behind the partnership: `interventions`. */
  readonly path: 'interventions' | 'what-works';
  readonly place: (slug: string) => RowsPlace;
  readonly columns: readonly Column[];
  readonly audit: Uppercase<string>;
  readonly access: Access;
  /** One row at a time: each sees what those before it did. */
  readonly reader: (
    work: Work<'strategy' | 'partnership' | 'directory'>,
    today: IsoDate,
  ) => Promise<{
    readonly read: (cells: Cells) => Promise<RowDone>;
    /** After the last row: keeps what is kept for many rows at once. */
    readonly end?: () => Promise<void>;
  }>;
  readonly example: string;
  readonly exampleId: string;
}

const most = { rows: 5_000, columns: 60 };

/** Of a row that comes back only what was asked for is kept: nobody knows what else stands in a file. */
const known = (cells: Cells, names: readonly string[]): Cells =>
  Object.fromEntries(names.flatMap((name) => (cells[name] === undefined ? [] : [[name, cells[name]]])));

async function readIn(
  work: Work<'strategy' | 'partnership' | 'directory'>,
  { kind, columns, reader }: RowsKind,
  file: { readonly name: string; readonly bytes: Uint8Array },
  { by, today }: { readonly by: string; readonly today: IsoDate },
): Promise<Outcome<string, 'not-valid'>> {
  const table = readCsv(file.bytes, most);
  if (!table.done) return table;
  const rows = rowsUnder(columns, table.value);
  if (!rows.done) return rows;
  const { read, end } = await reader(work, today);
  const names = columns.map(({ name }) => name);
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const notRead: RefusedRow[] = [];
  for (const { row, cells } of rows.value) {
    const does = await read(cells);
    if (typeof does === 'string') counts[does] += 1;
    else notRead.push({ row, cells: known(cells, names), reason: does.refused });
  }
  await end?.();
  const id = await keepRowsFile(work, kind, { fileName: file.name, ...counts, refused: notRead, by });
  return done(id);
}

/** The pages on which rows of a kind are sent, and given back where they could not be read. */
export const rowsFileRoutes = (rows: RowsKind): readonly Route[] => {
  const { path, place, columns, exampleId, access } = rows;
  return [
    get({
      path: `/:partnership/${path}/files/new`,
      about: `Read in ${place('').title}`,
      access,
      audit: { none: 'holds nothing' },
      params: partnershipParams,
      example: ({ partnership }) => ({ params: { partnership } }),
      handle: ({ params }) => ({ page: sendRowsPage(place(params.partnership)) }),
    }),
    post({
      path: `/:partnership/${path}/files/new`,
      about: `Read in ${place('').title}: what can be read is kept, the rest comes back with reasons`,
      access,
      audit: rows.audit,
      params: partnershipParams,
      upload: { field: 'file', mostBytes: 10 * 1024 * 1024, missing: 'Choose the file' },
      body: z.object({}),
      example: ({ partnership }) => ({
        params: { partnership },
        body: {},
        file: { name: 'rows.csv', type: 'text/csv', bytes: new TextEncoder().encode(rows.example) },
      }),
      async handle({ work, params, files, visitor, today }) {
        const [file] = files;
        const refuse = (sentence: string) => again(sendRowsPage(place(params.partnership), { file: sentence }));
        if (file === undefined) return refuse('Choose the file');
        const read = await readIn(work, rows, file, { by: visitor.person?.id ?? '', today });
        if (!read.done) return refuse(read.sentence);
        return {
          seeOther: `${place(params.partnership).href}/files/${read.value}`,
          subject: `rows-file/${read.value}`,
          fields: ['file'],
        };
      },
      invalid: ({ params, errors }) => ({ page: sendRowsPage(place(params.partnership), errors) }),
    }),
    get({
      path: `/:partnership/${path}/files/:id`,
      about: 'What was read of a file, and what was not',
      access,
      audit: openToMembers,
      params: recordParams,
      example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf(exampleId) } }),
      handle: async ({ work, params }) => ({
        page: rowsFilePage(place(params.partnership), await getRowsFile(work, rows.kind, params.id)),
      }),
    }),
    get({
      path: `/:partnership/${path}/files/:id/refused.csv`,
      about: 'The rows of a file that were not read, each with the reason',
      access,
      audit: openToMembers,
      params: recordParams,
      example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf(exampleId) } }),
      async handle({ work, params }) {
        const { refused: notRead } = await getRowsFile(work, rows.kind, params.id);
        const names = columns.map(({ name }) => name);
        return {
          file: {
            name: `${path}-to-put-right.csv`,
            type: 'text/csv; charset=utf-8',
            body: csvOf(
              [...names, 'Row', 'Why not'],
              notRead.map(({ row, cells, reason }) => [...names.map((name) => cells[name] ?? ''), row, reason]),
            ),
          },
        };
      },
    }),
  ];
};
