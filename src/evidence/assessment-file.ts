import type { Period } from '../duty/index.ts';
import type { DocumentModel } from '../documents/model.ts';
import { readingAges, type SectionReading, type Template } from './assessment.ts';
import type { Finds } from './question.ts';
import type { ViewDocument } from './view-document.ts';
import type { Audience } from './view.ts';

export interface AssessmentFile {
  /** Path below the folder of the assessment. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface AssessmentMade {
  readonly files: readonly (AssessmentFile & { readonly sha256: string })[];
  /** How many figures the document rests on. */
  readonly figures: number;
  readonly readingAges: readonly SectionReading[];
  /** Of the manifest, which names the hash of every other file. */
  readonly sha256: string;
}

export interface AssessmentWanted {
  readonly template: Template;
  readonly audience: Audience;
  readonly area: string;
  readonly period: Period;
  readonly model: DocumentModel;
  readonly finds: Finds;
  /** Version of Concord, as in the passports. */
  readonly code: string;
  /** The document in its forms, and its tables. */
  readonly renderings: readonly AssessmentFile[];
}

const bytesOf = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);

/** What the files of a template begin with. */
export const fileName = (template: Template): string =>
  template === 'needs' ? 'needs-assessment' : 'annual-assessment';

/**
 * All files of an assessment: its forms, the figures that it rests on, and a manifest of what went in and came out.
 * @param sha256 in 64 hexadecimal digits
 */
export function assessmentFiles(wanted: AssessmentWanted, sha256: (bytes: Uint8Array) => string): AssessmentMade {
  const { model, finds } = wanted;
  const figures = figuresUsed(model, finds);
  const files = [...wanted.renderings, { file: 'figures.json', bytes: bytesOf({ figures }) }]
    .map((each) => ({ ...each, sha256: sha256(each.bytes) }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  const ages = readingAges(model);
  const manifest = bytesOf({
    made: { by: wanted.code, template: wanted.template, audience: wanted.audience, asOf: model.asOf },
    area: wanted.area,
    period: wanted.period,
    title: model.title,
    inputs: {
      releases: once(
        figures.flatMap(({ passport, source }) => passport.releases.map((release) => ({ source, ...release }))),
      ),
      references: [...new Set(figures.flatMap(({ passport }) => passport.references))].sort(),
      definitions: once(figures.flatMap(({ passport }) => (passport.definition === null ? [] : [passport.definition]))),
      measures: once(figures.map(({ measure }) => measure)),
      rules: once(figures.map(({ passport }) => passport.rule)),
    },
    notAvailable: [...finds].flatMap(([name, found]) => (found.state === 'not' ? [{ name, why: found.sentence }] : [])),
    readingAges: ages,
    outputs: files.map(({ file, bytes, sha256: hash }) => ({ file, bytes: bytes.length, sha256: hash })),
  });
  const hash = sha256(manifest);
  return {
    files: [...files, { file: 'manifest.json', bytes: manifest, sha256: hash }],
    figures: figures.length,
    readingAges: ages,
    sha256: hash,
  };
}

/** Each different value once, in the order of their text. */
function once<T>(values: readonly T[]): readonly T[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/** The figures that a document refers to, in the order of its notes. */
export function figuresUsed(model: Pick<DocumentModel, 'notes'>, finds: Finds): readonly ViewDocument[] {
  const byView = new Map(
    [...finds.values()].flatMap((found) =>
      found.state === 'there' ? [[found.shown.document.view, found.shown.document] as const] : [],
    ),
  );
  return model.notes.flatMap(({ id }) => byView.get(id) ?? []);
}
