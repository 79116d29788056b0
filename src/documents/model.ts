/**
 * A document before it has a form: what a reader finds in it, in reading order, without a word of how it looks. The same model
 * gives a page, a tagged PDF and a Word file, so none of them can say what the others don't.
 */
export interface DocumentModel {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Who publishes it. */
  readonly publisher: string;
  /** `YYYY-MM-DD`: the day as of which it is true. No other time stands in a document, so the same inputs give the same bytes. */
  readonly asOf: string;
  /** Who may read it, in words: 'Public', 'Partners only'. Stands on every page. */
  readonly marking: string;
  /** What stands first, on one printed side of A4. */
  readonly cover: readonly Block[];
  readonly sections: readonly Section[];
  /** What the figures in the text rest on: end notes. Their numbers follow the text, not this list. */
  readonly notes: readonly Note[];
}

/**
 * Sections of the first level are numbered 1, 2 …, and all paragraphs in one 1.1, 1.2 … in the order of reading, so that a number
 * means one place. Sections within have a heading and no number.
 */
export interface Section {
  /** For addresses within the document: lower case, digits and hyphens; once in a document. */
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
  readonly sections?: readonly Section[] | undefined;
}

export type Block =
  | Paragraph
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | Table
  | Picture
  /** A box that must not be missed: where to get help, what is missing. */
  | {
      readonly kind: 'inset';
      readonly tone: 'help' | 'missing' | 'warning' | 'plain';
      readonly heading?: string | undefined;
      readonly blocks: readonly Block[];
    }
  /** Small pictures side by side, as many as the width holds. */
  | { readonly kind: 'panels'; readonly panels: readonly Panel[] }
  /** Names and what they are: who decided, which period. */
  | {
      readonly kind: 'facts';
      readonly facts: readonly { readonly name: string; readonly value: readonly Inline[] }[];
    };

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly words: readonly Inline[];
  /** Larger, at the head of a section: the answer in one sentence. */
  readonly isLead?: boolean | undefined;
  /** Paragraphs that stand in a section are counted unless this is false; those of a cover, a box or a panel, and leads, are not. */
  readonly isNumbered?: boolean | undefined;
}

/** One chart of a row of charts, or the reason why there is none. */
export interface Panel {
  readonly heading: string;
  readonly picture?: Picture | undefined;
  readonly words: readonly Inline[];
}

export interface Table {
  readonly kind: 'table';
  /** Names the CSV file beside the document. As `Section.id`. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly { readonly heading: string; readonly isNumber?: boolean | undefined }[];
  /** The first cell of a row is its heading. A cell without words is said to be empty. */
  readonly rows: readonly (readonly (readonly Inline[])[])[];
  /** Sentences under the table: what is hidden, what is missing. */
  readonly remarks: readonly string[];
}

export interface Picture {
  readonly kind: 'picture';
  /** As `Section.id`. */
  readonly id: string;
  /** The question that it answers. */
  readonly title: string;
  /** What it says, in one sentence: the reading that comes before the picture, and what a screen reader gets. */
  readonly sentence: string;
  /** A whole SVG file, drawn for print: no script, no outside address, no style sheet. */
  readonly svg: string;
  /** Unit, period, source: one line under it. */
  readonly source: string;
  /** The same as numbers. */
  readonly table: Table;
}

/** A run of text. `figure` is a number (or words that hold one) and what it rests on. */
export type Inline =
  | string
  | { readonly kind: 'strong'; readonly words: string }
  /** `https:`, `http:`, `mailto:`, `tel:`, or `#` and the id of a section, table or picture. Any other address leaves the words. */
  | { readonly kind: 'link'; readonly words: string; readonly address: string }
  | { readonly kind: 'figure'; readonly words: string; readonly note: string }
  /** An expression that the glossary explains. */
  | { readonly kind: 'term'; readonly words: string; readonly meaning: string };

/** What stands behind a number: the passport of its figure. */
export interface Note {
  /** As `Inline.note`; for a figure its view's id. */
  readonly id: string;
  readonly words: string;
  /** Names and values: measure, area, period, releases, definition, rule. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}
