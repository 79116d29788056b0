import { addMoney, formatDate, formatMoney, type IsoDate, type Pence } from '../duty/index.ts';
import type { Block, DocumentModel, Inline, Section } from '../documents/model.ts';
import { statusLabels, type Status } from './action.ts';
import {
  accountabilities,
  accountabilityWords,
  verdictLabels,
  type Accountability,
  type Judgement,
} from './measure.ts';
import { sectionNames, sections, type AimHeld, type SectionName, type Sections } from './strategy.ts';

/** What is looked at in a review, in this order. */
export const reviewParts = ['definition', 'needs', 'aims', 'actions', 'measures', 'money', 'text'] as const;
export type ReviewPart = (typeof reviewParts)[number];
export const partWords: Readonly<Record<ReviewPart, { readonly heading: string; readonly asks: string }>> = {
  definition: {
    heading: 'What we count as serious violence',
    asks: 'Is the definition still right? If it changed, what does that do to the numbers?',
  },
  needs: { heading: 'What we know about need', asks: 'What do we know now that we did not know a year ago?' },
  aims: { heading: 'Our aims', asks: 'Are these still the right aims?' },
  actions: { heading: 'What we did', asks: 'What was done, what was stopped, and what did we learn?' },
  measures: { heading: 'Whether it is working', asks: 'What do the numbers allow us to say, and what not?' },
  money: { heading: 'Money', asks: 'Was it spent as planned? What ends?' },
  text: {
    heading: 'What changed in the text, and because of whom',
    asks: 'Whom did we listen to, and what came of it?',
  },
};
export const outcomes = ['keep', 'revise'] as const;
export type ReviewOutcome = (typeof outcomes)[number];
export const outcomeLabels: Readonly<Record<ReviewOutcome, string>> = {
  keep: 'The strategy stays as it is',
  revise: 'The strategy is revised',
};

interface TextOf {
  readonly title: string;
  readonly version: number;
  readonly sections: Sections;
  readonly aims: readonly Pick<AimHeld, 'id' | 'title' | 'words'>[];
}

export interface ReviewComment {
  readonly section: SectionName | 'whole';
  readonly words: string;
  readonly madeBy: string;
  readonly madeOn: IsoDate;
  readonly reply: string | null;
  readonly isChanged: boolean;
}

/** What the records say of the year that is looked back on. */
export interface ReviewFacts {
  readonly since: IsoDate;
  readonly until: IsoDate;
  /** In force at the end, which is reviewed. */
  readonly now: TextOf;
  /** In force at the beginning; null where there was none here. */
  readonly before: TextOf | null;
  readonly definition: {
    readonly before: { readonly name: string; readonly version: number } | null;
    readonly now: { readonly name: string; readonly version: number } | null;
  };
  readonly assessments: readonly { readonly title: string; readonly publishedOn: IsoDate }[];
  readonly closed: readonly {
    readonly number: number;
    readonly title: string;
    readonly status: Status;
    readonly result: string | null;
    readonly learned: string | null;
  }[];
  readonly open: number;
  readonly late: readonly { readonly number: number; readonly title: string; readonly due: string }[];
  readonly measures: readonly {
    readonly question: string;
    readonly accountability: Accountability;
    readonly judgement: Judgement;
  }[];
  readonly grants: readonly {
    readonly name: string;
    readonly budget: Pence;
    /** In the year that is looked back on. */
    readonly spent: Pence;
    readonly spentBefore: Pence;
    readonly ends: IsoDate | null;
  }[];
  readonly comments: readonly ReviewComment[];
}

export interface SectionChange {
  readonly section: SectionName;
  /** Sentences that stand there no longer, and those that are new. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Who said something of this section, or of the whole, that led to a change. */
  readonly because: readonly string[];
}

const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** What became of the text, section by section, in the order in which they are read. */
export function textChanges(
  before: Sections,
  now: Sections,
  comments: readonly ReviewComment[],
): readonly SectionChange[] {
  return sectionNames.flatMap((section) => {
    const [then, next] = [sentencesOf(before[section] ?? ''), sentencesOf(now[section] ?? '')];
    const removed = then.filter((sentence) => !next.includes(sentence));
    const added = next.filter((sentence) => !then.includes(sentence));
    if (removed.length + added.length === 0) return [];
    const because = [
      ...new Set(comments.filter((each) => each.isChanged && each.section === section).map(({ madeBy }) => madeBy)),
    ];
    return [{ section, removed, added, because }];
  });
}

