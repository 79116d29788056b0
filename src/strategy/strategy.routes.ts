import { z } from 'zod';
import {
  done,
  formatDate,
  isContentHash,
  refused,
  slugOf,
  type ContentHash,
  type IsoDate,
  type Outcome,
} from '../duty/index.ts';
import { isRefusal, readability } from '../measures/index.ts';
import { chosenField, nameField, textField } from '../partnership/index.ts';
import { historyOf } from '../partnership/index.store.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { again, changedMeanwhile, differingOf, typedAgain, type Errors } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Route, type Visitor } from '../platform/http/route.ts';
import { mayPlan, openToMembers, seenByAll, writtenByPlanners } from './action.routes.ts';
import { strategyWords } from './action-words.ts';
import { dayField, neededDay, wordsField } from './fields.ts';
import { askForDocuments } from './document.routes.ts';
import { formsKept } from './document.store.ts';
import { incompleteActions } from './plan.routes.ts';
import { publicStrategyPage } from './public.page.tsx';
import {
  addCommentPage,
  addStrategyPage,
  changeStrategyPage,
  consulteesPage,
  earlierStrategyPage,
  exclusionPage,
  replyPage,
  signPage,
  strategiesPage,
  strategyHref,
  strategyLabels,
  strategyPage,
  typedOfStrategy,
} from './strategy.page.tsx';
import {
  addComment,
  addPredecessor,
  addSignOff,
  addStrategy,
  authoritiesOn,
  changeText,
  commentsOn,
  consultees,
  factsOf,
  getStrategy,
  holdStrategy,
  keepConsulted,
  keepExclusion,
  keepStep,
  listStrategies,
  publishedStrategies,
  replyTo,
  signOffsOf,
  strategyHash,
  versionAt,
  type Strategy,
} from './strategy.store.ts';
import {
  advice,
  exclusionGroundNames,
  inForce,
  leadsOn,
  levels,
  requirements,
  sectionNames,
  take,
  unsigned,
  type SectionName,
  type Sections,
  type SignOff,
  type Step,
  type Version,
} from './strategy.ts';
import { theoryBlocks, theoryOf } from './theory.store.ts';
import { blocking, findings } from './theory.ts';

const { get, post } = rowsOf<'strategy' | 'partnership' | 'platform'>();
const ofAll = rowsOf<'published'>();
type Reads = ReadWork<'strategy' | 'partnership' | 'platform'>;

const mostOfSection = 20_000;
const sectionField = () =>
  z
    .string()
    .trim()
    .max(mostOfSection, 'Enter 20,000 characters or fewer')
    .default('')
    .transform((text) => text.replaceAll('\r\n', '\n'));
const hashField = z.string().max(80).default('');
const sectionFields = Object.fromEntries(sectionNames.map((name) => [name, sectionField()])) as Record<
  SectionName,
  ReturnType<typeof sectionField>
>;

const changeForm = z.object({
  title: nameField('the title of the strategy'),
  starts: dayField(),
  ends: dayField(),
  hash: hashField,
  ...sectionFields,
});
const addForm = z.object({
  title: nameField('the title of the strategy'),
  level: z.enum(levels, 'Choose whose strategy it is').default('local'),
});
const earlierForm = z.object({
  title: nameField('the title'),
  publishedOn: neededDay('the day on which it was published'),
  importedFrom: wordsField('where it is kept', 1_000),
  scopeBreak: textField(1_000),
});
const commentForm = z.object({
  section: z.enum(['whole', ...sectionNames], 'Choose what it is about').default('whole'),
  madeBy: nameField('who said it'),
  madeOn: neededDay('the day'),
  words: wordsField('what was said', 4_000),
});
const replyForm = z.object({ reply: wordsField('the reply', 4_000), text: sectionField(), hash: hashField });
const signForm = z.object({
  kind: z.enum(['approved', 'noted'], 'Choose what was decided'),
  authority: chosenField(),
  body: nameField('which body decided'),
  on: neededDay('the day of the decision'),
  reference: textField(200),
  hash: hashField,
});
const exclusionForm = z.object({
  grounds: z
    .union([z.enum(exclusionGroundNames), z.array(z.enum(exclusionGroundNames)).max(3)])
    .optional()
    .transform((grounds) => (grounds === undefined ? [] : typeof grounds === 'string' ? [grounds] : grounds)),
  note: textField(2_000),
  hash: hashField,
});
const steps = ['open-comment', 'take-back', 'close-text', 'publish', 'begin-review', 'keep', 'revise'] as const;
type StepAsked = (typeof steps)[number];

