import { formatDate, formatPeriod, type IsoDate } from '../duty/index.ts';
import type { Block, DocumentModel, Inline, Note, Panel, Section, Table } from '../documents/model.ts';
import { isRefusal, readability } from '../measures/index.ts';
import type { FigureRow } from './figure.ts';
import { isOut, type Definition } from './definition.ts';
import { strengthLabels, type Strength } from './finding.ts';
import { nationalIndicators } from './indicator-templates.ts';
import { numbersIn, quotable, says } from './number-in-words.ts';
import {
  asSentence,
  capital,
  lead,
  listOf,
  paragraph,
  Telling,
  type FigureWanted,
  type Finds,
  type Missing,
  type QuestionAnswer,
  type QuestionScope,
} from './question.ts';
import {
  changeWords,
  clearChanges,
  comparedMonths,
  headlineSentence,
  inPeriod,
  inWords,
  missingSources,
  questions,
  rangeWords,
  ratioWords,
  wardMap,
} from './question-list.ts';
import type { Audience } from './view.ts';
import type { ViewShown } from './view-document.ts';
import { valueWords } from './view-words.ts';
import { numbersTied } from './workbench-document.ts';

export const templates = ['needs', 'annual'] as const;
/** The needs assessment of serious violence (PCSC Act 2022 s.8(3)), or the yearly assessment of SI 2007/1830 reg 7. */
export type Template = (typeof templates)[number];

/** A sentence that people wrote, with who did. */
export interface Said {
  readonly words: string;
  /** Who said so, or where it stands. */
  readonly by: string;
}

/** What people of the partnership have written down; all of it empty where an analyst works alone with files. */
export interface AssessmentRecords {
  /** Checked; `key` names the figure on which one stands, among those that were found. */
  readonly findings: readonly (Said & { readonly key?: string })[];
  /** How far a driver is known: counted, reported by a partner, or claimed by people. */
  readonly drivers: readonly (Said & {
    readonly name: string;
    readonly standing: 'measured' | 'reported' | 'claimed';
  })[];
  readonly protective: readonly Said[];
  /** Chosen, with which body did and when. */
  readonly priorities: readonly (Said & { readonly name: string })[];
  readonly actions: readonly Said[];
  readonly gaps: readonly Said[];
  readonly voices: readonly Said[];
  readonly progress: readonly Said[];
  readonly contributors: readonly string[];
  /** Asked for their part, and not there. */
  readonly absentees: readonly string[];
  readonly nextReview: IsoDate | null;
  readonly version: string | null;
}

export const noRecords: AssessmentRecords = {
  findings: [],
  drivers: [],
  protective: [],
  priorities: [],
  actions: [],
  gaps: [],
  voices: [],
  progress: [],
  contributors: [],
  absentees: [],
  nextReview: null,
  version: null,
};

/** What a definition says that a reader of the first page must know. */
export interface DefinitionSaid {
  readonly name: string;
  readonly version: number;
  readonly isIn: readonly string[];
  /** Left out, each with why, where a reason is recorded. */
  readonly out: readonly { readonly name: string; readonly why: string | null }[];
  readonly decidedBy: string | null;
  readonly decidedOn: string | null;
}

/** What the first page says of a definition. @param body name of the body that decided it, where it is one of the partnership */
export function definitionSaid(
  { name, version, kinds, decidedBy, decidedOn }: Definition,
  body: string | undefined,
): DefinitionSaid {
  return {
    name,
    version,
    isIn: kinds.filter(({ inclusion }) => inclusion === 'core').map((each) => inText(each.name)),
    out: kinds
      .filter(({ inclusion }) => isOut(inclusion))
      .map((each) => ({ name: inText(each.name), why: each.rationale })),
    decidedBy: body ?? decidedBy,
    decidedOn,
  };
}

const spelt = /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/i;

/**
 * A checked finding as an audience may read it; undefined where it may not. Below the restricted rendering each of its numbers
 * has to be one that the figure shows to this audience; where that hides any, numbers in letters are not trusted either.
 */
export function findingFor(
  audience: Audience,
  finding: { readonly id: string; readonly sentence: string; readonly strength: Strength },
  shown: ViewShown | undefined,
): AssessmentRecords['findings'][number] | undefined {
  const { id, sentence, strength } = finding;
  const judged = `evidence: ${strengthLabels[strength].label.toLowerCase()}`;
  // Names of sources may have brackets of their own.
  if (shown === undefined)
    return audience === 'restricted' ? { words: sentence, by: `no figure; ${judged}` } : undefined;
  const rows = shown.document.rows as readonly FigureRow[];
  const told = quotable(rows);
  const isOpen =
    numbersIn(sentence).every((said) => told.some((value) => says(said, value))) &&
    (rows.every(({ state }) => state !== 'hidden') || !spelt.test(sentence));
  if (audience !== 'restricted' && !isOpen) return undefined;
  return { words: sentence, by: `${shown.source.title.replaceAll(/[()]/g, '')}; ${judged}`, key: `finding-${id}` };
}

const inText = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

export interface AssessmentAsked {
  readonly template: Template;
  readonly audience: Audience;
  readonly asOf: IsoDate;
  readonly publisher: string;
  readonly scope: QuestionScope;
  readonly definition: DefinitionSaid | undefined;
  readonly records: AssessmentRecords;
  readonly finds: Finds;
  /** Whether the first page stays on one side of paper. */
  readonly fits: (model: DocumentModel) => boolean;
  /** What stands at the foot of the first page beside what every one has, such as who approved it. */
  readonly coverEnd?: readonly Block[];
}

