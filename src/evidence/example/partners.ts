import { addDays, monthsIn, shiftMonth, type IsoDate, type Month } from '../../duty/index.ts';
import type { FormatName } from '../source.ts';
import { chanceOf } from './chance.ts';
import { fireAuthority, haverness, pointIn, type SmallArea } from './county.ts';
import { pseudonymOf, type Crime } from './crimes.ts';
import { firstMonth } from './truths.ts';

/** A file as a partner of the example sent it. */
export interface SentFile {
  readonly name: string;
  readonly text: string;
}

export interface SentSource {
  readonly source: FormatName;
  readonly files: readonly SentFile[];
}

/** The site of the emergency department of Haverness Bay Hospitals. */
export const hospitalSite = 'HBH01';
export const ambulanceTrust = 'Merrow Ambulance Service NHS Trust';
/** The department sent these until then; its new form has not come yet. */
export const lastAttendances: Month = '2026-02';
export const lastFires: Month = '2026-02';

export const csv = (header: string, rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
const two = (value: number): string => String(value).padStart(2, '0');
const isHere = ({ smallArea }: Crime): boolean => smallArea.district.code === 'E06000990';
const minutesAfter = (moment: string, minutes: number): string => {
  const at = new Date(`${moment.replace(' ', 'T')}:00Z`);
  return new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
};
const byTime = (rows: { readonly at: string; readonly line: string }[]): readonly string[] =>
  rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.line < b.line ? -1 : 1)).map(({ line }) => line);

export const ambulanceHeader =
  'Call Date and Time,Category,LSOA Code,Easting,Northing,Place Type,Age,Sex,Priority,Conveyed,Alcohol,Trust';

/** Calls to the ambulance: some for what the police also know, and as many for what nobody told them. */
function ambulance(crimes: readonly Crime[]): SentSource {
  const chance = chanceOf(100);
  const rows: { at: string; line: string }[] = [];
  for (const crime of crimes) {
    const [called, told] = [chance.next(), chance.next()];
    if (!isHere(crime) || !crime.injures || crime.from.slice(0, 7) < firstMonth) continue;
    const times = (called < 0.42 ? 1 : 0) + (told < 0.36 ? 1 : 0);
    for (let each = 0; each < times; each += 1) {
      const at = minutesAfter(
        crime.from,
        each === 0 ? 4 + chance.below(20) : 60 * 24 * (1 + chance.below(9)) + chance.below(90),
      );
      const point = crime.point ?? pointIn(crime.smallArea, chance.next(), chance.next());
      rows.push({
        at,
        line: [
          at,
          crime.knife ? 'Stabbing' : crime.firearm ? 'Gunshot' : 'Assault',
          crime.smallArea.code,
          ...point,
          crime.place,
          crime.victimAge ?? '',
          crime.victimSex ?? '',
          chance.weighted([
            ['Category 1', 1],
            ['Category 2', 4],
            ['Category 3', 5],
          ] as const),
          chance.isTrue(0.55) ? 'Yes' : 'No',
          crime.alcohol ? 'Yes' : 'No',
          ambulanceTrust,
        ].join(','),
      });
    }
  }
  const within = rows.filter(({ at }) => at < '2026-05-01');
  return {
    source: 'ambulance',
    files: [{ name: 'merrow-ambulance-assaults.csv', text: csv(ambulanceHeader, byTime(within)) }],
  };
}

const ecdsHeader =
  'Patient,Department Type,Site Code (of Treatment),Arrival Date and Time,Injury Date and Time,Injury Intent,Injury Mechanism,Place of Injury,LSOA of Residence,Age,Sex,Ethnic Category,Alcohol,Drugs,Safeguarding,Discharge Status';

