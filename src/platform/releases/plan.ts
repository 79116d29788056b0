import type { CheckOptions } from './checked.ts';
import { sqlName, sqlText, sqlTexts } from './engine.ts';
import { columnNames, type Matched } from './matched.ts';
import { standardNames, type ColumnRule, type Problem, type StandardColumns, type TableRules } from './table.ts';
import { cellStateOf, holdsPersonal, monthOfQuarter, rowProblem, textName, typedColumn, valueName } from './typed.ts';

/** How the columns of a file become those of a release, and what is asked of them on the way. */
export interface Plan {
  /** Columns of the release, in order. */
  readonly names: readonly string[];
  /** Those that differ from row to row, over the values. */
  readonly stored: readonly { readonly name: string; readonly value: string }[];
  /** All of them, over the stored ones: what is the same in every row is not carried along. */
  readonly all: readonly string[];
  /** Of the values of a row: its problem, as a place in `problems`, or null. */
  readonly problem: string;
  /** The last is found out behind the others, once it is known where the points lie. */
  readonly problems: readonly Problem[];
  /** Of the values of a row: whether its code is one of another country. */
  readonly outside: string;
  /** Of a row that was read: whether it is no row of this area. */
  readonly isOutside: string;
  /** Of the column with the codes of areas, where it is known which exist. */
  readonly areaRule: ColumnRule | undefined;
  /** What people typed. */
  readonly free: readonly ColumnRule[];
}

export function planOf({ rules, latestMonth, onlyMonths, areas, within }: CheckOptions): Plan {
  const { columns, standard } = rules;
  const ruleOf = (name: string | undefined) => columns.find((rule) => rule.name === name);
  const textOf = (source: { readonly column: string } | { readonly always: string } | undefined): string =>
    source === undefined ? nothing : 'always' in source ? sqlText(source.always) : sqlName(source.column);
  const { rule: monthRule, value: month } = monthOf(rules);
  const area = standard.area === undefined ? nothing : sqlName(standard.area);
  const areaText = standard.area === undefined ? nothing : textName({ name: standard.area });
  const provider = textOf(standard.provider);

  const problems: Problem[] = [];
  const conditions: string[] = [];
  const doubt = (when: string, problem: Problem) => {
    conditions.push(`when ${when} then ${problems.length}`);
    problems.push(problem);
  };
  for (const rule of columns) for (const { when, problem } of typedColumn(rule).problems) doubt(when, problem);
  for (const rule of rules.rows ?? []) {
    const { when, problem } = rowProblem(rule, columns);
    doubt(when, problem);
  }
  const { header } = monthRule;
  if (typeof standard.month !== 'string')
    doubt(`${month} is null`, { column: header, sentence: `${header} is not a financial year such as 2022/23` });
  doubt(`${month} < '1900-01'`, { column: header, sentence: `${header} is before 1900` });
  doubt(`${month} > ${sqlText(latestMonth)}`, { column: header, sentence: `${header} is in the future` });
  if (onlyMonths !== undefined)
    doubt(`${month} not in (${sqlTexts(onlyMonths)})`, {
      column: header,
      sentence: `${header} is not in the period of this file`,
    });
  const elsewhere = `coalesce(regexp_matches(${areaText}, '^[SN9]'), false)`;
  if (areas !== undefined && standard.area !== undefined) {
    const { header: named } = ruleOf(standard.area) ?? noRule(standard.area);
    doubt(`${areaText} is not null and ${area} is null and not ${elsewhere}`, {
      column: named,
      sentence: `${named} is no area that exists or existed`,
    });
  }
  // Found out behind the others, once it is known where the points lie.
  problems.push({
    column: '',
    sentence: 'The point lies in the sea: look whether its coordinates are swapped or on another grid',
  });
  const counted = ruleOf(standard.count);
  const columnOf = (source: StandardColumns['category'] | undefined): string | undefined =>
    source !== undefined && 'column' in source ? source.column : undefined;
  const became = new Set([
    ...(monthRule.type === 'month' || monthRule.type === 'period' ? [monthRule.name] : []),
    standard.area,
    columnOf(standard.category),
    columnOf(standard.provider),
    standard.count,
  ]);
  const own = columns.filter(({ name }) => !became.has(name));
  const constant = (source: StandardColumns['category'] | undefined) =>
    source !== undefined && 'column' in source ? undefined : textOf(source);
  const standing: readonly { readonly name: string; readonly value: string; readonly constant?: string | undefined }[] =
    [
      { name: 'month', value: month },
      { name: 'area', value: area },
      { name: 'category', value: textOf(standard.category), constant: constant(standard.category) },
      { name: 'provider', value: provider, constant: constant(standard.provider) },
      counted === undefined
        ? { name: 'n', value: '1', constant: 'cast(1 as integer)' }
        : { name: 'n', value: sqlName(counted.name) },
      { name: 'cell', value: cellStateOf(counted), constant: counted === undefined ? cellStateOf(counted) : undefined },
    ];
  const providerOf = constant(standard.provider) ?? '"provider"';
  const isElsewhere =
    standard.area === undefined || within === undefined || within.size === 0
      ? 'false'
      : `(area is not null and ${providerOf} in (select provider from own_area) and (${providerOf}, cast(area as varchar)) not in (select (provider, code) from own_area))`;
  return {
    names: [...standardNames, ...own.map(({ name }) => name)],
    stored: [
      ...standing.filter((each) => each.constant === undefined),
      ...own.map((rule) => ({ name: rule.name, value: valueName(rule) })),
    ],
    all: [
      ...standing.map((each) =>
        each.constant === undefined ? sqlName(each.name) : `${each.constant} as ${sqlName(each.name)}`,
      ),
      ...own.map(valueName),
    ],
    problem: `case ${conditions.join(' ')} end`,
    problems,
    areaRule: areas === undefined ? undefined : ruleOf(standard.area),
    outside: standard.area === undefined ? 'false' : elsewhere,
    isOutside: `coalesce("is outside" or ${isElsewhere}, false)`,
    free: columns.filter(({ isFreeText }) => isFreeText === true),
  };
}

