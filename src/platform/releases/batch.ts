import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checked, CheckOptions, ReadyFile, RowCounts } from './checked.ts';
import { insertAll, sqlName, sqlText, type Engine } from './engine.ts';
import { columnNames, type Batch, type Matched } from './matched.ts';
import { readRows, screenedName, type Plan } from './plan.ts';
import { writeQuarantine, type Quarantine } from './quarantine.ts';

export interface BatchChecked extends Quarantine {
  readonly files: readonly (RowCounts & { readonly name: string })[];
  readonly part: Checked['parts'][number] | undefined;
  readonly months: Checked['months'];
  readonly screened: Checked['screened'];
  readonly unknownColumns: readonly string[];
}

interface BatchOptions extends CheckOptions {
  /** What was checked before in the same load. Asked for when the rows of this batch are read. */
  readonly earlier: () => Promise<readonly BatchChecked[]>;
}

/** Which rows of a batch are whose: `first` rows stand in the files before. */
interface FileRows {
  readonly file: ReadyFile;
  readonly first: number;
  readonly read: number;
  /** Lines that are no rows. */
  readonly rejected: number;
}

/**
 * Reads the files of a batch, and writes what is good of them as one sorted part. Where nothing has to be looked up, rows go
 * from the text into the part in one statement; only of a batch that has other rows too is the text read again, for those.
 * The line is used by one batch at a time.
 */
export async function checkBatch(line: Engine, batch: Batch, plan: Plan, options: BatchOptions): Promise<BatchChecked> {
  const { rejects } = batch;
  const path = join(options.folder, `part-${batch.place}.parquet`);
  const stored = plan.stored.map(({ name }) => sqlName(name));
  const taken = `from ${readRows(batch.files, plan, { rejects })} where "the problem" is null and not ${plan.isOutside}`;
  const isStaged = plan.free.length > 0 || mayLocate(options);
  const rows = isStaged ? `(select ${plan.all.join(', ')}, "row" from good)` : `read_parquet(${sqlText(path)})`;
  const write = (from: string, to: string) => line.run(partOf(from, to, plan, options));

  for (const table of ['good', 'gone', 'refused', 'rejected', 'input', `${rejects}_errors`, `${rejects}_scans`])
    await line.run(`drop table if exists ${table}`);
  await line.run('create temp table gone (r bigint, problem integer, "isLoaded" boolean)');
  if (isStaged) {
    const flags = plan.free.map(screenedName);
    await line.run(`create temp table good as select ${[...stored, ...flags, '"row"'].join(', ')} ${taken}`);
    await placePoints(line, plan, options);
  } else await write(taken, path);
  await line.run(`create temp table rejected as
    select s.file_path as path, e.line, any_value(e.csv_line) as text
    from ${rejects}_errors e join ${rejects}_scans s using (scan_id, file_id) group by all`);
  const files = await fileRows(line, batch.files);
  await line.run(
    `create temp table input as select * from (values ${files
      .map(({ file, first, read }, at) => `(${sqlText(file.path)}, ${sqlText(file.name)}, ${at}, ${first}, ${read})`)
      .join(', ')}) as f(path, name, place, first, read)`,
  );

  const found = await countMonths(line, rows);
  const lost = sum(files.map(({ read }) => read)) - sum(found.map((each) => each.rows));
  await findRefused(line, batch, plan, lost);
  await findLoaded(line, { rows, found, files, plan }, options);
  const isWhole = (await number(line, 'select count(*)::double as n from gone')) === 0;
  if (isStaged) await write('from good where "row" not in (select r from gone)', path);
  else if (!isWhole) {
    const rest = `select ${stored.join(', ')}, "row" from ${rows} where "row" not in (select r from gone)`;
    await write(`from (${rest})`, `${path}.rest`);
    await rename(`${path}.rest`, path);
  }

  const months = isWhole ? found : await countMonths(line, `read_parquet(${sqlText(path)})`);
  const counts = await countFiles(line, files, `read_parquet(${sqlText(path)})`);
  const accepted = sum(months.map((each) => each.rows));
  // An engine that skips a row without a word is a fault of ours and no quality of the file.
  if (accepted !== sum(counts.map((each) => each.accepted)) || counts.some((each) => each.accepted < 0))
    throw new Error(`The rows of ${batch.files.length} files do not add up: ${JSON.stringify(counts.slice(0, 20))}`);
  const screened = isStaged ? await findScreened(line, plan) : [];
  const quarantined = await writeQuarantine(line, batch, plan, options);
  if (accepted === 0) await rm(path);
  return {
    files: counts,
    part:
      accepted === 0
        ? undefined
        : { path, rows: accepted, months: [...new Set(months.map(({ month }) => month))].sort() },
    months: months.map(({ month, provider, rows: many, unlocated }) => ({ month, provider, rows: many, unlocated })),
    ...quarantined,
    screened,
    unknownColumns: batch.files[0]?.columns.unknown ?? [],
  };
}

