import { sql } from 'kysely';
import type { Work } from '../database/work.ts';

export interface Letter {
  readonly recipient: string;
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
}

/**
 * Puts a letter into the outbox. It is sent when the unit of work has committed, and never when it has not.
 * @throws RangeError where the recipient is not one address
 */
export async function queueMail(
  work: Work<'platform'>,
  partnership: string | undefined,
  letter: Letter,
): Promise<void> {
  if (!oneAddress.test(letter.recipient)) throw new RangeError('a letter goes to one address');
  await work
    .insertInto('platform.mail')
    .values({
      partnership_id: partnership ?? null,
      recipient: letter.recipient,
      subject: oneLine(letter.subject),
      body: letter.body,
    })
    .execute();
}

/** No space, comma or bracket: nothing that a mail program could read as two. */
const oneAddress = /^[^\s<>()[\],;:"\\@\p{Cc}]+@[^\s<>(),;:"\\@\p{Cc}]+$/u;

/** A subject is one line: nobody adds headers to a mail through a name or a title. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 400);

/** The next letter that is due, held by this transaction so that no other postman takes it; undefined when none is. */
export const takeLetter = (work: Work<'platform'>) =>
  work
    .selectFrom('platform.mail')
    .select(['id', 'recipient', 'subject', 'body', 'attempts', 'queued_at as queuedAt'])
    .where('sent_at', 'is', null)
    .where('given_up_at', 'is', null)
    .where('next_try_at', '<=', sql<string>`now()`)
    .orderBy('next_try_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();

export async function markSent(work: Work<'platform'>, id: string): Promise<void> {
  // What was sent need not be kept: the record that it was, is enough.
  await work
    .updateTable('platform.mail')
    .set({ sent_at: sql`now()`, attempts: sql`attempts + 1`, body: '', last_failure: null })
    .where('id', '=', id)
    .execute();
}

export async function markFailed(
  work: Work<'platform'>,
  id: string,
  failure: { readonly reason: string; readonly againInSeconds: number | 'never' },
): Promise<void> {
  const { reason, againInSeconds } = failure;
  await work
    .updateTable('platform.mail')
    .set({
      attempts: sql`attempts + 1`,
      last_failure: reason.slice(0, 500),
      ...(againInSeconds === 'never'
        ? { given_up_at: sql`now()` }
        : { next_try_at: sql`now() + make_interval(secs => ${againInSeconds})` }),
    })
    .where('id', '=', id)
    .execute();
}
