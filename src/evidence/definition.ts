import { z } from 'zod';
import {
  canonicalJson,
  done,
  formatDate,
  isoDateSchema,
  isSlug,
  parsePartialDate,
  refused,
  type IsoDate,
  type Outcome,
} from '../duty/index.ts';
import type { Condition } from '../platform/releases/table.ts';
import { ageColumns, columnOf } from './aspect-column.ts';
import { formatNames, type Aspect, type Expression, type FormatName, type SourceFormat } from './source.ts';
import { findViolenceKind, flagLabels, flags, violenceKinds, type Flag, type Selection } from './violence-kinds.ts';

/**
 * What a partnership decided about a kind of violence. `core` is counted. `wider` is worked on and counted apart.
 * `excluded` is out. `signposted` is out because another board has it.
 */
export const inclusions = ['core', 'wider', 'excluded', 'signposted'] as const;
export type Inclusion = (typeof inclusions)[number];
export const inclusionLabels: Readonly<Record<Inclusion, string>> = {
  core: 'In',
  wider: 'In the wider list',
  excluded: 'Out',
  signposted: 'Out: other board',
};

export const isOut = (inclusion: Inclusion): boolean => inclusion === 'excluded' || inclusion === 'signposted';

/** What must be taken into account of each kind (PCSC Act 2022 s.13(6)(a) to (d)). The Act sets no score and no threshold. */
export const factorNames = ['penalty', 'victim', 'prevalence', 'community'] as const;
export type FactorName = (typeof factorNames)[number];
export const factorLabels: Readonly<Record<FactorName, string>> = {
  penalty: 'The maximum penalty for the offence',
  victim: 'The impact on any victim',
  prevalence: 'How common it is in the area',
  community: 'The impact on the community',
};

/** A reasoned judgement. `date` is in words, such as September 2022. */
export interface Judgement {
  readonly finding: string;
  readonly evidence: string;
  readonly date: string | null;
}

export const ageScopes = ['all', 'under-25'] as const;
export type AgeScope = (typeof ageScopes)[number];
export const ageScopeLabels: Readonly<Record<AgeScope, string>> = { all: 'All ages', 'under-25': 'Under 25' };
const oldestUnder25 = 24;

export const settings = ['any', 'public-space', 'home'] as const;
export type Setting = (typeof settings)[number];
export const settingLabels: Readonly<Record<Setting, string>> = {
  any: 'Anywhere',
  'public-space': 'In public space',
  home: 'At home',
};

export interface KindDecision {
  /** A kind of the list of Concord, or a name of its own: lower case with hyphens. */
  readonly kind: string;
  readonly name: string;
  readonly inclusion: Inclusion;
  /**
   * Of a kind that is out: whether its rows are taken out of all other kinds too. Domestic abuse that is out in this way
   * takes a domestic knife crime out of knife crime.
   */
  readonly takesOut: boolean;
  readonly factors: Readonly<Record<FactorName, Judgement | null>>;
  readonly ageScope: AgeScope;
  readonly setting: Setting;
  readonly rationale: string | null;
  /** Who looks after it where it is out, such as a Domestic Abuse Partnership Board. */
  readonly alternativeGovernance: string | null;
  readonly dissent: string | null;
}

/** Which rows of a source are of which kind. */
export interface SourceSelections {
  readonly format: FormatName;
  readonly kinds: readonly ({ readonly kind: string } & Selection)[];
}

/** What a definition says, and its hash covers: nothing of where it stands and when. */
export interface DefinitionContent {
  /** Of the line of its versions: lower case with hyphens. */
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** What it is in a sentence or two, and where it comes from. */
  readonly about: string | null;
  readonly kinds: readonly KindDecision[];
  readonly sources: readonly SourceSelections[];
}

export const definitionStatuses = ['draft', 'adopted', 'superseded'] as const;
export type DefinitionStatus = (typeof definitionStatuses)[number];
/** Serious violence as a partnership defined it (PCSC Act 2022 s.13). */
export interface Definition extends DefinitionContent {
  readonly status: DefinitionStatus;
  /** The id of a body of the partnership, or a body's name in words. */
  readonly decidedBy: string | null;
  /** In words, such as 14 March 2023. */
  readonly decidedOn: string | null;
  readonly effectiveFrom: IsoDate | null;
  readonly reviewBy: IsoDate | null;
}

// ── As a file ────────────────────────────────────────────────────────────────────────────────────────────────────────

