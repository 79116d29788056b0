import { authorityKindNames, authorityKinds, parseAreaCode, type AuthorityKind } from '../duty/index.ts';
import { dateCell, rowRefused, textCell, yesNoCell, type Cells, type Column, type Verdict } from './intake.ts';
import {
  suggestedCapacity,
  whyNoMembership,
  type Membership,
  type MembershipWanted,
  type NewOrganisation,
} from './organisation.ts';

export const organisationColumns: readonly Column[] = [
  { name: 'Organisation', also: ['Name', 'Member', 'Partner', 'Agency'], isNeeded: true, about: 'Its name' },
  { name: 'Other names', also: ['Aliases', 'Also known as'], about: 'What it is also called, with ; between' },
  { name: 'Website', also: ['Web', 'URL'], about: 'Its address on the web' },
  {
    name: 'Member as',
    also: ['Kind', 'Type', 'Capacity'],
    about: 'What it is under the Act, in the words of the list; left empty, it is what the name suggests',
  },
  { name: 'Area', also: ['Area code'], about: 'The code or the name of one of your areas; empty for all of them' },
  { name: 'From', also: ['Since', 'Member since', 'Start'], about: 'A date, such as 1 April 2023 or early 2023' },
  { name: 'Until', also: ['To', 'End', 'Member until'], about: 'A date; empty while it goes on' },
  { name: 'Opted in because', also: ['Reason'], about: 'Why it was opted in' },
  { name: 'Shown to the public', also: ['Public'], about: 'yes or no' },
];

/** The register as the rows so far leave it. */
export interface OrganisationState {
  readonly byName: Map<string, OrganisationKnown>;
  readonly areas: readonly { readonly id: string; readonly code: string; readonly name: string }[];
}

export interface OrganisationKnown {
  readonly id: string;
  name: string;
  website: string | null;
  isPublic: boolean;
  readonly ended: Membership['until'];
  readonly otherNames: Set<string>;
  memberships: readonly Membership[];
}

export type OrganisationAction =
  | { readonly add: 'organisation'; readonly organisation: NewOrganisation & { readonly id: string } }
  | {
      readonly change: 'organisation';
      readonly id: string;
      readonly website: string | null;
      readonly isPublic: boolean;
    }
  | { readonly add: 'name'; readonly organisation: string; readonly name: string }
  | {
      readonly add: 'membership';
      readonly organisation: string;
      readonly id: string;
      readonly wanted: MembershipWanted;
    }
  | { readonly change: 'membership'; readonly id: string; readonly wanted: MembershipWanted };

/** What a row of organisations does. The state is brought up to date with it. */
export function decideOrganisation(
  cells: Cells,
  state: OrganisationState,
  newId: () => string,
): Verdict<OrganisationAction> {
  const read = readRow(cells, state);
  if (typeof read === 'string') return rowRefused(read);
  const actions: OrganisationAction[] = [];
  const found = state.byName.get(read.name.toLowerCase());
  const known = found ?? {
    id: newId(),
    name: read.name,
    website: read.website,
    isPublic: read.isPublic ?? true,
    ended: null,
    otherNames: new Set<string>(),
    memberships: [],
  };
  if (found === undefined) {
    const { id, name, website, isPublic } = known;
    actions.push({ add: 'organisation', organisation: { id, name, website, isPublic } });
  }
  const others = known.memberships;
  const same = others.find(
    ({ capacity, areaId, since }) =>
      capacity === read.wanted.capacity && areaId === read.wanted.areaId && sameDate(since, read.wanted.since),
  );
  // A row without any date or kind says nothing of a membership that is known.
  const saysNothingNew = !read.saysMembership && others.length > 0;
  if (!saysNothingNew && same === undefined) {
    const why = whyNoMembership(read.wanted, others, known);
    if (why !== undefined) return rowRefused(why.sentence);
    const id = newId();
    actions.push({ add: 'membership', organisation: known.id, id, wanted: read.wanted });
    known.memberships = [...others, { id, areaName: null, ...read.wanted }];
  } else if (same !== undefined && !saysNothingNew) {
    const isSame = sameDate(same.until, read.wanted.until) && same.optedInBecause === read.wanted.optedInBecause;
    if (!isSame) {
      const rest = others.filter((other) => other !== same);
      const why = whyNoMembership(read.wanted, rest, known);
      if (why !== undefined) return rowRefused(why.sentence);
      actions.push({ change: 'membership', id: same.id, wanted: read.wanted });
      known.memberships = [...rest, { ...same, ...read.wanted }];
    }
  }
  const website = read.website ?? known.website;
  const isPublic = read.isPublic ?? known.isPublic;
  if (found !== undefined && (website !== known.website || isPublic !== known.isPublic)) {
    actions.push({ change: 'organisation', id: known.id, website, isPublic });
    known.website = website;
    known.isPublic = isPublic;
  }
  for (const name of read.otherNames) {
    const other = state.byName.get(name.toLowerCase());
    if (other === known) continue;
    if (other !== undefined) return rowRefused(`Other names: ${other.name} is called “${name}” already`);
    actions.push({ add: 'name', organisation: known.id, name });
    known.otherNames.add(name);
    state.byName.set(name.toLowerCase(), known);
  }
  state.byName.set(read.name.toLowerCase(), known);
  if (found === undefined) return { does: 'added', actions };
  return actions.length === 0 ? { does: 'unchanged' } : { does: 'changed', actions };
}

