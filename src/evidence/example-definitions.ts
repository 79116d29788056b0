import { exampleBodyIds } from '../partnership/index.ts';
import { usualSources, undecided, type Adoption, type DefinitionContent, type KindDecision } from './definition.ts';
import type { QuestionAsked } from './definition-form.ts';

// Nobody and nothing here exists. Ids are fixed, so that tests and tutorials can name a record.

const id = (number: number): string => `0d000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

interface ExampleDefinition extends Omit<DefinitionContent, 'version'> {
  readonly recordId: string;
  readonly adoption?: Adoption;
  readonly questions?: readonly (QuestionAsked & {
    readonly id: string;
    readonly answer?: string;
    readonly answeredOn?: string;
  })[];
}

const why: Readonly<Record<string, string>> = {
  homicide: 'The gravest harm. Few cases, and each changes a family and a street for good.',
  'knife-crime': 'Injuries from knives are the most serious that our emergency department sees.',
  'gun-crime': 'Rare here, and what happens when it occurs is grave.',
  'inherent-violence': 'County lines reach the seafront estates, and live by threats.',
  'attempted-murder': 'Meant to kill. That nobody died is often chance.',
  'serious-harm': 'Wounding and grievous bodily harm change lives.',
  robbery: 'Four in ten robberies here are of people under 18.',
  'assault-with-injury': 'The greater part of what hurts people at night in the town centre.',
};

const kept = (kind: string, more: Partial<KindDecision> = {}): KindDecision => ({
  ...undecided(kind),
  rationale: why[kind] ?? null,
  factors: judged[kind] ?? undecided(kind).factors,
  ...more,
});

const judged: Readonly<Record<string, KindDecision['factors']>> = {
  'domestic-abuse': {
    penalty: {
      finding: 'Ranges from a fine for common assault to life imprisonment.',
      evidence: 'Sentencing guidelines',
      date: 'January 2026',
    },
    victim: {
      finding: 'Grave and often lasting, for children in the home too.',
      evidence: 'Needs assessment of the Domestic Abuse Partnership Board',
      date: 'January 2026',
    },
    prevalence: {
      finding: 'About one in three violent crimes that the police record here.',
      evidence: 'Extract of the police, April 2024 to March 2025',
      date: 'January 2026',
    },
    community: {
      finding: 'Wide, and less in public space than other kinds.',
      evidence: 'Residents’ survey',
      date: 'Autumn 2025',
    },
  },
  'knife-crime': {
    penalty: { finding: 'Up to life imprisonment.', evidence: 'Sentencing guidelines', date: 'January 2026' },
    victim: { finding: 'Grave injuries, mostly of young men.', evidence: 'Emergency department', date: 'January 2026' },
    prevalence: {
      finding: 'Seldom, and rising among under 18s.',
      evidence: 'Extract of the police',
      date: 'January 2026',
    },
    community: {
      finding: 'Fear keeps people from the front at night.',
      evidence: 'Residents’ survey',
      date: 'Autumn 2025',
    },
  },
};

const floor = [
  'homicide',
  'attempted-murder',
  'knife-crime',
  'gun-crime',
  'inherent-violence',
  'serious-harm',
  'robbery',
];

const written = (kinds: readonly KindDecision[]) => ({
  kinds,
  sources: usualSources(kinds.map(({ kind }) => kind)),
});

const executive = exampleBodyIds['body-leading'] ?? '';

/** First with domestic abuse, then without it and with the reason, and a draft that looks at it again. */
export const exampleDefinitions: readonly ExampleDefinition[] = [
  {
    recordId: id(1),
    id: 'serious-violence',
    name: 'Serious violence in Haverness',
    about: 'The first definition, made when the Duty began: broad, with domestic abuse in it.',
    ...written([...floor, 'assault-with-injury', 'domestic-abuse', 'sexual-offences'].map((kind) => kept(kind))),
    adoption: {
      decidedBy: executive,
      decidedOn: '14 March 2023',
      effectiveFrom: '2023-04-01',
      reviewBy: '2025-03-31',
    },
  },
  {
    recordId: id(2),
    id: 'serious-violence',
    name: 'Serious violence in Haverness',
    about:
      'Narrower than the first: what happens in public and between strangers, with domestic abuse left to its own board.',
    ...written([
      ...[...floor, 'assault-with-injury'].map((kind) => kept(kind)),
      kept('sexual-offences', {
        inclusion: 'wider',
        rationale: 'Worked on with the Sexual Offences Group, and counted apart.',
      }),
      kept('domestic-abuse', {
        inclusion: 'signposted',
        takesOut: true,
        rationale:
          'A board of its own has the money, the services and the duty under the Domestic Abuse Act 2021. Two strategies for the same families would pull in two directions. Homicide in the home is reviewed by the same people either way.',
        alternativeGovernance: 'Merrowshire Domestic Abuse Partnership Board',
        dissent: 'Haverness Council’s housing service wanted it in, since one in three violent crimes is domestic.',
      }),
    ]),
    adoption: {
      decidedBy: executive,
      decidedOn: '4 February 2026',
      effectiveFrom: '2026-04-01',
      reviewBy: '2027-03-31',
    },
    questions: [
      {
        id: id(21),
        kind: 'domestic-abuse',
        question: 'Why is domestic abuse out?',
        askedBy: 'Communities Scrutiny Committee',
        askedOn: '11 March 2026',
        answer:
          'The Domestic Abuse Partnership Board has it, with its own strategy and money. The Executive will look at it again within a year, and the numbers of both are shown side by side.',
        answeredOn: '8 April 2026',
      },
      {
        id: id(22),
        kind: null,
        question: 'Will the figures of last year be counted again under the new definition?',
        askedBy: 'Communities Scrutiny Committee',
        askedOn: 'May 2026',
      },
    ],
  },
  {
    recordId: id(3),
    id: 'young-people-in-public',
    name: 'Violence in public that involves people under 25',
    about:
      'A draft for the Serious Violence Group: what would count if the priority were young people in public space.',
    ...written([
      ...floor.map((kind) => kept(kind, { ageScope: 'under-25', setting: 'public-space' })),
      kept('domestic-abuse', { inclusion: 'wider' }),
    ]),
  },
  {
    recordId: id(4),
    id: 'to-compare-with',
    name: 'To compare with: homicide and weapons only',
    about: 'A draft that somebody made to see what a narrow definition would count.',
    ...written(['homicide', 'knife-crime', 'gun-crime'].map((kind) => kept(kind))),
  },
];

export const exampleIndicatorId = id(101);

/** Ids of example records, by the kind that routes ask for. */
export const exampleDefinitionIds: Readonly<Record<string, string>> = {
  definition: id(2),
  'definition-before': id(1),
  'definition-draft': id(3),
  'definition-to-remove': id(4),
  'definition-question': id(22),
  indicator: exampleIndicatorId,
};
