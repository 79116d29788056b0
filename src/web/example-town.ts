import { readFileSync } from 'node:fs';
import { addCoverageNote, addExpectedSource } from '../evidence/coverage.store.ts';
import { exampleExpected, exampleNote } from '../evidence/example-coverage.ts';
import { exampleLook } from '../partnership/example-look.ts';
import { keepLook } from '../partnership/look.store.ts';
import type { Records } from '../platform/database/database.ts';
import type { Releases } from '../platform/releases/ask.ts';
import type { InstallationRow } from '../platform/installation.store.ts';
import { nameInstallation } from '../platform/installation.store.ts';
import { addAccount, addPartnership, giveRoles } from '../platform/identity/account.store.ts';
import {
  exampleAccounts,
  exampleNeighbour,
  exampleNewcomer,
  examplePassword,
  type ExampleAccount,
} from '../platform/identity/example-accounts.ts';
import { hashPassword } from '../platform/identity/password.ts';
import { exampleLeaver } from '../partnership/example-people.ts';
import { loadExampleDefinitions } from './example-definitions.ts';
import { loadExampleDirectory } from './example-directory.ts';
import { loadExampleAssessments } from './example-assessment.ts';
import { loadExampleAgreements } from './example-agreements.ts';
import { loadExampleIntakes } from './example-intake.ts';
import { loadExampleRegister } from './example-register.ts';
import { loadExampleHubStrategy, loadExampleStrategy } from './example-strategy.ts';
import type { Role } from '../duty/index.ts';
import { lastSignInOf, loadExampleAccess } from './example-access.ts';

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

/** Who left Haverness and can still sign in: for whoever reviews access. */
const leaver: ExampleAccount = { ...exampleLeaver, role: 'partner' };
/** Drawn for the example. */
const logo = readFileSync(new URL('example-logo.png', import.meta.url));

/** Loads the example partnership into an empty installation. Each slice adds its part here as it comes. */
export async function loadExampleTown(records: Records, releases: Releases): Promise<InstallationRow> {
  const passwordHash = await hashPassword(examplePassword);
  const moment = new Date();
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
      for (const account of [...exampleAccounts, exampleNewcomer, exampleNeighbour, leaver]) {
        const { id, email, name } = account;
        const lastSignedInAt = lastSignInOf(account, moment);
        people.set(email, await addAccount(work<'identity'>(), { id, email, name, passwordHash, lastSignedInAt }));
      }
      audit({ action: 'INSTALLATION_SET_UP', outcome: 'done' });
      return { partnerships, people };
    },
  );
  for (const { slug, name } of [hub, ...areas]) {
    const partnership = made.partnerships.get(slug) ?? '';
    await records.write({ door: 'concord_member', actor: 'system', partnership }, async ({ work, audit }) => {
      await giveRoles(work<'platform'>(), partnership, rolesIn(slug, made.people));
      await loadExampleRegister(work<'partnership'>(), slug, today, made.people);
      if (slug === 'haverness') {
        await addExpectedSource(work<'evidence'>(), exampleExpected);
        const analyst = made.people.get('analyst@haverness.example') ?? '';
        await addCoverageNote(work<'evidence'>(), exampleNote, { by: analyst, on: exampleNote.on });
      }
      if (slug === 'haverness') await loadExampleDefinitions(work<'evidence' | 'partnership'>());
      if (slug === 'haverness') await loadExampleAgreements(work<'exchange' | 'partnership'>());
      if (slug === 'haverness')
        await loadExampleDirectory(work<'directory' | 'partnership' | 'published'>(), new Date(`${today}T08:00:00Z`));
      if (slug === hub.slug)
        await loadExampleHubStrategy(work<'strategy' | 'partnership' | 'evidence' | 'published' | 'directory'>());
      if (slug === 'haverness')
        await loadExampleStrategy(
          work<'strategy' | 'partnership' | 'evidence' | 'published' | 'directory'>(),
          { id: partnership, slug, name },
          { today, by: made.people.get('coordinator@haverness.example') ?? '' },
        );
      const look = exampleLook(slug, name);
      if (look !== undefined)
        await keepLook(
          work<'partnership'>(),
          { id: partnership, name },
          look,
          look.logoAlt === null ? null : logo,
          today,
        );
      audit({ action: 'ROLES_GIVEN', outcome: 'done' });
    });
  }
  await loadExampleIntakes(records, releases, {
    partnership: made.partnerships.get('haverness') ?? '',
    by: made.people.get('analyst@haverness.example') ?? '',
    today,
  });
  await loadExampleAssessments(records, releases, {
    partnership: made.partnerships.get('haverness') ?? '',
    name: areas[0].name,
    people: made.people,
    today,
  });
  await loadExampleAccess(records, made.partnerships.get('haverness') ?? '', { moment, today });
  return row;
}

/** When most people of the example got their roles. */
const since = '2025-09-01T08:00:00Z';

/** The accounts of Haverness work there; who works for the hub runs it, and has a look at all four areas. */
function rolesIn(
  slug: string,
  people: ReadonlyMap<string, string>,
): readonly { person: string; role: Role; since: string | undefined }[] {
  const forHub = exampleAccounts.filter(({ role }) => role === 'hub');
  const accounts = slug === 'haverness' ? [...exampleAccounts, exampleNewcomer, leaver] : forHub;
  const runningIt: readonly { readonly email: string; readonly role: Role }[] =
    slug === hub.slug ? forHub.map(({ email }) => ({ email, role: 'administrator' })) : [];
  return [...accounts, ...runningIt, ...(slug === 'castlemere' ? [exampleNeighbour] : [])].map(({ email, role }) => ({
    person: people.get(email) ?? '',
    role,
    since: email === exampleNewcomer.email ? undefined : since,
  }));
}
