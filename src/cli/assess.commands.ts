import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { coverFits } from '../documents/index.ts';
import { formatPeriod, isoDateSchema, monthSchema, parseAreaCode, type IsoDate } from '../duty/index.ts';
import { assessmentFiles, fileName, type AssessmentMade } from '../evidence/assessment-file.ts';
import { composeAssessment, definitionSaid, figuresOf, noRecords, templates } from '../evidence/assessment.ts';
import { recordsOf } from '../evidence/assessment-records.store.ts';
import { findFigures, scopeOf } from '../evidence/assessment.store.ts';
import { openAreaBook } from '../evidence/area-book.store.ts';
import { addDraft, definitionInForce, findDefinition, getDefinition } from '../evidence/definition.store.ts';
import type { DefinitionKept } from '../evidence/definition.store.ts';
import { definitionUsed, keepFigure } from '../evidence/figure.store.ts';
import { formatOf } from '../evidence/formats/index.ts';
import { findRelease, listReleases } from '../evidence/release.store.ts';
import { formatNames, type FormatName } from '../evidence/source.ts';
import { keepView, lieIn } from '../evidence/view.store.ts';
import { audiences } from '../evidence/view.ts';
import { listAreas } from '../partnership/area.store.ts';
import { reading } from '../platform/database/work.ts';
import { getPartnership } from '../platform/installation.store.ts';
import { plannedHere } from '../web/planned.store.ts';
import { version } from '../web/version.ts';
import { renderings } from './assessment-renderings.ts';
import { command, CommandRefused, WrongUse, type Command } from './command.ts';
import { contentOf, readDefinition } from './definition.commands.ts';
import { actorOf, system } from './installation.commands.ts';
import { partnershipOf } from './partnership-of.ts';
import { addReferenceFolder } from './reference.commands.ts';
import { loadFiles, withReleases, type Loading } from './release.commands.ts';

/** What `concord assess --json` prints. */
export const assessSchema = z
  .object({
    out: z.string().describe('the folder'),
    title: z.string(),
    figures: z.int().describe('how many figures stand in figures.json'),
    files: z.array(z.object({ file: z.string(), bytes: z.int(), sha256: z.string() })),
    readingAges: z.array(
      z.object({
        section: z.string(),
        words: z.int(),
        age: z.number().nullable().describe('English reading age in years; null where there is too little text'),
      }),
    ),
    notAvailable: z.array(z.string()).describe('figures that could not be made, each with why'),
    seconds: z.number(),
  })
  .describe('What an assessment was written to.');

