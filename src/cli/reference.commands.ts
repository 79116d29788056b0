import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { readReferenceFile } from '../evidence/reference-file.store.ts';
import { addReference } from '../evidence/reference.store.ts';
import { referenceKinds, type ReferenceKind } from '../evidence/reference.ts';
import type { Records } from '../platform/database/database.ts';
import type { Releases } from '../platform/releases/ask.ts';
import { command, CommandRefused, WrongUse, type Command, type Result } from './command.ts';
import { actorOf, system } from './installation.commands.ts';
import { withReleases } from './release.commands.ts';

/** What `concord reference add --json` prints of each file. */
export const referenceAddSchema = z.object({
  added: z.int().describe('releases that are new'),
  known: z.int().describe('files that were there already'),
  refused: z.int().describe('files that are not recognised'),
  seconds: z.number(),
  files: z.array(
    z.object({
      file: z.string(),
      recognised: z.boolean(),
      kind: z.enum(referenceKinds).nullable(),
      title: z.string().nullable(),
      vintage: z.string().nullable(),
      rows: z.int().nullable(),
      id: z.string().nullable(),
      new: z.boolean(),
      reason: z.string().nullable().describe('why it was not recognised'),
    }),
  ),
});

type Told = z.infer<typeof referenceAddSchema>['files'][number];

export const referenceCommands: readonly Command[] = [
  command({
    name: 'reference add',
    summary: 'Add open tables of areas, boundaries, population, deprivation, weights and places',
    operands: `<${[...referenceKinds, 'all'].join('|')}> <file…>`,
    options: {
      vintage: z
        .string()
        .optional()
        .describe('YEAR  of what year it is, where the file does not say so: 2021, mid-2022, census-2021'),
    },
    async run({ options, operands, say }) {
      const [wanted, ...paths] = operands;
      const kind = referenceKinds.find((each) => each === wanted);
      if (kind === undefined && wanted !== 'all')
        throw new WrongUse(
          `Say what it is: ${referenceKinds.join(', ')}, or all for a folder. See: concord reference add --help`,
        );
      if (paths.length === 0)
        throw new WrongUse(
          `Say which ${kind === undefined ? 'folder' : 'files'}: concord reference add ${wanted ?? ''} <${kind === undefined ? 'dir' : 'file…'}>`,
        );
      const files = paths.flatMap((path) => filesOf(resolve(path), kind === undefined));
      const began = performance.now();
      return withReleases(options.data, async ({ records, releases }) => {
        const actor = await actorOf({ records }, options.as);
        const told = await addFiles({ records, releases, actor, say }, files, { kind, vintage: options.vintage });
        return resultOf(told, Math.round(performance.now() - began) / 1000, kind === undefined);
      });
    },
  }),
];

interface Adding {
  readonly records: Records;
  readonly releases: Releases;
  readonly actor: string;
}

async function addFiles(
  adding: Adding & { readonly say: (line: string) => void },
  files: readonly { readonly path: string; readonly name: string }[],
  as: Parameters<typeof addFile>[2],
): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const { path, name } of files) {
    const one = await addFile(adding, path, as);
    told.push({ file: name, ...one });
    adding.say(lineOf({ file: name, ...one }));
  }
  return told;
}

/** Adds what is recognised of a folder. What is there already stays. @throws CommandRefused where nothing is */
export async function addReferenceFolder(
  adding: Adding & { readonly say: (line: string) => void },
  folder: string,
): Promise<void> {
  const told = await addFiles(adding, filesOf(resolve(folder), true), { kind: undefined, vintage: undefined });
  if (!told.some(({ recognised }) => recognised)) throw new CommandRefused(`Nothing in ${folder} was recognised.`);
}

const tabular = /\.(csv|geojson)(\.gz)?$/i;

/** The files of a folder and of those in it, by name; a file itself as it is. @throws CommandRefused when it is not there */
function filesOf(path: string, folderToo: boolean): readonly { readonly path: string; readonly name: string }[] {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) throw new CommandRefused(`There is no file or folder ${path}.`);
  if (!status.isDirectory()) return [{ path, name: path.split('/').at(-1) ?? path }];
  if (!folderToo) throw new CommandRefused(`${path} is a folder. For a whole folder: concord reference add all <dir>`);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((each) => ({ path: each, name: relative(path, each) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function addFile(
  { records, releases, actor }: Adding,
  path: string,
  { kind, vintage }: { readonly kind: ReferenceKind | undefined; readonly vintage: string | undefined },
): Promise<Omit<Told, 'file'>> {
  const nothing = { recognised: false, kind: null, title: null, vintage: null, rows: null, id: null, new: false };
  if (kind === undefined && !tabular.test(path))
    return {
      ...nothing,
      reason: 'Only .csv, .csv.gz, .geojson and .geojson.gz are looked at. A spreadsheet has to be saved as CSV.',
    };
  const read = await readReferenceFile(releases.folder, path, {
    ...(kind === undefined ? {} : { kind }),
    ...(vintage === undefined ? {} : { vintage }),
  });
  if (!read.done) return { ...nothing, reason: read.sentence };
  const reference = read.value;
  const isNew = await records.write({ ...system, actor }, async ({ work, audit }) => {
    const added = await addReference(work<'evidence'>(), { ...reference, addedBy: actor });
    if (added) audit({ action: 'REFERENCE_ADDED', subject: `reference/${reference.id}`, outcome: 'done' });
    return added;
  });
  return {
    recognised: true,
    kind: reference.kind,
    title: reference.title,
    vintage: reference.vintage,
    rows: reference.rows,
    id: reference.id,
    new: isNew,
    reason: null,
  };
}

const lineOf = ({ file, recognised, kind, title, rows, new: isNew, reason }: Told): string =>
  recognised
    ? `${file}: ${kind ?? ''}. ${title ?? ''}, ${(rows ?? 0).toLocaleString('en-GB')} rows${isNew ? '' : ' (there already)'}`
    : `${file}: not recognised. ${reason ?? ''}`;

function resultOf(files: readonly Told[], seconds: number, isFolder: boolean): Result {
  const recognised = files.filter((each) => each.recognised);
  const added = recognised.filter((each) => each.new).length;
  const refused = files.length - recognised.length;
  const json: z.infer<typeof referenceAddSchema> = {
    added,
    known: recognised.length - added,
    refused,
    seconds,
    files: [...files],
  };
  const text = `${added} added, ${recognised.length - added} there already, ${refused} not recognised, in ${seconds} seconds.`;
  // In a folder many files are something else; a file that was named and cannot be taken is a refusal.
  const failed = isFolder ? recognised.length === 0 : refused > 0;
  if (!failed) return { text, json };
  return {
    text: '',
    json,
    refusal: isFolder
      ? 'Nothing in the folder was recognised.'
      : (files.find((each) => !each.recognised)?.reason ?? text),
    exit: 1,
  };
}
