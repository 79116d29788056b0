import { addDays, daysInMonth, monthsIn, shiftMonth, type IsoDate, type Month } from '../../duty/index.ts';
import { chanceOf, type Chance } from './chance.ts';
import { county, force, haverness, pointIn, smallAreaAt, type Point, type SmallArea } from './county.ts';
import {
  emerging,
  firstMonth,
  lastMonth,
  nightTime,
  recording,
  series,
  truths as allTruths,
  underServed,
  type Truth,
} from './truths.ts';

/** An offence that the force of the example recorded. */
export interface Crime {
  readonly code: string;
  readonly recordedOn: IsoDate;
  /** When it happened: `2025-08-02 01:40`. */
  readonly from: string;
  readonly to: string | null;
  readonly smallArea: SmallArea;
  /** Null where the force does not know it. */
  readonly point: Point | null;
  readonly place: string;
  readonly isPublic: boolean;
  readonly isDomestic: boolean;
  readonly knife: boolean;
  readonly firearm: boolean;
  readonly alcohol: boolean;
  readonly drugs: boolean;
  readonly isNightTime: boolean;
  readonly victim: string | null;
  readonly victimAge: number | null;
  readonly victimSex: string | null;
  readonly victimEthnicity: string | null;
  readonly suspectAge: number | null;
  readonly suspectSex: string | null;
  readonly relationship: string;
  readonly outcome: string;
  /** It hurts: some of these are also seen by the ambulance and the emergency department. */
  readonly injures: boolean;
}

interface OffenceKind {
  readonly code: string;
  readonly title: string;
  /** Of 1,000 offences that are nothing special. */
  readonly share: number;
  readonly domestic: number;
  readonly publicPlace: number;
  readonly knife: number;
  readonly women: number;
  /** Years: the middle of the ages of victims, null where nobody in particular is harmed. */
  readonly age: number | null;
  readonly injures?: true;
}

const kind = (
  code: string,
  title: string,
  share: number,
  [domestic, publicPlace, knife, women]: readonly [number, number, number, number],
  age: number | null,
  injures?: true,
): OffenceKind => ({ code, title, share, domestic, publicPlace, knife, women, age, ...(injures && { injures }) });

/** Codes and titles as Concord's draft of the Home Office codes has them; the shares are made up. */
const offences: readonly OffenceKind[] = [
  kind('105A', 'Assault without injury', 300, [0.36, 0.42, 0, 0.52], 31),
  kind('8N', 'Assault with injury', 225, [0.34, 0.45, 0.03, 0.46], 31, true),
  kind('8L', 'Harassment', 125, [0.3, 0.2, 0, 0.66], 36),
  kind('8Q', 'Stalking', 45, [0.55, 0.2, 0, 0.8], 34),
  kind('8U', 'Controlling or coercive behaviour', 28, [1, 0, 0, 0.9], 33),
  kind('3B', 'Threats to kill', 38, [0.4, 0.35, 0.08, 0.5], 34),
  kind('5D', 'Assault with intent to cause serious harm', 22, [0.25, 0.5, 0.34, 0.3], 29, true),
  kind('8T', 'Assault with injury on an emergency worker', 16, [0.05, 0.5, 0.01, 0.4], 35, true),
  kind('34B', 'Robbery of personal property', 34, [0.02, 0.85, 0.18, 0.25], 23),
  kind('34A', 'Robbery of business property', 5, [0, 0.6, 0.3, 0.4], null),
  kind('10D', 'Possession of article with blade or point', 34, [0.03, 0.85, 0.95, 0], null),
  kind('10C', 'Possession of other weapons', 16, [0.03, 0.75, 0, 0], null),
  kind('20A', 'Sexual assault on a female aged 13 and over', 30, [0.15, 0.4, 0, 1], 24),
  kind('19C', 'Rape of a female aged 16 and over', 20, [0.42, 0.1, 0.01, 1], 27),
  kind('20B', 'Sexual assault on a female child under 13', 6, [0.3, 0.1, 0, 1], 9),
  kind('17A', 'Sexual assault on a male aged 13 and over', 5, [0.1, 0.4, 0, 0], 22),
  kind('92A', 'Trafficking in controlled drugs', 26, [0, 0.6, 0.04, 0], null),
  kind('36', 'Kidnapping', 4, [0.3, 0.5, 0.1, 0.4], 26),
  kind('62A', 'Violent disorder', 3, [0, 0.95, 0.05, 0], null),
  kind('56A', 'Arson endangering life', 4, [0.2, 0.3, 0, 0.5], 40),
  kind('29A', 'Aggravated burglary, residential', 3, [0.1, 0, 0.3, 0.4], 44, true),
  kind('2', 'Attempted murder', 0.6, [0.2, 0.6, 0.6, 0.2], 28, true),
  kind('1', 'Murder', 0.25, [0.4, 0.4, 0.5, 0.4], 33),
];

