import { sql } from 'kysely';
import { formatDate, isUuid, noLinks, type Knot, type Orphan, type Ref, type ThreadLinks } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { statusLabels, type Status } from './action.ts';
import { stateLabels, type State } from './strategy.ts';

type Reads = ReadWork<'strategy' | 'evidence'>;

/** Most records of one kind on either side: a page is read by people. */
const most = 200;

/** What the strategy knows of the golden thread round a record: strategy → aim and priority → action → measure, and grants. */
export async function links(work: Reads, { kind, id }: Ref): Promise<ThreadLinks> {
  if (!isUuid(id)) return noLinks;
  switch (kind) {
    case 'strategy':
      return ofStrategy(work, id);
    case 'aim':
    case 'priority':
      return ofAim(work, kind, id);
    case 'action':
      return ofAction(work, id);
    case 'measure':
      return ofMeasure(work, id);
    case 'grant':
      return ofGrant(work, id);
    case 'indicator':
      return {
        ...noLinks,
        after: [
          ...(await measures(work).where('m.indicator_id', '=', id).execute()).map(measureKnot),
          ...(await actions(work).where('a.indicator_id', '=', id).execute()).map(actionKnot),
        ],
      };
    default:
      return noLinks;
  }
}

const strategies = (work: Reads) =>
  work.selectFrom('strategy.strategy as s').select(['s.id', 's.title', 's.version', 's.state', 's.line']);
const aims = (work: Reads) =>
  work
    .selectFrom('strategy.aim as m')
    .select(['m.id', 'm.title', 'm.axis', 'm.ended_on'])
    .orderBy('m.axis')
    .orderBy('m.place')
    .limit(most);
const actions = (work: Reads) =>
  work
    .selectFrom('strategy.action as a')
    .select(['a.id', 'a.number', 'a.title', 'a.status'])
    .orderBy('a.number')
    .limit(most);
const measures = (work: Reads) =>
  work
    .selectFrom('strategy.measure as m')
    .select(['m.id', 'm.question', 'm.ended_on'])
    .orderBy('m.added_at')
    .orderBy('m.id')
    .limit(most);

const strategyKnot = (row: {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly state: string;
}): Knot => ({
  ref: { kind: 'strategy', id: row.id },
  title: `${row.title}, version ${row.version}`,
  href: `/strategies/${row.id}`,
  state: stateLabels[row.state as State],
});
const aimKnot = (row: {
  readonly id: string;
  readonly title: string;
  readonly axis: string;
  readonly ended_on: string | null;
}): Knot => ({
  ref: { kind: row.axis, id: row.id },
  title: row.title,
  href: `/aims/${row.id}`,
  state: row.ended_on === null ? null : 'Ended',
});
const actionKnot = (row: {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly status: string;
}): Knot => ({
  ref: { kind: 'action', id: row.id },
  title: `A${row.number} ${row.title}`,
  href: `/actions/${row.id}`,
  state: statusLabels[row.status as Status],
});
const measureKnot = (row: {
  readonly id: string;
  readonly question: string;
  readonly ended_on: string | null;
}): Knot => ({
  ref: { kind: 'measure', id: row.id },
  title: row.question,
  href: `/measures/${row.id}`,
  state: row.ended_on === null ? null : 'Ended',
});
const grantKnot = (row: { readonly id: string; readonly name: string; readonly ends: string | null }): Knot => ({
  ref: { kind: 'grant', id: row.id },
  title: row.name,
  href: `/grants/${row.id}`,
  state: row.ends === null ? null : `Ends ${formatDate(row.ends)}`,
});
const indicatorKnot = (row: { readonly id: string; readonly name: string }): Knot => ({
  ref: { kind: 'indicator', id: row.id },
  title: row.name,
  href: `/indicators/${row.id}`,
  state: null,
});

async function ofStrategy(work: Reads, id: string): Promise<ThreadLinks> {
  const row = await strategies(work).where('s.id', '=', id).executeTakeFirst();
  if (row === undefined) return noLinks;
  const around = await strategies(work).where('s.line', '=', row.line).orderBy('s.version').execute();
  // Aims are the partnership's: what came before it has none of its own here.
  const served =
    row.state === 'superseded'
      ? []
      : await aims(work).where('m.axis', '=', 'aim').where('m.ended_on', 'is', null).execute();
  return {
    knot: strategyKnot(row),
    before: around.filter(({ version }) => version < row.version).map(strategyKnot),
    after: [...around.filter(({ version }) => version > row.version).map(strategyKnot), ...served.map(aimKnot)],
  };
}

async function ofAim(work: Reads, axis: 'aim' | 'priority', id: string): Promise<ThreadLinks> {
  const row = await aims(work).where('m.id', '=', id).where('m.axis', '=', axis).executeTakeFirst();
  if (row === undefined) return noLinks;
  const before =
    axis === 'priority'
      ? []
      : await strategies(work).where('s.state', '<>', 'superseded').orderBy('s.version').execute();
  const served = await actions(work)
    .innerJoin('strategy.action_aim as t', 't.action_id', 'a.id')
    .where('t.aim_id', '=', id)
    .execute();
  const measured = await measures(work).where('m.aim_id', '=', id).execute();
  return {
    knot: aimKnot(row),
    before: before.map(strategyKnot),
    after: [...served.map(actionKnot), ...measured.map(measureKnot)],
  };
}

