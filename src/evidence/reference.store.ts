import type { ReadWork, Work } from '../platform/database/work.ts';
import type { LayoutName, ReferenceColumn, ReferenceKind } from './reference.ts';

/** What is known of a reference release: what it was made from and what it holds. The rows are in the release folder. */
export interface Reference {
  /** `sha256:…` of what it holds and how it was read. */
  readonly id: string;
  readonly kind: ReferenceKind;
  readonly layout: LayoutName;
  readonly vintage: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly rows: number;
  readonly columns: readonly ReferenceColumn[];
  readonly notes: readonly string[];
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  /** Hash of the stored file. */
  readonly stored: string;
  readonly addedBy: string;
  readonly addedAt: string;
}

/** @returns whether it is new: whoever adds the same table gets the same release */
export async function addReference(work: Work<'evidence'>, reference: Omit<Reference, 'addedAt'>): Promise<boolean> {
  const { addedBy, columns, notes, files, ...rest } = reference;
  const added = await work
    .insertInto('evidence.reference_release')
    .values({
      ...rest,
      added_by: addedBy,
      columns: JSON.stringify(columns),
      notes: JSON.stringify(notes),
      files: JSON.stringify(files),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** All reference releases of the installation, by kind and vintage. */
export async function listReferences(work: ReadWork<'evidence'>): Promise<readonly Reference[]> {
  const rows = await work
    .selectFrom('evidence.reference_release')
    .selectAll()
    .orderBy('kind')
    .orderBy('layout')
    .orderBy('vintage')
    .orderBy('id')
    .execute();
  return rows.map(({ added_by, added_at, ...row }) => ({
    ...row,
    kind: row.kind as ReferenceKind,
    layout: row.layout as LayoutName,
    rows: row.rows,
    columns: row.columns as unknown as Reference['columns'],
    notes: row.notes as unknown as Reference['notes'],
    files: row.files as unknown as Reference['files'],
    addedBy: added_by,
    addedAt: new Date(added_at).toISOString(),
  }));
}
