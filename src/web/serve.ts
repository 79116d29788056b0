import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { dayInEngland, systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { createHttpServer } from '../platform/http/server.ts';
import { openInstallation, type Installation } from '../platform/installation.ts';
import { findInstallation, nameInstallation, type InstallationRow } from '../platform/installation.store.ts';
import { openJobs } from '../platform/jobs/jobs.ts';
import { superviseRunners } from '../platform/jobs/supervisor.ts';
import { linksSignedWith } from '../platform/links/links.ts';
import type { Log } from '../platform/log.ts';
import { openReleases, type Releases } from '../platform/releases/ask.ts';
import { setUpPath } from '../partnership/set-up.routes.ts';
import { isEmpty } from '../partnership/set-up.store.ts';
import { createWeb } from './app.ts';
import { askDaily } from './daily.ts';
import { loadExampleTown } from './example-town.ts';
import { askExampleEvidence } from './example-evidence.job.ts';
import { sweepReleases } from './sweep.ts';

export class CannotServe extends Error {}

/** What an empty data folder becomes: the example with its evidence, the example without it, or an empty installation. */
export const startsWith = ['town', 'bare-town', 'none'] as const;
export type StartsWith = (typeof startsWith)[number];

export interface Serving {
  readonly address: string;
  readonly mode: 'example' | 'live';
  /** Where the first administrator begins; undefined once somebody has an account. */
  readonly setUpAddress: string | undefined;
  readonly stop: () => Promise<void>;
}

/** How many jobs may run at the same time, each in a process of its own. */
const runners = 2;
const dayMilliseconds = 86_400_000;
const hourMilliseconds = 3_600_000;
const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

/**
 * Starts everything: records, web, runners.
 * @param wanted what an empty data folder becomes; the evidence of the example comes after the start, as a job
 * @throws CannotServe with a sentence for the operator
 */
export async function serve(config: Config, log: Log, wanted: StartsWith = 'town'): Promise<Serving> {
  const host = config.host ?? '127.0.0.1';
  const installation = await openInstallation(config, log);
  try {
    const releases = openReleases(join(config.data, 'releases'));
    const { name, mode, today, isNew } = await settle(installation, releases, wanted);
    if (mode === 'example' && !loopback.has(host))
      throw new CannotServe(
        'The example has accounts with a known password, so it serves this machine only. Leave HOST empty, or start an installation of your own with --example none.',
      );
    const jobs = await openJobs(installation.login);
    if (isNew && wanted === 'town') await askExampleEvidence(installation.records, jobs);
    const links = linksSignedWith(installation.secrets.get('links'));
    const equipment = {
      jobs,
      links,
      releases,
      mode,
      standsOn: today,
      // Corrected below, once the port is known.
      origin: config.origin ?? '',
      sendsMail: config.smtpUrl !== undefined,
      failureKey: installation.secrets.get('failures'),
      isReady: () => isReady(installation),
    };
    const web = createWeb({ records: installation.records, equipment, log, name });
    const server = createHttpServer(web);
    await new Promise<void>((listening, refused) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        refused(
          error.code === 'EADDRINUSE'
            ? new CannotServe(`Port ${config.port} is taken. Set PORT to another, or stop what uses it.`)
            : error,
        ),
      );
      server.listen(config.port, host, () => listening());
    });
    const { port } = server.address() as AddressInfo;
    const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    equipment.origin = config.origin ?? address;
    const supervisor = superviseRunners({
      program: { file: new URL('../../bin/concord.mjs', import.meta.url), args: ['run-jobs', '--data', config.data] },
      runners,
      records: installation.records,
      log,
    });
    const sweep = (): void => {
      sweepReleases(installation.records, releases.folder, new Date()).then(
        (gone) => log.detail('releases-swept', { gone }),
        (error: unknown) => log.note('releases-not-swept', { error: String(error) }),
      );
    };
    sweep();
    const sweeping = setInterval(sweep, dayMilliseconds).unref();
    // An example's clock stands still: no day of it ever comes.
    const daily = (): void => {
      askDaily(installation.records, jobs, dayInEngland(systemClock())).then(
        (asked) => log.detail('daily-work-asked', { asked }),
        (error: unknown) => log.note('daily-work-not-asked', { error: String(error) }),
      );
    };
    if (today === null) daily();
    const days = today === null ? setInterval(daily, hourMilliseconds).unref() : undefined;
    return {
      address,
      mode,
      setUpAddress: (await isEmptyOf(installation)) ? equipment.origin + setUpPath(links, new Date()) : undefined,
      async stop() {
        clearInterval(sweeping);
        clearInterval(days);
        const closed = new Promise<void>((done) => server.close(() => done()));
        server.closeIdleConnections();
        const late = setTimeout(() => server.closeAllConnections(), 5_000);
        await Promise.all([closed, supervisor.stop()]);
        clearTimeout(late);
        await jobs.close();
        releases.close();
        await installation.close();
      },
    };
  } catch (error) {
    await installation.close();
    throw error;
  }
}

const system = { door: 'concord_member', actor: 'system', partnership: undefined } as const;

const isEmptyOf = ({ records }: Installation): Promise<boolean> =>
  records.read({ ...system, door: 'concord_identity' }, ({ work }) => isEmpty(work<'identity'>()));

async function isReady({ records }: Installation): Promise<boolean> {
  return records
    .read(system, ({ work }) => findInstallation(work<'platform'>()))
    .then(
      (row) => row !== undefined,
      () => false,
    );
}

/** What this installation is: as it was at its last start, or as it is wanted at its first. */
async function settle(
  installation: Installation,
  releases: Releases,
  wanted: StartsWith,
): Promise<InstallationRow & { readonly isNew: boolean }> {
  const found = await installation.records.read(system, ({ work }) => findInstallation(work<'platform'>()));
  if (found !== undefined) {
    if (wanted === 'none' && found.mode === 'example')
      throw new CannotServe(
        'This data folder holds the example. Choose an empty one with CONCORD_DATA for an installation of your own.',
      );
    return { ...found, isNew: false };
  }
  const row = await (wanted === 'none' ? nameEmpty(installation) : loadExampleTown(installation.records, releases));
  return { ...row, isNew: true };
}

async function nameEmpty({ records }: Installation): Promise<InstallationRow> {
  const row = { name: 'Concord', mode: 'live', today: null } as const;
  await records.write(
    { door: 'concord_identity', actor: 'system', partnership: undefined },
    async ({ work, audit }) => {
      await nameInstallation(work<'platform'>(), row);
      audit({ action: 'INSTALLATION_SET_UP', outcome: 'done' });
    },
  );
  return row;
}
