import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverFits } from '../../src/documents/index.ts';
import { openAreaBook } from '../../src/evidence/area-book.store.ts';
import { composeAssessment, figuresOf, noRecords } from '../../src/evidence/assessment.ts';
import { findFigures, scopeOf } from '../../src/evidence/assessment.store.ts';
import { definitionVariants } from '../../src/evidence/definition-variants.ts';
import { conditionsOf } from '../../src/evidence/definition.ts';
import { answerBytes, workOut, type FigureAsked } from '../../src/evidence/figure.store.ts';
import type { Figure } from '../../src/evidence/figure.ts';
import { policeUkStreet } from '../../src/evidence/formats/police-uk-street.ts';
import { checkLoad, keepLoad } from '../../src/evidence/load.store.ts';
import { placesFor } from '../../src/evidence/places.store.ts';
import { readReferenceFile } from '../../src/evidence/reference-file.store.ts';
import { addReference } from '../../src/evidence/reference.store.ts';
import { openReleases, type Releases } from '../../src/platform/releases/ask.ts';
import { testTown, type TestTown } from './installation.ts';

// Real open data, where it lies beside the project: journey J1 and the counts that were made by another program.
const shared = '../shared/data';
const forces = { lancashire: 'E06000009', merseyside: 'E08000014', 'avon-and-somerset': 'E06000022' } as const;

