import { createHash } from 'node:crypto';
import {
  canonicalJson,
  done,
  findAreaKind,
  formatPeriod,
  holdsMonth,
  refused,
  type IsoDate,
  type Outcome,
  type Period,
} from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Releases } from '../platform/releases/ask.ts';
import type { Condition } from '../platform/releases/table.ts';
import type { AreaBook } from './area-book.ts';
import { conditionsOf } from './definition.ts';
import type { DefinitionKept } from './definition.store.ts';
import { figureMeasure, type CountAsk, type Counted, type MeasureContext } from './figure-measure.ts';
import { everyBreakdown, type Figure, type FigureQuestion, type FigureRow } from './figure.ts';
import { formatOf } from './formats/index.ts';
import { livePartsOf } from './release.store.ts';
import { coverageForArea, gapsIn, labelsFor, smallAreaUse, type CoverageCalendar } from './coverage.ts';
import { calendarOf } from './coverage.store.ts';
import type { FormatName, SourceFormat } from './source.ts';

/** What somebody asks. The releases, the areas and the versions that it is answered with become part of the question. */
export interface FigureAsked {
  readonly measure: string;
  readonly source?: FormatName;
  readonly area: string;
  readonly period: Period;
  readonly by?: readonly string[];
  readonly distinct?: boolean;
  readonly definition?: DefinitionUsed;
  readonly options?: FigureQuestion['options'];
  readonly seed?: number;
  /** Those of an old figure; without it, all that count today. */
  readonly releases?: readonly string[];
}

/** What a definition says of the rows of a source. */
export interface DefinitionUsed {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
  readonly name: string;
  readonly conditions: (format: SourceFormat) => Outcome<readonly Condition[], 'not-valid'>;
}

/** A definition as a figure uses it. */
export const definitionUsed = (kept: DefinitionKept): DefinitionUsed => ({
  id: kept.id,
  version: kept.version,
  sha256: kept.sha256,
  name: kept.name,
  conditions: (format) => conditionsOf(kept, format),
});

export interface FigureContext {
  readonly releases: Releases;
  readonly book: AreaBook;
  /** The day on which it is asked: what is late that day is no gap yet. */
  readonly today: IsoDate;
}

type Reads = ReadWork<'evidence' | 'platform'>;

