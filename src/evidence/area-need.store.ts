import { sql } from 'kysely';
import { formatPeriod, type Role } from '../duty/index.ts';
import { isRefusal, toNationalGrid } from '../measures/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import type { Releases } from '../platform/releases/ask.ts';
import { openAreaBook } from './area-book.store.ts';
import { outlinesOf } from './boundary.store.ts';
import type { FigureRow } from './figure.ts';
import { formatOf } from './formats/index.ts';
import type { Boundary } from './reference-boundaries.ts';
import { listReferences } from './reference.store.ts';
import { getView, publicAreas } from './view.store.ts';
import { maySee } from './view.ts';

type Reads = ReadWork<'evidence' | 'published'>;

/** What is known of the need of an area: a number for each 1,000 people with its interval, or why there is none. */
export type KnownNeed =
  | { readonly per1000: number; readonly low: number; readonly high: number }
  | { readonly absent: 'hidden' | 'no-record' };

/** An LSOA with what a comparison of need and help needs. */
export interface NeedArea {
  readonly code: string;
  readonly name: string;
  readonly ward: { readonly code: string; readonly name: string } | null;
  /** People who live there; null where no table says. */
  readonly people: number | null;
  /** Middle of its outline, metres of the British National Grid; null where no outline is loaded. */
  readonly centre: { readonly easting: number; readonly northing: number } | null;
  readonly need: KnownNeed;
}

export interface AreaNeeds {
  /** `deprivation` stands in where no figure by area may be seen. */
  readonly kind: 'harm' | 'rate' | 'count' | 'deprivation';
  /** The title of the figure or of the index. */
  readonly title: string;
  readonly source: string;
  readonly period: string | null;
  /** The kept view that the numbers come from; null for deprivation. */
  readonly view: string | null;
  readonly areas: readonly NeedArea[];
  readonly outlines: readonly Boundary[];
  /** None where no outlines of wards are loaded. */
  readonly wardOutlines: readonly Boundary[];
}

const best = ['harm', 'rate', 'count'] as const;

/**
 * Need by LSOA for a reader: the newest kept view by area of the partnership that these roles may see, of harm before rates before counts.
 * Its numbers are those of the view, under the disclosure control of its audience: nothing new is let out. Without such a view,
 * the score of the Index of Multiple Deprivation, which is public. Undefined where neither is there, or no areas are loaded.
 */
export async function needsByArea(
  work: Reads,
  {
    roles,
    partnership,
    releases,
  }: { readonly roles: readonly Role[]; readonly partnership: string; readonly releases: Releases },
): Promise<AreaNeeds | undefined> {
  const book = await openAreaBook(work, releases);
  if (book.smallAreas.size === 0) return undefined;
  const own = await publicAreas(work, partnership);
  const inOwn = new Set(own.flatMap(({ code }) => [...book.smallAreasIn(code)]));
  const isSmall = (code: string) => book.isOfCensus(code, 2021) && inOwn.has(code);
  const found = (await viewByArea(work, roles, isSmall)) ?? (await deprivation(work, releases, isSmall));
  if (found === undefined) return undefined;
  const codes = [...found.values.keys()].sort();
  const year = book.populationYear(codes);
  const { boundaries } = await outlinesOf(work, releases.folder, codes, book);
  const centres = new Map(boundaries.map((boundary) => [boundary.code, centreOf(boundary)]));
  const wards = [...new Set(codes.flatMap((code) => book.areaOf(code, 'ward') ?? []))].sort();
  const wardOutlines = wards.length === 0 ? [] : (await outlinesOf(work, releases.folder, wards, book)).boundaries;
  const { values, ...about } = found;
  return {
    ...about,
    outlines: boundaries,
    wardOutlines,
    areas: codes.map((code): NeedArea => {
      const ward = book.areaOf(code, 'ward');
      const people = year === undefined ? null : (book.population(code, { year })?.persons ?? null);
      return {
        code,
        name: book.find(code)?.name ?? code,
        ward: ward === undefined ? null : { code: ward, name: book.find(ward)?.name ?? ward },
        people,
        centre: centres.get(code) ?? null,
        need: needOf(values.get(code), found.kind, people),
      };
    }),
  };
}

type Value = Pick<FigureRow, 'state' | 'estimate' | 'lower' | 'upper'>;
interface Found extends Pick<AreaNeeds, 'kind' | 'title' | 'source' | 'period' | 'view'> {
  readonly values: ReadonlyMap<string, Value>;
}

