import * as z from 'zod/mini';
import { APP_KINDS, MOST_GENERATED_APPS } from '../../organization/content/app.ts';
import {
  PLATFORMS,
  PRICING_PARAMS,
  PRODUCT_TYPES,
  UNLIMITED,
} from '../../organization/content/definition.ts';
import { described, filledText, instantText, serialNumber } from './texts.ts';

/** Adam IDs are long numbers. YAML reads them as numbers if they have no quotes. */
export const adamId = described(
  z.union([
    z.string().check(z.regex(/^[1-9]\d{0,18}$/, 'an Adam ID is a number')),
    z.pipe(z.int().check(z.minimum(1)), z.transform(String)),
  ]),
  'Adam ID: the number of an app or book in the store',
);

const count = z.int().check(z.minimum(0), z.maximum(UNLIMITED));

export const assetFacts = {
  product_type: described(z.optional(z.enum(PRODUCT_TYPES)), 'default: App'),
  total: described(z.optional(count), `number of licenses; default: 100; ${UNLIMITED}: unlimited`),
  retired: described(
    z.optional(count),
    'number of licenses that no longer exist, for example after a refund',
  ),
  device_assignable: described(z.optional(z.boolean()), 'default: true for apps, false for books'),
  revocable: described(z.optional(z.boolean()), 'default: true for apps, false for books'),
  platforms: described(
    z.optional(z.array(z.enum(PLATFORMS)).check(z.minLength(1))),
    'platforms on which it runs; default: iOS',
  ),
};

export const pricingParam = described(
  z.optional(z.enum(PRICING_PARAMS)),
  'quality of the license; default: STDQ',
);

const assetSchema = z.union([
  z.strictObject({ adam_id: adamId, pricing_param: pricingParam, ...assetFacts }),
  z.strictObject({
    generate: described(
      z.int().check(z.minimum(1), z.maximum(MOST_GENERATED_APPS)),
      'number of generated items',
    ),
    pricing_param: pricingParam,
    ...assetFacts,
  }),
]);

const userStatus = described(
  z.optional(z.enum(['Registered', 'Associated', 'Retired'])),
  'default: Associated with a managed_apple_id, Registered without',
);

const userSchema = z.union([
  z.strictObject({
    client_user_id: described(filledText, "the MDM's id of the user"),
    email: described(z.optional(filledText), 'email address'),
    managed_apple_id: described(z.optional(filledText), 'Managed Apple Account; the user is then Associated'),
    status: userStatus,
  }),
  z.strictObject({
    generate: described(z.int().check(z.minimum(1), z.maximum(1_000_000)), 'number of generated items'),
    status: userStatus,
  }),
]);

const assignmentSchema = z.union([
  z.strictObject({
    adam_id: adamId,
    pricing_param: pricingParam,
    client_user_ids: described(z.optional(z.array(filledText)), 'users with a license'),
    serial_numbers: described(z.optional(z.array(serialNumber)), 'devices with a license'),
  }),
  z.strictObject({
    generate: described(
      z.int().check(z.minimum(1), z.maximum(5_000_000)),
      'number of devices, each with a license of an asset that has some left',
    ),
  }),
]);

const contentTokenSchema = z.strictObject({
  token: described(z.optional(filledText), 'the `token` in the .vpptoken file; default: generated'),
  expires: described(z.optional(instantText), 'default: one year later'),
  status: described(z.optional(z.enum(['valid', 'revoked'])), 'revoked: every request returns error 9625'),
  rights: described(z.optional(z.enum(['full', 'read_only'])), 'read_only: every write returns error 9637'),
  kind: described(
    z.optional(z.enum(['location', 'legacy'])),
    'legacy: version 2 of the API returns error 9647',
  ),
});

const subscriptionSchema = z.strictObject({
  adam_id: described(z.int().check(z.minimum(1)), 'Adam ID of the subscription'),
  parent_adam_id: described(
    z.optional(z.int().check(z.minimum(1))),
    'Adam ID of the app to which it belongs',
  ),
  renewing: described(z.optional(z.int().check(z.minimum(0))), 'seats that renew; default: 10'),
  expiring: described(z.optional(z.int().check(z.minimum(0))), 'seats that do not renew; default: 0'),
  period_end: described(
    z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-12-31'))),
    'last day of the period',
  ),
});

