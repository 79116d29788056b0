import { createHash } from 'node:crypto';
import {
  canonicalJson,
  done,
  findAreaKind,
  formatPeriod,
  holdsMonth,
  localGovernmentAreaKinds,
  refused,
  type IsoDate,
  type Outcome,
  type Period,
} from '../duty/index.ts';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Releases } from '../platform/releases/ask.ts';
import type { Condition } from '../platform/releases/table.ts';
import type { AreaBook } from './area-book.ts';
import { conditionsOf, type Cut } from './definition.ts';
import type { DefinitionKept } from './definition.store.ts';
import { ageColumns, columnOf } from './aspect-column.ts';
import type { CountAsk, Counted, FigureMeasure, MeasureContext } from './figure-answer.ts';
import { usualSeed } from './figure-harm.ts';
import { materialFor } from './figure-material.store.ts';
import { figureMeasure } from './figure-measure.ts';
import {
  everyBreakdown,
  noCoverage,
  type CoverageUsed,
  type Figure,
  type FigureQuestion,
  type FigureRow,
} from './figure.ts';
import { groupKindOf, groupOf, type GroupsOfPeople } from './people-group.ts';
import { formatOf } from './formats/index.ts';
import { nationalIndicators } from './indicator-templates.ts';
import { countedRows } from './indicator.ts';
import { livePartsOf } from './release.store.ts';
import { coverageForArea, gapsIn, labelsFor, smallAreaUse, type CoverageCalendar } from './coverage.ts';
import { calendarOf } from './coverage.store.ts';
import type { FormatName, SourceFormat } from './source.ts';
import { findViolenceKind, type Selection } from './violence-kinds.ts';

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
  /** What an old figure knew of gaps; without it, what is known today. */
  readonly coverage?: CoverageUsed;
}

/** The question of a figure that is kept, to answer it again: from the same releases, knowing the same of gaps. */
export const askedAgain = (question: FigureQuestion): Omit<FigureAsked, 'definition'> => ({
  measure: question.measure.name,
  source: question.source,
  area: question.area,
  period: question.period,
  by: question.by,
  distinct: question.distinct,
  options: question.options,
  releases: question.releases.map(({ id }) => id),
  coverage: question.coverage,
  ...(question.seed === null ? {} : { seed: question.seed }),
});

/** What a definition says of the rows of a source. */
export interface DefinitionUsed {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
  readonly name: string;
  /** @param cut one kind of it alone */
  readonly conditions: (format: SourceFormat, cut?: Cut) => Outcome<readonly Condition[], 'not-valid'>;
}

/** A definition as a figure uses it. */
export const definitionUsed = (kept: DefinitionKept): DefinitionUsed => ({
  id: kept.id,
  version: kept.version,
  sha256: kept.sha256,
  name: kept.name,
  conditions: (format, cut) => conditionsOf(kept, format, cut),
});

export interface FigureContext {
  readonly releases: Releases;
  readonly book: AreaBook;
  /** The day on which it is asked: what is late that day is no gap yet. */
  readonly today: IsoDate;
  /** A figure that was worked out before, by its id: it is the same for ever. */
  readonly known?: (id: string) => Promise<Figure | undefined>;
}

type Reads = ReadWork<'evidence' | 'platform'>;

