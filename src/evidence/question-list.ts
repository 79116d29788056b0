import { formatMonth, formatPeriod, monthCount, samePeriodLastYear, shiftMonth, type Period } from '../duty/index.ts';
import { benjaminiHochberg, funnelPlot, isRefusal } from '../measures/index.ts';
import type { Block, Inline } from '../documents/model.ts';
import type { PictureModel, Reading } from '../pictures/index.ts';
import type { Claim, Verdict } from './claim.ts';
import type { FigureRow } from './figure.ts';
import {
  asSentence,
  capital,
  listOf,
  paragraph,
  type FigureWanted,
  type Missing,
  type Question,
  type QuestionScope,
  type SourceThere,
  type Telling,
} from './question.ts';
import { groupKindOf } from './people-group.ts';
import { headingOf, valueWords } from './view-words.ts';

const n = (value: number | null | undefined, decimals = 0): string => valueWords(value ?? null, decimals);
/** Of a percentage or a rate, without a sign: the words around it say which way. */
const size = (value: number | null | undefined): string => n(Math.abs(Number((value ?? 0).toFixed(1))), 1);

const numberWords = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
export const inWords = (value: number): string => numberWords[value] ?? n(value);
/** The same where no noun follows. */
const orNone = (value: number): string => (value === 0 ? 'none' : inWords(value));

/** Against blame, beside whatever says who is affected. */
export const againstBlame =
  'These figures are about what happened to people. They say nothing about what any group of people is like, and nobody should be blamed for belonging to one.';

/** "in the year to June 2022", "from July 2020 to May 2022" */
export function inPeriod(period: Period): string {
  const words = formatPeriod(period);
  return words.startsWith('year to') ? `in the ${words}` : period.from === period.to ? `in ${words}` : `from ${words}`;
}

const subject = ({ narrowing }: QuestionScope): string => `recorded ${narrowing.words}`;

/** How a change is said, with its range, and "cannot tell" where chance could make it. @param months of what, after the numbers */
export function changeWords(
  tell: Telling,
  {
    key,
    row,
    what,
    months,
  }: { readonly key: string; readonly row: FigureRow; readonly what: string; readonly months: string },
): readonly Inline[] {
  const { estimate, lower, upper } = row;
  const counts = tell.said(key, `${n(row['before'] as number)}, then ${n(row['after'] as number)}`);
  const verdict = row['verdict'];
  if (verdict === 'higher' || verdict === 'lower') {
    const [least, most] = verdict === 'higher' ? [lower, upper] : [upper, lower];
    return [
      `${capital(what)} ${verdict === 'higher' ? 'rose' : 'fell'} by `,
      tell.said(key, `${size(estimate)}% (range ${size(least)}% to ${size(most)}%)`),
      '. There were ',
      counts,
      `${months}.`,
    ];
  }
  return [
    `We cannot tell whether ${what} changed. There were `,
    counts,
    `${months}. Chance alone could make that difference.`,
  ];
}

/** Which months a change compares, in words that follow its numbers. */
export function comparedMonths(tell: Telling, key: string): string {
  const shown = tell.shown(key);
  if (shown === undefined) return '';
  const [, there] = /so (\d+) of \d+ months are compared/.exec(shown.document.notes.join(' ')) ?? [];
  if (there === undefined) return ' a year later';
  return ` in the same ${inWords(Number(there))} months a year later`;
}

/** That a lockdown lies in what is compared: a rise after it may be no more than its end. */
export const lockdownWords = (tell: Telling, key: string): readonly Inline[] =>
  tell.note(key, 'lockdown') === undefined ? [] : [' Part of the rise may be the end of lockdown.'];

const headline = (scope: QuestionScope): readonly FigureWanted[] => {
  const { latest, period, source } = scope;
  const narrowed = { period: latest, isNarrowed: true } as const;
  return [
    { key: 'count', measure: 'count', ...narrowed },
    ...(source?.distinct === undefined ? [] : [{ key: 'ids', measure: 'count', distinct: true, ...narrowed }]),
    { key: 'change', measure: 'change', ...narrowed },
    { key: 'before', measure: 'count', period: samePeriodLastYear(latest), isNarrowed: true },
    { key: 'rate', measure: 'rate', ...narrowed },
    ...(source?.expresses['age-of-victim'].can === 'fully'
      ? [{ key: 'standardised', measure: 'standardised-rate', ...narrowed }]
      : []),
    { key: 'trend', measure: 'trend', period, isNarrowed: true },
    { key: 'chart', measure: 'control-chart', period, isNarrowed: true },
  ];
};

/** After the number of the year: whether it changed, in as few words as it takes. */
function shortChange(tell: Telling, row: FigureRow): readonly Inline[] {
  const { estimate, lower, upper } = row;
  const verdict = row['verdict'];
  const counts = tell.said('change', `${n(row['before'] as number)}, then ${n(row['after'] as number)}`);
  const months = comparedMonths(tell, 'change');
  if (verdict !== 'higher' && verdict !== 'lower')
    return ['We cannot tell whether there were more or fewer than before: ', counts, `${months}.`];
  const [least, most] = verdict === 'higher' ? [lower, upper] : [upper, lower];
  return [
    `They ${verdict === 'higher' ? 'rose' : 'fell'} by `,
    tell.said('change', `${size(estimate)}% (range ${size(least)}% to ${size(most)}%)`),
    ': ',
    counts,
    `${months}.`,
    ...(verdict === 'higher' ? lockdownWords(tell, 'change') : []),
  ];
}

/** How much, and whether it changed: what the first page leads with. */
export function headlineSentence(scope: QuestionScope, tell: Telling): readonly Inline[] {
  const count = tell.number('count');
  const change = tell.number('change');
  const when = inPeriod(scope.latest);
  const words: Inline[] = [];
  if (count !== undefined)
    words.push(
      `${capital(when)}, `,
      tell.said('count', `${n(count.count)} ${scope.source?.counts.many ?? 'events'}`),
      `${scope.narrowing.by === 'nothing' ? '' : ` of ${scope.narrowing.words}`} were recorded in ${scope.area.name}. `,
    );
  else words.push(`How many there were ${when} cannot be said. `, tell.whyInline('count'), ' ');
  if (change !== undefined) words.push(...shortChange(tell, change));
  else words.push('Whether that is a change cannot be said. ', tell.whyInline('change'));
  return words;
}

