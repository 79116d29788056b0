// One command of Concord in a process of its own, so that its memory is its own: node alone.ts <command line>
import { main } from '../../src/cli/main.ts';

export interface Spent {
  readonly seconds: number;
  readonly megabytes: number;
}

const began = performance.now();
await main(process.argv.slice(2));
const spent: Spent = {
  seconds: (performance.now() - began) / 1000,
  megabytes: process.resourceUsage().maxRSS / 1024,
};
process.stderr.write(`\nspent ${JSON.stringify(spent)}\n`);
