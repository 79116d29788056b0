import type { Indicator } from './indicator.ts';
import { knifeOffences } from './violence-kinds.ts';

/** An indicator to begin with: what it counts and how it is read, without target and owner, which are local. */
export type IndicatorTemplate = Omit<Indicator, 'target' | 'owner'>;

const perPeople = {
  denominator: { of: 'population', ages: null },
  unit: 'per-100000',
  polarity: 'lower',
  period: 'rolling-year',
  breaks: [],
} as const;

/** The three measures by which the Home Office looks at the Duty in every area. */
export const nationalIndicators: readonly IndicatorTemplate[] = [
  {
    ...perPeople,
    id: 'homicide',
    name: 'Homicide',
    why: 'The gravest harm. There are few in any one area, so three years are read together and a single year says nothing.',
    source: 'ho-recorded-crime',
    counted: { by: 'rows', offenceCodes: ['1', '4.1', '4.2', '4.10', '1/4.1/4.10/4.2', '1/4.1/4.2/4.10'] },
    unit: 'per-million',
    period: 'three-years',
    comparator: 'most-similar',
    disclosure: 'open',
    isNational: true,
  },
  {
    ...perPeople,
    id: 'knife-admissions',
    name: 'Hospital admissions for assault with a knife or sharp object',
    why: 'Counts people who were hurt badly enough to be admitted, whether or not the police know of it. By where they live, not where it happened. Accidents (W25, W26), self-harm (X78) and unclear cases (Y28) are not in it.',
    source: 'hospital-admissions',
    counted: { by: 'rows', categories: ['X99'] },
    comparator: 'most-similar',
    disclosure: 'health',
    isNational: true,
  },
  {
    ...perPeople,
    id: 'knife-crime',
    name: 'Knife crime recorded by the police',
    why: 'Violence, robbery and threats in which a knife or sharp object was used or shown. Carrying one is not in it.',
    // The open tables of the Home Office have no knife: the force's own extract has.
    source: 'force-extract',
    counted: { by: 'rows', offenceCodes: knifeOffences, flags: ['knife'] },
    breaks: [
      {
        month: '2018-04',
        words:
          'one method for all forces took the place of marks that each force set by hand. Forces changed at different times: check this month with yours',
      },
    ],
    comparator: 'force',
    disclosure: 'standard',
    isNational: true,
  },
];

/** Measures that partners ask for beside the national ones. */
const localIndicators: readonly IndicatorTemplate[] = [
  {
    ...perPeople,
    id: 'assaults-in-emergency-departments',
    name: 'Assaults treated in emergency departments',
    why: 'Much violence never comes to the police. A rise here and none there says that something is not reported.',
    source: 'istv',
    counted: { by: 'all' },
    comparator: 'none',
    disclosure: 'health',
    isNational: false,
  },
  {
    ...perPeople,
    id: 'ambulance-assaults',
    name: 'Ambulances called to assaults',
    why: 'Shows where and when people are hurt, and does not hang on who reports it to the police.',
    source: 'ambulance',
    counted: { by: 'all' },
    comparator: 'none',
    disclosure: 'health',
    isNational: false,
  },
  {
    ...perPeople,
    id: 'robbery',
    name: 'Robbery',
    why: 'Violence for gain, mostly in public places and often between young people.',
    source: 'police-uk-street',
    counted: { by: 'rows', categories: ['Robbery'] },
    comparator: 'force',
    disclosure: 'open',
    isNational: false,
  },
  {
    ...perPeople,
    id: 'serious-violence',
    name: 'Serious violence as we define it',
    why: 'What the partnership has decided to prevent and reduce, all together.',
    source: 'force-extract',
    counted: { by: 'definition', kind: null },
    comparator: 'none',
    disclosure: 'standard',
    isNational: false,
  },
  {
    ...perPeople,
    id: 'domestic-violence',
    name: 'Violence marked as domestic abuse',
    why: 'A rise can be good: more people may be asking for help. So neither direction is called better.',
    source: 'force-extract',
    counted: { by: 'rows', flags: ['domestic-abuse'] },
    polarity: 'neither',
    comparator: 'none',
    disclosure: 'standard',
    isNational: false,
  },
  {
    id: 'first-time-entrants',
    name: 'Children who enter youth justice for the first time',
    why: 'Fewer children with a first caution or conviction is what prevention is for.',
    source: 'youth-justice',
    counted: { by: 'all' },
    denominator: { of: 'population', ages: { from: 10, to: 17 } },
    unit: 'per-100000',
    polarity: 'lower',
    period: 'rolling-year',
    breaks: [],
    comparator: 'region',
    disclosure: 'standard',
    isNational: false,
  },
  {
    id: 'suspensions',
    name: 'Suspensions and exclusions from school',
    why: 'Time out of school is time at risk, and it falls unevenly.',
    source: 'exclusions',
    counted: { by: 'all' },
    denominator: { of: 'none' },
    unit: 'count',
    polarity: 'lower',
    period: 'financial-year',
    breaks: [],
    comparator: 'none',
    disclosure: 'standard',
    isNational: false,
  },
];

export const indicatorTemplates: readonly IndicatorTemplate[] = [...nationalIndicators, ...localIndicators];

export const findTemplate = (id: string): IndicatorTemplate | undefined =>
  indicatorTemplates.find((each) => each.id === id);
