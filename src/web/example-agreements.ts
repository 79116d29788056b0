import type { Party } from '../exchange/agreement.ts';
import { addAgreement, endAgreement } from '../exchange/agreement.store.ts';
import { exampleAgreements } from '../exchange/example-agreements.ts';
import { exampleOrganisations } from '../partnership/example-organisations.ts';
import type { Work } from '../platform/database/work.ts';

/** The agreements of Haverness, after its organisations. @throws where the example names an organisation that is not there */
export async function loadExampleAgreements(work: Work<'exchange' | 'partnership'>): Promise<void> {
  const idByName = new Map(exampleOrganisations.map(({ id, name }) => [name, id]));
  const party = (name: string, role: Party['role']): Party => {
    const organisationId = idByName.get(name);
    if (organisationId === undefined) throw new Error(`the example has no organisation ${name}`);
    return { organisationId, role };
  };
  for (const { senders, receivers, marking, handling, ended, ...agreement } of exampleAgreements) {
    await addAgreement(work, {
      signedOn: null,
      starts: null,
      ends: null,
      reviewDue: null,
      notes: null,
      ...agreement,
      marking: { level: marking, handling: handling === undefined ? [] : [handling] },
      parties: [...senders.map((name) => party(name, 'sends')), ...receivers.map((name) => party(name, 'receives'))],
    });
    if (ended !== undefined) await endAgreement(work, agreement.id, ended.on, ended.because);
  }
}