export const offenceTitles: ReadonlyMap<string, string> = new Map(offences.map(({ code, title }) => [code, title]));

const kindOf = (code: string): OffenceKind => {
  const found = offences.find((each) => each.code === code);
  if (found === undefined) throw new RangeError(`The example has no offence ${code}.`);
  return found;
};

const groups = [
  ['White', 92],
  ['Asian', 3],
  ['Black', 2],
  ['Mixed', 2],
  ['Other', 1],
] as const;

const weekdays = [0.15, 0.125, 0.125, 0.13, 0.135, 0.16, 0.175];
/** By hour of the day, when nothing special happens. */
const hours = [4, 3, 2, 1.5, 1, 1, 1.5, 2.5, 4, 4, 4, 4.5, 5, 5, 5, 6.5, 6.5, 6, 6, 6, 6, 6, 5.5, 5].map(
  (weight, hour) => [hour, weight] as const,
);
const season = [0.95, 0.94, 0.97, 1, 1.03, 1.04, 1.06, 1.05, 1, 0.99, 0.97, 1];

const two = (value: number): string => String(value).padStart(2, '0');
const monthNumber = (month: Month): number => Number(month.slice(5)) - 1;
const weekdayOf = (day: IsoDate): number => new Date(`${day}T00:00Z`).getUTCDay();
/** What happened in the weeks before is recorded in the first month too. */
const withBefore = monthsIn({ from: shiftMonth(firstMonth, -2), to: lastMonth });
const lastDay: IsoDate = `${lastMonth}-${daysInMonth(Number(lastMonth.slice(0, 4)), Number(lastMonth.slice(5)))}`;

const weightedDays = new Map<readonly number[], Map<Month, readonly (readonly [IsoDate, number])[]>>();

/** A day of a month, by weights of the days of the week, Sunday first. */
function dayIn(month: Month, byWeekday: readonly number[], chance: Chance): IsoDate {
  const known = weightedDays.get(byWeekday) ?? new Map<Month, readonly (readonly [IsoDate, number])[]>();
  weightedDays.set(byWeekday, known);
  const length = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  const days =
    known.get(month) ??
    Array.from({ length }, (_, at) => {
      const day: IsoDate = `${month}-${two(at + 1)}`;
      return [day, byWeekday[weekdayOf(day)] ?? 0] as const;
    });
  known.set(month, days);
  return chance.weighted(days);
}

interface Happening {
  readonly smallArea: SmallArea;
  readonly day: IsoDate;
  readonly hour: number;
  readonly minute?: number;
  readonly point?: Point;
  readonly place?: string;
  readonly knife?: boolean;
  readonly alcohol?: number;
  readonly isNightTime?: boolean;
  readonly age?: number;
  readonly isPublic?: boolean;
  readonly isDomestic?: boolean;
  /** Days until it is recorded, at most. */
  readonly soon?: boolean;
}