const toHash = (typed: string, otherwise: ContentHash): ContentHash => (isContentHash(typed) ? typed : otherwise);
const staysSo = 'The text is closed, so it stays as it is. Take it back to draft to change it';

async function shown(
  work: Reads,
  slug: string,
  id: string,
  { visitor, today, errors }: { readonly visitor: Visitor; readonly today: IsoDate; readonly errors?: Errors },
): Promise<Page> {
  const strategy = await getStrategy(work, id);
  const facts = await factsOf(work, strategy, today);
  const text = sectionNames.map((name) => strategy.sections[name] ?? '').join('\n\n');
  const score = readability(text);
  return strategyPage({
    slug,
    strategy,
    required: requirements(facts),
    advised: advice(facts),
    comments: await commentsOn(work, id),
    signOffs: await signOffsOf(work, id),
    authorities: (await authoritiesOn(work, today)).specified,
    incomplete: strategy.state === 'sign-off' ? await incompleteActions(work) : [],
    readingAge: isRefusal(score) ? null : score.readingAgeYears,
    changes: await historyOf(work, id, strategyWords),
    mayWrite: mayPlan(visitor),
    errors,
  });
}

/** The step that was asked for, with what it has to be held against. */
async function stepOf(work: Reads, asked: StepAsked, strategy: Strategy, today: IsoDate): Promise<Step> {
  const missing = async () => requirements(await factsOf(work, strategy, today)).filter(({ isMet }) => !isMet);
  if (asked === 'close-text') {
    const open = (await commentsOn(work, strategy.id)).filter(({ reply }) => reply === null).length;
    return { step: asked, hash: strategyHash(strategy), openComments: open, missing: await missing() };
  }
  if (asked === 'publish')
    return {
      step: asked,
      on: today,
      required: (await authoritiesOn(work, today)).specified,
      missing: await missing(),
      incomplete: await incompleteActions(work),
      theory: (await theoryBlocks(work)) ? blocking(await theoryFindings(work)) : [],
    };
  return { step: asked };
}

/** Takes a step and keeps what came of it. A revision is the next version of the same line, with the same words to begin with. */
async function takeStep(
  work: Work<'strategy' | 'partnership' | 'platform'>,
  strategy: Strategy,
  step: Step,
  today: IsoDate,
): Promise<Outcome<{ readonly version: Version; readonly next: string | undefined }>> {
  const answer = take(await versionAt(reading(work), strategy), step);
  if (!answer.done) return answer;
  await keepStep(work, strategy, answer.value, { today });
  const { line, title, level, sections, starts, ends } = strategy;
  const next =
    step.step === 'revise' ? await addStrategy(work, { line, title, level, sections, starts, ends }) : undefined;
  return done({ version: answer.value, next });
}

