import { sql } from 'kysely';
import { addDays, type IsoDate } from '../duty/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import type { Links } from '../platform/links/links.ts';
import { issueLink, openLinkOn } from '../platform/links/links.store.ts';
import { queueMail } from '../platform/mail/outbox.store.ts';
import { flagsOf, verifyByOf } from './service-form.ts';
import { getService, holdService, keepServices, type Kept } from './service.store.ts';
import type { StandardObject } from './standard.ts';

type Reads = ReadWork<'directory' | 'partnership'>;
type Writes = Work<'directory' | 'partnership'>;

export const verifyPurpose = 'verify-service';
/** So long a provider may use the link. */
const linkDays = 30;
/** So long before its day an entry is asked about, and so long after a letter the next one goes. */
const askDays = 14;
const mostLetters = 500;

export interface Proposal {
  readonly id: string;
  readonly serviceId: string;
  readonly ofVersion: number;
  readonly document: StandardObject;
  readonly note: string | null;
  readonly flags: readonly string[];
  readonly madeAt: string;
  readonly state: 'waiting' | 'accepted' | 'refused';
}

const proposalOf = (row: {
  id: string;
  service_id: string;
  of_version: number;
  document: unknown;
  note: string | null;
  flags: string[];
  made_at: string;
  state: string;
}): Proposal => ({
  id: row.id,
  serviceId: row.service_id,
  ofVersion: row.of_version,
  document: row.document as StandardObject,
  note: row.note,
  flags: row.flags,
  madeAt: row.made_at,
  state: row.state as Proposal['state'],
});

export async function proposalsOf(work: Reads, serviceId: string): Promise<readonly Proposal[]> {
  const rows = await work
    .selectFrom('directory.proposal')
    .selectAll()
    .where('service_id', '=', serviceId)
    .where('state', '=', 'waiting')
    .orderBy('made_at')
    .limit(20)
    .execute();
  return rows.map(proposalOf);
}

/** @throws where there is no such proposal in the bound partnership */
export async function getProposal(work: Reads, id: string): Promise<Proposal> {
  return proposalOf(
    await work.selectFrom('directory.proposal').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  );
}

/** The provider says that everything is right: that is the day of the check, and nobody has to look. */
export async function confirmService(work: Writes, id: string, today: IsoDate, moment: Date): Promise<void> {
  const kept = await holdService(work, id);
  await keepServices(work, [{ ...kept, verifiedOn: today, verifyBy: verifyByOf(today) }], {
    how: 'confirmed',
    by: 'provider',
    moment,
  });
}

/** What the provider wrote waits until somebody of the partnership looked at it. A newer one takes the place of one that waits. */
export async function proposeChange(work: Writes, kept: Kept, document: StandardObject, note: string): Promise<string> {
  await work
    .updateTable('directory.proposal')
    .set({ state: 'refused', decided_at: sql`now()` })
    .where('service_id', '=', kept.id)
    .where('state', '=', 'waiting')
    .execute();
  const { id } = await work
    .insertInto('directory.proposal')
    .values({
      service_id: kept.id,
      of_version: kept.version,
      document: JSON.stringify(document),
      note: note === '' ? null : note,
      flags: [...flagsOf(kept.document, document)],
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** @returns false where it was decided already */
export async function decideProposal(
  work: Writes,
  id: string,
  decision: 'accepted' | 'refused',
  { by, today, moment }: { readonly by: string; readonly today: IsoDate; readonly moment: Date },
): Promise<boolean> {
  const decided = await work
    .updateTable('directory.proposal')
    .set({ state: decision, decided_by: by, decided_at: sql`now()` })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst();
  if (decided === undefined) return false;
  if (decision === 'refused') return true;
  const proposal = await getProposal(reading(work), id);
  const kept = await holdService(work, proposal.serviceId);
  await keepServices(work, [{ ...kept, document: proposal.document, verifiedOn: today, verifyBy: verifyByOf(today) }], {
    how: 'corrected',
    by,
    moment,
  });
  return true;
}

export interface Asker {
  readonly partnership: { readonly id: string; readonly slug: string; readonly name: string };
  readonly links: Links;
  readonly origin: string;
  readonly moment: Date;
}

/** Writes to whoever answers for an entry, with a link that needs no account. @returns the path of the link; undefined where nobody answers for it */
export async function askProvider(
  work: Work<'directory' | 'partnership' | 'platform'>,
  id: string,
  { partnership, links, origin, moment }: Asker,
  today: IsoDate,
): Promise<string | undefined> {
  const kept = await getService(reading(work), id);
  if (kept.verifier === null) return undefined;
  const path = await issueLink(work, links, {
    partnership: partnership.id,
    purpose: verifyPurpose,
    subject: `service/${id}`,
    expires: new Date(moment.getTime() + linkDays * 86_400_000),
    once: false,
  });
  const href = hrefOf(partnership.slug, path);
  // A letter may be read by others: it names no service whose place or being is not public.
  const isPublic = kept.visibility === 'public' || kept.visibility === 'address-withheld';
  const what = isPublic ? `“${kept.name}”` : 'your service';
  await queueMail(work, partnership.id, {
    recipient: kept.verifier,
    subject: isPublic ? `Is this still right? ${kept.name}` : 'Is your entry still right?',
    body: [
      'Hello,',
      '',
      `${partnership.name} keeps a directory of services that help people stay safe from violence. It lists ${what}.`,
      kept.verifyBy === null
        ? 'Nobody has told us yet whether it is right.'
        : `It ${kept.verifyBy < today ? 'was' : 'is'} due to be checked by ${kept.verifyBy}.`,
      '',
      'Please open this link, and say that it is right or what has changed. You need no account:',
      `${origin}${href}`,
      '',
      `The link works for ${linkDays} days. Do not pass it on: whoever has it can answer for the service.`,
    ].join('\n'),
  });
  await work.updateTable('directory.service').set({ reminded_on: today }).where('id', '=', id).execute();
  return href;
}

const hrefOf = (slug: string, path: string): string => `/${slug}/verify/${path.replace('/l/', '')}`;

/** The link that was given out and still opens, to hand over where letters do not leave the house. */
export async function openProviderLink(
  work: ReadWork<'platform'>,
  { links, origin }: { readonly links: Links; readonly origin: string },
  slug: string,
  id: string,
  moment: Date,
): Promise<string | undefined> {
  const path = await openLinkOn(work, links, `service/${id}`, moment);
  return path === undefined ? undefined : origin + hrefOf(slug, path);
}

/** Entries whose day comes, or has passed, and about which nobody was asked lately. */
export async function dueForAsking(work: Reads, today: IsoDate): Promise<readonly string[]> {
  const rows = await work
    .selectFrom('directory.service')
    .select('id')
    .where('state', '=', 'live')
    .where('verifier', 'is not', null)
    .where((is) => is.or([is('verify_by', 'is', null), is('verify_by', '<=', addDays(today, askDays))]))
    .where((is) => is.or([is('reminded_on', 'is', null), is('reminded_on', '<=', addDays(today, -askDays))]))
    .orderBy('verify_by')
    .orderBy('id')
    .limit(mostLetters)
    .execute();
  return rows.map(({ id }) => id);
}
