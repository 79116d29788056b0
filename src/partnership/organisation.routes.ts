import { z } from 'zod';
import {
  authorityKindSchema,
  authorityStandings,
  isoDateSchema,
  roles,
  type IsoDate,
  type PartialDate,
} from '../duty/index.ts';
import { csvOf } from '../platform/files/csv.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { type Errors, type Typed, again, changedMeanwhile, typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Route, type Visitor } from '../platform/http/route.ts';
import { areaChoices } from './area.store.ts';
import { exampleOrganisations } from './example-organisations.ts';
import { dateField } from './form.ts';
import {
  labelOf,
  membershipForm,
  namesIn,
  newOrganisationForm,
  otherNameForm,
  renameForm,
  standingLabelOf,
  whyNoMembership,
} from './organisation.ts';
import {
  becamePage,
  changeOrganisationPage,
  membershipPage,
  newOrganisationPage,
  organisationListPage,
  organisationPage,
  organisationsPerPage,
  otherNamePage,
  severalCheckedPage,
  severalPage,
} from './organisation.page.tsx';
import {
  addMembership,
  addOrganisation,
  addOtherName,
  addSuccession,
  changeMembership,
  changeOrganisation,
  findByName,
  getOrganisation,
  holdOrganisation,
  holdSuccessions,
  listOrganisations,
  membershipsOf,
  organisationChoices,
  organisationsByName,
  removeMembership,
  removeOtherName,
  successions,
} from './organisation.store.ts';
import { mayWriteRegister } from './register.page.tsx';
import { historyOf, publish, versionOf } from './register.store.ts';
import { overlap, runsOn } from './span.ts';
import { becameForm, dayBefore, whyNoSuccession } from './succession.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();
type Reads = ReadWork<'partnership' | 'platform'>;
type Writes = Work<'partnership' | 'platform'>;

const seen = { anyOf: roles } as const;
const written = { anyOf: mayWriteRegister } as const;
const contacts = { none: 'work contacts, as in a staff list' } as const;
const mayWrite = (visitor: Visitor) => mayWriteRegister.some((role) => visitor.roles.includes(role));