function needOf(value: Value | undefined, kind: AreaNeeds['kind'], people: number | null): KnownNeed {
  if (value?.state === 'hidden') return { absent: 'hidden' };
  if (value?.state !== 'shown' || value.estimate === null) return { absent: 'no-record' };
  // A score is of an area and not of its people; a rate is per 100,000 of them already.
  const times =
    kind === 'deprivation' ? 1 : kind === 'rate' ? 1 / 100 : people === null || people === 0 ? null : 1_000 / people;
  if (times === null) return { absent: 'no-record' };
  const { estimate, lower, upper } = value;
  return { per1000: estimate * times, low: (lower ?? estimate) * times, high: (upper ?? estimate) * times };
}

async function viewByArea(
  work: Reads,
  roles: readonly Role[],
  isSmall: (code: string) => boolean,
): Promise<Found | undefined> {
  const measure = sql<(typeof best)[number]>`f.question->'measure'->>'name'`;
  const views = await work
    .selectFrom('evidence.view as v')
    .innerJoin('evidence.figure as f', (join) =>
      join.onRef('f.partnership_id', '=', 'v.partnership_id').onRef('f.id', '=', 'v.figure_id'),
    )
    .leftJoin('evidence.published_view as p', (join) =>
      join.onRef('p.partnership_id', '=', 'v.partnership_id').onRef('p.view_id', '=', 'v.id'),
    )
    .select(['v.id', 'v.audience', 'p.at'])
    .where(sql<boolean>`f.question->'by' = '["area"]'::jsonb and f.question->'options'->>'level' is null`)
    .where(measure, 'in', best)
    .orderBy(
      sql`array_position(array['harm','rate','count'], ${measure}), f.question->'period'->>'to' desc, v.made_at desc, v.id`,
    )
    .limit(50)
    .execute();
  for (const { id, audience, at } of views) {
    if (!maySee(roles, { audience: audience as 'partner', isOut: at !== null })) continue;
    const { view } = await getView(work, id);
    const values = new Map(
      view.rows.flatMap((row) => (typeof row.area === 'string' && isSmall(row.area) ? [[row.area, row] as const] : [])),
    );
    if (values.size < 2) continue;
    const { question, title } = view.figure;
    return {
      kind: question.measure.name as (typeof best)[number],
      title,
      source: formatOf(question.source).title,
      period: formatPeriod(question.period),
      view: id,
      values,
    };
  }
  return undefined;
}

async function deprivation(
  work: Reads,
  releases: Releases,
  isSmall: (code: string) => boolean,
): Promise<Found | undefined> {
  const index = (await listReferences(work)).find(
    ({ layout, columns }) =>
      layout === 'deprivation' && columns[0]?.name === 'lsoa21' && columns.some(({ name }) => name === 'imd_score'),
  );
  if (index === undefined) return undefined;
  const { texts, numbers } = await releases.columns(index.stored, { texts: ['lsoa21'], numbers: ['imd_score'] });
  const scores = numbers.get('imd_score');
  const values = new Map(
    (texts.get('lsoa21') ?? []).flatMap((code, at) => {
      const score = scores?.[at] ?? Number.NaN;
      return isSmall(code) && Number.isFinite(score)
        ? [[code, { state: 'shown', estimate: score, lower: null, upper: null } as const] as const]
        : [];
    }),
  );
  if (values.size < 2) return undefined;
  return { kind: 'deprivation', title: index.title, source: index.publisher, period: null, view: null, values };
}

/** Centre of gravity of the largest ring, in metres of the grid: close to where people live in an area this small. */
function centreOf({ polygons }: Boundary): NeedArea['centre'] {
  let [most, longitude, latitude] = [0, Number.NaN, Number.NaN];
  for (const [outer = []] of polygons) {
    const [x0 = 0, y0 = 0] = outer[0] ?? [];
    let [area, east, north] = [0, 0, 0];
    for (const [at, corner] of outer.entries()) {
      const next = outer[(at + 1) % outer.length] ?? corner;
      const [ax, ay, bx, by] = [(corner[0] ?? 0) - x0, (corner[1] ?? 0) - y0, (next[0] ?? 0) - x0, (next[1] ?? 0) - y0];
      const cross = ax * by - bx * ay;
      area += cross;
      east += (ax + bx) * cross;
      north += (ay + by) * cross;
    }
    if (Math.abs(area) <= most) continue;
    most = Math.abs(area);
    [longitude, latitude] = [x0 + east / (3 * area), y0 + north / (3 * area)];
  }
  const points = most === 0 ? undefined : toNationalGrid([longitude], [latitude]);
  if (points === undefined || isRefusal(points)) return null;
  return { easting: points.eastings[0] ?? 0, northing: points.northings[0] ?? 0 };
}
