import * as z from 'zod/mini';
import { APP_KINDS, MOST_GENERATED_APPS } from '../../organization/content/app.ts';
import {
  PLATFORMS,
  PRICING_PARAMS,
  PRODUCT_TYPES,
  UNLIMITED,
} from '../../organization/content/definition.ts';
import { described } from './described.ts';
import { filledText, instantText, serialNumber } from './texts.ts';

/** Store ids are long numbers; YAML reads them as such without quotes. */
export const adamId = described(
  z.union([
    z.string().check(z.regex(/^[1-9]\d{0,18}$/, 'an Adam ID is a number')),
    z.pipe(z.int().check(z.minimum(1)), z.transform(String)),
  ]),
  'Adam ID: the number of an app or book in the store',
);

const count = z.int().check(z.minimum(0), z.maximum(UNLIMITED));

export const assetFacts = {
  product_type: described(z.optional(z.enum(PRODUCT_TYPES)), 'App where not given'),
  total: described(z.optional(count), `licenses owned; 100 where not given, ${UNLIMITED}: without end`),
  retired: described(z.optional(count), 'licenses that are gone, by refund or otherwise'),
  device_assignable: described(z.optional(z.boolean()), 'apps are, books are not, where not given'),
  revocable: described(z.optional(z.boolean()), 'apps are, books are not, where not given'),
  platforms: described(
    z.optional(z.array(z.enum(PLATFORMS)).check(z.minLength(1))),
    'on which it runs; iOS where not given',
  ),
};

export const pricingParam = described(
  z.optional(z.enum(PRICING_PARAMS)),
  'quality of the license; STDQ where not given',
);

const assetSchema = z.union([
  z.strictObject({ adam_id: adamId, pricing_param: pricingParam, ...assetFacts }),
  z.strictObject({
    generate: described(z.int().check(z.minimum(1), z.maximum(MOST_GENERATED_APPS)), 'how many, made up'),
    pricing_param: pricingParam,
    ...assetFacts,
  }),
]);

const userStatus = described(
  z.optional(z.enum(['Registered', 'Associated', 'Retired'])),
  'Registered where not given, and no managed_apple_id',
);

const userSchema = z.union([
  z.strictObject({
    client_user_id: described(filledText, 'by which the MDM knows the user'),
    email: described(z.optional(filledText), 'e-mail address'),
    managed_apple_id: described(z.optional(filledText), 'makes the user Associated at once'),
    status: userStatus,
  }),
  z.strictObject({
    generate: described(z.int().check(z.minimum(1), z.maximum(1_000_000)), 'how many, made up'),
    status: userStatus,
  }),
]);

const assignmentSchema = z.union([
  z.strictObject({
    adam_id: adamId,
    pricing_param: pricingParam,
    client_user_ids: described(z.optional(z.array(filledText)), 'users who have it'),
    serial_numbers: described(z.optional(z.array(serialNumber)), 'devices that have it'),
  }),
  z.strictObject({
    generate: described(
      z.int().check(z.minimum(1), z.maximum(5_000_000)),
      'so many devices, each with one of the assets that have licenses left',
    ),
  }),
]);

const contentTokenSchema = z.strictObject({
  token: described(z.optional(filledText), 'the `token` in the .vpptoken file; generated where not given'),
  expires: described(z.optional(instantText), 'a year on where not given'),
  status: described(z.optional(z.enum(['valid', 'revoked'])), 'revoked: 9625 on every call'),
  rights: described(z.optional(z.enum(['full', 'read_only'])), 'read_only: 9637 on every write'),
  kind: described(z.optional(z.enum(['location', 'legacy'])), 'legacy: 9647 on v2'),
});

const subscriptionSchema = z.strictObject({
  adam_id: described(z.int().check(z.minimum(1)), 'Adam ID of the subscription'),
  parent_adam_id: described(z.optional(z.int().check(z.minimum(1))), 'Adam ID of the app that it belongs to'),
  renewing: described(z.optional(z.int().check(z.minimum(0))), 'seats that renew; 10 where not given'),
  expiring: described(
    z.optional(z.int().check(z.minimum(0))),
    'seats that do not renew; none where not given',
  ),
  period_end: described(
    z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-12-31'))),
    'date on which the period ends',
  ),
});

