/**
 * What violence prevention adds to the standard, as open taxonomies with a version: `/oruk/taxonomies` serves them. An id
 * never changes and is never used again; a term that is no longer used is described as such and stays.
 */

export interface Term {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
}

interface Taxonomy {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly terms: readonly Term[];
}

const term = (slug: string, name: string, description: string): Term => ({ slug, name, description });

export const tierTerms = [
  term('primary', 'For everyone', 'Primary prevention: stops violence before it starts, for a whole population.'),
  term('secondary', 'For people at risk', 'Secondary prevention: for people or places where risk is already higher.'),
  term(
    'tertiary',
    'For people already affected',
    'Tertiary prevention: after violence, for people who were harmed or who harmed others.',
  ),
] as const satisfies readonly Term[];

export const needTerms = [
  term('hurt-at-home', 'Being hurt or controlled at home', 'Domestic abuse: by a partner, a former partner or family.'),
  term('sexual-violence', 'Sexual violence', 'Rape, sexual assault or abuse, now or in the past.'),
  term('knives-and-weapons', 'Knives and weapons', 'Carrying a weapon, or fear of those who do.'),
  term(
    'gangs',
    'Gangs and being used by them',
    'Pressure from a gang, county lines, debt, being made to carry or sell.',
  ),
  term(
    'after-an-attack',
    'Help after an attack',
    'Support for people who were harmed or who saw it, and their families.',
  ),
  term('anger', 'Anger and hurting others', 'For people who hurt others, or fear that they might.'),
  term('bullying', 'Bullying and trouble at school', 'Bullying, fights, being sent out of school.'),
  term('drugs-and-alcohol', 'Drugs and alcohol', 'Own use, or that of somebody close.'),
  term('mental-health', 'Worry, fear and low mood', 'Mental health, trauma, grief.'),
  term('parenting', 'Help for parents', 'For parents and carers who worry about a child.'),
  term('things-to-do', 'Things to do and people to trust', 'Sport, arts, youth clubs, mentors.'),
  term('hate', 'Hate and discrimination', 'Violence because of who somebody is, or is taken to be.'),
] as const satisfies readonly Term[];

const own: Readonly<Record<string, Taxonomy>> = {
  tier: {
    name: 'Prevention tier',
    description: 'At which point of the path to violence a service helps.',
    version: '1.0',
    terms: tierTerms,
  },
  reach: {
    name: 'Reach',
    description: 'Whom a service is offered to. Another scale than the prevention tier, not a synonym.',
    version: '1.0',
    terms: [
      term('universal', 'Universal', 'Offered to everybody in a population.'),
      term('selective', 'Selective', 'Offered to groups at higher risk.'),
      term('indicated', 'Indicated', 'Offered to people who show early signs.'),
    ],
  },
  need: {
    name: 'Need, in plain words',
    description: 'What somebody looks for help with.',
    version: '1.0',
    terms: needTerms,
  },
  violence: {
    name: 'Type of violence',
    description: 'Kinds of violence that a service concerns.',
    version: '1.0',
    terms: [
      term('homicide', 'Homicide', 'Murder, manslaughter, and attempts.'),
      term('violence-with-injury', 'Violence with injury', 'Assault that hurts somebody.'),
      term('knife-crime', 'Knife crime', 'Violence or threats with a knife or another blade.'),
      term('gun-crime', 'Gun crime', 'Violence or threats with a firearm.'),
      term('robbery', 'Robbery', 'Theft with force or fear of it.'),
      term('domestic-abuse', 'Domestic abuse', 'As the Domestic Abuse Act 2021 section 1 defines it.'),
      term('sexual-violence', 'Sexual violence', 'Rape and other sexual offences.'),
      term('stalking', 'Stalking and harassment', 'Unwanted and repeated contact that causes fear.'),
      term(
        'criminal-exploitation',
        'Criminal exploitation',
        'Being used by others to commit crime, county lines included.',
      ),
      term('hate-crime', 'Hate crime', 'Crime out of hostility to who somebody is.'),
      term('honour-based', 'So-called honour-based abuse', 'Forced marriage and female genital mutilation included.'),
      term('youth-violence', 'Violence among young people', 'By or against people under 25.'),
    ],
  },
  factor: {
    name: 'Risk or protective factor',
    description: 'What a service changes: something that makes violence more likely, or less.',
    version: '1.0',
    terms: [
      term('school-absence', 'Absence or exclusion from school', 'A risk factor.'),
      term('peer-violence', 'Violence among friends', 'A risk factor.'),
      term('childhood-adversity', 'Adversity in childhood', 'A risk factor.'),
      term('substance-use', 'Drugs and alcohol', 'A risk factor.'),
      term('mental-ill-health', 'Poor mental health', 'A risk factor.'),
      term('poverty', 'Poverty and poor housing', 'A risk factor.'),
      term('weapon-carrying', 'Carrying a weapon', 'A risk factor.'),
      term('trusted-adult', 'An adult to trust', 'A protective factor.'),
      term('parenting', 'Warm and steady parenting', 'A protective factor.'),
      term('school-belonging', 'Belonging at school', 'A protective factor.'),
      term('work', 'Work or training', 'A protective factor.'),
      term('self-control', 'Skills to handle feelings', 'A protective factor.'),
    ],
  },
  audience: {
    name: 'Who it is for',
    description: 'People whom a service is meant for.',
    version: '1.0',
    terms: [
      term('everyone', 'Everyone', 'No limits.'),
      term('children', 'Children and young people', 'Under 18.'),
      term('young-adults', 'Young adults', '18 to 25.'),
      term('adults', 'Adults', '18 and over.'),
      term('parents', 'Parents and carers', 'Of a child or young person.'),
      term('women', 'Women and girls', 'Services for women and girls.'),
      term('men', 'Men and boys', 'Services for men and boys.'),
      term('lgbt', 'LGBT+ people', 'Lesbian, gay, bisexual and trans people.'),
      term('disabled', 'Disabled people', 'Disabled people and people with learning difficulties.'),
      term('minoritised', 'Minoritised ethnic groups', 'Services run by or for them.'),
      term('people-who-harm', 'People who harm others', 'People who used violence or fear they might.'),
      term('families', 'Families', 'Families as a whole.'),
    ],
  },
  route: {
    name: 'How to get there',
    description: 'Who may refer.',
    version: '1.0',
    terms: [
      term('self', 'You can contact them yourself', 'Self-referral.'),
      term('family', 'A parent, carer or friend can contact them', 'Referral by somebody close.'),
      term('school', 'A school can refer', 'Referral by a school or college.'),
      term(
        'professional',
        'A professional refers',
        'Referral by a professional, such as a GP, nurse or social worker.',
      ),
      term('court', 'A court or the police refer', 'Referral by the criminal justice system.'),
    ],
  },
  approach: {
    name: 'Approach',
    description:
      'What a service does, as toolkits of evidence name it. A service does not inherit the rating of its approach.',
    version: '1.0',
    terms: [
      term(
        'focused-deterrence',
        'Focused deterrence',
        'Police, services and community with one message to those most involved.',
      ),
      term(
        'cognitive-behavioural-therapy',
        'Cognitive behavioural therapy',
        'Talking therapy on thoughts, feelings and acts.',
      ),
      term(
        'emergency-department-navigators',
        'Emergency department navigators',
        'A worker meets people when they are hurt.',
      ),
      term('social-skills-training', 'Social skills training', 'Practice in handling feelings and conflict.'),
      term('sports', 'Sports programmes', 'Sport as a way to meet and keep young people.'),
      term('trauma-therapies', 'Trauma-specific therapies', 'Therapy after terrible events.'),
      term('restorative-justice', 'Restorative justice', 'Those who were harmed and those who harmed meet, with help.'),
      term('mentoring', 'Mentoring', 'An adult or older peer who stays alongside.'),
      term('pre-court-diversion', 'Pre-court diversion', 'Help in place of a court.'),
      term('family-therapy', 'Family therapy', 'Multi-systemic or functional family therapy.'),
      term('parenting-programmes', 'Parenting programmes', 'Courses for parents.'),
      term('relationship-lessons', 'Relationship violence lessons', 'Lessons on healthy relationships.'),
      term('anti-bullying', 'Anti-bullying programmes', 'Whole-school work against bullying.'),
      term('after-school', 'After-school programmes', 'Places to be after school.'),
      term('bystander', 'Bystander programmes', 'How to step in safely.'),
      term('knife-education', 'Knife crime education', 'Lessons about knives.'),
      term('advocacy', 'Advocacy for people who were harmed', 'An adviser, such as an IDVA or ISVA.'),
      term('safe-accommodation', 'Safe accommodation', 'A safe place to stay.'),
    ],
  },
};

