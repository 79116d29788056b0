import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson, formatMonth, type IsoDate, type Period, type Role } from '../duty/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import type { Releases } from '../platform/releases/ask.ts';
import type { AreaBook } from './area-book.ts';
import { definitionInForce } from './definition.store.ts';
import { areasOfLevel, definitionUsed, keepFigure, workOut, type FigureAsked } from './figure.store.ts';
import type { Figure } from './figure.ts';
import { listInWords } from './figure-answer.ts';
import { loadedSources, type IndicatorKept, type LoadedSource } from './indicator.store.ts';
import {
  indicatorParts,
  partsAsked,
  periodsFor,
  type AskedWith,
  type IndicatorFound,
  type IndicatorPart,
  type PartFound,
} from './indicator-value.ts';
import { comparatorLabels } from './indicator.ts';
import { getView, keepView, lieIn, publicAreas, viewOf, type ViewKept } from './view.store.ts';
import { mayWorkOnFigures } from './view.ts';

type Reads = ReadWork<'evidence' | 'partnership' | 'platform' | 'published'>;
type Writes = Work<'evidence' | 'partnership' | 'platform' | 'published'>;

/** More areas of one partnership than this have no value each: the widest partnership has fewer authorities. */
const mostAreas = 12;

export interface ValueContext {
  readonly releases: Releases;
  readonly book: AreaBook;
  readonly today: IsoDate;
  /** Id of the partnership. */
  readonly partnership: string;
}

/** What an indicator says of an area: figures that were worked out and are not kept yet. */
interface ValueMade {
  readonly area: { readonly code: string; readonly name: string };
  readonly period: Period;
  readonly found: IndicatorFound;
  readonly figures: readonly Figure[];
  /** Hash of the definition in force that it counts by; null where it counts otherwise, or none is in force. */
  readonly definition: string | null;
}

/** What decides which figures are the value of an indicator: how it counts, and the definition in force where that says so. */
const askedHash = (indicator: IndicatorKept, definition: string | null): string => {
  const { source, counted, denominator, unit, period, comparator, breaks } = indicator;
  const asked = { source, counted, denominator, unit, period, comparator, breaks, definition };
  return `sha256:${createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(asked)) as never))
    .digest('hex')}`;
};

/** Works an indicator out anew for each area of the partnership; none where its source is not loaded. Nothing is kept. */
export async function workOutIndicator(
  work: Reads,
  context: ValueContext,
  indicator: IndicatorKept,
): Promise<readonly ValueMade[]> {
  const loaded = (await loadedSources(work)).get(indicator.source);
  if (loaded === undefined) return [];
  const made: ValueMade[] = [];
  for (const area of (await publicAreas(work, context.partnership)).slice(0, mostAreas))
    made.push(await workOutArea(work, context, indicator, loaded, area));
  return made;
}

async function workOutArea(
  work: Reads,
  { releases, book, today }: ValueContext,
  indicator: IndicatorKept,
  loaded: LoadedSource,
  area: { readonly code: string; readonly name: string },
): Promise<ValueMade> {
  const { latest } = periodsFor(indicator, loaded);
  const counts = indicator.counted.by === 'definition';
  const inForce = counts ? await definitionInForce(work, today) : undefined;
  const ask = (asked: Pick<FigureAsked, 'measure' | 'period' | 'options' | 'by'>, isWhole: boolean, of = area.code) =>
    workOut(
      work,
      { releases, book, today },
      {
        ...asked,
        source: indicator.source,
        area: of,
        ...(inForce === undefined || isWhole ? {} : { definition: definitionUsed(inForce) }),
      },
    );
  const definition = inForce === undefined ? null : definitionUsed(inForce).sha256;
  const nothing = { area, period: latest, figures: [], definition };
  if (counts && inForce === undefined)
    return { ...nothing, found: { value: { why: 'It counts what the definition in force says, and none is.' } } };
  const { ages } = indicator.denominator.of === 'population' ? indicator.denominator : { ages: null };
  const people = ages === null ? {} : { ages };
  const peopleYear: AskedWith['peopleYear'] = (wanted) =>
    book.population(area.code, { year: wanted, ...people }) === undefined
      ? book.populationYear([area.code], people)
      : wanted;
  const comparator = await comparatorOf(indicator, area.code, book, (of) =>
    ask({ measure: 'count', period: latest, by: ['area'], options: { level: 'authority' } }, true, of),
  );
  const asked = partsAsked(indicator, { loaded, peopleYear, comparator });
  const found: Partial<Record<IndicatorPart, PartFound>> = {};
  const figures: Figure[] = [];
  for (const part of indicatorParts) {
    const one = asked[part];
    if (one === undefined) continue;
    if ('why' in one) {
      found[part] = { why: one.why };
      continue;
    }
    const answer = await ask(one, part === 'whole');
    if (answer.done) figures.push(answer.value);
    found[part] = answer.done ? { figure: answer.value.id } : { why: answer.sentence };
  }
  return { area, period: latest, found, figures, definition };
}

