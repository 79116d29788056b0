import { z } from 'zod';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { type Errors, type Typed, typedAgain } from '../platform/http/form.page.tsx';
import { notFound, type Route } from '../platform/http/route.ts';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { organisationChoices } from './organisation.store.ts';
import { changePersonPage, newPersonPage, newProtectedPage } from './person-form.page.tsx';
import { personPage } from './person.page.tsx';
import {
  changePersonForm,
  foldedName,
  labelForm,
  newPersonForm,
  protectedPersonForm,
  suggestedLabel,
  whyLabelTaken,
  whyNoEmail,
  whyNoLabel,
  whyPerhapsTheSame,
} from './person.ts';
import {
  accountChoices,
  addPerson,
  addProtectedPerson,
  changePerson,
  findAccount,
  findProtectedName,
  getPerson,
  holdPerson,
  labelsTaken,
  namesakesOf,
  type PersonSeen,
} from './person.store.ts';
import { readDay } from './post.ts';
import { addPost, hasOrganisation } from './post.store.ts';
import {
  errorsOf,
  forEverybody,
  forWriters,
  isStale,
  refusedAgain,
  isUnderLock,
  mayWrite,
  wasRemoved,
  workContacts,
} from './person-answers.routes.ts';
import { historyOf, publish, versionOf } from './register.store.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();