const nationalKey = (id: string) => `national-${id}`;

/** Every figure that an assessment of a scope needs. */
export function figuresOf(template: Template, scope: QuestionScope): readonly FigureWanted[] {
  const { period, latest, sources } = scope;
  const asked = questions.flatMap((question) => question.asks(scope));
  return [
    ...asked,
    ...sources.map(({ format, from, to }): FigureWanted => ({
      key: `coverage-${format.name}`,
      measure: 'coverage',
      source: format.name,
      period: { from: from < period.from ? from : period.from, to: to > period.to ? period.to : to },
      isNarrowed: false,
    })),
    ...(template === 'needs'
      ? nationalIndicators
          .filter(({ source }) => sources.some(({ format }) => format.name === source))
          .map((each): FigureWanted => ({
            key: nationalKey(each.id),
            measure: 'count',
            source: each.source,
            period: latest,
            by: ['month'],
            isNarrowed: false,
            options: { indicator: each.id },
          }))
      : []),
    { key: 'all', measure: 'count', period: latest, isNarrowed: false },
    { key: 'all-change', measure: 'change', period: latest, isNarrowed: false },
  ];
}

const text = (...words: readonly Inline[]): Block => ({ kind: 'paragraph', words });
const fact = (name: string, ...value: readonly Inline[]) => ({ name, value });
const list = (items: readonly (readonly Inline[])[], ordered = false): Block => ({ kind: 'list', ordered, items });

/** What is missing, and whom to ask for it. */
function missingInset(
  missing: readonly Missing[],
  heading = 'What is missing here, and whom to ask',
): readonly Block[] {
  if (missing.length === 0) return [];
  return [
    {
      kind: 'inset',
      tone: 'missing',
      heading,
      blocks: [list(missing.map(({ what, whom }) => [{ kind: 'strong', words: asSentence(what) }, ` Ask ${whom}.`]))],
    },
  ];
}

const help: Block = {
  kind: 'inset',
  tone: 'help',
  heading: 'Get help now',
  blocks: [
    text(
      'In danger: ',
      { kind: 'strong', words: '999' },
      '. Not an emergency: ',
      { kind: 'strong', words: '101' },
      '. Domestic abuse: 0808 2000 247. Rape or sexual assault: 0808 500 2222. Childline: 0800 1111. Victim Support: 0808 16 89 111.',
    ),
  ],
};

interface Composing extends AssessmentAsked {
  /** Characters of a name that people wrote, for which the first page has room. */
  readonly most: number;
  readonly tell: Telling;
  readonly answers: ReadonlyMap<string, QuestionAnswer>;
}

const answerOf = ({ answers }: Composing, id: string): QuestionAnswer => {
  const answer = answers.get(id);
  if (answer === undefined) throw new Error(`There is no question “${id}”.`);
  return answer;
};

/** With what room for the names that people wrote a first page is tried, until it fits on one side. */
const rooms = [70, 60, 50, 40, 30, 20] as const;

/** An assessment from its figures: the same figures give the same document. */
export function composeAssessment(asked: AssessmentAsked): DocumentModel {
  const tell = new Telling(asked.finds);
  const { scope, template, audience } = asked;
  const composing: Composing = {
    ...asked,
    tell,
    most: rooms[0],
    answers: new Map(questions.map((question) => [question.id, question.answer(scope, tell)])),
  };
  const sections = (template === 'needs' ? needsSections : annualSections)(composing);
  const isOpen =
    scope.source?.disclosure === 'open' && scope.sources.every(({ format }) => format.disclosure === 'open');
  const made = (most: number): DocumentModel => {
    const cover = [
      ...(template === 'needs' ? needsCover : annualCover)({ ...composing, most }),
      ...(asked.coverEnd ?? []),
    ];
    return {
      title:
        template === 'needs'
          ? `Serious violence in ${scope.area.name}: strategic needs assessment`
          : `Crime, disorder, substance misuse and re-offending in ${scope.area.name}: strategic assessment`,
      subtitle: `${formatPeriod(scope.period)}${isOpen ? '. Open-data edition' : ''}`,
      publisher: asked.publisher,
      asOf: asked.asOf,
      marking: markings[audience],
      cover,
      sections,
      notes: notesUsed(cover, sections, tell.notes()),
    };
  };
  const [first, ...others] = rooms;
  return others.reduce((model, most) => (asked.fits(model) ? model : made(most)), made(first));
}

/** The first page alone, with what its numbers rest on. */
export function firstPage(asked: AssessmentAsked): Pick<DocumentModel, 'cover' | 'notes'> {
  const { cover, notes } = composeAssessment(asked);
  const used = new Set(referencesIn(cover));
  return { cover, notes: notes.filter(({ id }) => used.has(id)) };
}

/** Figures of an assessment on which its first page rests, and the part of the workbench to which each belongs. */
export const firstPageFigures = (
  template: Template,
  scope: QuestionScope,
): readonly { readonly wanted: FigureWanted; readonly section: string }[] =>
  figuresOf(template, scope).flatMap((wanted) => {
    const section = firstPageParts.find(([pattern]) => pattern.test(wanted.key))?.[1];
    if (section === undefined || (template === 'needs' && wanted.key.startsWith('all'))) return [];
    return [{ wanted, section: template === 'needs' ? section : wanted.key === 'all-change' ? 'changes' : 'analysis' }];
  });

