import { parsePartialDate, type PartialDate } from '../duty/index.ts';
import { bodyKindLabels, bodyKinds, frequencies, frequencyLabels, whyCircular, type BodyWanted } from './body.ts';
import { isSameSitter, seatRoleLabels, seatRoles, whyNoSeat, type Seat, type SeatWanted } from './seat.ts';
import { endsBeforeItBegins, type Span } from './span.ts';

/** The columns of a file of bodies, as `bodyCells` writes them and `decideBody` reads them. */
export const bodyColumns = [
  'name',
  'kind',
  'own',
  'meets',
  'reports to',
  'run by',
  'purpose',
  'shown to the public',
  'from',
  'until',
] as const;
export type BodyColumn = (typeof bodyColumns)[number];

/** The columns of a file of seats. */
export const seatColumns = ['body', 'organisation', 'person', 'seat', 'from', 'until'] as const;
export type SeatColumn = (typeof seatColumns)[number];

const heading = (column: string): string => column.charAt(0).toUpperCase() + column.slice(1);
export const bodyHeadings: readonly string[] = bodyColumns.map(heading);
export const seatHeadings: readonly string[] = seatColumns.map(heading);

/** A body whose superior and host are told by name, as files tell them. */
export type BodyByName = BodyWanted;

export const bodyCells = (body: BodyByName): readonly string[] => [
  body.name,
  bodyKindLabels[body.kind],
  body.isOwn ? 'yes' : 'no',
  frequencyLabels[body.frequency],
  body.reportsTo ?? '',
  body.host ?? '',
  body.purpose ?? '',
  body.isPublic ? 'yes' : 'no',
  body.since?.text ?? '',
  body.until?.text ?? '',
];

export const seatCells = (seat: Seat & { readonly body: string }): readonly string[] => [
  seat.body,
  seat.hasLivedExperience ? '' : (seat.organisation ?? ''),
  seat.person ?? '',
  seatRoleLabels[seat.role],
  seat.since?.text ?? '',
  seat.until?.text ?? '',
];

/** What a row of a file comes to. The reason is a sentence that says what to do. */
export type Decided<T> =
  | { readonly outcome: 'added'; readonly value: T }
  | { readonly outcome: 'changed'; readonly id: string; readonly value: T; readonly fields: readonly string[] }
  | { readonly outcome: 'unchanged'; readonly id: string }
  | { readonly outcome: 'refused'; readonly reason: string };

/** What is in the register, or will be once the rows before are taken over. Names are keys in lower case. */
export interface BodyRegister {
  readonly bodies: ReadonlyMap<string, BodyByName & { readonly id: string }>;
  /** The name of today by every name that an organisation has. */
  readonly organisations: ReadonlyMap<string, string>;
}

type Row<Column extends string> = Readonly<Partial<Record<Column, string | undefined>>>;

/** Thrown within this file only: the first thing wrong with a row is its reason. */
class Refusal extends Error {}
const refuse = (reason: string): never => {
  throw new Refusal(reason);
};
function decided<T>(decide: () => Decided<T>): Decided<T> {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'refused', reason: error.message };
    throw error;
  }
}

const key = (name: string): string => name.trim().toLowerCase();

/**
 * Decides a row of a file of bodies. A cell that is empty, or whose column is not in the file, leaves what is there;
 * for a new body it means none, the partnership's own, and shown to the public.
 */
