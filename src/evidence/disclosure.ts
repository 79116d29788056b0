import { holdsMonth, type Period } from '../duty/index.ts';
import { isRefusal, protectTables, type LinkedCell, type LinkedTables, type Relation } from '../measures/index.ts';
import { beforeOf } from './figure-series.ts';
import type { FigureQuestion, FigureRow } from './figure.ts';
import type { DisclosureRule } from './view.ts';

/** A view that is out already, with what it was made from: what a reader can set beside a new one. */
export interface EarlierView {
  readonly id: string;
  readonly question: FigureQuestion;
  /** All cells of its figure, also those that the view hides. */
  readonly rows: readonly FigureRow[];
  /** Places in `rows` of the cells that the view shows. */
  readonly shown: ReadonlySet<number>;
}

export interface Protected {
  readonly rows: readonly FigureRow[];
  readonly hidden: number;
  /** Of them: hidden only because another could be worked out from them. */
  readonly secondary: number;
}

/** Why a view cannot be let out at all. */
export interface NotPublishable {
  readonly sentence: string;
}

/** More than a reader looks at, and than can be checked against everything that is out while somebody waits. */
const mostCells = 3_000;
const mostLinked = 12_000;

/** How one area lies to another. `partly`: they share ground, and neither holds the other. */
export type Lie = 'same' | 'within' | 'around' | 'apart' | 'partly';
export type LieOf = (area: string, other: string) => Lie;

/**
 * What may be shown of a figure under a rule: small counts are hidden, and with them as few others as it takes, so that none
 * can be worked out from totals, from views that are out already, or from the same cells under another definition or release.
 * A hidden cell keeps no value in any field, so that it looks like no other state.
 */
export function protectRows(
  question: FigureQuestion,
  rows: readonly FigureRow[],
  earlier: readonly EarlierView[],
  rule: DisclosureRule,
  lieOf: LieOf,
): Protected | NotPublishable {
  if (rule.hiddenUpTo === 0) return { rows, hidden: 0, secondary: 0 };
  if (question.measure.name === 'harm' && question.by.length > 0)
    return {
      sentence:
        'The harm of a small number of offences tells which they were. Make this view for the whole area, without a breakdown, or publish the counts.',
    };
  if (question.measure.name === 'near-repeat') return protectPairs(question, rows, rule);
  const told = tellingOf('new', question, rows, () => true);
  if (told.cells.length > mostCells)
    return {
      sentence: `This figure has ${told.cells.length.toLocaleString('en-GB')} cells, too many to check. Break it down less, or take a shorter period.`,
    };
  const ours = rows.map((row) => discreet(row, question, rule));
  if (told.cells.length === 0) return { rows: ours, hidden: 0, secondary: 0 };
  const tables = linkedTables(
    [
      told,
      ...earlier
        .filter((view) => view.question.source === question.source)
        .map((view) => tellingOf(`out ${view.id}`, view.question, view.rows, (at) => view.shown.has(at))),
    ],
    lieOf,
  );
  if ('sentence' in tables) return tables;
  const safe = protectTables(tables, { hideTo: rule.hiddenUpTo });
  if (isRefusal(safe)) return { sentence: safe.sentence };
  const shownIds = new Set(safe.cells.flatMap((cell) => (cell.state === 'shown' ? [cell.id] : [])));
  const primary = new Set(safe.restricted.primary);
  const idsOf = Map.groupBy(told.cells, ({ place }) => place);
  const isHidden = rows.map((_, place) => (idsOf.get(place) ?? []).some(({ id }) => !shownIds.has(id)));
  const hidden = isHidden.filter(Boolean).length;
  const secondary = isHidden.filter(
    (is, place) => is && !(idsOf.get(place) ?? []).some(({ id }) => primary.has(id)),
  ).length;
  const result = ours.map((row, place): FigureRow => {
    if (isHidden[place] === true) return hiddenRow(row, question.by);
    return rounded(hidden > 0 && isOfAll(question) ? withoutLimits(row, question) : row, question, rule);
  });
  return { rows: result, hidden, secondary };
}