const firstPageParts: readonly (readonly [RegExp, string])[] = [
  [/^(count|change|kinds-change|comparison|national-.*|all-change)$/, 'kinds'],
  [/^(concentration|wards)$/, 'where'],
  [/^(times|who)-/, 'who'],
];

const markings: Readonly<Record<Audience, string>> = {
  restricted: 'OFFICIAL-SENSITIVE. Restricted: for those who work on it',
  partner: 'OFFICIAL. For partners',
  public: 'Public',
};

// ── The first page ───────────────────────────────────────────────────────────────────────────────────────────────────

/** A finding that people wrote, its numbers tied to the figure on which it stands. */
function foundWords(tell: Telling, { words, by, key }: AssessmentRecords['findings'][number]): readonly Inline[] {
  const shown = key === undefined ? undefined : tell.shown(key);
  if (key === undefined || shown === undefined) return [asSentence(words), ` (${by})`];
  const tied = numbersTied(asSentence(words), [shown]);
  return [...(tied.some((each) => typeof each !== 'string') ? tied : [tell.said(key, asSentence(words))]), ` (${by})`];
}

/** Three findings that figures alone can give, most telling first; those that people wrote come before them. */
function findings({ scope, tell, records }: Composing): readonly (readonly Inline[])[] {
  const origin = ' (police figures)';
  // One page holds no long ones: they stand in the section on kinds.
  const found: (readonly Inline[])[] = records.findings
    .filter(({ words }) => words.length <= 160)
    .map((each) => foundWords(tell, each));
  const comparison = tell.number('comparison');
  if (comparison !== undefined) found.push([...ratioWords(scope, tell, comparison), origin]);
  const concentration = tell.number('concentration');
  if (concentration !== undefined)
    found.push([
      `Half of these ${scope.source?.counts.many ?? 'events'} were recorded in `,
      tell.said(
        'concentration',
        `${valueWords(concentration['areasWithHalf'], 0)} of ${valueWords(concentration.denominator, 0)} small areas`,
      ),
      '. A count of places has no range.',
      origin,
    ]);
  const change = (row: FigureRow, what: string) =>
    changeWords(tell, { key: 'kinds-change', row, what, months: ' a year later' });
  const { higher, lower } = clearChanges(tell.rows('kinds-change'));
  const clear = [...higher, ...lower].filter(({ category }) => category !== scope.narrowing.category);
  // The gravest kind that changed clearly; where none did, robbery all the same: "cannot tell" is a finding.
  const kind =
    gravest.flatMap((pattern) => clear.find(({ category }) => pattern.test(category ?? '')) ?? [])[0] ??
    tell.rows('kinds-change').find(({ category, state }) => category === 'Robbery' && state === 'shown');
  if (kind !== undefined) found.push([...change(kind, `recorded ${(kind.category ?? '').toLowerCase()}`), origin]);
  return found.slice(0, 3);
}

const gravest = [
  /homicide|murder/i,
  /gun|firearm/i,
  /knife/i,
  /robbery/i,
  /rape|sexual assault/i,
  /weapon/i,
  /violence|assault/i,
];

function nationalPanels({ scope, tell }: Composing): readonly Panel[] {
  return nationalIndicators.map(({ id, name, source }): Panel => {
    const key = nationalKey(id);
    const picture = tell.picture(key, { id: key, title: name, isInShort: true });
    if (picture !== undefined) return { heading: name, picture, words: [] };
    const isThere = scope.sources.some(({ format }) => format.name === source);
    return {
      heading: name,
      words: isThere
        ? ['Cannot be shown. ', tell.whyInline(key)]
        : [`No data. It comes from ${missingOfNational[id] ?? 'a source that is not loaded'}.`],
    };
  });
}

const missingOfNational: Readonly<Record<string, string>> = {
  homicide: 'the Home Office’s tables of recorded crime, which are not loaded',
  'knife-admissions': 'the integrated care board, which has not sent it',
  'knife-crime': 'the police force’s own extract, which has not been sent',
};

function driversWords({ records, tell }: Composing): readonly (readonly Inline[])[] {
  const told = records.drivers.map(({ words, by, standing }): readonly Inline[] => [
    { kind: 'strong', words: `${standing.charAt(0).toUpperCase()}${standing.slice(1)}: ` },
    `${words} (${by})`,
  ]);
  const measured = measuredDrivers(tell).map(({ row, what }): readonly Inline[] => [
    { kind: 'strong', words: 'Measured: ' },
    ...changeWords(tell, { key: 'kinds-change', row, what: `recorded ${what}`, months: ' a year later' }),
  ]);
  return [...measured, ...told];
}

function contributorsOf({ scope, records }: Composing) {
  const providers = scope.sources.map(({ format, providers: names }) =>
    names.length === 0 ? format.title : `${listOf(names)} (${format.title})`,
  );
  const names = scope.sources.flatMap(({ format, providers: named }) => (named.length === 0 ? [format.title] : named));
  return {
    there: [...new Set([...providers, ...records.contributors])],
    short: [...new Set([...names, ...records.contributors])],
    absent: [...new Set([...records.absentees, ...missingSources(scope).map(({ body }) => body)])],
  };
}

const isOpenEdition = ({ scope }: Composing): boolean =>
  scope.sources.every(({ format }) => format.disclosure === 'open');

