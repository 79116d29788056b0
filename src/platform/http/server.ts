import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Socket } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { notKept } from './answer-headers.ts';
import type { ByteCache } from './byte-cache.ts';

/** Answers a request. Where it came from is not in the request: the server says it beside it. */
export type Fetch = (request: Request, from?: From) => Response | Promise<Response>;

export interface From {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
  /** The body of this request may be long: it is not late as long as it goes on arriving. */
  readonly takeTime?: () => void;
}

export interface ServerOptions {
  readonly fetch: Fetch;
  readonly cache: ByteCache;
  /** The page for what never became a request: too long, too slow, or not HTTP. */
  readonly brokenRequestPage: (status: BrokenRequestStatus) => string;
  readonly patience?: Patience;
}

export interface Patience {
  /** How long the headers may take. */
  readonly headersMilliseconds: number;
  /** How long the body may take, and each stretch of one that may be long. */
  readonly requestMilliseconds: number;
  /** So much of a long body must arrive in each stretch. */
  readonly leastBytes: number;
}

export type BrokenRequestStatus = 400 | 405 | 408 | 413 | 431 | 500;

/** Most bytes of a refused request that are read, so that the answer arrives before the connection ends. */
const mostDrained = 64 * 1024 * 1024;
/** 300 kB in half a minute: the slowest lines that send files at all are faster. */
const patient: Patience = { headersMilliseconds: 10_000, requestMilliseconds: 30_000, leastBytes: 300_000 };

/**
 * The HTTP server: public pages straight from the byte cache, all else to the application. Slow requests end, and what
 * Node would answer with an empty line, or with a closed door, gets a page.
 */
export function createHttpServer({ fetch, cache, brokenRequestPage, patience = patient }: ServerOptions): Server {
  // The adapter's own Response keeps text as text: Node's would make a stream of it and read it again.
  const bodies = new WeakMap<object, () => void>();
  const listener = getRequestListener(
    (request, from) => {
      const takeTime = bodies.get(from.incoming);
      return fetch(request, takeTime === undefined ? from : { ...from, takeTime });
    },
    {
      errorHandler: (error) => {
        const status = error instanceof RequestError ? 400 : 500;
        return new Response(brokenRequestPage(status), { status, headers: notKept });
      },
    },
  );
  const answering = new WeakMap<Duplex, ServerResponse>();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    answering.set(request.socket, response);
    if (hasBody(request)) bodies.set(request, watchBody(request, response));
    if (!answeredFromCache(request, response, cache)) void listener(request, response);
  };
  const server = createServer(
    {
      headersTimeout: patience.headersMilliseconds,
      // Bodies are watched below: some may take as long as they go on arriving.
      requestTimeout: 0,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: Math.min(1_000, patience.headersMilliseconds),
      maxHeaderSize: 16 * 1024,
      // The application refuses a request without Host itself: with a page.
      requireHostHeader: false,
    },
    answer,
  );
  // An expectation that nobody knows is no reason for an empty 417.
  server.on('checkExpectation', answer);
  server.on('connect', (_, socket) => refuse(socket, 405));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = statusOf(error);
    // Behind the head of an answer another one would be read as its body.
    if (status === undefined || !socket.writable || answering.get(socket)?.headersSent === true) socket.destroy();
    else refuse(socket, status);
  });

  /** @returns what lets the body take its time */
  function watchBody(request: IncomingMessage, response: ServerResponse): () => void {
    const { socket } = request;
    let least = Infinity;
    let before = socket.bytesRead;
    const watch = setInterval(() => {
      if (request.complete || request.destroyed) {
        clearInterval(watch);
        return;
      }
      const arrived = socket.bytesRead - before;
      before = socket.bytesRead;
      if (arrived >= least) return;
      clearInterval(watch);
      if (response.headersSent || !socket.writable) socket.destroy();
      else refuse(socket, 408);
    }, patience.requestMilliseconds);
    watch.unref();
    response.once('close', () => clearInterval(watch));
    return () => (least = patience.leastBytes);
  }

  function refuse(socket: Duplex, status: BrokenRequestStatus): void {
    const page = brokenRequestPage(status);
    const headers = {
      ...notKept,
      ...(status === 405 && { allow: 'GET, POST' }),
      'content-length': String(Buffer.byteLength(page)),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${page}`);
    if (socket instanceof Socket) drain(socket);
  }
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

function statusOf({ code }: NodeJS.ErrnoException): BrokenRequestStatus | undefined {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return 431;
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 413;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408;
    case 'ECONNRESET':
    case 'EPIPE':
      return undefined;
    default:
      return 400;
  }
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function answeredFromCache(request: IncomingMessage, response: ServerResponse, cache: ByteCache): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const kept = cache.find(request.url ?? '', takesGzip(request.headers['accept-encoding'] ?? ''));
  if (kept === undefined) return false;
  response.writeHead(200, kept.headers);
  response.end(request.method === 'HEAD' ? undefined : kept.bytes);
  return true;
}

/** RFC 9110 section 12.5.3: a coding with weight 0 is not acceptable; `*` speaks for those that are not named. */
export function takesGzip(acceptEncoding: string): boolean {
  const weights = new Map(
    acceptEncoding
      .toLowerCase()
      .split(',')
      .map((member) => {
        const [coding = '', ...parameters] = member.split(';').map((part) => part.trim());
        const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
        return [coding, weight === undefined ? 1 : Number(weight)] as const;
      }),
  );
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}
