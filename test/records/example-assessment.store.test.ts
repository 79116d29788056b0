import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planSaid } from '../../src/cli/plan-said.ts';
import { renderings } from '../../src/cli/assessment-renderings.ts';
import type { DocumentModel } from '../../src/documents/model.ts';
import { openAreaBook } from '../../src/evidence/area-book.store.ts';
import { composeAssessment, definitionSaid, figuresOf, noRecords } from '../../src/evidence/assessment.ts';
import { recordsOf } from '../../src/evidence/assessment-records.store.ts';
import { findFigures, scopeOf } from '../../src/evidence/assessment.store.ts';
import { definitionInForce } from '../../src/evidence/definition.store.ts';
import { definitionUsed } from '../../src/evidence/figure.store.ts';
import type { Audience } from '../../src/evidence/view.ts';
import { publishedPlan } from '../../src/strategy/public.store.ts';
import { loadExampleEvidence } from '../../src/web/example-evidence.ts';
import { testTown, type TestTown } from './installation.ts';

const today = '2026-06-01';
const area = 'E06000990';

describe('the assessment of the example town', { timeout: 240_000 }, () => {
  let town: TestTown;
  let partnership: string;
  const assess = (audience: Audience, period = { from: '2025-06', to: '2026-05' }): Promise<DocumentModel> =>
    town.records.read({ door: 'concord_member', actor: 'system', partnership }, async ({ work }) => {
      const reads = work<'evidence' | 'partnership' | 'platform' | 'published'>();
      const releases = town.equipment.releases;
      const book = await openAreaBook(reads, releases);
      const context = { releases, book, today };
      const definition = await definitionInForce(reads, today);
      const used = definition === undefined ? undefined : definitionUsed(definition);
      const scope = await scopeOf(reads, context, { area, period, definition: used });
      if (!scope.done) throw new Error(scope.sentence);
      const found = await findFigures(reads, context, {
        scope: scope.value,
        wanted: figuresOf('needs', scope.value),
        definition: used,
        audience,
        code: 'concord test',
      });
      const written = await recordsOf(reads, {
        partnership,
        area,
        period,
        audience,
        asOf: today,
        book,
        code: 'concord test',
        beside: found.views,
      });
      return composeAssessment({
        template: 'needs',
        audience,
        asOf: today,
        publisher: 'Safer Haverness Partnership',
        scope: scope.value,
        definition: definition === undefined ? undefined : definitionSaid(definition, definition.body?.name),
        records: { ...noRecords, ...written.records, ...planSaid(await publishedPlan(reads, partnership), today) },
        finds: new Map([...found.finds, ...written.finds]),
      });
    });
  let open: DocumentModel;

  beforeAll(async () => {
    town = await testTown();
    partnership = town.partnerships.get('haverness') ?? '';
    const by = town.people.get('analyst@haverness.example') ?? '';
    const entry = { door: 'concord_member', actor: by, partnership } as const;
    await loadExampleEvidence({
      read: (act) => town.records.read(entry, act),
      write: (act) => town.records.write(entry, act),
      releases: town.equipment.releases,
      partnership,
      by,
      today,
    });
    open = await assess('public');
  }, 240_000);
  afterAll(() => town.close());

  it('looks', async () => {
    writeFileSync(
      '/tmp/records-out/cover.json',
      JSON.stringify(open, (k, v) => (k === 'svg' ? undefined : v), 1),
    );
    const whole = await assess('restricted', { from: '2021-06', to: '2026-05' });
    writeFileSync(
      '/tmp/records-out/whole.json',
      JSON.stringify(whole, (k, v) => (k === 'svg' ? undefined : v), 1),
    );
    for (const { file, bytes } of renderings(open, 'x'))
      if (!file.includes('tables')) writeFileSync(join('/tmp/records-out', file), bytes);
    expect(1).toBe(1);
  });
});