/** @param length `in-short` for the first page: of each reason its first sentence */
function countedFacts(composing: Composing, length: 'whole' | 'in-short' = 'whole') {
  // Of a reason its first sentence, and no more than two lines of it.
  const reason = (why: string) =>
    (length === 'whole' ? why : shortened(why.split('. ')[0] ?? why, composing.most)).replace(/\.$/, '');
  const { definition, scope, tell } = composing;
  if (definition !== undefined)
    return [
      fact(
        'Counted',
        `${definition.name}, version ${inWords(definition.version)}. ${inThrees(definition.isIn, 'It takes in', 'Also')}`,
      ),
      fact(
        'Left out',
        definition.out.length === 0
          ? 'Nothing that was decided about.'
          : definition.out
              .map(({ name, why }) => asSentence(why === null ? name : `${name}. ${capital(reason(why))}`))
              .join(' '),
      ),
      fact(
        'Decided by',
        `${definition.decidedBy ?? 'nobody yet: the definition is a draft'}${definition.decidedOn === null ? '' : `, ${definition.decidedOn}`}.`,
      ),
    ];
  const type = scope.narrowing.category;
  const unlocated = /^([\d,]+) /.exec(
    tell.shown('count')?.document.notes.find((note) => note.includes('no place')) ?? '',
  )?.[1];
  return [
    fact(
      'Counted',
      type === undefined
        ? `Every row of “${scope.source?.title ?? 'the source'}”.`
        : `The type “${type}” of data.police.uk. It is wider than serious violence: it also holds common assault, harassment and stalking.`,
    ),
    fact(
      'Left out',
      type === undefined
        ? 'What the source does not hold.'
        : 'Robbery and weapons, which are other types. Crimes that nobody reported.',
      ...(unlocated === undefined
        ? []
        : [
            ' ',
            tell.said('count', `${unlocated} ${scope.source?.counts.many ?? 'rows'}`),
            ' of the whole source that have no place.',
          ]),
    ),
    fact('Decided by', 'Nobody: no local definition of serious violence was given.'),
  ];
}

function needsCover(composing: Composing): readonly Block[] {
  const { scope, tell } = composing;
  return [
    help,
    { kind: 'paragraph', words: headlineSentence(scope, tell), isLead: true },
    ...openEdition(composing),
    list(findings(composing), true),
    {
      kind: 'panels',
      // Two stand beside each other: words beside words, drawings beside drawings, so that none leaves a hole.
      panels: [
        { heading: 'What is counted', words: runIn(countedFacts(composing, 'in-short')) },
        {
          heading: 'Who, and why',
          words: runIn([
            fact('Who is harmed more', ...whoInShort(composing)),
            fact('What drives it', ...driversInShort(composing)),
          ]),
        },
        ...[...nationalPanels(composing), mapPanel(composing)].toSorted(
          (a, b) => Number('picture' in a) - Number('picture' in b),
        ),
      ],
    },
    { kind: 'paragraph', words: runIn(nextFacts(composing)) },
    { kind: 'paragraph', words: runIn(footFacts(composing)) },
  ];
}

/** Names in sentences of three: nobody reads ten of them in one breath. */
function inThrees(names: readonly string[], first: string, then: string): string {
  const sentences: string[] = [];
  for (let at = 0; at < names.length; at += 3)
    sentences.push(`${at === 0 ? first : then} ${listOf(names.slice(at, at + 3))}.`.trimStart());
  return sentences.join(' ');
}

/** What was chosen, what will be done and by whom, and what is missing: as wide as the page, for names are long. */
const nextFacts = ({ records, most }: Composing) => [
  ...(records.priorities.length === 0 ? [] : [fact('What comes first', prioritiesInShort(records.priorities, most))]),
  fact(
    'What will be done, and by whom',
    saidInShort(records.actions, most, 'Nothing is recorded yet. Ask the partnership for its plan.'),
  ),
  fact(
    'Where help is missing',
    saidInShort(records.gaps, most, 'Nothing is recorded. That does not mean that nothing is missing.'),
  ),
];

/** Facts as one paragraph, each behind its name: a panel is too narrow for two columns. */
const runIn = (facts: readonly { readonly name: string; readonly value: readonly Inline[] }[]): readonly Inline[] =>
  facts.flatMap(({ name, value }, at): readonly Inline[] => [
    { kind: 'strong', words: `${at === 0 ? '' : ' '}${name}: ` },
    ...value,
  ]);

/** Of a name on the first page, as many words as it has room for. */
const shortened = (words: string, most: number): string =>
  words.length <= most ? words : `${words.slice(0, words.lastIndexOf(' ', most - 1) + 1 || most - 1).trimEnd()}…`;

/** The first two: there is one page, and the rest stands in its section. */
const saidInShort = (all: readonly Said[], most: number, nothing: string): string =>
  all.length === 0
    ? nothing
    : `${all
        .slice(0, 2)
        .map(({ words, by }) => `${shortened(words, most)} (${shortened(by, Math.max(most, 50))}).`)
        .join(' ')}${all.length > 2 ? ' The rest stands in its section.' : ''}`;

/** Names of the first three, with who chose them where one body chose them all on one day. */
function prioritiesInShort(all: AssessmentRecords['priorities'], most: number): string {
  const [first] = all;
  const isOne = all.every(({ by }) => by === first?.by);
  const names = all
    .slice(0, 3)
    .map(({ name, by }) => (isOne ? shortened(name, most) : `${shortened(name, most)} (${shortened(by, most)})`));
  return `${names.join('. ')}.${all.length > 3 ? ' The rest stands in the last section.' : ''}${isOne ? ` ${asSentence(capital(shortened(first?.by ?? '', Math.max(most, 60))))}` : ''}`;
}