/** Answers a question anew. Refuses what no answer can be given to: no such area, no such measure, nothing loaded. */
export async function workOut(
  work: Reads,
  { releases, book, today }: FigureContext,
  asked: FigureAsked,
): Promise<Outcome<Figure, 'not-valid' | 'not-found'>> {
  const measure = figureMeasure(asked.measure);
  if (measure === undefined)
    return refused('not-valid', `There is no measure “${asked.measure}”. See: concord figure --list`);
  const source = asked.source ?? (await onlySource(work));
  if (source === undefined) return refused('not-valid', 'Say of which source: several are loaded, or none is.');
  const format = formatOf(source);
  const by = [...new Set(asked.by ?? [])].filter((name) => !(measure.over ?? []).includes(name));
  const strange = by.filter((name) => !everyBreakdown.includes(name as 'month') && !format.breakdowns.includes(name));
  if (strange.length > 0)
    return refused(
      'not-valid',
      `${format.title} cannot be broken down by ${strange.join(', ')}. It can by ${[...everyBreakdown, ...format.breakdowns].join(', ')}.`,
    );
  if (asked.distinct === true && format.distinct === undefined)
    return refused('not-valid', `${format.title} has no ids to count.`);
  const places = placesOf(book, asked.area);
  if (places === undefined)
    return refused(
      'not-found',
      book.smallAreas.size === 0
        ? 'No areas are loaded, so nothing can be counted by area. Add them: concord reference add all <dir>'
        : `Nothing is known of the area ${asked.area}. Check the code, or add the lookup that has it.`,
    );
  const conditions = asked.definition === undefined ? done([]) : asked.definition.conditions(format);
  if (!conditions.done) return conditions;

  const spans = measure.asks(
    { ...emptyQuestion, area: asked.area, period: asked.period, by, options: asked.options ?? {} },
    blankContext,
  );
  const periods = [asked.period, ...spans.map(({ period }) => period)];
  const whole = {
    from: periods.map(({ from }) => from).sort()[0] ?? '',
    to:
      periods
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? '',
  };
  const all = await livePartsOf(work, {
    source,
    ...(asked.releases === undefined ? {} : { releases: asked.releases }),
  });
  const parts = all.filter(({ months }) => months.some((month) => holdsMonth(whole, month)));
  const used = [...new Set(parts.map(({ release }) => release))].sort();
  const question: FigureQuestion = {
    measure: { name: measure.name, version: measure.version },
    source,
    area: asked.area,
    period: asked.period,
    by,
    distinct: asked.distinct ?? false,
    definition:
      asked.definition === undefined
        ? null
        : { id: asked.definition.id, version: asked.definition.version, sha256: asked.definition.sha256 },
    releases: await identify(work, used),
    references: book.references,
    options: asked.options ?? {},
    seed: asked.seed ?? null,
  };
  const title = titleOf(question, format, book, asked.definition?.name);
  if (used.length === 0)
    return refused(
      'not-found',
      `Nothing of ${format.title} is loaded for ${formatPeriod(asked.period)}. Load it: concord import <file…> --source ${source}`,
    );

  const inArea = (area: string): readonly Condition[] => {
    const wanted = placesOf(book, area) ?? [];
    return wanted === 'everywhere' ? [] : [{ column: 'area', in: wanted }];
  };
  const count = async (ask: CountAsk): Promise<readonly Counted[]> => {
    const rows = await releases.count({
      parts,
      by: ask.by,
      where: [...conditions.value, { column: 'month', from: ask.period.from, to: ask.period.to }, ...inArea(ask.area)],
      ...(question.distinct && format.distinct !== undefined ? { distinct: format.distinct.column } : {}),
    });
    return rows.map(({ key, ...counts }) => ({
      key: key.map((cell) => (cell === null ? null : String(cell))),
      ...counts,
    }));
  };
  const calendars = new Map<string, CoverageCalendar>();
  const everything = await calendarOf(work, source, { today, period: whole });
  const asks = measure.asks(question, blankContext);
  for (const area of new Set([asked.area, ...asks.map((ask) => ask.area)])) {
    const providers = await releases.count({ parts: all, by: ['provider'], where: inArea(area) });
    const rows = new Map(providers.map(({ key, count: n }) => [String(key[0] ?? ''), n]));
    calendars.set(area, coverageForArea(everything, rows));
  }
  // Only of those who send rows of this area: nobody supposes that a force elsewhere lost its places here.
  const unlocated = await releases.count({
    parts,
    by: ['category'],
    where: [
      ...conditions.value,
      { column: 'month', from: asked.period.from, to: asked.period.to },
      { column: 'area', isEmpty: true },
      ...(calendars.get(asked.area)?.usual.has('') === false
        ? [{ column: 'provider', in: [...(calendars.get(asked.area)?.usual.keys() ?? [])] }]
        : []),
    ],
  });
  const withoutPlace = new Map(unlocated.map(({ key, count: n }) => [String(key[0] ?? ''), n]));
  const calendarFor = (area: string): CoverageCalendar => calendars.get(area) ?? everything;
  const year = book.populationYear([asked.area]);
  const context: MeasureContext = {
    gaps: (area, period) => gapsIn(calendarFor(area), period),
    // One frame, one year for a figure: a numerator never meets two denominators.
    population: (area) => (year === undefined ? undefined : book.population(area, { year })),
    domain: (breakdown, seen) => domainOf(breakdown, seen, { format, book, area: asked.area }),
    nameOf: (area) => book.find(area)?.name ?? area,
    unlocated: [...withoutPlace.values()].reduce((sum, n) => sum + n, 0),
    unlocatedOf: (category) => withoutPlace.get(category) ?? 0,
    things: question.distinct ? { one: 'different Crime ID', many: 'different Crime IDs' } : format.counts,
    hasDays: format.expresses.day.can === 'fully',
  };
  const counted: Record<string, readonly Counted[]> = {};
  for (const ask of asks) counted[ask.name] = await count(ask);
  const answer = measure.answer(question, counted, context);
  return done({
    id: figureId(question),
    title,
    question,
    rows: answer.rows,
    notes: [
      ...answer.notes,
      ...labelsFor(calendarFor(asked.area), asked.period),
      ...(by.includes('area')
        ? [smallAreaUse(everything, asked.period).reason].filter((reason) => reason !== null)
        : []),
      ...(question.distinct && format.distinct !== undefined ? [format.distinct.caution] : []),
      ...format.cautions,
    ],
  });
}

const emptyQuestion: FigureQuestion = {
  measure: { name: '', version: '' },
  source: 'generic',
  area: '',
  period: { from: '1900-01', to: '1900-01' },
  by: [],
  distinct: false,
  definition: null,
  releases: [],
  references: [],
  options: {},
  seed: null,
};
/** For asking a measure which periods it needs, before anything is known. */
const blankContext: MeasureContext = {
  gaps: () => [],
  population: () => undefined,
  domain: () => undefined,
  nameOf: (area) => area,
  unlocated: 0,
  unlocatedOf: () => 0,
  things: { one: '', many: '' },
  hasDays: false,
};

