import { z } from 'zod';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { type Errors, type Typed, typedAgain } from '../platform/http/form.page.tsx';
import { notFound, type Refused, type Route } from '../platform/http/route.ts';
import { recordParams, rowsOf } from '../platform/http/rows.ts';
import { organisationChoices } from './organisation.store.ts';
import { errorsOf, forWriters, isStale, refusedAgain, wasRemoved, workContacts } from './person-answers.routes.ts';
import { movePage, postPage } from './person-form.page.tsx';
import { getPerson, holdPerson, type PersonSeen } from './person.store.ts';
import { decideMove, mistakeForm, moveForm, postForm, whyNoPost, type Post } from './post.ts';
import { addPost, changePost, endPosts, hasOrganisation, removePost } from './post.store.ts';
import { publish, versionOf } from './register.store.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();

const postParams = recordParams.extend({ post: z.uuid() });
type Params = z.infer<typeof recordParams>;
interface Again {
  readonly typed?: Typed;
  readonly errors?: Errors;
}

const hasLeft: Refused = {
  refused: 'conflict',
  sentence: 'This person has left. Enter that they come back first.',
};
const postIsGone: Refused = { refused: 'conflict', sentence: 'This post was removed already.' };

export const postRoutes: readonly Route[] = [
  get({
    path: '/:partnership/people/:id/posts/new',
    about: 'Add a post of a person',
    access: forWriters,
    audit: workContacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person') } }),
    async handle({ work, params }) {
      const person = await getPerson(work, params.id);
      return person.isRemoved ? wasRemoved : { page: await showPost(work, params, person) };
    },
  }),
  post({
    path: '/:partnership/people/:id/posts/new',
    about: 'Add a post of a person',
    access: forWriters,
    audit: 'POST_ADDED',
    params: recordParams,
    body: postForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person') },
      body: { organisation: idOf('organisation'), title: 'Chair of the working group', since: 'May 2026' },
    }),
    async handle({ work, params, body, today }) {
      const person = await holdPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      if (person.leftOn !== null) return hasLeft;
      const wanted = await wantedOf(reading(work), body);
      if (wanted === undefined) return notFound;
      const mistake = whyNoPost(person.name, wanted, person.posts);
      if (mistake !== undefined)
        return refusedAgain(
          await showPost(reading(work), params, person, { typed: typedAgain(body), errors: errorsOf(mistake) }),
        );
      const id = await addPost(work, params.id, wanted);
      await publish(work, today);
      return { seeOther: hrefOf(params), subject: `post/${id}` };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await showPost(work, params, await getPerson(work, params.id), { errors, typed }),
    }),
  }),
  get({
    path: '/:partnership/people/:id/posts/:post',
    about: 'Change a post that was entered wrong',
    access: forWriters,
    audit: workContacts,
    params: postParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person'), post: idOf('post') } }),
    async handle({ work, params }) {
      const person = await getPerson(work, params.id);
      const held = person.posts.find(({ id }) => id === params.post);
      if (person.isRemoved || held === undefined) return notFound;
      return { page: await showPost(work, params, person, { held }) };
    },
  }),
  post({
    path: '/:partnership/people/:id/posts/:post',
    about: 'Change a post that was entered wrong',
    access: forWriters,
    audit: 'POST_CHANGED',
    params: postParams,
    body: postForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person'), post: idOf('post') },
      body: {
        organisation: idOf('organisation'),
        title: 'Acting Head of Public Protection',
        since: 'July 2023',
        until: 'December 2023',
      },
    }),
    async handle({ work, params, body, today }) {
      const person = await holdPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      const held = person.posts.find(({ id }) => id === params.post);
      if (held === undefined) return postIsGone;
      const wanted = await wantedOf(reading(work), body);
      if (wanted === undefined) return notFound;
      const others = person.posts.filter((other) => other !== held);
      const mistake = whyNoPost(person.name, wanted, others);
      if (mistake !== undefined) {
        const form = { held, typed: typedAgain(body), errors: errorsOf(mistake) };
        return refusedAgain(await showPost(reading(work), params, person, form));
      }
      await changePost(work, held.id, wanted);
      await publish(work, today);
      return { seeOther: hrefOf(params), subject: `post/${held.id}` };
    },
    async invalid({ work, params, errors, typed }) {
      const person = await getPerson(work, params.id);
      const held = person.posts.find(({ id }) => id === params.post);
      return held === undefined ? postIsGone : { page: await showPost(work, params, person, { held, errors, typed }) };
    },
  }),
  post({
    path: '/:partnership/people/:id/posts/:post/remove',
    about: 'Remove a post that was entered by mistake',
    access: forWriters,
    audit: 'POST_REMOVED',
    params: postParams,
    body: mistakeForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person-with-mistake'), post: idOf('post-by-mistake') },
      body: {},
    }),
    async handle({ work, params, today }) {
      const person = await holdPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      if (!person.posts.some(({ id }) => id === params.post)) return postIsGone;
      await removePost(work, params.post);
      await publish(work, today);
      return { seeOther: hrefOf(params), subject: `post/${params.post}` };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/people/:id/move',
    about: 'A person moves to another post: the old one ends, the new one begins',
    access: forWriters,
    audit: workContacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person-to-move') } }),
    async handle({ work, params, today }) {
      const person = await getPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      return person.leftOn !== null ? hasLeft : { page: await showMove(work, params, person, today) };
    },
  }),
  post({
    path: '/:partnership/people/:id/move',
    about: 'A person moves to another post: the old one ends, the new one begins',
    access: forWriters,
    audit: 'PERSON_MOVED',
    params: recordParams,
    body: moveForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person-to-move') },
      body: { organisation: idOf('organisation'), title: 'Community Safety Manager', since: '1 June 2026' },
    }),
    async handle({ work, params, body, today }) {
      const person = await holdPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      if (person.leftOn !== null) return hasLeft;
      const reads = reading(work);
      const show = async (form: Again & { isStale?: boolean }) =>
        refusedAgain(await showMove(reads, params, person, today, { typed: typedAgain(body), ...form }));
      if (await isStale(reads, params.id, body.version)) return show({ isStale: true });
      const wanted = await wantedOf(reads, { ...body, until: null });
      if (wanted === undefined) return notFound;
      const move = decideMove(person.name, wanted, person.posts, body.keep);
      if ('mistake' in move) return show({ errors: errorsOf(move.mistake) });
      await endPosts(work, move.endings);
      await addPost(work, params.id, wanted);
      await publish(work, today);
      return { seeOther: hrefOf(params), subject: `person/${params.id}` };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await showMove(work, params, await getPerson(work, params.id), today, { errors, typed }),
    }),
  }),
];

/** What the form wants, where there is such an organisation here. */
export async function wantedOf(
  work: ReadWork<'partnership'>,
  { organisation, title, since, until }: z.infer<typeof postForm>,
) {
  if (!(await hasOrganisation(work, organisation))) return undefined;
  return { organisationId: organisation, title, since, until };
}

export const hrefOf = ({ partnership, id }: Params): string => `/${partnership}/people/${id}`;

const showPost = async (
  work: ReadWork<'partnership'>,
  { partnership }: Params,
  person: PersonSeen,
  { held, ...form }: Again & { readonly held?: Post } = {},
) => postPage({ slug: partnership, person, post: held, organisations: await organisationChoices(work), ...form });

const showMove = async (
  work: ReadWork<'partnership'>,
  { partnership, id }: Params,
  person: PersonSeen,
  today: string,
  form: Again & { readonly isStale?: boolean } = {},
) =>
  movePage({
    slug: partnership,
    person,
    today,
    organisations: await organisationChoices(work),
    version: await versionOf(work, id),
    ...form,
  });
