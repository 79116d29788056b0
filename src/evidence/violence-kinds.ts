import { codesOf } from './formats/offence-codes.ts';
import type { Aspect, FormatName } from './source.ts';

/** What a row may be marked with in its source. */
export const flags = ['domestic-abuse', 'knife', 'firearm', 'alcohol', 'drugs'] as const satisfies readonly Aspect[];
export type Flag = (typeof flags)[number];

export const flagLabels: Readonly<Record<Flag, string>> = {
  'domestic-abuse': 'domestic abuse',
  knife: 'knife or sharp object',
  firearm: 'firearm',
  alcohol: 'alcohol',
  drugs: 'drugs',
};

/** Which rows of one source are of a kind: those that fulfil every part that is there. Without any part, all of them. */
export interface Selection {
  /** Offence codes of the Home Office Counting Rules. */
  readonly offenceCodes?: readonly string[] | undefined;
  /** Values of the standard column `category`: types of data.police.uk, methods of an assault, diagnosis codes. */
  readonly categories?: readonly string[] | undefined;
  /** Every one of these is marked. */
  readonly flags?: readonly Flag[] | undefined;
}

/** A kind of violence that partnerships decide about (PCSC Act 2022 s.13(3)), and how the sources know it. */
export interface ViolenceKind {
  readonly kind: string;
  readonly name: string;
  readonly meaning: string;
  /**
   * Among what areas describe as the least that the national strategy means. A definition without it is told so and
   * nothing more: the Act sets no list and no score.
   */
  readonly isFloor: boolean;
  /** What a source must be able to say, where it does not know offence codes. */
  readonly asks: readonly Aspect[];
  /** What stands for it where the offence codes do not say it themselves. */
  readonly proxy?: string;
  /** Offence codes are Concord's own reading: check them against the Counting Rules of the day. */
  readonly selections: Partial<Readonly<Record<FormatName, Selection>>>;
}

const byCodes = (
  offenceCodes: readonly string[],
  ...also: readonly Flag[]
): Partial<Readonly<Record<FormatName, Selection>>> => {
  const selection = { offenceCodes, ...(also.length > 0 && { flags: also }) };
  // The tables of the Home Office count by offence alone and have no marks.
  return { 'force-extract': selection, ...(also.length === 0 && { 'ho-recorded-crime': { offenceCodes } }) };
};

const codes = {
  homicide: codesOf('homicide'),
  attempted: codesOf('attempted-murder-and-threats'),
  seriousHarm: codesOf('serious-assault'),
  assaultWithInjury: codesOf('assault-with-injury'),
  robbery: codesOf('robbery'),
  sexual: codesOf('rape-and-sexual-assault'),
  stalking: codesOf('stalking-harassment-and-control'),
} as const;

/** The offences among which the police count knife crime: used or threatened, not carried (Home Office data requirement). */
export const knifeOffences: readonly string[] = [
  ...codes.homicide,
  ...codes.attempted,
  ...codes.seriousHarm,
  ...codes.assaultWithInjury,
  ...codes.robbery,
  ...codes.sexual,
];

const violenceType = { categories: ['Violence and sexual offences'] };

