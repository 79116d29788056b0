import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { done, type Role } from '../../src/duty/index.ts';
import { exampleFigures } from '../../src/evidence/example-assessment.ts';
import { openAreaBook } from '../../src/evidence/area-book.store.ts';
import { calendarOf } from '../../src/evidence/coverage.store.ts';
import { haverness, smallAreaAt, underServedCodes } from '../../src/evidence/example/county.ts';
import { emerging, nightTime, recording } from '../../src/evidence/example/truths.ts';
import { workOut, type DefinitionUsed, type FigureAsked } from '../../src/evidence/figure.store.ts';
import type { Figure } from '../../src/evidence/figure.ts';
import { listIntakes, type IntakeListed } from '../../src/evidence/intake.store.ts';
import {
  keepIndicatorValues,
  valuesSeen,
  workOutIndicator,
  type PartSeen,
} from '../../src/evidence/indicator-value.store.ts';
import { findTemplate } from '../../src/evidence/indicator-templates.ts';
import { indicatorParts } from '../../src/evidence/indicator-value.ts';
import { addIndicator, listIndicators } from '../../src/evidence/indicator.store.ts';
import { listReferences } from '../../src/evidence/reference.store.ts';
import { livePartsOf } from '../../src/evidence/release.store.ts';
import type { FormatName } from '../../src/evidence/source.ts';
import { viewOf } from '../../src/evidence/view.store.ts';
import { knifeOffences } from '../../src/evidence/violence-kinds.ts';
import { trendVerdict } from '../../src/measures/index.ts';
import { loadExampleEvidence } from '../../src/web/example-evidence.ts';
import type { ExampleDoor } from '../../src/web/example-intake.ts';
import { answered } from '../answered.ts';
import {
  emergingPlaces,
  highSummers,
  levelsBegin,
  mostHarmed,
  nearRobberies,
  type Offence,
} from '../evidence/town-judged.ts';
import { testTown, type TestTown } from './installation.ts';

const today = '2026-06-01';
const whole = { from: '2021-06', to: '2026-05' };
const town_ = 'E06000990';

