import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** What a sink does with a letter whose content it has read in full. */
export type Verdict = 'take' | 'drop the connection' | 'hold' | { readonly code: number; readonly sentence: string };

export interface Received {
  readonly letter: Email;
  /** The letter as it came. */
  readonly source: string;
  /** Whom the envelope names: that is who gets it. */
  readonly recipients: readonly string[];
}

export interface Sink {
  readonly url: string;
  /** Letters that the sink said it takes. */
  readonly taken: readonly Received[];
  readonly close: () => Promise<void>;
}

export interface Manners {
  readonly onLetter?: (received: Received, session: SMTPServerSession) => Verdict;
  readonly onRecipient?: (address: string) => Exclude<Verdict, string> | undefined;
  /** Asks for an account that nobody has. */
  readonly refusesAccount?: boolean;
}

const refusal = ({ code, sentence }: { code: number; sentence: string }) =>
  Object.assign(new Error(sentence), { responseCode: code });

/** A real mail server on this machine, with the manners that a test needs. */
export async function openSink({
  onLetter = () => 'take',
  onRecipient,
  refusesAccount = false,
}: Manners = {}): Promise<Sink> {
  const taken: Received[] = [];
  const sink = new SMTPServer({
    disabledCommands: refusesAccount ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    authOptional: !refusesAccount,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => {
      done(refusal({ code: 535, sentence: 'Authentication failed' }));
    },
    onRcptTo: ({ address }, _session, done) => {
      const verdict = onRecipient?.(address);
      done(verdict === undefined ? null : refusal(verdict));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        void (async () => {
          const source = Buffer.concat(parts).toString('utf8');
          const letter = await PostalMime.parse(source);
          const received = { letter, source, recipients: session.envelope.rcptTo.map(({ address }) => address) };
          const verdict = onLetter(received, session);
          if (verdict === 'hold') return;
          if (verdict === 'drop the connection') {
            for (const connection of sink.connections as Set<{ _socket: { destroy: () => void }; session: unknown }>)
              if (connection.session === session) connection._socket.destroy();
            return;
          }
          if (verdict === 'take') taken.push(received);
          done(verdict === 'take' ? null : refusal(verdict));
        })();
      });
    },
  });
  sink.on('error', () => undefined); // connections that a test breaks
  await new Promise<void>((ready) => sink.listen(0, '127.0.0.1', ready));
  const { port } = sink.server.address() as AddressInfo;
  return {
    url: `smtp://${refusesAccount ? 'concord:wrong@' : ''}127.0.0.1:${port}`,
    taken,
    close: () =>
      new Promise((closed) => {
        sink.close(closed);
      }),
  };
}
