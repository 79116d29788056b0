import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reservedAddresses } from '../../src/partnership/set-up.ts';
import { setUpPath } from '../../src/partnership/set-up.routes.ts';
import { routes } from '../../src/web/routes.ts';
import { emptyInstallation, type TestWeb } from '../records/installation.ts';

let test: TestWeb;
beforeAll(async () => {
  test = await emptyInstallation();
});
afterAll(() => test.close());

const form = {
  partnership: 'Safer Seaton & District',
  name: 'First Person',
  email: 'first@council.example',
  password: 'three random words',
};

describe('the first administrator', () => {
  it('is told what is missing, with what was typed kept', async () => {
    const path = setUpPath(test.equipment.links, new Date());
    expect((await test.ask(path)).status).toBe(200);
    const response = await test.ask(path, { method: 'POST', form: { ...form, partnership: '!!', password: 'short' } });
    const page = await response.text();
    expect(response.status).toBe(422);
    expect(page).toContain('Enter the name of your partnership');
    expect(page).toContain('Enter a password of at least 12 characters');
    expect(page).toContain('value="first@council.example"');
    expect(page).not.toContain('short"');
  });

  it('cannot use a link that is not ours, or too old', async () => {
    const old = setUpPath(test.equipment.links, new Date(Date.now() - 8 * 86_400_000));
    for (const path of [old, `${setUpPath(test.equipment.links, new Date())}x`, '/set-up/nothing'])
      for (const method of ['GET', 'POST'] as const) expect((await test.ask(path, { method, form })).status).toBe(404);
  });

  it('sets up the partnership once, and is signed in as its administrator', async () => {
    const path = setUpPath(test.equipment.links, new Date());
    const both = await Promise.all([
      test.ask(path, { method: 'POST', form }),
      test.ask(path, { method: 'POST', form: { ...form, email: 'second@council.example' } }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 404]);
    const won = both.find(({ status }) => status === 303)!;
    expect(won.headers.get('location')).toBe('/safer-seaton-and-district/home');
    const cookie = won.headers.get('set-cookie')!.split(';')[0]!;
    const home = await test.ask('/safer-seaton-and-district/home', { cookie });
    expect(home.status).toBe(200);
    expect(await home.text()).toContain('Administrator');
    expect((await test.ask(path)).status).toBe(404);
    expect(await test.asAdmin('select email from identity.person')).toHaveLength(1);
    expect((await test.ask('/safer-seaton-and-district')).status).toBe(200);
  });
});

it('no partnership can take an address of Concord itself', () => {
  const fixed = new Set(
    routes.map(({ path }) => path.split('/')[1] ?? '').filter((part) => part !== '' && !part.startsWith(':')),
  );
  for (const part of fixed) expect(reservedAddresses).toContain(part.replaceAll('.', '-'));
});
