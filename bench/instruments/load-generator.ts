// The program behind `load`: its argument says what to ask; what it prints is one line of JSON.
import autocannon from 'autocannon';
import type { Load } from './load.ts';
import { rateOf } from './summary.ts';

const { url, connections, until, headers } = JSON.parse(process.argv[2] ?? '') as Load;
const milliseconds: number[] = [];
let refused = 0;
const end = 'seconds' in until ? { duration: until.seconds } : { amount: until.requests };
const run = autocannon({ url, connections, ...end, ...(headers && { headers }) }, (_error, result) => {
  refused += result.errors + result.timeouts;
  process.stdout.write(JSON.stringify({ ...rateOf(milliseconds, result.duration), refused }));
});
// autocannon's own summary rounds to whole milliseconds; a bare server answers in a tenth of one.
run.on('response', (_client, status, _bytes, time) => {
  if (status !== 200) refused += 1;
  milliseconds.push(time);
});
