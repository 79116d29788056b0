import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { ByteCache } from './byte-cache.ts';

export interface ServerOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly cache: ByteCache;
  /** The page for what never became a request: too long, too slow, or not HTTP. */
  readonly brokenRequestPage: (status: 400 | 408 | 414 | 431) => string;
}

/** Most bytes of a refused request that are read, so that the answer arrives before the connection ends. */
const mostDrained = 64 * 1024 * 1024;

/**
 * The HTTP server: public pages straight from the byte cache, all else to the application. Slow requests end (headers
 * after 10 seconds, bodies after 30), and what Node would answer with an empty line gets a page.
 */
export function createHttpServer({ fetch, cache, brokenRequestPage }: ServerOptions): Server {
  // The adapter's own Response keeps text as text: Node's would make a stream of it and read it again.
  const listener = getRequestListener(fetch);
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      if (!answeredFromCache(request, response, cache)) void listener(request, response);
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const status = statusOf(error);
    if (status === undefined || !socket.writable) {
      socket.destroy();
      return;
    }
    const page = brokenRequestPage(status);
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(page)}\r\nx-content-type-options: nosniff\r\ncache-control: no-store\r\nconnection: close\r\n\r\n${page}`,
    );
    drain(socket);
  });
  return server;
}

/** Reads on for a while without looking: a sender that is still sending would otherwise see a reset and no answer. */
function drain(socket: Socket): void {
  let read = 0;
  socket.removeAllListeners('data');
  socket.on('data', (bytes: Buffer) => {
    read += bytes.length;
    if (read > mostDrained) socket.destroy();
  });
  socket.on('error', () => socket.destroy());
  socket.setTimeout(5_000, () => socket.destroy());
  socket.resume();
}

function statusOf({ code }: NodeJS.ErrnoException): 400 | 408 | 414 | 431 | undefined {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return 431;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408;
    case 'ECONNRESET':
    case 'EPIPE':
      return undefined;
    default:
      return 400;
  }
}

function answeredFromCache(request: IncomingMessage, response: ServerResponse, cache: ByteCache): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const packed = request.headers['accept-encoding']?.includes('gzip') === true;
  const kept = cache.find(request.url ?? '', packed);
  if (kept === undefined) return false;
  response.writeHead(200, kept.headers);
  response.end(request.method === 'HEAD' ? undefined : kept.bytes);
  return true;
}