/** Answers a question anew. Refuses what no answer can be given to: no such area, no such measure, nothing loaded. */
export async function workOut(
  work: Reads,
  { releases, book, today, known }: FigureContext,
  asked: FigureAsked,
): Promise<Outcome<Figure, 'not-valid' | 'not-found'>> {
  const measure = figureMeasure(asked.measure);
  if (measure === undefined)
    return refused('not-valid', `There is no measure “${asked.measure}”. See: concord figure --list`);
  const source = asked.source ?? (await onlySource(work));
  if (source === undefined) return refused('not-valid', 'Say of which source: several are loaded, or none is.');
  const format = formatOf(source);
  const wanted = [...new Set(asked.by ?? [])];
  const own = measure.by?.(wanted, format.breakdowns);
  const strange = wanted.filter(
    (name) =>
      own?.includes(name) !== true && !everyBreakdown.includes(name as 'month') && !format.breakdowns.includes(name),
  );
  const by = own ?? wanted.filter((name) => !(measure.over ?? []).includes(name));
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
  const options = asked.options ?? {};
  const level = levelOf(options);
  if (options['level'] !== undefined && level === undefined)
    return refused(
      'not-valid',
      `Areas cannot be taken together by ${String(options['level'])}. They can by ward or authority.`,
    );
  const { kind } = options;
  const defined =
    asked.definition === undefined
      ? done([])
      : asked.definition.conditions(format, typeof kind === 'string' ? { kind } : {});
  if (!defined.done) return defined;
  const narrowed = narrowedBy(options, format);
  if (!narrowed.done) return narrowed;
  const conditions = done([...defined.value, ...narrowed.value]);

  const blank = contextWithout(format);
  const spans = measure.asks({ ...emptyQuestion, area: asked.area, period: asked.period, by, options }, blank);
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
  if (used.length === 0)
    return refused(
      'not-found',
      `Nothing of ${format.title} is loaded for ${formatPeriod(asked.period)}. Load it: concord import <file…> --source ${source}`,
    );

  const inArea = (area: string): readonly Condition[] => {
    const codes = placesOf(book, area) ?? [];
    return codes === 'everywhere' ? [] : [{ column: 'area', in: codes }];
  };
  const rowsIn = ({ area, period }: Pick<CountAsk, 'area' | 'period'>): readonly Condition[] => [
    ...conditions.value,
    { column: 'month', from: period.from, to: period.to },
    ...inArea(area),
  ];
  const isDistinct = asked.distinct ?? false;
  const count = async (ask: CountAsk): Promise<readonly Counted[]> => {
    const rows = await releases.count({
      parts,
      by: ask.by,
      where: rowsIn(ask),
      ...(isDistinct && format.distinct !== undefined ? { distinct: format.distinct.column } : {}),
    });
    const counted = rows.map(({ key, ...counts }) => ({
      key: key.map((cell) => (cell === null ? null : String(cell))),
      ...counts,
    }));
    return level === undefined ? counted : takenTogether(counted, ask.by.indexOf('area'), level, book);
  };
  const areas = [...new Set([asked.area, ...spans.map(({ area }) => area)])];
  const coverage =
    asked.coverage ??
    (await coverageUsed(work, {
      source,
      today,
      whole,
      period: asked.period,
      areas,
      isByArea: by.includes('area'),
      sendersIn: async (area) => {
        const senders = await releases.count({ parts: all, by: ['provider'], where: inArea(area) });
        return new Map(senders.map(({ key, count: n }) => [String(key[0] ?? ''), n]));
      },
    }));
  const identified = await identify(work, used);
  const questionOn = (references: readonly string[]): FigureQuestion => ({
    measure: { name: measure.name, version: measure.version },
    source,
    area: asked.area,
    period: asked.period,
    by,
    distinct: isDistinct,
    definition:
      asked.definition === undefined
        ? null
        : { id: asked.definition.id, version: asked.definition.version, sha256: asked.definition.sha256 },
    releases: identified,
    references: [...new Set([...book.references, ...references])].sort(),
    coverage,
    options,
    seed: asked.seed ?? (measure.isDrawn === true ? usualSeed : null),
  });
  // Nothing but counts: then the id is known before anything is counted, and an answer that is kept is the answer.
  const before = (measure.needs ?? []).length > 0 ? undefined : await known?.(figureId(questionOn([])));
  if (before !== undefined) return done(before);
  const counted: Record<string, readonly Counted[]> = {};
  for (const ask of spans) counted[ask.name] = await count(ask);
  const domain: MeasureContext['domain'] = (breakdown, seen) =>
    breakdown === 'area' && level !== undefined
      ? areasOfLevel(book, asked.area, level)
      : domainOf(breakdown, seen, { format, book, area: asked.area });
  const { material, references } = await materialFor(work, {
    measure,
    format,
    releases,
    book,
    parts,
    where: rowsIn(asked),
    counted,
    domain,
  });
  const question = questionOn(references);
  // Only of those who send rows of this area: nobody supposes that a force elsewhere lost its places here.
  const unlocated = await releases.count({
    parts,
    by: ['category'],
    where: [
      ...conditions.value,
      { column: 'month', from: asked.period.from, to: asked.period.to },
      { column: 'area', isEmpty: true },
      ...(coverage.senders === null ? [] : [{ column: 'provider', in: coverage.senders }]),
    ],
  });
  const withoutPlace = new Map(unlocated.map(({ key, count: n }) => [String(key[0] ?? ''), n]));
  const people = peopleOf(options);
  const aged = people.ages === undefined ? {} : { ages: people.ages };
  const year = people.year ?? book.populationYear([asked.area], aged);
  const agedYear = book.populationYear([asked.area], { ages: { from: 5, to: 9 } });
  const context: MeasureContext = {
    ...blank,
    gaps: (area, period) => (coverage.gaps[area] ?? []).filter(({ month }) => holdsMonth(period, month)),
    // One frame, one year for a figure: a numerator never meets two denominators.
    population: (area) => (year === undefined ? undefined : book.population(area, { year, ...aged })),
    populationAged: (area, ages) =>
      agedYear === undefined ? undefined : book.population(area, { year: agedYear, ages }),
    peopleBy: (column) => peopleBy(book, asked.area, column),
    domain,
    nameOf: (area) => book.find(area)?.name ?? area,
    unlocated: [...withoutPlace.values()].reduce((sum, n) => sum + n, 0),
    unlocatedOf: (category) => withoutPlace.get(category) ?? 0,
    things: isDistinct ? { one: 'different Crime ID', many: 'different Crime IDs' } : format.counts,
    material,
  };
  const answer = measure.answer(question, counted, context);
  return done({
    id: figureId(question),
    title: titleOf(question, { measure, format, book, definition: asked.definition?.name }),
    question,
    rows: answer.rows,
    notes: [
      ...answer.notes,
      ...coverage.labels,
      ...(isDistinct && format.distinct !== undefined ? [format.distinct.caution] : []),
      ...format.cautions,
    ],
  });
}

