// npm run oracles -- <folder> [--data DIR] [<method> …]
// Puts every reference case of a folder to our measures and says how many they meet. The folder holds one folder a method,
// each with `cases*.json`; any other folder of the same layout will do.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type OracleFile, judgeCase } from './judge.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } });
const [folder, ...wanted] = positionals;
if (folder === undefined || !existsSync(folder)) {
  console.error('usage: npm run oracles -- <folder> [--data DIR] [<method> …]');
  process.exit(2);
}
const root = resolve(folder);
const data = values.data === undefined ? join(dirname(root), 'data') : resolve(values.data);

const shown = 8;
let passed = 0;
let failed = 0;
const seen = new Set<string>();

for (const name of readdirSync(root).sort()) {
  const caseFolder = join(root, name);
  let files: string[];
  try {
    files = readdirSync(caseFolder)
      .filter((file) => /^cases.*\.json$/.test(file))
      .sort();
  } catch {
    continue; // a file beside the folders
  }
  const tally = new Map<string, { passed: number; cases: number; details: string[] }>();
  for (const fileName of files) {
    const file = JSON.parse(readFileSync(join(caseFolder, fileName), 'utf8')) as OracleFile;
    if (wanted.length > 0 && !wanted.includes(file.method) && !wanted.includes(name)) continue;
    seen.add(file.method).add(name);
    const sum = tally.get(file.method) ?? { passed: 0, cases: 0, details: [] };
    tally.set(file.method, sum);
    for (const one of file.cases) {
      const faults = await judgeCase(file, one, { caseFolder, data });
      sum.cases += 1;
      if (faults.length === 0) sum.passed += 1;
      else {
        sum.details.push(`  ${fileName} ${one.id}: ${faults.length} wrong`);
        sum.details.push(...faults.slice(0, shown).map((fault) => `    ${fault}`));
        if (faults.length > shown) sum.details.push(`    and ${faults.length - shown} more`);
      }
    }
  }
  for (const [method, sum] of tally) {
    console.log(`${method}: ${sum.passed} of ${sum.cases}`);
    for (const line of sum.details) console.log(line);
    passed += sum.passed;
    failed += sum.cases - sum.passed;
  }
}
for (const method of wanted)
  if (!seen.has(method)) {
    console.error(`no cases for ${method} in ${folder}`);
    failed += 1;
  }
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
