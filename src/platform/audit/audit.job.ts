import { z } from 'zod';
import { defineJob, JobRefused } from '../jobs/job.ts';
import { verifyChain } from './verify.ts';

/** Checks the audit of a partnership from its first entry to its newest. */
export const auditCheck = defineJob({
  kind: 'audit-check',
  payload: z.object({}),
  retries: 2,
  async run({ read, progress, signal }) {
    const verdict = await verifyChain(read, (done, total) => progress(done, total, 'entries checked'), signal);
    signal.throwIfAborted();
    if (verdict.fault !== undefined) throw new JobRefused(`The audit is broken. ${verdict.fault}`);
    const head = verdict.head === undefined ? '' : ` Its head is ${verdict.head.hash.slice(0, 16)}….`;
    return {
      note: `The audit is whole: ${verdict.entries.toLocaleString('en-GB')} entries, each following the one before.${head}`,
    };
  },
});