/** Who gave data and who did not, for which months, and when it is looked at again. */
function footFacts(composing: Composing) {
  const { scope, records, asOf } = composing;
  const { short, absent } = contributorsOf(composing);
  return [
    // By name only: by way of which file stands in the first section.
    fact('Data from', inThrees(short, '', 'Also')),
    fact('Nothing from', absent.length === 0 ? 'Nobody was missing.' : capital(inThrees(absent, '', 'Also'))),
    fact(
      'Version',
      `${asSentence(formatPeriod(scope.period))} ${records.version === null ? 'First draft' : `Version ${records.version}`}, as of ${formatDate(asOf)}. Next review: ${records.nextReview === null ? 'not set' : formatDate(records.nextReview)}.`,
    ),
  ];
}

function mapPanel({ scope, tell }: Composing): Panel {
  const heading = 'Where it is recorded, by ward';
  const map = wardMap(scope, tell, 'first-page-wards');
  return map?.kind === 'picture'
    ? { heading, picture: map, words: [] }
    : { heading, words: ['No map: the boundaries of the wards are not loaded.'] };
}

function whoInShort(composing: Composing): readonly Inline[] {
  const answer = answerOf(composing, 'who');
  return answer.key === undefined
    ? [
        'Not known: the source says nothing about people. No group of people is to blame for what happens to some of them.',
      ]
    : [...answer.sentence, ' No group of people is to blame for what happens to some of them.'];
}

function driversInShort({ tell, records, most }: Composing): readonly Inline[] {
  const measured = measuredDrivers(tell).flatMap(({ row, what }, at): readonly Inline[] => [
    at === 0 ? 'Measured: ' : '; ',
    row['verdict'] === 'higher' || row['verdict'] === 'lower'
      ? tell.said('kinds-change', `${what} ${row['verdict'] === 'higher' ? 'up' : 'down'} ${rangeWords(row)}`)
      : `of ${what} we cannot tell`,
  ]);
  // One of each standing: the others stand in their section.
  const told = (['measured', 'reported', 'claimed'] as const)
    .flatMap((standing) => records.drivers.find((each) => each.standing === standing) ?? [])
    .map(
      ({ name, by, standing }) =>
        ` ${capital(standing)}: ${shortened(name, most)}${standing === 'measured' ? '' : ` (${shortened(by, Math.min(most, 40))})`}.`,
    );
  if (measured.length + told.length === 0) return ['Nothing is measured, reported or claimed yet.'];
  return [
    ...measured,
    ...(measured.length > 0 ? ['.'] : []),
    ...(told.length > 0 ? told : [' Nothing is reported or claimed yet.']),
  ];
}

/** What the source counts that often stands beside violence. */
const measuredDrivers = (tell: Telling) =>
  tell
    .rows('kinds-change')
    .filter(
      ({ category, state }) => state === 'shown' && (category === 'Drugs' || category === 'Possession of weapons'),
    )
    .map((row) => ({ row, what: row.category === 'Drugs' ? 'drug offences' : 'possession of weapons' }));

/** On the first page of what was made from open data alone: what is absent, and which months are missing. */
function openEdition(composing: Composing): readonly Block[] {
  if (!isOpenEdition(composing)) return [];
  const { scope, template } = composing;
  const there = nationalIndicators.filter(({ source }) => scope.sources.some(({ format }) => format.name === source));
  const measures =
    template === 'annual'
      ? 'It says nothing of substance misuse beyond drug offences, and nothing of re-offending.'
      : there.length === 0
        ? 'It has none of the three national measures.'
        : `Of the three national measures it has ${inWords(there.length)}.`;
  return [
    {
      kind: 'inset',
      tone: 'missing',
      heading: 'Open-data edition: what is absent',
      blocks: [
        text(
          `This is made from published police data alone. ${measures} Nothing comes from health, fire, schools, youth justice or probation. No partner has checked it.`,
          ...gapsInline(composing),
        ),
      ],
    },
  ];
}

function gapsInline({ scope, tell }: Composing): readonly Inline[] {
  const source = scope.source?.name;
  const note = source === undefined ? undefined : tell.note(`coverage-${source}`, 'A missing month is not a nought');
  return note === undefined ? [] : [' ', note];
}

function annualCover(composing: Composing): readonly Block[] {
  const { scope, tell } = composing;
  const change = tell.number('all-change');
  return [
    help,
    {
      kind: 'paragraph',
      isLead: true,
      words:
        change === undefined
          ? ['Whether crime and disorder changed cannot be said. ', tell.whyInline('all-change')]
          : changeWords(tell, {
              key: 'all-change',
              row: change,
              what: `recorded crime and anti-social behaviour in ${scope.area.name}`,
              months: comparedMonths(tell, 'all-change'),
            }),
    },
    ...openEdition(composing),
    list(findings(composing), true),
    {
      kind: 'facts',
      facts: [
        fact(
          'What this is',
          'The strategic assessment that the community safety partnership makes each year (SI 2007/1830, regulation 7). It is wider than serious violence.',
        ),
        ...footFacts(composing),
      ],
    },
  ];
}

// ── The sections ─────────────────────────────────────────────────────────────────────────────────────────────────────

function questionSection(
  composing: Composing,
  id: string,
  asked: { readonly id: string; readonly heading: string },
): Section {
  const answer = answerOf(composing, id);
  return { ...asked, blocks: [lead(answer.sentence), ...answer.blocks, ...missingInset(answer.missing)] };
}

const saidList = (all: readonly Said[]): Block => list(all.map(({ words, by }) => [`${words} (${by})`]));

