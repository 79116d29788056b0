import { directoryReminders } from '../directory/remind.job.ts';
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
  strategyDocuments,
];
