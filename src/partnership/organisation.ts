import { z } from 'zod';
import {
  authorityKinds,
  authorityKindNames,
  authorityGroups,
  standingLabels,
  standingOf,
  type AuthorityKind,
  type AuthorityStanding,
  type IsoDate,
  type PartialDate,
} from '../duty/index.ts';
import { addressField, chosenField, dateField, nameField, textField, tickField, untilField } from './form.ts';
import { describeSpan, endsBeforeItBegins, outlasts, overlap, runsOn, type Span } from './span.ts';

/** As what, where and when an organisation belongs to the partnership. */
export interface Membership extends Span {
  readonly id: string;
  readonly capacity: AuthorityKind;
  /** Null: in all areas of the partnership. */
  readonly areaId: string | null;
  readonly areaName: string | null;
  readonly optedInBecause: string | null;
}

export type MembershipWanted = Pick<Membership, 'capacity' | 'areaId' | 'since' | 'until' | 'optedInBecause'>;

export interface NewOrganisation {
  /** The example names its own; all others get one. */
  readonly id?: string;
  readonly name: string;
  readonly website: string | null;
  readonly isPublic: boolean;
}

/** An earlier name, with the last day on which it was the name; or what people also say. */
export interface OtherName {
  readonly id: string;
  readonly name: string;
  readonly use: 'former' | 'also';
  readonly until: PartialDate | null;
}

export const organisationForm = z.object({
  name: nameField('the name of the organisation'),
  website: addressField(),
  hidden: tickField(),
});

export const membershipForm = z.object({
  capacity: z.enum(authorityKindNames, 'Choose what the organisation is'),
  area: chosenField(),
  since: dateField(),
  until: untilField(),
  because: textField(1_000),
});

/** A new organisation, with its first membership. */
export const newOrganisationForm = organisationForm.extend(membershipForm.omit({ until: true }).shape);

export const renameForm = organisationForm.extend({
  /** Whether the old name was a mistake, or was the name until a day. */
  why: z.enum(['corrected', 'renamed']).default('corrected'),
  until: dateField(),
  version: z.string().max(60).default(''),
});

export const otherNameForm = z.object({
  name: nameField('the other name'),
  use: z.enum(['former', 'also'], 'Choose whether it is an earlier name'),
  until: dateField(),
});

/** What a membership adds to what is there, or the sentence that says why not. */
export function whyNoMembership(
  wanted: MembershipWanted,
  others: readonly Membership[],
  organisation: { readonly name: string; readonly ended: PartialDate | null },
): { readonly field: string; readonly sentence: string } | undefined {
  if (endsBeforeItBegins(wanted))
    return {
      field: 'until',
      sentence: 'The end is before the beginning. Enter the end of the membership after its start',
    };
  if (organisation.ended !== null && outlasts(wanted, organisation.ended))
    return {
      field: 'until',
      sentence: `${organisation.name} itself ended ${describeSpan({ since: null, until: organisation.ended }).replace('until', 'on')}. Enter when the membership ended`,
    };
  if (wanted.optedInBecause !== null && standingOf(wanted.capacity) === 'specified')
    return {
      field: 'because',
      sentence: 'A specified authority is a member by law and need not be opted in. Leave the reason empty',
    };
  const same = others.find(
    (other) =>
      other.capacity === wanted.capacity &&
      (other.areaId === wanted.areaId || other.areaId === null || wanted.areaId === null) &&
      overlap(other, wanted),
  );
  if (same === undefined) return undefined;
  const when = describeSpan(same);
  return {
    field: 'since',
    sentence: `${organisation.name} is a member as “${authorityKinds[same.capacity].label}” already${when === '' ? '' : `, ${when}`}. Change that membership, or enter other dates`,
  };
}

/** What the organisation was called on a day: a paper of that time keeps its word. */
export function nameOn(
  { name, otherNames }: { readonly name: string; readonly otherNames: readonly OtherName[] },
  day: IsoDate,
): string {
  const former = otherNames
    .filter(({ use, until }) => use === 'former' && until?.latest != null && until.latest >= day)
    .sort((a, b) => ((a.until?.latest ?? '') < (b.until?.latest ?? '') ? -1 : 1));
  return former[0]?.name ?? name;
}

/** Where an organisation stands today: a member, not yet, no longer, or never one. */
export function stateOf(
  { memberships, ended }: { readonly memberships: readonly Span[]; readonly ended: PartialDate | null },
  day: IsoDate,
): 'member' | 'former' | 'ahead' | 'other' | 'ended' {
  if (ended?.latest != null && ended.latest < day) return 'ended';
  if (memberships.some((membership) => runsOn(membership, day))) return 'member';
  if (memberships.length === 0) return 'other';
  return memberships.some(({ since }) => (since?.earliest ?? '0000') > day) ? 'ahead' : 'former';
}

/** Kinds to choose from, by group, in the order of the Act. */
export const capacityChoices: readonly { readonly value: AuthorityKind; readonly text: string }[] =
  authorityKindNames.map((kind) => ({
    value: kind,
    text: `${authorityKinds[kind].label} (${standingLabels[standingOf(kind)].label.toLowerCase()})`,
  }));

export const labelOf = (kind: AuthorityKind): string => authorityKinds[kind].label;
export const standingLabelOf = (kind: AuthorityKind): string => standingLabels[standingOf(kind)].label;

/** Kinds of one standing, for a list that shows only those. */
export const kindsOfStanding = (standing: AuthorityStanding): readonly AuthorityKind[] =>
  authorityKindNames.filter((kind) => authorityGroups[authorityKinds[kind].group].standing === standing);

/**
 * What an organisation probably is, by the words of its name: a suggestion that somebody looks at before it is saved.
 * The first rule that fits wins, so the narrower ones stand first.
 */
export function suggestedCapacity(name: string): AuthorityKind {
  return suggestions.find(([words]) => words.test(name))?.[1] ?? 'voluntary-organisation';
}
const suggestions: readonly (readonly [RegExp, AuthorityKind])[] = [
  [/police and crime commissioner|\bO?PCC\b|policing body/i, 'police-and-crime-commissioner'],
  [/police|constabulary/i, 'chief-officer-of-police'],
  [/fire/i, 'fire-and-rescue-authority'],
  [/youth (offending|justice)|\bYO[TS]\b|\bYJS\b/i, 'youth-offending-team'],
  [/probation/i, 'probation-provider'],
  [/ambulance/i, 'ambulance-trust'],
  [/integrated care|\bICB\b|commissioning group|\bCCG\b/i, 'integrated-care-board'],
  [/hospital|\bNHS\b|\btrust\b.*health|health.*\btrust\b/i, 'nhs-provider-trust'],
  [/housing|homes/i, 'housing-provider'],
  [/secure (children|home)/i, 'secure-childrens-home'],
  [/young offender institution|\bYOI\b/i, 'young-offender-institution'],
  [/\bHMP\b|prison/i, 'prison'],
  [/pupil referral/i, 'pupil-referral-unit'],
  [/academy/i, 'academy'],
  [/school/i, 'maintained-school'],
  [/college/i, 'further-education'],
  [/county council/i, 'county-council'],
  [/london borough/i, 'london-borough-council'],
  [/council/i, 'district-council'],
];

/** Names typed or pasted one a line: empty lines and bullets are left out, each name once. */
export function namesIn(text: string): readonly string[] {
  const names = text
    .split(/\r?\n/)
    .map((line) => line.replace(/^[\s•*–-]+/, '').replace(/[\s,;.]+$/, ''))
    .filter((name) => name !== '');
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