/** Pairs are no people, and are bound to no count: each small number of them is hidden by itself, and the rest is blunt. */
function protectPairs(question: FigureQuestion, rows: readonly FigureRow[], rule: DisclosureRule): Protected {
  const isSmall = ({ state, count }: FigureRow) =>
    state === 'shown' && count !== null && count > 0 && count <= rule.hiddenUpTo;
  return {
    rows: rows.map((row): FigureRow => {
      if (isSmall(row)) return hiddenRow(row, question.by);
      if (row.state !== 'shown') return discreet(row, question, rule);
      const blunt = (value: unknown) => (typeof value === 'number' ? Math.round(value * 10) / 10 : null);
      return { ...row, count: null, denominator: null, estimate: blunt(row.estimate), pValue: blunt(row['pValue']) };
    }),
    hidden: rows.filter(isSmall).length,
    secondary: 0,
  };
}

/** Counts that were counted in one place and period, broken down one way. */
interface Counts {
  readonly name: string;
  readonly area: string;
  readonly period: Period;
  readonly by: readonly string[];
  readonly distinct: boolean;
  /** The column of which the values are put together to larger groups; undefined where each value is as it stands. */
  readonly grouped: string | undefined;
  readonly cells: readonly TableCell[];
}

interface TableCell {
  readonly id: string;
  readonly count: number;
  readonly key: Readonly<Record<string, string | null>>;
}

/** All that a figure tells: its own counts, and those that a change or a comparison tells beside them. */
interface Telling {
  readonly tables: readonly Counts[];
  readonly cells: readonly (LinkedCell & { readonly place: number })[];
  /** Cells that nobody is shown, and what binds them. */
  readonly unseen: readonly LinkedCell[];
  readonly relations: readonly Relation[];
}

function tellingOf(
  name: string,
  question: FigureQuestion,
  rows: readonly FigureRow[],
  isShown: (place: number) => boolean,
): Telling {
  const by = [...new Set([...question.by, ...(rows.some(({ month }) => month !== undefined) ? ['month'] : [])])].filter(
    (each) => rows.some((row) => row[each] !== undefined),
  );
  const isOut = name !== 'new';
  const cells: (LinkedCell & { place: number })[] = [];
  const unseen: LinkedCell[] = [];
  const relations: Relation[] = [];
  const tell = (what: string) =>
    rows.flatMap((row, place): readonly TableCell[] => {
      const count = row.state === 'shown' ? row[what] : null;
      if (typeof count !== 'number' || !Number.isInteger(count)) return [];
      const cell = { id: `${name} ${place} ${what}`, count };
      // A cell that an earlier view hides is known to be no nought: what is new and hidden is taken for the same.
      cells.push({ ...cell, place, ...(isOut && isShown(place) ? { standing: 'published' as const } : {}) });
      return [{ ...cell, key: Object.fromEntries(by.map((each) => [each, keyIn(row, each)])) }];
    });
  const base = {
    area: question.area,
    period: question.period,
    by,
    distinct: question.distinct,
    grouped: question.measure.name === 'relative-rate' ? question.by[0] : undefined,
  };
  // Pairs of events are bound to no count.
  if (question.measure.name === 'near-repeat') return { tables: [], cells: [], unseen: [], relations: [] };
  const own = tell('count');
  const tables: Counts[] = [{ ...base, name, cells: own }];
  if (question.measure.name === 'change')
    tables.push({ ...base, name: `${name} before`, period: beforeOf(question), cells: tell('before') });
  const wider = question.options['comparator'];
  if (question.measure.name === 'comparison' && typeof wider === 'string') {
    const all = tell('elsewhere').flatMap((elsewhere, nth): readonly TableCell[] => {
      const here = own[nth];
      if (here === undefined) return [];
      const id = `${name} ${nth} all`;
      unseen.push({ id, count: here.count + elsewhere.count, standing: 'unpublished' });
      relations.push({ total: id, parts: [here.id, elsewhere.id] });
      return [{ id, count: here.count + elsewhere.count, key: {} }];
    });
    tables.push({ ...base, name: `${name} wider`, area: wider, cells: all });
  }
  return { tables, cells, unseen, relations };
}

