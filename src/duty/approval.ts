import { z } from 'zod';
import type { IsoDate } from './calendar.ts';
import { isoDateSchema } from './calendar.ts';
import type { Ref } from './reference.ts';
import { refSchema } from './reference.ts';

/** The SHA-256 of exact bytes, as 64 lower case hexadecimal digits behind `sha256:`. */
export type ContentHash = `sha256:${string}`;

export function isContentHash(text: string): text is ContentHash {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

export const contentHashSchema = z
  .string()
  .refine(isContentHash, 'Use a content hash: sha256: and 64 hexadecimal digits in lower case');

/**
 * A body approved these exact bytes on this day. It says nothing of any other wording: a comma changed after the
 * meeting makes another hash, which nobody has approved yet.
 */
export interface Approval {
  /** Who approved, such as a meeting of the board. */
  readonly body: Ref;
  /** The day of the decision, which may be earlier than the day on which it was entered. */
  readonly date: IsoDate;
  readonly hash: ContentHash;
}

export const approvalSchema: z.ZodType<Approval> = z.strictObject({
  body: refSchema,
  date: isoDateSchema,
  hash: contentHashSchema,
});

/** Whether the approval is of the content with this hash, and not of an earlier or later wording. */
export function approves(approval: Approval, content: ContentHash): boolean {
  return approval.hash === content;
}