const howMuch: Question = {
  id: 'how-much',
  heading: 'How much is there, and is it changing?',
  about: 'How much was recorded, for how many people, and whether it rose or fell by more than chance',
  asks: headline,
  answer(scope, tell) {
    const blocks: Block[] = [];
    const [count, ids, rate, trend] = [
      tell.number('count'),
      tell.number('ids'),
      tell.number('rate'),
      tell.number('trend'),
    ];
    if (count !== undefined && ids !== undefined && ids.count !== count.count)
      blocks.push(
        paragraph(
          'This counts rows of the file: ',
          tell.said('count', n(count.count)),
          '. They have ',
          tell.said('ids', `${n(ids.count)} different Crime IDs`),
          ', because one crime may stand in several rows. Nobody can say which of the two is the truer number.',
        ),
      );
    if (rate !== undefined)
      blocks.push(
        paragraph(
          'That is ',
          tell.said(
            'rate',
            `${size(rate.estimate)} for every 100,000 people who live there (range ${size(rate.lower)} to ${size(rate.upper)})`,
          ),
          `. The rate counts the `,
          tell.said('rate', `${n(rate.denominator)} people`),
          ' who live in the area. Where many people visit, it looks higher than the risk of those who live there.',
        ),
      );
    const standardised = tell.number('standardised');
    if (standardised !== undefined)
      blocks.push(
        paragraph(
          'Set right for how old the people are, it is ',
          tell.said(
            'standardised',
            `${size(standardised.estimate)} for every 100,000 (range ${size(standardised.lower)} to ${size(standardised.upper)})`,
          ),
          '. That is the rate to hold beside places with more young or more old people.',
        ),
      );
    else if (tell.shown('standardised') !== undefined)
      blocks.push(paragraph('The rate set right for age: ', tell.whyInline('standardised')));
    const part = tell.note('change', 'months are compared with');
    if (part !== undefined)
      blocks.push(paragraph(part, ' A year with missing months is never set against a whole year.'));
    const before = tell.number('before');
    if (before === undefined && tell.shown('before') !== undefined)
      blocks.push(paragraph('The year before: ', tell.whyInline('before')));
    blocks.push(...lockdownParagraph(tell, 'change'));
    for (const note of scope.recordingNotes ?? [])
      blocks.push(paragraph({ kind: 'strong', words: 'Known of how it was recorded: ' }, asSentence(note)));
    if (trend !== undefined)
      blocks.push(
        paragraph(
          `Over the whole period, ${formatPeriod(scope.period)}: `,
          tell.said('trend', trendWords(trend)),
          '. A trend is not a cause, and a lockdown or a new way of recording can make one.',
        ),
      );
    else if (tell.shown('trend') !== undefined)
      blocks.push(paragraph('The trend over the whole period: ', tell.whyInline('trend')));
    const chart = tell.picture('chart', { id: 'months', title: `Which months were not usual for ${subject(scope)}?` });
    if (chart !== undefined) blocks.push(chart);
    const unusual = tell.rows('chart').filter(({ signal }) => typeof signal === 'string' && signal !== 'none');
    if (unusual.length > 0)
      blocks.push(
        paragraph(
          'Not usual by the rules of the chart: ',
          tell.said('chart', listOf(unusual.map(({ month }) => formatMonth(month ?? '')))),
          '. The chart shows that something was different then, not what.',
        ),
      );
    return {
      sentence: headlineSentence(scope, tell),
      key: tell.number('change') !== undefined ? 'change' : 'count',
      blocks,
      missing: [],
    };
  },
};

/** "up 12.3% a year (range 6.5% to 18.4%)", or that no change can be told. */
function trendWords({ estimate, lower, upper }: FigureRow): string {
  if ((lower ?? 0) > 0) return `up ${size(estimate)}% a year (range ${size(lower)}% to ${size(upper)}%)`;
  if ((upper ?? 0) < 0) return `down ${size(estimate)}% a year (range ${size(upper)}% to ${size(lower)}%)`;
  return 'no evidence of change, which does not mean that nothing changed';
}

/** Types whose change is more than chance, when so many were tried at once (Benjamini and Hochberg). */
export function clearChanges(rows: readonly FigureRow[]): {
  readonly higher: readonly FigureRow[];
  readonly lower: readonly FigureRow[];
  readonly tried: number;
} {
  const tried = rows.filter((row) => row.state === 'shown' && typeof row['pValue'] === 'number');
  const adjusted = benjaminiHochberg(tried.map((row) => row['pValue'] as number));
  const clear = isRefusal(adjusted) ? [] : tried.filter((_, at) => (adjusted[at] ?? 1) < 0.05);
  return {
    higher: clear.filter(({ estimate }) => (estimate ?? 0) > 0),
    lower: clear.filter(({ estimate }) => (estimate ?? 0) < 0),
    tried: tried.length,
  };
}

/** "11.1% (range 7.9% to 14.4%)" */
export function rangeWords({ estimate, lower, upper }: FigureRow): string {
  const [least, most] = (estimate ?? 0) < 0 ? [upper, lower] : [lower, upper];
  return `${size(estimate)}% (range ${size(least)}% to ${size(most)}%)`;
}

function lockdownParagraph(tell: Telling, key: string): readonly Block[] {
  const note = tell.note(key, 'lockdown');
  return note === undefined ? [] : [paragraph(note)];
}

/** A kind within a sentence: an offence by its title; a code without one stays as it is written. */
function kindName(tell: Telling, key: string, category: string | undefined): string {
  const code = category ?? '';
  const name = tell.shown(key)?.names[code];
  if (name !== undefined) return inText(name.replace(` (${code})`, ''));
  return /^\d/.test(code) ? `offence code ${code}` : code.toLowerCase();
}

const inText = (words: string): string => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;