const keyIn = (row: FigureRow, name: string): string | null => {
  const value = row[name];
  return typeof value === 'string' ? value : null;
};

/** Every cell that a reader can see or think of, and every sum that binds them. */
function linkedTables(tellings: readonly Telling[], lieOf: LieOf): LinkedTables | NotPublishable {
  const cells: LinkedCell[] = [];
  const relations: Relation[] = [];
  const known = new Set<string>();
  const add = (cell: LinkedCell) => {
    if (!known.has(cell.id)) cells.push(cell);
    known.add(cell.id);
  };
  const bound = new Set<string>();
  const relate = (total: string, parts: readonly string[]) => {
    const name = `${total} = ${parts.join(' + ')}`;
    if (!bound.has(name)) relations.push({ total, parts });
    bound.add(name);
  };
  for (const telling of tellings) {
    for (const { place: _, ...cell } of telling.cells) add(cell);
    telling.unseen.forEach(add);
    relations.push(...telling.relations);
  }
  const sumOf = (parts: readonly TableCell[]): Pick<TableCell, 'id' | 'count'> | undefined => {
    if (parts.length < 2) return parts[0];
    const ids = parts.map(({ id }) => id);
    const cell = { id: `sum ${ids.join(' + ')}`, count: parts.reduce((sum, { count }) => sum + count, 0) };
    add({ ...cell, standing: 'unpublished' });
    relate(cell.id, ids);
    return cell;
  };
  const bind = (x: Pick<TableCell, 'id' | 'count'>, y: Pick<TableCell, 'id' | 'count'>) => {
    // The same number twice is taken for the same thing; otherwise there is a rest, which nobody shows and which may be small.
    if (x.count === y.count) {
      relate(x.id, [y.id]);
      return;
    }
    const [larger, smaller] = x.count > y.count ? [x, y] : [y, x];
    const rest = { id: `rest ${larger.id} - ${smaller.id}`, count: larger.count - smaller.count };
    add({ ...rest, standing: 'unpublished' });
    relate(larger.id, [smaller.id, rest.id]);
  };
  // What was refused tells no number, so it stands in the way of none.
  const tables = tellings.flatMap((telling) => telling.tables).filter((table) => table.cells.length > 0);
  for (const [at, one] of tables.entries())
    for (const other of tables.slice(at + 1)) {
      const common = commonGround(one, other, lieOf);
      if (common === undefined) continue;
      // Two that were let out before are as they are; only what is new can still be refused.
      if ('sentence' in common) {
        if (one.name.startsWith('new')) return common;
        continue;
      }
      for (const [ours, theirs] of common.groups) {
        const [x, y] = [sumOf(ours), sumOf(theirs)];
        if (x !== undefined && y !== undefined && x.id !== y.id) bind(x, y);
      }
      if (cells.length > mostLinked)
        return { sentence: 'So much of this source is out already that this cannot be checked. Break it down less.' };
    }
  return { cells, relations };
}

interface CommonGround {
  /** Cells of one and of the other that count the same, or one a part of the other. */
  readonly groups: readonly (readonly [readonly TableCell[], readonly TableCell[]])[];
}

/**
 * Where two tables count the same. A side that is broken down by month or area is cut to what the other covers; then both are
 * grouped by what they have in common. Undefined: they have nothing to do with each other.
 */
