import { z } from 'zod';
import { exampleAccounts } from '../platform/identity/example-accounts.ts';
import { listPartnerships } from '../platform/installation.store.ts';
import type { Records } from '../platform/database/database.ts';
import { defineJob, JobRefused } from '../platform/jobs/job.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { loadExampleEvidence } from './example-evidence.ts';

/** Five years of evidence, loaded while people already look round. */
export const exampleEvidence = defineJob({
  kind: 'example-evidence',
  payload: z.object({ by: z.uuid() }),
  retries: 3,
  async run({ read, write, payload, partnership, equipment, signal, progress }) {
    if (equipment.standsOn === null) throw new JobRefused('This installation is no example, so nothing was made up.');
    await loadExampleEvidence(
      { read, write, releases: equipment.releases, partnership, by: payload.by, today: equipment.standsOn },
      { signal, progress },
    );
    return { note: 'The evidence of the example is there: June 2021 to May 2026.', href: '/haverness/coverage' };
  },
});

/** Asks for it, as the analyst of Haverness: their home shows how far it is. */
export async function askExampleEvidence(records: Records, jobs: Jobs): Promise<void> {
  const system = { door: 'concord_member', actor: 'system' } as const;
  const partnerships = await records.read({ ...system, partnership: undefined }, ({ work }) =>
    listPartnerships(work<'platform'>()),
  );
  const partnership = partnerships.find(({ slug }) => slug === 'haverness')?.id;
  const by = exampleAccounts.find(({ role }) => role === 'analyst')?.id;
  if (partnership === undefined || by === undefined) throw new Error('the example has no Haverness');
  await records.write({ ...system, partnership }, ({ work, audit }) => {
    audit({ action: 'EXAMPLE_EVIDENCE_ASKED', outcome: 'done' });
    return jobs.ask(work<'platform'>(), {
      definition: exampleEvidence,
      payload: { by },
      title: 'Load five years of evidence for the example',
      partnership,
      askedBy: by,
    });
  });
}
