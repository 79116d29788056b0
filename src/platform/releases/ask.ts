import { join } from 'node:path';
import { openEngine, sqlName, sqlText, sqlTexts, type Cell, type Engine, type Row } from './engine.ts';
import { ReleaseFolder, type Part } from './releases.ts';
import type { Condition } from './table.ts';

/** Rows of parts that fulfil every condition, counted by columns. The narrow door that another column engine can stand behind. */
export interface CountQuestion {
  readonly parts: readonly LivePart[];
  readonly where: readonly Condition[];
  /** Columns of the release; `month`, `area`, `category` and `provider` are in every one. */
  readonly by: readonly string[];
  /** Counts the different values of this column instead of rows. */
  readonly distinct?: string;
}

/** A part, and what of it a later release has replaced. */
export interface LivePart extends Pick<Part, 'sha256' | 'months'> {
  readonly without: readonly { readonly month: string; readonly provider: string }[];
  /** Its place in the staging folder, where it belongs to a load that waits for the word. */
  readonly waiting?: string;
}

export interface CountRow {
  /** The values of the columns of `by`, in its order. */
  readonly key: readonly Cell[];
  /** Sum of `n`: rows of records, counted things of tables of counts. */
  readonly count: number;
  /** Cells without a number, by why: sender's disclosure control, or nothing there. */
  readonly hidden: number;
  readonly absent: number;
}

export interface PointRow {
  readonly x: number;
  readonly y: number;
  /** Values of the columns asked for. */
  readonly key: readonly Cell[];
}

/** Everything that is asked of releases, in one process. */
export interface Releases {
  readonly folder: ReleaseFolder;
  readonly count: (question: CountQuestion) => Promise<readonly CountRow[]>;
  /** The same for answers of millions of groups: one at a time, in no order. */
  readonly eachCount: (
    question: CountQuestion,
    take: (key: CountRow['key'], count: number, hidden: number, absent: number) => void,
  ) => Promise<void>;
  /** Rows of records with a point, in the order of the parts. @throws RangeError when there are more than `most` */
  readonly points: (question: {
    readonly parts: readonly LivePart[];
    readonly where: readonly Condition[];
    readonly x: string;
    readonly y: string;
    readonly columns: readonly string[];
    readonly most: number;
  }) => Promise<readonly PointRow[]>;
  /** What two sets of parts say differently, by columns: the machine-readable change list. */
  readonly changes: (question: {
    readonly before: readonly LivePart[];
    readonly after: readonly LivePart[];
    readonly by: readonly string[];
  }) => Promise<readonly { readonly key: readonly Cell[]; readonly before: number; readonly after: number }[]>;
  /** A reference table as rows. */
  readonly table: (sha256: string, columns: readonly string[], where?: readonly Condition[]) => Promise<readonly Row[]>;
  /** Whole columns of a reference table, in its order: far quicker than rows where there are many. Empty text is nothing. */
  readonly columns: (sha256: string, asked: ColumnsAsked) => Promise<Columns>;
  readonly close: () => void;
}

export interface ColumnsAsked {
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
}

/** Columns by name, all of one length. */
export interface Columns {
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** NaN where there is nothing. */
  readonly numbers: ReadonlyMap<string, Float64Array>;
}

