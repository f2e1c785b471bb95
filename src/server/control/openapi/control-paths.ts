import type { Catalog } from '../../../engine/catalog.ts';
import { COMMON_PARAMETERS, type QueryParameter } from '../query.ts';
import { type BodyDescription, PREFIX, type Route } from '../route.ts';
import type { Schema } from '../schema.ts';
import type { Paths } from './paths.ts';

const ERRORS: Readonly<Record<string, string>> = {
  '400': 'the request is invalid',
  '403': 'the host, the origin or the site is not allowed',
  '404': 'there is no such path, organization or object',
};

/** The paths of the control API, from its routes. */
export async function controlPaths(routes: readonly Route[], catalog: Catalog): Promise<Paths> {
  const paths: Paths = {};
  for (const route of routes) {
    const path = PREFIX + route.path;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: await described(route, catalog) };
  }
  return paths;
}

const pathParameters = (path: string): readonly Schema[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

async function described(
  { name, path, about, query, body, response }: Route,
  catalog: Catalog,
): Promise<Schema> {
  const { status = 200, type = 'application/json', schema } = response;
  const parameters = Object.entries({ ...query, ...COMMON_PARAMETERS });
  return {
    operationId: `control.${name}`,
    tags: ['control'],
    summary: about,
    parameters: [
      ...pathParameters(path),
      ...parameters.map(([parameter, shape]) => ({
        name: parameter,
        in: 'query',
        description: shape.about,
        schema: parameterSchema(shape),
      })),
    ],
    ...(body === undefined ? {} : { requestBody: await requestBody(body, catalog) }),
    responses: {
      [status]: { description: response.about, content: { [type]: { schema } } },
      ...Object.fromEntries(
        Object.entries(ERRORS).map(([code, description]) => [code, controlError(description)]),
      ),
    },
  };
}

const controlError = (description: string): Schema => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/controlError' } } },
});

async function requestBody({ type, schema }: BodyDescription, catalog: Catalog): Promise<Schema> {
  const resolved = typeof schema === 'function' ? await schema(catalog) : schema;
  // OpenAPI 3.1 has the same dialect.
  const { $schema: _, ...plain } = resolved;
  return { required: true, content: { [type]: { schema: plain } } };
}

function parameterSchema(parameter: QueryParameter): Schema {
  switch (parameter.kind) {
    case 'text':
      return {
        type: 'string',
        ...(parameter.form === undefined ? {} : { pattern: parameter.form.pattern }),
      };
    case 'flag':
      return { type: 'boolean', default: false };
    case 'integer': {
      const { minimum, maximum, default: byDefault } = parameter;
      return { type: 'integer', minimum, maximum, default: byDefault };
    }
    case 'word':
      return { type: 'string', enum: parameter.words };
    case 'words':
      return {
        type: 'string',
        pattern: `^(?:${parameter.words.join('|')})(?:,(?:${parameter.words.join('|')}))*$`,
      };
  }
}
