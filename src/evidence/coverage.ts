import {
  addDays,
  daysBetween,
  done,
  formatDate,
  formatPeriod,
  holdsMonth,
  lastDayIn,
  monthCount,
  monthsIn,
  refused,
  shiftMonth,
  type IsoDate,
  type Month,
  type Outcome,
  type Period,
} from '../duty/index.ts';
import { monthsInWords } from './figure-answer.ts';
import type { FormatName } from './source.ts';

/** What is known of a month of a provider, or of a month of a source. */
export const coverageStates = ['complete', 'partial', 'late', 'missing', 'not-expected'] as const;
export type CoverageState = (typeof coverageStates)[number];

/** What is there of a month and provider, in releases that count today. `provider` is empty where a format has none. */
export interface MonthCount {
  readonly month: Month;
  readonly provider: string;
  readonly rows: number;
  /** Of these, rows without a place. */
  readonly unlocated: number;
}

/** That a source is to come from a provider: since when, how often, and how many days after the end of a period. */
export interface Expectation {
  readonly provider: string;
  readonly from: Month;
  /** The last month that is expected; null while it goes on. */
  readonly to: Month | null;
  readonly everyMonths: 1 | 3 | 12;
  readonly lagDays: number;
}

/** What a person found out about months of a provider. It wins over what the rows suggest; the newest wins over older ones. */
export interface Confirmation {
  /** Null for every provider of the source. */
  readonly provider: string | null;
  readonly from: Month;
  readonly to: Month;
  readonly state: CoverageState;
  readonly reason: string;
  readonly by: string;
  readonly on: IsoDate;
}

export interface ExpectedSource extends Expectation {
  readonly id: string;
  readonly source: FormatName;
  /** Whom to ask when it does not come. */
  readonly askedOf: string | null;
}

/** A confirmation as it is kept; `undoneOn` where somebody took it back. */
export interface CoverageNote extends Confirmation {
  readonly id: string;
  readonly source: FormatName;
  readonly undoneOn: IsoDate | null;
  readonly undoneBy: string | null;
}

/** How a calendar judges. Dated, so that a calendar of an old day can be drawn again. */
export interface CoverageRules {
  readonly since: IsoDate;
  /** A month with fewer rows than this share of the usual is partial. */
  readonly thinShare: number;
  /** Months that the usual is the median of: the nearest that are whole themselves, before and after. */
  readonly neighbours: number;
  /** With fewer whole months than these, nothing can be called usual. */
  readonly fewestNeighbours: number;
  /** Below so many rows a month, chance alone empties a month. */
  readonly fewestUsualRows: number;
  /** Above this share of rows without a place, nothing is said of small areas. */
  readonly unlocatedShare: number;
  /** A gap of a provider that usually sends less than this share is named beside a total; one of any other stops it. */
  readonly smallShare: number;
  /** A provider with less than this share of an area's rows is a stray there: it does not touch the area. */
  readonly strayShare: number;
}

/**
 * The shares are Concord's own, chosen on published data: Greater Manchester's stray rows are under 1 % of a month, British
 * Transport Police is about 7 % of its own year and 1 % of an area, and 11 to 15 % of rows without a place have broken trends.
 */
export const coverageRules: readonly CoverageRules[] = [
  {
    since: '2020-01-01',
    thinShare: 0.4,
    neighbours: 12,
    fewestNeighbours: 3,
    fewestUsualRows: 20,
    unlocatedShare: 0.1,
    smallShare: 0.1,
    strayShare: 0.005,
  },
];

/** @throws RangeError for a day before any rules were made */
export function coverageRulesOn(day: IsoDate): CoverageRules {
  const rules = coverageRules.findLast(({ since }) => since <= day);
  if (rules === undefined) throw new RangeError(`There are no rules for coverage on ${day}`);
  return rules;
}

/** How far a month can be used: whole, named as incomplete beside the figure, or not at all. */
export type MonthUse = 'whole' | 'named' | 'none';

export interface ProviderMonth {
  readonly month: Month;
  readonly provider: string;
  readonly state: CoverageState;
  readonly use: MonthUse;
  readonly rows: number;
  readonly unlocated: number;
  /** A sentence; null for a month that is complete and that nobody confirmed. */
  readonly reason: string | null;
  readonly confirmedBy: string | null;
  readonly confirmedOn: IsoDate | null;
  /** The day by which it was or is to come, where it is expected. */
  readonly due: IsoDate | null;
}

