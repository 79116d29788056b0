import { join } from 'node:path';
import type { Checked, CheckOptions } from './checked.ts';
import { sqlName, sqlText, type Engine } from './engine.ts';
import { columnNames, type Batch } from './matched.ts';
import type { Plan } from './plan.ts';

/** Rows of a batch that were not taken. */
export interface Quarantine {
  /** A CSV file; undefined where all were taken. */
  readonly quarantine: string | undefined;
  readonly reasons: Checked['reasons'];
}

/** Every row that was not taken, with its file, its row, the column, the value and the reason behind its own columns. */
export async function writeQuarantine(
  line: Engine,
  { files, place }: Batch,
  { problems }: Plan,
  { folder }: CheckOptions,
): Promise<Quarantine> {
  const [first] = files;
  const [found] = await line.all(
    `select (select count(*) from refused where problem is not null) + (select count(*) from rejected) as bad`,
  );
  if (first === undefined || Number(found?.['bad']) === 0) return { quarantine: undefined, reasons: [] };
  const { file, columns } = first;
  const names = columnNames(columns).map(sqlName);
  const cells = names.map((name, at) => `${guarded(`v.${name}`)} as ${sqlName(file.header[at] ?? '')}`);
  const values = problems.map(({ column }, at) => {
    const name = names[columns.rules.findIndex((rule) => rule?.header === column)];
    return name === undefined ? '' : `when ${at} then ${guarded(`v.${name}`)}`;
  });
  const table = problems.map(({ column, sentence }, at) => `(${at}, ${sqlText(column)}, ${sqlText(sentence)})`);
  const broken = 'The line does not have the columns of the first line, or a quotation mark in it is wrong';
  await line.run(`create or replace temp table quarantine as
    select ${cells.join(', ')}, f.name as "concord_file", cast(v.r - f.first + 1 as bigint) as "concord_row",
      p.col as "concord_column", case v.problem ${values.join(' ')} end as "concord_value", p.sentence as "concord_reason"
    from refused v join input f using (place) join (values ${table.join(', ')}) as p(k, col, sentence) on p.k = v.problem
    union all
    select ${names.map(() => 'null').join(', ')}, f.name, j.line, '', ${guarded('j.text')}, ${sqlText(broken)}
    from rejected j join input f on f.path = j.path`);
  const reasons = await line.all(`
    select concord_column as col, concord_reason as sentence, count(*)::double as rows from quarantine group by all order by rows desc, sentence`);
  const path = join(folder, `quarantine-${place}.csv`);
  await line.run(
    `copy (select * from quarantine order by concord_file, concord_row) to ${sqlText(path)} (format csv, header, delimiter ',', quote '"', escape '"')`,
  );
  await line.run('drop table quarantine');
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