export const mdmInfoSchema = z.strictObject({
  id: described(filledText, 'a UUID that the MDM made for itself'),
  name: described(filledText, 'what the MDM calls itself'),
  metadata: described(filledText, 'whatever else the MDM wrote down'),
});

export const locationSchema = z.strictObject({
  name: described(filledText, 'its name in the portal'),
  u_id: described(
    z.optional(z.string().check(z.regex(/^\d{1,18}$/, 'a uId has digits only'))),
    'its number at Apple; generated where not given',
  ),
  country: described(
    z.optional(z.string().check(z.regex(/^[A-Z]{2}$/, 'a country is two upper-case letters'))),
    'ISO 3166-1; US where not given',
  ),
  platform: described(z.optional(z.enum(['enterprisestore', 'volumestore'])), 'volumestore: of a school'),
  mdm_info: described(z.optional(mdmInfoSchema), 'the MDM that configured the location before'),
  managed_by_apple: described(z.optional(z.boolean()), 'v1 answers 9645 to every write'),
  content_tokens: described(
    z.optional(z.array(contentTokenSchema).check(z.minLength(1))),
    'one that serves where not given',
  ),
  assets: described(z.optional(z.array(assetSchema)), 'apps and books that it owns'),
  users: described(z.optional(z.array(userSchema)), 'people who can have licenses'),
  assignments: described(z.optional(z.array(assignmentSchema)), 'who and which device has what'),
  subscriptions: described(z.optional(z.array(subscriptionSchema)), 'subscriptions that it owns'),
});

export const appSchema = z.strictObject({
  adam_id: adamId,
  name: described(z.optional(filledText), 'as the store shows it'),
  bundle_id: described(z.optional(filledText), 'of an app'),
  kind: described(z.optional(z.enum(APP_KINDS)), 'iosSoftware where not given'),
  device_families: described(z.optional(z.array(filledText)), 'iphone, ipad, ipod, mac, tvos, …'),
  version: described(z.optional(filledText), 'that the store has'),
  external_version_id: described(
    z.optional(z.int().check(z.minimum(1))),
    'number of the version in the store',
  ),
  minimum_os: described(z.optional(filledText), 'from which it runs'),
  artist: described(z.optional(filledText), 'who made it'),
  genre: described(z.optional(filledText), 'where the store puts it'),
  description: described(z.optional(filledText), 'what the store says of it'),
  price: described(z.optional(z.number().check(z.minimum(0))), 'in the currency of the storefront'),
  custom: described(z.optional(z.boolean()), 'seen with a content token only'),
  device_based_licensing: described(z.optional(z.boolean()), 'whether devices can have it'),
  release_date: described(z.optional(filledText), 'when this version came'),
  watch_bundle_id: described(z.optional(filledText), 'of its part for the watch'),
  storefronts: described(
    z.optional(
      z
        .array(z.string().check(z.regex(/^[a-z]{2}$/, 'a storefront is two lower-case letters')))
        .check(z.minLength(1)),
    ),
    'where it is sold; everywhere where not given',
  ),
});

export const metadataKeySchema = z.strictObject({
  key_id: described(
    z.string().check(z.regex(/^[A-Z0-9]{10}$/, 'a key id has ten upper-case letters and digits')),
    'kid of its tokens',
  ),
  team_id: described(
    z.string().check(z.regex(/^[A-Z0-9]{10}$/, 'a team id has ten upper-case letters and digits')),
    'iss of its tokens',
  ),
  public_key: described(
    z.string().check(z.startsWith('-----BEGIN PUBLIC KEY-----', 'expected a public key in PEM')),
    'by which its tokens are verified, in PEM',
  ),
});

export const webhooksSchema = z.strictObject({
  ca: described(z.optional(z.string()), 'certificates in PEM to trust beside the usual ones'),
  allow_http: described(z.optional(z.boolean()), 'take notification URLs without TLS'),
  allow_hosts: described(z.optional(z.array(filledText)), 'hosts beside loopback'),
  verify_tls: described(z.optional(z.boolean()), 'on loopback false, else true, where not given'),
});