interface ReadRow {
  readonly name: string;
  readonly website: string | null;
  readonly isPublic: boolean | null;
  readonly otherNames: readonly string[];
  readonly wanted: MembershipWanted;
  readonly saysMembership: boolean;
}

function readRow(cells: Cells, { areas }: OrganisationState): ReadRow | string {
  const cell = (name: string): string => cells[name] ?? '';
  const name = textCell('Organisation', cell('Organisation'), 200);
  if (!name.done) return name.sentence;
  if (name.value === null) return 'Organisation: enter its name';
  if (/[\r\n]/.test(name.value)) return 'Organisation: the name has a line break. Write it on one line';
  const website = textCell('Website', cell('Website'), 500);
  if (!website.done) return website.sentence;
  if (website.value !== null && !/^https?:\/\/[^\s"<>]+$/i.test(website.value))
    return 'Website: enter an address that begins with https:// or http://';
  const because = textCell('Opted in because', cell('Opted in because'), 1_000);
  if (!because.done) return because.sentence;
  const since = dateCell('From', cell('From'));
  if (!since.done) return since.sentence;
  const until = dateCell('Until', cell('Until'));
  if (!until.done) return until.sentence;
  const isPublic = yesNoCell('Shown to the public', cell('Shown to the public'), true);
  if (!isPublic.done) return isPublic.sentence;
  const capacity =
    capacityCalled(cell('Member as')) ?? (cell('Member as') === '' ? suggestedCapacity(name.value) : undefined);
  if (capacity === undefined)
    return `Member as: “${cell('Member as').slice(0, 60)}” is not in the list. Write for example “Fire and rescue authority” or “Voluntary or community organisation”`;
  const area = areaCalled(cell('Area'), areas);
  if (area === undefined) return `Area: “${cell('Area').slice(0, 60)}” is not one of the areas of the partnership`;
  const otherNames = cell('Other names')
    .split(';')
    .map((other) => other.trim())
    .filter((other) => other !== '');
  if (otherNames.some((other) => other.length > 200)) return 'Other names: enter each in 200 characters or fewer';
  return {
    name: name.value,
    website: website.value,
    isPublic: cell('Shown to the public') === '' ? null : isPublic.value,
    otherNames,
    saysMembership: cell('Member as') !== '' || since.value !== null || until.value !== null,
    wanted: {
      capacity,
      areaId: area,
      since: since.value,
      until: until.value,
      optedInBecause: because.value,
    },
  };
}

const kindByWords: ReadonlyMap<string, AuthorityKind> = new Map(
  authorityKindNames.flatMap((kind) => [
    [kind, kind],
    [authorityKinds[kind].label.toLowerCase(), kind],
  ]),
);
const capacityCalled = (words: string): AuthorityKind | undefined => kindByWords.get(words.toLowerCase());

/** Null for all areas, undefined where there is none with this code or name. */
function areaCalled(words: string, areas: OrganisationState['areas']): string | null | undefined {
  if (words === '') return null;
  const code = parseAreaCode(words);
  return areas.find((area) => (code.done ? area.code === code.value : area.name.toLowerCase() === words.toLowerCase()))
    ?.id;
}

const sameDate = (a: Membership['since'], b: Membership['since']): boolean =>
  a?.earliest === b?.earliest && a?.latest === b?.latest && (a === null) === (b === null);
