import { z } from 'zod';

/** What a person may be in a partnership. One person may hold several, in several partnerships; access follows roles. */
export const roles = [
  'administrator',
  'coordinator',
  'analyst',
  'officer',
  'prevention-lead',
  'partner',
  'democratic-services',
  'councillor',
  'hub',
  'information-governance',
] as const;

export type Role = (typeof roles)[number];

export const roleSchema = z.enum(roles);

export const roleNames: Readonly<Record<Role, { readonly label: string; readonly who: string }>> = {
  administrator: {
    label: 'Administrator',
    who: 'Sets up the partnership, invites people and keeps the installation running.',
  },
  coordinator: {
    label: 'Duty coordinator',
    who: 'Coordinates the partnership’s work under the Serious Violence Duty and prepares its board, often as community safety manager.',
  },
  analyst: {
    label: 'Partnership analyst',
    who: 'Loads partners’ data, makes the figures and writes the needs assessment.',
  },
  officer: {
    label: 'Public protection or ASB officer',
    who: 'Works on cases of public protection or anti-social behaviour and records the powers that were used.',
  },
  'prevention-lead': {
    label: 'Head of prevention or youth services',
    who: 'Leads prevention or youth services, and writes and reviews the strategy.',
  },
  partner: {
    label: 'Partner representative',
    who: 'Speaks for a partner organisation, such as the police, the fire service, health, probation, youth justice, a school or a prison.',
  },
  'democratic-services': {
    label: 'Democratic services officer',
    who: 'Prepares and publishes the papers of council committees and follows up their recommendations.',
  },
  councillor: {
    label: 'Councillor',
    who: 'Sits on the scrutiny committee that questions the partnership’s work.',
  },
  hub: {
    label: 'Policing body or violence reduction unit',
    who: 'Works for the policing body or violence reduction unit that brings several partnerships together.',
  },
  'information-governance': {
    label: 'Information governance lead',
    who: 'Answers for lawful sharing: agreements, access reviews and the audit trail.',
  },
};
