import { z } from 'zod';
import {
  organizationQuery,
  organizationsQuery,
  placesQuery,
  servicesQuery,
  taxonomiesQuery,
  termsQuery,
} from './feed-query.ts';

const schemas = 'https://openreferraluk.org/specifications/3.0/schema';
const none = z.object({});

/** [path, schema of the body, parameters, whether the standard requires the path] */
const paths: readonly (readonly [string, string, z.ZodObject, boolean])[] = [
  ['/', 'api_details', none, true],
  ['/services', 'service_list', servicesQuery, true],
  ['/services/{id}', 'service', none, true],
  ['/organizations', 'organization_list', organizationsQuery, false],
  ['/organizations/{id}', 'organization', organizationQuery, false],
  ['/taxonomies', 'taxonomy_list', taxonomiesQuery, false],
  ['/taxonomies/{id}', 'taxonomy', none, false],
  ['/taxonomy_terms', 'taxonomy_term_list', termsQuery, false],
  ['/taxonomy_terms/{id}', 'taxonomy_term', none, false],
  ['/service_at_locations', 'service_at_location_list', placesQuery, false],
  ['/service_at_locations/{id}', 'service_at_location', none, false],
];

const typeOf = (name: string): string =>
  /^(page|per_page|perPage|proximity|minimum_age|maximum_age|age)$/.test(name)
    ? 'number'
    : /^(full|full_service|minimal|top_only)$/.test(name)
      ? 'boolean'
      : 'string';

/** The feed's own description: what `openapi_url` names. Bodies are those of the official schemas. */
export const feedOpenApi = (server: string) => ({
  openapi: '3.1.0',
  info: { title: 'Open Referral UK feed', version: 'HSDS-UK-3.0' },
  servers: [{ url: server }],
  paths: Object.fromEntries(
    paths.map(([path, schema, query, isRequired]) => [
      path,
      {
        get: {
          tags: [isRequired ? 'required' : 'optional'],
          parameters: [
            ...(path.endsWith('{id}')
              ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }]
              : []),
            ...Object.keys(query.shape).map((name) => ({
              name,
              in: 'query',
              required: false,
              schema: { type: typeOf(name) },
            })),
          ],
          responses: {
            '200': {
              description: 'As the standard describes it.',
              content: { 'application/json': { schema: { $ref: `${schemas}/${schema}.json` } } },
            },
            ...(path.endsWith('{id}') && { '404': { description: 'There is none, or it is not public.' } }),
          },
        },
      },
    ]),
  ),
});
