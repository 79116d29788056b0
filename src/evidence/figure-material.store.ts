import { daysBetween } from '../duty/index.ts';
import { isRefusal, toNationalGrid } from '../measures/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import type { LivePart, Releases } from '../platform/releases/ask.ts';
import type { Condition } from '../platform/releases/table.ts';
import type { AreaBook } from './area-book.ts';
import { outlinesOf } from './boundary.store.ts';
import type { Counted, FigureMeasure, GridCells, HarmWeights, Material } from './figure-answer.ts';
import { openLocator } from './locate.ts';
import { listReferences } from './reference.store.ts';
import type { SourceFormat } from './source.ts';
import { touchingAreas } from './touching-areas.ts';

interface MaterialAsked {
  readonly measure: FigureMeasure;
  readonly format: SourceFormat;
  readonly releases: Releases;
  readonly book: AreaBook;
  readonly parts: readonly LivePart[];
  /** Which rows: the definition, the period and the area. */
  readonly where: readonly Condition[];
  readonly counted: Readonly<Record<string, readonly Counted[]>>;
  readonly domain: (breakdown: string, seen: readonly string[]) => readonly string[] | undefined;
}

/** What a measure needs beside counts, and the reference releases from which it comes: they are part of the question. */
export async function materialFor(
  work: ReadWork<'evidence'>,
  asked: MaterialAsked,
): Promise<{ readonly material: Material; readonly references: readonly string[] }> {
  const needs = asked.measure.needs ?? [];
  const weights = needs.includes('weights') ? await weightsFor(work, asked) : undefined;
  const neighbours = needs.includes('neighbours') ? await neighboursFor(work, asked) : undefined;
  const events = needs.includes('events') ? await eventsOf(asked) : undefined;
  const cells = needs.includes('cells') ? await cellsFor(work, asked) : undefined;
  return {
    material: {
      ...(weights === undefined ? {} : { weights: weights.weights }),
      ...(neighbours === undefined ? {} : { neighbours: neighbours.neighbours }),
      ...(events === undefined ? {} : { events }),
      ...(cells === undefined ? {} : { cells: cells.cells }),
    },
    references: [...(weights?.references ?? []), ...(neighbours?.references ?? []), ...(cells?.references ?? [])],
  };
}

/**
 * Of single offences by their Home Office code, or of the types of data.police.uk, of which each hides many: then the mean
 * over what it hides, by how often that is recorded.
 */
async function weightsFor(
  work: ReadWork<'evidence'>,
  { format, releases }: MaterialAsked,
): Promise<{ readonly weights: HarmWeights; readonly references: readonly string[] } | undefined> {
  const isCoarse = format.name.startsWith('police-uk');
  const layout = isCoarse ? 'harm-days' : 'offence-weights';
  const found = (await listReferences(work)).filter((each) => each.layout === layout).at(-1);
  if (found === undefined) return undefined;
  const named = (pattern: RegExp) => found.columns.find(({ name }) => pattern.test(name))?.name;
  const columns = isCoarse
    ? {
        category: named(/^police_uk_category$/),
        weight: named(/^cchi_mean_days$/),
        least: named(/^cchi_min_days$/),
        most: named(/^cchi_max_days$/),
        volume: named(/^recorded_offences/),
      }
    : {
        category: named(/^ons_counts_code$|^offence_code$/),
        weight: named(/^ons_severity_weight$|^weights?$/),
        least: undefined,
        most: undefined,
        volume: undefined,
      };
  if (columns.category === undefined || columns.weight === undefined) return undefined;
  const wanted = [...new Set(Object.values(columns).filter((name) => name !== undefined))];
  const rows = await releases.table(found.stored, wanted);
  const sums = new Map<string, { weight: number; volume: number; least: number; most: number }>();
  for (const row of rows) {
    const cell = (name: string | undefined) => (name === undefined ? undefined : row[name]);
    const weight = Number(cell(columns.weight) ?? Number.NaN);
    const category = String(cell(columns.category) ?? '').toLowerCase();
    if (category === '' || !(weight >= 0)) continue;
    const volume = columns.volume === undefined ? 1 : Number(cell(columns.volume) ?? 0);
    const sum = sums.get(category) ?? { weight: 0, volume: 0, least: Infinity, most: 0 };
    sums.set(category, {
      weight: sum.weight + weight * volume,
      volume: sum.volume + volume,
      least: Math.min(sum.least, Number(cell(columns.least) ?? weight)),
      most: Math.max(sum.most, Number(cell(columns.most) ?? weight)),
    });
  }
  return {
    references: [found.id],
    weights: {
      source: `${found.title}, ${found.vintage}`,
      unit: isCoarse ? 'days of sentence' : 'weights of severity, in days of sentence',
      isCoarse,
      of(category) {
        const sum = sums.get(category.toLowerCase());
        return sum === undefined || sum.volume === 0
          ? undefined
          : { weight: sum.weight / sum.volume, least: sum.least, most: sum.most };
      },
    },
  };
}

