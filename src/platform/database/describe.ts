import pg from 'pg';

/** TypeScript for what the driver gives for a column: see `dialect.ts` for the parsers behind this table. */
const given: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  float8: 'number',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  jsonb: 'Json',
  numeric: 'string',
  // Stores ask for its coordinates, never for the point itself.
  point: 'unknown',
  text: 'string',
  timestamptz: 'string',
  tsvector: 'string',
  uuid: 'string',
  _text: 'string[]',
  _uuid: 'string[]',
};

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  readonly generated: boolean;
  readonly isView: boolean;
}

/**
 * The types of the migrated database, read from its catalogue: so a store that disagrees with a migration does not
 * compile. The queue's own schema and the record of migrations are left out: no store names them.
 * @throws Error for a column type that has no entry in the table above
 */
export async function describeDatabase(admin: pg.ClientConfig): Promise<string> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    const { rows } = await client.query<Column>(`
      select n.nspname || '.' || c.relname as "table", a.attname as "column", t.typname as type,
        not a.attnotnull as nullable, a.atthasdef as "hasDefault", a.attgenerated <> '' or a.attidentity = 'a' as generated,
        c.relkind = 'v' as "isView"
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_type t on t.oid = a.atttypid
      where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'v', 'p')
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'jobs', 'migrations')
      order by n.nspname collate "C", c.relname collate "C", a.attnum`);
    return render(rows);
  } finally {
    await client.end();
  }
}

function render(columns: readonly Column[]): string {
  const tables = Map.groupBy(columns, (column) => column.table);
  const lines = [
    '// Generated from the migrated database by `npm run db:types`. Do not edit: write a migration.',
    "import type { ColumnType, Generated, GeneratedAlways } from 'kysely';",
    '',
    'export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };',
    '/** JSON goes in as text and comes out as values. */',
    'type JsonColumn = ColumnType<Json, string, string>;',
    'type JsonOrNull = ColumnType<Json | null, string | null | undefined, string | null>;',
    '',
    'export interface Database {',
  ];
  for (const [table, fields] of tables) {
    lines.push(`  '${table}': {`);
    for (const field of fields) lines.push(`    ${field.column}: ${typeOf(field)};`);
    lines.push('  };');
  }
  lines.push('}', '');
  const text = lines.join('\n');
  const unused = [
    ['GeneratedAlways', /GeneratedAlways</],
    ['Generated', /[^a-zA-Z]Generated</],
    ['ColumnType', /ColumnType</],
  ] as const;
  const imports = unused.filter(([, used]) => used.test(text)).map(([name]) => name);
  return text.replace('{ ColumnType, Generated, GeneratedAlways }', `{ ${imports.sort().join(', ')} }`);
}

function typeOf(column: Column): string {
  const type = given[column.type];
  if (type === undefined)
    throw new Error(
      `${column.table}.${column.column} has type ${column.type}: say in describe.ts what the driver gives for it`,
    );
  // A view does not say which of its columns may be null; its tables do. Views join on keys, so they are not null here.
  const value = column.nullable && !column.isView && type !== 'unknown' ? `${type} | null` : type;
  if (column.generated) return `GeneratedAlways<${value}>`;
  if (column.type === 'jsonb') return column.nullable ? 'JsonOrNull' : 'JsonColumn';
  return column.hasDefault ? `Generated<${value}>` : value;
}
