import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyPlanted, root } from './planted-tree.ts';

type Finding = { readonly file: string } & Readonly<Record<string, string | readonly { readonly name: string }[]>>;

test('knip catches a dead file, export, type and package, and a package that is not asked for', () => {
  const { folder, remove } = copyPlanted('dead-code');
  try {
    for (const file of ['knip.json', 'tsconfig.json', 'vitest.config.ts'])
      copyFileSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const knip = join(root, 'node_modules/knip/bin/knip.js');
    const ran = spawnSync(process.execPath, [knip, '--reporter', 'json', '--no-config-hints'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { issues } = JSON.parse(ran.stdout) as { issues: readonly Finding[] };
    const found = issues.flatMap(({ file, ...kinds }) =>
      Object.entries(kinds).flatMap(([kind, names]) =>
        typeof names === 'string' ? [] : names.map(({ name }) => `${file} ${kind} ${name}`),
      ),
    );
    expect(found.sort()).toEqual([
      'package.json dependencies never-used',
      'src/platform/dead.ts files src/platform/dead.ts',
      'src/platform/words.ts exports neverUsed',
      'src/platform/words.ts types NeverNamed',
      'src/platform/words.ts unlisted not-in-package-json',
    ]);
    expect(ran.status).not.toBe(0);
  } finally {
    remove();
  }
}, 120_000);

test('what knip is told to overlook is still there to be overlooked', () => {
  const text = readFileSync(join(root, 'knip.json'), 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const { ignoreIssues, ignoreDependencies } = JSON.parse(text) as {
    readonly ignoreIssues: Readonly<Record<string, unknown>>;
    readonly ignoreDependencies: readonly string[];
  };
  const asked = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<
    Record<string, Readonly<Record<string, string>>>
  >;
  const packages = { ...asked['dependencies'], ...asked['optionalDependencies'], ...asked['devDependencies'] };
  expect(Object.keys(ignoreIssues).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(ignoreDependencies.filter((name) => packages[name] === undefined)).toEqual([]);
});
