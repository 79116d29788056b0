import type { Records } from '../platform/database/database.ts';
import type { InstallationRow } from '../platform/installation.store.ts';
import { nameInstallation } from '../platform/installation.store.ts';
import { addAccount, addPartnership, giveRoles } from '../platform/identity/account.store.ts';
import { exampleAccounts, examplePassword } from '../platform/identity/example-accounts.ts';
import { hashPassword } from '../platform/identity/password.ts';
import { loadExampleRegister } from './example-register.ts';
import type { Role } from '../duty/index.ts';

/** The hub of the example and its four areas. No such place exists. */
const hub = { slug: 'merrowshire', name: 'Merrowshire Violence Reduction Partnership', kind: 'hub' } as const;
const areas = [
  { slug: 'haverness', name: 'Safer Haverness Partnership' },
  { slug: 'castlemere', name: 'Castlemere Community Safety Partnership' },
  { slug: 'ashlode', name: 'Ashlode County Safety Partnership' },
  { slug: 'wolvering', name: 'Wolvering Together' },
] as const;

/** The day on which the example's clocks stand: what is due there is due soon, whenever somebody looks at it. */
const today = '2026-06-01';

/** Who works in the area next door: for whoever wants to see that neighbours do not see each other. */
const neighbour = { email: 'analyst@castlemere.example', name: 'Tamsin Orrell', role: 'analyst' as Role };

/** Loads the example partnership into an empty installation. Each slice adds its part here as it comes. */
export async function loadExampleTown(records: Records): Promise<InstallationRow> {
  const passwordHash = await hashPassword(examplePassword);
  const row = { name: hub.name, mode: 'example', today } as const;
  const made = await records.write(
    { door: 'concord_identity', actor: 'system', partnership: undefined },
    async ({ work, audit }) => {
      await nameInstallation(work<'platform'>(), row);
      const partnerships = new Map<string, string>();
      const hubId = await addPartnership(work<'platform' | 'published'>(), hub);
      partnerships.set(hub.slug, hubId);
      for (const area of areas)
        partnerships.set(area.slug, await addPartnership(work<'platform' | 'published'>(), { ...area, hub: hubId }));
      const people = new Map<string, string>();
      for (const { email, name } of [...exampleAccounts, neighbour])
        people.set(email, await addAccount(work<'identity'>(), { email, name, passwordHash }));
      audit({ action: 'INSTALLATION_SET_UP', outcome: 'done' });
      return { partnerships, people };
    },
  );
  for (const { slug } of [hub, ...areas]) {
    const partnership = made.partnerships.get(slug) ?? '';
    await records.write({ door: 'concord_member', actor: 'system', partnership }, async ({ work, audit }) => {
      await giveRoles(work<'platform'>(), partnership, rolesIn(slug, made.people));
      await loadExampleRegister(work<'partnership'>(), slug, today, made.people);
      audit({ action: 'ROLES_GIVEN', outcome: 'done' });
    });
  }
  return row;
}

/** The accounts of Haverness work there; who works for the hub runs it, and has a look at all four areas. */
function rolesIn(slug: string, people: ReadonlyMap<string, string>): readonly { person: string; role: Role }[] {
  const forHub = exampleAccounts.filter(({ role }) => role === 'hub');
  const accounts = slug === 'haverness' ? exampleAccounts : forHub;
  const runningIt: readonly { readonly email: string; readonly role: Role }[] =
    slug === hub.slug ? forHub.map(({ email }) => ({ email, role: 'administrator' })) : [];
  return [...accounts, ...runningIt, ...(slug === 'castlemere' ? [neighbour] : [])].map(({ email, role }) => ({
    person: people.get(email) ?? '',
    role,
  }));
}