const what: Question = {
  id: 'what',
  heading: 'What kinds are there, and how much harm do they do?',
  about: 'Each kind with its number and its change, and the harm beside the volume where the source knows the offence',
  asks: ({ latest, hasMeasure }) => [
    { key: 'kinds', measure: 'count', period: latest, by: ['category'], isNarrowed: false },
    { key: 'kinds-change', measure: 'change', period: latest, by: ['category'], isNarrowed: false },
    ...(hasMeasure('harm')
      ? [
          { key: 'harm', measure: 'harm', period: latest, by: ['category'], isNarrowed: false },
          { key: 'harm-all', measure: 'harm', period: latest, isNarrowed: true },
        ]
      : []),
  ],
  answer(scope, tell) {
    const { higher, lower, tried } = clearChanges(tell.rows('kinds-change'));
    const kinds = tell.rows('kinds').filter(({ state, count }) => state === 'shown' && (count ?? 0) > 0);
    const largest = kinds.toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))[0];
    const sentence: Inline[] = [];
    if (largest !== undefined)
      sentence.push(
        'The kind with the most is ',
        tell.said('kinds', `${kindName(tell, 'kinds', largest.category)}, with ${n(largest.count)}`),
        '. ',
      );
    if (tried > 0)
      sentence.push(
        tell.said(
          'kinds-change',
          higher.length + lower.length === 0
            ? `Of ${inWords(tried)} kinds, we cannot say of any that it rose or fell by more than chance.`
            : `Of ${inWords(tried)} kinds, ${orNone(higher.length)} rose and ${orNone(lower.length)} fell by more than chance.`,
        ),
      );
    else sentence.push('Whether any kind changed cannot be said. ', tell.whyInline('kinds-change'));
    const blocks: Block[] = [];
    for (const [rows, words] of [
      [higher, 'Rose by more than chance:'],
      [lower, 'Fell by more than chance:'],
    ] as const)
      if (rows.length > 0)
        blocks.push(paragraph(words), {
          kind: 'list',
          ordered: false,
          items: rows.map((row) => [
            `${capital(kindName(tell, 'kinds-change', row.category))}: `,
            tell.said('kinds-change', `${row['verdict'] === 'higher' ? 'up' : 'down'} ${rangeWords(row)}`),
          ]),
        });
    blocks.push(...lockdownParagraph(tell, 'kinds-change'));
    if (tried > 1)
      blocks.push(
        paragraph(
          'So many kinds were looked at together that one of them could stand out by chance alone. The words “rose” and “fell” allow for that.',
        ),
      );
    const picture = tell.picture('kinds', { id: 'kinds', title: 'How much of each kind was recorded?' });
    if (picture !== undefined) blocks.push(picture);
    if (tell.shown('kinds-change') !== undefined)
      blocks.push(
        tell.table('kinds-change', { id: 'kinds-change', caption: 'How much each kind changed since the year before' }),
      );
    const harm = tell.picture('harm', { id: 'harm', title: 'Which kinds do the most harm?' });
    const canHarm = scope.source?.expresses.harm.can === 'fully' || scope.source?.expresses.offence.can === 'fully';
    const all = tell.number('harm-all');
    if (all !== undefined)
      blocks.push(
        paragraph(
          `By how grave each offence is, ${subject(scope)} of the year weighs `,
          tell.said('harm-all', `${n(all.estimate)} (range ${n(all.lower)} to ${n(all.upper)})`),
          ' in days of sentence. That is a way to weigh harm, not what any court gave.',
        ),
      );
    if (harm !== undefined) blocks.push(harm);
    else
      blocks.push(
        paragraph(
          'Volume is not harm: one killing does more harm than many thefts. ',
          canHarm && tell.shown('harm') === undefined && all !== undefined
            ? 'Harm by kind is not shown here: of a small number it tells which they were. '
            : canHarm
              ? 'Harm by kind is not shown here. '
              : 'This source does not say which offence it was, so its harm cannot be weighed. ',
          'Read the numbers above with that in mind.',
        ),
      );
    return {
      sentence,
      key: 'kinds-change',
      blocks,
      missing:
        harm === undefined && all === undefined
          ? [
              {
                what: 'harm beside volume, which needs the offence of each record',
                whom: 'the analyst of the police force, for an extract with offence codes',
              },
            ]
          : [],
    };
  },
};

/** The last three months: long enough to count, short enough to see what has just begun. */
const lastMonths = ({ from, to }: Period): Period => {
  const begins = shiftMonth(to, -2);
  return { from: begins < from ? from : begins, to };
};

/** Small areas that stand out now, and those of them that did not a year before. */
function placesInWords(scope: QuestionScope, tell: Telling): readonly Block[] {
  const [now, names] = [tell.shown('hot-now'), tell.shown('hot-now')?.names ?? {}];
  if (now === undefined) return [];
  const things = scope.source?.counts.many ?? 'events';
  const when = formatPeriod(lastMonths(scope.latest));
  const hot = tell.rows('hot-now').filter(({ state, verdict }) => state === 'shown' && verdict === 'hot spot');
  if (hot.length === 0) return [];
  const before = new Map(tell.rows('hot-before').map((row) => [row.area, row]));
  const isNew = ({ area }: FigureRow) =>
    before.get(area)?.state === 'shown' && before.get(area)?.['verdict'] !== 'hot spot';
  const fresh = hot.filter(isNew);
  const blocks: Block[] = [
    paragraph(
      `Of all ${things} from ${when}, `,
      tell.said('hot-now', `${inWords(hot.length)} small ${hot.length === 1 ? 'area has' : 'areas have'}`),
      ' more, together with what touches them, than chance would put there.',
    ),
  ];
  if (fresh.length > 0)
    blocks.push(
      paragraph(
        'New since the same months of the year before, so places to look at first: ',
        tell.said('hot-before', listOf(fresh.map(({ area }) => names[area ?? ''] ?? area ?? '').sort())),
        '. What is new may fade by itself.',
      ),
    );
  return blocks;
}

/** Where each record weighs most: a place with few and grave ones is easily passed over. */
function harmInWords(scope: QuestionScope, tell: Telling): readonly Block[] {
  const shown = tell.shown('harm-areas');
  const rows = tell
    .rows('harm-areas')
    .filter(({ state, estimate }) => state === 'shown' && estimate !== null)
    .toSorted((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0));
  if (shown === undefined && scope.source?.expresses.day.can === 'fully')
    return [paragraph('Which small areas have the most harm is not shown: ', tell.whyInline('harm-areas'))];
  if (shown === undefined || rows.length < 10) return [];
  const names = rows.slice(0, 2).map(({ area }) => shown.names[area ?? ''] ?? area ?? '');
  return [
    paragraph(
      `Weighed by harm and not by number, these small areas have the most for each of their ${scope.source?.counts.many ?? 'events'}: `,
      tell.said('harm-areas', listOf(names.sort())),
      '. Ask whether help reaches them.',
    ),
  ];
}

