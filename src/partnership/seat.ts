import { z } from 'zod';
import { addDays, exactDate, type IsoDate, type PartialDate } from '../duty/index.ts';
import type { Mistake } from './body.ts';
import { chosenField, dateField, untilField } from './form.ts';
import { nameOn, type OtherName } from './organisation.ts';
import { describeSpan, endsBeforeItBegins, isAhead, isOver, overlap, runsOn, type Span } from './span.ts';

export const seatRoles = ['chair', 'deputy-chair', 'member', 'in-attendance', 'secretary'] as const;
export type SeatRole = (typeof seatRoles)[number];
export const seatRoleLabels: Readonly<Record<SeatRole, string>> = {
  chair: 'Chair',
  'deputy-chair': 'Deputy chair',
  member: 'Member',
  'in-attendance': 'In attendance',
  secretary: 'Secretary',
};

/** Who has a seat: an organisation, a person, or a person for an organisation. */
export interface Sitter {
  readonly organisationId: string | null;
  readonly personId: string | null;
}

export interface Seat extends Sitter, Span {
  readonly id: string;
  readonly role: SeatRole;
  /** Names of today. Of somebody with lived experience it is the label. */
  readonly organisation: string | null;
  readonly person: string | null;
  readonly hasLivedExperience: boolean;
}

export type SeatWanted = Sitter & Span & { readonly role: SeatRole };

const sitterFields = { organisation: chosenField(), person: chosenField() };
const noSitter = 'Choose an organisation, a person, or both';
const hasSitter = (form: { readonly organisation: string | null; readonly person: string | null }) =>
  form.organisation !== null || form.person !== null;

export const seatForm = z
  .object({
    ...sitterFields,
    role: z.enum(seatRoles, 'Choose what the seat is'),
    since: dateField(),
    until: untilField(),
  })
  .refine(hasSitter, { message: noSitter, path: ['organisation'] });

export const chairForm = z
  .object({ ...sitterFields, since: dateField() })
  .refine(hasSitter, { message: noSitter, path: ['organisation'] });

export const changeSeatForm = z.object({
  role: z.enum(seatRoles, 'Choose what the seat is'),
  since: dateField(),
  until: untilField(),
  version: z.string().max(60).default(''),
});

export const whoSitsForm = z.object({
  organisations: z
    .union([z.uuid(), z.array(z.uuid()).max(1_000)], 'Choose at least one organisation')
    .transform((ids) => (typeof ids === 'string' ? [ids] : ids)),
  since: dateField(),
});

/**
 * The same sitter: the same person, whichever organisation they speak for; or the same organisation without a person. An
 * organisation may have a seat and several of its people seats beside it: a council's director chairs, its officer attends.
 */
export const isSameSitter = (a: Sitter, b: Sitter): boolean =>
  a.personId !== null || b.personId !== null ? a.personId === b.personId : a.organisationId === b.organisationId;

/** "Dr Amal Quayle for Haverness Hospitals", "Haverness Council", "Member with lived experience 1". */
export function sitterText({
  person,
  organisation,
  hasLivedExperience,
}: Pick<Seat, 'person' | 'organisation' | 'hasLivedExperience'>): string {
  if (person === null) return organisation ?? '';
  return organisation === null || hasLivedExperience ? person : `${person} for ${organisation}`;
}

/** What stands against a seat among the others of the same body, or undefined. */
export function whyNoSeat(
  wanted: SeatWanted,
  others: readonly Seat[],
  body: Span & { readonly name: string },
): Mistake | undefined {
  if (endsBeforeItBegins(wanted))
    return { field: 'until', sentence: 'The end is before the beginning. Enter the end of the seat after its start' };
  if (body.until?.latest != null && overlap({ since: exactDate(addDays(body.until.latest, 1)), until: null }, wanted))
    return {
      field: 'until',
      sentence: `${body.name} itself ran ${describeSpan({ since: null, until: body.until })}. Enter when the seat ended`,
    };
  const same = others.find((other) => isSameSitter(other, wanted) && overlap(other, wanted));
  if (same !== undefined)
    return {
      field: same.personId === null ? 'organisation' : 'person',
      sentence: `${same.person ?? same.organisation ?? ''} has a seat as ${lower(same.role)} already${when(same)}. Change that seat, or enter other dates`,
    };
  if (wanted.role !== 'chair') return undefined;
  const chair = others.find((other) => other.role === 'chair' && overlap(other, wanted));
  if (chair === undefined) return undefined;
  return {
    field: 'role',
    sentence: `${sitterText(chair)} is the chair already${when(chair)}. Change the chair in one step, or make this seat the deputy chair’s`,
  };
}

const lower = (role: SeatRole): string => seatRoleLabels[role].toLowerCase();
const when = (span: Span): string => {
  const said = describeSpan(span);
  return said === '' ? '' : `, ${said}`;
};

/** A seat that ends so that another can begin. */
export interface SeatEnd {
  readonly id: string;
  readonly until: PartialDate;
}

/**
 * Who has to leave a seat, and when, so that somebody can chair from a day on: the chair until then, and whoever becomes
 * the chair from their old seat, both the day before.
 */
