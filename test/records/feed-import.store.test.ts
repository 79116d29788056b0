import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { feedImport, isPublicAddress, readPages } from '../../src/directory/feed-import.job.ts';
import { importServices } from '../../src/directory/import.store.ts';
import { originOf, readFeed } from '../../src/directory/import.ts';
import { testTown, type TestTown } from './installation.ts';

let town: TestTown;
let server: Server;
let at = '';
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
const asked: string[] = [];
beforeAll(async () => {
  town = await testTown();
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => void asked.splice(0));
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await town.close();
});

const signal = new AbortController().signal;
const read = (path: string, isAllowed = (ip: string) => ip === '127.0.0.1') =>
  readPages(at + path, { signal, isAllowed });
const pageOf = (page: number, pages: number) =>
  JSON.stringify({
    total_items: pages,
    total_pages: pages,
    page_number: page,
    contents: [{ id: `0f00000${page}-0000-4000-8000-00000000aaaa`, name: `Service ${page}`, status: 'active' }],
  });
const numberOf = ({ url = '' }: IncomingMessage) => Number(new URL(url, 'http://x').searchParams.get('page') ?? '1');
const services = async () => (await town.asAdmin('select from directory.service')).length;

describe('a feed at an address', () => {
  it('is read page by page over HTTP, and follows where it is sent', async () => {
    answer = (request, response) => {
      if (request.url === '/old') return void response.writeHead(301, { location: '/services?full=true' }).end();
      response.end(pageOf(numberOf(request), 3));
    };
    expect(await read('/services?full=true')).toHaveLength(3);
    expect(asked).toEqual(['/services?full=true', '/services?full=true&page=2', '/services?full=true&page=3']);
    const [only] = await read('/old').then((parts) => parts.slice(0, 1));
    expect(only?.text).toContain('Service 1');
  });

  it('that stops half way, breaks or runs on is refused, and says which page', async () => {
    const third = (act: (response: ServerResponse) => void) => {
      answer = (request, response) => {
        if (numberOf(request) === 3) act(response);
        else response.end(pageOf(numberOf(request), 5));
      };
      return read('/services');
    };
    await expect(
      third((response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write(pageOf(3, 5).slice(0, 40));
        setTimeout(() => response.destroy(), 20);
      }),
    ).rejects.toThrow('Page 3 of the feed stops half way. Nothing was imported.');
    await expect(third((response) => response.writeHead(500).end())).rejects.toThrow(
      'Page 3 of the feed answered with error 500',
    );
    await expect(third((response) => response.end('x'.repeat(20_000_001)))).rejects.toThrow('longer than 20 MB');
    await expect(third((response) => response.writeHead(302, { location: '/services?page=3' }).end())).rejects.toThrow(
      'more than 5 times',
    );
    answer = (_, response) => response.end(pageOf(1, 1_000_000));
    await expect(read('/services')).rejects.toThrow('more than 2000');
  });

  it('never leads to the own machine or house, by address, by name or by being sent there', async () => {
    for (const to of ['http://127.0.0.2/x', 'http://169.254.169.254/latest', 'http://[::1]/x', 'http://10.0.0.1/']) {
      answer = (_, response) => response.writeHead(302, { location: to }).end();
      await expect(read('/services'), to).rejects.toThrow('not public');
    }
    answer = (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    await expect(read('/services')).rejects.toThrow('not safe');
    asked.splice(0);
    answer = (_, response) => response.end(pageOf(1, 1));
    for (const host of [at, at.replace('127.0.0.1', 'localhost'), at.replace('127.0.0.1', '2130706433')])
      await expect(readPages(host, { signal }), host).rejects.toThrow('not public');
    expect(asked).toEqual([]);
  });

  it('knows public addresses from others', () => {
    for (const ip of ['8.8.8.8', '151.101.0.81', '2606:4700::1111'])
      expect({ ip, is: isPublicAddress(ip) }).toEqual({ ip, is: true });
    for (const ip of [
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.9.9.9',
      '169.254.169.254',
      '172.31.0.1',
      '192.168.1.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:10.0.0.1',
      '::ffff:127.0.0.1',
      'fe80::1',
      'fd00::1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '3fff::1',
      '192.88.99.1',
      'nonsense',
    ])
      expect({ ip, is: isPublicAddress(ip) }).toEqual({ ip, is: false });
  });

  it('adds its services once, however often it is read', async () => {
    answer = (request, response) => response.end(pageOf(numberOf(request), 3));
    const before = await services();
    const partnership = town.partnerships.get('haverness') ?? '';
    for (const added of [3, 0]) {
      const feed = readFeed(await read('/services'));
      if ('fault' in feed) throw new Error(feed.fault);
      const sum = await town.records.write({ door: 'concord_member', actor: 'system', partnership }, ({ work }) =>
        importServices(work<'directory' | 'partnership' | 'published'>(), feed.services, {
          origin: originOf(`${at}/services?key=secret`),
          by: 'system',
          moment: new Date('2026-06-01T12:00:00Z'),
          today: '2026-06-01',
        }),
      );
      expect(sum).toMatchObject({ read: 3, added, noLongerThere: 0 });
    }
    expect(await services()).toBe(before + 3);
    expect(await town.asAdmin(`select from directory.service where origin like '%secret%'`)).toEqual([]);
  });

  it('as a job asks nobody inside, and leaves the directory as it was', async () => {
    const before = await services();
    const partnership = town.partnerships.get('haverness') ?? '';
    const entry = { door: 'concord_member', actor: 'system', partnership } as const;
    const run = feedImport.run({
      id: '',
      payload: { address: `${at}/services`, by: 'system' },
      attempt: 1,
      partnership,
      signal,
      progress: () => undefined,
      read: (act) => town.records.read(entry, act),
      write: (act) => town.records.write(entry, act),
      equipment: { ...town.equipment },
    });
    await expect(run).rejects.toThrow('not public');
    expect(asked).toEqual([]);
    expect(await services()).toBe(before);
  });
});
