import { sqlName, sqlText, sqlTexts } from './engine.ts';
import type { CellState, ColumnRule, Problem } from './table.ts';

/**
 * What a column becomes in the release, as SQL over its text, and what may be wrong with it, as SQL over its text and its
 * value: the value is worked out once and asked twice.
 */
export interface TypedColumn {
  readonly value: string;
  /** Each is true where the value has that problem, and not null. */
  readonly problems: readonly { readonly when: string; readonly problem: Problem }[];
}

/** The text of a column as it was read, and its value beside it. */
export const textName = (rule: Pick<ColumnRule, 'name'>): string => sqlName(`${rule.name} as text`);
export const valueName = (rule: Pick<ColumnRule, 'name'>): string => sqlName(rule.name);

const dates = [
  '%Y-%m-%d',
  '%d/%m/%Y',
  '%d-%m-%Y',
  '%d.%m.%Y',
  '%d %b %Y',
  '%d %B %Y',
  '%d-%b-%Y',
  '%d-%b-%y',
  '%d/%m/%y',
];
const times = ['%H:%M', '%H:%M:%S', '%H:%M:%S.%f'];
const moments = [...dates.flatMap((date) => times.flatMap((time) => [`${date} ${time}`, `${date}T${time}`])), ...dates];
/** What a month can be: looked up, so that it costs nothing to check and to sort by. */
const everyMonth = Array.from(
  { length: 201 * 12 },
  (_, place) => `${1900 + Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, '0')}`,
);
const yes = ['y', 'yes', 'true', 't', '1'];
const no = ['n', 'no', 'false', 'f', '0'];

/** Symbols that senders put where a number would tell too much, or where there is none. */
const symbols: readonly (readonly [readonly string[], CellState])[] = [
  [['*', '**', 's', 'x', '[s]', '[c]', 'suppressed'], 'hidden'],
  [['low', '[low]'], 'low'],
  [['c', 'confidential'], 'confidential'],
  [['-', '–', '..', ':', 'z', '[x]', '[z]', 'n/a', 'na', 'not available'], 'not-available'],
];

export function typedColumn(rule: ColumnRule): TypedColumn {
  const v = textName(rule);
  const value = valueName(rule);
  const problem = (when: string, sentence: string) => ({ when, problem: { column: rule.header, sentence } });
  const problems = [];
  if (rule.required === true) problems.push(problem(`${v} is null`, `${rule.header} is empty`));
  const { longest = 200 } = rule;
  if (rule.type === 'text' && rule.oneOf === undefined)
    // Bytes are counted in no time, characters are not.
    problems.push(
      problem(
        `strlen(${v}) > ${longest} and length(${v}) > ${longest}`,
        `${rule.header} is longer than ${longest} characters`,
      ),
    );
  if (rule.type === 'count') {
    const known = symbols.flatMap(([texts]) => texts);
    problems.push(
      problem(
        `not (regexp_full_match(${v}, '\\d{1,9}|\\d{1,3}(,\\d{3}){1,2}') or regexp_full_match(${v}, '[<≤]\\s?\\d{1,3}') or lower(${v}) in (${sqlTexts(known)}))`,
        `${rule.header} is neither a whole number nor a symbol that says why there is none`,
      ),
    );
  } else if (rule.type !== 'text')
    problems.push(problem(`${v} is not null and ${value} is null`, `${rule.header} is ${notA[rule.type]}`));
  else if (rule.oneOf !== undefined)
    problems.push(
      problem(`${v} is not null and ${value} is null`, `${rule.header} is none of the values that this format has`),
    );
  if (rule.matches !== undefined)
    problems.push(
      problem(
        `not regexp_full_match(${v}, ${sqlText(rule.matches.pattern)})`,
        `${rule.header} ${rule.matches.sentence}`,
      ),
    );
  if (rule.between !== undefined) {
    const [low, high] = rule.between;
    problems.push(
      problem(`not (${value} between ${low} and ${high})`, `${rule.header} is not between ${low} and ${high}`),
    );
  }
  return { value: valueOf(rule, v), problems };
}

