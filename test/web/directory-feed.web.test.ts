import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleDirectoryIds, examplePlaces, exampleServices } from '../../src/directory/example-services.ts';
import { complaintsOf, hasOfficialSchemas, officialSchemas } from '../conformance/open-referral.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

interface PageBody {
  readonly total_items: number;
  readonly total_pages: number;
  readonly page_number: number;
  readonly size: number;
  readonly first_page: boolean;
  readonly last_page: boolean;
  readonly empty: boolean;
  readonly contents: readonly Readonly<Record<string, unknown>>[];
}
const answer = async (path: string, base = '/haverness/oruk') => town.ask(`${base}${path}`);
const list = async (path: string, base?: string): Promise<PageBody> => {
  const response = await answer(path, base);
  expect(response.status, path).toBe(200);
  return (await response.json()) as PageBody;
};
const idsOf = ({ contents }: PageBody) => contents.map(({ id }) => String(id));
const service = exampleDirectoryIds['service']!;
const isPublic = (visibility: string) => visibility === 'public' || visibility === 'address-withheld';
const publicOnes = exampleServices.filter(({ visibility }) => isPublic(visibility));

const lists = [
  ['/services', 'service_list'],
  ['/organizations', 'organization_list'],
  ['/taxonomies', 'taxonomy_list'],
  ['/taxonomy_terms', 'taxonomy_term_list'],
  ['/service_at_locations', 'service_at_location_list'],
] as const;

describe.skipIf(!hasOfficialSchemas)('every answer, by the official schemas', () => {
  const schemas = hasOfficialSchemas ? officialSchemas() : undefined;
  for (const base of ['/oruk', '/haverness/oruk']) {
    it(`${base} says its version, with and without a slash at the end`, async () => {
      for (const end of ['', '/']) {
        const response = await town.ask(`${base}${end}`);
        expect(response.status).toBe(200);
        const body = (await response.json()) as Record<string, string>;
        expect(complaintsOf(schemas!('api_details'), body)).toEqual([]);
        expect(body['version']).toBe('HSDS-UK-3.0');
        const described = await town.ask(new URL(body['openapi_url']!).pathname);
        expect(Object.keys(((await described.json()) as { paths: object }).paths)).toHaveLength(11);
      }
    });

    for (const [path, schema] of lists)
      it(`${base}${path}: every page, listed and in full, and each of its entries`, async () => {
        for (const detail of ['', '&full=true']) {
          const first = await list(`${path}?per_page=7${detail}`, base);
          for (let page = 1; page <= first.total_pages; page += 1) {
            const body = await list(`${path}?per_page=7&page=${page}${detail}`, base);
            expect(complaintsOf(schemas!(schema), body)).toEqual([]);
            if (detail !== '') continue;
            for (const id of idsOf(body)) {
              const one = await (await answer(`${path}/${id}`, base)).json();
              expect(complaintsOf(schemas!(schema.replace('_list', '')), one), `${path}/${id}`).toEqual([]);
            }
          }
        }
      });
  }
});

