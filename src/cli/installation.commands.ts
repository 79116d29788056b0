import { z } from 'zod';
import { readConfig } from '../platform/config.ts';
import { readBackup, writeBackup } from '../platform/database/backup.ts';
import { migrationFiles } from '../platform/database/migrate.ts';
import { findPerson } from '../platform/identity/account.store.ts';
import { openInstallation, type Installation } from '../platform/installation.ts';
import { listReleases } from '../evidence/release.store.ts';
import { findInstallation, listPartnerships } from '../platform/installation.store.ts';
import { openLog } from '../platform/log.ts';
import { version } from '../web/version.ts';
import { command, CommandRefused, WrongUse, type Command } from './command.ts';

/** Opens the installation for one command and closes it again, whatever happens. */
export async function withInstallation<T>(
  data: string | undefined,
  act: (installation: Installation) => Promise<T>,
): Promise<T> {
  const config = readConfig({ data });
  const installation = await openInstallation(config, openLog(config.log), {
    connections: 4,
    statementMilliseconds: 0,
  });
  try {
    return await act(installation);
  } finally {
    await installation.close();
  }
}

/**
 * On whose behalf a command runs, as the audit names it.
 * @throws CommandRefused when nobody has that account
 */
export async function actorOf(
  { records }: Pick<Installation, 'records'>,
  account: string | undefined,
): Promise<string> {
  if (account === undefined) return 'system';
  const person = await records.read({ ...system, door: 'concord_identity' }, ({ work }) =>
    findPerson(work<'identity'>(), account),
  );
  if (person === undefined) throw new CommandRefused(`Nobody has the account “${account}”.`);
  return person;
}

export const system = { door: 'concord_member', actor: 'system', partnership: undefined } as const;

/** What `concord status --json` prints. */
export const statusSchema = z.object({
  version: z.string(),
  node: z.string(),
  mode: z.enum(['example', 'live']).nullable().describe('null before the first start'),
  name: z.string().nullable(),
  database: z.object({ server: z.enum(['npm', 'DATABASE_URL']), name: z.string().nullable() }),
  migrations: z.array(z.string()),
  releases: z.number().int(),
});

export const installationCommands: readonly Command[] = [
  command({
    name: 'status',
    summary: 'Version, mode, database and migrations of this installation',
    options: {},
    run: ({ options }) =>
      withInstallation(options.data, async (installation) => {
        const row = await installation.records.read(system, ({ work }) => findInstallation(work<'platform'>()));
        const status: z.infer<typeof statusSchema> = {
          version,
          node: process.version,
          mode: row?.mode ?? null,
          name: row?.name ?? null,
          database: {
            server: readConfig().databaseUrl === undefined ? 'npm' : 'DATABASE_URL',
            name: installation.login.database ?? null,
          },
          migrations: migrationFiles().map(({ name }) => name),
          releases: await releasesOf(installation),
        };
        const lines = [
          `Concord ${version} on Node ${process.version}`,
          row === undefined ? 'Not set up yet: start it with npm start' : `${row.name} (${row.mode})`,
          `Migrations: ${status.migrations.join(', ')}`,
        ];
        return { text: lines.join('\n'), json: status };
      }),
  }),
  command({
    name: 'migrate',
    summary: 'Bring the database up to this version',
    options: {},
    run: ({ options }) =>
      withInstallation(options.data, ({ applied }) =>
        Promise.resolve({
          text: applied.length === 0 ? 'Nothing to do: the database is up to date.' : `Applied ${applied.join(', ')}.`,
          json: { applied },
        }),
      ),
  }),
  command({
    name: 'backup',
    summary: 'Write all records of this installation to one file, while it works',
    options: { out: z.string().describe('FILE  where to') },
    run: ({ options }) =>
      withInstallation(options.data, async ({ admin, secrets, records }) => {
        const actor = await actorOf({ records }, options.as);
        await records.write({ ...system, actor }, ({ audit }) => {
          audit({ action: 'BACKUP_WRITTEN', outcome: 'done' });
          return Promise.resolve();
        });
        const counts = await writeBackup(
          admin,
          { concord: 1, version, at: new Date().toISOString(), secrets: secrets.all() },
          options.out,
        );
        return {
          text: `${sum(counts)} rows of ${Object.keys(counts).length} tables written to ${options.out}. Keep it as safe as the records themselves.`,
          json: { file: options.out, rows: counts },
        };
      }),
  }),
  command({
    name: 'restore',
    summary: 'Fill an empty installation from a backup',
    operands: '<file>',
    options: {},
    run: ({ options, operands: [file] }) => {
      if (file === undefined) throw new WrongUse('Say which backup: concord restore <file>');
      return withInstallation(options.data, async ({ admin, secrets }) => {
        const { head, counts } = await readBackup(admin, file);
        secrets.restore(head.secrets);
        return { text: `${sum(counts)} rows of ${head.at} restored.`, json: { at: head.at, rows: counts } };
      });
    },
  }),
];

/** How many releases all partnerships have together. */
async function releasesOf({ records }: Installation): Promise<number> {
  const partnerships = await records.read(system, ({ work }) => listPartnerships(work<'platform'>()));
  let releases = 0;
  for (const { id } of partnerships)
    releases += (await records.read({ ...system, partnership: id }, ({ work }) => listReleases(work<'evidence'>())))
      .length;
  return releases;
}

const sum = (counts: Readonly<Record<string, number>>): string =>
  Object.values(counts)
    .reduce((total, rows) => total + rows, 0)
    .toLocaleString('en-GB');