const kindKey = z
  .string()
  .refine((kind) => kind.length <= 60 && isSlug(kind), 'Write a kind in lower case letters, figures and hyphens');
const sentences = (most: number) => z.string().trim().min(1).max(most).nullable().default(null);
const inWords = z
  .string()
  .trim()
  .refine((date) => parsePartialDate(date).done, 'Write a date such as 14 March 2023, or September 2022')
  .nullable()
  .default(null);
const judgementSchema = z
  .strictObject({
    finding: z.string().trim().min(1).max(2000),
    evidence: z.string().trim().max(2000).default(''),
    date: inWords,
  })
  .nullable()
  .default(null);

const decisionSchema = z
  .strictObject({
    kind: kindKey,
    name: z.string().trim().min(1).max(200).optional(),
    inclusion: z.enum(inclusions),
    takesOut: z.boolean().default(false),
    factors: z
      .strictObject({
        penalty: judgementSchema,
        victim: judgementSchema,
        prevalence: judgementSchema,
        community: judgementSchema,
      })
      .prefault({}),
    ageScope: z.enum(ageScopes).default('all'),
    setting: z.enum(settings).default('any'),
    rationale: sentences(4000),
    alternativeGovernance: sentences(1000),
    dissent: sentences(4000),
  })
  .refine(
    ({ inclusion, takesOut }) => !takesOut || isOut(inclusion),
    'Only a kind that is out can take rows out of the others: set "takesOut" to false',
  );

const selectionSchema = z.strictObject({
  kind: kindKey,
  offenceCodes: z.array(z.string().trim().min(1).max(20)).min(1).max(300).optional(),
  categories: z.array(z.string().trim().min(1).max(200)).min(1).max(300).optional(),
  flags: z.array(z.enum(flags)).min(1).optional(),
});

const isOnce = (names: readonly string[]): boolean => new Set(names).size === names.length;

/**
 * The file that `concord definition add` takes. Where it names no sources, those of Concord's list stand: see
 * `usualSources`.
 */
export const definitionFileSchema = z.strictObject({
  $schema: z.string().optional(),
  id: kindKey.optional().describe('Of the line of its versions; made from the name when it is not there'),
  name: z.string().trim().min(1).max(200),
  about: sentences(2000),
  kinds: z
    .array(decisionSchema)
    .min(1, 'Name at least one kind of violence')
    .max(100)
    .refine((kinds) => isOnce(kinds.map(({ kind }) => kind)), 'Name each kind once'),
  sources: z
    .array(
      z.strictObject({
        format: z.enum(formatNames),
        kinds: z
          .array(selectionSchema)
          .max(100)
          .refine((kinds) => isOnce(kinds.map(({ kind }) => kind)), 'Name each kind once for a source'),
      }),
    )
    .max(formatNames.length)
    .refine((sources) => isOnce(sources.map(({ format }) => format)), 'Name each source once')
    .optional(),
  decidedBy: sentences(300),
  decidedOn: inWords,
  effectiveFrom: isoDateSchema.nullable().default(null),
  reviewBy: isoDateSchema.nullable().default(null),
});
export type DefinitionFile = z.infer<typeof definitionFileSchema>;

/** A kind that nobody has judged yet. */
export function undecided(kind: string, inclusion: Inclusion = 'core'): KindDecision {
  return {
    kind,
    name: findViolenceKind(kind)?.name ?? kind,
    inclusion,
    takesOut: false,
    factors: { penalty: null, victim: null, prevalence: null, community: null },
    ageScope: 'all',
    setting: 'any',
    rationale: null,
    alternativeGovernance: null,
    dissent: null,
  };
}

/** What the list of Concord says of these kinds, for every source that it knows something of. */
export function usualSources(kinds: readonly string[]): readonly SourceSelections[] {
  return formatNames.flatMap((format) => {
    const of = kinds.flatMap((kind) => {
      const selection = findViolenceKind(kind)?.selections[format];
      return selection === undefined ? [] : [{ kind, ...selection }];
    });
    return of.length === 0 ? [] : [{ format, kinds: of }];
  });
}

// ── Its hash ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The one text of what a definition says (RFC 8785): its SHA-256 stands in the passport of a figure. Status and dates are
 * left out, since adopting a definition does not change what it counts.
 */
