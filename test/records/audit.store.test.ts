import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entriesAfter } from '../../src/platform/audit/audit.store.ts';
import type { AuditEntry } from '../../src/platform/audit/chain.ts';
import { verifyChain } from '../../src/platform/audit/verify.ts';
import type { AuditEvent } from '../../src/platform/database/database.ts';
import { contractHash } from './canonical-entry.ts';
import { testTown, type TestTown } from './installation.ts';

let town: TestTown;
let folder: string;
beforeAll(async () => {
  town = await testTown();
  folder = mkdtempSync(join(tmpdir(), 'concord-audit-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await town.close();
});

const idOf = (slug: string): string => town.partnerships.get(slug)!;
const boundTo = (partnership: string) => ({ door: 'concord_member', actor: 'system', partnership }) as const;
const append = (partnership: string, event: AuditEvent) =>
  town.records.write(boundTo(partnership), ({ audit }) => {
    audit(event);
    return Promise.resolve();
  });
const entriesOf = (partnership: string): Promise<readonly AuditEntry[]> =>
  town.records.read(boundTo(partnership), ({ work }) => entriesAfter(work<'platform'>(), 0, 100_000));
const verdictOf = (partnership: string) => verifyChain((act) => town.records.read(boundTo(partnership), act));

/** A partnership with a chain of its own, of so many entries. */
async function chainOf(entries: number): Promise<string> {
  const slug = `chain-${Math.floor(performance.now() * 1e3).toString(36)}`;
  const [row] = await town.asAdmin<{ id: string }>(
    'insert into platform.partnership (slug, name) values ($1, $1) returning id',
    [slug],
  );
  for (let k = 1; k <= entries; k += 1)
    await append(row!.id, { action: 'SAMPLE', subject: `sample/${k}`, outcome: 'done' });
  return row!.id;
}

/** Changes the chain behind its back: as the superuser, with the triggers off. */
async function tamper(...statements: string[]): Promise<void> {
  await town.asAdmin('set session_replication_role = replica');
  for (const statement of statements) await town.asAdmin(statement);
  await town.asAdmin('set session_replication_role = default');
}

const concord = (...args: string[]) =>
  new Promise<{ exit: number; out: string; err: string }>((done) => {
    const bin = fileURLToPath(new URL('../../bin/concord.mjs', import.meta.url));
    execFile(process.execPath, [bin, ...args], { encoding: 'utf8' }, (error, out, err) =>
      done({ exit: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

describe('many writers at the same time', () => {
  it.each([1, 8])('64 of them on %i chains make no fork, and lose nothing', async (count) => {
    const partnerships = await Promise.all(Array.from({ length: count }, () => chainOf(0)));
    const each = 5;
    await Promise.all(
      Array.from({ length: 64 }, async (_, writer) => {
        for (let k = 0; k < each; k += 1)
          await append(partnerships[writer % count]!, {
            action: 'WRITTEN',
            subject: `writer/${writer}-${k}`,
            outcome: 'done',
          });
      }),
    );
    for (const [index, partnership] of partnerships.entries()) {
      const entries = await entriesOf(partnership);
      expect(entries).toHaveLength((64 / count) * each);
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, k) => k + 1));
      expect(new Set(entries.map(({ prev }) => prev)).size).toBe(entries.length);
      const wanted = Array.from({ length: 64 }, (_, writer) => writer)
        .filter((writer) => writer % count === index)
        .flatMap((writer) => Array.from({ length: each }, (_, k) => `writer/${writer}-${k}`));
      expect(entries.map(({ subject }) => subject).sort()).toEqual(wanted.sort());
      expect(await verdictOf(partnership)).toMatchObject({ entries: entries.length, fault: undefined });
    }
  });

  it('a unit that fails leaves neither an entry nor a gap', async () => {
    const partnership = await chainOf(2);
    await expect(
      town.records.write(boundTo(partnership), ({ audit }) => {
        audit({ action: 'LOST', outcome: 'done' });
        return Promise.reject(new Error('on purpose'));
      }),
    ).rejects.toThrow('on purpose');
    await append(partnership, { action: 'KEPT', outcome: 'done' });
    expect((await entriesOf(partnership)).map(({ action }) => action)).toEqual(['SAMPLE', 'SAMPLE', 'KEPT']);
    expect((await verdictOf(partnership)).fault).toBeUndefined();
  });
});

describe('the hash', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      `'; drop table platform.audit_entry; --`,
      '"quoted" \\ back\\\\slash \\" \\u0041 \\x',
      Array.from({ length: 31 }, (_, k) => String.fromCharCode(k + 1)).join(''),
      '\u007f\u0080\u009f\u2028\u2029\ufeff\ufffe',
      '👩‍🚒🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301 é ﬁ',
      '</script><!--',
      '{"seq":1}',
      '',
      ' ',
      '{a,"b"}',
      'NULL',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('\0', '').toWellFormed()),
  );

  it('is what the contract says, whatever stands in subject and fields', async () => {
    const partnership = await chainOf(0);
    const event = fc.record({
      action: fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/),
      subject: fc.option(hostile, { nil: undefined }),
      outcome: fc.constantFrom('done', 'seen', 'refused', 'failed'),
      fields: fc.option(fc.array(hostile, { maxLength: 4 }), { nil: undefined }),
    });
    const written: AuditEvent[] = [];
    await fc.assert(
      fc.asyncProperty(event, async (given) => {
        await append(partnership, given);
        written.push(given);
      }),
      { numRuns: 150, seed: 8785 },
    );
    const entries = await entriesOf(partnership);
    expect(entries).toHaveLength(written.length);
    let prev = '0'.repeat(64);
    for (const [k, entry] of entries.entries()) {
      expect(entry).toMatchObject({
        action: written[k]!.action,
        subject: written[k]!.subject ?? null,
        outcome: written[k]!.outcome,
      });
      expect(entry.fields).toEqual(written[k]!.fields);
      expect(entry.prev).toBe(prev);
      expect(entry.hash).toBe(contractHash(entry as never));
      prev = entry.hash;
    }
    expect((await verdictOf(partnership)).fault).toBeUndefined();
  });

  it.each(['seen', 'X Y', 'X;', "X'", 'X"', '1X', '', 'É', 'X\n'])('of an action %j is never made', async (action) => {
    const partnership = await chainOf(1);
    await expect(append(partnership, { action, outcome: 'done' })).rejects.toThrow(/audit_entry_action_check/);
    expect(await entriesOf(partnership)).toHaveLength(1);
  });
});

