import type { DocumentModel } from '../documents/index.ts';
import { readingAges, type SectionReading, type Template } from './assessment.ts';
import type { Found } from './question.ts';
import type { Period } from '../duty/index.ts';
import type { Audience } from './view.ts';

export interface AssessmentMade {
  readonly files: readonly { readonly file: string; readonly bytes: Uint8Array; readonly sha256: string }[];
  readonly figures: number;
  readonly readingAges: readonly SectionReading[];
  /** Of the manifest, which names the hash of every other file. */
  readonly sha256: string;
}