export const figureId = (question: FigureQuestion): string => hash(canonicalJson({ ...question }));
const hash = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

async function onlySource(work: Reads): Promise<FormatName | undefined> {
  const rows = await work.selectFrom('evidence.release').select('source').distinct().execute();
  return rows.length === 1 ? (rows[0]?.source as FormatName) : undefined;
}

async function identify(work: Reads, ids: readonly string[]): Promise<FigureQuestion['releases']> {
  if (ids.length === 0) return [];
  const rows = await work
    .selectFrom('evidence.release')
    .select(['id', 'parquet'])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
  return rows;
}

/** Codes under which rows of an area stand: its small areas of every vintage, and it itself for sources that go no deeper. */
function placesOf(book: AreaBook, area: string): readonly string[] | 'everywhere' | undefined {
  if (findAreaKind(area) === 'england-and-wales') return 'everywhere';
  const small = book.smallAreasIn(area);
  if (small.size === 0 && book.find(area) === undefined) return undefined;
  const between = (['ward', 'msoa'] as const).flatMap((kind) => book.areasIn(area, kind).map(({ code }) => code));
  return [...new Set([area, ...small, ...between])].sort();
}

/** What a breakdown can be beside what was seen: the types of the format, the small areas of the vintage that was seen. */
function domainOf(
  breakdown: string,
  seen: readonly string[],
  { format, book, area }: { readonly format: SourceFormat; readonly book: AreaBook; readonly area: string },
): readonly string[] | undefined {
  if (breakdown !== 'area') {
    const column = format.rules.columns.find(({ name }) =>
      breakdown === 'category'
        ? 'column' in format.rules.standard.category && name === format.rules.standard.category.column
        : name === breakdown,
    );
    return column?.oneOf;
  }
  const all = [...book.smallAreasIn(area)];
  const vintages = new Set(all.flatMap((code) => book.find(code)?.vintages ?? []));
  const fitting = [...vintages].filter((vintage) =>
    seen.every((code) => book.find(code)?.vintages.includes(vintage) ?? false),
  );
  const newest = Math.max(...fitting);
  return fitting.length === 0 ? undefined : all.filter((code) => book.find(code)?.vintages.includes(newest) ?? false);
}

function titleOf(
  question: FigureQuestion,
  format: SourceFormat,
  book: AreaBook,
  definition: string | undefined,
): string {
  const measure = figureMeasure(question.measure.name);
  const things = question.distinct ? 'different Crime IDs' : format.counts.many;
  const place =
    book.find(question.area)?.name ??
    (findAreaKind(question.area) === 'england-and-wales' ? 'England and Wales' : question.area);
  const by = question.by.length === 0 ? '' : `, by ${question.by.join(' and ')}`;
  const under = definition === undefined ? '' : ` (${definition})`;
  return `${measure?.title ?? ''} ${things}${under} in ${place}, ${formatPeriod(question.period)}${by}`;
}

/** The bytes of an answer, the same for the same question for ever. */
export const answerBytes = (figure: Pick<Figure, 'rows' | 'notes'>): string =>
  canonicalJson({ rows: figure.rows.map((row) => ({ ...row })) as FigureRow[], notes: figure.notes } as never);

export const answerHash = (bytes: string): string => hash(bytes);

/** Keeps an answer, so that the next reader has it at once. What is there already stays as it is. */
export async function keepFigure(work: Work<'evidence'>, figure: Figure, code: string): Promise<void> {
  const answer = answerBytes(figure);
  await work
    .insertInto('evidence.figure')
    .values({
      id: figure.id,
      title: figure.title,
      question: JSON.stringify(figure.question),
      answer,
      answer_sha256: hash(answer),
      code,
    })
    .onConflict((conflict) => conflict.columns(['partnership_id', 'id']).doNothing())
    .execute();
}

export async function findFigure(
  work: ReadWork<'evidence'>,
  id: string,
): Promise<(Figure & { readonly answerSha256: string; readonly code: string }) | undefined> {
  const row = await work.selectFrom('evidence.figure').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const { rows, notes } = JSON.parse(row.answer) as Pick<Figure, 'rows' | 'notes'>;
  return {
    id: row.id,
    title: row.title,
    question: row.question as unknown as FigureQuestion,
    rows,
    notes,
    answerSha256: row.answer_sha256,
    code: row.code,
  };
}
