import type { Field, FieldGroup, FieldType } from '../engine/fields.ts';
import { PLATFORMS, PRICING_PARAMS, PRODUCT_TYPES, UNLIMITED } from '../organization/content/definition.ts';
import { DEVICE_FAMILIES, OPERATING_SYSTEMS } from '../organization/inventory/device-facts.ts';
import { DEP_FIELDS } from '../services/dep/fields.ts';
import { VPP_FIELDS } from '../services/vpp/fields.ts';
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

const COUNT: Treatment = {
  keep: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= UNLIMITED,
};
/** The number of an app or book in the store. */
const ADAM_ID = like(/^[1-9]\d{0,18}$/);
const PRICING_PARAM = oneOf(PRICING_PARAMS);

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
  client_config: {
    locationName: replace('name'),
    countryISO2ACode: like(/^[A-Z]{2}$/),
    defaultPlatform: oneOf(['enterprisestore', 'volumestore']),
  },
  asset: {
    adamId: ADAM_ID,
    adamIdStr: ADAM_ID,
    pricingParam: PRICING_PARAM,
    productType: oneOf(PRODUCT_TYPES),
    totalCount: COUNT,
    retiredCount: COUNT,
    deviceAssignable: BOOLEAN,
    revocable: BOOLEAN,
    isIrrevocable: BOOLEAN,
    supportedPlatforms: {
      keep: (value) =>
        Array.isArray(value) && value.length > 0 && value.every((each) => PLATFORMS.includes(each)),
    },
  },
  user: {
    clientUserId: replace('client_user_id'),
    email: replace('email'),
    status: oneOf(['Registered', 'Associated', 'Retired']),
  },
  legacy_user: {
    clientUserIdStr: replace('client_user_id'),
    email: replace('email'),
    status: oneOf(['Registered', 'Associated', 'Retired']),
  },
  assignment: {
    adamId: ADAM_ID,
    adamIdStr: ADAM_ID,
    pricingParam: PRICING_PARAM,
    clientUserId: replace('client_user_id'),
    clientUserIdStr: replace('client_user_id'),
    serialNumber: replace('serial_number'),
  },
  users_request: {
    clientUserId: replace('client_user_id'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Treatment>>>>;

export type Written = Readonly<Record<string, unknown>>;

const GROUPS: Readonly<Record<string, FieldGroup>> = { ...DEP_FIELDS, ...VPP_FIELDS };

const REPLACED_TYPES: ReadonlySet<FieldType> = new Set(['text']);

/** The members of a record that go into a file, as they stand there. */
export function written(group: keyof typeof TABLES, record: Written, pseudonyms: Pseudonyms): Written {
  const table: Readonly<Record<string, Treatment>> = TABLES[group];
  const { fields } = GROUPS[group]!;
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = Object.hasOwn(record, field.name) ? record[field.name] : undefined;
      const treatment = table[field.name];
      const shown = treatment === undefined ? undefined : treated(field, treatment, value, pseudonyms);
      return shown === undefined ? [] : [[field.name, shown] as const];
    }),
  );
}

/** The catalog has the last word: a secret is never written, and what points to a person never as it is. */
function treated(field: Field, treatment: Treatment, value: unknown, pseudonyms: Pseudonyms): unknown {
  if ('keep' in treatment)
    return field.personal === 'no' && field.type !== 'secret' && treatment.keep(value) ? value : undefined;
  if (!REPLACED_TYPES.has(field.type) || typeof value !== 'string' || value === '') return undefined;
  return pseudonyms.of(treatment.replace, value);
}