export const assessCommands: readonly Command[] = [
  command({
    name: 'assess',
    summary: 'The assessment of an area from what is loaded: a page, a PDF, a Word file, tables and figures',
    options: {
      area: z.string().describe('CODE  such as E06000009'),
      from: monthSchema.describe('YYYY-MM  first month'),
      to: monthSchema.describe('YYYY-MM  last month'),
      template: z
        .enum(templates)
        .default('needs')
        .describe('needs|annual  serious violence, or all crime and disorder'),
      definition: z
        .string()
        .optional()
        .describe('ID|FILE  what counts as serious violence (default: the one in force, if there is one)'),
      audience: z.enum(audiences).default('restricted').describe('restricted|partner|public  who is to see it'),
      releases: z
        .string()
        .optional()
        .describe('IDS|DIR  only these releases; a folder of files is loaded first (default: all that counts today)'),
      reference: z.string().optional().describe('DIR  areas, population and boundaries to add first'),
      'as-of': isoDateSchema.optional().describe('YYYY-MM-DD  the day as of which it is true (default: today)'),
      out: z.string().describe('DIR  where the files go'),
    },
    async run({ options, say }) {
      const { from, to, template, audience } = options;
      if (to < from) throw new WrongUse('The last month cannot be before the first: change --from or --to.');
      const area = parseAreaCode(options.area);
      if (!area.done) throw new WrongUse(`--area: ${area.sentence}.`);
      const out = resolve(options.out);
      if (statSync(out, { throwIfNoEntry: false })?.isFile())
        throw new WrongUse(`--out: ${out} is a file. Name a folder.`);
      const began = performance.now();
      return withReleases(options.data, async ({ records, releases, today }) => {
        const asOf = options['as-of'] ?? today;
        const partnership = await partnershipOf(records, options.partnership, say);
        const actor = await actorOf({ records }, options.as);
        const entry = { ...system, actor, partnership: partnership.id };
        if (options.reference !== undefined)
          await addReferenceFolder({ records, releases, actor, say }, options.reference);
        const loading: Loading = { records, releases, today, partnership: partnership.id, actor, say };
        const only = options.releases === undefined ? undefined : await releasesAsked(loading, options.releases);
        const definition = await definitionAsked(loading, options.definition, asOf);
        const used = definition === undefined ? undefined : definitionUsed(definition);
        const { model, views, finds } = await records.read(entry, async ({ work }) => {
          const book = await openAreaBook(work<'evidence'>(), releases);
          const context = { releases, book, today: asOf };
          const scope = await scopeOf(work<'evidence' | 'partnership' | 'platform'>(), context, {
            area: area.value,
            period: { from, to },
            definition: template === 'annual' ? undefined : used,
            template,
            ...(only === undefined ? {} : { releases: only }),
          });
          if (!scope.done) throw new CommandRefused(scope.sentence);
          const wanted = figuresOf(template, scope.value);
          say(`${scope.value.area.name}, ${formatPeriod(scope.value.period)}: ${wanted.length} figures`);
          const found = await findFigures(work<'evidence' | 'partnership' | 'platform'>(), context, {
            scope: scope.value,
            wanted,
            definition: template === 'annual' ? undefined : used,
            audience,
            code: `concord ${version}`,
            ...(only === undefined ? {} : { releases: only }),
            progress: (at, of, name) => {
              say(`Figure ${at + 1} of ${of}: ${name}`);
            },
          });
          const { name } = await getPartnership(work<'platform'>(), partnership.id);
          const written = await recordsOf(work<'evidence' | 'partnership' | 'platform' | 'published'>(), {
            partnership: partnership.id,
            area: area.value,
            period: { from, to },
            audience,
            asOf,
            book,
            code: `concord ${version}`,
            beside: found.views,
          });
          const planned = await plannedHere(work<'published'>(), partnership.id, asOf);
          // What a partnership wrote is about its own areas: none of it stands in an assessment of another place.
          const lieOf = lieIn(book);
          const areas = await listAreas(work<'partnership'>());
          const isOurs =
            areas.length === 0 || areas.some(({ code }) => code === area.value || lieOf(code, area.value) !== 'apart');
          const known = new Map([...found.finds, ...written.finds]);
          return {
            views: [...found.views, ...written.views],
            finds: known,
            model: composeAssessment({
              template,
              audience,
              asOf,
              publisher: name,
              scope: scope.value,
              definition:
                template === 'annual' || definition === undefined
                  ? undefined
                  : definitionSaid(definition, definition.body?.name),
              records: isOurs
                ? { ...written.records, ...planned, gaps: [...planned.gaps, ...written.records.gaps] }
                : noRecords,
              finds: known,
              fits: coverFits,
            }),
          };
        });
        say('Writing the page, the PDF, the Word file and the tables');
        const made = assessmentFiles(
          {
            template,
            audience,
            area: area.value,
            period: { from, to },
            model,
            finds,
            code: `concord ${version}`,
            renderings: renderings(model, fileName(template)),
          },
          (bytes) => createHash('sha256').update(bytes).digest('hex'),
        );
        write(out, made);
        await records.write(entry, async ({ work, audit }) => {
          for (const view of views) {
            await keepFigure(work<'evidence'>(), view.figure, `concord ${version}`);
            await keepView(work<'evidence'>(), view, actor);
          }
          audit({ action: 'ASSESSMENT_MADE', subject: `assessment/${made.sha256}`, outcome: 'done' });
        });
        const notAvailable = [...finds].flatMap(([key, found]) =>
          found.state === 'not' ? [`${key}: ${found.sentence}`] : [],
        );
        for (const line of notAvailable) say(`Not available: ${line}`);
        const json: z.infer<typeof assessSchema> = {
          out,
          title: model.title,
          figures: made.figures,
          files: made.files.map(({ file, bytes, sha256 }) => ({ file, bytes: bytes.length, sha256 })),
          readingAges: [...made.readingAges],
          notAvailable,
          seconds: Math.round(performance.now() - began) / 1000,
        };
        return { text: inWords(json), json };
      });
    },
  }),
];

