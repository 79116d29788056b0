import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles } from '../../src/duty/index.ts';
import { keepFigure } from '../../src/evidence/figure.store.ts';
import type { Figure } from '../../src/evidence/figure.ts';
import { firstBrokenEntry, keepView, ledgerOf, viewOf } from '../../src/evidence/view.store.ts';
import { mayWorkOnFigures, type Audience, type View } from '../../src/evidence/view.ts';
import { reading } from '../../src/platform/database/work.ts';
import { figureOf } from '../evidence/figure-made.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let entry: { door: 'concord_member'; actor: string; partnership: string };
const hostile = '<script>alert(1)</script> \u202Eevil =1+1';
const secret = 3;

beforeAll(async () => {
  town = await testTown();
  entry = { door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness')! };
});
afterAll(() => town.close());

const keep = (figure: Figure, audience: Audience): Promise<string> =>
  town.records.write(entry, async ({ work }) => {
    await keepFigure(work<'evidence'>(), figure, 'concord test');
    const view = await viewOf(reading(work<'evidence'>()), figure, audience, (a, b) => (a === b ? 'same' : 'apart'));
    if ('sentence' in view) throw new Error(view.sentence);
    await keepView(work<'evidence'>(), view, 'system');
    return view.id;
  });

/** Each figure of an area of its own, so that they are not bound to each other. */
const categories = (area: string, counts: readonly number[] = [secret, 40, 51]) =>
  figureOf(
    counts.map((count, at) => ({ key: { category: at === 1 ? hostile : `Kind ${at}` }, count })),
    { area },
  );
const sessionOf = (role: string) => town.sessionOf(`${role}@haverness.example`);
const publish = async (view: string) =>
  town.ask(`/haverness/figures/${view}/publish`, { method: 'POST', cookie: await sessionOf('coordinator') });
const endings = ['', '.json', '.csv', '.csv-metadata.json', '.svg'];

describe('who sees a view', () => {
  it.each(['restricted', 'partner', 'public'] as const)(
    'made for %s, before and after it is let out',
    async (audience) => {
      const view = await keep(categories(`E0600010${audience.length % 10}`), audience);
      const statusFor = async (role: string | undefined, ending: string) =>
        (
          await town.ask(
            `/haverness/figures/${view}${ending}`,
            role === undefined ? {} : { cookie: await sessionOf(role) },
          )
        ).status;
      for (const role of roles)
        for (const ending of endings)
          expect({ role, ending, status: await statusFor(role, ending) }).toEqual({
            role,
            ending,
            status: mayWorkOnFigures.some((each) => each === role) ? 200 : 403,
          });
      expect(await statusFor(undefined, '')).toBe(303);
      const answer = await publish(view);
      if (audience === 'restricted') {
        expect(answer.status).toBe(409);
        return;
      }
      expect(answer.status).toBe(303);
      for (const role of roles) expect(await statusFor(role, '')).toBe(200);
      for (const ending of endings) expect(await statusFor(undefined, ending)).toBe(audience === 'public' ? 200 : 303);
      const neighbour = await town.ask(`/haverness/figures/${view}`, {
        cookie: await town.sessionOf('analyst@castlemere.example'),
      });
      expect(neighbour.status).toBe(audience === 'public' ? 200 : 404);
      const elsewhere = await town.ask(`/castlemere/figures/${view}`, {
        cookie: await town.sessionOf('analyst@castlemere.example'),
      });
      expect(elsewhere.status).toBe(404);
    },
  );

  it('is written down, for whoever is signed in', async () => {
    const view = await keep(categories('E06000020'), 'restricted');
    await (await town.ask(`/haverness/figures/${view}.svg`, { cookie: await sessionOf('analyst') })).text();
    const [newest] = await town.asAdmin<{ action: string; subject: string; actor: string }>(
      'select action, subject, actor from platform.audit_entry where partnership_id = $1 order by seq desc limit 1',
      [entry.partnership],
    );
    expect(newest).toEqual({
      action: 'FIGURE_SEEN',
      subject: `view/${view}`,
      actor: town.people.get('analyst@haverness.example'),
    });
  });
});

describe('a hidden number', () => {
  it('is in no field of page, JSON, CSV and picture, and a hostile name stays text', async () => {
    // No other number of the figure has these digits.
    const view = await keep(
      figureOf(
        [
          { key: { category: 'Kind 0' }, count: 4 },
          { key: { category: hostile }, count: 200 },
        ],
        { area: 'E06000021' },
      ),
      'public',
    );
    expect((await publish(view)).status).toBe(303);
    const [page, json, csv, , svg] = await Promise.all(
      endings.map(async (ending) => (await town.ask(`/haverness/figures/${view}${ending}`)).text()),
    );
    const { rows } = JSON.parse(json!) as { rows: Record<string, unknown>[] };
    expect(rows[0]).toEqual({
      category: 'Kind 0',
      state: 'hidden',
      count: null,
      estimate: null,
      lower: null,
      upper: null,
      level: null,
      denominator: null,
    });
    expect(csv).toContain('Kind 0,hidden,,,,,,,');
    expect(page).toContain('Hidden: too small a number could be worked out');
    expect(page).toContain('counts from 1 to 4 may tell about a person');
    expect(page).not.toContain('<script>alert');
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('Hidden');
    for (const text of [page!.slice(page!.indexOf('<table'), page!.indexOf('</table>')), csv!])
      expect(text).not.toMatch(/Kind 0[^K]{0,200}?\b(4|2\.0|11)\b/);
  });
});

describe('the ledger', () => {
  it('is a chain that shows every change, and grows by one view at a time', async () => {
    const before = await town.records.read(entry, ({ work }) => ledgerOf(work<'evidence'>()));
    expect(before.length).toBeGreaterThan(1);
    expect(firstBrokenEntry(before)).toBeUndefined();
    expect(firstBrokenEntry(before.map((each, at) => (at === 1 ? { ...each, by: 'system ' } : each)))).toBe(2);
    await expect(
      town.records.write(entry, ({ work }) =>
        work<'evidence'>().updateTable('evidence.published_view').set({ by: 'system' }).execute(),
      ),
    ).rejects.toThrow(/permission denied/);
  });

  it('of two published at once checks the second against the first', async () => {
    const area = 'E06000022';
    const months = figureOf(
      [9, 3, 11].map((count, at) => ({ key: { month: `2025-0${at + 1}` }, count })),
      { area, period: { from: '2025-01', to: '2025-03' } },
    );
    const total = figureOf([{ key: {}, count: 23 }], { area, period: { from: '2025-01', to: '2025-03' } });
    const views = [await keep(months, 'public'), await keep(total, 'public')];
    const answers = await Promise.all(views.map(publish));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    // What was not let out is not there for the public.
    const seen = await Promise.all(views.map((view) => town.ask(`/haverness/figures/${view}`)));
    expect(seen.map(({ status }) => status).sort()).toEqual([200, 303]);
  });

  it('makes the same view of the same figure, to the byte', async () => {
    const figure = categories('E06000023');
    const hash = async (view: string) =>
      (
        await town.asAdmin<{ answer_sha256: string }>('select answer_sha256 from evidence.view where id = $1', [view])
      )[0];
    const [one, other] = [await keep(figure, 'public'), await keep(figure, 'public')];
    expect(other).toBe(one);
    expect(await hash(other)).toEqual(await hash(one));
    expect((await publish(one)).status).toBe(303);
    // Once it is out, whoever asks again gets what is out.
    expect(await keep(figure, 'public')).toBe(one);
  });
});

describe('the same figure under two definitions', () => {
  const definition = (id: string) => ({ id, version: 1, sha256: `sha256:${id.repeat(64)}` });
  const under = (id: string, counts: readonly number[], area: string) =>
    figureOf(
      counts.map((count, at) => ({ key: { category: `Kind ${at}` }, count })),
      { area, definition: definition(id) },
    );
  const keepBoth = (first: Figure, second: Figure, audience: Audience) =>
    town.records.write(entry, async ({ work }) => {
      const lieOf = (a: string, b: string) => (a === b ? 'same' : 'apart');
      const views: View[] = [];
      for (const figure of [first, second]) {
        await keepFigure(work<'evidence'>(), figure, 'concord test');
        const view = await viewOf(reading(work<'evidence'>()), figure, audience, lieOf, views);
        if ('sentence' in view) throw new Error(view.sentence);
        await keepView(work<'evidence'>(), view, 'system');
        views.push(view);
      }
      return views;
    });
  const beside = async (one: string, other: string, role: string) =>
    town.ask(`/haverness/figures/${one}/beside/${other}`, { cookie: await sessionOf(role) });

  it('hides in the second what the difference would tell, and leaves it for those who work on it', async () => {
    // Alone, each is shown whole. The difference of the first kind would tell of three people.
    const figures = [under('a', [20, 40], 'E06000030'), under('b', [17, 40], 'E06000030')] as const;
    const [first, second] = await keepBoth(...figures, 'public');
    expect(first?.rows.map(({ state }) => state)).toEqual(['shown', 'shown']);
    expect(second?.rows[0]).toMatchObject({ state: 'hidden', count: null });
    expect(second?.rows[1]).toMatchObject({ state: 'shown', count: 40 });
    const alone = await keep(under('b', [17, 40], 'E06000031'), 'public');
    expect(alone).not.toBe(second?.id);
    const page = await (await beside(first!.id, second!.id, 'analyst')).text();
    expect(page).toContain('The same figure under two definitions');
    expect(page).toMatch(/Kind 0[^]*?20[^]*?Hidden[^]*?Cannot be said[^]*?Kind 1[^]*?40[^]*?40[^]*?>0</);
    const inside = await keepBoth(...figures, 'restricted');
    expect(inside[1]?.rows[0]).toMatchObject({ state: 'shown', count: 17 });
    const whole = await (await beside(inside[0]!.id, inside[1]!.id, 'analyst')).text();
    expect(whole).toMatch(/>-3</);
  });

  it('is for those who work on figures, and of one question only', async () => {
    const [first, second] = await keepBoth(
      under('a', [20, 40], 'E06000032'),
      under('b', [10, 40], 'E06000032'),
      'restricted',
    );
    const [other] = await keepBoth(under('a', [20, 40], 'E06000033'), under('b', [10, 40], 'E06000033'), 'restricted');
    expect((await beside(first!.id, second!.id, 'councillor')).status).toBe(403);
    expect((await beside(first!.id, other!.id, 'analyst')).status).toBe(404);
    expect((await beside(first!.id, `sha256:${'0'.repeat(64)}`, 'analyst')).status).toBe(404);
  });

  it('offers the definitions of the partnership, and says why one cannot be counted', async () => {
    const cookie = await sessionOf('analyst');
    const [loaded] = await town.asAdmin<{ source: string; month: string }>(
      `select r.source, m.month from evidence.release_month m join evidence.release r on r.id = m.release_id
       where m.partnership_id = $1 and m.rows > 0 and r.source = 'police-uk-street' order by m.month limit 1`,
      [entry.partnership],
    );
    const asked = await town.ask('/haverness/figures/new', {
      method: 'POST',
      cookie,
      form: {
        measure: 'count',
        source: loaded!.source,
        area: 'other',
        otherArea: 'England and Wales (K04000001)',
        from: loaded!.month,
        to: loaded!.month,
        audience: 'restricted',
      },
    });
    const view = asked.headers.get('location')!;
    const form = await (await town.ask(`${view}/beside`, { cookie })).text();
    const [, definition] = /name="definition" type="radio" value="([^"]+)"/.exec(form) ?? [];
    expect(definition).toMatch(/^[0-9a-f-]{36}/);
    const refusal = await town.ask(`${view}/beside`, { method: 'POST', cookie, form: { definition: definition! } });
    expect(refusal.status).toBe(422);
    expect(await refusal.text()).toContain('cannot be expressed');
    const empty = await town.ask(`${view}/beside`, { method: 'POST', cookie, form: {} });
    expect(await empty.text()).toContain('Choose a definition');
    expect(town.faults).toEqual([]);
  });
});