export function decideBody(row: Row<BodyColumn>, existing: BodyRegister): Decided<BodyByName> {
  return decided(() => {
    const name = cell(row, 'name') ?? refuse('The row has no name. Enter the name of the body');
    if (name.length > 200) refuse('The name is longer than 200 characters. Shorten it');
    const known = existing.bodies.get(key(name));
    const superior = cell(row, 'reports to');
    const host = cell(row, 'run by');
    const purpose = cell(row, 'purpose');
    if ((purpose ?? '').length > 2_000) refuse('The purpose is longer than 2,000 characters. Shorten it');
    const value: BodyByName = {
      name: known?.name ?? name,
      kind:
        oneOf(row, 'kind', bodyKinds, bodyKindLabels) ??
        known?.kind ??
        refuse(`Enter the kind: ${Object.values(bodyKindLabels).join(', ')}`),
      isOwn: yesOrNo(row, 'own') ?? known?.isOwn ?? true,
      frequency:
        oneOf(row, 'meets', frequencies, frequencyLabels) ??
        known?.frequency ??
        refuse(`Enter how often it meets: ${Object.values(frequencyLabels).join(', ')}`),
      reportsTo:
        superior === undefined
          ? (known?.reportsTo ?? null)
          : (existing.bodies.get(key(superior))?.name ??
            refuse(`No body is called ${superior}. Put its row first, or correct the name under “Reports to”`)),
      host:
        host === undefined
          ? (known?.host ?? null)
          : (existing.organisations.get(key(host)) ??
            refuse(`No organisation is called ${host}. Add it first, or correct the name under “Run by”`)),
      purpose: purpose ?? known?.purpose ?? null,
      isPublic: yesOrNo(row, 'shown to the public') ?? known?.isPublic ?? true,
      since: dateIn(row, 'from') ?? known?.since ?? null,
      until: dateIn(row, 'until') ?? known?.until ?? null,
    };
    if (endsBeforeItBegins(value)) refuse('The end is before the beginning. Correct “From” or “Until”');
    const reporting = [...existing.bodies.values()].map((body) => ({
      id: key(body.name),
      name: body.name,
      reportsTo: body.reportsTo === null ? null : key(body.reportsTo),
    }));
    const above = value.reportsTo === null ? null : key(value.reportsTo);
    const circle = above === null ? undefined : whyCircular(reporting, { id: key(name), name: value.name }, above);
    if (circle !== undefined) refuse(circle);
    if (known === undefined) return { outcome: 'added', value };
    const before = bodyCells(known);
    const fields = bodyCells(value).flatMap((text, at) => (text === before[at] ? [] : [bodyColumns[at] ?? '']));
    if (fields.length === 0) return { outcome: 'unchanged', id: known.id };
    return { outcome: 'changed', id: known.id, value, fields };
  });
}

/**
 * Rows of a file of bodies so that those to which others report stand first, whatever their order in the file. Rows in a
 * circle keep their order and come last: `decideBody` then refuses the one that closes it.
 */
export function inReportingOrder<R extends Row<BodyColumn>>(rows: readonly R[]): readonly R[] {
  const byName = Map.groupBy(rows, (row) => key(row.name ?? ''));
  const placed = new Set<R>();
  const ordered: R[] = [];
  for (const start of rows) {
    const way: R[] = [];
    let next: R | undefined = start;
    while (next !== undefined && !placed.has(next) && !way.includes(next)) {
      way.unshift(next);
      const superior = key(next['reports to'] ?? '');
      next = superior === '' ? undefined : byName.get(superior)?.[0];
    }
    for (const row of way) {
      placed.add(row);
      ordered.push(row);
    }
  }
  return ordered;
}

export interface SeatRegister {
  readonly bodies: ReadonlyMap<
    string,
    Span & { readonly id: string; readonly name: string; readonly seats: readonly Seat[] }
  >;
  readonly organisations: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  /** By name and by email address, in lower case: several where people share a name. */
  readonly people: ReadonlyMap<string, readonly { readonly id: string; readonly name: string }[]>;
}

/** A seat and the body that it is on. */
export type SeatOnBody = SeatWanted & { readonly bodyId: string };

/**
 * Decides a row of a file of seats. A seat that the same sitter has in the same role, begun on the same day or with the
 * beginning left empty, is that seat: its end may change. All else is a new seat, held against those that are there.
 */
