import { sql } from 'kysely';
import type { IsoDate } from '../duty/index.ts';
import { reading, type Work } from '../platform/database/work.ts';
import { assuranceIn, preventionIn, type Incoming } from './import.ts';
import { findServices, keepServices, type Wanted } from './service.store.ts';

export interface Imported {
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Kept beside the service of the same id that stood before them, as drafts. */
  readonly repeated: number;
  /** Fields that break the standard, kept and not published. */
  readonly heldBack: number;
  /** Kept, and public. */
  readonly published: number;
  /** Of the same feed, here from an earlier import, and not in it any more: they stay, for somebody to decide. */
  readonly noLongerThere: number;
}

const batch = 500;

/**
 * Keeps the services of a feed: those that are here already become what the feed says, and keep what the partnership added.
 * All in one unit of work: all of them, or none.
 */
export async function importServices(
  work: Work<'directory' | 'partnership' | 'published'>,
  services: readonly Incoming[],
  given: { readonly origin: string; readonly by: string; readonly moment: Date; readonly today: IsoDate },
): Promise<Imported> {
  const origin = given.origin.slice(0, 500);
  const sum = { added: 0, changed: 0, same: 0, heldBack: 0 };
  for (let from = 0; from < services.length; from += batch) {
    const part = services.slice(from, from + batch);
    const there = await findServices(
      reading(work),
      part.map(({ id }) => id),
    );
    const wanted = part.map(({ id, document, isRepeated }): Wanted => {
      const was = there.get(id);
      const assurance = assuranceIn(document, given.today);
      // A day on which the partnership itself checked is not undone by an older one of the feed.
      const own = was?.verifiedOn != null && was.verifiedOn >= (assurance?.verifiedOn ?? '');
      return {
        id,
        document,
        prevention: was?.prevention ?? preventionIn(document),
        visibility: was?.visibility ?? 'public',
        state: was?.state ?? (isRepeated ? 'draft' : 'live'),
        verifier: was?.verifier ?? null,
        verifiedOn: own ? was.verifiedOn : (assurance?.verifiedOn ?? null),
        verifyBy: own ? was.verifyBy : (assurance?.verifyBy ?? null),
        organisationId: was?.organisationId ?? null,
        origin: was?.origin ?? origin,
      };
    });
    const kept = await keepServices(work, wanted, { how: 'imported', by: given.by, moment: given.moment });
    sum.added += kept.added;
    sum.changed += kept.changed;
    sum.same += kept.same;
    sum.heldBack += kept.heldBack;
  }
  const ids = services.map(({ id }) => id);
  const { published, gone } = await work
    .selectNoFrom([
      sql<number>`(select count(*)::int from published.service s
        where s.partnership_id = partnership.bound() and s.id = any (${sql.val(ids)}::uuid[]))`.as('published'),
      sql<number>`(select count(*)::int from directory.service s
        where s.origin = ${origin} and s.state = 'live' and not s.id = any (${sql.val(ids)}::uuid[]))`.as('gone'),
    ])
    .executeTakeFirstOrThrow();
  return {
    read: services.length,
    ...sum,
    repeated: services.filter(({ isRepeated }) => isRepeated).length,
    published,
    noLongerThere: gone,
  };
}
