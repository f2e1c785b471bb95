import * as z from 'zod/mini';
import type { Field, FieldType } from '../../engine/fields.ts';
import { DEP_FIELDS } from '../../services/dep/fields.ts';
import { described } from './described.ts';
import { filledText, instantText } from './texts.ts';

export const accountSchema = z.strictObject({
  org_name: described(z.optional(filledText), 'its name, as /account tells it'),
  org_email: described(z.optional(filledText), 'its e-mail address'),
  org_phone: described(z.optional(filledText), 'its telephone number'),
  org_address: described(z.optional(filledText), 'its postal address'),
  org_id: described(z.optional(filledText), 'its customer id at Apple; from protocol version 3 on'),
  org_id_hash: described(z.optional(filledText), 'SHA-256 of the customer id; from protocol version 3 on'),
  org_type: described(z.optional(z.enum(['org', 'edu'])), 'edu: a school; org where not given'),
  org_version: described(
    z.optional(z.enum(['v1', 'v2'])),
    'v2 where not given; v1: of the programs before Apple Business and School Manager',
  ),
  terms: described(z.optional(z.enum(['accepted', 'expired'])), 'whether the newest terms are accepted'),
  account_driven_enrollment: described(z.optional(z.boolean()), 'false: ORG_NOT_SUPPORTED'),
  activation_lock: described(z.optional(z.boolean()), 'false: ORG_NOT_SUPPORTED'),
  beta_tokens: described(
    z.optional(
      z.nullable(
        z.array(
          z.strictObject({
            token: described(filledText, 'by which a device enters the program'),
            title: described(filledText, 'what users are shown'),
            os: described(filledText, 'iOS, macOS, tvOS, …'),
          }),
        ),
      ),
    ),
    'null: the organization blocks beta software',
  ),
});

const VALUES: { readonly [Type in FieldType]?: z.ZodMiniType } = {
  text: z.string(),
  texts: z.array(z.string()),
  boolean: z.boolean(),
};

const profileFields: readonly Field[] = DEP_FIELDS.profile.fields;

/** What the members say to a device: https://developer.apple.com/documentation/devicemanagement/profile */
const PROFILE_TEXTS: Readonly<Record<string, string>> = {
  allow_pairing: 'false: the device pairs with no computer but supervising hosts',
  is_supervised: 'the device is supervised',
  is_mandatory: 'the user cannot skip the enrollment',
  is_mdm_removable: 'false: the user cannot remove the enrollment; needs is_supervised',
  is_multi_user: 'an iPad is shared',
  await_device_configured: 'Setup Assistant waits until the MDM says that the device is configured',
  auto_advance_setup: 'Setup Assistant goes on by itself',
  support_phone_number: 'whom users call',
  support_email_address: 'whom users write to; from protocol version 2 on',
  department: 'who in the organization looks after the device',
  org_magic: 'a word by which the MDM knows enrollments as its own',
  anchor_certs: 'certificates in base64 by which the device trusts the MDM',
  supervising_host_certs: 'certificates in base64 of computers that may pair with the device',
  skip_setup_items: 'panes of Setup Assistant that are left out',
  language: 'ISO 639; of the device where not given',
  region: 'ISO 3166-1; of the device where not given',
  configuration_web_url: 'a page on which the user signs in before the enrollment',
  is_return_to_service: 'the device takes part in Return to Service',
  do_not_use_profile_from_backup: 'a restored backup does not bring its profile along',
};

/** Members of an enrollment profile, as on the wire. */
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

/** An enrollment profile that the MDM server has defined before. */
const profileSchema = z.strictObject({
  ...profileMembers,
  profile_uuid: described(z.optional(profileUuid), 'generated where not given'),
  profile_name: described(filledText, 'its name, for people'),
  url: described(filledText, 'where the device enrolls'),
});

export const serverTokenSchema = z.strictObject({
  consumer_key: described(filledText, 'oauth_consumer_key of its sessions'),
  consumer_secret: described(filledText, 'the first half of the key that signs'),
  access_token: described(filledText, 'oauth_token of its sessions'),
  access_secret: described(filledText, 'the second half of the key that signs'),
  access_token_expiry: described(z.optional(instantText), 'when it ends; a year on where not given'),
  revoked: described(z.optional(z.boolean()), 'token_rejected at every session'),
});

export const mdmServerSchema = z.strictObject({
  server_name: described(filledText, 'its name in the portal, by which this file calls it'),
  server_uuid: described(z.optional(filledText), '32 hexadecimal digits; generated where not given'),
  admin_id: described(z.optional(filledText), 'Apple Account of who made the server token'),
  server_token: described(z.optional(serverTokenSchema), 'generated where not given'),
  profiles: described(z.optional(z.array(profileSchema)), 'enrollment profiles that it has defined before'),
});