const comparatorKinds = { nation: 'country', region: 'region', force: 'police-force-area' } as const;

/** The area to compare with, where the source is loaded for all of it; a sentence on what is missing where not. */
async function comparatorOf(
  { comparator }: Pick<IndicatorKept, 'comparator'>,
  area: string,
  book: AreaBook,
  countedIn: (area: string) => ReturnType<typeof workOut>,
): Promise<AskedWith['comparator']> {
  if (comparator === 'none') return null;
  if (comparator === 'most-similar')
    return {
      why: 'Missing: the list of the areas that are most like this one, and what was counted in them. Nobody publishes the list as a file that can be loaded, so choose another comparison',
    };
  const wider = book.above(area).find(({ kind }) => kind === comparatorKinds[comparator]);
  if (wider === undefined)
    return {
      why: `Missing: a lookup of areas that says in which ${comparator === 'force' ? 'police force area' : comparator === 'region' ? 'region' : 'country'} this area lies`,
    };
  const counted = await countedIn(wider.code);
  if (!counted.done) return { why: counted.sentence };
  const { rows } = counted.value;
  const [first] = rows;
  // A total over a gap is refused: then the gap is what is missing, and no area.
  if (first !== undefined && rows.every(({ state }) => state !== 'shown'))
    return { why: first.reason ?? 'The numbers of the other areas cannot be shown' };
  const seen = new Set(rows.flatMap((row) => (typeof row.area === 'string' && (row.count ?? 0) > 0 ? [row.area] : [])));
  const all = areasOfLevel(book, wider.code, 'authority');
  const without = all.filter((code) => !seen.has(code));
  if (all.length < 2) return { why: `${wider.name} has no other area to compare with` };
  if (without.length === 0) return { code: wider.code };
  const names = without.slice(0, 3).map((code) => book.find(code)?.name ?? code);
  const more = without.length - names.length;
  return {
    why: `Missing: this source for ${listInWords([...names, ...(more === 0 ? [] : [`${more} more of ${all.length} areas`])])}, so ${wider.name} (${comparatorLabels[comparator].toLowerCase()}) is not loaded as a whole`,
  };
}

/** Keeps what was worked out: the figures, a restricted view of each, and which they are. What was there before gives way. */
export async function keepIndicatorValues(
  work: Writes,
  indicator: IndicatorKept,
  made: readonly ValueMade[],
  { book, by, code }: { readonly book: AreaBook; readonly by: string; readonly code: string },
): Promise<void> {
  await work.deleteFrom('evidence.indicator_value').where('indicator_id', '=', indicator.recordId).execute();
  for (const { area, period, found, figures, definition } of made) {
    for (const figure of figures) {
      await keepFigure(work, figure, code);
      const view = await viewOf(reading(work), figure, 'restricted', lieIn(book));
      if (!('sentence' in view)) await keepView(work, view, by);
    }
    await work
      .insertInto('evidence.indicator_value')
      .values({
        indicator_id: indicator.recordId,
        area: area.code,
        area_name: area.name,
        from_month: period.from,
        to_month: period.to,
        found: JSON.stringify(found),
        asked_sha256: askedHash(indicator, definition),
        made_by: by,
      })
      .execute();
  }
}

/** What somebody may see of a part of a value. */
export type PartSeen = { readonly kept: ViewKept } | { readonly why: string };

export interface IndicatorValue {
  readonly indicatorId: string;
  readonly area: string;
  readonly areaName: string;
  readonly period: Period;
  readonly parts: Readonly<Partial<Record<IndicatorPart, PartSeen>>>;
  /** Why it should be worked out again, in a sentence; null where nothing changed since. */
  readonly stale: string | null;
}

