import { z } from 'zod';
import { authorityKinds, authorityKindSchema, formatDate, isIsoDate } from '../duty/index.ts';

type Value = unknown;
type Row = Readonly<Record<string, Value>>;

/** What a change says to people: a title, and one line for each column that is worth a word. */
export interface ChangeTold {
  readonly title: string;
  readonly lines: readonly string[];
}

/** How a slice calls its tables and columns before people. */
export interface ChangeWords {
  /** By the name of the table. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Columns that people know, by the word that the forms have for them. Others (ids, the partnership) say nothing. */
  readonly columns: Readonly<Record<string, string>>;
  /** A value in words, where it needs words of the slice. */
  readonly said: (column: string, value: unknown) => string | undefined;
}

const kinds: ChangeWords['kinds'] = {
  area: 'Area',
  body: 'Body',
  decision: 'Decision',
  meeting: 'Meeting',
  membership: 'Membership',
  organisation: 'Organisation',
  other_name: 'Other name',
  person: 'Person',
  post: 'Post',
  seat: 'Seat',
  succession: 'Succession',
};

const columns: ChangeWords['columns'] = {
  name: 'Name',
  title: 'Title',
  code: 'Code',
  vintage: 'Boundaries of',
  within_id: 'Within',
  capacity: 'As',
  area_id: 'Area',
  opted_in_because: 'Opted in because',
  organisation_id: 'Organisation',
  person_id: 'Person',
  body_id: 'Body',
  predecessor_id: 'Before',
  successor_id: 'After',
  role: 'Seat',
  kind: 'Kind',
  is_own: 'The partnership’s own',
  purpose: 'Purpose',
  terms: 'Terms of reference',
  terms_review: 'Terms reviewed by',
  frequency: 'Meets',
  reports_to_id: 'Reports to',
  host_id: 'Run by',
  website: 'Website',
  email: 'Email',
  phone: 'Telephone',
  is_public: 'Shown to the public',
  has_lived_experience: 'Takes part with lived experience',
  use: 'Use',
  reference: 'Number',
  wording: 'Wording',
  papers: 'Papers',
  on_day: 'On',
  since: 'From',
  until: 'Until',
  ended: 'Ended',
  left_on: 'Left',
};

const registerWords: ChangeWords = {
  kinds,
  columns,
  said(column, value) {
    const kind = authorityKindSchema.safeParse(value);
    if (column === 'capacity' && kind.success) return authorityKinds[kind.data].label;
    if (column === 'use') return value === 'former' ? 'an earlier name' : 'also called so';
    return undefined;
  },
};

/**
 * Tells a change in words.
 * @param nameOf the name of the record with an id, where it has one
 * @param subject the record on whose page it is told: its own name need not be said again
 */
export function tellChange(
  { kind, before, after }: { readonly kind: string; readonly before: Row | null; readonly after: Row | null },
  nameOf: (id: string) => string | undefined,
  subject?: string,
  words: ChangeWords = registerWords,
): ChangeTold {
  const what = words.kinds[kind] ?? kind;
  const say = (column: string, value: Value) => said(column, value, nameOf, words);
  const verb = before === null ? 'added' : after === null ? 'removed' : 'changed';
  const lines = Object.entries(words.columns).flatMap(([column, label]) => {
    const was = before?.[column] ?? null;
    const became = after?.[column] ?? null;
    if (same(was, became) || (subject !== undefined && (was ?? became) === subject)) return [];
    if (before !== null && after !== null) return [`${label}: ${say(column, was)} → ${say(column, became)}`];
    return [`${label}: ${say(column, before === null ? became : was)}`];
  });
  return { title: `${what} ${verb}`, lines };
}

/** The ids that a change points at, so that their names can be looked up together. */
export const idsIn = (changes: readonly { readonly before: Row | null; readonly after: Row | null }[]): string[] => [
  ...new Set(
    changes.flatMap(({ before, after }) =>
      [before, after].flatMap((row) =>
        Object.entries(row ?? {}).flatMap(([column, value]) =>
          column.endsWith('_id') && column !== 'partnership_id' && typeof value === 'string' ? [value] : [],
        ),
      ),
    ),
  ),
];

const same = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);
const dateSchema = z.object({ text: z.string() });

function said(column: string, value: Value, nameOf: (id: string) => string | undefined, words: ChangeWords): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  const own = words.said(column, value);
  if (own !== undefined) return own;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  const date = dateSchema.safeParse(value);
  if (date.success) return date.data.text;
  if (typeof value !== 'string') return 'something else';
  if (column.endsWith('_id')) return nameOf(value) ?? 'a record that is gone';
  if (isIsoDate(value)) return formatDate(value);
  if (['role', 'kind', 'frequency'].includes(column)) return value.replaceAll('-', ' ');
  return value.length > 200 ? `${value.slice(0, 200)}…` : value;
}
