import { done, refused, shiftMonth, type IsoDate, type Outcome, type Period } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { readBoundaries } from './boundary.store.ts';
import { calendarOf } from './coverage.store.ts';
import { figureMeasure } from './figure-measure.ts';
import { areasOfLevel, placesOf, workOut, type DefinitionUsed, type FigureContext } from './figure.store.ts';
import { formatOf } from './formats/index.ts';
import { loadedSources } from './indicator.store.ts';
import {
  latestOf,
  optionsOf,
  type FigureWanted,
  type Found,
  type Narrowing,
  type QuestionScope,
  type SourceThere,
} from './question.ts';
import { listReferences } from './reference.store.ts';
import { livePartsOf } from './release.store.ts';
import { knownNames } from './known-name.store.ts';
import type { FormatName, SourceFormat } from './source.ts';
import type { Template } from './assessment.ts';
import { shownOf } from './view-shown.ts';
import { lieIn, viewOf } from './view.store.ts';
import type { Audience, View } from './view.ts';

type Reads = ReadWork<'evidence' | 'partnership' | 'platform'>;

export interface ScopeAsked {
  readonly area: string;
  readonly period: Period;
  readonly definition: DefinitionUsed | undefined;
  /** The yearly assessment is of all crime and disorder, so nothing is narrowed. */
  readonly template?: Template;
  /** Of one source; without it the one that says most. */
  readonly source?: FormatName;
  /** Sources that whoever asks may see; all without it. */
  readonly mayAsk?: (source: FormatName) => boolean;
  /** Only these releases; all that count today without it. */
  readonly releases?: readonly string[];
}

/** Sources that can lead, the one that says most of an offence first. */
const leading: readonly FormatName[] = [
  'force-extract',
  'police-uk-street',
  'ho-recorded-crime',
  'generic',
  'istv',
  'ecds',
];

const textOf = (cell: unknown): string | undefined => (typeof cell === 'string' ? cell : undefined);

/** Of which months and from whom an area has rows; undefined where it has none. */
function thereOf(
  rows: readonly (readonly [string | undefined, string, number])[],
): Omit<SourceThere, 'format'> | undefined {
  const all = rows.reduce((sum, [, , count]) => sum + count, 0);
  const byProvider = Map.groupBy(rows, ([provider]) => provider);
  const real = [...byProvider].filter(([, of]) => of.reduce((sum, [, , count]) => sum + count, 0) >= all * strayShare);
  const months = real.flatMap(([, of]) => of.map(([, month]) => month)).sort();
  const [from, to] = [months[0], months.at(-1)];
  if (from === undefined || to === undefined) return undefined;
  return { from, to, providers: real.flatMap(([provider]) => provider ?? []).sort() };
}

/** Senders by the names of the register: a file may know one by a code, which the register keeps as another name of it. */
const namedAs = (providers: readonly string[], names: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set(providers.map((provider) => names.get(provider.toLowerCase()) ?? provider))].sort();

/** Who sent less than this share of an area's rows sent strays (as in the coverage rules). */
const strayShare = 0.005;

/** What can be asked of an area and a period from what is loaded. */
export async function scopeOf(
  work: Reads,
  { releases, book, today }: FigureContext,
  asked: ScopeAsked,
): Promise<Outcome<QuestionScope, 'not-found' | 'not-valid'>> {
  const { period } = asked;
  const area = book.find(asked.area);
  if (area === undefined)
    return refused(
      'not-found',
      book.smallAreas.size === 0
        ? 'No areas are loaded, so nothing can be counted by area. Add them: concord reference add all <dir>'
        : `Nothing is known of the area ${asked.area}. Check the code, or add the lookup that has it.`,
    );
  const loaded = [...(await loadedSources(work))]
    .map(([name, { from, to }]) => ({ format: formatOf(name as FormatName), from, to }))
    .filter(({ format, from, to }) => from <= period.to && to >= period.from && asked.mayAsk?.(format.name) !== false)
    .sort((a, b) => (a.format.name < b.format.name ? -1 : 1));
  const sources: SourceThere[] = [];
  const names = await knownNames(work);
  const places = placesOf(book, area.code) ?? [];
  for (const { format } of loaded) {
    const parts = await livePartsOf(work, {
      source: format.name,
      ...(asked.releases === undefined ? {} : { releases: asked.releases }),
    });
    const rows = await releases.count({
      parts,
      by: ['provider', 'month'],
      where: places === 'everywhere' ? [] : [{ column: 'area', in: places }],
    });
    const there = thereOf(
      rows.map(({ key: [provider, month], count }) => [textOf(provider), textOf(month) ?? '', count]),
    );
    if (there !== undefined && there.from <= period.to && there.to >= period.from)
      sources.push({ format, ...there, providers: namedAs(there.providers, names) });
  }
  if (sources.length === 0)
    return refused(
      'not-found',
      'Nothing is loaded for these months. Load files first: concord import <file…> --source <format>',
    );
  const source = leading
    .filter((name) => asked.source === undefined || asked.source === name)
    .flatMap((name) => sources.filter(({ format }) => format.name === name))[0]?.format;
  const led = source ?? sources[0]?.format;
  const comparator = book
    .above(asked.area)
    .filter(({ code, kind }) => kind === 'police-force-area' && areasOfLevel(book, code, 'authority').length > 1)
    .at(0);
  const wards = new Set(areasOfLevel(book, asked.area, 'ward'));
  return done({
    area: { code: area.code, name: area.name },
    period,
    latest: latestOf(period),
    source: led,
    sources,
    narrowing: narrowingOf(led, asked),
    comparator: comparator === undefined ? undefined : { code: comparator.code, name: comparator.name },
    outlines: await outlinesOf(work, releases.folder, wards),
    hasMeasure: (name) => figureMeasure(name) !== undefined,
    recordingNotes: led === undefined ? [] : await recordingNotes(work, led.name, period, today),
  });
}

