import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `links` signs links, `failures` keys the hashes of failed sign-ins, `login-password` belongs to the database of this folder. */
const names = ['links', 'failures', 'login-password'] as const;
export type SecretName = (typeof names)[number];

/** The secrets of an installation: files in its data folder that only its owner may read, each made at first use. */
export interface Secrets {
  readonly get: (name: SecretName) => string;
  /** Those that go into a backup: not the password of this database. */
  readonly all: () => Readonly<Record<string, string>>;
  readonly restore: (kept: Readonly<Record<string, string>>) => void;
}

export function secretsIn(data: string): Secrets {
  const folder = join(data, 'secrets');
  const write = (name: string, value: string, flag: 'wx' | 'w'): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, name), value, { mode: 0o600, flag });
  };
  const get = (name: SecretName): string => {
    if (!existsSync(join(folder, name))) {
      try {
        write(name, randomBytes(32).toString('base64url'), 'wx');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was quicker
      }
    }
    return readFileSync(join(folder, name), 'utf8').trim();
  };
  const kept = names.filter((name) => name !== 'login-password');
  return {
    get,
    all: () => Object.fromEntries(kept.map((name) => [name, get(name)])),
    restore: (secrets) => {
      for (const name of kept) {
        const value = secrets[name];
        if (value !== undefined) write(name, value, 'w');
      }
    },
  };
}