/** Attendances after an assault. Many who come were never in a report of the police. */
function attendances(crimes: readonly Crime[]): SentSource {
  const chance = chanceOf(110);
  const homes = haverness().map((area) => [area, area.people * (0.5 + area.deprivation)] as const);
  const rows: { at: string; line: string }[] = [];
  for (const [number, crime] of crimes.entries()) {
    const drawn = chance.next();
    if (!isHere(crime) || !crime.injures || crime.from.slice(0, 7) < firstMonth) continue;
    const people = drawn < 0.5 ? 1 : drawn < 0.75 ? 2 : 0;
    for (let each = 0; each < people; each += 1) {
      const at = minutesAfter(crime.from, 25 + chance.below(240) + (each === 0 ? 0 : 60 * chance.below(400)));
      const home = crime.isDomestic ? crime.smallArea : chance.weighted(homes);
      rows.push({
        at,
        line: [
          pseudonymOf(`patient ${number} ${each}`),
          '01',
          hospitalSite,
          at,
          each === 0 ? crime.from : '',
          'Assault',
          crime.knife
            ? 'Sharp object'
            : chance.weighted([
                ['Body part', 7],
                ['Blunt object', 1.5],
                ['Glass', crime.isNightTime ? 1.6 : 0.4],
                ['Other', 1],
              ] as const),
          crime.isDomestic
            ? 'Home'
            : crime.place === 'Licensed premises'
              ? 'Licensed premises'
              : 'Street or public place',
          home.code,
          crime.victimAge ?? '',
          crime.victimSex ?? '',
          chance.weighted([
            ['White', 90],
            ['Asian', 3],
            ['Black', 2],
            ['Mixed', 2],
            ['Not stated', 6],
          ] as const),
          crime.alcohol ? 'Yes' : 'No',
          crime.drugs ? 'Yes' : 'No',
          chance.isTrue(0.08) ? 'Yes' : 'No',
          chance.weighted([
            ['Sent home', 7],
            ['Admitted', crime.knife ? 4 : 0.6],
            ['Left before treatment', 1],
          ] as const),
        ].join(','),
      });
    }
  }
  const within = rows.filter(({ at }) => at.slice(0, 7) <= lastAttendances);
  return { source: 'ecds', files: [{ name: 'haverness-bay-assaults.csv', text: csv(ecdsHeader, byTime(within)) }] };
}

export const fireHeader = 'Incident Date and Time,Category,LSOA Code,Easting,Northing,Property Type,Casualties,Service';

/** Fires that were set and attacks on crews, of some months. */
export function fireRows(months: readonly Month[], part: number): readonly string[] {
  const chance = chanceOf(part);
  const places = haverness().map((area) => [area, 0.3 + area.deprivation] as const);
  const rows = months.flatMap((month) => {
    const isDry = ['04', '07', '08', '10', '11'].includes(month.slice(5));
    return Array.from({ length: chance.count(isDry ? 34 : 24) }, () => {
      const area: SmallArea = chance.weighted(places);
      const at = `${month}-${two(1 + chance.below(28))} ${two((15 + chance.below(10)) % 24)}:${two(chance.below(60))}`;
      const line = [
        at,
        chance.weighted([
          ['Deliberate secondary fire', 60],
          ['Deliberate primary fire: vehicle', 12],
          ['Deliberate primary fire: not a vehicle', 9],
          ['Malicious call', 10],
          ['Dwelling fire without a working alarm', 6],
          ['Violence towards staff', 3],
        ] as const),
        area.code,
        ...pointIn(area, chance.next(), chance.next()),
        chance.weighted([
          ['Refuse', 5],
          ['Grass', 3],
          ['Car', 2],
          ['Building', 1],
        ] as const),
        chance.isTrue(0.03) ? 'Yes' : 'No',
        fireAuthority.name,
      ].join(',');
      return { at, line };
    });
  });
  return byTime(rows);
}

function fires(): SentSource {
  const rows = fireRows(monthsIn({ from: firstMonth, to: lastFires }), 120);
  return { source: 'fire', files: [{ name: 'merrowshire-fire-incidents.csv', text: csv(fireHeader, rows) }] };
}

/** Name, number and how many they exclude; where each stands, see `schoolAt`. */
export const schools = [
  ['Haverness Academy', '990001', 1.3],
  ['St Brannock’s School', '990002', 0.9],
  ['Lantern Hill High School', '990003', 1],
  ['Saltmarsh Community School', '990004', 1.2],
  ['Gull Point Primary School', '990005', 0.12],
  ['Sallow Lane Primary School', '990006', 0.3],
] as const;

/** The small area of a school, by its place in the list. */
export const schoolAt = (place: number): SmallArea | undefined => haverness()[(place * 9 + 4) % haverness().length];

export const exclusionsHeader =
  'Pupil,Start Date,End Date,Kind,Reason,School,School URN,LSOA of School,Age,Sex,Ethnicity,Special Educational Needs,Local Authority';

