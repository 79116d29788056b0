import { z } from 'zod';
import type { Route } from './route.ts';

/** OpenAPI 3.1 of the routes that answer JSON, folded from the route table. */
export function openApi(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, unknown> = {};
  for (const route of routes) {
    if (route.method !== 'GET' || route.answers === undefined) continue;
    paths[route.path.replaceAll(/:(\w+)/g, '{$1}')] = {
      get: {
        summary: route.about,
        ...(route.access !== 'public' && { security: [{ session: [] }] }),
        parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
        responses: {
          '200': {
            description: route.answers.description ?? route.about,
            content: { 'application/json': { schema: schemaOf(route.answers, 'output') } },
          },
          '503': { description: 'The records cannot be reached at the moment.' },
        },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Concord', version },
    paths,
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-concord' } } },
  };
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io });
  return json;
};

function parametersOf(schema: z.ZodObject, place: 'path' | 'query'): unknown[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !field.safeParse(undefined).success,
    schema: schemaOf(field, 'input'),
  }));
}