/** All findings that people of the partnership wrote and checked. */
const foundList = ({ records, tell }: Composing): readonly Block[] =>
  records.findings.length === 0
    ? []
    : [
        paragraph('People of the partnership found, and a second person checked:'),
        list(records.findings.map((each) => foundWords(tell, each))),
      ];

/** A section that people write: what they wrote, or what is missing and whom to ask. */
const writtenSection = (
  id: string,
  heading: string,
  all: readonly Said[],
  nothing: { readonly words: string; readonly missing: Missing },
  more: readonly Block[] = [],
): Section => ({
  id,
  heading,
  blocks:
    all.length > 0 ? [saidList(all), ...more] : [paragraph(nothing.words), ...more, ...missingInset([nothing.missing])],
});

function needsSections(composing: Composing): readonly Section[] {
  const { records, scope } = composing;
  const howMuch = questionSection(composing, 'how-much', { id: 'how-much', heading: 'How much, and is it changing?' });
  const what = questionSection(composing, 'what', { id: 'what', heading: 'Kinds, volume and harm' });
  const compare = questionSection(composing, 'compare', { id: 'compare', heading: 'Beside other areas' });
  const spread = questionSection(composing, 'spread', { id: 'spread', heading: 'Does it spread?' });
  return [
    scopeSection(composing),
    populationSection(composing),
    {
      id: 'kinds-of-violence',
      heading: 'Kinds of violence',
      blocks: foundList(composing),
      sections: [howMuch, what, compare],
    },
    { ...questionSection(composing, 'where', { id: 'where', heading: 'Where it happens' }), sections: [spread] },
    questionSection(composing, 'when', { id: 'when', heading: 'When it happens' }),
    questionSection(composing, 'who', { id: 'who', heading: 'Who is harmed, and who harms' }),
    driversSection(composing),
    protectiveSection(composing),
    writtenSection('inequality', 'Inequality and fairness', [], {
      words:
        'Whether some groups are harmed more, or stopped and charged more, for their number cannot be said from what is loaded. An absence of figures is no sign of fairness.',
      missing: {
        what: 'ethnic group, special educational needs and deprivation, with the share that is not known',
        whom: 'the analyst of the police force; the council’s director of children’s services; the youth justice service',
      },
    }),
    questionSection(composing, 'sources', { id: 'hidden', heading: 'Hidden violence: do the sources agree?' }),
    writtenSection('services', 'Services and gaps', records.gaps, {
      words: `Which services work in ${scope.area.name}, and where help is missing, is not recorded with this assessment.`,
      missing: {
        what: 'the list of services, and places where people looked for help and found none',
        whom: 'the partnership’s head of prevention',
      },
    }),
    writtenSection('voices', 'Voices', records.voices, {
      words:
        'Children, people who were harmed, communities and voluntary groups have not been heard for this assessment. Figures cannot speak for them.',
      missing: {
        what: 'what people say, and how it changed the findings',
        whom: 'youth services, victims’ services and voluntary groups',
      },
    }),
    whatWorks(),
    writtenSection('progress', 'Progress on the last plan', records.progress, {
      words: 'No earlier plan or assessment is recorded, so nothing can be said of progress.',
      missing: { what: 'last year’s plan, with what was done', whom: 'the partnership’s coordinator' },
    }),
    qualitySection(composing),
    prioritiesSection(composing),
  ];
}

function scopeSection(composing: Composing): Section {
  const { scope, asOf, definition } = composing;
  const { there, absent } = contributorsOf(composing);
  return {
    id: 'scope',
    heading: 'What this covers',
    blocks: [
      paragraph(
        'The police, the fire service, health, probation, youth justice and the council must work as one to cut serious violence. The law asks them to find out what kinds there are, and why. This is what they found. The law is section 8 of the Police, Crime, Sentencing and Courts Act 2022.',
      ),
      {
        kind: 'facts',
        facts: [
          fact('Area', `${scope.area.name} (${scope.area.code})`),
          fact(
            'Period',
            `${formatPeriod(scope.period)}. “The year” means ${inPeriod(scope.latest).replace(/^in |^from /, '')}.`,
          ),
          fact('As of', formatDate(asOf)),
          ...countedFacts(composing),
          fact('Data came from', `${there.join('. ')}.`),
          fact(
            'Nothing came from',
            absent.length === 0 ? 'Nobody was missing.' : capital(inThrees(absent, '', 'Also')),
          ),
        ],
      },
      ...(definition === undefined
        ? missingInset([
            {
              what: 'a local definition of serious violence, with the reasons for what is in and out (section 13(6) of the Act)',
              whom: 'the partnership’s board',
            },
          ])
        : []),
      paragraph(
        'Most numbers have a range behind them. It shows how far chance alone could move the number. If the year came again and again, the range would hold the true level nineteen times in twenty. Where “no change” lies in the range, we say that we cannot tell.',
      ),
    ],
  };
}

function populationSection({ scope, tell }: Composing): Section {
  const rate = tell.number('rate');
  return {
    id: 'population',
    heading: 'People and place',
    blocks: [
      rate === undefined
        ? paragraph('How many people live here is not known: ', tell.whyInline('rate'))
        : lead([`${scope.area.name} is home to `, tell.said('rate', `${valueWords(rate.denominator, 0)} people`), '.']),
      ...notesWith(tell, 'rate', 'People:'),
      paragraph(
        'Rates in this assessment count those who live here. People who come to work, to shop or for a holiday are not among them.',
      ),
      ...missingInset([
        {
          what: 'age, sex, ethnic group and deprivation of the people who live here',
          whom: 'the council’s public health intelligence team',
        },
        {
          what: 'how many people visit, and where people go out at night',
          whom: 'the council’s tourism and licensing teams',
        },
      ]),
    ],
  };
}