export interface AimChange {
  readonly change: 'new' | 'ended' | 'changed' | 'same';
  readonly title: string;
}
const changeLabels: Readonly<Record<AimChange['change'], string>> = {
  new: 'New',
  ended: 'No longer an aim',
  changed: 'In other words',
  same: 'As before',
};

export function aimChanges(before: TextOf['aims'], now: TextOf['aims']): readonly AimChange[] {
  const of = new Map(before.map((aim) => [aim.id, aim]));
  return [
    ...now.map((aim): AimChange => {
      const then = of.get(aim.id);
      const change =
        then === undefined ? 'new' : then.title === aim.title && then.words === aim.words ? 'same' : 'changed';
      return { change, title: aim.title };
    }),
    ...before
      .filter(({ id }) => !now.some((aim) => aim.id === id))
      .map(({ title }): AimChange => ({ change: 'ended', title })),
  ];
}

const paragraph = (...words: readonly Inline[]): Block => ({ kind: 'paragraph', words });
const list = (items: readonly string[]): Block => ({
  kind: 'list',
  ordered: false,
  items: items.map((item) => [item]),
});

const named = (definition: { readonly name: string; readonly version: number } | null): string =>
  definition === null ? 'none in force' : `“${definition.name}”, version ${definition.version}`;

const findings: Readonly<Record<ReviewPart, (facts: ReviewFacts) => readonly Block[]>> = {
  definition({ definition: { before, now }, since, until }) {
    const isSame = before?.name === now?.name && before?.version === now?.version;
    return [
      paragraph(
        isSame
          ? `The definition is the same as a year ago: ${named(now)}.`
          : `The definition changed. On ${formatDate(since)}: ${named(before)}. On ${formatDate(until)}: ${named(now)}. Numbers before and after are not of the same thing.`,
      ),
    ];
  },
  needs: ({ assessments }) => [
    assessments.length === 0
      ? paragraph('No assessment was published in this time.')
      : list(assessments.map(({ title, publishedOn }) => `${title}, published on ${formatDate(publishedOn)}`)),
  ],
  aims({ before, now }) {
    if (before === null) return [paragraph('There was no strategy here before, so there is nothing to compare.')];
    return [
      {
        kind: 'table',
        id: 'aims-compared',
        caption: 'Aims now and before',
        columns: [{ heading: 'Aim' }, { heading: 'Against the year before' }],
        rows: aimChanges(before.aims, now.aims).map(({ change, title }) => [[title], [changeLabels[change]]]),
        remarks: [],
      },
    ];
  },
  actions: ({ closed, open, late }) => [
    paragraph(`${closed.length} actions ended, ${open} are open, and ${late.length} of these are late.`),
    ...(closed.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            id: 'actions-closed',
            caption: 'What ended, and what was learned',
            columns: [
              { heading: 'Action' },
              { heading: 'How it ended' },
              { heading: 'What came of it' },
              { heading: 'What was learned' },
            ],
            rows: closed.map(({ number, title, status, result, learned }) => [
              [`A${number} ${title}`],
              [statusLabels[status]],
              [result ?? ''],
              [learned ?? ''],
            ]),
            remarks: [],
          },
        ]),
    ...(late.length === 0
      ? []
      : [paragraph('Late:'), list(late.map(({ number, title, due }) => `A${number} ${title} (${due})`))]),
  ],
  measures({ measures }) {
    if (measures.length === 0) return [paragraph('There is no measure.')];
    return accountabilities.flatMap((accountability): readonly Block[] => {
      const own = measures.filter((measure) => measure.accountability === accountability);
      if (own.length === 0) return [];
      return [
        {
          kind: 'table',
          id: `measures-${accountability}`,
          caption: `${accountabilityWords[accountability].label}: ${accountabilityWords[accountability].question}`,
          columns: [{ heading: 'Question' }, { heading: 'Answer' }, { heading: 'In words' }],
          rows: own.map(({ question, judgement }) => [
            [question],
            [verdictLabels[judgement.verdict]],
            [judgement.sentence],
          ]),
          remarks: ['A change counts only where it is more than chance.'],
        },
      ];
    });
  },
  money({ grants }) {
    if (grants.length === 0) return [paragraph('There is no grant.')];
    const sum = (of: (grant: ReviewFacts['grants'][number]) => Pence) => formatMoney(addMoney(...grants.map(of)));
    return [
      {
        kind: 'table',
        id: 'money-compared',
        caption: 'Money of each grant, in this time and before',
        columns: [
          { heading: 'Grant' },
          { heading: 'Whole', isNumber: true },
          { heading: 'Spent', isNumber: true },
          { heading: 'Spent before', isNumber: true },
          { heading: 'Ends' },
        ],
        rows: [
          ...grants.map(({ name, budget, spent, spentBefore, ends }) => [
            [name],
            [formatMoney(budget)],
            [formatMoney(spent)],
            [formatMoney(spentBefore)],
            [ends === null ? '' : formatDate(ends)],
          ]),
          [
            ['All'],
            [sum(({ budget }) => budget)],
            [sum(({ spent }) => spent)],
            [sum(({ spentBefore }) => spentBefore)],
            [''],
          ],
        ],
        remarks: [],
      },
    ];
  },
  text({ before, now, comments }) {
    const changes = before === null ? [] : textChanges(before.sections, now.sections, comments);
    return [
      paragraph(
        before === null
          ? 'There was no strategy here before, so there is nothing to compare.'
          : changes.length === 0
            ? 'The text is the same as a year ago.'
            : `${changes.length} parts changed between “${before.title}”, version ${before.version}, and “${now.title}”, version ${now.version}.`,
      ),
      ...changes.flatMap(({ section, removed, added, because }): readonly Block[] => [
        paragraph(
          { kind: 'strong', words: sections[section].heading },
          because.length === 0 ? '. No comment is on record as the reason.' : `. Because of ${because.join(', ')}.`,
        ),
        ...(removed.length === 0 ? [] : [list(removed.map((sentence) => `Taken out: ${sentence}`))]),
        ...(added.length === 0 ? [] : [list(added.map((sentence) => `New: ${sentence}`))]),
      ]),
      ...(comments.length === 0
        ? [paragraph('Nobody’s comment is on record for this time.')]
        : [
            {
              kind: 'table' as const,
              id: 'comments',
              caption: 'Who said what, and what came of it',
              columns: [
                { heading: 'Who, when' },
                { heading: 'What was said' },
                { heading: 'Reply' },
                { heading: 'Text changed' },
              ],
              rows: comments.map(({ madeBy, madeOn, words, reply, isChanged }) => [
                [`${madeBy}, ${formatDate(madeOn)}`],
                [words],
                [reply ?? 'Waits for a reply'],
                [isChanged ? 'Yes' : 'No'],
              ]),
              remarks: [],
            },
          ]),
    ];
  },
};

