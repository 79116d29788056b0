import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { addMonths, standingOf, type AuthorityKind, type ContentHash, type IsoDate } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import {
  inForce,
  strategyText,
  type AimHeld,
  type Exclusion,
  type Level,
  type SectionName,
  type Sections,
  type SignOff,
  type State,
  type StrategyContent,
  type StrategyFacts,
  type Version,
} from './strategy.ts';

/** Of the partnership's tables only its shared views are named here. */
type Reads = ReadWork<'strategy' | 'partnership'>;
type Writes = Work<'strategy' | 'partnership'>;

export interface Strategy extends StrategyContent {
  readonly id: string;
  readonly line: string;
  readonly version: number;
  readonly state: State;
  /** Of the words as they stand now. */
  readonly sha256: ContentHash;
  readonly exclusion: Exclusion | null;
  readonly publishedOn: IsoDate | null;
  readonly reviewDue: IsoDate | null;
  readonly importedFrom: string | null;
  /** What changed in whom or what it covers, against the one before: drawn as a break on measures. */
  readonly scopeBreak: string | null;
}

export const strategyHash = (content: StrategyContent): ContentHash =>
  `sha256:${createHash('sha256').update(strategyText(content)).digest('hex')}`;

const strategies = (work: Reads) => work.selectFrom('strategy.strategy as s').selectAll('s');
type Row = Awaited<ReturnType<ReturnType<typeof strategies>['execute']>>[number];

/** @param live the aims as they stand, for a version whose text is not closed yet */
function strategyOf(row: Row, live: readonly AimHeld[]): Strategy {
  const content: StrategyContent = {
    title: row.title,
    level: row.level as Level,
    starts: row.starts,
    ends: row.ends,
    sections: row.sections as unknown as Sections,
    aims: row.aims === null ? live : (row.aims as unknown as readonly AimHeld[]),
  };
  return {
    ...content,
    id: row.id,
    line: row.line,
    version: row.version,
    state: row.state as State,
    sha256: (row.sha256 ?? strategyHash(content)) as ContentHash,
    exclusion: row.exclusion as unknown as Exclusion | null,
    publishedOn: row.published_on,
    reviewDue: row.review_due,
    importedFrom: row.imported_from,
    scopeBreak: row.scope_break,
  };
}

/** The aims of the partnership as a strategy holds them. */
async function aimsHeld(work: Reads): Promise<readonly AimHeld[]> {
  const rows = await work
    .selectFrom('strategy.aim')
    .select(['id', 'title', 'words', 'hub'])
    .where('axis', '=', 'aim')
    .where('ended_on', 'is', null)
    .orderBy('place')
    .orderBy('id')
    .execute();
  return rows.map(({ hub, ...aim }) => ({ ...aim, hub: hubWordsOf(hub) }));
}
const hubWordsOf = (hub: unknown): AimHeld['hub'] => {
  if (hub === null || typeof hub !== 'object') return null;
  const { title, words } = hub as { readonly title: string; readonly words: string | null };
  return { title, words };
};

/** Every version, the newest first. A partnership has few. */
export async function listStrategies(work: Reads): Promise<readonly Strategy[]> {
  const rows = await strategies(work).orderBy('s.line').orderBy('s.version', 'desc').execute();
  const live = await aimsHeld(work);
  return rows.map((row) => strategyOf(row, live));
}

/** @throws where the bound partnership has none of that id */
export async function getStrategy(work: Reads, id: string): Promise<Strategy> {
  const row = await strategies(work).where('s.id', '=', id).executeTakeFirstOrThrow();
  return strategyOf(row, row.aims === null ? await aimsHeld(work) : []);
}

