import { APNS_FIELDS } from './apns/fields.ts';
import { DEP_FIELDS } from './dep/fields.ts';
import type { FieldGroup } from './field.ts';
import type { ServiceName } from './service-name.ts';
import { VPP_FIELDS } from './vpp/fields.ts';

/** Every field that crosses the wire, once. */
export const FIELDS = { dep: DEP_FIELDS, apns: APNS_FIELDS, vpp: VPP_FIELDS } as const satisfies Record<
  ServiceName,
  Readonly<Record<string, FieldGroup>>
>;

type GroupName<Service extends ServiceName> = keyof (typeof FIELDS)[Service] & string;

const visible = new Map<string, ReadonlySet<string>>();

/** Names of the fields of a group that a protocol version knows. */
export function fieldsSince<Service extends ServiceName>(
  service: Service,
  group: GroupName<Service>,
  version: number,
): ReadonlySet<string> {
  const key = `${service}.${group}.${version}`;
  let names = visible.get(key);
  if (names === undefined) {
    const rows = (FIELDS[service] as Readonly<Record<string, FieldGroup>>)[group]?.fields ?? [];
    names = new Set(rows.filter((row) => row.since <= version).map((row) => row.name));
    visible.set(key, names);
  }
  return names;
}

/** The members of a record that a protocol version knows; members that the catalog does not know are left out. */
export function gate<Service extends ServiceName>(
  service: Service,
  group: GroupName<Service>,
  version: number,
  record: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = fieldsSince(service, group, version);
  const gated: Record<string, unknown> = {};
  for (const name in record) if (record[name] !== undefined && names.has(name)) gated[name] = record[name];
  return gated;
}
