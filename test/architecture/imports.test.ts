import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyPlanted, plantedFiles, root } from './planted-tree.ts';
import { forbidden, slices } from './slices.ts';

const planted = plantedFiles('imports').map(({ file, text }) => ({
  file,
  rules: [...text.matchAll(/^\/\/ expect: (\S+)$/gm)].map(([, rule]) => rule ?? ''),
}));

/** Packages that the planted files name: empty ones, so that nothing of the real ones is read. */
const packages = [
  'zod',
  'canonicalize',
  'kysely',
  'pg',
  'pg-copy-streams',
  'pg-boss',
  'nodemailer',
  'yauzl',
  'hono',
  'preact',
  '@hono/node-server',
  '@duckdb/node-api',
];

/** What dependency-cruiser finds in the planted tree, as `file: rule`. */
function violations(): readonly string[] {
  const { folder, remove } = copyPlanted('imports');
  try {
    for (const name of packages) {
      const at = join(folder, 'node_modules', name);
      mkdirSync(at, { recursive: true });
      writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      writeFileSync(join(at, 'index.js'), '');
    }
    const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const config = join(root, '.dependency-cruiser.cjs');
    const ran = spawnSync(process.execPath, [program, 'src', 'bin', 'test', '-c', config, '-T', 'json'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const { summary } = JSON.parse(ran.stdout) as {
      summary: { violations: readonly { from: string; rule: { name: string } }[] };
    };
    return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
  } finally {
    remove();
  }
}

test('each planted import is caught by exactly the rule that is meant for it, and nothing else is', () => {
  const expected = planted.flatMap(({ file, rules }) => rules.map((rule) => `${file}: ${rule}`));
  expect([...new Set(violations())].sort()).toEqual(expected.sort());
}, 120_000);

test('every rule about imports has a planted violation', () => {
  const caught = new Set(planted.flatMap(({ rules }) => rules));
  expect(forbidden.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([]);
});

test('every folder of src is a room that the rules know', () => {
  expect(slices).toHaveLength(9);
  const rooms = new Set([...slices, 'measures', 'duty', 'pictures', 'documents', 'govuk', 'platform', 'web', 'cli']);
  expect(readdirSync(join(root, 'src')).filter((room) => !rooms.has(room))).toEqual([]);
});