async function neighboursFor(
  work: ReadWork<'evidence'>,
  { releases, book, counted, domain }: MaterialAsked,
): Promise<
  { readonly neighbours: NonNullable<Material['neighbours']>; readonly references: readonly string[] } | undefined
> {
  const seen = (counted['counts'] ?? []).flatMap(({ key }) =>
    key[0] === null || key[0] === undefined ? [] : [key[0]],
  );
  const areas = [...(domain('area', seen) ?? [])].sort();
  const { boundaries, references } = await outlinesOf(work, releases.folder, areas, book);
  if (boundaries.length === 0) return undefined;
  const placeOf = new Map(areas.map((area, place) => [area, place]));
  const touching = touchingAreas(boundaries);
  const lists: (readonly number[])[] = areas.map(() => []);
  for (const [place, { code }] of boundaries.entries())
    lists[placeOf.get(code) ?? -1] = (touching[place] ?? [])
      .map((other) => placeOf.get(boundaries[other]?.code ?? '') ?? -1)
      .sort((a, b) => a - b);
  return { neighbours: { lists, without: areas.length - boundaries.length }, references };
}

/** Points of data.police.uk stand for places round them, so a smaller square would claim more than they say. */
const side = 200;
const mostPoints = 400_000;
/** Squares round the boundary of a police force area. */
const mostSquares = 400_000;

