import * as z from 'zod';
import { adamId, assetFacts, mdmInfoSchema, pricingParam } from './content.ts';
import { deviceItemSchema, literalDeviceSchema } from './devices.ts';
import { pushToken, pushTopic } from './push.ts';
import { durationText, filledText, instantText, serialNumber } from './texts.ts';

const serials = z.array(serialNumber).min(1);

const oneServer = z.union([
  z.literal(true).transform(() => ({})),
  z.strictObject({ mdm_server: filledText.optional() }),
]);

/** Devices by serial number, or by push token where they are none of the inventory's. */
const pushTargets = z.array(filledText).min(1);

/** What a device says in its TokenUpdate check-in. */
const tokenUpdate = z.strictObject({
  serial_number: serialNumber.optional(),
  channel: z.enum(['device', 'user']).optional(),
  push_token: pushToken,
  push_magic: filledText.optional(),
  push_topic: pushTopic.optional(),
});

const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{2}(?::?[0-9a-f]{2}){31}$/i, 'a SHA-256 fingerprint has 64 hexadecimal digits');
const inLocation = { location: filledText.optional() };

const oneLocation = z.union([z.literal(true).transform(() => ({})), z.strictObject(inLocation)]);

const licenses = {
  adam_id: adamId,
  pricing_param: pricingParam,
  count: z.int().min(1),
  ...inLocation,
};

/** What happens in Apple's portal: one member an action. */
export const actionSchema = z.union([
  z.strictObject({ add_devices: z.array(deviceItemSchema).min(1) }),
  z.strictObject({ remove_devices: serials }),
  z.strictObject({
    move_devices: z.strictObject({
      devices: serials,
      mdm_server: filledText,
      assigned_by: filledText.optional(),
      mdm_migration_deadline: instantText.optional(),
    }),
  }),
  z.strictObject({
    replace_devices: z
      .array(z.strictObject({ device: serialNumber, replacement: literalDeviceSchema }))
      .min(1),
  }),
  z.strictObject({ throttle_devices: z.strictObject({ devices: serials, for: durationText.optional() }) }),
  z.strictObject({ mark_profile_fetched: serials }),
  z.strictObject({ lapse_terms: z.literal(true) }),
  z.strictObject({ accept_terms: z.literal(true) }),
  z.strictObject({ revoke_server_token: oneServer }),
  z.strictObject({ expire_server_token: oneServer }),
  z.strictObject({ renew_server_token: oneServer }),
  z.strictObject({ register_push: z.array(tokenUpdate).min(1) }),
  z.strictObject({ rotate_push_tokens: pushTargets }),
  z.strictObject({ rotate_push_magic: pushTargets }),
  z.strictObject({ unregister_push: pushTargets }),
  z.strictObject({ take_offline: pushTargets }),
  z.strictObject({ bring_online: pushTargets }),
  z.strictObject({
    revoke_push_certificate: z.union([
      z.literal(true).transform(() => ({})),
      z.strictObject({ topic: pushTopic.optional(), fingerprint: fingerprint.optional() }),
    ]),
  }),
  z.strictObject({
    revoke_push_key: z.union([
      z.literal(true).transform(() => ({})),
      z.strictObject({ key_id: filledText.optional() }),
    ]),
  }),
  z.strictObject({ buy: z.strictObject({ ...licenses, facts: z.strictObject(assetFacts).optional() }) }),
  z.strictObject({ transfer: z.strictObject({ ...licenses, to: filledText }) }),
  z.strictObject({ refund: z.strictObject(licenses) }),
  z.strictObject({
    buy_subscription: z.strictObject({
      adam_id: z.int().min(1),
      renewing: z.int().min(0).optional(),
      expiring: z.int().min(0).optional(),
      ...inLocation,
    }),
  }),
  z.strictObject({
    accept_invitation: z.strictObject({
      client_user_id: filledText,
      apple_account: filledText.optional(),
      ...inLocation,
    }),
  }),
  z.strictObject({ retire_user: z.strictObject({ client_user_id: filledText, ...inLocation }) }),
  z.strictObject({ revoke_content_token: oneLocation }),
  z.strictObject({ expire_content_token: oneLocation }),
  z.strictObject({ renew_content_token: oneLocation }),
  z.strictObject({
    take_over: z.union([
      z.literal(true).transform(() => ({})),
      z.strictObject({ mdm_info: mdmInfoSchema.optional(), ...inLocation }),
    ]),
  }),
]);
