import type { Config } from './config.ts';
import { joinCluster, type Cluster } from './database/cluster.ts';
import { openRecords, type Login, type Records, type RecordsOptions } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { secretsIn, type Secrets } from './secrets.ts';
import type { Log } from './log.ts';

/** The data of one installation, opened: its PostgreSQL (brought by npm, or a server) brought up to this version. */
export interface Installation {
  readonly records: Records;
  readonly login: Login;
  /** What `DATABASE_URL` names, or the superuser of npm's cluster: for backup and restore only. */
  readonly admin: Login;
  readonly applied: readonly string[];
  readonly secrets: Secrets;
  readonly close: () => Promise<void>;
}

export async function openInstallation(config: Config, log: Log, options: RecordsOptions = {}): Promise<Installation> {
  let cluster: Cluster | undefined;
  let admin: Login;
  if (config.databaseUrl === undefined) {
    cluster = await joinCluster(config.data, (event) => log.note(event));
    admin = { ...cluster.admin };
  } else {
    admin = { connectionString: config.databaseUrl };
  }
  const { login, applied } = await migrate(admin, config.data).catch(async (error: unknown) => {
    // Whoever keeps a lease brings PostgreSQL back for ever, and would keep this process alive with it.
    await cluster?.leave();
    throw error;
  });
  const records = openRecords(login, options);
  return {
    records,
    login,
    admin,
    applied,
    secrets: secretsIn(config.data),
    async close() {
      await records.close();
      await cluster?.leave();
    },
  };
}
