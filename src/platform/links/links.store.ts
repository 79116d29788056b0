import { sql } from 'kysely';
import type { ReadWork, Work } from '../database/work.ts';
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
  return pathOf(links, { ...wanted, id });
}

const pathOf = (
  links: Links,
  {
    id,
    purpose,
    partnership,
    expires,
  }: Pick<LinkWanted, 'purpose' | 'partnership' | 'expires'> & { readonly id: string },
): string => `/l/${links.sign({ id, purpose, partnership, expires: Math.floor(expires.getTime() / 1_000) })}`;

/** What a link is about, or why it opens nothing. */
export type Opens = { readonly subject: string } | 'used' | 'called-back';

/** What a link that was read as ours would open now, without taking it; or why it opens nothing. */
export async function lookAtLink(work: ReadWork<'platform'>, claim: LinkClaim): Promise<Opens> {
  const link = await work
    .selectFrom('platform.link')
    .select(['subject', 'once', 'used_at', 'revoked_at'])
    .where('id', '=', claim.id)
    .where('purpose', '=', claim.purpose)
    .executeTakeFirst();
  if (link === undefined || link.revoked_at !== null) return 'called-back';
  return link.once && link.used_at !== null ? 'used' : { subject: link.subject };
}

/** The path of the newest link on a subject that still opens something: the same that was given out. */
export async function openLinkOn(
  work: ReadWork<'platform'>,
  links: Links,
  subject: string,
  moment: Date,
): Promise<string | undefined> {
  const link = await work
    .selectFrom('platform.link')
    .select(['id', 'purpose', 'partnership_id', 'expires_at'])
    .where('subject', '=', subject)
    .where('revoked_at', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', moment.toISOString())
    .orderBy('issued_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (link === undefined) return undefined;
  return pathOf(links, {
    id: link.id,
    purpose: link.purpose,
    partnership: link.partnership_id,
    expires: new Date(link.expires_at),
  });
}

/**
 * Takes a link that was read as ours: gives what it concerns, or why it opens nothing. A link that opens once is taken by
 * the first of two who come at the same time.
 */
export async function takeLink(work: Work<'platform'>, claim: LinkClaim): Promise<Opens> {
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
