import { check, toHtml, toPdf, toTables, toWord, type DocumentModel } from '../documents/index.ts';
import { render, webFonts } from '../govuk/index.ts';
import { csvOf } from '../platform/files/csv.ts';
import type { AssessmentFile } from '../evidence/assessment-file.ts';

/**
 * A document in every form: a page, a PDF, a Word file, and its tables as a data package.
 * @param name what the files begin with
 * @throws Error that says what is wrong with a document that cannot be set
 */
export function renderings(model: DocumentModel, name: string): readonly AssessmentFile[] {
  const faults = check(model);
  if (faults.length > 0) throw new Error(`The document cannot be set: ${faults.join(' ')}`);
  return [
    { file: `${name}.html`, bytes: Buffer.from(toHtml(model, { render, fonts: webFonts() })) },
    { file: `${name}.pdf`, bytes: toPdf(model) },
    { file: `${name}.docx`, bytes: toWord(model) },
    ...toTables(model, csvOf).map(({ path, bytes }) => ({ file: `tables/${path}`, bytes })),
  ];
}
