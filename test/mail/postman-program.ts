import { openRecords, type Login } from '../../src/platform/database/database.ts';
import { openLog } from '../../src/platform/log.ts';
import { startPostman } from '../../src/platform/mail/postman.ts';

// A postman in a process of its own, that a test can kill: node postman-program.ts <login as JSON> <smtp url>
const records = openRecords(JSON.parse(process.argv[2] ?? '') as Login, { connections: 2 });
startPostman({
  records,
  smtpUrl: process.argv[3] ?? '',
  from: 'Concord <no-reply@concord.example>',
  log: openLog('quiet', () => undefined),
  everyMilliseconds: 20,
});
process.once('disconnect', () => process.exit());