async function ofAction(work: Reads, id: string): Promise<ThreadLinks> {
  const row = await actions(work).where('a.id', '=', id).select('a.indicator_id').executeTakeFirst();
  if (row === undefined) return noLinks;
  const serves = await aims(work)
    .innerJoin('strategy.action_aim as t', 't.aim_id', 'm.id')
    .where('t.action_id', '=', id)
    .execute();
  const needs = await actions(work)
    .innerJoin('strategy.action_need as n', 'n.needs_id', 'a.id')
    .where('n.action_id', '=', id)
    .execute();
  const waiting = await actions(work)
    .innerJoin('strategy.action_need as n', 'n.action_id', 'a.id')
    .where('n.needs_id', '=', id)
    .execute();
  const money = await work
    .selectFrom('strategy.grant_fund as g')
    .select(['g.id', 'g.name', 'g.ends'])
    .where((is) =>
      is.exists(
        is
          .selectFrom('strategy.grant_line as l')
          .select('l.id')
          .whereRef('l.grant_id', '=', 'g.id')
          .where('l.action_id', '=', id),
      ),
    )
    .execute();
  const shows =
    row.indicator_id === null
      ? []
      : await work
          .selectFrom('evidence.shared_indicator')
          .select(['id', 'name'])
          .where('id', '=', row.indicator_id)
          .$narrowType<{ id: string; name: string }>()
          .execute();
  const measured = await measures(work).where('m.action_id', '=', id).execute();
  return {
    knot: actionKnot(row),
    before: [...serves.map(aimKnot), ...needs.map(actionKnot), ...money.map(grantKnot)],
    after: [...waiting.map(actionKnot), ...measured.map(measureKnot), ...shows.map(indicatorKnot)],
  };
}

async function ofMeasure(work: Reads, id: string): Promise<ThreadLinks> {
  const row = await measures(work)
    .where('m.id', '=', id)
    .select(['m.aim_id', 'm.action_id', 'm.indicator_id'])
    .executeTakeFirst();
  if (row === undefined) return noLinks;
  const { aim_id, action_id, indicator_id } = row;
  const aim = aim_id === null ? [] : await aims(work).where('m.id', '=', aim_id).execute();
  const action = action_id === null ? [] : await actions(work).where('a.id', '=', action_id).execute();
  const indicator =
    indicator_id === null
      ? []
      : await work
          .selectFrom('evidence.shared_indicator')
          .select(['id', 'name'])
          .where('id', '=', indicator_id)
          .$narrowType<{ id: string; name: string }>()
          .execute();
  return {
    knot: measureKnot(row),
    before: [...indicator.map(indicatorKnot), ...aim.map(aimKnot), ...action.map(actionKnot)],
    after: [],
  };
}

async function ofGrant(work: Reads, id: string): Promise<ThreadLinks> {
  const row = await work
    .selectFrom('strategy.grant_fund')
    .select(['id', 'name', 'ends'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return noLinks;
  const paid = await actions(work)
    .where((is) =>
      is.exists(
        is
          .selectFrom('strategy.grant_line as l')
          .select('l.id')
          .whereRef('l.action_id', '=', 'a.id')
          .where('l.grant_id', '=', id),
      ),
    )
    .execute();
  return { knot: grantKnot(row), before: [], after: paid.map(actionKnot) };
}

/** What hangs on nothing: an action that serves no aim, an aim or a priority for which nothing is done, an aim without a measure, a measure without a value. */
export async function orphans(work: Reads): Promise<readonly Orphan[]> {
  const adrift = await actions(work)
    .where('a.closed_on', 'is', null)
    .where(
      sql<boolean>`not exists (select from strategy.action_aim t join strategy.aim m on m.id = t.aim_id
        where t.action_id = a.id and m.axis = 'aim')`,
    )
    .execute();
  const idle = await aims(work)
    .where('m.ended_on', 'is', null)
    .where('m.elsewhere', 'is', null)
    .where(
      sql<boolean>`not exists (select from strategy.action_aim t join strategy.action a on a.id = t.action_id
        where t.aim_id = m.id and a.closed_on is null)`,
    )
    .execute();
  const unmeasured = await aims(work)
    .where('m.axis', '=', 'aim')
    .where('m.ended_on', 'is', null)
    .where(sql<boolean>`not exists (select from strategy.measure x where x.aim_id = m.id and x.ended_on is null)`)
    .execute();
  const empty = await measures(work)
    .where('m.ended_on', 'is', null)
    .where(sql<boolean>`not exists (select from strategy.measure_value v where v.measure_id = m.id)`)
    .execute();
  return [
    ...adrift.map((row) => ({ knot: actionKnot(row), lacks: 'an aim that it serves' })),
    ...idle.map((row) => ({ knot: aimKnot(row), lacks: 'an action' })),
    ...unmeasured.map((row) => ({ knot: aimKnot(row), lacks: 'a measure' })),
    ...empty.map((row) => ({ knot: measureKnot(row), lacks: 'a value' })),
  ];
}
