import * as z from 'zod/mini';
import type { PublicJwk } from '../../organization/push/push-key.ts';
import { pemOf, publicKeyOf } from '../../organization/push/push-key.ts';
import { described } from './described.ts';
import { pushTopic } from './push-names.ts';

export const tenCharacters = z
  .string()
  .check(z.regex(/^[A-Z0-9]{10}$/, 'a key id or team id has ten upper-case letters and digits'));

export const publicKey = described(
  z.codec(
    z
      .string()
      .check(
        z.refine((pem) => publicKeyOf(pem) !== undefined, 'expected the PUBLIC KEY of a P-256 key in PEM'),
      ),
    z.custom<PublicJwk>(),
    { decode: (pem) => publicKeyOf(pem)!, encode: pemOf },
  ),
  'PUBLIC KEY (P-256) in PEM; a pair is made on demand where not given',
);

const pushKeySchema = z.strictObject({
  key_id: described(z.optional(tenCharacters), 'kid of its tokens; generated where not given'),
  team_id: described(
    z.optional(tenCharacters),
    'iss of its tokens; the team of the organization where not given',
  ),
  environment: described(z.optional(z.enum(['production', 'sandbox', 'both'])), 'both if not given'),
  topics: described(
    z.optional(z.array(pushTopic).check(z.minLength(1), z.maxLength(400))),
    'makes the key topic-specific; otherwise it is for the whole team',
  ),
  related_key: described(
    z.optional(tenCharacters),
    'the one other topic-specific key that may share its connections',
  ),
  public_key: z.optional(publicKey),
  revoked: described(z.optional(z.boolean()), 'InvalidProviderToken for its tokens'),
});

/** What a key for provider tokens shall be that the control API makes. */
export const pushKeyRequestSchema = z.omit(pushKeySchema, { public_key: true });

const fingerprint = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, 'a SHA-256 fingerprint has 64 hexadecimal digits in lower case'));

/** What the push service knows of the organization beside its devices. */
export const pushSchema = z.strictObject({
  topic: described(z.optional(pushTopic), 'topic of its MDM push certificate; generated if not given'),
  team_id: described(z.optional(tenCharacters), 'team of its keys; generated where not given'),
  keys: described(
    z.optional(z.array(pushKeySchema).check(z.maxLength(202))),
    'keys for provider tokens; one for the whole team where not given',
  ),
  revoked_certificates: described(
    z.optional(z.array(fingerprint)),
    'SHA-256 fingerprints of certificates that are refused',
  ),
  revoked_topics: described(z.optional(z.array(pushTopic)), 'whose certificates are all refused'),
});
