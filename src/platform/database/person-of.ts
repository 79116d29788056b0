import { sql, type RawBuilder } from 'kysely';

/**
 * The id of the person that an actor is, or null for `system` and `public`. Compared as a uuid, the join to people uses
 * their key; compared as text it would read them all.
 */
export const personOf = (actor: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql<string | null>`case when ${actor} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${actor}::uuid end`;
