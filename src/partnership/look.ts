import { z } from 'zod';
import { nameField, textField, tickField } from './form.ts';

/** What an administrator may set about how their partnership looks, and who answers for its pages. */
export const lookForm = z
  .object({
    name: nameField('the name of the partnership'),
    accent: z
      .string()
      .trim()
      .toLowerCase()
      .default('')
      .transform((colour) => (colour === '' ? null : colour)),
    logoAlt: textField(200),
    withoutLogo: tickField(),
    contactName: textField(200),
    contactEmail: textField(254).refine(
      (email) => email === null || z.email().safeParse(email).success,
      'Enter an email address, such as privacy@council.gov.uk',
    ),
    contactPhone: textField(40).refine(
      (phone) => phone === null || /^[+\d][\d ()-]{5,}$/.test(phone),
      'Enter a telephone number, such as 01632 960 001',
    ),
    version: z.coerce.number().int().min(0).catch(0),
  })
  .refine(
    ({ contactName, contactEmail, contactPhone }) => contactName !== null || (contactEmail ?? contactPhone) === null,
    {
      path: ['contactName'],
      message: 'Enter who answers, such as “Information governance, Haverness Council”',
    },
  )
  .refine(
    ({ contactName, contactEmail, contactPhone }) => contactName === null || (contactEmail ?? contactPhone) !== null,
    {
      path: ['contactEmail'],
      message: 'Enter an email address or a telephone number, so that people can reach them',
    },
  );

export type LookForm = z.infer<typeof lookForm>;

/** How a partnership looks, as it is kept. */
export interface Look {
  readonly name: string;
  readonly accent: string | null;
  /** The beginning of the hash of its bytes; null without one. */
  readonly logo: string | null;
  readonly logoAlt: string | null;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  readonly contactPhone: string | null;
  /** 0 before anybody set anything. */
  readonly version: number;
}

export type LookField = 'name' | 'accent' | 'logoAlt' | 'contactName' | 'contactEmail' | 'contactPhone';

export const lookFields: readonly LookField[] = [
  'name',
  'accent',
  'logoAlt',
  'contactName',
  'contactEmail',
  'contactPhone',
];
