import type { IsoDate } from '../duty/index.ts';
import { isRefusal, toNationalGrid } from '../measures/index.ts';
import { isOwnTerm } from './import.ts';
import { plainText, postcodeIn, postcodeKey } from './plain-text.ts';
import { publishedTerm, termName } from './prevention-terms.ts';
import { slugsOf, type Prevention, type Visibility } from './prevention.ts';
import { asVersion3, stableId } from './standard-1.ts';
import {
  entities,
  listIn,
  numberIn,
  objectIn,
  oneToOneOf,
  readEntity,
  textIn,
  type EntityName,
  type Fault,
  type StandardObject,
} from './standard.ts';

/** An entry as it is kept. */
export interface Entry {
  readonly id: string;
  readonly document: StandardObject;
  readonly prevention: Prevention;
  readonly visibility: Visibility;
  readonly state: 'draft' | 'live' | 'withdrawn';
  readonly verifier: string | null;
  readonly verifiedOn: IsoDate | null;
  readonly verifyBy: IsoDate | null;
  /** When it, or anything that hangs on it, was last changed here. */
  readonly changedAt: string;
}

/** What `directory.publish` of migration 0015 takes. */
export interface PublicCopy {
  readonly id: string;
  readonly organization_id: string | null;
  readonly name: string;
  readonly listed: StandardObject;
  readonly document: StandardObject;
  readonly words: string;
  readonly minimum_age: number | null;
  readonly maximum_age: number | null;
  readonly last_modified: string;
  readonly term_ids: readonly string[];
  readonly taxonomy_ids: readonly string[];
  readonly tiers: readonly string[];
  readonly needs: readonly string[];
  readonly prevention: Prevention;
  readonly verify_by: IsoDate | null;
  readonly places: readonly PublicPlace[];
  readonly provider: StandardObject | null;
  readonly terms: readonly StandardObject[];
}

interface PublicPlace {
  readonly id: string;
  readonly listed: StandardObject;
  readonly document: StandardObject;
  readonly postcode: string | null;
  readonly easting: number | null;
  readonly northing: number | null;
}

/** Fields of the international standard (HSDS 3.0 and 3.1) that the UK tree lacks and allows. Others stay at home. */
const international: Readonly<Partial<Record<EntityName, readonly string[]>>> = {
  service: [
    'alternate_name',
    'interpretation_services',
    'application_process',
    'fees_description',
    'eligibility_description',
    'wait_time',
    'licenses',
  ],
  location: ['alternate_name', 'transportation'],
  contact: ['department'],
  schedule: ['until', 'count', 'timezone', 'byweekno', 'byyearday', 'wkst'],
  organization: ['alternate_name', 'year_incorporated', 'legal_status'],
  cost_option: ['currency'],
};

/**
 * The copy of an entry that everybody may read, and what was held back of it. No copy where the standard's own minimum is
 * missing, or where the entry is not for the public: `copy` is undefined then, and a fault of the path '' says why.
 *
 * Nothing passes that the standard does not know, so that what a publisher adds for itself is not published by us. Where
 * the address is withheld, nothing that hangs on a place passes, and no text that names a postcode or a street of it.
 */
