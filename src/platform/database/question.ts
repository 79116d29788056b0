import { sql, type Compilable, type CompiledQuery, type Expression, type Kysely } from 'kysely';
import type { ReadWork, Schema } from './work.ts';

/** Stands in a compiled question where what is given each time will stand. */
class Gap {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** What is given each time, as a question is built with it. */
export type Expressions<Given> = { readonly [K in keyof Given]: Expression<Given[K]> };

/**
 * A question that is put the same way each time: built and compiled at its first use only. Building takes Kysely longer than
 * reading the answer takes the driver, so a page that is asked for often is worth one.
 *
 * @param build gets an expression for each thing that is given; it must not look at anything else that changes
 */
export function question<S extends Schema, Given extends Readonly<Record<string, unknown>>, Row>(
  build: (work: ReadWork<S>, given: Expressions<Given>) => Compilable<Row>,
): (work: ReadWork<S>, given: Given) => Promise<readonly Row[]> {
  let compiled: CompiledQuery<Row> | undefined;
  const gaps = new Proxy({} as Expressions<Given>, {
    get: (_, name) => sql.val(new Gap(String(name))),
  });
  return async (work, given) => {
    compiled ??= build(work, gaps).compile();
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Gap ? given[parameter.name] : parameter,
    );
    // Only a read-only unit of work may ask, and in one PostgreSQL refuses all else; Kysely cannot see that from here.
    const { rows } = await (work as unknown as Kysely<unknown>).executeQuery<Row>({ ...compiled, parameters });
    return rows;
  };
}
