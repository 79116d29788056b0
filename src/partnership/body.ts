import { z } from 'zod';
import { isOverdue, type IsoDate, type PartialDate } from '../duty/index.ts';
import { chosenField, dateField, nameField, textField, tickField, untilField } from './form.ts';
import { endsBeforeItBegins, isAhead, isOver, type Span } from './span.ts';

export const bodyKinds = ['board', 'group', 'committee', 'meeting'] as const;
export type BodyKind = (typeof bodyKinds)[number];
export const bodyKindLabels: Readonly<Record<BodyKind, string>> = {
  board: 'Board',
  group: 'Group',
  committee: 'Committee',
  meeting: 'Regular meeting',
};

export const frequencies = [
  'daily',
  'weekly',
  'fortnightly',
  'monthly',
  'every-two-months',
  'quarterly',
  'twice-a-year',
  'yearly',
  'as-needed',
] as const;
export type Frequency = (typeof frequencies)[number];
export const frequencyLabels: Readonly<Record<Frequency, string>> = {
  daily: 'Daily',
  weekly: 'Weekly',
  fortnightly: 'Every two weeks',
  monthly: 'Monthly',
  'every-two-months': 'Every two months',
  quarterly: 'Quarterly',
  'twice-a-year': 'Twice a year',
  yearly: 'Yearly',
  'as-needed': 'When needed',
};

/** The partnership's own bodies, and boards of others that are linked and not absorbed. */
export const belongings = ['own', 'linked'] as const;
export type Belonging = (typeof belongings)[number];
export const belongingLabels: Readonly<Record<Belonging, string>> = {
  own: 'One of the partnership’s own',
  linked: 'Another board, which is linked',
};

/** What is kept of a body beside its seats, names and meetings. */
export interface BodyWanted extends Span {
  readonly name: string;
  readonly kind: BodyKind;
  readonly isOwn: boolean;
  readonly purpose: string | null;
  readonly frequency: Frequency;
  readonly reportsTo: string | null;
  readonly host: string | null;
  readonly isPublic: boolean;
}

const kindField = () => z.enum(bodyKinds, 'Choose what kind of body it is');
const frequencyField = () => z.enum(frequencies, 'Choose how often it meets');

export const bodyForm = z.object({
  name: nameField('the name of the body'),
  kind: kindField(),
  belongs: z.enum(belongings, 'Choose whether it is the partnership’s own'),
  frequency: frequencyField(),
  reportsTo: chosenField(),
  host: chosenField(),
  purpose: textField(2_000),
  since: dateField(),
  hidden: tickField(),
});

export const changeBodyForm = bodyForm.extend({
  until: untilField(),
  /** Whether the old name was a mistake, or was the name until a day. */
  why: z.enum(['corrected', 'renamed']).default('corrected'),
  renamedOn: dateField(),
  version: z.string().max(60).default(''),
});

export const termsForm = z.object({
  terms: textField(20_000),
  termsReview: dateField(),
  version: z.string().max(60).default(''),
});

export const endForm = z.object({
  until: dateField().refine((date) => date?.latest != null, 'Enter the last day of the body'),
  /** Where what reported to it reports from then on. */
  instead: chosenField(),
});

export const bodyNameForm = z.object({
  name: nameField('the other name'),
  use: z.enum(['former', 'also'], 'Choose whether it is an earlier name'),
  until: dateField(),
});

export const wantedOf = (form: z.infer<typeof bodyForm> & { readonly until?: PartialDate | null }): BodyWanted => ({
  name: form.name,
  kind: form.kind,
  isOwn: form.belongs === 'own',
  purpose: form.purpose,
  frequency: form.frequency,
  reportsTo: form.reportsTo,
  host: form.host,
  isPublic: !form.hidden,
  since: form.since,
  until: form.until ?? null,
});

/** A field and the sentence that says what is wrong there and what to do; `''` concerns the whole form. */
export interface Mistake {
  readonly field: string;
  readonly sentence: string;
}

/** Who reports to whom, for the whole partnership. */
export interface Reporting {
  readonly id: string;
  readonly name: string;
  readonly reportsTo: string | null;
}

/**
 * The sentence that names the circle which would come about if the body reported to another, or undefined.
 * @param bodies as they report now; what the body itself reports to now does not matter
 */