function commonGround(a: Counts, b: Counts, lieOf: LieOf): CommonGround | NotPublishable | undefined {
  if (a.distinct !== b.distinct || !meets(a.period, b.period)) return undefined;
  const has = (counts: Counts, name: string) => counts.by.includes(name);
  if (isGroupedApart(a, b) || isGroupedApart(b, a))
    return {
      sentence:
        'A view of the same people by single groups is out already, or one of larger groups, and the two together may tell a small number. Use the one that is out.',
    };
  if (!has(a, 'month') && !has(b, 'month') && !holds(a.period, b.period) && !holds(b.period, a.period))
    return {
      sentence:
        'A view of months that overlap these in part is out already, and the two together may tell a small number. Take the same months, or break it down by month.',
    };
  if (!has(a, 'area') && !has(b, 'area')) {
    const lie = lieOf(a.area, b.area);
    if (lie === 'apart') return undefined;
    if (lie === 'partly') return { sentence: partlySentence };
  }
  const cut = (counts: Counts, other: Counts): readonly TableCell[] | NotPublishable => {
    const left = counts.cells.filter(
      ({ key }) => !has(counts, 'month') || has(other, 'month') || holdsMonth(other.period, key['month'] ?? ''),
    );
    if (!has(counts, 'area') || has(other, 'area')) return left;
    const lies = left.map((cell) => ({ cell, lie: lieOf(cell.key['area'] ?? '', other.area) }));
    if (lies.some(({ lie }) => lie === 'partly')) return { sentence: partlySentence };
    // An area that is larger than the other table's is bound to it as well: the other is a part of it.
    return lies.flatMap(({ cell, lie }) => (lie === 'apart' ? [] : [cell]));
  };
  const [left, right] = [cut(a, b), cut(b, a)];
  if ('sentence' in left) return left;
  if ('sentence' in right) return right;
  const common = a.by.filter((name) => has(b, name));
  const groupsOf = (cells: readonly TableCell[]) =>
    Map.groupBy(cells, ({ key }) => JSON.stringify(common.map((name) => key[name] ?? null)));
  const theirs = groupsOf(right);
  const groups = [...groupsOf(left)].flatMap(([key, ours]) => {
    const other = theirs.get(key);
    return other === undefined ? [] : [[ours, other] as const];
  });
  if (!has(a, 'area') || !has(b, 'area')) return { groups };
  const nested = nestedGroups(left, right, common, lieOf);
  return 'sentence' in nested ? nested : { groups: [...groups, ...nested.groups] };
}

/** Two tables by areas of different levels: a ward is the sum of its small areas, whatever else both are broken down by. */
function nestedGroups(
  left: readonly TableCell[],
  right: readonly TableCell[],
  common: readonly string[],
  lieOf: LieOf,
): CommonGround | NotPublishable {
  const codesOf = (cells: readonly TableCell[]) => [...new Set(cells.flatMap(({ key }) => key['area'] ?? []))];
  const [ours, theirs] = [codesOf(left), codesOf(right)];
  if (ours.some((code) => theirs.includes(code))) return { groups: [] };
  const restOf = ({ key }: TableCell) =>
    JSON.stringify(common.flatMap((name) => (name === 'area' ? [] : [key[name] ?? null])));
  const groups: (readonly [readonly TableCell[], readonly TableCell[]])[] = [];
  for (const [wide, small] of [
    [left, right],
    [right, left],
  ] as const)
    for (const code of codesOf(wide)) {
      const lies = codesOf(small).map((each) => ({ each, lie: lieOf(each, code) }));
      if (lies.some(({ lie }) => lie === 'partly')) return { sentence: partlySentence };
      const within = new Set(lies.filter(({ lie }) => lie === 'within').map(({ each }) => each));
      const parts = Map.groupBy(
        small.filter(({ key }) => within.has(key['area'] ?? '')),
        restOf,
      );
      for (const cell of wide.filter(({ key }) => key['area'] === code))
        groups.push([[cell], parts.get(restOf(cell)) ?? []]);
    }
  return { groups };
}

