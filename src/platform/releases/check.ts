import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openEngine, sqlName, sqlText, sqlTexts, type Engine } from './engine.ts';
import {
  foldedHeader,
  standardNames,
  type ColumnRule,
  type Grid,
  type Problem,
  type StandardColumns,
  type TableRules,
} from './table.ts';
import { cellStateOf, holdsPersonal, monthOfQuarter, rowProblem, textName, typedColumn, valueName } from './typed.ts';

/** A text file that is ready to be read: UTF-8, lines end with LF, no NUL, quotes are closed. */
export interface ReadyFile {
  readonly path: string;
  /** What its sender calls it. */
  readonly name: string;
  readonly bytes: number;
  readonly delimiter: string;
  /** First line, as it is written. */
  readonly header: readonly string[];
  /** Rows behind the first line, as whoever prepared the file counted them: the engine must find as many. */
  readonly records: number;
  /** Whether a cell may begin or end with a space, or be empty within quotes. */
  readonly padded: boolean;
}

export interface CheckOptions {
  readonly files: readonly ReadyFile[];
  readonly rules: TableRules;
  /** Where parts and the quarantine are written. */
  readonly folder: string;
  readonly temporary: string;
  /** No month after this one can have happened. */
  readonly latestMonth: string;
  /** Only these months are wanted; rows of others are not taken. */
  readonly onlyMonths?: readonly string[];
  /** Codes that exist, in any vintage. Without it, no code is doubted. */
  readonly areas?: Iterable<string>;
  /** By provider: the codes of its own area. A row elsewhere is outside; a provider that is not named has no area of its own. */
  readonly within?: ReadonlyMap<string, Iterable<string>>;
  /** The code of the area in which a point lies, for rows that have a point and no code. */
  readonly locate?: (x: number, y: number, grid: Grid) => string | undefined;
  /** Whether a point without a code lies on land. Without it, no point is doubted. */
  readonly isOnLand?: (x: number, y: number, grid: Grid) => boolean;
  /** Parts with rows of the same source, to find what is loaded already; a month that was replaced in one counts no more. */
  readonly loaded?: readonly LoadedPart[];
  readonly signal?: AbortSignal;
  /** Bytes done, of all files. */
  readonly progress?: (bytes: number) => void;
}

export interface LoadedPart {
  readonly path: string;
  readonly months: readonly string[];
  readonly without: readonly { readonly month: string; readonly provider: string }[];
}

export interface RowCounts {
  readonly read: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly alreadyLoaded: number;
  readonly outside: number;
  /** Of the accepted ones: without a place. */
  readonly unlocated: number;
}

export interface Checked {
  readonly rows: RowCounts;
  /** In the order of the files. */
  readonly files: readonly (RowCounts & { readonly name: string })[];
  readonly parts: readonly { readonly path: string; readonly rows: number; readonly months: readonly string[] }[];
  readonly months: readonly {
    readonly month: string;
    readonly provider: string | null;
    readonly rows: number;
    readonly unlocated: number;
  }[];
  /** Rows that were not taken, as a CSV file to correct and send again; null where all were. */
  readonly quarantine: string | null;
  /** How often each reason came up, most often first. */
  readonly reasons: readonly (Problem & { readonly rows: number })[];
  /** Words that were left out because they may say who somebody is, by row. First hundred. */
  readonly screened: readonly { readonly file: string; readonly row: number; readonly column: string }[];
  /** Columns that this format does not have. */
  readonly unknownColumns: readonly string[];
}

/** A file that cannot be read as this format at all: nothing of the load is kept. */
export class WrongFile extends Error {
  readonly file: string;
  constructor(file: string, sentence: string) {
    super(sentence);
    this.file = file;
  }
}

/** So many bytes of text are in memory at a time, about twice as many of rows. */
const batchBytes = 96 * 1024 * 1024;

/**
 * Reads files, checks each row, and writes what is good as sorted Parquet and what is not as a file to correct. Each row
 * read is accepted, quarantined, already loaded or outside: never two of them, never none. Memory is bounded by the batch
 * and not by the load.
 * @throws WrongFile when a file is not of this format
 */
