import { sql } from 'kysely';
import type { IsoDate, Pence } from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Category, GrantLine, GrantState, LineKind } from './grant.ts';

type Reads = ReadWork<'strategy'>;

export interface GrantWanted {
  readonly name: string;
  readonly funder: string;
  readonly state: GrantState;
  readonly labourPence: Pence;
  readonly nonLabourPence: Pence;
  readonly matchPence: Pence;
  readonly starts: IsoDate | null;
  readonly ends: IsoDate | null;
  readonly mayCarryOver: boolean;
  readonly conditions: string | null;
}

export interface GrantLineKept extends GrantLine {
  readonly on: IsoDate;
  readonly words: string | null;
  readonly actionId: string | null;
  readonly actionTitle: string | null;
}

export interface Grant extends GrantWanted {
  readonly id: string;
  readonly lines: readonly GrantLineKept[];
}

const grants = (work: Reads) =>
  work
    .selectFrom('strategy.grant_fund as g')
    .selectAll('g')
    .select(
      sql<GrantLineKept[]>`(select coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'category', l.category,
          'pence', l.pence, 'on', l.on_day, 'words', l.words, 'actionId', l.action_id, 'actionTitle', a.title)
          order by l.on_day, l.id), '[]')
        from strategy.grant_line l left join strategy.action a on a.id = l.action_id where l.grant_id = g.id)`.as(
        'lines',
      ),
    );
type Row = Awaited<ReturnType<ReturnType<typeof grants>['execute']>>[number];

const grantOf = (row: Row): Grant => ({
  id: row.id,
  name: row.name,
  funder: row.funder,
  state: row.state as GrantState,
  labourPence: row.labour_pence,
  nonLabourPence: row.non_labour_pence,
  matchPence: row.match_pence,
  starts: row.starts,
  ends: row.ends,
  mayCarryOver: row.may_carry_over,
  conditions: row.conditions,
  lines: row.lines,
});

export async function listGrants(work: Reads): Promise<readonly Grant[]> {
  return (
    await grants(work)
      .orderBy('g.ends', (by) => by.asc().nullsLast())
      .orderBy('g.id')
      .limit(500)
      .execute()
  ).map(grantOf);
}

/** @throws where the bound partnership has none of that id */
export async function getGrant(work: Reads, id: string): Promise<Grant> {
  return grantOf(await grants(work).where('g.id', '=', id).executeTakeFirstOrThrow());
}

export async function addGrant(
  work: Work<'strategy'>,
  wanted: GrantWanted & { readonly id?: string },
): Promise<string> {
  const { id } = await work
    .insertInto('strategy.grant_fund')
    .values({
      ...(wanted.id !== undefined && { id: wanted.id }),
      name: wanted.name,
      funder: wanted.funder,
      state: wanted.state,
      labour_pence: wanted.labourPence,
      non_labour_pence: wanted.nonLabourPence,
      match_pence: wanted.matchPence,
      starts: wanted.starts,
      ends: wanted.ends,
      may_carry_over: wanted.mayCarryOver,
      conditions: wanted.conditions,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A line is never changed: a mistake is put right by another. */
export async function addGrantLine(
  work: Work<'strategy'>,
  grantId: string,
  line: {
    readonly kind: LineKind;
    readonly category: Category;
    readonly pence: Pence;
    readonly on: IsoDate;
    readonly words: string | null;
    readonly actionId: string | null;
  },
): Promise<void> {
  await work
    .insertInto('strategy.grant_line')
    .values({
      grant_id: grantId,
      kind: line.kind,
      category: line.category,
      pence: line.pence,
      on_day: line.on,
      words: line.words,
      action_id: line.actionId,
    })
    .execute();
}
