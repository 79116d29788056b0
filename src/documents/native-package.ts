import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/**
 * The name of a package of machine code for this machine, of those that are named by their platform.
 *
 * @throws Error with what to install where it is not there
 */
export function nativePackage(name: string): string {
  const { platform, arch } = process;
  const kind = platform === 'linux' ? '-gnu' : platform === 'win32' ? '-msvc' : '';
  const full = `${name}-${platform}-${arch}${kind}`;
  try {
    resolve(full);
    return full;
  } catch {
    throw new Error(`${full} is not installed on this machine. Install it with npm, in the version of package.json`);
  }
}
