import {
  calendarYear,
  financialYear,
  isMonth,
  parsePeriod,
  periodOf,
  shiftMonth,
  type Period,
} from '../../duty/index.ts';

/**
 * The period that a heading names, in the ways in which tables shorten it: `Jan-24`, `January 2024`, `2024-01`,
 * `2024-01-01` (which is how a spreadsheet keeps the heading Jan-24), `2024 Jan`, `Q1 2024/25`, `2024/25 Q1`, `2024`.
 * Two figures of a year are of this century. `2011-12` is taken for a month; `periodsOf` knows when it is none.
 */
export function parseHeadingPeriod(heading: string): Period | undefined {
  const text = heading.trim().replaceAll(/\s+/g, ' ');
  if (text.length > 40 || !/\d/.test(text)) return undefined;
  const iso = /^(\d{4}-\d{2})(?:-01)?(?:T00:00:00)?$/.exec(text)?.[1];
  if (iso !== undefined) return isMonth(iso) ? periodOf(iso, iso) : yearsJoined(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const [, month, year] = /^(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  if (month !== undefined) {
    const numbered = `${year ?? ''}-${month.padStart(2, '0')}`;
    return isMonth(numbered) ? periodOf(numbered, numbered) : undefined;
  }
  const outcome = parsePeriod(inWords(text));
  return outcome.done ? outcome.value : undefined;
}

function inWords(text: string): string {
  return text
    .replace(/^fy ?/i, '')
    .replace(/^quarter /i, 'Q')
    .replace(/^(\d{4}(?:[/-]\d{2}(?:\d{2})?)?),? (q[1-4]|[a-z]{3,9})$/i, '$2 $1')
    .replace(/^(\d{4}) ?[-_]?(q[1-4])$/i, '$2 $1')
    .replace(/^([a-z]{3,9})\.?[ '’/_-]{1,2}(\d{2})$/i, '$1 20$2')
    .replace(/^([a-z]{3,9})[-_/.](\d{4})$/i, '$1 $2')
    .replace(/^([a-z]{3,9}) ?[-–] ?([a-z]{3,9}) (\d{4})$/i, '$1 to $2 $3')
    .replace(/^(q[1-4],? )?(\d{4})-(\d{2})$/i, '$1$2/$3');
}

/** `2023-24` and `2023/24`: the financial year. */
function yearsJoined(text: string): Period | undefined {
  const [, from, to] = /^(\d{4})[-/](\d{2})$/.exec(text) ?? [];
  return from !== undefined && (Number(from) + 1) % 100 === Number(to) && isMonth(`${from}-04`)
    ? financialYear(Number(from))
    : undefined;
}

/**
 * The period of each column, from the words of its heading; the words that do not name it are left. A month below a year
 * is one of that year, and below a financial year one of that: `2023/24` over `Jan` is January 2024.
 *
 * `2010-11`, `2011-12` side by side are financial years, since months would not leave out a year between them.
 */
export function periodsOf(
  paths: readonly (readonly string[])[],
): readonly { readonly period?: Period; readonly rest: readonly string[] }[] {
  const joined = new Set(paths.flat().filter((part) => /^\d{4}-\d{2}$/.test(part)));
  const years = joined.size > 1 && [...joined].every((part) => yearsJoined(part) !== undefined);
  const known = new Map<string, Period | undefined>();
  const read = (part: string): Period | undefined => {
    if (!known.has(part)) known.set(part, years && joined.has(part) ? yearsJoined(part) : parseHeadingPeriod(part));
    return known.get(part);
  };
  return paths.map((path) => {
    for (const [at, part] of path.entries())
      for (const [below, name] of path.entries()) {
        const smaller = below === at || !inYear.test(name) ? undefined : within(read(part), name);
        if (smaller !== undefined)
          return { period: smaller, rest: path.filter((_, place) => place !== at && place !== below) };
      }
    const at = path.findLastIndex((part) => read(part) !== undefined);
    const period = read(path[at] ?? '');
    return period === undefined ? { rest: path } : { period, rest: path.filter((_, place) => place !== at) };
  });
}

const inYear = /^(q[1-4]|quarter [1-4]|[a-z]{3,9})$/i;

/** The month or quarter of that name in a year, calendar or financial. */
function within(year: Period | undefined, name: string): Period | undefined {
  if (year === undefined) return undefined;
  const starts = Number(year.from.slice(0, 4));
  const is = (other: Period) => other.from === year.from && other.to === year.to;
  const calendar = is(calendarYear(starts));
  if (!calendar && !is(financialYear(starts))) return undefined;
  const quarter = /^q(?:uarter )?([1-4])$/i.exec(name)?.[1];
  if (quarter !== undefined) {
    const from = shiftMonth(year.from, 3 * (Number(quarter) - 1));
    return periodOf(from, shiftMonth(from, 2));
  }
  const month = parseHeadingPeriod(`${name} ${starts}`);
  if (month === undefined || month.from !== month.to) return undefined;
  return month.from < year.from ? periodOf(shiftMonth(month.from, 12), shiftMonth(month.to, 12)) : month;
}
