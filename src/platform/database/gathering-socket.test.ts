import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gatheringSocket } from './gathering-socket.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'concord-socket-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('sends what one turn wrote as one packet, all of it and in order', async () => {
  const path = join(folder, 'socket');
  let received = '';
  const server = createServer((peer) => void peer.on('data', (bytes) => (received += bytes.toString())));
  await new Promise<void>((listening) => server.listen(path, listening));
  const socket = gatheringSocket();
  const packets: string[] = [];
  const send = socket._write.bind(socket);
  socket._write = (bytes: Buffer | string, encoding, done) => {
    packets.push(bytes.toString());
    send(bytes, encoding, done);
  };
  await new Promise<void>((connected) => socket.connect(path, connected));

  socket.write('begin ');
  // A driver holds back the parts of one statement itself.
  socket.cork();
  socket.write('bind ');
  socket.write('execute ');
  socket.uncork();
  await Promise.resolve();
  socket.write('sync.');
  await nextTurn();
  socket.write('commit ');
  socket.write('begin.');
  await nextTurn();
  await new Promise<void>((ended) => socket.end(ended));
  await new Promise<void>((closed) => void server.close(() => closed()));

  expect(packets).toEqual(['begin bind execute sync.', 'commit begin.']);
  expect(received).toBe('begin bind execute sync.commit begin.');
});