/** @param root the folder of the releases; the engine starts with the first question */
export function openReleases(root: string): Releases {
  const folder = new ReleaseFolder(root);
  let opened: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> =>
    (opened ??= openEngine({
      folders: [folder.parts, folder.reference, folder.staging],
      temporary: folder.temporary,
      megabytes: 512,
    }));
  /** Questions run side by side, each on a line of its own. */
  const ask = async (sql: string): Promise<readonly Row[]> => {
    const line = await (await engine()).another();
    try {
      return await line.all(sql);
    } finally {
      line.close();
    }
  };
  const rowsOf = (parts: readonly LivePart[], columns: readonly string[]): string => from(folder, parts, columns);
  /** By path, whether each row of a part counts one thing and has its number. Parts never change. */
  const known = new Map<string, boolean>();
  /** What the parts themselves say of their columns spares reading two of them. */
  const oneEach = async (line: Engine, parts: readonly LivePart[]): Promise<boolean> => {
    const paths = parts.map((part) => pathIn(folder, part));
    const unknown = paths.filter((path) => !known.has(path));
    if (unknown.length > 0) {
      const found = await line.all(`
        select file_name as path, bool_and(coalesce(stats_null_count = 0 and stats_min_value = stats_max_value
          and stats_min_value = case path_in_schema when 'n' then '1' else 'value' end, false)) as "areOne"
        from parquet_metadata([${sqlTexts(unknown)}]) where path_in_schema in ('n', 'cell') group by file_name`);
      for (const path of unknown) known.set(path, false);
      for (const { path, areOne } of found) known.set(String(path), areOne === true);
    }
    return paths.every((path) => known.get(path) === true);
  };
  const each = async (
    { parts, where, by, distinct }: CountQuestion,
    take: (key: CountRow['key'], count: number, hidden: number, absent: number) => void,
    order: 'sorted' | 'any',
  ): Promise<void> => {
    if (parts.length === 0) return;
    const places = by.map((_, place) => place + 1).join(', ');
    const line = await (await engine()).another();
    try {
      const { columns: counted, count, hidden: without } = (await oneEach(line, parts)) ? ofRecords : ofCounts;
      const needed = new Set([
        ...by,
        ...counted,
        ...where.flatMap(columnsOf),
        ...(distinct === undefined ? [] : [distinct]),
      ]);
      const things = distinct === undefined ? count : `count(distinct ${sqlName(distinct)})`;
      await line.each(
        `select ${[...by.map(asText), `${things}::double`, ...without].join(', ')}
        from (${rowsOf(parts, [...needed])}) where ${allOf(where)}
        ${by.length === 0 ? '' : `group by ${places} ${order === 'sorted' ? `order by ${places}` : ''}`}`,
        (columns, rows) => {
          const keys = columns.slice(0, by.length);
          const [sums, hidden, absent] = columns.slice(by.length) as readonly (readonly number[])[];
          for (let row = 0; row < rows; row += 1) {
            const key: Cell[] = [];
            for (const column of keys) key.push(column[row] ?? null);
            take(key, sums?.[row] ?? 0, hidden?.[row] ?? 0, absent?.[row] ?? 0);
          }
        },
      );
    } finally {
      line.close();
    }
  };
  return {
    folder,
    async count(question) {
      const rows: CountRow[] = [];
      await each(question, (key, count, hidden, absent) => rows.push({ key, count, hidden, absent }), 'sorted');
      return rows;
    },
    eachCount: (question, take) => each(question, take, 'any'),
    async points({ parts, where, x, y, columns, most }) {
      if (parts.length === 0) return [];
      const needed = new Set([x, y, ...columns, ...where.flatMap(columnsOf)]);
      const rows = await ask(`
        select ${sqlName(x)}::double as "the x", ${sqlName(y)}::double as "the y"${columns.map((column) => `, ${asText(column)} as ${sqlName(column)}`).join('')}
        from (${rowsOf(parts, [...needed])})
        where ${sqlName(x)} is not null and ${sqlName(y)} is not null and ${allOf(where)} limit ${most + 1}`);
      if (rows.length > most) throw new RangeError(`There are more than ${most} points.`);
      return rows.map((row) => ({
        x: Number(row['the x']),
        y: Number(row['the y']),
        key: columns.map((column) => row[column] ?? null),
      }));
    },
    async changes({ before, after, by }) {
      const counted = (parts: readonly LivePart[], as: string): string =>
        parts.length === 0
          ? `select ${by.map((column) => `null::varchar as ${sqlName(column)}`).join(', ')}, 0 as ${as} where false`
          : `select ${by.map((column) => `${asText(column)} as ${sqlName(column)}`).join(', ')}, sum(n) as ${as} from (${rowsOf(parts, [...new Set([...by, 'n'])])}) group by ${by.map((_, place) => place + 1).join(', ')}`;
      const same = by.map((column) => `b.${sqlName(column)} is not distinct from a.${sqlName(column)}`).join(' and ');
      const keys = by.map((column) => `coalesce(b.${sqlName(column)}, a.${sqlName(column)}) as ${sqlName(column)}`);
      const rows = await ask(`
        select ${keys.join(', ')}, coalesce(b.was, 0)::double as "the before", coalesce(a.is_now, 0)::double as "the after"
        from (${counted(before, 'was')}) b full join (${counted(after, 'is_now')}) a on ${same}
        where coalesce(b.was, 0) <> coalesce(a.is_now, 0) order by ${by.map((_, place) => place + 1).join(', ')}`);
      return rows.map((row) => ({
        key: by.map((column) => row[column] ?? null),
        before: Number(row['the before']),
        after: Number(row['the after']),
      }));
    },
    table: (sha256, columns, where = []) =>
      ask(
        `select ${columns.map(sqlName).join(', ')} from read_parquet(${sqlText(`${folder.reference}/${sha256}.parquet`)}) where ${allOf(where)}`,
      ),
    async columns(sha256, { texts, numbers }) {
      const line = await (await engine()).another();
      const from = `read_parquet(${sqlText(`${folder.reference}/${sha256}.parquet`)}, file_row_number = true)`;
      try {
        // One text a column: the engine hands over each text by itself, which takes longer than reading the file.
        const joined =
          texts.length === 0
            ? [{}]
            : await line.all(
                `select ${texts.map((name) => `string_agg(coalesce(${sqlName(name)}, ''), chr(10) order by file_row_number) as ${sqlName(name)}`).join(', ')} from ${from}`,
              );
        const values =
          numbers.length === 0
            ? []
            : await line.numbers(
                `select ${numbers.map((name) => `${sqlName(name)}::double`).join(', ')} from ${from} order by file_row_number`,
              );
        return {
          texts: new Map(texts.map((name) => [name, String(joined[0]?.[name] ?? '').split('\n')])),
          numbers: new Map(numbers.map((name, place) => [name, values[place] ?? new Float64Array()])),
        };
      } finally {
        line.close();
      }
    },
    close() {
      void opened?.then((running) => {
        running.close();
      });
      opened = undefined;
    },
  };
}

