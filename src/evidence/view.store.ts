import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson, type Role } from '../duty/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import type { AreaBook } from './area-book.ts';
import { discreetNotes, hiddenInWords, protectRows, type EarlierView, type Lie, type LieOf } from './disclosure.ts';
import { findFigure } from './figure.store.ts';
import type { Figure, FigureQuestion, FigureRow } from './figure.ts';
import { formatOf } from './formats/index.ts';
import type { ViewShown } from './view-document.ts';
import { maySee, ruleFor, type Audience, type DisclosureRule, type View } from './view.ts';

type Reads = ReadWork<'evidence'>;
type Writes = Work<'evidence'>;

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** A view that cannot be let out, and why. */
export interface Unpublishable {
  readonly sentence: string;
}

/** An entry of the published-view ledger. */
export interface LedgerEntry {
  readonly seq: number;
  readonly view: string;
  readonly audience: 'partner' | 'public';
  /** A moment in UTC, to the millisecond. */
  readonly at: string;
  /** Id of a person, or `system`. */
  readonly by: string;
  readonly prev: string;
  readonly hash: string;
}

const beginning = `sha256:${'0'.repeat(64)}`;

/** Hash of an entry: of the hash before it, then the canonical JSON of what it says. */
export const ledgerHash = ({ prev, hash: _, ...entry }: LedgerEntry): string => sha256(prev + canonicalJson(entry));

/** All entries of the bound partnership, the first first. */
export async function ledgerOf(work: Reads): Promise<readonly LedgerEntry[]> {
  const rows = await work.selectFrom('evidence.published_view').selectAll().orderBy('seq').execute();
  return rows.map(({ seq, view_id, audience, at, by, prev, hash }) => ({
    seq,
    view: view_id,
    audience: audience as LedgerEntry['audience'],
    at: new Date(at).toISOString(),
    by,
    prev,
    hash,
  }));
}

/** Place of the first entry that is not as it was written, or undefined where the chain holds. */
export function firstBrokenEntry(entries: readonly LedgerEntry[]): number | undefined {
  const at = entries.findIndex(
    (entry, place) =>
      entry.seq !== place + 1 ||
      entry.prev !== (entries[place - 1]?.hash ?? beginning) ||
      entry.hash !== ledgerHash(entry),
  );
  return at < 0 ? undefined : at + 1;
}

