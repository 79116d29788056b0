import type { z } from 'zod';
import type { IsoDate, PartialDate } from '../duty/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { type Errors, type Typed, typedAgain } from '../platform/http/form.page.tsx';
import { notFound, type Refused, type Route } from '../platform/http/route.ts';
import { recordParams, rowsOf } from '../platform/http/rows.ts';
import { organisationChoices } from './organisation.store.ts';
import {
  errorsOf,
  forWriters,
  isStale,
  refusedAgain,
  isUnderLock,
  wasRemoved,
  workContacts,
} from './person-answers.routes.ts';
import {
  correctNamePage,
  leavingPage,
  ProtectedNameForm,
  protectPage,
  removePage,
  returnPage,
} from './person-form.page.tsx';
import { protectedNamePage, seatText } from './person.page.tsx';
import {
  leavingForm,
  protectedNameForm,
  protectForm,
  removalForm,
  returnForm,
  suggestedLabel,
  whyLabelTaken,
  whyNoLabel,
} from './person.ts';
import {
  changePerson,
  changeProtectedName,
  findAccount,
  findProtectedName,
  forgetPerson,
  getPerson,
  holdPerson,
  labelsTaken,
  protectPerson,
  type PersonSeen,
} from './person.store.ts';
import { decideLeaving, decideRemoval, whyNoPost } from './post.ts';
import { addPost, endPosts, endSeats, removePost, removeSeats } from './post.store.ts';
import { hrefOf, wantedOf } from './post.routes.ts';
import { publish, versionOf } from './register.store.ts';
import type { Span } from './span.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();

type Params = z.infer<typeof recordParams>;
type Reads = ReadWork<'partnership' | 'platform'>;
interface Again {
  readonly typed?: Typed;
  readonly errors?: Errors;
}

const hasLeft: Refused = { refused: 'conflict', sentence: 'The last day of this person was entered already.' };
const isHere: Refused = { refused: 'conflict', sentence: 'This person has not left.' };

