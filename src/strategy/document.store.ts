import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { PlanShown } from './plan-document.ts';

/** What a document can be taken away as. */
export const documentForms = ['pdf', 'docx'] as const;
export type DocumentForm = (typeof documentForms)[number];

/**
 * What the files of the plan are kept under: they are of what is shown, and of nothing that was published before or after.
 * @param shown as it came from the records, which keep the order of its fields
 */
export const planSubject = (shown: PlanShown): string =>
  `plan/${createHash('sha256').update(JSON.stringify(shown)).digest('hex')}`;

/** The forms in which a document of a partnership is kept for everybody. */
export async function formsKept(
  work: ReadWork<'published'>,
  partnership: string,
  subject: string,
): Promise<readonly DocumentForm[]> {
  const rows = await work
    .selectFrom('published.document')
    .select('form')
    .where('partnership_id', '=', partnership)
    .where('subject', '=', subject)
    .execute();
  return documentForms.filter((form) => rows.some((row) => row.form === form));
}

/** The bytes of a document in one form; undefined where it is not made. */
export async function documentKept(
  work: ReadWork<'published'>,
  partnership: string,
  { subject, form }: { readonly subject: string; readonly form: DocumentForm },
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const row = await work
    .selectFrom('published.document')
    .select('body')
    .where('partnership_id', '=', partnership)
    .where('subject', '=', subject)
    .where('form', '=', form)
    .executeTakeFirst();
  return row === undefined ? undefined : new Uint8Array(row.body);
}

/** Puts the bytes of a document where everybody finds them, in the place of those that were there. */
export async function keepDocument(
  work: Work<'strategy'>,
  subject: string,
  form: DocumentForm,
  body: Uint8Array,
): Promise<void> {
  const hash = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  await sql`select strategy.keep_document(${subject}, ${form}, ${hash}, ${Buffer.from(body)})`.execute(work);
}

/** Files of what was published before, of a subject and all under it, go when it is published anew. */
export async function dropDocuments(work: Work<'strategy'>, subject: string): Promise<void> {
  await sql`select strategy.drop_documents(${subject})`.execute(work);
}
