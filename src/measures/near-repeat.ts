import type { Method } from './estimate.ts';
import { isCount, refuseDraws, refuseReplicates } from './input.ts';
import { areMonthOnly } from './month-only-days.ts';
import { refusePoints, refuseSnapped, type Placing, type PlanarPoints } from './planar-points.ts';
import type { OnProgress } from './progress.ts';
import { randomStream, shuffle } from './random.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';

export interface KnoxBands {
  /** Edges of the distance bands, rising, each band [from, to); `Infinity` as the last for no upper limit. */
  readonly distanceBreaksMetres: readonly number[];
  /** Edges of the bands of days between two events, likewise. */
  readonly dayBreaks: readonly number[];
  readonly metric: 'euclidean' | 'manhattan';
  /** `snapped` for places that were moved to map points before they were published: they are refused. */
  readonly placing?: Placing;
}

/** What the permutations need, made once. Plain arrays, so it can be sent to a worker as it is. */
export interface KnoxPairs {
  readonly bands: KnoxBands;
  readonly events: number;
  /** Whole days since the first, in rising order: each replicate shuffles them over the events' places. */
  readonly days: Int32Array;
  /** Per inner distance band, the events near event i: partners[band][starts[band][i]] … */
  readonly starts: readonly Int32Array[];
  readonly partners: readonly (Uint16Array | Int32Array)[];
  /** Edges with 0 and Infinity added, so that every pair has a cell and margins are whole. */
  readonly innerDistances: readonly number[];
  readonly innerDays: readonly number[];
  /** Observed pairs, inner distance band × inner day band, row by row. */
  readonly observed: Float64Array;
  readonly pairsByDistance: Float64Array;
  readonly pairsByDay: Float64Array;
}

/** What a run of replicates adds up to. Whole numbers, so that any split of the replicates adds to the same. */
export interface KnoxTally {
  readonly replicates: number;
  /** Replicates in which a cell held at least as many pairs as observed. */
  readonly atLeast: Float64Array;
  /** Sum, and sum of squares, of the pairs less the rounded expectation. */
  readonly sum: Float64Array;
  readonly sumOfSquares: Float64Array;
}

export interface KnoxCell {
  readonly fromMetres: number;
  readonly toMetres: number;
  readonly fromDays: number;
  readonly toDays: number;
  readonly observedPairs: number;
  /** Exact mean over all permutations: pairs in the distance band × pairs in the day band / all pairs. */
  readonly expectedPairs: number;
  /** Observed over expected; `null` when none is expected. */
  readonly ratio: number | null;
  readonly simulatedMean: number;
  readonly simulatedStandardDeviation: number;
  /** (1 + replicates with at least as many pairs)/(1 + replicates). */
  readonly p: number;
}

export interface KnoxTest {
  readonly method: Method;
  readonly events: number;
  readonly permutations: number;
  readonly seed: number;
  /** A row a distance band, a column a day band. */
  readonly cells: readonly (readonly KnoxCell[])[];
}

const mostPairs = 60_000_000;
const packedBands = 4;
const packedLimit = 255;

function refuseBreaks(breaks: readonly number[], unit: string): Refusal | undefined {
  const rising = breaks.every((edge, i) => edge >= 0 && (i === 0 || edge > (breaks[i - 1] ?? 0)));
  if (breaks.length >= 2 && rising && (breaks[0] ?? 0) < Infinity) return undefined;
  return refuse('bad-bands', `The edges of the ${unit} bands must rise from nought or more.`);
}

function bandOf(value: number, edges: readonly number[]): number {
  let band = 0;
  while (value >= (edges[band + 1] ?? Infinity)) band++;
  return band;
}

function withWholeRange(breaks: readonly number[]): number[] {
  const edges = (breaks[0] ?? 0) > 0 ? [0, ...breaks] : [...breaks];
  if (edges.at(-1) !== Infinity) edges.push(Infinity);
  return edges;
}

/**
 * Finds the pairs of events that lie near each other, once, for the permutations of the Knox test.
 *
 * Only pairs nearer than the last finite edge are listed; the open band is what remains of all pairs.
 * Refuses dates that are only months: every pair of one month would look like the same day. A step of {@link knoxTest}.
 */
