import {
  exampleGapReportId,
  exampleGaps,
  examplePlaces,
  exampleProposal,
  exampleServices,
} from '../directory/example-services.ts';
import { loadGap, loadProposal } from '../directory/example.store.ts';
import { keepPlaces } from '../directory/place.store.ts';
import { keepServices } from '../directory/service.store.ts';
import { exampleOrganisations } from '../partnership/example-organisations.ts';
import type { Work } from '../platform/database/work.ts';

/** The 40 services of Haverness, after its organisations. */
export async function loadExampleDirectory(
  work: Work<'directory' | 'partnership' | 'published'>,
  moment: Date,
): Promise<void> {
  const register = new Map(exampleOrganisations.map(({ id, name }) => [name, id]));
  await keepPlaces(work, examplePlaces);
  await keepServices(
    work,
    exampleServices.map(({ provider, ...service }) => ({
      ...service,
      state: 'live',
      organisationId: register.get(provider) ?? null,
      origin: null,
    })),
    { how: 'added', by: 'system', moment },
  );
  for (const [place, { reports, ...gap }] of exampleGaps.entries())
    await loadGap(
      work,
      gap,
      reports.map((seen, at) => ({ id: exampleGapReportId(place, at), seen })),
      moment.toISOString().slice(0, 10),
    );
  await loadProposal(work, exampleProposal);
}
