import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What came back over the wire: bytes, not what some client made of them. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** Everything, with whatever followed. */
  readonly text: string;
}

export type Part = string | Buffer;

/**
 * Sends bytes as they stand and reads until the server ends the connection or the first answer is whole.
 * @param parts sent one after the other, `pauseMilliseconds` apart
 * @param from which of this machine's own addresses (127.0.0.0/8) asks
 */
export async function sendRaw(
  port: number,
  parts: readonly Part[],
  { pauseMilliseconds = 0, wholeConnection = false, from = '127.0.0.1' } = {},
): Promise<RawAnswer> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  const received: Buffer[] = [];
  const ended = new Promise<void>((done) => {
    socket.on('data', (bytes) => {
      received.push(bytes);
      if (!wholeConnection && isWhole(Buffer.concat(received).toString('latin1'))) done();
    });
    socket.on('close', () => done());
    socket.on('error', () => done());
  });
  void (async () => {
    for (const part of parts) {
      if (socket.destroyed) return;
      socket.write(part);
      if (pauseMilliseconds > 0) await pause(pauseMilliseconds);
    }
  })();
  const late = setTimeout(() => socket.destroy(), 15_000);
  await ended;
  clearTimeout(late);
  socket.destroy();
  return read(Buffer.concat(received).toString('utf8'));
}

function read(text: string): RawAnswer {
  const at = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, at === -1 ? undefined : at).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0),
    headers,
    body: at === -1 ? '' : text.slice(at + 4),
    text,
  };
}

function isWhole(text: string): boolean {
  const at = text.indexOf('\r\n\r\n');
  if (at === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, at))?.[1];
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length - at - 4 >= Number(length);
}