export function definitionText(definition: DefinitionContent): string {
  const { id, version, name, about, kinds, sources } = definition;
  return canonicalJson({
    id,
    version,
    name,
    about,
    kinds,
    sources: sources.map((source) => ({
      format: source.format,
      kinds: source.kinds.map((each) => ({ kind: each.kind, ...plain(each) })),
    })),
  });
}

/** What is not there and what is undefined are the same to a reader; canonical JSON refuses the second. */
const plain = ({ offenceCodes, categories, flags: marked }: Selection) => ({
  ...(offenceCodes !== undefined && { offenceCodes }),
  ...(categories !== undefined && { categories }),
  ...(marked !== undefined && { flags: marked }),
});

// ── What a source can say of it ──────────────────────────────────────────────────────────────────────────────────────

export interface KindExpressed {
  readonly kind: string;
  readonly name: string;
  readonly expression: Expression;
}

/** Whether rows of a source can be counted as a definition means it, as a whole and kind by kind. */
export interface Expressibility {
  readonly whole: Expression;
  /** Kinds that count, and those that take rows out of them. */
  readonly kinds: readonly KindExpressed[];
}

/** What is counted: the core alone, or with the wider list. */
export interface Cut {
  readonly withWider?: boolean;
  /** One kind by itself. */
  readonly kind?: string;
}

const counted = ({ kinds }: DefinitionContent, cut: Cut): readonly KindDecision[] =>
  kinds.filter(({ kind, inclusion }) =>
    cut.kind === undefined
      ? inclusion === 'core' || (cut.withWider === true && inclusion === 'wider')
      : kind === cut.kind && !isOut(inclusion),
  );

const takingOut = ({ kinds }: DefinitionContent): readonly KindDecision[] =>
  kinds.filter(({ inclusion, takesOut }) => isOut(inclusion) && takesOut);

export function expressibility(definition: DefinitionContent, format: SourceFormat, cut: Cut = {}): Expressibility {
  const of = [...counted(definition, cut), ...takingOut(definition)];
  const kinds = of.map((decision) => ({
    kind: decision.kind,
    name: decision.name,
    expression: expressionOf(definition, decision, format),
  }));
  return { whole: leastOf(kinds.map(({ expression }) => expression)), kinds };
}

function expressionOf(definition: DefinitionContent, decision: KindDecision, format: SourceFormat): Expression {
  const known = findViolenceKind(decision.kind);
  const selection = selectionOf(definition, decision.kind, format.name);
  const asked = [
    ...(selection?.offenceCodes === undefined ? (known?.asks ?? []) : (['offence'] as const)),
    ...(selection?.flags ?? []),
  ];
  const said = leastOf([
    ...asked.map((aspect) => format.expresses[aspect]),
    ...(decision.ageScope === 'all' ? [] : [ageExpression(format)]),
    ...(decision.setting === 'any' ? [] : [settingExpression(decision.setting, format)]),
  ]);
  if (said.can === 'not') return said;
  if (selection === undefined)
    return { can: 'not', because: `this definition does not say which rows of “${format.title}” are of this kind` };
  const columns = [...(selection.offenceCodes === undefined ? [] : (['offence'] as const)), ...(selection.flags ?? [])];
  const missing = columns.find((aspect) => columnOf(format, aspect) === undefined);
  if (missing !== undefined) return { can: 'not', because: `“${format.title}” has no column for ${wordsOf(missing)}` };
  const proxy =
    known === undefined && selection.categories !== undefined
      ? `the rows that it calls ${selection.categories.map((each) => `“${each}”`).join(', ')}`
      : known?.proxy;
  return proxy === undefined ? said : leastOf([said, { can: 'by-proxy', proxy }]);
}

function ageExpression(format: SourceFormat): Expression {
  const said = [format.expresses['age-of-victim'], format.expresses['age-of-suspect']];
  if (ageColumns(format).length > 0) return said.find(({ can }) => can !== 'not') ?? { can: 'fully' };
  return said.find(({ can }) => can === 'not') ?? { can: 'not', because: `“${format.title}” keeps no age in years` };
}

function settingExpression(setting: Setting, format: SourceFormat): Expression {
  if (setting === 'home')
    return { can: 'not', because: `“${format.title}” does not mark what happened at home apart from other places` };
  const said = format.expresses['public-space'];
  if (said.can === 'not' || columnOf(format, 'public-space') !== undefined) return said;
  return { can: 'not', because: `“${format.title}” has no column for ${wordsOf('public-space')}` };
}

