import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../src/platform/database/database.ts';
import { rowSecurityFaults, sampleRows, type Scene, setScene } from './row-security.ts';
import { testRecords, type TestRecords } from './installation.ts';

/** Tables that belong to no partnership, and why a person of one partnership may not need a policy there. (What stands in the schema `published` is public.) */
const withoutPartnership = new Map([
  ['evidence.reference_release', 'open tables of public bodies, about areas and nobody'],
  ['identity.credential', 'reached through the identity door only'],
  ['identity.password_reset', 'reached through the identity door only'],
  ['identity.password_reset_asked', 'reached through the identity door only'],
  ['identity.person', 'reached through the identity door only; names through platform.shared_person'],
  ['identity.session', 'reached through the identity door only'],
  ['identity.sign_in_failure', 'reached through the identity door only'],
  ['platform.installation', 'one row: the name of the installation'],
  ['platform.partnership', 'names and addresses, which are public'],
]);

let test: TestRecords;
let scene: Scene;
beforeAll(async () => {
  test = await testRecords();
  scene = await setScene(test);
});
afterAll(() => test.close());

interface Policy {
  readonly table: string;
  readonly name: string;
  readonly roles: string;
  readonly command: string;
  readonly using: string | null;
  readonly check: string | null;
}

const policies = () =>
  test.asAdmin<Policy>(
    `select schemaname || '.' || tablename as "table", policyname as name, array_to_string(roles, ', ') as roles, cmd as command, qual as using, with_check as "check" from pg_policies order by 1, 2`,
  );

function createPolicy({ table, name, roles, command, using, check }: Policy): string {
  return `create policy ${name} on ${table} for ${command} to ${roles}${using === null ? '' : ` using (${using})`}${check === null ? '' : ` with check (${check})`}`;
}

describe('row security', () => {
  it('names every table: it has forced row security and a policy, or stands in the list of those without a partnership', async () => {
    const tables = await test.asAdmin<{ table: string; tenant: boolean; forced: boolean; policies: number }>(`
      select n.nspname || '.' || c.relname as "table", c.relrowsecurity and c.relforcerowsecurity as forced,
        exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'partnership_id') as tenant,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'migrations', 'jobs', 'published') order by 1`);
    expect(tables.filter(({ tenant }) => !tenant).map(({ table }) => table)).toEqual(
      [...withoutPartnership.keys()].sort(),
    );
    for (const { table, tenant, forced, policies: count } of tables)
      if (tenant) expect({ table, forced, hasPolicy: count > 0 }).toEqual({ table, forced: true, hasPolicy: true });
    expect(Object.keys(sampleRows).sort()).toEqual(tables.filter(({ tenant }) => tenant).map(({ table }) => table));
  });

  it('shows each partnership its own rows, and nothing to whoever names none', async () => {
    expect(await rowSecurityFaults(test, scene)).toEqual([]);
  });

  it('fails this suite when any policy is dropped, opened to all rows, or opened to all roles', async () => {
    const all = await policies();
    expect(all.length).toBeGreaterThan(8);
    for (const policy of all) {
      const changes = [
        `drop policy ${policy.name} on ${policy.table}`,
        ...(isOpen(policy) ? [`alter policy ${policy.name} on ${policy.table} to public`] : [opened(policy)]),
      ];
      for (const change of changes) {
        await test.asAdmin(change);
        // Only the table that was broken: to look at all of them for each would grow with the square of their number.
        const faults = await rowSecurityFaults(test, scene, policy.table);
        await test.asAdmin(`drop policy if exists ${policy.name} on ${policy.table}`);
        await test.asAdmin(createPolicy(policy));
        expect({ change, seen: faults.length > 0 }).toEqual({ change, seen: true });
      }
    }
    expect(await rowSecurityFaults(test, scene)).toEqual([]);
    expect(await policies()).toEqual(all);
  }, 180_000);

  it('fails this suite when row security of a tenant table is switched off or no longer forced', async () => {
    for (const table of Object.keys(sampleRows))
      for (const [off, on] of [
        ['disable row level security', 'enable row level security'],
        ['no force row level security', 'force row level security'],
      ]) {
        await test.asAdmin(`alter table ${table} ${off!}`);
        const faults = await rowSecurityFaults(test, scene, table);
        await test.asAdmin(`alter table ${table} ${on!}`);
        expect({ table, off, seen: faults.length > 0 }).toEqual({ table, off, seen: true });
      }
  }, 180_000);

  it('gives the login role nothing by itself, and no way to become the owner', async () => {
    const client = new pg.Client(test.login);
    await client.connect();
    const codes: string[] = [];
    for (const text of [
      'select * from platform.job',
      'select * from identity.person',
      'set role concord_owner',
      'alter table platform.job disable row level security',
    ])
      await client.query(text).then(
        () => codes.push(`done: ${text}`),
        (error: unknown) => codes.push((error as { code: string }).code),
      );
    await client.end();
    expect(codes).toEqual(['42501', '42501', '42501', '42501']);
  });

  it('keeps interleaved units of work of two partnerships apart on few connections', async () => {
    const few = openRecords(test.login, { connections: 3 });
    try {
      const seen = await Promise.all(
        Array.from({ length: 400 }, (_, k) => {
          const partnership = k % 2 === 0 ? scene.a : scene.b;
          return few.read({ door: 'concord_member', actor: 'system', partnership }, async ({ work }) => {
            const rows = await work<'platform'>().selectFrom('platform.job').select('partnership_id').execute();
            return rows.length > 0 && rows.every((row) => row.partnership_id === partnership);
          });
        }),
      );
      expect(seen.filter((right) => !right)).toEqual([]);
    } finally {
      await few.close();
    }
  });
});

/** Already as open as a policy can be to its own role: then the weaker one is the same for every role. */
const isOpen = ({ using, check }: Policy): boolean => (using ?? 'true') === 'true' && (check ?? 'true') === 'true';

function opened({ table, name, using, check }: Policy): string {
  return `alter policy ${name} on ${table}${using === null ? '' : ' using (true)'}${check === null ? '' : ' with check (true)'}`;
}
