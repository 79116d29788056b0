import { z } from 'zod';
import { addMonths, isIsoDate, type IsoDate } from '../duty/index.ts';
import { personalIn, postcodeIn, plainText } from './plain-text.ts';
import { ownTaxonomies, termsOf, type OwnTaxonomy } from './prevention-terms.ts';
import { preventionSchema, visibilities, type Prevention } from './prevention.ts';
import { stableId } from './standard-1.ts';
import { listIn, numberIn, objectIn, readEntity, textIn, type StandardObject } from './standard.ts';

const line = (most: number, what: string) =>
  z
    .string()
    .trim()
    .max(most, `Use at most ${most.toLocaleString('en-GB')} characters for ${what}`)
    .default('');
const several = z.preprocess(
  (value): unknown => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.string()),
);
const age = (what: string) =>
  z
    .string()
    .trim()
    .refine((text) => text === '' || (/^\d{1,3}$/.test(text) && Number(text) <= 120), `Enter ${what} as a number`)
    .default('');
const count = (what: string) =>
  z
    .string()
    .trim()
    .refine((text) => /^\d{0,4}$/.test(text), `Enter ${what} as a number`)
    .default('');
const day = (what: string) =>
  z
    .string()
    .trim()
    .refine((text) => text === '' || isIsoDate(text), `Enter ${what} as year, month and day, such as 2026-03-15`)
    .default('');
const time = z
  .string()
  .trim()
  .refine((text) => text === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(text), 'Enter a time such as 09:30')
  .default('');

/** The same formats as the feed's: what is kept by this form never breaks it. */
const asField = (field: 'url' | 'email', sentence: string) =>
  z
    .string()
    .trim()
    .refine(
      (text) =>
        text === '' ||
        readEntity('service', { id: stableId('x'), name: 'x', status: 'active', [field]: text }).faults.length === 0,
      sentence,
    )
    .default('');

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export const statuses = ['active', 'temporarily closed', 'inactive', 'defunct'] as const;

/** What a provider may propose with the signed link; coordinators change the same and more. */
const ofProviders = {
  name: z.string().trim().min(1, 'Enter the name of the service').max(300, 'Use at most 300 characters'),
  description: line(20_000, 'the description'),
  status: z.enum(statuses, 'Choose whether it is open'),
  alert: line(500, 'the notice'),
  phone: z
    .string()
    .trim()
    .refine((text) => text === '' || /^[+\d][\d ()-]{5,24}$/.test(text), 'Enter a phone number, such as 01632 960 001')
    .default(''),
  email: asField('email', 'Enter an email address, such as team@example.org'),
  url: asField('url', 'Enter a web address that begins with https://'),
  minimumAge: age('the youngest age'),
  maximumAge: age('the oldest age'),
  fees: line(500, 'the cost'),
  languages: line(500, 'the languages'),
  days: several.pipe(z.array(z.enum(weekdayCodes)).max(7)),
  opens: time,
  closes: time,
};
export const proposalForm = z.object({ ...ofProviders, note: line(2_000, 'the note') });
export type ProposalTyped = z.infer<typeof proposalForm>;

export const serviceForm = z.object({
  ...ofProviders,
  provider: z.string().trim().min(1, 'Enter who runs the service').max(300, 'Use at most 300 characters'),
  organisation: z.union([z.literal(''), z.uuid()]).default(''),
  address: line(300, 'the address'),
  town: line(100, 'the town'),
  county: line(100, 'the county'),
  postcode: z
    .string()
    .trim()
    .refine((text) => text === '' || postcodeIn(text), 'Enter a full postcode')
    .default(''),
  accessibility: line(1_000, 'how people get in'),
  howToRefer: line(2_000, 'how to refer'),
  ...(Object.fromEntries(ownTaxonomies.map((name) => [name, several])) as Record<OwnTaxonomy, typeof several>),
  waitingDays: count('the waiting time in days'),
  freePlaces: count('the free places'),
  evidenceScheme: line(100, 'the scheme'),
  evidenceRating: z
    .enum(['', 'harmful', 'no effect', 'low', 'moderate', 'high', 'insufficient'], 'Choose a rating of the list')
    .default(''),
  evidenceCost: z.enum(['', '1', '2', '3'], 'Choose 1, 2 or 3').default(''),
  evidenceDate: day('the day on which the rating was looked up'),
  fundingEnds: day('the day on which the funding ends'),
  verifier: asField('email', 'Enter the address of a team box, such as team@example.org'),
  visibility: z.enum(visibilities, 'Choose who may see it'),
  state: z.enum(['draft', 'live', 'withdrawn'], 'Choose a state'),
  version: z.string().default(''),
});
export type ServiceTyped = z.infer<typeof serviceForm>;