const wordsOf = (aspect: Aspect): string =>
  aspect in flagLabels ? flagLabels[aspect as Flag] : aspect === 'offence' ? 'offence codes' : 'public space';

/** The worst of several: what cannot be said, then what only stands for it. */
function leastOf(expressions: readonly Expression[]): Expression {
  const not = expressions.find(({ can }) => can === 'not');
  if (not !== undefined) return not;
  const proxies = expressions.flatMap((each) => (each.can === 'by-proxy' ? [each.proxy] : []));
  return proxies.length === 0 ? { can: 'fully' } : { can: 'by-proxy', proxy: [...new Set(proxies)].join('; ') };
}

const selectionOf = (definition: DefinitionContent, kind: string, format: FormatName): Selection | undefined =>
  definition.sources.find((source) => source.format === format)?.kinds.find((each) => each.kind === kind);

/**
 * The rows of a release of this source that the definition counts: any of the kinds that are in, without those that take
 * rows out. All conditions hold together. A row that is of several kinds is counted once.
 *
 * Refused where the source cannot say it: a figure under a definition that it does not follow would be another figure.
 */
export function conditionsOf(
  definition: DefinitionContent,
  format: SourceFormat,
  cut: Cut = {},
): Outcome<readonly Condition[], 'not-valid'> {
  const kinds = counted(definition, cut);
  if (kinds.length === 0)
    return refused(
      'not-valid',
      cut.kind === undefined
        ? `“${definition.name}” counts no kind of violence yet. Say which kinds are in`
        : `“${definition.name}” does not count “${cut.kind}”. Choose a kind that is in`,
    );
  const reasons = Map.groupBy(
    expressibility(definition, format, cut).kinds.flatMap(({ name, expression }) =>
      expression.can === 'not' ? [{ name: inText(name), because: expression.because }] : [],
    ),
    ({ because }) => because,
  );
  if (reasons.size > 0) {
    const why = [...reasons].map(([because, of]) => `${because} (${listed(of.map(({ name }) => name))})`);
    return refused(
      'not-valid',
      `“${definition.name}” cannot be expressed: ${why.join('; ')}. Choose another source, or a definition that “${format.title}” can express`,
    );
  }
  const conditionOf = (decision: KindDecision): Condition => ({
    all: rowsOf(decision, selectionOf(definition, decision.kind, format.name) ?? {}, format),
  });
  const outside = takingOut(definition).map((decision): Condition => ({ not: conditionOf(decision) }));
  return done([{ any: kinds.map(conditionOf) }, ...outside]);
}

function rowsOf(decision: KindDecision, selection: Selection, format: SourceFormat): readonly Condition[] {
  return [
    ...(selection.offenceCodes === undefined
      ? []
      : [{ column: columnOf(format, 'offence') ?? 'category', in: selection.offenceCodes }]),
    ...(selection.categories === undefined ? [] : [{ column: 'category', in: selection.categories }]),
    ...(selection.flags ?? []).map((flag) => ({ column: columnOf(format, flag) ?? flag, is: true })),
    ...(decision.ageScope === 'all'
      ? []
      : [{ any: ageColumns(format).map((column) => ({ column, atLeast: 0, atMost: oldestUnder25 })) }]),
    ...(decision.setting === 'public-space'
      ? [{ column: columnOf(format, 'public-space') ?? 'public-space', is: true }]
      : []),
  ];
}

const inText = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

// ── What to look at before it is adopted ─────────────────────────────────────────────────────────────────────────────

