import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIntakes } from '../../src/evidence/intake.store.ts';
import { openReleases, type Releases } from '../../src/platform/releases/ask.ts';
import { loadExampleEvidence } from '../../src/web/example-evidence.ts';
import type { ExampleDoor } from '../../src/web/example-intake.ts';
import { testTown, type TestTown } from './installation.ts';

describe('the evidence of the example', { timeout: 120_000 }, () => {
  let town: TestTown;
  let door: ExampleDoor;
  beforeAll(async () => {
    town = await testTown();
    const partnership = town.partnerships.get('haverness')!;
    const by = town.people.get('analyst@haverness.example')!;
    const entry = { door: 'concord_member', actor: by, partnership } as const;
    door = {
      read: (act) => town.records.read(entry, act),
      write: (act) => town.records.write(entry, act),
      releases: town.equipment.releases,
      partnership,
      by,
      today: '2026-06-01',
    };
    const t = performance.now();
    let last = t;
    await loadExampleEvidence(door, { progress: (done, total, note) => { const now = performance.now(); console.log(done, total, note, Math.round(now - last)); last = now; } });
    console.log('all', Math.round(performance.now() - t));
  });
  afterAll(() => town.close());

  it('is there', async () => {
    const { intakes } = await door.read(({ work }) => listIntakes(work<'evidence' | 'platform'>(), { limit: 100, offset: 0 }));
    for (const i of intakes) {
      const [row] = await town.asAdmin('select checked, refusal from evidence.intake where id = $1', [i.id]);
      console.log(i.id, i.source, i.state, i.refusal, JSON.stringify((row as any).checked)?.slice(0, 1800));
    }
    console.log(await town.asAdmin('select title, left(answer, 1500) as a from evidence.figure'));
  });
});