describe('asking on the page', () => {
  it('says how to begin where nothing is loaded', async () => {
    const cookie = await town.sessionOf('analyst@castlemere.example');
    expect(await (await town.ask('/castlemere/figures/new', { cookie })).text()).toContain('Nothing is loaded yet');
  });

  it('works a figure out from what is loaded, or says in a sentence why not', async () => {
    const cookie = await sessionOf('analyst');
    const [loaded] = await town.asAdmin<{ source: string; month: string }>(
      `select r.source, m.month from evidence.release_month m join evidence.release r on r.id = m.release_id
       where m.partnership_id = $1 and m.rows > 0 order by r.source, m.month limit 1`,
      [entry.partnership],
    );
    const form = {
      measure: 'count',
      source: loaded!.source,
      area: 'other',
      otherArea: 'K04000001',
      from: loaded!.month,
      to: loaded!.month,
      by: 'month',
      audience: 'public',
    };
    const ask = (more: Record<string, string>) =>
      town.ask('/haverness/figures/new', { method: 'POST', cookie, form: { ...form, ...more } });
    const answer = await ask({});
    expect(answer.status).toBe(303);
    const page = await (await town.ask(answer.headers.get('location')!, { cookie })).text();
    expect(page).toContain('in England and Wales');
    expect(page).toContain('Where this figure comes from');
    for (const [more, sentence] of [
      [{ otherArea: 'Nowhere at all' }, 'No area is called'],
      [{ otherArea: 'E06999999' }, 'No areas are loaded'],
      [{ from: '2001-01', to: '2001-01' }, 'is loaded for January 2001'],
      [{ from: '2002-01', to: '2001-01' }, 'The last month cannot be before the first'],
      [{ measure: 'no-such' }, 'Choose what you want to know'],
    ] as const) {
      const refusal = await ask(more);
      expect({ more, status: refusal.status }).toEqual({ more, status: 422 });
      expect(await refusal.text()).toContain(sentence);
    }
  });

  it('shows what will be public before anybody publishes it', async () => {
    const view = await keep(categories('E06000024'), 'public');
    const page = await (
      await town.ask(`/haverness/figures/${view}/publish`, { cookie: await sessionOf('coordinator') })
    ).text();
    expect(page).toContain('What is published cannot be taken back');
    expect(page).toContain('2 of 3 numbers will be shown and 1 hidden');
  });

  it('makes the same figure for another audience', async () => {
    const view = await keep(categories('E06000025'), 'restricted');
    const answer = await town.ask(`/haverness/figures/${view}/for`, {
      method: 'POST',
      cookie: await sessionOf('analyst'),
      form: { audience: 'public' },
    });
    expect(answer.status).toBe(303);
    const page = await town.ask(answer.headers.get('location')!, { cookie: await sessionOf('analyst') });
    expect(await page.text()).toMatch(/Not published<\/strong> made for the public/);
  });

  it('lists what one may see: all for whoever works on figures, what is out for the others', async () => {
    const lines = async (role: string) =>
      (await (await town.ask('/haverness/figures', { cookie: await sessionOf(role) })).text()).match(
        /figures\/sha256:/g,
      )?.length ?? 0;
    expect(await lines('analyst')).toBeGreaterThan(await lines('councillor'));
    expect(await lines('councillor')).toBeGreaterThan(0);
    expect(town.faults).toEqual([]);
  });
});
