import type { BodyFormat, BodyShape, MemberShape, ShapeWord } from '../../../engine/body.ts';
import { type ErrorRow, type Operation, rowOf, type Service } from '../../../engine/service.ts';
import type { Schema } from '../schema.ts';
import { fieldSchema, type NamedGroup, namedGroups } from './field-schemas.ts';
import type { Paths } from './paths.ts';
import { placedSchema } from './placed-schema.ts';

/** Apple's calls, from the operation tables, the error tables and the field catalog. */
export function servicePaths(services: readonly Service[]): Paths {
  const groups = namedGroups(services);
  const paths: Paths = {};
  const ids = new Set<string>();
  for (const service of services) {
    for (const operation of service.operations) {
      const item = paths[operation.path] ?? {};
      paths[operation.path] = item;
      operation.methods.forEach((method, index) => {
        const name = index === 0 ? operation.name : `${operation.name}.${method.toLowerCase()}`;
        const operationId = freeId(name, ids);
        item[method.toLowerCase()] = { operationId, ...described(service, operation, groups) };
      });
    }
  }
  return paths;
}

/** Ids must be unique: those of an operation with several paths get a number. */
function freeId(name: string, ids: Set<string>): string {
  let id = name;
  for (let number = 2; ids.has(id); number += 1) id = `${name}.${number}`;
  ids.add(id);
  return id;
}

function described(service: Service, operation: Operation, groups: readonly NamedGroup[]): Schema {
  const { about, scheme, source, body } = operation;
  const parameters = [...pathParameters(operation), ...queryParameters(operation, groups)];
  return {
    tags: [tagOf(operation.name)],
    summary: about,
    externalDocs: { url: source },
    security: scheme.anonymous === true ? [] : [{ [scheme.name]: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [MEDIA_TYPES[body.format]]: { schema: bodySchema(operation, body.shape, groups) } },
          },
        }),
    responses: { ...errorResponses(service, operation), '200': success(operation, groups) },
  };
}

function success(operation: Operation, groups: readonly NamedGroup[]): Schema {
  const schema = placedSchema(operation.name, '$.response.body', groups);
  return schema === undefined
    ? { description: 'done' }
    : { description: 'done', content: { 'application/json': { schema } } };
}

const pathParameters = ({ path }: Operation): readonly Schema[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters({ name }: Operation, groups: readonly NamedGroup[]): readonly Schema[] {
  return groups
    .filter(({ group }) => group.places.some(({ operation, at }) => operation === name && at === '$.query'))
    .flatMap(({ group }) =>
      group.fields.map((field) => ({ name: field.name, in: 'query', schema: fieldSchema(field) })),
    );
}

const MEDIA_TYPES: Readonly<Record<BodyFormat, string>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  plist: 'application/xml',
};

const WORDS: Readonly<Record<ShapeWord, Schema>> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  object: { type: 'object' },
  texts: { type: 'array', items: { type: 'string' } },
  integers: { type: 'array', items: { type: 'integer' } },
  objects: { type: 'array', items: { type: 'object' } },
  data: { type: 'string', format: 'byte' },
  date: { type: 'string', format: 'date-time' },
};

const isList = (shape: MemberShape): shape is readonly [MemberShape] => Array.isArray(shape);

function shapeSchema(shape: MemberShape): Schema {
  if (typeof shape === 'string') return WORDS[shape];
  if (isList(shape)) return { type: 'array', items: shapeSchema(shape[0]) };
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(shape).map(([member, inner]) => [member, shapeSchema(inner)]),
    ),
  };
}

/** What the call checks, with the documented fields of its body. */
function bodySchema({ name }: Operation, shape: BodyShape, groups: readonly NamedGroup[]): Schema {
  const placed = placedSchema(name, '$.body', groups);
  return placed === undefined ? shapeSchema(shape) : { allOf: [shapeSchema(shape), placed] };
}

/** The first word of an operation's name. */
export const tagOf = (operation: string): string => operation.split('.')[0]!;

/** One response per status, with all bodies that Apple sends with it. */
function errorResponses(service: Service, { errors, scheme, body }: Operation): Record<string, Schema> {
  const names = [
    ...errors,
    ...(scheme.errors ?? []),
    ...(body === undefined ? [] : [service.errorRoles.malformedBody]),
    service.errorRoles.internalError,
  ];
  const byStatus = new Map<string, ErrorRow[]>();
  for (const name of new Set(names)) {
    const row = rowOf(service.errors, name);
    if (row === undefined) continue;
    const status = String(row.status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), row]);
  }
  return Object.fromEntries([...byStatus].map(([status, rows]) => [status, errorResponse(rows)]));
}

function errorResponse(rows: readonly ErrorRow[]): Schema {
  const bodies = [...new Set(rows.map(({ body }) => body))];
  return {
    description: rows.map(({ body, when }) => `\`${body}\`: ${when}`).join('\n\n'),
    content: { 'text/plain': { schema: { type: 'string', enum: bodies } } },
  };
}
