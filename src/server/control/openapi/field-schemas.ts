import type { Field, FieldGroup, FieldType } from '../../../services/field.ts';
import { FIELDS } from '../../../services/fields.ts';
import type { Service } from '../../../services/operation.ts';
import type { Schema } from '../schema.ts';

const TYPES: Readonly<Record<FieldType, Schema>> = {
  text: { type: 'string' },
  texts: { type: 'array', items: { type: 'string' } },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  instant: { type: 'string', format: 'date-time' },
  date: { type: 'string', format: 'date' },
  object: { type: 'object' },
  objects: { type: 'array', items: { type: 'object' } },
  map: { type: 'object', additionalProperties: true },
  secret: { type: 'string', format: 'password' },
};

export interface NamedGroup {
  /** The name of its schema among the components. */
  readonly name: string;
  readonly group: FieldGroup;
}

/** The groups of the field catalog for these services. */
export function namedGroups(services: readonly Service[]): readonly NamedGroup[] {
  return [...new Set(services.map(({ name }) => name))].flatMap((service) =>
    Object.entries(FIELDS[service]).map(([name, group]) => ({ name: `${service}.${name}`, group })),
  );
}

export const reference = ({ name }: NamedGroup): Schema => ({ $ref: `#/components/schemas/${name}` });

export function fieldSchema({ type, since, personal }: Field): Schema {
  return {
    ...TYPES[type],
    ...(since > 1 ? { description: `since protocol version ${since}` } : {}),
    ...(personal === 'no' ? {} : { 'x-personal-data': personal }),
  };
}

export function fieldSchemas(services: readonly Service[]): Record<string, Schema> {
  return Object.fromEntries(
    namedGroups(services).map(({ name, group }) => [
      name,
      {
        type: 'object',
        properties: Object.fromEntries(group.fields.map((field) => [field.name, fieldSchema(field)])),
      },
    ]),
  );
}
