import { z } from 'zod';
import { roleSchema } from '../../duty/index.ts';

/** Of a person, as colleagues call them. */
export const personNameField = (what: string) =>
  z
    .string(`Enter ${what}`)
    .trim()
    .min(1, `Enter ${what}`)
    .max(200, `Enter ${what} in 200 characters or fewer`)
    .refine((name) => !/[\p{Cc}\u2028\u2029]/u.test(name), `Enter ${what} without line breaks`);

export const emailField = () =>
  z
    .string('Enter an email address, such as name@council.gov.uk')
    .trim()
    .max(254, 'Enter a shorter email address')
    .pipe(z.email('Enter an email address, such as name@council.gov.uk'));

/** Length is what protects (NCSC: three random words), so nothing else is asked for. */
export const newPasswordField = () =>
  z
    .string('Enter a password of at least 12 characters, such as three random words')
    .min(12, 'Enter a password of at least 12 characters, such as three random words')
    .max(1_000, 'Enter a shorter password');

/** Boxes of which one at least has to be ticked. A form sends one as a text and several as a list. */
export const rolesField = () => optionalRolesField().refine((chosen) => chosen.length > 0, 'Choose at least one role');

/** Boxes of which none need be ticked. */
export const optionalRolesField = () =>
  z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((ticked) => [...new Set(typeof ticked === 'string' ? [ticked] : ticked)])
    .pipe(z.array(roleSchema, 'Choose roles from the list'));