const where: Question = {
  id: 'where',
  heading: 'Where does it happen?',
  about: 'Which wards, and how much of it falls on how few small areas. Never a street or an address',
  asks: ({ latest, source }) => [
    { key: 'wards', measure: 'rate', period: latest, by: ['area'], isNarrowed: true, options: { level: 'ward' } },
    { key: 'concentration', measure: 'concentration', period: latest, isNarrowed: true },
    ...(source?.expresses.day.can === 'fully'
      ? ([
          { key: 'hot-now', measure: 'hot-spots', period: lastMonths(latest), isNarrowed: false },
          {
            key: 'hot-before',
            measure: 'hot-spots',
            period: samePeriodLastYear(lastMonths(latest)),
            isNarrowed: false,
          },
          { key: 'harm-areas', measure: 'harm', period: latest, by: ['area'], isNarrowed: false },
        ] as const)
      : []),
  ],
  answer(scope, tell) {
    const concentration = tell.number('concentration');
    const blocks: Block[] = [];
    const sentence: Inline[] =
      concentration === undefined
        ? ['How unevenly it falls over the area cannot be said. ', tell.whyInline('concentration')]
        : [
            `Half of these ${scope.source?.counts.many ?? 'events'} were recorded in `,
            tell.said(
              'concentration',
              `${n(concentration['areasWithHalf'] as number)} of ${n(concentration.denominator)} small areas`,
            ),
            '. Each small area is home to about as many people as the next. In busy places more happens, without more risk for those who live there.',
          ];
    const map = wardMap(scope, tell);
    if (map !== undefined) blocks.push(map);
    blocks.push(...placesInWords(scope, tell), ...harmInWords(scope, tell));
    const unlocated = tell.note('wards', 'have no place') ?? tell.note('wards', 'no place');
    if (unlocated !== undefined) blocks.push(paragraph(unlocated));
    blocks.push(
      paragraph(
        'Wards stand in the order of their names. A place is not to blame for what happens in it: shops, stations, hospitals and streets with pubs draw people in from all around.',
      ),
    );
    if (scope.source?.name === 'police-uk-street')
      blocks.push(
        paragraph(
          'The source moves each crime to a map point nearby before it is published. So nothing here is about a street, and hot spots inside a ward are not shown.',
        ),
      );
    const missing =
      scope.outlines.length === 0
        ? [
            {
              what: 'a map, which needs the boundaries of the wards',
              whom: 'whoever runs Concord here: concord reference add boundaries <file>',
            },
          ]
        : [];
    return { sentence, key: 'concentration', blocks, missing };
  },
};

/** Rates of wards on the map: a ward without a number says why. */
export function wardMap(scope: QuestionScope, tell: Telling, id = 'wards') {
  const shown = tell.shown('wards');
  if (shown === undefined) return undefined;
  const rowOf = new Map(tell.rows('wards').map((row) => [row.area ?? '', row]));
  const unlocated = /^([\d,]+) /.exec(shown.document.notes.find((note) => note.includes('no place')) ?? '')?.[1];
  const title = 'Where is it recorded, for the number of people who live there?';
  if (scope.outlines.length === 0) return tell.table('wards', { id, caption: title });
  const model: PictureModel = {
    kind: 'choropleth',
    title,
    unit: `${scope.source?.counts.many ?? 'events'} for every 100,000 people in the year`,
    source: shown.source.title,
    notShown: [],
    across: 'Ward',
    decimals: 0,
    areas: scope.outlines.map((each) => ({ ...each, ...readingOf(rowOf.get(each.code)) })),
    notMapped:
      unlocated === undefined
        ? 'None is without a place'
        : `${unlocated} of the same source have no place and are on no map`,
  };
  const values = model.areas.flatMap((each) => ('value' in each ? [each.value] : []));
  const without = model.areas.length - values.length;
  // Names stand in the table, in their own order: which ward is first is nothing to print large.
  const sentence = [
    values.length === 0
      ? 'No ward has a number that can be shown.'
      : `Wards run from ${n(Math.min(...values))} to ${n(Math.max(...values))} for every 100,000 people who live there.`,
    ...(without === 0 ? [] : [`${capital(inWords(without))} of ${inWords(model.areas.length)} wards have no number.`]),
    asSentence(model.notMapped),
    'Where many people come to work or go out, the rate is high for few who live there.',
  ].join(' ');
  return tell.picture('wards', { id, title, model, sentence, isInShort: id !== 'wards' });
}

function readingOf(row: FigureRow | undefined): Reading {
  if (row === undefined || row.state === 'absent') return { absent: 'no-record' };
  if (row.state === 'hidden') return { absent: 'hidden' };
  if (row.state === 'refused' || row.estimate === null) return { absent: 'not-applicable' };
  return {
    value: row.estimate,
    ...(row.lower === null ? {} : { low: row.lower }),
    ...(row.upper === null ? {} : { high: row.upper }),
  };
}

/** The last whole years that the source has, five at most; undefined where it has fewer than three. */
function seasonsOf({ source, sources: there, latest }: QuestionScope): Period | undefined {
  const from = there.find(({ format }) => format.name === source?.name)?.from;
  if (from === undefined || from > latest.to) return undefined;
  const years = Math.min(5, Math.floor(monthCount({ from, to: latest.to }) / 12));
  return years < 3 ? undefined : { from: shiftMonth(latest.to, 1 - 12 * years), to: latest.to };
}

