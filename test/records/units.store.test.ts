import { sql, type Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  openRecords,
  RecordsUnavailable,
  type Entered,
  type ReadUnit,
  type Records,
} from '../../src/platform/database/database.ts';
import { testTown, type TestTown } from './installation.ts';

/** Reads end without being waited for, and begin on the expectation that the same person comes in as last time. */
let town: TestTown;
beforeAll(async () => void (town = await testTown()));
afterAll(() => town.close());

/** On one connection each unit follows the one before at once. */
let records: Records;
beforeEach(() => void (records = openRecords(town.login, { connections: 1 })));
afterEach(() => records.close());

const analyst = 'analyst@haverness.example';
const tokenOf = async (email: string) => (await town.sessionOf(email)).split('=')[1]!;
const at = (session: string, slug = 'haverness') => ({ door: 'concord_member', session, slug }) as const;
const raw = ({ work }: ReadUnit) => work<'platform'>() as unknown as Kysely<unknown>;

/** What PostgreSQL itself says this unit is bound to. */
async function boundTo(unit: ReadUnit) {
  const { rows } = await sql<{ role: string; person: string; partnership: string; writes: string }>`
    select current_user as role, current_setting('concord.person') as person,
      current_setting('concord.partnership') as partnership, current_setting('transaction_read_only') as writes`.execute(
    raw(unit),
  );
  return rows[0]!;
}

describe('a reader whom the door no longer lets in as before', () => {
  /** Asks as the person, changes something, asks again: what the second asking was run with, and what it gave. */
  async function afterChange(change: string, undo: string) {
    const session = await tokenOf(analyst);
    await records.read(at(session), () => Promise.resolve());
    await town.asAdmin(change);
    try {
      const ranWith: Entered[] = [];
      const given = await records.read(at(session), (unit) => {
        ranWith.push(unit.entered);
        return Promise.resolve(unit.entered);
      });
      return { ranWith, given };
    } finally {
      await town.asAdmin(undo);
    }
  }
  const person = `email = '${analyst}'`;

  it('is nobody in the very next unit after the account was disabled; what was made for them before is dropped', async () => {
    const { ranWith, given } = await afterChange(
      `update identity.person set disabled_at = now() where ${person}`,
      `update identity.person set disabled_at = null where ${person}`,
    );
    expect(ranWith.map((entered) => entered.person === undefined)).toEqual([false, true]);
    expect(given).toMatchObject({ person: undefined, roles: [] });
  });

  it('has the name and the roles of that moment', async () => {
    const renamed = await afterChange(
      `update identity.person set name = 'Another Name' where ${person}`,
      `update identity.person set name = 'Old Name' where ${person}`,
    );
    expect(renamed.given.person?.name).toBe('Another Name');
    const role = (name: string, from: string) =>
      `update platform.role_held set role = '${name}' where role = '${from}' and person_id = (select id from identity.person where ${person})`;
    const changed = await afterChange(role('reader', 'analyst'), role('analyst', 'reader'));
    expect(changed.ranWith.map(({ roles }) => roles)).toEqual([['analyst'], ['reader']]);
  });

  it('is nobody once the session has ended, whatever the dropped answer came to', async () => {
    const session = await tokenOf(analyst);
    await records.read(at(session), () => Promise.resolve());
    await town.asAdmin('delete from identity.session');
    const given = await records.read(at(session), async (unit) => {
      if (unit.entered.person !== undefined) await sql`select 1 / 0`.execute(raw(unit));
      return unit.entered.person ?? 'nobody';
    });
    expect(given).toBe('nobody');
  });

  it('is asked about once where nothing has changed', async () => {
    const session = await tokenOf(analyst);
    let runs = 0;
    for (let k = 0; k < 3; k += 1)
      await records.read(at(session), () => {
        runs += 1;
        return Promise.resolve();
      });
    expect(runs).toBe(3);
  });
});