export function whyCircular(
  bodies: readonly Reporting[],
  body: { readonly id: string; readonly name: string },
  reportsTo: string | null,
): string | undefined {
  if (reportsTo === null) return undefined;
  if (reportsTo === body.id) return `${body.name} cannot report to itself. Choose another body, or none`;
  const byId = new Map(bodies.map((each) => [each.id, each]));
  const way: Reporting[] = [];
  for (let id: string | null = reportsTo; id !== body.id;) {
    const next: Reporting | undefined = id === null ? undefined : byId.get(id);
    // The way ends at the top, or at a body that is not there; a circle without this body is none of its own.
    if (next === undefined || way.includes(next)) return undefined;
    way.push(next);
    id = next.reportsTo;
  }
  const names = [...way.map(({ name }) => name), body.name];
  const [first = '', second = '', ...rest] = names;
  const chain = [`${first} reports to ${second}`, ...rest.map((name) => `which reports to ${name}`)].join(', ');
  return `${body.name} cannot report to ${first}, because ${chain}. Choose another body, or none`;
}

/** What stands against a body as it is wanted, beside its name being taken. */
export function whyNoBody(
  wanted: BodyWanted & { readonly id: string },
  bodies: readonly Reporting[],
): Mistake | undefined {
  if (endsBeforeItBegins(wanted))
    return { field: 'until', sentence: 'The end is before the beginning. Enter the end of the body after its start' };
  const circle = whyCircular(bodies, wanted, wanted.reportsTo);
  return circle === undefined ? undefined : { field: 'reportsTo', sentence: circle };
}

/** What stands against the end of a body on a day, with those that report to it reporting elsewhere. */
export function whyNoEnd(
  body: Reporting & Span,
  until: PartialDate,
  instead: string | null,
  bodies: readonly Reporting[],
): Mistake | undefined {
  if (endsBeforeItBegins({ since: body.since, until }))
    return { field: 'until', sentence: 'The end is before the beginning. Enter a day after the body began' };
  if (instead === body.id)
    return {
      field: 'instead',
      sentence: `${body.name} ends, so nothing can report to it. Choose another body, or none`,
    };
  const moved = bodies.map((each) => (each.reportsTo === body.id ? { ...each, reportsTo: instead } : each));
  for (const each of moved) {
    if (each.reportsTo !== instead || bodies.find(({ id }) => id === each.id)?.reportsTo !== body.id) continue;
    const circle = whyCircular(moved, each, instead);
    if (circle !== undefined) return { field: 'instead', sentence: circle };
  }
  return undefined;
}

/** A body with those that report to it. */
export interface Branch<B> {
  readonly body: B;
  readonly under: readonly Branch<B>[];
}

/** Bodies as they report, by name. Those whose superior is not among them stand at the top. */
export function treeOf<B extends Reporting>(bodies: readonly B[]): readonly Branch<B>[] {
  const there = new Set(bodies.map(({ id }) => id));
  const below = Map.groupBy(
    [...bodies].sort((a, b) => a.name.localeCompare(b.name, 'en-GB')),
    ({ reportsTo }) => (reportsTo !== null && there.has(reportsTo) ? reportsTo : null),
  );
  const branch = (body: B): Branch<B> => ({ body, under: (below.get(body.id) ?? []).map(branch) });
  return (below.get(null) ?? []).map(branch);
}

export type BodyState = 'running' | 'ahead' | 'ended';
export const bodyStateOf = (span: Span, day: IsoDate): BodyState =>
  isOver(span, day) ? 'ended' : isAhead(span, day) ? 'ahead' : 'running';

/** Whether the terms are to be looked at again: their time has come, or has gone. */
export function termsState(review: PartialDate | null, day: IsoDate): 'none' | 'ahead' | 'due' | 'overdue' {
  if (review === null || (review.earliest === null && review.latest === null)) return 'none';
  if (isOverdue(review, day)) return 'overdue';
  return (review.earliest ?? review.latest ?? day) <= day ? 'due' : 'ahead';
}

/** What a body of the partnership needs, the most urgent first. Others keep their own house. */
export function needsOf(
  body: { readonly isOwn: boolean; readonly termsReview: PartialDate | null } & Span,
  hasChair: boolean,
  day: IsoDate,
): readonly ('chair' | 'terms')[] {
  if (!body.isOwn || bodyStateOf(body, day) !== 'running') return [];
  const isDue = ['due', 'overdue'].includes(termsState(body.termsReview, day));
  return [...(hasChair ? [] : (['chair'] as const)), ...(isDue ? (['terms'] as const) : [])];
}