/** What whoever decides should see. A warning never blocks: partners decide, and no score does. */
export function warningsOf({ kinds }: DefinitionContent): readonly string[] {
  const inclusionOf = new Map(kinds.map(({ kind, inclusion }) => [kind, inclusion]));
  const floor = violenceKinds.filter(
    ({ kind, isFloor }) => isFloor && !['core', 'wider'].includes(inclusionOf.get(kind) ?? ''),
  );
  const unjudged = kinds.filter(({ factors }) => factorNames.some((name) => factors[name] === null));
  return [
    ...(floor.length === 0
      ? []
      : [
          `It leaves out ${listed(floor.map(({ name }) => inText(name)))}, which areas describe as the least that the national strategy means. You can still adopt it. Say why in the reasons.`,
        ]),
    ...(unjudged.length === 0
      ? []
      : [
          `Section 13(6) asks for four factors. Not all four have a finding for ${listed(unjudged.map(({ name }) => inText(name)))}.`,
        ]),
  ];
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** Kinds that are out and give no reason, so that the first question of a scrutiny committee would find nothing. */
export const outWithoutReason = ({ kinds }: DefinitionContent): readonly KindDecision[] =>
  kinds.filter(({ inclusion, rationale }) => isOut(inclusion) && rationale === null);

/** How it came about and when it holds. */
export interface Adoption {
  readonly decidedBy: string;
  readonly decidedOn: string;
  readonly effectiveFrom: IsoDate;
  readonly reviewBy: IsoDate | null;
}

/**
 * What stands against adopting a draft, by field; empty when nothing does.
 * @param inForce the one that holds until then, if there is one
 */
export function whyNotAdopted(
  definition: Definition,
  adoption: Adoption,
  inForce: Pick<Definition, 'name' | 'effectiveFrom'> | undefined,
): Readonly<Record<string, string>> {
  if (definition.status !== 'draft') return { '': 'It is adopted already. Make a new version to change it' };
  const silent = outWithoutReason(definition);
  const before = inForce?.effectiveFrom ?? null;
  return {
    ...(counted(definition, {}).length === 0 && {
      '': 'No kind of violence is in. Put at least one in, then adopt it',
    }),
    ...(silent.length > 0 && {
      '': `Say why ${listed(silent.map(({ name }) => inText(name)))} ${silent.length === 1 ? 'is' : 'are'} out. People will ask`,
    }),
    ...(before !== null &&
      adoption.effectiveFrom <= before && {
        effectiveFrom: `“${inForce?.name ?? ''}” holds since ${formatDate(before)}. Enter a later day`,
      }),
    ...(adoption.reviewBy !== null &&
      adoption.reviewBy <= adoption.effectiveFrom && {
        reviewBy: 'Enter a day for the review that is after the day from which it holds',
      }),
  };
}

// ── Two side by side ─────────────────────────────────────────────────────────────────────────────────────────────────

export const differenceKinds = ['same', 'only-first', 'only-second', 'changed'] as const;

export interface KindCompared {
  readonly kind: string;
  readonly name: string;
  readonly first: KindDecision | null;
  readonly second: KindDecision | null;
  readonly difference: (typeof differenceKinds)[number];
  /** What differs in what is counted, in words: "In → Out". Reasons may differ without it. */
  readonly changes: readonly string[];
}

/** Kinds of two definitions, in the order of the first and then of the second. */
export function compareDefinitions(first: DefinitionContent, second: DefinitionContent): readonly KindCompared[] {
  const names = [...new Set([...first.kinds, ...second.kinds].map(({ kind }) => kind))];
  return names.map((kind) => {
    const a = first.kinds.find((each) => each.kind === kind) ?? null;
    const b = second.kinds.find((each) => each.kind === kind) ?? null;
    const changes = a === null || b === null ? [] : changesBetween(first, a, second, b);
    return {
      kind,
      name: (a ?? b)?.name ?? kind,
      first: a,
      second: b,
      difference: b === null ? 'only-first' : a === null ? 'only-second' : changes.length > 0 ? 'changed' : 'same',
      changes,
    };
  });
}

function changesBetween(
  first: DefinitionContent,
  a: KindDecision,
  second: DefinitionContent,
  b: KindDecision,
): readonly string[] {
  const change = (was: string, now: string) => (was === now ? [] : [`${was} → ${now}`]);
  // Not by JSON.stringify: the database gives the parts of a selection in an order of its own.
  const rows = (definition: DefinitionContent, kind: string, format: FormatName): string | undefined => {
    const selection = selectionOf(definition, kind, format);
    return selection === undefined ? undefined : canonicalJson(plain(selection));
  };
  const sources = formatNames.filter((format) => rows(first, a.kind, format) !== rows(second, b.kind, format));
  return [
    ...change(inclusionLabels[a.inclusion], inclusionLabels[b.inclusion]),
    ...change(ageScopeLabels[a.ageScope], ageScopeLabels[b.ageScope]),
    ...change(settingLabels[a.setting], settingLabels[b.setting]),
    ...(a.takesOut === b.takesOut
      ? []
      : [b.takesOut ? 'Its rows are taken out of the other kinds too' : 'Its rows stay in the other kinds']),
    ...(sources.length === 0 ? [] : [`Other rows of ${listed(sources)}`]),
  ];
}
