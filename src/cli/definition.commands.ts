import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  addDraft,
  adoptDraft,
  decidingBodies,
  definitionHash,
  findDefinition,
  getDefinition,
  lastAdopted,
  listDefinitions,
  type DefinitionKept,
} from '../evidence/definition.store.ts';
import { lineOf } from '../evidence/definition-form.ts';
import { findVariant, definitionVariants } from '../evidence/definition-variants.ts';
import {
  compareDefinitions,
  definitionFileSchema,
  expressibility,
  inclusionLabels,
  usualSources,
  warningsOf,
  whyNotAdopted,
  type DefinitionContent,
  type DefinitionFile,
} from '../evidence/definition.ts';
import { formats } from '../evidence/formats/index.ts';
import type { IsoDate } from '../duty/index.ts';
import { dayInEngland, systemClock } from '../platform/clock.ts';
import type { Records } from '../platform/database/database.ts';
import { reading } from '../platform/database/work.ts';
import { findInstallation } from '../platform/installation.store.ts';
import { findViolenceKind } from '../evidence/violence-kinds.ts';
import { command, CommandRefused, WrongUse, type Command } from './command.ts';
import { actorOf, system, withInstallation } from './installation.commands.ts';
import { partnershipOf } from './partnership-of.ts';

async function todayOf(records: Records): Promise<IsoDate> {
  const row = await records.read(system, ({ work }) => findInstallation(work<'platform'>()));
  return row?.today ?? dayInEngland(systemClock());
}

