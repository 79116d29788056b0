import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles } from '../../src/duty/index.ts';
import { questions } from '../../src/evidence/question-list.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());
const sessionOf = (role: string) => town.sessionOf(`${role}@haverness.example`);

describe('pages of questions, before any area is loaded', () => {
  it.each(questions.map(({ id, heading }) => [id, heading] as const))(
    '%s says what is missing',
    async (id, heading) => {
      for (const role of roles) {
        const answer = await town.ask(`/haverness/explore/${id}`, { cookie: await sessionOf(role) });
        const page = await answer.text();
        expect({ role, status: answer.status }).toEqual({ role, status: 200 });
        expect(page).toContain(heading);
        expect(page).toContain('No areas are loaded');
      }
    },
  );

  it('is refused for a question that nobody asks, and for strange words in its address', async () => {
    const cookie = await sessionOf('analyst');
    expect((await town.ask('/haverness/explore/nothing', { cookie })).status).toBe(404);
    const strange = '?area=%3Cscript%3E&from=2025-13&to=x&claim=%3Cb%3E&source=none&definition=%27';
    const answer = await town.ask(`/haverness/explore/compare${strange}`, { cookie });
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain('<script>alert');
    for (const ending of ['svg', 'csv'])
      expect((await town.ask(`/haverness/explore/where.${ending}?picture=wards&view=x`, { cookie })).status).toBe(404);
  });

  it('sends whoever has not signed in away', async () => {
    expect((await town.ask('/haverness/explore/how-much')).status).toBe(303);
  });
});
