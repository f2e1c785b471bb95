import * as z from 'zod';
import type { Field, FieldType } from '../../catalogue/field.ts';
import { FIELDS } from '../../catalogue/fields.ts';
import { filledText, instantText } from './texts.ts';

export const accountSchema = z.strictObject({
  org_name: filledText.optional().meta({ description: 'its name, as /account tells it' }),
  org_email: filledText.optional().meta({ description: 'its e-mail address' }),
  org_phone: filledText.optional().meta({ description: 'its telephone number' }),
  org_address: filledText.optional().meta({ description: 'its postal address' }),
  org_id: filledText.optional().meta({ description: 'its customer id at Apple; from protocol version 3 on' }),
  org_id_hash: filledText
    .optional()
    .meta({ description: 'SHA-256 of the customer id; from protocol version 3 on' }),
  org_type: z.enum(['org', 'edu']).optional().meta({ description: 'edu: a school; org where not given' }),
  org_version: z.enum(['v1', 'v2']).optional().meta({
    description: 'v2 where not given; v1: of the programs before Apple Business and School Manager',
  }),
  terms: z
    .enum(['accepted', 'lapsed'])
    .optional()
    .meta({ description: 'whether the newest terms are accepted' }),
  account_driven_enrollment: z.boolean().optional().meta({ description: 'false: ORG_NOT_SUPPORTED' }),
  activation_lock: z.boolean().optional().meta({ description: 'false: ORG_NOT_SUPPORTED' }),
  beta_tokens: z
    .array(
      z.strictObject({
        token: filledText.meta({ description: 'by which a device enters the program' }),
        title: filledText.meta({ description: 'what users are shown' }),
        os: filledText.meta({ description: 'iOS, macOS, tvOS, …' }),
      }),
    )
    .nullable()
    .optional()
    .meta({ description: 'null: the organization blocks beta software' }),
});

const VALUES: { readonly [Type in FieldType]?: z.ZodType } = {
  text: z.string(),
  texts: z.array(z.string()),
  boolean: z.boolean(),
};

const profileFields: readonly Field[] = FIELDS.dep.profile.fields;

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
        const value = VALUES[type]!.optional();
        return [name, description === undefined ? value : value.meta({ description })];
      }),
  ),
};

export const profileUuid = z.string().regex(/^[0-9a-f]{32}$/i, 'a profile_uuid has 32 hexadecimal digits');

/** An enrollment profile that the MDM server has defined before. */
const profileSchema = z.strictObject({
  ...profileMembers,
  profile_uuid: profileUuid.optional().meta({ description: 'generated where not given' }),
  profile_name: filledText.meta({ description: 'its name, for people' }),
  url: filledText.meta({ description: 'where the device enrolls' }),
});

export const serverTokenSchema = z.strictObject({
  consumer_key: filledText.meta({ description: 'oauth_consumer_key of its sessions' }),
  consumer_secret: filledText.meta({ description: 'the first half of the key that signs' }),
  access_token: filledText.meta({ description: 'oauth_token of its sessions' }),
  access_secret: filledText.meta({ description: 'the second half of the key that signs' }),
  access_token_expiry: instantText
    .optional()
    .meta({ description: 'when it ends; a year on where not given' }),
  revoked: z.boolean().optional().meta({ description: 'token_rejected at every session' }),
});

export const mdmServerSchema = z.strictObject({
  server_name: filledText.meta({ description: 'its name in the portal, by which this file calls it' }),
  server_uuid: filledText
    .optional()
    .meta({ description: '32 hexadecimal digits; generated where not given' }),
  admin_id: filledText.optional().meta({ description: 'Apple Account of who made the server token' }),
  server_token: serverTokenSchema.optional().meta({ description: 'generated where not given' }),
  profiles: z
    .array(profileSchema)
    .optional()
    .meta({ description: 'enrollment profiles that it has defined before' }),
});