/** All that stands in a row of the force, drawn around what is known of it. */
function crimeOf(code: string, about: Happening, chance: Chance): Crime {
  const { smallArea, day, hour } = about;
  const of = kindOf(code);
  const isDomestic = about.isDomestic ?? (about.isNightTime !== true && chance.isTrue(of.domestic));
  const isPublic = about.isPublic ?? (!isDomestic && chance.isTrue(Math.min(1, of.publicPlace * 1.4)));
  const knife = about.knife ?? chance.isTrue(of.knife);
  const minute = about.minute ?? chance.below(12) * 5;
  const delay = about.soon === true || chance.isTrue(0.82) ? chance.below(3) : chance.below(45);
  const recorded = addDays(day, delay);
  const isWide = about.soon !== true && chance.isTrue(0.12);
  const victimKnown = of.age !== null && chance.isTrue(0.94);
  const suspectKnown = chance.isTrue(isDomestic ? 0.97 : 0.55);
  const isWoman = chance.isTrue(about.isNightTime === true ? 0.27 : of.women);
  const age = Math.round(
    Math.min(94, Math.max(1, chance.around(about.age ?? of.age ?? 30, (about.age ?? of.age ?? 30) * 0.38))),
  );
  const hasPoint = about.point !== undefined || !chance.isTrue(0.02);
  const [u, v] = [chance.next(), chance.next()];
  return {
    code,
    recordedOn: recorded,
    from: `${day} ${two(hour)}:${two(minute)}`,
    to: isWide ? `${addDays(day, 1 + chance.below(3))} ${two(chance.below(24))}:00` : null,
    smallArea,
    point: hasPoint ? (about.point ?? pointIn(smallArea, u, v)) : null,
    place:
      about.place ??
      (isDomestic
        ? 'Dwelling'
        : isPublic
          ? chance.weighted([
              ['Street', 6],
              ['Park or beach', 1.5],
              ['Car park', 0.8],
              ['Bus or station', 0.7],
            ] as const)
          : chance.weighted([
              ['Dwelling', 5],
              ['Shop', 1.2],
              ['School', 0.8],
              ['Licensed premises', 1],
              ['Hospital', 0.5],
            ] as const)),
    isPublic,
    isDomestic,
    knife,
    firearm: !knife && chance.isTrue(0.004),
    alcohol: chance.isTrue(about.alcohol ?? (hour >= 20 || hour < 5 ? 0.3 : 0.1)),
    drugs: chance.isTrue(0.06),
    isNightTime: about.isNightTime === true,
    victim: victimKnown
      ? isDomestic
        ? `${smallArea.code} ${chance.below(60)}`
        : `${smallArea.code} ${day} ${chance.below(99_999)}`
      : null,
    victimAge: victimKnown ? age : null,
    victimSex: victimKnown ? (isWoman ? 'Female' : 'Male') : null,
    victimEthnicity: victimKnown && chance.isTrue(0.72) ? chance.weighted(groups) : null,
    suspectAge: suspectKnown ? Math.max(10, Math.round(chance.around(about.age ?? 29, 9))) : null,
    suspectSex: suspectKnown ? (chance.isTrue(0.85) ? 'Male' : 'Female') : null,
    relationship: isDomestic
      ? chance.weighted([
          ['Partner', 5],
          ['Former partner', 3],
          ['Family', 3],
        ] as const)
      : chance.weighted([
          ['Stranger', about.isNightTime === true ? 8 : 3],
          ['Acquaintance', 4],
          ['Unknown', 2],
        ] as const),
    outcome: chance.weighted([
      ['Evidential difficulties', 5],
      ['No suspect identified', suspectKnown ? 0.2 : 5],
      ['Charged', 1.4],
      ['Community resolution', 0.9],
      ['Under investigation', recorded > '2026-03-01' ? 6 : 0.3],
    ] as const),
    injures: of.injures === true,
  };
}

