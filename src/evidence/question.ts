import { formatPeriod, monthCount, shiftMonth, type Period } from '../duty/index.ts';
import type { Block, Inline, Note, Paragraph, Picture, Table } from '../documents/model.ts';
import { toSentence, toSvg, type Outline, type PictureModel, type PictureSize } from '../pictures/index.ts';
import type { FigureQuestion, FigureRow } from './figure.ts';
import type { FormatName, SourceFormat } from './source.ts';
import type { ViewDocument, ViewShown } from './view-document.ts';
import { headingOf, keyColumns, keyWords, valueColumns, valueWords, whyNoNumber } from './view-words.ts';

/** A figure that a question needs, by the name under which its answer looks for it. */
export interface FigureWanted {
  readonly key: string;
  readonly measure: string;
  readonly period: Period;
  /** The scope's unless told. */
  readonly source?: FormatName;
  readonly area?: string;
  readonly by?: readonly string[];
  readonly distinct?: boolean;
  /** Narrowed to what the definition of the scope counts, or to its one type. */
  readonly isNarrowed: boolean;
  readonly options?: FigureQuestion['options'];
}

/** What came of a figure that was wanted: what the audience may see of it, or why there is nothing. */
export type Found =
  | { readonly state: 'there'; readonly shown: ViewShown; readonly hiddenSentence: string | null }
  | { readonly state: 'not'; readonly sentence: string };
export type Finds = ReadonlyMap<string, Found>;

/** What is counted: by a definition, by one type of a source that has no more, or every row. */
export interface Narrowing {
  readonly by: 'definition' | 'type' | 'nothing';
  /** After "recorded": "serious violence", "violence and sexual offences". Read as several. */
  readonly words: string;
  readonly definition?: { readonly name: string; readonly version: number };
  readonly category?: string;
}

export interface SourceThere {
  readonly format: SourceFormat;
  /** The first and the last month of which the area has rows. */
  readonly from: string;
  readonly to: string;
  /** Who sent rows of the area, by name; none where the format names nobody. */
  readonly providers: readonly string[];
}

/** Where, when and of what the questions are asked. */
export interface QuestionScope {
  readonly area: { readonly code: string; readonly name: string };
  readonly period: Period;
  /** The last twelve months of the period; all of it where it is no longer. */
  readonly latest: Period;
  /** The source that leads; undefined where nothing is loaded. */
  readonly source: SourceFormat | undefined;
  /** Every source with anything in the period. */
  readonly sources: readonly SourceThere[];
  readonly narrowing: Narrowing;
  /** A wider area with rows of its own: the rest of it is what the area is compared with. */
  readonly comparator: { readonly code: string; readonly name: string } | undefined;
  /** Wards of the area, where boundaries are loaded. */
  readonly outlines: readonly { readonly code: string; readonly name: string; readonly outline: Outline }[];
  readonly hasMeasure: (name: string) => boolean;
  /** What is known of how whole months were recorded, of the period and the year before it. */
  readonly recordingNotes?: readonly string[];
}

/** What the source cannot say, and who could. */
export interface Missing {
  readonly what: string;
  readonly whom: string;
}

export interface QuestionAnswer {
  /** The answer in a sentence or two: the thing, the number, how sure. */
  readonly sentence: readonly Inline[];
  /** The figure on which the sentence rests; undefined where none does. */
  readonly key: string | undefined;
  readonly blocks: readonly Block[];
  readonly missing: readonly Missing[];
}

/** A question that has one page and one part of an assessment. */
export interface Question {
  readonly id: string;
  readonly heading: string;
  /** One sentence: what its page answers. */
  readonly about: string;
  readonly asks: (scope: QuestionScope) => readonly FigureWanted[];
  readonly answer: (scope: QuestionScope, tell: Telling) => QuestionAnswer;
}

/** The last twelve months of a period, or all of it. */
export const latestOf = (period: Period): Period =>
  monthCount(period) <= 12 ? period : { from: shiftMonth(period.to, -11), to: period.to };

/** What is asked of the releases for a figure that is wanted. */
export const optionsOf = (wanted: FigureWanted, { narrowing }: Pick<QuestionScope, 'narrowing'>) => ({
  ...wanted.options,
  ...(wanted.isNarrowed && narrowing.category !== undefined ? { category: narrowing.category } : {}),
});

export const paragraph = (...words: readonly Inline[]): Paragraph => ({ kind: 'paragraph', words, isNumbered: true });
export const lead = (words: readonly Inline[]): Paragraph => ({
  kind: 'paragraph',
  words,
  isLead: true,
  isNumbered: true,
});

export const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
export const asSentence = (words: string): string => `${capital(words)}${/[.!?]$/.test(words) ? '' : '.'}`;

/** "June, August and September" */
export const listOf = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;

/** Tells of figures so that no number stands without the figure that it comes from. */
export class Telling {
  readonly #finds: Finds;
  readonly #size: PictureSize;

  /** @param size of its pictures: for paper unless told */
  constructor(finds: Finds, size: PictureSize = { width: 640, isForPrint: true }) {
    this.#finds = finds;
    this.#size = size;
  }

  shown(key: string): ViewShown | undefined {
    const found = this.#finds.get(key);
    return found?.state === 'there' ? found.shown : undefined;
  }

  /** Rows of a figure; none where there is no such figure. */
  rows(key: string): readonly FigureRow[] {
    return (this.shown(key)?.document.rows ?? []) as readonly FigureRow[];
  }

  /** The one row of a figure without a breakdown, where it has a number. */
  number(key: string): FigureRow | undefined {
    const [row, ...others] = this.rows(key);
    return others.length === 0 && row?.state === 'shown' ? row : undefined;
  }

