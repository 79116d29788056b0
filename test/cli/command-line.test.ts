import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';

const bin = fileURLToPath(new URL('../../bin/concord.mjs', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-cli-'));
});
afterAll(() => {
  // Nothing here needs the records, so nothing was made.
  expect(readdirSync(folder)).toEqual(['broken.jsonl', 'empty.jsonl']);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the real program. */
const concord = (...args: string[]) =>
  new Promise<{ exit: number; out: string; err: string }>((done) => {
    const env = { PATH: process.env['PATH'], CONCORD_DATA: folder };
    execFile(process.execPath, [bin, ...args], { encoding: 'utf8', env }, (error, out, err) => {
      done({ exit: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });

describe('the command line', { timeout: 60_000 }, () => {
  it('helps: all commands that people use, on standard output', async () => {
    for (const word of ['--help', '-h', 'help']) {
      const { exit, out, err } = await concord(word);
      expect({ exit, err }).toEqual({ exit: 0, err: '' });
      for (const { name, summary, hidden } of commands)
        expect(out.includes(`concord ${name} `) && out.includes(summary)).toBe(hidden !== true);
    }
  });

  it('helps with each command, whatever else is said', async () => {
    for (const args of [
      ['audit', 'verify', '--help'],
      ['status', '--nonsense', '--help'],
      ['serve', '--help'],
    ]) {
      const { exit, out, err } = await concord(...args);
      expect({ exit, err }).toEqual({ exit: 0, err: '' });
      expect(out).toMatch(/--data DIR/);
      expect(out).toMatch(/--json/);
    }
  });

  it.each([
    [],
    ['nonsense'],
    ['audit'],
    ['audit', 'nonsense'],
    ['--json', 'status'],
    ['status', '--nonsense'],
    ['status', '--data'],
    ['status', '--json=yes'],
    ['serve', '--example', 'city'],
    ['audit', 'export'],
    ['__proto__'],
    [''],
  ])('says what is wrong and ends with 2: %j', async (...args) => {
    const { exit, out, err } = await concord(...args);
    expect(exit).toBe(2);
    if (args.length > 0) {
      expect(out).toBe('');
      expect(err).toMatch(/concord .*--help\n$/);
    }
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('prints one JSON document and nothing else with --json, also when it says no', async () => {
    writeFileSync(join(folder, 'empty.jsonl'), '');
    writeFileSync(join(folder, 'broken.jsonl'), 'nonsense\n');
    const whole = await concord('audit', 'verify', '--file', join(folder, 'empty.jsonl'), '--json');
    expect(whole.exit).toBe(0);
    expect(JSON.parse(whole.out)).toMatchObject({ whole: true, chains: [{ entries: 0 }] });
    const broken = await concord('audit', 'verify', '--json', '--file', join(folder, 'broken.jsonl'));
    expect(broken.exit).toBe(1);
    expect(JSON.parse(broken.out)).toMatchObject({
      whole: false,
      chains: [{ fault: 'Line 1 is not an entry of an audit.' }],
    });
    expect([whole.err, broken.err]).toEqual(['', '']);
  });

  it('says in a sentence what it cannot do, and ends with 1', async () => {
    const { exit, out, err } = await concord('audit', 'verify', '--file', join(folder, 'nothing-here'));
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(err).toMatch(/cannot be read/);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
