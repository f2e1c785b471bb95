import type { Field, FieldGroup, FieldType } from '../engine/fields.ts';
import { PLATFORMS, PRICING_PARAMS, PRODUCT_TYPES, UNLIMITED } from '../organization/content/definition.ts';
import { DEVICE_FAMILIES, OPERATING_SYSTEMS } from '../organization/inventory/device-facts.ts';
import { DEP_FIELDS } from '../services/dep/fields.ts';
import { VPP_FIELDS } from '../services/vpp/fields.ts';

/** The kinds of pseudonyms. */
type Kind =
  | 'serial_number'
  | 'uuid'
  | 'email'
  | 'phone'
  | 'url'
  | 'name'
  | 'client_user_id'
  | 'push_token'
  | 'push_magic'
  | 'mdm_topic'
  | 'bundle_id';

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

const uuid = (number: number): string => `00000000-0000-4000-8000-${padded(number, 12)}`;

/** Domains and telephone numbers are reserved for examples (RFC 2606, 555-01xx). */
const FORMS: Readonly<Record<Kind, (number: number) => string>> = {
  serial_number: (number) => `REC${padded(number, 9)}`,
  uuid: (number) => padded(number, 32),
  email: (number) => `person${number}@example.com`,
  phone: (number) => `+1 555 01${padded(number, 2)}`,
  url: (number) => `https://mdm.example.com/${number}`,
  name: (number) => `Name ${number}`,
  client_user_id: (number) => `user-${number}`,
  push_token: (number) => padded(number, 64),
  push_magic: uuid,
  mdm_topic: (number) => `com.apple.mgmt.External.${uuid(number)}`,
  bundle_id: (number) => `com.example.app${number}`,
};

/** Replaces equal values by equal pseudonyms, which reveal nothing about the value. */
export class Pseudonyms {
  readonly #keep: boolean;
  readonly #given = new Map<Kind, Map<string, string>>();

  /** @param keep returns the original values */
  constructor(keep: boolean) {
    this.#keep = keep;
  }

  of(kind: Kind, original: string): string {
    if (this.#keep) return original;
    const given = this.#given.get(kind) ?? new Map<string, string>();
    this.#given.set(kind, given);
    let replacement = given.get(original);
    if (replacement === undefined) {
      replacement = FORMS[kind](given.size + 1);
      given.set(original, replacement);
    }
    return replacement;
  }
}

/** A field is replaced by a pseudonym, or kept if its value passes a check. */
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
/** Identifies an app or book in the store. */
const ADAM_ID = like(/^[1-9]\d{0,18}$/);
const PRICING_PARAM = oneOf(PRICING_PARAMS);

/** Fields without a row are left out, so new fields of Apple are never written. */
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

export type Anonymized = Readonly<Record<string, unknown>>;

const GROUPS: Readonly<Record<string, FieldGroup>> = { ...DEP_FIELDS, ...VPP_FIELDS };

const REPLACED_TYPES: ReadonlySet<FieldType> = new Set(['text']);

/** The fields of a record in the form of a scenario file. */
export function anonymized(
  group: keyof typeof TABLES,
  record: Anonymized,
  pseudonyms: Pseudonyms,
): Anonymized {
  const table: Readonly<Record<string, Treatment>> = TABLES[group];
  const { fields } = GROUPS[group]!;
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = Object.hasOwn(record, field.name) ? record[field.name] : undefined;
      const treatment = table[field.name];
      const result = treatment === undefined ? undefined : treated(field, treatment, value, pseudonyms);
      return result === undefined ? [] : [[field.name, result] as const];
    }),
  );
}

/** The field tables of the services have priority: secrets are left out, and personal data is not kept. */
function treated(field: Field, treatment: Treatment, value: unknown, pseudonyms: Pseudonyms): unknown {
  if ('keep' in treatment)
    return field.personal === 'no' && field.type !== 'secret' && treatment.keep(value) ? value : undefined;
  if (!REPLACED_TYPES.has(field.type) || typeof value !== 'string' || value === '') return undefined;
  return pseudonyms.of(treatment.replace, value);
}
