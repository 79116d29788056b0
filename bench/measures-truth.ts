import { auditDisclosure, protectTables } from '../src/measures/disclosure-control.ts';
import { eTestP } from '../src/measures/e-test.ts';
import { hawkesSpaceTime, type SpaceTimeEvents } from '../src/measures/hawkes-space-time.ts';
import { hawkesTemporal } from '../src/measures/hawkes-temporal.ts';
import { crossTable } from '../src/measures/linked-tables.ts';
import { poissonChangepoints } from '../src/measures/poisson-changepoints.ts';
import { poissonProbability } from '../src/measures/poisson-distribution.ts';
import { drawNormal, drawPoisson, type Random, randomStream } from '../src/measures/random.ts';
import { isRefusal } from '../src/measures/refusal.ts';
import { xmrChart } from '../src/measures/xmr-chart.ts';
import { type Goal, type Row, rowOf, type Bench } from './instruments/row.ts';
import { daysInMonth, monthlyCounts } from './measures/towns.ts';

const months = 36;
const forces = 45;
const offences = 14;
const countries = 20;
const fits = 200;
const randomTables = 1_000;

export const bench: Bench = {
  promise:
    'What the measures say of made-up data is true as often as they claim, over seeds that nothing was tuned on.',
  run: (progress) => {
    const rows: Row[] = [];
    progress(`Changes of level in ${countries} countries of ${forces * offences} series …`);
    rows.push(...changesOfLevel());
    progress(`${fits} outbreaks and ${fits} sets without contagion …`);
    rows.push(...contagion());
    rows.push(...sizeOfETest());
    progress(`${randomTables} tables with small counts …`);
    rows.push(smallCountsExposed());
    return Promise.resolve(rows);
  },
};

const row = (metric: string, size: string, share: number, goal?: Goal): Row =>
  rowOf({ bench: 'measures-truth', metric, size, value: 100 * share, unit: '%', ...(goal && { goal }) });

interface Series {
  readonly counts: Float64Array;
  /** Days × season, the season from the same offence elsewhere. */
  readonly expected: Float64Array;
  readonly mean: number;
  /** The month from which the level is another, where one was planted. */
  readonly changedAt: number | undefined;
}

// 90 of 630 series change by 25 to 50 % up or 25 to 40 % down, at least six months from either end.
function country(seed: number): Series[] {
  const random = randomStream(seed);
  const sizeOfForce = Array.from({ length: forces }, () => Math.exp(0.7 * drawNormal(random)));
  const all: Series[] = [];
  for (let offence = 0; offence < offences; offence += 1) {
    const common = Math.exp(Math.log(4) + (Math.log(400) - Math.log(4)) * ((offence + 0.5) / offences));
    const seasonSize = 0.25 * random.next();
    const later = random.below(12);
    const made = sizeOfForce.map((size) => {
      const changedAt = random.next() < 1 / 7 ? 6 + random.below(months - 11) : undefined;
      const factor = random.next() < 0.5 ? 1.25 + 0.25 * random.next() : 0.6 + 0.15 * random.next();
      const level = (month: number): number => (changedAt !== undefined && month >= changedAt ? factor : 1);
      const mean = common * size;
      return { mean, changedAt, counts: monthlyCounts(months, mean, random, { level, seasonSize, later }) };
    });
    const together = Float64Array.from({ length: months }, (_none, t) =>
      made.reduce((sum, { counts }) => sum + (counts[t] ?? 0), 0),
    );
    for (const { mean, changedAt, counts } of made) {
      const expected = daysTimesSeason(together.map((sum, t) => sum - (counts[t] ?? 0)));
      all.push({ counts, expected, mean, changedAt });
    }
  }
  return all;
}

// Events a day of each month of the year elsewhere, times the days of this month.
function daysTimesSeason(elsewhere: Float64Array): Float64Array {
  const season = Array.from({ length: 12 }, (_none, place) => {
    const same = Array.from(elsewhere.keys()).filter((month) => month % 12 === place);
    return same.reduce((sum, month) => sum + (elsewhere[month] ?? 0) / daysInMonth(month), 0);
  });
  return Float64Array.from({ length: months }, (_none, month) => (season[month % 12] ?? 1) * daysInMonth(month));
}