describe('the evidence of the example, loaded', { timeout: 120_000 }, () => {
  let town: TestTown;
  let door: ExampleDoor;
  const intakes = async (): Promise<readonly IntakeListed[]> =>
    (await door.read(({ work }) => listIntakes(work<'evidence' | 'platform'>(), { limit: 100, offset: 0 }))).intakes;

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
      today,
    };
    // Killed in the middle, as a runner may be: the next run goes on.
    const stop = new AbortController();
    const broken = loadExampleEvidence(door, {
      signal: stop.signal,
      progress: (_done, _total, note) => (note === 'merrow-ambulance-assaults.csv' ? stop.abort() : undefined),
    });
    await expect(broken).rejects.toThrow();
    await loadExampleEvidence(door);
  }, 120_000);
  afterAll(() => town.close());

  const figure = (asked: FigureAsked): Promise<Figure> =>
    door.read(async ({ work }) => {
      const book = await openAreaBook(work<'evidence'>(), door.releases);
      const made = await workOut(work<'evidence' | 'platform'>(), { releases: door.releases, today, book }, asked);
      if (!made.done) throw new Error(made.sentence);
      return made.value;
    });

  it('is loaded once, though it was broken off', async () => {
    expect(await town.asAdmin('select from evidence.release')).toHaveLength(8);
    // Beside those that the example's findings rest on, and those of its indicators.
    const figures = await town.asAdmin<{ id: string }>(`
      select id from evidence.figure f where not exists (
        select from evidence.indicator_value v, jsonb_each(v.found) as part where part.value ->> 'figure' = f.id)`);
    expect(figures).toHaveLength(7 + exampleFigures.length);
    expect((await intakes()).filter(({ state }) => state === 'checking')).toEqual([]);
  });

  it('says where each indicator stands, from figures that anybody can work out again', async () => {
    const indicators = await door.read(({ work }) => listIndicators(work<'evidence'>()));
    const seen = (roles: readonly Role[]) =>
      door.read(({ work }) =>
        valuesSeen(work<'evidence' | 'partnership' | 'platform' | 'published'>(), {
          indicators,
          roles,
          parts: indicatorParts,
          today,
        }),
      );
    const byName = async (roles: readonly Role[]) =>
      new Map(
        (await seen(roles)).map((each) => [
          indicators.find(({ recordId }) => recordId === each.indicatorId)?.id ?? '',
          each.parts,
        ]),
      );
    const values = await byName(['analyst']);
    // Nothing of the Home Office tables is loaded.
    expect([...values.keys()].sort()).toEqual(['knife-admissions', 'knife-crime', 'robbery']);
    const knife = values.get('knife-crime')!;
    const rowOf = (part: PartSeen | undefined) =>
      part !== undefined && 'kept' in part ? part.kept.view.rows[0] : part;
    // As many as a count over the same rows that knows nothing of indicators.
    const parts = await door.read(({ work }) => livePartsOf(work<'evidence'>(), { source: 'force-extract' }));
    const counted = await door.releases.count({
      parts,
      by: [],
      where: [
        { column: 'area', in: haverness().map(({ code }) => code) },
        { column: 'month', from: '2025-04', to: '2026-03' },
        { column: 'knife', is: true },
        { column: 'category', in: knifeOffences },
      ],
    });
    expect(rowOf(knife.value)).toMatchObject({ state: 'shown', count: counted[0]?.count });
    expect(rowOf(knife.comparison)).toMatchObject({ state: 'shown', count: counted[0]?.count });
    expect(rowOf(knife.change)).toMatchObject({ after: counted[0]?.count });
    expect(knife.chart !== undefined && 'kept' in knife.chart && knife.chart.kept.view.rows).toHaveLength(36);
    // Its sender keeps small numbers back, so there is neither a total nor a change.
    const admissions = values.get('knife-admissions')!;
    expect([rowOf(admissions.value), rowOf(admissions.change)]).toMatchObject([
      { state: 'hidden', count: null },
      { state: 'refused' },
    ]);
    expect(admissions.comparison).toMatchObject({ why: expect.stringContaining('Missing: the list') as string });
    // Nothing was let out: whoever does not work on figures sees no number.
    const others = await byName(['councillor']);
    expect(others.get('knife-crime')?.value).toMatchObject({
      why: expect.stringContaining('not been opened') as string,
    });
  });

  it('finds hot squares of 200 metres, each with the points that lie in it', async () => {
    const period = { from: '2025-06', to: '2026-05' };
    const spots = await figure({ measure: 'hot-spot-cells', source: 'force-extract', area: town_, period });
    const parts = await door.read(({ work }) => livePartsOf(work<'evidence'>(), { source: 'force-extract' }));
    const points = await door.releases.points({
      parts,
      where: [
        { column: 'area', in: haverness().map(({ code }) => code) },
        { column: 'month', ...period },
      ],
      x: 'easting_metres',
      y: 'northing_metres',
      columns: [],
      most: 50_000,
    });
    const squareOf = ({ x, y }: { x: number; y: number }) =>
      [x, y].map((each) => Math.floor(each / 200) * 200).join(', ');
    const counted = Map.groupBy(points, squareOf);
    expect(spots.rows.filter(({ count }) => count !== 0).map((row) => [row['cell'], row.count])).toEqual(
      expect.arrayContaining([...counted].map(([cell, of]) => [cell, of.length])),
    );
    const hot = spots.rows.filter(({ verdict }) => verdict === 'hot spot');
    expect(hot.length).toBeGreaterThan(0);
    // Where most of them lie is hot; and there are squares that are not.
    const [busiest] = [...counted].toSorted(([, a], [, b]) => b.length - a.length);
    expect(hot.map((row) => row['cell'])).toContain(busiest?.[0]);
    expect(spots.rows.some(({ verdict }) => verdict === 'as chance would have it')).toBe(true);
    // Records stay inside.
    const view = await door.read(({ work }) => viewOf(work<'evidence'>(), spots, 'public', () => 'apart'));
    expect(view).toMatchObject({ sentence: expect.stringContaining('so small that their numbers') as string });
  });

  it('says of each table of areas and people that nobody published it', async () => {
    const references = await door.read(({ work }) => listReferences(work<'evidence'>()));
    expect(references).toHaveLength(15);
    for (const { publisher, licence } of references) {
      expect(publisher).toBe('Made up for the example');
      expect(licence).toContain('no such place exists');
    }
    const { notes } = await figure({ measure: 'rate', source: 'force-extract', area: town_, period: whole });
    expect(notes.join(' ')).toContain('People: mid-2025, made up for the example.');
    expect(notes.join(' ')).not.toContain('ONS');
  });

  it('has eight sources: one late, one absent, one whose small numbers its sender hid', async () => {
    const stateOf = async (source: FormatName, month: string) => {
      const { months } = await door.read(({ work }) => calendarOf(work<'evidence' | 'platform'>(), source, { today }));
      return months.find((each) => each.month === month)?.state;
    };
    for (const source of ['force-extract', 'ambulance', 'ecds', 'fire', 'youth-justice', 'exclusions'] as const)
      expect({ source, state: await stateOf(source, '2025-10') }).toEqual({ source, state: 'complete' });
    expect(await stateOf('istv', '2026-04')).toBe('late');
    expect(await stateOf('probation', '2025-10')).toBe('missing');
    const { rows } = await figure({
      measure: 'count',
      source: 'hospital-admissions',
      area: town_,
      period: { from: '2025-10', to: '2025-12' },
      by: ['category', 'age_group', 'sex'],
    });
    expect(rows.some(({ state }) => state === 'hidden')).toBe(true);
  });

  describe('shows to who looks', () => {
    let offences: readonly Offence[];
    let weights: ReadonlyMap<string, number>;
    beforeAll(async () => {
      const parts = await door.read(({ work }) => livePartsOf(work<'evidence'>(), { source: 'force-extract' }));
      const rows = await door.releases.points({
        parts,
        where: [{ column: 'area', in: haverness().map(({ code }) => code) }],
        x: 'easting_metres',
        y: 'northing_metres',
        columns: ['category', 'recorded_on', 'from_at', 'area'],
        most: 50_000,
      });
      offences = rows.map(({ x, y, key: [code, recordedOn, at, area] }) => ({
        code: String(code),
        recordedOn: String(recordedOn),
        happenedOn: String(at).slice(0, 10),
        area: String(area),
        x,
        y,
      }));
      const references = await door.read(({ work }) => listReferences(work<'evidence'>()));
      const { stored } = references.find(({ layout }) => layout === 'offence-weights')!;
      const { texts, numbers } = await door.releases.columns(stored, { texts: ['offence_code'], numbers: ['weight'] });
      weights = new Map((texts.get('offence_code') ?? []).map((code, at) => [code, numbers.get('weight')?.[at] ?? 0]));
    });

    it('nights that fill in summer', async () => {
      expect(highSummers(offences).length).toBeGreaterThanOrEqual(4);
      const ward = haverness().find((area) => area.ward.name === nightTime.ward)!.ward.code;
      const chart = await figure({ measure: 'control-chart', source: 'force-extract', area: ward, period: whole });
      const above = chart.rows.filter(({ signal }) => signal === 'above-limit').map(({ month }) => month ?? '');
      expect(above.length).toBeGreaterThanOrEqual(4);
      for (const month of above) expect(month).toMatch(/-0[678]$/);
    });

    it('one place that emerges', () => {
      const { column, row } = emerging.smallArea;
      expect(emergingPlaces(offences)).toContain(smallAreaAt(column, row).code);
    });

    it('robberies that follow each other', () => {
      const near = nearRobberies(offences);
      expect(near.ratio).toBeGreaterThan(2);
      expect(near.p).toBe(1 / 200);
    });

    it('a step that is one of recording: the ambulance has none, and a note of that month says why', async () => {
      expect(levelsBegin(offences)).toEqual([recording.from]);
      const changed = async (source: FormatName) =>
        (await figure({ measure: 'change', source, area: town_, period: { from: '2024-04', to: '2025-03' } }))
          .rows[0]?.['verdict'];
      expect(await changed('force-extract')).toBe('higher');
      expect(await changed('ambulance')).toBe('no clear change');
      const { months } = await door.read(({ work }) =>
        calendarOf(work<'evidence' | 'platform'>(), 'force-extract', { today }),
      );
      const noted = months.filter(({ reason }) => reason?.includes('records each report of harassment'));
      expect(noted.map(({ month }) => month)).toEqual([recording.from]);
      // With that note beside it, no trend of the series to then is claimed to be one of violence.
      const verdict = answered(
        trendVerdict({
          points: 36,
          meanCount: 200,
          exceeds: false,
          changes: [{ pointsAgo: 2, direction: 'rise', named: 'April 2024', recordingChanged: true }],
          annualChangePercent: null,
        }),
      );
      expect(verdict.mayBeRecording).toBe(true);
    });

    describe('by figures', () => {
      const verdictIn = async (period: { from: string; to: string }) => {
        const { rows } = await figure({ measure: 'hot-spots', source: 'force-extract', area: town_, period });
        const { column, row } = emerging.smallArea;
        return rows.find(({ area }) => area === smallAreaAt(column, row).code)?.['verdict'];
      };

      it('the place that emerges is a hot spot of spring 2026, and was none a year before', async () => {
        expect(await verdictIn({ from: '2026-03', to: '2026-05' })).toBe('hot spot');
        expect(await verdictIn({ from: '2025-03', to: '2025-05' })).toBe('as chance would have it');
      });

      it('robberies come close upon each other', async () => {
        const robbery: DefinitionUsed = {
          id: 'robbery',
          version: 1,
          sha256: `sha256:${'0'.repeat(64)}`,
          name: 'Robbery',
          conditions: () => done([{ column: 'category', in: ['34B'] }]),
        };
        const { rows } = await figure({
          measure: 'near-repeat',
          source: 'force-extract',
          area: town_,
          period: { from: '2025-03', to: '2026-02' },
          definition: robbery,
        });
        const near = rows.filter(
          ({ verdict, distance, days }) =>
            verdict === 'more than by chance' && distance === '0 to 200 metres' && String(days).startsWith('0 to'),
        );
        expect(near).toHaveLength(1);
      });

      it('the estate has the most harm for its count', async () => {
        const { rows } = await figure({
          measure: 'harm',
          source: 'force-extract',
          area: town_,
          period: { from: '2023-06', to: '2026-05' },
          by: ['area'],
        });
        const most = rows.toSorted((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0)).slice(0, 2);
        expect(most.map(({ area }) => area).sort()).toEqual([...underServedCodes()].sort());
      });
    });

    it('an estate with the most harm', () => {
      expect([...mostHarmed(offences, weights)].sort()).toEqual([...underServedCodes()].sort());
    });
  });

  it('has six ugly files that wait, each with what Concord says of it', async () => {
    const waiting = new Map((await intakes()).map((each) => [each.files[0]?.name ?? '', each]));
    const foundIn = async (name: string) => {
      const intake = waiting.get(name)!;
      expect({ name, state: intake.state }).toEqual({ name, state: name.includes('street') ? 'refused' : 'ready' });
      const page = await town.ask(`/haverness/intake/${intake.id}`, {
        cookie: await town.sessionOf('analyst@haverness.example'),
      });
      expect(page.status).toBe(200);
      return (await page.text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    };
    expect(await foundIn('admissions for assault Jan-Mar 2026.csv')).toContain('Load 15 rows');
    expect(await foundIn('exclusions spring term 2026.csv')).toContain('no area that exists or existed');
    expect(await foundIn('may extract FINAL v2.csv')).toContain('There is nothing new in these files');
    expect(await foundIn('fire incidents March to May 2026.csv')).toContain('April 2026 is not in these files');
    const named = await foundIn('ISTV april 2026.csv');
    expect(named).toContain('Assault Location Description');
    expect(named).not.toContain('Hartwell');
    expect(await foundIn('2026-05-merrowshire-street.csv')).toContain('This is a web page, perhaps an error page');
  });

  it('has figures to begin with', async () => {
    const page = await town.ask('/haverness/figures', { cookie: await town.sessionOf('analyst@haverness.example') });
    expect(await page.text()).toContain('Trend in the number of offences in Haverness');
    expect(town.faults).toEqual([]);
  });

  it('says that a value is old once another definition is in force', async () => {
    type Tables = 'evidence' | 'partnership' | 'platform' | 'published';
    const template = { ...findTemplate('serious-violence')!, target: null, owner: null };
    await door.write(({ work }) => addIndicator(work<Tables>(), template));
    const indicator = (await door.read(({ work }) => listIndicators(work<Tables>()))).find(
      ({ id }) => id === template.id,
    )!;
    const staleOn = async (day: string) => {
      const [seen] = await door.read(({ work }) =>
        valuesSeen(work<Tables>(), { indicators: [indicator], roles: ['analyst'], parts: ['value'], today: day }),
      );
      return seen?.stale;
    };
    const { releases, partnership, by } = door;
    const book = await door.read(({ work }) => openAreaBook(work<'evidence'>(), releases));
    const made = await door.read(({ work }) =>
      workOutIndicator(work<Tables>(), { releases, book, today, partnership }, indicator),
    );
    await door.write(({ work }) => keepIndicatorValues(work<Tables>(), indicator, made, { book, by, code: 'test' }));
    expect(await staleOn(today)).toBeNull();
    // Before the partnership had one.
    expect(await staleOn('2019-01-01')).toEqual(expect.any(String));
  });
});