export const mdmInfoSchema = z.strictObject({
  id: described(filledText, "the MDM's own UUID"),
  name: described(filledText, 'name of the MDM'),
  metadata: described(filledText, 'any text of the MDM'),
});

export const locationSchema = z.strictObject({
  name: described(filledText, 'name in the portal'),
  u_id: described(
    z.optional(z.string().check(z.regex(/^\d{1,18}$/, 'a uId consists of digits'))),
    "Apple's number of the location; default: generated",
  ),
  country: described(
    z.optional(z.string().check(z.regex(/^[A-Z]{2}$/, 'a country code has two upper-case letters'))),
    'ISO 3166-1 code; default: US',
  ),
  platform: described(
    z.optional(z.enum(['enterprisestore', 'volumestore'])),
    'volumestore: the store of schools',
  ),
  mdm_info: described(z.optional(mdmInfoSchema), 'the MDM that configured the location last'),
  managed_by_apple: described(
    z.optional(z.boolean()),
    'true: version 1 of the API returns error 9645 for every write',
  ),
  content_tokens: described(
    z.optional(z.array(contentTokenSchema).check(z.minLength(1))),
    'default: one valid token',
  ),
  assets: described(z.optional(z.array(assetSchema)), 'apps and books that the location owns'),
  users: described(z.optional(z.array(userSchema)), 'users to whom licenses can be assigned'),
  assignments: described(z.optional(z.array(assignmentSchema)), 'licenses that users and devices have'),
  subscriptions: described(z.optional(z.array(subscriptionSchema)), 'subscriptions that the location owns'),
});

export const appSchema = z.strictObject({
  adam_id: adamId,
  name: described(z.optional(filledText), 'name in the store'),
  bundle_id: described(z.optional(filledText), 'bundle id of an app'),
  kind: described(z.optional(z.enum(APP_KINDS)), 'default: iosSoftware'),
  device_families: described(z.optional(z.array(filledText)), 'iphone, ipad, ipod, mac, tvos, …'),
  version: described(z.optional(filledText), 'version in the store'),
  external_version_id: described(z.optional(z.int().check(z.minimum(1))), 'id of the version in the store'),
  minimum_os: described(z.optional(filledText), 'oldest operating system version that it supports'),
  artist: described(z.optional(filledText), 'name of the developer or author'),
  genre: described(z.optional(filledText), 'genre in the store'),
  description: described(z.optional(filledText), 'description in the store'),
  price: described(z.optional(z.number().check(z.minimum(0))), 'price in the currency of the storefront'),
  custom: described(z.optional(z.boolean()), 'true: a custom app, visible only with a content token'),
  device_based_licensing: described(z.optional(z.boolean()), 'true: licenses can be assigned to devices'),
  release_date: described(z.optional(filledText), 'release date of this version'),
  watch_bundle_id: described(z.optional(filledText), 'bundle id of its Apple Watch app'),
  storefronts: described(
    z.optional(
      z
        .array(z.string().check(z.regex(/^[a-z]{2}$/, 'a storefront has two lower-case letters')))
        .check(z.minLength(1)),
    ),
    'storefronts that sell it; default: all',
  ),
});

export const metadataKeySchema = z.strictObject({
  key_id: described(
    z.string().check(z.regex(/^[A-Z0-9]{10}$/, 'a key id has ten upper-case letters and digits')),
    '`kid` of its tokens',
  ),
  team_id: described(
    z.string().check(z.regex(/^[A-Z0-9]{10}$/, 'a team id has ten upper-case letters and digits')),
    '`iss` of its tokens',
  ),
  public_key: described(
    z.string().check(z.startsWith('-----BEGIN PUBLIC KEY-----', 'expected a public key in PEM')),
    'public key that verifies its tokens, in PEM',
  ),
});

export const webhooksSchema = z.strictObject({
  ca: described(z.optional(z.string()), 'additional CA certificates to trust, in PEM'),
  allow_http: described(z.optional(z.boolean()), 'true: accept notification URLs without TLS'),
  allow_hosts: described(z.optional(z.array(filledText)), 'allowed hosts in addition to loopback'),
  verify_tls: described(z.optional(z.boolean()), 'default: false on loopback, true on other hosts'),
});
