import type { IsoDate } from '../../duty/index.ts';

/** Families of offences that a definition of serious violence takes in or leaves out as a whole. */
type OffenceGroup =
  | 'homicide'
  | 'attempted-murder-and-threats'
  | 'serious-assault'
  | 'assault-with-injury'
  | 'robbery'
  | 'rape-and-sexual-assault'
  | 'aggravated-burglary'
  | 'weapons'
  | 'inherent-threat'
  | 'arson-and-disorder'
  | 'stalking-harassment-and-control';

export const offenceGroupTitles: Readonly<Record<OffenceGroup, string>> = {
  homicide: 'Homicide',
  'attempted-murder-and-threats': 'Attempted murder, conspiracy to murder, threats to kill',
  'serious-assault': 'Assault with intent to cause serious harm, endangering life',
  'assault-with-injury': 'Assault with injury',
  robbery: 'Robbery',
  'rape-and-sexual-assault': 'Rape and sexual assault',
  'aggravated-burglary': 'Aggravated burglary',
  weapons: 'Possession of weapons',
  'inherent-threat': 'Kidnap, modern slavery, trafficking drugs',
  'arson-and-disorder': 'Arson endangering life, violent disorder',
  'stalking-harassment-and-control': 'Stalking, harassment, controlling or coercive behaviour',
};

/** Codes of the Home Office that stand for an offence, and since when. Codes split and merge, so each has its days. */
interface OffenceCode {
  readonly code: string;
  readonly title: string;
  readonly group: OffenceGroup;
  /** First and last day on which forces record under it; null where that was not checked, or it is in use. */
  readonly since: IsoDate | null;
  readonly until: IsoDate | null;
}

/**
 * Where the codes come from, and how far they may be trusted: a draft of the project from the titles of the ONS Crime
 * Severity Score and from general knowledge, not from the counting rules themselves.
 */
export const offenceCodesSource = {
  title: 'Draft map of offences to Home Office codes',
  asOf: '2026-06-01' as IsoDate,
  label: 'Check before use: hold these codes against the Home Office Counting Rules that are in force.',
} as const;

const draft = (group: OffenceGroup, codes: readonly (readonly [string, string])[]): readonly OffenceCode[] =>
  codes.map(([code, title]) => ({ code, title, group, since: null, until: null }));

export const offenceCodes: readonly OffenceCode[] = [
  ...draft('homicide', [
    ['1', 'Murder'],
    ['4.1', 'Manslaughter'],
    ['4.2', 'Infanticide'],
    ['4.10', 'Corporate manslaughter'],
  ]),
  ...draft('attempted-murder-and-threats', [
    ['2', 'Attempted murder'],
    ['3A', 'Conspiracy to murder'],
    ['3B', 'Threats to kill'],
  ]),
  ...draft('serious-assault', [
    ['5D', 'Assault with intent to cause serious harm'],
    ['5E', 'Endangering life'],
  ]),
  ...draft('assault-with-injury', [
    ['8N', 'Assault with injury'],
    ['8P', 'Racially or religiously aggravated assault with injury'],
    ['8S', 'Assault with injury on a constable'],
    ['8T', 'Assault with injury on an emergency worker'],
  ]),
  ...draft('robbery', [
    ['34A', 'Robbery of business property'],
    ['34B', 'Robbery of personal property'],
  ]),
  ...draft('rape-and-sexual-assault', [
    ['17A', 'Sexual assault on a male aged 13 and over'],
    ['17B', 'Sexual assault on a male child under 13'],
    ['19C', 'Rape of a female aged 16 and over'],
    ['19D', 'Rape of a female child under 16'],
    ['19E', 'Rape of a female child under 13'],
    ['19F', 'Rape of a male aged 16 and over'],
    ['19G', 'Rape of a male child under 16'],
    ['19H', 'Rape of a male child under 13'],
    ['20A', 'Sexual assault on a female aged 13 and over'],
    ['20B', 'Sexual assault on a female child under 13'],
  ]),
  ...draft('aggravated-burglary', [
    ['29', 'Aggravated burglary in a dwelling'],
    ['29A', 'Aggravated burglary, residential'],
    ['31', 'Aggravated burglary in a building other than a dwelling'],
    ['31A', 'Aggravated burglary, business and community'],
  ]),
  ...draft('weapons', [
    ['10A', 'Possession of firearms with intent'],
    ['10B', 'Possession of firearms offences'],
    ['10C', 'Possession of other weapons'],
    ['10D', 'Possession of article with blade or point'],
  ]),
  ...draft('inherent-threat', [
    ['36', 'Kidnapping'],
    ['92A', 'Trafficking in controlled drugs'],
    ['106', 'Modern slavery'],
  ]),
  ...draft('arson-and-disorder', [
    ['56A', 'Arson endangering life'],
    ['62A', 'Violent disorder'],
  ]),
  ...draft('stalking-harassment-and-control', [
    ['8L', 'Harassment'],
    ['8Q', 'Stalking'],
    ['8U', 'Controlling or coercive behaviour'],
  ]),
];

/** Offences that stand in no definition as a whole, so in no group, and that files name by their code all the same. */
const others: readonly (readonly [string, string])[] = [
  ['104', 'Assault without injury on a constable'],
  ['105A', 'Assault without injury'],
  ['105B', 'Racially or religiously aggravated assault without injury'],
  ['8M', 'Racially or religiously aggravated harassment'],
  ['8R', 'Malicious communications'],
  ['11A', 'Cruelty to children and young persons'],
  ['56B', 'Arson not endangering life'],
  ['92D', 'Possession of controlled drugs other than cannabis'],
  ['92E', 'Possession of cannabis'],
];

const titles: ReadonlyMap<string, string> = new Map([
  ...offenceCodes.map(({ code, title }) => [code, title] as const),
  ...others,
]);

/** What the offence of a code is called, as the draft has it; undefined for a code that it does not have. */
export const offenceTitle = (code: string): string | undefined => titles.get(code.trim().toUpperCase());

/** Codes of a group, as the draft has them. */
export const codesOf = (group: OffenceGroup): readonly string[] =>
  offenceCodes.filter((each) => each.group === group).map(({ code }) => code);
