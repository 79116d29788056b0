import { z } from 'zod';

/**
 * Open Referral UK (HSDS-UK 3.0) as its schemas of March 2026 have it: which fields each entity knows, which it needs, and
 * in what format. Held to the official JSON schemas in test/conformance/open-referral.test.ts. Formats are asserted, as the
 * official validator does; further fields are allowed and kept.
 */

export type StandardObject = Readonly<Record<string, unknown>>;

/**
 * The shape of a URI (RFC 3986), but for what no page of a service needs: a name before the host, an address in brackets
 * for one, or nothing between the scheme and its question.
 */
const written = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:(?![?#]|\/\/[^/?#]*@)(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})+(?:#(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})*)?$/i.test(
    text,
  ) && URL.canParse(text);
/** A web address. */
const uri = z
  .string()
  .max(2_000)
  .refine(
    (text) => /^https?:\/\/[^/?#]/i.test(text) && written(text),
    'is no web address: it begins with https:// and has no spaces',
  );
/** An identifier that is an address of any scheme, such as a term's `urn:uuid:…`. */
const identifier = z.string().max(2_000).refine(written, 'is no URI');
const email = z.email('is no email address').max(254);
/** Any UUID: those that publishers make are not all of a version that RFC 9562 names. */
export const uuid = z.guid('is no UUID').transform((text) => text.toLowerCase());
const moment = z.iso.datetime({
  offset: true,
  local: true,
  error: 'is no date and time such as 2026-03-15T10:30:45.123Z',
});
const text = z.string('is no text');
const number = z.number('is no number');
const oneOf = (...values: readonly [string, ...string[]]) => z.enum(values, `is none of: ${values.join(', ')}`);

const kinds = {
  uri,
  identifier,
  email,
  uuid,
  moment,
  text,
  number,
  status: oneOf('active', 'inactive', 'defunct', 'temporarily closed'),
  place: oneOf('physical', 'postal', 'virtual'),
  freq: oneOf('WEEKLY', 'MONTHLY'),
} as const;
type Kind = keyof typeof kinds;

interface Entity {
  readonly needs: readonly string[];
  readonly fields: Readonly<Record<string, Kind>>;
  /** One of another entity. */
  readonly one?: Readonly<Record<string, EntityName>>;
  /** A list of another entity. */
  readonly many?: Readonly<Record<string, EntityName>>;
}

export type EntityName =
  | 'service'
  | 'organization'
  | 'organization_identifier'
  | 'service_at_location'
  | 'location'
  | 'address'
  | 'accessibility'
  | 'schedule'
  | 'contact'
  | 'phone'
  | 'service_area'
  | 'cost_option'
  | 'funding'
  | 'language'
  | 'attribute'
  | 'taxonomy'
  | 'taxonomy_term';

const attributes = { attributes: 'attribute' } as const;

export const entities: Readonly<Record<EntityName, Entity>> = {
  service: {
    needs: ['id', 'name', 'status'],
    fields: {
      id: 'uuid',
      organization_id: 'uuid',
      name: 'text',
      description: 'text',
      url: 'uri',
      email: 'email',
      status: 'status',
      fees: 'text',
      accreditations: 'text',
      minimum_age: 'number',
      maximum_age: 'number',
      assured_date: 'text',
      assurer_email: 'email',
      alert: 'text',
      last_modified: 'moment',
    },
    one: { organization: 'organization' },
    many: {
      schedules: 'schedule',
      service_areas: 'service_area',
      service_at_locations: 'service_at_location',
      languages: 'language',
      funding: 'funding',
      cost_options: 'cost_option',
      contacts: 'contact',
      // Of the international standard: some publishers hang them here.
      phones: 'phone',
      ...attributes,
    },
  },
  organization: {
    needs: ['id', 'name', 'description'],
    fields: {
      id: 'uuid',
      name: 'text',
      description: 'text',
      email: 'email',
      website: 'uri',
      logo: 'text',
      uri: 'identifier',
      parent_organization_id: 'uuid',
    },
    many: { organization_identifiers: 'organization_identifier', ...attributes },
  },
  organization_identifier: {
    needs: ['id', 'identifier_type', 'identifier'],
    fields: {
      id: 'uuid',
      organization_id: 'uuid',
      identifier_scheme: 'text',
      identifier_type: 'text',
      identifier: 'text',
    },
    many: attributes,
  },
  service_at_location: {
    needs: ['id'],
    fields: { id: 'uuid', service_id: 'uuid', location_id: 'uuid' },
    one: { location: 'location' },
    // HSDS 3.1 and the international tree.
    many: { schedules: 'schedule', contacts: 'contact', service_areas: 'service_area', ...attributes },
  },
  location: {
    needs: ['id', 'location_type'],
    fields: {
      id: 'uuid',
      location_type: 'place',
      name: 'text',
      description: 'text',
      latitude: 'number',
      longitude: 'number',
      external_identifier: 'text',
      external_identifier_type: 'text',
    },
    many: { addresses: 'address', accessibility: 'accessibility', ...attributes },
  },
  address: {
    needs: ['id', 'address_1', 'city', 'state_province', 'postal_code', 'country', 'address_type'],
    fields: {
      id: 'uuid',
      location_id: 'uuid',
      attention: 'text',
      address_1: 'text',
      city: 'text',
      region: 'text',
      state_province: 'text',
      postal_code: 'text',
      country: 'text',
      address_type: 'place',
    },
    many: attributes,
  },
  accessibility: {
    needs: ['id'],
    fields: {
      id: 'uuid',
      location_id: 'uuid',
      description: 'text',
      details: 'text',
      url: 'uri',
      accessibility: 'text',
    },
    many: attributes,
  },
  schedule: {
    needs: ['id'],
    fields: {
      id: 'uuid',
      service_id: 'uuid',
      service_at_location_id: 'uuid',
      valid_from: 'text',
      valid_to: 'text',
      dtstart: 'text',
      freq: 'freq',
      interval: 'number',
      byday: 'text',
      bymonthday: 'text',
      description: 'text',
      opens_at: 'text',
      closes_at: 'text',
      schedule_link: 'uri',
      attending_type: 'text',
      notes: 'text',
    },
  },
  contact: {
    needs: ['id'],
    fields: { id: 'uuid', service_id: 'uuid', name: 'text', title: 'text', email: 'email' },
    many: { phones: 'phone', ...attributes },
  },
  phone: {
    needs: ['id', 'number'],
    fields: { id: 'uuid', contact_id: 'uuid', number: 'text', description: 'text' },
    many: { languages: 'language' },
  },
  service_area: {
    needs: ['id'],
    fields: {
      id: 'uuid',
      service_id: 'uuid',
      name: 'text',
      extent: 'text',
      extent_type: 'text',
      uri: 'identifier',
      service_area: 'text',
    },
  },
  cost_option: {
    needs: ['id'],
    fields: {
      id: 'uuid',
      service_id: 'uuid',
      valid_from: 'text',
      valid_to: 'text',
      option: 'text',
      amount: 'number',
      amount_description: 'text',
    },
  },
  funding: { needs: ['id'], fields: { id: 'uuid', service_id: 'uuid', source: 'text' } },
  language: {
    needs: ['id'],
    fields: { id: 'uuid', service_id: 'uuid', phone_id: 'uuid', name: 'text', code: 'text', note: 'text' },
  },
  attribute: {
    needs: ['id'],
    fields: { id: 'uuid', link_id: 'uuid', taxonomy_term_id: 'uuid', link_type: 'text' },
    one: { taxonomy_term: 'taxonomy_term' },
  },
  taxonomy: {
    needs: ['id', 'name', 'description'],
    fields: { id: 'uuid', name: 'text', description: 'text', uri: 'identifier', version: 'text' },
    many: { taxonomy_terms: 'taxonomy_term' },
  },
  taxonomy_term: {
    needs: ['id', 'name', 'description'],
    fields: {
      id: 'uuid',
      name: 'text',
      description: 'text',
      parent_id: 'uuid',
      taxonomy: 'text',
      taxonomy_id: 'uuid',
      term_uri: 'identifier',
      term: 'text',
    },
  },
};

/** What breaks the standard, and where: `service_at_locations.0.location.location_type`. */
export interface Fault {
  readonly path: string;
  readonly why: string;
}

export interface Read {
  /** What the standard can take: fields that break it are left out, and empty ones. Undefined where too much was missing. */
  readonly value: StandardObject | undefined;
  readonly faults: readonly Fault[];
}

const isObject = (value: unknown): value is StandardObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Optional fields without a value are left out of a feed, neither null nor empty (written rules of compliance). */
const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);
/** Deeper than the standard's own tree goes. */
const deepest = 12;
const mostItems = 10_000;

/**
 * Reads one object as an entity of the standard. A field that breaks its format is left out and named; an item of a list
 * that lacks what it needs goes as a whole; so one bad telephone number never takes a service out of the feed.
 */
export function readEntity(name: EntityName, given: unknown, path = '', depth = 0): Read {
  const at = (field: string) => (path === '' ? field : `${path}.${field}`);
  if (!isObject(given)) return { value: undefined, faults: [{ path, why: 'is no object' }] };
  if (depth > deepest) return { value: undefined, faults: [{ path, why: 'is nested too deeply' }] };
  const { needs, fields, one = {}, many = {} } = entities[name];
  const faults: Fault[] = [];
  const value: Record<string, unknown> = {};
  for (const [field, item] of Object.entries(given)) {
    if (field === '__proto__' || isEmpty(item)) continue;
    const kind = Object.hasOwn(fields, field) ? fields[field] : undefined;
    const single = Object.hasOwn(one, field) ? one[field] : undefined;
    const several = Object.hasOwn(many, field) ? many[field] : undefined;
    if (kind !== undefined) {
      const read = kinds[kind].safeParse(item);
      if (read.success) value[field] = read.data;
      else faults.push({ path: at(field), why: read.error.issues[0]?.message ?? 'is not valid' });
    } else if (single !== undefined) {
      const read = readEntity(single, item, at(field), depth + 1);
      faults.push(...read.faults);
      if (read.value !== undefined) value[field] = read.value;
    } else if (several !== undefined) {
      if (!Array.isArray(item)) {
        faults.push({ path: at(field), why: 'is no list' });
        continue;
      }
      if (item.length > mostItems)
        faults.push({ path: at(field), why: `has more than ${mostItems.toLocaleString('en-GB')} items` });
      const items = item.slice(0, mostItems).flatMap((each, place) => {
        const read = readEntity(several, each, `${at(field)}.${place}`, depth + 1);
        faults.push(...read.faults);
        return read.value === undefined ? [] : [read.value];
      });
      if (items.length > 0) value[field] = items;
    } else value[field] = item;
  }
  const missing = needs.filter((field) => value[field] === undefined);
  for (const field of missing)
    if (!faults.some((fault) => fault.path === at(field))) faults.push({ path: at(field), why: 'is missing' });
  return { value: missing.length === 0 ? value : undefined, faults };
}

/** The list of entities under a field, or none. */
export const listIn = (value: StandardObject, field: string): readonly StandardObject[] => {
  const list = value[field];
  return Array.isArray(list) ? list.filter(isObject) : [];
};
export const objectIn = (value: StandardObject, field: string): StandardObject | undefined => {
  const found = value[field];
  return isObject(found) ? found : undefined;
};
export const textIn = (value: StandardObject, field: string): string | undefined => {
  const found = value[field];
  return typeof found === 'string' && found !== '' ? found : undefined;
};
export const numberIn = (value: StandardObject, field: string): number | undefined => {
  const found = value[field];
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
};

/** An entity without what hangs on it: as a list of the feed shows it. */
export function oneToOneOf(name: EntityName, value: StandardObject): StandardObject {
  const { one = {}, many = {} } = entities[name];
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, item]) => {
      if (field in many || Array.isArray(item)) return [];
      const single = one[field];
      return [[field, single !== undefined && isObject(item) ? oneToOneOf(single, item) : item]];
    }),
  );
}
