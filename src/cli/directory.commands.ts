import { createWriteStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { importServices, type Imported } from '../directory/import.store.ts';
import { pagesOf, readFeed } from '../directory/import.ts';
import { exportedAfter } from '../directory/service.store.ts';
import { keepPlaces, placesOfTable } from '../directory/place.store.ts';
import { listReferences } from '../evidence/reference.store.ts';
import { systemClock, dayInEngland } from '../platform/clock.ts';
import { findInstallation } from '../platform/installation.store.ts';
import { command, CommandRefused, WrongUse, type Command } from './command.ts';
import { actorOf, system, withInstallation } from './installation.commands.ts';
import { partnershipOf } from './partnership-of.ts';
import { withReleases } from './release.commands.ts';

/** Of one file, unpacked, and of all of a feed together. */
const mostBytes = 500_000_000;
const placesAtOnce = 20_000;

export const directoryImportSchema = z.object({
  read: z.int(),
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  repeated: z.int(),
  heldBack: z.int(),
  published: z.int(),
  noLongerThere: z.int(),
});

interface Part {
  readonly name: string;
  readonly text: string;
}

/** @throws CommandRefused for what cannot be read */
async function partsOf(path: string): Promise<readonly Part[]> {
  try {
    const found = await stat(path);
    const names = found.isDirectory()
      ? (await readdir(path))
          .filter((name) => /\.(json|ndjson|jsonl)(\.gz)?$/.test(name))
          .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
          .map((name) => join(path, name))
      : [path];
    if (names.length === 0) throw new CommandRefused(`${path} holds no .json file.`);
    const parts: Part[] = [];
    let size = 0;
    for (const name of names) {
      const bytes = await readFile(name);
      const plain = name.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes;
      size += plain.length;
      if (size > mostBytes) throw new CommandRefused(`${path} is larger than 500 MB. Nothing was imported.`);
      parts.push({ name: basename(name), text: plain.toString('utf8') });
    }
    return parts;
  } catch (error) {
    if (error instanceof CommandRefused) throw error;
    throw new CommandRefused(`${path} cannot be read: ${(error as Error).message}. Nothing was imported.`);
  }
}

/** Every page of a feed at an address, before anything is kept. @throws CommandRefused when any of them fails */
async function feedOf(address: string, say: (line: string) => void): Promise<readonly Part[]> {
  const base = address.replace(/\/(services)?\/?(\?.*)?$/, '');
  const ask = async (path: string): Promise<string> => {
    let response: Response;
    try {
      response = await fetch(`${base}${path}`, {
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(60_000),
      });
    } catch (error) {
      throw new CommandRefused(`${base}${path} does not answer: ${(error as Error).message}. Nothing was imported.`);
    }
    if (!response.ok) throw new CommandRefused(`${base}${path} answered ${response.status}. Nothing was imported.`);
    return response.text();
  };
  const parts: Part[] = [];
  let size = 0;
  for (let page = 1; ; page += 1) {
    const text = await ask(`/services?full=true&page=${page}&per_page=100`);
    size += text.length;
    if (size > mostBytes) throw new CommandRefused(`${base} is larger than 500 MB. Nothing was imported.`);
    parts.push({ name: `page ${page}`, text });
    const pages = pagesOf(text)?.pages;
    if (pages === undefined || page >= pages) break;
    say(`Page ${page} of ${pages} …`);
  }
  return parts;
}

const sentence = (counts: Imported): string =>
  [
    `${counts.read.toLocaleString('en-GB')} services read: ${counts.added} new, ${counts.changed} changed, ${counts.same} as before.`,
    `${counts.published} of them are public.`,
    ...(counts.heldBack === 0
      ? []
      : [`${counts.heldBack} fields break the standard: they are kept, and not published.`]),
    ...(counts.repeated === 0
      ? []
      : [`${counts.repeated} have the id of another in the feed: they are kept as drafts, for you to decide.`]),
    ...(counts.noLongerThere === 0
      ? []
      : [`${counts.noLongerThere} of an earlier import are not in the feed any more: look whether they have closed.`]),
  ].join('\n');

export const directoryCommands: readonly Command[] = [
  command({
    name: 'directory import',
    summary: 'Read services from files or a feed of Open Referral UK (HSDS-UK 3.0 or 1.0)',
    operands: '<file|folder|address>',
    options: {},
    async run({ options, operands: [from], say }) {
      if (from === undefined) throw new WrongUse('Say from where: concord directory import <file|folder|address>');
      const parts = /^https?:\/\//.test(from) ? await feedOf(from, say) : await partsOf(from);
      const feed = readFeed(parts);
      if ('fault' in feed) throw new CommandRefused(feed.fault);
      return withInstallation(options.data, async ({ records }) => {
        const partnership = await partnershipOf(records, options.partnership, say);
        const actor = await actorOf({ records }, options.as);
        const moment = systemClock();
        const row = await records.read(system, ({ work }) => findInstallation(work<'platform'>()));
        const counts = await records.write(
          { ...system, actor, partnership: partnership.id },
          async ({ work, audit }) => {
            const imported = await importServices(work<'directory' | 'partnership' | 'published'>(), feed.services, {
              origin: /^https?:/.test(from) ? from : basename(from),
              by: actor,
              moment,
              today: row?.today ?? dayInEngland(moment),
            });
            audit({ action: 'SERVICES_IMPORTED', subject: `partnership/${partnership.id}`, outcome: 'done' });
            return imported;
          },
        );
        return { text: sentence(counts), json: counts };
      });
    },
  }),
  command({
    name: 'directory places',
    summary: 'Take postcodes and towns from the tables of places, so that help is found near them',
    options: {},
    async run({ options, say }) {
      return withReleases(options.data, async ({ records, releases }) => {
        const actor = await actorOf({ records }, options.as);
        const partnership = await partnershipOf(records, options.partnership, say);
        const references = await records.read(system, ({ work }) => listReferences(work<'evidence'>()));
        const tables = references.filter(({ layout }) => layout === 'places');
        if (tables.length === 0)
          throw new CommandRefused('No table of places is loaded. Add one: concord reference add places <file>');
        let count = 0;
        for (const { stored, title } of tables) {
          const { texts, numbers } = await releases.columns(stored, {
            texts: ['name', 'type', 'postcode'],
            numbers: ['longitude', 'latitude'],
          });
          const column = (name: string) => texts.get(name) ?? [];
          const number = (name: string) => numbers.get(name) ?? new Float64Array();
          const found = placesOfTable(
            column('name'),
            column('type'),
            column('postcode'),
            number('longitude'),
            number('latitude'),
          );
          for (let from = 0; from < found.length; from += placesAtOnce)
            await records.write({ ...system, actor, partnership: partnership.id }, async ({ work, audit }) => {
              count += await keepPlaces(work<'published'>(), found.slice(from, from + placesAtOnce));
              audit({ action: 'PLACES_TAKEN', outcome: 'done' });
            });
          say(`${title}: ${found.length.toLocaleString('en-GB')} postcodes and towns.`);
        }
        return { text: `${count.toLocaleString('en-GB')} postcodes and towns are known.`, json: { places: count } };
      });
    },
  }),
  command({
    name: 'directory export',
    summary: 'Write all services as they were given, one JSON list, confidential ones included: keep it safe',
    operands: '<file>',
    options: {},
    async run({ options, operands: [path], say }) {
      if (path === undefined) throw new WrongUse('Say where to: concord directory export <file>');
      return withInstallation(options.data, async ({ records }) => {
        const partnership = await partnershipOf(records, options.partnership, say);
        const actor = await actorOf({ records }, options.as);
        const out = createWriteStream(path, { mode: 0o600, flags: 'wx' });
        const failed = new Promise<never>((_, reject) =>
          out.once('error', (error) => reject(new CommandRefused(`${path} cannot be written: ${error.message}`))),
        );
        failed.catch(() => undefined);
        let count = 0;
        for (let after: string | undefined; ;) {
          const rows = await records.read({ ...system, actor, partnership: partnership.id }, ({ work }) =>
            exportedAfter(work<'directory' | 'partnership'>(), after, 500),
          );
          for (const { document } of rows) {
            out.write(`${count === 0 ? '[' : ','}\n${JSON.stringify(document)}`);
            count += 1;
          }
          after = rows.at(-1)?.id;
          if (rows.length < 500) break;
        }
        out.end(count === 0 ? '[]\n' : '\n]\n');
        await Promise.race([finished(out), failed]);
        await records.write({ ...system, actor, partnership: partnership.id }, ({ audit }) => {
          audit({ action: 'SERVICES_EXPORTED', subject: `partnership/${partnership.id}`, outcome: 'done' });
          return Promise.resolve();
        });
        return { text: `${count} services are in ${path}.`, json: { services: count, file: path } };
      });
    },
  }),
];
