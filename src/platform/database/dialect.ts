import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import pg from 'pg';

// Dates and moments cross this border as the text that PostgreSQL gives (ISO): a Date would lose its zone or vanish from
// a page. Whole numbers of 8 bytes become numbers as long as they are exact; decimals stay text.
const asText = (value: string): string => value;
const wholeNumber = (value: string): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is too large for an exact number`);
  return number;
};
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.DATE, asText);
types.setTypeParser(pg.types.builtins.TIMESTAMP, asText);
// The connection's time zone is UTC, so what comes is `2026-11-22 09:05:00.123+00`, or `infinity`, which has no zone.
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value: string) =>
  value.endsWith('+00') ? `${value.slice(0, 10)}T${value.slice(11, -3)}Z` : `${value.replace(' ', 'T')}Z`,
);
types.setTypeParser(pg.types.builtins.INT8, wholeNumber);

export const typeParsers = types;

/**
 * A dialect over one client that somebody else began a transaction on and will end it. Kysely's own driver would begin,
 * bind and commit in a round trip each; the unit of work does the first two in one, and the last with the audit.
 */
export class OneClientDialect implements Dialect {
  readonly #driver: Driver;
  constructor(client: pg.ClientBase) {
    this.#driver = new OneClientDriver(client);
  }
  createDriver = (): Driver => this.#driver;
  createQueryCompiler = () => new PostgresQueryCompiler();
  createAdapter = () => new PostgresAdapter();
  createIntrospector = (db: ConstructorParameters<typeof PostgresIntrospector>[0]) => new PostgresIntrospector(db);
}

class OneClientDriver implements Driver {
  readonly #connection: DatabaseConnection;
  constructor(client: pg.ClientBase) {
    this.#connection = new OneClientConnection(client);
  }
  init = () => Promise.resolve();
  acquireConnection = () => Promise.resolve(this.#connection);
  releaseConnection = () => Promise.resolve();
  destroy = () => Promise.resolve();
  beginTransaction = () => onlyUnitsOfWork();
  commitTransaction = () => onlyUnitsOfWork();
  rollbackTransaction = () => onlyUnitsOfWork();
}

function onlyUnitsOfWork(): Promise<never> {
  return Promise.reject(new Error('A unit of work is the only transaction; it does not nest.'));
}

const mostNames = 500;
const usesBeforeName = 3;
const names = new Map<string, string>();
const uses = new Map<string, number>();

/**
 * A statement with a name is parsed and planned once a connection, not each time. Every name costs each connection some
 * memory, so only what comes again gets one, and there is an end to them. Raw SQL gets none: it may be several statements.
 */
function nameOf({ sql, query }: CompiledQuery): string | undefined {
  const known = names.get(sql);
  if (known !== undefined || names.size >= mostNames || query.kind === 'RawNode') return known;
  const used = (uses.get(sql) ?? 0) + 1;
  if (used < usesBeforeName) {
    if (uses.size >= 10 * mostNames) uses.clear();
    uses.set(sql, used);
    return undefined;
  }
  uses.delete(sql);
  const name = `concord-${names.size + 1}`;
  names.set(sql, name);
  return name;
}

class OneClientConnection implements DatabaseConnection {
  readonly #client: pg.ClientBase;
  constructor(client: pg.ClientBase) {
    this.#client = client;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#client.query<R & pg.QueryResultRow>({
      name: nameOf(query),
      text: query.sql,
      values: [...query.parameters],
    });
    return result.rowCount === null
      ? { rows: result.rows }
      : { rows: result.rows, numAffectedRows: BigInt(result.rowCount) };
  }
  // eslint-disable-next-line @typescript-eslint/require-await -- Kysely's contract; nobody streams through a unit of work
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Read in pages, or copy: a unit of work does not stream.');
  }
}
