import * as z from 'zod';
import { pemOf, publicKeyOf } from '../../organization/push/public-key.ts';
import type { PublicJwk } from '../../organization/push/push-key.ts';

/** Hexadecimal, whole bytes. Real tokens have 32 bytes; simulated devices choose others. */
export const pushToken = z
  .string()
  .regex(/^(?:[0-9a-f]{2}){1,512}$/i, 'a push token is written in hexadecimal, two digits for a byte')
  .meta({ description: 'push token in hexadecimal; Apple’s have 64 digits' });

export const pushTopic = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/, 'a topic looks like com.apple.mgmt.External.… or a bundle id');

export const tenCharacters = z
  .string()
  .regex(/^[A-Z0-9]{10}$/, 'a key id or team id has ten upper-case letters and digits');

export const publicKey = z
  .codec(
    z
      .string()
      .refine((pem) => publicKeyOf(pem) !== undefined, 'expected the PUBLIC KEY of a P-256 key in PEM'),
    z.custom<PublicJwk>(),
    { decode: (pem) => publicKeyOf(pem)!, encode: pemOf },
  )
  .meta({ description: 'PUBLIC KEY (P-256) in PEM; a pair is made on demand where not given' });

const pushKeySchema = z.strictObject({
  key_id: tenCharacters.optional().meta({ description: 'kid of its tokens; generated where not given' }),
  team_id: tenCharacters
    .optional()
    .meta({ description: 'iss of its tokens; the team of the organization where not given' }),
  environment: z
    .enum(['production', 'sandbox', 'both'])
    .optional()
    .meta({ description: 'both if not given' }),
  topics: z
    .array(pushTopic)
    .min(1)
    .max(400)
    .optional()
    .meta({ description: 'makes the key topic-specific; otherwise it is for the whole team' }),
  related_key: tenCharacters
    .optional()
    .meta({ description: 'the one other topic-specific key that may share its connections' }),
  public_key: publicKey.optional(),
  revoked: z.boolean().optional().meta({ description: 'InvalidProviderToken for its tokens' }),
});

/** What a key for provider tokens shall be that the control API makes. */
export const pushKeyRequestSchema = pushKeySchema.omit({ public_key: true });

const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a SHA-256 fingerprint has 64 hexadecimal digits in lower case');

/** What the push service knows of the organization beside its devices. */
export const pushSchema = z.strictObject({
  topic: pushTopic
    .optional()
    .meta({ description: 'topic of its MDM push certificate; generated if not given' }),
  team_id: tenCharacters.optional().meta({ description: 'team of its keys; generated where not given' }),
  keys: z
    .array(pushKeySchema)
    .max(202)
    .optional()
    .meta({ description: 'keys for provider tokens; one for the whole team where not given' }),
  revoked_certificates: z
    .array(fingerprint)
    .optional()
    .meta({ description: 'SHA-256 fingerprints of certificates that are refused' }),
  revoked_topics: z.array(pushTopic).optional().meta({ description: 'whose certificates are all refused' }),
});