/** Why there is no number may say counts, or where nothing was recorded: that is for those who work on figures. */
const notSaid = 'There is no number. The analyst of the partnership can say why.';
const notOpened =
  'The number has not been opened to you. The analyst or the coordinator of the partnership can open it to partners or publish it.';

/**
 * Values as a reader may see them: whoever works on figures sees all, everybody else what was let out.
 * @param parts which of the figures are wanted
 */
export async function valuesSeen(
  work: Reads,
  {
    indicators,
    roles,
    parts,
    today,
  }: {
    readonly indicators: readonly IndicatorKept[];
    readonly roles: readonly Role[];
    readonly parts: readonly IndicatorPart[];
    readonly today: IsoDate;
  },
): Promise<readonly IndicatorValue[]> {
  if (indicators.length === 0) return [];
  const rows = await work
    .selectFrom('evidence.indicator_value')
    .selectAll()
    .where(
      'indicator_id',
      'in',
      indicators.map(({ recordId }) => recordId),
    )
    .orderBy('area_name')
    .orderBy('area')
    .execute();
  const foundOf = (row: (typeof rows)[number]) => row.found as unknown as IndicatorFound;
  const ids = rows.flatMap((row) =>
    parts.flatMap((part) => {
      const one = foundOf(row)[part];
      return one !== undefined && 'figure' in one ? [one.figure] : [];
    }),
  );
  const views = await viewsOf(work, [...new Set(ids)], roles);
  const worksOnFigures = mayWorkOnFigures.some((role) => roles.includes(role));
  const loaded = await loadedSources(work);
  const inForce = await definitionInForce(work, today);
  const definition = inForce === undefined ? null : definitionUsed(inForce).sha256;
  const byId = new Map(indicators.map((each) => [each.recordId, each]));
  return rows.flatMap((row): readonly IndicatorValue[] => {
    const indicator = byId.get(row.indicator_id);
    if (indicator === undefined) return [];
    const source = loaded.get(indicator.source);
    const seen = (one: PartFound): PartSeen => {
      if ('why' in one) return worksOnFigures ? one : { why: notSaid };
      const kept = views.get(one.figure);
      return kept === undefined ? { why: notOpened } : { kept };
    };
    const hasChanged =
      row.asked_sha256 !== askedHash(indicator, indicator.counted.by === 'definition' ? definition : null);
    const isOld = source !== undefined && source.newest > new Date(row.made_at).toISOString();
    return [
      {
        indicatorId: row.indicator_id,
        area: row.area,
        areaName: row.area_name,
        period: { from: row.from_month, to: row.to_month },
        parts: hasChanged
          ? { value: { why: 'It is counted otherwise since its value was worked out.' } }
          : Object.fromEntries(
              parts.flatMap((part) => {
                const one = foundOf(row)[part];
                return one === undefined ? [] : [[part, seen(one)] as const];
              }),
            ),
        stale: hasChanged
          ? 'How it is counted was changed since.'
          : isOld
            ? `Newer data was loaded since: there are months up to ${formatMonth(source.to)}.`
            : null,
      },
    ];
  });
}

/** By figure, the view that a reader may see: the restricted one, or the newest that was let out. */
async function viewsOf(
  work: Reads,
  figures: readonly string[],
  roles: readonly Role[],
): Promise<ReadonlyMap<string, ViewKept>> {
  if (figures.length === 0) return new Map();
  const works = mayWorkOnFigures.some((role) => roles.includes(role));
  const rows = await work
    .selectFrom('evidence.view as v')
    .leftJoin('evidence.published_view as p', (join) =>
      join.onRef('p.partnership_id', '=', 'v.partnership_id').onRef('p.view_id', '=', 'v.id'),
    )
    .select(['v.id', 'v.figure_id'])
    .where('v.figure_id', 'in', [...figures])
    .where(works ? sql<boolean>`v.audience = 'restricted'` : sql<boolean>`p.seq is not null`)
    .orderBy('p.seq')
    .execute();
  const found = new Map<string, ViewKept>();
  for (const { id, figure_id } of rows) found.set(figure_id, await getView(work, id));
  return found;
}