interface Band {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly found?: Goal;
  readonly falseAlarm?: Goal;
}
const bands: readonly Band[] = [
  { text: 'up to 10 a month', from: 0, to: 10 },
  { text: '10 to 30 a month', from: 10, to: 30 },
  {
    text: '30 to 100 a month',
    from: 30,
    to: 100,
    found: { of: 'value', atLeast: 80 },
    falseAlarm: { of: 'value', under: 2 },
  },
  ...(
    [
      ['100 to 300 a month', 100, 300],
      ['over 300 a month', 300, Infinity],
    ] as const
  ).map(([text, from, to]): Band => ({
    text,
    from,
    to,
    found: { of: 'value', atLeast: 95 },
    falseAlarm: { of: 'value', under: 5 },
  })),
];

function changesOfLevel(): Row[] {
  const all = Array.from({ length: countries }, (_none, i) => country(7_001 + i)).flat();
  return bands.flatMap(({ text, from, to, found, falseAlarm }) => {
    const here = all.filter(({ mean }) => mean >= from && mean < to);
    const changed = here.filter(({ changedAt }) => changedAt !== undefined);
    const untouched = here.filter(({ changedAt }) => changedAt === undefined);
    const changesIn = ({ counts, expected }: Series): readonly number[] => {
      const answer = poissonChangepoints(counts, { expected });
      return isRefusal(answer) ? [] : answer.changes;
    };
    const near = changed.filter((series) =>
      changesIn(series).some((at) => Math.abs(at - (series.changedAt ?? 0)) <= 1),
    );
    const alarms = untouched.filter((series) => changesIn(series).length > 0);
    const flags = untouched.reduce((sum, { counts, expected }) => {
      const chart = xmrChart(counts.map((count, t) => count / (expected[t] ?? 1)));
      if (isRefusal(chart)) throw new Error(chart.sentence);
      return sum + chart.points.filter(({ specialCause }) => specialCause !== 'none').length;
    }, 0);
    return [
      row(
        'changes of 25 to 50 % found within a month',
        `${text}, ${changed.length} series`,
        near.length / changed.length,
        found,
      ),
      row(
        'false alarms of the change points',
        `${text}, ${untouched.length} series`,
        alarms.length / untouched.length,
        falseAlarm,
      ),
      row('months of untouched series flagged on an XmR chart', text, flags / (untouched.length * months), {
        of: 'value',
        under: 6,
      }),
    ];
  });
}

const side = 4_000;
const days = 365;

// A steady background anywhere in the square, each event setting off Poisson(theta) others, 8 days and 110 m away.
function outbreak(random: Random, background: number, theta: number): SpaceTimeEvents {
  const waiting = Array.from({ length: drawPoisson(background, random) }, () => ({
    day: random.next() * days,
    east: random.next() * side,
    north: random.next() * side,
  }));
  const events: typeof waiting = [];
  for (let event = waiting.pop(); event; event = waiting.pop()) {
    const { day, east, north } = event;
    if (day > days || Math.min(east, north) < 0 || Math.max(east, north) > side) continue;
    events.push(event);
    for (let more = drawPoisson(theta, random); more > 0; more -= 1)
      waiting.push({
        day: day - 8 * Math.log(1 - random.next()),
        east: east + 110 * drawNormal(random),
        north: north + 110 * drawNormal(random),
      });
  }
  events.sort((a, b) => a.day - b.day);
  return {
    points: { eastings: events.map(({ east }) => east), northings: events.map(({ north }) => north) },
    times: events.map(({ day }) => day),
    window: { westMetres: 0, eastMetres: side, southMetres: 0, northMetres: side },
    days,
  };
}