/** Whether summer had more than winter in every one of the years, or less. */
function seasonInWords(scope: QuestionScope, tell: Telling): readonly Inline[] | undefined {
  const rows = tell.rows('seasons').filter(({ state, count }) => state === 'shown' && count !== null);
  const period = seasonsOf(scope);
  if (period === undefined || rows.length !== monthCount(period)) return undefined;
  const ordered = rows.toSorted((a, b) => ((a.month ?? '') < (b.month ?? '') ? -1 : 1));
  const sum = (of: readonly FigureRow[], months: RegExp) =>
    of.filter(({ month }) => months.test(month ?? '')).reduce((all, { count }) => all + (count ?? 0), 0);
  const years = Array.from({ length: ordered.length / 12 }, (_, at) => ordered.slice(at * 12, at * 12 + 12));
  const [summer, winter] = [/-0[678]$/, /-(?:12|01|02)$/];
  const more = years.filter((year) => sum(year, summer) > sum(year, winter)).length;
  const less = years.filter((year) => sum(year, summer) < sum(year, winter)).length;
  if (more !== years.length && less !== years.length)
    return [`No season comes back in each of the last ${inWords(years.length)} years.`];
  return [
    `June to August had ${more > 0 ? 'more' : 'fewer'} than December to February in each of the last ${inWords(years.length)} years: `,
    tell.said('seasons', `${n(sum(ordered, summer))} against ${n(sum(ordered, winter))} in all`),
    '.',
  ];
}

const timeBreakdowns = ['weekday', 'time_of_day'];

const when: Question = {
  id: 'when',
  heading: 'When does it happen?',
  about: 'Hours, days and seasons, as far as the source knows them',
  asks: (scope) => {
    const { latest, period, source } = scope;
    const seasons = seasonsOf(scope);
    return [
      { key: 'months', measure: 'count', period, by: ['month'], isNarrowed: true },
      ...(seasons === undefined
        ? []
        : [{ key: 'seasons', measure: 'count', period: seasons, by: ['month'], isNarrowed: true }]),
      ...(source?.breakdowns.includes('night_time_economy')
        ? [{ key: 'night-time', measure: 'count', period: latest, by: ['night_time_economy'], isNarrowed: true }]
        : []),
      ...(timeBreakdowns.every((name) => source?.breakdowns.includes(name))
        ? [{ key: 'hours', measure: 'count', period: latest, by: timeBreakdowns, isNarrowed: true }]
        : []),
    ];
  },
  answer(scope, tell) {
    const months = tell.rows('months').filter(({ state }) => state === 'shown');
    const most = months.toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))[0];
    const hours = tell.picture('hours', { id: 'hours', title: 'On which days and at which hours?' });
    const cannot =
      scope.source === undefined || scope.source.expresses['time-of-day'].can === 'fully'
        ? 'The hours of the day are not broken down here.'
        : 'The source says in which month something was recorded, and nothing finer. So days of the week, hours and school days cannot be shown.';
    const sentence: Inline[] = [
      ...(most?.month === undefined
        ? []
        : [
            'The month with the most was ',
            tell.said('months', `${formatMonth(most.month)}, with ${n(most.count)}`),
            '. ',
          ]),
      ...(hours === undefined ? [cannot] : []),
    ];
    const blocks: Block[] = [];
    if (hours !== undefined) blocks.push(hours);
    const picture = tell.picture('months', { id: 'by-month', title: 'How many were recorded each month?' });
    if (picture !== undefined) blocks.push(picture);
    const gap = tell.note('months', 'A missing month is not a nought');
    if (gap !== undefined) blocks.push(paragraph(gap));
    const whole = scope.period;
    const marked = tell.rows('night-time').find((row) => row.state === 'shown' && row['night_time_economy'] === 'true');
    if (marked !== undefined)
      sentence.push(
        ' The police marked ',
        tell.said('night-time', `${n(marked.count)} ${scope.source?.counts.many ?? 'events'}`),
        ` of the year as part of the night-time economy: pubs, clubs and the way home from them.`,
      );
    const season = seasonInWords(scope, tell);
    if (season !== undefined) sentence.push(' ', ...season);
    else
      blocks.push(
        paragraph(
          monthCount(whole) < 36
            ? 'A season can be told from chance when at least three years are there. The period is shorter, so nothing is said of summer or winter.'
            : 'Look at the same months of each year: what comes back every year is a season.',
        ),
      );
    return {
      sentence,
      key: most === undefined ? undefined : 'months',
      blocks,
      missing:
        hours === undefined
          ? [
              {
                what: `days of the week${marked === undefined ? ', hours and the night-time economy' : ' and hours'}`,
                whom: 'the analyst of the police force, for an extract with the time of each offence; the emergency department and the ambulance service',
              },
            ]
          : [],
    };
  },
};

const personColumns = [
  'victim_sex',
  'victim_ethnicity',
  'sex',
  'ethnicity',
  'gender',
  'self_defined_ethnicity',
  'age_range',
];

const personKeys = ({ source }: QuestionScope): readonly string[] =>
  personColumns.filter((name) => source?.breakdowns.includes(name));

const who: Question = {
  id: 'who',
  heading: 'Who is harmed?',
  about: 'Age, sex, ethnic group and deprivation of those who were harmed, with those unknown shown',
  asks: (scope) =>
    // The larger groups first: below the restricted rendering single ones of the same people could then tell a small number.
    personKeys(scope).flatMap((name) => [
      ...(groupKindOf(name) === undefined
        ? []
        : [{ key: `times-${name}`, measure: 'relative-rate', period: scope.latest, by: [name], isNarrowed: true }]),
      { key: `who-${name}`, measure: 'count', period: scope.latest, by: [name], isNarrowed: true },
    ]),
  answer(scope, tell) {
    const counted = (name: string) =>
      [`who-${name}`, `times-${name}`].find((key) =>
        tell.rows(key).some(({ state, count }) => state === 'shown' && count !== null),
      );
    const keys = personKeys(scope).flatMap((name) => {
      const key = counted(name) ?? (tell.shown(`who-${name}`) === undefined ? undefined : `who-${name}`);
      return key === undefined ? [] : [{ name, key }];
    });
    const blocks: Block[] = [paragraph(againstBlame)];
    const sentence: Inline[] = [];
    for (const { name, key } of keys) {
      const rows = tell.rows(key).filter(({ state }) => state === 'shown');
      const unknown = rows.find(
        (row) => row[name] === null || row[name] === undefined || /unknown|not (stated|known)/i.test(String(row[name])),
      );
      const most = rows
        .filter((row) => row !== unknown && (row.count ?? 0) > 0 && typeof row[name] === 'string')
        .toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))
        .slice(0, 2)
        .map((row) => `${String(row[name]).toLowerCase()} ${n(row.count)}`);
      if (unknown !== undefined && (unknown.count ?? 0) > 0) most.push(`not known ${n(unknown.count)}`);
      const of = inText(headingOf(name));
      if (most.length > 1 && sentence.length === 0)
        sentence.push(`By ${of}: `, tell.said(key, listOf(most)), '. ', ...clearGroups(tell, name));
      if (key.startsWith('who-')) {
        const asked = { id: `who-${name.replaceAll('_', '-')}`, title: `How many, by ${of}?` };
        blocks.push(tell.picture(key, asked) ?? tell.table(key, { id: asked.id, caption: `By ${of}` }));
      }
      blocks.push(...relativeBlocks(tell, name));
    }
    if (keys.length === 0)
      return {
        sentence: [
          'This source says nothing about people: no age, no sex, no ethnic group. So nobody can read from it who is harmed more, and nothing should be guessed.',
        ],
        key: undefined,
        blocks,
        missing: [
          {
            what: 'age, sex and ethnic group of those who were harmed and of those who harmed',
            whom: 'the analyst of the police force; the emergency department; the youth justice service',
          },
        ],
      };
    if (sentence.length === 0) sentence.push('The pictures show who was harmed, as the source recorded it. ');
    return {
      sentence,
      key: keys[0]?.key,
      blocks,
      missing: [
        {
          what: 'how poor the places are where people who were harmed live',
          whom: 'the council’s public health intelligence team, with the index of multiple deprivation',
        },
      ],
    };
  },
};

