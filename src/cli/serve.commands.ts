import { join } from 'node:path';
import { z } from 'zod';
import { roleNames } from '../duty/index.ts';
import { readConfig } from '../platform/config.ts';
import { exampleAccounts, examplePassword } from '../platform/identity/example-accounts.ts';
import { openInstallation } from '../platform/installation.ts';
import { startRunner } from '../platform/jobs/runner.ts';
import { linksSignedWith } from '../platform/links/links.ts';
import { openLog } from '../platform/log.ts';
import { openReleases } from '../platform/releases/ask.ts';
import { findInstallation } from '../platform/installation.store.ts';
import { startPostman } from '../platform/mail/postman.ts';
import { jobDefinitions } from '../web/jobs.ts';
import { serve, startsWith } from '../web/serve.ts';
import { command, type Command } from './command.ts';

export const serveCommands: readonly Command[] = [
  command({
    name: 'serve',
    summary: 'Serve the web pages and run the jobs, until stopped',
    options: {
      example: z
        .enum(startsWith)
        .optional()
        .describe(
          'town|bare-town|none  what an empty data folder becomes: the example partnership, the same without its five years of evidence, or an installation of your own',
        ),
    },
    async run({ options, say }) {
      const config = readConfig({ data: options.data });
      const serving = await serve(config, openLog(config.log), options.example);
      if (serving.mode === 'example') {
        say('Example accounts, one a role:');
        for (const { email, role } of exampleAccounts) say(`  ${email.padEnd(42)} ${roleNames[role].label}`);
        say(`  password of each: ${examplePassword}`);
      }
      if (serving.setUpAddress !== undefined) say(`Set up your partnership within seven days: ${serving.setUpAddress}`);
      process.stdout.write(`ready ${serving.address}\n`);
      await untilAskedToStop();
      await serving.stop();
      return { text: '' };
    },
  }),
  command({
    name: 'run-jobs',
    summary: 'Run jobs and send mail, one job at a time (started by serve)',
    hidden: true,
    options: { name: z.string().default(`runner-${process.pid}`).describe('NAME  of this process in the records') },
    async run({ options }) {
      // Heard from the beginning: the server may be killed while its runner still starts. Whatever it waits for, a runner
      // does not outlive its server by more than this; another one takes its job.
      const asked = untilAskedToStop();
      void asked.then(() => setTimeout(() => process.exit(1), stopMilliseconds).unref());
      const config = readConfig({ data: options.data });
      const log = openLog(config.log);
      const installation = await openInstallation(config, log, { connections: 4, statementMilliseconds: 0 });
      try {
        const row = await installation.records.read(
          { door: 'concord_member', actor: 'system', partnership: undefined },
          ({ work }) => findInstallation(work<'platform'>()),
        );
        const equipment = {
          releases: openReleases(join(config.data, 'releases')),
          standsOn: row?.today ?? null,
          links: linksSignedWith(installation.secrets.get('links')),
          origin: config.origin ?? `http://127.0.0.1:${config.port}`,
        };
        const runner = await startRunner({
          login: installation.login,
          records: installation.records,
          definitions: jobDefinitions,
          equipment,
          log,
          name: options.name,
        });
        const postman =
          config.smtpUrl === undefined
            ? undefined
            : startPostman({ records: installation.records, smtpUrl: config.smtpUrl, from: config.mailFrom, log });
        await asked;
        await Promise.all([runner.stop(), postman?.stop()]);
      } finally {
        await installation.close();
      }
      return { text: '' };
    },
  }),
];

const stopMilliseconds = 15_000;

/** A signal, or, for a process that was forked, the end of the one that forked it. */
function untilAskedToStop(): Promise<void> {
  return new Promise((asked) => {
    // It may have ended before anybody listened: `connected` is undefined in a process that was not forked.
    if ((process.connected as boolean | undefined) === false) asked();
    for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.once(event, () => asked());
  });
}
