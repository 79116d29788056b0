// Keeps package-lock.json whole. Native packages list a binary for every platform as optional; a registry mirror that
// lacks some of them makes `npm install` leave those out of the lock, and `npm ci` then refuses it. This writes an entry
// (name, version, platform, no hash) for each one left out.        node tools/lock.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const packages = lock.packages;

/** Where Node would find `name` when asked from the package at `path`: its own folder first, then each one above. */
function isLocked(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

const systems = ['linux', 'darwin', 'win32', 'android', 'freebsd', 'openharmony', 'netbsd', 'openbsd', 'sunos', 'aix'];
const processors = ['x64', 'arm64', 'ia32', 'riscv64', 's390x', 'ppc64', 'loong64', 'arm'];
const missing = [];
for (const [path, entry] of Object.entries(packages))
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {}))
    if (!isLocked(path, name)) missing.push({ name, version: range.replace(/^[^\d]*/, '') });

if (process.argv.includes('--check')) {
  console.log(missing.length === 0 ? 'the lock is whole' : `the lock lacks ${missing.map((m) => m.name).join(', ')}`);
  process.exit(missing.length === 0 ? 0 : 1);
}
for (const { name, version } of missing) {
  const cpu = processors.find((p) => name.includes(p));
  const os = systems.find((s) => name.includes(s)) ?? 'none';
  packages[`node_modules/${name}`] = { version, ...(cpu && { cpu: [cpu] }), optional: true, os: [os] };
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`entries added: ${missing.length}`);