/** How much more often it happened to people of each group, for their number among those who live here. */
function relativeBlocks(tell: Telling, name: string): readonly Block[] {
  const key = `times-${name}`;
  if (tell.shown(key) === undefined) return [];
  const rows = tell.rows(key).filter(({ state, estimate }) => state === 'shown' && estimate !== null);
  if (rows.length < 2)
    return [paragraph(`By ${inText(headingOf(name))}, for how many live here: `, tell.whyInline(key))];
  const id = `times-${name.replaceAll('_', '-')}`;
  const title = `How many times as often, by ${inText(headingOf(name))}?`;
  const said = clearGroups(tell, name);
  return [
    paragraph(
      ...(said.length === 0
        ? [`By ${inText(headingOf(name))}, no group was harmed clearly more or less often for its number.`]
        : said),
    ),
    tell.picture(key, { id, title }) ?? tell.table(key, { id, caption: title }),
  ];
}

/** Groups that were harmed clearly more or less often than the largest, for their number among those who live here. */
function clearGroups(tell: Telling, name: string): readonly Inline[] {
  const key = `times-${name}`;
  const rows = tell.rows(key).filter(({ state, estimate }) => state === 'shown' && estimate !== null);
  const reference = rows.find(({ lower }) => lower === null);
  const clear = rows.filter(({ lower, upper }) => lower !== null && upper !== null && (lower > 1 || upper < 1));
  return clear.flatMap((row, at): readonly Inline[] => [
    at === 0 ? 'For how many live here: ' : ' ',
    `“${groupWords(row[name])}” `,
    tell.said(key, `${n(row.estimate, 2)} times (range ${n(row.lower, 2)} to ${n(row.upper, 2)})`),
    ` as often as “${groupWords(reference?.[name])}”.`,
  ]);
}

const groupWords = (group: unknown): string => (typeof group === 'string' ? group : 'the largest group');

/** Whether one is soon followed by others close by: the nearest and soonest pairs that are more than chance. */
function repeatWords(tell: Telling, key: string, what: string): readonly Inline[] {
  const near = tell
    .rows(key)
    .filter(
      ({ state, verdict, distance }) =>
        state === 'shown' && verdict === 'more than by chance' && String(distance).startsWith('0 to'),
    )
    .toSorted((a, b) => Number.parseInt(String(a['days'])) - Number.parseInt(String(b['days'])))[0];
  if (near === undefined) return [`Of ${what}, we see no sign that one is soon followed by others close by.`];
  return [
    `Of ${what}, one is soon followed by others close by: `,
    tell.said(
      key,
      `${n(near.estimate, 1)} times as many pairs as by chance within ${String(near['distance']).replace('0 to ', '')} and ${String(near['days'])}`,
    ),
    '.',
  ];
}

const spread: Question = {
  id: 'spread',
  heading: 'Does it spread from one place to the next?',
  about: 'Whether one event is soon followed by others close by: only for sources with days and points',
  asks: ({ latest, source }) => [
    { key: 'near-repeat', measure: 'near-repeat', period: latest, isNarrowed: true },
    // Robbers of people come back: it is looked at by itself, where the source knows the offence by its code.
    ...(source?.name === 'force-extract'
      ? [
          {
            key: 'near-robbery',
            measure: 'near-repeat',
            period: latest,
            isNarrowed: false,
            options: { category: '34B' },
          },
        ]
      : []),
  ],
  answer(scope, tell) {
    const isKnown = tell.rows('near-repeat').some(({ state }) => state === 'shown');
    const sentence: readonly Inline[] = isKnown
      ? repeatWords(tell, 'near-repeat', `recorded ${scope.narrowing.words}`)
      : ['We cannot say. ', tell.whyInline('near-repeat')];
    const robbery = tell.rows('near-robbery').some(({ state }) => state === 'shown')
      ? [paragraph(...repeatWords(tell, 'near-robbery', 'robbery of people'))]
      : [];
    const picture = tell.picture('near-repeat', {
      id: 'near-repeat',
      title: 'Is one event soon followed by others close by?',
    });
    return {
      sentence,
      key: isKnown ? 'near-repeat' : undefined,
      blocks: [...robbery, ...(picture === undefined ? [] : [picture])],
      missing:
        scope.source?.expresses.day.can === 'fully'
          ? []
          : [
              {
                what: 'the day and the place of each event',
                whom: 'the analyst of the police force, under an agreement',
              },
            ],
    };
  },
};

const sourceKey = (name: string) => `source-${name}`;

/**
 * The last twelve months that a source has whole, as near to the end of the period as it goes: what comes a month late is
 * compared a month earlier, and not over eleven months.
 */
export function yearOf({ latest }: Pick<QuestionScope, 'latest'>, { format, to }: SourceThere): Period {
  // A quarter stands in its first month.
  let end = shiftMonth(to, format.everyMonths - 1);
  while (end > latest.to) end = shiftMonth(end, -format.everyMonths);
  return end < latest.from ? latest : { from: shiftMonth(end, 1 - monthCount(latest)), to: end };
}