async function headOf(work: Reads): Promise<{ readonly seq: number; readonly hash: string } | undefined> {
  return work
    .selectFrom('evidence.published_view')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** What was let out of a source, with all that it was made from. */
async function earlierOf(work: Reads, source: string): Promise<readonly EarlierView[]> {
  const rows = await work
    .selectFrom('evidence.published_view as p')
    .innerJoin('evidence.view as v', (join) =>
      join.onRef('v.partnership_id', '=', 'p.partnership_id').onRef('v.id', '=', 'p.view_id'),
    )
    .innerJoin('evidence.figure as f', (join) =>
      join.onRef('f.partnership_id', '=', 'v.partnership_id').onRef('f.id', '=', 'v.figure_id'),
    )
    .select(['v.id', 'v.answer as view_answer', 'f.question', 'f.answer'])
    .where(sql<string>`f.question ->> 'source'`, '=', source)
    .orderBy('p.seq')
    .execute();
  return rows.map((row) => {
    const shown = (JSON.parse(row.view_answer) as { rows: readonly FigureRow[] }).rows;
    return {
      id: row.id,
      question: row.question as unknown as FigureQuestion,
      rows: (JSON.parse(row.answer) as { rows: readonly FigureRow[] }).rows,
      shown: new Set(shown.flatMap(({ state }, place) => (state === 'shown' ? [place] : []))),
    };
  });
}

/** How areas lie to each other, by the small areas of which they consist. */
export function lieIn(book: AreaBook): LieOf {
  const small = new Map<string, ReadonlySet<string>>();
  const smallIn = (code: string) => {
    const known = small.get(code) ?? book.smallAreasIn(code);
    small.set(code, known);
    return known;
  };
  return (area, other): Lie => {
    if (area === other) return 'same';
    // England and Wales, which no lookup has as an area.
    if (area === 'K04000001') return 'around';
    if (other === 'K04000001') return 'within';
    const [one, two] = [smallIn(area), smallIn(other)];
    const [fewer, more] = one.size <= two.size ? [one, two] : [two, one];
    let both = 0;
    for (const code of fewer) if (more.has(code)) both += 1;
    if (both === 0) return 'apart';
    if (both === one.size && both === two.size) return 'same';
    return both === one.size ? 'within' : both === two.size ? 'around' : 'partly';
  };
}

/**
 * What an audience may see of a figure, against everything that was let out before. Where it was let out already, it is that
 * view. The same figure, audience, rule and ledger give the same view, to the byte.
 * @param beside views that whoever reads this one will have too, as in one document: they are taken for let out already
 */
export async function viewOf(
  work: Reads,
  figure: Figure,
  audience: Audience,
  lieOf: LieOf,
  beside: readonly View[] = [],
): Promise<View | Unpublishable> {
  const rule = ruleFor(formatOf(figure.question.source).disclosure, audience);
  if (audience === 'restricted')
    return {
      ...named(figure, { audience, rule, ledger: null }),
      rows: figure.rows,
      notes: figure.notes,
      hiddenSentence: null,
    };
  // What a square has follows from those round it, and nobody lives in a square alone: it cannot be hidden well.
  if (rule.hiddenUpTo > 0 && figure.question.measure.name === 'hot-spot-cells')
    return {
      sentence:
        'Squares of 200 metres are so small that their numbers may tell about a person, so they stay inside. Let out the hot spots of small areas instead.',
    };
  const out = await work
    .selectFrom('evidence.published_view as p')
    .innerJoin('evidence.view as v', (join) =>
      join.onRef('v.partnership_id', '=', 'p.partnership_id').onRef('v.id', '=', 'p.view_id'),
    )
    .select('v.id')
    .where('v.figure_id', '=', figure.id)
    .where('v.audience', '=', audience)
    .executeTakeFirst();
  if (out !== undefined) return (await getView(work, out.id)).view;
  const ledger = (await headOf(work))?.hash ?? null;
  const earlier = rule.hiddenUpTo === 0 ? [] : await earlierOf(work, figure.question.source);
  // What hides nothing depends on nothing else, so its view stays the same whatever stands beside it.
  const together =
    rule.hiddenUpTo === 0
      ? []
      : beside.filter(
          (each) => each.figure.question.source === figure.question.source && !earlier.some(({ id }) => id === each.id),
        );
  const made = protectRows(figure.question, figure.rows, [...earlier, ...together.map(asEarlier)], rule, lieOf);
  if ('sentence' in made) return made;
  if (rule.hiddenUpTo > 0 && figure.question.measure.name === 'change' && figure.notes.some(comparesInPart))
    return {
      sentence:
        'Months are missing, so only some are compared, and together with the months themselves that may tell a small number. Take a period without gaps.',
    };
  return {
    ...named(figure, { audience, rule, ledger }, together),
    rows: made.rows,
    notes: discreetNotes(figure.notes, rule),
    hiddenSentence: hiddenInWords(made, rule),
  };
}

const comparesInPart = (note: string): boolean => note.includes(' months are compared with the same ');

const asEarlier = ({ id, figure, rows }: View): EarlierView => ({
  id,
  question: figure.question,
  rows: figure.rows,
  shown: new Set(rows.flatMap(({ state }, place) => (state === 'shown' ? [place] : []))),
});

function named(
  figure: Figure,
  {
    audience,
    rule,
    ledger,
  }: { readonly audience: Audience; readonly rule: DisclosureRule; readonly ledger: string | null },
  beside: readonly View[] = [],
) {
  const id = sha256(
    canonicalJson({
      figure: figure.id,
      audience,
      rule: { name: rule.name, version: rule.version },
      ledger,
      ...(beside.length === 0 ? {} : { beside: beside.map((view) => view.id) }),
    }),
  );
  return { id, figure, audience, rule, ledger };
}

const answerOf = ({ rows, notes, hiddenSentence }: View): string =>
  canonicalJson({ rows: rows.map((row) => ({ ...row })) as never, notes: [...notes], hiddenSentence } as never);

/** Keeps a view, so that it has an address. What is there already stays as it is. @param by id of a person, or `system` */
export async function keepView(work: Writes, view: View, by: string): Promise<void> {
  const answer = answerOf(view);
  await work
    .insertInto('evidence.view')
    .values({
      id: view.id,
      figure_id: view.figure.id,
      audience: view.audience,
      rule: JSON.stringify(view.rule),
      ledger: view.ledger,
      answer,
      answer_sha256: sha256(answer),
      made_by: by,
    })
    .onConflict((conflict) => conflict.columns(['partnership_id', 'id']).doNothing())
    .execute();
}

/** A view as it is kept. */
export interface ViewKept {
  readonly view: View;
  readonly code: string;
  readonly answerSha256: string;
  /** When it was let out; null where it was not. */
  readonly outSince: string | null;
}

/** @throws where the bound partnership has none of that id */
export async function getView(work: Reads, id: string): Promise<ViewKept> {
  const row = await work
    .selectFrom('evidence.view as v')
    .leftJoin('evidence.published_view as p', (join) =>
      join.onRef('p.partnership_id', '=', 'v.partnership_id').onRef('p.view_id', '=', 'v.id'),
    )
    .selectAll('v')
    .select('p.at')
    .where('v.id', '=', id)
    .executeTakeFirstOrThrow();
  const figure = await findFigure(work, row.figure_id);
  if (figure === undefined) throw new Error(`The view ${id} has no figure.`);
  const { rows, notes, hiddenSentence } = JSON.parse(row.answer) as Pick<View, 'rows' | 'notes' | 'hiddenSentence'>;
  return {
    view: {
      id: row.id,
      figure,
      audience: row.audience as Audience,
      rule: row.rule as unknown as DisclosureRule,
      ledger: row.ledger,
      rows,
      notes,
      hiddenSentence,
    },
    code: figure.code,
    answerSha256: row.answer_sha256,
    outSince: row.at === null ? null : new Date(row.at).toISOString(),
  };
}

/** Whether the bound partnership has a view of that id. */
export async function hasView(work: Reads, id: string): Promise<boolean> {
  const row = await work.selectFrom('evidence.view').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** What came of letting a view out. `changed`: something else was let out since it was looked at, and now it is this one. */
export type Published =
  | { readonly state: 'out'; readonly view: View; readonly seq: number }
  | { readonly state: 'already'; readonly view: View }
  | { readonly state: 'changed'; readonly view: View }
  | { readonly state: 'refused'; readonly sentence: string };

/**
 * Lets a view out for its audience: checked anew against all that is out, under a lock, so that of two at the same time the
 * second is checked against the first. What goes out is what was looked at, or nothing does.
 */
export async function publishView(
  work: Writes,
  id: string,
  {
    lieOf,
    by,
    moment,
    show,
  }: {
    readonly lieOf: LieOf;
    readonly by: string;
    readonly moment: Date;
    readonly show: (view: View, code: string) => Promise<ViewShown>;
  },
): Promise<Published> {
  await sql`select pg_advisory_xact_lock(7279, hashtext(current_setting('concord.partnership', true)))`.execute(work);
  const kept = await getView(reading(work), id);
  const { audience, figure } = kept.view;
  if (audience === 'restricted')
    return { state: 'refused', sentence: 'A restricted view stays inside. Make one for partners or for the public.' };
  if (kept.outSince !== null) return { state: 'already', view: kept.view };
  const now = await viewOf(reading(work), figure, audience, lieOf);
  if ('sentence' in now) return { state: 'refused', sentence: now.sentence };
  if (now.id !== id) {
    await keepView(work, now, by);
    return { state: 'changed', view: now };
  }
  const head = await headOf(reading(work));
  const entry: Omit<LedgerEntry, 'hash'> = {
    seq: (head?.seq ?? 0) + 1,
    view: id,
    audience,
    at: moment.toISOString(),
    by,
    prev: head?.hash ?? beginning,
  };
  const { view: view_id, ...rest } = entry;
  await work
    .insertInto('evidence.published_view')
    .values({ ...rest, view_id, hash: ledgerHash({ ...entry, hash: '' }) })
    .execute();
  if (audience === 'public')
    await sql`select evidence.publish_view(${id}, ${JSON.stringify(await show(kept.view, kept.code))}::jsonb)`.execute(
      work,
    );
  return { state: 'out', view: kept.view, seq: entry.seq };
}

/** What everybody may see: a copy that was made when it was let out. */
export async function publicView(
  work: ReadWork<'published'>,
  partnership: string,
  id: string,
): Promise<{ readonly shown: ViewShown; readonly publishedAt: string } | undefined> {
  const row = await work
    .selectFrom('published.figure_view')
    .select(['shown', 'published_at'])
    .where('partnership_id', '=', partnership)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { shown: row.shown as unknown as ViewShown, publishedAt: new Date(row.published_at).toISOString() };
}

/** The areas in which a partnership acts. */
export const publicAreas = (
  work: ReadWork<'published'>,
  partnership: string,
): Promise<readonly { readonly code: string; readonly name: string }[]> =>
  work
    .selectFrom('published.area')
    .select(['code', 'name'])
    .where('partnership_id', '=', partnership)
    .orderBy('name')
    .execute();

/** A line of the list of views. */
export interface ViewLine {
  readonly id: string;
  readonly title: string;
  readonly audience: Audience;
  readonly madeAt: string;
  readonly isMine: boolean;
  readonly outSince: string | null;
}

export const viewsAPage = 50;

/** Views that somebody may see: those that are out first, then the newest. */
export async function listViews(
  work: Reads,
  asked: { readonly words: string; readonly roles: readonly Role[]; readonly person: string; readonly page: number },
): Promise<{ readonly views: readonly ViewLine[]; readonly total: number }> {
  const works = maySee(asked.roles, { audience: 'restricted', isOut: false });
  const rows = await work
    .selectFrom('evidence.view as v')
    .innerJoin('evidence.figure as f', (join) =>
      join.onRef('f.partnership_id', '=', 'v.partnership_id').onRef('f.id', '=', 'v.figure_id'),
    )
    .leftJoin('evidence.published_view as p', (join) =>
      join.onRef('p.partnership_id', '=', 'v.partnership_id').onRef('p.view_id', '=', 'v.id'),
    )
    .select(['v.id', 'f.title', 'v.audience', 'v.made_at', 'v.made_by', 'p.at'])
    .select(sql<number>`(count(*) over ())::int`.as('total'))
    .where(sql<boolean>`(${works} or p.seq is not null) and strpos(lower(f.title), lower(${asked.words})) > 0`)
    .orderBy(sql`p.seq desc nulls last, v.made_by = ${asked.person} desc, v.made_at desc, v.id`)
    .limit(viewsAPage)
    .offset((asked.page - 1) * viewsAPage)
    .execute();
  return {
    views: rows.map((row) => ({
      id: row.id,
      title: row.title,
      audience: row.audience as Audience,
      madeAt: new Date(row.made_at).toISOString(),
      isMine: row.made_by === asked.person,
      outSince: row.at === null ? null : new Date(row.at).toISOString(),
    })),
    total: rows[0]?.total ?? 0,
  };
}
