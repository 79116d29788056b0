import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './planted-tree.ts';

const outside = new Set(['node_modules', '.git', 'data', 'reports', 'coverage', '.stryker-tmp', '.DS_Store']);

/** Every file that belongs to the project, by its path from the root. */
export function trackedFiles(folder = ''): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !outside.has(name) && !name.endsWith('.log'))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? trackedFiles(path) : entry.isFile() ? [path] : [];
    })
    .sort();
}

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