export function decideSeat(row: Row<SeatColumn>, existing: SeatRegister): Decided<SeatOnBody> {
  return decided(() => {
    const bodyName = cell(row, 'body') ?? refuse('The row names no body. Enter the board or group');
    const body =
      existing.bodies.get(key(bodyName)) ?? refuse(`No body is called ${bodyName}. Add it first, or correct the name`);
    const organisationName = cell(row, 'organisation');
    const personName = cell(row, 'person');
    if (organisationName === undefined && personName === undefined)
      refuse('The row says nobody who sits. Enter an organisation, a person, or both');
    const organisation =
      organisationName === undefined
        ? null
        : (existing.organisations.get(key(organisationName)) ??
          refuse(`No organisation is called ${organisationName}. Add it first, or correct the name`));
    const value: SeatOnBody = {
      bodyId: body.id,
      organisationId: organisation?.id ?? null,
      personId: personName === undefined ? null : personIn(existing, personName),
      role: oneOf(row, 'seat', seatRoles, seatRoleLabels) ?? 'member',
      since: dateIn(row, 'from') ?? null,
      until: dateIn(row, 'until') ?? null,
    };
    const known = body.seats.find(
      (seat) =>
        isSameSitter(seat, value) &&
        seat.role === value.role &&
        (value.since === null
          ? seat.until === null || sameDay(seat.until, value.until)
          : sameDay(seat.since, value.since)),
    );
    const wanted = { ...value, since: value.since ?? known?.since ?? null, until: value.until ?? known?.until ?? null };
    const why = whyNoSeat(
      wanted,
      body.seats.filter((seat) => seat !== known),
      body,
    );
    if (why !== undefined) refuse(why.sentence);
    if (known === undefined) return { outcome: 'added', value: wanted };
    const fields = [
      ...(sameDay(known.since, wanted.since) ? [] : ['from']),
      ...(sameDay(known.until, wanted.until) ? [] : ['until']),
    ];
    if (fields.length === 0) return { outcome: 'unchanged', id: known.id };
    return { outcome: 'changed', id: known.id, value: wanted, fields };
  });
}

function personIn({ people }: SeatRegister, name: string): string {
  const found = people.get(key(name)) ?? [];
  if (found.length > 1) refuse(`Several people are called ${name}. Enter the email address instead`);
  return found[0]?.id ?? refuse(`Nobody is called ${name}, and nobody has that email address. Add the person first`);
}

const sameDay = (a: PartialDate | null, b: PartialDate | null): boolean =>
  a === null || b === null ? a === b : a.earliest === b.earliest && a.latest === b.latest;

function cell<Column extends string>(row: Row<Column>, column: Column): string | undefined {
  const text = row[column]?.trim();
  return text === '' ? undefined : text;
}

function oneOf<Column extends string, Value extends string>(
  row: Row<Column>,
  column: Column,
  values: readonly Value[],
  labels: Readonly<Record<Value, string>>,
): Value | undefined {
  const text = cell(row, column);
  if (text === undefined) return undefined;
  const given = key(text);
  return (
    values.find((value) => value === given || value === given.replaceAll(' ', '-') || key(labels[value]) === given) ??
    refuse(
      `“${text}” is not known under “${heading(column)}”. Enter one of: ${Object.values<string>(labels).join(', ')}`,
    )
  );
}

function yesOrNo<Column extends string>(row: Row<Column>, column: Column): boolean | undefined {
  const text = cell(row, column);
  if (text === undefined) return undefined;
  if (['yes', 'y', 'true'].includes(key(text))) return true;
  if (['no', 'n', 'false'].includes(key(text))) return false;
  return refuse(`“${text}” is neither yes nor no under “${heading(column)}”. Enter yes or no`);
}

function dateIn<Column extends string>(row: Row<Column>, column: Column): PartialDate | undefined {
  const text = cell(row, column);
  if (text === undefined) return undefined;
  const read = parsePartialDate(text);
  return read.done ? read.value : refuse(`“${text}” under “${heading(column)}”: ${read.sentence}`);
}