export type OwnTaxonomy = 'tier' | 'reach' | 'need' | 'violence' | 'factor' | 'audience' | 'route' | 'approach';
export const ownTaxonomies: readonly OwnTaxonomy[] = [
  'tier',
  'reach',
  'need',
  'violence',
  'factor',
  'audience',
  'route',
  'approach',
];

const hex = (place: number, digits: number) => place.toString(16).padStart(digits, '0');
/** By its place in the list above: a term is never moved, only added at the end. */
const idOf = (taxonomy: OwnTaxonomy, place: number): string =>
  `7c0de000-0015-4000-8000-${hex(ownTaxonomies.indexOf(taxonomy) + 1, 6)}${hex(place, 6)}`;

export interface PublishedTerm {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly taxonomy: string;
  readonly taxonomy_id: string;
  readonly term_uri: string;
}

const termOf = (taxonomy: OwnTaxonomy, { name, description }: Term, place: number): PublishedTerm => {
  const id = idOf(taxonomy, place + 1);
  const of = own[taxonomy];
  return {
    id,
    name,
    description,
    taxonomy: of?.name ?? '',
    taxonomy_id: idOf(taxonomy, 0),
    term_uri: `urn:uuid:${id}`,
  };
};

/** The taxonomies as the feed shows them. */
export const publishedTaxonomies = ownTaxonomies.map((name) => {
  const taxonomy = own[name];
  const id = idOf(name, 0);
  return {
    id,
    name: taxonomy?.name ?? '',
    description: taxonomy?.description ?? '',
    uri: `urn:uuid:${id}`,
    version: taxonomy?.version ?? '',
  };
});
export const publishedTerms: readonly PublishedTerm[] = ownTaxonomies.flatMap((name) =>
  (own[name]?.terms ?? []).map((each, place) => termOf(name, each, place)),
);

export const termsOf = (taxonomy: OwnTaxonomy): readonly Term[] => own[taxonomy]?.terms ?? [];
export const taxonomyName = (taxonomy: OwnTaxonomy): string => own[taxonomy]?.name ?? '';
export const termName = (taxonomy: OwnTaxonomy, slug: string): string =>
  termsOf(taxonomy).find((each) => each.slug === slug)?.name ?? slug;
/** @returns undefined for a word that the taxonomy does not have */
export function publishedTerm(taxonomy: OwnTaxonomy, slug: string): PublishedTerm | undefined {
  const place = termsOf(taxonomy).findIndex((each) => each.slug === slug);
  const found = termsOf(taxonomy)[place];
  return found === undefined ? undefined : termOf(taxonomy, found, place);
}
