import { z } from 'zod';

/**
 * What an organisation is under the Serious Violence Duty (Police, Crime, Sentencing and Courts Act 2022, Part 2
 * Chapter 1). The kind belongs to a membership and not to the organisation: where the Act lists a body for one of its
 * functions, only that function counts (s.11(2)–(3)), and a county council is a member in each of its districts.
 */
export const authorityStandings = ['specified', 'relevant', 'local-policing-body', 'invited'] as const;

export type AuthorityStanding = (typeof authorityStandings)[number];

export const standingLabels: Readonly<Record<AuthorityStanding, { readonly label: string; readonly means: string }>> = {
  specified: { label: 'Specified authority', means: 'Must prepare and carry out the strategy with the others (s.8)' },
  relevant: {
    label: 'Relevant authority',
    means: 'Must be consulted on the strategy (s.8(4)), and may be given an action in it (s.8(5))',
  },
  'local-policing-body': {
    label: 'Local policing body',
    means: 'May assist and monitor the others (s.14); the Duty does not bind it',
  },
  invited: { label: 'Invited to take part', means: 'May be invited to take part in preparing the strategy (s.8(6))' },
};

export interface AuthorityGroup {
  readonly label: string;
  readonly standing: AuthorityStanding;
  /** The place in the Act of 2022 that makes them so. */
  readonly section: string;
}

export const authorityGroups = {
  'local-government': { label: 'Local government', standing: 'specified', section: 's.11 and Sch. 1' },
  'criminal-justice': { label: 'Criminal justice', standing: 'specified', section: 's.11 and Sch. 1' },
  police: { label: 'Police', standing: 'specified', section: 's.11 and Sch. 1' },
  fire: { label: 'Fire and rescue', standing: 'specified', section: 's.11 and Sch. 1' },
  health: { label: 'Health and social care', standing: 'specified', section: 's.11 and Sch. 1' },
  education: { label: 'Education', standing: 'relevant', section: 's.12 and Sch. 2' },
  prison: { label: 'Prison', standing: 'relevant', section: 's.12 and Sch. 2' },
  'youth-custody': { label: 'Youth custody', standing: 'relevant', section: 's.12 and Sch. 2' },
  'local-policing-body': { label: 'Local policing body', standing: 'local-policing-body', section: 's.14' },
  invited: { label: 'Others', standing: 'invited', section: 's.8(6)' },
} as const satisfies Readonly<Record<string, AuthorityGroup>>;

export type AuthorityGroupName = keyof typeof authorityGroups;

export interface AuthorityKindEntry {
  readonly label: string;
  readonly group: AuthorityGroupName;
  /** For which local government areas it is one. */
  readonly areaRule: string;
  /** A health or social care authority, whose personal information s.16(4)(b) keeps out of the gateway. */
  readonly healthOrSocialCare: boolean;
  /** Part of the entry is from general knowledge and not yet read in the Act: shown as such, and never relied on. */
  readonly checkBeforeUse: boolean;
}

function entry(
  group: AuthorityGroupName,
  label: string,
  areaRule: string,
  check?: 'check before use',
): AuthorityKindEntry {
  return { label, group, areaRule, healthOrSocialCare: group === 'health', checkBeforeUse: check !== undefined };
}

const itself = 'Its own area';
const where = 'The local government area where it stands';
const eachWithin = 'Each local government area within its area';

/**
 * Metropolitan boroughs and most unitary authorities are districts in law (Local Government Act 1972 s.1), so Sefton and
 * Blackpool are `district-council`.
 */
export const authorityKinds = {
  'district-council': entry('local-government', 'District, metropolitan borough or unitary council', itself),
  'unitary-county-council': entry('local-government', 'Unitary county council', itself),
  'county-council': entry('local-government', 'County council with districts', 'Each district of the county'),
  'london-borough-council': entry('local-government', 'London borough council', itself),
  'city-of-london': entry('local-government', 'Common Council of the City of London', itself),
  'isles-of-scilly': entry('local-government', 'Council of the Isles of Scilly', itself),
  'welsh-council': entry('local-government', 'County or county borough council in Wales', itself),
  'probation-provider': entry(
    'criminal-justice',
    'Provider of probation services',
    'Each local government area where it provides them',
  ),
  'youth-offending-team': entry('criminal-justice', 'Youth offending team', 'The area of the team (CDA 1998 s.39)'),
  'chief-officer-of-police': entry('police', 'Chief officer of police', eachWithin, 'check before use'),
  'fire-and-rescue-authority': entry('fire', 'Fire and rescue authority', eachWithin, 'check before use'),
  'integrated-care-board': entry('health', 'Integrated care board (England)', eachWithin, 'check before use'),
  'local-health-board': entry('health', 'Local health board (Wales)', eachWithin, 'check before use'),
  'maintained-school': entry('education', 'Governing body of a maintained school (not nursery only)', where),
  academy: entry('education', 'Academy proprietor', where),
  'non-maintained-special-school': entry('education', 'Non-maintained special school', where),
  'pupil-referral-unit': entry('education', 'Management committee of a pupil referral unit', where, 'check before use'),
  'independent-school': entry('education', 'Independent school', where, 'check before use'),
  'further-education': entry('education', 'Further education institution', where, 'check before use'),
  'sixteen-to-nineteen-academy': entry('education', '16 to 19 academy', where, 'check before use'),
  prison: entry('prison', 'Governor or director of a prison', where, 'check before use'),
  'young-offender-institution': entry('youth-custody', 'Young offender institution', where, 'check before use'),
  'secure-training-centre': entry('youth-custody', 'Secure training centre', where, 'check before use'),
  'secure-college': entry('youth-custody', 'Secure college or secure school', where, 'check before use'),
  'secure-childrens-home': entry('youth-custody', 'Secure children’s home', where, 'check before use'),
  'police-and-crime-commissioner': entry('local-policing-body', 'Police and crime commissioner', eachWithin),
  'mayor-with-policing-functions': entry('local-policing-body', 'Mayor with police and crime functions', eachWithin),
  'mayors-office-for-policing': entry('local-policing-body', 'Mayor’s Office for Policing and Crime', eachWithin),
  'common-council-as-police-authority': entry(
    'local-policing-body',
    'Common Council of the City of London as police authority',
    eachWithin,
  ),
  'nhs-provider-trust': entry(
    'invited',
    'NHS trust, including emergency departments',
    'By agreement',
    'check before use',
  ),
  'ambulance-trust': entry('invited', 'Ambulance trust', 'By agreement', 'check before use'),
  'housing-provider': entry('invited', 'Housing provider', 'By agreement', 'check before use'),
  'voluntary-organisation': entry('invited', 'Voluntary or community organisation', 'By agreement', 'check before use'),
  business: entry('invited', 'Business', 'By agreement', 'check before use'),
} as const satisfies Readonly<Record<string, AuthorityKindEntry>>;

export type AuthorityKind = keyof typeof authorityKinds;

export const authorityKindNames = Object.keys(authorityKinds) as readonly AuthorityKind[];

export const authorityKindSchema = z.enum(authorityKindNames);

/** What the Act asks of an organisation of this kind: `prison` is a relevant authority, so it must be consulted. */
export function standingOf(kind: AuthorityKind): AuthorityStanding {
  return authorityGroups[authorityKinds[kind].group].standing;
}

/** Where the Act says so, for the page that explains it. */
export function sectionOf(kind: AuthorityKind): string {
  return authorityGroups[authorityKinds[kind].group].section;
}
