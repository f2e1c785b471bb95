import type { FieldType } from './field.ts';
import type { FIELDS } from './fields.ts';

type Tables = typeof FIELDS;

/** Every group of fields of every service, as a union. */
type Group = { [Service in keyof Tables]: Tables[Service][keyof Tables[Service]] }[keyof Tables];

type PlaceOf<Each> = Each extends { readonly places: readonly (infer Place)[] } ? Place : never;

type NameIn<Place> = Place extends { readonly operation: infer Name extends string }
  ? string extends Name
    ? never
    : Name
  : never;

/** Operations of which the catalogue knows fields. */
export type OperationName = NameIn<PlaceOf<Group>>;

/** Fields that stand at a place of an operation. */
type FieldsAt<Operation, At extends string, Each = Group> = Each extends {
  readonly places: readonly (infer Place)[];
  readonly fields: readonly (infer Field)[];
}
  ? Stands<Operation, At, Place> extends never
    ? never
    : Field
  : never;

type Stands<Operation, At extends string, Place> = Place extends {
  readonly operation: infer Name;
  readonly at: At;
}
  ? string extends Name
    ? never
    : Operation extends Name
      ? true
      : never
  : never;

interface Values {
  text: string;
  secret: string;
  instant: string;
  date: string;
  integer: number;
  boolean: boolean;
  texts: readonly string[];
  object: Readonly<Record<string, unknown>>;
  objects: readonly Readonly<Record<string, unknown>>[];
  map: Readonly<Record<string, unknown>>;
}

type MembersOf<Fields> = {
  readonly [Field in Fields as Field extends { readonly name: infer Name extends string }
    ? Name
    : never]?: Field extends {
    readonly type: infer Type extends FieldType;
  }
    ? Values[Type]
    : never;
};

/** What stands there by the catalogue; anything where it knows no field. */
export type ContentAt<Operation, At extends string> = [FieldsAt<Operation, At>] extends [never]
  ? unknown
  : MembersOf<FieldsAt<Operation, At>>;
