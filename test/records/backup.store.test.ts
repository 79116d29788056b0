import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBackup, writeBackup } from '../../src/platform/database/backup.ts';
import { openReleases } from '../../src/platform/releases/ask.ts';
import { verifyChain } from '../../src/platform/audit/verify.ts';
import { loadExampleTown } from '../../src/web/example-town.ts';
import { testRecords, type TestRecords } from './installation.ts';

const head = { concord: 1, version: '0.0.0', at: '2026-01-01T00:00:00.000Z', secrets: { links: 'kept' } } as const;
const hostile = 'tab\tnew\nline \\. back\\slash \u{1F600} "quoted" \\N';

let folder: string;
let file: string;
let full: TestRecords;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concord-backup-'));
  file = join(folder, 'backup.gz');
  full = await testRecords();
  await loadExampleTown(full.records, openReleases(mkdtempSync(join(tmpdir(), 'concord-releases-'))));
  const [partnership] = await full.asAdmin<{ id: string }>(
    `select id from platform.partnership where slug = 'haverness'`,
  );
  await full.asAdmin(
    `insert into platform.job (partnership_id, kind, title, payload, asked_by, state) values ($1, 'audit-check', $2, $3, 'system', 'running'), ($1, 'audit-check', 'done before', '{}', 'system', 'done')`,
    [partnership!.id, hostile, JSON.stringify({ hostile })],
  );
  await writeBackup(full.admin, head, file);
});
afterAll(async () => {
  await full.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every row of every table, as text. */
async function contents({ asAdmin }: TestRecords): Promise<Record<string, string[]>> {
  const tables = await asAdmin<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('platform', 'identity', 'published') order by 1`,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables)
    all[name] = (await asAdmin<{ row: string }>(`select t::text as row from ${name} t order by 1`)).map(
      ({ row }) => row,
    );
  return all;
}

describe('a backup', () => {
  it('restores every row of every table, and ends what was open', async () => {
    const empty = await testRecords();
    try {
      const restored = await readBackup(empty.admin, file);
      expect(restored.head.secrets).toEqual(head.secrets);
      const [before, after] = [await contents(full), await contents(empty)];
      const { 'platform.job': jobsBefore, ...othersBefore } = before;
      const { 'platform.job': jobsAfter, ...othersAfter } = after;
      expect(othersAfter).toEqual(othersBefore);
      expect(jobsAfter).toHaveLength(jobsBefore!.length);
      const jobs = await empty.asAdmin<{ title: string; state: string }>(
        'select title, state from platform.job order by state',
      );
      expect(jobs).toEqual([
        { title: 'done before', state: 'done' },
        { title: hostile, state: 'failed' },
      ]);
      const [{ id }] = (await empty.asAdmin<{ id: string }>(
        `select id from platform.partnership where slug = 'haverness'`,
      )) as [{ id: string }];
      const verdict = await verifyChain((act) =>
        empty.records.read({ door: 'concord_member', actor: 'system', partnership: id }, act),
      );
      expect(verdict).toMatchObject({
        entries: before['platform.audit_entry']!.filter((row) => row.includes(id)).length,
        fault: undefined,
      });
      const open = await empty.asAdmin(`select relname from pg_class where relrowsecurity and not relforcerowsecurity`);
      expect(open).toEqual([]);
    } finally {
      await empty.close();
    }
  });

  it('is refused, and changes nothing, where records are already', async () => {
    const before = await contents(full);
    await expect(readBackup(full.admin, file)).rejects.toThrow('This installation holds records already');
    expect(await contents(full)).toEqual(before);
  });

  it('is refused, and changes nothing, when it is cut short, damaged or something else', async () => {
    const bytes = readFileSync(file);
    const flipped = Buffer.from(bytes);
    flipped[Math.floor(bytes.length / 2)]! ^= 0xff;
    const cases = {
      short: bytes.subarray(0, bytes.length - 20),
      flipped,
      text: Buffer.from('hello'),
      nothing: Buffer.alloc(0),
    };
    const empty = await testRecords();
    try {
      for (const [name, content] of Object.entries(cases)) {
        const broken = join(folder, name);
        writeFileSync(broken, content);
        await expect(readBackup(empty.admin, broken), name).rejects.toThrow('Nothing was restored');
      }
      await expect(readBackup(empty.admin, join(folder, 'not-there'))).rejects.toThrow('Nothing was restored');
      expect(Object.values(await contents(empty)).flat()).toEqual([]);
    } finally {
      await empty.close();
    }
  });
});
