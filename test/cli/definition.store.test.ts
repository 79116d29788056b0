import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/concord.mjs', import.meta.url));
const example = fileURLToPath(new URL('../../docs/how-to/example-definition.json', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-definition-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the real program on a data folder of its own, with the PostgreSQL that npm brings. */
const concord = (...args: string[]) =>
  new Promise<{ exit: number; out: string; err: string }>((done) => {
    const env = { PATH: process.env['PATH'], CONCORD_DATA: join(folder, 'data') };
    execFile(process.execPath, [bin, 'definition', ...args], { encoding: 'utf8', env }, (error, out, err) => {
      done({ exit: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
const json = async (...args: string[]): Promise<Record<string, unknown>> => {
  const { exit, out, err } = await concord(...args, '--json');
  expect([exit, exit === 0 ? '' : err]).toEqual([0, '']);
  return JSON.parse(out) as Record<string, unknown>;
};

describe('definitions from the terminal', { timeout: 180_000 }, () => {
  it('are added from the file of the how-to, once, and adopted when that is said', async () => {
    const added = await json('add', example);
    expect(added).toMatchObject({ id: 'serious-violence-in-haverness', version: 1, status: 'draft', isNew: true });
    expect(added['sha256']).toMatch(/^sha256:[0-9a-f]{64}$/);
    const again = await json('add', example, '--adopt');
    expect(again).toMatchObject({ version: 1, isNew: false, status: 'adopted', sha256: added['sha256'] });
    expect(again).toMatchObject({ decidedBy: 'Safer Haverness Executive', effectiveFrom: '2026-04-01' });
    const other = join(folder, 'other.json');
    writeFileSync(other, readFileSync(example, 'utf8').replace('The gravest harm.', 'Another reason.'));
    expect(await json('add', other)).toMatchObject({ version: 2, isNew: true });
    const { definitions } = await json('list');
    expect(definitions).toMatchObject([
      { version: 2, status: 'draft' },
      { version: 1, status: 'adopted' },
    ]);
  });

  it('are compared by name and version, as files and as variants', async () => {
    const same = await json('compare', 'serious-violence-in-haverness@1', example);
    expect(same['kinds']).toSatisfy((kinds: { difference: string }[]) =>
      kinds.every(({ difference }) => difference === 'same'),
    );
    const { out } = await concord('compare', 'variant:sefton-2022', 'variant:merseyside');
    expect(out).toContain('Domestic abuse and violence at home: In → Out: other board');
    const sources = (await json('compare', 'variant:sefton-2022', 'variant:merseyside'))['sources'];
    expect(sources).toContainEqual(
      expect.objectContaining({
        source: 'police-uk-street',
        first: expect.objectContaining({ can: 'not' }) as unknown,
      }),
    );
  });

  it('are refused with a sentence where the file or the name is wrong', async () => {
    const broken = join(folder, 'broken.json');
    const refused = async (text: string) => {
      writeFileSync(broken, text);
      const { exit, err } = await concord('add', broken);
      expect(exit).toBe(1);
      return err;
    };
    expect(await refused('{')).toContain('is no JSON');
    expect(await refused('{"name": "X", "kinds": []}')).toContain('Name at least one kind of violence');
    expect(await refused('{"name": "X", "kinds": [{"kind": "robbery", "inclusion": "maybe"}]}')).toContain(
      'kinds.0.inclusion',
    );
    expect((await concord('compare', 'nothing', 'variant:london')).err).toContain('There is no definition “nothing”');
    expect((await concord('compare', 'variant:nothing', 'variant:london')).exit).toBe(1);
    expect((await concord('compare', 'one')).exit).toBe(2);
  });
});