export interface CoverageMonth {
  readonly month: Month;
  readonly state: CoverageState;
  readonly use: MonthUse;
  readonly rows: number;
  readonly unlocated: number;
  readonly reason: string | null;
  /** Ordered by name. */
  readonly providers: readonly ProviderMonth[];
}

export interface CoverageCalendar {
  readonly source: string;
  readonly today: IsoDate;
  readonly rules: CoverageRules;
  /** In order, without a hole; none where nothing is loaded and nothing expected. */
  readonly months: readonly CoverageMonth[];
  /** Rows that a provider usually sends a month, the median of its complete months. */
  readonly usual: ReadonlyMap<string, number>;
  readonly missing: readonly Month[];
}

export interface CoverageAsked {
  readonly source: string;
  readonly counts: readonly MonthCount[];
  readonly expectations: readonly Expectation[];
  /** Oldest first. */
  readonly confirmations: readonly Confirmation[];
  readonly today: IsoDate;
  /** The months to draw; without it, all of which anything is loaded or expected. */
  readonly period?: Period | undefined;
  /** How often the format comes, for providers that nobody expects: 1 unless told. */
  readonly everyMonths?: 1 | 3 | 12 | undefined;
}

/**
 * The calendar of a source. A month is there, or not, by what was loaded and what was expected: a nought in a table is never
 * read as a gap, nor a gap as a nought. Providers that nobody expects by name are taken to owe every month from the first to
 * the last of the source, because a half year that is published as a year is worse than a question too many.
 */
export function coverageOf(asked: CoverageAsked): CoverageCalendar {
  const { source, counts, expectations, confirmations, today } = asked;
  const rules = coverageRulesOn(today);
  const drawn = asked.period ?? knownPeriod(counts, expectations, today);
  const loaded = knownPeriod(counts, [], today);
  const names = [...new Set([...counts, ...expectations].map(({ provider }) => provider))].sort((a, b) =>
    a.localeCompare(b, 'en-GB'),
  );
  const byProvider = names.map((provider) => {
    const sums = sumByMonth(counts.filter((count) => count.provider === provider));
    const said = confirmations.filter((each) => each.provider === null || each.provider === provider);
    const judged = judge(sums, said, rules);
    const named = expectations.filter((each) => each.provider === provider);
    return {
      provider,
      usual: median([...judged.whole].map((month) => sums.get(month)?.rows ?? 0)),
      months:
        drawn === undefined
          ? []
          : monthsIn(drawn).map((month) =>
              providerMonth(month, {
                provider,
                sums,
                judged,
                said,
                today,
                expected:
                  named.length > 0
                    ? named
                    : loaded === undefined
                      ? []
                      : [{ provider, ...loaded, everyMonths: asked.everyMonths ?? 1, lagDays: null }],
              }),
            ),
    };
  });
  const usual = new Map(byProvider.map((each) => [each.provider, each.usual]));
  const months =
    drawn === undefined
      ? []
      : monthsIn(drawn).map((month, place) =>
          together(
            month,
            byProvider.flatMap((each) => each.months[place] ?? []),
            usual,
            rules,
          ),
        );
  return { source, today, rules, months, usual, missing: missingOf(months) };
}

/**
 * The calendar for an area: only the providers that send rows of it count, each by its share there. A neighbour's strays do
 * not touch it, and a national force such as British Transport Police touches each area in which it has rows.
 * @param rows of the area by provider, over all that is loaded
 */
export function coverageForArea(calendar: CoverageCalendar, rows: ReadonlyMap<string, number>): CoverageCalendar {
  const all = [...rows.values()].reduce((sum, each) => sum + each, 0);
  const usual = new Map([...rows].filter(([, each]) => each > 0 && each >= all * calendar.rules.strayShare));
  return narrowed(calendar, usual);
}

function narrowed(calendar: CoverageCalendar, usual: ReadonlyMap<string, number>): CoverageCalendar {
  const months = calendar.months.map(({ month, providers }) =>
    together(
      month,
      providers.filter(({ provider }) => usual.has(provider)),
      usual,
      calendar.rules,
    ),
  );
  return { ...calendar, months, usual, missing: missingOf(months) };
}