/** Leaving and coming back, names under lock, and the right to be forgotten. */
export const leavingRoutes: readonly Route[] = [
  get({
    path: '/:partnership/people/:id/leave',
    about: 'A person leaves: what else ends on that day',
    access: forWriters,
    audit: workContacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person-who-leaves') } }),
    async handle({ work, params, today }) {
      const person = await getPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      return person.leftOn !== null ? hasLeft : { page: await showLeaving(work, params, person, today) };
    },
  }),
  post({
    path: '/:partnership/people/:id/leave',
    about: 'A person leaves: posts and seats end on that day',
    access: forWriters,
    audit: 'PERSON_LEFT',
    params: recordParams,
    body: leavingForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person-who-leaves') },
      body: { on: '1 June 2026' },
    }),
    async handle({ work, params, body, today }) {
      const person = await holdPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      if (person.leftOn !== null) return hasLeft;
      const reads = reading(work);
      const show = async (form: Again & { isStale?: boolean }) =>
        refusedAgain(await showLeaving(reads, params, person, today, { typed: typedAgain(body), ...form }));
      if (await isStale(reads, params.id, body.version)) return show({ isStale: true });
      const leaving = decideLeaving(person.name, heldBy(person), body.on, today);
      if ('mistake' in leaving) return show({ errors: errorsOf(leaving.mistake) });
      await endHeld(work, leaving.endings, leaving.left);
      await changePerson(work, params.id, { leftOn: leaving.left });
      await publish(work, today);
      const fields = ['left_on', ...new Set(leaving.endings.map(({ kind }) => kind))];
      return { seeOther: hrefOf(params), subject: `person/${params.id}`, fields };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await showLeaving(work, params, await getPerson(work, params.id), today, { errors, typed }),
    }),
  }),
  get({
    path: '/:partnership/people/:id/return',
    about: 'A person who had left comes back',
    access: forWriters,
    audit: workContacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person-who-left') } }),
    async handle({ work, params }) {
      const person = await getPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      return person.leftOn === null ? isHere : { page: await showReturn(work, params, person) };
    },
  }),
  post({
    path: '/:partnership/people/:id/return',
    about: 'A person who had left comes back, with a post',
    access: forWriters,
    audit: 'PERSON_CAME_BACK',
    params: recordParams,
    body: returnForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person-who-left') },
      body: { organisation: idOf('organisation'), title: 'Adviser', since: 'June 2026' },
    }),
    async handle({ work, params, body, today }) {
      const person = await holdPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      if (person.leftOn === null) return isHere;
      const wanted = await wantedOf(reading(work), { ...body, until: null });
      if (wanted === undefined) return notFound;
      const mistake = whyNoPost(person.name, wanted, person.posts);
      if (mistake !== undefined) {
        const form = { typed: typedAgain(body), errors: errorsOf(mistake) };
        return refusedAgain(await showReturn(reading(work), params, person, form));
      }
      await changePerson(work, params.id, { leftOn: null });
      await addPost(work, params.id, wanted);
      await publish(work, today);
      return { seeOther: hrefOf(params), subject: `person/${params.id}`, fields: ['left_on', 'post'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await showReturn(work, params, await getPerson(work, params.id), { errors, typed }),
    }),
  }),
  get({
    path: '/:partnership/people/:id/protect',
    about: 'Put the name of a person under lock',
    access: forWriters,
    audit: workContacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person-to-protect') } }),
    async handle({ work, params }) {
      const person = await getPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      return person.hasLivedExperience ? isUnderLock : { page: await showProtect(work, params, person) };
    },
  }),
  post({
    path: '/:partnership/people/:id/protect',
    about: 'Put the name of a person under lock, and take it out of the history',
    access: forWriters,
    audit: 'PERSON_PROTECTED',
    params: recordParams,
    body: protectForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person-to-protect') },
      body: { label: 'Member with lived experience 8' },
    }),
    async handle({ work, params, body, today }) {
      const person = await holdPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      if (person.hasLivedExperience) return isUnderLock;
      const reads = reading(work);
      const show = async (errors: Errors) =>
        refusedAgain(await showProtect(reads, params, person, { typed: typedAgain(body), errors }));
      const mistake =
        whyNoLabel(body.label, [person.name, person.email]) ?? whyLabelTaken(body.label, await labelsTaken(reads));
      if (mistake !== undefined) return show(errorsOf(mistake));
      if ((await findAccount(reads, person.accountId)) !== undefined)
        return show({ '': 'This person can sign in, and an account shows its name. End their access first' });
      await protectPerson(work, params.id, body.label);
      await publish(work, today);
      return { seeOther: hrefOf(params), subject: `person/${params.id}`, fields: ['name', 'email', 'phone'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await showProtect(work, params, await getPerson(work, params.id), { errors, typed }),
    }),
  }),
  get({
    path: '/:partnership/people/:id/name',
    about: 'The name of a person that is under lock: the only page that shows it',
    access: forWriters,
    audit: 'PROTECTED_NAME_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person-under-lock') } }),
    async handle({ work, params }) {
      const person = await getPerson(work, params.id);
      const kept = await findProtectedName(work, params.id);
      if (kept === undefined) return notFound;
      const form = ProtectedNameForm({ slug: params.partnership, person, kept });
      return {
        page: protectedNamePage(params.partnership, person, kept, form),
        subject: `person/${params.id}`,
      };
    },
  }),
  post({
    path: '/:partnership/people/:id/name',
    about: 'Correct the name of a person that is under lock',
    access: forWriters,
    audit: 'PROTECTED_NAME_CHANGED',
    params: recordParams,
    body: protectedNameForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person-under-lock') },
      body: { name: 'Wren Ashby-Example' },
    }),
    async handle({ work, params, body }) {
      const person = await holdPerson(work, params.id);
      if ((await findProtectedName(reading(work), params.id)) === undefined) return notFound;
      const shown = whyNoLabel(person.name, [body.name, body.email]);
      if (shown !== undefined) {
        const errors = { '': 'The label of this person would give the name away. Change the label first' };
        return refusedAgain(correctNamePage({ slug: params.partnership, person, typed: typedAgain(body), errors }));
      }
      await changeProtectedName(work, params.id, body);
      return { seeOther: hrefOf(params), subject: `person/${params.id}`, fields: ['protected name'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: correctNamePage({ slug: params.partnership, person: await getPerson(work, params.id), errors, typed }),
    }),
  }),
  get({
    path: '/:partnership/people/:id/remove',
    about: 'Remove what is known of a person: what goes and what stays',
    access: forWriters,
    audit: workContacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person-to-remove') } }),
    async handle({ work, params, today }) {
      const person = await getPerson(work, params.id);
      return person.isRemoved ? wasRemoved : { page: await showRemoval(work, params, person, today) };
    },
  }),
  post({
    path: '/:partnership/people/:id/remove',
    about: 'Remove what is known of a person, for good (UK GDPR Article 17)',
    access: forWriters,
    audit: 'PERSON_REMOVED',
    params: recordParams,
    body: removalForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person-to-remove') },
      body: { sure: 'yes' },
    }),
    async handle({ work, params, today }) {
      const person = await holdPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      const { ending, dropped, on } = decideRemoval(heldBy(person), today);
      await endHeld(work, ending, on);
      await dropHeld(work, dropped);
      await forgetPerson(work, params.id);
      await publish(work, today);
      return { seeOther: hrefOf(params), subject: `person/${params.id}`, fields: ['name', 'email', 'phone'] };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await showRemoval(work, params, await getPerson(work, params.id), today, { errors, typed }),
    }),
  }),
];

