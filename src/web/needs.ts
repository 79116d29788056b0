import { directoryNeeds } from '../directory/need.store.ts';
import { evidenceNeeds } from '../evidence/need.store.ts';
import { exchangeNeeds } from '../exchange/need.store.ts';
import { partnershipNeeds } from '../partnership/need.store.ts';
import { auditNeeds } from '../platform/audit/need.store.ts';
import type { Schema } from '../platform/database/work.ts';
import { jobNeeds } from '../platform/jobs/need.store.ts';
import type { NeedRow } from '../platform/needs.ts';
import { strategyNeeds } from '../strategy/need.store.ts';

/** What may need somebody, of every slice. */
export const needRows: readonly NeedRow<Schema>[] = [
  ...partnershipNeeds,
  ...exchangeNeeds,
  ...evidenceNeeds,
  ...directoryNeeds,
  ...strategyNeeds,
  ...jobNeeds,
  ...auditNeeds,
];
