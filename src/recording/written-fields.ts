import type { Field, FieldType } from '../catalogue/field.ts';
import { FIELDS } from '../catalogue/fields.ts';
import { DEVICE_FAMILIES, OPERATING_SYSTEMS } from '../organization/inventory/device-facts.ts';
import type { Kind, Pseudonyms } from './pseudonyms.ts';

/** What becomes of a field: replaced by something of a kind, or kept where it is one of those that say nothing. */
type Treatment = { readonly replace: Kind } | { readonly keep: (value: unknown) => boolean };

const replace = (kind: Kind): Treatment => ({ replace: kind });
const oneOf = (values: readonly string[]): Treatment => ({
  keep: (value) => values.includes(value as string),
});
const like = (pattern: RegExp): Treatment => ({
  keep: (value) => typeof value === 'string' && pattern.test(value),
});

const BOOLEAN: Treatment = { keep: (value) => typeof value === 'boolean' };
/** `Siri`, `TapToSetup`: https://developer.apple.com/documentation/devicemanagement/skipkeys */
const SKIP_KEY = /^[A-Z][A-Za-z]{1,30}$/;

/** A field that stands in no table is not written: what Apple adds tomorrow stays out of files by itself. */
const TABLES = {
  account: {
    org_name: replace('name'),
    org_email: replace('email'),
    org_phone: replace('phone'),
    org_address: replace('name'),
    org_id: replace('name'),
    org_type: oneOf(['org', 'edu']),
    org_version: oneOf(['v1', 'v2']),
    server_name: replace('name'),
    server_uuid: replace('uuid'),
    admin_id: replace('email'),
  },
  device: {
    serial_number: replace('serial_number'),
    device_family: oneOf(DEVICE_FAMILIES),
    os: oneOf(OPERATING_SYSTEMS),
    asset_tag: replace('name'),
    device_assigned_by: replace('email'),
    profile_status: oneOf(['empty', 'assigned', 'pushed', 'removed']),
    profile_uuid: replace('uuid'),
  },
  profile: {
    profile_name: replace('name'),
    url: replace('url'),
    allow_pairing: BOOLEAN,
    is_supervised: BOOLEAN,
    is_mandatory: BOOLEAN,
    is_mdm_removable: BOOLEAN,
    is_multi_user: BOOLEAN,
    await_device_configured: BOOLEAN,
    auto_advance_setup: BOOLEAN,
    support_phone_number: replace('phone'),
    support_email_address: replace('email'),
    department: replace('name'),
    org_magic: replace('uuid'),
    skip_setup_items: {
      keep: (value) =>
        Array.isArray(value) && value.every((item) => typeof item === 'string' && SKIP_KEY.test(item)),
    },
    language: like(/^[a-z]{2}$/),
    region: like(/^[A-Z]{2}$/),
    configuration_web_url: replace('url'),
    is_return_to_service: BOOLEAN,
    do_not_use_profile_from_backup: BOOLEAN,
    profile_uuid: replace('uuid'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Treatment>>>>;

export type Written = Readonly<Record<string, unknown>>;

const REPLACED_TYPES: ReadonlySet<FieldType> = new Set(['text']);

/** The members of a record that go into a file, as they stand there. */
export function written(group: keyof typeof TABLES, record: Written, pseudonyms: Pseudonyms): Written {
  const table: Readonly<Record<string, Treatment>> = TABLES[group];
  const fields: readonly Field[] = FIELDS.dep[group].fields;
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = Object.hasOwn(record, field.name) ? record[field.name] : undefined;
      const treatment = table[field.name];
      const shown = treatment === undefined ? undefined : treated(field, treatment, value, pseudonyms);
      return shown === undefined ? [] : [[field.name, shown] as const];
    }),
  );
}

/** The catalogue has the last word: a secret is never written, and what points to a person never as it is. */
function treated(field: Field, treatment: Treatment, value: unknown, pseudonyms: Pseudonyms): unknown {
  if ('keep' in treatment)
    return field.personal === 'no' && field.type !== 'secret' && treatment.keep(value) ? value : undefined;
  if (!REPLACED_TYPES.has(field.type) || typeof value !== 'string' || value === '') return undefined;
  return pseudonyms.of(treatment.replace, value);
}
