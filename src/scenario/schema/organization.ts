import * as z from 'zod/mini';
import { DEP_FIELDS } from '../../services/dep/fields.ts';
import type { Field, FieldType } from '../../services/field.ts';
import { described, filledText, instantText } from './texts.ts';

export const accountSchema = z.strictObject({
  org_name: described(z.optional(filledText), 'name of the organization in the response of /account'),
  org_email: described(z.optional(filledText), 'email address'),
  org_phone: described(z.optional(filledText), 'telephone number'),
  org_address: described(z.optional(filledText), 'postal address'),
  org_id: described(z.optional(filledText), "Apple's customer id; since protocol version 3"),
  org_id_hash: described(z.optional(filledText), 'SHA-256 of the customer id; since protocol version 3'),
  org_type: described(z.optional(z.enum(['org', 'edu'])), 'edu: a school; default: org'),
  org_version: described(
    z.optional(z.enum(['v1', 'v2'])),
    'v1: a program before Apple Business Manager and Apple School Manager; default: v2',
  ),
  terms: described(
    z.optional(z.enum(['accepted', 'expired'])),
    'whether the newest terms and conditions are accepted',
  ),
  account_driven_enrollment: described(z.optional(z.boolean()), 'false: requests return ORG_NOT_SUPPORTED'),
  activation_lock: described(z.optional(z.boolean()), 'false: requests return ORG_NOT_SUPPORTED'),
  beta_tokens: described(
    z.optional(
      z.nullable(
        z.array(
          z.strictObject({
            token: described(filledText, 'token with which a device joins the program'),
            title: described(filledText, 'title that users see'),
            os: described(filledText, 'iOS, macOS, tvOS, …'),
          }),
        ),
      ),
    ),
    'tokens of beta programs; null: the organization blocks beta software',
  ),
});

const VALUES: { readonly [Type in FieldType]?: z.ZodMiniType } = {
  text: z.string(),
  texts: z.array(z.string()),
  boolean: z.boolean(),
};

const profileFields: readonly Field[] = DEP_FIELDS.profile.fields;

/** Effects on a device: https://developer.apple.com/documentation/devicemanagement/profile */
const PROFILE_TEXTS: Readonly<Record<string, string>> = {
  allow_pairing: 'false: the device pairs only with supervising hosts',
  is_supervised: 'the device is supervised',
  is_mandatory: 'the user cannot skip the enrollment',
  is_mdm_removable: 'false: the user cannot remove the enrollment; needs is_supervised',
  is_multi_user: 'an iPad is shared',
  await_device_configured: 'Setup Assistant waits until the MDM says that the device is configured',
  auto_advance_setup: 'Setup Assistant continues without user input',
  support_phone_number: 'telephone number that users call',
  support_email_address: 'email address that users write to; since protocol version 2',
  department: 'department that manages the device',
  org_magic: "text that identifies the MDM's enrollments",
  anchor_certs: 'base64 certificates that the device uses to trust the MDM',
  supervising_host_certs: 'base64 certificates of computers that can pair with the device',
  skip_setup_items: 'panes of Setup Assistant that are skipped',
  language: 'ISO 639 code; default: that of the device',
  region: 'ISO 3166-1 code; default: that of the device',
  configuration_web_url: 'web page on which the user signs in before enrollment',
  is_return_to_service: 'the device takes part in Return to Service',
  do_not_use_profile_from_backup: 'a restored backup does not restore its enrollment profile',
};

/** Members of an enrollment profile, in the form of requests. */
const profileMembers = {
  ...Object.fromEntries(
    profileFields
      .filter(({ direction }) => direction === 'both')
      .map(({ name, type }) => {
        const description = PROFILE_TEXTS[name];
        const value = z.optional(VALUES[type]!);
        return [name, description === undefined ? value : described(value, description)];
      }),
  ),
};

export const profileUuid = z
  .string()
  .check(z.regex(/^[0-9a-f]{32}$/i, 'a profile_uuid has 32 hexadecimal digits'));

/** An enrollment profile that the MDM server has already defined. */
const profileSchema = z.strictObject({
  ...profileMembers,
  profile_uuid: described(z.optional(profileUuid), 'default: generated'),
  profile_name: described(filledText, 'name that people see'),
  url: described(filledText, 'URL at which the device enrolls'),
});

export const serverTokenSchema = z.strictObject({
  consumer_key: described(filledText, 'oauth_consumer_key of session requests'),
  consumer_secret: described(filledText, 'first half of the signing key'),
  access_token: described(filledText, 'oauth_token of session requests'),
  access_secret: described(filledText, 'second half of the signing key'),
  access_token_expiry: described(z.optional(instantText), 'expiration; default: one year later'),
  revoked: described(z.optional(z.boolean()), 'true: every session request returns token_rejected'),
});

export const mdmServerSchema = z.strictObject({
  server_name: described(filledText, 'name in the portal and in this file'),
  server_uuid: described(z.optional(filledText), '32 hexadecimal digits; default: generated'),
  admin_id: described(
    z.optional(filledText),
    'Apple Account of the administrator who created the server token',
  ),
  server_token: described(z.optional(serverTokenSchema), 'default: generated'),
  profiles: described(z.optional(z.array(profileSchema)), 'enrollment profiles that it has already defined'),
});