describe('a list of the feed', () => {
  it('pages without overlap, and says truly where it is', async () => {
    const seen = new Set<string>();
    const { total_items: total, total_pages: pages } = await list('/services?per_page=7');
    expect(total).toBe(publicOnes.length);
    expect(pages).toBe(Math.ceil(total / 7));
    for (let page = 1; page <= pages; page += 1) {
      const body = await list(`/services?perPage=7&page=${page}`);
      expect(body).toMatchObject({
        total_items: total,
        page_number: page,
        size: body.contents.length,
        first_page: page === 1,
        last_page: page === pages,
        empty: false,
      });
      if (page < pages) expect(body.size).toBe(7);
      for (const id of idsOf(body)) seen.add(id);
    }
    expect(seen.size).toBe(total);
    expect(await list(`/services?page=${pages + 5}`)).toMatchObject({ empty: true, size: 0, last_page: true });
  });

  it('shows one-to-one fields only, and everything in full', async () => {
    for (const { contents } of [await list('/services'), await list('/service_at_locations')])
      for (const entry of contents) for (const value of Object.values(entry)) expect(Array.isArray(value)).toBe(false);
    const full = await list('/services?full=true&search=mentors');
    expect(full.contents[0]).toMatchObject({ id: service, languages: [{ name: 'English' }] });
    expect(full.contents[0]!['attributes']).toEqual(
      expect.arrayContaining([expect.objectContaining({ link_id: service, link_type: 'service' })]),
    );
  });

  it('leaves out what has no value, at every depth', async () => {
    const bare = (value: unknown): boolean =>
      value === null || value === '' || (Array.isArray(value) && value.length === 0)
        ? true
        : typeof value === 'object' && Object.values(value).some(bare);
    for (const path of ['/services', '/service_at_locations', '/organizations'])
      expect((await list(`${path}?full=true&per_page=200`)).contents.some(bare), path).toBe(false);
  });

  it('narrows by each parameter, and by all of them together', async () => {
    const terms = await list('/taxonomy_terms?search=for+people+at+risk');
    const secondary = terms.contents.find(({ name }) => name === 'For people at risk')!;
    const ids = async (query: string) => new Set(idsOf(await list(`/services?per_page=200&${query}`)));
    const of = (keep: (service: (typeof exampleServices)[number]) => boolean) =>
      new Set(publicOnes.filter(keep).map(({ id }) => id));
    const tier = `taxonomy_term_id=${String(secondary['id'])}`;
    expect(await ids(tier)).toEqual(of(({ prevention }) => prevention.tier.includes('secondary')));
    expect(await ids(`taxonomy_id=${String(secondary['taxonomy_id'])}`)).toEqual(of(() => true));
    const provider = exampleDirectoryIds['provider']!;
    const provided = of(({ document }) => document['organization_id'] === provider);
    expect(await ids(`organization_id=${provider}`)).toEqual(provided);
    expect(await ids('minimum_age=16')).toEqual(of(({ document }) => Number(document['minimum_age'] ?? 0) >= 16));
    expect(await ids('maximum_age=14')).toEqual(of(({ document }) => Number(document['maximum_age'] ?? 999) <= 14));
    expect(await ids('age=14')).toEqual(
      of(({ document }) => Number(document['minimum_age'] ?? 0) <= 14 && Number(document['maximum_age'] ?? 999) >= 14),
    );
    const onSaturday = await ids('day=SA');
    expect(onSaturday.size).toBeGreaterThan(0);
    expect(await ids('day=saturday')).toEqual(onSaturday);
    expect((await ids('day=SA&start_time=20:00')).size).toBe(1);
    expect((await ids('day=SU&start_time=20:00')).size).toBe(0);
    expect(await ids(`${tier}&organization_id=${provider}&age=14`)).toEqual(
      new Set([...(await ids(tier))].filter((id) => provided.has(id) && id !== '')),
    );
    expect((await ids('modified_after=2026-06-01T08:00:00Z')).size).toBe(publicOnes.length);
    expect((await ids('modified_after=2026-06-01T08:00:00.001Z')).size).toBe(0);
    expect((await ids('modified_after=2026-06-01T09:00:00+01:00')).size).toBe(publicOnes.length);
    expect(await ids('nonsense=1&utm_source=x')).toEqual(of(() => true));
  });

  it('gives identifiers and days of change alone, all in one page', async () => {
    const body = await list('/services?minimal=true');
    expect(body.total_pages).toBe(1);
    expect(body.contents).toHaveLength(publicOnes.length);
    for (const entry of body.contents) expect(Object.keys(entry)).toEqual(['id', 'modified_date']);
  });

  it('streams all results without pages', async () => {
    for (const [path] of lists) {
      const { total_items: total } = await list(path);
      const response = await answer(`${path}?format=ndjson&per_page=2`);
      expect(response.headers.get('content-type')).toContain('application/x-ndjson');
      expect(response.headers.get('content-disposition')).toBeNull();
      const objects = (await response.text()).trimEnd().split('\n');
      expect(objects, path).toHaveLength(total);
      for (const object of objects) expect(JSON.parse(object)).toHaveProperty('id');
    }
  });

  it('finds what is near a postcode, the nearest first', async () => {
    const postcode = examplePlaces.find(({ title }) => title.startsWith('HV2'))!.title.replace(' ', '+');
    const near = await list(`/service_at_locations?postcode=${postcode}&proximity=1500&per_page=100`);
    expect(near.total_items).toBeGreaterThan(0);
    expect(near.total_items).toBeLessThan((await list('/service_at_locations')).total_items);
    expect(await list(`/service_at_locations?postcode=${postcode}&proximity=1`)).toMatchObject({ total_items: 0 });
    const unknown = await answer('/service_at_locations?postcode=HV9+9ZZ&proximity=1000');
    expect(unknown.status).toBe(404);
    expect((await answer('/service_at_locations?postcode=nowhere')).status).toBe(400);
  });

  it('tops its terms by those without a parent', async () => {
    const all = await list('/taxonomy_terms?per_page=500');
    expect(await list('/taxonomy_terms?per_page=500&top_only=true')).toMatchObject({ total_items: all.total_items });
    expect(await list('/taxonomy_terms?parent_id=7c0de000-0015-4000-8000-000001000001')).toMatchObject({
      total_items: 0,
      empty: true,
    });
  });

  it('nests whole services in an organisation on request', async () => {
    const id = exampleDirectoryIds['provider']!;
    expect(await (await answer(`/organizations/${id}`)).json()).not.toHaveProperty('services');
    const whole = (await (await answer(`/organizations/${id}?full_service=true`)).json()) as { services: unknown[] };
    expect(whole.services.length).toBeGreaterThan(3);
  });
});

