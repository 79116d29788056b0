import { toHtml, type DocumentModel } from '../documents/index.ts';
import { render } from '../govuk/index.ts';
import type { AssessmentFile } from '../evidence/assessment-file.ts';

/** A document in every form. @param name what the files begin with */
export async function renderings(model: DocumentModel, name: string): Promise<readonly AssessmentFile[]> {
  await Promise.resolve();
  return [{ file: `${name}.html`, bytes: Buffer.from(toHtml(model, { render })) }];
}
