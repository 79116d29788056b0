import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles, type Role } from '../../src/duty/index.ts';
import type { Example, Route } from '../../src/platform/http/route.ts';
import { routes } from '../../src/web/routes.ts';
import { testTown, type AskedFile, type TestTown } from '../records/installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

const exampleOf = (route: Route): Example => {
  const example = route.example(town.world);
  if ('none' in example) throw new Error(`${route.path} has no example: ${example.none}`);
  return example;
};

/** The address of a route in the example world, in its own partnership or as if it were in another. */
function addressOf(route: Route, partnership = town.world.partnership): string {
  const { params, query = {} } = exampleOf(route);
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    name === 'partnership' ? partnership : params[name]!,
  );
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}

const ask = (route: Route, address: string, cookie?: string) =>
  town.ask(address, {
    method: route.method,
    ...(cookie !== undefined && { cookie }),
    form: exampleOf(route).body ?? {},
    ...filesOf(route),
  });

const filesOf = (route: Route): { files?: AskedFile[] } => {
  const { file } = exampleOf(route);
  const upload = route.method === 'POST' ? (route.upload ?? route.largeUpload) : undefined;
  return upload !== undefined && file !== undefined ? { files: [{ field: upload.field, ...file }] } : {};
};

/** Reads the beginning and lets go: a stream of events would go on. */
const drain = (response: Response) => response.body?.cancel();

const may = (route: Route, role: Role): boolean =>
  typeof route.access === 'string' || route.access.anyOf.includes(role);
const inPartnership = (route: Route): boolean => route.path.startsWith('/:partnership');
const named = (route: Route): string => `${route.method} ${route.path}`;

const newestEntry = async (slug: string) =>
  (
    await town.asAdmin<{ seq: number; action: string; outcome: string; actor: string }>(
      'select seq::int, action, outcome, actor from platform.audit_entry where partnership_id = $1 order by seq desc limit 1',
      [town.partnerships.get(slug)],
    )
  )[0]!;

/** Routes that the example world has no address for: they have a test of their own. */
const withoutExample = [
  'GET /set-up/:token',
  'POST /set-up/:token',
  'GET /l/:token',
  'POST /l/:token',
  'POST /l/:token/accept',
  'GET /sign-in/new-password/:token',
  'POST /sign-in/new-password/:token',
  'GET /:partnership/partnership/local/new',
  'POST /:partnership/partnership/local/new',
  // Gone once the first role has removed it: test/web/coverage.web.test.ts asks for it.
  'POST /:partnership/coverage/expected/:id/remove',
  // Off in the example, as it is everywhere at first: test/web/referral.web.test.ts asks for them.
  'POST /:partnership/referrals/switch',
  'GET /:partnership/directory/:id/refer',
  'POST /:partnership/directory/:id/refer',
  'GET /:partnership/referrals/:id',
  'POST /:partnership/referrals/:id',
  // Its evidence comes after the start: test/records/need-beside.store.test.ts asks for it.
  'GET /:partnership/directory/need.svg',
  'GET /u/:token',
  'POST /u/:token',
  // The example has an action that is not ready, so the plan is refused: test/web/strategy.web.test.ts asks for it.
  'POST /:partnership/plan/publish',
  // Of the example’s review half is written, and its round of readiness can be closed once: test/web/review.web.test.ts.
  'POST /:partnership/reviews/new',
  'POST /:partnership/reviews/:id/finish',
  'POST /:partnership/readiness/begin',
  'POST /:partnership/readiness/end',
  // Gone once the first role has removed it: test/web/strategy.web.test.ts asks for it.
  'POST /:partnership/theory/steps/:id/remove',
  'GET /:partnership/mappings/:id',
  'POST /:partnership/mappings/:id',
  'POST /:partnership/mappings/:id/sample',
  'POST /:partnership/figures/new',
  'GET /:partnership/figures/:view',
  'GET /:partnership/figures/:view.json',
  'GET /:partnership/figures/:view.csv',
  'GET /:partnership/figures/:view.csv-metadata.json',
  'GET /:partnership/figures/:view.svg',
  'POST /:partnership/figures/:view/for',
  'GET /:partnership/figures/:view/beside',
  'POST /:partnership/figures/:view/beside',
  'GET /:partnership/figures/:view/beside/:other',
  'GET /:partnership/figures/:view/publish',
  'POST /:partnership/figures/:view/publish',
  // Open with a link that a letter brings: test/web/directory.web.test.ts asks for them.
  'GET /:partnership/verify/:token',
  'POST /:partnership/verify/:token',
  'POST /:partnership/verify/:token/right',
  'GET /:partnership/explore/:question.svg',
  'GET /:partnership/explore/:question.csv',
  'POST /:partnership/workbench/:id/parts/:key/figures/:placed/refresh',
  'GET /:partnership/workbench/:id/approve',
  'POST /:partnership/workbench/:id/approve',
  'GET /:partnership/workbench/:id/publish',
  'POST /:partnership/workbench/:id/publish',
  'POST /:partnership/workbench/:id/part/asks/:ask',
  'POST /:partnership/workbench/:id/part/clearance/:clearance',
  'POST /:partnership/workbench/:id/part/comments/:key',
  // Needs what is loaded: test/web/first-page.web.test.ts asks for it.
  'POST /:partnership/workbench/:id/figures',
];
/** Concord's own taxonomies are part of every partnership's feed. */
const sameEverywhere = ['GET /:partnership/oruk/taxonomies/:id', 'GET /:partnership/oruk/taxonomy_terms/:id'];
const rows = (which: (route: Route) => boolean = () => true) =>
  routes
    .filter((route) => !withoutExample.includes(named(route)) && which(route))
    .map((route) => [named(route), route] as const);