describe('the feed for other sites', () => {
  it('may be read from anywhere, refusals included', async () => {
    for (const [path, status] of [
      ['', 200],
      ['/services', 200],
      ['/services/00000000-0000-4000-8000-000000000000', 404],
      ['/services/not-an-id', 404],
      ['/services?page=none', 400],
      ['/services?modified_after=soon', 400],
      ['/nothing', 404],
    ] as const)
      for (const base of ['/oruk', '/haverness/oruk', '/nowhere/oruk']) {
        const response = await answer(path, base);
        expect(response.status, base + path).toBe(base === '/nowhere/oruk' && status === 200 ? 404 : status);
        expect(response.headers.get('access-control-allow-origin')).toBe('*');
        expect(response.headers.get('set-cookie')).toBeNull();
        expect(response.headers.get('content-type')).toMatch(
          response.status === 200 ? /^application\/json/ : /^application\/problem\+json/,
        );
      }
    const asked = await town.web.fetch(
      new Request('http://concord.test/oruk/services', { method: 'OPTIONS', headers: { origin: 'https://a.example' } }),
    );
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect((await town.ask('/haverness')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is not sent again where it has not changed', async () => {
    const first = await answer('/services');
    const etag = first.headers.get('etag')!;
    const again = await town.ask('/haverness/oruk/services', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(again.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('what may not be known', () => {
  it('is in no list, no entry, no search and no copy', async () => {
    const hidden = exampleServices.filter(({ visibility }) => !isPublic(visibility));
    expect(hidden).toHaveLength(2);
    for (const base of ['/oruk', '/haverness/oruk'])
      for (const { id, document } of hidden) {
        expect((await answer(`/services/${id}`, base)).status).toBe(404);
        const words = encodeURIComponent(String(document['name']));
        expect(await list(`/services?search=${words}`, base)).toMatchObject({ total_items: 0 });
        for (const [path] of lists) {
          const text = await (await answer(`${path}?format=ndjson&full=true`, base)).text();
          expect(text).not.toContain(id);
          expect(text).not.toContain(String(document['name']));
        }
      }
    const copies = await town.asAdmin<{ text: string }>(
      `select coalesce(string_agg(t::text, ''), '') as text from (select to_jsonb(s) as t from published.service s
       union all select to_jsonb(p) from published.service_place p union all select to_jsonb(o) from published.provider o) c`,
    );
    expect(copies[0]!.text).not.toContain('Haven refuge');
    expect(copies[0]!.text).not.toContain('Lodeside house 13');
  });

  it('keeps the place of a withheld address out, though the service is public', async () => {
    const id = exampleDirectoryIds['service-withheld']!;
    const text = await (await answer(`/services/${id}`)).text();
    expect(text).toContain('Support in the community');
    for (const telling of ['Lodeside', 'HV5', 'latitude', 'service_at_locations', 'location_id'])
      expect(text).not.toContain(telling);
    expect(
      (await list('/service_at_locations?per_page=500')).contents.map((place) => place['service_id']),
    ).not.toContain(id);
  });

  it('is withheld by the records themselves, whatever the code that changed it forgot', async () => {
    const id = exampleDirectoryIds['service']!;
    await town.asAdmin(`begin; select set_config('concord.partnership', '${town.partnerships.get('haverness')!}', true);
      update directory.service set visibility = 'address-withheld' where id = '${id}'; commit`);
    expect(await (await answer(`/services/${id}`)).text()).not.toMatch(/Harbour Row|HV2|latitude/);
    expect((await answer(`/service_at_locations/${exampleDirectoryIds['service-at-location']!}`)).status).toBe(404);
  });

  it('is gone from every copy in the transaction that hides it', async () => {
    const [{ id }] = (await town.asAdmin<{ id: string }>(
      `select id from published.service where name = 'Calm course'`,
    )) as [{ id: string }];
    await town
      .asAdmin(`update directory.service set visibility = 'confidential' where id = $1`, [id])
      .catch(() => undefined);
    // The trigger needs the bound partnership, as every unit of work has it.
    await town.asAdmin(`begin; select set_config('concord.partnership', '${town.partnerships.get('haverness')!}', true);
      update directory.service set visibility = 'confidential' where id = '${id}'; commit`);
    expect((await answer(`/services/${id}`)).status).toBe(404);
    expect(await list('/services')).toMatchObject({ total_items: publicOnes.length - 1 });
    expect(await list('/services', '/oruk')).toMatchObject({ total_items: publicOnes.length - 1 });
  });
});
