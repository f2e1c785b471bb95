import * as z from 'zod';
import { deviceItemSchema, literalDeviceSchema } from './devices.ts';
import { durationText, filledText, instantText, serialNumber } from './texts.ts';

const serials = z.array(serialNumber).min(1);

const oneServer = z.union([
  z.literal(true).transform(() => ({})),
  z.strictObject({ mdm_server: filledText.optional() }),
]);

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
]);