/** Rows as a part: by area, category and month, so that one area is read without the others. */
function partOf(from: string, path: string, { stored, all }: Plan, { rules }: CheckOptions): string {
  const names = stored.map(({ name }) => sqlName(name));
  const order = ['area', 'category', 'month', ...(rules.sortBy ?? [])]
    .map(sqlName)
    .filter((name) => names.includes(name));
  return `copy (
      select ${all.join(', ')}, cast("row" as integer) as "row"
      from (select ${names.join(', ')}, "row" ${from} order by ${order.join(', ')}${order.length > 0 ? ', ' : ''}"row")
    ) to ${sqlText(path)} (format parquet, parquet_version v2, compression zstd, compression_level 1, row_group_size 61440)`;
}

async function fileRows(line: Engine, batch: readonly Matched[]): Promise<readonly FileRows[]> {
  const lines = await line.all('select path, count(*)::double as n from rejected group by path');
  const byPath = new Map(lines.map((each) => [each['path'], Number(each['n'])]));
  let first = 0;
  return batch.map(({ file }) => {
    const rejected = byPath.get(file.path) ?? 0;
    const own = { file, first, read: file.records - rejected, rejected };
    first += own.read;
    return own;
  });
}

interface MonthRows {
  readonly month: string;
  readonly provider: string | null;
  readonly rows: number;
  readonly unlocated: number;
  /** Its first row, and its last. */
  readonly from: number;
  readonly to: number;
}

const countMonths = async (line: Engine, rows: string): Promise<readonly MonthRows[]> =>
  (await line.all(`
    select cast(month as varchar) as month, provider, count(*)::double as rows,
      count(*) filter (where area is null)::double as unlocated, min("row")::double as "from", max("row")::double as "to"
    from ${rows} group by month, provider order by all`)) as unknown as readonly MonthRows[];

/** Rows that are not taken, into `refused`: those with a problem, with the text of each column, and those of elsewhere. */
async function findRefused(line: Engine, { files, rejects }: Batch, plan: Plan, lost: number): Promise<void> {
  const [first] = files;
  const cells = first === undefined ? [] : columnNames(first.columns).map(sqlName);
  const atSea = await number(line, 'select count(*)::double as n from gone');
  if (lost === 0 && atSea === 0) {
    const empty = ['r bigint', 'place bigint', 'problem integer', ...cells.map((cell) => `${cell} varchar`)];
    await line.run(`create temp table refused (${empty.join(', ')})`);
    return;
  }
  for (const table of [`${rejects}_errors`, `${rejects}_scans`]) await line.run(`drop table if exists ${table}`);
  const kept = cells.map((cell) => `case when problem is not null then ${cell} end as ${cell}`);
  await line.run(`create temp table refused as select r, place, problem, ${kept.join(', ')} from (
    select all_rows."row" as r, file_index as place, coalesce("the problem", gone.problem) as problem, ${plan.isOutside} as "goes outside", ${cells.join(', ')}
    from ${readRows(files, plan, { rejects, cells: true })} all_rows left join gone on gone.r = all_rows."row"
  ) where problem is not null or "goes outside"`);
  const astray = await number(
    line,
    `select count(*)::double as n from refused join input using (place) where r <= first or r > first + read`,
  );
  const refused = await number(line, 'select count(*)::double as n from refused');
  if (astray > 0 || refused !== lost + atSea)
    throw new Error(
      `Read twice, ${lost + atSea} rows that are not taken became ${refused}, and ${astray} changed place.`,
    );
}

const mayLocate = ({ rules, locate, isOnLand }: CheckOptions): boolean =>
  (locate !== undefined || isOnLand !== undefined) && (rules.standard.points ?? []).length > 0;

/** Asks once for each place, and not for each row: of each row without a code, the first point that it has. */
async function placePoints(line: Engine, { problems, areaRule }: Plan, options: CheckOptions): Promise<void> {
  const { rules, locate, isOnLand } = options;
  if (!mayLocate(options)) return;
  for (const point of rules.standard.points ?? []) {
    const [x, y] = [`good.${sqlName(point.x)}::double`, `good.${sqlName(point.y)}::double`];
    const waiting = `good.area is null and good."row" not in (select r from gone)`;
    const asked = await line.all(
      `select distinct ${x} as x, ${y} as y from good where ${waiting} and ${x} is not null and ${y} is not null`,
    );
    await line.run('create or replace temp table located (x double, y double, code varchar, sea boolean)');
    await insertAll(
      line,
      'located',
      asked.map((each) => {
        const [east, north] = [Number(each['x']), Number(each['y'])];
        const code = locate?.(east, north, point.grid);
        const isAtSea = code === undefined && isOnLand?.(east, north, point.grid) === false;
        return `(${east}, ${north}, ${code === undefined ? 'null' : sqlText(code)}, ${String(isAtSea)})`;
      }),
    );
    await line.run(`insert into gone select good."row", ${problems.length - 1}, false
      from good join located l on l.x = ${x} and l.y = ${y} where l.sea and ${waiting}`);
    await line.run(`update good set area = ${areaRule === undefined ? 'l.code' : 'try_cast(l.code as area_code)'} from located l
      where good.area is null and l.code is not null and l.x = ${x} and l.y = ${y}`);
  }
}

