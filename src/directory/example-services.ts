import type { IsoDate } from '../duty/index.ts';
import { isRefusal, toWgs84Degrees } from '../measures/index.ts';
import { preventionSchema, type Tier, type Visibility } from './prevention.ts';
import { stableId } from './standard-1.ts';
import type { StandardObject } from './standard.ts';

// Haverness is made up, and so is every service in it. Ids are fixed, so that tests and tutorials can name a record.

const id = (kind: number, number: number): string =>
  `0f${kind.toString(16).padStart(6, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/**
 * Kilometres east and north of the town hall, in the wards of the example's evidence (src/evidence/example/county.ts). None lies
 * within two kilometres of the estate that has the most harm: nobody opened a door there.
 */
const spots = {
  'Town centre': [0, 0],
  Harbour: [1.2, -0.4],
  'Old Town': [-0.4, 0.6],
  Northgate: [-1.9, 3.1],
  Lodeside: [-2.6, 1],
  Saltmarsh: [-0.1, -4.9],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;
type Spot = keyof typeof spots;
export const exampleSpots = Object.keys(spots) as readonly Spot[];

/** The town hall in metres of the British National Grid: in the sea, as is the whole county. */
const townHall = { easting: 610_150, northing: 415_300 } as const;

function degreesOf(east: number, north: number): { readonly longitude: number; readonly latitude: number } {
  const degrees = toWgs84Degrees([townHall.easting + 1_000 * east], [townHall.northing + 1_000 * north]);
  if (isRefusal(degrees)) throw new RangeError(degrees.sentence);
  const [longitude = 0, latitude = 0] = [degrees.longitudes[0], degrees.latitudes[0]];
  return { longitude: Number(longitude.toFixed(6)), latitude: Number(latitude.toFixed(6)) };
}
/** No such postcodes exist: there is no area HV. */
const postcodeOf = (spot: Spot, number: number): string => {
  const letters = 'ABDEFGHJLN';
  const unit = number % 10;
  return `HV${exampleSpots.indexOf(spot) + 1} ${unit === 0 ? 1 : unit}${letters.charAt(unit)}${letters.charAt((unit * 7) % 10)}`;
};

/** Postcodes and towns that the example knows: `published.place`. */
export const examplePlaces = exampleSpots.flatMap((spot) => {
  const [east, north] = spots[spot];
  return [
    { title: spot, kind: 'town' as const, ...degreesOf(east, north) },
    ...Array.from({ length: 10 }, (_, number) => ({
      title: postcodeOf(spot, number),
      kind: 'postcode' as const,
      ...degreesOf(east + ((number % 3) - 1) * 0.2, north + ((number % 5) - 2) * 0.15),
    })),
  ];
});

type ProviderName =
  | 'Haverness Council'
  | 'NHS Merrowshire Integrated Care Board'
  | 'Haverness Youth Justice Service'
  | 'Merrowshire Constabulary'
  | 'Harbour Youth Trust'
  | 'Haverness Women’s Aid Example'
  | 'Lode Recovery'
  | 'Steps Together'
  | 'Merrow Families';

const providers: Readonly<Record<ProviderName, string>> = {
  'Haverness Council': 'The council of the town.',
  'NHS Merrowshire Integrated Care Board': 'Plans and pays for health care.',
  'Haverness Youth Justice Service': 'Works with children in trouble with the law.',
  'Merrowshire Constabulary': 'The police of the county.',
  'Harbour Youth Trust': 'A charity that runs clubs and mentors for young people.',
  'Haverness Women’s Aid Example': 'A charity for women and children who are hurt at home.',
  'Lode Recovery': 'A charity for people who want to drink or use less.',
  'Steps Together': 'A charity for people who were harmed by crime.',
  'Merrow Families': 'A charity that stands by parents.',
};
const providerNames = Object.keys(providers) as readonly ProviderName[];

interface Line {
  readonly name: string;
  readonly by: ProviderName;
  readonly at?: Spot;
  readonly tier: Tier;
  readonly need: readonly string[];
  readonly ages?: readonly [number, number | undefined];
  readonly what: string;
  readonly how?: string;
  readonly route?: readonly string[];
  readonly days?: string;
  readonly hours?: readonly [string, string];
  readonly visibility?: Visibility;
  readonly verifiedOn?: IsoDate;
  readonly approach?: string;
  readonly free?: number;
  readonly waitingDays?: number;
  readonly languages?: readonly string[];
  readonly audience?: readonly string[];
}

const youth: ProviderName = 'Harbour Youth Trust';
const council: ProviderName = 'Haverness Council';
const steps: ProviderName = 'Steps Together';
const aid: ProviderName = 'Haverness Women’s Aid Example';
const lode: ProviderName = 'Lode Recovery';
const families: ProviderName = 'Merrow Families';
const icb: ProviderName = 'NHS Merrowshire Integrated Care Board';
const justice: ProviderName = 'Haverness Youth Justice Service';

/** 40 services: 6 whose day has passed, one refuge whose place nobody may learn. Saltmarsh has hardly any. */
const lines: readonly Line[] = [
  {
    name: 'Harbour youth club',
    by: youth,
    at: 'Harbour',
    tier: 'primary',
    need: ['things-to-do'],
    ages: [11, 18],
    what: 'A warm place with sport, music and people who listen. Come as you are.',
    days: 'MO,WE,FR',
    hours: ['16:00', '20:30'],
    approach: 'after-school',
  },
  {
    name: 'Harbour mentors',
    by: youth,
    at: 'Harbour',
    tier: 'secondary',
    need: ['gangs', 'things-to-do', 'knives-and-weapons'],
    ages: [11, 17],
    what: 'One adult who stays by you for a year. You meet every week and decide together what to do.',
    route: ['self', 'family', 'school', 'professional'],
    how: 'Call, write or come by. A parent, a teacher or you can ask.',
    days: 'MO,TU,WE,TH,FR',
    hours: ['10:00', '18:00'],
    approach: 'mentoring',
    free: 4,
    waitingDays: 14,
  },
  {
    name: 'Boxing at the Boathouse',
    by: youth,
    at: 'Harbour',
    tier: 'secondary',
    need: ['anger', 'things-to-do'],
    ages: [10, 25],
    what: 'Boxing and a talk after it. Trainers know how to help when things are hard at home or at school.',
    days: 'TU,TH',
    hours: ['17:00', '20:00'],
    approach: 'sports',
  },
  {
    name: 'Step back: weapons and fear',
    by: youth,
    at: 'Town centre',
    tier: 'secondary',
    need: ['knives-and-weapons', 'gangs'],
    ages: [10, 17],
    what: 'For young people who carry a knife or think about it. Six talks, then people who stay in touch.',
    route: ['self', 'family', 'school', 'professional'],
    how: 'Ask any worker of the Trust, or call.',
    days: 'MO,TU,WE,TH,FR',
    hours: ['09:00', '17:00'],
    approach: 'cognitive-behavioural-therapy',
    waitingDays: 21,
  },
  {
    name: 'Leaving a gang',
    by: justice,
    at: 'Town centre',
    tier: 'tertiary',
    need: ['gangs'],
    ages: [10, 17],
    what: 'Help to get out, for children who are made to carry or sell.',
    route: ['professional', 'court'],
    how: 'A professional refers through the front door for children.',
    approach: 'focused-deterrence',
    waitingDays: 7,
  },
  {
    name: 'Youth outreach van',
    by: youth,
    at: 'Northgate',
    tier: 'primary',
    need: ['things-to-do'],
    ages: [10, 19],
    what: 'The van comes on Friday nights. Hot drinks, games, somebody to talk to.',
    days: 'FR',
    hours: ['18:00', '22:00'],
  },
  {
    name: 'Holiday sports',
    by: council,
    at: 'Northgate',
    tier: 'primary',
    need: ['things-to-do'],
    ages: [5, 14],
    what: 'Free sport and lunch in the school holidays.',
    days: 'MO,TU,WE,TH,FR',
    hours: ['10:00', '15:00'],
    approach: 'sports',
  },
  {
    name: 'School counsellors',
    by: council,
    at: 'Old Town',
    tier: 'secondary',
    need: ['bullying', 'mental-health'],
    ages: [11, 18],
    what: 'Somebody to talk to at school, in confidence.',
    route: ['self', 'school'],
    days: 'MO,TU,WE,TH,FR',
    hours: ['08:30', '16:00'],
    waitingDays: 10,
  },
  {
    name: 'Stop bullying team',
    by: council,
    at: 'Old Town',
    tier: 'primary',
    need: ['bullying'],
    ages: [5, 18],
    what: 'Works with whole schools, and with families where it does not stop.',
    route: ['family', 'school'],
    approach: 'anti-bullying',
  },
  {
    name: 'Back to school',
    by: council,
    at: 'Town centre',
    tier: 'secondary',
    need: ['bullying'],
    ages: [11, 16],
    what: 'For pupils who were sent out of school, or stay away from it.',
    route: ['school', 'family'],
    verifiedOn: '2025-09-10',
  },
  {
    name: 'Healthy relationships lessons',
    by: aid,
    at: 'Town centre',
    tier: 'primary',
    need: ['hurt-at-home', 'sexual-violence'],
    ages: [11, 16],
    what: 'Lessons about respect, consent and where to get help.',
    route: ['school'],
    approach: 'relationship-lessons',
  },
  {
    name: 'Haverness domestic abuse helpline',
    by: aid,
    tier: 'tertiary',
    need: ['hurt-at-home'],
    what: 'Talk to somebody who believes you, day and night. You need not give your name.',
    how: 'Call at any time. If you cannot speak, press any key twice.',
    days: 'MO,TU,WE,TH,FR,SA,SU',
    hours: ['00:00', '23:59'],
    audience: ['everyone'],
    languages: ['English', 'Polish', 'Urdu'],
  },
  {
    name: 'Haven refuge',
    by: aid,
    at: 'Lodeside',
    tier: 'tertiary',
    need: ['hurt-at-home'],
    what: 'A safe place to stay for women and their children.',
    visibility: 'confidential',
    route: ['professional'],
    approach: 'safe-accommodation',
    free: 2,
  },
  {
    name: 'Support in the community after domestic abuse',
    by: aid,
    at: 'Lodeside',
    tier: 'tertiary',
    need: ['hurt-at-home'],
    what: 'A worker of your own who helps with safety, courts, housing and children.',
    visibility: 'address-withheld',
    how: 'Call the helpline and ask for a worker.',
    approach: 'advocacy',
    waitingDays: 5,
    audience: ['women'],
  },
  {
    name: 'Men who are hurt at home',
    by: steps,
    at: 'Town centre',
    tier: 'tertiary',
    need: ['hurt-at-home'],
    ages: [18, undefined],
    what: 'Advice and a group for men whose partner hurts or controls them.',
    audience: ['men'],
    days: 'TU',
    hours: ['18:00', '20:00'],
  },
  {
    name: 'Changing for good',
    by: justice,
    at: 'Town centre',
    tier: 'tertiary',
    need: ['anger', 'hurt-at-home'],
    ages: [18, undefined],
    what: 'A course of 26 weeks for people who hurt their partner and want to stop.',
    route: ['self', 'professional', 'court'],
    audience: ['people-who-harm'],
    waitingDays: 60,
  },
  {
    name: 'Sexual assault referral centre',
    by: icb,
    at: 'Town centre',
    tier: 'tertiary',
    need: ['sexual-violence', 'after-an-attack'],
    what: 'Care and tests after rape or assault, day and night. You decide whether the police are told.',
    days: 'MO,TU,WE,TH,FR,SA,SU',
    hours: ['00:00', '23:59'],
    approach: 'advocacy',
  },
  {
    name: 'Rape crisis counselling',
    by: steps,
    at: 'Old Town',
    tier: 'tertiary',
    need: ['sexual-violence', 'mental-health'],
    ages: [13, undefined],
    what: 'Counselling for anybody who was assaulted, now or long ago.',
    waitingDays: 90,
    approach: 'trauma-therapies',
  },
  {
    name: 'Help for victims of crime',
    by: steps,
    at: 'Town centre',
    tier: 'tertiary',
    need: ['after-an-attack', 'hate'],
    what: 'A person to talk to and practical help: locks, forms, courts.',
    days: 'MO,TU,WE,TH,FR',
    hours: ['09:00', '19:00'],
    approach: 'advocacy',
  },
  {
    name: 'Young victims',
    by: steps,
    at: 'Town centre',
    tier: 'tertiary',
    need: ['after-an-attack', 'bullying'],
    ages: [4, 17],
    what: 'For children who were hurt or saw violence, and for those who care for them.',
    route: ['self', 'family', 'school', 'professional'],
    days: 'MO,TU,WE,TH,FR',
    hours: ['09:00', '17:00'],
  },
  {
    name: 'Navigators in the emergency department',
    by: icb,
    at: 'Northgate',
    tier: 'tertiary',
    need: ['after-an-attack', 'knives-and-weapons'],
    ages: [11, 25],
    what: 'A worker who meets you in hospital after you were hurt, and afterwards.',
    route: ['professional', 'self'],
    approach: 'emergency-department-navigators',
    visibility: 'professionals',
  },
  {
    name: 'Restorative meetings',
    by: steps,
    at: 'Town centre',
    tier: 'tertiary',
    need: ['after-an-attack'],
    what: 'Meet whoever harmed you, with somebody who keeps it safe. Only if you both want to.',
    approach: 'restorative-justice',
    verifiedOn: '2025-08-20',
  },
  {
    name: 'Tell us about hate',
    by: council,
    at: 'Town centre',
    tier: 'tertiary',
    need: ['hate'],
    what: 'Report hate without going to the police, and get help.',
    days: 'MO,TU,WE,TH,FR',
    hours: ['09:00', '17:00'],
  },
  {
    name: 'LGBT+ youth evening',
    by: youth,
    at: 'Old Town',
    tier: 'primary',
    need: ['things-to-do', 'hate'],
    ages: [13, 19],
    what: 'An evening to be yourself among friends.',
    audience: ['lgbt'],
    days: 'TH',
    hours: ['18:00', '20:30'],
  },
  {
    name: 'Lode drug and alcohol service',
    by: lode,
    at: 'Lodeside',
    tier: 'secondary',
    need: ['drugs-and-alcohol'],
    ages: [18, undefined],
    what: 'Talk, medicine and groups. Come in without an appointment in the mornings.',
    days: 'MO,TU,WE,TH,FR',
    hours: ['09:00', '12:30'],
  },
  {
    name: 'Young people’s drug and alcohol service',
    by: lode,
    at: 'Town centre',
    tier: 'secondary',
    need: ['drugs-and-alcohol'],
    ages: [11, 18],
    what: 'Honest talk about drugs and drink, without a telling-off.',
    route: ['self', 'family', 'school', 'professional'],
    days: 'MO,TU,WE,TH,FR',
    hours: ['10:00', '18:00'],
  },
  {
    name: 'Families of people who use',
    by: lode,
    at: 'Lodeside',
    tier: 'secondary',
    need: ['drugs-and-alcohol', 'parenting'],
    ages: [18, undefined],
    what: 'A group for those close to somebody who drinks or uses.',
    days: 'WE',
    hours: ['18:30', '20:00'],
    verifiedOn: '2025-10-01',
  },
  {
    name: 'Night safe',
    by: council,
    at: 'Harbour',
    tier: 'primary',
    need: ['after-an-attack'],
    ages: [18, undefined],
    what: 'Volunteers, water and a safe place near the clubs on weekend nights.',
    days: 'FR,SA',
    hours: ['21:00', '23:59'],
  },
  {
    name: 'Talking therapies',
    by: icb,
    at: 'Town centre',
    tier: 'secondary',
    need: ['mental-health'],
    ages: [16, undefined],
    what: 'Free talking therapy. You can refer yourself.',
    how: 'Fill in the form on the website, or call.',
    waitingDays: 35,
    approach: 'cognitive-behavioural-therapy',
  },
  {
    name: 'Children’s mental health team',
    by: icb,
    at: 'Northgate',
    tier: 'secondary',
    need: ['mental-health'],
    ages: [5, 17],
    what: 'Specialists for children and young people.',
    route: ['professional', 'school'],
    how: 'A GP or a school refers.',
    waitingDays: 120,
  },
  {
    name: 'Crisis line',
    by: icb,
    tier: 'secondary',
    need: ['mental-health'],
    what: 'Somebody to talk to when it is too much, day and night.',
    days: 'MO,TU,WE,TH,FR,SA,SU',
    hours: ['00:00', '23:59'],
  },
  {
    name: 'Grief after violence',
    by: steps,
    at: 'Old Town',
    tier: 'tertiary',
    need: ['after-an-attack', 'mental-health'],
    what: 'For families who lost somebody.',
    verifiedOn: '2025-07-15',
  },
  {
    name: 'Calm course',
    by: council,
    at: 'Northgate',
    tier: 'secondary',
    need: ['anger'],
    ages: [16, undefined],
    what: 'Eight evenings on what sets anger off, and what to do then.',
    days: 'MO',
    hours: ['18:00', '20:00'],
    approach: 'social-skills-training',
  },
  {
    name: 'Teen parents',
    by: families,
    at: 'Northgate',
    tier: 'primary',
    need: ['parenting'],
    ages: [13, 21],
    what: 'A group for young parents, with a crèche.',
    days: 'TH',
    hours: ['10:00', '12:00'],
    approach: 'parenting-programmes',
  },
  {
    name: 'Parents of teenagers',
    by: families,
    at: 'Town centre',
    tier: 'secondary',
    need: ['parenting', 'gangs', 'knives-and-weapons'],
    ages: [18, undefined],
    what: 'A course and a group for parents who worry about where their child goes, and with whom.',
    days: 'WE',
    hours: ['18:00', '20:00'],
    approach: 'parenting-programmes',
    languages: ['English', 'Somali'],
  },
  {
    name: 'Family group meetings',
    by: families,
    at: 'Town centre',
    tier: 'secondary',
    need: ['parenting'],
    what: 'Your family makes its own plan, with somebody who helps.',
    approach: 'family-therapy',
    route: ['self', 'professional'],
  },
  {
    name: 'When a child hurts a parent',
    by: families,
    at: 'Old Town',
    tier: 'tertiary',
    need: ['hurt-at-home', 'parenting', 'anger'],
    what: 'For families in which a child is violent.',
    waitingDays: 28,
  },
  {
    name: 'Turnaround',
    by: justice,
    at: 'Town centre',
    tier: 'secondary',
    need: ['knives-and-weapons', 'anger'],
    ages: [10, 17],
    what: 'For children who were in trouble with the police once, so that it stays at once.',
    route: ['professional', 'school'],
    approach: 'pre-court-diversion',
  },
  {
    name: 'Work and learning after prison',
    by: lode,
    at: 'Lodeside',
    tier: 'tertiary',
    need: ['gangs'],
    ages: [18, undefined],
    what: 'A job coach who meets you at the gate.',
    route: ['self', 'court'],
    verifiedOn: '2025-09-30',
  },
  {
    name: 'Saltmarsh coffee morning',
    by: families,
    at: 'Saltmarsh',
    tier: 'primary',
    need: ['parenting'],
    ages: [18, undefined],
    what: 'Coffee and company in the community room. Children are welcome.',
    days: 'TU',
    hours: ['10:00', '12:00'],
    verifiedOn: '2025-11-01',
  },
];

export interface ExampleService {
  readonly id: string;
  readonly document: StandardObject;
  readonly prevention: ReturnType<typeof preventionSchema.parse>;
  readonly visibility: Visibility;
  readonly verifier: string;
  readonly verifiedOn: IsoDate;
  readonly verifyBy: IsoDate;
  /** The provider by name, where it is on the register. */
  readonly provider: string;
}

const slugOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
const freshDays = ['2026-03-02', '2026-03-19', '2026-04-14', '2026-05-06', '2026-05-20'] as const;
const plusSixMonths = (day: IsoDate): IsoDate => {
  const [year = '', month = '', date = ''] = day.split('-');
  const later = Number(month) + 6;
  return `${Number(year) + (later > 12 ? 1 : 0)}-${String(later > 12 ? later - 12 : later).padStart(2, '0')}-${date === '31' ? '28' : date}`;
};

export const exampleServices: readonly ExampleService[] = lines.map((line, place) => {
  const number = place + 1;
  const serviceId = id(1, number);
  const providerId = id(2, providerNames.indexOf(line.by) + 1);
  const verifiedOn = line.verifiedOn ?? freshDays[place % freshDays.length] ?? '2026-05-20';
  const box = `directory@${slugOf(line.by)}.example`;
  const site = `https://${slugOf(line.by)}.example/${slugOf(line.name)}`;
  const phone = `01632 960${String(100 + number).padStart(3, '0')}`;
  return {
    id: serviceId,
    visibility: line.visibility ?? 'public',
    verifier: box,
    verifiedOn,
    verifyBy: plusSixMonths(verifiedOn),
    provider: line.by,
    prevention: preventionSchema.parse({
      tier: [line.tier],
      reach: [line.tier === 'primary' ? 'universal' : line.tier === 'secondary' ? 'selective' : 'indicated'],
      need: line.need,
      audience: line.audience ?? [line.ages !== undefined && (line.ages[1] ?? 99) < 19 ? 'children' : 'everyone'],
      route: line.route ?? ['self', 'family'],
      approach: line.approach === undefined ? [] : [line.approach],
      howToRefer: line.how ?? `Call ${phone} or write to them.`,
      capacity:
        line.free === undefined && line.waitingDays === undefined
          ? null
          : { free: line.free ?? null, waitingDays: line.waitingDays ?? null, checkedOn: verifiedOn },
      fundingEnds: line.by === youth ? '2027-03-31' : null,
    }),
    document: {
      id: serviceId,
      name: line.name,
      description: line.what,
      status: 'active',
      url: site,
      email: box,
      ...(line.ages !== undefined && {
        minimum_age: line.ages[0],
        ...(line.ages[1] !== undefined && { maximum_age: line.ages[1] }),
      }),
      fees: 'Free',
      organization_id: providerId,
      organization: {
        id: providerId,
        name: line.by,
        description: providers[line.by],
        website: `https://${slugOf(line.by)}.example`,
      },
      ...(line.days !== undefined && {
        schedules: [
          {
            id: id(3, number),
            service_id: serviceId,
            freq: 'WEEKLY',
            interval: 1,
            byday: line.days,
            opens_at: line.hours?.[0],
            closes_at: line.hours?.[1],
          },
        ],
      }),
      languages: (line.languages ?? ['English']).map((name) => ({ id: stableId(serviceId, 'language', name), name })),
      cost_options: [{ id: id(4, number), service_id: serviceId, option: 'Free for everybody', amount: 0 }],
      contacts: [
        {
          id: id(5, number),
          service_id: serviceId,
          title: 'Front desk',
          phones: [{ id: id(6, number), contact_id: id(5, number), number: phone }],
        },
      ],
      service_areas: [{ id: id(7, number), service_id: serviceId, name: 'Haverness' }],
      ...(line.at !== undefined && { service_at_locations: [placeOf(line.at, number, serviceId)] }),
    },
  };
});