/** Suspensions and exclusions from schools, of some months; none in the holidays. */
export function exclusionRows(months: readonly Month[], part: number): readonly string[] {
  const chance = chanceOf(part);
  const rows = months.flatMap((month) => {
    const share = { '08': 0, '07': 0.7, '12': 0.75, '04': 0.6 }[month.slice(5)] ?? 1;
    return Array.from({ length: chance.count(62 * share) }, () => {
      const [at, name, urn] = chance.weighted(
        schools.map(([name_, urn_, weight], place) => [[place, name_, urn_] as const, weight] as const),
      );
      const start: IsoDate = `${month}-${two(1 + chance.below(28))}`;
      const isForGood = chance.isTrue(0.025);
      return {
        at: start,
        line: [
          pseudonymOf(`pupil ${urn} ${chance.below(260)}`),
          start,
          isForGood ? '' : addDays(start, chance.below(5)),
          isForGood ? 'Permanent exclusion' : 'Suspension',
          chance.weighted([
            ['Persistent disruptive behaviour', 50],
            ['Physical assault against a pupil', 17],
            ['Verbal abuse or threat against an adult', 14],
            ['Physical assault against an adult', 6],
            ['Drug and alcohol related', 5],
            ['Use or threat of an offensive weapon', 3],
          ] as const),
          name,
          urn,
          schoolAt(at)?.code ?? '',
          at > 3 ? 6 + chance.below(5) : 11 + chance.below(6),
          chance.isTrue(0.69) ? 'Male' : 'Female',
          chance.weighted([
            ['White', 91],
            ['Asian', 3],
            ['Black', 3],
            ['Mixed', 3],
          ] as const),
          chance.weighted([
            ['None', 5],
            ['Support', 4],
            ['Plan', 1.4],
          ] as const),
          'Haverness Council',
        ].join(','),
      };
    });
  });
  return byTime(rows);
}

function exclusions(): SentSource {
  const rows = exclusionRows(monthsIn({ from: firstMonth, to: '2025-12' }), 130);
  return { source: 'exclusions', files: [{ name: 'haverness-exclusions.csv', text: csv(exclusionsHeader, rows) }] };
}

/** Quarters of financial years, `2021/22 Q2` the first. */
const quarters = (first: Month, last: Month): readonly string[] =>
  monthsIn({ from: first, to: last })
    .filter((month) => ['01', '04', '07', '10'].includes(month.slice(5)))
    .map((month) => {
      const begins = Number(shiftMonth(month, -3).slice(0, 4));
      return `${begins}/${String(begins + 1).slice(2)} Q${Math.floor(((Number(month.slice(5)) + 8) % 12) / 3) + 1}`;
    });

/** As the national rule has it: from 1 to 7 nothing is told, all else in fives. */
export const hiddenOrRounded = (count: number): string =>
  count === 0 ? '0' : count <= 7 ? '*' : String(Math.round(count / 5) * 5);

/** Counts of admissions, already suppressed by the board that sends them. */
function admissions(): SentSource {
  const chance = chanceOf(140);
  const rows = quarters('2021-07', '2025-12').flatMap((quarter) =>
    [
      ['X99', 3],
      ['Y04', 11],
      ['Y00', 2],
      ['T51', 14],
    ].flatMap(([cause, mean]) =>
      ['10-17', '18-24', '25-44', '45-64', '65+'].flatMap((ages, at) =>
        ['Male', 'Female'].map((sex) => {
          const count = chance.count(
            Number(mean) * ([0.4, 1.2, 1.5, 0.8, 0.2][at] ?? 1) * (sex === 'Male' ? 1.3 : 0.6),
          );
          return [
            quarter,
            'E06000990',
            cause,
            hiddenOrRounded(count),
            'NHS Merrowshire Integrated Care Board',
            ages,
            sex,
            'Admissions',
          ].join(',');
        }),
      ),
    ),
  );
  const header = 'Period,Area Code,Cause,Count,Provider,Age Group,Sex,Count Basis';
  return { source: 'hospital-admissions', files: [{ name: 'admissions-suppressed.csv', text: csv(header, rows) }] };
}

function youthJustice(): SentSource {
  const chance = chanceOf(150);
  const rows = quarters('2021-07', '2026-03').flatMap((quarter) =>
    [
      ['First-time entrants', 9],
      ['Serious youth violence', 4],
      ['Caseload', 46],
    ].flatMap(([measure, mean]) =>
      ['10-14', '15-17'].flatMap((ages, at) =>
        ['Male', 'Female'].map((sex) =>
          [
            quarter,
            'E06000990',
            measure,
            chance.count(Number(mean) * (at === 0 ? 0.3 : 0.7) * (sex === 'Male' ? 0.83 : 0.17)),
            'Haverness Youth Justice Service',
            ages,
            sex,
          ].join(','),
        ),
      ),
    ),
  );
  const header = 'Period,Area Code,Measure,Count,Provider,Age Group,Sex';
  return { source: 'youth-justice', files: [{ name: 'youth-justice-quarters.csv', text: csv(header, rows) }] };
}

/** What all partners but the force sent, of Haverness alone. Nothing came from the Probation Service. */
export const partnersOf = (crimes: readonly Crime[]): readonly SentSource[] => [
  attendances(crimes),
  ambulance(crimes),
  fires(),
  admissions(),
  youthJustice(),
  exclusions(),
];
