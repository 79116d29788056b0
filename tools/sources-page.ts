import { formats } from '../src/evidence/formats/index.ts';
import { offenceCodes, offenceCodesSource, offenceGroupTitles } from '../src/evidence/formats/offence-codes.ts';
import {
  aspectLabels,
  betweenColumns,
  disclosureWords,
  everyWords,
  expressionWords,
  levelWords,
  ruleWords,
  whyNotSaid,
} from '../src/evidence/source-words.ts';
import { aspects, type SourceFormat } from '../src/evidence/source.ts';
import { prescribedItems } from '../src/evidence/statutory-list.ts';

type Table = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** What stands in docs/reference/sources.md below its title. */
export const sourcesSections = (table: Table): readonly string[] => [
  table(
    ['Source', 'Title', 'Rows', 'How often', 'Usual delay'],
    formats.map(({ name, title, level, everyMonths, usualLagDays }) => [
      `[\`${name}\`](#${name})`,
      title,
      levelWords[level],
      everyWords[everyMonths],
      `${usualLagDays} days`,
    ]),
  ),
  '## What authorities must share every quarter',
  'The Crime and Disorder (Prescribed Information) Regulations 2007 (SI 2007/1831), and the source as which each item is loaded.',
  table(
    ['Item', 'What', 'Source', 'How'],
    prescribedItems.map(({ item, what, format, how }) => [String(item), what, `[\`${format}\`](#${format})`, how]),
  ),
  ...formats.flatMap((format) => formatSection(format, table)),
  '## Offence codes',
  `${offenceCodesSource.title}, as of ${offenceCodesSource.asOf}. ${offenceCodesSource.label}`,
  table(
    ['Code', 'Offence', 'Group'],
    offenceCodes.map(({ code, title, group }) => [code, title, offenceGroupTitles[group]]),
  ),
];

function formatSection(format: SourceFormat, table: Table): readonly string[] {
  const rules = betweenColumns(format);
  const why = whyNotSaid(format);
  return [
    `## ${format.name}`,
    `**${format.title}.** ${format.about}`,
    `Areas: ${format.areas}. Small numbers: ${disclosureWords[format.disclosure]}. Version ${format.version}.`,
    bullets(format.cautions),
    table(
      ['Column', 'Also called', 'In a release', 'Meaning', 'What it takes'],
      format.rules.columns.map((column) => [
        column.header,
        (column.aliases ?? []).join(', '),
        `\`${column.name}\``,
        column.meaning,
        ruleWords(column).join(', '),
      ]),
    ),
    ...(rules.length === 0 ? [] : [bullets(rules)]),
    table(
      ['Of what', 'Can it say so?'],
      aspects.map((aspect) => [aspectLabels[aspect], expressionWords(format.expresses[aspect])]),
    ),
    ...(why === undefined ? [] : [`Where it says no: ${why}.`]),
    `A figure may be broken down by month, category, area, provider${format.breakdowns.map((name) => `, \`${name}\``).join('')}.`,
  ];
}
