import type { PartialDate } from '../duty/index.ts';
import { bodyKindLabels, bodyKinds, frequencies, frequencyLabels, whyCircular, type BodyWanted } from './body.ts';
import { dateCell, yesNoCell, type Cells, type Column } from './intake.ts';
import { isSameSitter, seatRoleLabels, seatRoles, whyNoSeat, type Seat, type SeatWanted } from './seat.ts';
import { endsBeforeItBegins, type Span } from './span.ts';

/** The columns of a file of bodies, as `bodyCells` writes them and `decideBody` reads them. */
export const bodyColumns: readonly Column[] = [
  { name: 'Name', also: ['Body', 'Board', 'Group', 'Committee'], isNeeded: true, about: 'Its name' },
  { name: 'Kind', also: ['Type'], about: inWords(bodyKindLabels) },
  { name: 'Own', also: ['Ours'], about: 'yes for one of the partnership’s own, no for another board that is linked' },
  { name: 'Meets', also: ['Frequency', 'How often'], about: inWords(frequencyLabels) },
  { name: 'Reports to', also: ['Parent'], about: 'The name of another board or group' },
  { name: 'Run by', also: ['Host'], about: 'The name of an organisation in the register' },
  { name: 'Purpose', also: ['Aim'], about: 'One or two sentences' },
  { name: 'Shown to the public', also: ['Public'], about: 'yes or no' },
  { name: 'From', also: ['Since', 'Start'], about: 'A date, such as 1 April 2023 or early 2023' },
  { name: 'Until', also: ['To', 'End'], about: 'A date; empty while it runs' },
];

/** The columns of a file of seats. */
export const seatColumns: readonly Column[] = [
  { name: 'Body', also: ['Board', 'Group', 'Committee', 'Board or group'], isNeeded: true, about: 'Its name' },
  { name: 'Organisation', also: ['Member', 'Partner', 'Agency'], about: 'The name of an organisation in the register' },
  { name: 'Person', also: ['Name', 'Email'], about: 'The name or the email address of a person in the register' },
  { name: 'Seat', also: ['Role'], about: `${inWords(seatRoleLabels)}; left empty, a member` },
  { name: 'From', also: ['Since', 'Start'], about: 'A date, such as 1 April 2023 or early 2023' },
  { name: 'Until', also: ['To', 'End'], about: 'A date; empty while it goes on' },
];

function inWords(labels: Readonly<Record<string, string>>): string {
  return Object.values(labels).join(', ');
}

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
  | { readonly does: 'added'; readonly value: T }
  | { readonly does: 'changed'; readonly id: string; readonly value: T; readonly fields: readonly string[] }
  | { readonly does: 'unchanged'; readonly id: string }
  | { readonly does: 'refused'; readonly reason: string };

/** What is in the register, or will be once the rows before are taken over. Names are keys in lower case. */
export interface BodyRegister {
  readonly bodies: ReadonlyMap<string, BodyByName & { readonly id: string }>;
  /** The name of today by every name that an organisation has. */
  readonly organisations: ReadonlyMap<string, string>;
}

/** Thrown within this file only: the first thing wrong with a row is its reason. */
class Refusal extends Error {}
const refuse = (reason: string): never => {
  throw new Refusal(reason);
};
function decided<T>(decide: () => Decided<T>): Decided<T> {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refusal) return { does: 'refused', reason: error.message };
    throw error;
  }
}

const key = (name: string): string => name.trim().toLowerCase();

/**
 * Decides a row of a file of bodies. A cell that is empty, or whose column is not in the file, leaves what is there;
 * for a new body it means none, the partnership's own, and shown to the public.
 */
