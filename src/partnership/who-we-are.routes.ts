import { z } from 'zod';
import { roles, slugOf } from '../duty/index.ts';
import { reading } from '../platform/database/work.ts';
import { again } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { nameField } from './form.ts';
import { addOtherName, removeOtherName } from './organisation.store.ts';
import { mayWriteRegister } from './register.page.tsx';
import { historyOf, publish } from './register.store.ts';
import { addressFor } from './set-up.ts';
import { localPartnershipPage, namesPage, whoWeArePage } from './who-we-are.page.tsx';
import { addLocalPartnership, getWhoWeAre, isHub } from './who-we-are.store.ts';

const { get, post } = rowsOf<'partnership' | 'platform' | 'published'>();
const atTheDoor = rowsOf<'identity' | 'platform' | 'published'>();

const written = { anyOf: mayWriteRegister } as const;
const publicFacts = { none: 'counts and names that are public' } as const;
const forAdministrators = { anyOf: ['administrator'] } as const;
const nameForm = z.object({ name: nameField('the other name') });
const partnershipForm = z.object({
  name: nameField('the name of the partnership').refine(
    (name) => slugOf(name).done,
    'Enter a name with letters, such as Safer Sefton Together',
  ),
});
const onlyAtHubs = { none: 'the example partnership of the tests is no hub' };
const onlyHubs = {
  refused: 'conflict',
  sentence: 'Only a hub has local partnerships under it. This one is a local partnership itself.',
} as const;

export const whoWeAreRoutes: readonly Route[] = [
  get({
    path: '/:partnership/partnership',
    about: 'Who we are: areas, organisations, people and boards',
    access: { anyOf: roles },
    audit: publicFacts,
    params: partnershipParams,
    navigation: { text: 'Who we are', order: 10 },
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, visitor, today }) {
      const partnership = visitor.partnership?.id ?? '';
      const has = (...wanted: readonly string[]) => visitor.roles.some((role) => wanted.includes(role));
      return {
        page: whoWeArePage(
          params.partnership,
          visitor.partnership?.name ?? '',
          await getWhoWeAre(work, partnership, today),
          await historyOf(work, partnership),
          { mayWrite: has(...mayWriteRegister), mayAddPartnership: has('administrator') },
        ),
      };
    },
  }),
  get({
    path: '/:partnership/partnership/names',
    about: 'Other names of the partnership',
    access: written,
    audit: publicFacts,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, visitor, today }) {
      const { otherNames } = await getWhoWeAre(work, visitor.partnership?.id ?? '', today);
      return { page: namesPage({ slug: params.partnership, names: otherNames }) };
    },
  }),
  post({
    path: '/:partnership/partnership/names',
    about: 'Add another name of the partnership',
    access: written,
    audit: 'OTHER_NAME_ADDED',
    params: partnershipParams,
    body: nameForm,
    example: ({ partnership }) => ({ params: { partnership }, body: { name: 'Haverness Safer Together' } }),
    async handle({ work, params, body, visitor, today }) {
      const { otherNames } = await getWhoWeAre(reading(work), visitor.partnership?.id ?? '', today);
      const known = otherNames.some(({ name }) => name.toLowerCase() === body.name.toLowerCase());
      if (!known) await addOtherName(work, {}, { name: body.name, use: 'also', until: null });
      await publish(work, today);
      return {
        seeOther: `/${params.partnership}/partnership/names`,
        subject: `partnership/${visitor.partnership?.id ?? ''}`,
        fields: ['other_name'],
      };
    },
    async invalid({ work, params, visitor, today, errors, typed }) {
      const { otherNames } = await getWhoWeAre(work, visitor.partnership?.id ?? '', today);
      return { page: namesPage({ slug: params.partnership, names: otherNames, errors, typed }) };
    },
  }),
  post({
    path: '/:partnership/partnership/names/:id/remove',
    about: 'Remove another name of the partnership',
    access: written,
    audit: 'OTHER_NAME_REMOVED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('partnership-name') }, body: {} }),
    async handle({ work, params, visitor, today }) {
      const { otherNames } = await getWhoWeAre(reading(work), visitor.partnership?.id ?? '', today);
      if (!otherNames.some(({ id }) => id === params.id))
        return { refused: 'conflict', sentence: 'This name is not there any more.' };
      await removeOtherName(work, params.id);
      await publish(work, today);
      return {
        seeOther: `/${params.partnership}/partnership/names`,
        subject: `partnership/${visitor.partnership?.id ?? ''}`,
        fields: ['other_name'],
      };
    },
    invalid: () => notFound,
  }),
  get({
    path: '/:partnership/partnership/local/new',
    about: 'Add a local partnership under a hub',
    access: forAdministrators,
    audit: publicFacts,
    params: partnershipParams,
    example: () => onlyAtHubs,
    handle: async ({ work, params, visitor }) =>
      (await isHub(work, visitor.partnership?.id ?? ''))
        ? { page: localPartnershipPage({ slug: params.partnership }) }
        : onlyHubs,
  }),
  atTheDoor.post({
    path: '/:partnership/partnership/local/new',
    about: 'Add a local partnership under a hub',
    access: forAdministrators,
    door: 'identity',
    audit: 'LOCAL_PARTNERSHIP_ADDED',
    params: partnershipParams,
    body: partnershipForm,
    example: () => onlyAtHubs,
    async handle({ work, params, body, visitor }) {
      const hub = visitor.partnership?.id ?? '';
      if (!(await isHub(reading(work), hub))) return onlyHubs;
      const slug = addressFor(body.name);
      const added = await addLocalPartnership(work, { hub, slug, name: body.name, by: visitor.person?.id ?? '' });
      if (!added)
        return again(
          localPartnershipPage({
            slug: params.partnership,
            typed: { name: body.name },
            errors: { name: `There is a partnership at /${slug} already. Enter another name` },
          }),
        );
      return { seeOther: `/${slug}/partnership`, subject: `partnership/${slug}`, fields: ['name'] };
    },
    invalid: ({ params, errors, typed }) => ({
      page: localPartnershipPage({ slug: params.partnership, errors, typed }),
    }),
  }),
];