/** How rows are counted, and cells without a number by why: of any parts, and of parts whose rows are one thing each. */
const ofCounts = {
  columns: ['n', 'cell'],
  count: 'coalesce(sum(n), 0)',
  hidden: [
    `count(*) filter (where cell in ('hidden', 'low', 'confidential'))::double`,
    `count(*) filter (where cell = 'not-available')::double`,
  ],
} as const;
const ofRecords = { columns: ['n'], count: 'count(*)', hidden: ['0::double', '0::double'] } as const;

const pathIn = (folder: ReleaseFolder, part: LivePart): string =>
  part.waiting === undefined ? folder.pathOf(part) : join(folder.staging, part.waiting);

/** Whole parts are read together, those of which something was replaced one by one. */
function from(folder: ReleaseFolder, parts: readonly LivePart[], columns: readonly string[]): string {
  const names = columns.map(sqlName).join(', ');
  const paths = (list: readonly LivePart[]) => sqlTexts(list.map((part) => pathIn(folder, part)));
  const whole = parts.filter(({ without }) => without.length === 0);
  const pairs = ({ without }: LivePart) =>
    without.map((each) => `(${sqlText(each.month)}, ${sqlText(each.provider)})`).join(', ');
  return [
    // Parts of one format may be of several versions; a column that one of them lacks is empty there.
    ...(whole.length === 0 ? [] : [`select ${names} from read_parquet([${paths(whole)}], union_by_name = true)`]),
    ...parts
      .filter(({ without }) => without.length > 0)
      .map(
        (part) =>
          `select ${names} from read_parquet([${paths([part])}]) where (month, coalesce(provider, '')) not in (${pairs(part)})`,
      ),
  ].join(' union all ');
}

function allOf(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? 'true' : conditions.map((each) => `(${conditionSql(each)})`).join(' and ');
}

function conditionSql(condition: Condition): string {
  if ('any' in condition)
    return condition.any.length === 0 ? 'false' : condition.any.map((each) => `(${conditionSql(each)})`).join(' or ');
  if ('all' in condition) return allOf(condition.all);
  if ('not' in condition) return `not coalesce(${conditionSql(condition.not)}, false)`;
  const column = sqlName(condition.column);
  if ('in' in condition) return condition.in.length === 0 ? 'false' : `${column} in (${sqlTexts(condition.in)})`;
  if ('from' in condition)
    return `${asText(condition.column)} between ${sqlText(condition.from)} and ${sqlText(condition.to)}`;
  if ('is' in condition) return `${column} = ${String(condition.is)}`;
  if ('isEmpty' in condition) return `${column} is ${condition.isEmpty ? '' : 'not '}null`;
  return [
    ...(condition.atLeast === undefined ? [] : [`${column} >= ${condition.atLeast}`]),
    ...(condition.atMost === undefined ? [] : [`${column} <= ${condition.atMost}`]),
  ].join(' and ');
}

function columnsOf(condition: Condition): readonly string[] {
  if ('any' in condition) return condition.any.flatMap(columnsOf);
  if ('all' in condition) return condition.all.flatMap(columnsOf);
  if ('not' in condition) return columnsOf(condition.not);
  return [condition.column];
}

const textual = new Set(['month', 'area', 'category', 'provider']);
const asText = (column: string): string =>
  textual.has(column) ? sqlName(column) : `cast(${sqlName(column)} as varchar)`;
