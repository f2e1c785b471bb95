import * as z from 'zod';
import type { Field, FieldType } from '../../catalogue/field.ts';
import { FIELDS } from '../../catalogue/fields.ts';
import { filledText, instantText } from './texts.ts';

export const accountSchema = z.strictObject({
  org_name: filledText.optional(),
  org_email: filledText.optional(),
  org_phone: filledText.optional(),
  org_address: filledText.optional(),
  org_id: filledText.optional(),
  org_id_hash: filledText.optional(),
  org_type: z.enum(['org', 'edu']).optional(),
  org_version: z.enum(['v1', 'v2']).optional(),
  terms: z
    .enum(['accepted', 'lapsed'])
    .optional()
    .meta({ description: 'whether the newest terms are accepted' }),
  account_driven_enrollment: z.boolean().optional().meta({ description: 'false: ORG_NOT_SUPPORTED' }),
  activation_lock: z.boolean().optional().meta({ description: 'false: ORG_NOT_SUPPORTED' }),
  beta_tokens: z
    .array(z.strictObject({ token: filledText, title: filledText, os: filledText }))
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

/** Members of an enrollment profile, as on the wire. */
const profileMembers = {
  ...Object.fromEntries(
    profileFields
      .filter(({ direction }) => direction === 'both')
      .map(({ name, type }) => [name, VALUES[type]!.optional()]),
  ),
};

export const profileUuid = z.string().regex(/^[0-9a-f]{32}$/i, 'a profile_uuid has 32 hexadecimal digits');

/** An enrollment profile that the MDM server has defined before. */
const profileSchema = z.strictObject({
  ...profileMembers,
  profile_uuid: profileUuid.optional(),
  profile_name: filledText,
  url: filledText,
});

export const serverTokenSchema = z.strictObject({
  consumer_key: filledText,
  consumer_secret: filledText,
  access_token: filledText,
  access_secret: filledText,
  access_token_expiry: instantText.optional(),
  revoked: z.boolean().optional(),
});

export const mdmServerSchema = z.strictObject({
  server_name: filledText,
  server_uuid: filledText.optional(),
  admin_id: filledText.optional().meta({ description: 'Apple Account of who made the server token' }),
  server_token: serverTokenSchema.optional().meta({ description: 'generated where not given' }),
  profiles: z.array(profileSchema).optional(),
});
