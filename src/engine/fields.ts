/** Seen from the MDM: `sent` goes to Apple, `received` comes from Apple. */
export type Direction = 'sent' | 'received' | 'both';

/**
 * Our reading, not legal advice. `yes` points to a person; `pseudonym` names one person's device or account;
 * `maybe` is free text or contact data that may point to a person.
 */
export type PersonalData = 'no' | 'maybe' | 'pseudonym' | 'yes';

export type FieldType =
  | 'text'
  | 'texts'
  | 'integer'
  | 'boolean'
  | 'instant'
  | 'date'
  | 'object'
  | 'objects'
  | 'map'
  | 'secret';

/** One field of a request or a response. */
export interface Field<
  Name extends string = string,
  Type extends FieldType = FieldType,
  Way extends Direction = Direction,
> {
  readonly name: Name;
  readonly type: Type;
  /** First protocol version that has it. */
  readonly since: number;
  readonly direction: Way;
  readonly personal: PersonalData;
  /** Rows of the vendor's published data-sent table that name it. */
  readonly declarationRows?: readonly number[];
}

/** Where a group of fields appears in an exchange. */
export interface Place {
  readonly operation: string;
  /** JSONPath into the exchange: `$.body…` is in the request, `$.response.body…` in the response. */
  readonly at: string;
}

/** Fields that appear together, and every place where they do. */
export interface FieldGroup {
  readonly fields: readonly Field[];
  readonly places: readonly Place[];
}

export interface FieldExtra {
  /** First protocol version that has it; 1 if not given. */
  readonly since?: number;
  readonly personal?: PersonalData;
  /** Rows of the published table that it belongs to. */
  readonly rows?: readonly number[];
}

const field =
  <Way extends Direction>(direction: Way) =>
  <const Name extends string, const Type extends FieldType>(
    name: Name,
    type: Type,
    extra: FieldExtra = {},
  ): Field<Name, Type, Way> => ({
    name,
    type,
    since: extra.since ?? 1,
    direction,
    personal: extra.personal ?? 'no',
    ...(extra.rows ? { declarationRows: extra.rows } : {}),
  });

export const sent = field('sent');
export const received = field('received');
export const both = field('both');

const visible = new WeakMap<FieldGroup, Map<number, ReadonlySet<string>>>();

/** Names of the fields of a group that a protocol version has. */
export function fieldsSince(group: FieldGroup, version: number): ReadonlySet<string> {
  let versions = visible.get(group);
  if (versions === undefined) {
    versions = new Map();
    visible.set(group, versions);
  }
  let names = versions.get(version);
  if (names === undefined) {
    names = new Set(group.fields.filter(({ since }) => since <= version).map(({ name }) => name));
    versions.set(version, names);
  }
  return names;
}

/** The members of a record that a protocol version has. Members that are no field of the group are left out. */
export function visibleMembers(
  group: FieldGroup,
  version: number,
  record: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = fieldsSince(group, version);
  const members: Record<string, unknown> = {};
  for (const name in record) if (record[name] !== undefined && names.has(name)) members[name] = record[name];
  return members;
}
