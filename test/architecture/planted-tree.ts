import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file of `planted/<name>/`, with what its own comments say must be found in it. */
export interface Planted {
  readonly file: string;
  readonly text: string;
}

/** The planted tree of this name, in a folder of its own, as if it were a project: there its files stand in their place. */
export function copyPlanted(name: string): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), `concord-planted-${name}-`));
  cpSync(join(root, 'test/architecture/planted', name), folder, { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function plantedFiles(name: string): readonly Planted[] {
  const folder = join(root, 'test/architecture/planted', name);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}
