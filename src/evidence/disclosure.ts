import { holdsMonth, type Period } from '../duty/index.ts';
import { isRefusal, protectTables, type LinkedCell, type Relation } from '../measures/index.ts';
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

/**
 * What may be shown of a figure under a rule: small counts are hidden, and with them as few others as it takes, so that none
 * can be worked out from totals, from views that are out already, or from the same cells under another definition or release.
 * A hidden cell keeps no value in any field, so that it looks like no other state.
 * @param isWithin whether the first area lies in the second
 */
export function protectRows(
  question: FigureQuestion,
  rows: readonly FigureRow[],
  earlier: readonly EarlierView[],
  rule: DisclosureRule,
  isWithin: (area: string, other: string) => boolean,
): Protected | NotPublishable {
  if (rule.hiddenUpTo === 0) return { rows, hidden: 0, secondary: 0 };
  const counted = rows.flatMap((row, place) => countsIn(row).map((count, nth) => ({ place, nth, count })));
  if (counted.length > mostCells)
    return {
      sentence: `This figure has ${counted.length.toLocaleString('en-GB')} cells, too many to check. Break it down less, or take a shorter period.`,
    };
  const cells: LinkedCell[] = counted.map(({ place, nth, count }) => ({ id: idOf(place, nth), count }));
  const relations: Relation[] = [];
  for (const view of earlier) {
    const linked = link({ question, rows }, view, isWithin);
    if ('sentence' in linked) return linked;
    cells.push(...linked.cells);
    relations.push(...linked.relations);
  }
  if (cells.length === 0) return { rows: rows.map((row) => discreet(row, rule)), hidden: 0, secondary: 0 };
  const safe = protectTables({ cells, relations }, { hideTo: rule.hiddenUpTo });
  if (isRefusal(safe)) return { sentence: safe.sentence };
  const shownIds = new Set(safe.cells.flatMap((cell) => (cell.state === 'shown' ? [cell.id] : [])));
  const primary = new Set(safe.restricted.primary);
  let hidden = 0;
  let secondary = 0;
  const result = rows.map((row, place): FigureRow => {
    const ids = countsIn(row).map((_, nth) => idOf(place, nth));
    if (ids.every((id) => shownIds.has(id))) return rounded(discreet(row, rule), rule);
    hidden += 1;
    if (!ids.some((id) => primary.has(id))) secondary += 1;
    return hiddenRow(row, question.by);
  });
  return { rows: result, hidden, secondary };
}

const idOf = (place: number, nth: number): string => `new ${place} ${nth}`;