describe('what was written stays', () => {
  it('even for the owner, and for the superuser while the triggers are on', async () => {
    const partnership = await chainOf(2);
    const changes = [
      `update platform.audit_entry set actor = 'somebody else'`,
      'delete from platform.audit_entry',
      'truncate platform.audit_entry',
    ];
    const owner = new pg.Client(town.admin);
    await owner.connect();
    await owner.query('set role concord_owner');
    for (const change of changes) await expect(owner.query(change)).rejects.toMatchObject({ code: '42501' });
    await owner.end();
    for (const change of changes) await expect(town.asAdmin(change)).rejects.toMatchObject({ code: '42501' });
    for (const door of ['concord_member', 'concord_identity', 'concord_jobs', 'concord_public'])
      for (const change of [...changes, `insert into platform.audit_entry select * from platform.audit_entry`]) {
        const client = new pg.Client(town.login);
        await client.connect();
        await client.query(
          `begin; set local role ${door}; select set_config('concord.partnership', '${partnership}', true)`,
        );
        await expect(client.query(change)).rejects.toMatchObject({ code: '42501' });
        await client.end();
      }
    expect(await entriesOf(partnership)).toHaveLength(2);
  });
});

describe('what was changed behind its back is found', () => {
  const of = (partnership: string, seq: number) => `partnership_id = '${partnership}' and seq = ${seq}`;
  it.each<[string, (p: string) => readonly string[], RegExp]>([
    [
      'a word of an entry',
      (p) => [`update platform.audit_entry set actor = 'public' where ${of(p, 4)}`],
      /^Entry 4 was changed/,
    ],
    [
      'the moment of an entry',
      (p) => [`update platform.audit_entry set at = at + interval '1 microsecond' where ${of(p, 4)}`],
      /^Entry 4 was changed/,
    ],
    [
      'a field added',
      (p) => [`update platform.audit_entry set fields = '{}' where ${of(p, 4)}`],
      /^Entry 4 was changed/,
    ],
    [
      'an entry with a hash that fits it',
      (p) => [`update platform.audit_entry set hash = sha256('x') where ${of(p, 4)}`],
      /^Entry 4 was changed/,
    ],
    ['an entry removed', (p) => [`delete from platform.audit_entry where ${of(p, 4)}`], /^Entry 4 is missing/],
    ['the first entry removed', (p) => [`delete from platform.audit_entry where ${of(p, 1)}`], /^Entry 1 is missing/],
    [
      'a run of entries removed',
      (p) => [`delete from platform.audit_entry where partnership_id = '${p}' and seq between 3 and 7`],
      /^Entry 3 is missing/,
    ],
    [
      'a run removed and the gap closed',
      (p) => [
        `delete from platform.audit_entry where partnership_id = '${p}' and seq between 3 and 7`,
        `update platform.audit_entry set seq = seq - 5 where partnership_id = '${p}' and seq > 7`,
      ],
      /^Entry 3 does not follow/,
    ],
    [
      'two entries swapped',
      (p) => [
        `update platform.audit_entry set seq = 100 where ${of(p, 4)}`,
        `update platform.audit_entry set seq = 4 where ${of(p, 5)}`,
        `update platform.audit_entry set seq = 5 where ${of(p, 100)}`,
      ],
      /^Entry 4 does not follow/,
    ],
    [
      'an entry put in front',
      (p) => [`update platform.audit_entry set seq = seq + 1 where partnership_id = '${p}' and seq = 10`],
      /^Entry 10 is missing/,
    ],
  ])('%s', async (_, statements, fault) => {
    const partnership = await chainOf(10);
    expect((await verdictOf(partnership)).fault).toBeUndefined();
    await tamper(...statements(partnership));
    expect((await verdictOf(partnership)).fault).toMatch(fault);
  });

  it('all but the newest entry removed', async () => {
    const partnership = await chainOf(5);
    await tamper(`delete from platform.audit_entry where partnership_id = '${partnership}' and seq < 5`);
    expect((await verdictOf(partnership)).fault).toMatch(/^Entry 1 is missing/);
  });
});

