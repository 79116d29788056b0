import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadExampleEvidence } from '../../src/web/example-evidence.ts';
import { testTown, type TestTown } from '../records/installation.ts';

describe('the first page of an assessment that is made on the web', { timeout: 240_000 }, () => {
  let town: TestTown;
  let id = '';
  beforeAll(async () => {
    town = await testTown();
    const partnership = town.partnerships.get('haverness') ?? '';
    const by = town.people.get('analyst@haverness.example') ?? '';
    const entry = { door: 'concord_member', actor: by, partnership } as const;
    await loadExampleEvidence({
      read: (act) => town.records.read(entry, act),
      write: (act) => town.records.write(entry, act),
      releases: town.equipment.releases,
      partnership,
      by,
      today: '2026-06-01',
    });
  }, 240_000);
  afterAll(() => town.close());

  const send = async (path: string, form: Readonly<Record<string, string>> = {}) => {
    const cookie = await town.sessionOf('analyst@haverness.example');
    const answer = await town.ask(`/haverness/${path}`, { method: 'POST', cookie, form });
    return { status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() };
  };
  const read = async (path: string) => {
    const cookie = await town.sessionOf('analyst@haverness.example');
    const text = await (await town.ask(`/haverness/${path}`, { cookie })).text();
    return text
      .replaceAll(/<sup[\s\S]*?<\/sup>/g, '')
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/\s+/g, ' ');
  };

  it('stands on nothing until its figures are placed', async () => {
    const cookie = await town.sessionOf('analyst@haverness.example');
    const form = await (await town.ask('/haverness/workbench/new', { cookie })).text();
    const [, definition = ''] =
      /<option value="([0-9a-f-]{36})"[^>]*>\s*Serious violence in Haverness, version 2/.exec(form) ?? [];
    expect(definition).not.toBe('');
    const made = await send('workbench/new', {
      template: 'needs',
      title: 'Serious violence in Haverness, made on the web',
      area: 'E06000990',
      period: 'June 2025 to May 2026',
      asOf: '1 June 2026',
      definition,
    });
    expect(made.status).toBe(303);
    id = made.to.split('/').at(-1) ?? '';
    expect(await read(`workbench/${id}/preview/public`)).not.toContain('In the year to May 2026,');
  });

  it('is composed as the command composes it, once they are placed, and says who was asked to agree', async () => {
    expect((await send(`workbench/${id}/figures`)).status).toBe(303);
    const whole = await read(`workbench/${id}/preview/restricted`);
    for (const words of [
      'In the year to May 2026, 938 offences of serious violence were recorded in Haverness. They rose by 18.3%',
      'It takes in homicide',
      'What drives it: ',
      'Reported: A drug market',
      '(led by ',
      'Approved: Not yet.',
      'as many offences of serious violence as the rest of Merrowshire',
    ])
      expect(whole).toContain(words);
    // Nobody has cleared anything: the public gets none of the figures.
    const open = await read(`workbench/${id}/preview/public`);
    expect(open).not.toMatch(/938/);
    expect(open).toContain('agreed that its figures are published');
  });

  it('places each of them once', async () => {
    const parts = await read(`workbench/${id}/parts/kinds`);
    expect((await send(`workbench/${id}/figures`)).status).toBe(303);
    expect(await read(`workbench/${id}/parts/kinds`)).toBe(parts);
  });
});
