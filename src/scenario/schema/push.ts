import * as z from 'zod/mini';
import type { PublicJwk } from '../../organization/push/push-key.ts';
import { pemOf, publicKeyOf } from '../../organization/push/push-key.ts';
import { described, pushTopic } from './texts.ts';

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
  'PUBLIC KEY (P-256) in PEM; default: generated when it is needed',
);

const pushKeySchema = z.strictObject({
  key_id: described(z.optional(tenCharacters), '`kid` of its tokens; default: generated'),
  team_id: described(z.optional(tenCharacters), '`iss` of its tokens; default: the team of the organization'),
  environment: described(z.optional(z.enum(['production', 'sandbox', 'both'])), 'default: both'),
  topics: described(
    z.optional(z.array(pushTopic).check(z.minLength(1), z.maxLength(400))),
    'topics of a topic-specific key; default: a team-scoped key',
  ),
  related_key: described(
    z.optional(tenCharacters),
    'id of the topic-specific key that can share its connections',
  ),
  public_key: z.optional(publicKey),
  revoked: described(z.optional(z.boolean()), 'true: its tokens are rejected with InvalidProviderToken'),
});

/** The body of a control API request that creates a key for provider tokens. */
export const pushKeyRequestSchema = z.omit(pushKeySchema, { public_key: true });

const fingerprint = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, 'a SHA-256 fingerprint has 64 hexadecimal digits in lower case'));

/** Push topic, team, keys and revocations of the organization. */
export const pushSchema = z.strictObject({
  topic: described(z.optional(pushTopic), 'topic of its MDM push certificate; default: generated'),
  team_id: described(z.optional(tenCharacters), 'team of its keys; default: generated'),
  keys: described(
    z.optional(z.array(pushKeySchema).check(z.maxLength(202))),
    'keys for provider tokens; default: one team-scoped key',
  ),
  revoked_certificates: described(
    z.optional(z.array(fingerprint)),
    'SHA-256 fingerprints of revoked certificates',
  ),
  revoked_topics: described(z.optional(z.array(pushTopic)), 'topics whose certificates are all revoked'),
});