export const strategyRoutes: readonly Route[] = [
  get({
    path: '/:partnership/strategies',
    about: 'The strategy, version by version',
    access: seenByAll,
    audit: openToMembers,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: strategiesPage({
        slug: params.partnership,
        strategies: await listStrategies(work),
        mayWrite: mayPlan(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/strategies/new',
    about: 'Begin a strategy',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({ page: addStrategyPage(params.partnership) }),
  }),
  post({
    path: '/:partnership/strategies/new',
    about: 'Begin a strategy',
    access: writtenByPlanners,
    audit: 'STRATEGY_ADDED',
    params: partnershipParams,
    body: addForm,
    example: ({ partnership }) => ({ params: { partnership }, body: { title: 'Keeping our seafront safe' } }),
    async handle({ work, params, body }) {
      const line = slugOf(body.title);
      if (!line.done)
        return again(
          addStrategyPage(params.partnership, { typed: typedAgain(body), errors: { title: line.sentence } }),
        );
      const id = await addStrategy(work, { line: line.value, ...body });
      return {
        seeOther: strategyHref(params.partnership, id),
        subject: `strategy/${id}`,
        fields: ['title', 'level'],
      };
    },
    invalid: ({ params, errors, typed }) => ({ page: addStrategyPage(params.partnership, { typed, errors }) }),
  }),
  get({
    path: '/:partnership/strategies/earlier',
    about: 'Add an earlier strategy or protocol, as superseded',
    access: writtenByPlanners,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({ page: earlierStrategyPage(params.partnership) }),
  }),
  post({
    path: '/:partnership/strategies/earlier',
    about: 'Add an earlier strategy or protocol, as superseded',
    access: writtenByPlanners,
    audit: 'STRATEGY_ADDED',
    params: partnershipParams,
    body: earlierForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { title: 'Young people at risk protocol', publishedOn: '1 March 2019', importedFrom: 'File 12/2019' },
    }),
    async handle({ work, params, body, today }) {
      const line = slugOf(body.title);
      const errors: Record<string, string> = {};
      if (!line.done) errors['title'] = line.sentence;
      if (body.publishedOn > today) errors['publishedOn'] = 'Enter a day that has been';
      if (!line.done || Object.keys(errors).length > 0)
        return again(earlierStrategyPage(params.partnership, { typed: typedAgain(body), errors }));
      const id = await addPredecessor(work, { line: line.value, level: 'local', ...body });
      return { seeOther: strategyHref(params.partnership, id), subject: `strategy/${id}`, fields: Object.keys(body) };
    },
    invalid: ({ params, errors, typed }) => ({ page: earlierStrategyPage(params.partnership, { typed, errors }) }),
  }),
  get({
    path: '/:partnership/strategies/:id',
    about: 'One version of the strategy: its text, what the Act asks, comments, sign-off',
    access: seenByAll,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('strategy') } }),
    handle: async ({ work, params: { partnership, id }, visitor, today }) => ({
      page: await shown(work, partnership, id, { visitor, today }),
    }),
  }),
  get({
    path: '/:partnership/strategies/:id/change',
    about: 'Change the text of a draft',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('strategy-draft') } }),
    async handle({ work, params: { partnership, id } }) {
      const strategy = await getStrategy(work, id);
      if (!leadsOn(strategy.state, 'change')) return { refused: 'conflict', sentence: `${staysSo}.` };
      return { page: changeStrategyPage(partnership, strategy) };
    },
  }),
  post({
    path: '/:partnership/strategies/:id/change',
    about: 'Change the text of a draft',
    access: writtenByPlanners,
    audit: 'STRATEGY_CHANGED',
    params: recordParams,
    body: changeForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('strategy-draft') },
      body: { title: 'Safer Haverness together', kinds: 'Robbery of young people on the seafront.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      await holdStrategy(work, id);
      const strategy = await getStrategy(reading(work), id);
      if (!leadsOn(strategy.state, 'change')) return { refused: 'conflict', sentence: `${staysSo}.` };
      const typed = { ...typedAgain(body), starts: dayText(body.starts), ends: dayText(body.ends) };
      if (body.hash !== '' && body.hash !== strategy.sha256)
        return again(
          changeStrategyPage(slug, strategy, {
            typed,
            errors: { '': changedMeanwhile },
            differing: differingOf(typedOfStrategy(strategy), typed, strategyLabels),
          }),
          409,
        );
      const { title, starts, ends, hash: _, ...sections } = body;
      if (starts !== null && ends !== null && ends < starts)
        return again(
          changeStrategyPage(slug, strategy, { typed, errors: { ends: 'The end is before the beginning' } }),
        );
      await changeText(work, id, { title, starts, ends, sections });
      return {
        seeOther: strategyHref(slug, id),
        subject: `strategy/${id}`,
        fields: sectionNames.filter((name) => (strategy.sections[name] ?? '') !== sections[name]),
      };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: changeStrategyPage(partnership, await getStrategy(work, id), { typed, errors }),
    }),
  }),
  post({
    path: '/:partnership/strategies/:id/step',
    about: 'Take a strategy on: out for comment, to sign-off, published, reviewed, revised',
    access: writtenByPlanners,
    audit: 'STRATEGY_STEP_TAKEN',
    params: recordParams,
    body: z.object({ step: z.enum(steps), hash: hashField }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('strategy') },
      body: { step: 'begin-review' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today, visitor, equipment }) {
      await holdStrategy(work, id);
      const strategy = await getStrategy(reading(work), id);
      const step = await stepOf(reading(work), body.step, strategy, today);
      const answer: Awaited<ReturnType<typeof takeStep>> =
        body.hash !== '' && body.hash !== strategy.sha256
          ? refused('conflict', changedMeanwhile)
          : await takeStep(work, strategy, step, today);
      if (!answer.done) {
        const errors = { '': answer.sentence };
        return again(
          await shown(reading(work), slug, id, { visitor, today, errors }),
          answer.reason === 'conflict' ? 409 : 422,
        );
      }
      if (body.step === 'publish') await askForDocuments(work, equipment.jobs, visitor);
      return {
        seeOther: strategyHref(slug, answer.value.next ?? id),
        subject: `strategy/${id}`,
        fields: ['state'],
      };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/strategies/:id/comments/new',
    about: 'Add a comment on a draft',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('strategy-draft') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: addCommentPage(partnership, await getStrategy(work, id)),
    }),
  }),
  post({
    path: '/:partnership/strategies/:id/comments/new',
    about: 'Add a comment on a draft',
    access: writtenByPlanners,
    audit: 'STRATEGY_COMMENT_ADDED',
    params: recordParams,
    body: commentForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('strategy-draft') },
      body: { madeBy: 'Scrutiny Committee', madeOn: '12 May 2026', words: 'Say what “contextual safeguarding” means.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body }) {
      const strategy = await getStrategy(reading(work), id);
      if (strategy.state !== 'comment')
        return { refused: 'conflict', sentence: 'This strategy is not out for comment, so no comment can be added.' };
      const comment = await addComment(work, id, body);
      return { seeOther: `${strategyHref(slug, id)}#comments`, subject: `comment/${comment}`, fields: ['comment'] };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: addCommentPage(partnership, await getStrategy(work, id), { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/strategies/:id/comments/:comment',
    about: 'Reply to a comment, and change the text because of it',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams.extend({ comment: z.uuid() }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('strategy-draft'), comment: idOf('strategy-comment') },
    }),
    async handle({ work, params: { partnership, id, comment } }) {
      const found = (await commentsOn(work, id)).find((each) => each.id === comment);
      return found === undefined ? notFound : { page: replyPage(partnership, await getStrategy(work, id), found) };
    },
  }),
  post({
    path: '/:partnership/strategies/:id/comments/:comment',
    about: 'Reply to a comment, and change the text because of it',
    access: writtenByPlanners,
    audit: 'STRATEGY_COMMENT_ANSWERED',
    params: recordParams.extend({ comment: z.uuid() }),
    body: replyForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('strategy-draft'), comment: idOf('strategy-comment') },
      body: { reply: 'We have said it in plain words.', text: 'Places where young people meet are made safe.' },
    }),
    async handle({ work, params: { partnership: slug, id, comment }, body, today }) {
      await holdStrategy(work, id);
      const strategy = await getStrategy(reading(work), id);
      const found = (await commentsOn(reading(work), id)).find((each) => each.id === comment);
      if (found === undefined) return notFound;
      if (!leadsOn(strategy.state, 'change')) return { refused: 'conflict', sentence: `${staysSo}.` };
      const { section } = found;
      const before = section === 'whole' ? '' : (strategy.sections[section] ?? '');
      const isChanged = section !== 'whole' && body.text !== before;
      if (isChanged && body.hash !== '' && body.hash !== strategy.sha256)
        return again(
          replyPage(slug, strategy, found, {
            typed: { ...typedAgain(body), hash: strategy.sha256 },
            errors: {
              text: `Somebody else has changed the text since you opened the page. It now reads: ${before.slice(0, 2_000)}`,
            },
          }),
          409,
        );
      if (isChanged) {
        const sections: Sections = { ...strategy.sections, [section]: body.text };
        await changeText(work, id, { ...textOf(strategy), sections });
      }
      await replyTo(work, comment, {
        reply: body.reply,
        repliedOn: today,
        change: isChanged ? { before, after: body.text } : null,
      });
      return {
        seeOther: `${strategyHref(slug, id)}#comments`,
        subject: `comment/${comment}`,
        fields: isChanged ? ['reply', section] : ['reply'],
      };
    },
    async invalid({ work, params: { partnership, id, comment }, errors, typed }) {
      const found = (await commentsOn(work, id)).find((each) => each.id === comment);
      return found === undefined
        ? notFound
        : { page: replyPage(partnership, await getStrategy(work, id), found, { typed, errors }) };
    },
  }),
  get({
    path: '/:partnership/strategies/:id/sign',
    about: 'Enter who signed a strategy off, or noted it',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('strategy') } }),
    async handle({ work, params: { partnership, id }, today }) {
      const strategy = await getStrategy(work, id);
      return { page: signPage(partnership, strategy, await waitingFor(work, strategy, today)) };
    },
  }),
  post({
    path: '/:partnership/strategies/:id/sign',
    about: 'Enter who signed a strategy off, or noted it',
    access: writtenByPlanners,
    audit: 'STRATEGY_SIGNED_OFF',
    params: recordParams,
    body: signForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('strategy') },
      body: { kind: 'noted', body: 'Children’s Scrutiny Panel', on: '14 April 2026' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdStrategy(work, id);
      const strategy = await getStrategy(reading(work), id);
      const waiting = await waitingFor(reading(work), strategy, today);
      const refuse = (errors: Errors, status: 409 | 422 = 422) =>
        again(
          signPage(slug, strategy, waiting, { typed: { ...typedAgain(body), on: dayText(body.on) }, errors }),
          status,
        );
      if (body.on > today) return refuse({ on: 'Enter a day that has been' });
      if (body.kind === 'approved' && !waiting.some(({ id: of }) => of === body.authority))
        return refuse({ authority: 'Choose an authority that has not signed off yet' });
      const sign: SignOff = {
        authority: body.kind === 'approved' ? body.authority : null,
        body: body.body,
        on: body.on,
        hash: toHash(body.hash, strategy.sha256),
      };
      const answer = take(await versionAt(reading(work), strategy), {
        step: body.kind === 'approved' ? 'approve' : 'note',
        sign,
      });
      if (!answer.done) return refuse({ '': answer.sentence }, answer.reason === 'conflict' ? 409 : 422);
      await addSignOff(work, id, { ...sign, kind: body.kind, reference: body.reference });
      return {
        seeOther: `${strategyHref(slug, id)}#sign-off`,
        subject: `strategy/${id}`,
        fields: ['body', 'on_day', 'sha256'],
      };
    },
    async invalid({ work, params: { partnership, id }, today, errors, typed }) {
      const strategy = await getStrategy(work, id);
      return { page: signPage(partnership, strategy, await waitingFor(work, strategy, today), { typed, errors }) };
    },
  }),
  get({
    path: '/:partnership/strategies/:id/consultees',
    about: 'Whom s.8(4) names, and when they were consulted',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('strategy-draft') } }),
    handle: async ({ work, params: { partnership, id }, today }) => ({
      page: consulteesPage(partnership, await getStrategy(work, id), await consultees(work, id, today)),
    }),
  }),
  post({
    path: '/:partnership/strategies/:id/consultees',
    about: 'Whom s.8(4) names, and when they were consulted',
    access: writtenByPlanners,
    audit: 'STRATEGY_CONSULTATION_KEPT',
    params: recordParams,
    body: z.looseObject({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('strategy-draft') }, body: {} }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdStrategy(work, id);
      const strategy = await getStrategy(reading(work), id);
      if (!leadsOn(strategy.state, 'change')) return { refused: 'conflict', sentence: `${staysSo}.` };
      const all = await consultees(reading(work), id, today);
      const typed = typedAgain(body);
      const errors: Record<string, string> = {};
      const read = all.flatMap(({ id: of }) => {
        const day = dayField().safeParse(typed[`on-${of}`] ?? '');
        if (!day.success) errors[`on-${of}`] = day.error.issues[0]?.message ?? 'Enter one day';
        else if (day.data !== null && day.data > today) errors[`on-${of}`] = 'Enter a day that has been';
        const how = typed[`how-${of}`];
        return day.success && day.data !== null
          ? [
              {
                id: of,
                on: day.data,
                how: typeof how === 'string' && how.trim() !== '' ? how.trim().slice(0, 500) : null,
              },
            ]
          : [];
      });
      if (Object.keys(errors).length > 0) return again(consulteesPage(slug, strategy, all, { typed, errors }));
      await keepConsulted(work, id, read);
      return { seeOther: strategyHref(slug, id), subject: `strategy/${id}`, fields: ['consulted_on'] };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/strategies/:id/exclusion',
    about: 'Check a strategy for what must not be in it (s.8(8))',
    access: writtenByPlanners,
    audit: openToMembers,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('strategy-draft') } }),
    handle: async ({ work, params: { partnership, id } }) => ({
      page: exclusionPage(partnership, await getStrategy(work, id)),
    }),
  }),
  post({
    path: '/:partnership/strategies/:id/exclusion',
    about: 'Check a strategy for what must not be in it (s.8(8))',
    access: writtenByPlanners,
    audit: 'STRATEGY_EXCLUSION_CHECKED',
    params: recordParams,
    body: exclusionForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('strategy-draft') },
      body: { grounds: 'safety', note: 'The address of the refuge was taken out.' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today, visitor }) {
      await holdStrategy(work, id);
      const strategy = await getStrategy(reading(work), id);
      if (!leadsOn(strategy.state, 'change')) return { refused: 'conflict', sentence: `${staysSo}.` };
      if (body.hash !== '' && body.hash !== strategy.sha256)
        return again(
          exclusionPage(slug, strategy, {
            typed: typedAgain(body),
            errors: { '': 'The text has changed. Read it again' },
          }),
          409,
        );
      const has = (ground: (typeof exclusionGroundNames)[number]) => body.grounds.includes(ground);
      await keepExclusion(work, id, {
        safety: has('safety'),
        prejudice: has('prejudice'),
        security: has('security'),
        by: visitor.person?.id ?? 'system',
        on: today,
        note: body.note,
      });
      return { seeOther: strategyHref(slug, id), subject: `strategy/${id}`, fields: ['exclusion'] };
    },
    invalid: async ({ work, params: { partnership, id }, errors, typed }) => ({
      page: exclusionPage(partnership, await getStrategy(work, id), { typed, errors }),
    }),
  }),
  ofAll.get({
    path: '/:partnership/strategy',
    about: 'The strategy, for everybody',
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, visitor: { partnership } }) {
      if (partnership === undefined) return notFound;
      const published = await publishedStrategies(work, partnership.id);
      const strategy = inForce(published);
      const forms = strategy === undefined ? [] : await formsKept(work, partnership.id, `strategy/${strategy.id}`);
      return { page: publicStrategyPage(partnership, published, forms) };
    },
  }),
];

const theoryFindings = async (work: Reads) => {
  const { steps, arrows } = await theoryOf(work);
  return findings(steps, arrows);
};
const waitingFor = async (work: Reads, strategy: Strategy, today: IsoDate) =>
  unsigned(await versionAt(work, strategy), (await authoritiesOn(work, today)).specified);

const textOf = ({ title, starts, ends, sections }: Strategy) => ({ title, starts, ends, sections });
const dayText = (day: IsoDate | null): string => (day === null ? '' : formatDate(day));
