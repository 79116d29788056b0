import { z } from 'zod';
import { isSlug, slugOf, type IsoDate, type PartialDate } from '../duty/index.ts';
import { dateField, nameField, textField } from '../partnership/index.ts';
import {
  ageScopes,
  factorNames,
  inclusions,
  isOut,
  settings,
  undecided,
  usualSources,
  type DefinitionContent,
  type FactorName,
  type Judgement,
  type KindDecision,
} from './definition.ts';
import { flags, type Flag, type Selection } from './violence-kinds.ts';

const longestText = 4_000;
const words = (date: PartialDate | null): string | null => date?.text ?? null;

/** A day of the calendar, or nothing: what holds cannot hang on "early 2024". */
export const dayField = () =>
  dateField().refine(
    (date) => date === null || (date.earliest !== null && date.earliest === date.latest),
    'Enter one day, such as 1 April 2027',
  );
export const dayOf = (date: PartialDate | null): IsoDate | null => date?.latest ?? null;

const tick = () =>
  z
    .literal('yes')
    .optional()
    .transform((ticked) => ticked === 'yes');
/** A field that may be sent several times, or not at all. */
export const many = <T extends z.ZodType<string>>(of: T) =>
  z
    .union([of, z.array(of)])
    .default([])
    .transform((values): z.output<T>[] => (Array.isArray(values) ? values : [values]));

/** What a new draft begins as: `variant:<id>`, `copy:<record id>` or `version:<record id>`. */
export const newDefinitionForm = z.object({
  from: z
    .string('Choose what to begin with')
    .regex(/^(variant:[a-z0-9-]{2,60}|(copy|version):[0-9a-f-]{36})$/, 'Choose what to begin with'),
  name: z.string().trim().max(200, 'Enter the name in 200 characters or fewer').default(''),
});

export const definitionForm = z.object({
  name: nameField('the name of the definition'),
  about: textField(2_000),
  version: z.string().max(60).default(''),
});

/** The name of the line of a definition's versions, from its own name. */
export function lineOf(name: string): string {
  const line = slugOf(name);
  // A name in another script has no letters for an address.
  return line.done ? line.value : 'definition';
}

export const codeList = z
  .string()
  .max(4_000, 'Enter 4,000 characters or fewer')
  .default('')
  .transform((typed) => [
    ...new Set(
      typed
        .split(/[\s,;]+/)
        .map((code) => code.toUpperCase())
        .filter((code) => code !== ''),
    ),
  ])
  .refine((codes) => codes.length <= 300, 'Enter 300 codes or fewer')
  .refine(
    (codes) => codes.every((code) => /^[0-9A-Z./]{1,20}$/.test(code)),
    'Enter offence codes such as 8N or 34A, with a comma between them',
  );

const factorFields = {
  penalty: textField(2_000),
  penaltyEvidence: textField(2_000),
  penaltyDate: dateField(),
  victim: textField(2_000),
  victimEvidence: textField(2_000),
  victimDate: dateField(),
  prevalence: textField(2_000),
  prevalenceEvidence: textField(2_000),
  prevalenceDate: dateField(),
  community: textField(2_000),
  communityEvidence: textField(2_000),
  communityDate: dateField(),
} as const;

export const kindForm = z.object({
  inclusion: z.enum(inclusions, 'Choose whether it is in or out'),
  takesOut: tick(),
  rationale: textField(longestText),
  alternativeGovernance: textField(1_000),
  dissent: textField(longestText),
  ageScope: z.enum(ageScopes).default('all'),
  setting: z.enum(settings).default('any'),
  ...factorFields,
  codes: codeList,
  flags: many(z.enum(flags)),
  version: z.string().max(60).default(''),
});
export type KindTyped = z.infer<typeof kindForm>;

/** A kind of Concord's list, or one with a name of its own. */
export const addKindForm = z.object({
  kind: z.string().max(60).default(''),
  name: z.string().trim().max(200, 'Enter the name in 200 characters or fewer').default(''),
  inclusion: z.enum(inclusions, 'Choose whether it is in or out'),
  version: z.string().max(60).default(''),
});

