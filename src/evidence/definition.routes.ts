import { z } from 'zod';
import { roles, type IsoDate } from '../duty/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import {
  again,
  changedMeanwhile,
  differingOf,
  typedAgain,
  type Differing,
  type Errors,
  type Typed,
} from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Route, type Visitor } from '../platform/http/route.ts';
import {
  addKindForm,
  adoptionForm,
  answerForm,
  dayOf,
  definitionForm,
  kindForm,
  kindMistakes,
  lineOf,
  newDefinitionForm,
  questionForm,
  removeForm,
  typedKind,
  withChangedKind,
  withKind,
  withoutKind,
  type KindTyped,
} from './definition-form.ts';
import {
  addDefinitionPage,
  addKindPage,
  addQuestionPage,
  adoptPage,
  answerPage,
  changeDefinitionPage,
  changeKindPage,
  removeDraftPage,
} from './definition-form.page.tsx';
import { publicDefinitionPage } from './definition-public.page.tsx';
import { definitionWords } from './definition-words.ts';
import {
  ageScopeLabels,
  compareDefinitions,
  factorLabels,
  factorNames,
  inclusionLabels,
  settingLabels,
  whyNotAdopted,
  type DefinitionContent,
} from './definition.ts';
import { findVariant } from './definition-variants.ts';
import {
  comparePage,
  decidedByName,
  definitionPage,
  definitionsPage,
  kindPage,
  mayDefine,
} from './definition.page.tsx';
import {
  addDraft,
  addQuestion,
  adoptDraft,
  answerQuestion,
  changeDraft,
  decidingBodies,
  getDefinition,
  isThere,
  holdDefinition,
  holdDefinitions,
  lastAdopted,
  listDefinitions,
  publishedDefinitions,
  questionsOf,
  removeDraft,
  versionOfKind,
  type DefinitionKept,
} from './definition.store.ts';
import { formats } from './formats/index.ts';

const { get, post } = rowsOf<'evidence' | 'partnership' | 'platform'>();
const { get: getPublic } = rowsOf<'published'>();
type Reads = ReadWork<'evidence' | 'partnership' | 'platform'>;
type Writes = Work<'evidence' | 'partnership' | 'platform'>;

const seen = { anyOf: roles } as const;
const written = { anyOf: mayDefine } as const;
const open = { none: 'what the partnership means by a word, which it publishes; names no person' } as const;
const emptyForm = { none: 'shows an empty form' } as const;
const mayWrite = (visitor: Visitor) => mayDefine.some((role) => visitor.roles.includes(role));

const kindParams = recordParams.extend({
  kind: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
});
const questionParams = recordParams.extend({ question: z.uuid() });
const chosen = () =>
  z
    .union([z.uuid(), z.literal('')])
    .catch('')
    .default('');

const isAdopted = 'It was adopted, so it stays as it is. Make a new version to change it';
const hrefOf = (slug: string, id: string) => `/${slug}/definitions/${id}`;

/** A draft to write to, held until the end; or what to answer instead. */
async function draftHeld(work: Writes, id: string, today: IsoDate): Promise<DefinitionKept | undefined> {
  await holdDefinition(work, id);
  const definition = await getDefinition(reading(work), id, today);
  return definition.status === 'draft' ? definition : undefined;
}
const conflict = { refused: 'conflict', sentence: `${isAdopted}.` } as const;

const kindOf = (definition: DefinitionKept, kind: string) => definition.kinds.find((each) => each.kind === kind);

const kindLabels: Readonly<Record<string, string>> = {
  inclusion: 'In or out',
  takesOut: 'Taken out of the other kinds too',
  rationale: 'Why',
  alternativeGovernance: 'Who looks after it',
  dissent: 'Who saw it otherwise',
  ageScope: 'Ages',
  setting: 'Where',
  codes: 'Offence codes',
  ...Object.fromEntries(
    factorNames.flatMap((name) => [
      [name, factorLabels[name]],
      [`${name}Evidence`, `${factorLabels[name]}: what it rests on`],
      [`${name}Date`, `${factorLabels[name]}: when`],
    ]),
  ),
};
const labelsOf: Readonly<Record<string, string>> = { ...inclusionLabels, ...ageScopeLabels, ...settingLabels };
const kindWords = (field: string, value: string): string =>
  ['inclusion', 'ageScope', 'setting'].includes(field) ? (labelsOf[value] ?? value) : value;

