import * as z from 'zod';
import { APP_KINDS, MOST_GENERATED_APPS } from '../../organization/content/app.ts';
import {
  PLATFORMS,
  PRICING_PARAMS,
  PRODUCT_TYPES,
  UNLIMITED,
} from '../../organization/content/definition.ts';
import { filledText, instantText, serialNumber } from './texts.ts';

/** Store ids are long numbers; YAML reads them as such without quotes. */
export const adamId = z
  .union([z.string().regex(/^[1-9]\d{0,18}$/, 'an Adam ID is a number'), z.int().min(1).transform(String)])
  .meta({ description: 'Adam ID: the number of an app or book in the store' });

const count = z.int().min(0).max(UNLIMITED);

export const assetFacts = {
  product_type: z.enum(PRODUCT_TYPES).optional().meta({ description: 'App where not given' }),
  total: count
    .optional()
    .meta({ description: `licenses owned; 100 where not given, ${UNLIMITED}: without end` }),
  retired: count.optional().meta({ description: 'licenses that are gone, by refund or otherwise' }),
  device_assignable: z.boolean().optional().meta({ description: 'apps are, books are not, where not given' }),
  revocable: z.boolean().optional().meta({ description: 'apps are, books are not, where not given' }),
  platforms: z
    .array(z.enum(PLATFORMS))
    .min(1)
    .optional()
    .meta({ description: 'on which it runs; iOS where not given' }),
};

export const pricingParam = z
  .enum(PRICING_PARAMS)
  .optional()
  .meta({ description: 'quality of the license; STDQ where not given' });

const assetSchema = z.union([
  z.strictObject({ adam_id: adamId, pricing_param: pricingParam, ...assetFacts }),
  z.strictObject({
    generate: z.int().min(1).max(MOST_GENERATED_APPS).meta({ description: 'how many, made up' }),
    pricing_param: pricingParam,
    ...assetFacts,
  }),
]);

const userStatus = z
  .enum(['Registered', 'Associated', 'Retired'])
  .optional()
  .meta({ description: 'Registered where not given, and no managed_apple_id' });

const userSchema = z.union([
  z.strictObject({
    client_user_id: filledText.meta({ description: 'by which the MDM knows the user' }),
    email: filledText.optional().meta({ description: 'e-mail address' }),
    managed_apple_id: filledText.optional().meta({ description: 'makes the user Associated at once' }),
    status: userStatus,
  }),
  z.strictObject({
    generate: z.int().min(1).max(1_000_000).meta({ description: 'how many, made up' }),
    status: userStatus,
  }),
]);

const assignmentSchema = z.union([
  z.strictObject({
    adam_id: adamId,
    pricing_param: pricingParam,
    client_user_ids: z.array(filledText).optional().meta({ description: 'users who have it' }),
    serial_numbers: z.array(serialNumber).optional().meta({ description: 'devices that have it' }),
  }),
  z.strictObject({
    generate: z
      .int()
      .min(1)
      .max(5_000_000)
      .meta({ description: 'so many devices, each with one of the assets that have licenses left' }),
  }),
]);

const contentTokenSchema = z.strictObject({
  token: filledText
    .optional()
    .meta({ description: 'the `token` in the .vpptoken file; generated where not given' }),
  expires: instantText.optional().meta({ description: 'a year on where not given' }),
  status: z.enum(['valid', 'revoked']).optional().meta({ description: 'revoked: 9625 on every call' }),
  rights: z.enum(['full', 'read_only']).optional().meta({ description: 'read_only: 9637 on every write' }),
  kind: z.enum(['location', 'legacy']).optional().meta({ description: 'legacy: 9647 on v2' }),
});

const subscriptionSchema = z.strictObject({
  adam_id: z.int().min(1).meta({ description: 'Adam ID of the subscription' }),
  parent_adam_id: z.int().min(1).optional().meta({ description: 'Adam ID of the app that it belongs to' }),
  renewing: z.int().min(0).optional().meta({ description: 'seats that renew; 10 where not given' }),
  expiring: z.int().min(0).optional().meta({ description: 'seats that do not renew; none where not given' }),
  period_end: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-12-31')
    .optional()
    .meta({ description: 'date on which the period ends' }),
});