type Held = Span & { readonly id: string; readonly kind: 'post' | 'seat'; readonly what: string };

const heldBy = ({ posts, seats }: PersonSeen): readonly Held[] => [
  ...posts.map((post) => ({ ...post, kind: 'post' as const, what: `The post “${post.title}”` })),
  ...seats.map((seat) => ({ ...seat, kind: 'seat' as const, what: `The seat “${seatText(seat.role, seat.body)}”` })),
];
const idsOf = (held: readonly Held[], kind: Held['kind']): readonly string[] =>
  held.filter((one) => one.kind === kind).map(({ id }) => id);

async function endHeld(work: Work<'partnership'>, held: readonly Held[], until: PartialDate): Promise<void> {
  await endPosts(
    work,
    idsOf(held, 'post').map((id) => ({ id, until })),
  );
  await endSeats(work, idsOf(held, 'seat'), until);
}

async function dropHeld(work: Work<'partnership'>, held: readonly Held[]): Promise<void> {
  for (const id of idsOf(held, 'post')) await removePost(work, id);
  await removeSeats(work, idsOf(held, 'seat'));
}

const showLeaving = async (
  work: Reads,
  { partnership, id }: Params,
  person: PersonSeen,
  today: IsoDate,
  form: Again & { readonly isStale?: boolean } = {},
) =>
  leavingPage({
    slug: partnership,
    person,
    today,
    account: await findAccount(work, person.accountId),
    version: await versionOf(work, id),
    ...form,
  });

const showReturn = async (work: Reads, { partnership }: Params, person: PersonSeen, form: Again = {}) =>
  returnPage({ slug: partnership, person, organisations: await organisationChoices(work), ...form });

const showProtect = async (work: Reads, { partnership }: Params, person: PersonSeen, form: Again = {}) =>
  protectPage({
    slug: partnership,
    person,
    account: await findAccount(work, person.accountId),
    label: suggestedLabel(await labelsTaken(work)),
    ...form,
  });

const showRemoval = async (
  work: Reads,
  { partnership }: Params,
  person: PersonSeen,
  today: IsoDate,
  form: Again = {},
) => removePage({ slug: partnership, person, today, account: await findAccount(work, person.accountId), ...form });
