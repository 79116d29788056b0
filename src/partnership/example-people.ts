// Nobody here exists. Ids are fixed, so that tests and tutorials can name a record; organisations go by their names.

const id = (number: number): string => `0b000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Signs in though he has left. */
export const exampleLeaver = {
  id: '00000000-0000-4000-8000-000000000122',
  email: 'superintendent@haverness.example',
  name: 'Idris Calloway',
} as const;

export interface ExamplePost {
  readonly id: string;
  readonly title: string;
  readonly at: string;
  readonly since?: string;
  readonly until?: string;
}

export interface ExamplePerson {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  /** The address of the example account with which they sign in. */
  readonly account?: string;
  readonly left?: string;
  readonly posts: readonly ExamplePost[];
}

const post = (title: string, at: string, since?: string, until?: string) => ({
  title,
  at,
  ...(since !== undefined && { since }),
  ...(until !== undefined && { until }),
});

const council = 'Haverness Council';
const police = 'Merrowshire Constabulary';
const fire = 'Merrowshire Fire and Rescue Service';
const icb = 'NHS Merrowshire Integrated Care Board';
const ccg = 'NHS Haverness Clinical Commissioning Group';
const probation = 'Probation Service, Merrowshire';
const youthJustice = 'Haverness Youth Justice Service';
const commissioner = 'Office of the Merrowshire Police and Crime Commissioner';
const hospitals = 'Haverness Bay Hospitals NHS Trust';

const people: readonly (Omit<ExamplePerson, 'posts'> & { posts: readonly Omit<ExamplePost, 'id'>[] })[] = [
  {
    id: id(1),
    name: 'Morwenna Sayle',
    email: 'morwenna.sayle@council.haverness.example',
    phone: '01632 960 101',
    posts: [
      post('Acting Head of Public Protection', council, 'July 2023', 'December 2023'),
      post('Head of Public Protection', council, 'December 2023'),
    ],
  },
  {
    id: id(2),
    name: 'Ada Thornbury',
    email: 'ada.thornbury@council.haverness.example',
    account: 'administrator@haverness.example',
    posts: [post('Business Support Manager', council, 'March 2019')],
  },
  {
    id: id(3),
    name: 'Colm Draycott',
    email: 'colm.draycott@council.haverness.example',
    phone: '01632 960 103',
    account: 'coordinator@haverness.example',
    posts: [post('Community Safety Manager', council, 'early 2021')],
  },
  {
    id: id(4),
    name: 'Anwen Marsh',
    email: 'anwen.marsh@council.haverness.example',
    account: 'analyst@haverness.example',
    posts: [post('Partnership Analyst', council, 'September 2022')],
  },
  {
    id: id(5),
    name: 'Olu Fairweather',
    email: 'olu.fairweather@council.haverness.example',
    account: 'officer@haverness.example',
    posts: [post('Anti-social Behaviour Officer', council, '2020')],
  },
  {
    id: id(6),
    name: 'Priya Lindqvist',
    email: 'priya.lindqvist@council.haverness.example',
    account: 'prevention-lead@haverness.example',
    posts: [post('Head of Prevention and Youth Services', council, 'October 2022')],
  },
  {
    id: id(7),
    name: 'Pavel Ashdown',
    email: 'pavel.ashdown@fire.merrowshire.example',
    account: 'partner@haverness.example',
    posts: [post('Station Manager, Prevention', fire, 'May 2021')],
  },
  {
    id: id(8),
    name: 'Dilys Renner',
    email: 'dilys.renner@council.haverness.example',
    account: 'democratic-services@haverness.example',
    posts: [post('Democratic Services Officer', council, '2017')],
  },
  {
    id: id(9),
    name: 'Cora Whitlock',
    email: 'cora.whitlock@council.haverness.example',
    account: 'councillor@haverness.example',
    posts: [post('Councillor, chair of Scrutiny', council, 'May 2023')],
  },
  {
    id: id(10),
    name: 'Hari Stonebridge',
    email: 'hari.stonebridge@commissioner.merrowshire.example',
    account: 'hub@haverness.example',
    posts: [post('Head of the Violence Reduction Partnership', commissioner, 'April 2022')],
  },
  {
    id: id(11),
    name: 'Ines Galloway',
    email: 'ines.galloway@council.haverness.example',
    account: 'information-governance@haverness.example',
    posts: [post('Information Governance Lead', council, '2018')],
  },
  {
    id: id(12),
    name: 'Tobias Quillfeather',
    email: 'tobias.quillfeather@icb.merrowshire.example',
    // The group became the board; then he went on to the hospitals.
    posts: [
      post('Safeguarding Lead', ccg, '2016', '30 June 2022'),
      post('Safeguarding Lead', icb, '1 July 2022', '31 August 2025'),
      post('Director of Safeguarding', hospitals, '1 September 2025'),
    ],
  },
  {
    id: id(13),
    name: 'Fenella Oakhurst',
    email: 'fenella.oakhurst@police.merrowshire.example',
    phone: '01632 960 113',
    posts: [post('Superintendent, Haverness', police, 'February 2024')],
  },
  {
    id: id(14),
    name: 'Idris Calloway',
    email: 'idris.calloway@police.merrowshire.example',
    // Has left, and the account was forgotten: what a review of access has to find.
    account: exampleLeaver.email,
    left: '31 January 2024',
    posts: [post('Superintendent, Haverness', police, '2020', '31 January 2024')],
  },
  {
    id: id(15),
    name: 'Marisol Tremlett',
    email: 'marisol.tremlett@probation.merrowshire.example',
    posts: [post('Head of Probation Delivery', probation, 'summer 2021')],
  },
  {
    id: id(16),
    name: 'Gethin Farrowdale',
    email: 'gethin.farrowdale@council.haverness.example',
    posts: [post('Youth Justice Service Manager', youthJustice, 'January 2020')],
  },
  {
    id: id(17),
    name: 'Saoirse Pemberlow',
    email: 'saoirse.pemberlow@icb.merrowshire.example',
    posts: [post('Associate Director, Population Health', icb, 'July 2022')],
  },
  {
    id: id(18),
    name: 'Jo Smith',
    email: 'jo.smith@fire.merrowshire.example',
    posts: [post('Group Manager', fire, 'November 2023')],
  },
  {
    id: id(19),
    name: 'Jo Smith',
    email: 'jo.smith@shoreline.example',
    posts: [post('Youth Worker', 'Shoreline Youth Trust', 'March 2024')],
  },
  {
    id: id(20),
    name: 'Lowri Castellan',
    email: 'lowri.castellan@havershore.example',
    posts: [
      post('Neighbourhoods Manager', 'Haver Shore Homes', 'early 2021'),
      post('Chair of the Landlords’ Forum', 'Haver Shore Homes', '2024'),
    ],
  },
  {
    id: id(21),
    name: 'Bastian Hollowell',
    email: 'b.hollowell@sallowmoor.example',
    posts: [post('Head of Reducing Reoffending', 'HMP Sallow Moor', 'January 2023')],
  },
  {
    id: id(22),
    name: 'Zadie Winterbourne',
    email: 'head@academy.haverness.example',
    posts: [post('Principal', 'Haverness Academy', 'September 2022')],
  },
  {
    id: id(23),
    name: 'Ravenna Coldbrook',
    posts: [post('Trustee', 'Shoreline Youth Trust', 'March 2024', 'late 2025')],
  },
  {
    id: id(24),
    name: 'Emrys Vandeleur',
    email: 'emrys.vandeleur@ambulance.merrow.example',
    posts: [post('Clinical Lead', 'Merrow Ambulance Service NHS Trust', '1 July 2026')],
  },
  {
    id: id(25),
    name: 'Peregrine Locke',
    email: 'peregrine.locke@traders.haverness.example',
    left: 'late 2022',
    posts: [post('Secretary', 'Haverness Traders’ Association', '2015', 'late 2022')],
  },
];

/** The people of the Safer Haverness Partnership, and those that were. The posts of the third are 1030, 1031 … */
export const examplePeople: readonly ExamplePerson[] = people.map((person, place) => ({
  ...person,
  posts: person.posts.map((held, at) => ({ id: id(1_000 + (place + 1) * 10 + at), ...held })),
}));

/** The names are as made up as the others; in the product they stand on one page only, and a test looks for them. */
export const examplePeopleUnderLock = [
  {
    id: id(901),
    label: 'Member with lived experience 1',
    name: 'Wren Ashby-Example',
    email: 'wren.ashby@post.example',
    phone: null,
  },
  {
    id: id(902),
    label: 'Member with lived experience 2',
    name: 'Corin Maybank-Example',
    email: null,
    phone: '01632 960 902',
  },
] as const;

/** Ids for whoever asks for an example of a kind: see `World` in the routes. */
export const examplePeopleIds: Readonly<Record<string, string>> = {
  person: id(1),
  post: id(1_010),
  'person-under-lock': id(901),
  'person-with-mistake': id(20),
  'post-by-mistake': id(1_201),
  'person-to-move': id(5),
  'person-who-leaves': id(21),
  'person-who-left': id(14),
  'person-to-protect': id(23),
  'person-to-remove': id(25),
};