export async function checkFiles(options: CheckOptions): Promise<Checked> {
  const batches = batchesOf(options.files.map((file) => ({ file, columns: columnsOf(file, options.rules) })));
  const engine = await openEngine({
    folders: [
      options.folder,
      ...new Set([...options.files, ...(options.loaded ?? [])].map(({ path }) => join(path, '..'))),
    ],
    temporary: options.temporary,
    megabytes: 800,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  try {
    await rememberAreas(engine, options);
    const results: BatchChecked[] = [];
    let bytes = 0;
    for (const [place, batch] of batches.entries()) {
      results.push(await checkBatch(engine, batch, place, { ...options, earlier: results }));
      bytes += sum(batch.map(({ file }) => file.bytes));
      options.progress?.(bytes);
    }
    return await together(results, options);
  } finally {
    engine.close();
  }
}

interface Columns {
  /** The rule of each column of the file, in its order; undefined for one that the format does not have. */
  readonly rules: readonly (ColumnRule | undefined)[];
  readonly lacking: readonly ColumnRule[];
  readonly unknown: readonly string[];
}

interface Matched {
  readonly file: ReadyFile;
  readonly columns: Columns;
}

/** Why a file with this first line is none of this format; undefined where it is one. */
export function whyNotOf(header: readonly string[], rules: TableRules): string | undefined {
  try {
    columnsOf({ name: '', header }, rules);
    return undefined;
  } catch (error) {
    if (error instanceof WrongFile) return error.message;
    throw error;
  }
}

/** @throws WrongFile that names every column that is missing or stands there twice */
function columnsOf(file: Pick<ReadyFile, 'name' | 'header'>, { columns }: TableRules): Columns {
  const byHeader = new Map<string, ColumnRule>();
  for (const rule of columns)
    for (const header of [rule.header, ...(rule.aliases ?? [])]) byHeader.set(foldedHeader(header), rule);
  const rules = file.header.map((header) => byHeader.get(foldedHeader(header)));
  const twice = rules.filter((rule, place) => rule !== undefined && rules.indexOf(rule) !== place);
  if (twice.length > 0)
    throw new WrongFile(file.name, `Two columns are called ${twice[0]?.header ?? ''}. Leave one of them out.`);
  const lacking = columns.filter((rule) => !rules.includes(rule));
  const missing = lacking.filter(({ mayLack }) => mayLack !== true);
  if (missing.length === columns.length || rules.every((rule) => rule === undefined))
    throw new WrongFile(file.name, `None of the columns of this format is in the first line: ${quoted(columns)}.`);
  if (missing.length > 0)
    throw new WrongFile(
      file.name,
      missing.length === 1
        ? `The column ${quoted(missing)} is missing.`
        : `These columns are missing: ${quoted(missing)}.`,
    );
  return { rules, lacking, unknown: file.header.filter((_, place) => rules[place] === undefined) };
}

const quoted = (rules: readonly ColumnRule[]): string => rules.map(({ header }) => `“${header}”`).join(', ');

/** Files that have the same columns in the same order are read together, up to the size of a batch. */
function batchesOf(files: readonly Matched[]): readonly (readonly Matched[])[] {
  const batches: Matched[][] = [];
  let size = 0;
  for (const matched of files) {
    const last = batches.at(-1);
    const like = last?.[0];
    const fits = like !== undefined && isAlike(like, matched) && size + matched.file.bytes <= batchBytes;
    if (fits) last?.push(matched);
    else batches.push([matched]);
    size = (fits ? size : 0) + matched.file.bytes;
  }
  return batches;
}

const isAlike = (a: Matched, b: Matched): boolean =>
  a.file.delimiter === b.file.delimiter &&
  a.columns.rules.length === b.columns.rules.length &&
  a.columns.rules.every((rule, place) => rule === b.columns.rules[place]);

async function rememberAreas(engine: Engine, { areas, within }: CheckOptions): Promise<void> {
  await engine.run('create table own_area (provider varchar, code varchar)');
  for (const [provider, codes] of within ?? [])
    await insertAll(
      engine,
      'own_area',
      [...new Set(codes)].map((code) => `(${sqlText(provider)}, ${sqlText(code)})`),
    );
  if (areas === undefined) return;
  await engine.run('create table known_area (code varchar)');
  await insertAll(
    engine,
    'known_area',
    [...new Set(areas)].map((code) => `(${sqlText(code)})`),
  );
  await engine.run('create type area_code as enum (select code from known_area order by code)');
}

interface BatchChecked {
  readonly files: readonly (RowCounts & { readonly name: string })[];
  readonly part: Checked['parts'][number] | undefined;
  readonly months: Checked['months'];
  readonly quarantine: string | undefined;
  readonly reasons: Checked['reasons'];
  readonly screened: Checked['screened'];
  readonly unknownColumns: readonly string[];
}

interface BatchOptions extends CheckOptions {
  /** What was checked before in the same load. */
  readonly earlier: readonly BatchChecked[];
}

async function checkBatch(
  engine: Engine,
  batch: readonly Matched[],
  place: number,
  options: BatchOptions,
): Promise<BatchChecked> {
  const [first] = batch;
  if (first === undefined) throw new RangeError('A batch has files.');
  const plan = planOf(options);
  await stage(engine, batch, first, plan);
  await engine.run(`create or replace temp table verdict as
    select r, problem, "isOutside", false as "isLoaded" from (
      select rowid as r, "the problem" as problem, coalesce("is outside" or ${plan.elsewhere}, false) as "isOutside" from raw)
    where problem is not null or "isOutside"`);
  await placePoints(engine, plan, options);
  await findLoaded(engine, plan, options);

  const path = join(options.folder, `part-${place}.parquet`);
  const order = ['"area"', '"category"', '"month"', ...(options.rules.sortBy ?? []).map(sqlName), 'rowid'];
  await engine.run(`copy (
      select ${plan.names.map(sqlName).join(', ')}, cast(rowid + 1 as integer) as "row" from raw
      where rowid not in (select r from verdict) order by ${order.join(', ')}
    ) to ${sqlText(path)} (format parquet, compression zstd, compression_level 1, row_group_size 61440)`);

  const files = await countFiles(engine, batch);
  const months = (await engine.all(`
    select month, provider, count(*)::double as rows, count(*) filter (where area is null)::double as unlocated
    from read_parquet(${sqlText(path)}) group by all order by all`)) as unknown as Checked['months'];
  const rows = sum(files.map(({ accepted }) => accepted));
  if (rows === 0) await rm(path);
  return {
    files,
    part: rows === 0 ? undefined : { path, rows, months: [...new Set(months.map((each) => each.month))].sort() },
    months,
    ...(await writeQuarantine(engine, { batch, problems: plan.problems, place }, options)),
    screened: await findScreened(engine, options.rules.columns),
    unknownColumns: first.columns.unknown,
  };
}

/** How the columns of a file become those of a release, and what is asked of them on the way. */
interface Plan {
  /** Columns of the release, in order. */
  readonly names: readonly string[];
  /** Of the values of a row: its problem, as a place in `problems`, or null. */
  readonly problem: string;
  readonly problems: readonly Problem[];
  /** Of the values of a row: whether its code is one of another country. */
  readonly outside: string;
  /** Of a row of `raw`: whether its place is outside its provider's own area. A look into another table while the files are read would lose the order of their rows. */
  readonly elsewhere: string;
  /** Of the column with the codes of areas, where it is known which exist. */
  readonly areaRule: ColumnRule | undefined;
  /** The columns of the release, over the values. */
  readonly kept: readonly string[];
}

function planOf({ rules, latestMonth, onlyMonths, areas, within }: CheckOptions): Plan {
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
  return {
    names: [...standardNames, ...own.map(({ name }) => name)],
    kept: [
      `${month} as "month"`,
      `${area} as "area"`,
      `${textOf(standard.category)} as "category"`,
      `${provider} as "provider"`,
      `${counted === undefined ? 'cast(1 as integer)' : sqlName(counted.name)} as "n"`,
      `${cellStateOf(counted)} as "cell"`,
      ...own.map(valueName),
    ],
    problem: `case ${conditions.join(' ')} end`,
    problems,
    areaRule: areas === undefined ? undefined : ruleOf(standard.area),
    outside: standard.area === undefined ? 'false' : elsewhere,
    elsewhere:
      standard.area === undefined || within === undefined || within.size === 0
        ? 'false'
        : `(area is not null and provider in (select provider from own_area) and (provider, cast(area as varchar)) not in (select (provider, code) from own_area))`,
  };
}

const readOptions = (delimiter: string, names: readonly string[]): string =>
  `header = true, auto_detect = false, delim = ${sqlText(delimiter)}, quote = '"', escape = '"', nullstr = '',
    max_line_size = 2097152, columns = {${names.map((name) => `${sqlText(name)}: 'VARCHAR'`).join(', ')}}, filename = true`;

/**
 * All rows of the batch with their values and the first problem of each: `raw`, in the order of the files; `rejected` holds
 * the lines that are no rows. One pass: the text itself is not kept, since hardly any row is sent back.
 */
async function stage(engine: Engine, batch: readonly Matched[], { file, columns }: Matched, plan: Plan): Promise<void> {
  for (const table of ['raw', 'reject_errors', 'reject_scans', 'input', 'rejected'])
    await engine.run(`drop table if exists ${table}`);
  const known = [...columns.rules.filter((rule) => rule !== undefined), ...columns.lacking];
  const texts = known.map((rule) =>
    columns.lacking.includes(rule)
      ? `cast(null as varchar) as ${textName(rule)}`
      : `${textOf(batch, rule)} as ${textName(rule)}`,
  );
  const areaRule = plan.areaRule;
  const values = known.map(
    (rule) =>
      `${rule === areaRule ? `try_cast(${textName(rule)} as area_code)` : typedColumn(rule).value} as ${valueName(rule)}`,
  );
  const free = known.filter(({ isFreeText }) => isFreeText === true);
  const screened = free.map(
    (rule) => `coalesce(${holdsPersonal(textName(rule))}, false) as ${sqlName(`${rule.name} was screened`)}`,
  );
  await engine.run(`create temp table raw as
    select ${[...plan.kept, `${plan.problem} as "the problem"`, `${plan.outside} as "is outside"`, ...screened, 'filename'].join(', ')}
    from (select *, ${values.join(', ')} from (
      select ${texts.join(', ')}, filename
      from read_csv([${sqlTexts(batch.map((each) => each.file.path))}],
        ${readOptions(file.delimiter, columnNames(columns))}, store_rejects = true, rejects_limit = 0)))`);
  await engine.run(`create temp table rejected as
    select s.file_path as path, e.line, any_value(e.csv_line) as text, any_value(e.error_message) as message
    from reject_errors e join reject_scans s using (scan_id, file_id) group by all`);
  await engine.run(`create temp table input as
    select path, name, place, coalesce(first, 0) as first, coalesce(read, 0) as read
    from (values ${batch.map((each, place) => `(${sqlText(each.file.path)}, ${sqlText(each.file.name)}, ${place})`).join(', ')}) as f(path, name, place)
    left join (select filename, min(rowid) as first, count(*) as read from raw group by filename) on filename = path`);
}

const columnNames = ({ rules }: Columns): readonly string[] =>
  rules.map((rule, place) => rule?.name ?? `unknown ${place}`);

/** Trimming costs as much as reading, so it is done where something is to trim. */
const textOf = (batch: readonly Matched[], { name }: ColumnRule): string =>
  batch.some(({ file }) => file.padded) ? `nullif(trim(${sqlName(name)}), '')` : sqlName(name);

/** Asks once for each place, and not for each row: of each row without a code, the first point that it has. */
async function placePoints(engine: Engine, { problems, areaRule }: Plan, options: CheckOptions): Promise<void> {
  const { rules, locate, isOnLand } = options;
  if (locate === undefined && isOnLand === undefined) return;
  for (const point of rules.standard.points ?? []) {
    const [x, y] = [`raw.${sqlName(point.x)}::double`, `raw.${sqlName(point.y)}::double`];
    const waiting = `raw.area is null and raw.rowid not in (select r from verdict)`;
    const asked = await engine.all(
      `select distinct ${x} as x, ${y} as y from raw where ${waiting} and ${x} is not null and ${y} is not null`,
    );
    await engine.run('create or replace temp table located (x double, y double, code varchar, sea boolean)');
    await insertAll(
      engine,
      'located',
      asked.map((each) => {
        const [east, north] = [Number(each['x']), Number(each['y'])];
        const code = locate?.(east, north, point.grid);
        const isAtSea = code === undefined && isOnLand?.(east, north, point.grid) === false;
        return `(${east}, ${north}, ${code === undefined ? 'null' : sqlText(code)}, ${String(isAtSea)})`;
      }),
    );
    await engine.run(`insert into verdict select raw.rowid, ${problems.length - 1}, false, false
      from raw join located l on l.x = ${x} and l.y = ${y} where l.sea and ${waiting}`);
    await engine.run(`update raw set area = ${areaRule === undefined ? 'l.code' : 'try_cast(l.code as area_code)'} from located l
      where raw.area is null and l.code is not null and l.x = ${x} and l.y = ${y}`);
  }
}

async function insertAll(engine: Engine, table: string, rows: readonly string[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 5_000)
    await engine.run(`insert into ${table} values ${rows.slice(from, from + 5_000).join(', ')}`);
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

/**
 * A row that is alike in every column to one that is loaded is the same row again, as often as it is loaded and no oftener:
 * what stands twice in a file was recorded twice. Files of one load are compared too, where two of them have rows of the
 * same month and provider.
 */
async function findLoaded(engine: Engine, { names }: Plan, { loaded = [], earlier }: BatchOptions): Promise<void> {
  const pairs = await engine.all(`
    select cast(month as varchar) as month, provider, count(distinct filename)::double as files
    from raw where rowid not in (select r from verdict) group by all`);
  const key = (each: { readonly month: unknown; readonly provider: unknown }) =>
    JSON.stringify([each.month, each.provider]);
  const here = new Set(pairs.map((pair) => key({ month: pair['month'], provider: pair['provider'] })));
  const overlapping = earlier.flatMap(({ part, months }) =>
    part !== undefined && months.some((each) => here.has(key(each))) ? [{ ...part, without: [] }] : [],
  );
  const before = [...loaded, ...overlapping].filter(({ months }) =>
    pairs.some((pair) => months.includes(String(pair['month']))),
  );
  if (before.length === 0 && pairs.every(({ files }) => files === 1)) return;
  const columns = names.map(sqlName).join(', ');
  const parts = before.map(({ path, without }) => {
    const gone = without.map((pair) => `(${sqlText(pair.month)}, ${sqlText(pair.provider)})`).join(', ');
    return `select ${columns} from read_parquet(${sqlText(path)})${gone === '' ? '' : ` where (month, coalesce(provider, '')) not in (${gone})`}`;
  });
  const alike = (a: string, b: string): string =>
    names.map((name) => `${a}.${sqlName(name)} is not distinct from ${b}.${sqlName(name)}`).join(' and ');
  await engine.run(`insert into verdict
    with incoming as (
      select ${columns}, f.place, raw.rowid as r from raw join input f on f.path = raw.filename
      where raw.rowid not in (select r from verdict)
    ), numbered as (
      select *, row_number() over (partition by ${columns}, place order by r) as nth from incoming
    ), in_file as (
      select ${columns}, place, count(*) as times from incoming group by all
    ), in_earlier_file as (
      select *, coalesce(max(times) over (partition by ${columns} order by place rows between unbounded preceding and 1 preceding), 0) as before
      from in_file
    ), in_parts as (
      select ${columns}, count(*) as times from (${parts.length === 0 ? `select ${columns} from incoming where false` : parts.join(' union all ')}) group by all
    )
    select n.r, null, false, true from numbered n
    join in_earlier_file e on e.place = n.place and ${alike('e', 'n')}
    left join in_parts p on ${alike('p', 'n')}
    where n.nth <= greatest(e.before, coalesce(p.times, 0))`);
}

async function countFiles(
  engine: Engine,
  batch: readonly Matched[],
): Promise<readonly (RowCounts & { readonly name: string })[]> {
  const rows = await engine.all(`
    select f.name, f.place, f.read + coalesce(j.lines, 0) as read,
      coalesce(v.quarantined, 0) + coalesce(j.lines, 0) as quarantined, coalesce(v.outside, 0) as outside,
      coalesce(v.loaded, 0) as loaded, coalesce(a.accepted, 0) as accepted, coalesce(a.unlocated, 0) as unlocated
    from input f
    left join (select path, count(*) as lines from rejected group by path) j using (path)
    left join (select filename, count(*) filter (where problem is not null) as quarantined,
        count(*) filter (where problem is null and isOutside) as outside, count(*) filter (where isLoaded) as loaded
      from verdict join raw on raw.rowid = verdict.r group by filename) v on v.filename = f.path
    left join (select filename, count(*) as accepted, count(*) filter (where area is null) as unlocated
      from raw where rowid not in (select r from verdict) group by filename) a on a.filename = f.path
    order by f.place`);
  if (rows.length !== batch.length) throw new Error('Every file of a batch is counted once.');
  return rows.map((row) => {
    const counts = {
      name: String(row['name']),
      read: Number(row['read']),
      accepted: Number(row['accepted']),
      quarantined: Number(row['quarantined']),
      alreadyLoaded: Number(row['loaded']),
      outside: Number(row['outside']),
      unlocated: Number(row['unlocated']),
    };
    const { records } = batch[Number(row['place'])]?.file ?? { records: -1 };
    // An engine that skips a row without a word is a fault of ours and no quality of the file.
    if (
      counts.read !== records ||
      counts.read !== counts.accepted + counts.quarantined + counts.alreadyLoaded + counts.outside
    )
      throw new Error(`${counts.name}: the rows do not add up to ${records}: ${JSON.stringify(counts)}`);
    return counts;
  });
}

/**
 * Every row that was not taken, with its file, its row, the column, the value and the reason behind its own columns. The files
 * are read again for it, as text, and only when there is such a row.
 */
async function writeQuarantine(
  engine: Engine,
  {
    batch,
    problems,
    place,
  }: { readonly batch: readonly Matched[]; readonly problems: readonly Problem[]; readonly place: number },
  { folder }: CheckOptions,
): Promise<Pick<BatchChecked, 'quarantine' | 'reasons'>> {
  const [first] = batch;
  const [found] = await engine.all(
    `select (select count(*) from verdict where problem is not null) + (select count(*) from rejected) as bad`,
  );
  if (first === undefined || Number(found?.['bad']) === 0) return { quarantine: undefined, reasons: [] };
  const { file, columns } = first;
  for (const table of ['sent', 'reject_errors', 'reject_scans']) await engine.run(`drop table if exists ${table}`);
  await engine.run(`create temp table sent as select * from read_csv([${sqlTexts(batch.map((each) => each.file.path))}],
    ${readOptions(file.delimiter, columnNames(columns))}, store_rejects = true, rejects_limit = 0)`);
  const names = columnNames(columns).map(sqlName);
  const cells = names.map((name, at) => `${guarded(`s.${name}`)} as ${sqlName(file.header[at] ?? '')}`);
  const values = problems.map(({ column }, at) => {
    const rule = columns.rules.find((each) => each?.header === column);
    return rule === undefined ? '' : `when ${at} then ${guarded(`s.${sqlName(rule.name)}`)}`;
  });
  const table = problems.map(({ column, sentence }, at) => `(${at}, ${sqlText(column)}, ${sqlText(sentence)})`);
  const broken = 'The line does not have the columns of the first line, or a quotation mark in it is wrong';
  await engine.run(`create or replace temp table refused as
    select ${cells.join(', ')}, f.name as "concord_file", cast(v.r - f.first + 2 as bigint) as "concord_row",
      p.col as "concord_column", case v.problem ${values.join(' ')} end as "concord_value", p.sentence as "concord_reason"
    from verdict v join sent s on s.rowid = v.r join input f on f.path = s.filename
    join (values ${table.join(', ')}) as p(k, col, sentence) on p.k = v.problem
    union all
    select ${names.map(() => 'null').join(', ')}, f.name, j.line, '', ${guarded('j.text')}, ${sqlText(broken)}
    from rejected j join input f on f.path = j.path`);
  await engine.run('drop table sent');
  const reasons = await engine.all(`
    select concord_column as col, concord_reason as sentence, count(*)::double as rows from refused group by all order by rows desc, sentence`);
  const path = join(folder, `quarantine-${place}.csv`);
  await engine.run(
    `copy (select * from refused order by concord_file, concord_row) to ${sqlText(path)} (format csv, header, delimiter ',', quote '"', escape '"')`,
  );
  return {
    quarantine: path,
    reasons: reasons.map(({ col, sentence, rows }) => ({
      column: String(col ?? ''),
      sentence: String(sentence),
      rows: Number(rows),
    })),
  };
}

/** A text that a spreadsheet would run as a formula is kept from it. */
const guarded = (v: string): string =>
  `case when regexp_matches(${v}, '^[=+@\\t\\r-]') and try_cast(${v} as double) is null then '''' || ${v} else ${v} end`;

async function findScreened(engine: Engine, columns: readonly ColumnRule[]): Promise<Checked['screened']> {
  const free = columns.filter(({ isFreeText }) => isFreeText === true);
  if (free.length === 0) return [];
  const asked = free.map(
    ({
      name,
      header,
    }) => `select f.name as file, cast(raw.rowid - f.first + 2 as double) as "row", ${sqlText(header)} as "column"
      from raw join input f on f.path = raw.filename
      where raw.rowid not in (select r from verdict) and raw.${sqlName(`${name} was screened`)}`,
  );
  const rows = await engine.all(`select * from (${asked.join(' union all ')}) order by all limit 100`);
  return rows as unknown as Checked['screened'];
}

async function together(results: readonly BatchChecked[], { folder }: CheckOptions): Promise<Checked> {
  const files = results.flatMap((result) => result.files);
  const total = (key: keyof RowCounts): number => sum(files.map((file) => file[key]));
  const reasons = new Map<string, Problem & { rows: number }>();
  for (const reason of results.flatMap((result) => result.reasons)) {
    const known = reasons.get(reason.sentence);
    if (known === undefined) reasons.set(reason.sentence, { ...reason });
    else known.rows += reason.rows;
  }
  const months = new Map<string, Checked['months'][number]>();
  for (const each of results.flatMap((result) => result.months)) {
    const key = JSON.stringify([each.month, each.provider]);
    const known = months.get(key);
    months.set(
      key,
      known === undefined
        ? each
        : { ...each, rows: known.rows + each.rows, unlocated: known.unlocated + each.unlocated },
    );
  }
  return {
    rows: {
      read: total('read'),
      accepted: total('accepted'),
      quarantined: total('quarantined'),
      alreadyLoaded: total('alreadyLoaded'),
      outside: total('outside'),
      unlocated: total('unlocated'),
    },
    files,
    parts: results.flatMap(({ part }) => (part === undefined ? [] : [part])),
    months: [...months.values()].sort(
      (a, b) => compare(a.month, b.month) || compare(a.provider ?? '', b.provider ?? ''),
    ),
    quarantine: await joinFiles(
      results.flatMap(({ quarantine }) => (quarantine === undefined ? [] : [quarantine])),
      join(folder, 'quarantine.csv'),
    ),
    reasons: [...reasons.values()].sort((a, b) => b.rows - a.rows),
    screened: results.flatMap(({ screened }) => screened).slice(0, 100),
    unknownColumns: [...new Set(results.flatMap(({ unknownColumns }) => unknownColumns))],
  };
}

/** Batches may have other columns, so each keeps its own first line. */
async function joinFiles(paths: readonly string[], target: string): Promise<string | null> {
  if (paths.length === 0) return null;
  if (existsSync(target)) await rm(target);
  for (const path of paths) {
    await pipeline(createReadStream(path), createWriteStream(target, { flags: 'a', mode: 0o600 }));
    await rm(path);
  }
  return target;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
