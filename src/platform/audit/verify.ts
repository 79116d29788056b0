import type { ReadUnit } from '../database/database.ts';
import { entriesAfter, lastSeq } from './audit.store.ts';
import { ChainCheck, type ChainVerdict } from './chain.ts';

const page = 5_000;

/** A bound way to read: a page of the chain a unit of work, so that a long chain holds no transaction open. */
export type ReadPage = <T>(act: (unit: ReadUnit) => Promise<T>) => Promise<T>;

/** Checks the whole chain of the bound partnership. Stops early when `signal` says so, with what was checked until then. */
export async function verifyChain(
  read: ReadPage,
  progress: (done: number, total: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<ChainVerdict> {
  const total = await read(({ work }) => lastSeq(work<'platform'>()));
  const check = new ChainCheck();
  for (let after = 0; after < total && signal?.aborted !== true;) {
    const entries = await read(({ work }) => entriesAfter(work<'platform'>(), after, page));
    if (entries.length === 0) {
      check.breakAt(`Entries ${after + 1} to ${total} are missing.`);
      break;
    }
    if (!entries.every((entry) => check.next(entry))) break;
    after = entries.at(-1)?.seq ?? total;
    progress(after, total);
  }
  return check.verdict();
}