describe('a unit on a connection that another had just now', () => {
  it('is bound to its own person, partnership and role, and no other, however they interleave and end', async () => {
    const few = openRecords(town.login, { connections: 3 });
    try {
      const slugs = [...town.partnerships.keys()];
      const sessions = await Promise.all([...town.people.keys()].map(tokenOf));
      const wrong: unknown[] = [];
      await Promise.all(
        Array.from({ length: 600 }, async (_, k) => {
          const session = sessions[k % sessions.length]!;
          const slug = slugs[k % slugs.length]!;
          const partnership = town.partnerships.get(slug)!;
          const own = async (unit: ReadUnit, person: string, readOnly: 'on' | 'off') => {
            const bound = await boundTo(unit);
            const right = { role: 'concord_member', person, partnership, writes: readOnly };
            if (JSON.stringify(bound) !== JSON.stringify(right)) wrong.push({ bound, right });
          };
          if (k % 5 === 0)
            await few.write({ door: 'concord_member', actor: 'system', partnership }, async (unit) => {
              const writing: unknown = unit;
              await own(writing as ReadUnit, 'system', 'off');
              if (k % 2 === 0) unit.discard();
            });
          else if (k % 7 === 0)
            await expect(
              few.read(at(session, slug), (unit) => sql`select 1 / 0`.execute(raw(unit))),
            ).rejects.toMatchObject({ code: '22012' });
          else
            await few.read(at(session, slug), async (unit) => {
              await own(unit, unit.entered.person?.id ?? '', 'on');
              if (unit.entered.partnership?.id !== partnership) wrong.push({ k, entered: unit.entered });
            });
        }),
      );
      expect(wrong).toEqual([]);
    } finally {
      await few.close();
    }
  });

  it('cannot write in a read, though its first statement leaves together with its beginning', async () => {
    const partnership = town.partnerships.get('haverness')!;
    for (const entry of [at(await tokenOf(analyst)), { door: 'concord_member', actor: 'system', partnership }] as const)
      for (let k = 0; k < 2; k += 1)
        await expect(
          records.read(entry, (unit) =>
            sql`update platform.job set title = 'changed' where partnership_id = ${partnership}`.execute(raw(unit)),
          ),
        ).rejects.toMatchObject({ code: '25006' });
  });

  it('does nothing at all where its beginning failed', async () => {
    const entry = { door: 'no_such_role' as 'concord_member', actor: 'system', partnership: undefined };
    await expect(
      records.read(entry, (unit) => sql`select * from platform.partnership`.execute(raw(unit))),
    ).rejects.toThrow('role "no_such_role" does not exist');
    expect(await records.read({ ...entry, door: 'concord_member' }, boundTo)).toMatchObject({ role: 'concord_member' });
  });
});

describe('a connection that dies', () => {
  const entry = { door: 'concord_member', actor: 'system', partnership: undefined } as const;
  const backend = async (unit: ReadUnit) =>
    (await sql<{ id: number }>`select pg_backend_pid() as id`.execute(raw(unit))).rows[0]!.id;

  it('before a read has ended takes nothing from its reader, and is not used again', async () => {
    const first = await records.read(entry, async (unit) => {
      const id = await backend(unit);
      await town.asAdmin('select pg_terminate_backend($1, 5000)', [id]);
      return id;
    });
    const tries: unknown[] = [];
    for (let k = 0; k < 2; k += 1) tries.push(await records.read(entry, backend).catch((error: unknown) => error));
    if (typeof tries[0] !== 'number') expect(tries[0]).toBeInstanceOf(RecordsUnavailable);
    expect(tries[1]).toBeTypeOf('number');
    expect(tries[1]).not.toBe(first);
  });

  it('between two units costs at most one visitor a “try again”', async () => {
    const first = await records.read(entry, backend);
    await town.asAdmin('select pg_terminate_backend($1, 5000)', [first]);
    const tries: unknown[] = [];
    for (let k = 0; k < 2; k += 1) tries.push(await records.read(entry, backend).catch((error: unknown) => error));
    if (typeof tries[0] !== 'number') expect(tries[0]).toBeInstanceOf(RecordsUnavailable);
    expect(tries[1]).toBeTypeOf('number');
  });
});
