import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverFor, stateOn } from '../../src/exchange/index.ts';
import { findAgreements, findLiveAgreements } from '../../src/exchange/index.store.ts';
import { addAgreement, getAgreement, listAgreements } from '../../src/exchange/agreement.store.ts';
import { agreementStates, type AgreementWanted } from '../../src/exchange/agreement.ts';
import { isMissingRow } from '../../src/platform/database/database.ts';
import type { ReadWork, Work } from '../../src/platform/database/work.ts';
import { testRecords, type TestRecords } from './installation.ts';

let test: TestRecords;
const partnerships: string[] = [];
const organisations: string[] = [];
beforeAll(async () => {
  test = await testRecords();
  for (const slug of ['one', 'two']) {
    const [row] = await test.asAdmin<{ id: string }>(
      `insert into platform.partnership (slug, name) values ($1, $1) returning id`,
      [slug],
    );
    partnerships.push(row!.id);
    for (const name of ['Police', 'Council']) {
      await test.asAdmin(`select set_config('concord.partnership', $1, false)`, [row!.id]);
      const [made] = await test.asAdmin<{ id: string }>(
        `insert into partnership.organisation (partnership_id, name) values ($1, $2) returning id`,
        [row!.id, name],
      );
      organisations.push(made!.id);
    }
  }
});
afterAll(() => test.close());

const entry = (at: number) => ({ door: 'concord_member', actor: 'system', partnership: partnerships[at]! }) as const;
const write = <T>(at: number, act: (work: Work<'exchange' | 'partnership'>) => Promise<T>) =>
  test.records.write(entry(at), ({ work }) => act(work<'exchange' | 'partnership'>()));
const read = <T>(at: number, act: (work: ReadWork<'exchange' | 'partnership'>) => Promise<T>) =>
  test.records.read(entry(at), ({ work }) => act(work<'exchange' | 'partnership'>()));

const wanted = (at: number, more: Partial<AgreementWanted> = {}): AgreementWanted => ({
  title: 'Crime records',
  purpose: 'To see where violence happens.',
  level: 'records',
  gateway: 'pcsc-16',
  marking: { level: 'official', handling: ['for analysts only'] },
  signedOn: '2026-03-20',
  starts: '2026-04-01',
  ends: null,
  reviewDue: null,
  notes: null,
  sources: ['force-extract'],
  parties: [
    { organisationId: organisations[2 * at]!, role: 'sends' },
    { organisationId: organisations[2 * at + 1]!, role: 'receives' },
  ],
  ...more,
});

const dayAfter = (days: number) => new Date(Date.UTC(2026, 5, 1 + days)).toISOString().slice(0, 10);

it('knows the state on a day as the pure rule does, for all terms around that day', async () => {
  const days = [null, ...[-2, -1, 0, 1, 59, 60, 61].map(dayAfter)];
  await write(1, async (work) => {
    for (const signedOn of days)
      for (const starts of days)
        for (const ends of days)
          if ((signedOn === null || starts !== null) && (starts === null || ends === null || starts <= ends))
            await addAgreement(work, wanted(1, { signedOn, starts, ends, parties: [], sources: [] }));
  });
  const today = dayAfter(0);
  let seen = 0;
  for (const state of agreementStates) {
    const { agreements } = await read(1, (work) =>
      listAgreements(work, today, { state }, { by: 'title', descending: false }, { limit: 1_000, offset: 0 }),
    );
    expect(agreements.map((agreement) => stateOn(agreement, today))).toEqual(agreements.map(() => state));
    expect(agreements.length).toBeGreaterThan(0);
    seen += agreements.length;
  }
  const [all] = await test.asAdmin<{ n: number }>(
    'select count(*)::int as n from exchange.agreement where partnership_id = $1',
    [partnerships[1]],
  );
  expect(seen).toBe(all!.n);
});

describe('what other slices ask', () => {
  it('gives whole agreements of the bound partnership, and those that hold on a day', async () => {
    const id = await write(0, (work) => addAgreement(work, wanted(0)));
    await write(0, (work) => addAgreement(work, wanted(0, { title: 'A draft', signedOn: null })));
    const kept = await read(0, (work) => getAgreement(work, id));
    expect(kept).toMatchObject({ ...wanted(0), parties: [{ name: 'Council', role: 'receives' }, { name: 'Police' }] });
    const ask = (at: number, day: string) =>
      read(at, (work) => findLiveAgreements(work, { source: 'force-extract', day }));
    expect((await ask(0, '2026-04-01')).map((each) => each.id)).toEqual([id]);
    expect(await ask(0, '2026-03-31')).toEqual([]);
    expect(await ask(1, '2026-04-01')).toEqual([]);
    const all = await read(0, (work) => findAgreements(work, { source: 'force-extract' }));
    expect(all).toHaveLength(2);
    expect(coverFor(all, { source: 'force-extract', day: '2026-06-01', level: 'records' })).toMatchObject({
      done: true,
      value: { id },
    });
    await expect(read(1, (work) => getAgreement(work, id))).rejects.toSatisfy(isMissingRow);
  });

  it('shows the days on which an agreement holds in a view, of signed ones and of the bound partnership', async () => {
    const rows = await read(0, (work) =>
      work.selectFrom('exchange.shared_agreement').select(['live_from', 'live_to', 'sources']).execute(),
    );
    expect(rows).toEqual([{ live_from: '2026-04-01', live_to: '9999-12-31', sources: ['force-extract'] }]);
  });
});

describe('the table', () => {
  const refused = async (more: Partial<AgreementWanted>) => {
    await expect(write(0, (work) => addAgreement(work, wanted(0, more)))).rejects.toThrow();
  };
  it('takes no signed agreement without a beginning, no end before it, no handling without a marking', async () => {
    await refused({ starts: null });
    await refused({ ends: '2026-03-31' });
    await refused({ marking: { level: 'unmarked', handling: ['for analysts only'] } });
  });

  it('takes no party of another partnership', async () => {
    await refused({ parties: [{ organisationId: organisations[2]!, role: 'sends' }] });
  });

  it('keeps agreements: nobody may delete one', async () => {
    const [may] = await test.asAdmin<{ may: boolean }>(
      `select has_table_privilege('concord_member', 'exchange.agreement', 'delete') as may`,
    );
    expect(may).toEqual({ may: false });
  });
});
