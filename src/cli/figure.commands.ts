import { z } from 'zod';
import { monthSchema, parseAreaCode, type IsoDate } from '../duty/index.ts';
import { findDefinition } from '../evidence/definition.store.ts';
import { openAreaBook } from '../evidence/area-book.store.ts';
import { figureMeasures } from '../evidence/figure-measure.ts';
import {
  answerBytes,
  askedAgain,
  answerHash,
  definitionUsed,
  findFigure,
  keepFigure,
  workOut,
  type FigureAsked,
} from '../evidence/figure.store.ts';
import { againstOf, type AgainstDocument } from '../evidence/figure-against.ts';
import type { Figure, FigureRow } from '../evidence/figure.ts';
import { documentOf } from '../evidence/view-document.ts';
import { keepView, lieIn, viewOf } from '../evidence/view.store.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { audiences, type View } from '../evidence/view.ts';
import { formatNames } from '../evidence/source.ts';
import { version } from '../web/version.ts';
import { command, CommandRefused, WrongUse, type Command } from './command.ts';
import { actorOf, system } from './installation.commands.ts';
import { partnershipOf } from './partnership-of.ts';
import { withReleases } from './release.commands.ts';

const measureNames = figureMeasures.map(({ name }) => name) as [string, ...string[]];

export const figureCommands: readonly Command[] = [
  command({
    name: 'figure rebuild',
    summary: 'Work a figure out again from the releases that it names, and compare the bytes',
    operands: '<id>',
    options: {},
    async run({ options, operands: [id], say }) {
      if (id === undefined) throw new WrongUse('Say which figure: concord figure rebuild <id>');
      return withReleases(options.data, async ({ records, releases, today }) => {
        const partnership = await partnershipOf(records, options.partnership, say);
        const outcome = await records.read({ ...system, partnership: partnership.id }, async ({ work }) => {
          const kept = await findFigure(work<'evidence' | 'platform'>(), id);
          if (kept === undefined) throw new CommandRefused(`There is no figure ${id} in this partnership.`);
          const book = await openAreaBook(work<'evidence'>(), releases, kept.question.references);
          return {
            kept,
            again: await workOut(
              work<'evidence' | 'platform'>(),
              { releases, book, today },
              {
                ...askedAgain(kept.question),
                ...(await definitionAsked(work<'evidence' | 'partnership'>(), kept.question.definition?.sha256, today)),
              },
            ),
          };
        });
        const { kept, again } = outcome;
        if (!again.done) throw new CommandRefused(again.sentence);
        const after = answerHash(answerBytes(again.value));
        const same = after === kept.answerSha256 && again.value.id === kept.id;
        return {
          text: `${kept.id}\nbefore ${kept.answerSha256}\nafter  ${after}\n${same ? 'The same bytes.' : 'Not the same bytes.'}`,
          json: { id: kept.id, before: kept.answerSha256, after, same },
          exit: same ? 0 : 1,
        };
      });
    },
  }),
  command({
    name: 'figure',
    summary: 'A figure from what was loaded, with its passport',
    options: {
      measure: z
        .enum(measureNames)
        .optional()
        .describe(`NAME  ${measureNames.join(', ')}`),
      area: z.string().optional().describe('CODE  such as E06000009'),
      from: monthSchema.optional().describe('YYYY-MM  first month'),
      to: monthSchema.optional().describe('YYYY-MM  last month'),
      by: z.string().optional().describe('LIST  month, category, area, provider, or a column of the source'),
      source: z.enum(formatNames).optional().describe('FORMAT  where several are loaded'),
      definition: z.string().optional().describe('ID  what counts; without it, every row'),
      against: z.string().optional().describe('ID  another definition: both are shown, and how they differ'),
      audience: z.enum(audiences).default('restricted').describe('restricted|partner|public  who is to see it'),
      distinct: z.enum(['crime-id']).optional().describe('crime-id  counts different ids instead of rows'),
      'compare-from': monthSchema.optional().describe('YYYY-MM  first month of the period to compare with'),
      'compare-to': monthSchema.optional().describe('YYYY-MM  last month of it'),
      comparator: z.string().optional().describe('CODE  the wider area to compare with'),
      reference: z.string().optional().describe('GROUP  with which the others are compared: White, Female'),
      seed: z
        .string()
        .regex(/^\d{1,9}$/, 'has to be a whole number')
        .optional()
        .describe('N  where chance is drawn; 1 without it'),
      list: z.boolean().default(false).describe('say which measures there are'),
    },
    async run({ options, say }) {
      if (options.list)
        return {
          text: figureMeasures.map(({ name, about }) => `${name.padEnd(16)} ${about}`).join('\n'),
          json: { measures: figureMeasures.map(({ name, version: v, about }) => ({ name, version: v, about })) },
        };
      const { measure, area, from, to } = options;
      if (measure === undefined || area === undefined || from === undefined || to === undefined)
        throw new WrongUse(
          'Say what, where and when: concord figure --measure count --area E06000009 --from 2021-07 --to 2022-06',
        );
      if (to < from) throw new WrongUse('--to: the last month is before the first.');
      const code = parseAreaCode(area);
      if (!code.done) throw new WrongUse(`--area: ${code.sentence}.`);
      return withReleases(options.data, async ({ records, releases, today }) => {
        const partnership = await partnershipOf(records, options.partnership, say);
        const actor = await actorOf({ records }, options.as);
        const entry = { ...system, actor, partnership: partnership.id };
        const asked: FigureAsked = {
          measure,
          area: code.value,
          period: { from, to },
          ...(options.by === undefined ? {} : { by: options.by.split(',').map((name) => name.trim()) }),
          ...(options.source === undefined ? {} : { source: options.source }),
          distinct: options.distinct !== undefined,
          options: {
            ...(options['compare-from'] === undefined ? {} : { compareFrom: options['compare-from'] }),
            ...(options['compare-to'] === undefined ? {} : { compareTo: options['compare-to'] }),
            ...(options.comparator === undefined ? {} : { comparator: options.comparator }),
            ...(options.reference === undefined ? {} : { reference: options.reference }),
          },
          ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
        };
        const wanted = [options.definition, ...(options.against === undefined ? [] : [options.against])];
        const { book, figures } = await records.read(entry, async ({ work }) => {
          const book = await openAreaBook(work<'evidence'>(), releases);
          const figures: Figure[] = [];
          for (const definition of wanted) {
            const outcome = await workOut(
              work<'evidence' | 'platform' | 'partnership'>(),
              { releases, today, book },
              { ...asked, ...(await definitionAsked(work<'evidence' | 'partnership'>(), definition, today)) },
            );
            if (!outcome.done) throw new CommandRefused(outcome.sentence);
            figures.push(outcome.value);
          }
          return { book, figures };
        });
        const views = await records.write(entry, async ({ work, audit }) => {
          const made: View[] = [];
          for (const figure of figures) {
            await keepFigure(work<'evidence'>(), figure, codeVersion);
            audit({ action: 'FIGURE_WORKED_OUT', subject: `figure/${figure.id}`, outcome: 'done' });
            const view = await viewOf(reading(work<'evidence'>()), figure, options.audience, lieIn(book), made);
            if ('sentence' in view) return view.sentence;
            await keepView(work<'evidence'>(), view, actor);
            made.push(view);
          }
          return made;
        });
        if (typeof views === 'string') throw new CommandRefused(views);
        const [view, other] = views;
        if (view === undefined) throw new Error('A figure was worked out and is not there.');
        if (other !== undefined) {
          const against = againstOf(documentOf(view, codeVersion), documentOf(other, codeVersion));
          return {
            text: [inWords(view), '', inWords(other), '', ...differencesInWords(against)].join('\n'),
            json: against,
          };
        }
        return { text: inWords(view), json: documentOf(view, codeVersion) };
      });
    },
  }),
];