describe.skipIf(!existsSync(shared))('street-level crime of three forces', { timeout: 300_000 }, () => {
  let town: TestTown;
  let releases: Releases;
  let folder: string;
  let outside = 0;
  const entry = () =>
    ({ door: 'concord_member', actor: 'system', partnership: town.partnerships.get('castlemere') }) as const;
  const figure = async (asked: FigureAsked): Promise<Figure> => {
    const outcome = await town.records.read(entry(), async ({ work }) =>
      workOut(
        work<'evidence' | 'platform'>(),
        { releases, today: '2026-06-01', book: await openAreaBook(work<'evidence'>(), releases) },
        { source: 'police-uk-street', ...asked },
      ),
    );
    if (!outcome.done) throw new Error(outcome.sentence);
    return outcome.value;
  };
  const violence = ({ rows }: Figure) => rows.find(({ category }) => category === 'Violence and sexual offences');

  beforeAll(async () => {
    town = await testTown();
    folder = mkdtempSync(join(tmpdir(), 'concord-open-data-'));
    releases = openReleases(folder);
    for (const place of ['lookups', 'population', 'harm-weights', 'boundaries'])
      for (const name of readdirSync(join(shared, place)).filter((each) =>
        /\.csv(\.gz)?$|^lsoa11-blackpool\.geojson$|^lad24-uk/.test(each),
      )) {
        const read = await readReferenceFile(releases.folder, join(shared, place, name), {});
        if (read.done)
          await town.records.write(entry(), ({ work }) =>
            addReference(work<'evidence'>(), { ...read.value, addedBy: 'system' }),
          );
      }
    for (const force of Object.keys(forces)) {
      const from = join(shared, `police-uk-${force}`);
      const sent = readdirSync(from)
        .filter((name) => name.endsWith('street.csv.gz'))
        .map((name) => ({ name, path: join(from, name) }));
      const places = await town.records.read(entry(), ({ work }) =>
        placesFor(work<'evidence'>(), releases, policeUkStreet),
      );
      const checked = await checkLoad(
        {
          releases,
          today: '2026-06-01',
          read: (act) => town.records.read(entry(), ({ work }) => act(work())),
          ...(places === undefined ? {} : { places }),
        },
        { format: policeUkStreet, sent },
      );
      if (!checked.done) throw new Error(checked.sentence);
      if (force === 'lancashire') outside = checked.value.rows.outside;
      await town.records.write(entry(), ({ work }) =>
        keepLoad(work<'evidence'>(), releases.folder, checked.value, {
          partnership: entry().partnership ?? '',
          by: 'system',
        }),
      );
    }
  }, 300_000);
  afterAll(async () => {
    releases.close();
    rmSync(folder, { recursive: true, force: true });
    await town.close();
  });

  it('leaves out the rows that lie outside of the force that sent them, and says how many', () => {
    expect(outside).toBe(1_232);
  });

  it.each(Object.entries(forces))(
    'counts of %s by month and type equal the reference, row for row',
    async (force, area) => {
      const wanted = new Map<string, number>();
      const lines = gunzipSync(
        readFileSync(join(shared, 'reference-counts/rows_by_source_month_lad_crime_type.csv.gz')),
      );
      for (const line of lines.toString().trim().split('\n').slice(1)) {
        const [source, month, lad, type, rows] = line.split(',');
        if (source === force && lad === area) wanted.set(`${month} ${type}`, Number(rows));
      }
      const months = [...wanted.keys()].map((key) => key.slice(0, 7)).sort();
      const { rows } = await figure({
        measure: 'count',
        area,
        period: { from: months[0] ?? '', to: months.at(-1) ?? '' },
        by: ['month', 'category'],
      });
      const found = rows.filter(({ state, count }) => state === 'shown' && count !== 0);
      expect(wanted.size).toBeGreaterThan(20);
      expect(new Map(found.map(({ month, category, count }) => [`${month} ${category}`, count]))).toEqual(wanted);
    },
  );

  it('J1: shows 11,257 violent crimes in Blackpool, and refuses a year of which two months are missing', async () => {
    const year = { from: '2021-07', to: '2022-06' };
    expect(
      violence(await figure({ measure: 'count', area: 'E06000009', period: year, by: ['category'] })),
    ).toMatchObject({
      state: 'shown',
      count: 11_257,
      withoutPlace: 5_838,
    });
    expect(
      violence(await figure({ measure: 'count', area: 'E06000009', period: year, by: ['category'], distinct: true })),
    ).toMatchObject({ count: 11_101 });
    const before = violence(
      await figure({
        measure: 'count',
        area: 'E06000009',
        period: { from: '2020-07', to: '2021-06' },
        by: ['category'],
      }),
    );
    expect(before).toMatchObject({ state: 'refused', count: null });
    expect(before?.reason).toContain('8,523');
    const change = await figure({ measure: 'change', area: 'E06000009', period: year, by: ['category'] });
    expect(violence(change)).toMatchObject({ before: 8_523, after: 9_468 });
    expect(Number(violence(change)?.estimate).toFixed(1)).toBe('11.1');
    expect(change.notes.join(' ')).toContain('lockdown');
    const claim = await figure({ measure: 'comparison', area: 'E06000009', period: year });
    expect(claim.rows).toMatchObject([{ state: 'refused', reason: expect.stringContaining('Cannot check') as string }]);
  });

  it('finds hot spots of Blackpool, weighs its harm by type, and sees no near repeats in months', async () => {
    const asked = { area: 'E06000009', period: { from: '2021-07', to: '2022-06' } };
    const spots = await figure({ measure: 'hot-spots', ...asked });
    const hot = spots.rows.filter(({ verdict }) => verdict === 'hot spot');
    expect(spots.rows).toHaveLength(94);
    expect(hot.length).toBeGreaterThan(3);
    expect(hot.length).toBeLessThan(47);
    const types = await figure({ measure: 'count', ...asked, by: ['category'] });
    const weighed = await figure({ measure: 'harm', ...asked, by: ['category'] });
    // Of the kinds of violence, as the table has them, by how often each is recorded.
    const lines = readFileSync(join(shared, 'harm-weights/cchi_2026_by_prc_subgroup.csv'), 'utf8').trim().split('\n');
    const kinds = lines
      .map((line) => line.split(','))
      .filter(([category]) => category === 'Violence and sexual offences');
    const volume = kinds.reduce((sum, cells) => sum + Number(cells[3]), 0);
    const days = kinds.reduce((sum, cells) => sum + Number(cells[3]) * Number(cells[6]), 0);
    expect(violence(weighed)?.estimate).toBeCloseTo(((violence(types)?.count ?? 0) * days) / volume, 6);
    expect(violence(weighed)?.['most']).toBeGreaterThan(violence(weighed)?.estimate ?? 0);
    for (const measure of ['near-repeat', 'standardised-rate', 'relative-rate'])
      expect((await figure({ measure, ...asked })).rows).toMatchObject([{ state: 'refused' }]);
  });

  it('works a figure out again to the same bytes', async () => {
    const asked = {
      measure: 'control-chart',
      area: 'E06000009',
      period: { from: '2019-12', to: '2022-06' },
    } satisfies FigureAsked;
    const [one, other] = [await figure(asked), await figure(asked)];
    expect(other.id).toBe(one.id);
    expect(answerBytes(other)).toBe(answerBytes(one));
  });

  it('J2: cannot tell a definition with domestic abuse from one without on this source, and says so', () => {
    const refusals = definitionVariants
      .map((variant) => conditionsOf({ ...variant, version: 1 }, policeUkStreet))
      .filter((outcome) => !outcome.done);
    expect(refusals.length).toBeGreaterThan(0);
    for (const refusal of refusals) expect(refusal.sentence).toContain('cannot be expressed');
  });

  it('makes an assessment of Blackpool that says what it knows, how sure it is, and what is absent', async () => {
    const model = await town.records.read(entry(), async ({ work }) => {
      const book = await openAreaBook(work<'evidence'>(), releases);
      const context = { releases, book, today: '2026-06-01' };
      const scope = await scopeOf(work<'evidence' | 'partnership' | 'platform'>(), context, {
        area: 'E06000009',
        period: { from: '2020-07', to: '2022-06' },
        definition: undefined,
      });
      if (!scope.done) throw new Error(scope.sentence);
      const { finds } = await findFigures(work<'evidence' | 'partnership' | 'platform'>(), context, {
        scope: scope.value,
        wanted: figuresOf('needs', scope.value),
        definition: undefined,
        audience: 'public',
        code: 'concord test',
      });
      return composeAssessment({
        template: 'needs',
        audience: 'public',
        asOf: '2026-06-01',
        publisher: 'Test',
        scope: scope.value,
        definition: undefined,
        records: noRecords,
        finds,
        fits: coverFits,
      });
    });
    expect(model.sections).toHaveLength(16);
    const cover = JSON.stringify(model.cover);
    for (const words of [
      '11,257 crimes',
      '11.1% (range 7.9% to 14.4%)',
      '8,523, then 9,468',
      'the same ten months a year later',
      'end of lockdown',
      'June, August and September 2020 are missing',
      'It has none of the three national measures',
      '2.14 times (range 2.10 to 2.19)',
      '5,838 crimes',
      'Nobody: no local definition',
    ])
      expect(cover).toContain(words);
    const all = JSON.stringify(model.sections);
    for (const words of [
      '11,101 different Crime IDs',
      'no national series is loaded',
      'not a figure for the whole period',
    ])
      expect(all).toContain(words);
    expect(cover + all).not.toContain('32%');
  });
});
