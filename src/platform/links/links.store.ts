import { sql } from 'kysely';
import type { Work } from '../database/work.ts';
import type { LinkClaim, Links } from './links.ts';

export interface LinkWanted {
  readonly partnership: string;
  readonly purpose: string;
  /** What it concerns, as `kind/id`. */
  readonly subject: string;
  readonly expires: Date;
  /** Whether it opens one time only. */
  readonly once: boolean;
}

/** Issues a link and records it, so that it can be called back. Gives the path to put behind the origin. */
export async function issueLink(work: Work<'platform'>, links: Links, wanted: LinkWanted): Promise<string> {
  const { id } = await work
    .insertInto('platform.link')
    .values({
      partnership_id: wanted.partnership,
      purpose: wanted.purpose,
      subject: wanted.subject,
      expires_at: wanted.expires.toISOString(),
      once: wanted.once,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const expires = Math.floor(wanted.expires.getTime() / 1_000);
  return `/l/${links.sign({ id, purpose: wanted.purpose, partnership: wanted.partnership, expires })}`;
}

/**
 * Takes a link that was read as ours: gives what it concerns, or why it opens nothing. A link that opens once is taken by
 * the first of two who come at the same time.
 */
export async function takeLink(
  work: Work<'platform'>,
  claim: LinkClaim,
): Promise<{ subject: string } | 'used' | 'called-back'> {
  const taken = await work
    .updateTable('platform.link')
    .set({ used_at: sql`now()` })
    .where('id', '=', claim.id)
    .where('purpose', '=', claim.purpose)
    .where('revoked_at', 'is', null)
    .where((is) => is.or([is('once', '=', false), is('used_at', 'is', null)]))
    .returning('subject')
    .executeTakeFirst();
  if (taken !== undefined) return taken;
  const link = await work
    .selectFrom('platform.link')
    .select('revoked_at')
    .where('id', '=', claim.id)
    .executeTakeFirst();
  return link === undefined || link.revoked_at !== null ? 'called-back' : 'used';
}

/** Makes every open link on a subject worthless. Gives how many there were. */
export async function callBackLinks(work: Work<'platform'>, subject: string): Promise<number> {
  const { numUpdatedRows } = await work
    .updateTable('platform.link')
    .set({ revoked_at: sql`now()` })
    .where('subject', '=', subject)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