/** What stands in a passport as the code: whoever has this version gets the same bytes. */
const codeVersion = `concord ${version}`;

/** @throws CommandRefused when there is no such definition */
async function definitionAsked(
  work: ReadWork<'evidence' | 'partnership'>,
  wanted: string | undefined,
  today: IsoDate,
): Promise<Pick<FigureAsked, 'definition'>> {
  if (wanted === undefined) return {};
  const found = await findDefinition(work, wanted, today);
  if (found === undefined) throw new CommandRefused(`There is no definition “${wanted}”. See: concord definition list`);
  return { definition: definitionUsed(found) };
}

const n = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 2 });

/** A figure at the terminal: the title, a line a cell, what a reader must know. */
function inWords({ figure, rows, notes, hiddenSentence, id }: View): string {
  const shown = rows.slice(0, 60);
  return [
    figure.title,
    ...shown.map(
      (row) =>
        `  ${[...figure.question.by, 'month']
          .flatMap((name, place, all) =>
            all.indexOf(name) === place && typeof row[name] === 'string' ? [row[name]] : [],
          )
          .join('  ')
          .padEnd(40)} ${cellInWords(row)}`,
    ),
    ...(rows.length > shown.length ? [`  … and ${n(rows.length - shown.length)} more: --json has them all`] : []),
    '',
    ...(hiddenSentence === null ? [] : [hiddenSentence]),
    ...notes,
    '',
    `figure ${figure.id}`,
    `view   ${id}`,
  ].join('\n');
}

/** "Robbery: 3 fewer", a line a cell. */
function differencesInWords({ cells }: AgainstDocument): readonly string[] {
  return [
    'What the second has more or fewer than the first',
    ...cells.slice(0, 60).map(({ first, second, difference, ...key }) => {
      const name = Object.values(key).map(String).join('  ').padEnd(40);
      const words =
        difference === null
          ? 'cannot be said'
          : difference === 0
            ? 'the same'
            : `${n(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'}`;
      return `  ${name} ${words}${first === null || second === null ? '' : ` (${n(first)}, ${n(second)})`}`;
    }),
  ];
}

function cellInWords(row: FigureRow): string {
  if (row.state === 'hidden') return 'hidden';
  if (row.state !== 'shown') return `${row.state}: ${row.reason ?? ''}`;
  const { estimate, lower, upper } = row;
  const interval = lower === null || upper === null ? '' : ` (${n(lower)} to ${n(upper)})`;
  return `${estimate === null ? '' : n(estimate)}${interval}${row.count === null || row.count === estimate ? '' : `, ${n(row.count)} counted`}`;
}