export const removeForm = z.object({ version: z.string().max(60).default('') });

/** A draft with one more kind, or what is wrong with it, by field. */
export function withKind(
  content: DefinitionContent,
  form: z.infer<typeof addKindForm>,
):
  | { readonly content: DefinitionContent; readonly kind: string }
  | { readonly errors: Readonly<Record<string, string>> } {
  if (form.kind === '' && form.name === '')
    return { errors: { kind: 'Choose a kind of violence, or enter a name of your own' } };
  const kind = form.kind === '' ? lineOf(form.name) : form.kind;
  if (!isSlug(kind)) return { errors: { kind: 'Choose one from the list' } };
  if (content.kinds.some((each) => each.kind === kind))
    return { errors: { [form.kind === '' ? 'name' : 'kind']: 'It is there already. Choose another' } };
  const decision = { ...undecided(kind, form.inclusion), ...(form.kind === '' && { name: form.name }) };
  const usual = usualSources([kind]);
  const formats = [...new Set([...content.sources, ...usual].map(({ format }) => format))];
  return {
    kind,
    content: {
      ...content,
      kinds: [...content.kinds, decision],
      sources: formats.map((format) => ({
        format,
        kinds: [content.sources, usual].flatMap(
          (sources) => sources.find((source) => source.format === format)?.kinds ?? [],
        ),
      })),
    },
  };
}

export const withoutKind = (content: DefinitionContent, kind: string): DefinitionContent => ({
  ...content,
  kinds: content.kinds.filter((each) => each.kind !== kind),
  sources: content.sources.flatMap((source) => {
    const kinds = source.kinds.filter((each) => each.kind !== kind);
    return kinds.length === 0 ? [] : [{ ...source, kinds }];
  }),
});

/** Sources with offence codes: what the form of a kind can say. The rest is said in a file. */
const codedFormats = ['force-extract', 'ho-recorded-crime'] as const;

/** A draft with a kind as somebody typed it. */
export function withChangedKind(content: DefinitionContent, kind: string, form: KindTyped): DefinitionContent {
  const kinds = content.kinds.map((each) => (each.kind === kind ? decisionOf(each, form) : each));
  const { codes, flags: marked } = form;
  const before = codedSelection(content, kind);
  if (sameList(codes, before.offenceCodes ?? []) && sameList(marked, before.flags ?? [])) return { ...content, kinds };
  const selection: Selection = {
    ...(codes.length > 0 && { offenceCodes: codes }),
    ...(marked.length > 0 && { flags: marked }),
  };
  const bare = withoutCoded(content, kind);
  if (codes.length === 0 && marked.length === 0) return { ...content, kinds, sources: bare };
  // Marks alone need a source that has them on every row; the tables of the Home Office have none.
  const to = codes.length === 0 ? (['force-extract'] as const) : codedFormats;
  const formats = [...new Set([...bare.map(({ format }) => format), ...to])];
  return {
    ...content,
    kinds,
    sources: formats.map((format) => ({
      format,
      kinds: [
        ...(bare.find((source) => source.format === format)?.kinds ?? []),
        ...(to.some((each) => each === format) ? [{ kind, ...selection }] : []),
      ],
    })),
  };
}

const withoutCoded = ({ sources }: DefinitionContent, kind: string): DefinitionContent['sources'] =>
  sources.flatMap((source) => {
    if (!codedFormats.some((format) => format === source.format)) return [source];
    const kinds = source.kinds.filter((each) => each.kind !== kind);
    return kinds.length === 0 ? [] : [{ ...source, kinds }];
  });

/** The codes and marks by which the force's own extract knows a kind. */
export const codedSelection = ({ sources }: DefinitionContent, kind: string): Selection =>
  sources.find(({ format }) => format === 'force-extract')?.kinds.find((each) => each.kind === kind) ?? {};

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.join('|') === b.join('|');