/** An empty field of a filter is no filter. */
const empty = (text: string | undefined) => (text === '' ? undefined : text);
const listQuery = z.object({
  words: z.string().trim().max(200).optional().transform(empty),
  standing: z
    .enum(['', ...authorityStandings])
    .optional()
    .transform((standing) => (standing === '' ? undefined : standing)),
  state: z.enum(['members', 'former', 'others', 'all']).default('members'),
  sort: z.enum(['name', 'capacity', 'since']).default('name'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});
type ListQuery = z.infer<typeof listQuery>;

const listed = (work: Reads, today: IsoDate, query: ListQuery, limit: number) =>
  listOrganisations(
    work,
    today,
    query,
    { by: query.sort, descending: query.order === 'descending' },
    { limit, offset: (query.page - 1) * limit },
  );

const membershipParams = recordParams.extend({ membership: z.uuid() });
const nameParams = recordParams.extend({ name: z.uuid() });
/** More at once is a file's work. */
const mostAtOnce = 50;
const mostRows = 20_000;
const severalForm = z.object({
  name: z.union([z.string(), z.array(z.string())], 'Enter at least one name').transform((one) => [one].flat()),
  capacity: z
    .union([authorityKindSchema, z.array(authorityKindSchema)], 'Choose what each of them is')
    .transform((one) => [one].flat()),
  since: dateField(),
});

async function changePage(
  work: Reads,
  slug: string,
  id: string,
  given: { typed?: Typed; errors?: Errors } = {},
): Promise<Page> {
  const organisation = await getOrganisation(work, id);
  return changeOrganisationPage({ slug, organisation, version: await versionOf(work, id), ...given });
}

async function formOfMembership(
  work: Reads,
  slug: string,
  id: string,
  membership: string | undefined,
  given: { typed?: Typed; errors?: Errors } = {},
): Promise<Page | undefined> {
  const organisation = await getOrganisation(work, id);
  const found = organisation.memberships.find((each) => each.id === membership);
  if (membership !== undefined && found === undefined) return undefined;
  return membershipPage({ slug, organisation, membership: found, areas: await areaChoices(work), ...given });
}

export const organisationRoutes: readonly Route[] = [
  get({
    path: '/:partnership/organisations',
    about: 'Organisations: who is a member, as what and since when',
    access: seen,
    audit: contacts,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today, visitor }) {
      const found = await listed(work, today, query, organisationsPerPage);
      if (found.count === 0 && query.page > 1) return notFound;
      return { page: organisationListPage(params.partnership, found, query, today, mayWrite(visitor)) };
    },
  }),
  get({
    path: '/:partnership/organisations/export.csv',
    about: 'Organisations and their memberships as a file',
    access: seen,
    audit: contacts,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, today }) {
      const { organisations } = await listed(work, today, { ...query, page: 1 }, mostRows);
      const rows = await organisationsByName(
        work,
        organisations.map(({ id }) => id),
      );
      return {
        file: {
          name: `organisations-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            [
              'Organisation',
              'Other names',
              'Website',
              'Member as',
              'Under the Act',
              'Area',
              'From',
              'Until',
              'Opted in because',
              'Shown to the public',
            ],
            rows.map((row) => [
              row.name,
              row.otherNames.join('; '),
              row.website,
              row.capacity === null ? '' : labelOf(row.capacity),
              row.capacity === null ? '' : standingLabelOf(row.capacity),
              row.areaCode,
              row.since?.text ?? '',
              row.until?.text ?? '',
              row.optedInBecause,
              row.isPublic ? 'yes' : 'no',
            ]),
          ),
        },
      };
    },
  }),
  get({
    path: '/:partnership/organisations/new',
    about: 'Add an organisation',
    access: written,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: newOrganisationPage({ slug: params.partnership, areas: await areaChoices(work) }),
    }),
  }),
  post({
    path: '/:partnership/organisations/new',
    about: 'Add an organisation',
    access: written,
    audit: 'ORGANISATION_ADDED',
    params: partnershipParams,
    body: newOrganisationForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { name: 'Haverness Street Pastors', capacity: 'voluntary-organisation', since: 'May 2026' },
    }),
    async handle({ work, params, body, today }) {
      const membership = {
        capacity: body.capacity,
        areaId: body.area,
        since: body.since,
        until: null,
        optedInBecause: body.because,
      };
      const refuse = async (errors: Errors) =>
        again(
          newOrganisationPage({
            slug: params.partnership,
            typed: typedAgain(body),
            errors,
            areas: await areaChoices(reading(work)),
          }),
        );
      const why = whyNoMembership(membership, [], { name: body.name, ended: null });
      if (why !== undefined) return refuse({ [why.field]: why.sentence });
      const known = await findByName(reading(work), body.name);
      const id =
        known === undefined
          ? await addOrganisation(work, { name: body.name, website: body.website, isPublic: !body.hidden })
          : undefined;
      if (id === undefined)
        return refuse({
          name:
            known === undefined || known.name.toLowerCase() === body.name.toLowerCase()
              ? `${body.name} is in the register already. Open it there and add a membership`
              : `${known.name} has this name too. Open it there and add a membership`,
        });
      await addMembership(work, id, membership);
      await publish(work, today);
      return {
        seeOther: `/${params.partnership}/organisations/${id}`,
        subject: `organisation/${id}`,
        fields: ['name', 'membership'],
      };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: newOrganisationPage({ slug: params.partnership, typed, errors, areas: await areaChoices(work) }),
    }),
  }),
  get({
    path: '/:partnership/organisations/several',
    about: 'Add several organisations: their names, then what each is',
    access: written,
    audit: { none: 'saves nothing' },
    params: partnershipParams,
    query: z.object({ names: z.string().max(12_000).default('') }),
    example: ({ partnership }) => ({
      params: { partnership },
      query: { names: 'Haverness Sixth Form College\nHMP Haver Moor' },
    }),
    async handle({ work, params, query }) {
      const slug = params.partnership;
      const names = namesIn(query.names);
      if (names.length === 0) return { page: severalPage({ slug }) };
      const long = names.find((name) => name.length > 200);
      const error =
        names.length > mostAtOnce
          ? `Enter at most ${mostAtOnce} names here, or read in a file`
          : long === undefined
            ? undefined
            : `Enter a shorter name than “${long.slice(0, 40)}…”`;
      if (error !== undefined) return { page: severalPage({ slug, names: query.names, error }) };
      return { page: severalCheckedPage({ slug, names, known: await knownAmong(work, names) }) };
    },
  }),
  post({
    path: '/:partnership/organisations/several',
    about: 'Add several organisations',
    access: written,
    audit: 'ORGANISATIONS_ADDED',
    params: partnershipParams,
    body: severalForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { name: 'HMP Haver Moor', capacity: 'prison', since: '' },
    }),
    async handle({ work, params, body, today }) {
      for (const [at, name] of body.name.entries()) {
        const capacity = body.capacity[at];
        const trimmed = name.trim().slice(0, 200);
        if (capacity === undefined || trimmed === '') continue;
        if ((await findByName(reading(work), trimmed)) !== undefined) continue;
        const id = await addOrganisation(work, { name: trimmed, website: null, isPublic: true });
        if (id !== undefined)
          await addMembership(work, id, {
            capacity,
            areaId: null,
            since: body.since,
            until: null,
            optedInBecause: null,
          });
      }
      await publish(work, today);
      return { seeOther: `/${params.partnership}/organisations`, fields: ['name', 'membership'] };
    },
    invalid: async ({ work, params, errors, typed }) => {
      const names = [typed['name'] ?? []].flat();
      return {
        page: severalCheckedPage({
          slug: params.partnership,
          names: names.slice(0, mostAtOnce),
          capacities: [typed['capacity'] ?? []].flat(),
          known: await knownAmong(work, names),
          since: String(typed['since'] ?? ''),
          errors,
        }),
      };
    },
  }),
  get({
    path: '/:partnership/organisations/:id',
    about: 'One organisation: its memberships, names, people, seats and history',
    access: seen,
    audit: contacts,
    params: recordParams,
    query: z.object({ on: isoDateSchema.optional().catch(undefined) }),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('organisation') },
      query: { on: '2020-06-01' },
    }),
    handle: async ({ work, params, query, today, visitor }) => ({
      page: organisationPage(
        params.partnership,
        await getOrganisation(work, params.id),
        await historyOf(work, params.id),
        today,
        mayWrite(visitor),
        query.on,
      ),
    }),
  }),
  get({
    path: '/:partnership/organisations/:id/change',
    about: 'Change an organisation',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('organisation') } }),
    handle: async ({ work, params }) => ({ page: await changePage(work, params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/organisations/:id/change',
    about: 'Change an organisation',
    access: written,
    audit: 'ORGANISATION_CHANGED',
    params: recordParams,
    body: renameForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('organisation') },
      body: { name: exampleOrganisations[0].name, website: 'https://council.haverness.example' },
    }),
    async handle({ work, params, body, today }) {
      const { id, partnership: slug } = params;
      const before = await holdOrganisation(work, id);
      const typed = typedAgain(body);
      const version = await versionOf(reading(work), id);
      if (body.version !== '' && body.version !== version)
        return again(await changePage(reading(work), slug, id, { typed, errors: { '': changedMeanwhile } }), 409);
      const isRenamed = body.why === 'renamed' && body.name !== before.name;
      if (isRenamed && body.until === null)
        return again(
          await changePage(reading(work), slug, id, { typed, errors: { until: 'Enter the last day of the old name' } }),
        );
      if (!(await changeOrganisation(work, id, { name: body.name, website: body.website, isPublic: !body.hidden })))
        return again(
          await changePage(reading(work), slug, id, {
            typed,
            errors: { name: `${body.name} is the name of another organisation in the register` },
          }),
        );
      if (isRenamed)
        await addOtherName(work, { organisation: id }, { name: before.name, use: 'former', until: body.until });
      await publish(work, today);
      return {
        seeOther: `/${slug}/organisations/${id}`,
        subject: `organisation/${id}`,
        fields: [
          ...(body.name === before.name ? [] : ['name']),
          ...(body.website === before.website ? [] : ['website']),
          ...(body.hidden === !before.isPublic ? [] : ['is_public']),
        ],
      };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await changePage(work, params.partnership, params.id, { errors, typed }),
    }),
  }),
  get({
    path: '/:partnership/organisations/:id/memberships/new',
    about: 'Add a membership of an organisation',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('organisation') } }),
    async handle({ work, params }) {
      const page = await formOfMembership(work, params.partnership, params.id, undefined);
      return page === undefined ? notFound : { page };
    },
  }),
  post({
    path: '/:partnership/organisations/:id/memberships/new',
    about: 'Add a membership of an organisation',
    access: written,
    audit: 'MEMBERSHIP_ADDED',
    params: recordParams,
    body: membershipForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('former-organisation') },
      body: { capacity: 'housing-provider', since: '2001', until: '2003' },
    }),
    handle: ({ work, params, body, today }) =>
      saveMembership(work, params.partnership, params.id, undefined, body, today),
    async invalid({ work, params, errors, typed }) {
      const page = await formOfMembership(work, params.partnership, params.id, undefined, { errors, typed });
      return page === undefined ? notFound : { page };
    },
  }),
  get({
    path: '/:partnership/organisations/:id/memberships/:membership',
    about: 'Change a membership',
    access: written,
    audit: contacts,
    params: membershipParams,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('organisation'), membership: idOf('membership') },
    }),
    async handle({ work, params }) {
      const page = await formOfMembership(work, params.partnership, params.id, params.membership);
      return page === undefined ? notFound : { page };
    },
  }),
  post({
    path: '/:partnership/organisations/:id/memberships/:membership',
    about: 'Change a membership',
    access: written,
    audit: 'MEMBERSHIP_CHANGED',
    params: membershipParams,
    body: membershipForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('organisation'), membership: idOf('membership') },
      body: { capacity: 'district-council', since: '2019' },
    }),
    handle: ({ work, params, body, today }) =>
      saveMembership(work, params.partnership, params.id, params.membership, body, today),
    async invalid({ work, params, errors, typed }) {
      const page = await formOfMembership(work, params.partnership, params.id, params.membership, { errors, typed });
      return page === undefined ? notFound : { page };
    },
  }),
  post({
    path: '/:partnership/organisations/:id/memberships/:membership/remove',
    about: 'Remove a membership that was entered by mistake',
    access: written,
    audit: 'MEMBERSHIP_REMOVED',
    params: membershipParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('organisation'), membership: idOf('membership') },
      body: {},
    }),
    async handle({ work, params, today }) {
      await holdOrganisation(work, params.id);
      const all = await membershipsOf(reading(work), params.id);
      if (!all.some(({ id }) => id === params.membership))
        return { refused: 'conflict', sentence: 'This membership is not there any more.' };
      await removeMembership(work, params.membership);
      await publish(work, today);
      return {
        seeOther: `/${params.partnership}/organisations/${params.id}`,
        subject: `organisation/${params.id}`,
        fields: ['membership'],
      };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/organisations/:id/names/new',
    about: 'Add another name of an organisation',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('organisation') } }),
    handle: async ({ work, params }) => ({
      page: otherNamePage({ slug: params.partnership, organisation: await getOrganisation(work, params.id) }),
    }),
  }),
  post({
    path: '/:partnership/organisations/:id/names/new',
    about: 'Add another name of an organisation',
    access: written,
    audit: 'OTHER_NAME_ADDED',
    params: recordParams,
    body: otherNameForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('organisation') },
      body: { name: 'The Borough', use: 'also' },
    }),
    async handle({ work, params, body, today }) {
      await holdOrganisation(work, params.id);
      const organisation = await getOrganisation(reading(work), params.id);
      const taken = await findByName(reading(work), body.name);
      if (taken !== undefined && (taken.id !== params.id || taken.name.toLowerCase() === body.name.toLowerCase()))
        return again(
          otherNamePage({
            slug: params.partnership,
            organisation,
            typed: typedAgain(body),
            errors: { name: `${taken.name} is called so already` },
          }),
        );
      if (taken === undefined)
        await addOtherName(
          work,
          { organisation: params.id },
          { name: body.name, use: body.use, until: body.use === 'former' ? body.until : null },
        );
      await publish(work, today);
      return {
        seeOther: `/${params.partnership}/organisations/${params.id}`,
        subject: `organisation/${params.id}`,
        fields: ['other_name'],
      };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: otherNamePage({
        slug: params.partnership,
        organisation: await getOrganisation(work, params.id),
        errors,
        typed,
      }),
    }),
  }),
  post({
    path: '/:partnership/organisations/:id/names/:name/remove',
    about: 'Remove another name of an organisation',
    access: written,
    audit: 'OTHER_NAME_REMOVED',
    params: nameParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('organisation'), name: idOf('other-name') },
      body: {},
    }),
    async handle({ work, params, today }) {
      await holdOrganisation(work, params.id);
      const { otherNames } = await getOrganisation(reading(work), params.id);
      if (!otherNames.some(({ id }) => id === params.name))
        return { refused: 'conflict', sentence: 'This name is not there any more.' };
      await removeOtherName(work, params.name);
      await publish(work, today);
      return {
        seeOther: `/${params.partnership}/organisations/${params.id}`,
        subject: `organisation/${params.id}`,
        fields: ['other_name'],
      };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/organisations/:id/became',
    about: 'Say what became of an organisation',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('organisation') } }),
    handle: async ({ work, params }) => ({ page: await becameForms(work, params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/organisations/:id/became',
    about: 'Say what became of an organisation',
    access: written,
    audit: 'ORGANISATION_SUCCEEDED',
    params: recordParams,
    body: becameForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('organisation') },
      body: { how: 'ended', on: 'June 2026' },
    }),
    handle: ({ work, params, body, today }) => succeed(work, params.partnership, params.id, body, today),
    invalid: async ({ work, params, errors, typed }) => ({
      page: await becameForms(work, params.partnership, params.id, { errors, typed }),
    }),
  }),
];

async function knownAmong(work: Reads, names: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const name of names) if ((await findByName(work, name)) !== undefined) known.add(name.toLowerCase());
  return known;
}

async function saveMembership(
  work: Writes,
  slug: string,
  id: string,
  membership: string | undefined,
  body: z.infer<typeof membershipForm>,
  today: IsoDate,
) {
  const organisation = await holdOrganisation(work, id);
  const all = await membershipsOf(reading(work), id);
  if (membership !== undefined && !all.some((each) => each.id === membership))
    return { refused: 'conflict', sentence: 'This membership is not there any more.' } as const;
  const wanted = {
    capacity: body.capacity,
    areaId: body.area,
    since: body.since,
    until: body.until,
    optedInBecause: body.because,
  };
  const why = whyNoMembership(
    wanted,
    all.filter((other) => other.id !== membership),
    organisation,
  );
  if (why !== undefined) {
    const page = await formOfMembership(reading(work), slug, id, membership, {
      typed: typedAgain(body),
      errors: { [why.field]: why.sentence },
    });
    return page === undefined ? notFound : again(page);
  }
  if (membership === undefined) await addMembership(work, id, wanted);
  else await changeMembership(work, membership, wanted);
  await publish(work, today);
  return { seeOther: `/${slug}/organisations/${id}`, subject: `organisation/${id}`, fields: ['membership'] };
}

async function becameForms(
  work: Reads,
  slug: string,
  id: string,
  given: { typed?: Typed; errors?: Errors } = {},
): Promise<Page> {
  const organisation = await getOrganisation(work, id);
  const others = (await organisationChoices(work)).filter((other) => other.id !== id);
  return becamePage({ slug, organisation, others, ...given });
}

async function succeed(work: Writes, slug: string, id: string, body: z.infer<typeof becameForm>, today: IsoDate) {
  await holdSuccessions(work);
  const from = await holdOrganisation(work, id);
  const on = body.on; // the form's own refinement
  const refuse = async (errors: Errors) =>
    again(await becameForms(reading(work), slug, id, { typed: typedAgain(body), errors }));
  const successors = await successorsOf(work, body);
  if ('errors' in successors) return refuse(successors.errors);
  const all = await successions(reading(work));
  for (const to of successors.organisations) {
    const why = whyNoSuccession(all, from, to, on);
    if (why !== undefined) return refuse({ [body.how === 'known' ? 'successor' : 'names']: why });
  }
  const ending = dayBefore(on);
  for (const membership of await membershipsOf(reading(work), id)) {
    if (!overlap({ since: on, until: null }, membership) && !runsOn(membership, on.earliest ?? today)) continue;
    await changeMembership(work, membership.id, { ...membership, until: ending });
    if (!body.carry) continue;
    for (const to of successors.organisations) {
      const carried = { ...membership, since: on, until: null };
      if (whyNoMembership(carried, await membershipsOf(reading(work), to.id), to) === undefined)
        await addMembership(work, to.id, carried);
    }
  }
  for (const to of successors.organisations) await addSuccession(work, id, to.id, on);
  await changeOrganisation(work, id, { ended: ending });
  await publish(work, today);
  return {
    seeOther: `/${slug}/organisations/${successors.organisations[0]?.id ?? id}`,
    subject: `organisation/${id}`,
    fields: ['succession', 'membership', 'ended'],
  };
}

type Successor = { readonly id: string; readonly name: string; readonly ended: PartialDate | null };

/** The organisations that take the place of another: found, or made. */
async function successorsOf(
  work: Writes,
  body: z.infer<typeof becameForm>,
): Promise<{ readonly organisations: readonly Successor[] } | { readonly errors: Errors }> {
  if (body.how === 'ended') return { organisations: [] };
  if (body.how === 'known') {
    if (body.successor === '') return { errors: { successor: 'Choose the organisation that took its place' } };
    return { organisations: [await holdOrganisation(work, body.successor)] };
  }
  const names = namesIn(body.names);
  if (names.length === 0) return { errors: { names: 'Enter the name of the new organisation' } };
  if (names.length > 10) return { errors: { names: 'Enter at most ten names' } };
  const organisations: Successor[] = [];
  for (const name of names) {
    if (name.length > 200) return { errors: { names: 'Enter each name in 200 characters or fewer' } };
    const id = await addOrganisation(work, { name, website: null, isPublic: true });
    if (id === undefined)
      return { errors: { names: `${name} is in the register already. Choose it from the list instead` } };
    organisations.push({ id, name, ended: null });
  }
  return { organisations };
}
