import pg from 'pg';
import { toWgs84Degrees, isRefusal, randomStream, type Random } from '../src/measures/index.ts';
import { keepServices, type Wanted } from '../src/directory/service.store.ts';
import { keepPlaces } from '../src/directory/place.store.ts';
import { preventionSchema, tiers } from '../src/directory/prevention.ts';
import { needTerms } from '../src/directory/prevention-terms.ts';
import { stableId } from '../src/directory/standard-1.ts';
import { readConfig } from '../src/platform/config.ts';
import { openInstallation } from '../src/platform/installation.ts';
import { openLog } from '../src/platform/log.ts';
import { inFreshFolder, startProduct } from './instruments/programs.ts';
import { rowOf, type Bench, type Row } from './instruments/row.ts';
import { median, percentile } from './instruments/summary.ts';

const sizes = [1_000, 100_000];
const readers = 20;
const rounds = 3;
const requests = 600;
const ceilingMilliseconds = 50;
const batch = 500;
const postcodes = 200;

export const bench: Bench = {
  promise: `100,000 services: a page of the feed, a text search and the nearest to a postcode, each p95 under ${ceilingMilliseconds} ms with ${readers} readers at once; and how that grows from 1,000.`,
  run: (progress) =>
    inFreshFolder(async (data) => {
      const product = await startProduct(data);
      const installation = await openInstallation(readConfig({ data }), openLog('quiet'), { connections: 2 });
      try {
        const { records } = installation;
        const partnership = await records.read(
          { door: 'concord_member', actor: 'system', partnership: undefined },
          async ({ work }) =>
            (
              await work<'platform'>()
                .selectFrom('platform.partnership')
                .select('id')
                .where('slug', '=', 'castlemere')
                .executeTakeFirstOrThrow()
            ).id,
        );
        const entry = { door: 'concord_member', actor: 'system', partnership } as const;
        await records.write(entry, ({ work }) =>
          keepPlaces(
            work<'published'>(),
            Array.from({ length: postcodes }, (_, place) => ({
              title: postcodeOf(place),
              kind: 'postcode',
              ...degreesOf(randomStream(place)),
            })),
          ),
        );
        const rows: Row[] = [];
        const small = new Map<string, number>();
        let kept = 0;
        for (const size of sizes) {
          progress(`Keeping ${size.toLocaleString('en-GB')} services …`);
          const began = performance.now();
          const before = kept;
          while (kept < size) {
            const part = Array.from({ length: Math.min(batch, size - kept) }, (_, place) => serviceOf(kept + place));
            await records.write(entry, ({ work }) =>
              keepServices(work<'directory' | 'partnership'>(), part, {
                how: 'imported',
                by: 'system',
                moment: new Date('2026-06-01T12:00:00Z'),
              }),
            );
            kept += part.length;
          }
          const seconds = (performance.now() - began) / 1_000;
          // As autovacuum would within minutes.
          await analyse(installation.admin);
          const label = `${size.toLocaleString('en-GB')} services, ${readers} readers`;
          rows.push(
            rowOf({
              bench: 'directory',
              metric: 'kept and published',
              size: `${(size - before).toLocaleString('en-GB')} services`,
              value: (size - before) / seconds,
              unit: 'services/s',
            }),
          );
          for (const [metric, path] of Object.entries(asks)) {
            progress(`${metric} …`);
            const feed = `${product.address}/castlemere/oruk`;
            await askAll(feed, path, 100);
            const p95: number[] = [];
            for (let round = 0; round < rounds; round += 1)
              p95.push(percentile(await askAll(feed, path, requests), 0.95));
            const value = median(p95);
            const baseline = small.get(metric);
            if (baseline === undefined) small.set(metric, value);
            rows.push(
              rowOf({
                bench: 'directory',
                metric: `${metric}, p95`,
                size: label,
                value,
                unit: 'ms',
                ...(baseline !== undefined && { baseline }),
                goal: { of: 'value', under: ceilingMilliseconds },
              }),
            );
          }
        }
        return rows;
      } finally {
        await installation.close();
        await product.stop();
      }
    }),
};