describe('the file that leaves Concord', () => {
  it('is whole by the words of the contract, and for the command without a database', async () => {
    const cookie = await town.sessionOf('information-governance@haverness.example');
    const response = await town.ask('/haverness/audit/export', { cookie });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="audit-haverness.jsonl"');
    const text = await response.text();
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditEntry);
    expect(entries.at(-1)).toMatchObject({ action: 'AUDIT_EXPORTED', outcome: 'seen' });
    let prev = '0'.repeat(64);
    for (const entry of entries) {
      expect(entry.prev).toBe(prev);
      expect(entry.hash).toBe(contractHash(entry as never));
      prev = entry.hash;
    }
    const file = join(folder, 'whole.jsonl');
    writeFileSync(file, text);
    const whole = await concord('audit', 'verify', '--file', file, '--json');
    expect(whole.exit, whole.err).toBe(0);
    expect(JSON.parse(whole.out)).toMatchObject({
      whole: true,
      chains: [{ entries: entries.length, head: { hash: prev } }],
    });
  });

  it('is found broken when a byte of it was changed, and a line was lost, moved or is no entry', async () => {
    const partnership = await chainOf(6);
    const lines = (await entriesOf(partnership)).map((entry) => JSON.stringify(entry));
    const broken: Readonly<Record<string, readonly string[]>> = {
      changed: lines.map((line, k) => (k === 2 ? line.replace('sample/3', 'sample/4') : line)),
      lost: lines.filter((_, k) => k !== 2),
      moved: [lines[0]!, lines[2]!, lines[1]!, ...lines.slice(3)],
      'no entry': [...lines.slice(0, 3), 'null', ...lines.slice(3)],
      'cut off': [...lines.slice(0, 5), lines[5]!.slice(0, 40)],
      'a lone surrogate': lines.map((line, k) => (k === 2 ? line.replace('sample/3', '\\ud800') : line)),
      'a number beyond numbers': lines.map((line, k) => (k === 2 ? line.replace('"sample/3"', '1e999') : line)),
    };
    for (const [name, text] of Object.entries(broken)) {
      const file = join(folder, `${name.replaceAll(' ', '-')}.jsonl`);
      writeFileSync(file, `${text.join('\n')}\n`);
      const verdict = await concord('audit', 'verify', '--file', file, '--json');
      expect({
        name,
        exit: verdict.exit,
        out: verdict.out === '' ? verdict.err : (JSON.parse(verdict.out) as { whole: boolean }).whole,
      }).toEqual({ name, exit: 1, out: false });
    }
    expect((await concord('audit', 'verify', '--file', join(folder, 'nothing-here'))).exit).toBe(1);
  }, 60_000);
});

describe('when the audit cannot be written', () => {
  it('the records stay unseen and the page says that they cannot be reached', async () => {
    const cookie = await town.sessionOf('administrator@haverness.example');
    const neighbour = await town.sessionOf('analyst@castlemere.example');
    const count = (await entriesOf(idOf('haverness'))).length;
    await town.asAdmin('revoke execute on function platform.audit_append from concord_member');
    try {
      for (const [path, who] of [
        ['/haverness/audit', cookie],
        ['/haverness/audit/export', cookie],
        ['/haverness/audit', neighbour],
      ] as const) {
        const response = await town.ask(path, { cookie: who });
        expect(response.status).toBe(503);
        expect(response.headers.get('retry-after')).toBe('5');
        const text = await response.text();
        expect(text).toContain('The records cannot be reached');
        expect(text).not.toMatch(/ROLES_GIVEN|Ada Thornbury<\/td>|audit_append|permission/);
      }
      const jobs = await town.asAdmin('select id from platform.job');
      const asked = await town.ask('/haverness/audit/check', { method: 'POST', cookie });
      expect(asked.status).toBeGreaterThanOrEqual(500);
      expect(await town.asAdmin('select id from platform.job')).toEqual(jobs);
    } finally {
      await town.asAdmin('grant execute on function platform.audit_append to concord_member');
    }
    expect(await entriesOf(idOf('haverness'))).toHaveLength(count);
    expect((await town.ask('/haverness/audit', { cookie })).status).toBe(200);
  });
});