export function publicCopyOf(entry: Entry): {
  readonly copy: PublicCopy | undefined;
  readonly faults: readonly Fault[];
} {
  if (entry.visibility === 'professionals' || entry.visibility === 'confidential')
    return { copy: undefined, faults: [] };
  const given = asVersion3(entry.document, entry.id);
  const faults: Fault[] = [];
  const read = readEntity('service', onlyKnown('service', given));
  faults.push(...read.faults);
  if (read.value === undefined) return { copy: undefined, faults };
  // What is left of something whose name tells where it is may lack what the standard needs: it is read once more.
  const left =
    entry.visibility === 'address-withheld'
      ? readEntity('service', withoutPlace(read.value, faults))
      : { value: read.value, faults: [] };
  faults.push(...left.faults);
  const shown = left.value;
  const name = shown && textIn(shown, 'name');
  if (shown === undefined || name === undefined) {
    faults.push({ path: '', why: 'its name tells where it is' });
    return { copy: undefined, faults };
  }
  const own = slugsOf(entry.prevention).flatMap(([taxonomy, slug]) => {
    const term = publishedTerm(taxonomy, slug);
    return term === undefined
      ? []
      : [
          {
            id: stableId(entry.id, 'attribute', term.id),
            link_id: entry.id,
            link_type: 'service',
            taxonomy_term_id: term.id,
            taxonomy_term: { ...term },
          },
        ];
  });
  // A feed of another Concord carries our own terms: they are in `prevention` already.
  const others = listIn(shown, 'attributes').filter((each) => !isOwnTerm(textIn(each, 'taxonomy_term_id')));
  const attributes = [...others, ...own];
  const organization = objectIn(shown, 'organization');
  const organizationId = (organization && textIn(organization, 'id')) ?? textIn(shown, 'organization_id') ?? null;
  const document: StandardObject = {
    ...shown,
    ...(organizationId !== null && { organization_id: organizationId }),
    ...additions(entry),
    last_modified: entry.changedAt,
    ...(attributes.length > 0 && { attributes }),
  };
  const listed = oneToOneOf('service', document);
  const places = listIn(document, 'service_at_locations').map((place) => publicPlace(entry.id, place, listed));
  const terms = termsIn(document);
  return {
    copy: {
      id: entry.id,
      organization_id: organizationId,
      name,
      listed,
      document,
      words: wordsOf(document, entry.prevention),
      minimum_age: numberIn(document, 'minimum_age') ?? null,
      maximum_age: numberIn(document, 'maximum_age') ?? null,
      last_modified: entry.changedAt,
      term_ids: [...new Set([...terms.flatMap((term) => textIn(term, 'id') ?? []), ...attributeTerms(document)])],
      taxonomy_ids: [...new Set(terms.flatMap((term) => textIn(term, 'taxonomy_id') ?? []))],
      tiers: entry.prevention.tier,
      needs: entry.prevention.need,
      prevention: entry.prevention,
      verify_by: entry.verifyBy,
      places,
      provider: organization ?? null,
      // Concord's own terms are the same everywhere, and stand in the code.
      terms: terms.filter(({ id }) => !own.some((attribute) => attribute.taxonomy_term_id === id)),
    },
    faults,
  };
}

/** What violence prevention adds and HSDS has a word for. */
function additions({ id, prevention, verifier, verifiedOn }: Entry): StandardObject {
  const { howToRefer, capacity } = prevention;
  const capacityOf = capacity && {
    id: stableId(id, 'capacity'),
    unit: { id: stableId('unit', 'place'), name: 'place' },
    available: capacity.free ?? 0,
    ...(capacity.places !== null && { maximum: capacity.places }),
    updated: `${capacity.checkedOn}T00:00:00Z`,
  };
  return {
    ...(howToRefer !== null && { application_process: howToRefer }),
    ...(capacity !== null && capacity.free !== null && { capacities: [capacityOf] }),
    ...(capacity !== null &&
      capacity.waitingDays !== null && {
        wait_time: `${capacity.waitingDays} days, as of ${capacity.checkedOn}`,
      }),
    ...(verifiedOn !== null && { assured_date: verifiedOn }),
    ...(verifier !== null && verifiedOn !== null && { assurer_email: verifier }),
  };
}

function onlyKnown(name: EntityName, value: StandardObject): StandardObject {
  const { fields, one = {}, many = {} } = entities[name];
  const further = international[name] ?? [];
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, item]): readonly (readonly [string, unknown])[] => {
      if (Object.hasOwn(fields, field))
        return [[field, typeof item === 'string' && fields[field] === 'text' ? plainText(item) : item]];
      if (further.includes(field)) return typeof item === 'string' ? [[field, plainText(item)]] : [];
      const single = Object.hasOwn(one, field) ? one[field] : undefined;
      if (single !== undefined) return isObject(item) ? [[field, onlyKnown(single, item)]] : [[field, item]];
      const several = Object.hasOwn(many, field) ? many[field] : undefined;
      if (several === undefined) return [];
      if (!Array.isArray(item)) return [[field, item]];
      return [[field, item.map((each: unknown) => (isObject(each) ? onlyKnown(several, each) : each))]];
    }),
  );
}
const isObject = (value: unknown): value is StandardObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields in which a place is told by its nature. */
const placed = new Set([
  'service_at_locations',
  'service_at_location_id',
  'location_id',
  'location',
  'extent',
  'extent_type',
  'external_identifier',
  'transportation',
]);