export const personRoutes: readonly Route[] = [
  get({
    path: '/:partnership/people/new',
    about: 'Add a person to the register',
    access: forWriters,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: newPersonPage({ slug: params.partnership, organisations: await organisationChoices(work) }),
    }),
  }),
  post({
    path: '/:partnership/people/new',
    about: 'Add a person to the register',
    access: forWriters,
    audit: 'PERSON_ADDED',
    params: partnershipParams,
    body: newPersonForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership },
      body: { name: 'Rowan Example', organisation: idOf('organisation'), title: 'Officer', since: 'May 2026' },
    }),
    async handle({ work, params, body, today }) {
      const slug = params.partnership;
      const namesakes = await namesakesOf(reading(work), body, today);
      const mistake =
        whyNoEmail(body.email, namesakes) ?? (body.another ? undefined : whyPerhapsTheSame(body.name, namesakes));
      if (mistake !== undefined) {
        const organisations = await organisationChoices(reading(work));
        return refusedAgain(newPersonPage({ slug, organisations, typed: typedAgain(body), errors: errorsOf(mistake) }));
      }
      const { organisation, title, since } = body;
      if (!(await hasOrganisation(reading(work), organisation))) return notFound;
      const id = await addPerson(work, body);
      await addPost(work, id, { organisationId: organisation, title, since, until: null });
      await publish(work, today);
      return { seeOther: `/${slug}/people/${id}`, subject: `person/${id}`, fields: ['name', 'post'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: newPersonPage({ slug: params.partnership, organisations: await organisationChoices(work), errors, typed }),
    }),
  }),
  get({
    path: '/:partnership/people/lived-experience',
    about: 'Add a member with lived experience, whose name stays under lock',
    access: forWriters,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: newProtectedPage({ slug: params.partnership, label: suggestedLabel(await labelsTaken(work)) }),
    }),
  }),
  post({
    path: '/:partnership/people/lived-experience',
    about: 'Add a member with lived experience, whose name stays under lock',
    access: forWriters,
    audit: 'PERSON_ADDED',
    params: partnershipParams,
    body: protectedPersonForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { label: 'Member with lived experience 9', name: 'Rowan Example' },
    }),
    async handle({ work, params, body, today }) {
      const slug = params.partnership;
      const mistake =
        whyNoLabel(body.label, [body.name, body.email]) ?? whyLabelTaken(body.label, await labelsTaken(reading(work)));
      if (mistake !== undefined)
        return refusedAgain(
          newProtectedPage({ slug, label: body.label, typed: typedAgain(body), errors: errorsOf(mistake) }),
        );
      const id = await addProtectedPerson(work, body);
      await publish(work, today);
      return { seeOther: `/${slug}/people/${id}`, subject: `person/${id}`, fields: ['label', 'protected name'] };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: newProtectedPage({
        slug: params.partnership,
        label: suggestedLabel(await labelsTaken(work)),
        errors,
        typed,
      }),
    }),
  }),
  get({
    path: '/:partnership/people/:id',
    about: 'A person: posts and seats through time, and what happened',
    access: forEverybody,
    audit: workContacts,
    params: recordParams,
    query: z.object({ on: z.string().max(320).default('') }),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person') }, query: { on: '2023-07-15' } }),
    async handle({ work, params, query, visitor, today }) {
      const person = await getPerson(work, params.id);
      const { day, mistake } = readDay(query.on, today);
      return {
        page: personPage({
          slug: params.partnership,
          person,
          account: await findAccount(work, person.accountId),
          changes: await historyOf(work, params.id),
          day,
          today,
          typedDay: query.on,
          mistake,
          mayWrite: mayWrite(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/people/:id/change',
    about: 'Change the name and the contact of a person, or the label of one whose name is under lock',
    access: forWriters,
    audit: workContacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('person') } }),
    async handle({ work, params }) {
      const person = await getPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      return { page: await changePage(work, params, person) };
    },
  }),
  post({
    path: '/:partnership/people/:id/change',
    about: 'Change the name and the contact of a person',
    access: forWriters,
    audit: 'PERSON_CHANGED',
    params: recordParams,
    body: changePersonForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person') },
      body: { name: 'Morwenna Sayle' },
    }),
    async handle({ work, params, body, today }) {
      const person = await holdPerson(work, params.id);
      if (person.isRemoved) return wasRemoved;
      if (person.hasLivedExperience) return isUnderLock;
      const reads = reading(work);
      const show = async (form: { errors?: Errors; isStale?: boolean }) =>
        refusedAgain(await changePage(reads, params, person, { typed: typedAgain(body), ...form }));
      if (await isStale(reads, params.id, body.version)) return show({ isStale: true });
      const namesakes = await namesakesOf(reads, body, today, params.id);
      const isSameName = foldedName(body.name) === foldedName(person.name);
      const mistake =
        whyNoEmail(body.email, namesakes) ??
        (body.another || isSameName ? undefined : whyPerhapsTheSame(body.name, namesakes));
      if (mistake !== undefined) return show({ errors: errorsOf(mistake) });
      const accounts = await accountChoices(reads, params.id);
      if (body.account !== null && !accounts.some(({ id }) => id === body.account))
        return show({ errors: { account: 'Somebody else signs in with this account. Choose another one' } });
      const change = { name: body.name, email: body.email, phone: body.phone, accountId: body.account };
      await changePerson(work, params.id, change);
      await publish(work, today);
      const fields = (['name', 'email', 'phone', 'accountId'] as const).filter((key) => change[key] !== person[key]);
      return { seeOther: `/${params.partnership}/people/${params.id}`, subject: `person/${params.id}`, fields };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await changePage(work, params, await getPerson(work, params.id), { errors, typed }),
    }),
  }),
  post({
    path: '/:partnership/people/:id/label',
    about: 'Change the label of a person whose name is under lock',
    access: forWriters,
    audit: 'PERSON_CHANGED',
    params: recordParams,
    body: labelForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('person-under-lock') },
      body: { label: 'Member with lived experience 1' },
    }),
    async handle({ work, params, body, today }) {
      const person = await holdPerson(work, params.id);
      const reads = reading(work);
      const kept = await findProtectedName(reads, params.id);
      if (kept === undefined) return notFound;
      const show = async (form: { errors?: Errors; isStale?: boolean }) =>
        refusedAgain(await changePage(reads, params, person, { typed: typedAgain(body), ...form }));
      if (await isStale(reads, params.id, body.version)) return show({ isStale: true });
      const labels = (await labelsTaken(reads)).filter((label) => label !== person.name);
      const mistake = whyNoLabel(body.label, [kept.name, kept.email]) ?? whyLabelTaken(body.label, labels);
      if (mistake !== undefined) return show({ errors: errorsOf(mistake) });
      await changePerson(work, params.id, { name: body.label });
      await publish(work, today);
      return {
        seeOther: `/${params.partnership}/people/${params.id}`,
        subject: `person/${params.id}`,
        fields: ['label'],
      };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await changePage(work, params, await getPerson(work, params.id), { errors, typed }),
    }),
  }),
];

const changePage = async (
  work: ReadWork<'partnership' | 'platform'>,
  { partnership, id }: { readonly partnership: string; readonly id: string },
  person: PersonSeen,
  form: { readonly typed?: Typed; readonly errors?: Errors; readonly isStale?: boolean } = {},
) =>
  changePersonPage({
    slug: partnership,
    person,
    account: await findAccount(work, person.accountId),
    accounts: await accountChoices(work, id),
    version: await versionOf(work, id),
    ...form,
  });