export const violenceKinds: readonly ViolenceKind[] = [
  {
    kind: 'homicide',
    name: 'Homicide',
    meaning: 'Murder, manslaughter and infanticide.',
    isFloor: true,
    asks: ['homicide'],
    selections: {
      'force-extract': { offenceCodes: codes.homicide },
      // The tables count the four together, under one name.
      'ho-recorded-crime': { offenceCodes: [...codes.homicide, '1/4.1/4.10/4.2', '1/4.1/4.2/4.10'] },
    },
  },
  {
    kind: 'attempted-murder',
    name: 'Attempted murder, conspiracy to murder and threats to kill',
    meaning: 'What was meant to kill, or said it would.',
    isFloor: false,
    asks: ['offence'],
    selections: byCodes(codes.attempted),
  },
  {
    kind: 'knife-crime',
    name: 'Knife crime',
    meaning: 'Violence, robbery and threats with a knife or sharp object that was used or shown.',
    isFloor: true,
    asks: ['knife'],
    selections: {
      ...byCodes(knifeOffences, 'knife'),
      // ICD-10 X99: assault by sharp object. Accidents (W25, W26), self-harm (X78) and undetermined (Y28) are other codes.
      'hospital-admissions': { categories: ['X99'] },
      istv: { categories: ['Sharp object'] },
    },
  },
  {
    kind: 'gun-crime',
    name: 'Gun crime',
    meaning: 'Violence, robbery and threats with a firearm, and having one with intent.',
    isFloor: true,
    asks: ['firearm'],
    selections: { ...byCodes([...knifeOffences, '10A'], 'firearm'), istv: { categories: ['Firearm'] } },
  },
  {
    kind: 'inherent-violence',
    name: 'Crime in which serious violence is inherent',
    meaning: 'Gangs, county lines, kidnap, modern slavery: crime that lives by violence or its threat.',
    isFloor: true,
    asks: ['offence'],
    proxy: 'kidnap, modern slavery and drug trafficking, since gangs and county lines have no code of their own',
    selections: byCodes(['36', '106', '92A']),
  },
  {
    kind: 'serious-harm',
    name: 'Wounding and assault with intent to cause serious harm',
    meaning: 'Grievous bodily harm, wounding, endangering life.',
    isFloor: false,
    asks: ['offence'],
    selections: byCodes(codes.seriousHarm),
  },
  {
    kind: 'assault-with-injury',
    name: 'Assault with injury',
    meaning: 'Assaults that hurt someone, also on constables and emergency workers, also aggravated by hate.',
    isFloor: false,
    asks: ['offence'],
    selections: byCodes(codes.assaultWithInjury),
  },
  {
    kind: 'violence-against-the-person',
    name: 'All violence against the person',
    meaning: 'Every offence of violence, with and without injury.',
    isFloor: false,
    asks: ['violence'],
    selections: {
      ...byCodes([
        ...codes.homicide,
        ...codes.attempted,
        ...codes.seriousHarm,
        ...codes.assaultWithInjury,
        ...codes.stalking,
        '36',
        '106',
        '104',
        '105A',
        '105B',
      ]),
      'police-uk-street': violenceType,
      istv: {},
      ecds: {},
      ambulance: {},
    },
  },
  {
    kind: 'robbery',
    name: 'Robbery',
    meaning: 'Theft by force or the threat of it, from a person or a business.',
    isFloor: false,
    asks: ['robbery'],
    selections: {
      ...byCodes(codes.robbery),
      'police-uk-street': { categories: ['Robbery'] },
    },
  },
  {
    kind: 'sexual-offences',
    name: 'Rape and sexual assault',
    meaning: 'Rape, assault by penetration and sexual assault.',
    isFloor: false,
    asks: ['sexual'],
    selections: {
      ...byCodes(codes.sexual),
      'police-uk-street': violenceType,
    },
  },
  {
    kind: 'domestic-abuse',
    name: 'Domestic abuse and violence at home',
    meaning: 'Violence that is domestic abuse in the sense of section 1 of the Domestic Abuse Act 2021.',
    isFloor: false,
    asks: ['domestic-abuse'],
    selections: { 'force-extract': { flags: ['domestic-abuse'] } },
  },
  {
    kind: 'aggravated-burglary',
    name: 'Aggravated burglary',
    meaning: 'Burglary with a weapon, of a home or a business.',
    isFloor: false,
    asks: ['offence'],
    selections: byCodes(['29', '31']),
  },
  {
    kind: 'child-exploitation',
    name: 'Exploitation of children',
    meaning: 'Sexual or criminal exploitation of somebody under 18.',
    isFloor: false,
    asks: ['offence'],
    proxy: 'the offence of sexual exploitation of a child, since criminal exploitation has no code of its own',
    selections: byCodes(['71']),
  },
  {
    kind: 'modern-slavery',
    name: 'Modern slavery',
    meaning: 'Slavery, servitude, forced labour and trafficking of people.',
    isFloor: false,
    asks: ['offence'],
    selections: byCodes(['106']),
  },
  {
    kind: 'alcohol-related',
    name: 'Violence under the influence of alcohol',
    meaning: 'Assaults and robbery that the police marked as alcohol-related.',
    isFloor: false,
    asks: ['violence', 'alcohol'],
    selections: byCodes([...codes.seriousHarm, ...codes.assaultWithInjury, ...codes.robbery], 'alcohol'),
  },
  {
    kind: 'drug-related',
    name: 'Violence under the influence of drugs',
    meaning: 'Assaults and robbery that the police marked as drug-related.',
    isFloor: false,
    asks: ['violence', 'drugs'],
    selections: byCodes([...codes.seriousHarm, ...codes.assaultWithInjury, ...codes.robbery], 'drugs'),
  },
  {
    kind: 'weapons',
    name: 'Possession of weapons',
    meaning: 'Carrying a knife, a firearm or another weapon.',
    isFloor: false,
    asks: ['weapon'],
    selections: {
      ...byCodes(['10A', '10B', '10C', '10D']),
      'police-uk-street': { categories: ['Possession of weapons'] },
    },
  },
  {
    kind: 'stalking',
    name: 'Stalking, harassment and coercive control',
    meaning: 'Conduct that frightens or controls without a blow.',
    isFloor: false,
    asks: ['offence'],
    selections: byCodes(codes.stalking),
  },
  {
    kind: 'violence-against-property',
    name: 'Violence against property and violent disorder',
    meaning: 'Arson that endangers life, and violent disorder.',
    isFloor: false,
    asks: ['offence'],
    selections: byCodes(['56A', '62A']),
  },
];

export const findViolenceKind = (kind: string): ViolenceKind | undefined =>
  violenceKinds.find((each) => each.kind === kind);

/** Which rows are meant, in words: "offence codes 34A, 34B, marked as alcohol". */
export function selectionWords({ offenceCodes = [], categories = [], flags = [] }: Selection): string {
  const parts = [
    ...(offenceCodes.length === 0 ? [] : [`offence codes ${offenceCodes.join(', ')}`]),
    ...(categories.length === 0 ? [] : [categories.map((each) => `“${each}”`).join(', ')]),
    ...(flags.length === 0 ? [] : [`marked as ${flags.map((flag) => flagLabels[flag]).join(' and ')}`]),
  ];
  return parts.length === 0 ? 'all rows' : parts.join(', ');
}