/** As people call the fields, where a change is told. */
export const proposalLabels: Readonly<Record<keyof Omit<ProposalTyped, 'note'>, string>> = {
  name: 'Name',
  description: 'What it does',
  status: 'Whether it is open',
  alert: 'Notice',
  phone: 'Phone',
  email: 'Email',
  url: 'Website',
  minimumAge: 'Youngest age',
  maximumAge: 'Oldest age',
  fees: 'Cost',
  languages: 'Languages',
  days: 'Days',
  opens: 'Opens at',
  closes: 'Closes at',
};

/** What stands in the form of an entry. Only its first schedule, contact and place are edited here; others stay as they are. */
export function proposalOf(document: StandardObject): Omit<ProposalTyped, 'note'> {
  const schedule = listIn(document, 'schedules')[0] ?? {};
  const contact = listIn(document, 'contacts')[0];
  const phone = (contact && listIn(contact, 'phones')[0]) ?? listIn(document, 'phones')[0];
  const status = statuses.find((each) => each === textIn(document, 'status')) ?? 'active';
  const days = (textIn(schedule, 'byday') ?? '').split(',').map((each) => each.trim().toUpperCase());
  return {
    name: plainText(textIn(document, 'name') ?? ''),
    description: plainText(textIn(document, 'description') ?? ''),
    status,
    alert: textIn(document, 'alert') ?? '',
    phone: (phone && textIn(phone, 'number')) ?? '',
    email: textIn(document, 'email') ?? '',
    url: textIn(document, 'url') ?? '',
    minimumAge: String(numberIn(document, 'minimum_age') ?? ''),
    maximumAge: String(numberIn(document, 'maximum_age') ?? ''),
    fees: textIn(document, 'fees') ?? '',
    languages: listIn(document, 'languages')
      .flatMap((each) => textIn(each, 'name') ?? [])
      .join(', '),
    days: weekdayCodes.filter((code) => days.includes(code)),
    opens: textIn(schedule, 'opens_at')?.slice(0, 5) ?? '',
    closes: textIn(schedule, 'closes_at')?.slice(0, 5) ?? '',
  };
}

export function typedOfService(
  document: StandardObject,
  prevention: Prevention,
  rest: Pick<ServiceTyped, 'organisation' | 'verifier' | 'visibility' | 'state' | 'version'>,
): ServiceTyped {
  const organization = objectIn(document, 'organization') ?? {};
  const location = objectIn(listIn(document, 'service_at_locations')[0] ?? {}, 'location') ?? {};
  const address = listIn(location, 'addresses')[0] ?? {};
  return {
    ...proposalOf(document),
    provider: textIn(organization, 'name') ?? '',
    address: textIn(address, 'address_1') ?? '',
    town: textIn(address, 'city') ?? '',
    county: textIn(address, 'state_province') ?? '',
    postcode: textIn(address, 'postal_code') ?? '',
    accessibility: textIn(listIn(location, 'accessibility')[0] ?? {}, 'description') ?? '',
    howToRefer: prevention.howToRefer ?? '',
    ...(Object.fromEntries(ownTaxonomies.map((name) => [name, [...prevention[name]]])) as Record<
      OwnTaxonomy,
      string[]
    >),
    waitingDays: String(prevention.capacity?.waitingDays ?? ''),
    freePlaces: String(prevention.capacity?.free ?? ''),
    evidenceScheme: prevention.evidence?.scheme ?? '',
    evidenceRating: prevention.evidence?.rating ?? '',
    evidenceCost: prevention.evidence?.cost == null ? '' : (String(prevention.evidence.cost) as '1'),
    evidenceDate: prevention.evidence?.ratedOn ?? '',
    fundingEnds: prevention.fundingEnds ?? '',
    ...rest,
  };
}

/** A field that is empty goes. */
const set = (value: Record<string, unknown>, field: string, given: unknown) => {
  if (given === '' || given === undefined) Reflect.deleteProperty(value, field);
  else value[field] = given;
};
const withFirst = (list: readonly StandardObject[], first: StandardObject | undefined): readonly StandardObject[] =>
  first === undefined ? list.slice(1) : [first, ...list.slice(1)];