/** What happens everywhere: more where people are poor and where towns are, hardly changed from year to year. */
function everyday(has: ReadonlySet<Truth>): readonly Crime[] {
  const chance = chanceOf(20);
  const more = chanceOf(21);
  const all: Crime[] = [];
  const shares = offences.map(({ code, share }) => [code, share] as const);
  for (const month of withBefore)
    for (const smallArea of county().smallAreas) {
      const perThousand = 6 + 21 * smallArea.deprivation ** 1.5;
      const mean = (smallArea.people / 1_000) * (perThousand / 12) * (season[monthNumber(month)] ?? 1);
      const draw = (code: string, from: Chance): Crime =>
        crimeOf(code, { smallArea, day: dayIn(month, weekdays, from), hour: from.weighted(hours) }, from);
      const events = chance.count(mean);
      for (let each = 0; each < events; each += 1) all.push(draw(chance.weighted(shares), chance));
      // Drawn in every town and kept in one that changes its recording, so that nothing else differs between the two.
      for (const code of recording.offences) {
        const extra = more.count(mean * (kindOf(code).share / 1_000) * (recording.times - 1));
        for (let each = 0; each < extra; each += 1) {
          const crime = draw(code, more);
          if (has.has('recording') && crime.recordedOn >= `${recording.from}-01`) all.push(crime);
        }
      }
    }
  return all;
}

/** Doors before which the nights of the town centre end. */
const venues = 9;

export interface Venue {
  readonly smallArea: SmallArea;
  readonly at: Point;
  readonly weight: number;
}

/** Always the same. */
export function nightVenues(): readonly Venue[] {
  const chance = chanceOf(31);
  const inWard = haverness().filter(({ ward }) => ward.name === nightTime.ward);
  return Array.from({ length: venues }, () => {
    const smallArea = inWard[chance.below(inWard.length)] ?? smallAreaAt(13, 7);
    return { smallArea, at: pointIn(smallArea, chance.next(), chance.next()), weight: 1 / (1 + chance.below(4)) };
  });
}

function nights(): readonly Crime[] {
  const chance = chanceOf(30);
  const doors = nightVenues();
  const shares = [
    ['8N', 50],
    ['105A', 32],
    ['5D', 3],
    ['20A', 5],
    ['8T', 5],
    ['62A', 2],
    ['10C', 3],
  ] as const;
  return withBefore.flatMap((month) => {
    const events = chance.count((nightTime.eventsAYear / 12) * (nightTime.season[monthNumber(month)] ?? 1));
    return Array.from({ length: events }, () => {
      const evening = dayIn(month, nightTime.nights, chance);
      const hour = chance.weighted([
        [22, 1],
        [23, 2],
        [0, 3],
        [1, 4],
        [2, 4],
        [3, 2],
      ] as const);
      const { smallArea, at } = chance.weighted(doors.map((door) => [door, door.weight] as const));
      const point: Point = [Math.round(chance.around(at[0], 22)), Math.round(chance.around(at[1], 22))];
      const inside = chance.isTrue(0.35);
      return crimeOf(
        chance.weighted(shares),
        {
          smallArea,
          // After midnight it is the next day.
          day: hour < 12 ? addDays(evening, 1) : evening,
          hour,
          point,
          place: inside ? 'Licensed premises' : 'Street',
          isPublic: true,
          alcohol: 0.74,
          isNightTime: true,
          age: 25,
          soon: true,
        },
        chance,
      );
    });
  });
}

const afternoons = [0.1, 0.13, 0.14, 0.14, 0.15, 0.18, 0.16];