/** Text of several lines as paragraphs and lists, so that terms of reference read as they were written. */
export type TextPart =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/** Lines that begin with a bullet make a list; a short line that a blank line surrounds and no full stop ends is a heading. */
export function partsOfText(text: string): readonly TextPart[] {
  return text
    .split(/\r?\n\s*\r?\n/)
    .map((block) => block.split(/\r?\n/).map((line) => line.trim()))
    .flatMap((block): TextPart[] => {
      const lines = block.filter((line) => line !== '');
      if (lines.length === 0) return [];
      if (lines.every((line) => bullet.test(line)))
        return [{ kind: 'list', items: lines.map((line) => line.replace(bullet, '')) }];
      const only = lines.length === 1 ? (lines[0] ?? '') : '';
      if (only !== '' && only.length <= 60 && !/[.:;,?!]$/.test(only)) return [{ kind: 'heading', text: only }];
      const begun = lines.findIndex((line) => bullet.test(line));
      if (begun > 0 && lines.slice(begun).every((line) => bullet.test(line)))
        return [
          { kind: 'paragraph', text: lines.slice(0, begun).join(' ') },
          { kind: 'list', items: lines.slice(begun).map((line) => line.replace(bullet, '')) },
        ];
      return lines.map((line) => ({ kind: 'paragraph', text: line }));
    });
}
const bullet = /^[•*–-]\s+/;

// ── Several at once ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Rows of the form that takes several bodies: an executive, a tasking group, its subgroups and scrutiny fit on it. */
export const rowsAtOnce = 10;

const column = () =>
  z
    .union([z.string().max(500), z.array(z.string().max(500)).max(rowsAtOnce)])
    .default([])
    .transform((cells) => (typeof cells === 'string' ? [cells] : cells));

export const severalForm = z.object({
  name: column(),
  kind: column(),
  belongs: column(),
  frequency: column(),
  reportsTo: column(),
});

/** A new body of the form: it reports to a row of the same form (`row-1`), to a body that is there, or to none. */
export type BodyRow = Pick<BodyWanted, 'name' | 'kind' | 'isOwn' | 'frequency' | 'reportsTo'> & { readonly id: string };

const rowSchema = z.object({
  name: nameField('the name of the body'),
  kind: kindField(),
  belongs: z.enum(belongings).default('own'),
  frequency: frequencyField(),
  reportsTo: z
    .union([z.uuid(), z.string().regex(/^row-\d+$/), z.literal('')], 'Choose one from the list')
    .transform((id) => (id === '' ? null : id)),
});

/**
 * The bodies of the form that takes several, those first to which others report; or what is wrong, by field and row
 * (`name-3`). Rows without a name are left out.
 */
export function bodiesOf(
  form: z.infer<typeof severalForm>,
  bodies: readonly Reporting[],
): { readonly rows: readonly BodyRow[] } | { readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {};
  const rows: BodyRow[] = [];
  const taken = new Map(bodies.map(({ name }) => [name.toLowerCase(), 0]));
  form.name.forEach((name, at) => {
    if (name.trim() === '') return;
    const place = at + 1;
    const read = rowSchema.safeParse({
      name,
      kind: form.kind[at],
      belongs: form.belongs[at],
      frequency: form.frequency[at],
      reportsTo: form.reportsTo[at] ?? '',
    });
    if (!read.success) {
      for (const { path, message } of read.error.issues)
        errors[`${String(path[0])}-${place}`] ??= `Line ${place}: ${message}`;
      return;
    }
    const { belongs, ...row } = read.data;
    const before = taken.get(row.name.toLowerCase());
    if (before !== undefined)
      errors[`name-${place}`] =
        before === 0
          ? `Line ${place}: ${row.name} is there already. Leave this line empty, or enter another name`
          : `Line ${place}: ${row.name} stands in line ${before} already. Enter each body once`;
    taken.set(row.name.toLowerCase(), place);
    rows.push({ ...row, id: `row-${place}`, isOwn: belongs === 'own' });
  });
  if (rows.length === 0 && Object.keys(errors).length === 0) errors['name-1'] = 'Enter the name of at least one body';
  const all = [...bodies, ...rows];
  const there = new Set(all.map(({ id }) => id));
  for (const row of rows) {
    const field = `reportsTo-${row.id.slice(4)}`;
    const circle = whyCircular(all, row, row.reportsTo);
    if (row.reportsTo !== null && !there.has(row.reportsTo))
      errors[field] ??= `Line ${row.id.slice(4)}: the line that it reports to is empty. Choose another`;
    else if (circle !== undefined) errors[field] ??= `Line ${row.id.slice(4)}: ${circle}`;
  }
  if (Object.keys(errors).length > 0) return { errors };
  return { rows: treeOf(rows).flatMap(flattened) };
}
const flattened = <B>({ body, under }: Branch<B>): readonly B[] => [body, ...under.flatMap(flattened)];