/** A document with what was typed in the provider's fields; everything else of it stays. */
export function withProposal(before: StandardObject, id: string, typed: Omit<ProposalTyped, 'note'>): StandardObject {
  const was = proposalOf(before);
  const value: Record<string, unknown> = { ...before, id: before['id'] ?? id };
  const change = (field: keyof typeof was, act: () => void) => {
    if (JSON.stringify(was[field]) !== JSON.stringify(typed[field])) act();
  };
  for (const field of ['name', 'description', 'alert', 'email', 'url', 'fees'] as const)
    change(field, () => set(value, field, typed[field]));
  value['status'] = typed.status;
  const years = { minimumAge: 'minimum_age', maximumAge: 'maximum_age' } as const;
  for (const field of ['minimumAge', 'maximumAge'] as const)
    change(field, () => set(value, years[field], typed[field] === '' ? undefined : Number(typed[field])));
  change('phone', () => {
    const contacts = listIn(before, 'contacts');
    const contact = contacts[0] ?? { id: stableId(id, 'contact'), service_id: id };
    const phones = listIn(contact, 'phones');
    const phone =
      typed.phone === '' ? undefined : { ...(phones[0] ?? { id: stableId(id, 'phone') }), number: typed.phone };
    value['contacts'] = withFirst(contacts, { ...contact, phones: withFirst(phones, phone) });
    // Where the international tree has it, the number would stand twice.
    if (listIn(before, 'phones').length > 0) value['phones'] = listIn(before, 'phones').slice(1);
  });
  change('languages', () => {
    const names = typed.languages
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    value['languages'] = names.slice(0, 50).map((name) => ({ id: stableId(id, 'language', name), name }));
  });
  const isOther = (['days', 'opens', 'closes'] as const).some(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(typed[field]),
  );
  if (isOther) {
    const schedules = listIn(before, 'schedules');
    const schedule: Record<string, unknown> = {
      ...(schedules[0] ?? { id: stableId(id, 'schedule'), service_id: id, freq: 'WEEKLY', interval: 1 }),
    };
    set(schedule, 'byday', typed.days.join(','));
    set(schedule, 'opens_at', typed.opens);
    set(schedule, 'closes_at', typed.closes);
    const isEmpty = typed.days.length === 0 && typed.opens === '' && typed.closes === '';
    value['schedules'] = withFirst(schedules, isEmpty ? undefined : schedule);
  }
  return value;
}

/** A point of a postcode, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

export interface ServiceRead {
  readonly document: StandardObject;
  readonly prevention: Prevention;
}

/**
 * A service as it was typed.
 * @param point of the postcode, where the table of postcodes knows it
 */