const administrator = 'administrator@haverness.example';
const neighbour = 'analyst@castlemere.example';

describe('a route lets in the roles that its row names, and no other', () => {
  it.each(rows())('%s', async (_, route) => {
    for (const role of roles) {
      const email = `${role}@haverness.example`;
      const before = inPartnership(route) ? await newestEntry('haverness') : undefined;
      const response = await ask(route, addressOf(route), await town.sessionOf(email));
      await drain(response);
      const because = { role, status: response.status };
      if (!may(route, role)) {
        expect(because).toEqual({ role, status: 403 });
        const entry = await newestEntry('haverness');
        expect(entry).toEqual({
          seq: before!.seq + 1,
          action: 'ACCESS_REFUSED',
          outcome: 'refused',
          actor: town.people.get(email),
        });
        continue;
      }
      // A job can be cancelled once, and a name be taken once: for the roles after the first, the record may say no.
      const isFirst = role === roles.find((each) => may(route, each));
      const saysNo = route.method === 'POST' && !isFirst ? [409, 422] : [];
      expect([200, 303, ...saysNo], JSON.stringify(because)).toContain(response.status);
      if (inPartnership(route) && typeof route.audit === 'string' && response.status < 400) {
        const entry = await newestEntry('haverness');
        expect({ action: entry.action, actor: entry.actor }).toEqual({
          action: route.audit,
          actor: town.people.get(email),
        });
        expect(entry.seq).toBeGreaterThan(before!.seq);
      }
    }
  });
});

describe('people of another partnership see what is public, and nothing else', () => {
  it.each(rows(inPartnership))('%s', async (_, route) => {
    const response = await ask(route, addressOf(route), await town.sessionOf(neighbour));
    await drain(response);
    expect(response.status).toBe(route.access !== 'public' ? 403 : route.method === 'GET' ? 200 : 303);
  });
});

describe('a record of one partnership is not there at the address of another', () => {
  const records = (route: Route) =>
    inPartnership(route) &&
    route.path.includes('/:id') &&
    may(route, 'analyst') &&
    !sameEverywhere.includes(named(route));
  it.each(rows(records))('%s', async (_, route) => {
    const response = await ask(route, addressOf(route, 'castlemere'), await town.sessionOf(neighbour));
    await drain(response);
    expect(response.status).toBe(404);
  });
});

describe('a partnership that is not there has no pages', () => {
  it.each(rows(inPartnership))('%s', async (_, route) => {
    for (const cookie of [undefined, await town.sessionOf(administrator)]) {
      const response = await ask(route, addressOf(route, 'no-such-place'), cookie);
      expect(response.status).toBe(404);
    }
  });
});

describe('whoever is not signed in is asked to, unless it is public', () => {
  it.each(rows())('%s', async (_, route) => {
    const response = await ask(route, addressOf(route));
    await drain(response);
    if (route.access === 'public') expect([200, 303]).toContain(response.status);
    else if (route.method === 'POST') expect(response.status).toBe(401);
    else
      expect({ status: response.status, to: response.headers.get('location')?.split('?')[0] }).toEqual({
        status: 303,
        to: '/sign-in',
      });
  });
});

describe('a form that another site sends is refused', () => {
  it.each(rows((route) => route.method === 'POST'))('%s', async (_, route) => {
    const cookie = await town.sessionOf(administrator);
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of elsewhere) {
      const response = await town.ask(addressOf(route), {
        method: 'POST',
        cookie,
        form: exampleOf(route).body ?? {},
        headers,
      });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('another site');
    }
  });
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
