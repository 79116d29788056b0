import { setTimeout as pause } from 'node:timers/promises';
import { createTransport, type Transporter } from 'nodemailer';
import type { Records } from '../database/database.ts';
import type { Log } from '../log.ts';
import { markFailed, markSent, takeLetter } from './outbox.store.ts';

export interface PostmanOptions {
  readonly records: Records;
  readonly smtpUrl: string;
  readonly from: string;
  readonly log: Log;
  /** Pause between two looks into an empty outbox, in milliseconds. */
  readonly everyMilliseconds?: number;
}

const outbox = { door: 'concord_jobs', actor: 'system', partnership: undefined } as const;
/** A server that is away for a weekend loses nothing: tries go on for five days, an hour apart at most. */
const mostTries = 130;

/**
 * Sends what lies in the outbox. A letter is held while it is sent and marked in the same transaction, so two postmen never
 * send the same one. Should the machine die between the server's "accepted" and the mark, the letter goes again under the
 * same Message-ID, by which servers drop a repeat: never lost, and doubled in no inbox that looks at the Message-ID.
 */
export function startPostman(options: PostmanOptions): { stop: () => Promise<void> } {
  // Shorter than PostgreSQL lets a transaction idle, for the letter is held in one meanwhile.
  const transport = createTransport({
    url: options.smtpUrl,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  });
  const stopNow = new AbortController();
  const loop = (async () => {
    while (!stopNow.signal.aborted) {
      const sent = await sendNext(options, transport).catch((error: unknown) => {
        options.log.detail('postman', { error: String(error) });
        return false;
      });
      if (!sent)
        await pause(options.everyMilliseconds ?? 1_000, undefined, { signal: stopNow.signal }).catch(() => undefined);
    }
    transport.close();
  })();
  return {
    async stop() {
      stopNow.abort();
      await loop;
    },
  };
}

/** Sends one letter. False when none is due. */
export async function sendNext(
  { records, from }: Pick<PostmanOptions, 'records' | 'from'>,
  transport: Pick<Transporter, 'sendMail'>,
): Promise<boolean> {
  return records.write(outbox, async ({ work }) => {
    const mail = work<'platform'>();
    const letter = await takeLetter(mail);
    if (letter === undefined) return false;
    try {
      await transport.sendMail({
        from,
        to: { name: '', address: letter.recipient },
        subject: letter.subject,
        text: letter.body,
        messageId: `<${letter.id}@concord>`,
        date: new Date(letter.queuedAt),
        disableUrlAccess: true,
        disableFileAccess: true,
      });
      await markSent(mail, letter.id);
    } catch (error) {
      const final = isRefusedForEver(error) || letter.attempts + 1 >= mostTries;
      await markFailed(mail, letter.id, {
        reason: error instanceof Error ? error.message : String(error),
        againInSeconds: final ? 'never' : Math.min(15 * 2 ** letter.attempts, 3_600),
      });
    }
    return true;
  });
}

/** A server that says 5xx to the recipient or the letter will never take it. 5xx to our account or sender is ours to mend. */
function isRefusedForEver(error: unknown): boolean {
  const { responseCode = 0, command = '' } = error as { responseCode?: number; command?: string };
  return responseCode >= 500 && ['RCPT TO', 'DATA'].includes(command);
}