const isGroupedApart = (a: Counts, b: Counts): boolean =>
  a.grouped !== undefined && a.grouped !== b.grouped && b.by.includes(a.grouped);

const partlySentence =
  'A view of an area that overlaps this one in part is out already, and the two together may tell a small number. Take an area that holds the other, or lies in it.';

const meets = (a: Period, b: Period): boolean => holdsMonth(a, b.from) || holdsMonth(b, a.from);
const holds = (a: Period, b: Period): boolean => holdsMonth(a, b.from) && holdsMonth(a, b.to);

/** A chart's limits are made of all its months: together with those that are shown they would tell the one that is hidden. */
const isOfAll = ({ measure }: FigureQuestion): boolean =>
  measure.name === 'control-chart' || measure.name === 'relative-rate';

function withoutLimits(row: FigureRow, { measure }: FigureQuestion): FigureRow {
  const { signal: _, ...rest } = row;
  const estimate = measure.name === 'control-chart' ? row.count : null;
  return { ...rest, estimate, lower: null, upper: null, level: null };
}

function hiddenRow(row: FigureRow, by: readonly string[]): FigureRow {
  const key = Object.fromEntries(by.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
  return {
    ...key,
    ...(row.month === undefined ? {} : { month: row.month }),
    state: 'hidden',
    count: null,
    estimate: null,
    lower: null,
    upper: null,
    level: null,
    denominator: null,
  };
}

/** The reason of a refusal may say counts, which nobody has checked. It keeps which months are missing, and nothing else. */
function discreet(row: FigureRow, question: FigureQuestion, rule: DisclosureRule): FigureRow {
  if (row.state !== 'refused') return row;
  const key = hiddenRow(row, question.by);
  const reason = row.reason ?? '';
  const missing = /^(.+? (?:is|are) missing)\b/.exec(reason)?.[1];
  if (missing !== undefined) return { ...key, state: 'refused', reason: `${missing}, so there is no figure.` };
  const small = rule.hiddenUpTo > 0 && /\d/.test(reason);
  return { ...key, state: 'refused', reason: small ? 'The numbers are too small to say.' : reason };
}

/** Independent of each other, so that parts need not add up to their total (HES guide). Rates are built on rounded counts. */
function rounded(whole: FigureRow, { measure }: FigureQuestion, { roundedTo }: DisclosureRule): FigureRow {
  // Rows without a place are counted beside the cell, and nobody has checked how few they are.
  const { withoutPlace: _, ...row } = whole;
  if (row.state !== 'shown') return row;
  const isCounted = ['count', 'rate', 'coverage'].includes(measure.name);
  const nearest = (value: number | null) => (value === null ? null : Math.round(value / roundedTo) * roundedTo);
  if (isCounted) {
    if (roundedTo === 1 || row.count === null) return row;
    const count = nearest(row.count) ?? 0;
    const scale = row.count === 0 ? 1 : count / row.count;
    const scaled = (value: number | null) => (value === null ? null : value * scale);
    return { ...row, count, estimate: scaled(row.estimate), lower: scaled(row.lower), upper: scaled(row.upper) };
  }
  const blunter = bluntBy[measure.name]?.(row);
  if (blunter !== undefined) return { ...blunter, count: blunter.count === null ? null : nearest(blunter.count) };
  // What is made of many counts would tell one of them to whoever knows the rest, given enough digits.
  const decimals = measure.name === 'concentration' || measure.name === 'comparison' ? 2 : 0;
  const blunt = (value: unknown, digits: number) =>
    typeof value === 'number' ? Math.round(value * 10 ** digits) / 10 ** digits : null;
  const counts = Object.fromEntries(
    ['count', 'before', 'after', 'elsewhere'].flatMap((name) => {
      const value = row[name];
      return typeof value === 'number' ? [[name, nearest(value)]] : [];
    }),
  );
  return {
    ...row,
    estimate: blunt(row.estimate, decimals),
    lower: blunt(row.lower, decimals),
    upper: blunt(row.upper, decimals),
    ...(measure.name === 'change' ? { denominator: nearest(row.denominator) } : {}),
    ...Object.fromEntries(
      ['pValue', 'gini', 'shareOfAreasWithHalf'].flatMap((name) =>
        row[name] === undefined ? [] : [[name, blunt(row[name], 2)]],
      ),
    ),
    ...counts,
  };
}

/** With fewer events, two digits of a weighted sum could tell one of them to whoever knows the others. */
const fewestStandardised = 100;

/** What is left of the measures that weigh or compare many counts, where small numbers are hidden. */
const bluntBy: Readonly<Record<string, (row: FigureRow) => FigureRow>> = {
  'standardised-rate': ({ withoutAge: _, ...row }) =>
    (row.count ?? 0) < fewestStandardised
      ? {
          ...hiddenRow(
            row,
            Object.keys(row).filter((name) => !valueFields.has(name)),
          ),
          state: 'refused',
          reason: 'The numbers are too small to say.',
        }
      : twoDigits(row),
  harm: ({ graveEvents: _, verdict: __, ...row }) => twoDigits(row),
  'hot-spots': ({ pValue: _, qValue: __, ...row }) => ({ ...row, estimate: null }),
  'relative-rate': ({ ratePer100000: _, excess: __, ratioLeast: ___, ratioMost: ____, shareOfAll: _____, ...row }) => {
    const tenth = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
    return { ...row, estimate: tenth(row.estimate), lower: tenth(row.lower), upper: tenth(row.upper) };
  },
};

const valueFields: ReadonlySet<string> = new Set([
  'state',
  'reason',
  'count',
  'estimate',
  'lower',
  'upper',
  'level',
  'denominator',
]);

function twoDigits(row: FigureRow): FigureRow {
  const digits = (value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(2)) : null);
  return {
    ...row,
    estimate: digits(row.estimate),
    lower: digits(row.lower),
    upper: digits(row.upper),
    ...Object.fromEntries(
      ['least', 'most'].flatMap((name) => (row[name] === undefined ? [] : [[name, digits(row[name])]])),
    ),
  };
}

