import { join, resolve } from 'node:path';
import { z } from 'zod';
import { monthSchema, type IsoDate } from '../duty/index.ts';
import { formatOf } from '../evidence/formats/index.ts';
import {
  checkLoad,
  clearStage,
  diskFull,
  keepLoad,
  type CheckedLoad,
  type KeptLoad,
  type LoadAsked,
  type LoadContext,
} from '../evidence/load.store.ts';
import { organisationsToChoose } from '../evidence/intake.store.ts';
import type { ImportDocument } from '../evidence/load-document.ts';
import { prepareCounts } from '../evidence/prepare.store.ts';
import { mappingUsed } from '../evidence/mapping.store.ts';
import { placesFor } from '../evidence/places.store.ts';
import { listReleases } from '../evidence/release.store.ts';
import { formatNames } from '../evidence/source.ts';
import { systemClock } from '../platform/clock.ts';
import { dayInEngland } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import type { Records } from '../platform/database/database.ts';
import { isDiskFull } from '../platform/files/disk-full.ts';
import { findInstallation } from '../platform/installation.store.ts';
import { openReleases, type Releases } from '../platform/releases/ask.ts';
import { sweepReleases } from '../web/sweep.ts';
import { command, CommandRefused, WrongUse, type Command } from './command.ts';
import { actorOf, system, withInstallation } from './installation.commands.ts';
import { partnershipOf } from './partnership-of.ts';

const source = z
  .enum(formatNames, { error: `has to be one of ${formatNames.join(', ')}` })
  .describe('FORMAT  what kind of file it is');

/** The installation and its releases, for one command. */
export async function withReleases<T>(
  data: string | undefined,
  act: (opened: { readonly records: Records; readonly releases: Releases; readonly today: IsoDate }) => Promise<T>,
): Promise<T> {
  return withInstallation(data, async ({ records }) => {
    const releases = openReleases(join(readConfig({ data }).data, 'releases'));
    try {
      const row = await records.read(system, ({ work }) => findInstallation(work<'platform'>()));
      return await act({ records, releases, today: row?.today ?? dayInEngland(systemClock()) });
    } finally {
      releases.close();
    }
  });
}

const sentFiles = (paths: readonly string[]) =>
  paths.map((path) => ({ path: resolve(path), name: path.split('/').at(-1) ?? path }));