async function cellsFor(
  work: ReadWork<'evidence'>,
  { format, releases, book, parts, where, domain }: MaterialAsked,
): Promise<{ readonly cells: GridCells; readonly references: readonly string[] } | undefined> {
  const points = (format.rules.standard.points ?? []).filter(({ x }) =>
    format.rules.columns.some(({ name }) => name === x),
  );
  if (points.length === 0) return undefined;
  const refuse = (refusal: string) => ({ cells: { side, cells: [], lists: [], left: 0, refusal }, references: [] });
  const { boundaries, references } = await outlinesOf(work, releases.folder, domain('area', []) ?? [], book);
  if (boundaries.length === 0)
    return refuse(
      'No boundaries of the small areas here are loaded, so nobody can say which squares lie in it. Add them: concord reference add boundaries <file>',
    );
  const corners = boundaries.flatMap(({ polygons }) => polygons.flatMap((rings) => rings[0] ?? []));
  const outline = toNationalGrid(
    corners.map((corner) => corner[0] ?? 0),
    corners.map((corner) => corner[1] ?? 0),
  );
  if (isRefusal(outline)) return refuse(outline.sentence);
  const range = (values: Float64Array) =>
    values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
      Infinity,
      -Infinity,
    ] as readonly [number, number]);
  const corner = (value: number) => Math.floor(value / side) * side;
  const [west, east] = range(outline.eastings).map(corner) as [number, number];
  const [south, north] = range(outline.northings).map(corner) as [number, number];
  if (((east - west) / side + 1) * ((north - south) / side + 1) > mostSquares)
    return refuse('The area is too wide for squares of 200 metres. Take one of the authorities in it.');
  const all = await releases.count({ parts, by: [], where });
  const counts = new Map<string, number>();
  let placed = 0;
  try {
    for (const [nth, { x, y, grid }] of points.entries()) {
      const before = points.slice(0, nth).map((each): Condition => ({ column: each.x, isEmpty: true }));
      const rows = await releases.points({ parts, where: [...where, ...before], x, y, columns: [], most: mostPoints });
      const [xs, ys] = [rows.map((row) => row.x), rows.map((row) => row.y)];
      const moved = grid === 'british-national-grid' ? { eastings: xs, northings: ys } : toNationalGrid(xs, ys);
      if (isRefusal(moved)) return refuse(moved.sentence);
      for (const place of rows.keys()) {
        const name = `${corner(moved.northings[place] ?? 0)} ${corner(moved.eastings[place] ?? 0)}`;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      placed += rows.length;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse(
      `There are more than ${mostPoints.toLocaleString('en-GB')} points. Take a shorter period or a smaller area.`,
    );
  }
  // The boundary decides which squares take part: empty sea and countryside around it would make every street a hot spot.
  const locator = openLocator(boundaries);
  const cells: { easting: number; northing: number; count: number }[] = [];
  const placeOf = new Map<string, number>();
  for (let northing = south; northing <= north; northing += side)
    for (let easting = west; easting <= east; easting += side) {
      const name = `${northing} ${easting}`;
      const count = counts.get(name) ?? 0;
      if (count === 0 && locator.onGrid(easting + side / 2, northing + side / 2) === undefined) continue;
      placeOf.set(name, cells.length);
      cells.push({ easting, northing, count });
    }
  const steps = [-side, 0, side];
  const lists = cells.map(({ easting, northing }, own) =>
    steps
      .flatMap((up) => steps.map((right) => placeOf.get(`${northing + up} ${easting + right}`)))
      .filter((place): place is number => place !== undefined && place !== own),
  );
  return {
    cells: { side, cells, lists, left: (all[0]?.count ?? 0) - placed, refusal: null },
    references,
  };
}

/** More pairs than this take longer than somebody waits. */
const mostEvents = 5_000;

/** The columns that say when something happened, by format; where the second is empty, the first says it. */
const dayColumns: readonly (readonly [string, string | undefined])[] = [
  ['from_at', 'to_at'],
  ['injured_at', undefined],
  ['called_at', undefined],
];

async function eventsOf({ format, releases, parts, where }: MaterialAsked): Promise<Material['events']> {
  const has = (name: string) => format.rules.columns.some((column) => column.name === name);
  const [from, to] = dayColumns.find(([name]) => has(name)) ?? [];
  const points = (format.rules.standard.points ?? []).filter(({ x }) => has(x));
  // Points of data that is published openly were moved before they were published.
  if (from === undefined || points.length === 0 || format.disclosure === 'open') return undefined;
  const reference = format.distinct?.column;
  const columns = [from, ...(to === undefined ? [] : [to]), ...(reference === undefined ? [] : [reference])];
  const nothing = { eastings: [], northings: [], days: [], left: 0 };
  const all = await releases.count({ parts, by: [], where });
  const total = all[0]?.count ?? 0;
  const eastings: number[] = [];
  const northings: number[] = [];
  const days: number[] = [];
  const told = new Set<string>();
  const take = (easting: number, northing: number, key: readonly unknown[]) => {
    const day = dayOf(key[0]);
    const last = to === undefined ? undefined : dayOf(key[1]);
    const name = reference === undefined ? undefined : key[columns.length - 1];
    if (day === undefined || (last !== undefined && daysBetween(day, last) > 1)) return;
    if (typeof name === 'string') {
      if (told.has(name)) return;
      told.add(name);
    }
    eastings.push(easting);
    northings.push(northing);
    days.push(daysBetween('2000-01-01', day));
  };
  try {
    for (const [nth, { x, y, grid }] of points.entries()) {
      const before = points.slice(0, nth).map((each): Condition => ({ column: each.x, isEmpty: true }));
      const rows = await releases.points({ parts, where: [...where, ...before], x, y, columns, most: mostEvents });
      const placed =
        grid === 'british-national-grid'
          ? undefined
          : toNationalGrid(
              rows.map((row) => row.x),
              rows.map((row) => row.y),
            );
      if (isRefusal(placed)) return { ...nothing, refusal: placed.sentence };
      for (const [place, row] of rows.entries())
        take(placed?.eastings[place] ?? row.x, placed?.northings[place] ?? row.y, row.key);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      ...nothing,
      refusal: `There are more than ${mostEvents.toLocaleString('en-GB')} events, too many to pair. Take a shorter period or a smaller area.`,
    };
  }
  return { eastings, northings, days, left: total - days.length, refusal: null };
}

const dayOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? value.slice(0, 10) : undefined;