function emergingPlace(): readonly Crime[] {
  const chance = chanceOf(40);
  const middle = smallAreaAt(emerging.smallArea.column, emerging.smallArea.row);
  const touching = haverness().filter(
    (area) => area !== middle && Math.abs(area.column - middle.column) <= 1 && Math.abs(area.row - middle.row) <= 1,
  );
  const shares = [
    ['8N', 34],
    ['105A', 30],
    ['10D', 24],
    ['5D', 4],
    ['3B', 8],
  ] as const;
  return monthsIn({ from: emerging.from, to: lastMonth }).flatMap((month, at) => {
    const events = chance.count(emerging.first + emerging.step * at);
    return Array.from({ length: events }, () => {
      const code = chance.weighted(shares);
      const isAround = chance.isTrue(emerging.around);
      const smallArea = isAround ? (touching[chance.below(touching.length)] ?? middle) : middle;
      return crimeOf(
        code,
        {
          smallArea,
          // Round the shops and the stops of the buses, and not all over.
          point: pointIn(smallArea, 0.35 + 0.3 * chance.next(), 0.35 + 0.3 * chance.next()),
          day: dayIn(month, afternoons, chance),
          hour: chance.weighted([
            [15, 2],
            [16, 3],
            [17, 3],
            [18, 3],
            [19, 2],
            [20, 2],
            [21, 1],
          ] as const),
          isPublic: true,
          knife: code === '10D' || chance.isTrue(0.3),
          age: 16,
          soon: true,
        },
        chance,
      );
    });
  });
}

function robberies(): readonly Crime[] {
  const chance = chanceOf(50);
  const inWards = haverness().filter(({ ward }) => series.wards.some((name) => name === ward.name));
  const during = monthsIn({ from: series.from, to: series.to });
  const all: Crime[] = [];
  const add = (day: IsoDate, smallArea: SmallArea, point: Point): void => {
    const hour = chance.weighted([
      [17, 1],
      [18, 2],
      [19, 3],
      [20, 3],
      [21, 3],
      [22, 2],
      [23, 1],
    ] as const);
    all.push(
      crimeOf(
        '34B',
        { smallArea, day, hour, point, isPublic: true, knife: chance.isTrue(0.8), age: 20, soon: true },
        chance,
      ),
    );
  };
  for (let begun = 0; begun < series.begins; begun += 1) {
    const smallArea = inWards[chance.below(inWards.length)] ?? smallAreaAt(11, 9);
    const day = dayIn(during[chance.below(during.length)] ?? series.from, weekdays, chance);
    // Near the middle of its area, so that those that follow stay in it.
    let generation = [{ day, at: pointIn(smallArea, 0.25 + chance.next() / 2, 0.25 + chance.next() / 2) }];
    for (let depth = 0; depth <= series.mostGenerations && generation.length > 0; depth += 1) {
      for (const { day: on, at } of generation) add(on, smallArea, at);
      generation = generation.flatMap(({ day: on, at }) =>
        Array.from({ length: chance.count(series.follows) }, () => {
          const [turn, away] = [chance.next() * 2 * Math.PI, chance.next() * series.withinMetres];
          return {
            day: addDays(on, 1 + chance.below(series.withinDays)),
            at: [Math.round(at[0] + away * Math.cos(turn)), Math.round(at[1] + away * Math.sin(turn))] as Point,
          };
        }),
      );
    }
  }
  return all;
}

function estate(): readonly Crime[] {
  const chance = chanceOf(60);
  const shares = [
    ['5D', 7],
    ['19C', 7],
    ['8U', 5],
    ['3B', 3],
    ['29A', 1],
    ['36', 1.5],
    ['2', 0.5],
  ] as const;
  return underServed.smallAreas.flatMap(({ column, row }) => {
    const smallArea = smallAreaAt(column, row);
    return withBefore.flatMap((month) => {
      const events = chance.count(underServed.graveOffencesAYear / 12);
      return Array.from({ length: events }, () =>
        crimeOf(
          chance.weighted(shares),
          { smallArea, day: dayIn(month, weekdays, chance), hour: chance.weighted(hours) },
          chance,
        ),
      );
    });
  });
}

