// npm run bench -- <name> [--json] [--beside <what>]: measures one promise and says whether it is kept.
import { readdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { tableOf, type Bench } from './instruments/row.ts';

const names = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'run.ts')
  .map((entry) => entry.name.replace(/\.ts$/, ''))
  .sort();
const benchOf = async (name: string): Promise<Bench> =>
  ((await import(new URL(`${name}.ts`, import.meta.url).href)) as { bench: Bench }).bench;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, beside: { type: 'string' } },
});
const [name] = positionals;

if (name === undefined) {
  console.log('npm run bench -- <name> [--json] [--beside <what>]\n');
  for (const each of names) console.log(`  ${each.padEnd(14)} ${(await benchOf(each)).promise}`);
} else if (!names.includes(name)) {
  console.error(`There is no bench “${name}”. There are: ${names.join(', ')}.`);
  process.exitCode = 2;
} else {
  const { promise, run, besides = [] } = await benchOf(name);
  const { beside } = values;
  if (beside !== undefined && !besides.includes(beside)) {
    console.error(
      `“${name}” cannot be measured beside “${beside}”. It can beside: ${besides.join(', ') || 'nothing'}.`,
    );
    process.exit(2);
  }
  if (!values.json) console.log(`${name}: ${promise}\n`);
  const cores = availableParallelism();
  const [busy = 0] = loadavg();
  if (busy > cores / 2)
    console.error(
      `Other work keeps this machine busy (load ${busy.toFixed(1)} on ${cores} cores): the figures are too low, and goals in seconds or per second say little. Measure again when it is quiet.`,
    );
  const rows = await run((line) => console.error(line), beside);
  console.log(values.json ? JSON.stringify(rows) : tableOf(rows));
}
