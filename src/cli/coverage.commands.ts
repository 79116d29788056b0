import { z } from 'zod';
import { formatPeriod, monthSchema, type Period } from '../duty/index.ts';
import { documentOf } from '../evidence/coverage-document.ts';
import { calendarOf } from '../evidence/coverage.store.ts';
import { gapSentences, smallAreaUse, type CoverageCalendar } from '../evidence/coverage.ts';
import { formatNames } from '../evidence/source.ts';
import { command, WrongUse, type Command } from './command.ts';
import { system } from './installation.commands.ts';
import { partnershipOf } from './partnership-of.ts';
import { withReleases } from './release.commands.ts';

export const coverageCommands: readonly Command[] = [
  command({
    name: 'coverage',
    summary: 'Which months of a source are there, and which are partial, late, missing or not expected',
    options: {
      source: z
        .enum(formatNames, { error: `has to be one of ${formatNames.join(', ')}` })
        .describe('FORMAT  what kind of file it is'),
      from: monthSchema.optional().describe('YYYY-MM  the first month (default: the first that is known)'),
      to: monthSchema.optional().describe('YYYY-MM  the last month'),
    },
    async run({ options, say }) {
      const period = periodAsked(options.from, options.to);
      return withReleases(options.data, async ({ records, today }) => {
        const partnership = await partnershipOf(records, options.partnership, say);
        const calendar = await records.read({ ...system, partnership: partnership.id }, ({ work }) =>
          calendarOf(work<'evidence' | 'platform'>(), options.source, { today, period }),
        );
        return { text: inWords(calendar), json: documentOf(calendar) };
      });
    },
  }),
];

function periodAsked(from: string | undefined, to: string | undefined): Period | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) throw new WrongUse('Say both: --from YYYY-MM --to YYYY-MM');
  if (to < from) throw new WrongUse('The last month cannot be before the first: change --from or --to.');
  return { from, to };
}

const count = (value: number): string => value.toLocaleString('en-GB');

function inWords({ source, months, ...rest }: CoverageCalendar): string {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined)
    return `Nothing of ${source} is loaded, and nothing is expected. Load a file: concord import <file…> --source ${source}`;
  const period = { from: first.month, to: last.month };
  const places = smallAreaUse({ source, months, ...rest }, period);
  const gaps = gapSentences(months);
  const width = Math.max(...months.map(({ rows }) => count(rows).length));
  return [
    `${source}, ${formatPeriod(period)}`,
    ...(gaps.length === 0 ? ['Every month is complete.'] : gaps),
    ...(places.reason === null ? [] : [places.reason]),
    '',
    ...months.map(
      ({ month, state, rows, reason }) =>
        `${month}  ${state.padEnd(12)}  ${(rows === 0 ? '–' : count(rows)).padStart(width)} rows${reason === null ? '' : `  ${reason}`}`,
    ),
  ].join('\n');
}
