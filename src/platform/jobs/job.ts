import type { z } from 'zod';
import type { ReadUnit, WriteUnit } from '../database/database.ts';
import type { IsoDate } from '../../duty/index.ts';
import type { Links } from '../links/links.ts';
import type { Releases } from '../releases/ask.ts';

/** A kind of work that takes time. It may be run again after a crash, so what it writes must bear a second run. */
export interface JobDefinition<P = unknown> {
  /** Kebab-case; stands in the records, so it stays. */
  readonly kind: string;
  readonly payload: z.ZodType<P>;
  /** Tries after the first, with a growing pause between them. */
  readonly retries: number;
  readonly run: (run: JobRun<P>) => Promise<JobResult>;
}

export interface JobRun<P> {
  readonly id: string;
  readonly payload: P;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly partnership: string;
  /** Aborted when somebody cancels the job, or the process has to stop. Whoever does not look is killed five seconds later. */
  readonly signal: AbortSignal;
  /** How far it is: kept for those who watch, a few times a second at most. */
  readonly progress: (done: number, total: number | undefined, note?: string) => void;
  readonly read: <T>(act: (unit: ReadUnit) => Promise<T>) => Promise<T>;
  readonly write: <T>(act: (unit: WriteUnit) => Promise<T>) => Promise<T>;
  readonly equipment: RunEquipment;
}

/** What a run may use beside the records. */
export interface RunEquipment {
  readonly links: Links;
  /** The beginning of every link in a mail. */
  readonly origin: string;
  readonly releases: Releases;
  /** The day on which an example's clocks stand; null where the real day counts. */
  readonly standsOn: IsoDate | null;
}

export interface JobResult {
  /** One sentence for whoever asked. */
  readonly note: string;
  /** Where the result is, inside Concord. */
  readonly href?: string;
}

/** A table of definitions holds them as one kind; `payload` is parsed by the definition's own schema before it runs. */
export const defineJob = <P>(definition: JobDefinition<P>): JobDefinition => definition as unknown as JobDefinition;

/** A fault that another try will not mend: the sentence is for whoever asked. */
export class JobRefused extends Error {}
