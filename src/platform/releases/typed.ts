import { sqlName, sqlText, sqlTexts } from './engine.ts';
import type { CellState, ColumnRule, Problem, RowRule } from './table.ts';

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

// Two digits of a year come first: the engine would read four out of them, and find itself in Roman times.
const dates = [
  '%d/%m/%y',
  '%d-%b-%y',
  '%Y-%m-%d',
  '%d/%m/%Y',
  '%d-%m-%Y',
  '%d.%m.%Y',
  '%d %b %Y',
  '%d %B %Y',
  '%d-%b-%Y',
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
    problems.push(
      problem(
        `${v} is not null and ${value} is null`,
        // A number too long for the column is a number: what it has to lie between says what is wrong.
        `${rule.header} is ${notA[rule.type]}${rule.type === 'number' && rule.between !== undefined ? ` between ${rule.between.join(' and ')}` : ''}`,
      ),
    );
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

/** What may be wrong between the columns of a row. */
export function rowProblem(rule: RowRule, columns: readonly ColumnRule[]): TypedColumn['problems'][number] {
  const ruleOf = (name: string): ColumnRule => {
    const found = columns.find((column) => column.name === name);
    if (found === undefined) throw new RangeError(`The rules of rows name a column ${name} that is not there`);
    return found;
  };
  if ('notBefore' in rule) {
    const [later, earlier] = [ruleOf(rule.notBefore), ruleOf(rule.than)];
    const [l, e] = [valueName(later), valueName(earlier)];
    // A day without a time of day is the whole day.
    const when = `case when contains(${textName(later)}, ':') and contains(${textName(earlier)}, ':') then ${l} < ${e} else cast(${l} as date) < cast(${e} as date) end`;
    return { when, problem: { column: later.header, sentence: `${later.header} is before ${earlier.header}` } };
  }
  const together = rule.together.map(ruleOf);
  const filled = together.map((column) => `${textName(column)} is not null`);
  const headers = together.map(({ header }) => header).join(' and ');
  return {
    when: `(${filled.join(' or ')}) and not (${filled.join(' and ')})`,
    problem: {
      column: together[0]?.header ?? '',
      sentence: `${headers} belong together, and one of them is empty`,
    },
  };
}

const notA: Readonly<Record<Exclude<ColumnRule['type'], 'text' | 'count'>, string>> = {
  hex: 'not made of hexadecimal digits only',
  month: 'not a month such as 2022-06',
  period: 'not a month such as 2022-06, a quarter such as 2022/23 Q1 or a financial year such as 2022/23',
  pseudonym:
    'not a keyed pseudonym of 16 to 128 digits and letters: a name or a number that people know must not stand there',
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
    case 'period':
      return `coalesce(${monthOrNull(v)},
        case when regexp_full_match(${v}, '${quarterPattern}') then ${monthOfQuarter(`regexp_extract(${v}, '^[^ Qq]+')`, `coalesce(nullif(regexp_extract(${v}, '^${quarterPattern}$', 2), ''), '1')`)} end,
        strftime(try_strptime(${v}, ['%b %Y', '%B %Y', '%b-%y', '%b-%Y', '%m/%Y']), '%Y-%m'))`;
    case 'pseudonym':
      return `case when ${isKeyed(v)} then ${v} end`;
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

const monthOrNull = (v: string): string =>
  `case when length(${v}) = 7 and ${v} between '1900-01' and '2100-12' and try_cast(${v} || '-01' as date) is not null then ${v} end`;

const quarterPattern = '\\d{4}/(\\d\\d|\\d{4})(?: ?(?i:q|quarter) ?([1-4]))?';

/** The first month of a quarter of a financial year, from the texts `2022/23` and `1` to `4`. */
export const monthOfQuarter = (year: string, quarter: string): string =>
  `case when regexp_full_match(${year}, '\\d{4}/(\\d\\d|\\d{4})') and (cast(left(${year}, 4) as integer) + 1) % 100 = cast(right(${year}, 2) as integer)
    then strftime(make_date(cast(left(${year}, 4) as integer), 4, 1) + to_months(3 * (try_cast(regexp_extract(${quarter}, '[1-4]$') as integer) - 1)), '%Y-%m') end`;

/**
 * Hexadecimal, a UUID, or base64url that changes between small letters, capitals and digits as often as chance has it: words,
 * names, and names with a date behind them change seldom.
 */
const isKeyed = (v: string): string =>
  `length(${v}) between 16 and 128 and (regexp_full_match(${v}, '[0-9A-Fa-f]+|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}')
    or (regexp_full_match(${v}, '[\\w-]+={0,2}') and 3 * length(regexp_replace(regexp_replace(${v}, '[-_=]', '', 'g'), '[a-z]+|[A-Z]+|[0-9]+', 'x', 'g')) >= length(${v})))`;

/** Why a cell of counts has no number. */
export function cellStateOf(rule: ColumnRule | undefined): string {
  if (rule === undefined) return `'value'`;
  const v = textName(rule);
  const cases = symbols.map(([texts, state]) => `when lower(${v}) in (${sqlTexts(texts)}) then ${sqlText(state)}`);
  return `case when regexp_full_match(${v}, '[<≤].*') then 'low' ${cases.join(' ')} when ${v} is null then 'not-available' else 'value' end`;
}

/** What a street, a house or a public house is called at its end: a name before it is a place and no person. */
const placeWords =
  'street|st|road|rd|avenue|ave|lane|ln|drive|close|way|court|square|terrace|crescent|place|row|walk|hill|park|gardens?|green|bridge|inn|arms|hotel|bar|pub|tavern|club|church|school|college|academy|hospital|station|centre|market|hall|statue|library|theatre|pier|roundabout|estate';

/** First names that are common in England and are no other word, so that a surname behind one is found without a title. */
const firstNames =
  'aaron|abdul|adam|ahmed|aisha|alan|alex|alexander|ali|alice|amanda|amelia|amina|amy|andrea|andrew|angela|anna|anne|anthony|barbara|benjamin|brian|callum|caroline|catherine|charles|charlotte|chloe|christine|christopher|claire|connor|craig|daniel|darren|david|deborah|donna|edward|elizabeth|ella|emily|emma|ethan|fatima|gareth|gary|gemma|george|georgia|gillian|graham|hannah|harry|hassan|heather|helen|ibrahim|isabella|jacob|jake|james|jamie|jane|janet|jason|jennifer|jessica|joanne|john|jonathan|joseph|joshua|julie|karen|kathleen|katie|keith|kelly|kenneth|kevin|khadija|kieran|laura|lauren|lee|leanne|liam|linda|lisa|louise|lucy|luke|margaret|maria|mary|maryam|matthew|megan|michael|michelle|mohamed|mohammed|muhammad|natalie|nathan|nicholas|nicola|nigel|olivia|omar|oliver|pamela|patricia|patrick|paul|peter|philip|priya|rachel|rebecca|richard|robert|ryan|samantha|samuel|sandra|sarah|scott|sean|sharon|shaun|simon|sophie|stephanie|stephen|steven|stuart|susan|thomas|timothy|tracey|vanessa|wayne|wendy|william|yusuf|zainab|zoe';

/** Found in the words as they stand. */
const personal = [
  // E-mail, and a name on a network.
  '[\\w.+-]+@[\\w-]+\\.[\\w.]+',
  '(^|\\s)@\\w{3,}',
  // Telephone, NHS and National Insurance numbers, vehicles.
  '(\\+44|\\b0)[\\d .\\-()]{8,}\\d',
  '\\b\\d{3}[ -]?\\d{3}[ -]?\\d{4}\\b',
  '\\b[A-Za-z]{2} ?\\d\\d ?\\d\\d ?\\d\\d ?[A-Da-d]\\b',
  '\\b[A-Z]{2}\\d\\d ?[A-Z]{3}\\b',
  // Postcodes, houses and flats.
  '\\b[A-Za-z]{1,2}\\d[A-Za-z\\d]? ?\\d[A-Za-z]{2}\\b',
  `\\b\\d{1,4}[A-Za-z]?,? ([A-Z][A-Za-z'’]+ ){1,3}(?i:${placeWords})\\b`,
  '\\b(?i:flat|apartment|room) \\d',
  // Days of birth.
  '\\b(19|20)\\d\\d-\\d\\d-\\d\\d\\b|\\b\\d{1,2}[/.-]\\d{1,2}[/.-](19|20)?\\d\\d\\b',
].join('|');

/** Found where names of places are taken out. */
const names = [
  "\\b(?i:mr|mrs|miss|ms|mx|dr|pc|dc|pcso|sgt|insp)\\.? [A-Z][A-Za-z'’-]+",
  "\\b(?i:name|called|named|victim|suspect|offender|patient|mother|father|mum|dad|brother|sister|son|daughter|boyfriend|girlfriend|husband|wife|partner|friend|contact|ask for|known as|aka)\\b:? (?i:is |was )?[A-Z][a-z]+ [A-Z][A-Za-z'’-]+",
  `\\b(?i:name|called|named|victim|suspect|offender|patient|contact|ask for|known as|aka)\\b:? (?i:is |was )?(?i:${firstNames})\\b`,
  `\\b(?i:${firstNames})(?i: [a-z]\\.?)? (Mc|Mac|O['’])?[A-Z][A-Za-z'’-]+`,
].join('|');

/**
 * What must not stand in words that people typed about a place: whatever reaches a person, names one, or says where or when
 * one lives or was born. Finds more than it should rather than less: what it takes for a name is lost, and nobody is harmed.
 */
export const holdsPersonal = (v: string): string =>
  `(regexp_matches(${v}, ${sqlText(personal)}) or regexp_matches(regexp_replace(${v}, ${sqlText(`\\b[A-Z][A-Za-z'’]+ (?i:${placeWords})\\b`)}, ' – ', 'g'), ${sqlText(names)}))`;

/** The words, unless something in them may say who somebody is: then nothing is kept of them. */
const screenedText = (v: string): string => `case when not ${holdsPersonal(v)} then ${v} end`;