/**
 * Every offence of the county over five years, in the order in which it was recorded: about 40,000.
 * @param has the truths of this town; without one, what is left is the same to the row
 */
export function crimesOf(has: readonly Truth[] = allTruths): readonly Crime[] {
  const wanted = new Set(has);
  const all = [
    ...everyday(wanted),
    ...(wanted.has('night-time') ? nights() : []),
    ...(wanted.has('emerging') ? emergingPlace() : []),
    ...(wanted.has('series') ? robberies() : []),
    ...(wanted.has('under-served') ? estate() : []),
  ];
  const within = all.filter(({ recordedOn }) => recordedOn >= `${firstMonth}-01` && recordedOn <= lastDay);
  // A stable sort: what is recorded on one day stays in the order in which it was made.
  return within.sort((a, b) => (a.recordedOn < b.recordedOn ? -1 : a.recordedOn > b.recordedOn ? 1 : 0));
}

const header = [
  'Crime Reference',
  'Offence Code',
  'Offence Title',
  'Recorded Date',
  'From',
  'To',
  'LSOA Code',
  'Easting',
  'Northing',
  'Place Type',
  'Public Place',
  'Domestic Abuse',
  'Knife',
  'Firearm',
  'Alcohol',
  'Drugs',
  'Night-time Economy',
  'Victim',
  'Victim Age',
  'Victim Sex',
  'Victim Ethnicity',
  'Suspect Age',
  'Suspect Sex',
  'Relationship',
  'Outcome',
  'Force',
];

/** Looks like a pseudonym that a force makes with its key; of nobody. */
export function pseudonymOf(text: string): string {
  let [one, other] = [0x811c9dc5, 0x1b873593];
  for (const letter of text) {
    one = Math.imul(one ^ letter.charCodeAt(0), 0x01000193);
    other = Math.imul(other + letter.charCodeAt(0), 0xcc9e2d51) ^ (one >>> 13);
  }
  const word = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
  return `c${word(one)}${word(other)}${word(Math.imul(one ^ other, 0x85ebca6b))}`;
}

const flag = (value: boolean): string => (value ? 'Yes' : 'No');
const cell = (value: string | number | null): string =>
  typeof value === 'string' && value.includes(',') ? `"${value}"` : String(value ?? '');

/** The extract of the force, as a file for each year and one for its last month. */
export function extractFiles(crimes: readonly Crime[]): readonly { readonly name: string; readonly text: string }[] {
  const lines = crimes.map((crime, at) =>
    [
      pseudonymOf(`crime ${at}`),
      crime.code,
      offenceTitles.get(crime.code) ?? '',
      crime.recordedOn,
      crime.from,
      crime.to,
      crime.point === null ? null : crime.smallArea.code,
      crime.point === null ? null : crime.point[0],
      crime.point === null ? null : crime.point[1],
      crime.place,
      flag(crime.isPublic),
      flag(crime.isDomestic),
      flag(crime.knife),
      flag(crime.firearm),
      flag(crime.alcohol),
      flag(crime.drugs),
      flag(crime.isNightTime),
      crime.victim === null ? null : pseudonymOf(crime.victim),
      crime.victimAge,
      crime.victimSex,
      crime.victimEthnicity,
      crime.suspectAge,
      crime.suspectSex,
      crime.relationship,
      crime.outcome,
      force.name,
    ]
      .map(cell)
      .join(','),
  );
  const fileOf = (day: IsoDate): string => (day.startsWith(lastMonth) ? lastMonth : day.slice(0, 4));
  const byFile = Map.groupBy(lines.keys(), (at) => fileOf(crimes[at]?.recordedOn ?? lastDay));
  return [...byFile].map(([name, rows]) => ({
    name: `merrowshire-extract-${name}.csv`,
    text: `${[header.join(','), ...rows.map((at) => lines[at] ?? '')].join('\n')}\n`,
  }));
}