/** What the calendar says of the areas and months of a question, on a day. */
async function coverageUsed(
  work: Reads,
  asked: {
    readonly source: FormatName;
    readonly today: IsoDate;
    readonly whole: Period;
    readonly period: Period;
    readonly areas: readonly string[];
    readonly isByArea: boolean;
    readonly sendersIn: (area: string) => Promise<ReadonlyMap<string, number>>;
  },
): Promise<CoverageUsed> {
  const everything = await calendarOf(work, asked.source, { today: asked.today, period: asked.whole });
  const calendars: CoverageCalendar[] = [];
  for (const area of asked.areas) calendars.push(coverageForArea(everything, await asked.sendersIn(area)));
  const own = calendars[0] ?? everything;
  const used: Omit<CoverageUsed, 'sha256'> = {
    gaps: Object.fromEntries(
      asked.areas.map((area, place) => [
        area,
        gapsIn(calendars[place] ?? everything, asked.whole).map(({ month, reason }) => ({ month, reason })),
      ]),
    ),
    labels: [
      ...labelsFor(own, asked.period),
      ...(asked.isByArea ? [smallAreaUse(everything, asked.period).reason].filter((reason) => reason !== null) : []),
    ],
    senders: own.usual.has('') ? null : [...own.usual.keys()].sort(),
  };
  return { ...used, sha256: hash(canonicalJson(used as never)) };
}

/** People of an area by sex or by the five ethnic groups of the Census. */
function peopleBy(book: AreaBook, area: string, column: string): GroupsOfPeople | undefined {
  const kind = groupKindOf(column);
  if (kind === undefined) return undefined;
  const found = kind === 'sex' ? peopleBySex(book, area) : book.ethnicGroups(area, 5);
  if (found === undefined) return undefined;
  const sums = new Map<string, number>();
  for (const { group, persons } of found.groups) {
    const name = groupOf(kind, group) ?? group;
    sums.set(name, (sums.get(name) ?? 0) + persons);
  }
  // A group to which nobody belongs has no rate.
  const groups = [...sums].flatMap(([name, persons]) => (persons > 0 ? [{ name, persons }] : []));
  const largest = groups.toSorted((a, b) => b.persons - a.persons)[0];
  return largest === undefined ? undefined : { groups, reference: largest.name, source: found.source };
}