async function analyse(login: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(login);
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}

/** Each with other words, pages and places at every request. */
const asks: Readonly<Record<string, (request: number) => string>> = {
  'a page of /services': (request) => `/services?page=${1 + (request % 40)}`,
  'a text search': (request) => `/services?search=${searched[request % searched.length] ?? ''}&per_page=20`,
  'the nearest to a postcode': (request) =>
    `/service_at_locations?postcode=${postcodeOf(request % postcodes).replace(' ', '+')}&proximity=2000&per_page=20`,
};

async function askAll(feed: string, path: (request: number) => string, count: number): Promise<readonly number[]> {
  const taken: number[] = [];
  let next = 0;
  const reader = async () => {
    while (next < count) {
      const request = next;
      next += 1;
      const began = performance.now();
      const response = await fetch(feed + path(request));
      await response.arrayBuffer();
      taken.push(performance.now() - began);
      if (response.status !== 200) throw new Error(`${path(request)} answered ${response.status}.`);
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  return taken;
}

const things = [
  'boxing',
  'counselling',
  'mentoring',
  'football',
  'advice',
  'therapy',
  'drama',
  'housing',
  'recovery',
  'debt',
];
const people = [
  'children',
  'families',
  'carers',
  'veterans',
  'students',
  'women',
  'men',
  'neighbours',
  'parents',
  'girls',
];
const streets = Array.from(
  { length: 400 },
  (_, place) => `${'bcdfghklmn'[place % 10] ?? ''}a${'rstvw'[place % 5] ?? ''}ton${place}`,
);
/** What two of a hundred services have, and what one of a few hundred has. */
const searched = [...streets.slice(0, 30), ...things.map((thing, place) => `${thing}+${people[place] ?? ''}`)];

const postcodeOf = (place: number): string =>
  `ZZ${Math.floor(place / 9) + 1} ${(place % 9) + 1}${'ABDEFGHJLN'[place % 10] ?? 'A'}${'ABDEFGHJLN'[Math.floor(place / 10) % 10] ?? 'A'}`;

/** Within a region of 60 by 60 kilometres. */
function degreesOf(random: Random): { readonly longitude: number; readonly latitude: number } {
  const points = toWgs84Degrees([400_000 + random.below(60_000)], [300_000 + random.below(60_000)]);
  if (isRefusal(points)) throw new Error(points.sentence);
  return { longitude: points.longitudes[0] ?? 0, latitude: points.latitudes[0] ?? 0 };
}

function serviceOf(number: number): Wanted {
  const random = randomStream(10_000 + number);
  const one = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;
  const [thing, whom, street] = [one(things), one(people), one(streets)];
  const id = stableId('bench', String(number));
  const provider = random.below(4_000);
  return {
    id,
    prevention: preventionSchema.parse({ tier: [one(tiers)], need: [one(needTerms).slug] }),
    visibility: 'public',
    state: 'live',
    verifier: null,
    verifiedOn: '2026-05-01',
    verifyBy: '2026-11-01',
    organisationId: null,
    origin: 'bench',
    document: {
      id,
      name: `${thing} for ${whom} in ${street}`,
      description: `We offer ${thing} to ${whom} who live in or near ${street}. ${'Come as you are, and stay as long as you like. '.repeat(8)}`,
      status: 'active',
      url: `https://example.org/${number}`,
      minimum_age: random.below(18),
      organization: {
        id: stableId('provider', String(provider)),
        name: `Provider ${provider}`,
        description: 'A charity.',
      },
      schedules: [{ byday: 'MO,WE', opens_at: '09:00', closes_at: '17:00', freq: 'WEEKLY' }],
      service_at_locations: [
        {
          id: stableId(id, 'place'),
          location: {
            id: stableId(id, 'location'),
            location_type: 'physical',
            name: `${street} hall`,
            ...degreesOf(random),
          },
        },
      ],
    },
  };
}