function notesWith(tell: Telling, key: string, phrase: string): readonly Block[] {
  const note = tell.note(key, phrase);
  return note === undefined ? [] : [paragraph(note)];
}

function driversSection(composing: Composing): Section {
  const drivers = driversWords(composing);
  return {
    id: 'drivers',
    heading: 'Causes and drivers',
    blocks: [
      paragraph(
        'What stands beside violence is not always its cause. Each line says how it is known: measured (counted by a source), reported (a partner says so from its work) or claimed (somebody said so).',
      ),
      ...(drivers.length === 0 ? [paragraph('Nothing is measured, reported or claimed.')] : [list(drivers)]),
      paragraph(
        'Offences that the police find by looking, such as drugs and weapons, rise when they look more. They show police work as much as harm.',
      ),
      ...missingInset([
        {
          what: 'alcohol, domestic abuse, drug supply, exploitation, exclusion from school and what happens online',
          whom: 'public health, the domestic abuse board, the police force and the director of children’s services',
        },
      ]),
    ],
  };
}

const levels = [
  [
    'A person',
    'being young and male; having been harmed before; trauma in childhood; alcohol and drugs; special needs that nobody met',
    'doing well at school; handling feelings; solving problems',
  ],
  [
    'Close people',
    'violence at home; harsh parenting; a parent in prison; friends in gangs; exploitation',
    'an adult to trust; parents who know where their children are; good friends',
  ],
  [
    'The neighbourhood',
    'deep poverty; a drug market; many places that sell alcohol; schools that exclude often; few youth services',
    'neighbours who act together; youth services; safe ways to school',
  ],
  [
    'Society',
    'inequality; the idea that violence is normal; harm online; discrimination',
    'fair law; jobs; other stories to tell',
  ],
] as const;

function protectiveSection({ records }: Composing): Section {
  const grid: Table = {
    kind: 'table',
    id: 'risk-and-protection',
    caption: 'What raises the risk, and what protects',
    columns: [{ heading: 'Level' }, { heading: 'Raises the risk' }, { heading: 'Protects' }],
    rows: levels.map(([level, risk, protects]) => [[level], [asSentence(risk)], [asSentence(protects)]]),
    remarks: ['From general research, not from this area. Most people with several risks never harm anyone.'],
  };
  return {
    id: 'risk',
    heading: 'Risk and protection',
    blocks: [
      paragraph(
        'Risks and protections lie in a person, in those close to them, in the neighbourhood and in society. The table shows those that research names.',
      ),
      grid,
      ...(records.protective.length > 0 ? [saidList(records.protective)] : []),
      ...missingInset([
        {
          what: 'what these look like here, with a local number beside each',
          whom: 'every partner: most of these are known to schools, health and social care, not to the police',
        },
      ]),
    ],
  };
}

const whatWorks = (): Section => ({
  id: 'what-works',
  heading: 'What works',
  blocks: [
    paragraph(
      'What has been tried elsewhere, and how strong the evidence is, stands in the toolkit of the Youth Endowment Fund. It is not repeated here, because its ratings change. ',
      { kind: 'link', words: 'Youth Endowment Fund toolkit', address: 'https://youthendowmentfund.org.uk/toolkit/' },
      '.',
    ),
    paragraph(
      'Before anything is chosen, ask of each idea: who is it for, what would change, how would we know, and what would happen without it?',
    ),
  ],
});

function qualitySection({ scope, tell }: Composing): Section {
  const blocks: Block[] = [];
  for (const { format } of scope.sources) {
    const key = `coverage-${format.name}`;
    const gap = tell.note(key, 'A missing month is not a nought');
    blocks.push(
      gap === undefined
        ? paragraph(`${format.title}: every month of the period is there.`)
        : paragraph(`${format.title}: `, gap, ' A missing month is drawn as a gap, and no total is made over it.'),
    );
    for (const caution of format.cautions) blocks.push(paragraph(caution));
    if (tell.shown(key) !== undefined)
      blocks.push(
        tell.table(key, { id: `coverage-${format.name}`, caption: `Which months of “${format.title}” are there?` }),
      );
  }
  const unlocated = tell.note('all', 'no place');
  if (unlocated !== undefined) blocks.push(paragraph(unlocated));
  return {
    id: 'quality',
    heading: 'Quality of the data, and gaps',
    blocks: [
      paragraph('Police figures show what was reported and written down. They are not all that happened.'),
      ...blocks,
      ...missingInset(missingSources(scope), 'Sources that are not here, and whom to ask'),
    ],
  };
}

function prioritiesSection({ records }: Composing): Section {
  return writtenSection(
    'priorities',
    'Priorities and recommendations',
    records.priorities,
    {
      words:
        'No priority has been chosen. Figures alone cannot choose: people of the partnership weigh harm, volume, and what they can change, and write down why.',
      missing: { what: 'the partnership’s scoring of its problems, and its choice', whom: 'the partnership’s board' },
    },
    records.actions.length === 0
      ? []
      : [paragraph('What the published plan says will be done, and who leads:'), saidList(records.actions)],
  );
}

