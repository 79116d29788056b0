import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ReadWork, Work } from '../platform/database/work.ts';
import { areaColumns, decideArea, type AreaAction, type AreaState } from './area-rows.ts';
import { addArea, changeArea, listAreas } from './area.store.ts';
import {
  planOf,
  type Cells,
  type Column,
  type IntakeKind,
  type IntakeRow,
  type Plan,
  type RefusedRow,
  type Verdict,
} from './intake.ts';
import {
  decideOrganisation,
  organisationColumns,
  type OrganisationAction,
  type OrganisationKnown,
  type OrganisationState,
} from './organisation-rows.ts';
import {
  addAllMemberships,
  addAllNames,
  addAllOrganisations,
  changeMembership,
  changeOrganisation,
  everyOrganisation,
} from './organisation.store.ts';
import { decidePerson, personColumns, rememberOf, type PeopleState, type PersonAction } from './person-rows.ts';
import { foldedName } from './person.ts';
import { addAllPeople, changePerson, everyPerson } from './person.store.ts';
import { addAllPosts, changePost } from './post.store.ts';
import {
  boardIntake,
  seatIntake,
  type BoardAction,
  type BoardState,
  type SeatAction,
  type SeatState,
} from './board-intake.store.ts';

type Reads = ReadWork<'partnership'>;
type Writes = Work<'partnership'>;

/** How one kind of file is read in: what its columns are, what each row does, and how that is written. */
export interface Intake<State, Action> {
  readonly columns: readonly Column[];
  /** Fewer than a file may have otherwise. */
  readonly mostRows?: number;
  /** The order in which the rows are decided, where it is not that of the file. */
  readonly order?: (rows: readonly IntakeRow[]) => readonly IntakeRow[];
  /** The register as it is, for the rows to be decided against. */
  readonly load: (work: Reads) => Promise<State>;
  /** Decides a row and brings the state up to date with it. */
  readonly decide: (cells: Cells, state: State, newId: () => string) => Verdict<Action>;
  readonly apply: (work: Writes, actions: readonly Action[]) => Promise<void>;
}

const intakeOf = <State, Action>(intake: Intake<State, Action>): Intake<unknown, unknown> =>
  intake as unknown as Intake<unknown, unknown>;

export const intakes: Readonly<Record<IntakeKind, Intake<unknown, unknown>>> = {
  areas: intakeOf<AreaState, AreaAction>({
    columns: areaColumns,
    load: async (work) => ({ areas: await listAreas(work) }),
    decide: decideArea,
    async apply(work, actions) {
      for (const act of actions) {
        if ('add' in act) await addArea(work, act.area, act.id);
        else await changeArea(work, act.id, act.area);
      }
    },
  }),
  organisations: intakeOf<OrganisationState, OrganisationAction>({
    columns: organisationColumns,
    async load(work) {
      const byName = new Map<string, OrganisationKnown>();
      for (const { otherNames, ...organisation } of await everyOrganisation(work)) {
        const known: OrganisationKnown = { ...organisation, otherNames: new Set(otherNames) };
        for (const name of [...otherNames, organisation.name]) byName.set(name.toLowerCase(), known);
      }
      return { byName, areas: await listAreas(work) };
    },
    decide: decideOrganisation,
    async apply(work, actions) {
      await addAllOrganisations(
        work,
        actions.flatMap((act) => ('add' in act && act.add === 'organisation' ? [act.organisation] : [])),
      );
      await addAllMemberships(
        work,
        actions.flatMap((act) => ('add' in act && act.add === 'membership' ? [act] : [])),
      );
      await addAllNames(
        work,
        actions.flatMap((act) => ('add' in act && act.add === 'name' ? [act] : [])),
      );
      for (const act of actions) {
        if (!('change' in act)) continue;
        if (act.change === 'membership') await changeMembership(work, act.id, act.wanted);
        else await changeOrganisation(work, act.id, { website: act.website, isPublic: act.isPublic });
      }
    },
  }),
  bodies: intakeOf<BoardState, BoardAction>(boardIntake),
  seats: intakeOf<SeatState, SeatAction>(seatIntake),
  people: intakeOf<PeopleState, PersonAction>({
    columns: personColumns,
    load: loadPeople,
    decide: decidePerson,
    async apply(work, actions) {
      await addAllPeople(
        work,
        actions.flatMap((act) => ('add' in act && act.add === 'person' ? [{ ...act.person, id: act.id }] : [])),
      );
      await addAllPosts(
        work,
        actions.flatMap((act) => ('add' in act && act.add === 'post' ? [act] : [])),
      );
      for (const act of actions) {
        if (!('change' in act)) continue;
        if (act.change === 'post') await changePost(work, act.id, act.wanted);
        else await changePerson(work, act.id, act.person);
      }
    },
  }),
};