function decisionOf(before: KindDecision, form: KindTyped): KindDecision {
  const judgement = (name: FactorName): Judgement | null => {
    const finding = form[name];
    if (finding === null) return null;
    return { finding, evidence: form[`${name}Evidence`] ?? '', date: words(form[`${name}Date`]) };
  };
  return {
    ...before,
    inclusion: form.inclusion,
    takesOut: form.takesOut && isOut(form.inclusion),
    factors: Object.fromEntries(factorNames.map((name) => [name, judgement(name)])) as KindDecision['factors'],
    ageScope: form.ageScope,
    setting: form.setting,
    rationale: form.rationale,
    alternativeGovernance: isOut(form.inclusion) ? form.alternativeGovernance : null,
    dissent: form.dissent,
  };
}

/** Evidence or a date without a finding would be lost: what is wrong with the form of a kind, by field. */
export function kindMistakes(form: KindTyped): Readonly<Record<string, string>> {
  return Object.fromEntries(
    factorNames.flatMap((name) =>
      form[name] === null && (form[`${name}Evidence`] !== null || form[`${name}Date`] !== null)
        ? [[name, 'Enter what was found, or leave its evidence and date empty']]
        : [],
    ),
  );
}

/** A kind as its form shows it. */
export function typedKind(
  content: DefinitionContent,
  decision: KindDecision,
): Readonly<Record<string, string | string[]>> {
  const { offenceCodes = [], flags: marked = [] } = codedSelection(content, decision.kind);
  return {
    inclusion: decision.inclusion,
    // A browser sends a box that is not ticked not at all.
    ...(decision.takesOut && { takesOut: 'yes' }),
    rationale: decision.rationale ?? '',
    alternativeGovernance: decision.alternativeGovernance ?? '',
    dissent: decision.dissent ?? '',
    ageScope: decision.ageScope,
    setting: decision.setting,
    ...Object.fromEntries(
      factorNames.flatMap((name) => {
        const judgement = decision.factors[name];
        return [
          [name, judgement?.finding ?? ''],
          [`${name}Evidence`, judgement?.evidence ?? ''],
          [`${name}Date`, judgement?.date ?? ''],
        ];
      }),
    ),
    codes: offenceCodes.join(', '),
    flags: [...marked] satisfies Flag[],
  };
}

export const adoptionForm = z.object({
  body: z
    .union([z.uuid(), z.literal('')], 'Choose one from the list')
    .default('')
    .transform((id) => (id === '' ? null : id)),
  otherBody: textField(300),
  decidedOn: dateField().refine(
    (date): boolean => date?.latest != null,
    'Enter the day of the decision, such as 14 March 2027',
  ),
  effectiveFrom: dayField().refine((date) => date !== null, 'Enter the day from which it holds'),
  reviewBy: dayField(),
  version: z.string().max(60).default(''),
});

export interface QuestionAsked {
  readonly kind: string | null;
  readonly question: string;
  readonly askedBy: string;
  /** In words, such as 9 July 2025. */
  readonly askedOn: string;
}
export interface QuestionAnswered {
  readonly answer: string;
  readonly answeredOn: string;
}

const saidField = (what: string, most: number) =>
  z
    .string(`Enter ${what}`)
    .trim()
    .min(1, `Enter ${what}`)
    .max(most, `Enter ${what} in ${most.toLocaleString('en-GB')} characters or fewer`);
const whenField = () =>
  dateField()
    .refine((date) => date !== null, 'Enter the date, such as 9 July 2025')
    .transform((date) => date.text);

export const questionForm = z.object({
  kind: z
    .string()
    .max(60)
    .default('')
    .transform((kind) => (kind === '' ? null : kind)),
  question: saidField('the question', 2_000),
  askedBy: nameField('who asked'),
  askedOn: whenField(),
});

export const answerForm = z.object({
  answer: saidField('the answer', longestText),
  answeredOn: whenField(),
  before: z.string().max(longestText).default(''),
});
