import type { Records } from '../platform/database/database.ts';
import { listPartnerships } from '../platform/installation.store.ts';
import { addPartnership } from '../platform/identity/account.store.ts';
import { CommandRefused, type Given } from './command.ts';
import { system } from './installation.commands.ts';

export interface Chosen {
  readonly id: string;
  readonly slug: string;
}

/**
 * The partnership that a command works in: the one that was named, or the only one. Where there is none yet, one is made to
 * work in, so that an analyst can begin with a folder of files and nothing else.
 * @throws CommandRefused when the name is nobody's, or there are several and none was named
 */
export async function partnershipOf(records: Records, wanted: string | undefined, say: Given['say']): Promise<Chosen> {
  const all = await records.read(system, ({ work }) => listPartnerships(work<'platform'>()));
  const named = all.filter(({ slug }) => wanted === undefined || slug === wanted);
  const slugs = all.map(({ slug }) => slug).join(', ');
  const [chosen, ...more] = named;
  if (more.length > 0) throw new CommandRefused(`Say which partnership: --partnership <slug>. There are: ${slugs}.`);
  if (chosen !== undefined) return chosen;
  if (all.length > 0) throw new CommandRefused(`There is no partnership “${wanted ?? ''}”. There are: ${slugs}.`);
  const slug = wanted ?? 'local';
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(slug))
    throw new CommandRefused('The name of a partnership in an address is of small letters, digits and hyphens.');
  const id = await records.write({ ...system, door: 'concord_identity' }, async ({ work, audit }) => {
    audit({ action: 'PARTNERSHIP_ADDED', outcome: 'done' });
    return addPartnership(work<'platform' | 'published'>(), { slug, name: 'Local partnership' });
  });
  say(`There was no partnership yet. “${slug}” was made to work in.`);
  return { id, slug };
}
