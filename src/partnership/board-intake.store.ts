import { sql } from 'kysely';
import type { ReadWork, Work } from '../platform/database/work.ts';
import {
  bodyColumns,
  decideBody,
  decideSeat,
  inReportingOrder,
  seatColumns,
  type BodyByName,
  type SeatOnBody,
} from './body-rows.ts';
import type { BodyKind, Frequency } from './body.ts';
import { addBody, changeBody } from './body.store.ts';
import type { Cells, IntakeRow, Verdict } from './intake.ts';
import { everyOrganisation } from './organisation.store.ts';
import { spanOf } from './register.store.ts';
import type { Seat } from './seat.ts';
import { addSeat, changeSeat, seatsToExport } from './seat.store.ts';
import type { Span } from './span.ts';

type Reads = ReadWork<'partnership'>;
type Writes = Work<'partnership'>;

/** Each row is held against all others for circles, so a file of boards is kept short. */
const mostBoards = 2_000;

type BodyHeld = BodyByName & { readonly id: string };

export interface BoardState {
  /** By name in lower case. */
  readonly bodies: Map<string, BodyHeld>;
  /** The name of today by every name that an organisation has, in lower case; and its id by that name. */
  readonly organisations: ReadonlyMap<string, string>;
  readonly organisationIds: ReadonlyMap<string, string>;
}

export interface BoardAction {
  readonly does: 'added' | 'changed';
  readonly id: string;
  readonly body: BodyByName;
  readonly reportsToId: string | null;
  readonly hostId: string | null;
}

export const boardIntake = {
  columns: bodyColumns,
  mostRows: mostBoards,
  /** Those to which others report first, whatever their order in the file. */
  order(rows: readonly IntakeRow[]): readonly IntakeRow[] {
    const rowOf = new Map(rows.map((row) => [row.cells, row]));
    return inReportingOrder(rows.map(({ cells }) => cells)).flatMap((cells) => rowOf.get(cells) ?? []);
  },
  async load(work: Reads): Promise<BoardState> {
    const organisations = new Map<string, string>();
    const organisationIds = new Map<string, string>();
    for (const { id, name, otherNames } of await everyOrganisation(work)) {
      organisationIds.set(name, id);
      for (const called of [...otherNames, name]) organisations.set(called.toLowerCase(), name);
    }
    return {
      organisations,
      organisationIds,
      bodies: new Map((await everyBody(work)).map((body) => [body.name.toLowerCase(), body])),
    };
  },
  decide(cells: Cells, state: BoardState, newId: () => string): Verdict<BoardAction> {
    const decided = decideBody(cells, state);
    if (decided.does === 'refused' || decided.does === 'unchanged') return decided;
    const body = decided.value;
    const id = decided.does === 'changed' ? decided.id : newId();
    state.bodies.set(body.name.toLowerCase(), { ...body, id });
    const reportsToId = body.reportsTo === null ? null : (state.bodies.get(body.reportsTo.toLowerCase())?.id ?? null);
    const hostId = body.host === null ? null : (state.organisationIds.get(body.host) ?? null);
    return { does: decided.does, actions: [{ does: decided.does, id, body, reportsToId, hostId }] };
  },
  async apply(work: Writes, actions: readonly BoardAction[]): Promise<void> {
    for (const { does, id, body, reportsToId, hostId } of actions) {
      const wanted = { ...body, reportsTo: reportsToId, host: hostId };
      if (does === 'changed') await changeBody(work, id, wanted);
      else await addBody(work, { ...wanted, id });
    }
  },
};

/** Every body with its superior and its host by name, as files tell them. */
async function everyBody(work: Reads): Promise<readonly BodyHeld[]> {
  const rows = await work
    .selectFrom('partnership.body as b')
    .leftJoin('partnership.body as above', 'above.id', 'b.reports_to_id')
    .leftJoin('partnership.organisation as host', 'host.id', 'b.host_id')
    .select([
      'b.id',
      'b.name',
      'b.kind',
      'b.is_own as isOwn',
      'b.purpose',
      'b.frequency',
      'above.name as reportsTo',
      'host.name as host',
      'b.is_public as isPublic',
      'b.since',
      'b.until',
    ])
    .execute();
  return rows.map(({ kind, frequency, ...row }) => ({
    ...row,
    ...spanOf(row),
    kind: kind as BodyKind, // the table's own check allows no other
    frequency: frequency as Frequency,
  }));
}

export interface SeatState {
  readonly bodies: ReadonlyMap<string, Span & { readonly id: string; readonly name: string; readonly seats: Seat[] }>;
  readonly organisations: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  readonly people: ReadonlyMap<string, readonly { readonly id: string; readonly name: string }[]>;
}

export type SeatAction =
  | { readonly does: 'added'; readonly id: string; readonly seat: SeatOnBody }
  | { readonly does: 'changed'; readonly id: string; readonly seat: SeatOnBody };

export const seatIntake = {
  columns: seatColumns,
  async load(work: Reads): Promise<SeatState> {
    const organisations = new Map<string, { readonly id: string; readonly name: string }>();
    for (const { id, name, otherNames } of await everyOrganisation(work))
      for (const called of [...otherNames, name]) organisations.set(called.toLowerCase(), { id, name });
    const seats = Map.groupBy(await seatsToExport(work), ({ body }) => body);
    const bodies = new Map(
      (await everyBody(work)).map(({ id, name, since, until }) => [
        name.toLowerCase(),
        { id, name, since, until, seats: [...(seats.get(name) ?? [])] as Seat[] },
      ]),
    );
    return { organisations, bodies, people: await peopleByNameOrEmail(work) };
  },
  decide(cells: Cells, state: SeatState, newId: () => string): Verdict<SeatAction> {
    const decided = decideSeat(cells, state);
    if (decided.does === 'refused' || decided.does === 'unchanged') return decided;
    const seat = decided.value;
    const id = decided.does === 'changed' ? decided.id : newId();
    const body = [...state.bodies.values()].find((each) => each.id === seat.bodyId);
    if (body !== undefined) {
      const rest = body.seats.filter((each) => each.id !== id);
      const nobody = { organisation: null, person: null, hasLivedExperience: false };
      body.seats.splice(0, body.seats.length, ...rest, { ...nobody, ...seat, id });
    }
    return { does: decided.does, actions: [{ does: decided.does, id, seat }] };
  },
  async apply(work: Writes, actions: readonly SeatAction[]): Promise<void> {
    for (const { does, id, seat } of actions)
      if (does === 'changed') await changeSeat(work, id, seat);
      else await addSeat(work, seat.bodyId, { ...seat, id });
  },
};

/** People by name and by email address, in lower case. Of those whose names are under lock there is the label only. */
async function peopleByNameOrEmail(work: Reads): Promise<SeatState['people']> {
  const rows = await work
    .selectFrom('partnership.person')
    .select(['id', 'name', 'email'])
    .orderBy(sql`lower(name)`)
    .execute();
  const found = new Map<string, { readonly id: string; readonly name: string }[]>();
  for (const { id, name, email } of rows)
    for (const called of [name, ...(email === null ? [] : [email])]) {
      const known = found.get(called.toLowerCase());
      if (known === undefined) found.set(called.toLowerCase(), [{ id, name }]);
      else if (!known.some((each) => each.id === id)) known.push({ id, name });
    }
  return found;
}
