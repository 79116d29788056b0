import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { entriesAfter, noPartnership } from '../platform/audit/audit.store.ts';
import { ChainCheck, parseEntry, type ChainVerdict } from '../platform/audit/chain.ts';
import { verifyChain } from '../platform/audit/verify.ts';
import type { Records } from '../platform/database/database.ts';
import { listPartnerships } from '../platform/installation.store.ts';
import { command, CommandRefused, type Command } from './command.ts';
import { actorOf, system, withInstallation } from './installation.commands.ts';

const linesOfAPart = 5_000;

export const auditCommands: readonly Command[] = [
  command({
    name: 'audit verify',
    summary: 'Check the audit: every chain of this installation, or an exported file without any database',
    options: {
      file: z.string().optional().describe('FILE  an export to check, without a database'),
      export: z.string().optional().describe('FILE  the same as --file'),
    },
    async run({ options }) {
      const file = options.file ?? options.export;
      if (file !== undefined) return told([{ chain: file, ...(await verifyFile(file)) }]);
      return withInstallation(options.data, async ({ records }) => {
        const verdicts: ChainSeen[] = [];
        for (const { id, slug } of await chains(records, options.partnership))
          verdicts.push({
            chain: slug,
            ...(await verifyChain((act) => records.read({ ...system, partnership: id }, act))),
          });
        return told(verdicts);
      });
    },
  }),
  command({
    name: 'audit export',
    summary: 'Write the audit of a partnership to a file that can be checked without Concord',
    options: { out: z.string().describe('FILE  where to (JSON lines)') },
    run: ({ options }) =>
      withInstallation(options.data, async ({ records }) => {
        const [chain, ...more] = await chains(records, options.partnership, 'partnerships only');
        if (chain === undefined || more.length > 0)
          throw new CommandRefused(
            'Say which partnership: --partnership <slug> (or --partnership installation for events without one).',
          );
        const actor = await actorOf({ records }, options.as);
        await records.write({ ...system, actor, partnership: chain.id }, ({ audit }) => {
          audit({ action: 'AUDIT_EXPORTED', outcome: 'seen' });
          return Promise.resolve();
        });
        const entries = await exportChain(records, chain.id, options.out);
        return {
          text: `${entries} entries of ${chain.slug} written to ${options.out}.`,
          json: { partnership: chain.slug, entries, file: options.out },
        };
      }),
  }),
];

interface ChainSeen extends ChainVerdict {
  readonly chain: string;
}

function told(verdicts: readonly ChainSeen[]) {
  const text = verdicts.map(({ chain, entries, head, fault }) =>
    fault === undefined
      ? `${chain}: whole, ${entries} entries${head === undefined ? '' : `, head ${head.seq} ${head.hash}`}`
      : `${chain}: broken. ${fault}`,
  );
  const whole = verdicts.every(({ fault }) => fault === undefined);
  return { text: text.join('\n'), json: { whole, chains: verdicts }, exit: whole ? 0 : 1 } as const;
}

/** The chains of every partnership and that of the installation, or the one that was asked for. */
async function chains(
  records: Records,
  wanted: string | undefined,
  which: 'all' | 'partnerships only' = 'all',
): Promise<readonly { id: string; slug: string }[]> {
  const partnerships = await records.read(system, ({ work }) => listPartnerships(work<'platform'>()));
  const all = [...partnerships, { id: noPartnership, slug: 'installation' }];
  if (wanted === undefined) return which === 'all' ? all : partnerships;
  const found = all.filter(({ slug }) => slug === wanted);
  if (found.length === 0)
    throw new CommandRefused(
      `There is no partnership “${wanted}”. There are: ${all.map(({ slug }) => slug).join(', ')}.`,
    );
  return found;
}

async function verifyFile(file: string): Promise<ChainVerdict> {
  const check = new ChainCheck();
  const source = createReadStream(file, 'utf8');
  try {
    let number = 0;
    for await (const line of createInterface({ input: source, crlfDelay: Infinity })) {
      number += 1;
      if (line === '') continue;
      const entry = parseEntry(line);
      if (entry === undefined) check.breakAt(`Line ${number} is not an entry of an audit.`);
      if (entry === undefined || !check.next(entry)) break;
    }
  } catch (error) {
    throw new CommandRefused(`${file} cannot be read: ${(error as Error).message}`);
  } finally {
    source.destroy();
  }
  return check.verdict();
}

async function exportChain(records: Records, partnership: string, file: string): Promise<number> {
  const out = createWriteStream(file, { mode: 0o600 });
  let count = 0;
  for (let after = 0; ;) {
    const entries = await records.read({ ...system, partnership }, ({ work }) =>
      entriesAfter(work<'platform'>(), after, linesOfAPart),
    );
    if (!out.write(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))) await once(out, 'drain');
    count += entries.length;
    after = entries.at(-1)?.seq ?? after;
    if (entries.length < linesOfAPart) break;
  }
  out.end();
  await once(out, 'finish');
  return count;
}