/** The calendar of these providers alone. */
export function providersOnly(calendar: CoverageCalendar, names: readonly string[]): CoverageCalendar {
  return narrowed(calendar, new Map([...calendar.usual].filter(([name]) => names.includes(name))));
}

/** How many days a month is past its day; 0 where it has none or is not past it. */
export const daysLate = ({ due }: ProviderMonth, today: IsoDate): number =>
  due === null ? 0 : Math.max(0, daysBetween(due, today));

/** Months of a period that are complete. */
export function completeMonths(calendar: CoverageCalendar, period: Period): readonly Month[] {
  return monthsOfCalendar(calendar, period)
    .filter(({ state }) => state === 'complete')
    .map(({ month }) => month);
}

/** Months of a period that no figure may count, each with why: absent in a series, and the end of a total. */
export function gapsIn(
  calendar: CoverageCalendar,
  period: Period,
): readonly { readonly month: Month; readonly state: CoverageState; readonly reason: string }[] {
  return monthsOfCalendar(calendar, period)
    .filter(({ use }) => use === 'none')
    .map(({ month, state, reason }) => ({ month, state, reason: reason ?? stateMeanings[state] }));
}

/** What must stand beside a figure over a period, as sentences; none where every month is complete. */
export function labelsFor(calendar: CoverageCalendar, period: Period): readonly string[] {
  const named = monthsOfCalendar(calendar, period).filter(({ use }) => use === 'named');
  const byReason = Map.groupBy(named, ({ reason }) => reason ?? '');
  return [...byReason].map(
    ([reason, months]) =>
      `${monthsInWords(months.map(({ month }) => month))} ${isOrAre(months.length)} not complete, so the true figure may be higher. ${reason}`,
  );
}

export interface Usable {
  /** Sentences that must stand beside the figure. */
  readonly labels: readonly string[];
  readonly smallAreas: SmallAreaUse;
}

export interface SmallAreaUse {
  readonly rows: number;
  readonly unlocated: number;
  /** Whether the period as a whole may be shown by small area. */
  readonly total: boolean;
  /** Whether a trend by small area may be: each of its months may. */
  readonly trend: boolean;
  /** Why not; null where both may. */
  readonly reason: string | null;
}

/** Whether a total over a period can be given. Refused over a gap: part of a year is never published as a year. */
export function usable(calendar: CoverageCalendar, period: Period): Outcome<Usable, 'not-valid'> {
  const gaps = gapsIn(calendar, period);
  if (gaps.length > 0) {
    const months = monthCount(period);
    const there = months - gaps.length;
    return refused(
      'not-valid',
      `${gapSentences(gaps).join(' ')} ${
        there === 0
          ? 'There is nothing to count.'
          : `A total of the ${there} ${there === 1 ? 'month' : 'months'} that ${isOrAre(there)} there is not a total for ${formatPeriod(period)}.`
      }`,
    );
  }
  return done({ labels: labelsFor(calendar, period), smallAreas: smallAreaUse(calendar, period) });
}

/** Whether enough rows of a period have a place for figures by small area. */
export function smallAreaUse(calendar: CoverageCalendar, period: Period): SmallAreaUse {
  const months = monthsOfCalendar(calendar, period);
  const most = calendar.rules.unlocatedShare;
  const rows = months.reduce((sum, month) => sum + month.rows, 0);
  const unlocated = months.reduce((sum, month) => sum + month.unlocated, 0);
  const blank = months.filter((month) => isOver(month, most));
  const total = !isOver({ rows, unlocated }, most);
  const trend = total && blank.length === 0;
  const words = total
    ? `In ${monthsInWords(blank.map(({ month }) => month))} more than ${percent(most)} of rows have no place, so a trend by small area is not shown.`
    : `${percent(unlocated / rows)} of rows have no place, more than ${percent(most)}, so nothing is shown by small area.`;
  return { rows, unlocated, total, trend, reason: trend ? null : words };
}

const isOver = ({ rows, unlocated }: { readonly rows: number; readonly unlocated: number }, most: number): boolean =>
  unlocated > rows * most;

export interface Comparable {
  /** The same places in both periods: July with July. */
  readonly before: readonly Month[];
  readonly now: readonly Month[];
  readonly labels: readonly string[];
}

/**
 * The months that two periods of the same length can be compared by: those that are there in both.
 * @throws RangeError when the periods have different lengths
 */
