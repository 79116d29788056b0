import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

const at = '/haverness/directory/need';
const as = async (role: string, path = at) =>
  town.ask(path, { cookie: await town.sessionOf(`${role}@haverness.example`) });

describe('need beside help', () => {
  it('is for those who decide about help, and nobody else', async () => {
    for (const role of ['coordinator', 'prevention-lead', 'analyst', 'councillor']) {
      const page = await as(role);
      expect({ role, status: page.status }).toEqual({ role, status: 200 });
    }
    for (const role of ['officer', 'partner']) expect((await as(role)).status).toBe(403);
    for (const path of [at, `${at}.csv`, `${at}.svg`]) expect((await town.ask(path)).status).not.toBe(200);
    expect(await (await as('councillor', '/haverness/directory')).text()).toContain(`href="${at}"`);
    expect(await (await as('officer', '/haverness/directory')).text()).not.toContain(`href="${at}"`);
  });

  it('says where nothing is loaded that this means no lack of need', async () => {
    const page = await (await as('councillor')).text();
    expect(page).toContain('Nothing is known of need here yet');
    expect(page).toContain('does not mean that there is no need');
    expect(page).not.toMatch(/>\s*Served\s*</);
    expect((await as('councillor', `${at}.svg`)).status).toBe(404);
    const file = await (await as('councillor', `${at}.csv`)).text();
    expect(file.trim().split('\n')).toHaveLength(1);
  });

  it('takes any words of an address for a choice that there is', async () => {
    expect((await as('analyst', `${at}?tier=%27;--&level=x&reach=-1`)).status).toBe(200);
    expect(town.faults).toEqual([]);
  });
});
