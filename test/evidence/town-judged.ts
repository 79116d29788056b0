import { monthsIn, type Month } from '../../src/duty/index.ts';
import { haverness, type SmallArea } from '../../src/evidence/example/county.ts';
import { firstMonth, lastMonth, nightTime, recording, series } from '../../src/evidence/example/truths.ts';
import {
  emergingHotSpots,
  harmIndex,
  knoxTest,
  meanBreaks,
  neighboursFromLists,
  xmrChart,
} from '../../src/measures/index.ts';
import { answered } from '../answered.ts';

/** What an analyst has of an offence. */
export interface Offence {
  readonly code: string;
  readonly recordedOn: string;
  readonly happenedOn: string;
  readonly area: string;
  readonly x: number;
  readonly y: number;
}

const months = monthsIn({ from: firstMonth, to: lastMonth });
const daysOf = (month: Month): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
const monthsOf = (offences: readonly Offence[]): readonly number[] => {
  const counts = Map.groupBy(offences, ({ recordedOn }) => recordedOn.slice(0, 7));
  return months.map((month) => counts.get(month)?.length ?? 0);
};
const areas = haverness();

/** Neighbours share a corner. */
const neighbours = answered(
  neighboursFromLists(
    areas.map((one) =>
      areas.flatMap((other, place) =>
        one !== other && Math.abs(one.column - other.column) <= 1 && Math.abs(one.row - other.row) <= 1 ? [place] : [],
      ),
    ),
  ),
);

/** Years in whose July or August the town centre has more than an XmR chart by day expects. */
export function highSummers(offences: readonly Offence[]): readonly number[] {
  const ward = new Set(areas.filter((area) => area.ward.name === nightTime.ward).map(({ code }) => code));
  const counts = monthsOf(offences.filter(({ area }) => ward.has(area)));
  const { points } = answered(
    xmrChart(
      counts.map((count, at) => count / daysOf(months[at] ?? firstMonth)),
      { improvement: 'neither' },
    ),
  );
  const above = points.flatMap(({ specialCause }, at) => (specialCause === 'above-limit' ? [months[at] ?? ''] : []));
  return [...new Set(above.filter((month) => /-0[78]$/.test(month)).map((month) => Number(month.slice(0, 4))))];
}

/** Small areas that became hot within two years and stay so. */
export function emergingPlaces(offences: readonly Offence[]): readonly string[] {
  const counts = months.slice(-24).map((month) => {
    const of = Map.groupBy(
      offences.filter(({ recordedOn }) => recordedOn.startsWith(month)),
      ({ area }) => area,
    );
    return areas.map(({ code }) => ((of.get(code)?.length ?? 0) * 30) / daysOf(month));
  });
  const { category } = answered(emergingHotSpots(counts, neighbours));
  return areas.filter((_, at) => category[at] === 'consecutive hot spot').map(({ code }) => code);
}

/** Robberies within 200 metres and a week of each other, over what chance gives. */
export function nearRobberies(offences: readonly Offence[]): { readonly ratio: number; readonly p: number } {
  const of = offences.filter(({ code, happenedOn }) => code === '34B' && happenedOn >= `${series.from}-01`);
  const { cells } = answered(
    knoxTest(
      { eastings: of.map(({ x }) => x), northings: of.map(({ y }) => y) },
      of.map(({ happenedOn }) => Date.parse(happenedOn) / 86_400_000),
      { distanceBreaksMetres: [0, 200, 400], dayBreaks: [0, 8, 15], metric: 'euclidean', permutations: 199, seed: 7 },
    ),
  );
  const [near] = cells[0] ?? [];
  return { ratio: near?.ratio ?? 0, p: near?.p ?? 1 };
}

/** First months of another level of the offences that are recorded otherwise. */
export function levelsBegin(offences: readonly Offence[]): readonly Month[] {
  const { breaks } = answered(
    meanBreaks(monthsOf(offences.filter(({ code }) => recording.offences.some((each) => each === code)))),
  );
  return breaks.map((at) => months[at] ?? '');
}

/** The two small areas with the most harm for each person who lives there, over the last three years. */
export function mostHarmed(offences: readonly Offence[], weights: ReadonlyMap<string, number>): readonly string[] {
  const codes = [...weights.keys()];
  const of = Map.groupBy(
    offences.filter(({ recordedOn }) => recordedOn >= '2023-06-01'),
    ({ area, code }) => `${area} ${code}`,
  );
  const { areas: found } = answered(
    harmIndex({
      counts: areas.map((area) => codes.map((code) => of.get(`${area.code} ${code}`)?.length ?? 0)),
      weights: codes.map((code) => weights.get(code) ?? 0),
    }),
  );
  const perHead = ({ people }: SmallArea, at: number): number => (found[at]?.harm ?? 0) / people;
  return areas
    .map((area, at) => ({ code: area.code, rate: perHead(area, at) }))
    .sort((a, b) => b.rate - a.rate)
    .slice(0, 2)
    .map(({ code }) => code);
}
