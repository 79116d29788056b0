// A bare `node:http` server that sends the same bytes, from memory: as fast as this machine can answer at all.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SentPage } from '../web.ts';

process.once('disconnect', () => process.exit());
process.once('message', (sent: Readonly<Record<string, SentPage>>) => {
  const pages = new Map(
    Object.entries(sent).map(([path, { headers, body }]) => [path, { headers, bytes: Buffer.from(body) }]),
  );
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    response.writeHead(page === undefined ? 404 : 200, page?.headers);
    response.end(page?.bytes);
  });
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
});