async function loadPeople(work: Reads): Promise<PeopleState> {
  const organisations = new Map<string, { readonly id: string; readonly name: string }>();
  for (const { id, name, otherNames } of await everyOrganisation(work))
    for (const called of [...otherNames, name]) organisations.set(called.toLowerCase(), { id, name });
  const state = { organisations, labels: new Set<string>(), byEmail: new Map(), byName: new Map() };
  for (const { hasLivedExperience, ...person } of await everyPerson(work)) {
    if (hasLivedExperience) state.labels.add(foldedName(person.name));
    else rememberOf(state, person);
  }
  return state;
}

export interface SentIntake {
  readonly id: string;
  readonly kind: IntakeKind;
  readonly fileName: string;
  readonly rows: readonly IntakeRow[];
  readonly sentAt: string;
  readonly takenAt: string | null;
  readonly added: number | null;
  readonly changed: number | null;
  readonly unchanged: number | null;
  readonly refused: readonly RefusedRow[];
}

/** Keeps the rows of a file until somebody has looked at what they would do. */
export async function keepIntake(
  work: Writes,
  sent: {
    readonly kind: IntakeKind;
    readonly fileName: string;
    readonly rows: readonly IntakeRow[];
    readonly by: string;
    /** The example names its own; all others get one. */
    readonly id?: string;
  },
): Promise<string> {
  const { id } = await work
    .insertInto('partnership.intake')
    .values({
      ...(sent.id !== undefined && { id: sent.id }),
      kind: sent.kind,
      file_name: sent.fileName,
      rows: JSON.stringify(sent.rows),
      sent_by: sent.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** @throws where there is no such file in the bound partnership */
export async function getIntake(work: Reads, id: string): Promise<SentIntake> {
  const row = await work
    .selectFrom('partnership.intake')
    .select(['id', 'kind', 'file_name', 'rows', 'sent_at', 'taken_at', 'added', 'changed', 'unchanged', 'refused'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    kind: row.kind as IntakeKind,
    fileName: row.file_name,
    rows: row.rows as unknown as readonly IntakeRow[],
    sentAt: row.sent_at,
    takenAt: row.taken_at,
    added: row.added,
    changed: row.changed,
    unchanged: row.unchanged,
    refused: (row.refused ?? []) as unknown as readonly RefusedRow[],
  };
}

/** What the rows of a file would do to the register as it is now. */
export async function planIntake(work: Reads, { kind, rows }: SentIntake): Promise<Plan> {
  const intake = intakes[kind];
  const state = await intake.load(work);
  return planOf(intake.order?.(rows) ?? rows, (cells) => intake.decide(cells, state, randomUUID));
}

/**
 * Does what the rows of a file ask for, all in this unit of work. Whoever changed the register since the look at it is
 * heard: the rows are decided anew. Files take turns.
 * @returns what was done, or why nothing was
 */
export async function takeIntake(
  work: Writes,
  reads: Reads,
  id: string,
): Promise<Plan | 'taken before' | 'changed meanwhile'> {
  await sql`select pg_advisory_xact_lock(7275, hashtext(partnership.bound()::text))`.execute(work);
  const sent = await getIntake(reads, id);
  if (sent.takenAt !== null) return 'taken before';
  const plan = await planIntake(reads, sent);
  try {
    await intakes[sent.kind].apply(work, plan.actions);
  } catch (error) {
    // A form that was saved since the rows were decided took a name or ended what a row points at.
    if (/^23(503|505)$/.test(String((error as { code?: unknown }).code))) return 'changed meanwhile';
    throw error;
  }
  await work
    .updateTable('partnership.intake')
    .set({
      rows: '[]',
      taken_at: sql`now()`,
      added: plan.added,
      changed: plan.changed,
      unchanged: plan.unchanged,
      refused: JSON.stringify(plan.refused),
    })
    .where('id', '=', id)
    .execute();
  return plan;
}