const notA: Readonly<Record<Exclude<ColumnRule['type'], 'text' | 'count'>, string>> = {
  hex: 'not made of hexadecimal digits only',
  month: 'not a month such as 2022-06',
  date: 'not a date such as 2022-06-30 or 30/06/2022',
  moment: 'not a date and time such as 2022-06-30 23:15 or 30/06/2022 23:15',
  integer: 'not a whole number',
  number: 'not a number',
  flag: 'neither yes nor no',
};

function valueOf(rule: ColumnRule, v: string): string {
  switch (rule.type) {
    case 'text':
      if (rule.oneOf !== undefined) return `try_cast(${v} as enum(${sqlTexts(rule.oneOf)}))`;
      return rule.isFreeText === true ? screenedText(v) : v;
    case 'hex':
      return `try(unhex(${v}))`;
    case 'month':
      return `try_cast(${v} as enum(${sqlTexts(everyMonth)}))`;
    case 'date':
      return `cast(try_strptime(${v}, [${sqlTexts(dates)}]) as date)`;
    case 'moment':
      // The clock on the wall: a mark of the time zone behind it is left out.
      return `date_trunc('minute', try_strptime(regexp_replace(${v}, '(Z|[+-]\\d\\d:?\\d\\d)$', ''), [${sqlTexts(moments)}]))`;
    case 'integer':
      return `case when regexp_full_match(${v}, '-?\\d{1,15}') then cast(${v} as bigint) end`;
    case 'number':
      if (rule.decimals !== undefined) return `try_cast(${v} as decimal(${3 + rule.decimals}, ${rule.decimals}))`;
      return `case when isfinite(try_cast(${v} as double)) then try_cast(${v} as double) end`;
    case 'flag':
      return `case when lower(${v}) in (${sqlTexts(yes)}) then true when lower(${v}) in (${sqlTexts(no)}) then false end`;
    case 'count':
      return `try_cast(replace(${v}, ',', '') as integer)`;
  }
}

/** Why a cell of counts has no number. */
export function cellStateOf(rule: ColumnRule | undefined): string {
  if (rule === undefined) return `'value'`;
  const v = textName(rule);
  const cases = symbols.map(([texts, state]) => `when lower(${v}) in (${sqlTexts(texts)}) then ${sqlText(state)}`);
  return `case when regexp_full_match(${v}, '[<≤].*') then 'low' ${cases.join(' ')} when ${v} is null then 'not-available' else 'value' end`;
}

/**
 * What must not stand in words that people typed about a place: addresses of e-mail, telephone numbers, postcodes, and a
 * name behind a title or a word that announces one. Finds more than it should rather than less.
 */
const personal = [
  '[\\w.+-]+@[\\w-]+\\.[\\w.]+',
  '(\\+44|\\b0)[\\d \\-()]{8,}\\d',
  '\\b[A-Za-z]{1,2}\\d[A-Za-z\\d]? ?\\d[A-Za-z]{2}\\b',
  '\\b(?i:mr|mrs|miss|ms|mx|dr|pc|dc|sgt|insp)\\.? [A-Z][a-z]+',
  '\\b(?i:name|called|named|victim|suspect|patient|mother|father|son|daughter|boyfriend|girlfriend|partner|contact|ask for)\\b:? (is )?[A-Z][a-z]+ [A-Z][a-z]+',
  '\\b(19|20)\\d\\d-\\d\\d-\\d\\d\\b|\\b\\d{1,2}/\\d{1,2}/(19|20)\\d\\d\\b',
].join('|');

export const holdsPersonal = (v: string): string => `regexp_matches(${v}, ${sqlText(personal)})`;

/** The words, unless something in them may say who somebody is: then nothing is kept of them. */
const screenedText = (v: string): string => `case when not ${holdsPersonal(v)} then ${v} end`;