export const releaseCommands: readonly Command[] = [
  command({
    name: 'import',
    summary: 'Load files of a partner: check every row, and make a release of those that are good',
    operands: '<file…>',
    options: {
      source,
      period: monthSchema.optional().describe('YYYY-MM  only this month; rows of others are not taken'),
      mapping: z.string().optional().describe('NAME  how the columns of a file of your own are to be read'),
      agreement: z.string().optional().describe('ID  the agreement under which it came'),
      sender: z.string().optional().describe('NAME  the partner who sent it: a party of the agreement'),
      'replace-month': z.boolean().default(false).describe('take the place of what is there for its months'),
    },
    async run({ options, operands, say }) {
      if (operands.length === 0) throw new WrongUse('Say which files: concord import <file…> --source <format>');
      const format = formatOf(options.source);
      const began = performance.now();
      return withReleases(options.data, async ({ records, releases, today }) => {
        const partnership = await partnershipOf(records, options.partnership, say);
        const actor = await actorOf({ records }, options.as);
        const load = await loadFiles(
          { records, releases, today, partnership: partnership.id, actor, say },
          {
            format,
            paths: operands,
            replaceMonths: options['replace-month'],
            ...(options.period === undefined ? {} : { onlyMonths: [options.period] }),
            agreementId: options.agreement ?? null,
            ...(options.sender === undefined ? {} : { sender: options.sender }),
            ...(options.mapping === undefined ? {} : { mapping: options.mapping }),
          },
        );
        const { kept } = load;
        for (const sentence of load.leftOut) say(`Left out: ${sentence}`);
        const release = kept.release?.id ?? load.alreadyIn;
        const fresh = [...new Set(load.months.map(({ month }) => month))].sort();
        // Where nothing is new, the months are those of the release that has it all.
        const months =
          fresh.length > 0 || release === null
            ? fresh
            : await records.read(
                { ...system, actor, partnership: partnership.id },
                async ({ work }) =>
                  (await listReleases(work<'evidence'>(), format.name)).find(({ id }) => id === release)?.months ?? [],
              );
        const json: ImportDocument = {
          release,
          source: format.name,
          files: load.sent.map(({ name, sha256 }) => ({ name, sha256 })),
          months: [...months],
          rows: load.rows,
          quarantine: kept.quarantine,
          seconds: Math.round(performance.now() - began) / 1000,
        };
        if (json.release === null) {
          const [reason] = load.reasons;
          return {
            text: '',
            json,
            refusal: `None of the ${load.rows.read} rows could be taken. ${reason === undefined ? '' : `Most often: ${reason.sentence}. `}They are in ${kept.quarantine ?? 'no file'}.`,
            exit: 1,
          };
        }
        return { text: inWords(load, json.release, kept), json };
      });
    },
  }),
  command({
    name: 'prepare',
    summary: 'Count the rows of files inside your own network, to send the counts and not the records',
    operands: '<file…>',
    options: { source, out: z.string().describe('DIR  where the counts and their manifest go') },
    async run({ options, operands }) {
      if (operands.length === 0)
        throw new WrongUse('Say which files: concord prepare <file…> --source <format> --out <dir>');
      const outcome = await prepareCounts({
        format: formatOf(options.source),
        sent: sentFiles(operands),
        out: resolve(options.out),
        today: dayInEngland(systemClock()),
      });
      if (!outcome.done) throw new CommandRefused(outcome.sentence);
      const { rows, counts } = outcome.value;
      return {
        text: `${n(rows.accepted)} of ${n(rows.read)} rows are counted in ${n(counts)} lines of ${options.out}/counts.csv. Send that file and manifest.json beside it; no record leaves your network.`,
        json: outcome.value,
      };
    },
  }),
  command({
    name: 'releases',
    summary: 'What was loaded, newest first',
    options: { source: source.optional() },
    async run({ options, say }) {
      return withReleases(options.data, async ({ records }) => {
        const partnership = await partnershipOf(records, options.partnership, say);
        const releases = await records.read({ ...system, partnership: partnership.id }, ({ work }) =>
          listReleases(work<'evidence'>(), options.source),
        );
        return {
          text:
            releases.length === 0
              ? 'Nothing was loaded yet. Load a file: concord import <file…> --source <format>'
              : releases
                  .map(
                    ({ id, source: from, months, rows, importedAt }) =>
                      `${id.slice(0, 19)}  ${importedAt.slice(0, 10)}  ${from.padEnd(24)} ${monthsInWords(months).padEnd(22)} ${n(rows.accepted)} rows`,
                  )
                  .join('\n'),
          json: { releases },
        };
      });
    },
  }),
];

/** Where files are loaded, by whom. */
export interface Loading {
  readonly records: Records;
  readonly releases: Releases;
  readonly today: IsoDate;
  readonly partnership: string;
  readonly actor: string;
  readonly say: (line: string) => void;
}