function placeOf(spot: Spot, number: number, serviceId: string): StandardObject {
  const [east, north] = spots[spot];
  const locationId = id(9, number);
  return {
    id: id(8, number),
    service_id: serviceId,
    location_id: locationId,
    location: {
      id: locationId,
      location_type: 'physical',
      name: `${spot} house ${number}`,
      ...degreesOf(east + (((number * 37) % 11) - 5) * 0.06, north + (((number * 53) % 11) - 5) * 0.06),
      addresses: [
        {
          id: id(10, number),
          location_id: locationId,
          address_1: `${number} ${spot} Row`,
          city: 'Haverness',
          state_province: 'Merrowshire',
          postal_code: postcodeOf(spot, number),
          country: 'GB',
          address_type: 'physical',
        },
      ],
      accessibility: [
        {
          id: id(11, number),
          location_id: locationId,
          description:
            number % 3 === 0 ? 'Two steps at the door. Ask for the ramp.' : 'Step-free, with an accessible toilet.',
        },
      ],
    },
  };
}

/** What people put on record: help for young people on Saltmarsh is a true gap, and six said so. */
export const exampleGaps = [
  {
    id: id(12, 1),
    area: 'Saltmarsh',
    tier: 'secondary',
    need: 'gangs',
    age: '11-17',
    owner: 'Head of youth services',
    state: 'being-looked-at',
    reports: [
      'Nothing for young people on the estate after five, and the last bus goes at six.',
      'The youth club is four miles away. My pupils do not get there.',
      null,
      'Older boys wait at the shop. Nobody from outside comes.',
      null,
      'We asked for a mentor and were told there is none out here.',
    ],
  },
  {
    id: id(12, 2),
    area: 'Northgate',
    tier: 'tertiary',
    need: 'after-an-attack',
    age: '18-24',
    owner: null,
    state: 'new',
    reports: ['No counselling in the evening for people who work.'],
  },
] as const;
export const exampleGapReportId = (gap: number, report: number): string =>
  id(13, gap * 100 + report + (gap === 0 ? 1 : 0));

/** What a provider proposed with a link, and nobody has looked at. */
export const exampleProposal = {
  id: id(14, 1),
  service: id(1, 3),
  change: { description: 'Boxing and a talk after it. New: girls only on Thursdays. Call Sam on 07700 900123.' },
  note: 'We moved girls to Thursdays.',
} as const;

/** Ids by kind, as tests and routes ask for them. */
export const exampleDirectoryIds: Readonly<Record<string, string>> = {
  service: id(1, 2),
  'service-stale': id(1, 10),
  'service-confidential': id(1, 13),
  'service-withheld': id(1, 14),
  'service-professionals': id(1, 21),
  gap: id(12, 1),
  'gap-report': id(13, 1),
  proposal: id(14, 1),
  provider: id(2, 5),
  'service-at-location': id(8, 2),
  taxonomy: '7c0de000-0015-4000-8000-000001000000',
  'taxonomy-term': '7c0de000-0015-4000-8000-000001000001',
};