/** SI 2007/1830 reg 7(a) to (g), in its order. */
function annualSections(composing: Composing): readonly Section[] {
  const { tell, records } = composing;
  const ask = (id: string, heading: string) => questionSection(composing, id, { id, heading });
  const change = tell.number('all-change');
  return [
    {
      id: 'levels',
      heading: 'Levels and patterns of crime, disorder and substance misuse',
      blocks: [
        paragraph('Regulation 7(a). This section holds all crime and anti-social behaviour that the sources know.'),
      ],
      sections: [
        ask('what', 'Kinds'),
        ask('where', 'Where'),
        ask('when', 'When'),
        ask('who', 'Who is harmed'),
        ask('compare', 'Beside other areas'),
      ],
    },
    {
      id: 'changes',
      heading: 'Changes since the last assessment',
      blocks: [
        paragraph('Regulation 7(b). The last twelve months are set beside the same months of the year before.'),
        change === undefined
          ? paragraph('Whether crime and disorder changed cannot be said. ', tell.whyInline('all-change'))
          : lead(
              changeWords(tell, {
                key: 'all-change',
                row: change,
                what: 'all that was recorded',
                months: comparedMonths(tell, 'all-change'),
              }),
            ),
        ...(tell.note('all-change', 'lockdown') === undefined ? [] : notesWith(tell, 'all-change', 'lockdown')),
      ],
      sections: [ask('how-much', 'How much, month by month'), ask('sources', 'Do the sources agree?')],
    },
    { ...driversSection(composing), id: 'why', heading: 'Why it changed' },
    { ...prioritiesSection(composing), id: 'priorities', heading: 'What the authorities should put first' },
    writtenSection('residents', 'What people who live and work here want put first', records.voices, {
      words: 'Nobody’s views are recorded with this assessment. Regulation 7(e) asks for them.',
      missing: {
        what: 'views of people who live and work in the area, and of groups most affected',
        whom: 'the partnership’s coordinator, who holds at least one public meeting a year',
      },
    }),
    writtenSection('progress', 'How far last year’s plan was carried out', records.progress, {
      words: 'No plan is recorded, so nothing can be said of progress. Regulation 7(f) asks for it.',
      missing: { what: 'last year’s partnership plan, with what was done', whom: 'the partnership’s coordinator' },
    }),
    writtenSection('county', 'Matters for the county', [], {
      words: 'Nothing is put to a county strategy group. Regulation 7(g) asks for this only where there is one.',
      missing: { what: 'matters that go beyond this area', whom: 'the county strategy group, where there is one' },
    }),
    qualitySection(composing),
  ];
}

// ── What stands behind it ────────────────────────────────────────────────────────────────────────────────────────────

/** Ids of notes in the order in which the text first refers to them. */
export function referencesIn(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block): readonly string[] => {
    switch (block.kind) {
      case 'paragraph':
        return inlineNotes(block.words);
      case 'list':
        return block.items.flatMap(inlineNotes);
      case 'table':
        return block.rows.flatMap((row) => row.flatMap(inlineNotes));
      case 'picture':
        return referencesIn([block.table]);
      case 'inset':
        return referencesIn(block.blocks);
      case 'panels':
        return block.panels.flatMap(({ picture, words }) => [
          ...inlineNotes(words),
          ...(picture === undefined ? [] : referencesIn([picture])),
        ]);
      case 'facts':
        return block.facts.flatMap(({ value }) => inlineNotes(value));
    }
  });
}

const inlineNotes = (words: readonly Inline[]): readonly string[] =>
  words.flatMap((word) => (typeof word !== 'string' && word.kind === 'figure' ? [word.note] : []));

const blocksOf = (sections: readonly Section[]): readonly Block[] =>
  sections.flatMap(({ blocks, sections: inner }) => [...blocks, ...blocksOf(inner ?? [])]);

function notesUsed(
  cover: readonly Block[],
  sections: readonly Section[],
  notes: ReadonlyMap<string, Note>,
): readonly Note[] {
  return [...new Set(referencesIn([...cover, ...blocksOf(sections)]))].map((id) => {
    const note = notes.get(id);
    if (note === undefined) throw new Error(`Nothing is known of the figure ${id}.`);
    return note;
  });
}

/** How hard a section is to read: its paragraphs and lists, without tables. */
export interface SectionReading {
  readonly section: string;
  readonly words: number;
  /** English reading age in years; null where there is too little to say. */
  readonly age: number | null;
}

export function readingAges({ cover, sections }: Pick<DocumentModel, 'cover' | 'sections'>): readonly SectionReading[] {
  return [
    { section: 'First page', blocks: cover },
    ...sections.map((section) => ({ section: section.heading, blocks: blocksOf([section]) })),
  ].map(({ section, blocks }) => {
    const read = readability(withShortNumbers(proseOf(blocks).join('\n\n')));
    return isRefusal(read)
      ? { section, words: 0, age: null }
      : { section, words: read.counts.words, age: Math.round(read.readingAgeYears * 10) / 10 };
  });
}

const plain = (words: readonly Inline[]): string =>
  words.map((word) => (typeof word === 'string' ? word : word.words)).join('');

/** A figure in numerals is seen at a glance and is counted as a short word; spelt out, "11.1%" would be seven syllables. */
const withShortNumbers = (text: string): string => text.replaceAll(/\d+(?:[.,]\d+)*%?/g, 'ten');

/** What is read from left to right: no tables, no pictures. */
function proseOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block): readonly string[] => {
    switch (block.kind) {
      case 'paragraph':
        return [plain(block.words)];
      case 'list':
        return block.items.map(plain);
      case 'inset':
        return proseOf(block.blocks);
      case 'facts':
        return block.facts.map(({ value }) => plain(value));
      case 'panels':
        return block.panels.map(({ words }) => plain(words));
      case 'table':
      case 'picture':
        return [];
    }
  });
}
