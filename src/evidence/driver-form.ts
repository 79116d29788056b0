import { z } from 'zod';
import { nameField, textField } from '../partnership/index.ts';
import { dayField, dayOf } from './definition-form.ts';
import { driverBases, driverDirections, driverLevels, type DriverWanted } from './driver.ts';
import { strengths } from './finding.ts';

export const driverForm = z
  .object({
    level: z.enum(driverLevels, 'Choose where it acts'),
    direction: z.enum(driverDirections, 'Choose what it does'),
    factor: nameField('the name of the factor'),
    localValue: textField(500),
    comparator: textField(500),
    basis: z.enum(driverBases, 'Choose how it is known'),
    source: textField(500),
    saidOn: textField(80),
    strength: z.enum(strengths, 'Say how strong the evidence is').default('unknown'),
    strengthBecause: textField(2_000),
    people: z
      .string()
      .trim()
      .regex(/^(\d{1,9})?$/, 'Enter how many people, as a whole number')
      .default('')
      .transform((people) => (people === '' ? null : Number(people))),
    finding: z
      .union([z.uuid(), z.literal('')], 'Choose a finding from the list')
      .default('')
      .transform((id) => (id === '' ? null : id)),
    endedOn: dayField(),
    version: z.string().max(60).default(''),
  })
  .refine(({ basis, source }) => basis === 'measured' || source !== null, {
    path: ['source'],
    message: 'Say who says so: it was not measured, so it has to be told as theirs',
  });
export type DriverTyped = z.infer<typeof driverForm>;

export const driverWanted = (form: DriverTyped) => ({ ...form, endedOn: dayOf(form.endedOn) });

/** A factor as its form shows it. */
export const typedDriver = (
  driver: DriverWanted & { readonly endedOn?: string | null },
): Readonly<Record<string, string>> => ({
  level: driver.level,
  direction: driver.direction,
  factor: driver.factor,
  localValue: driver.localValue ?? '',
  comparator: driver.comparator ?? '',
  basis: driver.basis,
  source: driver.source ?? '',
  saidOn: driver.saidOn ?? '',
  strength: driver.strength,
  strengthBecause: driver.strengthBecause ?? '',
  people: driver.people === null ? '' : String(driver.people),
  finding: driver.finding ?? '',
  endedOn: driver.endedOn ?? '',
});
