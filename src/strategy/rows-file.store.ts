import type { RefusedRow } from '../partnership/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';

export type RowsFileKind = 'approaches' | 'interventions';

export interface RowsFile {
  readonly id: string;
  readonly fileName: string;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
}

/** Keeps what was read of a file, with the rows that were not. */
export async function keepRowsFile(
  work: Work<'strategy'>,
  kind: RowsFileKind,
  file: Omit<RowsFile, 'id'> & { readonly by: string; readonly id?: string },
): Promise<string> {
  const { id } = await work
    .insertInto('strategy.rows_file')
    .values({
      ...(file.id !== undefined && { id: file.id }),
      kind,
      file_name: file.fileName,
      added: file.added,
      changed: file.changed,
      unchanged: file.unchanged,
      refused: JSON.stringify(file.refused),
      sent_by: file.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** @throws where the bound partnership has none of that kind and id */
export async function getRowsFile(work: ReadWork<'strategy'>, kind: RowsFileKind, id: string): Promise<RowsFile> {
  const row = await work
    .selectFrom('strategy.rows_file')
    .select(['id', 'file_name', 'added', 'changed', 'unchanged', 'refused'])
    .where('kind', '=', kind)
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