function contagion(): Row[] {
  const methods = {
    'Hawkes in time': (events: SpaceTimeEvents) => {
      const fit = hawkesTemporal(events.times, days);
      return isRefusal(fit) ? fit : { p: fit.p, share: fit.branchingRatio };
    },
    'Hawkes in space and time': (events: SpaceTimeEvents) => {
      const fit = hawkesSpaceTime(events);
      return isRefusal(fit) ? fit : { p: fit.p, share: fit.followOnPerEvent };
    },
  };
  const theta = 0.35;
  return Object.entries(methods).flatMap(([name, fitted]) => {
    let inside = 0;
    let alarms = 0;
    for (let i = 0; i < fits; i += 1) {
      const spread = fitted(outbreak(randomStream(8_001, i), 260, theta));
      if (isRefusal(spread)) throw new Error(spread.sentence);
      if (spread.share.lower <= theta && theta <= spread.share.upper) inside += 1;
      const quiet = fitted(outbreak(randomStream(9_001, i), 400, 0));
      if (isRefusal(quiet)) throw new Error(quiet.sentence);
      if (quiet.p < 0.05) alarms += 1;
    }
    return [
      row(`${name}: true share inside its 95 % interval`, `${fits} sets of about 400`, inside / fits, {
        of: 'value',
        atLeast: 90,
      }),
      row(`${name}: contagion seen where there is none`, `${fits} sets of about 400`, alarms / fits, {
        of: 'value',
        under: 5.000_001,
      }),
    ];
  });
}

function sizeOfETest(): Row[] {
  const designs = [
    [8_800, 4_100, 16],
    [12, 6, 8],
    [1, 1, 8],
    [36, 12, 15],
  ] as const;
  return designs.map(([before, after, expectedBefore]) => {
    const expectedAfter = (expectedBefore * after) / before;
    let size = 0;
    // Past 70 neither count has a chance that would show.
    for (let i = 0; i <= 70; i += 1)
      for (let j = 0; j <= 70; j += 1) {
        const rejected = eTestP({ events: i, exposure: before }, { events: j, exposure: after }) <= 0.05;
        if (rejected) size += poissonProbability(i, expectedBefore) * poissonProbability(j, expectedAfter);
      }
    return row('true size of the E-test at 5 %', `${before} : ${after}, ${expectedBefore} expected before`, size, {
      of: 'value',
      under: 5.000_001,
    });
  });
}

// Areas in groups by offence, every total published: audited afresh, as a reader would go about it.
function smallCountsExposed(): Row {
  let exposed = 0;
  for (let seed = 1; seed <= randomTables; seed += 1) {
    const random = randomStream(10_001, seed);
    const areas = Array.from({ length: 4 + random.below(12) }, (_none, i) => `A${i}`);
    const types = Array.from({ length: 3 + random.below(5) }, (_none, i) => `T${i}`);
    const many = 2 + random.below(3);
    const groups = Array.from({ length: many }, (_none, g) => ({
      name: `G${g}`,
      members: areas.filter((_area, i) => i % many === g),
    }));
    const members = Object.fromEntries(groups.map(({ name, members: areasOf }) => [name, areasOf]));
    const mean = 2 + random.below(15);
    const tables = crossTable(
      [
        { name: 'area', parents: { Total: groups.map(({ name }) => name), ...members } },
        { name: 'type', parents: { Total: types } },
      ],
      areas.flatMap((area) => types.map((type) => ({ codes: [area, type], count: drawPoisson(mean, random) }))),
    );
    if (isRefusal(tables)) throw new Error(tables.sentence);
    const rule = { hideTo: 4, protection: seed % 2 === 0 ? 'covers-rule' : 'not-derivable' } as const;
    const safe = protectTables(tables, rule);
    // A table that cannot be protected is not shown at all.
    if (isRefusal(safe)) continue;
    const hidden = safe.cells.filter(({ state }) => state === 'hidden').map(({ id }) => id);
    const audit = auditDisclosure(tables, hidden, rule);
    if (isRefusal(audit)) throw new Error(audit.sentence);
    exposed += audit.exposed.length;
  }
  return rowOf({
    bench: 'measures-truth',
    metric: 'small counts that a reader could work out',
    size: `${randomTables} random hierarchical tables`,
    value: exposed,
    unit: 'cells',
    goal: { of: 'value', under: 1 },
  });
}