/** The counts that a row tells, itself or through a rate, a change or a ratio. */
function countsIn(row: FigureRow): readonly number[] {
  if (row.state === 'hidden' || row.state === 'absent') return [];
  return [row.count, row['before'], row['after'], row['elsewhere']]
    .filter((value): value is number => typeof value === 'number' && Number.isInteger(value))
    .filter((value, place, all) => all.indexOf(value) === place);
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

/** The reason of a refusal may say counts; where they could be small it says less. */
function discreet(row: FigureRow, rule: DisclosureRule): FigureRow {
  if (row.state !== 'refused') return row;
  const { before: _before, after: _after, ...rest } = row;
  const small = [...(row.reason ?? '').matchAll(/\d+(?:,\d{3})*/g)].some(([digits]) => {
    const value = Number(digits.replaceAll(',', ''));
    return value >= 1 && value <= rule.hiddenUpTo;
  });
  return small ? { ...rest, reason: 'The numbers are too small to say.' } : rest;
}

/** Independent of each other, so that parts need not add up to their total (HES guide). Rates are built on rounded counts. */
function rounded(row: FigureRow, { roundedTo }: DisclosureRule): FigureRow {
  if (roundedTo === 1 || row.state !== 'shown' || row.count === null) return row;
  const count = Math.round(row.count / roundedTo) * roundedTo;
  const scale = row.count === 0 ? 1 : count / row.count;
  const scaled = (value: number | null) => (value === null ? null : value * scale);
  return { ...row, count, estimate: scaled(row.estimate), lower: scaled(row.lower), upper: scaled(row.upper) };
}

interface Links {
  readonly cells: readonly LinkedCell[];
  readonly relations: readonly Relation[];
}
const nothing: Links = { cells: [], relations: [] };

interface Made {
  readonly question: FigureQuestion;
  readonly rows: readonly FigureRow[];
}

/**
 * What binds a new view to one that is out. Views of other sources are not bound. Of the same source, where one place and period
 * holds the other, the larger is the smaller and a rest that nobody shows; where both have the same cells, they are the same
 * or differ by a rest; where they are broken down in other ways, both add up to the same.
 */
function link(
  made: Made,
  view: EarlierView,
  isWithin: (area: string, other: string) => boolean,
): Links | NotPublishable {
  const { question: a } = made;
  const { question: b } = view;
  if (a.source !== b.source || a.distinct !== b.distinct) return nothing;
  const overlap = meets(a.period, b.period);
  const areas =
    a.area === b.area ? 'same' : isWithin(a.area, b.area) ? 'within' : isWithin(b.area, a.area) ? 'around' : 'apart';
  if (!overlap || (areas === 'apart' && !a.by.includes('area') && !b.by.includes('area'))) return nothing;
  const samePeriod = a.period.from === b.period.from && a.period.to === b.period.to;
  const byMonth = a.by.includes('month') && b.by.includes('month');
  if (!samePeriod && !byMonth && !holds(a.period, b.period) && !holds(b.period, a.period))
    return {
      sentence:
        'A view of months that overlap these in part is out already, and the two together may tell a small number. Take the same months, or break it down by month.',
    };
  const mine = keyed(made.rows, a);
  const theirs = keyed(view.rows, b);
  const prefix = `out ${view.id}`;
  const cells: LinkedCell[] = [];
  const relations: Relation[] = [];
  const place = (at: number) => `${prefix} ${at}`;
  for (const [at, row] of view.rows.entries())
    if (row.count !== null)
      cells.push({ id: place(at), count: row.count, standing: view.shown.has(at) ? 'published' : 'unpublished' });
  const rest = (larger: { id: string; count: number }, smaller: { id: string; count: number }) => {
    const id = `rest ${larger.id} ${smaller.id}`;
    cells.push({ id, count: larger.count - smaller.count, standing: 'unpublished' });
    relations.push({ total: larger.id, parts: [smaller.id, id] });
  };
  const bind = (x: { id: string; count: number }, y: { id: string; count: number }) => {
    if (x.count >= y.count) rest(x, y);
    else rest(y, x);
  };
  const total = (ids: readonly { id: string; count: number }[], name: string) => {
    const cell = { id: `${prefix} ${name}`, count: ids.reduce((sum, { count }) => sum + count, 0) };
    cells.push({ ...cell, standing: 'unpublished' });
    relations.push({ total: cell.id, parts: ids.map(({ id }) => id) });
    return cell;
  };
  const isSame = sameSet(a.by, b.by) && areas === 'same';
  if (isSame) {
    // Cell by cell: the same cells again, or the same cells under another definition or release.
    for (const [key, at] of mine) {
      const other = theirs.get(key);
      const [x, y] = [made.rows[at]?.count ?? null, other === undefined ? null : (view.rows[other]?.count ?? null)];
      if (other === undefined || x === null || y === null) continue;
      bind({ id: idOf(at, 0), count: x }, { id: place(other), count: y });
    }
    return { cells, relations };
  }
  // Broken down in other ways: group both by what they have in common, and set the sums beside each other.
  const common = a.by.filter((name) => b.by.includes(name));
  const groupsOf = (rows: readonly FigureRow[], name: (at: number) => string) => {
    const groups = new Map<string, { id: string; count: number }[]>();
    for (const [at, row] of rows.entries()) {
      if (row.count === null) continue;
      const key = JSON.stringify(common.map((each) => row[each] ?? null));
      groups.set(key, [...(groups.get(key) ?? []), { id: name(at), count: row.count }]);
    }
    return groups;
  };
  const [left, right] = [groupsOf(made.rows, (at) => idOf(at, 0)), groupsOf(view.rows, place)];
  for (const [key, ours] of left) {
    const out = right.get(key);
    if (out === undefined) continue;
    const [x] = ours.length === 1 ? ours : [total(ours, `of new ${key}`)];
    const [y] = out.length === 1 ? out : [total(out, `of out ${key}`)];
    if (x !== undefined && y !== undefined) bind(x, y);
  }
  return { cells, relations };
}

const meets = (a: Period, b: Period): boolean => holdsMonth(a, b.from) || holdsMonth(b, a.from);
const holds = (a: Period, b: Period): boolean => holdsMonth(a, b.from) && holdsMonth(a, b.to);
const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));

/** Places of the rows by the values of their breakdown. */
function keyed(rows: readonly FigureRow[], { by }: FigureQuestion): ReadonlyMap<string, number> {
  const names = [...by].sort();
  return new Map(rows.map((row, at) => [JSON.stringify(names.map((name) => row[name] ?? null)), at]));
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
