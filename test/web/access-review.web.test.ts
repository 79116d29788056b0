import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testTown, type TestTown } from '../records/installation.ts';

const base = '/haverness/access/review';

let town: TestTown;
let lead: string;
let review: string;
beforeAll(async () => {
  town = await testTown();
  lead = await town.sessionOf('information-governance@haverness.example');
  review = `${base}/${town.world.idOf('access-review')}`;
});
afterAll(() => town.close());

const itemOf = async (name: string) => {
  const [item] = await town.asAdmin<{ id: string }>(
    'select id from partnership.access_review_item where name = $1 and review_id = $2',
    [name, town.world.idOf('access-review')],
  );
  return `${review}/people/${item!.id}`;
};
const decide = (path: string, form: Readonly<Record<string, string>>, cookie = lead) =>
  town.ask(path, { method: 'POST', cookie, form });
const textOf = async (path: string) => (await town.ask(path, { cookie: lead })).text();

describe('a review of access', () => {
  it('says when the last was, when the next is due, and that one is in progress', async () => {
    const text = await textOf(base);
    expect(text).toContain('2 March 2026');
    expect(text).toContain('2 June 2026');
    expect(text).toContain('10 of 12 people done');
    expect((await town.ask(`${base}/start`, { method: 'POST', cookie: lead })).status).toBe(409);
  });

  it('shows what to look at', async () => {
    const text = await textOf(review);
    expect(text).toContain('Never signed in');
    expect(text).toContain('Not signed in for 90 days');
    expect(text).toContain('120 days before');
  });

  it('cannot be finished while somebody is undecided, and asks for a reason', async () => {
    const early = await town.ask(`${review}/finish`, { method: 'POST', cookie: lead });
    expect([early.status, await early.text()]).toEqual([409, expect.stringContaining('2 people are not decided yet')]);
    const rhoda = await itemOf('Rhoda Penhallow');
    expect(await (await decide(rhoda, {})).text()).toContain('Choose whether they keep their access');
    const without = await decide(rhoda, { decision: 'take-away', reason: ' ', madeFrom: '' });
    expect([without.status, await without.text()]).toEqual([422, expect.stringContaining('Enter the reason')]);
  });

  it('takes away at once, goes on with the next person, and keeps the first of two decisions', async () => {
    const rhoda = await itemOf('Rhoda Penhallow');
    const form = { decision: 'take-away', reason: 'Never needed it', madeFrom: '' };
    const both = await Promise.all([decide(rhoda, form), decide(rhoda, { decision: 'keep', madeFrom: '' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    if (both[0].status === 409) expect((await decide(rhoda, { ...form, madeFrom: 'keep' })).status).toBe(303);
    const held = await town.asAdmin('select 1 from platform.role_held where person_id = $1', [
      town.people.get('rhoda.penhallow@haverness.example'),
    ]);
    expect(held).toEqual([]);
    expect((await decide(rhoda, { decision: 'keep', madeFrom: 'take-away' })).status).toBe(409);
  });

  it('does not take the last administrator', async () => {
    const ada = await itemOf('Ada Thornbury');
    const answer = await decide(ada, { decision: 'take-away', reason: 'For a try', madeFrom: 'keep' });
    expect([answer.status, await answer.text()]).toEqual([
      409,
      expect.stringContaining('Make somebody else an administrator first'),
    ]);
    const [kept] = await town.asAdmin(`select decision from partnership.access_review_item where id = $1`, [
      ada.split('/').at(-1),
    ]);
    expect(kept).toEqual({ decision: 'keep' });
  });

  it('is finished, recorded for good and exported; then another can begin', async () => {
    const cora = await itemOf('Cora Whitlock');
    const last = await decide(cora, { decision: 'keep', reason: '=1+1', madeFrom: '' });
    expect(last.headers.get('location')).toBe(review);
    expect((await town.ask(`${review}/finish`, { method: 'POST', cookie: lead })).status).toBe(303);
    expect((await town.ask(`${review}/finish`, { method: 'POST', cookie: lead })).status).toBe(409);
    expect((await decide(cora, { decision: 'take-away', reason: 'late', madeFrom: 'keep' })).status).toBe(409);
    const file = await textOf(`${review}/export.csv`);
    expect(file).toContain('Rhoda Penhallow,rhoda.penhallow@haverness.example,Public protection or ASB officer,');
    expect(file).toContain('Taken away,Never needed it,Ines Galloway');
    expect(file).toContain(`'=1+1`);
    const text = await textOf(base);
    expect(text).toContain('1 June 2026');
    expect(text).toContain('1 September 2026');
    const both = await Promise.all([0, 1].map(() => town.ask(`${base}/start`, { method: 'POST', cookie: lead })));
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
  });

  it('is nobody else’s', async () => {
    const neighbour = await town.sessionOf('hub@haverness.example');
    expect((await town.ask(review, { cookie: neighbour })).status).toBe(403);
    // The hub's officer administers the hub's own partnership, where this review is not.
    const elsewhere = review.replace('/haverness', '/merrowshire');
    expect((await town.ask(elsewhere, { cookie: neighbour })).status).toBe(404);
    expect((await town.ask(`${elsewhere}/export.csv`, { cookie: neighbour })).status).toBe(404);
    expect((await town.ask(`${elsewhere}/finish`, { method: 'POST', cookie: neighbour })).status).toBe(404);
  });
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