/** Sentences beside a figure that say a small number of their own, as of rows without a place, say less. */
export function discreetNotes(notes: readonly string[], rule: DisclosureRule): readonly string[] {
  if (rule.hiddenUpTo === 0) return notes;
  return notes.map((note) => {
    if (note.startsWith('Pairs of ')) return note.replace(/^Pairs of [\d,]+ /, 'Pairs of ');
    const [, digits, lack] = /^([\d,]+) .*(no place|without a place|no age|no weight|left out)/.exec(note) ?? [];
    if (digits === undefined) return note;
    const value = Number(digits.replaceAll(',', ''));
    if (value <= rule.hiddenUpTo)
      return lack?.includes('place') === true
        ? 'A few of the same source and period have no place. They are not in this figure.'
        : `A few ${lack === 'left out' ? 'are left out' : `have ${lack ?? ''}`}.`;
    return rule.roundedTo === 1
      ? note
      : note.replace(digits, (Math.round(value / rule.roundedTo) * rule.roundedTo).toLocaleString('en-GB'));
  });
}

/** What was hidden and why, for whoever sees the view; null where nothing was. */
export function hiddenInWords({ hidden, secondary }: Protected, rule: DisclosureRule): string | null {
  if (rule.hiddenUpTo === 0) return null;
  const fives = rule.roundedTo === 1 ? '' : ` All other numbers are rounded to the nearest ${rule.roundedTo}.`;
  if (hidden === 0) return fives === '' ? null : fives.trim();
  const more =
    secondary === 0 ? '' : ' Some larger ones are hidden too, because a small one could be worked out from them.';
  return `${hidden === 1 ? 'One number is' : `${hidden.toLocaleString('en-GB')} numbers are`} hidden: counts from 1 to ${rule.hiddenUpTo} may tell about a person.${more}${fives}`;
}