export function decideBody(row: Cells, existing: BodyRegister): Decided<BodyByName> {
  return decided(() => {
    const name = cell(row, 'Name') ?? refuse('The row has no name. Enter the name of the body');
    if (name.length > 200) refuse('The name is longer than 200 characters. Shorten it');
    const known = existing.bodies.get(key(name));
    const superior = cell(row, 'Reports to');
    const host = cell(row, 'Run by');
    const purpose = cell(row, 'Purpose');
    if ((purpose ?? '').length > 2_000) refuse('The purpose is longer than 2,000 characters. Shorten it');
    const value: BodyByName = {
      name: known?.name ?? name,
      kind:
        oneOf(row, 'Kind', bodyKinds, bodyKindLabels) ??
        known?.kind ??
        refuse(`Enter the kind: ${Object.values(bodyKindLabels).join(', ')}`),
      isOwn: yesOrNo(row, 'Own') ?? known?.isOwn ?? true,
      frequency:
        oneOf(row, 'Meets', frequencies, frequencyLabels) ??
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
      isPublic: yesOrNo(row, 'Shown to the public') ?? known?.isPublic ?? true,
      since: dateIn(row, 'From') ?? known?.since ?? null,
      until: dateIn(row, 'Until') ?? known?.until ?? null,
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
    if (known === undefined) return { does: 'added', value };
    const before = bodyCells(known);
    const fields = bodyCells(value).flatMap((text, at) => (text === before[at] ? [] : [bodyColumns[at]?.name ?? '']));
    if (fields.length === 0) return { does: 'unchanged', id: known.id };
    return { does: 'changed', id: known.id, value, fields };
  });
}

/**
 * Rows of a file of bodies so that those to which others report stand first, whatever their order in the file. Rows in a
 * circle keep their order and come last: `decideBody` then refuses the one that closes it.
 */
export function inReportingOrder<R extends Cells>(rows: readonly R[]): readonly R[] {
  const byName = Map.groupBy(rows, (row) => key(row['Name'] ?? ''));
  const placed = new Set<R>();
  const ordered: R[] = [];
  for (const start of rows) {
    const way: R[] = [];
    let next: R | undefined = start;
    while (next !== undefined && !placed.has(next) && !way.includes(next)) {
      way.unshift(next);
      const superior = key(next['Reports to'] ?? '');
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
export function decideSeat(row: Cells, existing: SeatRegister): Decided<SeatOnBody> {
  return decided(() => {
    const bodyName = cell(row, 'Body') ?? refuse('The row names no body. Enter the board or group');
    const body =
      existing.bodies.get(key(bodyName)) ?? refuse(`No body is called ${bodyName}. Add it first, or correct the name`);
    const organisationName = cell(row, 'Organisation');
    const personName = cell(row, 'Person');
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
      role: oneOf(row, 'Seat', seatRoles, seatRoleLabels) ?? 'member',
      since: dateIn(row, 'From') ?? null,
      until: dateIn(row, 'Until') ?? null,
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
    if (known === undefined) return { does: 'added', value: wanted };
    const fields = [
      ...(sameDay(known.since, wanted.since) ? [] : ['From']),
      ...(sameDay(known.until, wanted.until) ? [] : ['Until']),
    ];
    if (fields.length === 0) return { does: 'unchanged', id: known.id };
    return { does: 'changed', id: known.id, value: wanted, fields };
  });
}

function personIn({ people }: SeatRegister, name: string): string {
  const found = people.get(key(name)) ?? [];
  if (found.length > 1) refuse(`Several people are called ${name}. Enter the email address instead`);
  return found[0]?.id ?? refuse(`Nobody is called ${name}, and nobody has that email address. Add the person first`);
}

const sameDay = (a: PartialDate | null, b: PartialDate | null): boolean =>
  a === null || b === null ? a === b : a.earliest === b.earliest && a.latest === b.latest;

function cell(row: Cells, column: string): string | undefined {
  const text = row[column]?.trim();
  return text === '' ? undefined : text;
}

function oneOf<Value extends string>(
  row: Cells,
  column: string,
  values: readonly Value[],
  labels: Readonly<Record<Value, string>>,
): Value | undefined {
  const text = cell(row, column);
  if (text === undefined) return undefined;
  const given = key(text);
  return (
    values.find((value) => value === given || value === given.replaceAll(' ', '-') || key(labels[value]) === given) ??
    refuse(`${column}: “${text.slice(0, 40)}” is not known. Enter one of: ${inWords(labels)}`)
  );
}

function yesOrNo(row: Cells, column: string): boolean | undefined {
  if (cell(row, column) === undefined) return undefined;
  const read = yesNoCell(column, cell(row, column) ?? '', true);
  return read.done ? read.value : refuse(read.sentence);
}

function dateIn(row: Cells, column: string): PartialDate | undefined {
  const read = dateCell(column, cell(row, column) ?? '');
  return read.done ? (read.value ?? undefined) : refuse(read.sentence);
}