const typedAsKind = (form: KindTyped): Typed => ({
  ...typedAgain(form),
  takesOut: form.takesOut ? 'yes' : '',
  codes: form.codes.join(', '),
  flags: form.flags,
});

async function adoptionPage(
  work: Reads,
  slug: string,
  definition: DefinitionKept,
  today: IsoDate,
  state: { readonly typed?: Typed; readonly errors?: Errors } = {},
): Promise<Page> {
  return adoptPage(slug, definition, {
    ...state,
    bodies: await decidingBodies(work),
    inForce: await lastAdopted(work, today),
    version: await versionOf(work, definition.recordId),
  });
}

/** What a form asks a draft to begin with; undefined where it is not there. */
async function beginningOf(
  work: Reads,
  form: z.infer<typeof newDefinitionForm>,
  today: IsoDate,
): Promise<Omit<DefinitionContent, 'version'> | undefined> {
  const [how = '', which = ''] = form.from.split(':');
  if (how === 'variant') {
    const variant = findVariant(which);
    return variant === undefined || form.name === '' ? variant : { ...variant, id: lineOf(form.name), name: form.name };
  }
  const source = (await listDefinitions(work, today)).find(({ recordId }) => recordId === which);
  if (source === undefined) return undefined;
  const { about, kinds, sources } = source;
  return how === 'version'
    ? { id: source.id, name: form.name === '' ? source.name : form.name, about, kinds, sources }
    : { id: lineOf(form.name), name: form.name, about, kinds, sources };
}