/** Holds a version until the unit of work ends. @throws where there is none of that id */
export async function holdStrategy(work: Writes, id: string): Promise<void> {
  await work.selectFrom('strategy.strategy').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

export interface StrategyAdded {
  readonly id?: string;
  readonly line: string;
  readonly title: string;
  readonly level: Level;
  readonly sections?: Sections;
  readonly starts?: IsoDate | null;
  readonly ends?: IsoDate | null;
  readonly scopeBreak?: string | null;
}

/** Adds a draft, the next version of its line. */
export async function addStrategy(work: Writes, added: StrategyAdded): Promise<string> {
  await sql`select pg_advisory_xact_lock(7282, hashtext(partnership.bound()::text))`.execute(work);
  const { id } = await work
    .insertInto('strategy.strategy')
    .values({
      ...(added.id !== undefined && { id: added.id }),
      line: added.line,
      version: await nextVersion(work, added.line),
      level: added.level,
      title: added.title,
      sections: JSON.stringify(added.sections ?? {}),
      starts: added.starts ?? null,
      ends: added.ends ?? null,
      scope_break: added.scopeBreak ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function nextVersion(work: Writes, line: string): Promise<number> {
  const { newest } = await work
    .selectFrom('strategy.strategy')
    .select((is) => is.fn.coalesce(is.fn.max('version'), sql<number>`0`).as('newest'))
    .where('line', '=', line)
    .executeTakeFirstOrThrow();
  return newest + 1;
}

/** Takes an earlier strategy or protocol over as a record: superseded, with where it is to be found. */
export async function addPredecessor(
  work: Writes,
  added: StrategyAdded & { readonly importedFrom: string; readonly publishedOn: IsoDate },
): Promise<string> {
  const id = await addStrategy(work, added);
  const kept = await getStrategy(work as unknown as Reads, id);
  await work
    .updateTable('strategy.strategy')
    .set({
      state: 'superseded',
      imported_from: added.importedFrom,
      published_on: added.publishedOn,
      aims: '[]',
      sha256: strategyHash({ ...kept, aims: [] }),
    })
    .where('id', '=', id)
    .execute();
  return id;
}

export interface TextWanted {
  readonly title: string;
  readonly starts: IsoDate | null;
  readonly ends: IsoDate | null;
  readonly sections: Sections;
}

/** Puts other words in the place of a draft's. A check of s.8(8) was of the words before, so it has to be done again. */
export async function changeText(work: Writes, id: string, { sections, ...text }: TextWanted): Promise<void> {
  await work
    .updateTable('strategy.strategy')
    .set({ ...text, sections: JSON.stringify(sections), exclusion: null })
    .where('id', '=', id)
    .execute();
}

export async function keepExclusion(work: Writes, id: string, exclusion: Exclusion): Promise<void> {
  await work
    .updateTable('strategy.strategy')
    .set({ exclusion: JSON.stringify(exclusion) })
    .where('id', '=', id)
    .execute();
}

/** What a step made of a version. Closing the text keeps the aims as they are with it; taking it back lets them go. */
export async function keepStep(
  work: Writes,
  before: Strategy,
  after: Version,
  { today }: { readonly today: IsoDate },
): Promise<void> {
  const isClosed = after.state === 'sign-off' && before.state !== 'sign-off';
  const isPublished = after.state === 'published' && before.publishedOn === null;
  await work
    .updateTable('strategy.strategy')
    .set({
      state: after.state,
      ...(isClosed && { sha256: after.hash, aims: JSON.stringify(before.aims) }),
      ...(after.state === 'draft' && { sha256: null, aims: null }),
      ...(isPublished && { published_on: after.publishedOn }),
      // Reviewed every year (domain paper 1.4).
      ...(after.state === 'published' && { review_due: addMonths(today, 12) }),
    })
    .where('id', '=', before.id)
    .execute();
  if (isPublished) await supersedeOthers(work, before);
  await sql`select strategy.publish_strategies()`.execute(work);
}

async function supersedeOthers(work: Writes, { id, line }: Strategy): Promise<void> {
  await work
    .updateTable('strategy.strategy')
    .set({ state: 'superseded' })
    .where('line', '=', line)
    .where('id', '<>', id)
    .where('state', 'in', ['published', 'review', 'revised'])
    .execute();
}

/** The version as the machine sees it. */
export async function versionAt(work: Reads, strategy: Strategy): Promise<Version> {
  const signs = await signOffsOf(work, strategy.id);
  return {
    state: strategy.state,
    hash: strategy.sha256,
    publishedOn: strategy.publishedOn,
    approvals: signs.filter(({ kind }) => kind === 'approved'),
    notes: signs.filter(({ kind }) => kind === 'noted'),
  };
}

export interface SignOffKept extends SignOff {
  readonly id: string;
  readonly kind: 'approved' | 'noted';
  readonly authorityName: string | null;
  readonly reference: string | null;
}

/** Who signed off or noted which words, in the order of the days. */
export async function signOffsOf(work: Reads, strategyId: string): Promise<readonly SignOffKept[]> {
  const rows = await work
    .selectFrom('strategy.approval as a')
    .leftJoin('partnership.shared_organisation as o', 'o.id', 'a.organisation_id')
    .select(['a.id', 'a.kind', 'a.organisation_id', 'o.name', 'a.body', 'a.on_day', 'a.sha256', 'a.reference'])
    .where('a.strategy_id', '=', strategyId)
    .orderBy('a.on_day')
    .orderBy('a.added_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as SignOffKept['kind'],
    authority: row.organisation_id,
    authorityName: row.name,
    body: row.body,
    on: row.on_day,
    hash: row.sha256 as ContentHash,
    reference: row.reference,
  }));
}

export async function addSignOff(
  work: Writes,
  strategyId: string,
  sign: SignOff & { readonly kind: SignOffKept['kind']; readonly reference: string | null },
): Promise<void> {
  await work
    .insertInto('strategy.approval')
    .values({
      strategy_id: strategyId,
      kind: sign.kind,
      organisation_id: sign.authority,
      body: sign.body,
      on_day: sign.on,
      sha256: sign.hash,
      reference: sign.reference,
    })
    .execute();
  await sql`select strategy.publish_strategies()`.execute(work);
}

/** An authority of the area on a day, once, whatever it is one for. */
export interface Authority {
  readonly id: string;
  readonly name: string;
}

/** Specified authorities, which sign off, and relevant ones, which are consulted (s.8(4)), as the register has them on a day. */
export async function authoritiesOn(
  work: Reads,
  day: IsoDate,
): Promise<{ readonly specified: readonly Authority[]; readonly relevant: readonly Authority[] }> {
  const rows = await work
    .selectFrom('partnership.shared_membership as m')
    .leftJoin('partnership.shared_succession as s', (join) =>
      join
        .onRef('s.predecessor_id', '=', 'm.organisation_id')
        .on(sql<boolean>`partnership.runs_on(s.on_day, null, ${day}::date)`),
    )
    .select([
      'm.capacity',
      sql<string>`coalesce(s.successor_id, m.organisation_id)`.as('id'),
      sql<string>`coalesce(s.successor_name, m.name)`.as('name'),
    ])
    .where(sql<boolean>`partnership.runs_on(m.since, m.until, ${day}::date)`)
    .orderBy('name')
    .execute();
  const of = (standing: 'specified' | 'relevant') => [
    ...new Map(
      rows
        .filter(({ capacity }) => standingOf(capacity as AuthorityKind) === standing)
        .map(({ id, name }) => [id, { id, name }]),
    ).values(),
  ];
  return { specified: of('specified'), relevant: of('relevant') };
}

export interface Consulted extends Authority {
  readonly consultedOn: IsoDate | null;
  readonly how: string | null;
}

/** Each authority that s.8(4) names, and when it was consulted on this version. */
export async function consultees(work: Reads, strategyId: string, day: IsoDate): Promise<readonly Consulted[]> {
  const { relevant } = await authoritiesOn(work, day);
  const rows = await work
    .selectFrom('strategy.consultee')
    .select(['organisation_id', 'consulted_on', 'how'])
    .where('strategy_id', '=', strategyId)
    .execute();
  const by = new Map(rows.map((row) => [row.organisation_id, row]));
  return relevant.map((authority) => ({
    ...authority,
    consultedOn: by.get(authority.id)?.consulted_on ?? null,
    how: by.get(authority.id)?.how ?? null,
  }));
}

export async function keepConsulted(
  work: Writes,
  strategyId: string,
  consulted: readonly { readonly id: string; readonly on: IsoDate; readonly how: string | null }[],
): Promise<void> {
  for (const { id, on, how } of consulted)
    await work
      .insertInto('strategy.consultee')
      .values({ strategy_id: strategyId, organisation_id: id, consulted_on: on, how })
      .onConflict((there) =>
        there.columns(['partnership_id', 'strategy_id', 'organisation_id']).doUpdateSet({ consulted_on: on, how }),
      )
      .execute();
}

/** What the requirements of the Act are held against. */
export async function factsOf(work: Reads, strategy: Strategy, day: IsoDate): Promise<StrategyFacts> {
  const relevant = await consultees(work, strategy.id, day);
  const names = new Map(relevant.map(({ id, name }) => [id, name]));
  const led =
    names.size === 0
      ? []
      : await work
          .selectFrom('strategy.action')
          .select(['title', 'lead_id', 'is_named'])
          .where('lead_id', 'in', [...names.keys()])
          .where('closed_on', 'is', null)
          .orderBy('number')
          .execute();
  return {
    sections: strategy.sections,
    aims: strategy.aims,
    relevant,
    onRelevant: led.map(({ title, lead_id, is_named }) => ({
      title,
      authority: names.get(lead_id ?? '') ?? '',
      isNamed: is_named,
    })),
    exclusion: strategy.exclusion,
  };
}

export interface Comment {
  readonly id: string;
  readonly section: SectionName | 'whole';
  readonly words: string;
  readonly madeBy: string;
  readonly madeOn: IsoDate;
  readonly reply: string | null;
  readonly repliedOn: IsoDate | null;
  readonly change: { readonly before: string; readonly after: string } | null;
}

export async function commentsOn(work: Reads, strategyId: string): Promise<readonly Comment[]> {
  const rows = await work
    .selectFrom('strategy.comment')
    .selectAll()
    .where('strategy_id', '=', strategyId)
    .orderBy('made_on', 'desc')
    .orderBy('added_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    section: row.section as Comment['section'],
    words: row.words,
    madeBy: row.made_by,
    madeOn: row.made_on,
    reply: row.reply,
    repliedOn: row.replied_on,
    change: row.change as unknown as Comment['change'],
  }));
}

