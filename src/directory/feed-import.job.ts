import { lookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { z } from 'zod';
import { dayInEngland, systemClock } from '../platform/clock.ts';
import { defineJob, JobRefused } from '../platform/jobs/job.ts';
import { importServices } from './import.store.ts';
import { mostPages, nextPage, originOf, pagesOf, readFeed } from './import.ts';

const mostBytesOfAnswer = 20_000_000;
const mostBytes = 200_000_000;
const mostRedirects = 5;
const idleMilliseconds = 30_000;
const mostMilliseconds = 600_000;

/** Addresses of the own machine, house or provider, which no feed for everybody has (IANA special-purpose registries). */
const inside = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, prefix, 'ipv4');
/** Everything but what is given out for the whole Internet, 2000::/3; of that, tunnels to IPv4 addresses and examples. */
const tunnels = new BlockList();
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  tunnels.addSubnet(net, prefix, 'ipv6');
const everywhere = new BlockList();
everywhere.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address is one that everybody on the Internet reaches. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !inside.check(address, 'ipv4');
  return version === 6 && everywhere.check(address, 'ipv6') && !tunnels.check(address, 'ipv6');
}

export interface FeedReading {
  readonly signal: AbortSignal;
  readonly progress?: (done: number, total: number | undefined) => void;
  /** Which addresses may be asked; `isPublicAddress` but for tests. */
  readonly isAllowed?: (ip: string) => boolean;
}

const refusedAddress = 'The feed, or where it sends us, is at an address that is not public. Nothing was imported.';

/**
 * The pages of a feed, one after the other, as text. Names are resolved and checked where the connection is made, so a
 * name that changes its address in between leads nowhere else.
 * @throws JobRefused with a sentence where any page is missing, cut off, too long or too late
 */
export async function readPages(
  address: string,
  { signal, progress, isAllowed = isPublicAddress }: FeedReading,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(mostMilliseconds)]);
  const parts: { name: string; text: string }[] = [];
  let bytes = 0;
  let pages = 1;
  for (let page = 1; page <= pages; page += 1) {
    const name = `Page ${page} of the feed`;
    const text = await textAt(page === 1 ? new URL(address) : nextPage(address, page), name, until, isAllowed);
    bytes += text.length;
    if (bytes > mostBytes) throw new JobRefused('The feed is longer than 200 MB. Nothing was imported.');
    parts.push({ name, text });
    if (page === 1) pages = pagesOf(text)?.pages ?? 1;
    if (pages > mostPages)
      throw new JobRefused(`The feed says that it has ${pages} pages, more than ${mostPages}. Nothing was imported.`);
    progress?.(page, pages);
  }
  return parts;
}

async function textAt(from: URL, name: string, signal: AbortSignal, isAllowed: (ip: string) => boolean) {
  let at = from;
  for (let step = 0; step <= mostRedirects; step += 1) {
    const answer = await ask(at, name, signal, isAllowed);
    const status = answer.statusCode ?? 0;
    if (status >= 300 && status < 400 && answer.headers.location !== undefined) {
      answer.destroy();
      if (!URL.canParse(answer.headers.location, at))
        throw new JobRefused(`${name} sends us to no address. Nothing was imported.`);
      const to = new URL(answer.headers.location, at);
      if (!['http:', 'https:'].includes(to.protocol) || (at.protocol === 'https:' && to.protocol === 'http:'))
        throw new JobRefused(`${name} sends us to an address that is not safe. Nothing was imported.`);
      at = to;
      continue;
    }
    if (status !== 200) {
      answer.destroy();
      throw new JobRefused(`${name} answered with error ${status}. Nothing was imported.`);
    }
    return bodyOf(answer, name);
  }
  throw new JobRefused(`${name} sends us on more than ${mostRedirects} times. Nothing was imported.`);
}

function ask(at: URL, name: string, signal: AbortSignal, isAllowed: (ip: string) => boolean): Promise<IncomingMessage> {
  const host = at.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw new JobRefused(refusedAddress);
  const checked: LookupFunction = (hostname, options, give) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const [first] = error === null ? found : [];
      if (error !== null || first === undefined) give(error ?? new Error('no address'), '', 0);
      else if (!found.every((each) => isAllowed(each.address))) give(new JobRefused(refusedAddress), '', 0);
      else if (options.all === true) give(null, found);
      else give(null, first.address, first.family);
    });
  };
  return new Promise((given, failed) => {
    const sent = (at.protocol === 'https:' ? httpsRequest : httpRequest)(at, {
      lookup: checked,
      signal,
      agent: false,
      headers: { accept: 'application/json, application/x-ndjson', 'user-agent': 'Concord' },
    });
    sent.setTimeout(idleMilliseconds, () => sent.destroy(new Error('too late')));
    sent.once('response', given);
    sent.once('error', (error) => {
      failed(
        error instanceof JobRefused ? error : new JobRefused(`${name} could not be reached. Nothing was imported.`),
      );
    });
    sent.end();
  });
}

async function bodyOf(answer: IncomingMessage, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytesOfAnswer) throw new JobRefused(`${name} is longer than 20 MB. Nothing was imported.`);
      chunks.push(chunk);
    }
  } catch (error) {
    answer.destroy();
    throw error instanceof JobRefused ? error : new JobRefused(`${name} stops half way. Nothing was imported.`);
  }
  if (!answer.complete) throw new JobRefused(`${name} stops half way. Nothing was imported.`);
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads the services of a feed at an address into the directory: all of them, or none and why. */
export const feedImport = defineJob({
  kind: 'directory-feed-import',
  payload: z.object({ address: z.url().max(500), by: z.string() }),
  retries: 0,
  async run({ payload: { address, by }, write, progress, signal, equipment }) {
    const parts = await readPages(address, {
      signal,
      progress: (done, total) => progress(done, total, 'pages read'),
    });
    const feed = readFeed(parts);
    if ('fault' in feed) throw new JobRefused(feed.fault);
    const said = pagesOf(parts[0]?.text ?? '')?.items;
    if (said !== undefined && feed.services.length < said)
      throw new JobRefused(
        `The feed says that it has ${said} services and gave ${feed.services.length}. Nothing was imported.`,
      );
    signal.throwIfAborted();
    const moment = systemClock();
    const sum = await write(async ({ work, audit }) => {
      const kept = await importServices(work<'directory' | 'partnership' | 'published'>(), feed.services, {
        origin: originOf(address),
        by,
        moment,
        today: equipment.standsOn ?? dayInEngland(moment),
      });
      audit({ action: 'SERVICES_IMPORTED', outcome: 'done' });
      return kept;
    });
    return {
      note: `${sum.read} services read: ${sum.added} new, ${sum.changed} changed, ${sum.same} as they were. ${sum.noLongerThere} are no longer in the feed and stay until somebody decides.`,
    };
  },
});
