import type { Field, FieldGroup, FieldType } from '../../../engine/fields.ts';
import type { Service } from '../../../engine/service.ts';
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
  return services.flatMap((service) =>
    Object.entries(service.fields).map(([name, group]) => ({ name: `${service.name}.${name}`, group })),
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
