import { formatDate } from '../duty/index.ts';
import type { Block, DocumentModel, Inline, Section } from '../documents/model.ts';
import { isRefusal, readability } from '../measures/index.ts';
import { statusLabels } from './action.ts';
import { wordsExplained } from './glossary.ts';
import { planSentence, type PlanShown } from './plan-document.ts';
import { sectionNames, sections, type AimHeld, type SectionName, type Sections } from './strategy.ts';

/** A published version as a document needs it. */
export interface StrategyOut {
  readonly id: string;
  readonly title: string;
  readonly sections: Sections;
  readonly aims: readonly Pick<AimHeld, 'title' | 'words'>[];
  readonly publishedOn: string;
  readonly reviewDue: string | null;
  readonly approvals: readonly {
    readonly by: string | null;
    readonly body: string;
    readonly on: string;
    readonly kind: string;
  }[];
}

const paragraph = (words: readonly Inline[]): Block => ({ kind: 'paragraph', words, isNumbered: false });

/** Paragraphs of a text, with the words of the glossary marked where each stands first. */
class Explained {
  private readonly said = new Set<string>();

  paragraphs(text: string): readonly Block[] {
    return text
      .split(/\n{2,}/)
      .filter((part) => part.trim() !== '')
      .map((part) => paragraph(this.words(part)));
  }

  words(text: string): readonly Inline[] {
    const found = wordsExplained(text)
      .filter(({ word }) => !this.said.has(word))
      .map(({ word, means }) => ({ word, means, at: text.toLowerCase().indexOf(word) }))
      .sort((a, b) => a.at - b.at);
    const parts: Inline[] = [];
    let from = 0;
    for (const { word, means, at } of found) {
      // Within a longer expression that is explained already.
      if (at < from) continue;
      this.said.add(word);
      if (at > from) parts.push(text.slice(from, at));
      parts.push({ kind: 'term', words: text.slice(at, at + word.length), meaning: means });
      from = at + word.length;
    }
    if (from < text.length) parts.push(text.slice(from));
    return parts;
  }
}

const danger: Block = {
  kind: 'inset',
  tone: 'help',
  heading: 'If you are in danger',
  blocks: [paragraph(['Call 999. If you cannot speak, press 55 when you are asked.'])],
};

function readingAge(text: string): readonly Block[] {
  const score = readability(text);
  if (isRefusal(score)) return [];
  const years = Math.max(5, Math.round(score.readingAgeYears));
  return [
    paragraph([
      `Most people of ${years} years and over can read this text. The number comes from the length of words and sentences, so it is a hint only.`,
    ]),
  ];
}

/** A strategy as everybody may read it: what is meant for everybody comes first. The same version gives the same document. */
export function strategyOut(strategy: StrategyOut, publisher: string): DocumentModel {
  const explained = new Explained();
  const written = sectionNames.filter((name) => (strategy.sections[name] ?? '').trim() !== '');
  const text = written.map((name) => strategy.sections[name] ?? '').join('\n\n');
  const section = (name: SectionName): Section => ({
    id: name,
    heading: sections[name].heading,
    blocks: explained.paragraphs(strategy.sections[name] ?? ''),
  });
  const plain = written.filter((name) => name === 'plain').map(section);
  const aims: readonly Section[] =
    strategy.aims.length === 0
      ? []
      : [
          {
            id: 'aims',
            heading: 'Our aims',
            blocks: [
              {
                kind: 'list',
                ordered: false,
                items: strategy.aims.map(({ title, words }) => [
                  { kind: 'strong', words: title },
                  ...(words === null ? [] : [': ', ...explained.words(words)]),
                ]),
              },
            ],
          },
        ];
  const others = written.filter((name) => name !== 'plain').map(section);
  const agreed: readonly Section[] =
    strategy.approvals.length === 0
      ? []
      : [
          {
            id: 'agreed',
            heading: 'Who agreed to it',
            blocks: [
              {
                kind: 'table',
                id: 'who-agreed',
                caption: 'Bodies that agreed to these words, or noted them',
                columns: [{ heading: 'Who' }, { heading: 'Where' }, { heading: 'When' }],
                rows: strategy.approvals.map(({ by, body, on, kind }) => [
                  [kind === 'noted' ? `${by ?? body} (noted it)` : (by ?? 'An authority')],
                  [body],
                  [formatDate(on)],
                ]),
                remarks: [],
              },
            ],
          },
        ];
  return {
    title: strategy.title,
    subtitle: 'How we prevent and reduce serious violence',
    publisher,
    asOf: strategy.publishedOn,
    marking: 'Public',
    cover: [
      {
        kind: 'facts',
        facts: [
          { name: 'Published on', value: [formatDate(strategy.publishedOn)] },
          ...(strategy.reviewDue === null
            ? []
            : [{ name: 'We look at it again by', value: [formatDate(strategy.reviewDue)] }]),
        ],
      },
      ...readingAge(text),
      danger,
    ],
    sections: [...plain, ...aims, ...others, ...agreed],
    notes: [],
  };
}

/** The plan as everybody may read it, aim by aim. The same plan gives the same document. */
export function planOut(plan: PlanShown): DocumentModel {
  const explained = new Explained();
  const text = plan.actions.map(({ title, about }) => `${title}. ${about ?? ''}`).join('\n');
  const without = plan.actions.filter(({ aims }) => aims.length === 0);
  const groups = [
    ...plan.aims.map((aim) => ({ ...aim, actions: plan.actions.filter(({ aims }) => aims.includes(aim.id)) })),
    ...(without.length === 0 ? [] : [{ id: 'others', title: 'Also', words: null, actions: without }]),
  ];
  return {
    title: 'What we do to prevent and reduce serious violence',
    publisher: plan.name,
    asOf: plan.publishedOn,
    marking: 'Public',
    cover: [
      { kind: 'paragraph', words: [planSentence(plan)], isLead: true },
      { kind: 'facts', facts: [{ name: 'As it was on', value: [formatDate(plan.publishedOn)] }] },
      ...readingAge(text),
      danger,
    ],
    sections: groups.map(({ id, title, words, actions }) => ({
      id: `aim-${id}`,
      heading: title,
      blocks: [
        ...(words === null ? [] : explained.paragraphs(words)),
        actions.length === 0
          ? paragraph(['Nothing is being done for this aim at the moment.'])
          : {
              // A list and not a table: a telephone holds it.
              kind: 'list' as const,
              ordered: false,
              items: actions.map((action): readonly Inline[] => [
                { kind: 'strong', words: action.title },
                `. ${statusLabels[action.status]}${action.isLate ? ', late' : ''}. ${action.lead ?? 'A partner'} leads. `,
                action.due === null ? 'No date yet.' : `Due: ${action.due}.`,
                ...(action.result === null ? [] : [' ', ...explained.words(action.result)]),
              ]),
            },
      ],
    })),
    notes: [],
  };
}
