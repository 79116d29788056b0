import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { formatPeriod, isoDateSchema, monthSchema, parseAreaCode, type IsoDate } from '../duty/index.ts';
import { composeAssessment, figuresOf, noRecords, readingAges, templates } from '../evidence/assessment.ts';
import { findFigures, scopeOf, sha256 } from '../evidence/assessment.store.ts';
import { openAreaBook } from '../evidence/area-book.store.ts';
import { definitionInForce, findDefinition } from '../evidence/definition.store.ts';
import { definitionUsed, keepFigure } from '../evidence/figure.store.ts';
import { keepView } from '../evidence/view.store.ts';
import { audiences } from '../evidence/view.ts';
import { version } from '../web/version.ts';
import { command, CommandRefused, WrongUse, type Command } from './command.ts';
import { actorOf, system } from './installation.commands.ts';
import { partnershipOf } from './partnership-of.ts';
import { withReleases } from './release.commands.ts';

export const assessCommands: readonly Command[] = [
  command({
    name: 'assess',
    summary: 'The needs assessment of an area from what is loaded: a page, a PDF, a Word file, tables and figures',
    options: {
      area: z.string().describe('CODE  such as E06000009'),
      from: monthSchema.describe('YYYY-MM  first month'),
      to: monthSchema.describe('YYYY-MM  last month'),
      template: z.enum(templates).default('needs').describe('needs|annual  serious violence, or all crime and disorder'),
      audience: z.enum(audiences).default('restricted').describe('restricted|partner|public  who is to see it'),
      out: z.string().describe('DIR  where the files go'),
    },
    async run({ options, say }) {
      return withReleases(options.data, async ({ records, releases, today }) => {
        const partnership = await partnershipOf(records, options.partnership, say);
        const entry = { ...system, actor: 'system', partnership: partnership.id };
        const period = { from: options.from, to: options.to };
        const made = await records.read(entry, async ({ work }) => {
          const book = await openAreaBook(work<'evidence'>(), releases);
          const context = { releases, book, today };
          const scope = await scopeOf(work(), context, { area: options.area, period, definition: undefined });
          if (!scope.done) throw new CommandRefused(scope.sentence);
          const found = await findFigures(work(), context, {
            scope: scope.value,
            wanted: figuresOf(options.template, scope.value),
            definition: undefined,
            audience: options.audience,
            code: `concord ${version}`,
            progress: (at, of, title) => say(`${at} ${of} ${title}`),
          });
          return composeAssessment({
            template: options.template,
            audience: options.audience,
            asOf: today,
            publisher: partnership.slug,
            scope: scope.value,
            definition: undefined,
            records: noRecords,
            finds: found.finds,
          });
        });
        mkdirSync(options.out, { recursive: true });
        writeFileSync(join(options.out, 'model.json'), JSON.stringify(made, null, 1));
        return { text: JSON.stringify(readingAges(made)), json: readingAges(made) };
      });
    },
  }),
];