const sources: Question = {
  id: 'sources',
  heading: 'Do the sources agree?',
  about: 'Police, emergency department, ambulance and fire side by side: much violence never reaches the police',
  asks: (scope) =>
    scope.sources.map((source) => ({
      key: sourceKey(source.format.name),
      measure: 'change',
      source: source.format.name,
      period: yearOf(scope, source),
      // What the others see is violence already; the source that leads holds much more.
      isNarrowed: source.format.name === scope.source?.name,
    })),
  answer(scope, tell) {
    const told = scope.sources.map(({ format }) => ({
      format,
      key: sourceKey(format.name),
      row: tell.number(sourceKey(format.name)),
    }));
    const there = told.filter(({ row }) => row !== undefined);
    const blocks: Block[] = told.map(({ format, key, row }) =>
      row === undefined
        ? paragraph(`${format.title}: `, tell.whyInline(key))
        : paragraph(
            {
              kind: 'strong',
              words: `${format.title}, ${formatPeriod(tell.shown(key)?.document.period ?? scope.latest)}: `,
            },
            ...changeWords(tell, {
              key,
              row,
              what: `the number of ${format.name === scope.source?.name ? thingsOf(scope) : format.counts.many}`,
              months: comparedMonths(tell, key),
            }),
          ),
    );
    if (there.some(({ key }) => tell.shown(key)?.document.period.to !== scope.latest.to))
      blocks.push(
        paragraph(
          'Some sources come later than others. So each is set beside its own year before, over the last whole year that it has.',
        ),
      );
    return {
      sentence: agreement(told.length, there, tell),
      key: there[0]?.key,
      blocks,
      missing: missingSources(scope),
    };
  },
};

function agreement(
  all: number,
  there: readonly { readonly key: string; readonly row: FigureRow | undefined }[],
  tell: Telling,
): readonly Inline[] {
  const [first] = there;
  if (all < 2)
    return [
      'There is only one source, so nothing can be held against it. Much violence is never reported to the police: a rise or a fall here may be one of reporting.',
    ];
  if (there.length < 2 || first === undefined)
    return ['Fewer than two of the sources can be compared with the year before, so we cannot say whether they agree.'];
  const verdicts = there.map(({ row }) => row?.['verdict']);
  const left = all - there.length;
  const rest = left === 0 ? '' : ` ${capital(inWords(left))} cannot be compared.`;
  for (const [verdict, words] of [
    ['lower', 'fell'],
    ['higher', 'rose'],
  ] as const) {
    if (verdicts.every((each) => each === verdict))
      return [tell.said(first.key, `All ${inWords(there.length)} sources that can be compared ${words}.${rest}`)];
  }
  const [rose, fell] = [
    verdicts.filter((each) => each === 'higher').length,
    verdicts.filter((each) => each === 'lower').length,
  ];
  return [
    tell.said(
      first.key,
      `The sources do not say the same: ${orNone(rose)} rose, ${orNone(fell)} fell, and of ${orNone(there.length - rose - fell)} we cannot tell.${rest}`,
    ),
  ];
}

/** Sources that an assessment wants beside those that are there, and who has them. */
const wantedSources: readonly (Missing & { readonly names: readonly string[]; readonly body: string })[] = [
  {
    names: ['force-extract'],
    what: 'offences with time, age, sex and the knife mark',
    whom: 'the analyst of the police force',
    body: 'the police force’s own extract',
  },
  {
    names: ['ho-recorded-crime'],
    what: 'homicide and the national series of recorded crime',
    whom: 'the Home Office, which publishes it as open data',
    body: 'the Home Office’s tables',
  },
  {
    names: ['hospital-admissions'],
    what: 'hospital admissions for assault with a knife or sharp object',
    whom: 'the integrated care board',
    body: 'the integrated care board',
  },
  {
    names: ['istv', 'ecds'],
    what: 'assaults treated in the emergency department',
    whom: 'the hospital trust, by way of the integrated care board',
    body: 'the hospital’s emergency department',
  },
  {
    names: ['ambulance'],
    what: 'ambulances called to assaults',
    whom: 'the ambulance service',
    body: 'the ambulance service',
  },
  {
    names: ['fire'],
    what: 'deliberate fires and attacks on crews',
    whom: 'the fire and rescue service',
    body: 'the fire and rescue service',
  },
  {
    names: ['youth-justice'],
    what: 'children in the youth justice system',
    whom: 'the youth justice service',
    body: 'youth justice',
  },
  {
    names: ['probation'],
    what: 'people under supervision for violence',
    whom: 'the Probation Service',
    body: 'probation',
  },
  {
    names: ['treatment'],
    what: 'people in treatment for alcohol and drugs',
    whom: 'the director of public health',
    body: 'drug and alcohol treatment',
  },
  {
    names: ['exclusions'],
    what: 'suspensions and exclusions from school',
    whom: 'the council’s director of children’s services',
    body: 'schools',
  },
];

export const missingSources = ({ sources: there }: QuestionScope) =>
  wantedSources.filter(({ names }) => !there.some(({ format }) => names.includes(format.name)));

const compare: Question = {
  id: 'compare',
  heading: 'How do we compare with elsewhere?',
  about: 'The rate beside that of the rest of a wider area, and what cannot be claimed',
  asks: ({ latest, comparator }) =>
    comparator === undefined
      ? []
      : [
          {
            key: 'comparison',
            measure: 'comparison',
            period: latest,
            isNarrowed: true,
            options: { comparator: comparator.code },
          },
          {
            key: 'authorities',
            measure: 'rate',
            area: comparator.code,
            period: latest,
            by: ['area'],
            isNarrowed: true,
            options: { level: 'authority' },
          },
        ],
  answer(scope, tell) {
    const { comparator } = scope;
    const national = 'A claim about the national average cannot be checked: no national series is loaded.';
    const missing = [
      {
        what: 'a national series, to compare with England and Wales',
        whom: 'the Home Office or the Office for National Statistics, which publish one as open data',
      },
    ];
    const row = tell.number('comparison');
    if (comparator === undefined || row === undefined)
      return {
        sentence: [
          'We cannot say. ',
          ...(comparator === undefined
            ? ['Nothing is loaded of anywhere else. ']
            : [tell.whyInline('comparison'), ' ']),
          national,
        ],
        key: undefined,
        blocks: [],
        missing,
      };
    const blocks: Block[] = [paragraph(national)];
    const unlocated = tell.note('comparison', 'without a place');
    if (unlocated !== undefined) blocks.push(paragraph(unlocated));
    blocks.push(
      paragraph(
        'Both rates are for the people who live there. Visitors are not counted among them, so a seaside or a city centre looks worse than it is for those who live there.',
      ),
    );
    const picture = authoritiesPicture(scope, tell);
    if (picture !== undefined) blocks.push(picture);
    blocks.push(...funnelBlocks(scope, tell));
    return { sentence: ratioWords(scope, tell, row), key: 'comparison', blocks, missing };
  },
};