export function comparableMonths(
  calendar: CoverageCalendar,
  before: Period,
  now: Period,
): Outcome<Comparable, 'not-valid'> {
  const count = monthCount(now);
  if (monthCount(before) !== count) throw new RangeError('Periods of different lengths cannot be compared');
  const [earlier, later] = [monthsIn(before), monthsIn(now)];
  const absent = new Set([...gapsIn(calendar, before), ...gapsIn(calendar, now)].map(({ month }) => month));
  const pairs = earlier.flatMap((month, place) => {
    const other = later[place] ?? month;
    return absent.has(month) || absent.has(other) ? [] : [{ before: month, now: other }];
  });
  const gone = monthsInWords([...absent]);
  if (pairs.length === 0)
    return refused('not-valid', `${gone} ${isOrAre(absent.size)} not there, so no month is there in both periods.`);
  const labels = [
    ...(pairs.length < count
      ? [
          `Compared by the ${pairs.length} of ${count} months that are there in both: ${gone} ${isOrAre(absent.size)} not.`,
        ]
      : []),
    ...labelsFor(calendar, before),
    ...labelsFor(calendar, now),
  ];
  return done({
    before: pairs.map((pair) => pair.before),
    now: pairs.map((pair) => pair.now),
    labels: [...new Set(labels)],
  });
}

/** The gaps of a calendar in sentences: "June, August and September 2020 are missing." One for each state that is not complete. */
export function gapSentences(
  months: readonly { readonly month: Month; readonly state: CoverageState }[],
): readonly string[] {
  const words = { missing: 'missing', late: 'late', partial: 'partial', 'not-expected': 'not expected' } as const;
  return (['missing', 'late', 'partial', 'not-expected'] as const).flatMap((state) => {
    const found = months.filter((each) => each.state === state).map(({ month }) => month);
    return found.length === 0 ? [] : [`${monthsInWords(found)} ${isOrAre(found.length)} ${words[state]}.`];
  });
}

const isOrAre = (count: number): string => (count === 1 ? 'is' : 'are');

export const stateMeanings: Readonly<Record<CoverageState, string>> = {
  complete: 'All that the provider had to send is there.',
  partial: 'Some of it is there, and some is not.',
  late: 'It should be here by now.',
  missing: 'Nothing of it is there. This is not a nought.',
  'not-expected': 'Nobody expects it from this source.',
};

const unknown = 'Nothing of this month is loaded, and nobody has said that it is expected.';

/** Months of a period as the calendar has them; of those outside it nothing is known. */
function monthsOfCalendar({ months }: CoverageCalendar, period: Period): readonly CoverageMonth[] {
  const known = new Map(months.map((each) => [each.month, each]));
  return monthsIn(period).map(
    (month) =>
      known.get(month) ?? {
        month,
        state: 'not-expected',
        use: 'none',
        rows: 0,
        unlocated: 0,
        reason: unknown,
        providers: [],
      },
  );
}

const missingOf = (months: readonly CoverageMonth[]): readonly Month[] =>
  months.filter(({ state }) => state === 'missing').map(({ month }) => month);