/** Of the flag that words of a column were left out. */
export const screenedName = ({ name }: ColumnRule): string => sqlName(`${name} was screened`);

/**
 * All rows of the files in their order, as a table to ask: the stored values, `the problem` of each, whether it `is outside`,
 * and `row`, counted from 1 over all files. Lines that are no rows are not among them: the engine puts them into tables
 * of its own, named after `rejects`. With cells, the text of each column and the place of its file stand beside.
 */
export function readRows(
  batch: readonly Matched[],
  plan: Plan,
  { rejects, cells = false }: { readonly rejects: string; readonly cells?: boolean },
): string {
  const [first] = batch;
  if (first === undefined) throw new RangeError('A batch has files.');
  const { columns } = first;
  const names = columnNames(columns).map(sqlName);
  // Trimming costs as much as reading, so it is done where something is to trim.
  const isPadded = batch.some(({ file }) => file.padded);
  const texts = columns.rules.flatMap((rule, place) => {
    const cell = names[place] ?? '';
    return rule === undefined ? [] : [`${isPadded ? `nullif(trim(${cell}), '')` : cell} as ${textName(rule)}`];
  });
  const lacking = columns.lacking.map((rule) => `${nothing} as ${textName(rule)}`);
  const known = [...columns.rules.filter((rule) => rule !== undefined), ...columns.lacking];
  const values = known.map(
    (rule) =>
      `${rule === plan.areaRule ? `try_cast(${textName(rule)} as area_code)` : typedColumn(rule).value} as ${valueName(rule)}`,
  );
  const screened = plan.free.map(
    (rule) => `coalesce(${holdsPersonal(textName(rule))}, false) as ${screenedName(rule)}`,
  );
  const beside = cells ? [...names, 'file_index'] : [];
  // The rows are numbered before anything is looked up in another table, which would lose their order.
  return `(select ${[
    ...plan.stored.map(({ name, value }) => `${value} as ${sqlName(name)}`),
    `${plan.problem} as "the problem"`,
    `${plan.outside} as "is outside"`,
    ...screened,
    ...beside,
    'row_number() over () as "row"',
  ].join(', ')}
    from (select *, ${values.join(', ')} from (
      select ${[...texts, ...lacking, ...beside].join(', ')}
      from read_csv([${sqlTexts(batch.map(({ file }) => file.path))}],
        header = true, auto_detect = false, delim = ${sqlText(first.file.delimiter)}, quote = '"', escape = '"', nullstr = '',
        max_line_size = 2097152, columns = {${columnNames(columns)
          .map((name) => `${sqlText(name)}: 'VARCHAR'`)
          .join(', ')}},
        store_rejects = true, rejects_limit = 0, rejects_table = ${sqlText(`${rejects}_errors`)}, rejects_scan = ${sqlText(`${rejects}_scans`)}))))`;
}

const nothing = 'cast(null as varchar)';

/** The month of a row, over its values, and the column that is named when it is wrong. */
function monthOf({ columns, standard: { month } }: TableRules): { readonly rule: ColumnRule; readonly value: string } {
  const ruleOf = (name: string) => columns.find((rule) => rule.name === name) ?? noRule(name);
  if (typeof month !== 'string')
    return {
      rule: ruleOf(month.financialYear),
      value: monthOfQuarter(textName({ name: month.financialYear }), textName({ name: month.quarter })),
    };
  const rule = ruleOf(month);
  const isMonth = rule.type === 'month' || rule.type === 'period';
  return { rule, value: isMonth ? valueName(rule) : `strftime(${valueName(rule)}, '%Y-%m')` };
}

function noRule(name: string): never {
  throw new RangeError(`The rules name a column ${name} that they do not have`);
}