export function prepareKnox(points: PlanarPoints, days: ArrayLike<number>, bands: KnoxBands): KnoxPairs | Refusal {
  const bad =
    refuseSnapped(bands.placing ?? 'true') ??
    refusePoints(points, 2) ??
    refuseBreaks(bands.distanceBreaksMetres, 'distance') ??
    refuseBreaks(bands.dayBreaks, 'day');
  if (bad) return bad;
  const events = points.eastings.length;
  if (days.length !== events) return refuse('mismatched-lengths', 'There is not one day for each event.');
  const base = Float64Array.from(days).sort();
  const first = base[0] ?? 0;
  if (!base.every((day) => isCount(day - first))) {
    return refuse('days-not-whole', 'Each event needs a whole day; some are missing or parts of a day.');
  }
  const span = (base[events - 1] ?? 0) - first;
  if (span > 5_000_000) return refuse('days-too-far-apart', 'Some of the days lie thousands of years apart.');
  if (areMonthOnly(base)) {
    return refuse('months-not-days', 'The dates are months, not days, so near repeats cannot be seen in them.');
  }
  const innerDistances = withWholeRange(bands.distanceBreaksMetres);
  const innerDays = withWholeRange(bands.dayBreaks);
  const closeBands = innerDistances.length - 2;
  const reach = innerDistances[closeBands] ?? 0;

  // One order whatever the order of the rows, so that equal sets of events give equal replicates; row by row of the map
  // also keeps the days of near events near in memory.
  // A hair higher than the reach, lest rounding put two near events two rows apart.
  const rowMetres = reach * (1 + 1e-9);
  const rowOf = (i: number) => (reach > 0 ? Math.floor((points.northings[i] ?? 0) / rowMetres) : 0);
  const order = Int32Array.from({ length: events }, (_, i) => i).sort(
    (a, b) =>
      rowOf(a) - rowOf(b) ||
      (points.eastings[a] ?? 0) - (points.eastings[b] ?? 0) ||
      (points.northings[a] ?? 0) - (points.northings[b] ?? 0) ||
      (days[a] ?? 0) - (days[b] ?? 0),
  );
  const x = Float64Array.from(order, (i) => points.eastings[i] ?? 0);
  const y = Float64Array.from(order, (i) => points.northings[i] ?? 0);
  const day = Int32Array.from(order, (i) => (days[i] ?? 0) - first);
  const rows = Float64Array.from(order, rowOf);

  /** Visits each pair nearer than the reach once, as (i, j, distance) with i before j. */
  function eachNearPair(visit: (i: number, j: number, band: number) => void): void {
    let rowEnd = 0;
    let nextFrom = 0;
    for (let i = 0; i < events; i++) {
      const row = rows[i] ?? 0;
      if (i >= rowEnd) {
        while (rowEnd < events && rows[rowEnd] === row) rowEnd++;
        nextFrom = rowEnd;
      }
      const xi = x[i] ?? 0;
      for (let j = i + 1; j < rowEnd && (x[j] ?? 0) - xi < reach; j++) compare(i, j, visit);
      if (rows[rowEnd] !== row + 1) continue;
      while (nextFrom < events && rows[nextFrom] === row + 1 && xi - (x[nextFrom] ?? 0) >= reach) nextFrom++;
      for (let j = nextFrom; j < events && rows[j] === row + 1 && (x[j] ?? 0) - xi < reach; j++) compare(i, j, visit);
    }
  }
  function compare(i: number, j: number, visit: (i: number, j: number, band: number) => void): void {
    const dx = Math.abs((x[j] ?? 0) - (x[i] ?? 0));
    const dy = Math.abs((y[j] ?? 0) - (y[i] ?? 0));
    const distance = bands.metric === 'manhattan' ? dx + dy : Math.sqrt(dx * dx + dy * dy);
    if (distance < reach) visit(i, j, bandOf(distance, innerDistances));
  }

  const starts = Array.from({ length: closeBands }, () => new Int32Array(events + 1));
  let pairs = 0;
  eachNearPair((i, _j, band) => {
    const start = starts[band];
    if (start) start[i + 1] = (start[i + 1] ?? 0) + 1;
    pairs++;
  });
  if (pairs > mostPairs) {
    return refuse('too-many-pairs', 'Too many events lie near each other: choose nearer bands or a shorter period.');
  }
  for (const start of starts) for (let i = 0; i < events; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
  const partners = starts.map((start) => {
    const length = start[events] ?? 0;
    return events <= 65_536 ? new Uint16Array(length) : new Int32Array(length);
  });
  const next = starts.map((start) => start.slice());
  eachNearPair((i, j, band) => {
    const at = next[band]?.[i] ?? 0;
    const list = partners[band];
    const cursor = next[band];
    if (list) list[at] = j;
    if (cursor) cursor[i] = at + 1;
  });

  const allPairs = (events * (events - 1)) / 2;
  const pairsByDistance = new Float64Array(closeBands + 1);
  for (const [band, list] of partners.entries()) pairsByDistance[band] = list.length;
  pairsByDistance[closeBands] = allPairs - pairs;
  const prepared = {
    bands,
    events,
    days: day.slice().sort(),
    starts,
    partners,
    innerDistances,
    innerDays,
    pairsByDistance,
    pairsByDay: pairsInDayBands(day.slice().sort(), innerDays),
    observed: new Float64Array(0),
  };
  return { ...prepared, observed: countPairs(prepared, dayTables(prepared), day) };
}

/** All pairs by band of days between them, from the count of events of each day. */
function pairsInDayBands(sortedDays: Int32Array, edges: readonly number[]): Float64Array {
  const distinct: { day: number; events: number }[] = [];
  for (const day of sortedDays) {
    const last = distinct.at(-1);
    if (last?.day === day) last.events++;
    else distinct.push({ day, events: 1 });
  }
  const pairs = new Float64Array(edges.length - 1);
  const add = (band: number, count: number) => (pairs[band] = (pairs[band] ?? 0) + count);
  for (const [i, here] of distinct.entries()) {
    add(bandOf(0, edges), (here.events * (here.events - 1)) / 2);
    let band = 0;
    for (let j = i + 1; j < distinct.length; j++) {
      const there = distinct[j];
      if (!there) continue;
      while (there.day - here.day >= (edges[band + 1] ?? Infinity)) band++;
      add(band, here.events * there.events);
    }
  }
  return pairs;
}

/**
 * For each difference of days (shifted so that none is negative) what to add to a counter: four bands of eight bits in one
 * number, so that counting a pair is one look-up and one addition. More than four bands take another table.
 */
function dayTables({ days, innerDays }: Pick<KnoxPairs, 'days' | 'innerDays'>): Int32Array[] {
  const span = (days.at(-1) ?? 0) - (days[0] ?? 0);
  // The last band is what remains of all pairs.
  const counted = innerDays.length - 2;
  const tables: Int32Array[] = [];
  for (let from = 0; from < counted; from += packedBands) {
    const table = new Int32Array(2 * span + 1);
    for (let difference = 0; difference <= span; difference++) {
      const band = bandOf(difference, innerDays) - from;
      if (band < 0 || band >= Math.min(packedBands, counted - from)) continue;
      table[span + difference] = 1 << (8 * band);
      table[span - difference] = 1 << (8 * band);
    }
    tables.push(table);
  }
  return tables;
}

function countPairs(
  prepared: Omit<KnoxPairs, 'observed'>,
  tables: readonly Int32Array[],
  day: Int32Array,
): Float64Array {
  const { events, starts, partners, pairsByDistance, pairsByDay } = prepared;
  const dayBands = pairsByDay.length;
  const closeBands = partners.length;
  const counts = new Float64Array((closeBands + 1) * dayBands);
  for (let band = 0; band < closeBands; band++) {
    const start = starts[band];
    const list = partners[band];
    if (!start || !list) continue;
    for (const [word, table] of tables.entries()) {
      countBand(events, start, list, table, day, counts, band * dayBands + word * packedBands);
    }
  }
  for (let band = 0; band < closeBands; band++) {
    let counted = 0;
    for (let days = 0; days < dayBands - 1; days++) counted += counts[band * dayBands + days] ?? 0;
    counts[band * dayBands + dayBands - 1] = (pairsByDistance[band] ?? 0) - counted;
  }
  for (let days = 0; days < dayBands; days++) {
    let near = 0;
    for (let band = 0; band < closeBands; band++) near += counts[band * dayBands + days] ?? 0;
    counts[closeBands * dayBands + days] = (pairsByDay[days] ?? 0) - near;
  }
  return counts;
}

/** The hot loop of the test: one distance band, up to four day bands. */
function countBand(
  events: number,
  start: Int32Array,
  list: Uint16Array | Int32Array,
  table: Int32Array,
  day: Int32Array,
  counts: Float64Array,
  at: number,
): void {
  const middle = (table.length - 1) / 2;
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let packed = 0;
  let room = packedLimit;
  for (let i = 0; i < events; i++) {
    const shifted = (day[i] ?? 0) + middle;
    const end = start[i + 1] ?? 0;
    let k = start[i] ?? 0;
    while (k < end) {
      const stop = Math.min(end, k + room);
      room -= stop - k;
      for (; k < stop; k++) packed = (packed + (table[shifted - (day[list[k] ?? 0] ?? 0)] ?? 0)) | 0;
      if (room === 0) {
        first += packed & 255;
        second += (packed >>> 8) & 255;
        third += (packed >>> 16) & 255;
        fourth += packed >>> 24;
        packed = 0;
        room = packedLimit;
      }
    }
  }
  // The bands a table does not use stay nought, and their counters belong to no one else.
  const sums = [first + (packed & 255), second + ((packed >>> 8) & 255), third + ((packed >>> 16) & 255)];
  sums.push(fourth + (packed >>> 24));
  for (const [band, sum] of sums.entries()) if (sum > 0) counts[at + band] = sum;
}

function expectedPairs({ pairsByDistance, pairsByDay, events }: KnoxPairs): Float64Array {
  const allPairs = (events * (events - 1)) / 2;
  const dayBands = pairsByDay.length;
  return Float64Array.from(
    { length: pairsByDistance.length * dayBands },
    (_, cell) => ((pairsByDistance[Math.floor(cell / dayBands)] ?? 0) * (pairsByDay[cell % dayBands] ?? 0)) / allPairs,
  );
}

/**
 * Runs the replicates `from` to `to` (not included) of the Knox test: each shuffles the dates over the places with a stream
 * of its own, so that any split of the replicates over workers adds up to the same tally. A step of {@link knoxTest}.
 */
export function knoxReplicates(
  prepared: KnoxPairs,
  seed: number,
  from: number,
  to: number,
  onProgress?: OnProgress,
): KnoxTally | Refusal {
  const bad = refuseReplicates(seed, from, to);
  if (bad) return bad;
  const tables = dayTables(prepared);
  const { observed } = prepared;
  const centres = expectedPairs(prepared).map(Math.round);
  const atLeast = new Float64Array(observed.length);
  const sum = new Float64Array(observed.length);
  const sumOfSquares = new Float64Array(observed.length);
  const day = new Int32Array(prepared.events);
  for (let replicate = from; replicate < to; replicate++) {
    day.set(prepared.days);
    shuffle(day, randomStream(seed, replicate));
    const counts = countPairs(prepared, tables, day);
    for (let cell = 0; cell < counts.length; cell++) {
      const count = counts[cell] ?? 0;
      const off = count - (centres[cell] ?? 0);
      if (count >= (observed[cell] ?? 0)) atLeast[cell] = (atLeast[cell] ?? 0) + 1;
      sum[cell] = (sum[cell] ?? 0) + off;
      sumOfSquares[cell] = (sumOfSquares[cell] ?? 0) + off * off;
    }
    if (onProgress && !onProgress(replicate - from + 1, to - from)) {
      return refuse('stopped', 'The simulation was stopped before its end.');
    }
  }
  return { replicates: to - from, atLeast, sum, sumOfSquares };
}

/** Adds the tallies of all replicates up to the Knox table. A step of {@link knoxTest}. */
export function combineKnox(prepared: KnoxPairs, tallies: readonly KnoxTally[], seed: number): KnoxTest | Refusal {
  const permutations = tallies.reduce((sum, tally) => sum + tally.replicates, 0);
  const bad = refuseDraws(seed, Math.max(1, permutations));
  if (bad) return bad;
  if (permutations < 1) return refuse('no-permutations', 'The Knox test needs at least one permutation.');
  const { bands, innerDistances, innerDays, observed } = prepared;
  const expected = expectedPairs(prepared);
  const dayBands = innerDays.length - 1;
  const total = (of: (tally: KnoxTally) => Float64Array, cell: number) =>
    tallies.reduce((sum, tally) => sum + (of(tally)[cell] ?? 0), 0);
  function cellAt(distance: number, days: number): KnoxCell {
    const cell = distance * dayBands + days;
    const mean = total((tally) => tally.sum, cell) / permutations;
    const squares = total((tally) => tally.sumOfSquares, cell) - permutations * mean * mean;
    const expectation = expected[cell] ?? 0;
    return {
      fromMetres: innerDistances[distance] ?? 0,
      toMetres: innerDistances[distance + 1] ?? Infinity,
      fromDays: innerDays[days] ?? 0,
      toDays: innerDays[days + 1] ?? Infinity,
      observedPairs: observed[cell] ?? 0,
      expectedPairs: expectation,
      ratio: expectation > 0 ? (observed[cell] ?? 0) / expectation : null,
      simulatedMean: Math.round(expectation) + mean,
      simulatedStandardDeviation: permutations > 1 ? Math.sqrt(Math.max(0, squares) / (permutations - 1)) : 0,
      p: (1 + total((tally) => tally.atLeast, cell)) / (1 + permutations),
    };
  }
  const wanted = (edges: readonly number[], inner: readonly number[]) =>
    edges.slice(0, -1).map((edge) => inner.indexOf(edge));
  const cells = wanted(bands.distanceBreaksMetres, innerDistances).map((distance) =>
    wanted(bands.dayBreaks, innerDays).map((days) => cellAt(distance, days)),
  );
  return { method: { name: 'knox', version: '1' }, events: prepared.events, permutations, seed, cells };
}

export interface KnoxOptions extends KnoxBands {
  readonly permutations?: number;
  readonly seed: number;
  readonly onProgress?: OnProgress;
}

/**
 * Asks whether events close in place are also closer in time than chance would have them: near repeats.
 *
 * Counts pairs by bands of distance and days, each [from, to), then shuffles the dates over the places. Ratio = observed /
 * exact expectation; p = (1 + #{simulated ≥ observed})/(1 + permutations). Keep the same place (0 m) and near bands apart.
 * Not for police.uk: it has months and anchor points, no days and no places. Many cells are tested: read the table whole.
 * A steady rise in one district also gives pairs: a ratio is not a cause. Unit: pairs of events; metres; days. Source:
 * Knox (1964), Applied Statistics 13, 25-30; Johnson and others (2007), Journal of Quantitative Criminology 23, 201-219.
 *
 * @example knoxTest({ eastings: [0, 50, 900], northings: [0, 0, 0] }, [0, 2, 9], { distanceBreaksMetres: [0, 100, Infinity], dayBreaks: [0, 4, Infinity], metric: 'euclidean', permutations: 99, seed: 1 }).cells[0][0].observedPairs // => 1
 */
export function knoxTest(
  points: PlanarPoints,
  days: ArrayLike<number>,
  { permutations = 999, seed, onProgress, ...bands }: KnoxOptions,
): KnoxTest | Refusal {
  const prepared = prepareKnox(points, days, bands);
  if (isRefusal(prepared)) return prepared;
  const tally = knoxReplicates(prepared, seed, 0, permutations, onProgress);
  return isRefusal(tally) ? tally : combineKnox(prepared, [tally], seed);
}