export const definitionRoutes: readonly Route[] = [
  getPublic({
    path: '/:partnership/definition',
    about: 'What a partnership counts as serious violence',
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, visitor: { partnership }, today }) {
      if (partnership === undefined) return notFound;
      const definitions = await publishedDefinitions(work, partnership.id);
      return { page: publicDefinitionPage({ name: partnership.name, definitions, today }) };
    },
  }),
  get({
    path: '/:partnership/definitions',
    about: 'Definitions of serious violence: in force, drafts and earlier ones',
    access: seen,
    audit: open,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, today, visitor }) => ({
      page: definitionsPage({
        slug: params.partnership,
        definitions: await listDefinitions(work, today),
        today,
        mayWrite: mayWrite(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/definitions/export.csv',
    about: 'Definitions of serious violence as a file, kind by kind',
    access: seen,
    audit: open,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, today }) {
      const definitions = await listDefinitions(work, today);
      const rows = definitions.flatMap((each) =>
        each.kinds.map((kind) => [
          each.name,
          each.version,
          each.status,
          decidedByName(each),
          each.decidedOn ?? '',
          each.effectiveFrom ?? '',
          each.supersededFrom ?? '',
          kind.name,
          inclusionLabels[kind.inclusion],
          ageScopeLabels[kind.ageScope],
          settingLabels[kind.setting],
          kind.rationale ?? '',
          kind.alternativeGovernance ?? '',
          ...factorNames.map((name) => kind.factors[name]?.finding ?? ''),
        ]),
      );
      return {
        file: {
          name: `definitions-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            [
              'Definition',
              'Version',
              'State',
              'Decided by',
              'Decided on',
              'In force from',
              'Replaced from',
              'Kind of violence',
              'In or out',
              'Ages',
              'Where',
              'Why',
              'Who looks after it',
              ...factorNames.map((name) => factorLabels[name]),
            ],
            rows,
          ),
        },
      };
    },
  }),
  get({
    path: '/:partnership/definitions/compare',
    about: 'Two definitions side by side',
    access: seen,
    audit: open,
    params: partnershipParams,
    query: z.object({ first: chosen(), second: chosen() }),
    example: ({ partnership, idOf }) => ({
      params: { partnership },
      query: { first: idOf('definition-before'), second: idOf('definition') },
    }),
    async handle({ work, params, query, today }) {
      const all = await listDefinitions(work, today);
      const find = (id: string) => all.find(({ recordId }) => recordId === id);
      const [first, second] = [find(query.first), find(query.second)];
      return {
        page: comparePage({
          slug: params.partnership,
          all,
          first,
          second,
          compared: first === undefined || second === undefined ? [] : compareDefinitions(first, second),
          formats,
          today,
        }),
      };
    },
  }),
  get({
    path: '/:partnership/definitions/new',
    about: 'Add a definition of serious violence',
    access: written,
    audit: emptyForm,
    params: partnershipParams,
    query: z.object({ from: chosen() }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, query, today }) => ({
      page: addDefinitionPage(params.partnership, await listDefinitions(work, today), {
        from: query.from === '' ? undefined : `version:${query.from}`,
      }),
    }),
  }),
  post({
    path: '/:partnership/definitions/new',
    about: 'Add a definition of serious violence',
    access: written,
    audit: 'DEFINITION_ADDED',
    params: partnershipParams,
    body: newDefinitionForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { from: 'variant:london', name: 'The least that London includes' },
    }),
    async handle({ work, params, body, today }) {
      const refuse = async (errors: Errors) =>
        again(
          addDefinitionPage(params.partnership, await listDefinitions(reading(work), today), {
            typed: typedAgain(body),
            errors,
          }),
        );
      if (body.from.startsWith('copy:') && body.name === '') return refuse({ name: 'Enter a name for the copy' });
      await holdDefinitions(work);
      const wanted = await beginningOf(reading(work), body, today);
      if (wanted === undefined)
        return refuse({ from: 'What you chose is not there any more. Choose what to begin with' });
      const isTaken = (await listDefinitions(reading(work), today)).some(({ id }) => id === wanted.id);
      if (!body.from.startsWith('version:') && isTaken)
        return refuse({ name: `“${wanted.name}” is there already. Enter another name, or make a new version of it` });
      const { recordId } = await addDraft(work, wanted);
      return { seeOther: hrefOf(params.partnership, recordId), subject: `definition/${recordId}`, fields: ['kinds'] };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: addDefinitionPage(params.partnership, await listDefinitions(work, today), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/definitions/:id',
    about: 'One definition: what is in and out and why, what each source can say of it, questions about it',
    access: seen,
    audit: open,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('definition') } }),
    handle: async ({ work, params: { partnership, id }, today, visitor }) => ({
      page: definitionPage({
        slug: partnership,
        definition: await getDefinition(work, id, today),
        today,
        questions: await questionsOf(work, id),
        formats,
        changes: await historyOf(work, id, definitionWords),
        mayWrite: mayWrite(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/definitions/:id/change',
    about: 'Change the name of a draft',
    access: written,
    audit: open,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('definition-draft') } }),
    async handle({ work, params: { partnership, id }, today }) {
      const definition = await getDefinition(work, id, today);
      if (definition.status !== 'draft') return conflict;
      return { page: changeDefinitionPage(partnership, definition, { version: await versionOf(work, id) }) };
    },
  }),
  post({
    path: '/:partnership/definitions/:id/change',
    about: 'Change the name of a draft',
    access: written,
    audit: 'DEFINITION_CHANGED',
    params: recordParams,
    body: definitionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition-draft') },
      body: { name: 'Serious violence from 2027', about: 'A draft for the Executive.' },
    }),
    async handle({ work, params: { partnership, id }, body, today }) {
      const draft = await draftHeld(work, id, today);
      if (draft === undefined) return conflict;
      const version = await versionOf(reading(work), id);
      if (body.version !== '' && body.version !== version) {
        const kept = { name: draft.name, about: draft.about ?? '' };
        const typed = typedAgain(body);
        return again(
          changeDefinitionPage(partnership, draft, {
            typed,
            errors: { '': changedMeanwhile },
            version,
            differing: differingOf(kept, typed, { name: 'Name', about: 'What it is' }),
          }),
          409,
        );
      }
      await changeDraft(work, id, { ...draft, name: body.name, about: body.about });
      return { seeOther: hrefOf(partnership, id), subject: `definition/${id}`, fields: ['name', 'about'] };
    },
    invalid: async ({ work, params: { partnership, id }, today, errors, typed }) => ({
      page: changeDefinitionPage(partnership, await getDefinition(work, id, today), {
        typed,
        errors,
        version: String(typed['version'] ?? ''),
      }),
    }),
  }),
  get({
    path: '/:partnership/definitions/:id/kinds/new',
    about: 'Add a kind of violence to a draft',
    access: written,
    audit: emptyForm,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('definition-draft') } }),
    async handle({ work, params: { partnership, id }, today }) {
      const definition = await getDefinition(work, id, today);
      if (definition.status !== 'draft') return conflict;
      return { page: addKindPage(partnership, definition, { version: await versionOf(work, id) }) };
    },
  }),
  post({
    path: '/:partnership/definitions/:id/kinds/new',
    about: 'Add a kind of violence to a draft',
    access: written,
    audit: 'DEFINITION_CHANGED',
    params: recordParams,
    body: addKindForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition-draft') },
      body: { kind: 'stalking', inclusion: 'wider' },
    }),
    async handle({ work, params: { partnership, id }, body, today }) {
      const draft = await draftHeld(work, id, today);
      if (draft === undefined) return conflict;
      const added = withKind(draft, body);
      if ('errors' in added)
        return again(
          addKindPage(partnership, draft, {
            typed: typedAgain(body),
            errors: added.errors,
            version: await versionOf(reading(work), id),
          }),
        );
      await changeDraft(work, id, added.content);
      return {
        seeOther: `${hrefOf(partnership, id)}/kinds/${added.kind}/change`,
        subject: `definition/${id}`,
        fields: ['kinds'],
      };
    },
    invalid: async ({ work, params: { partnership, id }, today, errors, typed }) => ({
      page: addKindPage(partnership, await getDefinition(work, id, today), {
        typed,
        errors,
        version: String(typed['version'] ?? ''),
      }),
    }),
  }),
  get({
    path: '/:partnership/definitions/:id/kinds/:kind',
    about: 'Why a kind of violence is in or out: the recorded reason, the four factors, the rows of each source',
    access: seen,
    audit: open,
    params: kindParams,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition'), kind: 'domestic-abuse' },
    }),
    async handle({ work, params: { partnership, id, kind }, today, visitor }) {
      const definition = await getDefinition(work, id, today);
      const decision = kindOf(definition, kind);
      if (decision === undefined) return notFound;
      const questions = await questionsOf(work, id);
      return {
        page: kindPage({ slug: partnership, definition, decision, questions, formats, mayWrite: mayWrite(visitor) }),
      };
    },
  }),
  get({
    path: '/:partnership/definitions/:id/kinds/:kind/change',
    about: 'Change a kind of violence of a draft',
    access: written,
    audit: open,
    params: kindParams,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition-draft'), kind: 'domestic-abuse' },
    }),
    async handle({ work, params: { partnership, id, kind }, today }) {
      const definition = await getDefinition(work, id, today);
      const decision = kindOf(definition, kind);
      if (decision === undefined) return notFound;
      if (definition.status !== 'draft') return conflict;
      const typed = typedKind(definition, decision);
      const version = versionOfKind(definition, kind);
      return { page: changeKindPage(partnership, definition, decision, { typed, version }) };
    },
  }),
  post({
    path: '/:partnership/definitions/:id/kinds/:kind/change',
    about: 'Change a kind of violence of a draft',
    access: written,
    audit: 'DEFINITION_CHANGED',
    params: kindParams,
    body: kindForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition-draft'), kind: 'domestic-abuse' },
      body: { inclusion: 'wider', rationale: 'Worked on with the Domestic Abuse Partnership Board.' },
    }),
    async handle({ work, params: { partnership, id, kind }, body, today }) {
      const draft = await draftHeld(work, id, today);
      if (draft === undefined) return conflict;
      const decision = kindOf(draft, kind);
      if (decision === undefined) return notFound;
      const version = versionOfKind(draft, kind);
      const typed = typedAsKind(body);
      const shown = (errors: Errors, differing: readonly Differing[] = []) =>
        changeKindPage(partnership, draft, decision, { typed, errors, version, differing });
      if (body.version !== '' && body.version !== version)
        return again(
          shown({ '': changedMeanwhile }, differingOf(typedKind(draft, decision), typed, kindLabels, kindWords)),
          409,
        );
      const mistakes = kindMistakes(body);
      if (Object.keys(mistakes).length > 0) return again(shown(mistakes));
      await changeDraft(work, id, withChangedKind(draft, kind, body));
      return { seeOther: hrefOf(partnership, id), subject: `definition/${id}`, fields: ['kinds', 'sources'] };
    },
    async invalid({ work, params: { partnership, id, kind }, today, errors, typed }) {
      const definition = await getDefinition(work, id, today);
      const decision = kindOf(definition, kind);
      if (decision === undefined) return notFound;
      const version = String(typed['version'] ?? '');
      return { page: changeKindPage(partnership, definition, decision, { typed, errors, version }) };
    },
  }),
  post({
    path: '/:partnership/definitions/:id/kinds/:kind/remove',
    about: 'Remove a kind of violence from a draft',
    access: written,
    audit: 'DEFINITION_CHANGED',
    params: kindParams,
    body: removeForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition-draft'), kind: 'gun-crime' },
      body: {},
    }),
    async handle({ work, params: { partnership, id, kind }, body, today }) {
      const draft = await draftHeld(work, id, today);
      if (draft === undefined) return conflict;
      const decision = kindOf(draft, kind);
      if (decision === undefined) return { refused: 'conflict', sentence: 'It was removed already.' };
      const version = versionOfKind(draft, kind);
      if (body.version !== '' && body.version !== version)
        return again(
          changeKindPage(partnership, draft, decision, {
            typed: typedKind(draft, decision),
            errors: { '': changedMeanwhile },
            version,
          }),
          409,
        );
      await changeDraft(work, id, withoutKind(draft, kind));
      return { seeOther: hrefOf(partnership, id), subject: `definition/${id}`, fields: ['kinds'] };
    },
    invalid: async ({ work, params: { partnership, id }, today, visitor }) => ({
      page: definitionPage({
        slug: partnership,
        definition: await getDefinition(work, id, today),
        today,
        questions: await questionsOf(work, id),
        formats,
        changes: [],
        mayWrite: mayWrite(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/definitions/:id/remove',
    about: 'Delete a draft of a definition',
    access: written,
    audit: open,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('definition-to-remove') } }),
    async handle({ work, params: { partnership, id }, today }) {
      const definition = await getDefinition(work, id, today);
      if (definition.status !== 'draft') return conflict;
      return { page: removeDraftPage(partnership, definition, await versionOf(work, id)) };
    },
  }),
  post({
    path: '/:partnership/definitions/:id/remove',
    about: 'Delete a draft of a definition',
    access: written,
    audit: 'DEFINITION_REMOVED',
    params: recordParams,
    body: removeForm,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('definition-to-remove') }, body: {} }),
    async handle({ work, params: { partnership, id }, body, today }) {
      if (!(await isThere(reading(work), id))) {
        // Whose history is here was here.
        const wasHere = (await versionOf(reading(work), id)) !== '';
        return wasHere ? { refused: 'conflict', sentence: 'This draft was deleted already.' } : notFound;
      }
      const draft = await draftHeld(work, id, today);
      if (draft === undefined) return conflict;
      const version = await versionOf(reading(work), id);
      if (body.version !== '' && body.version !== version)
        return again(removeDraftPage(partnership, draft, version, { '': changedMeanwhile }), 409);
      await removeDraft(work, id);
      return { seeOther: `/${partnership}/definitions`, subject: `definition/${id}` };
    },
    invalid: async ({ work, params: { partnership, id }, today, errors }) => ({
      page: removeDraftPage(partnership, await getDefinition(work, id, today), await versionOf(work, id), errors),
    }),
  }),
  get({
    path: '/:partnership/definitions/:id/adopt',
    about: 'Record that a body adopted a definition',
    access: written,
    audit: open,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('definition-draft') } }),
    async handle({ work, params: { partnership, id }, today }) {
      const definition = await getDefinition(work, id, today);
      if (definition.status !== 'draft') return conflict;
      return { page: await adoptionPage(work, partnership, definition, today) };
    },
  }),
  post({
    path: '/:partnership/definitions/:id/adopt',
    about: 'Record that a body adopted a definition',
    access: written,
    audit: 'DEFINITION_ADOPTED',
    params: recordParams,
    body: adoptionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition-draft') },
      body: {
        otherBody: 'Safer Haverness Executive',
        decidedOn: '20 May 2026',
        effectiveFrom: '1 June 2026',
        reviewBy: '31 May 2027',
      },
    }),
    async handle({ work, params: { partnership, id }, body, today }) {
      await holdDefinitions(work);
      const draft = await draftHeld(work, id, today);
      if (draft === undefined) return conflict;
      const typed = typedAgain(body);
      const refuse = async (errors: Errors, status: 409 | 422 = 422) =>
        again(await adoptionPage(reading(work), partnership, draft, today, { typed, errors }), status);
      // What the body decided is what was on the page, and nothing that somebody wrote since.
      if (body.version !== '' && body.version !== (await versionOf(reading(work), id)))
        return refuse({ '': changedMeanwhile }, 409);
      const decidedBy = body.body ?? body.otherBody;
      if (decidedBy === null) return refuse({ body: 'Choose the body that decided, or name another' });
      if (body.body !== null && !(await decidingBodies(reading(work))).some((each) => each.id === body.body))
        return refuse({ body: 'Choose one from the list' });
      const adoption = {
        decidedBy,
        decidedOn: body.decidedOn?.text ?? '',
        effectiveFrom: dayOf(body.effectiveFrom) ?? today,
        reviewBy: dayOf(body.reviewBy),
      };
      const errors = whyNotAdopted(draft, adoption, await lastAdopted(reading(work), today));
      if (Object.keys(errors).length > 0) return refuse(errors);
      await adoptDraft(work, id, adoption);
      return {
        seeOther: hrefOf(partnership, id),
        subject: `definition/${id}`,
        fields: ['decidedBy', 'decidedOn', 'effectiveFrom', 'reviewBy'],
      };
    },
    async invalid({ work, params: { partnership, id }, today, errors, typed }) {
      const definition = await getDefinition(work, id, today);
      return { page: await adoptionPage(work, partnership, definition, today, { typed, errors }) };
    },
  }),
  get({
    path: '/:partnership/definitions/:id/questions/new',
    about: 'Add a question about a definition',
    access: written,
    audit: emptyForm,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('definition') } }),
    handle: async ({ work, params: { partnership, id }, today }) => ({
      page: addQuestionPage(partnership, await getDefinition(work, id, today)),
    }),
  }),
  post({
    path: '/:partnership/definitions/:id/questions/new',
    about: 'Add a question about a definition',
    access: written,
    audit: 'DEFINITION_QUESTION_ADDED',
    params: recordParams,
    body: questionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition') },
      body: { question: 'Why is robbery in?', kind: 'robbery', askedBy: 'Haverness Council', askedOn: 'May 2026' },
    }),
    async handle({ work, params: { partnership, id }, body, today }) {
      const definition = await getDefinition(reading(work), id, today);
      if (body.kind !== null && kindOf(definition, body.kind) === undefined)
        return again(
          addQuestionPage(partnership, definition, {
            typed: typedAgain(body),
            errors: { kind: 'Choose one from the list' },
          }),
        );
      await addQuestion(work, id, body);
      return {
        seeOther: `${hrefOf(partnership, id)}#questions`,
        subject: `definition/${id}`,
        fields: ['question', 'askedBy', 'askedOn'],
      };
    },
    invalid: async ({ work, params: { partnership, id }, today, errors, typed }) => ({
      page: addQuestionPage(partnership, await getDefinition(work, id, today), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/definitions/:id/questions/:question',
    about: 'Answer a question about a definition',
    access: written,
    audit: open,
    params: questionParams,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition'), question: idOf('definition-question') },
    }),
    async handle({ work, params: { partnership, id, question }, today }) {
      const asked = (await questionsOf(work, id)).find((each) => each.id === question);
      if (asked === undefined) return notFound;
      return { page: answerPage(partnership, await getDefinition(work, id, today), asked) };
    },
  }),
  post({
    path: '/:partnership/definitions/:id/questions/:question',
    about: 'Answer a question about a definition',
    access: written,
    audit: 'DEFINITION_QUESTION_ANSWERED',
    params: questionParams,
    body: answerForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('definition'), question: idOf('definition-question') },
      body: { answer: 'The board has it.', answeredOn: 'May 2026' },
    }),
    async handle({ work, params: { partnership, id, question }, body, today }) {
      const asked = (await questionsOf(reading(work), id)).find((each) => each.id === question);
      if (asked === undefined) return notFound;
      const before = body.before === '' ? null : body.before.replaceAll('\r\n', '\n');
      if (!(await answerQuestion(work, id, question, { ...body, before })))
        return again(
          answerPage(partnership, await getDefinition(reading(work), id, today), asked, {
            typed: typedAgain(body),
            errors: {
              '': `Somebody else answered it meanwhile: “${asked.answer ?? ''}”. Look at their answer, then save yours to put it in its place`,
            },
          }),
          409,
        );
      return {
        seeOther: `${hrefOf(partnership, id)}#questions`,
        subject: `definition/${id}`,
        fields: ['answer', 'answeredOn'],
      };
    },
    async invalid({ work, params: { partnership, id, question }, today, errors, typed }) {
      const asked = (await questionsOf(work, id)).find((each) => each.id === question);
      if (asked === undefined) return notFound;
      return { page: answerPage(partnership, await getDefinition(work, id, today), asked, { typed, errors }) };
    },
  }),
];