/** The ratio of the rates, with its range; "cannot tell" where they may be the same. */
export function ratioWords(scope: QuestionScope, tell: Telling, row: FigureRow): readonly Inline[] {
  const { estimate, lower, upper } = row;
  const times = tell.said('comparison', `${n(estimate, 2)} times (range ${n(lower, 2)} to ${n(upper, 2)})`);
  const rest = `the rest of ${scope.comparator?.name ?? 'the wider area'}`;
  if ((lower ?? 0) <= 1 && (upper ?? 0) >= 1)
    return [
      `We cannot tell whether ${scope.area.name} differs from ${rest}: for the people who live there, it had `,
      times,
      ' as much.',
    ];
  return [`For the people who live there, ${scope.area.name} had `, times, ` as many ${thingsOf(scope)} as ${rest}.`];
}

const thingsOf = ({ narrowing, source }: QuestionScope): string => {
  const things = source?.counts.many ?? 'events';
  return narrowing.by === 'nothing' ? things : `${things} of ${narrowing.words}`;
};

function authoritiesPicture(scope: QuestionScope, tell: Telling) {
  const shown = tell.shown('authorities');
  if (shown === undefined) return undefined;
  const rows = tell.rows('authorities').filter(({ area }) => typeof area === 'string');
  const title = `How does ${scope.area.name} stand beside the other areas of ${scope.comparator?.name ?? ''}?`;
  const model: PictureModel = {
    kind: 'dots',
    title,
    unit: `${scope.source?.counts.many ?? 'events'} for every 100,000 people in the year`,
    source: shown.source.title,
    notShown: ['Areas stand in the order of their names.'],
    decimals: 0,
    interval: '95% confidence interval',
    across: 'Area',
    rows: rows
      .map((row) => ({
        ...readingOf(row),
        name: shown.names[row.area ?? ''] ?? row.area ?? '',
        isHighlighted: row.area === scope.area.code,
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB')),
  };
  return tell.picture('authorities', { id: 'authorities', title, model });
}

/** How the areas lie about their common rate, and whether more apart than chance would put areas of their size. */
function funnelBlocks(scope: QuestionScope, tell: Telling): readonly Block[] {
  const shown = tell.shown('authorities');
  if (shown === undefined) return [];
  const rows = tell
    .rows('authorities')
    .flatMap(({ area, state, count, denominator }) =>
      state === 'shown' && typeof area === 'string' && count !== null && denominator !== null && denominator > 0
        ? [{ area, count, people: denominator }]
        : [],
    )
    .toSorted((a, b) => (a.area < b.area ? -1 : 1));
  const made = funnelPlot({
    events: rows.map(({ count }) => count),
    population: rows.map(({ people }) => people),
    per,
  });
  if (rows.length < fewestInFunnel || isRefusal(made)) return [];
  const own = made.areas[rows.findIndex(({ area }) => area === scope.area.code)];
  const isAdjusted = made.limits === 'adjusted';
  const standing = own === undefined ? undefined : isAdjusted ? own.adjustedStanding : own.standing;
  const limits = isAdjusted
    ? 'limits that allow for areas that differ anyway'
    : 'limits within which chance alone puts nearly all areas of that size';
  return [
    paragraph(
      `All ${inWords(rows.length)} areas together had `,
      tell.said('authorities', `${n(Number(made.overall.toFixed(1)), 1)} for every 100,000 people`),
      '. ',
      ...(standing === undefined
        ? []
        : [
            `${scope.area.name} lies ${standing === 'within' ? 'within' : standing.startsWith('high') ? 'above' : 'below'} the ${limits}.`,
          ]),
      ' This is no ranking: areas within the limits are in no order.',
    ),
  ];
}

const per = 100_000;
/** With fewer areas each of them makes most of the rate that it is held against. */
const fewestInFunnel = 5;

/** The questions in the order in which an assessment asks them. */
export const questions: readonly Question[] = [howMuch, when, where, what, who, spread, sources, compare];

export const findQuestion = (id: string): Question | undefined => questions.find((question) => question.id === id);

/** What can be said of a claim: never more than the figures bear. */
export function claimWords(
  scope: QuestionScope,
  tell: Telling,
  { claim, verdict }: { readonly claim: Claim | undefined; readonly verdict: Verdict | undefined },
): readonly Inline[] {
  const row = tell.number('comparison');
  const instead: readonly Inline[] =
    row === undefined
      ? [' Nothing else that is loaded can stand in its place.']
      : [' What can be said: ', ...ratioWords(scope, tell, row), ...besides(tell)];
  if (claim === undefined)
    return [
      'This sentence compares nothing that can be read. Write, for example: our rate is double that of the rest of the county.',
    ];
  if (claim.against === 'national') return ['Cannot check: no national series is loaded.', ...instead];
  if (row === undefined || verdict === undefined)
    return ['Cannot check: nothing is loaded of anywhere else. ', tell.whyInline('comparison')];
  const said = {
    holds: 'The figures bear this out. ',
    'does-not-hold': 'The figures do not bear this out. ',
    'cannot-tell': 'We cannot tell: the range is too wide. ',
  };
  return [said[verdict], ...ratioWords(scope, tell, row), ...besides(tell)];
}

/** What must stand beside a comparison: rows that nobody can place, and visitors. */
function besides(tell: Telling): readonly Inline[] {
  const unlocated = tell.note('comparison', 'without a place');
  return [
    ...(unlocated === undefined ? [] : [' ', unlocated]),
    ' Visitors are not among the people counted, so a town with many of them looks worse.',
  ];
}