/**
 * A row that is alike in every column to one that is loaded is the same row again, as often as it is loaded and no oftener:
 * what stands twice in a file was recorded twice. Files of one load are compared too, where two of them have rows of the
 * same month and provider.
 */
async function findLoaded(
  line: Engine,
  {
    rows,
    found,
    files,
    plan: { names },
  }: {
    readonly rows: string;
    readonly found: readonly MonthRows[];
    readonly files: readonly FileRows[];
    readonly plan: Plan;
  },
  { loaded = [], earlier }: BatchOptions,
): Promise<void> {
  const key = (each: { readonly month: string; readonly provider: string | null }) =>
    JSON.stringify([each.month, each.provider]);
  const here = new Set(found.map(key));
  const overlapping = (await earlier()).flatMap(({ part, months }) =>
    part !== undefined && months.some((each) => here.has(key(each))) ? [{ ...part, without: [] }] : [],
  );
  const before = [...loaded, ...overlapping].filter(({ months }) => found.some(({ month }) => months.includes(month)));
  const isOfOneFile = ({ from, to }: MonthRows) => files.some(({ first, read }) => from > first && to <= first + read);
  if (before.length === 0 && found.every(isOfOneFile)) return;
  const columns = names.map(sqlName).join(', ');
  const parts = before.map(({ path, without }) => {
    const gone = without.map((pair) => `(${sqlText(pair.month)}, ${sqlText(pair.provider)})`).join(', ');
    return `select ${columns} from read_parquet(${sqlText(path)})${gone === '' ? '' : ` where (month, coalesce(provider, '')) not in (${gone})`}`;
  });
  const alike = (a: string, b: string): string =>
    names.map((name) => `${a}.${sqlName(name)} is not distinct from ${b}.${sqlName(name)}`).join(' and ');
  await line.run(`insert into gone
    with incoming as (
      select ${columns}, f.place, good."row" as r from ${rows} good
      asof join (select * from input where read > 0) f on good."row" > f.first
      where good."row" not in (select r from gone)
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
    select n.r, null, true from numbered n
    join in_earlier_file e on e.place = n.place and ${alike('e', 'n')}
    left join in_parts p on ${alike('p', 'n')}
    where n.nth <= greatest(e.before, coalesce(p.times, 0))`);
}

async function countFiles(
  line: Engine,
  files: readonly FileRows[],
  part: string,
): Promise<readonly (RowCounts & { readonly name: string })[]> {
  const byFile = async (rows: string): Promise<ReadonlyMap<number, number>> => {
    const counted = await line.all(
      `select f.place, count(*)::double as n from (${rows}) g asof join (select * from input where read > 0) f on g.r > f.first group by f.place`,
    );
    return new Map(counted.map(({ place, n }) => [Number(place), Number(n)]));
  };
  const quarantined = await byFile('select r from refused where problem is not null');
  const outside = await byFile('select r from refused where problem is null');
  const loaded = await byFile('select r from gone where "isLoaded"');
  const unlocated = await byFile(`select "row" as r from ${part} where area is null`);
  return files.map(({ file, rejected }, place) => {
    const own = {
      name: file.name,
      read: file.records,
      quarantined: (quarantined.get(place) ?? 0) + rejected,
      alreadyLoaded: loaded.get(place) ?? 0,
      outside: outside.get(place) ?? 0,
      unlocated: unlocated.get(place) ?? 0,
    };
    return { ...own, accepted: own.read - own.quarantined - own.alreadyLoaded - own.outside };
  });
}

async function findScreened(line: Engine, { free }: Plan): Promise<Checked['screened']> {
  if (free.length === 0) return [];
  const asked = free.map(
    (
      rule,
    ) => `select f.name as file, cast(good."row" - f.first + 1 as double) as "row", ${sqlText(rule.header)} as "column"
      from (select "row" from good where ${screenedName(rule)} and "row" not in (select r from gone)) good
      asof join (select * from input where read > 0) f on good."row" > f.first`,
  );
  const rows = await line.all(`select * from (${asked.join(' union all ')}) order by all limit 100`);
  return rows as unknown as Checked['screened'];
}

const number = async (line: Engine, sql: string): Promise<number> => Number((await line.all(sql))[0]?.['n']);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
