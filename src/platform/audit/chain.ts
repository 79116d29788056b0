import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';

/**
 * One entry as it is exported: a line of JSON each. Ids and names of fields only.
 *
 * `hash` is SHA-256 of `prev` (as it stands here, hexadecimal) followed by the canonical JSON (RFC 8785) of the entry
 * without `hash`. The first entry's `prev` is 64 zeros. So whoever has only the file can check it, with any tool.
 */
const knownParts = z.object({
  seq: z.number().int().min(1).describe('Place in the chain: 1, 2, 3 … without a gap'),
  at: z.iso.datetime({ precision: 6 }).describe('Moment in UTC, to the microsecond'),
  partnership: z
    .uuid()
    .or(z.literal('00000000-0000-0000-0000-000000000000'))
    .describe('Id of the partnership; the nil id for events that belong to none'),
  actor: z.string().describe('Id of a person, or `public` or `system`'),
  action: z.string().describe('What was done, such as SIGNED_IN'),
  subject: z.string().nullable().describe('The record that it concerns, as kind/id'),
  outcome: z.enum(['done', 'seen', 'refused', 'failed']),
  fields: z.array(z.string()).optional().describe('Names of the fields that changed'),
  prev: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Hash of the entry before; 64 zeros for the first'),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of prev followed by the canonical JSON (RFC 8785) of this entry without hash'),
});

/** A later version may add parts: the hash covers them too, so they are kept. */
export const auditEntrySchema = knownParts.loose();

export type AuditEntry = Readonly<z.infer<typeof knownParts>>;

export const firstPrev = '0'.repeat(64);

/** What `hash` has to be. */
export function hashOf(entry: AuditEntry): string {
  const { hash: _, ...rest } = entry;
  return createHash('sha256')
    .update(rest.prev)
    .update(canonicalize(rest) ?? '')
    .digest('hex');
}

/** Half a character, or a number beyond all numbers, has no canonical form: then no hash is right. */
function hashIfAny(entry: AuditEntry): string | undefined {
  try {
    return hashOf(entry);
  } catch {
    return undefined;
  }
}

export interface ChainVerdict {
  readonly entries: number;
  /** Sequence and hash of the newest entry: whoever noted an earlier head can see that the chain still runs through it. */
  readonly head: { readonly seq: number; readonly hash: string } | undefined;
  /** What is wrong with the first entry that is wrong. */
  readonly fault: string | undefined;
}

/** Follows a chain entry by entry, in constant memory. */
export class ChainCheck {
  #head: { seq: number; hash: string } | undefined;
  #partnership: string | undefined;
  #entries = 0;
  #fault: string | undefined;

  /** @returns false once the chain is broken; what comes after proves nothing */
  next(entry: AuditEntry): boolean {
    if (this.#fault !== undefined) return false;
    this.#fault = this.#faultOf(entry);
    if (this.#fault !== undefined) return false;
    this.#head = { seq: entry.seq, hash: entry.hash };
    this.#partnership = entry.partnership;
    this.#entries += 1;
    return true;
  }

  /** For a line that is no entry at all. */
  breakAt(fault: string): void {
    this.#fault ??= fault;
  }

  verdict(): ChainVerdict {
    return { entries: this.#entries, head: this.#head, fault: this.#fault };
  }

  #faultOf(entry: AuditEntry): string | undefined {
    const seq = this.#head === undefined ? 1 : this.#head.seq + 1;
    if (entry.seq !== seq) return `Entry ${seq} is missing: entry ${entry.seq} stands in its place.`;
    if (entry.prev !== (this.#head?.hash ?? firstPrev)) return `Entry ${seq} does not follow the entry before it.`;
    if (this.#partnership !== undefined && entry.partnership !== this.#partnership)
      return `Entry ${seq} belongs to another partnership.`;
    if (entry.hash !== hashIfAny(entry)) return `Entry ${seq} was changed after it was written.`;
    return undefined;
  }
}

/** Reads one line of an export. @returns undefined for a line that is no entry */
export function parseEntry(line: string): AuditEntry | undefined {
  try {
    return auditEntrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
