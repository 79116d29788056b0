import { Socket } from 'node:net';

/**
 * A socket that sends what was written in one turn of the event loop as one packet. Each packet wakes the process at the
 * other end, and that costs both more than a statement does: the end of one unit of work, the beginning of the next and its
 * first question travel together.
 */
export function gatheringSocket(): Socket {
  const socket = new Socket();
  const writeAlone = socket.write.bind(socket) as (...written: readonly unknown[]) => boolean;
  let gathers = false;
  const write = (...written: readonly unknown[]): boolean => {
    if (!gathers) {
      gathers = true;
      socket.cork();
      process.nextTick(() => {
        gathers = false;
        socket.uncork();
      });
    }
    return writeAlone(...written);
  };
  // Node puts back its own `write` when it begins to connect.
  socket.once('connect', () => Object.assign(socket, { write }));
  // One piece costs a third of several: they are small, so copying them is cheaper than listing them to the kernel.
  socket._writev = (parts, done) => {
    const bytes = parts.map(({ chunk, encoding }) =>
      typeof chunk === 'string' ? Buffer.from(chunk, encoding) : (chunk as Buffer),
    );
    socket._write(Buffer.concat(bytes), 'buffer' as BufferEncoding, done);
  };
  return socket;
}
