import { feedImport } from '../directory/feed-import.job.ts';
import { referralCare } from '../directory/referral.job.ts';
import { directoryReminders } from '../directory/remind.job.ts';
import { indicatorValues } from '../evidence/indicator.job.ts';
import { evidenceCheck } from '../evidence/intake.job.ts';
import { auditCheck } from '../platform/audit/audit.job.ts';
import type { JobDefinition } from '../platform/jobs/job.ts';
import { strategyDocuments } from '../strategy/document.job.ts';
import { exampleEvidence } from './example-evidence.job.ts';

/** Every kind of work that takes time, of every slice. */
export const jobDefinitions: readonly JobDefinition[] = [
  auditCheck,
  directoryReminders,
  evidenceCheck,
  exampleEvidence,
  indicatorValues,
  feedImport,
  referralCare,
  strategyDocuments,
];