export function newChair(
  wanted: Sitter & { readonly since: PartialDate | null },
  seats: readonly Seat[],
): { readonly ends: readonly SeatEnd[] } | Mistake {
  const from = wanted.since?.earliest;
  if (from == null) return { field: 'since', sentence: 'Enter the day from which they chair it, such as 1 April 2026' };
  const dayBefore = addDays(from, -1);
  const ends: SeatEnd[] = [];
  for (const seat of seats) {
    const isSame = isSameSitter(seat, wanted);
    if ((!isSame && seat.role !== 'chair') || (seat.until?.latest ?? from) < from) continue;
    if (isSame && seat.role === 'chair' && seat.until === null)
      return { field: 'organisation', sentence: `${sitterText(seat)} is the chair already${when(seat)}` };
    if ((seat.since?.earliest ?? '') >= from)
      return {
        field: 'since',
        sentence: `${sitterText(seat)} is ${lower(seat.role)}${when(seat)}. Enter a later day, or change that seat first`,
      };
    ends.push({ id: seat.id, until: exactDate(dayBefore) });
  }
  return { ends };
}

/** The seats that are taken on a day. */
export const seatsOn = <S extends Span>(seats: readonly S[], day: IsoDate): readonly S[] =>
  seats.filter((seat) => runsOn(seat, day));

/**
 * Who chairs on a day. Where the words leave it open ("until December", "from December"), whoever began last.
 */
export const chairOn = <S extends Span & { readonly role: SeatRole; readonly id: string }>(
  seats: readonly S[],
  day: IsoDate,
): S | undefined =>
  seatsOn(seats, day)
    .filter(({ role }) => role === 'chair')
    .sort((a, b) => (startOf(b) + b.id > startOf(a) + a.id ? 1 : -1))[0];
const startOf = ({ since }: Span): string => since?.earliest ?? '0000-00-00';

/** A post that somebody holds or held, with the organisation's name of today. */
export interface PostHeld extends Span {
  readonly title: string;
  readonly organisationId: string;
}

/** The post in which somebody sits on a day: one for the organisation of the seat first. */
export function postOn<P extends PostHeld>(posts: readonly P[], seat: Sitter, day: IsoDate): P | undefined {
  const held = posts.filter((post) => runsOn(post, day));
  return (
    held.find(({ organisationId }) => organisationId === seat.organisationId) ??
    (seat.organisationId === null ? held[0] : undefined)
  );
}

/** A seat as a page shows it: under the names, and with the post, of the day on which it is looked at. */
export interface SeatShown extends Seat {
  /** The title of the post in which the person sits; never shown of lived experience. */
  readonly title: string | null;
}

/** The seats of a body as they were on a day: who sits, who has left, who comes. */
export interface SeatsShown {
  readonly chair: SeatShown | undefined;
  readonly sitting: readonly SeatShown[];
  readonly former: readonly SeatShown[];
  readonly ahead: readonly SeatShown[];
}

/**
 * Seats on a day, each under the names of that day, and former ones under those of their last.
 * @param posts of the people by id, the newest first; @param otherNames of the organisations by id
 */
export function showSeats(
  seats: readonly Seat[],
  posts: ReadonlyMap<string, readonly (PostHeld & { readonly organisation: string })[]>,
  otherNames: ReadonlyMap<string, readonly OtherName[]>,
  day: IsoDate,
): SeatsShown {
  const shown = seats.map((seat): SeatShown => {
    const then = seat.until?.latest != null && seat.until.latest < day ? seat.until.latest : day;
    const post = seat.hasLivedExperience ? undefined : postOn(posts.get(seat.personId ?? '') ?? [], seat, then);
    const id = seat.organisationId ?? post?.organisationId ?? null;
    const name = seat.organisation ?? post?.organisation ?? null;
    return {
      ...seat,
      organisationId: id,
      organisation: id === null || name === null ? null : nameOn({ name, otherNames: otherNames.get(id) ?? [] }, then),
      title: post?.title ?? null,
    };
  });
  const sitting = seatsOn(shown, day);
  return {
    chair: chairOn(shown, day),
    sitting: [...sitting].sort(inOrderOfSeats),
    former: shown.filter((seat) => isOver(seat, day)),
    ahead: shown.filter((seat) => isAhead(seat, day)),
  };
}

const inOrderOfSeats = (a: SeatShown, b: SeatShown): number =>
  seatRoles.indexOf(a.role) - seatRoles.indexOf(b.role) || sitterText(a).localeCompare(sitterText(b), 'en-GB');

/** "Director of Community Safety, Haverness Council (Ruth Penhale)"; a label alone for lived experience. */
export function chairText(chair: Pick<SeatShown, 'title' | 'organisation' | 'person' | 'hasLivedExperience'>): string {
  if (chair.hasLivedExperience) return chair.person ?? '';
  const place = [chair.title, chair.organisation].filter((part) => part !== null).join(', ');
  if (chair.person === null) return place;
  return place === '' ? chair.person : `${place} (${chair.person})`;
}