  /** Why a figure has no number, as a sentence. */
  why(key: string): string {
    const found = this.#finds.get(key);
    if (found === undefined) return 'It was not asked for.';
    if (found.state === 'not') return asSentence(found.sentence);
    const [row] = this.rows(key);
    if (row === undefined) return 'There is nothing to count.';
    if (row.state === 'hidden') return 'The number is hidden, because small numbers may tell about a person.';
    return asSentence(row.reason ?? 'It cannot be said.');
  }

  /** Why, with its numbers tied to the figure that refused. */
  whyInline(key: string): Inline {
    const why = this.why(key);
    return this.shown(key) === undefined
      ? why.replaceAll(/\d/g, '') === why
        ? why
        : 'It cannot be counted from what is loaded.'
      : this.said(key, why);
  }

  /** Words that hold a number, tied to the figure that it comes from. */
  said(key: string, words: string): Inline {
    const shown = this.shown(key);
    if (shown === undefined) throw new Error(`There is no figure “${key}” to rest “${words}” on.`);
    return { kind: 'figure', words, note: shown.document.view };
  }

  /** A note of a figure that holds a phrase. */
  note(key: string, phrase: string): Inline | undefined {
    const note = this.shown(key)?.document.notes.find((each) => each.includes(phrase));
    return note === undefined ? undefined : this.said(key, note);
  }

  /** The picture of a figure under the question that it answers; undefined where it has none. */
  picture(
    key: string,
    asked: {
      readonly id: string;
      readonly title: string;
      readonly model?: PictureModel;
      readonly sentence?: string;
      /** On the first page, where room is short: what stands around the drawing says its title and its months. */
      readonly isInShort?: boolean;
    },
  ): Picture | undefined {
    const shown = this.shown(key);
    const model = asked.model ?? shown?.picture;
    if (shown === undefined || model === null || model === undefined) return undefined;
    const period = formatPeriod(shown.document.period);
    const named = { ...model, title: asked.title, period };
    return {
      kind: 'picture',
      id: asked.id,
      title: asked.title,
      sentence: asked.sentence ?? toSentence(named),
      svg: toSvg(named, asked.isInShort === true ? { ...this.#size, isWithinText: true } : this.#size),
      source: (asked.isInShort === true ? [model.unit, period] : [model.unit, period, shown.source.title])
        .map(capital)
        .join('. '),
      table: this.table(key, { id: `${asked.id}-numbers`, caption: asked.title }),
    };
  }

  /** All of a figure as a table. @throws where there is no such figure */
  table(key: string, { id, caption }: { readonly id: string; readonly caption: string }): Table {
    const shown = this.shown(key);
    if (shown === undefined) throw new Error(`There is no figure “${key}” for a table.`);
    const { document, names } = shown;
    const keys = keyColumns(document);
    const columns = valueColumns(document);
    const isWord = (field: string) => field === 'verdict' || field === 'signal';
    return {
      kind: 'table',
      id,
      caption,
      columns: [
        ...(keys.length === 0 ? [{ heading: 'What' }] : keys.map((name) => ({ heading: headingOf(name) }))),
        ...columns.map(({ field, heading }) => ({ heading, isNumber: !isWord(field) })),
      ],
      rows: (document.rows as readonly FigureRow[]).map((row) => {
        const why = whyNoNumber(row);
        const named = keys.length === 0 ? ['All'] : keys.map((name) => keyWords(name, row[name], names));
        return [
          ...named.map((words): readonly Inline[] => [words]),
          ...columns.map(({ field, decimals }, at): readonly Inline[] =>
            why === undefined
              ? [cellInline(document, field, row[field], decimals)]
              : at === 0
                ? [{ kind: 'figure', words: shortWhy(row), note: document.view }]
                : [],
          ),
        ];
      }),
      remarks: document.notes.filter((note) => note.includes('hidden')),
    };
  }

  /** What every figure that was asked for rests on, by the id of its view. */
  notes(): ReadonlyMap<string, Note> {
    return new Map(
      [...this.#finds.values()].flatMap((found) =>
        found.state === 'there' ? [[found.shown.document.view, noteOf(found.shown)] as const] : [],
      ),
    );
  }

  documents(): readonly ViewDocument[] {
    return [...this.#finds.values()].flatMap((found) => (found.state === 'there' ? [found.shown.document] : []));
  }
}

const shortWhy = ({ state }: FigureRow): string =>
  state === 'hidden' ? 'Hidden' : state === 'absent' ? 'No data' : 'Cannot be said';

function cellInline(document: ViewDocument, field: string, value: unknown, decimals: number): Inline {
  if (field === 'signal')
    return typeof value !== 'string' || value === 'none' ? 'No' : capital(value.replaceAll('-', ' '));
  const words = valueWords(value, decimals);
  return typeof value === 'number' || /\d/.test(words) ? { kind: 'figure', words, note: document.view } : words;
}

/** The passport of a view as an end note. */
function noteOf({ document, source, names }: ViewShown): Note {
  const { passport } = document;
  return {
    id: document.view,
    words: asSentence(document.title),
    facts: [
      { name: 'Source', value: source.title },
      { name: 'Area', value: `${names[document.area] ?? document.area} (${document.area})` },
      { name: 'Months', value: formatPeriod(document.period) },
      { name: 'Measure', value: `${document.measure.name}, version ${document.measure.version}` },
      {
        name: 'Definition',
        value:
          passport.definition === null
            ? 'None: every row of the type is counted'
            : `${passport.definition.id}, version ${passport.definition.version}`,
      },
      { name: 'Releases', value: passport.releases.map(({ id }) => id).join(', ') },
      { name: 'Rule for small numbers', value: `${passport.rule.name}, version ${passport.rule.version}` },
      { name: 'Figure', value: document.id },
      { name: 'Made by', value: passport.code },
    ],
  };
}
