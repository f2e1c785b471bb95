import type { MemberShape } from '../../../services/body-shape.ts';
import type { ErrorRow } from '../../../services/error-row.ts';
import { errorRow } from '../../../services/errors.ts';
import type { Operation, Service } from '../../../services/operation.ts';
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
    tags: [service.name],
    summary: about,
    externalDocs: { url: source },
    security: scheme.anonymous === true ? [] : [{ [scheme.name]: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: bodySchema(operation, groups) } },
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

const MEMBERS: Readonly<Record<MemberShape, Schema>> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  texts: { type: 'array', items: { type: 'string' } },
  object: { type: 'object' },
  objects: { type: 'array', items: { type: 'object' } },
  integers: { type: 'array', items: { type: 'integer' } },
};

/** The members that the operation checks, and the fields of the catalog at that place. */
function bodySchema({ name, body = {} }: Operation, groups: readonly NamedGroup[]): Schema {
  const checked = {
    type: 'object',
    properties: Object.fromEntries(Object.entries(body).map(([member, shape]) => [member, MEMBERS[shape]])),
  };
  const placed = placedSchema(name, '$.body', groups);
  return placed === undefined ? checked : { allOf: [checked, placed] };
}

/** One response per status, with all bodies that Apple sends with it. */
function errorResponses(service: Service, { errors, scheme, body }: Operation): Record<string, Schema> {
  const names = [
    ...errors,
    ...(scheme.errors ?? []),
    ...(body === undefined ? [] : [service.malformedBody]),
    service.internalError,
  ];
  const byStatus = new Map<string, ErrorRow[]>();
  for (const name of new Set(names)) {
    const row = errorRow(service.name, name);
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