export const mdmInfoSchema = z.strictObject({
  id: filledText.meta({ description: 'a UUID that the MDM made for itself' }),
  name: filledText.meta({ description: 'what the MDM calls itself' }),
  metadata: filledText.meta({ description: 'whatever else the MDM wrote down' }),
});

export const locationSchema = z.strictObject({
  name: filledText.meta({ description: 'its name in the portal' }),
  u_id: z
    .string()
    .regex(/^\d{1,18}$/, 'a uId has digits only')
    .optional()
    .meta({ description: 'its number at Apple; generated where not given' }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a country is two upper-case letters')
    .optional()
    .meta({ description: 'ISO 3166-1; US where not given' }),
  platform: z
    .enum(['enterprisestore', 'volumestore'])
    .optional()
    .meta({ description: 'volumestore: of a school' }),
  mdm_info: mdmInfoSchema.optional().meta({ description: 'the MDM that configured the location before' }),
  managed_by_apple: z.boolean().optional().meta({ description: 'v1 answers 9645 to every write' }),
  content_tokens: z
    .array(contentTokenSchema)
    .min(1)
    .optional()
    .meta({ description: 'one that serves where not given' }),
  assets: z.array(assetSchema).optional().meta({ description: 'apps and books that it owns' }),
  users: z.array(userSchema).optional().meta({ description: 'people who can have licenses' }),
  assignments: z.array(assignmentSchema).optional().meta({ description: 'who and which device has what' }),
  subscriptions: z.array(subscriptionSchema).optional().meta({ description: 'subscriptions that it owns' }),
});

export const appSchema = z.strictObject({
  adam_id: adamId,
  name: filledText.optional().meta({ description: 'as the store shows it' }),
  bundle_id: filledText.optional().meta({ description: 'of an app' }),
  kind: z.enum(APP_KINDS).optional().meta({ description: 'iosSoftware where not given' }),
  device_families: z.array(filledText).optional().meta({ description: 'iphone, ipad, ipod, mac, tvos, …' }),
  version: filledText.optional().meta({ description: 'that the store has' }),
  external_version_id: z.int().min(1).optional().meta({ description: 'number of the version in the store' }),
  minimum_os: filledText.optional().meta({ description: 'from which it runs' }),
  artist: filledText.optional().meta({ description: 'who made it' }),
  genre: filledText.optional().meta({ description: 'where the store puts it' }),
  description: filledText.optional().meta({ description: 'what the store says of it' }),
  price: z.number().min(0).optional().meta({ description: 'in the currency of the storefront' }),
  custom: z.boolean().optional().meta({ description: 'seen with a content token only' }),
  device_based_licensing: z.boolean().optional().meta({ description: 'whether devices can have it' }),
  release_date: filledText.optional().meta({ description: 'when this version came' }),
  watch_bundle_id: filledText.optional().meta({ description: 'of its part for the watch' }),
  storefronts: z
    .array(z.string().regex(/^[a-z]{2}$/, 'a storefront is two lower-case letters'))
    .min(1)
    .optional()
    .meta({ description: 'where it is sold; everywhere where not given' }),
});

export const metadataKeySchema = z.strictObject({
  key_id: z
    .string()
    .regex(/^[A-Z0-9]{10}$/, 'a key id has ten upper-case letters and digits')
    .meta({ description: 'kid of its tokens' }),
  team_id: z
    .string()
    .regex(/^[A-Z0-9]{10}$/, 'a team id has ten upper-case letters and digits')
    .meta({ description: 'iss of its tokens' }),
  public_key: z
    .string()
    .startsWith('-----BEGIN PUBLIC KEY-----', 'expected a public key in PEM')
    .meta({ description: 'by which its tokens are verified, in PEM' }),
});

export const webhooksSchema = z.strictObject({
  ca: z.string().optional().meta({ description: 'certificates in PEM to trust beside the usual ones' }),
  allow_http: z.boolean().optional().meta({ description: 'take notification URLs without TLS' }),
  allow_hosts: z.array(filledText).optional().meta({ description: 'hosts beside loopback' }),
  verify_tls: z.boolean().optional().meta({ description: 'on loopback false, else true, where not given' }),
});