/** From the first month to the last of which something is loaded or expected and over. */
function knownPeriod(
  counts: readonly MonthCount[],
  expectations: readonly Expectation[],
  today: IsoDate,
): Period | undefined {
  const over = shiftMonth(today.slice(0, 7), -1);
  const ends = expectations
    .filter(({ from }) => from <= over)
    .flatMap(({ from, to }) => [from, to === null || to > over ? over : to]);
  const months = [...counts.filter(({ rows }) => rows > 0).map(({ month }) => month), ...ends].sort();
  const [from, to] = [months[0], months.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

interface Sum {
  readonly rows: number;
  readonly unlocated: number;
}

/** Several releases may have rows of one month: months that were sent in pieces. */
function sumByMonth(counts: readonly MonthCount[]): ReadonlyMap<Month, Sum> {
  const sums = new Map<Month, Sum>();
  for (const { month, rows, unlocated } of counts) {
    const sum = sums.get(month) ?? { rows: 0, unlocated: 0 };
    sums.set(month, { rows: sum.rows + rows, unlocated: sum.unlocated + unlocated });
  }
  return sums;
}

interface Judged {
  readonly whole: ReadonlySet<Month>;
  /** Months with too few rows, each with what is usual there. */
  readonly thin: ReadonlyMap<Month, number>;
}

/**
 * Which months have too few rows to be complete. They are taken from the fullest down and each is held against the nearest
 * that passed, so that years of strays after a few whole months cannot become the usual; those that passed are then the
 * neighbours of all. What a person confirmed as complete passes whatever it holds.
 */
function judge(
  sums: ReadonlyMap<Month, Sum>,
  said: readonly Confirmation[],
  { thinShare, neighbours, fewestNeighbours, fewestUsualRows }: CoverageRules,
): Judged {
  const rowsOf = (month: Month): number => sums.get(month)?.rows ?? 0;
  const stateOf = (month: Month) => saidOf(said, month)?.state;
  const present = [...sums.keys()].filter((month) => rowsOf(month) > 0);
  const whole = new Set(present.filter((month) => stateOf(month) === 'complete'));
  const open = present.filter((month) => stateOf(month) === undefined);
  const usualAt = (month: Month): number | undefined => {
    const near = [...whole]
      .filter((other) => other !== month)
      .sort((a, b) => distance(a, month) - distance(b, month) || a.localeCompare(b))
      .slice(0, neighbours);
    const usual = median(near.map(rowsOf));
    return near.length < fewestNeighbours || usual < fewestUsualRows ? undefined : usual;
  };
  const isThin = (month: Month): boolean => rowsOf(month) < thinShare * (usualAt(month) ?? 0);
  for (const month of open.toSorted((a, b) => rowsOf(b) - rowsOf(a) || a.localeCompare(b)))
    if (!isThin(month)) whole.add(month);
  const thin = new Map(open.filter(isThin).map((month) => [month, usualAt(month) ?? 0]));
  const confirmed = [...whole].filter((month) => stateOf(month) === 'complete');
  return { whole: new Set([...confirmed, ...open.filter((month) => !thin.has(month))]), thin };
}

const distance = (a: Month, b: Month): number => Math.abs(monthNumber(a) - monthNumber(b));
const monthNumber = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

/** The middle value; 0 of none. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return low === undefined || high === undefined ? 0 : (low + high) / 2;
}

const saidOf = (said: readonly Confirmation[], month: Month): Confirmation | undefined =>
  said.findLast((each) => holdsMonth(each, month));

/** An expectation, or that of a provider that nobody expects by name, which has no day by which it is due. */
type Owed = Omit<Expectation, 'lagDays'> & { readonly lagDays: number | null };

interface OfProvider {
  readonly provider: string;
  readonly sums: ReadonlyMap<Month, Sum>;
  readonly judged: Judged;
  readonly said: readonly Confirmation[];
  readonly expected: readonly Owed[];
  readonly today: IsoDate;
}

function providerMonth(month: Month, of: OfProvider): ProviderMonth {
  const { rows, unlocated } = of.sums.get(month) ?? { rows: 0, unlocated: 0 };
  const owed = of.expected.find(({ from, to }) => from <= month && month <= (to ?? month));
  const due =
    owed === undefined || owed.lagDays === null ? null : addDays(lastDayIn(blockOf(month, owed)), owed.lagDays);
  const there = { month, provider: of.provider, rows, unlocated, due };
  const said = saidOf(of.said, month);
  if (said !== undefined)
    return {
      ...there,
      state: said.state,
      use: said.state === 'complete' ? 'whole' : said.state === 'partial' && rows > 0 ? 'named' : 'none',
      reason: said.reason,
      confirmedBy: said.by,
      confirmedOn: said.on,
    };
  const found = (state: CoverageState, reason: string | null): ProviderMonth => ({
    ...there,
    state,
    use: state === 'complete' ? 'whole' : 'none',
    reason,
    confirmedBy: null,
    confirmedOn: null,
  });
  const usual = of.judged.thin.get(month);
  if (usual !== undefined)
    return found(
      'partial',
      `${number(rows)} ${rows === 1 ? 'row' : 'rows'}: ${shareInWords(rows / usual)} of what ${senderWords(of.provider)} usually sends, ${number(Math.round(usual))} a month.`,
    );
  if (rows > 0) return found('complete', null);
  if (owed === undefined) return found('not-expected', notExpected(month, of));
  if (hasItsBlock(month, owed, of.sums)) return found('complete', null);
  if (due === null) return found('missing', 'No file of this month is loaded.');
  if (of.today <= due) return found('not-expected', `It is not due until ${formatDate(due)}.`);
  const days = daysBetween(due, of.today);
  const laterCame = [...of.sums].some(([other, sum]) => other > month && sum.rows > 0);
  // A second lag is the patience: after it, or once a later month is there, nobody sends it by himself any more.
  return !laterCame && days <= Math.max(owed.lagDays ?? 0, shortestPatienceDays)
    ? found('late', `It was due by ${formatDate(due)} and is ${days} ${days === 1 ? 'day' : 'days'} late.`)
    : found('missing', `It was due by ${formatDate(due)}, and no file of this month is loaded.`);
}

const shortestPatienceDays = 31;

function notExpected(month: Month, { expected }: OfProvider): string {
  const ended = expected.findLast(({ to }) => to !== null && to < month);
  const begins = expected.find(({ from }) => from > month);
  if (ended?.to != null) return `Expected until ${monthsInWords([ended.to])} only.`;
  return begins === undefined ? unknown : `Expected from ${monthsInWords([begins.from])} on.`;
}

/** The months that come together: quarters and years are counted from the first month that is expected. */
function blockOf(month: Month, { from, everyMonths }: Pick<Owed, 'from' | 'everyMonths'>): Period {
  const begins = shiftMonth(from, Math.floor((monthNumber(month) - monthNumber(from)) / everyMonths) * everyMonths);
  return { from: begins, to: shiftMonth(begins, everyMonths - 1) };
}

/**
 * Whether the rows of a quarter or year stand under another of its months. Only where no block has rows of two months: a
 * provider that sends months a quarter at a time owes each of them.
 */
function hasItsBlock(month: Month, owed: Owed, sums: ReadonlyMap<Month, Sum>): boolean {
  if (owed.everyMonths === 1) return false;
  const perBlock = Map.groupBy(
    [...sums].filter(([, sum]) => sum.rows > 0).map(([each]) => each),
    (each) => blockOf(each, owed).from,
  );
  const isWholeBlocks = [...perBlock.values()].every((months) => months.length === 1);
  return isWholeBlocks && perBlock.has(blockOf(month, owed).from);
}

/** A month of all its providers. */
function together(
  month: Month,
  providers: readonly ProviderMonth[],
  usual: ReadonlyMap<string, number>,
  { smallShare }: CoverageRules,
): CoverageMonth {
  const rows = providers.reduce((sum, each) => sum + each.rows, 0);
  const unlocated = providers.reduce((sum, each) => sum + each.unlocated, 0);
  const owing = providers.filter(({ state }) => state !== 'not-expected');
  const base = { month, rows, unlocated, providers };
  const only = (state: CoverageState): boolean => owing.every((each) => each.state === state);
  if (owing.length === 0)
    return { ...base, state: 'not-expected', use: 'none', reason: providers[0]?.reason ?? unknown };
  const gaps = owing.filter(({ state }) => state !== 'complete');
  if (gaps.length === 0) return { ...base, state: 'complete', use: 'whole', reason: confirmedReason(owing) };
  const reason = gaps.map((gap) => reasonOf(gap, providers.length > 1)).join(' ');
  if (only('late')) return { ...base, state: 'late', use: 'none', reason };
  if (gaps.length === owing.length && gaps.every(({ state }) => state === 'missing' || state === 'late'))
    return { ...base, state: 'missing', use: 'none', reason };
  const all = owing.reduce((sum, { provider }) => sum + (usual.get(provider) ?? 0), 0);
  const isSmall = ({ provider }: ProviderMonth): boolean => {
    const share = usual.get(provider) ?? 0;
    return share > 0 && share < all * smallShare;
  };
  const isNamed = gaps.every((gap) => gap.use === 'named' || isSmall(gap));
  return { ...base, state: 'partial', use: isNamed ? 'named' : 'none', reason };
}

const confirmedReason = (providers: readonly ProviderMonth[]): string | null =>
  providers.find(({ confirmedBy }) => confirmedBy !== null)?.reason ?? null;

function reasonOf({ provider, state, reason }: ProviderMonth, isNamed: boolean): string {
  const words = reason ?? stateMeanings[state];
  return isNamed && provider !== '' ? `${provider}: ${words}` : words;
}

/** How a provider is called where the format names none. */
export const senderWords = (provider: string): string => (provider === '' ? 'the sender' : provider);

const number = (value: number): string => value.toLocaleString('en-GB');
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const shareInWords = (share: number): string => (share < 0.01 ? 'less than 1 %' : percent(share));