export const findingsOf = (part: ReviewPart, facts: ReviewFacts): readonly Block[] => findings[part](facts);

export interface ReviewWords {
  readonly words: Readonly<Partial<Record<ReviewPart, string>>>;
  readonly outcome: ReviewOutcome | null;
  readonly body: string | null;
  readonly finishedOn: IsoDate | null;
}

/** Parts that nobody has written of yet. */
export const unwritten = (words: ReviewWords['words']): readonly ReviewPart[] =>
  reviewParts.filter((part) => (words[part] ?? '').trim() === '');

/** One part as a document of its own, for the page on which somebody writes of it. */
export const partReport = (part: ReviewPart, facts: ReviewFacts, publisher: string): DocumentModel => ({
  title: partWords[part].heading,
  publisher,
  asOf: facts.until,
  marking: 'Partners only',
  cover: [],
  sections: [{ id: part, heading: 'What the records say', blocks: findingsOf(part, facts) }],
  notes: [],
});

/** The report of a review: what the records say of each part, and what people make of it. */
export function reviewReport(facts: ReviewFacts, written: ReviewWords, publisher: string): DocumentModel {
  const { since, until, now } = facts;
  return {
    title: `Review of “${now.title}”`,
    subtitle: `${formatDate(since)} to ${formatDate(until)}`,
    publisher,
    asOf: written.finishedOn ?? until,
    marking: 'Partners only',
    cover: [
      {
        kind: 'facts',
        facts: [
          { name: 'Reviewed', value: [`“${now.title}”, version ${now.version}`] },
          {
            name: 'Outcome',
            value: [written.outcome === null ? 'Not decided yet' : outcomeLabels[written.outcome]],
          },
          ...(written.body === null || written.finishedOn === null
            ? []
            : [{ name: 'Decided by', value: [`${written.body}, ${formatDate(written.finishedOn)}`] }]),
        ],
      },
    ],
    sections: reviewParts.map((part): Section => {
      const words = written.words[part] ?? '';
      return {
        id: part,
        heading: partWords[part].heading,
        blocks: [
          ...words
            .split(/\n{2,}/)
            .filter((text) => text.trim() !== '')
            .map((text) => paragraph(text)),
          ...findingsOf(part, facts),
        ],
      };
    }),
    notes: [],
  };
}
