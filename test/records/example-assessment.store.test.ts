import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planSaid } from '../../src/web/plan-said.ts';
import { check, coverFits } from '../../src/documents/index.ts';
import type { DocumentModel } from '../../src/documents/model.ts';
import { openAreaBook } from '../../src/evidence/area-book.store.ts';
import { composeAssessment, definitionSaid, figuresOf, noRecords, readingAges } from '../../src/evidence/assessment.ts';
import { recordsOf } from '../../src/evidence/assessment-records.store.ts';
import { findFigures, scopeOf } from '../../src/evidence/assessment.store.ts';
import { definitionInForce } from '../../src/evidence/definition.store.ts';
import { haverness, smallAreaAt, underServedCodes } from '../../src/evidence/example/county.ts';
import { emerging, recording } from '../../src/evidence/example/truths.ts';
import { changeFinding, findingChoices, moveFinding } from '../../src/evidence/finding.store.ts';
import { reading } from '../../src/platform/database/work.ts';
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
        fits: coverFits,
      });
    });
  let open: DocumentModel;
  let whole: DocumentModel;
  let long: DocumentModel;

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
    // Two more are checked: one that stands on no figure, and one that says a number which its figure does not.
    await town.records.write(entry, async ({ work, audit }) => {
      const kept = await findingChoices(reading(work<'evidence' | 'platform'>()));
      for (const finding of kept.filter(({ sentence }) => /^(People who sleep|Crime rose)/.test(sentence))) {
        const sentence = finding.sentence.replace(/from [\d,]+ in/, 'from 777 in');
        await changeFinding(work<'evidence'>(), finding.id, { ...finding, sentence });
        await moveFinding(work<'evidence'>(), finding.id, { state: 'checked', because: null, checkedBy: by });
        audit({ action: 'FINDING_CHANGED', subject: `finding/${finding.id}`, outcome: 'done' });
      }
    });
    open = await assess('public');
    long = await assess('public', { from: '2024-06', to: '2026-05' });
    whole = await assess('restricted', { from: '2021-06', to: '2026-05' });
  }, 240_000);
  afterAll(() => town.close());

  const wordsOf = (parts: unknown): string => textsIn(parts).join(' ').replaceAll(/\s+/g, ' ');

  it('can be set, and names on its first page what the partnership found, chose and will do', () => {
    expect(check(open)).toEqual([]);
    const cover = wordsOf(open.cover);
    for (const words of [
      'The police recorded 42 violent and sexual offences',
      'Measured: Deprivation in one place',
      'Reported: A drug market (Merrowshire Constabulary',
      'Claimed: Harm online',
      'Knives carried by young people. Violence at night on the seafront. Chosen by Safer Haverness Executive, 6 May 2026.',
      'Youth workers at the bus station after school (led by Shoreline Youth Trust, by July 2026)',
    ])
      expect(cover).toContain(words);
    const all = wordsOf(open.sections);
    for (const words of [
      'There were 14 robberies and 51 offences of possessing a weapon.',
      'Being harmed before',
      'An adult whom they trust',
      'Few are hurt, and each time a life may end.',
      'Focused deterrence with eight people (led by Merrowshire Constabulary, by March 2027)',
      'Bystander training in pubs: done (led by Haverness Council)',
    ])
      expect(all).toContain(words);
  });

  it('says whether the sources agree, each over the last whole year that it has', () => {
    const said = wordsOf(open.sections);
    expect(said).toContain(
      'The sources do not say the same: one rose, none fell, and of four we cannot tell. Three cannot be compared.',
    );
    expect(said).toContain('Ambulance calls to violence, year to April 2026:');
    expect(said).toContain('year to February 2026:');
  });

  it('names kinds and senders by words, and weighs harm, ages and groups', () => {
    const said = wordsOf([open.cover, open.sections]);
    expect(said).toContain('Robbery of personal property: up ');
    expect(said).not.toMatch(/offence code/);
    expect(said).toContain('Haverness Bay Hospitals NHS Trust');
    expect(said).not.toContain('HBH01');
    expect(said).toMatch(/weighs [\d,]+ \(range [\d,]+ to [\d,]+\) in days of sentence/);
    expect(said).toMatch(/Set right for how old the people are, it is [\d,.]+ for every 100,000/);
    expect(said).toMatch(/“Male” [\d.]+ times \(range [\d.]+ to [\d.]+\) as often as “Female”/);
    expect(said).toMatch(/Haverness lies (above|within) the limits/);
  });

  it('takes voices, next review and version from what a body approved on the workbench', () => {
    expect(wordsOf(long.sections)).toContain('Young people told us that they do not feel safe on the last bus.');
    expect(wordsOf(long.cover)).toContain('Next review: 30 June 2026');
  });

  it('can be read at about twelve', () => {
    const ages = readingAges(open);
    for (const section of ['First page', 'What this covers'])
      expect(ages.find((each) => each.section === section)?.age ?? 99).toBeLessThanOrEqual(12.4);
  });

  it('ties every number of a finding to its figure', () => {
    const tied = JSON.stringify(open.cover);
    for (const number of ['42', '14', '51'])
      expect(tied).toContain(`{"kind":"figure","words":"${number}","note":"sha256:`);
  });

  it('keeps what nobody checked, chose or can prove out of the public rendering', () => {
    const everything = wordsOf([open.cover, open.sections, open.notes]);
    for (const secret of [
      'Every school in Haverness has seen a knife',
      'Damage and arson stand out',
      'sleep in the seafront shelters',
      'from 777 in January',
      'Violence against people who sleep rough',
      '4 of 31 small areas',
      '41 young people',
    ])
      expect(everything).not.toContain(secret);
    const inside = wordsOf([whole.cover, whole.sections]);
    expect(inside).toContain('sleep in the seafront shelters');
    expect(inside).toContain('from 777 in January');
    expect(inside).toContain('4 of 31 small areas');
    expect(inside).not.toContain('Every school in Haverness has seen a knife');
    expect(inside).not.toContain('Violence against people who sleep rough');
  });

  describe('says what is true by construction:', () => {
    it('a season, and a night-time economy', () => {
      const said = wordsOf(open.sections);
      expect(said).toContain('June to August had more than December to February in each of the last five years');
      expect(said).toMatch(/The police marked \d+ offences of the year as part of the night-time economy/);
    });

    it('a place that emerges', () => {
      const { column, row } = emerging.smallArea;
      expect(wordsOf(open.sections)).toContain(
        `New since the same months of the year before, so places to look at first: ${smallAreaAt(column, row).name}.`,
      );
    });

    it('robberies that follow each other', () => {
      const [, times] =
        /Of robbery of people, one is soon followed by others close by: ([\d.]+) times/.exec(wordsOf(open.sections)) ??
        [];
      expect(Number(times)).toBeGreaterThan(2);
    });

    it('a step that is one of recording, and is not called a rise of violence', () => {
      expect(wordsOf(whole.sections)).toContain(`Known of how it was recorded: ${recording.note}`);
    });

    it('the estate with the most harm for its count, to those who may see it; the public is told why not', () => {
      const names = haverness()
        .filter(({ code }) => underServedCodes().includes(code))
        .map(({ name }) => name)
        .sort();
      expect(names).toHaveLength(2);
      expect(wordsOf(whole.sections)).toContain(`the most for each of their offences: ${names.join(' and ')}.`);
      expect(wordsOf(open.sections)).toContain('Which small areas have the most harm is not shown:');
      for (const name of names) expect(wordsOf(open.sections)).not.toContain(`of their offences: ${name}`);
    });
  });
});

/** All that a reader reads, in its order. */
function textsIn(part: unknown): readonly string[] {
  if (typeof part === 'string') return [part];
  if (Array.isArray(part))
    return part.every(
      (each) => typeof each === 'string' || (typeof each === 'object' && each !== null && 'words' in each),
    )
      ? [part.flatMap((each) => textsIn(each)).join('')]
      : part.flatMap((each) => textsIn(each));
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) =>
    ['kind', 'id', 'svg', 'note', 'isLead', 'isNumbered'].includes(name) ? [] : textsIn(value),
  );
}