export async function addComment(
  work: Writes,
  strategyId: string,
  comment: Pick<Comment, 'section' | 'words' | 'madeBy' | 'madeOn'> & { readonly id?: string },
): Promise<string> {
  const { id } = await work
    .insertInto('strategy.comment')
    .values({
      ...(comment.id !== undefined && { id: comment.id }),
      strategy_id: strategyId,
      section: comment.section,
      words: comment.words,
      made_by: comment.madeBy,
      made_on: comment.madeOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function replyTo(
  work: Writes,
  id: string,
  reply: Pick<Comment, 'reply' | 'repliedOn' | 'change'>,
): Promise<void> {
  await work
    .updateTable('strategy.comment')
    .set({
      reply: reply.reply,
      replied_on: reply.repliedOn,
      change: reply.change === null ? null : JSON.stringify(reply.change),
    })
    .where('id', '=', id)
    .execute();
}

/** A strategy as the public sees it. */
export interface PublishedStrategy {
  readonly id: string;
  readonly line: string;
  readonly version: number;
  readonly level: Level;
  readonly title: string;
  readonly state: State;
  readonly sections: Sections;
  readonly starts: IsoDate | null;
  readonly ends: IsoDate | null;
  readonly aims: readonly AimHeld[];
  readonly sha256: string;
  readonly publishedOn: IsoDate;
  readonly reviewDue: IsoDate | null;
  readonly approvals: readonly {
    readonly by: string | null;
    readonly body: string;
    readonly on: IsoDate;
    readonly kind: string;
  }[];
}

/** What a partnership has published, the newest first. */
export async function publishedStrategies(
  work: ReadWork<'published'>,
  partnership: string,
): Promise<readonly PublishedStrategy[]> {
  const rows = await work
    .selectFrom('published.strategy')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .orderBy('published_on', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    line: row.line,
    version: row.version,
    level: row.level as Level,
    title: row.title,
    state: row.state as State,
    sections: row.sections as unknown as Sections,
    starts: row.starts,
    ends: row.ends,
    aims: row.aims as unknown as readonly AimHeld[],
    sha256: row.sha256,
    publishedOn: row.published_on,
    reviewDue: row.review_due,
    approvals: row.approvals as unknown as PublishedStrategy['approvals'],
  }));
}

/** What the hub of a partnership has in force; undefined where it has no hub, or its hub has published nothing. */
export async function strategyOfHub(
  work: ReadWork<'published'>,
  partnership: string,
): Promise<PublishedStrategy | undefined> {
  const row = await work
    .selectFrom('published.partnership')
    .select('hub_id')
    .where('id', '=', partnership)
    .executeTakeFirst();
  const hub = row?.hub_id ?? null;
  return hub === null ? undefined : inForce(await publishedStrategies(work, hub));
}
