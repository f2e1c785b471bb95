import * as z from 'zod/mini';
import { publicKey } from '../push.ts';
import { described, filledText, instantText, pushToken, pushTopic } from '../texts.ts';
import { count, position, record } from './record.ts';

/** The device, `SERIAL/user` for its user; a number where the token is of no device. */
const registrationName = z.union([filledText, z.int()]);

const storedPush = record({
  apns_id: filledText,
  topic: filledText,
  payload: z.string(),
  at: instantText,
  expires_at: instantText,
  wakes: described(z.boolean(), "whether the PushMagic is the device's"),
});

const REASONS = ['overwritten', 'expired', 'unregistered', 'not_stored'] as const;

const registration = record({
  of: registrationName,
  online: z.boolean(),
  token: z.optional(pushToken),
  magic: z.optional(filledText),
  topic: z.optional(pushTopic),
  unregistered_at: z.optional(instantText),
  stored: described(z.optional(storedPush), 'the push that waits for the device'),
  last_id: described(z.optional(filledText), 'apns-id of the newest push'),
  last_at: z.optional(instantText),
  last_fate: z.optional(z.enum(['delivered', 'stored', 'discarded'])),
  last_reason: z.optional(z.enum(REASONS)),
  last_woke: z.optional(z.boolean()),
  counted_from: described(z.optional(instantText), 'begin of the minute in which `counted` came'),
  counted: z.optional(count),
});

const formerToken = record({
  token: pushToken,
  of: registrationName,
  topic: filledText,
  ended_at: instantText,
});

const key = record({
  key_id: filledText,
  team_id: filledText,
  environment: z.enum(['production', 'sandbox', 'both']),
  topics: z.optional(z.array(pushTopic)),
  related_key: z.optional(filledText),
  public_key: z.optional(publicKey),
  revoked: z.boolean(),
});

const channel = record({
  home: described(
    z.string().check(z.regex(/^(?:production|sandbox) \S+$/, 'a home is an environment and a bundle id')),
    'environment and bundle id',
  ),
  id: filledText,
  storage_policy: z.literal([0, 1]),
  push_type: filledText,
  broadcasts: count,
});

const counts = record({
  accepted: count,
  delivered: count,
  delivered_from_storage: count,
  stored: count,
  magic_mismatches: count,
  discarded: z.strictObject({ overwritten: count, expired: count, unregistered: count, not_stored: count }),
});

export const pushState = record({
  registrations: described(
    z.optional(z.array(registration)),
    'what was registered, and what became of the newest push',
  ),
  tokens: described(
    z.optional(z.array(z.tuple([pushToken, registrationName]))),
    'who has which push token, of those given since the beginning',
  ),
  former_tokens: described(z.optional(z.array(formerToken)), 'push tokens out of use: 410'),
  tokens_of_no_device: z.optional(count),
  keys: z.optional(z.array(key)),
  revoked_certificates: z.optional(z.array(filledText)),
  revoked_topics: z.optional(z.array(filledText)),
  channels: z.optional(z.array(channel)),
  counts: z.optional(counts),
  ids: described(z.optional(position), 'where the source of made-up ids stands'),
});
