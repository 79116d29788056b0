import { z } from 'zod';
import { accentColour } from '../govuk/index.ts';
import { reading } from '../platform/database/work.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { mistakeInLogo, mostLogoBytes } from './logo.ts';
import { lookFields, lookForm, type Look, type LookForm } from './look.ts';
import { lookPage } from './look.page.tsx';
import { findLogo, findLook, keepLook } from './look.store.ts';

const { get, post } = rowsOf<'partnership' | 'published'>();
const access = { anyOf: ['administrator'] } as const;
const emptyName = { name: '' };
/** Changes when what is at the address does: see `framing`. */
const addressed = z.object({ of: z.string().max(64).optional() });

/** What only a look at the colour, the picture and the records can say. */
function mistakesIn(form: LookForm, logo: Uint8Array | undefined, look: Look): Record<string, string> {
  const errors: Record<string, string> = {};
  if (form.accent !== null) {
    const colour = accentColour(form.accent);
    if (!colour.isAccepted) errors['accent'] = colour.reason;
  }
  const broken = logo === undefined ? undefined : mistakeInLogo(logo);
  if (broken !== undefined) errors['logo'] = broken;
  const willHaveOne = logo !== undefined || (look.logo !== null && !form.withoutLogo);
  if (willHaveOne && form.logoAlt === null) errors['logoAlt'] = 'Enter what the logo shows';
  if (!willHaveOne && form.logoAlt !== null && !form.withoutLogo)
    errors['logo'] = 'Choose a logo, or leave empty what it shows';
  return errors;
}

/** The form as it was typed, for the page that shows it again. */
const typedAgain = ({ withoutLogo, ...form }: LookForm): Record<string, unknown> => ({
  ...form,
  withoutLogo: withoutLogo ? 'yes' : '',
});

const changedIn = (form: LookForm, look: Look, newLogo: boolean): readonly string[] => [
  ...lookFields.filter((field) => form[field] !== look[field]),
  ...(newLogo ? ['logo'] : []),
];

export const lookRoutes: readonly Route[] = [
  get({
    path: '/:partnership/settings',
    about: 'Settings: name, contact, colour and logo of the partnership',
    access,
    audit: { none: 'holds what everybody sees' },
    params: partnershipParams,
    query: z.object({ saved: z.literal('yes').optional() }),
    navigation: { text: 'Settings', order: 95 },
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, visitor, params: { partnership: slug }, query }) => ({
      page: lookPage({
        slug,
        look: await findLook(work, visitor.partnership ?? emptyName),
        isSaved: query.saved === 'yes',
      }),
    }),
  }),
  post({
    path: '/:partnership/settings',
    about: 'Change name, contact, colour and logo of the partnership',
    access,
    audit: 'LOOK_CHANGED',
    params: partnershipParams,
    body: lookForm,
    upload: { field: 'logo', mostBytes: mostLogoBytes },
    example: ({ partnership }) => ({
      params: { partnership },
      body: {
        name: 'Safer Haverness Partnership',
        logoAlt: 'Three gulls over two waves',
        contactName: 'Information governance, Haverness Council',
        contactEmail: 'privacy@haverness.example',
        version: '1',
      },
    }),
    async handle({ work, visitor, params: { partnership: slug }, body, files, today }) {
      const { partnership } = visitor;
      if (partnership === undefined) return notFound;
      const look = await findLook(reading(work), partnership);
      const typed = typedAgain(body);
      const [file] = files;
      const errors = mistakesIn(body, file?.bytes, look);
      if (Object.keys(errors).length > 0) return { page: { ...lookPage({ slug, look, typed, errors }), status: 422 } };
      const logo = file?.bytes ?? (body.withoutLogo ? null : 'keep');
      if (!(await keepLook(work, partnership, body, logo, today))) {
        const sentence =
          'Somebody else changed these settings while you did. Nothing is saved yet. Check the fields and save again';
        return { page: { ...lookPage({ slug, look, typed, errors: { '': sentence } }), status: 409 } };
      }
      return {
        seeOther: `/${slug}/settings?saved=yes`,
        subject: `partnership/${partnership.id}`,
        fields: changedIn(body, look, logo !== 'keep'),
      };
    },
    invalid: async ({ work, visitor, params: { partnership: slug }, errors, typed }) => ({
      page: lookPage({ slug, look: await findLook(work, visitor.partnership ?? emptyName), typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/look.css',
    about: 'The colour of a partnership, as a stylesheet',
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    query: addressed,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle({ visitor }) {
      const accent = visitor.partnership?.look.accent ?? null;
      const colour = accent === null ? undefined : accentColour(accent);
      return { part: { type: 'text/css', body: colour?.isAccepted === true ? colour.stylesheet : '' } };
    },
  }),
  get({
    path: '/:partnership/logo.png',
    about: 'The logo of a partnership',
    access: 'public',
    audit: { none: 'public' },
    params: partnershipParams,
    query: addressed,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, visitor }) {
      const bytes = visitor.partnership && (await findLogo(work, visitor.partnership.id));
      return bytes === undefined ? notFound : { part: { type: 'image/png', body: new Uint8Array(bytes) } };
    },
  }),
];