function peopleBySex(book: AreaBook, area: string) {
  const year = book.populationYear([area], { sex: 'female' });
  if (year === undefined) return undefined;
  const [women, men] = (['female', 'male'] as const).map((sex) => book.population(area, { year, sex }));
  if (women === undefined || men === undefined) return undefined;
  return {
    source: women.source,
    groups: [
      { group: 'Female', persons: women.persons },
      { group: 'Male', persons: men.persons },
    ],
  };
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
  coverage: noCoverage,
  options: {},
  seed: null,
};
/** What is known of a source before anything is counted: enough to say what has to be. */
export const contextWithout = (format: SourceFormat): MeasureContext => ({
  gaps: () => [],
  population: () => undefined,
  populationAged: () => undefined,
  peopleBy: () => undefined,
  domain: () => undefined,
  nameOf: (area) => area,
  unlocated: 0,
  unlocatedOf: () => 0,
  things: format.counts,
  hasDays: format.expresses.day.can === 'fully',
  ageColumn: ageColumns(format).find((name) => name !== 'suspect_age'),
  material: {},
});

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
export function placesOf(book: AreaBook, area: string): readonly string[] | 'everywhere' | undefined {
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

/** Small areas taken together: into wards, or into the authorities of a wider area. */
const areaLevels = ['ward', 'authority'] as const;
type AreaLevel = (typeof areaLevels)[number];

const levelOf = (options: FigureQuestion['options']): AreaLevel | undefined =>
  areaLevels.find((level) => level === options['level']);

/** The people that an indicator is set against: of one year, and of some ages. */
function peopleOf({ peopleYear, agesFrom, agesTo }: FigureQuestion['options']): {
  readonly year: number | undefined;
  readonly ages: { readonly from: number; readonly to: number | null } | undefined;
} {
  return {
    year: typeof peopleYear === 'number' ? peopleYear : undefined,
    ages: typeof agesFrom === 'number' ? { from: agesFrom, to: typeof agesTo === 'number' ? agesTo : null } : undefined,
  };
}

/** Rows of one type, of one national measure, or those that an indicator names, where a question is about that alone. */
function narrowedBy(
  { category, indicator, rows, called }: FigureQuestion['options'],
  format: SourceFormat,
): Outcome<readonly Condition[], 'not-valid'> {
  const national = nationalIndicators.find(({ id }) => id === indicator)?.counted;
  const selected =
    typeof rows === 'string'
      ? countedRows(
          { name: String(called ?? ''), counted: { by: 'rows', ...(JSON.parse(rows) as Selection) } },
          null,
          format,
        )
      : done([]);
  if (!selected.done) return selected;
  return done([
    ...selected.value,
    ...(typeof category === 'string' ? [{ column: 'category', in: [category] }] : []),
    ...(national?.by !== 'rows'
      ? []
      : [
          ...(national.categories === undefined ? [] : [{ column: 'category', in: national.categories }]),
          ...(national.offenceCodes === undefined
            ? []
            : [{ column: columnOf(format, 'offence') ?? 'category', in: national.offenceCodes }]),
          ...(national.flags ?? []).map((flag) => ({ column: columnOf(format, flag) ?? flag, is: true })),
        ]),
  ]);
}

const kindsOfLevel = (level: AreaLevel) => (level === 'ward' ? (['ward'] as const) : localGovernmentAreaKinds);

/** Codes of the areas of a level that lie in an area, of the newest boundaries. */
export function areasOfLevel(book: AreaBook, area: string, level: AreaLevel): readonly string[] {
  const small = book.smallAreasIn(area);
  const codes = new Set<string>();
  for (const code of small) {
    const above = areaAbove(book, code, level);
    if (above !== undefined) codes.add(above);
  }
  return [...codes].sort();
}

const areaAbove = (book: AreaBook, code: string, level: AreaLevel): string | undefined =>
  kindsOfLevel(level)
    .map((kind) => book.areaOf(code, kind))
    .find((found) => found !== undefined);

function takenTogether(
  counted: readonly Counted[],
  place: number,
  level: AreaLevel,
  book: AreaBook,
): readonly Counted[] {
  if (place < 0) return counted;
  const sums = new Map<string, Counted>();
  for (const one of counted) {
    const small = one.key[place] ?? null;
    const key = one.key.map((value, at) =>
      at !== place || small === null ? value : (areaAbove(book, small, level) ?? small),
    );
    const name = JSON.stringify(key);
    const sum = sums.get(name);
    sums.set(name, {
      key,
      count: (sum?.count ?? 0) + one.count,
      hidden: (sum?.hidden ?? 0) + one.hidden,
      absent: (sum?.absent ?? 0) + one.absent,
    });
  }
  return [...sums.values()];
}

function titleOf(
  question: FigureQuestion,
  {
    measure,
    format,
    book,
    definition,
  }: {
    readonly measure: FigureMeasure;
    readonly format: SourceFormat;
    readonly book: AreaBook;
    readonly definition: string | undefined;
  },
): string {
  const things = question.distinct ? 'different Crime IDs' : format.counts.many;
  const place =
    book.find(question.area)?.name ??
    (findAreaKind(question.area) === 'england-and-wales' ? 'England and Wales' : question.area);
  const level = levelOf(question.options);
  // Squares stand in the title of their measure.
  const named = question.by
    .filter((name) => name !== 'cell')
    .map((name) => (name === 'area' && level !== undefined ? level : name));
  const by = named.length === 0 ? '' : `, by ${named.map(plainName).join(' and ')}`;
  const { category, indicator, called, kind } = question.options;
  const narrowed = [
    definition,
    typeof kind === 'string' ? (findViolenceKind(kind)?.name ?? kind) : undefined,
    typeof category === 'string' ? category : undefined,
    typeof called === 'string' ? called : undefined,
    nationalIndicators.find(({ id }) => id === indicator)?.name,
  ].filter((part) => part !== undefined);
  const under = narrowed.length === 0 ? '' : ` (${narrowed.join('; ')})`;
  return `${measure.title} ${things}${under} in ${place}, ${formatPeriod(question.period)}${by}`;
}

/** `victim_ethnicity` as people read it. */
const plainName = (name: string): string => name.replaceAll('_', ' ');

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