/** @throws CommandRefused when the file cannot be read or says what a definition cannot be */
export async function readDefinition(path: string): Promise<DefinitionFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandRefused(`${path} cannot be read: ${(error as Error).message}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CommandRefused(`${path} is no JSON: ${(error as Error).message}`);
  }
  const read = definitionFileSchema.safeParse(value);
  if (read.success) return read.data;
  const lines = read.error.issues.slice(0, 10).map(({ path: place, message }) => `  ${place.join('.')}: ${message}`);
  throw new CommandRefused(`${path} is no definition:\n${lines.join('\n')}`);
}

/** What a file says, with the names and the sources of Concord's list where it names none. */
export function contentOf({ id, name, about, kinds, sources }: DefinitionFile): Omit<DefinitionContent, 'version'> {
  return {
    id: id ?? lineOf(name),
    name,
    about,
    kinds: kinds.map((each) => ({ ...each, name: each.name ?? findViolenceKind(each.kind)?.name ?? each.kind })),
    sources: sources ?? usualSources(kinds.map(({ kind }) => kind)),
  };
}

interface Named extends DefinitionContent {
  readonly sha256: string;
  readonly status: string;
}

const shown = (definition: DefinitionKept) => ({
  id: definition.id,
  version: definition.version,
  sha256: definition.sha256,
  name: definition.name,
  status: definition.status,
  decidedBy: definition.body?.name ?? definition.decidedBy,
  decidedOn: definition.decidedOn,
  effectiveFrom: definition.effectiveFrom,
  supersededFrom: definition.supersededFrom,
  reviewBy: definition.reviewBy,
});

const line = (definition: DefinitionKept) =>
  [
    `${definition.id}@${definition.version}`.padEnd(32),
    definition.status.padEnd(11),
    (definition.effectiveFrom ?? '').padEnd(11),
    definition.name,
  ].join(' ');

export const definitionCommands: readonly Command[] = [
  command({
    name: 'definition add',
    summary: 'Add a definition of serious violence from a file, as a draft or as one that was adopted',
    operands: '<file.json>',
    options: {
      adopt: z.boolean().default(false).describe('record it as adopted, by the body and on the dates of the file'),
    },
    async run({ options, operands: [path], say }) {
      if (path === undefined) throw new WrongUse('Say which file: concord definition add <file.json>');
      const file = await readDefinition(path);
      return withInstallation(options.data, async ({ records }) => {
        const today = await todayOf(records);
        const partnership = await partnershipOf(records, options.partnership, say);
        const actor = await actorOf({ records }, options.as);
        const kept = await records.write({ ...system, actor, partnership: partnership.id }, async ({ work, audit }) => {
          const writing = work<'evidence' | 'partnership'>();
          const bodies = await decidingBodies(reading(writing));
          const same = (name: string) => name.toLowerCase() === file.decidedBy?.toLowerCase();
          const decidedBy = bodies.find(({ id, name }) => id === file.decidedBy || same(name))?.id ?? file.decidedBy;
          const added = await addDraft(writing, { ...file, ...contentOf(file), decidedBy });
          const definition = await getDefinition(reading(writing), added.recordId, today);
          const subject = `definition/${added.recordId}`;
          if (added.isNew) audit({ action: 'DEFINITION_ADDED', subject, outcome: 'done' });
          if (options.adopt && definition.status === 'draft') {
            const { decidedOn, effectiveFrom, reviewBy } = file;
            if (decidedBy === null || decidedOn === null || effectiveFrom === null)
              throw new CommandRefused(
                'To adopt it, the file has to say decidedBy, decidedOn and effectiveFrom. Nothing was saved.',
              );
            const adoption = { decidedBy, decidedOn, effectiveFrom, reviewBy };
            const [reason] = Object.values(
              whyNotAdopted(definition, adoption, await lastAdopted(reading(writing), today)),
            );
            if (reason !== undefined) throw new CommandRefused(`${reason}. Nothing was saved.`);
            await adoptDraft(writing, added.recordId, adoption);
            audit({ action: 'DEFINITION_ADOPTED', subject, outcome: 'done' });
          }
          return { isNew: added.isNew, definition: await getDefinition(reading(writing), added.recordId, today) };
        });
        const { definition, isNew } = kept;
        const warnings = warningsOf(definition);
        for (const warning of warnings) say(warning);
        const what = isNew ? 'is kept' : 'was there already';
        return {
          text: `“${definition.name}”, ${definition.id}@${definition.version}, ${what} as ${definition.status}: ${definition.sha256}`,
          json: { ...shown(definition), isNew, warnings },
        };
      });
    },
  }),
  command({
    name: 'definition list',
    summary: 'The definitions of serious violence: drafts, the one in force, earlier ones',
    options: {},
    async run({ options, say }) {
      return withInstallation(options.data, async ({ records }) => {
        const today = await todayOf(records);
        const partnership = await partnershipOf(records, options.partnership, say);
        const definitions = await records.read({ ...system, partnership: partnership.id }, ({ work }) =>
          listDefinitions(work<'evidence' | 'partnership'>(), today),
        );
        return {
          text:
            definitions.length === 0
              ? 'There is no definition yet. Add one: concord definition add <file.json>'
              : definitions.map(line).join('\n'),
          json: { definitions: definitions.map(shown) },
        };
      });
    },
  }),
  command({
    name: 'definition compare',
    summary: 'Two definitions of serious violence side by side: what is in, what is out, what each source can say',
    operands: '<a> <b>',
    options: {},
    async run({ options, operands: [one, other], say }) {
      if (one === undefined || other === undefined)
        throw new WrongUse('Say which two: concord definition compare <a> <b>');
      return withInstallation(options.data, async ({ records }) => {
        const today = await todayOf(records);
        const partnership = await partnershipOf(records, options.partnership, say);
        const named = (asked: string): Promise<Named> =>
          asked.endsWith('.json')
            ? fromFile(asked)
            : asked.startsWith('variant:')
              ? Promise.resolve(fromVariant(asked.slice('variant:'.length)))
              : records.read({ ...system, partnership: partnership.id }, async ({ work }) => {
                  const found = await findDefinition(work<'evidence' | 'partnership'>(), asked, today);
                  if (found === undefined)
                    throw new CommandRefused(`There is no definition “${asked}”. See: concord definition list`);
                  return found;
                });
        const [first, second] = [await named(one), await named(other)];
        const kinds = compareDefinitions(first, second);
        const sources = formats.map((format) => ({
          source: format.name,
          first: expressibility(first, format).whole,
          second: expressibility(second, format).whole,
        }));
        const differing = kinds.filter(({ difference }) => difference !== 'same');
        return {
          text:
            differing.length === 0
              ? 'They count the same.'
              : differing
                  .map(
                    ({ name, first: a, second: b, changes }) =>
                      `${name}: ${a === null ? 'not in it' : inclusionLabels[a.inclusion]} → ${b === null ? 'not in it' : inclusionLabels[b.inclusion]}${changes.slice(1).length === 0 ? '' : ` (${changes.slice(1).join('; ')})`}`,
                  )
                  .join('\n'),
          json: {
            first: passport(first),
            second: passport(second),
            kinds: kinds.map(({ kind, name, difference, changes, first: a, second: b }) => ({
              kind,
              name,
              difference,
              changes,
              first: a,
              second: b,
            })),
            sources,
          },
        };
      });
    },
  }),
];

const passport = ({ id, version, sha256, name, status }: Named) => ({ id, version, sha256, name, status });

async function fromFile(path: string): Promise<Named> {
  const content = { ...contentOf(await readDefinition(path)), version: 1 };
  return { ...content, sha256: definitionHash(content), status: 'file' };
}

function fromVariant(id: string): Named {
  const variant = findVariant(id);
  if (variant === undefined)
    throw new CommandRefused(
      `There is no variant “${id}”. There are: ${definitionVariants.map((each) => each.id).join(', ')}.`,
    );
  const content = { ...variant, version: 1 };
  return { ...content, sha256: definitionHash(content), status: 'variant' };
}