/** Ids of releases that were named, or of those that a folder of files gives. */
async function releasesAsked(loading: Loading, asked: string): Promise<readonly string[]> {
  const path = resolve(asked);
  const status = statSync(path, { throwIfNoEntry: false });
  const entry = { ...system, actor: loading.actor, partnership: loading.partnership };
  if (status === undefined || !asked.split(',').every((id) => !id.startsWith('sha256:'))) {
    const ids = asked.split(',').map((id) => id.trim());
    for (const id of ids) {
      const found = await loading.records.read(entry, ({ work }) => findRelease(work<'evidence'>(), id));
      if (found === undefined)
        throw new CommandRefused(`There is no release and no folder “${id}”. See: concord releases`);
    }
    return ids;
  }
  const files = status.isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((each) => each.isFile())
        .map((each) => join(each.parentPath, each.name))
        .sort()
    : [path];
  const bySource = Map.groupBy(files, (file) => sourceOf(relative(path, file) || file));
  for (const file of bySource.get(undefined) ?? []) loading.say(`Not loaded: ${file}. Its name says of no source.`);
  bySource.delete(undefined);
  if (bySource.size === 0)
    throw new CommandRefused(
      `Nothing in ${asked} can be loaded. Put files into folders that are named after their source: ${formatNames.join(', ')}. Files of data.police.uk are known by their names.`,
    );
  const ids: string[] = [];
  for (const [source, paths] of [...bySource].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))) {
    if (source === undefined) continue;
    loading.say(`Loading ${paths.length} files of ${source}`);
    const load = await loadFiles(loading, { format: formatOf(source), paths, replaceMonths: false, agreementId: null });
    const id = load.kept.release?.id ?? load.alreadyIn;
    if (id !== null) ids.push(id);
  }
  const known = await loading.records.read(entry, ({ work }) => listReleases(work<'evidence'>()));
  return known.flatMap(({ id }) => (ids.includes(id) ? [id] : []));
}

/** The source of a file by the folder that it lies in, or by its name where that is one of data.police.uk. */
function sourceOf(path: string): FormatName | undefined {
  const folder = formatNames.find((name) => dirname(path).split(/[\\/]/).includes(name));
  if (folder !== undefined) return folder;
  const [, kind] =
    /^\d{4}-(?:\d{2}|Q\d)-.+-(street|outcomes|stop-and-search)\.csv(?:\.gz)?$/.exec(path.split(/[\\/]/).at(-1) ?? '') ??
    [];
  return kind === undefined ? undefined : (`police-uk-${kind}` as FormatName);
}

/** The definition that was named or is in a file, which becomes a draft; else the one in force. */
async function definitionAsked(
  { records, partnership, actor }: Loading,
  asked: string | undefined,
  day: IsoDate,
): Promise<DefinitionKept | undefined> {
  const entry = { ...system, actor, partnership };
  if (asked === undefined)
    return records.read(entry, ({ work }) => definitionInForce(work<'evidence' | 'partnership'>(), day));
  const known = await records.read(entry, ({ work }) => findDefinition(work<'evidence' | 'partnership'>(), asked, day));
  if (known !== undefined) return known;
  if (!statSync(resolve(asked), { throwIfNoEntry: false })?.isFile())
    throw new CommandRefused(`There is no definition and no file “${asked}”. See: concord definition list`);
  const file = await readDefinition(asked);
  return records.write(entry, async ({ work, audit }) => {
    const { recordId, isNew } = await addDraft(work<'evidence' | 'partnership'>(), contentOf(file));
    if (isNew) audit({ action: 'DEFINITION_ADDED', subject: `definition/${recordId}`, outcome: 'done' });
    return getDefinition(reading(work<'evidence' | 'partnership'>()), recordId, day);
  });
}

/** Writes all files of an assessment; tables of an older one in the same folder go. */
function write(out: string, { files }: AssessmentMade): void {
  rmSync(join(out, 'tables'), { recursive: true, force: true });
  for (const { file, bytes } of files) {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), bytes);
  }
}

function inWords({ title, out, files, figures, readingAges, seconds }: z.infer<typeof assessSchema>): string {
  const hard = readingAges.filter(({ age }) => age !== null && age > 14);
  return [
    title,
    `${figures} figures, ${files.length} files in ${out}, in ${seconds} seconds.`,
    ...files.filter(({ file }) => !file.startsWith('tables/')).map(({ file }) => `  ${file}`),
    ...(hard.length === 0
      ? []
      : [`Hard to read: ${hard.map(({ section, age }) => `${section} (reading age ${age ?? ''})`).join(', ')}.`]),
  ].join('\n');
}