function withoutPlace(value: StandardObject, faults: Fault[]): StandardObject {
  // The second line of an address is as telling as the first; a town or a county is not.
  const lines = listIn(value, 'service_at_locations')
    .flatMap((place) => {
      const location = objectIn(place, 'location');
      const addresses = location === undefined ? [] : listIn(location, 'addresses');
      return [
        location && textIn(location, 'name'),
        ...addresses.flatMap((address) => {
          const line = textIn(address, 'address_1');
          // A street gives the place away without the number of the house, too.
          return [line, line?.replace(/^.*\d\w*[\s,]+/, ''), textIn(address, 'postal_code')];
        }),
      ];
    })
    .filter((line) => line !== undefined)
    .map(folded)
    .filter((line) => line.length >= 4);
  const tells = (text: string) => postcodeIn(text) || lines.some((line) => folded(text).includes(line));
  const clean = (item: unknown, path: string): unknown => {
    if (typeof item === 'string') {
      if (!tells(item)) return item;
      faults.push({ path, why: 'tells where the place is' });
      return undefined;
    }
    if (Array.isArray(item))
      return item.map((each: unknown, at) => clean(each, `${path}.${at}`)).filter((each) => each !== undefined);
    if (!isObject(item)) return item;
    return Object.fromEntries(
      Object.entries(item).flatMap(([field, each]) => {
        if (placed.has(field)) return [];
        const kept = clean(each, path === '' ? field : `${path}.${field}`);
        return kept === undefined ? [] : [[field, kept]];
      }),
    );
  };
  return clean(value, '') as StandardObject;
}
const folded = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');

function publicPlace(serviceId: string, place: StandardObject, service: StandardObject): PublicPlace {
  const location = objectIn(place, 'location');
  const id = textIn(place, 'id') ?? stableId(serviceId, JSON.stringify(place));
  const locationId = (location && textIn(location, 'id')) ?? textIn(place, 'location_id');
  const ids = { id, service_id: serviceId, ...(locationId !== undefined && { location_id: locationId }) };
  const grid = location === undefined ? undefined : gridOf(location);
  const postcode = location && listIn(location, 'addresses').map((address) => textIn(address, 'postal_code'))[0];
  return {
    id,
    document: { ...place, ...ids, service },
    listed: { ...ids, ...(location !== undefined && { location: oneToOneOf('location', location) }), service },
    postcode: (postcode === undefined ? undefined : postcodeKey(postcode)) ?? null,
    easting: grid?.easting ?? null,
    northing: grid?.northing ?? null,
  };
}

/** Metres of the British National Grid; undefined for a box address, and for what lies elsewhere. */
export function gridOf(location: StandardObject): { readonly easting: number; readonly northing: number } | undefined {
  const [latitude, longitude] = [numberIn(location, 'latitude'), numberIn(location, 'longitude')];
  if (location['location_type'] !== 'physical' || latitude === undefined || longitude === undefined) return undefined;
  const points = toNationalGrid([longitude], [latitude]);
  if (isRefusal(points)) return undefined;
  const [easting, northing] = [points.eastings[0], points.northings[0]];
  return easting === undefined || northing === undefined
    ? undefined
    : { easting: Math.round(easting), northing: Math.round(northing) };
}

/** Every term that a service or something of it carries. */
function termsIn(value: unknown): readonly StandardObject[] {
  if (Array.isArray(value)) return value.flatMap(termsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, item]) =>
    field === 'taxonomy_term' && isObject(item) ? [item] : typeof item === 'object' ? termsIn(item) : [],
  );
}
function attributeTerms(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(attributeTerms);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, item]) =>
    field === 'taxonomy_term_id' && typeof item === 'string'
      ? [item]
      : typeof item === 'object'
        ? attributeTerms(item)
        : [],
  );
}

/** What a search looks in. */
function wordsOf(document: StandardObject, prevention: Prevention): string {
  const organization = objectIn(document, 'organization');
  return [
    textIn(document, 'name'),
    textIn(document, 'alternate_name'),
    organization && textIn(organization, 'name'),
    textIn(document, 'description'),
    textIn(document, 'eligibility_description'),
    ...slugsOf(prevention).map(([taxonomy, slug]) => termName(taxonomy, slug)),
    ...termsIn(document).map((term) => textIn(term, 'name')),
    ...listIn(document, 'service_areas').map((area) => textIn(area, 'name')),
  ]
    .filter((text) => text !== undefined)
    .join('\n');
}