/** Checks files and makes a release of their good rows, or finds the release that has them already. @throws CommandRefused */
export async function loadFiles(
  { records, releases, today, partnership, actor, say }: Loading,
  asked: Pick<LoadAsked, 'format' | 'replaceMonths' | 'onlyMonths' | 'agreementId'> & {
    readonly paths: readonly string[];
    readonly mapping?: string;
    /** Name or id of the partner who sent them. */
    readonly sender?: string;
  },
): Promise<CheckedLoad & { readonly kept: KeptLoad }> {
  const { format, paths, mapping: named, sender, ...rest } = asked;
  const entry = { ...system, actor, partnership };
  await sweepReleases(records, releases.folder, systemClock());
  const places = await records.read(entry, ({ work }) => placesFor(work<'evidence'>(), releases, format));
  const mapping =
    named === undefined
      ? undefined
      : await records.read(entry, ({ work }) => mappingUsed(work<'evidence' | 'partnership'>(), named, format.name));
  if (named !== undefined && mapping === undefined)
    throw new CommandRefused(`There is no mapping “${named}” for ${format.name} in this partnership.`);
  const senderId =
    sender === undefined
      ? null
      : (await records.read(entry, ({ work }) => organisationsToChoose(work<'partnership'>()))).find(
          ({ id, name }) => id === sender || name.toLowerCase() === sender.toLowerCase(),
        )?.id;
  if (senderId === undefined)
    throw new CommandRefused(`There is no organisation “${sender ?? ''}” in the register of this partnership.`);
  return importing(
    {
      releases,
      today,
      ...(places === undefined ? {} : { places }),
      read: (act) => records.read(entry, ({ work }) => act(work())),
      progress: saying(say),
    },
    { format, sent: sentFiles(paths), ...rest, senderId, ...(mapping === undefined ? {} : { mapping }) },
    (checked) =>
      records.write(entry, async ({ work, audit, discard }) => {
        const result = await keepLoad(work<'evidence'>(), releases.folder, checked, { partnership, by: actor });
        if (result === 'changed meanwhile') discard();
        else
          audit({
            action: 'RELEASE_ADDED',
            subject: `release/${checked.releaseId ?? checked.alreadyIn ?? ''}`,
            outcome: 'done',
          });
        return result;
      }),
  );
}

/** Somebody else's load of the same kind may come between the check and the release: then it is checked once more. */
async function importing(
  context: LoadContext,
  asked: LoadAsked,
  keep: (load: CheckedLoad) => Promise<KeptLoad | 'changed meanwhile'>,
): Promise<CheckedLoad & { readonly kept: KeptLoad }> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const outcome = await checkLoad(context, asked);
    if (!outcome.done) throw new CommandRefused(outcome.sentence);
    try {
      const kept = await keep(outcome.value);
      if (kept !== 'changed meanwhile') return { ...outcome.value, kept };
    } catch (error) {
      throw isDiskFull(error) ? new CommandRefused(diskFull) : error;
    } finally {
      await clearStage(context.releases.folder, outcome.value);
    }
  }
  throw new CommandRefused('Others load files of the same kind at this moment. Load yours again when they have ended.');
}

const mostTries = 5;

const n = (value: number): string => value.toLocaleString('en-GB');
const monthsInWords = (months: readonly string[]): string =>
  months.length === 0 ? '' : months.length === 1 ? (months[0] ?? '') : `${months[0] ?? ''} to ${months.at(-1) ?? ''}`;

function inWords(
  load: CheckedLoad,
  release: string,
  kept: { readonly isNew: boolean; readonly quarantine: string | null },
): string {
  const { rows } = load;
  const lines = [
    kept.isNew ? `Release ${release}` : `Nothing new: all of it is in release ${release}.`,
    `${n(rows.read)} rows read: ${n(rows.accepted)} accepted, ${n(rows.quarantined)} quarantined, ${n(rows.alreadyLoaded)} already loaded, ${n(rows.outside)} outside the area.`,
    ...(rows.unlocated === 0 ? [] : [`${n(rows.unlocated)} of the accepted rows have no place.`]),
    ...load.reasons.slice(0, 5).map((reason) => `  ${n(reason.rows)} × ${reason.sentence}`),
    ...(kept.quarantine === null
      ? []
      : [`The quarantined rows are in ${kept.quarantine}: correct them and load that file.`]),
    ...(load.screened.length === 0
      ? []
      : [`In ${n(load.screened.length)} rows, words were left out because they may say who somebody is.`]),
  ];
  return lines.join('\n');
}

/** A line when a new step begins, and not for every piece of it. */
function saying(say: (line: string) => void) {
  let last = '';
  return (_done: number, _total: number | undefined, note?: string) => {
    if (note === undefined || note === last) return;
    last = note;
    say(note);
  };
}