export function readService(
  before: { readonly document: StandardObject; readonly prevention: Prevention },
  id: string,
  typed: ServiceTyped,
  point: Point | undefined,
  today: IsoDate,
): ServiceRead | { readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {};
  for (const taxonomy of ownTaxonomies)
    if (typed[taxonomy].some((slug) => !termsOf(taxonomy).some((term) => term.slug === slug)))
      errors[taxonomy] = 'Choose from the list';
  if (typed.minimumAge !== '' && typed.maximumAge !== '' && Number(typed.minimumAge) > Number(typed.maximumAge))
    errors['maximumAge'] = 'The oldest age must not be below the youngest';
  if (typed.opens !== '' && typed.closes !== '' && typed.opens >= typed.closes)
    errors['closes'] = 'The closing time must be after the opening time';
  if (
    (typed.address !== '' || typed.postcode !== '') &&
    (typed.address === '' || typed.town === '' || typed.postcode === '')
  )
    errors['address'] = 'Enter the address, the town and the postcode, or none of them';
  if (
    (typed.evidenceRating === '') !== (typed.evidenceDate === '') ||
    (typed.evidenceRating === '') !== (typed.evidenceScheme === '')
  )
    errors['evidenceScheme'] = 'Enter the scheme, its rating and the day on which you looked it up, or none of them';
  if (Object.keys(errors).length > 0) return { errors };
  const value: Record<string, unknown> = { ...withProposal(before.document, id, typed) };
  const organization = objectIn(before.document, 'organization');
  if ((organization && textIn(organization, 'name')) !== typed.provider) {
    const organizationId = stableId('organization', typed.provider.toLowerCase());
    value['organization'] = { id: organizationId, name: typed.provider, description: typed.provider };
    value['organization_id'] = organizationId;
  }
  const was = typedOfService(before.document, before.prevention, {
    organisation: '',
    verifier: '',
    visibility: 'public',
    state: 'live',
    version: '',
  });
  if (
    (['address', 'town', 'county', 'postcode', 'accessibility'] as const).some((field) => was[field] !== typed[field])
  ) {
    const places = listIn(before.document, 'service_at_locations');
    value['service_at_locations'] = withFirst(places, placeOf(places[0], id, typed, point));
  }
  const number = (text: string) => (text === '' ? null : Number(text));
  const capacity = { waitingDays: number(typed.waitingDays), free: number(typed.freePlaces) };
  const beforeCapacity = before.prevention.capacity;
  const isAsBefore = beforeCapacity?.waitingDays === capacity.waitingDays && beforeCapacity.free === capacity.free;
  return {
    document: value,
    prevention: preventionSchema.parse({
      ...before.prevention,
      ...Object.fromEntries(ownTaxonomies.map((taxonomy) => [taxonomy, typed[taxonomy]])),
      howToRefer: typed.howToRefer === '' ? null : typed.howToRefer,
      capacity:
        capacity.waitingDays === null && capacity.free === null
          ? null
          : isAsBefore
            ? beforeCapacity
            : { ...(beforeCapacity ?? {}), ...capacity, checkedOn: today },
      evidence:
        typed.evidenceRating === ''
          ? null
          : {
              scheme: typed.evidenceScheme,
              rating: typed.evidenceRating,
              cost: typed.evidenceCost === '' ? null : Number(typed.evidenceCost),
              ratedOn: typed.evidenceDate,
            },
      fundingEnds: typed.fundingEnds === '' ? null : typed.fundingEnds,
    }),
  };
}

function placeOf(
  before: StandardObject | undefined,
  id: string,
  typed: ServiceTyped,
  point: Point | undefined,
): StandardObject | undefined {
  if (typed.address === '' && typed.accessibility === '') return undefined;
  const place = before ?? { id: stableId(id, 'place'), service_id: id };
  const location: Record<string, unknown> = {
    ...(objectIn(place, 'location') ?? { id: stableId(id, 'location'), location_type: 'physical' }),
  };
  const addresses = listIn(location, 'addresses');
  location['addresses'] =
    typed.address === ''
      ? addresses.slice(1)
      : withFirst(addresses, {
          ...(addresses[0] ?? { id: stableId(id, 'address'), address_type: 'physical', country: 'GB' }),
          address_1: typed.address,
          city: typed.town,
          state_province: typed.county === '' ? typed.town : typed.county,
          postal_code: typed.postcode.toUpperCase(),
        });
  const entrances = listIn(location, 'accessibility');
  location['accessibility'] =
    typed.accessibility === ''
      ? entrances.slice(1)
      : withFirst(entrances, {
          ...(entrances[0] ?? { id: stableId(id, 'accessibility') }),
          description: typed.accessibility,
        });
  set(location, 'latitude', point?.latitude);
  set(location, 'longitude', point?.longitude);
  return { ...place, location };
}

/** What the moderator should look at twice in what a provider wrote. */
export function flagsOf(before: StandardObject, after: StandardObject): readonly string[] {
  const flags = new Set<string>();
  for (const field of ['name', 'description', 'alert'] as const) {
    const [was, is] = [textIn(before, field) ?? '', textIn(after, field) ?? ''];
    if (was === is) continue;
    for (const found of personalIn(is)) if (!personalIn(was).includes(found)) flags.add(`${found} in the ${field}`);
    if (/<[a-z!/]/i.test(is)) flags.add(`HTML in the ${field}`);
  }
  return [...flags].slice(0, 20);
}

/** Names of the fields in which two documents differ, as the form has them. */
export function changedFields(before: StandardObject, after: StandardObject) {
  const [was, is] = [proposalOf(before), proposalOf(after)];
  return (Object.keys(was) as (keyof typeof was)[])
    .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
    .map((field) => ({ field, was: String(was[field]), is: String(is[field]) }));
}

/** The day by which somebody has to look again: six months at most. */
export const verifyByOf = (verifiedOn: IsoDate): IsoDate => addMonths(verifiedOn, 6);
