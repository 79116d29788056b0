import { formatDate, formatPeriod, type IsoDate, type Period } from '../duty/index.ts';
import type { Block, DocumentModel, Inline, Note, Section, Table } from '../documents/model.ts';
import { toSentence, toSvg } from '../pictures/index.ts';
import { templateLabels, type AssessmentTemplate } from './assessment-template.ts';
import type { FigureRow } from './figure.ts';
import { explained } from './jargon.ts';
import { numbersIn, quotable, says } from './number-in-words.ts';
import type { ViewShown } from './view-document.ts';
import { headingOf, keyColumns, keyWords, valueColumns, valueWords, whyNoNumber } from './view-words.ts';
import type { Audience } from './view.ts';
import { withoutPassages } from './workbench.ts';

/** A figure in its place, as this audience may see it. */
export interface WrittenFigure {
  readonly id: string;
  readonly sentence: string;
  readonly shown: ViewShown;
}

export interface WrittenSection {
  readonly key: string;
  readonly heading: string;
  readonly words: string;
  /** To be taken out for all but the restricted reader. */
  readonly passages: readonly { readonly passage: string; readonly ground: string }[];
  readonly figures: readonly WrittenFigure[];
  /** Why this audience does not get the section at all; null where it does. */
  readonly heldBack: string | null;
}

export interface WrittenParts {
  readonly template: AssessmentTemplate;
  readonly title: string;
  readonly version: number;
  readonly areaName: string;
  readonly period: Period;
  readonly asOf: IsoDate;
  readonly publisher: string;
  readonly audience: Audience;
  readonly definition: string | null;
  readonly approved: { readonly by: string; readonly on: IsoDate } | null;
  readonly nextReview: IsoDate | null;
  readonly tookPart: readonly string[];
  readonly absent: readonly string[];
  readonly sections: readonly WrittenSection[];
  readonly priorities: readonly {
    readonly name: string;
    readonly statement: string | null;
    readonly decided: string | null;
  }[];
  readonly drivers: readonly {
    readonly factor: string;
    readonly basis: string;
    readonly localValue: string | null;
    readonly comparator: string | null;
    readonly source: string | null;
  }[];
  /** The first page as every assessment has it, from the figures that are placed; without it, one of what people wrote. */
  readonly first?: Pick<DocumentModel, 'cover' | 'notes'>;
}

const markings: Readonly<Record<Audience, string>> = {
  restricted: 'OFFICIAL-SENSITIVE. For those who work on this assessment',
  partner: 'OFFICIAL. For partners only',
  public: 'Public',
};

const text = (...words: readonly Inline[]): Block => ({ kind: 'paragraph', words });
const names = (list: readonly string[]): string => (list.length === 0 ? 'Nobody' : list.join('; '));

/** An assessment that people wrote, beside its figures, as one audience reads it. The same parts give the same document. */
export function composeWritten(parts: WrittenParts): DocumentModel {
  const terms = new Set<string>();
  const sections = parts.sections.map((section) => sectionOf(section, parts, terms));
  const figures = parts.sections.filter(({ heldBack }) => heldBack === null).flatMap((section) => section.figures);
  return {
    title: parts.title,
    subtitle: `${templateLabels[parts.template].label}. ${parts.areaName}, ${formatPeriod(parts.period)}`,
    publisher: parts.publisher,
    asOf: parts.asOf,
    marking: markings[parts.audience],
    cover: parts.first?.cover ?? coverOf(parts, figures),
    sections: [...sections, ...leftOutOf(parts)],
    notes: [
      ...new Map([
        ...(parts.first?.notes ?? []).map((note) => [note.id, note] as const),
        ...figures.map(({ shown }) => [shown.document.view, noteOf(shown)] as const),
      ]).values(),
    ],
  };
}

