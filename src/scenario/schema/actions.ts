import * as z from 'zod/mini';
import type { Area } from '../../organization/area.ts';
import { adamId, assetFacts, mdmInfoSchema, pricingParam } from './content.ts';
import { deviceItemSchema, literalDeviceSchema } from './devices.ts';
import { durationText, filledText, instantText, pushToken, pushTopic, serialNumber } from './texts.ts';

const serials = z.array(serialNumber).check(z.minLength(1));

const oneServer = z.union([
  z.pipe(
    z.literal(true),
    z.transform(() => ({})),
  ),
  z.strictObject({ mdm_server: z.optional(filledText) }),
]);

/** Devices by serial number, or by push token if they are not in the inventory. */
const pushTargets = z.array(filledText).check(z.minLength(1));

/** The content of a TokenUpdate check-in. */
const tokenUpdate = z.strictObject({
  serial_number: z.optional(serialNumber),
  channel: z.optional(z.enum(['device', 'user'])),
  push_token: pushToken,
  push_magic: z.optional(filledText),
  push_topic: z.optional(pushTopic),
});

const fingerprint = z
  .string()
  .check(z.regex(/^[0-9a-f]{2}(?::?[0-9a-f]{2}){31}$/i, 'a SHA-256 fingerprint has 64 hexadecimal digits'));
const inLocation = { location: z.optional(filledText) };

const oneLocation = z.union([
  z.pipe(
    z.literal(true),
    z.transform(() => ({})),
  ),
  z.strictObject(inLocation),
]);

const licenses = {
  adam_id: adamId,
  pricing_param: pricingParam,
  count: z.int().check(z.minimum(1)),
  ...inLocation,
};

/** The portal actions of every organization. Each has one member, its name. */
export const actionSchema = z.union([
  z.strictObject({ add_devices: z.array(deviceItemSchema).check(z.minLength(1)) }),
  z.strictObject({ remove_devices: serials }),
  z.strictObject({
    move_devices: z.strictObject({
      devices: serials,
      mdm_server: filledText,
      assigned_by: z.optional(filledText),
      mdm_migration_deadline: z.optional(instantText),
    }),
  }),
  z.strictObject({
    replace_devices: z
      .array(z.strictObject({ device: serialNumber, replacement: literalDeviceSchema }))
      .check(z.minLength(1)),
  }),
  z.strictObject({ throttle_devices: z.strictObject({ devices: serials, for: z.optional(durationText) }) }),
  z.strictObject({ mark_profile_fetched: serials }),
  z.strictObject({ expire_terms: z.literal(true) }),
  z.strictObject({ accept_terms: z.literal(true) }),
  z.strictObject({ revoke_server_token: oneServer }),
  z.strictObject({ expire_server_token: oneServer }),
  z.strictObject({ renew_server_token: oneServer }),
  z.strictObject({ register_push: z.array(tokenUpdate).check(z.minLength(1)) }),
  z.strictObject({ rotate_push_tokens: pushTargets }),
  z.strictObject({ rotate_push_magic: pushTargets }),
  z.strictObject({ unregister_push: pushTargets }),
  z.strictObject({ take_offline: pushTargets }),
  z.strictObject({ bring_online: pushTargets }),
  z.strictObject({
    revoke_push_certificate: z.union([
      z.pipe(
        z.literal(true),
        z.transform(() => ({})),
      ),
      z.strictObject({ topic: z.optional(pushTopic), fingerprint: z.optional(fingerprint) }),
    ]),
  }),
  z.strictObject({
    revoke_push_key: z.union([
      z.pipe(
        z.literal(true),
        z.transform(() => ({})),
      ),
      z.strictObject({ key_id: z.optional(filledText) }),
    ]),
  }),
  z.strictObject({ buy: z.strictObject({ ...licenses, facts: z.optional(z.strictObject(assetFacts)) }) }),
  z.strictObject({ transfer: z.strictObject({ ...licenses, to: filledText }) }),
  z.strictObject({ refund: z.strictObject(licenses) }),
  z.strictObject({
    buy_subscription: z.strictObject({
      adam_id: z.int().check(z.minimum(1)),
      renewing: z.optional(z.int().check(z.minimum(0))),
      expiring: z.optional(z.int().check(z.minimum(0))),
      ...inLocation,
    }),
  }),
  z.strictObject({
    accept_invitation: z.strictObject({
      client_user_id: filledText,
      apple_account: z.optional(filledText),
      ...inLocation,
    }),
  }),
  z.strictObject({ retire_user: z.strictObject({ client_user_id: filledText, ...inLocation }) }),
  z.strictObject({ revoke_content_token: oneLocation }),
  z.strictObject({ expire_content_token: oneLocation }),
  z.strictObject({ renew_content_token: oneLocation }),
  z.strictObject({
    take_over: z.union([
      z.pipe(
        z.literal(true),
        z.transform(() => ({})),
      ),
      z.strictObject({ mdm_info: z.optional(mdmInfoSchema), ...inLocation }),
    ]),
  }),
]);

/** The argument of each portal action of every organization, by its name. */
export const ACTION_ARGUMENTS: Readonly<Record<string, z.ZodMiniType>> = Object.assign(
  {},
  ...actionSchema.def.options.map(({ shape }) => shape),
);

/** The argument of each portal action, by its name. @param areas beside those of every organization */
export async function actionArgumentsFor(
  areas: readonly Area[],
): Promise<Readonly<Record<string, z.ZodMiniType>>> {
  if (areas.length === 0) return ACTION_ARGUMENTS;
  const { areaActions } = await import('./state.ts');
  return { ...ACTION_ARGUMENTS, ...areaActions(areas) };
}

/** One portal action. @param areas beside those of every organization */
export async function actionSchemaFor(areas: readonly Area[]): Promise<z.ZodMiniType> {
  if (areas.length === 0) return actionSchema;
  const { areaActions } = await import('./state.ts');
  const more = Object.entries(areaActions(areas)).map(([name, schema]) => z.strictObject({ [name]: schema }));
  return z.union([...actionSchema.def.options, ...more]);
}
