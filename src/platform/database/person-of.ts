import { sql, type RawBuilder } from 'kysely';

/**
 * The id of the person that an actor is, or null for `system` and `public`: an actor of 36 characters is a person's id.
 * Compared as a uuid, the join to people may use their key; a pattern match here cost more than the page.
 */
export const personOf = (actor: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql<string | null>`case when length(${actor}) = 36 then ${actor}::uuid end`;