/** What is noted of months that are whole: a new way to record makes a step that is no rise. */
async function recordingNotes(
  work: Reads,
  source: FormatName,
  { from, to }: Period,
  today: IsoDate,
): Promise<readonly string[]> {
  const { months } = await calendarOf(work, source, { today });
  const since = shiftMonth(from, -12);
  return [
    ...new Set(
      months
        .filter(({ month, state }) => state === 'complete' && month >= since && month <= to)
        .flatMap(({ reason }) => reason ?? []),
    ),
  ];
}

function narrowingOf(
  source: SourceFormat | undefined,
  { definition, template }: Pick<ScopeAsked, 'definition' | 'template'>,
): Narrowing {
  if (definition !== undefined)
    return {
      by: 'definition',
      words: 'serious violence',
      definition: { name: definition.name, version: definition.version },
    };
  if (template === 'annual') return { by: 'nothing', words: 'crime and anti-social behaviour' };
  if (source?.name === 'police-uk-street')
    return { by: 'type', words: 'violence and sexual offences', category: 'Violence and sexual offences' };
  return { by: 'nothing', words: source?.counts.many ?? 'violence' };
}

/** Outlines of wards, of whatever year has most of them. */
async function outlinesOf(
  work: ReadWork<'evidence'>,
  folder: FigureContext['releases']['folder'],
  wards: ReadonlySet<string>,
): Promise<QuestionScope['outlines']> {
  if (wards.size === 0) return [];
  const named = (await listReferences(work))
    .filter(({ layout, columns }) => layout === 'boundaries' && /^ward\d/.test(columns[0]?.name ?? ''))
    .map(({ columns }) => columns[0]?.name ?? '');
  let best: QuestionScope['outlines'] = [];
  for (const level of [...new Set(named)].sort().reverse()) {
    const { boundaries } = await readBoundaries(work, folder, { level, only: wards });
    if (boundaries.length > best.length)
      best = boundaries.map(({ code, name, polygons }) => ({
        code,
        name,
        outline: { type: 'MultiPolygon', coordinates: polygons },
      }));
  }
  return best;
}

export interface FiguresAsked {
  readonly scope: QuestionScope;
  readonly wanted: readonly FigureWanted[];
  readonly definition: DefinitionUsed | undefined;
  readonly audience: Audience;
  readonly releases?: readonly string[];
  /** Version of Concord that works them out, for the passport. */
  readonly code: string;
  readonly progress?: (done: number, of: number, title: string) => void;
}

/**
 * Works out figures and what an audience may see of them. Those of one document are checked against each other in their
 * order as if each had been let out before the next, so that no two of them together tell what one alone hides.
 */
export async function findFigures(
  work: Reads,
  context: FigureContext,
  asked: FiguresAsked,
): Promise<{ readonly finds: ReadonlyMap<string, Found>; readonly views: readonly View[] }> {
  const finds = new Map<string, Found>();
  const views = new Map<string, View>();
  const lieOf = lieIn(context.book);
  const once = { ...context, releases: countingOnce(context.releases) };
  for (const [at, wanted] of asked.wanted.entries()) {
    asked.progress?.(at, asked.wanted.length, wanted.key);
    const figure = await workOut(work, once, {
      measure: wanted.measure,
      area: wanted.area ?? asked.scope.area.code,
      period: wanted.period,
      by: wanted.by ?? [],
      distinct: wanted.distinct ?? false,
      options: optionsOf(wanted, asked.scope),
      ...(wanted.source === undefined
        ? asked.scope.source === undefined
          ? {}
          : { source: asked.scope.source.name }
        : { source: wanted.source }),
      ...(wanted.isNarrowed && asked.definition !== undefined ? { definition: asked.definition } : {}),
      ...(asked.releases === undefined ? {} : { releases: asked.releases }),
    });
    if (!figure.done) {
      finds.set(wanted.key, { state: 'not', sentence: figure.sentence });
      continue;
    }
    const view = await viewOf(work, figure.value, asked.audience, lieOf, [...views.values()]);
    if ('sentence' in view) {
      finds.set(wanted.key, { state: 'not', sentence: view.sentence });
      continue;
    }
    views.set(view.id, view);
    finds.set(wanted.key, {
      state: 'there',
      shown: shownOf(view, asked.code, context.book),
      hiddenSentence: view.hiddenSentence,
    });
  }
  return { finds, views: [...views.values()] };
}

/** Figures of one document ask the same many times, such as who sent rows of the area: it is counted once. */
function countingOnce(releases: FigureContext['releases']): FigureContext['releases'] {
  const asked = new Map<string, ReturnType<typeof releases.count>>();
  return {
    ...releases,
    count(question) {
      const key = JSON.stringify(question);
      const known = asked.get(key) ?? releases.count(question);
      asked.set(key, known);
      return known;
    },
  };
}
