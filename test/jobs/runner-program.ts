import { openRecords, type Login } from '../../src/platform/database/database.ts';
import { startRunner } from '../../src/platform/jobs/runner.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReleases } from '../../src/platform/releases/ask.ts';
import { linksSignedWith } from '../../src/platform/links/links.ts';
import { openLog } from '../../src/platform/log.ts';
import { testJobs } from './job-definitions.ts';

// A runner as `concord run-jobs` starts one, with jobs of the tests: node runner-program.ts <login as JSON> --name <name>
const login = JSON.parse(process.argv[2] ?? '') as Login;
const records = openRecords(login, { connections: 4 });
const runner = await startRunner({
  login,
  records,
  definitions: testJobs,
  equipment: {
    links: linksSignedWith('a key for tests'),
    origin: 'http://concord.test',
    releases: openReleases(mkdtempSync(join(tmpdir(), 'concord-releases-'))),
    standsOn: null,
  },
  log: openLog('quiet', () => undefined),
  name: process.argv[4] ?? '',
});
await new Promise<void>((asked) => {
  for (const event of ['SIGTERM', 'disconnect']) process.once(event, () => asked());
});
await runner.stop();
await records.close();
