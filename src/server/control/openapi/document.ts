import { catalogOf } from '../../../engine/catalog.ts';
import type { Service } from '../../../engine/service.ts';
import type { Route } from '../route.ts';
import { record, type Schema, text } from '../schema.ts';
import { controlPaths } from './control-paths.ts';
import { fieldSchemas } from './field-schemas.ts';
import { securitySchemes } from './security.ts';
import { servicePaths, tagOf } from './service-paths.ts';

/** One tag for the services whose operations share their first word, such as the versions of one API. */
function tags(services: readonly Service[]): readonly Schema[] {
  const tagged = services.map((service) => ({
    service,
    tag: tagOf(service.operations[0]?.name ?? service.name),
  }));
  return [...new Set(tagged.map(({ tag }) => tag))].map((name) => {
    const hosts = new Set(tagged.filter(({ tag }) => tag === name).flatMap(({ service }) => service.hosts));
    return { name, description: `Apple’s service on ${[...hosts].join(', ')}` };
  });
}

/** The OpenAPI 3.1 description of the server, from the operations and routes that it serves. */
export async function apiDocument(
  services: readonly Service[],
  routes: readonly Route[],
  version: string,
): Promise<Schema> {
  const controlError = record({
    error: text('what is wrong'),
    hint: text('what to do'),
    'problems?': { type: 'array', description: 'each problem of a scenario' },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Crabapple',
      version,
      description: 'Apple’s device-management services, simulated for MDM servers, and the control API.',
    },
    servers: [{ url: '/' }],
    tags: [...tags(services), { name: 'control', description: 'The control API of the simulated Apple' }],
    paths: { ...servicePaths(services), ...(await controlPaths(routes, catalogOf(services))) },
    components: {
      schemas: { ...fieldSchemas(services), controlError },
      securitySchemes: securitySchemes(services),
    },
  };
}