function coverOf(parts: WrittenParts, figures: readonly WrittenFigure[]): readonly Block[] {
  const held = parts.sections.filter(({ heldBack }) => heldBack !== null);
  return [
    {
      kind: 'inset',
      tone: 'help',
      heading: 'Get help now',
      blocks: [
        text(
          'If you are in danger, call ',
          { kind: 'strong', words: '999' },
          '. If it is not an emergency, call ',
          { kind: 'strong', words: '101' },
          '. Childline: 0800 1111. National Domestic Abuse Helpline: 0808 2000 247. Victim Support: 0808 16 89 111. All are free.',
        ),
      ],
    },
    ...(figures.length === 0
      ? []
      : [
          text({ kind: 'strong', words: 'What we found' }),
          {
            kind: 'list' as const,
            ordered: false,
            items: figures
              .slice(0, 3)
              .map(({ sentence, shown }): readonly Inline[] => [
                { kind: 'figure', words: sentence, note: shown.document.view },
              ]),
          },
        ]),
    ...(parts.priorities.length === 0
      ? []
      : [
          text({ kind: 'strong', words: 'What comes first' }),
          {
            kind: 'list' as const,
            ordered: true,
            items: parts.priorities.map(({ name, decided }): readonly Inline[] => [
              { kind: 'strong', words: name },
              ...(decided === null ? [] : [`. ${decided}`]),
            ]),
          },
        ]),
    ...heldInset(held),
    {
      kind: 'facts',
      facts: [
        { name: 'Period', value: [formatPeriod(parts.period)] },
        { name: 'What counts', value: [parts.definition ?? 'Every row of the sources that are named'] },
        { name: 'Took part', value: [names(parts.tookPart)] },
        { name: 'Asked, and did not take part', value: [names(parts.absent)] },
        {
          name: 'Approved',
          value: [parts.approved === null ? 'Not yet' : `${parts.approved.by}, ${formatDate(parts.approved.on)}`],
        },
        { name: 'Version', value: [String(parts.version)] },
        {
          name: 'Next review',
          value: [parts.nextReview === null ? 'No day is set' : formatDate(parts.nextReview)],
        },
      ],
    },
  ];
}

/** Which parts are not in what this audience gets, and why. */
export const heldInset = (held: readonly Pick<WrittenSection, 'heading' | 'heldBack'>[]): readonly Block[] =>
  held.length === 0
    ? []
    : [
        {
          kind: 'inset',
          tone: 'missing',
          heading: 'What is not in here',
          blocks: held.map(({ heading, heldBack }) => text({ kind: 'strong', words: heading }, `: ${heldBack ?? ''}`)),
        },
      ];

function sectionOf(section: WrittenSection, parts: WrittenParts, terms: Set<string>): Section {
  const { key, heading, heldBack } = section;
  if (heldBack !== null)
    return { id: key, heading, blocks: [{ kind: 'inset', tone: 'missing', blocks: [text(heldBack)] }] };
  const kept =
    parts.audience === 'restricted'
      ? { words: section.words, lost: [] }
      : withoutPassages(section.words, section.passages);
  if (kept.lost.length > 0)
    return {
      id: key,
      heading,
      blocks: [
        {
          kind: 'inset',
          tone: 'missing',
          blocks: [text('This part is left out until a passage in it has been looked at again.')],
        },
      ],
    };
  const blocks: Block[] = [
    ...wordsOf(kept.words, section.figures, terms),
    ...section.figures.flatMap((figure) => figureBlocks(figure)),
    ...(key === 'risk-and-protection' && parts.drivers.length > 0 ? [driverTable(parts.drivers)] : []),
    ...(key === 'who' || key === 'inequality'
      ? [
          text(
            'Being counted here says nothing about what anybody did. Most people of every group neither harm nor are harmed.',
          ),
        ]
      : []),
    ...(key === 'priorities'
      ? parts.priorities.flatMap(({ name, statement }) =>
          statement === null ? [] : [text({ kind: 'strong', words: name }, `: ${statement}`)],
        )
      : []),
  ];
  return {
    id: key,
    heading,
    blocks: blocks.length > 0 ? blocks : [text('This part has not been written.')],
  };
}

function leftOutOf({ audience, sections }: WrittenParts): readonly Section[] {
  const out = sections.flatMap(({ heading, passages, heldBack }) =>
    heldBack === null ? passages.map(({ ground }) => ({ heading, ground })) : [],
  );
  if (out.length === 0) return [];
  return [
    {
      id: 'left-out',
      heading: 'What was left out, and why',
      blocks: [
        text(
          audience === 'restricted'
            ? 'These passages stay out of what partners and the public read (Police, Crime, Sentencing and Courts Act 2022 s.8(8)).'
            : 'The law says that some matters must be left out (Police, Crime, Sentencing and Courts Act 2022 s.8(8)). Passages were left out here:',
        ),
        {
          kind: 'list',
          ordered: false,
          items: out.map(({ heading, ground }): readonly Inline[] => [
            { kind: 'strong', words: heading },
            `: ${ground}`,
          ]),
        },
      ],
    },
  ];
}

/** Paragraphs and lists of what somebody wrote: a blank line parts them, a dash begins an item. */
function wordsOf(words: string, figures: readonly WrittenFigure[], terms: Set<string>): readonly Block[] {
  return words
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map((block): Block => {
      const lines = block.split('\n').map((line) => line.trim());
      const item = /^[-*•]\s+/;
      return lines.every((line) => item.test(line))
        ? { kind: 'list', ordered: false, items: lines.map((line) => inlineOf(line.replace(item, ''), figures, terms)) }
        : text(...inlineOf(lines.join(' '), figures, terms));
    });
}

