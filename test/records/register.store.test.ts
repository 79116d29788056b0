import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePartialDate, type PartialDate } from '../../src/duty/index.ts';
import { runsOn } from '../../src/partnership/span.ts';
import { testRecords, type TestRecords } from './installation.ts';

let test: TestRecords;
let partnership: string;
beforeAll(async () => {
  test = await testRecords();
  const [row] = await test.asAdmin<{ id: string }>(
    `insert into platform.partnership (slug, name) values ('one', 'One') returning id`,
  );
  partnership = row!.id;
});
afterAll(() => test.close());

const words = [
  '2020',
  'early 2021',
  'March 2021',
  '15 March 2021',
  'late 2022',
  'by 31 May 2022',
  'from 2023',
  'ongoing',
];
const dates: readonly (PartialDate | null)[] = [
  null,
  ...words.map((each) => {
    const read = parsePartialDate(each);
    if (!read.done) throw new Error(each);
    return read.value;
  }),
];

it('knows what was so on a day as the pure rule does, for all pairs of dates', async () => {
  const days = [
    '2019-12-31',
    '2020-01-01',
    '2021-03-15',
    '2021-04-30',
    '2021-05-01',
    '2022-05-31',
    '2022-12-31',
    '2030-01-01',
  ];
  const asked = dates.flatMap((since) => dates.flatMap((until) => days.map((day) => ({ since, until, day }))));
  const rows = await test.asAdmin<{ runs: boolean }>(
    `select partnership.runs_on(nullif(q->'since', 'null'), nullif(q->'until', 'null'), (q->>'day')::date) as runs
     from jsonb_array_elements($1::jsonb) with ordinality as t(q, place) order by place`,
    [JSON.stringify(asked)],
  );
  expect(rows.map(({ runs }) => runs)).toEqual(asked.map(({ since, until, day }) => runsOn({ since, until }, day)));
});

describe('a date column', () => {
  it('takes partial dates and nothing else', async () => {
    const takes = async (value: unknown) =>
      (
        await test.asAdmin<{ fits: boolean }>('select partnership.is_partial_date($1::jsonb) as fits', [
          JSON.stringify(value),
        ])
      )[0]!.fits;
    for (const date of dates) if (date !== null) expect(await takes(date)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const keys = Object.keys((value ?? {}) as object);
        if (keys.includes('text')) return;
        expect(await takes(value)).toBe(false);
      }),
      { seed: 5, numRuns: 100 },
    );
    expect(await takes({ text: 'x', earliest: '2024-1-1', latest: null })).toBe(false);
    expect(await takes({ text: 'x'.repeat(81), earliest: null, latest: null })).toBe(false);
    expect(await takes({ text: '2024', earliest: null, latest: null, more: 1 })).toBe(false);
  });
});

describe('the history', () => {
  const as = (actor: string) => ({ door: 'concord_member', actor, partnership }) as const;

  it('has every change, whoever made it and however, with the words before and after', async () => {
    const actor = '11111111-1111-4111-8111-111111111111';
    await test.records.write(as(actor), async ({ work }) => {
      const { id } = await work<'partnership'>()
        .insertInto('partnership.organisation')
        .values({ name: 'First' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await work<'partnership'>()
        .updateTable('partnership.organisation')
        .set({ name: 'Second' })
        .where('id', '=', id)
        .execute();
      await work<'partnership'>()
        .updateTable('partnership.organisation')
        .set({ name: 'Second' })
        .where('id', '=', id)
        .execute();
      await work<'partnership'>().deleteFrom('partnership.organisation').where('id', '=', id).execute();
    });
    const rows = await test.asAdmin<{ actor: string; before: { name: string } | null; after: { name: string } | null }>(
      'select actor, before, after from partnership.change where partnership_id = $1 order by at',
      [partnership],
    );
    expect(rows.map(({ actor: who, before, after }) => [who, before?.name, after?.name])).toEqual([
      [actor, undefined, 'First'],
      [actor, 'First', 'Second'],
      [actor, 'Second', undefined],
    ]);
  });

  it('can be written by nobody, and changed by nobody', async () => {
    for (const act of [
      `insert into partnership.change (actor, kind, row_id, subject_id) values ('system', 'x', gen_random_uuid(), gen_random_uuid())`,
      `update partnership.change set actor = 'system'`,
      `delete from partnership.change`,
    ]) {
      const code = await test.records
        .write(as('system'), async ({ work }) => {
          const { sql } = await import('kysely');
          await sql.raw(act).execute(work<'partnership'>());
        })
        .then(
          () => 'done',
          (error: unknown) => (error as { code: string }).code,
        );
      expect([act, code]).toEqual([act, '42501']);
    }
  });
});

it('lets no reference lead into another partnership', async () => {
  const [other] = await test.asAdmin<{ id: string }>(
    `insert into platform.partnership (slug, name) values ('two', 'Two') returning id`,
  );
  await test.asAdmin(`select set_config('concord.partnership', $1, false)`, [other!.id]);
  const [theirs] = await test.asAdmin<{ id: string }>(
    `insert into partnership.organisation (partnership_id, name) values ($1, 'Theirs') returning id`,
    [other!.id],
  );
  const code = await test.records
    .write({ door: 'concord_member', actor: 'system', partnership }, ({ work }) =>
      work<'partnership'>()
        .insertInto('partnership.membership')
        .values({ organisation_id: theirs!.id, capacity: 'prison' })
        .execute(),
    )
    .then(
      () => 'done',
      (error: unknown) => (error as { code: string }).code,
    );
  expect(code).toBe('23503');
});
