import * as z from 'zod';
import { publicKey, pushToken, pushTopic } from '../push.ts';
import { filledText, instantText } from '../texts.ts';
import { count, position, record } from './record.ts';

/** The device, `SERIAL/user` for its user; a number where the token is of no device. */
const registrationName = z.union([filledText, z.int()]);

const storedPush = record({
  apns_id: filledText,
  topic: filledText,
  payload: z.string(),
  at: instantText,
  expires_at: instantText,
  wakes: z.boolean().meta({ description: "whether the PushMagic is the device's" }),
});

const REASONS = ['overwritten', 'expired', 'unregistered', 'not_stored'] as const;

const registration = record({
  of: registrationName,
  online: z.boolean(),
  token: pushToken.optional(),
  magic: filledText.optional(),
  topic: pushTopic.optional(),
  unregistered_at: instantText.optional(),
  stored: storedPush.optional().meta({ description: 'the push that waits for the device' }),
  last_id: filledText.optional().meta({ description: 'apns-id of the newest push' }),
  last_at: instantText.optional(),
  last_fate: z.enum(['delivered', 'stored', 'discarded']).optional(),
  last_reason: z.enum(REASONS).optional(),
  last_woke: z.boolean().optional(),
  counted_from: instantText.optional().meta({ description: 'begin of the minute in which `counted` came' }),
  counted: count.optional(),
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
  topics: z.array(pushTopic).optional(),
  related_key: filledText.optional(),
  public_key: publicKey.optional(),
  revoked: z.boolean(),
});

const channel = record({
  home: z
    .string()
    .regex(/^(?:production|sandbox) \S+$/, 'a home is an environment and a bundle id')
    .meta({ description: 'environment and bundle id' }),
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
  registrations: z
    .array(registration)
    .optional()
    .meta({ description: 'what was registered, and what became of the newest push' }),
  tokens: z
    .array(z.tuple([pushToken, registrationName]))
    .optional()
    .meta({ description: 'who has which push token, of those given since the beginning' }),
  former_tokens: z.array(formerToken).optional().meta({ description: 'push tokens out of use: 410' }),
  tokens_of_no_device: count.optional(),
  keys: z.array(key).optional(),
  revoked_certificates: z.array(filledText).optional(),
  revoked_topics: z.array(filledText).optional(),
  channels: z.array(channel).optional(),
  counts: counts.optional(),
  ids: position.optional().meta({ description: 'where the source of made-up ids stands' }),
});
