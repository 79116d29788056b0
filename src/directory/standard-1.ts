import { listIn, objectIn, textIn, type EntityName, type StandardObject } from './standard.ts';

/**
 * Entries of other versions, read as HSDS-UK 3.0: what 1.0 calls otherwise gets its name of 3.0 where that is free, and an
 * id that is missing or no UUID gets one that is the same at every reading. What was given is kept beside, untouched.
 */
export function asVersion3(given: StandardObject, id: string): StandardObject {
  const ages = listIn(given, 'eligibilitys')[0];
  const value: Record<string, unknown> = {
    minimum_age: ages?.['minimum_age'],
    maximum_age: ages?.['maximum_age'],
    schedules: given['regular_schedules'],
    funding: given['fundings'],
    ...without(given, (item) => item !== null && item !== ''),
    id,
  };
  for (const field of ['minimum_age', 'maximum_age']) value[field] = numberOf(value[field]);
  const status = textIn(given, 'status');
  value['status'] = status === undefined ? 'active' : status.toLowerCase();
  for (const field of ['url', 'email'] as const)
    if (typeof value[field] === 'string') value[field] = value[field].trim();
  value['url'] = withScheme(value['url']);
  const organization = objectIn(given, 'organization');
  if (organization !== undefined) value['organization'] = organizationOf(organization);
  const terms = listIn(given, 'service_taxonomys').flatMap((each) => {
    const taxonomy = objectIn(each, 'taxonomy');
    const name = taxonomy && textIn(taxonomy, 'name');
    if (taxonomy === undefined || name === undefined) return [];
    const vocabulary = textIn(taxonomy, 'vocabulary');
    return [
      {
        id: textIn(each, 'id'),
        taxonomy_term: {
          id: textIn(taxonomy, 'id'),
          name,
          ...(vocabulary !== undefined && { taxonomy: vocabulary, taxonomy_id: stableId('taxonomy', vocabulary) }),
        },
      },
    ];
  });
  if (terms.length > 0) value['attributes'] = [...listIn(given, 'attributes'), ...terms];
  const places = listIn(given, 'service_at_locations');
  if (places.length > 0) value['service_at_locations'] = places.map(placeOf);
  const languages = listIn(given, 'languages');
  if (languages.length > 0) value['languages'] = languages.map((each) => ({ name: textIn(each, 'language'), ...each }));
  const costs = listIn(given, 'cost_options');
  if (costs.length > 0) value['cost_options'] = costs.map((each) => ({ ...each, amount: numberOf(each['amount']) }));
  return withIds('service', value, id);
}

const without = (value: StandardObject, keep: (item: unknown) => boolean): StandardObject =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => keep(item)));

const numberOf = (value: unknown): unknown =>
  typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;

/** `www.example.org`, as providers type it. */
const withScheme = (value: unknown): unknown =>
  typeof value === 'string' && /^(www\.)?[\w-]+(\.[\w-]+)+([/?#][^\s]*)?$/i.test(value) ? `https://${value}` : value;

function organizationOf(given: StandardObject): StandardObject {
  const name = textIn(given, 'name');
  // The standard wants a description and takes none that is empty; a name describes at least whom.
  const description = textIn(given, 'description') ?? name;
  const website = withScheme(textIn(given, 'website') ?? textIn(given, 'url'));
  return { ...given, ...(website !== undefined && { website }), ...(description !== undefined && { description }) };
}

function placeOf(given: StandardObject): StandardObject {
  const location = objectIn(given, 'location');
  if (location === undefined) return given;
  const physical = listIn(location, 'physical_addresses').map((each) => ({ address_type: 'physical', ...each }));
  const accessibility = listIn(location, 'accessibility_for_disabilities').map((each) => ({
    description: textIn(each, 'accessibility'),
    ...each,
  }));
  return {
    ...given,
    location: {
      location_type: 'physical',
      ...(physical.length > 0 && { addresses: physical }),
      ...(accessibility.length > 0 && { accessibility }),
      ...location,
      latitude: numberOf(location['latitude']),
      longitude: numberOf(location['longitude']),
    },
    ...(listIn(given, 'regular_schedule').length > 0 && { schedules: listIn(given, 'regular_schedule') }),
  };
}

const children: Readonly<Record<string, EntityName>> = {
  schedules: 'schedule',
  service_areas: 'service_area',
  service_at_locations: 'service_at_location',
  languages: 'language',
  organization: 'organization',
  organization_identifiers: 'organization_identifier',
  funding: 'funding',
  cost_options: 'cost_option',
  contacts: 'contact',
  phones: 'phone',
  attributes: 'attribute',
  taxonomy_term: 'taxonomy_term',
  location: 'location',
  addresses: 'address',
  accessibility: 'accessibility',
};
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id for each child that has none, made of what it says; a reference to an id that was made is made the same way. */
function withIds(name: EntityName, value: StandardObject, parent: string, depth = 0): StandardObject {
  if (depth > 10) return value;
  const given = textIn(value, 'id');
  const id = given === undefined ? stableId(parent, name, JSON.stringify(value)) : idOf(given);
  const entries = Object.entries(value).flatMap(([field, item]): readonly (readonly [string, unknown])[] => {
    if (item === undefined) return [];
    const child = Object.hasOwn(children, field) ? children[field] : undefined;
    const isChild = (each: unknown): each is StandardObject =>
      typeof each === 'object' && each !== null && !Array.isArray(each);
    if (child !== undefined && Array.isArray(item))
      return [[field, item.map((each: unknown) => (isChild(each) ? withIds(child, each, id, depth + 1) : each))]];
    if (child !== undefined && isChild(item)) return [[field, withIds(child, item, id, depth + 1)]];
    if (field.endsWith('_id') && typeof item === 'string' && item !== '') return [[field, idOf(item)]];
    return [[field, item]];
  });
  const described =
    name === 'taxonomy_term' && textIn(value, 'description') === undefined && textIn(value, 'name') !== undefined
      ? [['description', textIn(value, 'name')] as const]
      : [];
  return { ...Object.fromEntries([...entries, ...described]), id };
}

/** The identifier of an entry as a UUID: itself where it is one. */
export const idOf = (given: string): string => (uuidShape.test(given) ? given.toLowerCase() : stableId('id', given));

/** A UUID (version 8, RFC 9562) made of words: the same words, the same id. No secret, and no safeguard against forgers. */
export function stableId(...words: readonly string[]): string {
  const text = words.join('\u001f');
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef];
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    a = Math.imul(a ^ unit, 597399067) ^ (b >>> 13);
    b = Math.imul(b ^ unit, 2869860233) ^ (c >>> 17);
    c = Math.imul(c ^ unit, 951274213) ^ (d >>> 15);
    d = Math.imul(d ^ unit, 2716044179) ^ (a >>> 14);
  }
  for (let round = 0; round < 4; round += 1) {
    a = Math.imul(a ^ (b >>> 16), 2246822507) ^ c;
    b = Math.imul(b ^ (c >>> 15), 3266489909) ^ d;
    c = Math.imul(c ^ (d >>> 16), 2246822507) ^ a;
    d = Math.imul(d ^ (a >>> 15), 3266489909) ^ b;
  }
  const hex = [a, b, c, d].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
