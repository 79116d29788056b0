import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';
import { copyPlanted, plantedFiles, root } from './planted-tree.ts';
import { slices } from './slices.ts';

/** What the comments of the planted files say: `file:line rule`. */
const expected = plantedFiles('lint').flatMap(({ file, text }) =>
  text.split('\n').flatMap((line, at) => {
    const rules = / \/\/ expect: (.+)$/.exec(line)?.[1]?.split(' ') ?? [];
    return rules.map((rule) => `${file}:${at + 1} ${rule}`);
  }),
);

test('each planted line is caught by exactly the lint rule that is meant for it, and no other line is', async () => {
  const { folder, remove } = copyPlanted('lint');
  try {
    for (const file of ['tsconfig.json', 'package.json']) copyFileSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const eslint = new ESLint({ cwd: folder, overrideConfigFile: join(root, 'eslint.config.js') });
    const results = await eslint.lintFiles(['src']);
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, message }) => `${filePath.slice(folder.length + 1)}:${line} ${ruleId ?? message}`),
    );
    expect(found.sort()).toEqual([...expected].sort());
  } finally {
    remove();
  }
}, 120_000);

test('every slice that dependency-cruiser knows decides under the rules for pure code', async () => {
  const eslint = new ESLint({ cwd: root });
  for (const slice of slices) {
    const { rules } = (await eslint.calculateConfigForFile(`src/${slice}/decision.ts`)) as {
      rules: Readonly<Record<string, readonly unknown[]>>;
    };
    expect(rules['no-restricted-globals']?.[0], slice).toBe(2);
  }
});