/** A text with its numbers tied to the figures beside it, and its terms explained where they stand first. */
function inlineOf(words: string, figures: readonly WrittenFigure[], terms: Set<string>): readonly Inline[] {
  return explained(words).flatMap((run): readonly Inline[] => {
    if (typeof run === 'string')
      return numbersTied(
        run,
        figures.map(({ shown }) => shown),
      );
    const term = run.words.toLowerCase();
    if (terms.has(term)) return [run.words];
    terms.add(term);
    return [{ kind: 'term', ...run }];
  });
}

/** A text whose numbers lead to the first of these figures that says them. */
export function numbersTied(words: string, figures: readonly ViewShown[]): readonly Inline[] {
  const inline: Inline[] = [];
  let from = 0;
  for (const said of numbersIn(words)) {
    const figure = figures.find((shown) =>
      quotable(shown.document.rows as readonly FigureRow[]).some((told) => says(said, told)),
    );
    if (figure === undefined) continue;
    if (said.at > from) inline.push(words.slice(from, said.at));
    inline.push({ kind: 'figure', words: said.words, note: figure.document.view });
    from = said.at + said.words.length;
  }
  if (from < words.length) inline.push(words.slice(from));
  return inline;
}

function figureBlocks({ id, sentence, shown }: WrittenFigure): readonly Block[] {
  const anchor = `figure-${id}`;
  const table = tableOfView(shown, anchor);
  const said: Block = { kind: 'paragraph', words: [{ kind: 'figure', words: sentence, note: shown.document.view }] };
  if (shown.picture === null) return [said, table];
  const { title, unit } = shown.picture;
  return [
    said,
    {
      kind: 'picture',
      id: anchor,
      title,
      sentence: toSentence(shown.picture),
      svg: toSvg(shown.picture, { width: 640, isForPrint: true }),
      source: `${unit}. ${formatPeriod(shown.document.period)}. ${shown.source.title}`,
      table,
    },
  ];
}

/** A view as a table of a document. */
function tableOfView({ document, names: areas }: ViewShown, id: string): Table {
  const keys = keyColumns(document);
  const values = valueColumns(document);
  return {
    kind: 'table',
    id,
    caption: document.title,
    columns: [
      ...(keys.length === 0 ? [{ heading: 'What' }] : keys.map((name) => ({ heading: headingOf(name) }))),
      ...values.map(({ heading }) => ({ heading, isNumber: true })),
    ],
    rows: document.rows.map((row) => {
      const why = whyNoNumber(row as unknown as FigureRow);
      return [
        ...(keys.length === 0 ? [[document.title]] : keys.map((name) => [keyWords(name, row[name], areas)])),
        ...values.map(({ field, decimals }, at): readonly Inline[] =>
          why === undefined
            ? [{ kind: 'figure', words: valueWords(row[field], decimals), note: document.view }]
            : [at === 0 ? why : '–'],
        ),
      ];
    }),
    remarks: document.notes,
  };
}

function driverTable(drivers: WrittenParts['drivers']): Table {
  return {
    kind: 'table',
    id: 'drivers',
    caption: 'What raises and what lowers the risk, and how it is known',
    columns: [
      { heading: 'Factor' },
      { heading: 'How it is known' },
      { heading: 'Here' },
      { heading: 'Elsewhere' },
      { heading: 'Who says so' },
    ],
    rows: drivers.map(({ factor, basis, localValue, comparator, source }) =>
      [factor, basis, localValue ?? 'Not known', comparator ?? 'Not known', source ?? 'Counted'].map((cell) => [cell]),
    ),
    remarks: [
      'Measured: counted from data. Reported: told by an organisation. Claimed: said by somebody, and not checked.',
    ],
  };
}

function noteOf({ document, source }: ViewShown): Note {
  const { passport } = document;
  return {
    id: document.view,
    words: document.title,
    facts: [
      { name: 'Figure', value: document.id },
      { name: 'View', value: document.view },
      { name: 'Source', value: source.title },
      { name: 'Measure', value: `${document.measure.name}, version ${document.measure.version}` },
      { name: 'Area', value: document.area },
      { name: 'Period', value: formatPeriod(document.period) },
      {
        name: 'What counts',
        value:
          passport.definition === null
            ? 'Every row of the source'
            : `${passport.definition.id}, version ${passport.definition.version}, ${passport.definition.sha256}`,
      },
      { name: 'Releases', value: passport.releases.map(({ id }) => id).join(', ') || 'None' },
      { name: 'Small numbers', value: `${passport.rule.name}, version ${passport.rule.version}` },
      { name: 'Made by', value: passport.code },
    ],
  };
}
