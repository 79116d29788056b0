import { readConfig } from '../src/platform/config.ts';
import { verifyChain } from '../src/platform/audit/verify.ts';
import type { Records } from '../src/platform/database/database.ts';
import { addPartnership } from '../src/platform/identity/account.store.ts';
import { openInstallation } from '../src/platform/installation.ts';
import { addJob } from '../src/platform/jobs/job.store.ts';
import { openLog } from '../src/platform/log.ts';
import { inFreshFolder } from './instruments/programs.ts';
import { rowOf, type Bench } from './instruments/row.ts';
import { inTurn, rateOf, type Rate } from './instruments/summary.ts';

const writers = 64;
const rounds = 4;
const seconds = 3;
const perSecondGoal = 1_500;

export const bench: Bench = {
  promise: `${writers} writers at once on one partnership, each unit of work with a row of its own and its audit entry: ${perSecondGoal} a second on a real disk, and one unbroken chain.`,
  run: (progress) =>
    inFreshFolder(async (data) => {
      const installation = await openInstallation(readConfig({ data }), openLog('quiet'));
      try {
        const { records } = installation;
        const partnership = await records.write(
          { door: 'concord_identity', actor: 'system', partnership: undefined },
          ({ work }) => addPartnership(work<'platform' | 'published'>(), { slug: 'haverness', name: 'Haverness' }),
        );
        let audited = 0;
        progress('Warming up …');
        await write(records, partnership);
        progress(`${rounds} rounds of ${2 * seconds} seconds …`);
        const rates = await inTurn(
          {
            audited: () => write(records, partnership, () => (audited += 1)),
            unaudited: () => write(records, partnership),
          },
          rounds,
        );

        progress(`Following the chain of ${audited} entries …`);
        const began = performance.now();
        const verdict = await verifyChain((act) =>
          records.read({ door: 'concord_member', actor: 'system', partnership }, act),
        );
        const verifySeconds = (performance.now() - began) / 1_000;
        if (verdict.fault !== undefined) throw new Error(`The chain is broken: ${verdict.fault}`);
        if (verdict.entries !== audited)
          throw new Error(`${audited} units were acknowledged; the chain has ${verdict.entries} entries.`);

        const size = `${writers} writers, 1 partnership`;
        return [
          rowOf({
            bench: 'audit',
            metric: 'units of work with audit, beside the same without',
            size,
            value: rates.audited.perSecond,
            unit: 'units/s',
            baseline: rates.unaudited.perSecond,
            goal: { of: 'value', atLeast: perSecondGoal },
          }),
          ...(['p50Milliseconds', 'p99Milliseconds'] as const).map((figure) =>
            rowOf({
              bench: 'audit',
              metric: `units of work with audit, ${figure.slice(0, 3)}`,
              size,
              value: rates.audited[figure],
              unit: 'ms',
              baseline: rates.unaudited[figure],
            }),
          ),
          rowOf({
            bench: 'audit',
            metric: 'chain verified from its first entry, none missing or forked',
            size: `${verdict.entries} entries`,
            value: verdict.entries / verifySeconds,
            unit: 'entries/s',
          }),
        ];
      } finally {
        await installation.close();
      }
    }),
};

/** Everybody writes, again and again, for a while; a turn that began in time may end. */
async function write(records: Records, partnership: string, committed?: () => void): Promise<Rate> {
  const milliseconds: number[] = [];
  const began = performance.now();
  const writer = async (): Promise<void> => {
    for (let start = began; start - began < seconds * 1_000; start = performance.now()) {
      await records.write({ door: 'concord_member', actor: 'system', partnership }, async ({ work, audit }) => {
        const title = 'Written by the bench';
        const id = await addJob(work<'platform'>(), {
          partnership,
          kind: 'audit-check',
          title,
          payload: {},
          askedBy: 'system',
        });
        if (committed !== undefined) audit({ action: 'JOB_ASKED', subject: `job/${id}`, outcome: 'done' });
      });
      milliseconds.push(performance.now() - start);
      committed?.();
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return rateOf(milliseconds, (performance.now() - began) / 1_000);
}
